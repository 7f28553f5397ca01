//! Messages: what is said in a channel, in a thread, or in the conversation of a task.

use crate::{
    ChannelId, FileId, MemberId, MessageId, ProjectId, TaskId, Timestamp,
    acknowledgement::{Acknowledgement, Asked},
    file::File,
    group::GroupMention,
    pin::Pin,
    poll::{NewPoll, Poll},
    preview::Preview,
    project::Category,
    task::Priority,
    thread::Resolved,
    time::Due,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One message. It lies in a channel (perhaps in a thread there) or in a task's conversation;
/// exactly one of `channel` and `task` is set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Message {
    pub id: MessageId,
    /// Position in the log; orders messages.
    #[serde(default)]
    pub seq: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<ChannelId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<TaskId>,
    /// The message that this one replies to, itself not a reply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<MessageId>,
    /// A reply that stands in its channel too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_channel: bool,
    pub author: MemberId,
    pub at: Timestamp,
    /// Markdown as typed. Empty once deleted.
    pub text: String,
    /// What it carries (at most [`crate::limit::MESSAGE_FILES_MAX`]). Empty once deleted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<File>,
    /// Members named in the text, found when it was written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<MemberId>,
    /// `@channel` or `@all`: everyone in the channel is mentioned.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub mentions_channel: bool,
    /// Groups named in the text, and whom they told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions_groups: Vec<GroupMention>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Timestamp>,
    /// What it said before, oldest first (at most [`crate::limit::MESSAGE_EDITS_MAX`]).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edits: Vec<Edit>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deleted: bool,
    /// A rule of retention did that. It keeps its place only while replies hang on it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub erased: bool,
    /// How many of its files a rule of retention erased.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub erased_files: i64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reactions: Vec<Reaction>,
    /// Replies in its thread that are not deleted.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub reply_count: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_reply_at: Option<Timestamp>,
    /// The newest few who replied, newest last (at most 3).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repliers: Vec<MemberId>,
    /// The thread that it began is settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolved: Option<Resolved>,
    /// The task that this message became.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<TaskLink>,
    /// A live card of a task that this channel follows; its text is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<Card>,
    /// First message of a task made from talk: what was said there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<Context>,
    /// What it answers, in its own channel; or what it passes on from another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<Context>,
    /// How a webhook wants its message to be signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias: Option<Alias>,
    /// Kept at hand by its channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<Pin>,
    /// It asks people to take note of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledgement: Option<Acknowledgement>,
    /// Its text is a question that this poll asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poll: Option<Poll>,
    /// Of the pages that it links to (at most [`crate::limit::PREVIEWS_PER_MESSAGE_MAX`]).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub previews: Vec<Preview>,
}

impl Message {
    /// Whether it stands in its channel's stream: outside threads, or a reply that stands there
    /// too.
    pub fn in_stream(&self) -> bool {
        self.channel.is_some() && (self.thread.is_none() || self.in_channel)
    }

    /// Erased, and nothing hangs on it any more: it is shown nowhere.
    pub fn is_gone(&self) -> bool {
        self.erased && (self.thread.is_some() || self.reply_count <= 0)
    }

    /// Everyone mentioned, by name or by a group, each once.
    pub fn mentioned(&self) -> impl Iterator<Item = MemberId> {
        let by_group = self.mentions_groups.iter().flat_map(|it| &it.members);
        self.mentions.iter().chain(by_group).copied()
    }
}

fn is_zero(count: &i64) -> bool {
    *count == 0
}

/// What a message said before it was edited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Edit {
    pub text: String,
    /// When this text was written.
    pub at: Timestamp,
}

/// One emoji on a message and who put it there, in order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Reaction {
    /// The emoji itself, `👍`; a custom one as `:name:`.
    pub emoji: String,
    pub members: Vec<MemberId>,
}

/// Which task a message became. Everyone who sees the message sees the key, nothing else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TaskLink {
    pub task: TaskId,
    pub project: ProjectId,
    /// `ENG-42`
    pub key: String,
}

/// What a followed task looks like now, for everyone in the channel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Card {
    pub task: TaskId,
    pub project: ProjectId,
    pub key: String,
    pub title: String,
    pub state: String,
    pub state_name: String,
    pub category: Category,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assignees: Vec<MemberId>,
    pub priority: Priority,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub archived: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deleted: bool,
    /// Who changed the task last, and when.
    pub changed_by: MemberId,
    pub changed_at: Timestamp,
    /// The card shows the task as of this seq.
    pub seq: i64,
}

/// What was said elsewhere: where a task was made, or what a message quotes. Kept even if the
/// source is edited or deleted later.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Context {
    pub channel: ChannelId,
    /// The message that became the task, or that is quoted.
    pub message: MessageId,
    pub quotes: Vec<Quote>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Quote {
    pub message: MessageId,
    pub author: MemberId,
    pub at: Timestamp,
    pub text: String,
}

/// Name and emoji that an incoming webhook asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Alias {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emoji: Option<String>,
}

/// Posts to a channel, a thread of it, or a task's conversation: exactly one of `channel` and
/// `task`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PostMessage {
    #[serde(default)]
    pub id: MessageId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<ChannelId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<TaskId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<MessageId>,
    /// May be empty if it carries files or passes something on.
    #[serde(default)]
    pub text: String,
    /// Files of one's own that no message carries yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileId>,
    /// Taken from bots alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias: Option<Alias>,
    /// Asks these to acknowledge it; in channels alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledgement: Option<Asked>,
    /// Asks a question: the text, with these options.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poll: Option<NewPoll>,
    /// A message that it answers, or passes on: of a channel that one may read, to a channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<MessageId>,
    /// A reply in a thread of a channel: it stands in the channel too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_channel: bool,
}

/// Authors only. The earlier text stays visible as history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EditMessage {
    pub message: MessageId,
    pub text: String,
}

/// Authors and administrators. The text goes, the place stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DeleteMessage {
    pub message: MessageId,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AddReaction {
    pub message: MessageId,
    pub emoji: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RemoveReaction {
    pub message: MessageId,
    pub emoji: String,
}
