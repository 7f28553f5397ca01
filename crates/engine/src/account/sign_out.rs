//! What administrators do with the sessions of others: look at a member's, end them, and sign
//! everyone out.

use super::{Access, Credential, session::check_all};
use crate::{Engine, Failure, execute::Rider};
use futures::FutureExt;
use tenon_domain::{access, refusal::Refusal};
use tenon_protocol::{
    Command, MemberId, RequestId, SessionId,
    credential::{Session, TokenScope},
    policy::{ChangePolicy, Policy, SignOutEveryone},
};

impl Engine {
    /// A member's sessions, the newest first: for administrators, an owner's for owners.
    pub async fn list_member_sessions(
        &self,
        asker: &Access,
        member: MemberId,
    ) -> Result<Vec<Session>, Failure> {
        self.check_manage(asker, member).await?;
        let workspace = asker.actor.workspace;
        let read = self.inner.store.read_private(move |private| {
            async move { private.list_sessions(workspace, member).await }.boxed()
        });
        let mut sessions = read.await?;
        if let Credential::Session { id: current, .. } = asker.credential {
            for session in &mut sessions {
                session.current = session.id == current;
            }
        }
        Ok(sessions)
    }

    /// Ends one of a member's sessions, its sockets too.
    pub async fn end_member_session(
        &self,
        asker: &Access,
        member: MemberId,
        id: SessionId,
    ) -> Result<(), Failure> {
        self.check_manage(asker, member).await?;
        let workspace = asker.actor.workspace;
        let write = self.inner.store.private(move |private| {
            async move { private.end_session(workspace, member, id).await }.boxed()
        });
        if !write.await? {
            return Err(Refusal::UnknownSession.into());
        }
        self.close_session(workspace, member, id);
        Ok(())
    }

    async fn check_manage(&self, asker: &Access, member: MemberId) -> Result<(), Failure> {
        let me = self.load_me(&asker.actor).await?;
        access::check_grant(&asker.actor, TokenScope::Admin)?;
        access::check_administrator(&me)?;
        let member = self.get_member(&asker.actor, member).await?;
        Ok(access::check_manage_member(&asker.actor, &me, &member)?)
    }

    /// Administrators, signed in themselves: ends every session of the workspace but theirs.
    /// Tokens stay, because programs cannot sign in again.
    pub async fn sign_out_everyone(&self, asker: &Access) -> Result<(), Failure> {
        check_all(asker)?;
        self.check_admin(&asker.actor).await?;
        let Credential::Session { id: keep, .. } = asker.credential else {
            return Err(Refusal::MissingGrant(TokenScope::Admin).into());
        };
        let (workspace, member) = (asker.actor.workspace, asker.actor.member);
        let rider = Rider {
            join: None,
            check: Box::new(|_| async { Ok(Ok(())) }.boxed()),
            write: Box::new(move |tx| tx.private().end_everyone(workspace, keep)),
        };
        let actor = crate::bot::internal(workspace, member);
        let command = Command::SignOutEveryone(SignOutEveryone {});
        self.execute_with(&actor, RequestId::new(), command, Some(rider))
            .await?;
        self.inner.authentication.forget_everyone();
        if let Some(live) = self.live_now(workspace) {
            // Everybody else's are closed where the entry arrives.
            live.hub.close(
                member,
                |held| matches!(held, Credential::Session { id, .. } if *id != keep),
            );
        }
        Ok(())
    }

    /// Changes the policy; sessions that have ended under it end now.
    pub async fn change_policy(
        &self,
        asker: &Access,
        request: RequestId,
        change: ChangePolicy,
    ) -> Result<Policy, Failure> {
        let workspace = asker.actor.workspace;
        self.execute(&asker.actor, request, Command::ChangePolicy(change))
            .await?;
        self.end_old_sessions(workspace).await?;
        self.policy(workspace).await
    }
}
