//! Commands about messages: their contexts, loaded from memory.

// Every context and every decision of the noun is used here.
#![allow(clippy::wildcard_imports)]

use super::World;
use tenon_domain::{
    actor::Actor, decide::Decision, message::*, names::Names, pin::*, refusal::Refusal,
};
use tenon_protocol::{Command, Timestamp, member::Member, message::Message};

impl World {
    pub(super) fn decide_message(
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
                    files: &[],
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
            Command::PinMessage(command) => command.message,
            Command::UnpinMessage(command) => command.message,
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
            Command::PinMessage(_) | Command::UnpinMessage(_) => {
                self.decide_pin(context, command, now)
            }
            _ => unreachable!("of another noun"),
        }
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
