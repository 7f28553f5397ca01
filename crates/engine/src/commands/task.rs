//! Commands about tasks.

use super::{Decided, Desk, Who, template};
use tenon_domain::{
    task::{
        CreateTaskContext, MoveTaskContext, TaskContext, UpdateTaskContext, create_task,
        follow_task, move_task, update_task,
    },
    template::Mould,
};
use tenon_protocol::{
    ItemId, TaskId,
    limit::TASK_DEPTH_MAX,
    task::{CreateTask, FollowTask, MoveTask, Task, UpdateTask},
};
use tenon_store::{roll_up, task};

pub(super) async fn create(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &CreateTask,
) -> Decided {
    let place = desk.project(Some(command.project), me.id).await?;
    let id_taken = task::exists(desk.tx, command.id).await?;
    let parent = get(desk, command.parent).await?;
    let ancestors = ancestors(desk, parent.as_ref()).await?;
    let sight = desk.sight(place.project.as_deref()).await?;
    let wanted = command.template.as_ref();
    let template = template::named(desk, Some(command.project), wanted).await?;
    let context = CreateTaskContext {
        actor,
        me,
        project: place.project.as_deref(),
        is_project_member: place.is_member,
        id_taken,
        next_number: place.next_number,
        sees_project: &|id| sight.sees(id),
        parent: parent.as_ref(),
        ancestors: &ancestors,
        mould: Mould {
            template: template.as_ref(),
            new_item: &ItemId::new,
        },
    };
    Ok(create_task(&context, command, desk.now))
}

pub(super) async fn update(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &UpdateTask,
) -> Decided {
    let task = task::get(desk.tx, command.task).await?;
    let place = desk
        .project(task.as_ref().map(|task| task.project), me.id)
        .await?;
    let parent = get(desk, command.parent.flatten()).await?;
    let ancestors = ancestors(desk, parent.as_ref()).await?;
    let height = if parent.is_some() {
        height(desk, command.task).await?
    } else {
        0
    };
    let sight = desk.sight(place.project.as_deref()).await?;
    let context = UpdateTaskContext {
        actor,
        me,
        task: task.as_ref(),
        project: place.project.as_deref(),
        is_project_member: place.is_member,
        sees_project: &|id| sight.sees(id),
        parent: parent.as_ref(),
        ancestors: &ancestors,
        height,
    };
    Ok(update_task(&context, command, desk.now))
}

pub(super) async fn move_(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &MoveTask,
) -> Decided {
    let task = task::get(desk.tx, command.task).await?;
    let place = desk
        .project(task.as_ref().map(|task| task.project), me.id)
        .await?;
    let after = get(desk, command.after).await?;
    let before = get(desk, command.before).await?;
    let neighbour = match &task {
        Some(task) => neighbour(desk, task, command, after.as_ref(), before.as_ref()).await?,
        None => None,
    };
    let context = MoveTaskContext {
        actor,
        me,
        task: task.as_ref(),
        project: place.project.as_deref(),
        is_project_member: place.is_member,
        after: after.as_ref(),
        before: before.as_ref(),
        neighbour: neighbour.as_deref(),
    };
    Ok(move_task(&context, command, desk.now))
}

pub(super) async fn follow(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &FollowTask,
) -> Decided {
    let task = task::get(desk.tx, command.task).await?;
    let place = desk
        .project(task.as_ref().map(|task| task.project), me.id)
        .await?;
    let (project, is_project_member) = (place.project.as_deref(), place.is_member);
    let context = TaskContext {
        actor,
        me,
        task: task.as_ref(),
        project,
        is_project_member,
    };
    Ok(follow_task(&context, command, desk.now))
}

async fn get(desk: &mut Desk<'_, '_>, id: Option<TaskId>) -> tenon_store::Result<Option<Task>> {
    match id {
        Some(id) => task::get(desk.tx, id).await,
        None => Ok(None),
    }
}

/// The parent's parent first, the root last.
pub(super) async fn ancestors(
    desk: &mut Desk<'_, '_>,
    parent: Option<&Task>,
) -> tenon_store::Result<Vec<TaskId>> {
    match parent.and_then(|task| task.parent) {
        Some(id) => roll_up::list_upwards(desk.tx, id, TASK_DEPTH_MAX + 1).await,
        None => Ok(Vec::new()),
    }
}

/// Levels of sub-tasks below a task.
async fn height(desk: &mut Desk<'_, '_>, id: TaskId) -> tenon_store::Result<usize> {
    roll_up::load_height(desk.tx, id, TASK_DEPTH_MAX + 1).await
}

/// The rank on the other side of the place; see `MoveTaskContext::neighbour`.
async fn neighbour(
    desk: &mut Desk<'_, '_>,
    task: &Task,
    command: &MoveTask,
    after: Option<&Task>,
    before: Option<&Task>,
) -> tenon_store::Result<Option<String>> {
    let state = command.state.as_deref().unwrap_or(&task.state);
    let column = task::Column {
        project: task.project,
        state,
        except: task.id,
    };
    match (after, before) {
        (Some(after), _) => task::load_next_rank(desk.tx, &column, &after.rank).await,
        (None, Some(before)) => task::load_previous_rank(desk.tx, &column, &before.rank).await,
        (None, None) => task::load_last_rank(desk.tx, &column).await,
    }
}
