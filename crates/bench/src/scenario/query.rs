//! Queries of every kind over many tasks.

use super::{Bench, Meter, at_once, closed_loop};
use crate::{
    http::Client,
    report::{Goal, Row},
    stage::Stage,
};
use anyhow::Context as _;
use serde_json::{Value, json};
use std::time::Instant;
use tenon_protocol::RequestId;

const ASKERS: usize = 8;
const PROJECTS: usize = 10;
const PRIORITIES: [&str; 5] = ["none", "low", "medium", "high", "urgent"];
const STATES: [&str; 3] = ["todo", "doing", "done"];
const WORDS: [&str; 8] = [
    "登录",
    "发布",
    "看板",
    "数据库",
    "login",
    "release",
    "board",
    "invoice",
];
/// One of each kind, asked one after the other: people and dates, a rare label, two common ones
/// together, Chinese and English words, the past, several sorts, and everything.
const QUERIES: [&str; 12] = [
    "assignee = currentUser() AND resolution = Unresolved ORDER BY priority DESC, created DESC",
    "project = B1 AND state != done ORDER BY created DESC",
    "label = rare7 ORDER BY updated DESC",
    "label = l3 AND priority = urgent ORDER BY created",
    "due >= 2027-01-03 AND due < 2027-01-05 ORDER BY due",
    "title ~ 登录 AND priority >= high ORDER BY created DESC",
    "text ~ invoices AND assignee = currentUser()",
    "assignee WAS currentUser() AND assignee != currentUser() ORDER BY key",
    "state CHANGED TO done AFTER -1h ORDER BY updated DESC",
    "(priority = urgent OR label IN (l1, l2)) AND NOT (state IN (done, todo)) \
     ORDER BY due, priority DESC, key",
    "key IN (B0-1, B1-2, B2-3)",
    "ORDER BY updated DESC",
];

pub fn measure(bench: &Bench) -> anyhow::Result<Vec<Row>> {
    let tasks = bench.size(100_000, 200);
    let scratch = bench.scratch()?;
    let mut stage = Stage::build(bench.launch(&scratch), ASKERS)?;
    let mut projects = Vec::new();
    for number in 0..PROJECTS {
        projects.push(json!(stage.create_project(&format!("B{number}"))?));
    }
    fill(&stage, &projects, tasks)?;
    let mut client = stage.server.connect(Some(&stage.bots[0].token))?;
    let mut slowest = (0.0, "");
    for query in QUERIES {
        client.get(&path(query))?.ensure_success().context(query)?;
        let begun = Instant::now();
        client.get(&path(query))?.ensure_success()?;
        let ms = begun.elapsed().as_secs_f64() * 1_000.0;
        if ms > slowest.0 {
            slowest = (ms, query);
        }
    }
    let mut clients = Vec::new();
    for (n, bot) in stage.bots.iter().enumerate().take(2) {
        clients.push((stage.server.connect(Some(&bot.token))?, n * 5));
    }
    let meter = Meter::begin(stage.server.pid(), None);
    let measured = closed_loop(clients, bench.warm_up(), bench.time, |(client, turn)| {
        let query = QUERIES[*turn % QUERIES.len()];
        *turn += 1;
        client.get(&path(query))?.ensure_success()
    });
    let (rate, mut samples) = measured?;
    let usage = meter.end();
    stage.server.stop()?;
    let note = format!(
        "2 askers, {} queries in turn, {rate:.0} queries/s; {}; {}; the slowest, alone: {:.1} ms, {}",
        QUERIES.len(),
        samples.describe(),
        usage.note(),
        slowest.0,
        slowest.1,
    );
    let what = format!("query over {tasks} tasks, 95th percentile");
    let row = Row::new("query", what, samples.quantile_ms(0.95), "ms");
    Ok(vec![row.goal(Goal::AtMost(100.0)).note(note)])
}

fn path(query: &str) -> String {
    let encoded: String = query.bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("/api/v1/tasks?limit=50&query={encoded}")
}

/// The bots make so many tasks together, and hand every tenth on.
fn fill(stage: &Stage, projects: &[Value], tasks: usize) -> anyhow::Result<()> {
    let make = |(bot, mut client): (usize, Client)| -> anyhow::Result<()> {
        for number in (bot..tasks).step_by(ASKERS) {
            let made: Value = client.post_json("/api/v1/tasks", &task(stage, projects, number))?;
            if number % 10 == 0 {
                let next = stage.bots[(bot + 1) % ASKERS].id;
                let command = json!({"type": "update_task", "task": made["id"],
                    "assignees": [next], "state": "done"});
                let request = json!({"request_id": RequestId::new(), "command": command});
                client.post_json::<Value>("/api/v1/commands", &request)?;
            }
        }
        Ok(())
    };
    let mut clients = Vec::new();
    for bot in &stage.bots {
        clients.push(stage.server.connect(Some(&bot.token))?);
    }
    at_once((0..).zip(clients), make)
}

/// The same task for the same number, its parts apart from one another.
fn task(stage: &Stage, projects: &[Value], number: usize) -> Value {
    let mixed = (number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let part = |shift: u32, count: usize| (mixed >> shift) as usize % count;
    let word = |shift: u32| WORDS[part(shift, WORDS.len())];
    let mut labels = vec![format!("l{}", part(11, 20))];
    if number % 1_000 == 7 {
        labels.push("rare7".into());
    }
    let due = (part(17, 3) == 0).then(|| format!("2027-01-{:02}", 1 + part(23, 28)));
    json!({
        "project": projects[part(29, projects.len())],
        "title": format!("{} {} {number}", word(31), word(37)),
        "description": format!("With the customer, before the {} of {}.", word(41), word(43)),
        "labels": labels, "due": due,
        "assignee": stage.bots[part(47, ASKERS)].id,
        "priority": PRIORITIES[part(51, 5)],
        "state": STATES[part(55, 3)],
    })
}
