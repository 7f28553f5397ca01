//! A log applied from nothing, in a temporary database: what `verify.rs` compares with, and what
//! `migration.rs` makes tables anew from.

use crate::{
    Reader, Result, Tx, Unable,
    backup::{self, Cell},
    cache::Cache,
    conn::Conn,
    log::{self, Logged},
    migration, sqlite,
};
use futures::future::BoxFuture;
use tenon_protocol::{Entry, WorkspaceId, event::Fact};
use uuid::Uuid;

/// The tables as the entries so far make them.
pub(crate) struct Replay {
    pub conn: Conn,
    workspace: WorkspaceId,
    cache: Cache,
}

impl Replay {
    /// Empty tables. SQLite keeps them in a file that is gone when they are.
    pub async fn begin(workspace: WorkspaceId) -> Result<Self> {
        let mut conn = Conn::Lite(sqlite::temporary()?);
        migrate(&mut conn).await?;
        Ok(Self {
            conn,
            workspace,
            cache: Cache::default(),
        })
    }

    /// Applies the entries that follow. Answers with one sentence if one of them cannot be; then
    /// the tables are of no use.
    pub async fn apply(&mut self, entries: Vec<Entry>) -> Result<Option<String>> {
        let (conn, cache) = (&mut self.conn, &mut self.cache);
        let mut tx = Tx::begin(conn, self.workspace, cache, Uuid::nil()).await?;
        for entry in entries {
            let seq = entry.seq;
            // Where one is missing, those after it keep their places.
            tx.head.seq = seq - 1;
            let fact = Fact {
                scope: entry.scope,
                event: entry.event,
            };
            match tx.append(entry.at, entry.actor, fact).await {
                Ok(()) => {}
                Err(Unable::Broken(text)) => {
                    return Ok(Some(format!("entry {seq}: it cannot be applied: {text}")));
                }
                Err(other) => return Err(other),
            }
        }
        tx.commit().await?;
        Ok(None)
    }
}

/// Boxed: a migration may itself apply a log.
fn migrate(conn: &mut Conn) -> BoxFuture<'_, Result<()>> {
    Box::pin(migration::run(conn))
}

/// Entries or rows read together.
const PAGE: i64 = 1_000;

/// Makes tables anew from the log, for every workspace; spaces part their names. A workspace whose
/// log cannot be applied keeps the rows that it has; `verify` tells why.
pub(crate) async fn make_anew(conn: &mut Conn, tables: &str) -> Result<()> {
    for workspace in backup::workspaces(conn).await? {
        match apply_all(conn, workspace).await {
            Ok(mut replay) => {
                for table in tables.split_whitespace() {
                    put(conn, &mut replay.conn, workspace, table).await?;
                }
            }
            Err(Unable::Broken(reason)) => {
                tracing::warn!(%workspace, tables, reason, "the log cannot be applied: see verify");
            }
            Err(other) => return Err(other),
        }
    }
    Ok(())
}

async fn apply_all(conn: &mut Conn, workspace: WorkspaceId) -> Result<Replay> {
    let mut replay = Replay::begin(workspace).await?;
    let mut after = 0;
    loop {
        let mut reader = Reader { conn, workspace };
        let page = log::list(&mut reader, after, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(replay);
        };
        after = last.seq;
        let entries: Result<Vec<Entry>> = page.iter().map(entry).collect();
        if let Some(fault) = replay.apply(entries?).await? {
            return Err(Unable::Broken(fault));
        }
    }
}

fn entry(logged: &Logged) -> Result<Entry> {
    Ok(serde_json::from_str(&logged.entry_json())?)
}

/// Puts the rows that were made in the place of those that are there.
async fn put(conn: &mut Conn, made: &mut Conn, workspace: WorkspaceId, table: &str) -> Result<()> {
    let table = backup::find(table)?;
    backup::clear(conn, table, workspace)?;
    let mut last: Option<Vec<Cell>> = None;
    loop {
        let rows = backup::page(made, table, workspace, last.as_deref(), PAGE).await?;
        for row in &rows {
            backup::put(conn, table, row)?;
        }
        conn.flush().await?;
        last = rows.into_iter().next_back();
        if last.is_none() {
            return Ok(());
        }
    }
}
