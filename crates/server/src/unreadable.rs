//! A request whose head cannot be read never reaches a handler: the HTTP parser refuses it with a
//! status alone, and closes. [`Explained`] gives these refusals the body that every other one has.

use crate::errors::refusal_text;
use std::{
    io::{self, IoSlice},
    pin::Pin,
    task::{Context, Poll, ready},
};
use tenon_protocol::ErrorCode;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// What the parser's own refusals have after the line with the status. Handlers never answer so:
/// theirs have a body.
const BARE: &[u8] = b"\r\nconnection: close\r\ncontent-length: 0\r\n";
/// Where a status begins, after `HTTP/1.1 `.
const STATUS: std::ops::Range<usize> = 9..12;

/// A connection on which no refusal is without a reason.
pub struct Explained<S> {
    stream: S,
    /// What is written in place of a bare refusal, and how much of it is.
    instead: Option<(Vec<u8>, usize)>,
}

impl<S> Explained<S> {
    pub fn new(stream: S) -> Self {
        Self {
            stream,
            instead: None,
        }
    }
}

impl<S: AsyncWrite + Unpin> Explained<S> {
    /// Writes what stands in place of `bytes`. None if they go out as they are.
    fn poll_instead(
        &mut self,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Option<Poll<io::Result<usize>>> {
        if self.instead.is_none() {
            self.instead = Some((explain(bytes)?, 0));
        }
        Some(self.poll_rest(context).map_ok(|()| bytes.len()))
    }

    fn poll_rest(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while let Some((text, written)) = &mut self.instead {
            if *written == text.len() {
                self.instead = None;
                break;
            }
            let stream = Pin::new(&mut self.stream);
            match ready!(stream.poll_write(context, &text[*written..]))? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                more => *written += more,
            }
        }
        Poll::Ready(Ok(()))
    }
}

/// The whole answer in place of a bare refusal. None if this is something else.
fn explain(bytes: &[u8]) -> Option<Vec<u8>> {
    let (code, message) = match bytes.starts_with(b"HTTP/1.1 4").then(|| &bytes[STATUS])? {
        b"400" => (
            ErrorCode::Malformed,
            "This is no HTTP request that can be read; check its first line and its headers.",
        ),
        b"414" => (
            ErrorCode::TooLarge,
            "The address is longer than 64 KiB; put less into its query.",
        ),
        b"431" => (
            ErrorCode::TooLarge,
            "The headers are too large or too many; send fewer of them, and shorter cookies.",
        ),
        _ => return None,
    };
    let line = bytes.iter().position(|byte| *byte == b'\r')?;
    if !bytes[line..].starts_with(BARE) || !bytes.ends_with(b"\r\n\r\n") {
        return None;
    }
    let body = refusal_text(code, message);
    let mut whole = bytes[..line].to_vec();
    let head = format!(
        "\r\nconnection: close\r\ncontent-type: application/json\r\ncache-control: no-store\
         \r\ncontent-length: {}\r\n",
        body.len()
    );
    whole.extend(head.into_bytes());
    whole.extend(&bytes[line + BARE.len()..]);
    whole.extend(body);
    Some(whole)
}

impl<S: AsyncRead + Unpin> AsyncRead for Explained<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Explained<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.poll_instead(context, bytes) {
            Some(written) => written,
            None => Pin::new(&mut self.stream).poll_write(context, bytes),
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        if let [only] = pieces
            && let Some(written) = self.poll_instead(context, only)
        {
            return written;
        }
        Pin::new(&mut self.stream).poll_write_vectored(context, pieces)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
