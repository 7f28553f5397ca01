//! Commands about notifications, and about following threads. `notify` reads with a fixed number
//! of statements however many it concerns.

use super::{Decided, Desk, Who};
use hashbrown::HashMap;
use std::sync::Arc;
use tenon_domain::notification::{
    FollowThreadContext, Known, NotifyContext, UpdateNotificationsContext,
    follow_thread as decide_follow, notify as decide_notify, update_notifications,
};
use tenon_protocol::{
    ChannelId, MemberId, NotificationId,
    channel::Channel,
    limit::INBOX_ITEMS_MAX,
    message::Message,
    notification::{FollowThread, Notification, Notify, UpdateNotifications},
    preference::{ChannelSetting, Preferences},
};
use tenon_store::{channel, message, notification, preference, task};
use uuid::Uuid;

pub(super) async fn notify(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &Notify,
) -> Decided {
    let message = match command.message {
        Some(id) => message::get(desk.tx, id).await?,
        None => None,
    };
    let place = desk
        .channel(message.as_ref().and_then(|it| it.channel), me.id)
        .await?;
    let task_id = message.as_ref().and_then(|it| it.task).or(command.task);
    let task = match task_id {
        Some(id) => task::get(desk.tx, id).await?,
        None => None,
    };
    let project = desk
        .project(task.as_ref().map(|it| it.project), me.id)
        .await?;
    let sight = match &task {
        Some(_) => Some(desk.sight(project.project.as_deref()).await?),
        None => None,
    };
    let ids: Vec<Uuid> = command.concerned.iter().map(|it| it.member.0).collect();
    let inboxes = Inboxes::load(
        desk,
        &ids,
        place.channel.as_deref(),
        message.as_ref(),
        task_id,
    );
    let inboxes = inboxes.await?;
    let members = desk.members.clone();
    let known = |id: MemberId| {
        let place = inboxes.places.get(&id);
        Some(Known {
            member: members.get(&id)?,
            sees: match &sight {
                Some(sight) => sight.sees(id),
                None => place.is_some_and(|(since, _)| *since < command.cause),
            },
            setting: inboxes.settings.get(&id),
            preferences: inboxes.preferences.get(&id),
            read: place.map_or(0, |(_, read)| *read),
            existing: inboxes.standing.get(&id),
            overdue: inboxes.overdue.get(&id).map_or(&[], Vec::as_slice),
        })
    };
    let context = NotifyContext {
        actor,
        message: message.as_ref(),
        channel: place.channel.as_deref(),
        task: task.as_ref(),
        project: project.project.as_deref(),
        known: &known,
    };
    Ok(decide_notify(&context, command, desk.now))
}

/// What decides for each of some members.
struct Inboxes {
    places: HashMap<MemberId, (i64, i64)>,
    settings: HashMap<MemberId, ChannelSetting>,
    preferences: HashMap<MemberId, Preferences>,
    standing: HashMap<MemberId, Notification>,
    overdue: HashMap<MemberId, Vec<NotificationId>>,
}

impl Inboxes {
    async fn load(
        desk: &mut Desk<'_, '_>,
        ids: &[Uuid],
        channel: Option<&Channel>,
        message: Option<&Message>,
        task: Option<tenon_protocol::TaskId>,
    ) -> tenon_store::Result<Self> {
        let (mut places, mut settings) = (HashMap::new(), HashMap::new());
        if let Some(channel) = channel {
            let found = channel::list_places(desk.tx, channel.id, ids).await?;
            places.extend(
                found
                    .into_iter()
                    .map(|(id, since, read)| (id, (since, read))),
            );
            let found = preference::list_settings_of(desk.tx, channel.id, ids).await?;
            settings.extend(found);
        }
        let thread = message.and_then(|it| it.thread).map(|id| id.0);
        let channel = message.and_then(|it| it.channel).map(|ChannelId(id)| id);
        let mut standing = HashMap::new();
        if let Some(place) = thread.or(task.map(|id| id.0)).or(channel) {
            standing.extend(notification::list_standing(desk.tx, place, ids).await?);
        }
        let preferences = preference::list_of(desk.tx, ids).await?;
        let mut overdue = HashMap::new();
        for (member, count) in notification::list_counts(desk.tx, ids).await? {
            let over = count + 1 - INBOX_ITEMS_MAX as i64;
            // Only of inboxes that are full.
            if over > 0 {
                let oldest = notification::list_oldest(desk.tx, member, over).await?;
                overdue.insert(member, oldest);
            }
        }
        Ok(Self {
            places,
            settings,
            preferences: preferences.into_iter().collect(),
            standing,
            overdue,
        })
    }
}

pub(super) async fn update(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &UpdateNotifications,
) -> Decided {
    let active = notification::list_active(desk.tx, me.id).await?;
    let mut found = Vec::new();
    for id in command.notifications.iter().take(INBOX_ITEMS_MAX) {
        match active.iter().find(|it| it.id == *id) {
            Some(it) => found.push(it.clone()),
            // Brought back from what is done: a few at a time, by hand.
            None if command.done == Some(false) => {
                found.extend(notification::get(desk.tx, me.id, *id).await?);
            }
            None => {}
        }
    }
    let context = UpdateNotificationsContext {
        actor,
        me,
        found: &found,
        active: active.len(),
    };
    Ok(update_notifications(&context, command, desk.now))
}

pub(super) async fn follow_thread(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &FollowThread,
) -> Decided {
    let message = message::get(desk.tx, command.message).await?;
    let place = desk
        .channel(message.as_ref().and_then(|it| it.channel), me.id)
        .await?;
    let root = message.as_ref().map(|it| it.thread.unwrap_or(it.id));
    let follows = match root {
        Some(root) => notification::get_follows(desk.tx, root, me.id).await?,
        None => false,
    };
    let channel: Option<Arc<Channel>> = place.channel;
    let context = FollowThreadContext {
        actor,
        me,
        message: message.as_ref(),
        channel: channel.as_deref(),
        standing: place.standing,
        follows,
    };
    Ok(decide_follow(&context, command, desk.now))
}
