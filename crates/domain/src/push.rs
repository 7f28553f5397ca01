//! Web Push: which notification a device is told of, when it is tried again, and when it goes from
//! the device. The courier (`engine/courier.rs`) asks and does.

use crate::{
    notification::{is_quiet, is_unread},
    retry::Retry,
};
use jiff::{SignedDuration, tz::TimeZone};
use tenon_protocol::{
    Timestamp,
    notification::{Notification, Reason},
    preference::Preferences,
    push::PushOutcome,
};

/// How long a push may be late, seconds: also what the push service is told (`TTL`, RFC 8030).
pub const PUSH_TTL_S: i64 = 24 * 3600;
/// A member who looks at Tenon this long after they were told, seconds, has seen it there.
pub const LOOKED_S: i64 = 600;
/// Limit: times that a push is tried.
pub const PUSH_ATTEMPTS_MAX: i64 = 10;

/// 5 s, 10 s, 20 s … an hour.
pub const RETRY: Retry = Retry {
    attempts_max: PUSH_ATTEMPTS_MAX,
    pause_s: 5,
    pause_max_s: 3600,
    ttl_s: PUSH_TTL_S,
};

/// How soon a device should wake for it (RFC 8030, 5.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// Saves the battery of a device that sleeps.
    Normal,
    High,
}

/// Somebody wants the member, rather than something went on.
pub fn urgency(reason: Reason) -> Urgency {
    match reason {
        Reason::Acknowledgement
        | Reason::Mention
        | Reason::DirectMessage
        | Reason::Quote
        | Reason::Reminder
        | Reason::NotSent
        | Reason::TaskAssigned => Urgency::High,
        Reason::GroupMention
        | Reason::ChannelMention
        | Reason::ThreadReply
        | Reason::TaskMessage
        | Reason::TaskState
        | Reason::Keyword
        | Reason::PollClosed
        | Reason::ChannelMessage => Urgency::Normal,
    }
}

/// What is known when a push is due.
pub struct Due<'a> {
    /// None if it is gone: deleted, or out of the member's sight.
    pub notification: Option<&'a Notification>,
    /// Read position in its channel.
    pub read: i64,
    /// None: as they are at first.
    pub preferences: Option<&'a Preferences>,
    pub zone: &'a TimeZone,
    /// The member is looking at Tenon on some device.
    pub looking: bool,
    /// When they were told.
    pub told: Timestamp,
}

/// What to do with a push that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Send,
    /// The member is looking: ask again soon.
    Wait,
    Drop(PushOutcome),
}

/// Decides over a push that was not sent yet.
pub fn judge(due: &Due<'_>, now: Timestamp) -> Verdict {
    let Some(notification) = due.notification else {
        return Verdict::Drop(PushOutcome::Gone);
    };
    if is_over(Some(notification), due.read, now) {
        return Verdict::Drop(PushOutcome::Read);
    }
    let quiet = |preferences| is_quiet(preferences, due.zone, now);
    if notification.quiet || due.preferences.is_some_and(quiet) {
        return Verdict::Drop(PushOutcome::Quiet);
    }
    if !due.looking {
        return Verdict::Send;
    }
    if now.duration_since(due.told) >= SignedDuration::from_secs(LOOKED_S) {
        return Verdict::Drop(PushOutcome::Active);
    }
    Verdict::Wait
}

/// Whether it must not stand on a device any more: gone, read, done or snoozed.
pub fn is_over(notification: Option<&Notification>, read: i64, now: Timestamp) -> bool {
    notification.is_none_or(|it| {
        it.done || !is_unread(it, read) || it.snoozed_until.is_some_and(|until| until > now)
    })
}

/// One sentence for people who ask over the interface; the web UI has its own in both languages.
pub fn sentence(outcome: PushOutcome) -> &'static str {
    match outcome {
        PushOutcome::Waiting => "It waits to be pushed to this device.",
        PushOutcome::Sent => "It was pushed to this device.",
        PushOutcome::Closing | PushOutcome::Closed => {
            "It was pushed to this device, and taken off it when it was read or gone."
        }
        PushOutcome::Quiet => "It was not pushed because you wanted quiet at that time.",
        PushOutcome::Read => "It was not pushed because you had seen to it before.",
        PushOutcome::Gone => "It was not pushed because it, or the device, was gone before.",
        PushOutcome::Active => "It was not pushed because you were looking at Tenon.",
        PushOutcome::Replaced => "A newer one of the same conversation took its place.",
        PushOutcome::Crowded => "It was not pushed because too many waited for this device.",
        PushOutcome::Failed => "The push service of this device's browser did not take it.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn told() -> Notification {
        let text = r#"{"id":"01890000-0000-7000-8000-000000000001","cause":7,
            "at":"2027-01-15T08:00:00Z","reason":"mention",
            "actor":"01890000-0000-7000-8000-000000000002",
            "channel":"01890000-0000-7000-8000-000000000003"}"#;
        serde_json::from_str(text).unwrap()
    }

    const UTC: &TimeZone = &TimeZone::UTC;

    fn due(notification: Option<&Notification>) -> Due<'_> {
        Due {
            notification,
            read: 0,
            preferences: None,
            zone: UTC,
            looking: false,
            told: at(0),
        }
    }

    #[test]
    fn what_is_unread_is_sent() {
        assert_eq!(judge(&due(Some(&told())), at(3)), Verdict::Send);
    }

    #[test]
    fn what_is_gone_or_seen_to_is_not() {
        let drop = Verdict::Drop;
        assert_eq!(judge(&due(None), at(3)), drop(PushOutcome::Gone));
        let read = Notification {
            read: Some(true),
            ..told()
        };
        assert_eq!(judge(&due(Some(&read)), at(3)), drop(PushOutcome::Read));
        let done = Notification {
            done: true,
            ..told()
        };
        assert_eq!(judge(&due(Some(&done)), at(3)), drop(PushOutcome::Read));
        let snoozed = Notification {
            snoozed_until: Some(at(60)),
            ..told()
        };
        assert_eq!(judge(&due(Some(&snoozed)), at(3)), drop(PushOutcome::Read));
        assert_eq!(judge(&due(Some(&snoozed)), at(61)), Verdict::Send);
        let told = told();
        let past = Due {
            read: 7,
            ..due(Some(&told))
        };
        assert_eq!(judge(&past, at(3)), drop(PushOutcome::Read));
    }

    #[test]
    fn quiet_is_kept_as_it_was_and_as_it_is() {
        let quiet = Notification {
            quiet: true,
            ..told()
        };
        let dropped = Verdict::Drop(PushOutcome::Quiet);
        assert_eq!(judge(&due(Some(&quiet)), at(3)), dropped);
        let told = told();
        let preferences = Preferences {
            do_not_disturb_until: Some(at(10)),
            ..Preferences::default()
        };
        let paused = Due {
            preferences: Some(&preferences),
            ..due(Some(&told))
        };
        assert_eq!(judge(&paused, at(3)), dropped);
        assert_eq!(judge(&paused, at(10)), Verdict::Send);
    }

    /// Looking delays and does not lose: whoever leaves with it unread is told after all.
    #[test]
    fn whoever_looks_is_left_alone_for_a_while() {
        let told = told();
        let looking = Due {
            looking: true,
            ..due(Some(&told))
        };
        assert_eq!(judge(&looking, at(3)), Verdict::Wait);
        assert_eq!(judge(&looking, at(LOOKED_S - 1)), Verdict::Wait);
        assert_eq!(
            judge(&looking, at(LOOKED_S)),
            Verdict::Drop(PushOutcome::Active)
        );
    }

    #[test]
    fn attempts_come_ever_later_and_end() {
        let after = |attempts| RETRY.next(attempts, None, at(0), at(0));
        assert_eq!(after(1), Some(at(5)));
        assert_eq!(after(2), Some(at(10)));
        assert_eq!(after(9), Some(at(1280)));
        assert_eq!(after(PUSH_ATTEMPTS_MAX), None);
        assert_eq!(RETRY.next(1, Some(120), at(0), at(0)), Some(at(120)));
        assert_eq!(RETRY.next(2, Some(1), at(0), at(0)), Some(at(10)));
        assert_eq!(RETRY.next(1, Some(PUSH_TTL_S), at(0), at(0)), None);
    }
}
