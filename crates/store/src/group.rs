//! Groups and who was put into each: rows and queries.

use crate::{
    Reader, Result, Tx,
    cache::Groups,
    sql::{Row, params, statements},
};
use std::{collections::HashMap, sync::Arc};
use tenon_protocol::{GroupId, MemberId, group::Group};

statements! {
    COUNT = "SELECT count(*) FROM member_group WHERE workspace = $1";
    INSERT = "INSERT INTO member_group (workspace, id, handle, body) VALUES ($1, $2, $3, $4)";
    UPDATE = "UPDATE member_group SET handle = $1, body = $2 WHERE workspace = $3 AND id = $4";
    DELETE = "DELETE FROM member_group WHERE workspace = $1 AND id = $2";
    GET = "SELECT body FROM member_group WHERE workspace = $1 AND id = $2";
    LIST = "SELECT body FROM member_group WHERE workspace = $1 ORDER BY id";
    INSERT_MEMBER = "INSERT INTO group_member (workspace, group_id, member) VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING";
    DELETE_MEMBER = "DELETE FROM group_member
        WHERE workspace = $1 AND group_id = $2 AND member = $3";
    DELETE_MEMBERS = "DELETE FROM group_member WHERE workspace = $1 AND group_id = $2";
    MEMBERS_OF = "SELECT member FROM group_member WHERE workspace = $1 AND group_id = $2
        ORDER BY member";
    LIST_MEMBERS = "SELECT group_id, member FROM group_member WHERE workspace = $1
        ORDER BY group_id, member";
}

/// All of them, from the writer's memory.
pub async fn load_all(tx: &mut Tx<'_>) -> Result<Groups> {
    if let Some(groups) = &tx.cache.groups {
        return Ok(groups.clone());
    }
    let groups = list(tx).await?.into_iter();
    let groups: HashMap<_, _> = groups.map(|group| (group.id, Arc::new(group))).collect();
    let groups = Arc::new(groups);
    tx.cache.groups = Some(groups.clone());
    Ok(groups)
}

pub(crate) fn insert(tx: &mut Tx<'_>, group: &Group) -> Result<()> {
    let (workspace, body) = (tx.workspace, to_body(group)?);
    let values = params![workspace, group.id, &group.handle, &body];
    tx.conn.exec(&INSERT, values)?;
    insert_members(tx, group.id, &group.members)?;
    remember(tx, group.id, Some(group.clone()));
    Ok(())
}

/// As the event has it; its members stay.
pub(crate) async fn change(tx: &mut Tx<'_>, changed: &Group) -> Result<()> {
    let Some(before) = load_all(tx).await?.get(&changed.id).cloned() else {
        return Ok(());
    };
    let (workspace, body) = (tx.workspace, to_body(changed)?);
    let values = params![&changed.handle, &body, workspace, changed.id];
    tx.conn.exec(&UPDATE, values)?;
    let group = Group {
        members: before.members.clone(),
        ..changed.clone()
    };
    remember(tx, group.id, Some(group));
    Ok(())
}

pub(crate) async fn change_members(
    tx: &mut Tx<'_>,
    id: GroupId,
    added: &[MemberId],
    removed: &[MemberId],
) -> Result<()> {
    let Some(group) = load_all(tx).await?.get(&id).cloned() else {
        return Ok(());
    };
    let workspace = tx.workspace;
    for member in removed {
        tx.conn
            .exec(&DELETE_MEMBER, params![workspace, id, *member])?;
    }
    insert_members(tx, id, added)?;
    let mut group = Arc::unwrap_or_clone(group);
    group
        .members
        .retain(|member| removed.binary_search(member).is_err());
    group.members.extend(added);
    group.members.sort_unstable();
    group.members.dedup();
    remember(tx, id, Some(group));
    Ok(())
}

pub(crate) async fn remove(tx: &mut Tx<'_>, id: GroupId) -> Result<()> {
    let workspace = tx.workspace;
    tx.conn.exec(&DELETE_MEMBERS, params![workspace, id])?;
    tx.conn.exec(&DELETE, params![workspace, id])?;
    remember(tx, id, None);
    Ok(())
}

fn insert_members(tx: &mut Tx<'_>, id: GroupId, members: &[MemberId]) -> Result<()> {
    let workspace = tx.workspace;
    for member in members {
        tx.conn
            .exec(&INSERT_MEMBER, params![workspace, id, *member])?;
    }
    Ok(())
}

/// The row's body: members have rows of their own.
fn to_body(group: &Group) -> Result<String> {
    let bare = Group {
        members: vec![],
        ..group.clone()
    };
    Ok(serde_json::to_string(&bare)?)
}

fn remember(tx: &mut Tx<'_>, id: GroupId, group: Option<Group>) {
    if let Some(groups) = &mut tx.cache.groups {
        let groups = Arc::make_mut(groups);
        match group {
            Some(group) => groups.insert(id, Arc::new(group)),
            None => groups.remove(&id),
        };
    }
    tx.cache.members_version += 1;
}

pub async fn get(reader: &mut Reader<'_>, id: GroupId) -> Result<Option<Group>> {
    let values = params![reader.workspace, id];
    let found: Option<Group> = reader.conn.row(&GET, values, |row| row.body(0)).await?;
    let Some(mut group) = found else {
        return Ok(None);
    };
    let read = |row: &Row<'_>| row.id(0).map(MemberId);
    group.members = reader.conn.rows(&MEMBERS_OF, values, read).await?;
    Ok(Some(group))
}

/// The names of all of them.
pub async fn list_names(reader: &mut Reader<'_>) -> Result<Vec<(GroupId, String)>> {
    let read = |row: &Row<'_>| row.body(0).map(|group: Group| (group.id, group.name));
    let values = params![reader.workspace];
    reader.conn.rows(&LIST, values, read).await
}

/// All of them, archived ones too, by id.
pub async fn list(reader: &mut Reader<'_>) -> Result<Vec<Group>> {
    let values = params![reader.workspace];
    let mut groups: Vec<Group> = reader.conn.rows(&LIST, values, |row| row.body(0)).await?;
    if groups.is_empty() {
        return Ok(groups);
    }
    let places: HashMap<GroupId, usize> = groups.iter().map(|it| it.id).zip(0..).collect();
    let read = |row: &Row<'_>| Ok((GroupId(row.id(0)?), MemberId(row.id(1)?)));
    let members = reader.conn.rows(&LIST_MEMBERS, values, read).await?;
    for (id, member) in members {
        if let Some(place) = places.get(&id) {
            groups[*place].members.push(member);
        }
    }
    Ok(groups)
}

pub async fn count(reader: &mut Reader<'_>) -> Result<i64> {
    let values = params![reader.workspace];
    let found = reader.conn.row(&COUNT, values, |row| row.int(0)).await?;
    Ok(found.unwrap_or(0))
}
