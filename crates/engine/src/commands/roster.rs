//! Commands about what spaces and channels follow, and those who come and go for its sake.

use super::{Decided, Desk, Who, space::ids};
use std::collections::{HashMap, HashSet};
use tenon_domain::{
    group::Groups,
    member::DefaultChannel,
    roster::{
        FollowGroupContext, Place, SettleMembersContext, Settled, Stand, follow_group, managers,
        members_of, settle_members,
    },
};
use tenon_protocol::{
    ChannelId, MemberId, SpaceId,
    roster::{FollowGroup, Roster, SettleMembers},
    space::Space,
};
use tenon_store::{channel, feed, group, roster, space};
use uuid::Uuid;

impl Desk<'_, '_> {
    /// The active people in the groups that a space or channel follows.
    pub(super) async fn in_groups(&mut self, of: Roster) -> tenon_store::Result<HashSet<MemberId>> {
        let followed = roster::list_groups(self.tx, of).await?;
        if followed.is_empty() {
            return Ok(HashSet::new());
        }
        let groups: &Groups = &*group::load_all(self.tx).await?;
        let member = |id| self.members.get(&id).map(AsRef::as_ref);
        Ok(members_of(groups, &followed, member))
    }
}

pub(super) async fn follow(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &FollowGroup,
) -> Decided {
    let (space, channel) = match command.roster {
        Roster::Space(id) => (Some(desk.space(Some(id), me.id).await?), None),
        Roster::Channel(id) => (None, Some(desk.channel(Some(id), me.id).await?)),
    };
    let followed = roster::list_groups(desk.tx, command.roster).await?;
    let followers = roster::count_followers(desk.tx, command.group).await?;
    let groups = group::load_all(desk.tx).await?;
    let place = match (&space, &channel) {
        (Some(it), _) => Place::Space {
            space: it.space.as_deref(),
            is_inside: it.is_inside,
        },
        (None, it) => Place::Channel {
            channel: it.as_ref().and_then(|it| it.channel.as_deref()),
            standing: it.as_ref().map(|it| it.standing).unwrap_or_default(),
        },
    };
    let context = FollowGroupContext {
        actor,
        me,
        place,
        group: groups.get(&command.group).map(AsRef::as_ref),
        followed: &followed,
        followers: usize::try_from(followers).unwrap_or(usize::MAX),
    };
    Ok(follow_group(&context, command, desk.now))
}

pub(super) async fn settle(
    desk: &mut Desk<'_, '_>,
    who: Who<'_>,
    command: &SettleMembers,
) -> Decided {
    match command.roster {
        Roster::Space(id) => settle_space(desk, who, command, id).await,
        Roster::Channel(id) => settle_channel(desk, who, command, id).await,
    }
}

/// Where those whom the command names stand.
async fn stands(
    desk: &mut Desk<'_, '_>,
    command: &SettleMembers,
    space: Option<SpaceId>,
) -> tenon_store::Result<HashMap<MemberId, Stand>> {
    let named = [
        &command.add[..],
        &command.remove[..],
        command.heir.as_slice(),
    ]
    .concat();
    let named = ids(&named);
    let in_groups = desk.in_groups(command.roster).await?;
    let inside = roster::list_inside(desk.tx, command.roster, &named).await?;
    let in_space = match space {
        Some(space) => space::list_inside(desk.tx, space, &named).await?,
        None => Vec::new(),
    };
    let stand = |id: &Uuid| {
        let member = MemberId(*id);
        let place = inside.iter().find(|(id, _)| *id == member);
        let stand = Stand {
            is_inside: place.is_some(),
            is_named: place.is_some_and(|(_, is_named)| *is_named),
            in_groups: in_groups.contains(&member),
            in_space: in_space.contains(&member),
        };
        (member, stand)
    };
    Ok(named.iter().map(stand).collect())
}

async fn settle_space(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &SettleMembers,
    id: SpaceId,
) -> Decided {
    let found = space::load(desk.tx, id).await?;
    let stands = stands(desk, command, None).await?;
    let hold = desk.hold(id, &command.add, &command.remove).await?;
    let count = space::count_members(desk.tx, id).await?;
    let is_managed = match found.as_deref().filter(|_| command.heir.is_some()) {
        Some(space) => is_managed(desk, space).await?,
        None => true,
    };
    let context = SettleMembersContext {
        actor,
        me,
        member: &|id| desk.members.get(&id).map(AsRef::as_ref),
        stand: &|id| stands.get(&id).copied().unwrap_or_default(),
        settled: Settled::Space {
            space: found.as_deref(),
            contents: hold.contents(),
            count,
            is_managed,
        },
    };
    Ok(settle_members(&context, command, desk.now))
}

/// Does somebody in the space manage it?
async fn is_managed(desk: &mut Desk<'_, '_>, space: &Space) -> tenon_store::Result<bool> {
    let managers = managers(desk.members.values().map(AsRef::as_ref), space);
    let inside = space::list_inside(desk.tx, space.id, &ids(&managers)).await?;
    Ok(!inside.is_empty())
}

async fn settle_channel(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &SettleMembers,
    id: ChannelId,
) -> Decided {
    let row = channel::load(desk.tx, id).await?;
    let space = row.as_ref().and_then(|row| row.channel.space);
    let stands = stands(desk, command, space).await?;
    let place = match row {
        Some(row) => Some(DefaultChannel {
            channel: row.channel,
            last: row.last,
            feeds: feed::list_of_channel(desk.tx, id).await?,
        }),
        None => None,
    };
    let context = SettleMembersContext {
        actor,
        me,
        member: &|id| desk.members.get(&id).map(AsRef::as_ref),
        stand: &|id| stands.get(&id).copied().unwrap_or_default(),
        settled: Settled::Channel(place.as_ref()),
    };
    Ok(settle_members(&context, command, desk.now))
}
