//! Drafts: begun on one device, gone on with on another, and nobody else's to see. Two devices that
//! write at once lose nothing.

use crate::support::{Database, Member, Stage, stage::post};
use serde_json::{Value, json};
use tenon_protocol::{
    ErrorCode, Scope, TaskId,
    channel::{ChannelKind, RemoveChannelMember},
    command::Command,
    credential::TokenCreated,
    draft::Draft,
    frame::{ClientFrame, SignalKind, SignalUp},
    limit::MESSAGE_TEXT_BYTES_MAX,
    member::Role,
    project::Visibility,
    task::CreateTask,
};

on_both!(
    a_draft_follows_its_member_to_every_device,
    two_devices_that_write_at_once_lose_nothing,
    a_draft_is_its_members_alone,
);

/// Unsent words that nobody else may ever hear.
const WORD: &str = "Kündigung";

async fn put(member: &Member, home: &str, text: &str, base: i64) -> Draft {
    let body = json!({"text": text, "base": base});
    member.put(&format!("/drafts/{home}"), body).await.read()
}

async fn list(member: &Member) -> Vec<Draft> {
    let page: Value = member.get("/drafts").await.read();
    serde_json::from_value(page["items"].clone()).unwrap()
}

/// Waits for the signal that a draft has this text.
async fn hear(member: &mut Member, text: &str) -> Draft {
    loop {
        let drafts = member
            .signals
            .iter()
            .filter(|it| it.kind == SignalKind::Draft);
        let drafts = drafts.map(|it| serde_json::from_value(it.value.clone()).unwrap());
        if let Some(draft) = drafts.rev().find(|it: &Draft| it.text == text) {
            return draft;
        }
        member.step().await.unwrap();
    }
}

async fn a_draft_follows_its_member_to_every_device(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut desk = stage.join("张三", Role::Member).await;
    let mut phone = desk.sign_in_again().await;
    phone.connect().await;
    let room = stage.channel("room", ChannelKind::Private, &[&desk]).await;
    let project = stage.project("ENG", Visibility::Private, &[&desk]).await;
    let root = desk.run(post(room, "the root")).await.result.id.unwrap();
    let task = TaskId::new();
    let make = CreateTask {
        id: task,
        project,
        title: "a task".into(),
        ..CreateTask::default()
    };
    desk.run(Command::CreateTask(make)).await;
    let homes = [
        format!("channel:{room}"),
        format!("task:{task}"),
        format!("thread:{root}"),
    ];
    let head = desk.head().await;
    for home in &homes {
        let kept = put(&desk, home, &format!("in {home}"), 0).await;
        assert_eq!(hear(&mut phone, &kept.text).await, kept);
        let is_thread = home.starts_with("thread");
        assert_eq!(kept.channel, is_thread.then_some(room));
    }
    let kept = list(&phone).await;
    let found: Vec<String> = kept.iter().map(|it| it.home.to_string()).collect();
    assert_eq!(found, homes);
    // Typing does not grow the log.
    assert_eq!(desk.head().await, head);
    // The phone goes on from there; the desk hears it too, and both hear that it is sent.
    let longer = put(&phone, &homes[0], "longer", kept[0].revision).await;
    assert_eq!(hear(&mut desk, "longer").await, longer);
    put(&desk, &homes[0], "", longer.revision).await;
    hear(&mut phone, "").await;
    // A restart keeps the others.
    stage.restart(&mut [&mut desk, &mut phone]).await;
    assert_eq!(list(&desk).await, kept[1..]);
    desk.connect().await;
    stage.owner.connect().await;
    // Where one may not read any more, one's words can be taken away, not written.
    let leave = RemoveChannelMember {
        channel: room,
        member: desk.id,
    };
    stage.owner.run(Command::RemoveChannelMember(leave)).await;
    let path = format!("/drafts/{}", homes[2]);
    let base = kept[2].revision;
    let more = json!({"text": "more", "base": base});
    desk.put(&path, more).await.refused(ErrorCode::NotFound);
    assert_eq!(list(&desk).await, kept[1..]);
    put(&desk, &homes[2], "", base).await;
    assert_eq!(list(&desk).await, kept[1..2]);
    stage.end(&mut [&mut desk]).await;
}

async fn two_devices_that_write_at_once_lose_nothing(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut desk = stage.join("张三", Role::Member).await;
    let phone = desk.sign_in_again().await;
    let room = stage.channel("room", ChannelKind::Public, &[&desk]).await;
    let home = format!("channel:{room}");
    let base = put(&desk, &home, "Hello", 0).await.revision;
    let [at_phone, at_desk] = ["Hello, said the phone", "Hello, said the desk"];
    let (one, other) = tokio::join!(
        put(&phone, &home, at_phone, base),
        put(&desk, &home, at_desk, base),
    );
    let last = if one.revision > other.revision {
        one
    } else {
        other
    };
    let [kept] = &list(&desk).await[..] else {
        panic!("there is one draft");
    };
    assert_eq!(kept, &last);
    let first = if last.text == at_desk {
        at_phone
    } else {
        at_desk
    };
    assert_eq!(last.set_aside, [first]);
    // Sent from one device: what was set aside is there until somebody has looked at it.
    let sent = put(&desk, &home, "", last.revision).await;
    assert_eq!(list(&phone).await, std::slice::from_ref(&sent));
    let looked = json!({"text": "", "base": sent.revision, "forget_set_aside": true});
    let path = format!("/drafts/{home}");
    phone.put(&path, looked).await.ok();
    assert!(list(&desk).await.is_empty());
    // What does not fit is refused, with nothing changed.
    let long = json!({"text": "x".repeat(MESSAGE_TEXT_BYTES_MAX + 1)});
    desk.put(&path, long).await.refused(ErrorCode::TooLarge);
    let nowhere = json!({"text": "x"});
    for home in ["channel:x", "member:x", "x"] {
        let refused = desk.put(&format!("/drafts/{home}"), nowhere.clone()).await;
        refused.refused(ErrorCode::NotFound);
    }
    assert!(list(&desk).await.is_empty());
    stage.end(&mut [&mut desk]).await;
}

async fn a_draft_is_its_members_alone(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut desk = stage.join("张三", Role::Member).await;
    let mut other = stage.join("王芳", Role::Member).await;
    let room = stage
        .channel("room", ChannelKind::Private, &[&desk, &other])
        .await;
    let secret = stage.channel("secret", ChannelKind::Private, &[]).await;
    let home = format!("channel:{room}");
    put(&desk, &home, WORD, 0).await;
    for path in [
        "/drafts".to_owned(),
        "/snapshot".into(),
        "/events?limit=200".into(),
        format!("/search?q={WORD}"),
        format!("/channels/{room}/messages"),
    ] {
        for stranger in [&other, &stage.owner] {
            let told = stranger.get(&path).await.ok().text();
            assert!(!told.contains(WORD), "{path}: {told}");
        }
    }
    // Their own draft of the same conversation is another one.
    put(&other, &home, "another", 0).await;
    assert_eq!(list(&desk).await[0].text, WORD);
    // Nobody begins a draft where they cannot read, nor is told whether there is anything.
    let path = format!("/drafts/channel:{secret}");
    let refused = desk.put(&path, json!({"text": "x"})).await;
    refused.refused(ErrorCode::NotFound);
    assert_eq!(list(&desk).await.len(), 1);
    // A token that may write and not read gets no words, neither by asking nor by putting.
    let wish = json!({"name": "writer", "scopes": ["chat"]});
    let mut writer = desk.twin();
    writer.token = desk
        .post("/tokens", wish)
        .await
        .read::<TokenCreated>()
        .token;
    writer.get("/drafts").await.refused(ErrorCode::Forbidden);
    let nothing = writer
        .put(&format!("/drafts/{home}"), json!({"text": ""}))
        .await;
    nothing.refused(ErrorCode::Forbidden);
    // A client cannot pretend that somebody has other drafts. The typing behind it comes alone.
    for kind in [SignalKind::Draft, SignalKind::Typing] {
        let signal = SignalUp {
            scope: Scope::Channel(room),
            kind,
            value: json!({"text": "forged"}),
            ttl_ms: 1_000,
        };
        other.write(&ClientFrame::Signal(signal)).await.unwrap();
    }
    while !desk.signals.iter().any(|it| it.kind == SignalKind::Typing) {
        desk.step().await.unwrap();
    }
    let forged = |it: &&tenon_protocol::frame::SignalDown| {
        it.kind == SignalKind::Draft && it.value["text"] == "forged"
    };
    assert_eq!(desk.signals.iter().filter(forged).count(), 0);
    let told = serde_json::to_string(&other.signals).unwrap();
    assert!(!told.contains(WORD), "{told}");
    stage.end(&mut [&mut desk, &mut other]).await;
}
