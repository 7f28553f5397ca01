//! A company of ten thousand: 2,000 channels, a million messages. What grows with the workspace
//! shows here: starting, signing in, the snapshot, opening a channel, telling everyone, searching.

mod seed;
mod text;

use super::{Bench, closed_loop, postgres_for};
use crate::{
    http::Client,
    process,
    report::{Goal, Row},
    sample::Samples,
    server::Launch,
    talk::{DRAIN_TIME_MAX, TEXT_BYTES, Talk},
};
use anyhow::Context as _;
use seed::{Seeded, seed};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tenon_protocol::{credential::SignedIn, limit::MESSAGE_TEXT_BYTES_MAX};

/// How large the workspace is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Scale {
    /// 10,000 members, 2,000 channels, 1,000,000 messages: takes some four minutes
    #[default]
    Full,
    /// A twentieth of that, for a quick look
    Small,
}

/// How many of everything.
#[derive(Clone, Copy)]
struct Plan {
    members: usize,
    channels: usize,
    /// Members of each channel but the first, which has all.
    size: usize,
    messages: u64,
    online: usize,
}

impl Plan {
    fn of(bench: &Bench) -> Self {
        let small = bench.scale == Scale::Small;
        let of = |full: usize, small_size, quick| {
            bench.size(if small { small_size } else { full }, quick)
        };
        Self {
            members: of(10_000, 500, 20),
            channels: of(2_000, 100, 6),
            size: of(50, 50, 5),
            messages: of(1_000_000, 50_000, 120) as u64,
            online: of(2_000, 400, 10),
        }
    }

    fn name(self) -> String {
        let Self {
            members,
            channels,
            messages,
            ..
        } = self;
        format!("{members} members, {channels} channels, {messages} messages")
    }
}

/// Limit: how long the index may take to follow.
const INDEX_TIME_MAX: Duration = Duration::from_secs(900);
const SNAPSHOT: &str = "/api/v1/snapshot";
const SIGN_INS: usize = 20;
const SWITCHES: usize = 400;
/// Messages to everyone, one after the other.
const ANNOUNCEMENTS: usize = 20;
const SEARCHERS: usize = 4;

pub fn measure(bench: &Bench) -> anyhow::Result<Vec<Row>> {
    let scratch = bench.scratch()?;
    measure_on(bench, bench.launch(&scratch), "")
}

/// No row where there is no PostgreSQL.
pub fn measure_on_postgres(bench: &Bench) -> anyhow::Result<Vec<Row>> {
    let Some((_database, url)) = postgres_for(bench)? else {
        return Ok(Vec::new());
    };
    let scratch = bench.scratch()?;
    let launch = Launch {
        database_url: Some(url),
        ..bench.launch(&scratch)
    };
    measure_on(bench, launch, ", on PostgreSQL")
}

fn measure_on(bench: &Bench, launch: Launch, on: &str) -> anyhow::Result<Vec<Row>> {
    let plan = Plan::of(bench);
    let begun = Instant::now();
    let mut seeded = seed(launch, plan)?;
    let filled = begun.elapsed();
    let indexed = wait_for_index(&seeded)?;
    // What filling took is given back.
    seeded.stage = seeded.stage.restart()?;
    let row = |what: String, measured, unit| Row::new("workspace", what + on, measured, unit);
    let seconds = |time: Duration| time.as_secs_f64();
    let what = format!("seeded: {}", plan.name());
    let note = format!(
        "{}; the index followed {:.1} s later",
        seeded.how,
        seconds(indexed)
    );
    let seeding = row(what, seconds(filled), "s").goal(Goal::AtMost(240.0));
    let ready = seconds(seeded.stage.server.ready_after);
    let mut rows = vec![
        seeding.note(note),
        row("start to ready, with all that".into(), ready, "s").goal(Goal::AtMost(1.0)),
        row("resident when started".into(), resident(&seeded)?, "MB"),
    ];
    let rooms = switches(&seeded, bench.size(SWITCHES, 10))?;
    rows.extend(sign_ins(&seeded, bench.size(SIGN_INS, 2), on)?);
    rows.push(rooms.row(
        "channel opened for the first time, 95th percentile",
        0.95,
        60.0,
        on,
    ));
    let count = bench.size(ANNOUNCEMENTS, 2);
    for (size, text_bytes, most_ms) in [
        ("", TEXT_BYTES, 300.0),
        (" of 64 KiB", MESSAGE_TEXT_BYTES_MAX, 2_000.0),
    ] {
        let told = announcements(&mut seeded, count, text_bytes)?;
        let what = format!(
            "a message{size} to {} members reaches the last of {} online, slowest",
            plan.members, plan.online
        );
        rows.push(told.row(&what, 1.0, most_ms, on));
    }
    rows.push(searches(bench, &seeded)?.row("search, 95th percentile", 0.95, 50.0, on));
    rows.push(row("resident afterwards".into(), resident(&seeded)?, "MB"));
    seeded.stage.server.stop()?;
    Ok(rows)
}

/// Latencies and how they came about.
struct Measured {
    times: Samples,
    note: String,
}

impl Measured {
    fn row(mut self, what: &str, share: f64, most_ms: f64, on: &str) -> Row {
        let figure = self.times.quantile_ms(share);
        let note = format!("{}; {}", self.times.describe(), self.note);
        Row::new("workspace", format!("{what}{on}"), figure, "ms")
            .goal(Goal::AtMost(most_ms))
            .note(note)
    }
}

fn resident(seeded: &Seeded) -> anyhow::Result<f64> {
    let bytes = process::resident_bytes(seeded.stage.server.pid());
    Ok(bytes.context("memory cannot be read here")? as f64 / 1e6)
}

/// Until everything can be found.
fn wait_for_index(seeded: &Seeded) -> anyhow::Result<Duration> {
    let begun = Instant::now();
    let mut client = seeded.member()?;
    while begun.elapsed() < INDEX_TIME_MAX {
        let last: Value = client.get_json(&format!("/api/v1/search?q={}", seed::LAST_WORD))?;
        if last["items"]
            .as_array()
            .is_some_and(|items| !items.is_empty())
        {
            return Ok(begun.elapsed());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    anyhow::bail!("the index does not follow")
}

/// The member signs in, takes the snapshot and the first page of a channel.
fn sign_ins(seeded: &Seeded, count: usize, on: &str) -> anyhow::Result<Vec<Row>> {
    let (mut all, mut snapshots) = (Samples::default(), Samples::default());
    let mut compressed = 0;
    for _ in 0..count {
        let begun = Instant::now();
        let mut client = seeded.stage.server.connect(None)?;
        let credentials = json!({ "email": seed::EMAIL, "password": seed::PASSWORD });
        let signed_in: SignedIn = client.post_json("/api/v1/sessions", &credentials)?;
        let mut client = seeded.stage.server.connect(Some(&signed_in.token))?;
        let asked = Instant::now();
        let snapshot = client.get_compressed(SNAPSHOT, "gzip, br")?;
        snapshot.ensure_success()?;
        compressed = snapshot.body.len();
        snapshots.push(asked.elapsed());
        client.get(&messages_of(seeded, 0))?.ensure_success()?;
        all.push(begun.elapsed());
    }
    let mut client = seeded.member()?;
    let plain = client.get(SNAPSHOT)?.body.len();
    let gzip = client.get_compressed(SNAPSHOT, "gzip")?.body.len();
    let kilobytes = |bytes: usize| bytes as f64 / 1024.0;
    let note = format!("{count} times; snapshot alone {}", snapshots.describe());
    let usable = all.quantile_ms(0.5) / 1e3;
    let what = format!("sign-in to usable: session, snapshot, first page{on}");
    let usable = Row::new("workspace", what, usable, "s").goal(Goal::AtMost(1.0));
    let what = format!("snapshot, compressed{on}");
    let note_of_size = format!(
        "as for browsers over https; {:.0} KB with gzip alone, {plain} bytes uncompressed",
        kilobytes(gzip),
    );
    let size = Row::new("workspace", what, kilobytes(compressed), "KB");
    let size = size.goal(Goal::AtMost(300.0)).note(note_of_size);
    Ok(vec![usable.note(note), size])
}

fn messages_of(seeded: &Seeded, channel: usize) -> String {
    let id = seeded.channels[channel];
    format!("/api/v1/channels/{id}/messages?limit=50")
}

/// Channels that nobody has opened since the server began.
fn switches(seeded: &Seeded, count: usize) -> anyhow::Result<Measured> {
    let mut times = Samples::default();
    let mut client = seeded
        .stage
        .server
        .connect(Some(&seeded.stage.owner_token))?;
    let channels = seeded.channels.len();
    for number in 0..count.min(channels) {
        let path = messages_of(seeded, number * channels / count.min(channels));
        let begun = Instant::now();
        client.get(&path)?.ensure_success()?;
        times.push(begun.elapsed());
    }
    let note = format!("{} channels, 50 messages each", times.len());
    Ok(Measured { times, note })
}

/// One message at a time in the channel of everyone, until the last of those online has it.
fn announcements(seeded: &mut Seeded, count: usize, text_bytes: usize) -> anyhow::Result<Measured> {
    let online: Vec<usize> = (0..seeded.plan.online).collect();
    let mut talk = Talk::new(online.len());
    let begun = Instant::now();
    let mut swarm = seeded.stage.open(&online, &mut talk)?;
    let opened = begun.elapsed();
    talk.add_sender(0, seeded.channels[0]);
    talk.text_bytes = text_bytes;
    let mut times = Samples::default();
    for _ in 0..count {
        talk.forget_samples();
        talk.begin(&mut swarm, 1)?;
        let lost = talk.drain(&mut swarm, online.len() as u64, DRAIN_TIME_MAX)?;
        anyhow::ensure!(
            lost == 0,
            "{lost} deliveries of a message to everyone are missing"
        );
        times.push_micros((talk.delivered.quantile_ms(1.0) * 1e3) as u64);
    }
    let resident = resident(seeded)?;
    let note = format!(
        "{count} messages; sockets opened in {:.2} s; resident {resident:.0} MB with them",
        opened.as_secs_f64()
    );
    Ok(Measured { times, note })
}

/// Members search for words that many, some, few and no messages hold.
fn searches(bench: &Bench, seeded: &Seeded) -> anyhow::Result<Measured> {
    let queries: Vec<String> = text::queries()
        .iter()
        .map(|query| query.bytes().map(|byte| format!("%{byte:02X}")).collect())
        .collect();
    let clients = (0..SEARCHERS).map(|turn| Ok((seeded.member()?, turn)));
    let clients: Vec<(Client, usize)> = clients.collect::<anyhow::Result<_>>()?;
    let measured = closed_loop(clients, bench.warm_up(), bench.time, |(client, turn)| {
        let query = &queries[*turn % queries.len()];
        *turn += 1;
        client
            .get(&format!("/api/v1/search?q={query}&limit=30"))?
            .ensure_success()
    });
    let (rate, times) = measured?;
    let note = format!(
        "{SEARCHERS} at once, {} queries in turn, {rate:.0}/s",
        queries.len()
    );
    Ok(Measured { times, note })
}
