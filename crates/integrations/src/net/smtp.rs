//! The mail server of this Tenon. The operator named it, and nothing that a member types leads
//! there, so it may be inside where the door for links leads nowhere. Says what it said; what mails
//! say is `mail.rs`'s.

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    transport::smtp::{
        Error, PoolConfig,
        authentication::Credentials,
        client::{Tls, TlsParameters},
        extension::ClientId,
    },
};
use std::time::Duration;
use tokio::time::timeout;
use url::{Host, Url};

/// Limit: how long the server may take over one step, its greeting among them.
const STEP_TIME_MAX: Duration = Duration::from_secs(30);
/// Limit: how long one mail may take.
const MAIL_TIME_MAX: Duration = Duration::from_secs(120);
/// Limit: connections that are kept open.
const CONNECTIONS_MAX: u32 = 4;
const IDLE_TIME_MAX: Duration = Duration::from_secs(30);

/// A mail server. Cheap to clone.
#[derive(Clone)]
pub struct MailServer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

/// Why an address is none of a mail server. Never holds the password.
#[derive(Debug, thiserror::Error)]
pub enum BadServer {
    #[error("write it as smtp://name:password@mail.example.com:587 or smtps://…:465")]
    Malformed,
    #[error("`tls` is `required`, `opportunistic` or `none`")]
    Tls,
    #[error("the password would be sent unencrypted: leave out `tls={0}`")]
    Unencrypted(&'static str),
    #[error("TLS cannot be used: {0}")]
    NoTls(String),
}

/// What a mail server said.
#[derive(Debug, PartialEq, Eq)]
pub enum Said {
    Taken,
    Refused(String),
    Later(String),
}

impl MailServer {
    /// `url`: `smtp://` with STARTTLS (`?tls=opportunistic` or `?tls=none` for servers that have
    /// none) or `smtps://`. `password` goes before that of the address. `hello`: how we call
    /// ourselves there.
    pub fn new(url: &str, password: Option<String>, hello: &str) -> Result<Self, BadServer> {
        let url = Url::parse(url).map_err(|_| BadServer::Malformed)?;
        let host = url.host_str().filter(|host| !host.is_empty());
        // Of a scheme that it does not know the parser keeps the brackets.
        let host = host
            .ok_or(BadServer::Malformed)?
            .trim_matches(['[', ']'])
            .to_owned();
        let (tls, port) = encryption(&url, &host)?;
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&host)
            .port(url.port().unwrap_or(port))
            .timeout(Some(STEP_TIME_MAX))
            .hello_name(ClientId::Domain(hello.to_owned()))
            .pool_config(
                PoolConfig::new()
                    .max_size(CONNECTIONS_MAX)
                    .idle_timeout(IDLE_TIME_MAX),
            );
        let name = decode(url.username())?;
        let of_url = url.password().map(decode).transpose()?;
        if !name.is_empty() {
            let unencrypted = match &tls {
                Tls::None => Some("none"),
                Tls::Opportunistic(_) => Some("opportunistic"),
                _ => None,
            };
            if let Some(tls) = unencrypted.filter(|_| !is_loopback(&host)) {
                return Err(BadServer::Unencrypted(tls));
            }
            let password = password.or(of_url).unwrap_or_default();
            builder = builder.credentials(Credentials::new(name, password));
        }
        let transport = builder.tls(tls).build();
        Ok(Self { transport })
    }

    /// Hands a mail over.
    pub async fn send(&self, message: Message) -> Said {
        match timeout(MAIL_TIME_MAX, self.transport.send(message)).await {
            Ok(Ok(_)) => Said::Taken,
            Ok(Err(error)) => judge(&error),
            Err(_) => Said::Later("it took too long".to_owned()),
        }
    }

    /// Connects, says hello and who we are, and leaves.
    pub async fn check(&self) -> Result<(), String> {
        match timeout(MAIL_TIME_MAX, self.transport.test_connection()).await {
            Ok(Ok(true)) => Ok(()),
            Ok(Ok(false)) => Err("it does not answer".to_owned()),
            Ok(Err(error)) => Err(describe(&error)),
            Err(_) => Err("it took too long".to_owned()),
        }
    }
}

fn encryption(url: &Url, host: &str) -> Result<(Tls, u16), BadServer> {
    let wish = url.query_pairs().find(|(name, _)| name == "tls");
    let wish = wish.map(|(_, value)| value.into_owned());
    let parameters =
        || TlsParameters::new(host.to_owned()).map_err(|error| BadServer::NoTls(error.to_string()));
    match (url.scheme(), wish.as_deref()) {
        ("smtps", None | Some("required")) => Ok((Tls::Wrapper(parameters()?), 465)),
        ("smtp", None | Some("required")) => Ok((Tls::Required(parameters()?), 587)),
        ("smtp", Some("opportunistic")) => Ok((Tls::Opportunistic(parameters()?), 25)),
        ("smtp", Some("none")) => Ok((Tls::None, 25)),
        ("smtp" | "smtps", Some(_)) => Err(BadServer::Tls),
        _ => Err(BadServer::Malformed),
    }
}

fn decode(text: &str) -> Result<String, BadServer> {
    let bytes = percent_encoding::percent_decode_str(text);
    let text = bytes.decode_utf8().map_err(|_| BadServer::Malformed)?;
    Ok(text.into_owned())
}

fn is_loopback(host: &str) -> bool {
    match Host::parse(host) {
        Ok(Host::Ipv4(address)) => address.is_loopback(),
        Ok(Host::Domain(name)) => name == "localhost",
        _ => host == "::1",
    }
}

/// A refusal for good is about the mail or its address, unless it is about who we are: that the
/// operator can mend, and the mail still goes.
fn judge(error: &Error) -> Said {
    let code = error.status().map(u16::from);
    let is_ours = matches!(code, Some(530 | 534 | 535 | 538));
    if error.is_permanent() && !is_ours {
        Said::Refused(describe(error))
    } else {
        Said::Later(describe(error))
    }
}

/// One line, with what the server said.
fn describe(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(next) = cause {
        let more = next.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        cause = next.source();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(url: &str) -> String {
        let server = MailServer::new(url, None, "tenon.example");
        server.err().map(|it| it.to_string()).unwrap_or_default()
    }

    /// The library asks for a runtime when it keeps connections.
    #[tokio::test]
    async fn addresses_are_checked_and_passwords_stay_unsaid() {
        for url in [
            "smtp://mail.example.com",
            "smtp://li:p%40ss@mail.example.com:2525",
            "smtps://li:word@mail.example.com",
            "smtp://relay.internal?tls=none",
            "smtp://li:word@127.0.0.1:25?tls=none",
            "smtp://10.0.0.25:25?tls=opportunistic",
        ] {
            assert_eq!(fault(url), "", "{url}");
        }
        assert!(fault("https://mail.example.com").contains("smtp://"));
        assert!(fault("mail.example.com:25").contains("smtp://"));
        assert!(fault("smtp://mail.example.com?tls=maybe").contains("required"));
        assert!(fault("smtps://mail.example.com?tls=none").contains("required"));
        let open = fault("smtp://li:geheim@mail.example.com?tls=none");
        assert!(
            open.contains("unencrypted") && !open.contains("geheim"),
            "{open}"
        );
        let open = fault("smtp://li:geheim@mail.example.com?tls=opportunistic");
        assert!(open.contains("unencrypted"), "{open}");
    }
}
