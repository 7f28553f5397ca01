//! Custom fields: what a project keeps of its tasks besides what every task has.

use crate::{ProjectId, task_type::TypeColour};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One field of a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Field {
    /// Stays when the name changes: `[a-z0-9_]`, unique in the project.
    pub id: String,
    /// Unique in the project whatever case and width, and no name of a field of the query language.
    pub name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Stays.
    pub kind: FieldKind,
    /// What can be chosen, in order; of `select` and `multi_select` alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<FieldOption>,
    /// Tasks keep what they have of it, and get nothing new.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub archived: bool,
}

/// What a field holds.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// One line.
    Text,
    Number,
    /// `2026-11-30`, in nobody's time zone.
    Date,
    /// Id of a member.
    Person,
    /// Id of an option.
    Select,
    /// Ids of options.
    MultiSelect,
    /// An address, `http` or `https`.
    Link,
    /// True; false is nothing.
    Check,
}

/// One thing that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldOption {
    /// Stays when the name changes: `[a-z0-9_]`, unique in the field.
    pub id: String,
    /// Unique in the field, whatever case and width.
    pub name: String,
    pub colour: TypeColour,
    /// Tasks that have it keep it, and no other gets it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub archived: bool,
}

/// What a task has of a field; the field's kind says what it means.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum FieldValue {
    Check(bool),
    Number(f64),
    /// A text, a day, an address, or the id of a member or an option.
    Text(String),
    /// Ids of options.
    Choices(Vec<String>),
}

/// What a task is to have of a field, as documents describe it: a value, or `null` for nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FieldWish(pub Option<FieldValue>);

/// Replaces the list of fields: their names, options and order. What a task has something of can be
/// archived and not left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChangeFields {
    pub project: ProjectId,
    pub fields: Vec<Field>,
}
