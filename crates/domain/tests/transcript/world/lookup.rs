//! What contexts ask of the world.

use super::World;
use tenon_domain::{
    access::{Standing, can_see_project},
    channel::name_key,
};
use tenon_protocol::{
    ChannelId, MemberId, ProjectId, SpaceId, TaskId,
    channel::ChannelKind,
    feed::Feed,
    member::{Member, Role},
    message::Message,
    project::{Project, Visibility},
};

impl World {
    pub(super) fn handle_taken(&self, handle: &str) -> bool {
        self.members.values().any(|member| member.handle == handle)
            || self.groups.values().any(|group| group.handle == handle)
    }

    pub(super) fn name_taken(&self, name: &str, except: Option<ChannelId>) -> bool {
        self.channels.values().any(|channel| {
            channel.kind != ChannelKind::Direct
                && !channel.archived
                && Some(channel.id) != except
                && name_key(&channel.name) == name_key(name)
        })
    }

    pub(super) fn found(&self, ids: &[MemberId]) -> Vec<&Member> {
        ids.iter().filter_map(|id| self.members.get(id)).collect()
    }

    pub(super) fn guests(&self, is_in: impl Fn(MemberId) -> bool) -> Vec<MemberId> {
        let guests = self
            .members
            .values()
            .filter(|member| member.role == Role::Guest);
        guests
            .map(|member| member.id)
            .filter(|member| is_in(*member))
            .collect()
    }

    pub(super) fn in_channel(&self, channel: ChannelId, member: MemberId) -> bool {
        self.memberships.contains_key(&(channel, member))
    }

    pub(super) fn standing(
        &self,
        channel: impl Into<Option<ChannelId>>,
        member: MemberId,
    ) -> Standing {
        let Some(id) = channel.into() else {
            return Standing::Outside;
        };
        let space = self.channels.get(&id).and_then(|channel| channel.space);
        Standing::of(self.in_channel(id, member), self.in_space(space, member))
    }

    pub(super) fn in_space(&self, space: Option<SpaceId>, member: MemberId) -> bool {
        space.is_some_and(|space| self.space_members.contains(&(space, member)))
    }

    pub(super) fn project(&self, project: Option<ProjectId>) -> Option<&Project> {
        project.and_then(|project| self.projects.get(&project))
    }

    pub(super) fn in_project(&self, project: Option<ProjectId>, member: MemberId) -> bool {
        let public = |it: &&Project| it.visibility == Visibility::Public;
        let space = self.project(project).filter(public).and_then(|it| it.space);
        self.in_space(space, member) || self.added_to(project, member)
    }

    pub(super) fn added_to(&self, project: Option<ProjectId>, member: MemberId) -> bool {
        project.is_some_and(|project| self.project_members.contains(&(project, member)))
    }

    pub(super) fn sees(&self, project: Option<ProjectId>, member: MemberId) -> bool {
        let Some(project) = self.project(project) else {
            return false;
        };
        let Some(it) = self.members.get(&member) else {
            return false;
        };
        it.active && can_see_project(it, project, self.in_project(Some(project.id), member))
    }

    pub(super) fn feeds_of(&self, channel: ChannelId) -> Vec<Feed> {
        self.feeds
            .iter()
            .filter(|feed| feed.channel == channel)
            .cloned()
            .collect()
    }

    pub(super) fn last(&self, channel: ChannelId) -> i64 {
        let in_it = |message: &&Message| {
            message.channel == Some(channel) && message.in_stream() && message.card.is_none()
        };
        self.messages
            .values()
            .filter(in_it)
            .map(|message| message.seq)
            .max()
            .unwrap_or(0)
    }

    pub(super) fn next_number(&self, project: ProjectId) -> i64 {
        1 + self
            .tasks
            .values()
            .filter(|task| task.project == project)
            .count() as i64
    }

    pub(super) fn ancestors(&self, task: Option<TaskId>) -> Vec<TaskId> {
        let parent = |task: &TaskId| self.tasks.get(task).and_then(|task| task.parent);
        let mut ancestors = vec![];
        let mut next = task.as_ref().and_then(parent);
        while let Some(id) = next {
            ancestors.push(id);
            next = parent(&id);
        }
        ancestors
    }

    pub(super) fn height(&self, task: TaskId) -> usize {
        let below = self.tasks.values().filter(|it| it.parent == Some(task));
        below.map(|it| 1 + self.height(it.id)).max().unwrap_or(0)
    }
}
