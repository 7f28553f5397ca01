//! Reading requests: JSON bodies, path segments, queries, the idempotency key. Everything that
//! cannot be read is refused in our own shape, with the field where it is known.

use crate::{
    errors::{Answer, Problem},
    limits::BODY_TIMEOUT,
};
use axum::{
    body::{Body, HttpBody},
    extract::{FromRequest, FromRequestParts, Request},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header, request::Parts};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use tenon_protocol::{ErrorCode, MemberId, RequestId, limit::BODY_BYTES_MAX};
use uuid::Uuid;

/// A JSON body, both ways.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Answer<Self> {
        let bytes = read_body(request, BODY_BYTES_MAX).await?;
        parse_json(&bytes).map(Json)
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(text) => json_response(text.into()),
            Err(error) => Problem::bug(format!("an answer is not JSON: {error}")).into_response(),
        }
    }
}

/// An answer whose body is JSON already.
pub fn json_response(text: Bytes) -> Response {
    let mut response = Response::new(Body::from(text));
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The whole body, if it is no longer than `bytes_max`. Refusals: `too_large`, `malformed`.
pub async fn read_body(request: Request, bytes_max: usize) -> Answer<Bytes> {
    let body = request.into_body();
    let declared = body.size_hint().lower();
    if declared > bytes_max as u64 {
        return Err(too_large(bytes_max));
    }
    let read = tokio::time::timeout(BODY_TIMEOUT, read_within(body, bytes_max)).await;
    read.unwrap_or_else(|_| Err(Problem::malformed("The body did not arrive in time.")))
}

async fn read_within(body: Body, bytes_max: usize) -> Answer<Bytes> {
    match Limited::new(body, bytes_max).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(too_large(bytes_max)),
        Err(error) => Err(Problem::malformed(format!("The body broke off: {error}."))),
    }
}

pub fn expects_continue(headers: &HeaderMap) -> bool {
    headers.contains_key(header::EXPECT)
}

fn too_large(bytes_max: usize) -> Problem {
    let message = format!("The body is too large; at most {bytes_max} bytes are taken.");
    Problem::new(ErrorCode::TooLarge, message)
}

/// Reads JSON. An empty body is `{}`.
pub fn parse_json<T: DeserializeOwned>(bytes: &[u8]) -> Answer<T> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| Problem::malformed("The body is not UTF-8 text."))?;
    let text = if text.trim().is_empty() { "{}" } else { text };
    serde_json::from_str(text).map_err(|error| describe::<T>(text, &error))
}

/// Reads it once more, noting where: the first reading is the one that must be fast.
fn describe<T: DeserializeOwned>(text: &str, first: &serde_json::Error) -> Problem {
    if !first.is_data() {
        return Problem::malformed(format!("This is not JSON: {first}."));
    }
    let reader = &mut serde_json::Deserializer::from_str(text);
    let Err(error) = serde_path_to_error::deserialize::<_, T>(reader) else {
        return Problem::malformed(format!("This does not fit: {first}."));
    };
    let said = without_position(&error.inner().to_string());
    let field = match (error.path().to_string(), missing_field(&said)) {
        (path, Some(name)) if path == "." => name.to_owned(),
        (path, Some(name)) => format!("{path}.{name}"),
        (path, None) => path,
    };
    let problem = Problem::malformed(format!("This does not fit: {said}."));
    if field == "." {
        problem
    } else {
        problem.at(field)
    }
}

fn missing_field(said: &str) -> Option<&str> {
    said.strip_prefix("missing field `")?.strip_suffix('`')
}

fn without_position(said: &str) -> String {
    said.split(" at line ").next().unwrap_or(said).to_owned()
}

/// Segments of the path. One that cannot be read names nothing that exists.
pub struct Segment<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Segment<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Answer<Self> {
        axum::extract::Path::<T>::from_request_parts(parts, state)
            .await
            .map(|path| Segment(path.0))
            .map_err(|_| Problem::not_found())
    }
}

/// The query string.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Answer<Self> {
        let uri = &parts.uri;
        axum::extract::Query::<T>::try_from_uri(uri)
            .map(|query| Query(query.0))
            .map_err(|error| {
                let said = error.body_text();
                let said = said
                    .strip_prefix("Failed to deserialize query string: ")
                    .unwrap_or(&said);
                let problem = Problem::malformed(format!("The address does not fit: {said}."));
                match said.split_once(": ") {
                    Some((field, _)) if !field.contains(' ') => problem.at(field),
                    _ => problem,
                }
            })
    }
}

/// A wish to create, and the id that the client chose for it, if it did.
#[derive(Deserialize)]
pub struct Creation<T> {
    #[serde(default)]
    pub id: Option<Uuid>,
    #[serde(flatten)]
    pub wish: T,
}

/// The attempt that a client means by `Idempotency-Key`. A UUID is taken as it is; any other text,
/// and what the server derives itself, is hashed together with its sender, so that two members'
/// keys never meet. An empty one is none.
pub fn idempotency_key(headers: &HeaderMap, sender: MemberId) -> Option<RequestId> {
    let key = headers.get("idempotency-key")?.as_bytes();
    let text = std::str::from_utf8(key)
        .unwrap_or_default()
        .trim()
        .trim_matches('"');
    if key.trim_ascii().is_empty() || key.trim_ascii() == b"\"\"" {
        return None;
    }
    let own = Uuid::parse_str(text)
        .ok()
        .filter(|id| !is_derived(RequestId(*id)));
    let derived = || derive_id("idempotency key", &[sender.0.as_bytes(), key]);
    Some(RequestId(own.unwrap_or_else(derived)))
}

/// Ids that the server derives are of version 8. A client that knew one beforehand could use it
/// up, and what the server does under it later would be taken for a repetition.
pub fn is_derived(request: RequestId) -> bool {
    request.0.get_version_num() == 8
}

/// An id that a client chose for its command.
pub fn check_chosen(request: RequestId) -> Result<(), Problem> {
    if !is_derived(request) {
        return Ok(());
    }
    let message = "Ids of requests are UUIDs of another version than 8, such as 7.";
    Err(Problem::new(ErrorCode::Malformed, message).at("request_id"))
}

/// The id of what a request creates when the client chose none: a retry of the request gets the
/// same one.
pub fn created_id(request: RequestId) -> Uuid {
    derive_id("created id", &[request.0.as_bytes()])
}

fn derive_id(purpose: &str, parts: &[&[u8]]) -> Uuid {
    let mut hasher = blake3::Hasher::new();
    hasher.update(purpose.as_bytes());
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenon_protocol::{channel::CreateChannel, task::UpdateTask};

    fn key(text: &str) -> HeaderMap {
        HeaderMap::from_iter([(
            http::HeaderName::from_static("idempotency-key"),
            HeaderValue::from_str(text).unwrap(),
        )])
    }

    #[test]
    fn a_uuid_is_its_own_request_id() {
        let id = Uuid::now_v7();
        let found = idempotency_key(&key(&id.to_string()), MemberId::new());
        assert_eq!(found, Some(RequestId(id)));
        assert_eq!(idempotency_key(&HeaderMap::new(), MemberId::new()), None);
    }

    #[test]
    fn an_empty_key_names_no_attempt() {
        for empty in ["", " ", "\"\""] {
            assert_eq!(idempotency_key(&key(empty), MemberId::new()), None);
        }
    }

    #[test]
    fn an_id_that_the_server_derives_is_nobodys_to_choose() {
        let derived = derive_id("test", &[]);
        let found = idempotency_key(&key(&derived.to_string()), MemberId::new());
        assert_ne!(found, Some(RequestId(derived)));
        assert!(check_chosen(RequestId(derived)).is_err());
        assert!(check_chosen(RequestId::new()).is_ok());
    }

    #[test]
    fn another_text_names_the_same_attempt_of_the_same_sender_only() {
        let (ann, bo) = (MemberId::new(), MemberId::new());
        let first = idempotency_key(&key("order 7"), ann);
        assert_eq!(first, idempotency_key(&key("order 7"), ann));
        assert_ne!(first, idempotency_key(&key("order 8"), ann));
        assert_ne!(first, idempotency_key(&key("order 7"), bo));
    }

    #[test]
    fn what_a_retried_request_creates_has_the_same_id() {
        let request = RequestId::new();
        assert_eq!(created_id(request), created_id(request));
        assert_ne!(created_id(request), created_id(RequestId::new()));
        assert_ne!(created_id(request), request.0);
    }

    #[test]
    fn a_bad_body_names_its_field() {
        let refuse = |text: &str| parse_json::<CreateChannel>(text.as_bytes()).unwrap_err();
        assert_eq!(refuse("{").field, None);
        assert_eq!(
            refuse(r#"{"kind":"public"}"#).field.as_deref(),
            Some("name")
        );
        assert_eq!(refuse("").field.as_deref(), Some("name"));
        let wrong = refuse(r#"{"name":"a","kind":"loud"}"#);
        assert_eq!(
            (wrong.code, wrong.field.as_deref()),
            (ErrorCode::Malformed, Some("kind"))
        );
        let second = refuse(r#"{"name":"a","kind":"public","members":[7]}"#);
        assert_eq!(second.field.as_deref(), Some("members[0]"));
    }

    #[test]
    fn a_date_that_does_not_exist_is_refused_at_its_field() {
        let text = r#"{"task":"0197b0c0-0000-7000-8000-000000000000","due":"2026-02-30"}"#;
        let refusal = parse_json::<UpdateTask>(text.as_bytes()).unwrap_err();
        assert_eq!(refusal.field.as_deref(), Some("due"));
    }

    #[test]
    fn bytes_that_are_no_text_are_malformed() {
        let refusal = parse_json::<serde_json::Value>(b"{\"a\":\"\xff\"}").unwrap_err();
        assert_eq!(refusal.code, ErrorCode::Malformed);
    }
}
