//! Finds what a query names, as far as the asker may know of it: what is not there and what they
//! may not see are told in the same words.

use super::{
    custom,
    fault::Fault,
    field::{self, Field},
    linked::yes_or_no,
    moment::{Clock, Compare, FUNCTIONS, span},
    syntax::{
        Clause, Name, Node, Operator, Place, Predicate, PredicateKind, Query, Value, ValueKind,
    },
};
use crate::{
    group::{self, Groups},
    task_type,
};
use std::collections::HashMap;
use tenon_protocol::{
    MemberId, ProjectId,
    channel::Channel,
    error::QueryReason,
    limit::QUERY_VALUES_MAX,
    member::Member,
    project::{Category, Project, State},
    query::{
        Condition, Emptiable, HistoryField, NumberField, PersonField, Sort, SortField, Span,
        TaskQuery, TaskRef, Test, TextField, Values, estimate_number, is_unspaced, label_key,
        text_key,
    },
    space::Space,
    task_type::types_of,
};

/// What the asker may know of. Names mean nothing else.
pub struct Known<'a> {
    pub me: MemberId,
    pub clock: Clock,
    pub projects: &'a [Project],
    /// By id.
    pub members: &'a [Member],
    pub groups: &'a Groups,
    pub spaces: &'a [Space],
    pub channels: &'a [Channel],
}

/// What the query asks for.
pub fn resolve(query: &Query, known: &Known<'_>) -> Result<TaskQuery, Fault> {
    let mut resolver = Resolver { known, values: 0 };
    let condition = match &query.condition {
        Some(node) => resolver.node(node, false)?,
        None => Condition::All(Vec::new()),
    };
    let condition = without_archived(condition);
    let mut order = Vec::with_capacity(query.order.len());
    for sorting in &query.order {
        let field = field::find(&sorting.field.text);
        if field.is_none() && custom::find(known.projects, &sorting.field.text).is_empty() {
            return Err(unknown_field(&sorting.field, known.projects));
        }
        let Some((by, descending)) = field.and_then(Field::sort) else {
            let orders = field::NAMES
                .iter()
                .filter(|(field, _)| field.sort().is_some());
            let fault = Fault::new(QueryReason::NotOrdered, sorting.field.place);
            return Err(fault.expecting(orders.map(|(field, _)| field.name())));
        };
        let descending = sorting.descending.unwrap_or(descending);
        order.push(Sort { by, descending });
    }
    let categories = categories_of(&resolver, &order);
    Ok(TaskQuery {
        projects: known.projects.iter().map(|project| project.id).collect(),
        condition,
        order,
        categories,
    })
}

/// Whoever says nothing of the archive does not mean it.
fn without_archived(condition: Condition) -> Condition {
    if asks_for_archived(&condition) {
        return condition;
    }
    let mut parts = match condition {
        Condition::All(parts) => parts,
        other => vec![other],
    };
    parts.push(Condition::Fails(Test::Archived));
    Condition::All(parts)
}

fn asks_for_archived(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(asks_for_archived),
        Condition::Holds(test) | Condition::Fails(test) => *test == Test::Archived,
    }
}

const CATEGORIES: [Category; 5] = [
    Category::Backlog,
    Category::Todo,
    Category::Doing,
    Category::Done,
    Category::Cancelled,
];

fn categories_of(resolver: &Resolver<'_>, order: &[Sort]) -> Vec<Values> {
    if order.iter().all(|sort| sort.by != SortField::State) {
        return Vec::new();
    }
    let states = |wanted| resolver.states_where(|state| state.category == wanted);
    CATEGORIES.into_iter().map(states).collect()
}

fn unknown_field(name: &Name, projects: &[Project]) -> Fault {
    let names = field::NAMES.iter().map(|(field, _)| field.name());
    let fault = Fault::new(QueryReason::UnknownField, name.place);
    fault.expecting(names.chain(custom::names(projects)))
}

pub(super) struct Resolver<'a> {
    pub(super) known: &'a Known<'a>,
    /// People that functions stood for.
    values: usize,
}

impl Resolver<'_> {
    fn node(&mut self, node: &Node, negated: bool) -> Result<Condition, Fault> {
        match node {
            Node::And(nodes) | Node::Or(nodes) => {
                let parts = nodes.iter().map(|node| self.node(node, negated));
                let parts = parts.collect::<Result<Vec<_>, Fault>>()?;
                Ok(if matches!(node, Node::And(_)) != negated {
                    Condition::All(parts)
                } else {
                    Condition::Any(parts)
                })
            }
            Node::Not(node) => self.node(node, !negated),
            Node::Clause(clause) => {
                let condition = self.clause(clause)?;
                Ok(if clause.operator.is_negative() != negated {
                    negate(condition)
                } else {
                    condition
                })
            }
        }
    }

    /// Without its NOT.
    fn clause(&mut self, clause: &Clause) -> Result<Condition, Fault> {
        let Some(field) = field::find(&clause.field.text) else {
            let projects = self.known.projects;
            let found = custom::find(projects, &clause.field.text);
            if found.is_empty() {
                return Err(unknown_field(&clause.field, projects));
            }
            return self.custom(clause, &found);
        };
        let operators = field.operators();
        if !operators.contains(&clause.operator) {
            let fault = Fault::new(QueryReason::WrongOperator, clause.operator_place);
            return Err(fault.expecting(operators.iter().map(|operator| operator.text())));
        }
        if clause.operator.is_past() {
            return self.past(field, clause);
        }
        if let Some(compare) = comparison(clause.operator) {
            return self.compared(field, compare, &clause.values[0]);
        }
        if matches!(clause.operator, Operator::Contains | Operator::ContainsNot) {
            return self.contains(field, &clause.values[0]);
        }
        let (empty, values): (Vec<&Value>, Vec<&Value>) = clause
            .values
            .iter()
            .partition(|value| value.kind == ValueKind::Empty);
        let mut parts = Vec::new();
        if let Some(value) = empty.first() {
            parts.push(self.empty(field, value.place)?);
        }
        if !values.is_empty() {
            parts.push(self.one_of(field, &values)?);
        }
        Ok(any(parts))
    }

    fn empty(&self, field: Field, place: Place) -> Result<Condition, Fault> {
        let emptiable = match field {
            Field::Assignee | Field::Responsible => Emptiable::Assignee,
            Field::Follower => Emptiable::Follower,
            Field::Label => Emptiable::Label,
            Field::Parent => Emptiable::Parent,
            Field::Link(kind) => Emptiable::Link(kind),
            Field::Channel => Emptiable::Channel,
            Field::Start => Emptiable::Start,
            Field::Due => Emptiable::Due,
            Field::Checklist => Emptiable::Checklist,
            Field::Closed | Field::Resolution => Emptiable::Closed,
            Field::Estimate => Emptiable::Estimate,
            Field::Priority => Emptiable::Priority,
            Field::Description => Emptiable::Description,
            Field::Space => {
                let projects = self.known.projects.iter();
                let outside = projects.filter(|project| project.space.is_none());
                let ids = outside.map(|project| project.id).collect();
                return Ok(Condition::Holds(Test::Project(ids)));
            }
            // Are never empty.
            Field::Creator | Field::Created | Field::Updated => {
                return Ok(Condition::Any(Vec::new()));
            }
            _ => {
                let fault = Fault::new(QueryReason::Unexpected, place);
                return Err(fault.expecting(["value"]));
            }
        };
        Ok(Condition::Holds(Test::Empty(emptiable)))
    }

    fn one_of(&mut self, field: Field, values: &[&Value]) -> Result<Condition, Fault> {
        let test = match field {
            Field::Key => return self.keys(values),
            Field::Blocked => return self.blocked(values),
            Field::Archived => return yes_or_no(values, Test::Archived),
            Field::Link(kind) => Test::Linked {
                kinds: vec![kind],
                those: self.tasks(values)?,
                field: Some(kind),
            },
            Field::Parent => Test::Parent(self.tasks(values)?),
            Field::Project => Test::Project(self.projects(values)?),
            Field::Space => Test::Project(self.projects_of_spaces(values)?),
            Field::Type => Test::Type(self.types(values)?),
            Field::State => Test::State(self.states(values)?),
            Field::Category => Test::State(self.categories(values)?),
            Field::Resolution => return resolutions(values),
            Field::Assignee => Test::Person(PersonField::Assignee, self.people(values)?),
            Field::Responsible => Test::Person(PersonField::Responsible, self.people(values)?),
            Field::Creator => Test::Person(PersonField::Creator, self.people(values)?),
            Field::Follower => Test::Person(PersonField::Follower, self.people(values)?),
            Field::Label => {
                let labels = values.iter().map(|value| text(value));
                let labels = labels.map(|label| label.map(label_key));
                Test::Label(labels.collect::<Result<_, Fault>>()?)
            }
            Field::Channel => Test::Channel(self.channels(values)?),
            Field::Priority
            | Field::Estimate
            | Field::Checklist
            | Field::Start
            | Field::Due
            | Field::Created
            | Field::Updated
            | Field::Closed => {
                let parts = values.iter();
                let parts = parts.map(|value| self.compared(field, Compare::Equal, value));
                return Ok(any(parts.collect::<Result<_, Fault>>()?));
            }
            Field::Title | Field::Description | Field::Text | Field::Rank => {
                return Ok(Condition::Any(Vec::new()));
            }
        };
        Ok(Condition::Holds(test))
    }

    fn contains(&mut self, field: Field, value: &Value) -> Result<Condition, Fault> {
        let field = match field {
            Field::Title => TextField::Title,
            Field::Description => TextField::Description,
            _ => TextField::Text,
        };
        let words = needles(text(value)?);
        if words.is_empty() {
            return Err(Fault::new(QueryReason::NoWords, value.place));
        }
        self.count(words.len(), value.place)?;
        Ok(Condition::Holds(Test::Text(field, words)))
    }

    pub(super) fn count(&mut self, values: usize, place: Place) -> Result<(), Fault> {
        self.values += values;
        if self.values <= QUERY_VALUES_MAX {
            return Ok(());
        }
        let fault = Fault::new(QueryReason::TooManyValues, place);
        Err(fault.expecting([QUERY_VALUES_MAX.to_string().as_str()]))
    }

    fn compared(
        &mut self,
        field: Field,
        compare: Compare,
        value: &Value,
    ) -> Result<Condition, Fault> {
        if value.kind == ValueKind::Empty {
            if compare == Compare::Equal {
                return self.empty(field, value.place);
            }
            return Err(Fault::new(QueryReason::Unexpected, value.place).expecting(["value"]));
        }
        let number = match field {
            Field::Priority => {
                let number = priority(value)?;
                if number == 0 && compare == Compare::Equal {
                    return self.empty(field, value.place);
                }
                let at_least_low = span(Compare::GreaterOrEqual, 1, 2);
                let span = span(compare, number, number + 1).and(at_least_low);
                return Ok(Condition::Holds(Test::Number(NumberField::Priority, span)));
            }
            Field::Estimate => {
                let points = text(value)?.trim().parse::<f64>().ok();
                let points = points.filter(|points| points.abs() <= 1e9);
                let fault = || Fault::new(QueryReason::NotANumber, value.place);
                let number = estimate_number(points.ok_or_else(fault)?);
                let span = span(compare, number, number + 1);
                return Ok(Condition::Holds(Test::Number(NumberField::Estimate, span)));
            }
            Field::Checklist => {
                let items = text(value)?.trim().parse::<u16>().ok().map(i64::from);
                let fault = || Fault::new(QueryReason::NotANumber, value.place);
                let number = items.ok_or_else(fault)?;
                let span = span(compare, number, number + 1);
                return Ok(Condition::Holds(Test::Number(NumberField::Checklist, span)));
            }
            Field::Start => {
                let days = self.moment(value)?.days(compare);
                return Ok(Condition::Holds(Test::Number(NumberField::Start, days)));
            }
            Field::Created => NumberField::Created,
            Field::Updated => NumberField::Updated,
            Field::Closed => NumberField::Closed,
            _ => {
                let moment = self.moment(value)?;
                let (days, at) = (moment.days(compare), moment.moments(compare));
                return Ok(Condition::Holds(Test::Due { days, at }));
            }
        };
        let span = self.moment(value)?.moments(compare);
        Ok(Condition::Holds(Test::Number(number, span)))
    }

    pub(super) fn moment(&self, value: &Value) -> Result<super::moment::Moment, Fault> {
        self.known
            .clock
            .read(&value.kind)
            .ok_or_else(|| match &value.kind {
                ValueKind::Call { .. } => unknown_function(value, FUNCTIONS),
                _ => Fault::new(QueryReason::NotADate, value.place),
            })
    }

    pub(super) fn tasks(&self, values: &[&Value]) -> Result<Vec<TaskRef>, Fault> {
        let mut tasks = Vec::new();
        for value in values {
            let name = text(value)?.trim();
            if let Ok(id) = name.parse() {
                tasks.push(TaskRef::Id(id));
                continue;
            }
            let parts = name.rsplit_once('-');
            let parts = parts.and_then(|(key, number)| Some((key, number.parse().ok()?)));
            let Some((key, number)) = parts else {
                return Err(unknown(value, "task"));
            };
            // A task that is not there and one of a project that is not: neither is found.
            let project = self.known.projects.iter().find(|one| same(&one.key, key));
            tasks.extend(project.map(|project| TaskRef::Key(project.id, number)));
        }
        Ok(tasks)
    }

    fn projects(&self, values: &[&Value]) -> Result<Vec<ProjectId>, Fault> {
        let mut ids = Vec::new();
        for value in values {
            let name = text(value)?;
            let projects = self.known.projects.iter();
            let before = ids.len();
            let named = projects.filter(|one| {
                same(&one.key, name) || same(&one.name, name) || one.id.to_string() == name
            });
            ids.extend(named.map(|project| project.id));
            if ids.len() == before {
                return Err(unknown(value, "project"));
            }
        }
        Ok(ids)
    }

    fn projects_of_spaces(&self, values: &[&Value]) -> Result<Vec<ProjectId>, Fault> {
        let mut ids = Vec::new();
        for value in values {
            let name = text(value)?;
            let named = |space: &&Space| same(&space.name, name) || space.id.to_string() == name;
            let spaces: Vec<_> = self.known.spaces.iter().filter(named).collect();
            if spaces.is_empty() {
                return Err(unknown(value, "space"));
            }
            let is_in =
                |project: &&Project| spaces.iter().any(|space| project.space == Some(space.id));
            let inside = self.known.projects.iter().filter(is_in);
            ids.extend(inside.map(|project| project.id));
        }
        Ok(ids)
    }

    fn channels(&self, values: &[&Value]) -> Result<Vec<tenon_protocol::ChannelId>, Fault> {
        let mut ids = Vec::new();
        for value in values {
            let name = text(value)?.trim().trim_start_matches('#');
            let named = |channel: &&Channel| {
                let is_it = !name.is_empty() && same(&channel.name, name);
                is_it || channel.id.to_string() == name
            };
            let before = ids.len();
            let channels = self.known.channels.iter().filter(named);
            ids.extend(channels.map(|channel| channel.id));
            if ids.len() == before {
                return Err(unknown(value, "channel"));
            }
        }
        Ok(ids)
    }

    pub(super) fn people(&mut self, values: &[&Value]) -> Result<Vec<MemberId>, Fault> {
        let mut ids = Vec::new();
        for value in values {
            match &value.kind {
                ValueKind::Call { name, arguments } => {
                    ids.extend(self.people_of(value, name, arguments)?);
                }
                _ => ids.extend(self.named(value)?),
            }
        }
        ids.sort_unstable();
        ids.dedup();
        Ok(ids)
    }

    fn people_of(
        &mut self,
        value: &Value,
        name: &str,
        arguments: &[String],
    ) -> Result<Vec<MemberId>, Fault> {
        let name = name.to_ascii_lowercase();
        match (name.as_str(), arguments) {
            ("currentuser", []) => Ok(vec![self.known.me]),
            ("membersof", [group]) => {
                let named = |it: &&std::sync::Arc<tenon_protocol::group::Group>| {
                    !it.archived && (same(&it.name, group) || same(&it.handle, group))
                };
                let group = self.known.groups.values().find(named);
                let group = group.ok_or_else(|| unknown(value, "group"))?;
                let members = self.known.members;
                let find = |id| {
                    let place = members.binary_search_by_key(&id, |member| member.id);
                    place.ok().map(|place| &members[place])
                };
                let people = group::effective_members(self.known.groups, group.id, find);
                self.count(people.len(), value.place)?;
                Ok(people)
            }
            _ => Err(unknown_function(
                value,
                &["currentUser()", "membersOf(group)"],
            )),
        }
    }

    /// All whom a handle, a name or an id means.
    fn named(&self, value: &Value) -> Result<Vec<MemberId>, Fault> {
        let name = text(value)?.trim().trim_start_matches('@');
        let members = self.known.members.iter();
        let by_handle = members.clone().find(|member| same(&member.handle, name));
        if let Some(member) = by_handle {
            return Ok(vec![member.id]);
        }
        let named = members.filter(|it| same(&it.name, name) || it.id.to_string() == name);
        let ids: Vec<_> = named.map(|member| member.id).collect();
        if ids.is_empty() {
            return Err(unknown(value, "member"));
        }
        Ok(ids)
    }

    fn categories(&self, values: &[&Value]) -> Result<Values, Fault> {
        let mut wanted = Vec::new();
        for value in values {
            let one = category(text(value)?);
            wanted.push(one.ok_or_else(|| unknown(value, "category"))?);
        }
        Ok(self.states_where(|state| wanted.contains(&state.category)))
    }

    fn states(&self, values: &[&Value]) -> Result<Values, Fault> {
        let mut names = Vec::new();
        for value in values {
            let name = text(value)?;
            let fits = |state: &State| is_named(state, name);
            let mut projects = self.known.projects.iter();
            if !projects.any(|project| project.workflow.states.iter().any(fits)) {
                return Err(unknown(value, "state"));
            }
            names.push(name);
        }
        Ok(self.states_where(|state| names.iter().any(|name| is_named(state, name))))
    }

    /// With what they replace.
    fn types(&self, values: &[&Value]) -> Result<Values, Fault> {
        let mut found: Vec<(String, Vec<ProjectId>)> = Vec::new();
        for value in values {
            let name = text(value)?;
            let before = found.len();
            for project in self.known.projects {
                let types = types_of(project);
                for one in types.iter().filter(|one| task_type::is_named(one, name)) {
                    for id in std::iter::once(&one.id).chain(&one.replaces) {
                        found.push((id.clone(), vec![project.id]));
                    }
                }
            }
            if found.len() == before {
                return Err(unknown(value, "type"));
            }
        }
        Ok(self.gathered(found))
    }

    fn states_where(&self, fits: impl Fn(&State) -> bool) -> Values {
        let mut found: Vec<(String, Vec<ProjectId>)> = Vec::new();
        for project in self.known.projects {
            let states = project.workflow.states.iter().filter(|state| fits(state));
            found.extend(states.map(|state| (state.id.clone(), vec![project.id])));
        }
        self.gathered(found)
    }

    /// Each value once, with the projects in which it counts.
    fn gathered(&self, found: Vec<(String, Vec<ProjectId>)>) -> Values {
        let mut values: Vec<(String, Vec<ProjectId>)> = Vec::new();
        let mut places = HashMap::new();
        for (id, projects) in found {
            let place = *places.entry(id.clone()).or_insert_with(|| {
                values.push((id, Vec::new()));
                values.len() - 1
            });
            values[place].1.extend(projects);
        }
        let everywhere = self.known.projects.len();
        let values = values.into_iter();
        let values = values.map(|(id, mut projects)| {
            projects.sort_unstable();
            projects.dedup();
            let projects = (projects.len() < everywhere).then_some(projects);
            (id, projects)
        });
        values.collect()
    }

    fn past(&mut self, field: Field, clause: &Clause) -> Result<Condition, Fault> {
        let history = match field {
            Field::State => HistoryField::State,
            Field::Assignee => HistoryField::Assignee,
            _ => HistoryField::Priority,
        };
        let (mut within, mut by, mut from, mut to) = (Span::ALL, None, None, None);
        for predicate in &clause.predicates {
            let values: Vec<&Value> = predicate.values.iter().collect();
            match predicate.kind {
                PredicateKind::By => by = Some(self.people(&values)?),
                PredicateKind::From => from = Some(self.past_values(field, &values)?),
                PredicateKind::To => to = Some(self.past_values(field, &values)?),
                _ => within = within.and(self.window(predicate)?),
            }
        }
        let test = if clause.operator == Operator::Changed {
            Test::Changed {
                field: history,
                from,
                to,
                by,
                within,
            }
        } else {
            let values: Vec<&Value> = clause.values.iter().collect();
            Test::Was {
                field: history,
                values: self.past_values(field, &values)?,
                by,
                within,
            }
        };
        Ok(Condition::Holds(test))
    }

    fn window(&self, predicate: &Predicate) -> Result<Span, Fault> {
        let first = self.moment(&predicate.values[0])?;
        Ok(match predicate.kind {
            PredicateKind::Before => first.moments(Compare::Less),
            PredicateKind::After => first.moments(Compare::Greater),
            PredicateKind::During => {
                let last = self.moment(&predicate.values[1])?;
                Span {
                    from: first.at,
                    until: last.moments(Compare::Equal).until,
                }
            }
            _ => first.moments(Compare::Equal),
        })
    }

    /// As the history keeps them: an empty text for nobody.
    fn past_values(&mut self, field: Field, values: &[&Value]) -> Result<Values, Fault> {
        if field == Field::State {
            return self.states(values);
        }
        let mut found = Vec::new();
        for value in values {
            if field == Field::Priority {
                let number = match value.kind {
                    ValueKind::Empty => 0,
                    _ => priority(value)?,
                };
                found.push((number.to_string(), None));
            } else if value.kind == ValueKind::Empty {
                found.push((String::new(), None));
            } else {
                let people = self.people(&[value])?;
                found.extend(people.into_iter().map(|id| (id.to_string(), None)));
            }
        }
        Ok(found)
    }
}

fn is_named(state: &State, name: &str) -> bool {
    same(&state.name, name) || same(&state.id, name)
}

fn negate(condition: Condition) -> Condition {
    match condition {
        Condition::All(parts) => Condition::Any(parts.into_iter().map(negate).collect()),
        Condition::Any(parts) => Condition::All(parts.into_iter().map(negate).collect()),
        Condition::Holds(test) => Condition::Fails(test),
        Condition::Fails(test) => Condition::Holds(test),
    }
}

pub(super) fn any(mut parts: Vec<Condition>) -> Condition {
    if parts.len() == 1 {
        parts.remove(0)
    } else {
        Condition::Any(parts)
    }
}

pub(super) fn comparison(operator: Operator) -> Option<Compare> {
    match operator {
        Operator::Less => Some(Compare::Less),
        Operator::LessOrEqual => Some(Compare::LessOrEqual),
        Operator::Greater => Some(Compare::Greater),
        Operator::GreaterOrEqual => Some(Compare::GreaterOrEqual),
        _ => None,
    }
}

pub(super) fn text(value: &Value) -> Result<&str, Fault> {
    match &value.kind {
        ValueKind::Text(text) => Ok(text),
        ValueKind::Call { .. } => Err(unknown_function(value, &[])),
        ValueKind::Empty => {
            Err(Fault::new(QueryReason::Unexpected, value.place).expecting(["value"]))
        }
    }
}

pub(super) fn unknown(value: &Value, what: &str) -> Fault {
    let fault = Fault::new(QueryReason::UnknownValue, value.place).expecting([what]);
    let found = match &value.kind {
        ValueKind::Call { arguments, .. } => arguments.first().cloned().unwrap_or_default(),
        ValueKind::Text(text) => text.clone(),
        ValueKind::Empty => String::new(),
    };
    Fault { found, ..fault }
}

pub(super) fn unknown_function(value: &Value, functions: &[&str]) -> Fault {
    Fault::new(QueryReason::UnknownFunction, value.place).expecting(functions.iter().copied())
}

fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

fn priority(value: &Value) -> Result<i64, Fault> {
    let number = match text(value)?.trim().to_lowercase().as_str() {
        "none" | "无" | "无优先级" => 0,
        "low" | "lowest" | "低" => 1,
        "medium" | "中" => 2,
        "high" | "高" => 3,
        "urgent" | "highest" | "紧急" => 4,
        _ => return Err(unknown(value, "priority")),
    };
    Ok(number)
}

fn category(name: &str) -> Option<Category> {
    match name.trim().to_lowercase().as_str() {
        "backlog" | "待定" => Some(Category::Backlog),
        "todo" | "to do" | "new" | "待办" => Some(Category::Todo),
        "doing" | "in progress" | "indeterminate" | "进行中" => Some(Category::Doing),
        "done" | "complete" | "已完成" => Some(Category::Done),
        "cancelled" | "canceled" | "已取消" => Some(Category::Cancelled),
        _ => None,
    }
}

/// `resolution = Unresolved`, as Jira's clients ask for what is open.
fn resolutions(values: &[&Value]) -> Result<Condition, Fault> {
    let mut parts = Vec::new();
    for value in values {
        let open = Test::Empty(Emptiable::Closed);
        parts.push(match text(value)?.to_lowercase().as_str() {
            "unresolved" => Condition::Holds(open),
            "done" | "resolved" | "fixed" => Condition::Fails(open),
            _ => {
                let fault = Fault::new(QueryReason::UnknownValue, value.place);
                return Err(fault.expecting(["resolution"]));
            }
        });
    }
    Ok(any(parts))
}

/// What is looked for, word by word; a phrase in quotation marks stands as it is.
pub fn needles(text: &str) -> Vec<Vec<String>> {
    let mut words = Vec::new();
    for (place, part) in text.split(['"', '“', '”']).enumerate() {
        if place % 2 == 1 {
            let key = text_key(part);
            if key.len() > 1 {
                words.push(vec![at_its_ends(&key, true)]);
            }
            continue;
        }
        for word in part.split_whitespace() {
            let key = text_key(word);
            if key.len() <= 1 {
                continue;
            }
            let mut forms = vec![at_its_ends(&key, false)];
            if let Some(stem) = crate::segment::stem(key.trim()) {
                forms.push(format!(" {stem}"));
            }
            words.push(forms);
        }
    }
    words
}

/// A word begins where it begins, and ends there too if it is `whole`; a character of a script
/// without spaces may have others beside it.
fn at_its_ends(key: &str, whole: bool) -> String {
    let bare = key.trim();
    let starts = bare
        .chars()
        .next()
        .is_some_and(|letter| !is_unspaced(letter));
    let ends = whole
        && bare
            .chars()
            .last()
            .is_some_and(|letter| !is_unspaced(letter));
    let space = |is: bool| if is { " " } else { "" };
    format!("{}{bare}{}", space(starts), space(ends))
}
