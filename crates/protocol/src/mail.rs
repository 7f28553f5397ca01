//! Mail of what was missed: when a member wants it, what became of it, and how it goes with the
//! server that takes it.

use crate::{MemberId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// When a member is mailed what they missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MailDigest {
    Off,
    /// What is addressed to them, a quarter of an hour later.
    #[default]
    Soon,
    /// All of it, an hour after the first.
    Hourly,
    /// All of it, every day at a time of their own.
    Daily,
}

/// Owners and administrators: whether mails hold what was said, or counts alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HideMailContent {
    pub hidden: bool,
}

/// `GET /mail`: how mail reaches the asker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MailStatus {
    /// The server can send mail.
    pub configured: bool,
    /// Where the asker's goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// When the last one was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mailed_at: Option<Timestamp>,
    /// Since then nothing was taken: the mail server refused the asker's address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused_at: Option<Timestamp>,
}

/// `GET /workspace/mail`, for administrators.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MailState {
    pub configured: bool,
    /// What mails say they come from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// How many members have a mail ahead of them.
    pub waiting: i64,
    /// How many of those were tried already.
    pub delayed: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mailed_at: Option<Timestamp>,
    /// What went wrong last, newest first; at most [`crate::limit::MAIL_FAULTS_MAX`].
    pub faults: Vec<MailFault>,
}

/// What went wrong with the mail of a member, last of all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MailFault {
    pub member: MemberId,
    pub at: Timestamp,
    /// The address was refused; otherwise it is tried again.
    pub refused: bool,
    /// What the mail server said, or why there was no answer.
    pub text: String,
}

/// What became of mailing one notification.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Mailed {
    pub outcome: MailOutcome,
    /// One English sentence.
    pub sentence: String,
    /// When that was decided; of one that waits, when it was told.
    pub at: Timestamp,
}

/// The stable name of what became of mailing a notification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MailOutcome {
    /// Not mailed yet, or tried again later.
    Waiting,
    /// The mail server took it.
    Sent,
    /// Read, done or snoozed before.
    Read,
    /// What it is about was gone, or out of the member's sight.
    Gone,
    /// The member was looking at Tenon.
    Active,
    /// The member wants no mail.
    Off,
    /// The member wants mail of what is addressed to them alone.
    Minor,
    /// Too much waited.
    Crowded,
    /// The mail server refused the address, or could not be reached for too long.
    Failed,
}

impl MailOutcome {
    /// All of them.
    pub const ALL: &'static [MailOutcome] = &[
        MailOutcome::Waiting,
        MailOutcome::Sent,
        MailOutcome::Read,
        MailOutcome::Gone,
        MailOutcome::Active,
        MailOutcome::Off,
        MailOutcome::Minor,
        MailOutcome::Crowded,
        MailOutcome::Failed,
    ];

    /// As it is on the wire and in rows.
    pub fn as_str(self) -> &'static str {
        match self {
            MailOutcome::Waiting => "waiting",
            MailOutcome::Sent => "sent",
            MailOutcome::Read => "read",
            MailOutcome::Gone => "gone",
            MailOutcome::Active => "active",
            MailOutcome::Off => "off",
            MailOutcome::Minor => "minor",
            MailOutcome::Crowded => "crowded",
            MailOutcome::Failed => "failed",
        }
    }
}
