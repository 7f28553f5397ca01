//! Commands about the checklist of a task.

use super::{Decided, Desk, Who, task::ancestors};
use tenon_domain::{
    checklist::{
        ChecklistContext, MakeSubtaskContext, add_checklist_items, make_subtask as decide_subtask,
        remove_checklist_item, update_checklist_item,
    },
    decide::Decision,
    refusal::Refusal,
};
use tenon_protocol::{
    TaskId, Timestamp,
    checklist::{AddChecklistItems, MakeSubtask, RemoveChecklistItem, UpdateChecklistItem},
};
use tenon_store::task;

pub(super) async fn add(
    desk: &mut Desk<'_, '_>,
    who: Who<'_>,
    command: &AddChecklistItems,
) -> Decided {
    decide(desk, who, command.task, |context, now| {
        add_checklist_items(context, command, now)
    })
    .await
}

pub(super) async fn update(
    desk: &mut Desk<'_, '_>,
    who: Who<'_>,
    command: &UpdateChecklistItem,
) -> Decided {
    decide(desk, who, command.task, |context, now| {
        update_checklist_item(context, command, now)
    })
    .await
}

pub(super) async fn remove(
    desk: &mut Desk<'_, '_>,
    who: Who<'_>,
    command: &RemoveChecklistItem,
) -> Decided {
    decide(desk, who, command.task, |context, now| {
        remove_checklist_item(context, command, now)
    })
    .await
}

/// What `decides` says about the checklist of a task.
async fn decide(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    task: TaskId,
    decides: impl FnOnce(&ChecklistContext<'_>, Timestamp) -> Result<Decision, Refusal>,
) -> Decided {
    let task = task::get(desk.tx, task).await?;
    let place = desk
        .project(task.as_ref().map(|task| task.project), me.id)
        .await?;
    let sight = desk.sight(place.project.as_deref()).await?;
    let context = ChecklistContext {
        actor,
        me,
        task: task.as_ref(),
        project: place.project.as_deref(),
        is_project_member: place.is_member,
        sees_project: &|id| sight.sees(id),
    };
    Ok(decides(&context, desk.now))
}

pub(super) async fn make_subtask(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &MakeSubtask,
) -> Decided {
    let task = task::get(desk.tx, command.task).await?;
    let place = desk
        .project(task.as_ref().map(|task| task.project), me.id)
        .await?;
    let id_taken = task::exists(desk.tx, command.id).await?;
    let ancestors = ancestors(desk, task.as_ref()).await?;
    let sight = desk.sight(place.project.as_deref()).await?;
    let context = MakeSubtaskContext {
        checklist: ChecklistContext {
            actor,
            me,
            task: task.as_ref(),
            project: place.project.as_deref(),
            is_project_member: place.is_member,
            sees_project: &|id| sight.sees(id),
        },
        id_taken,
        next_number: place.next_number,
        ancestors: &ancestors,
    };
    Ok(decide_subtask(&context, command, desk.now))
}
