//! Times of day: `下午三点半`, `15:30`, `3 pm`, `noon`.
//!
//! Without a word for the part of the day, 1 to 6 o'clock are in the afternoon (unless written
//! `03:00`), and an hour of today that has passed is the same hour of the evening (unless written
//! `9:30`).

use super::cursor::Cursor;
use super::number::{digits, may_begin, number};

/// Part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    Morning,
    Noon,
    Afternoon,
    Evening,
}

/// A time of day as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    hour: i32,
    minute: i32,
    period: Option<Period>,
    /// As it is written on a 24-hour clock: `03:00`, `9:30`.
    full: bool,
    /// Cannot be anything but a time, even without a day before it.
    pub certain: bool,
}

impl Clock {
    /// Noon sharp.
    pub const NOON: Clock = Clock {
        hour: 12,
        minute: 0,
        period: Some(Period::Noon),
        full: true,
        certain: false,
    };

    /// Minutes since midnight of the day, may reach into the next. `day_period` is what was said
    /// with the day (`今晚`), `passed` the minutes of the day that are over.
    pub fn minutes(self, day_period: Option<Period>, passed: i32) -> i32 {
        let hour = match (self.period.or(day_period), self.hour) {
            (Some(Period::Morning), 12) => 0,
            (Some(Period::Noon), 1..=3) | (Some(Period::Afternoon), 1..=11) => self.hour + 12,
            (Some(Period::Evening), 5..=11) => self.hour + 12,
            (Some(Period::Evening), 0..=4) => self.hour + 24,
            (Some(Period::Evening), 12) => 24,
            (None, 1..=6) if !self.full => self.hour + 12,
            (None, 7..=11) if !self.full && self.hour * 60 + self.minute <= passed => {
                self.hour + 12
            }
            (_, hour) => hour,
        };
        hour * 60 + self.minute
    }
}

/// A time of day. `after_at`: it stands after "at", where a number alone is an hour.
pub fn clock(at: Cursor, after_at: bool) -> Option<(Clock, Cursor)> {
    if let Some(behind) = at.eat_one_of(&["noon", "midday", "12 noon"]) {
        return Some((Clock::NOON, behind));
    }
    let named = period(at);
    let (period, start) = named.map_or((None, at), |(period, at)| (Some(period), at.skip_spaces()));
    let found = hours(start, after_at);
    let Some((mut clock, behind)) = found else {
        let noon = named.filter(|(period, _)| *period == Period::Noon);
        return noon.map(|(_, behind)| (Clock::NOON, behind));
    };
    // `晚一点` is "a little later".
    if start.preceded_by("早晚") && period.is_some() && clock.hour == 1 && !clock.certain {
        return None;
    }
    if period.is_some() {
        clock.period = period;
        clock.certain = true;
    }
    Some((clock, behind))
}

/// A word for a part of the day.
pub fn period(at: Cursor) -> Option<(Period, Cursor)> {
    at.eat_any(&[
        ("凌晨", Period::Morning),
        ("清晨", Period::Morning),
        ("早上", Period::Morning),
        ("早晨", Period::Morning),
        ("上午", Period::Morning),
        ("早", Period::Morning),
        ("中午", Period::Noon),
        ("下午", Period::Afternoon),
        ("午后", Period::Afternoon),
        ("傍晚", Period::Evening),
        ("晚上", Period::Evening),
        ("晚间", Period::Evening),
        ("夜里", Period::Evening),
        ("深夜", Period::Evening),
        ("半夜", Period::Evening),
        ("晚", Period::Evening),
        ("morning", Period::Morning),
        ("noon", Period::Noon),
        ("afternoon", Period::Afternoon),
        ("evening", Period::Evening),
        ("night", Period::Evening),
    ])
}

fn hours(at: Cursor, after_at: bool) -> Option<(Clock, Cursor)> {
    // `2026-12-05T15:30`
    let in_stamp = at.preceded_by("t") && at.back().is_some_and(|t| t.preceded_by("0123456789"));
    if !may_begin(at) && !in_stamp {
        return None;
    }
    let full = at.followed_by("0");
    let (hour, behind) = number(at)?;
    if !(0..=24).contains(&hour) {
        return None;
    }
    let clock = Clock {
        hour,
        minute: 0,
        period: None,
        full,
        certain: true,
    };
    let found = minutes(at, behind, clock);
    let (clock, behind) = match found {
        Some((clock, behind)) => (clock, behind),
        None => (
            Clock {
                certain: false,
                ..clock
            },
            behind,
        ),
    };
    if let Some((period, behind)) = meridiem(behind).filter(|_| (1..=12).contains(&hour)) {
        return Some((
            Clock {
                period: Some(period),
                certain: true,
                ..clock
            },
            behind,
        ));
    }
    let whole = behind
        .eat("o'clock")
        .or_else(|| behind.skip_spaces().eat("o'clock"));
    match (found, whole) {
        _ if hour == 24 && clock.minute > 0 => None,
        (Some(found), _) => Some(found),
        (None, Some(behind)) => Some((
            Clock {
                certain: true,
                ..clock
            },
            behind,
        )),
        (None, None) if after_at && (1..=23).contains(&hour) && ends(behind) => {
            Some((clock, behind))
        }
        (None, None) => None,
    }
}

/// The hour at `start` with the minutes `behind` it, if any are written.
fn minutes<'a>(start: Cursor, behind: Cursor<'a>, clock: Clock) -> Option<(Clock, Cursor<'a>)> {
    if let Some((minute, behind)) = colon(behind) {
        let full = clock.full || clock.hour > 6;
        let clock = Clock {
            minute,
            full,
            ..clock
        };
        return Some((clock, behind));
    }
    let in_figures = digits(start).is_some() && !start.preceded_by("有提这那共下几列");
    chinese_minutes(behind, clock, in_figures)
}

/// True behind a whole number that no fraction, unit or word goes on from.
fn ends(behind: Cursor) -> bool {
    let fraction = behind.eat_raw(".").and_then(digits).is_some();
    let goes_on = behind
        .peek()
        .is_some_and(|l| l.is_alphanumeric() || "%:/-$".contains(l));
    !fraction && !goes_on
}

/// `:30`, and no seconds nor anything longer after it.
fn colon(at: Cursor) -> Option<(i32, Cursor)> {
    let start = at.eat_raw(":")?;
    let (minute, behind) = digits(start)?;
    let two = start
        .next()?
        .next()
        .is_some_and(|two| !behind.is_after(two) && !two.is_after(behind));
    let goes_on = behind.followed_by(":%") || behind.followed_by("/-");
    (two && minute < 60 && !goes_on).then_some((minute, behind))
}

/// `点`, `点半`, `点一刻`, `点四十五分`, `点钟`. A bare `点` may also mean a point of a list.
fn chinese_minutes(at: Cursor, clock: Clock, in_figures: bool) -> Option<(Clock, Cursor)> {
    let at = at.skip_spaces();
    let at = at.eat_raw("点").or_else(|| {
        let at = at.eat_raw("时")?;
        (!at.followed_by("间候段长区差期刻")).then_some(at)
    })?;
    let part = at.eat_any(&[("半", 30), ("一刻", 15), ("三刻", 45), ("整", 0), ("钟", 0)]);
    if let Some((minute, behind)) = part {
        return Some((
            Clock {
                minute,
                certain: true,
                ..clock
            },
            behind,
        ));
    }
    if let Some((minute, behind)) = number(at).filter(|(minute, _)| *minute < 60) {
        let behind = behind
            .eat_raw("分")
            .filter(|behind| !behind.followed_by("钟"))
            .unwrap_or(behind);
        return Some((
            Clock {
                minute,
                certain: true,
                ..clock
            },
            behind,
        ));
    }
    Some((
        Clock {
            certain: in_figures && !begins_a_list(at),
            ..clock
        },
        at,
    ))
}

/// `3点建议`, `3点：`: points of a list. In figures an hour is likelier than in characters.
fn begins_a_list(at: Cursor) -> bool {
    at.followed_by("建意原问要需改不内说理想反思优:") || at.skip_spaces().followed_by("建意原:")
}

fn meridiem(at: Cursor) -> Option<(Period, Cursor)> {
    let at = at.skip_spaces();
    let words = [
        ("a.m.", Period::Morning),
        ("p.m.", Period::Afternoon),
        ("am", Period::Morning),
        ("pm", Period::Afternoon),
    ];
    words.into_iter().find_map(|(word, period)| {
        let behind = at.eat_raw(word)?;
        (!behind.peek().is_some_and(crate::names::is_word)).then_some((period, behind))
    })
}
