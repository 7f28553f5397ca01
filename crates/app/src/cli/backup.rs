//! `tenon backup`: everything in one file, as of one moment, while the server runs; and beside it a
//! folder with the bytes of all files.

use crate::{config::Place, files::Shelf};
use anyhow::bail;
use std::path::{Path, PathBuf};
use tenon_store::{Store, backup};

/// Files copied between two looks into the database.
const PAGE: i64 = 500;

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    place: Place,
    /// The file to write; must not exist. What people uploaded goes into a folder beside it, of
    /// the same name with `.files`
    #[arg(long)]
    to: PathBuf,
}

pub(super) async fn run(args: Args) -> anyhow::Result<()> {
    let folder = folder_beside(&args.to);
    if folder.exists() {
        bail!("{} exists already", folder.display());
    }
    let store = Store::open(&args.place.existing()?).await?;
    let progress = |table, rows| eprintln!("{table}: {rows} rows");
    backup::backup(&store, &args.to, progress).await?;
    // The rows of the backup say which bytes belong to it.
    let copy = Store::open(&tenon_store::store::Place::File(args.to.clone())).await?;
    copy_files(&copy, &args.place.shelf()?, &Shelf::Folder(folder)).await?;
    println!("{}", args.to.display());
    Ok(())
}

/// The folder of bytes that belongs to a backup.
pub(super) fn folder_beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".files");
    name.into()
}

/// Copies the bytes of every file that the store names. One of the two is a folder.
pub(super) async fn copy_files(store: &Store, from: &Shelf, to: &Shelf) -> anyhow::Result<()> {
    let (mut after, mut count, mut missing) = (String::new(), 0, 0);
    loop {
        let last = after.clone();
        let hashes = store
            .read_private(move |private| {
                Box::pin(async move { private.list_hashes_after(&last, PAGE).await })
            })
            .await?;
        let Some(last) = hashes.last().cloned() else {
            break;
        };
        for hash in &hashes {
            let name = format!("{}/{hash}", hash.get(..2).unwrap_or("00"));
            match from.copy(&name, to).await? {
                true => count += 1,
                // Removed since the moment of the backup, with its message.
                false => missing += 1,
            }
        }
        eprintln!("files: {count} copied");
        after = last;
    }
    if missing > 0 {
        eprintln!("files: {missing} were not there");
    }
    Ok(())
}
