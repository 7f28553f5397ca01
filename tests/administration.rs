//! What administrators decide for everyone: rules, sessions, invitations, the logo; and that it
//! is theirs alone.

use crate::{
    file::{PNG, carrying, upload},
    support::{
        Database, Member, Stage, http,
        member::{PASSWORD, post_openly},
        stage::post,
    },
};
use futures::FutureExt;
use serde_json::{Value, json};
use tenon_protocol::{
    ChannelId, Command, ErrorCode, Event, MessageId, SessionId, Timestamp, WorkspaceId,
    administration::{
        ChannelReports, FileSum, HiddenChannels, LimitName, LimitReport, StorageReport,
    },
    channel::ChannelKind,
    credential::{Invitation, InvitationCreated, Session},
    file::File,
    member::{ChangeRole, DeactivateMember, Role},
    message::{DeleteMessage, EditMessage},
    policy::{ChangePolicy, EveryoneMentioners, Policy},
    snapshot::Page,
    workspace::Workspace,
};

on_both!(
    rules_are_told_to_everyone_and_kept,
    domains_bind_members_and_are_no_guests_business,
    a_session_ends_when_it_was_not_used,
    a_session_ends_everywhere,
    everyone_is_signed_out_but_who_asked,
    members_invite_where_they_may,
    a_logo_is_for_everybody_and_nothing_else_is,
    files_stop_at_the_limits,
    what_administrators_do_is_theirs_alone,
    nobody_is_locked_out,
    names_and_logos_are_looked_at,
    channels_are_listed_and_hidden_ones_counted,
    what_takes_room_is_counted_and_nothing_hidden_is_named,
);

async fn rules(owner: &Member, change: Value) -> Policy {
    owner.patch("/workspace/policy", change).await.ok().read()
}

async fn invite(by: &Member, wish: Value) -> InvitationCreated {
    by.post("/invitations", wish).await.ok().read()
}

async fn accept(by: &Member, secret: &str, email: &str, password: &str) -> http::Answer {
    let body = json!({"name": "New", "email": email, "password": password});
    post_openly(by.address, &format!("/invitations/{secret}/accept"), &body).await
}

async fn rules_are_told_to_everyone_and_kept(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let mut guest = stage.join("Guest", Role::Guest).await;
    let room = stage
        .channel("room", ChannelKind::Public, &[&wang, &guest])
        .await;
    let said = wang
        .run(post(room, "one"))
        .await
        .result
        .id
        .map(MessageId)
        .unwrap();
    let change = json!({"password_chars_min": 24, "edit_minutes": 0, "delete_minutes": 0,
        "everyone_mentioners": "managers"});
    let policy = rules(&stage.owner, change).await;
    for member in [&mut wang, &mut guest] {
        let entry = member
            .see(|it| matches!(it.event, Event::PolicyChanged { .. }))
            .await;
        let Event::PolicyChanged { from, to } = entry.event else {
            unreachable!()
        };
        assert_eq!((from, &to), (Policy::default(), &policy));
        assert_eq!(entry.actor, stage.owner.id);
        assert_eq!(member.replica().workspace.policy, policy);
    }
    let (message, text) = (said, "two".to_owned());
    let edit = wang
        .refused(Command::EditMessage(EditMessage { message, text }))
        .await;
    assert_eq!(edit.code, ErrorCode::TooLate);
    let delete = wang
        .refused(Command::DeleteMessage(DeleteMessage { message }))
        .await;
    assert_eq!(delete.code, ErrorCode::TooLate);
    let everyone = wang.refused(post(room, "hi @channel")).await;
    assert_eq!(everyone.code, ErrorCode::MentionRestricted);
    stage.owner.run(post(room, "hi @channel")).await;
    stage
        .owner
        .run(Command::DeleteMessage(DeleteMessage { message }))
        .await;
    // The old password goes on; a new one is as long as the rules say.
    let change = json!({"current": PASSWORD, "new": "twenty-one characters"});
    let short = wang
        .post("/me/password", change)
        .await
        .refused(ErrorCode::Invalid);
    assert_eq!(short.field().as_deref(), Some("password"));
    let made = invite(&stage.owner, json!({"role": "member"})).await;
    let path = format!("/api/v1/invitations/{}", made.secret);
    let preview = http::send(wang.address, "GET", &path, &[], b"")
        .await
        .unwrap();
    assert_eq!(preview.json()["password_chars_min"], 24);
    let short = accept(&wang, &made.secret, "new@example.com", PASSWORD).await;
    assert_eq!(
        short.refused(ErrorCode::Invalid).field().as_deref(),
        Some("password")
    );
    let long = "twenty-four characters !";
    accept(&wang, &made.secret, "new@example.com", long)
        .await
        .ok();
    wang.sign_in_again().await;
    stage.end(&mut [&mut wang, &mut guest]).await;
}

async fn domains_bind_members_and_are_no_guests_business(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let mut guest = stage.join("Guest", Role::Guest).await;
    let path = "/workspace/mail-domains";
    let domains = json!({"domains": ["@Tenon.example", "zimtstern.example"]});
    stage.owner.put(path, domains).await.ok();
    wang.see(|it| matches!(it.event, Event::MailDomainsChanged { .. }))
        .await;
    let known = ["tenon.example", "zimtstern.example"];
    assert_eq!(wang.replica().workspace.mail_domains, known);
    guest.settle().await;
    assert!(guest.replica().workspace.mail_domains.is_empty());
    for path in ["/me", "/snapshot", "/events?limit=200"] {
        let text = guest.get(path).await.ok().text();
        assert!(!text.contains("zimtstern"), "{path}: {text}");
        assert!(
            wang.get(path).await.ok().text().contains("zimtstern"),
            "{path}"
        );
    }
    let body = json!({"email": guest.email, "password": PASSWORD});
    let again = post_openly(guest.address, "/sessions", &body).await;
    assert!(!again.ok().text().contains("zimtstern"));
    let made = invite(&stage.owner, json!({"role": "member"})).await;
    let wrong = accept(&wang, &made.secret, "x@sub.tenon.example", PASSWORD).await;
    let wrong = wrong.refused(ErrorCode::DomainNotAllowed);
    assert_eq!(wrong.field().as_deref(), Some("email"));
    assert!(!wrong.text().contains("zimtstern"));
    accept(&wang, &made.secret, "X@Tenon.Example", PASSWORD)
        .await
        .ok();
    let made = invite(&stage.owner, json!({"role": "guest"})).await;
    accept(&wang, &made.secret, "y@elsewhere.example", PASSWORD)
        .await
        .ok();
    // Whoever becomes a member hears of them, and forgets them as a guest.
    for role in [Role::Member, Role::Guest] {
        let change = ChangeRole {
            member: guest.id,
            role,
        };
        stage.owner.run(Command::ChangeRole(change)).await;
        guest.settle().await;
        guest.disconnect();
        guest.connect().await;
        let told = !guest.replica().workspace.mail_domains.is_empty();
        assert_eq!(told, role == Role::Member);
    }
    stage.end(&mut [&mut wang, &mut guest]).await;
}

async fn workspace_of(member: &Member) -> WorkspaceId {
    let workspace: Value = member.get("/me").await.ok().json();
    workspace["workspace"]["id"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap()
}

async fn sessions_of(owner: &Member, member: &Member) -> Vec<Session> {
    let path = format!("/members/{}/sessions", member.id);
    let page: Page<Session> = owner.get(&path).await.ok().read();
    page.items
}

/// Waits until the use that comes with signing in is written down, so that nothing overwrites
/// what the story says of it; then says that it was long ago.
async fn rest_since(stage: &Stage, member: &Member, at: Timestamp) -> SessionId {
    let workspace = workspace_of(&stage.owner).await;
    let session = loop {
        let sessions = sessions_of(&stage.owner, member).await;
        let session = sessions.into_iter().next().unwrap();
        if session.last_seen_at > session.created_at {
            break session;
        }
        tokio::task::yield_now().await;
    };
    let id = session.id;
    let write = stage
        .store
        .private(move |private| async move { private.see_sessions(workspace, &[id], at) }.boxed());
    write.await.unwrap();
    id
}

async fn a_session_ends_when_it_was_not_used(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let mut zhao = stage.join("赵敏", Role::Member).await;
    let room = stage.channel("room", ChannelKind::Public, &[&zhao]).await;
    let long_ago = Timestamp::from_second(1_600_000_000).unwrap();
    // This look takes note of their having connected.
    rules(&stage.owner, json!({"session_days": 29})).await;
    let resting = rest_since(&stage, &wang, long_ago).await;
    let used = rest_since(&stage, &zhao, long_ago).await;
    // What is said over a socket is use too.
    zhao.run(post(room, "I am here")).await;
    rules(&stage.owner, json!({"session_idle_hours": 1})).await;
    assert_eq!(wang.wait_closed().await, Some(ErrorCode::Unauthenticated));
    wang.get("/me").await.refused(ErrorCode::Unauthenticated);
    assert!(
        sessions_of(&stage.owner, &wang)
            .await
            .iter()
            .all(|it| it.id != resting)
    );
    zhao.get("/me").await.ok();
    let seen = sessions_of(&stage.owner, &zhao).await;
    assert!(
        seen.iter()
            .any(|it| it.id == used && it.last_seen_at > long_ago)
    );
    // Also where no look came by: at the door itself.
    stage.take_server().stop().await;
    let workspace = tenon_workspace(&stage).await;
    let write = stage.store.private(move |private| {
        async move { private.see_sessions(workspace, &[used], long_ago) }.boxed()
    });
    write.await.unwrap();
    stage.start(&mut [&mut zhao]).await;
    zhao.get("/me").await.refused(ErrorCode::Unauthenticated);
    stage.owner.connect().await;
    stage.end(&mut []).await;
}

async fn tenon_workspace(stage: &Stage) -> WorkspaceId {
    let read = stage
        .store
        .read_private(|private| tenon_store::workspace::list_ids(private).boxed());
    read.await.unwrap()[0]
}

async fn a_session_ends_everywhere(database: Database) {
    let stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let mut admin = stage.join("管理员", Role::Admin).await;
    let mut phone = wang.sign_in_again().await;
    phone.connect().await;
    // By an administrator, here; an owner's by owners alone.
    let sessions = sessions_of(&admin, &wang).await;
    assert_eq!(sessions.len(), 2);
    assert!(sessions.iter().all(|it| !it.current));
    let newest = sessions[0].id;
    let path = format!("/members/{}/sessions/{newest}", wang.id);
    wang.delete(&path).await.refused(ErrorCode::Forbidden);
    admin.delete(&path).await.ok();
    assert_eq!(phone.wait_closed().await, Some(ErrorCode::Unauthenticated));
    admin.delete(&path).await.refused(ErrorCode::NotFound);
    let owner = format!("/members/{}/sessions", stage.owner.id);
    admin.get(&owner).await.refused(ErrorCode::Forbidden);
    wang.get("/me").await.ok();
    // By another node: the next look closes the socket here.
    let (workspace, member) = (tenon_workspace(&stage).await, wang.id);
    let id = sessions[1].id;
    let write = stage.store.private(move |private| {
        async move { private.end_session(workspace, member, id).await }.boxed()
    });
    assert!(write.await.unwrap());
    rules(&stage.owner, json!({"session_days": 20})).await;
    assert_eq!(wang.wait_closed().await, Some(ErrorCode::Unauthenticated));
    stage.end(&mut [&mut admin]).await;
}

async fn everyone_is_signed_out_but_who_asked(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let mut tablet = stage.owner.sign_in_again().await;
    tablet.connect().await;
    let token = wang
        .post("/tokens", json!({"name": "ci"}))
        .await
        .ok()
        .json();
    let mut program = wang.twin();
    program.token = token["token"].as_str().unwrap().to_owned();
    program.connect().await;
    let path = "/workspace/sign-out-everyone";
    wang.post(path, json!({}))
        .await
        .refused(ErrorCode::Forbidden);
    program
        .post(path, json!({}))
        .await
        .refused(ErrorCode::Forbidden);
    wang.get("/me").await.ok();
    stage.owner.post(path, json!({})).await.ok();
    assert_eq!(wang.wait_closed().await, Some(ErrorCode::Unauthenticated));
    assert_eq!(tablet.wait_closed().await, Some(ErrorCode::Unauthenticated));
    wang.get("/me").await.refused(ErrorCode::Unauthenticated);
    tablet.get("/me").await.refused(ErrorCode::Unauthenticated);
    let wanted = |it: &tenon_protocol::Entry| matches!(it.event, Event::EveryoneSignedOut {});
    let entry = stage.owner.see(wanted).await;
    assert_eq!(entry.actor, stage.owner.id);
    stage.owner.get("/me").await.ok();
    program.get("/me").await.ok();
    let mut back = wang.sign_in_again().await;
    back.connect().await;
    stage.end(&mut [&mut program, &mut back]).await;
}

async fn members_invite_where_they_may(database: Database) {
    let mut stage = Stage::open(database).await;
    let wang = stage.join("王芳", Role::Member).await;
    let mut guest = stage.join("Guest", Role::Guest).await;
    let inside = stage
        .channel("inside", ChannelKind::Private, &[&wang])
        .await;
    let lobby = stage.channel("lobby", ChannelKind::Public, &[]).await;
    let member = json!({"role": "member", "channels": [inside], "uses": 2});
    wang.post("/invitations", member.clone())
        .await
        .refused(ErrorCode::Forbidden);
    rules(&stage.owner, json!({"inviters": "members"})).await;
    for wish in [json!({"role": "guest"}), json!({"role": "admin"})] {
        wang.post("/invitations", wish)
            .await
            .refused(ErrorCode::Forbidden);
    }
    let elsewhere = json!({"role": "member", "channels": [lobby]});
    wang.post("/invitations", elsewhere)
        .await
        .refused(ErrorCode::NotAMember);
    guest
        .post("/invitations", json!({"role": "member"}))
        .await
        .refused(ErrorCode::Forbidden);
    let made = invite(&wang, member).await;
    let owners = invite(&stage.owner, json!({"role": "member"})).await;
    accept(&wang, &made.secret, "one@example.com", PASSWORD)
        .await
        .ok();
    // One's own, and for administrators all, with how often each was used.
    let list = async |member: &Member| {
        let page: Page<Invitation> = member.get("/invitations").await.ok().read();
        page.items
    };
    let own = list(&wang).await;
    assert_eq!(own.len(), 1);
    assert_eq!((own[0].used, own[0].uses_left), (1, 1));
    let all = list(&stage.owner).await;
    assert_eq!(all.len(), 2);
    assert_eq!(all[0].id, owners.invitation.id);
    let theirs = format!("/invitations/{}", owners.invitation.id);
    wang.delete(&theirs).await.refused(ErrorCode::NotFound);
    let renew = format!("{theirs}/renew");
    wang.post(&renew, json!({}))
        .await
        .refused(ErrorCode::NotFound);
    let renewed: Invitation = stage
        .owner
        .post(&renew, json!({"days": 30}))
        .await
        .ok()
        .read();
    assert!(renewed.expires_at > owners.invitation.expires_at);
    stage
        .owner
        .post(&renew, json!({"days": 91}))
        .await
        .refused(ErrorCode::Invalid);
    nobody_comes_in_too_late(&mut stage, wang, &made.secret).await;
    accept(&stage.owner, &owners.secret, "two@example.com", PASSWORD)
        .await
        .ok();
    stage.end(&mut [&mut guest]).await;
}

/// Who may not invite any more, or has left, lets nobody in.
async fn nobody_comes_in_too_late(stage: &mut Stage, mut wang: Member, secret: &str) {
    rules(&stage.owner, json!({"inviters": "administrators"})).await;
    let late = accept(&stage.owner, secret, "two@example.com", PASSWORD).await;
    late.refused(ErrorCode::NotFound);
    wang.get("/invitations").await.refused(ErrorCode::Forbidden);
    rules(&stage.owner, json!({"inviters": "members"})).await;
    let leave = DeactivateMember { member: wang.id };
    stage.owner.run(Command::DeactivateMember(leave)).await;
    let late = accept(&stage.owner, secret, "two@example.com", PASSWORD).await;
    late.refused(ErrorCode::NotFound);
    wang.wait_closed().await;
}

async fn send_picture(member: &Member, bytes: &[u8]) -> http::Answer {
    member.send("PUT", "/workspace/logo", bytes).await
}

async fn a_logo_is_for_everybody_and_nothing_else_is(database: Database) {
    let stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let address = wang.address;
    let stranger = async |path: &str| {
        let path = format!("/api/v1{path}");
        http::send(address, "GET", &path, &[], b"").await.unwrap()
    };
    let before = stranger("/setup").await.ok().json();
    assert_eq!(before, json!({"needed": false, "name": "榫卯 Works"}));
    send_picture(&wang, PNG).await.refused(ErrorCode::Forbidden);
    let svg = b"<svg onload='alert(1)'/>";
    let wrong = send_picture(&stage.owner, svg)
        .await
        .refused(ErrorCode::Invalid);
    assert_eq!(wrong.field().as_deref(), Some("logo"));
    let made: Workspace = send_picture(&stage.owner, PNG).await.ok().read();
    let logo = made.logo.unwrap();
    wang.see(|it| matches!(it.event, Event::LogoChanged { .. }))
        .await;
    assert_eq!(wang.replica().workspace.logo.as_deref(), Some(&*logo));
    assert_eq!(stranger("/setup").await.ok().json()["logo"], *logo);
    let path = format!("/logo/{logo}");
    let shown = stranger(&path).await.ok();
    assert_eq!(shown.header("content-type"), Some("image/png"));
    assert!(shown.header("cache-control").unwrap().contains("immutable"));
    // A member's picture is no logo, whoever asks for it there.
    let face = format!("/members/{}/avatar", stage.owner.id);
    let kind = [("content-type", "image/png")];
    let owner = &stage.owner;
    let bearer = format!("Bearer {}", owner.token);
    let headers = [kind[0], ("authorization", &*bearer)];
    let sent = http::send(address, "PUT", &format!("/api/v1{face}"), &headers, PNG).await;
    let hash = sent.unwrap().ok().json()["avatar"]
        .as_str()
        .unwrap()
        .to_owned();
    stranger(&format!("/logo/{hash}"))
        .await
        .refused(ErrorCode::NotFound);
    stage.owner.delete("/workspace/logo").await.ok();
    stranger(&path).await.refused(ErrorCode::NotFound);
    assert_eq!(stranger("/setup").await.ok().json(), before);
    stage.end(&mut [&mut wang]).await;
}

async fn files_stop_at_the_limits(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let room = stage.channel("room", ChannelKind::Private, &[&wang]).await;
    const MIB: usize = 1024 * 1024;
    let (fits, large) = (vec![b'a'; MIB * 3 / 4], vec![b'b'; MIB + 1]);
    rules(&stage.owner, json!({"file_bytes_max": MIB})).await;
    upload(&wang, "large.txt", &large)
        .await
        .refused(ErrorCode::TooLarge);
    let file: File = upload(&wang, "fits.txt", &fits).await.ok().read();
    let carried = wang.run(carrying(room, vec![file.id])).await;
    rules(&stage.owner, json!({"storage_bytes_max": MIB})).await;
    let full = upload(&wang, "second.txt", &fits)
        .await
        .refused(ErrorCode::StorageFull);
    assert_eq!(full.field().as_deref(), Some("file"));
    upload(&wang, "small.txt", b"still fits").await.ok();
    wang.get(&format!("/files/{}", file.id)).await.ok();
    // With its message a file goes, at the sweep with which a server begins.
    let message = MessageId(carried.result.id.unwrap());
    stage
        .owner
        .run(Command::DeleteMessage(DeleteMessage { message }))
        .await;
    stage.restart(&mut [&mut wang]).await;
    while upload(&wang, "second.txt", &fits).await.status != 201 {}
    stage.owner.connect().await;
    wang.connect().await;
    rules(
        &stage.owner,
        json!({"file_bytes_max": null, "storage_bytes_max": null}),
    )
    .await;
    upload(&wang, "large.txt", &large).await.ok();
    stage.end(&mut [&mut wang]).await;
}

async fn what_administrators_do_is_theirs_alone(database: Database) {
    let stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let mut guest = stage.join("Guest", Role::Guest).await;
    let made = invite(&stage.owner, json!({"role": "member"})).await;
    let invitation = made.invitation.id;
    for member in [&mut wang, &mut guest] {
        let owner = stage.owner.id;
        let session = SessionId::new();
        let asked = [
            (
                "PATCH",
                "/workspace/policy".into(),
                json!({"session_days": 1}),
            ),
            (
                "PUT",
                "/workspace/mail-domains".into(),
                json!({"domains": []}),
            ),
            ("PUT", "/workspace/logo".into(), json!({})),
            ("DELETE", "/workspace/logo".into(), json!({})),
            ("POST", "/workspace/sign-out-everyone".into(), json!({})),
            ("GET", format!("/members/{owner}/sessions"), json!({})),
            (
                "DELETE",
                format!("/members/{owner}/sessions/{session}"),
                json!({}),
            ),
            ("GET", "/invitations".into(), json!({})),
            ("GET", "/administration/channels".into(), json!({})),
            ("GET", "/administration/storage".into(), json!({})),
            ("GET", "/administration/limits".into(), json!({})),
            ("DELETE", format!("/invitations/{invitation}"), json!({})),
            (
                "POST",
                format!("/invitations/{invitation}/renew"),
                json!({}),
            ),
        ];
        for (method, path, body) in asked {
            let answer = member
                .send(method, &path, body.to_string().as_bytes())
                .await;
            answer.refused(ErrorCode::Forbidden);
        }
        let change = ChangePolicy {
            everyone_mentioners: Some(EveryoneMentioners::Managers),
            ..ChangePolicy::default()
        };
        let refused = member.refused(Command::ChangePolicy(change)).await;
        assert_eq!(refused.code, ErrorCode::Forbidden);
        let logo = tenon_protocol::policy::ChangeLogo {
            logo: Some("00".into()),
        };
        let refused = member.refused(Command::ChangeLogo(logo)).await;
        assert_eq!(refused.code, ErrorCode::Forbidden);
    }
    stage.end(&mut [&mut wang, &mut guest]).await;
}

/// A word in everything that no administrator may read.
const WORD: &str = "Zimtstern";

async fn private_channel(by: &mut Member, with: &Member) -> ChannelId {
    let id = ChannelId::new();
    let create = json!({"type": "create_channel", "id": id, "name": WORD, "kind": "private",
        "members": [with.id]});
    by.run(serde_json::from_value(create).unwrap()).await;
    id
}

async fn channel_reports(member: &Member) -> ChannelReports {
    loop {
        let answer = member.get("/administration/channels").await.ok();
        assert!(!answer.text().contains(WORD), "{}", answer.text());
        let reports: ChannelReports = answer.read();
        if reports.counted {
            return reports;
        }
        tokio::task::yield_now().await;
    }
}

async fn channels_are_listed_and_hidden_ones_counted(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let mut zhao = stage.join("赵敏", Role::Member).await;
    let lobby = stage.channel("lobby", ChannelKind::Public, &[&wang]).await;
    stage.owner.run(post(lobby, "one")).await;
    wang.run(post(lobby, "two")).await;
    // An archived channel leaves its name to others.
    let archive = json!({"archived": true});
    let other = private_channel(&mut zhao, &wang).await;
    zhao.patch(&format!("/channels/{other}"), archive.clone())
        .await
        .ok();
    let hidden = private_channel(&mut wang, &zhao).await;
    wang.run(post(hidden, WORD)).await;
    let direct = json!({"members": [zhao.id]});
    wang.post("/channels/direct", direct).await.ok();
    // Whoever managed it has left: nobody there can any more.
    let leave = DeactivateMember { member: wang.id };
    stage.owner.run(Command::DeactivateMember(leave)).await;
    wang.wait_closed().await;
    let reports = channel_reports(&stage.owner).await;
    let names: Vec<&str> = reports
        .channels
        .iter()
        .map(|it| &*it.channel.name)
        .collect();
    assert_eq!(names, ["lobby", "综合"]);
    let report = &reports.channels[0];
    assert_eq!((report.members, report.messages), (2, 2));
    assert!(report.last_message_at.is_some());
    let expected = HiddenChannels {
        private: 1,
        private_archived: 1,
        unmanaged: 1,
        direct: 1,
    };
    assert_eq!(reports.hidden, expected);
    stage
        .owner
        .patch(&format!("/channels/{lobby}"), archive)
        .await
        .ok();
    let reports = channel_reports(&stage.owner).await;
    assert!(reports.channels[0].channel.archived);
    stage.end(&mut [&mut zhao]).await;
}

async fn what_takes_room_is_counted_and_nothing_hidden_is_named(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let mut zhao = stage.join("赵敏", Role::Member).await;
    let lobby = stage.channel("lobby", ChannelKind::Public, &[&wang]).await;
    let hidden = private_channel(&mut wang, &zhao).await;
    let send = async |member: &Member, name: &str, bytes: usize| -> File {
        upload(member, name, &vec![b'x'; bytes]).await.ok().read()
    };
    let shown = send(&wang, "report.txt", 3_000).await;
    wang.run(carrying(lobby, vec![shown.id])).await;
    let secret = send(&wang, &format!("{WORD}.txt"), 5_000).await;
    wang.run(carrying(hidden, vec![secret.id])).await;
    let gone = send(&wang, "gone.txt", 700).await;
    let done = wang.run(carrying(lobby, vec![gone.id])).await;
    let message = MessageId(done.result.id.unwrap());
    wang.run(Command::DeleteMessage(DeleteMessage { message }))
        .await;
    send(&wang, "waiting.txt", 400).await;
    let usage = loop {
        let answer = stage.owner.get("/administration/storage").await.ok();
        assert!(!answer.text().contains(WORD), "{}", answer.text());
        let report: StorageReport = answer.read();
        match report.usage {
            Some(usage) if !report.counting => break usage,
            _ => tokio::task::yield_now().await,
        }
    };
    let sum = |files, bytes| FileSum { files, bytes };
    assert_eq!(usage.files, sum(2, 8_000));
    assert_eq!((usage.waiting, usage.deleted), (sum(1, 400), sum(1, 700)));
    assert_eq!(usage.channels.len(), 1);
    assert_eq!(
        (usage.channels[0].channel.id, usage.channels[0].sum),
        (lobby, sum(1, 3_000))
    );
    assert_eq!(usage.elsewhere, sum(1, 5_000));
    assert_eq!(
        (usage.largest[0].bytes, usage.largest[0].seen.is_none()),
        (5_000, true)
    );
    assert_eq!(usage.largest[1].seen.as_ref().unwrap().name, "report.txt");
    assert!(usage.database_bytes > usage.log_bytes && usage.log_bytes > 0);
    assert!(usage.entries > 0 && usage.entries <= stage.owner.head().await);
    let limits = stage.owner.get("/administration/limits").await.ok();
    let limits: Page<LimitReport> = limits.read();
    let used = |name| {
        limits
            .items
            .iter()
            .find(|it| it.limit == name)
            .unwrap()
            .used
    };
    assert_eq!(used(LimitName::Groups), Some(0));
    assert_eq!(used(LimitName::Invitations), Some(0));
    assert_eq!(used(LimitName::MessageFiles), None);
    stage.end(&mut [&mut wang, &mut zhao]).await;
}

/// The strictest rules that there can be, made by an administrator who would like to be the owner.
async fn nobody_is_locked_out(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut admin = stage.join("管理员", Role::Admin).await;
    let owner = stage.owner.id;
    let role = ChangeRole {
        member: owner,
        role: Role::Guest,
    };
    let leave = DeactivateMember { member: owner };
    for command in [Command::ChangeRole(role), Command::DeactivateMember(leave)] {
        assert_eq!(admin.refused(command).await.code, ErrorCode::Forbidden);
    }
    let strictest = json!({"password_chars_min": 64, "session_days": 1, "session_idle_hours": 1,
        "inviters": "administrators"});
    rules(&admin, strictest).await;
    let domains = json!({"domains": ["nobody.example"]});
    admin.put("/workspace/mail-domains", domains).await.ok();
    admin
        .post("/workspace/sign-out-everyone", json!({}))
        .await
        .ok();
    let ended = stage.owner.wait_closed().await;
    assert_eq!(ended, Some(ErrorCode::Unauthenticated));
    // The password and the address that one has go on, and the owner takes the rules back.
    stage.owner = stage.owner.sign_in_again().await;
    stage.owner.connect().await;
    rules(&stage.owner, json!({"password_chars_min": 8})).await;
    stage.end(&mut [&mut admin]).await;
}

async fn names_and_logos_are_looked_at(database: Database) {
    let stage = Stage::open(database).await;
    let owner = &stage.owner;
    let long = "长".repeat(4_000);
    for name in ["a\u{0}b", "two\nlines", "a\u{2028}b", "  ", &long] {
        let answer = owner.patch("/workspace", json!({"name": name})).await;
        let refused = answer.refused(ErrorCode::Invalid);
        assert_eq!(refused.field().as_deref(), Some("name"), "{name:?}");
    }
    let large = vec![0; 1024 * 1024 + 1];
    send_picture(owner, &large)
        .await
        .refused(ErrorCode::TooLarge);
    // Cut in the middle, it is no picture.
    let half = &PNG[..PNG.len() / 2];
    send_picture(owner, half).await.refused(ErrorCode::Invalid);
    let workspace: Value = owner.get("/me").await.ok().json();
    assert_eq!(workspace["workspace"].get("logo"), None);
    stage.end(&mut []).await;
}
