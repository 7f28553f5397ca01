//! Durable followers of a workspace's log: page after page in order, from a cursor that outlives
//! the program.
//!
//! The cursor is written down when the log rests, and every so many entries, after what the
//! follower did; so it sees some entries twice after a crash, and what it does must have no effect
//! the second time ([`crate::bot::derived_id`]).

use crate::{Engine, Failure, engine::Inner, hub::Hub};
use futures::FutureExt;
use std::{future::Future, sync::Weak, time::Duration};
use tenon_protocol::WorkspaceId;
use tenon_store::{Logged, follower};
use tokio::time;

const RETRY: Duration = Duration::from_secs(1);
/// The log rests when nothing was added for this long.
const REST: Duration = Duration::from_millis(200);
/// Limit: entries that may have to be followed again after a crash.
const UNSAVED_ENTRIES_MAX: i64 = 2_000;

/// What one follower does.
pub(crate) trait Follow: Send + 'static {
    /// Under this name its cursor is kept.
    const NAME: &'static str;

    /// Does what the entries of a page ask for. Is asked again with the same page if it fails.
    fn follow(
        &mut self,
        engine: &Engine,
        page: &[Logged],
    ) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// Follows one workspace until the engine is gone.
pub(crate) fn start<F: Follow>(engine: Weak<Inner>, workspace: WorkspaceId, hub: &Hub, follow: F) {
    let follower = Follower {
        engine,
        workspace,
        hub: hub.clone(),
        cursor: None,
        saved: 0,
        follow,
    };
    tokio::spawn(follower.run());
}

/// What comes after one page.
enum Next {
    More,
    /// Nothing new, but the cursor is not written down yet.
    Rest,
    /// Nothing new.
    Wait,
    /// The engine is gone or stops.
    End,
}

/// Where a follower is.
struct Follower<F> {
    engine: Weak<Inner>,
    workspace: WorkspaceId,
    hub: Hub,
    /// Followed up to here; none until it was read.
    cursor: Option<i64>,
    /// As it is written down.
    saved: i64,
    follow: F,
}

impl<F: Follow> Follower<F> {
    async fn run(mut self) {
        let mut head = self.hub.head();
        loop {
            let next = match self.step().await {
                Ok(next) => next,
                Err(failure) => {
                    tracing::warn!(follower = F::NAME, reason = %failure.message(), "waits");
                    time::sleep(RETRY).await;
                    continue;
                }
            };
            let changed = match next {
                Next::More => continue,
                Next::Rest => time::timeout(REST, head.changed()).await,
                Next::Wait => Ok(head.changed().await),
                Next::End => return,
            };
            match changed {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return,
                Err(_rests) => self.save_or_retry().await,
            }
        }
    }

    /// None if it is gone or stops.
    fn engine(&self) -> Option<Engine> {
        let inner = self.engine.upgrade()?;
        let engine = Engine { inner };
        engine.ready().then_some(engine)
    }

    /// Follows one page.
    async fn step(&mut self) -> Result<Next, Failure> {
        let Some(engine) = self.engine() else {
            return Ok(Next::End);
        };
        let cursor = match self.cursor {
            Some(cursor) => cursor,
            None => self.load(&engine).await?,
        };
        let page = self.hub.entries_after(cursor).await?;
        let Some(last) = page.last().map(|entry| entry.seq) else {
            let rests = self.saved == cursor;
            return Ok(if rests { Next::Wait } else { Next::Rest });
        };
        self.follow.follow(&engine, &page).await?;
        self.cursor = Some(last);
        if last - self.saved >= UNSAVED_ENTRIES_MAX {
            self.save(&engine).await?;
        }
        Ok(Next::More)
    }

    async fn load(&mut self, engine: &Engine) -> Result<i64, Failure> {
        let workspace = self.workspace;
        let store = &engine.inner.store;
        let read =
            store.read_private(move |private| follower::get(private, workspace, F::NAME).boxed());
        self.saved = read.await?;
        self.cursor = Some(self.saved);
        Ok(self.saved)
    }

    async fn save(&mut self, engine: &Engine) -> Result<(), Failure> {
        let (workspace, seq) = (self.workspace, self.cursor.unwrap_or(self.saved));
        let write = engine.inner.store.private(move |private| {
            async move { follower::set(private, workspace, F::NAME, seq) }.boxed()
        });
        write.await?;
        self.saved = seq;
        Ok(())
    }

    async fn save_or_retry(&mut self) {
        let Some(inner) = self.engine.upgrade() else {
            return;
        };
        if let Err(failure) = self.save(&Engine { inner }).await {
            tracing::warn!(follower = F::NAME, reason = %failure.message(), "cursor not saved");
            time::sleep(RETRY).await;
        }
    }
}
