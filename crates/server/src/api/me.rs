//! `/me`: the asker.

use crate::{answer::nothing, errors::Answer, identity::Asker, request::Json};
use axum::response::Response;
use tenon_protocol::credential::{ChangePassword, Me};

/// Who am I?
#[utoipa::path(get, path = "/me", tag = "me", responses((status = 200, body = Me)))]
pub async fn show(asker: Asker) -> Answer<Json<Me>> {
    Ok(Json(asker.engine().me(&asker.access).await?))
}

/// Changes the asker's password.
#[utoipa::path(post, path = "/me/password", tag = "me", responses((status = 204)))]
pub async fn change_password(asker: Asker, Json(change): Json<ChangePassword>) -> Answer<Response> {
    asker
        .engine()
        .change_password(&asker.access, change)
        .await?;
    Ok(nothing())
}
