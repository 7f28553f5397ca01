//! A stand-in for the operator's mail server. It speaks SMTP (RFC 5321) as far as a sender needs,
//! takes what it is sent, and answers what the story wants.

use mail_parser::{Message, MessageParser};
use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::{mpsc, watch},
};

/// What mails of stories come from.
pub const FROM: &str = "tenon@example.com";
/// Where links in them lead.
pub const BASE_URL: &str = "https://chat.example.com";

/// A mail that was taken, as it came.
#[derive(Clone, Debug)]
pub struct Taken {
    pub from: String,
    pub to: Vec<String>,
    pub raw: Vec<u8>,
}

impl Taken {
    pub fn parse(&self) -> Message<'_> {
        MessageParser::new().parse(&self.raw[..]).unwrap()
    }

    pub fn subject(&self) -> String {
        self.parse().subject().unwrap().to_owned()
    }

    pub fn text(&self) -> String {
        self.parse().body_text(0).unwrap().into_owned()
    }

    pub fn html(&self) -> String {
        self.parse().body_html(0).unwrap().into_owned()
    }

    pub fn header(&self, name: &'static str) -> Option<String> {
        let mail = self.parse();
        mail.header_raw(name).map(|value| value.trim().to_owned())
    }

    /// The end of the link that stops mail.
    pub fn stop_path(&self) -> String {
        let header = self.header("List-Unsubscribe").unwrap();
        let link = header.trim_matches(['<', '>']);
        link.strip_prefix(BASE_URL).unwrap().to_owned()
    }
}

/// The answers to come, by the command that they are to: `("RCPT", "550 …")`. `GREETING` is the
/// first word of the server, `DATA` the end of a mail.
type Script = Arc<Mutex<VecDeque<(&'static str, &'static str)>>>;

pub struct MailServer {
    address: SocketAddr,
    script: Script,
    /// While false it greets nobody.
    greets: watch::Sender<bool>,
    taken: mpsc::UnboundedReceiver<Taken>,
    refused: mpsc::UnboundedReceiver<String>,
}

impl MailServer {
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.2:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let script = Script::default();
        let (greets, greeted) = watch::channel(true);
        let (taker, taken) = mpsc::unbounded_channel();
        let (refuser, refused) = mpsc::unbounded_channel();
        let answers = script.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (reader, writer) = stream_halves(stream);
                let talk = Talk {
                    reader,
                    writer,
                    script: answers.clone(),
                    taken: taker.clone(),
                    refused: refuser.clone(),
                };
                tokio::spawn(talk.hold(greeted.clone()));
            }
        });
        Self {
            address,
            script,
            greets,
            taken,
            refused,
        }
    }

    /// What the server is told of it.
    pub fn args(&self) -> Vec<String> {
        let url = format!("smtp://post:geheim@{}?tls=none", self.address);
        let pairs = [
            ("--smtp-url", &*url),
            ("--mail-from", FROM),
            ("--public-url", BASE_URL),
        ];
        let flat = pairs.iter().flat_map(|(name, value)| [*name, *value]);
        flat.map(str::to_owned).collect()
    }

    /// The next such commands are answered so.
    pub fn answer(&self, answers: &[(&'static str, &'static str)]) {
        self.script.lock().unwrap().extend(answers);
    }

    /// Whether it greets who connects; those who wait are greeted then.
    pub fn greet(&self, greets: bool) {
        self.greets.send_replace(greets);
    }

    /// Waits for the next mail.
    pub async fn next(&mut self) -> Taken {
        self.taken.recv().await.unwrap()
    }

    /// Waits until it has given an answer of the script; says to which command.
    pub async fn refused(&mut self) -> String {
        self.refused.recv().await.unwrap()
    }

    /// Nothing more has come by now.
    #[track_caller]
    pub fn expect_silence(&mut self) {
        if let Ok(taken) = self.taken.try_recv() {
            let raw = String::from_utf8_lossy(&taken.raw);
            panic!("nobody should have been mailed: {raw}");
        }
    }
}

fn stream_halves(stream: TcpStream) -> (BufReader<OwnedReadHalf>, OwnedWriteHalf) {
    let (reader, writer) = stream.into_split();
    (BufReader::new(reader), writer)
}

/// One connection.
struct Talk {
    reader: BufReader<OwnedReadHalf>,
    writer: OwnedWriteHalf,
    script: Script,
    taken: mpsc::UnboundedSender<Taken>,
    refused: mpsc::UnboundedSender<String>,
}

impl Talk {
    /// None when the other side is gone, or is to be.
    async fn hold(mut self, mut greeted: watch::Receiver<bool>) -> Option<()> {
        greeted.wait_for(|greets| *greets).await.ok()?;
        self.say("GREETING", "220 mail.example.com ESMTP").await?;
        let (mut from, mut to) = (String::new(), Vec::new());
        loop {
            let line = self.line().await?;
            let text = String::from_utf8(line).unwrap();
            let word = text.get(..4).unwrap_or_default().to_uppercase();
            match &*word {
                "EHLO" => {
                    let greeting = "250-mail.example.com\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n\
                        250 AUTH PLAIN";
                    self.say("EHLO", greeting).await?;
                }
                "AUTH" => {
                    self.say("AUTH", "235 2.7.0 welcome").await?;
                }
                "MAIL" => {
                    from = address(&text);
                    to.clear();
                    self.say("MAIL", "250 2.1.0 ok").await?;
                }
                "RCPT" => {
                    to.push(address(&text));
                    self.say("RCPT", "250 2.1.5 ok").await?;
                }
                "DATA" => {
                    self.write("354 go on").await?;
                    let raw = self.mail().await?;
                    if self.say("DATA", "250 2.0.0 taken").await? {
                        let (from, to) = (from.clone(), to.clone());
                        let _ = self.taken.send(Taken { from, to, raw });
                    }
                    // As servers do that want their connections back.
                    return None;
                }
                "RSET" | "NOOP" => {
                    self.say("NOOP", "250 2.0.0 ok").await?;
                }
                "QUIT" => return self.write("221 2.0.0 bye").await,
                other => panic!("a mail server does not know {other}"),
            }
        }
    }

    /// Answers as the script says, if it has a word about it; whether it had none.
    async fn say(&mut self, word: &'static str, usual: &str) -> Option<bool> {
        let wish = {
            let mut script = self.script.lock().unwrap();
            let at = script.iter().position(|(about, _)| *about == word);
            at.and_then(|at| script.remove(at))
        };
        let Some((_, answer)) = wish else {
            self.write(usual).await?;
            return Some(true);
        };
        self.write(answer).await?;
        let _ = self.refused.send(word.to_owned());
        // 421: the server goes.
        (!answer.starts_with("421")).then_some(false)
    }

    async fn write(&mut self, text: &str) -> Option<()> {
        let line = format!("{text}\r\n");
        self.writer.write_all(line.as_bytes()).await.ok()
    }

    async fn line(&mut self) -> Option<Vec<u8>> {
        let mut line = Vec::new();
        let size = self.reader.read_until(b'\n', &mut line).await.ok()?;
        (size > 0).then_some(line)
    }

    /// Until the dot; dots that were doubled are single again.
    async fn mail(&mut self) -> Option<Vec<u8>> {
        let mut raw = Vec::new();
        loop {
            let line = self.line().await?;
            if line == b".\r\n" {
                return Some(raw);
            }
            raw.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
        }
    }
}

fn address(line: &str) -> String {
    let (_, rest) = line.split_once('<').unwrap();
    rest.split_once('>').unwrap().0.to_owned()
}
