//! Rosters: which groups a space or channel follows, and who comes and goes for their sake.
//!
//! What a roster follows decides who *belongs* in it. The engine's follower compares that with who
//! is in it, and brings both together in bounded bites; each bite asks here again, from the rows of
//! that moment, so a bite that comes late or twice does nothing.

use crate::{
    access::{self, Standing},
    actor::Actor,
    channel,
    decide::{Decision, fact},
    group::{Groups, effective_members},
    member::DefaultChannel,
    refusal::Refusal,
    space::{self, Contents},
};
use std::collections::HashSet;
use tenon_protocol::{
    GroupId, MemberId, Scope, Timestamp,
    channel::{Channel, ChannelKind},
    event::{Event, Fact},
    group::Group,
    limit,
    member::Member,
    roster::{FollowGroup, Roster, SettleMembers},
    space::{Space, SpaceKind},
};

/// The space or channel of a command, and where `me` stands to it.
#[derive(Clone, Copy)]
pub enum Place<'a> {
    Space {
        space: Option<&'a Space>,
        is_inside: bool,
    },
    Channel {
        channel: Option<&'a Channel>,
        standing: Standing,
    },
}

pub struct FollowGroupContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub place: Place<'a>,
    pub group: Option<&'a Group>,
    /// The groups that the roster follows now.
    pub followed: &'a [GroupId],
    /// Spaces and channels that follow this group.
    pub followers: usize,
}

/// Where those whom a command settles stand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stand {
    pub is_inside: bool,
    /// Added by name. Only of somebody inside.
    pub is_named: bool,
    /// In a group that the roster follows.
    pub in_groups: bool,
    /// In the space that the channel is in.
    pub in_space: bool,
}

pub struct SettleMembersContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub member: &'a dyn Fn(MemberId) -> Option<&'a Member>,
    /// Of those whom the command names.
    pub stand: &'a dyn Fn(MemberId) -> Stand,
    pub settled: Settled<'a>,
}

/// The space or channel whose members come and go.
pub enum Settled<'a> {
    Space {
        space: Option<&'a Space>,
        contents: Contents<'a>,
        /// Members of the space.
        count: i64,
        /// Does somebody in it manage it?
        is_managed: bool,
    },
    Channel(Option<&'a DefaultChannel>),
}

/// The active people in any of these groups.
pub fn members_of<'a>(
    groups: &Groups,
    followed: &[GroupId],
    member: impl Fn(MemberId) -> Option<&'a Member> + Copy,
) -> HashSet<MemberId> {
    let each = followed.iter();
    each.flat_map(|id| effective_members(groups, *id, member))
        .collect()
}

/// A closed space must not be left without a manager: administrators do not see it.
pub fn needs_manager(space: &Space) -> bool {
    space.kind == SpaceKind::Closed
}

/// Those of these members who manage the space if they are in it.
pub fn managers<'a>(members: impl Iterator<Item = &'a Member>, space: &Space) -> Vec<MemberId> {
    let managers = members.filter(|member| access::manages_inside(member, space));
    managers.map(|member| member.id).collect()
}

/// Those who manage the space or the channel.
pub fn follow_group(
    context: &FollowGroupContext<'_>,
    command: &FollowGroup,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    let scope = check_place(context, command.follow)?;
    let FollowGroup {
        roster,
        group,
        follow,
    } = *command;
    let id = match roster {
        Roster::Space(space) => space.0,
        Roster::Channel(channel) => channel.0,
    };
    if context.followed.contains(&group) == follow {
        return Ok(Decision::of(id, vec![]));
    }
    if follow {
        check_followed(context)?;
    }
    let event = Event::GroupFollowed {
        roster,
        group,
        follow,
    };
    Ok(Decision::of(id, vec![fact(scope, event)]))
}

/// Gives the scope that is told. The server itself lets go of groups that are no more.
fn check_place(context: &FollowGroupContext<'_>, follow: bool) -> Result<Scope, Refusal> {
    let (me, internal) = (context.me, context.actor.internal && !follow);
    match context.place {
        Place::Space { space, is_inside } => {
            let space = match space {
                Some(space) if internal => return Ok(Scope::Space(space.id)),
                space => access::visible_space(me, space, is_inside)?,
            };
            access::check_manage_space(me, space, is_inside)?;
            if space.archived && follow {
                return Err(Refusal::SpaceArchived);
            }
            Ok(Scope::Space(space.id))
        }
        Place::Channel { channel, standing } => {
            let channel = match channel {
                Some(channel) if internal => return Ok(Scope::Channel(channel.id)),
                channel => access::readable_channel(me, channel, standing)?,
            };
            if channel.kind == ChannelKind::Direct {
                return Err(Refusal::DirectChannel);
            }
            access::check_manage_channel(me, channel, standing.is_inside())?;
            if channel.archived && follow {
                return Err(Refusal::ChannelArchived);
            }
            Ok(Scope::Channel(channel.id))
        }
    }
}

/// A group that the asker knows of, which is not archived, with room on both sides.
fn check_followed(context: &FollowGroupContext<'_>) -> Result<(), Refusal> {
    let field = "group";
    let unknown = |_| Refusal::UnknownGroup { field: Some(field) };
    let group = access::visible_group(context.me, context.group).map_err(unknown)?;
    if group.archived {
        return Err(Refusal::GroupArchived);
    }
    let rooms = [
        (context.followed.len(), limit::ROSTER_GROUPS_MAX),
        (context.followers, limit::GROUP_FOLLOWERS_MAX),
    ];
    match rooms.into_iter().find(|(count, max)| count >= max) {
        Some((_, max)) => Err(Refusal::TooMany { field, max }),
        None => Ok(()),
    }
}

/// The server itself. Whoever does not belong, or is there by name, is passed over.
pub fn settle_members(
    context: &SettleMembersContext<'_>,
    command: &SettleMembers,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    access::check_internal(context.actor)?;
    let max = limit::ROSTER_BITE_MEMBERS_MAX;
    for (field, ids) in [("add", &command.add), ("remove", &command.remove)] {
        if ids.len() > max {
            return Err(Refusal::TooMany { field, max });
        }
    }
    match &context.settled {
        Settled::Space { space, .. } => {
            let space = space.ok_or(Refusal::UnknownSpace { field: None })?;
            Ok(Decision::of(
                space.id.0,
                settle_space(context, space, command),
            ))
        }
        Settled::Channel(place) => {
            let place = place.ok_or(Refusal::UnknownChannel)?;
            let facts = settle_channel(context, place, command);
            Ok(Decision::of(place.channel.id.0, facts))
        }
    }
}

/// Those of these who come, and those who go.
fn split(
    context: &SettleMembersContext<'_>,
    command: &SettleMembers,
    belongs: impl Fn(&Member, Stand) -> bool,
) -> (Vec<MemberId>, Vec<MemberId>) {
    let stands = |id: &MemberId| ((context.member)(*id), (context.stand)(*id));
    let comes = |id: &MemberId| match stands(id) {
        (Some(member), stand) => !stand.is_inside && belongs(member, stand),
        (None, _) => false,
    };
    let goes = |id: &MemberId| match stands(id) {
        (Some(member), stand) => stand.is_inside && !stand.is_named && !belongs(member, stand),
        (None, _) => false,
    };
    let chosen = |ids: &[MemberId], counts: &dyn Fn(&MemberId) -> bool| {
        let mut ids: Vec<MemberId> = ids.iter().copied().filter(|id| counts(id)).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    (chosen(&command.add, &comes), chosen(&command.remove, &goes))
}

fn settle_space(
    context: &SettleMembersContext<'_>,
    space: &Space,
    command: &SettleMembers,
) -> Vec<Fact> {
    let Settled::Space {
        contents,
        count,
        is_managed,
        ..
    } = &context.settled
    else {
        return vec![];
    };
    let belongs = |member: &Member, stand: Stand| stand.in_groups && access::is_grouped(member);
    let (mut added, removed) = split(context, command, belongs);
    if space.archived {
        added.clear();
    }
    // Who does not fit any more stays out until there is room.
    let room = (limit::SPACE_MEMBERS_MAX - count).max(0);
    added.truncate(usize::try_from(room).unwrap_or(usize::MAX));
    let added: Vec<&Member> = added
        .iter()
        .filter_map(|id| (context.member)(*id))
        .collect();
    let mut facts = space::joined(space, &added, contents, true);
    facts.extend(space::left(space, &removed, contents, context.member));
    let heir = command.heir.filter(|_| !is_managed && needs_manager(space));
    let heir = heir.filter(|id| (context.stand)(*id).is_inside && !removed.contains(id));
    if let Some(heir) = heir.and_then(|id| (context.member)(id))
        && access::can_inherit_space(heir)
    {
        let mut space = space.clone();
        // It counts again when the others come back.
        if space.managers.len() >= limit::SPACE_MANAGERS_MAX {
            space.managers.clear();
        }
        space.managers.push(heir.id);
        space.managers.sort_unstable();
        facts.push(fact(Scope::Space(space.id), Event::SpaceChanged { space }));
    }
    facts
}

fn settle_channel(
    context: &SettleMembersContext<'_>,
    place: &DefaultChannel,
    command: &SettleMembers,
) -> Vec<Fact> {
    let channel = &*place.channel;
    let belongs = |member: &Member, stand: Stand| {
        access::is_followed_into_channel(member, channel, stand.in_groups, stand.in_space)
    };
    let (mut added, removed) = split(context, command, belongs);
    if channel.archived {
        added.clear();
    }
    let id = channel.id;
    let mut facts = channel::joined_at_once(place, &added, true);
    if !removed.is_empty() {
        let event = Event::ChannelMembersChanged {
            channel: id,
            added: vec![],
            removed: removed.clone(),
        };
        facts.push(fact(Scope::Channel(id), event));
        let lost =
            |member: MemberId| fact(Scope::Inbox(member), Event::ChannelLost { channel: id });
        facts.extend(removed.into_iter().map(lost));
    }
    facts
}
