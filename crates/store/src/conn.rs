//! One connection to either database. The only place that branches on which one it is, besides
//! `sqlite.rs` and `postgres.rs`.
//!
//! Invariant: on SQLite these futures never suspend, so that the same async functions run on the
//! plain threads of `sqlite.rs`. No other await belongs inside a read or write.

use crate::{
    Result,
    postgres::PgConn,
    sql::{Row, Sql, Val},
    sqlite,
};

pub(crate) enum Conn {
    Lite(rusqlite::Connection),
    Pg(PgConn),
}

impl Conn {
    /// Runs a statement whose effect nobody waits for. On PostgreSQL it is sent with the next read
    /// or at the end, all that wait in one go; an error then fails the whole transaction.
    pub fn exec(&mut self, sql: &'static Sql, params: &[Val<'_>]) -> Result<()> {
        match self {
            Conn::Lite(conn) => sqlite::exec(conn, sql, params).map(drop),
            Conn::Pg(conn) => {
                conn.defer(sql, params);
                Ok(())
            }
        }
    }

    /// Whether SQLite's log of pages is empty now; nothing on PostgreSQL.
    pub fn settle_pages(&mut self) -> Result<bool> {
        match self {
            Conn::Lite(conn) => sqlite::settle_pages(conn),
            Conn::Pg(_) => Ok(true),
        }
    }

    /// Runs a statement and tells how many rows it touched.
    pub async fn exec_count(&mut self, sql: &'static Sql, params: &[Val<'_>]) -> Result<u64> {
        match self {
            Conn::Lite(conn) => sqlite::exec(conn, sql, params),
            Conn::Pg(conn) => conn.exec(sql, params).await,
        }
    }

    pub async fn rows<T>(
        &mut self,
        sql: &'static Sql,
        params: &[Val<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        match self {
            Conn::Lite(conn) => sqlite::rows(conn, sql, params, read),
            Conn::Pg(conn) => conn
                .rows(sql, params)
                .await?
                .iter()
                .map(|row| read(&Row::Pg(row)))
                .collect(),
        }
    }

    /// The rows of a statement made at run time, in this database's words. Values are parameters,
    /// never part of the text.
    pub async fn rows_of<T>(
        &mut self,
        text: &str,
        params: &[Val<'_>],
        read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut read = read;
        match self {
            Conn::Lite(conn) => sqlite::rows_of(conn, text, params, read),
            Conn::Pg(conn) => {
                let rows = conn.rows_of(text, params).await?;
                rows.iter().map(|row| read(&Row::Pg(row))).collect()
            }
        }
    }

    pub fn is_pg(&self) -> bool {
        matches!(self, Conn::Pg(_))
    }

    /// The first row, if there is one.
    pub async fn row<T>(
        &mut self,
        sql: &'static Sql,
        params: &[Val<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        match self {
            Conn::Lite(conn) => sqlite::row(conn, sql, params, read),
            Conn::Pg(conn) => conn
                .rows(sql, params)
                .await?
                .first()
                .map(|row| read(&Row::Pg(row)))
                .transpose(),
        }
    }

    /// Whether the database understands the statement; its complaint if not.
    pub async fn check(&mut self, sql: &'static Sql) -> Result<()> {
        match self {
            Conn::Lite(conn) => conn.prepare(sql.lite).map(drop).map_err(sqlite::unable),
            Conn::Pg(conn) => conn.check(sql).await,
        }
    }

    /// Runs text made at run time: migrations and transaction control. Not for values.
    pub async fn batch(&mut self, text: &str) -> Result<()> {
        match self {
            Conn::Lite(conn) => conn.execute_batch(text).map_err(sqlite::unable),
            Conn::Pg(conn) => conn.batch(text).await,
        }
    }

    /// Begins a transaction that may write.
    pub async fn begin(&mut self) -> Result<()> {
        match self {
            Conn::Lite(_) => self.batch("BEGIN IMMEDIATE").await,
            Conn::Pg(conn) => conn.begin(),
        }
    }

    /// Begins a transaction that sees one state throughout and writes nothing.
    pub async fn begin_reading(&mut self) -> Result<()> {
        match self {
            Conn::Lite(_) => self.batch("BEGIN").await,
            Conn::Pg(_) => {
                self.batch("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    .await
            }
        }
    }

    /// Sends what waits.
    pub async fn flush(&mut self) -> Result<()> {
        match self {
            Conn::Lite(_) => Ok(()),
            Conn::Pg(conn) => conn.flush().await,
        }
    }

    /// Sends what waits, and makes it durable.
    pub async fn commit(&mut self) -> Result<()> {
        match self {
            Conn::Lite(_) => self.batch("COMMIT").await,
            Conn::Pg(conn) => conn.commit().await,
        }
    }

    /// Undoes the transaction. An error here is of no consequence: nothing was committed.
    pub async fn rollback(&mut self) {
        if let Conn::Pg(conn) = self {
            conn.forget();
        }
        let _ = self.batch("ROLLBACK").await;
    }
}
