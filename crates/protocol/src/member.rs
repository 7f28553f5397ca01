//! Members: the people and bots of a workspace.

use crate::{
    MemberId, Timestamp,
    status::{Status, WorkingHours},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What everyone in the workspace may know about a member. E-mail addresses are credentials and
/// are not here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Member {
    pub id: MemberId,
    #[serde(default)]
    pub kind: MemberKind,
    /// What people read: any script.
    pub name: String,
    /// What people type after `@` when the name will not do; unique, `[a-z0-9._-]`.
    pub handle: String,
    pub role: Role,
    /// Job title or a line about oneself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Hash of the picture: `GET /api/v1/avatars/{hash}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avatar: Option<String>,
    /// IANA name, `Asia/Shanghai`.
    pub time_zone: String,
    pub language: Language,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Absent: the member did not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working_hours: Option<WorkingHours>,
    /// False once deactivated: cannot sign in, is kept for history.
    pub active: bool,
    pub joined_at: Timestamp,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MemberKind {
    #[default]
    Person,
    Bot,
}

/// What a member may do in the workspace, most first.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// All, and may make other owners.
    Owner,
    /// People, channels, projects, settings.
    Admin,
    /// Talks and works; sees all public channels and projects.
    Member,
    /// Sees only the channels and projects they were added to.
    Guest,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub enum Language {
    #[default]
    #[serde(rename = "en")]
    English,
    #[serde(rename = "zh-CN")]
    Chinese,
}

/// Internal: set-up, an accepted invitation or an administrator adds a member.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AddMember {
    #[serde(default)]
    pub id: MemberId,
    #[serde(default)]
    pub kind: MemberKind,
    pub name: String,
    /// Made from the name when absent.
    #[serde(default)]
    pub handle: Option<String>,
    pub role: Role,
    #[serde(default)]
    pub time_zone: Option<String>,
    #[serde(default)]
    pub language: Option<Language>,
}

/// Changes one's own profile; administrators may change anyone's. Absent fields stay.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct UpdateMember {
    pub member: MemberId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handle: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The hash of an uploaded picture; an empty text removes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avatar: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// One without emoji and text takes it away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Hours without days take them away.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working_hours: Option<WorkingHours>,
}

/// Administrators; owners only where an owner is involved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChangeRole {
    pub member: MemberId,
    pub role: Role,
}

/// Ends the member's sessions and tokens; their words and tasks stay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DeactivateMember {
    pub member: MemberId,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ReactivateMember {
    pub member: MemberId,
}
