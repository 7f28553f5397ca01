//! What administrators look at: channels, room that is taken, limits. Answers of the REST
//! interface, never entries; nothing here tells of what an administrator does not see.

use crate::{FileId, MessageId, Timestamp, channel::Channel};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `GET /administration/channels`
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ChannelReports {
    /// Public ones that the asker sees, archived ones too, by name.
    pub channels: Vec<ChannelReport>,
    /// The others were counted, and the files.
    pub counted: bool,
    /// Of the others nothing but how many there are.
    pub hidden: HiddenChannels,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ChannelReport {
    pub channel: Channel,
    pub members: i64,
    pub messages: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_message_at: Option<Timestamp>,
    /// Absent until it was counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_bytes: Option<i64>,
}

/// Channels whose members alone know of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HiddenChannels {
    pub private: i64,
    pub private_archived: i64,
    /// Private ones, not archived, in which nobody active manages.
    pub unmanaged: i64,
    pub direct: i64,
}

/// `GET /administration/storage`
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct StorageReport {
    /// A newer count is under way: ask again shortly.
    pub counting: bool,
    /// Absent until the first count is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<StorageUsage>,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct StorageUsage {
    pub counted_at: Timestamp,
    /// Of the whole server.
    pub database_bytes: i64,
    /// Of the workspace's log, about; a part of the database.
    pub log_bytes: i64,
    pub entries: i64,
    pub index_bytes: i64,
    /// Of the whole server; absent where files lie in a bucket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thumbnail_bytes: Option<i64>,
    /// Carried by messages.
    pub files: FileSum,
    /// Uploaded, and carried by no message: removed a day after they came.
    pub waiting: FileSum,
    /// Of deleted messages: removed within an hour.
    pub deleted: FileSum,
    /// The channels with most files that the asker sees.
    pub channels: Vec<ChannelFiles>,
    /// Files where the asker does not look.
    pub elsewhere: FileSum,
    /// The largest files; of those that the asker does not see only the size.
    pub largest: Vec<LargeFile>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FileSum {
    pub files: i64,
    pub bytes: i64,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ChannelFiles {
    pub channel: Channel,
    pub sum: FileSum,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct LargeFile {
    pub bytes: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<SeenFile>,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct SeenFile {
    pub id: FileId,
    pub name: String,
    /// The message that carries it.
    pub message: MessageId,
}

/// `GET /administration/limits`: what there can be of something, and what there is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LimitReport {
    pub limit: LimitName,
    pub max: i64,
    /// Absent for limits of one message, file or the like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used: Option<i64>,
}

/// The limits that administrators run into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LimitName {
    Groups,
    Spaces,
    DefaultChannels,
    Invitations,
    MailDomains,
    MessageTextBytes,
    MessageFiles,
    DirectMembers,
    ReadersMembers,
    ChannelMentionMembers,
    PinsPerChannel,
    BookmarksPerChannel,
    FeedsPerChannel,
    FilesPerHour,
    ScheduledMessages,
    SavedMessages,
}
