//! Search: what is said and done is found in both languages, follows edits and deletions, survives
//! restarts and the loss of its index, and tells nobody what they may not know.

use crate::{
    file::{PNG, carrying, upload},
    support::{
        Database, Member, Stage,
        stage::{post, reply},
    },
};
use serde_json::{Value, json};
use std::fs;
use tenon_protocol::{
    ChannelId, Command, ErrorCode, MessageId, TaskId,
    channel::{AddChannelMember, ChannelKind, RemoveChannelMember},
    file::File,
    member::Role,
    message::{DeleteMessage, EditMessage, PostMessage},
    project::Visibility,
    task::{CreateTask, DeleteTask, MakeTask, UpdateTask},
};

on_both!(
    what_is_said_is_found,
    tasks_and_people_are_found,
    files_are_found_by_name,
    nobody_finds_what_they_may_not_know,
    an_index_that_is_lost_is_built_anew,
);

/// The address of a search.
pub fn address(query: &str) -> String {
    let query: String = query.bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("/search?q={query}")
}

pub async fn found(member: &Member, query: &str) -> Vec<Value> {
    let answer = member.get(&address(query)).await.ok().json();
    answer["items"].as_array().unwrap().clone()
}

/// Waits until so many are found; the index follows the log within a second.
pub async fn wait_for(member: &Member, query: &str, count: usize) -> Vec<Value> {
    loop {
        let found = found(member, query).await;
        if found.len() == count {
            return found;
        }
        tokio::task::yield_now().await;
    }
}

/// What is highlighted in what was found.
fn marked(found: &Value) -> Vec<String> {
    let snippet = &found["snippet"];
    let units: Vec<u16> = snippet["text"].as_str().unwrap().encode_utf16().collect();
    let part = |mark: &Value| {
        let at = |name: &str| mark[name].as_u64().unwrap() as usize;
        String::from_utf16(&units[at("start")..at("end")]).unwrap()
    };
    let marks = snippet["marks"].as_array().cloned().unwrap_or_default();
    marks.iter().map(part).collect()
}

async fn say(member: &mut Member, channel: ChannelId, text: &str) -> MessageId {
    MessageId(member.run(post(channel, text)).await.result.id.unwrap())
}

/// What 李雷 finds of what is said in the story below.
const QUERIES: &[(&str, usize)] = &[
    ("海东", 1),
    ("东", 2),
    ("im", 1),
    ("IM系统", 1),
    ("123", 1),
    ("deploy", 2),
    ("depl", 2),
    ("上海 from:me", 1),
    ("上海 from:李雷", 1),
    ("东边 is:thread", 1),
    ("deploy in:other", 1),
    ("deploy in:#大厅 has:link", 1),
    ("来自：我", 2),
    ("來自：我", 2),
    ("企業IM系統", 1),
    ("編號123", 1),
    ("我傢", 1),
    ("上海 on:today", 2),
    ("上海 before:today", 0),
    ("上海 after:yesterday", 2),
    ("上东", 0),
    ("👍", 0),
    ("", 0),
];

async fn what_is_said_is_found(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let room = stage.channel("大厅", ChannelKind::Public, &[&li]).await;
    let other = stage.channel("other", ChannelKind::Public, &[&li]).await;
    let home = say(&mut li, room, "我家在**上海**东边 😀").await;
    say(
        &mut li,
        room,
        "企业IM系统的 deployment 在 https://example.com/a",
    )
    .await;
    say(&mut stage.owner, other, "编号１２３, deployed").await;
    let answer = reply(room, home, "东边哪里，上海？");
    stage.owner.run(answer).await;
    let hits = wait_for(&li, "上海", 2).await;
    assert!(hits.iter().all(|hit| marked(hit) == ["上海"]));
    for (query, count) in QUERIES {
        assert_eq!(found(&li, query).await.len(), *count, "{query}");
    }
    let page = li
        .get(&format!("{}&limit=1", address("上海")))
        .await
        .ok()
        .json();
    let next = page["next"].as_str().unwrap();
    let rest = format!("{}&limit=1&cursor={next}", address("上海"));
    let rest = li.get(&rest).await.ok().json();
    assert_ne!(page["items"][0]["message"], rest["items"][0]["message"]);
    assert_eq!(rest["next"], Value::Null);
    let edit = EditMessage {
        message: home,
        text: "我家在北京".into(),
    };
    li.run(Command::EditMessage(edit)).await;
    wait_for(&li, "北京", 1).await;
    wait_for(&li, "上海", 1).await;
    // What is deleted is not found from that moment on.
    li.run(Command::DeleteMessage(DeleteMessage { message: home }))
        .await;
    assert_eq!(found(&li, "北京").await.len(), 0);
    let refused = async |query: &str, code, field: &str| {
        let refused = li.get(&address(query)).await.refused(code).json();
        assert_eq!(refused["error"]["field"], field, "{query}");
    };
    refused("from:nobody", ErrorCode::Invalid, "from").await;
    refused("in:nowhere", ErrorCode::Invalid, "in").await;
    refused("before:soon", ErrorCode::Invalid, "before").await;
    refused(&"word ".repeat(1_000), ErrorCode::TooLarge, "q").await;
    refused(&"a ".repeat(40), ErrorCode::LimitReached, "q").await;
    stage.end(&mut [&mut li]).await;
}

async fn tasks_and_people_are_found(database: Database) {
    let mut stage = Stage::open(database).await;
    let zhang = stage.join_quietly("张三", Role::Member).await;
    let project = stage.project("ENG", Visibility::Public, &[]).await;
    let room = stage.channel("room", ChannelKind::Public, &[]).await;
    let owner = &mut stage.owner;
    let create = CreateTask {
        project,
        title: "Fix the login".into(),
        description: Some("证书过期".into()),
        ..CreateTask::default()
    };
    let task = owner.run(Command::CreateTask(create)).await;
    let task = TaskId(task.result.id.unwrap());
    let comment = PostMessage {
        task: Some(task),
        text: "renewed the Zertifikat".into(),
        ..PostMessage::default()
    };
    owner.run(Command::PostMessage(comment)).await;
    let source = say(owner, room, "the invoices are late").await;
    let make = MakeTask {
        message: source,
        project: Some(project),
        ..MakeTask::default()
    };
    owner.run(Command::MakeTask(make)).await;
    wait_for(owner, "invoices has:task", 1).await;
    for query in ["zhangsan", "zs", "张", "zhangs"] {
        let found = found(&zhang, query).await;
        assert_eq!(found[0]["type"], "person", "{query}");
        assert_eq!(found[0]["member"], zhang.id.to_string(), "{query}");
    }
    let tasks = |query: &str| format!("{}&type=task", address(query));
    for query in [
        "eng-1",
        "login",
        "证书",
        "zertifikat",
        "login is:open",
        "in:ENG-1 login",
    ] {
        let answer = zhang.get(&tasks(query)).await.ok().json();
        assert_eq!(answer["items"].as_array().unwrap().len(), 1, "{query}");
        assert_eq!(answer["items"][0]["task"]["key"], "ENG-1", "{query}");
    }
    let said = found(&zhang, "zertifikat").await;
    assert_eq!(said[0]["type"], "message");
    assert_eq!(said[0]["task"]["key"], "ENG-1");
    assert_eq!(found(&zhang, "login is:done").await.len(), 0);
    let close = UpdateTask {
        task,
        state: Some("done".into()),
        ..UpdateTask::default()
    };
    stage.owner.run(Command::UpdateTask(close)).await;
    wait_for(&zhang, "login is:done", 1).await;
    // With a task its conversation goes, at once.
    stage
        .owner
        .run(Command::DeleteTask(DeleteTask { task }))
        .await;
    for query in ["login", "zertifikat", "证书"] {
        assert_eq!(found(&zhang, query).await.len(), 0, "{query}");
    }
    stage.end(&mut []).await;
}

async fn files_are_found_by_name(database: Database) {
    let mut stage = Stage::open(database).await;
    let insider = stage.join_quietly("Insider", Role::Member).await;
    let outsider = stage.join_quietly("Outsider", Role::Member).await;
    let room = stage
        .channel("room", ChannelKind::Private, &[&insider])
        .await;
    let owner = &mut stage.owner;
    let sheet: File = upload(owner, "Q3-预算_final.csv", b"1,2\n").await.read();
    let shot: File = upload(owner, "截图.png", PNG).await.read();
    let sent = owner.run(carrying(room, vec![sheet.id, shot.id])).await;
    let message = MessageId(sent.result.id.unwrap());
    say(owner, room, "预算 is in the sheet, https://example.com").await;
    let hits = wait_for(owner, "预算", 2).await;
    let file = hits.iter().find(|hit| hit["type"] == "file").unwrap();
    assert_eq!(file["message"], message.to_string());
    assert_eq!(file["file"]["id"], sheet.id.to_string());
    assert_eq!(file["name"]["text"], "Q3-预算_final.csv");
    assert_eq!(file["name"]["marks"], json!([{ "start": 3, "end": 5 }]));
    let kind = |query: &str, kind: &str| format!("{}&type={kind}", address(query));
    for (query, only, count) in [
        ("预算", "file", 1),
        ("预算", "message", 1),
        ("final", "file", 1),
        ("sheet", "file", 0),
        ("", "file", 0),
        ("has:file", "file", 2),
        ("has:image", "file", 1),
        ("from:陈晨 has:file", "message", 1),
        ("包含：图片", "message", 1),
        ("has:link has:file", "message", 0),
    ] {
        for (member, count) in [(&insider, count), (&outsider, 0)] {
            let answer = member.get(&kind(query, only)).await.ok().json();
            let items = answer["items"].as_array().unwrap();
            assert_eq!(items.len(), count, "{query} {only} {}", member.name);
        }
    }
    let within = kind("in:room has:file", "file");
    assert_eq!(
        insider.get(&within).await.ok().json()["items"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    // With its message a file goes, at once.
    owner
        .run(Command::DeleteMessage(DeleteMessage { message }))
        .await;
    assert_eq!(found(owner, "has:file").await.len(), 0);
    assert_eq!(found(owner, "截图").await.len(), 0);
    stage.end(&mut []).await;
}

async fn nobody_finds_what_they_may_not_know(database: Database) {
    let mut stage = Stage::open(database).await;
    let insider = stage.join_quietly("Insider", Role::Member).await;
    let outsider = stage.join_quietly("Outsider", Role::Member).await;
    let guest = stage.join_quietly("Guest", Role::Guest).await;
    let secret = stage
        .channel("secret", ChannelKind::Private, &[&insider])
        .await;
    let public = stage.channel("public", ChannelKind::Public, &[]).await;
    let hush = stage
        .project("HUSH", Visibility::Private, &[&insider])
        .await;
    let open = stage.project("OPEN", Visibility::Public, &[]).await;
    let owner = &mut stage.owner;
    say(owner, secret, "Zimtstern hidden").await;
    say(owner, public, "Zimtstern shown").await;
    for project in [hush, open] {
        let create = CreateTask {
            project,
            title: "Zimtstern".into(),
            ..CreateTask::default()
        };
        owner.run(Command::CreateTask(create)).await;
    }
    wait_for(owner, "Zimtstern", 4).await;
    assert_eq!(found(&insider, "Zimtstern").await.len(), 4);
    assert_eq!(found(&outsider, "Zimtstern").await.len(), 2);
    assert_eq!(found(&guest, "Zimtstern").await.len(), 0);
    for stranger in [&outsider, &guest] {
        assert_eq!(found(stranger, "hidden").await.len(), 0);
        assert_eq!(found(stranger, "HUSH-1").await.len(), 0);
        // A hidden place is refused like one that is not there.
        for place in ["secret", "HUSH", "HUSH-1", "nowhere", &secret.to_string()] {
            let answer = stranger.get(&address(&format!("in:{place}"))).await;
            let refused = answer.refused(ErrorCode::Invalid).json();
            assert_eq!(refused["error"]["field"], "in", "{place}");
        }
    }
    let add = AddChannelMember {
        channel: secret,
        member: guest.id,
    };
    stage.owner.run(Command::AddChannelMember(add)).await;
    assert_eq!(found(&guest, "Zimtstern").await.len(), 1);
    for member in [guest.id, insider.id] {
        let remove = RemoveChannelMember {
            channel: secret,
            member,
        };
        stage.owner.run(Command::RemoveChannelMember(remove)).await;
    }
    assert_eq!(found(&guest, "Zimtstern").await.len(), 0);
    assert_eq!(found(&insider, "Zimtstern").await.len(), 3);
    stage.end(&mut []).await;
}

async fn an_index_that_is_lost_is_built_anew(database: Database) {
    let mut stage = Stage::open(database).await;
    let room = stage.channel("room", ChannelKind::Public, &[]).await;
    stage.owner.connect().await;
    for n in 0..30 {
        say(&mut stage.owner, room, &format!("before {n}")).await;
    }
    wait_for(&stage.owner, "before", 30).await;
    stage.restart(&mut []).await;
    wait_for(&stage.owner, "before", 30).await;
    let folder = stage.database.folder().join("search");
    stage.take_server().kill().await;
    fs::remove_dir_all(&folder).unwrap();
    stage.start(&mut []).await;
    stage.owner.connect().await;
    say(&mut stage.owner, room, "after").await;
    wait_for(&stage.owner, "before", 30).await;
    wait_for(&stage.owner, "after", 1).await;
    assert!(folder.is_dir());
    stage.end(&mut []).await;
}
