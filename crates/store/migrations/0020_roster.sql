-- The groups that spaces and channels follow, and who is in each by name.
CREATE TABLE roster_group (
    workspace {id} NOT NULL,
    roster {id} NOT NULL,
    group_id {id} NOT NULL,
    kind {text} NOT NULL,
    PRIMARY KEY (workspace, roster, group_id)
){table};
CREATE INDEX roster_group_group ON roster_group (workspace, group_id);

ALTER TABLE space_member ADD COLUMN named BIGINT NOT NULL DEFAULT 1;
ALTER TABLE channel_member ADD COLUMN named BIGINT NOT NULL DEFAULT 1;
