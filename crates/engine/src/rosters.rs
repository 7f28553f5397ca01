//! The follower that lets spaces and channels follow groups: whoever comes into a group comes into
//! what follows it, and whoever leaves goes unless they are there by name. Beside that it finds a
//! new manager for a closed space that has none left.
//!
//! An entry says only where to look. There the follower compares who belongs with who is in it, and
//! brings both together, a bite per command; the writer asks once more whether each of them
//! belongs. So it may look twice, late, or begin again after a crash.

use crate::{Engine, Failure, bot, follow::Follow};
use futures::FutureExt;
use hashbrown::{HashMap, HashSet};
use std::sync::Arc;
use tenon_domain::{
    access::{can_inherit_space, is_followed_into_channel, is_grouped},
    group::{Groups, by_id},
    roster::{managers, members_of, needs_manager},
    space::change_max,
};
use tenon_protocol::{
    ChannelId, Command, Event, GroupId, MemberId, RequestId, SpaceId, WorkspaceId,
    limit::ROSTER_BITE_MEMBERS_MAX,
    member::Member,
    roster::{FollowGroup, Roster, SettleMembers},
    space::Space,
};
use tenon_store::{Logged, Reader, cache::Members, channel, group, member, roster, space};
use uuid::Uuid;

/// See the file's head.
pub(crate) struct Rosters {
    workspace: WorkspaceId,
}

impl Follow for Rosters {
    const NAME: &'static str = "rosters";

    async fn follow(&mut self, engine: &Engine, page: &[Logged]) -> Result<(), Failure> {
        let changed = changed(page)?;
        if changed == Changed::default() {
            return Ok(());
        }
        let Some(bot) = bot::read(engine, self.workspace).await? else {
            return Ok(());
        };
        let found = self.read(engine, changed).await?;
        for (roster, group) in found.gone {
            let let_go = FollowGroup {
                roster,
                group,
                follow: false,
            };
            self.execute(engine, bot, Command::FollowGroup(let_go))
                .await?;
        }
        for roster in found.affected {
            self.settle(engine, bot, roster, &found.known).await?;
        }
        Ok(())
    }
}

/// What entries say of where to look.
#[derive(Debug, Default, PartialEq)]
struct Changed {
    /// Groups with other members.
    groups: HashSet<GroupId>,
    /// Departments may have moved: everything that follows anything.
    tree: bool,
    /// Members who do not count any more, or again.
    members: HashSet<MemberId>,
    rosters: HashSet<Roster>,
    /// Spaces with other members: what follows them.
    spaces: HashSet<SpaceId>,
    /// Channels that are different in some way, and whether they follow their space.
    channels: HashMap<ChannelId, bool>,
}

impl Changed {
    /// Something may follow a group that these entries are about.
    fn touches_groups(&self) -> bool {
        self.tree || !self.groups.is_empty() || !self.members.is_empty()
    }
}

fn changed(page: &[Logged]) -> Result<Changed, Failure> {
    let mut changed = Changed::default();
    for entry in page.iter().filter(|entry| matters(&entry.kind)) {
        match &*entry.event()? {
            Event::GroupCreated { group } => drop(changed.groups.insert(group.id)),
            Event::GroupMembersChanged { group, .. } => drop(changed.groups.insert(*group)),
            Event::GroupChanged { .. } | Event::GroupDeleted { .. } => changed.tree = true,
            Event::MemberDeactivated { member }
            | Event::MemberReactivated { member }
            | Event::RoleChanged { member, .. } => drop(changed.members.insert(*member)),
            Event::GroupFollowed { roster, .. } => drop(changed.rosters.insert(*roster)),
            Event::SpaceMembersChanged { space, .. } => drop(changed.spaces.insert(*space)),
            Event::SpaceChanged { space } => {
                changed.rosters.insert(Roster::Space(space.id));
            }
            Event::ChannelChanged { channel } => {
                changed.channels.insert(channel.id, channel.follows_space);
            }
            _ => {}
        }
    }
    Ok(changed)
}

fn matters(kind: &str) -> bool {
    matches!(
        kind,
        "group_created"
            | "group_members_changed"
            | "group_changed"
            | "group_deleted"
            | "member_deactivated"
            | "member_reactivated"
            | "role_changed"
            | "group_followed"
            | "space_members_changed"
            | "space_changed"
            | "channel_changed"
    )
}

/// All groups and members, as they were when a page was looked at; nothing if nothing is affected.
#[derive(Default)]
struct Known {
    groups: Groups,
    members: Members,
    followed: HashMap<Roster, Vec<GroupId>>,
}

#[derive(Default)]
struct Found {
    known: Arc<Known>,
    affected: Vec<Roster>,
    /// What still follows a group that was deleted.
    gone: Vec<(Roster, GroupId)>,
}

/// Who comes and who goes.
#[derive(Default)]
struct Difference {
    add: Vec<MemberId>,
    remove: Vec<MemberId>,
    heir: Option<MemberId>,
    bite: usize,
}

impl Rosters {
    pub fn new(workspace: WorkspaceId) -> Self {
        Self { workspace }
    }

    async fn read(&self, engine: &Engine, changed: Changed) -> Result<Found, Failure> {
        let store = &engine.inner.store;
        let read = store.read_at_once(self.workspace, move |reader| {
            async move { find(reader, changed).await }.boxed()
        });
        Ok(read.await?)
    }

    /// Brings who is in it together with who belongs there.
    async fn settle(
        &self,
        engine: &Engine,
        bot: MemberId,
        roster: Roster,
        known: &Arc<Known>,
    ) -> Result<(), Failure> {
        let (store, known) = (&engine.inner.store, known.clone());
        let read = store.read_at_once(self.workspace, move |reader| {
            async move { difference(reader, roster, &known).await }.boxed()
        });
        let Difference {
            add,
            remove,
            heir,
            bite,
        } = read.await?;
        let mut bites: Vec<SettleMembers> = Vec::new();
        let of = |add: &[MemberId], remove: &[MemberId]| SettleMembers {
            roster,
            add: add.to_vec(),
            remove: remove.to_vec(),
            heir: None,
        };
        bites.extend(remove.chunks(bite.max(1)).map(|remove| of(&[], remove)));
        bites.extend(add.chunks(bite.max(1)).map(|add| of(add, &[])));
        if heir.is_some() {
            let inherits = of(&[], &[]);
            bites.push(SettleMembers { heir, ..inherits });
        }
        for bite in bites {
            self.execute(engine, bot, Command::SettleMembers(bite))
                .await?;
        }
        Ok(())
    }

    /// What it does twice has no effect the second time, so its requests need no memory.
    async fn execute(
        &self,
        engine: &Engine,
        bot: MemberId,
        command: Command,
    ) -> Result<(), Failure> {
        bot::execute(engine, self.workspace, bot, RequestId::new().0, command).await
    }
}

async fn find(reader: &mut Reader<'_>, changed: Changed) -> tenon_store::Result<Found> {
    let all = roster::list_all(reader).await?;
    let mut affected = affected(reader, &all, &changed).await?;
    // The directory of a large company is not read for the sake of a topic.
    if affected.is_empty() && !changed.touches_groups() {
        return Ok(Found::default());
    }
    let groups = by_id(group::list(reader).await?);
    let touched = touched(&groups, &changed);
    let (gone, kept): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|(_, group)| !groups.contains_key(group));
    affected.extend(gone.iter().map(|(roster, _)| *roster));
    let follows = kept
        .iter()
        .filter(|(_, group)| changed.tree || touched.contains(group));
    affected.extend(follows.map(|(roster, _)| *roster));
    if affected.is_empty() {
        return Ok(Found::default());
    }
    let members = member::list(reader).await?.into_iter();
    let members: Members = Arc::new(members.map(|it| (it.id, Arc::new(it))).collect());
    let mut followed: HashMap<Roster, Vec<GroupId>> = HashMap::new();
    for (roster, group) in kept {
        followed.entry(roster).or_default().push(group);
    }
    // Spaces before what follows them.
    let mut affected: Vec<Roster> = affected.into_iter().collect();
    affected.sort_unstable_by_key(|roster| matches!(roster, Roster::Channel(_)));
    Ok(Found {
        known: Arc::new(Known {
            groups,
            members,
            followed,
        }),
        affected,
        gone,
    })
}

/// What is affected other than by what it follows.
async fn affected(
    reader: &mut Reader<'_>,
    all: &[(Roster, GroupId)],
    changed: &Changed,
) -> tenon_store::Result<HashSet<Roster>> {
    let mut affected = changed.rosters.clone();
    for (id, follows_space) in &changed.channels {
        let roster = Roster::Channel(*id);
        let follows = *follows_space || all.iter().any(|(it, _)| *it == roster);
        // Who came with what it follows no more has to go.
        if follows || roster::has_unnamed(reader, *id).await? {
            affected.insert(roster);
        }
    }
    let mut spaces = changed.spaces.clone();
    if !changed.members.is_empty() {
        let members: Vec<Uuid> = changed.members.iter().map(|id| id.0).collect();
        spaces.extend(space::list_of(reader, &members).await?);
    }
    for id in spaces {
        affected.insert(Roster::Space(id));
        let channels = space::list_channels(reader, id).await?;
        let follows = channels.iter().filter(|it| it.follows_space);
        affected.extend(follows.map(|it| Roster::Channel(it.id)));
    }
    Ok(affected)
}

/// The groups that changed, those that list a member who did, and those above them.
fn touched(groups: &Groups, changed: &Changed) -> HashSet<GroupId> {
    let mut next: Vec<GroupId> = changed.groups.iter().copied().collect();
    for member in &changed.members {
        let lists = groups
            .values()
            .filter(|it| it.members.binary_search(member).is_ok());
        next.extend(lists.map(|it| it.id));
    }
    let mut touched = HashSet::new();
    while let Some(id) = next.pop() {
        if touched.insert(id) {
            next.extend(groups.get(&id).and_then(|group| group.parent));
        }
    }
    touched
}

async fn difference(
    reader: &mut Reader<'_>,
    of: Roster,
    known: &Known,
) -> tenon_store::Result<Difference> {
    match of {
        Roster::Space(id) => space_difference(reader, id, known).await,
        Roster::Channel(id) => channel_difference(reader, id, known).await,
    }
}

impl Known {
    fn member(&self, id: MemberId) -> Option<&Member> {
        self.members.get(&id).map(AsRef::as_ref)
    }

    fn in_groups(&self, of: Roster) -> std::collections::HashSet<MemberId> {
        let none = Vec::new();
        let followed = self.followed.get(&of).unwrap_or(&none);
        members_of(&self.groups, followed, |id| self.member(id))
    }

    /// `belongs`, in order, against who is in it.
    fn compare(
        &self,
        rows: &[roster::RosterRow],
        belongs: &std::collections::HashSet<MemberId>,
    ) -> (Vec<MemberId>, Vec<MemberId>) {
        let inside: HashSet<MemberId> = rows.iter().map(|row| row.member).collect();
        let add = belongs.iter().filter(|id| !inside.contains(*id));
        let mut add: Vec<MemberId> = add.copied().collect();
        add.sort_unstable();
        let goes = |row: &&roster::RosterRow| !row.is_named && !belongs.contains(&row.member);
        let remove = rows.iter().filter(goes).map(|row| row.member);
        (add, remove.collect())
    }
}

async fn space_difference(
    reader: &mut Reader<'_>,
    id: SpaceId,
    known: &Known,
) -> tenon_store::Result<Difference> {
    let Some(found) = space::get(reader, id).await? else {
        return Ok(Difference::default());
    };
    let rows = roster::list_members(reader, Roster::Space(id)).await?;
    let mut belongs = known.in_groups(Roster::Space(id));
    belongs.retain(|id| known.member(*id).is_some_and(is_grouped));
    let (mut add, remove) = known.compare(&rows, &belongs);
    if found.archived {
        add.clear();
    }
    let heir = heir(&found, &rows, &remove, known);
    let bite = match add.is_empty() && remove.is_empty() {
        true => ROSTER_BITE_MEMBERS_MAX,
        false => {
            let channels = space::count_channels(reader, id).await?;
            let projects = space::count_projects(reader, id).await?;
            let places = usize::try_from(channels + projects).unwrap_or(usize::MAX);
            change_max(&found, places).min(ROSTER_BITE_MEMBERS_MAX)
        }
    };
    Ok(Difference {
        add,
        remove,
        heir,
        bite,
    })
}

/// Who manages a closed space from here on, if nobody who stays in it does: who was there first.
fn heir(
    space: &Space,
    rows: &[roster::RosterRow],
    leaving: &[MemberId],
    known: &Known,
) -> Option<MemberId> {
    if !needs_manager(space) {
        return None;
    }
    let stays = rows.iter().map(|row| row.member);
    let stays: Vec<MemberId> = stays.filter(|id| !leaving.contains(id)).collect();
    let managers = managers(known.members.values().map(AsRef::as_ref), space);
    if stays.iter().any(|id| managers.contains(id)) {
        return None;
    }
    let inherits = |id: &MemberId| known.member(*id).is_some_and(can_inherit_space);
    stays.into_iter().find(inherits)
}

async fn channel_difference(
    reader: &mut Reader<'_>,
    id: ChannelId,
    known: &Known,
) -> tenon_store::Result<Difference> {
    let of = Roster::Channel(id);
    let Some(found) = channel::get(reader, id).await? else {
        return Ok(Difference::default());
    };
    let mut belongs = known.in_groups(of);
    if let Some(space) = found.space.filter(|_| found.follows_space) {
        let in_space = space::list_members(reader, space).await?;
        let follows = |id: &MemberId| {
            let member = known.member(*id);
            member.is_some_and(|it| is_followed_into_channel(it, &found, false, true))
        };
        belongs.extend(in_space.into_iter().filter(follows));
    }
    let rows = roster::list_members(reader, of).await?;
    let (mut add, remove) = known.compare(&rows, &belongs);
    if found.archived {
        add.clear();
    }
    Ok(Difference {
        add,
        remove,
        heir: None,
        bite: ROSTER_BITE_MEMBERS_MAX,
    })
}
