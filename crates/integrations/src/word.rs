//! What people read outside of the screens, in their language: the same texts as the screens', from
//! the catalogues of the web UI.

use serde_json::Value;
use std::sync::LazyLock;
use tenon_protocol::{
    member::Language,
    notification::{Notification, Reason},
};

static ENGLISH: LazyLock<Value> =
    LazyLock::new(|| parse(include_str!("../../../web/src/i18n/en/inbox.json")));
static CHINESE: LazyLock<Value> =
    LazyLock::new(|| parse(include_str!("../../../web/src/i18n/zh-CN/inbox.json")));

fn parse(text: &str) -> Value {
    serde_json::from_str(text).expect("the catalogues are JSON")
}

/// A text of the catalogue `inbox`, with `{{name}}` filled in.
fn text(language: Language, key: &str, values: &[(&str, &str)]) -> String {
    let catalogue = match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    };
    let text = catalogue[key].as_str().unwrap_or(key).to_owned();
    let mut filled = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").unwrap_or((after, ""));
        let value = values.iter().find(|(known, _)| *known == name);
        filled.push_str(before);
        filled.push_str(value.map_or("", |(_, value)| value));
        rest = after;
    }
    filled + rest
}

/// `Li mentioned you`
pub(crate) fn title(language: Language, who: &str, notification: &Notification) -> String {
    let what = reason(language, notification);
    text(language, "notify_title", &[("who", who), ("what", &what)])
}

/// What it is, after the name of who did it; as `features/inbox/reason.ts` says it.
fn reason(language: Language, notification: &Notification) -> String {
    let key = match notification.reason {
        Reason::Acknowledgement => "reason_acknowledgement",
        Reason::Mention => "reason_mention",
        Reason::GroupMention => "reason_group_mention",
        Reason::Quote => "reason_quote",
        Reason::TaskAssigned => "reason_task_assigned",
        Reason::ChannelMention => "reason_channel_mention",
        Reason::DirectMessage => "reason_direct_message",
        Reason::ThreadReply => "reason_thread_reply",
        Reason::TaskMessage => "reason_task_message",
        Reason::TaskState => "reason_task_state",
        Reason::Keyword => "reason_keyword",
        Reason::ChannelMessage => "reason_channel_message",
        Reason::Reminder => "reason_reminder",
        Reason::PollClosed => "reason_poll_closed",
        Reason::NotSent => "reason_not_sent",
    };
    let (longer, name) = match notification.reason {
        Reason::TaskState => ("reason_task_state_to", "state"),
        Reason::GroupMention => ("reason_group_mention_of", "group"),
        Reason::Keyword => ("reason_keyword_of", "keyword"),
        _ => return text(language, key, &[]),
    };
    match &notification.detail {
        Some(detail) => text(language, longer, &[(name, detail)]),
        None => text(language, key, &[]),
    }
}

/// `ENG-42 Ship it`: the task's key and the beginning of the message, on one line.
pub(crate) fn body(notification: &Notification) -> String {
    let plain = plain(&notification.excerpt);
    match &notification.key {
        Some(key) if plain.is_empty() => key.clone(),
        Some(key) => format!("{key} {plain}"),
        None => plain,
    }
}

/// Where it is on the screens.
pub(crate) fn path(notification: &Notification) -> String {
    match (&notification.key, notification.message) {
        (Some(key), _) => format!("/t/{key}"),
        (None, Some(message)) => format!("/m/{message}"),
        (None, None) => "/inbox".to_owned(),
    }
}

/// Without the marks of Markdown; good enough for a line that is cut off anyway, as
/// `features/inbox/logic/plain.ts` is.
fn plain(text: &str) -> String {
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut line = line.trim_start();
        if line.starts_with("```") {
            continue;
        }
        let mark = line.trim_start_matches(['#', '>', '-', '*', '+']);
        if mark.len() < line.len() && mark.starts_with(' ') {
            line = mark;
        }
        lines.push(line.replace("**", "").replace("~~", "").replace('`', ""));
    }
    let joined = lines.join(" ");
    let words: Vec<&str> = joined.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(reason: &str, detail: &str) -> Notification {
        let text = format!(
            r#"{{"id":"01890000-0000-7000-8000-000000000001","cause":7,
            "at":"2027-01-15T08:00:00Z","reason":"{reason}","detail":{detail},
            "actor":"01890000-0000-7000-8000-000000000002"}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn titles_are_those_of_the_screens() {
        let mention = told("mention", "null");
        let title = |language, it: &Notification| super::title(language, "王芳", it);
        assert_eq!(title(Language::English, &mention), "王芳 mentioned you");
        assert_eq!(title(Language::Chinese, &mention), "王芳提到了你");
        let keyword = told("keyword", "\"上线\"");
        assert_eq!(title(Language::English, &keyword), "王芳 said “上线”");
    }

    /// A key that is not in a catalogue would be read as it is.
    #[test]
    fn every_reason_has_its_text_in_both_languages() {
        let reasons = [
            "acknowledgement",
            "mention",
            "group_mention",
            "quote",
            "task_assigned",
            "channel_mention",
            "direct_message",
            "thread_reply",
            "task_message",
            "task_state",
            "keyword",
            "channel_message",
            "reminder",
            "poll_closed",
        ];
        for reason in reasons {
            for detail in ["null", "\"x\""] {
                for language in [Language::English, Language::Chinese] {
                    let text = title(language, "w", &told(reason, detail));
                    assert!(!text.contains('_') && !text.contains('{'), "{text}");
                }
            }
        }
    }

    #[test]
    fn bodies_are_one_line_without_marks() {
        let it = Notification {
            key: Some("ENG-1".into()),
            excerpt: "# 标题\n- **加粗** `code`\n```rust\nfn\n```".into(),
            ..told("task_message", "null")
        };
        assert_eq!(body(&it), "ENG-1 标题 加粗 code fn");
    }
}
