//! Web Push: which devices are pushed to, and the follower that keeps what is to be pushed. What
//! is kept is sent by `courier.rs`; the sending itself is [`PushSender`]'s, because nothing here
//! reaches out.

use crate::{
    Access, Credential, Engine, Failure, courier, execute::now, follow::Follow, secret,
    vault::Vault,
};
use futures::{FutureExt, future::BoxFuture};
use hashbrown::{HashMap, HashSet};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use std::{sync::Arc, time::Duration};
use tenon_domain::{push::Urgency, refusal::Refusal};
use tenon_protocol::{
    Event, MemberId, NotificationId, Scope, SessionId, Timestamp, WorkspaceId,
    credential::TokenScope,
    limit::{PUSH_DEVICES_MAX, PUSH_ENDPOINT_BYTES_MAX, PUSHES_WAITING_MAX},
    member::Language,
    notification::Notification,
    push::{PushOutcome, PushStatus, PushSubscription},
};
use tenon_store::{
    Logged,
    push::{self, NewPush, PushKey, Subscription},
};
use tokio::sync::OnceCell;
use uuid::Uuid;

/// How long a notification waits before it is pushed: long enough to be read at once by whoever
/// looks, and for every node to say so.
const DELAY: SignedDuration = SignedDuration::from_secs(3);
/// Limit: what was told longer ago is not pushed; a server that was away does not tell all of it.
const AGE_MAX: SignedDuration = SignedDuration::from_hours(1);
const KEY_PURPOSE: &str = "tenon 2026 push key";
const TARGET_PURPOSE: &str = "tenon 2026 push target";

/// Talks to push services.
pub trait PushSender: Send + Sync {
    /// A fresh key pair for this server, PKCS#8.
    fn make_key(&self) -> Vec<u8>;
    /// What browsers take of it; none if it is no key.
    fn public_key(&self, key: &[u8]) -> Option<String>;
    /// Whether something can be sent there: an address of the web, and keys that are keys.
    fn fits(&self, target: &PushTarget) -> bool;
    /// Sends one push to one device.
    fn send(&self, parcel: Parcel) -> BoxFuture<'static, Delivery>;
}

/// A device at its push service. Secret: never shown, never logged.
#[derive(Clone, Serialize, Deserialize)]
pub struct PushTarget {
    pub endpoint: String,
    pub p256dh: String,
    pub auth: String,
    /// Address of Tenon as the device knows it: tells the push service whom to ask.
    pub base_url: String,
}

/// One push to one device.
pub struct Parcel {
    /// Of this server, PKCS#8.
    pub key: Arc<[u8]>,
    pub target: PushTarget,
    /// An undelivered one with the same topic is replaced (RFC 8030, 5.4).
    pub topic: Option<Uuid>,
    pub urgency: Urgency,
    pub ttl_s: i64,
    pub word: Word,
}

/// What a device is told.
pub enum Word {
    Show(Box<Note>),
    /// Takes those with these tags away.
    Close(Vec<Uuid>),
}

/// What a device shows.
pub struct Note {
    pub language: Language,
    /// Name of who did it.
    pub who: String,
    pub tag: Uuid,
    pub notification: Notification,
}

/// What a push service said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    Taken,
    /// The device is gone.
    Gone,
    /// Not this one, also not later.
    Refused,
    /// Not now; with what `Retry-After` said.
    Later(Option<Duration>),
}

/// What pushing needs.
pub(crate) struct Pushing {
    pub sender: Arc<dyn PushSender>,
    vault: Vault,
    /// Made or read at first need.
    key: OnceCell<Arc<[u8]>>,
}

impl Pushing {
    pub fn new(sender: Arc<dyn PushSender>, vault: Vault) -> Self {
        Self {
            sender,
            vault,
            key: OnceCell::new(),
        }
    }

    /// The key pair of this server; all nodes have the same.
    pub async fn key(&self, engine: &Engine) -> Result<Arc<[u8]>, Failure> {
        self.key
            .get_or_try_init(|| self.load(engine))
            .await
            .cloned()
    }

    async fn load(&self, engine: &Engine) -> Result<Arc<[u8]>, Failure> {
        if let Some(key) = self.read_or_make(engine, false).await? {
            return Ok(key);
        }
        // Another server may have made it, and still be able to open it.
        if engine.inner.store.is_shared() {
            let text = "push notifications are off: the database was used with another tenon.key; \
                put that file into the data directory and start again (if it is lost, delete the \
                row 'push' of the table secret)";
            return Err(Failure::Bug(text.into()));
        }
        tracing::warn!("tenon.key is another than before: devices subscribe to push anew");
        let key = self.read_or_make(engine, true).await?;
        key.ok_or_else(|| Failure::Bug("a fresh push key does not open".into()))
    }

    async fn read_or_make(
        &self,
        engine: &Engine,
        anew: bool,
    ) -> Result<Option<Arc<[u8]>>, Failure> {
        let fresh = self.vault.seal(KEY_PURPOSE, &self.sender.make_key());
        let write = engine.inner.store.private(move |private| {
            async move {
                if anew {
                    private.forget_secret("push")?;
                }
                private.keep_secret("push", &fresh)?;
                private.get_secret("push").await
            }
            .boxed()
        });
        let sealed = write.await?.unwrap_or_default();
        Ok(self.vault.open(KEY_PURPOSE, &sealed).map(Arc::from))
    }

    /// None if it was sealed with another key.
    pub fn open(&self, sealed: &[u8]) -> Option<PushTarget> {
        let plain = self.vault.open(TARGET_PURPOSE, sealed)?;
        serde_json::from_slice(&plain).ok()
    }
}

/// How a device is known without telling where it is.
pub(crate) fn endpoint_hash(endpoint: &str) -> [u8; 32] {
    secret::hash(endpoint)
}

impl Engine {
    fn pushing(&self) -> Result<&Pushing, Failure> {
        let pushing = self.inner.pushing.as_ref();
        pushing.ok_or(Failure::Unavailable)
    }

    /// The key that browsers subscribe with, and whether the asker's session is pushed to.
    pub async fn push_status(&self, access: &Access) -> Result<PushStatus, Failure> {
        let pushing = self.pushing()?;
        let (workspace, session) = device_of(access)?;
        let key = pushing.key(self).await?;
        let key = pushing.sender.public_key(&key);
        let read = self.inner.store.read_private(move |private| {
            async move { private.get_is_subscribed(workspace, session).await }.boxed()
        });
        Ok(PushStatus {
            key: key.ok_or_else(|| Failure::Bug("the push key is none".into()))?,
            subscribed: read.await?,
        })
    }

    /// From now on the asker's session is pushed to there.
    pub async fn subscribe_push(
        &self,
        access: &Access,
        wish: PushSubscription,
        base_url: String,
    ) -> Result<(), Failure> {
        let pushing = self.pushing()?;
        let (workspace, session) = device_of(access)?;
        let member = access.actor.member;
        let target = PushTarget {
            endpoint: wish.endpoint,
            p256dh: wish.keys.p256dh,
            auth: wish.keys.auth,
            base_url,
        };
        if target.endpoint.len() > PUSH_ENDPOINT_BYTES_MAX || !pushing.sender.fits(&target) {
            return Err(Refusal::BadPushSubscription.into());
        }
        let endpoint_hash = endpoint_hash(&target.endpoint);
        let plain = serde_json::to_vec(&target).map_err(|e| Failure::Bug(e.to_string()))?;
        let sealed = pushing.vault.seal(TARGET_PURPOSE, &plain);
        let created_at = now();
        let write = self.inner.store.private(move |private| {
            async move {
                let end = private.get_session_end(workspace, member, session).await?;
                let Some(expires_at) = end else {
                    return Ok(false);
                };
                let subscription = Subscription {
                    workspace,
                    member,
                    session,
                    endpoint_hash,
                    sealed,
                    created_at,
                    expires_at,
                };
                private.subscribe(&subscription, PUSH_DEVICES_MAX)?;
                Ok(true)
            }
            .boxed()
        });
        if write.await? {
            Ok(())
        } else {
            Err(Refusal::Unauthenticated.into())
        }
    }

    /// The asker's session is pushed to no more.
    pub async fn unsubscribe_push(&self, access: &Access) -> Result<(), Failure> {
        let (workspace, session) = device_of(access)?;
        let member = access.actor.member;
        let write = self.inner.store.private(move |private| {
            async move { private.unsubscribe(workspace, member, session) }.boxed()
        });
        Ok(write.await?)
    }
}

/// Devices are sessions of people; a program with a token has the log.
fn device_of(access: &Access) -> Result<(WorkspaceId, SessionId), Failure> {
    match access.credential {
        Credential::Session { id, .. } => Ok((access.actor.workspace, id)),
        Credential::Token { .. } | Credential::Hook => {
            Err(Refusal::MissingGrant(TokenScope::Admin).into())
        }
    }
}

/// The follower: see the file's head.
pub(crate) struct Pusher {
    workspace: WorkspaceId,
}

/// A notification that was told.
struct Told {
    member: MemberId,
    notification: Notification,
    replaces: Option<NotificationId>,
    at: Timestamp,
}

/// What a page of the log means for devices.
#[derive(Default)]
struct Gathered {
    told: Vec<Told>,
    /// Whose inbox has changed: what stands on their devices may be over.
    touched: HashSet<MemberId>,
    deleted: Vec<Uuid>,
    /// A channel or project was taken from the sight of people who are not told one by one.
    is_hidden: bool,
}

impl Follow for Pusher {
    const NAME: &'static str = "push";

    async fn follow(&mut self, engine: &Engine, page: &[Logged]) -> Result<(), Failure> {
        let Gathered {
            told,
            touched,
            deleted,
            is_hidden,
        } = gather(page)?;
        if !told.is_empty() {
            self.keep(engine, told).await?;
        }
        let over = courier::Over {
            touched,
            deleted,
            is_hidden,
        };
        courier::close_what_is_over(engine, self.workspace, over).await
    }
}

fn gather(page: &[Logged]) -> Result<Gathered, Failure> {
    let mut gathered = Gathered::default();
    let oldest = now().checked_sub(AGE_MAX).unwrap_or_default();
    for entry in page {
        if entry.kind == "message_deleted"
            && let Event::MessageDeleted { message, .. } = &*entry.event()?
        {
            gathered.deleted.push(message.0);
        }
        gathered.is_hidden |= matches!(
            &*entry.kind,
            "channel_hidden" | "channel_enclosed" | "project_enclosed"
        );
        // Whoever speaks somewhere has read what was there.
        if entry.kind == "message_posted" {
            gathered.touched.insert(entry.actor);
        }
        let Scope::Inbox(member) = entry.scope else {
            continue;
        };
        gathered.touched.insert(member);
        if entry.kind != "notification_added" || entry.at < oldest {
            continue;
        }
        if let Event::NotificationAdded {
            notification,
            replaces,
            ..
        } = &*entry.event()?
            && notification.suppressed.is_none()
        {
            gathered.told.push(Told {
                member,
                notification: notification.clone(),
                replaces: *replaces,
                at: entry.at,
            });
        }
    }
    Ok(gathered)
}

impl Pusher {
    pub fn new(workspace: WorkspaceId) -> Self {
        Self { workspace }
    }

    /// Keeps one push for each device of those who were told.
    async fn keep(&self, engine: &Engine, told: Vec<Told>) -> Result<(), Failure> {
        let workspace = self.workspace;
        let members: HashSet<MemberId> = told.iter().map(|it| it.member).collect();
        let members: Vec<Uuid> = members.iter().map(|id| id.0).collect();
        let read = engine.inner.store.read(workspace, move |reader| {
            async move {
                let devices = push::list_devices(reader, &members).await?;
                if devices.is_empty() {
                    return Ok((devices, vec![], vec![]));
                }
                let covered = push::list_covered(reader, &members).await?;
                let waiting = push::list_waiting(reader, &members).await?;
                Ok((devices, covered, waiting))
            }
            .boxed()
        });
        let (devices, covered, waiting) = read.await?;
        if devices.is_empty() {
            return Ok(());
        }
        let mut waiting: HashMap<SessionId, i64> = waiting.into_iter().collect();
        let mut covered: HashSet<_> = covered.into_iter().collect();
        let mut pushes = Vec::new();
        for told in told {
            let of_member = devices.iter().filter(|(member, _)| *member == told.member);
            for (_, session) in of_member {
                let mut push = told.to(*session, waiting.entry(*session).or_default());
                let before = push.replaces.map(|id| (id, *session));
                push.covers = before.is_some_and(|it| covered.contains(&it));
                if push.covers {
                    covered.insert((push.key.notification, *session));
                }
                pushes.push(push);
            }
        }
        let write = engine.inner.store.private(move |private| {
            async move {
                for push in &pushes {
                    private.queue_push(workspace, push)?;
                }
                Ok(())
            }
            .boxed()
        });
        Ok(write.await?)
    }
}

impl Told {
    fn to(&self, session: SessionId, waiting: &mut i64) -> NewPush {
        let outcome = if self.notification.quiet {
            PushOutcome::Quiet
        } else if *waiting >= PUSHES_WAITING_MAX {
            PushOutcome::Crowded
        } else {
            *waiting += 1;
            PushOutcome::Waiting
        };
        let due = self.at.checked_add(DELAY).unwrap_or(self.at);
        NewPush {
            key: PushKey {
                member: self.member,
                notification: self.notification.id,
                session,
            },
            tag: tag(&self.notification),
            message: self.notification.message,
            outcome,
            told_at: self.at,
            due: (outcome == PushOutcome::Waiting).then_some(due),
            // In quiet hours nothing takes its place: it goes with what it was about.
            replaces: self.replaces.filter(|_| outcome == PushOutcome::Waiting),
            covers: false,
        }
    }
}

/// What takes each other's place on a device.
fn tag(notification: &Notification) -> Uuid {
    notification.conversation().unwrap_or(notification.id.0)
}
