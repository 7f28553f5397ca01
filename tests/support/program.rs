//! The program `tenon`, as it was built: the server as a child process, and its tools.

use super::Database;
use rustix::process::{Pid, Signal, kill_process};
use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{ExitStatus, Output, Stdio},
    sync::OnceLock,
};
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
};

const BUILD: &str = "run `cargo build -p tenon` first";

/// The program beside this test. `TENON_BINARY` names another.
pub fn path() -> &'static Path {
    static PATH: OnceLock<PathBuf> = OnceLock::new();
    PATH.get_or_init(|| {
        if let Some(path) = std::env::var_os("TENON_BINARY") {
            return path.into();
        }
        let test = std::env::current_exe().unwrap();
        let folder = test.ancestors().nth(2).unwrap();
        let path = folder.join("tenon");
        assert!(path.is_file(), "{} is missing: {BUILD}", path.display());
        if let Some(source) = newer_source(&path, &folder.join("tenon.d")) {
            panic!("{} is older than {source}: {BUILD}", path.display());
        }
        path
    })
}

/// A source file that was written after the program was built from it.
fn newer_source(program: &Path, list: &Path) -> Option<String> {
    let built = fs::metadata(program).unwrap().modified().unwrap();
    let text = fs::read_to_string(list).unwrap_or_default();
    let sources = text.split_once(": ")?.1.split_whitespace();
    let newer = |source: &&str| {
        let written = fs::metadata(source).and_then(|file| file.modified());
        source.ends_with(".rs") && written.is_ok_and(|written| written > built)
    };
    sources.into_iter().find(newer).map(str::to_owned)
}

/// A command of the program that nothing in our own environment changes.
pub fn command(args: &[&str]) -> Command {
    wrapped(&[], args)
}

/// The same behind a launcher, `["prlimit", "--fsize=…"]`.
pub fn wrapped(launcher: &[&str], args: &[&str]) -> Command {
    let mut words = launcher.iter().map(|word| word.to_string());
    let program = path().display().to_string();
    let mut command = match words.next() {
        Some(first) => {
            let mut command = Command::new(first);
            command.args(words).arg(program);
            command
        }
        None => Command::new(program),
    };
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("TENON_")) {
        command.env_remove(name);
    }
    command
        .args(args)
        .env("TENON_LOG", "warn")
        .stdin(Stdio::null())
        .kill_on_drop(true);
    command
}

/// Runs a tool of the program on a database.
pub async fn run(database: &Database, args: &[&str]) -> Output {
    let place = database.args();
    command(args).args(place).output().await.unwrap()
}

/// Runs a tool that must succeed; answers with what it printed.
pub async fn run_well(database: &Database, args: &[&str]) -> String {
    let output = run(database, args).await;
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{args:?} ended with {}: {error}",
        output.status
    );
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// A server that is ready.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
    log: PathBuf,
    /// Kept open: the server would not survive printing into a closed pipe.
    _printed: Lines<BufReader<ChildStdout>>,
}

impl Server {
    /// Starts it on a free port and waits until it says that it is ready.
    pub async fn start(database: &Database) -> Self {
        Self::launch(database, &[]).await
    }

    /// The same behind a launcher.
    pub async fn launch(database: &Database, launcher: &[&str]) -> Self {
        // One inner address that it may reach: there stories play the rest of the web.
        let outside = ["--outbound-allow", "127.0.0.2/32"];
        let mut command = wrapped(launcher, &["serve", "--listen", "127.0.0.1:0"]);
        command
            .args(outside)
            .args(database.args())
            .args(&database.serving)
            .env("TENON_CLOCK_AHEAD_H", database.hours_ahead.to_string());
        Self::spawn(database, command).await
    }

    /// Starts it by a command of the story's own.
    pub async fn spawn(database: &Database, mut command: Command) -> Self {
        let log = database.folder().join("server.log");
        let to = fs::File::options()
            .create(true)
            .append(true)
            .open(&log)
            .unwrap();
        let mut child = command.stdout(Stdio::piped()).stderr(to).spawn().unwrap();
        let mut printed = BufReader::new(child.stdout.take().unwrap()).lines();
        while let Some(line) = printed.next_line().await.unwrap() {
            if let Some((_, address)) = line.split_once("http://") {
                let address = address.trim().parse().unwrap();
                return Self {
                    child,
                    address,
                    log,
                    _printed: printed,
                };
            }
        }
        panic!("the server did not start: {}", end_of(&log));
    }

    /// `kill -9`.
    pub async fn kill(mut self) {
        self.kill_now().await;
    }

    /// The same, of a server that somebody else holds.
    pub async fn kill_now(&mut self) {
        self.child.kill().await.unwrap();
    }

    /// Asks it to stop, as an administrator would.
    pub fn terminate(&self) {
        let pid = Pid::from_raw(self.child.id().unwrap() as i32).unwrap();
        kill_process(pid, Signal::TERM).unwrap();
    }

    /// Waits for its end.
    pub async fn wait(mut self) -> ExitStatus {
        self.child.wait().await.unwrap()
    }

    /// Asks it to stop, and waits until it has.
    pub async fn stop(self) {
        self.terminate();
        let log = self.log.clone();
        let status = self.wait().await;
        assert!(
            status.success(),
            "the server ended with {status}: {}",
            end_of(&log)
        );
    }

    /// What it has logged.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }

    pub fn pid(&self) -> u32 {
        self.child.id().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("--- the server's log ends so:\n{}---", end_of(&self.log));
        }
    }
}

fn end_of(log: &Path) -> String {
    let text = fs::read(log).unwrap_or_default();
    String::from_utf8_lossy(&text[text.len().saturating_sub(4_000)..]).into_owned()
}
