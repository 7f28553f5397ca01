//! Who is let in: set-up, sign-in, sessions, invitations, tokens, hooks, avatars.
//!
//! Secrets are compared by hash and never logged. What a member may do is `domain::access`'s.

mod attempt;
mod authentication;
mod avatar;
mod expiry;
mod hook;
mod invitation;
mod logo;
mod reset;
mod session;
mod setup;
mod sign_out;
mod token;

pub use attempt::Attempt;
pub use authentication::{Access, Authentication, Credential};
pub(crate) use expiry::Expiry;
pub use logo::LogoPicture;
pub use setup::Founded;

use crate::{Actor, Engine, Failure};
use futures::FutureExt;
use std::net::IpAddr;
use tenon_domain::refusal::Refusal;
use tenon_protocol::{WorkspaceId, member::Member, policy::Policy, workspace::Workspace};
use tenon_store::{member, workspace};

/// What a client says of itself, for its session and for rate limits.
#[derive(Clone, Debug)]
pub struct ClientNote {
    /// Where from: an address, or all of one household's.
    pub network: IpAddr,
    pub user_agent: String,
}

impl Engine {
    pub(crate) async fn get_workspace(&self, id: WorkspaceId) -> Result<Workspace, Failure> {
        let read = self
            .inner
            .store
            .read(id, |reader| workspace::get(reader).boxed());
        let found = read.await?;
        found.ok_or_else(|| Failure::Bug("no such workspace".into()))
    }

    /// The rules of a workspace.
    pub(crate) async fn policy(&self, id: WorkspaceId) -> Result<Policy, Failure> {
        Ok(self.get_workspace(id).await?.policy)
    }

    /// The acting member, who must be active.
    pub(crate) async fn load_me(&self, actor: &Actor) -> Result<Member, Failure> {
        let id = actor.member;
        let read = self.inner.store.read(actor.workspace, move |reader| {
            member::get(reader, id).boxed()
        });
        let me = read.await?.filter(|member| member.active);
        me.ok_or_else(|| Refusal::Unauthenticated.into())
    }
}

/// Addresses are compared in lower case, without surrounding space.
pub(crate) fn check_email(email: &str) -> Result<String, Refusal> {
    let email = email.trim().to_lowercase();
    let (name, host) = email.rsplit_once('@').ok_or(Refusal::BadEmail)?;
    let plain = !email.contains(|letter: char| letter.is_whitespace() || letter.is_control());
    if name.is_empty() || host.is_empty() || email.len() > 254 || !plain || name.contains('@') {
        return Err(Refusal::BadEmail);
    }
    Ok(email)
}
