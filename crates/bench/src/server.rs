//! A `tenon serve` as its users run it: a child process on a data directory of its own.
//!
//! It is stopped by its pid when dropped; nothing else is ever stopped.

use crate::http::Client;
use anyhow::{Context as _, bail};
use rustix::process::{Pid, Signal, kill_process};
use std::{
    fs::{self, File},
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// Limit: from start to ready, and from the request to stop to the end.
const START_TIME_MAX: Duration = Duration::from_secs(60);
const STOP_TIME_MAX: Duration = Duration::from_secs(20);

/// How to start one.
#[derive(Clone, Debug)]
pub struct Launch {
    /// The program, as built.
    pub executable: PathBuf,
    pub data: PathBuf,
    /// SQLite in the data directory when absent.
    pub database_url: Option<String>,
}

/// A server that answered "ready".
pub struct Server {
    child: Child,
    log: PathBuf,
    pub address: SocketAddr,
    /// From the start of the process to the first "ready".
    pub ready_after: Duration,
}

impl Launch {
    /// Starts it and waits until it is ready.
    ///
    /// Errors: it ended or was not ready in time; the end of its log is in the error.
    pub fn start(&self) -> anyhow::Result<Server> {
        fs::create_dir_all(&self.data)?;
        let log = self.data.with_extension("log");
        let address = free_address()?;
        let begin = Instant::now();
        let child = self
            .command("serve")
            .args(["--listen", &address.to_string()])
            .stdin(Stdio::null())
            .stdout(File::create(&log)?)
            .stderr(File::options().append(true).open(&log)?)
            .spawn()
            .with_context(|| format!("cannot start {}", self.executable.display()))?;
        let mut server = Server {
            child,
            log,
            address,
            ready_after: Duration::ZERO,
        };
        server.wait_until_ready(begin)?;
        server.ready_after = begin.elapsed();
        Ok(server)
    }

    /// Makes bots by the command line; returns their tokens in the order of their numbers. They
    /// are named `PREFIX-0` and so on.
    pub fn create_bots(&self, count: usize, prefix: &str) -> anyhow::Result<Vec<String>> {
        if count == 0 {
            return Ok(Vec::new());
        }
        let count_text = count.to_string();
        let output = self
            .command("token")
            .args(["--bots", &count_text, "--prefix", prefix])
            .stdin(Stdio::null())
            .output()?;
        if !output.status.success() {
            let error = String::from_utf8_lossy(&output.stderr);
            bail!("`token create` ended with {}: {error}", output.status);
        }
        let text = String::from_utf8(output.stdout)?;
        let tokens: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        anyhow::ensure!(
            tokens.len() == count,
            "{} tokens instead of {count}",
            tokens.len()
        );
        Ok(tokens)
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(&self.executable);
        // Whatever the caller's environment says, the measured server is the shipped one.
        let ours = |name: &str| name.starts_with("TENON_") || name == "RUST_LOG";
        for (name, _) in std::env::vars().filter(|(name, _)| ours(name)) {
            command.env_remove(name);
        }
        command.arg(name);
        if name == "token" {
            command.arg("create");
        }
        command.arg("--data").arg(&self.data);
        if let Some(url) = &self.database_url {
            command.args(["--database-url", url]);
        }
        command
    }
}

impl Server {
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// A connection as the bearer of this token.
    pub fn connect(&self, token: Option<&str>) -> anyhow::Result<Client> {
        Client::connect(self.address, token).context("cannot connect to the server")
    }

    /// Stops it as an administrator would, and waits for its end.
    ///
    /// Errors: it did not end in time (it is killed then), or not with success.
    pub fn stop(mut self) -> anyhow::Result<()> {
        if !self.terminate() {
            bail!(
                "the server did not stop within {} s",
                STOP_TIME_MAX.as_secs()
            );
        }
        let status = self.child.wait()?;
        anyhow::ensure!(
            status.success(),
            "the server ended with {status}\n{}",
            self.log_end()
        );
        Ok(())
    }

    fn wait_until_ready(&mut self, begin: Instant) -> anyhow::Result<()> {
        while !is_ready(self.address) {
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended with {status}\n{}", self.log_end());
            }
            if begin.elapsed() > START_TIME_MAX {
                bail!("the server was not ready in time\n{}", self.log_end());
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok(())
    }

    fn log_end(&self) -> String {
        let text = fs::read(&self.log).unwrap_or_default();
        String::from_utf8_lossy(&text[text.len().saturating_sub(2_000)..]).into_owned()
    }

    /// True if it ended by itself when asked.
    fn terminate(&mut self) -> bool {
        if matches!(self.child.try_wait(), Ok(Some(_))) {
            return true;
        }
        terminate(&mut self.child, Signal::TERM, STOP_TIME_MAX)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.terminate();
    }
}

/// Asks a child to end and waits; kills it when it does not. True if it ended when asked.
pub fn terminate(child: &mut Child, signal: Signal, limit: Duration) -> bool {
    let Some(pid) = Pid::from_raw(child.id() as i32) else {
        return false;
    };
    // It may just have ended, then there is nobody to ask.
    let _ = kill_process(pid, signal);
    let deadline = Instant::now() + limit;
    while Instant::now() < deadline {
        if matches!(child.try_wait(), Ok(Some(_))) {
            return true;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let _ = child.kill();
    let _ = child.wait();
    false
}

/// An address on loopback that nobody listens on just now.
pub fn free_address() -> anyhow::Result<SocketAddr> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}

/// Size of the program, bytes.
pub fn executable_bytes(path: &Path) -> anyhow::Result<u64> {
    Ok(fs::metadata(path)?.len())
}

fn is_ready(address: SocketAddr) -> bool {
    let Ok(mut client) = Client::connect(address, None) else {
        return false;
    };
    client
        .get("/readyz")
        .is_ok_and(|answer| answer.status == 200)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_ends_is_an_error_that_shows_its_words() {
        let folder = tempfile::tempdir().unwrap();
        let script = folder.path().join("program");
        fs::write(&script, "#!/bin/sh\necho no database here >&2\nexit 2\n").unwrap();
        make_executable(&script);
        let data = folder.path().join("data");
        let launch = Launch {
            executable: script,
            data,
            database_url: None,
        };
        let error = format!("{:#}", launch.start().err().unwrap());
        assert!(error.contains("no database here"), "{error}");
        let error = format!("{:#}", launch.create_bots(2, "bot").unwrap_err());
        assert!(error.contains("no database here"), "{error}");
    }

    #[test]
    fn a_child_that_does_not_listen_is_killed() {
        let mut child = Command::new("sh")
            .args(["-c", "trap '' TERM; echo deaf; while :; do read line; done"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut word = [0; 4];
        std::io::Read::read_exact(child.stdout.as_mut().unwrap(), &mut word).unwrap();
        assert!(!terminate(
            &mut child,
            Signal::TERM,
            Duration::from_millis(20)
        ));
        assert!(child.try_wait().unwrap().is_some());
    }

    fn make_executable(path: &Path) {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }
}
