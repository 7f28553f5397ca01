//! Mails that were asked for, until they are taken; and ways back in for those who forgot their
//! password. Tables beside the log. What letters say comes in sealed.

use crate::{
    Private, Reader, Result, Unable,
    credential::SecretHash,
    sql::{Row, params, statements},
};
use tenon_protocol::{MemberId, Timestamp, WorkspaceId, mail::MailOutcome};
use uuid::Uuid;

statements! {
    INSERT = "INSERT INTO letter (workspace, id, sealed, state, due, attempts, created_at,
        expires_at) VALUES ($1, $2, $3, 'waiting', $4, 0, $4, $5) ON CONFLICT DO NOTHING";
    DUE = "SELECT id, sealed, due, attempts, created_at FROM letter
        WHERE workspace = $1 AND due <= $2 AND expires_at > $2 ORDER BY due LIMIT $3";
    CLAIM = "UPDATE letter SET due = $1, attempts = attempts + 1
        WHERE workspace = $2 AND id = $3 AND due = $4";
    DEFER = "UPDATE letter SET due = $1 WHERE workspace = $2 AND id = $3";
    FINISH = "UPDATE letter SET state = $1, due = NULL, sealed = $2
        WHERE workspace = $3 AND id = $4";
    REMOVE = "DELETE FROM letter WHERE workspace = $1 AND id = $2";
    SWEEP = "DELETE FROM letter WHERE workspace = $1 AND expires_at < $2";
    STATES = "SELECT id, state FROM letter WHERE workspace = $1
            AND id IN (SELECT unhex(value, '-') FROM json_each($2))"
        | "SELECT l.id, l.state FROM unnest($2::uuid[]) AS t (id) CROSS JOIN LATERAL (
            SELECT id, state FROM letter WHERE workspace = $1 AND id = t.id OFFSET 0) l";

    ADD_RESET = "INSERT INTO password_reset (secret_hash, workspace, member, expires_at)
        VALUES ($1, $2, $3, $4)";
    COUNT_RESETS = "SELECT count(*) FROM password_reset
        WHERE workspace = $1 AND member = $2 AND expires_at > $3";
    GET_RESET = "SELECT workspace, member FROM password_reset
        WHERE secret_hash = $1 AND expires_at > $2";
    USE_RESET = "DELETE FROM password_reset WHERE secret_hash = $1 AND expires_at > $2";
    FORGET_RESETS = "DELETE FROM password_reset WHERE workspace = $1 AND member = $2";
    END_RESETS = "DELETE FROM password_reset WHERE expires_at < $1";
}

/// A mail that was asked for.
#[derive(Clone, Debug)]
pub struct Letter {
    pub id: Uuid,
    pub sealed: Vec<u8>,
    pub due: Timestamp,
    /// Before this one.
    pub attempts: i64,
    pub created_at: Timestamp,
}

impl Private<'_> {
    /// It goes at once; at `expires_at` it is forgotten.
    pub fn insert_letter(
        &mut self,
        workspace: WorkspaceId,
        id: Uuid,
        sealed: &[u8],
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<()> {
        let values = params![workspace, id, sealed, now, expires_at];
        self.conn.exec(&INSERT, values)
    }

    /// Takes it until `until`, so that no other node does. False if another has it.
    pub async fn claim_letter(
        &mut self,
        workspace: WorkspaceId,
        letter: &Letter,
        until: Timestamp,
    ) -> Result<bool> {
        let values = params![until, workspace, letter.id, letter.due];
        Ok(self.conn.exec_count(&CLAIM, values).await? > 0)
    }

    /// It is tried again then.
    pub fn defer_letter(&mut self, workspace: WorkspaceId, id: Uuid, due: Timestamp) -> Result<()> {
        self.conn.exec(&DEFER, params![due, workspace, id])
    }

    /// What became of it; what it said is forgotten.
    pub fn finish_letter(
        &mut self,
        workspace: WorkspaceId,
        id: Uuid,
        outcome: MailOutcome,
    ) -> Result<()> {
        let nothing: &[u8] = &[];
        let values = params![outcome.as_str(), nothing, workspace, id];
        self.conn.exec(&FINISH, values)
    }

    /// What it was about is over.
    pub fn remove_letter(&mut self, workspace: WorkspaceId, id: Uuid) -> Result<()> {
        self.conn.exec(&REMOVE, params![workspace, id])
    }

    /// Forgets what is over.
    pub fn sweep_letters(&mut self, workspace: WorkspaceId, now: Timestamp) -> Result<()> {
        self.conn.exec(&SWEEP, params![workspace, now])?;
        self.conn.exec(&END_RESETS, params![now])
    }

    /// Keeps a way back in, unless the member has `max` of them that hold.
    pub async fn add_reset(
        &mut self,
        secret: &SecretHash,
        (workspace, member): (WorkspaceId, MemberId),
        (now, expires_at): (Timestamp, Timestamp),
        max: i64,
    ) -> Result<bool> {
        let values = params![workspace, member, now];
        let count = self.conn.row(&COUNT_RESETS, values, |row| row.int(0));
        if count.await?.unwrap_or(0) >= max {
            return Ok(false);
        }
        let values = params![secret, workspace, member, expires_at];
        self.conn.exec(&ADD_RESET, values)?;
        Ok(true)
    }

    /// Whose way back in it is.
    pub async fn get_reset(
        &mut self,
        secret: &SecretHash,
        now: Timestamp,
    ) -> Result<Option<(WorkspaceId, MemberId)>> {
        let read = |row: &Row<'_>| Ok((WorkspaceId(row.id(0)?), MemberId(row.id(1)?)));
        self.conn.row(&GET_RESET, params![secret, now], read).await
    }

    /// Uses it up, and with it all others of the member. False if it is none any more.
    pub async fn use_reset(
        &mut self,
        secret: &SecretHash,
        (workspace, member): (WorkspaceId, MemberId),
        now: Timestamp,
    ) -> Result<bool> {
        if self
            .conn
            .exec_count(&USE_RESET, params![secret, now])
            .await?
            == 0
        {
            return Ok(false);
        }
        self.conn.exec(&FORGET_RESETS, params![workspace, member])?;
        Ok(true)
    }
}

/// The letters that are due at `now`, the longest due first.
pub async fn list_due(reader: &mut Reader<'_>, now: Timestamp, limit: i64) -> Result<Vec<Letter>> {
    let values = params![reader.workspace, now, limit];
    let read = |row: &Row<'_>| {
        Ok(Letter {
            id: row.id(0)?,
            sealed: row.bytes(1)?,
            due: row.time(2)?,
            attempts: row.int(3)?,
            created_at: row.time(4)?,
        })
    };
    reader.conn.rows(&DUE, values, read).await
}

/// What became of those of these letters that are kept.
pub async fn list_outcomes(
    reader: &mut Reader<'_>,
    ids: &[Uuid],
) -> Result<Vec<(Uuid, MailOutcome)>> {
    let read = |row: &Row<'_>| {
        let state = row.text(1)?;
        let known = MailOutcome::ALL.iter().find(|it| it.as_str() == state);
        let outcome = known.copied();
        let broken = || Unable::Broken(format!("no such state of a letter: {state}"));
        Ok((row.id(0)?, outcome.ok_or_else(broken)?))
    };
    let values = params![reader.workspace, ids];
    reader.conn.rows(&STATES, values, read).await
}
