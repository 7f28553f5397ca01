//! The query language: JQL's grammar and meaning, for what tasks have here. The same text filters
//! lists and boards. [`parse`] reads it, [`resolve`] finds whom and what it names as far as the
//! asker may know, [`evaluate`] answers it in memory; the store answers it from its tables.

mod custom;
pub mod evaluate;
pub mod fault;
pub mod field;
pub mod linked;
pub mod moment;
mod named;
pub mod parse;
pub mod print;
pub mod resolve;
pub mod syntax;
pub mod token;

#[cfg(test)]
mod tests;

pub use evaluate::{Past, compare, matches, sort_keys};
pub use named::named;
pub use parse::parse;
pub use resolve::{Known, resolve};
