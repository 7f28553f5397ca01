//! Acknowledgements: a message asks people to say that they have taken note of it, and shows who
//! has.

use crate::{MemberId, MessageId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a message of a channel asks for, and who has answered. Part of the message: whoever reads
/// it sees this too.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Acknowledgement {
    /// Who asked, and when.
    pub by: MemberId,
    pub at: Timestamp,
    /// Who was asked, is still in the channel, and has not acknowledged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waiting: Vec<MemberId>,
    /// In the order in which they acknowledged; those who left since stay.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acknowledged: Vec<Acknowledged>,
    /// When those who were waited for then were last reminded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminded_at: Option<Timestamp>,
}

impl Acknowledgement {
    /// One of those who were asked has taken note of it.
    pub fn acknowledge(&mut self, member: MemberId, at: Timestamp) {
        self.waiting.retain(|other| *other != member);
        self.acknowledged.push(Acknowledged { member, at });
    }
}

/// Who acknowledged a message, and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Acknowledged {
    pub member: MemberId,
    pub at: Timestamp,
}

/// Whom a message asks: people alone, not its author.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// Who is in the channel at this moment.
    Members,
    /// Those of them whom the message mentions.
    Mentioned,
}

/// The author, of a message in a channel. At most
/// [`crate::limit::ACKNOWLEDGEMENT_MEMBERS_MAX`] are asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RequestAcknowledgement {
    pub message: MessageId,
    pub of: Asked,
}

/// Who asked, and administrators: nobody is asked any more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WithdrawAcknowledgement {
    pub message: MessageId,
}

/// Those who are asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AcknowledgeMessage {
    pub message: MessageId,
}

/// Who asked: tells those once more who have not acknowledged, at most every
/// [`crate::limit::ACKNOWLEDGEMENT_REMINDER_MINUTES`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RemindOfAcknowledgement {
    pub message: MessageId,
}
