//! Polls: asked with a message, voted in beside the log, counted, closed.
//!
//! Invariant: no fact says who chose what.

use crate::{
    access,
    decide::{Decision, fact},
    message::{MessageContext, check_change, readable, scope_of},
    refusal::Refusal,
    text,
};
use std::collections::HashSet;
use tenon_protocol::{
    Timestamp,
    channel::Channel,
    event::Event,
    limit,
    member::Member,
    message::Message,
    poll::{AddPollOption, Ballot, ClosePoll, CountPoll, NewPoll, Poll, PollEnd, PollOption},
    project::Project,
    task::Task,
};

/// What a new message asks.
pub(crate) fn new_poll(new: &NewPoll, now: Timestamp) -> Result<Poll, Refusal> {
    if new.options.len() < 2 {
        return Err(Refusal::TooFewOptions);
    }
    check_count(new.options.len())?;
    if new.closes_at.is_some_and(|at| at <= now) {
        return Err(Refusal::InThePast { field: "closes_at" });
    }
    let mut options: Vec<PollOption> = Vec::with_capacity(new.options.len());
    for text in &new.options {
        let option = option(text, &options)?;
        options.push(option);
    }
    Ok(Poll {
        options,
        multiple: new.multiple,
        anonymous: new.anonymous,
        extensible: new.extensible,
        closes_at: new.closes_at.map(crate::notification::whole_micros),
        closed: None,
        voters: 0,
        counted: 0,
    })
}

fn check_count(options: usize) -> Result<(), Refusal> {
    let max = limit::POLL_OPTIONS_MAX;
    if options > max {
        return Err(Refusal::TooMany {
            field: "options",
            max,
        });
    }
    Ok(())
}

fn option(words: &str, others: &[PollOption]) -> Result<PollOption, Refusal> {
    let words = text::check_line("options", words, limit::POLL_OPTION_CHARS_MAX)?;
    if others.iter().any(|it| it.text == words) {
        return Err(Refusal::OptionRepeated(words.to_owned()));
    }
    Ok(PollOption {
        text: words.to_owned(),
        votes: 0,
        added_by: None,
    })
}

/// The poll of the message, if it takes votes still.
fn open(message: &Message) -> Result<&Poll, Refusal> {
    let poll = message.poll.as_ref().ok_or(Refusal::NotAPoll)?;
    if poll.closed.is_some() {
        return Err(Refusal::PollClosed);
    }
    Ok(poll)
}

/// Whoever may write there, where the poll takes options; its author always.
pub fn add_poll_option(
    found: &MessageContext<'_>,
    command: &AddPollOption,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(found.actor, found.me, command)?;
    let message = readable(found)?;
    let scope = check_change(found, message)?;
    let poll = open(message)?;
    access::check_add_poll_option(found.me, message, poll)?;
    check_count(poll.options.len() + 1)?;
    let option = PollOption {
        added_by: Some(found.me.id),
        ..option(&command.text, &poll.options)?
    };
    let event = Event::PollOptionAdded {
        message: message.id,
        place: poll.options.len(),
        option,
    };
    Ok(Decision::of(message.id.0, vec![fact(scope, event)]))
}

/// The author and administrators; the server when its time has come. One that is closed stays so.
pub fn close_poll(
    found: &MessageContext<'_>,
    command: &ClosePoll,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(found.actor, found.me, command)?;
    let by = match found.actor.internal {
        true => None,
        false => Some(found.me.id),
    };
    let message = closable(found, now)?;
    let poll = message.poll.as_ref().ok_or(Refusal::NotAPoll)?;
    if poll.closed.is_some() {
        return Ok(Decision::of(message.id.0, vec![]));
    }
    let event = Event::PollClosed {
        message: message.id,
        author: message.author,
        closed: PollEnd {
            at: crate::notification::whole_micros(now),
            by,
        },
    };
    let scope = scope_of(found, message)?;
    Ok(Decision::of(message.id.0, vec![fact(scope, event)]))
}

fn closable<'a>(found: &MessageContext<'a>, now: Timestamp) -> Result<&'a Message, Refusal> {
    if !found.actor.internal {
        let message = readable(found)?;
        check_change(found, message)?;
        access::check_close_poll(found.me, message)?;
        return Ok(message);
    }
    // The server's bot is in no channel; it closes what is due and nothing else.
    let message = found.message.filter(|it| !it.deleted);
    let message = message.ok_or(Refusal::UnknownMessage { field: None })?;
    let closes_at = message.poll.as_ref().and_then(|poll| poll.closes_at);
    if closes_at.is_some_and(|at| at <= now) {
        Ok(message)
    } else {
        Err(Refusal::UnknownMessage { field: None })
    }
}

pub struct CountPollContext<'a> {
    pub found: MessageContext<'a>,
    /// How many ballots chose each of these sets of options (bit n: the option at place n).
    pub ballots: &'a [(i64, i64)],
}

/// The server: how it stands. Nothing if that was told already.
pub fn count_poll(
    context: &CountPollContext<'_>,
    command: &CountPoll,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    let found = &context.found;
    access::check_granted(found.actor, found.me, command)?;
    access::check_internal(found.actor)?;
    let message = found.message.filter(|it| !it.deleted);
    let message = message.ok_or(Refusal::UnknownMessage { field: None })?;
    let poll = message.poll.as_ref().ok_or(Refusal::NotAPoll)?;
    let chosen = |place: usize| {
        let ballots = context.ballots.iter();
        let fitting = ballots.filter(|(choices, _)| choices >> place & 1 == 1);
        fitting.map(|(_, count)| count).sum::<i64>()
    };
    let votes: Vec<i64> = (0..poll.options.len()).map(chosen).collect();
    let ballots = context.ballots.iter();
    let voters = ballots.filter(|(choices, _)| *choices != 0);
    let voters = voters.map(|(_, count)| count).sum::<i64>();
    let told = poll.options.iter().map(|it| it.votes);
    if told.eq(votes.iter().copied()) && voters == poll.voters {
        return Ok(Decision::of(message.id.0, vec![]));
    }
    let event = Event::PollCounted {
        message: message.id,
        votes,
        voters,
    };
    let scope = scope_of(found, message)?;
    Ok(Decision::of(message.id.0, vec![fact(scope, event)]))
}

/// What decides whether somebody may vote.
pub struct BallotContext<'a> {
    pub me: &'a Member,
    pub message: &'a Message,
    /// Of the message.
    pub channel: Option<&'a Channel>,
    pub standing: access::Standing,
    /// In whose conversation it lies.
    pub task: Option<&'a Task>,
    /// Of the task.
    pub project: Option<&'a Project>,
    pub is_project_member: bool,
}

/// The set that a ballot chooses, if this member may cast it: who reads the message and may react
/// to it.
pub fn check_ballot(context: &BallotContext<'_>, ballot: &Ballot) -> Result<i64, Refusal> {
    let message = context.message;
    let channel = context.channel.map(|it| (it, context.standing));
    let task = context.task.zip(context.project);
    let task = task.map(|(task, project)| (task, project, context.is_project_member));
    access::readable_message(context.me, Some(message), channel, task)?;
    match (context.channel, context.project) {
        (Some(channel), _) => access::check_post_channel(channel, context.standing.is_inside())?,
        (None, Some(project)) => access::check_work_in(project)?,
        (None, None) => return Err(Refusal::UnknownMessage { field: None }),
    }
    if message.deleted {
        return Err(Refusal::MessageDeleted);
    }
    let poll = open(message)?;
    let different: HashSet<usize> = ballot.choices.iter().copied().collect();
    let known = different.iter().all(|place| *place < poll.options.len());
    if !known || (different.len() > 1 && !poll.multiple) {
        return Err(Refusal::BadChoice);
    }
    Ok(different.iter().fold(0, |set, place| set | 1 << place))
}

/// The places that a set names.
pub fn choices_of(set: i64) -> Vec<usize> {
    let all = 0..limit::POLL_OPTIONS_MAX;
    all.filter(|place| set >> place & 1 == 1).collect()
}

/// Whether it can be told who chose what.
pub fn check_list_votes(message: &Message) -> Result<(), Refusal> {
    let poll = message.poll.as_ref().ok_or(Refusal::NotAPoll)?;
    if poll.anonymous {
        Err(Refusal::Anonymous)
    } else {
        Ok(())
    }
}

/// The question, its options and how they stand, as words: for quotes.
pub(crate) fn in_words(question: &str, poll: &Poll) -> String {
    let options = poll.options.iter();
    let lines = options.map(|it| format!("\n- {} ({})", it.text, it.votes));
    std::iter::once(question.to_owned()).chain(lines).collect()
}
