//! Days and stretches of time in Chinese: `明天`, `下周三`, `月底`, `12月5号`, `三天内`.

use super::clock::Period;
use super::cursor::Cursor;
use super::day::{Day, Today, When, date, full_date};
use super::number::{fresh_number, number};

const WITHIN: [&str; 3] = ["之内", "以内", "内"];
/// What makes a number with 号 the name of something else.
const NUMBERED: &str = "楼线机店门院房位库桌车服选种球文仓厅馆桥站柜键方码节会员卡章单段路屏";

pub fn day<'a>(at: Cursor<'a>, today: &Today) -> Option<(When, Cursor<'a>)> {
    near(at, today)
        .or_else(|| week(at, today))
        .or_else(|| month(at, today))
        .or_else(|| quarter_or_year(at, today))
        .or_else(|| later(at, today))
        .or_else(|| month_and_day(at, today))
        .or_else(|| day_of_month(at, today))
}

fn near<'a>(at: Cursor<'a>, today: &Today) -> Option<(When, Cursor<'a>)> {
    let never = [
        "大前天",
        "前天",
        "昨天",
        "昨日",
        "昨晚",
        "每天",
        "每日",
        "每晚",
        "每个工作日",
    ];
    if let Some(behind) = at.eat_one_of(&never) {
        return Some((When::Never, behind));
    }
    let ((days, period), behind) = at.eat_any(&[
        ("大后天", (3, None)),
        ("后天", (2, None)),
        ("明天", (1, None)),
        ("明日", (1, None)),
        ("明早", (1, Some(Period::Morning))),
        ("明晚", (1, Some(Period::Evening))),
        ("今天", (0, None)),
        ("今日", (0, None)),
        ("今早", (0, Some(Period::Morning))),
        ("今晚", (0, Some(Period::Evening))),
        ("今夜", (0, Some(Period::Evening))),
    ])?;
    // 说明天气, 然后天..., 以后天...
    if behind.followed_by("气") || (days == 2 && at.preceded_by("然以之最先")) {
        return None;
    }
    let found = today.plus_days(days).map(|date| {
        When::Day(Day {
            date,
            period,
            full: false,
        })
    });
    Some((found?, behind))
}

/// Which week, month or year: so many after this one, or one that nothing is due in.
type Which = Option<i32>;

fn week<'a>(at: Cursor<'a>, today: &Today) -> Option<(When, Cursor<'a>)> {
    let prefix = at.eat_any::<Which>(&[
        ("下下个", Some(2)),
        ("下下", Some(2)),
        ("下个", Some(1)),
        ("下", Some(1)),
        ("这个", Some(0)),
        ("本", Some(0)),
        ("这", Some(0)),
        ("上上个", None),
        ("上上", None),
        ("上个", None),
        ("上", None),
        ("每个", None),
        ("每", None),
    ]);
    // 一周三次
    if prefix.is_none() && at.preceded_by("一二两三四五六七八九十半几") {
        return None;
    }
    let start = prefix.map_or(at, |(_, behind)| behind);
    let behind = start.eat_one_of(&["星期", "礼拜", "周"])?;
    let which = prefix.map(|(which, _)| which);
    let Some((day, behind)) = weekday(behind) else {
        return part_of_week(behind, which, today);
    };
    let found = match which {
        None => today.coming_weekday(day),
        Some(Some(weeks)) => today.weekday(weeks, day),
        Some(None) => None,
    };
    Some((When::maybe(found), behind))
}

/// Monday is 1. Not `周日报`.
fn weekday(at: Cursor) -> Option<(i32, Cursor)> {
    let letter = at.peek()?;
    let day = "一二三四五六日"
        .chars()
        .position(|day| day == letter)
        .map(|day| day as i32 + 1);
    let day = match letter {
        '天' => 7,
        '1'..='6' => letter.to_digit(10)? as i32,
        _ => day?,
    };
    let behind = at.next()?;
    let cut = letter.is_ascii_digit() && behind.peek().is_some_and(|l| l.is_ascii_digit());
    let cut = cut || (day == 7 && behind.followed_by("报刊常期"));
    (!cut).then_some((day, behind))
}

fn part_of_week<'a>(
    at: Cursor<'a>,
    which: Option<Which>,
    today: &Today,
) -> Option<(When, Cursor<'a>)> {
    let part = at.eat_any(&[("末", 7), ("初", 1)]);
    let (weeks, behind) = match (which, part) {
        (None, Some((7, _))) => (0, at),
        (Some(None), _) => return Some((When::Never, part.map_or(at, |(_, behind)| behind))),
        (Some(Some(weeks)), _) => (weeks, at),
        (None, _) => return None,
    };
    if let Some((day, behind)) = part {
        return Some((When::maybe(today.weekday(weeks, day)), behind));
    }
    // 本周报, 下周会
    if behind.followed_by("报刊期边围年") {
        return None;
    }
    let behind = behind.eat_one_of(&WITHIN).unwrap_or(behind);
    Some((When::maybe(today.end_of_week(weeks)), behind))
}

fn month<'a>(at: Cursor<'a>, today: &Today) -> Option<(When, Cursor<'a>)> {
    let prefix = at.eat_any::<Which>(&[
        ("下个月", Some(1)),
        ("下月", Some(1)),
        ("这个月", Some(0)),
        ("本月", Some(0)),
        ("当月", Some(0)),
        ("上个月", None),
        ("上月", None),
        ("每个月", None),
        ("每月", None),
    ]);
    let Some((which, behind)) = prefix else {
        let behind = at.eat("月底").or_else(|| at.eat("月末"))?;
        return Some((When::maybe(today.end_of_month(0)), behind));
    };
    let part = behind.eat_any(&[("底", 31), ("末", 31), ("初", 1), ("中旬", 15), ("中", 15)]);
    let day = part.or_else(|| {
        let (day, behind) = number(behind)?;
        Some((day, behind.eat_one_of(&["号", "日"])?))
    });
    let Some(months) = which else {
        return Some((When::Never, day.map_or(behind, |(_, behind)| behind)));
    };
    let start = today.start_of_month(months)?;
    Some(match day {
        Some((31, behind)) if part.is_some() => (When::date(start.last_of_month()), behind),
        Some((day, behind)) => (
            When::maybe(date(start.year().into(), start.month().into(), day)),
            behind,
        ),
        None => {
            let behind = behind.eat_one_of(&WITHIN).unwrap_or(behind);
            (When::date(start.last_of_month()), behind)
        }
    })
}

fn quarter_or_year<'a>(at: Cursor<'a>, today: &Today) -> Option<(When, Cursor<'a>)> {
    let quarters = [
        "本季度末",
        "本季度底",
        "这个季度",
        "本季度",
        "季度末",
        "季度底",
        "季末",
    ];
    if let Some(behind) = at.eat_one_of(&quarters) {
        let behind = behind.eat_one_of(&WITHIN).unwrap_or(behind);
        return Some((When::maybe(today.end_of_quarter()), behind));
    }
    if let Some((year, behind)) = fresh_number(at).filter(|(year, _)| *year >= 1000) {
        let behind = behind.eat_one_of(&["年底", "年末"])?;
        return Some((When::maybe(date(year, 12, 31)), behind));
    }
    let (years, behind) = at.eat_any::<Which>(&[
        ("明年年底", Some(1)),
        ("明年底", Some(1)),
        ("今年年底", Some(0)),
        ("今年底", Some(0)),
        ("去年年底", None),
        ("去年底", None),
        ("每年年底", None),
        ("每年底", None),
        ("年底", Some(0)),
        ("年末", Some(0)),
        ("今年内", Some(0)),
        ("年内", Some(0)),
    ])?;
    Some((
        When::maybe(years.and_then(|years| today.end_of_year(years))),
        behind,
    ))
}

#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Minute,
    Hour,
    Day,
    WorkingDay,
    Week,
    Month,
    Year,
}

/// `3天后`, `两周内`, `半小时后`, `三个工作日内`; `三天前` is over.
fn later<'a>(at: Cursor<'a>, today: &Today) -> Option<(When, Cursor<'a>)> {
    let half = at.eat("半").map(|behind| (0, behind));
    let (count, behind) = half.or_else(|| fresh_number(at))?;
    let spaced = behind.skip_spaces();
    let measure = spaced.eat("个").unwrap_or(spaced);
    let and_half = measure
        .eat("半")
        .filter(|_| half.is_none() && measure.is_after(spaced));
    let (unit, behind) = and_half.unwrap_or(measure).skip_spaces().eat_any(&[
        ("工作日", Unit::WorkingDay),
        ("分钟", Unit::Minute),
        ("小时", Unit::Hour),
        ("钟头", Unit::Hour),
        ("天", Unit::Day),
        ("日", Unit::Day),
        ("周", Unit::Week),
        ("星期", Unit::Week),
        ("礼拜", Unit::Week),
        ("月", Unit::Month),
        ("年", Unit::Year),
    ])?;
    // `12月内` is December, `12个月内` a year; `2026年后` is no stretch of time either.
    let dated = matches!(unit, Unit::Month) && half.is_none() && !measure.is_after(spaced);
    if dated || (unit == Unit::Year && count > 99) {
        return None;
    }
    let (also_half, behind) = match behind.eat("半") {
        Some(behind) if unit == Unit::Hour && half.is_none() => (true, behind),
        _ => (and_half.is_some(), behind),
    };
    let (ahead, behind) = behind.skip_spaces().eat_any(&[
        ("之后", true),
        ("以后", true),
        ("后", true),
        ("之内", true),
        ("以内", true),
        ("内", true),
        ("之前", false),
        ("以前", false),
        ("前", false),
    ])?;
    let halves = i64::from(count) * 2 + i64::from(also_half || half.is_some());
    let when = if ahead {
        after(halves, unit, today)
    } else {
        Some(When::Never)
    };
    Some((when.unwrap_or(When::Never), behind))
}

/// So many halves of the unit from now; half days and weeks are rounded up.
fn after(halves: i64, unit: Unit, today: &Today) -> Option<When> {
    let whole = i32::try_from((halves + 1) / 2).ok()?;
    let even = halves % 2 == 0;
    Some(match unit {
        Unit::Minute => When::Minutes(halves / 2),
        Unit::Hour => When::Minutes(halves * 30),
        Unit::Day => When::maybe(today.plus_days(whole)),
        Unit::WorkingDay => When::maybe(today.plus_working_days(whole)),
        Unit::Week => When::maybe(today.plus_days(i32::try_from(halves * 7 + 1).ok()? / 2)),
        Unit::Month if even => When::maybe(months_later(whole, today)),
        Unit::Month => When::maybe(
            months_later(whole - 1, today)?
                .checked_add(jiff::Span::new().days(15))
                .ok(),
        ),
        Unit::Year => When::maybe(months_later(i32::try_from(halves * 6).ok()?, today)),
    })
}

fn months_later(months: i32, today: &Today) -> Option<jiff::civil::Date> {
    today
        .date
        .checked_add(jiff::Span::new().try_months(months).ok()?)
        .ok()
}

/// `12月5日`, `2026年1月3号`, `明年三月底`, `十二月初`.
fn month_and_day<'a>(at: Cursor<'a>, today: &Today) -> Option<(When, Cursor<'a>)> {
    let this_year = i32::from(today.date.year());
    let named = at.eat_any(&[("今年", this_year), ("明年", this_year + 1)]);
    let year = named.or_else(|| {
        let (year, behind) = fresh_number(at).filter(|(year, _)| *year >= 1000)?;
        Some((year, behind.skip_spaces().eat("年")?))
    });
    let start = year.map_or(at, |(_, behind)| behind.skip_spaces());
    let (month, behind) = if year.is_some() {
        number(start)
    } else {
        fresh_number(start)
    }?;
    let behind = behind
        .skip_spaces()
        .eat("月份")
        .or_else(|| behind.skip_spaces().eat("月"))?;
    let behind = behind.skip_spaces();
    let year = year.map(|(year, _)| year);
    let part = behind.eat_any(&[("底", 31), ("末", 31), ("初", 1), ("中旬", 15)]);
    if let Some((part, behind)) = part {
        let found = match year {
            _ if part == 31 => year.map_or_else(
                || today.coming_end_of(month),
                |year| date(year, month, 1).map(|date| date.last_of_month()),
            ),
            Some(year) => date(year, month, part),
            None => today.coming_date(month, part),
        };
        return Some((When::maybe(found), behind));
    }
    let (day, behind) = number(behind)?;
    let behind = behind.skip_spaces().eat_one_of(&["日", "号"])?;
    let when = match year {
        Some(year) => full_date(year, month, day),
        None => When::maybe(today.coming_date(month, day)),
    };
    Some((when, behind))
}

/// `5号`, `二十五日`; not `3号楼`.
fn day_of_month<'a>(at: Cursor<'a>, today: &Today) -> Option<(When, Cursor<'a>)> {
    let (day, behind) = fresh_number(at).filter(|(day, _)| (1..=31).contains(day))?;
    let behind = behind.skip_spaces().eat_one_of(&["号", "日"])?;
    let other = behind.followed_by(NUMBERED) || behind.followed_by("游常志语历均报活");
    (!other && !at.preceded_by("月年")).then(|| (When::maybe(today.coming_day(day)), behind))
}
