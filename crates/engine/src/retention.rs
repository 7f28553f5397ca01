//! Retention as it is carried out: erases what is older than its rule, a little at a time, and
//! what goes with it on disk.
//!
//! Every bite is one command and so one transaction: a server that dies between two of them goes
//! on where it was, and one that does a bite again finds nothing to do.

mod preview;
mod trash;

pub(crate) use preview::Retentions;

use crate::{Engine, Failure, bot, execute::now, round::Round};
use futures::FutureExt;
use hashbrown::HashMap;
use parking_lot::Mutex;
use std::time::{Duration, Instant};
use tenon_domain::retention::{cutoff, file_rule_of, rule_of};
use tenon_protocol::{
    ChannelId, Command, MemberId, MessageId, RequestId, Timestamp, WorkspaceId,
    channel::Channel,
    limit::ERASURE_MESSAGES_MAX,
    retention::{EraseFiles, EraseMessages, Retention, Rule},
};
use tenon_store::{
    log,
    retention::{self, Which},
};
use uuid::Uuid;

/// Time between two looks when nothing is due.
const PAUSE: Duration = Duration::from_secs(60);
/// Limit: bites of one look, so that what people write goes between them.
const BITES_MAX: usize = 10;
/// Channels looked at together.
pub(crate) const PAGE: i64 = 500;
/// How long a file that nobody carries is left alone by the sweep after an erasure.
const UNCARRIED_AGE: Duration = Duration::from_secs(24 * 3600);

/// Erases what is due in one workspace.
pub(crate) struct Eraser {
    workspace: WorkspaceId,
    state: Mutex<State>,
}

struct State {
    next: Instant,
    /// Something was erased whose files and pages are still on disk.
    left: bool,
}

impl Eraser {
    pub fn new(workspace: WorkspaceId) -> Self {
        let state = State {
            next: Instant::now(),
            left: false,
        };
        Self {
            workspace,
            state: Mutex::new(state),
        }
    }
}

impl Round for Eraser {
    const WAITS: &'static str = "what is older than its rule";

    async fn look(&self, engine: &Engine) -> Result<(), Failure> {
        let woken = engine.inner.retentions.take_woken(self.workspace);
        if !woken && Instant::now() < self.state.lock().next {
            return Ok(());
        }
        self.state.lock().next = Instant::now() + PAUSE;
        let mut bites = erase_due(engine, self.workspace).await?;
        bites += trash::empty_due(engine, self.workspace, BITES_MAX.saturating_sub(bites)).await?;
        if bites > 0 {
            self.state.lock().left = true;
        }
        if bites >= BITES_MAX {
            self.state.lock().next = Instant::now();
            return Ok(());
        }
        if self.state.lock().left {
            engine.sweep_files(UNCARRIED_AGE).await?;
            let settled = engine.inner.store.settle_pages().await?;
            let mut state = self.state.lock();
            state.left = !settled;
            if !settled {
                state.next = Instant::now();
            }
        }
        Ok(())
    }
}

/// How many bites it took; as many as there may be: there is more to do.
async fn erase_due(engine: &Engine, workspace: WorkspaceId) -> Result<usize, Failure> {
    let retention = engine.policy(workspace).await?.retention;
    let Some(bot) = bot::read(engine, workspace).await? else {
        return Ok(0);
    };
    let mut seqs = Seqs::new(now());
    let mut bites = 0;
    // Without rules in the policy only a channel of its own has any.
    let which = match retention.is_forever() {
        true => Which::Ruled,
        false => Which::All,
    };
    let mut after = ChannelId(Uuid::nil());
    loop {
        let page = list_channels(engine, workspace, which, after).await?;
        let Some(last) = page.last() else {
            return Ok(bites);
        };
        after = last.id;
        for (rule, files, channels) in by_rule(&retention, &page) {
            let seq = seqs.get(engine, workspace, rule).await?;
            let due = engine.inner.store.read(workspace, move |reader| {
                async move { retention::list_due_channels(reader, &channels, seq, files).await }
                    .boxed()
            });
            for channel in due.await? {
                let place = Place {
                    workspace,
                    bot,
                    channel,
                    files,
                };
                bites += erase_in(engine, place, seq, BITES_MAX - bites).await?;
                if bites >= BITES_MAX {
                    return Ok(bites);
                }
            }
        }
    }
}

/// Channels of a page that follow the same rule: for messages, or for files.
fn by_rule(retention: &Retention, page: &[Channel]) -> Vec<(Rule, bool, Vec<Uuid>)> {
    let mut groups: HashMap<(Rule, bool), Vec<Uuid>> = HashMap::new();
    for channel in page {
        let rules = [
            (rule_of(retention, channel), false),
            (file_rule_of(retention, channel), true),
        ];
        for (rule, files) in rules {
            if let Some(rule) = rule {
                groups.entry((rule, files)).or_default().push(channel.id.0);
            }
        }
    }
    let flat = groups.into_iter();
    flat.map(|((rule, files), ids)| (rule, files, ids))
        .collect()
}

#[derive(Clone, Copy)]
struct Place {
    workspace: WorkspaceId,
    bot: MemberId,
    channel: ChannelId,
    files: bool,
}

async fn erase_in(
    engine: &Engine,
    place: Place,
    seq: i64,
    bites_max: usize,
) -> Result<usize, Failure> {
    let actor = bot::internal(place.workspace, place.bot);
    for bite in 0..bites_max {
        let read = engine.inner.store.read(place.workspace, move |reader| {
            let limit = ERASURE_MESSAGES_MAX as i64;
            retention::list_due(reader, place.channel, seq, place.files, limit).boxed()
        });
        let messages = read.await?;
        if messages.is_empty() {
            return Ok(bite);
        }
        let command = command(place, messages);
        match engine.execute(&actor, RequestId::new(), command).await {
            // The clock was set back: what it is now takes none of them.
            Ok(done) if done.events.is_empty() => return Ok(bite),
            Ok(_) => {}
            Err(Failure::Refused(_)) => return Ok(bite),
            Err(failure) => return Err(failure),
        }
    }
    Ok(bites_max)
}

fn command(place: Place, messages: Vec<MessageId>) -> Command {
    let channel = place.channel;
    if place.files {
        Command::EraseFiles(EraseFiles { channel, messages })
    } else {
        Command::EraseMessages(EraseMessages { channel, messages })
    }
}

async fn list_channels(
    engine: &Engine,
    workspace: WorkspaceId,
    which: Which,
    after: ChannelId,
) -> Result<Vec<Channel>, Failure> {
    let read = engine.inner.store.read(workspace, move |reader| {
        async move { retention::list_channels(reader, which, after, PAGE).await }.boxed()
    });
    Ok(read.await?)
}

/// The newest seq that each rule takes, as of one moment.
struct Seqs {
    now: Timestamp,
    known: HashMap<u32, i64>,
}

impl Seqs {
    fn new(now: Timestamp) -> Self {
        let known = HashMap::new();
        Self { now, known }
    }

    async fn get(
        &mut self,
        engine: &Engine,
        workspace: WorkspaceId,
        rule: Rule,
    ) -> Result<i64, Failure> {
        if let Some(seq) = self.known.get(&rule.days) {
            return Ok(*seq);
        }
        let before = cutoff(rule, self.now);
        let read = engine.inner.store.read(workspace, move |reader| {
            async move { log::seq_before(reader, before).await }.boxed()
        });
        let seq = read.await?;
        self.known.insert(rule.days, seq);
        Ok(seq)
    }
}
