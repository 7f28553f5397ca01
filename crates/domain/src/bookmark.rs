//! Bookmarks: a channel keeps addresses above its talk, in an order of its own.

use crate::{
    access,
    actor::Actor,
    decide::{Decision, fact},
    rank,
    refusal::Refusal,
    text,
};
use tenon_protocol::{
    BookmarkId, Scope, Timestamp,
    bookmark::{AddBookmark, Bookmark, RemoveBookmark, UpdateBookmark},
    channel::Channel,
    event::Event,
    limit,
    member::Member,
};

pub struct BookmarkContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub channel: Option<&'a Channel>,
    pub standing: access::Standing,
    /// Of the channel, all of them, in their order ([`sort`]).
    pub bookmarks: &'a [Bookmark],
    /// Does any channel have a bookmark of this id? Asked only when one is added.
    pub id_taken: bool,
}

/// The one order of a channel's bookmarks.
pub fn sort(bookmarks: &mut [Bookmark]) {
    bookmarks.sort_by(|a, b| a.rank.cmp(&b.rank).then(a.id.cmp(&b.id)));
}

/// Members of the channel; the new one comes last.
pub fn add_bookmark(
    context: &BookmarkContext<'_>,
    command: &AddBookmark,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    let channel = check_channel(context)?;
    let url = check_url(&command.url)?;
    let title = check_title(&command.title, url)?;
    if context.id_taken {
        return Err(Refusal::IdTaken);
    }
    if context.bookmarks.len() >= limit::BOOKMARKS_PER_CHANNEL_MAX {
        let max = limit::BOOKMARKS_PER_CHANNEL_MAX;
        return Err(Refusal::TooMany { field: "url", max });
    }
    let last = context.bookmarks.last().map(|it| it.rank.as_str());
    let bookmark = Bookmark {
        id: command.id,
        channel: channel.id,
        title,
        url: url.to_owned(),
        rank: rank::between(last, None).ok_or(Refusal::NoPlace)?,
        created_by: context.me.id,
        created_at: now,
    };
    let event = Event::BookmarkAdded { bookmark };
    let facts = vec![fact(Scope::Channel(channel.id), event)];
    Ok(Decision::of(command.id.0, facts))
}

/// Members of the channel.
pub fn update_bookmark(
    context: &BookmarkContext<'_>,
    command: &UpdateBookmark,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    let channel = check_channel(context)?;
    let before = find(context, command.bookmark, "bookmark")?;
    let mut bookmark = before.clone();
    if let Some(url) = &command.url {
        bookmark.url = check_url(url)?.to_owned();
    }
    if let Some(title) = &command.title {
        bookmark.title = check_title(title, &bookmark.url)?;
    }
    if let Some(after) = command.after {
        bookmark.rank = rank_after(context, before, after)?;
    }
    let id = bookmark.id.0;
    if bookmark == *before {
        return Ok(Decision::of(id, vec![]));
    }
    let event = Event::BookmarkChanged { bookmark };
    Ok(Decision::of(
        id,
        vec![fact(Scope::Channel(channel.id), event)],
    ))
}

/// Members of the channel. Removing what is not there changes nothing.
pub fn remove_bookmark(
    context: &BookmarkContext<'_>,
    command: &RemoveBookmark,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    let channel = check_channel(context)?;
    let facts = match find(context, command.bookmark, "bookmark") {
        Err(_) => vec![],
        Ok(bookmark) => {
            let event = Event::BookmarkRemoved {
                channel: channel.id,
                bookmark: bookmark.id,
            };
            vec![fact(Scope::Channel(channel.id), event)]
        }
    };
    Ok(Decision::of(command.bookmark.0, facts))
}

fn check_channel<'a>(context: &BookmarkContext<'a>) -> Result<&'a Channel, Refusal> {
    let standing = context.standing;
    let channel = access::readable_channel(context.me, context.channel, standing)?;
    access::check_keep(context.me, channel, standing.is_inside())?;
    Ok(channel)
}

fn find<'a>(
    context: &BookmarkContext<'a>,
    id: BookmarkId,
    field: &'static str,
) -> Result<&'a Bookmark, Refusal> {
    let found = context.bookmarks.iter().find(|it| it.id == id);
    found.ok_or(Refusal::UnknownBookmark { field })
}

/// A place behind `after`, or in front of all; where it stands already it stays.
fn rank_after(
    context: &BookmarkContext<'_>,
    moved: &Bookmark,
    after: Option<BookmarkId>,
) -> Result<String, Refusal> {
    if after == Some(moved.id) {
        return Ok(moved.rank.clone());
    }
    let others: Vec<&Bookmark> = context
        .bookmarks
        .iter()
        .filter(|it| it.id != moved.id)
        .collect();
    let at = match after {
        None => 0,
        Some(id) => {
            find(context, id, "after")?;
            1 + others.iter().position(|it| it.id == id).unwrap_or(0)
        }
    };
    let low = at.checked_sub(1).map(|at| others[at].rank.as_str());
    let high = others.get(at).map(|it| it.rank.as_str());
    let fits = low.is_none_or(|low| low < moved.rank.as_str())
        && high.is_none_or(|high| moved.rank.as_str() < high);
    if fits {
        return Ok(moved.rank.clone());
    }
    rank::between(low, high).ok_or(Refusal::NoPlace)
}

/// An address that a browser opens and nothing else: no `javascript:`, no user before the host.
pub(crate) fn check_url(url: &str) -> Result<&str, Refusal> {
    let url = url.trim();
    if url.is_empty() {
        return Err(Refusal::Empty { field: "url" });
    }
    if url.len() > limit::URL_BYTES_MAX {
        let bytes_max = limit::URL_BYTES_MAX;
        return Err(Refusal::TooLarge {
            field: "url",
            bytes_max,
        });
    }
    let (scheme, rest) = url.split_once("://").ok_or(Refusal::BadUrl)?;
    let host = rest.split(['/', '?', '#', '\\']).next().unwrap_or("");
    let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let is_plain = !url.chars().any(|c| c.is_whitespace() || c.is_control());
    if is_web && is_plain && !host.is_empty() && !host.contains('@') {
        Ok(url)
    } else {
        Err(Refusal::BadUrl)
    }
}

/// Without a title the address stands for one, shortened.
fn check_title(title: &str, url: &str) -> Result<String, Refusal> {
    let title = text::check_optional_line("title", title, limit::NAME_CHARS_MAX)?;
    if !title.is_empty() {
        return Ok(title.to_owned());
    }
    let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
    let bare = bare.trim_end_matches('/');
    Ok(bare.chars().take(limit::NAME_CHARS_MAX).collect())
}
