//! Files in a bucket: the stories of files once more, and what only a bucket can do wrong.

use crate::{
    file::{self, PNG, carrying, upload},
    support::{
        Database, Member, Stage,
        http::{Answer, send},
        program,
        s3::{Fault, S3},
    },
};
use tenon_protocol::{
    ErrorCode, MessageId, channel::ChannelKind, file::File, member::Role, message::DeleteMessage,
};

/// As many bytes as go up in two parts and a bit.
const LARGE_BYTES: usize = 17 * 1024 * 1024;

fn play<F: Future<Output = ()>>(story: impl FnOnce(Database, S3) -> F) {
    crate::support::play_on_sqlite(async |database: Database| {
        let s3 = S3::open().await;
        let database = database.with_files_in(&s3);
        story(database, s3).await;
    });
}

#[test]
fn a_file_goes_where_its_message_goes() {
    play(async |database, s3| {
        file::a_file_goes_where_its_message_goes(database).await;
        assert_eq!(s3.strangers(), 0);
        assert!(
            s3.names()
                .iter()
                .all(|name| name.starts_with("some/folder/"))
        );
    });
}

#[test]
fn a_task_and_a_thread_carry_files() {
    play(async |database, _| file::a_task_and_a_thread_carry_files(database).await);
}

#[test]
fn what_is_sent_badly_leaves_nothing() {
    play(async |database, s3| {
        file::what_is_sent_badly_leaves_nothing(database).await;
        assert_eq!(s3.open_uploads(), 0);
    });
}

async fn get(member: &Member, path: &str, range: &str) -> Answer {
    let bearer = format!("Bearer {}", member.token);
    let headers = [("authorization", bearer.as_str()), ("range", range)];
    let path = format!("/api/v1{path}");
    send(member.address, "GET", &path, &headers, b"")
        .await
        .unwrap()
}

fn large() -> Vec<u8> {
    let bytes = (0..LARGE_BYTES).map(|at| (at / 3 % 251) as u8);
    bytes.collect()
}

#[test]
fn a_large_file_goes_up_in_parts_and_comes_down_by_ranges() {
    play(async |database, s3| {
        let stage = Stage::open(database).await;
        let bytes = large();
        let answer = upload(&stage.owner, "large.bin", &bytes).await.ok();
        let file: File = answer.read();
        assert_eq!((s3.uploads_begun(), s3.open_uploads()), (1, 0));
        let path = format!("/files/{}", file.id);
        assert!(stage.owner.get(&path).await.ok().body == bytes);
        let part = get(&stage.owner, &path, "bytes=9000000-9000009").await;
        assert_eq!(part.status, 206);
        assert_eq!(part.body, bytes[9_000_000..9_000_010]);
        let last = get(&stage.owner, &path, "bytes=-4").await;
        assert_eq!(last.body, bytes[LARGE_BYTES - 4..]);
        let beyond = get(&stage.owner, &path, "bytes=99999999-").await;
        assert_eq!(beyond.status, 416);
        // The same bytes are there already.
        upload(&stage.owner, "again.bin", &bytes).await.ok();
        assert_eq!((s3.uploads_begun(), s3.names().len()), (1, 1));
        stage.end(&mut []).await;
    });
}

#[test]
fn a_bucket_that_fails_loses_nothing() {
    play(async |database, s3| {
        let stage = Stage::open(database).await;
        let file: File = upload(&stage.owner, "a.png", PNG).await.ok().read();
        s3.break_down(Fault::SecondPart);
        let refused = upload(&stage.owner, "large.bin", &large()).await;
        refused.refused(ErrorCode::Unavailable);
        assert_eq!((s3.uploads_begun(), s3.open_uploads()), (1, 0));
        assert!(s3.names().iter().all(|name| !name.contains("large")));
        s3.break_down(Fault::Down);
        let path = format!("/files/{}", file.id);
        stage.owner.get(&path).await.refused(ErrorCode::Unavailable);
        let small = upload(&stage.owner, "b.txt", b"words").await;
        small.refused(ErrorCode::Unavailable);
        s3.break_down(Fault::None);
        assert_eq!(stage.owner.get(&path).await.ok().body, PNG);
        upload(&stage.owner, "b.txt", b"words").await.ok();
        stage.end(&mut []).await;
    });
}

#[test]
fn thumbnails_lie_there_and_go_with_their_file() {
    play(async |database, s3| {
        let mut stage = Stage::open(database).await;
        let room = stage.channel("room", ChannelKind::Public, &[]).await;
        let file: File = upload(&stage.owner, "a.png", PNG).await.ok().read();
        let thumbnail = format!("/files/{}/thumbnail", file.id);
        let made = stage.owner.get(&thumbnail).await.ok();
        assert!(made.body.starts_with(b"\xff\xd8\xff"));
        assert!(s3.names().iter().any(|name| name.contains("/thumbnails/")));
        assert_eq!(s3.names().len(), 2);
        let sent = stage.owner.run(carrying(room, vec![file.id])).await;
        let message = MessageId(sent.result.id.unwrap());
        let deletion = DeleteMessage { message };
        stage
            .owner
            .run(tenon_protocol::Command::DeleteMessage(deletion))
            .await;
        // The sweep of the start takes what nobody carries any more.
        stage.restart(&mut []).await;
        while !s3.names().is_empty() {
            tokio::task::yield_now().await;
        }
        stage.end(&mut []).await;
    });
}

#[test]
fn a_backup_takes_them_along_and_a_restore_brings_them_back() {
    play(async |database, s3| {
        let mut stage = Stage::open(database).await;
        let li = stage.join("李雷", Role::Member).await;
        let room = stage.channel("room", ChannelKind::Public, &[&li]).await;
        let file: File = upload(&stage.owner, "a.txt", b"words").await.ok().read();
        stage.owner.run(carrying(room, vec![file.id])).await;
        let to = stage.database.folder().join("backup");
        let to = to.to_str().unwrap();
        program::run_well(&stage.database, &["backup", "--to", to]).await;
        s3.empty();
        let other = Database::sqlite().with_files_in(&s3);
        program::run_well(&other, &["restore", "--from", to]).await;
        assert_eq!(s3.names().len(), 1);
        let doctor = program::run_well(&other, &["doctor", "--listen", "127.0.0.1:0"]).await;
        assert!(doctor.contains("the bucket of files"), "{doctor}");
        assert_eq!(s3.names().len(), 1);
        s3.break_down(Fault::Down);
        let output = program::run(&other, &["doctor", "--listen", "127.0.0.1:0"]).await;
        assert!(!output.status.success());
        s3.break_down(Fault::None);
        let path = format!("/files/{}", file.id);
        assert_eq!(li.get(&path).await.ok().body, b"words");
        let mut li = li;
        stage.end(&mut [&mut li]).await;
    });
}
