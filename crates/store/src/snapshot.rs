//! The snapshot of a member: one consistent state, in a fixed number of statements.

use crate::{
    Reader, Result, Unable, channel, feed, group, member, notification, preference, project, saved,
    scheduled, side_bar, space, workspace,
};
use tenon_protocol::{
    MemberId, SpaceId,
    member::{Member, Role},
    snapshot::Snapshot,
    space::Space,
};

/// Does a member see a space? With whether they are in it.
pub type SeesSpace = fn(&Member, &Space, bool) -> bool;

/// What this member may know, in any role but guest; a guest gets their own channels, projects and
/// spaces alone, and no groups. Call inside `read_at_once`.
pub async fn get(reader: &mut Reader<'_>, id: MemberId, sees_space: SeesSpace) -> Result<Snapshot> {
    let seq = reader.head().await?.seq;
    let workspace = workspace::get(reader).await?;
    let workspace = workspace.ok_or_else(|| Unable::Broken("no such workspace".into()))?;
    let members = member::list(reader).await?;
    let me = members.iter().find(|member| member.id == id).cloned();
    let me = me.ok_or_else(|| Unable::Broken("no such member".into()))?;
    let mut channels = channel::list_of_member(reader, id).await?;
    let mut projects = project::list_of_member(reader, id).await?;
    channels.extend(space::list_channels_near(reader, id).await?);
    projects.extend(space::list_projects_near(reader, id).await?);
    let own_spaces = space::list_since(reader, id).await?.into_iter();
    let own_spaces: Vec<SpaceId> = own_spaces.map(|(space, _)| space).collect();
    let is_guest = me.role == Role::Guest;
    let mut spaces = space::list(reader).await?;
    spaces.retain(|space| sees_space(&me, space, own_spaces.contains(&space.id)));
    let mut groups = vec![];
    if !is_guest {
        channels.extend(channel::list_public(reader).await?);
        projects.extend(project::list_public(reader).await?);
        groups = group::list(reader).await?;
    }
    channels.sort_by_key(|channel| channel.id);
    channels.dedup_by_key(|channel| channel.id);
    projects.sort_by_key(|project| project.id);
    projects.dedup_by_key(|project| project.id);
    Ok(Snapshot {
        seq,
        workspace,
        member: me,
        members,
        groups,
        spaces,
        own_spaces,
        channels,
        memberships: channel::list_memberships(reader, id).await?,
        projects,
        feeds: feed::list_of_member(reader, id).await?,
        preferences: preference::get(reader, id).await?,
        channel_settings: preference::list_settings(reader, id).await?,
        side_bar: side_bar::get(reader, id).await?,
        notifications: notification::list_active(reader, id).await?,
        saved: saved::list(reader, id).await?,
        scheduled: scheduled::list(reader, id).await?,
    })
}
