//! What spaces and channels follow (`/spaces/{id}/groups`, `/channels/{id}/groups`), and what
//! follows a group.

use crate::{
    answer::{done, list},
    errors::Answer,
    identity::Asker,
    request::{Json, Segment},
};
use axum::response::Response;
use serde::Deserialize;
use tenon_protocol::{
    ChannelId, Command, GroupId, MemberId, SpaceId,
    roster::{FollowGroup, GroupFollowers, Roster},
    snapshot::Page,
};
use utoipa::IntoParams;

/// Which members are listed.
#[derive(Clone, Copy, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MembersQuery {
    /// Those alone who were added by name, and are not there only for the sake of what it follows.
    #[serde(default)]
    pub named: bool,
}

impl MembersQuery {
    /// The answer to `named`, if that is asked for.
    pub(crate) async fn named(self, asker: &Asker, of: Roster) -> Answer<Option<Vec<MemberId>>> {
        if !self.named {
            return Ok(None);
        }
        Ok(Some(asker.engine().list_named(asker.actor(), of).await?))
    }
}

async fn groups(asker: &Asker, of: Roster) -> Answer<Json<Page<GroupId>>> {
    let groups = asker.engine().list_roster_groups(asker.actor(), of);
    Ok(list(groups.await?))
}

async fn follow(asker: &Asker, roster: Roster, group: GroupId, follow: bool) -> Answer<Response> {
    let wish = FollowGroup {
        roster,
        group,
        follow,
    };
    Ok(done(&asker.execute(Command::FollowGroup(wish)).await?))
}

/// The groups that the space follows; none for guests.
#[utoipa::path(get, path = "/spaces/{id}/groups", tag = "space",
    responses((status = 200, body = Page<GroupId>)))]
pub async fn space_groups(
    asker: Asker,
    Segment(id): Segment<SpaceId>,
) -> Answer<Json<Page<GroupId>>> {
    groups(&asker, Roster::Space(id)).await
}

/// Whoever is in the group is in the space from here on.
#[utoipa::path(put, path = "/spaces/{id}/groups/{group}", tag = "space",
    responses((status = 204)))]
pub async fn add_space_group(
    asker: Asker,
    Segment((space, group)): Segment<(SpaceId, GroupId)>,
) -> Answer<Response> {
    follow(&asker, Roster::Space(space), group, true).await
}

/// Who is in the space for the sake of this group alone leaves it.
#[utoipa::path(delete, path = "/spaces/{id}/groups/{group}", tag = "space",
    responses((status = 204)))]
pub async fn remove_space_group(
    asker: Asker,
    Segment((space, group)): Segment<(SpaceId, GroupId)>,
) -> Answer<Response> {
    follow(&asker, Roster::Space(space), group, false).await
}

/// The groups that the channel follows; none for guests.
#[utoipa::path(get, path = "/channels/{id}/groups", tag = "channel",
    responses((status = 200, body = Page<GroupId>)))]
pub async fn channel_groups(
    asker: Asker,
    Segment(id): Segment<ChannelId>,
) -> Answer<Json<Page<GroupId>>> {
    groups(&asker, Roster::Channel(id)).await
}

/// Whoever is in the group is in the channel from here on.
#[utoipa::path(put, path = "/channels/{id}/groups/{group}", tag = "channel",
    responses((status = 204)))]
pub async fn add_channel_group(
    asker: Asker,
    Segment((channel, group)): Segment<(ChannelId, GroupId)>,
) -> Answer<Response> {
    follow(&asker, Roster::Channel(channel), group, true).await
}

/// Who is in the channel for the sake of this group alone leaves it.
#[utoipa::path(delete, path = "/channels/{id}/groups/{group}", tag = "channel",
    responses((status = 204)))]
pub async fn remove_channel_group(
    asker: Asker,
    Segment((channel, group)): Segment<(ChannelId, GroupId)>,
) -> Answer<Response> {
    follow(&asker, Roster::Channel(channel), group, false).await
}

/// The spaces and channels that follow the group, those that the asker may see.
#[utoipa::path(get, path = "/groups/{id}/followers", tag = "group",
    responses((status = 200, body = GroupFollowers)))]
pub async fn group_followers(
    asker: Asker,
    Segment(id): Segment<GroupId>,
) -> Answer<Json<GroupFollowers>> {
    let followers = asker.engine().list_group_followers(asker.actor(), id);
    Ok(Json(followers.await?))
}
