//! Search: what `GET /search` answers with.

use crate::{ChannelId, MemberId, MessageId, TaskId, Timestamp, file::File, task::Task};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What to search among.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SearchKind {
    Message,
    Task,
    /// By name.
    File,
    Person,
}

/// What comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SearchSort {
    /// How well it fits, and how new it is.
    #[default]
    Relevance,
    Newest,
}

/// One page of what was found, best first; people before all else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SearchPage {
    pub items: Vec<Found>,
    /// Cursor of the page after this one.
    pub next: Option<String>,
    /// False while the index is still being built: there may be more.
    pub complete: bool,
}

/// One thing that was found. `type` says what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
// A page holds a few of them; a box each would cost more than it saves.
#[allow(clippy::large_enum_variant)]
pub enum Found {
    Message {
        message: MessageId,
        /// Position in the log, to open its conversation there.
        seq: i64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        channel: Option<ChannelId>,
        /// The task in whose conversation it lies.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        task: Option<FoundTask>,
        /// The message that it replies to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        thread: Option<MessageId>,
        author: MemberId,
        at: Timestamp,
        snippet: Snippet,
    },
    Task {
        task: Task,
        /// The title, with what was found in it.
        title: Snippet,
        /// From the description or the conversation, if it was found there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        snippet: Option<Snippet>,
    },
    File {
        file: File,
        /// Its name, with what was found in it.
        name: Snippet,
        /// The message that carries it.
        message: MessageId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        channel: Option<ChannelId>,
        /// The task in whose conversation that lies.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        task: Option<FoundTask>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        thread: Option<MessageId>,
        author: MemberId,
        at: Timestamp,
    },
    Person {
        member: MemberId,
    },
}

/// Which task a message belongs to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FoundTask {
    pub id: TaskId,
    /// `ENG-42`
    pub key: String,
    pub title: String,
}

/// A part of a text, without its Markdown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Snippet {
    pub text: String,
    /// What to highlight, in order, never overlapping.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
}

/// A range of a snippet in UTF-16 code units, as `String.prototype.slice` takes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Mark {
    pub start: usize,
    pub end: usize,
}
