//! A backup is whole or not there, and so is what is restored from one, whatever happens on the
//! way. The backup itself is only read.

use crate::support::{
    Database, Server, Stage, http, program,
    stage::{post, verify_log},
};
use std::{
    fs,
    io::{Read, Write},
    os::fd::AsFd,
    path::{Path, PathBuf},
    process::Output,
};
use tenon_protocol::channel::ChannelKind;

on_both!(
    a_backup_that_finds_no_room_is_not_there,
    what_is_no_whole_backup_is_not_restored,
    a_restore_that_is_killed_leaves_nothing,
);

/// A workspace with more in it than one page of rows.
async fn told(database: Database) -> Stage {
    let mut stage = Stage::open(database).await;
    let room = stage.channel("dev", ChannelKind::Public, &[]).await;
    for number in 0..30 {
        let text = format!("{number} {}", "long ".repeat(500));
        stage.owner.run(post(room, text)).await;
    }
    stage
}

fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = names
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

async fn back_up(database: &Database, to: &Path) {
    program::run_well(database, &["backup", "--to", to.to_str().unwrap()]).await;
}

async fn restore(database: &Database, from: &Path) -> Output {
    program::run(database, &["restore", "--from", from.to_str().unwrap()]).await
}

/// A server on it asks to be set up.
async fn assert_empty(database: &Database) {
    let server = Server::start(database).await;
    let setup = http::send(server.address, "GET", "/api/v1/setup", &[], b"").await;
    assert_eq!(setup.unwrap().ok().json()["needed"], true);
    server.stop().await;
}

/// It takes the whole backup, and the log of that is sound.
async fn assert_restores(database: &Database, from: &Path) {
    let from = from.to_str().unwrap();
    program::run_well(database, &["restore", "--from", from]).await;
    verify_log(database).await;
    let left = names(database.folder());
    assert!(!left.iter().any(|it| it.ends_with(".part")), "{left:?}");
    let server = Server::start(database).await;
    let setup = http::send(server.address, "GET", "/api/v1/setup", &[], b"").await;
    assert_eq!(setup.unwrap().ok().json()["needed"], false);
    server.stop().await;
}

async fn a_backup_that_finds_no_room_is_not_there(database: Database) {
    let stage = told(database).await;
    let shelf = tempfile::tempdir().unwrap();
    let to = shelf.path().join("kept");
    // Of one that was killed.
    fs::write(shelf.path().join("kept.part"), "half").unwrap();
    let limit = "trap '' XFSZ; exec prlimit --fsize=100000: \"$@\"";
    let args = ["backup", "--to", to.to_str().unwrap()];
    let mut command = program::wrapped(&["sh", "-c", limit, "sh"], &args);
    let full = command.args(stage.database.args()).output().await.unwrap();
    assert_eq!(full.status.code(), Some(1));
    assert_eq!(names(shelf.path()), Vec::<String>::new());
    back_up(&stage.database, &to).await;
    assert_eq!(names(shelf.path()), ["kept"]);
    assert_restores(&stage.database.another().await, &to).await;
    stage.end(&mut []).await;
}

/// Files that are no backups, and a word of why.
fn broken(good: &Path, database: &Path) -> Vec<(PathBuf, &'static str)> {
    let folder = good.parent().unwrap();
    let whole = fs::read(good).unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let other = folder.join("other");
    let made = rusqlite::Connection::open(&other).unwrap();
    made.execute_batch("CREATE TABLE shoe (size INTEGER)")
        .unwrap();
    let killed = file("killed", &whole);
    let mark = rusqlite::Connection::open(&killed).unwrap();
    mark.execute_batch("PRAGMA application_id = 0").unwrap();
    let vacant = file("vacant", &whole);
    let cleared = rusqlite::Connection::open(&vacant).unwrap();
    cleared.execute_batch("DELETE FROM workspace").unwrap();
    let mut all = vec![
        (file("cut", &whole[..whole.len() - 1_000]), "damaged"),
        (file("half", &whole[..whole.len() / 2]), "damaged"),
        (file("empty", b""), "other tables"),
        (file("text", &b"no database\n".repeat(100)), "not a Tenon"),
        (other, "other tables"),
        (killed, "never finished"),
        (vacant, "no workspace"),
    ];
    if database.exists() {
        all.push((file("copied", &fs::read(database).unwrap()), ""));
    }
    all
}

async fn what_is_no_whole_backup_is_not_restored(database: Database) {
    let stage = told(database).await;
    let shelf = tempfile::tempdir().unwrap();
    let good = shelf.path().join("good");
    back_up(&stage.database, &good).await;
    let bad = broken(&good, &stage.database.file());
    let before = names(shelf.path());
    let target = stage.database.another().await;
    for (file, why) in &bad {
        let bytes = fs::read(file).unwrap();
        let refused = restore(&target, file).await;
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(1), "{file:?}: {said}");
        assert!(said.contains("is not a whole backup of Tenon"), "{said}");
        assert!(said.contains(why), "{file:?}: {said}");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(fs::read(file).unwrap() == bytes, "{file:?} was written to");
    }
    assert_empty(&target).await;
    let bytes = fs::read(&good).unwrap();
    assert_restores(&target, &good).await;
    assert!(fs::read(&good).unwrap() == bytes, "it was written to");
    assert_eq!(names(shelf.path()), before, "nothing is left beside it");
    stage.end(&mut []).await;
}

/// Leaves room for so many bytes in the pipe, less than a page; answers with how many are in it.
fn fill_but(said: &mut impl Read, tell: &mut (impl Write + AsFd), room: usize) -> u64 {
    const PAGE: [u8; 4_096] = [b'.'; 4_096];
    let mut count = 0;
    rustix::io::ioctl_fionbio(&tell, true).unwrap();
    while tell.write(&PAGE).is_ok_and(|written| written == PAGE.len()) {
        count += PAGE.len();
    }
    rustix::io::ioctl_fionbio(&tell, false).unwrap();
    said.read_exact(&mut PAGE.clone()).unwrap();
    tell.write_all(&PAGE[room..]).unwrap();
    (count - room) as u64
}

async fn a_restore_that_is_killed_leaves_nothing(database: Database) {
    let stage = told(database).await;
    let shelf = tempfile::tempdir().unwrap();
    let good = shelf.path().join("good");
    back_up(&stage.database, &good).await;
    let target = stage.database.another().await;
    // It cannot say more than these bytes, so it stands still among the first tables.
    let (mut said, mut tell) = std::io::pipe().unwrap();
    let full = fill_but(&mut said, &mut tell, 64);
    let args = ["restore", "--from", good.to_str().unwrap()];
    let mut command = program::command(&args);
    let mut child = command.args(target.args()).stderr(tell).spawn().unwrap();
    drop(command);
    while rustix::io::ioctl_fionread(&said).unwrap() < full + 16 {
        assert_eq!(child.try_wait().unwrap(), None, "it stands still");
        tokio::task::yield_now().await;
    }
    child.kill().await.unwrap();
    let mut text = String::new();
    said.read_to_string(&mut text).unwrap();
    assert!(text.contains("workspace: 1 rows"), "{text}");
    assert_empty(&target).await;
    assert_restores(&target, &good).await;
    stage.end(&mut []).await;
}
