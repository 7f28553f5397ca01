//! Reading the newest page of a long channel.

use super::{Bench, Meter, closed_loop};
use crate::{
    report::{Goal, Row},
    stage::Stage,
};

const READERS: usize = 8;

pub fn measure(bench: &Bench) -> anyhow::Result<Vec<Row>> {
    let messages = bench.size(100_000, 200) as u64;
    let scratch = bench.scratch()?;
    let mut stage = Stage::build(bench.launch(&scratch), READERS)?;
    let everyone: Vec<usize> = (0..READERS).collect();
    let channel = stage.create_channel("long", &everyone)?;
    let filling = stage.fill_messages(channel, messages)?;
    let path = format!("/api/v1/channels/{channel}/messages?limit=50");
    let mut clients = Vec::new();
    let mut bytes = 0;
    for bot in &stage.bots {
        let mut client = stage.server.connect(Some(&bot.token))?;
        let page: serde_json::Value = client.get_json(&path)?;
        let items = page["items"].as_array().map_or(0, Vec::len);
        anyhow::ensure!(items == 50, "a page of {items} messages instead of 50");
        bytes = client.get(&path)?.body.len();
        clients.push(client);
    }
    let meter = Meter::begin(stage.server.pid(), None);
    let (rate, mut samples) = closed_loop(clients, bench.warm_up(), bench.time, |client| {
        client.get(&path)?.ensure_success()
    })?;
    let usage = meter.end();
    stage.server.stop()?;
    let note = format!(
        "{READERS} readers, {bytes} bytes a page; {}; {:.3} ms of server \
         processor each; {}; filled at {:.0} messages/s",
        samples.describe(),
        usage.milliseconds_each(rate).unwrap_or_default(),
        usage.note(),
        messages as f64 / filling.as_secs_f64(),
    );
    let what = format!("newest 50 messages of a channel of {messages}");
    let row = Row::new("history", what, rate, "requests/s");
    Ok(vec![row.goal(Goal::AtLeast(5_000.0)).note(note)])
}
