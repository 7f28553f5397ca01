//! A bare group commit: the rows that a server wrote, written again into an empty SQLite database
//! with the same tables on the same disk, and nothing else.
//!
//! Tables and rows are taken from the server's own database, so this knows no schema.

use anyhow::Context as _;
use rusqlite::{Connection, OpenFlags, types::Value};
use std::{
    path::Path,
    time::{Duration, Instant},
};

/// Limit: messages whose rows are held in memory.
const MESSAGES_MAX: usize = 60_000;

/// The rows of one table, in the order of its key.
struct Table {
    name: String,
    columns: usize,
    rows: Vec<Vec<Value>>,
}

/// Writes the rows of `messages` messages of the source, `batch` messages a transaction with
/// `synchronous=FULL`, for at most so long: messages per second, and the tables that were written.
///
/// A table counts as written by every message when it has at least a row for each.
pub fn measure(
    source: &Path,
    folder: &Path,
    messages: usize,
    batch: usize,
    time: Duration,
) -> anyhow::Result<(f64, Vec<String>)> {
    let source = Connection::open_with_flags(source, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .with_context(|| format!("cannot read {}", source.display()))?;
    let tables = read_tables(&source, messages)?;
    anyhow::ensure!(!tables.is_empty(), "no table has a row for each message");
    let path = folder.join("bare.sqlite");
    let mut target = create(&source, &tables, &path)?;
    let rate = write(&mut target, &tables, batch, time)?;
    drop(target);
    for suffix in ["", "-wal", "-shm"] {
        // The last connection removes the others itself.
        let _ = std::fs::remove_file(folder.join(format!("bare.sqlite{suffix}")));
    }
    Ok((rate, tables.into_iter().map(|table| table.name).collect()))
}

fn read_tables(source: &Connection, messages: usize) -> anyhow::Result<Vec<Table>> {
    let mut statement = source.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
         AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name",
    )?;
    let names: Vec<String> = statement
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut tables = Vec::new();
    for name in names {
        let count: i64 =
            source.query_row(&format!("SELECT count(*) FROM \"{name}\""), [], |row| {
                row.get(0)
            })?;
        if count as usize >= messages {
            tables.push(read_table(source, name, messages.min(MESSAGES_MAX))?);
        }
    }
    Ok(tables)
}

fn read_table(source: &Connection, name: String, rows_max: usize) -> anyhow::Result<Table> {
    let mut statement = source.prepare(&format!("SELECT * FROM \"{name}\" LIMIT {rows_max}"))?;
    let columns = statement.column_count();
    let rows = statement
        .query_map([], |row| {
            (0..columns).map(|column| row.get(column)).collect()
        })?
        .collect::<Result<Vec<Vec<Value>>, _>>()?;
    Ok(Table {
        name,
        columns,
        rows,
    })
}

/// An empty database with these tables and their indices, as durable as the server's.
fn create(source: &Connection, tables: &[Table], path: &Path) -> anyhow::Result<Connection> {
    let target = Connection::open(path)?;
    let page_size: i64 = source.pragma_query_value(None, "page_size", |row| row.get(0))?;
    target.pragma_update(None, "page_size", page_size)?;
    target.pragma_update(None, "journal_mode", "WAL")?;
    target.pragma_update(None, "synchronous", "FULL")?;
    target.pragma_update(None, "foreign_keys", false)?;
    for table in tables {
        let mut statement = source.prepare(
            "SELECT sql FROM sqlite_schema WHERE tbl_name = ?1 AND sql IS NOT NULL
             AND type IN ('table', 'index') ORDER BY type DESC",
        )?;
        let definitions = statement.query_map([&table.name], |row| row.get::<_, String>(0))?;
        for definition in definitions {
            target.execute_batch(&definition?)?;
        }
    }
    Ok(target)
}

fn write(
    target: &mut Connection,
    tables: &[Table],
    batch: usize,
    time: Duration,
) -> anyhow::Result<f64> {
    let inserts: Vec<String> = tables
        .iter()
        .map(|table| {
            let places = vec!["?"; table.columns].join(",");
            format!("INSERT INTO \"{}\" VALUES ({places})", table.name)
        })
        .collect();
    let available = tables
        .iter()
        .map(|table| table.rows.len())
        .min()
        .unwrap_or(0);
    let (begin, mut written) = (Instant::now(), 0);
    while written < available && (written == 0 || begin.elapsed() < time) {
        let end = (written + batch).min(available);
        let transaction = target.transaction()?;
        for message in written..end {
            for (table, insert) in tables.iter().zip(&inserts) {
                let mut statement = transaction.prepare_cached(insert)?;
                statement.execute(rusqlite::params_from_iter(&table.rows[message]))?;
            }
        }
        transaction.commit()?;
        written = end;
    }
    Ok(written as f64 / begin.elapsed().as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tables_with_a_row_for_each_message_are_written_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("source.sqlite");
        let source = Connection::open(&path).unwrap();
        source
            .execute_batch(
                "CREATE TABLE entry (seq INTEGER, body TEXT, PRIMARY KEY (seq)) WITHOUT ROWID;
                 CREATE TABLE message (id BLOB PRIMARY KEY, seq INTEGER, text TEXT);
                 CREATE INDEX message_seq ON message (seq);
                 CREATE TABLE member (id TEXT);
                 INSERT INTO member VALUES ('alice');",
            )
            .unwrap();
        for seq in 0..100_i64 {
            let id = seq.to_be_bytes().to_vec();
            source
                .execute("INSERT INTO entry VALUES (?1, 'body')", [seq])
                .unwrap();
            source
                .execute("INSERT INTO message VALUES (?1, ?2, 'text')", (id, seq))
                .unwrap();
        }
        drop(source);
        let time = Duration::from_secs(10);
        let (rate, tables) = measure(&path, folder.path(), 100, 30, time).unwrap();
        assert_eq!(tables, ["entry", "message"]);
        assert!(rate > 0.0);
        assert!(!folder.path().join("bare.sqlite").exists());
        assert!(measure(&path, folder.path(), 101, 30, time).is_err());
    }
}
