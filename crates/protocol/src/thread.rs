//! Threads that a member follows, as a list.

use crate::message::Message;
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
