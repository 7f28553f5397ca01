//! What looks around in a workspace once a second: reminders, statuses, polls, scheduled messages,
//! pushes, mails; once a minute: sessions. What each of them does is durable because it is a row
//! until it is done; so what fell due while the server was away comes with the first look.

use crate::{Engine, Failure, engine::Inner};
use std::{future::Future, sync::Weak, time::Duration};
use tokio::time::{self, MissedTickBehavior};

const TICK: Duration = Duration::from_secs(1);
/// How often what is old is swept away, in ticks.
const SWEEP_TICKS: u32 = 3600;

/// What is done at one look.
pub(crate) trait Round: Send + Sync + 'static {
    /// What waits while a look fails, for the log.
    const WAITS: &'static str;
    /// Ticks from one look to the next.
    const EVERY: u32 = 1;

    /// Does what is due. Is asked again at the next look, also if it fails.
    fn look(&self, engine: &Engine) -> impl Future<Output = Result<(), Failure>> + Send;

    /// Forgets what is old; before the first look, and once an hour.
    fn sweep(&self, _engine: &Engine) -> impl Future<Output = Result<(), Failure>> + Send {
        std::future::ready(Ok(()))
    }
}

/// Looks until the engine is gone or stops.
pub(crate) fn start(engine: Weak<Inner>, round: impl Round) {
    tokio::spawn(run(engine, round));
}

async fn run<R: Round>(engine: Weak<Inner>, round: R) {
    let mut ticks = time::interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    for count in 0_u32.. {
        ticks.tick().await;
        let Some(inner) = engine.upgrade() else {
            return;
        };
        let engine = Engine { inner };
        if !engine.ready() {
            return;
        }
        let swept = match count % SWEEP_TICKS {
            0 => round.sweep(&engine).await,
            _ => Ok(()),
        };
        let looked = match count % R::EVERY {
            0 => round.look(&engine).await,
            _ => Ok(()),
        };
        for failure in [swept, looked].into_iter().filter_map(Result::err) {
            tracing::warn!(reason = %failure.message(), "{} wait", R::WAITS);
        }
    }
}
