-- What there is to know of a poll to close it and to take votes. The rest is part of the message.
CREATE TABLE poll (
    workspace {id} NOT NULL,
    message {id} NOT NULL,
    anonymous BIGINT NOT NULL,
    closed BIGINT NOT NULL,
    closes_at BIGINT,
    PRIMARY KEY (workspace, message)
){table};
CREATE INDEX poll_due ON poll (workspace, closes_at) WHERE closed = 0 AND closes_at IS NOT NULL;

-- Who chose what, beside the log. voter: the member, or in an anonymous poll what only the server's
-- key makes of them. choices: bit n is the option at place n. changed: not counted yet.
CREATE TABLE ballot (
    workspace {id} NOT NULL,
    message {id} NOT NULL,
    voter {bytes} NOT NULL,
    choices BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    PRIMARY KEY (workspace, message, voter)
){table};
CREATE INDEX ballot_changed ON ballot (workspace, message) WHERE changed = 1;
