//! Commands about scheduled messages.

use super::{Decided, Desk, Who, message as messages};
use tenon_domain::{
    refusal::Refusal,
    scheduled::{
        ScheduleMessageContext, ScheduledContext, SettleScheduledContext, cancel_scheduled,
        change_scheduled, schedule_message, settle_scheduled,
    },
};
use tenon_protocol::{
    MemberId, NotificationId,
    file::File,
    limit::INBOX_ITEMS_MAX,
    message::PostMessage,
    scheduled::{CancelScheduled, ChangeScheduled, ScheduleMessage, SettleScheduled},
};
use tenon_store::{message, notification, scheduled};

pub(super) async fn schedule(
    desk: &mut Desk<'_, '_>,
    who: Who<'_>,
    command: &ScheduleMessage,
) -> Decided {
    let Who { actor, me } = who;
    let check = check(desk, who, &command.message).await?;
    let all = scheduled::list(desk.tx, me.id).await?;
    let id = command.message.id;
    let context = ScheduleMessageContext {
        actor,
        me,
        check,
        before: all.iter().find(|it| it.message.id == id),
        count: all.len(),
    };
    Ok(schedule_message(&context, command, desk.now))
}

/// What posting it now would carry, or why it would be refused.
async fn check(
    desk: &mut Desk<'_, '_>,
    who: Who<'_>,
    post: &PostMessage,
) -> tenon_store::Result<Result<Vec<File>, Refusal>> {
    if message::get(desk.tx, post.id).await?.is_some() {
        return Ok(Err(Refusal::IdTaken));
    }
    let posted = messages::post(desk, who, post).await?;
    Ok(posted.map(|decision| decision.files().to_vec()))
}

pub(super) async fn change(
    desk: &mut Desk<'_, '_>,
    who: Who<'_>,
    command: &ChangeScheduled,
) -> Decided {
    let Who { actor, me } = who;
    let found = scheduled::get(desk.tx, me.id, command.message).await?;
    let check = match &found {
        Some(found) => {
            let mut post = found.message.clone();
            post.text = command.text.clone().unwrap_or(post.text);
            if let Some(kept) = &command.files {
                post.files.retain(|file| kept.contains(file));
            }
            check(desk, who, &post).await?.map(drop)
        }
        None => Ok(()),
    };
    let context = ScheduledContext {
        actor,
        me,
        scheduled: found.as_ref(),
        check,
    };
    Ok(change_scheduled(&context, command, desk.now))
}

pub(super) async fn cancel(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &CancelScheduled,
) -> Decided {
    let found = scheduled::get(desk.tx, me.id, command.message).await?;
    let context = ScheduledContext {
        actor,
        me,
        scheduled: found.as_ref(),
        check: Ok(()),
    };
    Ok(cancel_scheduled(&context, command, desk.now))
}

pub(super) async fn settle(
    desk: &mut Desk<'_, '_>,
    Who { actor, .. }: Who<'_>,
    command: &SettleScheduled,
) -> Decided {
    let found = scheduled::get(desk.tx, command.member, command.message).await?;
    let overdue = overdue(desk, command.member).await?;
    let context = SettleScheduledContext {
        actor,
        member: desk.members.get(&command.member).map(AsRef::as_ref),
        scheduled: found.as_ref(),
        overdue: &overdue,
        head: desk.tx.seq(),
    };
    Ok(settle_scheduled(&context, command, desk.now))
}

/// The oldest notifications of a member, so many that there is room for one more.
pub(super) async fn overdue(
    desk: &mut Desk<'_, '_>,
    member: MemberId,
) -> tenon_store::Result<Vec<NotificationId>> {
    let count = notification::list_counts(desk.tx, &[member.0]).await?;
    let count = count.first().map_or(0, |(_, count)| *count);
    match count + 1 - INBOX_ITEMS_MAX as i64 {
        ..=0 => Ok(Vec::new()),
        over => notification::list_oldest(desk.tx, member, over).await,
    }
}
