//! A database that the first version filled, opened by this one: nothing is lost, and its rows are
//! those that the log tells. `upgrade/0001.jsonl` was filled by a program that knew migration 1
//! alone, and is one row a line.

use crate::support::{
    Database, Member, Server,
    member::{PASSWORD, post_openly},
    program,
    stage::{all_pages, verify_log},
};
use serde_json::{Map, Value, json};
use tenon_protocol::{ChannelId, MessageId, message::Message, snapshot::Page};

on_both!(a_database_of_the_first_version_is_brought_to_this_one);

const SCHEMA: &str = include_str!("../crates/store/migrations/0001_spine.sql");
const ROWS: &str = include_str!("upgrade/0001.jsonl");

async fn a_database_of_the_first_version_is_brought_to_this_one(database: Database) {
    let is_shared = database.url.is_some();
    database.execute(&schema(is_shared)).await;
    let rows: Vec<String> = ROWS.lines().map(|line| insert(line, is_shared)).collect();
    database.execute(&rows.join(";\n")).await;
    program::run_well(&database, &["migrate"]).await;
    verify_log(&database).await;

    let server = Server::start(&database).await;
    let body = json!({"email": "chen@example.com", "password": PASSWORD});
    let answer = post_openly(server.address, "/sessions", &body).await.ok();
    let mut chen = Member::of(server.address, "chen@example.com", &answer);
    chen.connect().await;
    let snapshot = chen.snapshot().await;
    let named = |name: &str| {
        snapshot
            .channels
            .iter()
            .find(|it| it.name == name)
            .unwrap()
            .id
    };
    let room: ChannelId = named("日常");
    let messages = all_pages(&chen, &format!("/channels/{room}/messages")).await;
    let root = find(&messages, "请@张三 明天看下登录");
    assert_eq!(root.reactions.len(), 2);
    let tasks: Page<Value> = chen.get("/tasks").await.read();
    assert!(
        tasks
            .items
            .iter()
            .any(|task| task["title"] == "Login works")
    );
    // Li was named in a reply, and the mention edited away: Li was told of the thread all the same.
    let li = sign_in(&server, "li@example.com").await;
    assert_eq!(followed(&li, root.id).await, Some(true));
    // Nobody was named when this was said: to be edited in later does not tell.
    assert_ne!(
        followed(&li, find(&messages, "second root").id).await,
        Some(true)
    );

    // It goes on as any other.
    let path = format!("/channels/{room}/messages");
    let reply = json!({"text": "it goes on", "thread": root.id});
    chen.post(&path, reply).await.ok();
    chen.settle().await;
    server.stop().await;
    verify_log(&database).await;
}

async fn sign_in(server: &Server, email: &str) -> Member {
    let body = json!({"email": email, "password": PASSWORD});
    let answer = post_openly(server.address, "/sessions", &body).await.ok();
    Member::of(server.address, email, &answer)
}

#[track_caller]
fn find<'m>(messages: &'m [Message], text: &str) -> &'m Message {
    messages.iter().find(|it| it.text == text).expect(text)
}

/// Whether a member follows a thread.
async fn followed(member: &Member, thread: MessageId) -> Option<bool> {
    let path = format!("/messages/{thread}/followers/me");
    member.get(&path).await.ok().json()["follows"].as_bool()
}

/// The first migration as the store runs it (`migration.rs`), recorded as the only one that ran.
fn schema(is_shared: bool) -> String {
    let words = if is_shared {
        ["UUID", "BYTEA", "TEXT COLLATE \"C\"", "", "", "BIGINT"]
    } else {
        [
            "BLOB",
            "BLOB",
            "TEXT",
            " STRICT, WITHOUT ROWID",
            " STRICT",
            "INTEGER",
        ]
    };
    let marks = ["{id}", "{bytes}", "{text}", "{table}", "{rows}", "BIGINT"];
    let text = marks
        .iter()
        .zip(words)
        .fold(SCHEMA.to_owned(), |text, (mark, word)| {
            text.replace(mark, word)
        });
    format!(
        "{text};
        CREATE TABLE migration (number BIGINT NOT NULL PRIMARY KEY);
        INSERT INTO migration (number) VALUES (1)"
    )
}

fn insert(line: &str, is_shared: bool) -> String {
    let line: Value = serde_json::from_str(line).unwrap();
    let row: &Map<String, Value> = line["row"].as_object().unwrap();
    let columns: Vec<&str> = row.keys().map(String::as_str).collect();
    let values: Vec<String> = row
        .values()
        .map(|value| literal(value, is_shared))
        .collect();
    let (table, columns, values) = (
        line["table"].as_str().unwrap(),
        columns.join(", "),
        values.join(", "),
    );
    format!("INSERT INTO {table} ({columns}) VALUES ({values})")
}

fn literal(value: &Value, is_shared: bool) -> String {
    match value {
        Value::Null => "NULL".into(),
        Value::String(text) => format!("'{}'", text.replace('\'', "''")),
        Value::Object(one) => match (one.get("id"), one.get("bytes"), is_shared) {
            (Some(id), _, true) => format!("'{}'", id.as_str().unwrap()),
            (Some(id), _, false) => format!("X'{}'", id.as_str().unwrap().replace('-', "")),
            (_, Some(bytes), true) => format!("'\\x{}'", bytes.as_str().unwrap()),
            (_, bytes, _) => format!("X'{}'", bytes.unwrap().as_str().unwrap()),
        },
        number => number.to_string(),
    }
}
