//! A file as the rules see it.

use super::rust;
use std::{cell::OnceCell, fs, path::Path};

/// A text file of the repository.
pub struct Source {
    /// From the root, with `/` between folders.
    pub path: String,
    pub text: String,
    scan: OnceCell<rust::Scan>,
}

impl Source {
    /// Nothing for files that are not text.
    pub fn read(root: &Path, path: &Path) -> Option<Self> {
        let text = fs::read_to_string(path).ok()?;
        let path = path
            .strip_prefix(root)
            .ok()?
            .to_string_lossy()
            .replace('\\', "/");
        Some(Self::new(&path, &text))
    }

    pub fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_string(),
            text: text.to_string(),
            scan: OnceCell::new(),
        }
    }

    /// Lines with their numbers, from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(at, line)| (at + 1, line))
    }

    /// The file as Rust: code and literals apart.
    pub fn rust(&self) -> &rust::Scan {
        self.scan.get_or_init(|| rust::scan(&self.text))
    }

    /// Ends in one of these, given without the dot.
    pub fn is(&self, extensions: &[&str]) -> bool {
        let extension = self
            .path
            .rsplit_once('.')
            .map_or("", |(_, extension)| extension);
        extensions.contains(&extension)
    }

    pub fn is_rust(&self) -> bool {
        self.is(&["rs"])
    }

    /// Lies below one of these folders, or is one of these files.
    pub fn is_in(&self, places: &[&str]) -> bool {
        places.iter().any(|place| {
            let rest = self.path.strip_prefix(place);
            rest.is_some_and(|rest| rest.is_empty() || place.ends_with('/'))
        })
    }

    /// Made by a program.
    pub fn is_generated(&self) -> bool {
        self.path.ends_with(".d.ts")
            || self.path.starts_with("docs/api/")
            || self.path.ends_with("package-lock.json")
            || self.path == "Cargo.lock"
    }

    /// The rules' own sources quote what they look for.
    pub fn is_tidy(&self) -> bool {
        self.is_in(&["xtask/src/tidy/", "xtask/src/tidy.rs"])
    }

    /// The first line of test code: 1 for a file of tests, none for a file without.
    pub fn tests_from(&self) -> Option<usize> {
        let is_test = self.is_in(&["tests/", "web/e2e/"])
            || self.path.contains("/tests/")
            || self.path.ends_with("/tests.rs")
            || self.path.contains(".test.ts");
        if is_test {
            return Some(1);
        }
        self.lines()
            .find(|(_, line)| line.trim() == "#[cfg(test)]")
            .map(|(number, _)| number)
    }

    /// True if this line is shipped, not test code.
    pub fn is_shipped(&self, line: usize) -> bool {
        self.tests_from().is_none_or(|from| line < from)
    }
}
