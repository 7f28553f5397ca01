//! Tasks: work, and the conversation about it.

use crate::{
    ChannelId, ItemId, MemberId, MessageId, ProjectId, TaskId, Timestamp,
    checklist::ChecklistItem,
    field::{FieldValue, FieldWish},
    link::Link,
    task_type,
    time::{Day, Due},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Task {
    pub id: TaskId,
    pub project: ProjectId,
    /// `ENG-42`
    pub key: String,
    /// The 42 of `ENG-42`.
    pub number: i64,
    pub title: String,
    /// Markdown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Id of a type of the project, or of one that a type replaces; `task` when absent.
    #[serde(
        rename = "type",
        default = "task_type::task",
        skip_serializing_if = "task_type::is_task"
    )]
    pub task_type: String,
    /// Id of a state in the project's workflow.
    pub state: String,
    /// The first is the responsible one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assignees: Vec<MemberId>,
    #[serde(default)]
    pub priority: Priority,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
    /// The day on which work is to begin. It may lie behind `due`: screens warn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub start: Option<Day>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    /// Points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimate: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<TaskId>,
    /// Order within a column of the board: compare as text, byte by byte.
    pub rank: String,
    /// By rank.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checklist: Vec<ChecklistItem>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// What it has of the project's fields, by their ids; of most perhaps nothing.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, FieldValue>,
    /// Hear of what happens to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub followers: Vec<MemberId>,
    /// The message it was made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    pub created_by: MemberId,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// When it last entered a done or cancelled state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Timestamp>,
    /// Messages in its conversation that are not deleted.
    #[serde(default)]
    pub message_count: i64,
    /// Out of boards, lists and queries that do not ask for it; nothing in it changes.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub archived: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deleted: bool,
    /// Seq of the entry that changed it last.
    #[serde(default)]
    pub seq: i64,
}

/// The message that a task was made from. Shown to those who may see that channel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Source {
    pub channel: ChannelId,
    pub message: MessageId,
}

#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    #[default]
    None,
    Low,
    Medium,
    High,
    Urgent,
}

/// One field of a task, before and after. History, undo and activity lines come from these.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "field", rename_all = "snake_case")]
pub enum TaskChange {
    Title {
        from: String,
        to: String,
    },
    Description {
        from: String,
        to: String,
    },
    Type {
        from: String,
        to: String,
    },
    State {
        from: String,
        to: String,
    },
    Assignees {
        from: Vec<MemberId>,
        to: Vec<MemberId>,
    },
    Priority {
        from: Priority,
        to: Priority,
    },
    Labels {
        from: Vec<String>,
        to: Vec<String>,
    },
    Start {
        #[schema(value_type = Option<String>, format = Date)]
        from: Option<Day>,
        #[schema(value_type = Option<String>, format = Date)]
        to: Option<Day>,
    },
    Due {
        from: Option<Due>,
        to: Option<Due>,
    },
    Estimate {
        from: Option<f64>,
        to: Option<f64>,
    },
    Parent {
        from: Option<TaskId>,
        to: Option<TaskId>,
    },
    Rank {
        from: String,
        to: String,
    },
    Followers {
        from: Vec<MemberId>,
        to: Vec<MemberId>,
    },
    Links {
        from: Vec<Link>,
        to: Vec<Link>,
    },
    /// An item of the checklist: added without `from`, removed without `to`.
    Item {
        item: ItemId,
        from: Option<ChecklistItem>,
        to: Option<ChecklistItem>,
    },
    /// What it has of a field of the project: set without `from`, cleared without `to`.
    CustomField {
        id: String,
        from: Option<FieldValue>,
        to: Option<FieldValue>,
    },
}

/// What is absent is as the template has it, or else nothing; `null` is nothing in any case.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CreateTask {
    #[serde(default)]
    pub id: TaskId,
    pub project: ProjectId,
    /// Id of a template of the project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
    /// May be empty if the template has one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Id of a type; the template's or the project's first when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task_type: Option<String>,
    /// The workflow's first state of category todo (or its first state) when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignees: Option<Vec<MemberId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub labels: Option<Vec<String>>,
    #[serde(
        default,
        with = "crate::command::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<String>, format = Date)]
    pub start: Option<Option<Day>>,
    #[serde(
        default,
        with = "crate::command::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<Due>)]
    pub due: Option<Option<Due>>,
    #[serde(
        default,
        with = "crate::command::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<f64>)]
    pub estimate: Option<Option<f64>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<TaskId>,
    /// By ids of the project's fields.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(value_type = BTreeMap<String, FieldWish>)]
    pub fields: BTreeMap<String, Option<FieldValue>>,
}

/// Absent fields stay; `null` clears `start`, `due`, `estimate` and `parent`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct UpdateTask {
    pub task: TaskId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The description the writer began from. If it is no longer that, the command is refused
    /// with `conflict`, and nothing is overwritten.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description_from: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignees: Option<Vec<MemberId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub labels: Option<Vec<String>>,
    #[serde(
        default,
        with = "crate::command::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<String>, format = Date)]
    pub start: Option<Option<Day>>,
    #[serde(
        default,
        with = "crate::command::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<Due>)]
    pub due: Option<Option<Due>>,
    #[serde(
        default,
        with = "crate::command::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<f64>)]
    pub estimate: Option<Option<f64>>,
    #[serde(
        default,
        with = "crate::command::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<TaskId>)]
    pub parent: Option<Option<TaskId>>,
    /// By ids of the project's fields: those that are not named stay, `null` clears.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(value_type = BTreeMap<String, FieldWish>)]
    pub fields: BTreeMap<String, Option<FieldValue>>,
}

/// Puts a task into a column of the board, between two others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MoveTask {
    pub task: TaskId,
    /// The column; the task's own when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Directly below this task; with neither, at the bottom of the column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<TaskId>,
    /// Directly above this task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<TaskId>,
}

/// Out of boards, lists and queries that do not ask for it. Its sub-tasks stay where they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ArchiveTask {
    pub task: TaskId,
}

/// Into the trash, from where it can be restored for [`crate::limit::TRASH_DAYS`]. The key stays
/// taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DeleteTask {
    pub task: TaskId,
}

/// Back from the archive, or from the trash.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RestoreTask {
    pub task: TaskId,
}

/// Internal, of the clock: what has lain in the trash for too long loses its words, a part at a
/// time: these messages of its conversation and some of the entries that tell of it, and the task
/// itself with the last of both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EraseTask {
    pub task: TaskId,
    pub messages: Vec<MessageId>,
}

/// When a task was deleted, and by whom. Never on the wire by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trashed {
    pub at: Timestamp,
    pub by: MemberId,
}

/// A task in the trash: `GET /projects/{project}/trash`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TrashedTask {
    pub task: Task,
    pub deleted_by: MemberId,
    pub deleted_at: Timestamp,
    /// From then on its words are erased.
    pub erased_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FollowTask {
    pub task: TaskId,
    /// False stops following.
    pub follow: bool,
}

/// The joint: makes a task of a message. What is absent is guessed from the words, the mentions
/// and the channel (`domain::guess`): title, people and a date that the message says come before
/// those of the template, type and priority after. Refused with `already_a_task` if there is one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MakeTask {
    #[serde(default)]
    pub id: TaskId,
    pub message: MessageId,
    /// More messages of the same channel to quote.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<MessageId>,
    /// The channel's project when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<ProjectId>,
    /// Id of a template of the project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignees: Option<Vec<MemberId>>,
    #[serde(
        default,
        with = "crate::command::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<Due>)]
    pub due: Option<Option<Due>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub labels: Option<Vec<String>>,
}

/// What `MakeTask` would fill in: `GET /messages/{id}/task`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Guess {
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<ProjectId>,
    /// Id of a type of the project; absent: its first.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub task_type: Option<String>,
    /// The words that the type was read from, `报错`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub type_words: Option<String>,
    pub assignees: Vec<MemberId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    /// The words that the due date was read from, `明天下午三点`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_words: Option<String>,
    pub priority: Priority,
}
