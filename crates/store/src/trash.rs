//! Tasks put aside: the archive, the trash, and what is left of a task that lay there for too long.

use crate::{
    Reader, Result, Tx, erasure, field, file,
    message::{self, empty},
    notification, query, saved,
    sql::{Row, params, statements, time},
    task::{act, get, save},
};
use tenon_protocol::{
    Entry, MemberId, MessageId, ProjectId, TaskId, Timestamp,
    message::Message,
    task::{Task, Trashed},
};

statements! {
    INSERT = "INSERT INTO task_trash (workspace, task, project, creator, seq, at, by_member)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    DELETE = "DELETE FROM task_trash WHERE workspace = $1 AND task = $2";
    GET = "SELECT at, by_member FROM task_trash WHERE workspace = $1 AND task = $2";
    LIST = "SELECT r.seq, r.at, r.by_member, t.body FROM task_trash r
        JOIN task t ON t.workspace = r.workspace AND t.id = r.task
        WHERE r.workspace = $1 AND r.project = $2 AND r.seq < $3 AND r.at >= $4
        AND (r.creator = $5 OR r.by_member = $5 OR $5 IS NULL) ORDER BY r.seq DESC LIMIT $6";
    DUE = "SELECT task FROM task_trash WHERE workspace = $1 AND seq <= $2 ORDER BY seq LIMIT $3";
    ERASED = "SELECT erased FROM task_trash WHERE workspace = $1 AND task = $2";
    SET_ERASED = "UPDATE task_trash SET erased = $1
        WHERE workspace = $2 AND task = $3";
    ENTRIES = "SELECT seq FROM entry WHERE workspace = $1 AND about = $2 AND seq > $3
        ORDER BY seq LIMIT $4";
    MESSAGES = "SELECT id FROM message WHERE workspace = $1 AND task = $2 ORDER BY seq LIMIT $3";
    CONVERSATION = "SELECT body FROM message WHERE workspace = $1 AND task = $2 AND seq > $3
        AND seq <= $4 ORDER BY seq LIMIT $5";
    LEAVE = "UPDATE message SET stream = NULL, thread = NULL, task = NULL
        WHERE workspace = $1 AND id = $2";
}

/// A task of the trash, with the seq of its deletion.
#[derive(Clone, Debug)]
pub struct Found {
    pub seq: i64,
    pub trashed: Trashed,
    pub task: Task,
}

/// Whose deleted tasks a list shows.
#[derive(Clone, Copy, Debug)]
pub struct Whose {
    pub project: ProjectId,
    /// Made or deleted by them; absent: all.
    pub member: Option<MemberId>,
}

// --- how entries change rows ---

pub(crate) async fn archive(tx: &mut Tx<'_>, id: TaskId, entry: &Entry) -> Result<()> {
    let Some(mut task) = get(tx, id).await? else {
        return Ok(());
    };
    task.archived = true;
    (task.updated_at, task.seq) = (entry.at, entry.seq);
    query::archive(tx, &task)?;
    save(tx, &task)
}

pub(crate) async fn delete(tx: &mut Tx<'_>, id: TaskId, entry: &Entry) -> Result<()> {
    let Some(mut task) = get(tx, id).await? else {
        return Ok(());
    };
    task.deleted = true;
    (task.updated_at, task.seq) = (entry.at, entry.seq);
    notification::remove_task(tx, id)?;
    saved::remove_task(tx, id)?;
    query::delete(tx, &task)?;
    save(tx, &task)?;
    let values = params![
        tx.workspace,
        id,
        task.project,
        task.created_by,
        entry.seq,
        entry.at,
        entry.actor
    ];
    tx.conn.exec(&INSERT, values)
}

/// `restored` is the task as it is now; its conversation may have changed in between.
pub(crate) async fn restore(tx: &mut Tx<'_>, restored: &Task, entry: &Entry) -> Result<()> {
    let Some(before) = get(tx, restored.id).await? else {
        return Ok(());
    };
    let task = Task {
        message_count: before.message_count,
        ..restored.clone()
    };
    query::restore(tx, &before, &task, act(entry))?;
    save(tx, &task)?;
    let workspace = tx.workspace;
    tx.conn.exec(&DELETE, params![workspace, task.id])
}

/// Words go; ids, times and numbers stay, so that the key stays taken and links name something.
/// `until`: the seq up to which nothing that tells of it has words.
pub(crate) async fn erase(
    tx: &mut Tx<'_>,
    id: TaskId,
    messages: &[MessageId],
    (until, whole): (i64, bool),
) -> Result<()> {
    let workspace = tx.workspace;
    for mut row in message::list(tx, messages).await? {
        empty(tx, &mut row)?;
        row.erased = true;
        row.alias = None;
        row.context = None;
        file::erase(tx, row.id)?;
        erasure::forget(tx, row.id)?;
        message::save(tx, &row)?;
        tx.conn.exec(&LEAVE, params![workspace, row.id])?;
    }
    if !whole {
        let until = until.max(load_erased(tx, id).await?);
        return tx.conn.exec(&SET_ERASED, params![until, workspace, id]);
    }
    if let Some(mut task) = get(tx, id).await? {
        for (field, value) in &task.fields {
            let place = field::Place::of(tx.workspace, &task);
            field::set(tx.conn, place, field, Some(value), None)?;
        }
        erasure::empty_task(&mut task);
        save(tx, &task)?;
    }
    tx.conn.exec(&DELETE, params![workspace, id])
}

// --- queries ---

/// When and by whom the task was deleted, while it has its words.
pub async fn get_trashed(reader: &mut Reader<'_>, id: TaskId) -> Result<Option<Trashed>> {
    let read = |row: &Row<'_>| {
        Ok(Trashed {
            at: time(row.int(0)?)?,
            by: MemberId(row.id(1)?),
        })
    };
    let values = params![reader.workspace, id];
    reader.conn.row(&GET, values, read).await
}

/// Deleted since, the newest first, before a seq.
pub async fn list(
    reader: &mut Reader<'_>,
    whose: Whose,
    since: Timestamp,
    before: i64,
    limit: i64,
) -> Result<Vec<Found>> {
    let values = params![
        reader.workspace,
        whose.project,
        before,
        since,
        whose.member,
        limit
    ];
    let read = |row: &Row<'_>| {
        let trashed = Trashed {
            at: time(row.int(1)?)?,
            by: MemberId(row.id(2)?),
        };
        Ok(Found {
            seq: row.int(0)?,
            trashed,
            task: row.body(3)?,
        })
    };
    reader.conn.rows(&LIST, values, read).await
}

/// The oldest of those that were deleted up to this seq.
pub async fn list_due(reader: &mut Reader<'_>, seq: i64, limit: i64) -> Result<Vec<TaskId>> {
    let values = params![reader.workspace, seq, limit];
    let read = |row: &Row<'_>| row.id(0).map(TaskId);
    reader.conn.rows(&DUE, values, read).await
}

/// Seq up to which what tells of a deleted task has lost its words.
pub async fn load_erased(reader: &mut Reader<'_>, task: TaskId) -> Result<i64> {
    let values = params![reader.workspace, task];
    let erased = reader.conn.row(&ERASED, values, |row| row.int(0)).await?;
    Ok(erased.unwrap_or_default())
}

/// The seqs of entries that tell of a task, the oldest first, after one.
pub async fn list_entries(
    reader: &mut Reader<'_>,
    task: TaskId,
    after: i64,
    limit: i64,
) -> Result<Vec<i64>> {
    let values = params![reader.workspace, task, after, limit];
    reader.conn.rows(&ENTRIES, values, |row| row.int(0)).await
}

/// What was said in a task after one seq and up to another, the oldest first.
pub async fn list_conversation(
    reader: &mut Reader<'_>,
    task: TaskId,
    (after, until): (i64, i64),
    limit: i64,
) -> Result<Vec<Message>> {
    let values = params![reader.workspace, task, after, until, limit];
    reader
        .conn
        .rows(&CONVERSATION, values, |row| row.body(0))
        .await
}

/// The first messages of a task's conversation that are not erased, the deleted too.
pub async fn list_messages(
    reader: &mut Reader<'_>,
    task: TaskId,
    limit: i64,
) -> Result<Vec<MessageId>> {
    let values = params![reader.workspace, task, limit];
    let read = |row: &Row<'_>| row.id(0).map(MessageId);
    reader.conn.rows(&MESSAGES, values, read).await
}
