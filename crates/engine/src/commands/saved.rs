//! Commands about saved messages and their reminders.

use super::{Decided, Desk, Who, scheduled::overdue};
use tenon_domain::saved::{
    FireReminderContext, SaveMessageContext, UnsaveMessageContext, fire_reminder, save_message,
    unsave_message,
};
use tenon_protocol::saved::{FireReminder, SaveMessage, UnsaveMessage};
use tenon_store::{message, saved, task};

pub(super) async fn save(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &SaveMessage,
) -> Decided {
    let message = message::get(desk.tx, command.message).await?;
    let place = desk
        .channel(message.as_ref().and_then(|it| it.channel), me.id)
        .await?;
    let task = match message.as_ref().and_then(|it| it.task) {
        Some(id) => task::get(desk.tx, id).await?,
        None => None,
    };
    let project = desk
        .project(task.as_ref().map(|it| it.project), me.id)
        .await?;
    let all = saved::list(desk.tx, me.id).await?;
    let context = SaveMessageContext {
        actor,
        me,
        message: message.as_ref(),
        channel: place.channel.as_deref(),
        standing: place.standing,
        task: task.as_ref(),
        project: project.project.as_deref(),
        is_project_member: project.is_member,
        before: all.iter().find(|it| it.message == command.message),
        count: all.len(),
    };
    Ok(save_message(&context, command, desk.now))
}

pub(super) async fn unsave(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &UnsaveMessage,
) -> Decided {
    let saved = saved::get(desk.tx, me.id, command.message).await?;
    let context = UnsaveMessageContext {
        actor,
        me,
        is_saved: saved.is_some(),
    };
    Ok(unsave_message(&context, command, desk.now))
}

pub(super) async fn fire(
    desk: &mut Desk<'_, '_>,
    Who { actor, .. }: Who<'_>,
    command: &FireReminder,
) -> Decided {
    let found = saved::get(desk.tx, command.member, command.message).await?;
    let overdue = overdue(desk, command.member).await?;
    let context = FireReminderContext {
        actor,
        member: desk.members.get(&command.member).map(AsRef::as_ref),
        saved: found.as_ref(),
        overdue: &overdue,
        head: desk.tx.seq(),
    };
    Ok(fire_reminder(&context, command, desk.now))
}
