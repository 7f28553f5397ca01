//! Saved messages: what a member keeps for later, perhaps with a time to be reminded.

use crate::{ChannelId, MemberId, MessageId, ProjectId, TaskId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One message on a member's own list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Saved {
    pub message: MessageId,
    pub author: MemberId,
    /// Where it lies: a channel, perhaps a thread there, or a task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<ChannelId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<MessageId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<TaskId>,
    /// Of the task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<ProjectId>,
    /// `ENG-42`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The beginning of the message as it reads now.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub excerpt: String,
    pub saved_at: Timestamp,
    /// When to tell the member of it; absent once told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remind_at: Option<Timestamp>,
}

/// Keeps a message that one may read, or changes when one is reminded of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SaveMessage {
    pub message: MessageId,
    /// In the future. Absent: no reminder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remind_at: Option<Timestamp>,
}

/// Takes it off the list, and its reminder with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct UnsaveMessage {
    pub message: MessageId,
}

/// Internal, of the clock: a reminder is due.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FireReminder {
    pub member: MemberId,
    pub message: MessageId,
    /// The time that was due; another one was chosen meanwhile if the list says otherwise.
    pub at: Timestamp,
}
