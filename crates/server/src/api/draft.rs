//! `/drafts`: what the asker has typed and not sent, the same on all of their devices.

use crate::{
    answer::list,
    errors::Answer,
    identity::Asker,
    request::{Json, Segment},
};
use tenon_protocol::{
    draft::{Draft, Home, PutDraft},
    snapshot::Page,
};

/// All of the asker's own.
#[utoipa::path(get, path = "/drafts", tag = "draft",
    responses((status = 200, body = Page<Draft>)))]
pub async fn index(asker: Asker) -> Answer<Json<Page<Draft>>> {
    Ok(list(asker.engine().list_drafts(asker.actor()).await?))
}

/// Puts one, or takes it away with an empty text. The answer is what stands now: the newest words,
/// with those beside them that this device had not seen.
#[utoipa::path(put, path = "/drafts/{home}", tag = "draft",
    responses((status = 200, body = Draft)))]
pub async fn save(
    asker: Asker,
    Segment(home): Segment<Home>,
    Json(wish): Json<PutDraft>,
) -> Answer<Json<Draft>> {
    let engine = asker.engine();
    Ok(Json(engine.put_draft(asker.actor(), home, wish).await?))
}
