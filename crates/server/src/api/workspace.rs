//! `/workspace`: the organisation itself.

use crate::{errors::Answer, identity::Asker, request::Json};
use tenon_protocol::{
    Command,
    workspace::{RenameWorkspace, Workspace},
};

#[utoipa::path(patch, path = "/workspace", tag = "workspace",
    responses((status = 200, body = Workspace)))]
pub async fn update(asker: Asker, Json(wish): Json<RenameWorkspace>) -> Answer<Json<Workspace>> {
    asker.execute(Command::RenameWorkspace(wish)).await?;
    Ok(Json(asker.engine().me(&asker.access).await?.workspace))
}
