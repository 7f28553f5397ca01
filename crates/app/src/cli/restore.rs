//! `tenon restore`: fills an empty database, of either kind, from a backup, and the folder or
//! bucket of files from the folder beside it.

use super::backup::{copy_files, folder_beside};
use crate::{config::Place, files::Shelf};
use std::path::PathBuf;
use tenon_store::{Store, backup};

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    place: Place,
    /// The backup; its folder `.files` is looked for beside it
    #[arg(long)]
    from: PathBuf,
}

pub(super) async fn run(args: Args) -> anyhow::Result<()> {
    let store = Store::open(&args.place.store()?).await?;
    let progress = |table, rows| eprintln!("{table}: {rows} rows");
    backup::restore(&store, &args.from, progress).await?;
    let from = Shelf::Folder(folder_beside(&args.from));
    copy_files(&store, &from, &args.place.shelf()?).await?;
    println!("restored from {}", args.from.display());
    Ok(())
}
