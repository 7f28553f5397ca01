//! Where a replica begins: the snapshot of somebody who is in very many channels.

use super::Bench;
use crate::{
    report::{Goal, Row},
    sample::Samples,
    stage::Stage,
};
use serde_json::Value;
use std::time::Instant;

const FETCHES: usize = 50;

pub fn measure(bench: &Bench) -> anyhow::Result<Vec<Row>> {
    let (members, channels) = (bench.size(200, 10), bench.size(200, 10));
    let scratch = bench.scratch()?;
    let mut stage = Stage::build(bench.launch(&scratch), members)?;
    for number in 0..channels {
        // The asked one, and nineteen others or whoever there is.
        let others = (0..20.min(members) - 1).map(|k| 1 + (number * 7 + k) % (members - 1));
        let inside: Vec<usize> = std::iter::once(0).chain(others).collect();
        let channel = stage.create_channel(&format!("channel-{number}"), &inside)?;
        stage.fill_messages(channel, 5)?;
    }
    let mut client = stage.server.connect(Some(&stage.bots[0].token))?;
    let path = "/api/v1/snapshot";
    let snapshot: Value = client.get_json(path)?;
    let memberships = snapshot["memberships"].as_array().map_or(0, Vec::len);
    anyhow::ensure!(
        memberships >= channels,
        "{memberships} memberships instead of {channels}"
    );
    let plain = client.get(path)?.body.len();

    let (mut times, mut compressed) = (Samples::default(), 0);
    for _ in 0..FETCHES {
        let begin = Instant::now();
        let answer = client.get_compressed(path, "gzip")?;
        answer.ensure_success()?;
        compressed = answer.body.len();
        times.push(begin.elapsed());
    }
    stage.server.stop()?;
    let what = format!("snapshot of a member of {channels} channels");
    let note = format!(
        "{FETCHES} fetches, {}; {plain} bytes uncompressed",
        times.describe()
    );
    Ok(vec![
        Row::new("snapshot", what, times.quantile_ms(0.5), "ms")
            .goal(Goal::AtMost(50.0))
            .note(note),
        Row::new(
            "snapshot",
            "the same, compressed",
            compressed as f64 / 1024.0,
            "KB",
        )
        .goal(Goal::AtMost(100.0)),
    ])
}
