//! What a caller holds while it reads or writes.
//!
//! [`Reader`] reads one workspace. [`Tx`] writes one workspace, and the only way it offers is
//! [`Tx::append`]: state and log change together or not at all. [`Private`] reaches the tables
//! beside the log (credentials, cursors).

use crate::{
    Result,
    cache::{Cache, Head},
    conn::Conn,
    log::{self, Logged},
    sql::{params, statements},
};
use std::ops::{Deref, DerefMut};
use tenon_protocol::{MemberId, Timestamp, WorkspaceId, event::Fact};
use uuid::Uuid;

statements! {
    LOCK_HEAD = "SELECT seq, hash FROM log_head WHERE workspace = $1"
        | "SELECT seq, hash FROM log_head WHERE workspace = $1 FOR UPDATE";
    READ_HEAD = "SELECT seq, hash FROM log_head WHERE workspace = $1";
    SAVE_HEAD = "INSERT INTO log_head (workspace, seq, hash) VALUES ($1, $2, $3)
        ON CONFLICT (workspace) DO UPDATE SET seq = excluded.seq, hash = excluded.hash";
    NOTIFY = "SELECT $1, $2" | "SELECT pg_notify($1, $2)";
}

/// Channel of PostgreSQL's NOTIFY on which nodes tell each other `WORKSPACE SEQ NODE`.
pub const WAKE_CHANNEL: &str = "tenon";
/// Channel on which they tell each other news, `WORKSPACE NODE TEXT`.
pub const NEWS_CHANNEL: &str = "tenon_news";
/// Limit: bytes of news at once; PostgreSQL takes 8,000 with what stands before it.
pub const NEWS_BYTES_MAX: usize = 7_900;

/// Reads one workspace.
pub struct Reader<'c> {
    pub(crate) conn: &'c mut Conn,
    pub(crate) workspace: WorkspaceId,
}

impl Reader<'_> {
    pub fn workspace(&self) -> WorkspaceId {
        self.workspace
    }

    /// Position of the newest entry.
    pub async fn head(&mut self) -> Result<Head> {
        let read = |row: &crate::sql::Row<'_>| {
            Ok(Head {
                seq: row.int(0)?,
                hash: row.hash(1)?,
            })
        };
        let head = self
            .conn
            .row(&READ_HEAD, params![self.workspace], read)
            .await?;
        Ok(head.unwrap_or_default())
    }
}

/// Writes one workspace. Dropped without commit it has done nothing.
pub struct Tx<'c> {
    pub(crate) reader: Reader<'c>,
    pub(crate) cache: &'c mut Cache,
    pub(crate) head: Head,
    node: Uuid,
    logged: Vec<Logged>,
    touched_private: bool,
}

impl<'c> Deref for Tx<'c> {
    type Target = Reader<'c>;
    fn deref(&self) -> &Reader<'c> {
        &self.reader
    }
}

impl<'c> DerefMut for Tx<'c> {
    fn deref_mut(&mut self) -> &mut Reader<'c> {
        &mut self.reader
    }
}

impl<'c> Tx<'c> {
    /// Begins, and takes the head's lock: from here on nobody else appends to this log.
    pub(crate) async fn begin(
        conn: &'c mut Conn,
        workspace: WorkspaceId,
        cache: &'c mut Cache,
        node: Uuid,
    ) -> Result<Self> {
        conn.begin().await?;
        let read = |row: &crate::sql::Row<'_>| {
            Ok(Head {
                seq: row.int(0)?,
                hash: row.hash(1)?,
            })
        };
        let head = conn
            .row(&LOCK_HEAD, params![workspace], read)
            .await?
            .unwrap_or_default();
        if cache.head != Some(head) || cache.is_full() {
            cache.clear();
        }
        let reader = Reader { conn, workspace };
        Ok(Self {
            reader,
            cache,
            head,
            node,
            logged: Vec::new(),
            touched_private: false,
        })
    }

    /// Appends one fact to the log and applies it to the rows.
    pub async fn append(&mut self, at: Timestamp, actor: MemberId, fact: Fact) -> Result<()> {
        let logged = log::append(self, at, actor, fact).await?;
        self.logged.push(logged);
        Ok(())
    }

    /// Position of the newest entry, those of this transaction included.
    pub fn seq(&self) -> i64 {
        self.head.seq
    }

    /// What this transaction appended so far.
    pub fn logged(&self) -> &[Logged] {
        &self.logged
    }

    /// A number that changes whenever anything about members or groups does.
    pub fn members_version(&self) -> u64 {
        self.cache.members_version
    }

    /// The tables beside the log, changed in the same transaction.
    pub fn private(&mut self) -> Private<'_> {
        self.touched_private = true;
        Private {
            conn: self.reader.conn,
        }
    }

    /// Writes back counters and head, wakes other nodes, commits. Gives what was appended.
    pub(crate) async fn commit(mut self) -> Result<Vec<Logged>> {
        if self.logged.is_empty() && !self.touched_private {
            self.reader.conn.rollback().await;
            self.cache.head = Some(self.head);
            return Ok(Vec::new());
        }
        if !self.logged.is_empty() {
            crate::channel::write_back(&mut self)?;
            crate::project::write_back(&mut self)?;
            log::write_back(&mut self)?;
            let (workspace, head) = (self.workspace, self.head);
            self.conn
                .exec(&SAVE_HEAD, params![workspace, head.seq, &head.hash])?;
            if let Conn::Pg(_) = self.conn {
                let text = format!("{workspace} {} {}", head.seq, self.node);
                self.conn.exec(&NOTIFY, params![WAKE_CHANNEL, &text])?;
            }
        }
        self.reader.conn.commit().await?;
        self.cache.head = Some(self.head);
        Ok(self.logged)
    }
}

impl Private<'_> {
    /// Tells the other nodes; nobody where there are none.
    pub(crate) fn tell(&mut self, text: &str) -> Result<()> {
        match self.conn {
            Conn::Lite(_) => Ok(()),
            Conn::Pg(_) => self.conn.exec(&NOTIFY, params![NEWS_CHANNEL, text]),
        }
    }
}

/// The tables beside the log: credentials and cursors. Never state that an event describes.
pub struct Private<'c> {
    pub(crate) conn: &'c mut Conn,
}
