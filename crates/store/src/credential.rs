//! Credentials: accounts, sessions, tokens, invitations, hooks, avatars. Tables beside the log.
//!
//! Secrets come in as hashes and never leave. Nothing here decides who may do what.

use crate::{
    Private, Result,
    sql::{Row, params, statements, time},
};
use tenon_protocol::{
    HookId, InvitationId, MemberId, SessionId, Timestamp, TokenId, WorkspaceId,
    credential::{Hook, Invitation, Session, Token},
};
use uuid::Uuid;

statements! {
    INSERT_ACCOUNT = "INSERT INTO account (workspace, member, email, password_hash)
        VALUES ($1, $2, $3, $4)";
    ACCOUNTS = "SELECT workspace, member, email, password_hash FROM account WHERE email = $1";
    ACCOUNT_OF = "SELECT workspace, member, email, password_hash FROM account
        WHERE workspace = $1 AND member = $2";
    SET_PASSWORD = "UPDATE account SET password_hash = $1 WHERE workspace = $2 AND member = $3";

    INSERT_SESSION = "INSERT INTO session (secret_hash, workspace, id, member, created_at,
        last_seen_at, expires_at, user_agent) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    GET_SESSION = "SELECT workspace, id, member, created_at, last_seen_at, expires_at FROM session
        WHERE secret_hash = $1";
    LIST_SESSIONS = "SELECT id, created_at, last_seen_at, expires_at, user_agent FROM session
        WHERE workspace = $1 AND member = $2 ORDER BY created_at DESC";
    SEE_SESSION = "UPDATE session SET last_seen_at = $1 WHERE secret_hash = $2";
    SEE_SESSIONS = "UPDATE session SET last_seen_at = $1 WHERE workspace = $2
            AND id IN (SELECT unhex(value, '-') FROM json_each($3))"
        | "UPDATE session SET last_seen_at = $1 WHERE workspace = $2 AND id = ANY ($3::uuid[])";
    ENDED_SESSIONS = "SELECT id, member FROM session WHERE workspace = $1
        AND (expires_at <= $2 OR created_at <= $3 OR last_seen_at <= $4) LIMIT $5";
    END_EVERYONE = "DELETE FROM session WHERE workspace = $1 AND id <> $2";
    END_SESSION = "DELETE FROM session WHERE workspace = $1 AND member = $2 AND id = $3";
    END_OTHER_SESSIONS = "DELETE FROM session WHERE workspace = $1 AND member = $2 AND id <> $3";
    END_SESSIONS = "DELETE FROM session WHERE workspace = $1 AND member = $2";
    END_EXPIRED = "DELETE FROM session WHERE expires_at < $1";
    GET_SESSION_END = "SELECT expires_at FROM session
        WHERE workspace = $1 AND member = $2 AND id = $3";

    VALID_SESSIONS = "SELECT id FROM session WHERE workspace = $1 AND expires_at > $2
            AND id IN (SELECT unhex(value, '-') FROM json_each($3))"
        | "SELECT id FROM session WHERE workspace = $1 AND expires_at > $2
            AND id = ANY($3::uuid[])";

    INSERT_TOKEN = "INSERT INTO token (secret_hash, workspace, id, member, scopes, expires_at,
        body) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    GET_TOKEN_BODY = "SELECT body, last_used_at FROM token WHERE secret_hash = $1";
    COUNT_TOKENS = "SELECT COUNT(*) FROM token WHERE workspace = $1 AND member = $2";
    DELETE_ENDED_TOKENS = "DELETE FROM token WHERE workspace = $1 AND member = $2
        AND expires_at <= $3";
    GET_TOKEN = "SELECT workspace, id, member, scopes, expires_at FROM token
        WHERE secret_hash = $1";
    LIST_TOKENS = "SELECT body, last_used_at FROM token WHERE workspace = $1 AND member = $2";
    VALID_TOKENS = "SELECT id FROM token WHERE workspace = $1
            AND (expires_at IS NULL OR expires_at > $2)
            AND id IN (SELECT unhex(value, '-') FROM json_each($3))"
        | "SELECT id FROM token WHERE workspace = $1
            AND (expires_at IS NULL OR expires_at > $2) AND id = ANY($3::uuid[])";
    SEE_TOKEN = "UPDATE token SET last_used_at = $1 WHERE secret_hash = $2";
    DELETE_TOKEN = "DELETE FROM token WHERE workspace = $1 AND member = $2 AND id = $3";
    DELETE_TOKENS = "DELETE FROM token WHERE workspace = $1 AND member = $2";

    INSERT_INVITATION = "INSERT INTO invitation (secret_hash, workspace, id, uses_left, expires_at,
        body) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    GET_MADE_INVITATION = "SELECT body, uses_left, expires_at FROM invitation
        WHERE secret_hash = $1";
    GET_INVITATION = "SELECT body, uses_left, expires_at, workspace FROM invitation
        WHERE secret_hash = $1
        AND uses_left > 0 AND expires_at > $2";
    LIST_INVITATIONS = "SELECT body, uses_left, expires_at FROM invitation WHERE workspace = $1
        AND uses_left > 0 AND expires_at > $2";
    FIND_INVITATION = "SELECT body, uses_left, expires_at FROM invitation WHERE workspace = $1
        AND id = $2 AND uses_left > 0";
    RENEW_INVITATION = "UPDATE invitation SET expires_at = $1 WHERE workspace = $2 AND id = $3";
    DELETE_OLD_INVITATIONS = "DELETE FROM invitation WHERE workspace = $1
        AND (uses_left <= 0 OR expires_at < $2)";
    COUNT_INVITATIONS = "SELECT COUNT(*) FROM invitation WHERE workspace = $1";
    USE_INVITATION = "UPDATE invitation SET uses_left = uses_left - 1 WHERE secret_hash = $1
        AND uses_left > 0";
    DELETE_INVITATION = "DELETE FROM invitation WHERE workspace = $1 AND id = $2";

    INSERT_HOOK = "INSERT INTO hook (secret_hash, workspace, id, body) VALUES ($1, $2, $3, $4)";
    GET_HOOK = "SELECT workspace, body FROM hook WHERE secret_hash = $1";
    COUNT_HOOKS = "SELECT COUNT(*) FROM hook WHERE workspace = $1";
    LIST_HOOKS = "SELECT body FROM hook WHERE workspace = $1 ORDER BY id";
    DELETE_HOOK = "DELETE FROM hook WHERE workspace = $1 AND id = $2";

    INSERT_AVATAR = "INSERT INTO avatar (workspace, hash, media_type, bytes)
        VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    GET_AVATAR = "SELECT media_type, bytes FROM avatar WHERE workspace = $1 AND hash = $2";
}

/// BLAKE3 of a secret.
pub type SecretHash = [u8; 32];

/// How a person signs in to one workspace.
#[derive(Clone, Debug)]
pub struct Account {
    pub workspace: WorkspaceId,
    pub member: MemberId,
    /// Lower case.
    pub email: String,
    /// PHC string of argon2id.
    pub password_hash: String,
}

/// A session as authentication needs it.
#[derive(Clone, Debug)]
pub struct SessionRow {
    pub workspace: WorkspaceId,
    pub id: SessionId,
    pub member: MemberId,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
    pub expires_at: Timestamp,
}

/// A token as authentication needs it; `scopes` as a set of bits.
#[derive(Clone, Debug)]
pub struct TokenRow {
    pub workspace: WorkspaceId,
    pub id: TokenId,
    pub member: MemberId,
    pub scopes: i64,
    pub expires_at: Option<Timestamp>,
}

fn invitation(row: &Row<'_>) -> Result<Invitation> {
    // The row's JSON says how it was made.
    let made: Invitation = row.body(0)?;
    let uses_left = row.int(1)?;
    Ok(Invitation {
        used: made.uses_left - uses_left,
        uses_left,
        expires_at: row.time(2)?,
        ..made
    })
}

fn token(row: &Row<'_>) -> Result<Token> {
    let mut token: Token = row.body(0)?;
    token.last_used_at = row.optional_int(1)?.map(time).transpose()?;
    Ok(token)
}

fn account(row: &Row<'_>) -> Result<Account> {
    Ok(Account {
        workspace: WorkspaceId(row.id(0)?),
        member: MemberId(row.id(1)?),
        email: row.text(2)?,
        password_hash: row.text(3)?,
    })
}

impl Private<'_> {
    pub fn insert_account(&mut self, account: &Account) -> Result<()> {
        let Account {
            workspace,
            member,
            email,
            password_hash,
        } = account;
        self.conn.exec(
            &INSERT_ACCOUNT,
            params![*workspace, *member, email, password_hash],
        )
    }

    /// The accounts with this address, in all workspaces.
    pub async fn list_accounts(&mut self, email: &str) -> Result<Vec<Account>> {
        self.conn.rows(&ACCOUNTS, params![email], account).await
    }

    pub async fn get_account(
        &mut self,
        workspace: WorkspaceId,
        member: MemberId,
    ) -> Result<Option<Account>> {
        self.conn
            .row(&ACCOUNT_OF, params![workspace, member], account)
            .await
    }

    pub fn set_password(
        &mut self,
        workspace: WorkspaceId,
        member: MemberId,
        password_hash: &str,
    ) -> Result<()> {
        self.conn
            .exec(&SET_PASSWORD, params![password_hash, workspace, member])
    }

    pub fn insert_session(
        &mut self,
        secret: &SecretHash,
        row: &SessionRow,
        user_agent: &str,
    ) -> Result<()> {
        let values = params![
            secret,
            row.workspace,
            row.id,
            row.member,
            row.created_at,
            row.last_seen_at,
            row.expires_at,
            user_agent
        ];
        self.conn.exec(&INSERT_SESSION, values)
    }

    pub async fn get_session(&mut self, secret: &SecretHash) -> Result<Option<SessionRow>> {
        let read = |row: &Row<'_>| {
            Ok(SessionRow {
                workspace: WorkspaceId(row.id(0)?),
                id: SessionId(row.id(1)?),
                member: MemberId(row.id(2)?),
                created_at: row.time(3)?,
                last_seen_at: row.time(4)?,
                expires_at: row.time(5)?,
            })
        };
        self.conn.row(&GET_SESSION, params![secret], read).await
    }

    /// Newest first; `current` is left false.
    pub async fn list_sessions(
        &mut self,
        workspace: WorkspaceId,
        member: MemberId,
    ) -> Result<Vec<Session>> {
        let read = |row: &Row<'_>| {
            Ok(Session {
                id: SessionId(row.id(0)?),
                created_at: row.time(1)?,
                last_seen_at: row.time(2)?,
                expires_at: row.time(3)?,
                user_agent: row.text(4)?,
                current: false,
            })
        };
        self.conn
            .rows(&LIST_SESSIONS, params![workspace, member], read)
            .await
    }

    /// None if there is none, or it ended.
    pub async fn get_session_end(
        &mut self,
        workspace: WorkspaceId,
        member: MemberId,
        id: SessionId,
    ) -> Result<Option<Timestamp>> {
        let values = params![workspace, member, id];
        let read = |row: &Row<'_>| row.time(0);
        self.conn.row(&GET_SESSION_END, values, read).await
    }

    /// Those of these sessions and tokens that are still good, in two statements.
    pub async fn list_valid(
        &mut self,
        workspace: WorkspaceId,
        now: Timestamp,
        sessions: &[SessionId],
        tokens: &[TokenId],
    ) -> Result<(Vec<SessionId>, Vec<TokenId>)> {
        let sessions: Vec<_> = sessions.iter().map(|id| id.0).collect();
        let tokens: Vec<_> = tokens.iter().map(|id| id.0).collect();
        let read = |row: &Row<'_>| row.id(0);
        let values = params![workspace, now, &sessions[..]];
        let sessions = self.conn.rows(&VALID_SESSIONS, values, read).await?;
        let values = params![workspace, now, &tokens[..]];
        let tokens = self.conn.rows(&VALID_TOKENS, values, read).await?;
        let sessions = sessions.into_iter().map(SessionId).collect();
        Ok((sessions, tokens.into_iter().map(TokenId).collect()))
    }

    pub fn see_session(&mut self, secret: &SecretHash, at: Timestamp) -> Result<()> {
        self.conn.exec(&SEE_SESSION, params![at, secret])
    }

    /// Sessions that were used otherwise than by requests, such as over a socket.
    pub fn see_sessions(
        &mut self,
        workspace: WorkspaceId,
        ids: &[SessionId],
        at: Timestamp,
    ) -> Result<()> {
        let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
        self.conn
            .exec(&SEE_SESSIONS, params![at, workspace, &ids[..]])
    }

    /// Sessions past their end, or made or last seen before these moments.
    pub async fn list_ended_sessions(
        &mut self,
        workspace: WorkspaceId,
        now: Timestamp,
        (created, seen): (Timestamp, Timestamp),
        limit: i64,
    ) -> Result<Vec<(SessionId, MemberId)>> {
        let values = params![workspace, now, created, seen, limit];
        let read = |row: &Row<'_>| Ok((SessionId(row.id(0)?), MemberId(row.id(1)?)));
        self.conn.rows(&ENDED_SESSIONS, values, read).await
    }

    /// Ends all sessions of a workspace but one.
    pub fn end_everyone(&mut self, workspace: WorkspaceId, keep: SessionId) -> Result<()> {
        self.unsubscribe_everyone(workspace, keep)?;
        self.conn.exec(&END_EVERYONE, params![workspace, keep])
    }

    /// False if there was none.
    pub async fn end_session(
        &mut self,
        workspace: WorkspaceId,
        member: MemberId,
        id: SessionId,
    ) -> Result<bool> {
        self.unsubscribe(workspace, member, id)?;
        let count = self
            .conn
            .exec_count(&END_SESSION, params![workspace, member, id])
            .await?;
        Ok(count > 0)
    }

    pub fn end_other_sessions(
        &mut self,
        workspace: WorkspaceId,
        member: MemberId,
        keep: SessionId,
    ) -> Result<()> {
        self.unsubscribe_others(workspace, member, keep)?;
        self.conn
            .exec(&END_OTHER_SESSIONS, params![workspace, member, keep])
    }

    pub fn end_sessions(&mut self, workspace: WorkspaceId, member: MemberId) -> Result<()> {
        self.unsubscribe_all(workspace, member)?;
        self.conn.exec(&END_SESSIONS, params![workspace, member])
    }

    /// Ends a member's sessions and tokens.
    pub fn end_all(&mut self, workspace: WorkspaceId, member: MemberId) -> Result<()> {
        self.end_sessions(workspace, member)?;
        self.conn.exec(&DELETE_TOKENS, params![workspace, member])
    }

    pub fn end_expired_sessions(&mut self, now: Timestamp) -> Result<()> {
        self.unsubscribe_expired(now)?;
        self.conn.exec(&END_EXPIRED, params![now])
    }

    /// False if its id is taken.
    pub async fn insert_token(
        &mut self,
        secret: &SecretHash,
        row: &TokenRow,
        token: &Token,
    ) -> Result<bool> {
        let body = serde_json::to_string(token)?;
        let values = params![
            secret,
            row.workspace,
            row.id,
            row.member,
            row.scopes,
            row.expires_at,
            &body
        ];
        Ok(self.conn.exec_count(&INSERT_TOKEN, values).await? > 0)
    }

    /// The token with this secret, as it is listed.
    pub async fn find_token(&mut self, secret: &SecretHash) -> Result<Option<Token>> {
        self.conn.row(&GET_TOKEN_BODY, params![secret], token).await
    }

    /// Of one member, those past their end too.
    pub async fn count_tokens(&mut self, workspace: WorkspaceId, member: MemberId) -> Result<i64> {
        let values = params![workspace, member];
        let count = self.conn.row(&COUNT_TOKENS, values, |row| row.int(0));
        Ok(count.await?.unwrap_or(0))
    }

    /// Removes those that ended; answers with how many.
    pub async fn delete_ended_tokens(
        &mut self,
        workspace: WorkspaceId,
        member: MemberId,
        now: Timestamp,
    ) -> Result<u64> {
        let values = params![workspace, member, now];
        self.conn.exec_count(&DELETE_ENDED_TOKENS, values).await
    }

    pub async fn get_token(&mut self, secret: &SecretHash) -> Result<Option<TokenRow>> {
        let read = |row: &Row<'_>| {
            Ok(TokenRow {
                workspace: WorkspaceId(row.id(0)?),
                id: TokenId(row.id(1)?),
                member: MemberId(row.id(2)?),
                scopes: row.int(3)?,
                expires_at: row.optional_int(4)?.map(time).transpose()?,
            })
        };
        self.conn.row(&GET_TOKEN, params![secret], read).await
    }

    pub async fn list_tokens(
        &mut self,
        workspace: WorkspaceId,
        member: MemberId,
    ) -> Result<Vec<Token>> {
        self.conn
            .rows(&LIST_TOKENS, params![workspace, member], token)
            .await
    }

    pub fn see_token(&mut self, secret: &SecretHash, at: Timestamp) -> Result<()> {
        self.conn.exec(&SEE_TOKEN, params![at, secret])
    }

    /// False if there was none.
    pub async fn delete_token(
        &mut self,
        workspace: WorkspaceId,
        member: MemberId,
        id: TokenId,
    ) -> Result<bool> {
        let count = self
            .conn
            .exec_count(&DELETE_TOKEN, params![workspace, member, id])
            .await?;
        Ok(count > 0)
    }

    /// False if its id is taken.
    pub async fn insert_invitation(
        &mut self,
        secret: &SecretHash,
        workspace: WorkspaceId,
        invitation: &Invitation,
    ) -> Result<bool> {
        let body = serde_json::to_string(invitation)?;
        let values = params![
            secret,
            workspace,
            invitation.id,
            invitation.uses_left,
            invitation.expires_at,
            &body
        ];
        Ok(self.conn.exec_count(&INSERT_INVITATION, values).await? > 0)
    }

    /// The invitation with this secret, whether or not it may still be used.
    pub async fn get_made_invitation(&mut self, secret: &SecretHash) -> Result<Option<Invitation>> {
        self.conn
            .row(&GET_MADE_INVITATION, params![secret], invitation)
            .await
    }

    /// The invitation if it may still be used.
    pub async fn get_invitation(
        &mut self,
        secret: &SecretHash,
        now: Timestamp,
    ) -> Result<Option<(WorkspaceId, Invitation)>> {
        let read = |row: &Row<'_>| Ok((WorkspaceId(row.id(3)?), invitation(row)?));
        self.conn
            .row(&GET_INVITATION, params![secret, now], read)
            .await
    }

    /// Those that are not used up and did not end before this moment.
    pub async fn list_invitations(
        &mut self,
        workspace: WorkspaceId,
        ended: Timestamp,
    ) -> Result<Vec<Invitation>> {
        self.conn
            .rows(&LIST_INVITATIONS, params![workspace, ended], invitation)
            .await
    }

    /// One that is not used up; it may have ended.
    pub async fn find_invitation(
        &mut self,
        workspace: WorkspaceId,
        id: InvitationId,
    ) -> Result<Option<Invitation>> {
        self.conn
            .row(&FIND_INVITATION, params![workspace, id], invitation)
            .await
    }

    pub fn renew_invitation(
        &mut self,
        workspace: WorkspaceId,
        id: InvitationId,
        expires_at: Timestamp,
    ) -> Result<()> {
        let values = params![expires_at, workspace, id];
        self.conn.exec(&RENEW_INVITATION, values)
    }

    /// Removes those that are used up or ended before this moment; answers with how many are left.
    pub async fn tidy_invitations(
        &mut self,
        workspace: WorkspaceId,
        ended: Timestamp,
    ) -> Result<i64> {
        self.conn
            .exec(&DELETE_OLD_INVITATIONS, params![workspace, ended])?;
        let count = self
            .conn
            .row(&COUNT_INVITATIONS, params![workspace], |row| row.int(0))
            .await?;
        Ok(count.unwrap_or(0))
    }

    pub fn use_invitation(&mut self, secret: &SecretHash) -> Result<()> {
        self.conn.exec(&USE_INVITATION, params![secret])
    }

    /// False if there was none.
    pub async fn delete_invitation(
        &mut self,
        workspace: WorkspaceId,
        id: InvitationId,
    ) -> Result<bool> {
        let count = self
            .conn
            .exec_count(&DELETE_INVITATION, params![workspace, id])
            .await?;
        Ok(count > 0)
    }

    pub fn insert_hook(
        &mut self,
        secret: &SecretHash,
        workspace: WorkspaceId,
        hook: &Hook,
    ) -> Result<()> {
        let body = serde_json::to_string(hook)?;
        self.conn
            .exec(&INSERT_HOOK, params![secret, workspace, hook.id, &body])
    }

    pub async fn get_hook(&mut self, secret: &SecretHash) -> Result<Option<(WorkspaceId, Hook)>> {
        let read = |row: &Row<'_>| Ok((WorkspaceId(row.id(0)?), row.body(1)?));
        self.conn.row(&GET_HOOK, params![secret], read).await
    }

    pub async fn count_hooks(&mut self, workspace: WorkspaceId) -> Result<i64> {
        let values = params![workspace];
        let count = self.conn.row(&COUNT_HOOKS, values, |row| row.int(0));
        Ok(count.await?.unwrap_or(0))
    }

    pub async fn list_hooks(&mut self, workspace: WorkspaceId) -> Result<Vec<Hook>> {
        self.conn
            .rows(&LIST_HOOKS, params![workspace], |row| row.body(0))
            .await
    }

    /// False if there was none.
    pub async fn delete_hook(&mut self, workspace: WorkspaceId, id: HookId) -> Result<bool> {
        let count = self
            .conn
            .exec_count(&DELETE_HOOK, params![workspace, id])
            .await?;
        Ok(count > 0)
    }

    pub fn insert_avatar(
        &mut self,
        workspace: WorkspaceId,
        hash: &str,
        media_type: &str,
        bytes: &[u8],
    ) -> Result<()> {
        self.conn
            .exec(&INSERT_AVATAR, params![workspace, hash, media_type, bytes])
    }

    /// Media type and picture.
    pub async fn get_avatar(
        &mut self,
        workspace: WorkspaceId,
        hash: &str,
    ) -> Result<Option<(String, Vec<u8>)>> {
        let read = |row: &Row<'_>| Ok((row.text(0)?, row.bytes(1)?));
        self.conn
            .row(&GET_AVATAR, params![workspace, hash], read)
            .await
    }
}
