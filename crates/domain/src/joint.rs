//! The joint: a message becomes a task, with what is missing guessed from its words, with what
//! was said before kept as quotes, and with a link both ways.

use crate::{
    access,
    actor::Actor,
    decide::{Decision, fact},
    guess::{GuessInput, guess},
    message,
    poll::in_words,
    refusal::Refusal,
    task::{add_each, check_assignees, check_labels, check_title, new_task, set_state},
    task_type,
    template::{self, Mould},
};
use tenon_protocol::{
    MemberId, MessageId, Scope, Timestamp,
    channel::Channel,
    event::Event,
    limit,
    member::Member,
    message::{Context, Message, Quote, TaskLink},
    project::Project,
    task::{Guess, MakeTask, Priority, Source, Task},
};

pub struct MakeTaskContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    /// The source.
    pub message: Option<&'a Message>,
    /// Of the source.
    pub channel: Option<&'a Channel>,
    pub standing: access::Standing,
    /// The thread of the source so far, its root first, in order; with or without the source.
    /// At most `QUOTES_MAX`: the newest, if there are more. Empty if nobody replied.
    pub thread: &'a [Message],
    /// Those of `command.messages` that exist.
    pub messages: &'a [Message],
    /// That of `command.project`, else the one that the channel is bound to.
    pub project: Option<&'a Project>,
    pub is_project_member: bool,
    pub id_taken: bool,
    /// A fresh id, for the first message of the task's conversation.
    pub message_id: MessageId,
    /// The number that the project's next task gets, from 1.
    pub next_number: i64,
    /// Who wrote the source.
    pub author: Option<&'a Member>,
    /// The active members that the source mentions, in its order.
    pub mentions: &'a [&'a Member],
    /// Is this an active member who may see the project?
    pub sees_project: &'a dyn Fn(MemberId) -> bool,
    pub mould: Mould<'a>,
}

/// Whoever may read the message and sees the project. What the command leaves open is guessed, and
/// what it names a template for is as that has it: who and when only if the message says nothing;
/// a guess that would be refused is left out.
pub fn make_task(
    context: &MakeTaskContext<'_>,
    command: &MakeTask,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let me = context.me;
    access::check_granted(context.actor, me, command)?;
    let (source, channel) = check_source(context)?;
    if let Some(link) = &source.link {
        return Err(Refusal::AlreadyATask(link.task));
    }
    let project = check_target(context, command)?;
    if context.id_taken {
        return Err(Refusal::IdTaken);
    }
    let chosen = chosen(context, command, source)?;
    let quotes = quoted(context, &chosen);
    let mut task = new_task(command.id, project, me, context.next_number, now);
    fill_in(&mut task, context, command, project, source, now)?;
    set_state(&mut task, project, command.state.as_deref(), now)?;
    task.source = Some(Source {
        channel: channel.id,
        message: source.id,
    });
    let took_part = quotes
        .iter()
        .map(|quote| quote.author)
        .chain([source.author]);
    let (took_part, assignees) = (took_part.collect::<Vec<_>>(), task.assignees.clone());
    let sees = |member: &MemberId| (context.sees_project)(*member);
    add_each(&mut task.followers, took_part.into_iter().filter(sees));
    add_each(&mut task.followers, assignees);

    let first = Message {
        task: Some(task.id),
        context: Some(Context {
            channel: channel.id,
            message: source.id,
            quotes,
        }),
        ..message::blank(context.message_id, me.id, now, String::new())
    };
    let link = TaskLink {
        task: task.id,
        project: project.id,
        key: task.key.clone(),
    };
    let linked = |message: MessageId| {
        let event = Event::MessageLinked {
            message,
            channel: channel.id,
            link: link.clone(),
        };
        fact(Scope::Channel(channel.id), event)
    };
    let mut facts = vec![
        fact(
            Scope::Project(project.id),
            Event::TaskCreated { task: task.clone() },
        ),
        fact(
            Scope::Project(project.id),
            Event::MessagePosted { message: first },
        ),
    ];
    // One that is a task already keeps its own link.
    let free = |it: &&&Message| it.link.is_none() && it.card.is_none();
    facts.extend(chosen.iter().filter(free).map(|it| linked(it.id)));
    Ok(Decision::of_task(&task, facts))
}

/// What [`make_task`] would fill in, for a form to begin with. Never what the asker may not see.
pub fn guess_task(context: &MakeTaskContext<'_>, now: Timestamp) -> Result<Guess, Refusal> {
    let (source, _) = check_source(context)?;
    Ok(guess_of(context, source, now))
}

/// The source and its channel: readable, said by somebody, still there.
fn check_source<'a>(context: &MakeTaskContext<'a>) -> Result<(&'a Message, &'a Channel), Refusal> {
    let channel = context.channel.map(|channel| (channel, context.standing));
    let source = access::readable_message(context.me, context.message, channel, None)?;
    let channel = context
        .channel
        .ok_or(Refusal::UnknownMessage { field: None })?;
    if source.deleted {
        return Err(Refusal::MessageDeleted);
    }
    if source.card.is_some() {
        return Err(Refusal::NotMadeIntoTasks);
    }
    Ok((source, channel))
}

/// The project named, or the channel's if the actor sees it.
fn check_target<'a>(
    context: &MakeTaskContext<'a>,
    command: &MakeTask,
) -> Result<&'a Project, Refusal> {
    let project = access::visible_project(context.me, context.project, context.is_project_member);
    let project = match command.project {
        Some(_) => project?,
        None => project.map_err(|_| Refusal::ProjectMissing)?,
    };
    access::check_work_in(project)?;
    Ok(project)
}

/// The fields of the task that a command may leave open.
fn fill_in(
    task: &mut Task,
    context: &MakeTaskContext<'_>,
    command: &MakeTask,
    project: &Project,
    source: &Message,
    now: Timestamp,
) -> Result<(), Refusal> {
    let (me, sees) = (context.me, context.sees_project);
    template::fill_in(
        task,
        command.template.as_ref(),
        context.mould,
        project,
        me,
        sees,
    )?;
    let guess = guess_of(context, source, now);
    task.title = match &command.title {
        Some(title) => check_title(title)?,
        None => guess.title,
    };
    let of_template = Some(task.task_type.clone()).filter(|id| !id.is_empty());
    task.task_type = match command
        .task_type
        .clone()
        .or(of_template)
        .or(guess.task_type)
    {
        Some(id) => task_type::find_type(project, &id)?,
        None => task_type::first_type(project),
    };
    match &command.assignees {
        Some(wanted) => task.assignees = check_assignees(wanted, &[], sees)?,
        None if guess.assignees.is_empty() => {}
        None => task.assignees = guess.assignees,
    }
    task.due = command.due.unwrap_or(guess.due.or(task.due));
    task.priority = match command.priority {
        Some(priority) => priority,
        None if task.priority == Priority::None => guess.priority,
        None => task.priority,
    };
    if let Some(wanted) = &command.labels {
        task.labels = check_labels(wanted)?;
    }
    Ok(())
}

/// The source and the other messages that were asked for, each once.
fn chosen<'c>(
    context: &MakeTaskContext<'c>,
    command: &MakeTask,
    source: &'c Message,
) -> Result<Vec<&'c Message>, Refusal> {
    if command.messages.len() >= limit::QUOTES_MAX {
        return Err(Refusal::TooMany {
            field: "messages",
            max: limit::QUOTES_MAX - 1,
        });
    }
    let mut chosen = vec![source];
    for id in &command.messages {
        let found = context
            .messages
            .iter()
            .find(|it| it.id == *id && it.channel == source.channel);
        let message = found.ok_or(Refusal::UnknownMessage {
            field: Some("messages"),
        })?;
        if message.deleted {
            return Err(Refusal::MessageDeleted);
        }
        if chosen.iter().all(|other| other.id != message.id) {
            chosen.push(message);
        }
    }
    Ok(chosen)
}

/// The thread so far and the messages chosen, in the order they were said; the oldest of the
/// thread are left out if they are too many.
fn quoted(context: &MakeTaskContext<'_>, chosen: &[&Message]) -> Vec<Quote> {
    let talk = |it: &&Message| !it.deleted && it.card.is_none();
    let is_new = |it: &&Message| chosen.iter().all(|other| other.id != it.id);
    let thread = context.thread.iter().filter(talk).filter(is_new);
    let thread: Vec<&Message> = thread.collect();
    let too_many = (thread.len() + chosen.len()).saturating_sub(limit::QUOTES_MAX);
    let mut quotes = [chosen, &thread[too_many..]].concat();
    quotes.sort_by_key(|message| message.seq);
    quotes.into_iter().map(quote).collect()
}

fn quote(message: &Message) -> Quote {
    Quote {
        message: message.id,
        author: message.author,
        at: message.at,
        text: match &message.poll {
            Some(poll) => in_words(&message.text, poll),
            None => message.text.clone(),
        },
    }
}

/// Without the project where the asker does not see it; with one, without those who do not.
fn guess_of(context: &MakeTaskContext<'_>, source: &Message, now: Timestamp) -> Guess {
    let visible =
        access::visible_project(context.me, context.project, context.is_project_member).ok();
    let mut guess = guess(&GuessInput {
        text: &source.text,
        mentions: context.mentions,
        channel_project: visible.map(|project| project.id),
        author: context.author.unwrap_or(context.me),
        now,
        time_zone: &context.me.time_zone,
    });
    if guess.title.is_empty()
        && let Some(file) = source.files.first()
    {
        guess.title = file
            .name
            .chars()
            .take(limit::TASK_TITLE_CHARS_MAX)
            .collect();
    }
    let has =
        |id: &String| visible.is_some_and(|it| task_type::find_type(it, id).as_ref() == Ok(id));
    if !guess.task_type.as_ref().is_some_and(has) {
        (guess.task_type, guess.type_words) = (None, None);
    }
    guess
        .assignees
        .retain(|member| visible.is_none() || (context.sees_project)(*member));
    guess
}
