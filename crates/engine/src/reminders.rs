//! Fires reminders when they are due: looks once a second, so that each comes within two, also
//! those that came due while the server was away. Durable because a reminder is a row until it is
//! told, and its request id follows from what it is, so that firing it again has no effect.

use crate::{Actor, Engine, Failure, Grants, engine::Inner, execute::now, feeds::BOT_HANDLE};
use futures::FutureExt;
use std::{sync::Weak, time::Duration};
use tenon_protocol::saved::FireReminder;
use tenon_protocol::{Command, MemberId, MessageId, RequestId, Timestamp, WorkspaceId};
use tenon_store::{member, saved};
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
            Ok((due, member::find_by_handle(reader, BOT_HANDLE).await?))
        }
        .boxed()
    });
    let (due, bot) = read.await?;
    let Some(bot) = bot else {
        return Ok(());
    };
    let actor = Actor {
        workspace,
        member: bot.id,
        grants: Grants::all(),
        internal: true,
    };
    for (member, message, at) in due {
        let command = Command::FireReminder(FireReminder {
            member,
            message,
            at,
        });
        match engine
            .execute(&actor, request_id(member, message, at), command)
            .await
        {
            Ok(_) | Err(Failure::Refused(_) | Failure::AlreadyATask(_)) => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(())
}

/// A request id that follows from what it is for, so that doing it again is a retry.
fn request_id(member: MemberId, message: MessageId, at: Timestamp) -> RequestId {
    let mut hasher = blake3::Hasher::new_derive_key("tenon 2026 reminders");
    hasher
        .update(member.0.as_bytes())
        .update(message.0.as_bytes())
        .update(&at.as_microsecond().to_le_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    RequestId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}
