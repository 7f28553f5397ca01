//! Everything that talks to other systems. Nothing here decides who may do what: it looks outside
//! and hands what it found to the engine, or carries out what the engine hands it.
//!
//! Begin with `net.rs`, the one door to the outside.

mod charset;
mod mail;
pub mod net;
mod page;
mod push;
mod reader;
mod s3;
mod word;

pub use mail::{Mail, host};
pub use net::{Door, smtp::MailServer};
pub use push::WebPush;
pub use reader::WebReader;
pub use s3::{S3, S3Options};
