//! What may be typed into a field: trimmed, bounded, without control characters. Used by every
//! decision that takes words.

use crate::refusal::Refusal;
use unicode_normalization::char::is_combining_mark;

/// Limit: accents on one letter of a name. Vietnamese has two, Thai three, Hebrew more.
const ACCENTS_MAX: usize = 4;

/// What somebody or something is called, at most `chars_max` characters: it looks like what it is,
/// so that no two that differ look the same. Returns it trimmed.
pub(crate) fn check_name<'a>(
    field: &'static str,
    text: &'a str,
    chars_max: usize,
) -> Result<&'a str, Refusal> {
    let text = check_line(field, text, chars_max)?;
    let (mut before, mut accents) = (None, 0);
    for c in text.chars() {
        accents = if is_combining_mark(c) { accents + 1 } else { 0 };
        if accents > ACCENTS_MAX || !(is_seen(c) || is_joiner(before, c)) {
            return Err(Refusal::Unseen { field });
        }
        before = Some(c);
    }
    Ok(text)
}

/// The id of something in a list of a project: 1 to 40 of a-z, 0-9 and underscore.
pub(crate) fn is_short_id(id: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    (1..=40).contains(&id.len()) && id.bytes().all(allowed)
}

/// One line that must be there, at most `chars_max` characters. Returns it trimmed.
pub(crate) fn check_line<'a>(
    field: &'static str,
    text: &'a str,
    chars_max: usize,
) -> Result<&'a str, Refusal> {
    let text = check_optional_line(field, text, chars_max)?;
    if has_ink(text) {
        Ok(text)
    } else {
        Err(Refusal::Empty { field })
    }
}

/// Something of it can be seen.
pub(crate) fn has_ink(text: &str) -> bool {
    let mut all = text.chars();
    all.any(|c| is_seen(c) && !c.is_whitespace() && !is_combining_mark(c))
}

/// Neither invisible nor turning the direction of writing.
pub(crate) fn is_seen(c: char) -> bool {
    let hidden = matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}');
    !c.is_control() && !hidden
}

/// Invisible, but part of what is seen: it joins emoji (👩‍💻), and parts letters in Persian and in
/// scripts of India. Beside letters of other scripts it would only hide.
fn is_joiner(before: Option<char>, c: char) -> bool {
    let is_one = matches!(c, '\u{200c}' | '\u{200d}');
    is_one && before.is_some_and(|before| !before.is_ascii() && !is_alike(before))
}

/// Of a script that joins nothing: Latin, Greek, Cyrillic, Chinese, Japanese, Korean.
fn is_alike(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{52f}' | '\u{1100}'..='\u{11ff}' | '\u{1e00}'..='\u{1fff}'
        | '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}'
        | '\u{20000}'..='\u{3ffff}')
}

/// One line that may be empty, at most `chars_max` characters. Returns it trimmed.
pub(crate) fn check_optional_line<'a>(
    field: &'static str,
    text: &'a str,
    chars_max: usize,
) -> Result<&'a str, Refusal> {
    let text = text.trim();
    if text.chars().any(|c| c.is_control() || is_line_separator(c)) {
        return Err(Refusal::ControlCharacter { field });
    }
    check_chars(field, text, chars_max)?;
    Ok(text)
}

/// Several lines that may be empty, at most `chars_max` characters. Returns them trimmed.
pub(crate) fn check_paragraph<'a>(
    field: &'static str,
    text: &'a str,
    chars_max: usize,
) -> Result<&'a str, Refusal> {
    let text = text.trim();
    check_controls(field, text)?;
    check_chars(field, text, chars_max)?;
    Ok(text)
}

/// Markdown that may be empty, at most `bytes_max` bytes; leading spaces mean something there.
pub(crate) fn check_markdown(
    field: &'static str,
    text: &str,
    bytes_max: usize,
) -> Result<(), Refusal> {
    if text.len() > bytes_max {
        return Err(Refusal::TooLarge { field, bytes_max });
    }
    check_controls(field, text)
}

fn check_controls(field: &'static str, text: &str) -> Result<(), Refusal> {
    if text
        .chars()
        .any(|c| c.is_control() && c != '\n' && c != '\t')
    {
        return Err(Refusal::ControlCharacter { field });
    }
    Ok(())
}

fn check_chars(field: &'static str, text: &str, chars_max: usize) -> Result<(), Refusal> {
    // A text of n bytes has at most n characters: most need no counting.
    if text.len() > chars_max && text.chars().count() > chars_max {
        return Err(Refusal::TooLong { field, chars_max });
    }
    Ok(())
}

fn is_line_separator(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_looks_like_what_it_is() {
        for name in [
            "陈默",
            "İnci Kılıç",
            "Nguyễn Ái",
            "می‌خواهم",
            "👩‍💻 开发",
            "שָׁלוֹם",
            "R&D 研发",
        ] {
            assert_eq!(check_name("name", name, 60), Ok(name), "{name:?}");
        }
        let twins = [
            "陈\u{200b}默",
            "陈\u{200d}默",
            "a\u{200d}b",
            "\u{202e}evil",
            "x\u{3164}",
            "e\u{301}\u{301}\u{301}\u{301}\u{301}",
        ];
        for name in twins {
            let refused = Err(Refusal::Unseen { field: "name" });
            assert_eq!(check_name("name", name, 60), refused, "{name:?}");
        }
    }

    #[test]
    fn what_nobody_sees_is_empty() {
        for text in [
            "\u{200b}",
            "\u{feff} \u{2060}",
            "\u{301}\u{301}",
            "\u{3164}",
        ] {
            assert_eq!(
                check_line("title", text, 60),
                Err(Refusal::Empty { field: "title" })
            );
        }
        assert_eq!(check_line("title", "a\u{200b}", 60), Ok("a\u{200b}"));
    }
}
