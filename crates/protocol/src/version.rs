//! The version of the protocol, and the hash that tells when it must change.
//!
//! Invariant: a change of anything that crosses the wire changes [`PROTOCOL_HASH`]; the test below
//! then asks for a new version and a line of history.
//!
//! | version | what changed |
//! |---|---|
//! | 1 | the spine: people, channels, messages, projects, tasks, feeds |

/// Sent in `welcome`. A client of another version asks its user to reload.
pub const PROTOCOL_VERSION: u32 = 1;
