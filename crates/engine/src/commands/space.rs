//! Commands about spaces, and where channels and projects stand to them.

use super::{Decided, Desk, Who};
use hashbrown::HashSet;
use std::sync::Arc;
use tenon_domain::{
    member::DefaultChannel,
    space::{
        ChangeSpaceMembersContext, Contents, CreateSpaceContext, Home, UpdateSpaceContext,
        change_space_members, create_space, update_space,
    },
};
use tenon_protocol::{
    ChannelId, MemberId, ProjectId, SpaceId,
    channel::Channel,
    project::Project,
    roster::Roster,
    space::{ChangeSpaceMembers, CreateSpace, Space, UpdateSpace},
};
use tenon_store::{roster, space};
use uuid::Uuid;

/// A space as a decision sees it.
#[derive(Default)]
pub(super) struct SpacePlace {
    pub space: Option<Arc<Space>>,
    pub is_inside: bool,
}

impl SpacePlace {
    /// `count`: channels, or projects, in it.
    pub fn home(&self, count: i64) -> Home<'_> {
        Home {
            space: self.space.as_deref(),
            is_inside: self.is_inside,
            count,
        }
    }
}

/// What is in a space, for those who come and go.
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

impl Desk<'_, '_> {
    pub(super) async fn hold(
        &mut self,
        id: SpaceId,
        coming: &[MemberId],
        leaving: &[MemberId],
    ) -> tenon_store::Result<Hold> {
        let channels = space::list_channels(self.tx, id).await?;
        let defaults = channels.iter().filter(|it| it.is_default && !it.archived);
        let defaults: Vec<ChannelId> = defaults.map(|it| it.id).collect();
        let both = ids(&[coming, leaving].concat());
        Ok(Hold {
            projects: space::list_projects(self.tx, id).await?,
            defaults: super::member::load_defaults(self, defaults).await?,
            channel_places: space::list_channel_places(self.tx, id, &both).await?,
            project_places: space::list_project_places(self.tx, id, &ids(leaving)).await?,
            channels,
        })
    }

    pub(super) async fn space(
        &mut self,
        id: Option<SpaceId>,
        member: MemberId,
    ) -> tenon_store::Result<SpacePlace> {
        let Some(id) = id else {
            return Ok(SpacePlace::default());
        };
        Ok(SpacePlace {
            space: space::load(self.tx, id).await?,
            is_inside: space::load_is_member(self.tx, id, member).await?,
        })
    }

    /// Those of the members of something public who cannot see what is told where it lies: guests,
    /// and everyone if that is a closed space, unless they are in the space.
    pub(super) async fn outsiders(
        &mut self,
        members: Vec<MemberId>,
        space: Option<SpaceId>,
        is_closed: bool,
    ) -> tenon_store::Result<Vec<MemberId>> {
        let mut members = match is_closed {
            true => members,
            false => self.guests_of(members),
        };
        if let Some(space) = space {
            let ids = ids(&members);
            let inside: HashSet<_> = space::list_inside(self.tx, space, &ids)
                .await?
                .into_iter()
                .collect();
            members.retain(|id| !inside.contains(id));
        }
        Ok(members)
    }

    /// Guests in the space.
    pub(super) async fn guests_in_space(
        &mut self,
        space: Option<SpaceId>,
    ) -> tenon_store::Result<Vec<MemberId>> {
        let guests: Vec<MemberId> = self.directory.guests.iter().copied().collect();
        match space {
            Some(space) => space::list_inside(self.tx, space, &ids(&guests)).await,
            None => Ok(Vec::new()),
        }
    }
}

pub(super) fn ids(members: &[MemberId]) -> Vec<Uuid> {
    members.iter().map(|id| id.0).collect()
}

pub(super) async fn create(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &CreateSpace,
) -> Decided {
    let id_taken = space::load(desk.tx, command.id).await?.is_some();
    let count = space::count(desk.tx).await?;
    let context = CreateSpaceContext {
        actor,
        me,
        id_taken,
        count: usize::try_from(count).unwrap_or(usize::MAX),
        member: &|id| desk.members.get(&id).map(AsRef::as_ref),
    };
    Ok(create_space(&context, command, desk.now))
}

pub(super) async fn update(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &UpdateSpace,
) -> Decided {
    let place = desk.space(Some(command.space), me.id).await?;
    let managers = ids(command.managers.as_deref().unwrap_or_default());
    let inside = space::list_inside(desk.tx, command.space, &managers).await?;
    let context = UpdateSpaceContext {
        actor,
        me,
        space: place.space.as_deref(),
        is_inside: place.is_inside,
        member: &|id| desk.members.get(&id).map(AsRef::as_ref),
        inside: &inside,
    };
    Ok(update_space(&context, command, desk.now))
}

pub(super) async fn change_members(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &ChangeSpaceMembers,
) -> Decided {
    let id = command.space;
    let place = desk.space(Some(id), me.id).await?;
    let named = [&command.add[..], &command.remove[..]].concat();
    let inside = roster::list_inside(desk.tx, Roster::Space(id), &ids(&named)).await?;
    let in_groups = match command.remove.is_empty() {
        true => Default::default(),
        false => desk.in_groups(Roster::Space(id)).await?,
    };
    let count = space::count_members(desk.tx, id).await?;
    let hold = desk.hold(id, &command.add, &command.remove).await?;
    let context = ChangeSpaceMembersContext {
        actor,
        me,
        space: place.space.as_deref(),
        is_inside: place.is_inside,
        inside: &inside,
        in_groups: &in_groups,
        count,
        contents: hold.contents(),
        member: &|id| desk.members.get(&id).map(AsRef::as_ref),
    };
    Ok(change_space_members(&context, command, desk.now))
}
