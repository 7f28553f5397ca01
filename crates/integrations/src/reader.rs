//! Looks at the links of messages, for their previews.

use crate::{
    charset,
    net::{Ask, Door, Reply, Shut},
    page,
};
use futures::{FutureExt, future::BoxFuture};
use tenon_engine::{LinkReader, Page};

/// Limit: bytes of a page that are read; what it says of itself stands at its beginning.
const PAGE_BYTES_MAX: usize = 512 * 1024;
/// Limit: bytes of a picture; a larger one is left out.
const PICTURE_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Reads pages and pictures through the door.
pub struct WebReader {
    door: Door,
}

impl WebReader {
    pub fn new(door: Door) -> Self {
        Self { door }
    }
}

impl LinkReader for WebReader {
    fn read(&self, url: String) -> BoxFuture<'static, Option<Page>> {
        let door = self.door.clone();
        async move {
            let page = read(&door, &url).await;
            page.inspect_err(|shut| tracing::debug!(reason = %shut, "no preview"))
                .ok()
                .flatten()
        }
        .boxed()
    }
}

async fn read(door: &Door, url: &str) -> Result<Option<Page>, Shut> {
    let ask = Ask {
        accept: "text/html,application/xhtml+xml,image/*;q=0.8",
        body_bytes_max: PICTURE_BYTES_MAX,
        cut: true,
    };
    let reply = door.get(url, &ask).await?;
    match kind(&reply) {
        Some(Kind::Page) => Ok(Some(of_page(door, &reply).await)),
        Some(Kind::Picture) if reply.body.len() < PICTURE_BYTES_MAX => {
            let host = reply.url.host_str().unwrap_or_default();
            Ok(Some(Page {
                site: host.to_owned(),
                picture: Some(reply.body),
                ..Page::default()
            }))
        }
        Some(Kind::Picture) | None => Ok(None),
    }
}

async fn of_page(door: &Door, reply: &Reply) -> Page {
    let body = &reply.body[..reply.body.len().min(PAGE_BYTES_MAX)];
    let head = page::read(&charset::decode(&reply.content_type, body), &reply.url);
    let picture = match head.picture {
        Some(url) => picture(door, url.as_str()).await.ok(),
        None => None,
    };
    Page {
        site: head.site,
        title: head.title,
        description: head.description,
        picture,
    }
}

async fn picture(door: &Door, url: &str) -> Result<Vec<u8>, Shut> {
    let ask = Ask {
        accept: "image/*",
        body_bytes_max: PICTURE_BYTES_MAX,
        cut: false,
    };
    Ok(door.get(url, &ask).await?.body)
}

enum Kind {
    Page,
    Picture,
}

/// By the `Content-Type`: the bytes of a picture are looked at when it is kept.
fn kind(reply: &Reply) -> Option<Kind> {
    let kind = reply.content_type.split(';').next().unwrap_or_default();
    match kind.trim().to_ascii_lowercase().as_str() {
        "text/html" | "application/xhtml+xml" => Some(Kind::Page),
        kind if kind.starts_with("image/") => Some(Kind::Picture),
        _ => None,
    }
}
