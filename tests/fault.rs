//! Faults: a port or directory in use, a newer database, a full disk, SIGTERM under load, a lost
//! machine. A clear refusal, and nothing that was acknowledged is lost.

use crate::file::{carrying, upload};
use crate::support::{
    Database, Server, Stage, http, program,
    stage::{all_pages, post, verify_log},
};
use futures::FutureExt;
use serde_json::json;
use std::{net::TcpListener, path::PathBuf, process::Output};
use tenon_protocol::{ErrorCode, RequestId, channel::ChannelKind, file::File, member::Role};
use tokio::sync::{oneshot, watch};

on_both!(
    a_port_in_use_is_a_clear_refusal,
    a_newer_database_is_a_clear_refusal,
    a_locked_database_is_a_clear_refusal,
    everything_acknowledged_outlives_sigterm,
    a_server_that_has_just_begun_ends_in_order,
    a_backup_restores_into_either_database,
    a_disk_that_is_full_keeps_no_half_of_a_file,
);

#[test]
fn a_data_directory_has_one_server() {
    crate::support::play_on_sqlite(one_server);
}

#[test]
fn a_full_disk_refuses_writes_and_recovers() {
    crate::support::play_on_sqlite(full_disk);
}

#[test]
fn a_reader_that_goes_leaves_no_transaction_open() {
    crate::support::play_on_postgres(reader_gone);
}

#[test]
fn a_database_whose_disk_is_full_refuses_writes_and_recovers() {
    crate::support::play_on_postgres(database_full);
}

#[test]
fn a_database_that_is_away_refuses_and_recovers() {
    crate::support::play_on_postgres(database_away);
}

/// Ended with 1, and said why in one line.
#[track_caller]
fn refused_clearly(output: &Output, words: &str) {
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{error}");
    let lines: Vec<&str> = error.lines().collect();
    assert_eq!(lines.len(), 1, "{error}");
    assert!(
        lines[0].starts_with("tenon: ") && lines[0].contains(words),
        "{error}"
    );
}

async fn a_port_in_use_is_a_clear_refusal(database: Database) {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = program::run(&database, &["serve", "--listen", &address]).await;
    refused_clearly(&output, "in use");
    assert!(output.stdout.is_empty());
}

async fn one_server(database: Database) {
    let stage = Stage::open(database).await;
    let output = program::run(&stage.database, &["serve", "--listen", "127.0.0.1:0"]).await;
    refused_clearly(&output, "in use");
    stage.owner.get("/me").await.ok();
    stage.end(&mut []).await;
}

async fn a_newer_database_is_a_clear_refusal(database: Database) {
    program::run_well(&database, &["migrate"]).await;
    let newer = "INSERT INTO migration (number) VALUES (999)";
    database.execute(newer).await;
    for args in [
        &["serve", "--listen", "127.0.0.1:0"][..],
        &["verify"],
        &["migrate"],
    ] {
        refused_clearly(&program::run(&database, args).await, "newer version");
    }
}

/// Somebody else holds the database: the program says so, and does not wait for ever.
async fn a_locked_database_is_a_clear_refusal(database: Database) {
    program::run_well(&database, &["migrate"]).await;
    let serve = ["serve", "--listen", "127.0.0.1:0"];
    let Some(url) = &database.url else {
        let holder = rusqlite::Connection::open(database.file()).unwrap();
        let alone = "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE";
        holder.execute_batch(alone).unwrap();
        refused_clearly(&program::run(&database, &serve).await, "locked");
        refused_clearly(&program::run(&database, &["verify"]).await, "locked");
        drop(holder);
        program::run_well(&database, &["verify"]).await;
        return;
    };
    let (holder, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls)
        .await
        .unwrap();
    let connection = tokio::spawn(connection);
    // As a server holds it that brings the schema up to date, and as any program may.
    for lock in [
        "BEGIN; SELECT pg_advisory_xact_lock(84, 1)",
        "BEGIN; LOCK TABLE workspace, migration IN ACCESS EXCLUSIVE MODE",
    ] {
        holder.batch_execute(lock).await.unwrap();
        let (server, tool) = tokio::join!(
            program::run(&database, &serve),
            program::run(&database, &["migrate"])
        );
        refused_clearly(&server, "another program has locked it");
        refused_clearly(&tool, "another program has locked it");
        holder.batch_execute("ROLLBACK").await.unwrap();
    }
    drop(holder);
    connection.await.unwrap().unwrap();
    program::run_well(&database, &["migrate"]).await;
}

async fn everything_acknowledged_outlives_sigterm(database: Database) {
    let mut stage = Stage::open(database).await;
    let room = stage.channel("load", ChannelKind::Public, &[]).await;
    let mut acknowledged = Vec::new();
    for n in 0..400 {
        stage
            .owner
            .ask(RequestId::new(), post(room, format!("{n}")))
            .await
            .unwrap();
        // In the midst of it: some are answered, many wait.
        if n == 40 {
            acknowledged.push(stage.owner.next_answer().await.unwrap().1.unwrap().seq);
        }
        if n == 60 {
            stage.server().terminate();
            break;
        }
    }
    while let Ok((_, answer)) = stage.owner.next_answer().await {
        match answer {
            Ok(done) => acknowledged.push(done.seq),
            Err(refused) => assert_eq!(refused.code, ErrorCode::Unavailable),
        }
    }
    let status = stage.take_server().wait().await;
    assert!(status.success(), "{status}");
    stage.start(&mut []).await;
    stage.owner.connect().await;
    let stored = all_pages(&stage.owner, &format!("/channels/{room}/messages")).await;
    let stored: Vec<i64> = stored.iter().map(|message| message.seq).collect();
    for seq in &acknowledged {
        assert!(stored.contains(seq), "{seq} was acknowledged and is gone");
    }
    stage.end(&mut []).await;
}

/// As whoever keeps it asks, the moment it says that it is ready.
async fn a_server_that_has_just_begun_ends_in_order(database: Database) {
    for _ in 0..3 {
        program::Server::start(&database).await.stop().await;
    }
}

async fn a_backup_restores_into_either_database(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut zhang = stage.join("张三", Role::Member).await;
    let room = stage.channel("日常", ChannelKind::Private, &[&zhang]).await;
    stage.project("ENG", Default::default(), &[]).await;
    stage
        .owner
        .post("/tasks", json!({"project": "ENG", "title": "Login"}))
        .await
        .ok();
    stage.owner.run(post(room, "请@张三看下")).await;
    stage.rest().await;
    let file = stage.database.folder().join("backup");
    let file = file.to_str().unwrap();
    program::run_well(&stage.database, &["backup", "--to", file]).await;
    stage.owner.run(post(room, "after the backup")).await;
    let before = zhang.snapshot().await;
    for other in [Database::sqlite(), Database::postgres().await] {
        program::run_well(&other, &["restore", "--from", file]).await;
        verify_log(&other).await;
        let server = Server::start(&other).await;
        let mut restored = zhang.twin();
        restored.address = server.address;
        // A replica that knows more than the backup must begin anew.
        let welcome = restored.connect_after(Some(before.seq)).await;
        assert_eq!(
            welcome.reset,
            Some(tenon_protocol::frame::ResetReason::Ahead)
        );
        assert_eq!(restored.replica().memberships[&room].mentions, 1);
        restored.run(post(room, "it goes on")).await;
        let again = program::run(&other, &["restore", "--from", file]).await;
        assert_eq!(
            again.status.code(),
            Some(1),
            "a full database is not restored over"
        );
        server.stop().await;
        verify_log(&other).await;
    }
    let again = program::run(&stage.database, &["backup", "--to", file]).await;
    assert_eq!(again.status.code(), Some(1), "a backup is not written over");
    stage.end(&mut [&mut zhang]).await;
}

/// The server may not write files beyond a limit, which it meets as it meets a full disk.
async fn full_disk(database: Database) {
    let mut stage = Stage::open(database).await;
    let room = stage.channel("dev", ChannelKind::Public, &[]).await;
    stage.owner.run(post(room, "before")).await;
    let server = limit_files(&mut stage, 1_048_576).await;
    let text = "满".repeat(20_000);
    let mut stored = 1;
    let refused = loop {
        match stage.owner.try_run(post(room, text.clone())).await {
            Ok(_) => stored += 1,
            Err(refused) => break refused,
        }
        assert!(stored < 200, "the disk never gets full");
    };
    assert_eq!(refused.code, ErrorCode::Unavailable);
    let body = json!({"text": text});
    let path = format!("/channels/{room}/messages");
    let answer = stage
        .owner
        .post(&path, body.clone())
        .await
        .refused(ErrorCode::Unavailable);
    assert!(answer.header("retry-after").is_some());
    assert_eq!(all_pages(&stage.owner, &path).await.len(), stored);
    stage.owner.get("/snapshot").await.ok();
    lift_limit(&server).await;
    stage.owner.post(&path, body).await.ok();
    assert_eq!(all_pages(&stage.owner, &path).await.len(), stored + 1);
    stage.rest().await;
    server.stop().await;
    verify_log(&stage.database).await;
}

/// Whether the server says that it can do its work.
async fn is_ready(stage: &Stage) -> bool {
    let answer = http::send(stage.owner.address, "GET", "/readyz", &[], b"").await;
    let answer = answer.unwrap();
    assert!(matches!(answer.status, 200 | 503), "{}", answer.status);
    answer.status == 200
}

/// Starts the stage's server again as one that may write no file beyond this many bytes.
async fn limit_files(stage: &mut Stage, bytes_max: usize) -> Server {
    stage.take_server().stop().await;
    let limit = format!("trap '' XFSZ; exec prlimit --fsize={bytes_max}: \"$@\"");
    let server = Server::launch(&stage.database, &["sh", "-c", &limit, "sh"]).await;
    stage.owner.disconnect();
    stage.owner.address = server.address;
    stage.owner.connect().await;
    server
}

async fn lift_limit(server: &Server) {
    let pid = server.pid().to_string();
    let more = ["--pid", &pid, "--fsize=unlimited:unlimited"];
    let status = tokio::process::Command::new("prlimit").args(more).status();
    assert!(status.await.unwrap().success());
}

/// Uploads that do not fit are refused wherever in them the disk gets full, and leave nothing.
async fn a_disk_that_is_full_keeps_no_half_of_a_file(database: Database) {
    const BYTES_MAX: usize = 4 * 1_048_576;
    let mut stage = Stage::open(database).await;
    let room = stage.channel("dev", ChannelKind::Public, &[]).await;
    let server = limit_files(&mut stage, BYTES_MAX).await;
    upload(&stage.owner, "before.bin", &[7; 1_000]).await.ok();
    let stored = stored_files(&stage.database);
    assert_eq!(stored.len(), 1);
    // The last byte, the last piece, and more than one piece.
    for beyond in [1, 4_000, 300_000] {
        let bytes = vec![b'x'; BYTES_MAX + beyond];
        let refused = upload(&stage.owner, "large.bin", &bytes).await;
        let refused = refused.refused(ErrorCode::Unavailable);
        assert!(refused.header("retry-after").is_some(), "{beyond}");
        assert_eq!(stored_files(&stage.database), stored, "{beyond}");
    }
    let fits: File = upload(&stage.owner, "fits.bin", &vec![b'y'; BYTES_MAX])
        .await
        .read();
    lift_limit(&server).await;
    let bytes = vec![b'x'; BYTES_MAX + 1];
    let large: File = upload(&stage.owner, "large.bin", &bytes).await.read();
    let carries = carrying(room, vec![fits.id, large.id]);
    stage.owner.run(carries).await;
    let kept = stage.owner.get(&format!("/files/{}", large.id)).await.ok();
    assert!(kept.body == bytes, "{} bytes", kept.body.len());
    stage.rest().await;
    server.stop().await;
    verify_log(&stage.database).await;
}

/// Every file below the folder of files, in order.
fn stored_files(database: &Database) -> Vec<PathBuf> {
    let mut folders = vec![database.folder().join("files")];
    let mut files = vec![];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// Stands between the server and its database; shut, it cuts every connection and takes no other.
async fn stand_before(url: &str) -> (String, watch::Sender<bool>) {
    let (head, database) = url.rsplit_once('/').unwrap();
    let (scheme, target) = head.rsplit_once('@').unwrap();
    let target = target.to_owned();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let through = format!("{scheme}@{}/{database}", listener.local_addr().unwrap());
    let (gate, is_open) = watch::channel(true);
    tokio::spawn(async move {
        while let Ok((mut near, _)) = listener.accept().await {
            let (target, mut is_open) = (target.clone(), is_open.clone());
            tokio::spawn(async move {
                if !*is_open.borrow() {
                    return;
                }
                let mut far = tokio::net::TcpStream::connect(target).await.unwrap();
                tokio::select! {
                    _ = tokio::io::copy_bidirectional(&mut near, &mut far) => {}
                    _ = is_open.wait_for(|open| !open) => {}
                }
            });
        }
    });
    (through, gate)
}

async fn database_away(mut database: Database) {
    let (through, gate) = stand_before(database.url.as_deref().unwrap()).await;
    database.url = Some(through);
    let mut stage = Stage::open(database).await;
    let room = stage.channel("dev", ChannelKind::Public, &[]).await;
    let path = format!("/channels/{room}/messages");
    stage.owner.run(post(room, "before")).await;
    stage.rest().await;
    assert!(is_ready(&stage).await);
    gate.send(false).unwrap();
    assert!(!is_ready(&stage).await, "a balancer must see it");
    let refused = stage.owner.refused(post(room, "meanwhile")).await;
    assert_eq!(refused.code, ErrorCode::Unavailable);
    let body = json!({"text": "meanwhile"});
    let answer = stage.owner.post(&path, body).await;
    let answer = answer.refused(ErrorCode::Unavailable);
    assert!(answer.header("retry-after").is_some());
    stage.owner.get(&path).await.refused(ErrorCode::Unavailable);
    gate.send(true).unwrap();
    // A connection that was cut may be met once more.
    while let Err(refused) = stage.owner.try_run(post(room, "after")).await {
        assert_eq!(refused.code, ErrorCode::Unavailable);
    }
    while !is_ready(&stage).await {}
    let stored = all_pages(&stage.owner, &path).await;
    let stored: Vec<&str> = stored.iter().map(|message| message.text.as_str()).collect();
    assert_eq!(stored, ["before", "after"]);
    stage.end(&mut []).await;
}

/// The database says of every write what it says when its own disk is full.
async fn database_full(database: Database) {
    let mut stage = Stage::open(database).await;
    let room = stage.channel("dev", ChannelKind::Public, &[]).await;
    let path = format!("/channels/{room}/messages");
    stage.owner.run(post(room, "before")).await;
    stage.rest().await;
    let fill = "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
        CREATE TRIGGER full_disk BEFORE INSERT ON entry EXECUTE FUNCTION refuse()";
    stage.database.execute(fill).await;
    let refused = stage.owner.refused(post(room, "meanwhile")).await;
    assert_eq!(refused.code, ErrorCode::Unavailable);
    let body = json!({"text": "meanwhile"});
    let answer = stage.owner.post(&path, body.clone()).await;
    let answer = answer.refused(ErrorCode::Unavailable);
    assert!(answer.header("retry-after").is_some());
    assert_eq!(all_pages(&stage.owner, &path).await.len(), 1);
    stage.owner.get("/snapshot").await.ok();
    let empty = "DROP TRIGGER full_disk ON entry; DROP FUNCTION refuse()";
    stage.database.execute(empty).await;
    stage.owner.post(&path, body).await.ok();
    let stored = all_pages(&stage.owner, &path).await;
    let stored: Vec<&str> = stored.iter().map(|message| message.text.as_str()).collect();
    assert_eq!(stored, ["before", "meanwhile"]);
    stage.end(&mut []).await;
}

async fn reader_gone(database: Database) {
    let mut stage = Stage::open(database).await;
    let room = stage.channel("dev", ChannelKind::Public, &[]).await;
    let store = stage.database.open().await;
    let workspace = stage.owner.replica().workspace.id;
    let head = || store.read(workspace, |reader| reader.head().boxed());
    let (reading, has_read) = oneshot::channel();
    let (go_on, may_go_on) = oneshot::channel::<()>();
    let read = store.read_at_once(workspace, |reader| {
        async move {
            let head = reader.head().await?;
            reading.send(()).unwrap();
            let _ = may_go_on.await;
            Ok(head)
        }
        .boxed()
    });
    // Whoever asked goes away in the midst of it.
    tokio::select! {
        _ = read => unreachable!(),
        _ = has_read => {}
    }
    drop(go_on);
    for _ in 0..20 {
        let done = stage.owner.run(post(room, "one more")).await;
        assert!(head().await.unwrap().seq >= done.seq);
    }
    stage.end(&mut []).await;
}
