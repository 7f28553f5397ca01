//! `/scheduled`: messages that the asker sends later.

use crate::{
    answer::{created, done, page_of},
    api::PageQuery,
    errors::{Answer, Problem},
    identity::Asker,
    request::{Creation, Json, Query, Segment},
};
use axum::response::Response;
use serde::Deserialize;
use tenon_protocol::{
    ChannelId, Command, FileId, MessageId, TaskId, Timestamp,
    acknowledgement::Asked,
    message::PostMessage,
    scheduled::{CancelScheduled, ChangeScheduled, ScheduleMessage, Scheduled},
    snapshot::Page,
};
use utoipa::ToSchema;

/// The asker's own, those too that were refused at their time.
#[utoipa::path(get, path = "/scheduled", tag = "scheduled", params(PageQuery),
    responses((status = 200, body = Page<Scheduled>)))]
pub async fn index(asker: Asker, Query(page): Query<PageQuery>) -> Answer<Json<Page<Scheduled>>> {
    let all = asker.engine().list_scheduled(asker.actor()).await?;
    page_of(all, &page, |it| it.message.id.0)
}

/// A message and when to send it. Its `id` is that of the message later.
#[derive(Deserialize, ToSchema)]
pub struct NewScheduled {
    /// In the future.
    pub at: Timestamp,
    pub channel: Option<ChannelId>,
    pub task: Option<TaskId>,
    pub thread: Option<MessageId>,
    /// May be empty if there are files.
    #[serde(default)]
    pub text: String,
    /// Uploaded before by the asker. They are kept until the message is sent.
    #[serde(default)]
    pub files: Vec<FileId>,
    pub acknowledgement: Option<Asked>,
    pub quote: Option<MessageId>,
    #[serde(default)]
    pub in_channel: bool,
}

/// Sends a message later, as an ordinary one of the asker.
#[utoipa::path(post, path = "/scheduled", tag = "scheduled",
    request_body = NewScheduled, responses((status = 201, body = Scheduled)))]
pub async fn create(
    asker: Asker,
    Json(Creation { id, wish }): Json<Creation<NewScheduled>>,
) -> Answer<Response> {
    let id = MessageId(asker.created_id(id));
    let message = PostMessage {
        id,
        channel: wish.channel,
        task: wish.task,
        thread: wish.thread,
        text: wish.text,
        files: wish.files,
        acknowledgement: wish.acknowledgement,
        quote: wish.quote,
        in_channel: wish.in_channel,
        ..PostMessage::default()
    };
    let wish = ScheduleMessage {
        at: wish.at,
        message,
    };
    asker.execute(Command::ScheduleMessage(wish)).await?;
    Ok(created(current(&asker, id).await?))
}

/// Absent fields stay.
#[derive(Deserialize, ToSchema)]
pub struct ScheduledPatch {
    pub text: Option<String>,
    /// Those of its files that it keeps; the others can be sent with another message.
    pub files: Option<Vec<FileId>>,
    /// In the future.
    pub at: Option<Timestamp>,
    /// Sends it now.
    #[serde(default)]
    pub send_now: bool,
}

/// Changes the words, the files or the time, or sends it now.
#[utoipa::path(patch, path = "/scheduled/{id}", tag = "scheduled",
    responses((status = 200, body = Scheduled)))]
pub async fn update(
    asker: Asker,
    Segment(message): Segment<MessageId>,
    Json(wish): Json<ScheduledPatch>,
) -> Answer<Json<Scheduled>> {
    let wish = ChangeScheduled {
        message,
        text: wish.text,
        files: wish.files,
        at: wish.at,
        send_now: wish.send_now,
    };
    let before = current(&asker, message).await;
    asker.execute(Command::ChangeScheduled(wish)).await?;
    // It may have been sent by now.
    let after = current(&asker, message).await;
    Ok(Json(after.or(before)?))
}

/// It is not sent.
#[utoipa::path(delete, path = "/scheduled/{id}", tag = "scheduled",
    responses((status = 204)))]
pub async fn delete(asker: Asker, Segment(message): Segment<MessageId>) -> Answer<Response> {
    let wish = Command::CancelScheduled(CancelScheduled { message });
    Ok(done(&asker.execute(wish).await?))
}

async fn current(asker: &Asker, id: MessageId) -> Answer<Scheduled> {
    let all = asker.engine().list_scheduled(asker.actor()).await?;
    let found = all.into_iter().find(|it| it.message.id == id);
    found.ok_or_else(Problem::not_found)
}
