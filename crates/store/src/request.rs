//! Requests: what was confirmed once is answered the same for ever.

use crate::{
    Reader, Result, Tx,
    sql::{Row, params, statements},
};
use tenon_protocol::{MemberId, Outcome, RequestId};

statements! {
    INSERT = "INSERT INTO request (workspace, id, member, digest, seq, outcome)
        VALUES ($1, $2, $3, $4, $5, $6)"
        rows "INSERT INTO request (workspace, id, member, digest, seq, outcome)
        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int8[], $5::int8[],
        $6::text[])";
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
    let read = |row: &Row<'_>| {
        Ok(Request {
            id: RequestId(row.id(0)?),
            member: MemberId(row.id(1)?),
            digest: row.int(2)?,
            seq: row.int(3)?,
            outcome: row.body(4)?,
        })
    };
    reader
        .conn
        .rows(&LIST, params![reader.workspace, &ids[..]], read)
        .await
}
