//! Which decision a command asks for. The nouns with many commands have files of their own beside
//! this one.

use super::World;
use std::sync::Arc;
use tenon_domain::{
    actor::Actor,
    decide::Decision,
    member::{
        AddMemberContext, DefaultChannel, ManageMemberContext, UpdateMemberContext, add_member,
        change_role, deactivate_member, reactivate_member, update_member,
    },
    policy::{change_logo, change_mail_domains, change_policy, sign_out_everyone},
    refusal::Refusal,
    status::{ClearStatusContext, clear_status},
    workspace::{
        WorkspaceContext, hide_mail_content, hide_readers, rename_workspace, restrict_emoji,
    },
};
use tenon_protocol::{
    Command, MemberId, Timestamp,
    channel::Channel,
    member::{Member, Role},
};

impl World {
    // Table: one line per command.
    pub(super) fn decide(
        &self,
        actor: &Actor,
        command: &Command,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        let me = self.members.get(&actor.member);
        if let Command::AddMember(command) = command {
            let defaults: Vec<DefaultChannel> = self.defaults();
            let context = AddMemberContext {
                actor,
                me,
                id_taken: self.members.contains_key(&command.id),
                handle_taken: &|handle| self.handle_taken(handle),
                defaults: &defaults,
            };
            return add_member(&context, command, now);
        }
        let me = me.expect("the actor is a member");
        match command {
            Command::AddMember(_) => unreachable!(),
            Command::RenameWorkspace(command) => {
                rename_workspace(&self.whole(actor, me), command, now)
            }
            Command::HideReaders(command) => hide_readers(&self.whole(actor, me), command, now),
            Command::RestrictEmoji(command) => restrict_emoji(&self.whole(actor, me), command, now),
            Command::AddEmoji(_) | Command::ChangeEmoji(_) | Command::RemoveEmoji(_) => {
                self.decide_emoji(actor, me, command, now)
            }
            Command::HideMailContent(command) => {
                hide_mail_content(&self.whole(actor, me), command, now)
            }
            Command::ChangeLogo(command) => change_logo(&self.whole(actor, me), command, now),
            Command::ChangePolicy(command) => change_policy(&self.whole(actor, me), command, now),
            Command::ChangeMailDomains(command) => {
                change_mail_domains(&self.whole(actor, me), command, now)
            }
            Command::ChangeRetention(_)
            | Command::ChangeChannelRetention(_)
            | Command::EraseMessages(_)
            | Command::EraseFiles(_) => self.decide_retention(actor, me, command, now),
            Command::SignOutEveryone(command) => {
                sign_out_everyone(&self.whole(actor, me), command, now)
            }
            Command::UpdateMember(command) => {
                let context = UpdateMemberContext {
                    actor,
                    me,
                    member: self.members.get(&command.member),
                    handle_taken: &|handle| self.handle_taken(handle),
                };
                update_member(&context, command, now)
            }
            Command::ChangeRole(command) => {
                change_role(&self.manage(actor, me, command.member), command, now)
            }
            Command::DeactivateMember(command) => {
                deactivate_member(&self.manage(actor, me, command.member), command, now)
            }
            Command::ReactivateMember(command) => {
                reactivate_member(&self.manage(actor, me, command.member), command, now)
            }
            Command::ClearStatus(command) => {
                let context = ClearStatusContext {
                    actor,
                    member: self.members.get(&command.member),
                };
                clear_status(&context, command, now)
            }
            Command::CreateGroup(_)
            | Command::UpdateGroup(_)
            | Command::ChangeGroupMembers(_)
            | Command::DeleteGroup(_) => self.decide_group(actor, me, command, now),
            Command::CreateSpace(_) | Command::UpdateSpace(_) | Command::ChangeSpaceMembers(_) => {
                self.decide_space(actor, me, command, now)
            }
            Command::FollowGroup(_) | Command::SettleMembers(_) => {
                self.decide_roster(actor, me, command, now)
            }
            Command::CreateChannel(_)
            | Command::OpenDirect(_)
            | Command::UpdateChannel(_)
            | Command::ChangeChannelRole(_)
            | Command::AddChannelMember(_)
            | Command::RemoveChannelMember(_)
            | Command::MarkRead(_)
            | Command::MarkAllRead(_)
            | Command::AddBookmark(_)
            | Command::UpdateBookmark(_)
            | Command::RemoveBookmark(_)
            | Command::AddFeed(_)
            | Command::RemoveFeed(_)
            | Command::ShowCard(_) => self.decide_channel(actor, me, command, now),
            Command::PostMessage(_)
            | Command::EditMessage(_)
            | Command::DeleteMessage(_)
            | Command::AddReaction(_)
            | Command::RemoveReaction(_)
            | Command::PinMessage(_)
            | Command::UnpinMessage(_)
            | Command::ResolveThread(_)
            | Command::ReopenThread(_)
            | Command::RequestAcknowledgement(_)
            | Command::WithdrawAcknowledgement(_)
            | Command::AcknowledgeMessage(_)
            | Command::RemindOfAcknowledgement(_)
            | Command::AddPollOption(_)
            | Command::ClosePoll(_)
            | Command::CountPoll(_)
            | Command::ShowPreviews(_)
            | Command::RemovePreview(_) => self.decide_message(actor, me, command, now),
            Command::Notify(_)
            | Command::UpdateNotifications(_)
            | Command::FollowThread(_)
            | Command::ChangePreferences(_)
            | Command::ChangeChannelSetting(_)
            | Command::AddSection(_)
            | Command::UpdateSection(_)
            | Command::RemoveSection(_)
            | Command::PlaceRow(_)
            | Command::FoldSpace(_)
            | Command::SaveMessage(_)
            | Command::UnsaveMessage(_)
            | Command::FireReminder(_) => self.decide_inbox(actor, me, command, now),
            Command::ScheduleMessage(_)
            | Command::ChangeScheduled(_)
            | Command::CancelScheduled(_)
            | Command::SettleScheduled(_) => self.decide_scheduled(actor, me, command, now),
            Command::CreateProject(_)
            | Command::UpdateProject(_)
            | Command::ChangeWorkflow(_)
            | Command::ChangeTypes(_)
            | Command::ChangeFields(_)
            | Command::ChangeTemplates(_)
            | Command::AddProjectMember(_)
            | Command::RemoveProjectMember(_) => self.decide_project(actor, me, command, now),
            Command::CreateTask(_)
            | Command::UpdateTask(_)
            | Command::MoveTask(_)
            | Command::ArchiveTask(_)
            | Command::DeleteTask(_)
            | Command::RestoreTask(_)
            | Command::EraseTask(_)
            | Command::FollowTask(_)
            | Command::MakeTask(_)
            | Command::AddChecklistItems(_)
            | Command::UpdateChecklistItem(_)
            | Command::RemoveChecklistItem(_)
            | Command::MakeSubtask(_)
            | Command::LinkTasks(_)
            | Command::UnlinkTasks(_) => self.decide_task(actor, me, command, now),
        }
    }

    pub(super) fn whole<'a>(&'a self, actor: &'a Actor, me: &'a Member) -> WorkspaceContext<'a> {
        WorkspaceContext {
            actor,
            me,
            workspace: &self.workspace,
        }
    }

    fn manage<'a>(
        &'a self,
        actor: &'a Actor,
        me: &'a Member,
        member: MemberId,
    ) -> ManageMemberContext<'a> {
        let owner = |member: &&Member| member.active && member.role == Role::Owner;
        ManageMemberContext {
            actor,
            me,
            member: self.members.get(&member),
            active_owners: self.members.values().filter(owner).count(),
        }
    }

    fn defaults(&self) -> Vec<DefaultChannel> {
        let joined = self
            .channels
            .values()
            .filter(|it| it.is_default && !it.archived && it.space.is_none());
        joined.map(|channel| self.as_default(channel)).collect()
    }

    pub(super) fn as_default(&self, channel: &Channel) -> DefaultChannel {
        DefaultChannel {
            channel: Arc::new(channel.clone()),
            last: self.last(channel.id),
            feeds: self.feeds_of(channel.id),
        }
    }
}
