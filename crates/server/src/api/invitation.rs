//! `/invitations`: links that let people in.

use super::session::signed_in;
use crate::{
    Shared,
    answer::{created, nothing, page_of},
    api::PageQuery,
    errors::Answer,
    identity::{Asker, Client},
    request::{Json, Query, Segment},
};
use axum::{extract::State, response::Response};
use tenon_protocol::{
    InvitationId,
    credential::{
        AcceptInvitation, CreateInvitation, Invitation, InvitationCreated, InvitationPreview,
        RenewInvitation, SignedIn,
    },
    snapshot::Page,
};

/// Those that are not used up, the newest first; also those that ended within 30 days.
#[utoipa::path(get, path = "/invitations", tag = "invitation", params(PageQuery),
    responses((status = 200, body = Page<Invitation>)))]
pub async fn index(asker: Asker, Query(page): Query<PageQuery>) -> Answer<Json<Page<Invitation>>> {
    let all = asker.engine().list_invitations(asker.actor()).await?;
    page_of(all, &page, |it| it.id.0)
}

/// Makes a link. Its secret is shown this once, and to who repeats the request under the same
/// `Idempotency-Key`.
#[utoipa::path(post, path = "/invitations", tag = "invitation",
    responses((status = 201, body = InvitationCreated)))]
pub async fn create(
    asker: Asker,
    client: Client,
    Json(wish): Json<CreateInvitation>,
) -> Answer<Response> {
    let (engine, attempt) = (asker.engine(), asker.attempt(wish.id.map(|id| id.0)));
    let made = engine.create_invitation(asker.actor(), attempt, wish);
    let (invitation, secret) = made.await?;
    let url = format!("{}/invite/{secret}", client.base_url);
    Ok(created(InvitationCreated {
        invitation,
        secret,
        url,
    }))
}

/// The same link works on, for so many days from now.
#[utoipa::path(post, path = "/invitations/{invitation}/renew", tag = "invitation",
    responses((status = 200, body = Invitation)))]
pub async fn renew(
    asker: Asker,
    Segment(id): Segment<InvitationId>,
    Json(wish): Json<RenewInvitation>,
) -> Answer<Json<Invitation>> {
    let engine = asker.engine();
    Ok(Json(
        engine.renew_invitation(asker.actor(), id, wish).await?,
    ))
}

#[utoipa::path(delete, path = "/invitations/{invitation}", tag = "invitation",
    responses((status = 204)))]
pub async fn delete(asker: Asker, Segment(id): Segment<InvitationId>) -> Answer<Response> {
    asker.engine().revoke_invitation(asker.actor(), id).await?;
    Ok(nothing())
}

/// What the page that greets the invited shows.
#[utoipa::path(get, path = "/invitations/{invitation}", tag = "invitation", security(()),
    responses((status = 200, body = InvitationPreview)))]
pub async fn preview(
    State(server): State<Shared>,
    client: Client,
    Segment(secret): Segment<String>,
) -> Answer<Json<InvitationPreview>> {
    server.rates.check_stranger(client.ip)?;
    Ok(Json(server.engine.preview_invitation(&secret).await?))
}

/// Becomes a member, and signs in.
#[utoipa::path(post, path = "/invitations/{invitation}/accept", tag = "invitation", security(()),
    responses((status = 201, body = SignedIn)))]
pub async fn accept(
    State(server): State<Shared>,
    client: Client,
    Segment(secret): Segment<String>,
    Json(accept): Json<AcceptInvitation>,
) -> Answer<Response> {
    client.check_same_site()?;
    server.rates.check_stranger(client.ip)?;
    let answer = server
        .engine
        .accept_invitation(&secret, accept, &client.note())
        .await?;
    Ok(signed_in(answer, &client))
}
