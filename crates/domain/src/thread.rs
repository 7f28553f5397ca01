//! Threads: anybody who may reply in one says that it is settled, or opens it again.

use crate::{
    access,
    decide::{Decision, fact},
    message::{MessageContext, readable},
    refusal::Refusal,
};
use tenon_protocol::{
    ChannelId, Scope, Timestamp,
    event::Event,
    message::Message,
    thread::{ReopenThread, ResolveThread, Resolved},
};

/// Whoever may reply there. What is settled stays as it was settled.
pub fn resolve_thread(
    found: &MessageContext<'_>,
    command: &ResolveThread,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(found.actor, found.me, command)?;
    let (root, channel) = writable(found)?;
    // Where the talk goes on in a task, the task's state says whether it is settled.
    if root.link.is_some() {
        return Err(Refusal::NotResolvable);
    }
    if root.resolved.is_some() {
        return Ok(Decision::of(root.id.0, vec![]));
    }
    if root.reply_count == 0 {
        return Err(Refusal::NoReplies);
    }
    let event = Event::ThreadResolved {
        message: root.id,
        channel,
        resolved: Resolved {
            by: found.me.id,
            at: now,
        },
    };
    let facts = vec![fact(Scope::Channel(channel), event)];
    Ok(Decision::of(root.id.0, facts))
}

/// The same, whoever settled it.
pub fn reopen_thread(
    found: &MessageContext<'_>,
    command: &ReopenThread,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(found.actor, found.me, command)?;
    let (root, channel) = writable(found)?;
    if root.resolved.is_none() {
        return Ok(Decision::of(root.id.0, vec![]));
    }
    let event = Event::ThreadReopened {
        message: root.id,
        channel,
    };
    let facts = vec![fact(Scope::Channel(channel), event)];
    Ok(Decision::of(root.id.0, facts))
}

/// The message that began a thread of a channel in which the actor may reply; it may be deleted,
/// the replies are still there.
fn writable<'a>(found: &MessageContext<'a>) -> Result<(&'a Message, ChannelId), Refusal> {
    let root = readable(found)?;
    let channel = found.channel.ok_or(Refusal::NotResolvable)?;
    access::check_say(found.me, channel, found.standing.is_inside(), true)?;
    if root.thread.is_some() {
        return Err(Refusal::ThreadIsAReply);
    }
    Ok((root, channel.id))
}
