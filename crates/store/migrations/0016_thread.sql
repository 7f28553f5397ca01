-- Whether the thread that a message began is settled, so that lists of threads can ask for it.
ALTER TABLE message ADD COLUMN resolved BIGINT NOT NULL DEFAULT 0;
