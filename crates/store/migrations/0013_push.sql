-- Web Push, beside the log. What is sealed is encrypted with a key outside the database.

CREATE TABLE secret (
    name {text} NOT NULL PRIMARY KEY,
    sealed {bytes} NOT NULL
){table};

-- The devices that are pushed to: one a session, ended with it.
CREATE TABLE push_subscription (
    workspace {id} NOT NULL,
    session {id} NOT NULL,
    member {id} NOT NULL,
    endpoint_hash {bytes} NOT NULL,
    sealed {bytes} NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (workspace, session)
){table};
CREATE INDEX push_subscription_member ON push_subscription (workspace, member);
CREATE INDEX push_subscription_endpoint ON push_subscription (endpoint_hash);

-- What became of each notification on each device. due: when something is to be done about it.
-- covers: while it waits, an older one of its conversation stands on the device.
CREATE TABLE push (
    workspace {id} NOT NULL,
    member {id} NOT NULL,
    notification {id} NOT NULL,
    session {id} NOT NULL,
    tag {id} NOT NULL,
    message {id},
    state {text} NOT NULL,
    told_at BIGINT NOT NULL,
    due BIGINT,
    attempts BIGINT NOT NULL,
    covers BIGINT NOT NULL,
    PRIMARY KEY (workspace, member, notification, session)
){table};
CREATE INDEX push_due ON push (workspace, due) WHERE due IS NOT NULL;
CREATE INDEX push_waiting ON push (workspace, member) WHERE due IS NOT NULL;
CREATE INDEX push_sent ON push (workspace, member) WHERE state = 'sent';
CREATE INDEX push_message ON push (workspace, message) WHERE state = 'sent';
CREATE INDEX push_told ON push (workspace, told_at);

-- What was told before there was push is not pushed late.
INSERT INTO follower SELECT workspace, 'push', seq FROM log_head;
