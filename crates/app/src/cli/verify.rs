//! `tenon verify`: proves every workspace's log.

use crate::config::Place;
use anyhow::bail;
use std::{collections::HashMap, io::Write};
use tenon_store::{Store, verify, workspace};

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    place: Place,
}

pub(super) async fn run(args: Args) -> anyhow::Result<()> {
    let store = Store::open(&args.place.existing()?).await?;
    let names = store
        .read_private(|private| Box::pin(workspace::list_slugs(private)))
        .await?;
    let names: HashMap<_, _> = names.into_iter().collect();
    let mut sound = true;
    for workspace in verify::list_workspaces(&store).await? {
        // One without a row is known by its id alone.
        let name = names.get(&workspace).cloned();
        let name = name.unwrap_or_else(|| workspace.to_string());
        let told = name.clone();
        let report = verify::verify(&store, workspace, move |seq| {
            eprint!("\r{told}: {seq} entries");
            let _ = std::io::stderr().flush();
        })
        .await?;
        eprintln!();
        sound &= report.faults.is_empty();
        for fault in &report.faults {
            println!("{}: {fault}", name);
        }
        for erased in &report.erased {
            let (first, last) = (erased.first_at, erased.last_at);
            let (kind, days) = (erased.rule.kind, erased.rule.days);
            println!(
                "{name}: {} entries erased under the rule {kind:?} {days} days, {first} to {last}",
                erased.entries
            );
        }
        if report.faults.is_empty() {
            println!(
                "{}: {} entries, chain whole, nothing missing, tables equal the log",
                name, report.entries
            );
        }
    }
    if sound {
        Ok(())
    } else {
        bail!("the log or the tables are not as they should be")
    }
}
