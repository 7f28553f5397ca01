//! Tasks put aside: archived, deleted into the trash, restored from either, and at last erased.
//!
//! A task goes alone. Its sub-tasks, links, followers and key stay; whoever restores it finds it
//! among them again.

use crate::{
    access,
    actor::Actor,
    decide::{Decision, fact},
    rank,
    refusal::Refusal,
    retention::{Quoter, unquoted},
    task::TaskContext,
    workflow,
};
use jiff::ToSpan;
use std::collections::BTreeSet;
use tenon_protocol::{
    MessageId, Scope, Timestamp,
    event::Event,
    limit::TRASH_DAYS,
    member::Member,
    project::Project,
    task::{ArchiveTask, DeleteTask, EraseTask, RestoreTask, Task, Trashed},
};

pub struct RestoreTaskContext<'a> {
    pub task: TaskContext<'a>,
    /// Of one that lies in the trash.
    pub trashed: Option<Trashed>,
    /// Another task of the column that it comes back to has its rank.
    pub rank_taken: bool,
    /// The rank next after its own there.
    pub next_rank: Option<&'a str>,
}

pub struct EraseTaskContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub task: Option<&'a Task>,
    pub trashed: Option<Trashed>,
    /// Those of the command that are still there in its conversation.
    pub messages: &'a [MessageId],
    /// Seqs of the oldest entries that tell of it and have words.
    pub entries: &'a [i64],
    /// There are more in its conversation, or entries that tell of it.
    pub has_more: bool,
    /// Messages that are not deleted and hold words of those.
    pub quoters: &'a [Quoter],
}

/// What was deleted before this has lain in the trash for long enough.
pub fn trash_cutoff(now: Timestamp) -> Timestamp {
    let hours = TRASH_DAYS * 24;
    now.checked_sub(hours.hours()).unwrap_or(Timestamp::MIN)
}

/// When the words of what was deleted then are erased.
pub fn erased_at(deleted: Timestamp) -> Timestamp {
    let hours = TRASH_DAYS * 24;
    deleted.checked_add(hours.hours()).unwrap_or(Timestamp::MAX)
}

/// Whoever sees the project.
pub fn archive_task(
    context: &TaskContext<'_>,
    command: &ArchiveTask,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    let (task, project) = context.visible()?;
    access::check_work_in(project)?;
    let archives = !task.archived;
    let event = archives.then_some(Event::TaskArchived { task: task.id });
    Ok(told(task, event))
}

/// Creator, lead and administrators; also what is archived.
pub fn delete_task(
    context: &TaskContext<'_>,
    command: &DeleteTask,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    let (task, project) = context.visible()?;
    access::check_delete_task(context.me, task, project)?;
    access::check_work_in(project)?;
    Ok(told(task, Some(Event::TaskDeleted { task: task.id })))
}

/// From the archive whoever sees the project; from the trash whoever may delete the task, and who
/// deleted it. It comes back to its place. A state that is gone becomes the first of those that
/// mean the same to whoever waits for it: open, or done.
pub fn restore_task(
    context: &RestoreTaskContext<'_>,
    command: &RestoreTask,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let outer = &context.task;
    access::check_granted(outer.actor, outer.me, command)?;
    let unknown = Refusal::UnknownTask { field: None };
    let task = outer.task.ok_or(unknown)?;
    let project = if task.deleted {
        let trashed = context.trashed.filter(|it| it.at >= trash_cutoff(now));
        access::trashed_task(
            outer.me,
            task,
            outer.project,
            outer.is_project_member,
            trashed,
        )?
    } else {
        outer.visible()?.1
    };
    access::check_work_in(project)?;
    if !task.deleted && !task.archived {
        return Ok(told(task, None));
    }
    let task = restored(context, task, project, now)?;
    let event = Event::TaskRestored { task: task.clone() };
    Ok(told(&task, Some(event)))
}

/// The state that a task put aside comes back to.
pub fn state_after<'a>(task: &'a Task, project: &'a Project) -> Option<&'a str> {
    let workflow = &project.workflow;
    if workflow::find_state(workflow, &task.state).is_ok() {
        return Some(&task.state);
    }
    let done = workflow::first_done(workflow).filter(|_| task.closed_at.is_some());
    done.or_else(|| workflow::first_state(workflow).map(|state| state.id.as_str()))
}

fn restored(
    context: &RestoreTaskContext<'_>,
    before: &Task,
    project: &Project,
    now: Timestamp,
) -> Result<Task, Refusal> {
    let mut task = Task {
        // Out of the trash it is archived again, if it was.
        archived: before.deleted && before.archived,
        deleted: false,
        updated_at: now,
        ..before.clone()
    };
    let workflow = &project.workflow;
    let state = state_after(before, project).ok_or(Refusal::Empty { field: "state" })?;
    if state != before.state {
        state.clone_into(&mut task.state);
        let category = workflow::find_state(workflow, state)?.category;
        let closed = workflow::is_closed(category);
        task.closed_at = task.closed_at.or(Some(now)).filter(|_| closed);
    }
    if context.rank_taken {
        let place = rank::between(Some(&task.rank), context.next_rank);
        task.rank = place.ok_or(Refusal::NoPlace)?;
    }
    Ok(task)
}

/// The server itself. What is not in the trash, or not for long enough, stays.
pub fn erase_task(
    context: &EraseTaskContext<'_>,
    command: &EraseTask,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    access::check_internal(context.actor)?;
    let task = context.task.ok_or(Refusal::UnknownTask { field: None })?;
    let is_due = context.trashed.is_some_and(|it| it.at < trash_cutoff(now));
    let takes_none = context.messages.is_empty() && context.entries.is_empty();
    if !is_due || (takes_none && context.has_more) {
        return Ok(told(task, None));
    }
    let event = Event::TaskErased {
        task: task.id,
        messages: context.messages.to_vec(),
        until: context.entries.last().copied().unwrap_or_default(),
        whole: !context.has_more,
        digest: String::new(),
    };
    let gone: BTreeSet<MessageId> = context.messages.iter().copied().collect();
    let mut decision = told(task, Some(event));
    decision.facts.extend(unquoted(context.quoters, &gone));
    Ok(decision)
}

fn told(task: &Task, event: Option<Event>) -> Decision {
    let facts = event.map(|event| fact(Scope::Project(task.project), event));
    Decision::of_task(task, facts.into_iter().collect())
}
