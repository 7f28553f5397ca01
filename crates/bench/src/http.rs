//! A blocking HTTP/1.1 client on one kept connection: what set-up and the readers' loops need.

use anyhow::{Context as _, bail, ensure};
use serde::{Serialize, de::DeserializeOwned};
use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

/// Limit: waiting for one answer.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(60);
const HEADERS_MAX: usize = 64;

/// One connection, as one member.
pub struct Client {
    stream: TcpStream,
    address: SocketAddr,
    token: Option<String>,
    request: Vec<u8>,
    /// The answer as it came, in the first `filled` bytes.
    buffer: Vec<u8>,
    filled: usize,
}

/// What came back; the body as it was on the wire, but for chunks put together.
pub struct Answer<'a> {
    pub status: u16,
    pub body: &'a [u8],
}

enum Body {
    Sized(usize),
    Chunked,
}

impl Client {
    /// Errors: nobody listens there.
    pub fn connect(address: SocketAddr, token: Option<&str>) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(ANSWER_TIME_MAX))?;
        let token = token.map(str::to_owned);
        Ok(Self {
            stream,
            address,
            token,
            request: Vec::new(),
            buffer: Vec::new(),
            filled: 0,
        })
    }

    /// `GET`, whatever the status.
    pub fn get(&mut self, path: &str) -> anyhow::Result<Answer<'_>> {
        self.send("GET", path, "", &[])
    }

    /// `GET` that accepts bodies compressed like this, and leaves them so.
    pub fn get_compressed(&mut self, path: &str, encodings: &str) -> anyhow::Result<Answer<'_>> {
        self.send(
            "GET",
            path,
            &format!("Accept-Encoding: {encodings}\r\n"),
            &[],
        )
    }

    /// `POST` of JSON already printed, whatever the status.
    pub fn post(&mut self, path: &str, body: &[u8]) -> anyhow::Result<Answer<'_>> {
        self.send("POST", path, "", body)
    }

    /// `GET` of JSON. Errors: any status but success, with the answer in the error.
    pub fn get_json<T: DeserializeOwned>(&mut self, path: &str) -> anyhow::Result<T> {
        self.get(path)?
            .json()
            .with_context(|| format!("GET {path}"))
    }

    /// `POST` of JSON. Errors: any status but success, with the answer in the error.
    pub fn post_json<T: DeserializeOwned>(
        &mut self,
        path: &str,
        body: &impl Serialize,
    ) -> anyhow::Result<T> {
        let body = serde_json::to_vec(body)?;
        self.post(path, &body)?
            .json()
            .with_context(|| format!("POST {path}"))
    }

    fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &str,
        body: &[u8],
    ) -> anyhow::Result<Answer<'_>> {
        self.request.clear();
        write!(
            self.request,
            "{method} {path} HTTP/1.1\r\nHost: {}\r\n{headers}",
            self.address
        )?;
        if let Some(token) = &self.token {
            write!(self.request, "Authorization: Bearer {token}\r\n")?;
        }
        if method != "GET" {
            let length = body.len();
            write!(
                self.request,
                "Content-Type: application/json\r\nContent-Length: {length}\r\n"
            )?;
        }
        self.request.extend_from_slice(b"\r\n");
        self.request.extend_from_slice(body);
        self.stream.write_all(&self.request)?;
        self.receive()
    }

    fn receive(&mut self) -> anyhow::Result<Answer<'_>> {
        self.filled = 0;
        let (status, head, body) = loop {
            self.read_more()?;
            if let Some(parsed) = parse_head(&self.buffer[..self.filled])? {
                break parsed;
            }
        };
        match body {
            Body::Sized(size) => {
                while self.filled < head + size {
                    self.read_more()?;
                }
                ensure!(self.filled == head + size, "more came than was announced");
            }
            Body::Chunked => loop {
                if let Some(joined) = join_chunks(&self.buffer[head..self.filled])? {
                    self.filled = head + joined.len();
                    self.buffer[head..self.filled].copy_from_slice(&joined);
                    break;
                }
                self.read_more()?;
            },
        }
        Ok(Answer {
            status,
            body: &self.buffer[head..self.filled],
        })
    }

    fn read_more(&mut self) -> anyhow::Result<()> {
        if self.filled == self.buffer.len() {
            self.buffer.resize(2 * self.filled.max(32 * 1024), 0);
        }
        let size = self.stream.read(&mut self.buffer[self.filled..])?;
        ensure!(size > 0, "the server closed the connection");
        self.filled += size;
        Ok(())
    }
}

impl Answer<'_> {
    pub fn ensure_success(&self) -> anyhow::Result<()> {
        if !(200..300).contains(&self.status) {
            bail!("status {}: {}", self.status, crate::swarm::shown(self.body));
        }
        Ok(())
    }

    fn json<T: DeserializeOwned>(&self) -> anyhow::Result<T> {
        self.ensure_success()?;
        serde_json::from_slice(self.body)
            .with_context(|| format!("unexpected answer: {}", crate::swarm::shown(self.body)))
    }
}

/// Status, length of the head, and how long the body is; None while the head is not whole.
fn parse_head(buffer: &[u8]) -> anyhow::Result<Option<(u16, usize, Body)>> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS_MAX];
    let mut response = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(head) = response.parse(buffer)? else {
        return Ok(None);
    };
    let status = response.code.context("an answer without a status")?;
    let find = |name: &str| {
        let header = response
            .headers
            .iter()
            .find(|header| header.name.eq_ignore_ascii_case(name));
        header.and_then(|header| std::str::from_utf8(header.value).ok())
    };
    let body = match find("content-length") {
        Some(length) => Body::Sized(length.trim().parse()?),
        None if find("transfer-encoding").is_some() => Body::Chunked,
        None => Body::Sized(0),
    };
    Ok(Some((status, head, body)))
}

/// The body that the chunks carry; None while the last one is not there.
fn join_chunks(mut bytes: &[u8]) -> anyhow::Result<Option<Vec<u8>>> {
    let mut joined = Vec::with_capacity(bytes.len());
    loop {
        let httparse::Status::Complete((start, size)) =
            httparse::parse_chunk_size(bytes).map_err(|_| anyhow::anyhow!("a malformed chunk"))?
        else {
            return Ok(None);
        };
        let end = start + size as usize;
        if bytes.len() < end + 2 {
            return Ok(None);
        }
        joined.extend_from_slice(&bytes[start..end]);
        if size == 0 {
            return Ok(Some(joined));
        }
        bytes = &bytes[end + 2..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    #[test]
    fn chunks_are_joined_once_all_are_there() {
        let bytes = b"5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n";
        assert_eq!(join_chunks(bytes).unwrap().unwrap(), b"hello!");
        for cut in 0..bytes.len() {
            assert_eq!(join_chunks(&bytes[..cut]).unwrap(), None, "cut at {cut}");
        }
        assert!(join_chunks(b"zz\r\nhello").is_err());
    }

    #[test]
    fn requests_and_answers_follow_each_other_on_one_connection() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let answers = [
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n42",
                "HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nno!\r\n0\r\n\r\n",
            ];
            let mut heads = Vec::new();
            for answer in answers {
                let mut request = vec![0; 4096];
                let size = stream.read(&mut request).unwrap();
                heads.push(String::from_utf8(request[..size].to_vec()).unwrap());
                // In two parts, so that an answer is put together from several reads.
                let (first, second) = answer.split_at(20);
                stream.write_all(first.as_bytes()).unwrap();
                stream.flush().unwrap();
                stream.write_all(second.as_bytes()).unwrap();
            }
            heads
        });
        let mut client = Client::connect(address, Some("secret")).unwrap();
        assert_eq!(client.get_json::<u32>("/a").unwrap(), 42);
        let error = client.post_json::<u32>("/b", &"body").unwrap_err();
        assert!(
            format!("{error:#}").contains("status 404: no!"),
            "{error:#}"
        );
        let heads = server.join().unwrap();
        assert!(heads[0].starts_with("GET /a HTTP/1.1\r\n"), "{}", heads[0]);
        assert!(heads[0].contains("Authorization: Bearer secret\r\n"));
        assert!(
            heads[1].ends_with("Content-Length: 6\r\n\r\n\"body\""),
            "{}",
            heads[1]
        );
    }
}
