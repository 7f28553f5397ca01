//! `/projects/{project}/templates`: what new tasks of a project can begin with. A task is made from
//! one with `template` in `POST /tasks` or `POST /messages/{id}/task`.

use super::find_project;
use crate::{
    errors::Answer,
    identity::Asker,
    request::{Json, Segment},
};
use tenon_protocol::{
    Command,
    template::{ChangeTemplates, TaskTemplate},
};

/// The templates in whole, in order. The project itself has their names.
#[utoipa::path(get, path = "/projects/{project}/templates", tag = "project",
    responses((status = 200, body = Vec<TaskTemplate>)))]
pub async fn index(
    asker: Asker,
    Segment(named): Segment<String>,
) -> Answer<Json<Vec<TaskTemplate>>> {
    let listed = asker.engine().list_templates(asker.actor(), &named);
    Ok(Json(listed.await?))
}

/// Replaces the list. What a template names that is gone may stay in it as it is.
#[utoipa::path(put, path = "/projects/{project}/templates", tag = "project",
    responses((status = 200, body = Vec<TaskTemplate>)))]
pub async fn change(
    asker: Asker,
    Segment(named): Segment<String>,
    Json(templates): Json<Vec<TaskTemplate>>,
) -> Answer<Json<Vec<TaskTemplate>>> {
    let project = find_project(asker.engine(), asker.actor(), &named).await?;
    let change = ChangeTemplates { project, templates };
    asker.execute(Command::ChangeTemplates(change)).await?;
    let listed = asker.engine().list_templates(asker.actor(), &named);
    Ok(Json(listed.await?))
}
