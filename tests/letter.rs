//! Mails that are asked for: invitations, and ways back in for those who forgot their password.

use crate::support::{
    Database, Member, Stage, clock, http,
    mail_server::{BASE_URL, MailServer, Taken},
    member::{PASSWORD, post_openly},
};
use serde_json::{Value, json};
use std::time::Duration;
use tenon_protocol::{ErrorCode, mail::MailOutcome, member::Role};

on_both!(
    an_invitation_is_mailed,
    whoever_forgot_their_password_gets_back_in,
    ways_back_in_are_few_and_tell_nothing,
    without_a_mail_server_nothing_can_be_mailed,
);

const MINUTE: Duration = Duration::from_secs(60);

async fn stage(mut database: Database) -> (Stage, MailServer) {
    let mails = MailServer::open().await;
    database.serving = mails.args();
    (Stage::open(database).await, mails)
}

/// The secret at the end of the link in a mail.
fn secret(mail: &Taken, folder: &str) -> String {
    let text = mail.text();
    let (_, rest) = text.split_once(&format!("{BASE_URL}/{folder}/")).unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}

async fn invitation(stage: &Stage) -> Value {
    let list = stage.owner.get("/invitations").await.ok().json();
    list["items"][0].clone()
}

async fn an_invitation_is_mailed(database: Database) {
    let (mut stage, mut mails) = stage(database).await;
    let owner = &stage.owner;
    for (field, wish) in [
        ("email", json!({"role": "member", "email": "nobody"})),
        (
            "uses",
            json!({"role": "member", "email": "mei@example.com", "uses": 5}),
        ),
    ] {
        let refused = owner.post("/invitations", wish).await;
        let refused = refused.refused(ErrorCode::Invalid);
        assert_eq!(refused.field().as_deref(), Some(field));
    }
    // Greylisted at first, as strangers are.
    mails.answer(&[("RCPT", "450 4.2.1 come back")]);
    let domains = json!({"domains": ["example.com", "tenon.example"]});
    owner.put("/workspace/mail-domains", domains).await.ok();
    let outside = json!({"role": "member", "email": "mei@elsewhere.example"});
    let refused = owner.post("/invitations", outside).await;
    refused.refused(ErrorCode::DomainNotAllowed);
    let wish = json!({"role": "member", "email": " Mei@Example.com "});
    let made = owner.post("/invitations", wish).await.ok().json();
    assert_eq!(mails.refused().await, "RCPT");
    assert_eq!(invitation(&stage).await["mailed"], "waiting");
    while invitation(&stage).await["mailed"] != "sent" {
        clock::pass(&stage.database, MINUTE).await;
    }
    let mail = mails.next().await;
    assert_eq!(mail.to, ["mei@example.com"]);
    assert_eq!(mail.subject(), "陈晨邀请你加入「榫卯 Works」");
    assert!(mail.header("List-Unsubscribe").is_none());
    let found = secret(&mail, "invite");
    assert_eq!(made["secret"], found);
    mails.expect_silence();

    let body = json!({"name": "梅", "email": "mei@example.com", "password": PASSWORD});
    let path = format!("/invitations/{found}/accept");
    let answer = post_openly(owner.address, &path, &body).await.ok();
    let mei = Member::of(owner.address, "mei@example.com", &answer);
    // Only administrators see whom they invited.
    mei.get("/invitations").await.refused(ErrorCode::Forbidden);

    // One that is refused for good says so, and its link still lets in.
    mails.answer(&[("RCPT", "550 5.1.1 no such mailbox")]);
    let wish = json!({"role": "guest", "email": "gone@example.com"});
    let made = stage.owner.post("/invitations", wish).await.ok().json();
    mails.refused().await;
    while invitation(&stage).await["mailed"] != json!(MailOutcome::Failed) {}
    let path = format!("/invitations/{}", made["secret"].as_str().unwrap());
    http_get(&stage, &path).await.ok();
    // Neither address nor secret is where others could read it.
    let log = std::fs::read(stage.database.folder().join("server.log")).unwrap();
    let log = String::from_utf8_lossy(&log).into_owned();
    for hidden in [&found, "mei@example.com"] {
        assert!(!log.contains(hidden), "{hidden}");
        let all = stage.owner.get("/events?limit=200").await.ok().text();
        assert!(!all.contains(hidden), "{hidden}");
    }
    stage.prove(&mut []).await;
}

async fn http_get(stage: &Stage, path: &str) -> http::Answer {
    let path = format!("/api/v1{path}");
    http::send(stage.owner.address, "GET", &path, &[], b"")
        .await
        .unwrap()
}

async fn whoever_forgot_their_password_gets_back_in(database: Database) {
    let (mut stage, mut mails) = stage(database).await;
    let address = stage.owner.address;
    let status = http_get(&stage, "/setup").await.ok().json();
    assert_eq!(status["mails"], true);
    let mut li = stage.join("李雷", Role::Member).await;
    let phone = li.sign_in_again().await;
    // The workspace's rules hold for new passwords.
    let strict = json!({"password_chars_min": 24});
    stage.owner.patch("/workspace/policy", strict).await.ok();
    let forgot = json!({"email": format!("  {} ", li.email.to_uppercase())});
    post_openly(address, "/password-resets", &forgot).await.ok();
    let mail = mails.next().await;
    assert_eq!(mail.to, [li.email.clone()]);
    assert_eq!(mail.subject(), "Choose a new password for Tenon");
    let found = secret(&mail, "reset");
    let path = format!("/password-resets/{found}");
    let preview = http_get(&stage, &path).await.ok().json();
    assert_eq!(
        preview,
        json!({"workspace_name": "榫卯 Works", "name": "李雷", "password_chars_min": 24})
    );
    // The old one still holds, and a bad one uses nothing up.
    li.sign_in_again().await;
    let weak = json!({"password": "not quite long enough"});
    let refused = post_openly(address, &path, &weak)
        .await
        .refused(ErrorCode::Invalid);
    assert_eq!(refused.field().as_deref(), Some("password"));

    let fresh = json!({"password": "correct horse battery staple"});
    let answer = post_openly(address, &path, &fresh).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let mut again = Member::of(address, &li.email, &answer);
    again.get("/me").await.ok();
    for ended in [&li, &phone] {
        ended.get("/me").await.refused(ErrorCode::Unauthenticated);
    }
    assert_eq!(li.wait_closed().await, Some(ErrorCode::Unauthenticated));
    let old = json!({"email": li.email, "password": PASSWORD});
    post_openly(address, "/sessions", &old)
        .await
        .refused(ErrorCode::WrongCredentials);
    // Once.
    post_openly(address, &path, &fresh)
        .await
        .refused(ErrorCode::NotFound);
    http_get(&stage, &path).await.refused(ErrorCode::NotFound);
    again.connect().await;
    stage.prove(&mut [&mut again]).await;
}

async fn ways_back_in_are_few_and_tell_nothing(database: Database) {
    let (mut stage, mut mails) = stage(database).await;
    let address = stage.owner.address;
    let li = stage.join_quietly("李雷", Role::Member).await;
    let ask = async |email: &str| {
        let forgot = json!({"email": email});
        post_openly(address, "/password-resets", &forgot).await
    };
    // The same answer whether anybody has the address.
    let known = ask(&li.email).await;
    let unknown = ask("nobody@example.com").await;
    assert_eq!((known.status, &known.body), (204, &unknown.body));
    let names = |it: &http::Answer| {
        let names = it.headers.iter().map(|(name, _)| name.clone());
        names.collect::<Vec<_>>()
    };
    assert_eq!(
        (known.status, names(&known)),
        (unknown.status, names(&unknown))
    );
    let first = secret(&mails.next().await, "reset");
    // Three at a time of one member; a newer one does not end an older one, using one does.
    for _ in 0..3 {
        ask(&li.email).await.ok();
    }
    let second = secret(&mails.next().await, "reset");
    let third = secret(&mails.next().await, "reset");
    clock::pass(&stage.database, 59 * MINUTE).await;
    http_get(&stage, &format!("/password-resets/{first}"))
        .await
        .ok();
    let fresh = json!({"password": "correct horse battery staple"});
    let path = format!("/password-resets/{second}");
    assert_eq!(post_openly(address, &path, &fresh).await.status, 201);
    for used in [&first, &second, &third, &"tnr_0".to_owned()] {
        let path = format!("/password-resets/{used}");
        http_get(&stage, &path).await.refused(ErrorCode::NotFound);
    }
    // For an hour.
    ask(&li.email).await.ok();
    let late = secret(&mails.next().await, "reset");
    clock::pass(&stage.database, 61 * MINUTE).await;
    let path = format!("/password-resets/{late}");
    post_openly(address, &path, &fresh)
        .await
        .refused(ErrorCode::NotFound);
    // Not for those who are there no more.
    let path = format!("/members/{}/deactivate", li.id);
    stage.owner.post(&path, json!({})).await.ok();
    for _ in 0..5 {
        ask(&li.email).await.ok();
    }
    ask(&li.email).await.refused(ErrorCode::RateLimited);
    ask("nobody").await.refused(ErrorCode::Invalid);
    stage.rest().await;
    mails.expect_silence();
    stage.owner.connect().await;
    stage.prove(&mut []).await;
}

async fn without_a_mail_server_nothing_can_be_mailed(database: Database) {
    let mut stage = Stage::open(database).await;
    let address = stage.owner.address;
    let forgot = json!({"email": "chen@example.com"});
    let refused = post_openly(address, "/password-resets", &forgot).await;
    refused.refused(ErrorCode::NoMail);
    let wish = json!({"role": "member", "email": "mei@example.com"});
    stage
        .owner
        .post("/invitations", wish)
        .await
        .refused(ErrorCode::NoMail);
    stage.owner.connect().await;
    stage.prove(&mut []).await;
}
