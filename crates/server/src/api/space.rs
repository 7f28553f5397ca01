//! `/spaces`: what holds channels and projects, and who is in it.

use super::roster::MembersQuery;
use crate::{
    answer::{created, done, find_written, list, page_of},
    api::PageQuery,
    errors::Answer,
    identity::Asker,
    request::{Creation, Json, Query, Segment},
};
use axum::response::Response;
use serde::Deserialize;
use tenon_protocol::{
    Command, Event, MemberId, SpaceId,
    roster::Roster,
    snapshot::Page,
    space::{ChangeSpaceMembers, CreateSpace, Progress, Space, UpdateSpace},
};
use utoipa::ToSchema;

/// All that the asker may see, archived ones too.
#[utoipa::path(get, path = "/spaces", tag = "space", params(PageQuery),
    responses((status = 200, body = Page<Space>)))]
pub async fn index(asker: Asker, Query(page): Query<PageQuery>) -> Answer<Json<Page<Space>>> {
    let all = asker.engine().list_spaces(asker.actor()).await?;
    page_of(all, &page, |it| it.id.0)
}

#[utoipa::path(post, path = "/spaces", tag = "space", request_body = CreateSpace,
    responses((status = 201, body = Space)))]
pub async fn create(
    asker: Asker,
    Json(Creation { id, wish }): Json<Creation<CreateSpace>>,
) -> Answer<Response> {
    let id = SpaceId(asker.created_id(id));
    let wish = CreateSpace { id, ..wish };
    let done = asker.execute(Command::CreateSpace(wish)).await?;
    let pick = |event: &Event| match event {
        Event::SpaceCreated { space } => Some(space.clone()),
        _ => None,
    };
    match find_written(&done, pick) {
        Some(space) => Ok(created(space)),
        None => Ok(created(asker.engine().get_space(asker.actor(), id).await?)),
    }
}

#[utoipa::path(get, path = "/spaces/{id}", tag = "space",
    responses((status = 200, body = Space)))]
pub async fn show(asker: Asker, Segment(id): Segment<SpaceId>) -> Answer<Json<Space>> {
    Ok(Json(asker.engine().get_space(asker.actor(), id).await?))
}

/// Absent fields stay.
#[derive(Deserialize, ToSchema)]
pub struct SpacePatch {
    pub name: Option<String>,
    pub icon: Option<String>,
    pub description: Option<String>,
    pub managers: Option<Vec<MemberId>>,
    pub archived: Option<bool>,
}

#[utoipa::path(patch, path = "/spaces/{id}", tag = "space",
    responses((status = 200, body = Space)))]
pub async fn update(
    asker: Asker,
    Segment(space): Segment<SpaceId>,
    Json(patch): Json<SpacePatch>,
) -> Answer<Json<Space>> {
    let SpacePatch {
        name,
        icon,
        description,
        managers,
        archived,
    } = patch;
    let wish = UpdateSpace {
        space,
        name,
        icon,
        description,
        managers,
        archived,
    };
    asker.execute(Command::UpdateSpace(wish)).await?;
    Ok(Json(asker.engine().get_space(asker.actor(), space).await?))
}

/// The active members of the space.
#[utoipa::path(get, path = "/spaces/{id}/members", tag = "space", params(MembersQuery, PageQuery),
    responses((status = 200, body = Page<MemberId>)))]
pub async fn members(
    asker: Asker,
    Segment(id): Segment<SpaceId>,
    Query(query): Query<MembersQuery>,
    Query(page): Query<PageQuery>,
) -> Answer<Json<Page<MemberId>>> {
    if let Some(named) = query.named(&asker, Roster::Space(id)).await? {
        return page_of(named, &page, |it| it.0);
    }
    let all = asker.engine().list_space_members(asker.actor(), id).await?;
    page_of(all, &page, |it| it.0)
}

/// How far its projects are, those that the asker may see.
#[utoipa::path(get, path = "/spaces/{id}/progress", tag = "space",
    responses((status = 200, body = Page<Progress>)))]
pub async fn progress(asker: Asker, Segment(id): Segment<SpaceId>) -> Answer<Json<Page<Progress>>> {
    Ok(list(
        asker
            .engine()
            .list_space_progress(asker.actor(), id)
            .await?,
    ))
}

/// Joins, or adds another.
#[utoipa::path(put, path = "/spaces/{id}/members/{member}", tag = "space",
    responses((status = 204)))]
pub async fn add_member(
    asker: Asker,
    Segment((space, member)): Segment<(SpaceId, MemberId)>,
) -> Answer<Response> {
    let wish = ChangeSpaceMembers {
        space,
        add: vec![member],
        remove: vec![],
    };
    Ok(done(
        &asker.execute(Command::ChangeSpaceMembers(wish)).await?,
    ))
}

/// Leaves, or removes another.
#[utoipa::path(delete, path = "/spaces/{id}/members/{member}", tag = "space",
    responses((status = 204)))]
pub async fn remove_member(
    asker: Asker,
    Segment((space, member)): Segment<(SpaceId, MemberId)>,
) -> Answer<Response> {
    let wish = ChangeSpaceMembers {
        space,
        add: vec![],
        remove: vec![member],
    };
    Ok(done(
        &asker.execute(Command::ChangeSpaceMembers(wish)).await?,
    ))
}
