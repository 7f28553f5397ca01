//! What a reader can hold in mind: lines of 100 columns, functions of 70 lines, files of 800; and
//! every Rust file says at its head what it is.

use super::{Findings, source::Source};

/// Limit: columns of a line.
const LINE_COLUMNS_MAX: usize = 100;
/// Limit: lines of a file.
const FILE_LINES_MAX: usize = 800;
/// Limit: lines of a function.
const FUNCTION_LINES_MAX: usize = 70;

const PROSE_AND_CODE: &[&str] = &[
    "rs", "ts", "tsx", "js", "mjs", "css", "html", "py", "sh", "md",
];
const CODE: &[&str] = &["rs", "ts", "tsx", "js", "mjs", "css", "py", "sh", "sql"];

/// One line per command, event or route: tables written as code.
const TABLES: &[&str] = &["decide.rs", "apply.rs", "router.rs"];
const TABLE_MARK: &str = "// Table: one line per ";

pub fn check_lines(source: &Source, findings: &mut Findings) {
    if !source.is(PROSE_AND_CODE) || source.is_generated() {
        return;
    }
    for (number, line) in source.lines() {
        let columns = line.chars().count();
        if columns > LINE_COLUMNS_MAX && !is_unbreakable(source, number, line) {
            findings.add(
                source,
                number,
                format!("{columns} columns, at most {LINE_COLUMNS_MAX}."),
            );
        }
    }
}

/// Addresses, rows of a Markdown table, texts of a transcript, and lone strings, such as lists of
/// classes or sentences: to break them would change them, or help nobody.
fn is_unbreakable(source: &Source, number: usize, line: &str) -> bool {
    if line.contains("://") {
        return true;
    }
    let line = line.trim();
    if source.is(&["md"]) {
        return line.starts_with('|');
    }
    if source.is(&["ts", "tsx"]) {
        let value = line.trim_start_matches("className=").trim_end_matches(',');
        return ['"', '\'', '`'].iter().any(|quote| {
            let inner = value
                .strip_prefix(*quote)
                .and_then(|rest| rest.strip_suffix(*quote));
            inner.is_some_and(|inner| !inner.contains(*quote))
        });
    }
    if !source.is_rust() {
        return false;
    }
    let scan = source.rust();
    let code = scan.code[number - 1].trim();
    let text = scan.strings[number - 1].trim_end_matches('\n');
    if code.is_empty() {
        return !source.is_shipped(number) && !text.is_empty();
    }
    // A comment beside the literal would make the line longer than the two together.
    code.trim_end_matches([',', ';', ')', ']', '}']) == "\"\""
        && line.len() == code.len() + text.len()
}

/// A file that outgrew its noun wants to be two.
pub fn check_files(source: &Source, findings: &mut Findings) {
    let count = source.text.lines().count();
    if source.is(CODE) && !source.is_generated() && count > FILE_LINES_MAX {
        findings.add(
            source,
            count,
            format!("{count} lines, at most {FILE_LINES_MAX}: split it."),
        );
    }
}

/// Tables written as code are excepted, by file name or by a mark above the function.
pub fn check_functions(source: &Source, findings: &mut Findings) {
    if !source.is_rust() || TABLES.contains(&source.path.rsplit('/').next().unwrap_or_default()) {
        return;
    }
    let code = &source.rust().code;
    let texts: Vec<&str> = source.text.lines().collect();
    for (at, line) in code.iter().enumerate() {
        if !begins_function(line) {
            continue;
        }
        let Some(end) = function_end(code, at) else {
            continue;
        };
        let length = end - at + 1;
        let above = texts[..at]
            .iter()
            .rev()
            .take_while(|text| is_above_function(text));
        let is_table = above
            .into_iter()
            .any(|text| text.trim().starts_with(TABLE_MARK));
        if length > FUNCTION_LINES_MAX && !is_table {
            findings.add(
                source,
                at + 1,
                format!("a function of {length} lines, at most {FUNCTION_LINES_MAX}."),
            );
        }
    }
}

/// The first thing a reader sees is what this file is.
pub fn check_heads(source: &Source, findings: &mut Findings) {
    let is_ours = source.is_rust() && !source.text.trim().is_empty();
    if is_ours && !source.text.starts_with("//") {
        findings.add(
            source,
            1,
            "a file begins with `//!`: what it is, and what it must not do.",
        );
    }
}

fn begins_function(code: &str) -> bool {
    let mut words = code.split_whitespace();
    let Some(at) = words.position(|word| word == "fn") else {
        return false;
    };
    code.split_whitespace().take(at).all(|word| {
        matches!(word, "async" | "const" | "unsafe" | "extern" | "default")
            || word.starts_with("pub")
            || word.ends_with(')')
            || word == "\"\""
    })
}

/// The line of the brace that closes the function; none for a declaration without a body.
fn function_end(code: &[String], from: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, line) in code.iter().enumerate().skip(from) {
        for character in line.chars() {
            match character {
                '{' => depth += 1,
                '}' if depth <= 1 => return Some(at),
                '}' => depth -= 1,
                ';' if depth == 0 && !line.contains('[') => return None,
                _ => {}
            }
        }
    }
    None
}

fn is_above_function(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("//") || text.starts_with('#')
}

#[cfg(test)]
mod tests {
    use super::{super::lines, *};

    #[test]
    fn finds_long_lines() {
        let long = "x".repeat(101);
        let text = format!(
            "{long}\n| {long} |\nsee https://{long}\n{}\n",
            "字".repeat(100)
        );
        assert_eq!(lines(check_lines, "docs/sync.md", &text), [1]);
        assert_eq!(lines(check_lines, "docs/api/openapi.json", &text), []);
    }

    #[test]
    fn passes_over_what_cannot_be_broken() {
        let long = "x ".repeat(60);
        let text = format!("  className=\"{long}\"\n  '{long}',\n  f('{long}', '')\n");
        assert_eq!(lines(check_lines, "web/src/a.tsx", &text), [3]);
        let text = format!("check(\"\n{long}\n\");\n// {long}\n");
        assert_eq!(lines(check_lines, "tests/talk.rs", &text), [4]);
        assert_eq!(lines(check_lines, "crates/app/src/serve.rs", &text), [2, 4]);
    }

    #[test]
    fn passes_over_a_literal_alone_on_its_line() {
        let long = "字 \\\" ".repeat(40);
        let text = format!(
            "  \"{long}\",\n\"{long}\")])\n\"\", // {long}\nf(\"{long}\")\n\"{long}\", \"\"\n{long}\n"
        );
        let path = "crates/app/src/demo/talk.rs";
        assert_eq!(lines(check_lines, path, &text), [3, 4, 5, 6]);
    }

    #[test]
    fn finds_long_files() {
        assert_eq!(
            lines(check_files, "web/src/a.ts", &"x;\n".repeat(801)),
            [801]
        );
        assert_eq!(lines(check_files, "web/src/a.ts", &"x;\n".repeat(800)), []);
    }

    #[test]
    fn finds_long_functions() {
        let body = "    let text = \"}\"; // }\n".repeat(70);
        let long = format!("fn short() {{}}\n\npub(crate) async fn long() {{\n{body}}}\n");
        assert_eq!(
            lines(check_functions, "crates/engine/src/execute.rs", &long),
            [3]
        );
        assert_eq!(
            lines(check_functions, "crates/store/src/apply.rs", &long),
            []
        );
        let marked = format!("{TABLE_MARK}command.\n#[inline]\nfn long() {{\n{body}}}\n");
        assert_eq!(
            lines(check_functions, "crates/engine/src/execute.rs", &marked),
            []
        );
    }

    #[test]
    fn passes_over_declarations() {
        let text = format!(
            "fn declared(&self) -> u8;\nstruct Long {{\n{}}}\n",
            "a: u8,\n".repeat(80)
        );
        assert_eq!(
            lines(check_functions, "crates/engine/src/bus.rs", &text),
            []
        );
    }

    #[test]
    fn finds_files_without_a_head() {
        assert_eq!(
            lines(check_heads, "crates/app/src/main.rs", "use std::fs;\n"),
            [1]
        );
        assert_eq!(
            lines(check_heads, "crates/app/src/main.rs", "//! The program.\n"),
            []
        );
    }
}
