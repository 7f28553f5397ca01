//! Files: taken in, carried by messages, handed to those who may see the message and nobody else,
//! gone with it; and what is sent by mistake or on purpose.

use crate::support::{Database, Member, Stage, http::Answer, stage::post};
use serde_json::{Value, json};
use tenon_protocol::{
    ChannelId, Command, ErrorCode, Event, FileId, MessageId, TaskId,
    channel::ChannelKind,
    file::{ChannelFile, File},
    member::Role,
    message::{DeleteMessage, Message, PostMessage},
    project::Visibility,
    snapshot::Page,
    task::CreateTask,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

on_both!(
    a_file_goes_where_its_message_goes,
    a_task_and_a_thread_carry_files,
    what_is_sent_badly_leaves_nothing,
    types_that_are_not_taken_are_refused_as_they_arrive,
    a_picture_that_is_not_rewritten_forgets_its_place,
);

const BOUNDARY: &str = "----tenon-story";

/// A valid PNG, one pixel.
pub const PNG: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0,
    1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, 0x49, 0x44, 0x41, 0x54,
    0x78, 0x9c, 0x63, 0x60, 0, 0, 0, 2, 0, 1, 0x48, 0xaf, 0xa4, 0x71, 0, 0, 0, 0, 0x49, 0x45, 0x4e,
    0x44, 0xae, 0x42, 0x60, 0x82,
];

fn form(name: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: image/png\r\n\r\n"
    );
    [
        head.as_bytes(),
        bytes,
        format!("\r\n--{BOUNDARY}--\r\n").as_bytes(),
    ]
    .concat()
}

async fn call(member: &Member, method: &str, path: &str, more: &[(&str, &str)]) -> Answer {
    let bearer = format!("Bearer {}", member.token);
    let headers = [&[("authorization", bearer.as_str())], more].concat();
    let path = format!("/api/v1{path}");
    crate::support::http::send(member.address, method, &path, &headers, b"")
        .await
        .unwrap()
}

pub async fn upload(member: &Member, name: &str, bytes: &[u8]) -> Answer {
    let bearer = format!("Bearer {}", member.token);
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let headers = [("authorization", bearer.as_str()), ("content-type", &kind)];
    let body = form(name, bytes);
    let path = "/api/v1/files";
    crate::support::http::send(member.address, "POST", path, &headers, &body)
        .await
        .unwrap()
}

pub fn carrying(channel: ChannelId, files: Vec<FileId>) -> Command {
    Command::PostMessage(PostMessage {
        channel: Some(channel),
        files,
        ..PostMessage::default()
    })
}

pub async fn a_file_goes_where_its_message_goes(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let mut zhao = stage.join("赵敏", Role::Member).await;
    let room = stage.channel("设计", ChannelKind::Private, &[&wang]).await;
    let file: File = upload(&stage.owner, "截图.png", PNG).await.read();
    assert_eq!((&*file.name, &*file.media_type), ("截图.png", "image/png"));
    assert_eq!((file.width, file.height), (Some(1), Some(1)));
    let (path, small) = (
        format!("/files/{}", file.id),
        format!("/files/{}/thumbnail", file.id),
    );
    // Nobody's but the uploader's, until a message carries it.
    assert_eq!(stage.owner.get(&path).await.ok().body, PNG);
    for path in [&path, &small] {
        wang.get(path).await.refused(ErrorCode::NotFound);
    }
    let stolen = wang.refused(carrying(room, vec![file.id])).await;
    assert_eq!(stolen.code, ErrorCode::NotFound);
    assert_eq!(stolen.field.as_deref(), Some("files"));

    let done = stage.owner.run(carrying(room, vec![file.id])).await;
    let message = MessageId(done.result.id.unwrap());
    wang.settle().await;
    assert_eq!(
        wang.replica().messages[&message].files,
        std::slice::from_ref(&file)
    );
    expect_shown(&wang, &path, &small).await;
    let page: Page<ChannelFile> = wang.get(&format!("/channels/{room}/files")).await.read();
    assert_eq!(page.items[0].message, message);
    assert_eq!(page.items[0].file, file);

    // A stranger, through every door.
    for path in [
        &path,
        &small,
        &format!("/channels/{room}/files"),
        &format!("/messages/{message}"),
    ] {
        zhao.get(path).await.refused(ErrorCode::NotFound);
        zhao.get(&format!("{path}?download=true"))
            .await
            .refused(ErrorCode::NotFound);
    }
    let lobby = stage.channel("大厅", ChannelKind::Public, &[&zhao]).await;
    let taken = zhao.refused(carrying(lobby, vec![file.id])).await;
    assert_eq!(taken.code, ErrorCode::NotFound);
    // One message carries it, once.
    let again = stage.owner.refused(carrying(lobby, vec![file.id])).await;
    assert_eq!(again.code, ErrorCode::Conflict);

    stage
        .owner
        .run(Command::DeleteMessage(DeleteMessage { message }))
        .await;
    wang.settle().await;
    assert!(wang.replica().messages[&message].files.is_empty());
    for member in [&wang, &stage.owner] {
        member.get(&path).await.refused(ErrorCode::NotFound);
        member.get(&small).await.refused(ErrorCode::NotFound);
    }
    let page: Page<Value> = wang.get(&format!("/channels/{room}/files")).await.read();
    assert!(page.items.is_empty());
    stage.end(&mut [&mut wang, &mut zhao]).await;
}

/// A member who may have the picture gets it whole, in part and small, and nothing in it runs.
async fn expect_shown(wang: &Member, path: &str, small: &str) {
    let answer = call(wang, "GET", path, &[]).await.ok();
    assert_eq!(answer.body, PNG);
    assert_eq!(answer.header("content-type"), Some("image/png"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    assert!(
        answer
            .header("content-security-policy")
            .unwrap()
            .contains("sandbox")
    );
    assert!(
        answer
            .header("content-disposition")
            .unwrap()
            .starts_with("inline")
    );
    let part = call(wang, "GET", path, &[("range", "bytes=1-3")]).await;
    assert_eq!((part.status, part.body.as_slice()), (206, &b"PNG"[..]));
    assert!(
        call(wang, "GET", small, &[])
            .await
            .ok()
            .header("content-type")
            .is_some()
    );
}

pub async fn a_task_and_a_thread_carry_files(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let zhao = stage.join_quietly("赵敏", Role::Member).await;
    let room = stage.channel("dev", ChannelKind::Private, &[&wang]).await;
    let project = stage.project("OPS", Visibility::Private, &[&wang]).await;
    let root = stage
        .owner
        .run(post(room, "日志在哪？"))
        .await
        .result
        .id
        .unwrap();
    let log: File = upload(&wang, "server.log", b"all is well\n").await.read();
    let body = json!({"text": "", "files": [log.id], "thread": root});
    let reply: Message = wang
        .post(&format!("/channels/{room}/messages"), body)
        .await
        .read();
    assert_eq!(reply.files, std::slice::from_ref(&log));
    let answer = call(&stage.owner, "GET", &format!("/files/{}", log.id), &[])
        .await
        .ok();
    assert_eq!(
        answer.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
    let create = CreateTask {
        project,
        title: "查日志".into(),
        ..CreateTask::default()
    };
    let task = TaskId(
        stage
            .owner
            .run(Command::CreateTask(create))
            .await
            .result
            .id
            .unwrap(),
    );
    let page: File = upload(&stage.owner, "a.html", b"<!doctype html><script>1</script>")
        .await
        .read();
    let comment = PostMessage {
        task: Some(task),
        text: "看这个".into(),
        files: vec![page.id],
        ..PostMessage::default()
    };
    stage.owner.run(Command::PostMessage(comment)).await;
    let path = format!("/files/{}", page.id);
    let answer = call(&wang, "GET", &path, &[]).await.ok();
    assert_eq!(
        answer.header("content-type"),
        Some("application/octet-stream")
    );
    assert!(
        answer
            .header("content-disposition")
            .unwrap()
            .starts_with("attachment")
    );
    zhao.get(&path).await.refused(ErrorCode::NotFound);
    zhao.get(&format!("/files/{}", log.id))
        .await
        .refused(ErrorCode::NotFound);
    stage.end(&mut [&mut wang]).await;
}

pub async fn what_is_sent_badly_leaves_nothing(database: Database) {
    let mut stage = Stage::open(database).await;
    let room = stage.channel("all", ChannelKind::Public, &[]).await;
    let owner = &mut stage.owner;
    upload(owner, "empty.txt", b"")
        .await
        .refused(ErrorCode::Invalid);
    let odd: File = upload(owner, "../a\u{202e}gnp.exe", b"MZ\0\x01")
        .await
        .read();
    assert_eq!(odd.name, "agnp.exe");
    assert_ne!(odd.media_type, "image/png");
    // What a browser would run is handed out to be saved, whatever it was sent as.
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
    let svg: File = upload(owner, "a.png", svg).await.read();
    assert_eq!((&*svg.media_type, svg.width), ("image/svg+xml", None));
    let answer = owner.get(&format!("/files/{}", svg.id)).await.ok();
    assert_eq!(
        answer.header("content-type"),
        Some("application/octet-stream")
    );
    let disposition = answer.header("content-disposition").unwrap();
    assert!(disposition.starts_with("attachment"), "{disposition}");
    let small = owner.get(&format!("/files/{}/thumbnail", svg.id)).await;
    small.refused(ErrorCode::NotFound);
    // It begins like a picture and is none.
    let lie: File = upload(owner, "b.png", b"\x89PNG\r\n\x1a\nnothing")
        .await
        .read();
    assert_eq!(
        (lie.media_type.as_str(), lie.width),
        ("application/octet-stream", None)
    );
    owner
        .post("/files", json!({"file": "x"}))
        .await
        .refused(ErrorCode::Malformed);
    let many = carrying(room, vec![FileId::new(); 11]);
    assert_eq!(owner.refused(many).await.code, ErrorCode::LimitReached);
    let unknown = carrying(room, vec![FileId::new()]);
    assert_eq!(owner.refused(unknown).await.code, ErrorCode::NotFound);
    assert_eq!(
        owner.refused(carrying(room, vec![])).await.code,
        ErrorCode::Invalid
    );
    let twice = carrying(room, vec![odd.id, odd.id]);
    assert_eq!(owner.refused(twice).await.code, ErrorCode::Conflict);
    assert!(
        declared(owner, 4 << 30, b"")
            .await
            .starts_with("HTTP/1.1 413")
    );
    // Cut off in the middle: the server notices and forgets it.
    let begun = form("cut.txt", &[b'x'; 4096]);
    declared(owner, begun.len() + 100, &begun[..2000]).await;
    let page: Page<Value> = owner.get(&format!("/channels/{room}/files")).await.read();
    assert!(page.items.is_empty());
    stage.end(&mut []).await;
}

async fn types(owner: &Member, rule: &str, types: &[&str]) -> Answer {
    let change = json!({"file_types": {"rule": rule, "types": types}});
    owner.patch("/workspace/policy", change).await
}

async fn types_that_are_not_taken_are_refused_as_they_arrive(database: Database) {
    let stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let program = [b"MZ\x90\0".as_slice(), &[0; 10_000]].concat();
    let kept: File = upload(&wang, "old.exe", &program).await.read();
    let rule = types(&wang, "except", &["exe"]).await;
    rule.refused(ErrorCode::Forbidden);
    let rule = types(&stage.owner, "except", &["*.EXE", "video/*"]).await;
    let rule: Value = rule.read();
    assert_eq!(rule["file_types"]["types"], json!(["exe", "video/*"]));
    wang.see(|it| matches!(&it.event, Event::PolicyChanged { to, .. } if !to.file_types.is_any()))
        .await;
    let told = wang.replica().workspace.policy.file_types.types.clone();
    assert_eq!(told, ["exe", "video/*"]);
    for (name, bytes) in [
        ("a.pdf.exe", b"text".as_slice()),
        ("a.EXE.", b"text"),
        ("a．ｅｘｅ", b"text"),
        ("film.mp4", b"text"),
        ("harmless.pdf", &program),
        ("short.pdf", b"MZ\x90\0"),
    ] {
        let refused = upload(&wang, name, bytes).await;
        let refused = refused.refused(ErrorCode::FileTypeRefused);
        assert_eq!(refused.field().as_deref(), Some("file"), "{name}");
        assert!(
            refused.text().contains("refused are: exe, video/*"),
            "{name}"
        );
    }
    // By its name before the bytes come, and by its bytes before all of them have.
    for form in [form("a.exe", &[b'x'; 100]), form("a.pdf", &program)] {
        let begun = &form[..form.len() - 60];
        let answer = declared(&wang, 50 << 20, begun).await;
        assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
        assert!(answer.contains("file_type_refused"), "{answer}");
    }
    let fine: File = upload(&wang, "a.pdf", b"%PDF-1.7\n").await.read();
    assert_eq!(fine.media_type, "application/pdf");
    // What was there before stays.
    wang.get(&format!("/files/{}", kept.id)).await.ok();
    types(&stage.owner, "only", &["pdf", "image/*"]).await.ok();
    for (name, bytes) in [
        ("a.txt", b"text".as_slice()),
        ("b.png", &program),
        ("c", b"x"),
    ] {
        let refused = upload(&wang, name, bytes).await;
        let refused = refused.refused(ErrorCode::FileTypeRefused);
        assert!(refused.text().contains("taken are: image/*, pdf"), "{name}");
    }
    upload(&wang, "d.png", PNG).await.ok();
    for wrong in [
        ("only", vec![]),
        ("except", vec!["a b"]),
        ("except", vec!["x"; 101]),
    ] {
        let refused = types(&stage.owner, wrong.0, &wrong.1).await;
        assert_eq!(refused.status, 422);
        assert_eq!(refused.field().as_deref(), Some("file_types"));
    }
    stage.end(&mut [&mut wang]).await;
}

/// As phones keep pictures that browsers do not show: in HEIC and TIFF the place lies alike.
async fn a_picture_that_is_not_rewritten_forgets_its_place(database: Database) {
    let stage = Stage::open(database).await;
    let place = b"Century Avenue 1";
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        let words = [tag.to_le_bytes(), kind.to_le_bytes()].concat();
        let numbers = [count.to_le_bytes(), value.to_le_bytes()].concat();
        [words, numbers, 0_u32.to_le_bytes().into()].concat()
    };
    let one = 1_u16.to_le_bytes();
    let directory = |entry: Vec<u8>| [&one[..], &entry].concat();
    let tiff = [
        b"II*\0\x08\0\0\0".to_vec(),
        directory(entry(0x8825, 4, 1, 26)),
        directory(entry(0x1c, 7, 16, 44)),
        place.to_vec(),
        b"and the picture".to_vec(),
    ]
    .concat();
    let file: File = upload(&stage.owner, "IMG_1.tiff", &tiff).await.read();
    assert_eq!(file.media_type, "image/tiff");
    let path = format!("/files/{}", file.id);
    let kept = stage.owner.get(&path).await.ok().body;
    assert_eq!(kept[..26], tiff[..26]);
    assert_eq!(kept[26..60], [0; 34]);
    assert_eq!(&kept[60..], b"and the picture");
    stage.end(&mut []).await;
}

/// Sends a head that promises so many bytes, then these, then ends; answers with what came back.
async fn declared(member: &Member, bytes: usize, body: &[u8]) -> String {
    let mut stream = TcpStream::connect(member.address).await.unwrap();
    let head = format!(
        "POST /api/v1/files HTTP/1.1\r\nhost: tenon\r\nauthorization: Bearer {}\r\n\
         content-type: multipart/form-data; boundary={BOUNDARY}\r\ncontent-length: {bytes}\r\n\
         connection: close\r\n\r\n",
        member.token
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut answer = Vec::new();
    // A server that hangs up has answered enough.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}
