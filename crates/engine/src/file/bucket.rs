//! Where the bytes of files lie if not in the data directory. The talking to it is [`Bucket`]'s,
//! because nothing here reaches out.

use bytes::Bytes;
use futures::{future::BoxFuture, stream::BoxStream};
use std::{io, ops::Range, path::PathBuf};

/// Bytes on their way, piece by piece.
pub type Pieces = BoxStream<'static, io::Result<Bytes>>;

/// Why a bucket did not do what it was asked for. It may go well later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble(pub String);

/// Keeps bytes by name, elsewhere.
///
/// Invariant: what is under a name is whole; what was broken off leaves nothing under it.
pub trait Bucket: Send + Sync {
    /// Keeps what the file at this path holds, within bounded memory.
    fn put(&self, name: String, path: PathBuf) -> BoxFuture<'static, Result<(), Trouble>>;

    /// How many bytes there are; none if there is nothing of this name.
    fn size(&self, name: String) -> BoxFuture<'static, Result<Option<u64>, Trouble>>;

    /// These bytes of it; none if there is nothing of this name.
    fn get(
        &self,
        name: String,
        range: Range<u64>,
    ) -> BoxFuture<'static, Result<Option<Pieces>, Trouble>>;

    /// Removes it; it is no trouble if it is not there.
    fn remove(&self, name: String) -> BoxFuture<'static, Result<(), Trouble>>;
}
