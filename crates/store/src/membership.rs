//! How far a member has read in many channels at once: rows and queries in one statement each.

use crate::{
    Reader, Result, Tx,
    cache::ChannelMemberRow,
    channel::{self, EVERYONE},
    notification::owner,
    sql::{Row, params, statements},
};
use tenon_protocol::{
    ChannelId, MemberId, Scope,
    channel::{Membership, ReadMark},
};
use uuid::Uuid;

statements! {
    LEFT = "SELECT m.channel,
            (SELECT count(*) FROM message d WHERE d.workspace = m.workspace
                AND d.stream = m.channel AND d.ordinal > 0 AND d.seq > $1
                AND d.author <> m.member AND d.deleted = 0),
            (SELECT count(*) FROM mention n WHERE n.workspace = m.workspace
                AND n.channel = m.channel AND n.member IN (m.member, $2) AND n.seq > $1
                AND n.author <> m.member)
            FROM channel_member m WHERE m.workspace = $3 AND m.member = $4
            AND m.channel IN (SELECT unhex(value, '-') FROM json_each($5))"
        | "SELECT t.id,
            (SELECT count(*) FROM message d WHERE d.workspace = m.workspace
                AND d.stream = m.channel AND d.ordinal > 0 AND d.seq > $1
                AND d.author <> m.member AND d.deleted = 0),
            (SELECT count(*) FROM mention n WHERE n.workspace = m.workspace
                AND n.channel = m.channel AND n.member IN (m.member, $2) AND n.seq > $1
                AND n.author <> m.member)
            FROM unnest($5::uuid[]) AS t (id) CROSS JOIN LATERAL (
                SELECT workspace, channel, member FROM channel_member
                WHERE workspace = $3 AND member = $4 AND channel = t.id OFFSET 0) m";
    PLACES = "SELECT m.channel, m.since,
            coalesce((SELECT d.ordinal FROM message d
                WHERE d.workspace = m.workspace AND d.stream = m.channel
                AND d.ordinal > 0 AND d.seq <= $1 ORDER BY d.seq DESC LIMIT 1), 0),
            (SELECT count(*) FROM message d
                WHERE d.workspace = m.workspace AND d.stream = m.channel
                AND d.ordinal > 0 AND d.seq > $1 AND d.author = m.member)
            + (SELECT count(*) FROM message d
                WHERE d.workspace = m.workspace AND d.channel = m.channel AND d.deleted = 1
                AND d.ordinal > 0 AND d.author = m.member AND d.stream IS NULL
                AND d.ordinal > coalesce((SELECT o.ordinal FROM message o
                    WHERE o.workspace = m.workspace AND o.stream = m.channel
                    AND o.ordinal > 0 AND o.seq <= $1 ORDER BY o.seq DESC LIMIT 1), 0))
            FROM channel_member m WHERE m.workspace = $2 AND m.member = $3
            AND m.channel IN (SELECT unhex(value, '-') FROM json_each($4))"
        | "SELECT t.id, m.since,
            coalesce((SELECT d.ordinal FROM message d
                WHERE d.workspace = m.workspace AND d.stream = m.channel
                AND d.ordinal > 0 AND d.seq <= $1 ORDER BY d.seq DESC LIMIT 1), 0),
            (SELECT count(*) FROM message d
                WHERE d.workspace = m.workspace AND d.stream = m.channel
                AND d.ordinal > 0 AND d.seq > $1 AND d.author = m.member)
            + (SELECT count(*) FROM message d
                WHERE d.workspace = m.workspace AND d.channel = m.channel AND d.deleted = 1
                AND d.ordinal > 0 AND d.author = m.member AND d.stream IS NULL
                AND d.ordinal > coalesce((SELECT o.ordinal FROM message o
                    WHERE o.workspace = m.workspace AND o.stream = m.channel
                    AND o.ordinal > 0 AND o.seq <= $1 ORDER BY o.seq DESC LIMIT 1), 0))
            FROM unnest($4::uuid[]) AS t (id) CROSS JOIN LATERAL (
                SELECT workspace, channel, member, since FROM channel_member
                WHERE workspace = $2 AND member = $3 AND channel = t.id OFFSET 0) m";
}

/// The member's places where something is unread now.
pub async fn load_unread(tx: &mut Tx<'_>, member: MemberId) -> Result<Vec<Membership>> {
    // What this transaction counted so far lies in memory.
    channel::write_back(tx)?;
    let mut places = channel::list_memberships(tx, member).await?;
    places.retain(|it| it.unread > 0 || it.mentions > 0);
    Ok(places)
}

/// What would be unread in these channels if the member had read up to `seq`.
pub async fn list_left(
    reader: &mut Reader<'_>,
    member: MemberId,
    seq: i64,
    channels: &[Uuid],
) -> Result<Vec<ReadMark>> {
    if channels.is_empty() {
        return Ok(Vec::new());
    }
    let read = |row: &Row<'_>| {
        Ok(ReadMark {
            channel: ChannelId(row.id(0)?),
            unread: row.int(1)?,
            mentions: row.int(2)?,
        })
    };
    let values = params![seq, EVERYONE, reader.workspace, member, channels];
    reader.conn.rows(&LEFT, values, read).await
}

/// The owner of the inbox has read up to `seq` in these channels.
pub(crate) async fn mark(
    tx: &mut Tx<'_>,
    scope: Scope,
    seq: i64,
    marks: &[ReadMark],
) -> Result<()> {
    let (workspace, member) = (tx.workspace, owner(scope)?);
    let channels: Vec<Uuid> = marks.iter().map(|mark| mark.channel.0).collect();
    let read = |row: &Row<'_>| {
        let place = ChannelMemberRow {
            since: row.int(1)?,
            read: seq,
            read_ordinal: row.int(2)?,
            own_after: row.int(3)?,
        };
        Ok((ChannelId(row.id(0)?), place))
    };
    let values = params![seq, workspace, member, channels.as_slice()];
    for (channel, place) in tx.conn.rows(&PLACES, values, read).await? {
        let key = (channel, member);
        tx.cache.channel_members.insert(key, Some(place));
        tx.cache.dirty.channel_members.insert(key);
    }
    Ok(())
}
