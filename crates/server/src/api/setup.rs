//! `/setup`: the first run.

use super::session::signed_in;
use crate::{Shared, errors::Answer, identity::Client, request::Json};
use axum::{extract::State, response::Response};
use tenon_protocol::credential::{Setup, SetupStatus, SignedIn};

/// Whether the first workspace has yet to be made.
#[utoipa::path(get, path = "/setup", tag = "setup", security(()),
    responses((status = 200, body = SetupStatus)))]
pub async fn status(State(server): State<Shared>) -> Answer<Json<SetupStatus>> {
    Ok(Json(server.engine.setup_status().await?))
}

/// Makes the workspace and its owner, and signs the owner in.
#[utoipa::path(post, path = "/setup", tag = "setup", security(()),
    responses((status = 201, body = SignedIn)))]
pub async fn create(
    State(server): State<Shared>,
    client: Client,
    Json(setup): Json<Setup>,
) -> Answer<Response> {
    client.check_same_site()?;
    server.rates.check_stranger(client.ip)?;
    let answer = server.engine.setup(setup, &client.note()).await?;
    Ok(signed_in(answer, &client))
}
