//! Mail of what was missed: what comes and what does not, when, how mail servers fail, and whose
//! business it is.

use crate::support::{
    Database, Member, Stage, clock, http,
    mail_server::{FROM, MailServer},
    member::Done,
    program,
    stage::post,
};
use futures::FutureExt;
use serde_json::json;
use std::time::Duration;
use tenon_protocol::{
    ChannelId, Command, ErrorCode, MessageId, Timestamp,
    channel::{ChannelKind, MarkRead, RemoveChannelMember},
    frame::ClientFrame,
    mail::{MailDigest, MailOutcome, MailState, MailStatus},
    member::Role,
    message::DeleteMessage,
    notification::Why,
    preference::{ChangePreferences, Preferences, QuietHours},
    project::Visibility,
    task::CreateTask,
};
use tenon_store::{mail, workspace};

on_both!(
    what_was_missed_is_mailed_once,
    what_is_seen_to_or_gone_is_not_mailed,
    what_is_not_addressed_to_one_is_for_those_who_want_it_all,
    mail_comes_when_its_reader_wants_it,
    whoever_looks_is_not_mailed,
    a_mail_server_that_fails_is_asked_again,
    what_waits_survives_a_crash,
    a_link_stops_mail,
    what_was_said_is_nobody_elses_business,
    a_test_mail_says_how_it_goes,
);

const QUARTER: Duration = Duration::from_secs(15 * 60);
const HOUR: Duration = Duration::from_secs(3600);

fn id_of(done: &Done) -> MessageId {
    MessageId(done.result.id.unwrap())
}

/// 李雷 misses what 王芳 says, in one channel.
struct Room {
    stage: Stage,
    li: Member,
    wang: Member,
    room: ChannelId,
    mails: MailServer,
}

async fn room(mut database: Database) -> Room {
    let mails = MailServer::open().await;
    database.serving = mails.args();
    let mut stage = Stage::open(database).await;
    let li = stage.join("李雷", Role::Member).await;
    let wang = stage.join("王芳", Role::Member).await;
    let room = stage
        .channel("日常", ChannelKind::Private, &[&li, &wang])
        .await;
    Room {
        stage,
        li,
        wang,
        room,
        mails,
    }
}

impl Room {
    async fn mention(&mut self, text: &str) -> MessageId {
        let command = post(self.room, format!("@李雷 {text}"));
        id_of(&self.wang.run(command).await)
    }

    /// So much time has passed since everything that was told.
    async fn pass(&self, time: Duration) {
        self.stage.rest().await;
        clock::pass(&self.stage.database, time).await;
    }

    /// What became of mailing what 李雷 was told of the message.
    async fn outcome(&self, message: MessageId) -> Option<MailOutcome> {
        let path = format!("/messages/{message}/why");
        let why: Why = self.li.get(&path).await.read();
        let mailed = why.mail?;
        assert!(mailed.sentence.len() > 10);
        Some(mailed.outcome)
    }

    /// Waits until that is so.
    async fn becomes(&self, message: MessageId, outcome: MailOutcome) {
        while self.outcome(message).await != Some(outcome) {
            tokio::task::yield_now().await;
        }
    }

    async fn prefer(&mut self, preferences: Preferences) {
        let wish = ChangePreferences { preferences };
        self.li.run(Command::ChangePreferences(wish)).await;
    }

    async fn want(&mut self, mail: MailDigest) {
        let preferences = Preferences {
            mail,
            ..Preferences::default()
        };
        self.prefer(preferences).await;
    }

    /// When mails are to be looked at.
    async fn due(&self) -> Vec<Timestamp> {
        let store = &self.stage.store;
        let ids = store.read_private(|private| workspace::list_ids(private).boxed());
        let mut all = Vec::new();
        for id in ids.await.unwrap() {
            let due = store.read(id, |reader| {
                async move { mail::list_due(reader, Timestamp::MAX, 100).await }.boxed()
            });
            all.extend(due.await.unwrap().into_iter().map(|it| it.due));
        }
        all
    }

    /// Waits until the one mail that waits is put off to a time like this.
    async fn put_off(&self, wanted: impl Fn(Timestamp) -> bool) -> Timestamp {
        loop {
            if let [due] = self.due().await[..]
                && wanted(due)
            {
                return due;
            }
            tokio::task::yield_now().await;
        }
    }

    /// No mail waits, nothing more came, and the sync theorem holds.
    async fn end(mut self) {
        self.stage.rest().await;
        while !self.due().await.is_empty() {
            tokio::task::yield_now().await;
        }
        self.mails.expect_silence();
        self.stage.end(&mut [&mut self.li, &mut self.wang]).await;
    }
}

fn now() -> Timestamp {
    Timestamp::now()
}

async fn what_was_missed_is_mailed_once(database: Database) {
    let mut room = room(database).await;
    let said = room.mention("**上线**了吗").await;
    room.stage.rest().await;
    assert_eq!(room.outcome(said).await, Some(MailOutcome::Waiting));
    room.pass(QUARTER - Duration::from_secs(60)).await;
    room.mails.expect_silence();
    room.pass(Duration::from_secs(60)).await;
    let mail = room.mails.next().await;
    assert_eq!(
        (&*mail.from, &mail.to),
        (FROM, &vec![room.li.email.clone()])
    );
    assert_eq!(mail.subject(), "王芳 mentioned you · 榫卯 Works");
    for text in [mail.text(), mail.html()] {
        assert!(
            text.contains("@李雷 上线了吗") && text.contains("#日常"),
            "{text}"
        );
        assert!(
            text.contains(&format!("https://chat.example.com/m/{said}")),
            "{text}"
        );
    }
    assert_eq!(
        mail.header("Auto-Submitted").as_deref(),
        Some("auto-generated")
    );
    room.becomes(said, MailOutcome::Sent).await;
    let status: MailStatus = room.li.get("/mail").await.read();
    assert!(status.configured && status.mailed_at.is_some() && status.refused_at.is_none());
    assert_eq!(status.address.as_ref(), Some(&room.li.email));

    // All that is missed together goes together, in the reader's language and never one's own.
    let chinese = json!({"language": "zh-CN"});
    let path = format!("/members/{}", room.li.id);
    room.li.patch(&path, chinese).await.ok();
    let first = room.mention("一").await;
    let second = room.mention("二").await;
    room.pass(QUARTER).await;
    let mail = room.mails.next().await;
    assert_eq!(mail.subject(), "「榫卯 Works」里有 2 条未读通知");
    let text = mail.text();
    assert!(
        text.contains("@李雷 一") && text.contains("@李雷 二"),
        "{text}"
    );
    assert!(!text.contains("上线"), "it was mailed before: {text}");
    room.becomes(first, MailOutcome::Sent).await;
    room.becomes(second, MailOutcome::Sent).await;
    room.pass(HOUR).await;
    room.end().await;
}

async fn what_is_seen_to_or_gone_is_not_mailed(database: Database) {
    let mut room = room(database).await;
    let (owner, li) = (&mut room.stage.owner, &room.li);
    let create =
        |name: &str| json!({"name": name, "kind": "private", "members": [li.id, room.wang.id]});
    let other = owner.post("/channels", create("别处")).await.ok().json();
    let other: ChannelId = other["id"].as_str().unwrap().parse().unwrap();
    let work = room.stage.project("FUSION", Visibility::Public, &[]).await;

    let read = room.mention("读过了").await;
    let seq = room.li.head().await;
    let channel = room.room;
    room.li
        .run(Command::MarkRead(MarkRead { channel, seq }))
        .await;
    let deleted = room.mention("说错了").await;
    room.stage.rest().await;
    let delete = DeleteMessage { message: deleted };
    room.wang.run(Command::DeleteMessage(delete)).await;
    room.wang.run(post(other, "@李雷 Zimtstern")).await;
    let create = CreateTask {
        project: work,
        title: "Zimtstern".into(),
        assignees: Some(vec![room.li.id]),
        ..CreateTask::default()
    };
    room.stage.owner.run(Command::CreateTask(create)).await;
    let last = room.mention("还没看").await;
    room.stage.rest().await;
    let remove = RemoveChannelMember {
        channel: other,
        member: room.li.id,
    };
    room.stage
        .owner
        .run(Command::RemoveChannelMember(remove))
        .await;
    let wish = json!({"name": "Deal", "kind": "closed"});
    let deal = room.stage.owner.post("/spaces", wish).await.ok().json();
    let into = json!({"space": deal["id"]});
    room.stage.owner.patch("/projects/FUSION", into).await.ok();
    room.pass(QUARTER).await;
    let mail = room.mails.next().await;
    assert_eq!(mail.subject(), "王芳 mentioned you · 榫卯 Works");
    let text = mail.text();
    assert!(text.contains("还没看"), "{text}");
    for gone in ["读过了", "说错了", "Zimtstern", "FUSION", "别处"] {
        assert!(!text.contains(gone), "{gone} is in {text}");
    }
    room.becomes(last, MailOutcome::Sent).await;
    assert_eq!(room.outcome(read).await, Some(MailOutcome::Read));
    room.end().await;
}

async fn what_is_not_addressed_to_one_is_for_those_who_want_it_all(database: Database) {
    let mut room = room(database).await;
    let channel = room.room;
    let all = room.wang.run(post(channel, "@channel 开会")).await;
    room.pass(QUARTER).await;
    room.becomes(id_of(&all), MailOutcome::Minor).await;
    room.want(MailDigest::Hourly).await;
    room.wang.run(post(channel, "@channel 散会")).await;
    room.pass(HOUR).await;
    assert!(room.mails.next().await.text().contains("散会"));

    // Whoever is there no more is not mailed.
    room.mention("再见").await;
    room.stage.rest().await;
    let path = format!("/members/{}/deactivate", room.li.id);
    room.stage.owner.post(&path, json!({})).await.ok();
    room.pass(HOUR).await;
    room.li.disconnect();
    room.end().await;
}

async fn mail_comes_when_its_reader_wants_it(database: Database) {
    let mut room = room(database).await;
    let path = format!("/members/{}", room.li.id);
    let there = json!({"time_zone": "Asia/Shanghai"});
    room.li.patch(&path, there).await.ok();
    // Every day at nine in Shanghai, which is one o'clock in UTC.
    let said = room.mention("早").await;
    room.stage.rest().await;
    room.want(MailDigest::Daily).await;
    let is_nine = |due: Timestamp| due.as_second() % 86_400 == 3_600;
    let due = room.put_off(is_nine).await;
    let ahead = due.as_second() - now().as_second();
    assert!((0..=86_400).contains(&ahead), "{ahead} s ahead");
    assert_eq!(room.outcome(said).await, Some(MailOutcome::Waiting));
    room.pass(24 * HOUR).await;
    assert!(room.mails.next().await.text().contains("早"));
    room.becomes(said, MailOutcome::Sent).await;

    // Not in quiet hours: it comes when they end.
    let minute = (now().as_second() / 60 + 8 * 60) % 1_440;
    let around = |minutes: i64| ((minute + minutes + 1_440) % 1_440) as u16;
    let quiet = Preferences {
        quiet_hours: Some(QuietHours {
            from_minutes: around(-10),
            until_minutes: around(120),
        }),
        ..Preferences::default()
    };
    room.prefer(quiet).await;
    let said = room.mention("睡了吗").await;
    room.pass(QUARTER).await;
    let in_s = |due: Timestamp| due.as_second() - now().as_second();
    let due = room.put_off(|due| in_s(due) > 3_600).await;
    assert!(in_s(due) <= 7_200);
    assert_eq!(room.outcome(said).await, Some(MailOutcome::Waiting));
    room.mails.expect_silence();
    // Once they want no quiet it is due at once.
    room.want(MailDigest::Soon).await;
    assert!(room.mails.next().await.text().contains("睡了吗"));

    let said = room.mention("不用发邮件").await;
    room.stage.rest().await;
    room.want(MailDigest::Off).await;
    room.becomes(said, MailOutcome::Off).await;
    let wrong = json!({"mail": "daily", "mail_minutes": 1_440});
    let refused = room.li.put("/preferences", wrong).await;
    let refused = refused.refused(ErrorCode::Invalid);
    assert_eq!(refused.field().as_deref(), Some("mail_minutes"));
    room.end().await;
}

async fn whoever_looks_is_not_mailed(database: Database) {
    let mut room = room(database).await;
    let looks = |active| ClientFrame::Foreground { active };
    room.li.write(&looks(true)).await.unwrap();
    // The socket answers in order, so it is known now.
    room.want(MailDigest::Soon).await;
    let said = room.mention("在看吗").await;
    room.pass(QUARTER).await;
    // Looked at, and put off by a minute.
    let now_s = now().as_second();
    room.put_off(|due| due.as_second() > now_s + 30).await;
    assert_eq!(room.outcome(said).await, Some(MailOutcome::Waiting));
    // He leaves without having read it: he is mailed after all.
    room.li.write(&looks(false)).await.unwrap();
    room.want(MailDigest::Soon).await;
    room.pass(Duration::from_secs(60)).await;
    assert!(room.mails.next().await.text().contains("在看吗"));
    room.becomes(said, MailOutcome::Sent).await;

    room.li.write(&looks(true)).await.unwrap();
    let said = room.mention("还在看").await;
    room.pass(2 * QUARTER).await;
    room.becomes(said, MailOutcome::Active).await;
    room.end().await;
}

async fn a_mail_server_that_fails_is_asked_again(database: Database) {
    let mut room = room(database).await;
    // Not now, in four ways; the third is about who we are, which the operator mends.
    for answer in [
        ("DATA", "451 4.3.0 later"),
        ("GREETING", "421 4.3.2 too busy"),
        ("AUTH", "535 5.7.8 who are you"),
        ("RCPT", "450 4.2.1 greylisted"),
    ] {
        let said = room.mention(answer.1).await;
        room.mails.answer(&[answer]);
        room.pass(QUARTER).await;
        assert_eq!(room.mails.refused().await, answer.0);
        let state = loop {
            let state: MailState = room.stage.owner.get("/workspace/mail").await.read();
            if !state.faults.is_empty() {
                break state;
            }
        };
        assert_eq!((state.waiting, state.delayed), (1, 1));
        let fault = &state.faults[0];
        let code = &answer.1[..3];
        assert!(
            fault.text.contains(code) && !fault.refused,
            "{}",
            fault.text
        );
        assert_eq!(room.outcome(said).await, Some(MailOutcome::Waiting));
        room.pass(QUARTER).await;
        let mail = room.mails.next().await;
        assert!(mail.text().contains(&answer.1[4..]));
        room.becomes(said, MailOutcome::Sent).await;
        room.pass(QUARTER).await;
        room.mails.expect_silence();
    }
    // One that is slow to greet is waited for.
    room.mails.greet(false);
    let said = room.mention("等等").await;
    room.pass(QUARTER).await;
    while room.stage.owner.get("/workspace/mail").await.json()["delayed"] != 1 {}
    room.mails.greet(true);
    assert!(room.mails.next().await.text().contains("等等"));
    room.becomes(said, MailOutcome::Sent).await;

    // Refused for good: not asked again, and told to both.
    room.mails.answer(&[("RCPT", "550 5.1.1 no such mailbox")]);
    let said = room.mention("没有这个人").await;
    room.pass(QUARTER).await;
    room.becomes(said, MailOutcome::Failed).await;
    room.pass(HOUR).await;
    let status: MailStatus = room.li.get("/mail").await.read();
    assert!(status.refused_at.is_some());
    let state: MailState = room.stage.owner.get("/workspace/mail").await.read();
    assert_eq!(state.waiting, 0);
    let fault = &state.faults[0];
    assert_eq!((fault.member, fault.refused), (room.li.id, true));
    assert!(fault.text.contains("no such mailbox"), "{}", fault.text);
    // It is left alone for a while. What comes then is tried; once it is taken all is well.
    let said = room.mention("又有了").await;
    room.pass(HOUR).await;
    assert_eq!(room.outcome(said).await, Some(MailOutcome::Waiting));
    room.mails.expect_silence();
    room.pass(5 * HOUR).await;
    let mail = room.mails.next().await;
    assert!(!mail.text().contains("没有这个人"));
    room.becomes(said, MailOutcome::Sent).await;
    let status: MailStatus = room.li.get("/mail").await.read();
    assert!(status.refused_at.is_none());
    room.end().await;
}

async fn what_waits_survives_a_crash(database: Database) {
    let mut room = room(database).await;
    room.mention("断电之前").await;
    room.pass(Duration::ZERO).await;
    room.stage.crash(&mut [&mut room.li, &mut room.wang]).await;
    clock::pass(&room.stage.database, QUARTER).await;
    assert!(room.mails.next().await.text().contains("断电之前"));
    room.wang.connect().await;

    // In the middle of a mail: it is sent again once the dead node's time is over.
    room.mails.greet(false);
    let said = room.mention("断电之中").await;
    room.pass(QUARTER + Duration::from_secs(1)).await;
    while room.stage.owner.get("/workspace/mail").await.json()["delayed"] != 1 {}
    room.stage.crash(&mut [&mut room.li, &mut room.wang]).await;
    room.mails.greet(true);
    clock::pass(&room.stage.database, Duration::from_secs(300)).await;
    assert!(room.mails.next().await.text().contains("断电之中"));
    room.becomes(said, MailOutcome::Sent).await;
    room.li.connect().await;
    room.wang.connect().await;
    room.stage.owner.connect().await;
    room.pass(HOUR).await;
    room.end().await;
}

async fn a_link_stops_mail(database: Database) {
    let mut room = room(database).await;
    room.mention("一").await;
    room.pass(QUARTER).await;
    let path = room.mails.next().await.stop_path();
    let address = room.stage.owner.address;
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let body = b"List-Unsubscribe=One-Click";
    // Links that are none, or another's with a letter changed.
    let other = format!("{}0", &path[..path.len() - 1]);
    let other = if other == path {
        format!("{}1", &path[..path.len() - 1])
    } else {
        other
    };
    for wrong in [
        "/unsubscribe/x",
        "/unsubscribe/é",
        &format!("{path}00"),
        &other,
    ] {
        let wrong = wrong.replace('é', "%C3%A9");
        let answer = http::send(address, "POST", &wrong, &form, body)
            .await
            .unwrap();
        answer.refused(ErrorCode::NotFound);
    }
    // Looking at the page changes nothing: programs look at links in mails.
    http::send(address, "GET", &path, &[], b"").await.unwrap();
    let said = room.mention("二").await;
    room.stage.rest().await;
    assert_eq!(room.outcome(said).await, Some(MailOutcome::Waiting));
    for _ in 0..2 {
        let answer = http::send(address, "POST", &path, &form, body)
            .await
            .unwrap();
        assert_eq!(answer.status, 204, "{}", answer.text());
    }
    room.becomes(said, MailOutcome::Off).await;
    let preferences: Preferences = room.li.get("/preferences").await.read();
    assert_eq!(preferences.mail, MailDigest::Off);
    // Nobody else's.
    room.li.run(post(room.room, "@王芳 三")).await;
    room.pass(QUARTER).await;
    let mail = room.mails.next().await;
    assert_eq!(mail.to, [room.wang.email.clone()]);
    room.end().await;
}

async fn what_was_said_is_nobody_elses_business(database: Database) {
    let mut room = room(database).await;
    let guest = room.stage.join_quietly("客人", Role::Guest).await;
    // Counts alone, if the administrators want it so.
    let hide = json!({"hidden": true});
    room.li
        .put("/workspace/mail", hide.clone())
        .await
        .refused(ErrorCode::Forbidden);
    guest
        .put("/workspace/mail", hide.clone())
        .await
        .refused(ErrorCode::Forbidden);
    room.stage.owner.put("/workspace/mail", hide).await.ok();
    let said = room.mention("Zimtstern").await;
    room.pass(QUARTER).await;
    let mail = room.mails.next().await;
    assert_eq!(mail.subject(), "1 unread notification in 榫卯 Works");
    for text in [mail.text(), mail.html(), mail.subject()] {
        for secret in ["Zimtstern", "日常", "王芳", "mentioned", &said.to_string()] {
            assert!(!text.contains(secret), "{secret} is in {text}");
        }
    }
    room.becomes(said, MailOutcome::Sent).await;

    // How it goes is for administrators, and where mail goes for its owner alone.
    for member in [&room.li, &guest] {
        member
            .get("/workspace/mail")
            .await
            .refused(ErrorCode::Forbidden);
    }
    for member in [&room.wang, &guest, &room.stage.owner] {
        for path in ["/mail", "/snapshot", "/events?limit=200", "/members"] {
            let text = member.get(path).await.ok().text();
            assert!(!text.contains(&room.li.email), "{path}");
        }
        let path = format!("/messages/{said}/why");
        if member.id != guest.id {
            let why: Why = member.get(&path).await.read();
            assert_eq!(why.mail, None, "{}", member.name);
        }
    }
    guest
        .get(&format!("/messages/{said}/why"))
        .await
        .refused(ErrorCode::NotFound);

    // Neither words nor passwords of the mail server are in logs.
    room.mails.answer(&[("AUTH", "535 5.7.8 who are you")]);
    let said = room.mention("Zimtstern").await;
    room.pass(HOUR).await;
    room.mails.refused().await;
    room.pass(HOUR).await;
    room.mails.next().await;
    room.becomes(said, MailOutcome::Sent).await;
    let log = std::fs::read(room.stage.database.folder().join("server.log")).unwrap();
    let log = String::from_utf8_lossy(&log);
    for secret in ["Zimtstern", "geheim", "unsubscribe"] {
        assert!(!log.contains(secret), "{secret}");
    }
    room.end().await;
}

async fn a_test_mail_says_how_it_goes(database: Database) {
    let mut room = room(database).await;
    room.li.post("/mail/test", json!({})).await.ok();
    let mail = room.mails.next().await;
    assert_eq!(mail.to, [room.li.email.clone()]);
    assert_eq!(mail.subject(), "Mail from Tenon reaches you");
    assert!(mail.header("List-Unsubscribe").is_none());
    let again = room.li.post("/mail/test", json!({})).await;
    again.refused(ErrorCode::RateLimited);
    room.pass(Duration::from_secs(30)).await;
    room.mails.answer(&[("MAIL", "550 5.7.1 not from here")]);
    let refused = room.li.post("/mail/test", json!({})).await;
    let refused = refused.refused(ErrorCode::MailNotTaken);
    assert!(
        !refused.text().contains("not from here"),
        "that is for administrators"
    );
    let state: MailState = room.stage.owner.get("/workspace/mail").await.read();
    assert_eq!(state.from.as_deref(), Some(FROM));
    assert!(state.faults[0].text.contains("not from here"));
    room.mails.refused().await;

    // `tenon doctor` asks the mail server too.
    let doctor = doctor(&room).await;
    assert!(doctor.contains("ok    the mail server answers"), "{doctor}");
    room.mails.answer(&[("AUTH", "535 5.7.8 who are you")]);
    let doctor = self::doctor(&room).await;
    assert!(doctor.contains("fault the mail server") && doctor.contains("who are you"));
    assert!(!doctor.contains("geheim"), "{doctor}");
    room.mails.refused().await;

    // Where no mail server is named that is said, and nothing waits.
    room.stage.database.serving.clear();
    room.stage
        .restart(&mut [&mut room.li, &mut room.wang])
        .await;
    let status: MailStatus = room.li.get("/mail").await.read();
    assert!(!status.configured);
    room.li
        .post("/mail/test", json!({}))
        .await
        .refused(ErrorCode::NoMail);
    room.wang.connect().await;
    room.li.connect().await;
    room.stage.owner.connect().await;
    let said = room.mention("没有邮件").await;
    room.stage.rest().await;
    assert_eq!(room.outcome(said).await, None);
    room.end().await;
}

async fn doctor(room: &Room) -> String {
    let database = &room.stage.database;
    let mut args = vec!["doctor".to_owned(), "--listen".into(), "127.0.0.1:0".into()];
    let serving = database.serving.clone();
    args.extend(serving);
    // `doctor` does not send, and so needs no sender; it takes the same flags.
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let output = program::run(database, &args).await;
    String::from_utf8(output.stdout).unwrap()
}
