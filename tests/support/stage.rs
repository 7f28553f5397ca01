//! The stage of a story: one database, one server, a workspace with its owner; and the proofs at
//! the end.

use super::{
    Database, Member, Server,
    member::{PASSWORD, post_openly},
};
use futures::FutureExt;
use serde_json::json;
use tenon_protocol::{
    ChannelId, Command, ErrorCode, MessageId, ProjectId, Timestamp, WorkspaceId,
    channel::{ChannelKind, CreateChannel},
    member::Role,
    message::{Message, PostMessage},
    project::{CreateProject, Template, Visibility},
    snapshot::{Page, Snapshot},
    task::Task,
};
use tenon_store::{Store, follower, push, scheduled, verify, workspace};

pub struct Stage {
    pub database: Database,
    server: Option<Server>,
    pub store: Store,
    pub owner: Member,
}

impl Stage {
    /// A server with one workspace and its owner 陈晨, who is connected.
    pub async fn open(database: Database) -> Self {
        let server = Server::start(&database).await;
        let body = json!({
            "workspace_name": "榫卯 Works", "workspace_slug": "works", "name": "陈晨",
            "email": "chen@example.com", "password": PASSWORD,
            "time_zone": "Asia/Shanghai", "language": "zh-CN",
        });
        let answer = post_openly(server.address, "/setup", &body).await.ok();
        let mut owner = Member::of(server.address, "chen@example.com", &answer);
        owner.connect().await;
        let store = database.open().await;
        Self {
            database,
            server: Some(server),
            store,
            owner,
        }
    }

    pub fn server(&self) -> &Server {
        self.server.as_ref().expect("runs")
    }

    /// Lets somebody in by an invitation; they are connected.
    pub async fn join(&self, name: &str, role: Role) -> Member {
        let mut member = self.join_quietly(name, role).await;
        member.connect().await;
        member
    }

    /// The same, without a socket.
    pub async fn join_quietly(&self, name: &str, role: Role) -> Member {
        let wish = json!({"role": role});
        let invitation = self.owner.post("/invitations", wish).await.ok().json();
        let secret = invitation["secret"].as_str().unwrap();
        let email = format!("{}@example.com", uuid::Uuid::now_v7().simple());
        let body = json!({"name": name, "email": email, "password": PASSWORD});
        let path = format!("/invitations/{secret}/accept");
        let answer = post_openly(self.owner.address, &path, &body).await.ok();
        Member::of(self.owner.address, &email, &answer)
    }

    /// A channel of the owner and these members.
    pub async fn channel(
        &mut self,
        name: &str,
        kind: ChannelKind,
        members: &[&Member],
    ) -> ChannelId {
        let id = ChannelId::new();
        let members = members.iter().map(|member| member.id).collect();
        let wish = CreateChannel {
            space: None,
            id,
            name: name.to_owned(),
            kind,
            topic: String::new(),
            project: None,
            members,
        };
        self.owner.run(Command::CreateChannel(wish)).await;
        id
    }

    /// A project of the owner and these members.
    pub async fn project(
        &mut self,
        key: &str,
        visibility: Visibility,
        members: &[&Member],
    ) -> ProjectId {
        let id = ProjectId::new();
        let wish = CreateProject {
            space: None,
            id,
            key: key.to_owned(),
            name: format!("Project {key}"),
            description: String::new(),
            visibility,
            template: Template::Software,
            language: None,
            lead: None,
            members: members.iter().map(|member| member.id).collect(),
        };
        self.owner.run(Command::CreateProject(wish)).await;
        id
    }

    /// Kills the server with no warning, and starts it again.
    pub async fn crash(&mut self, members: &mut [&mut Member]) {
        self.server.take().expect("runs").kill().await;
        self.start(members).await;
    }

    /// Stops the server in order, and starts it again.
    pub async fn restart(&mut self, members: &mut [&mut Member]) {
        self.server.take().expect("runs").stop().await;
        self.start(members).await;
    }

    /// Hands the running server out; [`Stage::start`] starts another.
    pub fn take_server(&mut self) -> Server {
        self.server.take().expect("runs")
    }

    pub async fn start(&mut self, members: &mut [&mut Member]) {
        let server = Server::start(&self.database).await;
        self.owner.disconnect();
        self.owner.address = server.address;
        for member in members {
            member.disconnect();
            member.address = server.address;
        }
        self.server = Some(server);
    }

    /// Waits until the followers have done all that there is to do.
    pub async fn rest(&self) {
        let workspaces = self
            .store
            .read_private(|private| workspace::list_ids(private).boxed())
            .await
            .unwrap();
        for id in workspaces {
            while self.cursor(id).await < self.head_of(id).await {
                tokio::task::yield_now().await;
            }
        }
    }

    /// Waits until nothing is left to be pushed.
    pub async fn deliver(&self) {
        let ids = self
            .store
            .read_private(|private| workspace::list_ids(private).boxed());
        for id in ids.await.unwrap() {
            while self.has_pushes(id).await {
                tokio::task::yield_now().await;
            }
        }
    }

    /// Waits until the scheduled messages that are due were sent: an author may send one at once.
    pub async fn send_due(&self) {
        let ids = self
            .store
            .read_private(|private| workspace::list_ids(private).boxed());
        for id in ids.await.unwrap() {
            while self.has_due(id).await {
                tokio::task::yield_now().await;
            }
        }
    }

    async fn has_due(&self, id: WorkspaceId) -> bool {
        let read = self.store.read(id, |reader| {
            async move { scheduled::list_due(reader, Timestamp::now(), 1).await }.boxed()
        });
        !read.await.unwrap().is_empty()
    }

    async fn has_pushes(&self, id: WorkspaceId) -> bool {
        let read = self.store.read(id, |reader| {
            async move { push::list_due(reader, Timestamp::MAX, 1).await }.boxed()
        });
        !read.await.unwrap().is_empty()
    }

    /// Of the follower that is furthest behind.
    async fn cursor(&self, id: WorkspaceId) -> i64 {
        let mut followers = vec!["feeds", "notifier", "previews", "push", "rosters"];
        let mails = self.database.serving.iter().any(|it| it == "--smtp-url");
        followers.extend(mails.then_some("mail"));
        let read = self.store.read_private(move |private| {
            async move {
                let mut behind = i64::MAX;
                for name in followers {
                    behind = behind.min(follower::get(private, id, name).await?);
                }
                Ok(behind)
            }
            .boxed()
        });
        read.await.unwrap()
    }

    async fn head_of(&self, id: WorkspaceId) -> i64 {
        let read = self.store.read(id, |reader| {
            async move { Ok(reader.head().await?.seq) }.boxed()
        });
        read.await.unwrap()
    }

    /// The proofs: scheduled messages sent, followers at rest, the sync theorem for everyone, the
    /// log verified. Whoever is away comes back for it, unless the server lets them in no more.
    pub async fn end(mut self, members: &mut [&mut Member]) {
        let owner = &mut self.owner;
        for member in std::iter::once(owner).chain(members.iter_mut().map(|it| &mut **it)) {
            come_back(member).await;
        }
        self.prove(members).await;
    }

    /// What [`Stage::end`] does, in the middle of a story.
    pub async fn prove(&mut self, members: &mut [&mut Member]) {
        self.send_due().await;
        self.rest().await;
        self.deliver().await;
        let owner = &mut self.owner;
        for member in std::iter::once(owner).chain(members.iter_mut().map(|it| &mut **it)) {
            if member.is_connected() {
                prove_member(member).await;
            }
        }
        verify_log(&self.database).await;
    }
}

/// Comes back from where the replica stands, if there is one and it may.
async fn come_back(member: &mut Member) {
    let Some(seq) = member.cursor().filter(|_| !member.is_connected()) else {
        return;
    };
    if member.try_connect(Some(seq)).await.is_none() {
        let (name, closed) = (&member.name, member.closed);
        assert_eq!(
            closed,
            Some(ErrorCode::Unauthenticated),
            "{name} is kept out"
        );
        member.disconnect();
    }
}

/// `snapshot(n) + entries(n, m] == snapshot(m)`, and the same for messages and tasks.
async fn prove_member(member: &mut Member) {
    member.settle().await;
    let fresh = member.snapshot().await;
    assert_same(&member.name, &member.replica().snapshot(), &fresh);
    for membership in &fresh.memberships {
        prove_channel(member, membership.channel).await;
    }
    for task in member.replica().tasks.values() {
        let path = format!("/tasks/{}", task.id);
        if task.deleted {
            continue;
        }
        let fresh: Task = member.get(&path).await.read();
        assert_eq!(task, &fresh, "{}'s replica of a task", member.name);
        let known = member.replica().messages.values();
        let since = member.replica().returned.get(&task.id);
        let since = since.copied().unwrap_or_default();
        let known = known
            .filter(|it| it.task == Some(task.id) && it.seq > since)
            .cloned()
            .collect();
        let mut fresh = all_pages(member, &format!("{path}/messages")).await;
        fresh.retain(|it| it.seq > since);
        assert_messages(&member.name, known, fresh);
    }
}

async fn prove_channel(member: &Member, channel: ChannelId) {
    let replica = member.replica();
    let since = replica.memberships[&channel].since.max(replica.begun);
    let mut fresh = all_pages(member, &format!("/channels/{channel}/messages")).await;
    let roots: Vec<MessageId> = fresh
        .iter()
        .filter(|it| it.last_reply_at.is_some())
        .map(|it| it.id)
        .collect();
    for root in roots {
        let replies = all_pages(member, &format!("/messages/{root}/thread")).await;
        let alone = replies.into_iter().filter(|it| !it.in_stream());
        fresh.extend(alone);
    }
    fresh.retain(|message| message.seq > since);
    let known = replica.messages.values();
    let known = known.filter(|it| it.channel == Some(channel) && it.seq > since);
    assert_messages(&member.name, known.cloned().collect(), fresh);
}

/// All messages of a conversation, page by page, oldest first.
pub async fn all_pages(member: &Member, path: &str) -> Vec<Message> {
    let mut all: Vec<Message> = Vec::new();
    loop {
        let after = all.last().map_or(0, |message| message.seq);
        let page: Page<Message> = member
            .get(&format!("{path}?after={after}&limit=200"))
            .await
            .read();
        let fresh = page.items.into_iter().filter(|it| it.seq > after);
        let before = all.len();
        all.extend(fresh);
        if all.len() == before {
            return all;
        }
    }
}

fn assert_messages(name: &str, mut known: Vec<Message>, mut fresh: Vec<Message>) {
    known.sort_by_key(|message| message.seq);
    fresh.sort_by_key(|message| message.seq);
    for (known, fresh) in known.iter().zip(&fresh) {
        assert_eq!(known, fresh, "{name}'s replica of a message");
    }
    let shared = known.len().min(fresh.len());
    assert_eq!(
        (&known[shared..], &fresh[shared..]),
        (&[][..], &[][..]),
        "{name}'s replica has more messages, or fewer"
    );
}

/// Names the first difference, which in two whole snapshots nobody would find.
pub fn assert_same(name: &str, replica: &Snapshot, fresh: &Snapshot) {
    if replica == fresh {
        return;
    }
    let lines = |snapshot| {
        let text = serde_json::to_string_pretty::<Snapshot>(snapshot).unwrap();
        text.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let (one, other) = (lines(replica), lines(fresh));
    let at = one.iter().zip(&other).position(|(one, other)| one != other);
    let at = at.unwrap_or(one.len().min(other.len()));
    let shown =
        |lines: &[String]| lines[at.saturating_sub(12)..(at + 12).min(lines.len())].join("\n");
    panic!(
        "{name}: snapshot + entries is not the fresh snapshot.\nreplica:\n{}\nfresh:\n{}",
        shown(&one),
        shown(&other)
    );
}

/// `tenon verify`, as an administrator would run it, also beside a running server.
pub async fn verify_log(database: &Database) {
    let store = database.open().await;
    for id in verify::list_workspaces(&store).await.unwrap() {
        let report = verify::verify(&store, id, |_| ()).await.unwrap();
        assert!(report.entries > 0);
        assert_eq!(report.faults, Vec::<String>::new(), "the log is not sound");
    }
}

/// A message for a channel.
pub fn post(channel: ChannelId, text: impl Into<String>) -> Command {
    let (channel, text) = (Some(channel), text.into());
    Command::PostMessage(PostMessage {
        channel,
        text,
        ..PostMessage::default()
    })
}

/// A reply in a thread of a channel.
pub fn reply(channel: ChannelId, thread: MessageId, text: impl Into<String>) -> Command {
    let (channel, thread, text) = (Some(channel), Some(thread), text.into());
    Command::PostMessage(PostMessage {
        channel,
        thread,
        text,
        ..PostMessage::default()
    })
}
