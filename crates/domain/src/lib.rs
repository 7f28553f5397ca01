//! What is allowed, and what follows. Pure: no async, clock, randomness, SQL or HTTP.
//!
//! The engine loads a context, calls the decision of the command (`decide.rs` lists them), and
//! commits the facts it returns. The doorways use the types; they decide nothing.

pub mod access;
pub mod actor;
pub mod audience;
pub mod decide;
pub mod refusal;
pub mod retention;
pub mod retry;

pub mod acknowledgement;
pub mod bookmark;
pub mod channel;
pub mod checklist;
pub mod draft;
pub mod emoji;
pub mod feed;
pub mod field;
pub mod file;
pub mod file_type;
pub mod group;
pub mod joint;
pub mod keyword;
pub mod link;
pub mod mail;
pub mod member;
pub mod membership;
pub mod message;
pub mod notification;
pub mod pin;
pub mod policy;
pub mod poll;
pub mod preference;
pub mod preview;
pub mod project;
pub mod push;
pub mod quote;
pub mod roll_up;
pub mod roster;
pub mod saved;
pub mod scheduled;
pub mod side_bar;
pub mod space;
pub mod status;
pub mod task;
pub mod task_type;
pub mod template;
pub mod thread;
pub mod workspace;

pub mod guess;
pub mod markup;
pub mod names;
pub mod people;
pub mod query;
pub mod rank;
pub mod search;
pub mod segment;

mod handle;
mod text;
mod traditional;
pub mod trash;
mod workflow;
