//! Types of tasks, the day to start on and who is responsible: changed in one place, seen in
//! another, asked for in words, guessed from what was said.

use crate::support::{Database, Member, Stage};
use serde_json::{Value, json};
use tenon_protocol::{
    Entry, ErrorCode, Event,
    member::Role,
    project::{Project, Visibility},
    snapshot::Page,
    task::{Guess, Task, TaskChange},
};

on_both!(
    a_project_tells_types_apart,
    a_removed_type_lives_on_in_another,
    a_bug_is_guessed_from_words,
    the_first_assignee_is_responsible,
);

async fn create(member: &Member, body: Value) -> Task {
    member.post("/tasks", body).await.ok().read()
}

async fn keys(member: &Member, query: &str) -> Vec<String> {
    let bytes = query.bytes().map(|byte| format!("%{byte:02X}"));
    let path = format!("/tasks?query={}", bytes.collect::<String>());
    let page: Page<Task> = member.get(&path).await.ok().read();
    page.items.into_iter().map(|task| task.key).collect()
}

async fn a_project_tells_types_apart(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    stage.project("ENG", Visibility::Public, &[]).await;
    let types = wang.get("/projects/ENG/types").await.ok().json();
    let ids: Vec<&str> = types.as_array().unwrap().iter().map(id_of).collect();
    assert_eq!(ids, ["task", "bug", "story", "epic"]);
    let bug = json!({"project": "ENG", "title": "Login", "type": "bug", "start": "2027-01-05"});
    let bug = create(&stage.owner, bug).await;
    assert_eq!(bug.task_type, "bug");
    let plain = create(&stage.owner, json!({"project": "ENG", "title": "Tidy"})).await;
    assert_eq!(plain.task_type, "task");
    let unknown = json!({"project": "ENG", "title": "X", "type": "chore"});
    let refused = stage.owner.post("/tasks", unknown).await;
    let refused = refused.refused(ErrorCode::Invalid);
    assert_eq!(refused.field().as_deref(), Some("type"));
    let patch = json!({"type": "story", "start": null});
    let changed: Task = wang.patch("/tasks/ENG-1", patch).await.ok().read();
    assert_eq!((changed.task_type.as_str(), changed.start), ("story", None));
    let history = wang.get("/tasks/ENG-1/history").await.json();
    let history: Page<Entry> = serde_json::from_value(history).unwrap();
    let typed = TaskChange::Type {
        from: "bug".into(),
        to: "story".into(),
    };
    let is_it = |entry: &Entry| match &entry.event {
        Event::TaskChanged { changes, .. } => changes.contains(&typed),
        _ => false,
    };
    assert!(history.items.iter().any(is_it));
    stage.end(&mut [&mut wang]).await;
}

fn id_of(one: &Value) -> &str {
    one["id"].as_str().unwrap()
}

async fn a_removed_type_lives_on_in_another(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    stage.project("ENG", Visibility::Public, &[]).await;
    for kind in ["task", "bug", "epic"] {
        let body = json!({"project": "ENG", "title": kind, "type": kind});
        create(&stage.owner, body).await;
    }
    for (query, expected) in [
        ("type = bug", &["ENG-2"][..]),
        ("类型 = 缺陷", &["ENG-2"]),
        (
            "issuetype IN (Task, 史诗) ORDER BY key",
            &["ENG-1", "ENG-3"],
        ),
        ("type != bug ORDER BY key", &["ENG-1", "ENG-3"]),
    ] {
        assert_eq!(keys(&wang, query).await, expected, "{query}");
    }
    let kept = json!({"id": "task", "icon": "check", "colour": "blue"});
    let path = "/projects/ENG/types";
    let dropped = stage.owner.put(path, json!([kept])).await;
    dropped.refused(ErrorCode::Conflict);
    let defect = json!({"id": "bug", "name": "故障", "icon": "bolt", "colour": "orange",
        "replaces": ["epic", "story"]});
    wang.put(path, json!([defect, kept]))
        .await
        .refused(ErrorCode::Forbidden);
    stage.owner.put(path, json!([defect, kept])).await.ok();
    wang.settle().await;
    let project: Project = wang.get("/projects/ENG").await.read();
    assert_eq!(wang.replica().projects[&project.id].types[0].name, "故障");
    let found = keys(&wang, "类型 = 故障 ORDER BY key").await;
    assert_eq!(found, ["ENG-2", "ENG-3"]);
    // A new task is of the first type; the built-in name is gone with the renaming.
    let new = create(&wang, json!({"project": "ENG", "title": "new"})).await;
    assert_eq!(new.task_type, "bug");
    let query = "/tasks?query=type%20%3D%20%E7%BC%BA%E9%99%B7";
    wang.get(query).await.refused(ErrorCode::BadQuery);
    stage.end(&mut [&mut wang]).await;
}

async fn a_bug_is_guessed_from_words(database: Database) {
    let mut stage = Stage::open(database).await;
    stage.project("ENG", Visibility::Public, &[]).await;
    let room = stage
        .owner
        .post("/channels", json!({"name": "日常", "kind": "public"}));
    let room = room.await.ok().json()["id"].as_str().unwrap().to_owned();
    let project: Project = stage.owner.get("/projects/ENG").await.read();
    let bound = json!({"project": project.id});
    stage
        .owner
        .patch(&format!("/channels/{room}"), bound)
        .await
        .ok();
    let path = format!("/channels/{room}/messages");
    for (text, kind, words) in [
        ("登录页报错 500", Some("bug"), Some("报错")),
        ("写一下周报", None, None),
    ] {
        let said = stage
            .owner
            .post(&path, json!({"text": text}))
            .await
            .ok()
            .json();
        let of = format!("/messages/{}/task", said["id"].as_str().unwrap());
        let guess: Guess = stage.owner.get(&of).await.ok().read();
        assert_eq!(guess.task_type.as_deref(), kind, "{text}");
        assert_eq!(guess.type_words.as_deref(), words, "{text}");
        let made: Task = stage.owner.post(&of, json!({})).await.ok().read();
        assert_eq!(made.task_type, kind.unwrap_or("task"), "{text}");
    }
    stage.end(&mut []).await;
}

async fn the_first_assignee_is_responsible(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    stage.project("ENG", Visibility::Public, &[]).await;
    let (owner, other) = (stage.owner.id, wang.id);
    let body = json!({"project": "ENG", "title": "A", "assignees": [owner, other],
        "start": "2027-01-05", "due": "2027-01-02"});
    create(&stage.owner, body).await;
    create(
        &stage.owner,
        json!({"project": "ENG", "title": "B", "start": "2027-02-01"}),
    )
    .await;
    assert!(keys(&wang, "responsible = 王芳").await.is_empty());
    let turned = json!({"assignees": [other, owner]});
    wang.patch("/tasks/ENG-1", turned).await.ok();
    for (query, expected) in [
        ("responsible = 王芳", &["ENG-1"][..]),
        ("主负责人 = currentUser()", &["ENG-1"]),
        ("responsible IS EMPTY", &["ENG-2"]),
        ("start < 2027-02-01", &["ENG-1"]),
        ("开始 = 2027-02-01", &["ENG-2"]),
        (
            "start IS NOT EMPTY ORDER BY start DESC",
            &["ENG-2", "ENG-1"],
        ),
    ] {
        assert_eq!(keys(&wang, query).await, expected, "{query}");
    }
    stage.end(&mut [&mut wang]).await;
}
