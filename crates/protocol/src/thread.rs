//! Threads: whether what one is about is settled, and the list of those that a member follows.

use crate::{MemberId, MessageId, Timestamp, message::Message};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One thread that the asker follows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Thread {
    /// The message that began it.
    pub root: Message,
    /// Seq of its newest reply.
    pub last: i64,
    /// Replies that the asker was told of and has not read.
    pub unread: i64,
}

/// Who said that the thread is settled, and when. Replies after it change nothing of that.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Resolved {
    pub by: MemberId,
    pub at: Timestamp,
}

/// Whoever may reply in it. `message` began it, in a channel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ResolveThread {
    pub message: MessageId,
}

/// Whoever may reply in it: it is not settled any more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ReopenThread {
    pub message: MessageId,
}
