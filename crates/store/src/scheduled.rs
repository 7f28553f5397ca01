//! Scheduled messages and when they are due: rows and queries.

use crate::{
    Reader, Result, Tx,
    notification::owner,
    sql::{Row, params, statements},
};
use tenon_protocol::{MemberId, MessageId, Scope, Timestamp, scheduled::Scheduled};

statements! {
    SAVE = "INSERT INTO scheduled (workspace, member, message, due, body)
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (workspace, member, message)
        DO UPDATE SET due = excluded.due, body = excluded.body";
    REMOVE = "DELETE FROM scheduled WHERE workspace = $1 AND member = $2 AND message = $3";
    KEEP = "INSERT INTO scheduled_file (workspace, file, member, message)
        VALUES ($1, $2, $3, $4) ON CONFLICT (workspace, file)
        DO UPDATE SET member = excluded.member, message = excluded.message, released = NULL";
    RELEASE = "UPDATE scheduled_file SET released = $1
        WHERE workspace = $2 AND member = $3 AND message = $4";
    GET = "SELECT body FROM scheduled WHERE workspace = $1 AND member = $2 AND message = $3";
    OF_MEMBER = "SELECT body FROM scheduled
        WHERE workspace = $1 AND member = $2 ORDER BY message";
    DUE = "SELECT member, body FROM scheduled
        WHERE workspace = $1 AND due <= $2 ORDER BY due LIMIT $3";
}

/// Files that it had before and has no more are let go of.
pub(crate) fn save(
    tx: &mut Tx<'_>,
    scope: Scope,
    scheduled: &Scheduled,
    at: Timestamp,
) -> Result<()> {
    let (workspace, body) = (tx.workspace, serde_json::to_string(scheduled)?);
    let values = params![
        workspace,
        owner(scope)?,
        scheduled.message.id,
        scheduled.due(),
        &body
    ];
    tx.conn.exec(&SAVE, values)?;
    release(tx, scope, scheduled.message.id, at)?;
    for file in &scheduled.files {
        let values = params![workspace, file.id, owner(scope)?, scheduled.message.id];
        tx.conn.exec(&KEEP, values)?;
    }
    Ok(())
}

pub(crate) fn remove(
    tx: &mut Tx<'_>,
    scope: Scope,
    message: MessageId,
    at: Timestamp,
) -> Result<()> {
    let (workspace, member) = (tx.workspace, owner(scope)?);
    let values = params![workspace, member, message];
    tx.conn.exec(&REMOVE, values)?;
    release(tx, scope, message, at)
}

/// Files that waited for it have a day again, in which another message may carry them.
fn release(tx: &mut Tx<'_>, scope: Scope, message: MessageId, at: Timestamp) -> Result<()> {
    let values = params![at, tx.workspace, owner(scope)?, message];
    tx.conn.exec(&RELEASE, values)
}

pub async fn get(
    reader: &mut Reader<'_>,
    member: MemberId,
    message: MessageId,
) -> Result<Option<Scheduled>> {
    let values = params![reader.workspace, member, message];
    reader.conn.row(&GET, values, |row| row.body(0)).await
}

/// All of a member's, by message.
pub async fn list(reader: &mut Reader<'_>, member: MemberId) -> Result<Vec<Scheduled>> {
    let values = params![reader.workspace, member];
    reader
        .conn
        .rows(&OF_MEMBER, values, |row| row.body(0))
        .await
}

/// What is due at `now` and whose it is, the earliest first.
pub async fn list_due(
    reader: &mut Reader<'_>,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(MemberId, Scheduled)>> {
    let read = |row: &Row<'_>| Ok((MemberId(row.id(0)?), row.body(1)?));
    let values = params![reader.workspace, now, limit];
    reader.conn.rows(&DUE, values, read).await
}
