//! Reads of one's own inbox and preferences, and why one was told of something or was not.

use super::{
    Answered, allowed,
    channel::standing,
    me,
    message::readable_message,
    page::{Raw, RawPage, limit},
};
use crate::{Actor, Engine, Failure, execute::now, follow::Follow, notifier::Notifier};
use futures::FutureExt;
use hashbrown::HashMap;
use tenon_domain::{
    access,
    group::{by_id, effective_members},
    notification::{because, is_unread, sentence},
    refusal::Refusal,
};
use tenon_protocol::{
    ChannelId, GroupId, MemberId, MessageId, NotificationId,
    limit::CHANNEL_MENTION_MEMBERS_MAX,
    mail::Mailed,
    message::Message,
    notification::{Because, Notification, Why},
    preference::{ChannelSetting, Preferences},
    push::Pushed,
    saved::Saved,
    scheduled::Scheduled,
    side_bar::SideBar,
};
use tenon_store::{
    Reader, channel, follower, group, mail, member, notification, preference, push, saved,
    scheduled, side_bar,
};

/// Which part of an inbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NotificationFilter {
    /// In the inbox and not snoozed.
    #[default]
    Inbox,
    /// Of those, what was not read.
    Unread,
    Snoozed,
    /// What is done.
    Done,
}

impl Engine {
    /// Newest first.
    pub async fn list_notifications(
        &self,
        actor: &Actor,
        filter: NotificationFilter,
        before: Option<i64>,
        page: u32,
    ) -> Result<RawPage, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                let limit = limit(page);
                let before = before.unwrap_or(i64::MAX);
                let mut items = if filter == NotificationFilter::Done {
                    notification::list_done(reader, me.id, before, limit + 1).await?
                } else {
                    active(reader, me.id, filter, before).await?
                };
                let more = items.len() as i64 > limit;
                items.truncate(limit as usize);
                let next = items.last().filter(|_| more).map(|it| it.seq.to_string());
                let items = items
                    .iter()
                    .map(|it| serde_json::to_string(it).map(Raw::from));
                let items = items.collect::<Result<_, _>>()?;
                Ok(Ok(RawPage { items, next }))
            }
            .boxed()
        })
        .await
    }

    /// Why one was told, or was not, of what a notification is about.
    pub async fn explain_notification(
        &self,
        actor: &Actor,
        id: NotificationId,
    ) -> Result<Why, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                let found = notification::get(reader, me.id, id).await?;
                let Some(found) = found else {
                    return Ok(Err(Refusal::UnknownNotification.into()));
                };
                Ok(Ok(told(reader, me.id, found).await?))
            }
            .boxed()
        })
        .await
    }

    /// Why one was told, or was not, of a message.
    pub async fn explain_message(&self, actor: &Actor, id: MessageId) -> Result<Why, Failure> {
        let asker = *actor;
        let workspace = actor.workspace;
        let read = self
            .inner
            .store
            .read_private(move |private| follower::get(private, workspace, Notifier::NAME).boxed());
        let followed = read.await?;
        self.read(actor.workspace, move |reader| {
            async move {
                let message = allowed!(readable_message(reader, &asker, id).await?);
                explain(reader, &asker, &message, followed).await
            }
            .boxed()
        })
        .await
    }

    pub async fn get_follows_thread(&self, actor: &Actor, id: MessageId) -> Result<bool, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let message = allowed!(readable_message(reader, &asker, id).await?);
                let root = message.thread.unwrap_or(message.id);
                let follows = notification::get_follows(reader, root, asker.member).await?;
                Ok(Ok(follows))
            }
            .boxed()
        })
        .await
    }

    pub async fn get_preferences(&self, actor: &Actor) -> Result<Preferences, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                Ok(Ok(preference::get(reader, me.id).await?))
            }
            .boxed()
        })
        .await
    }

    pub async fn get_side_bar(&self, actor: &Actor) -> Result<SideBar, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                Ok(Ok(side_bar::get(reader, me.id).await?))
            }
            .boxed()
        })
        .await
    }

    /// What one sends later.
    pub async fn list_scheduled(&self, actor: &Actor) -> Result<Vec<Scheduled>, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                Ok(Ok(scheduled::list(reader, me.id).await?))
            }
            .boxed()
        })
        .await
    }

    /// What one keeps for later.
    pub async fn list_saved(&self, actor: &Actor) -> Result<Vec<Saved>, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                Ok(Ok(saved::list(reader, me.id).await?))
            }
            .boxed()
        })
        .await
    }

    /// One's own setting of a channel that one is in.
    pub async fn get_channel_setting(
        &self,
        actor: &Actor,
        id: ChannelId,
    ) -> Result<ChannelSetting, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                let found = channel::get(reader, id).await?;
                let standing = standing(reader, found.as_ref(), me.id).await?;
                allowed!(access::joined_channel(&me, found.as_ref(), standing));
                let setting = preference::get_setting(reader, id, me.id).await?;
                Ok(Ok(setting.unwrap_or(ChannelSetting {
                    channel: id,
                    level: None,
                    muted: false,
                })))
            }
            .boxed()
        })
        .await
    }
}

/// What is in the inbox and fits the filter, newest first.
async fn active(
    reader: &mut Reader<'_>,
    me: MemberId,
    filter: NotificationFilter,
    before: i64,
) -> tenon_store::Result<Vec<Notification>> {
    let all = notification::list_active(reader, me).await?;
    let mut read: HashMap<ChannelId, i64> = HashMap::new();
    if filter == NotificationFilter::Unread {
        let places = channel::list_memberships(reader, me).await?;
        read.extend(places.into_iter().map(|it| (it.channel, it.read)));
    }
    let now = now();
    let fits = |it: &Notification| {
        let is_snoozed = it.snoozed_until.is_some_and(|until| until > now);
        let read = it.channel.and_then(|id| read.get(&id).copied());
        match filter {
            NotificationFilter::Inbox | NotificationFilter::Done => !is_snoozed,
            NotificationFilter::Unread => !is_snoozed && is_unread(it, read.unwrap_or(0)),
            NotificationFilter::Snoozed => is_snoozed,
        }
    };
    let newest_first = all.into_iter().rev();
    Ok(newest_first
        .filter(|it| it.seq < before && fits(it))
        .collect())
}

async fn told(
    reader: &mut Reader<'_>,
    me: MemberId,
    notification: Notification,
) -> tenon_store::Result<Why> {
    let outcomes = push::list_outcomes(reader, me, notification.id).await?;
    let pushed = |(session, device, outcome, at)| Pushed {
        session,
        device,
        outcome,
        sentence: tenon_domain::push::sentence(outcome).to_owned(),
        at,
    };
    let mailed = mail::get_outcome(reader, me, notification.id).await?;
    let mailed = mailed.map(|(outcome, at)| Mailed {
        outcome,
        sentence: tenon_domain::mail::sentence(outcome).to_owned(),
        at,
    });
    let because = because(&notification);
    let sentence = match (because, &notification.detail) {
        (Because::GroupMention, Some(group)) => {
            format!("You were notified because it mentions @{group}, a group that you are in.")
        }
        _ => sentence(because).to_owned(),
    };
    Ok(Why {
        notified: notification.suppressed.is_none(),
        because,
        sentence,
        notification: Some(notification),
        pushes: outcomes.into_iter().map(pushed).collect(),
        mail: mailed,
    })
}

/// Whether the member is in one of these groups now.
async fn is_in_any(
    reader: &mut Reader<'_>,
    me: MemberId,
    ids: &[GroupId],
) -> tenon_store::Result<bool> {
    let Some(member) = member::get(reader, me).await? else {
        return Ok(false);
    };
    let groups = by_id(group::list(reader).await?);
    let known = |id| (id == me).then_some(&member);
    let is_in = |id: &GroupId| !effective_members(&groups, *id, known).is_empty();
    Ok(ids.iter().any(is_in))
}

async fn explain(
    reader: &mut Reader<'_>,
    actor: &Actor,
    message: &Message,
    followed: i64,
) -> Answered<Why> {
    let me = actor.member;
    if let Some(found) = notification::find_of_message(reader, me, message.id).await? {
        return Ok(Ok(told(reader, me, found).await?));
    }
    let untold = |because| Why {
        notified: false,
        because,
        sentence: sentence(because).to_owned(),
        notification: None,
        pushes: vec![],
        mail: None,
    };
    if message.author == me {
        return Ok(Ok(untold(Because::Own)));
    }
    if let Some(id) = message.channel {
        let place = channel::get_member(reader, id, me).await?;
        if place.is_none_or(|place| place.since >= message.seq) {
            return Ok(Ok(untold(Because::NotThere)));
        }
    }
    // A newer one of the same conversation stands for it.
    let thread = message.thread.map(|id| id.0);
    let place = thread.or(message.task.map(|id| id.0));
    if let Some(place) = place.or(message.channel.map(|id| id.0)) {
        let newer = notification::find_of_conversation(reader, me, place, message.seq);
        if let Some(newer) = newer.await? {
            return Ok(Ok(told(reader, me, newer).await?));
        }
    }
    if let Some(id) = message.channel.filter(|_| message.mentions_channel) {
        let max = CHANNEL_MENTION_MEMBERS_MAX as i64;
        if channel::count_members(reader, id, max + 1).await? > max {
            return Ok(Ok(untold(Because::ChannelTooLarge)));
        }
    }
    let large = message.mentions_groups.iter().filter(|it| it.too_large);
    let large: Vec<GroupId> = large.map(|it| it.group).collect();
    if !large.is_empty() && is_in_any(reader, me, &large).await? {
        return Ok(Ok(untold(Because::GroupTooLarge)));
    }
    let is_followed = followed >= message.seq;
    Ok(Ok(untold(if is_followed {
        Because::Ordinary
    } else {
        Because::Pending
    })))
}
