//! Bookmarks: rows and queries.

use crate::{
    Reader, Result, Tx,
    sql::{params, statements},
};
use tenon_protocol::{BookmarkId, ChannelId, bookmark::Bookmark};

statements! {
    INSERT = "INSERT INTO bookmark (workspace, id, channel, body) VALUES ($1, $2, $3, $4)";
    UPDATE = "UPDATE bookmark SET body = $1 WHERE workspace = $2 AND id = $3";
    DELETE = "DELETE FROM bookmark WHERE workspace = $1 AND id = $2";
    GET = "SELECT body FROM bookmark WHERE workspace = $1 AND id = $2";
    OF_CHANNEL = "SELECT body FROM bookmark WHERE workspace = $1 AND channel = $2 ORDER BY id";
}

pub(crate) fn insert(tx: &mut Tx<'_>, bookmark: &Bookmark) -> Result<()> {
    let (workspace, body) = (tx.workspace, serde_json::to_string(bookmark)?);
    tx.conn.exec(
        &INSERT,
        params![workspace, bookmark.id, bookmark.channel, &body],
    )
}

pub(crate) fn change(tx: &mut Tx<'_>, bookmark: &Bookmark) -> Result<()> {
    let (workspace, body) = (tx.workspace, serde_json::to_string(bookmark)?);
    tx.conn
        .exec(&UPDATE, params![&body, workspace, bookmark.id])
}

pub(crate) fn remove(tx: &mut Tx<'_>, id: BookmarkId) -> Result<()> {
    let workspace = tx.workspace;
    tx.conn.exec(&DELETE, params![workspace, id])
}

pub async fn get(reader: &mut Reader<'_>, id: BookmarkId) -> Result<Option<Bookmark>> {
    let values = params![reader.workspace, id];
    reader.conn.row(&GET, values, |row| row.body(0)).await
}

/// Those of a channel, in no order of theirs (`domain::bookmark::sort`).
pub async fn list_of_channel(reader: &mut Reader<'_>, channel: ChannelId) -> Result<Vec<Bookmark>> {
    let values = params![reader.workspace, channel];
    reader
        .conn
        .rows(&OF_CHANNEL, values, |row| row.body(0))
        .await
}
