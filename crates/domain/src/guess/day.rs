//! What a reader of days finds, the calendar they share, and dates in figures (`2026-12-05`,
//! `12/5`).
//!
//! Weeks begin on Monday (ISO). A weekday alone is the coming one, never today; with "this" or
//! "next" it is that of this or the next ISO week. A stretch of time as a due date is its last
//! day; of a week that is Friday (on a weekend: Sunday).

use super::clock::Period;
use super::cursor::Cursor;
use super::number::{digits, may_begin};
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use tenon_protocol::Timestamp;

/// Now, where the reader of the message is.
#[derive(Clone, Debug)]
pub struct Today {
    pub now: Timestamp,
    pub date: Date,
    pub zone: TimeZone,
}

/// What some words mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum When {
    Day(Day),
    /// So much later than now.
    Minutes(i64),
    /// Words for a time that nothing can be due at: last Friday, every Monday, 30 February.
    Never,
}

/// A day, and the part of it if that was said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Day {
    pub date: Date,
    pub period: Option<Period>,
    /// Year, month and day were all written.
    pub full: bool,
}

impl When {
    pub fn date(date: Date) -> When {
        When::Day(Day {
            date,
            period: None,
            full: false,
        })
    }

    /// `None`, a date that does not exist or is too far away, is `Never`.
    pub fn maybe(date: Option<Date>) -> When {
        date.map_or(When::Never, When::date)
    }
}

impl Today {
    pub fn plus_days(&self, days: i32) -> Option<Date> {
        self.date.checked_add(days.days()).ok()
    }

    /// After so many days that are neither Saturday nor Sunday.
    pub fn plus_working_days(&self, days: i32) -> Option<Date> {
        let mut date = self.date;
        // Limit: two years of them.
        for _ in 0..(0..=500).contains(&days).then_some(days)? {
            date = date.tomorrow().ok()?;
            while date.weekday().to_monday_one_offset() > 5 {
                date = date.tomorrow().ok()?;
            }
        }
        Some(date)
    }

    /// Day 1 (Monday) to 7 of the week that is `weeks` after this one.
    pub fn weekday(&self, weeks: i32, day: i32) -> Option<Date> {
        let today = i32::from(self.date.weekday().to_monday_one_offset());
        self.plus_days(weeks * 7 + day - today)
    }

    /// The next such day after today.
    pub fn coming_weekday(&self, day: i32) -> Option<Date> {
        let today = i32::from(self.date.weekday().to_monday_one_offset());
        self.plus_days(if day > today {
            day - today
        } else {
            day - today + 7
        })
    }

    pub fn end_of_week(&self, weeks: i32) -> Option<Date> {
        let friday = self.weekday(weeks, 5)?;
        if friday < self.date {
            self.weekday(weeks, 7)
        } else {
            Some(friday)
        }
    }

    /// The first day of the month that is `months` after this one.
    pub fn start_of_month(&self, months: i32) -> Option<Date> {
        self.date.first_of_month().checked_add(months.months()).ok()
    }

    pub fn end_of_month(&self, months: i32) -> Option<Date> {
        self.start_of_month(months).map(Date::last_of_month)
    }

    pub fn end_of_quarter(&self) -> Option<Date> {
        self.end_of_month((12 - i32::from(self.date.month())) % 3)
    }

    pub fn end_of_year(&self, years: i32) -> Option<Date> {
        date(i32::from(self.date.year()) + years, 12, 31)
    }

    /// That day of this month, or of the next if it has passed.
    pub fn coming_day(&self, day: i32) -> Option<Date> {
        let passed = day < i32::from(self.date.day());
        let start = self.start_of_month(i32::from(passed))?;
        date(start.year().into(), start.month().into(), day)
    }

    /// That day of this year, or of the next if it has passed; none if it passed within the last
    /// 30 days, for then the past is spoken of.
    pub fn coming_date(&self, month: i32, day: i32) -> Option<Date> {
        let today = (i32::from(self.date.month()), i32::from(self.date.day()));
        let year = i32::from(self.date.year()) + i32::from((month, day) < today);
        let recent = self.plus_days(-30)?;
        let coming = date(year, month, day)?;
        let spoken_of_the_past = date(year - 1, month, day).is_some_and(|past| past >= recent);
        (!spoken_of_the_past).then_some(coming)
    }

    /// The last day of the coming such month.
    pub fn coming_end_of(&self, month: i32) -> Option<Date> {
        let year = i32::from(self.date.year()) + i32::from(month < self.date.month().into());
        date(year, month, 1).map(Date::last_of_month)
    }
}

/// A date that exists, in a year that one plans for.
pub fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    if !(2000..=2999).contains(&year) {
        return None;
    }
    Date::new(
        year.try_into().ok()?,
        month.try_into().ok()?,
        day.try_into().ok()?,
    )
    .ok()
}

/// A date of which year, month and day are known.
pub fn full_date(year: i32, month: i32, day: i32) -> When {
    let found = date(year, month, day);
    found.map_or(When::Never, |date| {
        When::Day(Day {
            date,
            period: None,
            full: true,
        })
    })
}

/// `2026-12-05`, `2026/12/5`, `2026.12.5`, `12/5`, `12/5/2026`: the month before the day.
pub fn in_figures<'a>(at: Cursor<'a>, today: &Today) -> Option<(When, Cursor<'a>)> {
    if !may_begin(at) {
        return None;
    }
    let (first, behind) = digits(at)?;
    let separator = ["-", "/", "."]
        .into_iter()
        .find(|sign| behind.followed_by(sign))?;
    let (second, behind) = digits(behind.next()?)?;
    let third = behind.eat_raw(separator).and_then(digits);
    let (when, behind) = match third {
        Some((day, behind)) if first >= 1000 => (full_date(first, second, day), behind),
        Some((year, behind)) if separator == "/" && year >= 1000 => {
            (full_date(year, first, second), behind)
        }
        None if separator == "/" && (1..=12).contains(&first) && (1..=31).contains(&second) => {
            (When::maybe(today.coming_date(first, second)), behind)
        }
        _ => return None,
    };
    let fraction = third.is_none() && behind.skip_spaces().eat_one_of(&["of", "的"]).is_some();
    let time = behind.followed_by("t") && behind.next()?.peek()?.is_ascii_digit();
    let cut = behind
        .peek()
        .is_some_and(|letter| crate::names::is_word(letter) && !time);
    (!fraction && !cut && !behind.followed_by("/-%")).then_some((when, behind))
}
