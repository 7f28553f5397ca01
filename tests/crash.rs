//! `kill -9` under load, again and again (P1, P2, P3): what was acknowledged is there, what was
//! retried is there once, and everyone saw one order.

use crate::support::{
    Database, Member, Server, Stage, program,
    stage::{all_pages, post},
};
use rand::{Rng, SeedableRng, rngs::StdRng};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tenon_protocol::{
    ChannelId, Command, ErrorCode, Event, MemberId, MessageId, RequestId,
    channel::{AddChannelMember, ChannelKind},
    message::PostMessage,
};
use tokio::sync::watch;

on_both!(nothing_acknowledged_is_lost_in_fifty_crashes);

const ROUNDS: usize = 50;
const WRITERS: usize = 6;
/// New messages of one writer in one round.
const QUOTA: usize = 12;
/// Commands of one writer that wait for their answers.
const IN_FLIGHT: usize = 6;

struct Writer {
    member: Member,
    channel: ChannelId,
    rng: StdRng,
    /// Sent, and to be sent again until an answer is believed.
    pending: BTreeMap<RequestId, MessageId>,
    sent: BTreeSet<MessageId>,
    acknowledged: BTreeSet<MessageId>,
    /// What every answer said, also the ignored ones.
    seqs: HashMap<MessageId, i64>,
}

async fn nothing_acknowledged_is_lost_in_fifty_crashes(database: Database) {
    let mut stage = Stage::open(database).await;
    let room = stage.channel("load", ChannelKind::Private, &[]).await;
    let mut writers = writers(&mut stage, room).await;
    let mut rng = StdRng::seed_from_u64(50);
    for _ in 0..ROUNDS {
        let target = rng.random_range(1..=WRITERS * QUOTA);
        let mut server = stage.take_server();
        writers = round(writers, &mut server, target).await;
        let mut members: Vec<&mut Member> = writers.iter_mut().map(|it| &mut it.member).collect();
        stage.start(&mut members).await;
    }
    for writer in &mut writers {
        writer.finish().await;
    }
    stage.owner.connect().await;
    check(&mut stage, &mut writers, room).await;
    let mut members: Vec<&mut Member> = writers.iter_mut().map(|it| &mut it.member).collect();
    stage.end(&mut members).await;
}

async fn writers(stage: &mut Stage, room: ChannelId) -> Vec<Writer> {
    let count = WRITERS.to_string();
    let args = ["token", "create", "--bots", &count, "--prefix", "writer"];
    let tokens = program::run_well(&stage.database, &args).await;
    let mut writers = Vec::new();
    for (n, token) in tokens.lines().enumerate() {
        let address = stage.owner.address;
        let mut member = Member::new(address, MemberId::new(), "writer", "", token);
        let me = member.get("/me").await.ok().json();
        member.id = me["member"]["id"].as_str().unwrap().parse().unwrap();
        let add = AddChannelMember {
            channel: room,
            member: member.id,
        };
        stage.owner.run(Command::AddChannelMember(add)).await;
        member.connect().await;
        writers.push(Writer {
            member,
            channel: room,
            rng: StdRng::seed_from_u64(n as u64),
            pending: BTreeMap::new(),
            sent: BTreeSet::new(),
            acknowledged: BTreeSet::new(),
            seqs: HashMap::new(),
        });
    }
    writers
}

/// Everyone writes; after `target` answers the server is killed in the midst of it.
async fn round(writers: Vec<Writer>, server: &mut Server, target: usize) -> Vec<Writer> {
    let (answered, mut count) = watch::channel(0);
    let mut tasks = Vec::new();
    for mut writer in writers {
        let answered = answered.clone();
        tasks.push(tokio::spawn(async move {
            writer.write_until_cut(&answered).await;
            writer
        }));
    }
    count.wait_for(|count| *count >= target).await.unwrap();
    server.kill_now().await;
    let mut back = Vec::new();
    for task in tasks {
        back.push(task.await.unwrap());
    }
    back
}

impl Writer {
    async fn write_until_cut(&mut self, answered: &watch::Sender<usize>) {
        let cursor = self.member.replica().seq;
        if self.member.try_connect(Some(cursor)).await.is_none() {
            // The server was killed before this writer had come.
            return;
        }
        let mut again: Vec<RequestId> = self.pending.keys().copied().collect();
        let (mut left, mut waiting) = (QUOTA, 0);
        loop {
            while waiting < IN_FLIGHT && (left > 0 || !again.is_empty()) {
                let request = again.pop().unwrap_or_else(|| {
                    left -= 1;
                    self.think()
                });
                if self.send(request).await.is_err() {
                    return;
                }
                waiting += 1;
            }
            let Ok((request, answer)) = self.member.next_answer().await else {
                return;
            };
            waiting -= 1;
            match answer {
                Ok(done) => self.hear(request, done.seq),
                Err(refused) => assert_eq!(refused.code, ErrorCode::Unavailable),
            }
            answered.send_modify(|count| *count += 1);
        }
    }

    fn think(&mut self) -> RequestId {
        let (request, message) = (RequestId::new(), MessageId::new());
        self.pending.insert(request, message);
        self.sent.insert(message);
        request
    }

    async fn send(&mut self, request: RequestId) -> Result<(), impl std::fmt::Debug> {
        let id = self.pending[&request];
        let Command::PostMessage(wish) = post(self.channel, format!("消息 {id}")) else {
            unreachable!("a post")
        };
        self.member
            .ask(request, Command::PostMessage(PostMessage { id, ..wish }))
            .await
    }

    /// A third of the answers is ignored, as if it had been lost on the way.
    fn hear(&mut self, request: RequestId, seq: i64) {
        let message = self.pending[&request];
        let said = *self.seqs.entry(message).or_insert(seq);
        assert_eq!(said, seq, "a retry has another effect");
        if self.rng.random_range(0..3) > 0 {
            self.pending.remove(&request);
            self.acknowledged.insert(message);
        }
    }

    /// Sends again what no answer was believed for.
    async fn finish(&mut self) {
        self.member.connect().await;
        while let Some(request) = self.pending.keys().next().copied() {
            self.send(request).await.unwrap();
            let done = self.member.answer(request).await.unwrap().unwrap();
            let message = self.pending.remove(&request).unwrap();
            assert_eq!(*self.seqs.entry(message).or_insert(done.seq), done.seq);
            self.acknowledged.insert(message);
        }
    }
}

async fn check(stage: &mut Stage, writers: &mut [Writer], room: ChannelId) {
    let stored = all_pages(&stage.owner, &format!("/channels/{room}/messages")).await;
    let order: Vec<MessageId> = stored.iter().map(|message| message.id).collect();
    let distinct: BTreeSet<MessageId> = order.iter().copied().collect();
    assert_eq!(order.len(), distinct.len(), "a message is there twice");
    let sent: BTreeSet<MessageId> = writers.iter().flat_map(|it| it.sent.clone()).collect();
    let acknowledged: usize = writers.iter().map(|it| it.acknowledged.len()).sum();
    assert!(
        acknowledged > ROUNDS,
        "hardly anything was written: {acknowledged}"
    );
    assert_eq!(distinct, sent, "acknowledged minus stored");
    let seqs: HashMap<MessageId, i64> = stored.iter().map(|it| (it.id, it.seq)).collect();
    for writer in writers {
        for (message, seq) in &writer.seqs {
            assert_eq!(seqs[message], *seq, "an answer named another place");
        }
        writer.member.settle().await;
        let entries = &writer.member.replica().entries;
        let seen: Vec<MessageId> = entries.iter().filter_map(|it| posted(&it.event)).collect();
        let tail = &order[order.len() - seen.len()..];
        assert_eq!(seen, tail, "an observer saw another order");
    }
}

fn posted(event: &Event) -> Option<MessageId> {
    match event {
        Event::MessagePosted { message } => Some(message.id),
        _ => None,
    }
}
