//! Previews: which links of a message are looked at, and who may take a preview away. The looking
//! itself is not here; what it found comes as the internal command `ShowPreviews`.

use crate::{
    access,
    decide::{Decision, fact},
    markup,
    message::{MessageContext, readable, scope_of},
    refusal::Refusal,
    text,
};
use std::collections::HashSet;
use tenon_protocol::{
    Timestamp,
    event::{Event, Fact},
    limit::{
        NAME_CHARS_MAX, PREVIEW_DESCRIPTION_CHARS_MAX, PREVIEW_TITLE_CHARS_MAX,
        PREVIEWS_PER_MESSAGE_MAX,
    },
    message::Message,
    preview::{Preview, RemovePreview, ShowPreviews},
};

/// Limit: bytes of a link that is looked at.
const LINK_BYTES_MAX: usize = 2_048;

/// The links of a text that are previewed, in its order, each once and as it is written there. One
/// in `<…>` is not: so writers say that they want none.
pub fn links(text: &str) -> Vec<String> {
    let mut links = Vec::new();
    if !text.contains("://") {
        return links;
    }
    let mut known = HashSet::new();
    markup::addresses(text, |url| {
        let wanted = links.len() < PREVIEWS_PER_MESSAGE_MAX
            && url.len() <= LINK_BYTES_MAX
            && text.contains(url)
            && !text.contains(&format!("<{url}>"));
        if wanted && known.insert(url.to_owned()) {
            links.push(url.to_owned());
        }
    });
    links
}

/// Words of a page as they are shown: on one line, without characters that cannot be seen or that
/// turn the direction of writing, cut to their limit.
pub fn clean(text: &str, chars_max: usize) -> String {
    let words = text.split_whitespace().map(|word| {
        let seen = word.chars().filter(|c| text::is_seen(*c));
        seen.collect::<String>()
    });
    let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    let line = words.join(" ");
    if line.chars().count() <= chars_max {
        return line;
    }
    let cut: String = line.chars().take(chars_max.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

/// The server itself. Shows those whose link still stands in the text and has no preview yet.
pub fn show_previews(
    context: &MessageContext<'_>,
    command: &ShowPreviews,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_internal(context.actor)?;
    let message = context
        .message
        .ok_or(Refusal::UnknownMessage { field: None })?;
    let wanted = match message.deleted {
        true => vec![],
        false => links(&message.text),
    };
    let mut previews = message.previews.clone();
    for found in &command.previews {
        let new = !previews.iter().any(|shown| shown.url == found.url);
        let preview = cleaned(found);
        let says_something = !preview.title.is_empty() || preview.picture.is_some();
        if new && says_something && wanted.contains(&found.url) {
            previews.push(preview);
        }
    }
    previews.sort_by_key(|preview| wanted.iter().position(|url| *url == preview.url));
    previews.truncate(PREVIEWS_PER_MESSAGE_MAX);
    decided(context, message, previews)
}

/// Authors and administrators. What is not there is gone already.
pub fn remove_preview(
    context: &MessageContext<'_>,
    command: &RemovePreview,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    let message = readable(context)?;
    access::check_remove_preview(context.me, message)?;
    let previews = message.previews.iter();
    let kept = previews.filter(|preview| preview.url != command.url);
    decided(context, message, kept.cloned().collect())
}

/// What an edit takes away: the previews of links that no longer stand in the text.
pub(crate) fn outdated(
    context: &MessageContext<'_>,
    message: &Message,
    text: &str,
) -> Result<Option<Fact>, Refusal> {
    if message.previews.is_empty() {
        return Ok(None);
    }
    let wanted = links(text);
    let previews = message.previews.iter();
    let kept = previews.filter(|preview| wanted.contains(&preview.url));
    changed(context, message, kept.cloned().collect())
}

fn decided(
    context: &MessageContext<'_>,
    message: &Message,
    previews: Vec<Preview>,
) -> Result<Decision, Refusal> {
    let fact = changed(context, message, previews)?;
    Ok(Decision::of(message.id.0, fact.into_iter().collect()))
}

fn changed(
    context: &MessageContext<'_>,
    message: &Message,
    previews: Vec<Preview>,
) -> Result<Option<Fact>, Refusal> {
    if previews == message.previews {
        return Ok(None);
    }
    let event = Event::PreviewsChanged {
        message: message.id,
        previews,
    };
    Ok(Some(fact(scope_of(context, message)?, event)))
}

fn cleaned(found: &Preview) -> Preview {
    Preview {
        url: found.url.clone(),
        site: clean(&found.site, NAME_CHARS_MAX),
        title: clean(&found.title, PREVIEW_TITLE_CHARS_MAX),
        description: clean(&found.description, PREVIEW_DESCRIPTION_CHARS_MAX),
        picture: found.picture.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_as_people_write_them() {
        let found = |text: &str| links(text).join(" ");
        assert_eq!(
            found("see https://a.example/x?y=1, please"),
            "https://a.example/x?y=1"
        );
        assert_eq!(
            found("看看https://a.example/路径。好"),
            "https://a.example/路径"
        );
        assert_eq!(found("(http://a.example/)"), "http://a.example/");
        assert_eq!(found("[words](https://a.example/b)"), "https://a.example/b");
        assert_eq!(found("HTTPS://A.example!"), "HTTPS://A.example");
        assert_eq!(
            found("https://a.example https://b.example https://a.example"),
            "https://a.example https://b.example"
        );
    }

    #[test]
    fn no_link_is_found_where_none_is_meant() {
        for text in [
            "",
            "a.example",
            "ftp://a.example",
            "<https://a.example>",
            "`https://a.example`",
            "```\nhttps://a.example\n```",
            "https://",
            "javascript://a.example",
            "[x](javascript:alert(1)//://)",
            "xhttps://a.example",
        ] {
            assert_eq!(links(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_link_within_a_link_is_a_part_of_it() {
        let url = "https://a.example/go?to=https://b.example/";
        assert_eq!(links(url), [url]);
        // Each of these looked at to the end of the text would take seconds.
        let circle = "http://".repeat(9_000);
        assert_eq!(links(&circle), [""; 0]);
        assert_eq!(
            links(&format!("{circle} http://a.example")),
            ["http://a.example"]
        );
    }

    #[test]
    fn only_the_first_few_are_looked_at() {
        let text: String = (0..20).map(|n| format!("https://a.example/{n} ")).collect();
        let first = [
            "https://a.example/0",
            "https://a.example/1",
            "https://a.example/2",
        ];
        assert_eq!(links(&text), first);
    }

    #[test]
    fn words_of_a_page_fit_on_a_line() {
        assert_eq!(clean("  a\n\tb \u{202e}c\u{200b} ", 10), "a b c");
        assert_eq!(clean("one two three", 9), "one two…");
        assert_eq!(clean("榫卯榫卯榫卯", 4), "榫卯榫…");
        assert_eq!(clean("榫卯", 2), "榫卯");
        assert_eq!(clean("", 10), "");
        for max in 0..12 {
            assert!(clean("ab cde fghij", max).chars().count() <= max.max(1));
        }
    }
}
