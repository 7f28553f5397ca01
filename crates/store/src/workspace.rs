//! Workspaces: rows and queries.

use crate::{
    Private, Reader, Result, Tx, Unable,
    sql::{Row, params, statements},
};
use std::sync::Arc;
use tenon_protocol::{WorkspaceId, policy::Policy, workspace::Workspace};

statements! {
    INSERT = "INSERT INTO workspace (id, slug, body) VALUES ($1, $2, $3)";
    UPDATE = "UPDATE workspace SET body = $1 WHERE id = $2";
    GET = "SELECT body FROM workspace WHERE id = $1";
    LIST = "SELECT body FROM workspace ORDER BY slug";
    SLUGS = "SELECT id, slug FROM workspace ORDER BY slug";
    // Until the transaction ends; SQLite has one writer anyway.
    TAKE_TURNS = "SELECT 1" | "SELECT 1 FROM (SELECT pg_advisory_xact_lock(84, 2)) AS turn";
    DATABASE_BYTES = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        | "SELECT pg_database_size(current_database())";
}

pub(crate) fn insert(tx: &mut Tx<'_>, workspace: &Workspace) -> Result<()> {
    let body = serde_json::to_string(workspace)?;
    tx.conn
        .exec(&INSERT, params![workspace.id, &workspace.slug, &body])?;
    tx.cache.workspace = Some(Arc::new(workspace.clone()));
    Ok(())
}

pub(crate) async fn rename(tx: &mut Tx<'_>, name: &str) -> Result<()> {
    let name = name.to_owned();
    change(tx, |workspace| workspace.name = name).await
}

pub(crate) async fn hide_readers(tx: &mut Tx<'_>, hidden: bool) -> Result<()> {
    change(tx, |workspace| workspace.hides_readers = hidden).await
}

pub(crate) async fn restrict_emoji(tx: &mut Tx<'_>, restricted: bool) -> Result<()> {
    change(tx, |workspace| workspace.restricts_emoji = restricted).await
}

pub(crate) async fn hide_mail_content(tx: &mut Tx<'_>, hidden: bool) -> Result<()> {
    change(tx, |workspace| workspace.hides_mail_content = hidden).await
}

pub(crate) async fn set_logo(tx: &mut Tx<'_>, logo: &Option<String>) -> Result<()> {
    let logo = logo.clone();
    change(tx, |workspace| workspace.logo = logo).await
}

pub(crate) async fn set_policy(tx: &mut Tx<'_>, policy: &Policy) -> Result<()> {
    let policy = policy.clone();
    change(tx, |workspace| workspace.policy = policy).await
}

pub(crate) async fn set_mail_domains(tx: &mut Tx<'_>, domains: &[String]) -> Result<()> {
    let domains = domains.to_vec();
    change(tx, |workspace| workspace.mail_domains = domains).await
}

async fn change(tx: &mut Tx<'_>, change: impl FnOnce(&mut Workspace)) -> Result<()> {
    let mut workspace = Arc::unwrap_or_clone(load(tx).await?);
    change(&mut workspace);
    let body = serde_json::to_string(&workspace)?;
    tx.conn.exec(&UPDATE, params![&body, workspace.id])?;
    tx.cache.workspace = Some(Arc::new(workspace));
    Ok(())
}

/// The workspace that is being written.
pub async fn load(tx: &mut Tx<'_>) -> Result<Arc<Workspace>> {
    if let Some(workspace) = &tx.cache.workspace {
        return Ok(workspace.clone());
    }
    let workspace = get(tx).await?;
    let workspace = Arc::new(workspace.ok_or_else(|| Unable::Broken("no such workspace".into()))?);
    tx.cache.workspace = Some(workspace.clone());
    Ok(workspace)
}

/// The workspace of this reader.
pub async fn get(reader: &mut Reader<'_>) -> Result<Option<Workspace>> {
    reader
        .conn
        .row(&GET, params![reader.workspace], |row| row.body(0))
        .await
}

/// Bytes of the whole database, of all workspaces.
pub async fn get_database_bytes(reader: &mut Reader<'_>) -> Result<i64> {
    let found = reader
        .conn
        .row(&DATABASE_BYTES, params![], |row| row.int(0))
        .await?;
    Ok(found.unwrap_or(0))
}

/// All workspaces of this server, by slug.
pub async fn list(private: &mut Private<'_>) -> Result<Vec<Workspace>> {
    private.conn.rows(&LIST, params![], |row| row.body(0)).await
}

/// Names in addresses of all workspaces of this server, whatever else their rows hold.
pub async fn list_slugs(private: &mut Private<'_>) -> Result<Vec<(WorkspaceId, String)>> {
    let read = |row: &Row<'_>| Ok((WorkspaceId(row.id(0)?), row.text(1)?));
    private.conn.rows(&SLUGS, params![], read).await
}

/// True if there is no workspace, and until this transaction ends nobody else is told so.
pub async fn is_first(private: &mut Private<'_>) -> Result<bool> {
    private
        .conn
        .rows(&TAKE_TURNS, params![], |_| Ok(()))
        .await?;
    Ok(list(private).await?.is_empty())
}

/// All ids of workspaces of this server.
pub async fn list_ids(private: &mut Private<'_>) -> Result<Vec<WorkspaceId>> {
    Ok(list(private)
        .await?
        .into_iter()
        .map(|workspace| workspace.id)
        .collect())
}
