//! `tenon restore`: fills an empty database, of either kind, from a backup, and the folder or
//! bucket of files from the folder beside it. The backup is only read.

use super::backup::{copy_files, folder_beside};
use crate::{config::Place, files::Shelf, serve::lock_directory};
use std::path::PathBuf;
use tenon_store::{BackupFile, Store};

/// In the data directory: a copy of the backup, while it is read.
const COPY: &str = "restore.part";

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    place: Place,
    /// The backup; its folder `.files` is looked for beside it
    #[arg(long)]
    from: PathBuf,
}

pub(super) async fn run(args: Args) -> anyhow::Result<()> {
    let directory = args.place.directory()?;
    let _lock = lock_directory(&directory)?;
    let mut backup = BackupFile::open(&args.from, &directory.join(COPY)).await?;
    let store = Store::open(&args.place.store()?).await?;
    // Files have their hashes as names, so that copying them once more changes nothing; the rows
    // come last, all at once.
    let from = Shelf::Folder(folder_beside(&args.from));
    copy_files(&mut backup, &from, &args.place.shelf()?).await?;
    let progress = |table, rows| eprintln!("{table}: {rows} rows");
    backup.restore(&store, progress).await?;
    println!("restored from {}", args.from.display());
    Ok(())
}
