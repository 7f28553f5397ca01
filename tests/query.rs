//! The query language: asked through REST, refused with its place, silent about what the asker may
//! not see; and the tables' answer measured by the plain one (`query/same.rs`).

mod same;

use crate::support::{Database, Member, Stage};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use tenon_protocol::{ErrorCode, member::Role, project::Visibility, snapshot::Page, task::Task};

on_both!(
    tasks_are_asked_for_in_words,
    a_page_goes_on_where_the_last_one_ended,
    a_query_tells_nothing_of_what_is_hidden,
    what_cannot_be_answered_is_refused,
);

use same::{the_tables_answer_as_the_plain_evaluator_does, what_was_there_before_is_filled_in};

mod sqlite_same {
    #[test]
    fn the_tables_answer_as_the_plain_evaluator_does() {
        crate::support::play_on_sqlite(super::the_tables_answer_as_the_plain_evaluator_does)
    }

    #[test]
    fn what_was_there_before_is_filled_in() {
        crate::support::play_on_sqlite(super::what_was_there_before_is_filled_in)
    }
}

mod postgres_same {
    #[test]
    fn the_tables_answer_as_the_plain_evaluator_does() {
        crate::support::play_on_postgres(super::the_tables_answer_as_the_plain_evaluator_does)
    }

    #[test]
    fn what_was_there_before_is_filled_in() {
        crate::support::play_on_postgres(super::what_was_there_before_is_filled_in)
    }
}

async fn create(member: &Member, body: Value) -> Task {
    member.post("/tasks", body).await.ok().read()
}

fn path(query: &str, rest: &str) -> String {
    let bytes = query.bytes().map(|byte| format!("%{byte:02X}"));
    format!("/tasks?query={}{rest}", bytes.collect::<String>())
}

async fn keys(member: &Member, query: &str) -> Vec<String> {
    let page: Page<Task> = member.get(&path(query, "")).await.ok().read();
    page.items.into_iter().map(|task| task.key).collect()
}

async fn tasks_are_asked_for_in_words(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    stage.project("ENG", Visibility::Public, &[]).await;
    stage.project("OPS", Visibility::Public, &[]).await;
    let login = json!({"project": "ENG", "title": "登录页打不开", "priority": "urgent",
        "labels": ["Bug"], "assignee": wang.id, "due": "2020-01-01", "description": "before VPN"});
    create(&stage.owner, login).await;
    let export = json!({"project": "ENG", "title": "Export as CSV", "priority": "low",
        "parent": "ENG-1", "estimate": 3.5});
    create(&stage.owner, export).await;
    create(
        &wang,
        json!({"project": "OPS", "title": "Rotate keys", "labels": ["bug"]}),
    )
    .await;
    let moved = json!({"state": "done"});
    wang.post("/tasks/ENG-2/transitions", moved).await.ok();
    // Table: one line per query.
    for (query, expected) in [
        ("label = bug ORDER BY key", &["ENG-1", "OPS-1"][..]),
        ("labels = bug AND project = ENG", &["ENG-1"]),
        ("负责人 = currentUser()", &["ENG-1"]),
        ("due < startOfDay() AND resolution = Unresolved", &["ENG-1"]),
        (
            "state CHANGED TO done BY currentUser() AFTER -1h",
            &["ENG-2"],
        ),
        ("parent = ENG-1", &["ENG-2"]),
        ("estimate >= 3 AND closed IS NOT EMPTY", &["ENG-2"]),
        ("text ~ vpn", &["ENG-1"]),
        ("标题 ~ 录页", &["ENG-1"]),
        ("text ~ rotating", &["OPS-1"]),
        ("creator = 王芳", &["OPS-1"]),
        ("priority > low", &["ENG-1"]),
        ("assignee IS EMPTY ORDER BY key DESC", &["OPS-1", "ENG-2"]),
        ("ORDER BY priority, key", &["ENG-1", "ENG-2", "OPS-1"]),
        (
            "key IN (ENG-2, OPS-1, ENG-99, NONE-1) ORDER BY created ASC",
            &["ENG-2", "OPS-1"],
        ),
    ] {
        assert_eq!(keys(&wang, query).await, expected, "{query}");
    }
    let narrowed = path("label = bug", "&project=OPS&closed=false");
    let page: Page<Task> = wang.get(&narrowed).await.ok().read();
    assert_eq!(page.items.len(), 1);
    wang.delete("/tasks/OPS-1").await.ok();
    assert_eq!(keys(&wang, "label = bug").await, ["ENG-1"]);
    let answer = wang.get(&path("project = ENG\nAND owner = li", "")).await;
    let answer = answer.refused(ErrorCode::BadQuery);
    let error = &answer.json()["error"];
    assert_eq!(error["field"], "query");
    assert_eq!(
        (error["line"].as_u64(), error["column"].as_u64()),
        (Some(2), Some(5))
    );
    assert_eq!(error["fault"]["reason"], "unknown_field");
    assert_eq!(error["fault"]["length"], 5);
    let deep = format!("{}key = ENG-1{}", "(".repeat(1_000), ")".repeat(1_000));
    wang.get(&path(&deep, ""))
        .await
        .refused(ErrorCode::BadQuery);
    stage.end(&mut [&mut wang]).await;
}

async fn a_page_goes_on_where_the_last_one_ended(database: Database) {
    let mut stage = Stage::open(database).await;
    stage.project("ENG", Visibility::Public, &[]).await;
    for number in 0..7 {
        let due = (number % 3 > 0).then(|| format!("2027-01-0{number}"));
        let body = json!({"project": "ENG", "title": "Same", "due": due});
        create(&stage.owner, body).await;
    }
    for order in [
        "due, key",
        "due DESC",
        "title",
        "state, priority",
        "rank",
        "key DESC",
    ] {
        let query = format!("project = ENG ORDER BY {order}");
        let all = keys(&stage.owner, &query).await;
        assert_eq!(all.len(), 7, "{order}");
        let (mut paged, mut after) = (Vec::new(), String::new());
        loop {
            let path = path(&query, &format!("&limit=2{after}"));
            let page: Page<Task> = stage.owner.get(&path).await.ok().read();
            paged.extend(page.items.into_iter().map(|task| task.key));
            match page.next {
                Some(next) => after = format!("&after={next}"),
                None => break,
            }
        }
        assert_eq!(paged, all, "{order}");
    }
    let other = path("ORDER BY title", "&limit=2");
    let page: Page<Task> = stage.owner.get(&other).await.ok().read();
    let elsewhere = format!("&after={}", page.next.unwrap());
    let refused = stage.owner.get(&path("ORDER BY created", &elsewhere)).await;
    refused.refused(ErrorCode::Invalid);
    stage
        .owner
        .get(&path("", "&after=nonsense"))
        .await
        .refused(ErrorCode::Invalid);
    stage.end(&mut []).await;
}

/// As much as a query may hold is answered, one more is refused; no text breaks a database.
async fn what_cannot_be_answered_is_refused(database: Database) {
    let mut stage = Stage::open(database).await;
    stage.project("ENG", Visibility::Public, &[]).await;
    let owner = &stage.owner;
    create(owner, json!({"project": "ENG", "title": "One"})).await;
    let listed = |count: usize| (1..=count).map(|number| format!("ENG-{number}"));
    let listed = |count| listed(count).collect::<Vec<_>>().join(",");
    let every = |text: &str, count: usize, by: &str| vec![text; count].join(by);
    // Table: one line per query, with how many tasks it finds.
    for (query, found) in [
        (format!("key IN ({})", listed(1_000)), 1),
        (format!("key NOT IN ({})", listed(1_000)), 0),
        (format!("parent IN ({})", listed(1_000)), 0),
        (format!("text ~ '{}'", every("one", 1_000, " ")), 1),
        (format!("text !~ '{}'", every("on", 1_000, " ")), 0),
        (format!("state IN ({})", every("todo", 1_000, ",")), 1),
        (every("text ~ one", 200, " AND "), 1),
        (every("NOT key = ENG-1", 200, " OR "), 0),
        (format!("{}key=ENG-1{}", "(".repeat(30), ")".repeat(30)), 1),
        ("label = '\u{1}'".into(), 0),
    ] {
        assert_eq!(keys(owner, &query).await.len(), found, "{query:.60}");
    }
    // Table: one line per query, with the column of what is wrong.
    for (query, column) in [
        ("label = 'a\0'".into(), 11),
        ("label = \0".into(), 9),
        ("label = '\\u0000'".into(), 10),
        ("label = '\\ud800'".into(), 10),
        ("\u{feff}key = ENG-1".into(), 1),
        (format!("key = '{}'", "x".repeat(19_993)), 1),
        (format!("key IN ({})", listed(1_001)), 7_902),
        (format!("text ~ '{}'", every("one", 1_001, " ")), 8),
        (every("rank = 1", 1_600, " OR "), 2_401),
        (format!("{}key = ENG-1", "(".repeat(31)), 31),
        (format!("{}key = ENG-1", "NOT ".repeat(31)), 121),
    ] {
        let refused = owner.get(&path(&query, "")).await;
        let error = refused.refused(ErrorCode::BadQuery).json();
        let error = &error["error"];
        assert_eq!(error["field"], "query", "{query:.60}");
        let told = (error["line"].as_u64(), error["column"].as_u64());
        assert_eq!(told, (Some(1), Some(column)), "{query:.60} {error}");
    }
    // Longer than any address may be.
    let endless = format!("key = '{}'", "x".repeat(70_000));
    assert_eq!(owner.get(&path(&endless, "")).await.status, 414);
    let punctuation = path("", "&text=%00!%E3%80%82");
    let none: Page<Task> = owner.get(&punctuation).await.ok().read();
    assert!(none.items.is_empty());
    let long = path("", &format!("&text={}", every("one", 1_001, "+")));
    owner.get(&long).await.refused(ErrorCode::LimitReached);
    let twice = path("", "&query=key");
    owner.get(&twice).await.refused(ErrorCode::Malformed);
    refuse_cursors(owner).await;
    stage.end(&mut []).await;
}

/// Of one's own making: no task, no place, a time beyond all, a text with a NUL.
async fn refuse_cursors(owner: &Member) {
    for cursor in [
        r#"{"now":0,"task":"x","keys":[]}"#,
        r#"{"now":0,"task":"00000000-0000-0000-0000-000000000000","keys":[1]}"#,
        r#"{"now":0,"task":"00000000-0000-0000-0000-000000000000","keys":[1.5]}"#,
    ] {
        let after = format!("&after={}", URL_SAFE_NO_PAD.encode(cursor));
        let refused = owner.get(&path("ORDER BY title", &after)).await;
        refused.refused(ErrorCode::Invalid);
    }
    for time in [i64::MIN, -377_705_023_201_000_000, i64::MAX] {
        let cursor = format!(
            r#"{{"now":{time},"task":"00000000-0000-0000-0000-000000000000","keys":["\u0000"]}}"#
        );
        let after = format!("&after={}", URL_SAFE_NO_PAD.encode(cursor));
        let dated = path("created < startOfDay(-1) ORDER BY title", &after);
        let answer = owner.get(&dated).await;
        assert!(answer.status < 500, "{time}: {}", answer.text());
    }
}

/// Ways to name what is hidden.
const NAMED: &[&str] = &[
    "project = HUSH",
    "project IN (OPEN, HUSH)",
    "space = Zimtstern",
    "channel = Zimtstern",
    "state = Zimtstern",
    "state WAS Zimtstern",
    "state CHANGED TO Zimtstern",
    "label = Zimtstern",
    "text ~ Zimtstern",
    "title ~ Zimtstern OR description ~ Zimtstern",
    "key = HUSH-1",
    "parent = HUSH-1",
    "key = TASK",
    "parent = TASK",
    "assignee = membersOf(Zimtstern)",
    "NOT (title ~ Zimtstern)",
    "key != HUSH-1",
    "label != Zimtstern ORDER BY state",
    "priority = urgent OR label = Zimtstern",
];

/// For whoever may not see it, a thing that is there and one that is not are told in the same
/// words: the answers differ in nothing but what was asked for.
async fn a_query_tells_nothing_of_what_is_hidden(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let mut guest = stage.join("Gast", Role::Guest).await;
    stage.project("OPEN", Visibility::Public, &[]).await;
    stage.project("HUSH", Visibility::Private, &[]).await;
    let owner = &stage.owner;
    let mut states = owner.get("/projects/HUSH/workflow").await.ok().json();
    let state = json!({"id": "zimtstern", "name": "Zimtstern", "category": "doing"});
    states["states"].as_array_mut().unwrap().push(state);
    owner.put("/projects/HUSH/workflow", states).await.ok();
    let space = json!({"name": "Zimtstern", "kind": "closed"});
    owner.post("/spaces", space).await.ok();
    let channel = json!({"name": "zimtstern", "kind": "private"});
    owner.post("/channels", channel).await.ok();
    let hidden = json!({"project": "HUSH", "title": "Zimtstern", "description": "Zimtstern",
        "labels": ["zimtstern"], "assignee": owner.id, "priority": "urgent", "state": "zimtstern"});
    let hidden = create(owner, hidden).await;
    create(owner, json!({"project": "OPEN", "title": "Open"})).await;
    let (me, nobody) = (hidden.id.to_string(), uuid::Uuid::now_v7().to_string());
    for asker in [&wang, &guest] {
        for query in NAMED {
            let there = query.replace("TASK", &me);
            let absent = query
                .replace("HUSH", "NONE")
                .replace("Zimtstern", "Mondkuchn");
            let absent = absent.replace("TASK", &nobody);
            let there = asker.get(&path(&there, "")).await;
            let absent = asker.get(&path(&absent, "")).await;
            assert_eq!(there.status, absent.status, "{query}");
            let of = |value: Value| {
                let mut value = value;
                if let Some(error) = value.get_mut("error") {
                    error["request"] = Value::Null;
                }
                value
                    .to_string()
                    .replace("HUSH", "NONE")
                    .replace("Zimtstern", "Mondkuchn")
            };
            assert_eq!(of(there.json()), of(absent.json()), "{query}");
            assert!(!there.text().contains(&me), "{query}");
        }
        for query in [
            "",
            "ORDER BY title",
            "priority = urgent",
            "assignee IS NOT EMPTY",
        ] {
            let found = keys(asker, query).await;
            assert!(found.iter().all(|key| key.starts_with("OPEN")), "{query}");
        }
        let only = path("", "&project=HUSH");
        asker.get(&only).await.refused(ErrorCode::NotFound);
    }
    assert_eq!(keys(&stage.owner, "state = zimtstern").await, ["HUSH-1"]);
    stage.end(&mut [&mut wang, &mut guest]).await;
}
