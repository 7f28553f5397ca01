//! Looks at every request from outside: catches panics, counts, times, and logs the failed ones
//! in one line each. Never logs a secret: routes are logged by pattern, not by address.

use crate::errors::{Problem, Trouble};
use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::FutureExt;
use http::{Method, header};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::{any::Any, panic::AssertUnwindSafe, sync::OnceLock, time::Instant};

static METRICS: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Bounds of the duration histogram, seconds.
const DURATION_BOUNDS: &[f64] = &[
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
];

/// Makes this process count. Later calls do nothing.
pub fn install() {
    METRICS.get_or_init(|| {
        let builder = PrometheusBuilder::new();
        let suffix = Matcher::Suffix("_seconds".into());
        let builder = builder
            .set_buckets_for_metric(suffix, DURATION_BOUNDS)
            .ok()?;
        builder.install_recorder().ok()
    });
}

/// What this process counts and times, in Prometheus' text format.
#[utoipa::path(get, path = "/metrics", tag = "health", security(()),
    responses((status = 200, description = "Text format 0.0.4.", body = String)))]
pub async fn metrics() -> Response {
    match METRICS.get() {
        Some(Some(handle)) => {
            handle.run_upkeep();
            (
                [(header::CONTENT_TYPE, "text/plain; version=0.0.4")],
                handle.render(),
            )
                .into_response()
        }
        _ => Problem::not_found().into_response(),
    }
}

/// Wraps every route.
pub async fn watch(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(panic) => Problem::bug(format!("panic: {}", words(&*panic))).into_response(),
    };
    note(&method, route.as_ref(), &response, begun);
    response
}

fn note(method: &Method, route: Option<&MatchedPath>, response: &Response, begun: Instant) {
    let route = route.map_or("(unmatched)", MatchedPath::as_str).to_owned();
    let status = response.status();
    let seconds = begun.elapsed().as_secs_f64();
    if let Some(trouble) = response.extensions().get::<Trouble>() {
        log(method, &route, trouble, seconds);
    }
    metrics::counter!("tenon_http_requests_total",
        "method" => method_name(method), "route" => route.clone(),
        "status" => status_class(status.as_u16()))
    .increment(1);
    metrics::histogram!("tenon_http_request_duration_seconds", "route" => route).record(seconds);
}

fn log(method: &Method, route: &str, trouble: &Trouble, seconds: f64) {
    let Trouble {
        request,
        code,
        detail,
    } = trouble;
    let detail = detail.as_deref().unwrap_or_default();
    let ms = seconds * 1_000.0;
    if code.status() >= 500 {
        tracing::error!(%request, %method, route, %code, ms, detail, "request failed");
    } else {
        tracing::info!(%request, %method, route, %code, ms, "request refused");
    }
}

/// A fixed set, so that clients cannot invent label values.
fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        _ => "other",
    }
}

fn status_class(status: u16) -> &'static str {
    match status {
        ..200 => "1xx",
        200..300 => "2xx",
        300..400 => "3xx",
        400..500 => "4xx",
        500.. => "5xx",
    }
}

fn words(panic: &(dyn Any + Send)) -> &str {
    match (panic.downcast_ref::<&str>(), panic.downcast_ref::<String>()) {
        (Some(text), _) => text,
        (None, Some(text)) => text,
        (None, None) => "without words",
    }
}
