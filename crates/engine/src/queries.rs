//! Authorised reads: each loads what `domain::access` asks for, asks, and answers.

pub mod event;
pub mod notification;
pub mod page;
pub mod query;
pub mod search;
pub mod task;

mod administration;
pub(crate) mod channel;
mod group;
pub(crate) mod message;
mod people;
pub(crate) mod project;
mod reader;
mod roll_up;
mod roster;
mod space;
mod thread;

use crate::Failure;
use tenon_domain::refusal::Refusal;

/// The outer error is the store's, the inner one the asker's.
pub(crate) type Answered<T> = tenon_store::Result<Result<T, Failure>>;

/// Inside a read: goes on with the value, or ends the read with the refusal.
macro_rules! allowed {
    ($result:expr) => {
        match $result {
            Ok(value) => value,
            Err(refusal) => return Ok(Err(refusal.into())),
        }
    };
}
pub(crate) use allowed;

/// The acting member inside a read; must be active.
pub(crate) async fn me(
    reader: &mut tenon_store::Reader<'_>,
    actor: &crate::Actor,
) -> tenon_store::Result<Result<tenon_protocol::member::Member, Refusal>> {
    let member = tenon_store::member::get(reader, actor.member).await?;
    let member = member
        .filter(|member| member.active)
        .ok_or(Refusal::Unauthenticated);
    let scope = tenon_protocol::credential::TokenScope::Read;
    Ok(member.and_then(|me| tenon_domain::access::check_grant(actor, scope).map(|()| me)))
}
