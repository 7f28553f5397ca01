//! Preferences, and settings of channels: rows and queries.

use crate::{
    Reader, Result, Tx,
    notification::owner,
    sql::{Row, params, statements},
};
use tenon_protocol::{
    ChannelId, MemberId, Scope,
    preference::{ChannelSetting, Level, Preferences},
};
use uuid::Uuid;

statements! {
    SAVE = "INSERT INTO preference (workspace, member, body) VALUES ($1, $2, $3)
        ON CONFLICT (workspace, member) DO UPDATE SET body = excluded.body";
    GET = "SELECT body FROM preference WHERE workspace = $1 AND member = $2";
    ALL = "SELECT member, body FROM preference WHERE workspace = $1 ORDER BY member";
    OF_MEMBERS = "SELECT member, body FROM preference WHERE workspace = $1
            AND member IN (SELECT unhex(value, '-') FROM json_each($2))"
        | "SELECT p.member, p.body FROM unnest($2::uuid[]) AS t (id) CROSS JOIN LATERAL (
            SELECT member, body FROM preference WHERE workspace = $1 AND member = t.id
            OFFSET 0) p";
    SAVE_SETTING = "INSERT INTO channel_setting (workspace, channel, member, hears_all, body)
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (workspace, channel, member)
        DO UPDATE SET hears_all = excluded.hears_all, body = excluded.body";
    REMOVE_SETTING = "DELETE FROM channel_setting
        WHERE workspace = $1 AND channel = $2 AND member = $3";
    GET_SETTING = "SELECT body FROM channel_setting
        WHERE workspace = $1 AND channel = $2 AND member = $3";
    SETTINGS = "SELECT body FROM channel_setting INDEXED BY channel_setting_member
            WHERE workspace = $1 AND member = $2 ORDER BY channel"
        | "SELECT body FROM channel_setting
            WHERE workspace = $1 AND member = $2 ORDER BY channel";
    OF_CHANNEL = "SELECT member, body FROM channel_setting WHERE workspace = $1 AND channel = $2
            AND member IN (SELECT unhex(value, '-') FROM json_each($3))"
        | "SELECT s.member, s.body FROM unnest($3::uuid[]) AS t (id) CROSS JOIN LATERAL (
            SELECT member, body FROM channel_setting WHERE workspace = $1 AND channel = $2
            AND member = t.id OFFSET 0) s";
    LISTENERS = "SELECT channel, member FROM channel_setting
            INDEXED BY channel_setting_listener WHERE workspace = $1 AND hears_all = 1
            AND channel IN (SELECT unhex(value, '-') FROM json_each($2))"
        | "SELECT s.channel, s.member FROM unnest($2::uuid[]) AS t (id) CROSS JOIN LATERAL (
            SELECT channel, member FROM channel_setting WHERE workspace = $1 AND channel = t.id
            AND hears_all = 1 OFFSET 0) s";
}

pub(crate) fn save(tx: &mut Tx<'_>, scope: Scope, preferences: &Preferences) -> Result<()> {
    let (workspace, body) = (tx.workspace, serde_json::to_string(preferences)?);
    tx.conn
        .exec(&SAVE, params![workspace, owner(scope)?, &body])
}

pub(crate) fn save_setting(tx: &mut Tx<'_>, scope: Scope, setting: &ChannelSetting) -> Result<()> {
    let (workspace, member) = (tx.workspace, owner(scope)?);
    if setting.level.is_none() && !setting.muted {
        return remove_setting(tx, scope, setting.channel);
    }
    let hears_all = setting.level == Some(Level::All) && !setting.muted;
    let body = serde_json::to_string(setting)?;
    let values = params![workspace, setting.channel, member, hears_all, &body];
    tx.conn.exec(&SAVE_SETTING, values)
}

pub(crate) fn remove_setting(tx: &mut Tx<'_>, scope: Scope, channel: ChannelId) -> Result<()> {
    let (workspace, member) = (tx.workspace, owner(scope)?);
    tx.conn
        .exec(&REMOVE_SETTING, params![workspace, channel, member])
}

/// As they are at first, if the member never changed them.
pub async fn get(reader: &mut Reader<'_>, member: MemberId) -> Result<Preferences> {
    let values = params![reader.workspace, member];
    let found = reader.conn.row(&GET, values, |row| row.body(0)).await?;
    Ok(found.unwrap_or_default())
}

/// Of everyone who changed them.
pub async fn list(reader: &mut Reader<'_>) -> Result<Vec<(MemberId, Preferences)>> {
    let values = params![reader.workspace];
    reader.conn.rows(&ALL, values, of_member).await
}

/// Of those of these members who changed them.
pub async fn list_of(
    reader: &mut Reader<'_>,
    members: &[Uuid],
) -> Result<Vec<(MemberId, Preferences)>> {
    let values = params![reader.workspace, members];
    reader.conn.rows(&OF_MEMBERS, values, of_member).await
}

pub async fn get_setting(
    reader: &mut Reader<'_>,
    channel: ChannelId,
    member: MemberId,
) -> Result<Option<ChannelSetting>> {
    let values = params![reader.workspace, channel, member];
    reader
        .conn
        .row(&GET_SETTING, values, |row| row.body(0))
        .await
}

/// All of a member's, by channel.
pub async fn list_settings(
    reader: &mut Reader<'_>,
    member: MemberId,
) -> Result<Vec<ChannelSetting>> {
    let values = params![reader.workspace, member];
    reader.conn.rows(&SETTINGS, values, |row| row.body(0)).await
}

/// Those of these members who have one for the channel.
pub async fn list_settings_of(
    reader: &mut Reader<'_>,
    channel: ChannelId,
    members: &[Uuid],
) -> Result<Vec<(MemberId, ChannelSetting)>> {
    let read = |row: &Row<'_>| Ok((MemberId(row.id(0)?), row.body(1)?));
    let values = params![reader.workspace, channel, members];
    reader.conn.rows(&OF_CHANNEL, values, read).await
}

/// Who wants to hear of every message in these channels.
pub async fn list_listeners(
    reader: &mut Reader<'_>,
    channels: &[Uuid],
) -> Result<Vec<(ChannelId, MemberId)>> {
    if channels.is_empty() {
        return Ok(Vec::new());
    }
    let read = |row: &Row<'_>| Ok((ChannelId(row.id(0)?), MemberId(row.id(1)?)));
    let values = params![reader.workspace, channels];
    reader.conn.rows(&LISTENERS, values, read).await
}

fn of_member(row: &Row<'_>) -> Result<(MemberId, Preferences)> {
    Ok((MemberId(row.id(0)?), row.body(1)?))
}
