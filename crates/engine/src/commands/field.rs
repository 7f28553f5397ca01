//! Commands about the custom fields of a project.

use super::{Decided, Desk, Who};
use tenon_domain::field::{ChangeFieldsContext, change_fields, dropped};
use tenon_protocol::field::ChangeFields;
use tenon_store::field::is_used;

pub(super) async fn change(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &ChangeFields,
) -> Decided {
    let place = desk.project(Some(command.project), me.id).await?;
    let before = place.project.as_deref();
    let before = before.map_or(&[][..], |project| &project.fields);
    let mut used = Vec::new();
    for one in dropped(before, &command.fields) {
        if is_used(desk.tx, command.project, &one.field, one.option.as_deref()).await? {
            used.push(one);
            // One is enough to refuse.
            break;
        }
    }
    let context = ChangeFieldsContext {
        actor,
        me,
        project: place.project.as_deref(),
        is_project_member: place.is_member,
        used: &used,
    };
    Ok(change_fields(&context, command, desk.now))
}
