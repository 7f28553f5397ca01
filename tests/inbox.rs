//! The inbox: who is told of what and why, what is suppressed, how the devices of one member
//! converge, what losing access takes away, and crashes between an entry and its notification.

use crate::support::{
    Database, Member, Stage,
    member::Done,
    stage::{post, reply},
};
use serde_json::json;
use tenon_protocol::{
    ChannelId, Command, ErrorCode, MemberId, MessageId, NotificationId, ProjectId, TaskId,
    channel::{AddChannelMember, ChannelKind, MarkRead, OpenDirect, RemoveChannelMember},
    member::{ChangeRole, Role},
    message::{DeleteMessage, EditMessage, PostMessage},
    notification::{
        Because, Concern, FollowThread, Notification, Notify, Reason, Suppression,
        UpdateNotifications, Why,
    },
    preference::{ChangeChannelSetting, ChangePreferences, Level, Preferences, QuietHours},
    project::{RemoveProjectMember, Visibility},
    saved::{SaveMessage, Saved, UnsaveMessage},
    snapshot::Page,
    task::{CreateTask, DeleteTask, UpdateTask},
};

on_both!(
    each_reason_tells_once,
    what_goes_on_is_told_once_and_never_to_oneself,
    what_is_told_follows_what_it_is_about,
    settings_suppress_and_why_says_so,
    quiet_hours_latecomers_and_threads_that_are_left,
    what_is_read_on_one_device_is_read_on_the_other,
    whoever_loses_sight_loses_notifications,
    a_full_inbox_makes_room,
    a_crash_loses_none_and_doubles_none,
    an_inbox_is_nobody_elses,
    what_is_kept_comes_back_in_time,
    what_is_kept_from_outside_follows_the_message,
);

fn id_of(done: &Done) -> MessageId {
    MessageId(done.result.id.unwrap())
}

/// What is in the inbox, oldest first, after the notifier has done all that there is to do.
async fn inbox(stage: &Stage, member: &mut Member) -> Vec<Notification> {
    stage.rest().await;
    member.settle().await;
    let mut all: Vec<Notification> = member.replica().notifications.values().cloned().collect();
    all.sort_by_key(|it| it.seq);
    let page: Page<Notification> = member.get("/notifications?limit=200").await.read();
    let mut told = page.items;
    told.reverse();
    let shown: Vec<_> = all.iter().filter(|it| it.snoozed_until.is_none()).collect();
    assert_eq!(
        told.iter().collect::<Vec<_>>(),
        shown,
        "the two doors differ"
    );
    all
}

fn reasons(all: &[Notification]) -> Vec<Reason> {
    all.iter().map(|it| it.reason).collect()
}

async fn unread(member: &Member) -> usize {
    let path = "/notifications?filter=unread&limit=200";
    let page: Page<Notification> = member.get(path).await.read();
    page.items.len()
}

async fn why(member: &Member, message: MessageId) -> Because {
    let why: Why = member.get(&format!("/messages/{message}/why")).await.read();
    assert!(why.sentence.len() > 20);
    why.because
}

async fn direct(stage: &mut Stage, other: &Member) -> ChannelId {
    let open = OpenDirect {
        id: ChannelId::new(),
        members: vec![other.id],
    };
    let done = stage.owner.run(Command::OpenDirect(open)).await;
    ChannelId(done.result.id.unwrap())
}

async fn task(stage: &mut Stage, project: ProjectId, assignees: &[MemberId]) -> TaskId {
    let create = CreateTask {
        project,
        title: "写发布说明".into(),
        assignees: Some(assignees.to_vec()),
        ..CreateTask::default()
    };
    let done = stage.owner.run(Command::CreateTask(create)).await;
    TaskId(done.result.id.unwrap())
}

fn setting(channel: ChannelId, level: Option<Level>, muted: bool) -> Command {
    Command::ChangeChannelSetting(ChangeChannelSetting {
        channel,
        level,
        muted,
    })
}

/// Two who are in a channel; one has a keyword.
struct Room {
    stage: Stage,
    li: Member,
    wang: Member,
    room: ChannelId,
}

async fn room(database: Database) -> Room {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let wang = stage.join("王芳", Role::Member).await;
    let room = stage
        .channel("日常", ChannelKind::Private, &[&li, &wang])
        .await;
    let keywords = Preferences {
        keywords: vec!["上线".into()],
        ..Preferences::default()
    };
    let wish = ChangePreferences {
        preferences: keywords,
    };
    li.run(Command::ChangePreferences(wish)).await;
    stage.rest().await;
    Room {
        stage,
        li,
        wang,
        room,
    }
}

async fn each_reason_tells_once(database: Database) {
    let Room {
        mut stage,
        mut li,
        mut wang,
        room,
    } = room(database).await;
    let project = stage.project("ENG", Visibility::Public, &[]).await;
    let dm = direct(&mut stage, &li).await;
    let root = id_of(&li.run(post(room, "谁来看看 @李雷")).await);
    stage.owner.run(post(room, "请＠李雷 和 @王芳 看下")).await;
    stage.owner.run(post(room, "@channel 开会")).await;
    stage.owner.run(post(room, "明天上线吗")).await;
    stage.owner.run(post(room, "不关谁的事")).await;
    stage.owner.run(post(dm, "在吗")).await;
    stage.owner.run(post(dm, "有空看一下")).await;
    wang.run(reply(room, root, "我看了")).await;
    task(&mut stage, project, &[li.id]).await;
    let told = inbox(&stage, &mut li).await;
    assert_eq!(
        reasons(&told),
        [
            Reason::Mention,
            Reason::ChannelMention,
            Reason::Keyword,
            Reason::DirectMessage,
            Reason::ThreadReply,
            Reason::TaskAssigned
        ]
    );
    assert_eq!(told[2].detail.as_deref(), Some("上线"));
    assert_eq!((told[3].count, told[3].excerpt.as_str()), (2, "有空看一下"));
    assert_eq!(told[5].key.as_deref(), Some("ENG-1"));
    assert_eq!(
        reasons(&inbox(&stage, &mut wang).await),
        [Reason::Mention, Reason::ChannelMention]
    );
    stage.end(&mut [&mut li, &mut wang]).await;
}

async fn what_goes_on_is_told_once_and_never_to_oneself(database: Database) {
    let Room {
        mut stage,
        mut li,
        mut wang,
        room,
    } = room(database).await;
    let project = stage.project("ENG", Visibility::Public, &[]).await;
    let task = task(&mut stage, project, &[li.id]).await;
    let root = id_of(&li.run(post(room, "谁来看看")).await);
    wang.run(reply(room, root, "我看了")).await;
    // The one who spoke follows the thread; replies of others go on in one notification.
    li.run(reply(room, root, "谢谢")).await;
    stage.owner.run(reply(room, root, "我也看了")).await;
    let thread = inbox(&stage, &mut wang).await.pop().unwrap();
    assert_eq!((thread.reason, thread.count), (Reason::ThreadReply, 2));

    let done = UpdateTask {
        task,
        state: Some("in_progress".into()),
        ..UpdateTask::default()
    };
    stage.owner.run(Command::UpdateTask(done)).await;
    let moved = inbox(&stage, &mut li).await.pop().unwrap();
    assert_eq!((moved.reason, moved.count), (Reason::TaskState, 2));
    let say = PostMessage {
        task: Some(task),
        text: "先放一放".into(),
        ..PostMessage::default()
    };
    stage.owner.run(Command::PostMessage(say)).await;
    let said = inbox(&stage, &mut li).await.pop().unwrap();
    assert_eq!(
        (said.reason, said.excerpt.as_str()),
        (Reason::TaskMessage, "先放一放")
    );
    li.run(setting(room, Some(Level::All), false)).await;
    stage.owner.run(post(room, "谁都行")).await;
    let heard = inbox(&stage, &mut li).await.pop().unwrap();
    assert_eq!(heard.reason, Reason::ChannelMessage);
    // Nobody is told of what they did themselves: the owner heard of replies to nothing of theirs.
    let mut owner = stage.owner.twin();
    owner.connect().await;
    assert_eq!(inbox(&stage, &mut owner).await, []);
    stage.end(&mut [&mut li, &mut wang]).await;
}

async fn what_is_told_follows_what_it_is_about(database: Database) {
    let Room {
        mut stage,
        mut li,
        mut wang,
        room,
    } = room(database).await;
    let project = stage.project("ENG", Visibility::Public, &[]).await;
    let task = task(&mut stage, project, &[li.id]).await;
    // An edit tells whom it names only now, and changes what is shown.
    let plain = id_of(&stage.owner.run(post(room, "稍后")).await);
    for text in ["@王芳 稍后", "@王芳 稍后看"] {
        let edit = EditMessage {
            message: plain,
            text: text.into(),
        };
        stage.owner.run(Command::EditMessage(edit)).await;
    }
    let named = inbox(&stage, &mut wang).await.pop().unwrap();
    assert_eq!(
        (named.reason, named.excerpt.as_str()),
        (Reason::Mention, "@王芳 稍后看")
    );
    stage
        .owner
        .run(Command::DeleteMessage(DeleteMessage { message: plain }))
        .await;
    stage
        .owner
        .run(Command::DeleteTask(DeleteTask { task }))
        .await;
    let left = inbox(&stage, &mut wang).await;
    assert!(left.iter().all(|it| it.message != Some(plain)));
    let left = inbox(&stage, &mut li).await;
    assert!(left.iter().all(|it| it.task.is_none()));
    stage.end(&mut [&mut li, &mut wang]).await;
}

async fn settings_suppress_and_why_says_so(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let room = stage.channel("日常", ChannelKind::Private, &[&li]).await;
    let dm = direct(&mut stage, &li).await;
    li.run(setting(room, None, true)).await;
    let muted = id_of(&stage.owner.run(post(room, "@channel 开会")).await);
    let named = id_of(&stage.owner.run(post(room, "@李雷 开会")).await);
    let plain = id_of(&stage.owner.run(post(room, "散会")).await);
    let told = inbox(&stage, &mut li).await;
    assert_eq!(reasons(&told), [Reason::Mention]);
    assert_eq!(why(&li, muted).await, Because::Muted);
    assert_eq!(why(&li, named).await, Because::Mention);
    assert_eq!(why(&li, plain).await, Because::Ordinary);
    assert_eq!(why(&stage.owner, plain).await, Because::Own);
    let page: Page<Notification> = li.get("/notifications?filter=done").await.read();
    assert_eq!(page.items[0].suppressed, Some(Suppression::Muted));
    let path = format!("/notifications/{}/why", page.items[0].id);
    let answer: Why = li.get(&path).await.read();
    assert_eq!((answer.because, answer.notified), (Because::Muted, false));

    li.run(setting(room, Some(Level::Nothing), false)).await;
    let silent = id_of(&stage.owner.run(post(room, "@李雷 在吗")).await);
    li.put(
        &format!("/channels/{dm}/setting"),
        json!({"level": "mentions"}),
    )
    .await
    .ok();
    let unheard = id_of(&stage.owner.run(post(dm, "在吗")).await);
    assert_eq!(inbox(&stage, &mut li).await.len(), 1);
    assert_eq!(why(&li, silent).await, Because::LevelNothing);
    assert_eq!(why(&li, unheard).await, Because::LevelMentions);

    stage.end(&mut [&mut li]).await;
}

async fn quiet_hours_latecomers_and_threads_that_are_left(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let late = stage.join_quietly("Late", Role::Member).await;
    let room = stage.channel("日常", ChannelKind::Private, &[&li]).await;
    let dm = direct(&mut stage, &li).await;
    let named = id_of(&stage.owner.run(post(room, "@李雷 开会")).await);
    // Quiet at every hour, in whatever zone the member lives.
    let quiet = Preferences {
        quiet_hours: Some(QuietHours {
            from_minutes: 0,
            until_minutes: 0,
        }),
        ..Preferences::default()
    };
    let kept: Preferences = li
        .put("/preferences", serde_json::to_value(&quiet).unwrap())
        .await
        .read();
    assert_eq!(kept, quiet);
    stage.owner.run(post(dm, "睡了吗")).await;
    let night = inbox(&stage, &mut li).await.pop().unwrap();
    assert!(night.quiet);

    // Whoever comes later was not there.
    let add = AddChannelMember {
        channel: room,
        member: late.id,
    };
    stage.owner.run(Command::AddChannelMember(add)).await;
    assert_eq!(why(&late, named).await, Because::NotThere);
    // A thread that is left is not heard of any more.
    let root = id_of(&stage.owner.run(post(room, "主题")).await);
    li.run(reply(room, root, "我来")).await;
    li.delete(&format!("/messages/{root}/followers/me"))
        .await
        .ok();
    let more = id_of(&stage.owner.run(reply(room, root, "好")).await);
    let before = inbox(&stage, &mut li).await.len();
    assert_eq!(why(&li, more).await, Because::Ordinary);
    li.run(Command::FollowThread(FollowThread {
        message: more,
        follow: true,
    }))
    .await;
    stage.owner.run(reply(room, root, "很好")).await;
    assert_eq!(inbox(&stage, &mut li).await.len(), before + 1);
    stage.end(&mut [&mut li]).await;
}

fn update(ids: &[NotificationId]) -> UpdateNotifications {
    UpdateNotifications {
        notifications: ids.to_vec(),
        ..UpdateNotifications::default()
    }
}

async fn what_is_read_on_one_device_is_read_on_the_other(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut desk = stage.join("张三", Role::Member).await;
    let mut phone = desk.sign_in_again().await;
    phone.connect().await;
    let room = stage.channel("日常", ChannelKind::Private, &[&desk]).await;
    let root = id_of(&desk.run(post(room, "主题")).await);
    stage.owner.run(post(room, "@张三 一")).await;
    let seq = stage.owner.run(post(room, "@张三 二")).await.seq;
    stage.owner.run(reply(room, root, "@张三 三")).await;
    let told = inbox(&stage, &mut desk).await;
    assert_eq!((told.len(), unread(&phone).await), (3, 3));
    // Reading the channel reads what lies in it, not in its threads.
    phone
        .run(Command::MarkRead(MarkRead { channel: room, seq }))
        .await;
    assert_eq!(unread(&desk).await, 1);
    let ids: Vec<NotificationId> = told.iter().map(|it| it.id).collect();
    desk.post("/notifications/read", json!({"notifications": [ids[2]]}))
        .await
        .ok();
    assert_eq!(unread(&phone).await, 0);
    let again = UpdateNotifications {
        read: Some(false),
        ..update(&ids[..1])
    };
    phone.run(Command::UpdateNotifications(again)).await;
    assert_eq!(unread(&desk).await, 1);

    let done = UpdateNotifications {
        done: Some(true),
        ..update(&ids[..2])
    };
    desk.run(Command::UpdateNotifications(done)).await;
    for device in [&mut desk, &mut phone] {
        assert_eq!(inbox(&stage, device).await.len(), 1);
    }
    let undo = UpdateNotifications {
        done: Some(false),
        ..update(&ids[..1])
    };
    phone.run(Command::UpdateNotifications(undo)).await;
    for device in [&mut desk, &mut phone] {
        assert_eq!(inbox(&stage, device).await.len(), 2);
    }
    let later = "2999-01-01T00:00:00Z".parse().unwrap();
    let snooze = |until| UpdateNotifications {
        snoozed_until: Some(until),
        ..update(&ids[..1])
    };
    let past = "2001-01-01T00:00:00Z".parse().unwrap();
    let refused = desk.refused(Command::UpdateNotifications(snooze(Some(past))));
    assert_eq!(refused.await.field.as_deref(), Some("snoozed_until"));
    desk.run(Command::UpdateNotifications(snooze(Some(later))))
        .await;
    inbox(&stage, &mut phone).await;
    assert_eq!(unread(&phone).await, 0);
    let page: Page<Notification> = phone.get("/notifications?filter=snoozed").await.read();
    assert_eq!(page.items.len(), 1);
    phone.run(Command::UpdateNotifications(snooze(None))).await;
    assert_eq!(unread(&desk).await, 1);
    stage.end(&mut [&mut desk, &mut phone]).await;
}

async fn whoever_loses_sight_loses_notifications(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let room = stage.channel("秘密", ChannelKind::Private, &[&li]).await;
    let hidden = stage.project("HUSH", Visibility::Private, &[&li]).await;
    let open = stage.project("OPEN", Visibility::Public, &[]).await;
    stage.owner.run(post(room, "@李雷 看")).await;
    let hidden_task = task(&mut stage, hidden, &[li.id]).await;
    task(&mut stage, open, &[li.id]).await;
    assert_eq!(inbox(&stage, &mut li).await.len(), 3);
    let remove = RemoveChannelMember {
        channel: room,
        member: li.id,
    };
    stage.owner.run(Command::RemoveChannelMember(remove)).await;
    // Said when they were gone: they are named, and not told.
    stage.owner.run(post(room, "@李雷 还在吗")).await;
    assert_eq!(inbox(&stage, &mut li).await.len(), 2);
    let remove = RemoveProjectMember {
        project: hidden,
        member: li.id,
    };
    stage.owner.run(Command::RemoveProjectMember(remove)).await;
    let say = PostMessage {
        task: Some(hidden_task),
        text: "@李雷 在吗".into(),
        ..PostMessage::default()
    };
    stage.owner.run(Command::PostMessage(say)).await;
    assert_eq!(inbox(&stage, &mut li).await.len(), 1);
    let guest = ChangeRole {
        member: li.id,
        role: Role::Guest,
    };
    stage.owner.run(Command::ChangeRole(guest)).await;
    assert_eq!(inbox(&stage, &mut li).await, []);
    stage.end(&mut [&mut li]).await;
}

async fn a_full_inbox_makes_room(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let room = stage.channel("日常", ChannelKind::Private, &[&li]).await;
    let texts = (0..305).map(|n| format!("@李雷 {n}"));
    stage.owner.post_many(room, texts).await;
    stage.rest().await;
    li.settle().await;
    let known = &li.replica().notifications;
    assert_eq!(known.len(), 300);
    assert!(known.values().all(|it| it.excerpt != "@李雷 4"));
    let page: Page<Notification> = li.get("/notifications?filter=done").await.read();
    assert_eq!(page.items.len(), 5);
    let first: Page<Notification> = li.get("/notifications?limit=200").await.read();
    let next = first.next.unwrap();
    let second: Page<Notification> = li
        .get(&format!("/notifications?limit=200&after={next}"))
        .await
        .read();
    assert_eq!((first.items.len(), second.items.len()), (200, 100));
    let back = UpdateNotifications {
        done: Some(false),
        ..update(&[page.items[0].id])
    };
    let refused = li.refused(Command::UpdateNotifications(back)).await;
    assert_eq!(refused.code, ErrorCode::LimitReached);
    stage.end(&mut [&mut li]).await;
}

async fn a_crash_loses_none_and_doubles_none(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let room = stage.channel("日常", ChannelKind::Private, &[&li]).await;
    for round in 0..6 {
        let texts = (0..10).map(|n| format!("@李雷 {round} {n}"));
        stage.owner.post_many(room, texts).await;
        stage.crash(&mut [&mut li]).await;
        stage.owner.connect().await;
        li.connect().await;
    }
    let told = inbox(&stage, &mut li).await;
    assert_eq!(told.len(), 60);
    let mut causes: Vec<i64> = told.iter().map(|it| it.cause).collect();
    causes.dedup();
    assert_eq!(causes.len(), 60);
    stage.end(&mut [&mut li]).await;
}

async fn an_inbox_is_nobody_elses(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let room = stage
        .channel("日常", ChannelKind::Private, &[&li, &wang])
        .await;
    let message = id_of(&stage.owner.run(post(room, "@李雷 看")).await);
    let told = inbox(&stage, &mut li).await;
    let path = format!("/notifications/{}/why", told[0].id);
    li.get(&path).await.ok();
    wang.get(&path).await.refused(ErrorCode::NotFound);
    assert_eq!(inbox(&stage, &mut wang).await, []);
    let steal = UpdateNotifications {
        done: Some(true),
        ..update(&[told[0].id])
    };
    wang.run(Command::UpdateNotifications(steal)).await;
    assert_eq!(inbox(&stage, &mut li).await.len(), 1);
    let forge = Notify {
        cause: 1,
        at: "2026-11-28T00:00:00Z".parse().unwrap(),
        actor: wang.id,
        message: Some(message),
        task: None,
        concerned: vec![Concern {
            member: li.id,
            reasons: vec![Reason::Mention],
            keyword: None,
            group: None,
        }],
    };
    let refused = wang.refused(Command::Notify(forge)).await;
    assert_eq!(refused.code, ErrorCode::Forbidden);
    let told = serde_json::to_string(&wang.replica().entries).unwrap();
    assert!(!told.contains("notification_added"));
    stage.end(&mut [&mut li, &mut wang]).await;
}

async fn what_is_kept_comes_back_in_time(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let room = stage.channel("日常", ChannelKind::Private, &[&li]).await;
    let message = id_of(&stage.owner.run(post(room, "周五前看合同")).await);
    let other = id_of(&stage.owner.run(post(room, "顺便看看")).await);
    let keep = |message, remind_at| Command::SaveMessage(SaveMessage { message, remind_at });
    let past = "2001-01-01T00:00:00Z".parse().unwrap();
    let refused = li.refused(keep(message, Some(past))).await;
    assert_eq!(refused.field.as_deref(), Some("remind_at"));
    li.run(keep(other, None)).await;
    li.run(Command::UnsaveMessage(UnsaveMessage { message: other }))
        .await;
    // Due while the server is away: told as soon as it is back, and once.
    let soon = tenon_protocol::Timestamp::now() + std::time::Duration::from_millis(400);
    li.run(keep(message, Some(soon))).await;
    stage.crash(&mut [&mut li]).await;
    stage.owner.connect().await;
    li.connect().await;
    let reminds = |it: &tenon_protocol::Entry| {
        matches!(&it.event, tenon_protocol::Event::NotificationAdded { notification, .. }
            if notification.reason == Reason::Reminder && notification.message == Some(message))
    };
    li.see(reminds).await;
    let told = inbox(&stage, &mut li).await;
    assert_eq!(reasons(&told), [Reason::Reminder]);
    assert_eq!(unread(&li).await, 1);
    let list: Page<Saved> = li.get("/saved").await.read();
    assert_eq!((list.items.len(), list.items[0].remind_at), (1, None));
    let edit = EditMessage {
        message,
        text: "周四前看合同".into(),
    };
    stage.owner.run(Command::EditMessage(edit)).await;
    li.settle().await;
    assert_eq!(li.replica().saved[&message].excerpt, "周四前看合同");
    let remove = RemoveChannelMember {
        channel: room,
        member: li.id,
    };
    stage.owner.run(Command::RemoveChannelMember(remove)).await;
    li.settle().await;
    assert!(li.replica().saved.is_empty());
    stage.end(&mut [&mut li]).await;
}

/// Whoever reads a public channel without joining does not hear it, and keeps messages all the
/// same: what becomes of them is told.
async fn what_is_kept_from_outside_follows_the_message(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let mut mei = stage.join("韩梅梅", Role::Member).await;
    let room = stage.channel("公告", ChannelKind::Public, &[]).await;
    let keep = |message| {
        Command::SaveMessage(SaveMessage {
            message,
            remind_at: None,
        })
    };
    let edit = |message, text: &str| {
        let text = text.into();
        Command::EditMessage(EditMessage { message, text })
    };
    let first = id_of(&stage.owner.run(post(room, "周四放假")).await);
    let second = id_of(&stage.owner.run(post(room, "请 @李雷 看一下")).await);
    for message in [first, second] {
        li.run(keep(message)).await;
        mei.run(keep(message)).await;
    }
    stage.rest().await;
    stage.owner.run(edit(first, "周五放假")).await;
    let delete = DeleteMessage { message: second };
    stage.owner.run(Command::DeleteMessage(delete)).await;
    for member in [&mut li, &mut mei] {
        member.settle().await;
        assert_eq!(member.replica().saved[&first].excerpt, "周五放假");
        assert!(!member.replica().saved.contains_key(&second));
        let told = member.replica().notifications.values();
        assert_eq!(told.filter(|it| it.message == Some(second)).count(), 0);
    }
    // A guest does not read it any more, so nothing of it is kept.
    let demote = ChangeRole {
        member: mei.id,
        role: Role::Guest,
    };
    stage.owner.run(Command::ChangeRole(demote)).await;
    stage.owner.run(edit(first, "周六放假")).await;
    let kept: Page<Saved> = mei.get("/saved").await.ok().read();
    assert_eq!(kept.items, []);
    li.settle().await;
    assert_eq!(li.replica().saved[&first].excerpt, "周六放假");
    stage.end(&mut [&mut li, &mut mei]).await;
}
