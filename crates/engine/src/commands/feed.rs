//! Commands about feeds and the cards they show.

use super::{Decided, Desk, Who};
use tenon_domain::feed::{
    AddFeedContext, RemoveFeedContext, ShowCardContext, add_feed, remove_feed,
    show_card as decide_card,
};
use tenon_protocol::feed::{AddFeed, RemoveFeed, ShowCard};
use tenon_store::{feed, message, task};

pub(super) async fn add(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &AddFeed,
) -> Decided {
    let place = desk.channel(Some(command.channel), me.id).await?;
    let project = desk.project(Some(command.project), me.id).await?;
    let feeds = feed::list_of_channel(desk.tx, command.channel).await?;
    let context = AddFeedContext {
        actor,
        me,
        channel: place.channel.as_deref(),
        standing: place.standing,
        project: project.project.as_deref(),
        is_project_member: project.is_member,
        feeds: &feeds,
    };
    Ok(add_feed(&context, command, desk.now))
}

pub(super) async fn remove(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &RemoveFeed,
) -> Decided {
    let place = desk.channel(Some(command.channel), me.id).await?;
    let feeds = feed::list_of_channel(desk.tx, command.channel).await?;
    let context = RemoveFeedContext {
        actor,
        me,
        channel: place.channel.as_deref(),
        standing: place.standing,
        feeds: &feeds,
    };
    Ok(remove_feed(&context, command, desk.now))
}

pub(super) async fn show_card(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &ShowCard,
) -> Decided {
    let place = desk.channel(Some(command.channel), me.id).await?;
    let task = task::get(desk.tx, command.task).await?;
    let project = desk
        .project(task.as_ref().map(|task| task.project), me.id)
        .await?;
    let feeds = feed::list_of_channel(desk.tx, command.channel).await?;
    let followed = feeds
        .iter()
        .any(|feed| Some(feed.project) == task.as_ref().map(|t| t.project));
    let existing = message::find_card(desk.tx, command.channel, command.task).await?;
    let id_taken = message::get(desk.tx, command.id).await?.is_some();
    let context = ShowCardContext {
        actor,
        me,
        channel: place.channel.as_deref(),
        followed,
        task: task.as_ref(),
        project: project.project.as_deref(),
        existing: existing.as_ref(),
        id_taken,
    };
    Ok(decide_card(&context, command, desk.now))
}
