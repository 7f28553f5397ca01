//! `/mail`: how mail reaches the asker, and how it goes with mail for administrators; and the link
//! in mails that stops them.

use crate::{
    Shared,
    answer::{done, nothing},
    errors::Answer,
    identity::{Asker, Client},
    request::{Json, Segment},
};
use axum::{extract::State, response::Response};
use tenon_protocol::{
    Command,
    error::ErrorBody,
    mail::{HideMailContent, MailState, MailStatus},
};

/// How mail reaches the asker.
#[utoipa::path(get, path = "/mail", tag = "notification",
    responses((status = 200, body = MailStatus)))]
pub async fn show(asker: Asker) -> Answer<Json<MailStatus>> {
    Ok(Json(asker.engine().mail_status(asker.actor()).await?))
}

/// Mails the asker that mail comes; answers once the mail server has taken it.
#[utoipa::path(post, path = "/mail/test", tag = "notification",
    responses((status = 204),
        (status = 502, description = "Refused: `mail_not_taken`.", body = ErrorBody)))]
pub async fn test(asker: Asker) -> Answer<Response> {
    asker.engine().send_test_mail(&asker.access).await?;
    Ok(nothing())
}

/// How it goes with mail.
#[utoipa::path(get, path = "/workspace/mail", tag = "workspace",
    responses((status = 200, body = MailState)))]
pub async fn state(asker: Asker) -> Answer<Json<MailState>> {
    Ok(Json(asker.engine().mail_state(asker.actor()).await?))
}

/// Whether mails hold what was said, or counts alone.
#[utoipa::path(put, path = "/workspace/mail", tag = "workspace", responses((status = 204)))]
pub async fn hide_content(asker: Asker, Json(wish): Json<HideMailContent>) -> Answer<Response> {
    Ok(done(&asker.execute(Command::HideMailContent(wish)).await?))
}

/// Stops mail of what was missed, for whom the mail with this link was. Also at
/// `/unsubscribe/{link}`, where mail programs ask for it (RFC 8058).
#[utoipa::path(post, path = "/mail/unsubscribe/{link}", tag = "notification", security(()),
    responses((status = 204)))]
pub async fn unsubscribe(
    State(server): State<Shared>,
    client: Client,
    Segment(link): Segment<String>,
) -> Answer<Response> {
    server.rates.check_stranger(client.ip)?;
    server.engine.stop_mail(&link).await?;
    Ok(nothing())
}
