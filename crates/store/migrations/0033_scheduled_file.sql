-- Files that wait for a message which is sent later; they are kept for it. released: since when it
-- needs them no more, sent or cancelled; empty while they wait.

CREATE TABLE scheduled_file (
    workspace {id} NOT NULL,
    file {id} NOT NULL,
    member {id} NOT NULL,
    message {id} NOT NULL,
    released BIGINT,
    PRIMARY KEY (workspace, file)
){rows};
CREATE INDEX scheduled_file_message ON scheduled_file (workspace, member, message);
