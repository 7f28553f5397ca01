//! Empties the trash: tasks that were deleted long enough ago lose their words, a little at a time.

use crate::{Engine, Failure, bot, execute::now};
use futures::FutureExt;
use std::sync::Arc;
use tenon_domain::trash::trash_cutoff;
use tenon_protocol::{
    Command, Event, RequestId, TaskId, WorkspaceId, limit::ERASURE_MESSAGES_MAX, task::EraseTask,
};
use tenon_store::{log, trash};

/// How many bites it took, at most so many.
pub(super) async fn empty_due(
    engine: &Engine,
    workspace: WorkspaceId,
    bites_max: usize,
) -> Result<usize, Failure> {
    if bites_max == 0 {
        return Ok(0);
    }
    let before = trash_cutoff(now());
    let read = engine.inner.store.read(workspace, move |reader| {
        async move {
            let seq = log::seq_before(reader, before).await?;
            trash::list_due(reader, seq, bites_max as i64).await
        }
        .boxed()
    });
    let due = read.await?;
    let mut bites = 0;
    for task in due {
        while bites < bites_max {
            bites += 1;
            if !bite(engine, workspace, task).await? {
                break;
            }
        }
    }
    Ok(bites)
}

/// Whether there is more of this task.
async fn bite(engine: &Engine, workspace: WorkspaceId, task: TaskId) -> Result<bool, Failure> {
    let Some(bot) = bot::read(engine, workspace).await? else {
        return Ok(false);
    };
    let limit = ERASURE_MESSAGES_MAX as i64;
    let read = engine.inner.store.read(workspace, move |reader| {
        async move { trash::list_messages(reader, task, limit).await }.boxed()
    });
    let messages = read.await?;
    let actor = bot::internal(workspace, bot);
    let command = Command::EraseTask(EraseTask { task, messages });
    let is_part = |it: &Arc<Event>| matches!(**it, Event::TaskErased { whole: false, .. });
    match engine.execute(&actor, RequestId::new(), command).await {
        Ok(done) => Ok(done.events.iter().any(is_part)),
        Err(Failure::Refused(_)) => Ok(false),
        Err(failure) => Err(failure),
    }
}
