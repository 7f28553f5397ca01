//! The side bar of a member: arranged on one device, the same on all, told to nobody else; and
//! everything marked as read at once.

use crate::support::{
    Database, Member, Stage,
    member::Done,
    stage::{post, reply},
};
use serde_json::json;
use tenon_protocol::{
    ChannelId, Command, Entry, ErrorCode, Event, MessageId, SectionId,
    channel::{ChannelKind, MarkAllRead, RemoveChannelMember},
    member::Role,
    project::Visibility,
    side_bar::{AddSection, PlaceRow, SideBar, SideBarRow},
};

on_both!(
    a_side_bar_is_the_same_on_every_device_and_seen_by_nobody_else,
    everything_is_marked_as_read_at_once,
);

/// A name that nobody else may ever hear.
const WORD: &str = "Rückzugsort";

async fn a_side_bar_is_the_same_on_every_device_and_seen_by_nobody_else(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut desk = stage.join("张三", Role::Member).await;
    let mut phone = desk.sign_in_again().await;
    phone.connect().await;
    let mut other = stage.join("王芳", Role::Member).await;
    let room = stage
        .channel("room", ChannelKind::Private, &[&desk, &other])
        .await;
    let secret = stage.channel("secret", ChannelKind::Private, &[]).await;
    let project = stage
        .project("ENG", Visibility::Private, &[&desk, &other])
        .await;
    let made = desk.post("/side-bar/sections", json!({"name": WORD})).await;
    let made: SideBar = made.ok().read();
    let section = made.sections[1].id;
    let starred = SectionId::STARRED;
    for (row, section) in [
        (json!({"channel": room}), section),
        (json!({"project": project}), starred),
    ] {
        let place = json!({"row": row, "section": section});
        desk.put("/side-bar/rows", place).await.ok();
    }
    let path = format!("/side-bar/sections/{section}");
    let fold = json!({"collapsed": true, "after": null});
    desk.patch(&path, fold).await.ok();
    phone.settle().await;
    let mine = phone.replica().side_bar.clone();
    assert_eq!(mine, desk.get("/side-bar").await.read());
    assert_eq!(mine.sections[0].rows, [SideBarRow::Channel(room)]);
    assert!(mine.sections[0].collapsed && mine.sections[0].name == WORD);
    assert_eq!(mine.sections[1].rows, [SideBarRow::Project(project)]);

    // Nobody else hears of it, by any door, nor arranges it.
    for path in ["/snapshot", "/side-bar", "/events?limit=200", "/channels"] {
        for stranger in [&other, &stage.owner] {
            let told = stranger.get(path).await.ok().text();
            assert!(!told.contains(WORD), "{path}: {told}");
        }
    }
    other.settle().await;
    let told = serde_json::to_string(&other.replica().entries).unwrap();
    assert!(!told.contains(WORD), "{told}");
    let name = json!({"name": "x"});
    let refused = other.patch(&path, name).await;
    refused.refused(ErrorCode::NotFound);
    let hidden = PlaceRow {
        row: SideBarRow::Channel(secret),
        section: Some(starred),
        after: None,
    };
    let refused = desk.refused(Command::PlaceRow(hidden)).await;
    assert_eq!(refused.code, ErrorCode::NotFound);
    // What one loses goes from it.
    desk.run(Command::RemoveChannelMember(RemoveChannelMember {
        channel: room,
        member: desk.id,
    }))
    .await;
    phone.settle().await;
    assert!(phone.replica().side_bar.sections[0].rows.is_empty());
    desk.delete(&path).await.ok();
    let again = AddSection {
        id: section,
        name: "again".into(),
    };
    phone.run(Command::AddSection(again)).await;
    stage.end(&mut [&mut desk, &mut phone, &mut other]).await;
}

async fn everything_is_marked_as_read_at_once(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut desk = stage.join("张三", Role::Member).await;
    let mut phone = desk.sign_in_again().await;
    phone.connect().await;
    let mut rooms = Vec::new();
    for name in ["a", "b", "c"] {
        let room = stage.channel(name, ChannelKind::Private, &[&desk]).await;
        let root = id_of(&stage.owner.run(post(room, "@张三 看下")).await);
        desk.run(reply(room, root, "mine")).await;
        stage.owner.run(reply(room, root, "@all 回复")).await;
        stage.owner.run(post(room, "更多")).await;
        rooms.push(room);
    }
    let [a, b, c] = rooms[..] else { unreachable!() };
    desk.settle().await;
    let seen = desk.head().await;
    stage.owner.run(post(b, "后来")).await;
    let mark = |seq, channels| Command::MarkAllRead(MarkAllRead { seq, channels });
    // A channel that one is not in is passed over.
    let some = vec![a, b, ChannelId::new()];
    desk.run(mark(seen, Some(some))).await;
    for session in [&mut desk, &mut phone] {
        session.settle().await;
        assert_eq!(unread(session, a), (0, 0));
        assert_eq!(unread(session, b), (1, 0), "what came later stays");
        assert_eq!(unread(session, c), (2, 2));
    }
    assert_eq!(marks(&phone), 1, "one entry for all of them");
    // Counting goes on from there, whoever counts.
    stage.owner.run(post(b, "@张三")).await;
    let answer = desk.put("/read", json!({"seq": i64::MAX})).await;
    assert_eq!(answer.ok().status, 204);
    phone.run(mark(i64::MAX, None)).await;
    stage.owner.run(post(c, "新的")).await;
    for session in [&mut desk, &mut phone] {
        session.settle().await;
        assert_eq!(unread(session, b), (0, 0));
        assert_eq!(unread(session, c), (1, 0));
    }
    assert_eq!(marks(&phone), 2, "nothing was left to mark");
    stage.end(&mut [&mut desk, &mut phone]).await;
}

fn id_of(done: &Done) -> MessageId {
    MessageId(done.result.id.unwrap())
}

fn marks(member: &Member) -> usize {
    let entries = member.replica().entries.iter();
    let is_mark = |entry: &&Entry| matches!(entry.event, Event::AllReadMarked { .. });
    entries.filter(is_mark).count()
}

fn unread(member: &Member, channel: ChannelId) -> (i64, i64) {
    let place = &member.replica().memberships[&channel];
    (place.unread, place.mentions)
}
