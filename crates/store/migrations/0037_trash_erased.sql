-- Seq up to which the entries that tell of a deleted task have lost their words: they are erased a
-- part at a time.
ALTER TABLE task_trash ADD COLUMN erased BIGINT NOT NULL DEFAULT 0;
