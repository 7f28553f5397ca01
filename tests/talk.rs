//! Talk: channels, threads, edits, deletions, reactions, mentions, unread counts on two sessions
//! of one member, permalinks.

use crate::support::{
    Database, Member, Stage,
    member::Done,
    stage::{post, reply},
};
use serde_json::json;
use tenon_protocol::{
    ChannelId, Command, ErrorCode, MessageId,
    channel::{
        AddChannelMember, ChannelKind, MarkRead, Membership, OpenDirect, RemoveChannelMember,
        UpdateChannel,
    },
    member::Role,
    message::{AddReaction, DeleteMessage, EditMessage, Message, RemoveReaction},
    snapshot::Page,
};

on_both!(
    channels_are_joined_left_and_renamed,
    threads_edits_deletions_and_reactions,
    counts_converge_on_every_session,
    an_edit_moves_mention_counts,
    a_direct_channel_is_there_once,
    a_permalink_shows_both_sides,
);

fn id_of(done: &Done) -> MessageId {
    MessageId(done.result.id.unwrap())
}

fn place(member: &Member, channel: ChannelId) -> Membership {
    member.replica().memberships[&channel].clone()
}

fn counts(member: &Member, channel: ChannelId) -> (i64, i64) {
    let place = place(member, channel);
    (place.unread, place.mentions)
}

async fn channels_are_joined_left_and_renamed(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let general = stage.channel("大厅", ChannelKind::Public, &[]).await;
    let secret = stage.channel("秘密", ChannelKind::Private, &[]).await;
    wang.settle().await;
    assert!(wang.replica().channels.contains_key(&general));
    assert!(!wang.replica().channels.contains_key(&secret));
    stage.owner.run(post(general, "早上好")).await;
    // A public channel may be read before one joins.
    let page: Page<Message> = wang
        .get(&format!("/channels/{general}/messages"))
        .await
        .read();
    assert_eq!(page.items[0].text, "早上好");
    let refused = wang.refused(post(general, "我也在")).await;
    assert_eq!(refused.code, ErrorCode::NotAMember);
    let join = AddChannelMember {
        channel: general,
        member: wang.id,
    };
    wang.run(Command::AddChannelMember(join)).await;
    wang.run(post(general, "我也在")).await;
    let add = AddChannelMember {
        channel: secret,
        member: wang.id,
    };
    stage.owner.run(Command::AddChannelMember(add)).await;
    wang.settle().await;
    assert!(wang.replica().memberships.contains_key(&secret));
    let rename = UpdateChannel {
        channel: secret,
        name: Some("不再秘密".into()),
        topic: Some("周会".into()),
        ..UpdateChannel::default()
    };
    stage.owner.run(Command::UpdateChannel(rename)).await;
    wang.settle().await;
    assert_eq!(wang.replica().channels[&secret].name, "不再秘密");
    for channel in [secret, general] {
        let leave = RemoveChannelMember {
            channel,
            member: wang.id,
        };
        wang.run(Command::RemoveChannelMember(leave)).await;
    }
    wang.settle().await;
    assert!(!wang.replica().channels.contains_key(&secret));
    assert!(wang.replica().channels.contains_key(&general));
    let taken = json!({"name": "大厅", "kind": "public"});
    stage
        .owner
        .post("/channels", taken)
        .await
        .refused(ErrorCode::AlreadyExists);
    stage.end(&mut [&mut wang]).await;
}

async fn threads_edits_deletions_and_reactions(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let mut li = stage.join("Li Lei", Role::Member).await;
    let room = stage
        .channel("dev", ChannelKind::Private, &[&wang, &li])
        .await;
    let root = id_of(&stage.owner.run(post(room, "Release on *Friday*?")).await);
    let first = id_of(&wang.run(reply(room, root, "可以")).await);
    li.run(reply(room, root, "Yes")).await;
    let nested = li
        .refused(reply(room, first, "no replies to replies"))
        .await;
    assert_eq!(nested.code, ErrorCode::Invalid);
    wang.settle().await;
    assert_eq!(wang.replica().messages[&root].reply_count, 2);
    assert_eq!(wang.replica().messages[&root].repliers, [wang.id, li.id]);
    let edit = EditMessage {
        message: first,
        text: "可以，周五".into(),
    };
    let not_the_author = li.refused(Command::EditMessage(edit.clone())).await;
    assert_eq!(not_the_author.code, ErrorCode::Forbidden);
    wang.run(Command::EditMessage(edit)).await;
    let edited: Message = li.get(&format!("/messages/{first}")).await.read();
    assert_eq!(
        (edited.text.as_str(), edited.edits[0].text.as_str()),
        ("可以，周五", "可以")
    );
    for member in [&mut wang, &mut li] {
        let react = AddReaction {
            message: root,
            emoji: "👍".into(),
        };
        member.run(Command::AddReaction(react)).await;
    }
    let undo = RemoveReaction {
        message: root,
        emoji: "👍".into(),
    };
    wang.run(Command::RemoveReaction(undo)).await;
    let rude = AddReaction {
        message: root,
        emoji: "not an emoji".into(),
    };
    assert_eq!(
        wang.refused(Command::AddReaction(rude)).await.code,
        ErrorCode::Invalid
    );
    wang.run(Command::DeleteMessage(DeleteMessage { message: first }))
        .await;
    let again = wang.refused(Command::EditMessage(EditMessage {
        message: first,
        text: "back".into(),
    }));
    assert_eq!(again.await.code, ErrorCode::Conflict);
    let thread: Page<Message> = li.get(&format!("/messages/{root}/thread")).await.read();
    assert_eq!(thread.items[0].id, root);
    assert_eq!(thread.items[0].reply_count, 1);
    assert_eq!(thread.items[0].reactions[0].members, [li.id]);
    let gone = thread
        .items
        .iter()
        .find(|message| message.id == first)
        .unwrap();
    assert!(gone.deleted && gone.text.is_empty() && gone.edits.is_empty());
    stage.end(&mut [&mut wang, &mut li]).await;
}

async fn counts_converge_on_every_session(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut desk = stage.join("张三", Role::Member).await;
    let mut phone = desk.sign_in_again().await;
    phone.connect().await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let room = stage
        .channel("日常", ChannelKind::Private, &[&desk, &wang])
        .await;
    let first = stage.owner.run(post(room, "请@张三看下")).await.seq;
    let root = id_of(&wang.run(post(room, "没有提到谁")).await);
    wang.run(reply(room, root, "＠张三 在线程里")).await;
    wang.run(post(room, "@channel 开会")).await;
    let doomed = id_of(&wang.run(post(room, "cc @张三, sorry")).await);
    for session in [&mut desk, &mut phone] {
        session.settle().await;
        assert_eq!(counts(session, room), (4, 4));
    }
    wang.run(Command::DeleteMessage(DeleteMessage { message: doomed }))
        .await;
    for session in [&mut desk, &mut phone] {
        session.settle().await;
        assert_eq!(counts(session, room), (3, 3));
    }
    phone
        .run(Command::MarkRead(MarkRead {
            channel: room,
            seq: first,
        }))
        .await;
    for session in [&mut desk, &mut phone] {
        session.settle().await;
        assert_eq!(counts(session, room), (2, 2));
    }
    // Marking unread is marking read further back.
    desk.run(Command::MarkRead(MarkRead {
        channel: room,
        seq: first - 1,
    }))
    .await;
    phone.settle().await;
    assert_eq!(counts(&phone, room), (3, 3));
    // Own words are read, and so is what came before them.
    desk.run(post(room, "看到了")).await;
    phone.settle().await;
    assert_eq!(counts(&phone, room), (0, 0));
    let late = phone.snapshot().await;
    assert_eq!(late.memberships[0].unread, 0);
    stage.end(&mut [&mut desk, &mut phone, &mut wang]).await;
}

async fn an_edit_moves_mention_counts(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut zhang = stage.join("张三", Role::Member).await;
    let room = stage.channel("日常", ChannelKind::Private, &[&zhang]).await;
    let message = id_of(&stage.owner.run(post(room, "谁看下")).await);
    let steps = [
        ("@张三 看下", 1),
        ("大家看下", 0),
        ("@all 看下", 1),
        ("@张三 @all", 1),
    ];
    for (text, mentions) in steps {
        let edit = EditMessage {
            message,
            text: text.into(),
        };
        stage.owner.run(Command::EditMessage(edit)).await;
        zhang.settle().await;
        assert_eq!(counts(&zhang, room), (1, mentions), "{text}");
        assert_eq!(
            zhang.snapshot().await.memberships[0].mentions,
            mentions,
            "{text}"
        );
    }
    let seq = zhang.head().await;
    zhang
        .run(Command::MarkRead(MarkRead { channel: room, seq }))
        .await;
    let edit = EditMessage {
        message,
        text: "@张三 还没看？".into(),
    };
    stage.owner.run(Command::EditMessage(edit)).await;
    zhang.settle().await;
    assert_eq!(counts(&zhang, room), (0, 0));
    stage.end(&mut [&mut zhang]).await;
}

async fn a_direct_channel_is_there_once(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let mut li = stage.join("Li Lei", Role::Member).await;
    let open = |members: Vec<_>| {
        Command::OpenDirect(OpenDirect {
            id: ChannelId::new(),
            members,
        })
    };
    let first = stage
        .owner
        .run(open(vec![wang.id]))
        .await
        .result
        .id
        .unwrap();
    let second = wang
        .run(open(vec![stage.owner.id]))
        .await
        .result
        .id
        .unwrap();
    assert_eq!(first, second);
    let channel = ChannelId(first);
    wang.run(post(channel, "在吗")).await;
    li.settle().await;
    assert!(!li.replica().channels.contains_key(&channel));
    li.get(&format!("/channels/{channel}"))
        .await
        .refused(ErrorCode::NotFound);
    let add = AddChannelMember {
        channel,
        member: li.id,
    };
    wang.refused(Command::AddChannelMember(add)).await;
    stage.end(&mut [&mut wang, &mut li]).await;
}

async fn a_permalink_shows_both_sides(database: Database) {
    let mut stage = Stage::open(database).await;
    let room = stage.channel("history", ChannelKind::Public, &[]).await;
    let mut seqs = Vec::new();
    for n in 0..30 {
        seqs.push(stage.owner.run(post(room, format!("line {n}"))).await.seq);
    }
    let page = async |query: String| -> Vec<i64> {
        let path = format!("/channels/{room}/messages?{query}");
        let page: Page<Message> = stage.owner.get(&path).await.read();
        page.items.iter().map(|message| message.seq).collect()
    };
    let around = page(format!("around={}&limit=9", seqs[14])).await;
    assert_eq!(around.len(), 9);
    assert!(around.contains(&seqs[14]) && around.contains(&seqs[13]) && around.contains(&seqs[15]));
    assert!(around.is_sorted());
    assert_eq!(
        page(format!("before={}&limit=3", seqs[10])).await,
        &seqs[7..10]
    );
    assert_eq!(
        page(format!("after={}&limit=3", seqs[10])).await,
        &seqs[11..14]
    );
    assert_eq!(page("limit=2".into()).await, &seqs[28..]);
    let both = format!("/channels/{room}/messages?before=9&after=3");
    stage.owner.get(&both).await.refused(ErrorCode::Malformed);
    stage.end(&mut []).await;
}
