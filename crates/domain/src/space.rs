//! Spaces: who is in one, and what it holds.

use crate::{
    access,
    actor::Actor,
    channel,
    decide::{Decision, fact},
    member::DefaultChannel,
    project,
    refusal::Refusal,
    text,
};
use std::collections::{BTreeSet, HashSet};
use tenon_protocol::{
    ChannelId, MemberId, ProjectId, Scope, SpaceId, Timestamp,
    channel::{Channel, ChannelKind},
    event::{Event, Fact},
    limit,
    member::{Member, MemberKind},
    project::{Project, Visibility},
    space::{ChangeSpaceMembers, CreateSpace, Space, SpaceKind, SpaceSight, UpdateSpace},
};

pub struct CreateSpaceContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub id_taken: bool,
    /// Spaces of the workspace, archived ones too.
    pub count: usize,
    pub member: &'a dyn Fn(MemberId) -> Option<&'a Member>,
}

pub struct UpdateSpaceContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub space: Option<&'a Space>,
    /// Is `me` in the space?
    pub is_inside: bool,
    pub member: &'a dyn Fn(MemberId) -> Option<&'a Member>,
    /// Those of `command.managers` who are in the space.
    pub inside: &'a [MemberId],
}

pub struct ChangeSpaceMembersContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub space: Option<&'a Space>,
    /// Is `me` in the space?
    pub is_inside: bool,
    pub member: &'a dyn Fn(MemberId) -> Option<&'a Member>,
    /// Those of the command's members who are in the space, and whether they are by name.
    pub inside: &'a [(MemberId, bool)],
    /// Those in groups that the space follows.
    pub in_groups: &'a HashSet<MemberId>,
    /// Members of the space.
    pub count: i64,
    pub contents: Contents<'a>,
}

/// What is in a space, for those who come and go.
#[derive(Clone, Copy)]
pub struct Contents<'a> {
    /// All channels in it.
    pub channels: &'a [Channel],
    /// All projects in it.
    pub projects: &'a [Project],
    /// Those of the channels that new members join by themselves.
    pub defaults: &'a [DefaultChannel],
    /// Which of the channels those who come or leave are in.
    pub channel_places: &'a [(ChannelId, MemberId)],
    /// Which of the projects those who leave were added to.
    pub project_places: &'a [(ProjectId, MemberId)],
}

impl Contents<'_> {
    const NONE: Self = Contents {
        channels: &[],
        projects: &[],
        defaults: &[],
        channel_places: &[],
        project_places: &[],
    };
}

/// Where a channel or project is wanted.
#[derive(Clone, Copy, Default)]
pub struct Home<'a> {
    /// That which the command names.
    pub space: Option<&'a Space>,
    /// Is `me` in it?
    pub is_inside: bool,
    /// Channels, or projects, in it.
    pub count: i64,
}

/// Non-guests.
pub fn create_space(
    context: &CreateSpaceContext<'_>,
    command: &CreateSpace,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let me = context.me;
    access::check_granted(context.actor, me, command)?;
    access::check_not_guest(me)?;
    if context.id_taken {
        return Err(Refusal::IdTaken);
    }
    check_room("name", context.count + 1, limit::SPACES_MAX)?;
    let space = Space {
        id: command.id,
        kind: command.kind,
        name: check_name(&command.name)?,
        icon: check_icon(&command.icon)?,
        description: check_description(&command.description)?,
        managers: vec![],
        created_by: me.id,
        created_at: now,
        archived: false,
    };
    let max = limit::SPACE_CHANGE_MEMBERS_MAX;
    check_room("members", command.members.len(), max)?;
    let mut members = vec![me];
    for id in &command.members {
        let member = check_person(context.member, *id, "members")?;
        if members.iter().all(|other| other.id != member.id) {
            members.push(member);
        }
    }
    let scope = Scope::Space(space.id);
    let created = Event::SpaceCreated {
        space: space.clone(),
    };
    let mut facts = vec![fact(scope, created)];
    facts.extend(joined(&space, &members, &Contents::NONE, false));
    Ok(Decision::of(space.id.0, facts))
}

/// Those who manage it.
pub fn update_space(
    context: &UpdateSpaceContext<'_>,
    command: &UpdateSpace,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    let (me, is_inside) = (context.me, context.is_inside);
    access::check_granted(context.actor, me, command)?;
    let before = access::visible_space(me, context.space, is_inside)?;
    access::check_manage_space(me, before, is_inside)?;
    let mut space = before.clone();
    if let Some(name) = &command.name {
        space.name = check_name(name)?;
    }
    if let Some(icon) = &command.icon {
        space.icon = check_icon(icon)?;
    }
    if let Some(description) = &command.description {
        space.description = check_description(description)?;
    }
    if let Some(managers) = &command.managers {
        space.managers = check_managers(context, before, managers)?;
    }
    space.archived = command.archived.unwrap_or(space.archived);
    let facts = if space == *before {
        vec![]
    } else {
        vec![fact(Scope::Space(space.id), Event::SpaceChanged { space })]
    };
    Ok(Decision::of(before.id.0, facts))
}

/// Those who manage it; anybody themselves into an open one, and out of any.
pub fn change_space_members(
    context: &ChangeSpaceMembersContext<'_>,
    command: &ChangeSpaceMembers,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    let (me, is_inside) = (context.me, context.is_inside);
    access::check_granted(context.actor, me, command)?;
    let space = match context.space {
        // An accepted invitation joins spaces that the new member cannot see yet.
        Some(space) if context.actor.internal => space,
        space => {
            let space = access::visible_space(me, space, is_inside)?;
            access::check_change_space_members(me, space, is_inside, command)?;
            space
        }
    };
    let max = limit::SPACE_CHANGE_MEMBERS_MAX;
    check_room("add", command.add.len(), max)?;
    check_room("remove", command.remove.len(), max)?;
    let stand = |id: &MemberId| context.inside.iter().find(|(inside, _)| inside == id);
    let is_in = |id: &MemberId| stand(id).is_some();
    let removed: BTreeSet<MemberId> = command.remove.iter().copied().filter(is_in).collect();
    if removed.iter().any(|id| context.in_groups.contains(id)) {
        return Err(Refusal::InThroughGroup { field: "remove" });
    }
    let unnamed = |id: &&MemberId| **id != me.id && stand(id).is_some_and(|(_, named)| !named);
    let named: BTreeSet<MemberId> = command.add.iter().filter(unnamed).copied().collect();
    let mut added: Vec<&Member> = vec![];
    for id in command.add.iter().filter(|id| !is_in(id)) {
        let member = check_person(context.member, *id, "add")?;
        if added.iter().all(|other| other.id != member.id) {
            added.push(member);
        }
    }
    if space.archived && !added.is_empty() {
        return Err(Refusal::SpaceArchived);
    }
    check_weight(context, space, added.len() + removed.len())?;
    if context.count + added.len() as i64 > limit::SPACE_MEMBERS_MAX {
        let max = limit::SPACE_MEMBERS_MAX;
        return Err(Refusal::SpaceFull { max });
    }
    let mut facts = joined(space, &added, &context.contents, false);
    if !named.is_empty() {
        let event = Event::SpaceMembersNamed {
            space: space.id,
            members: named.into_iter().collect(),
        };
        facts.push(fact(Scope::Space(space.id), event));
    }
    let removed: Vec<MemberId> = removed.into_iter().collect();
    facts.extend(left(space, &removed, &context.contents, context.member));
    Ok(Decision::of(space.id.0, facts))
}

/// Those who come or go are told of everything in a closed space, so a change of many members in a
/// full one is made in parts. One by one always goes.
fn check_weight(
    context: &ChangeSpaceMembersContext<'_>,
    space: &Space,
    changed: usize,
) -> Result<(), Refusal> {
    let places = context.contents.channels.len() + context.contents.projects.len();
    let max = change_max(space, places);
    match changed > max {
        true => Err(Refusal::TooManyAtOnce { max }),
        false => Ok(()),
    }
}

/// How many members may come or go at once, with so many channels and projects in the space: one
/// at least.
pub fn change_max(space: &Space, places: usize) -> usize {
    match space.kind {
        SpaceKind::Closed if places > 0 => (limit::SPACE_CHANGE_PLACES_MAX / places).max(1),
        SpaceKind::Closed | SpaceKind::Open => usize::MAX,
    }
}

/// The space that a channel or project is put into: one that is not archived, has room, and that
/// its mover is in.
pub(crate) fn check_home<'a>(
    me: &Member,
    wanted: Option<SpaceId>,
    home: &Home<'a>,
    max: i64,
) -> Result<Option<&'a Space>, Refusal> {
    if wanted.is_none() {
        return Ok(None);
    }
    let space = access::check_settle(me, home.space, home.is_inside)?;
    if home.count >= max {
        return Err(Refusal::TooMany {
            field: "space",
            max: max as usize,
        });
    }
    Ok(Some(space))
}

/// Is it a closed one?
pub(crate) fn is_closed(space: Option<&Space>) -> bool {
    space.is_some_and(|space| space.kind == SpaceKind::Closed)
}

/// The scope that what is public is told in.
pub(crate) fn public_scope(space: Option<SpaceId>) -> Scope {
    space.map_or(Scope::Members, Scope::Space)
}

/// They are in the space from here on, and in its default channels; whoever could not see it before
/// is told what is public in it. `followed`: for the sake of a group.
pub(crate) fn joined(
    space: &Space,
    members: &[&Member],
    contents: &Contents<'_>,
    followed: bool,
) -> Vec<Fact> {
    if members.is_empty() {
        return vec![];
    }
    let (channels, projects) = (contents.channels, contents.projects);
    let mut facts = Vec::with_capacity(1 + members.len());
    let event = Event::SpaceMembersChanged {
        space: space.id,
        added: members.iter().map(|member| member.id).collect(),
        removed: vec![],
        followed,
    };
    facts.push(fact(Scope::Space(space.id), event));
    for member in members {
        let knows = access::can_see_space(member, space, false);
        let near = access::Standing::Near;
        let reads = |channel: &&Channel| !knows && access::can_read_channel(member, channel, near);
        let is_public = |project: &&Project| project.visibility == Visibility::Public;
        let sees = |project: &&Project| !knows && is_public(project);
        let sight = SpaceSight {
            space: space.clone(),
            channels: channels.iter().filter(reads).cloned().collect(),
            projects: projects.iter().filter(sees).cloned().collect(),
        };
        facts.push(fact(Scope::Inbox(member.id), Event::SpaceGained(sight)));
    }
    for place in contents.defaults {
        let id = place.channel.id;
        let is_new = |it: &MemberId| !contents.channel_places.contains(&(id, *it));
        let new = members.iter().map(|member| member.id).filter(is_new);
        let new: Vec<MemberId> = new.collect();
        facts.extend(channel::joined_at_once(place, &new, false));
    }
    facts
}

/// They are not in the space any more; whoever cannot see it then loses everything in it.
pub(crate) fn left<'a>(
    space: &Space,
    removed: &[MemberId],
    contents: &Contents<'_>,
    member: &dyn Fn(MemberId) -> Option<&'a Member>,
) -> Vec<Fact> {
    if removed.is_empty() {
        return vec![];
    }
    let event = Event::SpaceMembersChanged {
        space: space.id,
        added: vec![],
        removed: removed.to_vec(),
        followed: false,
    };
    let mut facts = vec![fact(Scope::Space(space.id), event)];
    for id in removed {
        let inbox = Scope::Inbox(*id);
        facts.push(fact(inbox, Event::SpaceLost { space: space.id }));
        let member = member(*id);
        if member.is_some_and(|member| access::can_see_space(member, space, false)) {
            continue;
        }
        for channel in contents.channels {
            if contents.channel_places.contains(&(channel.id, *id)) {
                facts.extend(channel::left(channel.id, *id));
            } else if channel.kind == ChannelKind::Public {
                let channel = channel.id;
                facts.push(fact(inbox, Event::ChannelLost { channel }));
            }
        }
        for project in contents.projects {
            let project_id = project.id;
            if contents.project_places.contains(&(project_id, *id)) {
                facts.push(project::left(project_id, *id));
                facts.push(project::lost(project_id, *id));
            } else if project.visibility == Visibility::Public {
                facts.push(project::lost(project_id, *id));
            }
        }
    }
    facts
}

// --- what is allowed in one ---

fn check_name(name: &str) -> Result<String, Refusal> {
    text::check_name("name", name, limit::NAME_CHARS_MAX).map(str::to_owned)
}

fn check_description(description: &str) -> Result<String, Refusal> {
    let max = limit::TOPIC_CHARS_MAX;
    text::check_paragraph("description", description, max).map(str::to_owned)
}

/// One emoji, or none.
fn check_icon(icon: &str) -> Result<String, Refusal> {
    if icon.is_empty() {
        return Ok(String::new());
    }
    let emoji = emojis::get(icon).ok_or(Refusal::BadIcon)?;
    Ok(emoji.as_str().to_owned())
}

fn check_room(field: &'static str, count: usize, max: usize) -> Result<(), Refusal> {
    if count > max {
        Err(Refusal::TooMany { field, max })
    } else {
        Ok(())
    }
}

/// An active person, a guest too.
fn check_person<'a>(
    member: &dyn Fn(MemberId) -> Option<&'a Member>,
    id: MemberId,
    field: &'static str,
) -> Result<&'a Member, Refusal> {
    let member = member(id).ok_or(Refusal::UnknownMember { field: Some(field) })?;
    if !member.active {
        return Err(Refusal::MemberInactive { field: Some(field) });
    }
    if member.kind == MemberKind::Bot {
        return Err(Refusal::Bot { field });
    }
    Ok(member)
}

/// People in the space, no guests, by id.
fn check_managers(
    context: &UpdateSpaceContext<'_>,
    before: &Space,
    ids: &[MemberId],
) -> Result<Vec<MemberId>, Refusal> {
    let field = "managers";
    check_room(field, ids.len(), limit::SPACE_MANAGERS_MAX)?;
    let mut managers = BTreeSet::new();
    for id in ids.iter().filter(|id| **id != before.created_by) {
        // Whoever was deactivated or left since may stay: it counts when they come back.
        if !before.managers.contains(id) {
            let member = check_person(context.member, *id, field)?;
            if access::is_guest(member) {
                return Err(Refusal::GuestOrBot { field });
            }
            if !context.inside.contains(id) {
                return Err(Refusal::UnknownMember { field: Some(field) });
            }
        }
        managers.insert(*id);
    }
    Ok(managers.into_iter().collect())
}
