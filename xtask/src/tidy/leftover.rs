//! What must not stay behind: unfinished work, tests that do not run or that wait for a clock,
//! and traces of the machine that something was written on.

use super::{Findings, source::Source};

const CODE: &[&str] = &[
    "rs", "ts", "tsx", "js", "mjs", "css", "py", "sh", "toml", "html", "yml",
];
const UNFINISHED: &[&str] = &[
    "TODO",
    "FIXME",
    "XXX",
    "HACK",
    "unimplemented!",
    "todo!",
    "dbg!",
    "for now",
];
const SKIPPED: &[&str] = &[
    "#[ignore",
    "it.skip(",
    "it.only(",
    "test.skip(",
    "test.only(",
    "describe.skip(",
    "describe.only(",
    "it.todo(",
    "test.todo(",
    "unittest.skip",
    "pytest.mark.skip",
];
const SLEEPS: &[&str] = &[
    "thread::sleep",
    "tokio::time::sleep",
    "time::sleep(",
    "waitForTimeout",
    "time.sleep(",
];
const MACHINE: &[&str] = &["/root/", "/work/", "/tmp/", "/home/", "/Users/"];
const REGISTRIES: &[&str] = &[
    "https://registry.npmjs.org/",
    "registry+https://github.com/rust-lang/crates.io-index",
];

/// Nothing that a user can reach is a stub.
pub fn check_unfinished(source: &Source, findings: &mut Findings) {
    if source.is(CODE) && !source.is_tidy() {
        report(source, findings, UNFINISHED, |word| {
            format!("`{word}`: finish it, or leave it out.")
        });
    }
}

/// A panic in the server is a fault; a test may panic.
pub fn check_unwrap(source: &Source, findings: &mut Findings) {
    if !source.is_rust() || source.path.contains("/examples/") {
        return;
    }
    for (at, code) in source.rust().code.iter().enumerate() {
        if code.contains(".unwrap()") && source.is_shipped(at + 1) {
            findings.add(
                source,
                at + 1,
                "`unwrap()`: return the error, or `expect` with a reason.",
            );
        }
    }
}

/// A test that does not run says nothing.
pub fn check_skipped_tests(source: &Source, findings: &mut Findings) {
    if source.is(CODE) && !source.is_tidy() {
        report(source, findings, SKIPPED, |word| {
            format!("`{word}`: a test runs, or goes.")
        });
    }
}

/// A test that sleeps is slow on one machine and fails on the next.
pub fn check_sleeps(source: &Source, findings: &mut Findings) {
    if !source.is(CODE) || source.is_tidy() {
        return;
    }
    for (number, line) in source.lines() {
        if let Some(word) = SLEEPS.iter().find(|word| line.contains(*word))
            && !source.is_shipped(number)
        {
            let word = word.trim_end_matches('(');
            findings.add(
                source,
                number,
                format!("`{word}` in a test: wait for what it needs."),
            );
        }
    }
}

/// Paths of one machine mean nothing on another.
pub fn check_machine_paths(source: &Source, findings: &mut Findings) {
    if source.is_tidy() || source.is_generated() {
        return;
    }
    for (number, line) in source.lines() {
        let found = MACHINE.iter().find(|path| {
            line.match_indices(*path).any(|(at, _)| {
                let before = line[..at].chars().next_back().unwrap_or(' ');
                !before.is_alphanumeric() && !matches!(before, '.' | '/' | '}' | '$' | '~')
            })
        });
        if let Some(path) = found
            && source.is_shipped(number)
        {
            findings.add(
                source,
                number,
                format!("`{path}` is a path of one machine."),
            );
        }
    }
}

/// The locks must not send others to somebody's mirror.
pub fn check_registries(source: &Source, findings: &mut Findings) {
    let file = source.path.rsplit('/').next().unwrap_or_default();
    if !matches!(file, "Cargo.lock" | "package-lock.json") {
        return;
    }
    for (number, line) in source.lines() {
        let line = line.trim();
        let value = ["\"resolved\": \"", "source = \""]
            .iter()
            .find_map(|key| line.strip_prefix(key));
        if value.is_some_and(|value| REGISTRIES.iter().all(|known| !value.starts_with(known))) {
            findings.add(
                source,
                number,
                "a package from elsewhere than the public registry.",
            );
        }
    }
}

/// Reports lines with one of these, as whole words.
fn report(
    source: &Source,
    findings: &mut Findings,
    words: &[&str],
    sentence: impl Fn(&str) -> String,
) {
    for (number, line) in source.lines() {
        let found = words.iter().find(|word| {
            line.match_indices(*word).any(|(at, _)| {
                let is_letter = |c: char| c.is_alphanumeric() || c == '_';
                !line[..at].ends_with(is_letter) && !line[at + word.len()..].starts_with(is_letter)
            })
        });
        if let Some(word) = found {
            findings.add(source, number, sentence(word.trim_end_matches('(')));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::lines, *};

    #[test]
    fn finds_unfinished_work() {
        let text = "// TODO: more\nlet todo = State::Todo;\n// this will do for now\ntodo!()\n";
        assert_eq!(
            lines(check_unfinished, "crates/app/src/serve.rs", text),
            [1, 3, 4]
        );
        assert_eq!(lines(check_unfinished, "STYLE.md", text), []);
    }

    #[test]
    fn finds_unwraps_outside_tests() {
        let text = "x.unwrap();\nx.unwrap_or(1); // unwrap()\n#[cfg(test)]\nx.unwrap();\n";
        assert_eq!(lines(check_unwrap, "crates/app/src/serve.rs", text), [1]);
    }

    #[test]
    fn finds_skipped_tests() {
        assert_eq!(
            lines(
                check_skipped_tests,
                "tests/talk.rs",
                "#[ignore = \"slow\"]\n"
            ),
            [1]
        );
        assert_eq!(
            lines(
                check_skipped_tests,
                "web/src/a.test.ts",
                "it.only('x', f)\n"
            ),
            [1]
        );
    }

    #[test]
    fn finds_sleeps_in_tests_alone() {
        let text = "thread::sleep(pause);\n#[cfg(test)]\nthread::sleep(pause);\n";
        assert_eq!(lines(check_sleeps, "xtask/src/dev.rs", text), [3]);
        assert_eq!(lines(check_sleeps, "tests/talk.rs", text), [1, 3]);
        assert_eq!(
            lines(
                check_sleeps,
                "web/e2e/talk.ts",
                "await page.waitForTimeout(1)\n"
            ),
            [1]
        );
    }

    #[test]
    fn finds_machine_paths() {
        let text = "cd /home/li/tenon\nopen('/tmp/x')\nsrc/work/a\n${HOME}/work/a\n";
        assert_eq!(lines(check_machine_paths, "docs/sync.md", text), [1, 2]);
        assert_eq!(lines(check_machine_paths, "tests/talk.rs", text), []);
    }

    #[test]
    fn finds_foreign_registries() {
        let lock = "  \"resolved\": \"https://mirror.example/react.tgz\",\n\
            \"resolved\": \"https://registry.npmjs.org/react.tgz\",\n";
        assert_eq!(lines(check_registries, "web/package-lock.json", lock), [1]);
    }
}
