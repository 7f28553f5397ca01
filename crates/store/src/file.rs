//! Files: who uploaded what and where its bytes are (beside the log), and which message carries it
//! (from the log).

use crate::{
    Private, Reader, Result, Tx,
    sql::{Row, params, statements, time},
};
use tenon_protocol::{
    ChannelId, FileId, MemberId, MessageId, Timestamp, WorkspaceId,
    file::{ChannelFile, File},
    message::Message,
};
use uuid::Uuid;

statements! {
    INSERT = "INSERT INTO file (workspace, id, uploader, hash, created_at, body)
        VALUES ($1, $2, $3, $4, $5, $6)";
    GET = "SELECT f.uploader, f.hash, f.body, m.message, m.deleted, s.message FROM file f
        LEFT JOIN message_file m ON m.workspace = f.workspace AND m.file = f.id
        LEFT JOIN scheduled_file s ON s.workspace = f.workspace AND s.file = f.id
        AND s.released IS NULL
        WHERE f.workspace = $1 AND f.id = $2";
    LIST = "SELECT f.uploader, f.hash, f.body, m.message, m.deleted, s.message FROM file f
        LEFT JOIN message_file m ON m.workspace = f.workspace AND m.file = f.id
        LEFT JOIN scheduled_file s ON s.workspace = f.workspace AND s.file = f.id
        AND s.released IS NULL
        WHERE f.workspace = $1 AND f.id IN (SELECT unhex(value, '-') FROM json_each($2))"
        | "SELECT f.uploader, f.hash, f.body, m.message, m.deleted, s.message
        FROM unnest($2::uuid[]) AS t (id)
        CROSS JOIN LATERAL (SELECT workspace, id, uploader, hash, body FROM file
            WHERE workspace = $1 AND id = t.id OFFSET 0) f
        LEFT JOIN message_file m ON m.workspace = f.workspace AND m.file = f.id
        LEFT JOIN scheduled_file s ON s.workspace = f.workspace AND s.file = f.id
        AND s.released IS NULL";
    COUNT_SINCE = "SELECT COUNT(*) FROM file
        WHERE workspace = $1 AND uploader = $2 AND created_at > $3";
    PAGE = "SELECT f.workspace, f.id, f.hash, f.created_at, m.file, m.deleted, f.body,
        s.file, s.released FROM file f
        LEFT JOIN message_file m ON m.workspace = f.workspace AND m.file = f.id
        LEFT JOIN scheduled_file s ON s.workspace = f.workspace AND s.file = f.id
        WHERE (f.workspace, f.id) > ($1, $2) ORDER BY f.workspace, f.id LIMIT $3";
    DELETE = "DELETE FROM file WHERE workspace = $1 AND id = $2";
    COUNTED = "SELECT f.id, f.body, m.message, m.channel, m.deleted FROM file f
        LEFT JOIN message_file m ON m.workspace = f.workspace AND m.file = f.id
        WHERE f.workspace = $1 AND f.id > $2 ORDER BY f.id LIMIT $3";
    ADD_USAGE = "INSERT INTO file_usage (workspace, files, bytes) VALUES ($1, $2, $3)
        ON CONFLICT (workspace) DO UPDATE SET files = file_usage.files + excluded.files,
        bytes = file_usage.bytes + excluded.bytes";
    GET_USAGE = "SELECT files, bytes FROM file_usage WHERE workspace = $1";
    HAS_HASH = "SELECT id FROM file WHERE hash = $1 LIMIT 1";
    HASHES = "SELECT DISTINCT hash FROM file WHERE hash > $1 ORDER BY hash LIMIT $2";
    ATTACH = "INSERT INTO message_file
        (workspace, file, message, channel, seq, place, deleted, body)
        VALUES ($1, $2, $3, $4, $5, $6, 0, $7)";
    DETACH = "UPDATE message_file SET deleted = 1 WHERE workspace = $1 AND message = $2";
    ERASE = "UPDATE message_file SET deleted = 1, body = '{}'
        WHERE workspace = $1 AND message = $2";
    ERASE_CARRIED = "UPDATE message_file SET deleted = 1, body = '{}'
        WHERE workspace = $1 AND message = $2 AND channel IS NOT NULL";
    DETACH_ONE = "UPDATE message_file SET deleted = 1 WHERE workspace = $1 AND file = $2";
    CHANNEL = "SELECT seq, place, body FROM message_file WHERE workspace = $1 AND channel = $2
        AND deleted = 0 AND (seq, place) < ($3, $4) ORDER BY seq DESC, place DESC LIMIT $5";
}

/// A file that has arrived, and where its bytes are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    pub file: File,
    pub uploader: MemberId,
    /// BLAKE3 of the bytes, in hexadecimal.
    pub hash: String,
    /// The message that carries it, deleted or not.
    pub message: Option<MessageId>,
    /// That message carries it no longer.
    pub detached: bool,
    /// The message that is sent later and is to carry it.
    pub scheduled: Option<MessageId>,
}

/// A file as the sweep sees it.
#[derive(Clone, Debug)]
pub struct Swept {
    pub workspace: WorkspaceId,
    pub id: FileId,
    pub hash: String,
    pub created_at: Timestamp,
    /// Bytes.
    pub size: i64,
    pub carried: bool,
    /// The message that carried it is deleted.
    pub deleted: bool,
    /// It is or was kept for a message that is sent later.
    pub kept: bool,
    /// Since when that message needs it no more.
    pub released: Option<Timestamp>,
}

/// A file of a channel: seq of its message, place in it, JSON.
pub type InChannel = (i64, i64, String);

pub(crate) fn attach(tx: &mut Tx<'_>, message: &Message) -> Result<()> {
    for (place, file) in (0_i64..).zip(&message.files) {
        carry(tx, message, message.channel, place, file)?;
    }
    Ok(())
}

/// A picture of a preview: carried like a file, and not among the files of the channel.
pub(crate) fn attach_picture(tx: &mut Tx<'_>, message: &Message, picture: &File) -> Result<()> {
    carry(tx, message, None, 0, picture)
}

fn carry(
    tx: &mut Tx<'_>,
    message: &Message,
    channel: Option<ChannelId>,
    place: i64,
    file: &File,
) -> Result<()> {
    let carried = ChannelFile {
        file: file.clone(),
        message: message.id,
        thread: message.thread,
        author: message.author,
        at: message.at,
    };
    let (workspace, body) = (tx.workspace, serde_json::to_string(&carried)?);
    let values = params![
        workspace,
        file.id,
        message.id,
        channel,
        message.seq,
        place,
        &body
    ];
    tx.conn.exec(&ATTACH, values)
}

/// One file of a message that carries others still.
pub(crate) fn detach_one(tx: &mut Tx<'_>, file: FileId) -> Result<()> {
    let workspace = tx.workspace;
    tx.conn.exec(&DETACH_ONE, params![workspace, file])
}

/// Like [`detach`]; their names go too, also of those that it carried before.
pub(crate) fn erase(tx: &mut Tx<'_>, message: MessageId) -> Result<()> {
    let workspace = tx.workspace;
    tx.conn.exec(&ERASE, params![workspace, message])
}

/// The same without pictures of previews.
pub(crate) fn erase_carried(tx: &mut Tx<'_>, message: MessageId) -> Result<()> {
    let workspace = tx.workspace;
    tx.conn.exec(&ERASE_CARRIED, params![workspace, message])
}

pub(crate) fn detach(tx: &mut Tx<'_>, message: MessageId) -> Result<()> {
    let workspace = tx.workspace;
    tx.conn.exec(&DETACH, params![workspace, message])
}

pub async fn get(reader: &mut Reader<'_>, id: FileId) -> Result<Option<Stored>> {
    reader
        .conn
        .row(&GET, params![reader.workspace, id], stored)
        .await
}

/// Those of these that there are, in one statement, in no order.
pub async fn list(reader: &mut Reader<'_>, ids: &[FileId]) -> Result<Vec<Stored>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    reader
        .conn
        .rows(&LIST, params![reader.workspace, &ids[..]], stored)
        .await
}

fn stored(row: &Row<'_>) -> Result<Stored> {
    Ok(Stored {
        uploader: MemberId(row.id(0)?),
        hash: row.text(1)?,
        file: row.body(2)?,
        message: row.optional_id(3)?.map(MessageId),
        detached: row.optional_int(4)? == Some(1),
        scheduled: row.optional_id(5)?.map(MessageId),
    })
}

/// The newest files of a channel before a place in it; those of deleted messages are left out.
pub async fn list_of_channel(
    reader: &mut Reader<'_>,
    channel: ChannelId,
    before: (i64, i64),
    limit: i64,
) -> Result<Vec<InChannel>> {
    let values = params![reader.workspace, channel, before.0, before.1, limit];
    let read = |row: &Row<'_>| Ok((row.int(0)?, row.int(1)?, row.text(2)?));
    reader.conn.rows(&CHANNEL, values, read).await
}

/// A file as a count of them sees it.
#[derive(Clone, Debug)]
pub struct Counted {
    pub id: FileId,
    pub name: String,
    pub bytes: i64,
    /// The message that carries it, deleted or not.
    pub message: Option<MessageId>,
    pub channel: Option<ChannelId>,
    pub deleted: bool,
}

/// Files by id, after this one.
pub async fn list_counted(
    reader: &mut Reader<'_>,
    after: FileId,
    limit: i64,
) -> Result<Vec<Counted>> {
    let values = params![reader.workspace, after, limit];
    let read = |row: &Row<'_>| {
        let file: File = row.body(1)?;
        Ok(Counted {
            id: FileId(row.id(0)?),
            name: file.name,
            bytes: file.size,
            message: row.optional_id(2)?.map(MessageId),
            channel: row.optional_id(3)?.map(ChannelId),
            deleted: row.optional_int(4)? == Some(1),
        })
    };
    reader.conn.rows(&COUNTED, values, read).await
}

/// How many this member has uploaded since.
pub async fn count_since(
    reader: &mut Reader<'_>,
    uploader: MemberId,
    since: Timestamp,
) -> Result<i64> {
    let values = params![reader.workspace, uploader, since];
    let count = reader
        .conn
        .row(&COUNT_SINCE, values, |row| row.int(0))
        .await?;
    Ok(count.unwrap_or(0))
}

impl Private<'_> {
    pub fn insert_file(
        &mut self,
        workspace: WorkspaceId,
        uploader: MemberId,
        hash: &str,
        at: Timestamp,
        file: &File,
    ) -> Result<()> {
        let body = serde_json::to_string(file)?;
        self.conn.exec(
            &INSERT,
            params![workspace, file.id, uploader, hash, at, &body],
        )?;
        self.conn
            .exec(&ADD_USAGE, params![workspace, 1_i64, file.size])
    }

    /// Files of all workspaces by key, after this one.
    pub async fn list_files_after(
        &mut self,
        after: (WorkspaceId, FileId),
        limit: i64,
    ) -> Result<Vec<Swept>> {
        let read = |row: &Row<'_>| {
            Ok(Swept {
                workspace: WorkspaceId(row.id(0)?),
                id: FileId(row.id(1)?),
                hash: row.text(2)?,
                created_at: row.time(3)?,
                carried: row.optional_id(4)?.is_some(),
                deleted: row.optional_int(5)? == Some(1),
                kept: row.optional_id(7)?.is_some(),
                released: row.optional_int(8)?.map(time).transpose()?,
                size: row.body::<File>(6)?.size,
            })
        };
        self.conn
            .rows(&PAGE, params![after.0, after.1, limit], read)
            .await
    }

    /// False if there was none.
    pub async fn delete_file(&mut self, file: &Swept) -> Result<bool> {
        let values = params![file.workspace, file.id];
        if self.conn.exec_count(&DELETE, values).await? == 0 {
            return Ok(false);
        }
        let values = params![file.workspace, -1_i64, -file.size];
        self.conn.exec(&ADD_USAGE, values)?;
        Ok(true)
    }

    /// How many files there are, and their bytes; equal bytes count each time.
    pub async fn get_file_usage(&mut self, workspace: WorkspaceId) -> Result<(i64, i64)> {
        let read = |row: &Row<'_>| Ok((row.int(0)?, row.int(1)?));
        let found = self.conn.row(&GET_USAGE, params![workspace], read).await?;
        Ok(found.unwrap_or((0, 0)))
    }

    /// Whether some file has these bytes.
    pub async fn has_hash(&mut self, hash: &str) -> Result<bool> {
        let found = self
            .conn
            .row(&HAS_HASH, params![hash], |row| row.id(0))
            .await?;
        Ok(found.is_some())
    }

    /// The hashes of all files, in order, after this one.
    pub async fn list_hashes_after(&mut self, after: &str, limit: i64) -> Result<Vec<String>> {
        self.conn
            .rows(&HASHES, params![after, limit], |row| row.text(0))
            .await
    }
}
