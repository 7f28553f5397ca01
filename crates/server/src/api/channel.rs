//! `/channels`: where people talk. Messages are in `message.rs`.

use super::{find_project, roster::MembersQuery};
use crate::{
    answer::{created, done, find_written, list, outcome_id, page_of},
    api::PageQuery,
    errors::Answer,
    identity::Asker,
    request::{Creation, Json, Query, Segment},
};
use axum::response::Response;
use serde::Deserialize;
use tenon_engine::Done;
use tenon_protocol::{
    ChannelId, Command, Event, MemberId, ProjectId, SpaceId,
    channel::{
        AddChannelMember, ChangeChannelRole, Channel, ChannelKind, ChannelRole, CreateChannel,
        MarkAllRead, MarkRead, OpenDirect, Posting, RemoveChannelMember, UpdateChannel,
    },
    command::nullable,
    feed::{AddFeed, Feed, RemoveFeed},
    roster::Roster,
    snapshot::Page,
};
use utoipa::ToSchema;

/// All that the asker may see.
#[utoipa::path(get, path = "/channels", tag = "channel", params(PageQuery),
    responses((status = 200, body = Page<Channel>)))]
pub async fn index(asker: Asker, Query(page): Query<PageQuery>) -> Answer<Json<Page<Channel>>> {
    let all = asker.engine().list_channels(asker.actor()).await?;
    page_of(all, &page, |it| it.id.0)
}

#[utoipa::path(post, path = "/channels", tag = "channel", request_body = CreateChannel,
    responses((status = 201, body = Channel)))]
pub async fn create(
    asker: Asker,
    Json(Creation { id, wish }): Json<Creation<CreateChannel>>,
) -> Answer<Response> {
    let wish = CreateChannel {
        id: ChannelId(asker.created_id(id)),
        ..wish
    };
    let done = asker.execute(Command::CreateChannel(wish)).await?;
    show_created(&asker, done).await
}

/// Opens the direct channel with these members, or finds it.
#[utoipa::path(post, path = "/channels/direct", tag = "channel", request_body = OpenDirect,
    responses((status = 201, body = Channel)))]
pub async fn open_direct(
    asker: Asker,
    Json(Creation { id, wish }): Json<Creation<OpenDirect>>,
) -> Answer<Response> {
    let wish = OpenDirect {
        id: ChannelId(asker.created_id(id)),
        ..wish
    };
    let done = asker.execute(Command::OpenDirect(wish)).await?;
    show_created(&asker, done).await
}

async fn show_created(asker: &Asker, done: Done) -> Answer<Response> {
    let id = ChannelId(outcome_id(&done)?);
    let pick = |event: &Event| match event {
        Event::ChannelCreated { channel } => Some(channel.clone()),
        _ => None,
    };
    match find_written(&done, pick) {
        Some(channel) => Ok(created(channel)),
        None => Ok(created(
            asker.engine().get_channel(asker.actor(), id).await?,
        )),
    }
}

#[utoipa::path(get, path = "/channels/{id}", tag = "channel",
    responses((status = 200, body = Channel)))]
pub async fn show(asker: Asker, Segment(id): Segment<ChannelId>) -> Answer<Json<Channel>> {
    Ok(Json(asker.engine().get_channel(asker.actor(), id).await?))
}

/// Absent fields stay. `project: null` unbinds.
#[derive(Deserialize, ToSchema)]
pub struct ChannelPatch {
    pub name: Option<String>,
    pub topic: Option<String>,
    pub description: Option<String>,
    #[serde(default, with = "nullable")]
    #[schema(value_type = Option<ProjectId>)]
    pub project: Option<Option<ProjectId>>,
    pub archived: Option<bool>,
    /// `private` hides a public channel from everyone who is not in it. There is no way back.
    pub kind: Option<ChannelKind>,
    pub posting: Option<Posting>,
    pub replying: Option<Posting>,
    /// Of a public channel: administrators, in a space those who manage that.
    pub is_default: Option<bool>,
    /// In a space: whoever is in that is in the channel.
    pub follows_space: Option<bool>,
    #[serde(default, with = "nullable")]
    #[schema(value_type = Option<SpaceId>)]
    pub space: Option<Option<SpaceId>>,
}

#[utoipa::path(patch, path = "/channels/{id}", tag = "channel",
    responses((status = 200, body = Channel)))]
pub async fn update(
    asker: Asker,
    Segment(channel): Segment<ChannelId>,
    Json(patch): Json<ChannelPatch>,
) -> Answer<Json<Channel>> {
    let ChannelPatch {
        name,
        topic,
        description,
        project,
        archived,
        kind,
        posting,
        replying,
        is_default,
        follows_space,
        space,
    } = patch;
    let wish = UpdateChannel {
        channel,
        name,
        topic,
        description,
        project,
        archived,
        kind,
        posting,
        replying,
        is_default,
        follows_space,
        space,
    };
    asker.execute(Command::UpdateChannel(wish)).await?;
    Ok(Json(
        asker.engine().get_channel(asker.actor(), channel).await?,
    ))
}

#[utoipa::path(get, path = "/channels/{id}/members", tag = "channel",
    params(MembersQuery, PageQuery),
    responses((status = 200, body = Page<MemberId>)))]
pub async fn members(
    asker: Asker,
    Segment(id): Segment<ChannelId>,
    Query(query): Query<MembersQuery>,
    Query(page): Query<PageQuery>,
) -> Answer<Json<Page<MemberId>>> {
    if let Some(named) = query.named(&asker, Roster::Channel(id)).await? {
        return page_of(named, &page, |it| it.0);
    }
    let all = asker
        .engine()
        .list_channel_members(asker.actor(), id)
        .await?;
    page_of(all, &page, |it| it.0)
}

/// Joins, or adds another.
#[utoipa::path(put, path = "/channels/{id}/members/{member}", tag = "channel",
    responses((status = 204)))]
pub async fn add_member(
    asker: Asker,
    Segment((channel, member)): Segment<(ChannelId, MemberId)>,
) -> Answer<Response> {
    let wish = AddChannelMember { channel, member };
    Ok(done(&asker.execute(Command::AddChannelMember(wish)).await?))
}

/// Leaves, or removes another.
#[utoipa::path(delete, path = "/channels/{id}/members/{member}", tag = "channel",
    responses((status = 204)))]
pub async fn remove_member(
    asker: Asker,
    Segment((channel, member)): Segment<(ChannelId, MemberId)>,
) -> Answer<Response> {
    let wish = RemoveChannelMember { channel, member };
    Ok(done(
        &asker.execute(Command::RemoveChannelMember(wish)).await?,
    ))
}

#[derive(Deserialize, ToSchema)]
pub struct NewChannelRole {
    pub role: ChannelRole,
}

/// Makes a member of the channel its manager, or an ordinary member again.
#[utoipa::path(put, path = "/channels/{id}/members/{member}/role", tag = "channel",
    responses((status = 200, body = Channel)))]
pub async fn change_role(
    asker: Asker,
    Segment((channel, member)): Segment<(ChannelId, MemberId)>,
    Json(NewChannelRole { role }): Json<NewChannelRole>,
) -> Answer<Json<Channel>> {
    let wish = ChangeChannelRole {
        channel,
        member,
        role,
    };
    asker.execute(Command::ChangeChannelRole(wish)).await?;
    Ok(Json(
        asker.engine().get_channel(asker.actor(), channel).await?,
    ))
}

#[derive(Deserialize, ToSchema)]
pub struct ReadPosition {
    /// Read up to and including this seq.
    pub seq: i64,
}

/// Moves the asker's read position; backwards marks unread.
#[utoipa::path(put, path = "/channels/{id}/read", tag = "channel",
    responses((status = 204)))]
pub async fn mark_read(
    asker: Asker,
    Segment(channel): Segment<ChannelId>,
    Json(ReadPosition { seq }): Json<ReadPosition>,
) -> Answer<Response> {
    Ok(done(
        &asker
            .execute(Command::MarkRead(MarkRead { channel, seq }))
            .await?,
    ))
}

/// Moves the asker's read position forward in several channels at once.
#[utoipa::path(put, path = "/read", tag = "channel",
    responses((status = 204)))]
pub async fn mark_all_read(asker: Asker, Json(wish): Json<MarkAllRead>) -> Answer<Response> {
    Ok(done(&asker.execute(Command::MarkAllRead(wish)).await?))
}

/// The projects that the channel follows.
#[utoipa::path(get, path = "/channels/{id}/feeds", tag = "channel",
    responses((status = 200, body = Page<Feed>)))]
pub async fn feeds(asker: Asker, Segment(id): Segment<ChannelId>) -> Answer<Json<Page<Feed>>> {
    Ok(list(
        asker.engine().list_channel_feeds(asker.actor(), id).await?,
    ))
}

/// Follows a project, named by key or id.
#[utoipa::path(put, path = "/channels/{id}/feeds/{project}", tag = "channel",
    responses((status = 204)))]
pub async fn add_feed(
    asker: Asker,
    Segment((channel, project)): Segment<(ChannelId, String)>,
) -> Answer<Response> {
    let project = find_project(asker.engine(), asker.actor(), &project).await?;
    Ok(done(
        &asker
            .execute(Command::AddFeed(AddFeed { channel, project }))
            .await?,
    ))
}

#[utoipa::path(delete, path = "/channels/{id}/feeds/{project}", tag = "channel",
    responses((status = 204)))]
pub async fn remove_feed(
    asker: Asker,
    Segment((channel, project)): Segment<(ChannelId, String)>,
) -> Answer<Response> {
    let project = find_project(asker.engine(), asker.actor(), &project).await?;
    Ok(done(
        &asker
            .execute(Command::RemoveFeed(RemoveFeed { channel, project }))
            .await?,
    ))
}
