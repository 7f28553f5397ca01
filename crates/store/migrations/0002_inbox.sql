-- One row per notification, kept when done or suppressed. is_read is empty until the member says.
-- conversation: what one of these stands for, if it goes on (a thread, a task, a channel).

CREATE TABLE notification (
    workspace {id} NOT NULL,
    member {id} NOT NULL,
    id {id} NOT NULL,
    seq BIGINT NOT NULL,
    cause BIGINT NOT NULL,
    channel {id},
    conversation {id},
    project {id},
    task {id},
    message {id},
    is_read BIGINT,
    done BIGINT NOT NULL,
    snoozed_until BIGINT,
    excerpt {text} NOT NULL,
    body {text} NOT NULL,
    PRIMARY KEY (workspace, member, id)
){rows};
CREATE INDEX notification_inbox ON notification (workspace, member, done, seq);
CREATE INDEX notification_message ON notification (workspace, message, member)
    WHERE message IS NOT NULL;
CREATE INDEX notification_task ON notification (workspace, task) WHERE task IS NOT NULL;
CREATE INDEX notification_conversation ON notification (workspace, conversation, member, done);

-- Whoever speaks in a thread or is named there follows it since then, until they say otherwise.
CREATE TABLE thread_follower (
    workspace {id} NOT NULL,
    thread {id} NOT NULL,
    member {id} NOT NULL,
    since BIGINT NOT NULL,
    follows BIGINT NOT NULL,
    PRIMARY KEY (workspace, thread, member)
){table};
INSERT INTO thread_follower
    SELECT workspace, thread, member, min(seq), 1 FROM (
        SELECT workspace, thread, author AS member, seq FROM message WHERE thread IS NOT NULL
        UNION ALL
        SELECT m.workspace, m.thread, r.author, m.seq FROM message m
        JOIN message r ON r.workspace = m.workspace AND r.id = m.thread
        UNION ALL
        SELECT m.workspace, m.thread, n.member, m.seq FROM message m
        JOIN message r ON r.workspace = m.workspace AND r.id = m.thread
        JOIN mention n ON n.workspace = m.workspace AND n.channel = m.channel
            AND n.seq IN (m.seq, r.seq)
        WHERE n.member IN (SELECT id FROM member)
    ) AS told GROUP BY workspace, thread, member;

CREATE TABLE preference (
    workspace {id} NOT NULL,
    member {id} NOT NULL,
    body {text} NOT NULL,
    PRIMARY KEY (workspace, member)
){table};

-- hears_all: every message notifies the member.
CREATE TABLE channel_setting (
    workspace {id} NOT NULL,
    channel {id} NOT NULL,
    member {id} NOT NULL,
    hears_all BIGINT NOT NULL,
    body {text} NOT NULL,
    PRIMARY KEY (workspace, channel, member)
){table};
CREATE INDEX channel_setting_member ON channel_setting (workspace, member, channel);
CREATE INDEX channel_setting_listener ON channel_setting (workspace, channel)
    WHERE hears_all = 1;

-- What was said before there was an inbox is not told late.
INSERT INTO follower SELECT workspace, 'notifier', seq FROM log_head;
