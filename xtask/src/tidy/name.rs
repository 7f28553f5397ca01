//! Names of files: singular nouns that say what is inside.

use super::{Findings, source::Source};

/// Words that say nothing about what is inside.
const EMPTY: &[&str] = &[
    "common", "data", "helper", "helpers", "info", "manager", "misc", "service", "services",
    "util", "utils",
];

/// `foo.rs` + `foo/`, never `mod.rs`: many tabs called `mod` are no map.
pub fn check_names(source: &Source, findings: &mut Findings) {
    if !source.is(&["rs", "ts", "tsx", "css", "py"]) {
        return;
    }
    let parts: Vec<&str> = source.path.split('/').collect();
    let (file, folders) = parts.split_last().unwrap_or((&"", &[]));
    if *file == "mod.rs" {
        findings.add(
            source,
            1,
            "name it after its folder: `foo.rs` + `foo/`, no `mod.rs`.",
        );
    }
    let stem = file.split('.').next().unwrap_or_default();
    for part in folders.iter().chain([&stem]) {
        if EMPTY.contains(part) {
            findings.add(
                source,
                1,
                format!("`{part}` says nothing: name it by what it holds."),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::lines, *};

    #[test]
    fn finds_empty_names() {
        for path in [
            "crates/a/src/mod.rs",
            "web/src/utils/a.ts",
            "web/src/helpers.test.ts",
        ] {
            assert_eq!(lines(check_names, path, "//! x\n"), [1], "{path}");
        }
        assert_eq!(
            lines(check_names, "crates/a/src/information.rs", "//! x\n"),
            []
        );
    }
}
