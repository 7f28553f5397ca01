-- Who is waited for to acknowledge which messages. The rest is part of the message.
CREATE TABLE acknowledgement (
    workspace {id} NOT NULL,
    channel {id} NOT NULL,
    member {id} NOT NULL,
    message {id} NOT NULL,
    PRIMARY KEY (workspace, channel, member, message)
){table};
CREATE INDEX acknowledgement_message ON acknowledgement (workspace, message);
