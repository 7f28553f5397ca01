//! Set-up, sessions, invitations, tokens and incoming hooks: what HTTP says about credentials.
//!
//! These are private tables beside the log, never entries. No type here holds a stored secret; a
//! secret appears once, in the answer that creates it.

use crate::{
    ChannelId, HookId, InvitationId, MemberId, SessionId, SpaceId, Timestamp, TokenId,
    mail::MailOutcome,
    member::{Language, Member, Role},
    workspace::Workspace,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// First run: makes the workspace and its owner, signs the owner in.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct Setup {
    pub workspace_name: String,
    /// Made from the name when absent.
    #[serde(default)]
    pub workspace_slug: Option<String>,
    pub name: String,
    pub email: String,
    pub password: String,
    #[serde(default)]
    pub time_zone: Option<String>,
    #[serde(default)]
    pub language: Option<Language>,
}

/// `GET /setup`
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct SetupStatus {
    /// The first workspace has yet to be made.
    pub needed: bool,
    /// Name of the workspace, where the server has one alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its logo: `GET /api/v1/logo/{hash}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<String>,
    /// A demo workspace: the sign-in page offers its members.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub demo: Vec<DemoAccount>,
    /// Mail can be sent: whoever forgot their password gets a way back in.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub mails: bool,
}

/// An account of the demo workspace, whose password is public by design.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct DemoAccount {
    pub name: String,
    pub email: String,
    pub password: String,
}

#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct SignIn {
    pub email: String,
    pub password: String,
    /// Slug; needed only if the address is known in several workspaces.
    #[serde(default)]
    pub workspace: Option<String>,
}

/// Answer to set-up, sign-in and an accepted invitation. The cookie is set too.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct SignedIn {
    /// Use as `Authorization: Bearer`, where there is no cookie.
    pub token: String,
    /// Send back as `X-Tenon-Csrf` with every write that is authenticated by the cookie.
    pub csrf: String,
    pub member: Member,
    pub workspace: Workspace,
}

/// `GET /me`
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Me {
    pub member: Member,
    pub workspace: Workspace,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// For cookie sessions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub csrf: Option<String>,
}

/// `POST /password-resets`: mails a way back in to whoever has this address.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct ForgotPassword {
    pub email: String,
}

/// `GET /password-resets/{secret}`, for the page that the mail leads to.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct PasswordReset {
    pub workspace_name: String,
    pub name: String,
    /// How many characters the new password needs.
    pub password_chars_min: u32,
}

/// `POST /password-resets/{secret}`
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct ResetPassword {
    pub password: String,
}

#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct ChangePassword {
    pub current: String,
    pub new: String,
}

/// A signed-in browser or program of the asker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Session {
    pub id: SessionId,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
    pub expires_at: Timestamp,
    /// What the browser says it is.
    pub user_agent: String,
    /// The session of this very request.
    pub current: bool,
}

/// A link that lets people in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Invitation {
    pub id: InvitationId,
    pub role: Role,
    /// Joined at once on acceptance, as the spaces are.
    #[serde(default)]
    pub channels: Vec<ChannelId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spaces: Vec<SpaceId>,
    pub created_by: MemberId,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    /// How many may still use it.
    pub uses_left: i64,
    /// How many have used it.
    #[serde(default)]
    pub used: i64,
    /// Where it was mailed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// What became of that mail: waiting, sent or failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mailed: Option<MailOutcome>,
}

/// `POST /invitations/{id}/renew`: the same link works on, from now.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
pub struct RenewInvitation {
    /// 7 by default, at most 90.
    #[serde(default)]
    pub days: Option<i64>,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct CreateInvitation {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<InvitationId>,
    pub role: Role,
    #[serde(default)]
    pub channels: Vec<ChannelId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spaces: Vec<SpaceId>,
    /// 1 by default, at most 1,000.
    #[serde(default)]
    pub uses: Option<i64>,
    /// 7 by default, at most 90.
    #[serde(default)]
    pub days: Option<i64>,
    /// The link is mailed there, and is for one.
    #[serde(default)]
    pub email: Option<String>,
}

/// Answer to `POST /invitations`: the only time the secret is shown.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct InvitationCreated {
    #[serde(flatten)]
    pub invitation: Invitation,
    /// Open `/invite/{secret}` in a browser.
    pub secret: String,
    pub url: String,
}

/// `GET /invitations/{secret}`, for the page that greets the invited.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct InvitationPreview {
    pub workspace_name: String,
    pub inviter_name: String,
    pub role: Role,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<String>,
    /// Characters of the password, at least.
    pub password_chars_min: u32,
}

/// `POST /invitations/{secret}/accept`
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct AcceptInvitation {
    pub name: String,
    pub email: String,
    pub password: String,
    #[serde(default)]
    pub time_zone: Option<String>,
    #[serde(default)]
    pub language: Option<Language>,
}

/// A personal or bot token.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Token {
    pub id: TokenId,
    pub member: MemberId,
    pub name: String,
    pub scopes: Vec<TokenScope>,
    pub created_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<Timestamp>,
}

/// What a token may do at most; its member's own rights limit it further.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TokenScope {
    /// All reading.
    Read,
    /// Messages and reactions, channels, memberships.
    Chat,
    /// Projects and tasks.
    Work,
    /// People, invitations, hooks, settings.
    Admin,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct CreateToken {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<TokenId>,
    pub name: String,
    /// All scopes when absent.
    #[serde(default)]
    pub scopes: Option<Vec<TokenScope>>,
    #[serde(default)]
    pub expires_at: Option<Timestamp>,
}

/// Answer to `POST /tokens`: the only time the secret is shown.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct TokenCreated {
    #[serde(flatten)]
    pub record: Token,
    pub token: String,
}

/// An incoming webhook: whoever knows its address posts to its channel as its bot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Hook {
    pub id: HookId,
    pub channel: ChannelId,
    pub name: String,
    /// The bot that its messages come from.
    pub bot: MemberId,
    pub created_by: MemberId,
    pub created_at: Timestamp,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct CreateHook {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<HookId>,
    pub channel: ChannelId,
    pub name: String,
}

/// Answer to `POST /hooks`: the only time the address is shown.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct HookCreated {
    #[serde(flatten)]
    pub hook: Hook,
    /// `POST` Slack's webhook payload here. Contains the secret.
    pub url: String,
}
