//! The bytes of a file as an answer: from the disk, or piece by piece from a bucket; whole or a
//! range of them (RFC 9110, 14).

use crate::errors::{Answer, Problem};
use axum::{
    body::Body,
    extract::Request,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use std::{ops::Range, path::Path, sync::Arc};
use tenon_engine::{Bucket, Held, Trouble};
use tenon_protocol::ErrorCode;
use tower::ServiceExt as _;
use tower_http::services::ServeFile;

/// Answers with what is held, and the headers of everything that members uploaded.
pub async fn send(held: Held, kind: &str, request: Request) -> Answer<Response> {
    let mut response = match held {
        Held::OnDisk(path) => from_disk(&path, request).await?,
        Held::InBucket { bucket, name, size } => from_bucket(bucket, name, size, request).await?,
    };
    let headers = response.headers_mut();
    if let Ok(kind) = HeaderValue::from_str(kind) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    // Access may be lost: whoever asks again is asked again.
    let fixed = [
        (header::CACHE_CONTROL, "private, no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

async fn from_disk(path: &Path, request: Request) -> Answer<Response> {
    // Never fails: what cannot be read becomes a status.
    let Ok(sent) = ServeFile::new(path).oneshot(request).await;
    if sent.status() == StatusCode::NOT_FOUND {
        return Err(missing());
    }
    if sent.status().is_server_error() {
        return Err(Problem::bug("the bytes of a file cannot be read"));
    }
    Ok(sent.map(Body::new).into_response())
}

fn missing() -> Problem {
    Problem::bug("the bytes of a file are missing")
}

async fn from_bucket(
    bucket: Arc<dyn Bucket>,
    name: String,
    size: u64,
    request: Request,
) -> Answer<Response> {
    // Its hash is its name: the same name has the same bytes for ever.
    let tag = format!("\"{}\"", name.rsplit('/').next().unwrap_or(&name));
    let asked = request.headers();
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, value);
    }
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if names(asked, header::IF_NONE_MATCH, &tag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return Ok(response);
    }
    let Ok(range) = wanted(asked, &tag, size) else {
        insert(headers, header::CONTENT_RANGE, format!("bytes */{size}"));
        *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
        return Ok(response);
    };
    if let Some(Range { start, end }) = &range {
        let part = format!("bytes {start}-{}/{size}", end - 1);
        insert(headers, header::CONTENT_RANGE, part);
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    let range = range.unwrap_or(0..size);
    let length = range.end - range.start;
    insert(
        response.headers_mut(),
        header::CONTENT_LENGTH,
        length.to_string(),
    );
    if request.method() != Method::HEAD {
        let pieces = bucket.get(name, range).await.map_err(away)?;
        *response.body_mut() = Body::from_stream(pieces.ok_or_else(missing)?);
    }
    Ok(response)
}

fn insert(headers: &mut HeaderMap, name: header::HeaderName, value: String) {
    if let Ok(value) = HeaderValue::try_from(value) {
        headers.insert(name, value);
    }
}

fn away(Trouble(reason): Trouble) -> Problem {
    tracing::warn!(%reason, "the bucket of files does not serve");
    let message = "The storage of files does not answer; try again shortly.";
    Problem::new(ErrorCode::Unavailable, message)
}

fn names(headers: &HeaderMap, header: header::HeaderName, tag: &str) -> bool {
    let value = headers.get(header).and_then(|value| value.to_str().ok());
    value.is_some_and(|value| value == "*" || value.split(',').any(|it| it.trim() == tag))
}

/// The one range that is asked for; none for the whole, also if several are. Errors: there are no
/// such bytes.
fn wanted(headers: &HeaderMap, tag: &str, size: u64) -> Result<Option<Range<u64>>, ()> {
    let Some(range) = headers.get(header::RANGE).and_then(|it| it.to_str().ok()) else {
        return Ok(None);
    };
    // What changed since is sent whole.
    if headers.contains_key(header::IF_RANGE) && !names(headers, header::IF_RANGE, tag) {
        return Ok(None);
    }
    let Ok(parsed) = http_range_header::parse_range_header(range) else {
        return Ok(None);
    };
    match &parsed.validate(size).map_err(|_| ())?[..] {
        [one] => Ok(Some(*one.start()..one.end() + 1)),
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_browsers_write_them() {
        let of = |range: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::RANGE, HeaderValue::from_static(range));
            wanted(&headers, "\"a\"", 10)
        };
        assert_eq!(of("bytes=2-4"), Ok(Some(2..5)));
        assert_eq!(of("bytes=2-"), Ok(Some(2..10)));
        assert_eq!(of("bytes=-3"), Ok(Some(7..10)));
        assert_eq!(of("bytes=0-1,3-4"), Ok(None));
        assert_eq!(of("pages=1"), Ok(None));
        assert_eq!(of("bytes=10-"), Err(()));
    }

    #[test]
    fn a_range_of_something_older_is_not_sent() {
        let mut headers = HeaderMap::new();
        headers.insert(header::RANGE, HeaderValue::from_static("bytes=2-4"));
        headers.insert(header::IF_RANGE, HeaderValue::from_static("\"b\""));
        assert_eq!(wanted(&headers, "\"a\"", 10), Ok(None));
        assert_eq!(wanted(&headers, "\"b\"", 10), Ok(Some(2..5)));
    }
}
