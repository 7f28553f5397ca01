//! Saved messages and when their reminders are due: rows and queries.

use crate::{
    Reader, Result, Tx,
    notification::owner,
    sql::{Row, params, statements},
};
use tenon_protocol::{
    ChannelId, MemberId, MessageId, ProjectId, Scope, TaskId, Timestamp, notification::excerpt,
    saved::Saved,
};

statements! {
    IN_CHANNEL = "SELECT DISTINCT member FROM saved WHERE workspace = $1 AND channel = $2";
    IN_PROJECT = "SELECT DISTINCT member FROM saved WHERE workspace = $1 AND project = $2";
    SAVE = "INSERT INTO saved
        (workspace, member, message, channel, project, task, due, excerpt, body)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (workspace, member, message)
        DO UPDATE SET due = excluded.due, excerpt = excluded.excerpt, body = excluded.body";
    REMOVE = "DELETE FROM saved WHERE workspace = $1 AND member = $2 AND message = $3";
    SET_EXCERPT = "UPDATE saved SET excerpt = $1 WHERE workspace = $2 AND message = $3";
    REMOVE_MESSAGE = "DELETE FROM saved WHERE workspace = $1 AND message = $2";
    REMOVE_TASK = "DELETE FROM saved WHERE workspace = $1 AND task = $2";
    REMOVE_CHANNEL = "DELETE FROM saved WHERE workspace = $1 AND member = $2 AND channel = $3";
    REMOVE_PROJECT = "DELETE FROM saved WHERE workspace = $1 AND member = $2 AND project = $3";
    REMOVE_CHANNELS = "DELETE FROM saved
            WHERE workspace = $1 AND member = $2 AND channel IS NOT NULL
            AND channel NOT IN (SELECT unhex(value, '-') FROM json_each($3))"
        | "DELETE FROM saved WHERE workspace = $1 AND member = $2 AND channel IS NOT NULL
            AND channel <> ALL($3::uuid[])";
    REMOVE_PROJECTS = "DELETE FROM saved
            WHERE workspace = $1 AND member = $2 AND project IS NOT NULL
            AND project NOT IN (SELECT unhex(value, '-') FROM json_each($3))"
        | "DELETE FROM saved WHERE workspace = $1 AND member = $2 AND project IS NOT NULL
            AND project <> ALL($3::uuid[])";
    OUTSIDE = "SELECT member FROM (
            SELECT member FROM saved WHERE workspace = $1 AND message = $2
            UNION SELECT member FROM notification WHERE workspace = $1 AND message = $2) AS keeper
        WHERE NOT EXISTS (SELECT 1 FROM channel_member AS inside WHERE inside.workspace = $1
            AND inside.channel = $3 AND inside.member = keeper.member) ORDER BY member";
    GET = "SELECT excerpt, body FROM saved
        WHERE workspace = $1 AND member = $2 AND message = $3";
    OF_MEMBER = "SELECT excerpt, body FROM saved
        WHERE workspace = $1 AND member = $2 ORDER BY message";
    DUE = "SELECT member, message, due FROM saved
        WHERE workspace = $1 AND due <= $2 ORDER BY due LIMIT $3";
}

pub(crate) fn save(tx: &mut Tx<'_>, scope: Scope, saved: &Saved) -> Result<()> {
    let (workspace, body) = (tx.workspace, serde_json::to_string(saved)?);
    let values = params![
        workspace,
        owner(scope)?,
        saved.message,
        saved.channel,
        saved.project,
        saved.task,
        saved.remind_at,
        &saved.excerpt,
        &body
    ];
    tx.conn.exec(&SAVE, values)
}

pub(crate) fn remove(tx: &mut Tx<'_>, scope: Scope, message: MessageId) -> Result<()> {
    let workspace = tx.workspace;
    tx.conn
        .exec(&REMOVE, params![workspace, owner(scope)?, message])
}

/// The message reads otherwise now.
pub(crate) fn set_excerpt(tx: &mut Tx<'_>, message: MessageId, text: &str) -> Result<()> {
    let (workspace, text) = (tx.workspace, excerpt(text));
    tx.conn
        .exec(&SET_EXCERPT, params![&text, workspace, message])
}

pub(crate) fn remove_message(tx: &mut Tx<'_>, message: MessageId) -> Result<()> {
    let workspace = tx.workspace;
    tx.conn.exec(&REMOVE_MESSAGE, params![workspace, message])
}

pub(crate) fn remove_task(tx: &mut Tx<'_>, task: TaskId) -> Result<()> {
    let workspace = tx.workspace;
    tx.conn.exec(&REMOVE_TASK, params![workspace, task])
}

pub(crate) fn lose_channel(tx: &mut Tx<'_>, scope: Scope, channel: ChannelId) -> Result<()> {
    let workspace = tx.workspace;
    tx.conn
        .exec(&REMOVE_CHANNEL, params![workspace, owner(scope)?, channel])
}

pub(crate) fn lose_project(tx: &mut Tx<'_>, scope: Scope, project: ProjectId) -> Result<()> {
    let workspace = tx.workspace;
    tx.conn
        .exec(&REMOVE_PROJECT, params![workspace, owner(scope)?, project])
}

/// Became a guest. `kept`: the projects that they still see.
pub(crate) fn lose_projects(tx: &mut Tx<'_>, member: MemberId, kept: &[uuid::Uuid]) -> Result<()> {
    let workspace = tx.workspace;
    tx.conn
        .exec(&REMOVE_PROJECTS, params![workspace, member, kept])
}

/// Became a guest. `kept`: the channels that they still see.
pub(crate) fn lose_channels(tx: &mut Tx<'_>, member: MemberId, kept: &[uuid::Uuid]) -> Result<()> {
    let workspace = tx.workspace;
    tx.conn
        .exec(&REMOVE_CHANNELS, params![workspace, member, kept])
}

/// Who keeps a message of the channel; reads the whole table.
pub(crate) async fn list_keepers(
    reader: &mut Reader<'_>,
    channel: ChannelId,
) -> Result<Vec<MemberId>> {
    let read = |row: &Row<'_>| row.id(0).map(MemberId);
    let values = params![reader.workspace, channel];
    reader.conn.rows(&IN_CHANNEL, values, read).await
}

/// Who keeps a message of the project; reads the whole table.
pub(crate) async fn list_keepers_of_project(
    reader: &mut Reader<'_>,
    project: ProjectId,
) -> Result<Vec<MemberId>> {
    let read = |row: &Row<'_>| row.id(0).map(MemberId);
    let values = params![reader.workspace, project];
    reader.conn.rows(&IN_PROJECT, values, read).await
}

/// Who keeps the message, or was told of it, and is not in the channel, where it lies.
pub async fn list_outside(
    reader: &mut Reader<'_>,
    message: MessageId,
    channel: ChannelId,
) -> Result<Vec<MemberId>> {
    let read = |row: &Row<'_>| row.id(0).map(MemberId);
    let values = params![reader.workspace, message, channel];
    reader.conn.rows(&OUTSIDE, values, read).await
}

pub async fn get(
    reader: &mut Reader<'_>,
    member: MemberId,
    message: MessageId,
) -> Result<Option<Saved>> {
    let values = params![reader.workspace, member, message];
    reader.conn.row(&GET, values, stored).await
}

/// All of a member's, by message.
pub async fn list(reader: &mut Reader<'_>, member: MemberId) -> Result<Vec<Saved>> {
    let values = params![reader.workspace, member];
    reader.conn.rows(&OF_MEMBER, values, stored).await
}

/// Whose reminders are due at `now`, the earliest first.
pub async fn list_due(
    reader: &mut Reader<'_>,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(MemberId, MessageId, Timestamp)>> {
    let read = |row: &Row<'_>| Ok((MemberId(row.id(0)?), MessageId(row.id(1)?), row.time(2)?));
    let values = params![reader.workspace, now, limit];
    reader.conn.rows(&DUE, values, read).await
}

fn stored(row: &Row<'_>) -> Result<Saved> {
    let excerpt = row.text(0)?;
    let body: Saved = row.body(1)?;
    Ok(Saved { excerpt, ..body })
}
