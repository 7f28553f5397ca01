//! Commands about members. All they need is in the writer's memory.

use super::{Decided, Desk, Who};
use crate::Actor;
use tenon_domain::member::{
    AddMemberContext, DefaultChannel, ManageMemberContext, UpdateMemberContext, add_member,
    change_role as decide_role, deactivate_member, reactivate_member, update_member,
};
use tenon_domain::status::{ClearStatusContext, clear_status as decide_clear};
use tenon_protocol::{
    ChannelId, MemberId,
    member::{AddMember, ChangeRole, DeactivateMember, Member, ReactivateMember, UpdateMember},
    status::ClearStatus,
};
use tenon_store::{channel, feed};

pub(super) async fn add(
    desk: &mut Desk<'_, '_>,
    actor: &Actor,
    me: Option<&Member>,
    command: &AddMember,
) -> Decided {
    let defaults = channel::list_default(desk.tx).await?;
    let defaults = load_defaults(desk, defaults).await?;
    let id_taken = desk.members.contains_key(&command.id);
    let handle_taken = |handle: &str| desk.directory.handles.contains(handle);
    let context = AddMemberContext {
        actor,
        me,
        id_taken,
        handle_taken: &handle_taken,
        defaults: &defaults,
    };
    Ok(add_member(&context, command, desk.now))
}

/// Channels that new members of the workspace or of a space join by themselves.
pub(super) async fn load_defaults(
    desk: &mut Desk<'_, '_>,
    ids: Vec<ChannelId>,
) -> tenon_store::Result<Vec<DefaultChannel>> {
    let mut defaults = Vec::with_capacity(ids.len());
    // Few, and from the writer's memory.
    for id in ids {
        let Some(row) = channel::load(desk.tx, id).await? else {
            continue;
        };
        defaults.push(DefaultChannel {
            channel: row.channel,
            last: row.last,
            feeds: feed::list_of_channel(desk.tx, id).await?,
        });
    }
    Ok(defaults)
}

pub(super) fn update(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &UpdateMember,
) -> Decided {
    let member = desk.members.get(&command.member).map(AsRef::as_ref);
    let handle_taken = |handle: &str| desk.directory.handles.contains(handle);
    let context = UpdateMemberContext {
        actor,
        me,
        member,
        handle_taken: &handle_taken,
    };
    Ok(update_member(&context, command, desk.now))
}

fn manage<'a>(
    desk: &'a Desk<'_, '_>,
    Who { actor, me }: Who<'a>,
    member: MemberId,
) -> ManageMemberContext<'a> {
    let member = desk.members.get(&member).map(AsRef::as_ref);
    ManageMemberContext {
        actor,
        me,
        member,
        active_owners: desk.directory.owners.len(),
    }
}

pub(super) fn change_role(desk: &mut Desk<'_, '_>, who: Who<'_>, command: &ChangeRole) -> Decided {
    Ok(decide_role(
        &manage(desk, who, command.member),
        command,
        desk.now,
    ))
}

pub(super) fn deactivate(
    desk: &mut Desk<'_, '_>,
    who: Who<'_>,
    command: &DeactivateMember,
) -> Decided {
    Ok(deactivate_member(
        &manage(desk, who, command.member),
        command,
        desk.now,
    ))
}

pub(super) fn reactivate(
    desk: &mut Desk<'_, '_>,
    who: Who<'_>,
    command: &ReactivateMember,
) -> Decided {
    Ok(reactivate_member(
        &manage(desk, who, command.member),
        command,
        desk.now,
    ))
}

pub(super) fn clear_status(
    desk: &mut Desk<'_, '_>,
    Who { actor, .. }: Who<'_>,
    command: &ClearStatus,
) -> Decided {
    let context = ClearStatusContext {
        actor,
        member: desk.members.get(&command.member).map(AsRef::as_ref),
    };
    Ok(decide_clear(&context, command, desk.now))
}
