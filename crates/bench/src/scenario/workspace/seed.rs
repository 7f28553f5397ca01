//! Fills the workspace by ordinary commands: members with names, channels, and messages that come
//! from many sockets at once.

use super::{Plan, text::text};
use crate::{
    http::Client,
    scenario::at_once,
    server::Launch,
    stage::Stage,
    swarm::{Listener, Outbox, Swarm, shown},
    talk::{Kind, frame_kind, hello},
};
use anyhow::bail;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tenon_protocol::{
    ChannelId, Command, MemberId, MessageId, RequestId,
    channel::{ChannelKind, CreateChannel},
    credential::SignedIn,
    member::UpdateMember,
};

pub const EMAIL: &str = "member@example.com";
pub const PASSWORD: &str = "a password for an hour";
/// Of the last message: found once all are.
pub const LAST_WORD: &str = "lastword";
/// Limit: filling with messages.
const FILL_TIME_MAX: Duration = Duration::from_secs(1_800);
/// Sockets that fill, and commands of one that wait for their answers.
const WRITERS: usize = 16;
const WINDOW: usize = 32;
/// Connections over which members get their names.
const NAMERS: usize = 8;
/// One of so many channels is private.
const PRIVATE_EVERY: usize = 4;

/// A workspace as large as planned.
pub struct Seeded {
    pub stage: Stage,
    pub plan: Plan,
    /// The first has everyone.
    pub channels: Vec<ChannelId>,
    pub how: String,
    token: String,
}

impl Seeded {
    /// A connection of the member who is no bot.
    pub fn member(&self) -> anyhow::Result<Client> {
        self.stage.server.connect(Some(&self.token))
    }
}

pub fn seed(launch: Launch, plan: Plan) -> anyhow::Result<Seeded> {
    let begun = Instant::now();
    let mut stage = Stage::build(launch, plan.members - 2)?;
    let person = invite(&stage)?;
    name_members(&stage)?;
    let named = begun.elapsed();
    let mut channels = Vec::with_capacity(plan.channels);
    for number in 0..plan.channels {
        channels.push(create_channel(&mut stage, plan, number, person.member.id)?);
    }
    let grouped = begun.elapsed();
    fill(&stage, plan, &channels)?;
    let filled = begun.elapsed();
    let rate = plan.messages as f64 / (filled - grouped).as_secs_f64();
    let how = format!(
        "members {:.1} s, channels {:.1} s, messages {:.1} s ({rate:.0}/s)",
        named.as_secs_f64(),
        (grouped - named).as_secs_f64(),
        (filled - grouped).as_secs_f64(),
    );
    let mut client = stage.server.connect(Some(&person.token))?;
    let path = format!("/api/v1/channels/{}/messages", channels[0]);
    client.post_json::<Value>(&path, &json!({ "text": LAST_WORD }))?;
    Ok(Seeded {
        stage,
        plan,
        channels,
        how,
        token: person.token,
    })
}

/// The one who signs in with a password.
fn invite(stage: &Stage) -> anyhow::Result<SignedIn> {
    let mut owner = stage.server.connect(Some(&stage.owner_token))?;
    let made: Value = owner.post_json("/api/v1/invitations", &json!({ "role": "member" }))?;
    let secret = made["secret"].as_str().unwrap_or_default();
    let accept = json!({ "name": "Member", "email": EMAIL, "password": PASSWORD });
    let path = format!("/api/v1/invitations/{secret}/accept");
    stage.server.connect(None)?.post_json(&path, &accept)
}

/// Names as people have them, so that the snapshot is as large as theirs.
fn name_members(stage: &Stage) -> anyhow::Result<()> {
    let name = |first: usize| -> anyhow::Result<()> {
        let mut owner = stage.server.connect(Some(&stage.owner_token))?;
        for number in (first..stage.bots.len()).step_by(NAMERS) {
            let update = UpdateMember {
                member: stage.bots[number].id,
                name: Some(person_name(number)),
                title: number
                    .is_multiple_of(3)
                    .then(|| TITLES[number / 3 % TITLES.len()].to_owned()),
                ..UpdateMember::default()
            };
            let command = Command::UpdateMember(update);
            let body = json!({ "request_id": RequestId::new(), "command": command });
            owner.post_json::<Value>("/api/v1/commands", &body)?;
        }
        Ok(())
    };
    at_once(0..NAMERS, name)
}

const TITLES: [&str; 8] = [
    "工程师",
    "产品经理",
    "Designer",
    "销售",
    "Support",
    "财务",
    "Operations",
    "Marketing",
];
const SURNAMES: [char; 20] = [
    '王', '李', '张', '刘', '陈', '杨', '黄', '赵', '吴', '周', '徐', '孙', '马', '朱', '胡', '郭',
    '何', '林', '高', '罗',
];
const FIRST_NAMES: [&str; 10] = [
    "Anna", "Ben", "Clara", "David", "Elena", "Felix", "Grace", "Hugo", "Ivy", "Jonas",
];
const LAST_NAMES: [&str; 10] = [
    "Adler", "Brown", "Costa", "Dubois", "Evans", "Fischer", "Garcia", "Hansen", "Ito", "Jansen",
];

fn person_name(number: usize) -> String {
    if number.is_multiple_of(4) {
        let first = FIRST_NAMES[number / 4 % FIRST_NAMES.len()];
        let last = LAST_NAMES[number / 40 % LAST_NAMES.len()];
        return format!("{first} {last} {number}");
    }
    let given = |n: usize| char::from_u32(0x5200 + (n % 997) as u32).unwrap_or('一');
    let surname = SURNAMES[number % SURNAMES.len()];
    [surname, given(number * 31), given(number / 7)]
        .iter()
        .collect()
}

fn create_channel(
    stage: &mut Stage,
    plan: Plan,
    number: usize,
    person: MemberId,
) -> anyhow::Result<ChannelId> {
    let id = ChannelId::new();
    let bots = stage.bots.len();
    let mut members: Vec<MemberId> = match number {
        0 => stage.bots.iter().map(|bot| bot.id).collect(),
        // The one who writes there, and others spread over everybody.
        _ => (0..plan.size.min(bots))
            .map(|place| (number % writers(stage, plan) + place * 197 * number) % bots)
            .map(|bot| stage.bots[bot].id)
            .collect(),
    };
    // The person is in as many as people usually are.
    if number == 0 || number.is_multiple_of((plan.channels / 60).max(1)) {
        members.push(person);
    }
    stage.command(Command::CreateChannel(CreateChannel {
        space: None,
        id,
        name: if number == 0 {
            "all".into()
        } else {
            format!("项目-{number}")
        },
        kind: match number % PRIVATE_EVERY {
            3 => ChannelKind::Private,
            _ => ChannelKind::Public,
        },
        topic: String::new(),
        project: None,
        members,
    }))?;
    Ok(id)
}

fn writers(stage: &Stage, plan: Plan) -> usize {
    WRITERS.min(stage.bots.len()).min(plan.channels - 1)
}

/// The writers post into the channels but the first, one after the other.
fn fill(stage: &Stage, plan: Plan, channels: &[ChannelId]) -> anyhow::Result<()> {
    let writers = writers(stage, plan);
    let mut client = stage.server.connect(Some(&stage.owner_token))?;
    let head: Value = client.get_json("/api/v1/snapshot")?;
    let hellos = stage.bots[..writers].iter();
    let hellos = hellos.map(|bot| hello(&bot.token, head["seq"].as_i64()));
    let mut filling = Filling {
        channels,
        writers,
        next: (0..writers).collect(),
        sent: 0,
        confirmed: 0,
        messages: plan.messages,
    };
    let mut swarm = Swarm::new()?;
    swarm.open(stage.server.address, hellos.collect(), &mut filling)?;
    for socket in 0..writers {
        for _ in 0..WINDOW {
            filling.send(socket, &mut swarm.outbox())?;
        }
    }
    let finished = swarm.run(Instant::now() + FILL_TIME_MAX, &mut filling)?;
    anyhow::ensure!(
        finished,
        "filling took more than {} s",
        FILL_TIME_MAX.as_secs()
    );
    Ok(())
}

/// Messages on their way.
struct Filling<'a> {
    channels: &'a [ChannelId],
    writers: usize,
    /// For each socket the channel that it writes to next.
    next: Vec<usize>,
    sent: u64,
    confirmed: u64,
    messages: u64,
}

impl Filling<'_> {
    fn send(&mut self, socket: usize, outbox: &mut Outbox<'_>) -> anyhow::Result<()> {
        if self.sent >= self.messages {
            return Ok(());
        }
        // Socket n writes in the channels n, n + writers, …; nobody in the first, which has all.
        let mut channel = self.next[socket] + self.writers;
        if channel >= self.channels.len() {
            channel = if socket == 0 { self.writers } else { socket };
        }
        self.next[socket] = channel;
        let channel = self.channels[channel.min(self.channels.len() - 1)];
        let frame = json!({
            "type": "command", "request_id": RequestId::new(), "command": {
                "type": "post_message", "id": MessageId::new(), "channel": channel,
                "text": text(self.sent),
            },
        });
        self.sent += 1;
        outbox.send(socket, frame.to_string().as_bytes())
    }
}

impl Listener for Filling<'_> {
    fn frame(
        &mut self,
        socket: usize,
        text: &[u8],
        _at: Instant,
        outbox: &mut Outbox<'_>,
    ) -> anyhow::Result<()> {
        match frame_kind(text) {
            Kind::Done => {
                self.confirmed += 1;
                self.send(socket, outbox)
            }
            Kind::Refused => bail!("the server refused: {}", shown(text)),
            Kind::Entry | Kind::Other => Ok(()),
        }
    }

    fn finished(&self) -> bool {
        self.confirmed >= self.messages
    }
}
