//! The spine: the one object that doorways hold, and everything that follows the log.
//!
//! Read `execute.rs` first (load, decide, commit, announce), then `hub.rs` and `subscription.rs`
//! (live sockets). `commands/` loads what decisions need, `queries/` are the authorised reads.

pub mod account;
mod bot;
mod census;
mod commands;
mod courier;
mod directory;
mod draft;
mod emoji;
mod engine;
mod execute;
mod failure;
mod feeds;
mod file;
mod follow;
mod hub;
mod letter;
mod mail;
mod news;
mod notifier;
mod password;
mod poll;
mod postman;
mod presence;
mod previews;
mod push;
mod queries;
mod reminders;
mod retention;
mod rosters;
mod round;
mod scheduled;
mod search;
mod secret;
mod signal;
mod status;
mod subscription;
mod vault;

pub use account::{Access, Attempt, ClientNote, Credential};
pub use engine::{Engine, Options};
pub use execute::Done;
#[cfg(debug_assertions)]
pub use execute::set_clock_ahead;
pub use failure::Failure;
pub use file::{Bucket, FileOptions, Held, Incoming, Pieces, Trouble};
pub use mail::{Content, Digest, Item, Letter, MailSender, Place, Posting};
pub use previews::{LinkReader, Page};
pub use push::{Delivery, Note, Parcel, PushSender, PushTarget, Word};
pub use queries::{
    event::EventPage,
    notification::NotificationFilter,
    page::{Raw, RawPage, Window},
    query::TaskQuestion,
    search::SearchQuery,
    task::{TaskFilter, TaskOrder},
};
pub use subscription::{Foreground, Subscription};
pub use tenon_domain::{
    actor::{Actor, Grants},
    emoji::name_in_colons,
};
pub use vault::VAULT_KEY_BYTES;
