//! Links between tasks: seen from both sides, asked for in words, and of a task that is hidden
//! nothing but that it is there.

use crate::support::{Database, Member, Stage};
use serde_json::{Value, json};
use tenon_protocol::{
    ErrorCode,
    link::{LinkKind, LinkedTask},
    member::Role,
    project::{Category, Project, Visibility},
    snapshot::Page,
    task::Task,
};

on_both!(
    tasks_are_linked_and_asked_for,
    nothing_waits_for_itself,
    a_duplicate_is_closed_in_one_step,
    a_link_tells_nothing_of_a_hidden_task,
);

async fn create(member: &Member, project: &str, titles: &[&str]) {
    for title in titles {
        let body = json!({"project": project, "title": title});
        member.post("/tasks", body).await.ok();
    }
}

async fn link(member: &Member, task: &str, kind: &str, other: &str) -> Vec<LinkedTask> {
    let body = json!({"kind": kind, "task": other});
    let answer = member.post(&format!("/tasks/{task}/links"), body).await;
    answer.ok().read()
}

async fn keys(member: &Member, query: &str) -> Vec<String> {
    let bytes = query.bytes().map(|byte| format!("%{byte:02X}"));
    let path = format!("/tasks?query={}", bytes.collect::<String>());
    let page: Page<Task> = member.get(&path).await.ok().read();
    page.items.into_iter().map(|task| task.key).collect()
}

async fn tasks_are_linked_and_asked_for(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    stage.project("ENG", Visibility::Public, &[]).await;
    stage.project("OPS", Visibility::Public, &[]).await;
    create(&stage.owner, "ENG", &["one", "two", "three"]).await;
    create(&stage.owner, "OPS", &["rotate"]).await;
    let body = json!({"kind": "blocks", "task": "ENG-2", "lag_days": 3});
    stage.owner.post("/tasks/ENG-1/links", body).await.ok();
    link(&stage.owner, "OPS-1", "blocks", "ENG-2").await;
    link(&stage.owner, "ENG-3", "relates", "ENG-1").await;
    let links: Vec<LinkedTask> = wang.get("/tasks/ENG-2/links").await.ok().read();
    let seen: Vec<_> = links
        .iter()
        .map(|it| (it.link.kind, it.key.as_deref(), it.link.lag_days, it.closed))
        .collect();
    let by = LinkKind::BlockedBy;
    assert_eq!(
        seen,
        [
            (by, Some("ENG-1"), 3, Some(false)),
            (by, Some("OPS-1"), 0, Some(false))
        ]
    );
    // Table: one line per query.
    for (query, expected) in [
        ("blocked = true", &["ENG-2"][..]),
        ("受阻 = 是 AND project = ENG", &["ENG-2"]),
        ("blocked = false ORDER BY key", &["ENG-1", "ENG-3", "OPS-1"]),
        ("blocks = ENG-2 ORDER BY key", &["ENG-1", "OPS-1"]),
        ("\"is blocked by\" = OPS-1", &["ENG-2"]),
        ("blocks IS EMPTY ORDER BY key", &["ENG-2", "ENG-3"]),
        (
            "issue IN linkedIssues(ENG-1) ORDER BY key",
            &["ENG-2", "ENG-3"],
        ),
        ("issue IN linkedIssues(\"ENG-1\", blocks)", &["ENG-2"]),
        (
            "key NOT IN linkedIssues(ENG-1) ORDER BY key",
            &["ENG-1", "OPS-1"],
        ),
        ("关联 = ENG-1", &["ENG-3"]),
    ] {
        assert_eq!(keys(&wang, query).await, expected, "{query}");
    }
    // Once all that blocks it is closed, it is free.
    for key in ["ENG-1", "OPS-1"] {
        let done = json!({"state": "done"});
        wang.post(&format!("/tasks/{key}/transitions"), done)
            .await
            .ok();
    }
    assert!(keys(&wang, "blocked = true").await.is_empty());
    let path = "/tasks/ENG-1/links?kind=blocks&task=ENG-2";
    let left: Vec<LinkedTask> = wang.delete(path).await.ok().read();
    assert_eq!(left.len(), 1);
    wang.settle().await;
    let known = wang.replica().tasks.values().find(|it| it.key == "ENG-2");
    assert_eq!(known.unwrap().links.len(), 1);
    stage.end(&mut [&mut wang]).await;
}

async fn nothing_waits_for_itself(database: Database) {
    let mut stage = Stage::open(database).await;
    stage.project("ENG", Visibility::Public, &[]).await;
    create(&stage.owner, "ENG", &["1", "2", "3", "4"]).await;
    for (one, other) in [("ENG-1", "ENG-2"), ("ENG-2", "ENG-3"), ("ENG-2", "ENG-4")] {
        link(&stage.owner, one, "blocks", other).await;
    }
    for (task, kind, other) in [
        ("ENG-3", "blocks", "ENG-1"),
        ("ENG-1", "blocked_by", "ENG-3"),
    ] {
        let body = json!({"kind": kind, "task": other});
        let refused = stage
            .owner
            .post(&format!("/tasks/{task}/links"), body)
            .await;
        let refused = refused.refused(ErrorCode::CyclicLink);
        let text = refused.json()["error"]["message"].to_string();
        assert!(text.contains("ENG-1 → ENG-2 → ENG-3 → ENG-1"), "{text}");
    }
    let itself = json!({"kind": "relates", "task": "ENG-1"});
    let refused = stage.owner.post("/tasks/ENG-1/links", itself).await;
    refused.refused(ErrorCode::Invalid);
    stage.end(&mut []).await;
}

async fn a_duplicate_is_closed_in_one_step(database: Database) {
    let mut stage = Stage::open(database).await;
    stage.project("ENG", Visibility::Public, &[]).await;
    create(&stage.owner, "ENG", &["again", "first"]).await;
    let body = json!({"kind": "duplicates", "task": "ENG-2", "close": true});
    stage.owner.post("/tasks/ENG-1/links", body).await.ok();
    let task: Task = stage.owner.get("/tasks/ENG-1").await.read();
    let project: Project = stage.owner.get("/projects/ENG").await.read();
    let states = &project.workflow.states;
    let state = states.iter().find(|it| it.id == task.state).unwrap();
    assert_eq!(state.category, Category::Cancelled);
    assert!(task.closed_at.is_some());
    stage.end(&mut []).await;
}

async fn a_link_tells_nothing_of_a_hidden_task(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    stage.project("ENG", Visibility::Public, &[]).await;
    stage.project("HUSH", Visibility::Private, &[]).await;
    create(&stage.owner, "ENG", &["open", "next"]).await;
    create(&stage.owner, "HUSH", &["merger with Acme"]).await;
    link(&stage.owner, "HUSH-1", "blocks", "ENG-1").await;
    link(&stage.owner, "ENG-1", "blocks", "ENG-2").await;
    let links: Value = wang.get("/tasks/ENG-1/links").await.ok().json();
    let of_hidden = &links[0];
    assert_eq!(of_hidden["kind"], "blocked_by");
    for field in ["key", "title", "closed"] {
        assert!(of_hidden.get(field).is_none(), "{field}: {of_hidden}");
    }
    let id = of_hidden["task"].as_str().unwrap();
    wang.get(&format!("/tasks/{id}"))
        .await
        .refused(ErrorCode::NotFound);
    wang.get(&format!("/tasks/{id}/links"))
        .await
        .refused(ErrorCode::NotFound);
    let page: Page<Task> = wang.get(&format!("/tasks?keys={id}")).await.ok().read();
    assert!(page.items.is_empty());
    // Whether it is closed would be told by this.
    assert_eq!(keys(&wang, "blocked = true").await, ["ENG-2"]);
    assert_eq!(
        keys(&stage.owner, "blocked = true ORDER BY key").await,
        ["ENG-1", "ENG-2"]
    );
    assert!(keys(&wang, "blockedBy = HUSH-1").await.is_empty());
    assert!(
        keys(&wang, "issue IN linkedIssues(HUSH-1)")
            .await
            .is_empty()
    );
    link(&stage.owner, "ENG-2", "relates", "HUSH-1").await;
    wang.settle().await;
    for entry in wang.replica().entries.iter() {
        let text = serde_json::to_string(entry).unwrap();
        assert!(!text.contains("merger") && !text.contains("HUSH"), "{text}");
    }
    let body = json!({"kind": "relates", "task": id});
    let refused = wang.post("/tasks/ENG-2/links", body).await;
    refused.refused(ErrorCode::NotFound);
    // The link is the visible task's as well: whoever sees that takes it away.
    let path = format!("/tasks/ENG-1/links?kind=blocked_by&task={id}");
    wang.delete(&path).await.ok();
    let hidden: Task = stage.owner.get("/tasks/HUSH-1").await.read();
    let kinds: Vec<LinkKind> = hidden.links.iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [LinkKind::Relates]);
    stage.end(&mut [&mut wang]).await;
}
