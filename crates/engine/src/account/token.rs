//! API tokens, of people and bots.

use super::{
    Credential,
    authentication::{all_scopes, scope_bits},
};
use crate::{Actor, Engine, Failure, bot, execute::now, secret};
use futures::FutureExt;
use tenon_domain::{access, refusal::Refusal};
use tenon_protocol::{
    Command, MemberId, RequestId, TokenId, WorkspaceId,
    credential::{CreateToken, Token, TokenScope},
    limit::NAME_CHARS_MAX,
    member::{AddMember, MemberKind, Role},
};
use tenon_store::{credential::TokenRow, workspace};

impl Engine {
    /// A token of the asker, with no more scopes than the asker has. The secret is in the answer
    /// and nowhere else.
    pub async fn create_token(
        &self,
        actor: &Actor,
        create: CreateToken,
    ) -> Result<(Token, String), Failure> {
        self.load_me(actor).await?;
        access::check_grant(actor, TokenScope::Admin)?;
        let scopes = create.scopes.unwrap_or_else(all_scopes);
        for scope in &scopes {
            access::check_grant(actor, *scope)?;
        }
        if create.expires_at.is_some_and(|end| end <= now()) {
            let field = "expires_at";
            return Err(Refusal::InThePast { field }.into());
        }
        let name = create.name.trim();
        if name.is_empty() {
            return Err(Refusal::Empty { field: "name" }.into());
        }
        if name.chars().any(char::is_control) {
            return Err(Refusal::ControlCharacter { field: "name" }.into());
        }
        let name = name.chars().take(NAME_CHARS_MAX).collect();
        self.issue_token(
            actor.workspace,
            actor.member,
            name,
            scopes,
            create.expires_at,
        )
        .await
    }

    async fn issue_token(
        &self,
        workspace: WorkspaceId,
        member: MemberId,
        name: String,
        scopes: Vec<TokenScope>,
        expires_at: Option<tenon_protocol::Timestamp>,
    ) -> Result<(Token, String), Failure> {
        let (id, bits) = (TokenId::new(), scope_bits(&scopes));
        let token = Token {
            id,
            member,
            name,
            scopes,
            created_at: now(),
            expires_at,
            last_used_at: None,
        };
        let text = secret::fresh("tnt_");
        let (hash, stored) = (secret::hash(&text), token.clone());
        let row = TokenRow {
            workspace,
            id,
            member,
            scopes: bits,
            expires_at,
        };
        let write = self.inner.store.private(move |private| {
            async move { private.insert_token(&hash, &row, &stored) }.boxed()
        });
        write.await?;
        Ok((token, text))
    }

    /// The asker's own.
    pub async fn list_tokens(&self, actor: &Actor) -> Result<Vec<Token>, Failure> {
        access::check_grant(actor, TokenScope::Admin)?;
        let (workspace, member) = (actor.workspace, actor.member);
        let read = self.inner.store.read_private(move |private| {
            async move { private.list_tokens(workspace, member).await }.boxed()
        });
        Ok(read.await?)
    }

    /// One of the asker's own; its sockets end too.
    pub async fn revoke_token(&self, actor: &Actor, id: TokenId) -> Result<(), Failure> {
        access::check_grant(actor, TokenScope::Admin)?;
        let (workspace, member) = (actor.workspace, actor.member);
        let write = self.inner.store.private(move |private| {
            async move { private.delete_token(workspace, member, id).await }.boxed()
        });
        if !write.await? {
            return Err(Refusal::UnknownToken.into());
        }
        self.inner.authentication.forget_member(member);
        if let Some(live) = self.live_now(workspace) {
            live.hub.close(
                member,
                |held| matches!(held, Credential::Token { id: held } if *held == id),
            );
        }
        Ok(())
    }

    /// For the command line, which has the database in its hands: the workspace with this slug,
    /// or the only one.
    pub async fn find_workspace(&self, slug: Option<&str>) -> Result<Option<WorkspaceId>, Failure> {
        let read = self
            .inner
            .store
            .read_private(|private| workspace::list(private).boxed());
        let all = read.await?;
        let mut matching = all
            .iter()
            .filter(|workspace| slug.is_none_or(|slug| workspace.slug == slug));
        let first = matching.next().map(|workspace| workspace.id);
        Ok(if matching.next().is_none() {
            first
        } else {
            None
        })
    }

    /// For the command line: a token of the person with this address.
    pub async fn issue_member_token(
        &self,
        workspace: WorkspaceId,
        email: &str,
        scopes: Option<Vec<TokenScope>>,
    ) -> Result<String, Failure> {
        let email = email.trim().to_lowercase();
        let read = self.inner.store.read_private(move |private| {
            async move { private.list_accounts(&email).await }.boxed()
        });
        let account = read
            .await?
            .into_iter()
            .find(|account| account.workspace == workspace);
        let account = account.ok_or(Refusal::UnknownMember {
            field: Some("member"),
        })?;
        let scopes = scopes.unwrap_or_else(all_scopes);
        let name = "command line".to_owned();
        Ok(self
            .issue_token(workspace, account.member, name, scopes, None)
            .await?
            .1)
    }

    /// For the command line: a token of the bot with this handle, which is added if it is not
    /// there.
    pub async fn issue_bot_token(
        &self,
        workspace: WorkspaceId,
        name: &str,
        scopes: Option<Vec<TokenScope>>,
    ) -> Result<String, Failure> {
        let handle = name.trim().to_lowercase();
        let member = match self.find_member(workspace, handle.clone()).await? {
            Some(member) if member.kind == MemberKind::Bot && member.active => member.id,
            Some(_) => return Err(Refusal::HandleTaken(handle).into()),
            None => self.add_bot(workspace, name, handle).await?,
        };
        let scopes = scopes.unwrap_or_else(all_scopes);
        let name = "command line".to_owned();
        Ok(self
            .issue_token(workspace, member, name, scopes, None)
            .await?
            .1)
    }

    async fn add_bot(
        &self,
        workspace: WorkspaceId,
        name: &str,
        handle: String,
    ) -> Result<MemberId, Failure> {
        let id = MemberId::new();
        let actor = bot::internal(workspace, id);
        let command = Command::AddMember(AddMember {
            id,
            kind: MemberKind::Bot,
            name: name.trim().to_owned(),
            handle: Some(handle),
            role: Role::Member,
            time_zone: None,
            language: None,
        });
        self.execute(&actor, RequestId::new(), command).await?;
        Ok(id)
    }
}
