-- Departments and free groups, and who was put into each. A body leaves its members out.
CREATE TABLE member_group (
    workspace {id} NOT NULL,
    id {id} NOT NULL,
    handle {text} NOT NULL,
    body {text} NOT NULL,
    PRIMARY KEY (workspace, id)
){table};
CREATE UNIQUE INDEX member_group_handle ON member_group (workspace, handle);

CREATE TABLE group_member (
    workspace {id} NOT NULL,
    group_id {id} NOT NULL,
    member {id} NOT NULL,
    PRIMARY KEY (workspace, group_id, member)
){table};
