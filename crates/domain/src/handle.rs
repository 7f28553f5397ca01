//! Handles: what people type after `@` when a name will not do. `[a-z0-9._-]`, unique.

use crate::refusal::Refusal;
use pinyin::ToPinyin;

/// Limit: characters of a handle.
const HANDLE_CHARS_MAX: usize = 40;

/// A handle that somebody chose, in small letters.
pub(crate) fn check_handle(wanted: &str, taken: &dyn Fn(&str) -> bool) -> Result<String, Refusal> {
    let handle = wanted.trim().trim_start_matches('@').to_ascii_lowercase();
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c);
    if handle.is_empty() || handle.len() > HANDLE_CHARS_MAX || !handle.chars().all(allowed) {
        return Err(Refusal::BadHandle);
    }
    if is_reserved(&handle) || taken(&handle) {
        return Err(Refusal::HandleTaken(handle));
    }
    Ok(handle)
}

/// A free handle made from a name: its ASCII letters and digits, Chinese characters by their
/// sound (`张三` is `zhangsan`), `noun` where nothing is left; a number behind it if taken.
pub(crate) fn free_handle(name: &str, noun: &str, taken: &dyn Fn(&str) -> bool) -> String {
    let mut base = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            base.push(c.to_ascii_lowercase());
        } else if let Some(sound) = c.to_pinyin() {
            base.extend(
                sound
                    .plain()
                    .chars()
                    .map(|c| if c == 'ü' { 'v' } else { c }),
            );
        } else if c.is_whitespace() && !base.is_empty() && !base.ends_with('.') {
            base.push('.');
        }
    }
    base.retain(|c| c.is_ascii());
    // Room for the number behind it.
    base.truncate(HANDLE_CHARS_MAX - 8);
    let base = base.trim_matches('.');
    let base = if base.is_empty() { noun } else { base };
    let free = |handle: &String| !is_reserved(handle) && !taken(handle);
    let numbered = (2u64..).map(|number| format!("{base}{number}"));
    // There are fewer members than numbers, so one is free.
    std::iter::once(base.to_owned())
        .chain(numbered)
        .find(free)
        .unwrap_or_default()
}

/// `@channel` and its like mean everyone.
fn is_reserved(handle: &str) -> bool {
    matches!(handle, "channel" | "all" | "here" | "everyone")
}
