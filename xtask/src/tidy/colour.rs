//! Colours have names, and the names are given in one file.

use super::{Findings, source::Source};

const TOKENS: &str = "web/src/styles/tokens.css";
const FUNCTIONS: &[&str] = &["rgb(", "rgba(", "hsl(", "hsla(", "oklch(", "lab("];
/// Tailwind's own palette, which knows no themes.
const PALETTE: &[&str] = &[
    "slate", "gray", "zinc", "neutral", "stone", "red", "orange", "amber", "yellow", "lime",
    "green", "emerald", "teal", "cyan", "sky", "blue", "indigo", "violet", "purple", "fuchsia",
    "pink", "rose",
];

/// A colour literal anywhere else would miss the other theme.
pub fn check_colours(source: &Source, findings: &mut Findings) {
    let is_ours = source.is_in(&["web/src/"]) && source.is(&["css", "ts", "tsx"]);
    if !is_ours || source.path == TOKENS || source.tests_from().is_some() {
        return;
    }
    for (number, line) in source.lines() {
        let is_literal = has_hex(line, source.is(&["css"]))
            || FUNCTIONS.iter().any(|function| line.contains(function))
            || has_palette(line);
        if is_literal {
            findings.add(
                source,
                number,
                format!("a colour literal: name it in {TOKENS}."),
            );
        }
    }
}

/// `#` and 3, 4, 6 or 8 hexadecimal digits. Outside style sheets only where a literal would
/// stand, for `#` also begins channel names.
fn has_hex(line: &str, is_style_sheet: bool) -> bool {
    line.match_indices('#').any(|(at, _)| {
        let before = line[..at].chars().next_back().unwrap_or(' ');
        let rest = &line[at + 1..];
        let word = rest.len() - rest.trim_start_matches(|c: char| c.is_alphanumeric()).len();
        let is_hex = rest[..word].chars().all(|c| c.is_ascii_hexdigit());
        let is_place = is_style_sheet || matches!(before, '"' | '\'' | '`' | '[');
        is_place && is_hex && matches!(word, 3 | 4 | 6 | 8)
    })
}

/// `text-red-500`, `bg-white`.
fn has_palette(line: &str) -> bool {
    line.split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
        .any(|class| {
            let parts: Vec<&str> = class.split('-').collect();
            match parts[..] {
                [.., "bg" | "text" | "border", "white" | "black"] => true,
                [.., name, shade] => {
                    parts.len() > 2
                        && PALETTE.contains(&name)
                        && matches!(shade.len(), 2 | 3)
                        && shade.chars().all(|c| c.is_ascii_digit())
                }
                _ => false,
            }
        })
}

#[cfg(test)]
mod tests {
    use super::{super::lines, *};

    #[test]
    fn finds_colours() {
        let css = "a { color: #fff; }\na { color: rgb(0 0 0); }\na { color: var(--text); }\n";
        assert_eq!(lines(check_colours, "web/src/styles/app.css", css), [1, 2]);
        assert_eq!(lines(check_colours, TOKENS, css), []);
        let tsx = "<p className=\"text-red-500\" />\nconst a = '#c0ffee';\nsay(`a #add`);\n\
            <p className=\"bg-surface\" />\n<p className=\"bg-white\" />\n";
        assert_eq!(lines(check_colours, "web/src/ui/chip.tsx", tsx), [1, 2, 5]);
    }
}
