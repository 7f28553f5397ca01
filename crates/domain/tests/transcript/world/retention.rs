//! Retention: what the world tells decisions about it.

use super::World;
use tenon_domain::{
    actor::Actor,
    decide::Decision,
    refusal::Refusal,
    retention::{
        ChannelRetentionContext, EraseContext, Quoter, change_channel_retention, change_retention,
        erase_files, erase_messages,
    },
};
use tenon_protocol::{
    ChannelId, Command, Event, MemberId, MessageId, Timestamp, member::Member, message::Message,
};

impl World {
    pub(super) fn decide_retention(
        &self,
        actor: &Actor,
        me: &Member,
        command: &Command,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        match command {
            Command::ChangeRetention(command) => {
                change_retention(&self.whole(actor, me), command, now)
            }
            Command::ChangeChannelRetention(command) => {
                let id = command.channel;
                let context = ChannelRetentionContext {
                    actor,
                    me,
                    channel: self.channels.get(&id),
                    standing: self.standing(id, me.id),
                    policy: &self.workspace.policy,
                    outsiders: &self.guests(|member| self.in_channel(id, member)),
                };
                change_channel_retention(&context, command, now)
            }
            Command::EraseMessages(command) => {
                self.erasing(actor, me, command.channel, &command.messages, |context| {
                    erase_messages(context, command, now)
                })
            }
            Command::EraseFiles(command) => {
                self.erasing(actor, me, command.channel, &command.messages, |context| {
                    erase_files(context, command, now)
                })
            }
            _ => unreachable!(),
        }
    }

    fn erasing(
        &self,
        actor: &Actor,
        me: &Member,
        channel: ChannelId,
        ids: &[MessageId],
        decide: impl FnOnce(&EraseContext<'_>) -> Result<Decision, Refusal>,
    ) -> Result<Decision, Refusal> {
        let messages: Vec<Message> = ids
            .iter()
            .filter_map(|id| self.messages.get(id))
            .cloned()
            .collect();
        let kept = self.saved.keys().filter(|(_, id)| ids.contains(id));
        let kept = kept.filter(|(member, _)| !self.in_channel(channel, *member));
        let outsiders: Vec<(MessageId, MemberId)> =
            kept.map(|(member, id)| (*id, *member)).collect();
        let quoters: Vec<Quoter> = self
            .messages
            .values()
            .filter_map(|it| {
                let source = it.quote.as_ref()?.message;
                let channel = it.channel.filter(|_| ids.contains(&source))?;
                Some(Quoter {
                    source,
                    message: it.id,
                    channel,
                })
            })
            .collect();
        decide(&EraseContext {
            actor,
            me,
            channel: self.channels.get(&channel),
            policy: &self.workspace.policy,
            messages: &messages,
            outsiders: &outsiders,
            quoters: &quoters,
        })
    }

    pub(super) fn apply_retention(&mut self, event: &Event) {
        match event {
            Event::MessagesErased { messages, .. } => {
                for it in messages {
                    let message = self.messages.get_mut(&it.id).unwrap();
                    (message.deleted, message.erased) = (true, true);
                    message.text.clear();
                    message.quote = None;
                    if let Some(root) = it.thread.and_then(|id| self.messages.get_mut(&id)) {
                        root.reply_count -= i64::from(!it.deleted);
                    }
                }
            }
            Event::FilesErased { messages, .. } => {
                for it in messages {
                    self.messages.get_mut(&it.message).unwrap().files.clear();
                }
            }
            Event::QuotesErased { messages, .. } => {
                for id in messages {
                    let quote = &mut self.messages.get_mut(id).unwrap().quote;
                    let quotes = quote.iter_mut().flat_map(|it| &mut it.quotes);
                    quotes.for_each(|it| it.text.clear());
                }
            }
            _ => unreachable!(),
        }
    }
}
