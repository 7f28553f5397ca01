//! The live side of one workspace on this node: who is connected, and which frames go to whom.
//!
//! One task per workspace takes batches from the writer and wake-ups from other nodes, keeps them
//! in order (a gap is read from the log), and hands each frame, encoded once, to the connections
//! whose audience includes its scope.
//!
//! Invariant: `domain::audience` alone decides who gets an entry. A connection's scopes change
//! only by entries of its member's inbox and by roles.

use crate::{
    Engine, Failure,
    account::Credential,
    presence::Presence,
    subscription::{Connection, Scopes},
};
use bytes::Bytes;
use futures::FutureExt;
use hashbrown::{HashMap, HashSet};
use parking_lot::Mutex;
use std::{collections::VecDeque, sync::Arc, time::Duration};
use tenon_domain::audience::{Audience, audience};
use tenon_protocol::{
    ErrorCode, Event, MemberId, ProjectId, Scope, SessionId, WorkspaceId, frame::ServerFrame,
    member::Role, project::Visibility,
};
use tenon_store::{Logged, Store, log};
use tokio::sync::{mpsc, watch};

/// Limit: newest entries kept at hand for those who reconnect or lag.
const TAIL_ENTRIES_MAX: usize = 5_000;
/// Limit: bytes of them.
const TAIL_BYTES_MAX: usize = 16 * 1024 * 1024;
/// How many of them a starting node reads.
const TAIL_ENTRIES_AT_START: i64 = 500;
/// Entries read from the log at once.
const PAGE: i64 = 500;
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
    notices: mpsc::UnboundedSender<Notice>,
    head: watch::Sender<i64>,
}

enum Notice {
    Batch(Vec<Logged>),
    Wake(i64),
    Stop,
}

#[derive(Default)]
pub(crate) struct State {
    pub head: i64,
    marked: i64,
    tail: VecDeque<Logged>,
    tail_bytes: usize,
    /// The others are private: a project's visibility never changes.
    public_projects: HashSet<ProjectId>,
    everyone: Connections,
    non_guests: Connections,
    scopes: HashMap<Scope, Connections>,
    members: HashMap<MemberId, Connections>,
    presence: Presence,
}

type Connections = Vec<Arc<Connection>>;

impl Hub {
    pub async fn start(engine: &Engine, workspace: WorkspaceId) -> Result<Self, Failure> {
        let store = engine.inner.store.clone();
        let (notices, receiver) = mpsc::unbounded_channel();
        let state = load(&store, workspace).await?;
        let (head, _) = watch::channel(state.head);
        let inner = Inner {
            workspace,
            store,
            state: Mutex::new(state),
            notices,
            head,
        };
        let hub = Self {
            inner: Arc::new(inner),
        };
        tokio::spawn(run(hub.clone(), receiver, Arc::downgrade(&engine.inner)));
        Ok(hub)
    }

    /// Takes what the writer committed.
    pub fn publish(&self, batch: Vec<Logged>) {
        if !batch.is_empty() {
            // The task ends only with the process.
            let _ = self.inner.notices.send(Notice::Batch(batch));
        }
    }

    /// Another node reached this seq.
    pub fn wake(&self, seq: i64) {
        let _ = self.inner.notices.send(Notice::Wake(seq));
    }

    pub fn stop(&self) {
        let _ = self.inner.notices.send(Notice::Stop);
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
                connection.scopes.lock().follow(connection.member, &event);
            }
        }
        state.add(connection);
        let online = state.presence.online();
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
        let state = self.inner.state.lock();
        state.for_each(scope, |connection| {
            if connection.member != actor {
                connection.push_signal(frame.clone());
            }
        });
    }

    /// Ends the connections of one session, or of all a member's but one.
    pub fn close_sessions(&self, member: MemberId, closes: impl Fn(SessionId) -> bool) {
        let state = self.inner.state.lock();
        for connection in state.members.get(&member).into_iter().flatten() {
            if let Credential::Session { id, .. } = &connection.credential
                && closes(*id)
            {
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

    /// Of the project, if the scope is one.
    pub fn visibility(&self, scope: Scope) -> Option<Visibility> {
        self.inner.state.lock().visibility(scope)
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
    pub online: Vec<MemberId>,
}

async fn load(store: &Store, workspace: WorkspaceId) -> Result<State, Failure> {
    let read = store.read_at_once(workspace, |reader| {
        async move {
            let head = reader.head().await?.seq;
            let tail = log::list(reader, head - TAIL_ENTRIES_AT_START, TAIL_ENTRIES_AT_START);
            let tail = tail.await?;
            Ok((head, tail, tenon_store::project::list_public(reader).await?))
        }
        .boxed()
    });
    let (head, tail, projects) = read.await?;
    let mut state = State {
        head,
        marked: head,
        ..State::default()
    };
    state.public_projects = projects.iter().map(|project| project.id).collect();
    tail.into_iter().for_each(|entry| state.keep(entry));
    Ok(state)
}

async fn run(
    hub: Hub,
    mut notices: mpsc::UnboundedReceiver<Notice>,
    engine: std::sync::Weak<crate::engine::Inner>,
) {
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            notice = notices.recv() => match notice {
                Some(Notice::Batch(batch)) => hub.take(batch, &engine).await,
                Some(Notice::Wake(seq)) => hub.catch_up(seq, &engine).await,
                Some(Notice::Stop) | None => {
                    hub.inner.state.lock().close_all();
                    return;
                }
            },
            _ = ticks.tick() => {
                hub.inner.state.lock().tick();
                // Another process may have written and its wake-up be lost, or never sent.
                hub.catch_up(i64::MAX, &engine).await;
            }
        }
    }
}

impl Hub {
    async fn take(&self, batch: Vec<Logged>, engine: &std::sync::Weak<crate::engine::Inner>) {
        let Some(first) = batch.first().map(|entry| entry.seq) else {
            return;
        };
        if first > self.inner.state.lock().head + 1 {
            self.catch_up(first - 1, engine).await;
        }
        self.spread(batch, engine);
    }

    /// Reads what this node has not seen, up to `seq` at least.
    async fn catch_up(&self, seq: i64, engine: &std::sync::Weak<crate::engine::Inner>) {
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
                Ok(page) => self.spread(page, engine),
                Err(error) => {
                    tracing::warn!(reason = %error, "the log cannot be read; retrying");
                    tokio::time::sleep(TICK).await;
                }
            }
        }
    }

    fn spread(&self, batch: Vec<Logged>, engine: &std::sync::Weak<crate::engine::Inner>) {
        let mut state = self.inner.state.lock();
        for entry in batch {
            if entry.seq != state.head + 1 {
                continue;
            }
            state.head = entry.seq;
            if let Some(event) = scope_change(&entry) {
                state.follow(&entry, &event);
                forget_credentials(engine, &event);
            }
            state.deliver(&entry);
            state.keep(entry);
        }
        let head = state.head;
        drop(state);
        self.inner.head.send_replace(head);
    }
}

/// On every node: a member who was deactivated is no longer let in.
fn forget_credentials(engine: &std::sync::Weak<crate::engine::Inner>, event: &Event) {
    if let Event::MemberDeactivated { member } = event
        && let Some(inner) = engine.upgrade()
    {
        inner.authentication.forget_member(*member);
    }
}

/// The event, if it can change what a connection gets.
fn scope_change(entry: &Logged) -> Option<Arc<Event>> {
    let matters = matches!(
        &*entry.kind,
        "channel_gained"
            | "channel_lost"
            | "project_created"
            | "project_member_added"
            | "project_member_removed"
            | "role_changed"
            | "member_deactivated"
    );
    if !matters {
        return None;
    }
    entry
        .event()
        .inspect_err(|error| tracing::error!(fault = %error, "an entry"))
        .ok()
}

impl State {
    fn keep(&mut self, entry: Logged) {
        self.tail_bytes += entry.frame.len();
        self.tail.push_back(entry);
        while self.tail.len() > TAIL_ENTRIES_MAX || self.tail_bytes > TAIL_BYTES_MAX {
            let Some(oldest) = self.tail.pop_front() else {
                return;
            };
            self.tail_bytes -= oldest.frame.len();
        }
    }

    fn add(&mut self, connection: &Arc<Connection>) {
        self.everyone.push(connection.clone());
        let scopes = connection.scopes.lock();
        if scopes.role != Role::Guest {
            self.non_guests.push(connection.clone());
        }
        for scope in scopes.since.keys() {
            self.scopes
                .entry(*scope)
                .or_default()
                .push(connection.clone());
        }
        drop(scopes);
        let own = self.members.entry(connection.member).or_default();
        own.push(connection.clone());
        if own.len() == 1 {
            self.presence.came(connection.member);
        }
    }

    fn remove(&mut self, connection: &Arc<Connection>) {
        take_out(&mut self.everyone, connection);
        take_out(&mut self.non_guests, connection);
        let scopes: Vec<Scope> = connection.scopes.lock().since.keys().copied().collect();
        for scope in scopes {
            take_out_of(&mut self.scopes, scope, connection);
        }
        take_out_of(&mut self.members, connection.member, connection);
        if !self.members.contains_key(&connection.member) {
            self.presence.went(connection.member);
        }
    }

    /// Changes scopes before the entry itself is delivered: a gain is then delivered with it, and
    /// a loss reaches the inbox all the same.
    fn follow(&mut self, entry: &Logged, event: &Event) {
        if let Event::ProjectCreated { project } = event
            && project.visibility == Visibility::Public
        {
            self.public_projects.insert(project.id);
        }
        if let Event::MemberDeactivated { member } = event {
            for connection in self.members.get(member).into_iter().flatten() {
                connection.close(Some(closed(ErrorCode::Unauthenticated)));
            }
        }
        let Some(member) = concerned(entry, event) else {
            return;
        };
        let own = self.members.get(&member).cloned().unwrap_or_default();
        for connection in own {
            let mut scopes = connection.scopes.lock();
            let before = (scopes.role, scopes.since.clone());
            scopes.follow(member, event);
            let role = scopes.role;
            let gained: Vec<Scope> = scopes
                .since
                .keys()
                .filter(|scope| !before.1.contains_key(*scope))
                .copied()
                .collect();
            let lost: Vec<Scope> = before
                .1
                .keys()
                .filter(|scope| !scopes.since.contains_key(*scope))
                .copied()
                .collect();
            drop(scopes);
            for scope in gained {
                self.scopes
                    .entry(scope)
                    .or_default()
                    .push(connection.clone());
            }
            for scope in lost {
                take_out_of(&mut self.scopes, scope, &connection);
            }
            if (before.0 == Role::Guest) != (role == Role::Guest) {
                take_out(&mut self.non_guests, &connection);
                if role != Role::Guest {
                    self.non_guests.push(connection.clone());
                }
            }
        }
    }

    fn deliver(&self, entry: &Logged) {
        self.for_each(entry.scope, |connection| {
            connection.push(entry.seq, entry.frame.clone());
        });
    }

    fn for_each(&self, scope: Scope, mut each: impl FnMut(&Arc<Connection>)) {
        let none = Connections::new();
        let of = |scope| self.scopes.get(&scope).unwrap_or(&none);
        match audience(scope, self.visibility(scope)) {
            Audience::Everyone => self.everyone.iter().for_each(each),
            Audience::NonGuests => self.non_guests.iter().for_each(each),
            Audience::ChannelMembers(_) | Audience::ProjectMembers(_) => {
                of(scope).iter().for_each(each);
            }
            Audience::NonGuestsAndProjectMembers(_) => {
                self.non_guests.iter().for_each(&mut each);
                let is_guest =
                    |connection: &&Arc<Connection>| connection.scopes.lock().role == Role::Guest;
                of(scope).iter().filter(is_guest).for_each(each);
            }
            Audience::One(member) => {
                self.members
                    .get(&member)
                    .unwrap_or(&none)
                    .iter()
                    .for_each(each);
            }
        }
    }

    fn visibility(&self, scope: Scope) -> Option<Visibility> {
        let Scope::Project(id) = scope else {
            return None;
        };
        let public = self.public_projects.contains(&id);
        Some(if public {
            Visibility::Public
        } else {
            Visibility::Private
        })
    }

    fn tick(&mut self) {
        if let Some(frame) = self.presence.changes() {
            for connection in &self.everyone {
                connection.push_signal(frame.clone());
            }
        }
        if self.marked < self.head {
            self.marked = self.head;
            let frame = mark(self.head);
            for connection in &self.everyone {
                connection.push_mark(self.head, frame.clone());
            }
        }
    }

    fn close_all(&mut self) {
        for connection in &self.everyone {
            connection.close(Some(closed(ErrorCode::Unavailable)));
        }
    }
}

/// Whose scopes an event changes.
fn concerned(entry: &Logged, event: &Event) -> Option<MemberId> {
    if let Scope::Inbox(member) = entry.scope {
        return Some(member);
    }
    if let Event::ProjectMemberAdded { member, .. }
    | Event::ProjectMemberRemoved { member, .. }
    | Event::RoleChanged { member, .. } = event
    {
        return Some(*member);
    }
    None
}

fn take_out(connections: &mut Connections, connection: &Arc<Connection>) {
    if let Some(index) = connections
        .iter()
        .position(|other| Arc::ptr_eq(other, connection))
    {
        connections.swap_remove(index);
    }
}

fn take_out_of<K: std::hash::Hash + Eq>(
    map: &mut HashMap<K, Connections>,
    key: K,
    connection: &Arc<Connection>,
) {
    if let Some(connections) = map.get_mut(&key) {
        take_out(connections, connection);
        if connections.is_empty() {
            map.remove(&key);
        }
    }
}

/// A frame as it goes over the wire.
pub(crate) fn encode(frame: &ServerFrame) -> Bytes {
    // Frames have a JSON form; an empty one would be dropped by the client.
    serde_json::to_vec(frame).unwrap_or_default().into()
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

impl Scopes {
    /// Follows an event of a member's inbox, role or project membership.
    pub fn follow(&mut self, member: MemberId, event: &Event) {
        match event {
            Event::ChannelGained { membership, .. } => {
                self.since
                    .insert(Scope::Channel(membership.channel), membership.since);
            }
            Event::ChannelLost { channel } => {
                self.since.remove(&Scope::Channel(*channel));
            }
            Event::ProjectMemberAdded {
                project,
                member: added,
            } if *added == member => {
                self.since.entry(Scope::Project(*project)).or_insert(0);
            }
            Event::ProjectMemberRemoved {
                project,
                member: removed,
            } if *removed == member => {
                self.since.remove(&Scope::Project(*project));
            }
            Event::RoleChanged {
                member: changed,
                to,
                ..
            } if *changed == member => {
                self.role = *to;
            }
            _ => {}
        }
    }
}
