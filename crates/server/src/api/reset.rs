//! `/password-resets`: ways back in for those who forgot their password, by mail.

use super::session::signed_in;
use crate::{
    Shared,
    answer::nothing,
    errors::Answer,
    identity::Client,
    request::{Json, Segment},
};
use axum::{extract::State, response::Response};
use tenon_protocol::credential::{ForgotPassword, PasswordReset, ResetPassword, SignedIn};

/// Mails a way back in to whoever has this address. The same answer whether anybody has.
#[utoipa::path(post, path = "/password-resets", tag = "session", security(()),
    responses((status = 204)))]
pub async fn create(
    State(server): State<Shared>,
    client: Client,
    Json(forgot): Json<ForgotPassword>,
) -> Answer<Response> {
    client.check_same_site()?;
    server.rates.check_stranger(client.ip)?;
    server
        .engine
        .forgot_password(forgot, &client.note())
        .await?;
    Ok(nothing())
}

/// What the page that the mail leads to shows.
#[utoipa::path(get, path = "/password-resets/{secret}", tag = "session", security(()),
    responses((status = 200, body = PasswordReset)))]
pub async fn preview(
    State(server): State<Shared>,
    client: Client,
    Segment(secret): Segment<String>,
) -> Answer<Json<PasswordReset>> {
    server.rates.check_stranger(client.ip)?;
    Ok(Json(server.engine.preview_reset(&secret).await?))
}

/// Sets the password, ends all sessions of the member, and signs in.
#[utoipa::path(post, path = "/password-resets/{secret}", tag = "session", security(()),
    responses((status = 201, body = SignedIn)))]
pub async fn accept(
    State(server): State<Shared>,
    client: Client,
    Segment(secret): Segment<String>,
    Json(reset): Json<ResetPassword>,
) -> Answer<Response> {
    client.check_same_site()?;
    server.rates.check_stranger(client.ip)?;
    let note = client.note();
    let reset = server.engine.reset_password(&secret, reset, &note);
    Ok(signed_in(reset.await?, &client))
}
