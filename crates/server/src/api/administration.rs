//! `/administration`: what administrators look at, besides what everybody sees.

use crate::{
    answer::{list, nothing},
    errors::Answer,
    identity::Asker,
    request::Json,
};
use axum::response::Response;
use tenon_protocol::{
    administration::{ChannelReports, LimitReport, StorageReport},
    retention::{RetentionPreview, RetentionReport, RetentionWish, SetRetention},
    snapshot::Page,
};

/// Public channels with their members, messages and files; of the others how many there are.
#[utoipa::path(get, path = "/administration/channels", tag = "administration",
    responses((status = 200, body = ChannelReports)))]
pub async fn channels(asker: Asker) -> Answer<Json<ChannelReports>> {
    Ok(Json(asker.engine().report_channels(asker.actor()).await?))
}

/// What takes how much room, as it was counted last; counted anew if that was long ago.
#[utoipa::path(get, path = "/administration/storage", tag = "administration",
    responses((status = 200, body = StorageReport)))]
pub async fn storage(asker: Asker) -> Answer<Json<StorageReport>> {
    Ok(Json(asker.engine().report_storage(asker.actor()).await?))
}

/// What there can be of something, and what there is.
#[utoipa::path(get, path = "/administration/limits", tag = "administration",
    responses((status = 200, body = Page<LimitReport>)))]
pub async fn limits(asker: Asker) -> Answer<Json<Page<LimitReport>>> {
    Ok(list(asker.engine().report_limits(asker.actor()).await?))
}

/// How long talk and files are kept, where other rules hold, and what was erased lately.
#[utoipa::path(get, path = "/administration/retention", tag = "administration",
    responses((status = 200, body = RetentionReport)))]
pub async fn retention(asker: Asker) -> Answer<Json<RetentionReport>> {
    Ok(Json(asker.engine().report_retention(asker.actor()).await?))
}

/// What a rule would erase now, without setting it. Ask again while it is counting.
#[utoipa::path(post, path = "/administration/retention/preview", tag = "administration",
    responses((status = 200, body = RetentionPreview)))]
pub async fn preview_retention(
    asker: Asker,
    Json(wish): Json<RetentionWish>,
) -> Answer<Json<RetentionPreview>> {
    let preview = asker
        .engine()
        .preview_retention(asker.actor(), wish)
        .await?;
    Ok(Json(preview))
}

/// Sets a rule. One that erases more than before carries what its preview said.
#[utoipa::path(put, path = "/administration/retention", tag = "administration",
    responses((status = 204)))]
pub async fn set_retention(asker: Asker, Json(set): Json<SetRetention>) -> Answer<Response> {
    let (engine, request) = (asker.engine(), asker.request());
    engine.set_retention(asker.actor(), request, set).await?;
    Ok(nothing())
}
