//! `/messages/{id}/acknowledgement`: asks, answers and reminds. Who has acknowledged is part of the
//! message.

use crate::{
    answer::done,
    errors::Answer,
    identity::Asker,
    request::{Json, Segment},
};
use axum::response::Response;
use serde::Deserialize;
use tenon_protocol::{
    Command, MessageId,
    acknowledgement::{
        AcknowledgeMessage, Asked, RemindOfAcknowledgement, RequestAcknowledgement,
        WithdrawAcknowledgement,
    },
};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
pub struct NewAcknowledgement {
    pub of: Asked,
}

/// Asks people to acknowledge one's own message. One that asks already stays as it is.
#[utoipa::path(put, path = "/messages/{id}/acknowledgement", tag = "message",
    responses((status = 204)))]
pub async fn request(
    asker: Asker,
    Segment(message): Segment<MessageId>,
    Json(NewAcknowledgement { of }): Json<NewAcknowledgement>,
) -> Answer<Response> {
    let wish = Command::RequestAcknowledgement(RequestAcknowledgement { message, of });
    Ok(done(&asker.execute(wish).await?))
}

/// Asks nobody any more; what was acknowledged is forgotten.
#[utoipa::path(delete, path = "/messages/{id}/acknowledgement", tag = "message",
    responses((status = 204)))]
pub async fn withdraw(asker: Asker, Segment(message): Segment<MessageId>) -> Answer<Response> {
    let wish = Command::WithdrawAcknowledgement(WithdrawAcknowledgement { message });
    Ok(done(&asker.execute(wish).await?))
}

/// Acknowledges a message that asks for it.
#[utoipa::path(put, path = "/messages/{id}/acknowledgement/me", tag = "message",
    responses((status = 204)))]
pub async fn acknowledge(asker: Asker, Segment(message): Segment<MessageId>) -> Answer<Response> {
    let wish = Command::AcknowledgeMessage(AcknowledgeMessage { message });
    Ok(done(&asker.execute(wish).await?))
}

/// Reminds those who have not acknowledged; 409 `reminded_lately` within an hour.
#[utoipa::path(post, path = "/messages/{id}/acknowledgement/reminders", tag = "message",
    responses((status = 204)))]
pub async fn remind(asker: Asker, Segment(message): Segment<MessageId>) -> Answer<Response> {
    let wish = Command::RemindOfAcknowledgement(RemindOfAcknowledgement { message });
    Ok(done(&asker.execute(wish).await?))
}
