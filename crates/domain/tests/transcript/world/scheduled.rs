//! Commands about scheduled messages: their contexts, loaded from memory.

use super::World;
use tenon_domain::{
    actor::Actor,
    decide::Decision,
    refusal::Refusal,
    scheduled::{
        ScheduleMessageContext, ScheduledContext, SettleScheduledContext, cancel_scheduled,
        change_scheduled, schedule_message, settle_scheduled,
    },
};
use tenon_protocol::{
    Command, MemberId, MessageId, Timestamp, member::Member, message::PostMessage,
};

impl World {
    pub(super) fn decide_scheduled(
        &self,
        actor: &Actor,
        me: &Member,
        command: &Command,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        let check = |post: &PostMessage| {
            let posted = self.decide_post(actor, me, post, now);
            posted.map(|decision| decision.files().to_vec())
        };
        let context = |message: MessageId, check| ScheduledContext {
            actor,
            me,
            scheduled: self.scheduled.get(&(me.id, message)),
            check,
        };
        match command {
            Command::ScheduleMessage(command) => {
                let own = |(member, _): &&(MemberId, _)| *member == me.id;
                let context = ScheduleMessageContext {
                    actor,
                    me,
                    check: check(&command.message),
                    before: self.scheduled.get(&(me.id, command.message.id)),
                    count: self.scheduled.keys().filter(own).count(),
                };
                schedule_message(&context, command, now)
            }
            Command::ChangeScheduled(command) => {
                let found = self.scheduled.get(&(me.id, command.message));
                let mut post = found.map(|it| it.message.clone()).unwrap_or_default();
                if let Some(kept) = &command.files {
                    post.files.retain(|file| kept.contains(file));
                }
                let checked = found.map_or(Ok(()), |_| check(&post).map(drop));
                change_scheduled(&context(command.message, checked), command, now)
            }
            Command::CancelScheduled(command) => {
                cancel_scheduled(&context(command.message, Ok(())), command, now)
            }
            Command::SettleScheduled(command) => {
                let context = SettleScheduledContext {
                    actor,
                    member: self.members.get(&command.member),
                    scheduled: self.scheduled.get(&(command.member, command.message)),
                    overdue: &[],
                    head: self.seq,
                };
                settle_scheduled(&context, command, now)
            }
            other => unreachable!("{other:?} is of another noun"),
        }
    }
}
