//! Bad input: every refusal is a clear error with a stable code, and nothing is changed by it.

use crate::support::{Database, Stage, http};
use serde_json::json;
use tenon_protocol::{
    ErrorCode, MessageId, RequestId,
    channel::ChannelKind,
    limit::{BODY_BYTES_MAX, MESSAGE_TEXT_BYTES_MAX},
};

on_both!(
    what_cannot_be_read_is_malformed,
    what_is_too_large_is_refused,
    what_does_not_exist_is_not_found,
    a_frame_that_cannot_be_read_is_answered,
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
