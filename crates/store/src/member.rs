//! Members: rows and queries.

use crate::{
    Reader, Result, Tx,
    cache::Members,
    sql::{Row, params, statements},
};
use hashbrown::HashMap;
use std::sync::Arc;
use tenon_protocol::{
    MemberId, Timestamp,
    member::{Member, Role},
};

statements! {
    INSERT = "INSERT INTO member (workspace, id, handle, body) VALUES ($1, $2, $3, $4)";
    UPDATE = "UPDATE member SET handle = $1, status_until = $2, body = $3
        WHERE workspace = $4 AND id = $5";
    LIST = "SELECT body FROM member WHERE workspace = $1 ORDER BY id";
    GET = "SELECT body FROM member WHERE workspace = $1 AND id = $2";
    THESE = "SELECT body FROM member WHERE workspace = $1
            AND id IN (SELECT unhex(value, '-') FROM json_each($2))"
        | "SELECT body FROM member WHERE workspace = $1 AND id = ANY($2)";
    STATUSES = "SELECT id, status_until FROM member
        WHERE workspace = $1 AND status_until <= $2 ORDER BY status_until LIMIT $3";
    BY_HANDLE = "SELECT body FROM member WHERE workspace = $1 AND handle = $2";
}

/// Everybody, from the writer's memory.
pub async fn load_all(tx: &mut Tx<'_>) -> Result<Members> {
    if let Some(members) = &tx.cache.members {
        return Ok(members.clone());
    }
    let members = list(tx).await?;
    let members: HashMap<_, _> = members
        .into_iter()
        .map(|member| (member.id, Arc::new(member)))
        .collect();
    let members = Arc::new(members);
    tx.cache.members = Some(members.clone());
    Ok(members)
}

pub(crate) async fn insert(tx: &mut Tx<'_>, member: &Member) -> Result<()> {
    let (workspace, body) = (tx.workspace, serde_json::to_string(member)?);
    tx.conn.exec(
        &INSERT,
        params![workspace, member.id, &member.handle, &body],
    )?;
    remember(tx, member.clone());
    Ok(())
}

/// The profile as the event has it; role and activity stay as they are.
pub(crate) async fn change(tx: &mut Tx<'_>, profile: &Member) -> Result<()> {
    update(tx, profile.id, |member| {
        let (role, active) = (member.role, member.active);
        *member = Member {
            role,
            active,
            ..profile.clone()
        };
    })
    .await
}

pub(crate) async fn set_role(tx: &mut Tx<'_>, id: MemberId, role: Role) -> Result<()> {
    update(tx, id, |member| member.role = role).await
}

pub(crate) async fn set_active(tx: &mut Tx<'_>, id: MemberId, active: bool) -> Result<()> {
    update(tx, id, |member| member.active = active).await
}

async fn update(tx: &mut Tx<'_>, id: MemberId, change: impl FnOnce(&mut Member)) -> Result<()> {
    let Some(member) = load_all(tx).await?.get(&id).cloned() else {
        return Ok(());
    };
    let mut member = Arc::unwrap_or_clone(member);
    change(&mut member);
    let (workspace, body) = (tx.workspace, serde_json::to_string(&member)?);
    let until = member.status.as_ref().and_then(|status| status.until);
    let values = params![&member.handle, until, &body, workspace, id];
    tx.conn.exec(&UPDATE, values)?;
    remember(tx, member);
    Ok(())
}

fn remember(tx: &mut Tx<'_>, member: Member) {
    if let Some(members) = &mut tx.cache.members {
        Arc::make_mut(members).insert(member.id, Arc::new(member));
    }
    tx.cache.members_version += 1;
}

/// Everybody, the deactivated too, by id.
pub async fn list(reader: &mut Reader<'_>) -> Result<Vec<Member>> {
    reader
        .conn
        .rows(&LIST, params![reader.workspace], |row| row.body(0))
        .await
}

pub async fn get(reader: &mut Reader<'_>, id: MemberId) -> Result<Option<Member>> {
    reader
        .conn
        .row(&GET, params![reader.workspace, id], |row| row.body(0))
        .await
}

/// Those of these that there are, in one statement and no order.
pub async fn list_these(reader: &mut Reader<'_>, ids: &[MemberId]) -> Result<Vec<Member>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    let values = params![reader.workspace, &ids[..]];
    reader.conn.rows(&THESE, values, |row| row.body(0)).await
}

/// Whose statuses came to their end by `now`, and when; the earliest first.
pub async fn list_ended_statuses(
    reader: &mut Reader<'_>,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(MemberId, Timestamp)>> {
    let read = |row: &Row<'_>| Ok((MemberId(row.id(0)?), row.time(1)?));
    let values = params![reader.workspace, now, limit];
    reader.conn.rows(&STATUSES, values, read).await
}

pub async fn find_by_handle(reader: &mut Reader<'_>, handle: &str) -> Result<Option<Member>> {
    reader
        .conn
        .row(&BY_HANDLE, params![reader.workspace, handle], |row| {
            row.body(0)
        })
        .await
}
