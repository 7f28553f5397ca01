//! Tasks: rows and queries.

use crate::{
    Reader, Result, Tx, project, query,
    sql::{Row, params, statements},
};
use tenon_protocol::{
    Entry, MemberId, ProjectId, SpaceId, TaskId,
    checklist::with_item,
    project::Category,
    task::{Task, TaskChange},
};

statements! {
    THESE = "SELECT body FROM task WHERE workspace = $1
            AND id IN (SELECT unhex(value, '-') FROM json_each($2))"
        | "SELECT k.body FROM unnest($2::uuid[]) AS t (id) CROSS JOIN LATERAL (
            SELECT body FROM task WHERE workspace = $1 AND id = t.id OFFSET 0) k";
    INSERT = "INSERT INTO task (workspace, id, project, number, state, rank, parent, title_key,
        closed, deleted, seq, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, $11)"
        rows "INSERT INTO task (workspace, id, project, number, state, rank, parent, title_key,
        closed, deleted, seq, body)
        SELECT w, id, project, number, state, rank, parent, title_key, closed, 0, seq, body
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int8[], $5::text[], $6::text[],
        $7::uuid[], $8::text[], $9::int8[], $10::int8[], $11::text[])
        AS t (w, id, project, number, state, rank, parent, title_key, closed, seq, body)";
    UPDATE = "UPDATE task SET state = $1, rank = $2, parent = $3, title_key = $4, closed = $5,
        deleted = $6, seq = $7, body = $8 WHERE workspace = $9 AND id = $10";
    GET = "SELECT body FROM task WHERE workspace = $1 AND id = $2";
    LIST = "SELECT body FROM task WHERE workspace = $1
            AND id IN (SELECT unhex(value, '-') FROM json_each($2))"
        | "SELECT m.body FROM unnest($2::uuid[]) AS t (id) CROSS JOIN LATERAL (
            SELECT body FROM task WHERE workspace = $1 AND id = t.id OFFSET 0) m";
    EXISTS = "SELECT 1 FROM task WHERE workspace = $1 AND id = $2";
    BY_NUMBER = "SELECT body FROM task WHERE workspace = $1 AND project = $2 AND number = $3";
    BY_STATE_IN_SPACE = "SELECT t.project, t.state, count(*) FROM project p
        JOIN task t ON t.workspace = p.workspace AND t.project = p.id AND t.deleted = 0
        WHERE p.workspace = $1 AND p.space = $2 GROUP BY t.project, t.state";
    NEXT_RANK = "SELECT rank FROM task WHERE workspace = $1 AND project = $2 AND state = $3
        AND deleted = 0 AND rank > $4 AND id <> $5 ORDER BY rank LIMIT 1";
    PREVIOUS_RANK = "SELECT rank FROM task WHERE workspace = $1 AND project = $2 AND state = $3
        AND deleted = 0 AND rank < $4 AND id <> $5 ORDER BY rank DESC LIMIT 1";
    LAST_RANK = "SELECT rank FROM task WHERE workspace = $1 AND project = $2 AND state = $3
        AND deleted = 0 AND id <> $4 ORDER BY rank DESC LIMIT 1";
    INSERT_ASSIGNEE = "INSERT INTO task_assignee (workspace, member, task) VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING";
    DELETE_ASSIGNEE = "DELETE FROM task_assignee
        WHERE workspace = $1 AND member = $2 AND task = $3";
    HAS_RANK = "SELECT 1 FROM task WHERE workspace = $1 AND project = $2 AND state = $3
        AND deleted = 0 AND rank = $4 AND id <> $5";
    BY_PROJECT = "SELECT number, body FROM task WHERE workspace = $1 AND project = $2
        AND deleted = 0 AND number > $3 ORDER BY number LIMIT $4";
    BY_STATE = "SELECT rank, body FROM task WHERE workspace = $1 AND project = $2
        AND state = $3 AND deleted = 0 AND rank > $4 ORDER BY rank LIMIT $5";
    BY_PARENT = "SELECT number, body FROM task WHERE workspace = $1 AND parent = $2
        AND deleted = 0 AND number > $3 ORDER BY number LIMIT $4";
    BY_ASSIGNEE = "SELECT t.seq, t.body FROM task_assignee a
        JOIN task t ON t.workspace = a.workspace AND t.id = a.task
        WHERE a.workspace = $1 AND a.member = $2 AND t.deleted = 0 AND t.seq < $3
        ORDER BY t.seq DESC LIMIT $4";
    BY_SEQ = "SELECT seq, body FROM task WHERE workspace = $1 AND deleted = 0 AND seq < $2
        ORDER BY seq DESC LIMIT $3";
    BY_TEXT = "SELECT seq, body FROM task WHERE workspace = $1 AND deleted = 0
        AND title_key LIKE $2 ESCAPE '!' AND seq < $3 ORDER BY seq DESC LIMIT $4";
}

/// Which tasks a list takes and in which order; the caller filters further.
#[derive(Clone, Debug)]
pub enum TaskList {
    /// All of a project, oldest first; cursor: number.
    Project(ProjectId),
    /// A column of the board, by rank; cursor: rank.
    State(ProjectId, String),
    /// Sub-tasks, oldest first; cursor: number.
    Parent(TaskId),
    /// Assigned to somebody, changed last first; cursor: seq.
    Assignee(MemberId),
    /// The title contains these words, changed last first; cursor: seq.
    Text(String),
    /// All, changed last first; cursor: seq.
    All,
}

/// A task of a list: the cursor just after it, and its JSON.
pub type Stored = (String, String);

pub(crate) async fn insert(tx: &mut Tx<'_>, task: &Task) -> Result<()> {
    let (workspace, body) = (tx.workspace, serde_json::to_string(task)?);
    let (closed, title) = (task.closed_at.is_some(), task.title.to_lowercase());
    let values = params![
        workspace,
        task.id,
        task.project,
        task.number,
        &task.state,
        &task.rank,
        task.parent,
        &title,
        closed,
        task.seq,
        &body
    ];
    tx.conn.exec(&INSERT, values)?;
    for member in &task.assignees {
        tx.conn
            .exec(&INSERT_ASSIGNEE, params![workspace, *member, task.id])?;
    }
    query::insert(tx, task)?;
    project::count_task(tx, task.project, task.number).await
}

pub(crate) fn act(entry: &Entry) -> query::Act {
    query::Act {
        at: entry.at,
        seq: entry.seq,
        actor: entry.actor,
    }
}

/// Applies a `task_changed`.
pub(crate) async fn change(
    tx: &mut Tx<'_>,
    id: TaskId,
    changes: &[TaskChange],
    entry: &Entry,
) -> Result<()> {
    let Some(mut task) = get(tx, id).await? else {
        return Ok(());
    };
    for change in changes {
        if let TaskChange::Assignees { from, to } = change {
            set_assignees(tx, id, from, to)?;
        }
        if let TaskChange::State { to, .. } = change {
            let closed = is_closed(tx, task.project, to).await?;
            task.closed_at = if closed {
                task.closed_at.or(Some(entry.at))
            } else {
                None
            };
        }
        set_field(&mut task, change);
    }
    task.updated_at = entry.at;
    task.seq = entry.seq;
    query::change(tx, &task, changes, act(entry))?;
    save(tx, &task)
}

fn set_field(task: &mut Task, change: &TaskChange) {
    match change.clone() {
        TaskChange::Title { to, .. } => task.title = to,
        TaskChange::Description { to, .. } => task.description = to,
        TaskChange::Type { to, .. } => task.task_type = to,
        TaskChange::State { to, .. } => task.state = to,
        TaskChange::Assignees { to, .. } => task.assignees = to,
        TaskChange::Priority { to, .. } => task.priority = to,
        TaskChange::Labels { to, .. } => task.labels = to,
        TaskChange::Start { to, .. } => task.start = to,
        TaskChange::Due { to, .. } => task.due = to,
        TaskChange::Estimate { to, .. } => task.estimate = to,
        TaskChange::Parent { to, .. } => task.parent = to,
        TaskChange::Rank { to, .. } => task.rank = to,
        TaskChange::Followers { to, .. } => task.followers = to,
        TaskChange::Links { to, .. } => task.links = to,
        TaskChange::Item { item, to, .. } => with_item(&mut task.checklist, item, to),
        TaskChange::CustomField { id, to, .. } => {
            match to {
                Some(to) => task.fields.insert(id, to),
                None => task.fields.remove(&id),
            };
        }
    }
}

fn set_assignees(tx: &mut Tx<'_>, task: TaskId, from: &[MemberId], to: &[MemberId]) -> Result<()> {
    let workspace = tx.workspace;
    for member in from {
        tx.conn
            .exec(&DELETE_ASSIGNEE, params![workspace, *member, task])?;
    }
    for member in to {
        tx.conn
            .exec(&INSERT_ASSIGNEE, params![workspace, *member, task])?;
    }
    Ok(())
}

async fn is_closed(tx: &mut Tx<'_>, id: ProjectId, state: &str) -> Result<bool> {
    let Some(row) = project::load(tx, id).await? else {
        return Ok(false);
    };
    let state = row
        .project
        .workflow
        .states
        .iter()
        .find(|other| other.id == state);
    Ok(state.is_some_and(|state| matches!(state.category, Category::Done | Category::Cancelled)))
}

/// The conversation grew or shrank. Not a change of the task: its seq stays.
pub(crate) async fn count_message(tx: &mut Tx<'_>, id: TaskId, by: i64) -> Result<()> {
    let Some(mut task) = get(tx, id).await? else {
        return Ok(());
    };
    task.message_count += by;
    save(tx, &task)
}

/// The column `deleted`: what lists and boards leave out.
fn hidden(task: &Task) -> i64 {
    match (task.deleted, task.archived) {
        (true, _) => 1,
        (false, true) => 2,
        (false, false) => 0,
    }
}

pub(crate) fn save(tx: &mut Tx<'_>, task: &Task) -> Result<()> {
    let (workspace, body) = (tx.workspace, serde_json::to_string(task)?);
    let (closed, title) = (task.closed_at.is_some(), task.title.to_lowercase());
    let values = params![
        &task.state,
        &task.rank,
        task.parent,
        &title,
        closed,
        hidden(task),
        task.seq,
        &body,
        workspace,
        task.id
    ];
    tx.conn.exec(&UPDATE, values)
}

pub async fn get(reader: &mut Reader<'_>, id: TaskId) -> Result<Option<Task>> {
    reader
        .conn
        .row(&GET, params![reader.workspace, id], |row| row.body(0))
        .await
}

/// How many tasks of the space's projects are in which state.
pub async fn count_by_state(
    reader: &mut Reader<'_>,
    space: SpaceId,
) -> Result<Vec<(ProjectId, String, i64)>> {
    let read = |row: &Row<'_>| Ok((ProjectId(row.id(0)?), row.text(1)?, row.int(2)?));
    let values = params![reader.workspace, space];
    reader.conn.rows(&BY_STATE_IN_SPACE, values, read).await
}

/// The task with this number in a project.
pub async fn find(
    reader: &mut Reader<'_>,
    project: ProjectId,
    number: i64,
) -> Result<Option<Task>> {
    reader
        .conn
        .row(
            &BY_NUMBER,
            params![reader.workspace, project, number],
            |row| row.body(0),
        )
        .await
}

/// Whether a task has this id.
pub async fn exists(reader: &mut Reader<'_>, id: TaskId) -> Result<bool> {
    Ok(reader
        .conn
        .row(&EXISTS, params![reader.workspace, id], |_| Ok(()))
        .await?
        .is_some())
}

/// Those of these tasks that there are, in one statement.
pub async fn list_these(reader: &mut Reader<'_>, ids: &[uuid::Uuid]) -> Result<Vec<Task>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let values = params![reader.workspace, ids];
    reader.conn.rows(&THESE, values, |row| row.body(0)).await
}

/// A column of a board, without one task: the one that moves.
pub struct Column<'a> {
    pub project: ProjectId,
    pub state: &'a str,
    pub except: TaskId,
}

/// The rank next after this one in a column.
pub async fn load_next_rank(
    reader: &mut Reader<'_>,
    column: &Column<'_>,
    rank: &str,
) -> Result<Option<String>> {
    let values = params![
        reader.workspace,
        column.project,
        column.state,
        rank,
        column.except
    ];
    reader.conn.row(&NEXT_RANK, values, |row| row.text(0)).await
}

/// The rank next before this one in a column.
pub async fn load_previous_rank(
    reader: &mut Reader<'_>,
    column: &Column<'_>,
    rank: &str,
) -> Result<Option<String>> {
    let values = params![
        reader.workspace,
        column.project,
        column.state,
        rank,
        column.except
    ];
    reader
        .conn
        .row(&PREVIOUS_RANK, values, |row| row.text(0))
        .await
}

/// The rank of the lowest card of a column.
pub async fn load_last_rank(
    reader: &mut Reader<'_>,
    column: &Column<'_>,
) -> Result<Option<String>> {
    let values = params![
        reader.workspace,
        column.project,
        column.state,
        column.except
    ];
    reader.conn.row(&LAST_RANK, values, |row| row.text(0)).await
}

/// Whether another task of the column has this rank.
pub async fn load_has_rank(
    reader: &mut Reader<'_>,
    column: &Column<'_>,
    rank: &str,
) -> Result<bool> {
    let values = params![
        reader.workspace,
        column.project,
        column.state,
        rank,
        column.except
    ];
    let found = reader.conn.row(&HAS_RANK, values, |_| Ok(())).await?;
    Ok(found.is_some())
}

/// Those of these that there are, the deleted too, in one statement and no order.
pub async fn list_by_id(reader: &mut Reader<'_>, ids: &[TaskId]) -> Result<Vec<Task>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    let values = params![reader.workspace, &ids[..]];
    reader.conn.rows(&LIST, values, |row| row.body(0)).await
}

/// One page of a list. `cursor` is that of the last task of the page before.
pub async fn list(
    reader: &mut Reader<'_>,
    list: &TaskList,
    cursor: Option<&str>,
    limit: i64,
) -> Result<Vec<Stored>> {
    let workspace = reader.workspace;
    let number = cursor.and_then(|text| text.parse().ok()).unwrap_or(0_i64);
    let seq = cursor
        .and_then(|text| text.parse().ok())
        .unwrap_or(i64::MAX);
    match list {
        TaskList::Project(project) => {
            let values = params![workspace, *project, number, limit];
            reader.conn.rows(&BY_PROJECT, values, by_number).await
        }
        TaskList::State(project, state) => {
            let rank = cursor.unwrap_or("");
            let values = params![workspace, *project, state, rank, limit];
            reader.conn.rows(&BY_STATE, values, by_rank).await
        }
        TaskList::Parent(parent) => {
            let values = params![workspace, *parent, number, limit];
            reader.conn.rows(&BY_PARENT, values, by_number).await
        }
        TaskList::Assignee(member) => {
            let values = params![workspace, *member, seq, limit];
            reader.conn.rows(&BY_ASSIGNEE, values, by_number).await
        }
        TaskList::Text(text) => {
            let pattern = like_pattern(text);
            let values = params![workspace, &pattern, seq, limit];
            reader.conn.rows(&BY_TEXT, values, by_number).await
        }
        TaskList::All => {
            reader
                .conn
                .rows(&BY_SEQ, params![workspace, seq, limit], by_number)
                .await
        }
    }
}

fn by_number(row: &Row<'_>) -> Result<Stored> {
    Ok((row.int(0)?.to_string(), row.text(1)?))
}

fn by_rank(row: &Row<'_>) -> Result<Stored> {
    Ok((row.text(0)?, row.text(1)?))
}

fn like_pattern(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.to_lowercase().chars() {
        if matches!(letter, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}
