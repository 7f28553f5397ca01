//! Templates of tasks: rows and queries. Their names and order are in the project.

use crate::{
    Reader, Result, Tx, project,
    sql::{params, statements},
};
use tenon_protocol::{
    ProjectId,
    template::{TaskTemplate, TemplateName},
};

statements! {
    SAVE = "INSERT INTO project_template (workspace, project, id, body) VALUES ($1, $2, $3, $4)
        ON CONFLICT (workspace, project, id) DO UPDATE SET body = excluded.body";
    DELETE = "DELETE FROM project_template WHERE workspace = $1 AND project = $2 AND id = $3";
    GET = "SELECT body FROM project_template WHERE workspace = $1 AND project = $2 AND id = $3";
    LIST = "SELECT body FROM project_template WHERE workspace = $1 AND project = $2";
}

/// Those that are not in the list go, those that changed are as they are now.
pub(crate) async fn change(
    tx: &mut Tx<'_>,
    id: ProjectId,
    templates: &[TemplateName],
    changed: &[TaskTemplate],
) -> Result<()> {
    let workspace = tx.workspace;
    let row = project::load(tx, id).await?;
    for before in row.iter().flat_map(|row| &row.project.templates) {
        if templates.iter().all(|kept| kept.id != before.id) {
            tx.conn.exec(&DELETE, params![workspace, id, &before.id])?;
        }
    }
    for template in changed {
        let body = serde_json::to_string(template)?;
        tx.conn
            .exec(&SAVE, params![workspace, id, &template.id, &body])?;
    }
    project::set_templates(tx, id, templates).await
}

/// The one of that id.
pub async fn get(
    reader: &mut Reader<'_>,
    project: ProjectId,
    id: &str,
) -> Result<Option<TaskTemplate>> {
    let values = params![reader.workspace, project, id];
    reader.conn.row(&GET, values, |row| row.body(0)).await
}

/// All of a project, in the order of these names.
pub async fn list(
    reader: &mut Reader<'_>,
    project: ProjectId,
    names: &[TemplateName],
) -> Result<Vec<TaskTemplate>> {
    let values = params![reader.workspace, project];
    let read = |row: &crate::sql::Row<'_>| row.body(0);
    let mut templates: Vec<TaskTemplate> = reader.conn.rows(&LIST, values, read).await?;
    templates.sort_by_key(|one| names.iter().position(|name| name.id == one.id));
    Ok(templates)
}
