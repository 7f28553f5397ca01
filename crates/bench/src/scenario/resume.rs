//! Everyone reconnects at once, each a hundred entries behind.

use super::{Bench, Meter};
use crate::{
    report::{Goal, Row},
    stage::Stage,
    swarm::{Listener, Outbox, Swarm},
    talk::{entry_seq, hello},
};
use std::time::{Duration, Instant};

/// Limit: until all are current.
const STORM_TIME_MAX: Duration = Duration::from_secs(60);

pub fn measure(bench: &Bench) -> anyhow::Result<Vec<Row>> {
    let sockets = bench.size(10_000, 40);
    let missed = bench.size(100, 20) as u64;
    let scratch = bench.scratch()?;
    let mut stage = Stage::build(bench.launch(&scratch), sockets)?;
    let everyone: Vec<usize> = (0..sockets).collect();
    let channel = stage.create_channel("everyone", &everyone)?;
    let cursor = stage.head()?;
    stage.fill_messages(channel, missed)?;
    let head = stage.head()?;
    anyhow::ensure!(
        head - cursor == missed as i64,
        "{} entries missed",
        head - cursor
    );

    let hellos = stage
        .bots
        .iter()
        .map(|bot| hello(&bot.token, Some(cursor)))
        .collect();
    let mut storm = Storm {
        head,
        seen: vec![cursor; sockets],
        current: 0,
        entries: 0,
        gaps: 0,
    };
    let mut swarm = Swarm::new()?;
    let meter = Meter::begin(stage.server.pid(), None);
    let begin = Instant::now();
    swarm.open(stage.server.address, hellos, &mut storm)?;
    let finished = swarm.run(begin + STORM_TIME_MAX, &mut storm)?;
    let time = begin.elapsed();
    let usage = meter.end();
    drop(swarm);
    stage.server.stop()?;
    anyhow::ensure!(
        finished,
        "only {} of {sockets} became current",
        storm.current
    );

    let Storm { entries, gaps, .. } = storm;
    let note = format!(
        "{entries} entries sent again, {gaps} gaps; {}",
        usage.note()
    );
    let what = format!("{sockets} reconnect {missed} entries behind, until all are current");
    Ok(vec![
        Row::new("resume", what, time.as_secs_f64(), "s")
            // 10,000 in 10 s.
            .goal(Goal::AtMost(sockets as f64 / 1_000.0))
            .note(note),
        Row::new("resume", "resume: gaps", gaps as f64, "gaps").goal(Goal::Never),
    ])
}

/// Waits until every socket has everything. All see the same entries, so each seq is the next.
struct Storm {
    head: i64,
    seen: Vec<i64>,
    current: usize,
    entries: u64,
    gaps: u64,
}

impl Listener for Storm {
    fn frame(
        &mut self,
        socket: usize,
        text: &[u8],
        _at: Instant,
        _outbox: &mut Outbox<'_>,
    ) -> anyhow::Result<()> {
        let Some(seq) = entry_seq(text) else {
            return Ok(());
        };
        let seen = &mut self.seen[socket];
        if text.starts_with(br#"{"type":"entry""#) {
            self.entries += 1;
            self.gaps += u64::from(seq != *seen + 1);
        } else {
            self.gaps += u64::from(seq > *seen);
        }
        if *seen < self.head && seq >= self.head {
            self.current += 1;
        }
        *seen = seq.max(*seen);
        Ok(())
    }

    fn finished(&self) -> bool {
        self.current == self.seen.len()
    }
}
