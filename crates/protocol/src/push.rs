//! Web Push: notifications that reach a device while Tenon is not open on it. A device is a
//! session; what the push service is told of it is a secret and never shown again.

use crate::{SessionId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `GET /push`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PushStatus {
    /// `applicationServerKey` of this server (RFC 8292): base64url of an uncompressed P-256 point.
    pub key: String,
    /// This session is pushed to.
    pub subscribed: bool,
}

/// `PUT /push`: what the browser's `PushSubscription.toJSON()` says.
#[derive(Clone, Deserialize, ToSchema)]
pub struct PushSubscription {
    /// Where to send: `https:`.
    pub endpoint: String,
    pub keys: PushKeys,
}

/// Of the browser (RFC 8291), base64url.
#[derive(Clone, Deserialize, ToSchema)]
pub struct PushKeys {
    pub p256dh: String,
    pub auth: String,
}

/// What became of the push of one notification to one device.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Pushed {
    /// The device.
    pub session: SessionId,
    /// What its browser says it is; empty once signed out.
    pub device: String,
    pub outcome: PushOutcome,
    /// One English sentence.
    pub sentence: String,
    /// When it was told.
    pub at: Timestamp,
}

/// The stable name of what became of a push.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PushOutcome {
    /// Not sent yet, or tried again later.
    Waiting,
    /// The push service took it.
    Sent,
    /// Shown, and to be taken off the device.
    Closing,
    /// Shown, and taken off the device when it was read or gone elsewhere.
    Closed,
    /// The member wanted quiet.
    Quiet,
    /// Read, done or snoozed before it was sent.
    Read,
    /// What it is about, or the device, was gone before it was sent.
    Gone,
    /// The member was looking at Tenon all the time.
    Active,
    /// A newer one of the same conversation took its place.
    Replaced,
    /// Too many waited for the device.
    Crowded,
    /// The push service did not take it.
    Failed,
}

impl PushOutcome {
    /// All of them.
    pub const ALL: &'static [PushOutcome] = &[
        PushOutcome::Waiting,
        PushOutcome::Sent,
        PushOutcome::Closing,
        PushOutcome::Closed,
        PushOutcome::Quiet,
        PushOutcome::Read,
        PushOutcome::Gone,
        PushOutcome::Active,
        PushOutcome::Replaced,
        PushOutcome::Crowded,
        PushOutcome::Failed,
    ];

    /// As it is on the wire and in rows.
    pub fn as_str(self) -> &'static str {
        match self {
            PushOutcome::Waiting => "waiting",
            PushOutcome::Sent => "sent",
            PushOutcome::Closing => "closing",
            PushOutcome::Closed => "closed",
            PushOutcome::Quiet => "quiet",
            PushOutcome::Read => "read",
            PushOutcome::Gone => "gone",
            PushOutcome::Active => "active",
            PushOutcome::Replaced => "replaced",
            PushOutcome::Crowded => "crowded",
            PushOutcome::Failed => "failed",
        }
    }
}
