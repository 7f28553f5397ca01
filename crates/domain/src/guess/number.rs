//! Whole numbers in digits, in Chinese (`二十五`, `两`, `二〇二六`) and in English words.

use super::cursor::Cursor;

/// Limit: digits of a number, so that nothing overflows.
const DIGITS_MAX: usize = 4;

const CHINESE: &str = "〇零一二两三四五六七八九十廿百";

/// A number in digits or in Chinese.
pub fn number(at: Cursor) -> Option<(i32, Cursor)> {
    digits(at).or_else(|| chinese(at))
}

/// A number where one may begin: not in the middle of another, nor after a sign that makes it
/// something else (`第三`, `每3`, `#5`, `v2`).
pub fn fresh_number(at: Cursor) -> Option<(i32, Cursor)> {
    may_begin(at).then(|| number(at)).flatten()
}

pub fn may_begin(at: Cursor) -> bool {
    let part_of_word = |at: Cursor| at.before().is_some_and(crate::names::is_word);
    // `10:30` and `v1.2`, but `时间:10点`.
    let joined = at.preceded_by(".-/:") && at.back().is_some_and(part_of_word);
    !joined && !part_of_word(at) && !at.preceded_by("第每#$¥_=") && !at.preceded_by(CHINESE)
}

/// 1 to 4 digits, and no more of them.
pub fn digits(mut at: Cursor) -> Option<(i32, Cursor)> {
    let mut value = 0;
    let mut count = 0;
    while let Some(digit) = at.peek().and_then(|letter| letter.to_digit(10)) {
        count += 1;
        if count > DIGITS_MAX {
            return None;
        }
        value = value * 10 + digit as i32;
        at = at.next()?;
    }
    (count > 0).then_some((value, at))
}

/// A number in English words, also `a` and `a couple of`.
pub fn english(at: Cursor) -> Option<(i32, Cursor)> {
    at.eat_any(&[
        ("a couple of", 2),
        ("couple of", 2),
        ("an", 1),
        ("a", 1),
        ("one", 1),
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("nine", 9),
        ("ten", 10),
        ("eleven", 11),
        ("twelve", 12),
        ("fifteen", 15),
        ("twenty", 20),
        ("thirty", 30),
        ("ninety", 90),
    ])
}

fn chinese(mut at: Cursor) -> Option<(i32, Cursor)> {
    let (mut total, mut digits, mut count, mut units) = (0, 0, 0, false);
    while let Some(letter) = at.peek().filter(|letter| CHINESE.contains(*letter)) {
        count += 1;
        if count > DIGITS_MAX + 1 {
            return None;
        }
        let unit = match letter {
            '十' => 10,
            '百' => 100,
            '廿' => 20,
            _ => 0,
        };
        if unit == 20 {
            (total, units) = (total + 20, true);
        } else if unit > 0 {
            (total, digits, units) = (total + i32::max(digits, 1) * unit, 0, true);
        } else {
            digits = if units {
                digit(letter)
            } else {
                digits * 10 + digit(letter)
            };
        }
        at = at.next()?;
    }
    (count > 0).then_some((total + digits, at))
}

fn digit(letter: char) -> i32 {
    match letter {
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::cursor::Letters;
    use super::*;

    #[test]
    fn numbers_are_read() {
        for (text, expected) in [
            ("7", Some(7)),
            ("２０２６年", Some(2026)),
            ("12345", None),
            ("十", Some(10)),
            ("十二", Some(12)),
            ("二十五", Some(25)),
            ("三十", Some(30)),
            ("廿五", Some(25)),
            ("两", Some(2)),
            ("一百二十", Some(120)),
            ("一百零五", Some(105)),
            ("二〇二六", Some(2026)),
            ("一二三四五六七八九", None),
            ("a", None),
            ("", None),
        ] {
            let letters = Letters::new(text);
            assert_eq!(
                number(letters.cursor()).map(|(value, _)| value),
                expected,
                "{text}"
            );
        }
    }
}
