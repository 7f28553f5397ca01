//! The way of a command: load, decide, commit, announce. The file to read first.
//!
//! One writer per workspace takes everything that waits, decides each command in order, commits
//! once (one fsync), answers all, and hands the entries to the hub. A refused command wrote
//! nothing and the batch goes on.
//!
//! Invariant: nothing else commits to a log.

use crate::{
    Actor, Failure,
    commands::{self, Desk},
    directory::Directory,
    hub::Hub,
};
use futures::{FutureExt, future::BoxFuture};
use hashbrown::{HashMap, HashSet};
use jiff::SignedDuration;
use std::{
    mem,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};
use tenon_domain::{decide::Decision, refusal::Refusal};
use tenon_protocol::{
    ChannelId, Command, Event, MessageId, Outcome, RequestId, Timestamp, event::Fact,
};
use tenon_store::{Logged, Tx, Unable, Writer, message, request, request::Request, task};
use tokio::sync::{mpsc, oneshot};

/// Limit: commands committed together.
const BATCH_COMMANDS_MAX: usize = 256;

/// A command that had its effect.
#[derive(Clone, Debug)]
pub struct Done {
    /// Seq of its last entry.
    pub seq: i64,
    pub outcome: Outcome,
    /// What it wrote, in order; empty if this was a retry of an earlier request.
    pub events: Vec<Arc<Event>>,
}

type Answer = Result<Done, Failure>;

/// Private rows that belong to a command: checked before it is decided, written with it.
pub(crate) struct Rider {
    pub check: Check,
    pub write: Write,
    /// Whom the command adds is in this channel at once, as its actor may add them.
    pub join: Option<(Actor, ChannelId)>,
}

/// Writes the tables beside the log, after the command's own facts.
type Write = Box<dyn Fn(&mut Tx<'_>) -> tenon_store::Result<()> + Send + Sync>;

/// Asks the tables beside the log whether the command may go on.
type Check = Box<dyn for<'t, 'c> Fn(&'t mut Tx<'c>) -> BoxFuture<'t, Checked> + Send + Sync>;

/// May the command go on?
pub(crate) type Checked = tenon_store::Result<Result<(), Failure>>;

/// A command on its way, and where its answer goes.
pub(crate) struct Job {
    wish: Wish,
    answer: oneshot::Sender<Answer>,
}

struct Wish {
    actor: Actor,
    request: RequestId,
    command: Command,
    /// Tells a retry from another command under the same request id.
    digest: i64,
    rider: Option<Rider>,
}

impl Job {
    pub fn new(
        actor: Actor,
        request: RequestId,
        command: Command,
        rider: Option<Rider>,
        answer: oneshot::Sender<Answer>,
    ) -> Self {
        // A command without a JSON form cannot be; equal digests would only skip a check.
        let text = serde_json::to_vec(&command).unwrap_or_default();
        let mut digest = [0; 8];
        digest.copy_from_slice(&blake3::hash(&text).as_bytes()[..8]);
        let digest = i64::from_le_bytes(digest);
        Self {
            wish: Wish {
                actor,
                request,
                command,
                digest,
                rider,
            },
            answer,
        }
    }
}

/// The writer of one workspace. Ends when nobody can send commands any more.
pub(crate) async fn run(mut writer: Writer, mut jobs: mpsc::Receiver<Job>, hub: Hub) {
    let mut directory = Directory::default();
    let mut waiting = Vec::with_capacity(BATCH_COMMANDS_MAX);
    while jobs.recv_many(&mut waiting, BATCH_COMMANDS_MAX).await > 0 {
        let (wishes, answers): (Vec<Wish>, Vec<_>) =
            waiting.drain(..).map(|job| (job.wish, job.answer)).unzip();
        let wishes = Arc::new(wishes);
        let all = 0..wishes.len();
        match commit(&mut writer, &mut directory, wishes.clone(), all).await {
            Ok((results, logged)) => announce(&hub, logged, answers, results).await,
            Err(Unable::Later(text)) => {
                tracing::warn!(reason = %text, "a batch could not be written");
                for to in answers {
                    let _ = to.send(Err(Failure::Unavailable));
                }
            }
            Err(Unable::Broken(_) | Unable::Unfit(_)) => {
                one_by_one(&mut writer, &mut directory, &hub, wishes, answers).await;
            }
        }
    }
}

/// One command of the batch is not what the store can take: the others must not suffer.
async fn one_by_one(
    writer: &mut Writer,
    directory: &mut Directory,
    hub: &Hub,
    wishes: Arc<Vec<Wish>>,
    answers: Vec<oneshot::Sender<Answer>>,
) {
    for (index, to) in answers.into_iter().enumerate() {
        let one = index..index + 1;
        match commit(writer, directory, wishes.clone(), one).await {
            Ok((results, logged)) => announce(hub, logged, vec![to], results).await,
            Err(unable) => {
                let failure = Failure::from(unable);
                if let Failure::Bug(text) = &failure {
                    tracing::error!(fault = %text, "a command could not be written");
                }
                let _ = to.send(Err(failure));
            }
        }
    }
}

/// Hands the entries to the hub, and the answers with them: they leave a socket in one write.
async fn announce(
    hub: &Hub,
    logged: Vec<Logged>,
    answers: Vec<oneshot::Sender<Answer>>,
    results: Vec<Answer>,
) {
    let answer = move || {
        for (to, result) in answers.into_iter().zip(results) {
            // Whoever asked may have gone; the effect stays.
            let _ = to.send(result);
        }
    };
    hub.publish(logged, answer).await;
}

async fn commit(
    writer: &mut Writer,
    directory: &mut Directory,
    wishes: Arc<Vec<Wish>>,
    range: std::ops::Range<usize>,
) -> tenon_store::Result<(Vec<Answer>, Vec<Logged>)> {
    let mut known = mem::take(directory);
    let written = writer
        .write(move |tx| {
            async move {
                let answers = run_batch(tx, &mut known, &wishes[range]).await?;
                Ok((answers, known))
            }
            .boxed()
        })
        .await?;
    let ((answers, known), logged) = written;
    *directory = known;
    Ok((answers, logged))
}

async fn run_batch(
    tx: &mut Tx<'_>,
    directory: &mut Directory,
    wishes: &[Wish],
) -> tenon_store::Result<Vec<Answer>> {
    let now = now();
    let requests: Vec<RequestId> = wishes.iter().map(|wish| wish.request).collect();
    let seen = request::list(tx, &requests).await?;
    let mut seen: HashMap<RequestId, Request> = seen
        .into_iter()
        .map(|request| (request.id, request))
        .collect();
    let posted: Vec<MessageId> = wishes.iter().filter_map(posted_id).collect();
    let mut taken: HashSet<MessageId> = message::list_existing(tx, &posted)
        .await?
        .into_iter()
        .collect();
    let mut answers = Vec::with_capacity(wishes.len());
    for wish in wishes {
        if let Some(request) = seen.get(&wish.request) {
            answers.push(repeat(request, wish));
            continue;
        }
        let members = directory.refresh(tx).await?;
        let mut desk = Desk {
            tx,
            directory,
            members,
            taken: &taken,
            now,
        };
        let answer = run_one(&mut desk, wish).await?;
        if let Ok(done) = &answer {
            let (seq, outcome) = (done.seq, done.outcome.clone());
            let Wish {
                actor,
                request: id,
                digest,
                ..
            } = wish;
            let request = Request {
                id: *id,
                member: actor.member,
                digest: *digest,
                seq,
                outcome,
            };
            request::insert(tx, &request)?;
            seen.insert(wish.request, request);
            taken.extend(posted_id(wish));
        }
        answers.push(answer);
    }
    Ok(answers)
}

async fn run_one(desk: &mut Desk<'_, '_>, wish: &Wish) -> tenon_store::Result<Answer> {
    if let Some(rider) = &wish.rider
        && let Err(failure) = (rider.check)(desk.tx).await?
    {
        return Ok(Err(failure));
    }
    let decision = match commands::decide(desk, &wish.actor, &wish.command).await? {
        Ok(decision) => decision,
        Err(refusal) => return explain(desk, &wish.actor, refusal).await,
    };
    let Decision { facts, outcome } = decision;
    let mut joining = None;
    if let Some((actor, channel)) = wish.rider.as_ref().and_then(|rider| rider.join) {
        match commands::join_added(desk, &actor, channel, &facts).await? {
            Ok(decision) => joining = Some((actor, decision.facts)),
            Err(refusal) => return explain(desk, &actor, refusal).await,
        }
    }
    let first = desk.tx.logged().len();
    append(desk, &wish.actor, facts).await?;
    if let Some((actor, facts)) = joining {
        append(desk, &actor, facts).await?;
    }
    if let Some(rider) = &wish.rider {
        (rider.write)(desk.tx)?;
    }
    let events = desk.tx.logged()[first..].iter().map(Logged::event);
    let events = events.collect::<tenon_store::Result<_>>()?;
    Ok(Ok(Done {
        seq: desk.tx.seq(),
        outcome,
        events,
    }))
}

async fn append(
    desk: &mut Desk<'_, '_>,
    actor: &Actor,
    facts: Vec<Fact>,
) -> tenon_store::Result<()> {
    for fact in facts {
        if let Event::MemberDeactivated { member } = &fact.event {
            let workspace = desk.tx.workspace();
            desk.tx.private().end_all(workspace, *member)?;
        }
        // The store changes members in place if nobody else holds them.
        desk.members = Arc::default();
        desk.tx.append(desk.now, actor.member, fact).await?;
        if let Some(event) = desk.tx.logged().last().map(Logged::event).transpose()? {
            desk.directory.follow(desk.tx, &event).await?;
        }
    }
    Ok(())
}

/// A refusal as the asker gets it: `already_a_task` carries the task, if they may see it, and is
/// `deleted` if that task is.
async fn explain(
    desk: &mut Desk<'_, '_>,
    actor: &Actor,
    refusal: Refusal,
) -> tenon_store::Result<Answer> {
    if let Refusal::AlreadyATask(id) = refusal
        && let Some(task) = task::get(desk.tx, id).await?
    {
        let place = desk.project(Some(task.project), actor.member).await?;
        let sight = desk.sight(place.project.as_deref()).await?;
        if sight.sees(actor.member) {
            return Ok(Err(match task.deleted {
                true => Refusal::TaskDeleted.into(),
                false => Failure::AlreadyATask(Box::new(task)),
            }));
        }
    }
    Ok(Err(refusal.into()))
}

fn repeat(request: &Request, wish: &Wish) -> Answer {
    if request.member != wish.actor.member || request.digest != wish.digest {
        return Err(Refusal::RequestReused.into());
    }
    Ok(Done {
        seq: request.seq,
        outcome: request.outcome.clone(),
        events: Vec::new(),
    })
}

fn posted_id(wish: &Wish) -> Option<MessageId> {
    match &wish.command {
        Command::PostMessage(post) => Some(post.id),
        _ => None,
    }
}

/// Hours by which the clock is ahead: time that a story does not wait for. 0 but in tests.
static AHEAD_H: AtomicI64 = AtomicI64::new(0);

/// For stories alone: so much time has passed, for everything that the engine decides.
#[cfg(debug_assertions)]
pub fn set_clock_ahead(hours: i64) {
    AHEAD_H.store(hours, Ordering::Relaxed);
}

/// Now, in whole microseconds as the database keeps it.
pub(crate) fn now() -> Timestamp {
    let ahead = SignedDuration::from_hours(AHEAD_H.load(Ordering::Relaxed));
    let now = Timestamp::now();
    let now = now.checked_add(ahead).unwrap_or(now);
    Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
}
