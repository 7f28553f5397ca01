//! A stand-in for a server that speaks S3: one bucket in memory, behind AWS's Signature Version 4
//! (which it checks to the letter), with uploads in parts, ranges, and faults that a story wants.

use aws_lc_rs::{digest, hmac};
use std::{
    collections::{BTreeMap, HashMap},
    net::SocketAddr,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

pub const BUCKET: &str = "tenon";
pub const ACCESS_KEY: &str = "story-access";
pub const SECRET_KEY: &str = "story/secret+key";
pub const REGION: &str = "eu-test-1";

/// What goes wrong from now on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fault {
    #[default]
    None,
    /// Every request is answered with status 503.
    Down,
    /// The second part of an upload is.
    SecondPart,
}

#[derive(Default)]
struct State {
    objects: BTreeMap<String, Vec<u8>>,
    /// Parts by upload.
    uploads: HashMap<String, BTreeMap<usize, Vec<u8>>>,
    /// Uploads begun so far.
    begun: usize,
    fault: Fault,
    /// Requests whose signature was wrong.
    strangers: usize,
}

/// Cheap to clone.
#[derive(Clone)]
pub struct S3 {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

struct Request {
    method: String,
    path: String,
    /// Sorted; values as they stand in the address.
    query: BTreeMap<String, String>,
    headers: HashMap<String, String>,
    body: Vec<u8>,
}

struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl S3 {
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::<Mutex<State>>::default();
        let shared = state.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, shared.clone()));
            }
        });
        Self { address, state }
    }

    /// Arguments of the program.
    pub fn args(&self) -> Vec<String> {
        [
            ("--files", format!("s3://{BUCKET}/some/folder")),
            ("--s3-endpoint", format!("http://{}", self.address)),
            ("--s3-region", REGION.to_owned()),
            ("--s3-access-key", ACCESS_KEY.to_owned()),
            ("--s3-secret-key", SECRET_KEY.to_owned()),
        ]
        .into_iter()
        .flat_map(|(name, value)| [name.to_owned(), value])
        .collect()
    }

    pub fn break_down(&self, fault: Fault) {
        self.state.lock().unwrap().fault = fault;
    }

    /// Names of what is there.
    pub fn names(&self) -> Vec<String> {
        self.state.lock().unwrap().objects.keys().cloned().collect()
    }

    /// Uploads that were begun and neither ended nor given up.
    pub fn open_uploads(&self) -> usize {
        self.state.lock().unwrap().uploads.len()
    }

    pub fn uploads_begun(&self) -> usize {
        self.state.lock().unwrap().begun
    }

    pub fn strangers(&self) -> usize {
        self.state.lock().unwrap().strangers
    }

    /// Loses everything.
    pub fn empty(&self) {
        self.state.lock().unwrap().objects.clear();
    }
}

async fn serve(stream: TcpStream, state: Arc<Mutex<State>>) {
    let mut stream = BufReader::new(stream);
    while let Some(request) = read(&mut stream).await {
        let is_head = request.method == "HEAD";
        let reply = answer(&request, &state);
        let mut text = format!("HTTP/1.1 {} Story\r\n", reply.status);
        for (name, value) in &reply.headers {
            text += &format!("{name}: {value}\r\n");
        }
        let has_length = reply
            .headers
            .iter()
            .any(|(name, _)| *name == "content-length");
        if !has_length {
            text += &format!("content-length: {}\r\n", reply.body.len());
        }
        text += "\r\n";
        let mut bytes = text.into_bytes();
        if !is_head {
            bytes.extend(&reply.body);
        }
        if stream.get_mut().write_all(&bytes).await.is_err() {
            return;
        }
    }
}

async fn read(stream: &mut BufReader<TcpStream>) -> Option<Request> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let text = String::from_utf8(head).unwrap();
    let mut lines = text.split("\r\n");
    let mut first = lines.next()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
    let headers: HashMap<String, String> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let length = headers.get("content-length");
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    stream.read_exact(&mut body).await.ok()?;
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let query = query.split('&').filter(|part| !part.is_empty());
    let query = query.map(|part| part.split_once('=').unwrap_or((part, "")));
    Some(Request {
        method,
        path: path.to_owned(),
        query: query
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        headers,
        body,
    })
}

/// Why nothing is done; the number of the part if the request is about one.
fn check(request: &Request, state: &mut State) -> Result<Option<usize>, Reply> {
    if !is_signed(request) {
        state.strangers += 1;
        let text = "<Error><Code>SignatureDoesNotMatch</Code></Error>";
        return Err(reply(403, text));
    }
    let part = request.query.get("partNumber");
    let part = part.map(|it| it.parse().unwrap());
    let broken = match state.fault {
        Fault::None => false,
        Fault::Down => true,
        Fault::SecondPart => part == Some(2),
    };
    if broken {
        return Err(reply(503, "<Error><Code>SlowDown</Code></Error>"));
    }
    Ok(part)
}

fn answer(request: &Request, state: &Mutex<State>) -> Reply {
    let mut state = state.lock().unwrap();
    let part = match check(request, &mut state) {
        Ok(part) => part,
        Err(refusal) => return refusal,
    };
    let Some(name) = request.path.strip_prefix(&format!("/{BUCKET}/")) else {
        return reply(404, "<Error><Code>NoSuchBucket</Code></Error>");
    };
    let upload = request.query.get("uploadId");
    match (request.method.as_str(), upload, part) {
        ("POST", None, None) if request.query.contains_key("uploads") => {
            state.begun += 1;
            let id = format!("upload-{}", state.begun);
            state.uploads.insert(id.clone(), BTreeMap::new());
            reply(
                200,
                &format!(
                    "<InitiateMultipartUploadResult><UploadId>{id}</UploadId>\
                 </InitiateMultipartUploadResult>"
                ),
            )
        }
        ("PUT", Some(id), Some(number)) => match state.uploads.get_mut(id) {
            Some(parts) => {
                parts.insert(number, request.body.clone());
                tagged(reply(200, ""), &request.body)
            }
            None => reply(404, "<Error><Code>NoSuchUpload</Code></Error>"),
        },
        ("POST", Some(id), None) => match state.uploads.remove(id) {
            Some(parts) => {
                let whole: Vec<u8> = parts.into_values().flatten().collect();
                state.objects.insert(name.to_owned(), whole);
                reply(
                    200,
                    "<CompleteMultipartUploadResult><ETag>\"whole\"</ETag>\
                     </CompleteMultipartUploadResult>",
                )
            }
            None => reply(404, "<Error><Code>NoSuchUpload</Code></Error>"),
        },
        ("DELETE", Some(id), None) => {
            state.uploads.remove(id);
            reply(204, "")
        }
        ("PUT", None, None) => {
            state.objects.insert(name.to_owned(), request.body.clone());
            tagged(reply(200, ""), &request.body)
        }
        ("DELETE", None, None) => {
            state.objects.remove(name);
            reply(204, "")
        }
        ("GET" | "HEAD", None, None) => match state.objects.get(name) {
            Some(object) => show(request, object),
            None => reply(404, "<Error><Code>NoSuchKey</Code></Error>"),
        },
        other => panic!("the stand-in does not know {other:?} of {}", request.path),
    }
}

fn show(request: &Request, object: &[u8]) -> Reply {
    let range = request.headers.get("range").map(|range| {
        let (start, end) = range
            .strip_prefix("bytes=")
            .unwrap()
            .split_once('-')
            .unwrap();
        let last = object.len() - 1;
        let end = end.parse().map_or(last, |end: usize| end.min(last));
        (start.parse::<usize>().unwrap(), end)
    });
    let mut shown = match range {
        Some((start, end)) => {
            let mut shown = reply(206, "");
            shown.body = object[start..=end].to_vec();
            let part = format!("bytes {start}-{end}/{}", object.len());
            shown.headers.push(("content-range", part));
            shown
        }
        None => Reply {
            body: object.to_vec(),
            ..reply(200, "")
        },
    };
    shown
        .headers
        .push(("content-length", shown.body.len().to_string()));
    let modified = "Mon, 30 Nov 2026 00:00:00 GMT".to_owned();
    shown.headers.push(("last-modified", modified));
    tagged(shown, object)
}

fn tagged(mut reply: Reply, bytes: &[u8]) -> Reply {
    let tag = hex(&digest::digest(&digest::SHA256, bytes).as_ref()[..16]);
    reply.headers.push(("etag", format!("\"{tag}\"")));
    reply
}

fn reply(status: u16, text: &str) -> Reply {
    Reply {
        status,
        headers: Vec::new(),
        body: text.as_bytes().to_vec(),
    }
}

/// Whether the request is signed with the story's keys, as AWS describes Signature Version 4.
fn is_signed(request: &Request) -> bool {
    signature(request).is_some_and(|(claimed, computed)| claimed == computed)
}

fn signature(request: &Request) -> Option<(String, String)> {
    let header = |name: &str| request.headers.get(name).map(String::as_str);
    let fields = header("authorization")?.strip_prefix("AWS4-HMAC-SHA256 ")?;
    let fields: HashMap<&str, &str> = fields
        .split(',')
        .filter_map(|field| field.trim().split_once('='))
        .collect();
    let scope = fields.get("Credential")?.strip_prefix(ACCESS_KEY)?;
    let scope = scope.strip_prefix('/')?;
    let day = scope.split('/').next()?;
    if scope != format!("{day}/{REGION}/s3/aws4_request") {
        return None;
    }
    let hash = hex(digest::digest(&digest::SHA256, &request.body).as_ref());
    if header("x-amz-content-sha256")? != hash {
        return None;
    }
    let signed = fields.get("SignedHeaders")?;
    let mut canonical = String::new();
    for name in signed.split(';') {
        canonical += &format!("{name}:{}\n", header(name)?);
    }
    let query = request.query.iter();
    let query: Vec<String> = query
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let text = format!(
        "{}\n{}\n{}\n{canonical}\n{signed}\n{hash}",
        request.method,
        request.path,
        query.join("&"),
    );
    let text = hex(digest::digest(&digest::SHA256, text.as_bytes()).as_ref());
    let text = format!(
        "AWS4-HMAC-SHA256\n{}\n{scope}\n{text}",
        header("x-amz-date")?
    );
    let mut key = format!("AWS4{SECRET_KEY}").into_bytes();
    for word in [day, REGION, "s3", "aws4_request"] {
        key = sign(&key, word);
    }
    Some((
        (*fields.get("Signature")?).to_owned(),
        hex(&sign(&key, &text)),
    ))
}

fn sign(key: &[u8], text: &str) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    hmac::sign(&key, text.as_bytes()).as_ref().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
