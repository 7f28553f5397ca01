//! A mail as it goes out: text and the same as HTML, in the reader's language. What people typed is
//! shown as text; nothing is fetched from elsewhere, and nothing says whether it was read.

use super::{
    Sender,
    word::{Words, direct, invited, messages, more, summary, time, words, zone},
};
use crate::word::{body, path, title};
use lettre::{
    Address, Message,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};
use tenon_engine::{Content, Digest, Item, Letter, Place};
use tenon_protocol::member::Language;

/// Limit: characters of a line that people typed: a name, a subject.
const LINE_CHARS_MAX: usize = 120;
/// Limit: characters of what was said.
const EXCERPT_CHARS_MAX: usize = 240;

/// The mail, or why its address is none.
pub(super) fn write(sender: &Sender, letter: &Letter) -> Result<Message, String> {
    let to: Address = letter.to.parse().map_err(|error| format!("{error}"))?;
    let page = Page::of(sender, letter);
    let mut from = sender.from.clone();
    // `Some(Tenon)` stays; an address alone speaks for the workspace.
    from.name = from.name.or_else(|| Some(line(&letter.workspace)));
    let message = Message::builder()
        .message_id(Some(format!("<{}@{}>", letter.id, sender.host)))
        .from(from)
        .to(Mailbox::new(None, to))
        .subject(page.subject.clone())
        .multipart(MultiPart::alternative_plain_html(page.text(), page.html()));
    let mut message = message.map_err(|error| error.to_string())?;
    let language = match letter.language {
        Language::English => "en",
        Language::Chinese => "zh-CN",
    };
    let mut headers = vec![
        ("Auto-Submitted", "auto-generated".to_owned()),
        ("X-Auto-Response-Suppress", "All".to_owned()),
        ("Content-Language", language.to_owned()),
    ];
    if let Some(stop) = &page.stop {
        // RFC 8058
        headers.push(("List-Unsubscribe", format!("<{stop}>")));
        let post = "List-Unsubscribe=One-Click".to_owned();
        headers.push(("List-Unsubscribe-Post", post));
    }
    for (name, value) in headers {
        let name = HeaderName::new_from_ascii_str(name);
        // Folded nowhere: a link that is broken up is none.
        let value = HeaderValue::dangerous_new_pre_encoded(name, value.clone(), value);
        message.headers_mut().insert_raw(value);
    }
    Ok(message)
}

/// What a mail says, before it is text or HTML.
struct Page {
    words: &'static Words,
    subject: String,
    /// The first line.
    head: String,
    /// What follows it.
    body: Option<String>,
    rows: Vec<Row>,
    /// After the rows.
    more: Option<String>,
    /// Last lines.
    foot: Vec<String>,
    /// What to do about it: a text and where it leads.
    action: (&'static str, String),
    /// Of the last lines.
    links: Vec<(&'static str, String)>,
    /// Stops mail.
    stop: Option<String>,
}

/// One thing that was missed.
struct Row {
    title: String,
    /// Where and when.
    meta: String,
    said: String,
    link: String,
}

impl Page {
    fn of(sender: &Sender, letter: &Letter) -> Self {
        match &letter.content {
            Content::Missed(digest) => Self::of_digest(sender, letter, digest),
            Content::Test => {
                let words = words(letter.language);
                Self::plain(sender, letter, words.test_subject, words.test_body, None)
            }
            Content::Invitation { by, path } => {
                let words = words(letter.language);
                let head = invited(letter.language, &line(by), &line(&letter.workspace));
                let link = (words.join, format!("{}{path}", sender.base_url));
                Self::plain(sender, letter, &head, words.join_hint, Some(link))
            }
            Content::Reset { name, path } => {
                let words = words(letter.language);
                let body = format!("{} — {}", line(name), words.reset_body);
                let link = (words.reset, format!("{}{path}", sender.base_url));
                Self::plain(sender, letter, words.reset_subject, &body, Some(link))
            }
        }
    }

    /// A few words and perhaps a link.
    fn plain(
        sender: &Sender,
        letter: &Letter,
        subject: &str,
        body: &str,
        link: Option<(&'static str, String)>,
    ) -> Self {
        let inbox = (
            words(letter.language).inbox,
            format!("{}/inbox", sender.base_url),
        );
        Self {
            words: words(letter.language),
            subject: subject.to_owned(),
            head: subject.to_owned(),
            body: Some(body.to_owned()),
            rows: vec![],
            more: None,
            action: link.unwrap_or(inbox),
            foot: vec![line(&letter.workspace)],
            links: vec![],
            stop: None,
        }
    }

    fn of_digest(sender: &Sender, letter: &Letter, digest: &Digest) -> Self {
        let (language, base_url) = (letter.language, &sender.base_url);
        let head = summary(language, digest.count, &line(&letter.workspace));
        let row = |item: &Item| Row::of(letter, base_url, item);
        let rows: Vec<Row> = digest.items.iter().map(row).collect();
        let subject = match &rows[..] {
            [only] if digest.count == 1 => only.subject(&letter.workspace),
            _ => head.clone(),
        };
        let left = digest.count - rows.len();
        let stop = format!("{base_url}/unsubscribe/{}", digest.link);
        let is_shown = !rows.is_empty();
        let words = words(language);
        let mut foot = vec![words.why.to_owned()];
        foot.extend(is_shown.then(|| zone(language, &letter.zone)));
        Self {
            words,
            subject,
            head,
            body: None,
            rows,
            more: (is_shown && left > 0).then(|| more(language, left)),
            foot,
            action: (words.inbox, format!("{base_url}/inbox")),
            links: vec![
                (words.settings, format!("{base_url}/settings/notifications")),
                (words.stop, stop.clone()),
            ],
            stop: Some(stop),
        }
    }

    fn text(&self) -> String {
        let mut text = format!("{}\n", self.head);
        if let Some(body) = &self.body {
            text.push_str(&format!("\n{body}\n"));
        }
        for row in &self.rows {
            let Row {
                title,
                meta,
                said,
                link,
            } = row;
            text.push_str(&format!("\n{title}\n{meta}\n"));
            if !said.is_empty() {
                text.push_str(&format!("{said}\n"));
            }
            text.push_str(&format!("{link}\n"));
        }
        if let Some(more) = &self.more {
            text.push_str(&format!("\n{more}\n"));
        }
        let (name, link) = &self.action;
        text.push_str(&format!("\n{name}: {link}\n\n-- \n"));
        for line in &self.foot {
            text.push_str(&format!("{line}\n"));
        }
        for (name, link) in &self.links {
            text.push_str(&format!("{name}: {link}\n"));
        }
        text
    }

    /// No colour of a background, so that it is as dark as the reader's program is.
    fn html(&self) -> String {
        let body = self.body.as_ref().map(|it| format!("<p>{}</p>", safe(it)));
        let rows: String = self.rows.iter().map(|row| row.html(self.words)).collect();
        let more = self
            .more
            .as_ref()
            .map(|it| format!("<p style=\"{SOFT}\">{}</p>", safe(it)));
        let action = link(&self.action.1, self.action.0);
        let foot: Vec<String> = self.foot.iter().map(|it| safe(it)).collect();
        let links: Vec<String> = self
            .links
            .iter()
            .map(|(name, url)| link(url, name))
            .collect();
        format!(
            "<!doctype html><html><head><meta charset=\"utf-8\">\
            <meta name=\"color-scheme\" content=\"light dark\">\
            <meta name=\"viewport\" content=\"width=device-width\"></head>\
            <body style=\"{BODY}\"><div style=\"max-width:36em;margin:0 auto;padding:16px\">\
            <p style=\"font-size:17px;font-weight:600;margin:0 0 16px\">{head}</p>\
            {body}{rows}{more}<p style=\"margin:20px 0\">{action}</p>\
            <p style=\"{SOFT};border-top:1px solid #8884;padding-top:12px\">{foot}<br>{links}</p>\
            </div></body></html>",
            head = safe(&self.head),
            body = body.unwrap_or_default(),
            more = more.unwrap_or_default(),
            foot = foot.join("<br>"),
            links = links.join(" · "),
        )
    }
}

const BODY: &str = "margin:0;font:15px/1.5 -apple-system,'Segoe UI','PingFang SC',\
    'Microsoft YaHei',sans-serif";
const SOFT: &str = "font-size:13px;color:#808080;margin:8px 0";

impl Row {
    fn of(letter: &Letter, base_url: &str, item: &Item) -> Self {
        let language = letter.language;
        let it = &item.notification;
        let place = match &item.place {
            Place::Channel(name) => Some(format!("#{}", line(name))),
            Place::Direct => Some(direct(language).to_owned()),
            Place::Elsewhere => None,
        };
        let count = (it.count > 1).then(|| messages(language, it.count));
        let when = time(language, it.at, &letter.zone);
        let meta: Vec<String> = place.into_iter().chain(count).chain([when]).collect();
        Self {
            title: line(&title(language, &line(&item.who), it)),
            meta: meta.join(" · "),
            said: cut(&body(it), EXCERPT_CHARS_MAX),
            link: format!("{base_url}{}", path(it)),
        }
    }

    fn subject(&self, workspace: &str) -> String {
        format!("{} · {}", self.title, line(workspace))
    }

    fn html(&self, words: &Words) -> String {
        let Self {
            title,
            meta,
            said,
            link: url,
        } = self;
        let said = match said.is_empty() {
            true => String::new(),
            false => format!(
                "<div dir=\"auto\" style=\"margin:4px 0\">{}</div>",
                safe(said)
            ),
        };
        format!(
            "<div style=\"border-left:3px solid #8886;padding:2px 0 2px 12px;margin:0 0 16px\">\
            <div dir=\"auto\" style=\"font-weight:600\">{}</div>\
            <div style=\"{SOFT};margin:2px 0\">{}</div>{said}<div>{}</div></div>",
            safe(title),
            safe(meta),
            link(url, words.open)
        )
    }
}

fn link(url: &str, text: &str) -> String {
    let style = "color:#5b7cfa";
    format!(
        "<a href=\"{}\" style=\"{style}\">{}</a>",
        safe(url),
        safe(text)
    )
}

/// As text within HTML.
fn safe(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            _ => safe.push(c),
        }
    }
    safe
}

/// One line of what people typed.
fn line(text: &str) -> String {
    cut(text, LINE_CHARS_MAX)
}

/// On one line, not too long, with nothing that turns around what stands beside it.
fn cut(text: &str, chars_max: usize) -> String {
    let is_turning = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let blank = |c: char| if c.is_control() { ' ' } else { c };
    let clean: String = text
        .chars()
        .take(4 * chars_max)
        .filter(|c| !is_turning(*c))
        .map(blank)
        .collect();
    let clean: String = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    if clean.chars().count() <= chars_max {
        return clean;
    }
    let mut short: String = clean.chars().take(chars_max - 1).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests;
