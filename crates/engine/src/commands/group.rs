//! Commands about groups, and whom a mention of one reaches. All groups are in the writer's
//! memory.

use super::{Decided, Desk, Sight, Who};
use hashbrown::HashSet;
use std::sync::Arc;
use tenon_domain::{
    decide::Decision,
    group::{
        GroupContext, Reach, change_group_members, create_group, delete_group, effective_members,
        update_group,
    },
    markup,
    refusal::Refusal,
};
use tenon_protocol::{
    ChannelId, MemberId, Timestamp,
    group::{ChangeGroupMembers, CreateGroup, DeleteGroup, UpdateGroup},
    limit::LARGE_GROUP_MENTION_MEMBERS_MAX,
};
use tenon_store::{channel, group};
use uuid::Uuid;

/// Calls a decision with all groups.
macro_rules! on_groups {
    ($name:ident, $command:ty, $decide:path) => {
        pub(super) async fn $name(
            desk: &mut Desk<'_, '_>,
            who: Who<'_>,
            command: &$command,
        ) -> Decided {
            decide(desk, who, |context, now| $decide(context, command, now)).await
        }
    };
}

on_groups!(create, CreateGroup, create_group);
on_groups!(update, UpdateGroup, update_group);
on_groups!(change_members, ChangeGroupMembers, change_group_members);
on_groups!(delete, DeleteGroup, delete_group);

async fn decide(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    decide: impl FnOnce(&GroupContext<'_>, Timestamp) -> Result<Decision, Refusal>,
) -> Decided {
    let groups = group::load_all(desk.tx).await?;
    let handles = &desk.directory.handles;
    let context = GroupContext {
        actor,
        me,
        groups: &groups,
        member: &|id| desk.members.get(&id).map(AsRef::as_ref),
        handle_taken: &|handle| handles.contains(handle),
    };
    Ok(decide(&context, desk.now))
}

/// Who may read a text.
pub(super) enum Readers<'a> {
    Channel(ChannelId),
    /// Of a task's conversation.
    Project(&'a Sight),
}

/// The groups that a text names, each with those in it who may read the text.
pub(super) async fn reach(
    desk: &mut Desk<'_, '_>,
    text: &str,
    readers: Option<Readers<'_>>,
) -> tenon_store::Result<Vec<Reach>> {
    let named = markup::groups(text, &desk.directory.names);
    let Some(readers) = readers.filter(|_| !named.is_empty()) else {
        return Ok(vec![]);
    };
    let groups = group::load_all(desk.tx).await?;
    let members = desk.members.clone();
    let mut reached = Vec::with_capacity(named.len());
    for id in named {
        if let Some(group) = groups.get(&id) {
            let member = |id| members.get(&id).map(Arc::as_ref);
            let members = effective_members(&groups, id, member);
            let group = group.clone();
            reached.push(Reach { group, members });
        }
    }
    match readers {
        Readers::Project(sight) => {
            for reach in &mut reached {
                reach.members.retain(|id| sight.sees(*id));
            }
        }
        Readers::Channel(channel) => {
            let inside = inside(desk, channel, &reached).await?;
            for reach in &mut reached {
                reach.members.retain(|id| inside.contains(id));
            }
        }
    }
    Ok(reached)
}

/// Members of the channel: those that matter if they are few, else all.
async fn inside(
    desk: &mut Desk<'_, '_>,
    channel: ChannelId,
    reached: &[Reach],
) -> tenon_store::Result<HashSet<MemberId>> {
    let wanted: HashSet<Uuid> = reached
        .iter()
        .flat_map(|reach| reach.members.iter().map(|id| id.0))
        .collect();
    if wanted.len() > LARGE_GROUP_MENTION_MEMBERS_MAX {
        let all = channel::list_members(desk.tx, channel).await?;
        return Ok(all.into_iter().collect());
    }
    let wanted: Vec<Uuid> = wanted.into_iter().collect();
    let found = channel::list_places(desk.tx, channel, &wanted).await?;
    Ok(found.into_iter().map(|(id, _, _)| id).collect())
}
