//! Previews of links: found once, shown to those who see the message, gone with the link; and
//! links that would lead the server where it must not go.

use crate::support::{Database, Member, Stage, stage::post};
use std::net::SocketAddr;
use tenon_protocol::{
    Command, ErrorCode, Event, MessageId,
    channel::ChannelKind,
    member::Role,
    message::EditMessage,
    preview::{Preview, RemovePreview, ShowPreviews},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

on_both!(links_show_what_is_behind_them, links_lead_nowhere_inside);

/// A valid PNG, one pixel.
const PNG: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0,
    1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, 0x49, 0x44, 0x41, 0x54,
    0x78, 0x9c, 0x63, 0x60, 0, 0, 0, 2, 0, 1, 0x48, 0xaf, 0xa4, 0x71, 0, 0, 0, 0, 0x49, 0x45, 0x4e,
    0x44, 0xae, 0x42, 0x60, 0x82,
];

const WIKI: &str = "<!doctype html><head><title>old</title>\
    <meta property=\"og:title\" content=\"榫卯 \u{202e}Wiki\">\
    <meta property=\"og:description\" content=\"How two pieces of wood hold.\">\
    <meta property=\"og:site_name\" content=\"Wood\">\
    <meta property=\"og:image\" content=\"/p.png\"></head>";

/// A web site, at the one address inside that the server of a story may reach.
async fn play_site(inside: SocketAddr) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.2:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = vec![0; 4096];
            let size = stream.read(&mut request).await.unwrap_or(0);
            let request = String::from_utf8_lossy(&request[..size]).into_owned();
            let path = request.split(' ').nth(1).unwrap_or_default();
            let html = "text/html; charset=utf-8";
            let (status, kind, body) = match path {
                "/wiki" => ("200 OK", html, WIKI.as_bytes().to_vec()),
                "/p.png" => ("200 OK", "image/png", PNG.to_vec()),
                "/again" => ("200 OK", html, b"<title>Again</title>".to_vec()),
                "/inside" => ("302 Found", html, Vec::new()),
                _ => ("404 Not Found", html, b"<title>no</title>".to_vec()),
            };
            let head = format!(
                "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
                 Location: http://{inside}/healthz\r\nConnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(&[head.as_bytes(), &body].concat()).await;
        }
    });
    address
}

/// Waits until the previews of a message have changed so many times; what they are then.
async fn see_previews(member: &mut Member, id: MessageId, times: usize) -> Vec<Preview> {
    loop {
        let entries = member.replica().entries.iter();
        let mut changes = entries.filter_map(|entry| match &entry.event {
            Event::PreviewsChanged { message, previews } if *message == id => Some(previews),
            _ => None,
        });
        if let Some(previews) = changes.nth(times - 1) {
            return previews.clone();
        }
        member.step().await.unwrap();
    }
}

async fn links_show_what_is_behind_them(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let mut zhao = stage.join("赵敏", Role::Member).await;
    let room = stage
        .channel("设计", ChannelKind::Private, &[&wang, &zhao])
        .await;
    let mut guest = stage.join("客人", Role::Guest).await;
    let site = play_site(stage.owner.address).await;
    let url = format!("http://{site}/wiki");
    let said = wang.run(post(room, format!("看看{url}。"))).await;
    let id = MessageId(said.result.id.unwrap());
    let previews = see_previews(&mut zhao, id, 1).await;
    let [preview] = &previews[..] else {
        panic!("{previews:?}")
    };
    assert_eq!(preview.url, url);
    assert_eq!((&*preview.site, &*preview.title), ("Wood", "榫卯 Wiki"));
    assert_eq!(preview.description, "How two pieces of wood hold.");
    // The picture goes where the message goes, and is no file of the channel.
    let picture = preview.picture.as_ref().unwrap();
    let path = format!("/files/{}", picture.id);
    assert_eq!(zhao.get(&path).await.ok().body, PNG);
    guest.get(&path).await.refused(ErrorCode::NotFound);
    let files = zhao
        .get(&format!("/channels/{room}/files"))
        .await
        .ok()
        .json();
    assert_eq!(files["items"].as_array().unwrap().len(), 0);

    // Nobody else takes it away, and nobody but the server puts one there.
    let remove = || {
        Command::RemovePreview(RemovePreview {
            message: id,
            url: url.clone(),
        })
    };
    let refused = zhao.refused(remove()).await;
    assert_eq!(refused.code, ErrorCode::Forbidden);
    assert_eq!(guest.refused(remove()).await.code, ErrorCode::NotFound);
    let forged = ShowPreviews {
        message: id,
        previews: previews.clone(),
    };
    let refused = wang.refused(Command::ShowPreviews(forged)).await;
    assert_eq!(refused.code, ErrorCode::Forbidden);

    // An edit takes away what it no longer names and looks at what it names anew.
    let again = format!("http://{site}/again");
    let edit = EditMessage {
        message: id,
        text: format!("{again} instead"),
    };
    wang.run(Command::EditMessage(edit)).await;
    assert_eq!(see_previews(&mut zhao, id, 2).await, []);
    let previews = see_previews(&mut zhao, id, 3).await;
    assert_eq!((previews.len(), &*previews[0].title), (1, "Again"));
    zhao.get(&path).await.refused(ErrorCode::NotFound);

    let path = format!("/messages/{id}/previews?url={again}");
    wang.delete(&path).await.ok();
    assert_eq!(see_previews(&mut zhao, id, 4).await, []);
    assert_eq!(zhao.replica().messages[&id].previews, []);
    // Again, as a retry would: nothing happens.
    wang.delete(&path).await.ok();
    stage.end(&mut [&mut wang, &mut zhao, &mut guest]).await;
}

/// The links that lead nowhere are followed before the last one, which is shown.
async fn links_lead_nowhere_inside(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let room = stage.channel("设计", ChannelKind::Private, &[&wang]).await;
    let inside = stage.owner.address;
    let site = play_site(inside).await;
    let port = inside.port();
    let dead_ends = [
        format!("http://{inside}/healthz"),
        format!("http://localhost:{port}/healthz"),
        format!("http://2130706433:{port}/healthz"),
        format!("http://{site}/inside"),
        format!("http://{site}/missing"),
        format!("`http://{site}/wiki`"),
        format!("<http://{site}/wiki>"),
    ];
    let mut said = Vec::new();
    for link in dead_ends {
        said.push(wang.run(post(room, link)).await.result.id.unwrap());
    }
    let last = wang.run(post(room, format!("http://{site}/again"))).await;
    let last = MessageId(last.result.id.unwrap());
    assert_eq!(see_previews(&mut stage.owner, last, 1).await.len(), 1);
    stage.rest().await;
    wang.settle().await;
    for id in said {
        let message = &wang.replica().messages[&MessageId(id)];
        assert_eq!(message.previews, [], "{}", message.text);
    }
    stage.end(&mut [&mut wang]).await;
}
