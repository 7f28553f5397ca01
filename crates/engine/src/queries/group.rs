//! Reads about groups. Guests know of none.

use super::{allowed, me};
use crate::{Actor, Engine, Failure};
use futures::FutureExt;
use tenon_domain::{
    access,
    group::{by_id, effective_members},
};
use tenon_protocol::{GroupId, MemberId, group::Group};
use tenon_store::{group, member};

impl Engine {
    /// All of them, archived ones too; none for guests.
    pub async fn list_groups(&self, actor: &Actor) -> Result<Vec<Group>, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                let mut groups = group::list(reader).await?;
                groups.retain(|group| access::visible_group(&me, Some(group)).is_ok());
                Ok(Ok(groups))
            }
            .boxed()
        })
        .await
    }

    pub async fn get_group(&self, actor: &Actor, id: GroupId) -> Result<Group, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                let found = group::get(reader, id).await?;
                Ok(access::visible_group(&me, found.as_ref())
                    .cloned()
                    .map_err(Into::into))
            }
            .boxed()
        })
        .await
    }

    /// The active people in a group, those of the departments below it too.
    pub async fn list_group_members(
        &self,
        actor: &Actor,
        id: GroupId,
    ) -> Result<Vec<MemberId>, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                let groups = by_id(group::list(reader).await?);
                let found = groups.get(&id).map(AsRef::as_ref);
                allowed!(access::visible_group(&me, found));
                let members = member::list(reader).await?;
                let find = |id| {
                    let place = members.binary_search_by_key(&id, |member| member.id);
                    place.ok().map(|place| &members[place])
                };
                Ok(Ok(effective_members(&groups, id, find)))
            }
            .boxed()
        })
        .await
    }
}
