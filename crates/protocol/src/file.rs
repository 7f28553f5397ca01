//! Files: what messages carry. The bytes lie beside the log, named by their hash; the log says
//! what each file is called and which message carries it.

use crate::{FileId, MemberId, MessageId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A file as everyone sees it who may see its message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct File {
    pub id: FileId,
    /// Without folders and invisible characters.
    pub name: String,
    /// Found in the bytes, whatever the sender said.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// Pixels, of a picture that has a thumbnail; upright.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
}

/// A link that opens a file without signing in, for a while. It stops at once when its maker may
/// not read the file any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FileLink {
    /// To be put after the server's address. Whoever knows it has the file.
    pub path: String,
    pub expires_at: Timestamp,
}

/// A file in a channel, and the message that carries it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChannelFile {
    pub file: File,
    pub message: MessageId,
    /// The thread that the message is a reply in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<MessageId>,
    pub author: MemberId,
    pub at: Timestamp,
}
