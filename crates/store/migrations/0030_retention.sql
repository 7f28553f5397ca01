-- erasable: talk that a rule of retention may take (not pinned, no card, not erased yet).
ALTER TABLE message ADD COLUMN erasable BIGINT NOT NULL DEFAULT 0;
UPDATE message SET erasable = 1 WHERE channel IS NOT NULL
    AND body{json} ->> 'card' IS NULL AND body{json} ->> 'pin' IS NULL;
CREATE INDEX message_erasable ON message (workspace, channel, seq, deleted) WHERE erasable = 1;

-- erased: the entries that blanked a body, oldest first, each with the hash of what it left:
-- seq:hash,seq:hash. body, salt: what is left. body_hash: of the body as it was written.
ALTER TABLE entry ADD COLUMN erased {text};

-- Which entries hold words of a message, besides the one that told it.
CREATE TABLE message_entry (
    workspace {id} NOT NULL,
    message {id} NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (workspace, message, seq)
){table};

-- What each rule erased within an hour (microseconds at which that began).
CREATE TABLE erasure (
    workspace {id} NOT NULL,
    hour BIGINT NOT NULL,
    kind {text} NOT NULL,
    days BIGINT NOT NULL,
    messages BIGINT NOT NULL,
    files BIGINT NOT NULL,
    PRIMARY KEY (workspace, hour, kind, days)
){table};
