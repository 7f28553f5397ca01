//! Retries (P2): the same request has one effect, over either doorway, whenever it comes.

use crate::support::{
    Database, Stage,
    stage::{all_pages, post},
};
use serde_json::json;
use tenon_protocol::{
    Command, ErrorCode, MessageId, RequestId,
    channel::{ChannelKind, CreateChannel},
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
