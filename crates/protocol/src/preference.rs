//! What a member wants to hear of, and when: their own business, told in their inbox alone.

use crate::{ChannelId, Timestamp, mail::MailDigest};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The same on all devices of a member.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Preferences {
    /// Words that notify wherever the member is in the channel, whatever their case and width.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet_hours: Option<QuietHours>,
    /// Quiet until then, whatever the hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub do_not_disturb_until: Option<Timestamp>,
    /// A short sound with each notification.
    #[serde(default = "yes")]
    pub sound: bool,
    /// What pops up outside the page. Each browser asks once more.
    #[serde(default = "yes")]
    pub browser: bool,
    /// How long a client holds a message back, so that its author can take it back; seconds. 0 is
    /// not at all.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub undo_send_s: u8,
    /// When what was missed is mailed.
    #[serde(default, skip_serializing_if = "is_usual")]
    pub mail: MailDigest,
    /// At what time each day, if daily: minutes after midnight, 0 to 1439.
    #[serde(default = "nine", skip_serializing_if = "is_nine")]
    pub mail_minutes: u16,
}

fn is_usual(mail: &MailDigest) -> bool {
    *mail == MailDigest::default()
}

fn nine() -> u16 {
    9 * 60
}

fn is_nine(minutes: &u16) -> bool {
    *minutes == nine()
}

fn is_zero(number: &u8) -> bool {
    *number == 0
}

fn yes() -> bool {
    true
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            keywords: vec![],
            quiet_hours: None,
            do_not_disturb_until: None,
            sound: true,
            browser: true,
            undo_send_s: 0,
            mail: MailDigest::default(),
            mail_minutes: nine(),
        }
    }
}

/// Every day in the member's time zone. Ends on the next day if `until` is not after `from`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuietHours {
    /// Minutes after midnight, 0 to 1439.
    pub from_minutes: u16,
    pub until_minutes: u16,
}

/// How much a member wants to hear of one channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Every message.
    All,
    /// What names the member or everyone.
    Mentions,
    Nothing,
}

/// One member's wishes for one channel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChannelSetting {
    pub channel: ChannelId,
    /// Absent: all in direct channels, mentions in others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Not counted where channels are listed; only what names the member is told.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub muted: bool,
}

/// Replaces one's preferences.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChangePreferences {
    pub preferences: Preferences,
}

/// Replaces one's setting of a channel that one is in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChangeChannelSetting {
    pub channel: ChannelId,
    /// Absent: all in direct channels, mentions in others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub muted: bool,
}
