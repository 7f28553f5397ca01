//! The columns by which the query language finds tasks: kept by `apply` as the log goes. Questions
//! are in `query/ask.rs`.

pub mod ask;
mod custom;
mod past;
mod plan;
mod translate;

pub use ask::{Found, kinds, list};
pub(crate) use past::STATEMENTS as PAST_STATEMENTS;
pub(crate) use plan::STATEMENTS as PLAN_STATEMENTS;

use crate::{
    Reader, Result, Tx,
    conn::Conn,
    field::{self, Place},
    sql::{Row, Sql, params, statements},
};
use tenon_protocol::{
    MemberId, TaskId, WorkspaceId,
    link::{Link, LinkKind},
    query::{
        EMPTY, checklist_number, due_numbers, estimate_number, label_key, links_number,
        priority_number, start_number, text_key,
    },
    task::{Task, TaskChange},
};
use uuid::Uuid;

statements! {
    INSERT = "INSERT INTO task_index (workspace, task, project, project_key, number, state, rank,
        priority, estimate, due_day, due_at, due, created, updated, closed, creator, parent,
        channel, assignees, followers, labels, described, title, title_words, type, responsible,
        start, checklist, links)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
        $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29)"
        rows "INSERT INTO task_index (workspace, task, project, project_key, number, state, rank,
        priority, estimate, due_day, due_at, due, created, updated, closed, creator, parent,
        channel, assignees, followers, labels, described, title, title_words, type, responsible,
        start, checklist, links)
        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::int8[],
        $6::text[], $7::text[], $8::int8[], $9::int8[], $10::int8[], $11::int8[], $12::int8[],
        $13::int8[], $14::int8[], $15::int8[], $16::uuid[], $17::uuid[], $18::uuid[], $19::int8[],
        $20::int8[], $21::int8[], $22::int8[], $23::text[], $24::text[], $25::text[], $26::uuid[],
        $27::int8[], $28::int8[], $29::int8[])";
    SET_TITLE = "UPDATE task_index SET title = $1, title_words = $2, updated = $3
        WHERE workspace = $4 AND task = $5";
    SET_DESCRIBED = "UPDATE task_index SET described = $1, updated = $2
        WHERE workspace = $3 AND task = $4";
    SET_STATE = "UPDATE task_index SET state = $1, closed = $2, updated = $3
        WHERE workspace = $4 AND task = $5";
    SET_TYPE = "UPDATE task_index SET type = $1, updated = $2
        WHERE workspace = $3 AND task = $4";
    SET_ARCHIVED = "UPDATE task_index SET archived = $1, updated = $2
        WHERE workspace = $3 AND task = $4";
    SET_START = "UPDATE task_index SET start = $1, updated = $2
        WHERE workspace = $3 AND task = $4";
    SET_CHECKLIST = "UPDATE task_index SET checklist = $1, updated = $2
        WHERE workspace = $3 AND task = $4";
    SET_LINKS = "UPDATE task_index SET links = $1, updated = $2
        WHERE workspace = $3 AND task = $4";
    SET_ASSIGNEES = "UPDATE task_index SET assignees = $1, responsible = $2, updated = $3
        WHERE workspace = $4 AND task = $5";
    SET_PRIORITY = "UPDATE task_index SET priority = $1, updated = $2
        WHERE workspace = $3 AND task = $4";
    SET_LABELS = "UPDATE task_index SET labels = $1, updated = $2
        WHERE workspace = $3 AND task = $4";
    SET_DUE = "UPDATE task_index SET due_day = $1, due_at = $2, due = $3, updated = $4
        WHERE workspace = $5 AND task = $6";
    SET_ESTIMATE = "UPDATE task_index SET estimate = $1, updated = $2
        WHERE workspace = $3 AND task = $4";
    SET_PARENT = "UPDATE task_index SET parent = $1, updated = $2
        WHERE workspace = $3 AND task = $4";
    SET_UPDATED = "UPDATE task_index SET updated = $1 WHERE workspace = $2 AND task = $3";
    SET_RANK = "UPDATE task_index SET rank = $1, updated = $2
        WHERE workspace = $3 AND task = $4";
    SET_FOLLOWERS = "UPDATE task_index SET followers = $1, updated = $2
        WHERE workspace = $3 AND task = $4";
    DELETE = "DELETE FROM task_index WHERE workspace = $1 AND task = $2";
    SAVE_TEXT = "INSERT INTO task_text (workspace, task, words) VALUES ($1, $2, $3)
        ON CONFLICT (workspace, task) DO UPDATE SET words = excluded.words";
    DELETE_TEXT = "DELETE FROM task_text WHERE workspace = $1 AND task = $2";
    INSERT_LABEL = "INSERT INTO task_label (workspace, label, task) VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING"
        rows "INSERT INTO task_label (workspace, label, task)
        SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[]) ON CONFLICT DO NOTHING";
    DELETE_LABEL = "DELETE FROM task_label WHERE workspace = $1 AND label = $2 AND task = $3";
    INSERT_FOLLOWER = "INSERT INTO task_follower (workspace, member, task) VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING"
        rows "INSERT INTO task_follower (workspace, member, task)
        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) ON CONFLICT DO NOTHING";
    DELETE_FOLLOWER = "DELETE FROM task_follower
        WHERE workspace = $1 AND member = $2 AND task = $3";
    INSERT_LINK = "INSERT INTO task_link (workspace, task, kind, other) VALUES ($1, $2, $3, $4)
        ON CONFLICT DO NOTHING";
    DELETE_LINK = "DELETE FROM task_link
        WHERE workspace = $1 AND task = $2 AND kind = $3 AND other = $4";
    LINKED = "SELECT task, other FROM task_link WHERE workspace = $1 AND kind = $2
            AND task IN (SELECT unhex(value, '-') FROM json_each($3))"
        | "SELECT l.task, l.other FROM unnest($3::uuid[]) AS t (id) CROSS JOIN LATERAL (
            SELECT task, other FROM task_link
            WHERE workspace = $1 AND task = t.id AND kind = $2 OFFSET 0) l";
}

/// When, in which entry and by whom.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Act {
    pub at: tenon_protocol::Timestamp,
    pub seq: i64,
    pub actor: MemberId,
}

/// A new task.
pub(crate) fn insert(tx: &mut Tx<'_>, task: &Task) -> Result<()> {
    let (conn, workspace) = (&mut *tx.reader.conn, tx.reader.workspace);
    let project_key = task.key.rsplit_once('-').map_or("", |(key, _)| key);
    let (due_day, due_at, due) = due_numbers(task.due);
    let (title, words) = (task.title.to_lowercase(), text_key(&task.title));
    let values = params![
        workspace,
        task.id,
        task.project,
        project_key,
        task.number,
        &task.state,
        &task.rank,
        priority_number(task.priority),
        estimate(task),
        due_day,
        due_at,
        due,
        task.created_at,
        task.updated_at,
        closed_number(task),
        task.created_by,
        task.parent,
        task.source.as_ref().map(|source| source.channel),
        task.assignees.len() as i64,
        task.followers.len() as i64,
        task.labels.len() as i64,
        !task.description.is_empty(),
        &title,
        &words,
        &task.task_type,
        task.assignees.first().copied(),
        start_number(task.start),
        checklist_number(&task.checklist),
        links_number(&task.links),
    ];
    conn.exec(&INSERT, values)?;
    if !task.description.is_empty() {
        set_text(conn, workspace, task)?;
    }
    for label in &task.labels {
        let label = label_key(label);
        conn.exec(&INSERT_LABEL, params![workspace, &label, task.id])?;
    }
    for member in &task.followers {
        conn.exec(&INSERT_FOLLOWER, params![workspace, *member, task.id])?;
    }
    for (id, value) in &task.fields {
        field::set(conn, Place::of(workspace, task), id, None, Some(value))?;
    }
    set_links(conn, workspace, task.id, &[], &task.links)
}

/// `task` is as the changes leave it.
pub(crate) fn change(tx: &mut Tx<'_>, task: &Task, changes: &[TaskChange], act: Act) -> Result<()> {
    let (conn, workspace) = (&mut *tx.reader.conn, tx.reader.workspace);
    if task.deleted {
        return Ok(());
    }
    for change in changes {
        set(conn, workspace, task, change)?;
        past::change(conn, workspace, task, change, act)?;
    }
    Ok(())
}

/// Writes what a change touches and no more: every column besides would write its indexes too.
fn set(conn: &mut Conn, workspace: WorkspaceId, task: &Task, change: &TaskChange) -> Result<()> {
    let (id, updated) = (task.id, task.updated_at);
    let mut count =
        |sql: &'static Sql, value: i64| conn.exec(sql, params![value, updated, workspace, id]);
    match change {
        TaskChange::Title { .. } => {
            let (title, words) = (task.title.to_lowercase(), text_key(&task.title));
            conn.exec(&SET_TITLE, params![&title, &words, updated, workspace, id])
        }
        TaskChange::Description { .. } => {
            count(&SET_DESCRIBED, i64::from(!task.description.is_empty()))?;
            set_text(conn, workspace, task)
        }
        TaskChange::State { .. } => {
            let values = params![&task.state, closed_number(task), updated, workspace, id];
            conn.exec(&SET_STATE, values)
        }
        TaskChange::Type { .. } => {
            conn.exec(&SET_TYPE, params![&task.task_type, updated, workspace, id])
        }
        TaskChange::Start { .. } => count(&SET_START, start_number(task.start)),
        TaskChange::Item { .. } => count(&SET_CHECKLIST, checklist_number(&task.checklist)),
        TaskChange::Links { from, to } => {
            count(&SET_LINKS, links_number(&task.links))?;
            set_links(conn, workspace, id, from, to)
        }
        TaskChange::Assignees { .. } => {
            let (all, first) = (task.assignees.len() as i64, task.assignees.first().copied());
            conn.exec(&SET_ASSIGNEES, params![all, first, updated, workspace, id])
        }
        TaskChange::Priority { .. } => count(&SET_PRIORITY, priority_number(task.priority)),
        TaskChange::Labels { from, to } => {
            count(&SET_LABELS, task.labels.len() as i64)?;
            set_labels(conn, workspace, id, from, to)
        }
        TaskChange::Due { .. } => {
            let (day, at, due) = due_numbers(task.due);
            conn.exec(&SET_DUE, params![day, at, due, updated, workspace, id])
        }
        TaskChange::Estimate { .. } => count(&SET_ESTIMATE, estimate(task)),
        TaskChange::Parent { .. } => {
            conn.exec(&SET_PARENT, params![task.parent, updated, workspace, id])
        }
        TaskChange::CustomField {
            id: field,
            from,
            to,
        } => {
            conn.exec(&SET_UPDATED, params![updated, workspace, id])?;
            let (from, to) = (from.as_ref(), to.as_ref());
            field::set(conn, Place::of(workspace, task), field, from, to)
        }
        TaskChange::Rank { .. } => {
            conn.exec(&SET_RANK, params![&task.rank, updated, workspace, id])
        }
        TaskChange::Followers { from, to } => {
            count(&SET_FOLLOWERS, task.followers.len() as i64)?;
            set_followers(conn, workspace, id, from, to)
        }
    }
}

fn set_labels(
    conn: &mut Conn,
    workspace: WorkspaceId,
    task: TaskId,
    from: &[String],
    to: &[String],
) -> Result<()> {
    for label in from {
        conn.exec(&DELETE_LABEL, params![workspace, &label_key(label), task])?;
    }
    for label in to {
        conn.exec(&INSERT_LABEL, params![workspace, &label_key(label), task])?;
    }
    Ok(())
}

/// Those that went and those that came.
fn set_links(
    conn: &mut Conn,
    workspace: WorkspaceId,
    task: TaskId,
    from: &[Link],
    to: &[Link],
) -> Result<()> {
    for link in from.iter().filter(|link| !to.contains(link)) {
        let values = params![workspace, task, link.kind.name(), link.task];
        conn.exec(&DELETE_LINK, values)?;
    }
    for link in to.iter().filter(|link| !from.contains(link)) {
        let values = params![workspace, task, link.kind.name(), link.task];
        conn.exec(&INSERT_LINK, values)?;
    }
    Ok(())
}

fn set_followers(
    conn: &mut Conn,
    workspace: WorkspaceId,
    task: TaskId,
    from: &[MemberId],
    to: &[MemberId],
) -> Result<()> {
    for member in from.iter().filter(|member| !to.contains(member)) {
        conn.exec(&DELETE_FOLLOWER, params![workspace, *member, task])?;
    }
    for member in to.iter().filter(|member| !from.contains(member)) {
        conn.exec(&INSERT_FOLLOWER, params![workspace, *member, task])?;
    }
    Ok(())
}

/// Into the archive, or out of it.
pub(crate) fn archive(tx: &mut Tx<'_>, task: &Task) -> Result<()> {
    let values = params![task.archived, task.updated_at, tx.workspace, task.id];
    tx.conn.exec(&SET_ARCHIVED, values)
}

/// Back from the archive or the trash. Its state and place may have changed on the way.
pub(crate) fn restore(tx: &mut Tx<'_>, before: &Task, task: &Task, act: Act) -> Result<()> {
    delete(tx, before)?;
    insert(tx, task)?;
    if task.archived {
        archive(tx, task)?;
    }
    if before.state == task.state {
        return Ok(());
    }
    let (conn, workspace) = (&mut *tx.reader.conn, tx.reader.workspace);
    let (from, to) = (before.state.clone(), task.state.clone());
    past::change(conn, workspace, task, &TaskChange::State { from, to }, act)
}

/// What is deleted is not found any more; its past stays, and what it has of custom fields: these
/// are not to go while it can come back.
pub(crate) fn delete(tx: &mut Tx<'_>, task: &Task) -> Result<()> {
    let (conn, workspace) = (&mut *tx.reader.conn, tx.reader.workspace);
    conn.exec(&DELETE, params![workspace, task.id])?;
    conn.exec(&DELETE_TEXT, params![workspace, task.id])?;
    for label in &task.labels {
        let label = label_key(label);
        conn.exec(&DELETE_LABEL, params![workspace, &label, task.id])?;
    }
    for member in &task.followers {
        conn.exec(&DELETE_FOLLOWER, params![workspace, *member, task.id])?;
    }
    set_links(conn, workspace, task.id, &task.links, &[])
}

/// For each of these tasks those that it has a link of this kind to, in one statement.
pub async fn list_linked(
    reader: &mut Reader<'_>,
    tasks: &[Uuid],
    kind: LinkKind,
) -> Result<Vec<(TaskId, TaskId)>> {
    let read = |row: &Row<'_>| Ok((TaskId(row.id(0)?), TaskId(row.id(1)?)));
    let values = params![reader.workspace, kind.name(), tasks];
    reader.conn.rows(&LINKED, values, read).await
}

fn set_text(conn: &mut Conn, workspace: WorkspaceId, task: &Task) -> Result<()> {
    if task.description.is_empty() {
        return conn.exec(&DELETE_TEXT, params![workspace, task.id]);
    }
    let words = text_key(&task.description);
    conn.exec(&SAVE_TEXT, params![workspace, task.id, &words])
}

fn closed_number(task: &Task) -> i64 {
    task.closed_at.map_or(EMPTY, |at| at.as_microsecond())
}

fn estimate(task: &Task) -> i64 {
    task.estimate.map_or(EMPTY, estimate_number)
}
