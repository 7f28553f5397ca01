//! Days and stretches of time in English: `tomorrow`, `next Monday`, `end of month`, `Dec 5th`,
//! `in three days`.

use super::clock::Period;
use super::cursor::Cursor;
use super::day::{Day, Today, When, full_date};
use super::number::{digits, english, may_begin};

/// `led`: a word like "by" or "on" stands before, so that `Fri` and `the 5th` are days.
pub fn day<'a>(at: Cursor<'a>, led: bool, today: &Today) -> Option<(When, Cursor<'a>)> {
    near(at, today)
        .or_else(|| end_of_day(at, today))
        .or_else(|| weekday(at, led, today))
        .or_else(|| stretch(at, today))
        .or_else(|| month_first(at, today))
        .or_else(|| day_first(at, today))
        .or_else(|| later(at, today))
        .or_else(|| led.then(|| day_of_month(at, today)).flatten())
}

fn near<'a>(at: Cursor<'a>, today: &Today) -> Option<(When, Cursor<'a>)> {
    let never = [
        "yesterday",
        "last night",
        "every day",
        "daily",
        "every night",
        "nightly",
    ];
    if let Some(behind) = at.eat_one_of(&never) {
        return Some((When::Never, behind));
    }
    let ((days, period), behind) = at.eat_any(&[
        ("the day after tomorrow", (2, None)),
        ("day after tomorrow", (2, None)),
        ("tomorrow", (1, None)),
        ("tomorow", (1, None)),
        ("tmrw", (1, None)),
        ("tmr", (1, None)),
        ("today", (0, None)),
        ("tonight", (0, Some(Period::Evening))),
        ("this morning", (0, Some(Period::Morning))),
        ("this afternoon", (0, Some(Period::Afternoon))),
        ("this evening", (0, Some(Period::Evening))),
    ])?;
    let date = today.plus_days(days)?;
    Some((
        When::Day(Day {
            date,
            period,
            full: false,
        }),
        behind,
    ))
}

/// `EOD`, `end of day tomorrow`, `COB Friday`.
fn end_of_day<'a>(at: Cursor<'a>, today: &Today) -> Option<(When, Cursor<'a>)> {
    let behind = end_of_day_words(at)?;
    let on = behind.skip(&["on", ","]);
    let other = near(on, today).or_else(|| weekday(on, true, today));
    Some(other.unwrap_or((When::date(today.date), behind)))
}

/// Behind words for the end of a working day.
pub fn end_of_day_words(at: Cursor) -> Option<Cursor> {
    at.eat_one_of(&[
        "the end of the day",
        "the end of day",
        "end of the day",
        "end of day",
        "end of today",
        "close of business",
        "end of business",
        "eod",
        "cob",
    ])
}

const WEEKDAYS: [(&str, i32); 7] = [
    ("monday", 1),
    ("tuesday", 2),
    ("wednesday", 3),
    ("thursday", 4),
    ("friday", 5),
    ("saturday", 6),
    ("sunday", 7),
];

const WEEKDAYS_SHORT: [(&str, i32); 10] = [
    ("mon", 1),
    ("tues", 2),
    ("tue", 2),
    ("wed", 3),
    ("thurs", 4),
    ("thur", 4),
    ("thu", 4),
    ("fri", 5),
    ("sat", 6),
    ("sun", 7),
];

fn weekday<'a>(at: Cursor<'a>, led: bool, today: &Today) -> Option<(When, Cursor<'a>)> {
    let prefix = at.eat_any::<Option<Option<i32>>>(&[
        ("this coming", Some(None)),
        ("coming", Some(None)),
        ("next", Some(Some(1))),
        ("this", Some(Some(0))),
        ("last", None),
        ("past", None),
        ("every", None),
        ("each", None),
    ]);
    let start = prefix.map_or(at, |(_, behind)| behind.skip_spaces());
    let short = || {
        start
            .eat_any(&WEEKDAYS_SHORT)
            .filter(|_| led || prefix.is_some())
    };
    let (day, behind) = start.eat_any(&WEEKDAYS).or_else(short)?;
    let of_week = behind
        .skip(&["of"])
        .eat_any(&[("next week", 1), ("this week", 0)]);
    let found = match (prefix, of_week) {
        (Some((None, _)), _) => None,
        (_, Some((weeks, _))) => today.weekday(weeks, day),
        (Some((Some(Some(weeks)), _)), _) => today.weekday(weeks, day),
        (Some((Some(None), _)) | None, _) => today.coming_weekday(day),
    };
    Some((
        When::maybe(found),
        of_week.map_or(behind, |(_, behind)| behind),
    ))
}

#[derive(Clone, Copy)]
enum Stretch {
    Week,
    Month,
    Quarter,
    Year,
}

/// `end of next week`, `this month`, `EOM`, `early next week`, `end of March`.
fn stretch<'a>(at: Cursor<'a>, today: &Today) -> Option<(When, Cursor<'a>)> {
    let short = at.eat_any(&[
        ("eow", Stretch::Week),
        ("eom", Stretch::Month),
        ("eoq", Stretch::Quarter),
        ("eoy", Stretch::Year),
    ]);
    if let Some((stretch, behind)) = short {
        return Some((When::maybe(end_of(stretch, 0, today)), behind));
    }
    if let Some(behind) = at.eat_one_of(&["this weekend", "the weekend"]) {
        return Some((When::maybe(today.weekday(0, 7)), behind));
    }
    let start = at.eat("the").map_or(at, Cursor::skip_spaces);
    let edge = start.eat_any(&[
        ("end of", true),
        ("later", true),
        ("beginning of", false),
        ("start of", false),
        ("early", false),
    ]);
    let inner = edge.map_or(at, |(_, behind)| behind.skip_spaces());
    if edge.is_some_and(|(end, _)| end) {
        let month = inner.eat_any(&MONTHS);
        if let Some((month, behind)) = month {
            return Some((When::maybe(today.coming_end_of(month)), behind));
        }
    }
    let which = inner.eat_any::<Option<i32>>(&[
        ("next", Some(1)),
        ("this", Some(0)),
        ("the", Some(0)),
        ("last", None),
        ("every", None),
        ("each", None),
    ]);
    // "the week" alone is any week, "end of the week" is this one.
    let unsaid = which.is_none() || inner.eat("the").is_some();
    if unsaid && edge.is_none() {
        return None;
    }
    let noun = which.map_or(inner, |(_, behind)| behind.skip_spaces());
    let (stretch, behind) = noun.eat_any(&[
        ("week", Stretch::Week),
        ("month", Stretch::Month),
        ("quarter", Stretch::Quarter),
        ("year", Stretch::Year),
    ])?;
    let found = which
        .map_or(Some(0), |(which, _)| which)
        .and_then(|which| match edge {
            Some((false, _)) => start_of(stretch, which, today),
            _ => end_of(stretch, which, today),
        });
    Some((When::maybe(found), behind))
}

fn end_of(stretch: Stretch, which: i32, today: &Today) -> Option<jiff::civil::Date> {
    match stretch {
        Stretch::Week => today.end_of_week(which),
        Stretch::Month => today.end_of_month(which),
        Stretch::Quarter => {
            let end = today.end_of_quarter()?.first_of_month();
            let months = jiff::Span::new().months(3 * which);
            end.checked_add(months)
                .ok()
                .map(|date| date.last_of_month())
        }
        Stretch::Year => today.end_of_year(which),
    }
}

fn start_of(stretch: Stretch, which: i32, today: &Today) -> Option<jiff::civil::Date> {
    match stretch {
        Stretch::Week => today.weekday(which, 1),
        Stretch::Month => today.start_of_month(which),
        Stretch::Quarter => end_of(Stretch::Quarter, which - 1, today)?.tomorrow().ok(),
        Stretch::Year => end_of(Stretch::Year, which - 1, today)?.tomorrow().ok(),
    }
}

const MONTHS: [(&str, i32); 24] = [
    ("january", 1),
    ("february", 2),
    ("march", 3),
    ("april", 4),
    ("may", 5),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("october", 10),
    ("november", 11),
    ("december", 12),
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sept", 9),
    ("sep", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
];

/// `Dec 5`, `December 5th, 2026`.
fn month_first<'a>(at: Cursor<'a>, today: &Today) -> Option<(When, Cursor<'a>)> {
    let (month, behind) = at.eat_any(&MONTHS)?;
    let behind = behind.eat(".").unwrap_or(behind).skip(&["the"]);
    let (day, behind) = ordinal(behind)?;
    Some(with_year(month, day, behind, today))
}

/// `5 December`, `5th of Dec 2026`.
fn day_first<'a>(at: Cursor<'a>, today: &Today) -> Option<(When, Cursor<'a>)> {
    let start = at.eat("the").map_or(at, Cursor::skip_spaces);
    let (day, behind) = may_begin(start).then(|| ordinal(start)).flatten()?;
    let (month, behind) = behind.skip(&["of"]).eat_any(&MONTHS)?;
    Some(with_year(month, day, behind, today))
}

/// `by the 5th`
fn day_of_month<'a>(at: Cursor<'a>, today: &Today) -> Option<(When, Cursor<'a>)> {
    let start = at.eat("the").map_or(at, Cursor::skip_spaces);
    let plain = digits(start)?.1;
    let (day, behind) = ordinal(start).filter(|(_, behind)| behind.is_after(plain))?;
    Some((When::maybe(today.coming_day(day)), behind))
}

fn with_year<'a>(month: i32, day: i32, at: Cursor<'a>, today: &Today) -> (When, Cursor<'a>) {
    let year = digits(at.skip(&[","])).filter(|(year, behind)| {
        (2000..2100).contains(year) && !behind.peek().is_some_and(|l| l.is_alphanumeric())
    });
    match year {
        Some((year, behind)) => (full_date(year, month, day), behind),
        None => (When::maybe(today.coming_date(month, day)), at),
    }
}

/// `5`, `5th`, `1st`; nothing longer.
fn ordinal(at: Cursor) -> Option<(i32, Cursor)> {
    let (day, behind) = digits(at).filter(|(day, _)| *day <= 99)?;
    let ending = ["st", "nd", "rd", "th"]
        .into_iter()
        .find_map(|ending| behind.eat_raw(ending));
    let behind = ending.unwrap_or(behind);
    let goes_on = behind.peek().is_some_and(crate::names::is_word) || behind.followed_by(":%/-");
    (!goes_on).then_some((day, behind))
}

/// `in 3 days`, `within the next two weeks`, `an hour from now`.
fn later<'a>(at: Cursor<'a>, today: &Today) -> Option<(When, Cursor<'a>)> {
    let lead = at.eat_one_of(&["within the next", "in the next", "within", "in"]);
    let start = lead.unwrap_or(at).skip_spaces();
    if lead.is_none() && !may_begin(start) {
        return None;
    }
    let half = start.eat_one_of(&["half an hour", "half a hour"]);
    let (minutes, date, behind) = match half {
        Some(behind) => (Some(30), None, behind),
        None => {
            let (count, behind) = digits(start).or_else(|| english(start))?;
            amount(count, behind.skip_spaces(), today)?
        }
    };
    let behind = match behind.skip_spaces().eat("from now") {
        Some(behind) => behind,
        None if lead.is_some() => behind,
        None => return None,
    };
    Some((minutes.map_or(When::maybe(date), When::Minutes), behind))
}

type Amount<'a> = (Option<i64>, Option<jiff::civil::Date>, Cursor<'a>);

/// The minutes or the day that so many of the unit at `at` come to.
fn amount<'a>(count: i32, at: Cursor<'a>, today: &Today) -> Option<Amount<'a>> {
    let units = |words: &[&str]| {
        words.iter().find_map(|word| {
            let behind = at.eat_raw(word)?;
            (!behind.peek().is_some_and(crate::names::is_word)).then_some(behind)
        })
    };
    let months = |count: i32| {
        let span = jiff::Span::new().try_months(count).ok()?;
        today.date.checked_add(span).ok()
    };
    if let Some(behind) = units(&["minutes", "minute", "mins", "min"]) {
        return Some((Some(count.into()), None, behind));
    }
    if let Some(behind) = units(&["hours", "hour", "hrs", "hr", "h"]) {
        return Some((Some(i64::from(count) * 60), None, behind));
    }
    if let Some(behind) = units(&["days", "day", "d"]) {
        return Some((None, today.plus_days(count), behind));
    }
    let working = [
        "working days",
        "working day",
        "business days",
        "business day",
        "workdays",
    ];
    if let Some(behind) = units(&working) {
        return Some((None, today.plus_working_days(count), behind));
    }
    if let Some(behind) = units(&["weeks", "week"]) {
        return Some((None, today.plus_days(count * 7), behind));
    }
    if let Some(behind) = units(&["months", "month"]) {
        return Some((None, months(count), behind));
    }
    let behind = units(&["years", "year"]).filter(|_| count < 100)?;
    Some((None, months(count * 12), behind))
}
