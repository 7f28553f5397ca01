//! Payloads as real senders shape them.

use super::*;
use serde_json::json;

fn print(value: Value) -> String {
    read(value).unwrap().text
}

#[test]
fn a_line_of_text_with_a_name_and_an_emoji() {
    let said = read(json!({
        "channel": "#ops", "username": "Deploy bot", "icon_emoji": ":rocket:",
        "text": "Deployed <https://ci.example/7|build 7> to *production*",
    }));
    let said = said.unwrap();
    assert_eq!(
        said.text,
        "Deployed [build 7](https://ci.example/7) to **production**"
    );
    let alias = Alias {
        name: Some("Deploy bot".into()),
        emoji: Some("🚀".into()),
    };
    assert_eq!(said.alias, Some(alias));
}

#[test]
fn alertmanagers_slack_receiver() {
    let text = print(json!({
        "channel": "#alerts",
        "username": "Alertmanager",
        "attachments": [{
            "title": "[FIRING:1] HighLatency (api prod)",
            "title_link": "http://alertmanager:9093/#/alerts?receiver=slack",
            "text": "",
            "pretext": "",
            "fallback": "[FIRING:1] HighLatency (api prod) | http://alertmanager:9093",
            "callback_id": "",
            "footer": "",
            "color": "danger",
            "mrkdwn_in": ["fallback", "pretext", "text"],
            "fields": [
                {"title": "Severity", "value": "critical", "short": true},
                {"title": "Instance", "value": "api-1:9100", "short": true}
            ],
            "actions": [{"type": "button", "text": "Silence :no_bell:", "url": "http://a/s"}]
        }]
    }));
    assert_eq!(
        text,
        "> **[\\[FIRING:1\\] HighLatency (api prod)]\
         (http://alertmanager:9093/#/alerts?receiver=slack)**\n\
         > **Severity:** critical\n> **Instance:** api-1:9100\n> [Silence :no_bell:](http://a/s)"
    );
}

#[test]
fn attachments_stand_below_the_text() {
    let text = print(json!({
        "text": "Two things:",
        "attachments": [
            {"pretext": "before", "author_name": "Ann", "text": "line *one*\nline two",
             "footer": "CI", "image_url": "https://img.example/a.png"},
            {"fallback": "only a fallback"},
        ]
    }));
    assert_eq!(
        text,
        "Two things:\n\nbefore\n\n> Ann\n> line **one**\n> line two\n\
         > [image](https://img.example/a.png)\n> _CI_\n\n> only a fallback"
    );
}

#[test]
fn blocks_are_shown_instead_of_the_text() {
    let text = print(json!({
        "text": "fallback for notifications",
        "blocks": [
            {"type": "header", "text": {"type": "plain_text", "text": "Release :tada: 1.2"}},
            {"type": "section", "text": {"type": "mrkdwn", "text": "*Ready* <!here>"},
             "fields": [{"type": "mrkdwn", "text": "*Env:* prod"},
                        {"type": "plain_text", "text": "a*b"}],
             "accessory": {"type": "button", "text": {"type": "plain_text", "text": "Open"},
                           "url": "https://x.example"}},
            {"type": "divider"},
            {"type": "context", "elements": [
                {"type": "image", "image_url": "https://i.example/a.png", "alt_text": "Ann"},
                {"type": "mrkdwn", "text": "by _Ann_"}]},
            {"type": "image", "image_url": "https://i.example/c.png", "alt_text": "chart"},
            {"type": "actions", "elements": [
                {"type": "button", "text": {"type": "plain_text", "text": "Docs"},
                 "url": "https://d.example"},
                {"type": "button", "text": {"type": "plain_text", "text": "Approve"},
                 "action_id": "a"}]},
            {"type": "no_such_block", "text": "?"}
        ]
    }));
    assert_eq!(
        text,
        "**Release 🎉 1.2**\n\n**Ready** @channel\n**Env:** prod\na\\*b\n\
         [Open](https://x.example)\n\n---\n\n\
         [Ann](https://i.example/a.png) · by _Ann_\n\n[chart](https://i.example/c.png)\n\n\
         [Docs](https://d.example)"
    );
}

#[test]
fn rich_text() {
    let section = |elements: Value| json!({"type": "rich_text_section", "elements": elements});
    let text = print(json!({"blocks": [{"type": "rich_text", "elements": [
        section(json!([
            {"type": "text", "text": "Hello "},
            {"type": "text", "text": "bold ", "style": {"bold": true}},
            {"type": "text", "text": "x < y", "style": {"code": true}},
            {"type": "link", "url": "https://l.example", "text": "link"},
            {"type": "emoji", "name": "wave"},
            {"type": "broadcast", "range": "channel"},
        ])),
        {"type": "rich_text_list", "style": "ordered", "elements": [
            section(json!([{"type": "text", "text": "one"}])),
            section(json!([{"type": "text", "text": "two"}]))]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "a\nb"}]},
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "said"}]},
    ]}]}));
    assert_eq!(
        text,
        "Hello **bold** `x < y`[link](https://l.example)👋@channel\n\
         1. one\n2. two\n```\na\nb\n```\n> said"
    );
}

#[test]
fn odd_senders_are_understood() {
    let attachments = r#"[{"text": "inside a text"}]"#;
    assert_eq!(
        print(json!({"attachments": attachments})),
        "> inside a text"
    );
    assert_eq!(
        print(json!({"text": 42, "blocks": null, "username": null})),
        "42"
    );
    assert_eq!(
        print(json!({"text": "*raw*", "mrkdwn": false})),
        "\\*raw\\*"
    );
    let fields = json!({"attachments": [{"fields": [{"title": "n", "value": 7}]}]});
    assert_eq!(print(fields), "> **n:** 7");
}

#[test]
fn a_payload_of_the_wrong_shape_is_invalid() {
    assert!(matches!(
        read(json!({"text": ["a"]})),
        Err(Refused::InvalidPayload)
    ));
    assert!(matches!(
        read(json!({"attachments": 7})),
        Err(Refused::InvalidPayload)
    ));
    assert!(matches!(
        read(json!({"attachments": []})),
        Err(Refused::NoText)
    ));
}
