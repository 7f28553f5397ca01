//! Sends what the follower kept (`push.rs`) to the devices of members, and takes it off them again.
//! Looks once a second. Every push is a row that says when it is due, so that nothing is lost with
//! the program; a node that sends claims the row first, so that nothing is sent twice.

use crate::{
    Engine, Failure,
    execute::now,
    push::{Delivery, Note, Parcel, PushTarget, Pushing, Word, endpoint_hash},
    round::Round,
};
use futures::FutureExt;
use hashbrown::{HashMap, HashSet};
use jiff::{
    SignedDuration,
    tz::{TimeZone, TimeZoneDatabase},
};
use std::sync::Arc;
use tenon_domain::push::{Due, PUSH_TTL_S, RETRY, Urgency, Verdict, is_over, judge, urgency};
use tenon_protocol::{
    MemberId, SessionId, Timestamp, WorkspaceId, member::Member, preference::Preferences,
    push::PushOutcome,
};
use tenon_store::{
    Private, member, preference,
    push::{self, Push, PushKey},
};
use tokio::sync::Semaphore;
use uuid::Uuid;

/// Looked at before they are due, so that the node on which a member looks at Tenon says so.
const AHEAD: SignedDuration = SignedDuration::from_secs(2);
/// A member who looks is looked after again so much later.
const LOOKING: SignedDuration = SignedDuration::from_secs(15);
/// A node that dies while it sends is followed by another after this.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// Limit: pushes looked at in one look; the next look takes the rest.
const DUE_MAX: i64 = 200;
/// Limit: requests to push services at the same time, of one workspace.
const SENDING_MAX: usize = 32;
/// Limit: how long it is kept what became of a push.
const KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Sends the pushes of one workspace.
pub(crate) struct Courier {
    workspace: WorkspaceId,
    sending: Arc<Semaphore>,
}

/// What is known of those who are pushed to.
struct Known {
    members: HashMap<MemberId, Member>,
    preferences: HashMap<MemberId, Preferences>,
    targets: HashMap<SessionId, PushTarget>,
    zones: HashMap<MemberId, TimeZone>,
}

/// What one look decides.
#[derive(Default)]
struct Plan {
    /// Nothing more is to be done about these.
    settled: Vec<(PushKey, PushOutcome)>,
    /// Not sent; what stands in their place on the device is to be taken off.
    uncovered: Vec<PushKey>,
    deferred: Vec<Push>,
    shown: Vec<Push>,
    /// By device.
    closed: HashMap<SessionId, Vec<Push>>,
}

impl Round for Courier {
    const WAITS: &'static str = "pushes";

    async fn look(&self, engine: &Engine) -> Result<(), Failure> {
        let Some(pushing) = &engine.inner.pushing else {
            return Ok(());
        };
        let now = now();
        let ahead = now.checked_add(AHEAD).unwrap_or(now);
        let read = engine.inner.store.read(self.workspace, move |reader| {
            async move { push::list_due(reader, ahead, DUE_MAX).await }.boxed()
        });
        let due = read.await?;
        if due.is_empty() {
            return Ok(());
        }
        // Without it nothing can be sent; that is said once a second, until somebody mends it.
        let key = pushing.key(engine).await?;
        let known = self.known(engine, pushing, &due, now).await?;
        let Plan {
            settled,
            uncovered,
            deferred,
            shown,
            closed,
        } = self.plan(engine, due, &known, now);
        self.write(engine, settled, uncovered, deferred, now)
            .await?;
        for push in shown {
            self.show(engine, &known, &key, push).await?;
        }
        for pushes in closed.into_values() {
            self.close(engine, &known, &key, pushes).await?;
        }
        Ok(())
    }

    async fn sweep(&self, engine: &Engine) -> Result<(), Failure> {
        let (workspace, before) = (self.workspace, now().checked_sub(KEPT).unwrap_or_default());
        let write = engine
            .inner
            .store
            .private(move |private| async move { private.sweep_pushes(workspace, before) }.boxed());
        Ok(write.await.map(drop)?)
    }
}

impl Courier {
    pub fn new(workspace: WorkspaceId) -> Self {
        Self {
            workspace,
            sending: Arc::new(Semaphore::new(SENDING_MAX)),
        }
    }

    async fn known(
        &self,
        engine: &Engine,
        pushing: &Pushing,
        due: &[Push],
        now: Timestamp,
    ) -> Result<Known, Failure> {
        let told: HashSet<MemberId> = due.iter().map(|it| it.key.member).collect();
        let actors = due.iter().filter_map(|it| it.notification.as_ref());
        let people: HashSet<MemberId> = actors.map(|it| it.actor).chain(told.clone()).collect();
        let sessions: HashSet<Uuid> = due.iter().map(|it| it.key.session.0).collect();
        let read = engine.inner.store.read(self.workspace, move |reader| {
            async move {
                let told: Vec<Uuid> = told.into_iter().map(|id| id.0).collect();
                let people: Vec<MemberId> = people.into_iter().collect();
                let sessions: Vec<Uuid> = sessions.into_iter().collect();
                let members = member::list_these(reader, &people).await?;
                let preferences = preference::list_of(reader, &told).await?;
                let targets = push::list_targets(reader, &sessions, now).await?;
                Ok((members, preferences, targets))
            }
            .boxed()
        });
        let (members, preferences, targets) = read.await?;
        let zones = TimeZoneDatabase::bundled();
        let zone = |it: &Member| Some((it.id, zones.get(&it.time_zone).ok()?));
        let target = |(session, sealed): (SessionId, Vec<u8>)| {
            // What was sealed with a key that is lost is as good as gone.
            Some((session, pushing.open(&sealed)?))
        };
        Ok(Known {
            zones: members.iter().filter_map(zone).collect(),
            members: members.into_iter().map(|it| (it.id, it)).collect(),
            preferences: preferences.into_iter().collect(),
            targets: targets.into_iter().filter_map(target).collect(),
        })
    }

    fn plan(&self, engine: &Engine, due: Vec<Push>, known: &Known, now: Timestamp) -> Plan {
        let mut plan = Plan::default();
        let live = engine.live_now(self.workspace);
        for push in due {
            let is_closing = push.outcome == PushOutcome::Closing;
            if !known.targets.contains_key(&push.key.session) {
                let outcome = if is_closing {
                    PushOutcome::Closed
                } else {
                    PushOutcome::Gone
                };
                plan.settled.push((push.key, outcome));
                continue;
            }
            let is_due = push.due.is_some_and(|due| due <= now);
            if is_closing {
                if is_due {
                    plan.closed.entry(push.key.session).or_default().push(push);
                }
                continue;
            }
            let member = push.key.member;
            let looking = live.as_ref().is_some_and(|it| it.hub.is_looking(member));
            match judge(&known.due(&push, looking), now) {
                // What it would have taken the place of goes from the device.
                Verdict::Drop(PushOutcome::Read | PushOutcome::Gone) if push.covers => {
                    plan.uncovered.push(push.key);
                }
                Verdict::Drop(outcome) => plan.settled.push((push.key, outcome)),
                Verdict::Wait => plan.deferred.push(push),
                Verdict::Send if is_due => plan.shown.push(push),
                Verdict::Send => {}
            }
        }
        plan
    }

    async fn write(
        &self,
        engine: &Engine,
        settled: Vec<(PushKey, PushOutcome)>,
        uncovered: Vec<PushKey>,
        deferred: Vec<Push>,
        now: Timestamp,
    ) -> Result<(), Failure> {
        if settled.is_empty() && uncovered.is_empty() && deferred.is_empty() {
            return Ok(());
        }
        let workspace = self.workspace;
        let later = now.checked_add(LOOKING).unwrap_or(now);
        let write = engine.inner.store.private(move |private| {
            async move {
                for (key, outcome) in settled {
                    private.settle_push(workspace, key, outcome, None)?;
                }
                for key in uncovered {
                    private.settle_push(workspace, key, PushOutcome::Closing, Some(now))?;
                }
                for push in &deferred {
                    private.defer_push(workspace, push, later)?;
                }
                Ok(())
            }
            .boxed()
        });
        Ok(write.await?)
    }

    async fn show(
        &self,
        engine: &Engine,
        known: &Known,
        key: &Arc<[u8]>,
        push: Push,
    ) -> Result<(), Failure> {
        let target = known.targets.get(&push.key.session);
        let (Some(target), Some(notification)) = (target, push.notification.clone()) else {
            return Ok(());
        };
        let who = known.members.get(&notification.actor);
        let language = known.members.get(&push.key.member);
        let parcel = Parcel {
            key: key.clone(),
            target: target.clone(),
            topic: Some(push.tag),
            urgency: urgency(notification.reason),
            ttl_s: PUSH_TTL_S,
            word: Word::Show(Box::new(Note {
                language: language.map(|it| it.language).unwrap_or_default(),
                who: who.map(|it| it.name.clone()).unwrap_or_default(),
                tag: push.tag,
                notification,
            })),
        };
        self.send(engine, parcel, vec![push]).await
    }

    /// All that is to go from one device goes with one push.
    async fn close(
        &self,
        engine: &Engine,
        known: &Known,
        key: &Arc<[u8]>,
        pushes: Vec<Push>,
    ) -> Result<(), Failure> {
        let session = pushes.first().map(|push| push.key.session);
        let Some(target) = session.and_then(|id| known.targets.get(&id)) else {
            return Ok(());
        };
        let tags: Vec<Uuid> = pushes.iter().map(|it| it.tag).collect();
        let parcel = Parcel {
            key: key.clone(),
            target: target.clone(),
            // One that the device has not got yet is replaced by this: it never shows.
            topic: (tags.len() == 1).then(|| tags[0]),
            urgency: Urgency::Normal,
            ttl_s: PUSH_TTL_S,
            word: Word::Close(tags),
        };
        self.send(engine, parcel, pushes).await
    }

    /// Claims the pushes and sends the parcel beside this look; what did not fit waits.
    async fn send(
        &self,
        engine: &Engine,
        parcel: Parcel,
        pushes: Vec<Push>,
    ) -> Result<(), Failure> {
        let Ok(permit) = self.sending.clone().try_acquire_owned() else {
            return Ok(());
        };
        let workspace = self.workspace;
        let lease = now().checked_add(LEASE).unwrap_or_default();
        let write = engine.inner.store.private(move |private| {
            async move {
                let mut claimed = Vec::new();
                for push in pushes {
                    if private.claim_push(workspace, &push, lease).await? {
                        claimed.push(push);
                    }
                }
                Ok(claimed)
            }
            .boxed()
        });
        let pushes = write.await?;
        let Some(pushing) = &engine.inner.pushing else {
            return Ok(());
        };
        if pushes.is_empty() {
            return Ok(());
        }
        let (engine, sender) = (engine.clone(), pushing.sender.clone());
        tokio::spawn(async move {
            let endpoint = endpoint_hash(&parcel.target.endpoint);
            let delivery = sender.send(parcel).await;
            let settled = settle(&engine, workspace, &pushes, endpoint, delivery).await;
            if let Err(failure) = settled {
                // The lease ends; then it is sent again, in the place of this one.
                tracing::warn!(reason = %failure.message(), "a push was sent and not noted");
            }
            drop(permit);
        });
        Ok(())
    }
}

impl Known {
    fn due<'a>(&'a self, push: &'a Push, looking: bool) -> Due<'a> {
        const UTC: &TimeZone = &TimeZone::UTC;
        let member = &push.key.member;
        Due {
            notification: push.notification.as_ref(),
            read: push.read,
            preferences: self.preferences.get(member),
            zone: self.zones.get(member).unwrap_or(UTC),
            looking,
            told: push.told_at,
        }
    }
}

async fn settle(
    engine: &Engine,
    workspace: WorkspaceId,
    pushes: &[Push],
    endpoint: [u8; 32],
    delivery: Delivery,
) -> Result<(), Failure> {
    let now = now();
    let pushes = pushes.to_vec();
    let members: HashSet<MemberId> = pushes.iter().map(|push| push.key.member).collect();
    let write = engine.inner.store.private(move |private| {
        async move {
            for push in &pushes {
                note(private, workspace, push, delivery, now)?;
            }
            if let (Delivery::Gone, Some(push)) = (delivery, pushes.first()) {
                private.forget_endpoint(&endpoint)?;
                private.give_up_pushes(workspace, push.key.member, push.key.session)?;
            }
            Ok(())
        }
        .boxed()
    });
    write.await?;
    // It may have been read while it was under way.
    let over = Over {
        touched: members,
        ..Over::default()
    };
    close_what_is_over(engine, workspace, over).await
}

fn note(
    private: &mut Private<'_>,
    workspace: WorkspaceId,
    push: &Push,
    delivery: Delivery,
    now: Timestamp,
) -> tenon_store::Result<()> {
    let is_closing = push.outcome == PushOutcome::Closing;
    let (done, failed) = if is_closing {
        (PushOutcome::Closed, PushOutcome::Closed)
    } else {
        (PushOutcome::Sent, PushOutcome::Failed)
    };
    let (outcome, due) = match delivery {
        Delivery::Taken => (done, None),
        Delivery::Gone | Delivery::Refused => (failed, None),
        Delivery::Later(pause) => {
            let asked_s = pause.map(|pause| i64::try_from(pause.as_secs()).unwrap_or(i64::MAX));
            match RETRY.next(push.attempts + 1, asked_s, push.told_at, now) {
                Some(due) => (push.outcome, Some(due)),
                None => (failed, None),
            }
        }
    };
    private.settle_push(workspace, push.key, outcome, due)
}

/// Where something on a device may be over.
#[derive(Default)]
pub(crate) struct Over {
    /// On devices of these members.
    pub touched: HashSet<MemberId>,
    /// What is of these messages.
    pub deleted: Vec<Uuid>,
    /// On any: a place was hidden from people who are not told one by one.
    pub is_hidden: bool,
}

/// What stands on devices and was read, done, deleted or hidden since is to be taken off them.
pub(crate) async fn close_what_is_over(
    engine: &Engine,
    workspace: WorkspaceId,
    over: Over,
) -> Result<(), Failure> {
    let Over {
        touched,
        deleted,
        is_hidden,
    } = over;
    if touched.is_empty() && deleted.is_empty() && !is_hidden {
        return Ok(());
    }
    let read = engine.inner.store.read(workspace, move |reader| {
        async move {
            let mut touched = touched;
            if !deleted.is_empty() {
                touched.extend(push::list_shown_members(reader, &deleted).await?);
            }
            if is_hidden {
                touched.extend(push::list_all_shown_members(reader).await?);
            }
            let touched: Vec<Uuid> = touched.into_iter().map(|id| id.0).collect();
            push::list_shown(reader, &touched).await
        }
        .boxed()
    });
    let now = now();
    let over = |push: &Push| is_over(push.notification.as_ref(), push.read, now);
    let over: Vec<Push> = read.await?.into_iter().filter(over).collect();
    if over.is_empty() {
        return Ok(());
    }
    let write = engine.inner.store.private(move |private| {
        async move {
            for push in &over {
                private.close_push(workspace, push.key, now)?;
            }
            Ok(())
        }
        .boxed()
    });
    Ok(write.await?)
}
