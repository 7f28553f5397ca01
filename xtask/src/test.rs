//! `cargo xtask test`: every layer of tests, in the order in which a fault is cheapest to find.
//! All of them run even if one fails; the end names what failed.

use crate::{generate, process, repository, tally::Tally, tidy, tools, web};
use std::{
    env,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// One layer: what it is called on the command line, and how it runs.
struct Layer {
    name: &'static str,
    about: &'static str,
    run: Run,
    /// Uses programs that may have to be installed first.
    is_demanding: bool,
}

type Run = fn(&mut Tally) -> Result<(), String>;

impl Layer {
    const fn new(name: &'static str, about: &'static str, run: Run) -> Self {
        Self {
            name,
            about,
            run,
            is_demanding: false,
        }
    }

    const fn demanding(self) -> Self {
        Self {
            is_demanding: true,
            ..self
        }
    }
}

const LAYERS: &[Layer] = &[
    Layer::new("format", "Rust sources are formatted", format),
    Layer::new("tidy", "the rules of the repository", tidy_check),
    Layer::new("web", "web UI: lint, types, unit tests, build", web_tests),
    Layer::new("lint", "clippy, warnings are errors", lint),
    Layer::new("generated", "generated files are up to date", generated),
    Layer::new("rust", "every crate, and stories over real sockets", rust).demanding(),
    Layer::new(
        "senders",
        "programs of others meet the server unchanged",
        senders,
    )
    .demanding(),
    Layer::new("browser", "stories in a real browser", browser).demanding(),
];

/// How one layer ended.
struct Outcome {
    name: &'static str,
    tally: Tally,
    fault: Option<String>,
    took: Duration,
}

/// The same, told to be plain: no colours, no questions.
pub fn ci(names: &[String]) -> Result<(), String> {
    let this = env::current_exe().map_err(|error| format!("cannot find myself: {error}."))?;
    let mut test = Command::new(this);
    test.arg("test").args(names);
    process::become_program(test.envs([
        ("CI", "true"),
        ("NO_COLOR", "1"),
        ("CARGO_TERM_COLOR", "never"),
        // Nothing is built a second time there.
        ("CARGO_INCREMENTAL", "0"),
    ]))
}

/// Runs the layers called `names`, or all of them.
pub fn test(names: &[String]) -> Result<(), String> {
    if let Some(unknown) = names
        .iter()
        .find(|name| LAYERS.iter().all(|l| l.name != **name))
    {
        let known: Vec<&str> = LAYERS.iter().map(|layer| layer.name).collect();
        return Err(format!(
            "there is no layer `{unknown}`, only {}.",
            known.join(", ")
        ));
    }
    let chosen = LAYERS
        .iter()
        .filter(|l| names.is_empty() || names.iter().any(|n| n == l.name));
    let chosen: Vec<&Layer> = chosen.collect();
    let mut early = begin_early(&chosen)?;
    let result = run_layers(chosen);
    if let Some(early) = &mut early {
        // Its layer has waited for it, or there is none to wait for it any more.
        let _ = early.kill().and_then(|()| early.wait());
    }
    summarise(&result?)
}

fn run_layers(chosen: Vec<&Layer>) -> Result<Vec<Outcome>, String> {
    if chosen.iter().any(|layer| layer.is_demanding) {
        tools::provide_for_tests()?;
    }
    Ok(chosen.into_iter().map(run_layer).collect())
}

/// Installing and the web layer do one thing after the other, compiling uses every core: clippy
/// begins beside them. Its own layer then waits for cargo's lock, and repeats what this one found.
fn begin_early(chosen: &[&Layer]) -> Result<Option<Child>, String> {
    let is_chosen = |name: &str| chosen.iter().any(|layer| layer.name == name);
    if !is_chosen("web") || !is_chosen("lint") {
        return Ok(None);
    }
    let mut clippy = clippy();
    clippy.stdin(Stdio::null());
    clippy.stdout(Stdio::null()).stderr(Stdio::null());
    process::start(&mut clippy).map(Some)
}

fn run_layer(layer: &Layer) -> Outcome {
    println!("\n== {}: {}", layer.name, layer.about);
    let began = Instant::now();
    let mut tally = Tally::default();
    let fault = (layer.run)(&mut tally).err();
    if let Some(sentence) = &fault {
        println!("{sentence}");
    }
    // A check without tests of its own counts as one; so does a layer that broke outside a test.
    if fault.is_some() && tally.failed == 0 {
        tally.failed = 1;
    } else if tally.passed + tally.failed == 0 {
        tally.passed = 1;
    }
    Outcome {
        name: layer.name,
        tally,
        fault,
        took: began.elapsed(),
    }
}

fn summarise(outcomes: &[Outcome]) -> Result<(), String> {
    println!("\n== summary");
    for outcome in outcomes {
        for line in &outcome.tally.closing {
            println!("{:>10}  {line}", outcome.name);
        }
    }
    for outcome in outcomes {
        let verdict = if outcome.fault.is_none() {
            "ok"
        } else {
            "FAILED"
        };
        let seconds = outcome.took.as_secs();
        println!(
            "{:>10}  {verdict:<6}  {:>2} min {:>2} s",
            outcome.name,
            seconds / 60,
            seconds % 60
        );
    }
    let passed: u64 = outcomes.iter().map(|outcome| outcome.tally.passed).sum();
    let failed: u64 = outcomes.iter().map(|outcome| outcome.tally.failed).sum();
    println!("{passed} passed, {failed} failed");
    let broken: Vec<&str> = outcomes
        .iter()
        .filter(|o| o.fault.is_some())
        .map(|outcome| outcome.name)
        .collect();
    if broken.is_empty() {
        return Ok(());
    }
    Err(format!(
        "failed: {}. To run one again: cargo xtask test {}",
        broken.join(", "),
        broken[0]
    ))
}

fn format(_: &mut Tally) -> Result<(), String> {
    process::run(cargo().args(["fmt", "--all", "--check"]))
}

fn tidy_check(_: &mut Tally) -> Result<(), String> {
    tidy::tidy()
}

fn web_tests(tally: &mut Tally) -> Result<(), String> {
    web::install(&repository::web())?;
    let mut faults = Vec::new();
    for script in ["check", "test", "build"] {
        println!("-- npm run {script}");
        faults.extend(process::tee(&mut web::npm(&["run", script]), |line| tally.read(line)).err());
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults.join("\n"))
    }
}

fn lint(_: &mut Tally) -> Result<(), String> {
    process::run(&mut clippy())
}

fn clippy() -> Command {
    let mut clippy = cargo();
    clippy.args(["clippy", "--workspace", "--all-targets"]);
    clippy.args(["--", "--deny", "warnings"]);
    clippy
}

fn generated(_: &mut Tally) -> Result<(), String> {
    build_program()?;
    generate::compare(&repository::binary("debug"), true)
}

/// Plain `cargo test`, not a process per test: the tests of one program share one PostgreSQL.
fn rust(tally: &mut Tally) -> Result<(), String> {
    build_program()?;
    let mut command = cargo();
    command.args(["test", "--workspace", "--tests", "--no-fail-fast"]);
    command.env("TENON_BINARY", repository::binary("debug"));
    // Stories wait for the disk and for servers as much as they compute.
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    command.env("RUST_TEST_THREADS", (2 * cores).to_string());
    process::tee(&mut command, |line| tally.read(line))
}

fn senders(tally: &mut Tally) -> Result<(), String> {
    build_program()?;
    let mut command = Command::new(senders_python()?);
    command.args([
        "-B",
        "-m",
        "unittest",
        "discover",
        "--verbose",
        "--start-directory",
    ]);
    command
        .arg(repository::root().join("tests/senders"))
        .env("TENON_BINARY", repository::binary("debug"));
    process::tee(&mut command, |line| tally.read(line))
}

/// A Python with the libraries that senders use.
fn senders_python() -> Result<PathBuf, String> {
    let requirements = repository::root().join("tests/senders/requirements.txt");
    tools::python(&repository::target().join("python"), &requirements)
}

fn browser(tally: &mut Tally) -> Result<(), String> {
    web::install(&repository::web())?;
    web::build()?;
    build_program()?;
    let mut npm = web::npm(&["run", "e2e"]);
    npm.env("TENON_BINARY", repository::binary("debug"));
    npm.env("TENON_PYTHON", senders_python()?);
    npm.envs(tools::chromium().map(|path| ("TENON_CHROMIUM", path)));
    npm.envs(tools::chromium_shell().map(|path| ("TENON_CHROMIUM_SHELL", path)));
    process::tee(&mut npm, |line| tally.read(line))
}

/// The one build that all tests use. The program together with the tests: by itself its libraries
/// have other features, and everything would be compiled twice.
fn build_program() -> Result<(), String> {
    process::run(cargo().args(["build", "--workspace", "--bins", "--tests"]))
}

fn cargo() -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(repository::root());
    command
}
