//! Links to files: they open without signing in, for a while, what their maker may read, and stop
//! at once with that; whatever does not open looks the same.

use crate::{
    file::{PNG, carrying, upload},
    support::{
        Database, Member, Stage,
        http::{self, Answer},
    },
};
use serde_json::json;
use std::{net::SocketAddr, time::Duration};
use tenon_protocol::{
    ChannelId, Command, ErrorCode, FileId, MessageId, Timestamp,
    channel::{AddChannelMember, ChannelKind, RemoveChannelMember},
    file::{File, FileLink},
    member::{DeactivateMember, ReactivateMember, Role},
    message::DeleteMessage,
};

on_both!(
    a_link_opens_a_file_without_signing_in,
    a_link_stops_with_what_its_maker_may_read,
    what_is_no_link_tells_nothing,
);

/// What a program gets that has nothing but the address.
async fn open(address: SocketAddr, path: &str, more: &[(&str, &str)]) -> Answer {
    http::send(address, "GET", path, more, b"").await.unwrap()
}

async fn link(member: &Member, file: &File) -> FileLink {
    let path = format!("/files/{}/link", file.id);
    member.post(&path, json!({})).await.ok().read()
}

async fn carried(member: &mut Member, room: ChannelId, name: &str) -> (File, MessageId) {
    let file: File = upload(member, name, PNG).await.read();
    let done = member.run(carrying(room, vec![file.id])).await;
    (file, MessageId(done.result.id.unwrap()))
}

/// The one answer to whatever does not open, but for the number of the request.
async fn closed(address: SocketAddr, path: &str) {
    let answer = open(address, path, &[]).await.refused(ErrorCode::NotFound);
    let body = answer.json();
    assert_eq!(body["error"]["message"], "There is no such file.", "{path}");
    assert_eq!(body["error"].as_object().unwrap().len(), 3, "{body}");
}

async fn a_link_opens_a_file_without_signing_in(database: Database) {
    let mut stage = Stage::open(database).await;
    let room = stage.channel("设计", ChannelKind::Private, &[]).await;
    let (file, _) = carried(&mut stage.owner, room, "截图.png").await;
    let made = link(&stage.owner, &file).await;
    let address = stage.owner.address;
    assert!(made.expires_at <= Timestamp::now() + Duration::from_secs(3600));
    assert!(made.expires_at > Timestamp::now() + Duration::from_secs(1800));
    let got = open(address, &made.path, &[]).await.ok();
    assert_eq!(got.body, PNG);
    for (header, value) in [
        ("content-type", "image/png"),
        ("cache-control", "private, no-store"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("x-robots-tag", "noindex"),
    ] {
        assert_eq!(got.header(header), Some(value));
    }
    assert!(
        got.header("content-security-policy")
            .unwrap()
            .contains("sandbox")
    );
    assert!(
        got.header("content-disposition")
            .unwrap()
            .starts_with("inline")
    );
    let saved = format!("{}?download=true", made.path);
    let saved = open(address, &saved, &[]).await.ok();
    assert!(
        saved
            .header("content-disposition")
            .unwrap()
            .starts_with("attachment")
    );
    // As players ask.
    let part = open(address, &made.path, &[("range", "bytes=1-3")]).await;
    assert_eq!((part.status, part.body.as_slice()), (206, &b"PNG"[..]));
    // What a browser would run is saved through a link too.
    let page: File = upload(&stage.owner, "a.html", b"<!doctype html><script>1</script>")
        .await
        .read();
    let page = open(address, &link(&stage.owner, &page).await.path, &[])
        .await
        .ok();
    assert_eq!(
        page.header("content-type"),
        Some("application/octet-stream")
    );
    assert!(
        page.header("content-disposition")
            .unwrap()
            .starts_with("attachment")
    );
    let path = format!("/files/{}/link", file.id);
    for minutes in [0, 1_441] {
        let wish = json!({"minutes": minutes});
        let refused = stage.owner.post(&path, wish).await;
        let refused = refused.refused(ErrorCode::Invalid);
        assert_eq!(refused.field().as_deref(), Some("minutes"));
    }
    stage
        .owner
        .post(&path, json!({"minutes": 1_440}))
        .await
        .ok();
    stage.end(&mut []).await;
}

async fn a_link_stops_with_what_its_maker_may_read(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let room = stage.channel("设计", ChannelKind::Private, &[&wang]).await;
    let (file, message) = carried(&mut stage.owner, room, "a.png").await;
    let (own, path) = (
        link(&stage.owner, &file).await,
        link(&wang, &file).await.path,
    );
    let address = wang.address;
    open(address, &path, &[]).await.ok();
    // Without the channel, and with it again.
    let member = wang.id;
    let leave = RemoveChannelMember {
        channel: room,
        member,
    };
    stage.owner.run(Command::RemoveChannelMember(leave)).await;
    closed(address, &path).await;
    open(address, &own.path, &[]).await.ok();
    let join = AddChannelMember {
        channel: room,
        member,
    };
    stage.owner.run(Command::AddChannelMember(join)).await;
    open(address, &path, &[]).await.ok();
    // Deactivated.
    let away = Command::DeactivateMember(DeactivateMember { member });
    stage.owner.run(away).await;
    closed(address, &path).await;
    let back = Command::ReactivateMember(ReactivateMember { member });
    stage.owner.run(back).await;
    open(address, &path, &[]).await.ok();
    // Switched off by administrators: those too that were made before.
    let off = json!({"file_links": false});
    stage.owner.patch("/workspace/policy", off).await.ok();
    closed(address, &path).await;
    let make = format!("/files/{}/link", file.id);
    let refused = stage.owner.post(&make, json!({})).await;
    refused.refused(ErrorCode::SwitchedOff);
    let on = json!({"file_links": true});
    stage.owner.patch("/workspace/policy", on).await.ok();
    open(address, &path, &[]).await.ok();
    // With its message.
    let delete = Command::DeleteMessage(DeleteMessage { message });
    stage.owner.run(delete).await;
    for path in [&path, &own.path] {
        closed(address, path).await;
    }
    wang.wait_closed().await;
    let mut wang = wang.sign_in_again().await;
    wang.connect().await;
    stage.end(&mut [&mut wang]).await;
}

async fn what_is_no_link_tells_nothing(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut zhao = stage.join("赵敏", Role::Member).await;
    let room = stage.channel("设计", ChannelKind::Private, &[]).await;
    let (file, _) = carried(&mut stage.owner, room, "a.png").await;
    let lobby = stage.channel("大厅", ChannelKind::Public, &[&zhao]).await;
    let (other, _) = carried(&mut zhao, lobby, "b.png").await;
    // A stranger makes none, and learns nothing of the file by trying.
    let make = |id: &str| format!("/files/{id}/link");
    let known = zhao.post(&make(&file.id.to_string()), json!({})).await;
    let unknown = make(&FileId::new().to_string());
    let unknown = zhao.post(&unknown, json!({})).await;
    for answer in [&known, &unknown] {
        assert_eq!(answer.status, 404);
        assert_eq!(answer.json()["error"]["message"], "There is no such file.");
    }
    let address = zhao.address;
    let path = make(&file.id.to_string());
    let path = format!("/api/v1{path}");
    let nobody = http::send(address, "POST", &path, &[], b"{}")
        .await
        .unwrap();
    nobody.refused(ErrorCode::Unauthenticated);
    // Of another file, forged, cut, made longer, of nothing.
    let good = link(&zhao, &other).await.path;
    open(address, &good, &[]).await.ok();
    let (base, sealed) = good.rsplit_once('/').unwrap();
    for at in [0, 30, sealed.len() / 2, sealed.len() - 1] {
        let mut forged = sealed.to_owned().into_bytes();
        forged[at] = if forged[at] == b'0' { b'1' } else { b'0' };
        let forged = String::from_utf8(forged).unwrap();
        closed(address, &format!("{base}/{forged}")).await;
    }
    let cut = &sealed[..sealed.len() - 2];
    for wrong in [cut, &format!("{sealed}00"), "00", "x", &file.id.to_string()] {
        closed(address, &format!("{base}/{wrong}")).await;
    }
    // The key is the server's: what another one made does not open here.
    let elsewhere = Stage::open(stage.database.another().await).await;
    let alien: File = upload(&elsewhere.owner, "c.png", PNG).await.read();
    closed(address, &link(&elsewhere.owner, &alien).await.path).await;
    stage.end(&mut [&mut zhao]).await;
}
