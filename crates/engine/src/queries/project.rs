//! Reads about projects.

use super::{Answered, allowed, me};
use crate::{Actor, Engine, Failure};
use futures::FutureExt;
use tenon_domain::{access, refusal::Refusal};
use tenon_protocol::{
    MemberId, ProjectId,
    member::{Member, Role},
    project::{Project, Visibility},
    template::TaskTemplate,
};
use tenon_store::{Reader, project, space, template};

/// A project that the asker may see.
pub(crate) async fn visible(
    reader: &mut Reader<'_>,
    me: &Member,
    id: Option<ProjectId>,
) -> Answered<Project> {
    let found = match id {
        Some(id) => project::get(reader, id).await?,
        None => None,
    };
    let Some(found) = found else {
        return Ok(Err(Refusal::UnknownProject.into()));
    };
    let mut is_member = project::get_is_member(reader, found.id, me.id).await?;
    if let Some(space) = found.space
        && !is_member
        && found.visibility == Visibility::Public
    {
        is_member = space::get_is_member(reader, space, me.id).await?;
    }
    allowed!(access::visible_project(me, Some(&found), is_member));
    Ok(Ok(found))
}

/// By key or id.
async fn find(reader: &mut Reader<'_>, text: &str) -> tenon_store::Result<Option<ProjectId>> {
    match text.parse() {
        Ok(id) => Ok(Some(id)),
        Err(_) => project::find_id(reader, &text.to_uppercase()).await,
    }
}

/// Those that the member may see, by id.
pub(crate) async fn list_visible(
    reader: &mut Reader<'_>,
    me: &Member,
) -> tenon_store::Result<Vec<Project>> {
    let mut projects = project::list_of_member(reader, me.id).await?;
    projects.extend(space::list_projects_near(reader, me.id).await?);
    if me.role != Role::Guest {
        projects.extend(project::list_public(reader).await?);
    }
    projects.sort_by_key(|project| project.id);
    projects.dedup_by_key(|project| project.id);
    Ok(projects)
}

impl Engine {
    /// Those that the asker may see.
    pub async fn list_projects(&self, actor: &Actor) -> Result<Vec<Project>, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                Ok(Ok(list_visible(reader, &me).await?))
            }
            .boxed()
        })
        .await
    }

    /// By key or id.
    pub async fn get_project(&self, actor: &Actor, key_or_id: &str) -> Result<Project, Failure> {
        let (asker, text) = (*actor, key_or_id.to_owned());
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                let id = find(reader, &text).await?;
                visible(reader, &me, id).await
            }
            .boxed()
        })
        .await
    }

    /// The templates of a project, by key or id, in order.
    pub async fn list_templates(
        &self,
        actor: &Actor,
        key_or_id: &str,
    ) -> Result<Vec<TaskTemplate>, Failure> {
        let (asker, text) = (*actor, key_or_id.to_owned());
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                let id = find(reader, &text).await?;
                let project = allowed!(visible(reader, &me, id).await?);
                let names = &project.templates;
                Ok(Ok(template::list(reader, project.id, names).await?))
            }
            .boxed()
        })
        .await
    }

    pub async fn list_project_members(
        &self,
        actor: &Actor,
        id: ProjectId,
    ) -> Result<Vec<MemberId>, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                allowed!(visible(reader, &me, Some(id)).await?);
                Ok(Ok(project::list_members(reader, id).await?))
            }
            .boxed()
        })
        .await
    }
}
