//! Counts tests by reading the closing lines of the runners: cargo test, vitest, node's own,
//! Python's unittest.

/// Passed and failed tests of one layer, and the lines that say so.
#[derive(Debug, Default)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
    /// The runners' own closing lines, in order.
    pub closing: Vec<String>,
}

impl Tally {
    /// Takes one line of a runner's output.
    pub fn read(&mut self, line: &str) {
        let line = without_colours(line);
        let Some((passed, failed)) = count(line.trim()) else {
            return;
        };
        // unittest tells how many ran first, and how many of them failed on a later line.
        if line.trim().starts_with("FAILED (") {
            self.passed = self.passed.saturating_sub(failed);
        }
        self.passed += passed;
        self.failed += failed;
        if passed + failed > 0 {
            self.closing.push(line.trim().to_string());
        }
    }
}

/// Passed and failed, if this is a closing line.
fn count(line: &str) -> Option<(u64, u64)> {
    if line.starts_with("test result: ") || line.starts_with("Tests ") || is_plain(line) {
        return Some((before(line, "passed"), before(line, "failed")));
    }
    // node --test: `ℹ pass 3`, or `# pass 3` where it is not shown to a person.
    for mark in ["ℹ ", "# "] {
        let Some(rest) = line.strip_prefix(mark) else {
            continue;
        };
        if let Some(number) = rest.strip_prefix("pass ") {
            return Some((number.parse().ok()?, 0));
        }
        if let Some(number) = rest.strip_prefix("fail ") {
            return Some((0, number.parse().ok()?));
        }
    }
    // unittest: `Ran 3 tests in 0.1s`, then perhaps `FAILED (failures=1, errors=1)`.
    if let Some(rest) = line.strip_prefix("Ran ") {
        let (number, rest) = rest.split_once(' ')?;
        return if rest.starts_with("test") {
            Some((number.parse().ok()?, 0))
        } else {
            None
        };
    }
    let faults = line
        .strip_prefix("FAILED (")?
        .trim_end_matches(')')
        .split(", ");
    let numbers = faults.filter_map(|fault| fault.split_once('=')?.1.parse::<u64>().ok());
    Some((0, numbers.sum()))
}

/// `3 passed, 1 failed`
fn is_plain(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    matches!(words[..], [number, "passed,", other, "failed"]
        if number.parse::<u64>().is_ok() && other.parse::<u64>().is_ok())
}

/// The number in front of `word`.
fn before(line: &str, word: &str) -> u64 {
    let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric()).collect();
    let mut parts = words.iter().filter(|part| !part.is_empty());
    let mut last = "";
    parts
        .find_map(|part| {
            let found = (*part == word).then(|| last.parse().unwrap_or(0));
            last = part;
            found
        })
        .unwrap_or(0)
}

fn without_colours(line: &str) -> String {
    let mut plain = String::new();
    let mut rest = line;
    while let Some(at) = rest.find("\u{1b}[") {
        plain.push_str(&rest[..at]);
        let code = &rest[at + 2..];
        rest = code.find('m').map_or("", |end| &code[end + 1..]);
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(lines: &[&str]) -> (u64, u64) {
        let mut tally = Tally::default();
        lines.iter().for_each(|line| tally.read(line));
        (tally.passed, tally.failed)
    }

    #[test]
    fn reads_cargo() {
        let line = "test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured; 0 filtered";
        assert_eq!(tally(&[line, "test a::passed ... ok", line]), (24, 6));
    }

    #[test]
    fn reads_vitest_in_colour() {
        assert_eq!(
            tally(&[
                " Test Files  2 passed (2)",
                "      Tests  1 failed | 7 passed (8)"
            ]),
            (7, 1)
        );
        assert_eq!(
            tally(&["\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m9 passed\u{1b}[22m (9)"]),
            (9, 0)
        );
    }

    #[test]
    fn reads_node() {
        assert_eq!(
            tally(&["ℹ tests 4", "ℹ pass 3", "ℹ fail 1", "# pass 2", "# fail 0"]),
            (5, 1)
        );
    }

    #[test]
    fn reads_unittest() {
        assert_eq!(
            tally(&["Ran 5 tests in 0.1s", "FAILED (failures=1, errors=2)"]),
            (2, 3)
        );
        assert_eq!(tally(&["Ran 1 test in 0.1s", "OK"]), (1, 0));
    }

    #[test]
    fn reads_the_plain_line() {
        assert_eq!(
            tally(&["3 passed, 1 failed", "they passed, none failed"]),
            (3, 1)
        );
    }
}
