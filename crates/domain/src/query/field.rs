//! The fields of the language: their names, and which operators they take.

use super::syntax::Operator;
use tenon_protocol::{link::LinkKind, query::SortField};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    Key,
    Project,
    Space,
    Type,
    State,
    Category,
    Resolution,
    Assignee,
    Responsible,
    Creator,
    Follower,
    Priority,
    Label,
    Estimate,
    Checklist,
    Start,
    Due,
    Created,
    Updated,
    Closed,
    Parent,
    Blocked,
    Archived,
    Link(LinkKind),
    Channel,
    Title,
    Description,
    Text,
    Rank,
}

/// Every name of a field, whatever the case: ours first, then JQL's, then Chinese.
// Table: one line per field.
pub const NAMES: &[(Field, &[&str])] = &[
    (
        Field::Key,
        &["key", "issuekey", "issue", "id", "任务", "编号"],
    ),
    (Field::Project, &["project", "项目"]),
    (Field::Space, &["space", "空间"]),
    (Field::Type, &["type", "issuetype", "类型"]),
    (Field::State, &["state", "status", "状态"]),
    (Field::Category, &["category", "statusCategory", "状态类别"]),
    (Field::Resolution, &["resolution"]),
    (Field::Assignee, &["assignee", "负责人"]),
    (Field::Responsible, &["responsible", "主负责人"]),
    (Field::Creator, &["creator", "reporter", "创建者", "创建人"]),
    (Field::Follower, &["follower", "watcher", "关注者"]),
    (Field::Priority, &["priority", "优先级"]),
    (Field::Label, &["label", "labels", "标签"]),
    (
        Field::Estimate,
        &["estimate", "Story Points", "storyPoints", "估算"],
    ),
    (Field::Checklist, &["checklist", "检查项"]),
    (
        Field::Start,
        &["start", "startdate", "Start date", "开始时间", "开始"],
    ),
    (Field::Due, &["due", "duedate", "截止时间", "截止"]),
    (Field::Created, &["created", "createdDate", "创建时间"]),
    (Field::Updated, &["updated", "updatedDate", "更新时间"]),
    (
        Field::Closed,
        &["closed", "resolved", "resolutiondate", "完成时间"],
    ),
    (Field::Parent, &["parent", "父任务"]),
    (Field::Blocked, &["blocked", "受阻"]),
    (Field::Archived, &["archived", "已归档", "归档"]),
    (Field::Link(LinkKind::Blocks), &["blocks", "阻塞"]),
    (
        Field::Link(LinkKind::BlockedBy),
        &["blockedBy", "is blocked by", "被阻塞"],
    ),
    (
        Field::Link(LinkKind::Relates),
        &["relates", "relates to", "关联"],
    ),
    (Field::Link(LinkKind::Duplicates), &["duplicates", "重复于"]),
    (
        Field::Link(LinkKind::DuplicatedBy),
        &["duplicatedBy", "is duplicated by", "被重复"],
    ),
    (Field::Channel, &["channel", "频道"]),
    (Field::Title, &["title", "summary", "标题"]),
    (Field::Description, &["description", "描述"]),
    (Field::Text, &["text", "文字"]),
    (Field::Rank, &["rank", "排序"]),
];

/// The field with this name.
pub fn find(name: &str) -> Option<Field> {
    let wanted = name.trim().to_lowercase();
    let has = |names: &&[&str]| names.iter().any(|one| one.to_lowercase() == wanted);
    let found = NAMES.iter().find(|(_, names)| has(names));
    found.map(|(field, _)| *field)
}

use Operator as O;

pub(super) const EQUAL: &[Operator] = &[O::Equal, O::NotEqual];
const NAMED: &[Operator] = &[O::Equal, O::NotEqual, O::In, O::NotIn];
pub(super) const NAMED_OR_EMPTY: &[Operator] =
    &[O::Equal, O::NotEqual, O::In, O::NotIn, O::Is, O::IsNot];
const WITH_PAST: &[Operator] = &[
    O::Equal,
    O::NotEqual,
    O::In,
    O::NotIn,
    O::Is,
    O::IsNot,
    O::Was,
    O::WasNot,
    O::WasIn,
    O::WasNotIn,
    O::Changed,
];
const STATE: &[Operator] = &[
    O::Equal,
    O::NotEqual,
    O::In,
    O::NotIn,
    O::Was,
    O::WasNot,
    O::WasIn,
    O::WasNotIn,
    O::Changed,
];
pub(super) const COMPARED: &[Operator] = &[
    O::Equal,
    O::NotEqual,
    O::Less,
    O::LessOrEqual,
    O::Greater,
    O::GreaterOrEqual,
    O::In,
    O::NotIn,
    O::Is,
    O::IsNot,
];
const PRIORITY: &[Operator] = &[
    O::Equal,
    O::NotEqual,
    O::Less,
    O::LessOrEqual,
    O::Greater,
    O::GreaterOrEqual,
    O::In,
    O::NotIn,
    O::Is,
    O::IsNot,
    O::Was,
    O::WasNot,
    O::WasIn,
    O::WasNotIn,
    O::Changed,
];
/// Of a custom field that holds a line.
pub(super) const WORDS: &[Operator] = &[
    O::Equal,
    O::NotEqual,
    O::Contains,
    O::ContainsNot,
    O::In,
    O::NotIn,
    O::Is,
    O::IsNot,
];
const TEXT: &[Operator] = &[O::Contains, O::ContainsNot];
const TEXT_OR_EMPTY: &[Operator] = &[O::Contains, O::ContainsNot, O::Is, O::IsNot];

impl Field {
    /// Its first name.
    pub fn name(self) -> &'static str {
        let named = NAMES.iter().find(|(field, _)| *field == self);
        named.map_or("", |(_, names)| names[0])
    }

    /// What may stand behind it.
    pub fn operators(self) -> &'static [Operator] {
        match self {
            Field::Key | Field::Project | Field::Type | Field::Category => NAMED,
            Field::State => STATE,
            Field::Space
            | Field::Resolution
            | Field::Responsible
            | Field::Creator
            | Field::Follower
            | Field::Label
            | Field::Parent
            | Field::Link(_)
            | Field::Channel => NAMED_OR_EMPTY,
            Field::Blocked | Field::Archived => EQUAL,
            Field::Assignee => WITH_PAST,
            Field::Priority => PRIORITY,
            Field::Estimate
            | Field::Checklist
            | Field::Start
            | Field::Due
            | Field::Created
            | Field::Updated
            | Field::Closed => COMPARED,
            Field::Title | Field::Text => TEXT,
            Field::Description => TEXT_OR_EMPTY,
            Field::Rank => &[],
        }
    }

    /// How tasks are ordered by it, if they can be, and whether it begins with the greatest.
    pub fn sort(self) -> Option<(SortField, bool)> {
        let sort = match self {
            Field::Key => (SortField::Key, false),
            Field::Project => (SortField::Project, false),
            Field::State | Field::Category => (SortField::State, false),
            Field::Priority => (SortField::Priority, true),
            Field::Estimate => (SortField::Estimate, true),
            Field::Start => (SortField::Start, false),
            Field::Due => (SortField::Due, false),
            Field::Created => (SortField::Created, true),
            Field::Updated => (SortField::Updated, true),
            Field::Closed => (SortField::Closed, true),
            Field::Title => (SortField::Title, false),
            Field::Rank => (SortField::Rank, false),
            Field::Space
            | Field::Type
            | Field::Resolution
            | Field::Assignee
            | Field::Responsible
            | Field::Checklist
            | Field::Creator
            | Field::Follower
            | Field::Label
            | Field::Parent
            | Field::Blocked
            | Field::Archived
            | Field::Link(_)
            | Field::Channel
            | Field::Description
            | Field::Text => return None,
        };
        Some(sort)
    }
}
