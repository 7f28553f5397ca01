//! Custom emoji: added with a picture, used in reactions, shown to everyone here and nobody else,
//! taken away again.

use crate::support::{
    Database, Member, Stage,
    http::{self, Answer},
    stage::post,
};
use serde_json::json;
use tenon_protocol::{
    Command, EmojiId, ErrorCode, MessageId,
    channel::ChannelKind,
    emoji::{AddEmoji, ChangeEmoji, Emoji, RemoveEmoji, RestrictEmoji},
    member::Role,
    message::{AddReaction, Message},
    snapshot::Page,
};

on_both!(
    an_emoji_is_added_used_and_taken_away,
    what_is_no_emoji_is_refused,
);

async fn add(member: &Member, query: &str, picture: &[u8]) -> Answer {
    let bearer = format!("Bearer {}", member.token);
    let headers = [
        ("authorization", bearer.as_str()),
        ("content-type", "image/png"),
    ];
    let path = format!("/api/v1/emoji?{query}");
    let sent = http::send(member.address, "POST", &path, &headers, picture);
    sent.await.unwrap()
}

async fn all(member: &Member) -> Vec<Emoji> {
    let page: Page<Emoji> = member.get("/emoji").await.ok().read();
    page.items
}

async fn an_emoji_is_added_used_and_taken_away(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let mut guest = stage.join("Guest", Role::Guest).await;
    let room = stage
        .channel("发布", ChannelKind::Private, &[&li, &guest])
        .await;
    let png = crate::file::PNG;
    let query = "name=party_cat&aliases=%E7%8C%AB,cats";
    let cat: Emoji = add(&li, query, png).await.ok().read();
    assert_eq!((cat.name.as_str(), cat.created_by), ("party_cat", li.id));
    assert_eq!(cat.aliases, ["猫", "cats"]);
    assert_eq!(all(&guest).await, std::slice::from_ref(&cat));
    // The picture is that of a picture, kept by whoever saw it, and runs nothing.
    let picture = format!("/emoji/{}/picture", cat.id);
    for path in [picture.clone(), format!("{picture}?still=true")] {
        let shown = guest.get(&path).await.ok();
        assert!(shown.body.starts_with(b"\x89PNG"));
        assert_eq!(shown.header("content-type"), Some("image/png"));
        assert_eq!(shown.header("x-content-type-options"), Some("nosniff"));
        assert!(shown.header("cache-control").unwrap().contains("immutable"));
    }
    // It is not part of what one loads at first, and comes live to everyone.
    let told = guest.get("/snapshot").await.ok().text();
    assert!(!told.contains("party_cat"), "{told}");
    guest.settle().await;
    let told = serde_json::to_string(&guest.replica().entries).unwrap();
    assert!(told.contains("emoji_added"), "{told}");
    // Reactions are kept under its one name.
    let message = MessageId(
        stage
            .owner
            .run(post(room, "上线了"))
            .await
            .result
            .id
            .unwrap(),
    );
    for emoji in [":猫:", ":party_cat:"] {
        let emoji = emoji.to_owned();
        guest
            .run(Command::AddReaction(AddReaction { message, emoji }))
            .await;
    }
    let react = format!("/messages/{message}/reactions/:cats:");
    li.put(&react, json!({})).await.ok();
    let read: Message = li.get(&format!("/messages/{message}")).await.read();
    assert_eq!(read.reactions.len(), 1);
    assert_eq!(read.reactions[0].emoji, ":party_cat:");
    assert_eq!(read.reactions[0].members, [guest.id, li.id]);
    // Taken away it is a name, and one's own reaction still comes off.
    let aliases = json!({"aliases": ["kitty"]});
    let path = format!("/emoji/{}", cat.id);
    let changed: Emoji = li.patch(&path, aliases).await.ok().read();
    assert_eq!(changed.aliases, ["kitty"]);
    stage
        .owner
        .run(Command::RemoveEmoji(RemoveEmoji { emoji: cat.id }))
        .await;
    assert_eq!(all(&li).await, []);
    li.get(&picture).await.refused(ErrorCode::NotFound);
    li.delete(&format!("/messages/{message}/reactions/:party_cat:"))
        .await
        .ok();
    li.put(&react, json!({})).await.refused(ErrorCode::Invalid);
    // The name is free again.
    let next: Emoji = add(&li, "name=kitty", png).await.ok().read();
    assert_ne!(next.id, cat.id);
    stage.end(&mut [&mut li, &mut guest]).await;
}

async fn what_is_no_emoji_is_refused(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let mut guest = stage.join("Guest", Role::Guest).await;
    let png = crate::file::PNG;
    let cat: Emoji = add(&stage.owner, "name=cat_dance", png).await.ok().read();
    let taken = add(&li, "name=cat_dance", png).await;
    taken.refused(ErrorCode::AlreadyExists);
    let standard = add(&li, "name=tada", png).await;
    standard.refused(ErrorCode::AlreadyExists);
    for name in ["Cat", "a%20b", "12", "", "%3Ax%3A"] {
        let refused = add(&li, &format!("name={name}"), png).await;
        refused.refused(ErrorCode::Invalid);
    }
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
    for bytes in [&svg[..], b"", b"\x89PNG\r\n\x1a\n and nothing"] {
        let refused = add(&li, "name=bad", bytes).await;
        refused.refused(ErrorCode::Invalid);
    }
    let large = vec![0; 256 * 1024 + 1];
    let refused = add(&li, "name=large", &large).await;
    refused.refused(ErrorCode::TooLarge);
    add(&guest, "name=guest", png)
        .await
        .refused(ErrorCode::Forbidden);
    // Only the server says that a picture was looked at.
    let forged = AddEmoji {
        id: EmojiId::new(),
        name: "forged".into(),
        aliases: vec![],
        animated: false,
    };
    let refused = li.refused(Command::AddEmoji(forged)).await;
    assert_eq!(refused.code, ErrorCode::Forbidden);
    let change = ChangeEmoji {
        emoji: cat.id,
        aliases: vec![],
    };
    let refused = li.refused(Command::ChangeEmoji(change)).await;
    assert_eq!(refused.code, ErrorCode::Forbidden);
    stage
        .owner
        .run(Command::RestrictEmoji(RestrictEmoji { restricted: true }))
        .await;
    add(&li, "name=mine", png)
        .await
        .refused(ErrorCode::Forbidden);
    li.settle().await;
    assert!(li.replica().workspace.restricts_emoji);
    assert_eq!(all(&li).await.len(), 1);
    stage.end(&mut [&mut li, &mut guest]).await;
}
