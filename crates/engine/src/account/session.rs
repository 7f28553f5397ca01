//! Sessions of people: sign in, look at them, end them.

use super::{Access, ClientNote, Credential, authentication::Guessed};
use crate::{Engine, Failure, execute::now, password, secret};
use futures::FutureExt;
use jiff::ToSpan;
use tenon_domain::{access, refusal::Refusal};
use tenon_protocol::{
    MemberId, SessionId, WorkspaceId,
    credential::{ChangePassword, Me, Session, SignIn, SignedIn},
};
use tenon_store::{
    credential::{Account, SessionRow},
    member, workspace,
};

/// Limit: bytes kept of what a browser says it is.
const USER_AGENT_BYTES_MAX: usize = 200;

impl Engine {
    /// Refused with `wrong_credentials` alike for an unknown address and a wrong password.
    pub async fn sign_in(&self, sign_in: SignIn, client: &ClientNote) -> Result<SignedIn, Failure> {
        let email = sign_in.email.trim().to_lowercase();
        let authentication = &self.inner.authentication;
        let guessed = Guessed::Address(client.network, secret::hash(&email));
        authentication.begin_attempt(&guessed)?;
        let account = self
            .find_account(email.clone(), sign_in.workspace.as_deref())
            .await?;
        let hash = account
            .as_ref()
            .map(|account| account.password_hash.clone());
        let matches = password::verify(sign_in.password, hash).await?;
        let Some(account) = account.filter(|_| matches) else {
            return Err(Refusal::WrongCredentials.into());
        };
        authentication.forget_attempts(&guessed);
        self.begin_session(account.workspace, account.member, client)
            .await
    }

    /// The account of an active member. With several workspaces and none named, the first.
    async fn find_account(
        &self,
        email: String,
        slug: Option<&str>,
    ) -> Result<Option<Account>, Failure> {
        let read = self.inner.store.read_private(move |private| {
            async move {
                let accounts = private.list_accounts(&email).await?;
                Ok((accounts, workspace::list(private).await?))
            }
            .boxed()
        });
        let (accounts, workspaces) = read.await?;
        let named = |account: &Account| {
            let workspace = workspaces
                .iter()
                .find(|workspace| workspace.id == account.workspace);
            slug.is_none_or(|slug| workspace.is_some_and(|workspace| workspace.slug == slug))
        };
        for account in accounts.into_iter().filter(named) {
            let id = account.member;
            let read = self.inner.store.read(account.workspace, move |reader| {
                member::get(reader, id).boxed()
            });
            if read.await?.is_some_and(|member| member.active) {
                return Ok(Some(account));
            }
        }
        Ok(None)
    }

    pub(crate) async fn begin_session(
        &self,
        workspace: WorkspaceId,
        member: MemberId,
        client: &ClientNote,
    ) -> Result<SignedIn, Failure> {
        let token = secret::fresh("tns_");
        let (hash, at) = (secret::hash(&token), now());
        let policy = self.policy(workspace).await?;
        let expires_at = at
            .checked_add((i64::from(policy.session_days) * 24).hours())
            .map_err(|e| Failure::Bug(e.to_string()))?;
        let row = SessionRow {
            workspace,
            id: SessionId::new(),
            member,
            created_at: at,
            last_seen_at: at,
            expires_at,
        };
        let mut user_agent = client.user_agent.clone();
        user_agent.truncate(user_agent.floor_char_boundary(USER_AGENT_BYTES_MAX));
        let write = self.inner.store.private(move |private| {
            async move {
                private.end_expired_sessions(at)?;
                private.insert_session(&hash, &row, &user_agent)
            }
            .boxed()
        });
        write.await?;
        let access = self.authenticate(&token).await?;
        let Me {
            member,
            workspace,
            csrf,
            ..
        } = self.me(&access).await?;
        Ok(SignedIn {
            token,
            csrf: csrf.unwrap_or_default(),
            member,
            workspace,
        })
    }

    pub async fn me(&self, asker: &Access) -> Result<Me, Failure> {
        let (workspace, id) = (asker.actor.workspace, asker.actor.member);
        let member = self.load_me(&asker.actor).await?;
        let read = self
            .inner
            .store
            .read(workspace, |reader| workspace::get(reader).boxed());
        let found = read
            .await?
            .ok_or_else(|| Failure::Bug("no such workspace".into()))?;
        let account = self.inner.store.read_private(move |private| {
            async move { private.get_account(workspace, id).await }.boxed()
        });
        let csrf = match &asker.credential {
            Credential::Session { csrf, .. } => Some(csrf.clone()),
            Credential::Token { .. } | Credential::Hook => None,
        };
        let email = account.await?.map(|account| account.email);
        let workspace = access::known_workspace(&member, found);
        Ok(Me {
            member,
            workspace,
            email,
            csrf,
        })
    }

    /// Ends the session that asks; a token stays.
    pub async fn sign_out(&self, access: &Access) -> Result<(), Failure> {
        match access.credential {
            Credential::Session { id, .. } => self.end_session(access, id).await,
            Credential::Token { .. } | Credential::Hook => Ok(()),
        }
    }

    /// Newest first.
    pub async fn list_sessions(&self, access: &Access) -> Result<Vec<Session>, Failure> {
        let (workspace, member) = (access.actor.workspace, access.actor.member);
        check_all(access)?;
        let read = self.inner.store.read_private(move |private| {
            async move { private.list_sessions(workspace, member).await }.boxed()
        });
        let mut sessions = read.await?;
        if let Credential::Session { id: current, .. } = access.credential {
            for session in &mut sessions {
                session.current = session.id == current;
            }
        }
        Ok(sessions)
    }

    /// Ends one of the asker's sessions, its sockets too.
    pub async fn end_session(&self, access: &Access, id: SessionId) -> Result<(), Failure> {
        let (workspace, member) = (access.actor.workspace, access.actor.member);
        check_all(access)?;
        let write = self.inner.store.private(move |private| {
            async move { private.end_session(workspace, member, id).await }.boxed()
        });
        if !write.await? {
            return Err(Refusal::UnknownSession.into());
        }
        self.inner.authentication.forget_member(member);
        if let Some(live) = self.live_now(workspace) {
            live.hub.close(
                member,
                |held| matches!(held, Credential::Session { id: held, .. } if *held == id),
            );
        }
        Ok(())
    }

    /// Ends the asker's other sessions, because a password is changed when it may be known.
    pub async fn change_password(
        &self,
        access: &Access,
        change: ChangePassword,
    ) -> Result<(), Failure> {
        let (workspace, member) = (access.actor.workspace, access.actor.member);
        let Credential::Session { id: current, .. } = access.credential else {
            return Err(
                Refusal::MissingGrant(tenon_protocol::credential::TokenScope::Admin).into(),
            );
        };
        let guessed = Guessed::Member(member);
        self.inner.authentication.begin_attempt(&guessed)?;
        let read = self.inner.store.read_private(move |private| {
            async move { private.get_account(workspace, member).await }.boxed()
        });
        let hash = read.await?.map(|account| account.password_hash);
        if !password::verify(change.current, hash).await? {
            return Err(Refusal::WrongCredentials.into());
        }
        self.inner.authentication.forget_attempts(&guessed);
        let chars_min = self.policy(workspace).await?.password_chars_min;
        let hash = password::hash(change.new, chars_min).await?;
        let write = self.inner.store.private(move |private| {
            async move {
                private.set_password(workspace, member, &hash)?;
                private.end_other_sessions(workspace, member, current)
            }
            .boxed()
        });
        write.await?;
        self.inner.authentication.forget_member(member);
        if let Some(live) = self.live_now(workspace) {
            live.hub.close(
                member,
                |held| matches!(held, Credential::Session { id, .. } if *id != current),
            );
        }
        Ok(())
    }
}

/// Credentials are managed by those who may do everything a member may.
pub(super) fn check_all(asker: &Access) -> Result<(), Failure> {
    let scope = tenon_protocol::credential::TokenScope::Admin;
    Ok(access::check_grant(&asker.actor, scope)?)
}
