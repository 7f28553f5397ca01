//! `/members`: people and bots; `/avatars`: their pictures.

use crate::{
    answer::{created, find_written, outcome_id, page_of},
    api::PageQuery,
    errors::{Answer, Problem},
    identity::Asker,
    request::{Creation, Json, Query, Segment, read_body},
};
use axum::{
    extract::Request,
    response::{IntoResponse, Response},
};
use http::header;
use serde::Deserialize;
use tenon_protocol::{
    Command, Event, MemberId,
    limit::AVATAR_BYTES_MAX,
    member::{
        AddMember, ChangeRole, DeactivateMember, Language, Member, ReactivateMember, Role,
        UpdateMember,
    },
    snapshot::Page,
    status::{Status, WorkingHours},
};
use utoipa::ToSchema;

/// The pictures that are taken.
const AVATAR_TYPES: [&str; 3] = ["image/png", "image/jpeg", "image/webp"];

/// Everyone in the workspace.
#[utoipa::path(get, path = "/members", tag = "member", params(PageQuery),
    responses((status = 200, body = Page<Member>)))]
pub async fn index(asker: Asker, Query(page): Query<PageQuery>) -> Answer<Json<Page<Member>>> {
    let all = asker.engine().list_members(asker.actor()).await?;
    page_of(all, &page, |it| it.id.0)
}

/// Adds a member without an invitation; for bots.
#[utoipa::path(post, path = "/members", tag = "member", request_body = AddMember,
    responses((status = 201, body = Member)))]
pub async fn create(
    asker: Asker,
    Json(Creation { id, wish }): Json<Creation<AddMember>>,
) -> Answer<Response> {
    let wish = AddMember {
        id: MemberId(asker.created_id(id)),
        ..wish
    };
    let done = asker.execute(Command::AddMember(wish)).await?;
    let id = MemberId(outcome_id(&done)?);
    let pick = |event: &Event| match event {
        Event::MemberAdded { member } => Some(member.clone()),
        _ => None,
    };
    match find_written(&done, pick) {
        Some(member) => Ok(created(member)),
        None => Ok(created(asker.engine().get_member(asker.actor(), id).await?)),
    }
}

#[utoipa::path(get, path = "/members/{id}", tag = "member",
    responses((status = 200, body = Member)))]
pub async fn show(asker: Asker, Segment(id): Segment<MemberId>) -> Answer<Json<Member>> {
    Ok(Json(asker.engine().get_member(asker.actor(), id).await?))
}

/// Absent fields stay.
#[derive(Deserialize, ToSchema)]
pub struct MemberPatch {
    pub name: Option<String>,
    pub handle: Option<String>,
    pub title: Option<String>,
    /// An empty text removes the picture.
    pub avatar: Option<String>,
    pub time_zone: Option<String>,
    pub language: Option<Language>,
    /// One without emoji and text takes it away.
    pub status: Option<Status>,
    /// Hours without days take them away.
    pub working_hours: Option<WorkingHours>,
}

/// Changes a profile: one's own, or anyone's for administrators.
#[utoipa::path(patch, path = "/members/{id}", tag = "member",
    responses((status = 200, body = Member)))]
pub async fn update(
    asker: Asker,
    Segment(member): Segment<MemberId>,
    Json(patch): Json<MemberPatch>,
) -> Answer<Json<Member>> {
    let MemberPatch {
        name,
        handle,
        title,
        avatar,
        time_zone,
        language,
        status,
        working_hours,
    } = patch;
    let wish = UpdateMember {
        member,
        name,
        handle,
        title,
        avatar,
        time_zone,
        language,
        status,
        working_hours,
    };
    execute_on(asker, Command::UpdateMember(wish), member).await
}

#[derive(Deserialize, ToSchema)]
pub struct RoleChoice {
    pub role: Role,
}

#[utoipa::path(put, path = "/members/{id}/role", tag = "member",
    responses((status = 200, body = Member)))]
pub async fn change_role(
    asker: Asker,
    Segment(member): Segment<MemberId>,
    Json(RoleChoice { role }): Json<RoleChoice>,
) -> Answer<Json<Member>> {
    execute_on(
        asker,
        Command::ChangeRole(ChangeRole { member, role }),
        member,
    )
    .await
}

/// Ends the member's sessions and tokens; their words and tasks stay.
#[utoipa::path(post, path = "/members/{id}/deactivate", tag = "member",
    responses((status = 200, body = Member)))]
pub async fn deactivate(asker: Asker, Segment(member): Segment<MemberId>) -> Answer<Json<Member>> {
    execute_on(
        asker,
        Command::DeactivateMember(DeactivateMember { member }),
        member,
    )
    .await
}

#[utoipa::path(post, path = "/members/{id}/reactivate", tag = "member",
    responses((status = 200, body = Member)))]
pub async fn reactivate(asker: Asker, Segment(member): Segment<MemberId>) -> Answer<Json<Member>> {
    execute_on(
        asker,
        Command::ReactivateMember(ReactivateMember { member }),
        member,
    )
    .await
}

async fn execute_on(asker: Asker, command: Command, member: MemberId) -> Answer<Json<Member>> {
    asker.execute(command).await?;
    Ok(Json(
        asker.engine().get_member(asker.actor(), member).await?,
    ))
}

/// Sets a picture: the bytes themselves, `image/png`, `image/jpeg` or `image/webp`.
#[utoipa::path(put, path = "/members/{id}/avatar", tag = "member",
    request_body(content = Vec<u8>, content_type = "image/*"),
    responses((status = 200, body = Member)))]
pub async fn save_avatar(
    asker: Asker,
    Segment(member): Segment<MemberId>,
    request: Request,
) -> Answer<Json<Member>> {
    let named = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok());
    let media_type = AVATAR_TYPES
        .into_iter()
        .find(|known| named.is_some_and(|named| named.starts_with(known)))
        .ok_or_else(|| {
            Problem::malformed("Send a picture as image/png, image/jpeg or image/webp.")
                .at("content-type")
        })?;
    let bytes = read_body(request, AVATAR_BYTES_MAX).await?;
    let saved = asker
        .engine()
        .save_avatar(asker.actor(), member, media_type, bytes)
        .await?;
    Ok(Json(saved))
}

/// A picture. It never changes: another picture has another hash.
#[utoipa::path(get, path = "/avatars/{hash}", tag = "member",
    responses((status = 200, body = Vec<u8>, content_type = "image/*")))]
pub async fn show_avatar(asker: Asker, Segment(hash): Segment<String>) -> Answer<Response> {
    let (media_type, bytes) = asker.engine().get_avatar(asker.actor(), &hash).await?;
    let headers = [
        (header::CONTENT_TYPE, media_type.as_str()),
        (
            header::CACHE_CONTROL,
            "private, max-age=31536000, immutable",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'"),
    ];
    Ok((headers, bytes).into_response())
}
