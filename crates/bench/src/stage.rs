//! A workspace set up for a scenario, through the same doors as everyone: set-up, `token create`,
//! commands.

use crate::{
    http::Client,
    server::{Launch, Server},
    swarm::Swarm,
    talk::{Talk, hello},
};
use anyhow::Context as _;
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    time::{Duration, Instant},
};
use tenon_protocol::{
    ChannelId, Command, MemberId, ProjectId, RequestId,
    channel::{ChannelKind, CreateChannel},
    credential::SignedIn,
    member::Member,
    project::{CreateProject, Template, Visibility},
};

/// Limit: filling with messages or tasks before a measurement.
const FILL_TIME_MAX: Duration = Duration::from_secs(600);
/// Commands of one socket that wait for their answers while filling.
const FILL_WINDOW: usize = 64;
const FILL_SOCKETS: usize = 4;
/// After so long a connection is not trusted to be open.
const OWNER_SILENT_MAX: Duration = Duration::from_secs(5);
const PREFIX: &str = "bench";

/// A running server with a workspace in it.
pub struct Stage {
    pub server: Server,
    pub launch: Launch,
    pub owner_token: String,
    pub bots: Vec<Bot>,
    owner: Client,
    owner_asked: Instant,
}

/// A member that the load speaks as.
pub struct Bot {
    pub id: MemberId,
    pub token: String,
}

impl Stage {
    /// Starts a server on an empty data directory or database, sets it up and adds bots.
    ///
    /// Errors: also when there is a workspace already, so that nobody's database is measured into.
    pub fn build(launch: Launch, bots: usize) -> anyhow::Result<Self> {
        let server = launch.start()?;
        let owner_token = set_up(&server)?;
        let tokens = launch.create_bots(bots, PREFIX)?;
        let mut owner = server.connect(Some(&owner_token))?;
        let ids = if bots == 0 {
            HashMap::new()
        } else {
            member_ids(&mut owner)?
        };
        let bot = |(index, token): (usize, String)| {
            let name = format!("{PREFIX}-{index}");
            let id = *ids
                .get(&name)
                .with_context(|| format!("there is no member {name}"))?;
            Ok(Bot { id, token })
        };
        let bots = tokens
            .into_iter()
            .enumerate()
            .map(bot)
            .collect::<anyhow::Result<_>>()?;
        Ok(Self {
            server,
            launch,
            owner_token,
            bots,
            owner,
            owner_asked: Instant::now(),
        })
    }

    /// The same workspace on a server that has just begun: what filling it took is given back.
    pub fn restart(self) -> anyhow::Result<Self> {
        let Self {
            server,
            launch,
            owner_token,
            bots,
            ..
        } = self;
        server.stop()?;
        let server = launch.start()?;
        let owner = server.connect(Some(&owner_token))?;
        Ok(Self {
            server,
            launch,
            owner_token,
            bots,
            owner,
            owner_asked: Instant::now(),
        })
    }

    /// One command by the owner.
    pub fn command(&mut self, command: Command) -> anyhow::Result<()> {
        let body = json!({ "request_id": RequestId::new(), "command": command });
        self.owner()?
            .post_json::<Value>("/api/v1/commands", &body)?;
        Ok(())
    }

    /// The owner's connection: a new one where the server may have given the old one up.
    fn owner(&mut self) -> anyhow::Result<&mut Client> {
        if self.owner_asked.elapsed() > OWNER_SILENT_MAX {
            self.owner = self.server.connect(Some(&self.owner_token))?;
        }
        self.owner_asked = Instant::now();
        Ok(&mut self.owner)
    }

    /// A public channel of these bots and the owner.
    pub fn create_channel(&mut self, name: &str, bots: &[usize]) -> anyhow::Result<ChannelId> {
        let id = ChannelId::new();
        self.command(Command::CreateChannel(CreateChannel {
            space: None,
            id,
            name: name.to_owned(),
            kind: ChannelKind::Public,
            topic: String::new(),
            project: None,
            members: bots.iter().map(|bot| self.bots[*bot].id).collect(),
        }))?;
        Ok(id)
    }

    /// A public project with a simple workflow.
    pub fn create_project(&mut self, key: &str) -> anyhow::Result<ProjectId> {
        let id = ProjectId::new();
        self.command(Command::CreateProject(CreateProject {
            space: None,
            id,
            key: key.to_owned(),
            name: "Benchmark".to_owned(),
            description: String::new(),
            visibility: Visibility::Public,
            template: Template::Simple,
            language: None,
            lead: None,
            members: Vec::new(),
        }))?;
        Ok(id)
    }

    /// The newest seq.
    pub fn head(&mut self) -> anyhow::Result<i64> {
        let snapshot: Value = self.owner()?.get_json("/api/v1/snapshot")?;
        snapshot["seq"].as_i64().context("a snapshot without seq")
    }

    /// Sockets of these bots, each complete up to the head.
    pub fn open(&mut self, bots: &[usize], talk: &mut Talk) -> anyhow::Result<Swarm> {
        let head = self.head()?;
        let hellos = bots
            .iter()
            .map(|bot| hello(&self.bots[*bot].token, Some(head)))
            .collect();
        let mut swarm = Swarm::new()?;
        swarm.open(self.server.address, hellos, talk)?;
        Ok(swarm)
    }

    /// The owner posts so many messages, as fast as it goes; returns how long it took.
    pub fn fill_messages(&mut self, channel: ChannelId, count: u64) -> anyhow::Result<Duration> {
        let head = self.head()?;
        let hellos = vec![hello(&self.owner_token, Some(head)); FILL_SOCKETS];
        let mut talk = Talk::new(FILL_SOCKETS);
        let mut swarm = Swarm::new()?;
        swarm.open(self.server.address, hellos, &mut talk)?;
        (0..FILL_SOCKETS).for_each(|socket| talk.add_sender(socket, channel));
        talk.send_max = count;
        let begin = Instant::now();
        talk.begin(&mut swarm, FILL_WINDOW)?;
        let finished = swarm.run(begin + FILL_TIME_MAX, &mut talk)?;
        anyhow::ensure!(
            finished,
            "filling took more than {} s",
            FILL_TIME_MAX.as_secs()
        );
        Ok(begin.elapsed())
    }
}

fn set_up(server: &Server) -> anyhow::Result<String> {
    let setup = json!({
        "workspace_name": "Benchmark", "name": "Owner", "email": "owner@example.com",
        "password": "a password for an hour",
    });
    let mut client = server.connect(None)?;
    let signed_in: SignedIn = client.post_json("/api/v1/setup", &setup)?;
    Ok(signed_in.token)
}

fn member_ids(owner: &mut Client) -> anyhow::Result<HashMap<String, MemberId>> {
    let mut snapshot: Value = owner.get_json("/api/v1/snapshot")?;
    let members: Vec<Member> = serde_json::from_value(snapshot["members"].take())?;
    Ok(members
        .into_iter()
        .map(|member| (member.name, member.id))
        .collect())
}
