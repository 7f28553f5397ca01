//! What a step wants: the habits of the members, one command each.

use super::{Step, What, World};
use crate::support::Member;
use std::time::Duration;
use tenon_protocol::{
    BookmarkId, ChannelId, Command, GroupId, MemberId, MessageId, ProjectId, SectionId, SpaceId,
    TaskId, Timestamp,
    acknowledgement::{
        AcknowledgeMessage, Asked, RemindOfAcknowledgement, RequestAcknowledgement,
        WithdrawAcknowledgement,
    },
    bookmark::{AddBookmark, RemoveBookmark, UpdateBookmark},
    channel::{
        AddChannelMember, ChangeChannelRole, ChannelKind, ChannelRole, CreateChannel, MarkAllRead,
        MarkRead, OpenDirect, RemoveChannelMember, UpdateChannel,
    },
    checklist::{
        AddChecklistItems, MakeSubtask, NewChecklistItem, RemoveChecklistItem, UpdateChecklistItem,
    },
    feed::{AddFeed, RemoveFeed},
    field::{ChangeFields, Field, FieldKind, FieldValue},
    group::{ChangeGroupMembers, CreateGroup, DeleteGroup, GroupKind, UpdateGroup},
    link::{LinkKind, LinkTasks, UnlinkTasks},
    member::{ChangeRole, DeactivateMember, ReactivateMember, Role, UpdateMember},
    message::{AddReaction, DeleteMessage, EditMessage, PostMessage, RemoveReaction},
    notification::{FollowThread, UpdateNotifications},
    pin::{PinMessage, UnpinMessage},
    poll::{AddPollOption, ClosePoll, NewPoll},
    preference::{ChangeChannelSetting, ChangePreferences, Level, Preferences},
    preview::RemovePreview,
    project::{
        AddProjectMember, Category, ChangeWorkflow, CreateProject, RemoveProjectMember, State,
        Template, UpdateProject, Visibility,
    },
    reader::HideReaders,
    roster::{FollowGroup, Roster},
    saved::{SaveMessage, UnsaveMessage},
    scheduled::{CancelScheduled, ChangeScheduled, ScheduleMessage},
    side_bar::{AddSection, FoldSpace, PlaceRow, RemoveSection, SideBarRow, UpdateSection},
    space::{ChangeSpaceMembers, CreateSpace, SpaceKind, UpdateSpace},
    status::Status,
    task::{
        ArchiveTask, CreateTask, DeleteTask, FollowTask, MakeTask, MoveTask, RestoreTask,
        UpdateTask,
    },
    task_type::{ChangeTypes, TaskType, TypeColour, TypeIcon, types_of},
    template::{ChangeTemplates, TaskTemplate, TemplateName},
    thread::{ReopenThread, ResolveThread},
    workspace::RenameWorkspace,
};

fn pick<T: Copy>(items: &[T], n: usize) -> Option<T> {
    (!items.is_empty()).then(|| items[n % items.len()])
}

/// The command of a step, which may well be refused; none if there is nothing to do it to.
// Table: one line per habit.
pub(super) fn wish(members: &[Member], step: &Step, world: &World, n: usize) -> Option<Command> {
    let &Step { who, what, a, b } = step;
    let ids: Vec<MemberId> = members.iter().map(|member| member.id).collect();
    let (me, other) = (ids[who], ids[b % ids.len()]);
    let channel = || pick(&world.channels, a);
    let message = || pick(&world.messages, a);
    let project = || pick(&world.projects, a);
    let task = || pick(&world.tasks, a);
    let space = || pick(&world.spaces, a);
    let group = || pick(&world.groups, a);
    let text = format!("{n}: 你好 hello {a}");
    let emoji = ["👍", "🎉", "❤️"][b % 3].to_owned();
    let state = || ["todo", "in_progress", "done", "cancelled"][b % 4].to_owned();
    Some(match what {
        What::Post => in_channel(channel()?, None, text),
        What::Mention => {
            let names = [" @张三", " ＠王芳", " @channel", "请@张三看下"];
            in_channel(channel()?, None, text + names[b % 4])
        }
        What::Reply => {
            let (root, channel) = message()?;
            in_channel(channel?, Some(root), text + " @Zoë")
        }
        What::Comment => Command::PostMessage(PostMessage {
            task: Some(task()?),
            text,
            ..PostMessage::default()
        }),
        What::Edit => {
            let text = format!("{text} @王芳");
            Command::EditMessage(EditMessage {
                message: message()?.0,
                text,
            })
        }
        What::Delete => Command::DeleteMessage(DeleteMessage {
            message: message()?.0,
        }),
        What::React => Command::AddReaction(AddReaction {
            message: message()?.0,
            emoji,
        }),
        What::Unreact => Command::RemoveReaction(RemoveReaction {
            message: message()?.0,
            emoji,
        }),
        What::MarkRead => {
            let channel = channel()?;
            let last = members[who]
                .replica()
                .memberships
                .get(&channel)
                .map_or(1, |it| it.last);
            let seq = last - (b % 3) as i64;
            Command::MarkRead(MarkRead {
                channel,
                seq: seq.max(0),
            })
        }
        What::CreateChannel => Command::CreateChannel(CreateChannel {
            space: None,
            id: ChannelId::new(),
            name: format!("room {n}"),
            kind: if a % 2 == 0 {
                ChannelKind::Public
            } else {
                ChannelKind::Private
            },
            topic: String::new(),
            project: pick(&world.projects, b),
            members: vec![other],
        }),
        What::RenameChannel => Command::UpdateChannel(UpdateChannel {
            channel: channel()?,
            name: Some(format!("renamed {n}")),
            project: Some(pick(&world.projects, b)),
            ..UpdateChannel::default()
        }),
        What::ArchiveChannel => Command::UpdateChannel(UpdateChannel {
            channel: channel()?,
            archived: Some(b % 2 == 0),
            ..UpdateChannel::default()
        }),
        What::Join => add(channel()?, me),
        What::Add => add(channel()?, other),
        What::Leave => remove(channel()?, me),
        What::Remove => remove(channel()?, other),
        What::CreateProject => Command::CreateProject(CreateProject {
            space: None,
            id: ProjectId::new(),
            key: format!("P{n}"),
            name: format!("project {n}"),
            description: String::new(),
            visibility: if a % 2 == 0 {
                Visibility::Public
            } else {
                Visibility::Private
            },
            template: Template::Software,
            language: None,
            lead: None,
            members: vec![other],
        }),
        What::ShareProject => {
            let (project, member) = (project()?, other);
            Command::AddProjectMember(AddProjectMember { project, member })
        }
        What::UnshareProject => {
            let (project, member) = (project()?, other);
            Command::RemoveProjectMember(RemoveProjectMember { project, member })
        }
        What::CreateTask => Command::CreateTask(CreateTask {
            project: project()?,
            title: text,
            ..CreateTask::default()
        }),
        What::ChangeTask => Command::UpdateTask(UpdateTask {
            task: task()?,
            title: (a % 2 == 0).then_some(text),
            state: Some(state()),
            assignees: (a % 3 == 0).then(|| vec![other]),
            ..UpdateTask::default()
        }),
        What::MoveTask => Command::MoveTask(MoveTask {
            task: task()?,
            state: Some(state()),
            after: None,
            before: (a % 2 == 0).then(|| pick(&world.tasks, b)).flatten(),
        }),
        What::ParentTask => Command::UpdateTask(UpdateTask {
            task: task()?,
            parent: Some(pick(&world.tasks, b)),
            ..UpdateTask::default()
        }),
        What::AddItem => Command::AddChecklistItems(AddChecklistItems {
            task: task()?,
            items: vec![NewChecklistItem {
                text,
                assignee: (a % 3 == 0).then_some(other),
                ..NewChecklistItem::default()
            }],
        }),
        What::ChangeItem => change_item(members, who, task()?, b)?,
        What::LinkTasks => Command::LinkTasks(LinkTasks {
            task: task()?,
            kind: LinkKind::ALL[b % 5],
            other: pick(&world.tasks, b)?,
            lag_days: 0,
            close: a % 2 == 0,
        }),
        What::UnlinkTasks => {
            let known = members[who].replica().tasks.get(&task()?)?;
            let link = known.links.first()?;
            Command::UnlinkTasks(UnlinkTasks {
                task: known.id,
                kind: link.kind,
                other: link.task,
            })
        }
        What::Types => types(members, who, project()?, a, n)?,
        What::Fields => fields(members, who, project()?, a, n)?,
        What::FillField => fill_field(members, who, task()?, b)?,
        What::Templates => templates(members, who, project()?, a, n)?,
        What::UseTemplate => use_template(members, who, project()?, b)?,
        What::FollowTask => Command::FollowTask(FollowTask {
            task: task()?,
            follow: b % 2 == 0,
        }),
        What::ArchiveTask => Command::ArchiveTask(ArchiveTask { task: task()? }),
        What::RestoreTask => Command::RestoreTask(RestoreTask { task: task()? }),
        What::DeleteTask => Command::DeleteTask(DeleteTask { task: task()? }),
        What::MakeTask => Command::MakeTask(MakeTask {
            message: message()?.0,
            project: pick(&world.projects, b),
            ..MakeTask::default()
        }),
        What::Feed => {
            let (channel, project) = (channel()?, pick(&world.projects, b)?);
            Command::AddFeed(AddFeed { channel, project })
        }
        What::Unfeed => {
            let (channel, project) = (channel()?, pick(&world.projects, b)?);
            Command::RemoveFeed(RemoveFeed { channel, project })
        }
        What::Rename => Command::UpdateMember(UpdateMember {
            member: me,
            title: Some(text),
            ..UpdateMember::default()
        }),
        What::ChangeRole => Command::ChangeRole(ChangeRole {
            member: other,
            role: [Role::Guest, Role::Member, Role::Admin][a % 3],
        }),
        What::ReadAll => {
            let seq = members[who].cursor().unwrap_or(0);
            let channels = (b % 2 == 0).then(|| channel().into_iter().collect());
            Command::MarkAllRead(MarkAllRead { seq, channels })
        }
        What::Direct => Command::OpenDirect(OpenDirect {
            id: ChannelId::new(),
            members: if a % 3 == 0 {
                vec![other, ids[a % ids.len()]]
            } else {
                vec![other]
            },
        }),
        What::ChannelRole => Command::ChangeChannelRole(ChangeChannelRole {
            channel: channel()?,
            member: other,
            role: [ChannelRole::Manager, ChannelRole::Member][a % 2],
        }),
        What::CreateSpace => Command::CreateSpace(CreateSpace {
            id: SpaceId::new(),
            kind: [SpaceKind::Open, SpaceKind::Closed][a % 2],
            name: format!("space {n}"),
            icon: "🌲".into(),
            description: String::new(),
            members: vec![other],
        }),
        What::UpdateSpace => Command::UpdateSpace(UpdateSpace {
            space: space()?,
            name: (b % 2 == 0).then(|| format!("space {n}")),
            icon: None,
            description: (b % 3 == 0).then_some(text),
            managers: (a % 3 == 0).then(|| vec![me, other]),
            archived: (a % 5 == 0).then_some(b % 2 == 0),
        }),
        What::SpaceMembers => {
            let (add, remove) = if b % 3 == 0 {
                (vec![], vec![ids[b % ids.len()]])
            } else {
                (vec![other, me], vec![])
            };
            let space = space()?;
            Command::ChangeSpaceMembers(ChangeSpaceMembers { space, add, remove })
        }
        What::PlaceChannel => Command::UpdateChannel(UpdateChannel {
            channel: channel()?,
            space: Some(pick(&world.spaces, b)),
            follows_space: Some(a % 3 == 0),
            is_default: Some(a % 3 == 1),
            ..UpdateChannel::default()
        }),
        What::FollowGroup | What::UnfollowGroup => Command::FollowGroup(FollowGroup {
            roster: match b % 2 {
                0 => Roster::Space(pick(&world.spaces, b)?),
                _ => Roster::Channel(pick(&world.channels, b)?),
            },
            group: group()?,
            follow: matches!(what, What::FollowGroup),
        }),
        What::PlaceProject => Command::UpdateProject(UpdateProject {
            project: project()?,
            space: Some((a % 4 > 0).then(|| pick(&world.spaces, b)).flatten()),
            ..UpdateProject::default()
        }),
        What::CreateGroup => Command::CreateGroup(CreateGroup {
            id: GroupId::new(),
            kind: [GroupKind::Department, GroupKind::Free][a % 2],
            name: format!("group{n}"),
            handle: None,
            description: String::new(),
            parent: (b % 2 == 0).then(|| pick(&world.groups, b)).flatten(),
            managers: vec![me],
            members: vec![other],
        }),
        What::UpdateGroup => Command::UpdateGroup(UpdateGroup {
            group: group()?,
            name: (b % 2 == 0).then(|| format!("team{n}")),
            handle: None,
            description: Some(text),
            parent: (a % 3 == 0).then(|| pick(&world.groups, b)),
            managers: (a % 5 == 0).then(|| vec![other]),
            archived: (b % 5 == 0).then_some(a % 2 == 0),
        }),
        What::GroupMembers => {
            let (add, remove) = if b % 3 == 0 {
                (vec![], vec![other])
            } else {
                (vec![other, me], vec![])
            };
            let group = group()?;
            Command::ChangeGroupMembers(ChangeGroupMembers { group, add, remove })
        }
        What::DeleteGroup => Command::DeleteGroup(DeleteGroup { group: group()? }),
        What::MentionGroup => {
            let groups = &members[who].replica().groups;
            let handle = groups.get(&group()?)?.handle.clone();
            in_channel(channel()?, None, format!("{text} @{handle}"))
        }
        What::Deactivate if other == me => return None,
        What::Deactivate => Command::DeactivateMember(DeactivateMember { member: other }),
        What::Reactivate => {
            let place = world.out.iter().copied().collect::<Vec<_>>();
            let member = ids[pick(&place, a)?];
            Command::ReactivateMember(ReactivateMember { member })
        }
        What::UpdateProject => Command::UpdateProject(UpdateProject {
            project: project()?,
            name: Some(format!("project {n}")),
            lead: (a % 2 == 0).then_some((b % 2 == 0).then_some(other)),
            archived: (a % 7 == 0).then_some(b % 2 == 0),
            ..UpdateProject::default()
        }),
        What::Workflow => Command::ChangeWorkflow(workflow(members, who, project()?, a, n)?),
        What::Pin => Command::PinMessage(PinMessage {
            message: message()?.0,
        }),
        What::Unpin => Command::UnpinMessage(UnpinMessage {
            message: message()?.0,
        }),
        What::Ask => Command::RequestAcknowledgement(RequestAcknowledgement {
            message: own_message(members, who, world, a)?,
            of: [Asked::Members, Asked::Mentioned][b % 2],
        }),
        What::Withdraw => Command::WithdrawAcknowledgement(WithdrawAcknowledgement {
            message: asking(members, who, a)?,
        }),
        What::Acknowledge => Command::AcknowledgeMessage(AcknowledgeMessage {
            message: asking(members, who, a)?,
        }),
        What::Remind => Command::RemindOfAcknowledgement(RemindOfAcknowledgement {
            message: asking(members, who, a)?,
        }),
        What::RemovePreview => Command::RemovePreview(RemovePreview {
            message: message()?.0,
            url: "https://example.com".into(),
        }),
        What::Quote => Command::PostMessage(PostMessage {
            channel: Some(pick(&world.channels, b)?),
            quote: Some(message()?.0),
            text,
            ..PostMessage::default()
        }),
        What::AddBookmark => Command::AddBookmark(AddBookmark {
            id: BookmarkId::new(),
            channel: channel()?,
            title: text,
            url: format!("https://example.com/{n}"),
        }),
        What::UpdateBookmark => {
            let (channel, bookmark) = pick(&world.bookmarks, a)?;
            let after = pick(&world.bookmarks, b).map(|(_, other)| other);
            Command::UpdateBookmark(UpdateBookmark {
                channel,
                bookmark,
                title: (b % 2 == 0).then_some(text),
                after: (a % 2 == 0).then_some(after.filter(|_| b % 3 > 0)),
                ..UpdateBookmark::default()
            })
        }
        What::RemoveBookmark => {
            let (channel, bookmark) = pick(&world.bookmarks, a)?;
            Command::RemoveBookmark(RemoveBookmark { channel, bookmark })
        }
        What::Save => Command::SaveMessage(SaveMessage {
            message: message()?.0,
            remind_at: (b % 2 == 0).then(tomorrow),
        }),
        What::Unsave => Command::UnsaveMessage(UnsaveMessage {
            message: message()?.0,
        }),
        What::FollowThread => Command::FollowThread(FollowThread {
            message: message()?.0,
            follow: b % 2 == 0,
        }),
        What::ResolveThread => Command::ResolveThread(ResolveThread {
            message: message()?.0,
        }),
        What::ReopenThread => Command::ReopenThread(ReopenThread {
            message: message()?.0,
        }),
        What::Setting => Command::ChangeChannelSetting(ChangeChannelSetting {
            channel: channel()?,
            level: [
                None,
                Some(Level::All),
                Some(Level::Mentions),
                Some(Level::Nothing),
            ][b % 4],
            muted: a % 2 == 0,
        }),
        What::Preferences => Command::ChangePreferences(ChangePreferences {
            preferences: Preferences {
                keywords: vec![["hello", "你好", "nobody"][b % 3].into()],
                ..Preferences::default()
            },
        }),
        What::Notifications => {
            let all: Vec<_> = members[who]
                .replica()
                .notifications
                .keys()
                .copied()
                .collect();
            Command::UpdateNotifications(UpdateNotifications {
                notifications: vec![pick(&all, a)?],
                read: (b % 2 == 0).then_some(true),
                done: (b % 3 == 0).then_some(a % 2 == 0),
                snoozed_until: (b % 5 == 0).then(|| (a % 2 == 0).then(tomorrow)),
            })
        }
        What::AddSection => Command::AddSection(AddSection {
            id: SectionId::new(),
            name: format!("section {n}"),
        }),
        What::UpdateSection => Command::UpdateSection(UpdateSection {
            section: pick(&world.sections, a)?,
            name: (a % 2 == 0).then_some(format!("part {n}")),
            collapsed: Some(b % 2 == 0),
            after: (b % 3 == 0).then(|| pick(&world.sections, b)),
        }),
        What::RemoveSection => Command::RemoveSection(RemoveSection {
            section: pick(&world.sections, a)?,
        }),
        What::PlaceRow => Command::PlaceRow(PlaceRow {
            row: match b % 2 {
                0 => SideBarRow::Channel(channel()?),
                _ => SideBarRow::Project(project()?),
            },
            section: [None, Some(SectionId::STARRED), pick(&world.sections, b)][a % 3],
            after: None,
        }),
        What::FoldSpace => Command::FoldSpace(FoldSpace {
            space: space()?,
            folded: b % 2 == 0,
        }),
        What::Schedule => Command::ScheduleMessage(ScheduleMessage {
            at: tomorrow(),
            message: PostMessage {
                channel: Some(channel()?),
                text,
                ..PostMessage::default()
            },
        }),
        What::ChangeScheduled => Command::ChangeScheduled(ChangeScheduled {
            message: pick(&world.scheduled, a)?,
            text: Some(text),
            files: None,
            at: None,
            send_now: b % 2 == 0,
        }),
        What::CancelScheduled => Command::CancelScheduled(CancelScheduled {
            message: pick(&world.scheduled, a)?,
        }),
        What::Poll => Command::PostMessage(PostMessage {
            id: MessageId::new(),
            channel: Some(channel()?),
            text,
            poll: Some(NewPoll {
                options: vec!["是 yes".into(), "否 no".into()],
                multiple: a % 2 == 0,
                anonymous: b % 2 == 0,
                extensible: b % 3 != 0,
                closes_at: None,
            }),
            ..PostMessage::default()
        }),
        What::AddPollOption => Command::AddPollOption(AddPollOption {
            message: pick(&world.polls, a)?,
            text,
        }),
        What::ClosePoll => Command::ClosePoll(ClosePoll {
            message: pick(&world.polls, a)?,
        }),
        What::Status => Command::UpdateMember(UpdateMember {
            member: me,
            status: Some(Status {
                emoji: "🌴".into(),
                text,
                until: (b % 2 == 0).then(tomorrow),
            }),
            ..UpdateMember::default()
        }),
        What::HideReaders => Command::HideReaders(HideReaders { hidden: b % 2 == 0 }),
        What::RenameWorkspace => Command::RenameWorkspace(RenameWorkspace {
            name: format!("榫卯 {n}"),
        }),
        What::Vanish | What::Restart | What::Crash => return None,
    })
}

fn in_channel(channel: ChannelId, thread: Option<MessageId>, text: String) -> Command {
    let channel = Some(channel);
    Command::PostMessage(PostMessage {
        channel,
        thread,
        text,
        ..PostMessage::default()
    })
}

fn add(channel: ChannelId, member: MemberId) -> Command {
    Command::AddChannelMember(AddChannelMember { channel, member })
}

fn remove(channel: ChannelId, member: MemberId) -> Command {
    Command::RemoveChannelMember(RemoveChannelMember { channel, member })
}

/// Later than any simulation ends.
fn tomorrow() -> Timestamp {
    Timestamp::now() + Duration::from_secs(86_400)
}

/// A message that the member wrote, as their replica knows it.
fn own_message(members: &[Member], who: usize, world: &World, n: usize) -> Option<MessageId> {
    let me = members[who].id;
    let known = &members[who].replica().messages;
    let own = |(id, _): &(MessageId, _)| known.get(id).is_some_and(|it| it.author == me);
    let all: Vec<MessageId> = world
        .messages
        .iter()
        .copied()
        .filter(own)
        .map(|it| it.0)
        .collect();
    pick(&all, n)
}

/// A message that asks for acknowledgement, as the member's replica knows it.
fn asking(members: &[Member], who: usize, n: usize) -> Option<MessageId> {
    let known = members[who].replica().messages.values();
    let asking = known.filter(|message| message.acknowledgement.is_some());
    let mut all: Vec<_> = asking.map(|message| (message.seq, message.id)).collect();
    all.sort_unstable();
    pick(&all, n).map(|(_, id)| id)
}

/// Ticks, moves, removes an item that the member's replica knows, or makes a sub-task of it.
fn change_item(members: &[Member], who: usize, task: TaskId, b: usize) -> Option<Command> {
    let items = &members[who].replica().tasks.get(&task)?.checklist;
    let item = items.get(b % items.len().max(1))?.id;
    Some(match b % 4 {
        0 => Command::RemoveChecklistItem(RemoveChecklistItem { task, item }),
        1 => Command::MakeSubtask(MakeSubtask {
            task,
            item,
            id: TaskId::new(),
        }),
        _ => Command::UpdateChecklistItem(UpdateChecklistItem {
            task,
            item,
            done: (b % 4 == 2).then_some(true),
            after: (b % 4 == 3).then_some(None),
            ..UpdateChecklistItem::default()
        }),
    })
}

/// A type more, or one replaced by another, than the member's replica knows.
fn types(
    members: &[Member],
    who: usize,
    project: ProjectId,
    a: usize,
    n: usize,
) -> Option<Command> {
    let known = members[who].replica().projects.get(&project)?;
    let mut types = types_of(known).into_owned();
    if a.is_multiple_of(3) && types.len() > 1 {
        let gone = types.pop()?;
        types[0].replaces.extend(gone.replaces);
        types[0].replaces.push(gone.id);
    } else {
        types.push(TaskType {
            id: format!("type_{n}"),
            name: format!("Type {n}"),
            icon: TypeIcon::Flag,
            colour: TypeColour::Grey,
            replaces: vec![],
        });
    }
    Some(Command::ChangeTypes(ChangeTypes { project, types }))
}

/// A field more, or one less or archived, than the member's replica knows.
fn fields(
    members: &[Member],
    who: usize,
    project: ProjectId,
    a: usize,
    n: usize,
) -> Option<Command> {
    let mut fields = members[who]
        .replica()
        .projects
        .get(&project)?
        .fields
        .clone();
    match a % 4 {
        0 => drop(fields.pop()),
        1 => fields.last_mut()?.archived = true,
        _ => fields.push(Field {
            id: format!("field_{n}"),
            name: format!("Field {n}"),
            description: String::new(),
            kind: [FieldKind::Text, FieldKind::Number, FieldKind::Check][n % 3],
            options: vec![],
            archived: false,
        }),
    }
    Some(Command::ChangeFields(ChangeFields { project, fields }))
}

/// A template more, or one less or renamed, than the member's replica knows. Of those that it knows
/// it has the names alone, so that they lose what was in them.
fn templates(
    members: &[Member],
    who: usize,
    project: ProjectId,
    a: usize,
    n: usize,
) -> Option<Command> {
    let replica = members[who].replica();
    let known = replica.projects.get(&project)?;
    let of_name = |it: &TemplateName| TaskTemplate {
        id: it.id.clone(),
        name: it.name.clone(),
        ..TaskTemplate::default()
    };
    let mut templates: Vec<TaskTemplate> = known.templates.iter().map(of_name).collect();
    match a % 4 {
        0 => drop(templates.pop()),
        1 => templates.last_mut()?.name = format!("模板 {n}"),
        _ => templates.push(TaskTemplate {
            id: format!("template_{n}"),
            name: format!("Template {n}"),
            title: format!("标题 {n}"),
            assignees: vec![members[who].id],
            due_days: Some(3),
            checklist: vec!["一".into(), "二".into()],
            ..TaskTemplate::default()
        }),
    }
    Some(Command::ChangeTemplates(ChangeTemplates {
        project,
        templates,
    }))
}

/// A task of the last template that the member's replica knows.
fn use_template(members: &[Member], who: usize, project: ProjectId, b: usize) -> Option<Command> {
    let replica = members[who].replica();
    let template = replica.projects.get(&project)?.templates.last()?;
    Some(Command::CreateTask(CreateTask {
        project,
        template: Some(template.id.clone()),
        title: if b.is_multiple_of(2) {
            "Given".into()
        } else {
            String::new()
        },
        ..CreateTask::default()
    }))
}

/// Something of the last field that the member's replica knows, or nothing any more.
fn fill_field(members: &[Member], who: usize, task: TaskId, b: usize) -> Option<Command> {
    let replica = members[who].replica();
    let project = replica.projects.get(&replica.tasks.get(&task)?.project)?;
    let field = project.fields.last()?;
    let value = match field.kind {
        FieldKind::Number => FieldValue::Number(b as f64 / 7.0),
        FieldKind::Check => FieldValue::Check(true),
        _ => FieldValue::Text(format!("值 {b}")),
    };
    let value = (!b.is_multiple_of(4)).then_some(value);
    Some(Command::UpdateTask(UpdateTask {
        task,
        fields: [(field.id.clone(), value)].into(),
        ..UpdateTask::default()
    }))
}

/// A state more, or one less, than the member's replica knows.
fn workflow(
    members: &[Member],
    who: usize,
    project: ProjectId,
    a: usize,
    n: usize,
) -> Option<ChangeWorkflow> {
    let known = members[who].replica().projects.get(&project)?;
    let mut states = known.workflow.states.clone();
    if a.is_multiple_of(3) {
        states.remove(a % states.len());
    } else {
        let state = State {
            id: format!("state_{n}"),
            name: format!("State {n}"),
            category: Category::Doing,
        };
        states.insert(a % states.len(), state);
    }
    Some(ChangeWorkflow { project, states })
}
