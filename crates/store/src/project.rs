//! Projects and who is in them: rows and queries.

use crate::{
    Reader, Result, Tx,
    cache::ProjectRow,
    notification, saved, space,
    sql::{Row, params, statements},
};
use std::{collections::HashSet, sync::Arc};
use tenon_protocol::{
    MemberId, ProjectId, Scope,
    field::Field,
    project::{Project, Visibility, Workflow},
    task_type::TaskType,
    template::TemplateName,
};

statements! {
    INSERT = "INSERT INTO project (workspace, id, key, visibility, tasks, body, space)
        VALUES ($1, $2, $3, $4, 0, $5, $6)";
    UPDATE = "UPDATE project SET body = $1, visibility = $2, space = $3
        WHERE workspace = $4 AND id = $5";
    LIST_SHARED = "SELECT body FROM project
        WHERE workspace = $1 AND visibility IN ('public', 'space')";
    SAVE_TASKS = "UPDATE project SET tasks = $1 WHERE workspace = $2 AND id = $3";
    GET = "SELECT body, tasks FROM project WHERE workspace = $1 AND id = $2";
    BY_KEY = "SELECT id FROM project WHERE workspace = $1 AND key = $2";
    LIST_PUBLIC = "SELECT body FROM project WHERE workspace = $1 AND visibility = 'public'
        ORDER BY id";
    LIST_PUBLIC_IDS = "SELECT id FROM project WHERE workspace = $1 AND visibility = 'public'";
    LIST_OF_MEMBER = "SELECT p.body FROM project_member m INDEXED BY project_member_member
            JOIN project p ON p.workspace = m.workspace AND p.id = m.project
            WHERE m.workspace = $1 AND m.member = $2 ORDER BY p.id"
        | "SELECT p.body FROM project_member m
            JOIN project p ON p.workspace = m.workspace AND p.id = m.project
            WHERE m.workspace = $1 AND m.member = $2 ORDER BY p.id";
    INSERT_MEMBER = "INSERT INTO project_member (workspace, project, member, since)
        VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    DELETE_MEMBER = "DELETE FROM project_member
        WHERE workspace = $1 AND project = $2 AND member = $3";
    IS_MEMBER = "SELECT 1 FROM project_member
        WHERE workspace = $1 AND project = $2 AND member = $3";
    LIST_MEMBERS = "SELECT member FROM project_member
        WHERE workspace = $1 AND project = $2 ORDER BY member";
    MEMBER_SINCE = "SELECT project, since FROM project_member INDEXED BY project_member_member
            WHERE workspace = $1 AND member = $2"
        | "SELECT project, since FROM project_member WHERE workspace = $1 AND member = $2";
    STATES_IN_USE = "SELECT DISTINCT state FROM task
        WHERE workspace = $1 AND project = $2 AND deleted = 0";
}

/// A project and its counter, from the writer's memory.
pub async fn load(tx: &mut Tx<'_>, id: ProjectId) -> Result<Option<ProjectRow>> {
    if let Some(row) = tx.cache.projects.get(&id) {
        return Ok(row.clone());
    }
    let row = get_row(tx, id).await?;
    tx.cache.projects.insert(id, row.clone());
    Ok(row)
}

/// The id of the project with this key, from the writer's memory.
pub async fn load_id(tx: &mut Tx<'_>, key: &str) -> Result<Option<ProjectId>> {
    if let Some(id) = tx.cache.project_keys.get(key) {
        return Ok(*id);
    }
    let id = find_id(tx, key).await?;
    // Only keys that exist are remembered: what does not exist has no bound.
    if id.is_some() {
        tx.cache.project_keys.insert(key.to_owned(), id);
    }
    Ok(id)
}

/// Whether the member was added to the project, from the writer's memory.
pub async fn load_is_member(tx: &mut Tx<'_>, id: ProjectId, member: MemberId) -> Result<bool> {
    if let Some(is_member) = tx.cache.project_members.get(&(id, member)) {
        return Ok(*is_member);
    }
    let is_member = get_is_member(tx, id, member).await?;
    tx.cache.project_members.insert((id, member), is_member);
    Ok(is_member)
}

/// The states that tasks of the project are in.
pub async fn load_states_in_use(tx: &mut Tx<'_>, id: ProjectId) -> Result<Vec<String>> {
    let workspace = tx.workspace;
    tx.conn
        .rows(&STATES_IN_USE, params![workspace, id], |row| row.text(0))
        .await
}

pub(crate) fn insert(tx: &mut Tx<'_>, project: &Project) -> Result<()> {
    let (workspace, body) = (tx.workspace, serde_json::to_string(project)?);
    let values = params![
        workspace,
        project.id,
        &project.key,
        visibility_text(project),
        &body,
        project.space
    ];
    tx.conn.exec(&INSERT, values)?;
    let row = ProjectRow {
        project: Arc::new(project.clone()),
        tasks: 0,
    };
    tx.cache.projects.insert(project.id, Some(row));
    Ok(())
}

/// As the event has it; the workflow stays.
pub(crate) async fn change(tx: &mut Tx<'_>, changed: &Project) -> Result<()> {
    update(tx, changed.id, |project| {
        let workflow = project.workflow.clone();
        *project = Project {
            workflow,
            ..changed.clone()
        };
    })
    .await
}

pub(crate) async fn set_workflow(
    tx: &mut Tx<'_>,
    id: ProjectId,
    workflow: &Workflow,
) -> Result<()> {
    update(tx, id, |project| project.workflow = workflow.clone()).await
}

pub(crate) async fn set_fields(tx: &mut Tx<'_>, id: ProjectId, fields: &[Field]) -> Result<()> {
    update(tx, id, |project| project.fields = fields.to_vec()).await
}

pub(crate) async fn set_templates(
    tx: &mut Tx<'_>,
    id: ProjectId,
    templates: &[TemplateName],
) -> Result<()> {
    update(tx, id, |project| project.templates = templates.to_vec()).await
}

pub(crate) async fn set_types(tx: &mut Tx<'_>, id: ProjectId, types: &[TaskType]) -> Result<()> {
    update(tx, id, |project| project.types = types.to_vec()).await
}

async fn update(tx: &mut Tx<'_>, id: ProjectId, change: impl FnOnce(&mut Project)) -> Result<()> {
    let Some(row) = load(tx, id).await? else {
        return Ok(());
    };
    let mut project = Arc::unwrap_or_clone(row.project);
    change(&mut project);
    let (workspace, body) = (tx.workspace, serde_json::to_string(&project)?);
    let visibility = visibility_text(&project);
    let values = params![&body, visibility, project.space, workspace, id];
    tx.conn.exec(&UPDATE, values)?;
    let row = ProjectRow {
        project: Arc::new(project),
        tasks: row.tasks,
    };
    tx.cache.projects.insert(id, Some(row));
    Ok(())
}

/// Is in a closed space from here on: whoever is neither there nor in the project loses what they
/// were told of it.
pub(crate) async fn enclose(tx: &mut Tx<'_>, id: ProjectId) -> Result<()> {
    let mut inside: HashSet<MemberId> = list_members(tx, id).await?.into_iter().collect();
    let row = load(tx, id).await?;
    if let Some(space) = row.and_then(|row| row.project.space) {
        inside.extend(space::list_members(tx, space).await?);
    }
    let mut told = notification::list_told_of_project(tx, id).await?;
    told.extend(saved::list_keepers_of_project(tx, id).await?);
    for member in told.iter().filter(|member| !inside.contains(*member)) {
        notification::lose_project(tx, Scope::Inbox(*member), id)?;
        saved::lose_project(tx, Scope::Inbox(*member), id)?;
    }
    Ok(())
}

pub(crate) fn insert_member(
    tx: &mut Tx<'_>,
    id: ProjectId,
    member: MemberId,
    seq: i64,
) -> Result<()> {
    let workspace = tx.workspace;
    tx.conn
        .exec(&INSERT_MEMBER, params![workspace, id, member, seq])?;
    tx.cache.project_members.insert((id, member), true);
    Ok(())
}

pub(crate) fn remove_member(tx: &mut Tx<'_>, id: ProjectId, member: MemberId) -> Result<()> {
    let workspace = tx.workspace;
    tx.conn
        .exec(&DELETE_MEMBER, params![workspace, id, member])?;
    tx.cache.project_members.insert((id, member), false);
    Ok(())
}

/// Task `number` exists now.
pub(crate) async fn count_task(tx: &mut Tx<'_>, id: ProjectId, number: i64) -> Result<()> {
    if let Some(mut row) = load(tx, id).await? {
        row.tasks = row.tasks.max(number);
        tx.cache.projects.insert(id, Some(row));
        tx.cache.dirty.projects.insert(id);
    }
    Ok(())
}

/// Writes the counters that moved in this transaction.
pub(crate) fn write_back(tx: &mut Tx<'_>) -> Result<()> {
    let workspace = tx.workspace;
    for id in std::mem::take(&mut tx.cache.dirty.projects) {
        if let Some(Some(row)) = tx.cache.projects.get(&id) {
            tx.reader
                .conn
                .exec(&SAVE_TASKS, params![row.tasks, workspace, id])?;
        }
    }
    Ok(())
}

async fn get_row(reader: &mut Reader<'_>, id: ProjectId) -> Result<Option<ProjectRow>> {
    let read = |row: &Row<'_>| {
        Ok(ProjectRow {
            project: Arc::new(row.body(0)?),
            tasks: row.int(1)?,
        })
    };
    reader
        .conn
        .row(&GET, params![reader.workspace, id], read)
        .await
}

pub async fn get(reader: &mut Reader<'_>, id: ProjectId) -> Result<Option<Project>> {
    reader
        .conn
        .row(&GET, params![reader.workspace, id], |row| row.body(0))
        .await
}

pub async fn find_id(reader: &mut Reader<'_>, key: &str) -> Result<Option<ProjectId>> {
    let read = |row: &Row<'_>| row.id(0).map(ProjectId);
    reader
        .conn
        .row(&BY_KEY, params![reader.workspace, key], read)
        .await
}

pub async fn get_is_member(
    reader: &mut Reader<'_>,
    id: ProjectId,
    member: MemberId,
) -> Result<bool> {
    let values = params![reader.workspace, id, member];
    Ok(reader
        .conn
        .row(&IS_MEMBER, values, |_| Ok(()))
        .await?
        .is_some())
}

/// Those that everyone but guests may see.
pub async fn list_public(reader: &mut Reader<'_>) -> Result<Vec<Project>> {
    reader
        .conn
        .rows(&LIST_PUBLIC, params![reader.workspace], |row| row.body(0))
        .await
}

/// All that are not private, those in closed spaces too.
pub async fn list_shared(reader: &mut Reader<'_>) -> Result<Vec<Project>> {
    let values = params![reader.workspace];
    let read = |row: &Row<'_>| row.body(0);
    reader.conn.rows(&LIST_SHARED, values, read).await
}

/// The projects that a member was added to.
pub async fn list_of_member(reader: &mut Reader<'_>, member: MemberId) -> Result<Vec<Project>> {
    reader
        .conn
        .rows(&LIST_OF_MEMBER, params![reader.workspace, member], |row| {
            row.body(0)
        })
        .await
}

/// The ids of those that a guest sees: the member was added to them, or they are public in a space
/// that the member is in.
pub(crate) async fn list_kept_by_guest(
    reader: &mut Reader<'_>,
    member: MemberId,
) -> Result<Vec<uuid::Uuid>> {
    let mut kept = list_of_member(reader, member).await?;
    kept.extend(space::list_projects_near(reader, member).await?);
    Ok(kept.into_iter().map(|project| project.id.0).collect())
}

/// The ids of the public ones.
pub async fn list_public_ids(reader: &mut Reader<'_>) -> Result<Vec<ProjectId>> {
    let read = |row: &Row<'_>| row.id(0).map(ProjectId);
    let values = params![reader.workspace];
    reader.conn.rows(&LIST_PUBLIC_IDS, values, read).await
}

/// The projects a member was added to, and the seq at which.
pub async fn list_since(
    reader: &mut Reader<'_>,
    member: MemberId,
) -> Result<Vec<(ProjectId, i64)>> {
    let read = |row: &Row<'_>| Ok((ProjectId(row.id(0)?), row.int(1)?));
    reader
        .conn
        .rows(&MEMBER_SINCE, params![reader.workspace, member], read)
        .await
}

pub async fn list_members(reader: &mut Reader<'_>, id: ProjectId) -> Result<Vec<MemberId>> {
    let read = |row: &Row<'_>| row.id(0).map(MemberId);
    reader
        .conn
        .rows(&LIST_MEMBERS, params![reader.workspace, id], read)
        .await
}

fn visibility_text(project: &Project) -> &'static str {
    match project.visibility {
        Visibility::Public if project.in_closed_space => "space",
        Visibility::Public => "public",
        Visibility::Private => "private",
    }
}
