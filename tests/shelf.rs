//! What a channel keeps at hand: pins, bookmarks and its description, live for its members and
//! for nobody else, and the same after a restart.

use crate::support::{Database, Stage, member::Done, stage::post};
use serde_json::json;
use tenon_protocol::{
    BookmarkId, ChannelId, Command, ErrorCode, Event, MessageId,
    bookmark::{AddBookmark, Bookmark, RemoveBookmark, UpdateBookmark},
    channel::{ChannelKind, UpdateChannel},
    member::Role,
    message::{DeleteMessage, Message},
    pin::{PinMessage, UnpinMessage},
    snapshot::Page,
};

on_both!(
    pins_are_kept_at_hand,
    bookmarks_are_the_channels,
    a_description_reaches_whoever_sees_the_channel,
);

fn id_of(done: &Done) -> MessageId {
    MessageId(done.result.id.unwrap())
}

async fn pins(member: &crate::support::Member, channel: ChannelId) -> Vec<MessageId> {
    let page: Page<Message> = member
        .get(&format!("/channels/{channel}/pins"))
        .await
        .read();
    assert!(page.items.iter().all(|message| message.pin.is_some()));
    page.items.iter().map(|message| message.id).collect()
}

async fn pins_are_kept_at_hand(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let mut outside = stage.join("Outside", Role::Member).await;
    let room = stage.channel("发布", ChannelKind::Private, &[&wang]).await;
    let open = stage.channel("open", ChannelKind::Public, &[]).await;
    let plan = id_of(&stage.owner.run(post(room, "周五发布")).await);
    let link = id_of(&stage.owner.run(post(room, "值班表")).await);
    for message in [plan, link] {
        wang.run(Command::PinMessage(PinMessage { message })).await;
    }
    stage.owner.settle().await;
    let pin = stage.owner.replica().messages[&plan].pin.clone().unwrap();
    assert_eq!(pin.by, wang.id);
    assert_eq!(pins(&wang, room).await, [link, plan]);
    // Again changes nothing, neither who nor when.
    stage
        .owner
        .run(Command::PinMessage(PinMessage { message: plan }))
        .await;
    assert_eq!(pins(&wang, room).await, [link, plan]);
    stage
        .owner
        .run(Command::UnpinMessage(UnpinMessage { message: plan }))
        .await;
    assert_eq!(pins(&wang, room).await, [link]);
    wang.put(&format!("/messages/{plan}/pin"), json!({}))
        .await
        .ok();
    wang.delete(&format!("/messages/{plan}/pin")).await.ok();
    stage
        .owner
        .run(Command::DeleteMessage(DeleteMessage { message: link }))
        .await;
    assert_eq!(pins(&wang, room).await, Vec::new());
    // What is public may be looked at from outside, not changed.
    let hello = id_of(&stage.owner.run(post(open, "hello")).await);
    let refused = outside
        .refused(Command::PinMessage(PinMessage { message: hello }))
        .await;
    assert_eq!(refused.code, ErrorCode::NotAMember);
    stage
        .owner
        .run(Command::PinMessage(PinMessage { message: hello }))
        .await;
    assert_eq!(pins(&outside, open).await, [hello]);
    stage.end(&mut [&mut wang, &mut outside]).await;
}

async fn bookmarks_are_the_channels(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let mut outside = stage.join("Outside", Role::Member).await;
    let room = stage.channel("发布", ChannelKind::Private, &[&wang]).await;
    let mut ids = Vec::new();
    for title in ["设计稿", "Wiki", "值班"] {
        let add = AddBookmark {
            channel: room,
            title: title.into(),
            url: "https://wiki.example/页".into(),
            ..AddBookmark::default()
        };
        let done = wang.run(Command::AddBookmark(add)).await;
        ids.push(BookmarkId(done.result.id.unwrap()));
    }
    let path = format!("/channels/{room}/bookmarks");
    let first = UpdateBookmark {
        channel: room,
        bookmark: ids[2],
        after: Some(None),
        ..UpdateBookmark::default()
    };
    stage.owner.run(Command::UpdateBookmark(first)).await;
    let listed: Page<Bookmark> = wang.get(&path).await.read();
    let order: Vec<BookmarkId> = listed.items.iter().map(|it| it.id).collect();
    assert_eq!(order, [ids[2], ids[0], ids[1]]);
    let moved = wang
        .see(|entry| entry.event.kind() == "bookmark_changed")
        .await;
    let Event::BookmarkChanged { bookmark } = moved.event else {
        panic!("another event")
    };
    assert_eq!(bookmark, listed.items[0]);
    let made: Bookmark = wang
        .post(&path, json!({"url": "https://tenon.example/t/ENG-1"}))
        .await
        .read();
    assert_eq!(made.title, "tenon.example/t/ENG-1");
    let renamed: Bookmark = wang
        .patch(&format!("{path}/{}", made.id), json!({"title": "ENG-1"}))
        .await
        .read();
    assert_eq!((renamed.title.as_str(), renamed.url), ("ENG-1", made.url));
    wang.post(&path, json!({"url": "javascript:alert(1)"}))
        .await
        .refused(ErrorCode::Invalid);
    wang.delete(&format!("{path}/{}", made.id)).await.ok();
    let remove = RemoveBookmark {
        channel: room,
        bookmark: ids[0],
    };
    wang.run(Command::RemoveBookmark(remove)).await;
    let listed: Page<Bookmark> = stage.owner.get(&path).await.read();
    let order: Vec<BookmarkId> = listed.items.iter().map(|it| it.id).collect();
    assert_eq!(order, [ids[2], ids[1]]);
    outside.get(&path).await.refused(ErrorCode::NotFound);
    outside.settle().await;
    let told = serde_json::to_string(&outside.replica().entries).unwrap();
    assert!(!told.contains("wiki.example"), "{told}");
    stage.end(&mut [&mut wang, &mut outside]).await;
}

async fn a_description_reaches_whoever_sees_the_channel(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let mut outside = stage.join("Outside", Role::Member).await;
    let room = stage.channel("发布", ChannelKind::Private, &[&wang]).await;
    let description = "# 发布\n每周五 **16:00**".to_owned();
    let describe = UpdateChannel {
        channel: room,
        description: Some(description.clone()),
        ..UpdateChannel::default()
    };
    wang.run(Command::UpdateChannel(describe)).await;
    stage.owner.settle().await;
    assert_eq!(
        stage.owner.replica().channels[&room].description,
        description
    );
    wang.patch(
        &format!("/channels/{room}"),
        json!({"description": "字".repeat(2_001)}),
    )
    .await
    .refused(ErrorCode::Invalid);
    outside.settle().await;
    let told = serde_json::to_string(&outside.replica().entries).unwrap();
    assert!(!told.contains("每周五"), "{told}");
    stage.end(&mut [&mut wang, &mut outside]).await;
}
