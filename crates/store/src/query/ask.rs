//! Answers a question about tasks, a page at a time: ids and places first, the tasks after.

use super::{
    plan::{self, Index, Plan},
    translate::{Writer, no_value},
};
use crate::{
    Reader, Result,
    sql::{Row, params, statements},
};
use hashbrown::HashMap;
use tenon_protocol::{
    TaskId,
    query::{Condition, EMPTY, Sort, SortField, SortKey, TaskQuery, Test},
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
    let places = places(reader, query, plan, after, limit).await?;
    with_bodies(reader, places).await
}

type Place = (Uuid, Vec<SortKey>);

/// The ids, each with its place in the order.
async fn places(
    reader: &mut Reader<'_>,
    query: &TaskQuery,
    plan: Plan,
    after: Option<(&[SortKey], TaskId)>,
    limit: i64,
) -> Result<Vec<Place>> {
    let Some(column) = plan::leaves_out(&plan, &query.order) else {
        return part(reader, query, &plan, Part::Whole, after, limit).await;
    };
    let empty = no_value(query.order[0].descending);
    let is_filled = |keys: &[SortKey]| keys.first() != Some(&SortKey::Number(empty));
    let mut found = Vec::new();
    if after.is_none_or(|(keys, _)| is_filled(keys)) {
        found = part(reader, query, &plan, Part::Filled(column), after, limit).await?;
    }
    let (left, after) = (
        limit - found.len() as i64,
        after.filter(|(keys, _)| !is_filled(keys)),
    );
    if left > 0 {
        let rest = &query.order[1..];
        let plan = match plan::in_order(query, rest) {
            plan if plan::leaves_out(&plan, rest).is_some() => Plan::Whole,
            plan => plan,
        };
        let part = part(reader, query, &plan, Part::Empty(column), after, left).await?;
        found.extend(part);
    }
    Ok(found)
}

/// Which tasks a statement goes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Whole,
    /// Those with a value in the column that they are ordered by.
    Filled(&'static str),
    /// Those without.
    Empty(&'static str),
}

async fn part(
    reader: &mut Reader<'_>,
    query: &TaskQuery,
    plan: &Plan,
    part: Part,
    after: Option<(&[SortKey], TaskId)>,
    limit: i64,
) -> Result<Vec<Place>> {
    if reader.conn.is_pg() {
        reader.conn.batch(allowed(plan)).await?;
    }
    let mut writer = Writer::new(reader.conn.is_pg(), reader.workspace);
    let text = statement(&mut writer, query, plan, part, after, limit);
    let kinds = kinds(&query.order);
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
    reader.conn.rows_of(&text, &values, read).await
}

async fn with_bodies(reader: &mut Reader<'_>, places: Vec<Place>) -> Result<Vec<Found>> {
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

fn statement(
    writer: &mut Writer,
    query: &TaskQuery,
    plan: &Plan,
    part: Part,
    after: Option<(&[SortKey], TaskId)>,
    limit: i64,
) -> String {
    let keys = keys(writer, query, part);
    let workspace = writer.workspace().to_owned();
    let from = from(writer, query, plan);
    let mut rest = format!(
        "t.workspace = {workspace} AND {} AND {}",
        writer.projects(&query.projects),
        writer.condition(&query.condition)
    );
    match part {
        Part::Whole => {}
        Part::Filled(column) => rest.push_str(&plan::is_filled(column)),
        Part::Empty(column) => rest.push_str(&format!(" AND {column} = {EMPTY}")),
    }
    // Within one project nothing is ordered by its key, nor by a value that none of them has.
    let counts = |place: usize, key: &str| match part {
        Part::Empty(_) if place == 0 => false,
        _ => query.projects.len() > 1 || key != "t.project_key",
    };
    let mut ordered: Vec<(String, bool)> = Vec::new();
    let mut values: Vec<SortKey> = Vec::new();
    for (place, (key, down)) in keys.iter().enumerate() {
        if counts(place, key) {
            ordered.push((key.clone(), *down));
            values.extend(after.map(|(values, _)| values[place].clone()));
        }
    }
    let down = keys.last().is_some_and(|(_, down)| *down);
    if let Some((_, id)) = after {
        let after = writer.after(&ordered, &values, down, id.0);
        rest = format!("{rest} AND {after}");
    }
    ordered.push(("t.task".to_owned(), down));
    let order: Vec<String> = ordered
        .iter()
        .map(|(key, down)| format!("{key} {}", if *down { "DESC" } else { "ASC" }))
        .collect();
    let order = order.join(", ");
    let columns: String = keys.iter().map(|(key, _)| format!(", {key}")).collect();
    format!("SELECT t.task{columns} FROM {from} WHERE {rest} ORDER BY {order} LIMIT {limit}")
}

/// The expressions that the order goes by.
fn keys(writer: &mut Writer, query: &TaskQuery, part: Part) -> Vec<(String, bool)> {
    let mut keys = writer.order(&query.order, &query.categories);
    if let (Part::Filled(column), Some((key, _))) = (part, keys.first_mut()) {
        column.clone_into(key);
    }
    keys
}

fn from(writer: &mut Writer, query: &TaskQuery, plan: &Plan) -> String {
    match plan {
        Plan::Driven(driver) => {
            let found = driver.statement(writer, query);
            let workspace = writer.workspace();
            // SQLite keeps this order of the two tables.
            let join = if writer.is_pg { "JOIN" } else { "CROSS JOIN" };
            format!(
                "(SELECT DISTINCT f.task FROM ({found}) f) d {join} task_index t \
                 ON t.workspace = {workspace} AND t.task = d.task"
            )
        }
        Plan::Ordered(index) if !writer.is_pg => match index {
            Index::Key => "task_index t NOT INDEXED".to_owned(),
            Index::Of(index) => format!("task_index t INDEXED BY {index}"),
        },
        Plan::Ordered(_) | Plan::Whole => "task_index t".to_owned(),
    }
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
            | SortField::Start
            | SortField::Due
            | SortField::Closed
            | SortField::Priority
            | SortField::Estimate
            | SortField::State => kinds.push(false),
        }
    }
    kinds
}
