//! Commands about preferences and settings of channels.

use super::{Decided, Desk, Who};
use tenon_domain::preference::{
    ChangeChannelSettingContext, ChangePreferencesContext,
    change_channel_setting as decide_setting, change_preferences,
};
use tenon_protocol::preference::{ChangeChannelSetting, ChangePreferences};
use tenon_store::preference;

pub(super) async fn change(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &ChangePreferences,
) -> Decided {
    let before = preference::get(desk.tx, me.id).await?;
    let context = ChangePreferencesContext {
        actor,
        me,
        before: &before,
    };
    Ok(change_preferences(&context, command, desk.now))
}

pub(super) async fn change_channel_setting(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &ChangeChannelSetting,
) -> Decided {
    let place = desk.channel(Some(command.channel), me.id).await?;
    let settings = preference::list_settings(desk.tx, me.id).await?;
    let context = ChangeChannelSettingContext {
        actor,
        me,
        channel: place.channel.as_deref(),
        standing: place.standing,
        before: settings.iter().find(|it| it.channel == command.channel),
        count: settings.len(),
    };
    Ok(decide_setting(&context, command, desk.now))
}
