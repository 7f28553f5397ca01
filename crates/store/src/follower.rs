//! Durable followers: how far each has come in a log.

use crate::{
    Private, Result,
    sql::{params, statements},
};
use tenon_protocol::WorkspaceId;

statements! {
    GET = "SELECT seq FROM follower WHERE workspace = $1 AND name = $2";
    SET = "INSERT INTO follower (workspace, name, seq) VALUES ($1, $2, $3)
        ON CONFLICT (workspace, name) DO UPDATE SET seq = excluded.seq
        WHERE excluded.seq > follower.seq";
}

/// The seq up to which the follower has done its work; 0 at first.
pub async fn get(private: &mut Private<'_>, workspace: WorkspaceId, name: &str) -> Result<i64> {
    let seq = private
        .conn
        .row(&GET, params![workspace, name], |row| row.int(0))
        .await?;
    Ok(seq.unwrap_or(0))
}

/// Moves the cursor, forward only.
pub fn set(private: &mut Private<'_>, workspace: WorkspaceId, name: &str, seq: i64) -> Result<()> {
    private.conn.exec(&SET, params![workspace, name, seq])
}
