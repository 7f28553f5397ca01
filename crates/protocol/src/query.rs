//! A question about tasks, ready to be answered: names have become ids, dates have become numbers.
//! Made by `domain::query`, which also answers it in memory; answered from the tables by the store.
//! Never on the wire: there a query is its text.

use crate::{
    ChannelId, Due, MemberId, ProjectId, TaskId,
    checklist::ChecklistItem,
    field::FieldValue,
    link::{Link, LinkKind},
    task::Priority,
};
use jiff::{ToSpan, civil::Date};

/// Which tasks, in what order.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskQuery {
    /// Those whose tasks the asker may see and has not left out.
    pub projects: Vec<ProjectId>,
    pub condition: Condition,
    pub order: Vec<Sort>,
    /// The states of each category, in order, if the order asks for them.
    pub categories: Vec<Values>,
}

/// What must hold. Negation stands at the tests alone.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Holds(Test),
    /// The field is not empty, and the test does not hold.
    Fails(Test),
}

/// One statement about one field.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    Task(Vec<TaskRef>),
    Parent(Vec<TaskRef>),
    Project(Vec<ProjectId>),
    /// What blocks it is not closed, and lies in one of these projects, which the asker may see.
    Blocked(Vec<ProjectId>),
    Archived,
    /// It is one of these to one of those. Asked for as a field it can be empty.
    Linked {
        kinds: Vec<LinkKind>,
        those: Vec<TaskRef>,
        field: Option<LinkKind>,
    },
    State(Values),
    Type(Values),
    /// At least one of these.
    Person(PersonField, Vec<MemberId>),
    /// At least one of these, as [`label_key`] gives them.
    Label(Vec<String>),
    /// Made from a message of one of these.
    Channel(Vec<ChannelId>),
    Number(NumberField, Span),
    /// A day that is due lies in `days`, a moment that is due in `at`.
    Due {
        days: Span,
        at: Span,
    },
    /// For each word one of its needles is in the text, as [`text_key`] gives it.
    Text(TextField, Vec<Vec<String>>),
    Empty(Emptiable),
    /// At least one of these custom fields is so.
    Custom(Vec<CustomTest>),
    /// Its project has one of these custom fields, and it has nothing of it.
    CustomEmpty(Vec<CustomField>),
    Was {
        field: HistoryField,
        values: Values,
        by: Option<Vec<MemberId>>,
        /// It was so at some moment of these.
        within: Span,
    },
    Changed {
        field: HistoryField,
        from: Option<Values>,
        to: Option<Values>,
        by: Option<Vec<MemberId>>,
        within: Span,
    },
}

/// A custom field of these projects, by its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomField {
    pub id: String,
    pub projects: Vec<ProjectId>,
}

/// What is asked about a custom field.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomTest {
    pub field: CustomField,
    pub holds: CustomHolds,
}

/// What must hold of one of the [`FieldRow`]s of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CustomHolds {
    /// One of these, as [`field_key`] gives them.
    Key(Vec<String>),
    Number(Span),
    /// For each word one of its needles is in the text.
    Words(Vec<Vec<String>>),
}

/// What is kept of a value so that it can be found: a row, or one for each choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldRow {
    /// As [`field_key`] gives it; empty for a number.
    pub key: String,
    /// Of a number, or of a day since 1970; else [`EMPTY`].
    pub number: i64,
    /// As [`text_key`] gives them.
    pub words: String,
}

/// A task by its key or its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskRef {
    Key(ProjectId, i64),
    Id(TaskId),
}

/// Values of a field with a history; each with the projects in which it counts, or in all.
pub type Values = Vec<(String, Option<Vec<ProjectId>>)>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PersonField {
    Assignee,
    /// The first assignee.
    Responsible,
    Creator,
    Follower,
}

/// What is compared as a number: microseconds since 1970, thousandths of a point, 0 to 4, days
/// since 1970, items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberField {
    Created,
    Updated,
    Closed,
    Estimate,
    Priority,
    Start,
    /// Items of the checklist that are not done; none without a checklist.
    Checklist,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextField {
    Title,
    Description,
    /// Either.
    Text,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Emptiable {
    Assignee,
    Follower,
    Label,
    Parent,
    Channel,
    Start,
    Due,
    Checklist,
    Link(LinkKind),
    Closed,
    Estimate,
    Priority,
    Description,
}

/// Fields whose past can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HistoryField {
    State,
    Assignee,
    Priority,
}

/// Numbers from `from` on, up to `until`, itself not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: i64,
    pub until: i64,
}

impl Span {
    pub const ALL: Span = Span {
        from: i64::MIN,
        until: EMPTY,
    };
    pub const NONE: Span = Span { from: 0, until: 0 };

    pub fn contains(self, number: i64) -> bool {
        self.from <= number && number < self.until
    }

    /// What lies in both.
    pub fn and(self, other: Span) -> Span {
        Span {
            from: self.from.max(other.from),
            until: self.until.min(other.until),
        }
    }
}

/// Stands for no number: empty sorts behind all, and lies in no [`Span`].
pub const EMPTY: i64 = i64::MAX;

/// One part of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    pub by: SortField,
    pub descending: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SortField {
    /// By project, then by number.
    Key,
    Project,
    Rank,
    Created,
    Updated,
    Start,
    /// Days count from midnight in UTC.
    Due,
    Closed,
    Priority,
    Estimate,
    Title,
    State,
}

/// A value by which a task was put in its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SortKey {
    Number(i64),
    Text(String),
}

/// The number that stands for a priority.
pub fn priority_number(priority: Priority) -> i64 {
    match priority {
        Priority::None => 0,
        Priority::Low => 1,
        Priority::Medium => 2,
        Priority::High => 3,
        Priority::Urgent => 4,
    }
}

/// The number that stands for an estimate: thousandths of a point.
pub fn estimate_number(points: f64) -> i64 {
    (points * 1_000.0).round() as i64
}

/// The numbers that stand for a due date: its day since 1970, its moment in microseconds (one of
/// the two is [`EMPTY`], both without a date), and the place in an order.
pub fn due_numbers(due: Option<Due>) -> (i64, i64, i64) {
    match due {
        Some(Due::Day(day)) => {
            let day = day_number(day);
            (day, EMPTY, day * DAY_MICROS)
        }
        Some(Due::At(at)) => (EMPTY, at.as_microsecond(), at.as_microsecond()),
        None => (EMPTY, EMPTY, EMPTY),
    }
}

/// The number that stands for the kinds of links that there are: a bit each.
pub fn links_number(links: &[Link]) -> i64 {
    links
        .iter()
        .fold(0, |bits, link| bits | link_bit(link.kind))
}

/// The bit of one kind.
pub fn link_bit(kind: LinkKind) -> i64 {
    match kind {
        LinkKind::Blocks => 1,
        LinkKind::BlockedBy => 2,
        LinkKind::Relates => 4,
        LinkKind::Duplicates => 8,
        LinkKind::DuplicatedBy => 16,
    }
}

/// The number that stands for a day to start on.
pub fn start_number(start: Option<Date>) -> i64 {
    start.map_or(EMPTY, day_number)
}

/// The number of items that are not done.
pub fn checklist_number(items: &[ChecklistItem]) -> i64 {
    if items.is_empty() {
        return EMPTY;
    }
    items.iter().filter(|item| !item.done).count() as i64
}

const DAY_MICROS: i64 = 86_400_000_000;

/// Days since 1970.
pub fn day_number(day: Date) -> i64 {
    day.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24
}

/// The day that a number stands for; none if it is none.
pub fn number_day(number: i64) -> Option<Date> {
    Date::constant(1970, 1, 1).checked_add(number.days()).ok()
}

/// When something that is due then is late, microseconds: a day ends when it ends in UTC.
pub fn due_end(due: Due) -> i64 {
    match due {
        Due::Day(day) => (day_number(day) + 1) * DAY_MICROS,
        Due::At(at) => at.as_microsecond(),
    }
}

/// One form for all spellings of a label.
pub fn label_key(label: &str) -> String {
    label.trim().to_lowercase()
}

/// Limit: bytes of a text by which values of custom fields are told apart.
const FIELD_KEY_BYTES_MAX: usize = 2_000;

/// One form for all spellings of a value of a custom field.
pub fn field_key(text: &str) -> String {
    let mut key = name_key(text);
    key.truncate(key.floor_char_boundary(FIELD_KEY_BYTES_MAX));
    key
}

/// One form for all spellings of the name of a custom field or an option: small letters of half
/// width, one space between words.
pub fn name_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        key.push_str(if key.is_empty() { "" } else { " " });
        key.extend(word.chars().map(half_width).flat_map(char::to_lowercase));
    }
    key
}

/// A whole number that is greater for a greater number.
pub fn field_number(number: f64) -> i64 {
    // Both zeros are the same.
    let bits = (number + 0.0).to_bits() as i64;
    bits ^ (((bits >> 63) as u64) >> 1) as i64
}

/// What is kept so that the value can be found. The kind of its field does not matter.
pub fn field_rows(value: &FieldValue) -> Vec<FieldRow> {
    let row = |key: String| FieldRow {
        key,
        number: EMPTY,
        words: String::new(),
    };
    match value {
        FieldValue::Check(is) => vec![row(is.to_string())],
        FieldValue::Number(number) => vec![FieldRow {
            number: field_number(*number),
            ..row(String::new())
        }],
        FieldValue::Choices(ids) => ids.iter().cloned().map(row).collect(),
        FieldValue::Text(text) => vec![FieldRow {
            key: field_key(text),
            number: start_number(text.parse().ok()),
            words: text_key(text),
        }],
    }
}

/// One form of a text in which needles are looked for: small letters of half width; words, and runs
/// of characters of scripts without spaces, each between two spaces.
pub fn text_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len() + 2);
    let mut last = ' ';
    key.push(' ');
    for letter in text.chars() {
        // What Markdown marks words with does not part them.
        if matches!(letter, '*' | '`' | '~') {
            continue;
        }
        for letter in half_width(letter).to_lowercase() {
            let letter = if letter.is_alphanumeric() {
                letter
            } else {
                ' '
            };
            let parts = last != ' ' && letter != ' ' && is_unspaced(letter) != is_unspaced(last);
            if parts {
                key.push(' ');
            }
            if letter != ' ' || last != ' ' {
                key.push(letter);
            }
            last = letter;
        }
    }
    if last != ' ' {
        key.push(' ');
    }
    key
}

fn half_width(letter: char) -> char {
    match letter {
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(letter as u32 - 0xFEE0).expect("ASCII has no gaps")
        }
        _ => letter,
    }
}

/// A character of a script that is written without spaces.
pub fn is_unspaced(letter: char) -> bool {
    matches!(letter as u32,
        0x2E80..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_fields_keep_their_order() {
        let numbers = [-1e12, -2.5, -0.000_001, 0.0, 0.000_001, 1.0, 2.5, 1e12];
        let keys = numbers.map(field_number);
        assert!(keys.is_sorted_by(|one, next| one < next), "{keys:?}");
        assert_eq!(field_number(-0.0), field_number(0.0));
    }

    #[test]
    fn a_text_is_cut_where_scripts_meet() {
        assert_eq!(text_key("企业IM系统 v２"), " 企业 im 系统 v2 ");
        assert_eq!(text_key("我家在**上海**东边"), " 我家在上海东边 ");
        assert_eq!(text_key("a--b"), " a b ");
        assert_eq!(text_key(""), " ");
    }
}
