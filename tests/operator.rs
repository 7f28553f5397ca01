//! What whoever runs a server looks at and sets: `doctor`, the pages for machines, the log,
//! `tenon.toml`.

use crate::{
    file::{PNG, upload},
    support::{
        Database, Member, Server, Stage,
        http::{self, Answer},
        member::{PASSWORD, post_openly},
        program,
    },
};
use serde_json::{Value, json};
use std::{fs, net::SocketAddr, process::Output};
use tenon_protocol::ErrorCode;

on_both!(
    a_doctor_finds_what_is_wrong,
    machines_see_that_it_works,
    a_log_of_json_is_json_and_holds_no_secret,
);

#[test]
fn a_doctor_who_finds_nothing_makes_nothing() {
    crate::support::play_on_sqlite(nothing_to_look_at);
}

async fn nothing_to_look_at(database: Database) {
    let nowhere = database.folder().join("nowhere");
    let args = ["doctor", "--listen", "127.0.0.1:0", "--data"];
    let looked = program::command(&args).arg(&nowhere).output().await;
    let looked = looked.unwrap();
    assert_eq!(looked.status.code(), Some(1));
    let said = String::from_utf8_lossy(&looked.stderr);
    assert!(said.contains("there is no database at"), "{said}");
    assert!(!nowhere.exists());
}

#[test]
fn a_file_holds_the_settings() {
    crate::support::play_on_sqlite(settings_in_a_file);
}

/// `doctor` where so many files may be open.
async fn doctor(database: &Database, files: u32) -> Output {
    let limit = format!("--nofile={files}:{files}");
    program::wrapped(&["prlimit", &limit], &["doctor", "--listen", "127.0.0.1:0"])
        .args(database.args())
        .output()
        .await
        .unwrap()
}

/// The lines of what the doctor said that begin so.
fn lines<'t>(output: &'t Output, begin: &str) -> Vec<&'t str> {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    text.lines()
        .filter(|line| line.starts_with(begin))
        .collect()
}

async fn a_doctor_finds_what_is_wrong(database: Database) {
    let mut stage = Stage::open(database).await;
    let well = doctor(&stage.database, 8_192).await;
    assert_eq!(lines(&well, "fault"), Vec::<&str>::new());
    assert!(well.status.success());
    let due = if stage.database.url.is_some() { 4 } else { 5 };
    assert_eq!(lines(&well, "ok    ").len(), due);
    assert_eq!(
        lines(&well, "ok    the database opens; 1 workspaces").len(),
        1
    );

    let few = doctor(&stage.database, 1_024).await;
    assert_eq!(few.status.code(), Some(1));
    assert_eq!(lines(&few, "fault at most 1024 open files").len(), 1);

    stage.take_server().stop().await;
    let column = "ALTER TABLE member ADD COLUMN shoe_size BIGINT";
    let sqlite = column.replace("BIGINT", "INTEGER");
    let is_shared = stage.database.url.is_some();
    stage
        .database
        .execute(if is_shared { column } else { &sqlite })
        .await;
    let altered = doctor(&stage.database, 8_192).await;
    assert_eq!(altered.status.code(), Some(1));
    let fault = lines(&altered, "fault the database was changed");
    assert!(
        fault.len() == 1 && fault[0].contains("member.shoe_size"),
        "{fault:?}"
    );
    stage
        .database
        .execute("ALTER TABLE member DROP COLUMN shoe_size")
        .await;

    stage
        .database
        .execute("ALTER TABLE pin RENAME TO needle")
        .await;
    let broken = doctor(&stage.database, 8_192).await;
    let fault = lines(&broken, "fault the database does not understand");
    assert!(fault.len() == 1 && fault[0].contains("pin"), "{fault:?}");
    stage
        .database
        .execute("ALTER TABLE needle RENAME TO pin")
        .await;
    stage.start(&mut []).await;
    stage.owner.connect().await;
    stage.end(&mut []).await;
}

async fn get(address: SocketAddr, path: &str) -> Answer {
    http::send(address, "GET", path, &[], b"").await.unwrap()
}

async fn machines_see_that_it_works(database: Database) {
    let stage = Stage::open(database).await;
    let address = stage.owner.address;
    for (path, text) in [("/healthz", "ok"), ("/readyz", "ready")] {
        let answer = get(address, path).await;
        assert_eq!((answer.status, answer.text().as_str()), (200, text));
    }
    stage
        .owner
        .get("/channels/not-an-id")
        .await
        .refused(ErrorCode::NotFound);
    let metrics = get(address, "/metrics").await.ok();
    let kind = metrics.header("content-type").unwrap();
    assert!(kind.starts_with("text/plain"), "{kind}");
    let text = metrics.text();
    let counted =
        r#"tenon_http_requests_total{method="GET",route="/api/v1/channels/{id}",status="4xx"} 1"#;
    assert!(text.lines().any(|line| line == counted), "{text}");
    assert!(
        text.contains("# TYPE tenon_http_request_duration_seconds histogram"),
        "{text}"
    );
    // Only patterns of addresses, never what was asked for.
    assert!(!text.contains("not-an-id") && !text.contains(&stage.owner.token));
    stage.end(&mut []).await;
}

async fn a_log_of_json_is_json_and_holds_no_secret(database: Database) {
    let words = ["env", "TENON_LOG=info", "TENON_LOG_JSON=true"];
    let server = Server::launch(&database, &words).await;
    let body = json!({
        "workspace_name": "Works", "name": "Chen", "email": "chen@example.com",
        "password": PASSWORD,
    });
    let answer = post_openly(server.address, "/setup", &body).await.ok();
    let token = answer.json()["token"].as_str().unwrap().to_owned();
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str())];
    let path = "/api/v1/channels/not-an-id";
    let refused = http::send(server.address, "GET", path, &headers, b"").await;
    refused.unwrap().refused(ErrorCode::NotFound);
    let wrong = json!({"email": "chen@example.com", "password": "not the password"});
    let wrong = post_openly(server.address, "/sessions", &wrong).await;
    wrong.refused(ErrorCode::WrongCredentials);
    let log = server.log();
    server.stop().await;
    let read = |line: &str| serde_json::from_str::<Value>(line).expect(line);
    let all: Vec<Value> = log.lines().map(read).collect();
    let is_refusal = |line: &&Value| {
        let fields = &line["fields"];
        fields["message"] == "request refused" && fields["code"] == "not_found"
    };
    let refusal = all.iter().find(is_refusal).expect("the refusal is logged");
    assert_eq!(refusal["fields"]["route"], "/api/v1/channels/{id}");
    assert_eq!(refusal["level"], "INFO");
    for secret in [&token, PASSWORD, "not the password", "chen@example.com"] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
}

/// What the server answers the owner, whom the environment names, to a file of 67 bytes.
async fn status_of_upload(server: &Server) -> u16 {
    let body = json!({"email": "chen@example.com", "password": PASSWORD});
    let answer = post_openly(server.address, "/sessions", &body).await.ok();
    let owner = Member::of(server.address, "chen@example.com", &answer);
    upload(&owner, "截图.png", PNG).await.status
}

async fn settings_in_a_file(database: Database) {
    let folder = database.folder();
    let path = folder.join("tenon.toml");
    let data = folder.join("elsewhere");
    let text = format!(
        "data = {:?}\nlisten = \"127.0.0.1:0\"\nfile_bytes_max = 10\nlog_json = true\n",
        data.display().to_string()
    );
    fs::write(&path, text).unwrap();
    // The file of the directory in which it starts.
    let serve = |args: &[&str]| {
        let mut command = program::command(&[&["serve"], args].concat());
        command
            .current_dir(folder)
            .env("TENON_OWNER_EMAIL", "chen@example.com")
            .env("TENON_OWNER_PASSWORD", PASSWORD);
        command
    };
    let server = Server::spawn(&database, serve(&[])).await;
    assert!(data.join("tenon.db").exists());
    assert_eq!(status_of_upload(&server).await, 413);
    server.stop().await;
    // A flag goes before the environment, and that before the file.
    let mut command = serve(&[]);
    command.env("TENON_FILE_BYTES_MAX", "1000");
    let server = Server::spawn(&database, command).await;
    assert_eq!(status_of_upload(&server).await, 201);
    server.stop().await;
    let mut command = serve(&["--file-bytes-max", "10"]);
    command.env("TENON_FILE_BYTES_MAX", "1000");
    let server = Server::spawn(&database, command).await;
    assert_eq!(status_of_upload(&server).await, 413);
    server.stop().await;

    for (text, words) in [
        ("lisen = \"127.0.0.1:0\"\n", "lisen"),
        ("listen = 7\n", "listen"),
        ("listen = \n", "tenon.toml is not as it should be"),
    ] {
        fs::write(&path, text).unwrap();
        let output = serve(&[]).output().await.unwrap();
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{error}");
        assert!(
            error.starts_with("tenon: ") && error.contains(words),
            "{error}"
        );
    }
    let missing = serve(&["--config", "other.toml"]).output().await.unwrap();
    let error = String::from_utf8_lossy(&missing.stderr);
    assert_eq!(missing.status.code(), Some(1), "{error}");
    assert!(error.contains("other.toml cannot be read"), "{error}");
}
