//! Scheduled messages: an author's own list, and what becomes of what is due.

use crate::{
    access,
    actor::Actor,
    decide::{Decision, fact},
    notification::{notification_id, room_for, whole_micros},
    refusal::Refusal,
    text,
};
use tenon_protocol::{
    ErrorCode, FileId, NotificationId, Scope, Timestamp,
    event::Event,
    file::File,
    limit,
    member::Member,
    notification::{Notification, Reason, excerpt},
    scheduled::{CancelScheduled, ChangeScheduled, ScheduleMessage, Scheduled, SettleScheduled},
};

pub struct ScheduleMessageContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    /// What posting the very message now would carry, or why it would be refused.
    pub check: Result<Vec<File>, Refusal>,
    /// As it is on the list already.
    pub before: Option<&'a Scheduled>,
    /// How many are on the list.
    pub count: usize,
}

/// Whatever one may post now. The same again is the same.
pub fn schedule_message(
    context: &ScheduleMessageContext<'_>,
    command: &ScheduleMessage,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let me = context.me;
    access::check_granted(context.actor, me, command)?;
    check_later(command.at, now)?;
    let files = context.check.clone()?;
    let id = command.message.id;
    let scheduled = Scheduled {
        message: command.message.clone(),
        at: whole_micros(command.at),
        scheduled_at: now,
        files,
        refused: None,
    };
    if let Some(before) = context.before {
        let is_same = before.message == scheduled.message && before.at == scheduled.at;
        let same = || Decision::of(id.0, vec![]);
        return is_same.then(same).ok_or(Refusal::IdTaken);
    }
    if context.count >= limit::SCHEDULED_MAX {
        return Err(Refusal::TooMany {
            field: "message",
            max: limit::SCHEDULED_MAX,
        });
    }
    let event = Event::MessageScheduled { scheduled };
    Ok(Decision::of(id.0, vec![fact(Scope::Inbox(me.id), event)]))
}

pub struct ScheduledContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    /// On the list of this member.
    pub scheduled: Option<&'a Scheduled>,
    /// Whether posting the message as it will read would be refused now. Asked with a new time.
    pub check: Result<(), Refusal>,
}

/// One's own, unless it is being sent. Words change also where they cannot be sent.
pub fn change_scheduled(
    context: &ScheduledContext<'_>,
    command: &ChangeScheduled,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let me = context.me;
    access::check_granted(context.actor, me, command)?;
    let before = waiting(context.scheduled, now)?;
    let mut scheduled = before.clone();
    if let Some(kept) = &command.files {
        keep_files(&mut scheduled, kept)?;
    }
    if let Some(text) = &command.text {
        text::check_markdown("text", text, limit::MESSAGE_TEXT_BYTES_MAX)?;
        scheduled.message.text.clone_from(text);
    }
    let changes = command.text.is_some() || command.files.is_some();
    let says_more = scheduled.message.quote.is_some() || !scheduled.files.is_empty();
    if changes && scheduled.message.text.trim().is_empty() && !says_more {
        return Err(Refusal::Empty { field: "text" });
    }
    if let Some(at) = command.at.filter(|_| !command.send_now) {
        check_later(at, now)?;
        scheduled.at = whole_micros(at);
    }
    if command.send_now {
        scheduled.at = whole_micros(now);
    }
    if command.send_now || command.at.is_some() {
        context.check.clone()?;
        scheduled.refused = None;
    }
    let facts = if *before == scheduled {
        vec![]
    } else {
        let event = Event::MessageScheduled { scheduled };
        vec![fact(Scope::Inbox(me.id), event)]
    };
    Ok(Decision::of(command.message.0, facts))
}

/// In the order in which they were.
fn keep_files(scheduled: &mut Scheduled, kept: &[FileId]) -> Result<(), Refusal> {
    let has = |id: &FileId| scheduled.message.files.contains(id);
    if !kept.iter().all(has) {
        let field = Some("files");
        return Err(Refusal::UnknownFile { field });
    }
    scheduled.message.files.retain(|id| kept.contains(id));
    scheduled.files.retain(|file| kept.contains(&file.id));
    Ok(())
}

/// One's own, unless it is being sent; what is not on the list stays off it.
pub fn cancel_scheduled(
    context: &ScheduledContext<'_>,
    command: &CancelScheduled,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let me = context.me;
    access::check_granted(context.actor, me, command)?;
    let message = command.message;
    if context.scheduled.is_none() {
        return Ok(Decision::of(message.0, vec![]));
    }
    waiting(context.scheduled, now)?;
    let event = Event::ScheduledRemoved { message };
    let facts = vec![fact(Scope::Inbox(me.id), event)];
    Ok(Decision::of(message.0, facts))
}

/// What is due is being sent: it must not change between the message and its settling.
fn waiting(scheduled: Option<&Scheduled>, now: Timestamp) -> Result<&Scheduled, Refusal> {
    let scheduled = scheduled.ok_or(Refusal::UnknownScheduled)?;
    if scheduled.due().is_some_and(|at| at <= now) {
        return Err(Refusal::BeingSent);
    }
    Ok(scheduled)
}

fn check_later(at: Timestamp, now: Timestamp) -> Result<(), Refusal> {
    if at <= now {
        Err(Refusal::InThePast { field: "at" })
    } else {
        Ok(())
    }
}

pub struct SettleScheduledContext<'a> {
    pub actor: &'a Actor,
    /// Whose it is.
    pub member: Option<&'a Member>,
    /// As it is on their list now.
    pub scheduled: Option<&'a Scheduled>,
    /// Their oldest notifications, to be done so that there is room for one more.
    pub overdue: &'a [NotificationId],
    /// Seq of the newest entry.
    pub head: i64,
}

/// The server itself. What was sent goes from the list; what was refused stays there with the
/// reason, and its author is told.
pub fn settle_scheduled(
    context: &SettleScheduledContext<'_>,
    command: &SettleScheduled,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_internal(context.actor)?;
    let due = |it: &&Scheduled| it.due() == Some(command.at) && command.at <= now;
    let found = context.scheduled.filter(due).zip(context.member);
    let message = command.message;
    let Some((scheduled, member)) = found else {
        return Ok(Decision::of(message.0, vec![]));
    };
    let scope = Scope::Inbox(member.id);
    let Some(code) = command.refused else {
        let removed = Event::ScheduledRemoved { message };
        return Ok(Decision::of(message.0, vec![fact(scope, removed)]));
    };
    let kept = Scheduled {
        refused: Some(code),
        ..scheduled.clone()
    };
    let cause = context.head + 1;
    let told = not_sent(&kept, member, code, cause, now);
    let facts = vec![
        fact(scope, Event::MessageScheduled { scheduled: kept }),
        room_for(scope, told, context.overdue),
    ];
    Ok(Decision::of(message.0, facts))
}

/// Names no place: the member may not be allowed to know it any more.
fn not_sent(
    scheduled: &Scheduled,
    member: &Member,
    code: ErrorCode,
    cause: i64,
    now: Timestamp,
) -> Notification {
    Notification {
        id: notification_id(cause, member.id),
        seq: 0,
        cause,
        at: now,
        reason: Reason::NotSent,
        actor: member.id,
        channel: None,
        thread: None,
        task: None,
        project: None,
        message: None,
        key: None,
        detail: Some(code.as_str().to_owned()),
        excerpt: excerpt(&scheduled.message.text),
        count: 1,
        // Wanted to be said at this very time.
        quiet: false,
        suppressed: None,
        read: Some(false),
        done: false,
        snoozed_until: None,
    }
}
