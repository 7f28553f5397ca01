//! Commands about the types of a project's tasks.

use super::{Decided, Desk, Who};
use tenon_domain::task_type::{ChangeTypesContext, change_types};
use tenon_protocol::task_type::ChangeTypes;

pub(super) async fn change(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &ChangeTypes,
) -> Decided {
    let place = desk.project(Some(command.project), me.id).await?;
    let context = ChangeTypesContext {
        actor,
        me,
        project: place.project.as_deref(),
        is_project_member: place.is_member,
    };
    Ok(change_types(&context, command, desk.now))
}
