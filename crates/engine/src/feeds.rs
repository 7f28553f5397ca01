//! The follower that keeps live cards: where a channel follows a project, each of its tasks has
//! one card, shown as the task is now. A burst of changes to a task is one update.
//!
//! Durable: its cursor is written down when the log rests, and every so many entries, after the
//! commands, which have request ids made from what they are about; doing them again has no effect.

use crate::{Actor, Engine, Failure, Grants, engine::Inner, hub::Hub};
use futures::FutureExt;
use hashbrown::HashMap;
use std::{
    sync::{Arc, Weak},
    time::Duration,
};
use tenon_protocol::{
    Command, MessageId, ProjectId, RequestId, Scope, TaskId, WorkspaceId,
    feed::{Feed, ShowCard},
};
use tenon_store::{Logged, feed, follower, member};
use tokio::time;
use uuid::Uuid;

const NAME: &str = "feeds";
/// Handle of the bot that cards come from; set-up adds it.
pub(crate) const BOT_HANDLE: &str = "tenon";
const RETRY: Duration = Duration::from_secs(1);
/// The log rests when nothing was added for this long.
const REST: Duration = Duration::from_millis(200);
/// Limit: entries that may have to be followed again after a crash.
const UNSAVED_ENTRIES_MAX: i64 = 2_000;
/// Limit: projects whose feeds are remembered.
const PROJECTS_KEPT_MAX: usize = 10_000;

/// Follows one workspace until the engine is gone.
pub(crate) fn start(engine: Weak<Inner>, workspace: WorkspaceId, hub: &Hub) {
    let mut head = hub.head();
    let mut follower = Follower {
        engine,
        workspace,
        hub: hub.clone(),
        cursor: None,
        saved: 0,
        feeds: HashMap::new(),
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
                    tracing::warn!(reason = %failure.message(), "feeds wait");
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
    /// Of projects that changed lately; forgotten whenever any feed changes.
    feeds: HashMap<ProjectId, Arc<[Feed]>>,
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
        if page.iter().any(|entry| entry.kind.starts_with("feed_")) {
            self.feeds.clear();
        }
        let changed = newest_changes(&page);
        if !changed.is_empty() {
            self.show(&engine, changed).await?;
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
            tracing::warn!(reason = %failure.message(), "the cursor of feeds is not saved");
            time::sleep(RETRY).await;
        }
    }

    async fn show(
        &mut self,
        engine: &Engine,
        changed: HashMap<TaskId, (Scope, Logged)>,
    ) -> Result<(), Failure> {
        let mut changed: Vec<_> = changed.into_iter().collect();
        changed.sort_unstable_by_key(|(_, (_, entry))| entry.seq);
        for (task, (scope, entry)) in changed {
            let Scope::Project(project) = scope else {
                continue;
            };
            let feeds = self.feeds_of(engine, project).await?;
            // A follower that lags reads of changes from before anybody followed.
            for feed in feeds.iter().filter(|feed| feed.created_at <= entry.at) {
                show_one(engine, self.workspace, feed, task, &entry).await?;
            }
        }
        Ok(())
    }

    async fn feeds_of(
        &mut self,
        engine: &Engine,
        project: ProjectId,
    ) -> Result<Arc<[Feed]>, Failure> {
        if let Some(feeds) = self.feeds.get(&project) {
            return Ok(feeds.clone());
        }
        let read = engine.inner.store.read(self.workspace, move |reader| {
            feed::list_of_project(reader, project).boxed()
        });
        let feeds: Arc<[Feed]> = read.await?.into();
        if self.feeds.len() >= PROJECTS_KEPT_MAX {
            self.feeds.clear();
        }
        self.feeds.insert(project, feeds.clone());
        Ok(feeds)
    }
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

async fn show_one(
    engine: &Engine,
    workspace: WorkspaceId,
    feed: &Feed,
    task: TaskId,
    entry: &Logged,
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
    let command = Command::ShowCard(ShowCard {
        id: MessageId(derived("card", feed, task, 0)),
        channel: feed.channel,
        task,
        changed_by: entry.actor,
        changed_at: entry.at,
    });
    let request = RequestId(derived("show", feed, task, entry.seq));
    match engine.execute(&actor, request, command).await {
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
