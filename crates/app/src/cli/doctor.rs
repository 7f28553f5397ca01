//! `tenon doctor`: looks at what the server needs, one line each, with what to do.

use crate::{
    config::{LISTEN_DEFAULT, MailArgs, Place},
    files::probe,
    mail::mail_server,
};
use anyhow::bail;
use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};
use tenon_store::{Store, workspace};
use tokio::net::TcpListener;

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    place: Place,
    /// The address the server would listen on
    #[arg(long, env = "TENON_LISTEN")]
    listen: Option<SocketAddr>,
    #[command(flatten)]
    mail: MailArgs,
    /// Address that people use, where it differs: https://chat.example.com
    #[arg(long, env = "TENON_PUBLIC_URL")]
    public_url: Option<String>,
    /// File with the settings of the server [default: tenon.toml, if there is one]
    #[arg(long, env = "TENON_CONFIG")]
    config: Option<PathBuf>,
}

/// What was found about one thing.
type Finding = Result<String, String>;

pub(super) async fn run(args: Args) -> anyhow::Result<()> {
    let mut findings = vec![];
    // Looking makes nothing.
    args.place.existing()?;
    if args.place.database_url.is_none() {
        findings.push(check_directory(&args.place.directory()?));
    }
    findings.push(check_database(&args.place).await);
    findings.extend(check_bucket(&args.place).await);
    findings.push(check_port(args.listen.unwrap_or(LISTEN_DEFAULT)).await);
    findings.push(check_open_files());
    findings.push(check_mail(args.mail, args.public_url, args.config.as_deref()).await);
    let mut failed = false;
    for finding in findings {
        match finding {
            Ok(text) => println!("ok    {text}"),
            Err(text) => {
                failed = true;
                println!("fault {text}");
            }
        }
    }
    if failed {
        bail!("something needs attention; see above")
    } else {
        Ok(())
    }
}

fn check_directory(directory: &Path) -> Finding {
    let probe = directory.join("tenon.probe");
    let result = fs::write(&probe, b"probe").and_then(|()| fs::remove_file(&probe));
    match result {
        Ok(()) => Ok(format!("{} can be written", directory.display())),
        Err(error) => Err(format!(
            "{} cannot be written ({error}): free space or mend its permissions",
            directory.display()
        )),
    }
}

async fn check_database(place: &Place) -> Finding {
    let opened = match place.existing() {
        Ok(place) => Store::open(&place).await.map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    let store = opened?;
    let faults = store
        .check_statements()
        .await
        .map_err(|error| error.to_string())?;
    if let Some(fault) = faults.first() {
        return Err(format!(
            "the database does not understand this version: {fault}"
        ));
    }
    let faults = store
        .check_schema()
        .await
        .map_err(|error| error.to_string())?;
    if let Some(fault) = faults.first() {
        return Err(format!(
            "the database was changed by something else than Tenon: {fault}"
        ));
    }
    let list = store
        .read_private(|private| Box::pin(workspace::list(private)))
        .await;
    match list {
        Ok(list) if list.is_empty() => Ok("the database opens; no workspace is set up yet".into()),
        Ok(list) => Ok(format!("the database opens; {} workspaces", list.len())),
        Err(error) => Err(error.to_string()),
    }
}

/// None if files lie in the data directory.
async fn check_bucket(place: &Place) -> Option<Finding> {
    let bucket = match place.files.bucket() {
        Ok(bucket) => bucket?,
        Err(error) => return Some(Err(format!("{error:#}"))),
    };
    let scratch = match place.directory() {
        Ok(directory) => directory.join("tenon.probe"),
        Err(error) => return Some(Err(format!("{error:#}"))),
    };
    Some(match probe(&bucket, &scratch).await {
        Ok(()) => Ok("the bucket of files can be written and read".into()),
        Err(reason) => Err(format!(
            "the bucket of files does not serve ({reason}): look at --files, --s3-endpoint, \
             --s3-region and the keys"
        )),
    })
}

async fn check_port(listen: SocketAddr) -> Finding {
    match TcpListener::bind(listen).await {
        Ok(_) => Ok(format!("{listen} is free")),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => Ok(format!(
            "{listen} is in use: the server runs, or another program has it"
        )),
        Err(error) => Err(format!(
            "{listen} cannot be used: {error}; choose another --listen"
        )),
    }
}

/// Says hello to the mail server, and who we are.
async fn check_mail(args: MailArgs, url: Option<String>, config: Option<&Path>) -> Finding {
    let server = args
        .with_file(url, config)
        .and_then(|(args, url)| mail_server(&args, url.as_deref()));
    match server.map_err(|error| format!("{error:#}"))? {
        None => Ok("no mail server is named; nothing is mailed".into()),
        Some(server) => match server.check().await {
            Ok(()) => Ok("the mail server answers".into()),
            Err(text) => Err(format!(
                "the mail server does not serve ({text}): look at --smtp-url and its password"
            )),
        },
    }
}

/// Connections are open files; the usual limit of 1,024 is soon reached.
fn check_open_files() -> Finding {
    const WANTED: u64 = 8_192;
    let Ok(limits) = fs::read_to_string("/proc/self/limits") else {
        return Ok("the limit of open files is not known here".into());
    };
    let line = limits
        .lines()
        .find(|line| line.starts_with("Max open files"));
    let soft = line
        .and_then(|line| line.split_whitespace().nth(3))
        .unwrap_or("unlimited");
    match soft.parse::<u64>() {
        Ok(limit) if limit < WANTED => Err(format!(
            "at most {limit} open files, so fewer connections: raise it (ulimit -n, LimitNOFILE=)"
        )),
        _ => Ok(format!("{soft} open files are allowed")),
    }
}
