//! One channel with everyone online, a few people writing as fast as they are confirmed.

use super::{Bench, Meter};
use crate::{
    bare::broadcast,
    report::{Goal, Row},
    stage::Stage,
    talk::{DRAIN_TIME_MAX, Talk},
};
use std::time::Instant;

const SENDERS: usize = 10;
/// Messages of one sender that wait for their confirmation.
const WINDOW: usize = 16;

pub fn measure(bench: &Bench) -> anyhow::Result<Vec<Row>> {
    let members = bench.size(1_000, 40);
    let scratch = bench.scratch()?;
    let mut stage = Stage::build(bench.launch(&scratch), members)?;
    let everyone: Vec<usize> = (0..members).collect();
    let channel = stage.create_channel("everyone", &everyone)?;
    let mut talk = Talk::new(members);
    let mut swarm = stage.open(&everyone, &mut talk)?;
    (0..SENDERS).for_each(|socket| talk.add_sender(socket, channel));

    talk.begin(&mut swarm, WINDOW)?;
    swarm.run(Instant::now() + bench.warm_up(), &mut talk)?;
    talk.forget_samples();
    let (before, meter) = (talk.count, Meter::begin(stage.server.pid(), None));
    swarm.run(Instant::now() + bench.time, &mut talk)?;
    let (after, usage) = (talk.count, meter.end());
    let (accepted, delivered) = (talk.accepted.describe(), talk.delivered.describe());
    let lost = talk.drain(&mut swarm, members as u64, DRAIN_TIME_MAX)?;
    let count = talk.count;
    drop(swarm);
    stage.server.stop()?;

    let deliveries = (after.deliveries - before.deliveries) as f64;
    let frame_bytes = count.bytes.checked_div(count.deliveries).unwrap_or(0) as usize;
    let bare = broadcast::measure(members, frame_bytes, bench.time)?;
    let note = format!(
        "{:.0} messages/s of 200 bytes, frames of {frame_bytes} bytes, {SENDERS} senders with \
         {WINDOW} unanswered each; accepted {accepted}; delivered {delivered}; lost {lost}, \
         disorder {}; {}",
        (after.confirmed - before.confirmed) as f64 / usage.seconds,
        count.disorder,
        usage.note(),
    );
    let per_second = deliveries / usage.seconds;
    let what = format!("fan-out, one channel of {members} members online");
    let mut rows = vec![
        Row::new("fanout", what, per_second, "deliveries/s")
            .bare(bare)
            .goal(Goal::AtLeast(300_000.0))
            .goal(Goal::RatioAtLeast(0.25))
            .note(note),
    ];
    if let Some(server) = usage.server {
        let micros = server * 1e6 / deliveries.max(1.0);
        rows.push(Row::new(
            "fanout",
            "processor time per delivery",
            micros,
            "µs",
        ));
    }
    let wrong = (lost + count.disorder) as f64;
    let what = "fan-out: deliveries lost or out of order";
    rows.push(Row::new("fanout", what, wrong, "frames").goal(Goal::Never));
    Ok(rows)
}
