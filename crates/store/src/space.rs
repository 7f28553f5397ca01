//! Spaces and who is in them: rows and queries.

use crate::{
    Reader, Result, Tx,
    sql::{Row, params, statements},
};
use std::sync::Arc;
use tenon_protocol::{
    ChannelId, MemberId, ProjectId, SpaceId, channel::Channel, project::Project, space::Space,
};
use uuid::Uuid;

statements! {
    INSERT = "INSERT INTO space (workspace, id, body) VALUES ($1, $2, $3)";
    UPDATE = "UPDATE space SET body = $1 WHERE workspace = $2 AND id = $3";
    GET = "SELECT body FROM space WHERE workspace = $1 AND id = $2";
    LIST = "SELECT body FROM space WHERE workspace = $1 ORDER BY id";
    COUNT = "SELECT count(*) FROM space WHERE workspace = $1";
    INSERT_MEMBER = "INSERT INTO space_member (workspace, space, member, since, named)
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    DELETE_MEMBER = "DELETE FROM space_member
        WHERE workspace = $1 AND space = $2 AND member = $3";
    IS_MEMBER = "SELECT 1 FROM space_member
        WHERE workspace = $1 AND space = $2 AND member = $3";
    LIST_MEMBERS = "SELECT member FROM space_member
        WHERE workspace = $1 AND space = $2 ORDER BY member";
    COUNT_MEMBERS = "SELECT count(*) FROM space_member WHERE workspace = $1 AND space = $2";
    THESE_MEMBERS = "SELECT member FROM space_member WHERE workspace = $1 AND space = $2
            AND member IN (SELECT unhex(value, '-') FROM json_each($3))"
        | "SELECT m.member FROM unnest($3::uuid[]) AS t (id) CROSS JOIN LATERAL (
            SELECT member FROM space_member
            WHERE workspace = $1 AND space = $2 AND member = t.id OFFSET 0) m";
    MEMBER_SINCE = "SELECT space, since FROM space_member INDEXED BY space_member_member
            WHERE workspace = $1 AND member = $2 ORDER BY space"
        | "SELECT space, since FROM space_member
            WHERE workspace = $1 AND member = $2 ORDER BY space";
    OF_THESE = "SELECT DISTINCT space FROM space_member INDEXED BY space_member_member
            WHERE workspace = $1 AND member IN (SELECT unhex(value, '-') FROM json_each($2))"
        | "SELECT DISTINCT space FROM space_member WHERE workspace = $1 AND member = ANY($2)";
    CHANNELS = "SELECT body FROM channel WHERE workspace = $1 AND space = $2 ORDER BY id";
    PROJECTS = "SELECT body FROM project WHERE workspace = $1 AND space = $2 ORDER BY id";
    COUNT_CHANNELS = "SELECT count(*) FROM channel WHERE workspace = $1 AND space = $2";
    COUNT_PROJECTS = "SELECT count(*) FROM project WHERE workspace = $1 AND space = $2";
    CHANNELS_NEAR = "SELECT c.body FROM space_member m INDEXED BY space_member_member
            JOIN channel c ON c.workspace = m.workspace AND c.space = m.space
            WHERE m.workspace = $1 AND m.member = $2 AND c.kind IN ('public', 'space')"
        | "SELECT c.body FROM space_member m
            JOIN channel c ON c.workspace = m.workspace AND c.space = m.space
            WHERE m.workspace = $1 AND m.member = $2 AND c.kind IN ('public', 'space')";
    PROJECTS_NEAR = "SELECT p.body FROM space_member m INDEXED BY space_member_member
            JOIN project p ON p.workspace = m.workspace AND p.space = m.space
            WHERE m.workspace = $1 AND m.member = $2 AND p.visibility IN ('public', 'space')"
        | "SELECT p.body FROM space_member m
            JOIN project p ON p.workspace = m.workspace AND p.space = m.space
            WHERE m.workspace = $1 AND m.member = $2 AND p.visibility IN ('public', 'space')";
    CHANNEL_PLACES = "SELECT m.channel, m.member FROM channel c
            JOIN channel_member m ON m.workspace = c.workspace AND m.channel = c.id
            WHERE c.workspace = $1 AND c.space = $2
            AND m.member IN (SELECT unhex(value, '-') FROM json_each($3))"
        | "SELECT m.channel, m.member FROM channel c
            JOIN channel_member m ON m.workspace = c.workspace AND m.channel = c.id
            WHERE c.workspace = $1 AND c.space = $2 AND m.member = ANY($3::uuid[])";
    PROJECT_PLACES = "SELECT m.project, m.member FROM project p
            JOIN project_member m ON m.workspace = p.workspace AND m.project = p.id
            WHERE p.workspace = $1 AND p.space = $2
            AND m.member IN (SELECT unhex(value, '-') FROM json_each($3))"
        | "SELECT m.project, m.member FROM project p
            JOIN project_member m ON m.workspace = p.workspace AND m.project = p.id
            WHERE p.workspace = $1 AND p.space = $2 AND m.member = ANY($3::uuid[])";
}

/// A space, from the writer's memory.
pub async fn load(tx: &mut Tx<'_>, id: SpaceId) -> Result<Option<Arc<Space>>> {
    if let Some(space) = tx.cache.spaces.get(&id) {
        return Ok(space.clone());
    }
    let space = get(tx, id).await?.map(Arc::new);
    // Only those that exist are remembered: what does not exist has no bound.
    if space.is_some() {
        tx.cache.spaces.insert(id, space.clone());
    }
    Ok(space)
}

/// Whether the member is in the space, from the writer's memory.
pub async fn load_is_member(tx: &mut Tx<'_>, id: SpaceId, member: MemberId) -> Result<bool> {
    if let Some(is_member) = tx.cache.space_members.get(&(id, member)) {
        return Ok(*is_member);
    }
    let is_member = get_is_member(tx, id, member).await?;
    tx.cache.space_members.insert((id, member), is_member);
    Ok(is_member)
}

pub(crate) fn insert(tx: &mut Tx<'_>, space: &Space) -> Result<()> {
    let (workspace, body) = (tx.workspace, serde_json::to_string(space)?);
    tx.conn.exec(&INSERT, params![workspace, space.id, &body])?;
    let remembered = Some(Arc::new(space.clone()));
    tx.cache.spaces.insert(space.id, remembered);
    Ok(())
}

pub(crate) fn change(tx: &mut Tx<'_>, space: &Space) -> Result<()> {
    let (workspace, body) = (tx.workspace, serde_json::to_string(space)?);
    tx.conn.exec(&UPDATE, params![&body, workspace, space.id])?;
    let remembered = Some(Arc::new(space.clone()));
    tx.cache.spaces.insert(space.id, remembered);
    Ok(())
}

pub(crate) fn change_members(
    tx: &mut Tx<'_>,
    id: SpaceId,
    added: &[MemberId],
    removed: &[MemberId],
    seq: i64,
    named: bool,
) -> Result<()> {
    let workspace = tx.workspace;
    for member in added {
        tx.conn.exec(
            &INSERT_MEMBER,
            params![workspace, id, *member, seq, i64::from(named)],
        )?;
        tx.cache.space_members.insert((id, *member), true);
    }
    for member in removed {
        tx.conn
            .exec(&DELETE_MEMBER, params![workspace, id, *member])?;
        tx.cache.space_members.insert((id, *member), false);
    }
    Ok(())
}

pub async fn get(reader: &mut Reader<'_>, id: SpaceId) -> Result<Option<Space>> {
    let values = params![reader.workspace, id];
    reader.conn.row(&GET, values, |row| row.body(0)).await
}

/// All of them, archived ones too, by id.
pub async fn list(reader: &mut Reader<'_>) -> Result<Vec<Space>> {
    let values = params![reader.workspace];
    reader.conn.rows(&LIST, values, |row| row.body(0)).await
}

/// How many there are, archived ones too.
pub async fn count(reader: &mut Reader<'_>) -> Result<i64> {
    let values = params![reader.workspace];
    let count = reader.conn.row(&COUNT, values, |row| row.int(0)).await?;
    Ok(count.unwrap_or(0))
}

pub async fn get_is_member(reader: &mut Reader<'_>, id: SpaceId, member: MemberId) -> Result<bool> {
    let values = params![reader.workspace, id, member];
    let found = reader.conn.row(&IS_MEMBER, values, |_| Ok(())).await?;
    Ok(found.is_some())
}

pub async fn list_members(reader: &mut Reader<'_>, id: SpaceId) -> Result<Vec<MemberId>> {
    let read = |row: &Row<'_>| row.id(0).map(MemberId);
    let values = params![reader.workspace, id];
    reader.conn.rows(&LIST_MEMBERS, values, read).await
}

pub async fn count_members(reader: &mut Reader<'_>, id: SpaceId) -> Result<i64> {
    let values = params![reader.workspace, id];
    let count = reader.conn.row(&COUNT_MEMBERS, values, |row| row.int(0));
    Ok(count.await?.unwrap_or(0))
}

/// Those of these members who are in the space.
pub async fn list_inside(
    reader: &mut Reader<'_>,
    id: SpaceId,
    members: &[uuid::Uuid],
) -> Result<Vec<MemberId>> {
    if members.is_empty() {
        return Ok(Vec::new());
    }
    let read = |row: &Row<'_>| row.id(0).map(MemberId);
    let values = params![reader.workspace, id, members];
    reader.conn.rows(&THESE_MEMBERS, values, read).await
}

/// The spaces a member is in, and the seq since which; by id.
pub async fn list_since(reader: &mut Reader<'_>, member: MemberId) -> Result<Vec<(SpaceId, i64)>> {
    let read = |row: &Row<'_>| Ok((SpaceId(row.id(0)?), row.int(1)?));
    let values = params![reader.workspace, member];
    reader.conn.rows(&MEMBER_SINCE, values, read).await
}

/// The spaces that any of these members is in.
pub async fn list_of(reader: &mut Reader<'_>, members: &[Uuid]) -> Result<Vec<SpaceId>> {
    let values = params![reader.workspace, members];
    let read = |row: &Row<'_>| row.id(0).map(SpaceId);
    reader.conn.rows(&OF_THESE, values, read).await
}

/// All channels in the space, private and archived ones too.
pub async fn list_channels(reader: &mut Reader<'_>, id: SpaceId) -> Result<Vec<Channel>> {
    let values = params![reader.workspace, id];
    reader.conn.rows(&CHANNELS, values, |row| row.body(0)).await
}

/// All projects in the space, private and archived ones too.
pub async fn list_projects(reader: &mut Reader<'_>, id: SpaceId) -> Result<Vec<Project>> {
    let values = params![reader.workspace, id];
    reader.conn.rows(&PROJECTS, values, |row| row.body(0)).await
}

pub async fn count_channels(reader: &mut Reader<'_>, id: SpaceId) -> Result<i64> {
    let values = params![reader.workspace, id];
    let count = reader.conn.row(&COUNT_CHANNELS, values, |row| row.int(0));
    Ok(count.await?.unwrap_or(0))
}

pub async fn count_projects(reader: &mut Reader<'_>, id: SpaceId) -> Result<i64> {
    let values = params![reader.workspace, id];
    let count = reader.conn.row(&COUNT_PROJECTS, values, |row| row.int(0));
    Ok(count.await?.unwrap_or(0))
}

/// The channels that are public in the spaces a member is in.
pub async fn list_channels_near(reader: &mut Reader<'_>, member: MemberId) -> Result<Vec<Channel>> {
    let values = params![reader.workspace, member];
    let read = |row: &Row<'_>| row.body(0);
    reader.conn.rows(&CHANNELS_NEAR, values, read).await
}

/// The projects that are public in the spaces a member is in.
pub async fn list_projects_near(reader: &mut Reader<'_>, member: MemberId) -> Result<Vec<Project>> {
    let values = params![reader.workspace, member];
    let read = |row: &Row<'_>| row.body(0);
    reader.conn.rows(&PROJECTS_NEAR, values, read).await
}

/// Which channels of the space these members are in.
pub async fn list_channel_places(
    reader: &mut Reader<'_>,
    id: SpaceId,
    members: &[uuid::Uuid],
) -> Result<Vec<(ChannelId, MemberId)>> {
    let read = |row: &Row<'_>| Ok((ChannelId(row.id(0)?), MemberId(row.id(1)?)));
    let values = params![reader.workspace, id, members];
    reader.conn.rows(&CHANNEL_PLACES, values, read).await
}

/// Which projects of the space these members were added to.
pub async fn list_project_places(
    reader: &mut Reader<'_>,
    id: SpaceId,
    members: &[uuid::Uuid],
) -> Result<Vec<(ProjectId, MemberId)>> {
    let read = |row: &Row<'_>| Ok((ProjectId(row.id(0)?), MemberId(row.id(1)?)));
    let values = params![reader.workspace, id, members];
    reader.conn.rows(&PROJECT_PLACES, values, read).await
}
