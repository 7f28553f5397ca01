//! `/workspace`: the organisation itself.

use crate::{
    Shared,
    answer::{done, nothing},
    errors::Answer,
    identity::Asker,
    request::{Json, Segment, read_body},
};
use axum::{
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use http::header;
use tenon_protocol::{
    Command,
    limit::LOGO_BYTES_MAX,
    policy::{ChangeMailDomains, ChangePolicy, Policy},
    reader::HideReaders,
    workspace::{RenameWorkspace, Workspace},
};

#[utoipa::path(patch, path = "/workspace", tag = "workspace",
    responses((status = 200, body = Workspace)))]
pub async fn update(asker: Asker, Json(wish): Json<RenameWorkspace>) -> Answer<Json<Workspace>> {
    asker.execute(Command::RenameWorkspace(wish)).await?;
    Ok(Json(asker.engine().me(&asker.access).await?.workspace))
}

/// Whether authors may see who has read their messages.
#[utoipa::path(put, path = "/workspace/readers", tag = "workspace", responses((status = 204)))]
pub async fn hide_readers(asker: Asker, Json(wish): Json<HideReaders>) -> Answer<Response> {
    Ok(done(&asker.execute(Command::HideReaders(wish)).await?))
}

/// The rules of the workspace: how one signs in, and limits. Sessions that have ended under the
/// new ones end at once.
#[utoipa::path(patch, path = "/workspace/policy", tag = "workspace",
    responses((status = 200, body = Policy)))]
pub async fn change_policy(asker: Asker, Json(wish): Json<ChangePolicy>) -> Answer<Json<Policy>> {
    let (engine, request) = (asker.engine(), asker.request());
    let policy = engine.change_policy(&asker.access, request, wish).await?;
    Ok(Json(policy))
}

/// The domains of the addresses with which new members come in, all of them.
#[utoipa::path(put, path = "/workspace/mail-domains", tag = "workspace",
    responses((status = 204)))]
pub async fn change_mail_domains(
    asker: Asker,
    Json(wish): Json<ChangeMailDomains>,
) -> Answer<Response> {
    Ok(done(
        &asker.execute(Command::ChangeMailDomains(wish)).await?,
    ))
}

/// Sets the logo: the bytes themselves of a PNG, JPEG or WebP picture. It is kept as a square.
#[utoipa::path(put, path = "/workspace/logo", tag = "workspace",
    request_body(content = Vec<u8>, content_type = "image/*"),
    responses((status = 200, body = Workspace)))]
pub async fn save_logo(asker: Asker, request: Request) -> Answer<Json<Workspace>> {
    let bytes = read_body(request, LOGO_BYTES_MAX).await?;
    asker.engine().save_logo(asker.actor(), bytes).await?;
    Ok(Json(asker.engine().me(&asker.access).await?.workspace))
}

#[utoipa::path(delete, path = "/workspace/logo", tag = "workspace", responses((status = 204)))]
pub async fn delete_logo(asker: Asker) -> Answer<Response> {
    asker.engine().remove_logo(asker.actor()).await?;
    Ok(nothing())
}

/// The logo of a workspace, for anybody. It never changes: another one has another hash.
#[utoipa::path(get, path = "/logo/{hash}", tag = "workspace", security(()),
    responses((status = 200, body = Vec<u8>, content_type = "image/png")))]
pub async fn show_logo(
    State(server): State<Shared>,
    Segment(hash): Segment<String>,
) -> Answer<Response> {
    let logo = server.engine.get_logo(&hash).await?;
    let headers = [
        (header::CONTENT_TYPE, logo.media_type.as_str()),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'"),
    ];
    Ok((headers, logo.bytes).into_response())
}
