//! Requests: what was confirmed once is answered the same for ever.

use crate::{
    Private, Reader, Result, Tx, Unable,
    sql::{Row, params, statements},
};
use tenon_protocol::{MemberId, Outcome, RequestId, WorkspaceId};

statements! {
    INSERT = "INSERT INTO request (workspace, id, member, digest, seq, outcome)
        VALUES ($1, $2, $3, $4, $5, $6)"
        rows "INSERT INTO request (workspace, id, member, digest, seq, outcome)
        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int8[], $5::int8[],
        $6::text[])";
    CLAIM = "INSERT INTO request (workspace, id, member, digest, seq, outcome)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    GET = "SELECT id, member, digest, seq, outcome FROM request
        WHERE workspace = $1 AND id = $2";
    RELEASE = "DELETE FROM request WHERE workspace = $1 AND id = $2";
    LIST = "SELECT id, member, digest, seq, outcome FROM request WHERE workspace = $1
            AND id IN (SELECT unhex(value, '-') FROM json_each($2))"
        | "SELECT r.* FROM unnest($2::uuid[]) AS t (id) CROSS JOIN LATERAL (
            SELECT id, member, digest, seq, outcome FROM request
            WHERE workspace = $1 AND id = t.id OFFSET 0) r";
}

/// A request that had its effect.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    pub id: RequestId,
    pub member: MemberId,
    /// Of the command, to tell a retry from a reuse.
    pub digest: i64,
    pub seq: i64,
    pub outcome: Outcome,
}

/// Remembers a request in the transaction that is its effect.
pub fn insert(tx: &mut Tx<'_>, request: &Request) -> Result<()> {
    let (workspace, outcome) = (tx.workspace, serde_json::to_string(&request.outcome)?);
    let values = params![
        workspace,
        request.id,
        request.member,
        request.digest,
        request.seq,
        &outcome
    ];
    tx.conn.exec(&INSERT, values)
}

/// Those of these requests that had their effect before, in one statement.
pub async fn list(reader: &mut Reader<'_>, ids: &[RequestId]) -> Result<Vec<Request>> {
    let ids: Vec<_> = ids.iter().map(|id| id.0).collect();
    reader
        .conn
        .rows(&LIST, params![reader.workspace, &ids[..]], request)
        .await
}

fn request(row: &Row<'_>) -> Result<Request> {
    Ok(Request {
        id: RequestId(row.id(0)?),
        member: MemberId(row.id(1)?),
        digest: row.int(2)?,
        seq: row.int(3)?,
        outcome: row.body(4)?,
    })
}

impl Private<'_> {
    /// Remembers a request whose effect is not in the log, in the transaction that is its effect.
    /// Answers with the one that had its effect under this id before, if there is one; then nothing
    /// is written.
    pub async fn claim_request(
        &mut self,
        workspace: WorkspaceId,
        wanted: &Request,
    ) -> Result<Option<Request>> {
        let outcome = serde_json::to_string(&wanted.outcome)?;
        let values = params![
            workspace,
            wanted.id,
            wanted.member,
            wanted.digest,
            wanted.seq,
            &outcome
        ];
        // Waits for another transaction that is at it just now.
        if self.conn.exec_count(&CLAIM, values).await? > 0 {
            return Ok(None);
        }
        let values = params![workspace, wanted.id];
        let found = self.conn.row(&GET, values, request);
        let gone = || Unable::Later("a request was just forgotten".into());
        found.await?.map(Some).ok_or_else(gone)
    }

    /// Forgets a request that was refused after all, in the transaction that claimed it.
    pub fn release_request(&mut self, workspace: WorkspaceId, id: RequestId) -> Result<()> {
        self.conn.exec(&RELEASE, params![workspace, id])
    }
}
