//! The log: one gapless, hash-chained row of entries per workspace.
//!
//! Each entry's hash covers the hash before it, so nothing can be altered, dropped or reordered
//! unnoticed (`verify.rs`). The body enters the chain as a salted hash of its own: a body can be
//! blanked later and the chain still verifies.

use crate::{
    Reader, Result, Tx, apply,
    cache::Head,
    erasure,
    sql::{Row, params, statements},
};
use bytes::Bytes;
use rand::RngCore;
use std::{borrow::Cow, fmt::Write, sync::Arc};
use tenon_protocol::{Entry, Event, MemberId, Scope, Timestamp, WorkspaceId, event::Fact};
use uuid::Uuid;

statements! {
    INSERT = "INSERT INTO entry (workspace, seq, scope, scope_seq, at, actor, kind, about, body,
        salt, body_hash, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
        rows "INSERT INTO entry (workspace, seq, scope, scope_seq, at, actor, kind, about, body,
        salt, body_hash, hash) SELECT * FROM unnest($1::uuid[], $2::int8[], $3::text[], $4::int8[],
        $5::int8[], $6::uuid[], $7::text[], $8::uuid[], $9::text[], $10::bytea[], $11::bytea[],
        $12::bytea[])";
    SCOPE_SEQ = "SELECT seq FROM scope_head WHERE workspace = $1 AND scope = $2";
    SAVE_SCOPE = "INSERT INTO scope_head (workspace, scope, seq) VALUES ($1, $2, $3)
        ON CONFLICT (workspace, scope) DO UPDATE SET seq = excluded.seq"
        rows "INSERT INTO scope_head (workspace, scope, seq)
        SELECT * FROM unnest($1::uuid[], $2::text[], $3::int8[])
        ON CONFLICT (workspace, scope) DO UPDATE SET seq = excluded.seq";
    LIST = "SELECT seq, scope, scope_seq, at, actor, kind, body FROM entry
        WHERE workspace = $1 AND seq > $2 ORDER BY seq LIMIT $3";
    AT = "SELECT at FROM entry WHERE workspace = $1 AND seq = $2";
    HASH_AT = "SELECT hash FROM entry WHERE workspace = $1 AND seq = $2";
    LAST_BYTES = "SELECT CAST(SUM(octet_length(body)) AS BIGINT), COUNT(*)
        FROM (SELECT body FROM entry WHERE workspace = $1 AND seq > $2
            ORDER BY seq LIMIT $3) AS part";
    LIST_ABOUT = "SELECT seq, scope, scope_seq, at, actor, kind, body FROM entry
        WHERE workspace = $1 AND about = $2 AND seq > $3 ORDER BY seq LIMIT $4";
}

/// A committed entry as followers want it.
#[derive(Clone, Debug)]
pub struct Logged {
    pub seq: i64,
    pub scope: Scope,
    pub at: Timestamp,
    pub actor: MemberId,
    /// The event's `type`.
    pub kind: Cow<'static, str>,
    /// The whole `entry` frame of the socket, encoded once for everybody.
    pub frame: Bytes,
    /// Byte range of the event within `frame`.
    event: (u32, u32),
    /// The event itself where it is at hand (this process wrote it).
    parsed: Option<Arc<Event>>,
}

impl Logged {
    /// The event, parsed if need be.
    pub fn event(&self) -> Result<Arc<Event>> {
        if let Some(event) = &self.parsed {
            return Ok(event.clone());
        }
        let (start, end) = self.event;
        Ok(Arc::new(serde_json::from_slice(
            &self.frame[start as usize..end as usize],
        )?))
    }

    /// The entry as JSON, the frame without its `type`.
    pub fn entry_json(&self) -> String {
        let text = String::from_utf8_lossy(&self.frame);
        format!("{{{}", text.strip_prefix(FRAME_START).unwrap_or(&text))
    }
}

const FRAME_START: &str = "{\"type\":\"entry\",";

fn frame(
    seq: i64,
    scope: &str,
    scope_seq: i64,
    at: Timestamp,
    actor: MemberId,
    body: &str,
) -> (Bytes, (u32, u32)) {
    let mut text = String::with_capacity(body.len() + 220);
    // Writing to a String cannot fail.
    let _ = write!(
        text,
        "{FRAME_START}\"seq\":{seq},\"scope\":\"{scope}\",\"scope_seq\":{scope_seq},\
         \"at\":\"{at}\",\"actor\":\"{actor}\",\"event\":"
    );
    let start = text.len() as u32;
    text.push_str(body);
    let end = text.len() as u32;
    text.push('}');
    (text.into(), (start, end))
}

/// Appends one fact and applies it. The caller's transaction commits both.
pub(crate) async fn append(
    tx: &mut Tx<'_>,
    at: Timestamp,
    actor: MemberId,
    fact: Fact,
) -> Result<Logged> {
    let Fact { scope, mut event } = fact;
    let seq = tx.head.seq + 1;
    let scope_seq = next_scope_seq(tx, scope).await?;
    stamp(&mut event, seq);
    erasure::blank(tx, seq, &mut event).await?;
    let body = serde_json::to_string(&event)?;
    let scope_text = scope.to_string();
    let kind = event.kind();
    let mut salt = [0; 16];
    rand::rng().fill_bytes(&mut salt);
    let body_hash = hash_body(&salt, body.as_bytes());
    let hash = hash_entry(
        &tx.head.hash,
        seq,
        &scope_text,
        scope_seq,
        at,
        actor,
        kind,
        &body_hash,
    );
    let workspace = tx.workspace;
    let about = event.about().map(|task| task.0);
    let values = params![
        workspace,
        seq,
        &scope_text,
        scope_seq,
        at,
        actor,
        kind,
        about,
        &body,
        &salt[..],
        &body_hash,
        &hash
    ];
    tx.conn.exec(&INSERT, values)?;
    tx.head = Head { seq, hash };
    let entry = Entry {
        seq,
        scope,
        scope_seq,
        at,
        actor,
        event,
    };
    apply::apply(tx, &entry).await?;
    erasure::note(tx, seq, &entry.event)?;
    let (frame, range) = frame(seq, &scope_text, scope_seq, at, actor, &body);
    let parsed = Some(Arc::new(entry.event));
    Ok(Logged {
        seq,
        scope,
        at,
        actor,
        kind: Cow::Borrowed(kind),
        frame,
        event: range,
        parsed,
    })
}

/// Fills in the positions that are known only now.
fn stamp(event: &mut Event, seq: i64) {
    if let Event::MessagePosted { message } = event {
        message.seq = seq;
    }
    if let Event::TaskCreated { task } | Event::TaskRestored { task } = event {
        task.seq = seq;
    }
    if let Event::NotificationAdded { notification, .. } = event {
        notification.seq = seq;
    }
    if let Event::ChannelGained { membership, .. } = event {
        membership.since = seq;
        if membership.read == 0 {
            membership.read = seq;
        }
    }
}

async fn next_scope_seq(tx: &mut Tx<'_>, scope: Scope) -> Result<i64> {
    let current = match tx.cache.scopes.get(&scope) {
        Some(seq) => *seq,
        None => {
            let workspace = tx.workspace;
            let text = scope.to_string();
            let seq = tx
                .conn
                .row(&SCOPE_SEQ, params![workspace, &text], |row| row.int(0))
                .await?;
            seq.unwrap_or(0)
        }
    };
    tx.cache.scopes.insert(scope, current + 1);
    tx.cache.dirty.scopes.insert(scope);
    Ok(current + 1)
}

/// Writes the positions of the scopes that moved.
pub(crate) fn write_back(tx: &mut Tx<'_>) -> Result<()> {
    let workspace = tx.workspace;
    for scope in std::mem::take(&mut tx.cache.dirty.scopes) {
        let seq = tx.cache.scopes.get(&scope).copied().unwrap_or(0);
        let text = scope.to_string();
        tx.reader
            .conn
            .exec(&SAVE_SCOPE, params![workspace, &text, seq])?;
    }
    Ok(())
}

/// Salted, so that a blanked body cannot be guessed back from its hash.
pub(crate) fn hash_body(salt: &[u8], body: &[u8]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(salt).update(body);
    *hasher.finalize().as_bytes()
}

/// The chain: each part is preceded by its length, so that no two entries read the same.
#[allow(clippy::too_many_arguments)]
pub(crate) fn hash_entry(
    before: &[u8; 32],
    seq: i64,
    scope: &str,
    scope_seq: i64,
    at: Timestamp,
    actor: MemberId,
    kind: &str,
    body_hash: &[u8; 32],
) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(before).update(&seq.to_le_bytes());
    hasher
        .update(&(scope.len() as u64).to_le_bytes())
        .update(scope.as_bytes());
    hasher
        .update(&scope_seq.to_le_bytes())
        .update(&at.as_microsecond().to_le_bytes());
    hasher.update(actor.0.as_bytes());
    hasher
        .update(&(kind.len() as u64).to_le_bytes())
        .update(kind.as_bytes());
    hasher.update(body_hash);
    *hasher.finalize().as_bytes()
}

/// The entries after `after`, at most `limit`.
pub async fn list(reader: &mut Reader<'_>, after: i64, limit: i64) -> Result<Vec<Logged>> {
    let workspace = reader.workspace;
    reader
        .conn
        .rows(&LIST, params![workspace, after, limit], logged)
        .await
}

/// The newest entry before this time. Entries are in the order of their times, unless clocks were
/// set back.
pub async fn seq_before(reader: &mut Reader<'_>, time: Timestamp) -> Result<i64> {
    let (mut before, mut after) = (0, reader.head().await?.seq + 1);
    while after - before > 1 {
        let middle = before + (after - before) / 2;
        let values = params![reader.workspace, middle];
        let at = reader.conn.row(&AT, values, |row| row.time(0)).await?;
        if at.is_some_and(|at| at < time) {
            before = middle;
        } else {
            after = middle;
        }
    }
    Ok(before)
}

/// The hash of the entry at `seq`, hexadecimal: it tells this log from every other.
pub async fn hash_at(reader: &mut Reader<'_>, seq: i64) -> Result<Option<String>> {
    let values = params![reader.workspace, seq];
    let hash = reader
        .conn
        .row(&HASH_AT, values, |row| row.bytes(0))
        .await?;
    Ok(hash.map(|hash| hash.iter().map(|byte| format!("{byte:02x}")).collect()))
}

/// The entries about one task after `after`, at most `limit`: its history.
pub async fn list_about(
    reader: &mut Reader<'_>,
    about: Uuid,
    after: i64,
    limit: i64,
) -> Result<Vec<Logged>> {
    let workspace: WorkspaceId = reader.workspace;
    reader
        .conn
        .rows(&LIST_ABOUT, params![workspace, about, after, limit], logged)
        .await
}

fn logged(row: &Row<'_>) -> Result<Logged> {
    let scope_text = row.text(1)?;
    let scope = scope_text
        .parse()
        .map_err(|_| crate::Unable::Broken(format!("unknown scope {scope_text}")))?;
    let (seq, actor) = (row.int(0)?, MemberId(row.id(4)?));
    let body = row.text(6)?;
    let (at, kind) = (row.time(3)?, Cow::Owned(row.text(5)?));
    let (frame, event) = frame(seq, &scope_text, row.int(2)?, at, actor, &body);
    Ok(Logged {
        seq,
        scope,
        at,
        actor,
        kind,
        frame,
        event,
        parsed: None,
    })
}

/// Bytes of an entry besides its body, about: ids, hashes, salt and places in indexes.
const ENTRY_BYTES: i64 = 300;
/// Places of the log at which bodies are looked at for an estimate.
const PLACES: i64 = 10;

/// What the log of this many entries takes, about: some bodies at places of equal distance stand
/// for all.
pub async fn estimate_bytes(reader: &mut Reader<'_>, entries: i64, sample: i64) -> Result<i64> {
    let (mut bytes, mut count) = (0, 0);
    for place in 0..PLACES {
        let values = params![reader.workspace, entries / PLACES * place, sample / PLACES];
        let read = |row: &Row<'_>| Ok((row.optional_int(0)?.unwrap_or(0), row.int(1)?));
        let (some, of) = reader
            .conn
            .row(&LAST_BYTES, values, read)
            .await?
            .unwrap_or((0, 0));
        (bytes, count) = (bytes + some, count + of);
    }
    let each = bytes / count.max(1) + ENTRY_BYTES;
    Ok(each * entries)
}
