//! Groups: departments, which are a tree, and any other named set of people. One can be mentioned.

use crate::{GroupId, MemberId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What everyone but guests knows of a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Group {
    pub id: GroupId,
    pub kind: GroupKind,
    /// What people read: any script.
    pub name: String,
    /// What people type after `@` when the name will not do; no member and no other group has it.
    pub handle: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The department that it is a part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<GroupId>,
    /// Who may change it besides administrators; of a free group alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub managers: Vec<MemberId>,
    /// Who was put into this very group, by id. Those of its departments below are theirs alone,
    /// and whoever is deactivated or a guest does not count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<MemberId>,
    pub created_by: MemberId,
    pub created_at: Timestamp,
    /// Cannot be mentioned any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub archived: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GroupKind {
    /// A part of the organisation; whoever is in a department below is in it too.
    Department,
    /// Any set of people.
    Free,
}

/// A group that a text names, and whom it tells for its sake.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct GroupMention {
    pub group: GroupId,
    /// Those who were in it then and could read the text, but are not named themselves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<MemberId>,
    /// There are more than the author may tell at once: nobody was told.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub too_large: bool,
}

/// Administrators.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CreateGroup {
    #[serde(default)]
    pub id: GroupId,
    pub kind: GroupKind,
    pub name: String,
    /// Made from the name when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handle: Option<String>,
    #[serde(default)]
    pub description: String,
    /// A department, for a department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<GroupId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub managers: Vec<MemberId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<MemberId>,
}

/// Administrators, and the managers of a free group. Absent fields stay; `parent: null` moves a
/// department to the top.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct UpdateGroup {
    pub group: GroupId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handle: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(
        default,
        with = "crate::command::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<GroupId>)]
    pub parent: Option<Option<GroupId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub managers: Option<Vec<MemberId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archived: Option<bool>,
}

/// Administrators, and the managers of a free group. Whoever is in already, or is not, is passed
/// over. At most [`crate::limit::GROUP_CHANGE_MEMBERS_MAX`] at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChangeGroupMembers {
    pub group: GroupId,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub add: Vec<MemberId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remove: Vec<MemberId>,
}

/// Administrators. A department with others below it cannot be deleted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DeleteGroup {
    pub group: GroupId,
}
