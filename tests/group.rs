//! Groups: a tree of departments and free groups, over REST, the socket and the log; a mention of
//! one tells those who were in it then; a handle means one thing.

use crate::support::{Database, Member, Stage, member::Done, stage::post};
use serde_json::{Value, json};
use std::slice;
use tenon_protocol::{
    ChannelId, Command, ErrorCode, GroupId, MemberId, MessageId, RequestId, Scope,
    channel::ChannelKind,
    group::{ChangeGroupMembers, CreateGroup, Group, GroupKind},
    member::{ChangeRole, DeactivateMember, Role},
    message::{DeleteMessage, EditMessage, PostMessage},
    notification::{Because, Notification, Reason, Why},
    preference::ChangeChannelSetting,
    project::Visibility,
    snapshot::Page,
    task::CreateTask,
};

on_both!(
    groups_are_made_and_moved,
    a_manager_changes_a_group,
    who_is_in_a_group_is_changed_at_once,
    a_mention_of_a_group_tells_those_who_were_in_it,
    a_mention_in_a_task_tells_who_sees_it,
    guests_know_of_no_groups,
    what_a_group_cannot_be_is_refused,
);

async fn group(
    stage: &mut Stage,
    name: &str,
    parent: Option<GroupId>,
    members: &[MemberId],
) -> GroupId {
    let id = GroupId::new();
    let wish = CreateGroup {
        id,
        kind: match parent {
            Some(_) => GroupKind::Department,
            None => GroupKind::Free,
        },
        name: name.into(),
        handle: None,
        description: String::new(),
        parent,
        managers: vec![],
        members: members.to_vec(),
    };
    stage.owner.run(Command::CreateGroup(wish)).await;
    id
}

fn change(group: GroupId, add: &[MemberId], remove: &[MemberId]) -> Command {
    Command::ChangeGroupMembers(ChangeGroupMembers {
        group,
        add: add.to_vec(),
        remove: remove.to_vec(),
    })
}

fn id_of(done: &Done) -> MessageId {
    MessageId(done.result.id.unwrap())
}

/// The reasons in the inbox, oldest first, and what each names.
async fn told(stage: &Stage, member: &mut Member) -> Vec<(Reason, Option<String>)> {
    stage.rest().await;
    member.settle().await;
    let mut all: Vec<&Notification> = member.replica().notifications.values().collect();
    all.sort_by_key(|it| it.seq);
    all.into_iter()
        .map(|it| (it.reason, it.detail.clone()))
        .collect()
}

async fn why(member: &Member, message: MessageId) -> Why {
    member.get(&format!("/messages/{message}/why")).await.read()
}

fn mentions(member: &Member, channel: ChannelId) -> i64 {
    member.replica().memberships[&channel].mentions
}

async fn reached(member: &Member, group: GroupId) -> Vec<MemberId> {
    let page: Page<MemberId> = member.get(&format!("/groups/{group}/members")).await.read();
    page.items
}

async fn groups_are_made_and_moved(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let mut admin = stage.join("韩梅梅", Role::Admin).await;
    let company = json!({"kind": "department", "name": "公司", "handle": "company"});
    let company: Group = stage.owner.post("/groups", company).await.ok().read();
    let tech =
        json!({"kind": "department", "name": "技术部", "parent": company.id, "members": [li.id]});
    let tech: Group = admin.post("/groups", tech).await.ok().read();
    assert_eq!(
        (tech.handle.as_str(), tech.parent),
        ("jishubu", Some(company.id))
    );
    let seen = li.see(|entry| entry.event.kind() == "group_created").await;
    assert_eq!(seen.scope, Scope::Members);
    li.settle().await;
    assert_eq!(li.replica().groups[&tech.id], tech);
    // A parent that lies below, or is not there.
    let path = format!("/groups/{}", company.id);
    let cycle = admin.patch(&path, json!({"parent": tech.id})).await;
    cycle.refused(ErrorCode::CyclicParent);
    let nowhere = admin.patch(&path, json!({"parent": GroupId::new()})).await;
    nowhere.refused(ErrorCode::NotFound);
    li.patch(&path, json!({"name": "x"}))
        .await
        .refused(ErrorCode::Forbidden);
    let path = format!("/groups/{}", tech.id);
    let changed = json!({"parent": null, "name": "研发部", "handle": "rd"});
    let changed: Group = admin.patch(&path, changed).await.ok().read();
    assert_eq!((changed.parent, changed.members), (None, vec![li.id]));
    let listed: Page<Group> = li.get("/groups").await.read();
    assert_eq!(listed.items.len(), 2);
    // A handle means one thing.
    let taken = json!({"handle": "rd"});
    li.patch(&format!("/members/{}", li.id), taken)
        .await
        .refused(ErrorCode::AlreadyExists);
    let taken = json!({"kind": "free", "name": "x", "handle": li.replica().members[&li.id].handle});
    admin
        .post("/groups", taken)
        .await
        .refused(ErrorCode::AlreadyExists);
    stage.restart(&mut [&mut li, &mut admin]).await;
    stage.owner.connect().await;
    li.connect().await;
    stage.end(&mut [&mut li]).await;
}

async fn a_manager_changes_a_group(database: Database) {
    let stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let mut admin = stage.join("韩梅梅", Role::Admin).await;
    // A retry has one effect.
    let once = RequestId::new();
    let wish = Command::CreateGroup(CreateGroup {
        id: GroupId::new(),
        kind: GroupKind::Free,
        name: "值班".into(),
        handle: None,
        description: String::new(),
        parent: None,
        managers: vec![li.id],
        members: vec![],
    });
    let first = admin.retry(once, wish.clone()).await.unwrap();
    let again = admin.retry(once, wish).await.unwrap();
    assert_eq!(first, again);
    // Its manager changes it, and does not delete it.
    let duty = GroupId(first.result.id.unwrap());
    let path = format!("/groups/{duty}");
    li.put(&format!("{path}/members/{}", li.id), json!({}))
        .await
        .ok();
    li.patch(&path, json!({"description": "轮流"})).await.ok();
    li.delete(&path).await.refused(ErrorCode::Forbidden);
    admin.delete(&path).await.ok();
    admin.delete(&path).await.refused(ErrorCode::NotFound);
    stage.end(&mut [&mut li, &mut admin]).await;
}

async fn who_is_in_a_group_is_changed_at_once(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let design = group(&mut stage, "设计组", None, &[]).await;
    let path = format!("/groups/{design}/members");
    let both = json!({"add": [li.id, wang.id]});
    let changed: Group = stage.owner.post(&path, both).await.ok().read();
    assert_eq!(changed.members.len(), 2);
    let head = stage.owner.head().await;
    let put = format!("{path}/{}", li.id);
    stage.owner.put(&put, json!({})).await.ok();
    assert_eq!(stage.owner.head().await, head, "is in it already");
    li.put(&put, json!({})).await.refused(ErrorCode::Forbidden);
    let swap = json!({"add": [stage.owner.id], "remove": [li.id]});
    stage.owner.post(&path, swap).await.ok();
    li.settle().await;
    let members = &li.replica().groups[&design].members;
    assert!(!members.contains(&li.id) && members.contains(&wang.id));
    // Whoever is deactivated, or becomes a guest, does not count, and counts again afterwards.
    assert_eq!(reached(&li, design).await.len(), 2);
    let member = wang.id;
    let guest = |role| Command::ChangeRole(ChangeRole { member, role });
    stage.owner.run(guest(Role::Guest)).await;
    assert_eq!(reached(&li, design).await, [stage.owner.id]);
    wang.settle().await;
    assert!(wang.replica().groups.is_empty());
    stage.owner.run(guest(Role::Member)).await;
    assert_eq!(reached(&li, design).await.len(), 2);
    wang.settle().await;
    assert_eq!(wang.replica().groups.len(), 1);
    let leave = DeactivateMember { member: wang.id };
    stage.owner.run(Command::DeactivateMember(leave)).await;
    assert_eq!(reached(&li, design).await, [stage.owner.id]);
    stage
        .owner
        .delete(&format!("{path}/{}", wang.id))
        .await
        .ok();
    wang.disconnect();
    stage.end(&mut [&mut li]).await;
}

async fn a_mention_of_a_group_tells_those_who_were_in_it(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    let mut zhao = stage.join("赵敏", Role::Member).await;
    let outside = stage.join_quietly("外人", Role::Member).await;
    let tech = json!({"kind": "department", "name": "技术部", "members": [li.id, outside.id]});
    let tech: Group = stage.owner.post("/groups", tech).await.ok().read();
    group(&mut stage, "前端组", Some(tech.id), &[wang.id]).await;
    let room = stage
        .channel("发布", ChannelKind::Private, &[&li, &wang, &zhao])
        .await;
    let hello = id_of(&stage.owner.run(post(room, "请＠技术部看下，谢谢")).await);
    let by_group = (Reason::GroupMention, Some("技术部".to_owned()));
    assert_eq!(told(&stage, &mut li).await, slice::from_ref(&by_group));
    assert_eq!(told(&stage, &mut wang).await, slice::from_ref(&by_group));
    assert_eq!(told(&stage, &mut zhao).await, []);
    assert_eq!((mentions(&li, room), mentions(&zhao, room)), (1, 0));
    let answer = why(&wang, hello).await;
    assert_eq!(answer.because, Because::GroupMention);
    assert!(answer.sentence.contains("@技术部"), "{}", answer.sentence);
    assert_eq!(why(&zhao, hello).await.because, Because::Ordinary);
    // Who comes into the group later was not mentioned; who left it was.
    stage.owner.run(change(tech.id, &[zhao.id], &[li.id])).await;
    assert_eq!(told(&stage, &mut zhao).await, []);
    assert_eq!((mentions(&li, room), mentions(&zhao, room)), (1, 0));
    // One who is named themselves is told for that.
    let both = format!("@jishubu and @{}", wang.name);
    let both = id_of(&stage.owner.run(post(room, both)).await);
    let named = (Reason::Mention, None);
    assert_eq!(told(&stage, &mut wang).await, [by_group.clone(), named]);
    assert_eq!(told(&stage, &mut zhao).await, slice::from_ref(&by_group));
    assert_eq!(told(&stage, &mut li).await, slice::from_ref(&by_group));
    // An edit tells those whom it names only now; a deletion takes back.
    let edit = EditMessage {
        message: both,
        text: format!("@{} 和 @技术部", li.name),
    };
    stage.owner.run(Command::EditMessage(edit)).await;
    assert_eq!(told(&stage, &mut li).await.len(), 2);
    assert_eq!(told(&stage, &mut zhao).await.len(), 1);
    assert_eq!((mentions(&li, room), mentions(&wang, room)), (2, 2));
    stage
        .owner
        .run(Command::DeleteMessage(DeleteMessage { message: hello }))
        .await;
    for member in [&mut li, &mut wang, &mut zhao] {
        member.settle().await;
        assert_eq!(mentions(member, room), 1, "{}", member.name);
    }
    // A muted channel tells all the same: it is addressed to them.
    let mute = ChangeChannelSetting {
        channel: room,
        level: None,
        muted: true,
    };
    zhao.run(Command::ChangeChannelSetting(mute)).await;
    stage.owner.run(post(room, "@技术部")).await;
    assert_eq!(told(&stage, &mut zhao).await.len(), 2);
    // What is archived cannot be mentioned.
    let archive = json!({"archived": true});
    let refused = stage
        .owner
        .patch(&format!("/groups/{}", tech.id), archive.clone())
        .await;
    refused.refused(ErrorCode::Conflict);
    stage.owner.run(post(room, "@前端组")).await;
    assert_eq!(told(&stage, &mut wang).await.len(), 3);
    stage.end(&mut [&mut li, &mut wang, &mut zhao]).await;
}

async fn a_mention_in_a_task_tells_who_sees_it(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let mut wang = stage.join("王芳", Role::Member).await;
    group(&mut stage, "设计组", None, &[li.id, wang.id]).await;
    let project = stage.project("ENG", Visibility::Private, &[&li]).await;
    let task = CreateTask {
        project,
        title: "画图".into(),
        ..CreateTask::default()
    };
    let task = stage.owner.run(Command::CreateTask(task)).await;
    let comment = PostMessage {
        task: Some(tenon_protocol::TaskId(task.result.id.unwrap())),
        text: "@设计组 看看".into(),
        ..PostMessage::default()
    };
    stage.owner.run(Command::PostMessage(comment)).await;
    let by_group = (Reason::GroupMention, Some("设计组".to_owned()));
    assert_eq!(told(&stage, &mut li).await, [by_group]);
    assert_eq!(told(&stage, &mut wang).await, []);
    stage.end(&mut [&mut li, &mut wang]).await;
}

async fn guests_know_of_no_groups(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut li = stage.join("李雷", Role::Member).await;
    let mut guest = stage.join("Guest", Role::Guest).await;
    let secret = group(&mut stage, "Zimtstern", None, &[li.id]).await;
    let room = stage
        .channel("客户", ChannelKind::Private, &[&li, &guest])
        .await;
    let none: Page<Group> = guest.get("/groups").await.read();
    assert_eq!(none.items, []);
    let path = format!("/groups/{secret}");
    let member = format!("{path}/members/{}", guest.id);
    guest.get(&path).await.refused(ErrorCode::NotFound);
    guest
        .get(&format!("{path}/members"))
        .await
        .refused(ErrorCode::NotFound);
    let writes: [(&str, &str, Value); 5] = [
        ("PATCH", &path, json!({"name": "x"})),
        ("DELETE", &path, json!({})),
        ("PUT", &member, json!({})),
        ("DELETE", &member, json!({})),
        (
            "POST",
            &format!("{path}/members"),
            json!({"add": [guest.id]}),
        ),
    ];
    for (method, path, body) in writes {
        let answer = guest.send(method, path, body.to_string().as_bytes()).await;
        answer.refused(ErrorCode::NotFound);
    }
    let refused = guest.refused(change(secret, &[guest.id], &[])).await;
    assert_eq!(refused.code, ErrorCode::NotFound);
    // Nor is there a way to guess: what a guest writes names no group.
    let probe = id_of(&guest.run(post(room, "@zimtstern")).await);
    li.settle().await;
    assert_eq!(li.replica().messages[&probe].mentions_groups, []);
    stage.owner.run(change(secret, &[], &[li.id])).await;
    guest.settle().await;
    let mut late = guest.twin();
    late.connect().await;
    late.connect_after(Some(0)).await;
    late.settle().await;
    for told in [
        serde_json::to_string(&guest.replica().entries).unwrap(),
        serde_json::to_string(&late.replica().entries).unwrap(),
        guest.get("/events?limit=200").await.ok().text(),
        guest.get("/snapshot").await.ok().text(),
    ] {
        assert!(
            !told.contains("Zimtstern") && !told.contains(&secret.to_string()),
            "{told}"
        );
    }
    stage.end(&mut [&mut li, &mut guest]).await;
}

async fn what_a_group_cannot_be_is_refused(database: Database) {
    let mut stage = Stage::open(database).await;
    let guest = stage.join_quietly("Guest", Role::Guest).await;
    let gone = stage.join_quietly("Gone", Role::Member).await;
    let leave = DeactivateMember { member: gone.id };
    stage.owner.run(Command::DeactivateMember(leave)).await;
    let design = group(&mut stage, "设计组", None, &[]).await;
    let owner = &stage.owner;
    let head = owner.head().await;
    let many: Vec<MemberId> = (0..1_001).map(|_| MemberId::new()).collect();
    let free = |field: &str, value: Value| {
        let mut body = json!({"kind": "free", "name": "x"});
        body[field] = value;
        body
    };
    let invalid = ErrorCode::Invalid;
    for (field, value, code) in [
        ("name", json!(""), invalid),
        ("name", json!("n".repeat(81)), invalid),
        ("handle", json!("设计"), invalid),
        ("handle", json!("all"), ErrorCode::AlreadyExists),
        ("parent", json!(design), invalid),
        ("members", json!([guest.id]), invalid),
        ("members", json!([gone.id]), invalid),
        ("members", json!([MemberId::new()]), ErrorCode::NotFound),
        ("managers", json!(many[..21]), ErrorCode::LimitReached),
        ("description", json!("d".repeat(501)), invalid),
    ] {
        let refused = owner
            .post("/groups", free(field, value))
            .await
            .refused(code);
        assert_eq!(refused.field().as_deref(), Some(field));
    }
    for body in [free("kind", json!("tribe")), free("members", json!("all"))] {
        let refused = owner.post("/groups", body).await;
        refused.refused(ErrorCode::Malformed);
    }
    let path = format!("/groups/{design}/members");
    let refused = owner.post(&path, json!({"add": many})).await;
    refused.refused(ErrorCode::LimitReached);
    let nobody = format!("{path}/{}", MemberId::new());
    owner
        .put(&nobody, json!({}))
        .await
        .refused(ErrorCode::NotFound);
    // Whoever is not in it is out of it.
    owner.delete(&nobody).await.ok();
    assert_eq!(owner.head().await, head, "nothing was written");
    stage.end(&mut []).await;
}
