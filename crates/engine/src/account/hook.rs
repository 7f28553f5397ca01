//! Incoming webhooks: a secret address that posts to one channel as its own bot.

use super::Attempt;
use crate::{
    Actor, Engine, Failure, bot,
    execute::{Rider, now},
    secret,
};
use futures::FutureExt;
use tenon_domain::{access, refusal::Refusal};
use tenon_protocol::{
    Command, HookId, MemberId, RequestId,
    credential::{CreateHook, Hook, TokenScope},
    limit::HOOKS_MAX,
    member::{AddMember, DeactivateMember, MemberKind, Role},
};
use tenon_store::credential::SecretHash;

const PREFIX: &str = "tnh_";

impl Engine {
    /// Members of the channel who are not guests. The secret is in the answer, in that to the same
    /// attempt repeated, and nowhere else.
    pub async fn create_hook(
        &self,
        actor: &Actor,
        attempt: Attempt,
        create: CreateHook,
    ) -> Result<(Hook, String), Failure> {
        let me = self.load_me(actor).await?;
        access::check_grant(actor, TokenScope::Admin)?;
        access::check_not_guest(&me)?;
        self.check_joined(actor, create.channel).await?;
        let hook = Hook {
            id: HookId(attempt.id),
            channel: create.channel,
            name: create.name.trim().to_owned(),
            bot: bot_of(HookId(attempt.id)),
            created_by: me.id,
            created_at: now(),
        };
        let internal = bot::internal(actor.workspace, hook.bot);
        let add = Command::AddMember(AddMember {
            id: hook.bot,
            kind: MemberKind::Bot,
            name: create.name,
            handle: None,
            role: Role::Guest,
            time_zone: None,
            language: None,
        });
        let text = self.secret_of(actor, &attempt, PREFIX)?;
        let hash = secret::hash(&text);
        let rider = hook_rider(actor, hash, hook.clone());
        let request = attempt.request.unwrap_or_default();
        let done = self.execute_with(&internal, request, add, Some(rider));
        if !done.await?.events.is_empty() {
            return Ok((hook, text));
        }
        let read = self
            .inner
            .store
            .read_private(move |private| async move { private.get_hook(&hash).await }.boxed());
        let (_, before) = read.await?.ok_or(Refusal::UnknownHook)?;
        let hook = Hook {
            created_at: before.created_at,
            ..hook
        };
        if before != hook {
            return Err(Refusal::RequestReused.into());
        }
        Ok((hook, text))
    }

    /// One's own; administrators see all.
    pub async fn list_hooks(&self, actor: &Actor) -> Result<Vec<Hook>, Failure> {
        let me = self.load_me(actor).await?;
        access::check_grant(actor, TokenScope::Admin)?;
        let workspace = actor.workspace;
        let read = self.inner.store.read_private(move |private| {
            async move { private.list_hooks(workspace).await }.boxed()
        });
        let mut hooks = read.await?;
        hooks.retain(|hook| hook.created_by == me.id || access::is_administrator(&me));
        Ok(hooks)
    }

    /// One's own; administrators any. The address answers no more, the bot is deactivated.
    pub async fn delete_hook(&self, actor: &Actor, id: HookId) -> Result<(), Failure> {
        let hooks = self.list_hooks(actor).await?;
        let hook = hooks
            .into_iter()
            .find(|hook| hook.id == id)
            .ok_or(Refusal::UnknownHook)?;
        let workspace = actor.workspace;
        let write = self.inner.store.private(move |private| {
            async move { private.delete_hook(workspace, id).await }.boxed()
        });
        write.await?;
        let internal = Actor {
            member: hook.bot,
            internal: true,
            ..*actor
        };
        let end = Command::DeactivateMember(DeactivateMember { member: hook.bot });
        match self.execute(&internal, RequestId::new(), end).await {
            Ok(_) | Err(Failure::Refused(_) | Failure::AlreadyATask(_)) => Ok(()),
            Err(failure) => Err(failure),
        }
    }
}

/// The bot that a hook posts as: the same for whoever asks for the hook again.
fn bot_of(hook: HookId) -> MemberId {
    let mut hasher = blake3::Hasher::new_derive_key("tenon 2026 bot of a hook");
    hasher.update(hook.0.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    MemberId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

/// The bot is in the channel, and its hook there, with the bot itself.
fn hook_rider(actor: &Actor, hash: SecretHash, hook: Hook) -> Rider {
    let (workspace, channel) = (actor.workspace, hook.channel);
    Rider {
        check: Box::new(move |tx| {
            async move {
                let count = tx.private().count_hooks(workspace).await?;
                let (field, max) = ("hooks", HOOKS_MAX);
                Ok(match count < HOOKS_MAX as i64 {
                    true => Ok(()),
                    false => Err(Refusal::TooMany { field, max }.into()),
                })
            }
            .boxed()
        }),
        write: Box::new(move |tx| tx.private().insert_hook(&hash, workspace, &hook)),
        join: Some((*actor, channel)),
    }
}
