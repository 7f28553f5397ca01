//! `/workspace`: the organisation itself.

use crate::{answer::done, errors::Answer, identity::Asker, request::Json};
use axum::response::Response;
use tenon_protocol::{
    Command,
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
