//! Commands about links between tasks.

use super::{Decided, Desk, ProjectPlace, Who};
use hashbrown::HashMap;
use tenon_domain::link::{Circle, End, LinkContext, link_tasks, unlink_tasks};
use tenon_protocol::{
    MemberId, TaskId,
    limit::LINKED_TASKS_MAX,
    link::{LinkKind, LinkTasks, UnlinkTasks},
    task::Task,
};
use tenon_store::{query, task};
use uuid::Uuid;

/// A task with where it lies.
struct Place {
    task: Option<Task>,
    project: ProjectPlace,
}

impl Place {
    fn end(&self) -> End<'_> {
        End {
            task: self.task.as_ref(),
            project: self.project.project.as_deref(),
            is_project_member: self.project.is_member,
        }
    }
}

pub(super) async fn link(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &LinkTasks,
) -> Decided {
    let one = place(desk, command.task, me.id).await?;
    let other = place(desk, command.other, me.id).await?;
    let ends = match command.kind {
        LinkKind::Blocks => Some((command.task, command.other)),
        LinkKind::BlockedBy => Some((command.other, command.task)),
        LinkKind::Relates | LinkKind::Duplicates | LinkKind::DuplicatedBy => None,
    };
    let found = match ends {
        Some((blocker, blocked)) => way(desk, blocked, blocker).await?,
        None => Way::None,
    };
    let mut places = Vec::new();
    if let Way::Through(path) = &found {
        for id in path {
            places.push(place(desk, *id, me.id).await?);
        }
    }
    let path: Vec<End<'_>> = places.iter().map(Place::end).collect();
    let context = LinkContext {
        actor,
        me,
        task: one.end(),
        other: other.end(),
        circle: match found {
            Way::None => Circle::No,
            Way::Through(_) => Circle::Through(&path),
            Way::TooMany => Circle::TooMany,
        },
    };
    Ok(link_tasks(&context, command, desk.now))
}

pub(super) async fn unlink(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &UnlinkTasks,
) -> Decided {
    let one = place(desk, command.task, me.id).await?;
    let other = place(desk, command.other, me.id).await?;
    let context = LinkContext {
        actor,
        me,
        task: one.end(),
        other: other.end(),
        circle: Circle::No,
    };
    Ok(unlink_tasks(&context, command, desk.now))
}

async fn place(desk: &mut Desk<'_, '_>, id: TaskId, me: MemberId) -> tenon_store::Result<Place> {
    let task = task::get(desk.tx, id).await?;
    let project = desk.project(task.as_ref().map(|task| task.project), me);
    let project = project.await?;
    Ok(Place { task, project })
}

enum Way {
    None,
    Through(Vec<TaskId>),
    TooMany,
}

/// The way along `blocks`, from one task to another, level by level.
async fn way(desk: &mut Desk<'_, '_>, from: TaskId, to: TaskId) -> tenon_store::Result<Way> {
    let mut before: HashMap<TaskId, TaskId> = HashMap::new();
    let mut level = vec![from.0];
    while !level.is_empty() {
        let mut next = Vec::new();
        let mut links = query::list_linked(desk.tx, &level, LinkKind::Blocks).await?;
        links.extend(links_of_deleted(desk, &level).await?);
        for (one, other) in links {
            if other == to {
                return Ok(Way::Through(walked(&before, from, one, to)));
            }
            if other != from && !before.contains_key(&other) {
                before.insert(other, one);
                next.push(other.0);
            }
        }
        if before.len() > LINKED_TASKS_MAX {
            return Ok(Way::TooMany);
        }
        level = next;
    }
    Ok(Way::None)
}

/// What those of these tasks block that lie in the trash: when they are back, it counts again.
async fn links_of_deleted(
    desk: &mut Desk<'_, '_>,
    tasks: &[Uuid],
) -> tenon_store::Result<Vec<(TaskId, TaskId)>> {
    let ids: Vec<TaskId> = tasks.iter().copied().map(TaskId).collect();
    let tasks = task::list_by_id(desk.tx, &ids).await?;
    let blocks = |task: &Task| -> Vec<_> {
        let links = task.links.iter().filter(|it| it.kind == LinkKind::Blocks);
        links.map(|link| (task.id, link.task)).collect()
    };
    let deleted = tasks.iter().filter(|task| task.deleted);
    Ok(deleted.flat_map(blocks).collect())
}

/// Back along the way, then turned round; it ends where it would begin again.
fn walked(before: &HashMap<TaskId, TaskId>, from: TaskId, last: TaskId, to: TaskId) -> Vec<TaskId> {
    let mut path = vec![from, to];
    let mut at = last;
    while at != from {
        path.push(at);
        at = before[&at];
    }
    path.push(from);
    path.reverse();
    path
}
