//! Who is let in: set-up, sign-in, sessions, invitations, tokens, hooks, avatars.
//!
//! Secrets are compared by hash and never logged. What a member may do is `domain::access`'s.

mod authentication;
mod avatar;
mod hook;
mod invitation;
mod session;
mod setup;
mod token;

pub use authentication::{Access, Authentication, Credential};
pub use setup::Founded;

use crate::{Actor, Engine, Failure};
use futures::FutureExt;
use std::net::IpAddr;
use tenon_domain::refusal::Refusal;
use tenon_protocol::member::Member;
use tenon_store::member;

/// What a client says of itself, for its session and for rate limits.
#[derive(Clone, Debug)]
pub struct ClientNote {
    pub ip: IpAddr,
    pub user_agent: String,
}

impl Engine {
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
