//! What each event does to the world.

use super::World;
use tenon_protocol::{
    Event, MemberId, Scope, Timestamp,
    channel::Membership,
    event::Fact,
    member::Member,
    message::{Message, Reaction},
    roster::Roster,
    task::{Task, TaskChange, Trashed},
};

impl World {
    // Table: one line per event.
    pub(super) fn apply(&mut self, actor: MemberId, fact: &Fact, now: Timestamp) {
        self.seq += 1;
        let seq = self.seq;
        match fact.event.clone() {
            Event::WorkspaceCreated { workspace } => self.workspace = workspace,
            Event::WorkspaceRenamed { name } => self.workspace.name = name,
            Event::ReadersHidden { hidden } => self.workspace.hides_readers = hidden,
            Event::EmojiRestricted { restricted } => self.workspace.restricts_emoji = restricted,
            Event::EmojiAdded { emoji } | Event::EmojiChanged { emoji } => {
                self.emoji.insert(emoji.id, emoji);
            }
            Event::EmojiRemoved { emoji } => {
                self.emoji.remove(&emoji);
            }
            Event::MailContentHidden { hidden } => self.workspace.hides_mail_content = hidden,
            Event::LogoChanged { logo } => self.workspace.logo = logo,
            Event::PolicyChanged { to, .. } => self.workspace.policy = to,
            Event::MailDomainsChanged { to, .. } => self.workspace.mail_domains = to,
            Event::MemberAdded { member } | Event::MemberChanged { member } => {
                self.members.insert(member.id, member);
            }
            Event::RoleChanged { member, to, .. } => self.member(member).role = to,
            Event::MemberDeactivated { member } => self.member(member).active = false,
            Event::MemberReactivated { member } => self.member(member).active = true,
            Event::GroupCreated { .. }
            | Event::GroupChanged { .. }
            | Event::GroupMembersChanged { .. }
            | Event::GroupDeleted { .. } => self.apply_to_groups(&fact.event),
            Event::SpaceCreated { .. }
            | Event::SpaceChanged { .. }
            | Event::SpaceMembersChanged { .. } => self.apply_to_spaces(&fact.event),
            Event::SpaceMembersNamed { .. }
            | Event::GroupFollowed { .. }
            | Event::ChannelMemberNamed { .. } => self.apply_to_rosters(&fact.event),
            Event::ChannelCreated { channel } | Event::ChannelChanged { channel } => {
                self.channels.insert(channel.id, channel);
            }
            Event::ChannelGained {
                membership,
                followed,
                ..
            } => {
                let Scope::Inbox(member) = fact.scope else {
                    panic!("not in an inbox")
                };
                let stamped = Membership {
                    since: seq,
                    read: seq,
                    ..membership
                };
                let place = (Roster::Channel(stamped.channel), member);
                match followed {
                    true => self.unnamed.insert(place),
                    false => self.unnamed.remove(&place),
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
            Event::AllReadMarked { read, marks } => {
                for mark in marks {
                    let membership = self.memberships.get_mut(&(mark.channel, actor)).unwrap();
                    (membership.unread, membership.mentions) = (mark.unread, mark.mentions);
                    membership.read = read;
                }
            }
            Event::MessagePosted { message } => {
                if let Some(root) = message.thread.and_then(|id| self.messages.get_mut(&id)) {
                    root.reply_count += 1;
                }
                self.messages.insert(message.id, Message { seq, ..message });
            }
            Event::MessageEdited {
                message,
                text,
                mentions,
                mentions_channel,
                mentions_groups,
                ..
            } => {
                let message = self.messages.get_mut(&message).unwrap();
                *message = Message {
                    text,
                    mentions,
                    mentions_channel,
                    mentions_groups,
                    ..message.clone()
                };
            }
            Event::MessageDeleted {
                message, thread, ..
            } => {
                if let Some(root) = thread.and_then(|id| self.messages.get_mut(&id)) {
                    root.reply_count -= 1;
                }
                let message = self.messages.get_mut(&message).unwrap();
                (message.deleted, message.text) = (true, String::new());
                message.pin = None;
                message.acknowledgement = None;
                message.poll = None;
                message.quote = None;
            }
            Event::MessagesErased { .. }
            | Event::FilesErased { .. }
            | Event::QuotesErased { .. } => self.apply_retention(&fact.event),
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
            Event::MessagePinned { message, pin, .. } => {
                self.messages.get_mut(&message).unwrap().pin = Some(pin);
            }
            Event::MessageUnpinned { message, .. } => {
                self.messages.get_mut(&message).unwrap().pin = None;
            }
            Event::ThreadResolved {
                message, resolved, ..
            } => {
                self.messages.get_mut(&message).unwrap().resolved = Some(resolved);
            }
            Event::ThreadReopened { message, .. } => {
                self.messages.get_mut(&message).unwrap().resolved = None;
            }
            Event::AcknowledgementRequested {
                message,
                acknowledgement,
                ..
            } => {
                let message = self.messages.get_mut(&message).unwrap();
                message.acknowledgement = Some(acknowledgement);
            }
            Event::AcknowledgementWithdrawn { message, .. } => {
                self.messages.get_mut(&message).unwrap().acknowledgement = None;
            }
            Event::MessageAcknowledged { message, .. } => {
                self.asking(message).acknowledge(actor, now);
            }
            Event::AcknowledgementReminded { message, .. } => {
                self.asking(message).reminded_at = Some(now);
            }
            Event::PollOptionAdded {
                message, option, ..
            } => self.poll(message).options.push(option),
            Event::PollCounted {
                message,
                votes,
                voters,
            } => {
                let poll = self.poll(message);
                for (option, votes) in poll.options.iter_mut().zip(votes) {
                    option.votes = votes;
                }
                poll.voters = voters;
            }
            Event::PollClosed {
                message, closed, ..
            } => self.poll(message).closed = Some(closed),
            Event::PreviewsChanged { message, previews } => {
                self.messages.get_mut(&message).unwrap().previews = previews;
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
            Event::FieldsChanged { project, fields } => {
                self.projects.get_mut(&project).unwrap().fields = fields;
            }
            Event::TemplatesChanged {
                project,
                templates,
                changed,
            } => {
                let is_kept = |id: &str| templates.iter().any(|kept| kept.id == id);
                self.templates
                    .retain(|(of, id), _| *of != project || is_kept(id));
                for one in changed {
                    self.templates.insert((project, one.id.clone()), one);
                }
                self.projects.get_mut(&project).unwrap().templates = templates;
            }
            Event::TypesChanged { project, types } => {
                self.projects.get_mut(&project).unwrap().types = types;
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
            Event::TaskArchived { task } => {
                let task = self.tasks.get_mut(&task).unwrap();
                (task.seq, task.archived) = (seq, true);
            }
            Event::TaskDeleted { task } => {
                self.trash.insert(task, Trashed { at: now, by: actor });
                let task = self.tasks.get_mut(&task).unwrap();
                (task.seq, task.deleted) = (seq, true);
            }
            Event::TaskRestored { task } => {
                self.trash.remove(&task.id);
                self.tasks.insert(task.id, Task { seq, ..task });
            }
            Event::TaskErased { task, messages, .. } => {
                self.trash.remove(&task);
                for message in messages {
                    self.messages.get_mut(&message).unwrap().erased = true;
                }
            }
            Event::BookmarkAdded { bookmark } => self.bookmarks.push(bookmark),
            Event::BookmarkChanged { bookmark } => {
                self.bookmarks.retain(|it| it.id != bookmark.id);
                self.bookmarks.push(bookmark);
            }
            Event::BookmarkRemoved { bookmark, .. } => {
                self.bookmarks.retain(|it| it.id != bookmark);
            }
            Event::FeedAdded { feed } => self.feeds.push(feed),
            Event::FeedRemoved { channel, project } => {
                self.feeds
                    .retain(|it| it.channel != channel || it.project != project);
            }
            Event::NotificationAdded { .. }
            | Event::NotificationsChanged { .. }
            | Event::NotificationsRestored { .. }
            | Event::ThreadFollowed { .. }
            | Event::PreferencesChanged { .. }
            | Event::ChannelSettingChanged { .. }
            | Event::SideBarChanged { .. }
            | Event::MessageSaved { .. }
            | Event::MessageUnsaved { .. }
            | Event::MessageScheduled { .. }
            | Event::ScheduledRemoved { .. } => self.apply_to_inbox(fact, seq),
            Event::ChannelHidden { .. }
            | Event::SpaceGained(_)
            | Event::SpaceLost { .. }
            | Event::ChannelEnclosed { .. }
            | Event::ProjectEnclosed { .. }
            | Event::ChannelMemberAdded { .. }
            | Event::ChannelMemberRemoved { .. }
            | Event::ChannelMembersChanged { .. }
            | Event::ProjectGained { .. }
            | Event::ProjectLost { .. }
            | Event::KeptMessageChanged { .. }
            | Event::AccessChanged {}
            | Event::EveryoneSignedOut {} => {}
        }
    }

    fn apply_to_inbox(&mut self, fact: &Fact, seq: i64) {
        let Scope::Inbox(owner) = fact.scope else {
            panic!("not in an inbox")
        };
        if let Event::NotificationAdded {
            notification,
            replaces,
            done,
        } = &fact.event
        {
            replaces.map(|id| self.notifications.remove(&(owner, id)));
            for id in done {
                self.notifications.get_mut(&(owner, *id)).unwrap().done = true;
            }
            let mut it = notification.clone();
            it.seq = seq;
            self.notifications.insert((owner, it.id), it);
        }
        if let Event::NotificationsChanged {
            notifications,
            read,
            done,
            snoozed_until,
        } = &fact.event
        {
            for id in notifications {
                let it = self.notifications.get_mut(&(owner, *id)).unwrap();
                it.read = read.or(it.read);
                it.done |= done;
                it.snoozed_until = snoozed_until.unwrap_or(it.snoozed_until);
            }
        }
        if let Event::NotificationsRestored { notifications } = &fact.event {
            for it in notifications {
                self.notifications.insert((owner, it.id), it.clone());
            }
        }
        if let Event::ThreadFollowed { thread, follow } = fact.event {
            self.thread_followers.remove(&(thread, owner));
            if follow {
                self.thread_followers.insert((thread, owner));
            }
        }
        if let Event::SideBarChanged { side_bar } = &fact.event {
            self.side_bars.insert(owner, side_bar.clone());
        }
        if let Event::MessageSaved { saved } = &fact.event {
            self.saved.insert((owner, saved.message), saved.clone());
        }
        if let Event::MessageUnsaved { message } = fact.event {
            self.saved.remove(&(owner, message));
        }
        if let Event::MessageScheduled { scheduled } = &fact.event {
            let key = (owner, scheduled.message.id);
            self.scheduled.insert(key, scheduled.clone());
        }
        if let Event::ScheduledRemoved { message } = fact.event {
            self.scheduled.remove(&(owner, message));
        }
        if let Event::PreferencesChanged { preferences } = &fact.event {
            self.preferences.insert(owner, preferences.clone());
        }
        if let Event::ChannelSettingChanged { setting } = &fact.event {
            let key = (owner, setting.channel);
            self.channel_settings.insert(key, setting.clone());
        }
    }

    fn member(&mut self, id: MemberId) -> &mut Member {
        self.members.get_mut(&id).unwrap()
    }
}

fn apply_change(task: &mut Task, change: TaskChange) {
    match change {
        TaskChange::Title { to, .. } => task.title = to,
        TaskChange::Description { to, .. } => task.description = to,
        TaskChange::Type { to, .. } => task.task_type = to,
        TaskChange::State { to, .. } => task.state = to,
        TaskChange::Assignees { to, .. } => task.assignees = to,
        TaskChange::Priority { to, .. } => task.priority = to,
        TaskChange::Labels { to, .. } => task.labels = to,
        TaskChange::Start { to, .. } => task.start = to,
        TaskChange::Due { to, .. } => task.due = to,
        TaskChange::Estimate { to, .. } => task.estimate = to,
        TaskChange::Parent { to, .. } => task.parent = to,
        TaskChange::Rank { to, .. } => task.rank = to,
        TaskChange::Followers { to, .. } => task.followers = to,
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
    }
}
