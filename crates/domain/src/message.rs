//! Messages: posted, edited, deleted, reacted to, in a channel or in the conversation of a task.
//! `post_message` is the hot path: it allocates nothing but the event.

use crate::{
    access,
    acknowledgement::{Askable, asked},
    actor::Actor,
    decide::{Decision, fact},
    emoji::name_in_colons,
    file::{Upload, check_files},
    group::{Reach, mentions_of},
    markup,
    names::Names,
    poll::new_poll,
    preview,
    quote::{Quoted, quote_of},
    refusal::Refusal,
    task::followed_by,
    text,
};
use std::borrow::Cow;
use tenon_protocol::{
    MemberId, MessageId, Scope, Timestamp,
    channel::Channel,
    emoji::Emoji,
    event::{Event, Fact},
    limit,
    member::{Member, MemberKind},
    message::{
        AddReaction, Alias, DeleteMessage, EditMessage, Message, PostMessage, RemoveReaction,
    },
    notification::excerpt,
    policy::Policy,
    project::Project,
    task::Task,
};

pub struct PostMessageContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    /// That of `command.channel`.
    pub channel: Option<&'a Channel>,
    pub standing: access::Standing,
    /// That of `command.task`.
    pub task: Option<&'a Task>,
    /// Of the task.
    pub project: Option<&'a Project>,
    pub is_project_member: bool,
    /// That of `command.thread`, wherever it lies.
    pub thread: Option<&'a Message>,
    /// Those of `command.files` that there are.
    pub files: &'a [Upload],
    pub id_taken: bool,
    pub names: &'a Names,
    /// The groups that the text names (`markup::groups`).
    pub groups: &'a [Reach],
    /// Is this an active member who may see the project? Asked only for a task.
    pub sees_project: &'a dyn Fn(MemberId) -> bool,
    /// Read if it asks for acknowledgements.
    pub askable: Askable<'a>,
    pub quoted: Quoted<'a>,
    pub policy: &'a Policy,
}

/// For `EditMessage`, `DeleteMessage`, `AddReaction` and `RemoveReaction`.
pub struct MessageContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub message: Option<&'a Message>,
    /// Of the message.
    pub channel: Option<&'a Channel>,
    pub standing: access::Standing,
    /// Of the message, if it lies in a task's conversation.
    pub task: Option<&'a Task>,
    /// Of the task.
    pub project: Option<&'a Project>,
    pub is_project_member: bool,
    /// The custom emoji that a reaction names; read by `AddReaction` alone.
    pub emoji: Option<&'a Emoji>,
    /// Read by edits alone.
    pub names: &'a Names,
    /// The groups that the edited text names (`markup::groups`).
    pub groups: &'a [Reach],
    /// Who keeps the message, or was told of it, and does not hear its channel; read where it
    /// changes or goes.
    pub outsiders: &'a [MemberId],
    /// Is this an active member who may see the project? Asked only by edits, for a task.
    pub sees_project: &'a dyn Fn(MemberId) -> bool,
    pub policy: &'a Policy,
}

/// Members of the channel, or whoever sees the project of the task.
pub fn post_message(
    context: &PostMessageContext<'_>,
    command: &PostMessage,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let me = context.me;
    access::check_granted(context.actor, me, command)?;
    let (scope, task) = check_place(context, command)?;
    if let Some(root) = command.thread {
        check_thread(context.thread, root, command)?;
    }
    let quote = quote_of(me, &context.quoted, command)?;
    let says_more = !command.files.is_empty() || context.quoted.is_elsewhere(command);
    check_text(&command.text, command.poll.is_some() || !says_more)?;
    let files = check_files(me, command.id, context.files, &command.files)?;
    let alias = match &command.alias {
        Some(alias) if me.kind == MemberKind::Bot => Some(check_alias(alias)?),
        _ => None,
    };
    if context.id_taken {
        return Err(Refusal::IdTaken);
    }
    let acknowledgement = match command.acknowledgement {
        Some(_) if command.channel.is_none() => return Err(Refusal::NotAcknowledged),
        Some(_) => Some(asked(&context.askable, me, now)?),
        None => None,
    };
    let poll = command.poll.as_ref().map(|new| new_poll(new, now));
    let marks = markup::read(&command.text, context.names);
    if marks.mentions_channel {
        let is_member = context.standing.is_inside();
        access::check_mention_everyone(me, context.policy, context.channel, is_member)?;
    }
    let message = Message {
        acknowledgement,
        poll: poll.transpose()?,
        quote,
        mentions_channel: marks.mentions_channel && command.channel.is_some(),
        mentions_groups: mentions_of(me, context.groups, &marks.mentions),
        mentions: marks.mentions,
        channel: command.channel,
        task: command.task,
        thread: command.thread,
        in_channel: command.in_channel && command.channel.and(command.thread).is_some(),
        alias,
        files,
        ..blank(command.id, me.id, now, command.text.clone())
    };
    let follows = task.and_then(|task| followed(task, &message, context.sees_project));
    let mut facts = Vec::with_capacity(1 + usize::from(follows.is_some()));
    facts.push(fact(scope, Event::MessagePosted { message }));
    facts.extend(follows);
    Ok(Decision::of(command.id.0, facts))
}

/// Authors, where they may still post.
pub fn edit_message(
    context: &MessageContext<'_>,
    command: &EditMessage,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    let message = readable(context)?;
    access::check_edit_message(context.me, context.policy, message, now)?;
    let scope = check_change(context, message)?;
    if message.poll.is_some() {
        return Err(Refusal::PollNotEdited);
    }
    check_text(
        &command.text,
        message.files.is_empty() && message.quote.is_none(),
    )?;
    if command.text == message.text {
        return Ok(Decision::of(message.id.0, vec![]));
    }
    let marks = markup::read(&command.text, context.names);
    let mentions_channel = marks.mentions_channel && message.channel.is_some();
    if mentions_channel && !message.mentions_channel {
        let (channel, is_member) = (context.channel, context.standing.is_inside());
        access::check_mention_everyone(context.me, context.policy, channel, is_member)?;
    }
    let mentions_groups = mentions_of(context.me, context.groups, &marks.mentions);
    let edited = Message {
        mentions: marks.mentions,
        ..message.clone()
    };
    let follows = context
        .task
        .and_then(|task| followed(task, &edited, context.sees_project));
    let event = Event::MessageEdited {
        message: message.id,
        channel: message.channel,
        task: message.task,
        message_seq: message.seq,
        text: command.text.clone(),
        mentions_before: message.mentioned().collect(),
        mentions_channel_before: message.mentions_channel,
        mentions: edited.mentions,
        mentions_channel,
        mentions_groups,
        at: now,
    };
    let mut facts = vec![fact(scope, event)];
    facts.extend(preview::outdated(context, message, &command.text)?);
    facts.extend(follows);
    facts.extend(outside(context, message.id, Some(&command.text)));
    Ok(Decision::of(message.id.0, facts))
}

/// Authors and administrators, also where nobody posts any more.
pub fn delete_message(
    context: &MessageContext<'_>,
    command: &DeleteMessage,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    let message = readable(context)?;
    if message.deleted && message.author == context.me.id {
        return Ok(Decision::of(message.id.0, vec![]));
    }
    access::check_delete_message(context.me, context.policy, message, now)?;
    if message.deleted {
        return Ok(Decision::of(message.id.0, vec![]));
    }
    // A card counts for nobody: it lies before everyone's read position, also for replicas that
    // do not hold it.
    let message_seq = match message.card {
        Some(_) => 0,
        None => message.seq,
    };
    let event = Event::MessageDeleted {
        message: message.id,
        channel: message.channel,
        task: message.task,
        thread: message.thread,
        in_channel: message.in_channel,
        message_seq,
        author: message.author,
        mentions: message.mentioned().collect(),
        mentions_channel: message.mentions_channel,
    };
    let mut facts = vec![fact(scope_of(context, message)?, event)];
    facts.extend(outside(context, message.id, None));
    Ok(Decision::of(message.id.0, facts))
}

/// What is said of a change to those who do not hear of it in the channel.
fn outside(
    context: &MessageContext<'_>,
    message: MessageId,
    text: Option<&str>,
) -> impl Iterator<Item = Fact> {
    let event = Event::KeptMessageChanged {
        message,
        excerpt: text.map(excerpt),
    };
    let outsiders = context.outsiders.iter();
    outsiders.map(move |member| fact(Scope::Inbox(*member), event.clone()))
}

/// Whoever may post there. Adding what is there already changes nothing.
pub fn add_reaction(
    context: &MessageContext<'_>,
    command: &AddReaction,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    let message = readable(context)?;
    let scope = check_change(context, message)?;
    let emoji = reaction_of(context, &command.emoji)?;
    let emoji = emoji.as_ref();
    if has_reacted(message, emoji, context.me.id) {
        return Ok(Decision::of(message.id.0, vec![]));
    }
    let known = message
        .reactions
        .iter()
        .any(|reaction| reaction.emoji == emoji);
    if !known && message.reactions.len() >= limit::REACTIONS_PER_MESSAGE_MAX {
        let max = limit::REACTIONS_PER_MESSAGE_MAX;
        return Err(Refusal::TooMany {
            field: "emoji",
            max,
        });
    }
    let event = Event::ReactionAdded {
        message: message.id,
        emoji: emoji.to_owned(),
    };
    Ok(Decision::of(message.id.0, vec![fact(scope, event)]))
}

/// One's own, also with a custom emoji that is gone. Removing what is not there changes nothing.
pub fn remove_reaction(
    context: &MessageContext<'_>,
    command: &RemoveReaction,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    let message = readable(context)?;
    let scope = check_change(context, message)?;
    let emoji = match name_in_colons(&command.emoji) {
        Some(_) => &command.emoji,
        None => check_emoji(&command.emoji)?,
    };
    if !has_reacted(message, emoji, context.me.id) {
        return Ok(Decision::of(message.id.0, vec![]));
    }
    let event = Event::ReactionRemoved {
        message: message.id,
        emoji: emoji.to_owned(),
    };
    Ok(Decision::of(message.id.0, vec![fact(scope, event)]))
}

/// A message of nothing but author, time and text, yet to be put somewhere.
pub(crate) fn blank(id: MessageId, author: MemberId, at: Timestamp, text: String) -> Message {
    Message {
        id,
        seq: 0,
        channel: None,
        task: None,
        thread: None,
        in_channel: false,
        author,
        at,
        text,
        files: vec![],
        mentions: vec![],
        mentions_channel: false,
        mentions_groups: vec![],
        edited_at: None,
        edits: vec![],
        deleted: false,
        erased: false,
        erased_files: 0,
        reactions: vec![],
        reply_count: 0,
        last_reply_at: None,
        repliers: vec![],
        resolved: None,
        link: None,
        card: None,
        context: None,
        quote: None,
        alias: None,
        pin: None,
        acknowledgement: None,
        poll: None,
        previews: vec![],
    }
}

/// Where a new message is told, and the task if it is said in one's conversation.
fn check_place<'a>(
    context: &PostMessageContext<'a>,
    command: &PostMessage,
) -> Result<(Scope, Option<&'a Task>), Refusal> {
    let me = context.me;
    match (command.channel, command.task) {
        (Some(_), None) => {
            let standing = context.standing;
            let channel = access::readable_channel(me, context.channel, standing)?;
            let is_member = standing.is_inside();
            let is_reply = command.thread.is_some();
            access::check_say(me, channel, is_member, is_reply)?;
            if is_reply && command.in_channel {
                access::check_say(me, channel, is_member, false)?;
            }
            Ok((Scope::Channel(channel.id), None))
        }
        (None, Some(_)) => {
            let is_member = context.is_project_member;
            let (task, project) =
                access::visible_task(me, context.task, context.project, is_member)?;
            access::check_work_in(project)?;
            Ok((Scope::Project(project.id), Some(task)))
        }
        _ => Err(Refusal::PlaceMissing),
    }
}

/// The root is of the same conversation, is no reply itself, and is still there.
fn check_thread(
    found: Option<&Message>,
    root: MessageId,
    command: &PostMessage,
) -> Result<(), Refusal> {
    match found {
        Some(found)
            if found.id == root
                && found.channel == command.channel
                && found.task == command.task
                && !found.is_gone() =>
        {
            if found.thread.is_some() {
                Err(Refusal::ThreadIsAReply)
            } else {
                Ok(())
            }
        }
        // A message of another place is as unknown as one that does not exist.
        _ => Err(Refusal::UnknownMessage {
            field: Some("thread"),
        }),
    }
}

pub(crate) fn readable<'a>(context: &MessageContext<'a>) -> Result<&'a Message, Refusal> {
    let channel = context.channel.map(|channel| (channel, context.standing));
    let task = context.task.zip(context.project);
    let task = task.map(|(task, project)| (task, project, context.is_project_member));
    access::readable_message(context.me, context.message, channel, task)
}

/// Edits, reactions and pins: where one may post, on what is not deleted.
pub(crate) fn check_change(
    context: &MessageContext<'_>,
    message: &Message,
) -> Result<Scope, Refusal> {
    match (message.channel, context.channel, context.project) {
        (Some(_), Some(channel), _) => {
            access::check_post_channel(channel, context.standing.is_inside())?;
        }
        (None, _, Some(project)) => access::check_work_in(project)?,
        _ => {}
    }
    if message.deleted {
        return Err(Refusal::MessageDeleted);
    }
    scope_of(context, message)
}

pub(crate) fn scope_of(context: &MessageContext<'_>, message: &Message) -> Result<Scope, Refusal> {
    let project = context.project.map(|project| Scope::Project(project.id));
    let scope = message.channel.map(Scope::Channel).or(project);
    scope.ok_or(Refusal::UnknownMessage { field: None })
}

/// `required`: it carries nothing else.
fn check_text(text: &str, required: bool) -> Result<(), Refusal> {
    text::check_markdown("text", text, limit::MESSAGE_TEXT_BYTES_MAX)?;
    if required && !text::has_ink(text) {
        Err(Refusal::Empty { field: "text" })
    } else {
        Ok(())
    }
}

fn check_alias(alias: &Alias) -> Result<Alias, Refusal> {
    let checked = |text: &Option<String>| -> Result<Option<String>, Refusal> {
        let Some(text) = text else { return Ok(None) };
        let text = text::check_optional_line("alias", text, limit::NAME_CHARS_MAX)?;
        Ok((!text.is_empty()).then(|| text.to_owned()))
    };
    Ok(Alias {
        name: checked(&alias.name)?,
        emoji: checked(&alias.emoji)?,
    })
}

/// The one spelling of an emoji: some are written with and without a variation selector.
pub(crate) fn check_emoji(text: &str) -> Result<&'static str, Refusal> {
    emojis::get(text)
        .map(emojis::Emoji::as_str)
        .ok_or(Refusal::BadEmoji)
}

/// The one spelling of what one reacts with: a custom emoji by its name, whatever it was called.
fn reaction_of<'t>(context: &MessageContext<'_>, text: &'t str) -> Result<Cow<'t, str>, Refusal> {
    let Some(name) = name_in_colons(text) else {
        return check_emoji(text).map(Cow::Borrowed);
    };
    let known = context.emoji.filter(|it| it.names().any(|it| it == name));
    let known = known.ok_or(Refusal::BadEmoji)?;
    Ok(Cow::Owned(format!(":{}:", known.name)))
}

fn has_reacted(message: &Message, emoji: &str, me: MemberId) -> bool {
    let reaction = message
        .reactions
        .iter()
        .find(|reaction| reaction.emoji == emoji);
    reaction.is_some_and(|reaction| reaction.members.contains(&me))
}

/// Whoever speaks in a task's conversation or is named there hears of the task from then on.
fn followed(
    task: &Task,
    message: &Message,
    sees_project: &dyn Fn(MemberId) -> bool,
) -> Option<Fact> {
    let named = message
        .mentions
        .iter()
        .copied()
        .filter(|member| sees_project(*member));
    let change = followed_by(task, std::iter::once(message.author).chain(named))?;
    let event = Event::TaskChanged {
        task: task.id,
        changes: vec![change],
    };
    Some(fact(Scope::Project(task.project), event))
}
