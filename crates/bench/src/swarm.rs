//! Many WebSockets read by one thread: the load driver's side of the sync socket.
//!
//! One large buffer serves all sockets, frames are found in place and handed to a [`Listener`];
//! only a frame that is cut off at the end of a read is kept with its socket.

use crate::websocket::{self, CONTINUATION, PING, PONG, TEXT};
use anyhow::{Context as _, bail};
use mio::{Events, Interest, Poll, Token, net::TcpStream};
use std::{
    io::{ErrorKind, Read as _, Write as _},
    net::SocketAddr,
    os::fd::AsFd as _,
    time::{Duration, Instant},
};

/// Limit: one frame of the server, bytes.
const FRAME_BYTES_MAX: usize = 1 << 20;
/// Limit: sockets whose handshake is under way at once. Fewer than a listening socket's backlog,
/// whose overflow would cost a second each.
const OPENING_MAX: usize = 256;
/// Limit: no frame at all for so long while something is awaited is a failure.
const SILENCE_MAX: Duration = Duration::from_secs(30);

/// Takes what the sockets receive.
pub trait Listener {
    /// One text frame; `at` is when its batch was read.
    fn frame(
        &mut self,
        socket: usize,
        text: &[u8],
        at: Instant,
        outbox: &mut Outbox<'_>,
    ) -> anyhow::Result<()>;

    /// Ends [`Swarm::run`] early.
    fn finished(&self) -> bool {
        false
    }
}

/// Answers go out through this.
pub struct Outbox<'a> {
    sockets: &'a mut [Socket],
}

/// The sockets.
pub struct Swarm {
    poll: Poll,
    events: Events,
    sockets: Vec<Socket>,
    buffer: Vec<u8>,
    /// Sockets that have had their first frame.
    greeted: usize,
}

struct Socket {
    stream: TcpStream,
    stage: Stage,
    /// The beginning of a frame whose end has not come yet.
    rest: Vec<u8>,
    /// The fragments so far of a message in several.
    message: Vec<u8>,
    /// What the kernel would not take yet.
    unsent: Vec<u8>,
}

enum Stage {
    /// Sent the upgrade, then says this.
    Upgrading(Vec<u8>),
    /// Said hello.
    Greeting,
    Open,
}

impl Swarm {
    pub fn new() -> anyhow::Result<Self> {
        Ok(Self {
            poll: Poll::new()?,
            events: Events::with_capacity(1024),
            sockets: Vec::new(),
            buffer: vec![0; FRAME_BYTES_MAX],
            greeted: 0,
        })
    }

    /// Opens a socket for each hello and returns when all are welcome. Frames after the welcome
    /// go to the listener.
    pub fn open(
        &mut self,
        address: SocketAddr,
        hellos: Vec<String>,
        listener: &mut impl Listener,
    ) -> anyhow::Result<()> {
        for hello in hellos {
            while self.sockets.len() - self.greeted >= OPENING_MAX {
                self.wait(SILENCE_MAX, listener)?;
            }
            self.connect(address, hello)?;
        }
        while self.greeted < self.sockets.len() {
            self.wait(SILENCE_MAX, listener)?;
        }
        Ok(())
    }

    /// Reads until the listener has finished (true) or the deadline has passed (false).
    pub fn run(&mut self, deadline: Instant, listener: &mut impl Listener) -> anyhow::Result<bool> {
        while !listener.finished() {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(false);
            }
            self.poll_once(left, listener)?;
        }
        Ok(true)
    }

    pub fn outbox(&mut self) -> Outbox<'_> {
        Outbox {
            sockets: &mut self.sockets,
        }
    }

    /// A second handle on a socket, for a thread that sends on a schedule. It does not block.
    pub fn clone_stream(&self, socket: usize) -> anyhow::Result<std::net::TcpStream> {
        Ok(self.sockets[socket]
            .stream
            .as_fd()
            .try_clone_to_owned()?
            .into())
    }

    fn connect(&mut self, address: SocketAddr, hello: String) -> anyhow::Result<()> {
        let stream = std::net::TcpStream::connect(address).context("cannot connect")?;
        stream.set_nodelay(true)?;
        (&stream).write_all(
            websocket::upgrade_request(&address.to_string(), "/api/v1/sync").as_bytes(),
        )?;
        stream.set_nonblocking(true)?;
        let mut stream = TcpStream::from_std(stream);
        let token = Token(self.sockets.len());
        let interest = Interest::READABLE | Interest::WRITABLE;
        self.poll
            .registry()
            .register(&mut stream, token, interest)?;
        let mut frame = Vec::new();
        websocket::write_masked(TEXT, hello.as_bytes(), &mut frame);
        let stage = Stage::Upgrading(frame);
        self.sockets.push(Socket {
            stream,
            stage,
            rest: Vec::new(),
            message: Vec::new(),
            unsent: Vec::new(),
        });
        Ok(())
    }

    fn wait(&mut self, limit: Duration, listener: &mut impl Listener) -> anyhow::Result<()> {
        if !self.poll_once(limit, listener)? {
            bail!("the server was silent for {} s", limit.as_secs());
        }
        Ok(())
    }

    /// One round over the sockets that are ready; false when none was in time.
    fn poll_once(&mut self, limit: Duration, listener: &mut impl Listener) -> anyhow::Result<bool> {
        match self.poll.poll(&mut self.events, Some(limit)) {
            Err(error) if error.kind() == ErrorKind::Interrupted => return Ok(true),
            result => result?,
        }
        let at = Instant::now();
        let Self {
            events,
            sockets,
            buffer,
            greeted,
            ..
        } = self;
        for event in events.iter() {
            let index = event.token().0;
            if event.is_writable() && !sockets[index].unsent.is_empty() {
                sockets[index].flush()?;
            }
            if event.is_readable() || event.is_read_closed() {
                let mut reading = Reading {
                    sockets,
                    buffer,
                    greeted,
                    index,
                    at,
                };
                reading
                    .drain(listener)
                    .with_context(|| format!("socket {index}"))?;
            }
        }
        Ok(!events.is_empty())
    }
}

impl Outbox<'_> {
    /// Sends one text frame now, or as soon as the kernel takes it.
    pub fn send(&mut self, socket: usize, text: &[u8]) -> anyhow::Result<()> {
        self.send_frame(socket, TEXT, text)
    }

    fn send_frame(&mut self, socket: usize, opcode: u8, payload: &[u8]) -> anyhow::Result<()> {
        let socket = &mut self.sockets[socket];
        let idle = socket.unsent.is_empty();
        websocket::write_masked(opcode, payload, &mut socket.unsent);
        if idle { socket.flush() } else { Ok(()) }
    }
}

impl Socket {
    fn flush(&mut self) -> anyhow::Result<()> {
        let mut sent = 0;
        while sent < self.unsent.len() {
            match self.stream.write(&self.unsent[sent..]) {
                Ok(0) => bail!("the server closed the socket"),
                Ok(size) => sent += size,
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        self.unsent.drain(..sent);
        Ok(())
    }
}

/// One socket's turn.
struct Reading<'a> {
    sockets: &'a mut Vec<Socket>,
    buffer: &'a mut [u8],
    greeted: &'a mut usize,
    index: usize,
    at: Instant,
}

impl Reading<'_> {
    /// Reads and hands out until there is no more. Readiness is edge-triggered, so it must.
    fn drain(&mut self, listener: &mut impl Listener) -> anyhow::Result<()> {
        loop {
            let socket = &mut self.sockets[self.index];
            let kept = socket.rest.len();
            if kept == self.buffer.len() {
                bail!("the server sent a frame of more than {FRAME_BYTES_MAX} bytes");
            }
            self.buffer[..kept].copy_from_slice(&socket.rest);
            let size = match socket.stream.read(&mut self.buffer[kept..]) {
                Ok(0) => bail!("the server closed the socket"),
                Ok(size) => size,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error.into()),
            };
            let filled = kept + size;
            let used = self.take(filled, listener)?;
            let rest = &mut self.sockets[self.index].rest;
            rest.clear();
            rest.extend_from_slice(&self.buffer[used..filled]);
            // A short read from a stream means that the kernel has nothing left.
            if filled < self.buffer.len() {
                return Ok(());
            }
        }
    }

    /// Hands out the whole frames among the first `filled` bytes; returns how many bytes they took.
    fn take(&mut self, filled: usize, listener: &mut impl Listener) -> anyhow::Result<usize> {
        let mut used = self.finish_upgrade(filled)?;
        if matches!(self.sockets[self.index].stage, Stage::Upgrading(_)) {
            return Ok(0);
        }
        while let Some(frame) = websocket::parse(&self.buffer[used..filled])? {
            used += frame.len;
            match frame.opcode {
                TEXT if frame.last => {
                    let turn = (self.index, self.at);
                    hand_out(self.sockets, self.greeted, turn, frame.payload, listener)?;
                }
                TEXT | CONTINUATION => {
                    let message = &mut self.sockets[self.index].message;
                    message.extend_from_slice(frame.payload);
                    if frame.last {
                        let message = std::mem::take(message);
                        let turn = (self.index, self.at);
                        hand_out(self.sockets, self.greeted, turn, &message, listener)?;
                    }
                }
                PING => {
                    let mut outbox = Outbox {
                        sockets: self.sockets,
                    };
                    outbox.send_frame(self.index, PONG, frame.payload)?;
                }
                PONG => {}
                websocket::CLOSE => bail!("the server closed: {}", shown(frame.payload)),
                other => bail!("the server sent a frame of kind {other}"),
            }
        }
        Ok(used)
    }

    /// Says hello once the upgrade is answered; returns the bytes that the answer took.
    fn finish_upgrade(&mut self, filled: usize) -> anyhow::Result<usize> {
        let socket = &mut self.sockets[self.index];
        let Stage::Upgrading(hello) = &mut socket.stage else {
            return Ok(0);
        };
        let Some(used) = websocket::upgrade_answer(&self.buffer[..filled])? else {
            return Ok(0);
        };
        socket.unsent = std::mem::take(hello);
        socket.stage = Stage::Greeting;
        socket.flush()?;
        Ok(used)
    }
}

/// One whole message: the first is the welcome, the others are the listener's.
fn hand_out(
    sockets: &mut [Socket],
    greeted: &mut usize,
    (index, at): (usize, Instant),
    text: &[u8],
    listener: &mut impl Listener,
) -> anyhow::Result<()> {
    if matches!(sockets[index].stage, Stage::Open) {
        return listener.frame(index, text, at, &mut Outbox { sockets });
    }
    if !text.starts_with(br#"{"type":"welcome""#) {
        bail!("the server did not welcome: {}", shown(text));
    }
    sockets[index].stage = Stage::Open;
    *greeted += 1;
    // Freed: a welcome is large, thousands of sockets would keep its room.
    sockets[index].rest = Vec::new();
    Ok(())
}

/// The beginning of what the server said, for an error.
pub fn shown(text: &[u8]) -> String {
    String::from_utf8_lossy(&text[..text.len().min(500)]).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    #[derive(Default)]
    struct Collector {
        texts: Vec<String>,
    }

    impl Listener for Collector {
        fn frame(
            &mut self,
            _socket: usize,
            text: &[u8],
            _at: Instant,
            outbox: &mut Outbox<'_>,
        ) -> anyhow::Result<()> {
            self.texts.push(String::from_utf8(text.to_vec())?);
            outbox.send(0, b"heard")
        }

        fn finished(&self) -> bool {
            self.texts.len() == 2
        }
    }

    /// Plays the server: answers the upgrade, writes these bytes after hello, returns what came.
    fn play(bytes: Vec<u8>, answers: usize) -> (SocketAddr, std::thread::JoinHandle<Vec<u8>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut heard = vec![0; 4096];
            let size = stream.read(&mut heard).unwrap();
            assert!(heard[..size].ends_with(b"\r\n\r\n"));
            stream
                .write_all(b"HTTP/1.1 101 Switching Protocols\r\n\r\n")
                .unwrap();
            let hello = stream.read(&mut heard).unwrap();
            assert_eq!(hello, 6 + "hello".len());
            // In pieces that cut frames anywhere.
            for piece in bytes.chunks(7) {
                stream.write_all(piece).unwrap();
            }
            let mut heard = vec![0; answers];
            stream.read_exact(&mut heard).unwrap();
            heard
        });
        (address, server)
    }

    #[test]
    fn fragments_become_one_text_and_pings_between_them_are_answered() {
        let mut bytes = Vec::new();
        let mut fragment = |first: u8, payload: &[u8]| {
            bytes.extend_from_slice(&[first, payload.len() as u8]);
            bytes.extend_from_slice(payload);
        };
        fragment(TEXT, br#"{"type":"wel"#);
        fragment(0x80 | CONTINUATION, br#"come"}"#);
        fragment(0x80 | TEXT, b"whole");
        fragment(TEXT, b"one ");
        fragment(0x80 | PING, b"?");
        fragment(CONTINUATION, b"two ");
        fragment(0x80 | CONTINUATION, b"three");
        let answers = 2 * (6 + "heard".len()) + 6 + "?".len();
        let (address, server) = play(bytes, answers);
        let (mut swarm, mut collector) = (Swarm::new().unwrap(), Collector::default());
        swarm
            .open(address, vec!["hello".into()], &mut collector)
            .unwrap();
        let finished = swarm
            .run(Instant::now() + SILENCE_MAX, &mut collector)
            .unwrap();
        assert!(finished);
        assert_eq!(collector.texts, ["whole", "one two three"]);
        let heard = server.join().unwrap();
        assert_eq!(heard[11], 0x80 | PONG, "{heard:?}");
    }

    #[test]
    fn a_socket_that_is_not_welcome_is_an_error_with_the_servers_words() {
        let mut bytes = Vec::new();
        websocket::write_unmasked(TEXT, br#"{"type":"closed","code":"no"}"#, &mut bytes);
        let (address, server) = play(bytes, 0);
        let mut swarm = Swarm::new().unwrap();
        let result = swarm.open(address, vec!["hello".into()], &mut Collector::default());
        let error = format!("{:#}", result.unwrap_err());
        assert!(error.contains(r#""code":"no""#), "{error}");
        server.join().unwrap();
    }
}
