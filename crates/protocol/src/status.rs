//! What members say of their day: a status for a while, and when they work.

use crate::{MemberId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a member is at. Everyone sees it who sees the member.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Status {
    /// One emoji, `🌴`; may be absent where there is a text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub emoji: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The server takes it away then; absent: it stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
}

/// In the member's time zone. Ends on the next day if `until_minutes` is not after `from_minutes`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WorkingHours {
    /// Days on which they begin, ISO 8601: 1 is Monday, 7 is Sunday.
    pub days: Vec<u8>,
    /// Minutes after midnight, 0 to 1439.
    pub from_minutes: u16,
    pub until_minutes: u16,
}

/// Internal: a status came to its end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ClearStatus {
    pub member: MemberId,
    /// The end that it had; with another one by now it stays.
    pub until: Timestamp,
}
