//! Invitations by link.

use super::{
    Attempt, ClientNote,
    attempt::{Claimed, claim, settle},
    check_email,
};
use crate::{
    Actor, Engine, Failure, Grants, bot,
    execute::{Rider, now},
    letter::{Asked, What},
    password, secret,
};
use futures::FutureExt;
use hashbrown::HashMap;
use jiff::ToSpan;
use tenon_domain::{access, refusal::Refusal};
use tenon_protocol::{
    Command, InvitationId, MemberId, RequestId, Timestamp, WorkspaceId,
    channel::AddChannelMember,
    credential::{
        AcceptInvitation, CreateInvitation, Invitation, InvitationPreview, RenewInvitation,
        SignedIn, TokenScope,
    },
    limit::INVITATIONS_MAX,
    mail::MailOutcome,
    member::{AddMember, Member, MemberKind},
    space::ChangeSpaceMembers,
};
use tenon_store::{
    Private,
    credential::{Account, SecretHash},
    letter,
    request::Request,
};
use uuid::Uuid;

const PREFIX: &str = "tni_";
const USES_MAX: i64 = 1_000;
const DAYS_DEFAULT: i64 = 7;
const DAYS_MAX: i64 = 90;
/// An invitation that has ended can be renewed for so long, days; then it is removed.
const SHOWN_DAYS: i64 = 30;

impl Engine {
    /// Administrators; where members may invite, members too, to where they may add people. The
    /// secret is in the answer, in that to the same attempt repeated, and nowhere else.
    pub async fn create_invitation(
        &self,
        actor: &Actor,
        attempt: Attempt,
        create: CreateInvitation,
    ) -> Result<(Invitation, String), Failure> {
        let me = self.load_me(actor).await?;
        access::check_grant(actor, TokenScope::Admin)?;
        let rules = self.get_workspace(actor.workspace).await?;
        access::check_invite(&me, &rules.policy, create.role)?;
        let email = create.email.as_deref().map(check_email).transpose()?;
        let mailing = match &email {
            Some(email) => {
                access::check_mail_domain(&rules, create.role, email)?;
                Some(self.inner.mailing.as_ref().ok_or(Refusal::NoMail)?)
            }
            None => None,
        };
        let uses_max = if email.is_some() { 1 } else { USES_MAX };
        let uses_left = within("uses", create.uses.unwrap_or(1), uses_max)?;
        self.check_places(actor, &me, &create).await?;
        let (created_at, claim) = (now(), attempt.claim(actor, PREFIX, &create));
        let expires_at = in_days(create.days, created_at)?;
        let invitation = Invitation {
            id: InvitationId(attempt.id),
            role: create.role,
            channels: create.channels,
            spaces: create.spaces,
            created_by: me.id,
            created_at,
            expires_at,
            uses_left,
            used: 0,
            mailed: email.as_ref().map(|_| MailOutcome::Waiting),
            email,
        };
        let text = self.secret_of(actor, &attempt, PREFIX)?;
        let sealed = match (mailing, &invitation.email) {
            (Some(mailing), Some(to)) => Some(letter_of(&me, to, &text).seal(mailing)?),
            _ => None,
        };
        let (hash, workspace) = (secret::hash(&text), actor.workspace);
        let write = self.inner.store.private(move |private| {
            let kept = (invitation, sealed);
            async move { put_invitation(private, workspace, &hash, kept, claim).await }.boxed()
        });
        let mut made = [write.await??];
        if attempt.request.is_some() {
            self.note_mailed(workspace, &mut made).await?;
        }
        let [made] = made;
        Ok((made, text))
    }

    /// Where the invited join at once: places to which who invites may add people.
    async fn check_places(
        &self,
        actor: &Actor,
        me: &Member,
        create: &CreateInvitation,
    ) -> Result<(), Failure> {
        for channel in &create.channels {
            self.get_channel(actor, *channel).await?;
            if !access::is_administrator(me) {
                self.check_joined(actor, *channel).await?;
            }
        }
        for space in &create.spaces {
            self.get_space(actor, *space).await?;
            if !access::is_administrator(me) {
                self.check_manages_space(actor, *space).await?;
            }
        }
        Ok(())
    }

    /// Administrators, all; where members may invite, their own. Those that are not used up, also
    /// those that ended not long ago.
    pub async fn list_invitations(&self, actor: &Actor) -> Result<Vec<Invitation>, Failure> {
        let me = self.check_may_invite(actor).await?;
        let (workspace, ended) = (actor.workspace, shown_since());
        let read = self.inner.store.read_private(move |private| {
            async move { private.list_invitations(workspace, ended).await }.boxed()
        });
        let mut invitations = read.await?;
        invitations.retain(|it| access::can_manage_invitation(&me, it.created_by));
        invitations.sort_by_key(|it| std::cmp::Reverse(it.created_at));
        self.note_mailed(workspace, &mut invitations).await?;
        Ok(invitations)
    }

    /// Adds what became of those that were mailed.
    async fn note_mailed(
        &self,
        workspace: WorkspaceId,
        invitations: &mut [Invitation],
    ) -> Result<(), Failure> {
        let mailed = invitations.iter().filter(|it| it.email.is_some());
        let mailed: Vec<Uuid> = mailed.map(|it| it.id.0).collect();
        let read = self.inner.store.read(workspace, move |reader| {
            async move { letter::list_outcomes(reader, &mailed).await }.boxed()
        });
        let outcomes: HashMap<Uuid, MailOutcome> = read.await?.into_iter().collect();
        for invitation in invitations {
            invitation.mailed = outcomes.get(&invitation.id.0).copied();
        }
        Ok(())
    }

    async fn check_may_invite(&self, actor: &Actor) -> Result<Member, Failure> {
        let me = self.load_me(actor).await?;
        access::check_grant(actor, TokenScope::Admin)?;
        let policy = self.policy(actor.workspace).await?;
        access::check_inviter(&me, &policy)?;
        Ok(me)
    }

    /// One that the asker may change.
    async fn own_invitation(&self, actor: &Actor, id: InvitationId) -> Result<Invitation, Failure> {
        let me = self.check_may_invite(actor).await?;
        let workspace = actor.workspace;
        let read = self.inner.store.read_private(move |private| {
            async move { private.find_invitation(workspace, id).await }.boxed()
        });
        let own = |it: &Invitation| access::can_manage_invitation(&me, it.created_by);
        let found = read.await?.filter(own);
        found.ok_or_else(|| Refusal::UnknownInvitation.into())
    }

    /// The same link works on for so many days from now; who made it, and administrators.
    pub async fn renew_invitation(
        &self,
        actor: &Actor,
        id: InvitationId,
        renew: RenewInvitation,
    ) -> Result<Invitation, Failure> {
        let found = self.own_invitation(actor, id).await?;
        let me = self.load_me(actor).await?;
        let policy = self.policy(actor.workspace).await?;
        access::check_invite(&me, &policy, found.role)?;
        let expires_at = in_days(renew.days, now())?;
        let workspace = actor.workspace;
        let write = self.inner.store.private(move |private| {
            async move { private.renew_invitation(workspace, id, expires_at) }.boxed()
        });
        write.await?;
        self.own_invitation(actor, id).await
    }

    /// Who made it, and administrators.
    pub async fn revoke_invitation(&self, actor: &Actor, id: InvitationId) -> Result<(), Failure> {
        self.own_invitation(actor, id).await?;
        let workspace = actor.workspace;
        let write = self.inner.store.private(move |private| {
            async move {
                private.remove_letter(workspace, id.0)?;
                private.delete_invitation(workspace, id).await
            }
            .boxed()
        });
        if write.await? {
            Ok(())
        } else {
            Err(Refusal::UnknownInvitation.into())
        }
    }

    pub(crate) async fn check_admin(&self, actor: &Actor) -> Result<(), Failure> {
        let me = self.load_me(actor).await?;
        access::check_grant(actor, TokenScope::Admin)?;
        Ok(access::check_administrator(&me)?)
    }

    async fn find_invitation(&self, text: &str) -> Result<(WorkspaceId, Invitation), Failure> {
        let (hash, at) = (secret::hash(text), now());
        let read = self.inner.store.read_private(move |private| {
            async move { private.get_invitation(&hash, at).await }.boxed()
        });
        let (workspace, invitation) = read.await?.ok_or(Refusal::UnknownInvitation)?;
        // Whoever may not invite any more, or has left, lets nobody in.
        let inviter = bot::internal(workspace, invitation.created_by);
        let may = match self.load_me(&inviter).await {
            Ok(me) => {
                let policy = self.policy(workspace).await?;
                access::check_invite(&me, &policy, invitation.role).is_ok()
            }
            Err(Failure::Refused(_)) => false,
            Err(failure) => return Err(failure),
        };
        if may {
            Ok((workspace, invitation))
        } else {
            Err(Refusal::UnknownInvitation.into())
        }
    }

    /// For the page that greets the invited.
    pub async fn preview_invitation(&self, text: &str) -> Result<InvitationPreview, Failure> {
        let (id, invitation) = self.find_invitation(text).await?;
        let inviter = Actor {
            workspace: id,
            member: invitation.created_by,
            grants: Grants::none(),
            internal: true,
        };
        let inviter_name = self.load_me(&inviter).await.map(|member| member.name);
        let workspace = self.get_workspace(id).await?;
        Ok(InvitationPreview {
            workspace_name: workspace.name,
            inviter_name: inviter_name.unwrap_or_default(),
            role: invitation.role,
            logo: workspace.logo,
            password_chars_min: workspace.policy.password_chars_min,
        })
    }

    /// Adds the member with their account, uses the invitation up by one, joins its channels,
    /// and signs them in.
    pub async fn accept_invitation(
        &self,
        text: &str,
        accept: AcceptInvitation,
        client: &ClientNote,
    ) -> Result<SignedIn, Failure> {
        let (workspace, invitation) = self.find_invitation(text).await?;
        let email = check_email(&accept.email)?;
        let rules = self.get_workspace(workspace).await?;
        access::check_mail_domain(&rules, invitation.role, &email)?;
        let chars_min = rules.policy.password_chars_min;
        let password_hash = password::hash(accept.password, chars_min).await?;
        let member = MemberId::new();
        let actor = bot::internal(workspace, member);
        let command = Command::AddMember(AddMember {
            id: member,
            kind: MemberKind::Person,
            name: accept.name,
            handle: None,
            role: invitation.role,
            time_zone: accept.time_zone,
            language: accept.language,
        });
        let account = Account {
            workspace,
            member,
            email,
            password_hash,
        };
        let rider = invited_rider(account, secret::hash(text));
        self.execute_with(&actor, RequestId::new(), command, Some(rider))
            .await?;
        for space in invitation.spaces {
            let join = Command::ChangeSpaceMembers(ChangeSpaceMembers {
                space,
                add: vec![member],
                remove: vec![],
            });
            self.join_invited(&actor, join).await?;
        }
        for channel in invitation.channels {
            let join = Command::AddChannelMember(AddChannelMember { channel, member });
            self.join_invited(&actor, join).await?;
        }
        self.begin_session(workspace, member, client).await
    }

    /// A place that was archived meanwhile is no reason to turn the invited away.
    async fn join_invited(&self, actor: &Actor, join: Command) -> Result<(), Failure> {
        match self.execute(actor, RequestId::new(), join).await {
            Ok(_) | Err(Failure::Refused(_) | Failure::AlreadyATask(_)) => Ok(()),
            Err(failure) => Err(failure),
        }
    }
}

/// Keeps it, and the letter with it, once for its attempt.
async fn put_invitation(
    private: &mut Private<'_>,
    workspace: WorkspaceId,
    hash: &SecretHash,
    (invitation, sealed): (Invitation, Option<Vec<u8>>),
    wanted: Option<Request>,
) -> tenon_store::Result<Result<Invitation, Refusal>> {
    match claim(private, workspace, wanted.as_ref()).await? {
        Err(refusal) => return Ok(Err(refusal)),
        Ok(Claimed::Before) => {
            let made = private.get_made_invitation(hash).await?;
            return Ok(made.ok_or(Refusal::UnknownInvitation));
        }
        Ok(Claimed::New) => {}
    }
    let count = private.tidy_invitations(workspace, shown_since()).await?;
    let (id, begin, end) = (
        invitation.id.0,
        invitation.created_at,
        invitation.expires_at,
    );
    let made = if count >= INVITATIONS_MAX as i64 {
        let (field, max) = ("uses", INVITATIONS_MAX);
        Err(Refusal::TooMany { field, max })
    } else if private
        .insert_invitation(hash, workspace, &invitation)
        .await?
    {
        if let Some(sealed) = sealed {
            private.insert_letter(workspace, id, &sealed, begin, end)?;
        }
        Ok(invitation)
    } else {
        Err(Refusal::IdTaken)
    };
    settle(private, workspace, wanted.as_ref(), made)
}

/// In the language of who invites: of the other none is known.
fn letter_of(me: &Member, to: &str, text: &str) -> Asked {
    Asked {
        to: to.to_owned(),
        language: me.language,
        what: What::Invitation {
            by: me.name.clone(),
            secret: text.to_owned(),
        },
    }
}

/// The account, and one use of the invitation, in the transaction that adds the member.
fn invited_rider(account: Account, hash: SecretHash) -> Rider {
    let Rider { check, write, .. } = super::setup::account_rider(account);
    let check = std::sync::Arc::new(check);
    Rider {
        check: Box::new(move |tx| {
            let check = check.clone();
            async move {
                if tx.private().get_invitation(&hash, now()).await?.is_none() {
                    return Ok(Err(Refusal::UnknownInvitation.into()));
                }
                check(tx).await
            }
            .boxed()
        }),
        write: Box::new(move |tx| {
            tx.private().use_invitation(&hash)?;
            write(tx)
        }),
        join: None,
    }
}

fn in_days(days: Option<i64>, from: Timestamp) -> Result<Timestamp, Failure> {
    let days = within("days", days.unwrap_or(DAYS_DEFAULT), DAYS_MAX)?;
    from.checked_add((days * 24).hours())
        .map_err(|error| Failure::Bug(error.to_string()))
}

/// Invitations that ended before this moment are not shown any more.
fn shown_since() -> Timestamp {
    let at = now();
    at.checked_sub((SHOWN_DAYS * 24).hours()).unwrap_or(at)
}

fn within(field: &'static str, value: i64, max: i64) -> Result<i64, Refusal> {
    if (1..=max).contains(&value) {
        Ok(value)
    } else {
        Err(Refusal::OutOfRange { field, min: 1, max })
    }
}
