//! Slack's webhook payload: text, attachments, blocks. Reads leniently (what is unknown is left
//! out) and prints Markdown.

use super::{
    Refused, Said,
    mrkdwn::{emoji, escape, link, plain, to_markdown},
};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::Value;
use tenon_engine::name_in_colons;
use tenon_protocol::{limit::NAME_CHARS_MAX, message::Alias};

/// Turns a payload into what is posted.
pub fn read(value: Value) -> Result<Said, Refused> {
    let payload = Payload::deserialize(value).map_err(|_| Refused::InvalidPayload)?;
    let mut parts = Vec::new();
    let blocks = print_blocks(&payload.blocks);
    // With blocks, the text is what notifications show; without, it is the message.
    if blocks.is_empty() {
        parts.push(print_text(&payload.text, payload.mrkdwn));
    }
    parts.push(blocks);
    parts.extend(payload.attachments.iter().map(print_attachment));
    parts.retain(|part| !part.trim().is_empty());
    if parts.is_empty() {
        return Err(Refused::NoText);
    }
    Ok(Said {
        text: parts.join("\n\n"),
        alias: read_alias(&payload),
    })
}

#[derive(Deserialize)]
struct Payload {
    #[serde(default, deserialize_with = "text")]
    text: String,
    #[serde(default, deserialize_with = "list")]
    attachments: Vec<Attachment>,
    #[serde(default, deserialize_with = "list")]
    blocks: Vec<Value>,
    #[serde(default, deserialize_with = "text")]
    username: String,
    #[serde(default, deserialize_with = "text")]
    icon_emoji: String,
    #[serde(default = "yes")]
    mrkdwn: bool,
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Attachment {
    #[serde(deserialize_with = "text")]
    fallback: String,
    #[serde(deserialize_with = "text")]
    pretext: String,
    #[serde(deserialize_with = "text")]
    author_name: String,
    #[serde(deserialize_with = "text")]
    author_link: String,
    #[serde(deserialize_with = "text")]
    title: String,
    #[serde(deserialize_with = "text")]
    title_link: String,
    #[serde(deserialize_with = "text")]
    text: String,
    #[serde(deserialize_with = "list")]
    fields: Vec<Field>,
    #[serde(deserialize_with = "list")]
    actions: Vec<Value>,
    #[serde(deserialize_with = "list")]
    blocks: Vec<Value>,
    #[serde(deserialize_with = "text")]
    image_url: String,
    #[serde(deserialize_with = "text")]
    footer: String,
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Field {
    #[serde(deserialize_with = "text")]
    title: String,
    #[serde(deserialize_with = "text")]
    value: String,
}

fn yes() -> bool {
    true
}

/// A text; senders also send numbers, and null for nothing.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::String(text) => Ok(text),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(truth) => Ok(truth.to_string()),
        Value::Null => Ok(String::new()),
        _ => Err(serde::de::Error::custom("expected a text")),
    }
}

/// A list; null for nothing; in form-encoded calls also a list inside a text.
fn list<'de, T: DeserializeOwned, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    let value = match Value::deserialize(deserializer)? {
        Value::Null => return Ok(Vec::new()),
        Value::String(text) => serde_json::from_str(&text).map_err(serde::de::Error::custom)?,
        value => value,
    };
    serde_json::from_value(value).map_err(serde::de::Error::custom)
}

fn read_alias(payload: &Payload) -> Option<Alias> {
    let name = payload
        .username
        .trim()
        .chars()
        .take(NAME_CHARS_MAX)
        .collect::<String>();
    let alias = Alias {
        name: Some(name).filter(|name| !name.is_empty()),
        emoji: icon(&payload.icon_emoji),
    };
    (alias != Alias::default()).then_some(alias)
}

/// An emoji that everybody has, or `:name:`, which may be one of the workspace's own.
fn icon(code: &str) -> Option<String> {
    let own = || {
        let named = format!(":{}:", code.trim_matches(':'));
        name_in_colons(&named).is_some().then_some(named)
    };
    emoji(code).map(str::to_owned).or_else(own)
}

fn print_text(text: &str, mrkdwn: bool) -> String {
    if mrkdwn {
        to_markdown(text)
    } else {
        plain(text)
    }
}

/// A quotation, with the pretext above it.
fn print_attachment(attachment: &Attachment) -> String {
    let mut lines = Vec::new();
    let author = plain(&attachment.author_name);
    match attachment.author_link.as_str() {
        "" => lines.push(author),
        url => lines.push(link(url, &attachment.author_name)),
    }
    match (attachment.title.as_str(), attachment.title_link.as_str()) {
        ("", _) => {}
        (title, "") => lines.push(format!("**{}**", plain(title))),
        (title, url) => lines.push(format!("**{}**", link(url, title))),
    }
    lines.push(to_markdown(&attachment.text));
    lines.extend(attachment.fields.iter().map(print_field));
    lines.push(print_blocks(&attachment.blocks));
    if !attachment.image_url.is_empty() {
        lines.push(link(&attachment.image_url, "image"));
    }
    lines.push(print_links(&attachment.actions));
    if !attachment.footer.is_empty() {
        lines.push(format!("_{}_", plain(&attachment.footer)));
    }
    let pretext = to_markdown(&attachment.pretext);
    lines.retain(|line| !line.trim().is_empty());
    if lines.is_empty() && pretext.is_empty() {
        lines.push(to_markdown(&attachment.fallback));
    }
    let quoted = quote(&lines.join("\n"));
    [pretext, quoted]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("\n\n")
}

fn print_field(field: &Field) -> String {
    let value = to_markdown(&field.value);
    match (field.title.trim(), value.contains('\n')) {
        ("", _) => value,
        (title, true) => format!("**{}**\n{value}", plain(title)),
        (title, false) => format!("**{}:** {value}", plain(title)),
    }
}

fn quote(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() {
        return String::new();
    }
    text.lines()
        .map(|line| format!("> {line}").trim_end().to_owned())
        .collect::<Vec<_>>()
        .join("\n")
}

fn print_blocks(blocks: &[Value]) -> String {
    let printed = blocks
        .iter()
        .map(print_block)
        .filter(|part| !part.trim().is_empty());
    printed.collect::<Vec<_>>().join("\n\n")
}

fn print_block(block: &Value) -> String {
    match kind(block) {
        "header" => bold(&print_object(&block["text"])),
        "section" => print_section(block),
        "context" => {
            let elements = items(&block["elements"]).iter().map(print_element);
            elements
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" · ")
        }
        "divider" => "---".into(),
        "image" | "video" => print_picture(block),
        "actions" => print_links(items(&block["elements"])),
        "markdown" => str_of(&block["text"]).to_owned(),
        "rich_text" => items(&block["elements"])
            .iter()
            .map(print_rich)
            .collect::<Vec<_>>()
            .join("\n"),
        _ => String::new(),
    }
}

fn print_section(block: &Value) -> String {
    let mut lines = vec![print_object(&block["text"])];
    lines.extend(items(&block["fields"]).iter().map(print_object));
    lines.push(print_element(&block["accessory"]));
    lines.retain(|line| !line.trim().is_empty());
    lines.join("\n")
}

/// An element beside text: a text object, a picture, a button that leads somewhere.
fn print_element(element: &Value) -> String {
    match kind(element) {
        "mrkdwn" | "plain_text" => print_object(element),
        "image" => print_picture(element),
        "button" => print_links(std::slice::from_ref(element)),
        _ => String::new(),
    }
}

/// A text object: `{"type": "mrkdwn" or "plain_text", "text": …}`.
fn print_object(object: &Value) -> String {
    let text = str_of(&object["text"]);
    match kind(object) {
        "plain_text" => with_emoji(&escape(text)),
        _ => to_markdown(text),
    }
}

fn with_emoji(text: &str) -> String {
    let mut out = String::new();
    let mut parts = text.split(':').peekable();
    let mut joined = true;
    while let Some(part) = parts.next() {
        match (emoji(part), joined, parts.peek()) {
            (Some(found), false, Some(_)) => {
                out.push_str(found);
                joined = true;
            }
            _ => {
                if !joined {
                    out.push(':');
                }
                out.push_str(part);
                joined = false;
            }
        }
    }
    out
}

fn print_picture(block: &Value) -> String {
    let title = str_of(&block["title"]["text"]);
    let alt = str_of(&block["alt_text"]);
    let name = [title, alt, "image"]
        .into_iter()
        .find(|name| !name.is_empty())
        .unwrap_or("image");
    let urls = [
        &block["image_url"],
        &block["slack_file"]["url"],
        &block["title_url"],
    ];
    match urls.into_iter().map(str_of).find(|url| !url.is_empty()) {
        Some(url) => link(url, name),
        None => escape(name),
    }
}

/// Buttons that lead somewhere; those that would call Slack back do nothing here.
fn print_links(elements: &[Value]) -> String {
    let links = elements.iter().filter_map(|element| {
        let url = element["url"].as_str()?;
        let label = element["text"]
            .as_str()
            .unwrap_or(str_of(&element["text"]["text"]));
        Some(link(url, label))
    });
    links.collect::<Vec<_>>().join(" · ")
}

fn print_rich(element: &Value) -> String {
    let inside = || {
        items(&element["elements"])
            .iter()
            .map(print_inline)
            .collect::<String>()
    };
    match kind(element) {
        "rich_text_section" => inside(),
        "rich_text_quote" => quote(&inside()),
        "rich_text_preformatted" => {
            let code = items(&element["elements"]).iter();
            let code: String = code.map(|part| str_of(&part["text"])).collect();
            format!("```\n{}\n```", code.trim_end_matches('\n'))
        }
        "rich_text_list" => print_list(element),
        _ => String::new(),
    }
}

fn print_list(element: &Value) -> String {
    let ordered = str_of(&element["style"]) == "ordered";
    let indent = "   ".repeat(element["indent"].as_u64().unwrap_or(0).min(8) as usize);
    let rows = items(&element["elements"])
        .iter()
        .enumerate()
        .map(|(n, item)| {
            let mark = if ordered {
                format!("{}.", n + 1)
            } else {
                "-".into()
            };
            format!("{indent}{mark} {}", print_rich(item))
        });
    rows.collect::<Vec<_>>().join("\n")
}

fn print_inline(part: &Value) -> String {
    let text = str_of(&part["text"]);
    match kind(part) {
        "text" => print_styled(text, &part["style"]),
        "link" => link(str_of(&part["url"]), text),
        "emoji" => {
            let name = str_of(&part["name"]);
            emoji(name).map_or_else(|| format!(":{name}:"), str::to_owned)
        }
        "user" => format!("@{}", str_of(&part["user_id"])),
        "usergroup" => format!("@{}", str_of(&part["usergroup_id"])),
        "channel" => format!("#{}", str_of(&part["channel_id"])),
        "broadcast" if str_of(&part["range"]) == "everyone" => "@all".into(),
        "broadcast" => "@channel".into(),
        "date" => escape(str_of(&part["fallback"])),
        _ => escape(text),
    }
}

fn print_styled(text: &str, style: &Value) -> String {
    if style["code"] == true {
        return format!("`{text}`");
    }
    // Marks must touch what they mark.
    let body = text.trim();
    let (before, after) = match text.find(body) {
        Some(at) if !body.is_empty() => (&text[..at], &text[at + body.len()..]),
        _ => return text.to_owned(),
    };
    let mut marked = escape(body);
    for (name, mark) in [("strike", "~~"), ("italic", "_"), ("bold", "**")] {
        if style[name] == true {
            marked = format!("{mark}{marked}{mark}");
        }
    }
    format!("{before}{marked}{after}")
}

fn bold(text: &str) -> String {
    if text.trim().is_empty() {
        String::new()
    } else {
        format!("**{}**", text.trim())
    }
}

fn kind(value: &Value) -> &str {
    str_of(&value["type"])
}

fn str_of(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

#[cfg(test)]
mod tests;
