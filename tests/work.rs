//! Work: projects and their workflow, tasks with their fields, order on the board, parents, history
//! and the conversation of a task.

use crate::support::{Database, Member, Stage};
use serde_json::{Value, json};
use tenon_protocol::{
    Command, Entry, ErrorCode, Event,
    member::Role,
    message::PostMessage,
    project::{Category, Project, Visibility},
    snapshot::Page,
    task::{FollowTask, Task, TaskChange},
};

on_both!(
    a_workflow_is_edited_but_keeps_states_in_use,
    a_change_carries_from_and_to,
    tasks_keep_the_order_they_are_given,
    a_task_is_never_its_own_ancestor,
    a_task_is_a_conversation,
);

async fn create(member: &Member, title: &str) -> Task {
    let body = json!({"project": "ENG", "title": title});
    let answer = member.post("/tasks", body).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.read()
}

async fn a_workflow_is_edited_but_keeps_states_in_use(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    stage.project("ENG", Visibility::Public, &[]).await;
    let taken = json!({"key": "ENG", "name": "Again"});
    let taken = stage
        .owner
        .post("/projects", taken)
        .await
        .refused(ErrorCode::AlreadyExists);
    assert_eq!(taken.field().as_deref(), Some("key"));
    for key in ["e", "eng", "1ENG", "ENGINEERING1", "EN-G", "工程"] {
        let body = json!({"key": key, "name": "Bad"});
        stage
            .owner
            .post("/projects", body)
            .await
            .refused(ErrorCode::Invalid);
    }
    create(&stage.owner, "Login").await;
    let project: Project = stage.owner.get("/projects/ENG").await.read();
    let mut states = serde_json::to_value(&project.workflow.states).unwrap();
    let states = states.as_array_mut().unwrap();
    let used = states
        .iter()
        .position(|state| state["id"] == "todo")
        .unwrap();
    let mut without = states.clone();
    without.remove(used);
    let path = "/projects/ENG/workflow";
    let refused = stage.owner.put(path, json!({"states": without})).await;
    refused.refused(ErrorCode::Conflict);
    states.push(json!({"id": "shipped", "name": "已发布", "category": "done"}));
    stage.owner.put(path, json!({"states": states})).await.ok();
    wang.settle().await;
    let known = &wang.replica().projects[&project.id].workflow.states;
    let last = known.last().unwrap();
    assert_eq!(
        (last.name.as_str(), last.category),
        ("已发布", Category::Done)
    );
    let task: Task = wang
        .post("/tasks/ENG-1/transitions", json!({"state": "shipped"}))
        .await
        .read();
    assert!(task.closed_at.is_some());
    let nowhere = json!({"state": "nowhere"});
    let refused = wang.post("/tasks/ENG-1/transitions", nowhere).await;
    assert_eq!(
        refused.refused(ErrorCode::Invalid).field().as_deref(),
        Some("state")
    );
    stage.end(&mut [&mut wang]).await;
}

async fn a_change_carries_from_and_to(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    stage.project("ENG", Visibility::Public, &[]).await;
    let task = create(&stage.owner, "Login").await;
    let patch = json!({
        "title": "登录", "description": "步骤", "priority": "high", "labels": ["bug"],
        "due": "2027-02-28", "estimate": 2.5, "assignee": wang.id,
    });
    let changed: Task = stage.owner.patch("/tasks/ENG-1", patch).await.read();
    assert_eq!(
        (changed.title.as_str(), changed.estimate),
        ("登录", Some(2.5))
    );
    let entry = wang
        .see(|entry| matches!(&entry.event, Event::TaskChanged { task: it, .. } if *it == task.id))
        .await;
    let Event::TaskChanged { changes, .. } = &entry.event else {
        unreachable!("seen")
    };
    let title = TaskChange::Title {
        from: "Login".into(),
        to: "登录".into(),
    };
    let assignees = TaskChange::Assignees {
        from: vec![],
        to: vec![wang.id],
    };
    let estimate = TaskChange::Estimate {
        from: None,
        to: Some(2.5),
    };
    for change in [title, assignees, estimate] {
        assert!(changes.contains(&change), "{change:?} in {changes:?}");
    }
    // The same again is no news; the assignment was one.
    stage.rest().await;
    let head = wang.head().await;
    stage
        .owner
        .patch("/tasks/ENG-1", json!({"title": "登录"}))
        .await
        .ok();
    assert_eq!(wang.head().await, head);
    let cleared = json!({"due": null, "estimate": null, "assignee": null});
    let cleared: Task = wang.patch("/tasks/ENG-1", cleared).await.read();
    assert_eq!(
        (cleared.due, cleared.estimate, cleared.assignees.len()),
        (None, None, 0)
    );
    let stale = json!({"description": "other", "description_from": "what it was"});
    wang.patch("/tasks/ENG-1", stale)
        .await
        .refused(ErrorCode::Conflict);
    let history = wang.get("/tasks/ENG-1/history").await.json();
    let history: Page<Entry> = serde_json::from_value(history).unwrap();
    let kinds: Vec<&str> = history
        .items
        .iter()
        .map(|entry| entry.event.kind())
        .collect();
    assert_eq!(kinds, ["task_created", "task_changed", "task_changed"]);
    wang.delete("/tasks/ENG-1")
        .await
        .refused(ErrorCode::Forbidden);
    stage.owner.delete("/tasks/ENG-1").await.ok();
    // The key stays taken.
    assert_eq!(create(&wang, "Next").await.key, "ENG-2");
    stage.end(&mut [&mut wang]).await;
}

async fn order(member: &Member, state: &str) -> Vec<String> {
    let path = format!("/tasks?project=ENG&state={state}&order=rank");
    let page: Page<Task> = member.get(&path).await.read();
    page.items.into_iter().map(|task| task.title).collect()
}

async fn tasks_keep_the_order_they_are_given(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    stage.project("ENG", Visibility::Public, &[]).await;
    for title in ["a", "b", "c", "d"] {
        create(&stage.owner, title).await;
    }
    assert_eq!(order(&wang, "todo").await, ["a", "b", "c", "d"]);
    let place = async |key: &str, place: Value| {
        stage
            .owner
            .post(&format!("/tasks/{key}/move"), place)
            .await
            .ok();
    };
    place("ENG-4", json!({"before": "ENG-1"})).await;
    place("ENG-1", json!({"after": "ENG-3"})).await;
    assert_eq!(order(&wang, "todo").await, ["d", "b", "c", "a"]);
    place("ENG-2", json!({"state": "in_progress"})).await;
    place("ENG-3", json!({"state": "in_progress", "before": "ENG-2"})).await;
    assert_eq!(order(&wang, "todo").await, ["d", "a"]);
    assert_eq!(order(&wang, "in_progress").await, ["c", "b"]);
    // Again and again into the same gap: ranks never run out, and nothing is renumbered.
    let head = wang.head().await;
    for n in 0..40 {
        let (one, other) = if n % 2 == 0 {
            ("ENG-4", "ENG-1")
        } else {
            ("ENG-1", "ENG-4")
        };
        place(one, json!({"after": other})).await;
    }
    assert_eq!(wang.head().await, head + 40);
    assert_eq!(order(&wang, "todo").await, ["d", "a"]);
    stage.end(&mut [&mut wang]).await;
}

async fn a_task_is_never_its_own_ancestor(database: Database) {
    let mut stage = Stage::open(database).await;
    stage.project("ENG", Visibility::Public, &[]).await;
    for title in ["root", "child", "grandchild"] {
        create(&stage.owner, title).await;
    }
    let parent = async |key: &str, parent: &str| {
        stage
            .owner
            .patch(&format!("/tasks/{key}"), json!({"parent": parent}))
            .await
    };
    parent("ENG-2", "ENG-1").await.ok();
    parent("ENG-3", "ENG-2").await.ok();
    for (task, above) in [("ENG-1", "ENG-1"), ("ENG-1", "ENG-2"), ("ENG-1", "ENG-3")] {
        parent(task, above).await.refused(ErrorCode::CyclicParent);
    }
    parent("ENG-1", "ENG-99").await.refused(ErrorCode::NotFound);
    let children: Page<Task> = stage.owner.get("/tasks?parent=ENG-1").await.read();
    assert_eq!(children.items[0].key, "ENG-2");
    stage.end(&mut []).await;
}

async fn a_task_is_a_conversation(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    stage.project("ENG", Visibility::Public, &[]).await;
    let task = create(&stage.owner, "Login").await;
    let answer = wang
        .post("/tasks/ENG-1/messages", json!({"text": "我来看看"}))
        .await;
    assert_eq!(answer.status, 201);
    let say = |text: &str| {
        let (task, text) = (Some(task.id), text.into());
        Command::PostMessage(PostMessage {
            task,
            text,
            ..PostMessage::default()
        })
    };
    stage.owner.run(say("谢谢")).await;
    let doomed = wang.run(say("oops")).await.result.id.unwrap();
    wang.delete(&format!("/messages/{doomed}")).await.ok();
    stage
        .owner
        .run(Command::FollowTask(FollowTask {
            task: task.id,
            follow: false,
        }))
        .await;
    stage.owner.settle().await;
    let known = &stage.owner.replica().tasks[&task.id];
    assert_eq!(known.message_count, 2);
    assert!(!known.followers.contains(&stage.owner.id));
    stage.end(&mut [&mut wang]).await;
}
