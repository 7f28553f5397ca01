//! Tasks put aside: archived, deleted, restored; and after thirty days in the trash without a word
//! of theirs anywhere, in a log that still proves itself.

use crate::{
    joint::only_card,
    retention::pass,
    support::{Database, Member, Stage, program},
};
use serde_json::{Value, json};
use tenon_protocol::{
    Command, Entry, ErrorCode, Event,
    channel::ChannelKind,
    feed::{AddFeed, RemoveFeed},
    member::Role,
    message::Message,
    project::Visibility,
    snapshot::Page,
    task::{ArchiveTask, RestoreTask, Task, TrashedTask},
};
use tenon_store::task;

on_both!(
    what_is_archived_is_out_of_the_way,
    what_is_deleted_comes_back,
    what_lies_in_the_trash_is_closed,
    what_comes_back_is_as_it_was,
    a_card_of_what_is_deleted_has_no_words,
    the_trash_is_emptied,
    who_may_not_see_it_hears_nothing_of_a_trash,
);

/// In everything that must go.
const WORD: &str = "kardamomziegel";

async fn create(member: &Member, body: Value) -> Task {
    member.post("/tasks", body).await.ok().read()
}

async fn keys(member: &Member, query: &str) -> Vec<String> {
    let bytes = query.bytes().map(|byte| format!("%{byte:02X}"));
    let path = format!("/tasks?query={}", bytes.collect::<String>());
    listed(member, &path).await
}

async fn listed(member: &Member, path: &str) -> Vec<String> {
    let page: Page<Task> = member.get(path).await.ok().read();
    page.items.into_iter().map(|task| task.key).collect()
}

async fn trash(member: &Member) -> Vec<TrashedTask> {
    let page: Page<TrashedTask> = member.get("/projects/ENG/trash").await.ok().read();
    page.items
}

async fn what_is_archived_is_out_of_the_way(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    stage.project("ENG", Visibility::Public, &[]).await;
    for title in ["old", "below", "new"] {
        create(&stage.owner, json!({"project": "ENG", "title": title})).await;
    }
    let below = json!({"parent": "ENG-1"});
    stage.owner.patch("/tasks/ENG-2", below).await.ok();
    let blocks = json!({"kind": "blocks", "task": "ENG-3"});
    stage.owner.post("/tasks/ENG-1/links", blocks).await.ok();
    assert_eq!(keys(&wang, "blocked = true").await, ["ENG-3"]);
    let archived: Task = wang
        .post("/tasks/ENG-1/archive", json!({}))
        .await
        .ok()
        .read();
    assert!(archived.archived);
    // Whoever says nothing of the archive does not mean it.
    for path in [
        "/tasks?project=ENG&order=created",
        "/tasks?project=ENG&state=todo",
        "/tasks?order=updated&project=ENG",
    ] {
        assert!(
            !listed(&wang, path).await.contains(&"ENG-1".to_owned()),
            "{path}"
        );
    }
    for (query, expected) in [
        ("project = ENG ORDER BY key", &["ENG-2", "ENG-3"][..]),
        ("archived = true", &["ENG-1"]),
        ("已归档 = 否 ORDER BY key", &["ENG-2", "ENG-3"]),
        ("parent = ENG-1", &["ENG-2"]),
        (
            "archived = true OR key = ENG-3 ORDER BY key",
            &["ENG-1", "ENG-3"],
        ),
        // What is out of the way blocks nobody.
        ("blocked = true", &[]),
    ] {
        assert_eq!(keys(&wang, query).await, expected, "{query}");
    }
    let shown: Task = wang.get("/tasks/ENG-1").await.ok().read();
    assert_eq!((shown.archived, shown.title.as_str()), (true, "old"));
    let title = json!({"title": "other"});
    wang.patch("/tasks/ENG-1", title.clone())
        .await
        .refused(ErrorCode::Archived);
    let child = json!({"project": "ENG", "title": "late", "parent": "ENG-1"});
    let refused = wang.post("/tasks", child).await;
    let refused = refused.refused(ErrorCode::Archived);
    assert_eq!(refused.field().as_deref(), Some("parent"));
    // People still talk about it.
    wang.post("/tasks/ENG-1/messages", json!({"text": "why?"}))
        .await
        .ok();
    let back: Task = wang
        .post("/tasks/ENG-1/restore", json!({}))
        .await
        .ok()
        .read();
    assert_eq!((back.archived, back.message_count), (false, 1));
    wang.patch("/tasks/ENG-1", title).await.ok();
    assert_eq!(keys(&wang, "blocked = true").await, ["ENG-3"]);
    let seen = |it: &Entry| matches!(&it.event, Event::TaskRestored { task } if task.id == back.id);
    stage.owner.see(seen).await;
    stage.end(&mut [&mut wang]).await;
}

async fn what_is_deleted_comes_back(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let mut li = stage.join("李雷", Role::Member).await;
    stage.project("ENG", Visibility::Public, &[]).await;
    let body = json!({"project": "ENG", "title": "keep", "labels": ["ui"], "description": "words"});
    let task = create(&wang, body).await;
    let below = json!({"project": "ENG", "title": "below", "parent": "ENG-1"});
    create(&wang, below).await;
    let talk = json!({"text": "talk"});
    wang.post("/tasks/ENG-1/messages", talk).await.ok();
    wang.delete("/tasks/ENG-1").await.ok();
    // The key says what became of it, and stays taken.
    for member in [&wang, &li, &stage.owner] {
        member.get("/tasks/ENG-1").await.refused(ErrorCode::Deleted);
    }
    let messages = "/tasks/ENG-1/messages";
    li.get(messages).await.refused(ErrorCode::Deleted);
    let next = create(&li, json!({"project": "ENG", "title": "next"})).await;
    assert_eq!(next.key, "ENG-3");
    // Who made it, and administrators, see it in the trash; others do not.
    for member in [&wang, &stage.owner] {
        let found = trash(member).await;
        assert_eq!((found.len(), found[0].deleted_by), (1, wang.id));
        assert_eq!(found[0].task.title, "keep");
    }
    assert!(trash(&li).await.is_empty());
    li.post("/tasks/ENG-1/restore", json!({}))
        .await
        .refused(ErrorCode::Forbidden);
    let back: Task = wang
        .post("/tasks/ENG-1/restore", json!({}))
        .await
        .ok()
        .read();
    assert_eq!((back.deleted, back.message_count), (false, 1));
    assert_eq!(
        keys(&li, "label = ui AND description ~ words").await,
        ["ENG-1"]
    );
    assert_eq!(keys(&li, "parent = ENG-1").await, ["ENG-2"]);
    assert!(li.get(messages).await.ok().text().contains("talk"));
    assert!(trash(&wang).await.is_empty());
    // The index has come past all this once it knows of something newer.
    create(&li, json!({"project": "ENG", "title": "zwetschge"})).await;
    wait_found(&li, "zwetschge").await;
    let found = li.get("/search?q=talk").await.ok().json();
    assert_eq!(found["items"].as_array().map(Vec::len), Some(1), "{found}");
    // Twice is once.
    let again = Command::RestoreTask(RestoreTask { task: task.id });
    let before = wang.head().await;
    wang.run(again).await;
    assert_eq!(wang.head().await, before);
    stage.end(&mut [&mut wang, &mut li]).await;
}

/// Until search finds it again.
async fn wait_found(member: &Member, word: &str) {
    loop {
        let found = member.get(&format!("/search?q={word}")).await.ok().json();
        if !found["items"].as_array().unwrap().is_empty() {
            return;
        }
        tokio::task::yield_now().await;
    }
}

/// Neither its words nor its conversation are reached by what one still knows of them.
async fn what_lies_in_the_trash_is_closed(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let room = stage.channel("dev", ChannelKind::Public, &[]).await;
    stage.project("ENG", Visibility::Public, &[]).await;
    let path = format!("/channels/{room}/messages");
    stage.owner.post(&path, json!({"text": WORD})).await.ok();
    let asks: Message = stage
        .owner
        .post(&path, json!({"text": "做一下"}))
        .await
        .read();
    let becomes = format!("/messages/{}/task", asks.id);
    let into = json!({"project": "ENG"});
    wang.post(&becomes, into.clone()).await.ok();
    let described = json!({"title": WORD, "description": WORD});
    wang.patch("/tasks/ENG-1", described).await.ok();
    let talk = json!({"text": "talk"});
    let said: Message = wang.post("/tasks/ENG-1/messages", talk).await.read();
    // Whoever asks again for what was done is answered as they were.
    for _ in 0..2 {
        let header = [("idempotency-key", "once")];
        let answer = wang.send_with("DELETE", "/tasks/ENG-1", b"", &header);
        answer.await.unwrap().ok();
    }
    wang.delete("/tasks/ENG-1")
        .await
        .refused(ErrorCode::Deleted);
    for member in [&li, &wang] {
        let refused = member.post(&becomes, into.clone()).await;
        let refused = refused.refused(ErrorCode::Deleted);
        assert!(!refused.text().contains(WORD), "{}", refused.text());
    }
    let message = format!("/messages/{}", said.id);
    for (method, path, body) in [
        ("GET", message.clone(), json!({})),
        ("PUT", format!("/saved/{}", said.id), json!({})),
        ("PUT", format!("{message}/reactions/👍"), json!({})),
        ("DELETE", format!("{message}/reactions/👍"), json!({})),
        ("PATCH", message.clone(), json!({"text": "other"})),
        ("DELETE", message.clone(), json!({})),
    ] {
        let body = body.to_string();
        let answer = wang.send(method, &path, body.as_bytes()).await;
        answer.refused(ErrorCode::NotFound);
    }
    wang.post("/tasks/ENG-1/restore", json!({})).await.ok();
    let kept: Message = wang.get(&message).await.ok().read();
    assert_eq!((kept.text.as_str(), kept.reactions.len()), ("talk", 0));
    let refused = li.post(&becomes, into).await;
    let refused = refused.refused(ErrorCode::AlreadyATask);
    assert_eq!(refused.json()["error"]["task"]["key"], "ENG-1");
    stage.end(&mut [&mut wang, &mut li]).await;
}

/// In a channel that follows the project, and in one that did.
async fn a_card_of_what_is_deleted_has_no_words(database: Database) {
    let mut stage = Stage::open(database).await;
    let project = stage.project("ENG", Visibility::Public, &[]).await;
    let mut rooms = Vec::new();
    for name in ["follows", "followed"] {
        let channel = stage.channel(name, ChannelKind::Public, &[]).await;
        let add = Command::AddFeed(AddFeed { channel, project });
        stage.owner.run(add).await;
        rooms.push(channel);
    }
    let new = json!({"project": "ENG", "title": WORD, "due": "2027-01-01"});
    create(&stage.owner, new).await;
    stage.rest().await;
    let channel = rooms[1];
    let remove = Command::RemoveFeed(RemoveFeed { channel, project });
    stage.owner.run(remove).await;
    stage.owner.delete("/tasks/ENG-1").await.ok();
    stage.rest().await;
    for channel in &rooms {
        let path = format!("/channels/{channel}/messages");
        let shown = stage.owner.get(&path).await.ok();
        assert!(!shown.text().contains(WORD), "{}", shown.text());
        let card = only_card(&stage.owner, *channel).await.card.unwrap();
        assert!(card.deleted && card.due.is_none(), "{card:?}");
    }
    stage
        .owner
        .post("/tasks/ENG-1/restore", json!({}))
        .await
        .ok();
    stage.rest().await;
    for channel in &rooms {
        let card = only_card(&stage.owner, *channel).await.card.unwrap();
        assert_eq!((card.title.as_str(), card.deleted), (WORD, false));
    }
    stage.end(&mut []).await;
}

async fn what_comes_back_is_as_it_was(database: Database) {
    let mut stage = Stage::open(database).await;
    stage.project("ENG", Visibility::Public, &[]).await;
    let owner = &stage.owner;
    for title in ["one", "two", "three"] {
        create(owner, json!({"project": "ENG", "title": title})).await;
    }
    // What waits for one in the trash waits for it again when it is back.
    let block = async |one: &str, other: &str| {
        let blocks = json!({"kind": "blocks", "task": other});
        owner.post(&format!("/tasks/{one}/links"), blocks).await
    };
    block("ENG-1", "ENG-2").await.ok();
    block("ENG-2", "ENG-3").await.ok();
    owner.delete("/tasks/ENG-2").await.ok();
    let refused = block("ENG-3", "ENG-1").await;
    refused.refused(ErrorCode::CyclicLink);
    owner.post("/tasks/ENG-2/restore", json!({})).await.ok();
    assert_eq!(
        keys(owner, "blocked = true ORDER BY key").await,
        ["ENG-2", "ENG-3"]
    );
    // Out of the trash into the archive, where it was.
    owner.post("/tasks/ENG-1/archive", json!({})).await.ok();
    owner.delete("/tasks/ENG-1").await.ok();
    let back: Task = owner
        .post("/tasks/ENG-1/restore", json!({}))
        .await
        .ok()
        .read();
    assert!(back.archived && !back.deleted);
    assert_eq!(keys(owner, "archived = true").await, ["ENG-1"]);
    assert!(
        !listed(owner, "/tasks?project=ENG")
            .await
            .contains(&"ENG-1".to_owned())
    );
    let back: Task = owner
        .post("/tasks/ENG-1/restore", json!({}))
        .await
        .ok()
        .read();
    assert!(!back.archived);
    stage.end(&mut []).await;
}

async fn the_trash_is_emptied(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    stage.project("ENG", Visibility::Public, &[]).await;
    let said = |text: &str| format!("{text} {WORD}");
    let note = json!([{"id": "note", "name": "Note", "kind": "text"}]);
    stage.owner.put("/projects/ENG/fields", note).await.ok();
    let gone = json!({
        "project": "ENG", "title": said("gone"), "description": said("d"), "labels": [WORD],
        "fields": {"note": said("n")},
    });
    let gone = create(&wang, gone).await;
    let items = json!([{"text": said("step")}]);
    wang.post("/tasks/ENG-1/checklist", items).await.ok();
    let renamed = json!({"title": said("renamed"), "description": said("e"),
        "fields": {"note": said("m")}});
    stage.owner.patch("/tasks/ENG-1", renamed).await.ok();
    say_much(&wang).await;
    wang.delete("/tasks/ENG-1").await.ok();
    wang.post("/tasks/ENG-1/restore", json!({})).await.ok();
    // All that was said in it is found again, and each once.
    let late = json!({"project": "ENG", "title": "zwetschge"});
    create(&wang, late).await;
    wait_found(&wang, "zwetschge").await;
    let found = wang.get("/search?q=turn100").await.ok().json();
    assert_eq!(found["items"].as_array().map(Vec::len), Some(1), "{found}");
    wang.delete("/tasks/ENG-1").await.ok();
    let kept = create(&wang, json!({"project": "ENG", "title": "kept"})).await;
    pass(&mut stage, 29 * 24, &mut [&mut wang]).await;
    wang.delete("/tasks/ENG-3").await.ok();
    assert_eq!(trash(&wang).await.len(), 2);
    pass(&mut stage, 25, &mut [&mut wang]).await;
    wait_erased(&stage, &gone).await;
    stage.rest().await;
    let bites = erasures(&log(&wang).await);
    assert!(bites.len() >= 3, "{bites:?}");
    // Nothing has the field any more.
    let none = stage.owner.put("/projects/ENG/fields", json!([])).await;
    none.ok();
    // What was deleted later is there as it was.
    let left: Vec<_> = trash(&wang).await;
    assert_eq!((left.len(), left[0].task.id), (1, kept.id));
    wang.get("/tasks/ENG-1").await.refused(ErrorCode::Deleted);
    wang.post("/tasks/ENG-1/restore", json!({}))
        .await
        .refused(ErrorCode::Deleted);
    let next = create(&wang, json!({"project": "ENG", "title": "next"})).await;
    assert_eq!(next.key, "ENG-4");
    wang.settle().await;
    for entry in log(&wang).await.iter().filter(|it| !tells_title(it)) {
        assert!(!entry.to_string().contains(WORD), "{entry}");
    }
    let found = wang.get(&format!("/search?q={WORD}")).await.ok();
    assert_eq!(found.json()["items"], json!([]));
    let told = program::run_well(&stage.database, &["verify"]).await;
    assert!(!told.contains("altered"), "{told}");
    stage.end(&mut [&mut wang]).await;
}

/// More of ENG-1 than one part takes: of its conversation, and of its changes.
async fn say_much(member: &Member) {
    for turn in 0..101 {
        let text = json!({"text": format!("turn{turn} {WORD}")});
        member.post("/tasks/ENG-1/messages", text).await.ok();
    }
    for turn in 0..205 {
        let title = json!({"title": format!("renamed {turn} {WORD}")});
        member.patch("/tasks/ENG-1", title).await.ok();
    }
}

/// All that the member may read of the log.
async fn log(member: &Member) -> Vec<Value> {
    let (mut read, mut after) = (Vec::new(), 0);
    loop {
        let path = format!("/events?after={after}&limit=200");
        let mut page = member.get(&path).await.ok().json();
        let Some(items) = page["items"].as_array_mut() else {
            return read;
        };
        let Some(last) = items.last() else {
            return read;
        };
        after = last["seq"].as_i64().unwrap();
        read.append(items);
    }
}

/// Each part that the trash took: how many messages, and up to which seq.
fn erasures(log: &[Value]) -> Vec<(usize, i64)> {
    let erased = log.iter().map(|it| &it["event"]);
    let erased = erased.filter(|it| it["type"] == "task_erased");
    let part = |it: &Value| {
        let messages = it["messages"].as_array().map_or(0, Vec::len);
        (messages, it["until"].as_i64().unwrap())
    };
    erased.map(part).collect()
}

/// What was told of the task itself, by its title then: that stays in the log.
fn tells_title(entry: &Value) -> bool {
    let event = &entry["event"];
    event["type"] == "notification_added" && event["notification"]["message"].is_null()
}

/// Until the task has no words any more.
async fn wait_erased(stage: &Stage, gone: &Task) {
    let workspace = stage.owner.snapshot().await.workspace.id;
    let id = gone.id;
    loop {
        let read = stage.store.read(workspace, move |reader| {
            Box::pin(async move { task::get(reader, id).await })
        });
        let row = read.await.unwrap().unwrap();
        if row.title.is_empty() {
            assert_eq!((row.key.as_str(), row.deleted), ("ENG-1", true));
            return;
        }
        tokio::task::yield_now().await;
    }
}

async fn who_may_not_see_it_hears_nothing_of_a_trash(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    stage.project("ENG", Visibility::Private, &[]).await;
    let task = create(&stage.owner, json!({"project": "ENG", "title": "hidden"})).await;
    let archive = Command::ArchiveTask(ArchiveTask { task: task.id });
    assert_eq!(wang.refused(archive).await.code, ErrorCode::NotFound);
    stage.owner.delete("/tasks/ENG-1").await.ok();
    wang.get("/tasks/ENG-1").await.refused(ErrorCode::NotFound);
    wang.get("/projects/ENG/trash")
        .await
        .refused(ErrorCode::NotFound);
    wang.post("/tasks/ENG-1/restore", json!({}))
        .await
        .refused(ErrorCode::NotFound);
    let restore = Command::RestoreTask(RestoreTask { task: task.id });
    assert_eq!(wang.refused(restore).await.code, ErrorCode::NotFound);
    stage
        .owner
        .post("/tasks/ENG-1/restore", json!({}))
        .await
        .ok();
    stage.rest().await;
    wang.settle().await;
    let told = wang.get("/events?after=0&limit=200").await.ok().text();
    assert!(!told.contains("task_"), "{told}");
    stage.end(&mut [&mut wang]).await;
}
