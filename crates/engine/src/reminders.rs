//! Fires reminders, sends scheduled messages, counts and closes polls, and takes statuses away when
//! they end: looks once a second, so that each comes within two, also those of the time when the
//! server was away. Durable because a reminder is a row until it is told, and its request id
//! follows from what it is, so that firing it again has no effect.

use crate::{Engine, Failure, bot, engine::Inner, execute::now, poll, scheduled, status};
use futures::FutureExt;
use std::{sync::Weak, time::Duration};
use tenon_protocol::{Command, WorkspaceId, saved::FireReminder};
use tenon_store::saved;
use tokio::time::{self, MissedTickBehavior};

const TICK: Duration = Duration::from_secs(1);
/// Limit: reminders fired at one look; the next look takes the rest.
const FIRED_MAX: i64 = 200;

/// Looks after one workspace until the engine is gone.
pub(crate) fn start(engine: Weak<Inner>, workspace: WorkspaceId) {
    tokio::spawn(async move {
        let mut ticks = time::interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            let Some(inner) = engine.upgrade() else {
                return;
            };
            let engine = Engine { inner };
            if !engine.ready() {
                return;
            }
            if let Err(failure) = fire(&engine, workspace).await {
                tracing::warn!(reason = %failure.message(), "reminders wait");
            }
            if let Err(failure) = status::clear(&engine, workspace).await {
                tracing::warn!(reason = %failure.message(), "statuses wait");
            }
            if let Err(failure) = poll::look(&engine, workspace).await {
                tracing::warn!(reason = %failure.message(), "polls wait");
            }
            if let Err(failure) = scheduled::send_due(&engine, workspace).await {
                tracing::warn!(reason = %failure.message(), "scheduled messages wait");
            }
        }
    });
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
