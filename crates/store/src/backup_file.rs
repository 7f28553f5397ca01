//! Backup and restore, of and into either database. A backup is one SQLite file with everything,
//! marked last of all as whole; a restore is one transaction.
//!
//! Called by the command line alone, which gives the file its name once it is whole.

use crate::{
    Private, Result, Store, Unable,
    backup::{Cell, OF_DEVICES, TABLES, Table, page_after, put},
    conn::Conn,
    migration, sqlite,
};
use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

/// In SQLite's header, `application_id`: the file is a whole backup.
const MARK: i64 = 0x546e_6f6e;

/// A SQLite file that nobody else has open: a backup that is being written, or a copy of one.
pub struct BackupFile {
    conn: Conn,
    path: PathBuf,
    /// The copy is gone with this.
    is_copy: bool,
}

impl BackupFile {
    /// Writes every table into this new file, as of one moment, while servers run. `progress`
    /// hears table and rows so far. It is no backup before [`BackupFile::finish`].
    pub async fn write(
        store: &Store,
        path: &Path,
        progress: impl FnMut(&'static str, u64) + Send + 'static,
    ) -> Result<Self> {
        if path.exists() {
            return Err(Unable::Unfit(format!("{} exists already", path.display())));
        }
        let conn = if store.is_shared() {
            fill_from(store, path, progress).await?
        } else {
            let target = path.display().to_string().replace('\'', "''");
            let text = format!("VACUUM INTO '{target}'");
            store
                .on_write_conn(move |conn| Box::pin(async move { conn.batch(&text).await }))
                .await?;
            Conn::Lite(sqlite::alone(path)?)
        };
        Ok(Self {
            conn,
            path: path.to_owned(),
            is_copy: false,
        })
    }

    /// Marks the backup as whole, once all that belongs to it is on disk.
    pub async fn finish(mut self) -> Result<()> {
        sync(&self.path)?;
        let mark = format!("PRAGMA application_id = {MARK}");
        self.conn.batch(&mark).await?;
        sync(&self.path)
    }

    /// Looks whether the file is a whole backup ([`Unable::Unfit`] if not), and brings a copy of
    /// it, in this new file, to this binary's schema. The backup itself is only read.
    pub async fn open(file: &Path, copy: &Path) -> Result<Self> {
        if !file.is_file() {
            return Err(Unable::Unfit(format!("{} does not exist", file.display())));
        }
        // Counted before SQLite opens it, which may fill up the last page.
        let bytes = copy_file(file, copy)
            .map_err(|error| Unable::Later(format!("{}: {error}", copy.display())))?;
        let mut opened = Self {
            conn: Conn::Lite(sqlite::alone(copy).map_err(|it| unreadable(file, it))?),
            path: copy.to_owned(),
            is_copy: true,
        };
        match fault(&mut opened.conn, bytes).await {
            Ok(None) => {}
            Ok(Some(fault)) => return Err(unfit(file, &fault)),
            Err(error) => return Err(unreadable(file, error)),
        }
        migration::run(&mut opened.conn).await?;
        Ok(opened)
    }

    /// The hashes of all uploaded files that it names, in order, after this one.
    pub async fn list_hashes_after(&mut self, after: &str, limit: i64) -> Result<Vec<String>> {
        let conn = &mut self.conn;
        Private { conn }.list_hashes_after(after, limit).await
    }

    /// Fills an empty database with it: whole, or not at all.
    pub async fn restore(
        mut self,
        store: &Store,
        mut progress: impl FnMut(&'static str, u64) + Send + 'static,
    ) -> Result<()> {
        store
            .on_write_conn(move |conn| {
                Box::pin(async move {
                    conn.begin().await?;
                    let filled = match fill(conn, &mut self.conn, &mut progress).await {
                        Ok(()) => conn.commit().await,
                        Err(error) => Err(error),
                    };
                    if filled.is_err() {
                        conn.rollback().await;
                    }
                    filled
                })
            })
            .await
    }
}

impl Drop for BackupFile {
    fn drop(&mut self) {
        if self.is_copy {
            // What cannot be removed is overwritten by the next restore.
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn unfit(file: &Path, fault: &str) -> Unable {
    let file = file.display();
    Unable::Unfit(format!("{file} is not a whole backup of Tenon: {fault}"))
}

fn unreadable(file: &Path, error: Unable) -> Unable {
    match error {
        Unable::Broken(text) => unfit(file, &damaged(&text)),
        error => unfit(file, &error.to_string()),
    }
}

/// Readable for its owner alone, whatever the backup is. Answers with how many bytes it has.
fn copy_file(from: &Path, to: &Path) -> io::Result<u64> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut target = options.open(to)?;
    io::copy(&mut File::open(from)?, &mut target)
}

fn sync(path: &Path) -> Result<()> {
    let synced = File::open(path).and_then(|file| file.sync_all());
    synced.map_err(|error| Unable::Later(format!("{}: {error}", path.display())))
}

fn damaged(how: &str) -> String {
    format!("it is damaged ({how})")
}

/// Why the file, of so many bytes, is no whole backup, if it is none.
async fn fault(conn: &mut Conn, bytes: u64) -> Result<Option<String>> {
    // Of a last page that is cut, the check of pages below would take the rest for zeros.
    let due = count(conn, "PRAGMA page_count").await? * count(conn, "PRAGMA page_size").await?;
    if due != bytes as i64 {
        return Ok(Some(damaged(&format!("{bytes} bytes of {due}"))));
    }
    let checked = conn.rows_of("PRAGMA quick_check(1)", &[], |row| row.text(0));
    if let Some(fault) = checked.await?.into_iter().find(|it| it != "ok") {
        return Ok(Some(damaged(&fault)));
    }
    let tables = "SELECT COUNT(*) FROM sqlite_schema WHERE name IN ('migration', 'workspace')";
    if count(conn, tables).await? != 2 {
        return Ok(Some("it has other tables, or none".into()));
    }
    if count(conn, "PRAGMA application_id").await? != MARK {
        let fault = "it was never finished, or is a copy of a database and not a backup";
        return Ok(Some(fault.into()));
    }
    let is_empty = count(conn, "SELECT COUNT(*) FROM workspace").await? == 0;
    Ok(is_empty.then(|| "it holds no workspace".into()))
}

async fn count(conn: &mut Conn, text: &str) -> Result<i64> {
    let found = conn.rows_of(text, &[], |row| row.int(0)).await?;
    Ok(found.first().copied().unwrap_or(0))
}

async fn fill_from(
    store: &Store,
    path: &Path,
    mut progress: impl FnMut(&'static str, u64) + Send + 'static,
) -> Result<Conn> {
    let mut target = Conn::Lite(sqlite::alone(path)?);
    migration::run(&mut target).await?;
    store
        .on_read_conn(move |conn| {
            Box::pin(async move {
                conn.begin_reading().await?;
                target.begin().await?;
                let mut copied = Ok(());
                for table in TABLES {
                    copied = copy(conn, table, &mut target, &mut progress).await;
                    if copied.is_err() {
                        break;
                    }
                }
                conn.rollback().await;
                copied?;
                target.commit().await?;
                Ok(target)
            })
        })
        .await
}

async fn fill(
    conn: &mut Conn,
    from: &mut Conn,
    progress: &mut impl FnMut(&'static str, u64),
) -> Result<()> {
    if conn.is_pg() {
        // Nobody else may fill it meanwhile, by set-up or another restore.
        conn.batch("LOCK TABLE workspace IN SHARE ROW EXCLUSIVE MODE")
            .await?;
    }
    for table in TABLES {
        if !page_after(conn, table, None).await?.is_empty() {
            return Err(Unable::Unfit(
                "the database to restore into is not empty".into(),
            ));
        }
    }
    let restored = |table: &&Table| !OF_DEVICES.contains(&table.name);
    for table in TABLES.iter().filter(restored) {
        copy(from, table, conn, progress).await?;
    }
    Ok(())
}

async fn copy(
    from: &mut Conn,
    table: &'static Table,
    to: &mut Conn,
    progress: &mut impl FnMut(&'static str, u64),
) -> Result<()> {
    let (mut last, mut count) = (None::<Vec<Cell>>, 0);
    loop {
        let rows = page_after(from, table, last.as_deref()).await?;
        for row in &rows {
            put(to, table, row)?;
        }
        // One page waits at a time.
        to.flush().await?;
        count += rows.len() as u64;
        last = rows.into_iter().next_back();
        if last.is_none() {
            return Ok(());
        }
        progress(table.name, count);
    }
}
