//! Polls: what follows from the log, and the ballots beside it.
//!
//! Invariant: the ballots of an anonymous poll name nobody, and are gone once it is closed and
//! counted.

use crate::{
    Private, Reader, Result, Tx, message,
    sql::{Row, params, statements},
};
use tenon_protocol::{
    MemberId, MessageId, Timestamp, WorkspaceId,
    limit::ANONYMOUS_BALLOTS_MIN,
    poll::{Poll, PollEnd, PollOption},
};
use uuid::Uuid;

statements! {
    INSERT = "INSERT INTO poll (workspace, message, anonymous, closed, closes_at)
        VALUES ($1, $2, $3, 0, $4)";
    CLOSE = "UPDATE poll SET closed = 1 WHERE workspace = $1 AND message = $2";
    DELETE = "DELETE FROM poll WHERE workspace = $1 AND message = $2";
    DUE = "SELECT message FROM poll
        WHERE workspace = $1 AND closed = 0 AND closes_at <= $2 ORDER BY closes_at LIMIT $3";
    CHANGED = "SELECT b.message FROM ballot b
        JOIN poll p ON p.workspace = b.workspace AND p.message = b.message
        WHERE b.workspace = $1 AND b.changed = 1 GROUP BY b.message
        HAVING count(*) >= $2 OR min(CASE WHEN p.anonymous = 1 AND p.closed = 0 THEN 1 ELSE 0 END)
        = 0 LIMIT $3";
    OPEN = "SELECT anonymous FROM poll WHERE workspace = $1 AND message = $2 AND closed = 0"
        | "SELECT anonymous FROM poll WHERE workspace = $1 AND message = $2 AND closed = 0
            FOR SHARE";
    CAST = "INSERT INTO ballot (workspace, message, voter, choices, changed)
        VALUES ($1, $2, $3, $4, 1) ON CONFLICT (workspace, message, voter)
        DO UPDATE SET choices = excluded.choices, changed = 1";
    UNCOUNTED = "UPDATE ballot SET changed = 1 WHERE workspace = $1 AND message = $2";
    COUNTED = "UPDATE ballot SET changed = 0
        WHERE workspace = $1 AND message = $2 AND changed = 1";
    FORGET = "DELETE FROM ballot WHERE workspace = $1 AND message = $2";
    TALLY = "SELECT choices, count(*) FROM ballot
        WHERE workspace = $1 AND message = $2 GROUP BY choices";
    OWN = "SELECT choices FROM ballot WHERE workspace = $1 AND message = $2 AND voter = $3";
    LIST = "SELECT voter, choices FROM ballot
        WHERE workspace = $1 AND message = $2 AND voter > $3 AND choices > 0
        ORDER BY voter LIMIT $4";
}

pub(crate) fn insert(tx: &mut Tx<'_>, id: MessageId, poll: &Poll) -> Result<()> {
    let workspace = tx.workspace;
    let closes_at = poll.closes_at.map(Timestamp::as_microsecond);
    tx.conn
        .exec(&INSERT, params![workspace, id, poll.anonymous, closes_at])
}

/// Its ballots go with it: nothing else would find them. A vote on its way holds the poll's row.
pub(crate) fn delete(tx: &mut Tx<'_>, id: MessageId) -> Result<()> {
    let workspace = tx.workspace;
    tx.conn.exec(&DELETE, params![workspace, id])?;
    tx.conn.exec(&FORGET, params![workspace, id])
}

pub(crate) async fn add_option(tx: &mut Tx<'_>, id: MessageId, option: &PollOption) -> Result<()> {
    change(tx, id, |poll| poll.options.push(option.clone())).await
}

pub(crate) async fn count(
    tx: &mut Tx<'_>,
    id: MessageId,
    (votes, voters): (&[i64], i64),
    seq: i64,
) -> Result<()> {
    change(tx, id, |poll| {
        for (option, votes) in poll.options.iter_mut().zip(votes) {
            option.votes = *votes;
        }
        (poll.voters, poll.counted) = (voters, seq);
    })
    .await
}

/// Once more all ballots are to be counted, so that whoever counts sees that it is closed.
pub(crate) async fn close(tx: &mut Tx<'_>, id: MessageId, closed: &PollEnd) -> Result<()> {
    let workspace = tx.workspace;
    tx.conn.exec(&CLOSE, params![workspace, id])?;
    tx.conn.exec(&UNCOUNTED, params![workspace, id])?;
    change(tx, id, |poll| poll.closed = Some(closed.clone())).await
}

async fn change(tx: &mut Tx<'_>, id: MessageId, change: impl FnOnce(&mut Poll)) -> Result<()> {
    message::update(tx, id, |message| {
        if let Some(poll) = &mut message.poll {
            change(poll);
        }
    })
    .await
}

/// Polls whose time has come.
pub async fn list_due(
    reader: &mut Reader<'_>,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<MessageId>> {
    let values = params![reader.workspace, now.as_microsecond(), limit];
    let read = |row: &Row<'_>| row.id(0).map(MessageId);
    reader.conn.rows(&DUE, values, read).await
}

/// Polls whose counts have changed; of anonymous ones that are open, those in which enough have.
pub async fn list_changed(reader: &mut Reader<'_>, limit: i64) -> Result<Vec<MessageId>> {
    let values = params![reader.workspace, ANONYMOUS_BALLOTS_MIN, limit];
    let read = |row: &Row<'_>| row.id(0).map(MessageId);
    reader.conn.rows(&CHANGED, values, read).await
}

/// How many ballots chose each set of options.
pub async fn tally(reader: &mut Reader<'_>, id: MessageId) -> Result<Vec<(i64, i64)>> {
    let values = params![reader.workspace, id];
    let read = |row: &Row<'_>| Ok((row.int(0)?, row.int(1)?));
    reader.conn.rows(&TALLY, values, read).await
}

/// The set that a voter chose.
pub async fn own(reader: &mut Reader<'_>, id: MessageId, voter: &[u8]) -> Result<Option<i64>> {
    let values = params![reader.workspace, id, voter];
    reader.conn.row(&OWN, values, |row| row.int(0)).await
}

/// Of an open poll, who chose which set; by member, those after one.
pub async fn list(
    reader: &mut Reader<'_>,
    id: MessageId,
    after: MemberId,
    limit: i64,
) -> Result<Vec<(MemberId, i64)>> {
    let after = &after.0.as_bytes()[..];
    let values = params![reader.workspace, id, after, limit];
    let read = |row: &Row<'_>| {
        let voter = Uuid::from_slice(&row.bytes(0)?).unwrap_or_default();
        Ok((MemberId(voter), row.int(1)?))
    };
    reader.conn.rows(&LIST, values, read).await
}

impl Private<'_> {
    /// Keeps what somebody chose; false if the poll is closed. It cannot be closed before this is
    /// committed.
    pub async fn cast_ballot(
        &mut self,
        workspace: WorkspaceId,
        id: MessageId,
        voter: &[u8],
        choices: i64,
    ) -> Result<bool> {
        let values = params![workspace, id];
        let open = self.conn.row(&OPEN, values, |row| row.int(0)).await?;
        if open.is_none() {
            return Ok(false);
        }
        self.conn
            .exec(&CAST, params![workspace, id, voter, choices])?;
        Ok(true)
    }

    /// All ballots so far are about to be counted; what comes meanwhile is counted once more.
    pub fn mark_ballots_counted(&mut self, workspace: WorkspaceId, id: MessageId) -> Result<()> {
        self.conn.exec(&COUNTED, params![workspace, id])
    }

    /// Of an anonymous poll that is closed and counted.
    pub fn forget_ballots(&mut self, workspace: WorkspaceId, id: MessageId) -> Result<()> {
        self.conn.exec(&FORGET, params![workspace, id])
    }
}
