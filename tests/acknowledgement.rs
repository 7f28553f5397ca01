//! Acknowledgements: who is asked and told, that each counts once, who is no longer waited for,
//! and that all of it outlives a crash.

use crate::support::{Database, Member, Stage, member::Done, stage::post};
use serde_json::json;
use tenon_protocol::{
    ChannelId, Command, ErrorCode, MemberId, MessageId,
    acknowledgement::{AcknowledgeMessage, Acknowledgement, Asked, RequestAcknowledgement},
    channel::{AddChannelMember, ChannelKind, RemoveChannelMember},
    limit::ACKNOWLEDGEMENTS_PER_CHANNEL_MAX,
    member::Role,
    message::{DeleteMessage, Message, PostMessage},
    notification::Reason,
};

on_both!(
    those_who_are_asked_answer_once,
    whoever_leaves_is_not_waited_for,
    a_channel_asks_so_often,
);

fn id_of(done: &Done) -> MessageId {
    MessageId(done.result.id.unwrap())
}

fn asking(channel: ChannelId, text: &str, of: Asked) -> Command {
    Command::PostMessage(PostMessage {
        channel: Some(channel),
        text: text.into(),
        acknowledgement: Some(of),
        ..PostMessage::default()
    })
}

fn acknowledge(message: MessageId) -> Command {
    Command::AcknowledgeMessage(AcknowledgeMessage { message })
}

async fn shown(member: &Member, message: MessageId) -> Acknowledgement {
    let message: Message = member.get(&format!("/messages/{message}")).await.read();
    message.acknowledgement.expect("it asks")
}

fn who(asks: &Acknowledgement) -> Vec<MemberId> {
    asks.acknowledged.iter().map(|it| it.member).collect()
}

/// How many in the inbox ask for an acknowledgement.
async fn asked(stage: &Stage, member: &mut Member) -> usize {
    stage.rest().await;
    member.settle().await;
    let inbox = member.replica().notifications.values();
    inbox
        .filter(|it| it.reason == Reason::Acknowledgement)
        .count()
}

async fn those_who_are_asked_answer_once(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let mut guest = stage.join("Gast", Role::Guest).await;
    let room = stage
        .channel("公告", ChannelKind::Private, &[&li, &wang, &guest])
        .await;
    let ask = asking(room, "@王芳 周五停机", Asked::Members);
    let message = id_of(&stage.owner.run(ask).await);
    for member in [&mut li, &mut wang, &mut guest] {
        assert_eq!(asked(&stage, member).await, 1, "{}", member.name);
    }
    stage.owner.settle().await;
    assert!(stage.owner.replica().notifications.is_empty());
    li.run(acknowledge(message)).await;
    li.run(acknowledge(message)).await;
    assert_eq!(asked(&stage, &mut li).await, 0, "answered is done");
    let path = format!("/messages/{message}/acknowledgement");
    wang.put(&format!("{path}/me"), json!({})).await.ok();
    let asks = shown(&guest, message).await;
    assert_eq!(
        (who(&asks), &asks.waiting[..]),
        (vec![li.id, wang.id], &[guest.id][..])
    );
    let early = stage
        .owner
        .post(&format!("{path}/reminders"), json!({}))
        .await;
    early.refused(ErrorCode::RemindedLately);
    stage.crash(&mut [&mut li, &mut wang, &mut guest]).await;
    for member in [&mut stage.owner, &mut li, &mut wang, &mut guest] {
        member.connect().await;
    }
    assert_eq!(shown(&li, message).await, asks);
    // Later, of those alone whom the text names.
    let plain = id_of(&stage.owner.run(post(room, "@王芳 值班表")).await);
    let ask = RequestAcknowledgement {
        message: plain,
        of: Asked::Mentioned,
    };
    stage.owner.run(Command::RequestAcknowledgement(ask)).await;
    assert_eq!(shown(&li, plain).await.waiting, [wang.id]);
    let refused = li.refused(acknowledge(plain)).await;
    assert_eq!(refused.code, ErrorCode::Forbidden);
    stage
        .owner
        .delete(&format!("/messages/{plain}/acknowledgement"))
        .await
        .ok();
    let told: Message = li.get(&format!("/messages/{plain}")).await.read();
    assert_eq!(told.acknowledgement, None);
    stage.end(&mut [&mut li, &mut wang, &mut guest]).await;
}

async fn whoever_leaves_is_not_waited_for(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let mut late = stage.join("Late", Role::Member).await;
    let room = stage
        .channel("公告", ChannelKind::Public, &[&li, &wang])
        .await;
    let message = id_of(
        &stage
            .owner
            .run(asking(room, "读一下", Asked::Members))
            .await,
    );
    late.run(Command::AddChannelMember(AddChannelMember {
        channel: room,
        member: late.id,
    }))
    .await;
    wang.run(acknowledge(message)).await;
    for member in [li.id, wang.id] {
        stage
            .owner
            .run(Command::RemoveChannelMember(RemoveChannelMember {
                channel: room,
                member,
            }))
            .await;
    }
    let asks = shown(&late, message).await;
    assert_eq!((who(&asks), asks.waiting), (vec![wang.id], vec![]));
    assert_eq!(asked(&stage, &mut li).await, 0);
    // Who comes back is not asked again.
    stage
        .owner
        .run(Command::AddChannelMember(AddChannelMember {
            channel: room,
            member: li.id,
        }))
        .await;
    let refused = li.refused(acknowledge(message)).await;
    assert_eq!(refused.code, ErrorCode::Forbidden);
    stage
        .owner
        .run(Command::DeleteMessage(DeleteMessage { message }))
        .await;
    let refused = late.refused(acknowledge(message)).await;
    assert_eq!(refused.code, ErrorCode::Conflict);
    stage.end(&mut [&mut li, &mut wang, &mut late]).await;
}

async fn a_channel_asks_so_often(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let room = stage.channel("公告", ChannelKind::Private, &[&li]).await;
    let mut first = None;
    for n in 0..ACKNOWLEDGEMENTS_PER_CHANNEL_MAX {
        let ask = asking(room, &format!("第 {n} 条"), Asked::Members);
        let done = stage.owner.run(ask).await;
        first.get_or_insert(id_of(&done));
    }
    let ask = || asking(room, "还有一条", Asked::Members);
    let refused = stage.owner.refused(ask()).await;
    assert_eq!(refused.code, ErrorCode::LimitReached);
    li.run(acknowledge(first.unwrap())).await;
    stage.owner.run(ask()).await;
    stage.end(&mut [&mut li]).await;
}
