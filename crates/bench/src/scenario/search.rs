//! Typical searches in a workspace of many messages.

use super::{Bench, Meter, at_once, closed_loop};
use crate::{
    http::Client,
    report::{Goal, Row},
    stage::Stage,
};
use serde_json::Value;
use std::time::{Duration, Instant};
use tenon_protocol::ChannelId;

const READERS: usize = 8;
/// Limit: how long the index may take to follow.
const INDEX_TIME_MAX: Duration = Duration::from_secs(600);
/// What messages are made of.
const WORDS: [&str; 24] = [
    "上海",
    "北京",
    "发布",
    "计划",
    "需求",
    "看板",
    "登录",
    "数据库",
    "明天",
    "客户",
    "会议",
    "完成",
    "deploy",
    "release",
    "meeting",
    "invoice",
    "database",
    "customer",
    "review",
    "tomorrow",
    "failed",
    "finished",
    "design",
    "budget",
];
const WORDS_PER_MESSAGE: u64 = 12;
/// What is looked for, one after the other: a word, two, a part of a word, one character, a stem,
/// a filter alone, a number that one message has, and nothing that there is.
const QUERIES: [&str; 8] = [
    "上海",
    "发布 deploy",
    "据库",
    "海",
    "deployment tomorrow",
    "from:me",
    "n1234",
    "zimtsterne sind aus",
];

pub fn measure(bench: &Bench) -> anyhow::Result<Vec<Row>> {
    let messages = bench.size(200_000, 200) as u64;
    let scratch = bench.scratch()?;
    let mut stage = Stage::build(bench.launch(&scratch), READERS)?;
    let everyone: Vec<usize> = (0..READERS).collect();
    let channel = stage.create_channel("searched", &everyone)?;
    fill(&stage, channel, messages)?;
    let last = "lastword";
    let owner = &mut stage.server.connect(Some(&stage.owner_token))?;
    let path = format!("/api/v1/channels/{channel}/messages");
    owner.post_json::<Value>(&path, &serde_json::json!({ "text": last }))?;
    let begun = Instant::now();
    wait_until_found(owner, last)?;
    let followed = begun.elapsed();
    let mut clients = Vec::new();
    for (n, bot) in stage.bots.iter().enumerate() {
        clients.push((stage.server.connect(Some(&bot.token))?, n));
    }
    let meter = Meter::begin(stage.server.pid(), None);
    let measured = closed_loop(clients, bench.warm_up(), bench.time, |(client, turn)| {
        let query = encoded(QUERIES[*turn % QUERIES.len()]);
        *turn += 1;
        let path = format!("/api/v1/search?q={query}&limit=30");
        client.get(&path)?.ensure_success()
    });
    let (rate, mut samples) = measured?;
    let usage = meter.end();
    stage.server.stop()?;
    let note = format!(
        "{READERS} readers, {} queries in turn, {rate:.0} searches/s; {}; {}; the index followed \
         {:.1} s after the last message",
        QUERIES.len(),
        samples.describe(),
        usage.note(),
        followed.as_secs_f64(),
    );
    let what = format!("search among {messages} messages, 95th percentile");
    let p95 = samples.quantile_ms(0.95);
    let row = Row::new("search", what, p95, "ms");
    Ok(vec![row.goal(Goal::AtMost(50.0)).note(note)])
}

/// The bots post so many messages together, each over its own connection.
fn fill(stage: &Stage, channel: ChannelId, messages: u64) -> anyhow::Result<()> {
    let path = format!("/api/v1/channels/{channel}/messages");
    let post = |(reader, mut client): (u64, Client)| -> anyhow::Result<()> {
        for number in (reader..messages).step_by(READERS) {
            let body = serde_json::json!({ "text": text(number) });
            client.post_json::<Value>(&path, &body)?;
        }
        Ok(())
    };
    let mut clients = Vec::new();
    for bot in &stage.bots {
        clients.push(stage.server.connect(Some(&bot.token))?);
    }
    at_once((0..).zip(clients), post)
}

/// The same words for the same number, in another order for every one.
fn text(number: u64) -> String {
    let mut text = format!("n{number}");
    let mut state = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    for _ in 0..WORDS_PER_MESSAGE {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        text.push(' ');
        text.push_str(WORDS[(state >> 33) as usize % WORDS.len()]);
    }
    text
}

fn encoded(query: &str) -> String {
    query.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn wait_until_found(client: &mut Client, word: &str) -> anyhow::Result<()> {
    let end = Instant::now() + INDEX_TIME_MAX;
    let path = format!("/api/v1/search?q={word}");
    while Instant::now() < end {
        let page: Value = client.get_json(&path)?;
        if page["items"]
            .as_array()
            .is_some_and(|items| !items.is_empty())
        {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    anyhow::bail!("the index does not follow")
}
