//! Links between tasks. Each of the two tasks has the link, from its own side.

use crate::TaskId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What one task is to another, from its own side.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// The other cannot be finished before it.
    Blocks,
    BlockedBy,
    Relates,
    /// The other says the same and is the one that goes on.
    Duplicates,
    DuplicatedBy,
}

impl LinkKind {
    pub const ALL: [LinkKind; 5] = [
        LinkKind::Blocks,
        LinkKind::BlockedBy,
        LinkKind::Relates,
        LinkKind::Duplicates,
        LinkKind::DuplicatedBy,
    ];

    /// The same link from the side of the other task.
    pub fn inverse(self) -> LinkKind {
        match self {
            LinkKind::Blocks => LinkKind::BlockedBy,
            LinkKind::BlockedBy => LinkKind::Blocks,
            LinkKind::Relates => LinkKind::Relates,
            LinkKind::Duplicates => LinkKind::DuplicatedBy,
            LinkKind::DuplicatedBy => LinkKind::Duplicates,
        }
    }

    /// As on the wire.
    pub fn name(self) -> &'static str {
        match self {
            LinkKind::Blocks => "blocks",
            LinkKind::BlockedBy => "blocked_by",
            LinkKind::Relates => "relates",
            LinkKind::Duplicates => "duplicates",
            LinkKind::DuplicatedBy => "duplicated_by",
        }
    }
}

/// A link of a task. The other may be one that the reader may not see: then only its id is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Link {
    pub kind: LinkKind,
    /// The other task.
    pub task: TaskId,
    /// Whole days between the end of what blocks and the start of what is blocked.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub lag_days: u16,
}

fn is_zero(days: &u16) -> bool {
    *days == 0
}

/// Links two tasks, or gives their link another lag.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LinkTasks {
    pub task: TaskId,
    /// What the task is to the other.
    pub kind: LinkKind,
    pub other: TaskId,
    /// For `blocks` and `blocked_by`.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub lag_days: u16,
    /// With `duplicates`: also moves the task to where work was cancelled, or else ended.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub close: bool,
}

/// Takes a link away, at both ends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct UnlinkTasks {
    pub task: TaskId,
    /// What the task is to the other.
    pub kind: LinkKind,
    pub other: TaskId,
}

/// A link with what the asker may know of the other task: `GET /tasks/{key}/links`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LinkedTask {
    #[serde(flatten)]
    pub link: Link,
    /// Absent where the asker may not see it, or it was deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// In a done or cancelled state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<bool>,
}
