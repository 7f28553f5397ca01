//! `/groups`: departments and free groups, and who is in them.

use crate::{
    answer::{created, done, find_written, page_of},
    api::PageQuery,
    errors::Answer,
    identity::Asker,
    request::{Creation, Json, Query, Segment},
};
use axum::response::Response;
use serde::Deserialize;
use tenon_protocol::{
    Command, Event, GroupId, MemberId,
    command::nullable,
    group::{ChangeGroupMembers, CreateGroup, DeleteGroup, Group, UpdateGroup},
    snapshot::Page,
};
use utoipa::ToSchema;

/// All groups, archived ones too; none for guests.
#[utoipa::path(get, path = "/groups", tag = "group", params(PageQuery),
    responses((status = 200, body = Page<Group>)))]
pub async fn index(asker: Asker, Query(page): Query<PageQuery>) -> Answer<Json<Page<Group>>> {
    let all = asker.engine().list_groups(asker.actor()).await?;
    page_of(all, &page, |it| it.id.0)
}

#[utoipa::path(post, path = "/groups", tag = "group", request_body = CreateGroup,
    responses((status = 201, body = Group)))]
pub async fn create(
    asker: Asker,
    Json(Creation { id, wish }): Json<Creation<CreateGroup>>,
) -> Answer<Response> {
    let id = GroupId(asker.created_id(id));
    let wish = CreateGroup { id, ..wish };
    let done = asker.execute(Command::CreateGroup(wish)).await?;
    let pick = |event: &Event| match event {
        Event::GroupCreated { group } => Some(group.clone()),
        _ => None,
    };
    match find_written(&done, pick) {
        Some(group) => Ok(created(group)),
        None => Ok(created(asker.engine().get_group(asker.actor(), id).await?)),
    }
}

#[utoipa::path(get, path = "/groups/{id}", tag = "group",
    responses((status = 200, body = Group)))]
pub async fn show(asker: Asker, Segment(id): Segment<GroupId>) -> Answer<Json<Group>> {
    Ok(Json(asker.engine().get_group(asker.actor(), id).await?))
}

/// Absent fields stay. `parent: null` moves a department to the top.
#[derive(Deserialize, ToSchema)]
pub struct GroupPatch {
    pub name: Option<String>,
    pub handle: Option<String>,
    pub description: Option<String>,
    #[serde(default, with = "nullable")]
    #[schema(value_type = Option<GroupId>)]
    pub parent: Option<Option<GroupId>>,
    pub managers: Option<Vec<MemberId>>,
    pub archived: Option<bool>,
}

#[utoipa::path(patch, path = "/groups/{id}", tag = "group",
    responses((status = 200, body = Group)))]
pub async fn update(
    asker: Asker,
    Segment(group): Segment<GroupId>,
    Json(patch): Json<GroupPatch>,
) -> Answer<Json<Group>> {
    let GroupPatch {
        name,
        handle,
        description,
        parent,
        managers,
        archived,
    } = patch;
    let wish = UpdateGroup {
        group,
        name,
        handle,
        description,
        parent,
        managers,
        archived,
    };
    asker.execute(Command::UpdateGroup(wish)).await?;
    Ok(Json(asker.engine().get_group(asker.actor(), group).await?))
}

/// A department must have no others below it.
#[utoipa::path(delete, path = "/groups/{id}", tag = "group", responses((status = 204)))]
pub async fn delete(asker: Asker, Segment(group): Segment<GroupId>) -> Answer<Response> {
    let wish = DeleteGroup { group };
    Ok(done(&asker.execute(Command::DeleteGroup(wish)).await?))
}

/// The active people in it, those of the departments below it too.
#[utoipa::path(get, path = "/groups/{id}/members", tag = "group", params(PageQuery),
    responses((status = 200, body = Page<MemberId>)))]
pub async fn members(
    asker: Asker,
    Segment(id): Segment<GroupId>,
    Query(page): Query<PageQuery>,
) -> Answer<Json<Page<MemberId>>> {
    let all = asker.engine().list_group_members(asker.actor(), id).await?;
    page_of(all, &page, |it| it.0)
}

/// Whom to put in and whom to take out; at most 1,000 each.
#[derive(Deserialize, ToSchema)]
pub struct GroupMemberChange {
    #[serde(default)]
    pub add: Vec<MemberId>,
    #[serde(default)]
    pub remove: Vec<MemberId>,
}

/// Puts many in and takes many out at once.
#[utoipa::path(post, path = "/groups/{id}/members", tag = "group",
    request_body = GroupMemberChange, responses((status = 200, body = Group)))]
pub async fn change_members(
    asker: Asker,
    Segment(group): Segment<GroupId>,
    Json(GroupMemberChange { add, remove }): Json<GroupMemberChange>,
) -> Answer<Json<Group>> {
    let wish = ChangeGroupMembers { group, add, remove };
    asker.execute(Command::ChangeGroupMembers(wish)).await?;
    Ok(Json(asker.engine().get_group(asker.actor(), group).await?))
}

#[utoipa::path(put, path = "/groups/{id}/members/{member}", tag = "group",
    responses((status = 204)))]
pub async fn add_member(
    asker: Asker,
    Segment((group, member)): Segment<(GroupId, MemberId)>,
) -> Answer<Response> {
    let wish = ChangeGroupMembers {
        group,
        add: vec![member],
        remove: vec![],
    };
    Ok(done(
        &asker.execute(Command::ChangeGroupMembers(wish)).await?,
    ))
}

#[utoipa::path(delete, path = "/groups/{id}/members/{member}", tag = "group",
    responses((status = 204)))]
pub async fn remove_member(
    asker: Asker,
    Segment((group, member)): Segment<(GroupId, MemberId)>,
) -> Answer<Response> {
    let wish = ChangeGroupMembers {
        group,
        add: vec![],
        remove: vec![member],
    };
    Ok(done(
        &asker.execute(Command::ChangeGroupMembers(wish)).await?,
    ))
}
