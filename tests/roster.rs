//! Spaces and channels that follow groups: departments come and go, those added by name stay, a
//! large group comes whole, and a crash in the middle ends right.

use crate::support::{Database, Member, Stage, stage::post};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tenon_protocol::{
    ChannelId, Command, ErrorCode, Event, GroupId, MemberId, SpaceId,
    channel::{Channel, ChannelKind},
    group::{ChangeGroupMembers, Group},
    member::{AddMember, ChangeRole, DeactivateMember, MemberKind, ReactivateMember, Role},
    roster::{FollowGroup, GroupFollowers, Roster, SettleMembers},
    snapshot::Page,
    space::Space,
};

on_both!(
    two_departments_come_and_go,
    a_department_has_those_below_it,
    whoever_is_added_by_name_stays,
    nobody_leaves_what_follows_their_group,
    a_channel_follows_its_space,
    who_joins_a_space_joins_its_default_channels,
    a_deleted_group_is_let_go_of,
    three_hundred_come_at_once,
    a_crash_in_the_middle_ends_right,
    a_closed_space_is_never_without_a_manager,
    guests_learn_nothing_of_groups_here,
);

async fn group(stage: &Stage, name: &str, parent: Option<GroupId>, of: &[MemberId]) -> GroupId {
    let wish = json!({"kind": "department", "name": name, "parent": parent, "members": of});
    stage
        .owner
        .post("/groups", wish)
        .await
        .ok()
        .read::<Group>()
        .id
}

async fn space(maker: &Member, name: &str, kind: &str) -> SpaceId {
    let wish = json!({"name": name, "kind": kind});
    maker.post("/spaces", wish).await.ok().read::<Space>().id
}

async fn channel(maker: &Member, name: &str, kind: &str, space: SpaceId) -> ChannelId {
    let wish = json!({"name": name, "kind": kind, "space": space});
    let made = maker.post("/channels", wish).await.ok();
    made.read::<Channel>().id
}

/// Where the members of a space or channel are.
fn path(of: Roster) -> String {
    match of {
        Roster::Space(id) => format!("/spaces/{id}"),
        Roster::Channel(id) => format!("/channels/{id}"),
    }
}

async fn follow(who: &Member, of: Roster, group: GroupId) {
    let path = format!("{}/groups/{group}", path(of));
    who.put(&path, json!({})).await.ok();
}

async fn change(stage: &mut Stage, group: GroupId, add: &[MemberId], remove: &[MemberId]) {
    let wish = ChangeGroupMembers {
        group,
        add: add.to_vec(),
        remove: remove.to_vec(),
    };
    let owner = &mut stage.owner;
    owner.run(Command::ChangeGroupMembers(wish)).await;
}

/// Who is in it besides the owner, once the followers have done all there is to do.
async fn inside(stage: &Stage, of: Roster) -> BTreeSet<MemberId> {
    stage.rest().await;
    listed(&stage.owner, &format!("{}/members", path(of))).await
}

async fn named(stage: &Stage, of: Roster) -> BTreeSet<MemberId> {
    listed(&stage.owner, &format!("{}/members?named=true", path(of))).await
}

async fn listed(owner: &Member, path: &str) -> BTreeSet<MemberId> {
    let (mut all, mut after) = (BTreeSet::new(), String::new());
    let mark = if path.contains('?') { '&' } else { '?' };
    loop {
        let page = owner.get(&format!("{path}{mark}limit=200{after}")).await;
        let page: Page<MemberId> = page.ok().read();
        all.extend(page.items);
        let Some(next) = page.next else { break };
        after = format!("&after={next}");
    }
    all.remove(&owner.id);
    all
}

fn set<const N: usize>(members: [&Member; N]) -> BTreeSet<MemberId> {
    members.into_iter().map(|it| it.id).collect()
}

async fn two_departments_come_and_go(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let mut zhao = stage.join("赵敏", Role::Member).await;
    let design = group(&stage, "设计部", None, &[li.id]).await;
    let tech = group(&stage, "技术部", None, &[wang.id]).await;
    let launch = space(&stage.owner, "新品上市", "closed").await;
    let room = stage.channel("内部", ChannelKind::Private, &[]).await;
    let (in_space, in_room) = (Roster::Space(launch), Roster::Channel(room));
    for group in [design, tech] {
        follow(&stage.owner, in_space, group).await;
    }
    follow(&stage.owner, in_room, design).await;
    let told = li.see(|it| it.event.kind() == "space_gained").await;
    assert!(matches!(told.event, Event::SpaceGained(it) if it.space.id == launch));
    li.see(|it| it.event.kind() == "channel_gained").await;
    assert_eq!(inside(&stage, in_space).await, set([&li, &wang]));
    assert_eq!(inside(&stage, in_room).await, set([&li]));
    assert!(named(&stage, in_space).await.is_empty());
    // Whoever changes departments changes places; what they read stays theirs to read again.
    stage.owner.run(post(room, "你好")).await;
    change(&mut stage, design, &[zhao.id], &[li.id]).await;
    assert_eq!(inside(&stage, in_space).await, set([&wang, &zhao]));
    assert_eq!(inside(&stage, in_room).await, set([&zhao]));
    li.settle().await;
    assert!(li.replica().spaces.is_empty() && !li.replica().channels.contains_key(&room));
    li.get(&format!("/channels/{room}"))
        .await
        .refused(ErrorCode::NotFound);
    // Whoever is deactivated goes, and comes back with their account; a guest is in no department.
    let member = zhao.id;
    let deactivate = Command::DeactivateMember(DeactivateMember { member });
    stage.owner.run(deactivate).await;
    assert_eq!(inside(&stage, in_space).await, set([&wang]));
    assert!(inside(&stage, in_room).await.is_empty());
    let reactivate = Command::ReactivateMember(ReactivateMember { member });
    stage.owner.run(reactivate).await;
    assert_eq!(inside(&stage, in_space).await, set([&wang, &zhao]));
    let role = |role| Command::ChangeRole(ChangeRole { member, role });
    stage.owner.run(role(Role::Guest)).await;
    assert!(inside(&stage, in_room).await.is_empty());
    stage.owner.run(role(Role::Member)).await;
    assert_eq!(inside(&stage, in_room).await, set([&zhao]));
    // Followed no more, they go.
    let let_go = format!("/spaces/{launch}/groups/{tech}");
    stage.owner.delete(&let_go).await.ok();
    assert_eq!(inside(&stage, in_space).await, set([&zhao]));
    zhao.disconnect();
    let mut zhao = zhao.sign_in_again().await;
    zhao.connect().await;
    assert!(zhao.replica().memberships.contains_key(&room));
    stage.end(&mut [&mut li, &mut wang, &mut zhao]).await;
}

async fn a_department_has_those_below_it(database: Database) {
    let mut stage = Stage::open(database).await;
    let li = stage.join("李雷", Role::Member).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let company = group(&stage, "公司", None, &[]).await;
    let tech = group(&stage, "技术部", Some(company), &[li.id]).await;
    let hall = stage.channel("大厅", ChannelKind::Public, &[]).await;
    let hall = Roster::Channel(hall);
    follow(&stage.owner, hall, company).await;
    assert_eq!(inside(&stage, hall).await, set([&li]));
    group(&stage, "前端", Some(tech), &[wang.id]).await;
    assert_eq!(inside(&stage, hall).await, set([&li, &wang]));
    let tech = format!("/groups/{tech}");
    stage.owner.patch(&tech, json!({"parent": null})).await.ok();
    assert!(inside(&stage, hall).await.is_empty());
    let back = json!({"parent": company});
    stage.owner.patch(&tech, back).await.ok();
    assert_eq!(inside(&stage, hall).await, set([&li, &wang]));
    stage.end(&mut [&mut wang]).await;
}

async fn whoever_is_added_by_name_stays(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let design = group(&stage, "设计部", None, &[li.id, wang.id]).await;
    let launch = Roster::Space(space(&stage.owner, "新品", "closed").await);
    let room = stage.channel("内部", ChannelKind::Private, &[]).await;
    let room = Roster::Channel(room);
    for of in [launch, room] {
        follow(&stage.owner, of, design).await;
        assert_eq!(inside(&stage, of).await, set([&li, &wang]));
        let add = format!("{}/members/{}", path(of), li.id);
        stage.owner.put(&add, json!({})).await.ok();
        assert_eq!(named(&stage, of).await, set([&li]));
    }
    change(&mut stage, design, &[], &[li.id, wang.id]).await;
    for of in [launch, room] {
        assert_eq!(inside(&stage, of).await, set([&li]));
        // By name alone, they can be taken out again.
        let remove = format!("{}/members/{}", path(of), li.id);
        stage.owner.delete(&remove).await.ok();
        assert!(inside(&stage, of).await.is_empty());
    }
    stage.end(&mut [&mut li, &mut wang]).await;
}

async fn nobody_leaves_what_follows_their_group(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let design = group(&stage, "设计部", None, &[li.id]).await;
    let launch = Roster::Space(space(&stage.owner, "新品", "open").await);
    let room = stage.channel("内部", ChannelKind::Private, &[&li]).await;
    let room = Roster::Channel(room);
    let head = stage.owner.head().await;
    for of in [launch, room] {
        follow(&stage.owner, of, design).await;
        inside(&stage, of).await;
        let remove = format!("{}/members/{}", path(of), li.id);
        for who in [&li, &stage.owner] {
            let refused = who.delete(&remove).await;
            refused.refused(ErrorCode::InThroughGroup);
        }
    }
    assert!(stage.owner.head().await > head);
    // Others do not say what it follows.
    let path = format!("{}/groups/{design}", path(launch));
    li.put(&path, json!({})).await.refused(ErrorCode::Forbidden);
    li.delete(&path).await.refused(ErrorCode::Forbidden);
    let settle = SettleMembers {
        roster: launch,
        add: vec![],
        remove: vec![],
        heir: None,
    };
    let refused = li.refused(Command::SettleMembers(settle)).await;
    assert_eq!(refused.code, ErrorCode::Forbidden);
    stage.end(&mut [&mut li]).await;
}

async fn a_channel_follows_its_space(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let mut guest = stage.join("Kundin", Role::Guest).await;
    let deal = space(&stage.owner, "Fusion", "closed").await;
    let open = Roster::Channel(channel(&stage.owner, "alle", "public", deal).await);
    let own = Roster::Channel(channel(&stage.owner, "intern", "private", deal).await);
    for of in [open, own] {
        let follows = json!({"follows_space": true});
        stage.owner.patch(&path(of), follows).await.ok();
    }
    for member in [&li, &guest] {
        let add = format!("/spaces/{deal}/members/{}", member.id);
        stage.owner.put(&add, json!({})).await.ok();
    }
    // A private channel takes no guests in by itself.
    assert_eq!(inside(&stage, open).await, set([&li, &guest]));
    assert_eq!(inside(&stage, own).await, set([&li]));
    guest.settle().await;
    li.delete(&format!("{}/members/{}", path(own), li.id))
        .await
        .refused(ErrorCode::InThroughSpace);
    li.delete(&format!("/spaces/{deal}/members/{}", li.id))
        .await
        .ok();
    assert_eq!(inside(&stage, open).await, set([&guest]));
    assert!(inside(&stage, own).await.is_empty());
    let follows = json!({"follows_space": false});
    stage.owner.patch(&path(open), follows).await.ok();
    assert!(inside(&stage, open).await.is_empty());
    let nowhere = stage.channel("lobby", ChannelKind::Public, &[]).await;
    let follows = json!({"follows_space": true});
    let nowhere = format!("/channels/{nowhere}");
    let refused = stage.owner.patch(&nowhere, follows).await;
    refused.refused(ErrorCode::Invalid);
    stage.end(&mut [&mut li, &mut guest]).await;
}

async fn who_joins_a_space_joins_its_default_channels(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let design = group(&stage, "设计部", None, &[wang.id]).await;
    let launch = space(&li, "新品", "closed").await;
    let news = channel(&li, "公告", "public", launch).await;
    let quiet = channel(&li, "闲聊", "public", launch).await;
    let default = json!({"is_default": true});
    li.patch(&format!("/channels/{news}"), default.clone())
        .await
        .ok();
    li.run(post(news, "欢迎")).await;
    let outside = stage.channel("lobby", ChannelKind::Public, &[&li]).await;
    li.patch(&format!("/channels/{outside}"), default)
        .await
        .refused(ErrorCode::Forbidden);
    let add = format!("/spaces/{launch}/members/{}", stage.owner.id);
    li.put(&add, json!({})).await.ok();
    follow(&li, Roster::Space(launch), design).await;
    wang.see(|it| it.event.kind() == "channel_gained").await;
    stage.owner.settle().await;
    for member in [&stage.owner, &wang] {
        let joined = &member.replica().memberships;
        assert!(joined.contains_key(&news) && !joined.contains_key(&quiet));
    }
    // They may leave it; who joins the workspace does not join it.
    let leave = format!("/channels/{news}/members/{}", wang.id);
    wang.delete(&leave).await.ok();
    let late = stage.join("Late", Role::Member).await;
    assert!(late.replica().memberships.is_empty());
    stage.end(&mut [&mut li, &mut wang]).await;
}

async fn a_deleted_group_is_let_go_of(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let mut admin = stage.join("韩梅梅", Role::Admin).await;
    let design = group(&stage, "设计部", None, &[li.id]).await;
    let deal = space(&stage.owner, "Fusion", "closed").await;
    let room = stage.channel("公开", ChannelKind::Public, &[]).await;
    for of in [Roster::Space(deal), Roster::Channel(room)] {
        follow(&stage.owner, of, design).await;
    }
    stage.rest().await;
    // Each sees of it what they may see.
    let followers = format!("/groups/{design}/followers");
    let all: GroupFollowers = stage.owner.get(&followers).await.ok().read();
    assert_eq!((all.spaces, all.channels), (vec![deal], vec![room]));
    let some: GroupFollowers = admin.get(&followers).await.ok().read();
    assert_eq!((some.spaces, some.channels), (vec![], vec![room]));
    let groups: Page<GroupId> = li
        .get(&format!("/channels/{room}/groups"))
        .await
        .ok()
        .read();
    assert_eq!(groups.items, [design]);
    admin.delete(&format!("/groups/{design}")).await.ok();
    for of in [Roster::Space(deal), Roster::Channel(room)] {
        assert!(inside(&stage, of).await.is_empty());
        let groups = stage.owner.get(&format!("{}/groups", path(of))).await;
        assert_eq!(groups.ok().json()["items"], Value::Array(vec![]));
    }
    li.settle().await;
    assert!(li.replica().spaces.is_empty());
    stage.end(&mut [&mut li, &mut admin]).await;
}

/// So many people, without sockets.
pub async fn people(stage: &mut Stage, count: usize) -> Vec<MemberId> {
    let mut ids = Vec::with_capacity(count);
    for n in 0..count {
        let id = MemberId::new();
        let add = AddMember {
            id,
            kind: MemberKind::Person,
            name: format!("Person {n}"),
            handle: None,
            role: Role::Member,
            time_zone: None,
            language: None,
        };
        stage.owner.run(Command::AddMember(add)).await;
        ids.push(id);
    }
    ids
}

/// A space and a channel in it that follow an empty group, and a member who looks on.
async fn empty(stage: &mut Stage) -> (GroupId, [Roster; 2]) {
    let design = group(stage, "设计部", None, &[]).await;
    let deal = space(&stage.owner, "Fusion", "closed").await;
    let room = channel(&stage.owner, "alle", "public", deal).await;
    let both = [Roster::Space(deal), Roster::Channel(room)];
    for roster in both {
        let wish = FollowGroup {
            roster,
            group: design,
            follow: true,
        };
        stage.owner.run(Command::FollowGroup(wish)).await;
    }
    (design, both)
}

async fn three_hundred_come_at_once(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let many = people(&mut stage, 300).await;
    let (design, both) = empty(&mut stage).await;
    change(&mut stage, design, &many, &[]).await;
    let all: BTreeSet<MemberId> = many.iter().copied().collect();
    for of in both {
        assert_eq!(inside(&stage, of).await, all);
    }
    // In bites: no command moved more than its limit, and each came once.
    stage.owner.settle().await;
    let entries = stage.owner.replica().entries.iter();
    let bites = entries.filter_map(|it| match &it.event {
        Event::ChannelMembersChanged { added, .. } => Some(added.len()),
        _ => None,
    });
    let bites: Vec<usize> = bites.collect();
    assert_eq!(bites.iter().sum::<usize>(), 300);
    assert!(bites.iter().all(|count| *count <= 100), "{bites:?}");
    change(&mut stage, design, &[li.id], &many).await;
    for of in both {
        assert_eq!(inside(&stage, of).await, set([&li]));
    }
    stage.end(&mut [&mut li]).await;
}

async fn a_crash_in_the_middle_ends_right(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let many = people(&mut stage, 300).await;
    let (design, both) = empty(&mut stage).await;
    stage.rest().await;
    let mut wanted = many.clone();
    wanted.push(li.id);
    change(&mut stage, design, &wanted, &[]).await;
    let came = |event: &Event| matches!(event, Event::SpaceMembersChanged { followed: true, .. });
    stage.owner.see(|it| came(&it.event)).await;
    stage.crash(&mut [&mut li]).await;
    stage.owner.connect().await;
    li.connect().await;
    let all: BTreeSet<MemberId> = wanted.iter().copied().collect();
    for of in both {
        assert_eq!(inside(&stage, of).await, all);
    }
    // And as they go.
    change(&mut stage, design, &[], &many).await;
    stage.crash(&mut [&mut li]).await;
    stage.owner.connect().await;
    li.connect().await;
    for of in both {
        assert_eq!(inside(&stage, of).await, set([&li]));
    }
    stage.end(&mut [&mut li]).await;
}

async fn a_closed_space_is_never_without_a_manager(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut first = stage.join("李雷", Role::Member).await;
    let mut second = stage.join("王芳", Role::Member).await;
    let mut guest = stage.join("Kundin", Role::Guest).await;
    let deal = space(&first, "Fusion", "closed").await;
    for member in [&guest, &second] {
        let add = format!("/spaces/{deal}/members/{}", member.id);
        first.put(&add, json!({})).await.ok();
    }
    let leave = format!("/spaces/{deal}/members/{}", first.id);
    first.delete(&leave).await.ok();
    stage.rest().await;
    second.settle().await;
    assert_eq!(second.replica().spaces[&deal].managers, [second.id]);
    let renamed = json!({"name": "Fusion 2"});
    let path = format!("/spaces/{deal}");
    second.patch(&path, renamed.clone()).await.ok();
    // Administrators know no more of it than before.
    let refused = stage.owner.patch(&path, renamed).await;
    refused.refused(ErrorCode::NotFound);
    // Nor when the only manager is deactivated.
    let third = stage.join("赵敏", Role::Member).await;
    let add = format!("/spaces/{deal}/members/{}", third.id);
    second.put(&add, json!({})).await.ok();
    second.disconnect();
    let member = second.id;
    let deactivate = Command::DeactivateMember(DeactivateMember { member });
    stage.owner.run(deactivate).await;
    stage.rest().await;
    let renamed = json!({"name": "Fusion 3"});
    third.patch(&path, renamed).await.ok();
    guest.settle().await;
    let managers = &guest.replica().spaces[&deal].managers;
    assert!(managers.contains(&third.id), "{managers:?}");
    stage.end(&mut [&mut first, &mut guest]).await;
}

async fn guests_learn_nothing_of_groups_here(database: Database) {
    let stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let mut guest = stage.join("Kundin", Role::Guest).await;
    let design = group(&stage, "Zimtstern", None, &[li.id]).await;
    let shared = space(&stage.owner, "Shared", "open").await;
    let add = format!("/spaces/{shared}/members/{}", guest.id);
    stage.owner.put(&add, json!({})).await.ok();
    let talk = channel(&stage.owner, "talk", "public", shared).await;
    for of in [Roster::Space(shared), Roster::Channel(talk)] {
        follow(&stage.owner, of, design).await;
        stage.rest().await;
        let groups = guest.get(&format!("{}/groups", path(of))).await;
        assert_eq!(groups.ok().json()["items"], Value::Array(vec![]));
        let named = format!("{}/members?named=true", path(of));
        guest.get(&named).await.refused(ErrorCode::Forbidden);
        let wish = FollowGroup {
            roster: of,
            group: design,
            follow: true,
        };
        let refused = guest.refused(Command::FollowGroup(wish)).await;
        assert_eq!(refused.code, ErrorCode::Forbidden);
    }
    guest
        .get(&format!("/groups/{design}/followers"))
        .await
        .refused(ErrorCode::NotFound);
    guest.settle().await;
    let told = serde_json::to_string(&guest.replica().entries).unwrap();
    assert!(!told.contains("Zimtstern"), "{told}");
    stage.end(&mut [&mut li, &mut guest]).await;
}
