//! Threads as a member follows them: queries. Who follows is kept in `notification.rs`.

use crate::{
    Reader, Result,
    sql::{Row, params, statements},
};
use tenon_protocol::{MemberId, limit::THREADS_MAX, message::Message};
use uuid::Uuid;

statements! {
    FOLLOWED = "SELECT t.last, t.body FROM (SELECT r.body AS body, r.resolved AS resolved, (
            SELECT m.seq FROM message m WHERE m.workspace = f.workspace AND m.thread = f.thread
            ORDER BY m.seq DESC LIMIT 1) AS last
        FROM thread_follower f INDEXED BY thread_follower_member
        JOIN message r ON r.workspace = f.workspace AND r.id = f.thread
        JOIN channel_member c ON c.workspace = r.workspace AND c.channel = r.channel
            AND c.member = f.member
        WHERE f.workspace = $1 AND f.member = $2 AND f.follows = 1
        ORDER BY f.since DESC LIMIT $3) AS t
        WHERE t.last < $4 AND t.resolved >= $5 AND t.resolved <= $6
        ORDER BY t.last DESC LIMIT $7"
        | "SELECT t.last, t.body FROM (SELECT r.body AS body, r.resolved AS resolved, (
            SELECT m.seq FROM message m WHERE m.workspace = f.workspace AND m.thread = f.thread
            ORDER BY m.seq DESC LIMIT 1) AS last
        FROM thread_follower f
        JOIN message r ON r.workspace = f.workspace AND r.id = f.thread
        JOIN channel_member c ON c.workspace = r.workspace AND c.channel = r.channel
            AND c.member = f.member
        WHERE f.workspace = $1 AND f.member = $2 AND f.follows = 1
        ORDER BY f.since DESC LIMIT $3) AS t
        WHERE t.last < $4 AND t.resolved >= $5 AND t.resolved <= $6
        ORDER BY t.last DESC LIMIT $7";
    THESE = "SELECT t.last, t.body FROM (SELECT r.body AS body, r.resolved AS resolved, (
            SELECT m.seq FROM message m WHERE m.workspace = f.workspace AND m.thread = f.thread
            ORDER BY m.seq DESC LIMIT 1) AS last
        FROM thread_follower f
        JOIN message r ON r.workspace = f.workspace AND r.id = f.thread
        JOIN channel_member c ON c.workspace = r.workspace AND c.channel = r.channel
            AND c.member = f.member
        WHERE f.workspace = $1 AND f.member = $2 AND f.follows = 1
        AND f.thread IN (SELECT unhex(value, '-') FROM json_each($3))) AS t
        WHERE t.last > 0 AND t.resolved >= $4 AND t.resolved <= $5
        ORDER BY t.last DESC"
        | "SELECT t.last, t.body FROM (SELECT r.body AS body, r.resolved AS resolved, (
            SELECT m.seq FROM message m WHERE m.workspace = f.workspace AND m.thread = f.thread
            ORDER BY m.seq DESC LIMIT 1) AS last
        FROM thread_follower f
        JOIN message r ON r.workspace = f.workspace AND r.id = f.thread
        JOIN channel_member c ON c.workspace = r.workspace AND c.channel = r.channel
            AND c.member = f.member
        WHERE f.workspace = $1 AND f.member = $2 AND f.follows = 1
        AND f.thread = ANY($3::uuid[])) AS t
        WHERE t.last > 0 AND t.resolved >= $4 AND t.resolved <= $5
        ORDER BY t.last DESC";
}

/// A thread's root and the seq of its newest reply.
pub type Followed = (i64, Message);

/// Threads with replies that the member follows in channels that they are in, the one with the
/// newest reply first; only those whose newest reply is older than `before`, and if it is asked
/// for, only those that are settled, or that are not.
pub async fn list_followed(
    reader: &mut Reader<'_>,
    member: MemberId,
    (before, resolved): (i64, Option<bool>),
    limit: i64,
) -> Result<Vec<Followed>> {
    let (least, most) = range(resolved);
    let values = params![
        reader.workspace,
        member,
        THREADS_MAX,
        before,
        least,
        most,
        limit
    ];
    reader.conn.rows(&FOLLOWED, values, followed).await
}

/// The same, of these threads alone.
pub async fn list_these(
    reader: &mut Reader<'_>,
    member: MemberId,
    threads: &[Uuid],
    resolved: Option<bool>,
) -> Result<Vec<Followed>> {
    if threads.is_empty() {
        return Ok(Vec::new());
    }
    let (least, most) = range(resolved);
    let values = params![reader.workspace, member, threads, least, most];
    reader.conn.rows(&THESE, values, followed).await
}

/// Of the column `resolved`.
fn range(resolved: Option<bool>) -> (i64, i64) {
    match resolved {
        Some(resolved) => (i64::from(resolved), i64::from(resolved)),
        None => (0, 1),
    }
}

fn followed(row: &Row<'_>) -> Result<Followed> {
    Ok((row.int(0)?, row.body(1)?))
}
