//! The only SQL of Tenon: embedded SQLite or PostgreSQL behind one [`Store`].
//!
//! Reading order: `store.rs` (open, read, write), `tx.rs` (what a write may do), `log.rs` (append
//! and read entries), `apply.rs` (one line per event), then the nouns. `conn.rs` is where the two
//! databases differ; statements are written once, in the subset both understand.

mod apply;
pub mod cache;
pub mod log;
pub mod store;
pub mod tx;

pub mod acknowledgement;
pub mod bookmark;
pub mod channel;
pub mod credential;
pub mod draft;
pub mod emoji;
pub mod erasure;
pub mod feed;
pub mod field;
pub mod file;
pub mod follower;
pub mod group;
pub mod letter;
pub mod mail;
pub mod member;
pub mod membership;
pub mod message;
pub mod notification;
pub mod pin;
pub mod poll;
pub mod preference;
pub mod project;
pub mod push;
pub mod query;
pub mod request;
pub mod retention;
pub mod roll_up;
pub mod roster;
pub mod saved;
pub mod scheduled;
pub mod side_bar;
pub mod snapshot;
pub mod space;
pub mod task;
pub mod template;
pub mod thread;
pub mod trash;
pub mod workspace;

pub mod backup;
mod backup_file;
pub mod verify;
pub mod wake;

mod conn;
mod migration;
mod postgres;
mod replay;
mod schema;
mod sql;
mod sqlite;

pub use backup_file::BackupFile;
pub use log::Logged;
pub use store::{Store, Writer};
pub use tx::{Private, Reader, Tx};

/// Why the store could not do what it was asked; named by what the caller does next.
#[derive(Debug, thiserror::Error)]
pub enum Unable {
    /// Nothing was written; the same call may succeed later (disk full, database away, locked).
    #[error("the database cannot be used now: {0}")]
    Later(String),
    /// A fault in Tenon or in the data: retrying does not help.
    #[error("the database refused: {0}")]
    Broken(String),
    /// The database is not what this binary can work with; tells a person what to do.
    #[error("{0}")]
    Unfit(String),
}

/// What every call into the store returns.
pub type Result<T, E = Unable> = std::result::Result<T, E>;

impl From<serde_json::Error> for Unable {
    fn from(error: serde_json::Error) -> Self {
        Unable::Broken(format!("a stored body does not parse: {error}"))
    }
}
