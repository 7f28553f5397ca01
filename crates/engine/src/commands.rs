//! Loads what each decision needs, inside the transaction, and calls it. No rule is decided here.

mod acknowledgement;
mod bookmark;
mod channel;
mod checklist;
pub(crate) mod emoji;
mod feed;
mod field;
mod group;
mod joint;
mod link;
mod member;
mod message;
mod notification;
pub(crate) mod poll;
mod preference;
mod project;
mod retention;
mod roster;
mod saved;
mod scheduled;
mod side_bar;
mod space;
mod task;
mod task_type;
mod template;
mod trash;
mod workspace;

use crate::{Actor, directory::Directory};
use hashbrown::HashSet;
use std::sync::Arc;
use tenon_domain::{access, access::Standing, decide::Decision, refusal::Refusal};
use tenon_protocol::{
    ChannelId, Command, Event, MemberId, MessageId, ProjectId, SpaceId, Timestamp,
    channel::Channel,
    event::Fact,
    member::{Member, Role},
    project::{Project, Visibility},
};
use tenon_store::{Tx, cache::Members, channel as channels, project as projects, space as spaces};

/// What loaders work with, for one command.
pub(crate) struct Desk<'d, 'c> {
    pub tx: &'d mut Tx<'c>,
    pub directory: &'d mut Directory,
    pub members: Members,
    /// Ids of messages of this batch that exist already.
    pub taken: &'d HashSet<MessageId>,
    pub now: Timestamp,
}

/// The outer error is the store's, the inner one the asker's.
pub(crate) type Decided = tenon_store::Result<Result<Decision, Refusal>>;

/// Loads and decides.
// Table: one line per command.
pub(crate) async fn decide(desk: &mut Desk<'_, '_>, actor: &Actor, command: &Command) -> Decided {
    let me = desk.members.get(&actor.member).cloned();
    if let Command::AddMember(command) = command {
        return member::add(desk, actor, me.as_deref(), command).await;
    }
    let Some(me) = me else {
        return Ok(Err(Refusal::Unauthenticated));
    };
    let who = Who { actor, me: &me };
    match command {
        Command::RenameWorkspace(command) => workspace::rename(desk, who, command).await,
        Command::HideReaders(command) => workspace::hide_readers(desk, who, command).await,
        Command::HideMailContent(command) => workspace::hide_mail_content(desk, who, command).await,

        Command::RestrictEmoji(command) => workspace::restrict_emoji(desk, who, command).await,
        Command::AddEmoji(command) => emoji::add(desk, who, command).await,
        Command::ChangeEmoji(command) => emoji::change(desk, who, command).await,
        Command::RemoveEmoji(command) => emoji::remove(desk, who, command).await,
        Command::ChangeLogo(command) => workspace::change_logo(desk, who, command).await,
        Command::ChangePolicy(command) => workspace::change_policy(desk, who, command).await,
        Command::ChangeMailDomains(command) => {
            workspace::change_mail_domains(desk, who, command).await
        }
        Command::ChangeRetention(command) => retention::change(desk, who, command).await,
        Command::ChangeChannelRetention(command) => {
            channel::change_retention(desk, who, command).await
        }
        Command::EraseMessages(command) => retention::erase_messages(desk, who, command).await,
        Command::EraseFiles(command) => retention::erase_files(desk, who, command).await,
        Command::SignOutEveryone(command) => workspace::sign_out_everyone(desk, who, command).await,

        Command::AddMember(command) => member::add(desk, actor, Some(&me), command).await,
        Command::UpdateMember(command) => member::update(desk, who, command),
        Command::ChangeRole(command) => member::change_role(desk, who, command),
        Command::DeactivateMember(command) => member::deactivate(desk, who, command),
        Command::ReactivateMember(command) => member::reactivate(desk, who, command),
        Command::ClearStatus(command) => member::clear_status(desk, who, command),

        Command::CreateGroup(command) => group::create(desk, who, command).await,
        Command::UpdateGroup(command) => group::update(desk, who, command).await,
        Command::ChangeGroupMembers(command) => group::change_members(desk, who, command).await,
        Command::DeleteGroup(command) => group::delete(desk, who, command).await,

        Command::CreateSpace(command) => space::create(desk, who, command).await,
        Command::UpdateSpace(command) => space::update(desk, who, command).await,
        Command::ChangeSpaceMembers(command) => space::change_members(desk, who, command).await,

        Command::FollowGroup(command) => roster::follow(desk, who, command).await,
        Command::SettleMembers(command) => roster::settle(desk, who, command).await,

        Command::CreateChannel(command) => channel::create(desk, who, command).await,
        Command::OpenDirect(command) => channel::open_direct(desk, who, command).await,
        Command::UpdateChannel(command) => channel::update(desk, who, command).await,
        Command::ChangeChannelRole(command) => channel::change_role(desk, who, command).await,
        Command::AddChannelMember(command) => channel::add_member(desk, who, command).await,
        Command::RemoveChannelMember(command) => channel::remove_member(desk, who, command).await,
        Command::MarkRead(command) => channel::mark_read(desk, who, command).await,
        Command::MarkAllRead(command) => channel::mark_all_read(desk, who, command).await,

        Command::PostMessage(command) => message::post(desk, who, command).await,
        Command::EditMessage(command) => message::edit(desk, who, command).await,
        Command::DeleteMessage(command) => message::delete(desk, who, command).await,
        Command::AddReaction(command) => message::add_reaction(desk, who, command).await,
        Command::RemoveReaction(command) => message::remove_reaction(desk, who, command).await,

        Command::PinMessage(command) => message::pin(desk, who, command).await,
        Command::UnpinMessage(command) => message::unpin(desk, who, command).await,

        Command::ResolveThread(command) => message::resolve(desk, who, command).await,
        Command::ReopenThread(command) => message::reopen(desk, who, command).await,

        Command::RequestAcknowledgement(command) => {
            acknowledgement::request(desk, who, command).await
        }
        Command::WithdrawAcknowledgement(command) => {
            acknowledgement::withdraw(desk, who, command).await
        }
        Command::AcknowledgeMessage(command) => {
            acknowledgement::acknowledge(desk, who, command).await
        }
        Command::RemindOfAcknowledgement(command) => {
            acknowledgement::remind(desk, who, command).await
        }
        Command::AddPollOption(command) => poll::add_option(desk, who, command).await,
        Command::ClosePoll(command) => poll::close(desk, who, command).await,
        Command::CountPoll(command) => poll::count(desk, who, command).await,
        Command::ShowPreviews(command) => message::show_previews(desk, who, command).await,
        Command::RemovePreview(command) => message::remove_preview(desk, who, command).await,

        Command::AddBookmark(command) => bookmark::add(desk, who, command).await,
        Command::UpdateBookmark(command) => bookmark::update(desk, who, command).await,
        Command::RemoveBookmark(command) => bookmark::remove(desk, who, command).await,

        Command::CreateProject(command) => project::create(desk, who, command).await,
        Command::UpdateProject(command) => project::update(desk, who, command).await,
        Command::ChangeWorkflow(command) => project::change_workflow(desk, who, command).await,
        Command::ChangeTypes(command) => task_type::change(desk, who, command).await,
        Command::ChangeFields(command) => field::change(desk, who, command).await,
        Command::ChangeTemplates(command) => template::change(desk, who, command).await,
        Command::AddProjectMember(command) => project::add_member(desk, who, command).await,
        Command::RemoveProjectMember(command) => project::remove_member(desk, who, command).await,

        Command::CreateTask(command) => task::create(desk, who, command).await,
        Command::UpdateTask(command) => task::update(desk, who, command).await,
        Command::MoveTask(command) => task::move_(desk, who, command).await,
        Command::ArchiveTask(command) => trash::archive(desk, who, command).await,
        Command::DeleteTask(command) => trash::delete(desk, who, command).await,
        Command::RestoreTask(command) => trash::restore(desk, who, command).await,
        Command::EraseTask(command) => trash::erase(desk, who, command).await,
        Command::FollowTask(command) => task::follow(desk, who, command).await,
        Command::MakeTask(command) => joint::make_task(desk, who, command).await,

        Command::AddChecklistItems(command) => checklist::add(desk, who, command).await,
        Command::UpdateChecklistItem(command) => checklist::update(desk, who, command).await,
        Command::RemoveChecklistItem(command) => checklist::remove(desk, who, command).await,
        Command::MakeSubtask(command) => checklist::make_subtask(desk, who, command).await,

        Command::LinkTasks(command) => link::link(desk, who, command).await,
        Command::UnlinkTasks(command) => link::unlink(desk, who, command).await,

        Command::AddFeed(command) => feed::add(desk, who, command).await,
        Command::RemoveFeed(command) => feed::remove(desk, who, command).await,
        Command::ShowCard(command) => feed::show_card(desk, who, command).await,

        Command::Notify(command) => notification::notify(desk, who, command).await,
        Command::UpdateNotifications(command) => notification::update(desk, who, command).await,
        Command::FollowThread(command) => notification::follow_thread(desk, who, command).await,
        Command::ChangePreferences(command) => preference::change(desk, who, command).await,
        Command::ChangeChannelSetting(command) => {
            preference::change_channel_setting(desk, who, command).await
        }
        Command::AddSection(command) => side_bar::add(desk, who, command).await,
        Command::UpdateSection(command) => side_bar::update(desk, who, command).await,
        Command::RemoveSection(command) => side_bar::remove(desk, who, command).await,
        Command::PlaceRow(command) => side_bar::place(desk, who, command).await,
        Command::FoldSpace(command) => side_bar::fold_space(desk, who, command).await,
        Command::SaveMessage(command) => saved::save(desk, who, command).await,
        Command::UnsaveMessage(command) => saved::unsave(desk, who, command).await,
        Command::FireReminder(command) => saved::fire(desk, who, command).await,
        Command::ScheduleMessage(command) => scheduled::schedule(desk, who, command).await,
        Command::ChangeScheduled(command) => scheduled::change(desk, who, command).await,
        Command::CancelScheduled(command) => scheduled::cancel(desk, who, command).await,
        Command::SettleScheduled(command) => scheduled::settle(desk, who, command).await,
    }
}

/// Whoever these facts add is added to a channel too, before they are written.
pub(crate) async fn join_added(
    desk: &mut Desk<'_, '_>,
    actor: &Actor,
    channel: ChannelId,
    facts: &[Fact],
) -> Decided {
    let Some(me) = desk.members.get(&actor.member).cloned() else {
        return Ok(Err(Refusal::Unauthenticated));
    };
    let added = facts.iter().find_map(|fact| match &fact.event {
        Event::MemberAdded { member } => Some(member),
        _ => None,
    });
    match added {
        Some(added) => channel::add_fresh(desk, Who { actor, me: &me }, channel, added).await,
        None => Ok(Err(Refusal::UnknownMember {
            field: Some("member"),
        })),
    }
}

/// Who asks.
#[derive(Clone, Copy)]
pub(crate) struct Who<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
}

/// A channel as a decision sees it.
pub(crate) struct ChannelPlace {
    pub channel: Option<Arc<Channel>>,
    pub standing: Standing,
    /// Seq of its newest message outside threads.
    pub last: i64,
}

/// A project as a decision sees it.
#[derive(Default)]
pub(crate) struct ProjectPlace {
    pub project: Option<Arc<Project>>,
    /// Added to it, or in the space that it is public in.
    pub is_member: bool,
    /// The number that its next task gets.
    pub next_number: i64,
}

impl Desk<'_, '_> {
    pub async fn channel(
        &mut self,
        id: Option<ChannelId>,
        member: MemberId,
    ) -> tenon_store::Result<ChannelPlace> {
        let row = match id {
            Some(id) => channels::load(self.tx, id).await?,
            None => None,
        };
        let Some(row) = row else {
            return Ok(ChannelPlace {
                channel: None,
                standing: Standing::Outside,
                last: 0,
            });
        };
        let place = channels::load_member(self.tx, row.channel.id, member).await?;
        let is_near = self.is_in_space(row.channel.space, member).await?;
        Ok(ChannelPlace {
            channel: Some(row.channel),
            standing: Standing::of(place.is_some(), is_near),
            last: row.last,
        })
    }

    pub async fn project(
        &mut self,
        id: Option<ProjectId>,
        member: MemberId,
    ) -> tenon_store::Result<ProjectPlace> {
        let row = match id {
            Some(id) => projects::load(self.tx, id).await?,
            None => None,
        };
        let Some(row) = row else {
            return Ok(ProjectPlace::default());
        };
        let mut is_member = projects::load_is_member(self.tx, row.project.id, member).await?;
        if !is_member && row.project.visibility == Visibility::Public {
            is_member = self.is_in_space(row.project.space, member).await?;
        }
        let next_number = row.tasks + 1;
        Ok(ProjectPlace {
            project: Some(row.project),
            is_member,
            next_number,
        })
    }

    async fn is_in_space(
        &mut self,
        space: Option<SpaceId>,
        member: MemberId,
    ) -> tenon_store::Result<bool> {
        match space {
            Some(space) => spaces::load_is_member(self.tx, space, member).await,
            None => Ok(false),
        }
    }

    /// Those of these ids that are members.
    pub fn known(&self, ids: impl IntoIterator<Item = MemberId>) -> Vec<Arc<Member>> {
        ids.into_iter()
            .filter_map(|id| self.members.get(&id).cloned())
            .collect()
    }

    /// Who may see a project, for any member. Reads its members only if they matter.
    pub async fn sight(&mut self, project: Option<&Project>) -> tenon_store::Result<Sight> {
        let members = self.members.clone();
        let Some(project) = project else {
            return Ok(Sight {
                members,
                project: None,
                inside: HashSet::new(),
            });
        };
        let is_public = project.visibility == Visibility::Public;
        let has_guests = !self.directory.guests.is_empty();
        let mut inside = HashSet::new();
        if !is_public || project.in_closed_space || has_guests {
            inside.extend(projects::list_members(self.tx, project.id).await?);
            if let Some(space) = project.space.filter(|_| is_public) {
                inside.extend(spaces::list_members(self.tx, space).await?);
            }
        }
        Ok(Sight {
            members,
            project: Some(project.clone()),
            inside,
        })
    }

    /// Guests among these members.
    pub fn guests_of(&self, members: Vec<MemberId>) -> Vec<MemberId> {
        let is_guest = |id: &MemberId| {
            self.members
                .get(id)
                .is_some_and(|member| member.role == Role::Guest)
        };
        members.into_iter().filter(is_guest).collect()
    }
}

/// Answers whether a member may see one project.
pub(crate) struct Sight {
    members: Members,
    project: Option<Project>,
    inside: HashSet<MemberId>,
}

impl Sight {
    pub fn sees(&self, id: MemberId) -> bool {
        let Some((member, project)) = self.members.get(&id).zip(self.project.as_ref()) else {
            return false;
        };
        member.active && access::can_see_project(member, project, self.inside.contains(&id))
    }
}
