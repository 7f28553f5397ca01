//! Pins: messages that their channel keeps at hand.

use crate::{MemberId, MessageId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who pinned a message, and when. Part of the message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Pin {
    pub by: MemberId,
    pub at: Timestamp,
}

/// Members of the channel. At most [`crate::limit::PINS_PER_CHANNEL_MAX`] in one channel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PinMessage {
    pub message: MessageId,
}

/// Members of the channel, whoever pinned it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct UnpinMessage {
    pub message: MessageId,
}
