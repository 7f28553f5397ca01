//! Commands about retention: of administrators, which the server has checked, and of the clock.

use super::{Decided, Desk, Who};
use tenon_domain::retention::{
    EraseContext, Quoter, change_retention, erase_files as decide_files,
    erase_messages as decide_messages,
};
use tenon_domain::workspace::WorkspaceContext;
use tenon_protocol::{
    MessageId,
    limit::ERASURE_MESSAGES_MAX,
    message::Message,
    retention::{ChangeRetention, EraseFiles, EraseMessages},
};
use tenon_store::{erasure, message, retention, workspace};

pub(super) async fn change(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &ChangeRetention,
) -> Decided {
    let workspace = workspace::load(desk.tx).await?;
    let context = WorkspaceContext {
        actor,
        me,
        workspace: &workspace,
    };
    Ok(change_retention(&context, command, desk.now))
}

pub(super) async fn erase_messages(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &EraseMessages,
) -> Decided {
    let ids = some(&command.messages);
    let messages = message::list(desk.tx, ids).await?;
    let outsiders = retention::list_outside(desk.tx, ids, command.channel).await?;
    let quoters = erasure::list_quoters(desk.tx, ids).await?;
    let quoter = |(source, row): (MessageId, Message)| {
        let channel = row.channel.filter(|_| !row.deleted)?;
        Some(Quoter {
            source,
            message: row.id,
            channel,
        })
    };
    let quoters: Vec<Quoter> = quoters.into_iter().filter_map(quoter).collect();
    let channel = desk.channel(Some(command.channel), me.id).await?.channel;
    let workspace = workspace::load(desk.tx).await?;
    let context = EraseContext {
        actor,
        me,
        channel: channel.as_deref(),
        policy: &workspace.policy,
        messages: &messages,
        outsiders: &outsiders,
        quoters: &quoters,
    };
    Ok(decide_messages(&context, command, desk.now))
}

pub(super) async fn erase_files(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &EraseFiles,
) -> Decided {
    let messages = message::list(desk.tx, some(&command.messages)).await?;
    let channel = desk.channel(Some(command.channel), me.id).await?.channel;
    let workspace = workspace::load(desk.tx).await?;
    let context = EraseContext {
        actor,
        me,
        channel: channel.as_deref(),
        policy: &workspace.policy,
        messages: &messages,
        outsiders: &[],
        quoters: &[],
    };
    Ok(decide_files(&context, command, desk.now))
}

fn some(messages: &[MessageId]) -> &[MessageId] {
    &messages[..messages.len().min(ERASURE_MESSAGES_MAX)]
}
