//! `tenon serve`: puts the crates together, runs until it is told to stop.

use crate::{
    config::{LISTEN_DEFAULT, Owner, ServeArgs, file_folder},
    demo,
    key::secret_key,
    mail::mail_sender,
};
use anyhow::{Context, bail};
use std::{
    fs::File,
    future::Future,
    net::SocketAddr,
    path::{Path, PathBuf},
    pin::pin,
    sync::Arc,
};
use tenon_engine::{Engine, FileOptions, LinkReader, Options, PushSender, VAULT_KEY_BYTES};
use tenon_integrations::{Door, WebPush, WebReader};
use tenon_protocol::{ErrorCode, credential::Setup, limit::FILE_BYTES_MAX_DEFAULT};
use tenon_server::ServerConfig;
use tenon_store::{Store, Unable};
use tokio::net::{TcpListener, TcpSocket};
use tracing_subscriber::EnvFilter;

/// Runs until SIGINT or SIGTERM, then finishes what was begun.
pub async fn serve(args: ServeArgs) -> anyhow::Result<()> {
    let args = args.with_file()?;
    start_log(args.log_json);
    raise_open_files();
    let mut stop = pin!(stop_signal()?);
    let running = tokio::select! {
        running = start(args) => running?,
        // Whatever it is at, such as a migration, is done whole or not at all.
        () = &mut stop => return Ok(()),
    };
    println!("Tenon is ready: http://{}", running.address);
    for line in &running.hints {
        println!("{line}");
    }
    running.run(stop).await
}

/// A server that listens, and is not yet served.
pub struct Running {
    pub address: SocketAddr,
    pub engine: Engine,
    /// How to sign in, for whoever started it.
    pub hints: Vec<String>,
    listener: TcpListener,
    config: ServerConfig,
    /// Held while the server runs: one server to a data directory.
    _lock: Option<File>,
    /// Held so that no other server writes its indexes there.
    _search: File,
}

/// Limit: connections that wait to be accepted, if the system allows as many. One that finds no
/// room when everybody comes back at once tries again a second later.
const BACKLOG_MAX: u32 = 4_096;

fn listener(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4()?,
        SocketAddr::V6(_) => TcpSocket::new_v6()?,
    };
    // As everywhere but on Windows, where it means something else: a server can start again
    // while connections of the one before are still being forgotten.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG_MAX)
}

/// Opens the database, the port and the engine; fills in owner and demo.
pub async fn start(args: ServeArgs) -> anyhow::Result<Running> {
    #[cfg(debug_assertions)]
    set_clock();
    let lock = match args.place.database_url {
        Some(_) => None,
        None => Some(lock_directory(&args.place.directory()?)?),
    };
    let listen = args.listen.unwrap_or(LISTEN_DEFAULT);
    let listener = listener(listen).map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => anyhow::anyhow!(
            "{listen} is in use by another program; stop it, or choose another port with --listen"
        ),
        _ => anyhow::anyhow!("cannot listen on {listen}: {error}"),
    })?;
    let store = open(&args).await?;
    let search = search_directory(&args.place.directory()?)?;
    let options = Options {
        demo: if args.demo {
            demo::accounts()
        } else {
            Vec::new()
        },
        search_directory: Some(search.0),
        files: Some(FileOptions {
            directory: file_folder(&args.place.directory()?),
            bucket: args.place.files.bucket()?,
            bytes_max: args.file_bytes_max.unwrap_or(FILE_BYTES_MAX_DEFAULT),
        }),
        link_reader: link_reader(&args)?,
        push: Some(push_sender(&args)?),
        mail: match mail_sender(&args.mail, args.public_url.as_deref())? {
            Some(mail) => Some((Arc::new(mail), secret_key(&args.place.directory()?)?)),
            None => None,
        },
    };
    let engine = Engine::start(store, options).await.map_err(failure)?;
    let mut hints = Vec::new();
    if engine.setup_status().await.map_err(failure)?.needed {
        match (&args.owner, args.demo) {
            (Some(owner), _) => found(&engine, owner).await?,
            (None, true) => demo::seed(&engine).await?,
            (None, false) => {
                hints.push("Open it in a browser to set up your workspace.".to_owned());
            }
        }
    }
    if args.demo {
        hints.extend(demo::hints());
    }
    let address = listener.local_addr()?;
    let config = ServerConfig {
        secure_cookies: args
            .public_url
            .as_deref()
            .is_some_and(|url| url.starts_with("https:")),
        public_url: args.public_url,
        trusted_proxies: args.trusted_proxies,
    };
    Ok(Running {
        address,
        engine,
        hints,
        listener,
        config,
        _lock: lock,
        _search: search.1,
    })
}

impl Running {
    /// Serves until `stop` is ready; then takes no more connections, finishes commands, and ends.
    pub async fn run(self, stop: impl Future<Output = ()> + Send) -> anyhow::Result<()> {
        tenon_server::serve(self.engine, self.config, self.listener, stop).await?;
        Ok(())
    }
}

/// None if the operator wants no previews.
fn link_reader(args: &ServeArgs) -> anyhow::Result<Option<Arc<dyn LinkReader>>> {
    if !args.link_previews.unwrap_or(true) {
        return Ok(None);
    }
    let door = Door::new(args.outbound_allow.clone()).context("there is no way out")?;
    Ok(Some(Arc::new(WebReader::new(door))))
}

/// What talks to push services, and the key to what it must know.
fn push_sender(args: &ServeArgs) -> anyhow::Result<(Arc<dyn PushSender>, [u8; VAULT_KEY_BYTES])> {
    let door = Door::new(args.outbound_allow.clone()).context("there is no way out")?;
    let key = secret_key(&args.place.directory()?)?;
    Ok((Arc::new(WebPush::new(door)), key))
}

async fn open(args: &ServeArgs) -> anyhow::Result<Store> {
    Store::open(&args.place.store()?)
        .await
        .map_err(|unable| match unable {
            Unable::Later(text) => anyhow::anyhow!("the database cannot be opened now: {text}"),
            other @ (Unable::Broken(_) | Unable::Unfit(_)) => anyhow::anyhow!("{other}"),
        })
}

/// Held by whoever alone works with the directory: a server on its own database, a restore.
pub fn lock_directory(directory: &Path) -> anyhow::Result<File> {
    let path = directory.join("tenon.lock");
    let file =
        File::create(&path).with_context(|| format!("{} cannot be written", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(_) => bail!(
            "{} is in use by another Tenon server or a restore; stop it, or choose another --data",
            directory.display()
        ),
    }
}

/// Limit: servers that keep their search indexes below one directory.
const SEARCH_DIRECTORIES_MAX: usize = 16;

/// Where this server alone keeps its search indexes, and the lock on it. Several servers may share
/// a PostgreSQL database and a machine; each has indexes of its own.
fn search_directory(data: &Path) -> anyhow::Result<(PathBuf, File)> {
    for number in 1..=SEARCH_DIRECTORIES_MAX {
        let directory = data.join(match number {
            1 => "search".to_owned(),
            _ => format!("search-{number}"),
        });
        std::fs::create_dir_all(&directory)
            .with_context(|| format!("the directory {} cannot be made", directory.display()))?;
        let path = directory.join("lock");
        let file =
            File::create(&path).with_context(|| format!("{} cannot be written", path.display()))?;
        if file.try_lock().is_ok() {
            return Ok((directory, file));
        }
    }
    bail!(
        "too many servers keep their search indexes in {}; choose another --data",
        data.display()
    )
}

async fn found(engine: &Engine, owner: &Owner) -> anyhow::Result<()> {
    let name = owner.email.split('@').next().unwrap_or("owner").to_owned();
    let setup = Setup {
        workspace_name: "Tenon".into(),
        workspace_slug: None,
        name,
        email: owner.email.clone(),
        password: owner.password.clone(),
        time_zone: None,
        language: None,
    };
    match engine.found_first(setup).await {
        // Another node that starts at the same moment was faster.
        Ok(_) => Ok(()),
        Err(error) if error.code() == ErrorCode::AlreadySetUp => Ok(()),
        Err(error) => Err(failure(error)),
    }
}

/// A failure as the command line prints it.
pub fn failure(failure: tenon_engine::Failure) -> anyhow::Error {
    match failure {
        tenon_engine::Failure::Bug(text) => anyhow::anyhow!(text),
        other => anyhow::anyhow!(other.message()),
    }
}

/// Every connection is an open file; the soft limit of 1,024 is a relic.
fn raise_open_files() {
    if let Err(error) = rlimit::increase_nofile_limit(u64::MAX) {
        tracing::warn!(reason = %error, "the limit of open files stays as it is");
    }
}

fn start_log(json: bool) {
    let filter = EnvFilter::try_from_env("TENON_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // Set already only if somebody else in this process did.
    let _ = if json {
        lines.json().try_init()
    } else {
        lines.try_init()
    };
}

/// Ready at SIGINT or SIGTERM, from when this was called on: before, they end the process.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()> + Send> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<impl Future<Output = ()> + Send> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

/// For stories, in builds for them: days pass without being waited for.
#[cfg(debug_assertions)]
fn set_clock() {
    let hours = std::env::var("TENON_CLOCK_AHEAD_H").ok();
    if let Some(hours) = hours.and_then(|text| text.parse().ok()) {
        tenon_engine::set_clock_ahead(hours);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{net::TcpStream, time::Duration};

    /// More than the 128 that a listening socket holds unless it is told.
    #[tokio::test]
    async fn many_can_wait_to_be_accepted() {
        let listener = listener(([127, 0, 0, 1], 0).into()).unwrap();
        let address = listener.local_addr().unwrap();
        let connect = |_| TcpStream::connect_timeout(&address, Duration::from_secs(20)).unwrap();
        let waiting: Vec<TcpStream> = (0..1_000).map(connect).collect();
        assert_eq!(waiting.len(), 1_000);
    }
}
