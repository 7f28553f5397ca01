//! What rules of retention take from a replica.

use super::{Replica, names};
use tenon_protocol::{
    ChannelId, MessageId, channel::Membership, message::Message, retention::ErasedMessage,
};

impl Replica {
    pub(super) fn erase(&mut self, channel: ChannelId, messages: &[ErasedMessage]) {
        let me = self.me;
        for it in messages {
            let place = self.memberships.get_mut(&channel);
            let counts = |place: &&mut Membership| it.seq > place.read && it.author != me;
            if let Some(place) = place.filter(counts).filter(|_| !it.deleted) {
                place.unread -= i64::from(it.thread.is_none() || it.in_channel);
                place.mentions -= i64::from(names(me, &it.mentions, it.mentions_channel));
            }
            self.forget(it.id);
            self.message(it.id, |message| {
                empty(message);
                (message.erased, message.alias) = (true, None);
            });
            if let Some(root) = it.thread.filter(|_| !it.deleted) {
                self.message(root, |root| root.reply_count -= 1);
            }
        }
        let roots = messages.iter().filter_map(|it| it.thread);
        for id in messages.iter().map(|it| it.id).chain(roots) {
            self.drop_gone(id);
        }
    }

    pub(super) fn drop_gone(&mut self, id: MessageId) {
        let gone = |it: &Message| it.erased && (it.thread.is_some() || it.reply_count == 0);
        if self.messages.get(&id).is_some_and(gone) {
            self.messages.remove(&id);
        }
    }
}

/// What a deleted message has no more.
pub(super) fn empty(message: &mut Message) {
    message.deleted = true;
    message.text.clear();
    message.files.clear();
    message.edits.clear();
    message.mentions.clear();
    message.mentions_channel = false;
    message.quote = None;
    message.mentions_groups.clear();
    message.reactions.clear();
    message.pin = None;
    message.acknowledgement = None;
    message.poll = None;
    message.previews.clear();
}
