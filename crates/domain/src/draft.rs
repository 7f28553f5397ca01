//! Drafts: which of two devices' words stand, and what becomes of the others'. They are kept beside
//! the log, so this answers with the draft and not with facts.

use crate::{access, actor::Actor, refusal::Refusal, text};
use tenon_protocol::{
    ChannelId, Timestamp,
    credential::TokenScope,
    draft::{Draft, Home, PutDraft},
    limit,
};

pub struct PutDraftContext<'a> {
    pub actor: &'a Actor,
    pub home: Home,
    /// The channel of a thread, or why the member cannot read the conversation.
    pub place: Result<Option<ChannelId>, Refusal>,
    pub before: Option<&'a Draft>,
    /// How many drafts the member has.
    pub count: usize,
}

/// The newest words win. Those that they did not go on from are set aside, unless they are among
/// the new ones. An empty draft goes, also where the member may not read any more; it takes none
/// with it that its device had not seen.
pub fn put_draft(
    context: &PutDraftContext<'_>,
    command: &PutDraft,
    now: Timestamp,
) -> Result<Draft, Refusal> {
    access::check_grant(context.actor, TokenScope::Chat)?;
    text::check_markdown("text", &command.text, limit::MESSAGE_TEXT_BYTES_MAX)?;
    let before = context.before;
    let is_known = before.is_none_or(|draft| draft.revision == command.base);
    let mut set_aside = before.map_or_else(Vec::new, |draft| draft.set_aside.clone());
    if command.forget_set_aside && is_known {
        set_aside.clear();
    }
    let mut text = command.text.as_str();
    if let Some(draft) = before.filter(|_| !is_known) {
        if text.is_empty() {
            text = &draft.text;
        } else if !text.contains(draft.text.trim()) && !set_aside.contains(&draft.text) {
            set_aside.push(draft.text.clone());
        }
    }
    let over = set_aside.len().saturating_sub(limit::SET_ASIDE_MAX);
    set_aside.drain(..over);
    if let Some(draft) = before.filter(|it| it.text == text && it.set_aside == set_aside) {
        return Ok(draft.clone());
    }
    let channel = match (&context.place, text) {
        (Ok(channel), _) => *channel,
        (Err(_), "") => before.and_then(|draft| draft.channel),
        (Err(refusal), _) => return Err(refusal.clone()),
    };
    if before.is_none() && !text.is_empty() && context.count >= limit::DRAFTS_MAX {
        return Err(Refusal::TooMany {
            field: "drafts",
            max: limit::DRAFTS_MAX,
        });
    }
    Ok(Draft {
        home: context.home,
        channel,
        text: text.to_owned(),
        set_aside,
        revision: next_revision(before, now),
        changed_at: now,
    })
}

/// Nothing is left of it to keep.
pub fn is_gone(draft: &Draft) -> bool {
    draft.text.is_empty() && draft.set_aside.is_empty()
}

/// Of the clock, so that a draft which was gone does not begin again with a number that a device
/// knows.
fn next_revision(before: Option<&Draft>, now: Timestamp) -> i64 {
    let last = before.map_or(0, |draft| draft.revision);
    now.as_microsecond().max(last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::Grants;
    use tenon_protocol::{MemberId, WorkspaceId, error::ErrorCode};

    struct Table {
        actor: Actor,
        home: Home,
        draft: Option<Draft>,
        place: Result<Option<ChannelId>, Refusal>,
        count: usize,
        now: i64,
    }

    impl Table {
        fn new() -> Self {
            Self {
                actor: Actor {
                    workspace: WorkspaceId::new(),
                    member: MemberId::new(),
                    grants: Grants::all(),
                    internal: false,
                },
                home: Home::Channel(ChannelId::new()),
                draft: None,
                place: Ok(None),
                count: 0,
                now: 1_000,
            }
        }

        /// Puts it as the store would: what is gone is not there next time.
        fn put(&mut self, text: &str, base: i64) -> Result<Draft, Refusal> {
            self.put_all(text, base, false)
        }

        fn put_all(&mut self, text: &str, base: i64, forget: bool) -> Result<Draft, Refusal> {
            self.now += 10;
            let context = PutDraftContext {
                actor: &self.actor,
                home: self.home,
                place: self.place.clone(),
                before: self.draft.as_ref(),
                count: self.count,
            };
            let command = PutDraft {
                text: text.into(),
                base,
                forget_set_aside: forget,
            };
            let now = Timestamp::from_microsecond(self.now).unwrap();
            let draft = put_draft(&context, &command, now)?;
            self.draft = Some(draft.clone()).filter(|it| !is_gone(it));
            Ok(draft)
        }
    }

    #[test]
    fn one_device_goes_on_from_its_own_words() {
        let mut table = Table::new();
        let first = table.put("The plan", 0).unwrap();
        let second = table.put("A plan", first.revision).unwrap();
        assert!(second.revision > first.revision && second.set_aside.is_empty());
        assert_eq!(second.text, "A plan");
        // The same again is the same.
        assert_eq!(table.put("A plan", second.revision).unwrap(), second);
        let sent = table.put("", second.revision).unwrap();
        assert!(is_gone(&sent) && table.draft.is_none());
    }

    #[test]
    fn the_newest_words_win_and_the_others_are_set_aside() {
        let mut table = Table::new();
        let base = table.put("Dear all", 0).unwrap().revision;
        table.put("Dear all, from the phone", base).unwrap();
        let desk = table.put("Dear all, from the desk", base).unwrap();
        assert_eq!(desk.text, "Dear all, from the desk");
        assert_eq!(desk.set_aside, ["Dear all, from the phone"]);
        // What was set aside stays with the next words, and after them, until it was looked at.
        let next = table.put("Dear all, from", desk.revision).unwrap();
        let sent = table.put("", next.revision).unwrap();
        assert_eq!(sent.set_aside, ["Dear all, from the phone"]);
        // The same words are set aside once, and not forgotten by a device that has not seen them.
        table
            .put("Dear all, from the phone", sent.revision)
            .unwrap();
        table.put("Dear all, from the desk", base).unwrap();
        let sent = table.draft.as_ref().unwrap().revision;
        let sent = table.put("", sent).unwrap();
        assert_eq!(sent.set_aside, ["Dear all, from the phone"]);
        let blind = table.put_all("", base, true).unwrap();
        assert_eq!(blind, sent);
        assert!(is_gone(&table.put_all("", sent.revision, true).unwrap()));
    }

    #[test]
    fn words_that_the_new_ones_contain_are_not_set_aside() {
        let mut table = Table::new();
        table.put("Dear all", 0).unwrap();
        let longer = table.put("Dear all, hello", 7).unwrap();
        assert_eq!(longer.text, "Dear all, hello");
        assert!(longer.set_aside.is_empty());
    }

    #[test]
    fn what_was_sent_takes_no_newer_words_with_it() {
        let mut table = Table::new();
        let base = table.put("Hello", 0).unwrap().revision;
        let phone = table.put("Hello from the phone", base).unwrap();
        assert_eq!(table.put("", base).unwrap(), phone);
        // Gone and begun again: the old number is not the new draft's.
        table.put("", phone.revision).unwrap();
        let again = table.put("Good morning", 0).unwrap();
        assert!(again.revision > phone.revision);
        let other = table.put("Good evening", phone.revision).unwrap();
        assert_eq!(other.set_aside, ["Good morning"]);
    }

    #[test]
    fn no_more_is_set_aside_than_the_limit() {
        let mut table = Table::new();
        for n in 0..=limit::SET_ASIDE_MAX + 1 {
            table.put(&format!("words {n}"), 0).unwrap();
        }
        let kept = &table.draft.as_ref().unwrap().set_aside;
        assert_eq!(kept.len(), limit::SET_ASIDE_MAX);
        assert_eq!(kept[0], "words 1");
    }

    #[test]
    fn refusals() {
        let mut table = Table::new();
        let long = "x".repeat(limit::MESSAGE_TEXT_BYTES_MAX + 1);
        assert_eq!(table.put(&long, 0).unwrap_err().code(), ErrorCode::TooLarge);
        table.count = limit::DRAFTS_MAX;
        let code = table.put("one more", 0).unwrap_err().code();
        assert_eq!(code, ErrorCode::LimitReached);
        table.count = 1;
        let kept = table.put("secret", 0).unwrap();
        // Left the conversation: its words can be taken away, not written.
        table.place = Err(Refusal::UnknownChannel);
        let code = table.put("more", kept.revision).unwrap_err().code();
        assert_eq!(code, ErrorCode::NotFound);
        assert!(is_gone(&table.put("", kept.revision).unwrap()));
        table.actor.grants = Grants::none().with(TokenScope::Read);
        let code = table.put("x", 0).unwrap_err().code();
        assert_eq!(code, ErrorCode::Forbidden);
    }
}
