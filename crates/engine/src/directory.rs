//! What the writer knows of all members and groups at once: names for mentions, handles, owners,
//! guests. Kept between batches, corrected entry by entry, rebuilt when the store's memory was
//! emptied.

use hashbrown::{HashMap, HashSet};
use tenon_domain::names::{Named, Names};
use tenon_protocol::{
    Event, GroupId, MemberId,
    group::Group,
    member::{Member, Role},
};
use tenon_store::{
    Tx,
    cache::{Groups, Members},
    group, member,
};

#[derive(Default)]
pub(crate) struct Directory {
    /// Version of the store's members and groups that this reflects; none at first.
    version: Option<u64>,
    pub names: Names,
    /// Of members and of groups.
    pub handles: HashSet<String>,
    handle_of: HashMap<Named, String>,
    pub guests: HashSet<MemberId>,
    pub owners: HashSet<MemberId>,
}

impl Directory {
    /// Brings it to what the store knows. Gives the members.
    pub async fn refresh(&mut self, tx: &mut Tx<'_>) -> tenon_store::Result<Members> {
        let members = member::load_all(tx).await?;
        let version = tx.members_version();
        if self.version == Some(version) {
            return Ok(members);
        }
        let groups = group::load_all(tx).await?;
        *self = Directory {
            version: Some(version),
            ..Directory::default()
        };
        for member in members.values() {
            self.put(member);
        }
        for group in groups.values() {
            self.put_group(group);
        }
        Ok(members)
    }

    /// Follows one event that was just applied, without going through everything.
    pub async fn follow(&mut self, tx: &mut Tx<'_>, event: &Event) -> tenon_store::Result<()> {
        if let Some(changed) = member_changed(event) {
            let members = member::load_all(tx).await?;
            if let Some(member) = members.get(&changed) {
                self.put(member);
                self.version = Some(tx.members_version());
            }
        }
        if let Some(changed) = group_changed(event) {
            let groups: Groups = group::load_all(tx).await?;
            match groups.get(&changed) {
                Some(group) => self.put_group(group),
                None => self.remove_group(changed),
            }
            self.version = Some(tx.members_version());
        }
        Ok(())
    }

    fn put(&mut self, member: &Member) {
        self.names.insert(member);
        self.put_handle(Named::Member(member.id), &member.handle);
        set(
            &mut self.guests,
            member.id,
            member.active && member.role == Role::Guest,
        );
        set(
            &mut self.owners,
            member.id,
            member.active && member.role == Role::Owner,
        );
    }

    fn put_group(&mut self, group: &Group) {
        self.names.insert_group(group);
        self.put_handle(Named::Group(group.id), &group.handle);
    }

    fn remove_group(&mut self, id: GroupId) {
        let named = Named::Group(id);
        self.names.remove(named);
        if let Some(before) = self.handle_of.remove(&named) {
            self.handles.remove(&before);
        }
    }

    fn put_handle(&mut self, named: Named, handle: &str) {
        if let Some(before) = self.handle_of.insert(named, handle.to_owned()) {
            self.handles.remove(&before);
        }
        self.handles.insert(handle.to_owned());
    }
}

/// Which member this event is about, if it changes one.
fn member_changed(event: &Event) -> Option<MemberId> {
    if let Event::MemberAdded { member } | Event::MemberChanged { member } = event {
        return Some(member.id);
    }
    if let Event::RoleChanged { member, .. }
    | Event::MemberDeactivated { member }
    | Event::MemberReactivated { member } = event
    {
        return Some(*member);
    }
    None
}

/// Which group this event is about, if it changes one.
fn group_changed(event: &Event) -> Option<GroupId> {
    if let Event::GroupCreated { group } | Event::GroupChanged { group } = event {
        return Some(group.id);
    }
    if let Event::GroupMembersChanged { group, .. } | Event::GroupDeleted { group } = event {
        return Some(*group);
    }
    None
}

fn set(members: &mut HashSet<MemberId>, id: MemberId, is_in: bool) {
    if is_in {
        members.insert(id);
    } else {
        members.remove(&id);
    }
}
