//! Mail of what was missed: the mail that each member has ahead of them, and what became of mailing
//! each notification. Tables beside the log.

use crate::{
    Private, Reader, Result, Unable,
    notification::stored,
    sql::{Row, params, statements, time},
};
use tenon_protocol::{
    MemberId, NotificationId, Timestamp, WorkspaceId,
    limit::MAIL_FAULTS_MAX,
    mail::{MailFault, MailOutcome},
    notification::Notification,
};
use uuid::Uuid;

statements! {
    MISS_AFTER = "UPDATE missed SET notification = $1
        WHERE workspace = $2 AND member = $3 AND notification = $4 AND state = 'waiting'";
    MISS = "INSERT INTO missed (workspace, member, notification, state, told_at)
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    AWAIT = "INSERT INTO mail (workspace, member, id, due, held_until, attempts, refused)
        VALUES ($1, $2, $3, $4, 0, 0, 0) ON CONFLICT (workspace, member) DO UPDATE
        SET due = CASE WHEN mail.due <= excluded.due THEN mail.due - 1 ELSE excluded.due END";
    REPLAN = "UPDATE mail SET due = $1 WHERE workspace = $2 AND member = $3 AND due IS NOT NULL";
    DUE = "SELECT member, id, due, held_until, attempts, mailed_at FROM mail
        WHERE workspace = $1 AND due <= $2 AND held_until <= $2 ORDER BY due LIMIT $3";
    DEFER = "UPDATE mail SET due = $1 WHERE workspace = $2 AND member = $3
        AND due = $4 AND held_until = $5";
    CLAIM = "UPDATE mail SET held_until = $1, attempts = attempts + 1 WHERE workspace = $2
        AND member = $3 AND id = $4 AND held_until = $5";
    HOLD = "UPDATE mail SET held_until = $1, fault_at = $2, refused = 0, fault = $3
        WHERE workspace = $4 AND member = $5 AND id = $6";
    TAKEN = "UPDATE mail SET id = $1, due = $2, held_until = 0, attempts = 0, mailed_at = $2,
        fault_at = NULL, refused = 0, fault = NULL
        WHERE workspace = $3 AND member = $4 AND id = $5";
    REFUSED = "UPDATE mail SET id = $1, due = $2, attempts = 0, fault_at = $2, refused = $3,
        fault = $4, held_until = $5 WHERE workspace = $6 AND member = $7 AND id = $8";
    REST = "UPDATE mail SET due = NULL, held_until = 0, attempts = 0
        WHERE workspace = $1 AND member = $2 AND due = $3 AND held_until = $4";
    SETTLE = "UPDATE missed SET state = $1, settled_at = $2 WHERE workspace = $3 AND member = $4
        AND notification = $5 AND state = 'waiting'";
    SWEEP = "DELETE FROM missed WHERE workspace = $1 AND told_at < $2 AND state <> 'waiting'";
    WAITING = "SELECT n.seq, n.is_read, n.done, n.snoozed_until, n.excerpt, n.body, m.read,
        x.notification, x.told_at
        FROM missed x
        LEFT JOIN notification n ON n.workspace = x.workspace AND n.member = x.member
            AND n.id = x.notification
        LEFT JOIN channel_member m ON m.workspace = n.workspace AND m.channel = n.channel
            AND m.member = n.member
        WHERE x.workspace = $1 AND x.member = $2 AND x.state = 'waiting'
        ORDER BY x.told_at LIMIT $3";
    COUNTS = "SELECT member, count(*) FROM missed WHERE workspace = $1 AND state = 'waiting'
            AND member IN (SELECT unhex(value, '-') FROM json_each($2)) GROUP BY member"
        | "SELECT t.id, x.count FROM unnest($2::uuid[]) AS t (id) CROSS JOIN LATERAL (
            SELECT count(*) FROM missed WHERE workspace = $1 AND member = t.id
            AND state = 'waiting' OFFSET 0) x";
    OUTCOME = "SELECT state, told_at, settled_at FROM missed
        WHERE workspace = $1 AND member = $2 AND notification = $3";
    OF_MEMBER = "SELECT mailed_at, fault_at, refused FROM mail
        WHERE workspace = $1 AND member = $2";
    MEMBERS_WAITING = "SELECT count(DISTINCT member) FROM missed
        WHERE workspace = $1 AND state = 'waiting'";
    DELAYED = "SELECT count(*) FROM mail
        WHERE workspace = $1 AND due IS NOT NULL AND attempts > 0";
    MAILED_LAST = "SELECT mailed_at FROM mail WHERE workspace = $1 AND mailed_at IS NOT NULL
        ORDER BY mailed_at DESC LIMIT 1";
    FAULTS = "SELECT member, fault_at, refused, fault FROM mail
        WHERE workspace = $1 AND fault_at IS NOT NULL ORDER BY fault_at DESC LIMIT $2";
    TEST = "INSERT INTO mail (workspace, member, id, held_until, attempts, tested_at, refused)
        VALUES ($1, $2, $3, 0, 0, $4, 0) ON CONFLICT (workspace, member) DO UPDATE
        SET tested_at = excluded.tested_at WHERE mail.tested_at IS NULL OR mail.tested_at <= $5";
    TESTED_WELL = "UPDATE mail SET mailed_at = $1,
        held_until = CASE WHEN refused = 1 AND attempts = 0 THEN 0 ELSE held_until END,
        fault_at = NULL, refused = 0, fault = NULL
        WHERE workspace = $2 AND member = $3";
    TESTED_BADLY = "UPDATE mail SET fault_at = $1, refused = $2, fault = $3
        WHERE workspace = $4 AND member = $5";
}

/// A notification that a member was told of.
pub struct NewMissed {
    pub member: MemberId,
    pub notification: NotificationId,
    pub told_at: Timestamp,
    /// Whose place it takes; it waits as long as that one did.
    pub replaces: Option<NotificationId>,
    /// [`MailOutcome::Waiting`], or why not.
    pub outcome: MailOutcome,
}

/// The mail that a member has ahead of them.
#[derive(Clone, Debug)]
pub struct Mail {
    pub member: MemberId,
    /// Stays the same until it was taken or given up.
    pub id: Uuid,
    pub due: Timestamp,
    held_until: i64,
    /// Before this one.
    pub attempts: i64,
    /// When the one before was taken.
    pub mailed_at: Option<Timestamp>,
}

impl Mail {
    /// No other node is at it, and the mail server wants it by now.
    pub fn is_free(&self, now: Timestamp) -> bool {
        self.held_until <= now.as_microsecond()
    }
}

/// What waits to be mailed.
pub struct Missed {
    pub id: NotificationId,
    pub told_at: Timestamp,
    /// None if it is gone.
    pub notification: Option<Notification>,
    /// Read position of the member in its channel.
    pub read: i64,
}

/// How mailing went wrong.
pub struct Fault<'a> {
    /// For good, of this member.
    pub refused: bool,
    pub text: &'a str,
}

impl Private<'_> {
    /// Keeps it unless it is kept.
    pub fn miss(&mut self, workspace: WorkspaceId, it: &NewMissed) -> Result<()> {
        if let Some(replaced) = it.replaces {
            let values = params![it.notification, workspace, it.member, replaced];
            self.conn.exec(&MISS_AFTER, values)?;
        }
        let state = it.outcome.as_str();
        let values = params![workspace, it.member, it.notification, state, it.told_at];
        self.conn.exec(&MISS, values)
    }

    /// The member's mail is looked at then, or before; a microsecond sooner, so that whoever is at
    /// it now sees that there is more.
    pub fn await_mail(
        &mut self,
        workspace: WorkspaceId,
        member: MemberId,
        due: Timestamp,
    ) -> Result<()> {
        let values = params![workspace, member, Uuid::now_v7(), due];
        self.conn.exec(&AWAIT, values)
    }

    /// The member wants mail at other times now: what waits is looked at.
    pub fn replan_mail(
        &mut self,
        workspace: WorkspaceId,
        member: MemberId,
        now: Timestamp,
    ) -> Result<()> {
        self.conn.exec(&REPLAN, params![now, workspace, member])
    }

    /// Looks again then, unless something changed meanwhile.
    pub fn defer_mail(
        &mut self,
        workspace: WorkspaceId,
        mail: &Mail,
        until: Timestamp,
    ) -> Result<()> {
        let values = params![until, workspace, mail.member, mail.due, mail.held_until];
        self.conn.exec(&DEFER, values)
    }

    /// Takes it until `until`, so that no other node does. False if another has it.
    pub async fn claim_mail(
        &mut self,
        workspace: WorkspaceId,
        mail: &Mail,
        until: Timestamp,
    ) -> Result<bool> {
        let values = params![until, workspace, mail.member, mail.id, mail.held_until];
        Ok(self.conn.exec_count(&CLAIM, values).await? > 0)
    }

    /// Nothing is left to be mailed, unless something came meanwhile.
    pub fn rest_mail(&mut self, workspace: WorkspaceId, mail: &Mail) -> Result<()> {
        let values = params![workspace, mail.member, mail.due, mail.held_until];
        self.conn.exec(&REST, values)
    }

    /// What became of one that waits.
    pub fn settle_missed(
        &mut self,
        workspace: WorkspaceId,
        member: MemberId,
        notification: NotificationId,
        outcome: MailOutcome,
        now: Timestamp,
    ) -> Result<()> {
        let values = params![outcome.as_str(), now, workspace, member, notification];
        self.conn.exec(&SETTLE, values)
    }

    /// It was taken; what came meanwhile is another mail.
    pub fn finish_mail(
        &mut self,
        workspace: WorkspaceId,
        mail: &Mail,
        now: Timestamp,
    ) -> Result<()> {
        let (member, next) = (mail.member, Uuid::now_v7());
        let values = params![next, now, workspace, member, mail.id];
        self.conn.exec(&TAKEN, values)
    }

    /// It is tried again then.
    pub fn hold_mail(
        &mut self,
        workspace: WorkspaceId,
        mail: &Mail,
        until: Timestamp,
        now: Timestamp,
        text: &str,
    ) -> Result<()> {
        let values = params![until, now, text, workspace, mail.member, mail.id];
        self.conn.exec(&HOLD, values)
    }

    /// It is given up; the next one goes at `next_at` or later.
    pub fn give_up_mail(
        &mut self,
        workspace: WorkspaceId,
        mail: &Mail,
        (now, next_at): (Timestamp, Timestamp),
        fault: &Fault<'_>,
    ) -> Result<()> {
        let (member, next) = (mail.member, Uuid::now_v7());
        let (refused, text) = (fault.refused, fault.text);
        let values = params![
            next, now, refused, text, next_at, workspace, member, mail.id
        ];
        self.conn.exec(&REFUSED, values)
    }

    /// Notes that the member asked for a test. False if the last was after `before`.
    pub async fn begin_mail_test(
        &mut self,
        workspace: WorkspaceId,
        member: MemberId,
        now: Timestamp,
        before: Timestamp,
    ) -> Result<bool> {
        let values = params![workspace, member, Uuid::now_v7(), now, before];
        Ok(self.conn.exec_count(&TEST, values).await? > 0)
    }

    /// What became of the test.
    pub fn end_mail_test(
        &mut self,
        workspace: WorkspaceId,
        member: MemberId,
        now: Timestamp,
        fault: Option<&Fault<'_>>,
    ) -> Result<()> {
        let Some(fault) = fault else {
            return self
                .conn
                .exec(&TESTED_WELL, params![now, workspace, member]);
        };
        let values = params![now, fault.refused, fault.text, workspace, member];
        self.conn.exec(&TESTED_BADLY, values)
    }

    /// Forgets what became of what was told before then.
    pub fn sweep_missed(&mut self, workspace: WorkspaceId, before: Timestamp) -> Result<()> {
        self.conn.exec(&SWEEP, params![workspace, before])
    }
}

/// The mails that are due at `now`, the longest due first.
pub async fn list_due(reader: &mut Reader<'_>, now: Timestamp, limit: i64) -> Result<Vec<Mail>> {
    let values = params![reader.workspace, now, limit];
    let read = |row: &Row<'_>| {
        Ok(Mail {
            member: MemberId(row.id(0)?),
            id: row.id(1)?,
            due: row.time(2)?,
            held_until: row.int(3)?,
            attempts: row.int(4)?,
            mailed_at: optional_time(row, 5)?,
        })
    };
    reader.conn.rows(&DUE, values, read).await
}

/// What waits to be mailed to a member, the longest first.
pub async fn list_waiting(
    reader: &mut Reader<'_>,
    member: MemberId,
    limit: i64,
) -> Result<Vec<Missed>> {
    let read = |row: &Row<'_>| {
        let is_there = row.optional_int(0)?.is_some();
        Ok(Missed {
            notification: is_there.then(|| stored(row)).transpose()?,
            read: row.optional_int(6)?.unwrap_or(0),
            id: NotificationId(row.id(7)?),
            told_at: row.time(8)?,
        })
    };
    let values = params![reader.workspace, member, limit];
    reader.conn.rows(&WAITING, values, read).await
}

/// How much waits, by member; those of whom nothing does may be left out.
pub async fn list_counts(
    reader: &mut Reader<'_>,
    members: &[Uuid],
) -> Result<Vec<(MemberId, i64)>> {
    let read = |row: &Row<'_>| Ok((MemberId(row.id(0)?), row.int(1)?));
    let values = params![reader.workspace, members];
    reader.conn.rows(&COUNTS, values, read).await
}

/// What became of mailing a notification, and when that was decided.
pub async fn get_outcome(
    reader: &mut Reader<'_>,
    member: MemberId,
    notification: NotificationId,
) -> Result<Option<(MailOutcome, Timestamp)>> {
    let read = |row: &Row<'_>| {
        let told = row.time(1)?;
        Ok((
            outcome(&row.text(0)?)?,
            optional_time(row, 2)?.unwrap_or(told),
        ))
    };
    let values = params![reader.workspace, member, notification];
    reader.conn.row(&OUTCOME, values, read).await
}

/// When a member was mailed last, and since when their address is refused.
pub async fn get_of_member(
    reader: &mut Reader<'_>,
    member: MemberId,
) -> Result<(Option<Timestamp>, Option<Timestamp>)> {
    let read = |row: &Row<'_>| {
        let fault = optional_time(row, 1)?;
        let is_refused = row.int(2)? == 1;
        Ok((optional_time(row, 0)?, fault.filter(|_| is_refused)))
    };
    let values = params![reader.workspace, member];
    Ok(reader
        .conn
        .row(&OF_MEMBER, values, read)
        .await?
        .unwrap_or_default())
}

/// How many members have something ahead, and how many mails were tried already.
pub async fn count(reader: &mut Reader<'_>) -> Result<(i64, i64)> {
    let workspace = reader.workspace;
    let mut counts = [0; 2];
    for (sql, count) in [&MEMBERS_WAITING, &DELAYED].into_iter().zip(&mut counts) {
        let values = params![workspace];
        let found = reader.conn.row(sql, values, |row| row.int(0)).await?;
        *count = found.unwrap_or(0);
    }
    Ok((counts[0], counts[1]))
}

/// When anybody was mailed last.
pub async fn get_mailed_last(reader: &mut Reader<'_>) -> Result<Option<Timestamp>> {
    let values = params![reader.workspace];
    reader
        .conn
        .row(&MAILED_LAST, values, |row| row.time(0))
        .await
}

/// What went wrong, newest first.
pub async fn list_faults(reader: &mut Reader<'_>) -> Result<Vec<MailFault>> {
    let read = |row: &Row<'_>| {
        Ok(MailFault {
            member: MemberId(row.id(0)?),
            at: row.time(1)?,
            refused: row.int(2)? == 1,
            text: row.optional_text(3)?.unwrap_or_default(),
        })
    };
    let values = params![reader.workspace, MAIL_FAULTS_MAX];
    reader.conn.rows(&FAULTS, values, read).await
}

fn optional_time(row: &Row<'_>, column: usize) -> Result<Option<Timestamp>> {
    row.optional_int(column)?.map(time).transpose()
}

fn outcome(text: &str) -> Result<MailOutcome> {
    let known = MailOutcome::ALL.iter().find(|it| it.as_str() == text);
    known
        .copied()
        .ok_or_else(|| Unable::Broken(format!("no such state of mail: {text}")))
}
