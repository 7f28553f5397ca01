//! Dates of a query: days, moments, `-7d`, `startOfWeek(1)`, as the asker's clock has them. Weeks
//! begin on Monday.

use super::syntax::ValueKind;
use jiff::{
    Span as Length, ToSpan, Zoned,
    civil::{Date, DateTime, Weekday},
    tz::TimeZone,
};
use tenon_protocol::{
    Timestamp,
    query::{EMPTY, Span, day_number},
};

/// What the names of time mean.
#[derive(Clone, Debug)]
pub struct Clock {
    pub now: Timestamp,
    pub zone: TimeZone,
}

/// A moment; a whole day if only the day was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Microseconds since 1970.
    pub at: i64,
    /// For a day: its end, not included.
    pub day_end: Option<i64>,
    /// The first day that begins there or later, counted from 1970, and whether it does just there.
    pub day: (i64, bool),
}

pub const FUNCTIONS: &[&str] = &[
    "now()",
    "startOfDay()",
    "endOfDay()",
    "startOfWeek()",
    "endOfWeek()",
    "startOfMonth()",
    "endOfMonth()",
    "startOfYear()",
    "endOfYear()",
];

/// Limit: digits of a number of days, weeks ….
const DIGITS_MAX: usize = 5;

impl Clock {
    /// The clock of a zone by its IANA name; UTC if there is none of that name.
    pub fn new(now: Timestamp, zone: &str) -> Self {
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        Self { now, zone }
    }

    /// Reads a date as it was written; none if it is no date.
    pub fn read(&self, value: &ValueKind) -> Option<Moment> {
        match value {
            ValueKind::Text(text) => self.read_text(text.trim()),
            ValueKind::Call { name, arguments } => self.call(name, arguments),
            ValueKind::Empty => None,
        }
    }

    fn read_text(&self, text: &str) -> Option<Moment> {
        let today = self.today().date();
        match text {
            "today" | "今天" => return self.day(today),
            "yesterday" | "昨天" => return self.day(today.yesterday().ok()?),
            "tomorrow" | "明天" => return self.day(today.tomorrow().ok()?),
            _ => {}
        }
        if let Some(length) = length(text, None) {
            return self.moment(self.today().checked_add(length).ok()?.timestamp());
        }
        let text = text.replace('/', "-");
        if let Some(day) = read_day(&text) {
            return self.day(day);
        }
        if let Ok(at) = text.parse::<Timestamp>() {
            return self.moment(at);
        }
        let (day, time) = text.split_once([' ', 'T'])?;
        let time = time.parse().ok()?;
        let local = DateTime::from_parts(read_day(day)?, time);
        self.moment(local.to_zoned(self.zone.clone()).ok()?.timestamp())
    }

    fn call(&self, name: &str, arguments: &[String]) -> Option<Moment> {
        let name = name.to_ascii_lowercase();
        let (step, is_end) = match name.as_str() {
            "now" if arguments.is_empty() => return self.moment(self.now),
            "startofday" => (1.day(), false),
            "endofday" => (1.day(), true),
            "startofweek" => (1.week(), false),
            "endofweek" => (1.week(), true),
            "startofmonth" => (1.month(), false),
            "endofmonth" => (1.month(), true),
            "startofyear" => (1.year(), false),
            "endofyear" => (1.year(), true),
            _ => return None,
        };
        let start = self.start(&name)?;
        let moved = match arguments {
            [] => start,
            [by] => start.checked_add(length(by.trim(), Some(step))?).ok()?,
            _ => return None,
        };
        if !is_end {
            return self.moment(moved.timestamp());
        }
        let end = moved.checked_add(step).ok()?.timestamp();
        self.moment(end.checked_sub(1.microsecond()).ok()?)
    }

    fn start(&self, name: &str) -> Option<Zoned> {
        let today = self.today().date();
        let day = if name.ends_with("day") {
            today
        } else if name.ends_with("week") {
            // The Monday before tomorrow.
            today
                .tomorrow()
                .ok()?
                .nth_weekday(-1, Weekday::Monday)
                .ok()?
        } else if name.ends_with("month") {
            today.first_of_month()
        } else {
            today.first_of_year()
        };
        self.start_of(day)
    }

    fn today(&self) -> Zoned {
        self.now.to_zoned(self.zone.clone())
    }

    /// Midnight there; where clocks leave midnight out, the first moment of the day.
    fn start_of(&self, day: Date) -> Option<Zoned> {
        day.to_zoned(self.zone.clone()).ok()?.start_of_day().ok()
    }

    fn day(&self, day: Date) -> Option<Moment> {
        let start = self.start_of(day)?.timestamp();
        let end = self.start_of(day.tomorrow().ok()?)?.timestamp();
        let moment = self.moment(start)?;
        Some(Moment {
            day_end: Some(end.as_microsecond()),
            ..moment
        })
    }

    fn moment(&self, at: Timestamp) -> Option<Moment> {
        let day = at.to_zoned(self.zone.clone()).date();
        let begins = self.start_of(day)?.timestamp() == at;
        let number = day_number(day) + i64::from(!begins);
        Some(Moment {
            at: at.as_microsecond(),
            day_end: None,
            day: (number, begins),
        })
    }
}

/// How a date is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Moment {
    /// The moments that compare so with this one. A day is equal to every moment of it, and
    /// otherwise stands for its beginning.
    pub fn moments(self, compare: Compare) -> Span {
        let end = match compare {
            Compare::Equal => self.day_end.unwrap_or(self.at + 1),
            _ => self.at + 1,
        };
        span(compare, self.at, end)
    }

    /// The days whose beginning compares so with this.
    pub fn days(self, compare: Compare) -> Span {
        let (day, begins) = self.day;
        match compare {
            Compare::Equal if !begins => Span::NONE,
            Compare::LessOrEqual if !begins => span(Compare::Less, day, day),
            Compare::Greater if !begins => span(Compare::GreaterOrEqual, day, day),
            _ => span(compare, day, day + 1),
        }
    }
}

/// The numbers that compare so with `from`, of which `until` is the next.
pub fn span(compare: Compare, from: i64, until: i64) -> Span {
    let (lower, upper) = match compare {
        Compare::Equal => (from, until),
        Compare::Less => (i64::MIN, from),
        Compare::LessOrEqual => (i64::MIN, until),
        Compare::Greater => (until, EMPTY),
        Compare::GreaterOrEqual => (from, EMPTY),
    };
    Span {
        from: lower,
        until: upper,
    }
}

/// `2026-11-30`, also with fewer digits.
fn read_day(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let mut number = |digits_max: usize| {
        let part = parts.next()?;
        let digits = part.bytes().all(|byte| byte.is_ascii_digit());
        (digits && part.len() <= digits_max).then(|| part.parse::<i16>().ok())?
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    if parts.next().is_some() || year < 1_000 {
        return None;
    }
    Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()
}

/// `-1w2d`, `4h`, `30m`, `+1M`, `1y`; a bare number counts in `unit`, if there is one.
fn length(text: &str, unit: Option<Length>) -> Option<Length> {
    let (negative, mut rest) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let mut length = Length::new();
    let mut is_first = true;
    while !rest.is_empty() || is_first {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > DIGITS_MAX {
            return None;
        }
        let number: i64 = rest[..digits].parse().ok()?;
        rest = rest[digits..].trim_start();
        let Some(letter) = rest.chars().next() else {
            let unit = unit.filter(|_| is_first)?;
            return unit
                .checked_mul(if negative { -number } else { number })
                .ok();
        };
        length = match letter {
            'y' => length.try_years(i64::from(length.get_years()) + number),
            'M' => length.try_months(i64::from(length.get_months()) + number),
            'w' => length.try_weeks(i64::from(length.get_weeks()) + number),
            'd' => length.try_days(i64::from(length.get_days()) + number),
            'h' => length.try_hours(i64::from(length.get_hours()) + number),
            'm' => length.try_minutes(length.get_minutes() + number),
            _ => return None,
        }
        .ok()?;
        rest = rest[letter.len_utf8()..].trim_start();
        is_first = false;
    }
    Some(if negative { length.negate() } else { length })
}
