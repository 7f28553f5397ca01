//! How far a member has read in their channels, and what is left.

use crate::{
    access::{self, Standing},
    actor::Actor,
    decide::{Decision, fact},
    refusal::Refusal,
};
use std::collections::HashMap;
use tenon_protocol::{
    Scope, Timestamp,
    channel::{Channel, MarkAllRead, MarkRead, Membership, ReadMark},
    event::Event,
    limit,
    member::Member,
};

pub struct MarkReadContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub channel: Option<&'a Channel>,
    /// Of `me`.
    pub standing: Standing,
    /// Of `me` in the channel.
    pub membership: Option<&'a Membership>,
    /// What is unread after [`read_position`].
    pub left: Counts,
    /// Seq of the log's newest entry.
    pub head: i64,
}

/// Messages after a read position, as [`Membership`] counts them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub unread: i64,
    pub mentions: i64,
}

pub struct MarkAllReadContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    /// Where something is unread now: of the channels named that `me` is in.
    pub before: &'a [Membership],
    /// What is unread there after `seq`, in any order.
    pub left: &'a [ReadMark],
    /// Seq of the log's newest entry.
    pub head: i64,
}

/// The seq that a read position moves to when a command names this one: never outside the log.
pub fn read_position(seq: i64, head: i64) -> i64 {
    seq.min(head).max(0)
}

/// Members of the channel, also of an archived one.
pub fn mark_read(
    context: &MarkReadContext<'_>,
    command: &MarkRead,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    let me = context.me;
    access::check_granted(context.actor, me, command)?;
    let channel = access::joined_channel(me, context.channel, context.standing)?;
    let before = context.membership.ok_or(Refusal::NotAMember)?;
    let read = read_position(command.seq, context.head);
    let left = context.left;
    let Counts { unread, mentions } = left;
    let had = Counts {
        unread: before.unread,
        mentions: before.mentions,
    };
    // Over what counts nothing the position need not follow: no entry for every glance.
    let all_read = had == Counts::default() && left == had && read >= before.read;
    let facts = if all_read || (read == before.read && left == had) {
        vec![]
    } else {
        let event = Event::ReadMarked {
            channel: channel.id,
            read,
            unread,
            mentions,
        };
        vec![fact(Scope::Inbox(me.id), event)]
    };
    Ok(Decision::of(channel.id.0, facts))
}

/// Positions only move forward, and only where something is read by it: one entry for all.
pub fn mark_all_read(
    context: &MarkAllReadContext<'_>,
    command: &MarkAllRead,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    let me = context.me;
    access::check_granted(context.actor, me, command)?;
    let read = read_position(command.seq, context.head);
    let known: HashMap<_, _> = context.left.iter().map(|it| (it.channel, *it)).collect();
    let left = |place: &Membership| {
        known.get(&place.channel).copied().filter(|left| {
            place.read < read && (left.unread, left.mentions) != (place.unread, place.mentions)
        })
    };
    let marks = context.before.iter().filter_map(left);
    let marks: Vec<ReadMark> = marks.take(limit::MARKED_CHANNELS_MAX).collect();
    let facts = if marks.is_empty() {
        vec![]
    } else {
        let event = Event::AllReadMarked { read, marks };
        vec![fact(Scope::Inbox(me.id), event)]
    };
    Ok(Decision::of(me.id.0, facts))
}
