//! Retention: which rule holds in a channel, who changes rules and what must be confirmed for it,
//! and what is erased. Pure: what is older than its rule is decided here and nowhere else.
//!
//! Work is kept: conversations of tasks, cards, and the words that a task took from talk. So is
//! what a channel has pinned.

use crate::{
    access::{self, Standing},
    actor::Actor,
    channel,
    decide::{Decision, fact},
    refusal::Refusal,
    workspace::WorkspaceContext,
};
use jiff::ToSpan;
use std::collections::{BTreeMap, BTreeSet};
use tenon_protocol::{
    ChannelId, MemberId, MessageId, Scope, Timestamp,
    channel::{Channel, ChannelKind},
    event::{Event, Fact},
    limit::{RETENTION_DAYS_MAX, RETENTION_PREVIEW_MINUTES},
    member::Member,
    message::Message,
    policy::Policy,
    retention::{
        ChangeChannelRetention, ChangeRetention, EraseFiles, EraseMessages, ErasedFiles,
        ErasedMessage, Erases, Retention, Rule, RuleKind,
    },
};

/// The rule for what is said in a channel; none: it is kept for ever.
pub fn rule_of(retention: &Retention, channel: &Channel) -> Option<Rule> {
    let (kind, days) = match (channel.retention, channel.kind) {
        (Some(own), _) => (RuleKind::Channel, own.days),
        (None, ChannelKind::Public) => (RuleKind::Public, retention.public_days),
        (None, ChannelKind::Private) => (RuleKind::Private, retention.private_days),
        (None, ChannelKind::Direct) => (RuleKind::Direct, retention.direct_days),
    };
    days.map(|days| Rule { kind, days })
}

/// The rule for files of messages that stay. In a channel with a rule of its own they stay with
/// their messages.
pub fn file_rule_of(retention: &Retention, channel: &Channel) -> Option<Rule> {
    let days = retention
        .file_days
        .filter(|_| channel.retention.is_none())?;
    let kind = RuleKind::Files;
    Some(Rule { kind, days })
}

/// What was said before this is older than the rule.
pub fn cutoff(rule: Rule, now: Timestamp) -> Timestamp {
    let hours = i64::from(rule.days) * 24;
    now.checked_sub(hours.hours()).unwrap_or(Timestamp::MIN)
}

/// The server itself, for owners and administrators. What erases more than before was confirmed.
pub fn change_retention(
    context: &WorkspaceContext<'_>,
    command: &ChangeRetention,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    access::check_internal(context.actor)?;
    access::check_administrator(context.me)?;
    let (from, to) = (&context.workspace.policy.retention, &command.retention);
    let pairs = [
        ("public_days", from.public_days, to.public_days),
        ("private_days", from.private_days, to.private_days),
        ("direct_days", from.direct_days, to.direct_days),
        ("file_days", from.file_days, to.file_days),
    ];
    for (field, _, days) in pairs {
        check_days(field, days)?;
    }
    if pairs.iter().any(|(_, from, to)| is_shorter(*from, *to)) {
        check_confirmed(command.erases.as_ref(), now)?;
    }
    let from = context.workspace.policy.clone();
    let to = Policy {
        retention: to.clone(),
        ..from.clone()
    };
    let facts = if to == from {
        vec![]
    } else {
        vec![fact(Scope::Workspace, Event::PolicyChanged { from, to })]
    };
    Ok(Decision::of(context.workspace.id.0, facts))
}

pub struct ChannelRetentionContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub channel: Option<&'a Channel>,
    pub standing: Standing,
    /// Of the workspace.
    pub policy: &'a Policy,
    /// Members of a public channel who cannot see the scope that its change is told in.
    pub outsiders: &'a [MemberId],
}

/// The server itself, for owners and administrators, in a channel that they see.
pub fn change_channel_retention(
    context: &ChannelRetentionContext<'_>,
    command: &ChangeChannelRetention,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let me = context.me;
    access::check_granted(context.actor, me, command)?;
    access::check_internal(context.actor)?;
    access::check_administrator(me)?;
    let before = access::readable_channel(me, context.channel, context.standing)?;
    if before.kind == ChannelKind::Direct {
        return Err(Refusal::DirectChannel);
    }
    check_days("days", command.retention.and_then(|own| own.days))?;
    let mut after = before.clone();
    after.retention = command.retention;
    if erases_more(&context.policy.retention, before, &after) {
        check_confirmed(command.erases.as_ref(), now)?;
    }
    Ok(channel::changed(before, after, context.outsiders, &[]))
}

/// Whether messages or files go sooner than before.
fn erases_more(retention: &Retention, before: &Channel, after: &Channel) -> bool {
    let messages = |channel| rule_of(retention, channel).map(|rule| rule.days);
    let files = |channel| {
        let of_files = file_rule_of(retention, channel).map(|rule| rule.days);
        messages(channel).into_iter().chain(of_files).min()
    };
    is_shorter(messages(before), messages(after)) || is_shorter(files(before), files(after))
}

fn is_shorter(from: Option<u32>, to: Option<u32>) -> bool {
    to.is_some_and(|to| from.is_none_or(|from| to < from))
}

fn check_days(field: &'static str, days: Option<u32>) -> Result<(), Refusal> {
    if days.is_none_or(|days| (1..=RETENTION_DAYS_MAX).contains(&days)) {
        Ok(())
    } else {
        let (min, max) = (1, RETENTION_DAYS_MAX.into());
        Err(Refusal::OutOfRange { field, min, max })
    }
}

fn check_confirmed(erases: Option<&Erases>, now: Timestamp) -> Result<(), Refusal> {
    let oldest = now.checked_sub(RETENTION_PREVIEW_MINUTES.minutes());
    let oldest = oldest.unwrap_or(Timestamp::MIN);
    if erases.is_some_and(|it| it.counted_at >= oldest) {
        Ok(())
    } else {
        Err(Refusal::NotPreviewed)
    }
}

/// A message that quotes another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quoter {
    /// Whose words it holds.
    pub source: MessageId,
    pub message: MessageId,
    pub channel: ChannelId,
}

/// For `EraseMessages` and `EraseFiles`.
pub struct EraseContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub channel: Option<&'a Channel>,
    pub policy: &'a Policy,
    /// Those of the command that there are.
    pub messages: &'a [Message],
    /// Who keeps which of them, or was told of it, and does not hear the channel.
    pub outsiders: &'a [(MessageId, MemberId)],
    /// Messages that are not deleted and hold words of theirs.
    pub quoters: &'a [Quoter],
}

/// The server itself. What no rule takes any more, or does not take yet, stays.
pub fn erase_messages(
    context: &EraseContext<'_>,
    command: &EraseMessages,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    access::check_internal(context.actor)?;
    let channel = context.channel.ok_or(Refusal::UnknownChannel)?;
    let id = channel.id;
    let Some(rule) = rule_of(&context.policy.retention, channel) else {
        return Ok(Decision::of(id.0, vec![]));
    };
    let before = cutoff(rule, now);
    let erasable = |it: &&Message| it.at < before && is_erasable(it, id);
    let mut messages: Vec<ErasedMessage> = context
        .messages
        .iter()
        .filter(erasable)
        .map(erased)
        .collect();
    if messages.is_empty() {
        return Ok(Decision::of(id.0, vec![]));
    }
    messages.sort_unstable_by_key(|it| it.seq);
    let gone: BTreeSet<MessageId> = messages.iter().map(|it| it.id).collect();
    let event = Event::MessagesErased {
        channel: id,
        rule,
        messages,
        digest: String::new(),
    };
    let mut facts = vec![fact(Scope::Channel(id), event)];
    facts.extend(unquoted(context.quoters, &gone));
    let told = context.outsiders.iter();
    let told = told.filter(|(message, _)| gone.contains(message));
    facts.extend(told.map(|(message, member)| {
        let (message, excerpt) = (*message, None);
        fact(
            Scope::Inbox(*member),
            Event::KeptMessageChanged { message, excerpt },
        )
    }));
    Ok(Decision::of(id.0, facts))
}

/// The same for files; their messages stay.
pub fn erase_files(
    context: &EraseContext<'_>,
    command: &EraseFiles,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    access::check_internal(context.actor)?;
    let channel = context.channel.ok_or(Refusal::UnknownChannel)?;
    let id = channel.id;
    let Some(rule) = file_rule_of(&context.policy.retention, channel) else {
        return Ok(Decision::of(id.0, vec![]));
    };
    let before = cutoff(rule, now);
    let carries = |it: &&Message| {
        it.at < before && is_erasable(it, id) && !it.deleted && !it.files.is_empty()
    };
    let lost = |it: &Message| ErasedFiles {
        message: it.id,
        files: it.files.len() as i64,
    };
    let messages: Vec<_> = context.messages.iter().filter(carries).map(lost).collect();
    if messages.is_empty() {
        return Ok(Decision::of(id.0, vec![]));
    }
    let event = Event::FilesErased {
        channel: id,
        rule,
        messages,
        digest: String::new(),
    };
    Ok(Decision::of(id.0, vec![fact(Scope::Channel(id), event)]))
}

/// Talk of this channel that is not pinned, and is there. A card is work.
fn is_erasable(message: &Message, channel: ChannelId) -> bool {
    message.channel == Some(channel)
        && message.card.is_none()
        && message.pin.is_none()
        && !message.erased
}

fn erased(message: &Message) -> ErasedMessage {
    ErasedMessage {
        id: message.id,
        seq: message.seq,
        author: message.author,
        thread: message.thread,
        in_channel: message.in_channel,
        mentions: message.mentioned().collect(),
        mentions_channel: message.mentions_channel,
        deleted: message.deleted,
    }
}

/// Each channel is told of those that lose what they quoted.
pub(crate) fn unquoted(quoters: &[Quoter], gone: &BTreeSet<MessageId>) -> Vec<Fact> {
    let mut places: BTreeMap<ChannelId, BTreeSet<MessageId>> = BTreeMap::new();
    let lose = |it: &&Quoter| gone.contains(&it.source) && !gone.contains(&it.message);
    for quoter in quoters.iter().filter(lose) {
        places
            .entry(quoter.channel)
            .or_default()
            .insert(quoter.message);
    }
    let told = places.into_iter().map(|(channel, messages)| {
        let messages = messages.into_iter().collect();
        fact(
            Scope::Channel(channel),
            Event::QuotesErased { channel, messages },
        )
    });
    told.collect()
}
