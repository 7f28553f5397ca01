//! The live side of one workspace on this node: who is connected, and which frames go to whom.
//!
//! One task per workspace takes batches from the writer and wake-ups from other nodes, keeps them
//! in order (a gap is read from the log), and hands each frame, encoded once, to the connections
//! whose audience includes its scope.
//!
//! Invariant: `domain::audience` alone decides who gets an entry. A connection's scopes change
//! only by entries of its member's inbox and by roles.

mod credentials;
mod state;

use crate::{
    Engine, Failure,
    account::Credential,
    engine,
    news::{News, Teller},
    subscription::Connection,
};
use bytes::Bytes;
use futures::FutureExt;
use hashbrown::HashMap;
use parking_lot::Mutex;
use state::{State, scope_change};
use std::{
    sync::{Arc, Weak},
    time::{Duration, Instant},
};
use tenon_domain::audience::Breadth;
use tenon_protocol::{
    ErrorCode, Event, MemberId, Scope, SessionId, WorkspaceId, frame::ServerFrame,
};
use tenon_store::{Logged, Reader, Store, log, project, space};
use tokio::sync::{mpsc, oneshot, watch};
use uuid::Uuid;

/// How many of them a starting node reads.
const TAIL_ENTRIES_AT_START: i64 = 500;
/// Entries read from the log at once.
const PAGE: i64 = 500;
/// Limit: entries pushed before the sockets that got them are woken.
const UNWOKEN_ENTRIES_MAX: usize = 64;
/// Limit: batches that wait to be spread; then the writer waits.
const WAITING_NOTICES_MAX: usize = 64;
/// How often marks, presence and overdue wake-ups are seen to.
const TICK: Duration = Duration::from_secs(1);

/// See the file's head. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Hub {
    inner: Arc<Inner>,
}

struct Inner {
    workspace: WorkspaceId,
    store: Store,
    state: Mutex<State>,
    notices: mpsc::Sender<Notice>,
    head: watch::Sender<i64>,
    news: Teller,
}

enum Notice {
    Batch(Vec<Logged>, Answer),
    Wake(i64),
    Stop(oneshot::Sender<()>),
}

/// Answers those whose commands became a batch.
type Answer = Box<dyn FnOnce() + Send>;

impl Hub {
    pub async fn start(engine: &Engine, workspace: WorkspaceId) -> Result<Self, Failure> {
        let store = engine.inner.store.clone();
        let (notices, receiver) = mpsc::channel(WAITING_NOTICES_MAX);
        let mut state = load(&store, workspace).await?;
        let (head, _) = watch::channel(state.head);
        let (news, tell) = Teller::new(store.clone(), workspace);
        state.presence.is_heard = news.is_heard();
        let inner = Inner {
            workspace,
            store,
            state: Mutex::new(state),
            notices,
            head,
            news,
        };
        engine.inner.log.spawn(tell);
        let hub = Self {
            inner: Arc::new(inner),
        };
        let task = run(hub.clone(), receiver, Arc::downgrade(&engine.inner));
        engine.inner.log.spawn(task);
        engine
            .inner
            .log
            .spawn(credentials::watch(Arc::downgrade(&hub.inner)));
        Ok(hub)
    }

    /// Takes what the writer committed. Calls `answer` when the entries are in their rings and
    /// before the sockets wake, so that each writes both at once; at once if there is nothing.
    pub async fn publish(&self, batch: Vec<Logged>, answer: impl FnOnce() + Send + 'static) {
        if batch.is_empty() {
            return answer();
        }
        let notice = Notice::Batch(batch, Box::new(answer));
        if let Err(mpsc::error::SendError(Notice::Batch(_, answer))) =
            self.inner.notices.send(notice).await
        {
            // The engine stops; what was committed is confirmed all the same.
            answer();
        }
    }

    /// Another node reached this seq.
    pub fn wake(&self, seq: i64) {
        // With no room there is work to do that finds these entries too, or the next tick does.
        let _ = self.inner.notices.try_send(Notice::Wake(seq));
    }

    /// Ends all connections, and waits until the other nodes know.
    pub async fn stop(&self) {
        let (stopped, is_stopped) = oneshot::channel();
        if self.inner.notices.send(Notice::Stop(stopped)).await.is_ok() {
            let _ = is_stopped.await;
        }
    }

    /// Changes whenever the log grows.
    pub fn head(&self) -> watch::Receiver<i64> {
        self.inner.head.subscribe()
    }

    /// Registers a connection: from the answered head on it gets everything live.
    pub fn connect(&self, connection: &Arc<Connection>, loaded_at: i64) -> Option<Connected> {
        let mut state = self.inner.state.lock();
        // What changed for this member since their scopes were read must be at hand.
        let first = state.tail.front().map_or(state.head + 1, |entry| entry.seq);
        if loaded_at + 1 < first && loaded_at < state.head {
            return None;
        }
        let missed: Vec<Logged> = state
            .tail
            .iter()
            .filter(|entry| entry.seq > loaded_at)
            .cloned()
            .collect();
        for entry in &missed {
            if let Some(event) = scope_change(entry) {
                let mut scopes = connection.scopes.lock();
                scopes.catch_up(connection.member, (entry.seq, entry.scope), &event);
            }
        }
        state.add(connection);
        let online = state.presence.list();
        Some(Connected {
            head: state.head,
            online,
        })
    }

    pub fn disconnect(&self, connection: &Arc<Connection>) {
        self.inner.state.lock().remove(connection);
    }

    /// Sends a signal to a scope's audience, except to its actor. Dropped where there is no room.
    pub fn signal(&self, scope: Scope, actor: MemberId, frame: Bytes) {
        if self.inner.news.is_heard() {
            let frame = text(&frame);
            let news = News::Signal {
                scope,
                actor,
                frame,
            };
            self.inner.news.tell(&news);
        }
        self.signal_here(scope, actor, frame);
    }

    fn signal_here(&self, scope: Scope, actor: MemberId, frame: Bytes) {
        let state = self.inner.state.lock();
        state.for_each(scope, |connection| {
            if connection.member != actor {
                connection.push_signal(frame.clone());
            }
        });
    }

    /// Sends a signal to all connections of one member. Dropped where there is no room.
    pub fn signal_to(&self, member: MemberId, frame: &Bytes) {
        if self.inner.news.is_heard() {
            let frame = text(frame);
            self.inner.news.tell(&News::Own { member, frame });
        }
        self.signal_to_here(member, frame);
    }

    fn signal_to_here(&self, member: MemberId, frame: &Bytes) {
        let state = self.inner.state.lock();
        for connection in state.members.get(&member).into_iter().flatten() {
            connection.push_signal(frame.clone());
        }
    }

    /// Another node tells something. What it does not understand is of another version, and nothing
    /// that is not said anew.
    pub fn hear(&self, node: Uuid, text: &str) {
        match serde_json::from_str(text) {
            Ok(News::Signal {
                scope,
                actor,
                frame,
            }) => self.signal_here(scope, actor, frame.into()),
            Ok(News::Own { member, frame }) => self.signal_to_here(member, &frame.into()),
            Ok(news) => {
                let mut state = self.inner.state.lock();
                state.presence.hear(node, news, Instant::now());
            }
            Err(error) => tracing::debug!(%error, "news of another node are not understood"),
        }
    }

    /// Tells who came and went, and marks; the other nodes too.
    fn tick(&self) {
        let now = Instant::now();
        let mut state = self.inner.state.lock();
        state.presence.forget_silent(now);
        state.tick();
        let news = state.presence.news(now);
        drop(state);
        news.iter().for_each(|news| self.inner.news.tell(news));
    }

    /// The member looks at one of their clients that are connected to this node.
    pub fn is_looking(&self, member: MemberId) -> bool {
        let state = self.inner.state.lock();
        let mut own = state.members.get(&member).into_iter().flatten();
        own.any(|connection| connection.is_looking())
    }

    /// The sessions whose connections here were used since this was last asked.
    pub fn take_uses(&self) -> Vec<SessionId> {
        let state = self.inner.state.lock();
        let connections = state.members.values().flatten();
        let used = connections.filter_map(|connection| match &connection.credential {
            Credential::Session { id, .. } if connection.take_use() => Some(*id),
            _ => None,
        });
        used.collect()
    }

    /// Ends those connections of a member whose credential is such.
    pub fn close(&self, member: MemberId, closes: impl Fn(&Credential) -> bool) {
        let state = self.inner.state.lock();
        for connection in state.members.get(&member).into_iter().flatten() {
            if closes(&connection.credential) {
                connection.close(Some(closed(ErrorCode::Unauthenticated)));
            }
        }
    }

    /// Entries after `after` that are still at hand; none if the first of them is not.
    fn tail_after(&self, after: i64, limit: usize) -> Option<Vec<Logged>> {
        let state = self.inner.state.lock();
        let first = state.tail.front()?.seq;
        if after + 1 < first {
            return None;
        }
        let skip = usize::try_from(after + 1 - first).unwrap_or(usize::MAX);
        Some(state.tail.iter().skip(skip).take(limit).cloned().collect())
    }

    /// The entries after `after`, from memory or from the log; none that this hub has yet to
    /// spread, because scopes follow the hub.
    pub async fn entries_after(&self, after: i64) -> tenon_store::Result<Vec<Logged>> {
        if let Some(entries) = self.tail_after(after, PAGE as usize) {
            return Ok(entries);
        }
        let (workspace, head) = (self.inner.workspace, self.inner.state.lock().head);
        let limit = PAGE.min(head - after);
        if limit <= 0 {
            return Ok(Vec::new());
        }
        self.inner
            .store
            .read(workspace, move |reader| {
                log::list(reader, after, limit).boxed()
            })
            .await
    }

    /// Of the project or space, if the scope is one.
    pub fn breadth(&self, scope: Scope) -> Option<Breadth> {
        self.inner.state.lock().breadth(scope)
    }

    /// Calls `switch` if the log has not grown past `seq`; nothing can be published meanwhile.
    pub fn if_at_head(&self, seq: i64, switch: impl FnOnce()) -> bool {
        let state = self.inner.state.lock();
        let at_head = seq >= state.head;
        if at_head {
            switch();
        }
        at_head
    }
}

/// What a new connection is told.
pub(crate) struct Connected {
    pub head: i64,
    /// JSON array of the members online.
    pub online: Bytes,
}

async fn load(store: &Store, workspace: WorkspaceId) -> Result<State, Failure> {
    let read = store.read_at_once(workspace, |reader| {
        async move {
            let head = reader.head().await?.seq;
            let tail = log::list(reader, head - TAIL_ENTRIES_AT_START, TAIL_ENTRIES_AT_START);
            let tail = tail.await?;
            Ok((head, tail, breadths(reader).await?))
        }
        .boxed()
    });
    let (head, tail, breadths) = read.await?;
    let mut state = State::at(head);
    for (scope, breadth) in breadths {
        state.widen(scope, breadth);
    }
    tail.into_iter().for_each(|entry| state.keep(entry));
    Ok(state)
}

/// Who sees projects and spaces besides their members, where that is anybody.
pub(crate) async fn breadths(
    reader: &mut Reader<'_>,
) -> tenon_store::Result<HashMap<Scope, Breadth>> {
    let projects = project::list_shared(reader).await?;
    let projects = projects
        .iter()
        .map(|it| (Scope::Project(it.id), Breadth::of_project(it)));
    let spaces = space::list(reader).await?;
    let spaces = spaces
        .iter()
        .map(|it| (Scope::Space(it.id), Breadth::of_space(it)));
    Ok(projects.chain(spaces).collect())
}

async fn run(hub: Hub, mut notices: mpsc::Receiver<Notice>, engine: Weak<engine::Inner>) {
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    hub.inner.news.tell(&News::Began);
    loop {
        tokio::select! {
            notice = notices.recv() => match notice {
                Some(Notice::Batch(batch, answer)) => hub.take(batch, answer, &engine).await,
                Some(Notice::Wake(seq)) => hub.catch_up(seq, &engine).await,
                Some(Notice::Stop(stopped)) => {
                    hub.inner.state.lock().close_all();
                    hub.inner.news.finish().await;
                    // Whoever stops may have gone on already.
                    let _ = stopped.send(());
                    return;
                }
                None => return hub.inner.state.lock().close_all(),
            },
            _ = ticks.tick() => {
                hub.tick();
                // Another process may have written and its wake-up be lost, or never sent.
                hub.catch_up(i64::MAX, &engine).await;
            }
        }
    }
}

impl Hub {
    async fn take(&self, batch: Vec<Logged>, answer: Answer, engine: &Weak<engine::Inner>) {
        let mut answer = Some(answer);
        let first = batch.first().map_or(0, |entry| entry.seq);
        if first > self.inner.state.lock().head + 1 {
            // Reading may take its time; the answers are not about what is read.
            answer.take().into_iter().for_each(|answer| answer());
            self.catch_up(first - 1, engine).await;
        }
        self.spread(batch, answer, engine);
    }

    /// Reads what this node has not seen, up to `seq` at least.
    async fn catch_up(&self, seq: i64, engine: &Weak<engine::Inner>) {
        loop {
            let head = self.inner.state.lock().head;
            if head >= seq {
                return;
            }
            let workspace = self.inner.workspace;
            let read = self.inner.store.read(workspace, move |reader| {
                log::list(reader, head, PAGE).boxed()
            });
            match read.await {
                Ok(page) if page.is_empty() => return,
                Ok(page) => self.spread(page, None, engine),
                Err(error) => {
                    tracing::warn!(reason = %error, "the log cannot be read; retrying");
                    tokio::time::sleep(TICK).await;
                }
            }
        }
    }

    /// Puts the entries into the rings, a few at a time, and wakes each socket once for them.
    fn spread(&self, batch: Vec<Logged>, mut answer: Option<Answer>, engine: &Weak<engine::Inner>) {
        let mut batch = batch.into_iter().peekable();
        while batch.peek().is_some() {
            let mut woken = Vec::new();
            let mut state = self.inner.state.lock();
            for entry in batch.by_ref().take(UNWOKEN_ENTRIES_MAX) {
                if entry.seq != state.head + 1 {
                    continue;
                }
                state.head = entry.seq;
                if let Some(event) = scope_change(&entry) {
                    state.follow(&entry, &event);
                    forget_credentials(engine, &event);
                }
                state.deliver(&entry, &mut woken);
                state.keep(entry);
            }
            let head = state.head;
            drop(state);
            if batch.peek().is_none() {
                answer.take().into_iter().for_each(|answer| answer());
            }
            woken.iter().for_each(|connection| connection.wake());
            self.inner.head.send_replace(head);
        }
    }
}

/// On every node: a member who was deactivated is no longer let in, and everyone is asked anew
/// once all were signed out.
fn forget_credentials(engine: &Weak<engine::Inner>, event: &Event) {
    let Some(inner) = engine.upgrade() else {
        return;
    };
    if let Event::MemberDeactivated { member } = event {
        inner.authentication.forget_member(*member);
    }
    if let Event::EveryoneSignedOut {} = event {
        inner.authentication.forget_everyone();
    }
}

/// A frame as it goes over the wire.
pub(crate) fn encode(frame: &ServerFrame) -> Bytes {
    // Frames have a JSON form; an empty one would be dropped by the client.
    serde_json::to_vec(frame).unwrap_or_default().into()
}

/// A frame is JSON, so it is text.
fn text(frame: &Bytes) -> String {
    String::from_utf8_lossy(frame).into_owned()
}

pub(crate) fn mark(seq: i64) -> Bytes {
    encode(&ServerFrame::Mark { seq })
}

fn closed(code: ErrorCode) -> Bytes {
    let message = if code == ErrorCode::Unavailable {
        "The server is stopping; connect again shortly."
    } else {
        "This session has ended; sign in again."
    };
    encode(&ServerFrame::Closed {
        code,
        message: message.into(),
    })
}
