//! Statuses and working hours: what members say of their day.

use crate::{
    access,
    actor::Actor,
    decide::{Decision, fact},
    message::check_emoji,
    notification::whole_micros,
    preference::DAY_MINUTES,
    refusal::Refusal,
    text,
};
use tenon_protocol::{
    Scope, Timestamp,
    event::Event,
    limit,
    member::Member,
    status::{ClearStatus, Status, WorkingHours},
};

/// Trimmed; none where nothing is said.
pub(crate) fn check_status(status: &Status, now: Timestamp) -> Result<Option<Status>, Refusal> {
    let text = text::check_optional_line("status", &status.text, limit::STATUS_CHARS_MAX)?;
    let emoji = match status.emoji.trim() {
        "" => "",
        emoji => check_emoji(emoji)?,
    };
    if emoji.is_empty() && text.is_empty() {
        return Ok(None);
    }
    if status.until.is_some_and(|until| until <= now) {
        return Err(Refusal::InThePast { field: "status" });
    }
    Ok(Some(Status {
        emoji: emoji.to_owned(),
        text: text.to_owned(),
        until: status.until.map(whole_micros),
    }))
}

/// Each day once, in their order; none without days.
pub(crate) fn check_hours(hours: &WorkingHours) -> Result<Option<WorkingHours>, Refusal> {
    let field = "working_hours";
    let range = |min, max| Refusal::OutOfRange { field, min, max };
    if hours.days.iter().any(|day| !(1..=7).contains(day)) {
        return Err(range(1, 7));
    }
    if hours.from_minutes >= DAY_MINUTES || hours.until_minutes >= DAY_MINUTES {
        return Err(range(0, (DAY_MINUTES - 1).into()));
    }
    let days: Vec<u8> = (1..=7).filter(|day| hours.days.contains(day)).collect();
    Ok((!days.is_empty()).then(|| WorkingHours {
        days,
        ..hours.clone()
    }))
}

pub struct ClearStatusContext<'a> {
    pub actor: &'a Actor,
    /// Whose it is.
    pub member: Option<&'a Member>,
}

/// The server itself. Nothing happens if the member said something else meanwhile.
pub fn clear_status(
    context: &ClearStatusContext<'_>,
    command: &ClearStatus,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_internal(context.actor)?;
    let ended = |it: &&Member| {
        let until = it.status.as_ref().and_then(|status| status.until);
        until == Some(command.until) && command.until <= now
    };
    let facts = match context.member.filter(ended) {
        Some(member) => vec![fact(
            Scope::Workspace,
            Event::MemberChanged {
                member: Member {
                    status: None,
                    ..member.clone()
                },
            },
        )],
        None => vec![],
    };
    Ok(Decision::of(command.member.0, facts))
}
