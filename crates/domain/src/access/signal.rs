//! Who may tell what is not kept.

use super::check_grant;
use crate::{actor::Actor, refusal::Refusal};
use tenon_protocol::{
    channel::{Channel, ChannelKind},
    credential::TokenScope,
    frame::SignalKind,
    workspace::Workspace,
};

/// Sends a signal to the others of a channel that the sender is in, or of a project that they see:
/// that they type, and in a direct channel (`read_in`) that they have read on, unless the
/// administrators switched that off. The server alone says who is there and what is drafted.
pub fn check_signal(
    actor: &Actor,
    kind: SignalKind,
    read_in: Option<(&Channel, &Workspace)>,
) -> Result<(), Refusal> {
    check_grant(actor, TokenScope::Chat)?;
    match (kind, read_in) {
        (SignalKind::Typing, _) => Ok(()),
        (SignalKind::Read, Some((_, workspace))) if workspace.hides_readers => {
            Err(Refusal::ReadersHidden)
        }
        (SignalKind::Read, Some((channel, _))) if channel.kind == ChannelKind::Direct => Ok(()),
        (SignalKind::Read, _) => Err(Refusal::UnknownChannel),
        (SignalKind::Presence | SignalKind::Draft, _) => Err(Refusal::InternalOnly),
    }
}
