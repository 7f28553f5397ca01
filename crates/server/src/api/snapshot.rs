//! `/snapshot`: where a replica begins.

use crate::{errors::Answer, identity::Asker, request::Json};
use tenon_protocol::snapshot::Snapshot;

/// What the asker's side bar and directory show, stamped with its `seq`.
#[utoipa::path(get, path = "/snapshot", tag = "sync",
    responses((status = 200, body = Snapshot)))]
pub async fn show(asker: Asker) -> Answer<Json<Snapshot>> {
    Ok(Json(asker.engine().snapshot(asker.actor()).await?))
}
