//! Commands about a channel's bookmarks.

use super::{Decided, Desk, Who};
use tenon_domain::{
    bookmark::{BookmarkContext, add_bookmark, remove_bookmark, sort, update_bookmark},
    decide::Decision,
    refusal::Refusal,
};
use tenon_protocol::{
    ChannelId, Timestamp,
    bookmark::{AddBookmark, RemoveBookmark, UpdateBookmark},
};
use tenon_store::bookmark;

pub(super) async fn add(desk: &mut Desk<'_, '_>, who: Who<'_>, command: &AddBookmark) -> Decided {
    let id_taken = bookmark::get(desk.tx, command.id).await?.is_some();
    decide(desk, who, command.channel, id_taken, |context, now| {
        add_bookmark(context, command, now)
    })
    .await
}

pub(super) async fn update(
    desk: &mut Desk<'_, '_>,
    who: Who<'_>,
    command: &UpdateBookmark,
) -> Decided {
    decide(desk, who, command.channel, false, |context, now| {
        update_bookmark(context, command, now)
    })
    .await
}

pub(super) async fn remove(
    desk: &mut Desk<'_, '_>,
    who: Who<'_>,
    command: &RemoveBookmark,
) -> Decided {
    decide(desk, who, command.channel, false, |context, now| {
        remove_bookmark(context, command, now)
    })
    .await
}

async fn decide(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    channel: ChannelId,
    id_taken: bool,
    decide: impl FnOnce(&BookmarkContext<'_>, Timestamp) -> Result<Decision, Refusal>,
) -> Decided {
    let place = desk.channel(Some(channel), me.id).await?;
    let mut bookmarks = bookmark::list_of_channel(desk.tx, channel).await?;
    sort(&mut bookmarks);
    let context = BookmarkContext {
        actor,
        me,
        channel: place.channel.as_deref(),
        standing: place.standing,
        bookmarks: &bookmarks,
        id_taken,
    };
    Ok(decide(&context, desk.now))
}
