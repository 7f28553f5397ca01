//! Invitations by link.

use super::{ClientNote, check_email};
use crate::{
    Actor, Engine, Failure, Grants, bot,
    execute::{Rider, now},
    password, secret,
};
use futures::FutureExt;
use jiff::ToSpan;
use tenon_domain::{access, refusal::Refusal};
use tenon_protocol::{
    Command, InvitationId, MemberId, RequestId, WorkspaceId,
    channel::AddChannelMember,
    credential::{
        AcceptInvitation, CreateInvitation, Invitation, InvitationPreview, SignedIn, TokenScope,
    },
    member::{AddMember, MemberKind},
    space::ChangeSpaceMembers,
};
use tenon_store::{credential::Account, workspace};

const USES_MAX: i64 = 1_000;
const DAYS_DEFAULT: i64 = 7;
const DAYS_MAX: i64 = 90;

impl Engine {
    /// Administrators. The secret is in the answer and nowhere else.
    pub async fn create_invitation(
        &self,
        actor: &Actor,
        create: CreateInvitation,
    ) -> Result<(Invitation, String), Failure> {
        let me = self.load_me(actor).await?;
        access::check_grant(actor, TokenScope::Admin)?;
        access::check_administrator(&me)?;
        access::check_give_role(&me, create.role)?;
        let uses_left = within("uses", create.uses.unwrap_or(1), USES_MAX)?;
        let days = within("days", create.days.unwrap_or(DAYS_DEFAULT), DAYS_MAX)?;
        for channel in &create.channels {
            self.get_channel(actor, *channel).await?;
        }
        for space in &create.spaces {
            self.get_space(actor, *space).await?;
        }
        let created_at = now();
        let expires_at = created_at
            .checked_add((days * 24).hours())
            .map_err(|error| Failure::Bug(error.to_string()))?;
        let invitation = Invitation {
            id: InvitationId::new(),
            role: create.role,
            channels: create.channels,
            spaces: create.spaces,
            created_by: me.id,
            created_at,
            expires_at,
            uses_left,
        };
        let text = secret::fresh("tni_");
        let (hash, workspace, stored) = (secret::hash(&text), actor.workspace, invitation.clone());
        let write = self.inner.store.private(move |private| {
            async move { private.insert_invitation(&hash, workspace, &stored) }.boxed()
        });
        write.await?;
        Ok((invitation, text))
    }

    /// Administrators. Those that may still be used.
    pub async fn list_invitations(&self, actor: &Actor) -> Result<Vec<Invitation>, Failure> {
        self.check_admin(actor).await?;
        let (workspace, at) = (actor.workspace, now());
        let read = self.inner.store.read_private(move |private| {
            async move { private.list_invitations(workspace, at).await }.boxed()
        });
        Ok(read.await?)
    }

    /// Administrators.
    pub async fn revoke_invitation(&self, actor: &Actor, id: InvitationId) -> Result<(), Failure> {
        self.check_admin(actor).await?;
        let workspace = actor.workspace;
        let write = self.inner.store.private(move |private| {
            async move { private.delete_invitation(workspace, id).await }.boxed()
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
        read.await?.ok_or_else(|| Refusal::UnknownInvitation.into())
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
        let read = self
            .inner
            .store
            .read(id, |reader| workspace::get(reader).boxed());
        Ok(InvitationPreview {
            workspace_name: read
                .await?
                .map(|workspace| workspace.name)
                .unwrap_or_default(),
            inviter_name: inviter_name.unwrap_or_default(),
            role: invitation.role,
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
        let password_hash = password::hash(accept.password).await?;
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

/// The account, and one use of the invitation, in the transaction that adds the member.
fn invited_rider(account: Account, hash: tenon_store::credential::SecretHash) -> Rider {
    let Rider { check, write } = super::setup::account_rider(account);
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
    }
}

fn within(field: &'static str, value: i64, max: i64) -> Result<i64, Refusal> {
    if (1..=max).contains(&value) {
        Ok(value)
    } else {
        Err(Refusal::OutOfRange { field, min: 1, max })
    }
}
