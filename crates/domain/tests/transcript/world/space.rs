//! Spaces: their contexts, what happens to them, and where others stand to them.

use super::World;
use std::sync::Arc;
use tenon_domain::{
    actor::Actor,
    decide::Decision,
    member::DefaultChannel,
    refusal::Refusal,
    space::{
        ChangeSpaceMembersContext, Contents, CreateSpaceContext, Home, UpdateSpaceContext,
        change_space_members, create_space, update_space,
    },
};
use tenon_protocol::{
    ChannelId, Command, Event, MemberId, ProjectId, SpaceId, Timestamp,
    channel::Channel,
    member::{Member, Role},
    project::Project,
    roster::Roster,
    space::{Space, SpaceKind},
};

/// What is in a space.
pub(super) struct Hold {
    channels: Vec<Channel>,
    projects: Vec<Project>,
    defaults: Vec<DefaultChannel>,
    channel_places: Vec<(ChannelId, MemberId)>,
    project_places: Vec<(ProjectId, MemberId)>,
}

impl Hold {
    pub fn contents(&self) -> Contents<'_> {
        Contents {
            channels: &self.channels,
            projects: &self.projects,
            defaults: &self.defaults,
            channel_places: &self.channel_places,
            project_places: &self.project_places,
        }
    }
}

impl World {
    pub(super) fn decide_space(
        &self,
        actor: &Actor,
        me: &Member,
        command: &Command,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        match command {
            Command::CreateSpace(command) => {
                let context = CreateSpaceContext {
                    actor,
                    me,
                    id_taken: self.spaces.contains_key(&command.id),
                    count: self.spaces.len(),
                    member: &|id| self.members.get(&id),
                };
                create_space(&context, command, now)
            }
            Command::UpdateSpace(command) => {
                let inside = self.inside(command.space);
                let context = UpdateSpaceContext {
                    actor,
                    me,
                    space: self.space(Some(command.space)),
                    is_inside: inside.contains(&me.id),
                    member: &|id| self.members.get(&id),
                    inside: &inside,
                };
                update_space(&context, command, now)
            }
            Command::ChangeSpaceMembers(command) => {
                let inside = self.inside(command.space);
                let roster = Roster::Space(command.space);
                let named: Vec<_> = inside
                    .iter()
                    .map(|id| (*id, self.is_named(roster, *id)))
                    .collect();
                let in_groups = self.in_groups(roster);
                let hold = self.hold(command.space);
                let context = ChangeSpaceMembersContext {
                    actor,
                    me,
                    space: self.space(Some(command.space)),
                    is_inside: inside.contains(&me.id),
                    member: &|id| self.members.get(&id),
                    inside: &named,
                    in_groups: &in_groups,
                    count: inside.len() as i64,
                    contents: hold.contents(),
                };
                change_space_members(&context, command, now)
            }
            _ => unreachable!("of another noun"),
        }
    }

    pub(super) fn apply_to_spaces(&mut self, event: &Event) {
        if let Event::SpaceCreated { space } | Event::SpaceChanged { space } = event {
            self.spaces.insert(space.id, Arc::new(space.clone()));
        }
        if let Event::SpaceMembersChanged {
            space,
            added,
            removed,
            followed,
        } = event
        {
            for member in added {
                let place = (Roster::Space(*space), *member);
                match followed {
                    true => self.unnamed.insert(place),
                    false => self.unnamed.remove(&place),
                };
            }
            let places = added.iter().map(|member| (*space, *member));
            self.space_members.extend(places);
            let gone =
                |place: &(SpaceId, MemberId)| place.0 == *space && removed.contains(&place.1);
            self.space_members.retain(|place| !gone(place));
        }
    }

    pub(super) fn space(&self, id: Option<SpaceId>) -> Option<&Space> {
        id.and_then(|id| self.spaces.get(&id)).map(AsRef::as_ref)
    }

    pub(super) fn hold(&self, space: SpaceId) -> Hold {
        let channels: Vec<Channel> = self.channels_in(space).cloned().collect();
        let defaults = channels.iter().filter(|it| it.is_default && !it.archived);
        Hold {
            defaults: defaults.map(|it| self.as_default(it)).collect(),
            projects: self.projects_in(space).cloned().collect(),
            channel_places: self.memberships.keys().copied().collect(),
            project_places: self.project_members.iter().copied().collect(),
            channels,
        }
    }

    pub(super) fn inside(&self, space: SpaceId) -> Vec<MemberId> {
        let inside = self.space_members.iter().filter(|(id, _)| *id == space);
        inside.map(|(_, member)| *member).collect()
    }

    pub(super) fn home(
        &self,
        space: Option<SpaceId>,
        me: MemberId,
        count: impl Fn(SpaceId) -> usize,
    ) -> Home<'_> {
        Home {
            space: self.space(space),
            is_inside: self.in_space(space, me),
            count: space.map_or(0, |id| count(id) as i64),
        }
    }

    pub(super) fn channels_in(&self, space: SpaceId) -> impl Iterator<Item = &Channel> {
        let in_it = move |channel: &&Channel| channel.space == Some(space);
        self.channels.values().filter(in_it)
    }

    pub(super) fn projects_in(&self, space: SpaceId) -> impl Iterator<Item = &Project> {
        let in_it = move |project: &&Project| project.space == Some(space);
        self.projects.values().filter(in_it)
    }

    /// Of those who are in something: who cannot see what is public in the space, or in none.
    pub(super) fn outsiders(
        &self,
        space: Option<SpaceId>,
        is_in: impl Fn(MemberId) -> bool,
    ) -> Vec<MemberId> {
        let closed = self
            .space(space)
            .is_some_and(|it| it.kind == SpaceKind::Closed);
        let outside = |it: &&Member| {
            (closed || it.role == Role::Guest) && is_in(it.id) && !self.in_space(space, it.id)
        };
        let outside = self.members.values().filter(outside);
        outside.map(|member| member.id).collect()
    }
}
