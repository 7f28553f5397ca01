//! The program `tenon` as a library, so that tests can start it in process.
//!
//! `serve.rs` is the only file that knows every crate.

pub mod cli;
pub mod config;
pub mod demo;
mod files;
mod key;
mod mail;
pub mod serve;
