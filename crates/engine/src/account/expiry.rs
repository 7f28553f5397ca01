//! Ends sessions when their time is over. Looks once a minute, and at once when the policy changes;
//! requests are checked when they come, and open sockets follow (`hub/credentials.rs`).

use super::Credential;
use crate::{Engine, Failure, execute::now, round::Round};
use futures::FutureExt;
use tenon_domain::policy::session_bounds;
use tenon_protocol::{MemberId, SessionId, WorkspaceId};

/// Limit: sessions ended at one look; the next look takes the rest.
const ENDED_MAX: i64 = 1_000;

/// Ends the sessions of one workspace.
pub(crate) struct Expiry(pub WorkspaceId);

impl Round for Expiry {
    const WAITS: &'static str = "sessions that end";
    const EVERY: u32 = 60;

    async fn look(&self, engine: &Engine) -> Result<(), Failure> {
        engine.end_old_sessions(self.0).await
    }
}

impl Engine {
    /// Notes which sessions are used over sockets, and ends those whose time is over.
    pub(crate) async fn end_old_sessions(&self, workspace: WorkspaceId) -> Result<(), Failure> {
        let Some(live) = self.live_now(workspace) else {
            return Ok(());
        };
        let bounds = session_bounds(&self.policy(workspace).await?, now());
        let used = live.hub.take_uses();
        let write = self.inner.store.private(move |private| {
            async move {
                let at = now();
                if !used.is_empty() {
                    private.see_sessions(workspace, &used, at)?;
                }
                let ended = private
                    .list_ended_sessions(workspace, at, bounds, ENDED_MAX)
                    .await?;
                for (id, member) in &ended {
                    private.end_session(workspace, *member, *id).await?;
                }
                Ok(ended)
            }
            .boxed()
        });
        for (id, member) in write.await? {
            self.close_session(workspace, member, id);
        }
        Ok(())
    }

    /// On this node: forgets what was remembered of the session, and ends its sockets.
    pub(super) fn close_session(&self, workspace: WorkspaceId, member: MemberId, id: SessionId) {
        let is_it =
            |held: &Credential| matches!(held, Credential::Session { id: held, .. } if *held == id);
        self.inner.authentication.forget_where(is_it);
        if let Some(live) = self.live_now(workspace) {
            live.hub.close(member, is_it);
        }
    }
}
