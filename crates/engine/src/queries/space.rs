//! Reads about spaces. Whoever may not see one is told that there is none.

use super::{Answered, allowed, me};
use crate::{Actor, Engine, Failure};
use futures::FutureExt;
use hashbrown::HashSet;
use tenon_domain::access;
use tenon_protocol::{
    MemberId, SpaceId,
    member::Member,
    project::{Category, Project, Visibility},
    space::{Progress, Space},
};
use tenon_store::{Reader, member, project, space, task};

/// A space that the asker may see, and whether they are in it.
async fn visible(reader: &mut Reader<'_>, me: &Member, id: SpaceId) -> Answered<(Space, bool)> {
    let found = space::get(reader, id).await?;
    let is_inside = space::get_is_member(reader, id, me.id).await?;
    let found = access::visible_space(me, found.as_ref(), is_inside).cloned();
    Ok(found.map(|space| (space, is_inside)).map_err(Into::into))
}

impl Engine {
    /// Those that the asker may see, archived ones too, by id.
    pub async fn list_spaces(&self, actor: &Actor) -> Result<Vec<Space>, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                let own = space::list_since(reader, me.id).await?;
                let own: HashSet<SpaceId> = own.into_iter().map(|(id, _)| id).collect();
                let mut spaces = space::list(reader).await?;
                spaces.retain(|it| access::can_see_space(&me, it, own.contains(&it.id)));
                Ok(Ok(spaces))
            }
            .boxed()
        })
        .await
    }

    pub async fn get_space(&self, actor: &Actor, id: SpaceId) -> Result<Space, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                Ok(Ok(allowed!(visible(reader, &me, id).await?).0))
            }
            .boxed()
        })
        .await
    }

    /// Refused unless the asker manages the space.
    pub(crate) async fn check_manages_space(
        &self,
        actor: &Actor,
        id: SpaceId,
    ) -> Result<(), Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                let (space, is_inside) = allowed!(visible(reader, &me, id).await?);
                allowed!(access::check_manage_space(&me, &space, is_inside));
                Ok(Ok(()))
            }
            .boxed()
        })
        .await
    }

    /// The active members of the space, by id.
    pub async fn list_space_members(
        &self,
        actor: &Actor,
        id: SpaceId,
    ) -> Result<Vec<MemberId>, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                allowed!(visible(reader, &me, id).await?);
                let members = space::list_members(reader, id).await?;
                let people = member::list_these(reader, &members).await?;
                let active = people.into_iter().filter(|member| member.active);
                let active: HashSet<MemberId> = active.map(|member| member.id).collect();
                let members = members.into_iter().filter(|id| active.contains(id));
                Ok(Ok(members.collect()))
            }
            .boxed()
        })
        .await
    }

    /// How far the projects of a space are that the asker may see.
    pub async fn list_space_progress(
        &self,
        actor: &Actor,
        id: SpaceId,
    ) -> Result<Vec<Progress>, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                let (_, is_inside) = allowed!(visible(reader, &me, id).await?);
                let own = project::list_since(reader, me.id).await?;
                let own: HashSet<_> = own.into_iter().map(|(id, _)| id).collect();
                let mut projects = space::list_projects(reader, id).await?;
                projects.retain(|it| {
                    let is_near = is_inside && it.visibility == Visibility::Public;
                    access::can_see_project(&me, it, is_near || own.contains(&it.id))
                });
                let counts = task::count_by_state(reader, id).await?;
                let counts = |id| counts.iter().filter(move |(project, ..)| *project == id);
                let progress = projects.iter().map(|it| {
                    let counts = counts(it.id).map(|(_, state, count)| (state.as_str(), *count));
                    progress(it, counts)
                });
                Ok(Ok(progress.collect()))
            }
            .boxed()
        })
        .await
    }
}

fn progress<'a>(project: &Project, counts: impl Iterator<Item = (&'a str, i64)>) -> Progress {
    let mut progress = Progress {
        project: project.id,
        backlog: 0,
        todo: 0,
        doing: 0,
        done: 0,
        cancelled: 0,
    };
    for (state, count) in counts {
        let states = &project.workflow.states;
        let Some(state) = states.iter().find(|it| it.id == state) else {
            continue;
        };
        *match state.category {
            Category::Backlog => &mut progress.backlog,
            Category::Todo => &mut progress.todo,
            Category::Doing => &mut progress.doing,
            Category::Done => &mut progress.done,
            Category::Cancelled => &mut progress.cancelled,
        } += count;
    }
    progress
}
