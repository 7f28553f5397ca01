//! Fires reminders when they are due. Durable because a reminder is a row until it is told, and its
//! request id follows from what it is, so that firing it again has no effect.

use crate::{Engine, Failure, bot, execute::now, round::Round};
use futures::FutureExt;
use tenon_protocol::{Command, WorkspaceId, saved::FireReminder};
use tenon_store::saved;

/// Limit: reminders fired at one look; the next look takes the rest.
const FIRED_MAX: i64 = 200;

/// Fires the reminders of one workspace.
pub(crate) struct Reminders(pub WorkspaceId);

impl Round for Reminders {
    const WAITS: &'static str = "reminders";

    async fn look(&self, engine: &Engine) -> Result<(), Failure> {
        fire(engine, self.0).await
    }
}

async fn fire(engine: &Engine, workspace: WorkspaceId) -> Result<(), Failure> {
    let read = engine.inner.store.read(workspace, |reader| {
        async move {
            let due = saved::list_due(reader, now(), FIRED_MAX).await?;
            if due.is_empty() {
                return Ok((due, None));
            }
            Ok((due, bot::find(reader).await?))
        }
        .boxed()
    });
    let (due, bot) = read.await?;
    let Some(bot) = bot else {
        return Ok(());
    };
    for (member, message, at) in due {
        let parts = [
            &member.0.as_bytes()[..],
            message.0.as_bytes(),
            &at.as_microsecond().to_le_bytes(),
        ];
        let request = bot::derived_id("tenon 2026 reminders", &parts);
        let command = Command::FireReminder(FireReminder {
            member,
            message,
            at,
        });
        bot::execute(engine, workspace, bot, request, command).await?;
    }
    Ok(())
}
