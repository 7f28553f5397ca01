//! Which way a question is answered: by going through an order until a page is full, or by taking
//! what one of its conditions finds and putting that in order. Counts decide, not guesses: each
//! condition that an index knows is counted, up to a limit.

use super::{
    past::field_name,
    translate::{Writer, kind_list, number_column, person_table},
};
use crate::{
    Reader, Result,
    sql::{params, statements},
};
use std::collections::BTreeMap;
use tenon_protocol::{
    ProjectId,
    link::LinkKind,
    query::{
        Condition, EMPTY, HistoryField, NumberField, PersonField, Sort, SortField, Span, TaskQuery,
        TaskRef, Test, Values,
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
    Ordered(Index),
    /// All that may be seen.
    Whole,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Index {
    /// The order of the ids.
    Key,
    Of(&'static str),
}

#[derive(Clone)]
pub(super) enum Driver {
    Test(Test),
    /// The projects that may be seen.
    Projects,
}

/// Chooses for a page of so many.
pub(super) async fn plan(reader: &mut Reader<'_>, query: &TaskQuery, page: i64) -> Result<Plan> {
    let ordered = in_order(query, &query.order);
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
        // It has something of a field, and most have nothing.
        Condition::Fails(test @ Test::CustomEmpty(_)) => drivers.push(Driver::Test(test.clone())),
        Condition::Any(_) | Condition::Holds(_) | Condition::Fails(_) => {}
    }
}

fn is_indexed(test: &Test) -> bool {
    match test {
        Test::Number(NumberField::Start | NumberField::Checklist, _) => false,
        Test::Task(_)
        | Test::Parent(_)
        | Test::Project(_)
        | Test::State(_)
        | Test::Person(..)
        | Test::Label(_)
        | Test::Channel(_)
        | Test::Blocked(_)
        | Test::Linked { .. }
        | Test::Number(..)
        | Test::Due { .. } => true,
        // Most have nobody.
        Test::Was { values, .. } => values.iter().all(|(value, _)| !value.is_empty()),
        Test::Changed {
            from, to, within, ..
        } => from.is_some() || to.is_some() || *within != Span::ALL,
        Test::Custom(_) => true,
        // Driven by what is the opposite of it.
        Test::CustomEmpty(_) => false,
        Test::Text(..) | Test::Type(_) | Test::Empty(_) | Test::Archived => false,
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
            // The responsible one is among the assignees.
            Test::Person(field, those) if *field != PersonField::Creator => {
                let table = person_table(*field);
                let those = writer.among("x.member", those.iter().map(|member| member.0));
                format!("SELECT x.task FROM {table} x WHERE x.workspace = {workspace} AND {those}")
            }
            Test::Label(labels) => {
                let labels: Vec<_> = labels.iter().map(|label| writer.text(label)).collect();
                let labels = listed(&labels);
                format!(
                    "SELECT x.task FROM task_label x WHERE x.workspace = {workspace} \
                     AND x.label IN ({labels})"
                )
            }
            Test::Was { field, values, .. } => {
                let past = past(writer, *field, Some(values), None);
                format!("{past} UNION ALL {}", present(writer, *field, values))
            }
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
            Test::Custom(tests) => writer.custom_rows(tests),
            Test::CustomEmpty(fields) => writer.custom_field_rows(fields),
            Test::Task(those) => by_name(writer, those),
            Test::Blocked(_) => blocked(&workspace),
            Test::Linked { kinds, those, .. } => linked(writer, kinds, those),
            Test::Number(field, _) => {
                let test = writer.test(test);
                of_index(&format!("{test}{}", is_filled(number_column(*field))))
            }
            Test::Due { .. } => {
                let test = writer.test(test);
                of_index(&format!("{test}{}", is_filled("t.due")))
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
        rest.push_str(&format!(" AND p.value IN ({})", listed(&texts)));
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

/// Tasks that have one of the values now, with or without a past.
fn present(writer: &mut Writer, field: HistoryField, values: &Values) -> String {
    let workspace = writer.workspace().to_owned();
    let texts = values.iter().map(|(value, _)| value);
    let (table, rest) = match field {
        HistoryField::State => {
            let texts: Vec<_> = texts.map(|value| writer.text(value)).collect();
            ("task_index", format!("t.state IN ({})", listed(&texts)))
        }
        HistoryField::Priority => {
            let numbers = texts.filter_map(|value| value.parse().ok());
            let numbers: Vec<_> = numbers.map(|value| writer.int(value)).collect();
            (
                "task_index",
                format!("t.priority IN ({})", listed(&numbers)),
            )
        }
        HistoryField::Assignee => {
            let ids = texts.filter_map(|value| value.parse().ok());
            ("task_assignee", writer.among("t.member", ids))
        }
    };
    format!("SELECT t.task FROM {table} t WHERE t.workspace = {workspace} AND {rest}")
}

fn listed(values: &[String]) -> String {
    match values {
        [] => "NULL".to_owned(),
        some => some.join(", "),
    }
}

/// Says nothing new of a span that ends before `EMPTY`, but the indexes of these columns leave out
/// what has none, and the database must see that.
pub(super) fn is_filled(column: &str) -> String {
    match column {
        "t.due" | "t.closed" | "t.estimate" => format!(" AND {column} < {EMPTY}"),
        _ => String::new(),
    }
}

/// All that something blocks, open or not.
fn blocked(workspace: &str) -> String {
    format!(
        "SELECT x.task FROM task_link x WHERE x.workspace = {workspace} \
         AND x.kind = 'blocked_by'"
    )
}

/// From the other side: its own links are found by their key.
fn linked(writer: &mut Writer, kinds: &[LinkKind], those: &[TaskRef]) -> String {
    let workspace = writer.workspace().to_owned();
    let those = writer.tasks(those, "x.task");
    let kinds: Vec<_> = kinds.iter().map(|kind| kind.inverse()).collect();
    let kinds = kind_list(&kinds);
    format!(
        "SELECT x.other AS task FROM task_link x WHERE x.workspace = {workspace} \
         AND x.kind IN ({kinds}) AND {those}"
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

/// Along the index that has the order, if one has.
pub(super) fn in_order(query: &TaskQuery, order: &[Sort]) -> Plan {
    match order {
        [] => Plan::Ordered(Index::Key),
        [first, rest @ ..] => order_index(query, *first, rest)
            .map_or(Plan::Whole, |index| Plan::Ordered(Index::Of(index))),
    }
}

fn order_index(query: &TaskQuery, first: Sort, rest: &[Sort]) -> Option<&'static str> {
    let index = match first.by {
        SortField::Created => "task_index_created",
        SortField::Updated => "task_index_updated",
        SortField::Due => "task_index_due",
        SortField::Closed => "task_index_closed",
        SortField::Priority => {
            let goes_on = rest.first().is_some_and(|next| {
                next.by == SortField::Created && next.descending == first.descending
            });
            return goes_on.then_some("task_index_priority");
        }
        SortField::Key if query.projects.len() == 1 => "task_index_number",
        SortField::Key => "task_index_key",
        SortField::Rank if query.projects.len() == 1 => "task_index_rank",
        _ => return None,
    };
    Some(index)
}

/// The column of an order whose index leaves out the tasks that have no value there.
pub(super) fn leaves_out(plan: &Plan, order: &[Sort]) -> Option<&'static str> {
    let (Plan::Ordered(_), Some(first)) = (plan, order.first()) else {
        return None;
    };
    match first.by {
        SortField::Due => Some("t.due"),
        SortField::Closed => Some("t.closed"),
        _ => None,
    }
}
