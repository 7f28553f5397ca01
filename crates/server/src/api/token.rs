//! `/tokens`: how programs act for a member.

use crate::{
    answer::{created, nothing, page_of},
    api::PageQuery,
    errors::Answer,
    identity::Asker,
    request::{Json, Query, Segment},
};
use axum::response::Response;
use tenon_protocol::{
    TokenId,
    credential::{CreateToken, Token, TokenCreated},
    snapshot::Page,
};

#[utoipa::path(get, path = "/tokens", tag = "token", params(PageQuery),
    responses((status = 200, body = Page<Token>)))]
pub async fn index(asker: Asker, Query(page): Query<PageQuery>) -> Answer<Json<Page<Token>>> {
    let all = asker.engine().list_tokens(asker.actor()).await?;
    page_of(all, &page, |it| it.id.0)
}

/// Makes a token of the asker. Its secret is shown this once, and to who repeats the request under
/// the same `Idempotency-Key`.
#[utoipa::path(post, path = "/tokens", tag = "token",
    responses((status = 201, body = TokenCreated)))]
pub async fn create(asker: Asker, Json(wish): Json<CreateToken>) -> Answer<Response> {
    let (engine, attempt) = (asker.engine(), asker.attempt(wish.id.map(|id| id.0)));
    let (record, token) = engine.create_token(asker.actor(), attempt, wish).await?;
    Ok(created(TokenCreated { record, token }))
}

#[utoipa::path(delete, path = "/tokens/{id}", tag = "token", responses((status = 204)))]
pub async fn delete(asker: Asker, Segment(id): Segment<TokenId>) -> Answer<Response> {
    asker.engine().revoke_token(asker.actor(), id).await?;
    Ok(nothing())
}
