//! The follower that keeps live cards: where a channel follows a project, each of its tasks has
//! one card, shown as the task is now. A burst of changes to a task is one update.

use crate::{Engine, Failure, bot, follow::Follow};
use futures::FutureExt;
use hashbrown::HashMap;
use std::sync::Arc;
use tenon_protocol::{
    ChannelId, Command, MessageId, ProjectId, Scope, TaskId, WorkspaceId,
    feed::{Feed, ShowCard},
};
use tenon_store::{Logged, feed, message};
use uuid::Uuid;

/// Limit: projects whose feeds are remembered.
const PROJECTS_KEPT_MAX: usize = 10_000;

/// See the file's head.
pub(crate) struct Feeds {
    workspace: WorkspaceId,
    /// Of projects that changed lately; forgotten whenever any feed changes.
    feeds: HashMap<ProjectId, Arc<[Feed]>>,
}

impl Follow for Feeds {
    const NAME: &'static str = "feeds";

    async fn follow(&mut self, engine: &Engine, page: &[Logged]) -> Result<(), Failure> {
        if page.iter().any(|entry| entry.kind.starts_with("feed_")) {
            self.feeds.clear();
        }
        let changed = newest_changes(page);
        if changed.is_empty() {
            return Ok(());
        }
        self.show(engine, changed).await?;
        self.show_everywhere(engine, page).await
    }
}

impl Feeds {
    pub fn new(workspace: WorkspaceId) -> Self {
        Self {
            workspace,
            feeds: HashMap::new(),
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
                show_one(engine, self.workspace, feed.channel, task, &entry).await?;
            }
        }
        Ok(())
    }

    /// The words of a deleted task leave also the cards of channels that follow its project no
    /// longer, and come back with it.
    async fn show_everywhere(&self, engine: &Engine, page: &[Logged]) -> Result<(), Failure> {
        let kinds = ["task_deleted", "task_restored"];
        for entry in page.iter().filter(|it| kinds.contains(&&*it.kind)) {
            let Some(task) = entry.event().ok().and_then(|event| event.about()) else {
                continue;
            };
            let read = engine.inner.store.read(self.workspace, move |reader| {
                message::list_card_places(reader, task).boxed()
            });
            for channel in read.await? {
                show_one(engine, self.workspace, channel, task, entry).await?;
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
    channel: ChannelId,
    task: TaskId,
    entry: &Logged,
) -> Result<(), Failure> {
    let Some(bot) = bot::read(engine, workspace).await? else {
        return Ok(());
    };
    let command = Command::ShowCard(ShowCard {
        id: MessageId(derived("card", channel, task, 0)),
        channel,
        task,
        changed_by: entry.actor,
        changed_at: entry.at,
    });
    let request = derived("show", channel, task, entry.seq);
    bot::execute(engine, workspace, bot, request, command).await
}

fn derived(purpose: &str, channel: ChannelId, task: TaskId, seq: i64) -> Uuid {
    let parts = [
        purpose.as_bytes(),
        channel.0.as_bytes(),
        task.0.as_bytes(),
        &seq.to_le_bytes(),
    ];
    bot::derived_id("tenon 2026 feeds", &parts)
}
