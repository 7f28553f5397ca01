//! Channels at depth: announcements and their managers, a public channel that becomes private,
//! and channels that new members join by themselves.

use crate::{
    search,
    support::{
        Database, Member, Stage, http,
        member::Done,
        stage::{post, reply},
    },
};
use serde_json::json;
use tenon_protocol::{
    ChannelId, Command, Entry, ErrorCode, Event, MessageId, Timestamp,
    channel::{AddChannelMember, Channel, ChannelKind, UpdateChannel},
    member::Role,
    saved::SaveMessage,
};

on_both!(
    announcements_are_made_by_managers,
    a_hidden_channel_is_gone_for_those_outside,
    new_members_join_default_channels,
);

/// A word that is said in a channel before it is hidden.
const WORD: &str = "Blaubeere";

fn id_of(done: &Done) -> MessageId {
    MessageId(done.result.id.unwrap())
}

fn update(channel: ChannelId) -> UpdateChannel {
    UpdateChannel {
        channel,
        ..UpdateChannel::default()
    }
}

async fn announcements_are_made_by_managers(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let mut guest = stage.join("Gina", Role::Guest).await;
    let news = stage
        .channel("公告", ChannelKind::Public, &[&li, &guest])
        .await;
    let path = format!("/channels/{news}");
    let refused = li.patch(&path, json!({"posting": "managers"})).await;
    refused.refused(ErrorCode::Forbidden);
    let closed = stage
        .owner
        .patch(&path, json!({"posting": "managers"}))
        .await;
    let closed: Channel = closed.ok().read();
    assert!(!closed.posting.is_everyone() && closed.replying.is_everyone());
    li.settle().await;
    assert_eq!(li.replica().channels[&news], closed);

    let first = id_of(&stage.owner.run(post(news, "周五放假")).await);
    let refused = li.refused(post(news, "谢谢")).await;
    assert_eq!(refused.code, ErrorCode::PostingRestricted);
    li.run(reply(news, first, "谢谢")).await;
    guest.run(reply(news, first, "thanks")).await;
    // A webhook was put there to speak.
    let hook = json!({"channel": news, "name": "CI"});
    let hook = stage.owner.post("/hooks", hook).await.ok().json();
    let url = hook["url"].as_str().unwrap();
    let at = url.find("/hooks/").expect("its address");
    let text = json!({"text": "green"}).to_string();
    let headers = [("content-type", "application/json")];
    let address = stage.owner.address;
    let said = http::send(address, "POST", &url[at..], &headers, text.as_bytes()).await;
    said.unwrap().ok();

    let role = format!("{path}/members/{}/role", li.id);
    li.put(&role, json!({"role": "manager"}))
        .await
        .refused(ErrorCode::Forbidden);
    let appointed = stage.owner.put(&role, json!({"role": "manager"})).await;
    assert_eq!(appointed.ok().read::<Channel>().managers, [li.id]);
    li.run(post(news, "我来补充")).await;
    let rule = json!({"replying": "managers"});
    li.patch(&path, rule).await.ok();
    let refused = guest.refused(reply(news, first, "?")).await;
    assert_eq!(refused.code, ErrorCode::PostingRestricted);
    stage.owner.put(&role, json!({"role": "member"})).await.ok();
    let refused = li.refused(post(news, "还有")).await;
    assert_eq!(refused.code, ErrorCode::PostingRestricted);
    stage.end(&mut [&mut li, &mut guest]).await;
}

async fn a_hidden_channel_is_gone_for_those_outside(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut insider = stage.join("Insider", Role::Member).await;
    let mut guest = stage.join("Guest", Role::Guest).await;
    let mut outsider = stage.join("Outsider", Role::Member).await;
    let mut away = stage.join("Away", Role::Member).await;
    let room = stage
        .channel("room", ChannelKind::Public, &[&insider, &guest])
        .await;
    let said = id_of(&insider.run(post(room, format!("{WORD} eins"))).await);
    insider.run(reply(room, said, format!("{WORD} zwei"))).await;
    // Whoever looks in from outside finds it, keeps it, and is reminded of it.
    search::wait_for(&outsider, WORD, 2).await;
    for member in [&mut outsider, &mut insider] {
        be_reminded(member, said).await;
    }
    away.settle().await;
    away.disconnect();
    let paths = [
        format!("/channels/{room}"),
        format!("/channels/{room}/messages"),
        format!("/channels/{room}/members"),
        format!("/messages/{said}/thread"),
    ];
    for path in &paths {
        outsider.get(path).await.ok();
    }

    let hide = UpdateChannel {
        kind: Some(ChannelKind::Private),
        ..update(room)
    };
    let refused = insider.refused(Command::UpdateChannel(hide.clone())).await;
    assert_eq!(refused.code, ErrorCode::Forbidden);
    stage.owner.run(Command::UpdateChannel(hide)).await;
    let secret = UpdateChannel {
        topic: Some(format!("{WORD} Thema")),
        ..update(room)
    };
    stage.owner.run(Command::UpdateChannel(secret)).await;
    insider.run(post(room, format!("{WORD} drei"))).await;
    stage.rest().await;

    away.connect_after(Some(away.replica().seq)).await;
    for stranger in [&mut outsider, &mut away] {
        hears_nothing(stranger, room, &paths).await;
    }
    // Those inside go on as before, the guest too.
    for member in [&mut insider, &mut guest] {
        member.settle().await;
        let channel = &member.replica().channels[&room];
        assert_eq!(channel.kind, ChannelKind::Private);
        assert!(channel.topic.contains("Thema"));
        member.get(&paths[1]).await.ok();
    }
    assert_eq!(insider.replica().saved.len(), 1);
    let back = UpdateChannel {
        kind: Some(ChannelKind::Public),
        ..update(room)
    };
    let refused = stage.owner.refused(Command::UpdateChannel(back)).await;
    assert_eq!(refused.code, ErrorCode::Invalid);
    let members = &mut [&mut insider, &mut guest, &mut outsider, &mut away];
    stage.end(members).await;
}

/// Keeps the message, and waits for the reminder.
async fn be_reminded(member: &mut Member, message: MessageId) {
    let keep = SaveMessage {
        message,
        remind_at: Some(Timestamp::now() + std::time::Duration::from_millis(1_500)),
    };
    member.run(Command::SaveMessage(keep)).await;
    let reminds = |entry: &Entry| matches!(entry.event, Event::NotificationAdded { .. });
    member.see(reminds).await;
}

/// By no door does this member hear of the channel any more.
async fn hears_nothing(stranger: &mut Member, room: ChannelId, paths: &[String]) {
    stranger.settle().await;
    assert!(!stranger.replica().channels.contains_key(&room));
    assert!(stranger.replica().saved.is_empty());
    assert!(stranger.replica().notifications.is_empty());
    for path in paths {
        stranger.get(path).await.refused(ErrorCode::NotFound);
    }
    for path in ["/snapshot", "/channels", "/notifications", "/saved"] {
        let told = stranger.get(path).await.ok().text();
        let id = room.to_string();
        assert!(
            !told.contains(WORD) && !told.contains(&id),
            "{path}: {told}"
        );
    }
    let told = stranger.get("/events?limit=200").await.ok().text();
    assert!(!told.contains("Thema") && !told.contains("drei"), "{told}");
    assert!(search::found(stranger, WORD).await.is_empty());
    let join = AddChannelMember {
        channel: room,
        member: stranger.id,
    };
    let refused = stranger.refused(Command::AddChannelMember(join)).await;
    assert_eq!(refused.code, ErrorCode::NotFound);
}

async fn new_members_join_default_channels(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut old = stage.join("Old", Role::Member).await;
    let all = stage.channel("全员", ChannelKind::Public, &[]).await;
    let path = format!("/channels/{all}");
    old.put(&format!("{path}/members/{}", old.id), json!({}))
        .await
        .ok();
    stage.owner.run(post(all, "欢迎")).await;
    let mark = json!({"is_default": true});
    old.patch(&path, mark.clone())
        .await
        .refused(ErrorCode::Forbidden);
    stage.owner.patch(&path, mark).await.ok();
    let mut new = stage.join("New", Role::Member).await;
    let guest = stage.join_quietly("Guest", Role::Guest).await;
    let place = &new.replica().memberships[&all];
    assert_eq!(place.unread, 0, "what was said before is no news");
    stage.owner.run(post(all, "大家好")).await;
    new.settle().await;
    assert_eq!(new.replica().memberships[&all].unread, 1);
    guest.get(&path).await.refused(ErrorCode::NotFound);
    // Hidden, it is no default any more.
    let hidden = stage.owner.patch(&path, json!({"kind": "private"})).await;
    assert!(!hidden.ok().read::<Channel>().is_default);
    let mut late = stage.join("Late", Role::Member).await;
    assert!(!late.replica().channels.contains_key(&all));
    stage.end(&mut [&mut old, &mut new, &mut late]).await;
}
