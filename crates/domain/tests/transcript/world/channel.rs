//! Commands about channels: their contexts, loaded from memory.

// Every context and every decision of the noun is used here.
#![allow(clippy::wildcard_imports)]

use super::World;
use tenon_domain::{
    actor::Actor, bookmark::*, channel::*, decide::Decision, feed::*, membership::*,
    refusal::Refusal,
};
use tenon_protocol::{
    ChannelId, Command, MemberId, Timestamp,
    bookmark::Bookmark,
    channel::{Channel, ChannelKind, Membership, ReadMark},
    feed::Feed,
    member::Member,
    message::Message,
    roster::Roster,
};

impl World {
    // Table: one line per command.
    pub(super) fn decide_channel(
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
                    home: self.home(command.space, me.id, |it| self.channels_in(it).count()),
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
                let now_in = channel.and_then(|channel| channel.space);
                let wanted = command.space.unwrap_or(now_in);
                let is_member = |member| self.in_channel(command.channel, member);
                let outsiders = self.outsiders(wanted, is_member);
                let near_guests = self.guests(|member| {
                    now_in != wanted
                        && self.in_space(now_in, member)
                        && !self.in_space(wanted, member)
                        && !is_member(member)
                });
                let context = UpdateChannelContext {
                    home: self.home(wanted, me.id, |it| self.channels_in(it).count()),
                    near_guests: &near_guests,
                    actor,
                    me,
                    channel,
                    standing: self.standing(command.channel, me.id),
                    name_taken: name.is_some_and(|it| self.name_taken(it, Some(command.channel))),
                    project: self.project(project),
                    is_project_member: self.in_project(project, me.id),
                    outsiders: &outsiders,
                    default_count: {
                        let there = self.channels.values().filter(|it| it.space == wanted);
                        there.filter(|it| it.is_default).count()
                    },
                };
                update_channel(&context, command, now)
            }
            Command::ChangeChannelRole(command) => {
                let channel = self.channels.get(&command.channel);
                let space = channel.and_then(|channel| channel.space);
                let outsiders =
                    self.outsiders(space, |member| self.in_channel(command.channel, member));
                let is_there = self.in_channel(command.channel, command.member);
                let context = ChangeChannelRoleContext {
                    actor,
                    me,
                    channel: self.channels.get(&command.channel),
                    standing: self.standing(command.channel, me.id),
                    member: self.members.get(&command.member).filter(|_| is_there),
                    outsiders: &outsiders,
                };
                change_channel_role(&context, command, now)
            }
            Command::AddChannelMember(command) => {
                let feeds = self.feeds_of(command.channel);
                let context = AddChannelMemberContext {
                    actor,
                    me,
                    channel: self.channels.get(&command.channel),
                    standing: self.standing(command.channel, me.id),
                    member: self.members.get(&command.member),
                    already: self.in_channel(command.channel, command.member),
                    is_named: self.is_named(Roster::Channel(command.channel), command.member),
                    last: self.last(command.channel),
                    feeds: &feeds,
                };
                add_channel_member(&context, command, now)
            }
            Command::RemoveChannelMember(command) => {
                let in_groups = self.in_groups(Roster::Channel(command.channel));
                let space = self.channels.get(&command.channel).and_then(|it| it.space);
                let context = RemoveChannelMemberContext {
                    actor,
                    me,
                    channel: self.channels.get(&command.channel),
                    standing: self.standing(command.channel, me.id),
                    member: self.members.get(&command.member),
                    is_there: self.in_channel(command.channel, command.member),
                    in_groups: in_groups.contains(&command.member),
                    in_space: self.in_space(space, command.member),
                };
                remove_channel_member(&context, command, now)
            }
            Command::MarkRead(command) => {
                let left = self.left(command.channel, me.id, read_position(command.seq, self.seq));
                let context = MarkReadContext {
                    actor,
                    me,
                    channel: self.channels.get(&command.channel),
                    standing: self.standing(command.channel, me.id),
                    membership: self.memberships.get(&(command.channel, me.id)),
                    left,
                    head: self.seq,
                };
                mark_read(&context, command, now)
            }
            Command::MarkAllRead(command) => {
                let named =
                    |id: &ChannelId| command.channels.as_ref().is_none_or(|it| it.contains(id));
                let mine = self.memberships.iter();
                let mine = mine.filter(|((id, member), _)| *member == me.id && named(id));
                let mine = mine.map(|(_, place)| {
                    let Counts { unread, mentions } = self.left(place.channel, me.id, place.read);
                    Membership {
                        unread,
                        mentions,
                        ..place.clone()
                    }
                });
                let before: Vec<Membership> = mine.collect();
                let read = read_position(command.seq, self.seq);
                let left = before.iter().map(|place| {
                    let channel = place.channel;
                    let Counts { unread, mentions } = self.left(channel, me.id, read);
                    ReadMark {
                        channel,
                        unread,
                        mentions,
                    }
                });
                let left: Vec<ReadMark> = left.collect();
                let context = MarkAllReadContext {
                    actor,
                    me,
                    before: &before,
                    left: &left,
                    head: self.seq,
                };
                mark_all_read(&context, command, now)
            }
            Command::AddBookmark(_) | Command::UpdateBookmark(_) | Command::RemoveBookmark(_) => {
                self.decide_bookmark(actor, me, command, now)
            }
            Command::AddFeed(command) => {
                let feeds = self.feeds_of(command.channel);
                let context = AddFeedContext {
                    actor,
                    me,
                    channel: self.channels.get(&command.channel),
                    standing: self.standing(command.channel, me.id),
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
                    standing: self.standing(command.channel, me.id),
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

    /// What somebody who read up to `seq` has not read.
    fn left(&self, channel: ChannelId, me: MemberId, seq: i64) -> Counts {
        let after = |message: &&Message| {
            message.channel == Some(channel)
                && message.seq > seq
                && message.author != me
                && !message.deleted
        };
        let after: Vec<_> = self.messages.values().filter(after).collect();
        let mentions = |it: &&&Message| it.mentions_channel || it.mentions.contains(&me);
        let unread = |it: &&&Message| it.in_stream() && it.card.is_none();
        Counts {
            unread: after.iter().filter(unread).count() as i64,
            mentions: after.iter().filter(mentions).count() as i64,
        }
    }

    fn decide_bookmark(
        &self,
        actor: &Actor,
        me: &Member,
        command: &Command,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        let (channel, id) = match command {
            Command::AddBookmark(command) => (command.channel, command.id),
            Command::UpdateBookmark(command) => (command.channel, command.bookmark),
            Command::RemoveBookmark(command) => (command.channel, command.bookmark),
            _ => unreachable!("of another noun"),
        };
        let here = self.bookmarks.iter().filter(|it| it.channel == channel);
        let mut bookmarks: Vec<Bookmark> = here.cloned().collect();
        sort(&mut bookmarks);
        let context = BookmarkContext {
            actor,
            me,
            channel: self.channels.get(&channel),
            standing: self.standing(channel, me.id),
            bookmarks: &bookmarks,
            id_taken: self.bookmarks.iter().any(|it| it.id == id),
        };
        match command {
            Command::AddBookmark(command) => add_bookmark(&context, command, now),
            Command::UpdateBookmark(command) => update_bookmark(&context, command, now),
            Command::RemoveBookmark(command) => remove_bookmark(&context, command, now),
            _ => unreachable!("of another noun"),
        }
    }
}
