//! `tenon backup`: everything in one file, as of one moment, while the server runs; and beside it a
//! folder with the bytes of all files. Both get their names once they are whole.

use crate::{
    config::Place,
    files::{Shelf, settle},
};
use anyhow::{Context, bail};
use std::{
    fs, io,
    path::{Path, PathBuf},
};
use tenon_store::{BackupFile, Store};

/// Files copied between two looks into the database.
const PAGE: i64 = 500;

#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    place: Place,
    /// The file to write; must not exist. What people uploaded goes into a folder beside it, of
    /// the same name with `.files`. Until they are whole both end with `.part`
    #[arg(long)]
    to: PathBuf,
}

pub(super) async fn run(args: Args) -> anyhow::Result<()> {
    let folder = folder_beside(&args.to);
    for place in [&args.to, &folder] {
        if place.exists() {
            bail!("{} exists already", place.display());
        }
    }
    let store = Store::open(&args.place.existing()?).await?;
    let draft = Draft::begin(&args.to)?;
    let progress = |table, rows| eprintln!("{table}: {rows} rows");
    let mut file = BackupFile::write(&store, &draft.file, progress).await?;
    // The rows of the backup say which bytes belong to it.
    let to = Shelf::Folder(draft.folder.clone());
    copy_files(&mut file, &args.place.shelf()?, &to).await?;
    file.finish().await?;
    draft.finish(&args.to)?;
    println!("{}", args.to.display());
    Ok(())
}

/// What is written before it has its name; removed if it never gets it.
struct Draft {
    file: PathBuf,
    folder: PathBuf,
}

impl Draft {
    /// Removes what a backup to the same place left that was killed.
    fn begin(to: &Path) -> anyhow::Result<Self> {
        let draft = Self {
            file: with(to, ".part"),
            folder: with(&folder_beside(to), ".part"),
        };
        draft.remove().with_context(|| {
            let file = draft.file.display();
            format!("{file} is of a backup that was cut off, and cannot be removed")
        })?;
        Ok(draft)
    }

    /// The folder first: where the file is, everything is.
    fn finish(self, to: &Path) -> anyhow::Result<()> {
        let folder = folder_beside(to);
        let failed = || format!("{} cannot be written", to.display());
        if self.folder.exists() {
            fs::rename(&self.folder, &folder).with_context(failed)?;
        }
        if let Err(error) = settle(&self.file, to) {
            // Under its draft's name it is removed with the draft.
            let _ = fs::rename(&folder, &self.folder);
            return Err(error).with_context(failed);
        }
        let parent = to.parent().filter(|it| !it.as_os_str().is_empty());
        let parent = fs::File::open(parent.unwrap_or(Path::new(".")));
        parent.and_then(|it| it.sync_all()).with_context(failed)
    }

    fn remove(&self) -> io::Result<()> {
        let gone = |result: io::Result<()>| match result {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        };
        gone(fs::remove_file(&self.file))?;
        gone(fs::remove_dir_all(&self.folder))
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // What stays is removed by the next backup to the same place.
        let _ = self.remove();
    }
}

fn with(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// The folder of bytes that belongs to a backup.
pub(super) fn folder_beside(file: &Path) -> PathBuf {
    with(file, ".files")
}

/// Copies the bytes of every file that the backup names. One of the two shelves is a folder.
pub(super) async fn copy_files(
    backup: &mut BackupFile,
    from: &Shelf,
    to: &Shelf,
) -> anyhow::Result<()> {
    let (mut after, mut count, mut missing) = (String::new(), 0, 0);
    loop {
        let hashes = backup.list_hashes_after(&after, PAGE).await?;
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
