-- What a channel keeps at hand. A pin is also part of its message; seq orders them.
CREATE TABLE pin (
    workspace {id} NOT NULL,
    channel {id} NOT NULL,
    message {id} NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (workspace, channel, message)
){table};

CREATE TABLE bookmark (
    workspace {id} NOT NULL,
    id {id} NOT NULL,
    channel {id} NOT NULL,
    body {text} NOT NULL,
    PRIMARY KEY (workspace, id)
){table};
CREATE INDEX bookmark_channel ON bookmark (workspace, channel);
