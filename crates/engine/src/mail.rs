//! Mail: the follower that keeps what members were told of until it is mailed, and how mail is set
//! up and stopped. What is kept is mailed by `postman.rs`; the sending itself is [`MailSender`]'s,
//! because nothing here reaches out.

use crate::{Access, Actor, Engine, Failure, Grants, execute::now, follow::Follow, vault::Vault};
use futures::{FutureExt, future::BoxFuture};
use hashbrown::{HashMap, HashSet};
use jiff::{SignedDuration, tz::TimeZone};
use std::sync::Arc;
use tenon_domain::{mail::SOON_S, refusal::Refusal};
use tenon_protocol::{
    Command, Event, MemberId, NotificationId, RequestId, Scope, Timestamp, WorkspaceId,
    limit::{MAIL_FAULT_CHARS_MAX, MISSED_MAX, TEST_MAIL_PAUSE_S},
    mail::{MailDigest, MailOutcome, MailState, MailStatus},
    member::{Language, Member},
    notification::Notification,
    preference::ChangePreferences,
};
use tenon_store::{
    Logged,
    mail::{self, Fault, NewMissed},
    member, preference, workspace,
};
use uuid::Uuid;

/// Limit: what was told longer ago is not kept; a server that was away does not mail all of it.
const AGE_MAX: SignedDuration = SignedDuration::from_hours(24);
const LINK_PURPOSE: &str = "tenon 2026 mail link";

/// Hands mail to a mail server.
pub trait MailSender: Send + Sync {
    /// What mails say they come from.
    fn from(&self) -> String;
    /// Sends one mail to one address.
    fn send(&self, letter: Letter) -> BoxFuture<'static, Posting>;
}

/// One mail.
pub struct Letter {
    /// The same each time that it is tried.
    pub id: Uuid,
    /// The address.
    pub to: String,
    pub language: Language,
    /// Of the reader.
    pub zone: TimeZone,
    /// Name of the workspace.
    pub workspace: String,
    pub content: Content,
}

/// What a mail says.
pub enum Content {
    Missed(Digest),
    /// That mail comes.
    Test,
    /// Somebody is let in by a link.
    Invitation {
        /// Name of who invites.
        by: String,
        /// Where the link leads.
        path: String,
    },
    /// A way back in, for somebody of this name.
    Reset {
        name: String,
        path: String,
    },
}

/// What a member missed.
pub struct Digest {
    /// Oldest first; none if mails are to hold counts alone.
    pub items: Vec<Item>,
    /// How many there are in all.
    pub count: usize,
    /// Stops mail without signing in.
    pub link: String,
}

/// A notification as a mail shows it.
pub struct Item {
    /// Name of who did it.
    pub who: String,
    pub place: Place,
    pub notification: Notification,
}

/// Where something was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// By name.
    Channel(String),
    Direct,
    /// A task, whose key the notification has; or nowhere.
    Elsewhere,
}

/// What a mail server said, or why it said nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Posting {
    Taken,
    /// Not to this address, also not later.
    Refused(String),
    /// Not now.
    Later(String),
}

impl Posting {
    /// What went wrong.
    pub(crate) fn fault(&self) -> Option<(bool, String)> {
        let short = |text: &str| text.chars().take(MAIL_FAULT_CHARS_MAX).collect();
        match self {
            Posting::Taken => None,
            Posting::Refused(text) => Some((true, short(text))),
            Posting::Later(text) => Some((false, short(text))),
        }
    }
}

/// What mailing needs.
pub(crate) struct Mailing {
    pub sender: Arc<dyn MailSender>,
    vault: Vault,
}

impl Mailing {
    pub fn new(sender: Arc<dyn MailSender>, vault: Vault) -> Self {
        Self { sender, vault }
    }

    /// What a link that stops the member's mail ends with.
    pub fn link(&self, workspace: WorkspaceId, member: MemberId) -> String {
        let plain = [&workspace.0.as_bytes()[..], member.0.as_bytes()].concat();
        self.vault.seal_link(LINK_PURPOSE, &plain)
    }

    pub fn seal(&self, purpose: &'static str, plain: &[u8]) -> Vec<u8> {
        self.vault.seal(purpose, plain)
    }

    /// None if it was sealed with another key.
    pub fn unseal(&self, purpose: &'static str, sealed: &[u8]) -> Option<Vec<u8>> {
        self.vault.open(purpose, sealed)
    }

    fn open(&self, link: &str) -> Option<(WorkspaceId, MemberId)> {
        let plain = self.vault.open_link(LINK_PURPOSE, link)?;
        let (workspace, member) = plain.split_at_checked(16)?;
        let workspace = WorkspaceId(Uuid::from_slice(workspace).ok()?);
        Some((workspace, MemberId(Uuid::from_slice(member).ok()?)))
    }
}

impl Engine {
    /// How mail reaches the asker.
    pub async fn mail_status(&self, actor: &Actor) -> Result<MailStatus, Failure> {
        let me = self.load_me(actor).await?.id;
        let read = self.inner.store.read(actor.workspace, move |reader| {
            mail::get_of_member(reader, me).boxed()
        });
        let (mailed_at, refused_at) = read.await?;
        Ok(MailStatus {
            configured: self.inner.mailing.is_some(),
            address: self.address_of(actor.workspace, me).await?,
            mailed_at,
            refused_at,
        })
    }

    /// Administrators. How it goes with mail.
    pub async fn mail_state(&self, actor: &Actor) -> Result<MailState, Failure> {
        self.check_admin(actor).await?;
        let read = self.inner.store.read(actor.workspace, |reader| {
            async move {
                let (waiting, delayed) = mail::count(reader).await?;
                let mailed_at = mail::get_mailed_last(reader).await?;
                let faults = mail::list_faults(reader).await?;
                Ok((waiting, delayed, mailed_at, faults))
            }
            .boxed()
        });
        let (waiting, delayed, mailed_at, mut faults) = read.await?;
        // The server takes mail again.
        faults.retain(|it| it.refused || mailed_at.is_none_or(|mailed| it.at > mailed));
        let mailing = self.inner.mailing.as_ref();
        Ok(MailState {
            configured: mailing.is_some(),
            from: mailing.map(|it| it.sender.from()),
            waiting,
            delayed,
            mailed_at,
            faults,
        })
    }

    /// Mails the asker that mail comes, and waits until the mail server has said what it thinks.
    pub async fn send_test_mail(&self, access: &Access) -> Result<(), Failure> {
        let actor = access.actor;
        let me = self.load_me(&actor).await?;
        let mailing = self.inner.mailing.as_ref().ok_or(Refusal::NoMail)?;
        let (workspace, member, at) = (actor.workspace, me.id, now());
        let to = self
            .address_of(workspace, member)
            .await?
            .ok_or(Refusal::NoMail)?;
        let pause = SignedDuration::from_secs(TEST_MAIL_PAUSE_S);
        let before = at.checked_sub(pause).unwrap_or_default();
        let write = self.inner.store.private(move |private| {
            private
                .begin_mail_test(workspace, member, at, before)
                .boxed()
        });
        if !write.await? {
            let retry_after_ms = TEST_MAIL_PAUSE_S as u64 * 1_000;
            return Err(Refusal::RateLimited { retry_after_ms }.into());
        }
        let letter = Letter {
            content: Content::Test,
            ..self.letter(workspace, &me, to, Uuid::now_v7()).await?
        };
        let posting = mailing.sender.send(letter).await;
        let fault = posting.fault();
        let at = now();
        let write = self.inner.store.private(move |private| {
            async move {
                let fault = fault.as_ref().map(|(refused, text)| Fault {
                    refused: *refused,
                    text,
                });
                private.end_mail_test(workspace, member, at, fault.as_ref())
            }
            .boxed()
        });
        write.await?;
        match posting {
            Posting::Taken => Ok(()),
            Posting::Refused(_) | Posting::Later(_) => Err(Refusal::MailNotTaken.into()),
        }
    }

    /// Whoever holds the link of a mail wants no more of them.
    pub async fn stop_mail(&self, link: &str) -> Result<(), Failure> {
        let opened = self.inner.mailing.as_ref().and_then(|it| it.open(link));
        let (workspace, member) = opened.ok_or(Refusal::UnknownMailLink)?;
        let read = self.inner.store.read(workspace, move |reader| {
            preference::get(reader, member).boxed()
        });
        let mut preferences = read.await?;
        preferences.mail = MailDigest::Off;
        let actor = Actor {
            workspace,
            member,
            grants: Grants::all(),
            internal: false,
        };
        let command = Command::ChangePreferences(ChangePreferences { preferences });
        match self.execute(&actor, RequestId::new(), command).await {
            // Somebody who is there no more is mailed no more.
            Ok(_) | Err(Failure::Refused(Refusal::Unauthenticated)) => Ok(()),
            Err(failure) => Err(failure),
        }
    }

    /// Where a member's mail goes; bots have no address.
    pub(crate) async fn address_of(
        &self,
        workspace: WorkspaceId,
        member: MemberId,
    ) -> Result<Option<String>, Failure> {
        let read = self
            .inner
            .store
            .read_private(move |private| private.get_account(workspace, member).boxed());
        Ok(read.await?.map(|account| account.email))
    }

    /// A mail to a member, about nothing yet.
    pub(crate) async fn letter(
        &self,
        workspace: WorkspaceId,
        member: &Member,
        to: String,
        id: Uuid,
    ) -> Result<Letter, Failure> {
        let read = self
            .inner
            .store
            .read(workspace, |reader| workspace::get(reader).boxed());
        Ok(Letter {
            id,
            to,
            language: member.language,
            zone: TimeZone::get(&member.time_zone).unwrap_or(TimeZone::UTC),
            workspace: read.await?.map(|it| it.name).unwrap_or_default(),
            content: Content::Test,
        })
    }
}

/// The follower: see the file's head.
pub(crate) struct Mailer {
    workspace: WorkspaceId,
}

/// What a page of the log means for mail.
#[derive(Default)]
struct Gathered {
    told: Vec<Told>,
    /// Who may want mail at other times now.
    changed: HashSet<MemberId>,
}

/// A notification that was told.
struct Told {
    member: MemberId,
    notification: NotificationId,
    replaces: Option<NotificationId>,
    at: Timestamp,
}

impl Follow for Mailer {
    const NAME: &'static str = "mail";

    async fn follow(&mut self, engine: &Engine, page: &[Logged]) -> Result<(), Failure> {
        let gathered = gather(page)?;
        if gathered.told.is_empty() && gathered.changed.is_empty() {
            return Ok(());
        }
        self.keep(engine, gathered).await
    }
}

fn gather(page: &[Logged]) -> Result<Gathered, Failure> {
    let mut gathered = Gathered::default();
    let oldest = now().checked_sub(AGE_MAX).unwrap_or_default();
    for entry in page {
        if entry.kind == "member_changed"
            && let Event::MemberChanged { member } = &*entry.event()?
        {
            gathered.changed.insert(member.id);
        }
        let Scope::Inbox(member) = entry.scope else {
            continue;
        };
        if entry.kind == "preferences_changed" {
            gathered.changed.insert(member);
        }
        if entry.kind != "notification_added" || entry.at < oldest {
            continue;
        }
        if let Event::NotificationAdded {
            notification,
            replaces,
            ..
        } = &*entry.event()?
            && notification.suppressed.is_none()
        {
            gathered.told.push(Told {
                member,
                notification: notification.id,
                replaces: *replaces,
                at: entry.at,
            });
        }
    }
    Ok(gathered)
}

impl Mailer {
    pub fn new(workspace: WorkspaceId) -> Self {
        Self { workspace }
    }

    /// Keeps what was told, and says when to look at it: what is due later is put off then.
    async fn keep(&self, engine: &Engine, gathered: Gathered) -> Result<(), Failure> {
        let Gathered { told, changed } = gathered;
        let workspace = self.workspace;
        let members: HashSet<MemberId> = told.iter().map(|it| it.member).collect();
        let members: Vec<Uuid> = members.iter().map(|id| id.0).collect();
        let read = engine.inner.store.read(workspace, move |reader| {
            async move { mail::list_counts(reader, &members).await }.boxed()
        });
        let mut counts: HashMap<MemberId, i64> = read.await?.into_iter().collect();
        let write = engine.inner.store.private(move |private| {
            async move {
                let mut due: HashMap<MemberId, Timestamp> = HashMap::new();
                for it in &told {
                    let count = counts.entry(it.member).or_default();
                    *count += 1;
                    let outcome = if *count > MISSED_MAX && it.replaces.is_none() {
                        MailOutcome::Crowded
                    } else {
                        MailOutcome::Waiting
                    };
                    private.miss(workspace, &it.missed(outcome))?;
                    let soon = SignedDuration::from_secs(SOON_S);
                    let soon = it.at.checked_add(soon).unwrap_or(it.at);
                    due.entry(it.member).or_insert(soon);
                }
                for (member, due) in due {
                    private.await_mail(workspace, member, due)?;
                }
                for member in changed {
                    private.replan_mail(workspace, member, now())?;
                }
                Ok(())
            }
            .boxed()
        });
        Ok(write.await?)
    }
}

impl Told {
    fn missed(&self, outcome: MailOutcome) -> NewMissed {
        NewMissed {
            member: self.member,
            notification: self.notification,
            told_at: self.at,
            replaces: self.replaces,
            outcome,
        }
    }
}

/// The member whom a mail is for, if they can be mailed.
pub(crate) async fn find_reader(
    reader: &mut tenon_store::Reader<'_>,
    id: MemberId,
) -> tenon_store::Result<Option<Member>> {
    let found = member::get(reader, id).await?;
    Ok(found.filter(|it| it.active))
}
