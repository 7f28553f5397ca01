//! People: set-up, sign-in, sessions, invitations, roles, deactivation, tokens.

use crate::support::{
    Database, Member, Server, Stage, http,
    member::{PASSWORD, post_openly},
    stage::post,
};
use serde_json::json;
use std::time::Duration;
use tenon_protocol::{
    Command, ErrorCode, Timestamp,
    channel::{Channel, ChannelKind, RemoveChannelMember, UpdateChannel},
    credential::{InvitationCreated, Session, Token, TokenCreated},
    member::{ChangeRole, DeactivateMember, ReactivateMember, Role},
    snapshot::Page,
    status::WorkingHours,
};

on_both!(
    a_workspace_is_set_up_once,
    wrong_passwords_are_refused_and_slowed_down,
    a_session_that_is_ended_ends_its_socket,
    an_invitation_lets_people_in_as_it_says,
    roles_decide_what_one_may_do,
    a_socket_ends_with_its_token,
    lists_are_given_in_pages,
    whoever_is_deactivated_is_out_at_once,
    a_guest_who_comes_back_knows_what_was_told_meanwhile,
    a_hook_posts_while_its_maker_may_read_there,
    a_token_does_what_its_scopes_say,
    a_status_is_seen_by_all_and_ends_by_itself,
);

async fn a_workspace_is_set_up_once(database: Database) {
    let server = Server::start(&database).await;
    let address = server.address;
    let status = http::send(address, "GET", "/api/v1/setup", &[], b"")
        .await
        .unwrap();
    assert_eq!(status.json()["needed"], true);
    let body = |email: &str, password: &str| {
        let (workspace, name) = ("榫卯", "陈晨");
        json!({"workspace_name": workspace, "name": name, "email": email, "password": password})
    };
    let short = post_openly(address, "/setup", &body("chen@example.com", "short")).await;
    assert_eq!(
        short.refused(ErrorCode::Invalid).field().as_deref(),
        Some("password")
    );
    let wrong = post_openly(address, "/setup", &body("not an address", PASSWORD)).await;
    assert_eq!(
        wrong.refused(ErrorCode::Invalid).field().as_deref(),
        Some("email")
    );
    // Nothing of it is left behind.
    let mut nobody = body("a@example.com", PASSWORD);
    nobody["name"] = json!(" ");
    let nobody = post_openly(address, "/setup", &nobody).await;
    assert_eq!(
        nobody.refused(ErrorCode::Invalid).field().as_deref(),
        Some("name")
    );
    let mut elsewhere = body("a@example.com", PASSWORD);
    elsewhere["time_zone"] = json!("Mars/Phobos");
    let elsewhere = post_openly(address, "/setup", &elsewhere).await;
    assert_eq!(
        elsewhere.refused(ErrorCode::Invalid).field().as_deref(),
        Some("time_zone")
    );
    // Both at the same moment: one of them is the first.
    let (a, b) = (
        body("a@example.com", PASSWORD),
        body("b@example.com", PASSWORD),
    );
    let (one, other) = tokio::join!(
        post_openly(address, "/setup", &a),
        post_openly(address, "/setup", &b)
    );
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409], "{} {}", one.text(), other.text());
    let late = post_openly(address, "/setup", &body("c@example.com", PASSWORD)).await;
    late.refused(ErrorCode::AlreadySetUp);
    let status = http::send(address, "GET", "/api/v1/setup", &[], b"")
        .await
        .unwrap();
    assert_eq!(status.json()["needed"], false);
    server.stop().await;
    crate::support::stage::verify_log(&database).await;
}

async fn wrong_passwords_are_refused_and_slowed_down(database: Database) {
    let stage = Stage::open(database).await;
    let address = stage.owner.address;
    let attempt = async |email: &str, password: &str| {
        let body = json!({"email": email, "password": password});
        post_openly(address, "/sessions", &body).await
    };
    // Whether the address is known makes no difference.
    let unknown = attempt("nobody@example.com", PASSWORD).await;
    let unknown = unknown.refused(ErrorCode::WrongCredentials).json();
    let wrong = attempt("chen@example.com", "wrong password").await;
    let wrong = wrong.refused(ErrorCode::WrongCredentials).json();
    assert_eq!(unknown["error"]["message"], wrong["error"]["message"]);
    let mut limited = None;
    for _ in 0..20 {
        let answer = attempt("chen@example.com", "wrong password").await;
        if answer.status == 429 {
            limited = Some(answer.refused(ErrorCode::RateLimited));
            break;
        }
        answer.refused(ErrorCode::WrongCredentials);
    }
    let limited = limited.expect("guessing is slowed down");
    // Nor does it help to guess many at the same moment.
    let many = (0..30).map(|_| attempt("zhou@example.com", "wrong password"));
    let answers = futures::future::join_all(many).await;
    let tried = answers.iter().filter(|answer| answer.status == 401);
    assert_eq!(tried.count(), 10);
    let guess = json!({"current": "wrong password", "new": "another password"});
    for _ in 0..10 {
        let answer = stage.owner.post("/me/password", guess.clone()).await;
        answer.refused(ErrorCode::WrongCredentials);
    }
    let answer = stage.owner.post("/me/password", guess).await;
    answer.refused(ErrorCode::RateLimited);
    let wait: u64 = limited.header("retry-after").unwrap().parse().unwrap();
    assert!(wait >= 1);
    // The right password waits too; those who are in stay in.
    attempt("chen@example.com", PASSWORD)
        .await
        .refused(ErrorCode::RateLimited);
    stage.owner.get("/me").await.ok();
    stage.end(&mut []).await;
}

async fn a_session_that_is_ended_ends_its_socket(database: Database) {
    let stage = Stage::open(database).await;
    let mut desk = stage.join("王芳", Role::Member).await;
    let mut phone = desk.sign_in_again().await;
    phone.connect().await;
    let sessions: Page<Session> = desk.get("/sessions").await.read();
    assert_eq!(sessions.items.len(), 2);
    let other = sessions
        .items
        .iter()
        .find(|session| !session.current)
        .unwrap();
    let path = format!("/sessions/{}", other.id);
    // Somebody else's session does not exist for me.
    stage.owner.delete(&path).await.refused(ErrorCode::NotFound);
    desk.delete(&path).await.ok();
    assert_eq!(phone.wait_closed().await, Some(ErrorCode::Unauthenticated));
    phone.get("/me").await.refused(ErrorCode::Unauthenticated);
    assert!(phone.try_connect(None).await.is_none());
    assert_eq!(phone.closed, Some(ErrorCode::Unauthenticated));
    phone.disconnect();
    let change = json!({"current": "wrong password", "new": "another password"});
    desk.post("/me/password", change)
        .await
        .refused(ErrorCode::WrongCredentials);
    let mut tablet = desk.sign_in_again().await;
    tablet.connect().await;
    let change = json!({"current": PASSWORD, "new": "another password"});
    desk.post("/me/password", change).await.ok();
    tablet.wait_closed().await;
    desk.get("/me").await.ok();
    desk.delete("/sessions/current").await.ok();
    desk.get("/me").await.refused(ErrorCode::Unauthenticated);
    desk.wait_closed().await;
    stage.end(&mut []).await;
}

async fn an_invitation_lets_people_in_as_it_says(database: Database) {
    let mut stage = Stage::open(database).await;
    let room = stage.channel("customers", ChannelKind::Private, &[]).await;
    let wish = json!({"role": "guest", "channels": [room], "uses": 1});
    let invitation: InvitationCreated = stage.owner.post("/invitations", wish).await.read();
    assert!(
        invitation
            .url
            .ends_with(&format!("/invite/{}", invitation.secret))
    );
    let path = format!("/api/v1/invitations/{}", invitation.secret);
    let address = stage.owner.address;
    let preview = http::send(address, "GET", &path, &[], b"")
        .await
        .unwrap()
        .json();
    assert_eq!(
        (&preview["workspace_name"], &preview["role"]),
        (&json!("榫卯 Works"), &json!("guest"))
    );
    let accept = async |email: &str| {
        let body = json!({"name": "Гость", "email": email, "password": PASSWORD});
        let path = format!("/invitations/{}/accept", invitation.secret);
        post_openly(address, &path, &body).await
    };
    accept("chen@example.com")
        .await
        .refused(ErrorCode::AlreadyExists);
    let answer = accept("guest@example.com").await.ok();
    accept("second@example.com")
        .await
        .refused(ErrorCode::NotFound);
    let mut guest = Member::of(address, "guest@example.com", &answer);
    guest.connect().await;
    let replica = guest.replica();
    assert_eq!(replica.members[&guest.id].role, Role::Guest);
    assert_eq!(replica.channels.keys().collect::<Vec<_>>(), [&room]);
    guest.run(post(room, "привет")).await;
    let wish = json!({"role": "member"});
    guest
        .post("/invitations", wish.clone())
        .await
        .refused(ErrorCode::Forbidden);
    let invitation: InvitationCreated = stage.owner.post("/invitations", wish).await.read();
    stage
        .owner
        .delete(&format!("/invitations/{}", invitation.invitation.id))
        .await
        .ok();
    let path = format!("/invitations/{}/accept", invitation.secret);
    let body = json!({"name": "Late", "email": "late@example.com", "password": PASSWORD});
    post_openly(address, &path, &body)
        .await
        .refused(ErrorCode::NotFound);
    stage.end(&mut [&mut guest]).await;
}

async fn roles_decide_what_one_may_do(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let mut guest = stage.join("Guest", Role::Guest).await;
    let public = stage.channel("lobby", ChannelKind::Public, &[&guest]).await;
    let unseen = stage.channel("unseen", ChannelKind::Public, &[]).await;
    let owner = stage.owner.id;
    let role = |member, role| Command::ChangeRole(ChangeRole { member, role });
    assert_eq!(
        wang.refused(role(guest.id, Role::Member)).await.code,
        ErrorCode::Forbidden
    );
    let last = stage.owner.refused(role(owner, Role::Member)).await;
    assert_eq!(last.code, ErrorCode::LastOwner);
    let last = DeactivateMember { member: owner };
    let last = stage.owner.refused(Command::DeactivateMember(last)).await;
    assert_eq!(last.code, ErrorCode::LastOwner);
    stage.owner.run(role(wang.id, Role::Admin)).await;
    assert_eq!(
        wang.refused(role(owner, Role::Member)).await.code,
        ErrorCode::Forbidden
    );
    assert_eq!(
        wang.refused(role(wang.id, Role::Owner)).await.code,
        ErrorCode::Forbidden
    );
    // Live, in both directions: what one may see grows and shrinks with the role.
    guest.settle().await;
    assert_eq!(guest.replica().channels.len(), 1);
    wang.run(role(guest.id, Role::Member)).await;
    guest.settle().await;
    assert!(guest.replica().channels.contains_key(&unseen));
    stage.owner.run(post(public, "hello")).await;
    stage.prove(&mut [&mut wang, &mut guest]).await;
    wang.run(role(guest.id, Role::Guest)).await;
    guest.settle().await;
    assert_eq!(guest.replica().channels.len(), 1);
    stage.channel("also unseen", ChannelKind::Public, &[]).await;
    guest.settle().await;
    assert_eq!(guest.replica().channels.len(), 1);
    guest
        .post("/channels", json!({"name": "mine", "kind": "public"}))
        .await
        .refused(ErrorCode::Forbidden);
    stage.end(&mut [&mut wang, &mut guest]).await;
}

async fn whoever_is_deactivated_is_out_at_once(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let token: TokenCreated = wang.post("/tokens", json!({"name": "script"})).await.read();
    let mut script = wang.twin();
    script.token = token.token;
    script.connect().await;
    let deactivate = DeactivateMember { member: wang.id };
    stage.owner.run(Command::DeactivateMember(deactivate)).await;
    for session in [&mut wang, &mut script] {
        session.wait_closed().await;
        session.get("/me").await.refused(ErrorCode::Unauthenticated);
        assert!(session.try_connect(None).await.is_none());
        session.disconnect();
    }
    let body = json!({"email": wang.email, "password": PASSWORD});
    post_openly(wang.address, "/sessions", &body)
        .await
        .refused(ErrorCode::WrongCredentials);
    let back = ReactivateMember { member: wang.id };
    stage.owner.run(Command::ReactivateMember(back)).await;
    // Old sessions and tokens stay ended; the password works again.
    script.get("/me").await.refused(ErrorCode::Unauthenticated);
    let mut wang = wang.sign_in_again().await;
    wang.connect().await;
    stage.end(&mut [&mut wang]).await;
}

async fn a_guest_who_comes_back_knows_what_was_told_meanwhile(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut guest = stage.join("客人", Role::Guest).await;
    let room = stage.channel("dev", ChannelKind::Public, &[&guest]).await;
    guest.settle().await;
    let deactivate = DeactivateMember { member: guest.id };
    stage.owner.run(Command::DeactivateMember(deactivate)).await;
    guest.wait_closed().await;
    guest.disconnect();
    let rename = UpdateChannel {
        channel: room,
        name: Some("开发".to_owned()),
        ..UpdateChannel::default()
    };
    stage.owner.run(Command::UpdateChannel(rename)).await;
    let back = ReactivateMember { member: guest.id };
    stage.owner.run(Command::ReactivateMember(back)).await;
    // The replica goes on from where it stood.
    guest.token = guest.sign_in_again().await.token;
    guest.connect().await;
    stage.end(&mut [&mut guest]).await;
}

async fn a_hook_posts_while_its_maker_may_read_there(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let address = wang.address;
    let mut hooks = Vec::new();
    let (open, closed) = (ChannelKind::Public, ChannelKind::Private);
    let open = stage.channel("dev", open, &[&wang]).await;
    let closed = stage.channel("私", closed, &[&wang]).await;
    for room in [open, closed] {
        let wish = json!({"channel": room, "name": "CI"});
        let hook = wang.post("/hooks", wish).await.ok().json();
        let url = hook["url"].as_str().unwrap();
        hooks.push(url[url.find("/hooks/").unwrap()..].to_owned());
    }
    let answers = async || {
        let mut answers = Vec::new();
        for hook in &hooks {
            let headers = [("content-type", "application/json")];
            let sent = http::send(address, "POST", hook, &headers, br#"{"text": "green"}"#);
            answers.push(sent.await.unwrap().status);
        }
        answers
    };
    assert_eq!(answers().await, [200, 200]);
    // A public channel is open to whoever leaves it, a private one is not.
    for channel in [open, closed] {
        let member = wang.id;
        let leave = RemoveChannelMember { channel, member };
        wang.run(Command::RemoveChannelMember(leave)).await;
    }
    assert_eq!(answers().await, [200, 404]);
    let deactivate = DeactivateMember { member: wang.id };
    stage.owner.run(Command::DeactivateMember(deactivate)).await;
    assert_eq!(answers().await, [404, 404]);
    wang.wait_closed().await;
    wang.disconnect();
    stage.end(&mut []).await;
}

async fn a_token_does_what_its_scopes_say(database: Database) {
    let mut stage = Stage::open(database).await;
    let room = stage.channel("dev", ChannelKind::Public, &[]).await;
    stage.project("ENG", Default::default(), &[]).await;
    let wish = json!({"name": "reader", "scopes": ["read"]});
    let token: TokenCreated = stage.owner.post("/tokens", wish).await.read();
    let mut reader = stage.owner.twin();
    reader.token = token.token;
    reader.connect().await;
    reader.get(&format!("/channels/{room}/messages")).await.ok();
    assert_eq!(
        reader.refused(post(room, "no")).await.code,
        ErrorCode::Forbidden
    );
    let task = json!({"project": "ENG", "title": "no"});
    reader
        .post("/tasks", task.clone())
        .await
        .refused(ErrorCode::Forbidden);
    reader
        .post("/tokens", json!({"name": "more"}))
        .await
        .refused(ErrorCode::Forbidden);
    reader.get("/sessions").await.refused(ErrorCode::Forbidden);
    let wish = json!({"name": "worker", "scopes": ["work"]});
    let token: TokenCreated = stage.owner.post("/tokens", wish).await.read();
    let mut worker = stage.owner.twin();
    worker.token = token.token;
    worker.get("/snapshot").await.refused(ErrorCode::Forbidden);
    assert!(worker.try_connect(None).await.is_none());
    assert_eq!(worker.closed, Some(ErrorCode::Forbidden));
    let wish = json!({"name": "old", "expires_at": "2020-01-01T00:00:00Z"});
    let old = stage.owner.post("/tokens", wish).await;
    let old = old.refused(ErrorCode::Invalid);
    assert_eq!(old.field().as_deref(), Some("expires_at"));
    // Noted soon after it was used, not in its way.
    let used = async |id| {
        let all: Page<Token> = stage.owner.get("/tokens").await.read();
        let token = all.items.into_iter().find(|token| token.id == id);
        token.unwrap().last_used_at.is_some()
    };
    while !used(token.record.id).await {}
    let path = format!("/tokens/{}", token.record.id);
    stage.owner.delete(&path).await.ok();
    worker.get("/me").await.refused(ErrorCode::Unauthenticated);
    stage.end(&mut [&mut reader]).await;
}

async fn a_socket_ends_with_its_token(database: Database) {
    let mut stage = Stage::open(database).await;
    let room = stage.channel("dev", ChannelKind::Public, &[]).await;
    let soon = Timestamp::now() + Duration::from_secs(2);
    let with_token = async |wish| {
        let token: TokenCreated = stage.owner.post("/tokens", wish).await.read();
        let mut script = stage.owner.twin();
        script.token = token.token;
        script.connect().await;
        (script, token.record.id)
    };
    let (mut revoked, id) = with_token(json!({"name": "revoked"})).await;
    let wish = json!({"name": "expiring", "expires_at": soon.to_string()});
    let (mut expiring, _) = with_token(wish).await;
    let (mut stays, _) = with_token(json!({"name": "stays"})).await;
    stage.owner.delete(&format!("/tokens/{id}")).await.ok();
    for script in [&mut revoked, &mut expiring] {
        let code = script.wait_closed().await;
        assert_eq!(code, Some(ErrorCode::Unauthenticated));
        assert!(script.try_connect(None).await.is_none());
        script.disconnect();
    }
    stays.run(post(room, "still here")).await;
    stage.end(&mut [&mut stays]).await;
}

async fn lists_are_given_in_pages(database: Database) {
    let mut stage = Stage::open(database).await;
    let first: Page<Channel> = stage.owner.get("/channels").await.ok().read();
    let mut made: Vec<_> = first.items.iter().map(|channel| channel.id).collect();
    for n in 0..4 {
        let name = format!("room {n}");
        made.push(stage.channel(&name, ChannelKind::Public, &[]).await);
    }
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        let path = format!("/channels?limit=2{after}");
        let page: Page<Channel> = stage.owner.get(&path).await.ok().read();
        assert!(page.items.len() <= 2);
        seen.extend(page.items.iter().map(|channel| channel.id));
        let Some(next) = page.next else { break };
        after = format!("&after={next}");
    }
    made.sort();
    seen.sort();
    assert_eq!(seen, made);
    let wrong = stage.owner.get("/channels?after=nowhere").await;
    wrong.refused(ErrorCode::Malformed);
    stage.end(&mut []).await;
}

async fn a_status_is_seen_by_all_and_ends_by_itself(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let mut guest = stage.join("Guest", Role::Guest).await;
    let path = format!("/members/{}", li.id);
    let past = json!({"status": {"text": "开会", "until": "2001-01-01T00:00:00Z"}});
    let refused = li.patch(&path, past).await.refused(ErrorCode::Invalid);
    assert_eq!(refused.field().as_deref(), Some("status"));
    let other = json!({"status": {"text": "请假"}});
    guest
        .patch(&path, other)
        .await
        .refused(ErrorCode::Forbidden);

    let hours = json!({"days": [1, 2, 3, 4, 5], "from_minutes": 540, "until_minutes": 1080});
    let body = json!({"status": {"emoji": "🌴", "text": "休假"}, "working_hours": hours});
    let told = li.patch(&path, body).await.ok().json();
    assert_eq!(told["status"]["text"], "休假");
    // Guests see of members what members see.
    guest.settle().await;
    let seen = guest.replica().members[&li.id].clone();
    assert_eq!(seen.status.unwrap().emoji, "🌴");
    let hours: WorkingHours = seen.working_hours.unwrap();
    assert_eq!((hours.days.len(), hours.until_minutes), (5, 1080));
    assert_eq!(guest.get(&path).await.ok().json()["status"]["emoji"], "🌴");

    // Its end comes while the server is away: taken away as soon as it is back, and once.
    let soon = tenon_protocol::Timestamp::now() + std::time::Duration::from_millis(400);
    let body = json!({"status": {"text": "一会儿回来", "until": soon}});
    li.patch(&path, body).await.ok();
    li.settle().await;
    stage.crash(&mut [&mut li, &mut guest]).await;
    stage.owner.connect().await;
    li.connect().await;
    guest.connect().await;
    let id = li.id;
    let ends = |it: &tenon_protocol::Entry| {
        matches!(&it.event, tenon_protocol::Event::MemberChanged { member }
            if member.id == id && member.status.is_none())
    };
    guest.see(ends).await;
    let kept = guest.get(&path).await.ok().json();
    assert!(kept["status"].is_null());
    assert_eq!(kept["working_hours"]["from_minutes"], 540);
    let ended = guest.replica().entries.iter().filter(|it| ends(it)).count();
    assert_eq!(ended, 1);
    stage.end(&mut [&mut li, &mut guest]).await;
}
