//! A workspace: one organisation.

use crate::{Timestamp, WorkspaceId, policy::Policy};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One organisation: one log, one set of members.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Workspace {
    pub id: WorkspaceId,
    /// Names the workspace in addresses and on the command line: `[a-z0-9-]`.
    pub slug: String,
    pub name: String,
    pub created_at: Timestamp,
    /// Authors do not see who has read their messages.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hides_readers: bool,
    /// Administrators alone add emoji.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub restricts_emoji: bool,
    /// Mails hold counts alone, and nothing of what was said.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hides_mail_content: bool,
    /// Hash of the picture: `GET /api/v1/logo/{hash}`, also for strangers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<String>,
    /// Absent: as a workspace begins.
    #[serde(default, skip_serializing_if = "Policy::is_first")]
    pub policy: Policy,
    /// Domains of the addresses with which new members come in; none: any. Guests are not told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mail_domains: Vec<String>,
}

/// Owners and administrators.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RenameWorkspace {
    pub name: String,
}
