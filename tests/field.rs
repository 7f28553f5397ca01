//! Custom fields: defined in one place, filled in and seen in another, asked for in words, archived
//! while they are in use.

use crate::support::{Database, Member, Stage};
use serde_json::{Value, json};
use tenon_protocol::{
    Entry, ErrorCode, Event,
    field::{Field, FieldValue},
    member::Role,
    project::{Project, Visibility},
    snapshot::Page,
    task::{Task, TaskChange},
};

on_both!(
    a_project_has_fields_of_its_own,
    what_is_no_value_is_refused,
    what_is_in_use_stays,
    fields_are_asked_for_in_words,
    one_name_may_mean_several_fields,
);

const PATH: &str = "/projects/ENG/fields";

/// One field of each kind.
fn fields() -> Value {
    let high = json!({"id": "high", "name": "严重", "colour": "red"});
    let low = json!({"id": "low", "name": "轻微", "colour": "grey"});
    let ios = json!({"id": "ios", "name": "iOS", "colour": "blue"});
    let web = json!({"id": "web", "name": "网页", "colour": "green"});
    json!([
        {"id": "customer", "name": "客户", "kind": "text", "description": "谁付钱"},
        {"id": "amount", "name": "金额", "kind": "number"},
        {"id": "live", "name": "上线日", "kind": "date"},
        {"id": "tester", "name": "测试人", "kind": "person"},
        {"id": "severity", "name": "严重程度", "kind": "select", "options": [high, low]},
        {"id": "platform", "name": "平台", "kind": "multi_select", "options": [ios, web]},
        {"id": "page", "name": "页面", "kind": "link"},
        {"id": "checked", "name": "已验收", "kind": "check"},
    ])
}

/// A project with the fields, and a member who sees it.
async fn open(database: Database) -> (Stage, Member) {
    let mut stage = Stage::open(database).await;
    let wang = stage.join("王芳", Role::Member).await;
    stage.project("ENG", Visibility::Public, &[]).await;
    stage.owner.put(PATH, fields()).await.ok();
    (stage, wang)
}

async fn create(member: &Member, title: &str, fields: Value) -> Task {
    let body = json!({"project": "ENG", "title": title, "fields": fields});
    member.post("/tasks", body).await.ok().read()
}

fn address(query: &str) -> String {
    let bytes = query.bytes().map(|byte| format!("%{byte:02X}"));
    format!("/tasks?query={}", bytes.collect::<String>())
}

async fn keys(member: &Member, query: &str) -> Vec<String> {
    let page: Page<Task> = member.get(&address(query)).await.ok().read();
    page.items.into_iter().map(|task| task.key).collect()
}

fn text(text: &str) -> Option<FieldValue> {
    Some(FieldValue::Text(text.into()))
}

async fn a_project_has_fields_of_its_own(database: Database) {
    let (mut stage, mut wang) = open(database).await;
    wang.settle().await;
    let shown: Vec<Field> = wang.get(PATH).await.ok().read();
    assert_eq!(shown.len(), 8);
    let project: Project = wang.get("/projects/ENG").await.ok().read();
    assert_eq!(wang.replica().projects[&project.id].fields, shown);
    let all = json!({"customer": " ACME ", "amount": 12.5, "live": "2027-01-05",
        "tester": wang.id, "severity": "high", "platform": ["web", "ios"],
        "page": "https://a.example/x", "checked": true});
    let task = create(&stage.owner, "Login", all).await;
    assert_eq!(task.fields.len(), 8);
    assert_eq!(task.fields.get("customer").cloned(), text("ACME"));
    let plain = create(&stage.owner, "Plain", json!({})).await;
    assert!(plain.fields.is_empty());
    let patch = json!({"title": "Log in", "fields": {"customer": "上海 API", "amount": null,
        "checked": false, "severity": "high"}});
    let changed: Task = wang.patch("/tasks/ENG-1", patch).await.ok().read();
    assert_eq!(changed.fields.len(), 6);
    let entry = stage
        .owner
        .see(|it| matches!(&it.event, Event::TaskChanged { .. }))
        .await;
    let Event::TaskChanged { changes, .. } = &entry.event else {
        unreachable!("seen")
    };
    let of = |id: &str, from, to| TaskChange::CustomField {
        id: id.into(),
        from,
        to,
    };
    assert_eq!(changes.len(), 4);
    assert!(changes.contains(&of("customer", text("ACME"), text("上海 API"))));
    let amount = Some(FieldValue::Number(12.5));
    assert!(changes.contains(&of("amount", amount, None)));
    let checked = Some(FieldValue::Check(true));
    assert!(changes.contains(&of("checked", checked, None)));
    let history: Page<Entry> = wang.get("/tasks/ENG-1/history").await.ok().read();
    assert!(history.items.iter().any(|it| it.event == entry.event));
    wang.settle().await;
    assert_eq!(wang.replica().tasks[&task.id].fields, changed.fields);
    stage.restart(&mut [&mut wang]).await;
    let kept: Task = wang.get("/tasks/ENG-1").await.ok().read();
    assert_eq!(kept.fields, changed.fields);
    stage.end(&mut [&mut wang]).await;
}

async fn what_is_no_value_is_refused(database: Database) {
    let (stage, mut wang) = open(database).await;
    let task = create(&wang, "Login", json!({"amount": 1})).await;
    for (field, value) in [
        ("amount", json!(1e308)),
        ("amount", json!(-1.1e12)),
        ("amount", json!("7")),
        ("customer", json!("a\u{0}b")),
        ("live", json!("2027-02-29")),
        ("live", json!("tomorrow")),
        ("tester", json!("王芳")),
        ("tester", json!(task.id)),
        ("severity", json!("huge")),
        ("severity", json!(["high"])),
        ("platform", json!(["ios", "tv"])),
        ("page", json!("javascript:alert(1)")),
        ("page", json!("https://user@a.example")),
        ("checked", json!(1)),
        ("nothing", json!("x")),
    ] {
        let patch = json!({"title": "changed", "fields": {field: value}});
        let refused = wang.patch("/tasks/ENG-1", patch).await;
        let refused = refused.refused(ErrorCode::Invalid);
        assert_eq!(refused.field().as_deref(), Some("fields"), "{field}");
    }
    let long = json!({"fields": {"customer": "长".repeat(501)}});
    let long = wang.patch("/tasks/ENG-1", long).await;
    assert_eq!(long.status, 422, "{}", long.text());
    // No number of 64 bits, no number at all, no value.
    for body in [
        r#"{"fields": {"amount": 1e400}}"#,
        r#"{"fields": {"amount": NaN}}"#,
        r#"{"fields": {"amount": {}}}"#,
        r#"{"fields": {"amount": [1]}}"#,
    ] {
        let answer = wang.send("PATCH", "/tasks/ENG-1", body.as_bytes()).await;
        answer.refused(ErrorCode::Malformed);
    }
    let kept: Task = wang.get("/tasks/ENG-1").await.ok().read();
    assert_eq!((kept.title.as_str(), kept.seq), ("Login", task.seq));
    let names = |name: &str| json!([{"id": "a", "name": name, "kind": "text"}]);
    for name in ["Assignee", "负责人", "ＤＵＥ", "story  points"] {
        let put = stage.owner.put(PATH, names(name)).await;
        put.refused(ErrorCode::AlreadyExists);
    }
    wang.put(PATH, fields()).await.refused(ErrorCode::Forbidden);
    let many = (0..101).map(|at| {
        json!({"id": format!("f{at}"), "name": at.to_string(),
        "kind": "text"})
    });
    let many = stage.owner.put(PATH, many.collect()).await;
    many.refused(ErrorCode::LimitReached);
    stage.end(&mut [&mut wang]).await;
}

async fn what_is_in_use_stays(database: Database) {
    let (mut stage, mut wang) = open(database).await;
    let chen = stage.join_quietly("陈晨", Role::Member).await;
    let values = json!({"customer": "ACME", "severity": "high", "tester": chen.id});
    create(&wang, "Login", values).await;
    let without = |ids: &[&str]| {
        let mut all = fields();
        let list = all.as_array_mut().unwrap();
        list.retain(|it| !ids.contains(&it["id"].as_str().unwrap()));
        all
    };
    let put = stage.owner.put(PATH, without(&["customer"])).await;
    put.refused(ErrorCode::InUse);
    let mut options = fields();
    options[4]["options"].as_array_mut().unwrap().remove(0);
    let put = stage.owner.put(PATH, options).await;
    put.refused(ErrorCode::InUse);
    // What nobody has goes without a word.
    stage.owner.put(PATH, without(&["page"])).await.ok();
    let mut archived = without(&["page"]);
    archived[0]["archived"] = true.into();
    archived[4]["options"][0]["archived"] = true.into();
    stage.owner.put(PATH, archived.clone()).await.ok();
    let path = format!("/members/{}/deactivate", chen.id);
    stage.owner.post(&path, json!({})).await.ok();
    // It may be told again as it is, and does not spread.
    let same = json!({"title": "Log in", "fields": {"customer": "ACME", "severity": "high",
        "tester": chen.id}});
    let task: Task = wang.patch("/tasks/ENG-1", same).await.ok().read();
    assert_eq!(task.fields.len(), 3);
    for (field, value, code) in [
        ("customer", json!("Other"), ErrorCode::Archived),
        ("severity", json!("high"), ErrorCode::Archived),
        ("tester", json!(chen.id), ErrorCode::Invalid),
    ] {
        let body = json!({"project": "ENG", "title": "X", "fields": {field: value}});
        wang.post("/tasks", body).await.refused(code);
    }
    // A query goes on finding it.
    for query in ["客户 = acme", "严重程度 = 严重", "测试人 = 陈晨"] {
        assert_eq!(keys(&wang, query).await, ["ENG-1"], "{query}");
    }
    // Also while the task is deleted: it may come back.
    stage.owner.delete("/tasks/ENG-1").await.ok();
    let put = stage.owner.put(PATH, without(&["page", "customer"])).await;
    put.refused(ErrorCode::InUse);
    stage.restart(&mut [&mut wang]).await;
    stage.end(&mut [&mut wang]).await;
}

async fn fields_are_asked_for_in_words(database: Database) {
    let (stage, mut wang) = open(database).await;
    let first = json!({"customer": "ACME 公司", "amount": 12.5, "live": "2027-01-05",
        "tester": wang.id, "severity": "high", "platform": ["web", "ios"],
        "page": "https://a.example/login", "checked": true});
    create(&wang, "First", first).await;
    let second = json!({"customer": "上海", "amount": -3, "live": "2027-02-01",
        "tester": stage.owner.id, "severity": "low", "platform": ["web"]});
    create(&wang, "Second", second).await;
    create(&wang, "Third", json!({})).await;
    for (query, expected) in [
        ("客户 = \"ａｃｍｅ  公司\"", &["ENG-1"][..]),
        ("客户 ~ 公司", &["ENG-1"]),
        ("客户 != 上海", &["ENG-1"]),
        ("客户 IS EMPTY", &["ENG-3"]),
        ("customer IS NOT EMPTY ORDER BY key", &["ENG-1", "ENG-2"]),
        ("金额 > -3", &["ENG-1"]),
        ("金额 <= 12.5 ORDER BY key", &["ENG-1", "ENG-2"]),
        ("金额 IN (12.5, 7)", &["ENG-1"]),
        ("上线日 < 2027-02-01", &["ENG-1"]),
        ("上线日 = 2027-02-01", &["ENG-2"]),
        ("测试人 = currentUser()", &["ENG-1"]),
        ("测试人 != 王芳", &["ENG-2"]),
        ("严重程度 IN (严重, low) ORDER BY key", &["ENG-1", "ENG-2"]),
        ("NOT 严重程度 = 严重", &["ENG-2"]),
        ("平台 = iOS", &["ENG-1"]),
        ("平台 != iOS", &["ENG-2"]),
        ("页面 ~ login", &["ENG-1"]),
        ("已验收 = 是", &["ENG-1"]),
        ("已验收 != true ORDER BY key", &["ENG-2", "ENG-3"]),
        ("NOT (金额 > 0 OR 金额 IS EMPTY)", &["ENG-2"]),
    ] {
        assert_eq!(keys(&wang, query).await, expected, "{query}");
    }
    for (query, reason, column) in [
        ("金额 = 贵", "not_a_number", 6),
        ("金额 = NaN", "not_a_number", 6),
        ("金额 ~ 12", "wrong_operator", 4),
        ("上线日 = soon", "not_a_date", 7),
        ("测试人 = 没有人", "unknown_value", 7),
        ("严重程度 = 巨大", "unknown_value", 8),
        ("严重程度 WAS 严重", "wrong_operator", 6),
        ("已验收 = 也许", "unknown_value", 7),
        ("已验收 IS EMPTY", "wrong_operator", 5),
        ("客户数 = 1", "unknown_field", 1),
        ("key = ENG-1 ORDER BY 金额", "not_ordered", 22),
    ] {
        let refused = wang.get(&address(query)).await;
        let fault = refused.json()["error"]["fault"].clone();
        assert_eq!(fault["reason"], reason, "{query}: {fault}");
        assert_eq!(fault["column"], column, "{query}: {fault}");
    }
    let refused = wang.get(&address("客户数 = 1")).await.json();
    let expected = refused["error"]["fault"]["expected"].to_string();
    assert!(expected.contains("严重程度"), "{expected}");
    stage.end(&mut [&mut wang]).await;
}

async fn one_name_may_mean_several_fields(database: Database) {
    let (mut stage, mut wang) = open(database).await;
    stage.project("OPS", Visibility::Public, &[]).await;
    let option = json!({"id": "low", "name": "P0", "colour": "red"});
    let own = json!([
        {"id": "c", "name": "客户", "kind": "number"},
        {"id": "severity", "name": "严重程度", "kind": "select", "options": [option]},
    ]);
    stage.owner.put("/projects/OPS/fields", own).await.ok();
    create(&wang, "A", json!({"customer": "7", "severity": "low"})).await;
    let body = json!({"project": "OPS", "title": "B", "fields": {"c": 7, "severity": "low"}});
    wang.post("/tasks", body).await.ok();
    let body = json!({"project": "OPS", "title": "C"});
    wang.post("/tasks", body).await.ok();
    for (query, expected) in [
        ("客户 = 7 ORDER BY key", &["ENG-1", "OPS-1"][..]),
        ("客户 > 6", &["OPS-1"]),
        ("客户 ~ 7", &["ENG-1"]),
        ("客户 IS EMPTY", &["OPS-2"]),
        ("严重程度 = P0", &["OPS-1"]),
        ("严重程度 = 轻微", &["ENG-1"]),
        ("严重程度 != P0", &["ENG-1"]),
        ("project = OPS AND 严重程度 IS EMPTY", &["OPS-2"]),
    ] {
        assert_eq!(keys(&wang, query).await, expected, "{query}");
    }
    stage.end(&mut [&mut wang]).await;
}
