//! People talking over sockets, as a load: who sends, how many at once, and what everyone received.
//!
//! Frames are not parsed but searched for the few bytes needed: their type, their seq, and the time
//! that a message's text begins with.

use crate::{
    sample::Samples,
    swarm::{Listener, Outbox, Swarm, shown},
};
use anyhow::bail;
use memchr::memmem::Finder;
use std::{
    collections::VecDeque,
    fmt::Write as _,
    time::{Duration, Instant},
};
use tenon_protocol::ChannelId;
use uuid::Uuid;

/// Bytes of every message's text.
pub const TEXT_BYTES: usize = 200;
/// A text begins with its send time: so many digits, microseconds since the run's epoch.
const TIME_DIGITS: usize = 16;
/// Limit: waiting for the last deliveries of a run, once nothing more is sent.
pub const DRAIN_TIME_MAX: Duration = Duration::from_secs(30);

/// One socket that sends to one channel.
pub struct Sender {
    pub socket: usize,
    pub channel: ChannelId,
    /// When the unanswered commands were sent, oldest first.
    sent: VecDeque<Instant>,
}

/// What is going on, and what was seen of it.
pub struct Talk {
    epoch: Instant,
    senders: Vec<Sender>,
    /// Index into `senders` by socket.
    sender_of: Vec<Option<usize>>,
    sockets: Vec<Seen>,
    finder: Finder<'static>,
    frame: String,
    /// Size of each text that is sent.
    pub text_bytes: usize,
    /// Answers are followed by the next message while true.
    pub sending: bool,
    /// No more than so many are sent.
    pub send_max: u64,
    pub count: Count,
    /// From sending to the confirmation.
    pub accepted: Samples,
    /// From the time in the text to the delivery.
    pub delivered: Samples,
    /// Deliveries that [`Talk::drain`] waits for.
    expected: Option<u64>,
}

/// Totals so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
    pub sent: u64,
    pub confirmed: u64,
    pub deliveries: u64,
    /// Of deliveries, as text frames without their heads.
    pub bytes: u64,
    /// Frames that came to a socket with a seq not above the one before.
    pub disorder: u64,
}

#[derive(Clone, Copy, Default)]
struct Seen {
    seq: i64,
}

impl Talk {
    /// Nobody sends yet. `sockets` is the number of sockets of the swarm.
    pub fn new(sockets: usize) -> Self {
        Self {
            epoch: Instant::now(),
            senders: Vec::new(),
            sender_of: vec![None; sockets],
            sockets: vec![Seen::default(); sockets],
            finder: Finder::new(br#""text":""#),
            frame: String::new(),
            text_bytes: TEXT_BYTES,
            sending: false,
            send_max: u64::MAX,
            count: Count::default(),
            accepted: Samples::default(),
            delivered: Samples::default(),
            expected: None,
        }
    }

    /// Microseconds since this run began, as texts carry them.
    pub fn micros(&self, at: Instant) -> u64 {
        at.saturating_duration_since(self.epoch).as_micros() as u64
    }

    pub fn epoch(&self) -> Instant {
        self.epoch
    }

    pub fn add_sender(&mut self, socket: usize, channel: ChannelId) {
        self.sender_of[socket] = Some(self.senders.len());
        self.senders.push(Sender {
            socket,
            channel,
            sent: VecDeque::new(),
        });
    }

    /// Every sender sends so many messages; each answer is followed by the next one.
    pub fn begin(&mut self, swarm: &mut Swarm, window: usize) -> anyhow::Result<()> {
        self.sending = true;
        for _ in 0..window {
            for index in 0..self.senders.len() {
                self.send(index, &mut swarm.outbox())?;
            }
        }
        Ok(())
    }

    /// Forgets the latencies so far, before the part of a run that counts.
    pub fn forget_samples(&mut self) {
        self.accepted = Samples::default();
        self.delivered = Samples::default();
    }

    /// Stops sending and waits until every message sent has been confirmed and has reached
    /// `audience` sockets. Returns how many deliveries are missing at the limit.
    pub fn drain(
        &mut self,
        swarm: &mut Swarm,
        audience: u64,
        limit: Duration,
    ) -> anyhow::Result<u64> {
        self.sending = false;
        let expected = self.count.sent * audience;
        self.expected = Some(expected);
        swarm.run(Instant::now() + limit, self)?;
        self.expected = None;
        Ok(expected.saturating_sub(self.count.deliveries))
    }

    fn send(&mut self, sender: usize, outbox: &mut Outbox<'_>) -> anyhow::Result<()> {
        if !self.sending || self.count.sent >= self.send_max {
            return Ok(());
        }
        let now = Instant::now();
        let micros = self.micros(now);
        let Sender {
            socket,
            channel,
            sent,
        } = &mut self.senders[sender];
        write_post(&mut self.frame, *channel, micros, self.text_bytes);
        sent.push_back(now);
        self.count.sent += 1;
        outbox.send(*socket, self.frame.as_bytes())
    }

    fn take_entry(&mut self, socket: usize, text: &[u8], at: Instant) -> anyhow::Result<()> {
        let Some(seq) = entry_seq(text) else {
            bail!("an entry without seq: {}", shown(text))
        };
        let Some(micros) = sent_micros(&self.finder, text) else {
            return Ok(());
        };
        let seen = &mut self.sockets[socket];
        if seq <= seen.seq {
            self.count.disorder += 1;
        }
        seen.seq = seq;
        self.count.deliveries += 1;
        self.count.bytes += text.len() as u64;
        self.delivered
            .push_micros(self.micros(at).saturating_sub(micros));
        Ok(())
    }

    fn take_done(
        &mut self,
        socket: usize,
        at: Instant,
        outbox: &mut Outbox<'_>,
    ) -> anyhow::Result<()> {
        self.count.confirmed += 1;
        let Some(sender) = self.sender_of[socket] else {
            return Ok(());
        };
        if let Some(sent) = self.senders[sender].sent.pop_front() {
            self.accepted.push(at.saturating_duration_since(sent));
        }
        self.send(sender, outbox)
    }
}

impl Listener for Talk {
    fn frame(
        &mut self,
        socket: usize,
        text: &[u8],
        at: Instant,
        outbox: &mut Outbox<'_>,
    ) -> anyhow::Result<()> {
        match frame_kind(text) {
            Kind::Entry => self.take_entry(socket, text, at),
            Kind::Done => self.take_done(socket, at, outbox),
            Kind::Refused => bail!("the server refused: {}", shown(text)),
            Kind::Other => Ok(()),
        }
    }

    fn finished(&self) -> bool {
        let confirmed = self.count.confirmed >= self.count.sent;
        match self.expected {
            Some(expected) => confirmed && self.count.deliveries >= expected,
            None => self.count.confirmed >= self.send_max,
        }
    }
}

/// Which kind of frame it is, as far as a driver cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Entry,
    Done,
    Refused,
    Other,
}

const TYPE: &[u8] = br#"{"type":""#;

/// By the beginning of the frame: `type` is its first field.
pub fn frame_kind(text: &[u8]) -> Kind {
    match text.strip_prefix(TYPE) {
        Some([b'e', b'n', b't', b'r', b'y', b'"', ..]) => Kind::Entry,
        Some([b'd', b'o', b'n', b'e', b'"', ..]) => Kind::Done,
        Some([b'r', b'e', b'f', b'u', b's', b'e', b'd', b'"', ..]) => Kind::Refused,
        _ => Kind::Other,
    }
}

/// The seq of an `entry` or a `mark`: it follows the type.
pub fn entry_seq(text: &[u8]) -> Option<i64> {
    let rest = text.strip_prefix(TYPE)?;
    let rest = rest
        .strip_prefix(b"entry")
        .or_else(|| rest.strip_prefix(b"mark"))?;
    digits(rest.strip_prefix(br#"","seq":"#)?).map(|number| number as i64)
}

/// The time that the text of a message begins with; None for entries that carry none.
fn sent_micros(finder: &Finder<'_>, text: &[u8]) -> Option<u64> {
    let begin = finder.find(text)? + finder.needle().len();
    let time = text.get(begin..begin + TIME_DIGITS)?;
    time.iter()
        .all(u8::is_ascii_digit)
        .then(|| digits(time))
        .flatten()
}

fn digits(text: &[u8]) -> Option<u64> {
    let count = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let value = |sum: u64, byte: &u8| sum * 10 + u64::from(byte - b'0');
    (1..=18)
        .contains(&count)
        .then(|| text[..count].iter().fold(0, value))
}

/// Prints the frame that posts a message of so many bytes, over what was there.
pub fn write_post(frame: &mut String, channel: ChannelId, micros: u64, text_bytes: usize) {
    const WORDS: &str = "we ship the new board today, please have a look at the columns and tell \
                         me what is still missing before the call with the customer at four in \
                         the afternoon, thank you all very much indeed, more soon";
    frame.clear();
    let (request, id) = (Uuid::now_v7(), Uuid::now_v7());
    let size = text_bytes - TIME_DIGITS - 1;
    let (whole, rest) = (size / WORDS.len(), size % WORDS.len());
    // Writing to a text cannot fail.
    let _ = write!(
        frame,
        r#"{{"type":"command","request_id":"{request}","command":{{"type":"post_message","#
    );
    let _ = write!(
        frame,
        r#""id":"{id}","channel":"{channel}","text":"{micros:016} "#
    );
    (0..whole).for_each(|_| frame.push_str(WORDS));
    frame.push_str(&WORDS[..rest]);
    frame.push_str(r#""}}"#);
}

/// The first frame of a socket.
pub fn hello(token: &str, after: Option<i64>) -> String {
    let after = after.map_or("null".to_owned(), |seq| seq.to_string());
    format!(r#"{{"type":"hello","after":{after},"token":"{token}"}}"#)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenon_protocol::{
        Command, Event, MemberId, MessageId, RequestId, Scope, Timestamp,
        command::Outcome,
        frame::{ClientFrame, ServerFrame},
        limit::MESSAGE_TEXT_BYTES_MAX,
        message::Message,
    };

    fn posted(text: &str, seq: i64) -> String {
        let (author, channel) = (MemberId::new(), ChannelId::new());
        let message = serde_json::json!({
            "id": MessageId::new(), "seq": seq, "channel": channel, "author": author,
            "at": Timestamp::UNIX_EPOCH, "text": text,
        });
        let message: Message = serde_json::from_value(message).unwrap();
        let frame = ServerFrame::Entry {
            seq,
            scope: Scope::Channel(channel),
            scope_seq: 3,
            at: Timestamp::UNIX_EPOCH,
            actor: author,
            event: Box::new(Event::MessagePosted { message }),
        };
        serde_json::to_string(&frame).unwrap()
    }

    #[test]
    fn posts_are_commands_of_the_protocol_with_texts_of_the_size() {
        let channel = ChannelId::new();
        let mut frame = "old".to_owned();
        for size in [TEXT_BYTES, MESSAGE_TEXT_BYTES_MAX] {
            write_post(&mut frame, channel, 1_234_567, size);
            let ClientFrame::Command {
                command: Command::PostMessage(post),
                ..
            } = serde_json::from_str(&frame).unwrap()
            else {
                panic!("not a post: {frame}");
            };
            assert_eq!(post.channel, Some(channel));
            assert_eq!(post.text.len(), size);
            assert!(post.text.starts_with("0000000001234567 "), "{}", post.text);
        }
    }

    #[test]
    fn hellos_are_of_the_protocol() {
        for (after, text) in [(None, "null"), (Some(7), "7")] {
            let frame = hello("secret", after);
            assert!(frame.contains(&format!(r#""after":{text},"#)));
            let parsed = serde_json::from_str(&frame).unwrap();
            let ClientFrame::Hello { after: read, token } = parsed else {
                panic!("{frame}")
            };
            assert_eq!((read, token.as_deref()), (after, Some("secret")));
        }
    }

    #[test]
    fn the_frames_of_the_protocol_are_recognised() {
        let finder = Finder::new(br#""text":""#);
        let entry = posted("0000000000000042 hello", 17);
        assert_eq!(frame_kind(entry.as_bytes()), Kind::Entry);
        assert_eq!(entry_seq(entry.as_bytes()), Some(17));
        assert_eq!(sent_micros(&finder, entry.as_bytes()), Some(42));
        assert_eq!(sent_micros(&finder, posted("hi", 1).as_bytes()), None);

        let request_id = RequestId::new();
        let done = ServerFrame::Done {
            request_id,
            seq: 5,
            result: Outcome::default(),
        };
        let done = serde_json::to_string(&done).unwrap();
        assert_eq!(frame_kind(done.as_bytes()), Kind::Done);
        let mark = serde_json::to_string(&ServerFrame::Mark { seq: 9 }).unwrap();
        assert_eq!(
            (frame_kind(mark.as_bytes()), entry_seq(mark.as_bytes())),
            (Kind::Other, Some(9))
        );
        let refused = ServerFrame::Refused {
            request_id,
            code: tenon_protocol::ErrorCode::NotFound,
            message: String::new(),
            field: None,
            retry_after_ms: None,
            task: None,
        };
        let refused = serde_json::to_string(&refused).unwrap();
        assert_eq!(frame_kind(refused.as_bytes()), Kind::Refused);
    }
}
