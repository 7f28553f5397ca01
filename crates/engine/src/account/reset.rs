//! Ways back in for those who forgot their password, by mail: for one use, for an hour, and with
//! the same answer whether anybody has the address.

use super::{ClientNote, Credential, authentication::Guessed, check_email};
use crate::{
    Actor, Engine, Failure, Grants,
    execute::now,
    letter::{Asked, What},
    password, secret,
};
use futures::FutureExt;
use jiff::ToSpan;
use tenon_domain::refusal::Refusal;
use tenon_protocol::{
    MemberId, Timestamp, WorkspaceId,
    credential::{ForgotPassword, PasswordReset, ResetPassword, SignedIn},
    member::Member,
};
use uuid::Uuid;

/// How long a way back in holds, hours.
const HOURS: i64 = 1;
/// Limit: ways back in of one member that hold at the same time.
const RESETS_MAX: i64 = 3;

impl Engine {
    /// Mails a way back in to everyone who has the address.
    pub async fn forgot_password(
        &self,
        forgot: ForgotPassword,
        client: &ClientNote,
    ) -> Result<(), Failure> {
        if self.inner.mailing.is_none() {
            return Err(Refusal::NoMail.into());
        }
        let email = check_email(&forgot.email)?;
        let asked = Guessed::WayBack(client.network, secret::hash(&email));
        self.inner.authentication.begin_attempt(&asked)?;
        let engine = self.clone();
        // Beside the answer, which takes as long for an address that nobody has.
        tokio::spawn(async move {
            if let Err(failure) = engine.mail_resets(email).await {
                tracing::warn!(reason = %failure.message(), "a way back in was not mailed");
            }
        });
        Ok(())
    }

    async fn mail_resets(&self, email: String) -> Result<(), Failure> {
        let accounts = self.inner.store.read_private(move |private| {
            async move { private.list_accounts(&email).await }.boxed()
        });
        for account in accounts.await? {
            if let Ok(member) = self.load_person(account.workspace, account.member).await {
                self.mail_reset(account.workspace, member, account.email)
                    .await?;
            }
        }
        Ok(())
    }

    async fn mail_reset(
        &self,
        workspace: WorkspaceId,
        member: Member,
        to: String,
    ) -> Result<(), Failure> {
        let mailing = self.inner.mailing.as_ref().ok_or(Refusal::NoMail)?;
        let text = secret::fresh("tnr_");
        let (hash, at) = (secret::hash(&text), now());
        let end = at.checked_add(HOURS.hours()).unwrap_or(Timestamp::MAX);
        let asked = Asked {
            to,
            language: member.language,
            what: What::Reset {
                name: member.name,
                secret: text,
            },
        };
        let (sealed, whose) = (asked.seal(mailing)?, (workspace, member.id));
        let write = self.inner.store.private(move |private| {
            async move {
                if private
                    .add_reset(&hash, whose, (at, end), RESETS_MAX)
                    .await?
                {
                    private.insert_letter(workspace, Uuid::now_v7(), &sealed, at, end)?;
                }
                Ok(())
            }
            .boxed()
        });
        Ok(write.await?)
    }

    /// For the page that the mail leads to.
    pub async fn preview_reset(&self, text: &str) -> Result<PasswordReset, Failure> {
        let (id, member) = self.find_reset(text).await?;
        let workspace = self.get_workspace(id).await?;
        Ok(PasswordReset {
            workspace_name: workspace.name,
            name: self.load_person(id, member).await?.name,
            password_chars_min: workspace.policy.password_chars_min,
        })
    }

    /// Sets the password, ends all sessions, and begins one.
    pub async fn reset_password(
        &self,
        text: &str,
        reset: ResetPassword,
        client: &ClientNote,
    ) -> Result<SignedIn, Failure> {
        let (workspace, member) = self.find_reset(text).await?;
        self.load_person(workspace, member).await?;
        let chars_min = self.policy(workspace).await?.password_chars_min;
        let password_hash = password::hash(reset.password, chars_min).await?;
        let (hash, at) = (secret::hash(text), now());
        let write = self.inner.store.private(move |private| {
            async move {
                if !private.use_reset(&hash, (workspace, member), at).await? {
                    return Ok(false);
                }
                private.set_password(workspace, member, &password_hash)?;
                private.end_sessions(workspace, member)?;
                Ok(true)
            }
            .boxed()
        });
        if !write.await? {
            return Err(Refusal::UnknownReset.into());
        }
        self.inner.authentication.forget_member(member);
        if let Some(live) = self.live_now(workspace) {
            let ends = |held: &Credential| matches!(held, Credential::Session { .. });
            live.hub.close(member, ends);
        }
        self.begin_session(workspace, member, client).await
    }

    async fn find_reset(&self, text: &str) -> Result<(WorkspaceId, MemberId), Failure> {
        let (hash, at) = (secret::hash(text), now());
        let read = self
            .inner
            .store
            .read_private(move |private| async move { private.get_reset(&hash, at).await }.boxed());
        read.await?.ok_or_else(|| Refusal::UnknownReset.into())
    }

    /// Of an active member.
    async fn load_person(
        &self,
        workspace: WorkspaceId,
        member: MemberId,
    ) -> Result<Member, Failure> {
        let actor = Actor {
            workspace,
            member,
            grants: Grants::none(),
            internal: true,
        };
        let found = self.load_me(&actor).await;
        found.map_err(|failure| match failure {
            Failure::Refused(_) => Refusal::UnknownReset.into(),
            other => other,
        })
    }
}
