//! From the start of the process to ready; memory at rest; size of the program.

use super::Bench;
use crate::{
    process,
    report::{Goal, Row},
    sample::Samples,
    server::{Launch, executable_bytes},
    stage::Stage,
};
use anyhow::Context as _;
use rusqlite::Connection;
use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};
use tenon_protocol::version::PROTOCOL_VERSION;

const STARTS: usize = 5;
/// Limit: how long the index may need after the last message.
const IDLE_TIME_MAX: Duration = Duration::from_secs(60);
/// Limit: processor time in a second of one that does nothing.
const IDLE_USE_MAX: Duration = Duration::from_millis(50);

/// Starts of one data directory.
struct Starts {
    times: Samples,
    resident: Option<u64>,
}

pub fn measure(bench: &Bench) -> anyhow::Result<Vec<Row>> {
    let messages = bench.size(1_000_000, 1_000) as u64;
    let mut empty = Starts {
        times: Samples::default(),
        resident: None,
    };
    for _ in 0..bench.size(STARTS, 1) {
        let scratch = bench.scratch()?;
        empty.add(bench, &bench.launch(&scratch))?;
    }
    let scratch = bench.scratch()?;
    let data = match bench.quick {
        true => scratch.path().join("data"),
        false => bench
            .folder
            .join(format!("filled-{messages}-{}", schema_key(bench)?)),
    };
    let launch = Launch {
        executable: bench.executable.clone(),
        data,
        database_url: None,
    };
    let filled_at = fill(&launch, messages)?;
    let mut full = Starts {
        times: Samples::default(),
        resident: None,
    };
    for _ in 0..bench.size(STARTS, 1) {
        full.add(bench, &launch)?;
    }

    let size = executable_bytes(&bench.executable)? as f64 / 1e6;
    let mut rows = vec![
        empty.row("start to ready, empty".to_owned(), 0.3),
        full.row(format!("start to ready, {messages} messages"), 1.0),
    ];
    rows[1].note += &filled_at;
    let resident = [(empty.resident, "empty"), (full.resident, "filled")];
    for (bytes, state) in resident {
        let bytes = bytes.context("memory cannot be read here")? as f64 / 1e6;
        let what = format!("resident at rest, {state}");
        rows.push(Row::new("start", what, bytes, "MB").goal(Goal::AtMost(60.0)));
    }
    let what = "size of the program";
    rows.push(Row::new("start", what, size, "MB").goal(Goal::AtMost(60.0)));
    Ok(rows)
}

impl Starts {
    fn add(&mut self, bench: &Bench, launch: &Launch) -> anyhow::Result<()> {
        let server = launch.start()?;
        self.times.push(server.ready_after);
        // What start-up needed for a moment is given back in this time.
        std::thread::sleep(if bench.quick {
            bench.time
        } else {
            Duration::from_secs(1)
        });
        self.resident = process::resident_bytes(server.pid());
        server.stop()
    }

    fn row(&mut self, what: String, most: f64) -> Row {
        let median = self.times.quantile_ms(0.5) / 1e3;
        let count = self.times.len();
        let note = format!(
            "{count} starts, slowest {:.3} s",
            self.times.quantile_ms(1.0) / 1e3
        );
        Row::new("start", what, median, "s")
            .goal(Goal::AtMost(most))
            .note(note)
    }
}

/// Waits until the process does nothing for a second: the index is written and merged beside.
fn wait_until_idle(pid: u32) {
    let begun = Instant::now();
    let mut before = process::cpu_time(pid);
    while begun.elapsed() < IDLE_TIME_MAX {
        std::thread::sleep(Duration::from_secs(1));
        let now = process::cpu_time(pid);
        let used = now.zip(before).map(|(now, before)| now - before);
        if used.is_none_or(|used| used < IDLE_USE_MAX) {
            return;
        }
        before = now;
    }
}

/// Fills the data directory by ordinary commands, unless an earlier run did; it is kept because it
/// takes minutes. Returns how it went.
fn fill(launch: &Launch, messages: u64) -> anyhow::Result<String> {
    let marker = launch.data.join("filled");
    if marker.exists() {
        return Ok(String::new());
    }
    if launch.data.exists() {
        // Left by a run that was broken off.
        fs::remove_dir_all(&launch.data)?;
    }
    let mut stage = Stage::build(launch.clone(), 0)?;
    let channel = stage.create_channel("long", &[])?;
    let time = stage.fill_messages(channel, messages)?;
    // What is cut off now would go on at each start.
    wait_until_idle(stage.server.pid());
    stage.server.stop()?;
    fs::write(&marker, format!("{messages}\n"))?;
    Ok(format!(
        "; filled at {:.0} messages/s",
        messages as f64 / time.as_secs_f64()
    ))
}

/// Names the database's schema and the protocol, so that a data directory of another build is not
/// taken for this one's.
fn schema_key(bench: &Bench) -> anyhow::Result<String> {
    let scratch = bench.scratch()?;
    let launch = bench.launch(&scratch);
    launch.start()?.stop()?;
    let database = super::rooms::find_database(&launch.data)?;
    Ok(format!("{PROTOCOL_VERSION}-{}", schema_hash(&database)?))
}

fn schema_hash(database: &Path) -> anyhow::Result<String> {
    let connection = Connection::open(PathBuf::from(database))?;
    let mut statement =
        connection.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")?;
    let mut hasher = blake3::Hasher::new();
    for definition in statement.query_map([], |row| row.get::<_, String>(0))? {
        hasher.update(definition?.as_bytes());
    }
    Ok(hasher.finalize().to_hex()[..12].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_follows_the_schema_and_not_the_rows() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("database");
        let connection = Connection::open(&path).unwrap();
        connection.execute_batch("CREATE TABLE a (b)").unwrap();
        let first = schema_hash(&path).unwrap();
        connection
            .execute_batch("INSERT INTO a VALUES (1)")
            .unwrap();
        assert_eq!(schema_hash(&path).unwrap(), first);
        connection.execute_batch("CREATE TABLE c (d)").unwrap();
        assert_ne!(schema_hash(&path).unwrap(), first);
    }
}
