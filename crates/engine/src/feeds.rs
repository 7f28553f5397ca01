//! The follower that keeps live cards: where a channel follows a project, each of its tasks has
//! one card, shown as the task is now. A burst of changes to a task is one update.
//!
//! Durable: its cursor moves after its commands, which have request ids made from what they are
//! about, so that doing them again has no effect.

use crate::{Actor, Engine, Failure, Grants, engine::Inner, hub::Hub};
use futures::FutureExt;
use hashbrown::HashMap;
use std::{sync::Weak, time::Duration};
use tenon_protocol::{
    Command, MessageId, RequestId, Scope, TaskId, WorkspaceId,
    feed::{Feed, ShowCard},
};
use tenon_store::{Logged, feed, follower, log, member};
use uuid::Uuid;

const NAME: &str = "feeds";
/// Handle of the bot that cards come from; set-up adds it.
pub(crate) const BOT_HANDLE: &str = "tenon";
const PAGE: i64 = 500;
const RETRY: Duration = Duration::from_secs(1);

/// Follows one workspace until the engine is gone.
pub(crate) fn start(engine: Weak<Inner>, workspace: WorkspaceId, hub: &Hub) {
    let mut head = hub.head();
    tokio::spawn(async move {
        while let Some(next) = step(&engine, workspace).await {
            match next {
                Next::More => {}
                Next::Wait => {
                    if head.changed().await.is_err() {
                        return;
                    }
                }
                Next::Retry => tokio::time::sleep(RETRY).await,
            }
        }
    });
}

/// What comes after one page.
enum Next {
    More,
    /// Until the log grows.
    Wait,
    Retry,
}

/// Follows one page; nothing once the engine is gone or stops.
async fn step(engine: &Weak<Inner>, workspace: WorkspaceId) -> Option<Next> {
    let engine = Engine {
        inner: engine.upgrade()?,
    };
    match follow(&engine, workspace).await {
        Ok(true) => Some(Next::More),
        Ok(false) => Some(Next::Wait),
        Err(Failure::Unavailable) if !engine.ready() => None,
        Err(failure) => {
            tracing::warn!(reason = %failure.message(), "feeds wait");
            Some(Next::Retry)
        }
    }
}

/// Works through one page of the log. True if there may be more.
async fn follow(engine: &Engine, workspace: WorkspaceId) -> Result<bool, Failure> {
    let store = &engine.inner.store;
    let after = store
        .read_private(move |private| follower::get(private, workspace, NAME).boxed())
        .await?;
    let page = store
        .read(workspace, move |reader| {
            log::list(reader, after, PAGE).boxed()
        })
        .await?;
    let Some(last) = page.last().map(|entry| entry.seq) else {
        return Ok(false);
    };
    let changed = newest_changes(&page);
    if !changed.is_empty() {
        show(engine, workspace, changed).await?;
    }
    store
        .private(move |private| {
            async move { follower::set(private, workspace, NAME, last) }.boxed()
        })
        .await?;
    Ok(page.len() as i64 == PAGE)
}

/// The newest entry about each task.
fn newest_changes(page: &[Logged]) -> HashMap<TaskId, (Scope, Logged)> {
    let about_tasks = page.iter().filter(|entry| entry.kind.starts_with("task_"));
    about_tasks
        .filter_map(|entry| {
            let task = entry.event().ok()?.about()?;
            Some((task, (entry.scope, entry.clone())))
        })
        .collect()
}

async fn show(
    engine: &Engine,
    workspace: WorkspaceId,
    changed: HashMap<TaskId, (Scope, Logged)>,
) -> Result<(), Failure> {
    let bot = engine.inner.store.read(workspace, |reader| {
        async move { member::find_by_handle(reader, BOT_HANDLE).await }.boxed()
    });
    let Some(bot) = bot.await? else {
        return Ok(());
    };
    let actor = Actor {
        workspace,
        member: bot.id,
        grants: Grants::all(),
        internal: true,
    };
    let mut changed: Vec<_> = changed.into_iter().collect();
    changed.sort_unstable_by_key(|(_, (_, entry))| entry.seq);
    for (task, (scope, entry)) in changed {
        let Scope::Project(project) = scope else {
            continue;
        };
        let feeds: Vec<Feed> = engine
            .inner
            .store
            .read(workspace, move |reader| {
                feed::list_of_project(reader, project).boxed()
            })
            .await?;
        // A follower that lags reads of changes from before anybody followed.
        for feed in feeds.into_iter().filter(|feed| feed.created_at <= entry.at) {
            show_one(engine, &actor, &feed, task, &entry).await?;
        }
    }
    Ok(())
}

async fn show_one(
    engine: &Engine,
    actor: &Actor,
    feed: &Feed,
    task: TaskId,
    entry: &Logged,
) -> Result<(), Failure> {
    let command = Command::ShowCard(ShowCard {
        id: MessageId(derived("card", feed, task, 0)),
        channel: feed.channel,
        task,
        changed_by: entry.actor,
        changed_at: entry.at,
    });
    let request = RequestId(derived("show", feed, task, entry.seq));
    match engine.execute(actor, request, command).await {
        Ok(_) | Err(Failure::Refused(_) | Failure::AlreadyATask(_)) => Ok(()),
        Err(failure) => Err(failure),
    }
}

/// An id that follows from what it is for, so that doing it again is a retry.
fn derived(purpose: &str, feed: &Feed, task: TaskId, seq: i64) -> Uuid {
    let mut hasher = blake3::Hasher::new_derive_key("tenon 2026 feeds");
    hasher
        .update(purpose.as_bytes())
        .update(feed.channel.0.as_bytes());
    hasher.update(task.0.as_bytes()).update(&seq.to_le_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}
