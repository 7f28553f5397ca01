//! Custom emoji: who adds them, what they may be called, and who takes them away.

use crate::{
    access,
    actor::Actor,
    decide::{Decision, fact},
    refusal::Refusal,
};
use tenon_protocol::{
    Scope, Timestamp,
    emoji::{AddEmoji, ChangeEmoji, Emoji, RemoveEmoji},
    event::Event,
    limit,
    member::Member,
    workspace::Workspace,
};

pub struct EmojiContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub workspace: &'a Workspace,
    /// That of the command; one that is added must not be there.
    pub emoji: Option<&'a Emoji>,
    /// Those of other emoji that have a name of the command.
    pub others: &'a [Emoji],
    /// How many there are.
    pub count: i64,
}

/// The name that a text writes between colons: `:party_cat:`. None if it is no such text.
pub fn name_in_colons(text: &str) -> Option<&str> {
    let name = text.strip_prefix(':')?.strip_suffix(':')?;
    check_name("emoji", name).is_ok().then_some(name)
}

/// The server, for a member who may add one.
pub fn add_emoji(
    context: &EmojiContext<'_>,
    command: &AddEmoji,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    check_add(context, command)?;
    access::check_internal(context.actor)?;
    let emoji = Emoji {
        id: command.id,
        name: command.name.clone(),
        aliases: command.aliases.clone(),
        animated: command.animated,
        created_by: context.me.id,
        created_at: now,
    };
    let event = Event::EmojiAdded { emoji };
    Ok(Decision::of(
        command.id.0,
        vec![fact(Scope::Workspace, event)],
    ))
}

/// Everything but that it is the server who asks: before it looks at a picture.
pub fn check_add(context: &EmojiContext<'_>, command: &AddEmoji) -> Result<(), Refusal> {
    access::check_add_emoji(context.me, context.workspace)?;
    check_name("name", &command.name)?;
    check_aliases(&command.name, &command.aliases)?;
    if context.emoji.is_some() {
        return Err(Refusal::IdTaken);
    }
    check_free(context, &command.name, &command.aliases)?;
    if context.count >= limit::EMOJI_MAX {
        return Err(Refusal::TooMany {
            field: "name",
            max: limit::EMOJI_MAX as usize,
        });
    }
    Ok(())
}

/// Who added it, and administrators.
pub fn change_emoji(
    context: &EmojiContext<'_>,
    command: &ChangeEmoji,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    let emoji = context.emoji.ok_or(Refusal::UnknownEmoji)?;
    access::check_change_emoji(context.me, emoji)?;
    check_aliases(&emoji.name, &command.aliases)?;
    check_free(context, &emoji.name, &command.aliases)?;
    if emoji.aliases == command.aliases {
        return Ok(Decision::of(emoji.id.0, vec![]));
    }
    let emoji = Emoji {
        aliases: command.aliases.clone(),
        ..emoji.clone()
    };
    let id = emoji.id.0;
    let event = Event::EmojiChanged { emoji };
    Ok(Decision::of(id, vec![fact(Scope::Workspace, event)]))
}

/// Who added it, and administrators. One that is gone already stays so.
pub fn remove_emoji(
    context: &EmojiContext<'_>,
    command: &RemoveEmoji,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    let emoji = context.emoji.ok_or(Refusal::UnknownEmoji)?;
    access::check_change_emoji(context.me, emoji)?;
    let event = Event::EmojiRemoved { emoji: emoji.id };
    Ok(Decision::of(
        emoji.id.0,
        vec![fact(Scope::Workspace, event)],
    ))
}

fn check_aliases(name: &str, aliases: &[String]) -> Result<(), Refusal> {
    if aliases.len() > limit::EMOJI_ALIASES_MAX {
        return Err(Refusal::TooMany {
            field: "aliases",
            max: limit::EMOJI_ALIASES_MAX,
        });
    }
    for (at, alias) in aliases.iter().enumerate() {
        check_name("aliases", alias)?;
        if alias == name || aliases[..at].contains(alias) {
            return Err(Refusal::EmojiNameTaken(alias.clone()));
        }
    }
    Ok(())
}

/// Letters of any script, digits, `_`, `-`, `+`; one letter at least, so that a time of day is
/// none; in lower case, so that it is found however it is typed.
fn check_name(field: &'static str, name: &str) -> Result<(), Refusal> {
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '+');
    let chars = name.chars().count();
    let fits = (1..=limit::EMOJI_NAME_CHARS_MAX).contains(&chars)
        && name.chars().all(allowed)
        && name.chars().any(char::is_alphabetic)
        && name.to_lowercase() == name;
    if fits {
        Ok(())
    } else {
        Err(Refusal::BadEmojiName { field })
    }
}

/// No other emoji of the workspace has the name, and none that everybody has.
fn check_free(context: &EmojiContext<'_>, name: &str, aliases: &[String]) -> Result<(), Refusal> {
    let names = || std::iter::once(name).chain(aliases.iter().map(String::as_str));
    let mut others = context.others.iter().flat_map(Emoji::names);
    let taken = others.find(|other| names().any(|name| name == *other));
    let taken = taken.or_else(|| names().find(|name| emojis::get_by_shortcode(name).is_some()));
    match taken {
        Some(taken) => Err(Refusal::EmojiNameTaken(taken.to_owned())),
        None => Ok(()),
    }
}
