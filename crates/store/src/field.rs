//! What tasks have of custom fields, in rows by which it is found. The values themselves are in the
//! tasks.

use crate::{
    Reader, Result,
    conn::Conn,
    sql::{params, statements},
};
use tenon_protocol::{
    ProjectId, TaskId, WorkspaceId, field::FieldValue, query::field_rows, task::Task,
};

statements! {
    INSERT = "INSERT INTO task_field (workspace, task, field, value, project, number, words)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    DELETE = "DELETE FROM task_field
        WHERE workspace = $1 AND task = $2 AND field = $3 AND value = $4";
    HAS_FIELD = "SELECT 1 FROM task_field
        WHERE workspace = $1 AND project = $2 AND field = $3 LIMIT 1";
    HAS_VALUE = "SELECT 1 FROM task_field
        WHERE workspace = $1 AND project = $2 AND field = $3 AND value = $4 LIMIT 1";
}

/// The task of a project whose values change.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub workspace: WorkspaceId,
    pub project: ProjectId,
    pub task: TaskId,
}

impl Place {
    pub fn of(workspace: WorkspaceId, task: &Task) -> Self {
        Self {
            workspace,
            project: task.project,
            task: task.id,
        }
    }
}

/// Rows of one value in the place of those of another.
pub(crate) fn set(
    conn: &mut Conn,
    place: Place,
    field: &str,
    from: Option<&FieldValue>,
    to: Option<&FieldValue>,
) -> Result<()> {
    let Place {
        workspace,
        project,
        task,
    } = place;
    let rows = |value: Option<&FieldValue>| value.map(field_rows).unwrap_or_default();
    for row in rows(from) {
        conn.exec(&DELETE, params![workspace, task, field, &row.key])?;
    }
    for row in rows(to) {
        let values = params![
            workspace, task, field, &row.key, project, row.number, &row.words
        ];
        conn.exec(&INSERT, values)?;
    }
    Ok(())
}

/// Whether a task of the project, deleted or not, has something of the field, or this option of it.
pub async fn is_used(
    reader: &mut Reader<'_>,
    project: ProjectId,
    field: &str,
    option: Option<&str>,
) -> Result<bool> {
    let workspace = reader.workspace;
    let found = match option {
        None => {
            let values = params![workspace, project, field];
            reader.conn.row(&HAS_FIELD, values, |_| Ok(())).await?
        }
        Some(option) => {
            let values = params![workspace, project, field, option];
            reader.conn.row(&HAS_VALUE, values, |_| Ok(())).await?
        }
    };
    Ok(found.is_some())
}
