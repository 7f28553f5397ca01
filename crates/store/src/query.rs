//! The columns by which the query language finds tasks: kept by `apply` as the log goes. Questions
//! are in `query/ask.rs`.

pub mod ask;
mod plan;
mod translate;

pub use ask::{Found, kinds, list};
pub(crate) use plan::STATEMENTS as PLAN_STATEMENTS;

use crate::{
    Result, Tx,
    conn::Conn,
    sql::{params, statements},
};
use tenon_protocol::{
    MemberId, TaskId, WorkspaceId,
    query::{
        EMPTY, HistoryField, due_numbers, estimate_number, label_key, priority_number, text_key,
    },
    task::{Task, TaskChange},
};

statements! {
    INSERT = "INSERT INTO task_index (workspace, task, project, project_key, number, state, rank,
        priority, estimate, due_day, due_at, due, created, updated, closed, creator, parent,
        channel, assignees, followers, labels, described, title, title_words)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
        $19, $20, $21, $22, $23, $24)"
        rows "INSERT INTO task_index (workspace, task, project, project_key, number, state, rank,
        priority, estimate, due_day, due_at, due, created, updated, closed, creator, parent,
        channel, assignees, followers, labels, described, title, title_words)
        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::int8[],
        $6::text[], $7::text[], $8::int8[], $9::int8[], $10::int8[], $11::int8[], $12::int8[],
        $13::int8[], $14::int8[], $15::int8[], $16::uuid[], $17::uuid[], $18::uuid[], $19::int8[],
        $20::int8[], $21::int8[], $22::int8[], $23::text[], $24::text[])";
    UPDATE = "UPDATE task_index SET state = $1, rank = $2, priority = $3, estimate = $4,
        due_day = $5, due_at = $6, due = $7, updated = $8, closed = $9, parent = $10,
        assignees = $11, followers = $12, labels = $13, described = $14, title = $15,
        title_words = $16 WHERE workspace = $17 AND task = $18";
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
    BEGIN = "INSERT INTO task_past (workspace, field, value, task, began, began_seq, began_by,
        first, ended, ended_seq) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)"
        rows "INSERT INTO task_past (workspace, field, value, task, began, began_seq, began_by,
        first, ended, ended_seq) SELECT w, field, value, task, began, seq, who, first, ended, 0
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::int8[], $6::int8[],
        $7::uuid[], $8::int8[], $9::int8[])
        AS t (w, field, value, task, began, seq, who, first, ended)";
    END = "UPDATE task_past SET ended = $1, ended_seq = $2, ended_by = $3
        WHERE workspace = $4 AND field = $5 AND value = $6 AND task = $7 AND ended_seq = 0";
}

/// When, in which entry and by whom.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Act {
    pub at: tenon_protocol::Timestamp,
    pub seq: i64,
    pub actor: MemberId,
}

/// A new task.
pub(crate) fn insert(tx: &mut Tx<'_>, task: &Task, act: Act) -> Result<()> {
    let (conn, workspace) = (&mut *tx.reader.conn, tx.reader.workspace);
    insert_row(conn, workspace, task)?;
    begin_all(conn, workspace, task, act)
}

/// A task as it is, without its past.
fn insert_row(conn: &mut Conn, workspace: WorkspaceId, task: &Task) -> Result<()> {
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
        task.estimate.map_or(EMPTY, estimate_number),
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
    Ok(())
}

fn begin_all(conn: &mut Conn, workspace: WorkspaceId, task: &Task, act: Act) -> Result<()> {
    // A task's history begins when it says it was made, for all who ask.
    let act = Act {
        at: task.created_at,
        actor: task.created_by,
        ..act
    };
    begin(
        conn,
        workspace,
        HistoryField::State,
        &task.state,
        task.id,
        act,
        true,
    )?;
    let priority = priority_number(task.priority).to_string();
    begin(
        conn,
        workspace,
        HistoryField::Priority,
        &priority,
        task.id,
        act,
        true,
    )?;
    for value in people(&task.assignees) {
        begin(
            conn,
            workspace,
            HistoryField::Assignee,
            &value,
            task.id,
            act,
            true,
        )?;
    }
    Ok(())
}

/// `task` is as the changes leave it.
pub(crate) fn change(tx: &mut Tx<'_>, task: &Task, changes: &[TaskChange], act: Act) -> Result<()> {
    let (conn, workspace) = (&mut *tx.reader.conn, tx.reader.workspace);
    if task.deleted {
        return Ok(());
    }
    let (due_day, due_at, due) = due_numbers(task.due);
    let (title, words) = (task.title.to_lowercase(), text_key(&task.title));
    let values = params![
        &task.state,
        &task.rank,
        priority_number(task.priority),
        task.estimate.map_or(EMPTY, estimate_number),
        due_day,
        due_at,
        due,
        task.updated_at,
        closed_number(task),
        task.parent,
        task.assignees.len() as i64,
        task.followers.len() as i64,
        task.labels.len() as i64,
        !task.description.is_empty(),
        &title,
        &words,
        workspace,
        task.id,
    ];
    conn.exec(&UPDATE, values)?;
    for change in changes {
        change_sets(conn, workspace, task, change)?;
        change_past(conn, workspace, task.id, change, act)?;
    }
    Ok(())
}

fn change_sets(
    conn: &mut Conn,
    workspace: WorkspaceId,
    task: &Task,
    change: &TaskChange,
) -> Result<()> {
    match change {
        TaskChange::Description { .. } => set_text(conn, workspace, task)?,
        TaskChange::Labels { from, to } => {
            for label in from {
                let label = label_key(label);
                conn.exec(&DELETE_LABEL, params![workspace, &label, task.id])?;
            }
            for label in to {
                let label = label_key(label);
                conn.exec(&INSERT_LABEL, params![workspace, &label, task.id])?;
            }
        }
        TaskChange::Followers { from, to } => {
            for member in from.iter().filter(|member| !to.contains(member)) {
                conn.exec(&DELETE_FOLLOWER, params![workspace, *member, task.id])?;
            }
            for member in to.iter().filter(|member| !from.contains(member)) {
                conn.exec(&INSERT_FOLLOWER, params![workspace, *member, task.id])?;
            }
        }
        TaskChange::Title { .. }
        | TaskChange::State { .. }
        | TaskChange::Assignees { .. }
        | TaskChange::Priority { .. }
        | TaskChange::Due { .. }
        | TaskChange::Estimate { .. }
        | TaskChange::Parent { .. }
        | TaskChange::Rank { .. } => {}
    }
    Ok(())
}

/// Ends the values that a change took away, and begins those that it gave.
fn change_past(
    conn: &mut Conn,
    workspace: WorkspaceId,
    task: TaskId,
    change: &TaskChange,
    act: Act,
) -> Result<()> {
    let (field, from, to) = match change {
        TaskChange::State { from, to } => {
            (HistoryField::State, vec![from.clone()], vec![to.clone()])
        }
        TaskChange::Priority { from, to } => {
            let text = |priority| vec![priority_number(priority).to_string()];
            (HistoryField::Priority, text(*from), text(*to))
        }
        TaskChange::Assignees { from, to } => (HistoryField::Assignee, people(from), people(to)),
        TaskChange::Title { .. }
        | TaskChange::Description { .. }
        | TaskChange::Labels { .. }
        | TaskChange::Due { .. }
        | TaskChange::Estimate { .. }
        | TaskChange::Parent { .. }
        | TaskChange::Rank { .. }
        | TaskChange::Followers { .. } => return Ok(()),
    };
    for value in from.iter().filter(|value| !to.contains(value)) {
        let (name, at, who) = (field_name(field), act.at, act.actor);
        let values = params![at, act.seq, who, workspace, name, value, task];
        conn.exec(&END, values)?;
    }
    for value in to.iter().filter(|value| !from.contains(value)) {
        begin(conn, workspace, field, value, task, act, false)?;
    }
    Ok(())
}

fn begin(
    conn: &mut Conn,
    workspace: WorkspaceId,
    field: HistoryField,
    value: &str,
    task: TaskId,
    act: Act,
    first: bool,
) -> Result<()> {
    let Act { at, seq, actor } = act;
    let name = field_name(field);
    let values = params![workspace, name, value, task, at, seq, actor, first, EMPTY];
    conn.exec(&BEGIN, values)
}

/// What is deleted is not found any more; its past stays.
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
    Ok(())
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

/// As the past keeps them: an empty text for nobody.
fn people(members: &[MemberId]) -> Vec<String> {
    if members.is_empty() {
        return vec![String::new()];
    }
    members.iter().map(ToString::to_string).collect()
}

pub(crate) fn field_name(field: HistoryField) -> &'static str {
    match field {
        HistoryField::State => "state",
        HistoryField::Assignee => "assignee",
        HistoryField::Priority => "priority",
    }
}
