//! Checklists: the small steps within one task.

use crate::{ItemId, MemberId, TaskId, time::Due};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One step of a checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChecklistItem {
    pub id: ItemId,
    /// One line.
    pub text: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub done: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<MemberId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    /// Order within the checklist: compare as text, byte by byte.
    pub rank: String,
}

/// An item as it is wished for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NewChecklistItem {
    #[serde(default)]
    pub id: ItemId,
    pub text: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub done: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<MemberId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
}

/// Adds items, in this order, at the end of the task's checklist.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AddChecklistItems {
    pub task: TaskId,
    pub items: Vec<NewChecklistItem>,
}

/// Absent fields stay; `null` clears `assignee` and `due`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct UpdateChecklistItem {
    pub task: TaskId,
    pub item: ItemId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<bool>,
    #[serde(
        default,
        with = "crate::command::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<MemberId>)]
    pub assignee: Option<Option<MemberId>>,
    #[serde(
        default,
        with = "crate::command::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<Due>)]
    pub due: Option<Option<Due>>,
    /// Directly below this item; `null`: to the top.
    #[serde(
        default,
        with = "crate::command::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<ItemId>)]
    pub after: Option<Option<ItemId>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RemoveChecklistItem {
    pub task: TaskId,
    pub item: ItemId,
}

/// Makes a sub-task of an item, which leaves the checklist.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MakeSubtask {
    pub task: TaskId,
    pub item: ItemId,
    /// Of the sub-task.
    #[serde(default)]
    pub id: TaskId,
}

/// The items after one of them changed: `to` stands in the place of whichever has its id, and the
/// whole is in order.
pub fn with_item(items: &mut Vec<ChecklistItem>, id: ItemId, to: Option<ChecklistItem>) {
    items.retain(|item| item.id != id);
    items.extend(to);
    items.sort_by(|one, other| (&one.rank, one.id).cmp(&(&other.rank, other.id)));
}
