//! The words every Tenon program shares: ids, entities, commands, events, frames, error codes.
//!
//! Plain data with serde; no logic beyond construction and printing. One noun a file: the entity,
//! its commands, its events. A change here changes [`version::PROTOCOL_HASH`]; see `version.rs`.

pub mod error;
pub mod id;
pub mod limit;
pub mod scope;
pub mod time;

pub mod acknowledgement;
pub mod administration;
pub mod bookmark;
pub mod channel;
pub mod checklist;
pub mod credential;
pub mod draft;
pub mod emoji;
pub mod feed;
pub mod field;
pub mod file;
pub mod group;
pub mod link;
pub mod mail;
pub mod member;
pub mod message;
pub mod notification;
pub mod pin;
pub mod policy;
pub mod poll;
pub mod preference;
pub mod preview;
pub mod project;
pub mod push;
pub mod query;
pub mod reader;
pub mod retention;
pub mod roll_up;
pub mod roster;
pub mod saved;
pub mod scheduled;
pub mod search;
pub mod side_bar;
pub mod space;
pub mod status;
pub mod task;
pub mod task_type;
pub mod template;
pub mod thread;
pub mod workspace;

pub mod command;
pub mod entry;
pub mod event;
pub mod frame;
pub mod schema;
pub mod snapshot;
pub mod version;

pub use command::{Command, Outcome};
pub use entry::Entry;
pub use error::ErrorCode;
pub use event::Event;
pub use id::*;
pub use scope::Scope;
pub use time::{Day, Due, Timestamp};
