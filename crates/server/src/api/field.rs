//! `/projects/{project}/fields`: the custom fields of a project. What a task has of them is in its
//! `fields`.

use super::find_project;
use crate::{
    errors::Answer,
    identity::Asker,
    request::{Json, Segment},
};
use tenon_protocol::{
    Command,
    field::{ChangeFields, Field},
};

/// The custom fields, in order, the archived too.
#[utoipa::path(get, path = "/projects/{project}/fields", tag = "project",
    responses((status = 200, body = Vec<Field>)))]
pub async fn index(asker: Asker, Segment(named): Segment<String>) -> Answer<Json<Vec<Field>>> {
    let project = asker.engine().get_project(asker.actor(), &named).await?;
    Ok(Json(project.fields))
}

/// Replaces the list. What tasks have something of can be archived and not left out, and a field
/// keeps its kind.
#[utoipa::path(put, path = "/projects/{project}/fields", tag = "project",
    responses((status = 200, body = Vec<Field>)))]
pub async fn change(
    asker: Asker,
    Segment(named): Segment<String>,
    Json(fields): Json<Vec<Field>>,
) -> Answer<Json<Vec<Field>>> {
    let project = find_project(asker.engine(), asker.actor(), &named).await?;
    asker
        .execute(Command::ChangeFields(ChangeFields { project, fields }))
        .await?;
    let project = asker.engine().get_project(asker.actor(), &named).await?;
    Ok(Json(project.fields))
}
