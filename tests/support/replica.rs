//! A member's replica: a snapshot, moved by entries and nothing else. It follows the documented
//! rules, written anew here, so that the server's rows and the web client have a judge.

mod erasure;

use erasure::empty;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tenon_protocol::{
    ChannelId, Entry, Event, GroupId, MemberId, MessageId, NotificationId, ProjectId, Scope,
    SpaceId, TaskId,
    acknowledgement::Acknowledged,
    channel::{Channel, ChannelKind, Membership},
    event::Event as E,
    feed::Feed,
    group::Group,
    limit::MESSAGE_EDITS_MAX,
    member::{Member, Role},
    message::{Edit, Message, Reaction},
    notification::{Notification, excerpt},
    preference::{ChannelSetting, Preferences},
    project::{Category, Project},
    saved::Saved,
    scheduled::Scheduled,
    side_bar::{SideBar, SideBarRow},
    snapshot::Snapshot,
    space::{Space, SpaceKind},
    task::{Task, TaskChange},
    workspace::Workspace,
};

pub struct Replica {
    pub seq: i64,
    /// Messages and tasks are kept from here on; older ones were never told.
    pub begun: i64,
    pub me: MemberId,
    pub workspace: Workspace,
    pub members: BTreeMap<MemberId, Member>,
    pub groups: BTreeMap<GroupId, Group>,
    pub spaces: BTreeMap<SpaceId, Space>,
    pub own_spaces: BTreeSet<SpaceId>,
    pub channels: BTreeMap<ChannelId, Channel>,
    pub memberships: BTreeMap<ChannelId, Membership>,
    pub projects: BTreeMap<ProjectId, Project>,
    pub feeds: BTreeMap<(ChannelId, ProjectId), Feed>,
    pub preferences: Preferences,
    pub channel_settings: BTreeMap<ChannelId, ChannelSetting>,
    pub side_bar: SideBar,
    pub notifications: BTreeMap<NotificationId, Notification>,
    pub saved: BTreeMap<MessageId, Saved>,
    pub scheduled: BTreeMap<MessageId, Scheduled>,
    pub messages: HashMap<MessageId, Message>,
    pub tasks: HashMap<TaskId, Task>,
    /// Tasks that were first heard of when they came back, and when: what was said in them before
    /// was never told.
    pub returned: HashMap<TaskId, i64>,
    /// Every entry since the beginning, in the order of arrival.
    pub entries: Vec<Entry>,
    scopes: HashMap<Scope, i64>,
}

impl Replica {
    pub fn load(snapshot: Snapshot) -> Self {
        let Snapshot {
            seq,
            workspace,
            member,
            members,
            groups,
            spaces,
            own_spaces,
            channels,
            memberships,
            projects,
            feeds,
            preferences,
            channel_settings,
            side_bar,
            notifications,
            saved,
            scheduled,
        } = snapshot;
        Self {
            seq,
            begun: seq,
            me: member.id,
            workspace,
            members: members.into_iter().map(|it| (it.id, it)).collect(),
            groups: groups.into_iter().map(|it| (it.id, it)).collect(),
            spaces: spaces.into_iter().map(|it| (it.id, it)).collect(),
            own_spaces: own_spaces.into_iter().collect(),
            channels: channels.into_iter().map(|it| (it.id, it)).collect(),
            memberships: memberships.into_iter().map(|it| (it.channel, it)).collect(),
            projects: projects.into_iter().map(|it| (it.id, it)).collect(),
            feeds: feeds
                .into_iter()
                .map(|it| ((it.channel, it.project), it))
                .collect(),
            preferences,
            channel_settings: channel_settings
                .into_iter()
                .map(|it| (it.channel, it))
                .collect(),
            side_bar,
            notifications: notifications.into_iter().map(|it| (it.id, it)).collect(),
            saved: saved.into_iter().map(|it| (it.message, it)).collect(),
            scheduled: scheduled
                .into_iter()
                .map(|it| (it.message.id, it))
                .collect(),
            messages: HashMap::new(),
            tasks: HashMap::new(),
            returned: HashMap::new(),
            entries: Vec::new(),
            scopes: HashMap::new(),
        }
    }

    /// In the shape of a snapshot, every list by id.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            seq: self.seq,
            workspace: self.workspace.clone(),
            member: self.members[&self.me].clone(),
            members: self.members.values().cloned().collect(),
            groups: self.groups.values().cloned().collect(),
            spaces: self.spaces.values().cloned().collect(),
            own_spaces: self.own_spaces.iter().copied().collect(),
            channels: self.channels.values().cloned().collect(),
            memberships: self.memberships.values().cloned().collect(),
            projects: self.projects.values().cloned().collect(),
            feeds: self.feeds.values().cloned().collect(),
            preferences: self.preferences.clone(),
            channel_settings: self.channel_settings.values().cloned().collect(),
            side_bar: self.side_bar.clone(),
            notifications: self.notifications.values().cloned().collect(),
            saved: self.saved.values().cloned().collect(),
            scheduled: self.scheduled.values().cloned().collect(),
        }
    }

    /// Complete up to here.
    pub fn advance(&mut self, seq: i64) {
        self.seq = self.seq.max(seq);
    }

    /// Takes one entry; one that is known already changes nothing.
    pub fn apply(&mut self, entry: Entry) {
        if entry.seq <= self.seq {
            return;
        }
        self.seq = entry.seq;
        if let Some(before) = self.scopes.insert(entry.scope, entry.scope_seq) {
            assert_eq!(
                entry.scope_seq,
                before + 1,
                "a hole in {} at {entry:?}",
                entry.scope
            );
        }
        self.change(&entry);
        self.entries.push(entry);
    }

    // Table: one line per event.
    fn change(&mut self, entry: &Entry) {
        match entry.event.clone() {
            E::WorkspaceCreated { workspace } => self.workspace = workspace,
            E::WorkspaceRenamed { name } => self.workspace.name = name,
            E::ReadersHidden { hidden } => self.workspace.hides_readers = hidden,
            E::EmojiRestricted { restricted } => self.workspace.restricts_emoji = restricted,
            // Which there are is asked for.
            E::EmojiAdded { .. } | E::EmojiChanged { .. } | E::EmojiRemoved { .. } => {}
            E::MailContentHidden { hidden } => self.workspace.hides_mail_content = hidden,
            E::LogoChanged { logo } => self.workspace.logo = logo,
            E::PolicyChanged { to, .. } => self.workspace.policy = to,
            E::MailDomainsChanged { to, .. } => self.workspace.mail_domains = to,
            E::EveryoneSignedOut {} => {}
            E::MemberAdded { member } => drop(self.members.insert(member.id, member)),
            E::MemberChanged { member } => {
                let known = self.members.get_mut(&member.id).unwrap();
                *known = Member {
                    role: known.role,
                    active: known.active,
                    ..member
                };
            }
            E::RoleChanged { member, to, .. } => self.members.get_mut(&member).unwrap().role = to,
            E::MemberDeactivated { member } => {
                self.members.get_mut(&member).unwrap().active = false
            }
            E::MemberReactivated { member } => self.members.get_mut(&member).unwrap().active = true,
            E::GroupCreated { group } => drop(self.groups.insert(group.id, group)),
            E::GroupChanged { group } => {
                let known = self.groups.get_mut(&group.id).unwrap();
                let members = std::mem::take(&mut known.members);
                *known = Group { members, ..group };
            }
            E::GroupMembersChanged {
                group,
                added,
                removed,
            } => {
                let known = self.groups.get_mut(&group).unwrap();
                known.members.retain(|it| !removed.contains(it));
                known.members.extend(added);
                known.members.sort();
            }
            E::GroupDeleted { group } => drop(self.groups.remove(&group)),
            E::SpaceCreated { space } | E::SpaceChanged { space } => {
                self.spaces.insert(space.id, space);
            }
            // Who is in it is asked for.
            E::SpaceMembersChanged { .. }
            | E::SpaceMembersNamed { .. }
            | E::GroupFollowed { .. }
            | E::ChannelMemberNamed { .. } => {}
            E::SpaceGained(sight) => {
                let id = sight.space.id;
                if !self.spaces.contains_key(&id) {
                    self.scopes.remove(&Scope::Space(id));
                }
                self.spaces.insert(id, sight.space);
                self.own_spaces.insert(id);
                let channels = sight.channels.into_iter().map(|it| (it.id, it));
                self.channels.extend(channels);
                let projects = sight.projects.into_iter().map(|it| (it.id, it));
                self.projects.extend(projects);
            }
            E::SpaceLost { space } => {
                self.own_spaces.remove(&space);
                if !self.sees_space(Some(space), false) {
                    self.spaces.remove(&space);
                    self.scopes.remove(&Scope::Space(space));
                }
            }
            E::ChannelCreated { channel } | E::ChannelChanged { channel } => {
                self.channels.insert(channel.id, channel);
            }
            E::ChannelHidden { channel } => {
                if !self.memberships.contains_key(&channel) {
                    self.lose_channel(channel);
                    self.channels.remove(&channel);
                }
            }
            E::ChannelEnclosed { channel: id } => {
                let known = self.channels.get(&id);
                let near = known.is_some_and(|it| {
                    it.in_closed_space && self.sees_space(it.space, it.in_closed_space)
                });
                if !near && !self.memberships.contains_key(&id) {
                    self.lose_channel(id);
                    self.channels.remove(&id);
                }
            }
            E::ChannelMemberAdded { .. } => {}
            E::ChannelMemberRemoved { channel, member } => self.leave(channel, member),
            E::ChannelMembersChanged {
                channel, removed, ..
            } => {
                for member in removed {
                    self.leave(channel, member);
                }
            }
            E::ChannelGained {
                channel,
                membership,
                feeds,
                ..
            } => {
                self.gain_channel(channel, membership, feeds);
            }
            E::ChannelLost { channel } => self.lose_channel(channel),
            E::ProjectGained { project } => drop(self.projects.insert(project.id, project)),
            E::ProjectLost { project } => self.lose_project(project),
            // The member fetches a new snapshot.
            E::AccessChanged {} => {}
            E::ReadMarked {
                channel,
                read,
                unread,
                mentions,
            } => {
                let place = self.memberships.get_mut(&channel).unwrap();
                *place = Membership {
                    read,
                    unread,
                    mentions,
                    ..place.clone()
                };
            }
            E::AllReadMarked { read, marks } => {
                for mark in marks {
                    let place = self.memberships.get_mut(&mark.channel).unwrap();
                    *place = Membership {
                        read,
                        unread: mark.unread,
                        mentions: mark.mentions,
                        ..place.clone()
                    };
                }
            }
            E::MessagePosted { message } => self.post(entry, message),
            E::MessageEdited { .. } => self.edit(entry),
            E::MessageDeleted { .. } => self.delete(entry),
            E::MessagesErased {
                channel, messages, ..
            } => self.erase(channel, &messages),
            E::FilesErased { messages, .. } => {
                for lost in messages {
                    self.message(lost.message, |it| {
                        it.files.clear();
                        it.erased_files += lost.files;
                    });
                }
            }
            E::QuotesErased { messages, .. } => {
                for id in messages {
                    self.message(id, |it| {
                        let quotes = it.quote.iter_mut().flat_map(|it| &mut it.quotes);
                        quotes.for_each(|it| it.text.clear());
                    });
                }
            }
            E::ReactionAdded { message, emoji } => self.react(message, emoji, entry.actor),
            E::ReactionRemoved { message, emoji } => self.unreact(message, &emoji, entry.actor),
            E::MessageLinked { message, link, .. } => {
                self.message(message, |message| message.link = Some(link));
            }
            E::MessagePinned { message, pin, .. } => {
                self.message(message, |message| message.pin = Some(pin));
            }
            E::MessageUnpinned { message, .. } => {
                self.message(message, |message| message.pin = None);
            }
            E::ThreadResolved {
                message, resolved, ..
            } => {
                self.message(message, |message| message.resolved = Some(resolved));
            }
            E::ThreadReopened { message, .. } => {
                self.message(message, |message| message.resolved = None);
            }
            E::AcknowledgementRequested {
                message,
                acknowledgement,
                ..
            } => {
                self.message(message, |it| it.acknowledgement = Some(acknowledgement));
            }
            E::AcknowledgementWithdrawn { message, .. } => {
                self.message(message, |it| it.acknowledgement = None);
            }
            E::MessageAcknowledged { message, .. } => {
                let (member, at) = (entry.actor, entry.at);
                self.message(message, |it| {
                    let asks = it.acknowledgement.as_mut().unwrap();
                    asks.waiting.retain(|it| *it != member);
                    asks.acknowledged.push(Acknowledged { member, at });
                });
            }
            E::AcknowledgementReminded { message, .. } => {
                let at = Some(entry.at);
                self.message(message, |it| {
                    it.acknowledgement.as_mut().unwrap().reminded_at = at;
                });
            }
            E::PollOptionAdded {
                message, option, ..
            } => {
                self.message(message, |it| {
                    it.poll.as_mut().unwrap().options.push(option);
                });
            }
            E::PollCounted {
                message,
                votes,
                voters,
            } => {
                let seq = entry.seq;
                self.message(message, |it| {
                    let poll = it.poll.as_mut().unwrap();
                    for (option, votes) in poll.options.iter_mut().zip(votes) {
                        option.votes = votes;
                    }
                    (poll.voters, poll.counted) = (voters, seq);
                });
            }
            E::PollClosed {
                message, closed, ..
            } => {
                self.message(message, |it| {
                    it.poll.as_mut().unwrap().closed = Some(closed);
                });
            }
            E::PreviewsChanged { message, previews } => {
                self.message(message, |message| message.previews = previews);
            }
            E::CardChanged(change) => {
                self.message(change.message, |message| message.card = Some(change.card));
            }
            E::ProjectCreated { project } => drop(self.projects.insert(project.id, project)),
            E::ProjectChanged { project } => {
                let known = self.projects.get(&project.id);
                let workflow = known.map_or(&project.workflow, |it| &it.workflow).clone();
                let changed = Project {
                    workflow,
                    ..project
                };
                self.projects.insert(changed.id, changed);
            }
            E::ProjectEnclosed { project: id } => {
                let known = self.projects.get(&id);
                let near = known.is_some_and(|it| {
                    it.in_closed_space && self.sees_space(it.space, it.in_closed_space)
                });
                if !near {
                    // Its row in the side bar stays.
                    let side_bar = self.side_bar.clone();
                    self.lose_project(id);
                    self.side_bar = side_bar;
                }
            }
            E::WorkflowChanged { project, workflow } => self.project(project).workflow = workflow,
            E::FieldsChanged { project, fields } => self.project(project).fields = fields,
            E::TemplatesChanged {
                project, templates, ..
            } => self.project(project).templates = templates,
            E::TypesChanged { project, types } => self.project(project).types = types,
            E::ProjectMemberAdded { .. } | E::ProjectMemberRemoved { .. } => {}
            E::TaskCreated { task } => {
                self.tasks.insert(
                    task.id,
                    Task {
                        seq: entry.seq,
                        ..task
                    },
                );
            }
            E::TaskChanged { task, changes } => self.change_task(entry, task, changes),
            E::TaskArchived { task } => {
                if let Some(task) = self.tasks.get_mut(&task) {
                    task.archived = true;
                    (task.updated_at, task.seq) = (entry.at, entry.seq);
                }
            }
            E::TaskRestored { task } => {
                let seq = entry.seq;
                let mut restored = Task { seq, ..task };
                match self.tasks.get(&restored.id) {
                    Some(known) => restored.message_count = known.message_count,
                    None => _ = self.returned.insert(restored.id, seq),
                }
                self.tasks.insert(restored.id, restored);
            }
            E::TaskErased { task, messages, .. } => {
                self.tasks.remove(&task);
                self.messages.retain(|id, _| !messages.contains(id));
            }
            E::TaskDeleted { task } => {
                self.notifications.retain(|_, it| it.task != Some(task));
                self.saved.retain(|_, it| it.task != Some(task));
                if let Some(task) = self.tasks.get_mut(&task) {
                    task.deleted = true;
                    (task.updated_at, task.seq) = (entry.at, entry.seq);
                }
            }
            // Fetched when somebody looks.
            E::BookmarkAdded { .. } | E::BookmarkChanged { .. } | E::BookmarkRemoved { .. } => {}
            E::FeedAdded { feed } => {
                self.feeds.insert((feed.channel, feed.project), feed);
            }
            E::FeedRemoved { channel, project } => drop(self.feeds.remove(&(channel, project))),
            E::PreferencesChanged { preferences } => self.preferences = preferences,
            E::ThreadFollowed { .. } => {}
            E::SideBarChanged { side_bar } => self.side_bar = side_bar,
            E::MessageSaved { saved } => drop(self.saved.insert(saved.message, saved)),
            E::MessageUnsaved { message } => drop(self.saved.remove(&message)),
            E::MessageScheduled { scheduled } => {
                self.scheduled.insert(scheduled.message.id, scheduled);
            }
            E::ScheduledRemoved { message } => drop(self.scheduled.remove(&message)),
            E::ChannelSettingChanged { setting } => {
                self.channel_settings.remove(&setting.channel);
                if setting.level.is_some() || setting.muted {
                    self.channel_settings.insert(setting.channel, setting);
                }
            }
            E::NotificationAdded {
                notification,
                replaces,
                done,
            } => {
                let gone = |id: &NotificationId| Some(*id) == replaces || done.contains(id);
                self.notifications.retain(|id, _| !gone(id));
                if notification.suppressed.is_none() {
                    let seq = entry.seq;
                    let it = Notification {
                        seq,
                        ..notification
                    };
                    self.notifications.insert(it.id, it);
                }
            }
            E::NotificationsChanged {
                notifications,
                read,
                done,
                snoozed_until,
            } => {
                for id in notifications {
                    let it = self.notifications.get_mut(&id).unwrap();
                    it.read = read.or(it.read);
                    it.snoozed_until = snoozed_until.unwrap_or(it.snoozed_until);
                    if done {
                        self.notifications.remove(&id);
                    }
                }
            }
            E::KeptMessageChanged { message, excerpt } => match excerpt {
                Some(text) => self.reword(message, &text),
                None => self.forget(message),
            },
            E::NotificationsRestored { notifications } => {
                let restored = notifications.into_iter().map(|it| (it.id, it));
                self.notifications.extend(restored);
            }
        }
    }

    fn gain_channel(&mut self, channel: Channel, membership: Membership, feeds: Vec<Feed>) {
        let id = channel.id;
        if !self.memberships.contains_key(&id) {
            self.scopes.remove(&Scope::Channel(id));
        }
        self.channels.insert(id, channel);
        self.memberships.insert(id, membership);
        self.feeds.retain(|(channel, _), _| *channel != id);
        self.feeds
            .extend(feeds.into_iter().map(|it| ((it.channel, it.project), it)));
    }

    fn leave(&mut self, channel: ChannelId, member: MemberId) {
        let here = self.messages.values_mut();
        let here = here.filter(|it| it.channel == Some(channel));
        for asks in here.filter_map(|it| it.acknowledgement.as_mut()) {
            asks.waiting.retain(|it| *it != member);
        }
    }

    fn lose_channel(&mut self, id: ChannelId) {
        self.memberships.remove(&id);
        self.channel_settings.remove(&id);
        self.side_bar.take(SideBarRow::Channel(id));
        self.notifications.retain(|_, it| it.channel != Some(id));
        self.saved.retain(|_, it| it.channel != Some(id));
        self.feeds.retain(|(channel, _), _| *channel != id);
        self.messages
            .retain(|_, message| message.channel != Some(id));
        self.scopes.remove(&Scope::Channel(id));
        let keeps = |it: &Channel| {
            it.kind == ChannelKind::Public && self.sees_space(it.space, it.in_closed_space)
        };
        if !self.channels.get(&id).is_some_and(keeps) {
            self.channels.remove(&id);
        }
    }

    /// What is public in this space, or in none.
    fn sees_space(&self, space: Option<SpaceId>, closed: bool) -> bool {
        let known = space.and_then(|id| self.spaces.get(&id));
        let closed = closed || known.is_some_and(|it| it.kind == SpaceKind::Closed);
        let guest = self.members[&self.me].role == Role::Guest;
        (!guest && !closed) || space.is_some_and(|id| self.own_spaces.contains(&id))
    }

    fn project(&mut self, id: ProjectId) -> &mut Project {
        self.projects.get_mut(&id).unwrap()
    }

    fn lose_project(&mut self, id: ProjectId) {
        self.projects.remove(&id);
        self.side_bar.take(SideBarRow::Project(id));
        self.notifications.retain(|_, it| it.project != Some(id));
        self.saved.retain(|_, it| it.project != Some(id));
        self.scopes.remove(&Scope::Project(id));
        let tasks: Vec<TaskId> = self
            .tasks
            .values()
            .filter(|it| it.project == id)
            .map(|it| it.id)
            .collect();
        self.tasks.retain(|_, task| task.project != id);
        self.messages
            .retain(|_, message| !message.task.is_some_and(|it| tasks.contains(&it)));
    }

    fn post(&mut self, entry: &Entry, message: Message) {
        let message = Message {
            seq: entry.seq,
            ..message
        };
        let me = self.me;
        if let Some(place) = message.channel.and_then(|id| self.memberships.get_mut(&id))
            && message.card.is_none()
        {
            let top = message.in_stream();
            if top {
                place.last = entry.seq;
            }
            if message.author != me {
                place.unread += i64::from(top);
                let mentions: Vec<MemberId> = message.mentioned().collect();
                place.mentions += i64::from(names(me, &mentions, message.mentions_channel));
            } else if top {
                (place.read, place.unread, place.mentions) = (entry.seq, 0, 0);
            }
        }
        if let Some(root) = message.thread.and_then(|id| self.messages.get_mut(&id)) {
            root.reply_count += 1;
            root.last_reply_at = Some(message.at);
            root.repliers.retain(|it| *it != message.author);
            root.repliers.push(message.author);
            let surplus = root.repliers.len().saturating_sub(3);
            root.repliers.drain(..surplus);
        }
        if let Some(task) = message.task.and_then(|id| self.tasks.get_mut(&id)) {
            task.message_count += 1;
        }
        self.messages.insert(message.id, message);
    }

    fn edit(&mut self, entry: &Entry) {
        let Event::MessageEdited {
            message: id,
            channel,
            message_seq,
            text,
            mentions_before,
            mentions_channel_before,
            mentions,
            mentions_channel,
            mentions_groups,
            at,
            ..
        } = &entry.event
        else {
            return;
        };
        let me = self.me;
        let counts = |place: &&mut Membership| *message_seq > place.read && entry.actor != me;
        if let Some(place) = channel
            .and_then(|id| self.memberships.get_mut(&id))
            .filter(counts)
        {
            place.mentions -= i64::from(names(me, mentions_before, *mentions_channel_before));
            let by_group = mentions_groups.iter().flat_map(|it| &it.members);
            let after: Vec<MemberId> = mentions.iter().chain(by_group).copied().collect();
            place.mentions += i64::from(names(me, &after, *mentions_channel));
        }
        self.reword(*id, &excerpt(text));
        self.message(*id, |message| {
            let before = std::mem::replace(&mut message.text, text.clone());
            message.edits.push(Edit {
                text: before,
                at: message.edited_at.unwrap_or(message.at),
            });
            let surplus = message.edits.len().saturating_sub(MESSAGE_EDITS_MAX);
            message.edits.drain(..surplus);
            message.mentions = mentions.clone();
            message.mentions_channel = *mentions_channel;
            message.mentions_groups = mentions_groups.clone();
            message.edited_at = Some(*at);
        });
    }

    /// What was kept or told of a message begins so now.
    fn reword(&mut self, id: MessageId, excerpt: &str) {
        let told = self.notifications.values_mut();
        for it in told.filter(|it| it.message == Some(id)) {
            it.excerpt = excerpt.into();
        }
        if let Some(saved) = self.saved.get_mut(&id) {
            saved.excerpt = excerpt.into();
        }
    }

    fn forget(&mut self, id: MessageId) {
        self.notifications.retain(|_, it| it.message != Some(id));
        self.saved.remove(&id);
    }

    fn delete(&mut self, entry: &Entry) {
        let Event::MessageDeleted {
            message: id,
            channel,
            task,
            thread,
            in_channel,
            message_seq,
            author,
            mentions,
            mentions_channel,
        } = &entry.event
        else {
            return;
        };
        let me = self.me;
        let counts = |place: &&mut Membership| *message_seq > place.read && *author != me;
        if let Some(place) = channel
            .and_then(|id| self.memberships.get_mut(&id))
            .filter(counts)
        {
            place.unread -= i64::from(thread.is_none() || *in_channel);
            place.mentions -= i64::from(names(me, mentions, *mentions_channel));
        }
        self.forget(*id);
        self.message(*id, empty);
        if let Some(root) = thread {
            self.message(*root, |root| root.reply_count -= 1);
            self.drop_gone(*root);
        }
        if let Some(task) = task.and_then(|id| self.tasks.get_mut(&id)) {
            task.message_count -= 1;
        }
    }

    fn react(&mut self, message: MessageId, emoji: String, member: MemberId) {
        self.message(message, |message| {
            match message.reactions.iter_mut().find(|it| it.emoji == emoji) {
                Some(reaction) => reaction.members.push(member),
                None => message.reactions.push(Reaction {
                    emoji,
                    members: vec![member],
                }),
            }
        });
    }

    fn unreact(&mut self, message: MessageId, emoji: &str, member: MemberId) {
        self.message(message, |message| {
            for reaction in message.reactions.iter_mut().filter(|it| it.emoji == emoji) {
                reaction.members.retain(|it| *it != member);
            }
            message.reactions.retain(|it| !it.members.is_empty());
        });
    }

    fn message(&mut self, id: MessageId, change: impl FnOnce(&mut Message)) {
        if let Some(message) = self.messages.get_mut(&id) {
            change(message);
        }
    }

    fn change_task(&mut self, entry: &Entry, id: TaskId, changes: Vec<TaskChange>) {
        let Some(task) = self.tasks.get_mut(&id) else {
            return;
        };
        for change in changes {
            match change {
                TaskChange::Title { to, .. } => task.title = to,
                TaskChange::Description { to, .. } => task.description = to,
                TaskChange::State { to, .. } => {
                    let states = &self.projects[&task.project].workflow.states;
                    let category = states.iter().find(|it| it.id == to).unwrap().category;
                    let closed = matches!(category, Category::Done | Category::Cancelled);
                    task.closed_at = closed.then(|| task.closed_at.unwrap_or(entry.at));
                    task.state = to;
                }
                TaskChange::Assignees { to, .. } => task.assignees = to,
                TaskChange::Priority { to, .. } => task.priority = to,
                TaskChange::Labels { to, .. } => task.labels = to,
                TaskChange::Type { to, .. } => task.task_type = to,
                TaskChange::Start { to, .. } => task.start = to,
                TaskChange::Links { to, .. } => task.links = to,
                TaskChange::Item { item, to, .. } => {
                    task.checklist.retain(|it| it.id != item);
                    task.checklist.extend(to);
                    task.checklist.sort_by_key(|it| (it.rank.clone(), it.id));
                }
                TaskChange::CustomField { id, to, .. } => {
                    task.fields.remove(&id);
                    task.fields.extend(to.map(|to| (id, to)));
                }
                TaskChange::Due { to, .. } => task.due = to,
                TaskChange::Estimate { to, .. } => task.estimate = to,
                TaskChange::Parent { to, .. } => task.parent = to,
                TaskChange::Rank { to, .. } => task.rank = to,
                TaskChange::Followers { to, .. } => task.followers = to,
            }
        }
        (task.updated_at, task.seq) = (entry.at, entry.seq);
    }
}

fn names(me: MemberId, mentions: &[MemberId], everyone: bool) -> bool {
    everyone || mentions.contains(&me)
}
