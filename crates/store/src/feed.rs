//! Feeds: rows and queries.

use crate::{
    Reader, Result, Tx,
    sql::{params, statements},
};
use tenon_protocol::{ChannelId, MemberId, ProjectId, feed::Feed};

statements! {
    INSERT = "INSERT INTO feed (workspace, channel, project, body) VALUES ($1, $2, $3, $4)
        ON CONFLICT DO NOTHING";
    DELETE = "DELETE FROM feed WHERE workspace = $1 AND channel = $2 AND project = $3";
    OF_CHANNEL = "SELECT body FROM feed WHERE workspace = $1 AND channel = $2 ORDER BY project";
    OF_PROJECT = "SELECT body FROM feed WHERE workspace = $1 AND project = $2 ORDER BY channel";
    OF_MEMBER = "SELECT f.body FROM channel_member m INDEXED BY channel_member_member
        JOIN feed f ON f.workspace = m.workspace AND f.channel = m.channel
        WHERE m.workspace = $1 AND m.member = $2 ORDER BY f.channel, f.project"
        | "SELECT f.body FROM channel_member m
        JOIN feed f ON f.workspace = m.workspace AND f.channel = m.channel
        WHERE m.workspace = $1 AND m.member = $2 ORDER BY f.channel, f.project";
}

pub(crate) fn insert(tx: &mut Tx<'_>, feed: &Feed) -> Result<()> {
    let (workspace, body) = (tx.workspace, serde_json::to_string(feed)?);
    tx.conn.exec(
        &INSERT,
        params![workspace, feed.channel, feed.project, &body],
    )
}

pub(crate) fn remove(tx: &mut Tx<'_>, channel: ChannelId, project: ProjectId) -> Result<()> {
    let workspace = tx.workspace;
    tx.conn.exec(&DELETE, params![workspace, channel, project])
}

pub async fn list_of_channel(reader: &mut Reader<'_>, channel: ChannelId) -> Result<Vec<Feed>> {
    reader
        .conn
        .rows(&OF_CHANNEL, params![reader.workspace, channel], |row| {
            row.body(0)
        })
        .await
}

pub async fn list_of_project(reader: &mut Reader<'_>, project: ProjectId) -> Result<Vec<Feed>> {
    reader
        .conn
        .rows(&OF_PROJECT, params![reader.workspace, project], |row| {
            row.body(0)
        })
        .await
}

/// The feeds of the channels that a member is in.
pub async fn list_of_member(reader: &mut Reader<'_>, member: MemberId) -> Result<Vec<Feed>> {
    reader
        .conn
        .rows(&OF_MEMBER, params![reader.workspace, member], |row| {
            row.body(0)
        })
        .await
}
