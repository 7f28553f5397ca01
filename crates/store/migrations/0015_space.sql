-- Spaces, who is in each, and what each holds. The kind of a channel and the visibility of a project
-- are 'space' where they are public in a closed space.
CREATE TABLE space (
    workspace {id} NOT NULL,
    id {id} NOT NULL,
    body {text} NOT NULL,
    PRIMARY KEY (workspace, id)
){table};

CREATE TABLE space_member (
    workspace {id} NOT NULL,
    space {id} NOT NULL,
    member {id} NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (workspace, space, member)
){table};
CREATE INDEX space_member_member ON space_member (workspace, member);

ALTER TABLE channel ADD COLUMN space {id};
CREATE INDEX channel_space ON channel (workspace, space, id) WHERE space IS NOT NULL;
ALTER TABLE project ADD COLUMN space {id};
CREATE INDEX project_space ON project (workspace, space, id) WHERE space IS NOT NULL;
