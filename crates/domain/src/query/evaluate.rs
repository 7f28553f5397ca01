//! Answers a query in memory, task by task: what the answer of the tables is measured by.

use std::cmp::Ordering;
use tenon_protocol::{
    MemberId, ProjectId, TaskId,
    link::{Link, LinkKind},
    project::{Category, Project},
    query::{
        Condition, CustomField, CustomHolds, CustomTest, EMPTY, Emptiable, FieldRow, HistoryField,
        NumberField, PersonField, Sort, SortField, SortKey, Span, TaskRef, Test, TextField, Values,
        checklist_number, due_numbers, estimate_number, field_rows, label_key, link_bit,
        links_number, priority_number, start_number, text_key,
    },
    task::{Task, TaskChange},
};

/// What is known of a task's past: its values when it was made, and every change since.
#[derive(Clone, Copy, Debug)]
pub struct Past<'a> {
    /// As it was made.
    pub created: &'a Task,
    /// In order, with who did it and when (microseconds).
    pub changes: &'a [(i64, MemberId, Vec<TaskChange>)],
    /// What its links name, the deleted too.
    pub linked: &'a [&'a Task],
    /// The number of its parent.
    pub parent_number: Option<i64>,
}

/// Whether the task fits.
pub fn matches(condition: &Condition, task: &Task, past: &Past<'_>) -> bool {
    match condition {
        Condition::All(parts) => parts.iter().all(|part| matches(part, task, past)),
        Condition::Any(parts) => parts.iter().any(|part| matches(part, task, past)),
        Condition::Holds(test) => holds(test, task, past),
        Condition::Fails(test) => !is_empty(test, task) && !holds(test, task, past),
    }
}

fn holds(test: &Test, task: &Task, past: &Past<'_>) -> bool {
    match test {
        Test::Task(those) => is_one_of(those, task.id, task.project, Some(task.number)),
        Test::Parent(those) => task
            .parent
            .is_some_and(|parent| is_one_of(those, parent, task.project, past.parent_number)),
        Test::Archived => task.archived,
        Test::Blocked(projects) => is_blocked(projects, task, past),
        Test::Linked { kinds, those, .. } => is_linked(kinds, those, task, past),
        Test::Project(those) => those.contains(&task.project),
        Test::Type(values) => is_value(values, &task.task_type, task.project),
        Test::State(values) => is_value(values, &task.state, task.project),
        Test::Person(field, those) => {
            let people = match field {
                PersonField::Assignee => &task.assignees[..],
                PersonField::Responsible => task.assignees.get(..1).unwrap_or_default(),
                PersonField::Creator => std::slice::from_ref(&task.created_by),
                PersonField::Follower => &task.followers[..],
            };
            people.iter().any(|member| those.contains(member))
        }
        Test::Label(those) => task
            .labels
            .iter()
            .any(|one| those.contains(&label_key(one))),
        Test::Channel(those) => {
            let source = task.source.as_ref();
            source.is_some_and(|source| those.contains(&source.channel))
        }
        Test::Number(field, span) => span.contains(number(*field, task)),
        Test::Due { days, at } => is_due(*days, *at, task),
        Test::Text(field, words) => has_words(*field, words, task),
        Test::Empty(field) => lacks(*field, task),
        Test::Custom(tests) => tests.iter().any(|test| is_so(test, task)),
        Test::CustomEmpty(fields) => fields.iter().any(|field| has_none(field, task)),
        Test::Was {
            field,
            values,
            by,
            within,
        } => was(*field, values, by.as_deref(), *within, task.project, past),
        Test::Changed {
            field,
            from,
            to,
            by,
            within,
        } => past.changes.iter().any(|(at, who, changes)| {
            let fits = within.contains(*at) && by.as_ref().is_none_or(|by| by.contains(who));
            let side = |values: &Option<Values>, side: &[String], other: &[String]| {
                let moved = side.iter().filter(|value| !other.contains(value));
                let is_it = |value: &String| {
                    let values = values.as_ref();
                    values.is_none_or(|values| is_value(values, value, task.project))
                };
                values.is_none() || moved.into_iter().any(is_it)
            };
            fits && changes.iter().any(|change| {
                sides(*field, change).is_some_and(|(before, after)| {
                    // The same people in another order are no change.
                    let differs = before.iter().any(|value| !after.contains(value))
                        || after.iter().any(|value| !before.contains(value));
                    differs && side(from, &before, &after) && side(to, &after, &before)
                })
            })
        }),
    }
}

fn is_due(days: Span, at: Span, task: &Task) -> bool {
    let (day, moment, _) = due_numbers(task.due);
    days.contains(day) || at.contains(moment)
}

/// The field is one of its project, and it has nothing of it.
fn has_none(field: &CustomField, task: &Task) -> bool {
    field.projects.contains(&task.project) && rows(field, task).is_empty()
}

/// What the task has of a custom field of its project.
fn rows(field: &CustomField, task: &Task) -> Vec<FieldRow> {
    let value = task.fields.get(&field.id);
    let value = value.filter(|_| field.projects.contains(&task.project));
    value.map(field_rows).unwrap_or_default()
}

fn is_so(test: &CustomTest, task: &Task) -> bool {
    rows(&test.field, task).iter().any(|row| match &test.holds {
        CustomHolds::Key(keys) => keys.contains(&row.key),
        CustomHolds::Number(span) => span.contains(row.number),
        CustomHolds::Words(words) => {
            let has = |forms: &Vec<String>| forms.iter().any(|form| row.words.contains(form));
            words.iter().all(has)
        }
    })
}

fn is_blocked(projects: &[ProjectId], task: &Task, past: &Past<'_>) -> bool {
    past.linked.iter().any(|other| {
        let blocks = |link: &Link| link.kind == LinkKind::BlockedBy && link.task == other.id;
        let is_open = !other.deleted && !other.archived && other.closed_at.is_none();
        is_open && projects.contains(&other.project) && task.links.iter().any(blocks)
    })
}

fn is_linked(kinds: &[LinkKind], those: &[TaskRef], task: &Task, past: &Past<'_>) -> bool {
    past.linked.iter().any(|other| {
        let is_it = |link: &Link| kinds.contains(&link.kind) && link.task == other.id;
        let named = is_one_of(those, other.id, other.project, Some(other.number));
        named && task.links.iter().any(is_it)
    })
}

fn has_words(field: TextField, words: &[Vec<String>], task: &Task) -> bool {
    let (title, description) = (text_key(&task.title), text_key(&task.description));
    words.iter().all(|forms| {
        let is_in = |text: &str| forms.iter().any(|form| text.contains(form.as_str()));
        match field {
            TextField::Title => is_in(&title),
            TextField::Description => is_in(&description),
            TextField::Text => is_in(&title) || is_in(&description),
        }
    })
}

fn was(
    field: HistoryField,
    values: &Values,
    by: Option<&[MemberId]>,
    within: Span,
    project: ProjectId,
    past: &Past<'_>,
) -> bool {
    let mut held = Vec::new();
    let begun = past.created.created_at.as_microsecond();
    for value in values_of(field, past.created) {
        held.push((value, begun, past.created.created_by, EMPTY));
    }
    for (at, who, changes) in past.changes {
        for (before, after) in changes.iter().filter_map(|change| sides(field, change)) {
            for value in before.iter().filter(|value| !after.contains(value)) {
                let open = held
                    .iter_mut()
                    .filter(|(one, _, _, until)| one == value && *until == EMPTY);
                open.for_each(|(_, _, _, until)| *until = *at);
            }
            for value in after.into_iter().filter(|value| !before.contains(value)) {
                held.push((value, *at, *who, EMPTY));
            }
        }
    }
    held.iter().any(|(value, from, who, until)| {
        is_value(values, value, project)
            && by.is_none_or(|by| by.contains(who))
            && *from < within.until
            && *until > within.from
    })
}

/// The values before and after, if the change is one of this field.
fn sides(field: HistoryField, change: &TaskChange) -> Option<(Vec<String>, Vec<String>)> {
    match (field, change) {
        (HistoryField::State, TaskChange::State { from, to }) => {
            Some((vec![from.clone()], vec![to.clone()]))
        }
        (HistoryField::Priority, TaskChange::Priority { from, to }) => {
            let text = |priority| vec![priority_number(priority).to_string()];
            Some((text(*from), text(*to)))
        }
        (HistoryField::Assignee, TaskChange::Assignees { from, to }) => {
            Some((people(from), people(to)))
        }
        _ => None,
    }
}

fn values_of(field: HistoryField, task: &Task) -> Vec<String> {
    match field {
        HistoryField::State => vec![task.state.clone()],
        HistoryField::Priority => vec![priority_number(task.priority).to_string()],
        HistoryField::Assignee => people(&task.assignees),
    }
}

fn people(members: &[MemberId]) -> Vec<String> {
    if members.is_empty() {
        return vec![String::new()];
    }
    members.iter().map(ToString::to_string).collect()
}

fn is_value(values: &Values, value: &str, project: ProjectId) -> bool {
    let counts = |projects: &Option<Vec<ProjectId>>| {
        projects
            .as_ref()
            .is_none_or(|those| those.contains(&project))
    };
    values
        .iter()
        .any(|(one, projects)| one == value && counts(projects))
}

fn is_one_of(those: &[TaskRef], id: TaskId, project: ProjectId, number: Option<i64>) -> bool {
    those.iter().any(|one| match one {
        TaskRef::Id(other) => *other == id,
        TaskRef::Key(other, wanted) => *other == project && Some(*wanted) == number,
    })
}

/// Whether the field that the test is about holds nothing.
fn is_empty(test: &Test, task: &Task) -> bool {
    match test {
        Test::Parent(_) => lacks(Emptiable::Parent, task),
        Test::Person(PersonField::Assignee | PersonField::Responsible, _) => {
            lacks(Emptiable::Assignee, task)
        }
        Test::Person(PersonField::Follower, _) => lacks(Emptiable::Follower, task),
        Test::Label(_) => lacks(Emptiable::Label, task),
        Test::Channel(_) => lacks(Emptiable::Channel, task),
        Test::Number(NumberField::Closed, _) => lacks(Emptiable::Closed, task),
        Test::Number(NumberField::Estimate, _) => lacks(Emptiable::Estimate, task),
        Test::Number(NumberField::Priority, _) => lacks(Emptiable::Priority, task),
        Test::Number(NumberField::Start, _) => lacks(Emptiable::Start, task),
        Test::Number(NumberField::Checklist, _) => lacks(Emptiable::Checklist, task),
        Test::Due { .. } => lacks(Emptiable::Due, task),
        Test::Text(TextField::Description, _) => lacks(Emptiable::Description, task),
        Test::Linked {
            field: Some(kind), ..
        } => lacks(Emptiable::Link(*kind), task),
        Test::Custom(tests) => tests.iter().all(|test| rows(&test.field, task).is_empty()),
        Test::CustomEmpty(fields) => fields.iter().all(|field| rows(field, task).is_empty()),
        Test::Task(_)
        | Test::Blocked(_)
        | Test::Archived
        | Test::Linked { field: None, .. }
        | Test::Project(_)
        | Test::Type(_)
        | Test::State(_)
        | Test::Person(PersonField::Creator, _)
        | Test::Number(NumberField::Created | NumberField::Updated, _)
        | Test::Text(TextField::Title | TextField::Text, _)
        | Test::Empty(_)
        | Test::Was { .. }
        | Test::Changed { .. } => false,
    }
}

fn lacks(field: Emptiable, task: &Task) -> bool {
    match field {
        Emptiable::Assignee => task.assignees.is_empty(),
        Emptiable::Follower => task.followers.is_empty(),
        Emptiable::Label => task.labels.is_empty(),
        Emptiable::Parent => task.parent.is_none(),
        Emptiable::Channel => task.source.is_none(),
        Emptiable::Link(kind) => links_number(&task.links) & link_bit(kind) == 0,
        Emptiable::Start => task.start.is_none(),
        Emptiable::Due => task.due.is_none(),
        Emptiable::Checklist => task.checklist.is_empty(),
        Emptiable::Closed => task.closed_at.is_none(),
        Emptiable::Estimate => task.estimate.is_none(),
        Emptiable::Priority => priority_number(task.priority) == 0,
        Emptiable::Description => task.description.is_empty(),
    }
}

fn number(field: NumberField, task: &Task) -> i64 {
    match field {
        NumberField::Created => task.created_at.as_microsecond(),
        NumberField::Updated => task.updated_at.as_microsecond(),
        NumberField::Closed => task.closed_at.map_or(EMPTY, |at| at.as_microsecond()),
        NumberField::Estimate => task.estimate.map_or(EMPTY, estimate_number),
        NumberField::Priority => priority_number(task.priority),
        NumberField::Start => start_number(task.start),
        NumberField::Checklist => checklist_number(&task.checklist),
    }
}

/// The values by which a task takes its place.
pub fn sort_keys(order: &[Sort], task: &Task, project: &Project) -> Vec<SortKey> {
    let mut keys = Vec::new();
    for sort in order {
        let number = match sort.by {
            SortField::Key => {
                keys.push(SortKey::Text(project.key.clone()));
                task.number
            }
            SortField::Project => {
                keys.push(SortKey::Text(project.key.clone()));
                continue;
            }
            SortField::Rank => {
                keys.push(SortKey::Text(task.rank.clone()));
                continue;
            }
            SortField::Title => {
                keys.push(SortKey::Text(task.title.to_lowercase()));
                continue;
            }
            SortField::Created => number(NumberField::Created, task),
            SortField::Updated => number(NumberField::Updated, task),
            SortField::Start => number(NumberField::Start, task),
            SortField::Due => due_numbers(task.due).2,
            SortField::Closed => number(NumberField::Closed, task),
            SortField::Estimate => number(NumberField::Estimate, task),
            SortField::Priority => number(NumberField::Priority, task),
            SortField::State => category_place(task, project),
        };
        // Without a value behind all others, whichever way round.
        let number = if number == EMPTY && sort.descending {
            i64::MIN
        } else {
            number
        };
        keys.push(SortKey::Number(number));
    }
    keys
}

fn category_place(task: &Task, project: &Project) -> i64 {
    let states = &project.workflow.states;
    let state = states.iter().find(|state| state.id == task.state);
    match state.map(|state| state.category) {
        Some(Category::Backlog) => 0,
        Some(Category::Todo) => 1,
        Some(Category::Doing) => 2,
        Some(Category::Done) => 3,
        Some(Category::Cancelled) => 4,
        None => 5,
    }
}

/// Which of two tasks comes first. What is equal in everything comes by id, the way round of the
/// last part of the order.
pub fn compare(order: &[Sort], one: (&[SortKey], TaskId), other: (&[SortKey], TaskId)) -> Ordering {
    let directions = order.iter().flat_map(|sort| {
        let keys = if sort.by == SortField::Key { 2 } else { 1 };
        std::iter::repeat_n(sort.descending, keys)
    });
    let keys = one.0.iter().zip(other.0).zip(directions);
    for ((one, other), descending) in keys {
        let ordering = one.cmp(other);
        if ordering != Ordering::Equal {
            return if descending {
                ordering.reverse()
            } else {
                ordering
            };
        }
    }
    let by_id = one.1.0.as_bytes().cmp(other.1.0.as_bytes());
    if order.last().is_some_and(|sort| sort.descending) {
        by_id.reverse()
    } else {
        by_id
    }
}
