//! Reads about the workspace and its members: snapshot, directory.

use super::{allowed, me};
use crate::{Actor, Engine, Failure};
use futures::FutureExt;
use tenon_domain::{access, refusal::Refusal};
use tenon_protocol::{MemberId, member::Member, snapshot::Snapshot};
use tenon_store::{member, snapshot};

impl Engine {
    /// Where the asker's replica begins: one consistent state.
    pub async fn snapshot(&self, actor: &Actor) -> Result<Snapshot, Failure> {
        let asker = *actor;
        self.inner
            .store
            .read_at_once(actor.workspace, move |reader| {
                async move {
                    let me = allowed!(me(reader, &asker).await?);
                    let mut snapshot =
                        snapshot::get(reader, asker.member, access::can_see_space).await?;
                    snapshot.workspace = access::known_workspace(&me, snapshot.workspace);
                    Ok(Ok(snapshot))
                }
                .boxed()
            })
            .await?
    }

    /// Everybody, the deactivated too.
    pub async fn list_members(&self, actor: &Actor) -> Result<Vec<Member>, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                allowed!(me(reader, &asker).await?);
                Ok(Ok(member::list(reader).await?))
            }
            .boxed()
        })
        .await
    }

    pub async fn get_member(&self, actor: &Actor, id: MemberId) -> Result<Member, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                allowed!(me(reader, &asker).await?);
                let member = member::get(reader, id).await?;
                Ok(member.ok_or_else(|| Refusal::UnknownMember { field: None }.into()))
            }
            .boxed()
        })
        .await
    }
}
