//! Scheduled messages: written now, sent later as an ordinary message of their author.

use crate::{ErrorCode, FileId, MemberId, MessageId, Timestamp, file::File, message::PostMessage};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One message on its author's own list, until it is sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Scheduled {
    /// As it will be posted; its `id` names this too.
    pub message: PostMessage,
    /// When to send it.
    pub at: Timestamp,
    pub scheduled_at: Timestamp,
    /// What it will carry. Kept for it, and its author's alone until it is sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<File>,
    /// Why it was not sent at that time. It waits until its author chooses another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<ErrorCode>,
}

impl Scheduled {
    /// When it is due; never again once it was refused.
    pub fn due(&self) -> Option<Timestamp> {
        self.refused.is_none().then_some(self.at)
    }
}

/// Posts a message later. Refused now for whatever posting it now would be refused for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ScheduleMessage {
    /// In the future.
    pub at: Timestamp,
    #[serde(flatten)]
    pub message: PostMessage,
}

/// Changes a message that was not sent yet; what is absent stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChangeScheduled {
    pub message: MessageId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Those of its files that it keeps; the others are its author's again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files: Option<Vec<FileId>>,
    /// In the future.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// Sends it now, whatever `at` says.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub send_now: bool,
}

/// Takes it off the list; it is not sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CancelScheduled {
    pub message: MessageId,
}

/// Internal, of the clock: what became of a message that was due.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SettleScheduled {
    pub member: MemberId,
    pub message: MessageId,
    /// The time that was due.
    pub at: Timestamp,
    /// Absent: it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<ErrorCode>,
}
