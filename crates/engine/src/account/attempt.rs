//! What makes a credential be made once, though it is asked for again: the attempt that its client
//! names. Its secret follows from that and the server's key, so that the answer to a repetition can
//! hold it, and nothing secret is kept.

use crate::{Actor, Engine, Failure, secret};
use serde::Serialize;
use tenon_domain::refusal::Refusal;
use tenon_protocol::{Outcome, RequestId, WorkspaceId};
use tenon_store::{Private, request::Request};
use uuid::Uuid;

/// An attempt to make something that has a secret.
#[derive(Clone, Copy, Debug)]
pub struct Attempt {
    /// Of what is made.
    pub id: Uuid,
    /// Named by the client: repeated, it is answered the same, with the same secret.
    pub request: Option<RequestId>,
}

impl Attempt {
    /// One that nobody can repeat.
    pub fn fresh() -> Self {
        Self {
            id: Uuid::now_v7(),
            request: None,
        }
    }

    /// What is remembered of it, if it can be repeated. `prefix` is that of the secret; it tells
    /// apart what is made.
    pub(super) fn claim(
        &self,
        actor: &Actor,
        prefix: &'static str,
        wish: &impl Serialize,
    ) -> Option<Request> {
        // A wish without a JSON form cannot be; equal digests would only skip a check.
        let text = serde_json::to_vec(&(prefix, self.id, wish)).unwrap_or_default();
        let mut digest = [0; 8];
        digest.copy_from_slice(&blake3::hash(&text).as_bytes()[..8]);
        let outcome = Outcome {
            id: Some(self.id),
            key: None,
        };
        self.request.map(|id| Request {
            id,
            member: actor.member,
            digest: i64::from_le_bytes(digest),
            // It is not in the log.
            seq: 0,
            outcome,
        })
    }
}

impl Engine {
    /// The secret of what the attempt makes.
    pub(super) fn secret_of(
        &self,
        actor: &Actor,
        attempt: &Attempt,
        prefix: &'static str,
    ) -> Result<String, Failure> {
        let Some(request) = attempt.request else {
            return Ok(secret::fresh(prefix));
        };
        let ids = [actor.workspace.0, actor.member.0, request.0];
        Ok(secret::repeated(&self.vault_key()?, prefix, ids))
    }
}

/// What became of a claim.
pub(super) enum Claimed {
    /// It is this one's to have its effect.
    New,
    /// It had its effect before.
    Before,
}

/// Claims what can be repeated. Refused: another wish had its effect under the same id.
pub(super) async fn claim(
    private: &mut Private<'_>,
    workspace: WorkspaceId,
    claim: Option<&Request>,
) -> tenon_store::Result<Result<Claimed, Refusal>> {
    let Some(claim) = claim else {
        return Ok(Ok(Claimed::New));
    };
    Ok(match private.claim_request(workspace, claim).await? {
        None => Ok(Claimed::New),
        Some(before) if before == *claim => Ok(Claimed::Before),
        Some(_) => Err(Refusal::RequestReused),
    })
}

/// Ends a transaction that claimed something: what is refused may be tried again.
pub(super) fn settle<T>(
    private: &mut Private<'_>,
    workspace: WorkspaceId,
    claim: Option<&Request>,
    made: Result<T, Refusal>,
) -> tenon_store::Result<Result<T, Refusal>> {
    if let (Err(_), Some(claim)) = (&made, claim) {
        private.release_request(workspace, claim.id)?;
    }
    Ok(made)
}
