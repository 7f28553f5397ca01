//! `GET /api/v1/sync`: the live connection. One task a socket: it reads commands, hands them to
//! the engine in the order they came, and writes answers and entries, many frames to a flush.
//!
//! Limit: an idle socket holds its buffers, its subscription and little else; whatever is large
//! lives only while it is needed.

mod pulse;
mod wire;

use crate::{
    Shared,
    connection::Peer,
    errors::{Answer, Problem},
    identity::{Client, find_secret},
    limits::{COMMANDS_IN_FLIGHT_MAX, FRAMES_PER_FLUSH_MAX, HELLO_TIMEOUT, signal_rate},
    request::{check_chosen, parse_json},
};
use axum::{
    extract::{Request, State},
    response::Response,
};
use bytes::Bytes;
use futures::{FutureExt, StreamExt, future::BoxFuture, stream::FuturesUnordered};
use governor::DefaultDirectRateLimiter;
use pulse::{Beat, Pulse};
use serde::Deserialize;
use std::{ops::ControlFlow, pin::pin, task::Poll};
use tenon_engine::{Access, Done, Failure, Foreground, Subscription};
use tenon_protocol::{
    Command, ErrorCode, RequestId,
    frame::{ClientFrame, ServerFrame},
};
use tokio::time;
use tokio_tungstenite::tungstenite::{self, Message};
use wire::{Ended, GOODBYE_MAX, Step, Wire, encode, shake_hands, unreadable};

/// Upgrades to a WebSocket. Its frames are `ClientFrame` and `ServerFrame`.
#[utoipa::path(get, path = "/sync", tag = "sync", security(()),
    responses((status = 101, description = "The socket is open; send `hello`.")))]
pub async fn open(
    State(server): State<Shared>,
    client: Client,
    mut request: Request,
) -> Answer<Response> {
    let (upgrade, response) = shake_hands(&mut request)?;
    let secret = find_secret(request.headers());
    if matches!(secret, Some((_, true))) {
        client.check_same_site()?;
    }
    let secret = secret.map(|(secret, _)| secret.to_owned());
    let seat = request
        .extensions_mut()
        .remove::<Peer>()
        .map(|peer| peer.seat);
    tokio::spawn(async move {
        let Ok(upgraded) = upgrade.await else { return };
        let gauge = metrics::gauge!("tenon_sockets");
        gauge.increment(1.0);
        // Boxed, as all that follows: a task is as large as the largest of its moments.
        Box::pin(greet(server, Wire::open(upgraded).await, secret)).await;
        gauge.decrement(1.0);
        drop(seat);
    });
    Ok(response)
}

/// Waits for `hello`, subscribes, and stays until the end.
async fn greet(server: Shared, mut wire: Wire, secret: Option<String>) {
    let begun = Box::pin(begin(&server, &mut wire, secret)).await;
    let Ok((access, subscription)) = begun else {
        return;
    };
    let foreground = subscription.foreground();
    let socket = Socket::new(server, access, wire, foreground);
    Box::pin(live(socket, subscription)).await;
}

async fn begin(
    server: &Shared,
    wire: &mut Wire,
    secret: Option<String>,
) -> Result<(Access, Subscription), Ended> {
    let (after, token) = match time::timeout(HELLO_TIMEOUT, read_hello(wire)).await {
        Ok(Ok(hello)) => hello,
        Ok(Err(problem)) => return Err(wire.close(&problem).await),
        Err(_) => {
            return Err(wire
                .close(&Problem::malformed("No hello came in time."))
                .await);
        }
    };
    let welcomed = async {
        let Some(secret) = token.or(secret) else {
            let message = "Sign in, or send a token in hello.";
            return Err(Problem::new(ErrorCode::Unauthenticated, message));
        };
        let access = server.engine.authenticate(&secret).await?;
        let subscription = server.engine.subscribe(&access, after).await?;
        Ok((access, subscription))
    };
    let (access, mut subscription) = match welcomed.await {
        Ok(welcomed) => welcomed,
        Err(problem) => return Err(wire.close(&problem).await),
    };
    if let Some(welcome) = subscription.take_welcome() {
        wire.feed_parts(welcome).await?;
    }
    wire.flush().await?;
    Ok((access, subscription))
}

async fn read_hello(wire: &mut Wire) -> Answer<(Option<i64>, Option<String>)> {
    loop {
        match wire.hear().await {
            Some(Ok(Message::Text(text))) => {
                return match parse_json(text.as_bytes())? {
                    ClientFrame::Hello { after, token } => Ok((after, token)),
                    ClientFrame::Command { .. }
                    | ClientFrame::Signal(_)
                    | ClientFrame::Foreground { .. } => {
                        Err(Problem::malformed("The first frame must be hello."))
                    }
                };
            }
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => {}
            Some(Ok(Message::Binary(_))) => return Err(not_text()),
            Some(Err(error)) => return Err(unreadable(&error)),
            Some(Ok(Message::Close(_))) | None => {
                return Err(Problem::malformed("The socket closed before hello."));
            }
        }
    }
}

/// Follows the log and answers commands, until either side ends.
async fn live(mut socket: Socket, mut subscription: Subscription) {
    loop {
        let mut frames = Vec::new();
        // Waited for without a break: what it has begun to read is not begun anew.
        let next = subscription.next(&mut frames, FRAMES_PER_FLUSH_MAX);
        let flow = match socket.attend(next).await {
            Ok(flow) => flow,
            Err(Ended) => return,
        };
        if socket.write_all(frames).await.is_err() {
            return;
        }
        if flow.is_break() {
            return Box::pin(socket.finish()).await;
        }
    }
}

/// One open socket, apart from its subscription.
struct Socket {
    server: Shared,
    access: Access,
    foreground: Foreground,
    wire: Wire,
    /// Commands that the engine has and has not answered.
    asked: FuturesUnordered<BoxFuture<'static, ServerFrame>>,
    pulse: Pulse,
    signals: DefaultDirectRateLimiter,
}

/// What a socket woke up for.
enum Woken {
    Heard(Option<Result<Message, tungstenite::Error>>),
    Answered(ServerFrame),
    Rung(Beat),
}

impl Socket {
    fn new(server: Shared, access: Access, wire: Wire, foreground: Foreground) -> Self {
        Self {
            server,
            access,
            foreground,
            wire,
            asked: FuturesUnordered::new(),
            pulse: Pulse::new(),
            signals: signal_rate(),
        }
    }

    /// Serves the client until there is something `next`. Breaks when either side has ended.
    async fn attend(&mut self, next: impl Future<Output = bool>) -> Result<ControlFlow<()>, Ended> {
        let mut next = pin!(next);
        loop {
            // In no fixed order: neither side of a busy socket starves the other.
            let woken = tokio::select! {
                alive = &mut next => return Ok(flow(alive)),
                woken = self.wait() => woken,
            };
            let mut flow = self.handle(woken).await?;
            for _ in 1..FRAMES_PER_FLUSH_MAX {
                let Some(woken) = self.wait().now_or_never() else {
                    break;
                };
                flow = self.handle(woken).await?;
                if flow.is_break() {
                    break;
                }
            }
            if flow.is_continue()
                && let Poll::Ready(alive) = futures::poll!(&mut next)
            {
                // Written with it, in one flush.
                return Ok(self::flow(alive));
            }
            self.wire.flush().await?;
            if flow.is_break() {
                return Ok(flow);
            }
        }
    }

    async fn wait(&mut self) -> Woken {
        let may_read = self.asked.len() < COMMANDS_IN_FLIGHT_MAX;
        tokio::select! {
            Some(frame) = self.asked.next() => Woken::Answered(frame),
            heard = self.wire.hear(), if may_read => Woken::Heard(heard),
            beat = self.pulse.ring() => Woken::Rung(beat),
        }
    }

    async fn handle(&mut self, woken: Woken) -> Result<ControlFlow<()>, Ended> {
        match woken {
            Woken::Answered(frame) => self.wire.feed(encode(&frame)).await?,
            Woken::Heard(Some(Ok(message))) => return self.hear(message).await,
            Woken::Heard(Some(Err(error))) => {
                return Err(self.wire.close(&unreadable(&error)).await);
            }
            Woken::Heard(None) => return Err(Ended),
            Woken::Rung(Beat::Ping) => self.wire.feed_ping().await?,
            Woken::Rung(Beat::GiveUp) => return Err(Ended),
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Writes frames of the subscription, and what has been answered by now, with one flush.
    async fn write_all(&mut self, frames: Vec<Bytes>) -> Step {
        for frame in frames {
            self.wire.feed(frame).await?;
        }
        while let Some(Some(frame)) = self.asked.next().now_or_never() {
            self.wire.feed(encode(&frame)).await?;
        }
        self.wire.flush().await
    }

    async fn hear(&mut self, message: Message) -> Result<ControlFlow<()>, Ended> {
        self.pulse.hear();
        match message {
            // Boxed: a command is large, and gone before the socket idles.
            Message::Text(text) => Box::pin(self.read(&text)).await?,
            Message::Binary(_) => return Err(self.wire.close(&not_text()).await),
            Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => {}
            Message::Close(_) => return Ok(ControlFlow::Break(())),
        }
        Ok(ControlFlow::Continue(()))
    }

    async fn read(&mut self, text: &str) -> Step {
        match parse_json(text.as_bytes()) {
            Ok(ClientFrame::Command {
                request_id,
                command,
            }) => self.ask(request_id, command).await,
            Ok(ClientFrame::Signal(signal)) => {
                // Signals promise nothing: one that is refused is simply not shown.
                if self.signals.check().is_ok() {
                    let _ = self.server.engine.signal(&self.access.actor, signal).await;
                }
                Ok(())
            }
            Ok(ClientFrame::Foreground { active }) => {
                self.foreground.set(active);
                Ok(())
            }
            Ok(ClientFrame::Hello { .. }) => {
                let problem = Problem::malformed("There was a hello already.");
                Err(self.wire.close(&problem).await)
            }
            Err(problem) => match find_request_id(text) {
                Some(request_id) => self.wire.feed(encode(&refused(request_id, problem))).await,
                None => Err(self.wire.close(&problem).await),
            },
        }
    }

    /// Hands a command to the engine. Polled at once: the engine queues what it is asked for
    /// when it is first polled, so commands are executed in the order in which they came.
    async fn ask(&mut self, request_id: RequestId, command: Command) -> Step {
        self.foreground.note_use();
        if let Err(problem) = check_chosen(request_id) {
            return self.wire.feed(encode(&refused(request_id, problem))).await;
        }
        let engine = self.server.engine.clone();
        let actor = self.access.actor;
        let mut answer = Box::pin(async move {
            answer(
                request_id,
                engine.execute(&actor, request_id, command).await,
            )
        });
        match futures::poll!(&mut answer) {
            Poll::Ready(frame) => self.wire.feed(encode(&frame)).await?,
            Poll::Pending => self.asked.push(answer),
        }
        Ok(())
    }

    /// Answers what was asked before the end, if that comes soon, and ends in order.
    async fn finish(&mut self) {
        let answers = async {
            while let Some(frame) = self.asked.next().await {
                self.wire.feed(encode(&frame)).await?;
            }
            self.wire.flush().await
        };
        if let Ok(Ok(())) = time::timeout(GOODBYE_MAX, answers).await {
            self.wire.say_goodbye().await;
        }
    }
}

fn flow(alive: bool) -> ControlFlow<()> {
    match alive {
        true => ControlFlow::Continue(()),
        false => ControlFlow::Break(()),
    }
}

fn answer(request_id: RequestId, executed: Result<Done, Failure>) -> ServerFrame {
    let outcome = if executed.is_ok() { "done" } else { "refused" };
    metrics::counter!("tenon_socket_commands_total", "outcome" => outcome).increment(1);
    match executed {
        Ok(Done { seq, outcome, .. }) => ServerFrame::Done {
            request_id,
            seq,
            result: outcome,
        },
        Err(failure) => refused(request_id, failure.into()),
    }
}

fn refused(request_id: RequestId, problem: Problem) -> ServerFrame {
    let Problem {
        code,
        message,
        field,
        retry_after_ms,
        task,
        // No command has a query.
        fault: _,
        detail,
    } = problem;
    if let Some(detail) = detail {
        tracing::error!(%request_id, %code, detail, "command failed");
    }
    let message = message.into_owned();
    ServerFrame::Refused {
        request_id,
        code,
        message,
        field,
        retry_after_ms,
        task,
    }
}

/// The request that a frame which cannot be read was about, if it says so.
fn find_request_id(text: &str) -> Option<RequestId> {
    #[derive(Deserialize)]
    struct Named {
        request_id: RequestId,
    }
    serde_json::from_str::<Named>(text)
        .ok()
        .map(|named| named.request_id)
}

fn not_text() -> Problem {
    Problem::malformed("Frames are JSON text, not binary.")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Limit: bytes of the future that waits on an idle socket.
    const IDLE_BYTES_MAX: usize = 3 * 1024;

    #[test]
    fn a_bad_command_is_still_known_by_its_request() {
        let id = RequestId::new();
        let text =
            format!(r#"{{"type":"command","request_id":"{id}","command":{{"type":"dance"}}}}"#);
        assert!(parse_json::<ClientFrame>(text.as_bytes()).is_err());
        assert_eq!(find_request_id(&text), Some(id));
        assert_eq!(find_request_id(r#"{"request_id":"7"}"#), None);
        assert_eq!(find_request_id("{"), None);
    }

    fn size<A, B, F>(_: impl FnOnce(A, B) -> F) -> usize {
        size_of::<F>()
    }

    /// Most of what an idle socket costs besides its buffers.
    #[test]
    fn an_idle_socket_is_small() {
        let size = size(live);
        assert!(size <= IDLE_BYTES_MAX, "{size} bytes");
    }

    #[test]
    fn a_failure_is_refused_with_its_code_and_without_its_detail() {
        let id = RequestId::new();
        let frame = answer(id, Err(Failure::Bug("secret".into())));
        let text = String::from_utf8(encode(&frame).to_vec()).unwrap();
        assert!(text.contains(r#""code":"internal""#), "{text}");
        assert!(!text.contains("secret"));
    }
}
