//! Templates of tasks: written by whoever manages a project, seen by name everywhere, read in whole
//! when they are wanted, used by all.

use crate::support::{Database, Member, Stage};
use serde_json::{Value, json};
use tenon_protocol::{
    Due, ErrorCode, Event,
    channel::ChannelKind,
    checklist::ChecklistItem,
    field::FieldValue,
    member::Role,
    message::Message,
    project::{Project, Visibility},
    task::{Priority, Task},
    template::TaskTemplate,
};

on_both!(
    a_project_has_templates_of_its_own,
    a_task_begins_with_what_its_template_has,
    what_is_gone_is_left_out,
    a_message_becomes_a_task_of_a_template,
    a_snapshot_has_names_alone,
);

const PATH: &str = "/projects/ENG/templates";

/// A project with two fields, and a member who sees it.
async fn open(database: Database) -> (Stage, Member) {
    let mut stage = Stage::open(database).await;
    let wang = stage.join("王芳", Role::Member).await;
    stage.project("ENG", Visibility::Public, &[]).await;
    let option = |id: &str, name: &str| json!({"id": id, "name": name, "colour": "red"});
    let fields = json!([
        {"id": "customer", "name": "客户", "kind": "text"},
        {"id": "platform", "name": "平台", "kind": "multi_select",
            "options": [option("ios", "iOS"), option("web", "网页")]},
    ]);
    let put = stage.owner.put("/projects/ENG/fields", fields).await;
    put.ok();
    (stage, wang)
}

/// One that names everything.
fn bug(assignee: &Member) -> Value {
    json!({"id": "bug", "name": "缺陷报告", "title": "缺陷：", "description": "## 复现\n1. ",
        "type": "bug", "priority": "high", "labels": ["线上"], "assignees": [assignee.id],
        "start_days": 0, "due_days": 3, "estimate": 2.5, "checklist": ["复现", "修复"],
        "fields": {"customer": "ACME", "platform": ["web", "ios"]}})
}

fn plain() -> Value {
    json!({"id": "plain", "name": "Plain"})
}

async fn make(member: &Member, body: Value) -> Task {
    member.post("/tasks", body).await.ok().read()
}

fn texts(task: &Task) -> Vec<&str> {
    let of = |item: &'_ ChecklistItem| !item.done && item.assignee.is_none();
    assert!(task.checklist.iter().all(of));
    task.checklist.iter().map(|it| it.text.as_str()).collect()
}

async fn a_project_has_templates_of_its_own(database: Database) {
    let (mut stage, mut wang) = open(database).await;
    let put = stage.owner.put(PATH, json!([plain(), bug(&wang)])).await;
    let put: Vec<TaskTemplate> = put.ok().read();
    // Those who see the project read them, and know their names without asking.
    let shown: Vec<TaskTemplate> = wang.get(PATH).await.ok().read();
    assert_eq!(shown, put);
    assert_eq!(shown[1].name, "缺陷报告");
    let platform = FieldValue::Choices(vec!["ios".into(), "web".into()]);
    assert_eq!(shown[1].fields["platform"], platform);
    wang.settle().await;
    let project: Project = wang.get("/projects/ENG").await.ok().read();
    let names = |project: &Project| -> Vec<String> {
        let names = project.templates.iter();
        names.map(|it| format!("{} {}", it.id, it.name)).collect()
    };
    assert_eq!(names(&project), ["plain Plain", "bug 缺陷报告"]);
    assert_eq!(wang.replica().projects[&project.id], project);

    // A change of one tells that one alone; of the order, none.
    let mut renamed = plain();
    renamed["name"] = "空白".into();
    let both = json!([bug(&wang), renamed]);
    stage.owner.put(PATH, both.clone()).await.ok();
    let entry = wang
        .see(
            |it| matches!(&it.event, Event::TemplatesChanged { changed, .. } if changed.len() == 1),
        )
        .await;
    let Event::TemplatesChanged {
        templates, changed, ..
    } = &entry.event
    else {
        unreachable!("seen")
    };
    assert_eq!((templates.len(), changed[0].id.as_str()), (2, "plain"));
    stage
        .owner
        .put(PATH, json!([renamed, bug(&wang)]))
        .await
        .ok();
    wang.see(
        |it| matches!(&it.event, Event::TemplatesChanged { changed, .. } if changed.is_empty()),
    )
    .await;
    let head = wang.head().await;
    stage
        .owner
        .put(PATH, json!([renamed, bug(&wang)]))
        .await
        .ok();
    assert_eq!(wang.head().await, head);
    // One that goes is gone.
    stage.owner.put(PATH, json!([renamed])).await.ok();
    let body = json!({"project": "ENG", "template": "bug", "title": "X"});
    let refused = wang.post("/tasks", body).await;
    let refused = refused.refused(ErrorCode::Invalid);
    assert_eq!(refused.field().as_deref(), Some("template"));
    wang.put(PATH, both.clone())
        .await
        .refused(ErrorCode::Forbidden);
    let archived = json!({"archived": true});
    stage.owner.patch("/projects/ENG", archived).await.ok();
    let put = stage.owner.put(PATH, both).await;
    put.refused(ErrorCode::Archived);
    stage.restart(&mut [&mut wang]).await;
    let kept: Vec<TaskTemplate> = wang.get(PATH).await.ok().read();
    assert_eq!((kept.len(), kept[0].name.as_str()), (1, "空白"));
    stage.end(&mut [&mut wang]).await;
}

async fn a_task_begins_with_what_its_template_has(database: Database) {
    let (stage, mut wang) = open(database).await;
    let chen = stage.join_quietly("陈晨", Role::Member).await;
    let templates = json!([bug(&chen), plain()]);
    stage.owner.put(PATH, templates).await.ok();
    let task = make(&wang, json!({"project": "ENG", "template": "bug"})).await;
    assert_eq!(
        (task.title.as_str(), task.task_type.as_str()),
        ("缺陷：", "bug")
    );
    assert_eq!(task.description, "## 复现\n1. ");
    assert_eq!((task.priority, task.estimate), (Priority::High, Some(2.5)));
    assert_eq!(
        (&task.labels[..], &task.assignees[..]),
        (&["线上".to_owned()][..], &[chen.id][..])
    );
    assert!(task.followers.contains(&chen.id) && task.followers.contains(&wang.id));
    assert_eq!(texts(&task), ["复现", "修复"]);
    let (Some(start), Some(Due::Day(due))) = (task.start, task.due) else {
        panic!("{task:?}");
    };
    assert_eq!((due - start).get_days(), 3);
    assert_eq!(task.fields.len(), 2);
    // It is a task like any other: found by what it has, with a history that begins with it.
    let found = wang
        .get("/tasks?query=%E5%AE%A2%E6%88%B7%20%3D%20acme")
        .await;
    assert_eq!(found.ok().json()["items"][0]["key"], "ENG-1");
    wang.settle().await;
    assert_eq!(wang.replica().tasks[&task.id].checklist, task.checklist);

    // What is given comes first, nothing too.
    let given = json!({"project": "ENG", "template": "bug", "title": "登录失败", "description": "",
        "type": "story", "priority": "none", "labels": [], "assignees": [wang.id],
        "start": null, "due": "2027-01-05", "estimate": null,
        "fields": {"customer": null, "platform": ["ios"]}});
    let task = make(&wang, given).await;
    assert_eq!(
        (task.title.as_str(), task.task_type.as_str()),
        ("登录失败", "story")
    );
    assert!(task.description.is_empty() && task.labels.is_empty() && task.start.is_none());
    assert_eq!((task.priority, task.estimate), (Priority::None, None));
    assert_eq!(task.assignees, [wang.id]);
    assert_eq!(task.due, Some("2027-01-05".parse().unwrap()));
    let ios = FieldValue::Choices(vec!["ios".into()]);
    assert_eq!(task.fields, [("platform".to_owned(), ios)].into());
    assert_eq!(texts(&task), ["复现", "修复"]);

    // One without a title asks for one.
    let untitled = json!({"project": "ENG", "template": "plain"});
    let refused = wang.post("/tasks", untitled).await;
    let refused = refused.refused(ErrorCode::Invalid);
    assert_eq!(refused.field().as_deref(), Some("title"));
    stage.end(&mut [&mut wang]).await;
}

async fn what_is_gone_is_left_out(database: Database) {
    let (stage, mut wang) = open(database).await;
    let chen = stage.join_quietly("陈晨", Role::Member).await;
    stage.owner.put(PATH, json!([bug(&chen)])).await.ok();
    let path = format!("/members/{}/deactivate", chen.id);
    stage.owner.post(&path, json!({})).await.ok();
    let web = json!({"id": "web", "name": "网页", "colour": "red"});
    let fields = json!([{"id": "platform", "name": "平台", "kind": "multi_select",
        "options": [web]}]);
    let put = stage.owner.put("/projects/ENG/fields", fields).await;
    put.ok();
    let task = make(&wang, json!({"project": "ENG", "template": "bug"})).await;
    assert!(task.assignees.is_empty());
    let web = FieldValue::Choices(vec!["web".into()]);
    assert_eq!(task.fields, [("platform".to_owned(), web)].into());
    // The template keeps it while it is told as it was, and gets nothing new of the kind.
    let mut same: Value = wang.get(PATH).await.ok().json();
    same[0]["name"] = "缺陷".into();
    stage.owner.put(PATH, same.clone()).await.ok();
    let kept: Vec<TaskTemplate> = wang.get(PATH).await.ok().read();
    assert_eq!(
        (&kept[0].assignees[..], kept[0].fields.len()),
        (&[chen.id][..], 2)
    );
    same[0]["id"] = "other".into();
    let put = stage.owner.put(PATH, same).await;
    put.refused(ErrorCode::Invalid);
    stage.end(&mut [&mut wang]).await;
}

async fn a_message_becomes_a_task_of_a_template(database: Database) {
    let (mut stage, mut wang) = open(database).await;
    let chen = stage.join_quietly("陈晨", Role::Member).await;
    stage.owner.put(PATH, json!([bug(&chen)])).await.ok();
    let room = stage.channel("room", ChannelKind::Public, &[&wang]).await;
    let said = json!({"text": "导出很慢"});
    let path = format!("/channels/{room}/messages");
    let said: Message = wang.post(&path, said).await.ok().read();
    let path = format!("/messages/{}/task", said.id);
    let unknown = json!({"project": "ENG", "template": "none"});
    let refused = wang.post(&path, unknown).await;
    refused.refused(ErrorCode::Invalid);
    let body = json!({"project": "ENG", "template": "bug"});
    let task: Task = wang.post(&path, body).await.ok().read();
    // The words are the message's, the rest is the template's.
    assert_eq!(
        (task.title.as_str(), task.task_type.as_str()),
        ("导出很慢", "bug")
    );
    assert_eq!(
        (task.priority, &task.assignees[..]),
        (Priority::High, &[chen.id][..])
    );
    assert_eq!(texts(&task), ["复现", "修复"]);
    assert!(task.due.is_some() && task.source.is_some());
    stage.end(&mut [&mut wang]).await;
}

/// Templates are as large as they may be, and the snapshot has not become larger by more than their
/// names.
async fn a_snapshot_has_names_alone(database: Database) {
    let (stage, mut wang) = open(database).await;
    let before = wang.get("/snapshot").await.ok().text().len();
    let of = |at: usize, bytes: usize| {
        let description = "长".repeat(bytes / 3);
        json!({"id": format!("t{at}"), "name": format!("T{at}"), "description": description})
    };
    let seven: Value = (0..7).map(|at| of(at, 64 * 1024)).collect();
    stage.owner.put(PATH, seven).await.ok();
    let after = wang.get("/snapshot").await.ok().text().len();
    assert!(after < before + 1_000, "{before} {after}");
    for (templates, code) in [
        (
            (0..9).map(|at| of(at, 64 * 1024)).collect(),
            ErrorCode::TooLarge,
        ),
        (json!([of(0, 64 * 1024 + 3)]), ErrorCode::TooLarge),
        (
            (0..51).map(|at| of(at, 3)).collect(),
            ErrorCode::LimitReached,
        ),
    ] {
        let put: Value = templates;
        stage.owner.put(PATH, put).await.refused(code);
    }
    let fifty: Value = (0..50).map(|at| of(at, 3)).collect();
    stage.owner.put(PATH, fifty).await.ok();
    let kept: Vec<TaskTemplate> = wang.get(PATH).await.ok().read();
    assert_eq!((kept.len(), kept[49].id.as_str()), (50, "t49"));
    stage.end(&mut [&mut wang]).await;
}
