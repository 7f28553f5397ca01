//! Web Push: sends what the engine hands over to the push services of browsers. The message is
//! encrypted for the device (`encryption.rs`) and signed with the server's key (`vapid.rs`), so a
//! push service learns which device is told something, how much and when, and not what.

mod encryption;
mod vapid;

use crate::{
    net::{Door, Post, Shut},
    word,
};
use encryption::Device;
use futures::{FutureExt, future::BoxFuture};
use serde::Serialize;
use std::time::{Duration, SystemTime};
use tenon_domain::push::Urgency;
use tenon_engine::{Delivery, Note, Parcel, PushSender, PushTarget, Word};
use tenon_protocol::member::Language;
use url::Url;
use uuid::Uuid;

/// Limit: what `Retry-After` may ask for; more is as good as never.
const RETRY_AFTER_MAX: Duration = Duration::from_secs(24 * 3600);

/// Sends through the door.
pub struct WebPush {
    door: Door,
}

impl WebPush {
    pub fn new(door: Door) -> Self {
        Self { door }
    }
}

impl PushSender for WebPush {
    fn make_key(&self) -> Vec<u8> {
        vapid::make_key()
    }

    fn public_key(&self, key: &[u8]) -> Option<String> {
        vapid::public_key(key)
    }

    fn fits(&self, target: &PushTarget) -> bool {
        let Ok(url) = Url::parse(&target.endpoint) else {
            return false;
        };
        // Without TLS only where the operator opened an inner network.
        let is_safe = url.scheme() == "https" || self.door.is_allowed_inside(&url);
        is_safe && self.door.may_ask(&url) && Device::of(&target.p256dh, &target.auth).is_some()
    }

    fn send(&self, parcel: Parcel) -> BoxFuture<'static, Delivery> {
        let door = self.door.clone();
        async move {
            let Some(post) = wrap(&parcel) else {
                return Delivery::Gone;
            };
            match door.post(post).await {
                Ok(answer) => judge(answer.status, answer.retry_after.as_deref()),
                // The device gave an address that is none, or one inside.
                Err(Shut::Forbidden | Shut::Malformed) => Delivery::Gone,
                Err(shut) => {
                    tracing::debug!(reason = %shut, "a push service does not answer");
                    Delivery::Later(None)
                }
            }
        }
        .boxed()
    }
}

/// The request; none if the device or the key is none.
fn wrap(parcel: &Parcel) -> Option<Post> {
    let url = Url::parse(&parcel.target.endpoint).ok()?;
    let device = Device::of(&parcel.target.p256dh, &parcel.target.auth)?;
    let plain = serde_json::to_vec(&Told::of(&parcel.word)).ok()?;
    let body = device.encrypt(&plain)?;
    let contact = &parcel.target.base_url;
    let signed = vapid::authorization(&parcel.key, &url, contact, SystemTime::now())?;
    let urgency = match parcel.urgency {
        Urgency::Normal => "normal",
        Urgency::High => "high",
    };
    let mut headers = vec![
        ("authorization", signed),
        ("content-encoding", "aes128gcm".to_owned()),
        ("content-type", "application/octet-stream".to_owned()),
        ("ttl", parcel.ttl_s.to_string()),
        ("urgency", urgency.to_owned()),
    ];
    // 32 characters of base64url at most; hexadecimal is some of them.
    let topic = parcel.topic.map(|topic| topic.simple().to_string());
    headers.extend(topic.map(|topic| ("topic", topic)));
    Some(Post { url, headers, body })
}

/// What an answer means (RFC 8030, 5 and 7.3; what the services of browsers say besides).
fn judge(status: u16, retry_after: Option<&str>) -> Delivery {
    match status {
        200..300 => Delivery::Taken,
        404 | 410 => Delivery::Gone,
        408 | 425 | 429 | 500.. => Delivery::Later(retry_after.and_then(pause)),
        _ => {
            tracing::warn!(status, "a push service refuses a push");
            Delivery::Refused
        }
    }
}

/// `Retry-After`: seconds, or a date (RFC 9110, 10.2.3).
fn pause(text: &str) -> Option<Duration> {
    let pause = match text.trim().parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => {
            let until = jiff::fmt::rfc2822::parse(text.trim()).ok()?;
            let pause = until.timestamp().duration_since(jiff::Timestamp::now());
            Duration::try_from(pause).unwrap_or_default()
        }
    };
    Some(pause.min(RETRY_AFTER_MAX))
}

/// What the service worker reads (`web/src/worker/push.ts`).
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Told<'a> {
    Show {
        id: Uuid,
        tag: Uuid,
        lang: Language,
        title: String,
        body: String,
        /// Where it leads.
        path: String,
    },
    Close {
        tags: &'a [Uuid],
    },
}

impl<'a> Told<'a> {
    fn of(word: &'a Word) -> Self {
        match word {
            Word::Show(note) => show(note),
            Word::Close(tags) => Told::Close { tags },
        }
    }
}

/// Says no more than the inbox does.
fn show<'a>(note: &Note) -> Told<'a> {
    let it = &note.notification;
    Told::Show {
        id: it.id.0,
        tag: note.tag,
        lang: note.language,
        title: word::title(note.language, &note.who, it),
        body: word::body(it),
        path: word::path(it),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_mean_what_the_standard_says() {
        assert_eq!(judge(201, None), Delivery::Taken);
        assert_eq!(judge(404, None), Delivery::Gone);
        assert_eq!(judge(410, None), Delivery::Gone);
        assert_eq!(judge(413, None), Delivery::Refused);
        assert_eq!(judge(503, None), Delivery::Later(None));
        let later = Delivery::Later(Some(Duration::from_secs(120)));
        assert_eq!(judge(429, Some("120")), later);
        assert_eq!(judge(429, Some("soon")), Delivery::Later(None));
    }

    #[test]
    fn a_pause_may_be_a_date_and_has_a_limit() {
        assert_eq!(pause("Sun, 06 Nov 1994 08:49:37 GMT"), Some(Duration::ZERO));
        assert_eq!(
            pause("Fri, 06 Nov 2893 08:49:37 GMT"),
            Some(RETRY_AFTER_MAX)
        );
        assert_eq!(pause("99999999"), Some(RETRY_AFTER_MAX));
    }
}
