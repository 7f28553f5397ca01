//! What spaces and channels follow, and who is in them for its sake.

use super::World;
use std::collections::HashSet;
use tenon_domain::{
    actor::Actor,
    decide::Decision,
    refusal::Refusal,
    roster::{
        FollowGroupContext, Place, SettleMembersContext, Settled, Stand, follow_group, managers,
        members_of, settle_members,
    },
};
use tenon_protocol::{
    Command, Event, GroupId, MemberId, Timestamp,
    member::Member,
    roster::{FollowGroup, Roster, SettleMembers},
};

impl World {
    pub(super) fn decide_roster(
        &self,
        actor: &Actor,
        me: &Member,
        command: &Command,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        match command {
            Command::FollowGroup(command) => self.follow_group(actor, me, command, now),
            Command::SettleMembers(command) => self.settle(actor, me, command, now),
            _ => unreachable!("of another noun"),
        }
    }

    fn follow_group(
        &self,
        actor: &Actor,
        me: &Member,
        command: &FollowGroup,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        let place = match command.roster {
            Roster::Space(id) => Place::Space {
                space: self.space(Some(id)),
                is_inside: self.in_space(Some(id), me.id),
            },
            Roster::Channel(id) => Place::Channel {
                channel: self.channels.get(&id),
                standing: self.standing(id, me.id),
            },
        };
        let followed = self.followed(command.roster);
        let followers = self.follows.iter().filter(|(_, it)| *it == command.group);
        let context = FollowGroupContext {
            actor,
            me,
            place,
            group: self.groups.get(&command.group).map(AsRef::as_ref),
            followed: &followed,
            followers: followers.count(),
        };
        follow_group(&context, command, now)
    }

    fn settle(
        &self,
        actor: &Actor,
        me: &Member,
        command: &SettleMembers,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        let roster = command.roster;
        let in_groups = self.in_groups(roster);
        let (space, channel) = match roster {
            Roster::Space(id) => (Some(id), None),
            Roster::Channel(id) => (None, self.channels.get(&id)),
        };
        let around = channel.and_then(|it| it.space);
        let stand = |id: MemberId| Stand {
            is_inside: match roster {
                Roster::Space(space) => self.in_space(Some(space), id),
                Roster::Channel(channel) => self.in_channel(channel, id),
            },
            is_named: self.is_named(roster, id),
            in_groups: in_groups.contains(&id),
            in_space: self.in_space(around, id),
        };
        let hold = space.map(|id| self.hold(id));
        let place = channel.map(|it| self.as_default(it));
        let inside = space.map(|id| self.inside(id)).unwrap_or_default();
        let settled = match &hold {
            Some(hold) => Settled::Space {
                space: self.space(space),
                contents: hold.contents(),
                count: inside.len() as i64,
                is_managed: self.space(space).is_some_and(|space| {
                    let managers = managers(self.members.values(), space);
                    managers.iter().any(|id| inside.contains(id))
                }),
            },
            None => Settled::Channel(place.as_ref()),
        };
        let context = SettleMembersContext {
            actor,
            me,
            member: &|id| self.members.get(&id),
            stand: &stand,
            settled,
        };
        settle_members(&context, command, now)
    }

    fn followed(&self, roster: Roster) -> Vec<GroupId> {
        let followed = self.follows.iter().filter(|(it, _)| *it == roster);
        followed.map(|(_, group)| *group).collect()
    }

    pub(super) fn in_groups(&self, roster: Roster) -> HashSet<MemberId> {
        members_of(&self.groups, &self.followed(roster), |id| {
            self.members.get(&id)
        })
    }

    pub(super) fn is_named(&self, roster: Roster, member: MemberId) -> bool {
        !self.unnamed.contains(&(roster, member))
    }

    pub(super) fn apply_to_rosters(&mut self, event: &Event) {
        if let Event::GroupFollowed {
            roster,
            group,
            follow,
        } = event
        {
            self.follows.retain(|it| *it != (*roster, *group));
            if *follow {
                self.follows.push((*roster, *group));
            }
        }
        if let Event::SpaceMembersNamed { space, members } = event {
            for member in members {
                self.unnamed.remove(&(Roster::Space(*space), *member));
            }
        }
        if let Event::ChannelMemberNamed { channel, member } = event {
            self.unnamed.remove(&(Roster::Channel(*channel), *member));
        }
    }
}
