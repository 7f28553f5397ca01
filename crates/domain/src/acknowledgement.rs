//! Acknowledgements: a message of a channel asks people to say that they have taken note of it.

use crate::{
    access,
    decide::{Decision, fact},
    message::{MessageContext, check_change, readable},
    refusal::Refusal,
};
use std::sync::Arc;
use tenon_protocol::{
    ChannelId, MemberId, NotificationId, Scope, Timestamp,
    acknowledgement::{
        AcknowledgeMessage, Acknowledgement, Asked, RemindOfAcknowledgement,
        RequestAcknowledgement, WithdrawAcknowledgement,
    },
    event::{Event, Fact},
    limit,
    member::{Member, MemberKind},
    message::Message,
    notification::{Notification, Reason},
};

/// Whom a message could ask. Loaded only when it asks.
#[derive(Clone, Copy, Default)]
pub struct Askable<'a> {
    /// Members of the channel: everyone, or those of [`wanted`].
    pub members: &'a [Arc<Member>],
    /// The channel has more than could be loaded.
    pub too_many: bool,
    /// Messages of the channel that wait for acknowledgements.
    pub open: usize,
}

/// Those of the channel's members who have to be loaded; `None`: all of them.
pub fn wanted(of: Asked, mentions: &[MemberId], mentions_channel: bool) -> Option<&[MemberId]> {
    match of {
        Asked::Mentioned if !mentions_channel => Some(mentions),
        Asked::Mentioned | Asked::Members => None,
    }
}

pub struct RequestContext<'a> {
    pub found: MessageContext<'a>,
    pub askable: Askable<'a>,
}

/// The author. What asks already stays as it is.
pub fn request_acknowledgement(
    context: &RequestContext<'_>,
    command: &RequestAcknowledgement,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let found = &context.found;
    access::check_granted(found.actor, found.me, command)?;
    let (message, channel) = changeable(found)?;
    access::check_request_acknowledgement(found.me, message)?;
    if message.acknowledgement.is_some() {
        return Ok(Decision::of(message.id.0, vec![]));
    }
    let acknowledgement = asked(&context.askable, found.me, now)?;
    let event = Event::AcknowledgementRequested {
        message: message.id,
        channel,
        acknowledgement,
    };
    Ok(told(message, channel, event))
}

/// What a message begins to ask for. Bots and the author are not asked.
pub(crate) fn asked(
    askable: &Askable<'_>,
    me: &Member,
    now: Timestamp,
) -> Result<Acknowledgement, Refusal> {
    let too_many = |max| Refusal::TooMany {
        field: "acknowledgement",
        max,
    };
    if askable.open >= limit::ACKNOWLEDGEMENTS_PER_CHANNEL_MAX {
        return Err(too_many(limit::ACKNOWLEDGEMENTS_PER_CHANNEL_MAX));
    }
    let is_asked = |member: &&Arc<Member>| {
        member.active && member.kind == MemberKind::Person && member.id != me.id
    };
    let members = askable.members.iter().filter(is_asked);
    let waiting: Vec<MemberId> = members.map(|member| member.id).collect();
    if askable.too_many || waiting.len() > limit::ACKNOWLEDGEMENT_MEMBERS_MAX {
        return Err(too_many(limit::ACKNOWLEDGEMENT_MEMBERS_MAX));
    }
    if waiting.is_empty() {
        return Err(Refusal::NobodyToAsk);
    }
    Ok(Acknowledgement {
        by: me.id,
        at: now,
        waiting,
        acknowledged: vec![],
        reminded_at: None,
    })
}

/// Who asked, and administrators.
pub fn withdraw_acknowledgement(
    found: &MessageContext<'_>,
    command: &WithdrawAcknowledgement,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(found.actor, found.me, command)?;
    let (message, channel) = changeable(found)?;
    let Some(acknowledgement) = &message.acknowledgement else {
        return Ok(Decision::of(message.id.0, vec![]));
    };
    access::check_withdraw_acknowledgement(found.me, acknowledgement)?;
    let event = Event::AcknowledgementWithdrawn {
        message: message.id,
        channel,
    };
    Ok(told(message, channel, event))
}

pub struct AcknowledgeContext<'a> {
    pub found: MessageContext<'a>,
    /// What is in the actor's inbox.
    pub inbox: &'a [Notification],
}

/// Those who are asked, once. What asked for it in their inbox is done with that.
pub fn acknowledge_message(
    context: &AcknowledgeContext<'_>,
    command: &AcknowledgeMessage,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    let (found, me) = (&context.found, context.found.me);
    access::check_granted(found.actor, me, command)?;
    let (message, channel) = changeable(found)?;
    let acknowledgement = message.acknowledgement.as_ref().ok_or(Refusal::NotAsked)?;
    let has = |member: MemberId| {
        let mut done = acknowledgement.acknowledged.iter();
        done.any(|it| it.member == member)
    };
    if has(me.id) {
        return Ok(Decision::of(message.id.0, vec![]));
    }
    if !acknowledgement.waiting.contains(&me.id) {
        return Err(Refusal::NotAsked);
    }
    let event = Event::MessageAcknowledged {
        message: message.id,
        channel,
    };
    let mut decision = told(message, channel, event);
    decision.facts.extend(finished(context.inbox, message, me));
    Ok(decision)
}

fn finished(inbox: &[Notification], message: &Message, me: &Member) -> Option<Fact> {
    let asks =
        |it: &&Notification| it.reason == Reason::Acknowledgement && it.message == Some(message.id);
    let notifications: Vec<NotificationId> = inbox.iter().filter(asks).map(|it| it.id).collect();
    if notifications.is_empty() {
        return None;
    }
    let event = Event::NotificationsChanged {
        notifications,
        read: Some(true),
        done: true,
        snoozed_until: None,
    };
    Some(fact(Scope::Inbox(me.id), event))
}

/// Who asked, when there is somebody to wait for and the last time was long enough ago.
pub fn remind_of_acknowledgement(
    found: &MessageContext<'_>,
    command: &RemindOfAcknowledgement,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(found.actor, found.me, command)?;
    let (message, channel) = changeable(found)?;
    let acknowledgement = message.acknowledgement.as_ref().ok_or(Refusal::NotAsked)?;
    access::check_remind_of_acknowledgement(found.me, acknowledgement)?;
    let minutes = limit::ACKNOWLEDGEMENT_REMINDER_MINUTES;
    let last = acknowledgement.reminded_at.unwrap_or(acknowledgement.at);
    if now.duration_since(last).as_mins() < minutes {
        return Err(Refusal::RemindedLately { minutes });
    }
    if acknowledgement.waiting.is_empty() {
        return Ok(Decision::of(message.id.0, vec![]));
    }
    let event = Event::AcknowledgementReminded {
        message: message.id,
        channel,
        waiting: acknowledgement.waiting.clone(),
    };
    Ok(told(message, channel, event))
}

/// A message of a channel where the actor may post.
fn changeable<'a>(found: &MessageContext<'a>) -> Result<(&'a Message, ChannelId), Refusal> {
    let message = readable(found)?;
    check_change(found, message)?;
    let channel = message.channel.ok_or(Refusal::NotAcknowledged)?;
    Ok((message, channel))
}

fn told(message: &Message, channel: ChannelId, event: Event) -> Decision {
    Decision::of(message.id.0, vec![fact(Scope::Channel(channel), event)])
}
