//! Who asks: a bearer token or the session cookie becomes an [`Asker`]. The engine alone decides
//! whether a secret is good; this file only finds it, and guards the cookie against other sites.

use crate::{
    Server, Shared,
    connection::Peer,
    errors::{Answer, Problem},
    limits::network,
    request::{created_id, idempotency_key},
};
use axum::extract::FromRequestParts;
use http::{HeaderMap, HeaderValue, Method, header, request::Parts};
use std::{convert::Infallible, net::IpAddr};
use tenon_engine::{Access, Actor, Attempt, ClientNote, Credential, Done, Engine};
use tenon_protocol::{Command, ErrorCode, RequestId};
use uuid::Uuid;

/// Name of the session cookie.
pub const SESSION_COOKIE: &str = "tenon_session";
/// Header that every write authenticated by the cookie carries.
pub const CSRF_HEADER: &str = "x-tenon-csrf";
/// How long a browser keeps the cookie, seconds; the session itself may end before.
const COOKIE_AGE_S: u32 = 180 * 24 * 3600;
/// Limit: what is kept of a browser's description of itself, characters.
const USER_AGENT_CHARS_MAX: usize = 200;

/// Somebody who is signed in, and the engine that does what they ask.
pub struct Asker {
    pub server: Shared,
    pub access: Access,
    /// The attempt named by the client, if it named one.
    request: Option<RequestId>,
}

impl Asker {
    pub fn engine(&self) -> &Engine {
        &self.server.engine
    }

    pub fn actor(&self) -> &Actor {
        &self.access.actor
    }

    /// Does it, as the attempt that the client named.
    pub async fn execute(&self, command: Command) -> Answer<Done> {
        let done = self.engine().execute(self.actor(), self.request(), command);
        Ok(done.await?)
    }

    /// The attempt that the client named, or a fresh one.
    pub fn request(&self) -> RequestId {
        self.request.unwrap_or_default()
    }

    /// The attempt to make something that has a secret, for the engine.
    pub fn attempt(&self, chosen: Option<Uuid>) -> Attempt {
        Attempt {
            id: self.created_id(chosen),
            request: self.request,
        }
    }

    /// The id of what is created: the client's choice, or one that a retry gets again.
    pub fn created_id(&self, chosen: Option<Uuid>) -> Uuid {
        match (chosen, self.request) {
            (Some(id), _) => id,
            (None, Some(request)) => created_id(request),
            (None, None) => Uuid::now_v7(),
        }
    }
}

impl FromRequestParts<Shared> for Asker {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, server: &Shared) -> Answer<Self> {
        let (secret, from_cookie) = find_secret(&parts.headers).ok_or_else(unauthenticated)?;
        let access = server.engine.authenticate(secret).await?;
        if from_cookie && !is_reading(&parts.method) {
            check_csrf(&access, &parts.headers)?;
        }
        let request = idempotency_key(&parts.headers, access.actor.member);
        Ok(Self {
            server: server.clone(),
            access,
            request,
        })
    }
}

fn unauthenticated() -> Problem {
    Problem::new(
        ErrorCode::Unauthenticated,
        "Sign in, or send a token as Authorization: Bearer.",
    )
}

fn is_reading(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// The secret of a request, and whether a browser sent it by itself.
pub fn find_secret(headers: &HeaderMap) -> Option<(&str, bool)> {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    if let Some((scheme, secret)) = bearer.and_then(|text| text.split_once(' '))
        && scheme.eq_ignore_ascii_case("bearer")
    {
        return Some((secret.trim(), false));
    }
    session_cookie(headers).map(|secret| (secret, true))
}

fn session_cookie(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| text.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, value)| *name == SESSION_COOKIE && !value.is_empty())
        .map(|(_, value)| value)
}

fn check_csrf(access: &Access, headers: &HeaderMap) -> Answer<()> {
    let sent = headers
        .get(CSRF_HEADER)
        .map(HeaderValue::as_bytes)
        .unwrap_or_default();
    match &access.credential {
        Credential::Session { csrf, .. } if same_secret(csrf.as_bytes(), sent) => Ok(()),
        _ => Err(Problem::new(
            ErrorCode::CsrfMismatch,
            "The page is out of date, or another site sent this. Reload the page.",
        )),
    }
}

/// Takes as long for a near miss as for a far one.
fn same_secret(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |acc, (x, y)| acc | (x ^ y)) == 0
}

/// What the connection and its headers say about the client.
pub struct Client {
    pub ip: IpAddr,
    pub user_agent: String,
    /// The browser came by https, as far as we or a trusted proxy can tell.
    pub secure: bool,
    /// `https://host`, how the client reaches this server.
    pub base_url: String,
    /// The request comes from a page of another site.
    pub foreign: bool,
}

impl Client {
    /// For the engine's list of sessions.
    pub fn note(&self) -> ClientNote {
        ClientNote {
            network: network(self.ip),
            user_agent: self.user_agent.clone(),
        }
    }

    /// Refuses pages of other sites: where a cookie is set, or decides alone.
    pub fn check_same_site(&self) -> Answer<()> {
        if self.foreign {
            let message = "This request came from a page of another site.";
            return Err(Problem::new(ErrorCode::CsrfMismatch, message));
        }
        Ok(())
    }
}

impl FromRequestParts<Shared> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, server: &Shared) -> Result<Self, Infallible> {
        let peer = parts
            .extensions
            .get::<Peer>()
            .map_or(IpAddr::from([127, 0, 0, 1]), |p| p.ip);
        Ok(describe_client(&parts.headers, peer, server))
    }
}

fn describe_client(headers: &HeaderMap, peer: IpAddr, server: &Server) -> Client {
    let config = &server.config;
    let trusted = config.trusts(peer);
    let forwarded = |name: &str| if trusted { text(headers, name) } else { None };
    let secure = config.secure_cookies || forwarded("x-forwarded-proto") == Some("https");
    let host = forwarded("x-forwarded-host").or_else(|| text(headers, "host"));
    let scheme = if secure { "https" } else { "http" };
    let base_url = match (&config.public_url, host) {
        (Some(url), _) => url.trim_end_matches('/').to_owned(),
        (None, Some(host)) => format!("{scheme}://{host}"),
        (None, None) => String::new(),
    };
    let origin = text(headers, "origin");
    Client {
        ip: forwarded("x-forwarded-for").map_or(peer, |list| nearest_stranger(list, peer, server)),
        user_agent: text(headers, "user-agent")
            .unwrap_or_default()
            .chars()
            .take(USER_AGENT_CHARS_MAX)
            .collect(),
        secure,
        foreign: origin.is_some_and(|origin| is_foreign(origin, host, &base_url)),
        base_url,
    }
}

/// Proxies append: the last address that is not one of ours is the client's.
fn nearest_stranger(list: &str, peer: IpAddr, server: &Server) -> IpAddr {
    let mut hops = list
        .rsplit(',')
        .map_while(|hop| hop.trim().parse::<IpAddr>().ok());
    hops.find(|hop| !server.config.trusts(*hop)).unwrap_or(peer)
}

fn is_foreign(origin: &str, host: Option<&str>, base_url: &str) -> bool {
    let authority = origin
        .split_once("://")
        .map_or(origin, |(_, authority)| authority);
    Some(authority) != host && origin != base_url
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The header that gives a browser its session.
pub fn set_cookie(secret: &str, secure: bool) -> HeaderValue {
    cookie(secret, COOKIE_AGE_S, secure)
}

/// The header that takes it away.
pub fn clear_cookie(secure: bool) -> HeaderValue {
    cookie("", 0, secure)
}

fn cookie(value: &str, age_s: u32, secure: bool) -> HeaderValue {
    let secure = if secure { "; Secure" } else { "" };
    let text = format!(
        "{SESSION_COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age_s}{secure}"
    );
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in pairs {
            map.append(*name, HeaderValue::from_str(value).unwrap());
        }
        map
    }

    #[test]
    fn the_bearer_token_goes_before_the_cookie() {
        let both = headers(&[
            ("cookie", "a=1; tenon_session=c"),
            ("authorization", "bearer t"),
        ]);
        assert_eq!(find_secret(&both), Some(("t", false)));
        let cookie = headers(&[("cookie", "a=1; tenon_session=c")]);
        assert_eq!(find_secret(&cookie), Some(("c", true)));
        assert_eq!(find_secret(&headers(&[("cookie", "tenon_session=")])), None);
        assert_eq!(
            find_secret(&headers(&[("authorization", "Basic eA==")])),
            None
        );
    }

    #[test]
    fn a_household_guesses_as_one() {
        let note = |ip: &str| {
            let client = Client {
                ip: ip.parse().unwrap(),
                user_agent: String::new(),
                secure: false,
                base_url: String::new(),
                foreign: false,
            };
            client.note().network
        };
        assert_eq!(note("2001:db8::1"), note("2001:db8::ffff:1"));
        assert_ne!(note("2001:db8::1"), note("2001:db8:0:1::1"));
    }

    #[test]
    fn only_our_own_pages_are_not_foreign() {
        let host = Some("chat.example:8080");
        assert!(!is_foreign("http://chat.example:8080", host, ""));
        assert!(is_foreign("https://evil.example", host, ""));
        assert!(is_foreign("null", host, ""));
        assert!(!is_foreign(
            "https://chat.example",
            Some("10.0.0.5"),
            "https://chat.example"
        ));
    }

    #[test]
    fn the_cookie_is_for_this_site_and_not_for_scripts() {
        let text = set_cookie("s", true);
        let text = text.to_str().unwrap();
        assert!(text.starts_with("tenon_session=s; Path=/; HttpOnly; SameSite=Lax"));
        assert!(text.ends_with("; Secure"));
        assert!(!set_cookie("s", false).to_str().unwrap().contains("Secure"));
        assert!(clear_cookie(false).to_str().unwrap().contains("Max-Age=0"));
    }

    #[test]
    fn secrets_are_compared_whole() {
        assert!(same_secret(b"abc", b"abc"));
        assert!(!same_secret(b"abc", b"abd"));
        assert!(!same_secret(b"abc", b"ab"));
        assert!(!same_secret(b"abc", b""));
    }
}
