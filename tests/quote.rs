//! Quotes: an answer in the same channel, a message that is passed on to another, who is told, and
//! that nothing is passed on that one may not read.

use crate::support::{Database, Stage, member::Done, stage::post};
use serde_json::json;
use tenon_protocol::{
    ChannelId, Command, ErrorCode, MessageId,
    channel::ChannelKind,
    limit::EXCERPT_CHARS_MAX,
    member::Role,
    message::{DeleteMessage, EditMessage, Message, PostMessage},
    notification::Reason,
};

on_both!(
    an_answer_quotes_and_tells,
    what_one_may_not_read_is_not_passed_on,
);

fn id_of(done: &Done) -> MessageId {
    MessageId(done.result.id.unwrap())
}

fn quoting(channel: ChannelId, text: &str, quote: MessageId) -> Command {
    Command::PostMessage(PostMessage {
        channel: Some(channel),
        text: text.into(),
        quote: Some(quote),
        ..PostMessage::default()
    })
}

async fn an_answer_quotes_and_tells(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let room = stage
        .channel("发布", ChannelKind::Private, &[&li, &wang])
        .await;
    let long = "周五发布。".repeat(100);
    let plan = id_of(&li.run(post(room, long.clone())).await);
    let answer = id_of(&wang.run(quoting(room, "收到", plan)).await);
    stage.rest().await;
    li.settle().await;
    let told = li.replica().notifications.values().cloned();
    let told: Vec<_> = told.collect();
    assert_eq!(told.len(), 1);
    assert_eq!(
        (told[0].reason, told[0].message),
        (Reason::Quote, Some(answer))
    );
    let quote = li.replica().messages[&answer].quote.clone().unwrap();
    assert_eq!((quote.channel, quote.message), (room, plan));
    assert_eq!(quote.quotes[0].author, li.id);
    assert_eq!(quote.quotes[0].text.chars().count(), EXCERPT_CHARS_MAX);
    // As it was, whatever becomes of the source.
    li.run(Command::EditMessage(EditMessage {
        message: plan,
        text: "周六发布".into(),
    }))
    .await;
    let other = stage.channel("客服", ChannelKind::Private, &[&wang]).await;
    let path = format!("/channels/{other}/messages");
    let body = json!({"text": "", "quote": plan});
    let copy: Message = wang.post(&path, body).await.read();
    assert_eq!(copy.quote.as_ref().unwrap().quotes[0].text, "周六发布");
    li.run(Command::DeleteMessage(DeleteMessage { message: plan }))
        .await;
    let copy: Message = wang.get(&format!("/messages/{}", copy.id)).await.read();
    assert_eq!(copy.quote.unwrap().quotes[0].text, "周六发布");
    let refused = wang.refused(quoting(room, "再说", plan)).await;
    assert_eq!(refused.code, ErrorCode::Conflict);
    // The words are found where they were passed on to.
    wang.run(Command::DeleteMessage(DeleteMessage { message: copy.id }))
        .await;
    stage.end(&mut [&mut li, &mut wang]).await;
}

async fn what_one_may_not_read_is_not_passed_on(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut outside = stage.join("Outside", Role::Member).await;
    let mut guest = stage.join("Gast", Role::Guest).await;
    let hidden = stage.channel("hidden", ChannelKind::Private, &[]).await;
    let open = stage
        .channel("open", ChannelKind::Public, &[&outside])
        .await;
    let room = stage.channel("room", ChannelKind::Private, &[&guest]).await;
    let secret = id_of(&stage.owner.run(post(hidden, "Zimtstern")).await);
    let said = id_of(&stage.owner.run(post(open, "hello")).await);
    let refused = outside.refused(quoting(open, "x", secret)).await;
    assert_eq!(refused.code, ErrorCode::NotFound);
    let path = format!("/channels/{open}/messages");
    let body = json!({"text": "x", "quote": secret});
    outside.post(&path, body).await.refused(ErrorCode::NotFound);
    for message in [secret, said] {
        let refused = guest.refused(quoting(room, "x", message)).await;
        assert_eq!(
            refused.code,
            ErrorCode::NotFound,
            "guests do not read #open"
        );
    }
    let refused = outside.refused(quoting(hidden, "x", said)).await;
    assert_eq!(refused.code, ErrorCode::NotFound);
    stage.end(&mut [&mut outside, &mut guest]).await;
}
