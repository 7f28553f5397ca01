//! `POST /hooks/{secret}`: incoming webhooks, answered exactly as Slack answers them, so that its
//! senders work unchanged. Also takes what Alertmanager and Grafana send by themselves, and plain
//! text. A payload becomes one message of the hook's bot.

mod alertmanager;
mod mrkdwn;
mod payload;

use crate::{
    Shared,
    errors::Problem,
    identity::Client,
    limits::TEXT_CUT_MARK,
    request::{idempotency_key, read_body},
};
use axum::{
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde_json::Value;
use tenon_protocol::{
    Command, ErrorCode, MessageId,
    limit::{BODY_BYTES_MAX, MESSAGE_TEXT_BYTES_MAX},
    message::{Alias, PostMessage},
};

/// What a payload says, ready to be posted.
#[derive(Debug, Default, PartialEq)]
struct Said {
    /// Markdown.
    text: String,
    alias: Option<Alias>,
}

/// Why a payload is not posted, in Slack's words.
#[derive(Debug)]
enum Refused {
    /// Cannot be read.
    InvalidPayload,
    /// Says nothing.
    NoText,
    /// The engine refused, or failed.
    Problem(Problem),
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Refused::Problem(problem)
    }
}

/// Takes one payload of an incoming webhook: what Slack's senders, Alertmanager or Grafana send,
/// as JSON or as a form, or plain text. Answers as Slack does.
#[utoipa::path(post, path = "/hooks/{secret}", tag = "hook", security(()),
    request_body(description = "`{\"text\": …}`, with `blocks` and `attachments`.", content(
        (serde_json::Value = "application/json"),
        (String = "application/x-www-form-urlencoded"),
        (String = "text/plain"),
    )),
    responses((status = 200, description = "`ok`", body = String),
        (status = 400, description = "`invalid_payload` or `no_text`", body = String),
        (status = "default", description = "Slack's word for why not.", body = String)))]
pub async fn receive(
    State(server): State<Shared>,
    client: Client,
    secret: Result<axum::extract::Path<String>, axum::extract::rejection::PathRejection>,
    request: Request,
) -> Response {
    let secret = secret.map(|path| path.0).unwrap_or_default();
    match post(&server, &client, &secret, request).await {
        Ok(()) => (StatusCode::OK, "ok").into_response(),
        Err(refused) => refused.into_response(),
    }
}

async fn post(
    server: &Shared,
    client: &Client,
    secret: &str,
    request: Request,
) -> Result<(), Refused> {
    let found = server.engine.authenticate_hook(secret).await;
    if found.is_err() {
        server.rates.check_stranger(client.ip)?;
    }
    let (actor, hook) = found.map_err(Problem::from)?;
    server.rates.check_hook(hook.id)?;
    let attempt = idempotency_key(request.headers(), actor.member);
    let kind = content_type(request.headers()).to_owned();
    let body = read_body(request, BODY_BYTES_MAX).await?;
    let Said { text, alias } = read(&kind, &body)?;
    let message = PostMessage {
        id: attempt.map_or_else(MessageId::new, |a| MessageId(crate::request::created_id(a))),
        channel: Some(hook.channel),
        text: cut(text),
        alias,
        ..PostMessage::default()
    };
    let attempt = attempt.unwrap_or_default();
    let posted = server
        .engine
        .execute(&actor, attempt, Command::PostMessage(message))
        .await;
    posted
        .map(drop)
        .map_err(|failure| Refused::Problem(failure.into()))
}

fn content_type(headers: &HeaderMap) -> &str {
    let value = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    value
        .and_then(|value| value.split(';').next())
        .unwrap_or_default()
        .trim()
}

/// Reads a body by its kind; JSON is known by its first character too, since `curl -d` calls
/// everything a form.
fn read(kind: &str, body: &[u8]) -> Result<Said, Refused> {
    let text = std::str::from_utf8(body).map_err(|_| Refused::InvalidPayload)?;
    if text.trim_start().starts_with('{') {
        let value = serde_json::from_str(text);
        return match (value, kind) {
            (Ok(value), _) => read_json(value),
            (Err(_), "text/plain") => read_text(text),
            (Err(_), _) => Err(Refused::InvalidPayload),
        };
    }
    match kind {
        "application/x-www-form-urlencoded" => {
            let field = form_urlencoded::parse(text.as_bytes()).find(|(name, _)| name == "payload");
            let (_, payload) = field.ok_or(Refused::InvalidPayload)?;
            read_json(serde_json::from_str(&payload).map_err(|_| Refused::InvalidPayload)?)
        }
        "text/plain" => read_text(text),
        _ => Err(Refused::InvalidPayload),
    }
}

fn read_json(value: Value) -> Result<Said, Refused> {
    if !value.is_object() {
        return Err(Refused::InvalidPayload);
    }
    if let Some(text) = alertmanager::read(&value) {
        return Ok(Said { text, alias: None });
    }
    payload::read(value)
}

/// Plain text is Markdown, as it is typed anywhere else.
fn read_text(text: &str) -> Result<Said, Refused> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refused::NoText);
    }
    Ok(Said {
        text: text.to_owned(),
        alias: None,
    })
}

/// An alert that is too long is better cut than lost.
fn cut(mut text: String) -> String {
    if text.len() > MESSAGE_TEXT_BYTES_MAX {
        let room = MESSAGE_TEXT_BYTES_MAX - TEXT_CUT_MARK.len();
        text.truncate(text.floor_char_boundary(room));
        text.push_str(TEXT_CUT_MARK);
    }
    text
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let problem = match self {
            Refused::InvalidPayload => return slack_says(400, "invalid_payload"),
            Refused::NoText => return slack_says(400, "no_text"),
            Refused::Problem(problem) => problem,
        };
        let (status, word) = slack_word(problem.code);
        // Ours knows how to be logged and when to come back; Slack's senders read the text.
        let ours = problem.into_response();
        let mut response = slack_says(status, word);
        if let Some(after) = ours.headers().get(header::RETRY_AFTER) {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, after.clone());
        }
        *response.extensions_mut() = ours.extensions().clone();
        response
    }
}

fn slack_word(code: ErrorCode) -> (u16, &'static str) {
    match code {
        ErrorCode::NotFound | ErrorCode::Unauthenticated => (404, "no_service"),
        ErrorCode::Archived => (410, "channel_is_archived"),
        ErrorCode::Forbidden | ErrorCode::NotAMember => (403, "action_prohibited"),
        ErrorCode::RateLimited => (429, "rate_limited"),
        ErrorCode::Unavailable => (503, "service_unavailable"),
        ErrorCode::Internal => (500, "rollup_error"),
        _ => (400, "invalid_payload"),
    }
}

fn slack_says(status: u16, word: &'static str) -> Response {
    let mut response = word.into_response();
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    let plain = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, plain);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(kind: &str, body: &str) -> String {
        read(kind, body.as_bytes()).unwrap().text
    }

    #[test]
    fn json_form_and_text_are_taken() {
        assert_eq!(said("application/json", r#"{"text":"*hi*"}"#), "**hi**");
        let form = "payload=%7B%22text%22%3A%22hi+there%22%7D";
        assert_eq!(said("application/x-www-form-urlencoded", form), "hi there");
        assert_eq!(
            said("application/x-www-form-urlencoded", r#"{"text":"hi"}"#),
            "hi"
        );
        assert_eq!(said("text/plain", " **done** \n"), "**done**");
        assert_eq!(said("text/plain", "{not json}"), "{not json}");
    }

    #[test]
    fn what_says_nothing_is_refused_in_slacks_words() {
        let word = |kind: &str, body: &[u8]| match read(kind, body) {
            Err(Refused::InvalidPayload) => "invalid_payload",
            Err(Refused::NoText) => "no_text",
            _ => "taken",
        };
        assert_eq!(word("application/json", b"{"), "invalid_payload");
        assert_eq!(word("application/json", b"[]"), "invalid_payload");
        assert_eq!(
            word("application/json", b"{\"text\":\"\xff\"}"),
            "invalid_payload"
        );
        assert_eq!(word("application/json", b"{}"), "no_text");
        assert_eq!(word("application/json", br#"{"text":"  "}"#), "no_text");
        assert_eq!(
            word("application/x-www-form-urlencoded", b"text=hi"),
            "invalid_payload"
        );
        assert_eq!(word("text/plain", b"\n"), "no_text");
    }

    #[test]
    fn refusals_have_slacks_status_and_text() {
        let status = |code| slack_word(code);
        assert_eq!(status(ErrorCode::Archived), (410, "channel_is_archived"));
        assert_eq!(status(ErrorCode::NotFound), (404, "no_service"));
        let busy = Problem::new(ErrorCode::RateLimited, "Slower.").after(1_500);
        let response = Refused::Problem(busy).into_response();
        assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(response.headers()[header::RETRY_AFTER], "2");
    }

    #[test]
    fn a_long_alert_is_cut_between_characters() {
        let text = cut("中".repeat(MESSAGE_TEXT_BYTES_MAX));
        assert!(text.len() <= MESSAGE_TEXT_BYTES_MAX);
        assert!(text.ends_with(TEXT_CUT_MARK));
        assert_eq!(cut("short".into()), "short");
    }
}
