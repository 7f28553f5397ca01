-- What members have typed and not sent. Beside the log: home is `channel:ID`, `thread:ID` or
-- `task:ID`.

CREATE TABLE draft (
    workspace {id} NOT NULL,
    member {id} NOT NULL,
    home {text} NOT NULL,
    body {text} NOT NULL,
    PRIMARY KEY (workspace, member, home)
){rows};
