//! Drafts: what a member has typed and not sent, the same on all of their devices. Kept beside the
//! log, and seen by nobody else.

use crate::{ChannelId, MessageId, TaskId, Timestamp};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};
use utoipa::{PartialSchema, ToSchema, openapi};

/// The conversation that a message is written for: `channel:ID`, `thread:ID` (the message that
/// began it) or `task:ID`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Home {
    Channel(ChannelId),
    Thread(MessageId),
    Task(TaskId),
}

/// The text names no conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadHome;

impl fmt::Display for BadHome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected channel:ID, thread:ID or task:ID")
    }
}

impl fmt::Display for Home {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Home::Channel(id) => write!(f, "channel:{id}"),
            Home::Thread(id) => write!(f, "thread:{id}"),
            Home::Task(id) => write!(f, "task:{id}"),
        }
    }
}

impl FromStr for Home {
    type Err = BadHome;
    fn from_str(text: &str) -> Result<Self, BadHome> {
        match text.split_once(':') {
            Some(("channel", id)) => id.parse().map(Home::Channel).map_err(|_| BadHome),
            Some(("thread", id)) => id.parse().map(Home::Thread).map_err(|_| BadHome),
            Some(("task", id)) => id.parse().map(Home::Task).map_err(|_| BadHome),
            _ => Err(BadHome),
        }
    }
}

impl Serialize for Home {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Home {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

impl PartialSchema for Home {
    fn schema() -> openapi::RefOr<openapi::schema::Schema> {
        openapi::ObjectBuilder::new()
            .schema_type(openapi::schema::Type::String)
            .description(Some("`channel:ID`, `thread:ID` or `task:ID`."))
            .examples(["channel:01890a5d-ac96-774b-bcce-b302099a8057"])
            .into()
    }
}

impl ToSchema for Home {}

/// A draft as it is on all devices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Draft {
    pub home: Home,
    /// Of a thread: the channel that it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<ChannelId>,
    /// Markdown. Empty: nothing is left to send.
    pub text: String,
    /// What another device had typed when `text` took its place, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set_aside: Vec<String>,
    /// Grows with every change of this draft.
    pub revision: i64,
    pub changed_at: Timestamp,
}

/// Takes the place of a draft. What it did not know of is set aside, never lost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PutDraft {
    /// Empty: the draft was sent or thrown away. That touches no draft that it did not know of.
    pub text: String,
    /// `revision` of the draft that this one goes on from; 0 for none.
    #[serde(default)]
    pub base: i64,
    /// Forgets what was set aside; the member has looked at it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub forget_set_aside: bool,
}
