//! The list of threads that one follows: which are in it, in which order, and whose it is.

use crate::support::{
    Database, Member, Stage,
    member::Done,
    stage::{post, reply},
};
use tenon_protocol::{
    Command, MessageId,
    channel::{ChannelKind, MarkRead, RemoveChannelMember},
    member::Role,
    message::{DeleteMessage, Message, PostMessage},
    notification::{FollowThread, UpdateNotifications},
    snapshot::Page,
    thread::{ReopenThread, ResolveThread, Resolved, Thread},
};

on_both!(
    what_one_follows_is_listed,
    a_list_of_threads_has_pages,
    a_reply_stands_in_its_channel_too,
    a_thread_is_settled_and_opened_again,
);

fn id_of(done: &Done) -> MessageId {
    MessageId(done.result.id.unwrap())
}

async fn threads(stage: &Stage, member: &Member, query: &str) -> Page<Thread> {
    stage.rest().await;
    member.get(&format!("/threads{query}")).await.read()
}

fn shown(page: &Page<Thread>) -> Vec<(MessageId, i64)> {
    page.items
        .iter()
        .map(|it| (it.root.id, it.unread))
        .collect()
}

fn follow(message: MessageId, follow: bool) -> Command {
    Command::FollowThread(FollowThread { message, follow })
}

async fn what_one_follows_is_listed(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let room = stage
        .channel("发布", ChannelKind::Private, &[&li, &wang])
        .await;
    let open = stage.channel("open", ChannelKind::Public, &[&li]).await;
    let mine = id_of(&li.run(post(room, "我的")).await);
    let named = id_of(&stage.owner.run(post(room, "@李雷 看一下")).await);
    let other = id_of(&stage.owner.run(post(open, "别的")).await);
    // No thread yet, whoever follows it.
    li.run(follow(other, true)).await;
    assert_eq!(shown(&threads(&stage, &li, "").await), []);
    wang.run(reply(room, mine, "一")).await;
    stage.owner.run(reply(room, named, "二")).await;
    wang.run(reply(room, mine, "三")).await;
    li.run(reply(open, other, "四")).await;
    let page = threads(&stage, &li, "").await;
    assert_eq!(shown(&page), [(mine, 2), (named, 1), (other, 0)]);
    assert_eq!(page.items[0].root.reply_count, 2);
    // Read ones stand behind the unread, by their newest reply.
    li.settle().await;
    let told = li.replica().notifications.values();
    let told = told.filter(|it| it.thread == Some(mine));
    let read = UpdateNotifications {
        notifications: told.map(|it| it.id).collect(),
        read: Some(true),
        ..UpdateNotifications::default()
    };
    li.run(Command::UpdateNotifications(read)).await;
    let page = threads(&stage, &li, "").await;
    assert_eq!(shown(&page), [(named, 1), (other, 0), (mine, 0)]);
    li.run(follow(named, false)).await;
    let page = threads(&stage, &li, "").await;
    assert_eq!(shown(&page), [(other, 0), (mine, 0)]);
    // Whoever has not spoken and was not named follows nothing.
    assert_eq!(shown(&threads(&stage, &wang, "").await), [(mine, 0)]);
    li.run(Command::DeleteMessage(DeleteMessage { message: mine }))
        .await;
    assert_eq!(shown(&threads(&stage, &li, "").await).len(), 2);
    li.run(Command::RemoveChannelMember(RemoveChannelMember {
        channel: room,
        member: li.id,
    }))
    .await;
    let page = threads(&stage, &li, "").await;
    assert_eq!(shown(&page), [(other, 0)], "what one left is not shown");
    stage.end(&mut [&mut li, &mut wang]).await;
}

async fn a_list_of_threads_has_pages(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let room = stage.channel("发布", ChannelKind::Private, &[&li]).await;
    let mut roots = Vec::new();
    for n in 0..5 {
        let root = id_of(&stage.owner.run(post(room, format!("第 {n} 条"))).await);
        stage.owner.run(reply(room, root, "回复")).await;
        roots.insert(0, (root, 0));
    }
    let mut seen = Vec::new();
    let mut query = "?limit=2".to_owned();
    loop {
        let page = threads(&stage, &stage.owner, &query).await;
        seen.extend(shown(&page));
        let Some(next) = page.next else { break };
        query = format!("?limit=2&after={next}");
    }
    assert_eq!(seen, roots);
    stage.end(&mut [&mut li]).await;
}

async fn a_reply_stands_in_its_channel_too(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let room = stage.channel("发布", ChannelKind::Private, &[&li]).await;
    let root = stage.owner.run(post(room, "方案")).await;
    let thread = id_of(&root);
    stage.owner.run(reply(room, thread, "只在话题里")).await;
    let both = PostMessage {
        channel: Some(room),
        thread: Some(thread),
        text: "结论：周五".into(),
        in_channel: true,
        ..PostMessage::default()
    };
    let both = id_of(&stage.owner.run(Command::PostMessage(both)).await);
    let ids = |page: Page<Message>| page.items.iter().map(|it| it.id).collect::<Vec<_>>();
    let path = format!("/channels/{room}/messages");
    assert_eq!(ids(li.get(&path).await.read()), [thread, both]);
    let replies: Page<Message> = li.get(&format!("/messages/{thread}/thread")).await.read();
    assert_eq!(
        replies.items.len(),
        3,
        "the root and both replies, once each"
    );
    assert_eq!(replies.items[0].reply_count, 2);
    li.settle().await;
    assert_eq!(li.replica().memberships[&room].unread, 2);
    // Read up to the root: it is the one that is left.
    let seq = root.seq;
    li.run(Command::MarkRead(MarkRead { channel: room, seq }))
        .await;
    stage.prove(&mut [&mut li]).await;
    assert_eq!(li.replica().memberships[&room].unread, 1);
    stage
        .owner
        .run(Command::DeleteMessage(DeleteMessage { message: both }))
        .await;
    stage.prove(&mut [&mut li]).await;
    assert_eq!(li.replica().memberships[&room].unread, 0);
    // Outside a thread the wish means nothing.
    let plain = PostMessage {
        channel: Some(room),
        text: "普通".into(),
        in_channel: true,
        ..PostMessage::default()
    };
    let plain = id_of(&li.run(Command::PostMessage(plain)).await);
    li.settle().await;
    assert!(!li.replica().messages[&plain].in_channel);
    stage.end(&mut [&mut li]).await;
}

async fn a_thread_is_settled_and_opened_again(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let mut outside = stage.join("Outside", Role::Member).await;
    let room = stage.channel("发布", ChannelKind::Private, &[&li]).await;
    let mut roots = Vec::new();
    for text in ["上线吗？", "谁来写？", "午饭？"] {
        let root = id_of(&stage.owner.run(post(room, text)).await);
        li.run(reply(room, root, "我来")).await;
        roots.push(root);
    }
    let [first, second, third] = roots[..] else {
        panic!("three")
    };
    li.run(Command::ResolveThread(ResolveThread { message: first }))
        .await;
    let put = format!("/messages/{third}/resolved");
    stage.owner.put(&put, serde_json::json!({})).await.ok();
    // A reply leaves it settled, and everyone sees by whom.
    stage.owner.run(reply(room, first, "谢谢")).await;
    let by = Some(li.id);
    for member in [&mut stage.owner, &mut li] {
        member.settle().await;
        let seen = member.replica().messages[&first].resolved.clone();
        assert_eq!(seen.map(|it: Resolved| it.by), by);
    }
    let stored: Message = li.get(&format!("/messages/{first}")).await.ok().read();
    assert_eq!(stored.resolved.map(|it| it.by), Some(li.id));
    assert_eq!(stored.reply_count, 2);
    let listed = |page: &Page<Thread>| page.items.iter().map(|it| it.root.id).collect::<Vec<_>>();
    let page = threads(&stage, &li, "?resolved=true").await;
    assert_eq!(listed(&page), [first, third]);
    let page = threads(&stage, &li, "?resolved=false").await;
    assert_eq!(listed(&page), [second]);
    assert_eq!(listed(&threads(&stage, &li, "").await).len(), 3);
    // Pages hold what was asked for alone.
    let page = threads(&stage, &stage.owner, "?resolved=true&limit=1").await;
    let next = page.next.clone().expect("a second page");
    let rest = format!("?resolved=true&limit=1&after={next}");
    let rest = threads(&stage, &stage.owner, &rest).await;
    assert_eq!([listed(&page), listed(&rest)].concat(), [first, third]);
    outside
        .refused(Command::ReopenThread(ReopenThread { message: first }))
        .await;
    li.delete(&put).await.ok();
    let page = threads(&stage, &li, "?resolved=true").await;
    assert_eq!(listed(&page), [first]);
    let told = serde_json::to_string(&outside.replica().entries).unwrap();
    assert!(!told.contains("thread_resolved"), "{told}");
    stage.end(&mut [&mut li, &mut outside]).await;
}
