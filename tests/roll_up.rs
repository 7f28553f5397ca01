//! What lies below a task: how far it is, its points, its first and last dates; at any depth, and
//! nothing of what the asker may not see.

use crate::support::{Database, Member, Stage};
use futures::future::join_all;
use serde_json::{Value, json};
use tenon_protocol::{
    ErrorCode, limit::TASK_DEPTH_MAX, member::Role, project::Visibility, roll_up::RollUp,
    snapshot::Page, task::Task,
};

on_both!(
    what_lies_below_adds_up,
    deep_and_wide_trees_add_up,
    who_may_not_see_it_hears_nothing_of_a_roll_up,
);

async fn create(member: &Member, body: Value) -> Task {
    member.post("/tasks", body).await.ok().read()
}

async fn roll_ups(member: &Member, tasks: &str) -> Vec<RollUp> {
    let page: Page<RollUp> = member
        .get(&format!("/roll-ups?tasks={tasks}"))
        .await
        .ok()
        .read();
    page.items
}

/// `done/total done_points/points start..due`
async fn told(member: &Member, task: &str) -> String {
    let found = roll_ups(member, task).await;
    assert_eq!(found.len(), 1, "{task}");
    let it = &found[0];
    let start = it.start.map(|day| day.to_string()).unwrap_or_default();
    let due = it.due.map(|due| due.to_string()).unwrap_or_default();
    let points = format!("{}/{}", it.done_estimate, it.estimate);
    format!("{}/{} {points} {start}..{due}", it.done, it.total)
}

async fn what_lies_below_adds_up(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    stage.project("ENG", Visibility::Public, &[]).await;
    for (parent, more) in [
        (Value::Null, json!({"estimate": 100, "due": "2030-01-01"})),
        (
            json!("ENG-1"),
            json!({"estimate": 2, "start": "2026-12-03", "due": "2026-12-10"}),
        ),
        (
            json!("ENG-1"),
            json!({"estimate": 3, "due": "2026-12-10T20:00:00Z"}),
        ),
        (
            json!("ENG-3"),
            json!({"estimate": 0.5, "start": "2026-12-01"}),
        ),
        (
            json!("ENG-1"),
            json!({"estimate": 8, "start": "2020-01-01", "due": "2031-01-01"}),
        ),
    ] {
        let mut body = json!({"project": "ENG", "title": "t", "parent": parent});
        let fields = more.as_object().unwrap().clone();
        body.as_object_mut().unwrap().extend(fields);
        create(&wang, body).await;
    }
    let move_to = async |task: &str, state: &str| {
        let path = format!("/tasks/{task}");
        stage.owner.patch(&path, json!({"state": state})).await.ok();
    };
    move_to("ENG-2", "done").await;
    move_to("ENG-5", "cancelled").await;
    // What is cancelled is no work; the day ends after the moment in it.
    assert_eq!(
        told(&wang, "ENG-1").await,
        "1/3 2/5.5 2026-12-01..2026-12-10"
    );
    assert_eq!(told(&wang, "ENG-3").await, "0/1 0/0.5 2026-12-01..");
    assert_eq!(told(&wang, "ENG-4").await, "0/0 0/0 ..");
    move_to("ENG-5", "in_review").await;
    assert_eq!(
        told(&wang, "ENG-1").await,
        "1/4 2/13.5 2020-01-01..2031-01-01"
    );
    move_to("ENG-5", "cancelled").await;
    // What is put aside takes what lies below it along, and brings it back.
    for (aside, path) in [("POST", "/tasks/ENG-3/archive"), ("DELETE", "/tasks/ENG-3")] {
        wang.send(aside, path, b"{}").await.ok();
        assert_eq!(told(&wang, "ENG-1").await, "1/1 2/2 2026-12-03..2026-12-10");
        wang.post("/tasks/ENG-3/restore", json!({})).await.ok();
        assert_eq!(
            told(&wang, "ENG-1").await,
            "1/3 2/5.5 2026-12-01..2026-12-10"
        );
    }
    // Several at once, in their order as far as there are any.
    let found = roll_ups(&wang, "ENG-3,nothing,ENG-99,ENG-1").await;
    let mut totals: Vec<i64> = found.iter().map(|it| it.total).collect();
    totals.sort_unstable();
    assert_eq!(totals, [1, 3]);
    // Elsewhere in the tree.
    wang.patch("/tasks/ENG-4", json!({"parent": "ENG-2"}))
        .await
        .ok();
    assert_eq!(told(&wang, "ENG-2").await, "0/1 0/0.5 2026-12-01..");
    assert_eq!(told(&wang, "ENG-3").await, "0/0 0/0 ..");
    stage.end(&mut [&mut wang]).await;
}

async fn deep_and_wide_trees_add_up(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join_quietly("王芳", Role::Member).await;
    stage.project("ENG", Visibility::Public, &[]).await;
    create(
        &wang,
        json!({"project": "ENG", "title": "1", "estimate": 1}),
    )
    .await;
    for level in 1..TASK_DEPTH_MAX {
        let body = json!({
            "project": "ENG", "title": "t", "estimate": 1, "parent": format!("ENG-{level}"),
        });
        create(&wang, body).await;
    }
    let deepest = format!("ENG-{TASK_DEPTH_MAX}");
    let body = json!({"project": "ENG", "title": "t", "parent": deepest});
    wang.post("/tasks", body)
        .await
        .refused(ErrorCode::LimitReached);
    let below = TASK_DEPTH_MAX - 1;
    assert_eq!(
        told(&wang, "ENG-1").await,
        format!("0/{below} 0/{below} ..")
    );
    // The whole tree under another would be too deep; from half way down it is not.
    let top = create(&wang, json!({"project": "ENG", "title": "top"})).await;
    let parent = json!({"parent": top.key});
    wang.patch("/tasks/ENG-1", parent.clone())
        .await
        .refused(ErrorCode::LimitReached);
    wang.patch("/tasks/ENG-11", parent).await.ok();
    let moved = TASK_DEPTH_MAX - 10;
    assert_eq!(
        told(&wang, &top.key).await,
        format!("0/{moved} 0/{moved} ..")
    );
    assert_eq!(told(&wang, "ENG-1").await, "0/9 0/9 ..");
    let wide = create(&wang, json!({"project": "ENG", "title": "wide"})).await;
    for _ in 0..8 {
        let one = || {
            let body = json!({
                "project": "ENG", "title": "t", "estimate": 0.5, "parent": wide.key,
            });
            create(&wang, body)
        };
        join_all((0..25).map(|_| one())).await;
    }
    assert_eq!(told(&wang, &wide.key).await, "0/200 0/100 ..");
    stage.end(&mut [&mut wang]).await;
}

async fn who_may_not_see_it_hears_nothing_of_a_roll_up(database: Database) {
    let mut stage = Stage::open(database).await;
    let wang = stage.join_quietly("王芳", Role::Member).await;
    stage.project("ENG", Visibility::Private, &[]).await;
    let hidden = create(&stage.owner, json!({"project": "ENG", "title": "hidden"})).await;
    let below = json!({"project": "ENG", "title": "below", "parent": "ENG-1", "estimate": 5});
    create(&stage.owner, below).await;
    let both = format!("ENG-1,{}", hidden.id);
    assert_eq!(roll_ups(&wang, &both).await, []);
    assert_eq!(told(&stage.owner, "ENG-1").await, "0/1 0/5 ..");
    // The trash says nothing of what lies below either.
    stage.owner.delete("/tasks/ENG-1").await.ok();
    assert_eq!(roll_ups(&stage.owner, &both).await, []);
    stage.end(&mut []).await;
}
