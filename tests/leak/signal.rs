//! What is told and not kept: who types, and who is online.

use super::Hidden;
use crate::support::{
    Member, Stage,
    member::{PASSWORD, post_openly},
};
use serde_json::json;
use tenon_protocol::{
    MemberId, Scope,
    channel::ChannelKind,
    frame::{ClientFrame, SignalDown, SignalKind, SignalUp},
    member::Role,
};

/// Where insiders type.
const THREAD: &str = "0192f0c1-2b3a-7cde-8f01-23456789abcd";

/// What insiders type is heard by insiders, and by no stranger.
pub async fn type_unheard(
    stage: &mut Stage,
    hidden: &Hidden,
    insider: &mut Member,
    member: &mut Member,
    guest: &mut Member,
) {
    for scope in [
        Scope::Channel(hidden.channel),
        Scope::Project(hidden.project),
    ] {
        let typing = SignalUp {
            scope,
            kind: SignalKind::Typing,
            value: json!({"thread": THREAD}),
            ttl_ms: 5_000,
        };
        insider.write(&ClientFrame::Signal(typing)).await.unwrap();
        let heard = |it: &SignalDown| (it.kind, it.scope) == (SignalKind::Typing, scope);
        while !stage.owner.signals.iter().any(heard) {
            stage.owner.step().await.unwrap();
        }
    }
    // It would have come before what all of them are told now.
    let told = json!({"title": "told to all"});
    let owner = stage.owner.id;
    let told = stage.owner.patch(&format!("/members/{owner}"), told).await;
    told.ok();
    for stranger in [member, guest] {
        stranger.settle().await;
        let told = serde_json::to_string(&stranger.signals).unwrap();
        assert!(!told.contains(THREAD), "{told}");
        let typing = |it: &SignalDown| it.kind == SignalKind::Typing;
        assert!(!stranger.signals.iter().any(typing), "{told}");
    }
}

/// Who is online, and who types, is known in their workspace alone.
pub async fn come_unseen(stage: &mut Stage, boss: &mut Member) {
    let mut newcomer = stage.join("Newcomer", Role::Member).await;
    let lobby = stage
        .channel("hall", ChannelKind::Public, &[&newcomer])
        .await;
    let typing = SignalUp {
        scope: Scope::Channel(lobby),
        kind: SignalKind::Typing,
        value: json!({"thread": THREAD}),
        ttl_ms: 5_000,
    };
    newcomer.settle().await;
    newcomer.write(&ClientFrame::Signal(typing)).await.unwrap();
    let own = newcomer.id.to_string();
    let came = |it: &SignalDown| it.value.to_string().contains(&own);
    for kind in [SignalKind::Presence, SignalKind::Typing] {
        let told = |it: &SignalDown| it.kind == kind && (it.kind == SignalKind::Typing || came(it));
        while !stage.owner.signals.iter().any(told) {
            stage.owner.step().await.unwrap();
        }
    }
    // A colleague comes, so that the other workspace's presence is told after that, too.
    let wish = json!({"role": "member"});
    let invitation = boss.post("/invitations", wish).await.ok().json();
    let secret = invitation["secret"].as_str().unwrap();
    let body = json!({"name": "Aide", "email": "aide@example.org", "password": PASSWORD});
    let path = format!("/invitations/{secret}/accept");
    let answer = post_openly(boss.address, &path, &body).await.ok();
    let mut aide = Member::of(boss.address, "aide@example.org", &answer);
    let welcome = aide.connect().await;
    assert!(
        welcome.online.iter().all(|it| *it == boss.id),
        "{welcome:?}"
    );
    let own = aide.id.to_string();
    let came = |it: &SignalDown| it.value.to_string().contains(&own);
    while !boss.signals.iter().any(came) {
        boss.step().await.unwrap();
    }
    for stranger in [boss, &mut aide] {
        let theirs = stranger
            .replica()
            .members
            .keys()
            .copied()
            .collect::<Vec<_>>();
        for signal in &stranger.signals {
            assert_eq!(signal.kind, SignalKind::Presence, "{signal:?}");
            for id in ["online", "offline"].iter().flat_map(|it| {
                serde_json::from_value::<Vec<MemberId>>(signal.value[it].clone()).unwrap()
            }) {
                assert!(theirs.contains(&id), "{signal:?}");
            }
        }
    }
    aide.disconnect();
    newcomer.disconnect();
}
