//! `/administration`: what administrators look at, besides what everybody sees.

use crate::{answer::list, errors::Answer, identity::Asker, request::Json};
use tenon_protocol::{
    administration::{ChannelReports, LimitReport, StorageReport},
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
