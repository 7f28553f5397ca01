//! The follower that keeps a workspace's search index: reads the log, looks up what each message
//! and task says now, and hands it to a thread that writes the index.
//!
//! Durable: how far the index has come is stored with what it holds. An index that is missing,
//! broken or of another log is built anew from the first entry.

use crate::{Engine, Failure, engine::Inner, hub::Hub};
use futures::FutureExt;
use hashbrown::{HashMap, HashSet};
use parking_lot::RwLock;
use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Weak,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};
use tenon_domain::{people::Person, segment};
use tenon_protocol::{
    Event, MemberId, MessageId, Scope, TaskId, WorkspaceId, file::File, member::Member,
    message::Message, task::Task,
};
use tenon_search::{Document, Fault, Index, Position, Writer, flag};
use tenon_store::{Logged, Reader, log, member, message, task, trash};
use tokio::{sync::mpsc, time};

const RETRY: Duration = Duration::from_secs(5);
/// Limit: how often the index is committed when it has caught up with the log.
const COMMIT_PAUSE: Duration = Duration::from_secs(1);
/// Limit: how often parts of the index are written anew for the sake of what was erased.
const PURGE_PAUSE: Duration = Duration::from_secs(600);
/// Limit: how often while it has not. Each commit is a part that has to be merged with others.
const COMMIT_PAUSE_BEHIND: Duration = Duration::from_secs(5);
/// Limit: pages that wait to be written; then the follower waits.
const WAITING_JOBS_MAX: usize = 4;

/// What searches of one workspace use.
#[derive(Default)]
pub(crate) struct Search {
    index: RwLock<Option<Index>>,
    people: RwLock<Arc<Vec<Findable>>>,
    complete: AtomicBool,
}

/// A member, and how they are found.
pub(crate) struct Findable {
    pub member: Member,
    pub person: Person,
    /// Name and handle, folded.
    pub name: String,
    pub handle: String,
}

impl Search {
    /// None until it is open, or if nothing is indexed.
    pub fn index(&self) -> Option<Index> {
        self.index.read().clone()
    }

    /// Everybody, the deactivated too.
    pub fn people(&self) -> Arc<Vec<Findable>> {
        self.people.read().clone()
    }

    /// The index has caught up with the log since it was opened.
    pub fn is_complete(&self) -> bool {
        self.complete.load(Ordering::Relaxed)
    }

    fn set_people(&self, members: Vec<Member>) {
        let findable = |member: Member| Findable {
            person: Person::of(&member),
            name: segment::fold(&member.name),
            handle: segment::fold(&member.handle),
            member,
        };
        *self.people.write() = Arc::new(members.into_iter().map(findable).collect());
    }
}

/// Follows one workspace until the engine is gone.
pub(crate) fn start(engine: &Arc<Inner>, workspace: WorkspaceId, hub: &Hub) -> Arc<Search> {
    let search = Arc::new(Search::default());
    let Some(directory) = &engine.options.search_directory else {
        return search;
    };
    let mut follower = Follower {
        engine: Arc::downgrade(engine),
        workspace,
        hub: hub.clone(),
        search: search.clone(),
        directory: directory.join(workspace.to_string()),
    };
    tokio::spawn(async move {
        while let Err(trouble) = follower.follow().await {
            tracing::warn!(reason = %trouble, "search waits");
            *follower.search.index.write() = None;
            follower.search.complete.store(false, Ordering::Relaxed);
            time::sleep(RETRY).await;
        }
    });
    search
}

struct Follower {
    engine: Weak<Inner>,
    workspace: WorkspaceId,
    hub: Hub,
    search: Arc<Search>,
    directory: PathBuf,
}

/// Whether something was erased whose words are still in the index's files, and when they were
/// written anew last.
#[derive(Default)]
struct Purges {
    waits: bool,
    last: Option<Instant>,
}

impl Purges {
    fn follow(&mut self, page: &[Logged]) {
        let erases = |it: &Logged| it.kind.ends_with("_erased");
        self.waits |= page.iter().any(erases);
    }

    fn pause(&self) -> Duration {
        if !self.waits {
            return Duration::MAX;
        }
        let since = self.last.map_or(PURGE_PAUSE, |last| last.elapsed());
        PURGE_PAUSE.saturating_sub(since)
    }

    fn is_due(&self) -> bool {
        self.pause().is_zero()
    }

    fn done(&mut self) {
        *self = Self {
            waits: false,
            last: Some(Instant::now()),
        };
    }
}

/// What keeps the follower from following, for the log.
type Trouble = String;

impl Follower {
    fn engine(&self) -> Option<Engine> {
        let inner = self.engine.upgrade()?;
        let engine = Engine { inner };
        engine.ready().then_some(engine)
    }

    /// Until the engine is gone.
    async fn follow(&mut self) -> Result<(), Trouble> {
        let Some(engine) = self.engine() else {
            return Ok(());
        };
        self.load_people(&engine).await?;
        let (index, mut seq) = self.open(&engine).await?;
        drop(engine);
        let (jobs, waiting) = mpsc::channel(WAITING_JOBS_MAX);
        let written = index.clone();
        thread::Builder::new()
            .name("search".into())
            .spawn(move || write(&written, waiting))
            .map_err(|error| error.to_string())?;
        *self.search.index.write() = Some(index);
        let mut head = self.hub.head();
        let (mut committed, mut dirty) = (Instant::now(), false);
        let mut purges = Purges::default();
        loop {
            let Some(engine) = self.engine() else {
                return Ok(());
            };
            let page = self.hub.entries_after(seq).await;
            let page = page.map_err(|error| error.to_string())?;
            if let Some(last) = page.last() {
                purges.follow(&page);
                let mut touched = Touched::by(&page).map_err(|error| error.to_string())?;
                let restored = std::mem::take(&mut touched.restored);
                let changes = self.read_changes(&engine, touched).await?;
                send(&jobs, Job::Write(changes)).await?;
                for (task, scope) in restored {
                    let talk = Talk {
                        task,
                        scope,
                        until: last.seq,
                    };
                    self.restore(&engine, &jobs, talk).await?;
                }
                (seq, dirty) = (last.seq, true);
            }
            let pause = match page.is_empty() {
                true => COMMIT_PAUSE,
                false => COMMIT_PAUSE_BEHIND,
            };
            let pause = pause.saturating_sub(committed.elapsed());
            if dirty && pause.is_zero() {
                let hash = self.hash_at(&engine, seq).await?.unwrap_or_default();
                send(&jobs, Job::Commit(Position { seq, hash })).await?;
                (committed, dirty) = (Instant::now(), false);
            }
            if page.is_empty() && !dirty && purges.is_due() {
                send(&jobs, Job::Purge).await?;
                purges.done();
            }
            drop(engine);
            if page.is_empty() {
                self.search.complete.store(true, Ordering::Relaxed);
                let pause = if dirty { pause } else { purges.pause() };
                if let Ok(Err(_)) = time::timeout(pause, head.changed()).await {
                    return Ok(());
                }
            }
        }
    }

    /// The index and its place in this very log.
    async fn open(&self, engine: &Engine) -> Result<(Index, i64), Trouble> {
        let (index, Position { seq, hash }) = on_disk(&self.directory, Index::open).await?;
        if seq == 0 || self.hash_at(engine, seq).await? == Some(hash) {
            return Ok((index, seq));
        }
        drop(index);
        Ok((on_disk(&self.directory, Index::begin).await?, 0))
    }

    async fn hash_at(&self, engine: &Engine, seq: i64) -> Result<Option<String>, Trouble> {
        let read = engine.inner.store.read(self.workspace, move |reader| {
            log::hash_at(reader, seq).boxed()
        });
        read.await.map_err(|error| error.to_string())
    }

    async fn load_people(&self, engine: &Engine) -> Result<(), Trouble> {
        let read = engine
            .inner
            .store
            .read(self.workspace, |reader| member::list(reader).boxed());
        self.search
            .set_people(read.await.map_err(|error| error.to_string())?);
        Ok(())
    }

    async fn read_changes(&self, engine: &Engine, touched: Touched) -> Result<Changes, Trouble> {
        if touched.people {
            self.load_people(engine).await?;
        }
        let mut changes = Changes::default();
        for (event, scope) in touched.posted.values() {
            if let Event::MessagePosted { message } = &**event {
                changes.added.extend(message_documents(message, *scope));
            }
        }
        if touched.messages.is_empty() && touched.tasks.is_empty() {
            return Ok(changes);
        }
        let read = engine.inner.store.read(self.workspace, move |reader| {
            async move { add_changed(reader, touched, changes).await }.boxed()
        });
        read.await.map_err(|error| error.to_string())
    }

    /// Indexes a conversation that came back, a part at a time.
    async fn restore(
        &self,
        engine: &Engine,
        jobs: &mpsc::Sender<Job>,
        talk: Talk,
    ) -> Result<(), Trouble> {
        let mut after = 0;
        loop {
            let read = engine.inner.store.read(self.workspace, move |reader| {
                async move { list_restored(reader, talk, after).await }.boxed()
            });
            let messages = read.await.map_err(|error| error.to_string())?;
            let Some(last) = messages.last() else {
                return Ok(());
            };
            after = last.seq;
            let documents = |it: &Message| message_documents(it, talk.scope);
            let changes = Changes {
                messages: messages.iter().map(|it| it.id).collect(),
                added: messages.iter().flat_map(documents).collect(),
                ..Changes::default()
            };
            send(jobs, Job::Write(changes)).await?;
        }
    }
}

/// What was said in a task that came back, up to the entry that the index has come to: what was
/// said later is still ahead of it.
#[derive(Clone, Copy)]
struct Talk {
    task: TaskId,
    scope: Scope,
    until: i64,
}

/// Nothing if the task is deleted again.
async fn list_restored(
    reader: &mut Reader<'_>,
    talk: Talk,
    after: i64,
) -> tenon_store::Result<Vec<Message>> {
    let task = task::get(reader, talk.task).await?;
    if task.is_none_or(|task| task.deleted) {
        return Ok(Vec::new());
    }
    trash::list_conversation(reader, talk.task, (after, talk.until), RESTORED_PAGE).await
}

async fn on_disk<T: Send + 'static>(
    directory: &Path,
    call: fn(&Path) -> Result<T, Fault>,
) -> Result<T, Trouble> {
    let directory = directory.to_owned();
    let done = tokio::task::spawn_blocking(move || call(&directory)).await;
    done.map_err(|error| error.to_string())?
        .map_err(|fault| fault.to_string())
}

async fn send(jobs: &mpsc::Sender<Job>, job: Job) -> Result<(), Trouble> {
    let sent = jobs.send(job).await;
    sent.map_err(|_| "the thread that writes the index has ended".into())
}

/// What a page of the log is about.
#[derive(Default)]
struct Touched {
    /// Said in it, and nothing further about them: the entry has all there is.
    posted: HashMap<MessageId, (Arc<Event>, Scope)>,
    /// Changed in it; with the scope of their entries, and the newest one is their own.
    messages: HashMap<MessageId, Scope>,
    tasks: HashSet<TaskId>,
    /// Their conversations come back too; with the scope of their entries.
    restored: HashMap<TaskId, Scope>,
    people: bool,
}

/// Limit: messages of a restored conversation that are indexed together.
const RESTORED_PAGE: i64 = 100;

impl Touched {
    fn by(page: &[Logged]) -> tenon_store::Result<Self> {
        let mut touched = Self::default();
        for entry in page {
            let kind = &*entry.kind;
            let about_members = kind.starts_with("member_") || kind == "role_changed";
            touched.people |= about_members;
            let others = [
                "poll_option_added",
                "messages_erased",
                "files_erased",
                "quotes_erased",
            ];
            if others.contains(&kind) || kind.starts_with("message_") || kind.starts_with("task_") {
                touched.add(entry, entry.event()?);
            }
        }
        Ok(touched)
    }

    fn add(&mut self, entry: &Logged, event: Arc<Event>) {
        if let Event::MessagePosted { message } = &*event {
            let id = message.id;
            self.posted.insert(id, (event, entry.scope));
        } else if let Event::MessageEdited { message, .. }
        | Event::MessageDeleted { message, .. }
        | Event::PollOptionAdded { message, .. }
        | Event::MessageLinked { message, .. } = &*event
        {
            self.posted.remove(message);
            self.messages.insert(*message, entry.scope);
        } else if let Some(messages) = erased_in(&event) {
            for message in messages {
                self.posted.remove(&message);
                self.messages.insert(message, entry.scope);
            }
        } else if let Some(task) = event.about() {
            self.tasks.insert(task);
            if matches!(&*event, Event::TaskRestored { .. }) {
                self.restored.insert(task, entry.scope);
            }
        }
    }
}

/// Messages that lost something to a rule of retention.
fn erased_in(event: &Event) -> Option<Vec<MessageId>> {
    match event {
        Event::MessagesErased { messages, .. } => Some(messages.iter().map(|it| it.id).collect()),
        Event::FilesErased { messages, .. } => Some(messages.iter().map(|it| it.message).collect()),
        Event::QuotesErased { messages, .. } => Some(messages.clone()),
        _ => None,
    }
}

/// What the index has to do for one page.
#[derive(Default)]
struct Changes {
    /// Removed before `added` is: gone, or added anew.
    messages: Vec<MessageId>,
    tasks: Vec<TaskId>,
    /// Removed with all that was said in them.
    tasks_deleted: Vec<TaskId>,
    added: Vec<Document>,
}

/// What the changed say now; what follows in the log is then said once more.
async fn add_changed(
    reader: &mut Reader<'_>,
    touched: Touched,
    mut changes: Changes,
) -> tenon_store::Result<Changes> {
    let ids: Vec<_> = touched.messages.keys().copied().collect();
    let messages = message::list(reader, &ids).await?;
    let ids: Vec<_> = touched.tasks.iter().copied().collect();
    let tasks = task::list_by_id(reader, &ids).await?;
    for message in &messages {
        changes.messages.push(message.id);
        if let Some(scope) = touched.messages.get(&message.id) {
            changes.added.extend(message_documents(message, *scope));
        }
    }
    for task in &tasks {
        if task.deleted {
            changes.tasks_deleted.push(task.id);
        } else {
            changes.tasks.push(task.id);
            changes.added.push(task_document(task));
        }
    }
    Ok(changes)
}

/// The message and each of its files; nothing if nobody said anything in it.
fn message_documents(message: &Message, scope: Scope) -> Vec<Document> {
    let (scope, in_task) = match scope {
        Scope::Channel(id) => (id.0, 0),
        Scope::Project(id) => (id.0, flag::IN_TASK),
        Scope::Workspace | Scope::Members | Scope::Space(_) | Scope::Inbox(_) => return Vec::new(),
    };
    let text = said(message);
    let empty = text.is_empty() && message.files.is_empty();
    if message.deleted || message.card.is_some() || empty {
        return Vec::new();
    }
    let place = in_task | set(flag::THREAD, message.thread.is_some());
    let flags = place
        | set(flag::LINK, has_link(&text))
        | set(flag::BECAME_TASK, message.link.is_some())
        | set(flag::HAS_FILE, !message.files.is_empty())
        | set(flag::HAS_IMAGE, message.files.iter().any(is_image));
    let document = Document {
        id: message.id.0,
        part: 0,
        scope,
        task: message.task.map(|task| task.0),
        author: message.author.0,
        at: message.at.as_microsecond(),
        flags,
        title: String::new(),
        text,
    };
    let files = message.files.iter().zip(0..);
    let files = files.map(|(file, part)| Document {
        part,
        flags: place | flag::FILE | flag::HAS_FILE | set(flag::HAS_IMAGE, is_image(file)),
        title: file.name.clone(),
        text: String::new(),
        ..document
    });
    let mut documents: Vec<Document> = files.collect();
    documents.push(document);
    documents
}

fn is_image(file: &File) -> bool {
    file.media_type.starts_with("image/")
}

/// The words of a message, the options of its poll, and the words it quotes.
pub(crate) fn said(message: &Message) -> String {
    let mut text = message.text.clone();
    for option in message.poll.iter().flat_map(|poll| &poll.options) {
        text.push('\n');
        text.push_str(&option.text);
    }
    let elsewhere = message.quote.iter();
    let elsewhere = elsewhere.filter(|it| Some(it.channel) != message.channel);
    let said = message.context.iter().chain(elsewhere);
    for quote in said.flat_map(|context| &context.quotes) {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(&quote.text);
    }
    text
}

fn task_document(task: &Task) -> Document {
    Document {
        id: task.id.0,
        part: 0,
        scope: task.project.0,
        task: Some(task.id.0),
        author: task.created_by.0,
        at: task.created_at.as_microsecond(),
        flags: flag::TASK
            | set(flag::LINK, has_link(&task.description))
            | set(flag::CLOSED, task.closed_at.is_some()),
        title: format!("{} {}", task.key, task.title),
        text: task.description.clone(),
    }
}

fn set(flag: u64, holds: bool) -> u64 {
    if holds { flag } else { 0 }
}

fn has_link(text: &str) -> bool {
    text.contains("https://") || text.contains("http://")
}

enum Job {
    Write(Changes),
    Commit(Position),
    /// Words of what was erased leave the disk.
    Purge,
}

/// Until nobody sends any more, or the index cannot be written.
fn write(index: &Index, mut jobs: mpsc::Receiver<Job>) {
    yield_to_others();
    let mut writer = match index.writer() {
        Ok(writer) => writer,
        Err(fault) => return tracing::warn!(reason = %fault, "the search index is not written"),
    };
    while let Some(job) = jobs.blocking_recv() {
        let done = match job {
            Job::Write(changes) => put(&mut writer, &changes),
            Job::Commit(position) => writer.commit(&position),
            Job::Purge => {
                // Parts are merged beside; what was not written anew is with the next purge.
                if let Err(fault) = writer.purge() {
                    tracing::warn!(reason = %fault, "erased words stay in the search index");
                }
                Ok(())
            }
        };
        if let Err(fault) = done {
            tracing::warn!(reason = %fault, "the search index is not written");
            return;
        }
    }
}

fn put(writer: &mut Writer, changes: &Changes) -> Result<(), Fault> {
    for id in &changes.messages {
        writer.remove_message(id.0);
    }
    for id in &changes.tasks {
        writer.remove_task(id.0);
    }
    for document in &changes.added {
        writer.add(document)?;
    }
    for id in &changes.tasks_deleted {
        writer.remove_with_conversation(id.0);
    }
    Ok(())
}

/// Lets everything else go first where processors are short: the index is caught up later, people
/// wait now. Threads that this one starts do the same, those of the index among them.
fn yield_to_others() {
    // Refused, or another system: then it competes, and is right all the same.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::nice(10);
}

/// The members that `from:` may mean: the one of this id or handle, or all of this name.
pub(crate) fn meant(people: &[Findable], me: MemberId, value: &str) -> Vec<MemberId> {
    let value = segment::fold(value.trim_start_matches(['@', '＠']));
    if matches!(value.as_str(), "me" | "我") {
        return vec![me];
    }
    let id = value.parse().ok();
    let fits = |it: &&Findable| {
        it.name == value || it.handle == value || id.is_some_and(|id: MemberId| it.member.id == id)
    };
    people.iter().filter(fits).map(|it| it.member.id).collect()
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        tracing::warn!(reason = %fault, "a search failed");
        Failure::Unavailable
    }
}
