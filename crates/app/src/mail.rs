//! The mail server, as the operator set it up.

use crate::config::MailArgs;
use anyhow::{Context, bail};
use std::fs;
use tenon_integrations::{Mail, MailServer, host};

/// None if the operator named no mail server. Fails on what cannot be meant, without a word to the
/// mail server: it may be away when Tenon starts.
pub fn mail_sender(args: &MailArgs, public_url: Option<&str>) -> anyhow::Result<Option<Mail>> {
    let Some(server) = mail_server(args, public_url)? else {
        return Ok(None);
    };
    let Some(from) = &args.mail_from else {
        bail!("with --smtp-url goes --mail-from, such as Tenon <tenon@example.com>");
    };
    Ok(Some(Mail::new(
        server,
        from,
        public_url.unwrap_or_default(),
    )?))
}

/// The same without what mails say.
pub fn mail_server(
    args: &MailArgs,
    public_url: Option<&str>,
) -> anyhow::Result<Option<MailServer>> {
    let Some(url) = &args.smtp_url else {
        return Ok(None);
    };
    let Some(hello) = public_url.and_then(host) else {
        bail!("with --smtp-url goes --public-url: links in mails lead there");
    };
    let password = match &args.smtp_password_file {
        Some(path) => {
            let text = fs::read_to_string(path)
                .with_context(|| format!("{} cannot be read", path.display()))?;
            Some(text.trim_end_matches(['\r', '\n']).to_owned())
        }
        None => None,
    };
    let server = MailServer::new(url, password, &hello).context("--smtp-url is not usable")?;
    Ok(Some(server))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args() -> MailArgs {
        MailArgs {
            smtp_url: Some("smtp://li:geheim@mail.example.com".into()),
            smtp_password_file: None,
            mail_from: Some("Tenon <tenon@example.com>".into()),
        }
    }

    fn fault(args: &MailArgs, public_url: Option<&str>) -> String {
        let made = mail_sender(args, public_url);
        made.err().map(|it| format!("{it:#}")).unwrap_or_default()
    }

    /// Connections that are kept want a runtime.
    #[tokio::test]
    async fn what_belongs_together_is_asked_for() {
        let url = Some("https://chat.example.com");
        assert_eq!(fault(&args(), url), "");
        assert!(mail_sender(&MailArgs::default(), None).unwrap().is_none());
        assert!(fault(&args(), None).contains("--public-url"));
        let nobody = MailArgs {
            mail_from: None,
            ..args()
        };
        assert!(fault(&nobody, url).contains("--mail-from"));
        let wrong = MailArgs {
            mail_from: Some("Tenon".into()),
            ..args()
        };
        assert!(fault(&wrong, url).contains("--mail-from"));
        let lost = MailArgs {
            smtp_password_file: Some("/nowhere/word".into()),
            ..args()
        };
        assert!(fault(&lost, url).contains("cannot be read"));
        assert!(!format!("{:?}", args()).contains("geheim"));
    }
}
