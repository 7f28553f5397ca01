-- How each member arranges their channels and projects.

CREATE TABLE side_bar (
    workspace {id} NOT NULL,
    member {id} NOT NULL,
    body {text} NOT NULL,
    PRIMARY KEY (workspace, member)
){rows};
