//! Web Push: which devices are pushed to, and what became of each notification there. Tables
//! beside the log. Addresses and keys come in sealed and never leave otherwise.

use crate::{
    Private, Reader, Result, Unable,
    credential::SecretHash,
    notification::stored,
    sql::{Row, params, statements},
};
use tenon_protocol::{
    MemberId, MessageId, NotificationId, SessionId, Timestamp, WorkspaceId,
    notification::Notification, push::PushOutcome,
};
use uuid::Uuid;

statements! {
    GET_SECRET = "SELECT sealed FROM secret WHERE name = $1";
    KEEP_SECRET = "INSERT INTO secret (name, sealed) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    FORGET_SECRET = "DELETE FROM secret WHERE name = $1";
    FORGET_DEVICES = "DELETE FROM push_subscription";

    SUBSCRIBE = "INSERT INTO push_subscription
        (workspace, session, member, endpoint_hash, sealed, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (workspace, session) DO UPDATE
        SET endpoint_hash = excluded.endpoint_hash, sealed = excluded.sealed,
        created_at = excluded.created_at, expires_at = excluded.expires_at";
    UNSUBSCRIBE = "DELETE FROM push_subscription
        WHERE workspace = $1 AND member = $2 AND session = $3";
    UNSUBSCRIBE_OTHERS = "DELETE FROM push_subscription
        WHERE workspace = $1 AND member = $2 AND session <> $3";
    UNSUBSCRIBE_ALL = "DELETE FROM push_subscription WHERE workspace = $1 AND member = $2";
    UNSUBSCRIBE_EVERYONE = "DELETE FROM push_subscription
        WHERE workspace = $1 AND session <> $2";
    UNSUBSCRIBE_EXPIRED = "DELETE FROM push_subscription WHERE expires_at < $1";
    FORGET_ENDPOINT = "DELETE FROM push_subscription WHERE endpoint_hash = $1";
    MAKE_ROOM = "DELETE FROM push_subscription WHERE workspace = $1 AND member = $2
        AND created_at <= (SELECT created_at FROM push_subscription
        WHERE workspace = $1 AND member = $2 ORDER BY created_at DESC LIMIT 1 OFFSET $3)";
    IS_SUBSCRIBED = "SELECT created_at FROM push_subscription
        WHERE workspace = $1 AND session = $2";
    DEVICES = "SELECT member, session FROM push_subscription WHERE workspace = $1
            AND member IN (SELECT unhex(value, '-') FROM json_each($2))"
        | "SELECT s.member, s.session FROM unnest($2::uuid[]) AS t (id) CROSS JOIN LATERAL (
            SELECT member, session FROM push_subscription WHERE workspace = $1
            AND member = t.id OFFSET 0) s";
    TARGETS = "SELECT session, sealed FROM push_subscription WHERE workspace = $1
            AND session IN (SELECT unhex(value, '-') FROM json_each($2)) AND expires_at > $3"
        | "SELECT s.session, s.sealed FROM unnest($2::uuid[]) AS t (id) CROSS JOIN LATERAL (
            SELECT session, sealed FROM push_subscription WHERE workspace = $1
            AND session = t.id AND expires_at > $3 OFFSET 0) s";

    QUEUE = "INSERT INTO push (workspace, member, notification, session, tag, message, state,
        told_at, due, attempts, covers) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, $10)
        ON CONFLICT DO NOTHING";
    REPLACE = "UPDATE push SET state = 'replaced', due = NULL WHERE workspace = $1
        AND member = $2 AND notification = $3 AND session = $4 AND state IN ('waiting', 'sent')";
    COVERED = "SELECT notification, session FROM push WHERE workspace = $1
            AND (state = 'sent' OR (due IS NOT NULL AND (covers = 1 OR attempts > 0)))
            AND member IN (SELECT unhex(value, '-') FROM json_each($2))"
        | "SELECT p.notification, p.session FROM unnest($2::uuid[]) AS t (id)
            CROSS JOIN LATERAL (SELECT notification, session FROM push WHERE workspace = $1
            AND member = t.id
            AND (state = 'sent' OR (due IS NOT NULL AND (covers = 1 OR attempts > 0)))
            OFFSET 0) p";
    WAITING = "SELECT session, count(*) FROM push WHERE workspace = $1 AND due IS NOT NULL
            AND member IN (SELECT unhex(value, '-') FROM json_each($2)) GROUP BY session"
        | "SELECT p.session, count(*) FROM unnest($2::uuid[]) AS t (id) CROSS JOIN LATERAL (
            SELECT session FROM push WHERE workspace = $1 AND due IS NOT NULL
            AND member = t.id OFFSET 0) p GROUP BY p.session";
    DUE = "SELECT n.seq, n.is_read, n.done, n.snoozed_until, n.excerpt, n.body, m.read,
        p.member, p.notification, p.session, p.tag, p.state, p.told_at, p.due, p.attempts, p.covers
        FROM push p
        LEFT JOIN notification n ON n.workspace = p.workspace AND n.member = p.member
            AND n.id = p.notification
        LEFT JOIN channel_member m ON m.workspace = n.workspace AND m.channel = n.channel
            AND m.member = n.member
        WHERE p.workspace = $1 AND p.due <= $2 ORDER BY p.due LIMIT $3";
    SHOWN = "SELECT n.seq, n.is_read, n.done, n.snoozed_until, n.excerpt, n.body, m.read,
            p.member, p.notification, p.session, p.tag, p.state, p.told_at, p.due, p.attempts,
            p.covers
            FROM push p
            LEFT JOIN notification n ON n.workspace = p.workspace AND n.member = p.member
                AND n.id = p.notification
            LEFT JOIN channel_member m ON m.workspace = n.workspace AND m.channel = n.channel
                AND m.member = n.member
            WHERE p.workspace = $1 AND p.state = 'sent'
            AND p.member IN (SELECT unhex(value, '-') FROM json_each($2))"
        | "SELECT n.seq, n.is_read, n.done, n.snoozed_until, n.excerpt, n.body, m.read,
            p.member, p.notification, p.session, p.tag, p.state, p.told_at, p.due, p.attempts,
            p.covers
            FROM unnest($2::uuid[]) AS t (id) CROSS JOIN LATERAL (
            SELECT * FROM push WHERE workspace = $1 AND state = 'sent' AND member = t.id OFFSET 0) p
            LEFT JOIN notification n ON n.workspace = p.workspace AND n.member = p.member
                AND n.id = p.notification
            LEFT JOIN channel_member m ON m.workspace = n.workspace AND m.channel = n.channel
                AND m.member = n.member";
    SHOWN_OF_MESSAGES = "SELECT DISTINCT member FROM push WHERE workspace = $1 AND state = 'sent'
            AND message IN (SELECT unhex(value, '-') FROM json_each($2))"
        | "SELECT DISTINCT p.member FROM unnest($2::uuid[]) AS t (id) CROSS JOIN LATERAL (
            SELECT member FROM push WHERE workspace = $1 AND state = 'sent'
            AND message = t.id OFFSET 0) p";
    ALL_SHOWN = "SELECT DISTINCT member FROM push WHERE workspace = $1 AND state = 'sent'";
    CLAIM = "UPDATE push SET due = $1, attempts = attempts + 1 WHERE workspace = $2
        AND member = $3 AND notification = $4 AND session = $5 AND due = $6";
    DEFER = "UPDATE push SET due = $1 WHERE workspace = $2
        AND member = $3 AND notification = $4 AND session = $5 AND due = $6";
    SETTLE = "UPDATE push SET state = $1, due = $2 WHERE workspace = $3 AND member = $4
        AND notification = $5 AND session = $6 AND state IN ('waiting', 'closing')";
    CLOSE = "UPDATE push SET state = 'closing', due = $1, attempts = 0 WHERE workspace = $2
        AND member = $3 AND notification = $4 AND session = $5 AND state = 'sent'";
    GIVE_UP = "UPDATE push SET state = 'gone', due = NULL WHERE workspace = $1
        AND member = $2 AND session = $3 AND due IS NOT NULL";
    SWEEP = "DELETE FROM push WHERE workspace = $1 AND told_at < $2";
    OUTCOMES = "SELECT p.session, p.state, p.told_at, s.user_agent FROM push p
        LEFT JOIN session s ON s.workspace = p.workspace AND s.member = p.member
            AND s.id = p.session
        WHERE p.workspace = $1 AND p.member = $2 AND p.notification = $3 ORDER BY p.session";
}

/// A device that is pushed to.
pub struct Subscription {
    pub workspace: WorkspaceId,
    pub member: MemberId,
    pub session: SessionId,
    /// BLAKE3 of its address: one device is pushed to for one session alone.
    pub endpoint_hash: SecretHash,
    /// Its address and keys, encrypted.
    pub sealed: Vec<u8>,
    pub created_at: Timestamp,
    /// With its session.
    pub expires_at: Timestamp,
}

/// A notification of a member on a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PushKey {
    pub member: MemberId,
    pub notification: NotificationId,
    pub session: SessionId,
}

/// A push to be kept.
#[derive(Clone, Debug)]
pub struct NewPush {
    pub key: PushKey,
    /// What of one conversation takes each other's place on a device.
    pub tag: Uuid,
    pub message: Option<MessageId>,
    pub outcome: PushOutcome,
    pub told_at: Timestamp,
    /// None if nothing is to be done.
    pub due: Option<Timestamp>,
    /// The one of its conversation before it, whose place it takes.
    pub replaces: Option<NotificationId>,
    /// That one, or one before, stands on the device.
    pub covers: bool,
}

/// A push with what it is about, as that is now.
#[derive(Clone, Debug)]
pub struct Push {
    pub key: PushKey,
    pub tag: Uuid,
    pub outcome: PushOutcome,
    pub told_at: Timestamp,
    pub due: Option<Timestamp>,
    pub attempts: i64,
    /// An older one of its conversation stands on the device.
    pub covers: bool,
    /// None if it is gone.
    pub notification: Option<Notification>,
    /// Read position of the member in its channel.
    pub read: i64,
}

/// What became of a push: the device, what it calls itself, and when it was told.
pub type Outcome = (SessionId, String, PushOutcome, Timestamp);

impl Private<'_> {
    /// A secret of this server, encrypted.
    pub async fn get_secret(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        let read = |row: &Row<'_>| row.bytes(0);
        self.conn.row(&GET_SECRET, params![name], read).await
    }

    /// Keeps it unless there is one.
    pub fn keep_secret(&mut self, name: &str, sealed: &[u8]) -> Result<()> {
        self.conn.exec(&KEEP_SECRET, params![name, sealed])
    }

    /// It cannot be opened any more, nor can the devices that know it.
    pub fn forget_secret(&mut self, name: &str) -> Result<()> {
        self.conn.exec(&FORGET_SECRET, params![name])?;
        self.conn.exec(&FORGET_DEVICES, params![])
    }

    /// Replaces that of the session, and takes the device from whoever had it before. Of `max`
    /// devices the oldest makes room.
    pub fn subscribe(&mut self, it: &Subscription, max: usize) -> Result<()> {
        self.forget_endpoint(&it.endpoint_hash)?;
        let room = (max as i64) - 1;
        let values = params![it.workspace, it.member, room];
        self.conn.exec(&MAKE_ROOM, values)?;
        let values = params![
            it.workspace,
            it.session,
            it.member,
            &it.endpoint_hash,
            &it.sealed[..],
            it.created_at,
            it.expires_at
        ];
        self.conn.exec(&SUBSCRIBE, values)
    }

    pub fn unsubscribe(
        &mut self,
        workspace: WorkspaceId,
        member: MemberId,
        session: SessionId,
    ) -> Result<()> {
        let values = params![workspace, member, session];
        self.conn.exec(&UNSUBSCRIBE, values)
    }

    pub(crate) fn unsubscribe_others(
        &mut self,
        workspace: WorkspaceId,
        member: MemberId,
        keep: SessionId,
    ) -> Result<()> {
        let values = params![workspace, member, keep];
        self.conn.exec(&UNSUBSCRIBE_OTHERS, values)
    }

    pub(crate) fn unsubscribe_all(
        &mut self,
        workspace: WorkspaceId,
        member: MemberId,
    ) -> Result<()> {
        self.conn.exec(&UNSUBSCRIBE_ALL, params![workspace, member])
    }

    pub(crate) fn unsubscribe_everyone(
        &mut self,
        workspace: WorkspaceId,
        keep: SessionId,
    ) -> Result<()> {
        self.conn
            .exec(&UNSUBSCRIBE_EVERYONE, params![workspace, keep])
    }

    pub(crate) fn unsubscribe_expired(&mut self, now: Timestamp) -> Result<()> {
        self.conn.exec(&UNSUBSCRIBE_EXPIRED, params![now])
    }

    /// The push service knows it no more, or somebody else has it now.
    pub fn forget_endpoint(&mut self, hash: &SecretHash) -> Result<()> {
        self.conn.exec(&FORGET_ENDPOINT, params![hash])
    }

    pub async fn get_is_subscribed(
        &mut self,
        workspace: WorkspaceId,
        session: SessionId,
    ) -> Result<bool> {
        let values = params![workspace, session];
        let found = self.conn.row(&IS_SUBSCRIBED, values, |row| row.int(0));
        Ok(found.await?.is_some())
    }

    /// Keeps it unless it is kept; the one whose place it takes is not sent any more.
    pub fn queue_push(&mut self, workspace: WorkspaceId, push: &NewPush) -> Result<()> {
        let values = params![
            workspace,
            push.key.member,
            push.key.notification,
            push.key.session,
            push.tag,
            push.message,
            push.outcome.as_str(),
            push.told_at,
            push.due,
            push.covers
        ];
        self.conn.exec(&QUEUE, values)?;
        let Some(replaced) = push.replaces else {
            return Ok(());
        };
        let values = params![workspace, push.key.member, replaced, push.key.session];
        self.conn.exec(&REPLACE, values)
    }

    /// Takes it until `until`, so that no other node does. False if another has it.
    pub async fn claim_push(
        &mut self,
        workspace: WorkspaceId,
        push: &Push,
        until: Timestamp,
    ) -> Result<bool> {
        let key = push.key;
        let values = params![
            until,
            workspace,
            key.member,
            key.notification,
            key.session,
            push.due
        ];
        Ok(self.conn.exec_count(&CLAIM, values).await? > 0)
    }

    /// Asks again then, unless something else was decided meanwhile.
    pub fn defer_push(
        &mut self,
        workspace: WorkspaceId,
        push: &Push,
        until: Timestamp,
    ) -> Result<()> {
        let key = push.key;
        let values = params![
            until,
            workspace,
            key.member,
            key.notification,
            key.session,
            push.due
        ];
        self.conn.exec(&DEFER, values)
    }

    /// Says what became of one that waits. One that another took the place of while it was under
    /// way stays replaced.
    pub fn settle_push(
        &mut self,
        workspace: WorkspaceId,
        key: PushKey,
        outcome: PushOutcome,
        due: Option<Timestamp>,
    ) -> Result<()> {
        let values = params![
            outcome.as_str(),
            due,
            workspace,
            key.member,
            key.notification,
            key.session
        ];
        self.conn.exec(&SETTLE, values)
    }

    /// What was sent is to be taken off the device.
    pub fn close_push(
        &mut self,
        workspace: WorkspaceId,
        key: PushKey,
        due: Timestamp,
    ) -> Result<()> {
        let values = params![due, workspace, key.member, key.notification, key.session];
        self.conn.exec(&CLOSE, values)
    }

    /// The device is gone: nothing waits for it any more.
    pub fn give_up_pushes(
        &mut self,
        workspace: WorkspaceId,
        member: MemberId,
        session: SessionId,
    ) -> Result<()> {
        let values = params![workspace, member, session];
        self.conn.exec(&GIVE_UP, values)
    }

    /// Forgets what was told before then.
    pub fn sweep_pushes(&mut self, workspace: WorkspaceId, before: Timestamp) -> Result<()> {
        self.conn.exec(&SWEEP, params![workspace, before])
    }
}

/// The devices of these members that are pushed to.
pub async fn list_devices(
    reader: &mut Reader<'_>,
    members: &[Uuid],
) -> Result<Vec<(MemberId, SessionId)>> {
    let read = |row: &Row<'_>| Ok((MemberId(row.id(0)?), SessionId(row.id(1)?)));
    let values = params![reader.workspace, members];
    reader.conn.rows(&DEVICES, values, read).await
}

/// Sealed addresses and keys of those of these sessions that are pushed to.
pub async fn list_targets(
    reader: &mut Reader<'_>,
    sessions: &[Uuid],
    now: Timestamp,
) -> Result<Vec<(SessionId, Vec<u8>)>> {
    let read = |row: &Row<'_>| Ok((SessionId(row.id(0)?), row.bytes(1)?));
    let values = params![reader.workspace, sessions, now];
    reader.conn.rows(&TARGETS, values, read).await
}

/// Notifications that stand on devices of these members, or will take the place of one that does.
pub async fn list_covered(
    reader: &mut Reader<'_>,
    members: &[Uuid],
) -> Result<Vec<(NotificationId, SessionId)>> {
    let read = |row: &Row<'_>| Ok((NotificationId(row.id(0)?), SessionId(row.id(1)?)));
    let values = params![reader.workspace, members];
    reader.conn.rows(&COVERED, values, read).await
}

/// How many pushes wait, by device.
pub async fn list_waiting(
    reader: &mut Reader<'_>,
    members: &[Uuid],
) -> Result<Vec<(SessionId, i64)>> {
    let read = |row: &Row<'_>| Ok((SessionId(row.id(0)?), row.int(1)?));
    let values = params![reader.workspace, members];
    reader.conn.rows(&WAITING, values, read).await
}

/// What is due at `now`, the longest due first.
pub async fn list_due(reader: &mut Reader<'_>, now: Timestamp, limit: i64) -> Result<Vec<Push>> {
    let values = params![reader.workspace, now, limit];
    reader.conn.rows(&DUE, values, push).await
}

/// What stands on devices of these members.
pub async fn list_shown(reader: &mut Reader<'_>, members: &[Uuid]) -> Result<Vec<Push>> {
    let values = params![reader.workspace, members];
    reader.conn.rows(&SHOWN, values, push).await
}

/// On whose devices one of these messages stands.
pub async fn list_shown_members(
    reader: &mut Reader<'_>,
    messages: &[Uuid],
) -> Result<Vec<MemberId>> {
    let values = params![reader.workspace, messages];
    let read = |row: &Row<'_>| row.id(0).map(MemberId);
    reader.conn.rows(&SHOWN_OF_MESSAGES, values, read).await
}

/// On whose devices anything stands.
pub async fn list_all_shown_members(reader: &mut Reader<'_>) -> Result<Vec<MemberId>> {
    let values = params![reader.workspace];
    let read = |row: &Row<'_>| row.id(0).map(MemberId);
    reader.conn.rows(&ALL_SHOWN, values, read).await
}

/// What became of a notification on the member's devices.
pub async fn list_outcomes(
    reader: &mut Reader<'_>,
    member: MemberId,
    notification: NotificationId,
) -> Result<Vec<Outcome>> {
    let read = |row: &Row<'_>| {
        let device = row.optional_text(3)?.unwrap_or_default();
        Ok((
            SessionId(row.id(0)?),
            device,
            outcome(&row.text(1)?)?,
            row.time(2)?,
        ))
    };
    let values = params![reader.workspace, member, notification];
    reader.conn.rows(&OUTCOMES, values, read).await
}

fn outcome(text: &str) -> Result<PushOutcome> {
    let known = PushOutcome::ALL.iter().find(|it| it.as_str() == text);
    known
        .copied()
        .ok_or_else(|| Unable::Broken(format!("no such state of a push: {text}")))
}

fn push(row: &Row<'_>) -> Result<Push> {
    let is_there = row.optional_int(0)?.is_some();
    let due = row.optional_int(13)?.map(crate::sql::time).transpose()?;
    Ok(Push {
        notification: is_there.then(|| stored(row)).transpose()?,
        read: row.optional_int(6)?.unwrap_or(0),
        key: PushKey {
            member: MemberId(row.id(7)?),
            notification: NotificationId(row.id(8)?),
            session: SessionId(row.id(9)?),
        },
        tag: row.id(10)?,
        outcome: outcome(&row.text(11)?)?,
        told_at: row.time(12)?,
        due,
        attempts: row.int(14)?,
        covers: row.int(15)? == 1,
    })
}
