//! Commands about messages. `post` is the hottest path there is: all it reads is remembered by
//! the writer, but for the root of a thread.

use super::{
    Decided, Desk, Who, acknowledgement,
    group::{Readers, reach},
};
use crate::file::upload_of;
use std::sync::Arc;
use tenon_domain::{
    access,
    emoji::name_in_colons,
    group::{Reach, mentions_of},
    markup,
    message::{
        MessageContext, PostMessageContext, add_reaction as decide_add, delete_message,
        edit_message, post_message, remove_reaction as decide_remove,
    },
    pin::{PinContext, pin_message, unpin_message},
    preview,
    quote::Quoted,
    thread,
};
use tenon_protocol::{
    MemberId, MessageId,
    channel::Channel,
    emoji::Emoji,
    message::{AddReaction, DeleteMessage, EditMessage, Message, PostMessage, RemoveReaction},
    pin::{PinMessage, UnpinMessage},
    preview::{RemovePreview, ShowPreviews},
    project::Project,
    task::Task,
    thread::{ReopenThread, ResolveThread},
    workspace::Workspace,
};
use tenon_store::{emoji, file, message, pin as pins, saved, task};

pub(super) async fn post(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &PostMessage,
) -> Decided {
    let place = desk.channel(command.channel, me.id).await?;
    let task = match command.task {
        Some(id) => task::get(desk.tx, id).await?,
        None => None,
    };
    let project = desk
        .project(task.as_ref().map(|task| task.project), me.id)
        .await?;
    let thread = match command.thread {
        Some(id) => message::get(desk.tx, id).await?,
        None => None,
    };
    let sight = match &task {
        Some(_) => Some(desk.sight(project.project.as_deref()).await?),
        None => None,
    };
    let of_task = sight.as_ref().map(Readers::Project);
    let readers = command.channel.map(Readers::Channel).or(of_task);
    let groups = reach(desk, &command.text, readers).await?;
    let files = file::list(desk.tx, &command.files).await?;
    let files: Vec<_> = files.into_iter().map(upload_of).collect();
    let quoted = match command.quote {
        Some(id) => message::get(desk.tx, id).await?,
        None => None,
    };
    let source = desk
        .channel(quoted.as_ref().and_then(|it| it.channel), me.id)
        .await?;
    let asked = match command.channel.zip(command.acknowledgement) {
        Some((channel, of)) => {
            let marks = markup::read(&command.text, &desk.directory.names);
            let by_group = mentions_of(me, &groups, &marks.mentions).into_iter();
            let mut mentions = marks.mentions;
            mentions.extend(by_group.flat_map(|it| it.members));
            let everyone = marks.mentions_channel;
            acknowledgement::load(desk, channel, of, &mentions, everyone).await?
        }
        None => acknowledgement::Loaded::default(),
    };
    let workspace = tenon_store::workspace::load(desk.tx).await?;
    let context = PostMessageContext {
        policy: &workspace.policy,
        files: &files,
        actor,
        me,
        channel: place.channel.as_deref(),
        standing: place.standing,
        task: task.as_ref(),
        project: project.project.as_deref(),
        is_project_member: project.is_member,
        thread: thread.as_ref(),
        id_taken: desk.taken.contains(&command.id),
        names: &desk.directory.names,
        askable: asked.askable(),
        quoted: Quoted {
            message: quoted.as_ref(),
            channel: source.channel.as_deref(),
            standing: source.standing,
        },
        groups: &groups,
        sees_project: &|id| sight.as_ref().is_some_and(|sight| sight.sees(id)),
    };
    Ok(post_message(&context, command, desk.now))
}

/// A message and where it lies.
pub(super) struct Found {
    pub message: Option<Message>,
    channel: Option<Arc<Channel>>,
    standing: access::Standing,
    task: Option<Task>,
    project: Option<Arc<Project>>,
    is_project_member: bool,
    pub sight: super::Sight,
    /// The custom emoji that is reacted with.
    emoji: Option<Emoji>,
    /// Who keeps it from outside of its channel.
    outsiders: Vec<MemberId>,
    workspace: Arc<Workspace>,
}

pub(super) async fn find(
    desk: &mut Desk<'_, '_>,
    who: Who<'_>,
    id: MessageId,
) -> tenon_store::Result<Found> {
    let message = message::get(desk.tx, id).await?;
    let place = desk
        .channel(message.as_ref().and_then(|m| m.channel), who.me.id)
        .await?;
    let task = match message.as_ref().and_then(|message| message.task) {
        Some(id) => task::get(desk.tx, id).await?,
        None => None,
    };
    let project = desk
        .project(task.as_ref().map(|task| task.project), who.me.id)
        .await?;
    let sight = desk.sight(project.project.as_deref()).await?;
    Ok(Found {
        message,
        channel: place.channel,
        standing: place.standing,
        task,
        project: project.project,
        is_project_member: project.is_member,
        sight,
        emoji: None,
        outsiders: Vec::new(),
        workspace: tenon_store::workspace::load(desk.tx).await?,
    })
}

/// Calls a decision on a message that exists.
macro_rules! on_message {
    ($name:ident, $command:ty, $decide:path) => {
        pub(in crate::commands) async fn $name(
            desk: &mut Desk<'_, '_>,
            who: Who<'_>,
            command: &$command,
        ) -> Decided {
            let found = $crate::commands::message::find(desk, who, command.message).await?;
            let sees_project = |id| found.sight.sees(id);
            let context = $crate::commands::message::context(desk, who, &found, &[], &sees_project);
            Ok($decide(&context, command, desk.now))
        }
    };
}

pub(super) use on_message;

on_message!(remove_reaction, RemoveReaction, decide_remove);
on_message!(show_previews, ShowPreviews, preview::show_previews);
on_message!(remove_preview, RemovePreview, preview::remove_preview);
on_message!(resolve, ResolveThread, thread::resolve_thread);
on_message!(reopen, ReopenThread, thread::reopen_thread);

/// Like `find`, with those who keep it from outside of its channel.
async fn find_for_all(
    desk: &mut Desk<'_, '_>,
    who: Who<'_>,
    id: MessageId,
) -> tenon_store::Result<Found> {
    let mut found = find(desk, who, id).await?;
    if let Some(channel) = found.message.as_ref().and_then(|message| message.channel) {
        found.outsiders = saved::list_outside(desk.tx, id, channel).await?;
    }
    Ok(found)
}

pub(super) async fn delete(
    desk: &mut Desk<'_, '_>,
    who: Who<'_>,
    command: &DeleteMessage,
) -> Decided {
    let found = find_for_all(desk, who, command.message).await?;
    let sees_project = |id| found.sight.sees(id);
    let context = context(desk, who, &found, &[], &sees_project);
    Ok(delete_message(&context, command, desk.now))
}

pub(super) async fn edit(desk: &mut Desk<'_, '_>, who: Who<'_>, command: &EditMessage) -> Decided {
    let found = find_for_all(desk, who, command.message).await?;
    let message = found.message.as_ref();
    let of_task = found.task.as_ref().map(|_| Readers::Project(&found.sight));
    let readers = message.and_then(|it| it.channel).map(Readers::Channel);
    let groups = reach(desk, &command.text, readers.or(of_task)).await?;
    let sees_project = |id| found.sight.sees(id);
    let context = context(desk, who, &found, &groups, &sees_project);
    Ok(edit_message(&context, command, desk.now))
}

pub(super) async fn add_reaction(
    desk: &mut Desk<'_, '_>,
    who: Who<'_>,
    command: &AddReaction,
) -> Decided {
    let mut found = find(desk, who, command.message).await?;
    if let Some(name) = name_in_colons(&command.emoji) {
        found.emoji = emoji::find(desk.tx, name).await?;
    }
    let sees_project = |id| found.sight.sees(id);
    let context = context(desk, who, &found, &[], &sees_project);
    Ok(decide_add(&context, command, desk.now))
}

/// Calls a decision on a message's pin.
macro_rules! on_pin {
    ($name:ident, $command:ty, $decide:path) => {
        pub(super) async fn $name(
            desk: &mut Desk<'_, '_>,
            who: Who<'_>,
            command: &$command,
        ) -> Decided {
            let found = find(desk, who, command.message).await?;
            let pins = match found.message.as_ref().and_then(|message| message.channel) {
                Some(channel) => pins::count(desk.tx, channel).await?,
                None => 0,
            };
            let sees_project = |id| found.sight.sees(id);
            let context = PinContext {
                found: context(desk, who, &found, &[], &sees_project),
                pins,
            };
            Ok($decide(&context, command, desk.now))
        }
    };
}

on_pin!(pin, PinMessage, pin_message);
on_pin!(unpin, UnpinMessage, unpin_message);

pub(super) fn context<'a>(
    desk: &'a Desk<'_, '_>,
    who: Who<'a>,
    found: &'a Found,
    groups: &'a [Reach],
    sees_project: &'a dyn Fn(MemberId) -> bool,
) -> MessageContext<'a> {
    MessageContext {
        actor: who.actor,
        me: who.me,
        message: found.message.as_ref(),
        channel: found.channel.as_deref(),
        standing: found.standing,
        task: found.task.as_ref(),
        project: found.project.as_deref(),
        is_project_member: found.is_project_member,
        emoji: found.emoji.as_ref(),
        outsiders: &found.outsiders,
        names: &desk.directory.names,
        groups,
        sees_project,
        policy: &found.workspace.policy,
    }
}
