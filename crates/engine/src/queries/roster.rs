//! Reads about what spaces and channels follow, and who is in them by name. Guests, who know of no
//! groups, learn nothing here.

use super::{Answered, allowed, channel::standing, me};
use crate::{Actor, Engine, Failure};
use futures::FutureExt;
use hashbrown::HashSet;
use tenon_domain::access;
use tenon_protocol::{
    ChannelId, GroupId, MemberId,
    channel::Channel,
    member::Member,
    roster::{GroupFollowers, Roster},
};
use tenon_store::{Reader, channel, group, roster, space};

/// Does the asker see the space or channel?
async fn visible(reader: &mut Reader<'_>, me: &Member, of: Roster) -> Answered<()> {
    match of {
        Roster::Space(id) => {
            let found = space::get(reader, id).await?;
            let is_inside = space::get_is_member(reader, id, me.id).await?;
            allowed!(access::visible_space(me, found.as_ref(), is_inside));
        }
        Roster::Channel(id) => {
            let found = channel::get(reader, id).await?;
            let standing = standing(reader, found.as_ref(), me.id).await?;
            allowed!(access::readable_channel(me, found.as_ref(), standing));
        }
    }
    Ok(Ok(()))
}

impl Engine {
    /// The groups that a space or channel follows; none for guests.
    pub async fn list_roster_groups(
        &self,
        actor: &Actor,
        of: Roster,
    ) -> Result<Vec<GroupId>, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                allowed!(visible(reader, &me, of).await?);
                if access::is_guest(&me) {
                    return Ok(Ok(Vec::new()));
                }
                Ok(Ok(roster::list_groups(reader, of).await?))
            }
            .boxed()
        })
        .await
    }

    /// Those who are in a space or channel by name, by id. Not for guests.
    pub async fn list_named(&self, actor: &Actor, of: Roster) -> Result<Vec<MemberId>, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                allowed!(visible(reader, &me, of).await?);
                allowed!(access::check_not_guest(&me));
                let rows = roster::list_members(reader, of).await?.into_iter();
                let named = rows.filter(|row| row.is_named).map(|row| row.member);
                let mut named: Vec<MemberId> = named.collect();
                named.sort_unstable();
                Ok(Ok(named))
            }
            .boxed()
        })
        .await
    }

    /// What follows a group, as far as the asker sees it.
    pub async fn list_group_followers(
        &self,
        actor: &Actor,
        id: GroupId,
    ) -> Result<GroupFollowers, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                let found = group::get(reader, id).await?;
                allowed!(access::visible_group(&me, found.as_ref()));
                let all = roster::list_followers(reader, id).await?;
                Ok(Ok(seen(reader, &me, &all).await?))
            }
            .boxed()
        })
        .await
    }
}

/// Those of these that the member sees, in a fixed number of statements.
async fn seen(
    reader: &mut Reader<'_>,
    me: &Member,
    all: &[Roster],
) -> tenon_store::Result<GroupFollowers> {
    let own_spaces = space::list_since(reader, me.id).await?.into_iter();
    let own_spaces: HashSet<_> = own_spaces.map(|(id, _)| id).collect();
    let own_channels = channel::list_since(reader, me.id).await?.into_iter();
    let own_channels: HashSet<ChannelId> = own_channels.map(|(id, _)| id).collect();
    let ids = all.iter().filter_map(|roster| match roster {
        Roster::Channel(id) => Some(id.0),
        Roster::Space(_) => None,
    });
    let ids: Vec<_> = ids.collect();
    let mut channels = channel::list_these(reader, &ids).await?;
    channels.retain(|it: &Channel| {
        let is_near = it.space.is_some_and(|space| own_spaces.contains(&space));
        let standing = access::Standing::of(own_channels.contains(&it.id), is_near);
        access::can_read_channel(me, it, standing)
    });
    let mut spaces = space::list(reader).await?;
    spaces.retain(|it| {
        all.contains(&Roster::Space(it.id))
            && access::can_see_space(me, it, own_spaces.contains(&it.id))
    });
    Ok(GroupFollowers {
        spaces: spaces.into_iter().map(|it| it.id).collect(),
        channels: channels.into_iter().map(|it| it.id).collect(),
    })
}
