//! A stand-in for the push services of browsers, at the one address inside that the server of a
//! story may reach. It checks who sends (RFC 8292), decrypts what a device would (RFC 8291), and
//! answers what the story wants.

use super::{Member, http::Answer};
use aws_lc_rs::{
    aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    agreement::{self, ECDH_P256, PrivateKey},
    hmac,
    signature::{self, ECDSA_P256_SHA256_FIXED},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use serde_json::{Value, json};
use std::{
    collections::{HashMap, VecDeque},
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::{SystemTime, UNIX_EPOCH},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::mpsc,
};

/// A browser on a device, as far as push goes.
pub struct Device {
    pub endpoint: String,
    name: String,
    key: PrivateKey,
    auth: [u8; 16],
}

/// What a device was sent, decrypted.
#[derive(Clone, Debug, PartialEq)]
pub struct Received {
    /// Name of the device.
    pub device: String,
    pub ttl: String,
    pub urgency: String,
    pub topic: Option<String>,
    /// The server's key, as it goes into a subscription.
    pub key: String,
    pub word: Value,
    /// What the service answered.
    pub status: u16,
}

type Devices = Arc<Mutex<HashMap<String, Arc<Device>>>>;
type Script = Arc<Mutex<VecDeque<(u16, &'static str)>>>;

pub struct PushService {
    address: SocketAddr,
    devices: Devices,
    script: Script,
    received: mpsc::UnboundedReceiver<Received>,
}

impl PushService {
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.2:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (devices, script) = (Devices::default(), Script::default());
        let (sender, received) = mpsc::unbounded_channel();
        let (known, answers) = (devices.clone(), script.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let serving = serve(
                    stream,
                    address,
                    known.clone(),
                    answers.clone(),
                    sender.clone(),
                );
                tokio::spawn(serving);
            }
        });
        Self {
            address,
            devices,
            script,
            received,
        }
    }

    /// A browser that asks to be pushed to.
    pub fn device(&self, name: &str) -> Arc<Device> {
        let device = Arc::new(Device {
            endpoint: format!("http://{}/{name}", self.address),
            name: name.to_owned(),
            key: PrivateKey::generate(&ECDH_P256).unwrap(),
            auth: rand::random(),
        });
        let mut devices = self.devices.lock().unwrap();
        devices.insert(name.to_owned(), device.clone());
        device
    }

    /// The next requests are answered so: status, and a header or nothing. Otherwise 201.
    pub fn answer(&self, answers: &[(u16, &'static str)]) {
        self.script.lock().unwrap().extend(answers);
    }

    /// Waits for the next push, whichever device it is for.
    pub async fn next(&mut self) -> Received {
        self.received.recv().await.unwrap()
    }

    /// Waits for so many, by name of the device.
    pub async fn next_of(&mut self, count: usize) -> Vec<Received> {
        let mut all = Vec::new();
        for _ in 0..count {
            all.push(self.next().await);
        }
        all.sort_by(|one, other| one.device.cmp(&other.device));
        all
    }

    /// Nothing more has come by now.
    #[track_caller]
    pub fn expect_silence(&mut self) {
        if let Ok(received) = self.received.try_recv() {
            panic!("nobody should have been told: {received:?}");
        }
    }
}

impl Device {
    /// What a browser would say of its subscription.
    pub fn subscription(&self) -> Value {
        let point = self.key.compute_public_key().unwrap();
        json!({
            "endpoint": self.endpoint,
            "expirationTime": null,
            "keys": {
                "p256dh": BASE64.encode(point.as_ref()),
                "auth": BASE64.encode(self.auth),
            },
        })
    }

    /// The session of the member is pushed to here.
    pub async fn subscribe(&self, member: &Member) -> Answer {
        member.put("/push", self.subscription()).await
    }

    fn decrypt(&self, body: &[u8]) -> Value {
        let (salt, rest) = body.split_at(16);
        let (size, rest) = rest.split_at(4);
        assert_eq!(size, 4096_u32.to_be_bytes());
        assert_eq!(rest[0], 65);
        let (peer, sealed) = rest[1..].split_at(65);
        let own = self.key.compute_public_key().unwrap();
        let point = agreement::UnparsedPublicKey::new(&ECDH_P256, peer);
        let secret = agreement::agree(&self.key, point, (), |it| Ok(it.to_vec())).unwrap();
        let context = [b"WebPush: info\0", own.as_ref(), peer, &[1]].concat();
        let material = mac(&mac(&self.auth, &secret), &context);
        let seed = mac(salt, &material);
        let key = mac(&seed, b"Content-Encoding: aes128gcm\0\x01");
        let nonce = mac(&seed, b"Content-Encoding: nonce\0\x01");
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key[..16]).unwrap());
        let nonce = Nonce::try_assume_unique_for_key(&nonce[..12]).unwrap();
        let mut record = sealed.to_vec();
        let plain = key.open_in_place(nonce, Aad::empty(), &mut record).unwrap();
        let end = plain.iter().rposition(|byte| *byte != 0).unwrap();
        assert_eq!(plain[end], 2, "the last record");
        serde_json::from_slice(&plain[..end]).unwrap()
    }
}

fn mac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    hmac::sign(&key, text).as_ref().to_vec()
}

/// Who signed it: the key in `Authorization`.
fn check_sender(authorization: &str, address: SocketAddr) -> String {
    let (token, key) = authorization
        .strip_prefix("vapid t=")
        .and_then(|rest| rest.split_once(", k="))
        .unwrap();
    let (text, signature) = token.rsplit_once('.').unwrap();
    let (head, claims) = text.split_once('.').unwrap();
    let json = |part| serde_json::from_slice::<Value>(&BASE64.decode(part).unwrap()).unwrap();
    assert_eq!(json(head), json!({"typ": "JWT", "alg": "ES256"}));
    let point = BASE64.decode(key).unwrap();
    signature::UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point)
        .verify(text.as_bytes(), &BASE64.decode(signature).unwrap())
        .expect("the token is signed with the key beside it");
    let claims = json(claims);
    assert_eq!(claims["aud"], format!("http://{address}"));
    let contact = claims["sub"].as_str().unwrap();
    assert!(contact.starts_with("mailto:"), "{contact}");
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let holds = claims["exp"].as_u64().unwrap() - now.as_secs();
    assert!(holds <= 24 * 3600, "{holds} s");
    key.to_owned()
}

async fn serve(
    mut stream: TcpStream,
    address: SocketAddr,
    devices: Devices,
    script: Script,
    received: mpsc::UnboundedSender<Received>,
) {
    while let Some((head, body)) = read_request(&mut stream).await {
        let header = |name: &str| {
            let lines = head.lines().filter_map(|line| line.split_once(": "));
            let mut found = lines.filter(|(known, _)| known.eq_ignore_ascii_case(name));
            found.next().map(|(_, value)| value.to_owned())
        };
        let name = head.split([' ', '/']).nth(2).unwrap();
        let device = devices.lock().unwrap()[name].clone();
        assert!(head.starts_with("POST "));
        assert_eq!(header("content-encoding").unwrap(), "aes128gcm");
        let (status, more) = script.lock().unwrap().pop_front().unwrap_or((201, ""));
        let answer = format!("HTTP/1.1 {status} X\r\ncontent-length: 0\r\n{more}\r\n");
        let told = Received {
            device: device.name.clone(),
            ttl: header("ttl").unwrap(),
            urgency: header("urgency").unwrap(),
            topic: header("topic"),
            key: check_sender(&header("authorization").unwrap(), address),
            word: device.decrypt(&body),
            status,
        };
        let _ = stream.write_all(answer.as_bytes()).await;
        let _ = received.send(told);
    }
}

async fn read_request(stream: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let mut raw = Vec::new();
    let end = loop {
        if let Some(at) = raw.windows(4).position(|it| it == b"\r\n\r\n") {
            break at;
        }
        let mut piece = [0; 4096];
        let size = stream
            .read(&mut piece)
            .await
            .ok()
            .filter(|size| *size > 0)?;
        raw.extend_from_slice(&piece[..size]);
    };
    let head = String::from_utf8(raw[..end].to_vec()).unwrap();
    let mut body = raw.split_off(end + 4);
    let length = head.to_lowercase();
    let length = length.split("content-length: ").nth(1).unwrap();
    let length: usize = length.lines().next().unwrap().parse().unwrap();
    let missing = length - body.len();
    let mut rest = vec![0; missing];
    stream.read_exact(&mut rest).await.ok()?;
    body.extend(rest);
    Some((head, body))
}
