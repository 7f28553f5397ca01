//! A PostgreSQL of our own in a temporary directory, if Debian's packages (or a `PATH`) offer one.

use crate::server::{free_address, terminate};
use anyhow::{Context as _, bail};
use rustix::process::Signal;
use std::{
    fs,
    os::unix::{fs::chown, process::CommandExt as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;

const START_TIME_MAX: Duration = Duration::from_secs(30);
const STOP_TIME_MAX: Duration = Duration::from_secs(20);

/// A running cluster; gone when dropped.
pub struct Postgres {
    child: Child,
    port: u16,
    _folder: TempDir,
}

/// Folder of the newest PostgreSQL's programs.
pub fn find_programs() -> Option<PathBuf> {
    let debian = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let newest = debian
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .max()
        .map(|version| PathBuf::from(format!("/usr/lib/postgresql/{version}/bin")));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let complete = |folder: &PathBuf| {
        ["initdb", "postgres", "pg_isready"]
            .iter()
            .all(|name| folder.join(name).is_file())
    };
    newest
        .into_iter()
        .chain(std::env::split_paths(&path))
        .find(complete)
}

impl Postgres {
    /// Makes and starts a cluster in a new folder below this one, durable as shipped.
    ///
    /// Errors: its programs say why.
    pub fn start(programs: &Path, parent: &Path) -> anyhow::Result<Self> {
        let account = account()?;
        let folder = tempfile::Builder::new()
            .prefix("postgres-")
            .tempdir_in(parent)?;
        if let Some((user, group)) = account {
            chown(folder.path(), Some(user), Some(group))?;
        }
        let data = folder.path().join("data");
        let program = |name: &str| {
            let mut command = Command::new(programs.join(name));
            if let Some((user, group)) = account {
                command.uid(user).gid(group);
            }
            command.current_dir(folder.path()).stdin(Stdio::null());
            command
        };
        let output = program("initdb")
            .args([
                "--username=tenon",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
            ])
            .args(["--no-sync", "--no-instructions", "--pgdata"])
            .arg(&data)
            .output()?;
        if !output.status.success() {
            bail!("initdb failed: {}", String::from_utf8_lossy(&output.stderr));
        }
        let port = free_address()?.port();
        let log = folder.path().join("log");
        let child = program("postgres")
            .arg("-D")
            .arg(&data)
            .args(["-p", &port.to_string(), "-c", "listen_addresses=127.0.0.1"])
            .args([
                "-c",
                "unix_socket_directories=",
                "-c",
                "shared_buffers=512MB",
            ])
            .stdout(Stdio::null())
            .stderr(fs::File::create(&log)?)
            .spawn()?;
        let mut probe = program("pg_isready");
        probe.args(["--quiet", "--host=127.0.0.1", "--port", &port.to_string()]);
        let mut postgres = Self {
            child,
            port,
            _folder: folder,
        };
        postgres.wait_until_ready(&mut probe, &log)?;
        Ok(postgres)
    }

    pub fn url(&self) -> String {
        format!("postgres://tenon@127.0.0.1:{}/postgres", self.port)
    }

    /// Of the first process; the others are its children.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    fn wait_until_ready(&mut self, probe: &mut Command, log: &Path) -> anyhow::Result<()> {
        let deadline = Instant::now() + START_TIME_MAX;
        while !probe.status()?.success() {
            if self.child.try_wait()?.is_some() || Instant::now() > deadline {
                bail!(
                    "postgres did not start: {}",
                    fs::read_to_string(log).unwrap_or_default()
                );
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients.
        terminate(&mut self.child, Signal::INT, STOP_TIME_MAX);
    }
}

/// PostgreSQL refuses to run as root: then the ids of the account its package made.
fn account() -> anyhow::Result<Option<(u32, u32)>> {
    if !rustix::process::geteuid().is_root() {
        return Ok(None);
    }
    let accounts = fs::read_to_string("/etc/passwd")?;
    find_account(&accounts, "postgres")
        .map(Some)
        .context("there is no account `postgres`")
}

fn find_account(accounts: &str, name: &str) -> Option<(u32, u32)> {
    let fields: Vec<&str> = accounts
        .lines()
        .map(|line| line.split(':').collect::<Vec<_>>())
        .find(|fields| fields.first() == Some(&name))?;
    Some((fields.get(2)?.parse().ok()?, fields.get(3)?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_found_by_its_whole_name() {
        let accounts = "root:x:0:0:root:/root:/bin/sh\npostgres2:x:5:5::/:\n\
                        postgres:x:104:111:PostgreSQL:/var/lib/postgresql:/bin/bash\n";
        assert_eq!(find_account(accounts, "postgres"), Some((104, 111)));
        assert_eq!(find_account(accounts, "nobody"), None);
    }
}
