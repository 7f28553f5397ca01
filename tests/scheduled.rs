//! Scheduled messages: sent at their time and once, also when that came while the server was away;
//! refused at their time with the words kept; nobody else's to see.

use crate::{
    file::{carrying, upload},
    support::{Database, Member, Stage, stage::post},
};
use futures::FutureExt;
use serde_json::{Value, json};
use std::time::Duration;
use tenon_protocol::{
    ChannelId, Entry, ErrorCode, Event, MemberId, MessageId, RequestId, TaskId, Timestamp,
    channel::{AddChannelMember, ChannelKind, RemoveChannelMember, UpdateChannel},
    command::Command,
    file::File,
    member::{DeactivateMember, ReactivateMember, Role},
    message::PostMessage,
    notification::Reason,
    project::Visibility,
    scheduled::{ScheduleMessage, Scheduled},
    task::CreateTask,
};
use tenon_store::scheduled;

on_both!(
    a_scheduled_message_is_sent_at_its_time_and_once,
    what_cannot_be_sent_is_told_and_kept,
    a_scheduled_message_is_its_authors_alone,
    a_scheduled_message_keeps_its_files,
    its_files_are_taken_off_one_by_one,
);

/// Words that nobody else may hear before their time.
const WORD: &str = "Überraschung";

fn in_ms(ms: u64) -> Timestamp {
    Timestamp::now() + Duration::from_millis(ms)
}

fn later(channel: ChannelId, text: &str, at: Timestamp) -> (MessageId, Command) {
    let id = MessageId::new();
    let message = PostMessage {
        id,
        channel: Some(channel),
        text: text.to_owned(),
        ..PostMessage::default()
    };
    (
        id,
        Command::ScheduleMessage(ScheduleMessage { at, message }),
    )
}

async fn list(member: &Member) -> Vec<Scheduled> {
    let page: Value = member.get("/scheduled").await.read();
    serde_json::from_value(page["items"].clone()).unwrap()
}

fn posted(id: MessageId) -> impl Fn(&Entry) -> bool {
    move |entry| matches!(&entry.event, Event::MessagePosted { message } if message.id == id)
}

fn removed(id: MessageId) -> impl Fn(&Entry) -> bool {
    move |entry| matches!(entry.event, Event::ScheduledRemoved { message } if message == id)
}

async fn a_scheduled_message_is_sent_at_its_time_and_once(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let room = stage.channel("日常", ChannelKind::Public, &[&li]).await;
    let project = stage.project("ENG", Visibility::Public, &[&li]).await;
    let task = TaskId::new();
    let make = CreateTask {
        id: task,
        project,
        title: "a task".into(),
        ..CreateTask::default()
    };
    li.run(Command::CreateTask(make)).await;
    let root = li.run(post(room, "root")).await.result.id.unwrap();
    let far = "2999-01-01T00:00:00Z";
    // By REST: a reply in a thread, and a message in the conversation of a task.
    let reply = json!({"channel": room, "thread": root, "text": "回复", "at": far});
    let reply: Scheduled = li.post("/scheduled", reply).await.ok().read();
    let comment = json!({"task": task, "text": "comment", "at": far});
    let comment: Scheduled = li.post("/scheduled", comment).await.ok().read();
    let past = json!({"channel": room, "text": "x", "at": "2001-01-01T00:00:00Z"});
    let refused = li.post("/scheduled", past).await;
    refused.refused(ErrorCode::Invalid);
    assert_eq!(list(&li).await.len(), 2);
    let path = |id: MessageId| format!("/scheduled/{id}");
    let words = json!({"text": "回复，改过的"});
    let changed: Scheduled = li.patch(&path(reply.message.id), words).await.read();
    assert_eq!(changed.message.text, "回复，改过的");
    let now = json!({"send_now": true});
    for id in [reply.message.id, comment.message.id] {
        li.patch(&path(id), now.clone()).await.ok();
        let entry = stage.owner.see(posted(id)).await;
        assert_eq!(entry.actor, li.id);
        li.see(removed(id)).await;
    }
    let text = stage.owner.replica().messages[&reply.message.id]
        .text
        .clone();
    assert_eq!(text, "回复，改过的");
    assert!(list(&li).await.is_empty());
    // Due while the server is away: sent as soon as it is back, and once.
    let (id, command) = later(room, "准时", in_ms(400));
    li.run(command).await;
    let (gone, command) = later(room, "never", in_ms(60_000));
    li.run(command).await;
    li.delete(&path(gone)).await.ok();
    li.patch(&path(gone), now)
        .await
        .refused(ErrorCode::NotFound);
    stage.crash(&mut [&mut li]).await;
    stage.owner.connect().await;
    li.connect().await;
    li.see(removed(id)).await;
    stage.restart(&mut [&mut li]).await;
    stage.owner.connect().await;
    li.connect().await;
    let page: Value = li.get(&format!("/channels/{room}/messages")).await.read();
    let texts = page["items"].as_array().unwrap().iter();
    let texts: Vec<_> = texts.map(|it| it["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["root", "准时"]);
    stage.end(&mut [&mut li]).await;
}

/// Waits until the author is told that something was not sent; answers with the code.
async fn told(member: &mut Member, text: &str) -> Option<String> {
    let entry = member.see(|entry| {
        matches!(&entry.event, Event::NotificationAdded { notification, .. }
            if notification.reason == Reason::NotSent && notification.excerpt == text)
    });
    match entry.await.event {
        Event::NotificationAdded { notification, .. } => notification.detail,
        _ => None,
    }
}

async fn is_refused(stage: &Stage, member: MemberId, id: MessageId) -> bool {
    let workspace = stage.owner.replica().workspace.id;
    let read = stage.store.read(workspace, move |reader| {
        scheduled::get(reader, member, id).boxed()
    });
    read.await.unwrap().is_some_and(|it| it.refused.is_some())
}

async fn what_cannot_be_sent_is_told_and_kept(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let room = stage.channel("日常", ChannelKind::Private, &[&li]).await;
    let old = stage.channel("旧事", ChannelKind::Public, &[&li]).await;
    let (left, command) = later(room, "left", in_ms(60_000));
    li.run(command).await;
    let (archived, command) = later(old, "archived", in_ms(600));
    li.run(command).await;
    let archive = UpdateChannel {
        channel: old,
        archived: Some(true),
        ..UpdateChannel::default()
    };
    stage.owner.run(Command::UpdateChannel(archive)).await;
    assert_eq!(told(&mut li, "archived").await.as_deref(), Some("archived"));
    // With the time for it come, but not the leave.
    let leave = RemoveChannelMember {
        channel: room,
        member: li.id,
    };
    stage.owner.run(Command::RemoveChannelMember(leave)).await;
    let path = format!("/scheduled/{left}");
    let now = json!({"send_now": true});
    li.patch(&path, now.clone())
        .await
        .refused(ErrorCode::NotFound);
    let kept = list(&li).await;
    let kept: Vec<_> = kept.iter().map(|it| (it.message.id, it.refused)).collect();
    assert_eq!(kept, [(left, None), (archived, Some(ErrorCode::Archived))]);
    let join = AddChannelMember {
        channel: room,
        member: li.id,
    };
    stage.owner.run(Command::AddChannelMember(join)).await;
    li.patch(&path, now).await.ok();
    stage.owner.see(posted(left)).await;
    // Of one who is deactivated meanwhile nothing is said; they are told when they are back.
    let (quiet, command) = later(room, "quiet", in_ms(600));
    li.run(command).await;
    let (member, owner) = (li.id, &mut stage.owner);
    owner
        .run(Command::DeactivateMember(DeactivateMember { member }))
        .await;
    li.wait_closed().await;
    while !is_refused(&stage, member, quiet).await {
        tokio::task::yield_now().await;
    }
    stage
        .owner
        .run(Command::ReactivateMember(ReactivateMember { member }))
        .await;
    let mut back = li.sign_in_again().await;
    back.connect().await;
    let kept = list(&back).await;
    let refused = kept
        .iter()
        .find(|it| it.message.id == quiet)
        .unwrap()
        .refused;
    assert_eq!(refused, Some(ErrorCode::Unauthenticated));
    let inbox = back.get("/notifications").await.ok().text();
    assert!(
        inbox.contains("not_sent") && inbox.contains("quiet"),
        "{inbox}"
    );
    stage.owner.settle().await;
    assert!(!stage.owner.replica().messages.contains_key(&quiet));
    stage.end(&mut [&mut back]).await;
}

async fn a_scheduled_message_is_its_authors_alone(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let mut other = stage.join("王芳", Role::Member).await;
    let mut phone = li.sign_in_again().await;
    phone.connect().await;
    let room = stage
        .channel("日常", ChannelKind::Private, &[&li, &other])
        .await;
    let secret = stage.channel("秘密", ChannelKind::Private, &[]).await;
    let (id, command) = later(room, WORD, in_ms(600_000));
    li.run(command).await;
    phone.settle().await;
    assert_eq!(phone.replica().scheduled[&id].message.text, WORD);
    for path in [
        "/scheduled".to_owned(),
        "/snapshot".into(),
        "/events?limit=200".into(),
        format!("/search?q={WORD}"),
        format!("/channels/{room}/messages"),
        format!("/messages/{id}"),
    ] {
        for stranger in [&other, &stage.owner] {
            let told = stranger.get(&path).await.text();
            assert!(!told.contains(WORD), "{path}: {told}");
        }
    }
    let path = format!("/scheduled/{id}");
    let forged = json!({"text": "forged", "send_now": true});
    other
        .patch(&path, forged)
        .await
        .refused(ErrorCode::NotFound);
    // Nothing is on the list of the other: nothing is taken from it.
    other.delete(&path).await.ok();
    assert_eq!(list(&li).await[0].message.text, WORD);
    let (_, command) = later(secret, "x", in_ms(600_000));
    assert_eq!(other.refused(command).await.code, ErrorCode::NotFound);
    other.settle().await;
    let told = serde_json::to_string(&other.replica().entries).unwrap();
    assert!(!told.contains(WORD), "{told}");
    stage.end(&mut [&mut li, &mut other, &mut phone]).await;
}

/// A message with this file, of no words.
fn later_with(channel: ChannelId, file: &File, at: Timestamp) -> (MessageId, Command) {
    let (id, command) = later(channel, "", at);
    let Command::ScheduleMessage(mut wish) = command else {
        unreachable!();
    };
    wish.message.files = vec![file.id];
    (id, Command::ScheduleMessage(wish))
}

/// Begins anew, and waits until the file is gone.
async fn swept(stage: &mut Stage, li: &mut Member, file: &str) {
    stage.restart(&mut [&mut *li]).await;
    stage.owner.connect().await;
    li.connect().await;
    while li.get(file).await.status != 404 {
        tokio::task::yield_now().await;
    }
}

async fn a_scheduled_message_keeps_its_files(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let room = stage.channel("日常", ChannelKind::Public, &[&li]).await;
    let text = |name: &str| format!("{name} {WORD}").into_bytes();
    let kept: File = upload(&li, "计划.txt", &text("kept")).await.read();
    let free: File = upload(&li, "free.txt", &text("free")).await.read();
    let loose: File = upload(&li, "loose.txt", &text("loose")).await.read();
    let path = |file: &File| format!("/files/{}", file.id);
    let files = format!("/channels/{room}/files");
    // Of another nobody schedules a file.
    let (_, stolen) = later_with(room, &kept, in_ms(600_000));
    assert_eq!(stage.owner.refused(stolen).await.code, ErrorCode::NotFound);
    let (id, command) = later_with(room, &kept, in_ms(600_000));
    let request = RequestId::new();
    let first = li.retry(request, command.clone()).await.unwrap();
    let again = li.retry(request, command.clone()).await.unwrap();
    assert_eq!(first.seq, again.seq);
    li.run(command).await;
    let listed = list(&li).await;
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].files, std::slice::from_ref(&kept));
    li.settle().await;
    assert_eq!(li.replica().scheduled[&id].files[0].name, "计划.txt");
    // It waits for that message alone.
    let (_, twice) = later_with(room, &kept, in_ms(600_000));
    let at_once = carrying(room, vec![kept.id]);
    for command in [twice, at_once] {
        let refused = li.refused(command).await;
        assert_eq!(refused.code, ErrorCode::Conflict);
        assert_eq!(refused.field.as_deref(), Some("files"));
    }
    let (other, command) = later_with(room, &free, in_ms(600_000));
    li.run(command).await;
    // After days, at the sweep with which a server begins: what nobody carries goes, and what was
    // let go of just now has its day again.
    let days = 2 * 24 * 3600 * 1_000_000_i64;
    let age = format!("UPDATE file SET created_at = created_at - {days}");
    stage.database.execute(&age).await;
    li.delete(&format!("/scheduled/{other}")).await.ok();
    swept(&mut stage, &mut li, &path(&loose)).await;
    li.run(carrying(room, vec![free.id])).await;
    assert_eq!(li.get(&path(&kept)).await.ok().body, text("kept"));
    stage
        .owner
        .get(&path(&kept))
        .await
        .refused(ErrorCode::NotFound);
    let hidden: Value = stage.owner.get(&files).await.read();
    assert_eq!(hidden["items"].as_array().unwrap().len(), 1);
    // It goes with its message, once, to whoever reads that.
    let now = json!({"send_now": true});
    li.patch(&format!("/scheduled/{id}"), now).await.ok();
    stage.owner.see(posted(id)).await;
    li.see(removed(id)).await;
    let carried = stage.owner.replica().messages[&id].files.clone();
    assert_eq!(carried, std::slice::from_ref(&kept));
    assert_eq!(stage.owner.get(&path(&kept)).await.ok().body, text("kept"));
    let page: Value = li.get(&files).await.read();
    assert_eq!(page["items"].as_array().unwrap().len(), 2);
    stage.end(&mut [&mut li]).await;
}

async fn its_files_are_taken_off_one_by_one(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let room = stage.channel("日常", ChannelKind::Public, &[&li]).await;
    let free: File = upload(&li, "free.txt", b"free").await.read();
    let off: File = upload(&li, "off.txt", b"off").await.read();
    let on: File = upload(&li, "on.txt", b"on").await.read();
    let body = json!({"channel": room, "files": [off.id, on.id], "at": in_ms(600_000)});
    let both: Scheduled = li.post("/scheduled", body).await.read();
    let waiting = format!("/scheduled/{}", both.message.id);
    let keeps = |files: &[&File]| {
        let ids: Vec<_> = files.iter().map(|it| it.id).collect();
        json!({"files": ids})
    };
    for (wrong, code) in [
        (keeps(&[&free]), ErrorCode::NotFound),
        (keeps(&[]), ErrorCode::Invalid),
    ] {
        li.patch(&waiting, wrong).await.refused(code);
    }
    let left: Scheduled = li.patch(&waiting, keeps(&[&on])).await.read();
    assert_eq!(left.files, std::slice::from_ref(&on));
    assert_eq!(left.message.files, [on.id]);
    li.run(carrying(room, vec![off.id])).await;
    let still = li.refused(carrying(room, vec![on.id])).await;
    assert_eq!(still.code, ErrorCode::Conflict);
    li.delete(&waiting).await.ok();
    stage.end(&mut [&mut li]).await;
}
