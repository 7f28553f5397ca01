-- Messages that are sent later. due: when; empty once that was refused.

CREATE TABLE scheduled (
    workspace {id} NOT NULL,
    member {id} NOT NULL,
    message {id} NOT NULL,
    due BIGINT,
    body {text} NOT NULL,
    PRIMARY KEY (workspace, member, message)
){rows};
CREATE INDEX scheduled_due ON scheduled (workspace, due) WHERE due IS NOT NULL;
