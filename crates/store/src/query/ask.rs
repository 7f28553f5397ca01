//! Answers a question about tasks, a page at a time: ids and places first, the tasks after.

use super::{
    plan::{self, Plan},
    translate::Writer,
};
use crate::{
    Reader, Result,
    sql::{Row, params, statements},
};
use hashbrown::HashMap;
use tenon_protocol::{
    TaskId,
    query::{Condition, Sort, SortField, SortKey, TaskQuery, Test},
};
use uuid::Uuid;

statements! {
    BODIES = "SELECT id, body FROM task WHERE workspace = $1
            AND id IN (SELECT unhex(value, '-') FROM json_each($2))"
        | "SELECT k.id, k.body FROM unnest($2::uuid[]) AS t (id) CROSS JOIN LATERAL (
            SELECT id, body FROM task WHERE workspace = $1 AND id = t.id OFFSET 0) k";
}

/// A task that was found: its JSON, and its place in the order.
#[derive(Clone, Debug)]
pub struct Found {
    pub id: TaskId,
    pub body: String,
    pub keys: Vec<SortKey>,
}

/// Limit: milliseconds that PostgreSQL may think about one question.
const STATEMENT_MS: u32 = 10_000;

/// The tasks that fit, in order, after a place; at most `limit`. In a transaction of its own
/// (`Store::read_at_once`): it sets what PostgreSQL may do there.
pub async fn list(
    reader: &mut Reader<'_>,
    query: &TaskQuery,
    after: Option<(&[SortKey], TaskId)>,
    limit: i64,
) -> Result<Vec<Found>> {
    let query = &narrowed(query);
    if query.projects.is_empty() {
        return Ok(Vec::new());
    }
    if reader.conn.is_pg() {
        let text = format!("SET LOCAL statement_timeout = {STATEMENT_MS}; SET LOCAL jit = off");
        reader.conn.batch(&text).await?;
    }
    let plan = plan::plan(reader, query, limit).await?;
    if reader.conn.is_pg() {
        reader.conn.batch(allowed(&plan)).await?;
    }
    let mut writer = Writer::new(reader.conn.is_pg(), reader.workspace);
    let (text, kinds) = statement(&mut writer, query, &plan, after, limit);
    let values: Vec<_> = writer.params().iter().map(|value| value.val()).collect();
    let read = |row: &Row<'_>| {
        let keys = kinds.iter().enumerate().map(|(place, is_text)| {
            let column = place + 1;
            Ok(match is_text {
                true => SortKey::Text(row.text(column)?),
                false => SortKey::Number(row.int(column)?),
            })
        });
        Ok((row.id(0)?, keys.collect::<Result<Vec<_>>>()?))
    };
    let places = reader.conn.rows_of(&text, &values, read).await?;
    with_bodies(reader, places).await
}

async fn with_bodies(
    reader: &mut Reader<'_>,
    places: Vec<(Uuid, Vec<SortKey>)>,
) -> Result<Vec<Found>> {
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = places.iter().map(|(id, _)| *id).collect();
    let read = |row: &Row<'_>| Ok((row.id(0)?, row.text(1)?));
    let bodies = reader
        .conn
        .rows(&BODIES, params![reader.workspace, &ids[..]], read)
        .await?;
    let mut bodies: HashMap<Uuid, String> = bodies.into_iter().collect();
    let found = places.into_iter().filter_map(|(id, keys)| {
        let body = bodies.remove(&id)?;
        let id = TaskId(id);
        Some(Found { id, body, keys })
    });
    Ok(found.collect())
}

/// What the connection forbids because it looks up rows one by one, a question may need.
fn allowed(plan: &Plan) -> &'static str {
    match plan {
        Plan::Driven(_) => "SET LOCAL enable_bitmapscan = off",
        Plan::Ordered(_) => "SET LOCAL enable_sort = off",
        Plan::Whole => "SET LOCAL enable_seqscan = on",
    }
}

/// Fewer projects, if the question names some.
fn narrowed(query: &TaskQuery) -> TaskQuery {
    let mut query = query.clone();
    let parts = match &query.condition {
        Condition::All(parts) => &parts[..],
        one => std::slice::from_ref(one),
    };
    for part in parts {
        if let Condition::Holds(Test::Project(those)) = part {
            query.projects.retain(|project| those.contains(project));
        }
    }
    query.projects.sort_unstable();
    query.projects.dedup();
    if let Condition::All(parts) = &mut query.condition {
        merge_spans(parts);
    }
    query
}

/// `due >= a AND due < b` becomes one span.
fn merge_spans(parts: &mut Vec<Condition>) {
    let mut merged: Vec<Condition> = Vec::with_capacity(parts.len());
    for part in parts.drain(..) {
        if !merged.iter_mut().any(|before| is_merged(before, &part)) {
            merged.push(part);
        }
    }
    *parts = merged;
}

fn is_merged(before: &mut Condition, part: &Condition) -> bool {
    let (Condition::Holds(before), Condition::Holds(part)) = (before, part) else {
        return false;
    };
    match (before, part) {
        (Test::Number(field, span), Test::Number(other, more)) if field == other => {
            *span = span.and(*more);
            true
        }
        (
            Test::Due { days, at },
            Test::Due {
                days: more_days,
                at: more_at,
            },
        ) => {
            (*days, *at) = (days.and(*more_days), at.and(*more_at));
            true
        }
        _ => false,
    }
}

/// The text, and for each key of the order whether it is one.
fn statement(
    writer: &mut Writer,
    query: &TaskQuery,
    plan: &Plan,
    after: Option<(&[SortKey], TaskId)>,
    limit: i64,
) -> (String, Vec<bool>) {
    let keys = writer.order(&query.order, &query.categories);
    let workspace = writer.workspace().to_owned();
    let from = match plan {
        Plan::Driven(driver) => {
            let found = driver.statement(writer, query);
            // SQLite keeps this order of the two tables.
            let join = if writer.is_pg { "JOIN" } else { "CROSS JOIN" };
            format!(
                "(SELECT DISTINCT f.task FROM ({found}) f) d {join} task_index t \
                 ON t.workspace = {workspace} AND t.task = d.task"
            )
        }
        Plan::Ordered(index) if !writer.is_pg => format!("task_index t INDEXED BY {index}"),
        Plan::Ordered(_) | Plan::Whole => "task_index t".to_owned(),
    };
    let mut rest = format!(
        "t.workspace = {workspace} AND {} AND {}",
        writer.projects(&query.projects),
        writer.condition(&query.condition)
    );
    // Within one project nothing is ordered by its key.
    let counts = |key: &str| query.projects.len() > 1 || key != "t.project_key";
    if let Some((values, id)) = after {
        let places = keys.iter().zip(values).filter(|((key, _), _)| counts(key));
        let (keys, values): (Vec<_>, Vec<_>) = places
            .map(|(key, value)| (key.clone(), value.clone()))
            .unzip();
        let after = writer.after(&keys, &values, id.0);
        rest = format!("{rest} AND {after}");
    }
    let columns: String = keys.iter().map(|(key, _)| format!(", {key}")).collect();
    let down = keys.last().is_some_and(|(_, down)| *down);
    let id_key = ("t.task".to_owned(), down);
    let order: Vec<String> = keys
        .iter()
        .filter(|(key, _)| counts(key))
        .chain([&id_key])
        .map(|(key, down)| format!("{key} {}", if *down { "DESC" } else { "ASC" }))
        .collect();
    let order = order.join(", ");
    let text =
        format!("SELECT t.task{columns} FROM {from} WHERE {rest} ORDER BY {order} LIMIT {limit}");
    (text, kinds(&query.order))
}

/// For each value that an order goes by, whether it is a text.
pub fn kinds(order: &[Sort]) -> Vec<bool> {
    let mut kinds = Vec::new();
    for sort in order {
        match sort.by {
            SortField::Key => kinds.extend([true, false]),
            SortField::Project | SortField::Rank | SortField::Title => kinds.push(true),
            SortField::Created
            | SortField::Updated
            | SortField::Due
            | SortField::Closed
            | SortField::Priority
            | SortField::Estimate
            | SortField::State => kinds.push(false),
        }
    }
    kinds
}
