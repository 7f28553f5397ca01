//! A layer: what a handler leaves of a request's body is taken and forgotten before the answer goes
//! out. Most clients write all of it before they read, and would find the connection closed.

use crate::{
    limits::{BODY_DISCARDED_BYTES_MAX, BODY_TIMEOUT},
    request::expects_continue,
};
use axum::{
    body::{Body, HttpBody},
    extract::Request,
    middleware::Next,
    response::Response,
};
use bytes::Bytes;
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt;
use std::{
    pin::Pin,
    task::{Context, Poll},
};
use tokio::{sync::oneshot, time::Instant};

/// The layer.
pub async fn take(request: Request, next: Next) -> Response {
    // Who waits to be told to go on has sent nothing yet.
    if request.body().is_end_stream() || expects_continue(request.headers()) {
        return next.run(request).await;
    }
    let (back, mut given_back) = oneshot::channel();
    let lend = |body| {
        Body::new(Lent {
            body: Some(body),
            back: Some(back),
        })
    };
    let end = Instant::now() + BODY_TIMEOUT;
    let response = next.run(request.map(lend)).await;
    if let Ok(rest) = given_back.try_recv() {
        forget(rest, end).await;
    }
    response
}

/// Reads to the end. What is too long for that, or does not end in time, is left where it is: the
/// answer then closes.
async fn forget(mut rest: Body, end: Instant) {
    let mut left = BODY_DISCARDED_BYTES_MAX;
    if rest.is_end_stream() || rest.size_hint().lower() > left as u64 {
        return;
    }
    let all = async {
        while let Some(Ok(frame)) = rest.frame().await {
            left = left.saturating_sub(frame.data_ref().map_or(0, Bytes::len));
            if left == 0 {
                return;
            }
        }
    };
    let _ = tokio::time::timeout_at(end, all).await;
}

/// A body that comes back when its reader drops it.
struct Lent {
    body: Option<Body>,
    back: Option<oneshot::Sender<Body>>,
}

impl HttpBody for Lent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match &mut self.body {
            Some(body) => Pin::new(body).poll_frame(context),
            None => Poll::Ready(None),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(HttpBody::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        let hint = self.body.as_ref().map(HttpBody::size_hint);
        hint.unwrap_or_default()
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let (Some(body), Some(back)) = (self.body.take(), self.back.take()) {
            // Nobody waits for it when the request itself was given up.
            let _ = back.send(body);
        }
    }
}
