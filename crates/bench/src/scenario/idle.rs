//! What a connection costs that does nothing.

use super::Bench;
use crate::{
    process,
    report::{Goal, Row},
    stage::Stage,
    talk::Talk,
};
use anyhow::Context as _;
use std::time::{Duration, Instant};

pub fn measure(bench: &Bench) -> anyhow::Result<Vec<Row>> {
    let sockets = bench.size(5_000, 50);
    let scratch = bench.scratch()?;
    let mut stage = Stage::build(bench.launch(&scratch), sockets)?;
    let everyone: Vec<usize> = (0..sockets).collect();
    stage.create_channel("everyone", &everyone)?;
    let mut stage = stage.restart()?;
    // What the workspace itself takes is no connection's.
    drop(stage.open(&everyone[..1], &mut Talk::new(1))?);
    let pid = stage.server.pid();
    let resident = || process::resident_bytes(pid).context("memory cannot be read here");
    let before = resident()?;
    let mut talk = Talk::new(sockets);
    let begin = Instant::now();
    let mut swarm = stage.open(&everyone, &mut talk)?;
    let opening = begin.elapsed();
    let opened = resident()?;
    let settle = if bench.quick {
        bench.time
    } else {
        Duration::from_secs(3)
    };
    let cpu = process::cpu_time(pid);
    swarm.run(Instant::now() + settle, &mut talk)?;
    let idle = process::cpu_time(pid)
        .zip(cpu)
        .map(|(after, before)| (after - before).as_secs_f64());
    let after = resident()?;
    drop(swarm);
    stage.server.stop()?;

    let each = |bytes: u64| bytes.saturating_sub(before) as f64 / sockets as f64 / 1024.0;
    let note = format!(
        "{sockets} members in one channel, a server that has just begun, resident {:.1} MB before, \
         {:.1} MB after {:.0} s of silence ({:.1} KB each right after opening); opened at {:.0}/s; \
         {:.2} cores while idle",
        before as f64 / 1e6,
        after as f64 / 1e6,
        settle.as_secs_f64(),
        each(opened),
        sockets as f64 / opening.as_secs_f64(),
        idle.unwrap_or_default() / settle.as_secs_f64(),
    );
    let what = format!("idle connection, resident, over {sockets}");
    Ok(vec![
        Row::new("idle", what, each(after), "KB")
            .goal(Goal::AtMost(10.0))
            .note(note),
    ])
}
