//! API tokens, of people and bots.

use super::{
    Attempt, Credential,
    attempt::{Claimed, claim, settle},
    authentication::{all_scopes, scope_bits},
};
use crate::{Actor, Engine, Failure, bot, execute::now, secret};
use futures::FutureExt;
use tenon_domain::{access, refusal::Refusal};
use tenon_protocol::{
    Command, MemberId, RequestId, TokenId, WorkspaceId,
    credential::{CreateToken, Token, TokenScope},
    limit::{NAME_CHARS_MAX, TOKENS_PER_MEMBER_MAX},
    member::{AddMember, MemberKind, Role},
};
use tenon_store::{
    Private,
    credential::{SecretHash, TokenRow},
    request::Request,
    workspace,
};

const PREFIX: &str = "tnt_";

impl Engine {
    /// A token of the asker, with no more scopes than the asker has. The secret is in the answer,
    /// in that to the same attempt repeated, and nowhere else.
    pub async fn create_token(
        &self,
        actor: &Actor,
        attempt: Attempt,
        create: CreateToken,
    ) -> Result<(Token, String), Failure> {
        self.load_me(actor).await?;
        access::check_grant(actor, TokenScope::Admin)?;
        let claim = attempt.claim(actor, PREFIX, &create);
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
        let token = Token {
            id: TokenId(attempt.id),
            expires_at: create.expires_at,
            ..token_of(actor.member, name, scopes)
        };
        let text = self.secret_of(actor, &attempt, PREFIX)?;
        self.issue_token(actor.workspace, token, text, claim).await
    }

    async fn issue_token(
        &self,
        workspace: WorkspaceId,
        token: Token,
        text: String,
        claim: Option<Request>,
    ) -> Result<(Token, String), Failure> {
        let hash = secret::hash(&text);
        let write = self.inner.store.private(move |private| {
            async move { put_token(private, workspace, &hash, token, claim.as_ref()).await }.boxed()
        });
        Ok((write.await??, text))
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
        let token = token_of(account.member, "command line".to_owned(), scopes);
        let issued = self.issue_token(workspace, token, secret::fresh(PREFIX), None);
        Ok(issued.await?.1)
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
        let token = token_of(member, "command line".to_owned(), scopes);
        let issued = self.issue_token(workspace, token, secret::fresh(PREFIX), None);
        Ok(issued.await?.1)
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

fn token_of(member: MemberId, name: String, scopes: Vec<TokenScope>) -> Token {
    Token {
        id: TokenId::new(),
        member,
        name,
        scopes,
        created_at: now(),
        expires_at: None,
        last_used_at: None,
    }
}

/// Keeps it, once for its attempt.
async fn put_token(
    private: &mut Private<'_>,
    workspace: WorkspaceId,
    hash: &SecretHash,
    token: Token,
    wanted: Option<&Request>,
) -> tenon_store::Result<Result<Token, Refusal>> {
    match claim(private, workspace, wanted).await? {
        Err(refusal) => return Ok(Err(refusal)),
        Ok(Claimed::Before) => {
            let made = private.find_token(hash).await?;
            return Ok(made.ok_or(Refusal::UnknownToken));
        }
        Ok(Claimed::New) => {}
    }
    let row = TokenRow {
        workspace,
        id: token.id,
        member: token.member,
        scopes: scope_bits(&token.scopes),
        expires_at: token.expires_at,
    };
    let made = if !has_room(private, workspace, token.member).await? {
        let (field, max) = ("tokens", TOKENS_PER_MEMBER_MAX);
        Err(Refusal::TooMany { field, max })
    } else if private.insert_token(hash, &row, &token).await? {
        Ok(token)
    } else {
        Err(Refusal::IdTaken)
    };
    settle(private, workspace, wanted, made)
}

/// Whether one more fits in, if need be in the place of those that ended.
async fn has_room(
    private: &mut Private<'_>,
    workspace: WorkspaceId,
    member: MemberId,
) -> tenon_store::Result<bool> {
    if private.count_tokens(workspace, member).await? < TOKENS_PER_MEMBER_MAX as i64 {
        return Ok(true);
    }
    let ended = private
        .delete_ended_tokens(workspace, member, now())
        .await?;
    Ok(ended > 0)
}
