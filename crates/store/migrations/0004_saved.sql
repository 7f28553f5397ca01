-- What members keep for later. due: when the member is to be reminded; empty without a reminder.

CREATE TABLE saved (
    workspace {id} NOT NULL,
    member {id} NOT NULL,
    message {id} NOT NULL,
    channel {id},
    project {id},
    task {id},
    due BIGINT,
    excerpt {text} NOT NULL,
    body {text} NOT NULL,
    PRIMARY KEY (workspace, member, message)
){rows};
CREATE INDEX saved_due ON saved (workspace, due) WHERE due IS NOT NULL;
CREATE INDEX saved_message ON saved (workspace, message);
CREATE INDEX saved_task ON saved (workspace, task) WHERE task IS NOT NULL;
