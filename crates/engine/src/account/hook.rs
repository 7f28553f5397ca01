//! Incoming webhooks: a secret address that posts to one channel as its own bot.

use crate::{Actor, Engine, Failure, execute::now, secret};
use futures::FutureExt;
use tenon_domain::{access, refusal::Refusal};
use tenon_protocol::{
    Command, HookId, MemberId, RequestId,
    channel::AddChannelMember,
    credential::{CreateHook, Hook, TokenScope},
    member::{AddMember, DeactivateMember, MemberKind, Role},
};

impl Engine {
    /// Members of the channel who are not guests. The secret is in the answer and nowhere else.
    pub async fn create_hook(
        &self,
        actor: &Actor,
        create: CreateHook,
    ) -> Result<(Hook, String), Failure> {
        let me = self.load_me(actor).await?;
        access::check_grant(actor, TokenScope::Admin)?;
        access::check_not_guest(&me)?;
        self.check_joined(actor, create.channel).await?;
        let bot = MemberId::new();
        let internal = Actor {
            member: bot,
            internal: true,
            ..*actor
        };
        let add = Command::AddMember(AddMember {
            id: bot,
            kind: MemberKind::Bot,
            name: create.name.clone(),
            handle: None,
            role: Role::Guest,
            time_zone: None,
            language: None,
        });
        self.execute(&internal, RequestId::new(), add).await?;
        let join = AddChannelMember {
            channel: create.channel,
            member: bot,
        };
        self.execute(actor, RequestId::new(), Command::AddChannelMember(join))
            .await?;
        let hook = Hook {
            id: HookId::new(),
            channel: create.channel,
            name: create.name.trim().to_owned(),
            bot,
            created_by: me.id,
            created_at: now(),
        };
        let text = secret::fresh("tnh_");
        let (hash, workspace, stored) = (secret::hash(&text), actor.workspace, hook.clone());
        let write = self.inner.store.private(move |private| {
            async move { private.insert_hook(&hash, workspace, &stored) }.boxed()
        });
        write.await?;
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
