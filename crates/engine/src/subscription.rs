//! One live subscription: catch up from the cursor, then live; one object owns the switch.
//!
//! The hub pushes shared frames into the connection's ring. If the ring overflows the connection
//! takes no more than its position, and catches up from the log when the ring is empty, so that a
//! slow socket costs O(1) memory and delays nobody.

use crate::{
    Actor, Engine, Failure,
    account::{Access, Credential},
    hub::{Hub, encode, mark},
};
use bytes::Bytes;
use futures::FutureExt;
use hashbrown::HashMap;
use parking_lot::Mutex;
use std::{
    collections::VecDeque,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use tenon_domain::{access, audience::audience, refusal::Refusal};
use tenon_protocol::{
    MemberId, Scope,
    frame::{Mode, ResetReason, ServerFrame},
    limit::{DELTA_ENTRIES_MAX, Limits},
    member::{Member, Role},
    version::PROTOCOL_VERSION,
};
use tenon_store::{Logged, channel, member, project, space};
use tokio::sync::Notify;

/// Limit: frames that wait for a socket; beyond it the socket catches up from the log.
const RING_FRAMES_MAX: usize = 1_024;
/// Limit: beyond this many waiting frames, signals are dropped.
const RING_SIGNALS_MAX: usize = 256;

/// The scopes that a member was added to, and since which seq; and what the role implies.
pub(crate) struct Scopes {
    pub role: Role,
    pub since: HashMap<Scope, i64>,
}

/// A connection as the hub sees it.
pub(crate) struct Connection {
    pub member: MemberId,
    pub credential: Credential,
    pub scopes: Mutex<Scopes>,
    looking: AtomicBool,
    /// Something was asked over it since this was last looked at.
    used: AtomicBool,
    ring: Mutex<Ring>,
    wake: Notify,
}

#[derive(Default)]
struct Ring {
    frames: VecDeque<Bytes>,
    /// Everything up to this seq was handed to the socket or lies in `frames`.
    position: i64,
    /// Not live: entries are not pushed, the socket reads the log from `position`.
    behind: bool,
    closed: bool,
}

impl Connection {
    /// Its member says that they look at it.
    pub fn is_looking(&self) -> bool {
        self.looking.load(Ordering::Relaxed)
    }

    /// Whether its member used it since this was last asked, or looks at it.
    pub fn take_use(&self) -> bool {
        self.used.swap(false, Ordering::Relaxed) || self.is_looking()
    }

    /// Takes an entry's frame, or a mark. True if the socket may sleep and has to be woken.
    pub fn push(&self, seq: i64, frame: Bytes) -> bool {
        let mut ring = self.ring.lock();
        if ring.behind || ring.closed || seq <= ring.position {
            return false;
        }
        if ring.frames.len() >= RING_FRAMES_MAX {
            // What waits stays: `position` is behind it, and the log is read from there.
            ring.behind = true;
            return true;
        }
        ring.frames.push_back(frame);
        ring.position = seq;
        ring.frames.len() == 1
    }

    pub fn wake(&self) {
        self.wake.notify_one();
    }

    pub fn push_signal(&self, frame: Bytes) {
        let mut ring = self.ring.lock();
        if ring.closed || ring.frames.len() >= RING_SIGNALS_MAX {
            return;
        }
        ring.frames.push_back(frame);
        drop(ring);
        self.wake.notify_one();
    }

    /// Ends the subscription after what waits and this last frame.
    pub fn close(&self, last: Option<Bytes>) {
        let mut ring = self.ring.lock();
        if ring.closed {
            return;
        }
        ring.closed = true;
        ring.frames.extend(last);
        drop(ring);
        self.wake.notify_one();
    }
}

/// What a doorway holds for one socket. Dropping it ends it.
pub struct Subscription {
    hub: Hub,
    connection: Arc<Connection>,
    /// Until it is sent: it may be large, and a socket lives long.
    welcome: Option<[Bytes; 3]>,
}

/// Says whether a member looks at the client of a subscription.
pub struct Foreground(Arc<Connection>);

impl Foreground {
    /// Not, until it is said.
    pub fn set(&self, active: bool) {
        self.0.looking.store(active, Ordering::Relaxed);
        self.note_use();
    }

    /// The member asked for something: the session is in use.
    pub fn note_use(&self) {
        self.0.used.store(true, Ordering::Relaxed);
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.hub.disconnect(&self.connection);
    }
}

/// What decides where a subscription begins.
struct Standing {
    member: Member,
    channels: Vec<(tenon_protocol::ChannelId, i64)>,
    projects: Vec<(tenon_protocol::ProjectId, i64)>,
    spaces: Vec<(tenon_protocol::SpaceId, i64)>,
    head: i64,
}

impl Engine {
    /// Begins a live subscription after `after`, the cursor of `hello`.
    pub async fn subscribe(
        &self,
        access: &Access,
        after: Option<i64>,
    ) -> Result<Subscription, Failure> {
        let actor = access.actor;
        access::check_grant(&actor, tenon_protocol::credential::TokenScope::Read)?;
        let live = self.live(actor.workspace).await?;
        loop {
            let standing = self.standing(&actor).await?;
            let begun = begin(&live.hub, access, standing, after, self.file_bytes_max());
            // Only if thousands of entries passed between the two reads.
            if let Some(subscription) = begun {
                return Ok(subscription);
            }
        }
    }

    async fn standing(&self, actor: &Actor) -> Result<Standing, Failure> {
        let id = actor.member;
        let read = self
            .inner
            .store
            .read_at_once(actor.workspace, move |reader| {
                async move {
                    let head = reader.head().await?.seq;
                    let Some(member) = member::get(reader, id).await? else {
                        return Ok(None);
                    };
                    Ok(Some(Standing {
                        member,
                        channels: channel::list_since(reader, id).await?,
                        projects: project::list_since(reader, id).await?,
                        spaces: space::list_since(reader, id).await?,
                        head,
                    }))
                }
                .boxed()
            });
        let standing = read.await?.filter(|standing| standing.member.active);
        standing.ok_or_else(|| Refusal::Unauthenticated.into())
    }
}

fn begin(
    hub: &Hub,
    access: &Access,
    standing: Standing,
    after: Option<i64>,
    file_bytes_max: u64,
) -> Option<Subscription> {
    let Standing {
        member,
        channels,
        projects,
        spaces,
        head,
    } = standing;
    let channels = channels.into_iter();
    let channels = channels.map(|(id, seq)| (Scope::Channel(id), seq));
    let projects = projects.into_iter();
    let projects = projects.map(|(id, seq)| (Scope::Project(id), seq));
    let spaces = spaces.into_iter();
    let spaces = spaces.map(|(id, seq)| (Scope::Space(id), seq));
    let mut since: HashMap<Scope, i64> = channels.chain(projects).chain(spaces).collect();
    since.shrink_to_fit();
    let connection = Arc::new(Connection {
        member: member.id,
        credential: access.credential.clone(),
        scopes: Mutex::new(Scopes {
            role: member.role,
            since,
        }),
        looking: AtomicBool::new(false),
        used: AtomicBool::new(true),
        ring: Mutex::new(Ring {
            behind: true,
            ..Ring::default()
        }),
        wake: Notify::new(),
    });
    let connected = hub.connect(&connection, head)?;
    let head = connected.head.max(head);
    let (mode, reset) = mode(after, head);
    let position = if mode == Mode::Delta {
        after.unwrap_or(head)
    } else {
        head
    };
    {
        let mut ring = connection.ring.lock();
        ring.position = position;
        let reset = reset.map(|reason| encode(&ServerFrame::Reset { reason }));
        ring.frames.extend(reset);
    }
    connection.wake.notify_one();
    let welcome = ServerFrame::Welcome {
        seq: head,
        mode,
        member: Box::new(member),
        limits: Limits {
            file_bytes_max,
            ..Limits::current()
        },
        online: Vec::new(),
        protocol: PROTOCOL_VERSION,
    };
    Some(Subscription {
        hub: hub.clone(),
        connection,
        welcome: Some(with_online(&welcome, connected.online)),
    })
}

/// The welcome in parts. The list of those online is long, and the same for many: it is shared.
fn with_online(welcome: &ServerFrame, online: Bytes) -> [Bytes; 3] {
    const EMPTY: &[u8] = br#""online":[]"#;
    let frame = encode(welcome);
    let place = frame
        .windows(EMPTY.len())
        .rposition(|part| part == EMPTY)
        .unwrap_or_default();
    let list = place + EMPTY.len() - 2;
    [frame.slice(..list), online, frame.slice(list + 2..)]
}

fn mode(after: Option<i64>, head: i64) -> (Mode, Option<ResetReason>) {
    match after {
        None => (Mode::Reset, Some(ResetReason::New)),
        Some(after) if after > head || after < 0 => (Mode::Reset, Some(ResetReason::Ahead)),
        Some(after) if head - after >= DELTA_ENTRIES_MAX => {
            (Mode::Reset, Some(ResetReason::TooFarBehind))
        }
        Some(_) => (Mode::Delta, None),
    }
}

/// Whether a member with these scopes is in `scope` as the entry wants it. What is told in a scope
/// itself is for those who were in it by then. What a member sees through another one, such as a
/// project through its space, they see whole: it may have moved there since, and was theirs before.
pub(crate) fn is_after(since: &HashMap<Scope, i64>, entry: &Logged, scope: Scope) -> bool {
    let at = since.get(&scope);
    at.is_some_and(|at| scope != entry.scope || entry.seq > *at)
}

impl Subscription {
    pub fn foreground(&self) -> Foreground {
        Foreground(self.connection.clone())
    }

    /// The frame to send first, in parts; there is only one.
    pub fn take_welcome(&mut self) -> Option<[Bytes; 3]> {
        self.welcome.take()
    }

    /// Waits until there is something, then moves up to `max` ready-made frames into `out`. False
    /// once the subscription has ended. Cancel-safe.
    pub async fn next(&mut self, out: &mut Vec<Bytes>, max: usize) -> bool {
        loop {
            let behind = {
                let mut ring = self.connection.ring.lock();
                let count = ring.frames.len().min(max);
                if count > 0 {
                    out.extend(ring.frames.drain(..count));
                    if ring.frames.is_empty() {
                        // An idle connection holds no buffer.
                        ring.frames = VecDeque::new();
                    } else {
                        self.connection.wake.notify_one();
                    }
                    return true;
                }
                if ring.closed {
                    return false;
                }
                ring.behind
            };
            if behind {
                // Boxed: it is large, and an idle socket is not behind.
                match Box::pin(self.catch_up(out)).await {
                    Ok(()) if out.is_empty() => {}
                    Ok(()) => return true,
                    Err(error) => {
                        tracing::warn!(reason = %error, "a subscription cannot read the log");
                        self.connection.close(None);
                    }
                }
                continue;
            }
            self.connection.wake.notified().await;
        }
    }

    /// Reads one page after the position; at the head, goes live.
    async fn catch_up(&mut self, out: &mut Vec<Bytes>) -> tenon_store::Result<()> {
        let position = self.connection.ring.lock().position;
        let entries = self.hub.entries_after(position).await?;
        let reached = entries.last().map_or(position, |entry| entry.seq);
        for entry in &entries {
            if self.sees(entry) {
                out.push(entry.frame.clone());
            }
        }
        let connection = &self.connection;
        connection.ring.lock().position = reached;
        let live = self
            .hub
            .if_at_head(reached, || connection.ring.lock().behind = false);
        if live {
            out.push(mark(reached));
        }
        Ok(())
    }

    fn sees(&self, entry: &Logged) -> bool {
        let breadth = self.hub.breadth(entry.scope);
        let scopes = self.connection.scopes.lock();
        let after = |scope| is_after(&scopes.since, entry, scope);
        audience(entry.scope, breadth).includes(self.connection.member, scopes.role, after)
    }
}
