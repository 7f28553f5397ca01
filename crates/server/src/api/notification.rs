//! `/notifications`, `/preferences` and what one wants to hear of a channel or a thread: all of it
//! the asker's own.

use super::bounded;
use crate::{
    answer::{done, page_of, raw_page},
    api::PageQuery,
    errors::{Answer, Problem},
    identity::Asker,
    request::{Json, Query, Segment},
};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use tenon_engine::NotificationFilter;
use tenon_protocol::{
    ChannelId, Command, MessageId, NotificationId, Timestamp,
    notification::{FollowThread, Notification, UpdateNotifications, Why},
    preference::{ChangeChannelSetting, ChangePreferences, ChannelSetting, Level, Preferences},
    saved::{SaveMessage, Saved, UnsaveMessage},
    snapshot::Page,
};
use utoipa::{IntoParams, ToSchema};

/// Which part of the inbox.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Filter {
    /// In the inbox and not snoozed.
    Inbox,
    /// Of those, what was not read.
    Unread,
    Snoozed,
    /// What is done, and what was suppressed.
    Done,
}

#[derive(Deserialize, IntoParams)]
pub struct NotificationQuery {
    /// `inbox` when absent.
    #[param(inline)]
    pub filter: Option<Filter>,
    /// Items at most; 50 when absent, never more than 200.
    pub limit: Option<u32>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

/// The asker's notifications, newest first.
#[utoipa::path(get, path = "/notifications", tag = "notification", params(NotificationQuery),
    responses((status = 200, body = Page<Notification>)))]
pub async fn index(asker: Asker, Query(query): Query<NotificationQuery>) -> Answer<Response> {
    let filter = match query.filter {
        None | Some(Filter::Inbox) => NotificationFilter::Inbox,
        Some(Filter::Unread) => NotificationFilter::Unread,
        Some(Filter::Snoozed) => NotificationFilter::Snoozed,
        Some(Filter::Done) => NotificationFilter::Done,
    };
    let after = query.after.as_deref().map(str::parse).transpose();
    let after =
        after.map_err(|_| Problem::malformed("This is no `next` of a page.").at("after"))?;
    let limit = bounded(query.limit);
    let engine = asker.engine();
    let page = engine.list_notifications(asker.actor(), filter, after, limit);
    Ok(raw_page(&page.await?))
}

/// Marks as read, or takes out of the inbox and brings back, or snoozes.
#[utoipa::path(patch, path = "/notifications", tag = "notification",
    responses((status = 204)))]
pub async fn update(asker: Asker, Json(wish): Json<UpdateNotifications>) -> Answer<Response> {
    let wish = Command::UpdateNotifications(wish);
    Ok(done(&asker.execute(wish).await?))
}

#[derive(Deserialize, ToSchema)]
pub struct ReadNotifications {
    pub notifications: Vec<NotificationId>,
}

/// Marks as read.
#[utoipa::path(post, path = "/notifications/read", tag = "notification",
    responses((status = 204)))]
pub async fn read(asker: Asker, Json(wish): Json<ReadNotifications>) -> Answer<Response> {
    let wish = UpdateNotifications {
        notifications: wish.notifications,
        read: Some(true),
        ..UpdateNotifications::default()
    };
    let wish = Command::UpdateNotifications(wish);
    Ok(done(&asker.execute(wish).await?))
}

/// Why the asker was told, or was not.
#[utoipa::path(get, path = "/notifications/{id}/why", tag = "notification",
    responses((status = 200, body = Why)))]
pub async fn why(asker: Asker, Segment(id): Segment<NotificationId>) -> Answer<Json<Why>> {
    let why = asker.engine().explain_notification(asker.actor(), id);
    Ok(Json(why.await?))
}

/// Why the asker was told of a message, or was not.
#[utoipa::path(get, path = "/messages/{id}/why", tag = "notification",
    responses((status = 200, body = Why)))]
pub async fn why_message(asker: Asker, Segment(id): Segment<MessageId>) -> Answer<Json<Why>> {
    let why = asker.engine().explain_message(asker.actor(), id);
    Ok(Json(why.await?))
}

#[derive(Serialize, ToSchema)]
pub struct Following {
    pub follows: bool,
}

/// Does the asker follow the thread of this message?
#[utoipa::path(get, path = "/messages/{id}/followers/me", tag = "message",
    responses((status = 200, body = Following)))]
pub async fn follows(asker: Asker, Segment(id): Segment<MessageId>) -> Answer<Json<Following>> {
    let follows = asker.engine().get_follows_thread(asker.actor(), id).await?;
    Ok(Json(Following { follows }))
}

/// The asker hears of replies in the thread of this message.
#[utoipa::path(put, path = "/messages/{id}/followers/me", tag = "message",
    responses((status = 204)))]
pub async fn follow(asker: Asker, Segment(message): Segment<MessageId>) -> Answer<Response> {
    set_follow(asker, message, true).await
}

#[utoipa::path(delete, path = "/messages/{id}/followers/me", tag = "message",
    responses((status = 204)))]
pub async fn unfollow(asker: Asker, Segment(message): Segment<MessageId>) -> Answer<Response> {
    set_follow(asker, message, false).await
}

async fn set_follow(asker: Asker, message: MessageId, follow: bool) -> Answer<Response> {
    let wish = Command::FollowThread(FollowThread { message, follow });
    Ok(done(&asker.execute(wish).await?))
}

/// What the asker keeps for later.
#[utoipa::path(get, path = "/saved", tag = "notification", params(PageQuery),
    responses((status = 200, body = Page<Saved>)))]
pub async fn saved(asker: Asker, Query(page): Query<PageQuery>) -> Answer<Json<Page<Saved>>> {
    let all = asker.engine().list_saved(asker.actor()).await?;
    page_of(all, &page, |it| it.message.0)
}

#[derive(Deserialize, ToSchema)]
pub struct Keeping {
    /// In the future. Absent: no reminder.
    pub remind_at: Option<Timestamp>,
}

/// Keeps a message for later, or changes when the asker is reminded of it.
#[utoipa::path(put, path = "/saved/{message}", tag = "notification",
    responses((status = 204)))]
pub async fn save(
    asker: Asker,
    Segment(message): Segment<MessageId>,
    Json(Keeping { remind_at }): Json<Keeping>,
) -> Answer<Response> {
    let wish = Command::SaveMessage(SaveMessage { message, remind_at });
    Ok(done(&asker.execute(wish).await?))
}

/// Takes it off the list.
#[utoipa::path(delete, path = "/saved/{message}", tag = "notification",
    responses((status = 204)))]
pub async fn unsave(asker: Asker, Segment(message): Segment<MessageId>) -> Answer<Response> {
    let wish = Command::UnsaveMessage(UnsaveMessage { message });
    Ok(done(&asker.execute(wish).await?))
}

/// What the asker wants to hear of, and when.
#[utoipa::path(get, path = "/preferences", tag = "notification",
    responses((status = 200, body = Preferences)))]
pub async fn preferences(asker: Asker) -> Answer<Json<Preferences>> {
    Ok(Json(asker.engine().get_preferences(asker.actor()).await?))
}

/// Replaces them.
#[utoipa::path(put, path = "/preferences", tag = "notification",
    responses((status = 200, body = Preferences)))]
pub async fn change_preferences(
    asker: Asker,
    Json(preferences): Json<Preferences>,
) -> Answer<Json<Preferences>> {
    let wish = ChangePreferences { preferences };
    asker.execute(Command::ChangePreferences(wish)).await?;
    Ok(Json(asker.engine().get_preferences(asker.actor()).await?))
}

/// What the asker wants to hear of a channel that they are in.
#[utoipa::path(get, path = "/channels/{id}/setting", tag = "channel",
    responses((status = 200, body = ChannelSetting)))]
pub async fn setting(
    asker: Asker,
    Segment(channel): Segment<ChannelId>,
) -> Answer<Json<ChannelSetting>> {
    let setting = asker.engine().get_channel_setting(asker.actor(), channel);
    Ok(Json(setting.await?))
}

#[derive(Deserialize, ToSchema)]
pub struct NewSetting {
    /// Absent: all in direct channels, mentions in others.
    pub level: Option<Level>,
    #[serde(default)]
    pub muted: bool,
}

/// Replaces it.
#[utoipa::path(put, path = "/channels/{id}/setting", tag = "channel",
    responses((status = 200, body = ChannelSetting)))]
pub async fn change_setting(
    asker: Asker,
    Segment(channel): Segment<ChannelId>,
    Json(NewSetting { level, muted }): Json<NewSetting>,
) -> Answer<Json<ChannelSetting>> {
    let wish = ChangeChannelSetting {
        channel,
        level,
        muted,
    };
    asker.execute(Command::ChangeChannelSetting(wish)).await?;
    let setting = asker.engine().get_channel_setting(asker.actor(), channel);
    Ok(Json(setting.await?))
}
