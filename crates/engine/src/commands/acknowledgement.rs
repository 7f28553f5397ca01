//! Commands about acknowledgements.

use super::{Decided, Desk, Who, message::context, message::find};
use std::sync::Arc;
use tenon_domain::acknowledgement::{
    AcknowledgeContext, Askable, RequestContext, acknowledge_message as decide_acknowledge,
    remind_of_acknowledgement, request_acknowledgement, wanted, withdraw_acknowledgement,
};
use tenon_protocol::{
    ChannelId, MemberId,
    acknowledgement::{
        AcknowledgeMessage, Asked, RemindOfAcknowledgement, RequestAcknowledgement,
        WithdrawAcknowledgement,
    },
    limit::CHANNEL_MENTION_MEMBERS_MAX,
    member::Member,
};
use tenon_store::{acknowledgement, channel, notification};

/// What [`Askable`] shows of.
#[derive(Default)]
pub(super) struct Loaded {
    members: Vec<Arc<Member>>,
    too_many: bool,
    open: usize,
}

impl Loaded {
    pub fn askable(&self) -> Askable<'_> {
        Askable {
            members: &self.members,
            too_many: self.too_many,
            open: self.open,
        }
    }
}

/// Whom a message of this channel would ask.
pub(super) async fn load(
    desk: &mut Desk<'_, '_>,
    id: ChannelId,
    of: Asked,
    mentions: &[MemberId],
    mentions_channel: bool,
) -> tenon_store::Result<Loaded> {
    let mut loaded = Loaded {
        open: acknowledgement::count(desk.tx, id).await?,
        ..Loaded::default()
    };
    let ids = match wanted(of, mentions, mentions_channel) {
        Some(mentions) => {
            let mentions: Vec<_> = mentions.iter().map(|id| id.0).collect();
            let places = channel::list_places(desk.tx, id, &mentions).await?;
            places.into_iter().map(|(id, ..)| id).collect()
        }
        None => {
            let max = CHANNEL_MENTION_MEMBERS_MAX as i64;
            loaded.too_many = channel::count_members(desk.tx, id, max + 1).await? > max;
            match loaded.too_many {
                true => Vec::new(),
                false => channel::list_members(desk.tx, id).await?,
            }
        }
    };
    loaded.members = desk.known(ids);
    Ok(loaded)
}

pub(super) async fn request(
    desk: &mut Desk<'_, '_>,
    who: Who<'_>,
    command: &RequestAcknowledgement,
) -> Decided {
    let found = find(desk, who, command.message).await?;
    let loaded = match &found.message {
        Some(message) if let Some(channel) = message.channel => {
            let mentions: Vec<MemberId> = message.mentioned().collect();
            let everyone = message.mentions_channel;
            load(desk, channel, command.of, &mentions, everyone).await?
        }
        _ => Loaded::default(),
    };
    let sees_project = |id| found.sight.sees(id);
    let context = RequestContext {
        found: context(desk, who, &found, &[], &sees_project),
        askable: loaded.askable(),
    };
    Ok(request_acknowledgement(&context, command, desk.now))
}

pub(super) async fn acknowledge(
    desk: &mut Desk<'_, '_>,
    who: Who<'_>,
    command: &AcknowledgeMessage,
) -> Decided {
    let found = find(desk, who, command.message).await?;
    let inbox = notification::list_active(desk.tx, who.me.id).await?;
    let sees_project = |id| found.sight.sees(id);
    let context = AcknowledgeContext {
        found: context(desk, who, &found, &[], &sees_project),
        inbox: &inbox,
    };
    Ok(decide_acknowledge(&context, command, desk.now))
}

super::message::on_message!(withdraw, WithdrawAcknowledgement, withdraw_acknowledgement);
super::message::on_message!(remind, RemindOfAcknowledgement, remind_of_acknowledgement);
