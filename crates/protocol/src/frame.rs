//! The socket's frames: `GET /api/v1/sync`, WebSocket, JSON text, `type` names the frame.

use crate::{
    Command, ErrorCode, Event, MemberId, Outcome, RequestId, Scope, Timestamp, limit::Limits,
    member::Member,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// From client to server.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
// A frame is read, carried out and dropped; a box for its command would cost more than it saves.
#[allow(clippy::large_enum_variant)]
pub enum ClientFrame {
    /// First frame on every connection.
    Hello {
        /// Cursor: the last `seq` this replica is complete up to; null for a new one.
        #[serde(default)]
        after: Option<i64>,
        /// When there is no cookie.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        token: Option<String>,
    },
    Command {
        request_id: RequestId,
        command: Command,
    },
    Signal(SignalUp),
    /// Whether the member is looking at this client now. Said on every change; not at all means
    /// no. While they look, nothing is pushed to their devices.
    Foreground {
        active: bool,
    },
}

/// From server to client.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ServerFrame {
    /// Answer to `hello`.
    Welcome {
        /// Head of the log.
        seq: i64,
        mode: Mode,
        member: Box<Member>,
        limits: Limits,
        /// Members with a live session.
        online: Vec<MemberId>,
        /// Protocol version of the server.
        protocol: u32,
    },
    /// The command is durable.
    Done {
        request_id: RequestId,
        /// Seq of its last entry; of the first run's if this was a retry.
        seq: i64,
        result: Outcome,
    },
    /// The command had no effect.
    Refused {
        request_id: RequestId,
        code: ErrorCode,
        message: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        field: Option<String>,
        /// The same request may succeed after this long.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after_ms: Option<u64>,
        /// The task there is already, with code `already_a_task`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        task: Option<Box<crate::task::Task>>,
    },
    Entry {
        seq: i64,
        scope: Scope,
        scope_seq: i64,
        at: Timestamp,
        actor: MemberId,
        event: Box<Event>,
    },
    /// Complete up to here; sent when idle, and past entries of others.
    Mark {
        seq: i64,
    },
    Signal(SignalDown),
    /// Drop the replica, fetch `GET /api/v1/snapshot`, continue from its `seq`.
    Reset {
        reason: ResetReason,
    },
    /// The last frame before the server closes for a reason the client must know.
    Closed {
        code: ErrorCode,
        message: String,
    },
}

/// How the server brings the client up to date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Every missing entry follows.
    Delta,
    /// A `reset` follows.
    Reset,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ResetReason {
    /// No cursor yet.
    New,
    /// Too many entries are missing.
    TooFarBehind,
    /// The cursor is ahead of this log (a restored backup).
    Ahead,
}

/// Typing, presence, drafts: never in the log, the latest value wins, dropped first.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct SignalUp {
    pub scope: Scope,
    pub kind: SignalKind,
    #[serde(default)]
    pub value: serde_json::Value,
    /// How long it holds; at most 30,000.
    #[serde(default)]
    pub ttl_ms: u64,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct SignalDown {
    pub scope: Scope,
    pub kind: SignalKind,
    /// `typing`: `{"thread": ID or absent, "task": ID or absent}`. `presence`:
    /// `{"online": [...], "offline": [...]}`. `read`: nothing. `draft`: the draft.
    pub value: serde_json::Value,
    pub ttl_ms: u64,
    /// Who it is about; absent for `presence`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<MemberId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignalKind {
    Typing,
    Presence,
    /// Somebody has read on, in a direct channel.
    Read,
    /// A draft of one's own is another now; sent by the server alone, in the scope of the inbox.
    Draft,
}
