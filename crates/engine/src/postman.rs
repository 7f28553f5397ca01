//! Mails members what they missed, from what the follower kept (`mail.rs`). Looks once a second.
//! The mail that a member has ahead of them is a row that says when it is due, so that nothing is
//! lost with the program; a node that sends claims the row first, so that nothing is sent twice.

use crate::{
    Engine, Failure,
    execute::now,
    letter,
    mail::{Content, Digest, Item, Letter, Mailing, Place, Posting, find_reader},
    queries::search::scopes_of,
    round::Round,
};
use futures::FutureExt;
use hashbrown::{HashMap, HashSet};
use jiff::{SignedDuration, tz::TimeZone};
use std::sync::Arc;
use tenon_domain::mail::{
    Missed as Judged, REFUSED_PAUSE_S, RETRY, Reader as Addressee, Verdict, dropped, judge,
};
use tenon_protocol::{
    ChannelId, MemberId, NotificationId, Timestamp, WorkspaceId,
    channel::{Channel, ChannelKind},
    limit::{MAIL_ITEMS_MAX, MISSED_MAX},
    mail::MailOutcome,
    member::Member,
    notification::Notification,
    preference::Preferences,
};
use tenon_store::{
    Private, Reader, channel,
    mail::{self, Fault, Mail, Missed},
    member, preference, workspace,
};
use tokio::sync::Semaphore;
use uuid::Uuid;

/// Looked at before they are due, so that the node on which a member looks at Tenon says so.
const AHEAD: SignedDuration = SignedDuration::from_secs(2);
/// A node that dies while it sends is followed by another after this.
const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// Limit: mails looked at in one look; the next look takes the rest.
const DUE_MAX: i64 = 50;
/// Limit: mails sent at the same time, of one workspace.
const SENDING_MAX: usize = 4;
/// Limit: how long it is kept what became of mailing a notification.
const KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Sends the mails of one workspace.
pub(crate) struct Postman {
    workspace: WorkspaceId,
    sending: Arc<Semaphore>,
}

/// What is known of one who is to be mailed.
struct Known {
    /// None if they are there no more.
    member: Option<Member>,
    preferences: Preferences,
    waiting: Vec<Missed>,
}

/// What is to be said about what waits.
type Settled = Vec<(NotificationId, MailOutcome)>;

impl Round for Postman {
    const WAITS: &'static str = "mails";

    async fn look(&self, engine: &Engine) -> Result<(), Failure> {
        let Some(mailing) = &engine.inner.mailing else {
            return Ok(());
        };
        let now = now();
        letter::send_due(engine, mailing, self.workspace, &self.sending, now).await?;
        let ahead = now.checked_add(AHEAD).unwrap_or(now);
        let read = engine.inner.store.read(self.workspace, move |reader| {
            async move { mail::list_due(reader, ahead, DUE_MAX).await }.boxed()
        });
        for mail in read.await? {
            self.look_at(engine, mailing, mail, now).await?;
        }
        Ok(())
    }

    async fn sweep(&self, engine: &Engine) -> Result<(), Failure> {
        let (workspace, now) = (self.workspace, now());
        let before = now.checked_sub(KEPT).unwrap_or_default();
        let write = engine.inner.store.private(move |private| {
            async move {
                private.sweep_missed(workspace, before)?;
                private.sweep_letters(workspace, now)
            }
            .boxed()
        });
        Ok(write.await.map(drop)?)
    }
}

impl Postman {
    pub fn new(workspace: WorkspaceId) -> Self {
        Self {
            workspace,
            sending: Arc::new(Semaphore::new(SENDING_MAX)),
        }
    }

    async fn look_at(
        &self,
        engine: &Engine,
        mailing: &Mailing,
        mail: Mail,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let id = mail.member;
        let read = engine.inner.store.read(self.workspace, move |reader| {
            async move { Known::load(reader, id).await }.boxed()
        });
        let known = read.await?;
        let live = engine.live_now(self.workspace);
        let looking = live.is_some_and(|it| it.hub.is_looking(id));
        let zone = known.zone();
        let addressee = Addressee {
            preferences: &known.preferences,
            zone: &zone,
            mailed: mail.mailed_at,
            looking,
        };
        // Of one that is not due yet it is asked what will be so then.
        let at = now.max(mail.due);
        let Known {
            member, waiting, ..
        } = &known;
        let (mut settled, mut left) = (Settled::new(), Vec::new());
        for it in waiting {
            let judged = Judged {
                notification: it.notification.as_ref().filter(|_| member.is_some()),
                read: it.read,
                told: it.told_at,
            };
            match dropped(&judged, &addressee, at) {
                Some(outcome) => settled.push((it.id, outcome)),
                None => left.push(it),
            }
        }
        let verdict = left.first().map(|it| judge(it.told_at, &addressee, at));
        let (Some(verdict), Some(member)) = (verdict, member) else {
            return self.rest(engine, mail, settled, now).await;
        };
        match verdict {
            Verdict::Wait(until) if until == mail.due && settled.is_empty() => Ok(()),
            Verdict::Wait(until) => self.defer(engine, mail, settled, until, now).await,
            Verdict::Seen => {
                settled.extend(left.iter().map(|it| (it.id, MailOutcome::Active)));
                self.rest(engine, mail, settled, now).await
            }
            Verdict::Mail if mail.due > now || !mail.is_free(now) => Ok(()),
            Verdict::Mail => {
                let told: Vec<Notification> = left
                    .iter()
                    .filter_map(|it| it.notification.clone())
                    .collect();
                let first = left.first().map_or(now, |it| it.told_at);
                let parcel = Parcel { mail, first, told };
                self.send(engine, mailing, member, parcel, settled, now)
                    .await
            }
        }
    }

    /// Nothing is left.
    async fn rest(
        &self,
        engine: &Engine,
        mail: Mail,
        settled: Settled,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let workspace = self.workspace;
        let write = engine.inner.store.private(move |private| {
            async move {
                settle(private, workspace, mail.member, &settled, now)?;
                private.rest_mail(workspace, &mail)
            }
            .boxed()
        });
        Ok(write.await?)
    }

    async fn defer(
        &self,
        engine: &Engine,
        mail: Mail,
        settled: Settled,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let workspace = self.workspace;
        let write = engine.inner.store.private(move |private| {
            async move {
                settle(private, workspace, mail.member, &settled, now)?;
                private.defer_mail(workspace, &mail, until)
            }
            .boxed()
        });
        Ok(write.await?)
    }

    /// Asks what the member may see of it now, claims the mail and sends it beside this look; what
    /// does not fit waits.
    async fn send(
        &self,
        engine: &Engine,
        mailing: &Mailing,
        member: &Member,
        parcel: Parcel,
        mut settled: Settled,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let Ok(permit) = self.sending.clone().try_acquire_owned() else {
            return Ok(());
        };
        let Parcel { mail, first, told } = parcel;
        let me = member.clone();
        let read = engine.inner.store.read(self.workspace, move |reader| {
            async move { Written::of(reader, &me, told).await }.boxed()
        });
        let written = read.await?;
        let gone = written.unseen.iter().map(|id| (*id, MailOutcome::Gone));
        settled.extend(gone);
        let address = engine.address_of(self.workspace, mail.member).await?;
        let Some(to) = address.filter(|_| !written.ids.is_empty()) else {
            let left = written.ids.iter().map(|id| (*id, MailOutcome::Gone));
            settled.extend(left);
            return self.rest(engine, mail, settled, now).await;
        };
        let (workspace, lease) = (self.workspace, now.checked_add(LEASE).unwrap_or(now));
        let claimed = mail.clone();
        let write = engine.inner.store.private(move |private| {
            async move {
                settle(private, workspace, claimed.member, &settled, now)?;
                private.claim_mail(workspace, &claimed, lease).await
            }
            .boxed()
        });
        if !write.await? {
            return Ok(());
        }
        let digest = Digest {
            items: written.items,
            count: written.ids.len(),
            link: mailing.link(self.workspace, mail.member),
        };
        let letter = Letter {
            content: Content::Missed(digest),
            ..engine.letter(self.workspace, member, to, mail.id).await?
        };
        let sent = Sent {
            mail,
            first,
            ids: written.ids,
        };
        let (engine, sender) = (engine.clone(), mailing.sender.clone());
        tokio::spawn(async move {
            let posting = sender.send(letter).await;
            if let Err(failure) = sent.note(&engine, workspace, posting).await {
                // The lease ends; then it is sent again, under the same Message-ID.
                tracing::warn!(reason = %failure.message(), "a mail was sent and not noted");
            }
            drop(permit);
        });
        Ok(())
    }
}

/// What is to be mailed, before it is asked what of it may be seen.
struct Parcel {
    mail: Mail,
    /// When the oldest was told.
    first: Timestamp,
    told: Vec<Notification>,
}

/// A mail on its way.
struct Sent {
    mail: Mail,
    first: Timestamp,
    ids: Vec<NotificationId>,
}

impl Sent {
    async fn note(
        self,
        engine: &Engine,
        workspace: WorkspaceId,
        posting: Posting,
    ) -> Result<(), Failure> {
        let now = now();
        let write = engine.inner.store.private(move |private| {
            async move { self.write(private, workspace, &posting, now) }.boxed()
        });
        Ok(write.await?)
    }

    fn write(
        &self,
        private: &mut Private<'_>,
        workspace: WorkspaceId,
        posting: &Posting,
        now: Timestamp,
    ) -> tenon_store::Result<()> {
        let Self { mail, first, ids } = self;
        let of = |outcome| ids.iter().map(|id| (*id, outcome)).collect::<Settled>();
        let Some((refused, text)) = posting.fault() else {
            settle(private, workspace, mail.member, &of(MailOutcome::Sent), now)?;
            return private.finish_mail(workspace, mail, now);
        };
        let next = RETRY.next(mail.attempts + 1, None, *first, now);
        if let Some(next) = next.filter(|_| !refused) {
            return private.hold_mail(workspace, mail, next, now, &text);
        }
        settle(
            private,
            workspace,
            mail.member,
            &of(MailOutcome::Failed),
            now,
        )?;
        let fault = Fault {
            refused,
            text: &text,
        };
        let pause = SignedDuration::from_secs(if refused { REFUSED_PAUSE_S } else { 0 });
        let next = now.checked_add(pause).unwrap_or(now);
        private.give_up_mail(workspace, mail, (now, next), &fault)
    }
}

fn settle(
    private: &mut Private<'_>,
    workspace: WorkspaceId,
    member: MemberId,
    settled: &[(NotificationId, MailOutcome)],
    now: Timestamp,
) -> tenon_store::Result<()> {
    for (id, outcome) in settled {
        private.settle_missed(workspace, member, *id, *outcome, now)?;
    }
    Ok(())
}

impl Known {
    async fn load(reader: &mut Reader<'_>, id: MemberId) -> tenon_store::Result<Self> {
        Ok(Self {
            member: find_reader(reader, id).await?,
            preferences: preference::get(reader, id).await?,
            waiting: mail::list_waiting(reader, id, MISSED_MAX).await?,
        })
    }

    fn zone(&self) -> TimeZone {
        let name = self.member.as_ref().map(|it| it.time_zone.as_str());
        let zone = name.and_then(|name| TimeZone::get(name).ok());
        zone.unwrap_or(TimeZone::UTC)
    }
}

/// A mail of what a member may see now.
struct Written {
    /// None of them where mails hold counts alone.
    items: Vec<Item>,
    /// Of all that it is about.
    ids: Vec<NotificationId>,
    /// What the member may see no more.
    unseen: Vec<NotificationId>,
}

impl Written {
    /// A fixed number of statements.
    async fn of(
        reader: &mut Reader<'_>,
        me: &Member,
        told: Vec<Notification>,
    ) -> tenon_store::Result<Self> {
        let scopes = scopes_of(reader, me).await?;
        let sees = |it: &Notification| {
            let channel = it.channel.is_none_or(|id| scopes.contains(&id.0));
            channel && it.project.is_none_or(|id| scopes.contains(&id.0))
        };
        let (seen, unseen): (Vec<_>, Vec<_>) = told.into_iter().partition(sees);
        let ids = seen.iter().map(|it| it.id).collect();
        let hides = workspace::get(reader)
            .await?
            .is_none_or(|it| it.hides_mail_content);
        let shown: Vec<_> = match hides {
            true => vec![],
            false => seen.into_iter().take(MAIL_ITEMS_MAX).collect(),
        };
        let people: HashSet<MemberId> = shown.iter().map(|it| it.actor).collect();
        let people: Vec<MemberId> = people.into_iter().collect();
        let people = member::list_these(reader, &people).await?;
        let people: HashMap<MemberId, String> =
            people.into_iter().map(|it| (it.id, it.name)).collect();
        let channels: HashSet<Uuid> = shown
            .iter()
            .filter_map(|it| it.channel)
            .map(|id| id.0)
            .collect();
        let channels: Vec<Uuid> = channels.into_iter().collect();
        let channels = channel::list_these(reader, &channels).await?;
        let channels: HashMap<ChannelId, Channel> =
            channels.into_iter().map(|it| (it.id, it)).collect();
        let item = |notification: Notification| Item {
            who: people.get(&notification.actor).cloned().unwrap_or_default(),
            place: place(notification.channel.and_then(|id| channels.get(&id))),
            notification,
        };
        Ok(Self {
            items: shown.into_iter().map(item).collect(),
            ids,
            unseen: unseen.iter().map(|it| it.id).collect(),
        })
    }
}

fn place(channel: Option<&Channel>) -> Place {
    match channel {
        None => Place::Elsewhere,
        Some(channel) if channel.kind == ChannelKind::Direct => Place::Direct,
        Some(channel) => Place::Channel(channel.name.clone()),
    }
}
