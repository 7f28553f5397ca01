//! Commands that put tasks aside and bring them back.

use super::{Decided, Desk, Who};
use std::sync::Arc;
use tenon_domain::{
    retention::Quoter,
    task::TaskContext,
    trash::{
        EraseTaskContext, RestoreTaskContext, archive_task, delete_task, erase_task, restore_task,
        state_after,
    },
};
use tenon_protocol::{
    MemberId, TaskId,
    limit::{ERASURE_ENTRIES_MAX, ERASURE_MESSAGES_MAX},
    project::Project,
    task::{ArchiveTask, DeleteTask, EraseTask, RestoreTask, Task},
};
use tenon_store::{erasure, task, trash};

struct Loaded {
    task: Option<Task>,
    project: Option<Arc<Project>>,
    is_member: bool,
}

impl Loaded {
    fn context<'a>(&'a self, Who { actor, me }: Who<'a>) -> TaskContext<'a> {
        TaskContext {
            actor,
            me,
            task: self.task.as_ref(),
            project: self.project.as_deref(),
            is_project_member: self.is_member,
        }
    }
}

async fn load(desk: &mut Desk<'_, '_>, me: MemberId, id: TaskId) -> tenon_store::Result<Loaded> {
    let task = task::get(desk.tx, id).await?;
    let project = task.as_ref().map(|task| task.project);
    let place = desk.project(project, me).await?;
    Ok(Loaded {
        task,
        project: place.project,
        is_member: place.is_member,
    })
}

pub(super) async fn archive(
    desk: &mut Desk<'_, '_>,
    who: Who<'_>,
    command: &ArchiveTask,
) -> Decided {
    let loaded = load(desk, who.me.id, command.task).await?;
    Ok(archive_task(&loaded.context(who), command, desk.now))
}

pub(super) async fn delete(desk: &mut Desk<'_, '_>, who: Who<'_>, command: &DeleteTask) -> Decided {
    let loaded = load(desk, who.me.id, command.task).await?;
    Ok(delete_task(&loaded.context(who), command, desk.now))
}

pub(super) async fn restore(
    desk: &mut Desk<'_, '_>,
    who: Who<'_>,
    command: &RestoreTask,
) -> Decided {
    let loaded = load(desk, who.me.id, command.task).await?;
    let trashed = trash::get_trashed(desk.tx, command.task).await?;
    let (mut rank_taken, mut next_rank) = (false, None);
    let place = loaded.task.as_ref().zip(loaded.project.as_deref());
    let place = place.and_then(|(task, project)| Some((task, state_after(task, project)?)));
    if let Some((task, state)) = place {
        let column = task::Column {
            project: task.project,
            state,
            except: task.id,
        };
        rank_taken = task::load_has_rank(desk.tx, &column, &task.rank).await?;
        if rank_taken {
            next_rank = task::load_next_rank(desk.tx, &column, &task.rank).await?;
        }
    }
    let context = RestoreTaskContext {
        task: loaded.context(who),
        trashed,
        rank_taken,
        next_rank: next_rank.as_deref(),
    };
    Ok(restore_task(&context, command, desk.now))
}

/// Of the messages of the command those that come first in the conversation, and the oldest
/// entries that still have words of the task.
pub(super) async fn erase(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &EraseTask,
) -> Decided {
    let task = task::get(desk.tx, command.task).await?;
    let trashed = trash::get_trashed(desk.tx, command.task).await?;
    let limit = ERASURE_MESSAGES_MAX as i64 + 1;
    let left = trash::list_messages(desk.tx, command.task, limit).await?;
    let mut messages = left.clone();
    messages.retain(|id| command.messages.contains(id));
    messages.truncate(ERASURE_MESSAGES_MAX);
    let quoters = erasure::list_quoters(desk.tx, &messages).await?;
    let quoters = quoters.into_iter().filter_map(|(source, row)| {
        let channel = row.channel.filter(|_| !row.deleted)?;
        let message = row.id;
        Some(Quoter {
            source,
            message,
            channel,
        })
    });
    let quoters: Vec<Quoter> = quoters.collect();
    let erased = trash::load_erased(desk.tx, command.task).await?;
    let limit = ERASURE_ENTRIES_MAX as i64 + 1;
    let mut entries = trash::list_entries(desk.tx, command.task, erased, limit).await?;
    let more_entries = entries.len() > ERASURE_ENTRIES_MAX;
    entries.truncate(ERASURE_ENTRIES_MAX);
    let context = EraseTaskContext {
        actor,
        me,
        task: task.as_ref(),
        trashed,
        messages: &messages,
        entries: &entries,
        has_more: more_entries || left.len() > messages.len(),
        quoters: &quoters,
    };
    Ok(erase_task(&context, command, desk.now))
}
