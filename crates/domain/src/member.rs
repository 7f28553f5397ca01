//! Members: who comes in, what they are called, what they may do, when they go.

use crate::{
    access,
    actor::Actor,
    channel,
    decide::{Decision, fact},
    handle,
    refusal::Refusal,
    status, text,
};
use jiff::tz::TimeZoneDatabase;
use std::sync::Arc;
use tenon_protocol::{
    Scope, Timestamp,
    channel::Channel,
    event::{Event, Fact},
    feed::Feed,
    limit,
    member::{
        AddMember, ChangeRole, DeactivateMember, Member, MemberKind, ReactivateMember, Role,
        UpdateMember,
    },
};

pub struct AddMemberContext<'a> {
    pub actor: &'a Actor,
    /// None only for an internal actor: at set-up and on an accepted invitation the new member is
    /// the actor.
    pub me: Option<&'a Member>,
    pub id_taken: bool,
    /// Does any member, active or not, or any group have this handle?
    pub handle_taken: &'a dyn Fn(&str) -> bool,
    /// Channels that new members join by themselves.
    pub defaults: &'a [DefaultChannel],
}

/// A channel that many join by themselves, as they are told of it.
#[derive(Clone)]
pub struct DefaultChannel {
    pub channel: Arc<Channel>,
    /// Seq of its newest message outside threads, 0 if there is none.
    pub last: i64,
    pub feeds: Vec<Feed>,
}

pub struct UpdateMemberContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub member: Option<&'a Member>,
    /// Does any member, active or not, or any group have this handle?
    pub handle_taken: &'a dyn Fn(&str) -> bool,
}

/// For `ChangeRole`, `DeactivateMember` and `ReactivateMember`.
pub struct ManageMemberContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub member: Option<&'a Member>,
    /// Active members with the owner's role.
    pub active_owners: usize,
}

/// The server itself, or administrators; owners are added by owners.
pub fn add_member(
    context: &AddMemberContext<'_>,
    command: &AddMember,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    if !context.actor.internal {
        let me = context.me.ok_or(Refusal::Unauthenticated)?;
        access::check_granted(context.actor, me, command)?;
        access::check_give_role(me, command.role)?;
    }
    if context.id_taken {
        return Err(Refusal::IdTaken);
    }
    let name = text::check_name("name", &command.name, limit::NAME_CHARS_MAX)?;
    let handle = match command.handle.as_deref() {
        Some(wanted) => handle::check_handle(wanted, context.handle_taken)?,
        None => handle::free_handle(name, "member", context.handle_taken),
    };
    let member = Member {
        id: command.id,
        kind: command.kind,
        name: name.to_owned(),
        handle,
        role: command.role,
        title: String::new(),
        avatar: None,
        time_zone: match command.time_zone.as_deref() {
            Some(zone) => check_time_zone(zone)?.to_owned(),
            None => context.me.map_or("UTC", |me| &me.time_zone).to_owned(),
        },
        language: command
            .language
            .or(context.me.map(|me| me.language))
            .unwrap_or_default(),
        status: None,
        working_hours: None,
        active: true,
        // Everybody's is in every snapshot: digits that say nothing would be a tenth of it.
        joined_at: Timestamp::from_second(now.as_second()).unwrap_or(now),
    };
    let id = member.id;
    let joins = member.kind == MemberKind::Person && !access::is_guest(&member);
    let mut facts = vec![fact(Scope::Workspace, Event::MemberAdded { member })];
    for place in context.defaults.iter().filter(|_| joins) {
        let DefaultChannel {
            channel,
            last,
            feeds,
        } = place;
        facts.extend(channel::joined(channel, id, *last, feeds));
    }
    Ok(Decision::of(id.0, facts))
}

/// One's own profile, or anyone's for administrators.
pub fn update_member(
    context: &UpdateMemberContext<'_>,
    command: &UpdateMember,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    let before = context
        .member
        .ok_or(Refusal::UnknownMember { field: None })?;
    access::check_change_profile(context.me, before)?;
    let mut member = before.clone();
    if let Some(name) = &command.name {
        member.name = text::check_name("name", name, limit::NAME_CHARS_MAX)?.to_owned();
    }
    if let Some(wanted) = &command.handle {
        let others = |handle: &str| handle != before.handle && (context.handle_taken)(handle);
        member.handle = handle::check_handle(wanted, &others)?;
    }
    if let Some(title) = &command.title {
        let title = text::check_optional_line("title", title, limit::NAME_CHARS_MAX)?;
        member.title = title.to_owned();
    }
    if let Some(avatar) = &command.avatar {
        member.avatar = check_avatar(avatar)?;
    }
    if let Some(zone) = &command.time_zone {
        member.time_zone = check_time_zone(zone)?.to_owned();
    }
    if let Some(language) = command.language {
        member.language = language;
    }
    if let Some(status) = &command.status {
        member.status = status::check_status(status, now)?;
    }
    if let Some(hours) = &command.working_hours {
        member.working_hours = status::check_hours(hours)?;
    }
    let id = member.id.0;
    let facts = if member == *before {
        vec![]
    } else {
        vec![fact(Scope::Workspace, Event::MemberChanged { member })]
    };
    Ok(Decision::of(id, facts))
}

/// Administrators; owners where an owner is involved. Never the last active owner.
pub fn change_role(
    context: &ManageMemberContext<'_>,
    command: &ChangeRole,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    let member = managed_member(context)?;
    access::check_give_role(context.me, command.role)?;
    let (id, from, to) = (member.id, member.role, command.role);
    if from == to {
        return Ok(Decision::of(id.0, vec![]));
    }
    check_owner_remains(context, member)?;
    let mut facts = vec![fact(
        Scope::Workspace,
        Event::RoleChanged {
            member: id,
            from,
            to,
        },
    )];
    if (from == Role::Guest) != (to == Role::Guest) {
        facts.push(access_changed(member));
    }
    Ok(Decision::of(id.0, facts))
}

/// Administrators; owners by owners. Never the last active owner. The engine ends sessions and
/// tokens.
pub fn deactivate_member(
    context: &ManageMemberContext<'_>,
    command: &DeactivateMember,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    let member = managed_member(context)?;
    if !member.active {
        return Ok(Decision::of(member.id.0, vec![]));
    }
    check_owner_remains(context, member)?;
    let event = Event::MemberDeactivated { member: member.id };
    Ok(Decision::of(
        member.id.0,
        vec![fact(Scope::Workspace, event)],
    ))
}

/// Administrators; owners by owners.
pub fn reactivate_member(
    context: &ManageMemberContext<'_>,
    command: &ReactivateMember,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    let member = managed_member(context)?;
    if member.active {
        return Ok(Decision::of(member.id.0, vec![]));
    }
    let event = Event::MemberReactivated { member: member.id };
    let mut facts = vec![fact(Scope::Workspace, event)];
    if access::is_guest(member) {
        // Guests are told by name of what is public, and while away this one was not.
        facts.push(access_changed(member));
    }
    Ok(Decision::of(member.id.0, facts))
}

/// The fact that makes a member's replicas start afresh.
pub(crate) fn access_changed(member: &Member) -> Fact {
    fact(Scope::Inbox(member.id), Event::AccessChanged {})
}

fn managed_member<'a>(context: &ManageMemberContext<'a>) -> Result<&'a Member, Refusal> {
    access::check_administrator(context.me)?;
    let member = context
        .member
        .ok_or(Refusal::UnknownMember { field: None })?;
    access::check_manage_member(context.actor, context.me, member)?;
    Ok(member)
}

fn check_owner_remains(context: &ManageMemberContext<'_>, member: &Member) -> Result<(), Refusal> {
    let is_active_owner = member.role == Role::Owner && member.active;
    if is_active_owner && context.active_owners <= 1 {
        return Err(Refusal::LastOwner);
    }
    Ok(())
}

fn check_time_zone(name: &str) -> Result<&str, Refusal> {
    // Compiled in, so that the answer does not depend on the machine.
    match TimeZoneDatabase::bundled().get(name) {
        Ok(_) => Ok(name),
        Err(_) => Err(Refusal::BadTimeZone),
    }
}

/// A hash of 64 hexadecimal digits; an empty text removes the picture.
fn check_avatar(hash: &str) -> Result<Option<String>, Refusal> {
    match hash {
        "" => Ok(None),
        _ if hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit()) => {
            Ok(Some(hash.to_owned()))
        }
        _ => Err(Refusal::BadAvatar),
    }
}
