//! Retention: how long talk and files are kept, what a rule would erase, and what it erased.

use crate::{ChannelId, MemberId, MessageId, Timestamp, channel::Channel};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How long a workspace keeps what is said in channels and their files, in days of 24 hours, 1 to
/// [`crate::limit::RETENTION_DAYS_MAX`]. Absent: for ever. Work is kept: tasks with their
/// conversations, their cards; so is what a channel has pinned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Retention {
    /// Messages of public channels, in closed spaces too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_days: Option<u32>,
    /// Messages of private channels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private_days: Option<u32>,
    /// Messages of direct conversations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direct_days: Option<u32>,
    /// Files of messages that themselves may stay longer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_days: Option<u32>,
}

impl Retention {
    /// Nothing is erased.
    pub fn is_forever(&self) -> bool {
        *self == Self::default()
    }
}

/// A channel's own rule. It stands in for those of the workspace, that for files too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChannelRetention {
    /// Absent: for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
}

/// Which rule erases.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    Public,
    Private,
    Direct,
    /// The channel's own.
    Channel,
    Files,
}

/// A rule as it was when it erased.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
pub struct Rule {
    pub kind: RuleKind,
    pub days: u32,
}

/// One message that was erased: what counts need.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ErasedMessage {
    pub id: MessageId,
    /// Seq of the message.
    pub seq: i64,
    pub author: MemberId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<MessageId>,
    /// A reply that stood in its channel too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_channel: bool,
    /// Who had been mentioned, by name or by a group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<MemberId>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub mentions_channel: bool,
    /// It had been deleted before: it counts for nobody any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deleted: bool,
}

/// A message that stays, and lost its files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ErasedFiles {
    pub message: MessageId,
    /// How many.
    pub files: i64,
}

/// What an administrator has seen that a rule erases, and confirms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Erases {
    pub messages: i64,
    pub files: i64,
    pub counted_at: Timestamp,
}

/// Internal: the server has checked what was confirmed. A rule that erases more than before needs
/// it. For owners and administrators.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChangeRetention {
    pub retention: Retention,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erases: Option<Erases>,
}

/// Internal, as above: the own rule of a channel that the administrator sees, not a direct one.
/// Without `retention` it follows those of the workspace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChangeChannelRetention {
    pub channel: ChannelId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention: Option<ChannelRetention>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erases: Option<Erases>,
}

/// Internal, of the clock: those of these messages that are older than their rule are erased.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EraseMessages {
    pub channel: ChannelId,
    pub messages: Vec<MessageId>,
}

/// Internal, of the clock: the same for the files of messages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EraseFiles {
    pub channel: ChannelId,
    pub messages: Vec<MessageId>,
}

/// A rule as it might become: the workspace's, or one channel's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum RetentionWish {
    Workspace {
        retention: Retention,
    },
    Channel {
        channel: ChannelId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retention: Option<ChannelRetention>,
    },
}

/// `POST /administration/retention/preview`: ask again while it is `counting`.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct RetentionPreview {
    pub counting: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<ErasurePreview>,
}

/// What a rule would have erased at one moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ErasurePreview {
    pub public: ErasureCount,
    pub private: ErasureCount,
    pub direct: ErasureCount,
    /// Sums of these, and when they were counted: what is confirmed.
    pub erases: Erases,
    /// The channels that lose most, of those that the asker sees.
    pub channels: Vec<ChannelErasure>,
    /// How many others lose something.
    pub other_channels: i64,
    /// Sent back with the rule; good for [`crate::limit::RETENTION_PREVIEW_MINUTES`].
    pub seal: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ErasureCount {
    /// Not deleted before.
    pub messages: i64,
    pub files: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChannelErasure {
    pub channel: Channel,
    #[serde(flatten)]
    pub count: ErasureCount,
}

/// `PUT /administration/retention`: the rule, and what was confirmed if it erases more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SetRetention {
    #[serde(flatten)]
    pub wish: RetentionWish,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmation: Option<Confirmation>,
}

/// From the preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Confirmation {
    pub erases: Erases,
    pub seal: String,
}

/// `GET /administration/retention`
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct RetentionReport {
    pub retention: Retention,
    /// Channels that the asker sees and that have a rule of their own, by name.
    pub channels: Vec<Channel>,
    /// How many others have one.
    pub other_channels: i64,
    /// What was erased lately, the newest first.
    pub erasures: Vec<Erasure>,
}

/// What one rule erased within one hour.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Erasure {
    /// When that hour began.
    pub hour: Timestamp,
    pub rule: Rule,
    #[serde(flatten)]
    pub count: ErasureCount,
}
