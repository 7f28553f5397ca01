//! The full-text index of one workspace: what messages, tasks and names of files say, and what a
//! search may be narrowed by. Derived from the log and nothing else; whatever is wrong with it, it
//! is built anew.
//!
//! Begin with `index.rs` (open, write), then `search.rs`. Invariant: a search is told the scopes
//! that its asker may see, and nothing outside them is counted, ranked or returned.

mod index;
mod search;
mod tokenizer;

pub use index::{Index, Position, Writer};
pub use search::{Hit, HitKind, Order, Wanted};

use uuid::Uuid;

/// The index cannot be used; it can be built anew.
#[derive(Debug, thiserror::Error)]
#[error("the search index cannot be used: {0}")]
pub struct Fault(String);

impl From<tantivy::TantivyError> for Fault {
    fn from(error: tantivy::TantivyError) -> Self {
        Fault(error.to_string())
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        Fault(error.to_string())
    }
}

/// What this crate answers with.
pub type Result<T> = std::result::Result<T, Fault>;

/// Facts about a document, one bit each.
pub mod flag {
    /// A task; otherwise a message or a file.
    pub const TASK: u64 = 1;
    /// A message in the conversation of a task, or a file of one.
    pub const IN_TASK: u64 = 1 << 1;
    /// A reply in a thread.
    pub const THREAD: u64 = 1 << 2;
    /// Holds the address of a page.
    pub const LINK: u64 = 1 << 3;
    /// Became a task.
    pub const BECAME_TASK: u64 = 1 << 4;
    /// A task in a done or cancelled state.
    pub const CLOSED: u64 = 1 << 5;
    /// A file: one of those that the message of this id carries.
    pub const FILE: u64 = 1 << 6;
    /// A message that carries files, or one of them.
    pub const HAS_FILE: u64 = 1 << 7;
    /// One that carries pictures, or one of them.
    pub const HAS_IMAGE: u64 = 1 << 8;
}

/// A message, a task or a file, as it is found.
#[derive(Clone, Debug)]
pub struct Document {
    /// Of the message or the task; of a file, that of its message.
    pub id: Uuid,
    /// Which of its message's files it is, from 0.
    pub part: u64,
    /// Channel or project: who may see it follows from that.
    pub scope: Uuid,
    /// The task itself, or the one in whose conversation a message lies.
    pub task: Option<Uuid>,
    pub author: Uuid,
    /// When it was said or made, microseconds since 1970.
    pub at: i64,
    /// See [`flag`].
    pub flags: u64,
    /// Key and title of a task, name of a file.
    pub title: String,
    pub text: String,
}
