//! Takes statuses away when they come to their end. Durable because
//! the end is a column, and because taking it away again has no effect.

use crate::{Engine, Failure, bot, execute::now, round::Round};
use futures::FutureExt;
use tenon_protocol::{Command, WorkspaceId, status::ClearStatus};
use tenon_store::member;

/// Limit: statuses cleared at one look; the next look takes the rest.
const CLEARED_MAX: i64 = 200;

/// Clears the statuses of one workspace.
pub(crate) struct Statuses(pub WorkspaceId);

impl Round for Statuses {
    const WAITS: &'static str = "statuses";

    async fn look(&self, engine: &Engine) -> Result<(), Failure> {
        clear(engine, self.0).await
    }
}

async fn clear(engine: &Engine, workspace: WorkspaceId) -> Result<(), Failure> {
    let read = engine.inner.store.read(workspace, |reader| {
        async move {
            let ended = member::list_ended_statuses(reader, now(), CLEARED_MAX).await?;
            if ended.is_empty() {
                return Ok((ended, None));
            }
            Ok((ended, bot::find(reader).await?))
        }
        .boxed()
    });
    let (ended, bot) = read.await?;
    let Some(bot) = bot else {
        return Ok(());
    };
    for (member, until) in ended {
        let parts = [
            &member.0.as_bytes()[..],
            &until.as_microsecond().to_le_bytes(),
        ];
        let request = bot::derived_id("tenon 2026 statuses", &parts);
        let command = Command::ClearStatus(ClearStatus { member, until });
        bot::execute(engine, workspace, bot, request, command).await?;
    }
    Ok(())
}
