//! A workspace in memory: loads contexts, decides, applies the facts. It stands for the engine
//! and the store, so it is as plain as can be.

// Every context and every decision is used here.
#![allow(clippy::wildcard_imports)]

use crate::script::{self, Symbols};
use expect_test::Expect;
use std::collections::{BTreeMap, BTreeSet};
use tenon_domain::{
    actor::Actor, channel::*, decide::Decision, feed::*, joint::*, member::*, message::*,
    names::Names, project::*, refusal::Refusal, task::*, workspace::*,
};
use tenon_protocol::{
    ChannelId, Command, Event, MemberId, MessageId, ProjectId, Scope, TaskId, Timestamp,
    WorkspaceId,
    channel::{Channel, ChannelKind, Membership},
    event::Fact,
    feed::Feed,
    member::{Member, Role},
    message::{Message, Reaction},
    project::{Project, Visibility},
    task::{Task, TaskChange},
    workspace::Workspace,
};
use uuid::Uuid;

pub struct World {
    pub symbols: Symbols,
    seq: i64,
    workspace: Workspace,
    members: BTreeMap<MemberId, Member>,
    channels: BTreeMap<ChannelId, Channel>,
    memberships: BTreeMap<(ChannelId, MemberId), Membership>,
    messages: BTreeMap<MessageId, Message>,
    projects: BTreeMap<ProjectId, Project>,
    project_members: BTreeSet<(ProjectId, MemberId)>,
    tasks: BTreeMap<TaskId, Task>,
    feeds: Vec<Feed>,
}

impl World {
    /// alice owns, bob administers, carol and 李雷 are members, gina is a guest, robot a bot.
    pub fn new() -> Self {
        let now = at(0);
        let id = WorkspaceId(Uuid::nil());
        let Event::WorkspaceCreated { workspace } =
            found_workspace(id, "Acme", None, now).unwrap().event
        else {
            panic!("another event");
        };
        let mut world = World {
            symbols: Symbols::default(),
            seq: 1,
            workspace,
            members: BTreeMap::new(),
            channels: BTreeMap::new(),
            memberships: BTreeMap::new(),
            messages: BTreeMap::new(),
            projects: BTreeMap::new(),
            project_members: BTreeSet::new(),
            tasks: BTreeMap::new(),
            feeds: vec![],
        };
        world.given(
            "server:alice> add_member id=@alice name=Alice role=owner time_zone=Asia/Shanghai
             alice> add_member id=@bob name=Bob role=admin
             alice> add_member id=@carol name=Carol role=member
             alice> add_member id=@lilei name=李雷 role=member language=zh-CN
             alice> add_member id=@gina name=Gina role=guest
             alice> add_member id=@robot name=Robot role=member kind=bot",
        );
        world
    }

    /// Runs what must succeed, without a word.
    pub fn given(&mut self, lines: &str) -> &mut Self {
        for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if let Err(refusal) = self.run(line) {
                panic!("{line}: {refusal}");
            }
        }
        self
    }

    /// Runs lines, and compares them, with what follows from each, with the transcript.
    pub fn check(&mut self, lines: &str, expected: Expect) -> &mut Self {
        let mut transcript = String::new();
        for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let result = self.run(line);
            transcript.push_str(line);
            transcript.push('\n');
            transcript.push_str(&script::print(&result, &self.symbols));
        }
        expected.assert_eq(&transcript);
        self
    }

    /// Decides one line and applies what follows.
    pub fn run(&mut self, line: &str) -> Result<Decision, Refusal> {
        let line = script::read(line, &mut self.symbols);
        let member = MemberId(self.symbols.id(&format!("@{}", line.who)));
        let actor = Actor {
            workspace: self.workspace.id,
            member,
            grants: line.grants,
            internal: line.internal,
        };
        let now = at(self.seq);
        let decision = self.decide(&actor, &line.command, now)?;
        for fact in &decision.facts {
            self.apply(member, fact, now);
        }
        Ok(decision)
    }

    fn decide(
        &self,
        actor: &Actor,
        command: &Command,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        let me = self.members.get(&actor.member);
        if let Command::AddMember(command) = command {
            let context = AddMemberContext {
                actor,
                me,
                id_taken: self.members.contains_key(&command.id),
                handle_taken: &|handle| self.handle_taken(handle),
            };
            return add_member(&context, command, now);
        }
        let me = me.expect("the actor is a member");
        match command {
            Command::AddMember(_) => unreachable!(),
            Command::RenameWorkspace(command) => {
                let workspace = &self.workspace;
                rename_workspace(
                    &RenameWorkspaceContext {
                        actor,
                        me,
                        workspace,
                    },
                    command,
                    now,
                )
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
            Command::CreateChannel(_)
            | Command::OpenDirect(_)
            | Command::UpdateChannel(_)
            | Command::AddChannelMember(_)
            | Command::RemoveChannelMember(_)
            | Command::MarkRead(_)
            | Command::AddFeed(_)
            | Command::RemoveFeed(_)
            | Command::ShowCard(_) => self.decide_channel(actor, me, command, now),
            Command::PostMessage(_)
            | Command::EditMessage(_)
            | Command::DeleteMessage(_)
            | Command::AddReaction(_)
            | Command::RemoveReaction(_) => self.decide_message(actor, me, command, now),
            Command::CreateProject(_)
            | Command::UpdateProject(_)
            | Command::ChangeWorkflow(_)
            | Command::AddProjectMember(_)
            | Command::RemoveProjectMember(_) => self.decide_project(actor, me, command, now),
            Command::CreateTask(_)
            | Command::UpdateTask(_)
            | Command::MoveTask(_)
            | Command::DeleteTask(_)
            | Command::FollowTask(_)
            | Command::MakeTask(_) => self.decide_task(actor, me, command, now),
        }
    }

    fn decide_channel(
        &self,
        actor: &Actor,
        me: &Member,
        command: &Command,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        match command {
            Command::CreateChannel(command) => {
                let members = self.found(&command.members);
                let context = CreateChannelContext {
                    actor,
                    me,
                    id_taken: self.channels.contains_key(&command.id),
                    name_taken: self.name_taken(&command.name, None),
                    project: self.project(command.project),
                    is_project_member: self.in_project(command.project, me.id),
                    members: &members,
                };
                create_channel(&context, command, now)
            }
            Command::OpenDirect(command) => {
                let members = self.found(&command.members);
                let wanted = direct_members(me.id, command);
                let same = |channel: &&Channel| {
                    channel.kind == ChannelKind::Direct && channel.members == wanted
                };
                let context = OpenDirectContext {
                    actor,
                    me,
                    id_taken: self.channels.contains_key(&command.id),
                    existing: self.channels.values().find(same).map(|channel| channel.id),
                    members: &members,
                };
                open_direct(&context, command, now)
            }
            Command::UpdateChannel(command) => {
                let channel = self.channels.get(&command.channel);
                let name = command
                    .name
                    .as_ref()
                    .or(channel.map(|channel| &channel.name));
                let project = command.project.flatten();
                let guests = self.guests(|member| self.in_channel(command.channel, member));
                let context = UpdateChannelContext {
                    actor,
                    me,
                    channel,
                    is_channel_member: self.in_channel(command.channel, me.id),
                    name_taken: name.is_some_and(|it| self.name_taken(it, Some(command.channel))),
                    project: self.project(project),
                    is_project_member: self.in_project(project, me.id),
                    guests: &guests,
                };
                update_channel(&context, command, now)
            }
            Command::AddChannelMember(command) => {
                let feeds = self.feeds_of(command.channel);
                let context = AddChannelMemberContext {
                    actor,
                    me,
                    channel: self.channels.get(&command.channel),
                    is_channel_member: self.in_channel(command.channel, me.id),
                    member: self.members.get(&command.member),
                    already: self.in_channel(command.channel, command.member),
                    last: self.last(command.channel),
                    feeds: &feeds,
                };
                add_channel_member(&context, command, now)
            }
            Command::RemoveChannelMember(command) => {
                let context = RemoveChannelMemberContext {
                    actor,
                    me,
                    channel: self.channels.get(&command.channel),
                    is_channel_member: self.in_channel(command.channel, me.id),
                    is_there: self.in_channel(command.channel, command.member),
                };
                remove_channel_member(&context, command, now)
            }
            Command::MarkRead(command) => {
                let read = read_position(command, self.seq);
                let after = |message: &&Message| {
                    message.channel == Some(command.channel)
                        && message.seq > read
                        && message.author != me.id
                        && !message.deleted
                };
                let after: Vec<_> = self.messages.values().filter(after).collect();
                let mentions = |it: &&&Message| it.mentions_channel || it.mentions.contains(&me.id);
                let unread = |it: &&&Message| it.thread.is_none() && it.card.is_none();
                let context = MarkReadContext {
                    actor,
                    me,
                    channel: self.channels.get(&command.channel),
                    membership: self.memberships.get(&(command.channel, me.id)),
                    left: Counts {
                        unread: after.iter().filter(unread).count() as i64,
                        mentions: after.iter().filter(mentions).count() as i64,
                    },
                    head: self.seq,
                };
                mark_read(&context, command, now)
            }
            Command::AddFeed(command) => {
                let feeds = self.feeds_of(command.channel);
                let context = AddFeedContext {
                    actor,
                    me,
                    channel: self.channels.get(&command.channel),
                    is_channel_member: self.in_channel(command.channel, me.id),
                    project: self.projects.get(&command.project),
                    is_project_member: self.in_project(Some(command.project), me.id),
                    feeds: &feeds,
                };
                add_feed(&context, command, now)
            }
            Command::RemoveFeed(command) => {
                let feeds = self.feeds_of(command.channel);
                let context = RemoveFeedContext {
                    actor,
                    me,
                    channel: self.channels.get(&command.channel),
                    is_channel_member: self.in_channel(command.channel, me.id),
                    feeds: &feeds,
                };
                remove_feed(&context, command, now)
            }
            Command::ShowCard(command) => {
                let task = self.tasks.get(&command.task);
                let project = task.and_then(|task| self.projects.get(&task.project));
                let followed = |feed: &Feed| {
                    feed.channel == command.channel
                        && task.is_some_and(|task| task.project == feed.project)
                };
                let existing = self.messages.values().find(|message| {
                    message.channel == Some(command.channel)
                        && message
                            .card
                            .as_ref()
                            .is_some_and(|card| card.task == command.task)
                });
                let context = ShowCardContext {
                    actor,
                    me,
                    channel: self.channels.get(&command.channel),
                    followed: self.feeds.iter().any(followed),
                    task,
                    project,
                    existing,
                    id_taken: self.messages.contains_key(&command.id),
                };
                show_card(&context, command, now)
            }
            _ => unreachable!("of another noun"),
        }
    }

    fn decide_message(
        &self,
        actor: &Actor,
        me: &Member,
        command: &Command,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        let names: Names = self.members.values().collect();
        let id = match command {
            Command::PostMessage(command) => {
                let task = command.task.and_then(|task| self.tasks.get(&task));
                let project = task.map(|task| task.project);
                let context = PostMessageContext {
                    actor,
                    me,
                    channel: command
                        .channel
                        .and_then(|channel| self.channels.get(&channel)),
                    is_channel_member: command
                        .channel
                        .is_some_and(|channel| self.in_channel(channel, me.id)),
                    task,
                    project: self.project(project),
                    is_project_member: self.in_project(project, me.id),
                    thread: command.thread.and_then(|thread| self.messages.get(&thread)),
                    id_taken: self.messages.contains_key(&command.id),
                    names: &names,
                    sees_project: &|member| self.sees(project, member),
                };
                return post_message(&context, command, now);
            }
            Command::EditMessage(command) => command.message,
            Command::DeleteMessage(command) => command.message,
            Command::AddReaction(command) => command.message,
            Command::RemoveReaction(command) => command.message,
            _ => unreachable!("of another noun"),
        };
        let message = self.messages.get(&id);
        let channel = message.and_then(|message| message.channel);
        let task = message.and_then(|message| self.tasks.get(&message.task?));
        let project = task.map(|task| task.project);
        let context = MessageContext {
            actor,
            me,
            message,
            channel: channel.and_then(|channel| self.channels.get(&channel)),
            is_channel_member: channel.is_some_and(|channel| self.in_channel(channel, me.id)),
            task,
            project: self.project(project),
            is_project_member: self.in_project(project, me.id),
            names: &names,
            sees_project: &|member| self.sees(project, member),
        };
        match command {
            Command::EditMessage(command) => edit_message(&context, command, now),
            Command::DeleteMessage(command) => delete_message(&context, command, now),
            Command::AddReaction(command) => add_reaction(&context, command, now),
            Command::RemoveReaction(command) => remove_reaction(&context, command, now),
            _ => unreachable!("of another noun"),
        }
    }

    fn decide_project(
        &self,
        actor: &Actor,
        me: &Member,
        command: &Command,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        match command {
            Command::CreateProject(command) => {
                let mut named = command.members.clone();
                named.extend(command.lead);
                let members = self.found(&named);
                let context = CreateProjectContext {
                    actor,
                    me,
                    id_taken: self.projects.contains_key(&command.id),
                    key_taken: self.projects.values().any(|it| it.key == command.key),
                    members: &members,
                };
                create_project(&context, command, now)
            }
            Command::UpdateProject(command) => {
                let project = Some(command.project);
                let lead = command.lead.flatten();
                let guests = self.guests(|member| self.in_project(project, member));
                let context = UpdateProjectContext {
                    actor,
                    me,
                    project: self.project(project),
                    is_project_member: self.in_project(project, me.id),
                    lead: lead.and_then(|lead| self.members.get(&lead)),
                    is_lead_member: lead.is_some_and(|lead| self.in_project(project, lead)),
                    guests: &guests,
                };
                update_project(&context, command, now)
            }
            Command::ChangeWorkflow(command) => {
                let project = Some(command.project);
                let in_use = |task: &&Task| task.project == command.project && !task.deleted;
                let states: Vec<String> = self
                    .tasks
                    .values()
                    .filter(in_use)
                    .map(|task| task.state.clone())
                    .collect();
                let context = ChangeWorkflowContext {
                    actor,
                    me,
                    project: self.project(project),
                    is_project_member: self.in_project(project, me.id),
                    states_in_use: &states,
                };
                change_workflow(&context, command, now)
            }
            Command::AddProjectMember(command) => {
                let project = Some(command.project);
                let context = AddProjectMemberContext {
                    actor,
                    me,
                    project: self.project(project),
                    is_project_member: self.in_project(project, me.id),
                    member: self.members.get(&command.member),
                    already: self.in_project(project, command.member),
                };
                add_project_member(&context, command, now)
            }
            Command::RemoveProjectMember(command) => {
                let project = Some(command.project);
                let context = RemoveProjectMemberContext {
                    actor,
                    me,
                    project: self.project(project),
                    is_project_member: self.in_project(project, me.id),
                    member: self.members.get(&command.member),
                    is_there: self.in_project(project, command.member),
                };
                remove_project_member(&context, command, now)
            }
            _ => unreachable!("of another noun"),
        }
    }

    fn decide_task(
        &self,
        actor: &Actor,
        me: &Member,
        command: &Command,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        let project_of = |id: TaskId| self.tasks.get(&id).map(|task| task.project);
        match command {
            Command::CreateTask(command) => {
                let project = Some(command.project);
                let context = CreateTaskContext {
                    actor,
                    me,
                    project: self.project(project),
                    is_project_member: self.in_project(project, me.id),
                    id_taken: self.tasks.contains_key(&command.id),
                    next_number: self.next_number(command.project),
                    sees_project: &|member| self.sees(project, member),
                    parent: command.parent.and_then(|parent| self.tasks.get(&parent)),
                    ancestors: &self.ancestors(command.parent),
                };
                create_task(&context, command, now)
            }
            Command::UpdateTask(command) => {
                let project = project_of(command.task);
                let parent = command.parent.flatten();
                let context = UpdateTaskContext {
                    actor,
                    me,
                    task: self.tasks.get(&command.task),
                    project: self.project(project),
                    is_project_member: self.in_project(project, me.id),
                    sees_project: &|member| self.sees(project, member),
                    parent: parent.and_then(|parent| self.tasks.get(&parent)),
                    ancestors: &self.ancestors(parent),
                    height: self.height(command.task),
                };
                update_task(&context, command, now)
            }
            Command::MoveTask(command) => {
                let task = self.tasks.get(&command.task);
                let project = project_of(command.task);
                let (after, before) = (command.after, command.before);
                let state = command
                    .state
                    .as_deref()
                    .or(task.map(|task| task.state.as_str()));
                let after = after.and_then(|after| self.tasks.get(&after));
                let before = before.and_then(|before| self.tasks.get(&before));
                let column = self.tasks.values().filter(|it| {
                    Some(it.project) == project
                        && Some(it.state.as_str()) == state
                        && !it.deleted
                        && it.id != command.task
                });
                let ranks = column.map(|it| it.rank.as_str());
                let neighbour = match (after, before) {
                    (Some(after), _) => ranks.filter(|it| *it > after.rank.as_str()).min(),
                    (_, Some(before)) => ranks.filter(|it| *it < before.rank.as_str()).max(),
                    (None, None) => ranks.max(),
                };
                let context = MoveTaskContext {
                    actor,
                    me,
                    task,
                    project: self.project(project),
                    is_project_member: self.in_project(project, me.id),
                    after,
                    before,
                    neighbour,
                };
                move_task(&context, command, now)
            }
            Command::DeleteTask(command) => {
                delete_task(&self.task_context(actor, me, command.task), command, now)
            }
            Command::FollowTask(command) => {
                follow_task(&self.task_context(actor, me, command.task), command, now)
            }
            Command::MakeTask(command) => {
                let message = self.messages.get(&command.message);
                let channel = message.and_then(|message| self.channels.get(&message.channel?));
                let project = command.project.or(channel.and_then(|it| it.project));
                let root = message.map(|message| message.thread.unwrap_or(message.id));
                let mut thread: Vec<Message> = self
                    .messages
                    .values()
                    .filter(|it| Some(it.id) == root || (it.thread.is_some() && it.thread == root))
                    .cloned()
                    .collect();
                thread.sort_by_key(|message| message.seq);
                let messages: Vec<Message> = command
                    .messages
                    .iter()
                    .filter_map(|id| self.messages.get(id))
                    .cloned()
                    .collect();
                let mentions = message.map_or(vec![], |it| self.found(&it.mentions));
                let context = MakeTaskContext {
                    actor,
                    me,
                    message,
                    channel,
                    is_channel_member: channel.is_some_and(|it| self.in_channel(it.id, me.id)),
                    thread: &thread,
                    messages: &messages,
                    project: self.project(project),
                    is_project_member: self.in_project(project, me.id),
                    id_taken: self.tasks.contains_key(&command.id),
                    message_id: MessageId(Uuid::from_u128(1_000_000 + self.seq as u128)),
                    next_number: project.map_or(1, |project| self.next_number(project)),
                    author: message.and_then(|it| self.members.get(&it.author)),
                    mentions: &mentions,
                    sees_project: &|member| self.sees(project, member),
                };
                make_task(&context, command, now)
            }
            _ => unreachable!("of another noun"),
        }
    }

    fn apply(&mut self, actor: MemberId, fact: &Fact, now: Timestamp) {
        self.seq += 1;
        let seq = self.seq;
        match fact.event.clone() {
            Event::WorkspaceCreated { workspace } => self.workspace = workspace,
            Event::WorkspaceRenamed { name } => self.workspace.name = name,
            Event::MemberAdded { member } | Event::MemberChanged { member } => {
                self.members.insert(member.id, member);
            }
            Event::RoleChanged { member, to, .. } => self.member(member).role = to,
            Event::MemberDeactivated { member } => self.member(member).active = false,
            Event::MemberReactivated { member } => self.member(member).active = true,
            Event::ChannelCreated { channel } | Event::ChannelChanged { channel } => {
                self.channels.insert(channel.id, channel);
            }
            Event::ChannelGained { membership, .. } => {
                let Scope::Inbox(member) = fact.scope else {
                    panic!("not in an inbox")
                };
                let stamped = Membership {
                    since: seq,
                    read: seq,
                    ..membership
                };
                self.memberships.insert((stamped.channel, member), stamped);
            }
            Event::ChannelLost { channel } => {
                let Scope::Inbox(member) = fact.scope else {
                    panic!("not in an inbox")
                };
                self.memberships.remove(&(channel, member));
            }
            Event::ReadMarked {
                channel,
                read,
                unread,
                mentions,
            } => {
                let membership = self.memberships.get_mut(&(channel, actor)).unwrap();
                *membership = Membership {
                    read,
                    unread,
                    mentions,
                    ..membership.clone()
                };
            }
            Event::MessagePosted { message } => {
                self.messages.insert(message.id, Message { seq, ..message });
            }
            Event::MessageEdited {
                message,
                text,
                mentions,
                mentions_channel,
                ..
            } => {
                let message = self.messages.get_mut(&message).unwrap();
                *message = Message {
                    text,
                    mentions,
                    mentions_channel,
                    ..message.clone()
                };
            }
            Event::MessageDeleted { message, .. } => {
                let message = self.messages.get_mut(&message).unwrap();
                (message.deleted, message.text) = (true, String::new());
            }
            Event::ReactionAdded { message, emoji } => {
                let reactions = &mut self.messages.get_mut(&message).unwrap().reactions;
                match reactions
                    .iter_mut()
                    .find(|reaction| reaction.emoji == emoji)
                {
                    Some(reaction) => reaction.members.push(actor),
                    None => reactions.push(Reaction {
                        emoji,
                        members: vec![actor],
                    }),
                }
            }
            Event::ReactionRemoved { message, emoji } => {
                let reactions = &mut self.messages.get_mut(&message).unwrap().reactions;
                for reaction in reactions.iter_mut().filter(|it| it.emoji == emoji) {
                    reaction.members.retain(|member| *member != actor);
                }
                reactions.retain(|reaction| !reaction.members.is_empty());
            }
            Event::MessageLinked { message, link, .. } => {
                self.messages.get_mut(&message).unwrap().link = Some(link);
            }
            Event::CardChanged(change) => {
                self.messages.get_mut(&change.message).unwrap().card = Some(change.card);
            }
            Event::ProjectCreated { project } | Event::ProjectChanged { project } => {
                self.projects.insert(project.id, project);
            }
            Event::WorkflowChanged { project, workflow } => {
                self.projects.get_mut(&project).unwrap().workflow = workflow;
            }
            Event::ProjectMemberAdded { project, member } => {
                self.project_members.insert((project, member));
            }
            Event::ProjectMemberRemoved { project, member } => {
                self.project_members.remove(&(project, member));
            }
            Event::TaskCreated { task } => {
                self.tasks.insert(task.id, Task { seq, ..task });
            }
            Event::TaskChanged { task, changes } => {
                let task = self.tasks.get_mut(&task).unwrap();
                changes
                    .into_iter()
                    .for_each(|change| apply_change(task, change));
                (task.seq, task.updated_at) = (seq, now);
            }
            Event::TaskDeleted { task } => {
                let task = self.tasks.get_mut(&task).unwrap();
                (task.seq, task.deleted) = (seq, true);
            }
            Event::FeedAdded { feed } => self.feeds.push(feed),
            Event::FeedRemoved { channel, project } => {
                self.feeds
                    .retain(|it| it.channel != channel || it.project != project);
            }
            Event::ChannelMemberAdded { .. }
            | Event::ChannelMemberRemoved { .. }
            | Event::ProjectGained { .. }
            | Event::ProjectLost { .. }
            | Event::AccessChanged {} => {}
        }
    }

    fn member(&mut self, id: MemberId) -> &mut Member {
        self.members.get_mut(&id).unwrap()
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

    fn task_context<'a>(
        &'a self,
        actor: &'a Actor,
        me: &'a Member,
        task: TaskId,
    ) -> TaskContext<'a> {
        let task = self.tasks.get(&task);
        let project = task.map(|task| task.project);
        TaskContext {
            actor,
            me,
            task,
            project: self.project(project),
            is_project_member: self.in_project(project, me.id),
        }
    }

    fn handle_taken(&self, handle: &str) -> bool {
        self.members.values().any(|member| member.handle == handle)
    }

    fn name_taken(&self, name: &str, except: Option<ChannelId>) -> bool {
        self.channels.values().any(|channel| {
            channel.kind != ChannelKind::Direct
                && !channel.archived
                && Some(channel.id) != except
                && name_key(&channel.name) == name_key(name)
        })
    }

    fn found(&self, ids: &[MemberId]) -> Vec<&Member> {
        ids.iter().filter_map(|id| self.members.get(id)).collect()
    }

    fn guests(&self, is_in: impl Fn(MemberId) -> bool) -> Vec<MemberId> {
        let guests = self
            .members
            .values()
            .filter(|member| member.role == Role::Guest);
        guests
            .map(|member| member.id)
            .filter(|member| is_in(*member))
            .collect()
    }

    fn in_channel(&self, channel: ChannelId, member: MemberId) -> bool {
        self.memberships.contains_key(&(channel, member))
    }

    fn project(&self, project: Option<ProjectId>) -> Option<&Project> {
        project.and_then(|project| self.projects.get(&project))
    }

    fn in_project(&self, project: Option<ProjectId>, member: MemberId) -> bool {
        project.is_some_and(|project| self.project_members.contains(&(project, member)))
    }

    fn sees(&self, project: Option<ProjectId>, member: MemberId) -> bool {
        let Some(project) = self.project(project) else {
            return false;
        };
        let Some(it) = self.members.get(&member) else {
            return false;
        };
        let public = project.visibility == Visibility::Public && it.role != Role::Guest;
        it.active && (public || self.in_project(Some(project.id), member))
    }

    fn feeds_of(&self, channel: ChannelId) -> Vec<Feed> {
        self.feeds
            .iter()
            .filter(|feed| feed.channel == channel)
            .cloned()
            .collect()
    }

    fn last(&self, channel: ChannelId) -> i64 {
        let in_it = |message: &&Message| {
            message.channel == Some(channel) && message.thread.is_none() && message.card.is_none()
        };
        self.messages
            .values()
            .filter(in_it)
            .map(|message| message.seq)
            .max()
            .unwrap_or(0)
    }

    fn next_number(&self, project: ProjectId) -> i64 {
        1 + self
            .tasks
            .values()
            .filter(|task| task.project == project)
            .count() as i64
    }

    fn ancestors(&self, task: Option<TaskId>) -> Vec<TaskId> {
        let parent = |task: &TaskId| self.tasks.get(task).and_then(|task| task.parent);
        let mut ancestors = vec![];
        let mut next = task.as_ref().and_then(parent);
        while let Some(id) = next {
            ancestors.push(id);
            next = parent(&id);
        }
        ancestors
    }

    fn height(&self, task: TaskId) -> usize {
        let below = self.tasks.values().filter(|it| it.parent == Some(task));
        below.map(|it| 1 + self.height(it.id)).max().unwrap_or(0)
    }
}

fn at(seq: i64) -> Timestamp {
    Timestamp::from_second(1_763_800_000 + seq).unwrap()
}

fn apply_change(task: &mut Task, change: TaskChange) {
    match change {
        TaskChange::Title { to, .. } => task.title = to,
        TaskChange::Description { to, .. } => task.description = to,
        TaskChange::State { to, .. } => task.state = to,
        TaskChange::Assignees { to, .. } => task.assignees = to,
        TaskChange::Priority { to, .. } => task.priority = to,
        TaskChange::Labels { to, .. } => task.labels = to,
        TaskChange::Due { to, .. } => task.due = to,
        TaskChange::Estimate { to, .. } => task.estimate = to,
        TaskChange::Parent { to, .. } => task.parent = to,
        TaskChange::Rank { to, .. } => task.rank = to,
        TaskChange::Followers { to, .. } => task.followers = to,
    }
}
