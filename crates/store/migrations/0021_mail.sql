-- Mail of what was missed, beside the log. A member has one mail at a time ahead of them.
-- id: of that mail. due: when something is to be done about it. held_until: not before, because
-- another node is at it, or the mail server wants it later.
CREATE TABLE mail (
    workspace {id} NOT NULL,
    member {id} NOT NULL,
    id {id} NOT NULL,
    due BIGINT,
    held_until BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    mailed_at BIGINT,
    tested_at BIGINT,
    fault_at BIGINT,
    refused BIGINT NOT NULL,
    fault {text},
    PRIMARY KEY (workspace, member)
){table};
CREATE INDEX mail_due ON mail (workspace, due) WHERE due IS NOT NULL;
CREATE INDEX mail_fault ON mail (workspace, fault_at) WHERE fault_at IS NOT NULL;
CREATE INDEX mail_mailed ON mail (workspace, mailed_at) WHERE mailed_at IS NOT NULL;

-- What became of mailing each notification. settled_at: when that was decided.
CREATE TABLE missed (
    workspace {id} NOT NULL,
    member {id} NOT NULL,
    notification {id} NOT NULL,
    state {text} NOT NULL,
    told_at BIGINT NOT NULL,
    settled_at BIGINT,
    PRIMARY KEY (workspace, member, notification)
){table};
CREATE INDEX missed_waiting ON missed (workspace, member, told_at) WHERE state = 'waiting';
CREATE INDEX missed_told ON missed (workspace, told_at);

-- What was told before there was mail is not mailed late.
INSERT INTO follower SELECT workspace, 'mail', seq FROM log_head;
