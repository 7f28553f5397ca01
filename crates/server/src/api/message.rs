//! `/messages` and the messages of a channel; making a task of one.

use super::{WindowQuery, find_project};
use crate::{
    answer::{created, done, find_posted, find_written, outcome_id, raw_page},
    errors::Answer,
    identity::Asker,
    request::{Json, Query, Segment},
};
use axum::response::Response;
use serde::Deserialize;
use tenon_engine::{Done, RawPage};
use tenon_protocol::{
    ChannelId, Command, Due, Event, FileId, MemberId, MessageId, TaskId,
    acknowledgement::Asked,
    command::nullable,
    message::{
        AddReaction, Alias, DeleteMessage, EditMessage, Message, PostMessage, RemoveReaction,
    },
    pin::{PinMessage, UnpinMessage},
    poll::NewPoll,
    preview::RemovePreview,
    reader::Readers,
    snapshot::Page,
    task::{Guess, MakeTask, Priority, Task},
};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// A page of a channel's messages, oldest first; the newest ones when nothing is asked.
#[utoipa::path(get, path = "/channels/{id}/messages", tag = "message", params(WindowQuery),
    responses((status = 200, body = Page<Message>)))]
pub async fn index(
    asker: Asker,
    Segment(channel): Segment<ChannelId>,
    Query(query): Query<WindowQuery>,
) -> Answer<Response> {
    let window = query.window()?;
    Ok(raw_page(
        &asker
            .engine()
            .list_messages(asker.actor(), channel, window)
            .await?,
    ))
}

#[derive(Deserialize, ToSchema)]
pub struct NewMessage {
    /// UUIDv7 of the client's choice.
    pub id: Option<Uuid>,
    /// Markdown; may be empty if there are files.
    pub text: String,
    /// Files of one's own that no message carries yet.
    #[serde(default)]
    pub files: Vec<FileId>,
    /// The message to reply to.
    pub thread: Option<MessageId>,
    /// Taken from bots alone.
    pub alias: Option<Alias>,
    /// Asks these to acknowledge it; in channels alone.
    pub acknowledgement: Option<Asked>,
    /// Asks a question: the text, with these options.
    pub poll: Option<NewPoll>,
    /// A message that it answers, or passes on from another channel; then `text` may be empty.
    pub quote: Option<MessageId>,
    /// A reply: it stands in the channel too.
    #[serde(default)]
    pub in_channel: bool,
}

#[utoipa::path(post, path = "/channels/{id}/messages", tag = "message",
    responses((status = 201, body = Message)))]
pub async fn create(
    asker: Asker,
    Segment(channel): Segment<ChannelId>,
    Json(new): Json<NewMessage>,
) -> Answer<Response> {
    post(asker, new, Some(channel), None).await
}

/// Posts to a channel or to a task's conversation.
pub async fn post(
    asker: Asker,
    new: NewMessage,
    channel: Option<ChannelId>,
    task: Option<TaskId>,
) -> Answer<Response> {
    let id = MessageId(asker.created_id(new.id));
    let NewMessage {
        text,
        files,
        thread,
        alias,
        acknowledgement,
        poll,
        quote,
        in_channel,
        ..
    } = new;
    let wish = PostMessage {
        id,
        channel,
        task,
        thread,
        text,
        files,
        alias,
        acknowledgement,
        poll,
        quote,
        in_channel,
    };
    let done = asker.execute(Command::PostMessage(wish)).await?;
    match find_posted(&done) {
        Some(message) => Ok(created(message)),
        None => Ok(created(
            asker.engine().get_message(asker.actor(), id).await?,
        )),
    }
}

#[utoipa::path(get, path = "/messages/{id}", tag = "message",
    responses((status = 200, body = Message)))]
pub async fn show(asker: Asker, Segment(id): Segment<MessageId>) -> Answer<Json<Message>> {
    Ok(Json(asker.engine().get_message(asker.actor(), id).await?))
}

#[derive(Deserialize, ToSchema)]
pub struct MessagePatch {
    pub text: String,
}

/// Edits one's own message; what it said stays visible as history.
#[utoipa::path(patch, path = "/messages/{id}", tag = "message",
    responses((status = 200, body = Message)))]
pub async fn update(
    asker: Asker,
    Segment(message): Segment<MessageId>,
    Json(MessagePatch { text }): Json<MessagePatch>,
) -> Answer<Json<Message>> {
    asker
        .execute(Command::EditMessage(EditMessage { message, text }))
        .await?;
    Ok(Json(
        asker.engine().get_message(asker.actor(), message).await?,
    ))
}

#[utoipa::path(delete, path = "/messages/{id}", tag = "message", responses((status = 204)))]
pub async fn delete(asker: Asker, Segment(message): Segment<MessageId>) -> Answer<Response> {
    Ok(done(
        &asker
            .execute(Command::DeleteMessage(DeleteMessage { message }))
            .await?,
    ))
}

/// Who has read a message of one's own, and who has not. 403 `switched_off` where the
/// administrators hide it, 422 `limit_reached` in channels of more than 200 members.
#[utoipa::path(get, path = "/messages/{id}/readers", tag = "message",
    responses((status = 200, body = Readers)))]
pub async fn readers(asker: Asker, Segment(id): Segment<MessageId>) -> Answer<Json<Readers>> {
    Ok(Json(asker.engine().list_readers(asker.actor(), id).await?))
}

/// The message, then its replies, oldest first.
#[utoipa::path(get, path = "/messages/{id}/thread", tag = "message", params(WindowQuery),
    responses((status = 200, body = Page<Message>)))]
pub async fn thread(
    asker: Asker,
    Segment(root): Segment<MessageId>,
    Query(query): Query<WindowQuery>,
) -> Answer<Response> {
    let window = query.window()?;
    Ok(raw_page(
        &asker
            .engine()
            .list_thread(asker.actor(), root, window)
            .await?,
    ))
}

/// Reacts with an emoji, percent-encoded in the address.
#[utoipa::path(put, path = "/messages/{id}/reactions/{emoji}", tag = "message",
    responses((status = 204)))]
pub async fn add_reaction(
    asker: Asker,
    Segment((message, emoji)): Segment<(MessageId, String)>,
) -> Answer<Response> {
    Ok(done(
        &asker
            .execute(Command::AddReaction(AddReaction { message, emoji }))
            .await?,
    ))
}

#[utoipa::path(delete, path = "/messages/{id}/reactions/{emoji}", tag = "message",
    responses((status = 204)))]
pub async fn remove_reaction(
    asker: Asker,
    Segment((message, emoji)): Segment<(MessageId, String)>,
) -> Answer<Response> {
    Ok(done(
        &asker
            .execute(Command::RemoveReaction(RemoveReaction { message, emoji }))
            .await?,
    ))
}

/// What a task made of this message would be.
#[utoipa::path(get, path = "/messages/{id}/task", tag = "message",
    responses((status = 200, body = Guess)))]
pub async fn guess_task(asker: Asker, Segment(id): Segment<MessageId>) -> Answer<Json<Guess>> {
    Ok(Json(asker.engine().guess_task(asker.actor(), id).await?))
}

/// What is absent is guessed.
#[derive(Default, Deserialize, ToSchema)]
pub struct TaskOfMessage {
    /// UUIDv7 of the client's choice.
    pub id: Option<Uuid>,
    /// More messages of the same channel to quote.
    #[serde(default)]
    pub messages: Vec<MessageId>,
    /// Key or id; the channel's project when absent.
    pub project: Option<String>,
    /// Id of a template of the project, for what is absent here. Title, people and a date that the
    /// message says come before the template's.
    pub template: Option<String>,
    /// Id of a type of the project; guessed when absent.
    #[serde(rename = "type")]
    pub task_type: Option<String>,
    pub title: Option<String>,
    /// Short for `assignees` with one; `null` for nobody.
    #[serde(default, with = "nullable")]
    #[schema(value_type = Option<MemberId>)]
    pub assignee: Option<Option<MemberId>>,
    pub assignees: Option<Vec<MemberId>>,
    /// `null` for none.
    #[serde(default, with = "nullable")]
    #[schema(value_type = Option<Due>)]
    pub due: Option<Option<Due>>,
    pub priority: Option<Priority>,
    pub state: Option<String>,
    pub labels: Option<Vec<String>>,
}

/// Makes a task of the message. 409 `already_a_task`, with the task, if it is one.
#[utoipa::path(post, path = "/messages/{id}/task", tag = "message",
    responses((status = 201, body = Task)))]
pub async fn make_task(
    asker: Asker,
    Segment(message): Segment<MessageId>,
    Json(wish): Json<TaskOfMessage>,
) -> Answer<Response> {
    let project = match &wish.project {
        Some(named) => Some(find_project(asker.engine(), asker.actor(), named).await?),
        None => None,
    };
    let id = TaskId(asker.created_id(wish.id));
    let one = wish.assignee.map(|assignee| assignee.into_iter().collect());
    let assignees = wish.assignees.or(one);
    let TaskOfMessage {
        messages,
        template,
        title,
        task_type,
        due,
        priority,
        state,
        labels,
        ..
    } = wish;
    let command = Command::MakeTask(MakeTask {
        id,
        message,
        messages,
        project,
        template,
        title,
        task_type,
        assignees,
        due,
        priority,
        state,
        labels,
    });
    let done = asker.execute(command).await?;
    show_task(&asker, done).await
}

/// 201 with the task that a command created. When more than the task was written, the task may
/// have changed by it, and is read.
pub async fn show_task(asker: &Asker, done: Done) -> Answer<Response> {
    let id = outcome_id(&done)?;
    if done.events.len() == 1 {
        let pick = |event: &Event| match event {
            Event::TaskCreated { task } => Some(task.clone()),
            _ => None,
        };
        if let Some(task) = find_written(&done, pick) {
            return Ok(created(task));
        }
    }
    Ok(created(
        asker
            .engine()
            .get_task(asker.actor(), &id.to_string())
            .await?,
    ))
}

/// The pinned messages of a channel, the newest pin first.
#[utoipa::path(get, path = "/channels/{id}/pins", tag = "message",
    responses((status = 200, body = Page<Message>)))]
pub async fn pins(asker: Asker, Segment(channel): Segment<ChannelId>) -> Answer<Response> {
    let items = asker.engine().list_pins(asker.actor(), channel).await?;
    Ok(raw_page(&RawPage { items, next: None }))
}

#[utoipa::path(put, path = "/messages/{id}/pin", tag = "message", responses((status = 204)))]
pub async fn pin(asker: Asker, Segment(message): Segment<MessageId>) -> Answer<Response> {
    let wish = Command::PinMessage(PinMessage { message });
    Ok(done(&asker.execute(wish).await?))
}

#[utoipa::path(delete, path = "/messages/{id}/pin", tag = "message", responses((status = 204)))]
pub async fn unpin(asker: Asker, Segment(message): Segment<MessageId>) -> Answer<Response> {
    let wish = Command::UnpinMessage(UnpinMessage { message });
    Ok(done(&asker.execute(wish).await?))
}

/// Which preview.
#[derive(Deserialize, IntoParams)]
pub struct PreviewAt {
    /// The link, exactly as it stands in the message.
    url: String,
}

/// Takes a preview away; the link stays. Authors and administrators.
#[utoipa::path(delete, path = "/messages/{id}/previews", tag = "message", params(PreviewAt),
    responses((status = 204)))]
pub async fn remove_preview(
    asker: Asker,
    Segment(message): Segment<MessageId>,
    Query(PreviewAt { url }): Query<PreviewAt>,
) -> Answer<Response> {
    let wish = Command::RemovePreview(RemovePreview { message, url });
    Ok(done(&asker.execute(wish).await?))
}
