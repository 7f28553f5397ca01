//! First run: the workspace and its owner.

use super::{ClientNote, check_email};
use crate::{
    Actor, Engine, Failure, bot,
    execute::{Rider, now},
    password,
};
use futures::FutureExt;
use tenon_domain::{
    member::{AddMemberContext, add_member},
    refusal::Refusal,
    workspace::found_workspace,
};
use tenon_protocol::{
    ChannelId, Command, MemberId, RequestId, WorkspaceId,
    channel::{ChannelKind, CreateChannel},
    credential::{Setup, SetupStatus, SignedIn},
    event::Fact,
    member::{AddMember, Language, MemberKind, Role},
    workspace::Workspace,
};
use tenon_store::{credential::Account, workspace};

/// A new workspace with its owner.
pub struct Founded {
    pub workspace: WorkspaceId,
    /// Everything, as the owner.
    pub owner: Actor,
}

impl Engine {
    /// Whether the first workspace has yet to be made.
    pub async fn setup_status(&self) -> Result<SetupStatus, Failure> {
        let mut all = self.list_workspaces().await?;
        let needed = all.is_empty();
        // Which of several there are is nobody's business before they sign in.
        let alone = if all.len() == 1 { all.pop() } else { None };
        let (name, logo) = alone.map_or((None, None), |it| (Some(it.name), it.logo));
        Ok(SetupStatus {
            needed,
            name,
            logo,
            demo: self.inner.options.demo.clone(),
            mails: self.inner.mailing.is_some(),
        })
    }

    pub(super) async fn list_workspaces(&self) -> Result<Vec<Workspace>, Failure> {
        let read = self
            .inner
            .store
            .read_private(|private| workspace::list(private).boxed());
        Ok(read.await?)
    }

    pub(crate) async fn workspace_ids(&self) -> Result<Vec<WorkspaceId>, Failure> {
        let read = self
            .inner
            .store
            .read_private(|private| workspace::list_ids(private).boxed());
        Ok(read.await?)
    }

    /// Makes the first workspace and its owner, and signs the owner in. Refused once there is
    /// one.
    pub async fn setup(&self, setup: Setup, client: &ClientNote) -> Result<SignedIn, Failure> {
        let founded = self.found_first(setup).await?;
        self.begin_session(founded.workspace, founded.owner.member, client)
            .await
    }

    /// Like `found`; refused if there is a workspace, made by any node.
    pub async fn found_first(&self, setup: Setup) -> Result<Founded, Failure> {
        // Those who would be refused anyway cost no hash of a password.
        if !self.workspace_ids().await?.is_empty() {
            return Err(Refusal::AlreadySetUp.into());
        }
        self.found_if(setup, true).await
    }

    /// Makes a workspace with its owner, the bot that cards come from, and a first channel.
    pub async fn found(&self, setup: Setup) -> Result<Founded, Failure> {
        self.found_if(setup, false).await
    }

    async fn found_if(&self, setup: Setup, only_first: bool) -> Result<Founded, Failure> {
        let email = check_email(&setup.email)?;
        let password_hash = password::hash(setup.password.clone(), 0).await?;
        let (id, member) = (WorkspaceId::new(), MemberId::new());
        let owner = bot::internal(id, member);
        let language = setup.language.unwrap_or_default();
        let facts = founding(&owner, &setup, language)?;
        let account = Account {
            workspace: id,
            member,
            email,
            password_hash,
        };
        // All of it or nothing: a workspace without its owner could never be entered.
        let mut writer = self.inner.store.writer(id);
        let written = writer.write(move |tx| {
            async move {
                if only_first && !workspace::is_first(&mut tx.private()).await? {
                    return Ok(false);
                }
                for fact in facts {
                    tx.append(now(), member, fact).await?;
                }
                tx.private().insert_account(&account).map(|()| true)
            }
            .boxed()
        });
        let (is_founded, _) = written.await?;
        if !is_founded {
            return Err(Refusal::AlreadySetUp.into());
        }
        let owner = Actor {
            internal: false,
            ..owner
        };
        self.furnish(&owner, language).await?;
        Ok(Founded {
            workspace: id,
            owner,
        })
    }

    /// What every workspace has besides: a channel for everyone.
    async fn furnish(&self, owner: &Actor, language: Language) -> Result<(), Failure> {
        let name = match language {
            Language::English => "general",
            Language::Chinese => "综合",
        };
        let channel = Command::CreateChannel(CreateChannel {
            space: None,
            id: ChannelId::new(),
            name: name.into(),
            kind: ChannelKind::Public,
            topic: String::new(),
            project: None,
            members: Vec::new(),
        });
        self.execute(owner, RequestId::new(), channel)
            .await
            .map(drop)
    }
}

/// The workspace, its owner, and the bot that cards come from.
fn founding(owner: &Actor, setup: &Setup, language: Language) -> Result<Vec<Fact>, Refusal> {
    let now = now();
    let slug = setup.workspace_slug.as_deref();
    let mut facts = vec![found_workspace(
        owner.workspace,
        &setup.workspace_name,
        slug,
        now,
    )?];
    let person = AddMember {
        id: owner.member,
        kind: MemberKind::Person,
        name: setup.name.clone(),
        handle: None,
        role: Role::Owner,
        time_zone: setup.time_zone.clone(),
        language: Some(language),
    };
    let bot = AddMember {
        id: MemberId::new(),
        kind: MemberKind::Bot,
        name: "Tenon".into(),
        handle: Some(bot::HANDLE.into()),
        role: Role::Member,
        time_zone: None,
        language: Some(language),
    };
    for (member, taken) in [(person, bot::HANDLE), (bot, "")] {
        let context = AddMemberContext {
            actor: owner,
            me: None,
            id_taken: false,
            handle_taken: &|handle| handle == taken,
            defaults: &[],
        };
        facts.extend(add_member(&context, &member, now)?.facts);
    }
    Ok(facts)
}

/// Writes the account together with its member; refuses an address that is taken.
pub(crate) fn account_rider(account: Account) -> Rider {
    let checked = account.clone();
    Rider {
        join: None,
        check: Box::new(move |tx| {
            let (workspace, email) = (checked.workspace, checked.email.clone());
            async move {
                let accounts = tx.private().list_accounts(&email).await?;
                let taken = accounts
                    .iter()
                    .any(|account| account.workspace == workspace);
                Ok(if taken {
                    Err(Refusal::EmailTaken.into())
                } else {
                    Ok(())
                })
            }
            .boxed()
        }),
        write: Box::new(move |tx| tx.private().insert_account(&account)),
    }
}
