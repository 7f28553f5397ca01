//! First run: the workspace and its owner.

use super::{ClientNote, check_email};
use crate::{
    Actor, Engine, Failure, bot,
    execute::{Rider, now},
    password,
};
use futures::FutureExt;
use tenon_domain::{refusal::Refusal, workspace::found_workspace};
use tenon_protocol::{
    ChannelId, Command, MemberId, RequestId, WorkspaceId,
    channel::{ChannelKind, CreateChannel},
    credential::{Setup, SetupStatus, SignedIn},
    member::{AddMember, Language, MemberKind, Role},
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
        let ids = self.workspace_ids().await?;
        Ok(SetupStatus {
            needed: ids.is_empty(),
            demo: self.inner.options.demo.clone(),
        })
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
        let password_hash = password::hash(setup.password.clone()).await?;
        let id = WorkspaceId::new();
        let member = MemberId::new();
        let slug = setup.workspace_slug.as_deref();
        let fact = found_workspace(id, &setup.workspace_name, slug, now())?;
        let mut writer = self.inner.store.writer(id);
        let written = writer.write(move |tx| {
            async move {
                if only_first && !workspace::is_first(&mut tx.private()).await? {
                    return Ok(false);
                }
                tx.append(now(), member, fact).await.map(|_| true)
            }
            .boxed()
        });
        let (is_founded, _) = written.await?;
        if !is_founded {
            return Err(Refusal::AlreadySetUp.into());
        }
        let owner = bot::internal(id, member);
        let language = setup.language.unwrap_or_default();
        let command = Command::AddMember(AddMember {
            id: member,
            kind: MemberKind::Person,
            name: setup.name,
            handle: None,
            role: Role::Owner,
            time_zone: setup.time_zone,
            language: Some(language),
        });
        let account = Account {
            workspace: id,
            member,
            email,
            password_hash,
        };
        let rider = account_rider(account);
        self.execute_with(&owner, RequestId::new(), command, Some(rider))
            .await?;
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

    /// What every workspace has: the bot that cards come from, and a channel for everyone.
    async fn furnish(&self, owner: &Actor, language: Language) -> Result<(), Failure> {
        let bot = Command::AddMember(AddMember {
            id: MemberId::new(),
            kind: MemberKind::Bot,
            name: "Tenon".into(),
            handle: Some(bot::HANDLE.into()),
            role: Role::Member,
            time_zone: None,
            language: Some(language),
        });
        self.execute(owner, RequestId::new(), bot).await?;
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

/// Writes the account together with its member; refuses an address that is taken.
pub(crate) fn account_rider(account: Account) -> Rider {
    let checked = account.clone();
    Rider {
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
