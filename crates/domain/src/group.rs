//! Groups: departments in a tree and free groups, who is in them, and whom a mention of one tells.

use crate::{
    access,
    actor::Actor,
    decide::{Decision, fact},
    handle,
    refusal::Refusal,
    text,
};
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};
use tenon_protocol::{
    GroupId, MemberId, Scope, Timestamp,
    event::Event,
    group::{
        ChangeGroupMembers, CreateGroup, DeleteGroup, Group, GroupKind, GroupMention, UpdateGroup,
    },
    limit,
    member::Member,
};

/// All groups of a workspace, archived ones too.
pub type Groups = HashMap<GroupId, Arc<Group>>;

/// Puts them where they are found.
pub fn by_id(groups: Vec<Group>) -> Groups {
    let groups = groups.into_iter();
    groups.map(|group| (group.id, Arc::new(group))).collect()
}

pub struct GroupContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub groups: &'a Groups,
    pub member: &'a dyn Fn(MemberId) -> Option<&'a Member>,
    /// Does any member, active or not, or any group have this handle?
    pub handle_taken: &'a dyn Fn(&str) -> bool,
}

/// Administrators.
pub fn create_group(
    context: &GroupContext<'_>,
    command: &CreateGroup,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    access::check_administrator(context.me)?;
    if context.groups.contains_key(&command.id) {
        return Err(Refusal::IdTaken);
    }
    check_room("name", context.groups.len() + 1, limit::GROUPS_MAX)?;
    let name = text::check_name("name", &command.name, limit::NAME_CHARS_MAX)?;
    let handle = match command.handle.as_deref() {
        Some(wanted) => handle::check_handle(wanted, context.handle_taken)?,
        None => handle::free_handle(name, "group", context.handle_taken),
    };
    let mut group = Group {
        id: command.id,
        kind: command.kind,
        name: name.to_owned(),
        handle,
        description: check_description(&command.description)?,
        parent: None,
        managers: vec![],
        members: check_members(context, "members", &command.members)?,
        created_by: context.me.id,
        created_at: now,
        archived: false,
    };
    group.parent = check_parent(context, &group, command.parent)?;
    group.managers = check_managers(context, &group, &command.managers)?;
    check_places(context, "members", 0, group.members.len())?;
    let event = Event::GroupCreated { group };
    Ok(decision(command.id, Some(event)))
}

/// Administrators, and the managers of a free group.
pub fn update_group(
    context: &GroupContext<'_>,
    command: &UpdateGroup,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    let before = managed(context, command.group)?;
    let mut group = Group {
        members: vec![],
        ..before.clone()
    };
    if let Some(name) = &command.name {
        group.name = text::check_name("name", name, limit::NAME_CHARS_MAX)?.to_owned();
    }
    if let Some(wanted) = &command.handle {
        let others = |handle: &str| handle != before.handle && (context.handle_taken)(handle);
        group.handle = handle::check_handle(wanted, &others)?;
    }
    if let Some(description) = &command.description {
        group.description = check_description(description)?;
    }
    if let Some(archived) = command.archived {
        group.archived = archived;
    }
    if let Some(managers) = &command.managers {
        group.managers = check_managers(context, &group, managers)?;
    }
    let parent = command.parent.unwrap_or(before.parent);
    if parent != before.parent || (before.archived && !group.archived) {
        group.parent = check_parent(context, &group, parent)?;
    }
    if group.archived && !before.archived {
        check_nothing_below(context, &group, |below| !below.archived)?;
    }
    let same = Group {
        members: before.members.clone(),
        ..group.clone()
    } == *before;
    let event = (!same).then_some(Event::GroupChanged { group });
    Ok(decision(command.group, event))
}

/// Administrators, and the managers of a free group.
pub fn change_group_members(
    context: &GroupContext<'_>,
    command: &ChangeGroupMembers,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    let group = managed(context, command.group)?;
    let max = limit::GROUP_CHANGE_MEMBERS_MAX;
    check_room("add", command.add.len(), max)?;
    check_room("remove", command.remove.len(), max)?;
    if group.archived && !command.add.is_empty() {
        return Err(Refusal::GroupArchived);
    }
    let is_in = |id: &MemberId| group.members.binary_search(id).is_ok();
    let leaving: BTreeSet<MemberId> = command.remove.iter().copied().filter(is_in).collect();
    let wanted = command.add.iter().copied();
    let wanted: Vec<MemberId> = wanted.filter(|id| !is_in(id)).collect();
    let added = check_members(context, "add", &wanted)?;
    let removed: Vec<MemberId> = leaving.into_iter().collect();
    check_places(
        context,
        "add",
        group.members.len() - removed.len(),
        added.len(),
    )?;
    let changes = !added.is_empty() || !removed.is_empty();
    let event = changes.then_some(Event::GroupMembersChanged {
        group: group.id,
        added,
        removed,
    });
    Ok(decision(command.group, event))
}

/// Administrators.
pub fn delete_group(
    context: &GroupContext<'_>,
    command: &DeleteGroup,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    let group = context.groups.get(&command.group);
    let group = access::visible_group(context.me, group.map(AsRef::as_ref))?;
    access::check_administrator(context.me)?;
    check_nothing_below(context, group, |_| true)?;
    Ok(decision(
        group.id,
        Some(Event::GroupDeleted { group: group.id }),
    ))
}

// --- who is in it ---

/// The active people in a group, those of the departments below it too, by id.
pub fn effective_members<'a>(
    groups: &Groups,
    id: GroupId,
    member: impl Fn(MemberId) -> Option<&'a Member>,
) -> Vec<MemberId> {
    let mut below: HashMap<GroupId, Vec<&Group>> = HashMap::new();
    for group in groups.values().filter(|it| !it.archived) {
        if let Some(parent) = group.parent {
            below.entry(parent).or_default().push(group);
        }
    }
    let mut found = BTreeSet::new();
    let mut next: Vec<&Group> = groups.get(&id).map(AsRef::as_ref).into_iter().collect();
    while let Some(group) = next.pop() {
        let counts = |id: &&MemberId| member(**id).is_some_and(access::is_grouped);
        found.extend(group.members.iter().filter(counts));
        next.extend(below.remove(&group.id).into_iter().flatten());
    }
    found.into_iter().collect()
}

/// A group that a text names.
#[derive(Clone, Debug)]
pub struct Reach {
    pub group: Arc<Group>,
    /// Those in it who may read the place of the text.
    pub members: Vec<MemberId>,
}

/// Whom a text of this author tells for the sake of the groups it names: each member once, none
/// who is named themselves, and nobody of a group that is too large for the author.
pub fn mentions_of(author: &Member, reached: &[Reach], named: &[MemberId]) -> Vec<GroupMention> {
    if !access::can_mention_groups(author) {
        return vec![];
    }
    let mut told: HashSet<MemberId> = named.iter().copied().collect();
    told.insert(author.id);
    let mut room = limit::LARGE_GROUP_MENTION_MEMBERS_MAX;
    let mention = |reach: &Reach| {
        let max = access::group_mention_members_max(author, &reach.group);
        let too_large = reach.members.len() > max.min(room);
        let members = reach.members.iter().copied();
        let members: Vec<MemberId> = match too_large {
            true => vec![],
            false => members.filter(|id| told.insert(*id)).collect(),
        };
        room -= members.len();
        GroupMention {
            group: reach.group.id,
            members,
            too_large,
        }
    };
    reached.iter().map(mention).collect()
}

// --- what is allowed in one ---

fn decision(group: GroupId, event: Option<Event>) -> Decision {
    let facts = event.map(|event| fact(Scope::Members, event));
    Decision::of(group.0, facts.into_iter().collect())
}

fn managed<'a>(context: &GroupContext<'a>, id: GroupId) -> Result<&'a Group, Refusal> {
    let group = context.groups.get(&id).map(AsRef::as_ref);
    let group = access::visible_group(context.me, group)?;
    access::check_manage_group(context.me, group)?;
    Ok(group)
}

fn check_description(description: &str) -> Result<String, Refusal> {
    let max = limit::TOPIC_CHARS_MAX;
    text::check_paragraph("description", description, max).map(str::to_owned)
}

fn check_room(field: &'static str, count: usize, max: usize) -> Result<(), Refusal> {
    if count > max {
        Err(Refusal::TooMany { field, max })
    } else {
        Ok(())
    }
}

/// Room for `added` more where there will be `others`, and in the workspace.
fn check_places(
    context: &GroupContext<'_>,
    field: &'static str,
    others: usize,
    added: usize,
) -> Result<(), Refusal> {
    check_room(field, others + added, limit::GROUP_MEMBERS_MAX)?;
    let all: usize = context.groups.values().map(|it| it.members.len()).sum();
    if added == 0 {
        return Ok(());
    }
    check_room(field, all + added, limit::GROUP_PLACES_MAX)
}

/// Active people, by id, each once.
fn check_members(
    context: &GroupContext<'_>,
    field: &'static str,
    ids: &[MemberId],
) -> Result<Vec<MemberId>, Refusal> {
    check_room(field, ids.len(), limit::GROUP_MEMBERS_MAX)?;
    let mut found = BTreeSet::new();
    for id in ids {
        let unknown = Refusal::UnknownMember { field: Some(field) };
        let member = (context.member)(*id).ok_or(unknown)?;
        if !member.active {
            return Err(Refusal::MemberInactive { field: Some(field) });
        }
        if !access::is_grouped(member) {
            return Err(Refusal::GuestOrBot { field });
        }
        found.insert(*id);
    }
    Ok(found.into_iter().collect())
}

fn check_managers(
    context: &GroupContext<'_>,
    group: &Group,
    ids: &[MemberId],
) -> Result<Vec<MemberId>, Refusal> {
    let field = "managers";
    if group.kind == GroupKind::Department && !ids.is_empty() {
        return Err(Refusal::WrongGroupKind { field });
    }
    check_room(field, ids.len(), limit::GROUP_MANAGERS_MAX)?;
    // Whoever was deactivated since may stay.
    let is_new = |id: &MemberId| !group.managers.contains(id);
    let new: Vec<MemberId> = ids.iter().copied().filter(is_new).collect();
    check_members(context, field, &new)?;
    let managers: BTreeSet<MemberId> = ids.iter().copied().collect();
    Ok(managers.into_iter().collect())
}

/// A department that this one may be a part of: not one below it, nor so deep that the lowest
/// would lie too deep.
fn check_parent(
    context: &GroupContext<'_>,
    group: &Group,
    parent: Option<GroupId>,
) -> Result<Option<GroupId>, Refusal> {
    let field = "parent";
    let Some(id) = parent else {
        return Ok(None);
    };
    if group.kind == GroupKind::Free {
        return Err(Refusal::WrongGroupKind { field });
    }
    let unknown = Refusal::UnknownGroup { field: Some(field) };
    let above = context.groups.get(&id).ok_or(unknown)?;
    if above.kind == GroupKind::Free {
        return Err(Refusal::WrongGroupKind { field });
    }
    if above.archived && !group.archived {
        return Err(Refusal::GroupArchived);
    }
    let mut depth = 1;
    let mut next = Some(id);
    while let Some(id) = next {
        if id == group.id {
            return Err(Refusal::CyclicParent("department"));
        }
        depth += 1;
        next = context.groups.get(&id).and_then(|it| it.parent);
    }
    let max = limit::GROUP_DEPTH_MAX;
    if depth + height(context.groups, group.id) > max {
        let what = "Departments";
        return Err(Refusal::TooDeep { what, max });
    }
    Ok(parent)
}

/// How many levels lie below a department.
fn height(groups: &Groups, id: GroupId) -> usize {
    let mut level = HashSet::from([id]);
    let mut height = 0;
    loop {
        let below = groups.values().filter(|it| {
            let parent = it.parent;
            parent.is_some_and(|parent| level.contains(&parent))
        });
        level = below.map(|it| it.id).collect();
        if level.is_empty() {
            return height;
        }
        height += 1;
    }
}

fn check_nothing_below(
    context: &GroupContext<'_>,
    group: &Group,
    counts: impl Fn(&Group) -> bool,
) -> Result<(), Refusal> {
    let below = |it: &Arc<Group>| it.parent == Some(group.id) && counts(it);
    if context.groups.values().any(below) {
        Err(Refusal::GroupInUse)
    } else {
        Ok(())
    }
}
