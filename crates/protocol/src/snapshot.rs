//! The snapshot: where a replica begins. Bounded: pages of messages and tasks are fetched lazily.

use crate::{
    SpaceId,
    channel::{Channel, Membership},
    feed::Feed,
    group::Group,
    member::Member,
    notification::Notification,
    preference::{ChannelSetting, Preferences},
    project::Project,
    saved::Saved,
    scheduled::Scheduled,
    side_bar::SideBar,
    space::Space,
    workspace::Workspace,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Everything a member's side bar and directory show, at one position of the log. The sync
/// theorem: `snapshot(n) + entries(n, m] == snapshot(m)`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Snapshot {
    /// The state is that after exactly this entry.
    pub seq: i64,
    pub workspace: Workspace,
    /// The asker.
    pub member: Member,
    pub members: Vec<Member>,
    /// All of them; none for guests.
    pub groups: Vec<Group>,
    /// All open ones (not for guests), and those the member is in.
    pub spaces: Vec<Space>,
    /// Those of them that the member is in.
    pub own_spaces: Vec<SpaceId>,
    /// All public channels (not for guests; of closed spaces where the member is in those), and
    /// those the member is in.
    pub channels: Vec<Channel>,
    /// One per channel that the member is in.
    pub memberships: Vec<Membership>,
    /// Those that the member may see.
    pub projects: Vec<Project>,
    /// Of the channels that the member is in.
    pub feeds: Vec<Feed>,
    /// The asker's own.
    pub preferences: Preferences,
    /// Of channels where the asker wants something special.
    pub channel_settings: Vec<ChannelSetting>,
    /// The asker's own.
    pub side_bar: SideBar,
    /// In the asker's inbox, snoozed ones too; oldest first.
    pub notifications: Vec<Notification>,
    /// What the asker keeps for later, by message.
    pub saved: Vec<Saved>,
    /// What the asker sends later, by message.
    pub scheduled: Vec<Scheduled>,
}

/// One page of a list.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Pass as the next cursor; null at the end.
    pub next: Option<String>,
}
