//! PostgreSQL: a small pool, and connections that send a transaction's writes in one go.

use crate::{
    Result, Unable,
    sql::{Owned, Sql, Val},
};
use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod};
use futures::poll;
use std::task::Poll;
use tokio_postgres::{NoTls, error::SqlState, types::ToSql};

/// Limit: connections to the database of one node.
const CONNECTIONS_MAX: usize = 16;

/// Makes the pool; connects lazily.
pub(crate) fn pool(url: &str) -> Result<Pool> {
    let config: tokio_postgres::Config = url
        .parse()
        .map_err(|error| Unable::Unfit(format!("the database URL is wrong: {error}")))?;
    let manager_config = ManagerConfig {
        recycling_method: RecyclingMethod::Fast,
    };
    let manager = Manager::from_config(config, NoTls, manager_config);
    Pool::builder(manager)
        .max_size(CONNECTIONS_MAX)
        .build()
        .map_err(|error| Unable::Unfit(error.to_string()))
}

/// A connection, and the writes that wait to be sent on it.
pub(crate) struct PgConn {
    client: Object,
    pending: Vec<(&'static Sql, Vec<Owned>)>,
}

static BEGIN: Sql = Sql {
    lite: "BEGIN",
    pg: "BEGIN",
};
static COMMIT: Sql = Sql {
    lite: "COMMIT",
    pg: "COMMIT",
};

impl PgConn {
    pub async fn take(pool: &Pool) -> Result<Self> {
        let client = pool
            .get()
            .await
            .map_err(|error| Unable::Later(error.to_string()))?;
        Ok(Self {
            client,
            pending: Vec::new(),
        })
    }

    pub fn begin(&mut self) -> Result<()> {
        self.pending.push((&BEGIN, Vec::new()));
        Ok(())
    }

    pub async fn commit(&mut self) -> Result<()> {
        self.pending.push((&COMMIT, Vec::new()));
        self.flush().await
    }

    /// Drops what was not sent.
    pub fn forget(&mut self) {
        self.pending.clear();
    }

    pub fn defer(&mut self, sql: &'static Sql, params: &[Val<'_>]) {
        self.pending
            .push((sql, params.iter().map(|value| value.owned()).collect()));
    }

    pub async fn exec(&mut self, sql: &'static Sql, params: &[Val<'_>]) -> Result<u64> {
        self.flush().await?;
        let statement = self.client.prepare_cached(sql.pg).await.map_err(unable)?;
        self.client
            .execute_raw(&statement, params.iter())
            .await
            .map_err(unable)
    }

    pub async fn rows(
        &mut self,
        sql: &'static Sql,
        params: &[Val<'_>],
    ) -> Result<Vec<tokio_postgres::Row>> {
        self.flush().await?;
        let statement = self.client.prepare_cached(sql.pg).await.map_err(unable)?;
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|value| value as _).collect();
        self.client.query(&statement, &params).await.map_err(unable)
    }

    pub async fn check(&mut self, sql: &'static Sql) -> Result<()> {
        self.client.prepare(sql.pg).await.map(drop).map_err(unable)
    }

    pub async fn batch(&mut self, text: &str) -> Result<()> {
        self.flush().await?;
        self.client.batch_execute(text).await.map_err(unable)
    }

    /// Sends all that waits before the first answer is awaited: polling a call once puts it on
    /// the wire, and PostgreSQL works through them in order.
    async fn flush(&mut self) -> Result<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let mut statements = Vec::with_capacity(self.pending.len());
        for (sql, _) in &self.pending {
            statements.push(self.client.prepare_cached(sql.pg).await.map_err(unable)?);
        }
        let mut sent = Vec::with_capacity(self.pending.len());
        let mut first_error = None;
        for ((_, params), statement) in self.pending.iter().zip(&statements) {
            let mut call = Box::pin(self.client.execute_raw(statement, params.iter()));
            match poll!(&mut call) {
                Poll::Ready(Err(error)) => first_error = first_error.or(Some(error)),
                Poll::Ready(Ok(_)) => {}
                Poll::Pending => sent.push(call),
            }
        }
        for call in sent {
            if let Err(error) = call.await {
                first_error = first_error.or(Some(error));
            }
        }
        self.pending.clear();
        first_error.map_or(Ok(()), |error| Err(unable(error)))
    }
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
    let class = &code.code()[..2];
    // Connection, resources, operator intervention, system error, serialization and deadlock.
    if matches!(class, "08" | "53" | "57" | "58" | "40") || *code == SqlState::LOCK_NOT_AVAILABLE {
        Unable::Later(text)
    } else {
        Unable::Broken(text)
    }
}
