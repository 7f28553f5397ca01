//! Checklists: changed by several, seen by all, asked for in words, turned into sub-tasks, and
//! hidden from whoever does not see the project.

use crate::support::{Database, Member, Stage};
use serde_json::{Value, json};
use tenon_protocol::{
    Entry, ErrorCode, Event, ItemId,
    member::Role,
    notification::Reason,
    project::Visibility,
    snapshot::Page,
    task::{Task, TaskChange},
};

on_both!(
    a_checklist_is_worked_off_together,
    an_item_becomes_a_sub_task,
    who_gets_an_item_is_told,
);

const PATH: &str = "/tasks/ENG-1/checklist";

/// A task of the owner's, and a member who sees it being made.
async fn open(database: Database) -> (Stage, Member) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    stage.project("ENG", Visibility::Public, &[]).await;
    let body = json!({"project": "ENG", "title": "Release"});
    stage.owner.post("/tasks", body).await.ok();
    wang.settle().await;
    (stage, wang)
}

fn texts(task: &Task) -> Vec<&str> {
    task.checklist
        .iter()
        .map(|item| item.text.as_str())
        .collect()
}

async fn a_checklist_is_worked_off_together(database: Database) {
    let (stage, mut wang) = open(database).await;
    let mut guest = stage.join("Gina", Role::Guest).await;
    let items = json!([{"text": "写公告"}, {"text": "灰度"}, {"text": "回滚预案", "done": true}]);
    let task: Task = stage.owner.post(PATH, items).await.ok().read();
    assert_eq!(texts(&task), ["写公告", "灰度", "回滚预案"]);
    let ids: Vec<ItemId> = task.checklist.iter().map(|item| item.id).collect();
    let path = |at: usize| format!("{PATH}/{}", ids[at]);
    wang.patch(&path(0), json!({"done": true})).await.ok();
    let moved: Task = wang
        .patch(&path(2), json!({"after": null}))
        .await
        .ok()
        .read();
    assert_eq!(texts(&moved), ["回滚预案", "写公告", "灰度"]);
    let below = json!({"after": ids[1], "text": "回滚演练"});
    let moved: Task = wang.patch(&path(2), below).await.ok().read();
    assert_eq!(texts(&moved), ["写公告", "灰度", "回滚演练"]);
    wang.settle().await;
    let known = &wang.replica().tasks[&task.id];
    assert_eq!(known.checklist, moved.checklist);
    for (query, expected) in [
        ("checklist%20%3D%201", 1),
        ("%E6%A3%80%E6%9F%A5%E9%A1%B9%20%3E%201", 0),
        ("checklist%20IS%20EMPTY", 0),
    ] {
        let page: Page<Task> = wang.get(&format!("/tasks?query={query}")).await.ok().read();
        assert_eq!(page.items.len(), expected, "{query}");
    }
    let left: Task = wang.delete(&path(1)).await.ok().read();
    assert_eq!(texts(&left), ["写公告", "回滚演练"]);
    // Two that remove the same meet in the same.
    stage.owner.delete(&path(1)).await.ok();
    let gone = stage.owner.patch(&path(1), json!({"done": true})).await;
    gone.refused(ErrorCode::NotFound);
    let history: Page<Value> = wang.get("/tasks/ENG-1/history").await.ok().read();
    let changes = history
        .items
        .iter()
        .filter(|it| it.to_string().contains("\"item\""));
    assert_eq!(changes.count(), 5);
    for answer in [
        guest.post(PATH, json!([{"text": "X"}])).await,
        guest.patch(&path(0), json!({"done": false})).await,
        guest.delete(&path(0)).await,
        guest.post(&format!("{}/task", path(0)), Value::Null).await,
    ] {
        answer.refused(ErrorCode::NotFound);
    }
    stage.end(&mut [&mut wang, &mut guest]).await;
}

async fn an_item_becomes_a_sub_task(database: Database) {
    let (stage, mut wang) = open(database).await;
    let items = json!([{"text": "灰度", "assignee": wang.id, "due": "2027-01-05"}]);
    let task: Task = stage.owner.post(PATH, items).await.ok().read();
    let path = format!("{PATH}/{}/task", task.checklist[0].id);
    let made: Task = wang.post(&path, json!({})).await.ok().read();
    assert_eq!((made.title.as_str(), made.parent), ("灰度", Some(task.id)));
    assert_eq!(made.assignees, [wang.id]);
    assert!(made.due.is_some());
    wang.post(&path, json!({}))
        .await
        .refused(ErrorCode::NotFound);
    let parent: Task = wang.get("/tasks/ENG-1").await.read();
    assert!(parent.checklist.is_empty());
    stage.end(&mut [&mut wang]).await;
}

async fn who_gets_an_item_is_told(database: Database) {
    let (stage, mut wang) = open(database).await;
    let items = json!([{"text": "灰度", "assignee": wang.id}]);
    let task: Task = stage.owner.post(PATH, items).await.ok().read();
    assert!(task.followers.contains(&wang.id));
    let is_it = |entry: &Entry| match &entry.event {
        Event::NotificationAdded { notification, .. } => {
            notification.task == Some(task.id) && notification.reason == Reason::TaskAssigned
        }
        _ => false,
    };
    wang.see(is_it).await;
    let entry = wang
        .see(|entry| matches!(&entry.event, Event::TaskChanged { task: it, .. } if *it == task.id))
        .await;
    let Event::TaskChanged { changes, .. } = &entry.event else {
        unreachable!("seen")
    };
    assert!(
        matches!(&changes[0], TaskChange::Item { from: None, to: Some(item), .. }
        if item.assignee == Some(wang.id))
    );
    stage.end(&mut [&mut wang]).await;
}
