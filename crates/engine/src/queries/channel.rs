//! Reads about channels.

use super::{Answered, allowed, me, page::Raw};
use crate::{Actor, Engine, Failure};
use futures::FutureExt;
use tenon_domain::{
    access::{self, Standing},
    bookmark::sort,
    refusal::Refusal,
};
use tenon_protocol::{
    ChannelId, MemberId,
    bookmark::Bookmark,
    channel::Channel,
    feed::Feed,
    member::{Member, Role},
};
use tenon_store::{Reader, bookmark, channel, feed, pin, space};

/// A channel that the asker may read, and whether they are in it.
pub(crate) async fn readable(
    reader: &mut Reader<'_>,
    actor: &Actor,
    id: ChannelId,
) -> Answered<(Channel, bool)> {
    let me = allowed!(me(reader, actor).await?);
    let found = channel::get(reader, id).await?;
    let standing = standing(reader, found.as_ref(), me.id).await?;
    allowed!(access::readable_channel(&me, found.as_ref(), standing));
    Ok(found
        .map(|channel| (channel, standing.is_inside()))
        .ok_or_else(|| tenon_domain::refusal::Refusal::UnknownChannel.into()))
}

/// Where a member stands to a channel.
pub(crate) async fn standing(
    reader: &mut Reader<'_>,
    channel: Option<&Channel>,
    member: MemberId,
) -> tenon_store::Result<Standing> {
    let Some(found) = channel else {
        return Ok(Standing::Outside);
    };
    let is_member = channel::get_member(reader, found.id, member).await?;
    let is_near = match found.space {
        Some(space) if is_member.is_none() => space::get_is_member(reader, space, member).await?,
        _ => false,
    };
    Ok(Standing::of(is_member.is_some(), is_near))
}

/// Those that the member is in, and the public ones that they may read.
pub(crate) async fn list_readable(
    reader: &mut Reader<'_>,
    me: &Member,
) -> tenon_store::Result<Vec<Channel>> {
    let mut channels = channel::list_of_member(reader, me.id).await?;
    channels.extend(space::list_channels_near(reader, me.id).await?);
    if me.role != Role::Guest {
        channels.extend(channel::list_public(reader).await?);
    }
    channels.sort_by_key(|channel| channel.id);
    channels.dedup_by_key(|channel| channel.id);
    Ok(channels)
}

impl Engine {
    /// Those that the asker is in, and the public ones that they may read.
    pub async fn list_channels(&self, actor: &Actor) -> Result<Vec<Channel>, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                Ok(Ok(list_readable(reader, &me).await?))
            }
            .boxed()
        })
        .await
    }

    pub async fn get_channel(&self, actor: &Actor, id: ChannelId) -> Result<Channel, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move { Ok(Ok(allowed!(readable(reader, &asker, id).await?).0)) }.boxed()
        })
        .await
    }

    pub async fn list_channel_members(
        &self,
        actor: &Actor,
        id: ChannelId,
    ) -> Result<Vec<MemberId>, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                allowed!(readable(reader, &asker, id).await?);
                Ok(Ok(channel::list_members(reader, id).await?))
            }
            .boxed()
        })
        .await
    }

    pub async fn list_channel_feeds(
        &self,
        actor: &Actor,
        id: ChannelId,
    ) -> Result<Vec<Feed>, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                allowed!(readable(reader, &asker, id).await?);
                Ok(Ok(feed::list_of_channel(reader, id).await?))
            }
            .boxed()
        })
        .await
    }

    /// The pinned messages of a channel, the newest pin first.
    pub async fn list_pins(&self, actor: &Actor, id: ChannelId) -> Result<Vec<Raw>, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                allowed!(readable(reader, &asker, id).await?);
                let items = pin::list(reader, id).await?;
                Ok(Ok(items.into_iter().map(Raw::from).collect()))
            }
            .boxed()
        })
        .await
    }

    /// The bookmarks of a channel, in their order.
    pub async fn list_bookmarks(
        &self,
        actor: &Actor,
        id: ChannelId,
    ) -> Result<Vec<Bookmark>, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                allowed!(readable(reader, &asker, id).await?);
                let mut bookmarks = bookmark::list_of_channel(reader, id).await?;
                sort(&mut bookmarks);
                Ok(Ok(bookmarks))
            }
            .boxed()
        })
        .await
    }

    /// Refused unless the asker is in the channel.
    pub(crate) async fn check_joined(&self, actor: &Actor, id: ChannelId) -> Result<(), Failure> {
        self.check_channel(actor, id, access::joined_channel).await
    }

    /// The actor is still here and may read the channel.
    pub(crate) async fn check_readable(&self, actor: &Actor, id: ChannelId) -> Result<(), Failure> {
        self.check_channel(actor, id, access::readable_channel)
            .await
    }

    async fn check_channel(
        &self,
        actor: &Actor,
        id: ChannelId,
        check: for<'a> fn(&Member, Option<&'a Channel>, Standing) -> Result<&'a Channel, Refusal>,
    ) -> Result<(), Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                let found = channel::get(reader, id).await?;
                let standing = standing(reader, found.as_ref(), me.id).await?;
                allowed!(check(&me, found.as_ref(), standing));
                Ok(Ok(()))
            }
            .boxed()
        })
        .await
    }
}
