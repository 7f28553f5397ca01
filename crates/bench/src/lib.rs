//! The benchmarks: `tenon bench` and `cargo xtask bench` call [`run`].
//!
//! A real server is started as a child and measured through its sockets; the bare limits of the
//! machine are measured in the same call. Nothing here reaches into the server.

mod bare;
mod disk;
mod http;
mod postgres;
mod process;
mod report;
mod sample;
mod scenario;
mod server;
mod stage;
mod swarm;
mod talk;
mod websocket;

use anyhow::Context as _;
use report::{Goal, Report, ReportRow, Row};
use scenario::{Bench, SCENARIOS, Scale};
use std::{path::PathBuf, time::Duration};

/// What to measure, and where.
#[derive(clap::Args, Clone, Debug)]
pub struct Options {
    /// Only these scenarios, separated by commas: fanout, rooms, latency, idle, history, search,
    /// query, tasks, start, snapshot, resume, workspace, workspace-postgres
    #[arg(long, value_delimiter = ',')]
    pub only: Vec<String>,

    /// Small numbers: shows that everything works, not how fast it is
    #[arg(long)]
    pub quick: bool,

    /// How large the workspace of the scenario `workspace` is
    #[arg(long, value_enum, default_value_t)]
    pub scale: Scale,

    /// How long each rate is measured
    #[arg(long, default_value_t = 5.0, value_name = "SECONDS")]
    pub seconds: f64,

    /// Where the report is written
    #[arg(long, default_value = "target/bench.json", value_name = "FILE")]
    pub json: PathBuf,

    /// Folder for data directories; must be on the disk that is to be measured
    #[arg(long, default_value = "target/bench-data", value_name = "DIR")]
    pub folder: PathBuf,

    /// An empty PostgreSQL database; without it one is started if its programs are installed
    #[arg(long, value_name = "URL")]
    pub database_url: Option<String>,

    /// The server program; this one by default
    #[arg(long, value_name = "FILE")]
    pub executable: Option<PathBuf>,
}

/// Measures, prints the table and writes the report.
///
/// Errors: an unknown scenario, one that could not be carried out (the others are still measured
/// and reported), or a delivery lost, doubled or out of order. A figure that misses its goal is
/// shown as missed and is no error.
pub fn run(options: Options) -> anyhow::Result<()> {
    let bench = prepare(&options)?;
    let mut rows: Vec<Row> = Vec::new();
    let mut failed: Vec<String> = Vec::new();
    for (name, measure) in SCENARIOS {
        if !options.only.is_empty() && !options.only.iter().any(|only| only == name) {
            continue;
        }
        eprintln!("measuring {name} …");
        match measure(&bench) {
            Ok(mut measured) => {
                if bench.quick {
                    // Small numbers say nothing about speed.
                    measured
                        .iter_mut()
                        .for_each(|row| row.goals.retain(|g| *g == Goal::Never));
                }
                rows.extend(measured);
            }
            Err(error) => {
                eprintln!("{name} failed: {error:#}");
                failed.push((*name).to_owned());
            }
        }
    }
    println!("{}", report::table(&rows));
    let report = Report {
        version: env!("CARGO_PKG_VERSION"),
        quick: bench.quick,
        seconds: bench.time.as_secs_f64(),
        cores: std::thread::available_parallelism().map_or(1, usize::from),
        rows: rows.iter().map(ReportRow::from).collect(),
    };
    report::write(&report, &options.json)?;
    let broken = rows.iter().filter(|row| row.is_broken());
    failed.extend(broken.map(|row| row.what.clone()));
    anyhow::ensure!(failed.is_empty(), "failed: {}", failed.join(", "));
    Ok(())
}

fn prepare(options: &Options) -> anyhow::Result<Bench> {
    for only in &options.only {
        let known = SCENARIOS.iter().any(|(name, _)| name == only);
        anyhow::ensure!(known, "there is no scenario `{only}`; see `--help`");
    }
    anyhow::ensure!(options.seconds > 0.0, "--seconds must be above 0");
    raise_open_files();
    std::fs::create_dir_all(&options.folder)
        .with_context(|| format!("cannot make {}", options.folder.display()))?;
    let executable = match &options.executable {
        Some(path) => path.clone(),
        None => std::env::current_exe()?,
    };
    let seconds = if options.quick {
        options.seconds.min(0.3)
    } else {
        options.seconds
    };
    Ok(Bench {
        executable: executable
            .canonicalize()
            .with_context(|| format!("there is no program {}", executable.display()))?,
        folder: options.folder.canonicalize()?,
        quick: options.quick,
        scale: options.scale,
        time: Duration::from_secs_f64(seconds),
        database_url: options.database_url.clone(),
    })
}

/// Thousands of sockets need as many open files, here and in the server, which inherits the limit.
fn raise_open_files() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    // Refused only where the system forbids it; opening says so when it matters.
    let _ = setrlimit(
        Resource::Nofile,
        Rlimit {
            current: limit.maximum,
            ..limit
        },
    );
}
