//! Threads as a member follows them: queries. Who follows is kept in `notification.rs`.

use crate::{
    Reader, Result,
    sql::{Row, params, statements},
};
use tenon_protocol::{MemberId, limit::THREADS_MAX, message::Message};
use uuid::Uuid;

statements! {
    FOLLOWED = "SELECT t.last, t.body FROM (SELECT r.body AS body, (
            SELECT m.seq FROM message m WHERE m.workspace = f.workspace AND m.thread = f.thread
            ORDER BY m.seq DESC LIMIT 1) AS last
        FROM thread_follower f INDEXED BY thread_follower_member
        JOIN message r ON r.workspace = f.workspace AND r.id = f.thread
        JOIN channel_member c ON c.workspace = r.workspace AND c.channel = r.channel
            AND c.member = f.member
        WHERE f.workspace = $1 AND f.member = $2 AND f.follows = 1
        ORDER BY f.since DESC LIMIT $3) AS t
        WHERE t.last < $4 ORDER BY t.last DESC LIMIT $5"
        | "SELECT t.last, t.body FROM (SELECT r.body AS body, (
            SELECT m.seq FROM message m WHERE m.workspace = f.workspace AND m.thread = f.thread
            ORDER BY m.seq DESC LIMIT 1) AS last
        FROM thread_follower f
        JOIN message r ON r.workspace = f.workspace AND r.id = f.thread
        JOIN channel_member c ON c.workspace = r.workspace AND c.channel = r.channel
            AND c.member = f.member
        WHERE f.workspace = $1 AND f.member = $2 AND f.follows = 1
        ORDER BY f.since DESC LIMIT $3) AS t
        WHERE t.last < $4 ORDER BY t.last DESC LIMIT $5";
    THESE = "SELECT t.last, t.body FROM (SELECT r.body AS body, (
            SELECT m.seq FROM message m WHERE m.workspace = f.workspace AND m.thread = f.thread
            ORDER BY m.seq DESC LIMIT 1) AS last
        FROM thread_follower f
        JOIN message r ON r.workspace = f.workspace AND r.id = f.thread
        JOIN channel_member c ON c.workspace = r.workspace AND c.channel = r.channel
            AND c.member = f.member
        WHERE f.workspace = $1 AND f.member = $2 AND f.follows = 1
        AND f.thread IN (SELECT unhex(value, '-') FROM json_each($3))) AS t
        WHERE t.last > 0 ORDER BY t.last DESC"
        | "SELECT t.last, t.body FROM (SELECT r.body AS body, (
            SELECT m.seq FROM message m WHERE m.workspace = f.workspace AND m.thread = f.thread
            ORDER BY m.seq DESC LIMIT 1) AS last
        FROM thread_follower f
        JOIN message r ON r.workspace = f.workspace AND r.id = f.thread
        JOIN channel_member c ON c.workspace = r.workspace AND c.channel = r.channel
            AND c.member = f.member
        WHERE f.workspace = $1 AND f.member = $2 AND f.follows = 1
        AND f.thread = ANY($3::uuid[])) AS t
        WHERE t.last > 0 ORDER BY t.last DESC";
}

/// A thread's root and the seq of its newest reply.
pub type Followed = (i64, Message);

/// Threads with replies that the member follows in channels that they are in, the one with the
/// newest reply first; only those whose newest reply is older than `before`.
pub async fn list_followed(
    reader: &mut Reader<'_>,
    member: MemberId,
    before: i64,
    limit: i64,
) -> Result<Vec<Followed>> {
    let values = params![reader.workspace, member, THREADS_MAX, before, limit];
    reader.conn.rows(&FOLLOWED, values, followed).await
}

/// The same, of these threads alone.
pub async fn list_these(
    reader: &mut Reader<'_>,
    member: MemberId,
    threads: &[Uuid],
) -> Result<Vec<Followed>> {
    if threads.is_empty() {
        return Ok(Vec::new());
    }
    let values = params![reader.workspace, member, threads];
    reader.conn.rows(&THESE, values, followed).await
}

fn followed(row: &Row<'_>) -> Result<Followed> {
    Ok((row.int(0)?, row.body(1)?))
}
