//! Feeds: a channel follows a project; each of its tasks has one live card there.

use crate::{ChannelId, MemberId, MessageId, ProjectId, TaskId, Timestamp, message::Card};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Feed {
    pub channel: ChannelId,
    pub project: ProjectId,
    pub created_by: MemberId,
    pub created_at: Timestamp,
}

/// From now on changes of the project's tasks show in the channel. Needs sight of the project and
/// membership of the channel, and discloses cards to everyone in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AddFeed {
    pub channel: ChannelId,
    pub project: ProjectId,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RemoveFeed {
    pub channel: ChannelId,
    pub project: ProjectId,
}

/// Internal, of the feeds follower: shows a task as it is now in a channel, on its card if there
/// is one, on a new card otherwise. The server fills the card in from the task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ShowCard {
    /// Of the card's message, if a new one is needed.
    pub id: MessageId,
    pub channel: ChannelId,
    pub task: TaskId,
    /// Who changed the task last, and when.
    pub changed_by: MemberId,
    pub changed_at: Timestamp,
}

/// A card as it is now. Body of the event `card_changed`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CardChange {
    pub message: MessageId,
    pub channel: ChannelId,
    pub card: Card,
}
