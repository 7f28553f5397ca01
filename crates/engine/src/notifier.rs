//! The follower that tells members what concerns them. For each page of the log it asks, in a
//! fixed number of statements, who follows what; an ordinary message concerns nobody and costs
//! nothing more. What does concern somebody becomes the command `Notify`.
//!
//! Durable like `feeds.rs`: the cursor is written down after the commands, whose request ids follow
//! from what they are about, so that doing them again has no effect.

use crate::{Actor, Engine, Failure, Grants, engine::Inner, feeds::BOT_HANDLE, hub::Hub};
use futures::FutureExt;
use hashbrown::{HashMap, HashSet};
use std::{
    sync::{Arc, Weak},
    time::Duration,
};
use tenon_domain::{
    keyword::Keywords,
    notification::{
        Place, concerned_by_changes, concerned_by_edit, concerned_by_message, concerned_by_task,
        notifies_everyone,
    },
};
use tenon_protocol::{
    ChannelId, Command, Event, MemberId, MessageId, RequestId, TaskId, WorkspaceId,
    channel::{Channel, ChannelKind},
    limit::{CHANNEL_MENTION_MEMBERS_MAX, NOTIFY_MEMBERS_MAX},
    message::Message,
    notification::{Concern, Notify},
    task::Task,
};
use tenon_store::{Logged, Reader, channel, follower, member, notification, preference, task};
use tokio::time;
use uuid::Uuid;

/// Under this name its cursor is kept.
pub(crate) const NAME: &str = "notifier";
const RETRY: Duration = Duration::from_secs(1);
/// The log rests when nothing was added for this long.
const REST: Duration = Duration::from_millis(200);
/// Limit: entries that may have to be followed again after a crash.
const UNSAVED_ENTRIES_MAX: i64 = 2_000;

/// Follows one workspace until the engine is gone.
pub(crate) fn start(engine: Weak<Inner>, workspace: WorkspaceId, hub: &Hub) {
    let mut head = hub.head();
    let mut follower = Follower {
        engine,
        workspace,
        hub: hub.clone(),
        cursor: None,
        saved: 0,
        keywords: None,
    };
    tokio::spawn(async move {
        loop {
            match follower.step().await {
                Ok(Next::More) => {}
                Ok(Next::Rest) => {
                    let Ok(changed) = time::timeout(REST, head.changed()).await else {
                        follower.save_or_retry().await;
                        continue;
                    };
                    if changed.is_err() {
                        return;
                    }
                }
                Ok(Next::Wait) => {
                    if head.changed().await.is_err() {
                        return;
                    }
                }
                Ok(Next::End) => return,
                Err(failure) => {
                    tracing::warn!(reason = %failure.message(), "the notifier waits");
                    time::sleep(RETRY).await;
                }
            }
        }
    });
}

/// What comes after one page.
enum Next {
    More,
    /// Nothing new, but the cursor is not written down yet.
    Rest,
    /// Nothing new.
    Wait,
    /// The engine is gone or stops.
    End,
}

/// Where the follower is.
struct Follower {
    engine: Weak<Inner>,
    workspace: WorkspaceId,
    hub: Hub,
    /// Followed up to here; none until it was read.
    cursor: Option<i64>,
    /// As it is written down.
    saved: i64,
    /// Forgotten whenever anybody's preferences change.
    keywords: Option<Arc<Keywords>>,
}

impl Follower {
    /// Follows one page.
    async fn step(&mut self) -> Result<Next, Failure> {
        let Some(inner) = self.engine.upgrade() else {
            return Ok(Next::End);
        };
        let engine = Engine { inner };
        if !engine.ready() {
            return Ok(Next::End);
        }
        let cursor = match self.cursor {
            Some(cursor) => cursor,
            None => self.load(&engine).await?,
        };
        let page = self.hub.entries_after(cursor).await?;
        let Some(last) = page.last().map(|entry| entry.seq) else {
            let rests = self.saved == cursor;
            return Ok(if rests { Next::Wait } else { Next::Rest });
        };
        if page.iter().any(|entry| entry.kind == "preferences_changed") {
            self.keywords = None;
        }
        let told = interesting(&page)?;
        if !told.is_empty() {
            self.tell(&engine, told).await?;
        }
        self.cursor = Some(last);
        if last - self.saved >= UNSAVED_ENTRIES_MAX {
            self.save(&engine).await?;
        }
        Ok(Next::More)
    }

    async fn load(&mut self, engine: &Engine) -> Result<i64, Failure> {
        let workspace = self.workspace;
        let read = engine
            .inner
            .store
            .read_private(move |private| follower::get(private, workspace, NAME).boxed());
        self.saved = read.await?;
        self.cursor = Some(self.saved);
        Ok(self.saved)
    }

    async fn save(&mut self, engine: &Engine) -> Result<(), Failure> {
        let (workspace, seq) = (self.workspace, self.cursor.unwrap_or(self.saved));
        let write = engine.inner.store.private(move |private| {
            async move { follower::set(private, workspace, NAME, seq) }.boxed()
        });
        write.await?;
        self.saved = seq;
        Ok(())
    }

    async fn save_or_retry(&mut self) {
        let Some(inner) = self.engine.upgrade() else {
            return;
        };
        if let Err(failure) = self.save(&Engine { inner }).await {
            tracing::warn!(reason = %failure.message(), "the notifier's cursor is not saved");
            time::sleep(RETRY).await;
        }
    }

    async fn tell(
        &mut self,
        engine: &Engine,
        told: Vec<(Logged, Arc<Event>)>,
    ) -> Result<(), Failure> {
        let keywords = self.keywords(engine).await?;
        let told = Arc::new(told);
        let entries = told.clone();
        let read = engine.inner.store.read(self.workspace, move |reader| {
            async move { Surroundings::load(reader, &entries).await }.boxed()
        });
        let surroundings = read.await?;
        for (entry, event) in told.iter() {
            let concerned = surroundings.concerned(entry, event, &keywords);
            if concerned.is_empty() {
                continue;
            }
            let Some(bot) = surroundings.bot else {
                return Ok(());
            };
            send(engine, self.workspace, bot, entry, event, concerned).await?;
        }
        Ok(())
    }

    async fn keywords(&mut self, engine: &Engine) -> Result<Arc<Keywords>, Failure> {
        if let Some(keywords) = &self.keywords {
            return Ok(keywords.clone());
        }
        let read = engine.inner.store.read(self.workspace, |reader| {
            async move { preference::list(reader).await }.boxed()
        });
        let all = read.await?;
        let all = all.iter().map(|(id, it)| (*id, it.keywords.as_slice()));
        let keywords = Arc::new(Keywords::of(all));
        self.keywords = Some(keywords.clone());
        Ok(keywords)
    }
}

/// Entries that may concern somebody, with their events.
fn interesting(page: &[Logged]) -> Result<Vec<(Logged, Arc<Event>)>, Failure> {
    let kinds = [
        "message_posted",
        "message_edited",
        "task_created",
        "task_changed",
    ];
    let fitting = page.iter().filter(|entry| kinds.contains(&&*entry.kind));
    let parsed = fitting.map(|entry| Ok((entry.clone(), entry.event()?)));
    parsed.collect()
}

/// What decides whom the entries of a page concern.
#[derive(Default)]
struct Surroundings {
    bot: Option<MemberId>,
    channels: HashMap<ChannelId, Channel>,
    /// With the seq since which each follows.
    followers: HashMap<MessageId, Vec<(MemberId, i64)>>,
    listeners: HashMap<ChannelId, Vec<MemberId>>,
    tasks: HashMap<TaskId, Task>,
    /// Of channels where everyone was mentioned, if they are not too many.
    everyone: HashMap<ChannelId, Vec<MemberId>>,
}

impl Surroundings {
    async fn load(
        reader: &mut Reader<'_>,
        told: &[(Logged, Arc<Event>)],
    ) -> tenon_store::Result<Self> {
        let (mut threads, mut channels, mut tasks) = (Ids::new(), Ids::new(), Ids::new());
        let mut loud = HashSet::new();
        for (_, event) in told {
            if let Event::MessagePosted { message } = &**event {
                threads.extend(message.thread.map(|id| id.0));
                channels.extend(message.channel.map(|id| id.0));
                tasks.extend(message.task.map(|id| id.0));
                loud.extend(message.channel.filter(|_| message.mentions_channel));
            }
            tasks.extend(event.about().map(|id| id.0));
        }
        let mut found = Self {
            bot: member::find_by_handle(reader, BOT_HANDLE)
                .await?
                .map(|bot| bot.id),
            ..Self::default()
        };
        for it in channel::list_these(reader, &list(&channels)).await? {
            found.channels.insert(it.id, it);
        }
        for (thread, member, since) in notification::list_followers(reader, &list(&threads)).await?
        {
            let followers = found.followers.entry(thread).or_default();
            followers.push((member, since));
        }
        for (channel, member) in preference::list_listeners(reader, &list(&channels)).await? {
            found.listeners.entry(channel).or_default().push(member);
        }
        for it in task::list_these(reader, &list(&tasks)).await? {
            found.tasks.insert(it.id, it);
        }
        let max = CHANNEL_MENTION_MEMBERS_MAX as i64;
        for id in loud {
            let count = channel::count_members(reader, id, max + 1).await?;
            if notifies_everyone(count as usize) {
                let members = channel::list_members(reader, id).await?;
                found.everyone.insert(id, members);
            }
        }
        Ok(found)
    }

    fn concerned(&self, entry: &Logged, event: &Event, keywords: &Keywords) -> Vec<Concern> {
        if let Event::MessagePosted { message } = event {
            return self.concerned_by_message(message, keywords);
        }
        if let Event::MessageEdited {
            mentions_before,
            mentions,
            ..
        } = event
        {
            return concerned_by_edit(entry.actor, mentions_before, mentions);
        }
        if let Event::TaskCreated { task } = event {
            return concerned_by_task(entry.actor, task);
        }
        if let Event::TaskChanged { task, changes } = event
            && let Some(task) = self.tasks.get(task)
        {
            return concerned_by_changes(entry.actor, task, changes);
        }
        vec![]
    }

    fn concerned_by_message(&self, message: &Message, keywords: &Keywords) -> Vec<Concern> {
        let none: Vec<MemberId> = vec![];
        let channel = message.channel.and_then(|id| self.channels.get(&id));
        let direct = channel.filter(|it| it.kind == ChannelKind::Direct);
        let everyone = message.channel.filter(|_| message.mentions_channel);
        let everyone = everyone.and_then(|id| self.everyone.get(&id));
        // Whoever began to follow after it was said is not told of it.
        let of_thread = message.thread.and_then(|id| self.followers.get(&id));
        let of_thread = of_thread.into_iter().flatten();
        let of_thread = of_thread.filter(|(_, since)| *since <= message.seq);
        let of_thread: Vec<MemberId> = of_thread.map(|(id, _)| *id).collect();
        let of_task = message.task.and_then(|id| self.tasks.get(&id));
        let followers = match message.task {
            Some(_) => of_task.map(|task| &task.followers),
            None => Some(&of_thread),
        };
        let listeners = message.channel.and_then(|id| self.listeners.get(&id));
        // In direct channels and tasks all that is said is told already.
        let in_channel = channel.is_some() && direct.is_none();
        let found = if in_channel && message.card.is_none() {
            keywords.find(&message.text)
        } else {
            vec![]
        };
        let place = Place {
            direct: direct.map_or(&none, |it| &it.members),
            everyone: everyone.unwrap_or(&none),
            followers: followers.unwrap_or(&none),
            listeners: listeners.unwrap_or(&none),
            keywords: &found,
        };
        concerned_by_message(message, &place)
    }
}

type Ids = HashSet<Uuid>;

fn list(ids: &Ids) -> Vec<Uuid> {
    ids.iter().copied().collect()
}

async fn send(
    engine: &Engine,
    workspace: WorkspaceId,
    bot: MemberId,
    entry: &Logged,
    event: &Event,
    concerned: Vec<Concern>,
) -> Result<(), Failure> {
    let actor = Actor {
        workspace,
        member: bot,
        grants: Grants::all(),
        internal: true,
    };
    let message = match event {
        Event::MessagePosted { message } => Some(message.id),
        Event::MessageEdited { message, .. } => Some(*message),
        _ => None,
    };
    for (batch, concerned) in concerned.chunks(NOTIFY_MEMBERS_MAX).enumerate() {
        let command = Command::Notify(Notify {
            cause: entry.seq,
            at: entry.at,
            actor: entry.actor,
            message,
            task: event.about(),
            concerned: concerned.to_vec(),
        });
        let request = request_id(entry.seq, batch);
        match engine.execute(&actor, request, command).await {
            Ok(_) => {}
            // Told before the crash, when the surroundings were others: it stays as it was told.
            Err(Failure::Refused(_) | Failure::AlreadyATask(_)) => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(())
}

/// A request id that follows from what it is for, so that doing it again is a retry.
fn request_id(seq: i64, batch: usize) -> RequestId {
    let mut hasher = blake3::Hasher::new_derive_key("tenon 2026 notifier");
    hasher
        .update(&seq.to_le_bytes())
        .update(&(batch as u64).to_le_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    RequestId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}
