//! `/tasks/{key}/checklist`: the small steps within a task.

use super::{
    message::show_task,
    task::{execute_on, find_task},
};
use crate::{
    errors::Answer,
    identity::Asker,
    request::{Json, Segment},
};
use axum::response::Response;
use serde::Deserialize;
use tenon_protocol::{
    Command, Due, ItemId, MemberId, TaskId,
    checklist::{
        AddChecklistItems, MakeSubtask, NewChecklistItem, RemoveChecklistItem, UpdateChecklistItem,
    },
    command::nullable,
    task::Task,
};
use utoipa::ToSchema;

/// Adds items, in this order, at the end.
#[utoipa::path(post, path = "/tasks/{key}/checklist", tag = "task",
    responses((status = 200, body = Task)))]
pub async fn add(
    asker: Asker,
    Segment(named): Segment<String>,
    Json(items): Json<Vec<NewChecklistItem>>,
) -> Answer<Json<Task>> {
    let task = find_task(&asker, &named).await?;
    let wish = AddChecklistItems { task, items };
    execute_on(asker, Command::AddChecklistItems(wish), task).await
}

/// Absent fields stay; `null` clears `assignee` and `due`.
#[derive(Deserialize, ToSchema)]
pub struct ItemPatch {
    pub text: Option<String>,
    pub done: Option<bool>,
    #[serde(default, with = "nullable")]
    #[schema(value_type = Option<MemberId>)]
    pub assignee: Option<Option<MemberId>>,
    #[serde(default, with = "nullable")]
    #[schema(value_type = Option<Due>)]
    pub due: Option<Option<Due>>,
    /// Directly below this item; `null`: to the top.
    #[serde(default, with = "nullable")]
    #[schema(value_type = Option<ItemId>)]
    pub after: Option<Option<ItemId>>,
}

#[utoipa::path(patch, path = "/tasks/{key}/checklist/{item}", tag = "task",
    responses((status = 200, body = Task)))]
pub async fn update(
    asker: Asker,
    Segment((named, item)): Segment<(String, ItemId)>,
    Json(patch): Json<ItemPatch>,
) -> Answer<Json<Task>> {
    let task = find_task(&asker, &named).await?;
    let ItemPatch {
        text,
        done,
        assignee,
        due,
        after,
    } = patch;
    let wish = UpdateChecklistItem {
        task,
        item,
        text,
        done,
        assignee,
        due,
        after,
    };
    execute_on(asker, Command::UpdateChecklistItem(wish), task).await
}

#[utoipa::path(delete, path = "/tasks/{key}/checklist/{item}", tag = "task",
    responses((status = 200, body = Task)))]
pub async fn remove(
    asker: Asker,
    Segment((named, item)): Segment<(String, ItemId)>,
) -> Answer<Json<Task>> {
    let task = find_task(&asker, &named).await?;
    let wish = RemoveChecklistItem { task, item };
    execute_on(asker, Command::RemoveChecklistItem(wish), task).await
}

/// Makes a sub-task of the item, which leaves the checklist.
#[utoipa::path(post, path = "/tasks/{key}/checklist/{item}/task", tag = "task",
    responses((status = 201, body = Task)))]
pub async fn make_subtask(
    asker: Asker,
    Segment((named, item)): Segment<(String, ItemId)>,
) -> Answer<Response> {
    let task = find_task(&asker, &named).await?;
    let id = TaskId(asker.created_id(None));
    let done = asker
        .execute(Command::MakeSubtask(MakeSubtask { task, item, id }))
        .await?;
    show_task(&asker, done).await
}
