//! Bad input: every refusal is a clear error with a stable code, and nothing is changed by it.

use crate::support::{Database, Stage, http};
use serde_json::{Value, json};
use tenon_protocol::{
    ChannelId, Command, ErrorCode, MemberId, MessageId, RequestId,
    channel::{ChannelKind, CreateChannel},
    limit::{BODY_BYTES_MAX, MESSAGE_TEXT_BYTES_MAX},
};

on_both!(
    what_cannot_be_read_is_malformed,
    what_is_too_large_is_refused,
    a_head_that_cannot_be_read_is_answered,
    a_body_that_nobody_reads_is_answered_all_the_same,
    what_does_not_exist_is_not_found,
    a_frame_that_cannot_be_read_is_answered,
    a_nul_is_nowhere,
);

async fn what_cannot_be_read_is_malformed(database: Database) {
    let mut stage = Stage::open(database).await;
    let room = stage.channel("dev", ChannelKind::Public, &[]).await;
    stage.project("ENG", Default::default(), &[]).await;
    let owner = &stage.owner;
    let head = owner.head().await;
    let path = format!("/channels/{room}/messages");
    let bodies: [&[u8]; 7] = [
        b"{",
        b"[]",
        b"nonsense",
        b"{\"text\":7}",
        b"",
        b"{\"text\":\"\xff\xfe\"}",
        b"\0",
    ];
    for body in bodies {
        owner
            .send("POST", &path, body)
            .await
            .refused(ErrorCode::Malformed);
    }
    let wrong = owner.post(&path, json!({"text": "x", "thread": "7"})).await;
    assert_eq!(
        wrong.refused(ErrorCode::Malformed).field().as_deref(),
        Some("thread")
    );
    for due in [
        "2026-02-30",
        "2026-13-01",
        "tomorrow",
        "2026-02-29T10:00:00Z",
    ] {
        let body = json!({"project": "ENG", "title": "x", "due": due});
        let refused = owner
            .post("/tasks", body)
            .await
            .refused(ErrorCode::Malformed);
        assert_eq!(refused.field().as_deref(), Some("due"), "{due}");
    }
    for query in ["limit=many", "before=x", "after=1&around=2"] {
        owner
            .get(&format!("{path}?{query}"))
            .await
            .refused(ErrorCode::Malformed);
    }
    for (text, field) in [("", "text"), ("a\u{0}b", "text"), ("\u{7}", "text")] {
        let refused = owner
            .post(&path, json!({"text": text}))
            .await
            .refused(ErrorCode::Invalid);
        assert_eq!(refused.field().as_deref(), Some(field));
    }
    let zone = json!({"time_zone": "Mars/Olympus"});
    owner
        .patch(&format!("/members/{}", owner.id), zone)
        .await
        .refused(ErrorCode::Invalid);
    assert_eq!(owner.head().await, head, "nothing was written");
    stage.end(&mut []).await;
}

/// The parser of HTTP refuses these, before any route is known.
async fn a_head_that_cannot_be_read_is_answered(database: Database) {
    let stage = Stage::open(database).await;
    let address = stage.owner.address;
    let long = format!("/{}", "x".repeat(70_000));
    let many = [("x-more", "1"); 200];
    let large = "y".repeat(600_000);
    let cases = [
        ("GET", "/api/v1/a b", &[][..], 400, ErrorCode::Malformed),
        ("G(T", "/api/v1/me", &[], 400, ErrorCode::Malformed),
        ("GET", long.as_str(), &[], 414, ErrorCode::TooLarge),
        ("GET", "/api/v1/me", &many, 431, ErrorCode::TooLarge),
        (
            "GET",
            "/api/v1/me",
            &[("x-large", &large)],
            431,
            ErrorCode::TooLarge,
        ),
    ];
    for (method, path, headers, status, code) in cases {
        let answer = http::send(address, method, path, headers, b"")
            .await
            .unwrap();
        assert_eq!(answer.status, status, "{}", answer.text());
        assert_eq!(answer.header("content-type"), Some("application/json"));
        let error = answer.json()["error"].clone();
        assert_eq!(error["code"], code.as_str(), "{error}");
        let words = error["message"].as_str().unwrap();
        assert!(words.ends_with('.') && words.len() > 20, "{words}");
    }
    stage.end(&mut []).await;
}

async fn what_is_too_large_is_refused(database: Database) {
    let mut stage = Stage::open(database).await;
    let room = stage.channel("dev", ChannelKind::Public, &[]).await;
    let owner = &stage.owner;
    let path = format!("/channels/{room}/messages");
    let refused = owner.post(&path, json!({"text": "x".repeat(70_000)})).await;
    assert_eq!(
        refused.refused(ErrorCode::TooLarge).field().as_deref(),
        Some("text")
    );
    let text = "汉".repeat(MESSAGE_TEXT_BYTES_MAX / 3);
    owner.post(&path, json!({"text": text})).await.ok();
    let mut body = vec![b' '; 10 * BODY_BYTES_MAX];
    body[0] = b'{';
    owner
        .send("POST", &path, &body)
        .await
        .refused(ErrorCode::TooLarge);
    let name = json!({"name": "n".repeat(81), "kind": "public"});
    owner
        .post("/channels", name)
        .await
        .refused(ErrorCode::Invalid);
    stage.end(&mut []).await;
}

async fn a_body_that_nobody_reads_is_answered_all_the_same(database: Database) {
    let mut stage = Stage::open(database).await;
    let room = stage.channel("dev", ChannelKind::Public, &[]).await;
    stage.project("ENG", Default::default(), &[]).await;
    let owner = &stage.owner;
    let body = vec![b' '; 10 * 1024 * 1024];
    let feed = format!("/channels/{room}/feeds/ENG");
    assert_eq!(owner.send("PUT", &feed, &body).await.status, 204);
    for (method, path) in [
        (
            "PUT",
            format!("/messages/{}/followers/me", MessageId::new()),
        ),
        ("POST", "/nowhere".to_owned()),
        ("POST", "/files".to_owned()),
        ("PUT", "/drafts/x".to_owned()),
    ] {
        let answer = owner.send(method, &path, &body).await;
        assert!(
            (400..500).contains(&answer.status),
            "{path}: {}",
            answer.status
        );
    }
    let hook = http::send(owner.address, "POST", "/hooks/nobody", &[], &body).await;
    assert_eq!(hook.unwrap().status, 404);
    stage.end(&mut []).await;
}

async fn what_does_not_exist_is_not_found(database: Database) {
    let mut stage = Stage::open(database).await;
    let id = MessageId::new();
    let owner = &stage.owner;
    for path in [
        format!("/channels/{id}"),
        format!("/messages/{id}"),
        format!("/messages/{id}/thread"),
        format!("/members/{id}"),
        format!("/tasks/{id}"),
        "/tasks/ENG-1".into(),
        "/projects/ENG".into(),
        "/messages/not-an-id".into(),
        "/avatars/0000".into(),
        "/nothing/here".into(),
    ] {
        owner.get(&path).await.refused(ErrorCode::NotFound);
    }
    for path in [
        format!("/sessions/{id}"),
        format!("/tokens/{id}"),
        format!("/hooks/{id}"),
    ] {
        owner.delete(&path).await.refused(ErrorCode::NotFound);
    }
    let address = owner.address;
    let headers = [("content-type", "application/json")];
    let hook = http::send(
        address,
        "POST",
        "/hooks/guess",
        &headers,
        b"{\"text\":\"x\"}",
    )
    .await;
    // Hooks speak Slack, also when they refuse.
    let hook = hook.unwrap();
    assert_eq!((hook.status, hook.text().as_str()), (404, "no_service"));
    owner
        .delete("/channels")
        .await
        .refused(ErrorCode::MethodNotAllowed);
    owner
        .send("BREW", "/me", b"")
        .await
        .refused(ErrorCode::MethodNotAllowed);
    for token in ["", "Bearer ", "Bearer tnt_guess", "Basic eDp5"] {
        let headers = [("authorization", token)];
        let answer = http::send(address, "GET", "/api/v1/me", &headers, b"")
            .await
            .unwrap();
        answer.refused(ErrorCode::Unauthenticated);
    }
    stage.owner.settle().await;
    stage.end(&mut []).await;
}

async fn a_frame_that_cannot_be_read_is_answered(database: Database) {
    let mut stage = Stage::open(database).await;
    let request = RequestId::new();
    let frame = json!({"type": "command", "request_id": request, "command": {"type": "dance"}});
    stage.owner.write_text(frame.to_string()).await.unwrap();
    let refused = stage.owner.answer(request).await.unwrap().unwrap_err();
    assert_eq!(refused.code, ErrorCode::Malformed);
    // A frame that names no request ends the socket, and says why.
    stage.owner.write_text("{".into()).await.unwrap();
    assert_eq!(stage.owner.wait_closed().await, Some(ErrorCode::Malformed));
    let mut loud = stage.owner.twin();
    loud.connect().await;
    // More than fits on the way: it is told why, although it is still writing.
    loud.write_text("x".repeat(16 * BODY_BYTES_MAX))
        .await
        .unwrap();
    assert_eq!(loud.wait_closed().await, Some(ErrorCode::TooLarge));
    stage.owner.connect().await;
    stage.end(&mut []).await;
}

/// No name, key, address or question has U+0000, which PostgreSQL does not even look for.
async fn a_nul_is_nowhere(database: Database) {
    let mut stage = Stage::open(database).await;
    let room = stage.channel("dev", ChannelKind::Public, &[]).await;
    stage.project("ENG", Default::default(), &[]).await;
    let owner = &stage.owner;
    let task = json!({"project": "ENG", "title": "a"});
    owner.post("/tasks", task).await.ok();
    let path = format!("/channels/{room}/messages");
    let message = owner.post(&path, json!({"text": "x"})).await.ok().json();
    let message = message["id"].as_str().unwrap();
    let head = owner.head().await;
    let mut wrong = Vec::new();
    for (method, path, body, due) in nul_doors(room, owner.id, message) {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let answer = owner.send(method, &path, body.as_bytes()).await;
        let told = if answer.status < 300 {
            answer.json()["items"].to_string()
        } else {
            let field = answer.field().unwrap_or_default();
            let code = answer.json()["error"]["code"].as_str().unwrap().to_owned();
            format!("{code} {field}")
        };
        if told.trim_end() != due {
            wrong.push(format!("{method} {path} {body}: {told}, not {due}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let headers = [("content-type", "application/json")];
    let hook = http::send(owner.address, "POST", "/hooks/%00", &headers, b"{}").await;
    assert_eq!(hook.unwrap().status, 404);
    assert_eq!(owner.head().await, head, "nothing was written");
    for command in [
        crate::support::stage::post(room, "a\u{0}b"),
        Command::CreateChannel(CreateChannel {
            name: "a\u{0}b".into(),
            ..a_channel()
        }),
    ] {
        let refused = stage.owner.refused(command).await;
        assert_eq!(refused.code, ErrorCode::Invalid);
    }
    stage.end(&mut []).await;
}

fn a_channel() -> CreateChannel {
    serde_json::from_value(json!({"name": "a", "kind": "public"})).unwrap()
}

fn session(email: &str, workspace: Option<&str>) -> Value {
    json!({"email": email, "password": "a long password", "workspace": workspace})
}

/// Method, path, body, and the code and field of the refusal, or the items of the answer.
// Table: one line per door.
fn nul_doors(
    room: ChannelId,
    me: MemberId,
    message: &str,
) -> Vec<(&'static str, String, Value, &'static str)> {
    let n = "a\u{0}b";
    let (channel, member) = (format!("/channels/{room}"), format!("/members/{me}"));
    let of_message = format!("/messages/{message}");
    let (task, projects) = ("/tasks/ENG-1".to_owned(), "/projects".to_owned());
    let later = "2999-01-01T00:00:00Z";
    let mark = json!({"title": n, "url": "https://x.example"});
    let nul_channel = json!({"name": n, "kind": "public"});
    vec![
        ("POST", "/channels".into(), nul_channel, "invalid name"),
        ("PATCH", channel.clone(), json!({"name": n}), "invalid name"),
        (
            "PATCH",
            channel.clone(),
            json!({"topic": n}),
            "invalid topic",
        ),
        (
            "POST",
            format!("{channel}/bookmarks"),
            mark,
            "invalid title",
        ),
        (
            "PATCH",
            member.clone(),
            json!({"handle": n}),
            "invalid handle",
        ),
        ("PATCH", member, json!({"name": n}), "invalid name"),
        (
            "POST",
            "/groups".into(),
            json!({"kind": "free", "name": n}),
            "invalid name",
        ),
        (
            "POST",
            "/groups".into(),
            json!({"kind": "free", "name": "g", "handle": n}),
            "invalid handle",
        ),
        ("POST", "/spaces".into(), json!({"name": n}), "invalid name"),
        (
            "PATCH",
            "/workspace".into(),
            json!({"name": n}),
            "invalid name",
        ),
        ("PATCH", task.clone(), json!({"title": n}), "invalid title"),
        (
            "PATCH",
            task.clone(),
            json!({"description": n}),
            "invalid description",
        ),
        (
            "PATCH",
            task.clone(),
            json!({"labels": [n]}),
            "invalid labels",
        ),
        ("PATCH", task.clone(), json!({"state": n}), "invalid state"),
        ("PATCH", task.clone(), json!({"parent": n}), "not_found"),
        (
            "POST",
            "/tasks".into(),
            json!({"project": n, "title": "x"}),
            "not_found",
        ),
        (
            "POST",
            format!("{of_message}/task"),
            json!({"project": n}),
            "not_found",
        ),
        (
            "PUT",
            format!("{of_message}/reactions/%00"),
            Value::Null,
            "invalid emoji",
        ),
        (
            "POST",
            projects.clone(),
            json!({"key": "E\u{0}", "name": "x"}),
            "invalid key",
        ),
        (
            "POST",
            projects,
            json!({"key": "ABC", "name": n}),
            "invalid name",
        ),
        ("GET", "/projects/E%00".into(), Value::Null, "not_found"),
        (
            "GET",
            "/projects/E%00/members".into(),
            Value::Null,
            "not_found",
        ),
        ("GET", "/tasks/E%00-1".into(), Value::Null, "not_found"),
        (
            "PATCH",
            "/projects/E%00".into(),
            json!({"name": "x"}),
            "not_found",
        ),
        ("POST", "/tokens".into(), json!({"name": n}), "invalid name"),
        (
            "POST",
            "/hooks".into(),
            json!({"channel": room, "name": n}),
            "invalid name",
        ),
        (
            "PUT",
            format!("/drafts/channel:{room}"),
            json!({"text": n}),
            "invalid text",
        ),
        (
            "POST",
            "/scheduled".into(),
            json!({"channel": room, "text": n, "at": later}),
            "invalid text",
        ),
        (
            "POST",
            "/sessions".into(),
            session(n, None),
            "wrong_credentials",
        ),
        (
            "POST",
            "/sessions".into(),
            session("o@example.com", Some(n)),
            "wrong_credentials",
        ),
        ("GET", "/avatars/%00".into(), Value::Null, "not_found"),
        ("GET", "/invitations/%00".into(), Value::Null, "not_found"),
        ("GET", "/tasks?text=%00".into(), Value::Null, "[]"),
        ("GET", "/tasks?project=%00".into(), Value::Null, "not_found"),
        ("GET", "/tasks?state=%00".into(), Value::Null, "[]"),
        ("GET", "/search?q=%00".into(), Value::Null, "[]"),
    ]
}
