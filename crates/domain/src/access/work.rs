//! What concerns projects and tasks.

use super::{is_administrator, is_guest};
use crate::refusal::Refusal;
use tenon_protocol::{
    MemberId,
    member::Member,
    project::{Project, Visibility},
    task::{Task, Trashed},
};

/// May this member see the project, and so work in it? `is_member`: of the project, or of the
/// space that it is public in.
pub fn can_see_project(me: &Member, project: &Project, is_member: bool) -> bool {
    let is_public = project.visibility == Visibility::Public;
    is_member || (is_public && !project.in_closed_space && !is_guest(me))
}

/// The project, if there is one that the member may see.
pub fn visible_project<'a>(
    me: &Member,
    project: Option<&'a Project>,
    is_member: bool,
) -> Result<&'a Project, Refusal> {
    project
        .filter(|project| can_see_project(me, project, is_member))
        .ok_or(Refusal::UnknownProject)
}

/// The task and its project, if there is one that the member may see. Of one that was deleted they
/// hear just that: its key stays taken.
pub fn visible_task<'a>(
    me: &Member,
    task: Option<&'a Task>,
    project: Option<&'a Project>,
    is_member: bool,
) -> Result<(&'a Task, &'a Project), Refusal> {
    match (task, project) {
        (Some(task), Some(project)) if can_see_project(me, project, is_member) => {
            if task.deleted {
                return Err(Refusal::TaskDeleted);
            }
            Ok((task, project))
        }
        _ => Err(Refusal::UnknownTask { field: None }),
    }
}

/// Works in the project: whoever sees it, while it is not archived.
pub fn check_work_in(project: &Project) -> Result<(), Refusal> {
    if project.archived {
        Err(Refusal::ProjectArchived)
    } else {
        Ok(())
    }
}

/// Changes a task: as above, while the task itself is not archived.
pub fn check_work_on(task: &Task, project: &Project) -> Result<(), Refusal> {
    check_work_in(project)?;
    if task.archived {
        Err(Refusal::TaskArchived { field: None })
    } else {
        Ok(())
    }
}

/// Changes the project, its workflow or its members: lead, creator and administrators.
pub fn check_manage_project(me: &Member, project: &Project) -> Result<(), Refusal> {
    if is_lead(me, project) || is_administrator(me) {
        Ok(())
    } else {
        Err(Refusal::NotTheProjectsLead)
    }
}

/// Joins: a public project, non-guests and guests who see it through its space. Adds another: those
/// in the project or in its space, and to a public one administrators.
pub fn check_add_project_member(
    me: &Member,
    project: &Project,
    is_member: bool,
    member: MemberId,
) -> Result<(), Refusal> {
    let public = project.visibility == Visibility::Public;
    let joins = member == me.id && public && (is_member || !is_guest(me));
    let adds = is_member && !is_guest(me);
    if joins || adds || (public && is_administrator(me)) {
        Ok(())
    } else if is_guest(me) {
        Err(Refusal::Guest)
    } else {
        Err(Refusal::NotAProjectMember)
    }
}

/// Leaves: always. Removes another: lead, creator and administrators.
pub fn check_remove_project_member(
    me: &Member,
    project: &Project,
    member: MemberId,
) -> Result<(), Refusal> {
    if member == me.id {
        Ok(())
    } else {
        check_manage_project(me, project)
    }
}

pub fn check_delete_task(me: &Member, task: &Task, project: &Project) -> Result<(), Refusal> {
    if task.created_by == me.id || sees_whole_trash(me, project) {
        Ok(())
    } else {
        Err(Refusal::NotTheTasksCreator)
    }
}

/// Sees all that lies in the project's trash.
pub fn sees_whole_trash(me: &Member, project: &Project) -> bool {
    project.lead == Some(me.id) || is_administrator(me)
}

/// Sees a task in the trash, and restores it: who may delete it, and who deleted it.
pub fn can_restore_task(
    me: &Member,
    created_by: MemberId,
    deleted_by: MemberId,
    project: &Project,
) -> bool {
    let mine = created_by == me.id || deleted_by == me.id;
    mine || sees_whole_trash(me, project)
}

/// The project of a deleted task, for whoever restores it while it lies in the trash.
pub fn trashed_task<'a>(
    me: &Member,
    task: &Task,
    project: Option<&'a Project>,
    is_member: bool,
    trashed: Option<Trashed>,
) -> Result<&'a Project, Refusal> {
    let unknown = Refusal::UnknownTask { field: None };
    let project = visible_project(me, project, is_member).map_err(|_| unknown)?;
    let trashed = trashed.ok_or(Refusal::TaskDeleted)?;
    if can_restore_task(me, task.created_by, trashed.by, project) {
        Ok(project)
    } else {
        Err(Refusal::NotTheTasksCreator)
    }
}

fn is_lead(me: &Member, project: &Project) -> bool {
    project.lead == Some(me.id) || project.created_by == me.id
}
