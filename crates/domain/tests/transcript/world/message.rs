//! Commands about messages: their contexts, loaded from memory.

// Every context and every decision of the noun is used here.
#![allow(clippy::wildcard_imports)]

use super::World;
use std::{collections::BTreeSet, sync::Arc};
use tenon_domain::{
    acknowledgement::*, actor::Actor, decide::Decision, file::Upload, group::mentions_of, markup,
    message::*, names::Names, pin::*, poll::*, preview::*, quote::Quoted, refusal::Refusal,
    thread::*,
};
use tenon_protocol::{
    ChannelId, Command, MemberId, MessageId, Timestamp,
    acknowledgement::Acknowledgement,
    acknowledgement::Asked,
    file::File,
    member::Member,
    message::{Message, PostMessage},
    poll::Poll,
    scheduled::Scheduled,
};

impl World {
    /// Who keeps the message, or was told of it, and is not in its channel.
    fn outside(&self, message: Option<&Message>) -> Vec<MemberId> {
        let Some((id, channel)) = message.and_then(|it| Some((it.id, it.channel?))) else {
            return vec![];
        };
        let kept = self.saved.keys().filter(|(_, message)| *message == id);
        let told = self.notifications.iter();
        let told = told.filter(|(_, it)| it.message == Some(id));
        let all = kept.map(|(member, _)| *member);
        let all = all.chain(told.map(|((member, _), _)| *member));
        let outside = all.filter(|member| !self.in_channel(channel, *member));
        outside.collect::<BTreeSet<_>>().into_iter().collect()
    }

    pub(super) fn decide_message(
        &self,
        actor: &Actor,
        me: &Member,
        command: &Command,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        let names = self.names();
        if let Command::PostMessage(command) = command {
            return self.decide_post(actor, me, command, now);
        }
        let message = self.messages.get(&message_of(command));
        let channel = message.and_then(|message| message.channel);
        let task = message.and_then(|message| self.tasks.get(&message.task?));
        let project = task.map(|task| task.project);
        let is_reader = |member| match channel {
            Some(channel) => self.in_channel(channel, member),
            None => self.sees(project, member),
        };
        let groups = match command {
            Command::EditMessage(command) => self.reach(&command.text, &names, is_reader),
            _ => vec![],
        };
        let emoji = match command {
            Command::AddReaction(command) => self.emoji_named(&command.emoji),
            _ => None,
        };
        let context = MessageContext {
            outsiders: &self.outside(message),
            emoji,
            groups: &groups,
            actor,
            me,
            message,
            channel: channel.and_then(|channel| self.channels.get(&channel)),
            standing: self.standing(channel, me.id),
            task,
            project: self.project(project),
            is_project_member: self.in_project(project, me.id),
            names: &names,
            sees_project: &|member| self.sees(project, member),
            policy: &self.workspace.policy,
        };
        match command {
            Command::EditMessage(command) => edit_message(&context, command, now),
            Command::DeleteMessage(command) => delete_message(&context, command, now),
            Command::AddReaction(command) => add_reaction(&context, command, now),
            Command::RemoveReaction(command) => remove_reaction(&context, command, now),
            Command::AddPollOption(_) | Command::ClosePoll(_) | Command::CountPoll(_) => {
                self.decide_poll(context, command, now)
            }
            Command::ShowPreviews(command) => show_previews(&context, command, now),
            Command::RemovePreview(command) => remove_preview(&context, command, now),
            Command::PinMessage(_) | Command::UnpinMessage(_) => {
                self.decide_pin(context, command, now)
            }
            Command::ResolveThread(command) => resolve_thread(&context, command, now),
            Command::ReopenThread(command) => reopen_thread(&context, command, now),
            Command::WithdrawAcknowledgement(command) => {
                withdraw_acknowledgement(&context, command, now)
            }
            Command::RemindOfAcknowledgement(command) => {
                remind_of_acknowledgement(&context, command, now)
            }
            Command::RequestAcknowledgement(_) | Command::AcknowledgeMessage(_) => {
                self.decide_acknowledgement(context, command, now)
            }
            _ => unreachable!("of another noun"),
        }
    }

    fn names(&self) -> Names {
        let mut names: Names = self.members.values().collect();
        self.groups
            .values()
            .for_each(|group| names.insert_group(group));
        names
    }

    /// As the store knows them.
    fn uploads(&self) -> Vec<Upload> {
        let of = |(file, uploader): &(File, MemberId)| {
            let is_it = |it: &File| it.id == file.id;
            let carries = |it: &&Message| it.files.iter().any(is_it);
            let waits = |it: &&Scheduled| it.files.iter().any(is_it);
            Upload {
                file: file.clone(),
                uploader: *uploader,
                message: self.messages.values().find(carries).map(|it| it.id),
                detached: false,
                scheduled: self.scheduled.values().find(waits).map(|it| it.message.id),
            }
        };
        self.uploads.iter().map(of).collect()
    }

    pub(super) fn decide_post(
        &self,
        actor: &Actor,
        me: &Member,
        command: &PostMessage,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        let names = self.names();
        let task = command.task.and_then(|task| self.tasks.get(&task));
        let project = task.map(|task| task.project);
        let marks = markup::read(&command.text, &names);
        let is_reader = |member| match command.channel {
            Some(channel) => self.in_channel(channel, member),
            None => self.sees(project, member),
        };
        let groups = self.reach(&command.text, &names, is_reader);
        let by_group = mentions_of(me, &groups, &marks.mentions).into_iter();
        let mut mentions = marks.mentions;
        mentions.extend(by_group.flat_map(|it| it.members));
        let of = command.channel.zip(command.acknowledgement);
        let members = of.map_or(vec![], |(channel, of)| {
            self.asked(channel, of, &mentions, marks.mentions_channel)
        });
        let context = PostMessageContext {
            quoted: self.quoted(me, command.quote),
            askable: Askable {
                members: &members,
                ..Askable::default()
            },
            files: &self.uploads(),
            groups: &groups,
            actor,
            me,
            channel: command
                .channel
                .and_then(|channel| self.channels.get(&channel)),
            standing: self.standing(command.channel, me.id),
            task,
            project: self.project(project),
            is_project_member: self.in_project(project, me.id),
            thread: command.thread.and_then(|thread| self.messages.get(&thread)),
            id_taken: self.messages.contains_key(&command.id),
            names: &names,
            sees_project: &|member| self.sees(project, member),
            policy: &self.workspace.policy,
        };
        post_message(&context, command, now)
    }

    fn decide_acknowledgement(
        &self,
        found: MessageContext<'_>,
        command: &Command,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        match command {
            Command::RequestAcknowledgement(command) => {
                let place = found.message.and_then(|it| Some((it, it.channel?)));
                let members = place.map_or(vec![], |(it, channel)| {
                    let mentions: Vec<MemberId> = it.mentioned().collect();
                    self.asked(channel, command.of, &mentions, it.mentions_channel)
                });
                let askable = Askable {
                    members: &members,
                    ..Askable::default()
                };
                request_acknowledgement(&RequestContext { found, askable }, command, now)
            }
            Command::AcknowledgeMessage(command) => {
                let inbox: Vec<_> = self.inbox(found.me.id).cloned().collect();
                let context = AcknowledgeContext {
                    found,
                    inbox: &inbox,
                };
                acknowledge_message(&context, command, now)
            }
            _ => unreachable!("of another noun"),
        }
    }

    fn asked(
        &self,
        channel: ChannelId,
        of: Asked,
        mentions: &[MemberId],
        mentions_channel: bool,
    ) -> Vec<Arc<Member>> {
        let wanted = wanted(of, mentions, mentions_channel);
        let members = self.members.values();
        let fits = |it: &&Member| {
            self.in_channel(channel, it.id) && wanted.is_none_or(|ids| ids.contains(&it.id))
        };
        members.filter(fits).cloned().map(Arc::new).collect()
    }

    fn quoted(&self, me: &Member, id: Option<MessageId>) -> Quoted<'_> {
        let message = id.and_then(|id| self.messages.get(&id));
        let channel = message.and_then(|it| it.channel);
        Quoted {
            message,
            channel: channel.and_then(|id| self.channels.get(&id)),
            standing: self.standing(channel, me.id),
        }
    }

    fn decide_poll(
        &self,
        found: MessageContext<'_>,
        command: &Command,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        match command {
            Command::AddPollOption(command) => add_poll_option(&found, command, now),
            Command::ClosePoll(command) => close_poll(&found, command, now),
            Command::CountPoll(command) => {
                let ballots = self.ballots.get(&command.message);
                let ballots = ballots.map_or(&[][..], Vec::as_slice);
                count_poll(&CountPollContext { found, ballots }, command, now)
            }
            _ => unreachable!("of another noun"),
        }
    }

    /// As the store would keep them: how many chose each set of options.
    pub fn ballots(&mut self, message: &str, ballots: &[(i64, i64)]) -> &mut Self {
        let id = MessageId(self.symbols.id(message));
        self.ballots.insert(id, ballots.to_vec());
        self
    }

    pub(super) fn poll(&mut self, message: MessageId) -> &mut Poll {
        let message = self.messages.get_mut(&message).unwrap();
        message.poll.as_mut().unwrap()
    }

    pub(super) fn asking(&mut self, message: MessageId) -> &mut Acknowledgement {
        let message = self.messages.get_mut(&message).unwrap();
        message.acknowledgement.as_mut().unwrap()
    }

    fn decide_pin(
        &self,
        found: MessageContext<'_>,
        command: &Command,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        let channel = found.message.and_then(|message| message.channel);
        let is_pin = |it: &&Message| it.pin.is_some() && it.channel == channel;
        let context = PinContext {
            found,
            pins: self.messages.values().filter(is_pin).count(),
        };
        match command {
            Command::PinMessage(command) => pin_message(&context, command, now),
            Command::UnpinMessage(command) => unpin_message(&context, command, now),
            _ => unreachable!("of another noun"),
        }
    }
}

fn message_of(command: &Command) -> MessageId {
    match command {
        Command::EditMessage(command) => command.message,
        Command::DeleteMessage(command) => command.message,
        Command::AddReaction(command) => command.message,
        Command::RemoveReaction(command) => command.message,
        Command::PinMessage(command) => command.message,
        Command::UnpinMessage(command) => command.message,
        Command::ResolveThread(command) => command.message,
        Command::ReopenThread(command) => command.message,
        Command::RequestAcknowledgement(command) => command.message,
        Command::WithdrawAcknowledgement(command) => command.message,
        Command::AcknowledgeMessage(command) => command.message,
        Command::RemindOfAcknowledgement(command) => command.message,
        Command::AddPollOption(command) => command.message,
        Command::ClosePoll(command) => command.message,
        Command::CountPoll(command) => command.message,
        Command::ShowPreviews(command) => command.message,
        Command::RemovePreview(command) => command.message,
        _ => unreachable!("of another noun"),
    }
}
