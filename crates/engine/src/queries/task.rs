//! Reads about tasks.

use super::{
    Answered, allowed, me,
    page::{Raw, RawPage, limit},
    project::visible,
};
use crate::{Actor, Engine, EventPage, Failure, execute::now};
use futures::FutureExt;
use hashbrown::HashMap;
use tenon_domain::{
    access,
    refusal::Refusal,
    trash::{erased_at, trash_cutoff},
};
use tenon_protocol::{
    MemberId, ProjectId, TaskId,
    link::LinkedTask,
    member::Member,
    task::{Task, TrashedTask},
};
use tenon_store::{
    Reader, log, project,
    task::{self, TaskList},
    trash::{self, Whose},
};

/// Limit: keys of one look-up.
const KEYS_MAX: usize = 100;
/// Limit: tasks gone through to fill one page of those that fit a filter.
const SCANNED_MAX: usize = 5_000;

/// Which tasks; all that are given must fit.
#[derive(Clone, Debug, Default)]
pub struct TaskFilter {
    pub project: Option<ProjectId>,
    /// Needs `project`.
    pub state: Option<String>,
    pub assignee: Option<MemberId>,
    /// `ENG-42`, or ids; when not empty, the other fields and the order do not count.
    pub keys: Vec<String>,
    pub parent: Option<TaskId>,
    /// In a done or cancelled state.
    pub closed: Option<bool>,
    /// The title contains this, whatever the case.
    pub text: Option<String>,
    pub order: TaskOrder,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TaskOrder {
    /// Within a project and state.
    #[default]
    Rank,
    /// Oldest first, within a project.
    Created,
    /// Changed last first.
    Updated,
}

impl Engine {
    /// By key or id.
    pub async fn get_task(&self, actor: &Actor, key_or_id: &str) -> Result<Task, Failure> {
        let (asker, text) = (*actor, key_or_id.to_owned());
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                find(reader, &me, &text).await
            }
            .boxed()
        })
        .await
    }

    /// One page of the tasks that fit and that the asker may see.
    pub async fn list_tasks(
        &self,
        actor: &Actor,
        filter: TaskFilter,
        page: u32,
        cursor: Option<&str>,
    ) -> Result<RawPage, Failure> {
        let (asker, cursor) = (*actor, cursor.map(str::to_owned));
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                if !filter.keys.is_empty() {
                    return by_keys(reader, &me, &filter.keys).await;
                }
                if let Some(id) = filter.project {
                    allowed!(visible(reader, &me, Some(id)).await?);
                }
                scan(reader, &me, &filter, limit(page) as usize, cursor).await
            }
            .boxed()
        })
        .await
    }

    /// The links of a task, each with what the asker may know of the other end.
    pub async fn list_links(&self, actor: &Actor, id: TaskId) -> Result<Vec<LinkedTask>, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                let task = allowed!(visible_task(reader, &me, id).await?);
                Ok(Ok(links_of(reader, &me, &task).await?))
            }
            .boxed()
        })
        .await
    }

    /// The project's deleted tasks that the asker may restore, the newest first, before a cursor.
    pub async fn list_trash(
        &self,
        actor: &Actor,
        project: ProjectId,
        page: u32,
        cursor: Option<&str>,
    ) -> Result<(Vec<TrashedTask>, Option<String>), Failure> {
        let asker = *actor;
        let before = cursor.and_then(|text| text.parse().ok());
        let before = before.unwrap_or(i64::MAX);
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                let project = allowed!(visible(reader, &me, Some(project)).await?);
                let sees_all = access::sees_whole_trash(&me, &project);
                let whose = Whose {
                    project: project.id,
                    member: (!sees_all).then_some(me.id),
                };
                let size = limit(page);
                let since = trash_cutoff(now());
                let found = trash::list(reader, whose, since, before, size).await?;
                let next = found.last().filter(|_| found.len() as i64 == size);
                let next = next.map(|it| it.seq.to_string());
                let items = found.into_iter().map(|it| TrashedTask {
                    task: it.task,
                    deleted_by: it.trashed.by,
                    deleted_at: it.trashed.at,
                    erased_at: erased_at(it.trashed.at),
                });
                Ok(Ok((items.collect(), next)))
            }
            .boxed()
        })
        .await
    }

    /// The id of a deleted task that can be restored, by key or id, or of any other.
    pub async fn find_task_put_aside(
        &self,
        actor: &Actor,
        key_or_id: &str,
    ) -> Result<TaskId, Failure> {
        let (asker, text) = (*actor, key_or_id.to_owned());
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                let unknown = || Err(Refusal::UnknownTask { field: None }.into());
                let Some(id) = find_id(reader, &text).await? else {
                    return Ok(unknown());
                };
                allowed!(seen_task(reader, &me, id).await?);
                Ok(Ok(id))
            }
            .boxed()
        })
        .await
    }

    /// What happened to a task, oldest first.
    pub async fn list_task_history(
        &self,
        actor: &Actor,
        id: TaskId,
        page: u32,
        cursor: Option<&str>,
    ) -> Result<EventPage, Failure> {
        let (asker, after) = (
            *actor,
            cursor.and_then(|text| text.parse().ok()).unwrap_or(0),
        );
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                allowed!(visible_task(reader, &me, id).await?);
                let head = reader.head().await?.seq;
                let entries = log::list_about(reader, id.0, after, limit(page)).await?;
                Ok(Ok(EventPage::of(&entries, limit(page), head)))
            }
            .boxed()
        })
        .await
    }
}

async fn links_of(
    reader: &mut Reader<'_>,
    me: &Member,
    task: &Task,
) -> tenon_store::Result<Vec<LinkedTask>> {
    let ids: Vec<TaskId> = task.links.iter().map(|link| link.task).collect();
    let others = task::list_by_id(reader, &ids).await?;
    let mut seen = HashMap::new();
    let mut links = Vec::with_capacity(ids.len());
    for link in &task.links {
        let other = others.iter().find(|it| it.id == link.task && !it.deleted);
        let other = match other {
            Some(other) if sees(reader, me, other.project, &mut seen).await? => Some(other),
            _ => None,
        };
        links.push(LinkedTask {
            link: *link,
            key: other.map(|it| it.key.clone()),
            title: other.map(|it| it.title.clone()),
            closed: other.map(|it| it.closed_at.is_some()),
        });
    }
    Ok(links)
}

async fn sees(
    reader: &mut Reader<'_>,
    me: &Member,
    project: ProjectId,
    seen: &mut HashMap<ProjectId, bool>,
) -> tenon_store::Result<bool> {
    if let Some(sees) = seen.get(&project) {
        return Ok(*sees);
    }
    let sees = visible(reader, me, Some(project)).await?.is_ok();
    seen.insert(project, sees);
    Ok(sees)
}

/// A task that the asker may see. Of one that was deleted they hear just that.
pub(crate) async fn visible_task(
    reader: &mut Reader<'_>,
    me: &Member,
    id: TaskId,
) -> Answered<Task> {
    let task = allowed!(seen_task(reader, me, id).await?);
    if task.deleted {
        return Ok(Err(Refusal::TaskDeleted.into()));
    }
    Ok(Ok(task))
}

/// A task of a project that the asker may see, deleted or not.
async fn seen_task(reader: &mut Reader<'_>, me: &Member, id: TaskId) -> Answered<Task> {
    if let Some(task) = task::get(reader, id).await?
        && visible(reader, me, Some(task.project)).await?.is_ok()
    {
        return Ok(Ok(task));
    }
    Ok(Err(Refusal::UnknownTask { field: None }.into()))
}

pub(super) async fn find(reader: &mut Reader<'_>, me: &Member, key_or_id: &str) -> Answered<Task> {
    match find_id(reader, key_or_id).await? {
        Some(id) => visible_task(reader, me, id).await,
        None => Ok(Err(Refusal::UnknownTask { field: None }.into())),
    }
}

pub(super) async fn find_id(
    reader: &mut Reader<'_>,
    key_or_id: &str,
) -> tenon_store::Result<Option<TaskId>> {
    if let Ok(id) = key_or_id.parse() {
        return Ok(Some(id));
    }
    let Some((key, number)) = split_key(key_or_id) else {
        return Ok(None);
    };
    let Some(project) = project::find_id(reader, &key).await? else {
        return Ok(None);
    };
    let found = task::find(reader, project, number).await?;
    Ok(found.map(|task| task.id))
}

fn split_key(key: &str) -> Option<(String, i64)> {
    let (project, number) = key.rsplit_once('-')?;
    Some((project.to_uppercase(), number.parse().ok()?))
}

/// Those of the keys that the asker may see; the others are silently absent.
async fn by_keys(reader: &mut Reader<'_>, me: &Member, keys: &[String]) -> Answered<RawPage> {
    let mut items = Vec::new();
    for key in keys.iter().take(KEYS_MAX) {
        if let Ok(task) = find(reader, me, key).await? {
            items.push(Raw::from(serde_json::to_string(&task)?));
        }
    }
    Ok(Ok(RawPage { items, next: None }))
}

async fn scan(
    reader: &mut Reader<'_>,
    me: &Member,
    filter: &TaskFilter,
    size: usize,
    mut cursor: Option<String>,
) -> Answered<RawPage> {
    let list = list_of(filter);
    let plain = is_plain(filter);
    let mut seen = HashMap::new();
    let (mut items, mut scanned) = (Vec::with_capacity(size), 0);
    loop {
        let page = task::list(reader, &list, cursor.as_deref(), size as i64).await?;
        let (count, full) = (page.len(), page.len() == size);
        for (position, body) in page {
            // What the index selected needs no parsing.
            if !plain && !fits(reader, me, filter, &serde_json::from_str(&body)?, &mut seen).await?
            {
                cursor = Some(position);
                continue;
            }
            items.push(Raw::from(body));
            cursor = Some(position);
            if items.len() == size {
                return Ok(Ok(RawPage {
                    items,
                    next: cursor,
                }));
            }
        }
        scanned += count;
        if !full {
            return Ok(Ok(RawPage { items, next: None }));
        }
        if scanned >= SCANNED_MAX {
            return Ok(Ok(RawPage {
                items,
                next: cursor,
            }));
        }
    }
}

fn list_of(filter: &TaskFilter) -> TaskList {
    match (
        filter.project,
        &filter.state,
        filter.parent,
        filter.assignee,
        &filter.text,
    ) {
        (_, _, Some(parent), _, _) => TaskList::Parent(parent),
        (Some(project), Some(state), _, _, _) if filter.order == TaskOrder::Rank => {
            TaskList::State(project, state.clone())
        }
        (Some(project), ..) if filter.order != TaskOrder::Updated => TaskList::Project(project),
        (_, _, _, Some(assignee), _) => TaskList::Assignee(assignee),
        (_, _, _, _, Some(text)) => TaskList::Text(text.clone()),
        _ => TaskList::All,
    }
}

/// A whole project that was found visible: every task of the list fits.
fn is_plain(filter: &TaskFilter) -> bool {
    let nothing_more = filter.assignee.is_none()
        && filter.parent.is_none()
        && filter.closed.is_none()
        && filter.text.is_none();
    let indexed = filter.state.is_none() || filter.order == TaskOrder::Rank;
    filter.project.is_some() && filter.order != TaskOrder::Updated && nothing_more && indexed
}

async fn fits(
    reader: &mut Reader<'_>,
    me: &Member,
    filter: &TaskFilter,
    task: &Task,
    seen: &mut HashMap<ProjectId, bool>,
) -> tenon_store::Result<bool> {
    let wanted = filter.project.is_none_or(|project| task.project == project)
        && filter
            .state
            .as_ref()
            .is_none_or(|state| task.state == *state)
        && filter
            .assignee
            .is_none_or(|member| task.assignees.contains(&member))
        && filter
            .parent
            .is_none_or(|parent| task.parent == Some(parent))
        && filter
            .closed
            .is_none_or(|closed| task.closed_at.is_some() == closed)
        && filter
            .text
            .as_ref()
            .is_none_or(|text| task.title.to_lowercase().contains(&text.to_lowercase()));
    if !wanted {
        return Ok(false);
    }
    sees(reader, me, task.project, seen).await
}
