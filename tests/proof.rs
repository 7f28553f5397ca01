//! What `tenon verify` finds: every alteration is named, and a server that writes is none.

use crate::{
    retention,
    support::{
        Database, Stage, program,
        stage::{post, verify_log},
    },
};
use serde_json::json;
use std::sync::mpsc;
use tenon_protocol::{
    Command, Entry, Event, MessageId, channel::ChannelKind, message::EditMessage,
};
use tenon_store::verify::{list_workspaces, verify};
use tokio::sync::oneshot;

on_both!(
    every_alteration_is_named,
    what_an_erasure_left_is_proven_too,
    a_server_that_writes_is_no_alteration,
);

async fn every_alteration_is_named(database: Database) {
    let mut stage = Stage::open(database).await;
    let room = stage.channel("日常", ChannelKind::Public, &[]).await;
    stage.project("ENG", Default::default(), &[]).await;
    let task = json!({"project": "ENG", "title": "Login"});
    stage.owner.post("/tasks", task).await.ok();
    let first = stage.owner.run(post(room, "九点开工")).await;
    let second = stage.owner.run(post(room, "六点收工")).await;
    let id = MessageId(first.result.id.unwrap());
    stage.prove(&mut []).await;
    let file = stage.database.folder().join("backup");
    let file = file.to_str().unwrap();
    program::run_well(&stage.database, &["backup", "--to", file]).await;
    let restored = || async {
        let copy = stage.database.another().await;
        program::run_well(&copy, &["restore", "--from", file]).await;
        copy
    };
    verify_log(&restored().await).await;
    for (change, due) in alterations(first.seq, second.seq, id) {
        let copy = restored().await;
        copy.execute(&change).await;
        let output = program::run(&copy, &["verify"]).await;
        let told = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(1), "{change}: {told}");
        for words in due {
            let lines = || told.lines().filter_map(|line| line.split_once(": "));
            let is_named = lines().any(|(_, fault)| fault.contains(&words));
            assert!(is_named, "{change} is not named as {words}:\n{told}");
        }
    }
    stage.end(&mut []).await;
}

async fn what_an_erasure_left_is_proven_too(database: Database) {
    let mut stage = Stage::open(database).await;
    let room = stage.channel("日常", ChannelKind::Public, &[]).await;
    let first = stage.owner.run(post(room, "九点开工")).await;
    let id = MessageId(first.result.id.unwrap());
    let text = "九点半开工".into();
    let edit = Command::EditMessage(EditMessage { message: id, text });
    let second = stage.owner.run(edit).await;
    let rule = retention::workspace(json!({"public_days": 1}));
    retention::set(&stage.owner, rule).await;
    retention::pass(&mut stage, 25, &mut []).await;
    let erasure = |it: &Entry| matches!(it.event, Event::MessagesErased { .. });
    let erasure = stage.owner.see(erasure).await.seq;
    stage.prove(&mut []).await;
    let file = stage.database.folder().join("backup");
    let file = file.to_str().unwrap();
    program::run_well(&stage.database, &["backup", "--to", file]).await;
    let (at, later) = (first.seq, second.seq);
    let left = format!("entry {at}: what is left of its body was altered");
    let all = format!("entry {erasure}: what is left of the entries that it erased was altered");
    let forged = format!(
        "UPDATE entry SET erased = (SELECT erased FROM entry WHERE seq = {later}),
        body = (SELECT body FROM entry WHERE seq = {later}),
        salt = (SELECT salt FROM entry WHERE seq = {later}) WHERE seq = {at}"
    );
    let young = format!(
        "UPDATE entry SET erased = '1:{}' WHERE seq = {at}",
        "0".repeat(64)
    );
    let changes = [
        (
            format!("UPDATE entry SET body = replace(body, 'author', 'about') WHERE seq = {at}"),
            left.clone(),
        ),
        (
            format!("UPDATE entry SET erased = NULL WHERE seq = {at}"),
            format!("entry {at}: its body was altered"),
        ),
        (
            format!("UPDATE entry SET erased = NULL WHERE seq = {at}"),
            all.clone(),
        ),
        (forged, all),
        (young, "entry 1: others say that it erased them".to_owned()),
        (
            format!("UPDATE entry SET salt = hash WHERE seq = {at}"),
            left,
        ),
    ];
    for (change, due) in changes {
        let copy = stage.database.another().await;
        program::run_well(&copy, &["restore", "--from", file]).await;
        verify_log(&copy).await;
        copy.execute(&change).await;
        let output = program::run(&copy, &["verify"]).await;
        let told = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(1), "{change}: {told}");
        assert!(
            told.contains(&due),
            "{change} is not named as {due}:\n{told}"
        );
    }
    stage.end(&mut []).await;
}

/// What somebody does to a database, and words of the faults that are then named. `at` and
/// `later`: seqs of two messages, one after the other; `id`: of the first.
// Table: one line per alteration.
fn alterations(at: i64, later: i64, id: MessageId) -> Vec<(String, Vec<String>)> {
    let next = at + 1;
    let chain = format!("entry {at}: the chain of hashes breaks here");
    let row = format!("table message: row {id}");
    let shown = "from the log applied from nothing in";
    let one = |change: String, due: String| (change, vec![due]);
    let swap = format!(
        "UPDATE entry SET seq = -1 WHERE seq = {at}; UPDATE entry SET seq = {at} WHERE seq = {next};
        UPDATE entry SET seq = {next} WHERE seq = -1"
    );
    let broken = format!(
        "UPDATE entry SET body = '{{' WHERE seq = {at};
        UPDATE entry SET body = replace(body, '六', '七') WHERE seq = {later}"
    );
    let both = vec![
        format!("entry {at}: its body was altered"),
        format!("entry {at}: it cannot be read"),
        format!("entry {later}: its body was altered"),
        "the tables were not compared".to_owned(),
    ];
    let added = format!(
        "INSERT INTO mention (workspace, channel, member, seq, author)
        SELECT workspace, channel, author, seq, author FROM message WHERE seq = {at}"
    );
    let body = "UPDATE entry SET body = replace(body, '开工', '收工')";
    let head = "log_head: it says ";
    vec![
        one(
            format!("{body} WHERE seq = {at}"),
            format!("entry {at}: its body was altered"),
        ),
        one(
            format!("DELETE FROM entry WHERE seq = {at}"),
            format!("entry {next}: seq {at} was"),
        ),
        one(
            "DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)".into(),
            head.into(),
        ),
        one(swap, chain.clone()),
        one(
            format!("UPDATE entry SET at = at + 1 WHERE seq = {at}"),
            chain.clone(),
        ),
        one(
            format!("UPDATE entry SET kind = 'message_deleted' WHERE seq = {at}"),
            chain,
        ),
        (broken, both),
        one(
            format!("UPDATE entry SET hash = salt WHERE seq = {at}"),
            format!("entry {at}: it cannot be read"),
        ),
        one(
            "UPDATE entry SET about = NULL WHERE about IS NOT NULL".into(),
            "its task (about) is not its body's".into(),
        ),
        one(
            format!("UPDATE message SET body = replace(body, '九', '十') WHERE seq = {at}"),
            format!("{row} differs {shown} body"),
        ),
        one(
            format!("DELETE FROM message WHERE seq = {at}"),
            format!("{row} is missing"),
        ),
        one(added, "table mention: row ".into()),
        one(
            "UPDATE member SET status_until = 1".into(),
            "table member: row ".into(),
        ),
        one(
            "UPDATE channel SET name_key = NULL".into(),
            "table channel: row ".into(),
        ),
        one(
            "UPDATE scope_head SET seq = seq + 1".into(),
            "table scope_head: row ".into(),
        ),
        one(
            "UPDATE workspace SET body = replace(body, 'Works', 'Other')".into(),
            "table workspace: row ".into(),
        ),
        one(
            "DELETE FROM workspace".into(),
            "table workspace: row ".into(),
        ),
        one("UPDATE log_head SET seq = seq + 5".into(), head.into()),
        one(
            "UPDATE log_head SET hash = (SELECT salt FROM entry WHERE seq = 1)".into(),
            "log_head: ".into(),
        ),
        one("DELETE FROM log_head".into(), head.into()),
    ]
}

async fn a_server_that_writes_is_no_alteration(database: Database) {
    let mut stage = Stage::open(database).await;
    let room = stage.channel("load", ChannelKind::Public, &[]).await;
    let first = stage.owner.run(post(room, "before")).await;
    let store = stage.store.clone();
    let workspace = list_workspaces(&store).await.unwrap()[0];
    let (begun, has_begun) = oneshot::channel();
    let (go_on, may_go_on) = mpsc::channel::<()>();
    let mut begun = Some(begun);
    // It has read the log's first page, and not yet the tables.
    let wait = move |_| {
        if let Some(begun) = begun.take() {
            begun.send(()).unwrap();
            tokio::task::block_in_place(|| may_go_on.recv().unwrap());
        }
    };
    let proof = tokio::spawn(async move { verify(&store, workspace, wait).await.unwrap() });
    has_begun.await.unwrap();
    let before = stage.owner.head().await;
    let edit = EditMessage {
        message: MessageId(first.result.id.unwrap()),
        text: "otherwise".into(),
    };
    stage.owner.run(Command::EditMessage(edit)).await;
    stage.owner.run(post(room, "meanwhile")).await;
    stage.channel("new", ChannelKind::Private, &[]).await;
    go_on.send(()).unwrap();
    let report = proof.await.unwrap();
    assert_eq!(report.faults, Vec::<String>::new());
    assert!(report.entries <= before && before < stage.owner.head().await);
    stage.end(&mut []).await;
}
