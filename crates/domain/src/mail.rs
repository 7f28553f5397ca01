//! Mail of what was missed: what is worth a mail, when it is due, and when it is tried again. The
//! postman (`engine/postman.rs`) asks and does.

use crate::{
    notification::{is_quiet, quiet_until},
    push::{Urgency, is_over, urgency},
    retry::Retry,
};
use jiff::{SignedDuration, ToSpan, civil::Time, tz::TimeZone};
use tenon_protocol::{
    Timestamp,
    mail::{MailDigest, MailOutcome},
    notification::Notification,
    preference::Preferences,
};

/// What is addressed to a member is mailed so much later, seconds.
pub const SOON_S: i64 = 15 * 60;
/// Limit: pause between two mails of what was missed to one member, seconds.
pub const PAUSE_S: i64 = 15 * 60;
const HOUR_S: i64 = 3600;
/// A member who looks at Tenon so long after the mail was due, seconds, has seen it there.
const LOOKED_S: i64 = 10 * 60;
/// Limit: what was told longer ago, seconds, is not mailed any more.
const AGE_MAX_S: i64 = 3 * 24 * 3600;

/// Limit: an address that was refused is tried again after so long, seconds, unless its member sees
/// that mail comes again.
pub const REFUSED_PAUSE_S: i64 = 6 * HOUR_S;

/// A mail server may be away for a night.
pub const RETRY: Retry = Retry {
    attempts_max: 40,
    pause_s: 60,
    pause_max_s: 3600,
    ttl_s: AGE_MAX_S,
};

/// A notification that was not mailed yet.
pub struct Missed<'a> {
    /// None if it is gone: deleted, or out of the member's sight.
    pub notification: Option<&'a Notification>,
    /// Read position in its channel.
    pub read: i64,
    /// When the member was told.
    pub told: Timestamp,
}

/// The member it is for.
pub struct Reader<'a> {
    pub preferences: &'a Preferences,
    pub zone: &'a TimeZone,
    /// When they were mailed last.
    pub mailed: Option<Timestamp>,
    /// They are looking at Tenon on some device.
    pub looking: bool,
}

/// Why one is not mailed after all.
pub fn dropped(missed: &Missed<'_>, reader: &Reader<'_>, now: Timestamp) -> Option<MailOutcome> {
    let Some(notification) = missed.notification else {
        return Some(MailOutcome::Gone);
    };
    if is_over(Some(notification), missed.read, now) {
        return Some(MailOutcome::Read);
    }
    let is_minor = urgency(notification.reason) == Urgency::Normal;
    match reader.preferences.mail {
        MailDigest::Off => return Some(MailOutcome::Off),
        MailDigest::Soon if is_minor => return Some(MailOutcome::Minor),
        MailDigest::Soon | MailDigest::Hourly | MailDigest::Daily => {}
    }
    let is_old = now.duration_since(missed.told) > SignedDuration::from_secs(AGE_MAX_S);
    is_old.then_some(MailOutcome::Failed)
}

/// What to do about those that are left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// One mail of them all.
    Mail,
    /// Not before.
    Wait(Timestamp),
    /// They are seen: none of them is mailed.
    Seen,
}

/// `told`: when the first of them was told.
pub fn judge(told: Timestamp, reader: &Reader<'_>, now: Timestamp) -> Verdict {
    let due = due(told, reader);
    if due > now {
        return Verdict::Wait(due);
    }
    if is_quiet(reader.preferences, reader.zone, now) {
        return Verdict::Wait(quiet_until(reader.preferences, reader.zone, now));
    }
    if !reader.looking {
        return Verdict::Mail;
    }
    if now.duration_since(due) >= SignedDuration::from_secs(LOOKED_S) {
        return Verdict::Seen;
    }
    Verdict::Wait(after(now, 60))
}

/// When a mail of what was missed since `told` is due, whatever the hour.
fn due(told: Timestamp, reader: &Reader<'_>) -> Timestamp {
    let due = match reader.preferences.mail {
        MailDigest::Off | MailDigest::Soon => after(told, SOON_S),
        MailDigest::Hourly => after(told, HOUR_S),
        MailDigest::Daily => next_at(told, reader.preferences.mail_minutes, reader.zone),
    };
    let pause = reader.mailed.map(|mailed| after(mailed, PAUSE_S));
    pause.map_or(due, |pause| due.max(pause))
}

/// The next time after `from` at which clocks there show so many minutes after midnight. Where
/// clocks skip that minute it is the one after the gap.
pub(crate) fn next_at(from: Timestamp, minutes: u16, zone: &TimeZone) -> Timestamp {
    let local = zone.to_datetime(from);
    let (hour, minute) = ((minutes / 60) as i8, (minutes % 60) as i8);
    let time = Time::new(hour, minute, 0, 0).unwrap_or(Time::midnight());
    for days in 0..=2_i64 {
        let Ok(date) = local.date().checked_add(days.days()) else {
            break;
        };
        let at = zone
            .to_ambiguous_timestamp(date.to_datetime(time))
            .compatible();
        if let Ok(at) = at
            && at > from
        {
            return at;
        }
    }
    after(from, 24 * HOUR_S)
}

fn after(from: Timestamp, seconds: i64) -> Timestamp {
    from.checked_add(SignedDuration::from_secs(seconds))
        .unwrap_or(Timestamp::MAX)
}

/// One sentence for people who ask over the interface; the web UI has its own in both languages.
pub fn sentence(outcome: MailOutcome) -> &'static str {
    match outcome {
        MailOutcome::Waiting => "It waits to be mailed to you, unless you read it before.",
        MailOutcome::Sent => "It was mailed to you.",
        MailOutcome::Read => "It was not mailed because you had seen to it before.",
        MailOutcome::Gone => "It was not mailed because it was gone, or out of your sight.",
        MailOutcome::Active => "It was not mailed because you were looking at Tenon.",
        MailOutcome::Off => "It was not mailed because you want no mail.",
        MailOutcome::Minor => {
            "It was not mailed because you want mail of what is addressed to you alone."
        }
        MailOutcome::Crowded => "It was not mailed because too much waited to be mailed.",
        MailOutcome::Failed => "The mail server did not take the mail about it.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenon_protocol::preference::QuietHours;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn shanghai() -> TimeZone {
        TimeZone::get("Asia/Shanghai").unwrap()
    }

    fn told(reason: &str) -> Notification {
        let text = format!(
            r#"{{"id":"01890000-0000-7000-8000-000000000001","cause":7,
            "at":"2027-01-15T08:00:00Z","reason":"{reason}",
            "actor":"01890000-0000-7000-8000-000000000002",
            "channel":"01890000-0000-7000-8000-000000000003"}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    fn wants(mail: MailDigest) -> Preferences {
        Preferences {
            mail,
            ..Preferences::default()
        }
    }

    fn reader<'a>(preferences: &'a Preferences, zone: &'a TimeZone) -> Reader<'a> {
        Reader {
            preferences,
            zone,
            mailed: None,
            looking: false,
        }
    }

    const TOLD: &str = "2027-01-15T08:00:00Z";

    #[test]
    fn what_is_read_gone_or_unwanted_is_not_mailed() {
        let zone = shanghai();
        let now = at("2027-01-15T08:15:00Z");
        let drop = |notification: Option<&Notification>, read, mail| {
            let missed = Missed {
                notification,
                read,
                told: at(TOLD),
            };
            dropped(&missed, &reader(&wants(mail), &zone), now)
        };
        let (mention, state) = (told("mention"), told("task_state"));
        assert_eq!(drop(Some(&mention), 0, MailDigest::Soon), None);
        assert_eq!(drop(Some(&mention), 0, MailDigest::Daily), None);
        assert_eq!(drop(Some(&state), 0, MailDigest::Hourly), None);
        assert_eq!(
            drop(Some(&state), 0, MailDigest::Soon),
            Some(MailOutcome::Minor)
        );
        assert_eq!(
            drop(Some(&mention), 0, MailDigest::Off),
            Some(MailOutcome::Off)
        );
        assert_eq!(
            drop(Some(&mention), 7, MailDigest::Soon),
            Some(MailOutcome::Read)
        );
        assert_eq!(drop(None, 0, MailDigest::Soon), Some(MailOutcome::Gone));
        let old = Missed {
            notification: Some(&mention),
            read: 0,
            told: at("2027-01-12T08:14:59Z"),
        };
        let preferences = wants(MailDigest::Daily);
        let outcome = dropped(&old, &reader(&preferences, &zone), now);
        assert_eq!(outcome, Some(MailOutcome::Failed));
    }

    #[test]
    fn a_mail_comes_when_its_reader_wants_it() {
        let zone = shanghai();
        let first = |mail, now: &str| {
            let preferences = wants(mail);
            judge(at(TOLD), &reader(&preferences, &zone), at(now))
        };
        let wait = |text| Verdict::Wait(at(text));
        let soon = MailDigest::Soon;
        assert_eq!(
            first(soon, "2027-01-15T08:14:59Z"),
            wait("2027-01-15T08:15:00Z")
        );
        assert_eq!(first(soon, "2027-01-15T08:15:00Z"), Verdict::Mail);
        let hourly = MailDigest::Hourly;
        assert_eq!(
            first(hourly, "2027-01-15T08:59:00Z"),
            wait("2027-01-15T09:00:00Z")
        );
        assert_eq!(first(hourly, "2027-01-15T09:00:00Z"), Verdict::Mail);
        // 16:00 in Shanghai: the next morning at nine there.
        let daily = MailDigest::Daily;
        assert_eq!(
            first(daily, "2027-01-15T23:00:00Z"),
            wait("2027-01-16T01:00:00Z")
        );
        assert_eq!(first(daily, "2027-01-16T01:00:00Z"), Verdict::Mail);
    }

    #[test]
    fn mails_keep_a_distance() {
        let (zone, preferences) = (shanghai(), wants(MailDigest::Soon));
        let mailed = Reader {
            mailed: Some(at("2027-01-15T08:10:00Z")),
            ..reader(&preferences, &zone)
        };
        let wait = Verdict::Wait(at("2027-01-15T08:25:00Z"));
        assert_eq!(judge(at(TOLD), &mailed, at("2027-01-15T08:16:00Z")), wait);
        assert_eq!(
            judge(at(TOLD), &mailed, at("2027-01-15T08:25:00Z")),
            Verdict::Mail
        );
    }

    #[test]
    fn quiet_puts_it_off() {
        let zone = shanghai();
        // 22:00 to 08:00 in Shanghai; told at 23:50 there.
        let preferences = Preferences {
            quiet_hours: Some(QuietHours {
                from_minutes: 22 * 60,
                until_minutes: 8 * 60,
            }),
            ..wants(MailDigest::Soon)
        };
        let told = at("2027-01-15T15:50:00Z");
        let judge = |it: &Preferences, now: &str| judge(told, &reader(it, &zone), at(now));
        let morning = Verdict::Wait(at("2027-01-16T00:00:00Z"));
        assert_eq!(judge(&preferences, "2027-01-15T16:05:00Z"), morning);
        assert_eq!(judge(&preferences, "2027-01-16T00:00:00Z"), Verdict::Mail);
        // Do not disturb that ends within quiet hours, and one that does not.
        let paused = |until: &str| Preferences {
            do_not_disturb_until: Some(at(until)),
            ..preferences.clone()
        };
        let early = paused("2027-01-15T20:00:00Z");
        assert_eq!(judge(&early, "2027-01-15T16:05:00Z"), morning);
        let late = paused("2027-01-16T04:00:00Z");
        let noon = Verdict::Wait(at("2027-01-16T04:00:00Z"));
        assert_eq!(judge(&late, "2027-01-15T16:05:00Z"), noon);
    }

    /// Looking delays and does not lose: whoever leaves with it unread is mailed after all.
    #[test]
    fn whoever_looks_is_left_alone_for_a_while() {
        let (zone, preferences) = (shanghai(), wants(MailDigest::Soon));
        let looking = Reader {
            looking: true,
            ..reader(&preferences, &zone)
        };
        let wait = Verdict::Wait(at("2027-01-15T08:16:00Z"));
        assert_eq!(judge(at(TOLD), &looking, at("2027-01-15T08:15:00Z")), wait);
        assert_eq!(
            judge(at(TOLD), &looking, at("2027-01-15T08:25:00Z")),
            Verdict::Seen
        );
    }

    #[test]
    fn quiet_hours_go_by_the_clock_of_their_reader() {
        let between = |from: u16, until: u16| Preferences {
            quiet_hours: Some(QuietHours {
                from_minutes: from * 60,
                until_minutes: until * 60,
            }),
            ..Preferences::default()
        };
        let zone = |name: &str| TimeZone::get(name).unwrap();
        let (night, berlin) = (between(22, 8), zone("Europe/Berlin"));
        // One moment: night in Shanghai, afternoon in Berlin.
        let moment = at("2027-01-15T15:00:00Z");
        assert!(is_quiet(&night, &zone("Asia/Shanghai"), moment));
        assert!(!is_quiet(&night, &berlin, moment));
        // Berlin turns its clocks on 28 March and 31 October 2027: eight o'clock moves.
        for (now, quiet) in [
            ("2027-03-27T06:59:00Z", true),
            ("2027-03-28T05:59:00Z", true),
            ("2027-03-28T06:00:00Z", false),
            ("2027-10-30T06:00:00Z", false),
            ("2027-10-31T06:30:00Z", true),
            ("2027-10-31T07:00:00Z", false),
        ] {
            assert_eq!(is_quiet(&night, &berlin, at(now)), quiet, "{now}");
        }
        // An hour that does not come on one day, and comes twice on the other.
        for (now, quiet) in [
            ("2027-03-28T00:59:00Z", false),
            ("2027-03-28T01:00:00Z", false),
            ("2027-10-31T00:30:00Z", true),
            ("2027-10-31T01:30:00Z", true),
            ("2027-10-31T02:00:00Z", false),
        ] {
            assert_eq!(is_quiet(&between(2, 3), &berlin, at(now)), quiet, "{now}");
        }
    }

    #[test]
    fn clocks_that_jump_lose_no_day() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        // 02:30 does not exist on 28 March 2027.
        let told = at("2027-03-27T12:00:00Z");
        assert_eq!(next_at(told, 150, &berlin), at("2027-03-28T01:30:00Z"));
        let told = at("2027-03-28T02:00:00Z");
        assert_eq!(next_at(told, 150, &berlin), at("2027-03-29T00:30:00Z"));
    }
}
