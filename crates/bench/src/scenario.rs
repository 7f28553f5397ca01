//! The scenarios: each makes a workspace, loads it and returns rows.

mod fanout;
mod history;
mod idle;
mod latency;
mod query;
mod resume;
mod rooms;
mod search;
mod snapshot;
mod start;
mod tasks;
mod workspace;

pub use workspace::Scale;

use crate::{
    postgres::{self, Postgres},
    process,
    report::Row,
    server::Launch,
};
use std::{
    path::PathBuf,
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// Measures one thing.
pub type Measure = fn(&Bench) -> anyhow::Result<Vec<Row>>;

/// All of them, by the name that `--only` takes, in the order of the table.
pub const SCENARIOS: &[(&str, Measure)] = &[
    ("fanout", fanout::measure),
    ("rooms", rooms::measure),
    ("latency", latency::measure),
    ("idle", idle::measure),
    ("history", history::measure),
    ("search", search::measure),
    ("query", query::measure),
    ("tasks", tasks::measure),
    ("start", start::measure),
    ("snapshot", snapshot::measure),
    ("resume", resume::measure),
    ("workspace", workspace::measure),
    ("workspace-postgres", workspace::measure_on_postgres),
];

/// What all scenarios are told.
pub struct Bench {
    pub executable: PathBuf,
    /// On the disk that is measured.
    pub folder: PathBuf,
    pub quick: bool,
    /// Of the large workspace.
    pub scale: Scale,
    /// How long a rate is measured.
    pub time: Duration,
    /// Instead of a PostgreSQL of our own.
    pub database_url: Option<String>,
}

impl Bench {
    /// The real number, or the one that shows that it works.
    pub fn size(&self, real: usize, quick: usize) -> usize {
        if self.quick { quick } else { real }
    }

    /// Before a measurement begins to count.
    pub fn warm_up(&self) -> Duration {
        self.time / 4
    }

    /// A folder for one server, gone afterwards.
    pub fn scratch(&self) -> anyhow::Result<TempDir> {
        Ok(tempfile::Builder::new()
            .prefix("run-")
            .tempdir_in(&self.folder)?)
    }

    /// A server on SQLite in this folder.
    pub fn launch(&self, scratch: &TempDir) -> Launch {
        let data = scratch.path().join("data");
        Launch {
            executable: self.executable.clone(),
            data,
            database_url: None,
        }
    }
}

/// A PostgreSQL for one server, and its URL: the one that was given, or one of our own. None where
/// there is none, and in a quick run unless one is given.
pub fn postgres_for(bench: &Bench) -> anyhow::Result<Option<(Option<Postgres>, String)>> {
    if let Some(url) = &bench.database_url {
        return Ok(Some((None, url.clone())));
    }
    if bench.quick {
        return Ok(None);
    }
    let Some(programs) = postgres::find_programs() else {
        eprintln!("no PostgreSQL found: give --database-url or install its packages");
        return Ok(None);
    };
    let own = Postgres::start(&programs, &bench.folder)?;
    let url = own.url();
    Ok(Some((Some(own), url)))
}

/// Processor time, of the server and of the whole machine, over a measured time.
pub struct Meter {
    pid: u32,
    tree: Option<u32>,
    begin: Instant,
    cpu: Option<Duration>,
    driver: Option<Duration>,
    machine: Option<f64>,
}

/// What a [`Meter`] read.
pub struct Usage {
    pub seconds: f64,
    /// Processor seconds of the server (and its database); None where they cannot be read.
    pub server: Option<f64>,
    note: String,
}

impl Meter {
    /// Begins; `database` is a process that counts together with its children.
    pub fn begin(pid: u32, database: Option<u32>) -> Self {
        let mut meter = Self {
            pid,
            tree: database,
            begin: Instant::now(),
            cpu: None,
            driver: process::cpu_time(std::process::id()),
            machine: process::machine_busy_seconds(),
        };
        meter.cpu = meter.cpu_now();
        meter.begin = Instant::now();
        meter
    }

    fn cpu_now(&self) -> Option<Duration> {
        let database = self
            .tree
            .and_then(process::cpu_time_of_tree)
            .unwrap_or_default();
        Some(process::cpu_time(self.pid)? + database)
    }

    pub fn end(self) -> Usage {
        let seconds = self.begin.elapsed().as_secs_f64();
        let since = |begin: Option<Duration>, end: Option<Duration>| {
            Some(end?.saturating_sub(begin?).as_secs_f64())
        };
        let server = since(self.cpu, self.cpu_now());
        let driver = since(self.driver, process::cpu_time(std::process::id()));
        let machine = self
            .machine
            .and_then(|from| Some(process::machine_busy_seconds()? - from));
        let note = match (server, driver, machine) {
            (Some(server), Some(driver), Some(machine)) => format!(
                "server {:.2}, driver {:.2}, others {:.2} cores",
                server / seconds,
                driver / seconds,
                (machine - server - driver).max(0.0) / seconds,
            ),
            _ => "processor time cannot be read here".to_owned(),
        };
        Usage {
            seconds,
            server,
            note,
        }
    }
}

impl Usage {
    /// Milliseconds of the server's processor time for each of so many per second.
    pub fn milliseconds_each(&self, per_second: f64) -> Option<f64> {
        Some(self.server? * 1e3 / (per_second * self.seconds).max(1.0))
    }

    /// Who used how many cores, for a row's note.
    pub fn note(&self) -> &str {
        &self.note
    }
}

/// So many clients, each on its own thread, repeat their request until the time is over. Returns
/// requests per second and the latencies of the part after the warm-up.
pub fn closed_loop<C: Send>(
    clients: Vec<C>,
    warm_up: Duration,
    time: Duration,
    request: impl Fn(&mut C) -> anyhow::Result<()> + Sync,
) -> anyhow::Result<(f64, crate::sample::Samples)> {
    let begin = Instant::now() + warm_up;
    let end = begin + time;
    let failed = AtomicBool::new(false);
    let work = |mut client: C| {
        let mut samples = crate::sample::Samples::default();
        while !failed.load(Ordering::Relaxed) && Instant::now() < end {
            let sent = Instant::now();
            if let Err(error) = request(&mut client) {
                failed.store(true, Ordering::Relaxed);
                return Err(error);
            }
            if sent >= begin && Instant::now() < end {
                samples.push(sent.elapsed());
            }
        }
        Ok(samples)
    };
    let results: Vec<anyhow::Result<_>> = std::thread::scope(|scope| {
        let threads: Vec<_> = clients
            .into_iter()
            .map(|client| scope.spawn(|| work(client)))
            .collect();
        let panicked = |_| Err(anyhow::anyhow!("a client panicked"));
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(panicked))
            .collect()
    });
    let mut all = crate::sample::Samples::default();
    for samples in results {
        all.extend(&samples?);
    }
    Ok((all.len() as f64 / time.as_secs_f64(), all))
}

/// Does the work for each of these at the same time, in threads of their own.
fn at_once<T: Send>(
    parts: impl IntoIterator<Item = T>,
    work: impl Fn(T) -> anyhow::Result<()> + Sync,
) -> anyhow::Result<()> {
    let work = &work;
    std::thread::scope(|scope| {
        let threads: Vec<_> = parts
            .into_iter()
            .map(|part| scope.spawn(move || work(part)))
            .collect();
        threads.into_iter().try_for_each(|thread| {
            let panicked = |_| Err(anyhow::anyhow!("a client panicked"));
            thread.join().unwrap_or_else(panicked)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicU64;

    #[test]
    fn a_closed_loop_counts_what_its_clients_do() {
        let total = AtomicU64::new(0);
        let count = |_: &mut u32| {
            total.fetch_add(1, Ordering::Relaxed);
            Ok(())
        };
        let time = Duration::from_millis(20);
        let (rate, samples) = closed_loop(vec![1, 2], Duration::ZERO, time, count).unwrap();
        assert!(rate > 0.0);
        assert!(samples.len() as u64 <= total.load(Ordering::Relaxed));
    }

    #[test]
    fn a_failing_request_ends_the_loop_of_all() {
        let fail = |client: &mut u32| match client {
            1 => anyhow::bail!("refused"),
            _ => Ok(()),
        };
        let long = Duration::from_secs(3600);
        let error = closed_loop(vec![1, 2], Duration::ZERO, long, fail)
            .err()
            .unwrap();
        assert_eq!(error.to_string(), "refused");
    }
}
