//! Retries (P2): the same request has one effect, over either doorway, whenever it comes.

use crate::support::{
    Database, Member, Stage,
    http::{self, Answer},
    stage::{all_pages, post},
};
use serde_json::{Value, json};
use tenon_protocol::{
    Command, ErrorCode, MessageId, RequestId,
    channel::{ChannelKind, CreateChannel},
    limit::{HOOKS_MAX, TOKENS_PER_MEMBER_MAX},
    member::Role,
    message::{Message, PostMessage},
    task::Task,
};
use uuid::Uuid;

on_both!(
    a_retry_over_the_socket_has_one_effect,
    a_retry_over_rest_has_one_effect,
    a_request_id_belongs_to_one_command,
    an_id_is_taken_once,
    what_has_a_secret_is_made_once,
    an_empty_key_is_none,
    a_hook_is_made_whole_or_not_at_all,
    tokens_and_hooks_have_a_limit,
);

async fn a_retry_over_the_socket_has_one_effect(database: Database) {
    let mut stage = Stage::open(database).await;
    let room = stage.channel("dev", ChannelKind::Public, &[]).await;
    let (request, command) = (RequestId::new(), post(room, "once"));
    let first = stage.owner.retry(request, command.clone()).await.unwrap();
    assert_eq!(
        stage.owner.retry(request, command.clone()).await.unwrap(),
        first
    );
    stage.restart(&mut []).await;
    stage.owner.connect().await;
    assert_eq!(
        stage.owner.retry(request, command.clone()).await.unwrap(),
        first
    );
    // Twice in one batch, unanswered.
    let (request, command) = (RequestId::new(), post(room, "twice"));
    for _ in 0..2 {
        stage.owner.ask(request, command.clone()).await.unwrap();
    }
    let (one, other) = (
        stage.owner.next_answer().await.unwrap(),
        stage.owner.next_answer().await.unwrap(),
    );
    assert_eq!(one.1.unwrap(), other.1.unwrap());
    let stored = all_pages(&stage.owner, &format!("/channels/{room}/messages")).await;
    assert_eq!(stored.len(), 2);
    stage.end(&mut []).await;
}

async fn a_retry_over_rest_has_one_effect(database: Database) {
    let mut stage = Stage::open(database).await;
    let room = stage.channel("dev", ChannelKind::Public, &[]).await;
    stage.project("ENG", Default::default(), &[]).await;
    let uuid = Uuid::now_v7().to_string();
    let mut ids = Vec::new();
    for restarts in 0..2 {
        if restarts > 0 {
            stage.restart(&mut []).await;
            stage.owner.connect().await;
        }
        for key in ["order-7", uuid.as_str()] {
            let header = [("idempotency-key", key)];
            let path = format!("/channels/{room}/messages");
            let body = json!({"text": format!("under {key}")}).to_string();
            let answer = stage
                .owner
                .send_with("POST", &path, body.as_bytes(), &header)
                .await;
            let answer = answer.unwrap();
            assert_eq!(answer.status, 201);
            ids.push(answer.read::<Message>().id);
        }
    }
    assert_eq!(ids[..2], ids[2..]);
    let body = json!({"project": "ENG", "title": "once"}).to_string();
    let mut keys = Vec::new();
    for _ in 0..2 {
        let header = [("idempotency-key", "task-1")];
        let answer = stage
            .owner
            .send_with("POST", "/tasks", body.as_bytes(), &header)
            .await;
        keys.push(answer.unwrap().read::<Task>().key);
    }
    assert_eq!(keys, ["ENG-1", "ENG-1"]);
    let stored = all_pages(&stage.owner, &format!("/channels/{room}/messages")).await;
    assert_eq!(stored.len(), 2);
    stage.end(&mut []).await;
}

async fn a_request_id_belongs_to_one_command(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let room = stage.channel("dev", ChannelKind::Private, &[&wang]).await;
    let request = RequestId::new();
    let command = post(room, "mine");
    stage.owner.retry(request, command.clone()).await.unwrap();
    let other = stage
        .owner
        .retry(request, post(room, "another"))
        .await
        .unwrap_err();
    assert_eq!(other.code, ErrorCode::RequestReused);
    let stranger = wang.retry(request, command.clone()).await.unwrap_err();
    assert_eq!(stranger.code, ErrorCode::RequestReused);
    let body = json!({"request_id": request, "command": post(room, "by REST")});
    stage
        .owner
        .post("/commands", body)
        .await
        .refused(ErrorCode::RequestReused);
    // Ids that the server derives for what it does itself are nobody's to use up.
    let derived = RequestId(uuid::Builder::from_custom_bytes([7; 16]).into_uuid());
    let taken = stage.owner.retry(derived, command.clone()).await;
    assert_eq!(taken.unwrap_err().code, ErrorCode::Malformed);
    let body = json!({"request_id": derived, "command": command});
    let taken = stage.owner.post("/commands", body).await;
    taken.refused(ErrorCode::Malformed);
    // A refused command wrote nothing: its id may be used again.
    let request = RequestId::new();
    let empty = stage
        .owner
        .retry(request, post(room, ""))
        .await
        .unwrap_err();
    assert_eq!(empty.code, ErrorCode::Invalid);
    stage
        .owner
        .retry(request, post(room, "not empty"))
        .await
        .unwrap();
    stage.end(&mut [&mut wang]).await;
}

async fn an_id_is_taken_once(database: Database) {
    let mut stage = Stage::open(database).await;
    let room = stage.channel("dev", ChannelKind::Public, &[]).await;
    let id = MessageId::new();
    let named = |text: &str| {
        let Command::PostMessage(wish) = post(room, text) else {
            unreachable!("a post")
        };
        Command::PostMessage(PostMessage { id, ..wish })
    };
    stage.owner.run(named("first")).await;
    let refused = stage.owner.refused(named("second")).await;
    assert_eq!(
        (refused.code, refused.field.as_deref()),
        (ErrorCode::AlreadyExists, Some("id"))
    );
    let channel = CreateChannel {
        space: None,
        id: room,
        name: "other".into(),
        kind: ChannelKind::Public,
        topic: String::new(),
        project: None,
        members: vec![],
    };
    let refused = stage.owner.refused(Command::CreateChannel(channel)).await;
    assert_eq!(refused.code, ErrorCode::AlreadyExists);
    let body = json!({"id": id, "text": "third"});
    let path = format!("/channels/{room}/messages");
    stage
        .owner
        .post(&path, body)
        .await
        .refused(ErrorCode::AlreadyExists);
    stage.end(&mut []).await;
}

async fn keyed(member: &Member, path: &str, key: &str, body: &Value) -> Answer {
    let (body, header) = (body.to_string(), [("idempotency-key", key)]);
    let sent = member.send_with("POST", path, body.as_bytes(), &header);
    sent.await.unwrap()
}

async fn count(member: &Member, path: &str) -> usize {
    let list = member.get(&format!("{path}?limit=200")).await.ok().json();
    list["items"].as_array().unwrap().len()
}

/// Tokens, webhooks and invitations: the answer to a repetition has the same secret.
async fn what_has_a_secret_is_made_once(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Admin).await;
    let room = stage.channel("dev", ChannelKind::Public, &[&wang]).await;
    let wishes = [
        ("/tokens", json!({"name": "ci"}), json!({"name": "cd"})),
        (
            "/hooks",
            json!({"channel": room, "name": "alerts"}),
            json!({"channel": room, "name": "alarms"}),
        ),
        (
            "/invitations",
            json!({"role": "member", "uses": 2}),
            json!({"role": "member", "uses": 3}),
        ),
    ];
    let invited = count(&stage.owner, "/invitations").await;
    let key = Uuid::now_v7().to_string();
    let mut first = Vec::new();
    for restarts in 0..2 {
        if restarts > 0 {
            stage.restart(&mut [&mut wang]).await;
            stage.owner.connect().await;
        }
        for (path, wish, _) in &wishes {
            for key in [&*format!("{key}{path}"), "once"] {
                let key = format!("{key} {path}");
                let mut made = keyed(&stage.owner, path, &key, wish).await.ok().json();
                // Another port after the restart.
                let url = made.as_object_mut().unwrap().remove("url");
                made["path"] = url.map_or(Value::Null, |url| path_of(&url).into());
                first.push(made);
            }
        }
    }
    let again = first.split_off(first.len() / 2);
    assert_eq!(first, again);
    assert_eq!(count(&stage.owner, "/tokens").await, 2);
    assert_eq!(count(&stage.owner, "/hooks").await, 2);
    assert_eq!(count(&stage.owner, "/invitations").await, invited + 2);
    for (path, wish, other) in &wishes {
        let key = format!("once {path}");
        let reused = keyed(&stage.owner, path, &key, other).await;
        reused.refused(ErrorCode::RequestReused);
        // Another member's key is another.
        let others = keyed(&wang, path, &key, wish).await.ok().json();
        assert!(!again.iter().any(|made| made["id"] == others["id"]));
    }
    assert_secrets_work(&stage, &again).await;
    what_is_gone_is_not_made_again(&stage, &again).await;
    stage.end(&mut [&mut wang]).await;
}

fn path_of(url: &Value) -> String {
    let url = url.as_str().unwrap();
    let (_, rest) = url.split_once("://").unwrap();
    rest[rest.find('/').unwrap()..].to_owned()
}

async fn assert_secrets_work(stage: &Stage, made: &[Value]) {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut ci = stage.owner.twin();
    ci.token = text(&made[0]["token"]);
    ci.get("/me").await.ok();
    let address = stage.owner.address;
    let path = text(&made[2]["path"]);
    let body = json!({"text": "on fire"}).to_string();
    let json = [("content-type", "application/json")];
    let sent = http::send(address, "POST", &path, &json, body.as_bytes()).await;
    assert_eq!(sent.unwrap().status, 200);
    let path = format!("/api/v1/invitations/{}", text(&made[4]["secret"]));
    let shown = http::send(address, "GET", &path, &[], b"").await;
    shown.unwrap().ok();
}

async fn what_is_gone_is_not_made_again(stage: &Stage, made: &[Value]) {
    for (path, at) in [("/tokens", 1), ("/hooks", 3), ("/invitations", 5)] {
        let id = made[at]["id"].as_str().unwrap();
        let gone = format!("{path}/{id}");
        assert_eq!(stage.owner.delete(&gone).await.status, 204);
    }
    let again = keyed(
        &stage.owner,
        "/tokens",
        "once /tokens",
        &json!({"name": "ci"}),
    )
    .await;
    again.refused(ErrorCode::NotFound);
    assert_eq!(count(&stage.owner, "/tokens").await, 1);
}

async fn an_empty_key_is_none(database: Database) {
    let mut stage = Stage::open(database).await;
    let room = stage.channel("dev", ChannelKind::Public, &[]).await;
    let path = format!("/channels/{room}/messages");
    for text in ["one", "two"] {
        keyed(&stage.owner, &path, "", &json!({"text": text}))
            .await
            .ok();
    }
    // A chosen id is heeded, and taken once.
    for (path, wish) in [
        ("/tokens", json!({"name": "ci"})),
        ("/hooks", json!({"channel": room, "name": "alerts"})),
        ("/invitations", json!({"role": "member"})),
    ] {
        let mut wish = wish;
        wish["id"] = json!(Uuid::now_v7());
        let made = stage.owner.post(path, wish.clone()).await.ok().json();
        assert_eq!(made["id"], wish["id"]);
        let taken = stage.owner.post(path, wish).await;
        taken.refused(ErrorCode::AlreadyExists);
    }
    stage.end(&mut []).await;
}

async fn a_hook_is_made_whole_or_not_at_all(database: Database) {
    let mut stage = Stage::open(database).await;
    let room = stage.channel("dev", ChannelKind::Public, &[]).await;
    let path = format!("/channels/{room}");
    let archive = stage.owner.patch(&path, json!({"archived": true})).await;
    archive.ok();
    let members = count(&stage.owner, "/members").await;
    let wish = json!({"channel": room, "name": "alerts"});
    let refused = keyed(&stage.owner, "/hooks", "later", &wish).await;
    refused.refused(ErrorCode::Archived);
    assert_eq!(count(&stage.owner, "/members").await, members, "no bot");
    let restore = stage.owner.patch(&path, json!({"archived": false})).await;
    restore.ok();
    // A refused attempt may be made again. The bot and its place are one step of the log.
    let before = stage.owner.head().await;
    let made = keyed(&stage.owner, "/hooks", "later", &wish).await.ok();
    let bot = made.json()["bot"].clone();
    let events = format!("/events?after={before}");
    let events = stage.owner.get(&events).await.ok().json();
    let events = events["items"].as_array().unwrap();
    let joined = |it: &&Value| it["event"]["type"] == "channel_member_added";
    let joined = events.iter().find(joined).unwrap();
    assert_eq!(joined["event"]["member"], bot);
    assert_eq!(joined["actor"], json!(stage.owner.id));
    stage.end(&mut []).await;
}

async fn tokens_and_hooks_have_a_limit(database: Database) {
    let mut stage = Stage::open(database).await;
    let room = stage.channel("dev", ChannelKind::Public, &[]).await;
    let wish = json!({"name": "ci"});
    for _ in 0..TOKENS_PER_MEMBER_MAX {
        stage.owner.post("/tokens", wish.clone()).await.ok();
    }
    for _ in 0..2 {
        let full = keyed(&stage.owner, "/tokens", "full", &wish).await;
        full.refused(ErrorCode::LimitReached);
    }
    // One that ended makes room, under the key that was refused too.
    let oldest = "SELECT MIN(id::text)::uuid FROM token";
    let oldest = match stage.database.url {
        Some(_) => oldest.to_owned(),
        None => "SELECT MIN(id) FROM token".to_owned(),
    };
    let end = format!("UPDATE token SET expires_at = 1 WHERE id = ({oldest})");
    stage.database.execute(&end).await;
    keyed(&stage.owner, "/tokens", "full", &wish).await.ok();
    let full = stage.owner.post("/tokens", wish).await;
    full.refused(ErrorCode::LimitReached);

    let hook = json!({"channel": room, "name": "alerts"});
    stage.owner.post("/hooks", hook.clone()).await.ok();
    let more = HOOKS_MAX - 1;
    let fill = match stage.database.url {
        Some(_) => format!(
            "INSERT INTO hook SELECT sha256(i::text::bytea), workspace, gen_random_uuid(), body
             FROM hook, generate_series(1, {more}) i"
        ),
        None => format!(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {more})
             INSERT INTO hook SELECT randomblob(32), workspace, randomblob(16), body FROM hook, n"
        ),
    };
    stage.database.execute(&fill).await;
    let members = count(&stage.owner, "/members").await;
    let full = stage.owner.post("/hooks", hook).await;
    full.refused(ErrorCode::LimitReached);
    assert_eq!(count(&stage.owner, "/members").await, members, "no bot");
    stage.end(&mut []).await;
}
