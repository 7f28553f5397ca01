//! Every command about something hidden, as the socket takes it.

use super::Hidden;
use crate::support::stage::{post, reply};
use tenon_protocol::{
    BookmarkId, ChannelId, Command, GroupId, ItemId, MemberId, MessageId, ProjectId, SectionId,
    SpaceId, TaskId,
    acknowledgement::{
        AcknowledgeMessage, Asked, RemindOfAcknowledgement, RequestAcknowledgement,
        WithdrawAcknowledgement,
    },
    bookmark::{AddBookmark, RemoveBookmark, UpdateBookmark},
    channel::{
        AddChannelMember, ChangeChannelRole, ChannelKind, ChannelRole, CreateChannel, MarkRead,
        RemoveChannelMember, UpdateChannel,
    },
    checklist::{
        AddChecklistItems, MakeSubtask, NewChecklistItem, RemoveChecklistItem, UpdateChecklistItem,
    },
    feed::{AddFeed, RemoveFeed},
    field::ChangeFields,
    link::{LinkKind, LinkTasks, UnlinkTasks},
    message::{AddReaction, DeleteMessage, EditMessage, PostMessage, RemoveReaction},
    notification::FollowThread,
    pin::{PinMessage, UnpinMessage},
    poll::{AddPollOption, ClosePoll},
    preference::ChangeChannelSetting,
    preview::RemovePreview,
    project::{AddProjectMember, ChangeWorkflow, RemoveProjectMember, UpdateProject},
    project::{CreateProject, Template, Visibility},
    roster::{FollowGroup, Roster},
    saved::SaveMessage,
    scheduled::ScheduleMessage,
    side_bar::{FoldSpace, PlaceRow, SideBarRow},
    space::{ChangeSpaceMembers, UpdateSpace},
    task::{
        ArchiveTask, CreateTask, DeleteTask, FollowTask, MakeTask, MoveTask, RestoreTask,
        UpdateTask,
    },
    task_type::ChangeTypes,
    template::ChangeTemplates,
    thread::{ReopenThread, ResolveThread},
};

/// Sorts every command by whether it can name a thing that somebody may not know of.
/// Invariant: a new command does not compile before it is in one of the two lists, and no story
/// of this file passes before [`Hidden::commands`] has a line for each of the first.
macro_rules! sort {
    (naming: $($naming:ident)+; others: $($other:ident)+;) => {
        const NAMING: &[&str] = &[$(stringify!($naming)),+];

        fn name_of(command: &Command) -> &'static str {
            match command {
                $(Command::$naming(_) => stringify!($naming),)+
                $(Command::$other(_) => stringify!($other),)+
            }
        }
    };
}

sort! {
    naming:
        UpdateSpace ChangeSpaceMembers CreateChannel UpdateChannel ChangeChannelRole
        AddChannelMember RemoveChannelMember MarkRead PostMessage EditMessage DeleteMessage
        AddReaction RemoveReaction PinMessage UnpinMessage RequestAcknowledgement
        WithdrawAcknowledgement AcknowledgeMessage RemindOfAcknowledgement RemovePreview
        AddBookmark UpdateBookmark RemoveBookmark CreateProject UpdateProject ChangeWorkflow
        ChangeTypes ChangeFields ChangeTemplates AddChecklistItems UpdateChecklistItem
        RemoveChecklistItem MakeSubtask LinkTasks UnlinkTasks
        AddProjectMember RemoveProjectMember CreateTask UpdateTask MoveTask ArchiveTask
        DeleteTask RestoreTask FollowTask
        MakeTask AddFeed RemoveFeed FollowThread ChangeChannelSetting PlaceRow FoldSpace
        SaveMessage ScheduleMessage MarkAllRead ResolveThread ReopenThread
        AddPollOption ClosePoll FollowGroup;
    // Of the workspace's own, of what is one's own anyway, or the server's alone.
    others:
        RenameWorkspace HideReaders AddMember UpdateMember ChangeRole DeactivateMember
        ReactivateMember ClearStatus CreateGroup UpdateGroup ChangeGroupMembers DeleteGroup
        CreateSpace OpenDirect ShowPreviews ShowCard Notify UpdateNotifications
        ChangePreferences AddSection UpdateSection RemoveSection UnsaveMessage FireReminder
        ChangeScheduled CancelScheduled SettleScheduled RestrictEmoji AddEmoji ChangeEmoji
        RemoveEmoji CountPoll SettleMembers HideMailContent ChangeLogo ChangePolicy
        ChangeMailDomains SignOutEveryone ChangeRetention ChangeChannelRetention EraseMessages
        EraseFiles EraseTask;
}

impl Hidden {
    /// The lists above and the table below say the same.
    pub fn check_complete(commands: &[Command]) {
        for name in NAMING {
            let has_line = commands.iter().any(|command| name_of(command) == *name);
            assert!(has_line || *name == "MarkAllRead", "{name} has no line");
        }
    }

    /// Commands that make or change something of one's own, and put it where something is
    /// hidden: refused as if that were not there.
    // Table: one line per command.
    pub fn placing(&self, channel: ChannelId, project: ProjectId, task: TaskId) -> Vec<Command> {
        let within = |space, bound| {
            Command::CreateChannel(CreateChannel {
                id: ChannelId::new(),
                name: "mine".into(),
                kind: ChannelKind::Private,
                topic: String::new(),
                project: bound,
                space,
                members: vec![],
            })
        };
        vec![
            within(Some(self.space), None),
            within(None, Some(self.project)),
            Command::CreateProject(CreateProject {
                id: ProjectId::new(),
                key: "MINE".into(),
                name: "mine".into(),
                description: String::new(),
                visibility: Visibility::Private,
                template: Template::Software,
                language: None,
                lead: None,
                space: Some(self.space),
                members: vec![],
            }),
            Command::UpdateChannel(UpdateChannel {
                channel,
                space: Some(Some(self.space)),
                ..UpdateChannel::default()
            }),
            Command::UpdateChannel(UpdateChannel {
                channel,
                project: Some(Some(self.project)),
                ..UpdateChannel::default()
            }),
            Command::UpdateProject(UpdateProject {
                project,
                space: Some(Some(self.space)),
                ..UpdateProject::default()
            }),
            Command::CreateTask(CreateTask {
                project,
                title: "mine".into(),
                parent: Some(self.task),
                ..CreateTask::default()
            }),
            Command::UpdateTask(UpdateTask {
                task,
                parent: Some(Some(self.task)),
                ..UpdateTask::default()
            }),
            Command::MoveTask(MoveTask {
                task,
                state: None,
                after: Some(self.task),
                before: None,
            }),
            Command::AddFeed(AddFeed {
                channel,
                project: self.project,
            }),
            Command::AddFeed(AddFeed {
                channel: self.channel,
                project,
            }),
            Command::PostMessage(PostMessage {
                channel: Some(channel),
                quote: Some(self.message),
                ..PostMessage::default()
            }),
            Command::MakeTask(MakeTask {
                message: self.source,
                project: Some(project),
                ..MakeTask::default()
            }),
        ]
    }

    /// The same of what was never there.
    pub fn nowhere() -> Self {
        Self {
            space: SpaceId::new(),
            channel: ChannelId::new(),
            message: MessageId::new(),
            reply: MessageId::new(),
            source: MessageId::new(),
            project: ProjectId::new(),
            task: TaskId::new(),
            comment: MessageId::new(),
            bookmark: BookmarkId::new(),
            group: GroupId::new(),
        }
    }

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
            group,
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
            Command::FollowGroup(FollowGroup {
                roster: Roster::Space(space),
                group,
                follow: true,
            }),
            Command::FollowGroup(FollowGroup {
                roster: Roster::Channel(channel),
                group,
                follow: false,
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
            Command::ChangeChannelRole(ChangeChannelRole {
                channel,
                member: me,
                role: ChannelRole::Manager,
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
            Command::RemovePreview(RemovePreview {
                message,
                url: "https://x.example".into(),
            }),
            later(PostMessage {
                channel: Some(channel),
                ..PostMessage::default()
            }),
            later(PostMessage {
                channel: Some(channel),
                thread: Some(message),
                ..PostMessage::default()
            }),
            later(PostMessage {
                task: Some(task),
                ..PostMessage::default()
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
            Command::AddPollOption(AddPollOption {
                message: source,
                text: text(),
            }),
            Command::ClosePoll(ClosePoll { message: source }),
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
            Command::ChangeTypes(ChangeTypes {
                project,
                types: vec![],
            }),
            Command::ChangeFields(ChangeFields {
                project,
                fields: vec![],
            }),
            Command::ChangeTemplates(ChangeTemplates {
                project,
                templates: vec![],
            }),
            Command::AddChecklistItems(AddChecklistItems {
                task,
                items: vec![NewChecklistItem {
                    text: text(),
                    ..NewChecklistItem::default()
                }],
            }),
            Command::UpdateChecklistItem(UpdateChecklistItem {
                task,
                done: Some(true),
                ..UpdateChecklistItem::default()
            }),
            Command::RemoveChecklistItem(RemoveChecklistItem {
                task,
                item: ItemId::new(),
            }),
            Command::LinkTasks(LinkTasks {
                task,
                kind: LinkKind::Relates,
                other: TaskId::new(),
                lag_days: 0,
                close: false,
            }),
            Command::UnlinkTasks(UnlinkTasks {
                task,
                kind: LinkKind::Relates,
                other: TaskId::new(),
            }),
            Command::MakeSubtask(MakeSubtask {
                task,
                item: ItemId::new(),
                id: TaskId::new(),
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
            Command::ArchiveTask(ArchiveTask { task }),
            Command::DeleteTask(DeleteTask { task }),
            Command::RestoreTask(RestoreTask { task }),
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

/// The same message, sent later.
fn later(message: PostMessage) -> Command {
    Command::ScheduleMessage(ScheduleMessage {
        at: "2999-01-01T00:00:00Z".parse().unwrap(),
        message: PostMessage {
            text: "x".into(),
            ..message
        },
    })
}
