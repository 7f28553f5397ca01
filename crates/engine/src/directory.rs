//! What the writer knows of all members at once: names for mentions, handles, owners, guests.
//! Kept between batches, corrected entry by entry, rebuilt when the store's memory was emptied.

use hashbrown::{HashMap, HashSet};
use tenon_domain::names::Names;
use tenon_protocol::{
    Event, MemberId,
    member::{Member, Role},
};
use tenon_store::cache::Members;

#[derive(Default)]
pub(crate) struct Directory {
    /// Version of the store's members that this reflects; none at first.
    version: Option<u64>,
    pub names: Names,
    pub handles: HashSet<String>,
    handle_of: HashMap<MemberId, String>,
    pub guests: HashSet<MemberId>,
    pub owners: HashSet<MemberId>,
}

impl Directory {
    /// Brings it to this version of the members.
    pub fn refresh(&mut self, members: &Members, version: u64) {
        if self.version == Some(version) {
            return;
        }
        *self = Directory {
            version: Some(version),
            ..Directory::default()
        };
        for member in members.values() {
            self.put(member);
        }
    }

    /// Follows one event that was just applied, without going through all members.
    pub fn follow(&mut self, event: &Event, members: &Members, version: u64) {
        let Some(changed) = member_changed(event) else {
            return;
        };
        if let Some(member) = members.get(&changed) {
            self.put(member);
            self.version = Some(version);
        }
    }

    fn put(&mut self, member: &Member) {
        self.names.insert(member);
        if let Some(before) = self.handle_of.insert(member.id, member.handle.clone()) {
            self.handles.remove(&before);
        }
        self.handles.insert(member.handle.clone());
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
}

/// Which member this event is about, if it changes one.
pub(crate) fn member_changed(event: &Event) -> Option<MemberId> {
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

fn set(members: &mut HashSet<MemberId>, id: MemberId, is_in: bool) {
    if is_in {
        members.insert(id);
    } else {
        members.remove(&id);
    }
}
