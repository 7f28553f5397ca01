//! Drafts, beside the log: one row for each conversation that a member has begun to write in.

use crate::{
    Private, Result,
    sql::{params, statements},
};
use tenon_protocol::{
    MemberId, WorkspaceId,
    draft::{Draft, Home},
};

statements! {
    LOCK = "SELECT id FROM member WHERE workspace = $1 AND id = $2"
        | "SELECT id FROM member WHERE workspace = $1 AND id = $2 FOR NO KEY UPDATE";
    SAVE = "INSERT INTO draft (workspace, member, home, body) VALUES ($1, $2, $3, $4)
        ON CONFLICT (workspace, member, home) DO UPDATE SET body = excluded.body";
    REMOVE = "DELETE FROM draft WHERE workspace = $1 AND member = $2 AND home = $3";
    GET = "SELECT body FROM draft WHERE workspace = $1 AND member = $2 AND home = $3";
    OF_MEMBER = "SELECT body FROM draft WHERE workspace = $1 AND member = $2 ORDER BY home";
    COUNT = "SELECT COUNT(*) FROM draft WHERE workspace = $1 AND member = $2";
}

impl Private<'_> {
    /// Until the end of the transaction no other changes a draft of this member.
    pub async fn lock_drafts(&mut self, workspace: WorkspaceId, member: MemberId) -> Result<()> {
        let values = params![workspace, member];
        self.conn.row(&LOCK, values, |row| row.id(0)).await?;
        Ok(())
    }

    pub async fn get_draft(
        &mut self,
        workspace: WorkspaceId,
        member: MemberId,
        home: Home,
    ) -> Result<Option<Draft>> {
        let home = home.to_string();
        let values = params![workspace, member, &home];
        self.conn.row(&GET, values, |row| row.body(0)).await
    }

    /// All of a member's, by conversation.
    pub async fn list_drafts(
        &mut self,
        workspace: WorkspaceId,
        member: MemberId,
    ) -> Result<Vec<Draft>> {
        let values = params![workspace, member];
        self.conn.rows(&OF_MEMBER, values, |row| row.body(0)).await
    }

    pub async fn count_drafts(&mut self, workspace: WorkspaceId, member: MemberId) -> Result<i64> {
        let values = params![workspace, member];
        let count = self.conn.row(&COUNT, values, |row| row.int(0)).await?;
        Ok(count.unwrap_or(0))
    }

    pub fn save_draft(
        &mut self,
        workspace: WorkspaceId,
        member: MemberId,
        draft: &Draft,
    ) -> Result<()> {
        let (home, body) = (draft.home.to_string(), serde_json::to_string(draft)?);
        let values = params![workspace, member, &home, &body];
        self.conn.exec(&SAVE, values)
    }

    pub fn remove_draft(
        &mut self,
        workspace: WorkspaceId,
        member: MemberId,
        home: Home,
    ) -> Result<()> {
        let home = home.to_string();
        let values = params![workspace, member, &home];
        self.conn.exec(&REMOVE, values)
    }
}
