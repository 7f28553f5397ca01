//! `/hooks`: incoming webhooks. What is posted to them arrives in `slack.rs`.

use crate::{
    answer::{created, nothing, page_of},
    api::PageQuery,
    errors::Answer,
    identity::{Asker, Client},
    request::{Json, Query, Segment},
};
use axum::response::Response;
use tenon_protocol::{
    HookId,
    credential::{CreateHook, Hook, HookCreated},
    snapshot::Page,
};

#[utoipa::path(get, path = "/hooks", tag = "hook", params(PageQuery),
    responses((status = 200, body = Page<Hook>)))]
pub async fn index(asker: Asker, Query(page): Query<PageQuery>) -> Answer<Json<Page<Hook>>> {
    let all = asker.engine().list_hooks(asker.actor()).await?;
    page_of(all, &page, |it| it.id.0)
}

/// Makes an address that posts to a channel. It contains the secret and is shown this once, and to
/// who repeats the request under the same `Idempotency-Key`.
#[utoipa::path(post, path = "/hooks", tag = "hook",
    responses((status = 201, body = HookCreated)))]
pub async fn create(
    asker: Asker,
    client: Client,
    Json(wish): Json<CreateHook>,
) -> Answer<Response> {
    let (engine, attempt) = (asker.engine(), asker.attempt(wish.id.map(|id| id.0)));
    let (hook, secret) = engine.create_hook(asker.actor(), attempt, wish).await?;
    let url = format!("{}/hooks/{secret}", client.base_url);
    Ok(created(HookCreated { hook, url }))
}

#[utoipa::path(delete, path = "/hooks/{id}", tag = "hook", responses((status = 204)))]
pub async fn delete(asker: Asker, Segment(id): Segment<HookId>) -> Answer<Response> {
    asker.engine().delete_hook(asker.actor(), id).await?;
    Ok(nothing())
}
