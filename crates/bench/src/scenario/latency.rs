//! From the time a message should be sent to its delivery, on a schedule that does not wait for
//! the server: at a light load, and at half and four fifths of what it can confirm.

use super::{Bench, Meter, rooms};
use crate::{
    disk,
    report::{Goal, Row},
    sample::Samples,
    talk::{DRAIN_TIME_MAX, TEXT_BYTES, write_post},
    websocket,
};
use rooms::{Plan, Rooms};
use std::{
    io::{ErrorKind, Write as _},
    net::TcpStream,
    time::{Duration, Instant},
};
use tenon_protocol::ChannelId;

const LIGHT_PER_SECOND: f64 = 50.0;

/// What was seen at one rate.
struct Load {
    offered: f64,
    delivered: Samples,
    lost: u64,
    note: String,
}

pub fn measure(bench: &Bench) -> anyhow::Result<Vec<Row>> {
    let scratch = bench.scratch()?;
    let probe = bench.time.min(Duration::from_secs(1));
    let mut sync = disk::sync_times(&bench.folder, probe)?;
    let mut rooms = Rooms::build(bench.launch(&scratch), Plan::of(bench))?;
    let size = rooms.plan.size as u64;

    let mut light = offer(bench, &mut rooms, LIGHT_PER_SECOND)?;
    rooms.begin()?;
    rooms.saturate(bench.warm_up())?;
    let saturated = rooms.saturate(bench.time)?;
    let unfinished = rooms.talk.drain(&mut rooms.swarm, size, DRAIN_TIME_MAX)?;
    let mut half = offer(bench, &mut rooms, saturated / 2.0)?;
    let mut most = offer(bench, &mut rooms, saturated * 0.8)?;
    sync.extend(&disk::sync_times(&bench.folder, probe)?);

    let one_sync = sync.quantile_ms(0.5);
    let disk = format!("one fsync here: {}", sync.describe());
    let row = |what: String, load: &mut Load, share: f64, most: f64| {
        let note = format!(
            "{}; {:.0} messages/s of {TEXT_BYTES} bytes offered; lost {}; {}; {disk}",
            load.delivered.describe(),
            load.offered,
            load.lost + unfinished,
            load.note,
        );
        Row::new("latency", what, load.delivered.quantile_ms(share), "ms")
            .goal(Goal::AtMost(most + one_sync))
            .note(note)
    };
    let at = |part: &str| format!("send -> deliver at {part} of {saturated:.0} messages/s, p99");
    let rows = vec![
        row(
            "send -> deliver at a light load, p50".to_owned(),
            &mut light,
            0.5,
            3.0,
        ),
        row(at("half"), &mut half, 0.99, 25.0),
        row(at("80 %"), &mut most, 0.99, 100.0),
    ];
    drop(rooms.swarm);
    rooms.stage.server.stop()?;
    Ok(rows)
}

/// Offers so many messages per second, in turn to all channels, whatever the answers.
fn offer(bench: &Bench, rooms: &mut Rooms, per_second: f64) -> anyhow::Result<Load> {
    let count = (per_second * bench.time.as_secs_f64()).ceil().max(1.0) as u64;
    let plan = rooms.plan;
    let writers = rooms
        .channels
        .iter()
        .enumerate()
        .map(|(channel, id)| Ok((rooms.swarm.clone_stream(plan.first_of(channel))?, *id)))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let talk = &mut rooms.talk;
    talk.forget_samples();
    let before = talk.count;
    talk.count.sent += count;
    talk.send_max = 0;
    let schedule = Schedule {
        epoch: talk.epoch(),
        count,
        per_second,
    };
    let meter = Meter::begin(rooms.stage.server.pid(), None);
    let thread = std::thread::spawn(move || schedule.send(writers));
    // Waits for the deliveries of all messages ever sent, the thread's among them.
    let lost = talk.drain(
        &mut rooms.swarm,
        plan.size as u64,
        bench.time + DRAIN_TIME_MAX,
    )?;
    thread
        .join()
        .map_err(|_| anyhow::anyhow!("the sending thread panicked"))??;
    let usage = meter.end();
    let missing = before.sent * plan.size as u64 - before.deliveries;
    rooms.talk.send_max = u64::MAX;
    let delivered = std::mem::take(&mut rooms.talk.delivered);
    let lost = lost.saturating_sub(missing);
    Ok(Load {
        offered: per_second,
        delivered,
        lost,
        note: usage.note().to_owned(),
    })
}

/// When to send.
struct Schedule {
    /// What the times in the texts count from.
    epoch: Instant,
    count: u64,
    per_second: f64,
}

impl Schedule {
    /// Sends each message at its time, or at once when late; its text carries the time it was due.
    fn send(self, mut writers: Vec<(TcpStream, ChannelId)>) -> anyhow::Result<()> {
        let (mut text, mut frame) = (String::new(), Vec::new());
        let begin = Instant::now();
        let writers_count = writers.len() as u64;
        for number in 0..self.count {
            let due = begin + Duration::from_secs_f64(number as f64 / self.per_second);
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            let (stream, channel) = &mut writers[(number % writers_count) as usize];
            write_post(
                &mut text,
                *channel,
                due.duration_since(self.epoch).as_micros() as u64,
                TEXT_BYTES,
            );
            frame.clear();
            websocket::write_masked(websocket::TEXT, text.as_bytes(), &mut frame);
            write_all(stream, &frame)?;
        }
        Ok(())
    }
}

/// The sockets do not block; a full one is tried again shortly.
fn write_all(stream: &mut TcpStream, mut bytes: &[u8]) -> anyhow::Result<()> {
    while !bytes.is_empty() {
        match stream.write(bytes) {
            Ok(size) => bytes = &bytes[size..],
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                std::thread::sleep(Duration::from_micros(200));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
