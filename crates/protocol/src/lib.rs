//! The words every Tenon program shares: ids, entities, commands, events, frames, error codes.
//!
//! Plain data with serde; no logic beyond construction and printing. One noun a file: the entity,
//! its commands, its events. A change here changes [`version::PROTOCOL_HASH`]; see `version.rs`.

pub mod id;
pub mod time;
pub mod scope;
pub mod limit;
pub mod error;

pub mod workspace;
pub mod member;
pub mod channel;
pub mod message;
pub mod project;
pub mod task;
pub mod feed;
pub mod credential;

pub mod command;
pub mod event;
pub mod entry;
pub mod frame;
pub mod snapshot;
pub mod schema;
pub mod version;

pub use command::{Command, Outcome};
pub use entry::Entry;
pub use error::ErrorCode;
pub use event::Event;
pub use id::*;
pub use scope::Scope;
pub use time::{Due, Timestamp};
