//! Many channels of a few people each; one writer per channel waits for each confirmation before
//! the next message. Every confirmation is durable, so this is the store's and the writer's figure.

use super::{Bench, Meter, Usage, postgres_for};
use crate::{
    bare::commit,
    postgres::Postgres,
    report::{Goal, Row},
    sample::Samples,
    server::Launch,
    stage::Stage,
    swarm::Swarm,
    talk::{Count, DRAIN_TIME_MAX, Talk},
};
use std::{
    fs::{self, File},
    io::Read as _,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};
use tenon_protocol::ChannelId;

/// How many members, channels, members of a channel.
#[derive(Clone, Copy)]
pub struct Plan {
    pub members: usize,
    pub channels: usize,
    pub size: usize,
}

/// A workspace of rooms with everyone online.
pub struct Rooms {
    pub stage: Stage,
    pub swarm: Swarm,
    pub talk: Talk,
    pub channels: Vec<ChannelId>,
    pub plan: Plan,
}

struct Run {
    usage: Usage,
    messages: f64,
    accepted: Samples,
    delivered: Samples,
    lost: u64,
    count: Count,
}

impl Plan {
    pub fn of(bench: &Bench) -> Self {
        let [members, channels, size] =
            [(200, 20), (50, 5), (20, 4)].map(|(real, quick)| bench.size(real, quick));
        Self {
            members,
            channels,
            size,
        }
    }

    /// Each member is in as many channels as every other.
    fn members_of(self, channel: usize) -> Vec<usize> {
        let first = self.first_of(channel);
        (first..first + self.size)
            .map(|member| member % self.members)
            .collect()
    }

    /// The member who writes there; another one for every channel.
    pub fn first_of(self, channel: usize) -> usize {
        channel * (self.members / self.channels)
    }
}

impl Rooms {
    pub fn build(launch: Launch, plan: Plan) -> anyhow::Result<Self> {
        let mut stage = Stage::build(launch, plan.members)?;
        let channels = (0..plan.channels)
            .map(|channel| {
                stage.create_channel(&format!("room-{channel}"), &plan.members_of(channel))
            })
            .collect::<anyhow::Result<Vec<_>>>()?;
        let mut talk = Talk::new(plan.members);
        let everyone: Vec<usize> = (0..plan.members).collect();
        let swarm = stage.open(&everyone, &mut talk)?;
        Ok(Self {
            stage,
            swarm,
            talk,
            channels,
            plan,
        })
    }

    /// Every channel's writer writes for so long, one message at a time: messages per second.
    pub fn saturate(&mut self, time: Duration) -> anyhow::Result<f64> {
        let before = self.talk.count.confirmed;
        let begin = Instant::now();
        self.swarm.run(begin + time, &mut self.talk)?;
        let confirmed = self.talk.count.confirmed - before;
        Ok(confirmed as f64 / begin.elapsed().as_secs_f64())
    }

    pub fn begin(&mut self) -> anyhow::Result<()> {
        for (channel, id) in self.channels.iter().enumerate() {
            self.talk.add_sender(self.plan.first_of(channel), *id);
        }
        self.talk.begin(&mut self.swarm, 1)
    }

    fn run(&mut self, bench: &Bench, database: Option<u32>) -> anyhow::Result<Run> {
        self.begin()?;
        self.saturate(bench.warm_up())?;
        self.talk.forget_samples();
        let meter = Meter::begin(self.stage.server.pid(), database);
        let messages = self.saturate(bench.time)?;
        let usage = meter.end();
        let accepted = std::mem::take(&mut self.talk.accepted);
        let delivered = std::mem::take(&mut self.talk.delivered);
        let lost = self
            .talk
            .drain(&mut self.swarm, self.plan.size as u64, DRAIN_TIME_MAX)?;
        Ok(Run {
            usage,
            messages,
            accepted,
            delivered,
            lost,
            count: self.talk.count,
        })
    }
}

impl Run {
    fn note(&mut self) -> String {
        format!(
            "accepted {}; delivered {}; lost {}, disorder {}; {}",
            self.accepted.describe(),
            self.delivered.describe(),
            self.lost,
            self.count.disorder,
            self.usage.note(),
        )
    }

    fn milliseconds_per_message(&self) -> Option<f64> {
        self.usage.milliseconds_each(self.messages)
    }
}

pub fn measure(bench: &Bench) -> anyhow::Result<Vec<Row>> {
    let mut rows = on_sqlite(bench)?;
    rows.extend(on_postgres(bench)?);
    Ok(rows)
}

fn on_sqlite(bench: &Bench) -> anyhow::Result<Vec<Row>> {
    let scratch = bench.scratch()?;
    let plan = Plan::of(bench);
    let mut rooms = Rooms::build(bench.launch(&scratch), plan)?;
    let mut run = rooms.run(bench, None)?;
    drop(rooms.swarm);
    let data = rooms.stage.launch.data.clone();
    rooms.stage.server.stop()?;

    let database = find_database(&data)?;
    let sent = run.count.sent as usize;
    let (bare, tables) =
        commit::measure(&database, scratch.path(), sent, plan.channels, bench.time)?;
    let Plan {
        members,
        channels,
        size,
    } = plan;
    let what = format!("confirmed messages, {members} members, {channels} channels of {size}");
    let note = format!(
        "SQLite, synchronous=FULL; {}; bare: the same rows of {}, {channels} messages a commit",
        run.note(),
        tables.join(", "),
    );
    let mut rows = vec![
        Row::new("rooms", what, run.messages, "messages/s")
            .bare(bare)
            .goal(Goal::AtLeast(8_000.0))
            .goal(Goal::RatioAtLeast(0.4))
            .note(note),
    ];
    if let Some(cpu) = run.milliseconds_per_message() {
        let what = format!("processor time per message of {size} deliveries");
        rows.push(Row::new("rooms", what, cpu, "ms").goal(Goal::AtMost(0.15)));
    }
    let wrong = (run.lost + run.count.disorder) as f64;
    let what = "rooms: deliveries lost or out of order";
    rows.push(Row::new("rooms", what, wrong, "frames").goal(Goal::Never));
    Ok(rows)
}

/// No row where there is no PostgreSQL.
fn on_postgres(bench: &Bench) -> anyhow::Result<Vec<Row>> {
    let Some((own, url)) = postgres_for(bench)? else {
        return Ok(Vec::new());
    };
    let scratch = bench.scratch()?;
    let launch = Launch {
        database_url: Some(url),
        ..bench.launch(&scratch)
    };
    let mut rooms = Rooms::build(launch, Plan::of(bench))?;
    let mut run = rooms.run(bench, own.as_ref().map(Postgres::pid))?;
    drop(rooms.swarm);
    rooms.stage.server.stop()?;
    let what = "confirmed messages, the same on PostgreSQL";
    let mut row = Row::new("rooms", what, run.messages, "messages/s")
        .goal(Goal::AtLeast(3_000.0))
        .note(run.note());
    if let Some(cpu) = run.milliseconds_per_message() {
        row.note += &format!("; {cpu:.3} ms of processor a message, database included");
    }
    Ok(vec![row])
}

/// The one SQLite database in a data directory.
pub fn find_database(data: &Path) -> anyhow::Result<PathBuf> {
    for entry in fs::read_dir(data)? {
        let path = entry?.path();
        let mut head = [0; 15];
        let read = path.is_file() && File::open(&path)?.read_exact(&mut head).is_ok();
        if read && &head == b"SQLite format 3" {
            return Ok(path);
        }
    }
    anyhow::bail!("there is no SQLite database in {}", data.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_spread_evenly_and_every_channel_has_its_own_writer() {
        let plan = Plan {
            members: 200,
            channels: 50,
            size: 20,
        };
        let mut memberships = vec![0; plan.members];
        let mut writers = std::collections::HashSet::new();
        for channel in 0..plan.channels {
            let members = plan.members_of(channel);
            assert_eq!(members[0], plan.first_of(channel));
            members.iter().for_each(|member| memberships[*member] += 1);
            assert!(writers.insert(plan.first_of(channel)));
        }
        assert!(
            memberships.iter().all(|count| *count == 5),
            "{memberships:?}"
        );
    }

    #[test]
    fn the_database_is_found_among_other_files() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.log"), "nothing").unwrap();
        assert!(find_database(folder.path()).is_err());
        let path = folder.path().join("b");
        fs::write(&path, b"SQLite format 3\0 and more").unwrap();
        assert_eq!(find_database(folder.path()).unwrap(), path);
    }
}
