//! `/sessions`: signing in and out.

use crate::{
    Shared,
    answer::{created, nothing, page_of},
    api::PageQuery,
    errors::Answer,
    identity::{Asker, Client, clear_cookie, set_cookie},
    request::{Json, Query, Segment},
};
use axum::{extract::State, response::Response};
use http::header::SET_COOKIE;
use tenon_protocol::{
    MemberId, SessionId,
    credential::{Session, SignIn, SignedIn},
    snapshot::Page,
};

/// Signs in: answers with a token, and sets the session cookie.
#[utoipa::path(post, path = "/sessions", tag = "session", security(()),
    responses((status = 201, body = SignedIn)))]
pub async fn create(
    State(server): State<Shared>,
    client: Client,
    Json(sign_in): Json<SignIn>,
) -> Answer<Response> {
    client.check_same_site()?;
    server.rates.check_stranger(client.ip)?;
    let answer = server.engine.sign_in(sign_in, &client.note()).await?;
    Ok(signed_in(answer, &client))
}

/// Where the asker is signed in.
#[utoipa::path(get, path = "/sessions", tag = "session", params(PageQuery),
    responses((status = 200, body = Page<Session>)))]
pub async fn index(asker: Asker, Query(page): Query<PageQuery>) -> Answer<Json<Page<Session>>> {
    let all = asker.engine().list_sessions(&asker.access).await?;
    page_of(all, &page, |it| it.id.0)
}

/// Signs out.
#[utoipa::path(delete, path = "/sessions/current", tag = "session",
    responses((status = 204)))]
pub async fn delete_current(asker: Asker, client: Client) -> Answer<Response> {
    asker.engine().sign_out(&asker.access).await?;
    let mut response = nothing();
    response
        .headers_mut()
        .insert(SET_COOKIE, clear_cookie(client.secure));
    Ok(response)
}

/// Ends one of the asker's sessions, wherever it is.
#[utoipa::path(delete, path = "/sessions/{id}", tag = "session", responses((status = 204)))]
pub async fn delete(asker: Asker, Segment(id): Segment<SessionId>) -> Answer<Response> {
    asker.engine().end_session(&asker.access, id).await?;
    Ok(nothing())
}

/// A member's sessions, for administrators.
#[utoipa::path(get, path = "/members/{id}/sessions", tag = "session", params(PageQuery),
    responses((status = 200, body = Page<Session>)))]
pub async fn index_of_member(
    asker: Asker,
    Segment(member): Segment<MemberId>,
    Query(page): Query<PageQuery>,
) -> Answer<Json<Page<Session>>> {
    let engine = asker.engine();
    let all = engine.list_member_sessions(&asker.access, member).await?;
    page_of(all, &page, |it| it.id.0)
}

/// Ends one of a member's sessions, for administrators.
#[utoipa::path(delete, path = "/members/{id}/sessions/{session}", tag = "session",
    responses((status = 204)))]
pub async fn delete_of_member(
    asker: Asker,
    Segment((member, session)): Segment<(MemberId, SessionId)>,
) -> Answer<Response> {
    let engine = asker.engine();
    engine
        .end_member_session(&asker.access, member, session)
        .await?;
    Ok(nothing())
}

/// Ends all sessions of the workspace but that of this request. Tokens stay.
#[utoipa::path(post, path = "/workspace/sign-out-everyone", tag = "session",
    responses((status = 204)))]
pub async fn end_everyone(asker: Asker) -> Answer<Response> {
    asker.engine().sign_out_everyone(&asker.access).await?;
    Ok(nothing())
}

/// 201 with the session's secret, in the body and as a cookie.
pub fn signed_in(answer: SignedIn, client: &Client) -> Response {
    let cookie = set_cookie(&answer.token, client.secure);
    let mut response = created(answer);
    response.headers_mut().insert(SET_COOKIE, cookie);
    response
}
