//! Creating tasks, and reading a page of many.

use super::{Bench, Meter, Usage, closed_loop};
use crate::{
    http::Client,
    report::{Goal, Row},
    sample::Samples,
    stage::Stage,
};
use anyhow::Context as _;
use serde_json::{Value, json};

const CLIENTS: usize = 8;
const KEY: &str = "BENCH";

pub fn measure(bench: &Bench) -> anyhow::Result<Vec<Row>> {
    let tasks = bench.size(10_000, 100);
    let scratch = bench.scratch()?;
    let mut stage = Stage::build(bench.launch(&scratch), CLIENTS)?;
    let project = stage.create_project(KEY)?;
    let connect = |stage: &Stage| {
        let bots = stage.bots.iter();
        bots.map(|bot| stage.server.connect(Some(&bot.token)))
            .collect::<anyhow::Result<Vec<_>>>()
    };
    let body = json!({
        "project": project, "title": "Check the columns of the new board",
        "description": "With the customer, before the call at four.", "labels": ["board"],
    });
    let body = serde_json::to_vec(&body)?;
    let create = |client: &mut Client| client.post("/api/v1/tasks", &body)?.ensure_success();

    let meter = Meter::begin(stage.server.pid(), None);
    let (created, mut creating) =
        closed_loop(connect(&stage)?, bench.warm_up(), bench.time, create)?;
    let create_usage = meter.end();
    fill(&stage, tasks, create)?;

    let path = format!("/api/v1/tasks?project={KEY}&limit=50");
    let page: Value = stage
        .server
        .connect(Some(&stage.bots[0].token))?
        .get_json(&path)?;
    let items = page["items"].as_array().map_or(0, Vec::len);
    anyhow::ensure!(items == 50, "a page of {items} tasks instead of 50");
    let meter = Meter::begin(stage.server.pid(), None);
    let (listed, mut listing) =
        closed_loop(connect(&stage)?, bench.warm_up(), bench.time, |client| {
            client.get(&path)?.ensure_success()
        })?;
    let list_usage = meter.end();
    stage.server.stop()?;
    let note = |rate: f64, samples: &mut Samples, usage: Usage| {
        format!(
            "REST, {CLIENTS} clients; {}; {:.3} ms of server processor each; {}",
            samples.describe(),
            usage.milliseconds_each(rate).unwrap_or_default(),
            usage.note(),
        )
    };
    Ok(vec![
        Row::new("tasks", "task create", created, "requests/s")
            .goal(Goal::AtLeast(3_500.0))
            .note(note(created, &mut creating, create_usage)),
        Row::new(
            "tasks",
            format!("list of 50 tasks in {tasks} or more"),
            listed,
            "requests/s",
        )
        .goal(Goal::AtLeast(2_000.0))
        .note(note(listed, &mut listing, list_usage)),
    ])
}

/// Creates tasks until there are so many.
fn fill(
    stage: &Stage,
    tasks: usize,
    create: impl Fn(&mut Client) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut client = stage.server.connect(Some(&stage.bots[0].token))?;
    let path = format!("/api/v1/tasks?project={KEY}&order=created&limit=1");
    create(&mut client)?;
    let newest: Value = client.get_json(&path)?;
    let number = newest["items"][0]["number"]
        .as_u64()
        .context("a task without number")?;
    for _ in number as usize..tasks {
        create(&mut client)?;
    }
    Ok(())
}
