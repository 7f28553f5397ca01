//! What the sub-tasks of a task come to.

use crate::{
    ProjectId, TaskId,
    time::{Day, Due},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What lies below a task, at any depth. Cancelled, archived and deleted sub-tasks do not count,
/// nor does what lies below an archived or deleted one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RollUp {
    pub task: TaskId,
    pub total: i64,
    /// Of those the done.
    pub done: i64,
    /// Points of all of them.
    pub estimate: f64,
    /// Points of the done.
    pub done_estimate: f64,
    /// The earliest day on which one is to begin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub start: Option<Day>,
    /// The latest that one is due. A day ends when it ends in UTC, and is later than a moment
    /// of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
}

/// Never on the wire: the tasks below one that are in one state. The numbers are those of the query
/// language; [`crate::query::EMPTY`] where none has one.
#[derive(Clone, Debug)]
pub struct Part {
    pub root: TaskId,
    pub project: ProjectId,
    pub state: String,
    pub count: i64,
    /// Thousandths of a point.
    pub estimate: i64,
    /// The earliest day.
    pub start: i64,
    /// The latest day.
    pub due_day: Option<i64>,
    /// The latest moment, microseconds.
    pub due_at: Option<i64>,
}
