//! Resume (P4): from a cursor of before a restart, from one too far behind or ahead, and from a
//! socket that nobody read: complete or an explicit reset, no holes.

use crate::support::{Database, Member, Stage, http::send, stage::post};
use tenon_protocol::{
    Command, MemberId,
    channel::{ChannelKind, UpdateChannel},
    frame::{Mode, ResetReason, SignalDown, SignalKind},
    limit::DELTA_ENTRIES_MAX,
    member::Role,
};

on_both!(
    a_cursor_outlives_restarts,
    a_cursor_too_far_behind_is_reset,
    a_cursor_ahead_is_reset,
    a_socket_that_is_not_read_misses_nothing,
    who_is_online_is_known_to_whoever_comes,
    a_snapshot_is_small,
);

/// Steps until a presence signal names the member so.
pub(crate) async fn hear(listener: &mut Member, state: &str, of: MemberId) {
    let of = serde_json::json!(of);
    let named = |signal: &SignalDown| {
        let members = signal.value[state].as_array();
        signal.kind == SignalKind::Presence && members.is_some_and(|all| all.contains(&of))
    };
    while !listener.signals.iter().any(named) {
        listener.step().await.unwrap();
    }
}

async fn a_snapshot_is_small(database: Database) {
    let stage = Stage::open(database).await;
    let owner = &stage.owner;
    for member in &owner.replica().members {
        assert_eq!(member.1.joined_at.subsec_nanosecond(), 0);
    }
    let bearer = format!("Bearer {}", owner.token);
    for (accepted, encoding) in [("gzip, br", "br"), ("gzip", "gzip")] {
        let headers = [
            ("authorization", bearer.as_str()),
            ("accept-encoding", accepted),
        ];
        let path = "/api/v1/snapshot";
        let answer = send(owner.address, "GET", path, &headers, b"")
            .await
            .unwrap();
        assert_eq!(answer.header("content-encoding"), Some(encoding));
    }
    stage.end(&mut []).await;
}

async fn who_is_online_is_known_to_whoever_comes(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut first = stage.join("first", Role::Member).await;
    hear(&mut stage.owner, "online", first.id).await;
    // Told already, so it is in the welcome; who comes is told to those who are there.
    let mut second = stage.join_quietly("second", Role::Member).await;
    let welcome = second.connect().await;
    assert!(welcome.online.contains(&first.id), "{:?}", welcome.online);
    hear(&mut first, "online", second.id).await;
    let own = second.id;
    hear(&mut second, "online", own).await;
    first.disconnect();
    hear(&mut second, "offline", first.id).await;
    let mut third = second.twin();
    let welcome = third.connect().await;
    assert!(!welcome.online.contains(&first.id), "{:?}", welcome.online);
    assert!(welcome.online.contains(&second.id), "{:?}", welcome.online);
    first.connect().await;
    stage.end(&mut [&mut first, &mut second, &mut third]).await;
}

async fn a_cursor_outlives_restarts(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut away = stage.join("王芳", Role::Member).await;
    let room = stage.channel("dev", ChannelKind::Private, &[&away]).await;
    away.settle().await;
    away.disconnect();
    for text in ["one", "two"] {
        stage.owner.run(post(room, text)).await;
    }
    stage.restart(&mut [&mut away]).await;
    stage.owner.connect().await;
    stage.owner.run(post(room, "three")).await;
    stage.crash(&mut [&mut away]).await;
    let welcome = stage.owner.connect().await;
    assert_eq!((welcome.mode, welcome.reset), (Mode::Delta, None));
    let welcome = away.connect().await;
    assert_eq!((welcome.mode, welcome.reset), (Mode::Delta, None));
    away.settle().await;
    assert_eq!(away.replica().messages.len(), 3);
    stage.end(&mut [&mut away]).await;
}

async fn a_cursor_too_far_behind_is_reset(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut away = stage.join("王芳", Role::Member).await;
    let room = stage.channel("dev", ChannelKind::Private, &[&away]).await;
    away.settle().await;
    let cursor = away.replica().seq;
    away.disconnect();
    let texts = (1..DELTA_ENTRIES_MAX).map(|n| format!("{n}"));
    stage.owner.post_many(room, texts).await;
    assert_eq!(away.head().await, cursor + DELTA_ENTRIES_MAX - 1);
    // One less than too many are sent, all of them.
    let mut twin = away.twin();
    twin.connect().await;
    let welcome = twin.connect_after(Some(cursor)).await;
    assert_eq!((welcome.mode, welcome.reset), (Mode::Delta, None));
    stage.owner.run(post(room, "one too many")).await;
    let welcome = away.connect_after(Some(cursor)).await;
    assert_eq!(
        (welcome.mode, welcome.reset),
        (Mode::Reset, Some(ResetReason::TooFarBehind))
    );
    stage.owner.run(post(room, "after the reset")).await;
    away.settle().await;
    assert_eq!(away.replica().messages.len(), 1);
    assert_eq!(
        away.replica().memberships[&room].unread,
        DELTA_ENTRIES_MAX + 1
    );
    stage.end(&mut [&mut away]).await;
}

async fn a_cursor_ahead_is_reset(database: Database) {
    let stage = Stage::open(database).await;
    let mut twin = stage.owner.twin();
    let welcome = twin.connect().await;
    assert_eq!(
        (welcome.mode, welcome.reset),
        (Mode::Reset, Some(ResetReason::New))
    );
    for cursor in [welcome.seq + 1, i64::MAX, -1] {
        let welcome = twin.connect_after(Some(cursor)).await;
        let expected = (Mode::Reset, Some(ResetReason::Ahead));
        assert_eq!((welcome.mode, welcome.reset), expected, "{cursor}");
    }
    stage.end(&mut [&mut twin]).await;
}

async fn a_socket_that_is_not_read_misses_nothing(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut slow = stage.join("慢", Role::Member).await;
    let room = stage.channel("flood", ChannelKind::Private, &[&slow]).await;
    slow.settle().await;
    let line = "流水".repeat(300);
    stage
        .owner
        .post_many(room, (0..3_000).map(|n| format!("{n} {line}")))
        .await;
    // Others are not delayed, and what is not a message is not forgotten either.
    let rename = UpdateChannel {
        channel: room,
        name: Some("after the flood".into()),
        ..UpdateChannel::default()
    };
    stage.owner.run(Command::UpdateChannel(rename)).await;
    assert_eq!(slow.replica().messages.len(), 0);
    slow.settle().await;
    assert_eq!(slow.replica().messages.len(), 3_000);
    assert_eq!(slow.replica().channels[&room].name, "after the flood");
    stage.end(&mut [&mut slow]).await;
}
