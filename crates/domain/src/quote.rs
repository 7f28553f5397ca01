//! Quotes: a message answers another of its channel, or passes one on from elsewhere. The words are
//! kept as they were.

use crate::{access, poll::in_words, refusal::Refusal};
use tenon_protocol::{
    channel::Channel,
    member::Member,
    message::{Context, Message, PostMessage, Quote},
    notification::excerpt,
};

/// What `command.quote` names, and where it lies.
#[derive(Clone, Copy, Default)]
pub struct Quoted<'a> {
    pub message: Option<&'a Message>,
    /// Of the message.
    pub channel: Option<&'a Channel>,
    pub standing: access::Standing,
}

impl Quoted<'_> {
    /// Whether it is passed on from another channel, which needs no words beside it.
    pub(crate) fn is_elsewhere(&self, command: &PostMessage) -> bool {
        let message = self.message.filter(|it| Some(it.id) == command.quote);
        message.is_some_and(|it| it.channel != command.channel)
    }
}

/// Whoever may read the source quotes it where they may post.
pub(crate) fn quote_of(
    me: &Member,
    quoted: &Quoted<'_>,
    command: &PostMessage,
) -> Result<Option<Context>, Refusal> {
    if command.quote.is_none() {
        return Ok(None);
    }
    let place = quoted.channel.map(|it| (it, quoted.standing));
    let message = access::quotable_message(me, quoted.message, place)?;
    let (Some(channel), Some(_)) = (message.channel, command.channel) else {
        return Err(Refusal::NotQuotable);
    };
    let elsewhere = command.channel != message.channel;
    // What was passed on without a word goes on as it was.
    let wordless = elsewhere && message.text.is_empty();
    if let Some(passed) = message.quote.as_ref().filter(|_| wordless) {
        return Ok(Some(passed.clone()));
    }
    let text = match elsewhere {
        true => said(message),
        false => excerpt(&said(message)),
    };
    let quote = Quote {
        message: message.id,
        author: message.author,
        at: message.at,
        text,
    };
    Ok(Some(Context {
        channel,
        message: message.id,
        quotes: vec![quote],
    }))
}

/// Its words; of a poll, how it stands too; if it has none, those that it passes on, or the names
/// of its files.
pub(crate) fn said(message: &Message) -> String {
    if let Some(poll) = &message.poll {
        return in_words(&message.text, poll);
    }
    if !message.text.is_empty() {
        return message.text.clone();
    }
    if let Some(quote) = message.quote.iter().flat_map(|it| &it.quotes).next() {
        return quote.text.clone();
    }
    let names: Vec<&str> = message.files.iter().map(|it| it.name.as_str()).collect();
    names.join(", ")
}
