//! Saved messages and their reminders: a member's own list.

use crate::{
    access,
    actor::Actor,
    decide::{Decision, fact},
    notification::{room_for, whole_micros},
    refusal::Refusal,
};
use tenon_protocol::{
    NotificationId, Scope, Timestamp,
    channel::Channel,
    event::Event,
    limit,
    member::Member,
    message::Message,
    notification::{Notification, Reason, excerpt},
    project::Project,
    saved::{FireReminder, SaveMessage, Saved, UnsaveMessage},
    task::Task,
};

pub struct SaveMessageContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub message: Option<&'a Message>,
    /// Of the message.
    pub channel: Option<&'a Channel>,
    pub standing: access::Standing,
    pub task: Option<&'a Task>,
    /// Of the task.
    pub project: Option<&'a Project>,
    pub is_project_member: bool,
    /// As it is saved already.
    pub before: Option<&'a Saved>,
    /// How many are on the list.
    pub count: usize,
}

/// Whatever one may read and is not deleted. Saving again changes the reminder.
pub fn save_message(
    context: &SaveMessageContext<'_>,
    command: &SaveMessage,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let me = context.me;
    access::check_granted(context.actor, me, command)?;
    let channel = context.channel.map(|it| (it, context.standing));
    let task = context.task.zip(context.project);
    let task = task.map(|(task, project)| (task, project, context.is_project_member));
    let message = access::readable_message(me, context.message, channel, task)?;
    if message.deleted {
        return Err(Refusal::MessageDeleted);
    }
    if command.remind_at.is_some_and(|at| at <= now) {
        return Err(Refusal::InThePast { field: "remind_at" });
    }
    let saved = Saved {
        message: message.id,
        author: message.author,
        channel: message.channel,
        thread: message.thread,
        task: message.task,
        project: context.project.map(|it| it.id),
        key: context.task.map(|it| it.key.clone()),
        excerpt: excerpt(&message.text),
        saved_at: context.before.map_or(now, |it| it.saved_at),
        remind_at: command.remind_at.map(whole_micros),
    };
    if context.before.is_none() && context.count >= limit::SAVED_MAX {
        return Err(Refusal::TooMany {
            field: "message",
            max: limit::SAVED_MAX,
        });
    }
    let facts = if context.before == Some(&saved) {
        vec![]
    } else {
        vec![fact(Scope::Inbox(me.id), Event::MessageSaved { saved })]
    };
    Ok(Decision::of(message.id.0, facts))
}

pub struct UnsaveMessageContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub is_saved: bool,
}

/// One's own; what is not on the list stays off it.
pub fn unsave_message(
    context: &UnsaveMessageContext<'_>,
    command: &UnsaveMessage,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    let message = command.message;
    let facts = if context.is_saved {
        vec![fact(
            Scope::Inbox(context.me.id),
            Event::MessageUnsaved { message },
        )]
    } else {
        vec![]
    };
    Ok(Decision::of(message.0, facts))
}

pub struct FireReminderContext<'a> {
    pub actor: &'a Actor,
    /// Whose it is.
    pub member: Option<&'a Member>,
    /// As it is on their list now.
    pub saved: Option<&'a Saved>,
    /// Their oldest notifications, to be done so that there is room for one more.
    pub overdue: &'a [NotificationId],
    /// Seq of the newest entry.
    pub head: i64,
}

/// The server itself. Nothing is told if the member chose otherwise meanwhile.
pub fn fire_reminder(
    context: &FireReminderContext<'_>,
    command: &FireReminder,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_internal(context.actor)?;
    let due = |it: &&Saved| it.remind_at == Some(command.at) && command.at <= now;
    let found = context.saved.filter(due).zip(context.member);
    let Some((saved, member)) = found else {
        return Ok(Decision::of(command.message.0, vec![]));
    };
    let scope = Scope::Inbox(member.id);
    let told = Saved {
        remind_at: None,
        ..saved.clone()
    };
    let mut facts = vec![fact(scope, Event::MessageSaved { saved: told })];
    if member.active {
        let cause = context.head + 1;
        facts.push(room_for(
            scope,
            reminder(saved, member, cause, now),
            context.overdue,
        ));
    }
    Ok(Decision::of(command.message.0, facts))
}

fn reminder(saved: &Saved, member: &Member, cause: i64, now: Timestamp) -> Notification {
    Notification {
        id: crate::notification::notification_id(cause, member.id),
        seq: 0,
        cause,
        at: now,
        reason: Reason::Reminder,
        actor: saved.author,
        channel: saved.channel,
        thread: saved.thread,
        task: saved.task,
        project: saved.project,
        message: Some(saved.message),
        key: saved.key.clone(),
        detail: None,
        excerpt: saved.excerpt.clone(),
        count: 1,
        // Asked for at this very time.
        quiet: false,
        suppressed: None,
        // Unread even where its channel was read past it long ago.
        read: Some(false),
        done: false,
        snoozed_until: None,
    }
}
