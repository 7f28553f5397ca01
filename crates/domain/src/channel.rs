//! Channels: made, joined, left, archived.

use crate::{
    access::{self, Standing},
    actor::Actor,
    decide::{Decision, fact},
    member::DefaultChannel,
    refusal::Refusal,
    space::{self, Home},
    text,
};
use std::collections::{HashMap, HashSet};
use tenon_protocol::{
    ChannelId, MemberId, ProjectId, Scope, Timestamp,
    channel::{
        AddChannelMember, ChangeChannelRole, Channel, ChannelKind, ChannelRole, CreateChannel,
        Membership, OpenDirect, Posting, RemoveChannelMember, UpdateChannel,
    },
    event::{Event, Fact},
    feed::Feed,
    limit,
    member::Member,
    project::Project,
    space::Space,
};

pub struct CreateChannelContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub id_taken: bool,
    /// Does a public or private channel that is not archived have this name? Compare by
    /// [`name_key`].
    pub name_taken: bool,
    /// That of `command.project`.
    pub project: Option<&'a Project>,
    pub is_project_member: bool,
    /// Of `command.space`.
    pub home: Home<'a>,
    /// Those of `command.members` that exist, in any order.
    pub members: &'a [&'a Member],
}

pub struct OpenDirectContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub id_taken: bool,
    /// The direct channel of exactly [`direct_members`], if there is one.
    pub existing: Option<ChannelId>,
    /// Those of `command.members` that exist, in any order.
    pub members: &'a [&'a Member],
}

pub struct UpdateChannelContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub channel: Option<&'a Channel>,
    pub standing: Standing,
    /// Does *another* public or private channel that is not archived have the name that this one
    /// will have ([`name_key`] of `command.name`, or else of the channel's)? Matters only if
    /// `command.name` is set or the channel is restored.
    pub name_taken: bool,
    /// That of `command.project`.
    pub project: Option<&'a Project>,
    pub is_project_member: bool,
    /// The space that the channel will be in.
    pub home: Home<'a>,
    /// Members of a public channel who cannot see the scope that its change is told in: guests,
    /// and of one in a closed space whoever is not in that space.
    pub outsiders: &'a [MemberId],
    /// Guests in the space that it was in, who are not in the channel.
    pub near_guests: &'a [MemberId],
    /// How many channels new members of that space, or of the workspace, join by themselves.
    pub default_count: usize,
}

pub struct ChangeChannelRoleContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub channel: Option<&'a Channel>,
    /// Of `me`.
    pub standing: Standing,
    /// That of `command.member`, if they are in the channel.
    pub member: Option<&'a Member>,
    /// Members of a public channel who cannot see the scope that its change is told in.
    pub outsiders: &'a [MemberId],
}

pub struct AddChannelMemberContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub channel: Option<&'a Channel>,
    /// Of `me`.
    pub standing: Standing,
    /// That of `command.member`.
    pub member: Option<&'a Member>,
    /// Is `command.member` in the channel already?
    pub already: bool,
    /// And that by name?
    pub is_named: bool,
    /// Seq of the channel's newest message outside threads, 0 if there is none.
    pub last: i64,
    /// Of the channel.
    pub feeds: &'a [Feed],
}

pub struct RemoveChannelMemberContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub channel: Option<&'a Channel>,
    /// Of `me`.
    pub standing: Standing,
    /// That of `command.member`.
    pub member: Option<&'a Member>,
    /// Is `command.member` in the channel?
    pub is_there: bool,
    /// In a group that it follows?
    pub in_groups: bool,
    /// In the space that it is in?
    pub in_space: bool,
}

/// Two names that differ only in case or surrounding space are the same name.
pub fn name_key(name: &str) -> String {
    name.trim().to_lowercase()
}

/// The members of the direct channel that a command asks for: the actor too, sorted, each once.
pub fn direct_members(me: MemberId, command: &OpenDirect) -> Vec<MemberId> {
    let mut members = command.members.clone();
    members.push(me);
    members.sort_unstable();
    members.dedup();
    members
}

/// Non-guests. Everyone named becomes a member at once.
pub fn create_channel(
    context: &CreateChannelContext<'_>,
    command: &CreateChannel,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let me = context.me;
    access::check_granted(context.actor, me, command)?;
    access::check_not_guest(me)?;
    if command.kind == ChannelKind::Direct {
        return Err(Refusal::BadChannelKind);
    }
    let name = text::check_name("name", &command.name, limit::NAME_CHARS_MAX)?;
    let topic = text::check_paragraph("topic", &command.topic, limit::TOPIC_CHARS_MAX)?;
    if context.id_taken {
        return Err(Refusal::IdTaken);
    }
    if context.name_taken {
        return Err(Refusal::ChannelNameTaken(name.to_owned()));
    }
    if command.project.is_some() {
        access::visible_project(me, context.project, context.is_project_member)?;
    }
    let (mut members, mut listed) = (vec![me.id], HashSet::from([me.id]));
    check_active(&command.members, context.members)?;
    for id in &command.members {
        if listed.insert(*id) {
            members.push(*id);
        }
    }
    let max = limit::SPACE_CHANNELS_MAX;
    let space = space::check_home(me, command.space, &context.home, max)?;
    let channel = Channel {
        id: command.id,
        kind: command.kind,
        name: name.to_owned(),
        topic: topic.to_owned(),
        description: String::new(),
        project: command.project,
        space: command.space,
        in_closed_space: space::is_closed(space),
        follows_space: false,
        created_by: me.id,
        created_at: now,
        archived: false,
        posting: Posting::Everyone,
        replying: Posting::Everyone,
        managers: vec![],
        is_default: false,
        retention: None,
        members: vec![],
    };
    Ok(Decision::of(channel.id.0, created(channel, &members)))
}

/// Whoever is in the workspace, with active members, oneself alone too. There is only ever one
/// direct channel of the same members.
pub fn open_direct(
    context: &OpenDirectContext<'_>,
    command: &OpenDirect,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    if let Some(existing) = context.existing {
        return Ok(Decision::of(existing.0, vec![]));
    }
    let members = direct_members(context.me.id, command);
    if members.len() > limit::DIRECT_MEMBERS_MAX {
        return Err(Refusal::TooMany {
            field: "members",
            max: limit::DIRECT_MEMBERS_MAX,
        });
    }
    let others = members.iter().filter(|id| **id != context.me.id);
    check_active(others, context.members)?;
    if context.id_taken {
        return Err(Refusal::IdTaken);
    }
    let channel = Channel {
        id: command.id,
        kind: ChannelKind::Direct,
        name: String::new(),
        topic: String::new(),
        description: String::new(),
        project: None,
        space: None,
        in_closed_space: false,
        follows_space: false,
        created_by: context.me.id,
        created_at: now,
        archived: false,
        posting: Posting::Everyone,
        replying: Posting::Everyone,
        managers: vec![],
        is_default: false,
        retention: None,
        members: members.clone(),
    };
    Ok(Decision::of(channel.id.0, created(channel, &members)))
}

/// Members of the channel change its name, topic, description and project; those who manage it
/// archive and restore it, say who posts, and hide it. An archived channel can only be restored.
pub fn update_channel(
    context: &UpdateChannelContext<'_>,
    command: &UpdateChannel,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    let me = context.me;
    access::check_granted(context.actor, me, command)?;
    let is_member = context.standing.is_inside();
    let before = access::readable_channel(me, context.channel, context.standing)?;
    let wanted: Option<&Space> = context.home.space;
    let space = wanted.map(|space| (space, context.home.is_inside));
    access::check_update_channel(me, before, is_member, space, command)?;
    let mut channel = before.clone();
    set_space(&mut channel, context, command)?;
    set_rules(&mut channel, command, context.default_count)?;
    if channel.archived && before.archived && access::changes_words(command) {
        return Err(Refusal::ChannelArchived);
    }
    if let Some(name) = &command.name {
        channel.name = text::check_name("name", name, limit::NAME_CHARS_MAX)?.to_owned();
    }
    let claims_name = command.name.is_some() || (before.archived && !channel.archived);
    if claims_name && !channel.archived && context.name_taken {
        return Err(Refusal::ChannelNameTaken(channel.name));
    }
    if let Some(topic) = &command.topic {
        let topic = text::check_paragraph("topic", topic, limit::TOPIC_CHARS_MAX)?;
        channel.topic = topic.to_owned();
    }
    if let Some(description) = &command.description {
        let max = limit::DESCRIPTION_CHARS_MAX;
        let description = text::check_paragraph("description", description, max)?;
        channel.description = description.to_owned();
    }
    if let Some(project) = command.project {
        channel.project = check_bound(context, project)?;
    }
    Ok(changed(
        before,
        channel,
        context.outsiders,
        context.near_guests,
    ))
}

/// What is public in a closed space never leaves it: others would read what was said there.
fn set_space(
    channel: &mut Channel,
    context: &UpdateChannelContext<'_>,
    command: &UpdateChannel,
) -> Result<(), Refusal> {
    let moves = command.space.filter(|space| *space != channel.space);
    let Some(wanted) = moves else {
        return Ok(());
    };
    if channel.in_closed_space && channel.kind == ChannelKind::Public {
        return Err(Refusal::StaysInSpace);
    }
    let max = limit::SPACE_CHANNELS_MAX;
    let space = space::check_home(context.me, wanted, &context.home, max)?;
    channel.space = wanted;
    channel.in_closed_space = space::is_closed(space);
    // Of another place they would mean something else.
    channel.is_default = false;
    channel.follows_space = false;
    Ok(())
}

/// What is not words: archived, kind, who writes, who joins by themselves, what it follows.
fn set_rules(
    channel: &mut Channel,
    command: &UpdateChannel,
    default_count: usize,
) -> Result<(), Refusal> {
    channel.archived = command.archived.unwrap_or(channel.archived);
    channel.posting = command.posting.unwrap_or(channel.posting);
    channel.replying = command.replying.unwrap_or(channel.replying);
    match command.kind.unwrap_or(channel.kind) {
        ChannelKind::Direct => return Err(Refusal::BadChannelKind),
        ChannelKind::Public if channel.kind == ChannelKind::Private => {
            return Err(Refusal::StaysPrivate);
        }
        kind => channel.kind = kind,
    }
    channel.follows_space = command.follows_space.unwrap_or(channel.follows_space);
    if channel.follows_space && channel.space.is_none() {
        return Err(Refusal::NoSpaceToFollow);
    }
    let was_default = channel.is_default;
    channel.is_default = command.is_default.unwrap_or(was_default);
    if channel.is_default && channel.kind != ChannelKind::Public {
        if command.is_default.is_some() {
            return Err(Refusal::NotPublic);
        }
        channel.is_default = false;
    }
    if channel.is_default && !was_default && default_count >= limit::DEFAULT_CHANNELS_MAX {
        return Err(Refusal::TooMany {
            field: "is_default",
            max: limit::DEFAULT_CHANNELS_MAX,
        });
    }
    Ok(())
}

/// The facts of a channel that changed. One that fewer see from here on is told of once more to
/// everyone who knew of it: those who are not in it forget it.
pub(crate) fn changed(
    before: &Channel,
    channel: Channel,
    outsiders: &[MemberId],
    near_guests: &[MemberId],
) -> Decision {
    let id = channel.id;
    if channel == *before {
        return Decision::of(id.0, vec![]);
    }
    let was_public = before.kind == ChannelKind::Public;
    let is_public = channel.kind == ChannelKind::Public;
    let moves = is_public && channel.space != before.space;
    let encloses = moves && channel.in_closed_space;
    let mut facts = Vec::with_capacity(2 + outsiders.len());
    if was_public && !is_public {
        let event = Event::ChannelHidden { channel: id };
        facts.push(fact(metadata_scope(before), event));
    } else if moves && !encloses {
        // What they know of it says that they see it: they begin afresh.
        let lost = |guest: &MemberId| {
            let inbox = Scope::Inbox(*guest);
            let lost = Event::ChannelLost { channel: id };
            [fact(inbox, lost), fact(inbox, Event::AccessChanged {})]
        };
        facts.extend(near_guests.iter().flat_map(lost));
    }
    let scope = metadata_scope(&channel);
    facts.push(fact(scope, Event::ChannelChanged { channel }));
    if encloses {
        let event = Event::ChannelEnclosed { channel: id };
        facts.push(fact(metadata_scope(before), event));
    }
    if is_public {
        let told = |outsider: &MemberId| fact(Scope::Inbox(*outsider), Event::AccessChanged {});
        facts.extend(outsiders.iter().map(told));
    }
    Decision::of(id.0, facts)
}

/// Appoints a manager, or makes one a member again. The creator stays one.
pub fn change_channel_role(
    context: &ChangeChannelRoleContext<'_>,
    command: &ChangeChannelRole,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    let (me, standing) = (context.me, context.standing);
    access::check_granted(context.actor, me, command)?;
    let before = access::readable_channel(me, context.channel, standing)?;
    access::check_change_channel_role(me, before, standing.is_inside())?;
    let field = Some("member");
    let member = context.member.ok_or(Refusal::UnknownMember { field })?;
    let mut channel = before.clone();
    channel.managers.retain(|id| *id != member.id);
    if command.role == ChannelRole::Manager && member.id != channel.created_by {
        if access::is_guest(member) {
            return Err(Refusal::BadRole);
        }
        if channel.managers.len() >= limit::MANAGERS_MAX {
            return Err(Refusal::TooMany {
                field: "managers",
                max: limit::MANAGERS_MAX,
            });
        }
        channel.managers.push(member.id);
        channel.managers.sort_unstable();
    }
    Ok(changed(before, channel, context.outsiders, &[]))
}

/// Joins, or adds another. Whoever is there for the sake of a group stays when that ends, once
/// another adds them by name.
pub fn add_channel_member(
    context: &AddChannelMemberContext<'_>,
    command: &AddChannelMember,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    let (actor, me, standing) = (context.actor, context.me, context.standing);
    access::check_granted(actor, me, command)?;
    let channel = match context.channel {
        // An accepted invitation joins channels that the new member cannot see yet.
        Some(channel) if actor.internal => channel,
        channel => access::readable_channel(me, channel, standing)?,
    };
    access::check_add_channel_member(actor, me, channel, standing, command.member)?;
    let member = context.member.ok_or(Refusal::UnknownMember {
        field: Some("member"),
    })?;
    if !member.active {
        return Err(Refusal::MemberInactive {
            field: Some("member"),
        });
    }
    if context.already {
        let names = !context.is_named && member.id != me.id;
        let event = Event::ChannelMemberNamed {
            channel: channel.id,
            member: member.id,
        };
        let named = names.then(|| fact(Scope::Channel(channel.id), event));
        return Ok(Decision::of(channel.id.0, named.into_iter().collect()));
    }
    if channel.archived {
        return Err(Refusal::ChannelArchived);
    }
    let facts = joined(channel, member.id, context.last, context.feeds);
    Ok(Decision::of(channel.id.0, facts.into()))
}

/// Leaves, or removes another. Whoever belongs there through what the channel follows stays.
pub fn remove_channel_member(
    context: &RemoveChannelMemberContext<'_>,
    command: &RemoveChannelMember,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    let me = context.me;
    access::check_granted(context.actor, me, command)?;
    let channel = access::readable_channel(me, context.channel, context.standing)?;
    let is_member = context.standing.is_inside();
    access::check_remove_channel_member(me, channel, is_member, command.member)?;
    if !context.is_there {
        return Ok(Decision::of(channel.id.0, vec![]));
    }
    let follows = |in_groups, in_space| {
        let member = context.member;
        member.is_some_and(|it| access::is_followed_into_channel(it, channel, in_groups, in_space))
    };
    let field = "member";
    if follows(context.in_groups, false) {
        return Err(Refusal::InThroughGroup { field });
    }
    if follows(false, context.in_space) {
        return Err(Refusal::InThroughSpace { field });
    }
    let facts = left(channel.id, command.member);
    Ok(Decision::of(channel.id.0, facts.into()))
}

/// They are not in the channel any more.
pub(crate) fn left(channel: ChannelId, member: MemberId) -> [Fact; 2] {
    let removed = Event::ChannelMemberRemoved { channel, member };
    [
        fact(Scope::Channel(channel), removed),
        fact(Scope::Inbox(member), Event::ChannelLost { channel }),
    ]
}

/// A public channel's metadata is told to whoever sees its space, or else to every non-guest;
/// another's to its members.
fn metadata_scope(channel: &Channel) -> Scope {
    match channel.kind {
        ChannelKind::Public => space::public_scope(channel.space),
        ChannelKind::Private | ChannelKind::Direct => Scope::Channel(channel.id),
    }
}

fn created(channel: Channel, members: &[MemberId]) -> Vec<Fact> {
    let mut facts = Vec::with_capacity(1 + 2 * members.len());
    let event = Event::ChannelCreated {
        channel: channel.clone(),
    };
    facts.push(fact(metadata_scope(&channel), event));
    for member in members {
        facts.extend(joined(&channel, *member, 0, &[]));
    }
    facts
}

pub(crate) fn joined(channel: &Channel, member: MemberId, last: i64, feeds: &[Feed]) -> [Fact; 2] {
    let id = channel.id;
    let membership = new_membership(id, last);
    let gained = Event::ChannelGained {
        channel: channel.clone(),
        membership,
        feeds: feeds.to_vec(),
        followed: false,
    };
    [
        fact(
            Scope::Channel(id),
            Event::ChannelMemberAdded {
                channel: id,
                member,
            },
        ),
        fact(Scope::Inbox(member), gained),
    ]
}

/// These are in the channel from here on, all at once. `followed`: for the sake of what it follows.
pub(crate) fn joined_at_once(
    place: &DefaultChannel,
    members: &[MemberId],
    followed: bool,
) -> Vec<Fact> {
    if members.is_empty() {
        return vec![];
    }
    let channel = &*place.channel;
    let event = Event::ChannelMembersChanged {
        channel: channel.id,
        added: members.to_vec(),
        removed: vec![],
    };
    let mut facts = Vec::with_capacity(1 + members.len());
    facts.push(fact(Scope::Channel(channel.id), event));
    for member in members {
        let gained = Event::ChannelGained {
            channel: channel.clone(),
            membership: new_membership(channel.id, place.last),
            feeds: place.feeds.clone(),
            followed,
        };
        facts.push(fact(Scope::Inbox(*member), gained));
    }
    facts
}

/// The store stamps `since` and `read` with the seq of the very entry.
fn new_membership(channel: ChannelId, last: i64) -> Membership {
    Membership {
        channel,
        since: 0,
        read: 0,
        unread: 0,
        mentions: 0,
        last,
    }
}

/// Each of them is among the found and active; there may be as many as the workspace has.
fn check_active<'a>(
    ids: impl IntoIterator<Item = &'a MemberId>,
    found: &[&Member],
) -> Result<(), Refusal> {
    let field = Some("members");
    let active = found.iter().map(|member| (member.id, member.active));
    let active: HashMap<MemberId, bool> = active.collect();
    for id in ids {
        match active.get(id) {
            None => return Err(Refusal::UnknownMember { field }),
            Some(false) => return Err(Refusal::MemberInactive { field }),
            Some(true) => {}
        }
    }
    Ok(())
}

fn check_bound(
    context: &UpdateChannelContext<'_>,
    project: Option<ProjectId>,
) -> Result<Option<ProjectId>, Refusal> {
    if project.is_some() {
        access::visible_project(context.me, context.project, context.is_project_member)?;
    }
    Ok(project)
}
