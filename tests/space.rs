//! Spaces: two departments share one; a guest sees one and nothing else; what moves into a closed
//! one is gone for those outside.

use crate::{
    search,
    support::{Database, Member, Stage, http::Answer, member::PASSWORD, stage::post},
};
use serde_json::{Value, json};
use tenon_protocol::{
    ChannelId, Command, ErrorCode, Event, MemberId, MessageId, ProjectId, Scope, SpaceId, TaskId,
    channel::{Channel, ChannelKind},
    feed::AddFeed,
    frame::Mode,
    member::{ChangeRole, Role},
    project::{Project, Visibility},
    saved::SaveMessage,
    snapshot::Page,
    space::{Progress, Space},
    task::{CreateTask, MoveTask},
};

on_both!(
    two_departments_share_a_space,
    a_guest_sees_one_space_and_nothing_else,
    what_moves_into_a_closed_space_is_gone_for_those_outside,
    a_project_that_moves_in_is_whole_for_whoever_was_away,
    whoever_leaves_a_closed_space_leaves_what_is_in_it,
    a_members_role_changes_what_they_see_of_spaces,
);

async fn space(maker: &Member, name: &str, kind: &str, members: &[MemberId]) -> SpaceId {
    let wish = json!({"name": name, "kind": kind, "members": members});
    maker.post("/spaces", wish).await.ok().read::<Space>().id
}

async fn channel(maker: &Member, name: &str, space: SpaceId) -> ChannelId {
    let wish = json!({"name": name, "kind": "public", "space": space});
    let made = maker.post("/channels", wish).await.ok();
    made.read::<Channel>().id
}

async fn project(maker: &Member, key: &str, space: SpaceId) -> ProjectId {
    let wish = json!({"key": key, "name": key, "space": space});
    let made = maker.post("/projects", wish).await.ok();
    made.read::<Project>().id
}

async fn task(maker: &mut Member, project: ProjectId, title: &str) -> TaskId {
    let wish = CreateTask {
        project,
        title: title.into(),
        ..CreateTask::default()
    };
    let done = maker.run(Command::CreateTask(wish)).await;
    TaskId(done.result.id.unwrap())
}

async fn add(who: &Member, space: SpaceId, member: MemberId) -> Answer {
    let path = format!("/spaces/{space}/members/{member}");
    who.put(&path, json!({})).await
}

async fn remove(who: &Member, space: SpaceId, member: MemberId) -> Answer {
    who.delete(&format!("/spaces/{space}/members/{member}"))
        .await
}

async fn inside(who: &Member, space: SpaceId) -> Vec<MemberId> {
    let path = format!("/spaces/{space}/members");
    who.get(&path).await.ok().read::<Page<MemberId>>().items
}

async fn two_departments_share_a_space(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let mut han = stage.join("韩梅梅", Role::Member).await;
    let mut outside = stage.join("Outside", Role::Member).await;
    let launch = space(&li, "新品上市", "open", &[han.id]).await;
    let seen = outside.see(|it| it.event.kind() == "space_created").await;
    assert_eq!(seen.scope, Scope::Space(launch));
    let ads = channel(&li, "ads", launch).await;
    let design = project(&han, "DESIGN", launch).await;
    // Everyone sees an open space and what is public in it; those who are not in it put nothing in.
    outside.settle().await;
    assert_eq!(outside.replica().channels[&ads].space, Some(launch));
    assert_eq!(outside.replica().projects[&design].space, Some(launch));
    let wish = json!({"name": "x", "kind": "public", "space": launch});
    let refused = outside.post("/channels", wish).await;
    refused.refused(ErrorCode::NotAMember);
    let mine = stage.channel("mine", ChannelKind::Public, &[&li]).await;
    let path = format!("/channels/{mine}");
    let into = json!({"space": launch});
    li.patch(&path, into.clone())
        .await
        .refused(ErrorCode::Forbidden);
    let owner = stage.owner.id;
    stage
        .owner
        .patch(&path, into.clone())
        .await
        .refused(ErrorCode::NotAMember);
    add(&outside, launch, owner)
        .await
        .refused(ErrorCode::Forbidden);
    add(&stage.owner, launch, owner).await.ok();
    stage.owner.patch(&path, into).await.ok();
    add(&outside, launch, outside.id).await.ok();
    let all = inside(&li, launch).await;
    assert!(
        [li.id, han.id, owner, outside.id]
            .iter()
            .all(|id| all.contains(id))
    );
    let path = format!("/spaces/{launch}");
    let name = json!({"name": "上市", "icon": "🚀"});
    han.patch(&path, name.clone())
        .await
        .refused(ErrorCode::Forbidden);
    li.patch(&path, json!({"managers": [han.id]})).await.ok();
    let changed: Space = han.patch(&path, name).await.ok().read();
    assert_eq!(
        (changed.name.as_str(), changed.icon.as_str()),
        ("上市", "🚀")
    );
    shows_how_far_it_is(&mut han, &li, launch, design).await;
    // Leaving an open space, one stays in its channels.
    remove(&outside, launch, outside.id).await.ok();
    outside.settle().await;
    assert!(outside.replica().spaces.contains_key(&launch));
    assert!(!outside.replica().own_spaces.contains(&launch));
    li.settle().await;
    assert!(li.replica().own_spaces.contains(&launch));
    // Each folds it for themselves.
    let fold = json!({"folded": true});
    li.put(&format!("/side-bar/spaces/{launch}"), fold)
        .await
        .ok();
    li.settle().await;
    assert_eq!(li.replica().side_bar.folded_spaces, [launch]);
    assert!(han.replica().side_bar.folded_spaces.is_empty());
    stage.end(&mut [&mut li, &mut han, &mut outside]).await;
}

/// Of two tasks one is done, and the overview says so.
async fn shows_how_far_it_is(han: &mut Member, li: &Member, launch: SpaceId, design: ProjectId) {
    let done = task(han, design, "Logo").await;
    task(han, design, "Poster").await;
    let finish = MoveTask {
        task: done,
        state: Some("done".into()),
        after: None,
        before: None,
    };
    han.run(Command::MoveTask(finish)).await;
    let path = format!("/spaces/{launch}/progress");
    let progress: Page<Progress> = li.get(&path).await.ok().read();
    let [progress] = &progress.items[..] else {
        panic!("one project: {progress:?}")
    };
    assert_eq!((progress.done, progress.todo + progress.backlog), (1, 1));
}

/// Somebody invited as a guest to one space.
async fn invited(stage: &Stage, space: SpaceId) -> Member {
    let wish = json!({"role": "guest", "spaces": [space]});
    let invitation = stage.owner.post("/invitations", wish).await.ok().json();
    let secret = invitation["secret"].as_str().unwrap();
    let body = json!({"name": "Kunde", "email": "kunde@example.com", "password": PASSWORD});
    let path = format!("/invitations/{secret}/accept");
    let address = stage.owner.address;
    let answer = crate::support::member::post_openly(address, &path, &body).await;
    let mut guest = Member::of(address, "kunde@example.com", &answer.ok());
    guest.connect().await;
    guest
}

async fn a_guest_sees_one_space_and_nothing_else(database: Database) {
    let stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let (ours, theirs) = ("open", "closed");
    let shared = space(&stage.owner, "Kunde", ours, &[li.id]).await;
    let other = space(&stage.owner, "Intern", ours, &[li.id]).await;
    space(&stage.owner, "Geheim", theirs, &[li.id]).await;
    let talk = channel(&li, "kunde", shared).await;
    let work = project(&li, "KUNDE", shared).await;
    let private = json!({"name": "unter-uns", "kind": "private", "space": shared});
    let private: Channel = li.post("/channels", private).await.ok().read();
    let inner = channel(&li, "intern", other).await;
    project(&li, "INTERN", other).await;
    let said = li.run(post(talk, "Willkommen Zimtstern")).await;
    li.run(post(inner, "Zimtstern intern")).await;
    let said = MessageId(said.result.id.unwrap());
    let mut guest = invited(&stage, shared).await;
    let replica = guest.replica();
    let spaces: Vec<_> = replica.spaces.keys().copied().collect();
    assert_eq!(spaces, [shared]);
    let channels: Vec<_> = replica.channels.keys().copied().collect();
    assert_eq!(channels, [talk]);
    let projects: Vec<_> = replica.projects.keys().copied().collect();
    assert_eq!(projects, [work]);
    works_there(&mut guest, talk, work, said).await;
    for path in [
        format!("/spaces/{other}"),
        format!("/channels/{inner}"),
        format!("/channels/{}", private.id),
        "/projects/INTERN".into(),
    ] {
        guest.get(&path).await.refused(ErrorCode::NotFound);
    }
    let refused = guest.post("/spaces", json!({"name": "x"})).await;
    refused.refused(ErrorCode::Forbidden);
    // What comes later is told to them too, and what leaves the space is lost.
    let later = channel(&li, "später", shared).await;
    let seen = guest
        .see(|it| matches!(&it.event, Event::ChannelCreated { channel } if channel.id == later));
    assert_eq!(seen.await.scope, Scope::Space(shared));
    let mut away = guest.twin();
    away.connect().await;
    away.settle().await;
    away.disconnect();
    task(&mut li, work, "Rechnung").await;
    away.connect_after(Some(away.replica().seq)).await;
    away.settle().await;
    let mut tasks = away.replica().tasks.values();
    assert!(tasks.any(|it| it.title == "Rechnung"));
    let path = format!("/channels/{later}");
    li.patch(&path, json!({"space": null})).await.ok();
    for member in [&mut guest, &mut away] {
        member.settle().await;
        assert!(!member.replica().channels.contains_key(&later));
    }
    has_lost_all(
        &stage,
        &mut li,
        [&mut guest, &mut away],
        (shared, talk, work),
    )
    .await;
    stage.end(&mut [&mut li, &mut guest, &mut away]).await;
}

/// They read what is public in the space, work there, and join by themselves.
async fn works_there(guest: &mut Member, talk: ChannelId, work: ProjectId, said: MessageId) {
    guest.get(&format!("/channels/{talk}/messages")).await.ok();
    guest.get(&format!("/messages/{said}")).await.ok();
    guest.get("/projects/KUNDE").await.ok();
    search::wait_for(guest, "Zimtstern", 1).await;
    let join = format!("/channels/{talk}/members/{}", guest.id);
    guest.put(&join, json!({})).await.ok();
    guest.run(post(talk, "Danke")).await;
    task(guest, work, "Angebot").await;
}

/// Out of the space, nothing is left.
async fn has_lost_all(
    stage: &Stage,
    li: &mut Member,
    guests: [&mut Member; 2],
    (shared, talk, work): (SpaceId, ChannelId, ProjectId),
) {
    let [guest, away] = guests;
    remove(&stage.owner, shared, guest.id).await.ok();
    for member in [&mut *guest, away] {
        member.settle().await;
        let replica = member.replica();
        assert!(replica.spaces.is_empty() && replica.own_spaces.is_empty());
        assert!(replica.channels.is_empty() && replica.projects.is_empty());
    }
    guest
        .get(&format!("/channels/{talk}"))
        .await
        .refused(ErrorCode::NotFound);
    guest
        .get("/projects/KUNDE")
        .await
        .refused(ErrorCode::NotFound);
    assert!(search::found(guest, "Zimtstern").await.is_empty());
    li.run(post(talk, "unter uns")).await;
    task(li, work, "Intern").await;
    guest.settle().await;
    let told = serde_json::to_string(&guest.replica().entries).unwrap();
    assert!(!told.contains("unter uns") && !told.contains("Intern"));
}

async fn keep(member: &mut Member, message: MessageId) {
    let keep = SaveMessage {
        message,
        remind_at: None,
    };
    member.run(Command::SaveMessage(keep)).await;
}

async fn what_moves_into_a_closed_space_is_gone_for_those_outside(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut near = stage.join("Near", Role::Member).await;
    let mut outside = stage.join("Outside", Role::Member).await;
    let mut away = outside.twin();
    away.connect().await;
    let deal = space(&stage.owner, "Fusion", "closed", &[near.id]).await;
    let room = stage.channel("fusion", ChannelKind::Public, &[]).await;
    let work = stage.project("FUSION", Visibility::Public, &[]).await;
    let lobby = stage
        .channel("lobby", ChannelKind::Public, &[&outside])
        .await;
    let feed = AddFeed {
        channel: lobby,
        project: work,
    };
    stage.owner.run(Command::AddFeed(feed)).await;
    let said = stage.owner.run(post(room, "Zimtstern")).await;
    let said = MessageId(said.result.id.unwrap());
    let of_task = task(&mut stage.owner, work, "Zimtstern prüfen").await;
    search::wait_for(&outside, "Zimtstern", 2).await;
    for member in [&mut near, &mut outside] {
        keep(member, said).await;
    }
    away.settle().await;
    away.disconnect();
    let into = json!({"space": deal});
    let path = format!("/channels/{room}");
    outside
        .patch(&path, into.clone())
        .await
        .refused(ErrorCode::Forbidden);
    stage.owner.patch(&path, into.clone()).await.ok();
    stage.owner.patch("/projects/FUSION", into).await.ok();
    stage.owner.run(post(room, "noch ein Zimtstern")).await;
    task(&mut stage.owner, work, "Lebkuchen").await;
    stage.rest().await;
    away.connect_after(Some(away.replica().seq)).await;
    let gone = (deal, room, work);
    for stranger in [&mut outside, &mut away] {
        hears_nothing(stranger, gone, said, of_task).await;
        let cards = stranger.get(&format!("/channels/{lobby}/messages")).await;
        assert!(!cards.ok().text().contains("Lebkuchen"));
    }
    // Those in the space go on, and keep what they kept.
    near.settle().await;
    assert_eq!(near.replica().channels[&room].space, Some(deal));
    assert_eq!(near.replica().saved.len(), 1);
    near.get("/projects/FUSION").await.ok();
    search::wait_for(&near, "Zimtstern", 3).await;
    // There is no way out of it again.
    let out: Value = json!({"space": null});
    let back = stage.owner.patch(&path, out.clone()).await;
    back.refused(ErrorCode::Invalid);
    let back = stage.owner.patch("/projects/FUSION", out).await;
    back.refused(ErrorCode::Invalid);
    stage.end(&mut [&mut near, &mut outside, &mut away]).await;
}

/// By no door does this member hear of what is in the space.
async fn a_project_that_moves_in_is_whole_for_whoever_was_away(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut away = stage.join("Away", Role::Member).await;
    let work = stage.project("FUSION", Visibility::Public, &[]).await;
    away.settle().await;
    away.disconnect();
    // While it stood in no space, it was theirs to see; then both came into the space.
    let early = task(&mut stage.owner, work, "Zimtstern prüfen").await;
    let deal = space(&stage.owner, "Fusion", "closed", &[away.id]).await;
    let into = json!({"space": deal});
    stage.owner.patch("/projects/FUSION", into).await.ok();
    let cursor = away.replica().seq;
    let all: Page<Value> = away
        .get(&format!("/events?after={cursor}&limit=200"))
        .await
        .read();
    let created = |entry: &&Value| entry["event"]["type"] == "task_created";
    assert_eq!(all.items.iter().filter(created).count(), 1);
    let welcome = away.connect_after(Some(cursor)).await;
    assert_eq!(welcome.mode, Mode::Delta);
    away.settle().await;
    assert!(away.replica().tasks.contains_key(&early));
    stage.end(&mut [&mut away]).await;
}

async fn hears_nothing(
    stranger: &mut Member,
    (deal, room, work): (SpaceId, ChannelId, ProjectId),
    said: MessageId,
    of_task: TaskId,
) {
    let path = format!("/channels/{room}");
    stranger.settle().await;
    let replica = stranger.replica();
    assert!(!replica.channels.contains_key(&room));
    assert!(!replica.projects.contains_key(&work));
    assert!(replica.saved.is_empty());
    for path in [
        path.clone(),
        format!("{path}/messages"),
        format!("/messages/{said}"),
        "/projects/FUSION".into(),
        format!("/tasks/{of_task}"),
        format!("/spaces/{deal}"),
    ] {
        stranger.get(&path).await.refused(ErrorCode::NotFound);
    }
    assert!(search::found(stranger, "Zimtstern").await.is_empty());
    assert!(stranger.replica().feeds.is_empty());
    let told = stranger.get("/snapshot").await.ok().text();
    assert!(!told.contains(&deal.to_string()) && !told.contains(&room.to_string()));
}

async fn whoever_leaves_a_closed_space_leaves_what_is_in_it(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut leaver = stage.join("Leaver", Role::Member).await;
    let mut late = stage.join("Late", Role::Member).await;
    let deal = space(&stage.owner, "Fusion", "closed", &[leaver.id]).await;
    let room = channel(&stage.owner, "fusion", deal).await;
    let quiet = channel(&stage.owner, "leise", deal).await;
    project(&stage.owner, "FUSION", deal).await;
    let join = format!("/channels/{room}/members/{}", leaver.id);
    leaver.put(&join, json!({})).await.ok();
    let said = stage.owner.run(post(quiet, "leise")).await;
    keep(&mut leaver, MessageId(said.result.id.unwrap())).await;
    leaver.settle().await;
    assert!(leaver.replica().memberships.contains_key(&room));
    leaver
        .put(&format!("/side-bar/spaces/{deal}"), json!({"folded": true}))
        .await
        .ok();
    let id = leaver.id;
    remove(&leaver, deal, id).await.ok();
    leaver.settle().await;
    let replica = leaver.replica();
    assert!(replica.spaces.is_empty() && replica.saved.is_empty());
    assert!(!replica.channels.contains_key(&room) && !replica.channels.contains_key(&quiet));
    assert!(replica.projects.is_empty());
    leaver
        .get(&format!("/channels/{room}/messages"))
        .await
        .refused(ErrorCode::NotFound);
    add(&leaver, deal, id).await.refused(ErrorCode::NotFound);
    let members = stage.owner.get(&format!("/channels/{room}/members")).await;
    let members: Page<MemberId> = members.ok().read();
    assert!(!members.items.contains(&id));
    // Whoever comes later is told what is there, from then on.
    let late_id = late.id;
    add(&stage.owner, deal, late_id).await.ok();
    late.settle().await;
    assert!(late.replica().channels.contains_key(&quiet));
    assert_eq!(late.replica().projects.len(), 1);
    let newer = channel(&stage.owner, "neu", deal).await;
    late.settle().await;
    assert!(late.replica().channels.contains_key(&newer));
    // Added again, they have it again.
    add(&stage.owner, deal, id).await.ok();
    leaver.settle().await;
    assert!(leaver.replica().channels.contains_key(&newer));
    stage.end(&mut [&mut leaver, &mut late]).await;
}

async fn a_members_role_changes_what_they_see_of_spaces(database: Database) {
    let mut stage = Stage::open(database).await;
    let li = stage.join("李雷", Role::Member).await;
    let mine = space(&stage.owner, "Mine", "open", &[li.id]).await;
    let other = space(&stage.owner, "Other", "open", &[]).await;
    // What they were told of a project that they still see stays in the inbox, and on their list.
    for (key, home) in [("MINE", mine), ("OTHER", other)] {
        let project = project(&stage.owner, key, home).await;
        let task = task(&mut stage.owner, project, key).await;
        let assign = json!({"assignees": [li.id]});
        stage
            .owner
            .patch(&format!("/tasks/{task}"), assign)
            .await
            .ok();
        let comment = json!({"text": "Zimtstern"});
        let path = format!("/tasks/{task}/messages");
        let said: Value = stage.owner.post(&path, comment).await.ok().json();
        let keep = format!("/saved/{}", said["id"].as_str().unwrap());
        li.put(&keep, json!({})).await.ok();
    }
    stage.rest().await;
    let before = li.snapshot().await;
    assert!(before.notifications.len() >= 2 && before.saved.len() == 2);
    let role = |to| {
        Command::ChangeRole(ChangeRole {
            member: li.id,
            role: to,
        })
    };
    stage.owner.run(role(Role::Guest)).await;
    let snapshot = li.snapshot().await;
    let seen: Vec<SpaceId> = snapshot.spaces.iter().map(|it| it.id).collect();
    assert_eq!(seen, [mine]);
    let still: Vec<ProjectId> = snapshot.projects.iter().map(|it| it.id).collect();
    let told = snapshot.notifications.iter().filter_map(|it| it.project);
    let told: Vec<ProjectId> = told.collect();
    assert!(!told.is_empty() && told.iter().all(|id| still.contains(id)));
    assert_eq!(snapshot.saved.len(), 1);
    li.get(&format!("/spaces/{other}"))
        .await
        .refused(ErrorCode::NotFound);
    stage.owner.run(role(Role::Member)).await;
    let listed: Page<Space> = li.get("/spaces").await.ok().read();
    assert_eq!(listed.items.len(), 2);
    stage.end(&mut []).await;
}
