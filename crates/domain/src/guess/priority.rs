//! How pressing the words of a message sound.
//!
//! | | words |
//! |---|---|
//! | urgent | 紧急, 加急, 特急, 十万火急, urgent, emergency, P0, `!!!` (three or more, also `！`) |
//! | high | 尽快, 尽早, 立刻, 立即, 马上, 很急, 比较急, 急需, 急用, 高优先级, ASAP, high priority, P1 |
//! | medium | P2 |
//! | low | 不急, 不着急, 低优先级, low priority, no rush, no hurry, P3, or one of the above denied |
//!
//! The most pressing counts; low only if nothing presses.

use super::cursor::{Cursor, Letters};
use tenon_protocol::task::Priority;

const WORDS: &[(&str, Priority)] = &[
    ("不紧急", Priority::Low),
    ("不着急", Priority::Low),
    ("不急", Priority::Low),
    ("低优先级", Priority::Low),
    ("low priority", Priority::Low),
    ("low-priority", Priority::Low),
    ("no rush", Priority::Low),
    ("no hurry", Priority::Low),
    ("p3", Priority::Low),
    ("p2", Priority::Medium),
    ("尽快", Priority::High),
    ("尽早", Priority::High),
    ("立刻", Priority::High),
    ("立即", Priority::High),
    ("马上", Priority::High),
    ("很急", Priority::High),
    ("比较急", Priority::High),
    ("挺急", Priority::High),
    ("急用", Priority::High),
    ("急需", Priority::High),
    ("高优先级", Priority::High),
    ("as soon as possible", Priority::High),
    ("asap", Priority::High),
    ("high priority", Priority::High),
    ("high-priority", Priority::High),
    ("p1", Priority::High),
    ("紧急", Priority::Urgent),
    ("加急", Priority::Urgent),
    ("特急", Priority::Urgent),
    ("十万火急", Priority::Urgent),
    ("urgently", Priority::Urgent),
    ("urgent", Priority::Urgent),
    ("emergency", Priority::Urgent),
    ("p0", Priority::Urgent),
    ("!!!", Priority::Urgent),
];

const DENIALS: [&str; 16] = [
    "不是",
    "不太",
    "不算",
    "不那么",
    "不用",
    "不必",
    "没那么",
    "并不",
    "无需",
    "不",
    "非",
    "没有",
    "not",
    "not that",
    "isn't",
    "non-",
];

/// `None` if nothing is said about it.
pub fn find(text: &str) -> Priority {
    let letters = Letters::new(text);
    let mut at = letters.cursor();
    let mut found = Priority::None;
    let mut denied = None;
    while let Some(next) = at.next() {
        // A denial reaches the word after it, with a `很` or `so` in between.
        if let Some(behind) = at
            .eat_one_of(&DENIALS)
            .filter(|_| at.eat_any(WORDS).is_none())
        {
            denied = Some(behind.skip(&["很", "太", "特别", "that", "so", "very", "a"]));
        }
        let Some((priority, behind)) = at.eat_any(WORDS) else {
            at = next;
            continue;
        };
        let is_denied = denied.is_some_and(|denied: Cursor| !at.is_after(denied));
        found = found.max(if is_denied { Priority::Low } else { priority });
        at = behind;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_press() {
        for (text, expected) in [
            ("修一下登录页", Priority::None),
            ("紧急：登录页打不开", Priority::Urgent),
            ("请加急处理", Priority::Urgent),
            ("Urgent: login is down", Priority::Urgent),
            ("login is down!!!", Priority::Urgent),
            ("登录不了！！！", Priority::Urgent),
            ("wow!!", Priority::None),
            ("P0 incident", Priority::Urgent),
            ("HTTP0", Priority::None),
            ("尽快修一下", Priority::High),
            ("fix it ASAP", Priority::High),
            ("asapp", Priority::None),
            ("as soon as possible please", Priority::High),
            ("尽快，很紧急", Priority::Urgent),
            ("高优先级", Priority::High),
            ("p2 bug", Priority::Medium),
            ("不急，有空再看", Priority::Low),
            ("这个不紧急", Priority::Low),
            ("不是很紧急", Priority::Low),
            ("不太紧急", Priority::Low),
            ("非紧急", Priority::Low),
            ("not urgent", Priority::Low),
            ("it is not that urgent", Priority::Low),
            ("non-urgent", Priority::Low),
            ("low priority", Priority::Low),
            ("不能登录，紧急", Priority::Urgent),
            ("do not wait, urgent", Priority::Urgent),
            ("no rush but P1", Priority::High),
            ("", Priority::None),
        ] {
            assert_eq!(find(text), expected, "{text}");
        }
    }
}
