//! Mails as they go out, read by another library than the one that writes them.

use super::*;
use jiff::tz::TimeZone;
use mail_parser::{Message as Parsed, MessageParser, MimeHeaders};
use tenon_protocol::notification::Notification;

fn sender() -> Sender {
    Sender {
        from: "tenon@example.com".parse().unwrap(),
        base_url: "https://chat.example.com".into(),
        host: "chat.example.com".into(),
    }
}

fn told(reason: &str, excerpt: &str) -> Notification {
    let value = serde_json::json!({
        "id": "01890000-0000-7000-8000-000000000001", "cause": 7, "at": "2027-01-15T08:00:00Z",
        "reason": reason, "actor": "01890000-0000-7000-8000-000000000002",
        "message": "01890000-0000-7000-8000-000000000004", "excerpt": excerpt,
    });
    serde_json::from_value(value).unwrap()
}

fn item(who: &str, channel: &str, notification: Notification) -> Item {
    Item {
        who: who.into(),
        place: Place::Channel(channel.into()),
        notification,
    }
}

fn letter(language: Language, items: Vec<Item>, count: usize) -> Letter {
    Letter {
        id: "01890000-0000-7000-8000-00000000000a".parse().unwrap(),
        to: "li@example.com".into(),
        language,
        zone: TimeZone::get("Asia/Shanghai").unwrap(),
        workspace: "榫卯 Works".into(),
        content: Content::Missed(Digest {
            items,
            count,
            link: "c0ffee".into(),
        }),
    }
}

fn raw(letter: &Letter) -> Vec<u8> {
    write(&sender(), letter).unwrap().formatted()
}

fn parse(raw: &[u8]) -> Parsed<'_> {
    MessageParser::new().parse(raw).unwrap()
}

fn header<'a>(mail: &'a Parsed<'_>, name: &'static str) -> &'a str {
    mail.header_raw(name).unwrap().trim()
}

#[test]
fn a_mail_says_what_was_missed_in_both_languages() {
    let one = || vec![item("王芳", "日常", told("mention", "**上线**了吗"))];
    let english = raw(&letter(Language::English, one(), 1));
    let mail = parse(&english);
    assert_eq!(mail.subject(), Some("王芳 mentioned you · 榫卯 Works"));
    let text = mail.body_text(0).unwrap();
    let link = "https://chat.example.com/m/01890000-0000-7000-8000-000000000004";
    for part in [
        "1 unread notification in 榫卯 Works",
        "#日常 · Fri 15 Jan, 16:00",
        "上线了吗",
        link,
        "https://chat.example.com/unsubscribe/c0ffee",
        "Times are those of Asia/Shanghai.",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    let html = mail.body_html(0).unwrap();
    for part in [
        "王芳 mentioned you",
        "#日常 · Fri 15 Jan, 16:00",
        "上线了吗",
        link,
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
    for part in ["<img", "src=", "url(", "<script", "background", "@import"] {
        assert!(!html.contains(part), "{part} is in {html}");
    }

    let chinese = raw(&letter(Language::Chinese, one(), 1));
    let mail = parse(&chinese);
    assert_eq!(mail.subject(), Some("王芳提到了你 · 榫卯 Works"));
    let text = mail.body_text(0).unwrap();
    assert!(text.contains("「榫卯 Works」里有 1 条未读通知"), "{text}");
    assert!(text.contains("#日常 · 1月15日 周五 16:00"), "{text}");
    assert_eq!(header(&mail, "Content-Language"), "zh-CN");
}

#[test]
fn headers_keep_robots_from_answering_and_let_readers_stop() {
    let items = vec![item("王芳", "日常", told("mention", "在吗"))];
    let raw = raw(&letter(Language::English, items, 1));
    let mail = parse(&raw);
    let id = "01890000-0000-7000-8000-00000000000a@chat.example.com";
    assert_eq!(mail.message_id(), Some(id));
    assert!(mail.date().is_some());
    let from = mail.from().unwrap().first().unwrap();
    assert_eq!(from.address(), Some("tenon@example.com"));
    assert_eq!(from.name(), Some("榫卯 Works"));
    assert_eq!(header(&mail, "Auto-Submitted"), "auto-generated");
    let stop = "<https://chat.example.com/unsubscribe/c0ffee>";
    assert_eq!(header(&mail, "List-Unsubscribe"), stop);
    let post = header(&mail, "List-Unsubscribe-Post");
    assert_eq!(post, "List-Unsubscribe=One-Click");
    assert_eq!(mail.content_type().unwrap().subtype(), Some("alternative"));
}

#[test]
fn many_are_one_mail_and_say_how_many_more() {
    let items = (0..20).map(|_| item("王芳", "日常", told("mention", "在吗")));
    let raw = raw(&letter(Language::English, items.collect(), 23));
    let mail = parse(&raw);
    let head = "23 unread notifications in 榫卯 Works";
    assert_eq!(mail.subject(), Some(head));
    assert!(
        mail.body_text(0)
            .unwrap()
            .contains("and 3 more in the inbox")
    );
}

#[test]
fn counts_alone_say_nothing_else() {
    for (count, head) in [
        (1, "1 unread notification in"),
        (4, "4 unread notifications in"),
    ] {
        let raw = raw(&letter(Language::English, vec![], count));
        let mail = parse(&raw);
        assert!(mail.subject().unwrap().starts_with(head));
        assert!(mail.body_text(0).unwrap().starts_with(head));
        assert!(!mail.body_html(0).unwrap().contains("more in"));
    }
}

#[test]
fn names_cannot_write_headers_or_markup() {
    let who = "Li\r\nBcc: everyone@example.com\r\n\r\n<b>hi</b>";
    let said = "<script>alert(1)</script>\r\n.\r\nMAIL FROM:<x@example.com>";
    let mut letter = letter(
        Language::English,
        vec![item(who, "a\r\nX-Evil: 1", told("mention", said))],
        1,
    );
    letter.workspace = "W\r\nBcc: all@example.com".into();
    let raw = raw(&letter);
    let mail = parse(&raw);
    assert!(mail.bcc().is_none() && mail.header_raw("X-Evil").is_none());
    assert_eq!(mail.to().unwrap().as_list().unwrap().len(), 1);
    let subject = mail.subject().unwrap();
    assert!(
        subject.starts_with("Li Bcc: everyone@example.com <b>hi</b>"),
        "{subject}"
    );
    let html = mail.body_html(0).unwrap();
    assert!(!html.contains("<b>") && !html.contains("<script"), "{html}");
    // Nothing in it ends the mail before its end.
    assert!(
        !String::from_utf8(raw.clone())
            .unwrap()
            .contains("\r\n.\r\n")
    );
}

#[test]
fn an_address_that_is_none_is_refused() {
    let mut letter = letter(Language::English, vec![], 1);
    letter.to = "li@example.com>\r\nRCPT TO:<x@example.com".into();
    assert!(write(&sender(), &letter).is_err());
}

#[test]
fn long_names_right_to_left_and_emoji_stay_readable() {
    let long = "长".repeat(10_000);
    let letter = letter(
        Language::English,
        vec![
            item(&long, &long, told("mention", &long)),
            item(
                "עדי \u{202e}evil\u{202c}",
                "🧩",
                told("mention", "مرحبا 👩‍👩‍👧‍👦"),
            ),
        ],
        2,
    );
    let raw = raw(&letter);
    assert!(
        raw.split(|byte| *byte == b'\n')
            .all(|line| line.len() <= 999)
    );
    let mail = parse(&raw);
    let text = mail.body_text(0).unwrap();
    assert!(text.chars().count() < 2_000, "{}", text.len());
    assert!(text.contains('…'));
    assert!(text.contains("עדי evil mentioned you") && text.contains("مرحبا 👩‍👩‍👧‍👦"));
    assert!(!text.contains('\u{202e}'));
    assert!(mail.body_html(0).unwrap().contains("dir=\"auto\""));
}

#[test]
fn a_test_says_that_it_came() {
    let mut letter = letter(Language::Chinese, vec![], 0);
    letter.content = Content::Test;
    let raw = raw(&letter);
    let mail = parse(&raw);
    assert_eq!(mail.subject(), Some("你能收到榫卯的邮件"));
    assert!(mail.header_raw("List-Unsubscribe").is_none());
}

#[test]
fn an_invitation_and_a_way_back_in_hold_their_links() {
    let mut letter = letter(Language::English, vec![], 0);
    letter.content = Content::Invitation {
        by: "Li\r\nBcc: x@example.com".into(),
        path: "/invite/tni_1".into(),
    };
    let invited = raw(&letter);
    let mail = parse(&invited);
    assert!(mail.bcc().is_none());
    let subject = "Li Bcc: x@example.com invites you to 榫卯 Works";
    assert_eq!(mail.subject(), Some(subject));
    for text in [mail.body_text(0).unwrap(), mail.body_html(0).unwrap()] {
        assert!(
            text.contains("https://chat.example.com/invite/tni_1"),
            "{text}"
        );
    }
    assert!(mail.header_raw("List-Unsubscribe").is_none());
    letter.language = Language::Chinese;
    letter.content = Content::Reset {
        name: "李雷".into(),
        path: "/reset/tnr_1".into(),
    };
    let reset = raw(&letter);
    let mail = parse(&reset);
    assert_eq!(mail.subject(), Some("重设榫卯的密码"));
    let text = mail.body_text(0).unwrap();
    assert!(
        text.contains("https://chat.example.com/reset/tnr_1"),
        "{text}"
    );
}
