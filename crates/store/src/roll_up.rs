//! What lies below tasks, by the state of each. Read from the index of the query language, in one
//! statement for all that are asked for.

use crate::{
    Reader, Result,
    sql::{Row, params, statements},
};
use tenon_protocol::{ProjectId, TaskId, limit::TASK_DEPTH_MAX, roll_up::Part};
use uuid::Uuid;

statements! {
    // SQLite walks the index of parents only where it needs nothing else of a row; so the rows
    // are found by a second look.
    BELOW = "WITH RECURSIVE below (root, task, project, state, estimate, start, due_day, due_at,
            level) AS (
            SELECT c.parent, t.task, t.project, t.state, t.estimate, t.start, t.due_day, t.due_at, 1
            FROM task_index c CROSS JOIN task_index t WHERE c.workspace = $1
            AND c.parent IN (SELECT unhex(value, '-') FROM json_each($2))
            AND t.workspace = c.workspace AND t.task = c.task AND t.archived = 0
            UNION ALL
            SELECT b.root, t.task, t.project, t.state, t.estimate, t.start, t.due_day, t.due_at,
            b.level + 1 FROM below b CROSS JOIN task_index c CROSS JOIN task_index t
            WHERE b.level < $3 AND c.workspace = $1 AND c.parent = b.task
            AND t.workspace = c.workspace AND t.task = c.task AND t.archived = 0)
        SELECT root, project, state, count(*),
        sum(CASE WHEN estimate = 9223372036854775807 THEN 0 ELSE estimate END), min(start),
        max(CASE WHEN due_day = 9223372036854775807 THEN NULL ELSE due_day END),
        max(CASE WHEN due_at = 9223372036854775807 THEN NULL ELSE due_at END)
        FROM below GROUP BY root, project, state"
        | "WITH RECURSIVE below (root, task, project, state, estimate, start, due_day, due_at,
            level) AS (
            SELECT t.parent, t.task, t.project, t.state, t.estimate, t.start, t.due_day, t.due_at,
            CAST(1 AS BIGINT)
            FROM task_index t WHERE t.workspace = $1 AND t.parent = ANY($2::uuid[])
            AND t.archived = 0
            UNION ALL
            SELECT b.root, t.task, t.project, t.state, t.estimate, t.start, t.due_day, t.due_at,
            b.level + 1 FROM below b JOIN task_index t ON t.workspace = $1 AND t.parent = b.task
            AND t.archived = 0 WHERE b.level < $3)
        SELECT root, project, state, count(*),
        (sum(CASE WHEN estimate = 9223372036854775807 THEN 0 ELSE estimate END))::int8, min(start),
        max(CASE WHEN due_day = 9223372036854775807 THEN NULL ELSE due_day END),
        max(CASE WHEN due_at = 9223372036854775807 THEN NULL ELSE due_at END)
        FROM below GROUP BY root, project, state";
    ANCESTORS = "WITH RECURSIVE up (id, parent, level) AS (
            SELECT id, parent, CAST(1 AS BIGINT) FROM task WHERE workspace = $1 AND id = $2
            UNION ALL
            SELECT t.id, t.parent, u.level + 1 FROM up u JOIN task t ON t.workspace = $1
            AND t.id = u.parent WHERE u.level < $3)
        SELECT id FROM up ORDER BY level";
    HEIGHT = "WITH RECURSIVE below (id, level) AS (
            SELECT id, CAST(1 AS BIGINT) FROM task WHERE workspace = $1 AND parent = $2
            UNION ALL
            SELECT t.id, b.level + 1 FROM below b JOIN task t ON t.workspace = $1
            AND t.parent = b.id WHERE b.level < $3)
        SELECT coalesce(max(level), 0) FROM below";
}

/// What lies below these, each state by itself; neither archived nor deleted tasks, nor what lies
/// below those.
pub async fn list_parts(reader: &mut Reader<'_>, roots: &[Uuid]) -> Result<Vec<Part>> {
    if roots.is_empty() {
        return Ok(Vec::new());
    }
    let read = |row: &Row<'_>| {
        Ok(Part {
            root: TaskId(row.id(0)?),
            project: ProjectId(row.id(1)?),
            state: row.text(2)?,
            count: row.int(3)?,
            estimate: row.int(4)?,
            start: row.int(5)?,
            due_day: row.optional_int(6)?,
            due_at: row.optional_int(7)?,
        })
    };
    let values = params![reader.workspace, roots, TASK_DEPTH_MAX as i64];
    reader.conn.rows(&BELOW, values, read).await
}

/// A task and those above it, the root last; also those put aside. At most so many.
pub async fn list_upwards(
    reader: &mut Reader<'_>,
    id: TaskId,
    limit: usize,
) -> Result<Vec<TaskId>> {
    let values = params![reader.workspace, id, limit as i64];
    let read = |row: &Row<'_>| row.id(0).map(TaskId);
    reader.conn.rows(&ANCESTORS, values, read).await
}

/// Levels of sub-tasks below a task, also of those put aside; `limit` where there are more.
pub async fn load_height(reader: &mut Reader<'_>, id: TaskId, limit: usize) -> Result<usize> {
    let values = params![reader.workspace, id, limit as i64];
    let height = reader.conn.row(&HEIGHT, values, |row| row.int(0)).await?;
    Ok(height.unwrap_or_default() as usize)
}
