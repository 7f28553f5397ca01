//! A workspace in memory: loads contexts, decides, applies the facts. It stands for the engine
//! and the store, so it is as plain as can be.

mod apply;
mod channel;
mod decide;
mod emoji;
mod group;
mod inbox;
mod lookup;
mod message;
mod project;
mod retention;
mod roster;
mod scheduled;
mod space;
mod task;

use crate::script::{self, Symbols};
use expect_test::Expect;
use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    sync::Arc,
};
use tenon_domain::{
    actor::Actor, decide::Decision, group::Groups, refusal::Refusal, workspace::found_workspace,
};
use tenon_protocol::{
    ChannelId, EmojiId, Event, FileId, GroupId, MemberId, MessageId, NotificationId, ProjectId,
    SpaceId, TaskId, Timestamp, WorkspaceId,
    bookmark::Bookmark,
    channel::{Channel, Membership},
    emoji::Emoji,
    feed::Feed,
    file::File,
    member::Member,
    message::Message,
    notification::Notification,
    preference::{ChannelSetting, Preferences},
    project::Project,
    roster::Roster,
    saved::Saved,
    scheduled::Scheduled,
    side_bar::SideBar,
    space::Space,
    task::{Task, Trashed},
    template::TaskTemplate,
    workspace::Workspace,
};
use uuid::Uuid;

pub struct World {
    pub symbols: Symbols,
    seq: i64,
    workspace: Workspace,
    members: BTreeMap<MemberId, Member>,
    groups: Groups,
    channels: BTreeMap<ChannelId, Channel>,
    memberships: BTreeMap<(ChannelId, MemberId), Membership>,
    messages: BTreeMap<MessageId, Message>,
    /// Which group each space and channel follows.
    follows: Vec<(Roster, GroupId)>,
    /// Those who are in one for the sake of what it follows alone.
    unnamed: HashSet<(Roster, MemberId)>,
    spaces: BTreeMap<SpaceId, Arc<Space>>,
    space_members: BTreeSet<(SpaceId, MemberId)>,
    projects: BTreeMap<ProjectId, Project>,
    project_members: BTreeSet<(ProjectId, MemberId)>,
    templates: BTreeMap<(ProjectId, String), TaskTemplate>,
    tasks: BTreeMap<TaskId, Task>,
    trash: BTreeMap<TaskId, Trashed>,
    feeds: Vec<Feed>,
    notifications: BTreeMap<(MemberId, NotificationId), Notification>,
    preferences: BTreeMap<MemberId, Preferences>,
    channel_settings: BTreeMap<(MemberId, ChannelId), ChannelSetting>,
    thread_followers: BTreeSet<(MessageId, MemberId)>,
    bookmarks: Vec<Bookmark>,
    emoji: BTreeMap<EmojiId, Emoji>,
    ballots: BTreeMap<MessageId, Vec<(i64, i64)>>,
    saved: BTreeMap<(MemberId, MessageId), Saved>,
    scheduled: BTreeMap<(MemberId, MessageId), Scheduled>,
    uploads: Vec<(File, MemberId)>,
    /// Seconds that the clock is ahead of the log.
    ahead: i64,
    side_bars: BTreeMap<MemberId, SideBar>,
}

impl World {
    /// alice owns, bob administers, carol and 李雷 are members, gina is a guest, robot a bot.
    pub fn new() -> Self {
        let now = at(0);
        let id = WorkspaceId(Uuid::nil());
        let Event::WorkspaceCreated { workspace } =
            found_workspace(id, "Acme", None, now).unwrap().event
        else {
            panic!("another event");
        };
        let mut world = World {
            symbols: Symbols::default(),
            seq: 1,
            workspace,
            members: BTreeMap::new(),
            groups: Groups::new(),
            channels: BTreeMap::new(),
            memberships: BTreeMap::new(),
            messages: BTreeMap::new(),
            follows: vec![],
            unnamed: HashSet::new(),
            spaces: BTreeMap::new(),
            space_members: BTreeSet::new(),
            projects: BTreeMap::new(),
            project_members: BTreeSet::new(),
            templates: BTreeMap::new(),
            tasks: BTreeMap::new(),
            trash: BTreeMap::new(),
            feeds: vec![],
            notifications: BTreeMap::new(),
            preferences: BTreeMap::new(),
            channel_settings: BTreeMap::new(),
            thread_followers: BTreeSet::new(),
            bookmarks: vec![],
            emoji: BTreeMap::new(),
            ballots: BTreeMap::new(),
            saved: BTreeMap::new(),
            scheduled: BTreeMap::new(),
            uploads: vec![],
            ahead: 0,
            side_bars: BTreeMap::new(),
        };
        world.given(
            "server:alice> add_member id=@alice name=Alice role=owner time_zone=Asia/Shanghai
             alice> add_member id=@bob name=Bob role=admin
             alice> add_member id=@carol name=Carol role=member
             alice> add_member id=@lilei name=李雷 role=member language=zh-CN
             alice> add_member id=@gina name=Gina role=guest
             alice> add_member id=@robot name=Robot role=member kind=bot",
        );
        world
    }

    /// Runs what must succeed, without a word.
    pub fn given(&mut self, lines: &str) -> &mut Self {
        for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if let Err(refusal) = self.run(line) {
                panic!("{line}: {refusal}");
            }
        }
        self
    }

    /// Runs lines, and compares them, with what follows from each, with the transcript.
    pub fn check(&mut self, lines: &str, expected: Expect) -> &mut Self {
        let mut transcript = String::new();
        for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let result = self.run(line);
            transcript.push_str(line);
            transcript.push('\n');
            transcript.push_str(&script::print(&result, &self.symbols));
        }
        expected.assert_eq(&transcript);
        self
    }

    /// Lets time go by.
    pub fn later(&mut self, minutes: i64) -> &mut Self {
        self.ahead += minutes * 60;
        self
    }

    /// A file of a member, which arrives beside the log.
    pub fn upload(&mut self, name: &str, id: &str) -> &mut Self {
        let uploader = self.get_member(name).id;
        let file = File {
            id: FileId(Uuid::parse_str(id).unwrap()),
            name: "a.txt".into(),
            media_type: "text/plain".into(),
            size: 1,
            width: None,
            height: None,
        };
        self.uploads.push((file, uploader));
        self
    }

    /// The member who is called so in lines.
    pub fn get_member(&mut self, name: &str) -> Member {
        let id = MemberId(self.symbols.id(&format!("@{name}")));
        self.members[&id].clone()
    }

    /// Decides one line and applies what follows.
    pub fn run(&mut self, line: &str) -> Result<Decision, Refusal> {
        let line = script::read(line, &mut self.symbols);
        let member = MemberId(self.symbols.id(&format!("@{}", line.who)));
        let actor = Actor {
            workspace: self.workspace.id,
            member,
            grants: line.grants,
            internal: line.internal,
        };
        let now = at(self.seq + self.ahead);
        let decision = self.decide(&actor, &line.command, now)?;
        for fact in &decision.facts {
            self.apply(member, fact, now);
        }
        Ok(decision)
    }
}

fn at(seq: i64) -> Timestamp {
    Timestamp::from_second(1_763_800_000 + seq).unwrap()
}
