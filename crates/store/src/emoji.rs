//! Custom emoji: rows and queries; and their pictures, beside the log.

use crate::{
    Private, Reader, Result, Tx,
    sql::{Row, params, statements},
};
use tenon_protocol::{EmojiId, WorkspaceId, emoji::Emoji};

statements! {
    INSERT = "INSERT INTO emoji (workspace, id, body) VALUES ($1, $2, $3)";
    UPDATE = "UPDATE emoji SET body = $1 WHERE workspace = $2 AND id = $3";
    DELETE = "DELETE FROM emoji WHERE workspace = $1 AND id = $2";
    INSERT_NAME = "INSERT INTO emoji_name (workspace, name, emoji) VALUES ($1, $2, $3)";
    DELETE_NAMES = "DELETE FROM emoji_name WHERE workspace = $1 AND emoji = $2";
    GET = "SELECT body FROM emoji WHERE workspace = $1 AND id = $2";
    FIND = "SELECT e.body FROM emoji_name n
        JOIN emoji e ON e.workspace = n.workspace AND e.id = n.emoji
        WHERE n.workspace = $1 AND n.name = $2";
    COUNT = "SELECT count(*) FROM emoji WHERE workspace = $1";
    LIST = "SELECT body FROM emoji WHERE workspace = $1 ORDER BY id";
    INSERT_PICTURE = "INSERT INTO emoji_picture (workspace, emoji, media_type, bytes, still)
        VALUES ($1, $2, $3, $4, $5)";
    UNUSED_PICTURES = "SELECT emoji FROM emoji_picture WHERE workspace = $1
        AND emoji NOT IN (SELECT id FROM emoji WHERE workspace = $1)";
    DELETE_PICTURES = "DELETE FROM emoji_picture WHERE workspace = $1
            AND emoji IN (SELECT unhex(value, '-') FROM json_each($2))"
        | "DELETE FROM emoji_picture WHERE workspace = $1 AND emoji = ANY($2::uuid[])";
    GET_PICTURE = "SELECT media_type, bytes FROM emoji_picture
        WHERE workspace = $1 AND emoji = $2";
    GET_STILL = "SELECT 'image/png', coalesce(still, bytes) FROM emoji_picture
        WHERE workspace = $1 AND emoji = $2";
}

/// The picture of an emoji, ready to be shown.
#[derive(Clone, Debug)]
pub struct Picture {
    pub media_type: &'static str,
    pub bytes: Vec<u8>,
    /// Of one that moves, its first picture as PNG.
    pub still: Option<Vec<u8>>,
}

pub(crate) fn insert(tx: &mut Tx<'_>, emoji: &Emoji) -> Result<()> {
    let (workspace, body) = (tx.workspace, serde_json::to_string(emoji)?);
    tx.conn.exec(&INSERT, params![workspace, emoji.id, &body])?;
    insert_names(tx, emoji)
}

pub(crate) fn change(tx: &mut Tx<'_>, emoji: &Emoji) -> Result<()> {
    let (workspace, body) = (tx.workspace, serde_json::to_string(emoji)?);
    tx.conn.exec(&UPDATE, params![&body, workspace, emoji.id])?;
    tx.conn.exec(&DELETE_NAMES, params![workspace, emoji.id])?;
    insert_names(tx, emoji)
}

pub(crate) fn remove(tx: &mut Tx<'_>, id: EmojiId) -> Result<()> {
    let workspace = tx.workspace;
    tx.conn.exec(&DELETE_NAMES, params![workspace, id])?;
    tx.conn.exec(&DELETE, params![workspace, id])
}

fn insert_names(tx: &mut Tx<'_>, emoji: &Emoji) -> Result<()> {
    let workspace = tx.workspace;
    for name in emoji.names() {
        tx.conn
            .exec(&INSERT_NAME, params![workspace, name, emoji.id])?;
    }
    Ok(())
}

pub async fn get(reader: &mut Reader<'_>, id: EmojiId) -> Result<Option<Emoji>> {
    let values = params![reader.workspace, id];
    reader.conn.row(&GET, values, |row| row.body(0)).await
}

/// The one that this names, by its name or an alias.
pub async fn find(reader: &mut Reader<'_>, name: &str) -> Result<Option<Emoji>> {
    let values = params![reader.workspace, name];
    reader.conn.row(&FIND, values, |row| row.body(0)).await
}

pub async fn count(reader: &mut Reader<'_>) -> Result<i64> {
    let values = params![reader.workspace];
    let count = reader.conn.row(&COUNT, values, |row| row.int(0)).await?;
    Ok(count.unwrap_or(0))
}

/// All of them, as JSON.
pub async fn list(reader: &mut Reader<'_>) -> Result<Vec<String>> {
    let values = params![reader.workspace];
    reader.conn.rows(&LIST, values, |row| row.text(0)).await
}

impl Private<'_> {
    /// Pictures of emoji that are gone.
    pub async fn list_unused_pictures(&mut self, workspace: WorkspaceId) -> Result<Vec<EmojiId>> {
        let read = |row: &Row<'_>| Ok(EmojiId(row.id(0)?));
        self.conn
            .rows(&UNUSED_PICTURES, params![workspace], read)
            .await
    }

    pub fn delete_emoji_pictures(
        &mut self,
        workspace: WorkspaceId,
        emoji: &[EmojiId],
    ) -> Result<()> {
        let ids: Vec<_> = emoji.iter().map(|id| id.0).collect();
        self.conn
            .exec(&DELETE_PICTURES, params![workspace, &ids[..]])
    }

    /// Keeps the picture of an emoji that was just added.
    pub fn insert_emoji_picture(
        &mut self,
        workspace: WorkspaceId,
        id: EmojiId,
        picture: &Picture,
    ) -> Result<()> {
        let (bytes, still) = (&picture.bytes[..], picture.still.as_deref());
        self.conn.exec(
            &INSERT_PICTURE,
            params![workspace, id, picture.media_type, bytes, still],
        )
    }

    /// Media type and bytes; with `still`, of one that moves its first picture.
    pub async fn get_emoji_picture(
        &mut self,
        workspace: WorkspaceId,
        id: EmojiId,
        still: bool,
    ) -> Result<Option<(String, Vec<u8>)>> {
        let read = |row: &Row<'_>| Ok((row.text(0)?, row.bytes(1)?));
        let statement = if still { &GET_STILL } else { &GET_PICTURE };
        self.conn.row(statement, params![workspace, id], read).await
    }
}
