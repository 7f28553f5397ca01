//! Which way a question is answered: by going through an order until a page is full, or by taking
//! what one of its conditions finds and putting that in order. Counts decide, not guesses: each
//! condition that an index knows is counted, up to a limit.

use super::{
    field_name,
    translate::{Writer, number_column},
};
use crate::{
    Reader, Result,
    sql::{params, statements},
};
use std::collections::BTreeMap;
use tenon_protocol::{
    ProjectId,
    query::{
        Condition, HistoryField, PersonField, Sort, SortField, Span, TaskQuery, TaskRef, Test,
        Values,
    },
};

statements! {
    COUNT = "SELECT CAST(coalesce(sum(tasks), 0) AS BIGINT) FROM project WHERE workspace = $1";
}

/// Limit: tasks that are taken together and put in order.
const DRIVEN_MAX: i64 = 20_000;
/// Limit: conditions that are counted.
const COUNTED_MAX: usize = 6;

pub(super) enum Plan {
    /// The condition that finds few: a statement can begin with it.
    Driven(Driver),
    /// Along an index that has the order.
    Ordered(&'static str),
    /// All that may be seen.
    Whole,
}

#[derive(Clone)]
pub(super) enum Driver {
    Test(Test),
    /// The projects that may be seen.
    Projects,
}

/// Chooses for a page of so many.
pub(super) async fn plan(reader: &mut Reader<'_>, query: &TaskQuery, page: i64) -> Result<Plan> {
    let ordered = order_index(query).map_or(Plan::Whole, Plan::Ordered);
    let mut drivers = Vec::new();
    collect(&query.condition, &mut drivers);
    drivers.truncate(COUNTED_MAX);
    drivers.push(Driver::Projects);
    let workspace = reader.workspace;
    let tasks = reader
        .conn
        .row(&COUNT, params![workspace], |row| row.int(0))
        .await?;
    let tasks = tasks.unwrap_or(0).max(1) as f64;
    let mut share = 1.0;
    let mut best: Option<(i64, Driver)> = None;
    for driver in drivers {
        let count = count(reader, query, &driver).await?;
        share *= (count as f64 / tasks).min(1.0);
        if count <= DRIVEN_MAX && best.as_ref().is_none_or(|(least, _)| count < *least) {
            best = Some((count, driver));
        }
    }
    let Some((count, driver)) = best else {
        return Ok(ordered);
    };
    let gone_through = page as f64 / share.max(1e-9);
    let scans = matches!(ordered, Plan::Ordered(_)) && gone_through < count as f64;
    Ok(if scans { ordered } else { Plan::Driven(driver) })
}

async fn count(reader: &mut Reader<'_>, query: &TaskQuery, driver: &Driver) -> Result<i64> {
    let mut writer = Writer::new(reader.conn.is_pg(), reader.workspace);
    let found = driver.statement(&mut writer, query);
    let limit = DRIVEN_MAX + 1;
    let text = format!("SELECT count(*) FROM ({found} LIMIT {limit}) c");
    let values: Vec<_> = writer.params().iter().map(|value| value.val()).collect();
    let counts = reader
        .conn
        .rows_of(&text, &values, |row| row.int(0))
        .await?;
    Ok(counts.first().copied().unwrap_or(0))
}

/// The tests that must all hold and that an index can answer.
fn collect(condition: &Condition, drivers: &mut Vec<Driver>) {
    match condition {
        Condition::All(parts) => parts.iter().for_each(|part| collect(part, drivers)),
        Condition::Any(parts) if parts.len() == 1 => collect(&parts[0], drivers),
        Condition::Holds(test) if is_indexed(test) => drivers.push(Driver::Test(test.clone())),
        Condition::Any(_) | Condition::Holds(_) | Condition::Fails(_) => {}
    }
}

fn is_indexed(test: &Test) -> bool {
    match test {
        Test::Task(_)
        | Test::Parent(_)
        | Test::Project(_)
        | Test::State(_)
        | Test::Person(..)
        | Test::Label(_)
        | Test::Channel(_)
        | Test::Number(..)
        | Test::Due { .. }
        | Test::Was { .. } => true,
        Test::Changed {
            from, to, within, ..
        } => from.is_some() || to.is_some() || *within != Span::ALL,
        Test::Text(..) | Test::Empty(_) => false,
    }
}

impl Driver {
    /// The ids it finds, some of them perhaps more than once.
    pub fn statement(&self, writer: &mut Writer, query: &TaskQuery) -> String {
        let workspace = writer.workspace().to_owned();
        let of_index = |rest: &str| {
            format!("SELECT t.task FROM task_index t WHERE t.workspace = {workspace} AND {rest}")
        };
        let test = match self {
            Driver::Projects => {
                let projects = writer.projects(&query.projects);
                return of_index(&projects);
            }
            Driver::Test(test) => test,
        };
        match test {
            Test::Person(field @ (PersonField::Assignee | PersonField::Follower), those) => {
                let table = match field {
                    PersonField::Follower => "task_follower",
                    _ => "task_assignee",
                };
                let those = writer.among("x.member", those.iter().map(|member| member.0));
                format!("SELECT x.task FROM {table} x WHERE x.workspace = {workspace} AND {those}")
            }
            Test::Label(labels) => {
                let labels: Vec<_> = labels.iter().map(|label| writer.text(label)).collect();
                let labels = labels.join(", ");
                format!(
                    "SELECT x.task FROM task_label x WHERE x.workspace = {workspace} \
                     AND x.label IN ({labels})"
                )
            }
            Test::Was { field, values, .. } => past(writer, *field, Some(values), None),
            Test::Changed {
                field,
                from: None,
                to: None,
                within,
                ..
            } => {
                let began = past(writer, *field, None, Some(("began", *within)));
                let ended = past(writer, *field, None, Some(("ended", *within)));
                format!("{began} UNION ALL {ended}")
            }
            Test::Changed {
                field,
                from: Some(values),
                within,
                ..
            } => past(writer, *field, Some(values), Some(("ended", *within))),
            Test::Changed {
                field, to, within, ..
            } => past(writer, *field, to.as_ref(), Some(("began", *within))),
            Test::Task(those) => by_name(writer, those),
            Test::Number(field, span) => {
                let column = number_column(*field);
                let (from, until) = (writer.int(span.from), writer.int(span.until));
                of_index(&format!("{column} >= {from} AND {column} < {until}"))
            }
            other => {
                let test = writer.test(other);
                of_index(&test)
            }
        }
    }
}

/// Tasks of which something is known in the past.
fn past(
    writer: &mut Writer,
    field: HistoryField,
    values: Option<&Values>,
    when: Option<(&str, Span)>,
) -> String {
    let (workspace, field) = (writer.workspace().to_owned(), field_name(field));
    let mut rest = String::new();
    if let Some(values) = values {
        let texts: Vec<_> = values.iter().map(|(value, _)| writer.text(value)).collect();
        let texts = if texts.is_empty() {
            "NULL".to_owned()
        } else {
            texts.join(", ")
        };
        rest.push_str(&format!(" AND p.value IN ({texts})"));
    }
    if let Some((column, within)) = when.filter(|(_, within)| *within != Span::ALL) {
        let (from, until) = (writer.int(within.from), writer.int(within.until));
        rest.push_str(&format!(
            " AND p.{column} >= {from} AND p.{column} < {until}"
        ));
    }
    format!(
        "SELECT p.task FROM task_past p WHERE p.workspace = {workspace} \
         AND p.field = '{field}'{rest}"
    )
}

/// A look-up for each project that is named, and one for the ids.
fn by_name(writer: &mut Writer, those: &[TaskRef]) -> String {
    let workspace = writer.workspace().to_owned();
    let mut numbers: BTreeMap<ProjectId, Vec<i64>> = BTreeMap::new();
    let mut ids = Vec::new();
    for one in those {
        match one {
            TaskRef::Key(project, number) => numbers.entry(*project).or_default().push(*number),
            TaskRef::Id(id) => ids.push(id.0),
        }
    }
    let look_up = |rest: String| {
        format!("SELECT t.task FROM task_index t WHERE t.workspace = {workspace} AND {rest}")
    };
    let mut found = vec![look_up(writer.among("t.task", ids))];
    for (project, numbers) in numbers {
        let project = writer.id(project.0);
        let numbers = numbers.into_iter().map(|number| writer.int(number));
        let numbers = numbers.collect::<Vec<_>>().join(", ");
        found.push(look_up(format!(
            "t.project = {project} AND t.number IN ({numbers})"
        )));
    }
    found.join(" UNION ALL ")
}

/// The index that has the order, if one has.
fn order_index(query: &TaskQuery) -> Option<&'static str> {
    let (first, rest) = query.order.split_first()?;
    let Sort { by, descending } = *first;
    let index = match by {
        SortField::Created => "task_index_created",
        SortField::Updated => "task_index_updated",
        SortField::Due if descending => "task_index_due_down",
        SortField::Due => "task_index_due",
        SortField::Closed if descending => "task_index_closed_down",
        SortField::Closed => "task_index_closed",
        SortField::Priority => {
            let goes_on = rest
                .first()
                .is_some_and(|next| next.by == SortField::Created && next.descending == descending);
            return goes_on.then_some("task_index_priority");
        }
        SortField::Key if query.projects.len() == 1 => "task_index_number",
        SortField::Key => "task_index_key",
        SortField::Rank if query.projects.len() == 1 => "task_index_rank",
        _ => return None,
    };
    Some(index)
}
