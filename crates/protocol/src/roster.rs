//! Rosters: who is in a space or a channel, and the groups that it follows.

use crate::{ChannelId, GroupId, MemberId, SpaceId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who is in one space or one channel. Whoever is in a group that it follows is in it, besides
/// those who were added by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Roster {
    Space(SpaceId),
    Channel(ChannelId),
}

/// Those who manage the space or the channel: it follows the group from here on, or not any more.
/// At most [`crate::limit::ROSTER_GROUPS_MAX`] groups. Who is in it comes and goes a moment later.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FollowGroup {
    pub roster: Roster,
    pub group: GroupId,
    pub follow: bool,
}

/// The server itself: takes in those of these who are in what the roster follows, and out those
/// who are in it for the sake of that alone and are not there any more. At most
/// [`crate::limit::ROSTER_BITE_MEMBERS_MAX`] each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SettleMembers {
    pub roster: Roster,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub add: Vec<MemberId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remove: Vec<MemberId>,
    /// Manages a closed space from here on, if nobody in it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heir: Option<MemberId>,
}

/// The spaces and channels that follow a group, those that the asker may see.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct GroupFollowers {
    pub spaces: Vec<SpaceId>,
    pub channels: Vec<ChannelId>,
}
