//! Who has read: derived from read positions, told to authors alone, and switched off for everyone.

use crate::{
    roster::people,
    support::{
        Database, Member, Stage,
        member::Done,
        stage::{post, reply},
    },
};
use serde_json::json;
use tenon_protocol::{
    Command, ErrorCode, MessageId,
    channel::{AddChannelMember, ChannelKind, MarkRead, OpenDirect},
    limit::READERS_MAX,
    member::Role,
    reader::{HideReaders, Readers},
};

on_both!(
    authors_see_who_has_read,
    administrators_switch_it_off,
    a_large_channel_counts_no_readers,
);

fn id_of(done: &Done) -> MessageId {
    MessageId(done.result.id.unwrap())
}

async fn readers(member: &Member, message: MessageId) -> Readers {
    let path = format!("/messages/{message}/readers");
    member.get(&path).await.read()
}

async fn authors_see_who_has_read(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let mut outside = stage.join("Outside", Role::Member).await;
    let room = stage
        .channel("公告", ChannelKind::Public, &[&li, &wang])
        .await;
    let first = stage.owner.run(post(room, "一")).await;
    let second = stage.owner.run(post(room, "二")).await;
    let (one, two) = (id_of(&first), id_of(&second));
    let mark = |seq| Command::MarkRead(MarkRead { channel: room, seq });
    let nobody = readers(&stage.owner, one).await;
    assert_eq!((nobody.read.len(), nobody.unread.len()), (0, 2));
    wang.run(mark(first.seq)).await;
    li.run(post(room, "好的")).await;
    let of_one = readers(&stage.owner, one).await;
    assert_eq!((of_one.read.len(), of_one.unread.len()), (2, 0));
    let of_two = readers(&stage.owner, two).await;
    assert_eq!((of_two.read, of_two.unread), (vec![li.id], vec![wang.id]));
    // Back again: it counts what the read position says.
    wang.run(mark(0)).await;
    assert_eq!(readers(&stage.owner, one).await.unread, [wang.id]);
    let path = format!("/messages/{one}/readers");
    li.get(&path).await.refused(ErrorCode::Forbidden);
    outside.get(&path).await.refused(ErrorCode::Forbidden);
    let answer = id_of(&stage.owner.run(reply(room, one, "还有")).await);
    let path = format!("/messages/{answer}/readers");
    stage.owner.get(&path).await.refused(ErrorCode::Invalid);
    stage.end(&mut [&mut li, &mut wang, &mut outside]).await;
}

async fn administrators_switch_it_off(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let open = OpenDirect {
        id: tenon_protocol::ChannelId::new(),
        members: vec![li.id],
    };
    let done = stage.owner.run(Command::OpenDirect(open)).await;
    let channel = tenon_protocol::ChannelId(done.result.id.unwrap());
    let message = id_of(&stage.owner.run(post(channel, "在吗")).await);
    assert_eq!(readers(&stage.owner, message).await.unread, [li.id]);
    let hide = Command::HideReaders(HideReaders { hidden: true });
    assert_eq!(li.refused(hide).await.code, ErrorCode::Forbidden);
    let path = "/workspace/readers";
    stage.owner.put(path, json!({"hidden": true})).await.ok();
    li.settle().await;
    assert!(li.replica().workspace.hides_readers);
    let asked = format!("/messages/{message}/readers");
    stage
        .owner
        .get(&asked)
        .await
        .refused(ErrorCode::SwitchedOff);
    stage.owner.put(path, json!({"hidden": false})).await.ok();
    assert_eq!(readers(&stage.owner, message).await.unread, [li.id]);
    stage.end(&mut [&mut li]).await;
}

async fn a_large_channel_counts_no_readers(database: Database) {
    let mut stage = Stage::open(database).await;
    let room = stage.channel("全员", ChannelKind::Public, &[]).await;
    let message = id_of(&stage.owner.run(post(room, "周五停机")).await);
    let path = format!("/messages/{message}/readers");
    // The author is one of them.
    let most = usize::try_from(READERS_MAX).unwrap();
    let many = people(&mut stage, most).await;
    let (last, others) = many.split_last().unwrap();
    let add = |member| {
        Command::AddChannelMember(AddChannelMember {
            channel: room,
            member,
        })
    };
    for member in others {
        stage.owner.run(add(*member)).await;
    }
    let told = readers(&stage.owner, message).await;
    assert_eq!(told.read.len() + told.unread.len(), most - 1);
    stage.owner.run(add(*last)).await;
    let refused = stage.owner.get(&path).await;
    refused.refused(ErrorCode::LimitReached);
    stage.end(&mut []).await;
}
