//! `/push`: whether the asker's session is pushed to. What a device's address is goes in, and never
//! out.

use crate::{
    answer::nothing,
    errors::Answer,
    identity::{Asker, Client},
    request::Json,
};
use axum::response::Response;
use tenon_protocol::push::{PushStatus, PushSubscription};

/// The key to subscribe with, and whether this session is pushed to.
#[utoipa::path(get, path = "/push", tag = "notification",
    responses((status = 200, body = PushStatus)))]
pub async fn show(asker: Asker) -> Answer<Json<PushStatus>> {
    Ok(Json(asker.engine().push_status(&asker.access).await?))
}

/// Pushes to this session from now on, with what the browser's push manager answered.
#[utoipa::path(put, path = "/push", tag = "notification", responses((status = 204)))]
pub async fn subscribe(
    asker: Asker,
    client: Client,
    Json(wish): Json<PushSubscription>,
) -> Answer<Response> {
    let subscribed = asker
        .engine()
        .subscribe_push(&asker.access, wish, client.base_url);
    subscribed.await?;
    Ok(nothing())
}

/// Pushes to this session no more.
#[utoipa::path(delete, path = "/push", tag = "notification", responses((status = 204)))]
pub async fn unsubscribe(asker: Asker) -> Answer<Response> {
    asker.engine().unsubscribe_push(&asker.access).await?;
    Ok(nothing())
}
