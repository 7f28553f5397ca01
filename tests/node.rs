//! Two servers on one PostgreSQL: whoever is connected where, there is one log and one order.

use crate::{
    resume::hear,
    support::{
        Database, Member, Server, Stage,
        member::{PASSWORD, post_openly},
        stage::{post, verify_log},
    },
};
use serde_json::json;
use tenon_protocol::{
    Command, Event, MessageId, Scope,
    channel::{AddChannelMember, ChannelKind},
    credential::Session,
    frame::{ClientFrame, Mode, SignalKind, SignalUp},
    member::{DeactivateMember, Role},
    snapshot::Page,
};
use tenon_store::{
    tx,
    wake::{self, Heard},
};
use uuid::Uuid;

#[test]
fn two_nodes_tell_one_order() {
    crate::support::play_on_postgres(one_order);
}

async fn one_order(database: Database) {
    let mut stage = Stage::open(database).await;
    let other = Server::start(&stage.database).await;
    let mut near = stage.join("near", Role::Member).await;
    let mut far = stage.join_quietly("far", Role::Member).await;
    far.address = other.address;
    far.connect().await;
    let room = stage.channel("两地", ChannelKind::Public, &[&near]).await;
    // The other node has heard of the channel, and joins it through its own writer.
    far.see(|entry| entry.event.kind() == "channel_created")
        .await;
    let join = AddChannelMember {
        channel: room,
        member: far.id,
    };
    far.run(Command::AddChannelMember(join)).await;
    stage.owner.run(post(room, "甲")).await;
    far.see(|entry| text_of(&entry.event) == Some("甲")).await;
    far.run(post(room, "乙")).await;
    near.see(|entry| text_of(&entry.event) == Some("乙")).await;
    let lines = |name: &str| (0..150).map(|n| format!("{name} {n}")).collect::<Vec<_>>();
    tokio::join!(
        near.post_many(room, lines("near")),
        far.post_many(room, lines("far")),
        stage.owner.post_many(room, lines("owner")),
    );
    for member in [&mut near, &mut far, &mut stage.owner] {
        member.settle().await;
    }
    let seen = order(&far);
    assert_eq!(seen.len(), 452);
    assert_eq!(seen, order(&near)[order(&near).len() - 452..]);
    assert_eq!(seen, order(&stage.owner));
    stage.prove(&mut [&mut near, &mut far]).await;
    // What is ended on one node is ended on the other: a session, and then the member.
    let mut phone = far.sign_in_again().await;
    phone.connect().await;
    far.address = stage.owner.address;
    let sessions: Page<Session> = far.get("/sessions").await.read();
    let other_one = sessions.items.iter().find(|session| !session.current);
    let path = format!("/sessions/{}", other_one.unwrap().id);
    far.delete(&path).await.ok();
    phone.wait_closed().await;
    phone.disconnect();
    let deactivate = DeactivateMember { member: far.id };
    stage.owner.run(Command::DeactivateMember(deactivate)).await;
    far.wait_closed().await;
    other.stop().await;
    stage.end(&mut [&mut near]).await;
}

#[test]
fn two_nodes_found_one_workspace() {
    crate::support::play_on_postgres(found_one);
}

/// Both have seen that there is no workspace when the first of them may write.
async fn found_one(database: Database) {
    let nodes = [
        Server::start(&database).await,
        Server::start(&database).await,
    ];
    let (holder, connection) =
        tokio_postgres::connect(database.url.as_ref().unwrap(), tokio_postgres::NoTls)
            .await
            .unwrap();
    let connection = tokio::spawn(connection);
    let hold = "BEGIN; LOCK TABLE workspace IN EXCLUSIVE MODE";
    holder.batch_execute(hold).await.unwrap();
    let found = |node: &Server, email: &str| {
        let body = json!({
            "workspace_name": "榫卯",
            "name": "陈晨",
            "email": email,
            "password": PASSWORD,
        });
        let address = node.address;
        async move { post_openly(address, "/setup", &body).await.status }
    };
    let release = async {
        let waiting = "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
            WHERE NOT l.granted AND d.datname = current_database()";
        while holder
            .query_one(waiting, &[])
            .await
            .unwrap()
            .get::<_, i64>(0)
            < 2
        {}
        holder.batch_execute("ROLLBACK").await.unwrap();
    };
    let (one, other, ()) = tokio::join!(
        found(&nodes[0], "one@example.com"),
        found(&nodes[1], "other@example.com"),
        release
    );
    let mut statuses = [one, other];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
    drop(holder);
    connection.await.unwrap().unwrap();
    for node in nodes {
        node.stop().await;
    }
    verify_log(&database).await;
}

#[test]
fn a_cursor_of_one_node_is_good_on_another() {
    crate::support::play_on_postgres(change_nodes);
}

/// Whoever moves from node to node, as behind a balancer, gets what follows and no reset.
async fn change_nodes(database: Database) {
    let mut stage = Stage::open(database).await;
    let other = Server::start(&stage.database).await;
    let mut mover = stage.join("mover", Role::Member).await;
    let mut far = stage.join_quietly("far", Role::Member).await;
    far.address = other.address;
    far.connect().await;
    let members = [&mover, &far];
    let room = stage.channel("两地", ChannelKind::Private, &members).await;
    let nodes = [other.address, stage.owner.address];
    far.settle().await;
    mover.settle().await;
    for n in 0..20 {
        // The newest of either node may be what the other has not heard of yet.
        let seq = match n % 4 {
            0 | 1 => stage.owner.run(post(room, format!("near {n}"))).await.seq,
            _ => far.run(post(room, format!("far {n}"))).await.seq,
        };
        if n % 3 > 0 {
            mover.settle_to(seq).await;
        }
        let cursor = mover.cursor().unwrap();
        mover.disconnect();
        mover.address = nodes[n % 2];
        let welcome = mover.connect().await;
        assert_eq!((welcome.mode, welcome.reset), (Mode::Delta, None), "{n}");
        assert!(welcome.seq >= cursor, "{n}: {} < {cursor}", welcome.seq);
        // What is behind the cursor can be read on either node too.
        let path = format!("/events?after={}&limit=200", seq - 1);
        let told = mover.get(&path).await.ok().json();
        assert_eq!(told["items"][0]["seq"], seq, "{n}");
    }
    mover.settle().await;
    let texts = mover.replica().entries.iter();
    let texts: Vec<&str> = texts.filter_map(|entry| text_of(&entry.event)).collect();
    let sent = (0..20).map(|n| format!("{} {n}", if n % 4 < 2 { "near" } else { "far" }));
    assert_eq!(texts, sent.collect::<Vec<_>>());
    stage.prove(&mut [&mut mover, &mut far]).await;
    far.disconnect();
    (mover.address, far.address) = (stage.owner.address, stage.owner.address);
    mover.disconnect();
    other.stop().await;
    stage.end(&mut [&mut mover, &mut far]).await;
}

#[test]
fn a_node_hears_the_others_and_not_itself() {
    crate::support::play_on_postgres(hear_others);
}

async fn hear_others(database: Database) {
    let mut stage = Stage::open(database).await;
    let room = stage.channel("dev", ChannelKind::Public, &[]).await;
    let store = stage.database.open().await;
    let url = store.url().unwrap().to_owned();
    let (sender, mut wakes) = tokio::sync::mpsc::unbounded_channel();
    tokio::spawn(wake::listen(url.clone(), store.node(), sender));
    // The server is another node; until it is heard, nobody listens yet.
    while wakes.is_empty() {
        stage.owner.run(post(room, "anybody?")).await;
    }
    let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls)
        .await
        .unwrap();
    let connection = tokio::spawn(connection);
    let workspace = stage.owner.replica().workspace.id;
    let own = 1_000_000;
    for (seq, node) in [(own, store.node()), (own + 1, Uuid::new_v4())] {
        let notify = format!("NOTIFY {}, '{workspace} {seq} {node}'", tx::WAKE_CHANNEL);
        client.batch_execute(&notify).await.unwrap();
    }
    let mut heard = vec![];
    while heard.last() != Some(&Heard::Grew(workspace, own + 1)) {
        heard.push(wakes.recv().await.unwrap());
    }
    assert!(!heard.contains(&Heard::Grew(workspace, own)), "{heard:?}");
    drop(client);
    connection.await.unwrap().unwrap();
    stage.end(&mut []).await;
}

#[test]
fn those_on_two_nodes_see_each_other() {
    crate::support::play_on_postgres(see_each_other);
}

async fn see_each_other(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut near = stage.join("near", Role::Member).await;
    hear(&mut stage.owner, "online", near.id).await;
    let other = Server::start(&stage.database).await;
    let mut far = stage.join_quietly("far", Role::Member).await;
    let mut stranger = stage.join_quietly("stranger", Role::Member).await;
    (far.address, stranger.address) = (other.address, other.address);
    let online = far.connect().await.online;
    stranger.connect().await;
    hear(&mut near, "online", far.id).await;
    hear(&mut near, "online", stranger.id).await;
    // Who was there before the node began is told to whoever comes to it, then or soon after.
    if !online.contains(&near.id) {
        hear(&mut far, "online", near.id).await;
    }
    far.disconnect();
    assert!(far.connect().await.online.contains(&near.id));
    let room = stage
        .channel("两地", ChannelKind::Private, &[&near, &far])
        .await;
    far.settle().await;
    let typing = SignalUp {
        scope: Scope::Channel(room),
        kind: SignalKind::Typing,
        value: json!({}),
        ttl_ms: 5_000,
    };
    near.write(&ClientFrame::Signal(typing)).await.unwrap();
    let types = |member: &Member| {
        let mut signals = member.signals.iter();
        signals.any(|it| it.kind == SignalKind::Typing && it.actor == Some(near.id))
    };
    while !types(&far) {
        far.step().await.unwrap();
    }
    stranger.settle().await;
    assert!(!types(&stranger), "a private channel is nobody else's");
    stranger.disconnect();
    hear(&mut near, "offline", stranger.id).await;
    // A node that stops takes along who was connected to it.
    far.disconnect();
    far.address = stage.owner.address;
    other.stop().await;
    hear(&mut near, "offline", far.id).await;
    stranger.address = stage.owner.address;
    stage.end(&mut [&mut near, &mut far, &mut stranger]).await;
}

fn text_of(event: &Event) -> Option<&str> {
    match event {
        Event::MessagePosted { message } => Some(&message.text),
        _ => None,
    }
}

fn order(member: &Member) -> Vec<MessageId> {
    let entries = member.replica().entries.iter();
    entries
        .filter_map(|entry| match &entry.event {
            Event::MessagePosted { message } => Some(message.id),
            _ => None,
        })
        .collect()
}
