//! `cargo xtask tidy`: the rules of this repository that a program can check, and the reason for
//! each beside it. STYLE.md says the rest.

mod boundary;
mod colour;
mod leftover;
mod name;
mod rust;
mod size;
mod source;

use crate::repository;
use source::Source;
use std::path::Path;

/// One violation, printed as `path:line: sentence`.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    path: String,
    /// From 1.
    line: usize,
    sentence: String,
}

/// A rule looks at one file and reports what it finds.
type Rule = fn(&Source, &mut Findings);

const RULES: &[Rule] = &[
    boundary::check_dependencies,
    boundary::check_purity,
    boundary::check_sql,
    boundary::check_drivers,
    boundary::check_sockets,
    boundary::check_commits,
    colour::check_colours,
    leftover::check_unfinished,
    leftover::check_unwrap,
    leftover::check_skipped_tests,
    leftover::check_sleeps,
    leftover::check_machine_paths,
    leftover::check_registries,
    name::check_names,
    size::check_lines,
    size::check_files,
    size::check_functions,
    size::check_heads,
];

/// Prints every finding; any finding is an error.
pub fn tidy() -> Result<(), String> {
    let findings = check_all(&repository::root());
    for finding in &findings {
        println!("{}:{}: {}", finding.path, finding.line, finding.sentence);
    }
    if findings.is_empty() {
        return Ok(());
    }
    let count = findings.len();
    Err(format!(
        "{count} finding{} against STYLE.md.",
        if count == 1 { "" } else { "s" }
    ))
}

fn check_all(root: &Path) -> Vec<Finding> {
    let mut findings = Findings::default();
    for path in repository::files(root) {
        let Some(source) = Source::read(root, &path) else {
            continue;
        };
        RULES.iter().for_each(|rule| rule(&source, &mut findings));
    }
    findings.0.sort();
    findings.0
}

/// What has been found so far.
#[derive(Default)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// `line` counts from 1.
    fn add(&mut self, source: &Source, line: usize, sentence: impl Into<String>) {
        self.0.push(Finding {
            path: source.path.clone(),
            line,
            sentence: sentence.into(),
        });
    }
}

/// The lines at which `rule` finds something in `text`, as if it were the file `path`.
#[cfg(test)]
fn lines(rule: Rule, path: &str, text: &str) -> Vec<usize> {
    let mut findings = Findings::default();
    rule(&Source::new(path, text), &mut findings);
    findings.0.iter().map(|finding| finding.line).collect()
}
