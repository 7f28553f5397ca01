//! The one translation of a question into SQL. Values become parameters; the text differs between
//! the two databases only in how parameters and lists of ids are written.

use super::past::field_name;
use crate::sql::Owned;
use tenon_protocol::{
    MemberId, ProjectId, WorkspaceId,
    link::LinkKind,
    query::{
        Condition, EMPTY, Emptiable, HistoryField, NumberField, PersonField, Sort, SortField,
        SortKey, Span, TaskRef, Test, TextField, Values,
    },
};
use uuid::Uuid;

/// A statement that is being written. The table of tasks is `t`.
pub(super) struct Writer {
    pub is_pg: bool,
    params: Vec<Owned>,
    workspace: String,
}

impl Writer {
    pub fn new(is_pg: bool, workspace: WorkspaceId) -> Self {
        let mut writer = Self {
            is_pg,
            params: Vec::new(),
            workspace: String::new(),
        };
        writer.workspace = writer.id(workspace.0);
        writer
    }

    pub fn params(&self) -> &[Owned] {
        &self.params
    }

    pub fn workspace(&self) -> &str {
        &self.workspace
    }

    fn bind(&mut self, value: Owned, kind: &str) -> String {
        self.params.push(value);
        let number = self.params.len();
        if self.is_pg {
            format!("${number}::{kind}")
        } else {
            format!("?{number}")
        }
    }

    pub fn int(&mut self, value: i64) -> String {
        self.bind(Owned::Int(value), "int8")
    }

    pub fn text(&mut self, value: &str) -> String {
        self.bind(Owned::Text(value.into()), "text")
    }

    pub fn id(&mut self, value: Uuid) -> String {
        self.bind(Owned::Id(value), "uuid")
    }

    /// `column` is one of these.
    pub fn among(&mut self, column: &str, ids: impl IntoIterator<Item = Uuid>) -> String {
        let ids: Box<[Uuid]> = ids.into_iter().collect();
        if let [one] = ids[..] {
            return format!("{column} = {}", self.id(one));
        }
        let list = self.bind(Owned::Ids(ids), "uuid[]");
        if self.is_pg {
            format!("{column} = ANY({list})")
        } else {
            format!("{column} IN (SELECT unhex(value, '-') FROM json_each({list}))")
        }
    }

    pub fn projects(&mut self, projects: &[ProjectId]) -> String {
        self.among("t.project", projects.iter().map(|project| project.0))
    }

    pub fn condition(&mut self, condition: &Condition) -> String {
        match condition {
            Condition::All(parts) => self.joined(parts, " AND ", "1 = 1"),
            Condition::Any(parts) => self.joined(parts, " OR ", "1 = 0"),
            Condition::Holds(test) => self.test(test),
            Condition::Fails(test) => {
                let filled = match test {
                    Test::Custom(tests) => {
                        let fields = tests.iter().map(|test| &test.field);
                        format!("{} AND ", self.has_custom(fields))
                    }
                    Test::CustomEmpty(fields) => format!("{} AND ", self.has_custom(fields)),
                    test => filled(test),
                };
                let test = self.test(test);
                format!("({filled}NOT ({test}))")
            }
        }
    }

    fn joined(&mut self, parts: &[Condition], by: &str, nothing: &str) -> String {
        if parts.is_empty() {
            return nothing.to_owned();
        }
        let parts: Vec<String> = parts.iter().map(|part| self.condition(part)).collect();
        joined(&parts, by)
    }

    /// True or false, never NULL.
    pub fn test(&mut self, test: &Test) -> String {
        match test {
            Test::Task(those) => self.tasks(those, "t.task"),
            Test::Parent(those) => {
                let those = self.tasks(those, "t.parent");
                format!("(t.parent IS NOT NULL AND {those})")
            }
            Test::Archived => "t.archived = 1".to_owned(),
            Test::Blocked(projects) => self.blocked(projects),
            Test::Linked { kinds, those, .. } => self.linked(kinds, those),
            Test::Project(those) => self.projects(those),
            Test::Type(values) => self.values("t.type", values),
            Test::State(values) => self.values("t.state", values),
            Test::Person(field, those) => self.person(*field, those),
            Test::Label(labels) => {
                let labels = self.texts("x.label", labels);
                self.exists("task_label", &labels)
            }
            Test::Channel(those) => {
                self.among_filled("t.channel", those.iter().map(|channel| channel.0))
            }
            Test::Number(field, span) => self.span(number_column(*field), *span),
            Test::Due { days, at } => {
                // The first part says nothing new: an index knows it.
                let hull = self.span("t.due", hull(*days, *at));
                let days = self.span("t.due_day", *days);
                let at = self.span("t.due_at", *at);
                format!("({hull} AND ({days} OR {at}))")
            }
            Test::Text(field, words) => {
                let words: Vec<String> =
                    words.iter().map(|forms| self.word(*field, forms)).collect();
                joined(&words, " AND ")
            }
            Test::Empty(field) => empty(*field).to_owned(),
            Test::Custom(tests) => self.custom(tests),
            Test::CustomEmpty(fields) => self.custom_empty(fields),
            Test::Was {
                field,
                values,
                by,
                within,
            } => {
                let unchanged = self.unchanged(*field, values, by.as_deref(), *within);
                let values = self.values("p.value", values);
                let by = self.by("p.began_by", by.as_deref());
                let (from, until) = (self.int(within.from), self.int(within.until));
                let rest = format!("{values}{by} AND p.began < {until} AND p.ended > {from}");
                let past = self.past(field_name(*field), &rest);
                format!("({past} OR {unchanged})")
            }
            Test::Changed {
                field,
                from,
                to,
                by,
                within,
            } => self.changed(
                field_name(*field),
                [from.as_ref(), to.as_ref()],
                by,
                *within,
            ),
        }
    }

    fn person(&mut self, field: PersonField, those: &[MemberId]) -> String {
        let ids = those.iter().map(|member| member.0);
        match field {
            PersonField::Creator => self.among("t.creator", ids),
            PersonField::Responsible => self.among_filled("t.responsible", ids),
            PersonField::Assignee | PersonField::Follower => {
                let those = self.among("x.member", ids);
                self.exists(person_table(field), &those)
            }
        }
    }

    /// As [`Self::among`], for a column that may hold nothing.
    fn among_filled(&mut self, column: &str, ids: impl IntoIterator<Item = Uuid>) -> String {
        let among = self.among(column, ids);
        format!("({column} IS NOT NULL AND {among})")
    }

    fn blocked(&mut self, projects: &[ProjectId]) -> String {
        let projects = self.among("b.project", projects.iter().map(|project| project.0));
        let workspace = &self.workspace;
        format!(
            "(t.links & 2 <> 0 AND EXISTS (SELECT 1 FROM task_link x JOIN task_index b \
             ON b.workspace = {workspace} AND b.task = x.other \
             WHERE x.workspace = {workspace} AND x.task = t.task \
             AND x.kind = 'blocked_by' AND b.closed = {EMPTY} AND b.archived = 0 \
             AND {projects}))"
        )
    }

    fn linked(&mut self, kinds: &[LinkKind], those: &[TaskRef]) -> String {
        let those = self.tasks(those, "x.other");
        let kinds = kind_list(kinds);
        let exists = self.exists("task_link", &format!("x.kind IN ({kinds}) AND {those}"));
        format!("(t.links <> 0 AND {exists})")
    }

    pub fn exists(&self, table: &str, rest: &str) -> String {
        let workspace = &self.workspace;
        format!(
            "EXISTS (SELECT 1 FROM {table} x WHERE x.workspace = {workspace} AND x.task = t.task \
             AND {rest})"
        )
    }

    fn past(&self, field: &str, rest: &str) -> String {
        let workspace = &self.workspace;
        format!(
            "EXISTS (SELECT 1 FROM task_past p WHERE p.workspace = {workspace} \
             AND p.task = t.task AND p.field = '{field}' AND {rest})"
        )
    }

    /// It has one of the values since it was made: then the past has no row.
    fn unchanged(
        &mut self,
        field: HistoryField,
        values: &Values,
        by: Option<&[MemberId]>,
        within: Span,
    ) -> String {
        let has = self.has(field, values);
        let by = self.by("t.creator", by);
        let until = self.int(within.until);
        let past = self.past(field_name(field), "1 = 1");
        format!("({has}{by} AND t.created < {until} AND NOT {past})")
    }

    /// A task has one of the values now, written as the past writes them.
    fn has(&mut self, field: HistoryField, values: &Values) -> String {
        match field {
            HistoryField::State => self.values("t.state", values),
            HistoryField::Priority => self.values("CAST(t.priority AS TEXT)", values),
            HistoryField::Assignee => {
                let ids = values.iter().filter_map(|(value, _)| value.parse().ok());
                let those = self.among("x.member", ids);
                let assigned = self.exists("task_assignee", &those);
                if values.iter().any(|(value, _)| value.is_empty()) {
                    return format!("(t.assignees = 0 OR {assigned})");
                }
                assigned
            }
        }
    }

    fn changed(
        &mut self,
        field: &str,
        [from, to]: [Option<&Values>; 2],
        by: &Option<Vec<MemberId>>,
        within: Span,
    ) -> String {
        let ended = |it: &mut Self| {
            let by = it.by("p.ended_by", by.as_deref());
            let at = it.span("p.ended", within);
            format!("p.ended_seq > 0 AND {at}{by}")
        };
        let began = |it: &mut Self| {
            let by = it.by("p.began_by", by.as_deref());
            let at = it.span("p.began", within);
            format!("p.first = 0 AND {at}{by}")
        };
        match (from, to) {
            (None, None) => {
                let (began, ended) = (began(self), ended(self));
                self.past(field, &format!("(({began}) OR ({ended}))"))
            }
            (Some(from), None) => {
                let rest = format!("{} AND {}", self.values("p.value", from), ended(self));
                self.past(field, &rest)
            }
            (None, Some(to)) => {
                let rest = format!("{} AND {}", self.values("p.value", to), began(self));
                self.past(field, &rest)
            }
            (Some(from), Some(to)) => {
                let rest = format!("{} AND {}", self.values("p.value", from), ended(self));
                let to = self.values("q.value", to);
                let workspace = &self.workspace;
                let other = format!(
                    "EXISTS (SELECT 1 FROM task_past q WHERE q.workspace = {workspace} \
                     AND q.task = t.task AND q.field = '{field}' AND {to} \
                     AND q.began_seq = p.ended_seq)"
                );
                self.past(field, &format!("{rest} AND {other}"))
            }
        }
    }

    fn by(&mut self, column: &str, by: Option<&[MemberId]>) -> String {
        match by {
            Some(by) => {
                let by = self.among(column, by.iter().map(|member| member.0));
                format!(" AND {by}")
            }
            None => String::new(),
        }
    }

    pub fn tasks(&mut self, those: &[TaskRef], column: &str) -> String {
        let mut parts = Vec::new();
        for one in those {
            let part = match one {
                TaskRef::Id(id) => format!("{column} = {}", self.id(id.0)),
                TaskRef::Key(project, number) if column == "t.task" => {
                    let (project, number) = (self.id(project.0), self.int(*number));
                    format!("(t.project = {project} AND t.number = {number})")
                }
                TaskRef::Key(project, number) => {
                    let (project, number) = (self.id(project.0), self.int(*number));
                    let workspace = &self.workspace;
                    format!(
                        "{column} = (SELECT k.id FROM task k WHERE k.workspace = {workspace} \
                         AND k.project = {project} AND k.number = {number})"
                    )
                }
            };
            parts.push(part);
        }
        if parts.is_empty() {
            return "1 = 0".to_owned();
        }
        let parts = joined(&parts, " OR ");
        if column == "t.task" {
            return parts;
        }
        // A parent that is not there gives NULL, which is no answer.
        format!("coalesce({parts}, 1 = 0)")
    }

    pub fn texts(&mut self, column: &str, texts: &[String]) -> String {
        let texts: Vec<String> = texts.iter().map(|text| self.text(text)).collect();
        format!("{column} IN ({})", texts.join(", "))
    }

    pub fn values(&mut self, column: &str, values: &Values) -> String {
        let mut parts = Vec::new();
        for (value, projects) in values {
            let value = format!("{column} = {}", self.text(value));
            parts.push(match projects {
                None => value,
                Some(projects) => format!("({value} AND {})", self.projects(projects)),
            });
        }
        if parts.is_empty() {
            return "1 = 0".to_owned();
        }
        joined(&parts, " OR ")
    }

    pub fn span(&mut self, column: &str, span: Span) -> String {
        let (from, until) = (self.int(span.from), self.int(span.until));
        format!("({column} >= {from} AND {column} < {until})")
    }

    fn word(&mut self, field: TextField, forms: &[String]) -> String {
        let mut parts = Vec::new();
        for form in forms {
            let form = self.text(form);
            if field != TextField::Description {
                parts.push(self.is_in("t.title_words", &form));
            }
            if field != TextField::Title {
                let is_in = self.is_in("x.words", &form);
                let exists = self.exists("task_text", &is_in);
                parts.push(format!("(t.described = 1 AND {exists})"));
            }
        }
        joined(&parts, " OR ")
    }

    pub fn is_in(&self, column: &str, form: &str) -> String {
        let function = if self.is_pg { "strpos" } else { "instr" };
        format!("{function}({column}, {form}) > 0")
    }

    /// The expressions that an order goes by, each with its direction.
    pub fn order(&mut self, order: &[Sort], categories: &[Values]) -> Vec<(String, bool)> {
        let mut keys = Vec::new();
        for sort in order {
            let down = sort.descending;
            let column = match sort.by {
                SortField::Key => {
                    keys.push(("t.project_key".to_owned(), down));
                    "t.number"
                }
                SortField::Project => "t.project_key",
                SortField::Rank => "t.rank",
                SortField::Title => "t.title",
                SortField::Created => "t.created",
                SortField::Updated => "t.updated",
                SortField::Priority => "t.priority",
                SortField::Start => {
                    keys.push((present_first("t.start", down), down));
                    continue;
                }
                SortField::Due => {
                    keys.push((present_first("t.due", down), down));
                    continue;
                }
                SortField::Closed => {
                    keys.push((present_first("t.closed", down), down));
                    continue;
                }
                SortField::Estimate => {
                    keys.push((present_first("t.estimate", down), down));
                    continue;
                }
                SortField::State => {
                    keys.push((self.category(categories), down));
                    continue;
                }
            };
            keys.push((column.to_owned(), down));
        }
        keys
    }

    fn category(&mut self, categories: &[Values]) -> String {
        let mut cases = String::new();
        for (place, values) in categories.iter().enumerate() {
            let values = self.values("t.state", values);
            cases.push_str(&format!(" WHEN {values} THEN {place}"));
        }
        let end = if self.is_pg { "5::int8" } else { "5" };
        if categories.is_empty() {
            return end.to_owned();
        }
        format!("CASE{cases} ELSE {end} END")
    }

    /// What comes after a task of these keys, the ids going `down` or up:
    /// `(a > 1 OR (a = 1 AND (b > 2 OR …)))`.
    pub fn after(
        &mut self,
        keys: &[(String, bool)],
        values: &[SortKey],
        down: bool,
        id: Uuid,
    ) -> String {
        let id = self.id(id);
        let mut rest = format!("t.task {} {id}", if down { "<" } else { ">" });
        for ((key, down), value) in keys.iter().zip(values).rev() {
            let value = match value {
                SortKey::Number(number) => self.int(*number),
                SortKey::Text(text) => self.text(text),
            };
            let beyond = if *down { "<" } else { ">" };
            // The first part says nothing new: an index can begin there.
            rest = format!(
                "({key} {beyond}= {value} AND ({key} {beyond} {value} OR ({key} = {value} \
                 AND {rest})))"
            );
        }
        rest
    }
}

/// Limit: parts that stand side by side; each is one level of an expression, of which SQLite takes
/// 1,000.
const BESIDE_MAX: usize = 50;

/// In parentheses; more than a few as a tree.
pub(super) fn joined(parts: &[String], by: &str) -> String {
    if parts.len() <= BESIDE_MAX {
        return format!("({})", parts.join(by));
    }
    let (left, right) = parts.split_at(parts.len() / 2);
    format!("({}{by}{})", joined(left, by), joined(right, by))
}

/// The places in the order of due dates that days or moments can have.
fn hull(days: Span, at: Span) -> Span {
    let moment = |day: i64| match day {
        i64::MIN | EMPTY => day,
        day => day.saturating_mul(DAY_MICROS),
    };
    Span {
        from: moment(days.from).min(at.from),
        until: moment(days.until).max(at.until),
    }
}

const DAY_MICROS: i64 = 86_400_000_000;

/// Empty last, whichever way round.
fn present_first(column: &str, descending: bool) -> String {
    if descending {
        format!("CASE WHEN {column} = {EMPTY} THEN {LEAST} ELSE {column} END")
    } else {
        column.to_owned()
    }
}

/// What an order takes for a value that is not there.
pub(super) fn no_value(descending: bool) -> i64 {
    if descending { i64::MIN } else { EMPTY }
}

/// The least number, written so that it is no negation of one that is too great.
const LEAST: &str = "(-9223372036854775807 - 1)";

/// As a list in SQL.
pub(super) fn kind_list(kinds: &[LinkKind]) -> String {
    let names: Vec<String> = kinds
        .iter()
        .map(|kind| format!("'{}'", kind.name()))
        .collect();
    names.join(", ")
}

pub(super) fn person_table(field: PersonField) -> &'static str {
    match field {
        PersonField::Follower => "task_follower",
        PersonField::Assignee | PersonField::Responsible | PersonField::Creator => "task_assignee",
    }
}

pub(super) fn number_column(field: NumberField) -> &'static str {
    match field {
        NumberField::Created => "t.created",
        NumberField::Updated => "t.updated",
        NumberField::Closed => "t.closed",
        NumberField::Estimate => "t.estimate",
        NumberField::Priority => "t.priority",
        NumberField::Start => "t.start",
        NumberField::Checklist => "t.checklist",
    }
}

/// What must hold besides so that a test can fail: its field is not empty.
fn filled(test: &Test) -> String {
    let field = match test {
        Test::Parent(_) => Emptiable::Parent,
        Test::Person(PersonField::Assignee | PersonField::Responsible, _) => Emptiable::Assignee,
        Test::Person(PersonField::Follower, _) => Emptiable::Follower,
        Test::Label(_) => Emptiable::Label,
        Test::Channel(_) => Emptiable::Channel,
        Test::Number(NumberField::Closed, _) => Emptiable::Closed,
        Test::Number(NumberField::Estimate, _) => Emptiable::Estimate,
        Test::Number(NumberField::Priority, _) => Emptiable::Priority,
        Test::Number(NumberField::Start, _) => Emptiable::Start,
        Test::Number(NumberField::Checklist, _) => Emptiable::Checklist,
        Test::Due { .. } => Emptiable::Due,
        Test::Text(TextField::Description, _) => Emptiable::Description,
        Test::Linked {
            field: Some(kind), ..
        } => Emptiable::Link(*kind),
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
        | Test::Custom(_)
        | Test::CustomEmpty(_)
        | Test::Was { .. }
        | Test::Changed { .. } => return String::new(),
    };
    format!("NOT ({}) AND ", empty(field))
}

fn empty(field: Emptiable) -> &'static str {
    match field {
        Emptiable::Assignee => "t.assignees = 0",
        Emptiable::Follower => "t.followers = 0",
        Emptiable::Label => "t.labels = 0",
        Emptiable::Parent => "t.parent IS NULL",
        Emptiable::Channel => "t.channel IS NULL",
        Emptiable::Link(LinkKind::Blocks) => "t.links & 1 = 0",
        Emptiable::Link(LinkKind::BlockedBy) => "t.links & 2 = 0",
        Emptiable::Link(LinkKind::Relates) => "t.links & 4 = 0",
        Emptiable::Link(LinkKind::Duplicates) => "t.links & 8 = 0",
        Emptiable::Link(LinkKind::DuplicatedBy) => "t.links & 16 = 0",
        Emptiable::Start => "t.start = 9223372036854775807",
        Emptiable::Checklist => "t.checklist = 9223372036854775807",
        Emptiable::Due => "t.due = 9223372036854775807",
        Emptiable::Closed => "t.closed = 9223372036854775807",
        Emptiable::Estimate => "t.estimate = 9223372036854775807",
        Emptiable::Priority => "t.priority = 0",
        Emptiable::Description => "t.described = 0",
    }
}
