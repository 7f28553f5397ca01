//! Web Push: what reaches a member's devices and what goes from them again, what is left unsaid and
//! why, push services that fail, and addresses that are nobody else's business.

use crate::support::{
    Database, Member, Stage,
    member::Done,
    push_service::{Device, PushService, Received},
    stage::post,
};
use futures::FutureExt;
use serde_json::json;
use tenon_protocol::{
    ChannelId, Command, ErrorCode, MessageId,
    channel::{ChannelKind, MarkRead, OpenDirect},
    frame::ClientFrame,
    member::{DeactivateMember, Role},
    message::DeleteMessage,
    notification::Why,
    preference::{ChangeChannelSetting, ChangePreferences, Level, Preferences},
    project::Visibility,
    push::{PushOutcome, PushStatus},
    space::Space,
    task::CreateTask,
};
use tenon_store::{push, workspace};

on_both!(
    what_concerns_a_member_reaches_their_devices,
    what_is_seen_to_elsewhere_goes_from_devices,
    what_one_may_not_see_any_more_goes_from_devices,
    a_conversation_takes_one_place,
    whoever_wants_quiet_or_looks_is_left_alone,
    a_push_service_that_fails_is_asked_again,
    what_waits_survives_a_crash,
    addresses_are_nobody_elses_business,
    a_device_goes_with_its_session,
    another_key_opens_nothing,
);

fn id_of(done: &Done) -> MessageId {
    MessageId(done.result.id.unwrap())
}

/// 李雷 is told of things by 王芳, in one channel.
struct Room {
    stage: Stage,
    li: Member,
    wang: Member,
    room: ChannelId,
    service: PushService,
}

async fn room(database: Database) -> Room {
    let mut stage = Stage::open(database).await;
    let li = stage.join("李雷", Role::Member).await;
    let wang = stage.join("王芳", Role::Member).await;
    let room = stage
        .channel("日常", ChannelKind::Private, &[&li, &wang])
        .await;
    let service = PushService::open().await;
    Room {
        stage,
        li,
        wang,
        room,
        service,
    }
}

impl Room {
    async fn mention(&mut self, text: &str) -> MessageId {
        let command = post(self.room, format!("@李雷 {text}"));
        id_of(&self.wang.run(command).await)
    }
}

/// What became of the pushes of a message, by device.
async fn outcomes(member: &Member, message: MessageId) -> Vec<PushOutcome> {
    let why: Why = member.get(&format!("/messages/{message}/why")).await.read();
    assert!(why.pushes.iter().all(|it| it.sentence.len() > 20));
    why.pushes.iter().map(|it| it.outcome).collect()
}

/// Waits until there is nothing left to do about any push.
async fn settled(stage: &Stage, member: &Member, message: MessageId) -> Vec<PushOutcome> {
    stage.rest().await;
    stage.deliver().await;
    outcomes(member, message).await
}

fn tags(received: &Received) -> Vec<String> {
    let tags = received.word["tags"].as_array().unwrap();
    tags.iter()
        .map(|tag| tag.as_str().unwrap().to_owned())
        .collect()
}

async fn what_concerns_a_member_reaches_their_devices(database: Database) {
    let mut room = room(database).await;
    let phone = room.li.sign_in_again().await;
    room.service.device("desk").subscribe(&room.li).await.ok();
    room.service.device("phone").subscribe(&phone).await.ok();
    let status: PushStatus = phone.get("/push").await.read();
    assert!(status.subscribed);
    let said = room.mention("**上线**了吗").await;
    let [desk, phone_told] = &room.service.next_of(2).await[..] else {
        unreachable!()
    };
    assert_eq!((&*desk.device, &*phone_told.device), ("desk", "phone"));
    assert_eq!(desk.word, phone_told.word);
    assert_eq!(desk.key, status.key);
    assert_eq!((&*desk.ttl, &*desk.urgency), ("86400", "high"));
    let word = &desk.word;
    assert_eq!(word["type"], "show");
    assert_eq!(word["lang"], "en");
    assert_eq!(word["title"], "王芳 mentioned you");
    assert_eq!(word["body"], "@李雷 上线了吗");
    assert_eq!(word["path"], format!("/m/{said}"));
    let tag = word["tag"].as_str().unwrap().replace('-', "");
    assert_eq!(desk.topic.as_deref(), Some(&*tag));
    assert_eq!(
        settled(&room.stage, &room.li, said).await,
        [PushOutcome::Sent; 2]
    );

    // In the member's language. Never one's own, and nobody else's.
    let chinese = json!({"language": "zh-CN"});
    let path = format!("/members/{}", room.li.id);
    room.li.patch(&path, chinese).await.ok();
    room.li.run(post(room.room, "@王芳 @李雷 好了")).await;
    // Whoever answers has read what was there.
    for told in room.service.next_of(2).await {
        assert_eq!(told.word["type"], "close");
    }
    room.mention("明天").await;
    let told = room.service.next_of(2).await;
    assert_eq!(told[0].word["title"], "王芳提到了你");
    assert_eq!(told[0].word["lang"], "zh-CN");
    room.service.expect_silence();
    room.stage.end(&mut [&mut room.li, &mut room.wang]).await;
}

async fn what_is_seen_to_elsewhere_goes_from_devices(database: Database) {
    let mut room = room(database).await;
    room.service.device("desk").subscribe(&room.li).await.ok();
    let read = room.mention("读一下").await;
    let deleted = room.mention("说错了").await;
    let shown = room.service.next_of(2).await;
    let tag = |text: &str| {
        let of = |it: &&Received| it.word["body"].as_str().unwrap().contains(text);
        let found = shown.iter().find(of).unwrap();
        (found.word["tag"].clone(), found.topic.clone())
    };
    settled(&room.stage, &room.li, read).await;

    let delete = DeleteMessage { message: deleted };
    room.wang.run(Command::DeleteMessage(delete)).await;
    let closed = room.service.next().await;
    assert_eq!(closed.word["type"], "close");
    // With the topic of what it takes away: one that is not there yet never comes.
    let (tag_deleted, topic) = tag("说错了");
    assert_eq!(closed.topic, topic);
    assert_eq!(tags(&closed), [tag_deleted.as_str().unwrap()]);

    let seq = room.li.head().await;
    let mark = MarkRead {
        channel: room.room,
        seq,
    };
    room.li.run(Command::MarkRead(mark)).await;
    let closed = room.service.next().await;
    assert_eq!(tags(&closed), [tag("读一下").0.as_str().unwrap()]);
    let outcome = settled(&room.stage, &room.li, read).await;
    assert_eq!(outcome, [PushOutcome::Closed]);

    // What is read at once is not pushed at all.
    let at_once = room.mention("看到了吗").await;
    room.stage.rest().await;
    let seq = room.li.head().await;
    let mark = MarkRead {
        channel: room.room,
        seq,
    };
    room.li.run(Command::MarkRead(mark)).await;
    let outcome = settled(&room.stage, &room.li, at_once).await;
    assert_eq!(outcome, [PushOutcome::Read]);
    room.service.expect_silence();
    room.stage.end(&mut [&mut room.li, &mut room.wang]).await;
}

async fn what_one_may_not_see_any_more_goes_from_devices(database: Database) {
    let mut room = room(database).await;
    let work = room.stage.project("FUSION", Visibility::Public, &[]).await;
    room.service.device("desk").subscribe(&room.li).await.ok();
    let create = CreateTask {
        project: work,
        title: "Zimtstern".into(),
        assignees: Some(vec![room.li.id]),
        ..CreateTask::default()
    };
    room.stage.owner.run(Command::CreateTask(create)).await;
    let shown = room.service.next().await;
    assert!(shown.word.to_string().contains("Zimtstern"));
    room.stage.rest().await;
    room.stage.deliver().await;
    let wish = json!({"name": "Deal", "kind": "closed"});
    let deal: Space = room.stage.owner.post("/spaces", wish).await.read();
    let into = json!({"space": deal.id});
    room.stage.owner.patch("/projects/FUSION", into).await.ok();
    let closed = room.service.next().await;
    assert_eq!(closed.word["type"], "close");
    assert_eq!(tags(&closed), [shown.word["tag"].as_str().unwrap()]);
    room.stage.end(&mut [&mut room.li, &mut room.wang]).await;
}

async fn a_conversation_takes_one_place(database: Database) {
    let mut room = room(database).await;
    room.service.device("desk").subscribe(&room.li).await.ok();
    let open = OpenDirect {
        id: ChannelId::new(),
        members: vec![room.li.id],
    };
    let direct = room.wang.run(Command::OpenDirect(open)).await;
    let direct = ChannelId(direct.result.id.unwrap());
    let first = id_of(&room.wang.run(post(direct, "在吗")).await);
    let second = id_of(&room.wang.run(post(direct, "有个问题")).await);
    // The first never left: the second came before.
    let told = room.service.next().await;
    assert_eq!(told.word["body"], "有个问题");
    assert_eq!(told.word["tag"], json!(direct));
    settled(&room.stage, &room.li, second).await;
    let third = id_of(&room.wang.run(post(direct, "算了")).await);
    room.stage.rest().await;
    // Read before it was sent: what stands in its place on the device goes.
    let seq = room.li.head().await;
    let mark = MarkRead {
        channel: direct,
        seq,
    };
    room.li.run(Command::MarkRead(mark)).await;
    let closed = room.service.next().await;
    assert_eq!(tags(&closed), [direct.to_string()]);
    let outcome = settled(&room.stage, &room.li, third).await;
    assert_eq!(outcome, [PushOutcome::Closed]);
    // Why of the first tells of what stands for it.
    assert_eq!(
        outcomes(&room.li, first).await,
        [PushOutcome::Closed],
        "the newest stands for all"
    );
    room.service.expect_silence();
    room.stage.end(&mut [&mut room.li, &mut room.wang]).await;
}

async fn whoever_wants_quiet_or_looks_is_left_alone(database: Database) {
    let mut room = room(database).await;
    let mut zhao = room.stage.join("赵敏", Role::Member).await;
    let add = json!({});
    let path = format!("/channels/{}/members/{}", room.room, zhao.id);
    room.stage.owner.put(&path, add).await.ok();
    room.service.device("desk").subscribe(&room.li).await.ok();
    room.service.device("zhao").subscribe(&zhao).await.ok();

    // 李雷 looks: what reaches the other at the same time waits for him.
    let looks = |active| ClientFrame::Foreground { active };
    room.li.write(&looks(true)).await.unwrap();
    // The socket answers in order, so it is known now.
    let quiet = Preferences::default();
    let wish = ChangePreferences { preferences: quiet };
    room.li.run(Command::ChangePreferences(wish)).await;
    let said = room.mention("@赵敏 开会").await;
    assert_eq!(room.service.next().await.device, "zhao");
    assert_eq!(outcomes(&room.li, said).await, [PushOutcome::Waiting]);
    // He leaves without having read it: he is told after all.
    room.li.write(&looks(false)).await.unwrap();
    let told = room.service.next().await;
    assert_eq!(told.device, "desk");
    assert_eq!(
        settled(&room.stage, &room.li, said).await,
        [PushOutcome::Sent]
    );

    // A muted channel is told nothing of, and do not disturb means it.
    let channel = room.room;
    let setting = |level| {
        Command::ChangeChannelSetting(ChangeChannelSetting {
            channel,
            level,
            muted: false,
        })
    };
    room.li.run(setting(Some(Level::Nothing))).await;
    let said = room.mention("@赵敏 一").await;
    assert_eq!(room.service.next().await.device, "zhao");
    assert_eq!(settled(&room.stage, &room.li, said).await, []);
    room.li.run(setting(None)).await;
    let until = "2999-01-01T00:00:00Z".parse().unwrap();
    let preferences = Preferences {
        do_not_disturb_until: Some(until),
        ..Preferences::default()
    };
    let wish = ChangePreferences { preferences };
    room.li.run(Command::ChangePreferences(wish)).await;
    let said = room.mention("@赵敏 二").await;
    assert_eq!(room.service.next().await.device, "zhao");
    assert_eq!(
        settled(&room.stage, &room.li, said).await,
        [PushOutcome::Quiet]
    );
    room.service.expect_silence();
    room.stage
        .end(&mut [&mut room.li, &mut room.wang, &mut zhao])
        .await;
}

async fn a_push_service_that_fails_is_asked_again(database: Database) {
    let mut room = room(database).await;
    room.service.device("desk").subscribe(&room.li).await.ok();
    room.service
        .answer(&[(503, "retry-after: 1\r\n"), (500, "")]);
    let said = room.mention("一").await;
    let statuses = [
        room.service.next().await.status,
        room.service.next().await.status,
        room.service.next().await.status,
    ];
    assert_eq!(statuses, [503, 500, 201]);
    assert_eq!(
        settled(&room.stage, &room.li, said).await,
        [PushOutcome::Sent]
    );
    // A redirect is no answer that one follows with a secret.
    room.service
        .answer(&[(307, "location: http://127.0.0.1/\r\n")]);
    let said = room.mention("二").await;
    assert_eq!(room.service.next().await.status, 307);
    assert_eq!(
        settled(&room.stage, &room.li, said).await,
        [PushOutcome::Failed]
    );
    // A device that is gone is forgotten, and not asked again.
    room.service.answer(&[(410, "")]);
    let said = room.mention("三").await;
    assert_eq!(room.service.next().await.status, 410);
    assert_eq!(
        settled(&room.stage, &room.li, said).await,
        [PushOutcome::Failed]
    );
    let status: PushStatus = room.li.get("/push").await.read();
    assert!(!status.subscribed);
    let said = room.mention("四").await;
    assert_eq!(settled(&room.stage, &room.li, said).await, []);
    room.service.expect_silence();
    room.stage.end(&mut [&mut room.li, &mut room.wang]).await;
}

async fn what_waits_survives_a_crash(database: Database) {
    let mut room = room(database).await;
    room.service.device("desk").subscribe(&room.li).await.ok();
    let before: PushStatus = room.li.get("/push").await.read();
    let said = room.mention("断电之前").await;
    room.stage.rest().await;
    room.stage.crash(&mut [&mut room.li, &mut room.wang]).await;
    let told = room.service.next().await;
    assert_eq!(told.word["body"], "@李雷 断电之前");
    assert_eq!(told.key, before.key, "the key outlives the program");
    assert_eq!(
        settled(&room.stage, &room.li, said).await,
        [PushOutcome::Sent]
    );
    room.service.expect_silence();
    room.li.connect().await;
    room.wang.connect().await;
    room.stage.owner.connect().await;
    room.stage.end(&mut [&mut room.li, &mut room.wang]).await;
}

async fn addresses_are_nobody_elses_business(database: Database) {
    let mut room = room(database).await;
    let device = room.service.device("very-secret-address");
    // Addresses inside, without TLS, or none at all; keys that are none.
    let inside = room.stage.owner.address;
    for endpoint in [
        format!("http://{inside}/x"),
        format!("https://{inside}/x"),
        "https://[::1]/x".into(),
        "http://push.example.com/x".into(),
        "file:///etc/passwd".into(),
        "x".into(),
        format!("https://push.example.com/{}", "x".repeat(2_000)),
    ] {
        let mut wish = device.subscription();
        wish["endpoint"] = json!(endpoint);
        let refused = room.li.put("/push", wish).await;
        let refused = refused.refused(ErrorCode::Invalid);
        assert_eq!(refused.field().as_deref(), Some("endpoint"), "{endpoint}");
    }
    let mut wish = device.subscription();
    wish["keys"]["p256dh"] = json!("AAAA");
    room.li.put("/push", wish).await.refused(ErrorCode::Invalid);

    // It goes in and does not come out: not to its owner, not into the database, not into logs.
    device.subscribe(&room.li).await.ok();
    let said = room.mention("一").await;
    room.service.next().await;
    settled(&room.stage, &room.li, said).await;
    for path in [
        "/push",
        "/sessions",
        "/me",
        "/snapshot",
        "/events?limit=200",
    ] {
        for member in [&room.li, &room.stage.owner] {
            let answer = member.get(path).await.ok().text();
            assert!(!answer.contains("very-secret"), "{path}");
        }
    }
    let path = format!("/messages/{said}/why");
    let others: Why = room.wang.get(&path).await.read();
    assert_eq!(others.pushes, []);
    let stranger = room.stage.join_quietly("客人", Role::Guest).await;
    stranger.get(&path).await.refused(ErrorCode::NotFound);
    let store = &room.stage.store;
    let ids = store.read_private(|private| workspace::list_ids(private).boxed());
    let session = {
        let why: Why = room.li.get(&path).await.read();
        why.pushes[0].session
    };
    for id in ids.await.unwrap() {
        let sealed = store.read(id, move |reader| {
            async move { push::list_targets(reader, &[session.0], Default::default()).await }
                .boxed()
        });
        let sealed = sealed.await.unwrap();
        assert_eq!(sealed.len(), 1);
        let bytes = String::from_utf8_lossy(&sealed[0].1).into_owned();
        assert!(!bytes.contains("very-secret") && !bytes.contains("127.0.0.2"));
    }
    let log = std::fs::read(room.stage.database.folder().join("server.log")).unwrap();
    assert!(!String::from_utf8_lossy(&log).contains("very-secret"));

    refuse_programs(&room.li, &device).await;
    room.stage.end(&mut [&mut room.li, &mut room.wang]).await;
}

/// A program with a token is no device.
async fn refuse_programs(li: &Member, device: &Device) {
    let wish = json!({"name": "bot"});
    let token = li.post("/tokens", wish).await.ok().json();
    let mut program = li.twin();
    program.token = token["token"].as_str().unwrap().to_owned();
    program.get("/push").await.refused(ErrorCode::Forbidden);
    device
        .subscribe(&program)
        .await
        .refused(ErrorCode::Forbidden);
}

async fn a_device_goes_with_its_session(database: Database) {
    let mut room = room(database).await;
    let phone = room.li.sign_in_again().await;
    let desk = room.service.device("desk");
    desk.subscribe(&room.li).await.ok();
    room.service.device("phone").subscribe(&phone).await.ok();
    phone.delete("/sessions/current").await.ok();
    room.mention("一").await;
    assert_eq!(room.service.next().await.device, "desk");

    // Whoever uses the same browser next is told their own, and not what is of those before.
    let zhao = room.stage.join_quietly("赵敏", Role::Member).await;
    desk.subscribe(&zhao).await.ok();
    let status: PushStatus = room.li.get("/push").await.read();
    assert!(!status.subscribed);
    let said = room.mention("二").await;
    assert_eq!(settled(&room.stage, &room.li, said).await, []);

    // One who waits when the device goes is not told.
    desk.subscribe(&room.li).await.ok();
    let said = room.mention("三").await;
    room.stage.rest().await;
    room.li.delete("/push").await.ok();
    assert_eq!(
        settled(&room.stage, &room.li, said).await,
        [PushOutcome::Gone]
    );
    desk.subscribe(&room.li).await.ok();
    let deactivate = DeactivateMember { member: room.li.id };
    room.mention("四").await;
    room.stage.rest().await;
    room.stage
        .owner
        .run(Command::DeactivateMember(deactivate))
        .await;
    room.stage.rest().await;
    room.stage.deliver().await;
    room.service.expect_silence();
    room.li.disconnect();
    room.stage.end(&mut [&mut room.wang]).await;
}

/// The key lies beside the database: with another one, devices are as good as gone.
async fn another_key_opens_nothing(database: Database) {
    let mut room = room(database).await;
    let desk = room.service.device("desk");
    desk.subscribe(&room.li).await.ok();
    let before: PushStatus = room.li.get("/push").await.read();
    let file = room.stage.database.folder().join("tenon.key");
    let kept = std::fs::read(&file).unwrap();
    room.stage.take_server().stop().await;
    std::fs::remove_file(&file).unwrap();
    room.stage.start(&mut [&mut room.li, &mut room.wang]).await;
    if room.stage.database.url.is_some() {
        // Another server may still have it: nothing is thrown away until it is put back.
        room.li.get("/push").await.refused(ErrorCode::Internal);
        room.stage.take_server().stop().await;
        std::fs::write(&file, kept).unwrap();
        room.stage.start(&mut [&mut room.li, &mut room.wang]).await;
        let after: PushStatus = room.li.get("/push").await.read();
        assert_eq!(after, before);
    } else {
        let after: PushStatus = room.li.get("/push").await.read();
        assert!(!after.subscribed);
        assert_ne!(after.key, before.key);
        desk.subscribe(&room.li).await.ok();
    }
    room.stage.owner.connect().await;
    room.wang.connect().await;
    room.li.connect().await;
    let said = room.mention("还在吗").await;
    let status: PushStatus = room.li.get("/push").await.read();
    assert_eq!(room.service.next().await.key, status.key);
    let outcome = settled(&room.stage, &room.li, said).await;
    assert_eq!(outcome, [PushOutcome::Sent]);
    room.stage.end(&mut [&mut room.li, &mut room.wang]).await;
}
