//! PostgreSQL: a small pool, and connections that send a transaction's writes in one go.

use crate::{
    Result, Unable,
    sql::{Owned, Sql, ToSqlResult, Val},
};
use bytes::BytesMut;
use deadpool_postgres::{
    Hook, HookError, Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod,
};
use futures::poll;
use std::{mem, ptr, task::Poll};
use tokio_postgres::{
    NoTls, Statement,
    error::SqlState,
    types::{ToSql, Type, to_sql_checked},
};

/// Every statement here finds its rows by an index. A plan that is kept from when a table was
/// nearly empty would read all of it, until PostgreSQL next analyses the table. Where several are
/// found at once, `OFFSET 0` keeps the planner from taking a whole workspace for one row.
const BY_KEY: &str = "SET enable_seqscan = off; SET enable_bitmapscan = off;
    SET enable_hashjoin = off; SET enable_mergejoin = off";

/// Limit: waiting for what another program has locked; then the call is refused as
/// [`Unable::Later`]. The transactions of servers are far shorter.
const LOCK_WAIT: &str = "SET lock_timeout = '10s'";

/// Makes a pool of so many connections; connects lazily.
pub(crate) fn pool(url: &str, connections_max: usize) -> Result<Pool> {
    let config: tokio_postgres::Config = url
        .parse()
        .map_err(|error| Unable::Unfit(format!("the database URL is wrong: {error}")))?;
    let manager_config = ManagerConfig {
        recycling_method: RecyclingMethod::Fast,
    };
    let manager = Manager::from_config(config, NoTls, manager_config);
    let prepare = Hook::async_fn(|client: &mut deadpool_postgres::ClientWrapper, _| {
        Box::pin(async move {
            let settings = format!("{BY_KEY}; {LOCK_WAIT}");
            let set = client.batch_execute(&settings).await;
            set.map_err(HookError::Backend)
        })
    });
    Pool::builder(manager)
        .max_size(connections_max)
        .post_create(prepare)
        .build()
        .map_err(|error| Unable::Unfit(error.to_string()))
}

/// A connection, and the writes that wait to be sent on it.
pub(crate) struct PgConn {
    client: Object,
    pending: Vec<Pending>,
}

/// One statement with the parameters of each row it waits with; one row unless it can take more.
struct Pending {
    sql: &'static Sql,
    rows: Vec<Vec<Owned>>,
}

static BEGIN: Sql = Sql {
    lite: "BEGIN",
    pg: "BEGIN",
    pg_rows: None,
};
static COMMIT: Sql = Sql {
    lite: "COMMIT",
    pg: "COMMIT",
    pg_rows: None,
};

impl PgConn {
    pub async fn take(pool: &Pool) -> Result<Self> {
        let client = pool.get().await.map_err(|error| match error {
            PoolError::Backend(error) => unable(error),
            error => Unable::Later(error.to_string()),
        })?;
        Ok(Self {
            client,
            pending: Vec::new(),
        })
    }

    pub fn begin(&mut self) -> Result<()> {
        self.defer(&BEGIN, &[]);
        Ok(())
    }

    pub async fn commit(&mut self) -> Result<()> {
        self.defer(&COMMIT, &[]);
        self.flush().await
    }

    /// Drops what was not sent.
    pub fn forget(&mut self) {
        self.pending.clear();
    }

    pub fn defer(&mut self, sql: &'static Sql, params: &[Val<'_>]) {
        let row = params.iter().map(|value| value.owned()).collect();
        wait(&mut self.pending, sql, row);
    }

    pub async fn exec(&mut self, sql: &'static Sql, params: &[Val<'_>]) -> Result<u64> {
        self.flush().await?;
        let statement = self.client.prepare_cached(sql.pg).await.map_err(unable)?;
        self.client
            .execute_raw(&statement, params.iter())
            .await
            .map_err(unable)
    }

    /// Reads. What waits is sent before it, in the same go.
    pub async fn rows(
        &mut self,
        sql: &'static Sql,
        params: &[Val<'_>],
    ) -> Result<Vec<tokio_postgres::Row>> {
        let statement = self.client.prepare_cached(sql.pg).await.map_err(unable)?;
        let calls = self.take_calls().await?;
        let params: Vec<Sought<'_>> = params.iter().copied().map(Sought).collect();
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|value| value as _).collect();
        // Polled in this order: the calls are on the wire before the query is.
        let query = self.client.query(&statement, &params);
        let (sent, rows) = futures::join!(send(&self.client, &calls), query);
        sent.and(rows).map_err(unable)
    }

    /// Reads by a statement made at run time, which is not kept.
    pub async fn rows_of(
        &mut self,
        text: &str,
        params: &[Val<'_>],
    ) -> Result<Vec<tokio_postgres::Row>> {
        self.flush().await?;
        let statement = self.client.prepare(text).await.map_err(unable)?;
        let params: Vec<Sought<'_>> = params.iter().copied().map(Sought).collect();
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|value| value as _).collect();
        let rows = self.client.query(&statement, &params).await;
        rows.map_err(unable)
    }

    pub async fn check(&mut self, sql: &'static Sql) -> Result<()> {
        for text in [Some(sql.pg), sql.pg_rows].into_iter().flatten() {
            self.client.prepare(text).await.map_err(unable)?;
        }
        Ok(())
    }

    pub async fn batch(&mut self, text: &str) -> Result<()> {
        self.flush().await?;
        self.client.batch_execute(text).await.map_err(unable)
    }

    pub async fn flush(&mut self) -> Result<()> {
        let calls = self.take_calls().await?;
        send(&self.client, &calls).await.map_err(unable)
    }

    /// What waits, ready to be sent without any more waiting.
    async fn take_calls(&mut self) -> Result<Vec<Call>> {
        let mut calls = Vec::with_capacity(self.pending.len());
        for mut pending in mem::take(&mut self.pending) {
            let statement = self.client.prepare_cached(pending.text()).await;
            calls.push((statement.map_err(unable)?, pending.take_columns()));
        }
        Ok(calls)
    }
}

type Call = (Statement, Vec<Column>);

/// Sends all before the first answer is awaited: polling a call once puts it on the wire, and
/// PostgreSQL works through them in order. The first error, after all have been answered.
async fn send(
    client: &tokio_postgres::Client,
    calls: &[Call],
) -> std::result::Result<(), tokio_postgres::Error> {
    let mut answered = Ok(());
    let mut sent = Vec::with_capacity(calls.len());
    for (statement, columns) in calls {
        let mut call = Box::pin(client.execute_raw(statement, columns));
        match poll!(&mut call) {
            Poll::Ready(answer) => answered = answered.and(answer.map(drop)),
            Poll::Pending => sent.push(call),
        }
    }
    for call in sent {
        answered = answered.and(call.await.map(drop));
    }
    answered
}

/// Adds a row to the same statement if that waits already and nothing since has changed its table;
/// otherwise a statement of its own.
fn wait(pending: &mut Vec<Pending>, sql: &'static Sql, row: Vec<Owned>) {
    if sql.pg_rows.is_some() {
        let table = sql.target();
        let mut newest = pending.iter_mut().rev();
        let newest = newest.find(|pending| pending.sql.target() == table);
        if let Some(same) = newest.filter(|pending| ptr::eq(pending.sql, sql)) {
            same.rows.push(row);
            return;
        }
    }
    let rows = vec![row];
    pending.push(Pending { sql, rows });
}

impl Pending {
    fn text(&self) -> &'static str {
        let many = self.sql.pg_rows.filter(|_| self.rows.len() > 1);
        many.unwrap_or(self.sql.pg)
    }

    /// One parameter for each place of the statement.
    fn take_columns(&mut self) -> Vec<Column> {
        let mut rows = mem::take(&mut self.rows);
        if rows.len() == 1 {
            let row = rows.pop().unwrap_or_default();
            return row.into_iter().map(Column::One).collect();
        }
        let width = rows.first().map_or(0, Vec::len);
        let empty = || Vec::with_capacity(rows.len());
        let mut columns: Vec<Vec<Owned>> = (0..width).map(|_| empty()).collect();
        for row in rows {
            for (column, value) in columns.iter_mut().zip(row) {
                column.push(value);
            }
        }
        columns.into_iter().map(Column::Many).collect()
    }
}

/// A parameter, or an array of one per row.
#[derive(Debug)]
enum Column {
    One(Owned),
    Many(Vec<Owned>),
}

impl ToSql for Column {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> ToSqlResult {
        match self {
            Column::One(value) => value.to_sql(ty, out),
            Column::Many(values) => values.to_sql(ty, out),
        }
    }
    fn accepts(ty: &Type) -> bool {
        <Owned as ToSql>::accepts(ty) || <Vec<Owned> as ToSql>::accepts(ty)
    }
    to_sql_checked!();
}

/// What is looked for. PostgreSQL takes no U+0000 in a text and would refuse the question. No text
/// that is kept has a control character but tab and line feed (`domain::text`), so U+0001 in its
/// place finds nothing either, as on SQLite. What is written stays as it is.
#[derive(Debug)]
struct Sought<'a>(Val<'a>);

impl ToSql for Sought<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> ToSqlResult {
        match self.0 {
            Val::Text(text) if text.contains('\0') => text.replace('\0', "\u{1}").to_sql(ty, out),
            value => value.to_sql(ty, out),
        }
    }
    fn accepts(ty: &Type) -> bool {
        <Val as ToSql>::accepts(ty)
    }
    to_sql_checked!();
}

/// Sorts PostgreSQL's errors by what the caller does next.
pub(crate) fn unable(error: tokio_postgres::Error) -> Unable {
    let text = error.as_db_error().map_or_else(
        || error.to_string(),
        |db| format!("{} ({})", db.message(), db.code().code()),
    );
    let Some(code) = error.code() else {
        return Unable::Later(text);
    };
    if *code == SqlState::LOCK_NOT_AVAILABLE {
        return Unable::Later(format!(
            "another program has locked it; wait for that to end, or end it: {text}"
        ));
    }
    let class = &code.code()[..2];
    // Connection, resources, operator intervention, system error, serialization and deadlock.
    if matches!(class, "08" | "53" | "57" | "58" | "40") {
        Unable::Later(text)
    } else {
        Unable::Broken(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static INSERT: Sql = Sql {
        lite: "",
        pg: "INSERT INTO message (id) VALUES ($1)",
        pg_rows: Some("INSERT INTO message (id) SELECT * FROM unnest($1::int8[])"),
    };
    static UPDATE: Sql = Sql {
        lite: "",
        pg: "UPDATE message SET id = $1",
        pg_rows: None,
    };
    static ELSEWHERE: Sql = Sql {
        lite: "",
        pg: "DELETE FROM mention WHERE id = $1",
        pg_rows: None,
    };

    fn waiting(statements: &[&'static Sql]) -> Vec<(&'static str, usize)> {
        let mut pending = Vec::new();
        for sql in statements {
            wait(&mut pending, sql, vec![Owned::Int(7)]);
        }
        let describe = |one: &Pending| (one.text(), one.rows.len());
        pending.iter().map(describe).collect()
    }

    #[test]
    fn rows_of_one_statement_are_sent_together() {
        let both = waiting(&[&INSERT, &ELSEWHERE, &INSERT]);
        let many = INSERT.pg_rows.unwrap();
        assert_eq!(both, [(many, 2), (ELSEWHERE.pg, 1)]);
    }

    #[test]
    fn nothing_passes_a_change_of_its_own_table() {
        let apart = waiting(&[&INSERT, &UPDATE, &INSERT, &UPDATE]);
        let one = |sql: &Sql| (sql.pg, 1);
        assert_eq!(
            apart,
            [one(&INSERT), one(&UPDATE), one(&INSERT), one(&UPDATE)]
        );
    }

    #[test]
    fn a_text_with_a_nul_is_looked_for_without_it_and_not_written_so() {
        let mut sought = BytesMut::new();
        let text = Val::Text("a\0b");
        Sought(text).to_sql(&Type::TEXT, &mut sought).unwrap();
        assert_eq!(&sought[..], b"a\x01b");
        let mut written = BytesMut::new();
        text.owned().to_sql(&Type::TEXT, &mut written).unwrap();
        assert_eq!(&written[..], b"a\0b");
    }

    #[test]
    fn many_rows_become_one_array_for_each_place() {
        let rows = vec![
            vec![Owned::Int(1), Owned::Null],
            vec![Owned::Int(2), Owned::Int(3)],
        ];
        let mut pending = Pending { sql: &INSERT, rows };
        let columns = format!("{:?}", pending.take_columns());
        assert_eq!(columns, "[Many([Int(1), Int(2)]), Many([Null, Int(3)])]");
    }
}
