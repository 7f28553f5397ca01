//! What mails say, in both languages.

use jiff::{Timestamp, tz::TimeZone};
use tenon_protocol::member::Language;

/// The fixed texts of a mail.
pub(super) struct Words {
    pub open: &'static str,
    pub inbox: &'static str,
    pub settings: &'static str,
    pub stop: &'static str,
    pub why: &'static str,
    pub test_subject: &'static str,
    pub test_body: &'static str,
    pub join: &'static str,
    pub join_hint: &'static str,
    pub reset_subject: &'static str,
    pub reset_body: &'static str,
    pub reset: &'static str,
}

static ENGLISH: Words = Words {
    open: "Open",
    inbox: "Open the inbox",
    settings: "Change when you get mail",
    stop: "No more mail",
    why: "You get this mail because you had not read it in Tenon.",
    test_subject: "Mail from Tenon reaches you",
    test_body: "You asked for this mail to see whether it comes. It does: what you miss in Tenon \
        can be mailed to you at this address.",
    join: "Join",
    join_hint: "The link is for one person and for you alone. If you do not know who sent it, \
        leave it.",
    reset_subject: "Choose a new password for Tenon",
    reset_body: "Somebody asked for a new password with this address. The link holds for an hour \
        and works once. If it was not you, leave it: nothing changes.",
    reset: "Choose a new password",
};

static CHINESE: Words = Words {
    open: "打开",
    inbox: "打开收件箱",
    settings: "更改邮件时间",
    stop: "不再接收邮件",
    why: "这些内容你在榫卯里还没有读，所以发到了邮箱。",
    test_subject: "你能收到榫卯的邮件",
    test_body: "你要求发送这封邮件，看看能不能收到。收到就说明没有问题：在榫卯里错过的内容可以发到这个邮箱。",
    join: "加入",
    join_hint: "链接只能使用一次，仅供你本人使用。如果不认识发件人，可以忽略这封邮件。",
    reset_subject: "重设榫卯的密码",
    reset_body: "有人用这个邮箱申请重设密码。链接一小时内有效，只能使用一次。如果不是你本人操作，请忽略这封邮件，密码不会改变。",
    reset: "重设密码",
};

pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
    }
}

/// How much was missed where, in one line.
pub(super) fn summary(language: Language, count: usize, workspace: &str) -> String {
    match (language, count) {
        (Language::English, 1) => format!("1 unread notification in {workspace}"),
        (Language::English, _) => format!("{count} unread notifications in {workspace}"),
        (Language::Chinese, _) => format!("「{workspace}」里有 {count} 条未读通知"),
    }
}

/// Who invites, and where to.
pub(super) fn invited(language: Language, by: &str, workspace: &str) -> String {
    match language {
        Language::English => format!("{by} invites you to {workspace}"),
        Language::Chinese => format!("{by}邀请你加入「{workspace}」"),
    }
}

/// After those that are shown.
pub(super) fn more(language: Language, count: usize) -> String {
    match language {
        Language::English => format!("and {count} more in the inbox"),
        Language::Chinese => format!("收件箱里还有 {count} 条"),
    }
}

/// How many messages one line stands for.
pub(super) fn messages(language: Language, count: i64) -> String {
    match language {
        Language::English => format!("{count} new messages"),
        Language::Chinese => format!("{count} 条新消息"),
    }
}

pub(super) fn direct(language: Language) -> &'static str {
    match language {
        Language::English => "Direct message",
        Language::Chinese => "私信",
    }
}

/// When it was, on the reader's clock.
pub(super) fn time(language: Language, at: Timestamp, zone: &TimeZone) -> String {
    let local = at.to_zoned(zone.clone());
    match language {
        Language::English => local.strftime("%a %-d %b, %H:%M").to_string(),
        Language::Chinese => {
            let days = ["日", "一", "二", "三", "四", "五", "六"];
            let day = days[local.weekday().to_sunday_zero_offset() as usize];
            let (month, date) = (local.month(), local.day());
            format!("{month}月{date}日 周{day} {}", local.strftime("%H:%M"))
        }
    }
}

/// Whose clock that is.
pub(super) fn zone(language: Language, zone: &TimeZone) -> String {
    let name = zone.iana_name().unwrap_or("UTC");
    match language {
        Language::English => format!("Times are those of {name}."),
        Language::Chinese => format!("时间按 {name} 时区显示。"),
    }
}
