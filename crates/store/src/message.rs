//! Messages: rows and queries.

use crate::{
    Reader, Result, Tx, acknowledgement, channel, file, notification, pin, poll, retention, saved,
    sql::{Row, params, statements},
    task,
};
use tenon_protocol::{
    ChannelId, Event, MemberId, MessageId, TaskId, Timestamp,
    feed::CardChange,
    file::File,
    limit::MESSAGE_EDITS_MAX,
    message::{Edit, Message, Reaction, TaskLink},
    pin::Pin,
    preview::Preview,
    thread::Resolved,
};

statements! {
    INSERT = "INSERT INTO message
        (workspace, id, seq, channel, task, thread, stream, ordinal, author, deleted, body,
        erasable)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10, $11)"
        rows "INSERT INTO message
        (workspace, id, seq, channel, task, thread, stream, ordinal, author, deleted, body,
        erasable)
        SELECT w, id, seq, channel, task, thread, stream, ordinal, author, 0, body, erasable
        FROM unnest($1::uuid[], $2::uuid[], $3::int8[], $4::uuid[], $5::uuid[], $6::uuid[],
        $7::uuid[], $8::int8[], $9::uuid[], $10::text[], $11::int8[])
        AS t (w, id, seq, channel, task, thread, stream, ordinal, author, body, erasable)";
    UPDATE = "UPDATE message SET deleted = $1, body = $2, resolved = $3, erasable = $4
        WHERE workspace = $5 AND id = $6";
    GET = "SELECT body FROM message WHERE workspace = $1 AND id = $2";
    EXISTING = "SELECT id FROM message WHERE workspace = $1
            AND id IN (SELECT unhex(value, '-') FROM json_each($2))"
        | "SELECT m.id FROM unnest($2::uuid[]) AS t (id) CROSS JOIN LATERAL (
            SELECT id FROM message WHERE workspace = $1 AND id = t.id OFFSET 0) m";
    LIST = "SELECT body FROM message WHERE workspace = $1
            AND id IN (SELECT unhex(value, '-') FROM json_each($2))"
        | "SELECT m.body FROM unnest($2::uuid[]) AS t (id) CROSS JOIN LATERAL (
            SELECT body FROM message WHERE workspace = $1 AND id = t.id OFFSET 0) m";
    INSERT_MENTION = "INSERT INTO mention (workspace, channel, member, seq, author)
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"
        rows "INSERT INTO mention (workspace, channel, member, seq, author)
        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int8[], $5::uuid[])
        ON CONFLICT DO NOTHING";
    DELETE_MENTION = "DELETE FROM mention
        WHERE workspace = $1 AND channel = $2 AND member = $3 AND seq = $4";
    INSERT_CARD = "INSERT INTO card (workspace, channel, task, message) VALUES ($1, $2, $3, $4)";
    DELETE_CARD = "DELETE FROM card WHERE workspace = $1 AND channel = $2 AND task = $3";
    CARD = "SELECT m.body FROM card c
        JOIN message m ON m.workspace = c.workspace AND m.id = c.message
        WHERE c.workspace = $1 AND c.channel = $2 AND c.task = $3";
    CARD_PLACES = "SELECT c.channel FROM channel h
        JOIN card c ON c.workspace = $1 AND c.channel = h.id AND c.task = $2
        WHERE h.workspace = $1";
    CHANNEL_BEFORE = "SELECT seq, body FROM message WHERE workspace = $1 AND stream = $2
        AND seq < $3 ORDER BY seq DESC LIMIT $4";
    CHANNEL_AFTER = "SELECT seq, body FROM message WHERE workspace = $1 AND stream = $2
        AND seq > $3 ORDER BY seq LIMIT $4";
    THREAD_BEFORE = "SELECT seq, body FROM message WHERE workspace = $1 AND thread = $2
        AND seq < $3 ORDER BY seq DESC LIMIT $4";
    THREAD_AFTER = "SELECT seq, body FROM message WHERE workspace = $1 AND thread = $2
        AND seq > $3 ORDER BY seq LIMIT $4";
    TASK_BEFORE = "SELECT seq, body FROM message WHERE workspace = $1 AND task = $2
        AND seq < $3 ORDER BY seq DESC LIMIT $4";
    TASK_AFTER = "SELECT seq, body FROM message WHERE workspace = $1 AND task = $2
        AND seq > $3 ORDER BY seq LIMIT $4";
}

/// Limit: the newest repliers that a thread's root names.
const REPLIERS_MAX: usize = 3;

/// Where a page of messages is read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversation {
    /// What stands in its stream.
    Channel(ChannelId),
    /// The replies, without the root.
    Thread(MessageId),
    Task(TaskId),
}

/// A message as it is stored: its position and its JSON.
pub type Stored = (i64, String);

pub(crate) async fn insert(tx: &mut Tx<'_>, message: &Message) -> Result<()> {
    let stream = message.channel.filter(|_| message.in_stream());
    let ordinal = match (stream, &message.card) {
        (Some(channel), None) => {
            channel::count_message(tx, channel, message.author, message.seq).await?
        }
        _ => 0,
    };
    let (workspace, body) = (tx.workspace, serde_json::to_string(message)?);
    let values = params![
        workspace,
        message.id,
        message.seq,
        message.channel,
        message.task,
        message.thread,
        stream,
        ordinal,
        message.author,
        &body,
        is_erasable(message)
    ];
    tx.conn.exec(&INSERT, values)?;
    insert_mentions(tx, message)?;
    file::attach(tx, message)?;
    if let Some(root) = message.thread {
        let first = count_reply(tx, root, message.author, message.at).await?;
        notification::follow_by_speaking(tx, message, first.as_ref())?;
    }
    if let (Some(channel), Some(asks)) = (message.channel, &message.acknowledgement) {
        acknowledgement::insert_waiting(tx, channel, message.id, asks)?;
    }
    if let Some(poll) = &message.poll {
        poll::insert(tx, message.id, poll)?;
    }
    if let Some(task) = message.task {
        task::count_message(tx, task, 1).await?;
    }
    if let (Some(card), Some(channel)) = (&message.card, message.channel) {
        tx.conn
            .exec(&DELETE_CARD, params![workspace, channel, card.task])?;
        tx.conn.exec(
            &INSERT_CARD,
            params![workspace, channel, card.task, message.id],
        )?;
    }
    Ok(())
}

/// `@channel` is one row whatever the channel's size; it includes every single mention.
fn insert_mentions(tx: &mut Tx<'_>, message: &Message) -> Result<()> {
    let Some(channel) = message.channel else {
        return Ok(());
    };
    let (workspace, seq, author) = (tx.workspace, message.seq, message.author);
    if message.mentions_channel {
        let values = params![workspace, channel, channel::EVERYONE, seq, author];
        return tx.conn.exec(&INSERT_MENTION, values);
    }
    for member in message.mentioned() {
        tx.conn.exec(
            &INSERT_MENTION,
            params![workspace, channel, member, seq, author],
        )?;
    }
    Ok(())
}

fn delete_mentions(tx: &mut Tx<'_>, message: &Message) -> Result<()> {
    let Some(channel) = message.channel else {
        return Ok(());
    };
    let workspace = tx.workspace;
    let everyone = message.mentions_channel.then_some(channel::EVERYONE);
    for member in message.mentioned().chain(everyone) {
        tx.conn.exec(
            &DELETE_MENTION,
            params![workspace, channel, member, message.seq],
        )?;
    }
    Ok(())
}

/// Gives the root if this is the only reply.
async fn count_reply(
    tx: &mut Tx<'_>,
    root: MessageId,
    author: MemberId,
    at: Timestamp,
) -> Result<Option<Message>> {
    let Some(mut message) = get(tx, root).await? else {
        return Ok(None);
    };
    message.reply_count += 1;
    message.last_reply_at = Some(at);
    message.repliers.retain(|member| *member != author);
    message.repliers.push(author);
    if message.repliers.len() > REPLIERS_MAX {
        message.repliers.remove(0);
    }
    save(tx, &message)?;
    Ok(Some(message).filter(|root| root.reply_count == 1))
}

pub(crate) async fn edit(tx: &mut Tx<'_>, event: &Event) -> Result<()> {
    let Event::MessageEdited {
        message: id,
        text,
        mentions,
        mentions_channel,
        mentions_groups,
        at,
        ..
    } = event
    else {
        return Ok(());
    };
    let Some(mut message) = get(tx, *id).await? else {
        return Ok(());
    };
    delete_mentions(tx, &message)?;
    let before = std::mem::replace(&mut message.text, text.clone());
    message.edits.push(Edit {
        text: before,
        at: message.edited_at.unwrap_or(message.at),
    });
    if message.edits.len() > MESSAGE_EDITS_MAX {
        message.edits.remove(0);
    }
    message.mentions = mentions.clone();
    message.mentions_channel = *mentions_channel;
    message.mentions_groups = mentions_groups.clone();
    message.edited_at = Some(*at);
    insert_mentions(tx, &message)?;
    notification::set_excerpt(tx, message.id, text)?;
    saved::set_excerpt(tx, message.id, text)?;
    save(tx, &message)
}

pub(crate) async fn delete(tx: &mut Tx<'_>, id: MessageId) -> Result<()> {
    let Some(mut message) = get(tx, id).await? else {
        return Ok(());
    };
    empty(tx, &mut message)?;
    save(tx, &message)?;
    if let Some(root) = message.thread {
        lose_reply(tx, root).await?;
    }
    if let Some(task) = message.task {
        task::count_message(tx, task, -1).await?;
    }
    Ok(())
}

async fn lose_reply(tx: &mut Tx<'_>, root: MessageId) -> Result<()> {
    let Some(mut root) = get(tx, root).await? else {
        return Ok(());
    };
    root.reply_count -= 1;
    save(tx, &root)?;
    retention::leave_if_gone(tx, &root)
}

/// Takes out what was said, and what hangs on it. The place stays.
pub(crate) fn empty(tx: &mut Tx<'_>, message: &mut Message) -> Result<()> {
    let id = message.id;
    delete_mentions(tx, message)?;
    notification::remove_message(tx, id)?;
    saved::remove_message(tx, id)?;
    message.deleted = true;
    message.text.clear();
    if !message.files.is_empty() || !message.previews.is_empty() {
        message.files.clear();
        message.previews.clear();
        file::detach(tx, id)?;
    }
    message.edits.clear();
    message.mentions.clear();
    message.mentions_channel = false;
    message.quote = None;
    message.mentions_groups.clear();
    message.reactions.clear();
    if message.acknowledgement.take().is_some() {
        acknowledgement::delete(tx, id)?;
    }
    if message.poll.take().is_some() {
        poll::delete(tx, id)?;
    }
    if let (Some(_), Some(channel)) = (message.pin.take(), message.channel) {
        pin::delete(tx, channel, id)?;
    }
    Ok(())
}

pub(crate) async fn add_reaction(
    tx: &mut Tx<'_>,
    id: MessageId,
    emoji: &str,
    member: MemberId,
) -> Result<()> {
    update(tx, id, |message| {
        match message
            .reactions
            .iter_mut()
            .find(|reaction| reaction.emoji == emoji)
        {
            Some(reaction) => reaction.members.push(member),
            None => message.reactions.push(Reaction {
                emoji: emoji.to_owned(),
                members: vec![member],
            }),
        }
    })
    .await
}

pub(crate) async fn remove_reaction(
    tx: &mut Tx<'_>,
    id: MessageId,
    emoji: &str,
    member: MemberId,
) -> Result<()> {
    update(tx, id, |message| {
        for reaction in message
            .reactions
            .iter_mut()
            .filter(|reaction| reaction.emoji == emoji)
        {
            reaction.members.retain(|other| *other != member);
        }
        message
            .reactions
            .retain(|reaction| !reaction.members.is_empty());
    })
    .await
}

pub(crate) async fn link(tx: &mut Tx<'_>, id: MessageId, link: &TaskLink) -> Result<()> {
    update(tx, id, |message| message.link = Some(link.clone())).await
}

pub(crate) async fn set_pin(tx: &mut Tx<'_>, id: MessageId, pin: Option<Pin>) -> Result<()> {
    update(tx, id, |message| message.pin = pin).await
}

pub(crate) async fn resolve(
    tx: &mut Tx<'_>,
    id: MessageId,
    resolved: Option<Resolved>,
) -> Result<()> {
    update(tx, id, |message| message.resolved = resolved).await
}

pub(crate) async fn set_previews(
    tx: &mut Tx<'_>,
    id: MessageId,
    previews: &[Preview],
) -> Result<()> {
    let Some(mut message) = get(tx, id).await? else {
        return Ok(());
    };
    let pictures = |previews: &[Preview]| -> Vec<File> {
        let pictures = previews.iter().filter_map(|it| it.picture.clone());
        pictures.collect()
    };
    let (before, after) = (pictures(&message.previews), pictures(previews));
    for picture in before.iter().filter(|picture| !after.contains(picture)) {
        file::detach_one(tx, picture.id)?;
    }
    for picture in after.iter().filter(|picture| !before.contains(picture)) {
        file::attach_picture(tx, &message, picture)?;
    }
    message.previews = previews.to_vec();
    save(tx, &message)
}

pub(crate) async fn set_card(tx: &mut Tx<'_>, change: &CardChange) -> Result<()> {
    update(tx, change.message, |message| {
        message.card = Some(change.card.clone())
    })
    .await
}

pub(crate) async fn update(
    tx: &mut Tx<'_>,
    id: MessageId,
    change: impl FnOnce(&mut Message),
) -> Result<()> {
    let Some(mut message) = get(tx, id).await? else {
        return Ok(());
    };
    change(&mut message);
    save(tx, &message)
}

/// Whether a rule of retention may take it.
fn is_erasable(message: &Message) -> bool {
    let talk = message.channel.is_some() && message.card.is_none();
    talk && message.pin.is_none() && !message.erased
}

pub(crate) fn save(tx: &mut Tx<'_>, message: &Message) -> Result<()> {
    let (workspace, body) = (tx.workspace, serde_json::to_string(message)?);
    tx.conn.exec(
        &UPDATE,
        params![
            message.deleted,
            &body,
            message.resolved.is_some(),
            is_erasable(message),
            workspace,
            message.id
        ],
    )
}

pub async fn get(reader: &mut Reader<'_>, id: MessageId) -> Result<Option<Message>> {
    reader
        .conn
        .row(&GET, params![reader.workspace, id], |row| row.body(0))
        .await
}

/// Those of these ids that messages have, in one statement.
pub async fn list_existing(reader: &mut Reader<'_>, ids: &[MessageId]) -> Result<Vec<MessageId>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    let read = |row: &Row<'_>| row.id(0).map(MessageId);
    reader
        .conn
        .rows(&EXISTING, params![reader.workspace, &ids[..]], read)
        .await
}

/// Those of these that there are, in one statement and no order.
pub async fn list(reader: &mut Reader<'_>, ids: &[MessageId]) -> Result<Vec<Message>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    let values = params![reader.workspace, &ids[..]];
    reader.conn.rows(&LIST, values, |row| row.body(0)).await
}

/// The channels that have a card of the task. Looks into each channel: for what is rare.
pub async fn list_card_places(reader: &mut Reader<'_>, task: TaskId) -> Result<Vec<ChannelId>> {
    let read = |row: &Row<'_>| row.id(0).map(ChannelId);
    let values = params![reader.workspace, task];
    reader.conn.rows(&CARD_PLACES, values, read).await
}

/// The message with a task's card in a channel.
pub async fn find_card(
    reader: &mut Reader<'_>,
    channel: ChannelId,
    task: TaskId,
) -> Result<Option<Message>> {
    reader
        .conn
        .row(&CARD, params![reader.workspace, channel, task], |row| {
            row.body(0)
        })
        .await
}

/// The `limit` messages just before `seq`, oldest first.
pub async fn list_before(
    reader: &mut Reader<'_>,
    conversation: Conversation,
    seq: i64,
    limit: i64,
) -> Result<Vec<Stored>> {
    let (sql, id) = match conversation {
        Conversation::Channel(id) => (&CHANNEL_BEFORE, id.0),
        Conversation::Thread(id) => (&THREAD_BEFORE, id.0),
        Conversation::Task(id) => (&TASK_BEFORE, id.0),
    };
    let values = params![reader.workspace, id, seq, limit];
    let mut items = reader.conn.rows(sql, values, stored).await?;
    items.reverse();
    Ok(items)
}

/// The `limit` messages just after `seq`, oldest first.
pub async fn list_after(
    reader: &mut Reader<'_>,
    conversation: Conversation,
    seq: i64,
    limit: i64,
) -> Result<Vec<Stored>> {
    let (sql, id) = match conversation {
        Conversation::Channel(id) => (&CHANNEL_AFTER, id.0),
        Conversation::Thread(id) => (&THREAD_AFTER, id.0),
        Conversation::Task(id) => (&TASK_AFTER, id.0),
    };
    reader
        .conn
        .rows(sql, params![reader.workspace, id, seq, limit], stored)
        .await
}

fn stored(row: &Row<'_>) -> Result<Stored> {
    Ok((row.int(0)?, row.text(1)?))
}
