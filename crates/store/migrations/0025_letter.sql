-- Mails that were asked for: invitations, and ways back in. sealed: to whom and what, encrypted.
-- state: waiting, sent or failed. due: when something is to be done about it.
CREATE TABLE letter (
    workspace {id} NOT NULL,
    id {id} NOT NULL,
    sealed {bytes} NOT NULL,
    state {text} NOT NULL,
    due BIGINT,
    attempts BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (workspace, id)
){table};
CREATE INDEX letter_due ON letter (workspace, due) WHERE due IS NOT NULL;
CREATE INDEX letter_end ON letter (workspace, expires_at);

-- Ways back in for those who forgot their password.
CREATE TABLE password_reset (
    secret_hash {bytes} NOT NULL PRIMARY KEY,
    workspace {id} NOT NULL,
    member {id} NOT NULL,
    expires_at BIGINT NOT NULL
){table};
CREATE INDEX password_reset_member ON password_reset (workspace, member);
CREATE INDEX password_reset_end ON password_reset (expires_at);
