//! Signals: what a client makes up reaches nobody.

use crate::support::{Database, Member, Stage, stage::post};
use serde_json::{Value, json};
use tenon_protocol::{
    Scope,
    channel::ChannelKind,
    credential::TokenCreated,
    frame::{ClientFrame, SignalDown, SignalKind, SignalUp},
    member::Role,
};
use uuid::Uuid;

on_both!(
    a_signal_says_what_its_sender_may_say,
    a_flood_of_signals_is_thinned,
);

async fn tell(member: &mut Member, scope: Scope, kind: SignalKind, value: Value) {
    let signal = SignalUp {
        scope,
        kind,
        value,
        ttl_ms: 5_000,
    };
    member.write(&ClientFrame::Signal(signal)).await.unwrap();
}

/// Waits until the listener hears of this thread; what was sent before has come by then.
async fn hear_of(listener: &mut Member, thread: Uuid) {
    let about = |it: &SignalDown| it.value["thread"] == json!(thread);
    while !listener.signals.iter().any(about) {
        listener.step().await.unwrap();
    }
}

async fn a_signal_says_what_its_sender_may_say(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let room = stage.channel("room", ChannelKind::Private, &[&li]).await;
    let scope = Scope::Channel(room);
    let wish = json!({"name": "reader", "scopes": ["read"]});
    let token: TokenCreated = li.post("/tokens", wish).await.read();
    let mut reader = li.twin();
    reader.token = token.token;
    li.settle().await;
    reader.connect().await;

    // Neither who is there, nor a draft, nor reading on where all are told only counts.
    let absent = json!({"online": [], "offline": [stage.owner.id]});
    tell(&mut li, scope, SignalKind::Presence, absent).await;
    tell(&mut li, scope, SignalKind::Draft, json!({"text": "x"})).await;
    tell(&mut li, scope, SignalKind::Read, json!({})).await;
    // A token that only reads says nothing.
    let (unsaid, said) = (Uuid::now_v7(), Uuid::now_v7());
    tell(
        &mut reader,
        scope,
        SignalKind::Typing,
        json!({"thread": unsaid}),
    )
    .await;
    // Answered after it.
    reader.refused(post(room, "no")).await;
    // What else is in a value stays behind.
    let long = json!({"thread": said, "text": "x".repeat(100_000)});
    tell(&mut li, scope, SignalKind::Typing, long).await;
    hear_of(&mut stage.owner, said).await;
    let of_li = |it: &&SignalDown| it.actor == Some(li.id) || it.kind != SignalKind::Presence;
    let heard: Vec<_> = stage.owner.signals.iter().filter(of_li).collect();
    let [only] = &heard[..] else {
        panic!("{heard:?}")
    };
    assert_eq!(
        (only.kind, &only.value),
        (SignalKind::Typing, &json!({"thread": said}))
    );
    let gone = json!(stage.owner.id);
    let offline = |it: &SignalDown| {
        it.value["offline"]
            .as_array()
            .is_some_and(|all| all.contains(&gone))
    };
    assert!(!stage.owner.signals.iter().any(offline));

    stage.end(&mut [&mut li, &mut reader]).await;
}

async fn a_flood_of_signals_is_thinned(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let room = stage.channel("room", ChannelKind::Private, &[&li]).await;
    let scope = Scope::Channel(room);
    li.settle().await;
    for _ in 0..1_000 {
        let value = json!({"thread": Uuid::now_v7()});
        tell(&mut li, scope, SignalKind::Typing, value).await;
    }
    // A second later what one types is told again.
    let last = Uuid::now_v7();
    let told = |it: &SignalDown| it.value["thread"] == json!(last);
    while !stage.owner.signals.iter().any(told) {
        tell(&mut li, scope, SignalKind::Typing, json!({"thread": last})).await;
        let seq = li.run(post(room, "go on")).await.seq;
        stage.owner.settle_to(seq).await;
    }
    let heard = stage.owner.signals.iter();
    let heard = heard.filter(|it| it.kind == SignalKind::Typing).count();
    assert!(heard < 500, "{heard}");
    stage.end(&mut [&mut li]).await;
}
