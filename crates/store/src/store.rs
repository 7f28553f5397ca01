//! The store: opens either database, reads, writes.

use crate::{
    Logged, Private, Reader, Result, Tx, Unable,
    cache::Cache,
    conn::Conn,
    migration,
    postgres::{self, PgConn},
    schema,
    sql::{self, Sql},
    sqlite::Sqlite,
};
use deadpool_postgres::Pool;
use futures::future::BoxFuture;
use std::{any::Any, mem, path::PathBuf};
use tenon_protocol::WorkspaceId;
use uuid::Uuid;

/// Where the data is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A SQLite file, made if it does not exist.
    File(PathBuf),
    /// `postgres://…`
    Url(String),
}

/// Embedded SQLite or PostgreSQL. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    backend: Backend,
    url: Option<std::sync::Arc<str>>,
    /// Tells this node's wake-ups from those of others.
    node: Uuid,
}

#[derive(Clone)]
enum Backend {
    Lite(Sqlite),
    Pg {
        /// Of the writers alone: each connection is served by the runtime that opened it.
        log: Pool,
        rest: Pool,
    },
}

/// Limit: connections to PostgreSQL of one node, for all but the log.
const CONNECTIONS_MAX: usize = 12;
/// Limit: connections on which logs are written.
const LOG_CONNECTIONS_MAX: usize = 4;

/// Reader threads of SQLite: as many as there are cores, within reason.
fn reader_threads() -> usize {
    std::thread::available_parallelism().map_or(2, |cores| cores.get().clamp(2, 8))
}

impl Store {
    /// Opens the database and brings it to this binary's schema. Refuses ([`Unable::Unfit`]) one
    /// that a newer binary made or that is no Tenon database.
    pub async fn open(place: &Place) -> Result<Self> {
        let backend = match place {
            Place::File(path) => Backend::Lite(Sqlite::open(path, reader_threads())?),
            Place::Url(url) => Backend::Pg {
                log: postgres::pool(url, LOG_CONNECTIONS_MAX)?,
                rest: postgres::pool(url, CONNECTIONS_MAX)?,
            },
        };
        let url = match place {
            Place::File(_) => None,
            Place::Url(url) => Some(url.as_str().into()),
        };
        let node = Uuid::new_v4();
        let store = Self { backend, url, node };
        store
            .on_write_conn(|conn| Box::pin(migration::run(conn)))
            .await?;
        Ok(store)
    }

    /// True on PostgreSQL, where other nodes may write too.
    pub fn is_shared(&self) -> bool {
        matches!(self.backend, Backend::Pg { .. })
    }

    /// The address of the database that other nodes may share; none for SQLite.
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// What this node signs its wake-ups with.
    pub fn node(&self) -> Uuid {
        self.node
    }

    /// The one way to write a workspace's log. Keep one per workspace: it remembers rows.
    pub fn writer(&self, workspace: WorkspaceId) -> Writer {
        Writer {
            store: self.clone(),
            workspace,
            cache: Cache::default(),
        }
    }

    /// Prepares every statement of this binary; answers with the complaints, none if all is well.
    pub async fn check_statements(&self) -> Result<Vec<String>> {
        self.on_read_conn(|conn| {
            Box::pin(async move {
                let all = sql::all();
                let check = |sql: &&Sql| sql::order_fault(sql).or_else(|| sql::reading_fault(sql));
                let mut faults: Vec<String> = all.iter().filter_map(check).collect();
                for sql in all {
                    if let Err(error) = conn.check(sql).await {
                        faults.push(format!("{error}: {}", sql.lite));
                    }
                }
                Ok(faults)
            })
        })
        .await
    }

    /// Compares the database's tables with those that backups and proofs go by; answers with the
    /// differences, none if all is well.
    pub async fn check_schema(&self) -> Result<Vec<String>> {
        self.on_read_conn(|conn| Box::pin(schema::faults(conn)))
            .await
    }

    /// Reads; each statement sees the state of its own moment.
    pub async fn read<T, F>(&self, workspace: WorkspaceId, call: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'t, 'c> FnOnce(&'t mut Reader<'c>) -> BoxFuture<'t, Result<T>> + Send + 'static,
    {
        self.on_read_conn(move |conn| {
            Box::pin(async move { call(&mut Reader { conn, workspace }).await })
        })
        .await
    }

    /// Reads one consistent state with several statements.
    pub async fn read_at_once<T, F>(&self, workspace: WorkspaceId, call: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'t, 'c> FnOnce(&'t mut Reader<'c>) -> BoxFuture<'t, Result<T>> + Send + 'static,
    {
        self.on_read_conn(move |conn| {
            Box::pin(async move {
                conn.begin_reading().await?;
                let result = call(&mut Reader { conn, workspace }).await;
                conn.rollback().await;
                result
            })
        })
        .await
    }

    /// Writes the tables beside the log, in one transaction.
    pub async fn private<T, F>(&self, call: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'t, 'c> FnOnce(&'t mut Private<'c>) -> BoxFuture<'t, Result<T>> + Send + 'static,
    {
        self.on_write_conn(move |conn| {
            Box::pin(async move {
                conn.begin().await?;
                match call(&mut Private { conn }).await {
                    Ok(value) => conn.commit().await.map(|()| value),
                    Err(error) => {
                        conn.rollback().await;
                        Err(error)
                    }
                }
            })
        })
        .await
    }

    /// Tells the other nodes something that is not kept, at most [`tx::NEWS_BYTES_MAX`] bytes; what
    /// is told one after the other is heard in this order.
    pub async fn tell(&self, workspace: WorkspaceId, news: &str) -> Result<()> {
        let text = format!("{workspace} {} {news}", self.node);
        self.private(move |private| Box::pin(async move { private.tell(&text) }))
            .await
    }

    /// Reads the tables beside the log.
    pub async fn read_private<T, F>(&self, call: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'t, 'c> FnOnce(&'t mut Private<'c>) -> BoxFuture<'t, Result<T>> + Send + 'static,
    {
        self.on_read_conn(move |conn| Box::pin(async move { call(&mut Private { conn }).await }))
            .await
    }

    pub(crate) async fn on_read_conn<T, F>(&self, call: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T>> + Send + 'static,
    {
        unpacked(self.do_reading(packed(call)).await)
    }

    async fn do_reading(&self, work: Work) -> Result<Packed> {
        match &self.backend {
            Backend::Lite(sqlite) => sqlite.read(work).await,
            Backend::Pg { rest, .. } => on_pg(rest, work).await,
        }
    }

    async fn on_log_conn<T, F>(&self, call: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T>> + Send + 'static,
    {
        let work = packed(call);
        unpacked(match &self.backend {
            Backend::Lite(sqlite) => sqlite.write(work).await,
            Backend::Pg { log, .. } => on_pg(log, work).await,
        })
    }

    /// Takes from disk what was overwritten: SQLite's log of pages is written back and emptied, if
    /// nobody reads in it just now. False: again later. PostgreSQL does so by itself.
    pub async fn settle_pages(&self) -> Result<bool> {
        match &self.backend {
            Backend::Lite(sqlite) => {
                let work = packed(|conn| Box::pin(async move { conn.settle_pages() }));
                unpacked(sqlite.write(work).await)
            }
            Backend::Pg { .. } => Ok(true),
        }
    }

    pub(crate) async fn on_write_conn<T, F>(&self, call: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T>> + Send + 'static,
    {
        unpacked(self.do_writing(packed(call)).await)
    }

    async fn do_writing(&self, work: Work) -> Result<Packed> {
        match &self.backend {
            Backend::Lite(sqlite) => sqlite.write(work).await,
            Backend::Pg { rest, .. } => on_pg(rest, work).await,
        }
    }
}

/// What is done with a connection. Callers have hundreds of different ones: all look alike to what
/// carries them out, which is so compiled once.
pub(crate) type Work =
    Box<dyn for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<Packed>> + Send>;

/// The result of a [`Work`].
pub(crate) type Packed = Box<dyn Any + Send>;

fn packed<T, F>(call: F) -> Work
where
    T: Send + 'static,
    F: for<'c> FnOnce(&'c mut Conn) -> BoxFuture<'c, Result<T>> + Send + 'static,
{
    Box::new(move |conn| {
        let call = call(conn);
        Box::pin(async move { Ok(Box::new(call.await?) as Packed) })
    })
}

fn unpacked<T: 'static>(result: Result<Packed>) -> Result<T> {
    let foreign = |_| Unable::Broken("a result was of another type".into());
    result?.downcast().map(|value| *value).map_err(foreign)
}

/// As on SQLite, what was begun is done even if the caller goes: a connection must not return to
/// its pool in the midst of a transaction.
async fn on_pg(pool: &Pool, work: Work) -> Result<Packed> {
    let pool = pool.clone();
    let work = async move { work(&mut Conn::Pg(PgConn::take(&pool).await?)).await };
    match tokio::spawn(work).await {
        Ok(result) => result,
        Err(error) if error.is_cancelled() => Err(Unable::Later("the server stops".into())),
        Err(error) => Err(Unable::Broken(error.to_string())),
    }
}

/// Writes one workspace.
pub struct Writer {
    store: Store,
    workspace: WorkspaceId,
    cache: Cache,
}

impl Writer {
    /// Runs `call` in a transaction and commits what it appended with one fsync. On an error
    /// nothing was written.
    pub async fn write<T, F>(&mut self, call: F) -> Result<(T, Vec<Logged>)>
    where
        T: Send + 'static,
        F: for<'t, 'c> FnOnce(&'t mut Tx<'c>) -> BoxFuture<'t, Result<T>> + Send + 'static,
    {
        let mut cache = mem::take(&mut self.cache);
        let (workspace, node) = (self.workspace, self.store.node);
        let answer = self
            .store
            .on_log_conn(move |conn| {
                Box::pin(async move {
                    let result = transact(conn, workspace, &mut cache, node, call).await;
                    if result.is_err() {
                        cache.clear();
                    }
                    Ok((result, cache))
                })
            })
            .await;
        // Without an answer the cache is gone, which is the same as an empty one.
        let (result, cache) = answer?;
        self.cache = cache;
        result
    }
}

async fn transact<T, F>(
    conn: &mut Conn,
    workspace: WorkspaceId,
    cache: &mut Cache,
    node: Uuid,
    call: F,
) -> Result<(T, Vec<Logged>)>
where
    F: for<'t, 'c> FnOnce(&'t mut Tx<'c>) -> BoxFuture<'t, Result<T>> + Send + 'static,
{
    let result = async {
        let mut tx = Tx::begin(conn, workspace, cache, node).await?;
        let value = call(&mut tx).await?;
        Ok::<_, Unable>((value, tx.commit().await?))
    }
    .await;
    if result.is_err() {
        conn.rollback().await;
    }
    result
}
