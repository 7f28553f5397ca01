-- Channels that new members join by themselves.

ALTER TABLE channel ADD COLUMN is_default BIGINT NOT NULL DEFAULT 0;
CREATE INDEX channel_default ON channel (workspace, id) WHERE is_default = 1;
