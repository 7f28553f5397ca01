-- Files. The bytes lie outside the database, named by their hash. What a message carries follows
-- from the log; who uploaded what, and where the bytes are, does not.

CREATE TABLE file (
    workspace {id} NOT NULL,
    id {id} NOT NULL,
    uploader {id} NOT NULL,
    hash {text} NOT NULL,
    created_at BIGINT NOT NULL,
    body {text} NOT NULL,
    PRIMARY KEY (workspace, id)
){table};
CREATE INDEX file_uploader ON file (workspace, uploader, created_at);
CREATE INDEX file_hash ON file (hash);

-- place: its place among the files of its message.
CREATE TABLE message_file (
    workspace {id} NOT NULL,
    file {id} NOT NULL,
    message {id} NOT NULL,
    channel {id},
    seq BIGINT NOT NULL,
    place BIGINT NOT NULL,
    deleted BIGINT NOT NULL,
    body {text} NOT NULL,
    PRIMARY KEY (workspace, file)
){rows};
CREATE INDEX message_file_message ON message_file (workspace, message);
CREATE INDEX message_file_channel ON message_file (workspace, channel, seq, place)
    WHERE channel IS NOT NULL AND deleted = 0;
