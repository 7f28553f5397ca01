//! What concerns spaces.

use super::{is_administrator, is_guest};
use crate::refusal::Refusal;
use tenon_protocol::{
    MemberId,
    member::{Member, MemberKind},
    space::{ChangeSpaceMembers, Space, SpaceKind},
};

/// May this member know of the space, and see what is public in it? `is_inside`: the space.
pub fn can_see_space(me: &Member, space: &Space, is_inside: bool) -> bool {
    is_inside || (space.kind == SpaceKind::Open && !is_guest(me))
}

/// The space, if there is one that the member may see.
pub fn visible_space<'a>(
    me: &Member,
    space: Option<&'a Space>,
    is_inside: bool,
) -> Result<&'a Space, Refusal> {
    space
        .filter(|space| can_see_space(me, space, is_inside))
        .ok_or(Refusal::UnknownSpace { field: None })
}

/// Changes the space and who is in it: its creator and those made its managers while they are in
/// it, and administrators who may see it. Guests never.
pub fn can_manage_space(me: &Member, space: &Space, is_inside: bool) -> bool {
    let is_manager = space.created_by == me.id || space.managers.contains(&me.id);
    let manages = is_inside && is_manager && !is_guest(me);
    manages || (is_administrator(me) && can_see_space(me, space, is_inside))
}

pub fn check_manage_space(me: &Member, space: &Space, is_inside: bool) -> Result<(), Refusal> {
    if can_manage_space(me, space, is_inside) {
        Ok(())
    } else {
        Err(Refusal::NotTheSpacesManager)
    }
}

/// Joins an open space, leaves any, as oneself; everything else: those who manage it.
pub fn check_change_space_members(
    me: &Member,
    space: &Space,
    is_inside: bool,
    command: &ChangeSpaceMembers,
) -> Result<(), Refusal> {
    let alone = |ids: &[MemberId]| ids.iter().all(|id| *id == me.id);
    let joins = command.add.is_empty() || can_see_space(me, space, false);
    if alone(&command.add) && alone(&command.remove) && joins {
        return Ok(());
    }
    check_manage_space(me, space, is_inside)
}

/// Does this member, who is in the space, manage it?
pub fn manages_inside(member: &Member, space: &Space) -> bool {
    member.active && can_manage_space(member, space, true)
}

/// May be made the manager of a closed space that nobody manages any more.
pub fn can_inherit_space(member: &Member) -> bool {
    member.active && member.kind == MemberKind::Person && !is_guest(member)
}

/// Puts a channel or a project into the space: those who are in it.
pub fn check_settle<'a>(
    me: &Member,
    space: Option<&'a Space>,
    is_inside: bool,
) -> Result<&'a Space, Refusal> {
    let space = visible_space(me, space, is_inside).map_err(|_| Refusal::UnknownSpace {
        field: Some("space"),
    })?;
    if !is_inside {
        return Err(Refusal::NotInSpace);
    }
    if space.archived {
        Err(Refusal::SpaceArchived)
    } else {
        Ok(space)
    }
}
