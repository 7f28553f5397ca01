//! `tenon verify`: proves every workspace's log.

use crate::config::Place;
use anyhow::bail;
use std::io::Write;
use tenon_store::{Store, verify, workspace};

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    place: Place,
}

pub(super) async fn run(args: Args) -> anyhow::Result<()> {
    let store = Store::open(&args.place.existing()?).await?;
    let workspaces = store
        .read_private(|private| Box::pin(workspace::list(private)))
        .await?;
    let mut sound = true;
    for workspace in workspaces {
        let scratch = std::env::temp_dir().join(format!(
            "tenon-verify-{}-{}.db",
            std::process::id(),
            workspace.id
        ));
        let report = verify::verify(&store, workspace.id, &scratch, |seq| {
            eprint!("\r{}: {seq} entries", workspace.slug);
            let _ = std::io::stderr().flush();
        })
        .await;
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", scratch.display()));
        }
        let report = report?;
        eprintln!();
        sound &= report.faults.is_empty();
        for fault in &report.faults {
            println!("{}: {fault}", workspace.slug);
        }
        if report.faults.is_empty() {
            println!(
                "{}: {} entries, chain whole, nothing missing, tables equal the log",
                workspace.slug, report.entries
            );
        }
    }
    if sound {
        Ok(())
    } else {
        bail!("the log or the tables are not as they should be")
    }
}
