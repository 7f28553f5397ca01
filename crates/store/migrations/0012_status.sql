-- When the server takes a member's status away; empty without a status or an end. Microseconds.

ALTER TABLE member ADD COLUMN status_until BIGINT;
CREATE INDEX member_status ON member (workspace, status_until) WHERE status_until IS NOT NULL;
