//! `/tasks`: work, and the conversation about it. Everywhere a task is named by key or id.

use super::{
    PageQuery, WindowQuery, bounded,
    event::Events,
    find_project,
    message::{NewMessage, post, show_task},
};
use crate::{
    answer::{done, event_page, raw_page},
    errors::{Answer, Problem},
    identity::Asker,
    request::{Json, Query, Segment},
};
use axum::response::Response;
use serde::Deserialize;
use std::collections::BTreeMap;
use tenon_engine::{TaskFilter, TaskOrder, TaskQuestion};
use tenon_protocol::{
    Command, Day, Due, MemberId, TaskId,
    command::nullable,
    field::{FieldValue, FieldWish},
    message::Message,
    snapshot::Page,
    task::{
        ArchiveTask, CreateTask, DeleteTask, FollowTask, MoveTask, Priority, RestoreTask, Task,
        TrashedTask, UpdateTask,
    },
};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Which tasks, in what order. All conditions hold together.
#[derive(Deserialize, IntoParams)]
pub struct TasksQuery {
    /// The query language (docs/query.md): `assignee = currentUser() AND due < endOfWeek()
    /// ORDER BY priority`. Whatever else is given must hold too, but for `keys`; `order` counts
    /// if the query has none. Refused with `bad_query`, with line and column.
    pub query: Option<String>,
    /// Key or id.
    pub project: Option<String>,
    /// Id of a state in the project's workflow.
    pub state: Option<String>,
    /// Id of a member, or `me`.
    pub assignee: Option<String>,
    /// Keys, separated by commas.
    pub keys: Option<String>,
    /// Key or id of the parent.
    pub parent: Option<String>,
    /// Words of the title.
    pub text: Option<String>,
    /// Only closed ones, or only open ones.
    pub closed: Option<bool>,
    /// `rank` (the board's), `created` or `updated` (newest first).
    #[serde(default)]
    #[param(inline)]
    pub order: Order,
    /// Items at most; 50 when absent, never more than 200.
    pub limit: Option<u32>,
    /// The `next` of the page before.
    #[serde(alias = "cursor")]
    pub after: Option<String>,
}

#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    #[default]
    Rank,
    Created,
    Updated,
}

#[utoipa::path(get, path = "/tasks", tag = "task", params(TasksQuery),
    responses((status = 200, body = Page<Task>)))]
pub async fn index(asker: Asker, Query(query): Query<TasksQuery>) -> Answer<Response> {
    let limit = bounded(query.limit);
    let after = query.after.clone();
    let text = query.query.clone();
    let filter = read_filter(&asker, query).await?;
    let (engine, actor, after) = (asker.engine(), asker.actor(), after.as_deref());
    let page = match text {
        Some(query) => {
            let question = TaskQuestion { query, filter };
            engine.query_tasks(actor, question, limit, after).await?
        }
        None => engine.list_tasks(actor, filter, limit, after).await?,
    };
    Ok(raw_page(&page))
}

async fn read_filter(asker: &Asker, query: TasksQuery) -> Answer<TaskFilter> {
    let project = match &query.project {
        Some(named) => Some(find_project(asker.engine(), asker.actor(), named).await?),
        None => None,
    };
    let parent = match &query.parent {
        Some(named) => Some(find_task(asker, named).await?),
        None => None,
    };
    let assignee = match query.assignee.as_deref() {
        Some("me") => Some(asker.actor().member),
        Some(id) => Some(id.parse().map_err(|_| {
            Problem::malformed("assignee is the id of a member, or me.").at("assignee")
        })?),
        None => None,
    };
    let keys = query.keys.as_deref().unwrap_or_default().split(',');
    let order = match query.order {
        Order::Rank => TaskOrder::Rank,
        Order::Created => TaskOrder::Created,
        Order::Updated => TaskOrder::Updated,
    };
    Ok(TaskFilter {
        project,
        state: query.state,
        assignee,
        keys: keys
            .map(str::trim)
            .filter(|key| !key.is_empty())
            .map(str::to_owned)
            .collect(),
        parent,
        closed: query.closed,
        text: query.text.filter(|text| !text.trim().is_empty()),
        order,
    })
}

/// What is absent is as the template has it, or else nothing; `null` is nothing in any case.
#[derive(Deserialize, ToSchema)]
pub struct NewTask {
    /// UUIDv7 of the client's choice.
    pub id: Option<Uuid>,
    /// Key or id.
    pub project: String,
    /// Id of a template of the project, for what is absent here.
    pub template: Option<String>,
    /// May be absent if the template has one.
    #[serde(default)]
    pub title: String,
    /// Markdown.
    pub description: Option<String>,
    /// Id of a type of the project; the template's or the project's first when absent.
    #[serde(rename = "type")]
    pub task_type: Option<String>,
    /// The workflow's first state of category todo when absent.
    pub state: Option<String>,
    /// Short for `assignees` with one.
    pub assignee: Option<MemberId>,
    pub assignees: Option<Vec<MemberId>>,
    pub priority: Option<Priority>,
    pub labels: Option<Vec<String>>,
    #[serde(default, with = "nullable")]
    #[schema(value_type = Option<String>, format = Date)]
    pub start: Option<Option<Day>>,
    #[serde(default, with = "nullable")]
    #[schema(value_type = Option<Due>)]
    pub due: Option<Option<Due>>,
    #[serde(default, with = "nullable")]
    #[schema(value_type = Option<f64>)]
    pub estimate: Option<Option<f64>>,
    /// Key or id.
    pub parent: Option<String>,
    /// By ids of the project's custom fields.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, FieldWish>)]
    pub fields: BTreeMap<String, Option<FieldValue>>,
}

#[utoipa::path(post, path = "/tasks", tag = "task", responses((status = 201, body = Task)))]
pub async fn create(asker: Asker, Json(new): Json<NewTask>) -> Answer<Response> {
    let project = find_project(asker.engine(), asker.actor(), &new.project).await?;
    let parent = match &new.parent {
        Some(named) => Some(find_task(&asker, named).await?),
        None => None,
    };
    let id = TaskId(asker.created_id(new.id));
    let NewTask {
        template,
        title,
        description,
        task_type,
        state,
        priority,
        labels,
        start,
        due,
        estimate,
        fields,
        ..
    } = new;
    let mut assignees = new.assignees;
    if let Some(one) = new.assignee {
        let others = assignees.get_or_insert_default();
        others.extend(Some(one).filter(|one| !others.contains(one)));
    }
    let wish = CreateTask {
        id,
        project,
        template,
        title,
        description,
        task_type,
        state,
        assignees,
        priority,
        labels,
        start,
        due,
        estimate,
        parent,
        fields,
    };
    let done = asker.execute(Command::CreateTask(wish)).await?;
    show_task(&asker, done).await
}

#[utoipa::path(get, path = "/tasks/{key}", tag = "task", responses((status = 200, body = Task)))]
pub async fn show(asker: Asker, Segment(named): Segment<String>) -> Answer<Json<Task>> {
    Ok(Json(asker.engine().get_task(asker.actor(), &named).await?))
}

/// Absent fields stay; `null` clears `start`, `due`, `estimate`, `parent` and `assignee`.
#[derive(Deserialize, ToSchema)]
pub struct TaskPatch {
    pub title: Option<String>,
    pub description: Option<String>,
    /// The description that the writer began from; refused with `conflict` if it is no longer
    /// that.
    pub description_from: Option<String>,
    /// Id of a type of the project.
    #[serde(rename = "type")]
    pub task_type: Option<String>,
    pub state: Option<String>,
    /// Short for `assignees` with one.
    #[serde(default, with = "nullable")]
    #[schema(value_type = Option<MemberId>)]
    pub assignee: Option<Option<MemberId>>,
    pub assignees: Option<Vec<MemberId>>,
    pub priority: Option<Priority>,
    pub labels: Option<Vec<String>>,
    #[serde(default, with = "nullable")]
    #[schema(value_type = Option<String>, format = Date)]
    pub start: Option<Option<Day>>,
    #[serde(default, with = "nullable")]
    #[schema(value_type = Option<Due>)]
    pub due: Option<Option<Due>>,
    #[serde(default, with = "nullable")]
    #[schema(value_type = Option<f64>)]
    pub estimate: Option<Option<f64>>,
    /// Key or id.
    #[serde(default, with = "nullable")]
    #[schema(value_type = Option<String>)]
    pub parent: Option<Option<String>>,
    /// By ids of the project's custom fields: those that are not named stay, `null` clears.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, FieldWish>)]
    pub fields: BTreeMap<String, Option<FieldValue>>,
}

#[utoipa::path(patch, path = "/tasks/{key}", tag = "task",
    responses((status = 200, body = Task)))]
pub async fn update(
    asker: Asker,
    Segment(named): Segment<String>,
    Json(patch): Json<TaskPatch>,
) -> Answer<Json<Task>> {
    let task = find_task(&asker, &named).await?;
    let parent = match &patch.parent {
        Some(Some(named)) => Some(Some(find_task(&asker, named).await?)),
        Some(None) => Some(None),
        None => None,
    };
    let one = patch
        .assignee
        .map(|assignee| assignee.into_iter().collect());
    let assignees = patch.assignees.or(one);
    let TaskPatch {
        title,
        description,
        description_from,
        task_type,
        state,
        ..
    } = patch;
    let TaskPatch {
        priority,
        labels,
        start,
        due,
        estimate,
        fields,
        ..
    } = patch;
    let wish = UpdateTask {
        task,
        title,
        description,
        description_from,
        task_type,
        state,
        assignees,
        priority,
        labels,
        start,
        due,
        estimate,
        parent,
        fields,
    };
    execute_on(asker, Command::UpdateTask(wish), task).await
}

/// Out of boards, lists and queries that do not ask for it; its sub-tasks stay.
#[utoipa::path(post, path = "/tasks/{key}/archive", tag = "task",
    responses((status = 200, body = Task)))]
pub async fn archive(asker: Asker, Segment(named): Segment<String>) -> Answer<Json<Task>> {
    let task = find_task(&asker, &named).await?;
    execute_on(asker, Command::ArchiveTask(ArchiveTask { task }), task).await
}

/// Back from the archive or the trash.
#[utoipa::path(post, path = "/tasks/{key}/restore", tag = "task",
    responses((status = 200, body = Task)))]
pub async fn restore(asker: Asker, Segment(named): Segment<String>) -> Answer<Json<Task>> {
    let found = asker.engine().find_task_put_aside(asker.actor(), &named);
    let task = found.await?;
    execute_on(asker, Command::RestoreTask(RestoreTask { task }), task).await
}

/// The project's deleted tasks that the asker may restore, the newest first.
#[utoipa::path(get, path = "/projects/{project}/trash", tag = "task", params(PageQuery),
    responses((status = 200, body = Page<TrashedTask>)))]
pub async fn trash(
    asker: Asker,
    Segment(named): Segment<String>,
    Query(page): Query<PageQuery>,
) -> Answer<Json<Page<TrashedTask>>> {
    let project = find_project(asker.engine(), asker.actor(), &named).await?;
    let (limit, after) = (bounded(page.limit), page.after.as_deref());
    let listed = asker
        .engine()
        .list_trash(asker.actor(), project, limit, after);
    let (items, next) = listed.await?;
    Ok(Json(Page { items, next }))
}

/// Into the trash, from where it can be restored for 30 days. The key stays taken.
#[utoipa::path(delete, path = "/tasks/{key}", tag = "task", responses((status = 204)))]
pub async fn delete(asker: Asker, Segment(named): Segment<String>) -> Answer<Response> {
    // A request that is repeated finds it deleted.
    let found = asker.engine().find_task_put_aside(asker.actor(), &named);
    let task = found.await?;
    Ok(done(
        &asker
            .execute(Command::DeleteTask(DeleteTask { task }))
            .await?,
    ))
}

#[derive(Deserialize, ToSchema)]
pub struct Transition {
    /// Id of a state in the project's workflow.
    pub state: String,
}

/// Changes the state.
#[utoipa::path(post, path = "/tasks/{key}/transitions", tag = "task",
    responses((status = 200, body = Task)))]
pub async fn transition(
    asker: Asker,
    Segment(named): Segment<String>,
    Json(Transition { state }): Json<Transition>,
) -> Answer<Json<Task>> {
    let task = find_task(&asker, &named).await?;
    let wish = UpdateTask {
        task,
        state: Some(state),
        ..UpdateTask::default()
    };
    execute_on(asker, Command::UpdateTask(wish), task).await
}

/// A place on the board.
#[derive(Deserialize, ToSchema)]
pub struct Place {
    /// The column; the task's own when absent.
    pub state: Option<String>,
    /// Directly below this task (key or id); with neither, at the bottom of the column.
    pub after: Option<String>,
    /// Directly above this task (key or id).
    pub before: Option<String>,
}

/// Puts the task into a column of the board, between two others.
#[utoipa::path(post, path = "/tasks/{key}/move", tag = "task",
    responses((status = 200, body = Task)))]
pub async fn move_to(
    asker: Asker,
    Segment(named): Segment<String>,
    Json(place): Json<Place>,
) -> Answer<Json<Task>> {
    let task = find_task(&asker, &named).await?;
    let after = match &place.after {
        Some(named) => Some(find_task(&asker, named).await?),
        None => None,
    };
    let before = match &place.before {
        Some(named) => Some(find_task(&asker, named).await?),
        None => None,
    };
    let wish = MoveTask {
        task,
        state: place.state,
        after,
        before,
    };
    execute_on(asker, Command::MoveTask(wish), task).await
}

/// The asker hears of what happens to the task.
#[utoipa::path(put, path = "/tasks/{key}/followers/me", tag = "task",
    responses((status = 204)))]
pub async fn follow(asker: Asker, Segment(named): Segment<String>) -> Answer<Response> {
    set_follow(asker, &named, true).await
}

#[utoipa::path(delete, path = "/tasks/{key}/followers/me", tag = "task",
    responses((status = 204)))]
pub async fn unfollow(asker: Asker, Segment(named): Segment<String>) -> Answer<Response> {
    set_follow(asker, &named, false).await
}

async fn set_follow(asker: Asker, named: &str, follow: bool) -> Answer<Response> {
    let task = find_task(&asker, named).await?;
    Ok(done(
        &asker
            .execute(Command::FollowTask(FollowTask { task, follow }))
            .await?,
    ))
}

/// The task's conversation, oldest first.
#[utoipa::path(get, path = "/tasks/{key}/messages", tag = "task", params(WindowQuery),
    responses((status = 200, body = Page<Message>)))]
pub async fn messages(
    asker: Asker,
    Segment(named): Segment<String>,
    Query(query): Query<WindowQuery>,
) -> Answer<Response> {
    let window = query.window()?;
    let task = find_task(&asker, &named).await?;
    Ok(raw_page(
        &asker
            .engine()
            .list_task_messages(asker.actor(), task, window)
            .await?,
    ))
}

/// Posts to the task's conversation.
#[utoipa::path(post, path = "/tasks/{key}/messages", tag = "task",
    responses((status = 201, body = Message)))]
pub async fn post_message(
    asker: Asker,
    Segment(named): Segment<String>,
    Json(new): Json<NewMessage>,
) -> Answer<Response> {
    let task = find_task(&asker, &named).await?;
    post(asker, new, None, Some(task)).await
}

/// What happened to the task.
#[utoipa::path(get, path = "/tasks/{key}/history", tag = "task", params(PageQuery),
    responses((status = 200, body = Events)))]
pub async fn history(
    asker: Asker,
    Segment(named): Segment<String>,
    Query(query): Query<PageQuery>,
) -> Answer<Response> {
    let task = find_task(&asker, &named).await?;
    let limit = bounded(query.limit);
    let after = query.after.as_deref();
    let page = asker
        .engine()
        .list_task_history(asker.actor(), task, limit, after)
        .await?;
    Ok(event_page(&page))
}

pub(super) async fn find_task(asker: &Asker, key_or_id: &str) -> Answer<TaskId> {
    match key_or_id.parse() {
        Ok(id) => Ok(id),
        Err(_) => Ok(asker.engine().get_task(asker.actor(), key_or_id).await?.id),
    }
}

pub(super) async fn execute_on(asker: Asker, command: Command, task: TaskId) -> Answer<Json<Task>> {
    asker.execute(command).await?;
    Ok(Json(
        asker
            .engine()
            .get_task(asker.actor(), &task.to_string())
            .await?,
    ))
}
