//! `/projects`: a key, a workflow, members. Everywhere a project is named by key or id.

use super::find_project;
use crate::{
    answer::{created, done, find_written, outcome_id, page_of},
    api::PageQuery,
    errors::Answer,
    identity::Asker,
    request::{Creation, Json, Query, Segment},
};
use axum::response::Response;
use serde::Deserialize;
use tenon_protocol::{
    Command, Event, MemberId, ProjectId, SpaceId,
    command::nullable,
    project::{
        AddProjectMember, ChangeWorkflow, CreateProject, Project, RemoveProjectMember,
        UpdateProject, Workflow,
    },
    snapshot::Page,
    task_type::{ChangeTypes, TaskType, types_of},
};
use utoipa::ToSchema;

/// All that the asker may see.
#[utoipa::path(get, path = "/projects", tag = "project", params(PageQuery),
    responses((status = 200, body = Page<Project>)))]
pub async fn index(asker: Asker, Query(page): Query<PageQuery>) -> Answer<Json<Page<Project>>> {
    let all = asker.engine().list_projects(asker.actor()).await?;
    page_of(all, &page, |it| it.id.0)
}

#[utoipa::path(post, path = "/projects", tag = "project", request_body = CreateProject,
    responses((status = 201, body = Project)))]
pub async fn create(
    asker: Asker,
    Json(Creation { id, wish }): Json<Creation<CreateProject>>,
) -> Answer<Response> {
    let wish = CreateProject {
        id: ProjectId(asker.created_id(id)),
        ..wish
    };
    let done = asker.execute(Command::CreateProject(wish)).await?;
    let id = outcome_id(&done)?;
    let pick = |event: &Event| match event {
        Event::ProjectCreated { project } => Some(project.clone()),
        _ => None,
    };
    match find_written(&done, pick) {
        Some(project) => Ok(created(project)),
        None => Ok(created(
            asker
                .engine()
                .get_project(asker.actor(), &id.to_string())
                .await?,
        )),
    }
}

#[utoipa::path(get, path = "/projects/{project}", tag = "project",
    responses((status = 200, body = Project)))]
pub async fn show(asker: Asker, Segment(named): Segment<String>) -> Answer<Json<Project>> {
    Ok(Json(
        asker.engine().get_project(asker.actor(), &named).await?,
    ))
}

/// Absent fields stay. `lead: null` clears, `space: null` takes it out of its space.
#[derive(Deserialize, ToSchema)]
pub struct ProjectPatch {
    pub name: Option<String>,
    pub description: Option<String>,
    #[serde(default, with = "nullable")]
    #[schema(value_type = Option<MemberId>)]
    pub lead: Option<Option<MemberId>>,
    pub archived: Option<bool>,
    #[serde(default, with = "nullable")]
    #[schema(value_type = Option<SpaceId>)]
    pub space: Option<Option<SpaceId>>,
}

#[utoipa::path(patch, path = "/projects/{project}", tag = "project",
    responses((status = 200, body = Project)))]
pub async fn update(
    asker: Asker,
    Segment(named): Segment<String>,
    Json(patch): Json<ProjectPatch>,
) -> Answer<Json<Project>> {
    let project = find_project(asker.engine(), asker.actor(), &named).await?;
    let ProjectPatch {
        name,
        description,
        lead,
        archived,
        space,
    } = patch;
    let wish = UpdateProject {
        project,
        name,
        description,
        lead,
        archived,
        space,
    };
    asker.execute(Command::UpdateProject(wish)).await?;
    Ok(Json(
        asker.engine().get_project(asker.actor(), &named).await?,
    ))
}

#[utoipa::path(get, path = "/projects/{project}/workflow", tag = "project",
    responses((status = 200, body = Workflow)))]
pub async fn workflow(asker: Asker, Segment(named): Segment<String>) -> Answer<Json<Workflow>> {
    Ok(Json(
        asker
            .engine()
            .get_project(asker.actor(), &named)
            .await?
            .workflow,
    ))
}

/// Replaces the workflow. A state that still has tasks must stay.
#[utoipa::path(put, path = "/projects/{project}/workflow", tag = "project",
    responses((status = 200, body = Workflow)))]
pub async fn change_workflow(
    asker: Asker,
    Segment(named): Segment<String>,
    Json(Workflow { states }): Json<Workflow>,
) -> Answer<Json<Workflow>> {
    let project = find_project(asker.engine(), asker.actor(), &named).await?;
    asker
        .execute(Command::ChangeWorkflow(ChangeWorkflow { project, states }))
        .await?;
    Ok(Json(
        asker
            .engine()
            .get_project(asker.actor(), &named)
            .await?
            .workflow,
    ))
}

/// The types of tasks, in order; the first is that of new ones.
#[utoipa::path(get, path = "/projects/{project}/types", tag = "project",
    responses((status = 200, body = Vec<TaskType>)))]
pub async fn types(asker: Asker, Segment(named): Segment<String>) -> Answer<Json<Vec<TaskType>>> {
    let project = asker.engine().get_project(asker.actor(), &named).await?;
    Ok(Json(types_of(&project).into_owned()))
}

/// Replaces the types. One that goes away is named in the `replaces` of another, which takes its
/// tasks.
#[utoipa::path(put, path = "/projects/{project}/types", tag = "project",
    responses((status = 200, body = Vec<TaskType>)))]
pub async fn change_types(
    asker: Asker,
    Segment(named): Segment<String>,
    Json(types): Json<Vec<TaskType>>,
) -> Answer<Json<Vec<TaskType>>> {
    let project = find_project(asker.engine(), asker.actor(), &named).await?;
    asker
        .execute(Command::ChangeTypes(ChangeTypes { project, types }))
        .await?;
    let project = asker.engine().get_project(asker.actor(), &named).await?;
    Ok(Json(types_of(&project).into_owned()))
}

#[utoipa::path(get, path = "/projects/{project}/members", tag = "project", params(PageQuery),
    responses((status = 200, body = Page<MemberId>)))]
pub async fn members(
    asker: Asker,
    Segment(named): Segment<String>,
    Query(page): Query<PageQuery>,
) -> Answer<Json<Page<MemberId>>> {
    let project = find_project(asker.engine(), asker.actor(), &named).await?;
    let all = asker
        .engine()
        .list_project_members(asker.actor(), project)
        .await?;
    page_of(all, &page, |it| it.0)
}

/// Joins, or adds another.
#[utoipa::path(put, path = "/projects/{project}/members/{member}", tag = "project",
    responses((status = 204)))]
pub async fn add_member(
    asker: Asker,
    Segment((named, member)): Segment<(String, MemberId)>,
) -> Answer<Response> {
    let project = find_project(asker.engine(), asker.actor(), &named).await?;
    let wish = AddProjectMember { project, member };
    Ok(done(&asker.execute(Command::AddProjectMember(wish)).await?))
}

/// Leaves, or removes another.
#[utoipa::path(delete, path = "/projects/{project}/members/{member}", tag = "project",
    responses((status = 204)))]
pub async fn remove_member(
    asker: Asker,
    Segment((named, member)): Segment<(String, MemberId)>,
) -> Answer<Response> {
    let project = find_project(asker.engine(), asker.actor(), &named).await?;
    let wish = RemoveProjectMember { project, member };
    Ok(done(
        &asker.execute(Command::RemoveProjectMember(wish)).await?,
    ))
}
