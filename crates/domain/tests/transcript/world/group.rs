//! Groups: their context, what happens to them, and whom a text reaches by naming one.

use super::World;
use std::sync::Arc;
use tenon_domain::{
    actor::Actor,
    decide::Decision,
    group::{
        GroupContext, Reach, change_group_members, create_group, delete_group, effective_members,
        update_group,
    },
    markup,
    names::Names,
    refusal::Refusal,
};
use tenon_protocol::{Command, Event, MemberId, Timestamp, group::Group, member::Member};

impl World {
    pub(super) fn decide_group(
        &self,
        actor: &Actor,
        me: &Member,
        command: &Command,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        let context = GroupContext {
            actor,
            me,
            groups: &self.groups,
            member: &|id| self.members.get(&id),
            handle_taken: &|handle| self.handle_taken(handle),
        };
        match command {
            Command::CreateGroup(command) => create_group(&context, command, now),
            Command::UpdateGroup(command) => update_group(&context, command, now),
            Command::ChangeGroupMembers(command) => change_group_members(&context, command, now),
            Command::DeleteGroup(command) => delete_group(&context, command, now),
            _ => unreachable!("of another noun"),
        }
    }

    pub(super) fn apply_to_groups(&mut self, event: &Event) {
        if let Event::GroupCreated { group } = event {
            self.groups.insert(group.id, Arc::new(group.clone()));
        }
        if let Event::GroupChanged { group } = event {
            let members = self.groups[&group.id].members.clone();
            let changed = Group {
                members,
                ..group.clone()
            };
            self.groups.insert(group.id, Arc::new(changed));
        }
        if let Event::GroupMembersChanged {
            group,
            added,
            removed,
        } = event
        {
            let group = Arc::make_mut(self.groups.get_mut(group).unwrap());
            group.members.retain(|member| !removed.contains(member));
            group.members.extend(added);
            group.members.sort();
        }
        if let Event::GroupDeleted { group } = event {
            self.groups.remove(group);
        }
    }

    pub(super) fn reach(
        &self,
        text: &str,
        names: &Names,
        is_reader: impl Fn(MemberId) -> bool,
    ) -> Vec<Reach> {
        let named = markup::groups(text, names).into_iter();
        let reach = |id| {
            let members = effective_members(&self.groups, id, |id| self.members.get(&id));
            Reach {
                group: self.groups[&id].clone(),
                members: members.into_iter().filter(|id| is_reader(*id)).collect(),
            }
        };
        named.map(reach).collect()
    }
}
