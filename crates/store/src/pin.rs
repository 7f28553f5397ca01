//! Pins: rows and queries. The message tells of its pin too.

use crate::{
    Reader, Result, Tx, message,
    sql::{params, statements},
};
use tenon_protocol::{ChannelId, MessageId, limit::PINS_PER_CHANNEL_MAX, pin::Pin};

statements! {
    INSERT = "INSERT INTO pin (workspace, channel, message, seq) VALUES ($1, $2, $3, $4)
        ON CONFLICT DO NOTHING";
    DELETE = "DELETE FROM pin WHERE workspace = $1 AND channel = $2 AND message = $3";
    COUNT = "SELECT count(*) FROM pin WHERE workspace = $1 AND channel = $2";
    LIST = "SELECT m.body FROM pin p
        JOIN message m ON m.workspace = p.workspace AND m.id = p.message
        WHERE p.workspace = $1 AND p.channel = $2 ORDER BY p.seq DESC LIMIT $3";
}

pub(crate) async fn insert(
    tx: &mut Tx<'_>,
    channel: ChannelId,
    id: MessageId,
    pin: &Pin,
    seq: i64,
) -> Result<()> {
    let workspace = tx.workspace;
    tx.conn
        .exec(&INSERT, params![workspace, channel, id, seq])?;
    message::set_pin(tx, id, Some(pin.clone())).await
}

pub(crate) async fn remove(tx: &mut Tx<'_>, channel: ChannelId, id: MessageId) -> Result<()> {
    delete(tx, channel, id)?;
    message::set_pin(tx, id, None).await
}

/// The row alone, for a message that goes.
pub(crate) fn delete(tx: &mut Tx<'_>, channel: ChannelId, id: MessageId) -> Result<()> {
    let workspace = tx.workspace;
    tx.conn.exec(&DELETE, params![workspace, channel, id])
}

/// How many a channel has.
pub async fn count(reader: &mut Reader<'_>, channel: ChannelId) -> Result<usize> {
    let values = params![reader.workspace, channel];
    let count = reader.conn.row(&COUNT, values, |row| row.int(0)).await?;
    Ok(usize::try_from(count.unwrap_or(0)).unwrap_or(0))
}

/// The pinned messages of a channel as JSON, the newest pin first.
pub async fn list(reader: &mut Reader<'_>, channel: ChannelId) -> Result<Vec<String>> {
    let max = PINS_PER_CHANNEL_MAX as i64;
    let values = params![reader.workspace, channel, max];
    reader.conn.rows(&LIST, values, |row| row.text(0)).await
}
