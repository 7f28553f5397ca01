//! The WebSocket below `socket.rs`: the handshake, and writing with patience that ends. Knows
//! frames of bytes, not what they say.

use crate::{
    errors::{Answer, Problem},
    limits::{
        FRAGMENT_BYTES, READ_BUFFER_BYTES, WRITE_BUFFER_BYTES, WRITE_BUFFER_BYTES_MAX,
        WRITE_STALL_MAX,
    },
};
use axum::{body::Body, extract::Request, response::Response};
use bytes::Bytes;
use futures::{SinkExt, StreamExt};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use std::{pin::pin, task::Poll, time::Duration};
use tenon_protocol::{ErrorCode, frame::ServerFrame, limit::BODY_BYTES_MAX};
use tokio::{io::AsyncReadExt, time};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        self, Message,
        handshake::derive_accept_key,
        protocol::{
            Role, WebSocketConfig,
            frame::{
                Frame,
                coding::{Data, OpCode},
            },
        },
    },
};

/// Limit: time to close in order.
pub const GOODBYE_MAX: Duration = Duration::from_secs(2);

/// Why a socket ends. Nothing more is written to it.
pub struct Ended;

pub type Step = Result<(), Ended>;

/// Answers the handshake. The connection is a socket once the answer has been written.
pub fn shake_hands(request: &mut Request) -> Answer<(OnUpgrade, Response)> {
    let headers = request.headers();
    let key = headers.get(header::SEC_WEBSOCKET_KEY);
    let is_socket = names(headers, header::CONNECTION, "upgrade")
        && names(headers, header::UPGRADE, "websocket")
        && names(headers, header::SEC_WEBSOCKET_VERSION, "13");
    let (Some(key), true) = (key, is_socket) else {
        return Err(Problem::malformed(
            "This address is a WebSocket; connect to it as one.",
        ));
    };
    let accept = HeaderValue::from_str(&derive_accept_key(key.as_bytes()))
        .map_err(|error| Problem::bug(error.to_string()))?;
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let target = response.headers_mut();
    target.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
    target.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    target.insert(header::SEC_WEBSOCKET_ACCEPT, accept);
    Ok((hyper::upgrade::on(request), response))
}

fn names(headers: &HeaderMap, name: header::HeaderName, wanted: &str) -> bool {
    let values = headers.get_all(name);
    values
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','))
        .any(|one| one.trim().eq_ignore_ascii_case(wanted))
}

/// An open WebSocket.
pub struct Wire {
    /// Boxed: it moves through several futures, each of which would keep room for it.
    stream: Box<WebSocketStream<TokioIo<Upgraded>>>,
}

impl Wire {
    pub async fn open(upgraded: Upgraded) -> Self {
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_BUFFER_BYTES)
            .write_buffer_size(WRITE_BUFFER_BYTES)
            .max_write_buffer_size(WRITE_BUFFER_BYTES_MAX)
            .max_message_size(Some(BODY_BYTES_MAX))
            .max_frame_size(Some(BODY_BYTES_MAX));
        let io = TokioIo::new(upgraded);
        let stream = WebSocketStream::from_raw_socket(io, Role::Server, Some(config)).await;
        Self {
            stream: Box::new(stream),
        }
    }

    /// What comes next; absent at the end. Cancel-safe.
    pub async fn hear(&mut self) -> Option<Result<Message, tungstenite::Error>> {
        self.stream.next().await
    }

    /// Takes a text frame to be written, at the latest by the next flush. Invariant: it is UTF-8
    /// (JSON that serde wrote). Large ones go in fragments, each written by itself: a socket keeps
    /// a buffer as large as what was ever gathered in it.
    pub async fn feed(&mut self, frame: Bytes) -> Step {
        self.feed_parts([frame]).await
    }

    /// Like [`Wire::feed`], with a frame that lies in several places.
    pub async fn feed_parts<const N: usize>(&mut self, parts: [Bytes; N]) -> Step {
        let mut code = Data::Text;
        for (index, mut rest) in parts.into_iter().enumerate() {
            if rest.len() > FRAGMENT_BYTES {
                self.flush().await?;
            }
            while rest.len() > FRAGMENT_BYTES {
                let part = rest.split_to(FRAGMENT_BYTES);
                self.feed_frame(Frame::message(part, OpCode::Data(code), false))
                    .await?;
                self.flush().await?;
                code = Data::Continue;
            }
            let last = index + 1 == N;
            self.feed_frame(Frame::message(rest, OpCode::Data(code), last))
                .await?;
            code = Data::Continue;
        }
        Ok(())
    }

    async fn feed_frame(&mut self, frame: Frame) -> Step {
        within(WRITE_STALL_MAX, self.stream.feed(Message::Frame(frame))).await
    }

    pub async fn feed_ping(&mut self) -> Step {
        within(
            WRITE_STALL_MAX,
            self.stream.feed(Message::Ping(Bytes::new())),
        )
        .await
    }

    pub async fn flush(&mut self) -> Step {
        within(WRITE_STALL_MAX, self.stream.flush()).await
    }

    /// Says why, and ends.
    pub async fn close(&mut self, problem: &Problem) -> Ended {
        let frame = encode(&ServerFrame::Closed {
            code: problem.code,
            message: problem.message.to_string(),
        });
        let last = async {
            if self.feed(frame).await.is_ok() && self.flush().await.is_ok() {
                self.say_goodbye().await;
            }
        };
        Box::pin(last).await;
        Ended
    }

    /// Ends the conversation in order, so that the other side reads what was last written. What
    /// cannot be read as frames is read all the same: to close on unread bytes is to reset the
    /// connection, and the last words with it.
    pub async fn say_goodbye(&mut self) {
        let _ = within(GOODBYE_MAX, self.stream.as_mut().close(None)).await;
        let rest = async {
            while let Some(Ok(_)) = self.stream.next().await {}
            let mut unread = vec![0; READ_BUFFER_BYTES];
            while let Ok(1..) = self.stream.get_mut().read(&mut unread).await {}
        };
        let _ = time::timeout(GOODBYE_MAX, rest).await;
    }
}

/// A frame as it goes out.
pub fn encode(frame: &ServerFrame) -> Bytes {
    serde_json::to_vec(frame).unwrap_or_default().into()
}

/// What to tell a client whose bytes make no frame.
pub fn unreadable(error: &tungstenite::Error) -> Problem {
    match error {
        tungstenite::Error::Capacity(_) => {
            let message =
                format!("A frame is too large; at most {BODY_BYTES_MAX} bytes are taken.");
            Problem::new(ErrorCode::TooLarge, message)
        }
        _ => Problem::malformed("The socket could not be read as WebSocket text frames."),
    }
}

/// A write that is done at once, as nearly all are, needs no timer. What is rare here is boxed:
/// every socket would keep room for it.
async fn within<E>(patience: Duration, write: impl Future<Output = Result<(), E>>) -> Step {
    let mut write = pin!(write);
    let written = match futures::poll!(&mut write) {
        Poll::Ready(written) => written,
        Poll::Pending => Box::pin(time::timeout(patience, write))
            .await
            .map_err(|_| Ended)?,
    };
    written.map_err(|_| Ended)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn handshake(version: &str) -> Request {
        http::Request::builder()
            .header("Connection", "keep-alive, Upgrade")
            .header("Upgrade", "websocket")
            .header("Sec-WebSocket-Version", version)
            .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
            .body(Body::empty())
            .unwrap()
    }

    #[test]
    fn the_handshake_is_that_of_the_standard() {
        let Ok((_, response)) = shake_hands(&mut handshake("13")) else {
            panic!("refused")
        };
        assert_eq!(response.status(), StatusCode::SWITCHING_PROTOCOLS);
        let accept = &response.headers()[header::SEC_WEBSOCKET_ACCEPT];
        assert_eq!(accept, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    #[tokio::test]
    async fn a_write_that_stalls_is_given_up() {
        let write = std::future::pending::<Result<(), ()>>();
        assert!(within(Duration::ZERO, write).await.is_err());
    }

    #[test]
    fn a_plain_request_is_told_what_this_address_is() {
        assert!(shake_hands(&mut handshake("8")).is_err());
        assert!(shake_hands(&mut Request::new(Body::empty())).is_err());
    }
}
