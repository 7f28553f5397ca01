//! A backup of a workspace with everything in it, brought into databases of both kinds: not a
//! value is lost on the way.

use crate::{
    file::{PNG, upload},
    retention,
    support::{
        Database, Member, Server, Stage, http, program,
        stage::{assert_same, verify_log},
    },
};
use rusqlite::types::Value as Cell;
use serde_json::{Value, json};
use std::{collections::BTreeMap, path::Path};
use tenon_protocol::{
    ChannelId, Entry, Event, MemberId, channel::ChannelKind, file::File, member::Role,
};

on_both!(a_backup_of_everything_loses_nothing);

/// Later than this story.
const LATER: &str = "2999-01-01T00:00:00Z";

/// Not restored: they open with a key that is not in the backup, and what waited to be mailed may
/// have been mailed since (`docs/storage.md`).
const OF_DEVICES: [&str; 7] = [
    "secret",
    "push_subscription",
    "push",
    "mail",
    "missed",
    "letter",
    "password_reset",
];

async fn a_backup_of_everything_loses_nothing(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut zhang = stage.join("张三", Role::Member).await;
    fill_erased(&mut stage, &mut zhang).await;
    fill(&mut stage, &mut zhang).await;
    stage.prove(&mut [&mut zhang]).await;
    let file = stage.database.folder().join("backup");
    program::run_well(&stage.database, &["backup", "--to", file.to_str().unwrap()]).await;
    let whole = tables(&file);
    assert_eq!(
        empty(&whole),
        Vec::<String>::new(),
        "the story fills these too"
    );
    let before = [stage.owner.snapshot().await, zhang.snapshot().await];
    for other in [Database::sqlite(), Database::postgres().await] {
        program::run_well(&other, &["restore", "--from", file.to_str().unwrap()]).await;
        verify_log(&other).await;
        let again = other.folder().join("again");
        program::run_well(&other, &["backup", "--to", again.to_str().unwrap()]).await;
        for (table, rows) in tables(&again) {
            if OF_DEVICES.contains(&&*table) {
                assert!(rows.rows.is_empty(), "{table} is not restored");
            } else {
                assert_eq!(rows.rows, whole[&table].rows, "{table} {:?}", rows.columns);
            }
        }
        let server = Server::start(&other).await;
        for (member, before) in [&stage.owner, &zhang].into_iter().zip(&before) {
            let mut restored = member.twin();
            restored.address = server.address;
            assert_same(&member.name, &restored.snapshot().await, before);
        }
        server.stop().await;
    }
    stage.end(&mut [&mut zhang]).await;
}

struct Rows {
    columns: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

/// Every table of a SQLite file, by name, its rows in one order.
fn tables(file: &Path) -> BTreeMap<String, Rows> {
    let conn = rusqlite::Connection::open(file).unwrap();
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'";
    let mut names = conn.prepare(names).unwrap();
    let names = names.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let read = |name: String| {
        let mut all = conn.prepare(&format!("SELECT * FROM {name}")).unwrap();
        let columns: Vec<String> = all.column_names().map(str::to_owned).collect();
        let cells = |row: &rusqlite::Row<'_>| (0..columns.len()).map(|at| row.get(at)).collect();
        let rows: Result<Vec<Vec<Cell>>, _> = all.query_map([], cells).unwrap().collect();
        let mut rows = rows.unwrap();
        rows.sort_by_cached_key(|row| format!("{row:?}"));
        (name, Rows { columns, rows })
    };
    names.map(|name| read(name.unwrap())).collect()
}

/// The tables without a row, and the columns that hold nothing in all rows.
fn empty(tables: &BTreeMap<String, Rows>) -> Vec<String> {
    let mut found = Vec::new();
    for (table, Rows { columns, rows }) in tables {
        if OF_DEVICES.contains(&&**table) {
            continue;
        }
        for (at, column) in columns.iter().enumerate() {
            if rows.iter().all(|row| row[at] == Cell::Null) {
                found.push(format!("{table}.{column}"));
            }
        }
    }
    found
}

fn id(made: &Value) -> String {
    made["id"].as_str().unwrap().to_owned()
}

/// Something that a rule of retention has erased, in a channel with a rule of its own.
async fn fill_erased(stage: &mut Stage, zhang: &mut Member) {
    let old = stage.channel("旧事", ChannelKind::Private, &[zhang]).await;
    let said = json!({"text": "很久以前"});
    let path = format!("/channels/{old}/messages");
    stage.owner.post(&path, said).await.ok();
    let rule = json!({"of": "channel", "channel": old, "retention": {"days": 1}});
    retention::set(&stage.owner, rule).await;
    retention::pass(stage, 25, &mut [zhang]).await;
    let erased = |it: &Entry| matches!(it.event, Event::MessagesErased { .. });
    stage.owner.see(erased).await;
}

/// Puts something into every table and column.
async fn fill(stage: &mut Stage, zhang: &mut Member) {
    let room = stage.channel("日常", ChannelKind::Private, &[zhang]).await;
    let owner = &stage.owner;
    fill_people(owner, zhang).await;
    fill_work(owner, room).await;
    fill_talk(owner, zhang, room).await;
    fill_private(owner, room).await;
}

async fn fill_people(owner: &Member, zhang: &Member) {
    let status = json!({"status": {"text": "on holiday", "until": LATER}});
    owner
        .patch(&format!("/members/{}", owner.id), status)
        .await
        .ok();
    let group = json!({"kind": "free", "name": "设计组", "members": [zhang.id]});
    let group = id(&owner.post("/groups", group).await.ok().json());
    let space = json!({"name": "Launch", "kind": "closed", "members": [zhang.id]});
    let space = id(&owner.post("/spaces", space).await.ok().json());
    let inside = json!({"name": "inside", "kind": "public", "space": space});
    owner.post("/channels", inside).await.ok();
    let follow = format!("/spaces/{space}/groups/{group}");
    owner.put(&follow, Value::Null).await.ok();
    let project = json!({"key": "IN", "name": "Inside", "space": space});
    owner.post("/projects", project).await.ok();
    let direct = json!({"members": [zhang.id]});
    owner.post("/channels/direct", direct).await.ok();
    zhang
        .post("/side-bar/sections", json!({"name": "mine"}))
        .await
        .ok();
    let preferences = json!({"keywords": ["login"], "sound": true, "browser": true});
    zhang.put("/preferences", preferences).await.ok();
}

async fn fill_work(owner: &Member, room: ChannelId) {
    let project = json!({"key": "ENG", "name": "Engineering", "visibility": "private"});
    let project = id(&owner.post("/projects", project).await.ok().json());
    owner
        .put(&format!("/channels/{room}/feeds/{project}"), Value::Null)
        .await
        .ok();
    let parent = json!({"project": "ENG", "title": "Login", "assignees": [owner.id],
        "labels": ["bug"], "description": "since noon"});
    owner.post("/tasks", parent).await.ok();
    let steps = json!([{"text": "ask ops", "done": true}, {"text": "roll back"}]);
    owner.post("/tasks/ENG-1/checklist", steps).await.ok();
    let bug = json!({"type": "bug", "start": "2027-01-05"});
    owner.patch("/tasks/ENG-1", bug).await.ok();
    let fields = json!([{"id": "customer", "name": "客户", "kind": "text"}]);
    owner.put("/projects/ENG/fields", fields).await.ok();
    let values = json!({"fields": {"customer": "ACME"}});
    owner.patch("/tasks/ENG-1", values).await.ok();
    let templates = json!([{"id": "bug", "name": "缺陷", "checklist": ["复现"]}]);
    owner.put("/projects/ENG/templates", templates).await.ok();
    let child = json!({"project": "ENG", "title": "Captcha", "parent": "ENG-1"});
    owner.post("/tasks", child).await.ok();
    let link = json!({"kind": "blocks", "task": "ENG-1", "lag_days": 1});
    owner.post("/tasks/ENG-2/links", link).await.ok();
    let wrong = json!({"project": "ENG", "title": "Wrong"});
    let wrong = id(&owner.post("/tasks", wrong).await.ok().json());
    owner.delete(&format!("/tasks/{wrong}")).await.ok();
    let said = json!({"text": "Nobody can log in"});
    let said = id(&owner
        .post(&format!("/channels/{room}/messages"), said)
        .await
        .ok()
        .json());
    let of_said = json!({"project": "ENG"});
    owner
        .post(&format!("/messages/{said}/task"), of_said)
        .await
        .ok();
    owner
        .post("/tasks/ENG-1/messages", json!({"text": "a comment"}))
        .await
        .ok();
}

async fn fill_talk(owner: &Member, zhang: &Member, room: ChannelId) {
    let path = format!("/channels/{room}");
    let messages = format!("{path}/messages");
    let file: File = upload(owner, "截图.png", PNG).await.read();
    let asks = json!({"text": "请@张三看下", "files": [file.id], "acknowledgement": "members"});
    let asks = id(&owner.post(&messages, asks).await.ok().json());
    let reply = json!({"text": "好 @陈晨", "thread": asks});
    zhang.post(&messages, reply).await.ok();
    owner
        .put(&format!("/messages/{asks}/pin"), Value::Null)
        .await
        .ok();
    let mark = json!({"title": "wiki", "url": "https://wiki.example"});
    owner.post(&format!("{path}/bookmarks"), mark).await.ok();
    zhang
        .put(&format!("/saved/{asks}"), json!({"remind_at": LATER}))
        .await
        .ok();
    // Anonymous, so that the one ballot waits for others.
    let poll = json!({"options": ["米饭", "面条"], "anonymous": true, "closes_at": LATER});
    let poll = json!({"text": "午饭？", "poll": poll});
    let poll = id(&owner.post(&messages, poll).await.ok().json());
    let ballot = json!({"choices": [1]});
    let vote = format!("/messages/{poll}/poll/vote");
    zhang.put(&vote, ballot).await.ok();
    let comment = owner.get("/tasks/ENG-1/messages").await.ok().json();
    let comment = id(&comment["items"][0]);
    owner
        .put(&format!("/saved/{comment}"), json!({"remind_at": null}))
        .await
        .ok();
    let setting = json!({"level": "all", "muted": false});
    zhang.put(&format!("{path}/setting"), setting).await.ok();
    let waits: File = upload(zhang, "later.png", PNG).await.read();
    let later = json!({"channel": room, "text": "later", "files": [waits.id], "at": LATER});
    zhang.post("/scheduled", later).await.ok();
    let free: File = upload(zhang, "free.png", PNG).await.read();
    let later = json!({"channel": room, "text": "never", "files": [free.id], "at": LATER});
    let later = zhang.post("/scheduled", later).await.ok().json();
    let later = id(&later["message"]);
    zhang.delete(&format!("/scheduled/{later}")).await.ok();
    zhang
        .put(
            &format!("/drafts/channel:{room}"),
            json!({"text": "half a"}),
        )
        .await
        .ok();
    fill_inbox(owner, zhang).await;
}

/// One notification read and snoozed, another about a task.
async fn fill_inbox(owner: &Member, zhang: &Member) {
    let told = |of: &Value| of["items"].as_array().map_or(0, Vec::len);
    let mut inbox = zhang.get("/notifications").await.ok().json();
    while told(&inbox) == 0 {
        tokio::task::yield_now().await;
        inbox = zhang.get("/notifications").await.ok().json();
    }
    let one = [id(&inbox["items"][0])];
    let change = json!({"notifications": one, "read": true, "snoozed_until": LATER});
    zhang.patch("/notifications", change).await.ok();
    let work: MemberId = zhang.id;
    owner
        .put(&format!("/projects/ENG/members/{work}"), Value::Null)
        .await
        .ok();
    owner
        .patch("/tasks/ENG-1", json!({"assignees": [work]}))
        .await
        .ok();
}

/// A GIF of one pixel, first black and then white.
fn blinking() -> Vec<u8> {
    let mut gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff".to_vec();
    for pixel in [0x44, 0x4c] {
        gif.extend(b"\x21\xf9\x04\0\x0a\0\0\0");
        gif.extend(b"\x2c\0\0\0\0\x01\0\x01\0\0");
        gif.extend([2, 2, pixel, 1, 0]);
    }
    gif.push(0x3b);
    gif
}

async fn fill_private(owner: &Member, room: ChannelId) {
    let bearer = format!("Bearer {}", owner.token);
    let headers = [
        ("authorization", bearer.as_str()),
        ("content-type", "image/png"),
    ];
    let path = format!("/api/v1/members/{}/avatar", owner.id);
    let picture = http::send(owner.address, "PUT", &path, &headers, PNG).await;
    picture.unwrap().ok();
    let path = "/api/v1/emoji?name=blink";
    let emoji = http::send(owner.address, "POST", path, &headers, &blinking()).await;
    emoji.unwrap().ok();
    let token = json!({"name": "ci", "expires_at": LATER});
    let mut ci = owner.twin();
    ci.token = owner.post("/tokens", token).await.ok().json()["token"]
        .as_str()
        .unwrap()
        .to_owned();
    ci.get("/me").await.ok();
    owner
        .post("/invitations", json!({"role": "guest", "channels": [room]}))
        .await
        .ok();
    owner
        .post("/hooks", json!({"channel": room, "name": "alerts"}))
        .await
        .ok();
}
