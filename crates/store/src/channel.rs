//! Channels and who is in them: rows and queries.

use crate::{
    Reader, Result, Tx, Unable,
    cache::{ChannelMemberRow, ChannelRow},
    notification, saved, space,
    sql::{Row, params, statements, time},
};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
use tenon_protocol::{
    ChannelId, MemberId, Scope, Timestamp,
    channel::{Channel, ChannelKind, Membership},
    member::Member,
};
use uuid::Uuid;

statements! {
    INSERT = "INSERT INTO channel
        (workspace, id, kind, name_key, direct_key, messages, last, body, space)
        VALUES ($1, $2, $3, $4, $5, 0, 0, $6, $7)";
    UPDATE = "UPDATE channel SET kind = $1, name_key = $2, is_default = $3, body = $4, space = $5
        WHERE workspace = $6 AND id = $7";
    SAVE_COUNTS = "UPDATE channel SET messages = $1, last = $2 WHERE workspace = $3 AND id = $4"
        rows "UPDATE channel c SET messages = t.messages, last = t.last
        FROM unnest($1::int8[], $2::int8[], $3::uuid[], $4::uuid[])
        AS t (messages, last, workspace, id)
        WHERE c.workspace = t.workspace AND c.id = t.id";
    GET = "SELECT body, messages, last FROM channel WHERE workspace = $1 AND id = $2";
    LIST_PUBLIC = "SELECT body FROM channel WHERE workspace = $1 AND kind = 'public' ORDER BY id";
    LIST_PUBLIC_IDS = "SELECT id FROM channel WHERE workspace = $1 AND kind = 'public'";
    LIST_OF_MEMBER = "SELECT c.body FROM channel_member m INDEXED BY channel_member_member
            JOIN channel c ON c.workspace = m.workspace AND c.id = m.channel
            WHERE m.workspace = $1 AND m.member = $2 ORDER BY c.id"
        | "SELECT c.body FROM channel_member m
            JOIN channel c ON c.workspace = m.workspace AND c.id = m.channel
            WHERE m.workspace = $1 AND m.member = $2 ORDER BY c.id";
    LIST_DEFAULT = "SELECT id FROM channel INDEXED BY channel_default
            WHERE workspace = $1 AND is_default = 1 AND space IS NULL ORDER BY id"
        | "SELECT id FROM channel WHERE workspace = $1 AND is_default = 1 AND space IS NULL
            ORDER BY id";
    REPORT = "SELECT c.body, c.messages, e.at, (SELECT count(*) FROM channel_member m
            WHERE m.workspace = c.workspace AND m.channel = c.id)
        FROM channel c LEFT JOIN entry e ON e.workspace = c.workspace AND e.seq = c.last
        WHERE c.workspace = $1 AND c.kind = 'public' AND c.id > $2 ORDER BY c.id LIMIT $3";
    HIDDEN = "SELECT body FROM channel WHERE workspace = $1 AND kind IN ('private', 'space')
        AND id > $2 ORDER BY id LIMIT $3";
    COUNT_DIRECT = "SELECT count(*) FROM channel WHERE workspace = $1 AND kind = 'direct'";
    PLACES = "SELECT channel, member FROM channel_member WHERE workspace = $1
            AND channel IN (SELECT unhex(value, '-') FROM json_each($2))"
        | "SELECT channel, member FROM channel_member WHERE workspace = $1
            AND channel = ANY ($2::uuid[])";
    NAME_TAKEN = "SELECT 1 FROM channel WHERE workspace = $1 AND name_key = $2 AND id <> $3";
    BY_DIRECT = "SELECT id FROM channel WHERE workspace = $1 AND direct_key = $2";
    INSERT_MEMBER = "INSERT INTO channel_member
        (workspace, channel, member, since, read, read_ordinal, own_after, named)
        VALUES ($1, $2, $3, $4, $5, $6, 0, $7)
        ON CONFLICT (workspace, channel, member) DO UPDATE SET since = excluded.since,
        read = excluded.read, read_ordinal = excluded.read_ordinal, own_after = 0,
        named = excluded.named"
        rows "INSERT INTO channel_member
        (workspace, channel, member, since, read, read_ordinal, own_after, named)
        SELECT w, channel, member, since, read, ordinal, 0, named
        FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int8[], $5::int8[], $6::int8[],
            $7::int8[]) AS t (w, channel, member, since, read, ordinal, named)
        ON CONFLICT (workspace, channel, member) DO UPDATE SET since = excluded.since,
        read = excluded.read, read_ordinal = excluded.read_ordinal, own_after = 0,
        named = excluded.named";
    DELETE_MEMBER = "DELETE FROM channel_member
        WHERE workspace = $1 AND channel = $2 AND member = $3";
    SAVE_READ = "UPDATE channel_member SET read = $1, read_ordinal = $2, own_after = $3
        WHERE workspace = $4 AND channel = $5 AND member = $6"
        rows "UPDATE channel_member m
        SET read = t.read, read_ordinal = t.read_ordinal, own_after = t.own_after
        FROM unnest($1::int8[], $2::int8[], $3::int8[], $4::uuid[], $5::uuid[], $6::uuid[])
        AS t (read, read_ordinal, own_after, workspace, channel, member)
        WHERE m.workspace = t.workspace AND m.channel = t.channel AND m.member = t.member";
    GET_MEMBER = "SELECT since, read, read_ordinal, own_after FROM channel_member
        WHERE workspace = $1 AND channel = $2 AND member = $3";
    LIST_MEMBERS = "SELECT member FROM channel_member
        WHERE workspace = $1 AND channel = $2 ORDER BY member";
    ORDINAL_AT = "SELECT ordinal FROM message WHERE workspace = $1 AND stream = $2
        AND ordinal > 0 AND seq <= $3 ORDER BY seq DESC LIMIT 1";
    OWN_AFTER = "SELECT (SELECT count(*) FROM message WHERE workspace = $1 AND stream = $2
            AND ordinal > 0 AND seq > $3 AND author = $4)
        + (SELECT count(*) FROM message WHERE workspace = $1 AND channel = $2 AND deleted = 1
            AND ordinal > 0 AND ordinal > $5 AND author = $4 AND stream IS NULL)";
    DELETED_AFTER = "SELECT count(*) FROM message WHERE workspace = $1 AND channel = $2
        AND deleted = 1 AND ordinal > 0 AND ordinal > $3 AND author <> $4";
    MENTIONS_AFTER = "SELECT count(*) FROM mention WHERE workspace = $1 AND channel = $2
        AND member IN ($3, $4) AND seq > $5 AND author <> $3";
    THESE = "SELECT body FROM channel WHERE workspace = $1
            AND id IN (SELECT unhex(value, '-') FROM json_each($2))"
        | "SELECT c.body FROM unnest($2::uuid[]) AS t (id) CROSS JOIN LATERAL (
            SELECT body FROM channel WHERE workspace = $1 AND id = t.id OFFSET 0) c";
    THESE_MEMBERS = "SELECT member, since, read FROM channel_member
            WHERE workspace = $1 AND channel = $2
            AND member IN (SELECT unhex(value, '-') FROM json_each($3))"
        | "SELECT m.member, m.since, m.read
            FROM unnest($3::uuid[]) AS t (id) CROSS JOIN LATERAL (
            SELECT member, since, read FROM channel_member
            WHERE workspace = $1 AND channel = $2 AND member = t.id OFFSET 0) m";
    READ = "SELECT m.member, m.read, p.body FROM channel_member m
        JOIN member p ON p.workspace = m.workspace AND p.id = m.member
        WHERE m.workspace = $1 AND m.channel = $2 ORDER BY m.member LIMIT $3";
    COUNT_MEMBERS = "SELECT count(*) FROM (SELECT 1 FROM channel_member
        WHERE workspace = $1 AND channel = $2 LIMIT $3) AS few";
    MEMBER_SINCE = "SELECT channel, since FROM channel_member INDEXED BY channel_member_member
            WHERE workspace = $1 AND member = $2"
        | "SELECT channel, since FROM channel_member WHERE workspace = $1 AND member = $2";
    MEMBERSHIPS = "SELECT m.channel, m.since, m.read,
        c.messages - m.read_ordinal - m.own_after - (
            SELECT count(*) FROM message d WHERE d.workspace = m.workspace
            AND d.channel = m.channel AND d.deleted = 1 AND d.ordinal > 0
            AND d.ordinal > m.read_ordinal AND d.author <> m.member),
        (SELECT count(*) FROM mention n WHERE n.workspace = m.workspace
            AND n.channel = m.channel AND n.member IN (m.member, $1) AND n.seq > m.read
            AND n.author <> m.member),
        c.last
        FROM channel_member m INDEXED BY channel_member_member
        JOIN channel c ON c.workspace = m.workspace AND c.id = m.channel
        WHERE m.workspace = $2 AND m.member = $3 ORDER BY m.channel"
        | "SELECT m.channel, m.since, m.read,
        c.messages - m.read_ordinal - m.own_after - (
            SELECT count(*) FROM message d WHERE d.workspace = m.workspace
            AND d.channel = m.channel AND d.deleted = 1 AND d.ordinal > 0
            AND d.ordinal > m.read_ordinal AND d.author <> m.member),
        (SELECT count(*) FROM mention n WHERE n.workspace = m.workspace
            AND n.channel = m.channel AND n.member IN (m.member, $1) AND n.seq > m.read
            AND n.author <> m.member),
        c.last
        FROM channel_member m
        JOIN channel c ON c.workspace = m.workspace AND c.id = m.channel
        WHERE m.workspace = $2 AND m.member = $3 ORDER BY m.channel";
}

/// Stands for everyone in the channel, in the table of mentions.
pub(crate) const EVERYONE: MemberId = MemberId(uuid::Uuid::nil());

/// What a member has not read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unread {
    pub unread: i64,
    pub mentions: i64,
}

/// A channel and its counters, from the writer's memory.
pub async fn load(tx: &mut Tx<'_>, id: ChannelId) -> Result<Option<ChannelRow>> {
    if let Some(row) = tx.cache.channels.get(&id) {
        return Ok(row.clone());
    }
    let row = get_row(tx, id).await?;
    tx.cache.channels.insert(id, row.clone());
    Ok(row)
}

/// A member's place in a channel, from the writer's memory.
pub async fn load_member(
    tx: &mut Tx<'_>,
    channel: ChannelId,
    member: MemberId,
) -> Result<Option<ChannelMemberRow>> {
    if let Some(row) = tx.cache.channel_members.get(&(channel, member)) {
        return Ok(*row);
    }
    let row = get_member(tx, channel, member).await?;
    tx.cache.channel_members.insert((channel, member), row);
    Ok(row)
}

/// Whether another channel that is not archived has this name.
pub async fn load_name_taken(tx: &mut Tx<'_>, name: &str, except: ChannelId) -> Result<bool> {
    let (workspace, key) = (tx.workspace, name_key(name));
    let found = tx
        .conn
        .row(&NAME_TAKEN, params![workspace, &key, except], |_| Ok(()))
        .await?;
    Ok(found.is_some())
}

/// The direct channel between exactly these members.
pub async fn find_direct(tx: &mut Tx<'_>, members: &[MemberId]) -> Result<Option<ChannelId>> {
    let (workspace, key) = (tx.workspace, direct_key(members));
    let read = |row: &Row<'_>| row.id(0).map(ChannelId);
    tx.conn
        .row(&BY_DIRECT, params![workspace, &key], read)
        .await
}

/// What the member has not read now.
pub async fn load_unread_now(
    tx: &mut Tx<'_>,
    channel: ChannelId,
    member: MemberId,
) -> Result<Unread> {
    let row = load(tx, channel)
        .await?
        .zip(load_member(tx, channel, member).await?);
    let Some((row, place)) = row else {
        return Ok(Unread::default());
    };
    count_unread(tx, &row, member, place).await
}

/// What the member would not have read if they had read up to `seq`.
pub async fn load_unread_at(
    tx: &mut Tx<'_>,
    channel: ChannelId,
    member: MemberId,
    seq: i64,
) -> Result<Unread> {
    let Some(row) = load(tx, channel).await? else {
        return Ok(Unread::default());
    };
    let (read_ordinal, own_after) = read_at(tx, &row, member, seq).await?;
    let place = ChannelMemberRow {
        since: 0,
        read: seq,
        read_ordinal,
        own_after,
    };
    count_unread(tx, &row, member, place).await
}

async fn count_unread(
    tx: &mut Tx<'_>,
    row: &ChannelRow,
    member: MemberId,
    place: ChannelMemberRow,
) -> Result<Unread> {
    let (workspace, channel) = (tx.workspace, row.channel.id);
    let mentions = params![workspace, channel, member, EVERYONE, place.read];
    let mentions = tx
        .conn
        .row(&MENTIONS_AFTER, mentions, |row| row.int(0))
        .await?
        .unwrap_or(0);
    if row.messages == place.read_ordinal {
        return Ok(Unread {
            unread: 0,
            mentions,
        });
    }
    let deleted = params![workspace, channel, place.read_ordinal, member];
    let deleted = tx
        .conn
        .row(&DELETED_AFTER, deleted, |row| row.int(0))
        .await?
        .unwrap_or(0);
    let unread = row.messages - place.read_ordinal - place.own_after - deleted;
    Ok(Unread { unread, mentions })
}

/// `(read_ordinal, own_after)` of a member who has read up to `seq`.
async fn read_at(
    tx: &mut Tx<'_>,
    row: &ChannelRow,
    member: MemberId,
    seq: i64,
) -> Result<(i64, i64)> {
    if seq >= row.last {
        return Ok((row.messages, 0));
    }
    let (workspace, channel) = (tx.workspace, row.channel.id);
    let ordinal = params![workspace, channel, seq];
    let ordinal = tx
        .conn
        .row(&ORDINAL_AT, ordinal, |row| row.int(0))
        .await?
        .unwrap_or(0);
    // Of those that were erased, too: they stand in no stream, and are counted all the same.
    let own = params![workspace, channel, seq, member, ordinal];
    let own = tx
        .conn
        .row(&OWN_AFTER, own, |row| row.int(0))
        .await?
        .unwrap_or(0);
    Ok((ordinal, own))
}

pub(crate) fn insert(tx: &mut Tx<'_>, channel: &Channel) -> Result<()> {
    let (workspace, body) = (tx.workspace, serde_json::to_string(channel)?);
    let direct = (channel.kind == ChannelKind::Direct).then(|| direct_key(&channel.members));
    let (kind, name) = (kind_text(channel), stored_name_key(channel));
    let values = params![
        workspace,
        channel.id,
        kind,
        name.as_deref(),
        direct.as_deref(),
        &body,
        channel.space
    ];
    tx.conn.exec(&INSERT, values)?;
    let row = ChannelRow {
        channel: Arc::new(channel.clone()),
        messages: 0,
        last: 0,
    };
    tx.cache.channels.insert(channel.id, Some(row));
    Ok(())
}

pub(crate) async fn change(tx: &mut Tx<'_>, channel: &Channel) -> Result<()> {
    let Some(mut row) = load(tx, channel.id).await? else {
        return Ok(());
    };
    let (workspace, body) = (tx.workspace, serde_json::to_string(channel)?);
    let (kind, name) = (kind_text(channel), stored_name_key(channel));
    let is_default = channel.is_default && !channel.archived;
    let values = params![
        kind,
        name.as_deref(),
        is_default,
        &body,
        channel.space,
        workspace,
        channel.id
    ];
    tx.conn.exec(&UPDATE, values)?;
    row.channel = Arc::new(channel.clone());
    tx.cache.channels.insert(channel.id, Some(row));
    Ok(())
}

/// Is told to its members alone from here on, and in a closed space to those in that: others lose
/// what they were told of it.
pub(crate) async fn hide(tx: &mut Tx<'_>, channel: ChannelId, near: bool) -> Result<()> {
    let mut inside: HashSet<MemberId> = list_members(tx, channel).await?.into_iter().collect();
    let row = load(tx, channel).await?;
    if let Some(space) = row.and_then(|row| row.channel.space).filter(|_| near) {
        inside.extend(space::list_members(tx, space).await?);
    }
    let mut told = notification::list_told(tx, channel).await?;
    told.extend(saved::list_keepers(tx, channel).await?);
    for member in told.iter().filter(|member| !inside.contains(*member)) {
        notification::lose_channel(tx, Scope::Inbox(*member), channel)?;
        saved::lose_channel(tx, Scope::Inbox(*member), channel)?;
    }
    Ok(())
}

/// The owner of the inbox that the entry is in becomes a member.
pub(crate) async fn insert_member(
    tx: &mut Tx<'_>,
    scope: Scope,
    membership: &Membership,
    named: bool,
) -> Result<()> {
    let Scope::Inbox(member) = scope else {
        return Err(Unable::Broken("channel_gained outside an inbox".into()));
    };
    let channel = membership.channel;
    let messages = load(tx, channel).await?.map_or(0, |row| row.messages);
    let workspace = tx.workspace;
    let (since, read) = (membership.since, membership.read);
    let named = i64::from(named);
    let values = params![workspace, channel, member, since, read, messages, named];
    tx.conn.exec(&INSERT_MEMBER, values)?;
    let row = ChannelMemberRow {
        since,
        read,
        read_ordinal: messages,
        own_after: 0,
    };
    tx.cache
        .channel_members
        .insert((channel, member), Some(row));
    Ok(())
}

pub(crate) fn remove_member(tx: &mut Tx<'_>, channel: ChannelId, member: MemberId) -> Result<()> {
    let workspace = tx.workspace;
    tx.conn
        .exec(&DELETE_MEMBER, params![workspace, channel, member])?;
    tx.cache.channel_members.insert((channel, member), None);
    tx.cache.dirty.channel_members.remove(&(channel, member));
    Ok(())
}

/// The member has read up to `seq`.
pub(crate) async fn set_read(
    tx: &mut Tx<'_>,
    channel: ChannelId,
    member: MemberId,
    seq: i64,
) -> Result<()> {
    let Some(row) = load(tx, channel).await? else {
        return Ok(());
    };
    let Some(mut place) = load_member(tx, channel, member).await? else {
        return Ok(());
    };
    (place.read_ordinal, place.own_after) = read_at(tx, &row, member, seq).await?;
    place.read = seq;
    tx.cache
        .channel_members
        .insert((channel, member), Some(place));
    tx.cache.dirty.channel_members.insert((channel, member));
    Ok(())
}

/// Counts a new countable message and gives its ordinal. Its author has read up to it.
pub(crate) async fn count_message(
    tx: &mut Tx<'_>,
    channel: ChannelId,
    author: MemberId,
    seq: i64,
) -> Result<i64> {
    let Some(mut row) = load(tx, channel).await? else {
        return Ok(0);
    };
    row.messages += 1;
    row.last = seq;
    let ordinal = row.messages;
    tx.cache.channels.insert(channel, Some(row));
    tx.cache.dirty.channels.insert(channel);
    if let Some(mut place) = load_member(tx, channel, author).await? {
        place.read = seq;
        place.read_ordinal = ordinal;
        place.own_after = 0;
        tx.cache
            .channel_members
            .insert((channel, author), Some(place));
        tx.cache.dirty.channel_members.insert((channel, author));
    }
    Ok(ordinal)
}

/// Writes the counters that moved in this transaction.
pub(crate) fn write_back(tx: &mut Tx<'_>) -> Result<()> {
    let workspace = tx.workspace;
    for id in std::mem::take(&mut tx.cache.dirty.channels) {
        if let Some(Some(row)) = tx.cache.channels.get(&id) {
            let values = params![row.messages, row.last, workspace, id];
            tx.reader.conn.exec(&SAVE_COUNTS, values)?;
        }
    }
    for (channel, member) in std::mem::take(&mut tx.cache.dirty.channel_members) {
        if let Some(Some(place)) = tx.cache.channel_members.get(&(channel, member)) {
            let values = params![
                place.read,
                place.read_ordinal,
                place.own_after,
                workspace,
                channel,
                member
            ];
            tx.reader.conn.exec(&SAVE_READ, values)?;
        }
    }
    Ok(())
}

async fn get_row(reader: &mut Reader<'_>, id: ChannelId) -> Result<Option<ChannelRow>> {
    let read = |row: &Row<'_>| {
        Ok(ChannelRow {
            channel: Arc::new(row.body(0)?),
            messages: row.int(1)?,
            last: row.int(2)?,
        })
    };
    reader
        .conn
        .row(&GET, params![reader.workspace, id], read)
        .await
}

pub async fn get(reader: &mut Reader<'_>, id: ChannelId) -> Result<Option<Channel>> {
    reader
        .conn
        .row(&GET, params![reader.workspace, id], |row| row.body(0))
        .await
}

pub async fn get_member(
    reader: &mut Reader<'_>,
    channel: ChannelId,
    member: MemberId,
) -> Result<Option<ChannelMemberRow>> {
    let read = |row: &Row<'_>| {
        Ok(ChannelMemberRow {
            since: row.int(0)?,
            read: row.int(1)?,
            read_ordinal: row.int(2)?,
            own_after: row.int(3)?,
        })
    };
    reader
        .conn
        .row(
            &GET_MEMBER,
            params![reader.workspace, channel, member],
            read,
        )
        .await
}

/// Those that everyone but guests may read.
pub async fn list_public(reader: &mut Reader<'_>) -> Result<Vec<Channel>> {
    reader
        .conn
        .rows(&LIST_PUBLIC, params![reader.workspace], |row| row.body(0))
        .await
}

/// The channels that a member is in.
pub async fn list_of_member(reader: &mut Reader<'_>, member: MemberId) -> Result<Vec<Channel>> {
    reader
        .conn
        .rows(&LIST_OF_MEMBER, params![reader.workspace, member], |row| {
            row.body(0)
        })
        .await
}

/// The ids of those that a guest sees: the member is in them, or they are public in a space that
/// the member is in.
pub(crate) async fn list_kept_by_guest(
    reader: &mut Reader<'_>,
    member: MemberId,
) -> Result<Vec<uuid::Uuid>> {
    let mut kept = list_of_member(reader, member).await?;
    kept.extend(space::list_channels_near(reader, member).await?);
    Ok(kept.into_iter().map(|channel| channel.id.0).collect())
}

pub async fn list_members(reader: &mut Reader<'_>, channel: ChannelId) -> Result<Vec<MemberId>> {
    let read = |row: &Row<'_>| row.id(0).map(MemberId);
    reader
        .conn
        .rows(&LIST_MEMBERS, params![reader.workspace, channel], read)
        .await
}

/// Those of these channels that there are, in one statement.
pub async fn list_these(reader: &mut Reader<'_>, ids: &[uuid::Uuid]) -> Result<Vec<Channel>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let values = params![reader.workspace, ids];
    reader.conn.rows(&THESE, values, |row| row.body(0)).await
}

/// Where those of these members who are in the channel are: `(member, since, read)`.
pub async fn list_places(
    reader: &mut Reader<'_>,
    channel: ChannelId,
    members: &[uuid::Uuid],
) -> Result<Vec<(MemberId, i64, i64)>> {
    let read = |row: &Row<'_>| Ok((MemberId(row.id(0)?), row.int(1)?, row.int(2)?));
    let values = params![reader.workspace, channel, members];
    reader.conn.rows(&THESE_MEMBERS, values, read).await
}

/// How far the members of a channel have read, at most `max` of them.
pub async fn list_read(
    reader: &mut Reader<'_>,
    channel: ChannelId,
    max: i64,
) -> Result<Vec<(Member, i64)>> {
    let read = |row: &Row<'_>| Ok((row.body(2)?, row.int(1)?));
    let values = params![reader.workspace, channel, max];
    reader.conn.rows(&READ, values, read).await
}

/// How many members a channel has; counts no further than `max`.
pub async fn count_members(reader: &mut Reader<'_>, channel: ChannelId, max: i64) -> Result<i64> {
    let values = params![reader.workspace, channel, max];
    let count = reader.conn.row(&COUNT_MEMBERS, values, |row| row.int(0));
    Ok(count.await?.unwrap_or(0))
}

/// The ids of those that new members of the workspace join by themselves.
pub async fn list_default(reader: &mut Reader<'_>) -> Result<Vec<ChannelId>> {
    let read = |row: &Row<'_>| row.id(0).map(ChannelId);
    let values = params![reader.workspace];
    reader.conn.rows(&LIST_DEFAULT, values, read).await
}

/// The ids of the public ones.
pub async fn list_public_ids(reader: &mut Reader<'_>) -> Result<Vec<ChannelId>> {
    let read = |row: &Row<'_>| row.id(0).map(ChannelId);
    let values = params![reader.workspace];
    reader.conn.rows(&LIST_PUBLIC_IDS, values, read).await
}

/// The channels a member is in, and the seq since which.
pub async fn list_since(
    reader: &mut Reader<'_>,
    member: MemberId,
) -> Result<Vec<(ChannelId, i64)>> {
    let read = |row: &Row<'_>| Ok((ChannelId(row.id(0)?), row.int(1)?));
    reader
        .conn
        .rows(&MEMBER_SINCE, params![reader.workspace, member], read)
        .await
}

/// A member's places in all their channels, with what is unread, in one statement.
pub async fn list_memberships(
    reader: &mut Reader<'_>,
    member: MemberId,
) -> Result<Vec<Membership>> {
    let read = |row: &Row<'_>| {
        Ok(Membership {
            channel: ChannelId(row.id(0)?),
            since: row.int(1)?,
            read: row.int(2)?,
            unread: row.int(3)?,
            mentions: row.int(4)?,
            last: row.int(5)?,
        })
    };
    reader
        .conn
        .rows(
            &MEMBERSHIPS,
            params![EVERYONE, reader.workspace, member],
            read,
        )
        .await
}

fn kind_text(channel: &Channel) -> &'static str {
    match channel.kind {
        ChannelKind::Public if channel.in_closed_space => "space",
        ChannelKind::Public => "public",
        ChannelKind::Private => "private",
        ChannelKind::Direct => "direct",
    }
}

fn name_key(name: &str) -> String {
    name.to_lowercase()
}

/// Archived channels give their name free; direct ones have none.
fn stored_name_key(channel: &Channel) -> Option<String> {
    let named = channel.kind != ChannelKind::Direct && !channel.archived;
    named.then(|| name_key(&channel.name))
}

fn direct_key(members: &[MemberId]) -> String {
    let mut ids: Vec<String> = members.iter().map(|id| id.0.simple().to_string()).collect();
    ids.sort();
    ids.dedup();
    ids.join(",")
}

/// A channel with what a list of them shows: messages, time of the last one, members.
pub type Report = (Channel, i64, Option<Timestamp>, i64);

/// Public channels in no closed space, by id, after this one.
pub async fn list_reports(
    reader: &mut Reader<'_>,
    after: ChannelId,
    limit: i64,
) -> Result<Vec<Report>> {
    let values = params![reader.workspace, after, limit];
    let read = |row: &Row<'_>| {
        let at = row.optional_int(2)?.map(time).transpose()?;
        Ok((row.body(0)?, row.int(1)?, at, row.int(3)?))
    };
    reader.conn.rows(&REPORT, values, read).await
}

/// Private channels and those of closed spaces, by id, after this one; and who is in each.
pub async fn list_hidden(
    reader: &mut Reader<'_>,
    after: ChannelId,
    limit: i64,
) -> Result<Vec<(Channel, Vec<MemberId>)>> {
    let values = params![reader.workspace, after, limit];
    let channels: Vec<Channel> = reader.conn.rows(&HIDDEN, values, |row| row.body(0)).await?;
    let ids: Vec<Uuid> = channels.iter().map(|channel| channel.id.0).collect();
    let read = |row: &Row<'_>| Ok((ChannelId(row.id(0)?), MemberId(row.id(1)?)));
    let values = params![reader.workspace, &ids[..]];
    let places = reader.conn.rows(&PLACES, values, read).await?;
    let mut inside: HashMap<ChannelId, Vec<MemberId>> = HashMap::new();
    for (channel, member) in places {
        inside.entry(channel).or_default().push(member);
    }
    let with = |channel: Channel| {
        let members = inside.remove(&channel.id).unwrap_or_default();
        (channel, members)
    };
    Ok(channels.into_iter().map(with).collect())
}

pub async fn count_direct(reader: &mut Reader<'_>) -> Result<i64> {
    let values = params![reader.workspace];
    let found = reader
        .conn
        .row(&COUNT_DIRECT, values, |row| row.int(0))
        .await?;
    Ok(found.unwrap_or(0))
}
