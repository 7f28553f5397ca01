//! `/files`: what messages carry. Bodies stream; nothing here is held whole.
//!
//! Invariant: nothing that a member uploaded runs in a browser under our address.

use super::{PageQuery, bounded};
use crate::{
    Shared,
    answer::{created, raw_page},
    errors::{Answer, Problem},
    held::send,
    identity::{Asker, Client},
    limits::{BODY_TIMEOUT, FORM_BYTES_MAX},
    request::{Json, Query, Segment},
    router::BASE,
};
use axum::{
    body::HttpBody,
    extract::{Request, State},
    response::Response,
};
use http::{HeaderValue, header};
use multer::{Field, Multipart};
use serde::Deserialize;
use tenon_engine::{Held, Incoming};
use tenon_protocol::{
    ChannelId, ErrorCode, FileId,
    file::{ChannelFile, File, FileLink},
    limit::FILE_LINK_MINUTES,
    snapshot::Page,
};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// What a browser may show by itself; everything else it saves.
const SHOWN: &[&str] = &[
    "image/jpeg",
    "image/png",
    "image/gif",
    "image/webp",
    "application/pdf",
    "text/plain",
];

/// The form of an upload.
#[derive(ToSchema)]
#[allow(dead_code)]
pub struct NewFile {
    /// UUIDv7 of the client's choice; must come before `file`.
    pub id: Option<Uuid>,
    /// The bytes, with their name.
    #[schema(value_type = String, format = Binary)]
    pub file: Vec<u8>,
}

/// Takes a file in. It is the asker's alone until a message carries it, and is removed after a day
/// if none does. Its type is what its bytes say.
#[utoipa::path(post, path = "/files", tag = "file",
    request_body(content = NewFile, content_type = "multipart/form-data"),
    responses((status = 201, body = File)))]
pub async fn create(asker: Asker, request: Request) -> Answer<Response> {
    let (parts, body) = request.into_parts();
    let bytes_max = asker.engine().upload_bytes_max(asker.actor()).await?;
    let declared = body.size_hint().lower();
    if declared > bytes_max + FORM_BYTES_MAX {
        return Err(too_large(bytes_max));
    }
    let kind = parts.headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|value| value.to_str().ok()).unwrap_or("");
    let boundary = multer::parse_boundary(kind).map_err(|_| {
        Problem::malformed("Send the file as multipart/form-data, in a field named file.")
            .at("content-type")
    })?;
    let mut form = Multipart::new(body.into_data_stream(), boundary);
    let mut id = None;
    while let Some(field) = next_field(&mut form).await? {
        match field.name() {
            Some("id") => {
                let text = in_time(field.text()).await?;
                let wrong = |_| Problem::malformed("An id is a UUID.").at("id");
                id = Some(Uuid::parse_str(text.trim()).map_err(wrong)?);
            }
            Some("file") => {
                let id = FileId(asker.created_id(id));
                let name = field.file_name().unwrap_or_default().to_owned();
                let actor = asker.actor();
                let mut incoming = asker.engine().begin_upload(actor, &name).await?;
                receive(field, &mut incoming).await?;
                // The form must end as forms do: a cut one has no whole file.
                if next_field(&mut form).await?.is_some() {
                    let message = "Send one file at a time, as the last field.";
                    return Err(Problem::malformed(message).at("file"));
                }
                let kept = asker.engine().finish_upload(actor, incoming, id);
                return Ok(created(kept.await?));
            }
            _ => {}
        }
    }
    Err(Problem::malformed("There is no field named file in the form.").at("file"))
}

async fn receive(mut field: Field<'_>, incoming: &mut Incoming) -> Answer<()> {
    while let Some(bytes) = in_time(field.chunk()).await? {
        incoming.write(&bytes).await?;
    }
    Ok(())
}

async fn next_field<'a>(form: &mut Multipart<'a>) -> Answer<Option<Field<'a>>> {
    in_time(form.next_field()).await
}

/// Each piece has its time, so that a slow line may take long and a dead one not.
async fn in_time<T>(piece: impl Future<Output = multer::Result<T>>) -> Answer<T> {
    match tokio::time::timeout(BODY_TIMEOUT, piece).await {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(Problem::malformed(format!("The form broke off: {error}."))),
        Err(_) => Err(Problem::malformed("The file did not arrive in time.")),
    }
}

fn too_large(bytes_max: u64) -> Problem {
    let message = format!("The file is too large; at most {bytes_max} bytes are taken.");
    Problem::new(ErrorCode::TooLarge, message).at("file")
}

#[derive(Deserialize, IntoParams)]
pub struct ShowQuery {
    /// To be saved, also what a browser could show.
    #[serde(default)]
    pub download: bool,
}

/// The bytes, or a range of them.
#[utoipa::path(get, path = "/files/{id}", tag = "file", params(ShowQuery),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 206, body = Vec<u8>, content_type = "application/octet-stream")))]
pub async fn show(
    asker: Asker,
    Segment(id): Segment<FileId>,
    Query(query): Query<ShowQuery>,
    request: Request,
) -> Answer<Response> {
    let (file, held) = asker.engine().get_file(asker.actor(), id).await?;
    hand_out(&file, held, query.download, request).await
}

async fn hand_out(file: &File, held: Held, download: bool, request: Request) -> Answer<Response> {
    let kind = file.media_type.as_str();
    let plays = kind.starts_with("video/") || kind.starts_with("audio/");
    let shown = plays || SHOWN.contains(&kind);
    let inline = shown && !download;
    let kind = match kind {
        "text/plain" => "text/plain; charset=utf-8",
        _ if shown => kind,
        _ => "application/octet-stream",
    };
    // A browser's viewer of PDF does not start in a sandbox; nothing else of it may load.
    let policy = match kind {
        "application/pdf" => "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'",
        _ => "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; sandbox",
    };
    let mut response = send(held, kind, request).await?;
    let headers = response.headers_mut();
    let disposition = disposition(inline, &file.name);
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(policy),
    );
    Ok(response)
}

/// The wish of a link.
#[derive(Default, Deserialize, ToSchema)]
pub struct NewFileLink {
    /// How long it opens; 60 when absent, 1,440 at most.
    pub minutes: Option<u32>,
}

/// A link that opens the file without signing in, for programs that cannot: a player, a download
/// program. It stops at its time, and at once when the asker may not read the file any more.
#[utoipa::path(post, path = "/files/{id}/link", tag = "file", request_body = NewFileLink,
    responses((status = 201, body = FileLink)))]
pub async fn link(
    asker: Asker,
    Segment(id): Segment<FileId>,
    Json(wish): Json<NewFileLink>,
) -> Answer<Response> {
    let minutes = wish.minutes.unwrap_or(FILE_LINK_MINUTES);
    let made = asker.engine().make_file_link(asker.actor(), id, minutes);
    let (link, expires_at) = made.await?;
    let path = format!("{BASE}/file-links/{link}");
    Ok(created(FileLink { path, expires_at }))
}

/// The bytes behind a link, or a range of them. 404 for whatever does not open.
#[utoipa::path(get, path = "/file-links/{link}", tag = "file", params(ShowQuery), security(()),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 206, body = Vec<u8>, content_type = "application/octet-stream")))]
pub async fn open_link(
    State(server): State<Shared>,
    client: Client,
    Segment(link): Segment<String>,
    Query(query): Query<ShowQuery>,
    request: Request,
) -> Answer<Response> {
    server.rates.check_stranger(client.ip)?;
    let (file, held) = server.engine.open_file_link(&link).await?;
    let mut response = hand_out(&file, held, query.download, request).await?;
    let fixed = [
        (header::CACHE_CONTROL, "private, no-store"),
        (header::HeaderName::from_static("x-robots-tag"), "noindex"),
    ];
    for (name, value) in fixed {
        let value = HeaderValue::from_static(value);
        response.headers_mut().insert(name, value);
    }
    Ok(response)
}

/// A small version of a picture, upright; at most 800 pixels wide and high.
#[utoipa::path(get, path = "/files/{id}/thumbnail", tag = "file",
    responses((status = 200, body = Vec<u8>, content_type = "image/*")))]
pub async fn thumbnail(
    asker: Asker,
    Segment(id): Segment<FileId>,
    request: Request,
) -> Answer<Response> {
    let (kind, held) = asker.engine().get_thumbnail(asker.actor(), id).await?;
    let mut response = send(held, kind, request).await?;
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; sandbox"),
    );
    Ok(response)
}

/// With the name in full, and once more in plain letters for programs that read no other.
fn disposition(inline: bool, name: &str) -> HeaderValue {
    let plain = |c: char| {
        let fits = c.is_ascii_graphic() || c == ' ';
        if fits && !matches!(c, '"' | '\\' | '%') {
            c
        } else {
            '_'
        }
    };
    let simple: String = name.chars().map(plain).collect();
    let mut full = String::with_capacity(name.len() * 3);
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            full.push(char::from(byte));
        } else {
            full.push_str(&format!("%{byte:02X}"));
        }
    }
    let kind = if inline { "inline" } else { "attachment" };
    let text = format!("{kind}; filename=\"{simple}\"; filename*=UTF-8''{full}");
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("attachment"))
}

/// Files of a channel, the newest first.
#[utoipa::path(get, path = "/channels/{id}/files", tag = "file", params(PageQuery),
    responses((status = 200, body = Page<ChannelFile>)))]
pub async fn index(
    asker: Asker,
    Segment(channel): Segment<ChannelId>,
    Query(query): Query<PageQuery>,
) -> Answer<Response> {
    let (limit, after) = (bounded(query.limit), query.after.as_deref());
    let page = asker
        .engine()
        .list_channel_files(asker.actor(), channel, limit, after)
        .await?;
    Ok(raw_page(&page))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_header() {
        let value = disposition(false, "报告\"; x=\".pdf");
        assert_eq!(
            value.to_str().unwrap(),
            "attachment; filename=\"___; x=_.pdf\"; \
             filename*=UTF-8''%E6%8A%A5%E5%91%8A%22%3B%20x%3D%22.pdf"
        );
    }
}
