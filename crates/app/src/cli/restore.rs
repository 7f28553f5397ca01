//! `tenon restore`: fills an empty database, of either kind, from a backup.

use crate::config::Place;
use std::path::PathBuf;
use tenon_store::{Store, backup};

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    place: Place,
    /// The backup
    #[arg(long)]
    from: PathBuf,
}

pub(super) async fn run(args: Args) -> anyhow::Result<()> {
    let store = Store::open(&args.place.store()?).await?;
    let progress = |table, rows| eprintln!("{table}: {rows} rows");
    backup::restore(&store, &args.from, progress).await?;
    println!("restored from {}", args.from.display());
    Ok(())
}
