//! Whether the words of a message report a bug: 缺陷, 故障, 报错, 崩溃, bug, crash and their like,
//! unless they are denied.

use super::cursor::Letters;
use std::ops::Range;

const WORDS: &[&str] = &[
    "缺陷",
    "故障",
    "报错",
    "崩溃",
    "闪退",
    "bugs",
    "bug",
    "defect",
    "crashes",
    "crashed",
    "crashing",
    "crash",
    "regression",
];

const DENIALS: &[&str] = &[
    "不是", "没有", "并非", "不算", "无", "not a", "isn't a", "no", "without",
];

/// The words that say so, as bytes of the text.
pub fn find_bug(text: &str) -> Option<Range<usize>> {
    let letters = Letters::new(text);
    let mut at = letters.cursor();
    let mut denied = None;
    while let Some(next) = at.next() {
        if let Some(behind) = at.eat_one_of(DENIALS) {
            denied = Some(behind.skip(&["什么", "任何", "any"]));
        }
        if let Some(behind) = at.eat_one_of(WORDS) {
            let is_denied = denied.is_some_and(|denied| !at.is_after(denied));
            if !is_denied {
                return Some(letters.offset(at)..letters.offset(behind));
            }
        }
        at = next;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bug_is_told_by_its_words() {
        for (text, expected) in [
            ("登录页报错 500", Some("报错")),
            ("支付故障，请看下", Some("故障")),
            ("这是一个缺陷", Some("缺陷")),
            ("There is a Bug in the login", Some("Bug")),
            ("The app crashes on start", Some("crashes")),
            ("这里有bug", Some("bug")),
            ("debugger is slow", None),
            ("bugfix release on Friday", None),
            ("这不是 bug", None),
            ("not a bug, but slow", None),
            ("没有报错", None),
            ("写一下周报", None),
            ("", None),
        ] {
            let found = find_bug(text).map(|place| &text[place]);
            assert_eq!(found, expected, "{text}");
        }
    }
}
