//! What may be typed into a field: trimmed, bounded, without control characters. Used by every
//! decision that takes words.

use crate::refusal::Refusal;

/// One line that must be there, at most `chars_max` characters. Returns it trimmed.
pub(crate) fn check_line<'a>(
    field: &'static str,
    text: &'a str,
    chars_max: usize,
) -> Result<&'a str, Refusal> {
    let text = check_optional_line(field, text, chars_max)?;
    if text.is_empty() {
        Err(Refusal::Empty { field })
    } else {
        Ok(text)
    }
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
