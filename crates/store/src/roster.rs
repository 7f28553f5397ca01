//! Which groups the spaces and channels follow, and who is in each by name: rows and queries.

use crate::{
    Reader, Result, Tx, Unable,
    sql::{Row, params, statements},
};
use tenon_protocol::{ChannelId, GroupId, MemberId, SpaceId, roster::Roster};
use uuid::Uuid;

statements! {
    INSERT = "INSERT INTO roster_group (workspace, roster, group_id, kind)
        VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    DELETE = "DELETE FROM roster_group WHERE workspace = $1 AND roster = $2 AND group_id = $3";
    GROUPS = "SELECT group_id FROM roster_group WHERE workspace = $1 AND roster = $2
        ORDER BY group_id";
    FOLLOWERS = "SELECT roster, kind FROM roster_group INDEXED BY roster_group_group
            WHERE workspace = $1 AND group_id = $2 ORDER BY roster"
        | "SELECT roster, kind FROM roster_group
            WHERE workspace = $1 AND group_id = $2 ORDER BY roster";
    COUNT_FOLLOWERS = "SELECT count(*) FROM roster_group INDEXED BY roster_group_group
            WHERE workspace = $1 AND group_id = $2"
        | "SELECT count(*) FROM roster_group WHERE workspace = $1 AND group_id = $2";
    ALL = "SELECT roster, kind, group_id FROM roster_group WHERE workspace = $1
        ORDER BY roster, group_id";
    SPACE = "SELECT member, named FROM space_member WHERE workspace = $1 AND space = $2
        ORDER BY since, member";
    CHANNEL = "SELECT member, named FROM channel_member
        WHERE workspace = $1 AND channel = $2 ORDER BY since, member";
    UNNAMED_IN_CHANNEL = "SELECT member FROM channel_member
        WHERE workspace = $1 AND channel = $2 AND named = 0 LIMIT 1";
    THESE_IN_SPACE = "SELECT member, named FROM space_member WHERE workspace = $1 AND space = $2
            AND member IN (SELECT unhex(value, '-') FROM json_each($3))"
        | "SELECT m.member, m.named FROM unnest($3::uuid[]) AS t (id) CROSS JOIN LATERAL (
            SELECT member, named FROM space_member
            WHERE workspace = $1 AND space = $2 AND member = t.id OFFSET 0) m";
    THESE_IN_CHANNEL = "SELECT member, named FROM channel_member
            WHERE workspace = $1 AND channel = $2
            AND member IN (SELECT unhex(value, '-') FROM json_each($3))"
        | "SELECT m.member, m.named FROM unnest($3::uuid[]) AS t (id) CROSS JOIN LATERAL (
            SELECT member, named FROM channel_member
            WHERE workspace = $1 AND channel = $2 AND member = t.id OFFSET 0) m";
    NAME_IN_SPACE = "UPDATE space_member SET named = 1
        WHERE workspace = $1 AND space = $2 AND member = $3";
    NAME_IN_CHANNEL = "UPDATE channel_member SET named = 1
        WHERE workspace = $1 AND channel = $2 AND member = $3";
}

/// One who is in a space or channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RosterRow {
    pub member: MemberId,
    /// Added by name, and not only there for the sake of what it follows.
    pub is_named: bool,
}

pub(crate) fn follow(tx: &mut Tx<'_>, roster: Roster, group: GroupId, on: bool) -> Result<()> {
    let (workspace, (id, kind)) = (tx.workspace, parts(roster));
    if on {
        tx.conn.exec(&INSERT, params![workspace, id, group, kind])
    } else {
        tx.conn.exec(&DELETE, params![workspace, id, group])
    }
}

/// They are in it by name too from here on.
pub(crate) fn name(tx: &mut Tx<'_>, roster: Roster, members: &[MemberId]) -> Result<()> {
    let workspace = tx.workspace;
    for member in members {
        match roster {
            Roster::Space(space) => tx
                .conn
                .exec(&NAME_IN_SPACE, params![workspace, space, *member])?,
            Roster::Channel(channel) => tx
                .conn
                .exec(&NAME_IN_CHANNEL, params![workspace, channel, *member])?,
        }
    }
    Ok(())
}

/// The groups that it follows; deleted ones too until the server has let go of them.
pub async fn list_groups(reader: &mut Reader<'_>, roster: Roster) -> Result<Vec<GroupId>> {
    let values = params![reader.workspace, parts(roster).0];
    let read = |row: &Row<'_>| row.id(0).map(GroupId);
    reader.conn.rows(&GROUPS, values, read).await
}

/// What follows the group.
pub async fn list_followers(reader: &mut Reader<'_>, group: GroupId) -> Result<Vec<Roster>> {
    let values = params![reader.workspace, group];
    reader.conn.rows(&FOLLOWERS, values, read_roster).await
}

pub async fn count_followers(reader: &mut Reader<'_>, group: GroupId) -> Result<i64> {
    let values = params![reader.workspace, group];
    let count = reader.conn.row(&COUNT_FOLLOWERS, values, |row| row.int(0));
    Ok(count.await?.unwrap_or(0))
}

/// What follows which group, in the whole workspace.
pub async fn list_all(reader: &mut Reader<'_>) -> Result<Vec<(Roster, GroupId)>> {
    let read = |row: &Row<'_>| Ok((read_roster(row)?, GroupId(row.id(2)?)));
    reader
        .conn
        .rows(&ALL, params![reader.workspace], read)
        .await
}

/// Whether somebody is in the channel only for the sake of what it follows, or followed.
pub async fn has_unnamed(reader: &mut Reader<'_>, channel: ChannelId) -> Result<bool> {
    let values = params![reader.workspace, channel];
    let found = reader
        .conn
        .row(&UNNAMED_IN_CHANNEL, values, |row| row.id(0));
    Ok(found.await?.is_some())
}

/// Everybody who is in it, those who came first before the others.
pub async fn list_members(reader: &mut Reader<'_>, roster: Roster) -> Result<Vec<RosterRow>> {
    let read = |row: &Row<'_>| {
        Ok(RosterRow {
            member: MemberId(row.id(0)?),
            is_named: row.int(1)? == 1,
        })
    };
    let (id, _) = parts(roster);
    let values = params![reader.workspace, id];
    let sql = match roster {
        Roster::Space(_) => &SPACE,
        Roster::Channel(_) => &CHANNEL,
    };
    reader.conn.rows(sql, values, read).await
}

/// Those of these members who are in it, and whether by name.
pub async fn list_inside(
    reader: &mut Reader<'_>,
    roster: Roster,
    members: &[Uuid],
) -> Result<Vec<(MemberId, bool)>> {
    if members.is_empty() {
        return Ok(Vec::new());
    }
    let read = |row: &Row<'_>| Ok((MemberId(row.id(0)?), row.int(1)? == 1));
    let (id, _) = parts(roster);
    let values = params![reader.workspace, id, members];
    let sql = match roster {
        Roster::Space(_) => &THESE_IN_SPACE,
        Roster::Channel(_) => &THESE_IN_CHANNEL,
    };
    reader.conn.rows(sql, values, read).await
}

fn parts(roster: Roster) -> (Uuid, &'static str) {
    match roster {
        Roster::Space(space) => (space.0, "space"),
        Roster::Channel(channel) => (channel.0, "channel"),
    }
}

fn read_roster(row: &Row<'_>) -> Result<Roster> {
    let id = row.id(0)?;
    match row.text(1)?.as_str() {
        "space" => Ok(Roster::Space(SpaceId(id))),
        "channel" => Ok(Roster::Channel(ChannelId(id))),
        other => Err(Unable::Broken(format!("unknown kind of roster {other}"))),
    }
}
