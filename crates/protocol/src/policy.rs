//! What administrators decide for the whole workspace: how one signs in, and limits that are a
//! matter of policy. Told to everyone, because everyone is bound by it; only the domains of
//! invitations are kept from guests.

use crate::{command::nullable, retention::Retention};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The rules of a workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Policy {
    /// Characters of a new password, at least; older passwords go on.
    pub password_chars_min: u32,
    /// A session ends this long after sign-in.
    pub session_days: u32,
    /// A session that is not used for this long ends; absent: it may rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session_idle_hours: Option<u32>,
    /// Who lets new members in. Guests and administrators are let in by administrators.
    pub inviters: Inviters,
    /// Bytes of one file; absent: the operator's limit alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_bytes_max: Option<u64>,
    /// Bytes of all files together; absent: no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub storage_bytes_max: Option<u64>,
    /// Who mentions a whole channel.
    pub everyone_mentioners: EveryoneMentioners,
    /// Authors edit a message for this long; absent: always. 0: never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edit_minutes: Option<u32>,
    /// Authors delete a message for this long; absent: always. Administrators always do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delete_minutes: Option<u32>,
    /// How long talk and files are kept.
    #[serde(default, skip_serializing_if = "Retention::is_forever")]
    pub retention: Retention,
    /// Which types of files are taken.
    #[serde(default, skip_serializing_if = "FileTypes::is_any")]
    pub file_types: FileTypes,
    /// Whether members make links to files that open for a while without signing in.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub file_links: bool,
}

fn yes() -> bool {
    true
}

fn is_yes(value: &bool) -> bool {
    *value
}

impl Policy {
    /// As a workspace begins: left out of its JSON, so that old rows are what the log tells.
    pub fn is_first(&self) -> bool {
        *self == Self::default()
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            password_chars_min: 8,
            session_days: 30,
            session_idle_hours: None,
            inviters: Inviters::default(),
            file_bytes_max: None,
            storage_bytes_max: None,
            everyone_mentioners: EveryoneMentioners::default(),
            edit_minutes: None,
            delete_minutes: None,
            retention: Retention::default(),
            file_types: FileTypes::default(),
            file_links: true,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Inviters {
    #[default]
    Administrators,
    /// Everyone but guests.
    Members,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EveryoneMentioners {
    #[default]
    Everyone,
    /// Those who manage the channel; bots too, and anybody in a direct channel.
    Managers,
}

/// Which types of files are taken. `except` without types: all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FileTypes {
    pub rule: FileTypeRule,
    /// Endings of names (`exe`, `tar.gz`), media types (`application/pdf`) and families of these
    /// (`video/*`), in lower case and in order.
    pub types: Vec<String>,
}

impl FileTypes {
    /// Every type is taken.
    pub fn is_any(&self) -> bool {
        self.rule == FileTypeRule::Except && self.types.is_empty()
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileTypeRule {
    /// All types but these.
    #[default]
    Except,
    /// These types alone.
    Only,
}

/// Owners and administrators. Absent fields stay; `null` takes a limit away.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChangePolicy {
    /// From 8 to 64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password_chars_min: Option<u32>,
    /// From 1 to 365.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session_days: Option<u32>,
    /// From 1 to 2,160.
    #[serde(default, with = "nullable", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<u32>)]
    pub session_idle_hours: Option<Option<u32>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inviters: Option<Inviters>,
    /// At least 1 MiB; the operator's limit holds besides.
    #[serde(default, with = "nullable", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<u64>)]
    pub file_bytes_max: Option<Option<u64>>,
    /// At least 1 MiB. Less than there is refuses new files, and removes none.
    #[serde(default, with = "nullable", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<u64>)]
    pub storage_bytes_max: Option<Option<u64>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub everyone_mentioners: Option<EveryoneMentioners>,
    /// At most 525,600.
    #[serde(default, with = "nullable", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<u32>)]
    pub edit_minutes: Option<Option<u32>>,
    /// At most 525,600.
    #[serde(default, with = "nullable", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<u32>)]
    pub delete_minutes: Option<Option<u32>>,
    /// At most 100 types; `.EXE` and `*.exe` are taken as `exe`. Files that are there stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_types: Option<FileTypes>,
    /// Links that were made before stop at once when it is switched off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_links: Option<bool>,
}

/// Owners and administrators: the domains of e-mail addresses with which new members come in, all
/// of them. None: any. Guests come from elsewhere, and are let in by administrators.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChangeMailDomains {
    /// `example.com`, and not those below it. At most 50.
    pub domains: Vec<String>,
}

/// Internal: the server has looked at the picture and keeps it. Without one the logo is removed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChangeLogo {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<String>,
}

/// Internal: an administrator ends all sessions of people but the one that asks. Tokens stay.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SignOutEveryone {}
