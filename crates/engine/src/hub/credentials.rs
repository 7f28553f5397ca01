//! Ends connections whose session or token is no more: expired, or ended on another node. Those
//! that this node ends are closed at once.

use super::{Inner, closed};
use crate::{account::Credential, execute::now};
use futures::FutureExt;
use std::{collections::HashSet, sync::Weak, time::Duration};
use tenon_protocol::{ErrorCode, SessionId, TokenId};

/// How long a connection may outlive its credential.
const CHECK_EVERY: Duration = Duration::from_secs(5);
/// Limit: credentials asked about in one statement.
const ASKED_MAX: usize = 500;

/// Looks again and again, until the hub is gone.
pub(super) async fn watch(hub: Weak<Inner>) {
    loop {
        tokio::time::sleep(CHECK_EVERY).await;
        let Some(hub) = hub.upgrade() else { return };
        if let Err(error) = check(&hub).await {
            tracing::warn!(reason = %error, "sessions of open sockets were not checked; retrying");
        }
    }
}

async fn check(hub: &Inner) -> tenon_store::Result<()> {
    let (mut sessions, mut tokens) = (HashSet::new(), HashSet::new());
    hub.each_credential(|credential| match credential {
        Credential::Session { id, .. } => {
            sessions.insert(*id);
        }
        Credential::Token { id } => {
            tokens.insert(*id);
        }
        Credential::Hook => {}
    });
    let all_sessions: Vec<SessionId> = sessions.iter().copied().collect();
    let all_tokens: Vec<TokenId> = tokens.iter().copied().collect();
    let pages = all_sessions.len().max(all_tokens.len()).div_ceil(ASKED_MAX);
    for page in 0..pages {
        let some_sessions = page_of(&all_sessions, page).to_vec();
        let some_tokens = page_of(&all_tokens, page).to_vec();
        let (workspace, at) = (hub.workspace, now());
        let read = hub.store.read_private(move |private| {
            async move {
                private
                    .list_valid(workspace, at, &some_sessions, &some_tokens)
                    .await
            }
            .boxed()
        });
        let (good_sessions, good_tokens) = read.await?;
        for id in good_sessions {
            sessions.remove(&id);
        }
        for id in good_tokens {
            tokens.remove(&id);
        }
    }
    // What is left is good no more.
    if sessions.is_empty() && tokens.is_empty() {
        return Ok(());
    }
    let state = hub.state.lock();
    for connection in state.members.values().flatten() {
        let ended = match &connection.credential {
            Credential::Session { id, .. } => sessions.contains(id),
            Credential::Token { id } => tokens.contains(id),
            Credential::Hook => false,
        };
        if ended {
            connection.close(Some(closed(ErrorCode::Unauthenticated)));
        }
    }
    Ok(())
}

fn page_of<T>(all: &[T], page: usize) -> &[T] {
    let rest = all.get(page * ASKED_MAX..).unwrap_or_default();
    &rest[..rest.len().min(ASKED_MAX)]
}

impl Inner {
    fn each_credential(&self, each: impl FnMut(&Credential)) {
        let state = self.state.lock();
        let connections = state.members.values().flatten();
        connections
            .map(|connection| &connection.credential)
            .for_each(each);
    }
}
