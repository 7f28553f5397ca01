//! Notifications, and who follows a thread: rows and queries. What moves with one statement for
//! many stands in columns of its own; the rest of a notification is in `body`.

use crate::{
    Reader, Result, Tx, Unable,
    sql::{Row, Val, params, statements},
};
use tenon_protocol::{
    ChannelId, Entry, MemberId, MessageId, NotificationId, ProjectId, Scope, TaskId, Timestamp,
    limit::DONE_ITEMS_MAX,
    message::Message,
    notification::{Notification, excerpt},
};
use uuid::Uuid;

statements! {
    IN_CHANNEL = "SELECT DISTINCT member FROM notification WHERE workspace = $1 AND channel = $2";
    IN_PROJECT = "SELECT DISTINCT member FROM notification WHERE workspace = $1 AND project = $2";
    INSERT = "INSERT INTO notification (workspace, member, id, seq, cause, channel, conversation,
        project, task, message, is_read, done, snoozed_until, excerpt, body)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        ON CONFLICT (workspace, member, id) DO NOTHING";
    REMOVE = "DELETE FROM notification WHERE workspace = $1 AND member = $2 AND id = $3";
    FINISH = "UPDATE notification SET done = 1
        WHERE workspace = $1 AND member = $2 AND id = $3";
    RESTORE = "UPDATE notification SET done = 0
        WHERE workspace = $1 AND member = $2 AND id = $3";
    SET_READ = "UPDATE notification SET is_read = $1
        WHERE workspace = $2 AND member = $3 AND id = $4";
    SNOOZE = "UPDATE notification SET snoozed_until = $1
        WHERE workspace = $2 AND member = $3 AND id = $4";
    SET_EXCERPT = "UPDATE notification SET excerpt = $1 WHERE workspace = $2 AND message = $3";
    REMOVE_MESSAGE = "DELETE FROM notification WHERE workspace = $1 AND message = $2";
    REMOVE_TASK = "DELETE FROM notification WHERE workspace = $1 AND task = $2";
    REMOVE_CHANNEL = "DELETE FROM notification
        WHERE workspace = $1 AND member = $2 AND channel = $3";
    REMOVE_PROJECT = "DELETE FROM notification
        WHERE workspace = $1 AND member = $2 AND project = $3";
    REMOVE_CHANNELS = "DELETE FROM notification
            WHERE workspace = $1 AND member = $2 AND channel IS NOT NULL
            AND channel NOT IN (SELECT unhex(value, '-') FROM json_each($3))"
        | "DELETE FROM notification WHERE workspace = $1 AND member = $2 AND channel IS NOT NULL
            AND channel <> ALL($3::uuid[])";
    REMOVE_PROJECTS = "DELETE FROM notification
            WHERE workspace = $1 AND member = $2 AND project IS NOT NULL
            AND project NOT IN (SELECT unhex(value, '-') FROM json_each($3))"
        | "DELETE FROM notification WHERE workspace = $1 AND member = $2 AND project IS NOT NULL
            AND project <> ALL($3::uuid[])";
    PRUNE = "DELETE FROM notification WHERE workspace = $1 AND member = $2 AND done = 1 AND seq <= (
        SELECT seq FROM notification WHERE workspace = $1 AND member = $2 AND done = 1
        ORDER BY seq DESC LIMIT 1 OFFSET $3)";
    GET = "SELECT seq, is_read, done, snoozed_until, excerpt, body FROM notification
        WHERE workspace = $1 AND member = $2 AND id = $3";
    ACTIVE = "SELECT seq, is_read, done, snoozed_until, excerpt, body FROM notification
        WHERE workspace = $1 AND member = $2 AND done = 0 ORDER BY seq";
    DONE_BEFORE = "SELECT seq, is_read, done, snoozed_until, excerpt, body FROM notification
        WHERE workspace = $1 AND member = $2 AND done = 1 AND seq < $3
        ORDER BY seq DESC LIMIT $4";
    OF_MESSAGE = "SELECT seq, is_read, done, snoozed_until, excerpt, body FROM notification
        WHERE workspace = $1 AND message = $2 AND member = $3 ORDER BY seq DESC LIMIT 1";
    OF_CONVERSATION = "SELECT seq, is_read, done, snoozed_until, excerpt, body FROM notification
        WHERE workspace = $1 AND member = $2 AND conversation = $3 AND cause >= $4
        ORDER BY seq DESC LIMIT 1";
    STANDING = "SELECT n.seq, n.is_read, n.done, n.snoozed_until, n.excerpt, n.body, n.member
            FROM notification n INDEXED BY notification_conversation
            WHERE n.workspace = $1 AND n.conversation = $2 AND n.done = 0
            AND n.member IN (SELECT unhex(value, '-') FROM json_each($3))"
        | "SELECT n.seq, n.is_read, n.done, n.snoozed_until, n.excerpt, n.body, n.member
            FROM unnest($3::uuid[]) AS t (id) CROSS JOIN LATERAL (
            SELECT * FROM notification WHERE workspace = $1 AND conversation = $2
            AND member = t.id AND done = 0 OFFSET 0) n";
    COUNTS = "SELECT member, count(*) FROM notification INDEXED BY notification_inbox
            WHERE workspace = $1 AND done = 0
            AND member IN (SELECT unhex(value, '-') FROM json_each($2)) GROUP BY member"
        | "SELECT t.id, n.count FROM unnest($2::uuid[]) AS t (id) CROSS JOIN LATERAL (
            SELECT count(*) FROM notification WHERE workspace = $1 AND member = t.id
            AND done = 0 OFFSET 0) n";
    OLDEST = "SELECT id FROM notification WHERE workspace = $1 AND member = $2 AND done = 0
        ORDER BY seq LIMIT $3";
    FOLLOW_BY_SPEAKING = "INSERT INTO thread_follower (workspace, thread, member, since, follows)
        VALUES ($1, $2, $3, $4, 1) ON CONFLICT DO NOTHING";
    FOLLOW = "INSERT INTO thread_follower (workspace, thread, member, since, follows)
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (workspace, thread, member)
        DO UPDATE SET since = excluded.since, follows = excluded.follows";
    FOLLOWS = "SELECT follows FROM thread_follower
        WHERE workspace = $1 AND thread = $2 AND member = $3";
    FOLLOWERS = "SELECT thread, member, since FROM thread_follower
            WHERE workspace = $1 AND follows = 1
            AND thread IN (SELECT unhex(value, '-') FROM json_each($2))"
        | "SELECT f.thread, f.member, f.since
            FROM unnest($2::uuid[]) AS t (id) CROSS JOIN LATERAL (
            SELECT thread, member, since FROM thread_follower
            WHERE workspace = $1 AND thread = t.id AND follows = 1 OFFSET 0) f";
}

// --- how entries change rows ---

/// Whose inbox an entry is in.
pub(crate) fn owner(scope: Scope) -> Result<MemberId> {
    match scope {
        Scope::Inbox(member) => Ok(member),
        _ => Err(Unable::Broken("a notification outside an inbox".into())),
    }
}

pub(crate) fn insert(
    tx: &mut Tx<'_>,
    scope: Scope,
    notification: &Notification,
    replaces: Option<NotificationId>,
    finished: &[NotificationId],
) -> Result<()> {
    let (workspace, member) = (tx.workspace, owner(scope)?);
    if let Some(id) = replaces {
        tx.conn.exec(&REMOVE, params![workspace, member, id])?;
    }
    for id in finished {
        tx.conn.exec(&FINISH, params![workspace, member, *id])?;
    }
    let it = notification;
    let body = serde_json::to_string(it)?;
    let values = params![
        workspace,
        member,
        it.id,
        it.seq,
        it.cause,
        it.channel,
        it.conversation(),
        it.project,
        it.task,
        it.message,
        it.read,
        it.done,
        it.snoozed_until,
        &it.excerpt,
        &body
    ];
    tx.conn.exec(&INSERT, values)?;
    if it.done || !finished.is_empty() {
        prune(tx, member)?;
    }
    Ok(())
}

pub(crate) fn change(
    tx: &mut Tx<'_>,
    scope: Scope,
    ids: &[NotificationId],
    read: Option<bool>,
    done: bool,
    snoozed_until: Option<Option<Timestamp>>,
) -> Result<()> {
    let (workspace, member) = (tx.workspace, owner(scope)?);
    for id in ids {
        if let Some(read) = read {
            tx.conn
                .exec(&SET_READ, params![read, workspace, member, *id])?;
        }
        if let Some(until) = snoozed_until {
            tx.conn
                .exec(&SNOOZE, params![until, workspace, member, *id])?;
        }
        if done {
            tx.conn.exec(&FINISH, params![workspace, member, *id])?;
        }
    }
    if done { prune(tx, member) } else { Ok(()) }
}

pub(crate) fn restore(tx: &mut Tx<'_>, scope: Scope, restored: &[Notification]) -> Result<()> {
    let (workspace, member) = (tx.workspace, owner(scope)?);
    for it in restored {
        tx.conn.exec(&RESTORE, params![workspace, member, it.id])?;
    }
    Ok(())
}

fn prune(tx: &mut Tx<'_>, member: MemberId) -> Result<()> {
    let workspace = tx.workspace;
    tx.conn
        .exec(&PRUNE, params![workspace, member, DONE_ITEMS_MAX])
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
    let (workspace, member) = (tx.workspace, owner(scope)?);
    tx.conn
        .exec(&REMOVE_CHANNEL, params![workspace, member, channel])
}

pub(crate) fn lose_project(tx: &mut Tx<'_>, scope: Scope, project: ProjectId) -> Result<()> {
    let (workspace, member) = (tx.workspace, owner(scope)?);
    tx.conn
        .exec(&REMOVE_PROJECT, params![workspace, member, project])
}

/// Became a guest: what they were told of public projects goes with the sight of them. `kept`:
/// those that they still see.
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

/// Whoever speaks in a thread or is named there follows it, unless they said otherwise; `root`
/// comes with its first reply.
pub(crate) fn follow_by_speaking(
    tx: &mut Tx<'_>,
    message: &Message,
    root: Option<&Message>,
) -> Result<()> {
    let Some(thread) = message.thread else {
        return Ok(());
    };
    let workspace = tx.workspace;
    for spoken in [Some(message), root].into_iter().flatten() {
        let named = spoken.mentions.iter().copied();
        for member in std::iter::once(spoken.author).chain(named) {
            let values = params![workspace, thread, member, message.seq];
            tx.conn.exec(&FOLLOW_BY_SPEAKING, values)?;
        }
    }
    Ok(())
}

pub(crate) fn follow(
    tx: &mut Tx<'_>,
    entry: &Entry,
    thread: MessageId,
    follows: bool,
) -> Result<()> {
    let (workspace, member) = (tx.workspace, owner(entry.scope)?);
    tx.conn.exec(
        &FOLLOW,
        params![workspace, thread, member, entry.seq, follows],
    )
}

/// Who has a notification from the channel; reads the whole table.
pub(crate) async fn list_told(
    reader: &mut Reader<'_>,
    channel: ChannelId,
) -> Result<Vec<MemberId>> {
    let read = |row: &Row<'_>| row.id(0).map(MemberId);
    let values = params![reader.workspace, channel];
    reader.conn.rows(&IN_CHANNEL, values, read).await
}

/// Who has a notification from the project; reads the whole table.
pub(crate) async fn list_told_of_project(
    reader: &mut Reader<'_>,
    project: ProjectId,
) -> Result<Vec<MemberId>> {
    let read = |row: &Row<'_>| row.id(0).map(MemberId);
    let values = params![reader.workspace, project];
    reader.conn.rows(&IN_PROJECT, values, read).await
}

// --- queries ---

pub async fn get(
    reader: &mut Reader<'_>,
    member: MemberId,
    id: NotificationId,
) -> Result<Option<Notification>> {
    let values = params![reader.workspace, member, id];
    reader.conn.row(&GET, values, stored).await
}

/// What is in a member's inbox, oldest first.
pub async fn list_active(reader: &mut Reader<'_>, member: MemberId) -> Result<Vec<Notification>> {
    let values = params![reader.workspace, member];
    reader.conn.rows(&ACTIVE, values, stored).await
}

/// What is done or was suppressed, newest first.
pub async fn list_done(
    reader: &mut Reader<'_>,
    member: MemberId,
    before: i64,
    limit: i64,
) -> Result<Vec<Notification>> {
    let values = params![reader.workspace, member, before, limit];
    reader.conn.rows(&DONE_BEFORE, values, stored).await
}

/// What a member was told of this very message.
pub async fn find_of_message(
    reader: &mut Reader<'_>,
    member: MemberId,
    message: MessageId,
) -> Result<Option<Notification>> {
    let values = params![reader.workspace, message, member];
    reader.conn.row(&OF_MESSAGE, values, stored).await
}

/// What stands for a conversation, if it was told at `cause` or later.
pub async fn find_of_conversation(
    reader: &mut Reader<'_>,
    member: MemberId,
    conversation: Uuid,
    cause: i64,
) -> Result<Option<Notification>> {
    let values = params![reader.workspace, member, conversation, cause];
    reader.conn.row(&OF_CONVERSATION, values, stored).await
}

/// What stands for a conversation in the inboxes of these members.
pub async fn list_standing(
    reader: &mut Reader<'_>,
    conversation: Uuid,
    members: &[Uuid],
) -> Result<Vec<(MemberId, Notification)>> {
    let read = |row: &Row<'_>| Ok((MemberId(row.id(6)?), stored(row)?));
    let values = params![reader.workspace, conversation, members];
    reader.conn.rows(&STANDING, values, read).await
}

/// How many there are in the inboxes of these members; those with none may be left out.
pub async fn list_counts(
    reader: &mut Reader<'_>,
    members: &[Uuid],
) -> Result<Vec<(MemberId, i64)>> {
    let read = |row: &Row<'_>| Ok((MemberId(row.id(0)?), row.int(1)?));
    let values = params![reader.workspace, members];
    reader.conn.rows(&COUNTS, values, read).await
}

/// The oldest ones in an inbox.
pub async fn list_oldest(
    reader: &mut Reader<'_>,
    member: MemberId,
    limit: i64,
) -> Result<Vec<NotificationId>> {
    let read = |row: &Row<'_>| row.id(0).map(NotificationId);
    let values = params![reader.workspace, member, limit];
    reader.conn.rows(&OLDEST, values, read).await
}

/// Whether the member follows the thread.
pub async fn get_follows(
    reader: &mut Reader<'_>,
    thread: MessageId,
    member: MemberId,
) -> Result<bool> {
    let values = params![reader.workspace, thread, member];
    let follows = reader.conn.row(&FOLLOWS, values, |row| row.int(0)).await?;
    Ok(follows == Some(1))
}

/// Who follows these threads, and since which seq.
pub async fn list_followers(
    reader: &mut Reader<'_>,
    threads: &[Uuid],
) -> Result<Vec<(MessageId, MemberId, i64)>> {
    if threads.is_empty() {
        return Ok(Vec::new());
    }
    let read = |row: &Row<'_>| Ok((MessageId(row.id(0)?), MemberId(row.id(1)?), row.int(2)?));
    let values = params![reader.workspace, Val::Ids(threads)];
    reader.conn.rows(&FOLLOWERS, values, read).await
}

pub(crate) fn stored(row: &Row<'_>) -> Result<Notification> {
    let snoozed = row.optional_int(3)?.map(crate::sql::time).transpose()?;
    let body: Notification = row.body(5)?;
    Ok(Notification {
        seq: row.int(0)?,
        read: row.optional_int(1)?.map(|read| read == 1),
        done: row.int(2)? == 1,
        snoozed_until: snoozed,
        excerpt: row.text(4)?,
        ..body
    })
}
