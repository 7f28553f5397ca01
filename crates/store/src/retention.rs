//! What rules of retention take: how an erasure changes rows, what is due, and how much it is.

use crate::{
    Reader, Result, Tx, erasure, file,
    message::{self, empty, save},
    sql::{Row, Sql, params, statements, time},
};
use std::collections::{HashMap, HashSet};
use tenon_protocol::{
    ChannelId, Entry, MemberId, MessageId, Timestamp,
    channel::Channel,
    message::Message,
    retention::{ErasedFiles, ErasedMessage, Erasure, ErasureCount, Rule, RuleKind},
};
use uuid::Uuid;

statements! {
    LEAVE = "UPDATE message SET stream = NULL, thread = NULL WHERE workspace = $1 AND id = $2";
    ADD = "INSERT INTO erasure (workspace, hour, kind, days, messages, files)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (workspace, hour, kind, days) DO UPDATE
        SET messages = erasure.messages + excluded.messages,
        files = erasure.files + excluded.files";
    LATELY = "SELECT hour, kind, days, messages, files FROM erasure WHERE workspace = $1
        ORDER BY hour DESC, kind, days LIMIT $2";
    CHANNELS = "SELECT body FROM channel WHERE workspace = $1 AND id > $2 ORDER BY id LIMIT $3";
    RULED_CHANNELS = "SELECT body FROM channel WHERE workspace = $1 AND id > $2
            AND body ->> 'retention' IS NOT NULL ORDER BY id LIMIT $3"
        | "SELECT body FROM channel WHERE workspace = $1 AND id > $2
            AND body::jsonb ->> 'retention' IS NOT NULL ORDER BY id LIMIT $3";
    DUE_CHANNELS = "SELECT unhex(c.value, '-') FROM json_each($1) AS c WHERE EXISTS (
            SELECT 1 FROM message m WHERE m.workspace = $2 AND m.channel = unhex(c.value, '-')
            AND m.erasable = 1 AND m.seq <= $3)"
        | "SELECT t.id FROM unnest($1::uuid[]) AS t (id) CROSS JOIN LATERAL (
            SELECT 1 FROM message m WHERE m.workspace = $2 AND m.channel = t.id
            AND m.erasable = 1 AND m.seq <= $3 LIMIT 1) m";
    DUE = "SELECT id FROM message WHERE workspace = $1 AND channel = $2 AND erasable = 1
        AND seq <= $3 ORDER BY seq LIMIT $4";
    DUE_FILE_CHANNELS = "SELECT unhex(c.value, '-') FROM json_each($1) AS c WHERE EXISTS (
            SELECT 1 FROM message_file f
            JOIN message m ON m.workspace = f.workspace AND m.id = f.message
            WHERE f.workspace = $2 AND f.channel = unhex(c.value, '-') AND f.deleted = 0
            AND f.seq <= $3 AND m.erasable = 1)"
        | "SELECT t.id FROM unnest($1::uuid[]) AS t (id) CROSS JOIN LATERAL (
            SELECT 1 FROM message_file f
            JOIN message m ON m.workspace = f.workspace AND m.id = f.message
            WHERE f.workspace = $2 AND f.channel = t.id AND f.deleted = 0
            AND f.seq <= $3 AND m.erasable = 1 LIMIT 1) f";
    DUE_FILES = "SELECT DISTINCT f.message, f.seq FROM message_file f
        JOIN message m ON m.workspace = f.workspace AND m.id = f.message
        WHERE f.workspace = $1 AND f.channel = $2 AND f.deleted = 0 AND f.seq <= $3
        AND m.erasable = 1 ORDER BY f.seq LIMIT $4";
    COUNT = "SELECT channel, count(*) FROM message WHERE workspace = $1
            AND channel IN (SELECT unhex(value, '-') FROM json_each($2))
            AND erasable = 1 AND seq <= $3 AND deleted = 0 GROUP BY channel"
        | "SELECT t.id, m.count FROM unnest($2::uuid[]) AS t (id) CROSS JOIN LATERAL (
            SELECT count(*) FROM message WHERE workspace = $1 AND channel = t.id
            AND erasable = 1 AND seq <= $3 AND deleted = 0) m WHERE m.count > 0";
    COUNT_FILES = "SELECT f.channel, count(*) FROM message_file f
            JOIN message m ON m.workspace = f.workspace AND m.id = f.message
            WHERE f.workspace = $1
            AND f.channel IN (SELECT unhex(value, '-') FROM json_each($2))
            AND f.deleted = 0 AND f.seq <= $3 AND m.erasable = 1 GROUP BY f.channel"
        | "SELECT t.id, n.count FROM unnest($2::uuid[]) AS t (id) CROSS JOIN LATERAL (
            SELECT count(*) FROM message_file f
            JOIN message m ON m.workspace = f.workspace AND m.id = f.message
            WHERE f.workspace = $1 AND f.channel = t.id AND f.deleted = 0 AND f.seq <= $3
            AND m.erasable = 1) n WHERE n.count > 0";
    OUTSIDE = "SELECT k.message, k.member FROM (
            SELECT message, member FROM saved WHERE workspace = $1
                AND message IN (SELECT unhex(value, '-') FROM json_each($2))
            UNION SELECT message, member FROM notification WHERE workspace = $1
                AND message IN (SELECT unhex(value, '-') FROM json_each($2))) AS k
        WHERE NOT EXISTS (SELECT 1 FROM channel_member AS i WHERE i.workspace = $1
            AND i.channel = $3 AND i.member = k.member) ORDER BY k.message, k.member"
        | "SELECT k.message, k.member FROM (
            SELECT s.message, s.member FROM unnest($2::uuid[]) AS t (id) CROSS JOIN LATERAL (
                SELECT message, member FROM saved
                WHERE workspace = $1 AND message = t.id OFFSET 0) s
            UNION SELECT n.message, n.member FROM unnest($2::uuid[]) AS t (id)
                CROSS JOIN LATERAL (SELECT message, member FROM notification
                WHERE workspace = $1 AND message = t.id OFFSET 0) n) AS k
        WHERE NOT EXISTS (SELECT 1 FROM channel_member AS i WHERE i.workspace = $1
            AND i.channel = $3 AND i.member = k.member) ORDER BY k.message, k.member";
}

const HOUR_MICROS: i64 = 3_600_000_000;

// --- how entries change rows ---

/// Their words, files and everything that was told of them go. A root keeps its place while
/// replies hang on it; everything else stands nowhere any more.
pub(crate) async fn erase_messages(
    tx: &mut Tx<'_>,
    entry: &Entry,
    rule: Rule,
    erased: &[ErasedMessage],
) -> Result<()> {
    let ids: Vec<MessageId> = erased.iter().map(|it| it.id).collect();
    let roots = erased.iter().filter_map(|it| it.thread);
    let all: HashSet<MessageId> = ids.iter().copied().chain(roots).collect();
    let all: Vec<MessageId> = all.into_iter().collect();
    let rows = message::list(tx, &all).await?;
    let mut rows: HashMap<MessageId, Message> = rows.into_iter().map(|it| (it.id, it)).collect();
    let mut count = ErasureCount::default();
    let mut touched: HashSet<MessageId> = ids.iter().copied().collect();
    for it in erased {
        let Some(row) = rows.get_mut(&it.id) else {
            continue;
        };
        count.messages += i64::from(!row.deleted);
        count.files += row.files.len() as i64;
        let was_deleted = row.deleted;
        empty(tx, row)?;
        row.erased = true;
        row.alias = None;
        file::erase(tx, it.id)?;
        erasure::forget(tx, it.id)?;
        if let Some(root) = it.thread.and_then(|id| rows.get_mut(&id)) {
            root.reply_count -= i64::from(!was_deleted);
            touched.insert(root.id);
        }
    }
    for id in touched {
        if let Some(row) = rows.get(&id) {
            save(tx, row)?;
            leave_if_gone(tx, row)?;
        }
    }
    add(tx, entry.at, rule, count)
}

/// Stands nowhere any more if nothing hangs on it.
pub(crate) fn leave_if_gone(tx: &mut Tx<'_>, message: &Message) -> Result<()> {
    if !message.is_gone() {
        return Ok(());
    }
    let workspace = tx.workspace;
    tx.conn.exec(&LEAVE, params![workspace, message.id])
}

/// Their files go; they stay.
pub(crate) async fn erase_files(
    tx: &mut Tx<'_>,
    entry: &Entry,
    rule: Rule,
    erased: &[ErasedFiles],
) -> Result<()> {
    let ids: Vec<MessageId> = erased.iter().map(|it| it.message).collect();
    let rows = message::list(tx, &ids).await?;
    let mut count = ErasureCount::default();
    for mut row in rows {
        count.files += row.files.len() as i64;
        row.erased_files += row.files.len() as i64;
        row.files.clear();
        file::erase_carried(tx, row.id)?;
        save(tx, &row)?;
    }
    add(tx, entry.at, rule, count)
}

/// What they quoted is gone; they stay.
pub(crate) async fn erase_quotes(tx: &mut Tx<'_>, messages: &[MessageId]) -> Result<()> {
    for mut row in message::list(tx, messages).await? {
        row.quote.iter_mut().for_each(erasure::unquote);
        save(tx, &row)?;
    }
    Ok(())
}

fn add(tx: &mut Tx<'_>, at: Timestamp, rule: Rule, count: ErasureCount) -> Result<()> {
    let micros = at.as_microsecond();
    let (workspace, hour) = (tx.workspace, micros - micros.rem_euclid(HOUR_MICROS));
    let (kind, days) = (kind_text(rule.kind), i64::from(rule.days));
    let values = params![workspace, hour, kind, days, count.messages, count.files];
    tx.conn.exec(&ADD, values)
}

fn kind_text(kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::Public => "public",
        RuleKind::Private => "private",
        RuleKind::Direct => "direct",
        RuleKind::Channel => "channel",
        RuleKind::Files => "files",
    }
}

fn kind_of(text: &str) -> RuleKind {
    match text {
        "public" => RuleKind::Public,
        "private" => RuleKind::Private,
        "direct" => RuleKind::Direct,
        "files" => RuleKind::Files,
        _ => RuleKind::Channel,
    }
}

// --- queries ---

/// What was erased, the newest hour first.
pub async fn list_erasures(reader: &mut Reader<'_>, limit: i64) -> Result<Vec<Erasure>> {
    let read = |row: &Row<'_>| {
        let kind = kind_of(&row.text(1)?);
        let days = u32::try_from(row.int(2)?).unwrap_or(u32::MAX);
        Ok(Erasure {
            hour: time(row.int(0)?)?,
            rule: Rule { kind, days },
            count: ErasureCount {
                messages: row.int(3)?,
                files: row.int(4)?,
            },
        })
    };
    let values = params![reader.workspace, limit];
    reader.conn.rows(&LATELY, values, read).await
}

/// Which channels are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    All,
    /// Those with a rule of their own.
    Ruled,
}

/// Channels of all kinds, by id, after this one.
pub async fn list_channels(
    reader: &mut Reader<'_>,
    which: Which,
    after: ChannelId,
    limit: i64,
) -> Result<Vec<Channel>> {
    let sql = match which {
        Which::All => &CHANNELS,
        Which::Ruled => &RULED_CHANNELS,
    };
    let values = params![reader.workspace, after, limit];
    reader.conn.rows(sql, values, |row| row.body(0)).await
}

/// Those of these channels in which something up to `seq` can be erased: messages, or files.
pub async fn list_due_channels(
    reader: &mut Reader<'_>,
    channels: &[Uuid],
    seq: i64,
    files: bool,
) -> Result<Vec<ChannelId>> {
    let sql = if files {
        &DUE_FILE_CHANNELS
    } else {
        &DUE_CHANNELS
    };
    let values = params![channels, reader.workspace, seq];
    let read = |row: &Row<'_>| row.id(0).map(ChannelId);
    reader.conn.rows(sql, values, read).await
}

/// The oldest messages of a channel up to `seq` that can be erased, or whose files can.
pub async fn list_due(
    reader: &mut Reader<'_>,
    channel: ChannelId,
    seq: i64,
    files: bool,
    limit: i64,
) -> Result<Vec<MessageId>> {
    let sql = if files { &DUE_FILES } else { &DUE };
    let values = params![reader.workspace, channel, seq, limit];
    let read = |row: &Row<'_>| row.id(0).map(MessageId);
    reader.conn.rows(sql, values, read).await
}

/// How many messages up to `seq` can be erased in each of these channels, deleted ones aside.
pub async fn count_messages(
    reader: &mut Reader<'_>,
    channels: &[Uuid],
    seq: i64,
) -> Result<Vec<(ChannelId, i64)>> {
    count(reader, &COUNT, channels, seq).await
}

/// How many files.
pub async fn count_files(
    reader: &mut Reader<'_>,
    channels: &[Uuid],
    seq: i64,
) -> Result<Vec<(ChannelId, i64)>> {
    count(reader, &COUNT_FILES, channels, seq).await
}

async fn count(
    reader: &mut Reader<'_>,
    sql: &'static Sql,
    channels: &[Uuid],
    seq: i64,
) -> Result<Vec<(ChannelId, i64)>> {
    let values = params![reader.workspace, channels, seq];
    let read = |row: &Row<'_>| Ok((ChannelId(row.id(0)?), row.int(1)?));
    reader.conn.rows(sql, values, read).await
}

/// Who keeps which of these messages of the channel, or was told of it, and is not in it.
pub async fn list_outside(
    reader: &mut Reader<'_>,
    messages: &[MessageId],
    channel: ChannelId,
) -> Result<Vec<(MessageId, MemberId)>> {
    let ids: Vec<Uuid> = messages.iter().map(|id| id.0).collect();
    let values = params![reader.workspace, &ids[..], channel];
    let read = |row: &Row<'_>| Ok((MessageId(row.id(0)?), MemberId(row.id(1)?)));
    reader.conn.rows(&OUTSIDE, values, read).await
}
