//! Commands about the templates of a project.

use super::{Decided, Desk, Who};
use tenon_domain::template::{ChangeTemplatesContext, change_templates};
use tenon_protocol::{
    ProjectId,
    template::{ChangeTemplates, TaskTemplate},
};
use tenon_store::template;

pub(super) async fn change(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &ChangeTemplates,
) -> Decided {
    let place = desk.project(Some(command.project), me.id).await?;
    let before = template::list(desk.tx, command.project, &[]).await?;
    let sight = desk.sight(place.project.as_deref()).await?;
    let context = ChangeTemplatesContext {
        actor,
        me,
        project: place.project.as_deref(),
        is_project_member: place.is_member,
        before: &before,
        sees_project: &|id| sight.sees(id),
    };
    Ok(change_templates(&context, command, desk.now))
}

/// The template that a command names.
pub(super) async fn named(
    desk: &mut Desk<'_, '_>,
    project: Option<ProjectId>,
    id: Option<&String>,
) -> tenon_store::Result<Option<TaskTemplate>> {
    match (project, id) {
        (Some(project), Some(id)) => template::get(desk.tx, project, id).await,
        _ => Ok(None),
    }
}
