//! Embedded SQLite: one writer thread, a few reader threads, each with its own connection.
//!
//! Called by `store.rs` alone. Group commit makes `synchronous = FULL` cheap: a confirmed write
//! survives a power cut.

use crate::{
    Result, Unable,
    conn::Conn,
    sql::{Row, Sql, Val},
    store::{Packed, Work},
};
use futures::FutureExt;
use parking_lot::Mutex;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::{
    path::Path,
    sync::{Arc, mpsc},
    thread,
};
use tokio::sync::oneshot;

/// Limit: calls that wait for a thread; more are refused as [`Unable::Later`].
const WAITING_CALLS_MAX: usize = 4_096;

/// Work for a connection's thread.
type Job = Box<dyn FnOnce(&mut Conn) + Send>;

/// The threads of one database file.
#[derive(Clone)]
pub(crate) struct Sqlite {
    writer: mpsc::SyncSender<Job>,
    readers: mpsc::SyncSender<Job>,
}

impl Sqlite {
    /// Opens or creates the file; `readers` is the number of reader threads, at least 1.
    pub fn open(path: &Path, readers: usize) -> Result<Self> {
        let writer = connect(
            path,
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        )?;
        writer.execute_batch(WRITER_PRAGMAS).map_err(unable)?;
        unmark(&writer)?;
        let (write_sender, write_receiver) = mpsc::sync_channel(WAITING_CALLS_MAX);
        let (read_sender, read_receiver) = mpsc::sync_channel(WAITING_CALLS_MAX);
        let read_receiver = Arc::new(Mutex::new(read_receiver));
        for _ in 0..readers.max(1) {
            let conn = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
            conn.execute_batch(READER_PRAGMAS).map_err(unable)?;
            let jobs = read_receiver.clone();
            spawn("store-reader", conn, move || jobs.lock().recv().ok())?;
        }
        spawn("store-writer", writer, move || write_receiver.recv().ok())?;
        Ok(Self {
            writer: write_sender,
            readers: read_sender,
        })
    }

    pub async fn write(&self, work: Work) -> Result<Packed> {
        run(&self.writer, work).await
    }

    pub async fn read(&self, work: Work) -> Result<Packed> {
        run(&self.readers, work).await
    }
}

const WRITER_PRAGMAS: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = 4000;
    PRAGMA journal_size_limit = 67108864;
    PRAGMA cache_size = -32000;
    PRAGMA temp_store = MEMORY;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
";
const READER_PRAGMAS: &str = "
    PRAGMA query_only = 1;
    PRAGMA cache_size = -8000;
    PRAGMA temp_store = MEMORY;
";
const TEMPORARY_PRAGMAS: &str = "
    PRAGMA journal_mode = MEMORY;
    PRAGMA synchronous = OFF;
    PRAGMA cache_size = -64000;
    PRAGMA temp_store = MEMORY;
";
/// Limit: how long one waits for another program's lock.
const BUSY_TIME_MAX: std::time::Duration = std::time::Duration::from_secs(5);
/// Statements kept prepared per connection; more than there are.
const PREPARED_MAX: usize = 256;

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection> {
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags).map_err(unable)?;
    conn.busy_timeout(BUSY_TIME_MAX).map_err(unable)?;
    conn.set_prepared_statement_cache_capacity(PREPARED_MAX);
    Ok(conn)
}

/// A backup that is put in place as a database is no backup from then on (`backup_file.rs`).
fn unmark(conn: &Connection) -> Result<()> {
    let read = |row: &rusqlite::Row<'_>| row.get::<_, i64>(0);
    let mark = conn.query_row("PRAGMA application_id", [], read);
    match mark.map_err(unable)? {
        0 => Ok(()),
        _ => conn
            .execute_batch("PRAGMA application_id = 0")
            .map_err(unable),
    }
}

/// A file that nobody else has open, made if it does not exist. One file without others beside it;
/// what is written is on disk only after a sync of the file.
pub(crate) fn alone(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let conn = connect(path, flags)?;
    conn.execute_batch(TEMPORARY_PRAGMAS).map_err(unable)?;
    Ok(conn)
}

/// An empty database in a file without a name, which is gone with the connection.
pub(crate) fn temporary() -> Result<Connection> {
    let conn = Connection::open("").map_err(unable)?;
    conn.execute_batch(TEMPORARY_PRAGMAS).map_err(unable)?;
    conn.set_prepared_statement_cache_capacity(PREPARED_MAX);
    Ok(conn)
}

fn spawn(
    name: &str,
    conn: Connection,
    next: impl Fn() -> Option<Job> + Send + 'static,
) -> Result<()> {
    let body = move || {
        let mut conn = Conn::Lite(conn);
        while let Some(job) = next() {
            job(&mut conn);
        }
    };
    thread::Builder::new()
        .name(name.into())
        .spawn(body)
        .map(drop)
        .map_err(|error| Unable::Later(error.to_string()))
}

async fn run(threads: &mpsc::SyncSender<Job>, work: Work) -> Result<Packed> {
    let (sender, receiver) = oneshot::channel();
    let job: Job = Box::new(move |conn| {
        let result = match work(conn).now_or_never() {
            Some(result) => result,
            None => Err(Unable::Broken(
                "a store function waited for something else".into(),
            )),
        };
        // The caller may have gone; the work is done all the same.
        let _ = sender.send(result);
    });
    threads
        .try_send(job)
        .map_err(|_| Unable::Later("too many calls wait for the database".into()))?;
    receiver
        .await
        .map_err(|_| Unable::Broken("a store thread ended".into()))?
}

/// Does not wait for readers: everybody who writes would wait too.
pub(crate) fn settle_pages(conn: &Connection) -> Result<bool> {
    conn.busy_timeout(std::time::Duration::ZERO)
        .map_err(unable)?;
    let read = |row: &rusqlite::Row<'_>| row.get::<_, i64>(0);
    let busy = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], read);
    conn.busy_timeout(BUSY_TIME_MAX).map_err(unable)?;
    Ok(matches!(busy, Ok(0)))
}

pub(crate) fn exec(conn: &Connection, sql: &'static Sql, params: &[Val<'_>]) -> Result<u64> {
    let mut statement = conn.prepare_cached(sql.lite).map_err(unable)?;
    let count = statement
        .execute(rusqlite::params_from_iter(params))
        .map_err(unable)?;
    Ok(count as u64)
}

pub(crate) fn rows<T>(
    conn: &Connection,
    sql: &'static Sql,
    params: &[Val<'_>],
    mut read: impl FnMut(&Row<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    let mut statement = conn.prepare_cached(sql.lite).map_err(unable)?;
    let mut rows = statement
        .query(rusqlite::params_from_iter(params))
        .map_err(unable)?;
    let mut items = Vec::new();
    while let Some(row) = rows.next().map_err(unable)? {
        items.push(read(&Row::Lite(row))?);
    }
    Ok(items)
}

/// Of a statement made at run time, which is not kept.
pub(crate) fn rows_of<T>(
    conn: &Connection,
    text: &str,
    params: &[Val<'_>],
    mut read: impl FnMut(&Row<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    let mut statement = conn.prepare(text).map_err(unable)?;
    let mut rows = statement
        .query(rusqlite::params_from_iter(params))
        .map_err(unable)?;
    let mut items = Vec::new();
    while let Some(row) = rows.next().map_err(unable)? {
        items.push(read(&Row::Lite(row))?);
    }
    Ok(items)
}

pub(crate) fn row<T>(
    conn: &Connection,
    sql: &'static Sql,
    params: &[Val<'_>],
    mut read: impl FnMut(&Row<'_>) -> Result<T>,
) -> Result<Option<T>> {
    let mut statement = conn.prepare_cached(sql.lite).map_err(unable)?;
    let mut rows = statement
        .query(rusqlite::params_from_iter(params))
        .map_err(unable)?;
    let row = rows.next().map_err(unable)?;
    row.map(|row| read(&Row::Lite(row))).transpose()
}

/// Sorts SQLite's errors by what the caller does next.
pub(crate) fn unable(error: rusqlite::Error) -> Unable {
    match error.sqlite_error_code() {
        Some(
            ErrorCode::DiskFull
            | ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::SystemIoFailure
            | ErrorCode::OutOfMemory
            | ErrorCode::ReadOnly
            | ErrorCode::CannotOpen,
        ) => Unable::Later(error.to_string()),
        Some(ErrorCode::NotADatabase) => {
            Unable::Unfit("the database file is not a Tenon database".into())
        }
        _ => Unable::Broken(error.to_string()),
    }
}
