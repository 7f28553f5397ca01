//! Which value a field of a task had, from when until when. While a field still has what the task
//! was made with there is no row: the task itself says it (`translate.rs` asks for both).

use super::Act;
use crate::{
    Result,
    conn::Conn,
    sql::{params, statements},
};
use tenon_protocol::{
    MemberId, WorkspaceId,
    query::{EMPTY, HistoryField, priority_number},
    task::{Task, TaskChange},
};

statements! {
    FIRST = "INSERT INTO task_past (workspace, field, value, task, began, began_seq, began_by,
            first, ended, ended_seq) SELECT $1, $2, $3, $4, $5, 0, $6, 1, $7, 0
            WHERE NOT EXISTS (SELECT 1 FROM task_past WHERE workspace = $1 AND task = $4
            AND field = $2 AND (began_seq > 0 OR ended_seq > 0))"
        | "INSERT INTO task_past (workspace, field, value, task, began, began_seq, began_by,
            first, ended, ended_seq) SELECT $1::uuid, $2::text, $3::text, $4::uuid, $5::int8, 0,
            $6::uuid, 1, $7::int8, 0
            WHERE NOT EXISTS (SELECT 1 FROM task_past WHERE workspace = $1 AND task = $4
            AND field = $2 AND (began_seq > 0 OR ended_seq > 0))";
    BEGIN = "INSERT INTO task_past (workspace, field, value, task, began, began_seq, began_by,
        first, ended, ended_seq) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, 0)";
    END = "UPDATE task_past SET ended = $1, ended_seq = $2, ended_by = $3
        WHERE workspace = $4 AND field = $5 AND value = $6 AND task = $7 AND ended_seq = 0";
}

/// Ends the values that a change took away, and begins those that it gave.
pub(super) fn change(
    conn: &mut Conn,
    workspace: WorkspaceId,
    task: &Task,
    change: &TaskChange,
    act: Act,
) -> Result<()> {
    let Some((field, from, to)) = values(change) else {
        return Ok(());
    };
    let is_gone = |value: &&String| !to.contains(value);
    let is_new = |value: &&String| !from.contains(value);
    if !from.iter().any(|value| is_gone(&value)) && !to.iter().any(|value| is_new(&value)) {
        return Ok(());
    }
    let (name, Act { at, seq, actor }) = (field_name(field), act);
    for value in &from {
        let (began, by) = (task.created_at, task.created_by);
        let values = params![workspace, name, value, task.id, began, by, EMPTY];
        conn.exec(&FIRST, values)?;
    }
    for value in from.iter().filter(is_gone) {
        let values = params![at, seq, actor, workspace, name, value, task.id];
        conn.exec(&END, values)?;
    }
    for value in to.iter().filter(is_new) {
        let values = params![workspace, name, value, task.id, at, seq, actor, EMPTY];
        conn.exec(&BEGIN, values)?;
    }
    Ok(())
}

/// Before and after, for the fields whose past is kept.
fn values(change: &TaskChange) -> Option<(HistoryField, Vec<String>, Vec<String>)> {
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
        | TaskChange::Followers { .. }
        | TaskChange::Type { .. }
        | TaskChange::Start { .. }
        | TaskChange::Item { .. }
        | TaskChange::CustomField { .. }
        | TaskChange::Links { .. } => return None,
    };
    Some((field, from, to))
}

/// An empty text for nobody.
fn people(members: &[MemberId]) -> Vec<String> {
    if members.is_empty() {
        return vec![String::new()];
    }
    members.iter().map(ToString::to_string).collect()
}

/// As the rows name it.
pub(super) fn field_name(field: HistoryField) -> &'static str {
    match field {
        HistoryField::State => "state",
        HistoryField::Assignee => "assignee",
        HistoryField::Priority => "priority",
    }
}
