//! The web UI, from inside the binary. Any address that is not a file is the application itself:
//! it reads the address bar.

use crate::router::BASE;
use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use rust_embed::{EmbeddedFile, RustEmbed};
use serde_json::{Value, json};
use std::borrow::Cow;
use tenon_protocol::limit::LOGO_PIXELS;

/// The build of `web/`. Debug builds read it from the disk.
#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Web;

/// Scripts come from here alone; pictures and sockets also from elsewhere.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; img-src 'self' data: blob: https:; \
    style-src 'self' 'unsafe-inline'; connect-src 'self' ws: wss:; frame-ancestors 'none'; \
    base-uri 'self'; form-action 'self'; object-src 'none'";

/// Names under here contain a hash of their content.
const HASHED_FOLDER: &str = "assets/";

/// Shows a file of the web UI, or the application.
pub fn show(path: &str, headers: &HeaderMap) -> Response {
    let path = path.trim_start_matches('/');
    if let Some(response) = show_file(path, headers) {
        return response;
    }
    if path.starts_with(HASHED_FOLDER) {
        // An old page asks for a file of an old build; the application would not be a script.
        return (
            StatusCode::NOT_FOUND,
            "This file belongs to another version.",
        )
            .into_response();
    }
    show_file("index.html", headers).unwrap_or_else(not_built)
}

/// The manifest of the web UI as an app, under the workspace's name and with its logo.
pub fn show_manifest(path: &str, name: &str, logo: Option<&str>) -> Option<Response> {
    let file = Web::get(path.trim_start_matches('/'))?;
    let manifest = branded(&file.data, name, logo)?;
    let headers = [
        (header::CONTENT_TYPE, media_type(path)),
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Some((headers, manifest.to_string()).into_response())
}

fn branded(manifest: &[u8], name: &str, logo: Option<&str>) -> Option<Value> {
    let mut manifest: Value = serde_json::from_slice(manifest).ok()?;
    let fields = manifest.as_object_mut()?;
    fields.insert("name".into(), name.into());
    fields.insert("short_name".into(), name.into());
    if let Some(hash) = logo {
        let sizes = format!("{LOGO_PIXELS}x{LOGO_PIXELS}");
        let src = format!("{BASE}/logo/{hash}");
        let icon = json!({"src": src, "type": "image/png", "sizes": sizes});
        fields.insert("icons".into(), json!([icon]));
    }
    Some(manifest)
}

fn show_file(path: &str, headers: &HeaderMap) -> Option<Response> {
    let plain = Web::get(path)?;
    let (file, encoding) = pick_encoding(path, plain, headers);
    let tag = entity_tag(&file);
    let mut response = if headers.get(header::IF_NONE_MATCH) == Some(&tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Response::new(Body::from(bytes(file.data)))
    };
    let fixed = [
        (header::CONTENT_TYPE, media_type(path)),
        (header::CACHE_CONTROL, cache_control(path)),
        (header::VARY, "accept-encoding"),
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ];
    let target = response.headers_mut();
    for (name, value) in fixed {
        target.insert(name, HeaderValue::from_static(value));
    }
    target.insert(header::ETAG, tag);
    if let Some(encoding) = encoding {
        target.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Some(response)
}

/// The build may have left compressed copies beside a file.
fn pick_encoding(
    path: &str,
    plain: EmbeddedFile,
    headers: &HeaderMap,
) -> (EmbeddedFile, Option<&'static str>) {
    let accepted = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok());
    let accepts =
        |wanted: &str| accepted.is_some_and(|list| list.split(',').any(|one| one.trim() == wanted));
    for (encoding, suffix) in [("br", ".br"), ("gzip", ".gz")] {
        if accepts(encoding)
            && let Some(file) = Web::get(&format!("{path}{suffix}"))
        {
            return (file, Some(encoding));
        }
    }
    (plain, None)
}

fn entity_tag(file: &EmbeddedFile) -> HeaderValue {
    let hash = file.metadata.sha256_hash();
    let hex: String = hash[..12]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    HeaderValue::from_str(&format!("\"{hex}\"")).unwrap_or(HeaderValue::from_static("\"\""))
}

fn bytes(data: Cow<'static, [u8]>) -> Bytes {
    match data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => bytes.into(),
    }
}

fn cache_control(path: &str) -> &'static str {
    if path.starts_with(HASHED_FOLDER) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn not_built() -> Response {
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    (StatusCode::SERVICE_UNAVAILABLE, headers, NOT_BUILT).into_response()
}

const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
    <meta name=\"viewport\" content=\"width=device-width\"><title>Tenon</title>\
    <body style=\"font:16px/1.6 system-ui;max-width:40rem;margin:15vh auto;padding:0 1rem\">\
    <h1>The web UI is not built yet</h1>\
    <p>The server runs, and its interface is at <code>/api/v1</code>. \
    <code>cargo xtask run</code> builds the web UI and starts the server with it.</p>\
    <p lang=\"zh-CN\">服务器正在运行，接口位于 <code>/api/v1</code>。\
    运行 <code>cargo xtask run</code> 会构建网页界面并启动服务器。</p>";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashed_files_are_kept_and_pages_are_asked_for_again() {
        assert!(cache_control("assets/index-9f2.js").contains("immutable"));
        assert_eq!(cache_control("index.html"), "no-cache");
    }

    #[test]
    fn a_file_of_another_build_is_not_the_application() {
        let response = show("/assets/index-of-nothing.js", &HeaderMap::new());
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn the_app_has_the_name_and_the_logo_of_the_workspace() {
        let plain = br#"{"id": "/", "name": "Tenon", "icons": [{"src": "/icon.svg"}]}"#;
        let named = branded(plain, "榫卯", None).unwrap();
        assert_eq!(
            (&named["id"], &named["name"]),
            (&json!("/"), &json!("榫卯"))
        );
        assert_eq!(named["icons"][0]["src"], "/icon.svg");
        let marked = branded(plain, "榫卯", Some("ab12")).unwrap();
        assert_eq!(marked["icons"].as_array().unwrap().len(), 1);
        assert_eq!(marked["icons"][0]["src"], "/api/v1/logo/ab12");
    }

    #[test]
    fn names_say_what_files_are() {
        assert_eq!(
            media_type("assets/a.b.js"),
            "text/javascript; charset=utf-8"
        );
        assert_eq!(media_type("LICENSE"), "application/octet-stream");
    }
}
