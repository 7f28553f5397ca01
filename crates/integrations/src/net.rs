//! The one outbound door. Whoever asks something of another server asks here, so that a link that
//! somebody typed cannot reach into the operator's own network (server-side request forgery).
//!
//! Only public addresses are dialled, and those that the operator allows. A name is resolved here
//! and the checked address is the one dialled, so it cannot point elsewhere a moment later (DNS
//! rebinding); an address that stands in the URL itself is checked too, which resolvers never see.
//! Redirects are followed by hand, each checked like the first. Time and size have limits.

pub mod smtp;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use object_store::{
    ClientOptions,
    client::{HttpClient, HttpConnector},
};
use reqwest::{
    Client, Response,
    dns::{Addrs, Name, Resolve, Resolving},
    header::{ACCEPT, CONTENT_TYPE, LOCATION, RETRY_AFTER},
    redirect,
};
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};
use tokio::time::timeout;
use url::{Host, Url};

/// Limit: one request with its redirects and its body.
const REQUEST_TIME_MAX: Duration = Duration::from_secs(10);
const CONNECT_TIME_MAX: Duration = Duration::from_secs(4);
/// Limit: redirects of one request.
const REDIRECTS_MAX: usize = 5;
/// How we call ourselves.
const USER_AGENT: &str = concat!("Tenon/", env!("CARGO_PKG_VERSION"));

/// The way out. Cheap to clone.
#[derive(Clone)]
pub struct Door {
    client: Client,
    policy: Arc<Policy>,
}

/// What to ask for.
pub struct Ask<'a> {
    /// The `Accept` header.
    pub accept: &'a str,
    /// Limit: bytes of the body that are read.
    pub body_bytes_max: usize,
    /// What lies beyond the limit: left unread, or a failure.
    pub cut: bool,
}

/// What came back, with status 200.
#[derive(Debug)]
pub struct Reply {
    /// Where it came from in the end.
    pub url: Url,
    /// The `Content-Type` header.
    pub content_type: String,
    pub body: Vec<u8>,
}

/// Something to be handed over, once: redirects are not followed.
pub struct Post {
    pub url: Url,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

/// What was said to a [`Post`]; its body is not read.
#[derive(Debug)]
pub struct Answered {
    pub status: u16,
    /// The header of that name.
    pub retry_after: Option<String>,
}

/// Why nothing came back. For logs; none of it is shown to whoever typed the link.
#[derive(Debug, thiserror::Error)]
pub enum Shut {
    #[error("this address may not be reached")]
    Forbidden,
    #[error("this is no web address")]
    Malformed,
    #[error("no answer: {0}")]
    Unreachable(String),
    #[error("status {0}")]
    Status(u16),
    #[error("too many redirects")]
    Redirects,
    #[error("the answer is too large")]
    TooLarge,
    #[error("it took too long")]
    Late,
}

impl Door {
    /// `allowed`: networks that may be reached although they are not public.
    pub fn new(allowed: Vec<IpNet>) -> Result<Self, Shut> {
        let policy = Arc::new(Policy { allowed });
        let client = Client::builder()
            .user_agent(USER_AGENT)
            .connect_timeout(CONNECT_TIME_MAX)
            .redirect(redirect::Policy::none())
            .referer(false)
            // A proxy would resolve names for us, beyond our checks.
            .no_proxy()
            .dns_resolver(Arc::new(Checked(policy.clone())))
            .build()
            .map_err(unreachable)?;
        Ok(Self { client, policy })
    }

    /// Fetches one document.
    pub async fn get(&self, url: &str, ask: &Ask<'_>) -> Result<Reply, Shut> {
        let fetched = timeout(REQUEST_TIME_MAX, self.fetch(url, ask)).await;
        fetched.unwrap_or(Err(Shut::Late))
    }

    /// Hands something over.
    pub async fn post(&self, post: Post) -> Result<Answered, Shut> {
        self.policy.check(&post.url)?;
        let mut request = self.client.post(post.url).body(post.body);
        for (name, value) in post.headers {
            request = request.header(name, value);
        }
        let sent = timeout(REQUEST_TIME_MAX, request.send()).await;
        let response = sent.map_err(|_| Shut::Late)?.map_err(unreachable)?;
        let retry_after = response.headers().get(RETRY_AFTER);
        let retry_after = retry_after.and_then(|value| value.to_str().ok());
        Ok(Answered {
            status: response.status().as_u16(),
            retry_after: retry_after.map(str::to_owned),
        })
    }

    /// Whether it would be tried: a name may still turn out to lead inside.
    pub fn may_ask(&self, url: &Url) -> bool {
        self.policy.check(url).is_ok()
    }

    /// Whether it is an address, not a name, in a network that the operator opened.
    pub fn is_allowed_inside(&self, url: &Url) -> bool {
        let address: Option<IpAddr> = match url.host() {
            Some(Host::Ipv4(address)) => Some(address.into()),
            Some(Host::Ipv6(address)) => Some(address.into()),
            Some(Host::Domain(_)) | None => None,
        };
        address.is_some_and(|it| self.policy.allows(it.to_canonical()))
    }

    async fn fetch(&self, url: &str, ask: &Ask<'_>) -> Result<Reply, Shut> {
        let mut url = Url::parse(url).map_err(|_| Shut::Malformed)?;
        for _ in 0..=REDIRECTS_MAX {
            self.policy.check(&url)?;
            let request = self.client.get(url.clone()).header(ACCEPT, ask.accept);
            let response = request.send().await.map_err(unreachable)?;
            let status = response.status();
            let target = response.headers().get(LOCATION);
            if status.is_redirection()
                && let Some(target) = target.and_then(|value| value.to_str().ok())
            {
                url = url.join(target).map_err(|_| Shut::Malformed)?;
                continue;
            }
            if status != reqwest::StatusCode::OK {
                return Err(Shut::Status(status.as_u16()));
            }
            let content_type = response.headers().get(CONTENT_TYPE);
            let content_type = content_type.and_then(|value| value.to_str().ok());
            return Ok(Reply {
                url,
                content_type: content_type.unwrap_or_default().to_owned(),
                body: read(response, ask).await?,
            });
        }
        Err(Shut::Redirects)
    }
}

/// The way to what the operator named in the settings, inner addresses too: no link and no answer
/// leads here. Neither redirects nor proxies; whoever is silent for long is given up.
#[derive(Debug)]
pub(crate) struct OperatorsDoor(Client);

impl OperatorsDoor {
    pub fn new() -> Result<Self, Shut> {
        let client = Client::builder()
            .user_agent(USER_AGENT)
            .connect_timeout(CONNECT_TIME_MAX)
            .read_timeout(REQUEST_TIME_MAX)
            .redirect(redirect::Policy::none())
            .referer(false)
            .no_proxy()
            .build()
            .map_err(unreachable)?;
        Ok(Self(client))
    }
}

/// Has the library for S3 ask through it.
impl HttpConnector for OperatorsDoor {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(self.0.clone()))
    }
}

async fn read(mut response: Response, ask: &Ask<'_>) -> Result<Vec<u8>, Shut> {
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(unreachable)? {
        let room = ask.body_bytes_max - body.len();
        if piece.len() > room {
            if !ask.cut {
                return Err(Shut::TooLarge);
            }
            body.extend_from_slice(&piece[..room]);
            break;
        }
        body.extend_from_slice(&piece);
    }
    Ok(body)
}

fn unreachable(error: reqwest::Error) -> Shut {
    let mut cause: &dyn std::error::Error = &error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    match cause.downcast_ref::<Shut>() {
        Some(Shut::Forbidden) => Shut::Forbidden,
        _ => Shut::Unreachable(cause.to_string()),
    }
}

/// Which addresses may be reached.
struct Policy {
    allowed: Vec<IpNet>,
}

impl Policy {
    /// What can be said before a name is resolved.
    fn check(&self, url: &Url) -> Result<(), Shut> {
        let plain = url.username().is_empty() && url.password().is_none();
        if !matches!(url.scheme(), "http" | "https") || !plain {
            return Err(Shut::Malformed);
        }
        match url.host() {
            None => Err(Shut::Malformed),
            Some(Host::Domain(_)) => Ok(()),
            Some(Host::Ipv4(address)) => self.check_address(address.into()),
            Some(Host::Ipv6(address)) => self.check_address(address.into()),
        }
    }

    fn check_address(&self, address: IpAddr) -> Result<(), Shut> {
        // `::ffff:127.0.0.1` is 127.0.0.1.
        let address = address.to_canonical();
        if self.allows(address) || is_public(address) {
            Ok(())
        } else {
            Err(Shut::Forbidden)
        }
    }

    /// The operator opened its network.
    fn allows(&self, address: IpAddr) -> bool {
        self.allowed
            .iter()
            .any(|network| network.contains(&address))
    }
}

/// Resolves names to addresses that may be reached, and to no other.
struct Checked(Arc<Policy>);

impl Resolve for Checked {
    fn resolve(&self, name: Name) -> Resolving {
        let policy = self.0.clone();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let may = |it: &SocketAddr| policy.check_address(it.ip()).is_ok();
            let allowed: Vec<SocketAddr> = found.filter(may).collect();
            if allowed.is_empty() {
                return Err(Shut::Forbidden.into());
            }
            let addresses: Addrs = Box::new(allowed.into_iter());
            Ok(addresses)
        })
    }
}

/// Networks that are not the public Internet, from IANA's registries of special-purpose addresses
/// (RFC 6890 and its updates).
const SPECIAL_V4: &[([u8; 4], u8)] = &[
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    ([192, 88, 99, 0], 24),
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    ([224, 0, 0, 0], 3),
];

/// Within 2000::/3, beyond which nothing is public. Those that carry an IPv4 address (Teredo,
/// 6to4) could reach what that address may not.
const SPECIAL_V6: &[([u16; 2], u8)] = &[
    ([0x2001, 0x0000], 23),
    ([0x2001, 0x0db8], 32),
    ([0x2002, 0x0000], 16),
    ([0x3fff, 0x0000], 20),
];

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !SPECIAL_V4.iter().any(|(network, length)| {
            let network = Ipv4Net::new(Ipv4Addr::from(*network), *length);
            network.is_ok_and(|network| network.contains(&address))
        }),
        IpAddr::V6(address) => {
            let is_unicast = address.segments()[0] & 0xe000 == 0x2000;
            let is_special = SPECIAL_V6.iter().any(|([first, second], length)| {
                let network = Ipv6Addr::new(*first, *second, 0, 0, 0, 0, 0, 0);
                let network = Ipv6Net::new(network, *length);
                network.is_ok_and(|network| network.contains(&address))
            });
            is_unicast && !is_special
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };

    const ASK: Ask<'_> = Ask {
        accept: "*/*",
        body_bytes_max: 100,
        cut: false,
    };

    /// A server that gives these answers, one after another, one to a connection.
    async fn play(host: &str, answers: Vec<String>) -> u16 {
        let listener = TcpListener::bind((host, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            for answer in answers {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut request = [0; 2048];
                let _ = stream.read(&mut request).await;
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        });
        port
    }

    fn ok(body: &str) -> String {
        let length = body.len();
        format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        )
    }

    fn moved(to: &str) -> String {
        format!(
            "HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )
    }

    fn door(allowed: &[&str]) -> Door {
        Door::new(allowed.iter().map(|it| it.parse().unwrap()).collect()).unwrap()
    }

    #[test]
    fn only_public_addresses_are_public() {
        for address in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "198.19.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "64:ff9b::7f00:1",
            "fc00::1",
            "fe80::1",
            "ff02::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
        ] {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
        for address in [
            "1.1.1.1",
            "172.32.0.1",
            "100.128.0.1",
            "2606:4700::1111",
            "2400::1",
        ] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[tokio::test]
    async fn inner_addresses_stay_out_of_reach_however_they_are_written() {
        let port = play("127.0.0.1", vec![ok("secret")]).await;
        for host in [
            "127.0.0.1",
            "127.1",
            "0x7f000001",
            "2130706433",
            "[::ffff:127.0.0.1]",
            "localhost",
        ] {
            let url = format!("http://{host}:{port}/");
            let shut = door(&[]).get(&url, &ASK).await.unwrap_err();
            assert!(matches!(shut, Shut::Forbidden), "{url}: {shut}");
        }
    }

    #[tokio::test]
    async fn what_the_operator_allows_is_reached() {
        let port = play("127.0.0.1", vec![ok("hello")]).await;
        let url = format!("http://localhost:{port}/");
        let reply = door(&["127.0.0.0/8"]).get(&url, &ASK).await.unwrap();
        assert_eq!(
            (&reply.body[..], reply.content_type.as_str()),
            (&b"hello"[..], "text/plain")
        );
    }

    #[tokio::test]
    async fn a_redirect_cannot_lead_inside() {
        let inside = play("127.0.0.2", vec![ok("secret")]).await;
        for target in [
            format!("http://127.0.0.2:{inside}/"),
            format!("//127.0.0.2:{inside}/"),
            "file:///etc/passwd".to_owned(),
            format!("http://user:word@127.0.0.1:{inside}/"),
        ] {
            let outside = play("127.0.0.1", vec![moved(&target)]).await;
            let url = format!("http://127.0.0.1:{outside}/");
            let shut = door(&["127.0.0.1/32"]).get(&url, &ASK).await.unwrap_err();
            assert!(
                matches!(shut, Shut::Forbidden | Shut::Malformed),
                "{target}: {shut}"
            );
        }
    }

    #[tokio::test]
    async fn redirects_are_followed_and_end() {
        let allowed = door(&["127.0.0.1/32"]);
        let port = play("127.0.0.1", vec![moved("/there"), ok("found")]).await;
        let url = format!("http://127.0.0.1:{port}/here");
        let reply = allowed.get(&url, &ASK).await.unwrap();
        assert_eq!(
            (&reply.body[..], reply.url.path()),
            (&b"found"[..], "/there")
        );

        let circle = vec![moved("/again"); REDIRECTS_MAX + 1];
        let port = play("127.0.0.1", circle).await;
        let url = format!("http://127.0.0.1:{port}/");
        let shut = allowed.get(&url, &ASK).await.unwrap_err();
        assert!(matches!(shut, Shut::Redirects), "{shut}");
    }

    #[tokio::test]
    async fn a_body_has_a_limit() {
        let allowed = door(&["127.0.0.1/32"]);
        let long = "x".repeat(ASK.body_bytes_max + 1);
        let port = play("127.0.0.1", vec![ok(&long), ok(&long)]).await;
        let url = format!("http://127.0.0.1:{port}/");
        let shut = allowed.get(&url, &ASK).await.unwrap_err();
        assert!(matches!(shut, Shut::TooLarge), "{shut}");
        let reply = allowed.get(&url, &Ask { cut: true, ..ASK }).await.unwrap();
        assert_eq!(reply.body.len(), ASK.body_bytes_max);
    }
}
