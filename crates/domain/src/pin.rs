//! Pins: a channel keeps some of its messages at hand, replies too.

use crate::{
    access,
    decide::{Decision, fact},
    message::{MessageContext, check_change, readable},
    refusal::Refusal,
};
use tenon_protocol::{
    ChannelId, Scope, Timestamp,
    event::Event,
    limit,
    pin::{Pin, PinMessage, UnpinMessage},
};

pub struct PinContext<'a> {
    pub found: MessageContext<'a>,
    /// Pins of the message's channel.
    pub pins: usize,
}

/// Whoever changes what the channel keeps at hand. What is pinned stays as it was pinned.
pub fn pin_message(
    context: &PinContext<'_>,
    command: &PinMessage,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let found = &context.found;
    access::check_granted(found.actor, found.me, command)?;
    let message = readable(found)?;
    check_change(found, message)?;
    let channel = check_place(found)?;
    if message.pin.is_some() {
        return Ok(Decision::of(message.id.0, vec![]));
    }
    if context.pins >= limit::PINS_PER_CHANNEL_MAX {
        let max = limit::PINS_PER_CHANNEL_MAX;
        return Err(Refusal::TooMany {
            field: "message",
            max,
        });
    }
    let event = Event::MessagePinned {
        message: message.id,
        channel,
        pin: Pin {
            by: found.me.id,
            at: now,
        },
    };
    let facts = vec![fact(Scope::Channel(channel), event)];
    Ok(Decision::of(message.id.0, facts))
}

/// The same, whoever pinned it.
pub fn unpin_message(
    context: &PinContext<'_>,
    command: &UnpinMessage,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    let found = &context.found;
    access::check_granted(found.actor, found.me, command)?;
    let message = readable(found)?;
    check_change(found, message)?;
    let channel = check_place(found)?;
    let facts = match message.pin {
        None => vec![],
        Some(_) => {
            let event = Event::MessageUnpinned {
                message: message.id,
                channel,
            };
            vec![fact(Scope::Channel(channel), event)]
        }
    };
    Ok(Decision::of(message.id.0, facts))
}

/// The message's channel, whose pins one may change.
fn check_place(found: &MessageContext<'_>) -> Result<ChannelId, Refusal> {
    let channel = found.channel.ok_or(Refusal::NotPinnable)?;
    access::check_keep(found.me, channel, found.standing.is_inside())?;
    Ok(channel.id)
}
