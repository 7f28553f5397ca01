//! What a member wants to hear of: keywords, quiet hours, and how much of each channel.

use crate::{
    access,
    actor::Actor,
    decide::{Decision, fact},
    refusal::Refusal,
    text,
};
use tenon_protocol::{
    Scope, Timestamp,
    channel::Channel,
    event::Event,
    limit,
    member::Member,
    preference::{
        ChangeChannelSetting, ChangePreferences, ChannelSetting, Preferences, QuietHours,
    },
};

/// Minutes of a day.
pub(crate) const DAY_MINUTES: u16 = 24 * 60;

pub struct ChangePreferencesContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub before: &'a Preferences,
}

/// One's own.
pub fn change_preferences(
    context: &ChangePreferencesContext<'_>,
    command: &ChangePreferences,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    let me = context.me;
    access::check_granted(context.actor, me, command)?;
    let wish = &command.preferences;
    if wish.undo_send_s > limit::UNDO_SEND_S_MAX {
        return Err(Refusal::OutOfRange {
            field: "undo_send_s",
            min: 0,
            max: limit::UNDO_SEND_S_MAX.into(),
        });
    }
    if wish.mail_minutes >= DAY_MINUTES {
        return Err(Refusal::OutOfRange {
            field: "mail_minutes",
            min: 0,
            max: (DAY_MINUTES - 1).into(),
        });
    }
    let preferences = Preferences {
        keywords: check_keywords(&wish.keywords)?,
        quiet_hours: wish.quiet_hours.map(check_hours).transpose()?,
        ..wish.clone()
    };
    let facts = if preferences == *context.before {
        vec![]
    } else {
        vec![fact(
            Scope::Inbox(me.id),
            Event::PreferencesChanged { preferences },
        )]
    };
    Ok(Decision::of(me.id.0, facts))
}

pub struct ChangeChannelSettingContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub channel: Option<&'a Channel>,
    pub standing: access::Standing,
    pub before: Option<&'a ChannelSetting>,
    /// How many channels have a setting.
    pub count: usize,
}

/// Of a channel that one is in.
pub fn change_channel_setting(
    context: &ChangeChannelSettingContext<'_>,
    command: &ChangeChannelSetting,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    let me = context.me;
    access::check_granted(context.actor, me, command)?;
    let channel = access::joined_channel(me, context.channel, context.standing)?;
    let setting = ChannelSetting {
        channel: channel.id,
        level: command.level,
        muted: command.muted,
    };
    let usual = setting.level.is_none() && !setting.muted;
    let is_so = context.before == Some(&setting) || (usual && context.before.is_none());
    if !is_so && context.before.is_none() && context.count >= limit::CHANNEL_SETTINGS_MAX {
        return Err(Refusal::TooMany {
            field: "channel",
            max: limit::CHANNEL_SETTINGS_MAX,
        });
    }
    let facts = if is_so {
        vec![]
    } else {
        vec![fact(
            Scope::Inbox(me.id),
            Event::ChannelSettingChanged { setting },
        )]
    };
    Ok(Decision::of(channel.id.0, facts))
}

fn check_keywords(wished: &[String]) -> Result<Vec<String>, Refusal> {
    let mut keywords: Vec<String> = Vec::new();
    for keyword in wished {
        let keyword = text::check_line("keywords", keyword, limit::NAME_CHARS_MAX)?;
        if !keywords.iter().any(|known| known == keyword) {
            keywords.push(keyword.to_owned());
        }
    }
    if keywords.len() > limit::KEYWORDS_MAX {
        return Err(Refusal::TooMany {
            field: "keywords",
            max: limit::KEYWORDS_MAX,
        });
    }
    Ok(keywords)
}

fn check_hours(hours: QuietHours) -> Result<QuietHours, Refusal> {
    let QuietHours {
        from_minutes,
        until_minutes,
    } = hours;
    if from_minutes >= DAY_MINUTES || until_minutes >= DAY_MINUTES {
        return Err(Refusal::OutOfRange {
            field: "quiet_hours",
            min: 0,
            max: (DAY_MINUTES - 1).into(),
        });
    }
    Ok(hours)
}
