//! Notifications: what concerns one member, told in their inbox, and why. Ordinary unread messages
//! are counted by their channel and are none.

use crate::{
    ChannelId, MemberId, MessageId, NotificationId, ProjectId, TaskId, Timestamp,
    limit::EXCERPT_CHARS_MAX, mail::Mailed, push::Pushed,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One thing in a member's inbox. Of a conversation that goes on there is one at a time: the newer
/// takes the place of the older and counts it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Notification {
    pub id: NotificationId,
    /// Seq of the entry that told it; orders the inbox.
    #[serde(default)]
    pub seq: i64,
    /// Seq of what it is about.
    pub cause: i64,
    pub at: Timestamp,
    pub reason: Reason,
    /// Who did what it is about.
    pub actor: MemberId,
    /// Where it is: a channel, perhaps a thread there, or a task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<ChannelId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<MessageId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<TaskId>,
    /// Of the task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<ProjectId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<MessageId>,
    /// `ENG-42`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The keyword that was said, the name of the group that was mentioned, that of the state that
    /// the task came to, or the code of what was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The beginning of the message as it reads now, or the task's title as it was.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub excerpt: String,
    /// How many unread ones it stands for.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub count: i64,
    /// It came in quiet hours: no sound, nothing that pops up.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub quiet: bool,
    /// Why it is not in the inbox after all. Kept to answer why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suppressed: Option<Suppression>,
    /// What the member said. Absent: read once the channel is read past it; in threads and tasks
    /// unread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<bool>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub done: bool,
    /// Out of sight until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snoozed_until: Option<Timestamp>,
}

fn one() -> i64 {
    1
}

fn is_one(count: &i64) -> bool {
    *count == 1
}

impl Notification {
    /// Which conversation it stands for, if it is one that goes on: a thread, a task, a channel.
    pub fn conversation(&self) -> Option<uuid::Uuid> {
        let place = self.thread.map(|id| id.0);
        let place = place.or(self.task.map(|id| id.0));
        let place = place.or(self.channel.map(|id| id.0));
        if self.reason.goes_on() { place } else { None }
    }
}

impl Reason {
    /// Whether the newest one of a place stands for those before it.
    pub fn goes_on(self) -> bool {
        match self {
            Reason::Acknowledgement
            | Reason::Mention
            | Reason::GroupMention
            | Reason::Quote
            | Reason::ChannelMention
            | Reason::Keyword
            | Reason::Reminder
            | Reason::PollClosed
            | Reason::NotSent => false,
            Reason::TaskAssigned
            | Reason::DirectMessage
            | Reason::ThreadReply
            | Reason::TaskMessage
            | Reason::TaskState
            | Reason::ChannelMessage => true,
        }
    }
}

/// The beginning of a message's text, as typed.
pub fn excerpt(text: &str) -> String {
    text.chars().take(EXCERPT_CHARS_MAX).collect()
}

/// Why a member is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The message asks them to acknowledge it.
    Acknowledgement,
    /// The text names the member.
    Mention,
    /// The text names a group that they were in.
    GroupMention,
    /// It answers a message of theirs.
    Quote,
    /// The task is theirs now.
    TaskAssigned,
    /// `@channel`
    ChannelMention,
    DirectMessage,
    /// A reply in a thread that they follow.
    ThreadReply,
    /// A message in the conversation of a task that they follow.
    TaskMessage,
    /// A task that they follow came to another state.
    TaskState,
    /// The text holds one of their keywords.
    Keyword,
    /// They want to hear of every message of the channel.
    ChannelMessage,
    /// They asked to be reminded of the message now.
    Reminder,
    /// A poll of theirs is closed.
    PollClosed,
    /// A message that they had scheduled was refused at its time; `detail` is the code.
    NotSent,
}

/// Why somebody who was concerned is not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Suppression {
    /// The member muted the channel.
    Muted,
    /// The member wants to hear nothing of the channel.
    LevelNothing,
    /// The member wants to hear of mentions alone.
    LevelMentions,
}

/// Changes notifications in one's own inbox. Absent fields stay; `null` ends a snooze. What is not
/// in the inbox any more is passed over.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct UpdateNotifications {
    pub notifications: Vec<NotificationId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<bool>,
    /// True takes them out of the inbox, false brings them back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<bool>,
    /// In the future.
    #[serde(
        default,
        with = "crate::command::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<Timestamp>)]
    pub snoozed_until: Option<Option<Timestamp>>,
}

/// Internal, of the notifier: tells those who are concerned by one entry of the log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Notify {
    /// Seq of the entry.
    pub cause: i64,
    pub at: Timestamp,
    /// Who did it.
    pub actor: MemberId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<MessageId>,
    /// Without a message: what happened to the task itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<TaskId>,
    /// Each member once (at most [`crate::limit::NOTIFY_MEMBERS_MAX`]).
    pub concerned: Vec<Concern>,
}

/// Why one entry concerns one member: the strongest reason first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Concern {
    pub member: MemberId,
    pub reasons: Vec<Reason>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keyword: Option<String>,
    /// Name of the group that was mentioned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

/// Follows a thread, or stops.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FollowThread {
    /// The message that began it, or any of its replies.
    pub message: MessageId,
    pub follow: bool,
}

/// Answers why a member was told of a message, or was not: `GET /messages/{id}/why`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Why {
    pub notified: bool,
    pub because: Because,
    /// One English sentence.
    pub sentence: String,
    /// What the inbox says, or would have said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notification: Option<Notification>,
    /// What became of it on the member's devices that are pushed to; kept for a week.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pushes: Vec<Pushed>,
    /// What became of mailing it, where the server sends mail; kept for a week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<Mailed>,
}

/// The stable name of an answer to why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    Acknowledgement,
    Mention,
    GroupMention,
    Quote,
    TaskAssigned,
    ChannelMention,
    DirectMessage,
    ThreadReply,
    TaskMessage,
    TaskState,
    Keyword,
    ChannelMessage,
    Reminder,
    PollClosed,
    NotSent,
    Muted,
    LevelNothing,
    LevelMentions,
    /// The member's own.
    Own,
    /// Nothing in it was addressed to the member.
    Ordinary,
    /// The member was not in the channel when it was said.
    NotThere,
    /// `@channel` where too many would be told: the channel counts it.
    ChannelTooLarge,
    /// It mentions a group of the member's that is larger than its author may tell.
    GroupTooLarge,
    /// The notifier has not come to it yet.
    Pending,
}
