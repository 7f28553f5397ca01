//! `/tokens`: how programs act for a member.

use crate::{
    answer::{created, list, nothing},
    errors::Answer,
    identity::Asker,
    request::{Json, Segment},
};
use axum::response::Response;
use tenon_protocol::{
    TokenId,
    credential::{CreateToken, Token, TokenCreated},
    snapshot::Page,
};

#[utoipa::path(get, path = "/tokens", tag = "token",
    responses((status = 200, body = Page<Token>)))]
pub async fn index(asker: Asker) -> Answer<Json<Page<Token>>> {
    Ok(list(asker.engine().list_tokens(asker.actor()).await?))
}

/// Makes a token of the asker. Its secret is shown this once.
#[utoipa::path(post, path = "/tokens", tag = "token",
    responses((status = 201, body = TokenCreated)))]
pub async fn create(asker: Asker, Json(wish): Json<CreateToken>) -> Answer<Response> {
    let (record, token) = asker.engine().create_token(asker.actor(), wish).await?;
    Ok(created(TokenCreated { record, token }))
}

#[utoipa::path(delete, path = "/tokens/{id}", tag = "token", responses((status = 204)))]
pub async fn delete(asker: Asker, Segment(id): Segment<TokenId>) -> Answer<Response> {
    asker.engine().revoke_token(asker.actor(), id).await?;
    Ok(nothing())
}
