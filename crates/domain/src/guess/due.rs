//! Finds the words of a text that say when something is due, Chinese or English, and what they
//! come to. Called by `guess` with the text without its Markdown.
//!
//! Of several, one with a word of deadline (`前`, `by`) goes first, then the first in the text,
//! last one that only describes something (`明天的会议`, `Friday's build`). What has passed is not
//! taken, except a date written in full where there is nothing else. "Before Friday" is taken
//! for Friday: who reads it looks on that day.

use super::clock::{Clock, Period, clock, period};
use super::cursor::{Cursor, Letters};
use super::day::{Day, Today, When, in_figures};
use super::{chinese, english};
use crate::names::is_word;
use jiff::{SignedDuration, civil::Date};
use std::ops::Range;
use tenon_protocol::{Due, Timestamp};

/// A due date and the words that it was read from.
#[derive(Clone, Debug, PartialEq)]
pub struct DueWords {
    pub due: Due,
    /// Their place in the text, bytes.
    pub place: Range<usize>,
    /// The sentence is not one without them: `改到周四`, `明天的会议`.
    pub needed: bool,
}

/// The best guess.
pub fn find(text: &str, today: &Today) -> Option<DueWords> {
    let letters = Letters::new(text);
    let mut best: Option<(u8, DueWords)> = None;
    let mut at = letters.cursor();
    while let Some(next) = at.next() {
        let Some(phrase) = may_begin(at).then(|| phrase(at, today)).flatten() else {
            at = next;
            continue;
        };
        let place = letters.offset(at)..letters.offset(phrase.behind);
        if let Some((weight, due)) = phrase.weigh(today)
            && best.as_ref().is_none_or(|(heaviest, _)| weight > *heaviest)
        {
            let needed = phrase.attributive || leans_on_what_follows(&text[..place.start]);
            best = Some((weight, DueWords { due, place, needed }));
        }
        at = phrase.behind;
    }
    best.map(|(_, words)| words)
}

/// The first characters of all Chinese words that a phrase begins with.
const CHINESE_BEGINNINGS: &str = "昨前大后明今下这本上每星礼周月当季年去半〇零一二两三四五六七八九十廿百\
    凌清早中午傍晚夜深截最不赶在于";

/// Whether a phrase may begin here: most letters need no closer look.
fn may_begin(at: Cursor) -> bool {
    let inside_word = at.before().is_some_and(is_word);
    (at.peek().is_some_and(is_word) && !inside_word) || at.followed_by(CHINESE_BEGINNINGS)
}

/// Whether a sentence that begins so cannot end there.
fn leans_on_what_follows(text: &str) -> bool {
    let text = text.trim_end();
    let word = text
        .rsplit(|letter: char| !letter.is_ascii_alphabetic())
        .next();
    let word = word.unwrap_or_default().to_ascii_lowercase();
    text.ends_with(['到', '至', '成', '是', '为'])
        || ["to", "from", "is", "for", "of", "since"].contains(&word.as_str())
}

/// Some words about time.
struct Phrase<'a> {
    when: When,
    clock: Option<Clock>,
    /// With a word that makes it a deadline.
    deadline: bool,
    /// It describes something else, or is the beginning of `周一到周五`.
    attributive: bool,
    behind: Cursor<'a>,
}

impl Phrase<'_> {
    /// What it comes to, and how likely it is what was meant; `None` if nothing is due then.
    fn weigh(&self, today: &Today) -> Option<(u8, Due)> {
        let due = match (self.when, self.clock) {
            (When::Never, _) => return None,
            (When::Minutes(minutes), _) => Due::At(minutes_later(minutes, today)?),
            (When::Day(day), None) => Due::Day(day.date),
            (When::Day(day), Some(clock)) => Due::At(moment(day, clock, today)?),
        };
        let passed = match due {
            Due::Day(date) => date < today.date,
            Due::At(at) => at <= today.now,
        };
        let full = matches!(self.when, When::Day(Day { full: true, .. }));
        match (passed, self.attributive, self.deadline) {
            (true, ..) => (full && self.clock.is_none()).then_some((0, due)),
            // 今天的构建坏了
            (false, true, _) => (due != Due::Day(today.date)).then_some((1, due)),
            (false, false, false) => Some((2, due)),
            (false, false, true) => Some((3, due)),
        }
    }
}

/// A whole minute, not earlier than so many minutes from now.
fn minutes_later(minutes: i64, today: &Today) -> Option<Timestamp> {
    let at = today
        .now
        .checked_add(SignedDuration::from_mins(minutes))
        .ok()?;
    let second = at.as_second() + i64::from(at.subsec_nanosecond() > 0);
    Timestamp::from_second(second.div_euclid(60) * 60 + if second % 60 == 0 { 0 } else { 60 }).ok()
}

/// In the time zone of the reader; a time that a clock change skips is the one after the gap.
fn moment(day: Day, clock: Clock, today: &Today) -> Option<Timestamp> {
    let passed = if day.date == today.date {
        minutes_passed(today)
    } else {
        0
    };
    let minutes = clock.minutes(day.period, passed);
    let date = if minutes >= 24 * 60 {
        day.date.tomorrow().ok()?
    } else {
        day.date
    };
    let (hour, minute) = ((minutes / 60) % 24, minutes % 60);
    let at = date.at(hour.try_into().ok()?, minute.try_into().ok()?, 0, 0);
    Some(
        today
            .zone
            .to_ambiguous_zoned(at)
            .compatible()
            .ok()?
            .timestamp(),
    )
}

fn minutes_passed(today: &Today) -> i32 {
    let time = today.zone.to_datetime(today.now).time();
    i32::from(time.hour()) * 60 + i32::from(time.minute())
}

/// The words about time that stand here, with what leads to them and what follows them.
fn phrase<'a>(at: Cursor<'a>, today: &Today) -> Option<Phrase<'a>> {
    let (lead, start) = lead(at).unwrap_or((Lead::None, at));
    let (when, clock, behind) = day_then_clock(start, lead, today)
        .or_else(|| clock_then_day(start, lead, today))
        .or_else(|| end_of_work(start, today))?;
    let trail = behind
        .skip_spaces()
        .eat_one_of(&["之前", "以前", "为止", "截止", "到期", "前"]);
    // 周五前端发版
    let trail = trail.filter(|behind| {
        !(behind.preceded_by("前") && behind.followed_by("端面台后期置往者沿景言任"))
    });
    let behind = trail.unwrap_or(behind);
    let possessive = behind.eat_one_of(&["'s", "’s"]).is_some();
    let to = behind
        .skip_spaces()
        .eat_one_of(&["到", "至", "~", "-", "to"]);
    let begins_a_range = to.is_some_and(|to| day(to.skip_spaces(), true, today).is_some());
    let attributive = possessive || begins_a_range || behind.eat("的").is_some();
    Some(Phrase {
        when,
        clock,
        deadline: lead == Lead::Deadline || trail.is_some(),
        attributive,
        behind,
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Lead {
    None,
    At,
    On,
    Deadline,
}

/// A word that leads to a time.
fn lead(at: Cursor) -> Option<(Lead, Cursor)> {
    let (lead, behind) = at.eat_any(&[
        ("no later than", Lead::Deadline),
        ("not later than", Lead::Deadline),
        ("due by", Lead::Deadline),
        ("due on", Lead::Deadline),
        ("due at", Lead::Deadline),
        ("due", Lead::Deadline),
        ("deadline is", Lead::Deadline),
        ("deadline", Lead::Deadline),
        ("ddl", Lead::Deadline),
        ("before", Lead::Deadline),
        ("by", Lead::Deadline),
        ("until", Lead::Deadline),
        ("till", Lead::Deadline),
        ("截止日期", Lead::Deadline),
        ("截止时间", Lead::Deadline),
        ("截止到", Lead::Deadline),
        ("截止至", Lead::Deadline),
        ("截止", Lead::Deadline),
        ("截至", Lead::Deadline),
        ("最晚", Lead::Deadline),
        ("最迟", Lead::Deadline),
        ("不晚于", Lead::Deadline),
        ("不迟于", Lead::Deadline),
        ("赶在", Lead::Deadline),
        ("at", Lead::At),
        ("on", Lead::On),
        ("around", Lead::On),
        ("在", Lead::On),
        ("于", Lead::On),
    ])?;
    let colon = behind.skip_spaces();
    let colon = colon.eat_one_of(&[":", "是", "为"]).unwrap_or(colon);
    Some((lead, colon.skip_spaces()))
}

type Found<'a> = (When, Option<Clock>, Cursor<'a>);

/// `明天下午三点`, `tomorrow at 3pm`, `12/5`.
fn day_then_clock<'a>(at: Cursor<'a>, lead: Lead, today: &Today) -> Option<Found<'a>> {
    let (when, behind) = day(at, lead != Lead::None, today)?;
    let When::Day(mut day) = when else {
        // Nor is anything due at the hour of a day that is none: `昨天下午三点`.
        let hour = clock(behind.skip(&["at"]), false).filter(|_| when == When::Never);
        return Some((when, None, hour.map_or(behind, |(_, behind)| behind)));
    };
    let behind = behind.eat_one_of(&["之内", "以内", "内"]).unwrap_or(behind);
    let behind = same_day(behind, today).unwrap_or(behind);
    let (named, spaced) = day_period(behind);
    day.period = named.or(day.period);
    let at_time = spaced.skip(&["at", "by", "before", "around", "@"]);
    let after_at = spaced.skip_spaces().eat("at").is_some();
    let found = clock(at_time, after_at).or_else(|| {
        let comma = spaced.skip_spaces().eat_one_of(&[",", "、"])?;
        clock(comma.skip(&["at", "by"]), false).filter(|(found, _)| found.certain)
    });
    let figures = || clock(spaced.eat_raw("t")?, false).filter(|_| day.full);
    if let Some((clock, behind)) = found.or_else(figures) {
        return Some((When::Day(day), Some(clock), behind));
    }
    let noon = (named == Some(Period::Noon)).then_some(Clock::NOON);
    let end = english::end_of_day_words(spaced.skip_spaces());
    Some((When::Day(day), noon, end.unwrap_or(spaced)))
}

/// `下午三点`, `3pm tomorrow`, `at 15:30 on Dec 5`.
fn clock_then_day<'a>(at: Cursor<'a>, lead: Lead, today: &Today) -> Option<Found<'a>> {
    let (clock, behind) = clock(at, lead == Lead::At)?;
    let on = behind.skip(&["on", ","]);
    if let Some((When::Day(day), behind)) = day(on, true, today) {
        return Some((When::Day(day), Some(clock), behind));
    }
    let early = behind
        .skip_spaces()
        .eat_one_of(&["之前", "以前", "前"])
        .is_some();
    if !clock.certain && !early && lead != Lead::Deadline {
        return None;
    }
    Some((When::date(coming(clock, today)?), Some(clock), behind))
}

/// `下班前`
fn end_of_work<'a>(at: Cursor<'a>, today: &Today) -> Option<Found<'a>> {
    let behind = at
        .eat("下班")
        .filter(|behind| behind.followed_by("前之以"))?;
    Some((When::date(today.date), None, behind))
}

/// Today if the time is yet to come, else tomorrow.
fn coming(clock: Clock, today: &Today) -> Option<Date> {
    let passed = minutes_passed(today);
    if clock.minutes(None, passed) > passed {
        Some(today.date)
    } else {
        today.plus_days(1)
    }
}

fn day<'a>(at: Cursor<'a>, led: bool, today: &Today) -> Option<(When, Cursor<'a>)> {
    chinese::day(at, today)
        .or_else(|| english::day(at, led, today))
        .or_else(|| in_figures(at, today))
}

/// Behind the weekday of a day already named: `12月5日（周六）`, `今天周五`, `tomorrow (Friday)`.
fn same_day<'a>(at: Cursor<'a>, today: &Today) -> Option<Cursor<'a>> {
    let start = at.skip_spaces();
    let open = start.eat("(");
    let inner = open.unwrap_or(start);
    if open.is_none() && !inner.followed_by("周星礼") {
        return None;
    }
    let (_, behind) = day(inner, true, today)?;
    if open.is_some() {
        behind.eat(")")
    } else {
        Some(behind)
    }
}

/// A part of the day after a day, unless it begins a time.
fn day_period(at: Cursor) -> (Option<Period>, Cursor) {
    let start = at.skip_spaces();
    let found = period(start).filter(|(_, behind)| {
        let word = behind.preceded_by("早晚");
        clock(start, false).is_none_or(|(clock, _)| clock == Clock::NOON) && !word
    });
    let off_work = start
        .eat("下班")
        .filter(|behind| behind.followed_by("前之以"));
    match (found, off_work) {
        (Some((period, behind)), _) => (Some(period), behind),
        (None, Some(behind)) => (None, behind),
        (None, None) => (None, at),
    }
}
