//! Sends scheduled messages that are due: each as an ordinary message of its author, under a
//! request id that follows from what it is, so that sending it again has no effect; then settles
//! it.

use crate::{Actor, Engine, Failure, Grants, bot, execute::now, round::Round};
use futures::FutureExt;
use jiff::SignedDuration;
use tenon_protocol::{
    Command, ErrorCode, MemberId, RequestId, WorkspaceId,
    scheduled::{Scheduled, SettleScheduled},
};
use tenon_store::scheduled;

/// So long after its time a message is sent: a change that was decided just before it is committed
/// by then, and the words that go are the last ones.
const SETTLED_AFTER: SignedDuration = SignedDuration::from_secs(1);
/// Limit: messages sent at one look; the next look takes the rest.
const SENT_MAX: i64 = 200;

/// Sends the scheduled messages of one workspace.
pub(crate) struct Scheduler(pub WorkspaceId);

impl Round for Scheduler {
    const WAITS: &'static str = "scheduled messages";

    async fn look(&self, engine: &Engine) -> Result<(), Failure> {
        send_due(engine, self.0).await
    }
}

async fn send_due(engine: &Engine, workspace: WorkspaceId) -> Result<(), Failure> {
    let before = now().checked_sub(SETTLED_AFTER).unwrap_or_default();
    let read = engine.inner.store.read(workspace, move |reader| {
        async move {
            let due = scheduled::list_due(reader, before, SENT_MAX).await?;
            let bot = match due.is_empty() {
                true => None,
                false => bot::find(reader).await?,
            };
            Ok((due, bot))
        }
        .boxed()
    });
    let (due, bot) = read.await?;
    let Some(bot) = bot else {
        return Ok(());
    };
    for (member, scheduled) in due {
        let refused = send(engine, workspace, member, &scheduled).await?;
        let request = request_of("tenon 2026 scheduled settle", member, &scheduled);
        let settle = SettleScheduled {
            member,
            message: scheduled.message.id,
            at: scheduled.at,
            refused,
        };
        let settle = Command::SettleScheduled(settle);
        bot::execute(engine, workspace, bot, request, settle).await?;
    }
    Ok(())
}

/// Why it was refused, if it was. An error: nothing was done, and the next look tries again.
async fn send(
    engine: &Engine,
    workspace: WorkspaceId,
    member: MemberId,
    scheduled: &Scheduled,
) -> Result<Option<ErrorCode>, Failure> {
    let author = Actor {
        workspace,
        member,
        grants: Grants::all(),
        internal: false,
    };
    let request = RequestId(request_of("tenon 2026 scheduled post", member, scheduled));
    let post = Command::PostMessage(scheduled.message.clone());
    match engine.execute(&author, request, post).await {
        Ok(_) => Ok(None),
        Err(failure) if failure.retry_after_ms().is_some() => Err(failure),
        Err(failure) => Ok(Some(failure.code())),
    }
}

fn request_of(purpose: &'static str, member: MemberId, scheduled: &Scheduled) -> uuid::Uuid {
    let parts = [
        &member.0.as_bytes()[..],
        scheduled.message.id.0.as_bytes(),
        &scheduled.at.as_microsecond().to_le_bytes(),
    ];
    bot::derived_id(purpose, &parts)
}
