//! Who may tell what is not kept.

use super::check_grant;
use crate::{actor::Actor, refusal::Refusal};
use tenon_protocol::{
    channel::{Channel, ChannelKind},
    credential::TokenScope,
    frame::SignalKind,
    workspace::Workspace,
};

/// Sends a signal to the others of a channel, or of a project if there is none, which the sender
/// is in or sees: that they type, and in a direct channel that they have read on, unless the
/// administrators switched that off. The server alone says who is there and what is drafted.
pub fn check_signal(
    actor: &Actor,
    kind: SignalKind,
    channel: Option<&Channel>,
    workspace: &Workspace,
) -> Result<(), Refusal> {
    check_grant(actor, TokenScope::Chat)?;
    match kind {
        SignalKind::Typing => Ok(()),
        SignalKind::Read if workspace.hides_readers => Err(Refusal::ReadersHidden),
        SignalKind::Read if channel.is_some_and(|it| it.kind == ChannelKind::Direct) => Ok(()),
        SignalKind::Read => Err(Refusal::UnknownChannel),
        SignalKind::Presence | SignalKind::Draft => Err(Refusal::InternalOnly),
    }
}
