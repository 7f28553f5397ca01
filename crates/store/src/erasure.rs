//! Erasing words from the log: the bodies that hold words of an erased message are replaced by
//! what is left of them, with a new salt. The hash of the body as it was written stays in the
//! chain, and cannot be guessed back without the old salt.
//!
//! What is left is a husk: the same event without words, so that the log can still be applied from
//! nothing. Husks are hashed in turn, and the entry that erased them carries the digest of these
//! hashes: so the chain covers what is left too (`verify.rs`).

use crate::{
    Reader, Result, Tx, Unable,
    log::hash_body,
    message,
    sql::{Row, params, statements},
    trash,
};
use rand::RngCore;
use std::collections::{BTreeMap, HashMap, HashSet};
use tenon_protocol::{
    Event, MessageId, TaskId,
    file::File,
    message::{Context, Message},
    poll::Poll,
    preview::Preview,
    task::{Task, TaskChange},
};

statements! {
    TOLD = "SELECT m.id, e.seq, e.body, e.erased FROM message m
            JOIN entry e ON e.workspace = m.workspace AND e.seq = m.seq
            WHERE m.workspace = $1 AND m.id IN (SELECT unhex(value, '-') FROM json_each($2))"
        | "SELECT m.id, e.seq, e.body, e.erased FROM unnest($2::uuid[]) AS t (id)
            CROSS JOIN LATERAL (SELECT workspace, id, seq FROM message
                WHERE workspace = $1 AND id = t.id OFFSET 0) m
            CROSS JOIN LATERAL (SELECT seq, body, erased FROM entry
                WHERE workspace = m.workspace AND seq = m.seq OFFSET 0) e";
    HOLDING = "SELECT h.message, e.seq, e.body, e.erased FROM message_entry h
            JOIN entry e ON e.workspace = h.workspace AND e.seq = h.seq
            WHERE h.workspace = $1
            AND h.message IN (SELECT unhex(value, '-') FROM json_each($2))"
        | "SELECT h.message, e.seq, e.body, e.erased FROM unnest($2::uuid[]) AS t (id)
            CROSS JOIN LATERAL (SELECT workspace, message, seq FROM message_entry
                WHERE workspace = $1 AND message = t.id OFFSET 0) h
            CROSS JOIN LATERAL (SELECT seq, body, erased FROM entry
                WHERE workspace = h.workspace AND seq = h.seq OFFSET 0) e";
    ABOUT = "SELECT seq, body, erased FROM entry
        WHERE workspace = $1 AND about = $2 AND seq > $3 AND seq <= $4";
    BLANK = "UPDATE entry SET body = $1, salt = $2, erased = $3
        WHERE workspace = $4 AND seq = $5"
        rows "UPDATE entry e SET body = t.body, salt = t.salt, erased = t.erased
        FROM unnest($1::text[], $2::bytea[], $3::text[], $4::uuid[], $5::int8[])
        AS t (body, salt, erased, workspace, seq)
        WHERE e.workspace = t.workspace AND e.seq = t.seq";
    NOTE = "INSERT INTO message_entry (workspace, message, seq) VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING"
        rows "INSERT INTO message_entry (workspace, message, seq)
        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int8[]) ON CONFLICT DO NOTHING";
    FORGET = "DELETE FROM message_entry WHERE workspace = $1 AND message = $2";
}

/// An entry that holds words of a message.
struct Held {
    source: MessageId,
    seq: i64,
    event: Event,
    erased: Option<String>,
}

/// All that holds words of some messages.
struct Traces {
    held: Vec<Held>,
    /// Messages that quote, as they are now, each with the one whose words it holds in the end.
    quoters: Vec<(MessageId, Message)>,
    /// The messages themselves, and those that say nothing but what they quote.
    sources: HashMap<MessageId, MessageId>,
}

/// Messages that hold words of these, each with the one whose words they are.
pub async fn list_quoters(
    reader: &mut Reader<'_>,
    messages: &[MessageId],
) -> Result<Vec<(MessageId, Message)>> {
    Ok(trace(reader, messages).await?.quoters)
}

/// Follows quotes: one that quotes a message which says nothing itself holds the words of the one
/// behind that.
async fn trace(reader: &mut Reader<'_>, messages: &[MessageId]) -> Result<Traces> {
    let mut traces = Traces {
        held: Vec::new(),
        quoters: Vec::new(),
        sources: messages.iter().map(|id| (*id, *id)).collect(),
    };
    let mut next = messages.to_vec();
    while !next.is_empty() {
        let held = list(reader, &HOLDING, &next).await?;
        next.clear();
        let posted = |it: &Held| match &it.event {
            Event::MessagePosted { message } => Some((message.id, it.source)),
            _ => None,
        };
        let posted: HashMap<MessageId, MessageId> = held.iter().filter_map(posted).collect();
        let ids: Vec<MessageId> = posted.keys().copied().collect();
        for row in message::list(reader, &ids).await? {
            let source = posted.get(&row.id).and_then(|id| traces.sources.get(id));
            let source = source.copied().unwrap_or(row.id);
            if !traces.sources.contains_key(&row.id) && was_wordless(&row, &held) {
                traces.sources.insert(row.id, source);
                next.push(row.id);
            }
            traces.quoters.push((source, row));
        }
        traces.held.extend(held);
    }
    Ok(traces)
}

/// Whether it ever said nothing but what it quotes: then others may hold that as its words.
fn was_wordless(row: &Message, held: &[Held]) -> bool {
    let first = held.iter().find_map(|it| match &it.event {
        Event::MessagePosted { message } if message.id == row.id => Some(&message.text),
        _ => None,
    });
    let edits = row.edits.iter().map(|it| &it.text);
    first
        .into_iter()
        .chain(edits)
        .chain([&row.text])
        .any(String::is_empty)
}

async fn list(
    reader: &mut Reader<'_>,
    sql: &'static crate::sql::Sql,
    messages: &[MessageId],
) -> Result<Vec<Held>> {
    let ids: Vec<_> = messages.iter().map(|id| id.0).collect();
    let read = |row: &Row<'_>| {
        Ok(Held {
            source: MessageId(row.id(0)?),
            seq: row.int(1)?,
            event: row.body(2)?,
            erased: row.optional_text(3)?,
        })
    };
    let values = params![reader.workspace, &ids[..]];
    reader.conn.rows(sql, values, read).await
}

/// Remembers of which messages an entry holds words.
pub(crate) fn note(tx: &mut Tx<'_>, seq: i64, event: &Event) -> Result<()> {
    let workspace = tx.workspace;
    for message in held_by(event) {
        tx.conn.exec(&NOTE, params![workspace, message, seq])?;
    }
    Ok(())
}

/// The message is erased: nothing holds words of it any more.
pub(crate) fn forget(tx: &mut Tx<'_>, message: MessageId) -> Result<()> {
    let workspace = tx.workspace;
    tx.conn.exec(&FORGET, params![workspace, message])
}

/// Messages whose words the entry holds, besides the one that it tells.
fn held_by(event: &Event) -> Vec<MessageId> {
    match event {
        Event::MessagePosted { message } => {
            let quote = message.quote.iter();
            let of = |it: &Context| {
                let quoted = it.quotes.iter().map(|quote| quote.message);
                std::iter::once(it.message)
                    .chain(quoted)
                    .collect::<HashSet<_>>()
            };
            quote.flat_map(of).collect()
        }
        Event::MessageEdited { message, .. }
        | Event::PollOptionAdded { message, .. }
        | Event::PreviewsChanged { message, .. } => vec![*message],
        Event::KeptMessageChanged { message, excerpt } => {
            excerpt.iter().map(|_| *message).collect()
        }
        Event::NotificationAdded { notification, .. } => notification.message.into_iter().collect(),
        Event::NotificationsRestored { notifications } => {
            notifications.iter().filter_map(|it| it.message).collect()
        }
        Event::MessageSaved { saved } => vec![saved.message],
        Event::MessageScheduled { scheduled } => vec![scheduled.message.id],
        _ => Vec::new(),
    }
}

/// Before the entry of an erasure is written at `seq`: blanks what it erases, and fills in the
/// digest. One that has its digest already is being replayed.
pub(crate) async fn blank(tx: &mut Tx<'_>, seq: i64, event: &mut Event) -> Result<()> {
    match event {
        Event::MessagesErased {
            messages, digest, ..
        } if digest.is_empty() => {
            let ids: Vec<MessageId> = messages.iter().map(|it| it.id).collect();
            *digest = blank_messages(tx, seq, &ids).await?;
        }
        Event::FilesErased {
            messages, digest, ..
        } if digest.is_empty() => {
            let ids: Vec<MessageId> = messages.iter().map(|it| it.message).collect();
            *digest = blank_files(tx, seq, &ids).await?;
        }
        Event::TaskErased {
            task,
            messages,
            until,
            digest,
            ..
        } if digest.is_empty() => {
            *digest = blank_task(tx, seq, *task, messages, *until).await?;
        }
        _ => {}
    }
    Ok(())
}

/// A part of its conversation, and of what tells of it: what comes up to `until` and after what an
/// earlier part took.
async fn blank_task(
    tx: &mut Tx<'_>,
    seq: i64,
    task: TaskId,
    ids: &[MessageId],
    until: i64,
) -> Result<String> {
    let traces = trace(tx, ids).await?;
    let erased: HashSet<MessageId> = ids.iter().copied().collect();
    let mut held = list(tx, &TOLD, ids).await?;
    held.extend(traces.held);
    let read = |row: &Row<'_>| {
        Ok(Held {
            source: MessageId(task.0),
            seq: row.int(0)?,
            event: row.body(1)?,
            erased: row.optional_text(2)?,
        })
    };
    let after = trash::load_erased(tx, task).await?;
    let values = params![tx.workspace, task, after, until];
    held.extend(tx.conn.rows(&ABOUT, values, read).await?);
    let sources = traces.sources;
    replace(tx, seq, held, |event| {
        husk(event, &erased, &sources);
        husk_of_task(event);
    })
}

async fn blank_messages(tx: &mut Tx<'_>, seq: i64, ids: &[MessageId]) -> Result<String> {
    let traces = trace(tx, ids).await?;
    let erased: HashSet<MessageId> = ids.iter().copied().collect();
    let mut held = list(tx, &TOLD, ids).await?;
    held.extend(traces.held);
    let sources = traces.sources;
    replace(tx, seq, held, |event| husk(event, &erased, &sources))
}

async fn blank_files(tx: &mut Tx<'_>, seq: i64, ids: &[MessageId]) -> Result<String> {
    let erased: HashSet<MessageId> = ids.iter().copied().collect();
    let mut held = list(tx, &TOLD, ids).await?;
    held.extend(list(tx, &HOLDING, ids).await?);
    replace(tx, seq, held, |event| match event {
        Event::MessagePosted { message } if erased.contains(&message.id) => {
            message.files.iter_mut().for_each(unname);
        }
        Event::MessageScheduled { scheduled } if erased.contains(&scheduled.message.id) => {
            scheduled.files.iter_mut().for_each(unname);
        }
        _ => {}
    })
}

/// Puts husks in the place of bodies; gives the digest.
fn replace(
    tx: &mut Tx<'_>,
    seq: i64,
    held: Vec<Held>,
    make: impl Fn(&mut Event),
) -> Result<String> {
    let workspace = tx.workspace;
    let by_seq: BTreeMap<i64, Held> = held.into_iter().map(|it| (it.seq, it)).collect();
    let mut digest = blake3::Hasher::new();
    for (at, held) in by_seq {
        let mut event = held.event.clone();
        make(&mut event);
        if event == held.event {
            continue;
        }
        let body = serde_json::to_string(&event)?;
        let mut salt = [0; 16];
        rand::rng().fill_bytes(&mut salt);
        let hash = hash_body(&salt, body.as_bytes());
        add(&mut digest, at, &hash);
        let mut erased = held.erased.map(|it| it + ",").unwrap_or_default();
        erased.push_str(&format!("{seq}:{}", hex(&hash)));
        let values = params![&body, &salt[..], &erased, workspace, at];
        tx.conn.exec(&BLANK, values)?;
    }
    Ok(hex(digest.finalize().as_bytes()))
}

/// One more husk, in the order of their entries.
pub(crate) fn add(digest: &mut blake3::Hasher, seq: i64, hash: &[u8; 32]) {
    digest.update(&seq.to_le_bytes()).update(hash);
}

pub(crate) fn hex(hash: &[u8; 32]) -> String {
    blake3::Hash::from_bytes(*hash).to_hex().to_string()
}

/// The column `erased`: which entries blanked the body, and the hash of what each left.
pub(crate) fn parse(erased: &str) -> Result<Vec<(i64, [u8; 32])>> {
    let unknown = || Unable::Broken(format!("erased is not seq:hash: {erased}"));
    let one = |part: &str| {
        let (seq, hash) = part.split_once(':').ok_or_else(unknown)?;
        let seq = seq.parse().map_err(|_| unknown())?;
        let hash = blake3::Hash::from_hex(hash).map_err(|_| unknown())?;
        Ok((seq, *hash.as_bytes()))
    };
    erased.split(',').map(one).collect()
}

/// Takes out of an event the words of the erased messages. `sources`: those, and messages that
/// say nothing but what they quote of them. Ids, times and numbers stay: rows follow from them.
fn husk(event: &mut Event, erased: &HashSet<MessageId>, sources: &HashMap<MessageId, MessageId>) {
    match event {
        Event::MessagePosted { message } if erased.contains(&message.id) => empty(message),
        Event::MessagePosted { message } => {
            if let Some(quote) = &mut message.quote {
                let quoted = quote.quotes.iter().map(|it| it.message);
                let mut all = std::iter::once(quote.message).chain(quoted);
                if all.any(|id| sources.contains_key(&id)) {
                    unquote(quote);
                }
            }
        }
        Event::MessageEdited { message, text, .. } if erased.contains(message) => text.clear(),
        Event::PollOptionAdded {
            message, option, ..
        } if erased.contains(message) => option.text.clear(),
        Event::PreviewsChanged { message, previews } if erased.contains(message) => {
            previews.iter_mut().for_each(unpreview);
        }
        Event::KeptMessageChanged { message, excerpt } if erased.contains(message) => {
            *excerpt = excerpt.as_ref().map(|_| String::new());
        }
        Event::NotificationAdded { notification, .. }
            if notification.message.is_some_and(|id| erased.contains(&id)) =>
        {
            notification.excerpt.clear();
        }
        Event::NotificationsRestored { notifications } => {
            for it in notifications {
                if it.message.is_some_and(|id| erased.contains(&id)) {
                    it.excerpt.clear();
                }
            }
        }
        Event::MessageSaved { saved } if erased.contains(&saved.message) => saved.excerpt.clear(),
        Event::MessageScheduled { scheduled } if erased.contains(&scheduled.message.id) => {
            let post = &mut scheduled.message;
            post.text.clear();
            post.alias = None;
            scheduled.files.iter_mut().for_each(unname);
            let options = post.poll.iter_mut().flat_map(|poll| &mut poll.options);
            options.for_each(String::clear);
        }
        _ => {}
    }
}

/// The same for what tells of a task.
fn husk_of_task(event: &mut Event) {
    match event {
        Event::TaskCreated { task } | Event::TaskRestored { task } => empty_task(task),
        Event::TaskChanged { changes, .. } => changes.iter_mut().for_each(empty_change),
        _ => {}
    }
}

/// Takes the words out of a task.
pub(crate) fn empty_task(task: &mut Task) {
    task.title.clear();
    task.description.clear();
    task.labels.clear();
    task.checklist.iter_mut().for_each(|it| it.text.clear());
    task.fields.clear();
}

fn empty_change(change: &mut TaskChange) {
    match change {
        TaskChange::Title { from, to } | TaskChange::Description { from, to } => {
            from.clear();
            to.clear();
        }
        TaskChange::Labels { from, to } => {
            from.clear();
            to.clear();
        }
        TaskChange::Item { from, to, .. } => {
            for item in from.iter_mut().chain(to) {
                item.text.clear();
            }
        }
        TaskChange::CustomField { from, to, .. } => (*from, *to) = (None, None),
        TaskChange::Type { .. }
        | TaskChange::State { .. }
        | TaskChange::Assignees { .. }
        | TaskChange::Priority { .. }
        | TaskChange::Start { .. }
        | TaskChange::Due { .. }
        | TaskChange::Estimate { .. }
        | TaskChange::Parent { .. }
        | TaskChange::Rank { .. }
        | TaskChange::Followers { .. }
        | TaskChange::Links { .. } => {}
    }
}

fn empty(message: &mut Message) {
    message.context.iter_mut().for_each(unquote);
    message.text.clear();
    message.alias = None;
    message.files.iter_mut().for_each(unname);
    message.previews.iter_mut().for_each(unpreview);
    message.quote.iter_mut().for_each(unquote);
    message.poll.iter_mut().for_each(unask);
}

fn unname(file: &mut File) {
    file.name.clear();
}

pub(crate) fn unquote(quote: &mut Context) {
    for quote in &mut quote.quotes {
        quote.text.clear();
    }
}

fn unask(poll: &mut Poll) {
    for option in &mut poll.options {
        option.text.clear();
    }
}

fn unpreview(preview: &mut Preview) {
    preview.url.clear();
    preview.site.clear();
    preview.title.clear();
    preview.description.clear();
    preview.picture.iter_mut().for_each(unname);
}
