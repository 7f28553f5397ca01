-- The threads that a member follows, those last followed first.
CREATE INDEX thread_follower_member ON thread_follower (workspace, member, since)
    WHERE follows = 1;

-- stream: the channel that a message stands in; empty for replies that are in their thread alone.
ALTER TABLE message ADD COLUMN stream {id};
UPDATE message SET stream = channel WHERE channel IS NOT NULL AND thread IS NULL;
DROP INDEX message_channel;
CREATE INDEX message_stream ON message (workspace, stream, seq) WHERE stream IS NOT NULL;
