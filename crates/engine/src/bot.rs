//! What the workspace's own bot does: followers of the log act through commands like everybody
//! else, in its name, with request ids that follow from what they are about.

use crate::{Actor, Engine, Failure, Grants};
use futures::FutureExt;
use tenon_protocol::{Command, MemberId, RequestId, WorkspaceId};
use tenon_store::{Reader, member};
use uuid::Uuid;

/// Its handle; set-up adds it.
pub(crate) const HANDLE: &str = "tenon";

/// A member as the server itself acts in their name.
pub(crate) fn internal(workspace: WorkspaceId, member: MemberId) -> Actor {
    Actor {
        workspace,
        member,
        grants: Grants::all(),
        internal: true,
    }
}

/// None in a workspace whose set-up has not come so far.
pub(crate) async fn find(reader: &mut Reader<'_>) -> tenon_store::Result<Option<MemberId>> {
    let bot = member::find_by_handle(reader, HANDLE).await?;
    Ok(bot.map(|bot| bot.id))
}

/// Like [`find`], with a read of its own.
pub(crate) async fn read(
    engine: &Engine,
    workspace: WorkspaceId,
) -> Result<Option<MemberId>, Failure> {
    let store = &engine.inner.store;
    let read = store.read(workspace, |reader| {
        async move { find(reader).await }.boxed()
    });
    Ok(read.await?)
}

/// Does it as the bot. What is refused is done: since the entry that it follows from, things have
/// become others.
pub(crate) async fn execute(
    engine: &Engine,
    workspace: WorkspaceId,
    bot: MemberId,
    request: Uuid,
    command: Command,
) -> Result<(), Failure> {
    let actor = internal(workspace, bot);
    match engine.execute(&actor, RequestId(request), command).await {
        Ok(_) | Err(Failure::Refused(_) | Failure::AlreadyATask(_)) => Ok(()),
        Err(failure) => Err(failure),
    }
}

/// An id that follows from what it is for, so that doing it again is a retry. Each purpose has a
/// name of its own, and parts of fixed lengths.
pub(crate) fn derived_id(purpose: &'static str, parts: &[&[u8]]) -> Uuid {
    let mut hasher = blake3::Hasher::new_derive_key(purpose);
    for part in parts {
        hasher.update(part);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}
