//! The joint: a message becomes a task.

use super::{Decided, Desk, Who, template};
use tenon_domain::{
    joint::{MakeTaskContext, make_task as decide_task},
    template::Mould,
};
use tenon_protocol::{
    ItemId, MessageId, limit::QUOTES_MAX, member::Member, message::Message, task::MakeTask,
};
use tenon_store::{
    message::{self, Conversation},
    task,
};

pub(super) async fn make_task(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &MakeTask,
) -> Decided {
    let source = message::get(desk.tx, command.message).await?;
    let place = desk
        .channel(source.as_ref().and_then(|source| source.channel), me.id)
        .await?;
    let thread = match &source {
        Some(source) => thread_of(desk.tx, source).await?,
        None => Vec::new(),
    };
    let mut messages = Vec::new();
    for id in command.messages.iter().take(QUOTES_MAX) {
        messages.extend(message::get(desk.tx, *id).await?);
    }
    let bound = place.channel.as_deref().and_then(|channel| channel.project);
    let project = desk.project(command.project.or(bound), me.id).await?;
    let id_taken = task::exists(desk.tx, command.id).await?;
    let sight = desk.sight(project.project.as_deref()).await?;
    let home = project.project.as_ref().map(|project| project.id);
    let template = template::named(desk, home, command.template.as_ref()).await?;
    let author = source
        .as_ref()
        .and_then(|source| desk.members.get(&source.author));
    let mentions = source.iter().flat_map(|source| &source.mentions);
    let mentions = mentions.filter_map(|id| desk.members.get(id).map(AsRef::as_ref));
    let mentions: Vec<&Member> = mentions.filter(|member| member.active).collect();
    let context = MakeTaskContext {
        actor,
        me,
        message: source.as_ref(),
        channel: place.channel.as_deref(),
        standing: place.standing,
        thread: &thread,
        messages: &messages,
        project: project.project.as_deref(),
        is_project_member: project.is_member,
        id_taken,
        message_id: MessageId::new(),
        next_number: project.next_number,
        author: author.map(AsRef::as_ref),
        mentions: &mentions,
        sees_project: &|id| sight.sees(id),
        mould: Mould {
            template: template.as_ref(),
            new_item: &ItemId::new,
        },
    };
    Ok(decide_task(&context, command, desk.now))
}

/// The thread that the message is in or began, its root first; empty if nobody replied.
async fn thread_of(
    reader: &mut tenon_store::Reader<'_>,
    source: &Message,
) -> tenon_store::Result<Vec<Message>> {
    let root = source.thread.unwrap_or(source.id);
    let limit = QUOTES_MAX as i64 - 1;
    let replies = message::list_before(reader, Conversation::Thread(root), i64::MAX, limit).await?;
    if replies.is_empty() {
        return Ok(Vec::new());
    }
    let mut thread: Vec<Message> = message::get(reader, root).await?.into_iter().collect();
    for (_, body) in replies {
        thread.push(serde_json::from_str(&body)?);
    }
    Ok(thread)
}
