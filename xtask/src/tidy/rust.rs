//! Rust source split into code and string literals, line by line; comments are dropped. Just
//! enough of the language for rules that must not be fooled by a word in a comment.

/// One entry of each per line of the file.
pub struct Scan {
    /// The code, its literals and comments blanked.
    pub code: Vec<String>,
    /// What string literals hold.
    pub strings: Vec<String>,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Code,
    LineComment,
    /// How deep.
    BlockComment(usize),
    Text,
    /// How many `#` end it.
    RawText(usize),
}

/// Splits a file.
pub fn scan(text: &str) -> Scan {
    let mut scan = Scan {
        code: Vec::new(),
        strings: Vec::new(),
    };
    let mut state = State::Code;
    for line in text.lines() {
        scan.code.push(String::new());
        scan.strings.push(String::new());
        let mut rest = line;
        while !rest.is_empty() {
            let taken = step(rest, &mut state, &mut scan);
            rest = &rest[taken..];
        }
        if state == State::LineComment {
            state = State::Code;
        }
    }
    scan
}

/// Takes one token off `rest` and returns its bytes.
fn step(rest: &str, state: &mut State, scan: &mut Scan) -> usize {
    let width = rest.chars().next().map_or(1, char::len_utf8);
    let (code, strings) = match (scan.code.last_mut(), scan.strings.last_mut()) {
        (Some(code), Some(strings)) => (code, strings),
        _ => return width,
    };
    match *state {
        State::Code => {
            let (next, taken) = begin(rest, code);
            *state = next;
            taken
        }
        State::LineComment => rest.len(),
        State::BlockComment(depth) => {
            if rest.starts_with("/*") {
                *state = State::BlockComment(depth + 1);
                return 2;
            }
            if rest.starts_with("*/") {
                *state = if depth == 1 {
                    State::Code
                } else {
                    State::BlockComment(depth - 1)
                };
                return 2;
            }
            width
        }
        State::Text => {
            if rest.starts_with('"') {
                *state = State::Code;
                code.push('"');
                strings.push('\n');
                return 1;
            }
            let escaped = rest.strip_prefix('\\').and_then(|rest| rest.chars().next());
            let taken = escaped.map_or(width, |c| 1 + c.len_utf8());
            strings.push_str(&rest[..taken]);
            taken
        }
        State::RawText(hashes) => {
            let end = format!("\"{}", "#".repeat(hashes));
            if rest.starts_with(&end) {
                *state = State::Code;
                code.push('"');
                strings.push('\n');
                return end.len();
            }
            strings.push_str(&rest[..width]);
            width
        }
    }
}

/// In code: what begins here, and how many bytes that takes.
fn begin(rest: &str, code: &mut String) -> (State, usize) {
    if rest.starts_with("//") {
        return (State::LineComment, rest.len());
    }
    if rest.starts_with("/*") {
        return (State::BlockComment(1), 2);
    }
    if rest.starts_with('"') {
        code.push('"');
        return (State::Text, 1);
    }
    let follows_word = code.ends_with(|c: char| c.is_alphanumeric() || c == '_');
    if !follows_word && let Some((hashes, taken)) = raw_text(rest) {
        code.push('"');
        return (State::RawText(hashes), taken);
    }
    if let Some(taken) = character(rest) {
        code.push_str("' '");
        return (State::Code, taken);
    }
    let first = rest.chars().next().unwrap_or(' ');
    code.push(first);
    (State::Code, first.len_utf8())
}

/// `r"`, `r#"`, `br##"`: the number of `#`, and the bytes.
fn raw_text(rest: &str) -> Option<(usize, usize)> {
    let after = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'))?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    after[hashes..]
        .starts_with('"')
        .then(|| (hashes, rest.len() - after.len() + hashes + 1))
}

/// A character literal, not a lifetime.
fn character(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('\'')?;
    if let Some(escape) = inner.strip_prefix('\\') {
        // The escaped character itself may be a quote.
        let first = escape.chars().next()?.len_utf8();
        return Some(2 + first + escape[first..].find('\'')? + 1);
    }
    let first = inner.chars().next()?.len_utf8();
    inner[first..].starts_with('\'').then_some(1 + first + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> String {
        scan(text).code.join("\n")
    }

    fn strings(text: &str) -> String {
        scan(text).strings.concat()
    }

    #[test]
    fn drops_comments() {
        assert_eq!(
            code("a // b\nc /* d /* e */ f\n g */ h").replace(' ', ""),
            "a\nc\nh"
        );
    }

    #[test]
    fn keeps_literals_apart() {
        assert_eq!(code(r#"call("a // \" b", 'x')"#), r#"call("", ' ')"#);
        assert_eq!(strings(r#"call("a // \" b")"#), "a // \\\" b\n");
        assert_eq!(
            strings("r#\"one \" two\"# + br\"three\""),
            "one \" two\nthree\n"
        );
    }

    #[test]
    fn tells_lifetimes_from_characters() {
        assert_eq!(
            code("fn f<'a>(x: &'a str) { '\"'; '\\''; '\\n' }")
                .matches("' '")
                .count(),
            3
        );
        assert!(code("&'a str \"x\"").contains("&'a str"));
    }

    #[test]
    fn goes_over_lines() {
        let scan = scan("let x = \"SELECT\n  1\";\nlet y;");
        assert_eq!(scan.strings, ["SELECT", "  1\n", ""]);
        assert_eq!(scan.code[2], "let y;");
    }
}
