//! `tenon backup`: everything in one file, as of one moment, while the server runs.

use crate::config::Place;
use std::path::PathBuf;
use tenon_store::{Store, backup};

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    place: Place,
    /// The file to write; must not exist
    #[arg(long)]
    to: PathBuf,
}

pub(super) async fn run(args: Args) -> anyhow::Result<()> {
    let store = Store::open(&args.place.existing()?).await?;
    let progress = |table, rows| eprintln!("{table}: {rows} rows");
    backup::backup(&store, &args.to, progress).await?;
    println!("{}", args.to.display());
    Ok(())
}
