//! `/tasks/{key}/links`: what a task is to others.

use super::task::find_task;
use crate::{
    errors::Answer,
    identity::Asker,
    request::{Json, Query, Segment},
};
use serde::Deserialize;
use tenon_protocol::{
    Command, TaskId,
    link::{LinkKind, LinkTasks, LinkedTask, UnlinkTasks},
};
use utoipa::{IntoParams, ToSchema};

/// Each with what the asker may know of the other task.
#[utoipa::path(get, path = "/tasks/{key}/links", tag = "task",
    responses((status = 200, body = Vec<LinkedTask>)))]
pub async fn index(asker: Asker, Segment(named): Segment<String>) -> Answer<Json<Vec<LinkedTask>>> {
    let task = find_task(&asker, &named).await?;
    links_of(&asker, task).await
}

#[derive(Deserialize, ToSchema)]
pub struct NewLink {
    /// What the task is to the other.
    pub kind: LinkKind,
    /// The other: key or id.
    pub task: String,
    /// For `blocks` and `blocked_by`: whole days between the two.
    #[serde(default)]
    pub lag_days: u16,
    /// With `duplicates`: also closes the task.
    #[serde(default)]
    pub close: bool,
}

/// Links the task to another, or gives their link another lag; answers with all its links.
#[utoipa::path(post, path = "/tasks/{key}/links", tag = "task",
    responses((status = 200, body = Vec<LinkedTask>)))]
pub async fn create(
    asker: Asker,
    Segment(named): Segment<String>,
    Json(new): Json<NewLink>,
) -> Answer<Json<Vec<LinkedTask>>> {
    let task = find_task(&asker, &named).await?;
    let other = find_task(&asker, &new.task).await?;
    let wish = LinkTasks {
        task,
        kind: new.kind,
        other,
        lag_days: new.lag_days,
        close: new.close,
    };
    asker.execute(Command::LinkTasks(wish)).await?;
    links_of(&asker, task).await
}

#[derive(Deserialize, IntoParams)]
pub struct LinkQuery {
    /// What the task is to the other.
    #[param(inline)]
    pub kind: LinkKind,
    /// The other: key or id.
    pub task: String,
}

/// Takes the link away at both ends; answers with the links that are left.
#[utoipa::path(delete, path = "/tasks/{key}/links", tag = "task", params(LinkQuery),
    responses((status = 200, body = Vec<LinkedTask>)))]
pub async fn delete(
    asker: Asker,
    Segment(named): Segment<String>,
    Query(query): Query<LinkQuery>,
) -> Answer<Json<Vec<LinkedTask>>> {
    let task = find_task(&asker, &named).await?;
    let other = find_task(&asker, &query.task).await?;
    let kind = query.kind;
    let wish = UnlinkTasks { task, kind, other };
    asker.execute(Command::UnlinkTasks(wish)).await?;
    links_of(&asker, task).await
}

async fn links_of(asker: &Asker, task: TaskId) -> Answer<Json<Vec<LinkedTask>>> {
    Ok(Json(asker.engine().list_links(asker.actor(), task).await?))
}
