//! Acknowledgements: who is waited for, beside the message that tells of it, so that those who
//! leave a channel are found.

use crate::{
    Reader, Result, Tx, message,
    sql::{Row, params, statements},
};
use tenon_protocol::{ChannelId, MemberId, MessageId, Timestamp, acknowledgement::Acknowledgement};

statements! {
    INSERT = "INSERT INTO acknowledgement (workspace, channel, member, message)
        VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"
        rows "INSERT INTO acknowledgement (workspace, channel, member, message)
        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[])
        ON CONFLICT DO NOTHING";
    DELETE = "DELETE FROM acknowledgement
        WHERE workspace = $1 AND channel = $2 AND member = $3 AND message = $4";
    DELETE_MESSAGE = "DELETE FROM acknowledgement WHERE workspace = $1 AND message = $2";
    DELETE_MEMBERS = "DELETE FROM acknowledgement WHERE workspace = $1 AND channel = $2
            AND member IN (SELECT unhex(value, '-') FROM json_each($3))"
        | "DELETE FROM acknowledgement
            WHERE workspace = $1 AND channel = $2 AND member = ANY($3::uuid[])";
    OF_MEMBERS = "SELECT DISTINCT message FROM acknowledgement
            WHERE workspace = $1 AND channel = $2
            AND member IN (SELECT unhex(value, '-') FROM json_each($3)) ORDER BY message"
        | "SELECT DISTINCT message FROM acknowledgement
            WHERE workspace = $1 AND channel = $2 AND member = ANY($3::uuid[]) ORDER BY message";
    COUNT = "SELECT count(DISTINCT message) FROM acknowledgement
        WHERE workspace = $1 AND channel = $2";
}

/// The message asks from now on.
pub(crate) async fn request(
    tx: &mut Tx<'_>,
    channel: ChannelId,
    id: MessageId,
    acknowledgement: &Acknowledgement,
) -> Result<()> {
    insert_waiting(tx, channel, id, acknowledgement)?;
    let acknowledgement = acknowledgement.clone();
    message::update(tx, id, |message| {
        message.acknowledgement = Some(acknowledgement)
    })
    .await
}

/// The rows alone, for a message that is posted asking.
pub(crate) fn insert_waiting(
    tx: &mut Tx<'_>,
    channel: ChannelId,
    id: MessageId,
    acknowledgement: &Acknowledgement,
) -> Result<()> {
    let workspace = tx.workspace;
    for member in &acknowledgement.waiting {
        tx.conn
            .exec(&INSERT, params![workspace, channel, *member, id])?;
    }
    Ok(())
}

pub(crate) async fn withdraw(tx: &mut Tx<'_>, id: MessageId) -> Result<()> {
    delete(tx, id)?;
    message::update(tx, id, |message| message.acknowledgement = None).await
}

/// The rows alone, for a message that goes.
pub(crate) fn delete(tx: &mut Tx<'_>, id: MessageId) -> Result<()> {
    let workspace = tx.workspace;
    tx.conn.exec(&DELETE_MESSAGE, params![workspace, id])
}

pub(crate) async fn acknowledge(
    tx: &mut Tx<'_>,
    channel: ChannelId,
    id: MessageId,
    member: MemberId,
    at: Timestamp,
) -> Result<()> {
    let workspace = tx.workspace;
    tx.conn
        .exec(&DELETE, params![workspace, channel, member, id])?;
    change(tx, id, |it| it.acknowledge(member, at)).await
}

pub(crate) async fn remind(tx: &mut Tx<'_>, id: MessageId, at: Timestamp) -> Result<()> {
    change(tx, id, |it| it.reminded_at = Some(at)).await
}

/// Whoever left the channel is not waited for there.
pub(crate) async fn stop_waiting(
    tx: &mut Tx<'_>,
    channel: ChannelId,
    members: &[MemberId],
) -> Result<()> {
    let workspace = tx.workspace;
    let ids: Vec<uuid::Uuid> = members.iter().map(|id| id.0).collect();
    let values = params![workspace, channel, ids.as_slice()];
    let read = |row: &Row<'_>| row.id(0).map(MessageId);
    let messages = tx.conn.rows(&OF_MEMBERS, values, read).await?;
    if messages.is_empty() {
        return Ok(());
    }
    tx.conn.exec(&DELETE_MEMBERS, values)?;
    // At most ACKNOWLEDGEMENTS_PER_CHANNEL_MAX of them.
    for id in messages {
        change(tx, id, |it| it.waiting.retain(|id| !members.contains(id))).await?;
    }
    Ok(())
}

async fn change(
    tx: &mut Tx<'_>,
    id: MessageId,
    change: impl FnOnce(&mut Acknowledgement),
) -> Result<()> {
    message::update(tx, id, |message| {
        if let Some(acknowledgement) = &mut message.acknowledgement {
            change(acknowledgement);
        }
    })
    .await
}

/// Messages of a channel that wait for somebody.
pub async fn count(reader: &mut Reader<'_>, channel: ChannelId) -> Result<usize> {
    let values = params![reader.workspace, channel];
    let count = reader.conn.row(&COUNT, values, |row| row.int(0)).await?;
    Ok(usize::try_from(count.unwrap_or(0)).unwrap_or(0))
}
