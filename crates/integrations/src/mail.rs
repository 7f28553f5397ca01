//! Mail: writes what the engine hands over as a mail (`mail/letter.rs`, in the words of
//! `mail/word.rs`), and hands it to the mail server.

mod letter;
mod word;

use crate::net::smtp::{MailServer, Said};
use futures::{FutureExt, future::BoxFuture};
use lettre::message::Mailbox;
use tenon_engine::{Letter, MailSender, Posting};
use url::Url;

/// Sends through one mail server.
pub struct Mail {
    server: MailServer,
    sender: Sender,
}

/// How mails say where they come from.
pub(crate) struct Sender {
    pub from: Mailbox,
    /// Address of Tenon without a slash at its end.
    pub base_url: String,
    /// Its host, for the names of mails.
    pub host: String,
}

/// Why nothing can be mailed.
#[derive(Debug, thiserror::Error)]
pub enum BadMail {
    #[error("--mail-from is no address; write it as Tenon <tenon@example.com>")]
    From,
    #[error("--public-url is no address; write it as https://chat.example.com")]
    BaseUrl,
}

impl Mail {
    /// `from`: `Tenon <tenon@example.com>`, or an address alone: then mails come in the name of
    /// their workspace. `base_url`: where links in mails lead.
    pub fn new(server: MailServer, from: &str, base_url: &str) -> Result<Self, BadMail> {
        Ok(Self {
            server,
            sender: Sender {
                from: from.parse().map_err(|_| BadMail::From)?,
                base_url: base_url.trim_end_matches('/').to_owned(),
                host: host(base_url).ok_or(BadMail::BaseUrl)?,
            },
        })
    }
}

/// Of the address that people use.
pub fn host(base_url: &str) -> Option<String> {
    let url = Url::parse(base_url).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https");
    url.host_str().filter(|_| is_web).map(str::to_owned)
}

impl MailSender for Mail {
    fn from(&self) -> String {
        self.sender.from.to_string()
    }

    fn send(&self, letter: Letter) -> BoxFuture<'static, Posting> {
        let server = self.server.clone();
        let written = letter::write(&self.sender, &letter);
        async move {
            let message = match written {
                Ok(message) => message,
                Err(reason) => return Posting::Refused(reason),
            };
            match server.send(message).await {
                Said::Taken => Posting::Taken,
                Said::Refused(text) => {
                    tracing::warn!(reason = %text, "the mail server refuses a mail");
                    Posting::Refused(text)
                }
                Said::Later(text) => {
                    tracing::warn!(reason = %text, "the mail server takes no mail now");
                    Posting::Later(text)
                }
            }
        }
        .boxed()
    }
}
