//! A member: signed in, with REST, a real socket, and a replica that the socket keeps current.
//! Nothing runs behind a story's back: frames are read only while the story waits for something.

use super::{
    http::{self, Answer},
    replica::Replica,
};
use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::{collections::HashMap, io, net::SocketAddr};
use tenon_protocol::{
    Command, Entry, ErrorCode, MemberId, Outcome, RequestId,
    frame::{ClientFrame, Mode, ResetReason, ServerFrame, SignalDown},
    snapshot::Snapshot,
    task::Task,
};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message},
};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// A confirmed command.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    pub seq: i64,
    pub result: Outcome,
}

/// A refused command.
#[derive(Clone, Debug)]
pub struct Refused {
    pub code: ErrorCode,
    pub field: Option<String>,
    pub task: Option<Box<Task>>,
}

/// How a socket was welcomed.
#[derive(Clone, Debug)]
pub struct Welcome {
    pub seq: i64,
    pub mode: Mode,
    pub reset: Option<ResetReason>,
    pub online: Vec<MemberId>,
}

pub struct Member {
    pub id: MemberId,
    pub name: String,
    pub email: String,
    pub token: String,
    pub address: SocketAddr,
    replica: Option<Replica>,
    socket: Option<Socket>,
    answers: HashMap<RequestId, Result<Done, Refused>>,
    pub signals: Vec<SignalDown>,
    /// What the server said when it closed the socket.
    pub closed: Option<ErrorCode>,
    resets: Vec<ResetReason>,
}

pub const PASSWORD: &str = "correct horse battery";

impl Member {
    pub fn new(address: SocketAddr, id: MemberId, name: &str, email: &str, token: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            email: email.to_owned(),
            token: token.to_owned(),
            address,
            replica: None,
            socket: None,
            answers: HashMap::new(),
            signals: Vec::new(),
            closed: None,
            resets: Vec::new(),
        }
    }

    /// Who signed in, from the answer to a set-up, a sign-in or an accepted invitation.
    pub fn of(address: SocketAddr, email: &str, answer: &Answer) -> Self {
        let signed_in = answer.json();
        let id = signed_in["member"]["id"].as_str().unwrap().parse().unwrap();
        let name = signed_in["member"]["name"].as_str().unwrap();
        Self::new(
            address,
            id,
            name,
            email,
            signed_in["token"].as_str().unwrap(),
        )
    }

    /// The same member on a further device, signed in anew.
    pub async fn sign_in_again(&self) -> Self {
        let body = json!({"email": self.email, "password": PASSWORD});
        let answer = post_openly(self.address, "/sessions", &body).await.ok();
        Self::of(self.address, &self.email, &answer)
    }

    /// The same session on a socket of its own.
    pub fn twin(&self) -> Self {
        Self::new(self.address, self.id, &self.name, &self.email, &self.token)
    }

    // --- REST

    /// A request as the bearer of the token.
    pub async fn send(&self, method: &str, path: &str, body: &[u8]) -> Answer {
        self.send_with(method, path, body, &[]).await.unwrap()
    }

    pub async fn send_with(
        &self,
        method: &str,
        path: &str,
        body: &[u8],
        headers: &[(&str, &str)],
    ) -> io::Result<Answer> {
        let bearer = format!("Bearer {}", self.token);
        let mut all = vec![
            ("authorization", bearer.as_str()),
            ("content-type", "application/json"),
        ];
        all.extend(headers);
        http::send(self.address, method, &format!("/api/v1{path}"), &all, body).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, b"").await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send("POST", path, body.to_string().as_bytes()).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send("PATCH", path, body.to_string().as_bytes()).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.send("PUT", path, body.to_string().as_bytes()).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send("DELETE", path, b"").await
    }

    pub async fn snapshot(&self) -> Snapshot {
        let mut snapshot: Snapshot = self.get("/snapshot").await.read();
        snapshot.members.sort_by_key(|it| it.id);
        snapshot.groups.sort_by_key(|it| it.id);
        snapshot.channels.sort_by_key(|it| it.id);
        snapshot.memberships.sort_by_key(|it| it.channel);
        snapshot.projects.sort_by_key(|it| it.id);
        snapshot.feeds.sort_by_key(|it| (it.channel, it.project));
        snapshot.channel_settings.sort_by_key(|it| it.channel);
        snapshot.notifications.sort_by_key(|it| it.id);
        snapshot.saved.sort_by_key(|it| it.message);
        snapshot.scheduled.sort_by_key(|it| it.message.id);
        snapshot
    }

    /// Head of the log.
    pub async fn head(&self) -> i64 {
        self.get("/events?limit=1").await.ok().json()["seq"]
            .as_i64()
            .unwrap()
    }

    // --- the socket

    /// Opens the socket from the replica's cursor, or from nothing.
    pub async fn connect(&mut self) -> Welcome {
        self.connect_after(self.cursor()).await
    }

    pub async fn connect_after(&mut self, after: Option<i64>) -> Welcome {
        self.try_connect(after)
            .await
            .unwrap_or_else(|| panic!("closed: {:?}", self.closed))
    }

    /// None if the server is not there, or closed the socket instead of welcoming.
    pub async fn try_connect(&mut self, after: Option<i64>) -> Option<Welcome> {
        let url = format!("ws://{}/api/v1/sync", self.address);
        let (socket, _) = connect_async(url).await.ok()?;
        self.socket = Some(socket);
        (self.closed, self.resets) = (None, Vec::new());
        let token = Some(self.token.clone());
        self.write(&ClientFrame::Hello { after, token })
            .await
            .ok()?;
        let frame = self.read().await.ok()?;
        let ServerFrame::Welcome {
            seq, mode, online, ..
        } = frame
        else {
            self.take(frame).await;
            return None;
        };
        if mode == Mode::Reset {
            while self.resets.is_empty() {
                self.step().await.ok()?;
            }
        }
        Some(Welcome {
            seq,
            mode,
            reset: self.resets.first().copied(),
            online,
        })
    }

    /// Drops the connection, as a network does.
    pub fn disconnect(&mut self) {
        self.socket = None;
        self.answers.clear();
    }

    pub fn is_connected(&self) -> bool {
        self.socket.is_some()
    }

    /// Where the replica stands; none if it never was connected.
    pub fn cursor(&self) -> Option<i64> {
        self.replica.as_ref().map(|replica| replica.seq)
    }

    #[track_caller]
    pub fn replica(&self) -> &Replica {
        self.replica.as_ref().expect("was connected once")
    }

    /// Sends a command without waiting for its answer.
    pub async fn ask(&mut self, request_id: RequestId, command: Command) -> Result<(), Error> {
        self.write(&ClientFrame::Command {
            request_id,
            command,
        })
        .await
    }

    /// Waits for the answer to a command; an error if the connection ends before it comes.
    pub async fn answer(&mut self, request: RequestId) -> Result<Result<Done, Refused>, Error> {
        loop {
            if let Some(answer) = self.answers.remove(&request) {
                return Ok(answer);
            }
            self.step().await?;
        }
    }

    /// Waits for the next answer, whichever command it is to.
    pub async fn next_answer(&mut self) -> Result<(RequestId, Result<Done, Refused>), Error> {
        loop {
            if let Some(request) = self.answers.keys().next().copied() {
                return Ok((request, self.answers.remove(&request).unwrap()));
            }
            self.step().await?;
        }
    }

    /// Posts many messages, many at a time; answers with their seqs.
    pub async fn post_many(
        &mut self,
        channel: tenon_protocol::ChannelId,
        texts: impl IntoIterator<Item = String>,
    ) -> Vec<i64> {
        let mut texts = texts.into_iter();
        let (mut seqs, mut asked) = (Vec::new(), 0);
        loop {
            while asked - seqs.len() < 48
                && let Some(text) = texts.next()
            {
                self.ask(RequestId::new(), super::stage::post(channel, text))
                    .await
                    .unwrap();
                asked += 1;
            }
            if asked == seqs.len() {
                return seqs;
            }
            let (_, answer) = self.next_answer().await.unwrap();
            seqs.push(answer.unwrap().seq);
        }
    }

    /// Does something that must succeed.
    pub async fn run(&mut self, command: Command) -> Done {
        let text = format!("{command:?}");
        let answer = self.try_run(command).await;
        answer.unwrap_or_else(|refused| panic!("{} is refused {refused:?}: {text}", self.name))
    }

    /// Does something that must be refused.
    pub async fn refused(&mut self, command: Command) -> Refused {
        let text = format!("{command:?}");
        match self.try_run(command).await {
            Err(refused) => refused,
            Ok(done) => panic!("{} was not refused but {done:?}: {text}", self.name),
        }
    }

    pub async fn try_run(&mut self, command: Command) -> Result<Done, Refused> {
        self.retry(RequestId::new(), command).await
    }

    /// Does something under this request id.
    pub async fn retry(&mut self, id: RequestId, command: Command) -> Result<Done, Refused> {
        self.ask(id, command).await.unwrap();
        self.answer(id).await.unwrap()
    }

    /// Waits until the replica has reached the log's head of now.
    pub async fn settle(&mut self) {
        let head = self.head().await;
        self.settle_to(head).await;
    }

    pub async fn settle_to(&mut self, seq: i64) {
        while self.replica().seq < seq {
            let step = self.step().await;
            step.unwrap_or_else(|error| panic!("{}: {error}, {:?}", self.name, self.closed));
        }
    }

    /// Waits for the server to close the socket; answers with the code it gave.
    pub async fn wait_closed(&mut self) -> Option<ErrorCode> {
        while self.step().await.is_ok() {}
        self.socket = None;
        self.closed
    }

    /// Waits until an entry has come, also one that came already.
    pub async fn see(&mut self, wanted: impl Fn(&Entry) -> bool) -> Entry {
        loop {
            if let Some(entry) = self
                .replica()
                .entries
                .iter()
                .rev()
                .find(|entry| wanted(entry))
            {
                return entry.clone();
            }
            self.step().await.unwrap();
        }
    }

    /// Reads one frame and takes it.
    pub async fn step(&mut self) -> Result<(), Error> {
        let frame = self.read().await?;
        self.take(frame).await;
        Ok(())
    }

    async fn take(&mut self, frame: ServerFrame) {
        match frame {
            ServerFrame::Welcome { .. } => panic!("a second welcome"),
            ServerFrame::Done {
                request_id,
                seq,
                result,
            } => {
                self.answers.insert(request_id, Ok(Done { seq, result }));
            }
            ServerFrame::Refused {
                request_id,
                code,
                field,
                task,
                ..
            } => {
                self.answers
                    .insert(request_id, Err(Refused { code, field, task }));
            }
            ServerFrame::Entry {
                seq,
                scope,
                scope_seq,
                at,
                actor,
                event,
            } => {
                let event = *event;
                let reload = event.kind() == "access_changed";
                let replica = self
                    .replica
                    .as_mut()
                    .expect("entries come after a snapshot");
                replica.apply(Entry {
                    seq,
                    scope,
                    scope_seq,
                    at,
                    actor,
                    event,
                });
                if reload {
                    self.replica = Some(Replica::load(self.snapshot().await));
                }
            }
            ServerFrame::Mark { seq } => {
                self.replica
                    .as_mut()
                    .expect("marks come after a snapshot")
                    .advance(seq);
            }
            ServerFrame::Signal(signal) => self.signals.push(signal),
            ServerFrame::Reset { reason } => {
                self.resets.push(reason);
                self.replica = Some(Replica::load(self.snapshot().await));
            }
            ServerFrame::Closed { code, .. } => self.closed = Some(code),
        }
    }

    pub async fn write(&mut self, frame: &ClientFrame) -> Result<(), Error> {
        let text = serde_json::to_string(frame).unwrap();
        self.write_text(text).await
    }

    /// Whatever text, well-formed or not.
    pub async fn write_text(&mut self, text: String) -> Result<(), Error> {
        let socket = self.socket.as_mut().ok_or(Error::ConnectionClosed)?;
        socket.send(Message::text(text)).await
    }

    async fn read(&mut self) -> Result<ServerFrame, Error> {
        let socket = self.socket.as_mut().ok_or(Error::ConnectionClosed)?;
        loop {
            match socket.next().await.ok_or(Error::ConnectionClosed)?? {
                Message::Text(text) => {
                    let frame = serde_json::from_str(&text);
                    return Ok(frame.unwrap_or_else(|error| panic!("{error}: {text}")));
                }
                Message::Ping(_) | Message::Pong(_) => {}
                other => {
                    assert!(matches!(other, Message::Close(_)), "{other:?}");
                    return Err(Error::ConnectionClosed);
                }
            }
        }
    }
}

/// A request of somebody who is not signed in.
pub async fn post_openly(address: SocketAddr, path: &str, body: &Value) -> Answer {
    let headers = [("content-type", "application/json")];
    let path = format!("/api/v1{path}");
    http::send(
        address,
        "POST",
        &path,
        &headers,
        body.to_string().as_bytes(),
    )
    .await
    .unwrap()
}
