//! Leaks: every kind of thing in a private channel, a private project or another workspace, asked
//! for by a guest, a member outside, and a member of the other workspace, through every door.
//! What they may not know does not exist for them.

mod command;
mod field;
mod signal;
mod template;

use crate::support::{
    Database, Member, Stage, http,
    member::{PASSWORD, post_openly},
    program,
    stage::{post, reply},
};
use serde_json::{Value, json};
use tenon_protocol::{
    BookmarkId, ChannelId, Command, ErrorCode, GroupId, MemberId, MessageId, ProjectId, Scope,
    SpaceId, TaskId,
    acknowledgement::{Asked, RequestAcknowledgement},
    bookmark::AddBookmark,
    channel::{AddChannelMember, Channel, ChannelKind, MarkAllRead, RemoveChannelMember},
    feed::AddFeed,
    frame::{ClientFrame, SignalKind, SignalUp},
    group::Group,
    member::Role,
    message::PostMessage,
    pin::PinMessage,
    poll::NewPoll,
    project::{Project, RemoveProjectMember, Visibility},
    roster::{FollowGroup, Roster},
    space::{CreateSpace, SpaceKind},
    task::{CreateTask, MakeTask, Task},
};

on_both!(
    what_one_may_not_know_does_not_exist,
    what_is_public_in_a_closed_space_does_not_exist_elsewhere,
    whoever_is_removed_hears_nothing_more,
    a_second_workspace_is_another_world,
    what_belongs_to_one_is_not_shown_to_others,
);

/// A word in every private text; no stranger's answer may contain it.
const WORD: &str = "Zimtstern";

/// Things in a closed space, one of each kind, that are private besides or public in it.
struct Hidden {
    space: SpaceId,
    channel: ChannelId,
    message: MessageId,
    reply: MessageId,
    source: MessageId,
    project: ProjectId,
    task: TaskId,
    comment: MessageId,
    bookmark: BookmarkId,
    /// Known to everyone but guests; the space and the channel follow it.
    group: GroupId,
}

async fn hide(stage: &mut Stage, insider: &mut Member, visibility: Visibility) -> Hidden {
    let space = SpaceId::new();
    let create = CreateSpace {
        id: space,
        kind: SpaceKind::Closed,
        name: WORD.into(),
        icon: String::new(),
        description: WORD.into(),
        members: vec![insider.id],
    };
    let owner = &mut stage.owner;
    owner.run(Command::CreateSpace(create)).await;
    let channel = json!({"name": WORD, "space": space, "members": [insider.id],
        "kind": if visibility == Visibility::Public { "public" } else { "private" }});
    let channel: Channel = owner.post("/channels", channel).await.ok().read();
    let channel = channel.id;
    let project = json!({"key": "HUSH", "name": "HUSH", "space": space,
        "visibility": visibility, "members": [insider.id]});
    let project: Project = owner.post("/projects", project).await.ok().read();
    let project = project.id;
    let id = |done: crate::support::member::Done| MessageId(done.result.id.unwrap());
    let message = id(owner.run(post(channel, WORD)).await);
    let reply = id(owner.run(reply(channel, message, WORD)).await);
    let source = id(owner.run(poll(channel)).await);
    owner
        .run(Command::AddFeed(AddFeed { channel, project }))
        .await;
    let make = MakeTask {
        message: source,
        project: Some(project),
        ..MakeTask::default()
    };
    let task = TaskId(owner.run(Command::MakeTask(make)).await.result.id.unwrap());
    field::fill(owner, task).await;
    template::fill(owner).await;
    let comment = PostMessage {
        task: Some(task),
        text: WORD.into(),
        ..PostMessage::default()
    };
    let comment = id(owner.run(Command::PostMessage(comment)).await);
    owner.run(Command::PinMessage(PinMessage { message })).await;
    let of = Asked::Members;
    let ask = RequestAcknowledgement { message, of };
    owner.run(Command::RequestAcknowledgement(ask)).await;
    let bookmark = AddBookmark {
        channel,
        title: WORD.into(),
        url: "https://hush.example".into(),
        ..AddBookmark::default()
    };
    let bookmark = owner.run(Command::AddBookmark(bookmark)).await;
    Hidden {
        group: follow_group(owner, space, channel).await,
        space,
        channel,
        message,
        reply,
        source,
        project,
        task,
        comment,
        bookmark: BookmarkId(bookmark.result.id.unwrap()),
    }
}

/// A group that the space and the channel follow.
async fn follow_group(owner: &mut Member, space: SpaceId, channel: ChannelId) -> GroupId {
    let group = json!({"kind": "free", "name": "Shift"});
    let group: Group = owner.post("/groups", group).await.ok().read();
    let group = group.id;
    for roster in [Roster::Space(space), Roster::Channel(channel)] {
        let follow = FollowGroup {
            roster,
            group,
            follow: true,
        };
        owner.run(Command::FollowGroup(follow)).await;
    }
    group
}

/// A question about tomorrow.
fn poll(channel: ChannelId) -> Command {
    Command::PostMessage(PostMessage {
        channel: Some(channel),
        text: format!("{WORD} tomorrow"),
        poll: Some(NewPoll {
            options: vec![WORD.into(), "No".into()],
            ..NewPoll::default()
        }),
        ..PostMessage::default()
    })
}

impl Hidden {
    /// Every address under which something hidden can be read.
    fn reads(&self) -> Vec<String> {
        let Self {
            channel,
            message,
            reply,
            source,
            project,
            task,
            comment,
            ..
        } = self;
        let mut paths = Vec::new();
        for tail in [
            "",
            "/members",
            "/members?named=true",
            "/progress",
            "/groups",
        ] {
            paths.push(format!("/spaces/{}{tail}", self.space));
        }
        for tail in [
            "",
            "/members",
            "/members?named=true",
            "/groups",
            "/messages",
            "/messages?around=5",
            "/feeds",
            "/setting",
            "/pins",
            "/bookmarks",
        ] {
            paths.push(format!("/channels/{channel}{tail}"));
        }
        for id in [message, reply, source, comment] {
            for tail in [
                "",
                "/thread",
                "/task",
                "/why",
                "/followers/me",
                "/readers",
                "/poll/vote",
                "/poll/votes",
            ] {
                paths.push(format!("/messages/{id}{tail}"));
            }
        }
        for name in [project.to_string(), "HUSH".into()] {
            for tail in ["", "/workflow", "/members", "/trash"] {
                paths.push(format!("/projects/{name}{tail}"));
            }
        }
        for name in [task.to_string(), "HUSH-1".into()] {
            for tail in ["", "/messages", "/history"] {
                paths.push(format!("/tasks/{name}{tail}"));
            }
        }
        paths
    }

    /// Lists that name something hidden: empty at most, as for what was never there.
    fn lists(&self) -> Vec<String> {
        let Self { project, task, .. } = self;
        vec![
            format!("/tasks?project={project}"),
            "/tasks?project=HUSH".into(),
            format!("/tasks?parent={task}"),
            "/tasks?parent=HUSH-1".into(),
            "/tasks?keys=HUSH-1".into(),
            format!("/tasks?text={WORD}"),
            format!("/tasks?query=parent%20=%20HUSH-1%20OR%20key%20IN%20(HUSH-1,{task})"),
            format!("/tasks?query=text%20~%20{WORD}"),
        ]
    }

    /// Every address under which something hidden can be changed.
    // Table: one line per route.
    fn writes(&self, me: MemberId) -> Vec<(&'static str, String, Value)> {
        let Self {
            channel,
            message,
            source,
            project,
            task,
            comment,
            bookmark,
            ..
        } = self;
        let url = json!({"title": "x", "url": "https://x.example"});
        let mut writes = vec![
            (
                "POST",
                format!("/channels/{channel}/bookmarks"),
                url.clone(),
            ),
            (
                "PATCH",
                format!("/channels/{channel}/bookmarks/{bookmark}"),
                url,
            ),
            (
                "DELETE",
                format!("/channels/{channel}/bookmarks/{bookmark}"),
                json!({}),
            ),
            (
                "PATCH",
                format!("/channels/{channel}"),
                json!({"topic": "x"}),
            ),
            (
                "PUT",
                format!("/channels/{channel}/members/{me}"),
                json!({}),
            ),
            (
                "DELETE",
                format!("/channels/{channel}/members/{me}"),
                json!({}),
            ),
            (
                "PUT",
                format!("/channels/{channel}/read"),
                json!({"seq": 1}),
            ),
            (
                "POST",
                format!("/channels/{channel}/messages"),
                json!({"text": "x"}),
            ),
            (
                "PUT",
                format!("/channels/{channel}/feeds/{project}"),
                json!({}),
            ),
            (
                "DELETE",
                format!("/channels/{channel}/feeds/{project}"),
                json!({}),
            ),
            ("POST", format!("/messages/{source}/task"), json!({})),
        ];
        let later = json!({"channel": channel, "text": "x", "at": "2999-01-01T00:00:00Z"});
        writes.push(("POST", "/scheduled".into(), later));
        let later = json!({"task": task, "text": "x", "at": "2999-01-01T00:00:00Z"});
        writes.push(("POST", "/scheduled".into(), later));
        for home in [format!("thread:{message}"), format!("task:{task}")] {
            writes.push(("PUT", format!("/drafts/{home}"), json!({"text": "x"})));
        }
        let space = self.space;
        let into = json!({"space": space});
        writes.push(("PATCH", format!("/spaces/{space}"), json!({"name": "x"})));
        writes.push(("PUT", format!("/spaces/{space}/members/{me}"), json!({})));
        writes.push(("DELETE", format!("/spaces/{space}/members/{me}"), json!({})));
        let group = self.group;
        for place in [format!("/spaces/{space}"), format!("/channels/{channel}")] {
            writes.push(("PUT", format!("{place}/groups/{group}"), json!({})));
            writes.push(("DELETE", format!("{place}/groups/{group}"), json!({})));
        }
        let fold = json!({"folded": true});
        writes.push(("PUT", format!("/side-bar/spaces/{space}"), fold));
        writes.push(("PATCH", format!("/channels/{channel}"), into.clone()));
        writes.push(("PATCH", format!("/projects/{project}"), into));
        let setting = json!({"level": "all"});
        writes.push(("PUT", format!("/channels/{channel}/setting"), setting));
        for id in [message, comment] {
            writes.push(("PUT", format!("/messages/{id}/followers/me"), json!({})));
            writes.push(("DELETE", format!("/messages/{id}/followers/me"), json!({})));
            writes.push(("PUT", format!("/saved/{id}"), json!({})));
            writes.push(("PATCH", format!("/messages/{id}"), json!({"text": "x"})));
            writes.push(("DELETE", format!("/messages/{id}"), json!({})));
            writes.push(("PUT", format!("/messages/{id}/pin"), json!({})));
            let poll = format!("/messages/{id}/poll");
            writes.push(("PUT", format!("{poll}/vote"), json!({"choices": [0]})));
            writes.push(("POST", format!("{poll}/options"), json!({"text": "x"})));
            writes.push(("POST", format!("{poll}/close"), json!({})));
            writes.push(("PUT", format!("/messages/{id}/resolved"), json!({})));
            writes.push(("DELETE", format!("/messages/{id}/resolved"), json!({})));
            let asks = format!("/messages/{id}/acknowledgement");
            writes.push(("PUT", asks.clone(), json!({"of": "members"})));
            writes.push(("PUT", format!("{asks}/me"), json!({})));
            writes.push(("POST", format!("{asks}/reminders"), json!({})));
            writes.push(("DELETE", asks, json!({})));
            writes.push(("DELETE", format!("/messages/{id}/pin"), json!({})));
            writes.push((
                "PUT",
                format!("/messages/{id}/reactions/%F0%9F%91%8D"),
                json!({}),
            ));
            writes.push((
                "DELETE",
                format!("/messages/{id}/reactions/%F0%9F%91%8D"),
                json!({}),
            ));
        }
        for name in [project.to_string(), "HUSH".into()] {
            let states = json!({"states": [{"id": "a", "name": "A", "category": "todo"}]});
            writes.push(("PATCH", format!("/projects/{name}"), json!({"name": "x"})));
            writes.push(("PUT", format!("/projects/{name}/workflow"), states));
            writes.push(("PUT", format!("/projects/{name}/members/{me}"), json!({})));
            writes.push((
                "POST",
                "/tasks".into(),
                json!({"project": name, "title": "x"}),
            ));
        }
        for name in [task.to_string(), "HUSH-1".into()] {
            let send = |way, tail, body| (way, format!("/tasks/{name}{tail}"), body);
            writes.extend([
                send("PATCH", "", json!({"title": "x"})),
                send("DELETE", "", json!({})),
                send("POST", "/archive", json!({})),
                send("POST", "/restore", json!({})),
                send("POST", "/move", json!({})),
                send("POST", "/messages", json!({"text": "x"})),
                send("POST", "/transitions", json!({"state": "done"})),
                send("PUT", "/followers/me", json!({})),
            ]);
        }
        writes
    }

    /// What a stranger makes of their own cannot be put beside something hidden.
    async fn place_as(&self, stranger: &mut Member) {
        let channel = json!({"name": "own", "kind": "private"});
        let channel: Channel = stranger.post("/channels", channel).await.ok().read();
        let project = json!({"key": "OWN", "name": "own", "visibility": "private"});
        let project: Project = stranger.post("/projects", project).await.ok().read();
        let task = json!({"project": project.id, "title": "own"});
        let task: Task = stranger.post("/tasks", task).await.ok().read();
        template::use_as(stranger, "OWN").await;
        let own = |hidden: &Self| hidden.placing(channel.id, project.id, task.id);
        let missing = own(&Self::nowhere());
        for (command, missing) in own(self).into_iter().zip(missing) {
            let text = format!("{command:?}");
            let refused = stranger.refused(command).await;
            let nowhere = stranger.refused(missing).await;
            assert_eq!(
                (refused.code, refused.field),
                (nowhere.code, nowhere.field),
                "{text}"
            );
        }
        let all: Vec<ChannelId> = vec![self.channel, channel.id];
        let (seq, channels) = (stranger.head().await, Some(all));
        let read = MarkAllRead { seq, channels };
        stranger.run(Command::MarkAllRead(read)).await;
    }

    /// Asks for all of it as somebody who may not know of it.
    async fn ask_as(&self, stranger: &mut Member) {
        for path in self.reads() {
            stranger.get(&path).await.refused(ErrorCode::NotFound);
        }
        for (method, path, body) in self.writes(stranger.id) {
            let answer = stranger
                .send(method, &path, body.to_string().as_bytes())
                .await;
            assert_eq!(answer.status, 404, "{method} {path}: {}", answer.text());
        }
        let commands = self.commands(stranger.id);
        let placing = self.placing(ChannelId::new(), ProjectId::new(), TaskId::new());
        Self::check_complete(&[&commands[..], &placing[..]].concat());
        for command in commands {
            let text = format!("{command:?}");
            let refused = stranger.refused(command).await;
            assert_eq!(refused.code, ErrorCode::NotFound, "{text}");
        }
        field::ask_as(stranger, self.task).await;
        template::ask_as(stranger).await;
        let path = format!("/groups/{}/followers", self.group);
        let followers = stranger.get(&path).await;
        if followers.status != 404 {
            let none = json!({"spaces": [], "channels": []});
            assert_eq!(followers.ok().json(), none);
        }
        for path in [
            "/snapshot",
            "/spaces",
            "/channels",
            "/projects",
            "/tasks",
            "/threads",
            "/events?limit=200",
        ] {
            let mut told = stranger.get(path).await.ok().json();
            if let Some(entries) = told["items"].as_array_mut() {
                // Whoever was inside once keeps in the inbox what they were told then.
                let inbox = Scope::Inbox(stranger.id).to_string();
                entries.retain(|entry| entry["scope"] != inbox.as_str());
            }
            let text = told.to_string();
            let ids = [self.space.to_string(), self.channel.to_string()];
            for secret in ids.into_iter().chain([WORD.to_owned(), "HUSH".into()]) {
                assert!(!text.contains(&secret), "{path} tells {secret}: {text}");
            }
        }
        for query in [
            WORD,
            "HUSH",
            "HUSH-1",
            "HUSH-2",
            "Zimt",
            "in:HUSH",
            "in:HUSH-1",
        ] {
            let answer = stranger.get(&crate::search::address(query)).await;
            let told = answer.text();
            assert!(!told.contains("\"type\""), "{query} finds {told}");
        }
        for path in self.lists() {
            let answer = stranger.get(&path).await;
            if answer.status != 404 {
                assert_eq!(answer.ok().json()["items"], json!([]), "{path}");
            }
        }
    }
}

async fn what_one_may_not_know_does_not_exist(database: Database) {
    stay_hidden(database, Visibility::Private).await;
}

async fn what_is_public_in_a_closed_space_does_not_exist_elsewhere(database: Database) {
    stay_hidden(database, Visibility::Public).await;
}

async fn stay_hidden(database: Database, visibility: Visibility) {
    let mut stage = Stage::open(database).await;
    let mut insider = stage.join("Insider", Role::Member).await;
    let mut member = stage.join("Outsider", Role::Member).await;
    let mut guest = stage.join("Guest", Role::Guest).await;
    let hidden = hide(&mut stage, &mut insider, visibility).await;
    stage.rest().await;
    // Three messages, the quote and the comment: all that strangers must not find.
    crate::search::wait_for(&insider, &format!("{WORD} in:{}", hidden.channel), 3).await;
    for stranger in [&mut member, &mut guest] {
        hidden.ask_as(stranger).await;
        let typing = SignalUp {
            scope: Scope::Channel(hidden.channel),
            kind: SignalKind::Typing,
            value: json!({"by": WORD}),
            ttl_ms: 5_000,
        };
        stranger.write(&ClientFrame::Signal(typing)).await.unwrap();
    }
    hidden.place_as(&mut member).await;
    signal::type_unheard(&mut stage, &hidden, &mut insider, &mut member, &mut guest).await;
    // A guest does not even see what is public.
    let lobby = stage.channel("lobby", ChannelKind::Public, &[]).await;
    stage.project("OPEN", Visibility::Public, &[]).await;
    for path in [
        format!("/channels/{lobby}"),
        format!("/channels/{lobby}/messages"),
        "/projects/OPEN".into(),
    ] {
        guest.get(&path).await.refused(ErrorCode::NotFound);
    }
    guest.get("/members").await.ok();
    insider
        .run(post(hidden.channel, format!("{WORD} live")))
        .await;
    insider.settle().await;
    for stranger in [&mut member, &mut guest] {
        stranger.settle().await;
        let told = serde_json::to_string(&stranger.replica().entries).unwrap();
        assert!(!told.contains(WORD) && !told.contains("HUSH"), "{told}");
        // The same from the beginning of the log, as a replica that comes back.
        let mut late = stranger.twin();
        late.connect().await;
        late.connect_after(Some(0)).await;
        late.settle().await;
    }
    assert!(
        insider
            .signals
            .iter()
            .all(|it| it.kind != SignalKind::Typing)
    );
    stage
        .end(&mut [&mut insider, &mut member, &mut guest])
        .await;
}

async fn whoever_is_removed_hears_nothing_more(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut leaver = stage.join("Leaver", Role::Member).await;
    let mut stayer = stage.join("Stayer", Role::Member).await;
    let hidden = hide(&mut stage, &mut leaver, Visibility::Private).await;
    let Hidden {
        channel, project, ..
    } = hidden;
    let add = AddChannelMember {
        channel,
        member: stayer.id,
    };
    stage.owner.run(Command::AddChannelMember(add)).await;
    leaver
        .get(&format!("/channels/{channel}/messages"))
        .await
        .ok();
    leaver.get("/tasks/HUSH-1").await.ok();
    let remove = RemoveChannelMember {
        channel,
        member: leaver.id,
    };
    stage.owner.run(Command::RemoveChannelMember(remove)).await;
    let remove = RemoveProjectMember {
        project,
        member: leaver.id,
    };
    stage.owner.run(Command::RemoveProjectMember(remove)).await;
    leaver
        .see(|entry| entry.event.kind() == "project_lost")
        .await;
    let lost = leaver
        .see(|entry| entry.event.kind() == "channel_lost")
        .await;
    assert_eq!(lost.scope, Scope::Inbox(leaver.id));
    for n in 0..20 {
        stage.owner.run(post(channel, format!("{WORD} {n}"))).await;
    }
    let task = CreateTask {
        project,
        title: WORD.into(),
        ..CreateTask::default()
    };
    stage.owner.run(Command::CreateTask(task)).await;
    leaver.settle().await;
    let after = leaver
        .replica()
        .entries
        .iter()
        .filter(|entry| entry.seq > lost.seq);
    let after: Vec<&str> = after.map(|entry| entry.event.kind()).collect();
    assert_eq!(after, ["project_lost"]);
    assert!(leaver.replica().messages.is_empty() && leaver.replica().tasks.is_empty());
    leave(&stage, hidden.space, &mut leaver).await;
    hidden.ask_as(&mut leaver).await;
    // Whoever comes back sees what follows, and may read what was.
    let add = AddChannelMember {
        channel,
        member: leaver.id,
    };
    stage.owner.run(Command::AddChannelMember(add)).await;
    stage.owner.run(post(channel, "welcome back")).await;
    leaver.settle().await;
    assert_eq!(leaver.replica().messages.len(), 1);
    leaver
        .get(&format!("/channels/{channel}/messages"))
        .await
        .ok();
    stage.end(&mut [&mut leaver, &mut stayer]).await;
}

/// They are taken out of the space.
async fn leave(stage: &Stage, space: SpaceId, leaver: &mut Member) {
    let place = format!("/spaces/{space}/members/{}", leaver.id);
    stage.owner.delete(&place).await.ok();
    leaver.settle().await;
}

async fn a_second_workspace_is_another_world(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut insider = stage.join("Insider", Role::Member).await;
    let hidden = hide(&mut stage, &mut insider, Visibility::Private).await;
    let public = stage.channel("lobby", ChannelKind::Public, &[]).await;
    let mut boss = open_elsewhere(&stage).await;
    assert_eq!(boss.replica().workspace.slug, "elsewhere");
    hidden.ask_as(&mut boss).await;
    hidden.place_as(&mut boss).await;
    let owner = stage.owner.id;
    boss.get(&format!("/channels/{public}"))
        .await
        .refused(ErrorCode::NotFound);
    boss.get(&format!("/members/{owner}"))
        .await
        .refused(ErrorCode::NotFound);
    let role = json!({"role": "guest"});
    boss.put(&format!("/members/{owner}/role"), role)
        .await
        .refused(ErrorCode::NotFound);
    boss.post(&format!("/members/{owner}/deactivate"), json!({}))
        .await
        .refused(ErrorCode::NotFound);
    // Groups are the workspace's, and not its guests'.
    let guest = stage.join_quietly("Guest", Role::Guest).await;
    let group = json!({"kind": "free", "name": WORD, "members": [owner]});
    let group: Group = stage.owner.post("/groups", group).await.ok().read();
    let path = format!("/groups/{}", group.id);
    for stranger in [&boss, &guest] {
        let told = stranger.get("/groups").await.ok().text();
        assert!(!told.contains(WORD), "{told}");
        for address in [path.clone(), format!("{path}/members")] {
            stranger.get(&address).await.refused(ErrorCode::NotFound);
        }
        let change = json!({"add": [stranger.id]});
        let refused = stranger.post(&format!("{path}/members"), change).await;
        refused.refused(ErrorCode::NotFound);
        let refused = stranger.patch(&path, json!({"name": "x"})).await;
        refused.refused(ErrorCode::NotFound);
        stranger.delete(&path).await.refused(ErrorCode::NotFound);
        let told = stranger.get("/snapshot").await.ok().text();
        assert!(!told.contains(WORD), "{told}");
    }
    hide_the_day(&stage, &mut boss, &guest).await;
    signal::come_unseen(&mut stage, &mut boss).await;
    // Names, keys and ids are free in each world.
    let same = json!({"id": hidden.channel, "name": WORD, "kind": "private"});
    assert_eq!(boss.post("/channels", same).await.ok().status, 201);
    let same = json!({"id": hidden.project, "key": "HUSH", "name": "ours"});
    assert_eq!(boss.post("/projects", same).await.ok().status, 201);
    boss.run(post(hidden.channel, "ours")).await;
    stage.owner.run(post(hidden.channel, "theirs")).await;
    insider.settle().await;
    boss.settle().await;
    assert_eq!(boss.replica().messages.len(), 1);
    let told = serde_json::to_string(&insider.replica().entries).unwrap();
    assert!(!told.contains("ours"), "{told}");
    stage.end(&mut [&mut insider, &mut boss]).await;
}

/// What members say of their day is for their workspace, guests included.
async fn hide_the_day(stage: &Stage, boss: &mut Member, guest: &Member) {
    let path = format!("/members/{}", stage.owner.id);
    let day = json!({"status": {"text": WORD}});
    stage.owner.patch(&path, day.clone()).await.ok();
    boss.patch(&path, day).await.refused(ErrorCode::NotFound);
    assert!(guest.get(&path).await.ok().text().contains(WORD));
    boss.settle().await;
    let search = format!("/search?q={WORD}");
    for address in ["/members", "/snapshot", "/events?after=0", &search] {
        let told = boss.get(address).await.ok().json().to_string();
        assert!(!told.contains(&format!(r#""text":"{WORD}"#)), "{told}");
    }
    let told = serde_json::to_string(&boss.replica().entries).unwrap();
    assert!(!told.contains(WORD), "{told}");
}

/// The owner of a second workspace on the same server.
async fn open_elsewhere(stage: &Stage) -> Member {
    let args = [
        "workspace",
        "create",
        "--name",
        "Elsewhere",
        "--slug",
        "elsewhere",
        "--owner-email",
        "boss@example.org",
        "--owner-password",
        PASSWORD,
    ];
    program::run_well(&stage.database, &args).await;
    let body = json!({"email": "boss@example.org", "password": PASSWORD});
    let answer = post_openly(stage.owner.address, "/sessions", &body)
        .await
        .ok();
    let mut boss = Member::of(stage.owner.address, "boss@example.org", &answer);
    boss.connect().await;
    boss
}

/// Sessions, tokens, hooks, invitations and pictures, which are not in the log.
async fn what_belongs_to_one_is_not_shown_to_others(database: Database) {
    let mut stage = Stage::open(database).await;
    let mut member = stage.join("Outsider", Role::Member).await;
    let mut guest = stage.join("Guest", Role::Guest).await;
    let mut boss = open_elsewhere(&stage).await;
    let hidden = stage.channel(WORD, ChannelKind::Private, &[]).await;
    let owner = &stage.owner;
    let picture = b"\x89PNG\r\n\x1a\n a picture";
    let path = format!("/api/v1/members/{}/avatar", owner.id);
    let bearer = format!("Bearer {}", owner.token);
    let headers = [
        ("authorization", bearer.as_str()),
        ("content-type", "image/png"),
    ];
    let shown = http::send(owner.address, "PUT", &path, &headers, picture).await;
    let shown = shown.unwrap().ok().json();
    let token = json!({"name": WORD});
    let token = owner.post("/tokens", token).await.ok().json();
    let hook = json!({"channel": hidden, "name": WORD});
    let hook = owner.post("/hooks", hook).await.ok().json();
    let invitation = json!({"role": "member", "channels": [hidden]});
    let invitation = owner.post("/invitations", invitation).await.ok().json();
    let session = owner.get("/sessions").await.ok().json()["items"][0].clone();
    drafts_are_ones_own(owner, hidden, &[&member, &guest, &boss]).await;
    let paths = [
        ("tokens", &token),
        ("hooks", &hook),
        ("invitations", &invitation),
        ("sessions", &session),
    ];
    for (list, record) in paths {
        let id = record["id"].as_str().unwrap();
        let own = owner.get(&format!("/{list}")).await.ok().text();
        assert!(own.contains(id), "{list}: {own}");
        for stranger in [&member, &guest, &boss] {
            let told = stranger.get(&format!("/{list}")).await.text();
            assert!(!told.contains(id) && !told.contains(WORD), "{list}: {told}");
            let ended = stranger.delete(&format!("/{list}/{id}")).await;
            assert!(
                matches!(ended.status, 403 | 404),
                "{list}: {}",
                ended.text()
            );
        }
        let own = owner.get(&format!("/{list}")).await.ok().text();
        assert!(own.contains(id), "{list}: {own}");
    }
    for stranger in [&member, &guest, &boss] {
        let hook = json!({"channel": hidden, "name": "mine"});
        let refused = stranger.post("/hooks", hook).await;
        assert!(matches!(refused.status, 403 | 404), "{}", refused.text());
    }
    // What may not be used is not stored either.
    let other = b"\x89PNG\r\n\x1a\n another";
    let bearer = format!("Bearer {}", member.token);
    let headers = [("authorization", bearer.as_str()), headers[1]];
    let refused = http::send(owner.address, "PUT", &path, &headers, other).await;
    refused.unwrap().refused(ErrorCode::Forbidden);
    let stored = format!("/avatars/{}", blake3::hash(other).to_hex());
    owner.get(&stored).await.refused(ErrorCode::NotFound);
    let avatar = format!("/avatars/{}", shown["avatar"].as_str().unwrap());
    guest.get(&avatar).await.ok();
    boss.get(&avatar).await.refused(ErrorCode::NotFound);
    stage.end(&mut [&mut member, &mut guest, &mut boss]).await;
}

async fn drafts_are_ones_own(owner: &Member, hidden: ChannelId, strangers: &[&Member]) {
    let draft = format!("/drafts/channel:{hidden}");
    owner.put(&draft, json!({"text": WORD})).await.ok();
    for stranger in strangers {
        let told = stranger.get("/drafts").await.ok().text();
        assert!(!told.contains(WORD), "{told}");
        let refused = stranger.put(&draft, json!({"text": "mine"})).await;
        refused.refused(ErrorCode::NotFound);
    }
}
