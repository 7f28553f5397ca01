//! What was measured, as a table for people and as JSON for programs.
//!
//! Scenarios make [`Row`]s; `lib.rs` prints and writes them. Nothing is measured here.

use anyhow::Context as _;
use serde::Serialize;
use std::{fmt::Write as _, fs, path::Path};

/// One measured figure beside its goal.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Which scenario it belongs to, as `--only` names it.
    pub scenario: &'static str,
    pub what: String,
    pub measured: f64,
    /// Unit of `measured`, `bare` and an absolute goal.
    pub unit: &'static str,
    /// What the machine does without the server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bare: Option<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<Goal>,
    /// How it was measured, and what else was seen.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// What a figure must reach.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Goal {
    AtLeast(f64),
    AtMost(f64),
    /// At least this share of the bare limit.
    RatioAtLeast(f64),
    /// A promise of the protocol rather than a speed: anything else fails the run.
    Never,
}

impl Row {
    /// A figure without a goal yet.
    pub fn new(
        scenario: &'static str,
        what: impl Into<String>,
        measured: f64,
        unit: &'static str,
    ) -> Self {
        let (goals, note) = (Vec::new(), String::new());
        Self {
            scenario,
            what: what.into(),
            measured,
            unit,
            bare: None,
            goals,
            note,
        }
    }

    pub fn goal(mut self, goal: Goal) -> Self {
        self.goals.push(goal);
        self
    }

    pub fn bare(mut self, bare: f64) -> Self {
        self.bare = Some(bare);
        self
    }

    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    /// Measured divided by bare.
    pub fn ratio(&self) -> Option<f64> {
        self.bare
            .filter(|bare| *bare > 0.0)
            .map(|bare| self.measured / bare)
    }

    /// None when there is no goal. A ratio goal without a bare limit counts as missed.
    pub fn met(&self) -> Option<bool> {
        let reaches = |goal: &Goal| match *goal {
            Goal::AtLeast(least) => self.measured >= least,
            Goal::AtMost(most) => self.measured <= most,
            Goal::RatioAtLeast(least) => self.ratio().is_some_and(|ratio| ratio >= least),
            Goal::Never => self.measured == 0.0,
        };
        (!self.goals.is_empty()).then(|| self.goals.iter().all(reaches))
    }

    /// Something happened that must never happen, however slow the machine is.
    pub fn is_broken(&self) -> bool {
        self.goals.contains(&Goal::Never) && self.measured != 0.0
    }

    fn cells(&self) -> [String; 6] {
        let goal = |goal: &Goal| match *goal {
            Goal::AtLeast(least) => format!(">= {} {}", figure(least), self.unit),
            Goal::AtMost(most) => format!("<= {} {}", figure(most), self.unit),
            Goal::RatioAtLeast(least) => format!(">= {least} x bare"),
            Goal::Never => "never".to_owned(),
        };
        let met = match self.met() {
            Some(true) => "yes",
            Some(false) => "NO",
            None => "",
        };
        [
            self.what.clone(),
            format!("{} {}", figure(self.measured), self.unit),
            self.bare
                .map(|bare| format!("{} {}", figure(bare), self.unit))
                .unwrap_or_default(),
            self.ratio()
                .map(|ratio| format!("{ratio:.2}"))
                .unwrap_or_default(),
            self.goals.iter().map(goal).collect::<Vec<_>>().join(", "),
            met.into(),
        ]
    }
}

/// The rows as a Markdown table, notes below it.
pub fn table(rows: &[Row]) -> String {
    let head = ["what", "measured", "bare limit", "ratio", "goal", "met?"].map(str::to_owned);
    let cells: Vec<[String; 6]> = rows.iter().map(Row::cells).collect();
    let mut widths = head.clone().map(|cell| cell.chars().count());
    for row in &cells {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |row: &[String; 6]| {
        let padded = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!("{cell:<width$}"));
        format!("| {} |\n", padded.collect::<Vec<_>>().join(" | "))
    };
    let mut text = line(&head);
    text += &format!(
        "|{}|\n",
        widths.map(|width| "-".repeat(width + 2)).join("|")
    );
    cells.iter().for_each(|row| text += &line(row));
    for row in rows.iter().filter(|row| !row.note.is_empty()) {
        let _ = write!(text, "\n{}: {}", row.what, row.note);
    }
    text
}

/// Everything a later run is compared with.
#[derive(Serialize)]
pub struct Report<'a> {
    pub version: &'static str,
    pub quick: bool,
    pub seconds: f64,
    pub cores: usize,
    pub rows: Vec<ReportRow<'a>>,
}

/// A row and what follows from it, so that a reader of the JSON need not compute.
#[derive(Serialize)]
pub struct ReportRow<'a> {
    #[serde(flatten)]
    pub row: &'a Row,
    pub ratio: Option<f64>,
    pub met: Option<bool>,
}

impl<'a> From<&'a Row> for ReportRow<'a> {
    fn from(row: &'a Row) -> Self {
        Self {
            row,
            ratio: row.ratio(),
            met: row.met(),
        }
    }
}

/// Writes the report, making the folder if needed.
pub fn write(report: &Report<'_>, path: &Path) -> anyhow::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
    }
    let text = serde_json::to_string_pretty(report)? + "\n";
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// Three significant digits, thousands separated.
pub fn figure(value: f64) -> String {
    let size = value.abs();
    if size == 0.0 || !value.is_finite() {
        return format!("{value}");
    }
    if size < 100.0 {
        let digits = (2 - size.log10().floor() as i32).clamp(0, 6) as usize;
        let text = format!("{value:.digits$}");
        let short = if text.contains('.') {
            text.trim_end_matches('0')
        } else {
            &text
        };
        return short.trim_end_matches('.').to_owned();
    }
    let whole = format!("{size:.0}");
    let mut text = String::from(if value < 0.0 { "-" } else { "" });
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_short() {
        let cases = [
            (0.0, "0"),
            (0.1234, "0.123"),
            (9.5, "9.5"),
            (31.26, "31.3"),
            (99.99, "100"),
            (1234567.8, "1,234,568"),
            (100.0, "100"),
            (-1500.0, "-1,500"),
            (0.25, "0.25"),
        ];
        for (value, text) in cases {
            assert_eq!(figure(value), text);
        }
    }

    #[test]
    fn a_row_meets_all_of_its_goals_or_fails() {
        let row = Row::new("rooms", "messages", 8_500.0, "/s").goal(Goal::AtLeast(8_000.0));
        assert_eq!(row.met(), Some(true));
        let row = row.goal(Goal::RatioAtLeast(0.4));
        assert_eq!(
            row.met(),
            Some(false),
            "a ratio without its bare limit is not met"
        );
        assert_eq!(row.clone().bare(20_000.0).met(), Some(true));
        assert_eq!(row.bare(30_000.0).met(), Some(false));
        assert_eq!(Row::new("idle", "memory", 1.0, "KB").met(), None);
        assert_eq!(
            Row::new("idle", "memory", 11.0, "KB")
                .goal(Goal::AtMost(10.0))
                .met(),
            Some(false)
        );
    }

    #[test]
    fn the_table_lines_up_and_shows_misses() {
        let rows = [
            Row::new("idle", "idle connection", 12.0, "KB")
                .goal(Goal::AtMost(10.0))
                .note("why"),
            Row::new("fanout", "fan-out", 400_000.0, "/s").bare(1_000_000.0),
        ];
        let text = table(&rows);
        let lines: Vec<&str> = text.lines().collect();
        assert!(
            lines[..4].iter().all(|line| line.len() == lines[0].len()),
            "{text}"
        );
        assert!(lines[2].contains("| <= 10 KB | NO"), "{text}");
        assert!(lines[3].contains("| 0.40"), "{text}");
        assert_eq!(lines[5], "idle connection: why");
    }
}
