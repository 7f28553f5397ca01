//! Every command about something hidden, as the socket takes it.

use super::Hidden;
use crate::support::stage::{post, reply};
use tenon_protocol::{
    Command, MemberId, SectionId,
    acknowledgement::{
        AcknowledgeMessage, Asked, RemindOfAcknowledgement, RequestAcknowledgement,
        WithdrawAcknowledgement,
    },
    bookmark::{AddBookmark, RemoveBookmark, UpdateBookmark},
    channel::{AddChannelMember, MarkRead, RemoveChannelMember, UpdateChannel},
    feed::{AddFeed, RemoveFeed},
    message::{AddReaction, DeleteMessage, EditMessage, PostMessage, RemoveReaction},
    notification::FollowThread,
    pin::{PinMessage, UnpinMessage},
    preference::ChangeChannelSetting,
    project::{AddProjectMember, ChangeWorkflow, RemoveProjectMember, UpdateProject},
    saved::SaveMessage,
    side_bar::{FoldSpace, PlaceRow, SideBarRow},
    space::{ChangeSpaceMembers, UpdateSpace},
    task::{CreateTask, DeleteTask, FollowTask, MakeTask, MoveTask, UpdateTask},
    thread::{ReopenThread, ResolveThread},
};

impl Hidden {
    // Table: one line per command.
    pub fn commands(&self, me: MemberId) -> Vec<Command> {
        let &Self {
            space,
            channel,
            message,
            source,
            project,
            task,
            comment,
            bookmark,
            ..
        } = self;
        let text = || "x".to_owned();
        let emoji = || "👍".to_owned();
        let add = vec![me];
        vec![
            Command::UpdateSpace(UpdateSpace {
                space,
                name: Some(text()),
                icon: None,
                description: None,
                managers: None,
                archived: None,
            }),
            Command::ChangeSpaceMembers(ChangeSpaceMembers {
                space,
                add,
                remove: vec![],
            }),
            Command::FoldSpace(FoldSpace {
                space,
                folded: true,
            }),
            post(channel, "x"),
            reply(channel, message, "x"),
            Command::PostMessage(PostMessage {
                task: Some(task),
                text: text(),
                ..PostMessage::default()
            }),
            Command::UpdateChannel(UpdateChannel {
                channel,
                topic: Some(text()),
                ..UpdateChannel::default()
            }),
            Command::AddChannelMember(AddChannelMember {
                channel,
                member: me,
            }),
            Command::RemoveChannelMember(RemoveChannelMember {
                channel,
                member: me,
            }),
            Command::MarkRead(MarkRead { channel, seq: 1 }),
            Command::EditMessage(EditMessage {
                message,
                text: text(),
            }),
            Command::DeleteMessage(DeleteMessage { message: comment }),
            Command::AddReaction(AddReaction {
                message,
                emoji: emoji(),
            }),
            Command::RemoveReaction(RemoveReaction {
                message: comment,
                emoji: emoji(),
            }),
            Command::PinMessage(PinMessage { message: source }),
            Command::UnpinMessage(UnpinMessage { message }),
            Command::ResolveThread(ResolveThread { message }),
            Command::ReopenThread(ReopenThread { message }),
            Command::RequestAcknowledgement(RequestAcknowledgement {
                message: source,
                of: Asked::Members,
            }),
            Command::AcknowledgeMessage(AcknowledgeMessage { message }),
            Command::RemindOfAcknowledgement(RemindOfAcknowledgement { message }),
            Command::WithdrawAcknowledgement(WithdrawAcknowledgement { message }),
            Command::AddBookmark(AddBookmark {
                channel,
                url: "https://x.example".into(),
                ..AddBookmark::default()
            }),
            Command::UpdateBookmark(UpdateBookmark {
                channel,
                bookmark,
                title: Some(text()),
                ..UpdateBookmark::default()
            }),
            Command::RemoveBookmark(RemoveBookmark { channel, bookmark }),
            Command::UpdateProject(UpdateProject {
                project,
                name: Some(text()),
                ..UpdateProject::default()
            }),
            Command::ChangeWorkflow(ChangeWorkflow {
                project,
                states: vec![],
            }),
            Command::AddProjectMember(AddProjectMember {
                project,
                member: me,
            }),
            Command::RemoveProjectMember(RemoveProjectMember {
                project,
                member: me,
            }),
            Command::CreateTask(CreateTask {
                project,
                title: text(),
                ..CreateTask::default()
            }),
            Command::UpdateTask(UpdateTask {
                task,
                title: Some(text()),
                ..UpdateTask::default()
            }),
            Command::MoveTask(MoveTask {
                task,
                state: None,
                after: None,
                before: None,
            }),
            Command::DeleteTask(DeleteTask { task }),
            Command::FollowTask(FollowTask { task, follow: true }),
            Command::MakeTask(MakeTask {
                message: source,
                ..MakeTask::default()
            }),
            Command::AddFeed(AddFeed { channel, project }),
            Command::RemoveFeed(RemoveFeed { channel, project }),
            Command::FollowThread(FollowThread {
                message,
                follow: true,
            }),
            Command::SaveMessage(SaveMessage {
                message: comment,
                remind_at: None,
            }),
            Command::PlaceRow(PlaceRow {
                row: SideBarRow::Channel(channel),
                section: Some(SectionId::STARRED),
                after: None,
            }),
            Command::PlaceRow(PlaceRow {
                row: SideBarRow::Project(project),
                section: Some(SectionId::STARRED),
                after: None,
            }),
            Command::ChangeChannelSetting(ChangeChannelSetting {
                channel,
                level: None,
                muted: true,
            }),
        ]
    }
}
