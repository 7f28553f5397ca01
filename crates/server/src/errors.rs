//! What a refused request looks like: [`Problem`] becomes a status and `{"error": {...}}`. Every
//! handler returns it; nothing here decides anything.

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use std::{borrow::Cow, mem};
use tenon_engine::Failure;
use tenon_protocol::{
    ErrorCode,
    error::{ErrorBody, ErrorDetail, QueryFault},
    task::Task,
};
use uuid::Uuid;

/// What every handler answers with.
pub type Answer<T> = Result<T, Problem>;

/// A request that was not done, and why.
#[derive(Debug)]
pub struct Problem {
    pub code: ErrorCode,
    /// One English sentence for people.
    pub message: Cow<'static, str>,
    /// The field of the request that is at fault.
    pub field: Option<String>,
    pub retry_after_ms: Option<u64>,
    /// With `already_a_task`: the task there is.
    pub task: Option<Box<Task>>,
    /// With `bad_query`: what is wrong with it, and where.
    pub fault: Option<Box<QueryFault>>,
    /// For the log alone; never sent.
    pub detail: Option<String>,
}

impl Problem {
    /// A problem that needs no more than a code and a sentence.
    pub fn new(code: ErrorCode, message: impl Into<Cow<'static, str>>) -> Self {
        let message = message.into();
        Self {
            code,
            message,
            field: None,
            retry_after_ms: None,
            task: None,
            fault: None,
            detail: None,
        }
    }

    /// The request is not what the interface takes.
    pub fn malformed(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorCode::Malformed, message)
    }

    /// Does not exist, as far as the asker may know.
    pub fn not_found() -> Self {
        Self::new(
            ErrorCode::NotFound,
            "There is nothing here that you can see.",
        )
    }

    /// A fault of the server: logged, never shown.
    pub fn bug(detail: impl Into<String>) -> Self {
        let problem = Self::new(ErrorCode::Internal, INTERNAL);
        Self {
            detail: Some(detail.into()),
            ..problem
        }
    }

    /// The same problem, at this field.
    pub fn at(self, field: impl Into<String>) -> Self {
        Self {
            field: Some(field.into()),
            ..self
        }
    }

    /// The same problem, to be tried again after this long.
    pub fn after(self, retry_after_ms: u64) -> Self {
        Self {
            retry_after_ms: Some(retry_after_ms),
            ..self
        }
    }

    /// What is sent: takes the words along.
    fn body(&mut self, request: String) -> Vec<u8> {
        let fault = self.fault.take();
        let body = ErrorBody {
            error: ErrorDetail {
                code: self.code,
                message: mem::take(&mut self.message).into_owned(),
                field: self.field.take(),
                request: Some(request),
                task: self.task.take(),
                line: fault.as_ref().map(|fault| fault.line),
                column: fault.as_ref().map(|fault| fault.column),
                fault,
            },
        };
        serde_json::to_vec(&body).unwrap_or_default()
    }
}

const INTERNAL: &str = "Something went wrong on the server. It has been logged; try again.";

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        let code = failure.code();
        let internal = code == ErrorCode::Internal;
        let retry_after_ms = match code {
            ErrorCode::Unavailable => failure.retry_after_ms().or(Some(1_000)),
            _ => failure.retry_after_ms(),
        };
        Self {
            code,
            message: if internal {
                INTERNAL.into()
            } else {
                failure.message().into()
            },
            field: failure.field().map(str::to_owned),
            retry_after_ms,
            task: failure.task().cloned().map(Box::new),
            fault: failure.fault().cloned().map(Box::new),
            detail: match failure {
                Failure::Bug(text) => Some(text),
                _ => None,
            },
        }
    }
}

/// Travels in the answer's extensions to the one place that logs failed requests.
#[derive(Clone, Debug)]
pub struct Trouble {
    pub request: String,
    pub code: ErrorCode,
    pub detail: Option<String>,
}

/// The body of a refusal that no handler made.
pub fn refusal_text(code: ErrorCode, message: &'static str) -> Vec<u8> {
    Problem::new(code, message).body(Uuid::now_v7().simple().to_string())
}

impl IntoResponse for Problem {
    fn into_response(mut self) -> Response {
        let request = Uuid::now_v7().simple().to_string();
        let status =
            StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = Response::new(Body::from(self.body(request.clone())));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        );
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(ms) = self.retry_after_ms {
            headers.insert(
                header::RETRY_AFTER,
                HeaderValue::from(ms.div_ceil(1_000).max(1)),
            );
        }
        if self.code == ErrorCode::Unauthenticated {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        let trouble = Trouble {
            request,
            code: self.code,
            detail: self.detail,
        };
        response.extensions_mut().insert(trouble);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_status() {
        for code in ErrorCode::ALL {
            let response = Problem::new(*code, "No.").into_response();
            assert_eq!(response.status().as_u16(), code.status(), "{code}");
        }
    }

    #[test]
    fn a_bug_is_logged_and_not_shown() {
        let problem = Problem::from(Failure::Bug("row 7 of table secret".into()));
        assert_eq!(problem.code, ErrorCode::Internal);
        assert!(!problem.message.contains("row 7"));
        let response = problem.into_response();
        let trouble = response.extensions().get::<Trouble>().unwrap();
        assert_eq!(trouble.detail.as_deref(), Some("row 7 of table secret"));
    }

    #[test]
    fn unavailable_says_when_to_try_again() {
        let response = Problem::from(Failure::Unavailable).into_response();
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(response.headers()[header::RETRY_AFTER], "1");
    }

    #[test]
    fn waiting_time_is_rounded_up_to_whole_seconds() {
        let problem = Problem::new(ErrorCode::RateLimited, "Slower.").after(1_001);
        assert_eq!(problem.into_response().headers()[header::RETRY_AFTER], "2");
    }
}
