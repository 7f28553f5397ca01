//! What people write, in both languages, and what it must come to. Now is Wednesday, 25 November
//! 2026, 10:00 in Shanghai, unless a test says otherwise.

use super::*;
use crate::names::tests::{id, member};
use proptest::prelude::*;
use tenon_protocol::{Due, task::Priority};

const NOW: &str = "2026-11-25T02:00:00Z";

fn guess_at(text: &str, now: &str, time_zone: &str) -> Guess {
    let team = [
        member(1, "张三", "zhangsan"),
        member(2, "Li Wei", "li"),
        member(3, "李四", "lisi"),
        Member {
            kind: MemberKind::Bot,
            ..member(4, "tenon", "tenon")
        },
    ];
    let names: Names = team.iter().collect();
    let found = markup::read(text, &names).mentions;
    let mentions: Vec<&Member> = found
        .iter()
        .filter_map(|id| team.iter().find(|member| member.id == *id))
        .collect();
    guess(&GuessInput {
        text,
        mentions: &mentions,
        channel_project: None,
        author: &team[0],
        now: now.parse().unwrap(),
        time_zone,
    })
}

fn guess_now(text: &str) -> Guess {
    guess_at(text, NOW, "Asia/Shanghai")
}

/// A day, or a time in Shanghai.
fn written(due: Option<Due>, time_zone: &str) -> String {
    match due {
        None => String::new(),
        Some(Due::Day(date)) => date.to_string(),
        Some(Due::At(at)) => at
            .in_tz(time_zone)
            .unwrap()
            .strftime("%Y-%m-%d %H:%M")
            .to_string(),
    }
}

/// `text`, what it is due, the words for it.
#[track_caller]
fn expect_due(table: &[(&str, &str, &str)]) {
    let mut wrong = Vec::new();
    for (text, due, words) in table {
        let found = guess_now(text);
        let got = (
            written(found.due, "Asia/Shanghai"),
            found.due_words.unwrap_or_default(),
        );
        if got != (due.to_string(), words.to_string()) {
            wrong.push(format!("{text:?}: expected {due:?} {words:?}, got {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn chinese_days() {
    expect_due(&[
        ("今天发版", "2026-11-25", "今天"),
        ("今日事今日毕", "2026-11-25", "今日"),
        ("今晚发版", "2026-11-25", "今晚"),
        ("明天发我", "2026-11-26", "明天"),
        ("后天交", "2026-11-27", "后天"),
        ("大后天交", "2026-11-28", "大后天"),
        ("周五交", "2026-11-27", "周五"),
        ("星期五交", "2026-11-27", "星期五"),
        ("礼拜天交", "2026-11-29", "礼拜天"),
        ("周日之前", "2026-11-29", "周日之前"),
        ("周三交", "2026-12-02", "周三"),
        ("今天周三，发版", "2026-11-25", "今天周三"),
        ("这周五前", "2026-11-27", "这周五前"),
        ("本周三", "2026-11-25", "本周三"),
        ("周5交", "2026-11-27", "周5"),
        ("下周三评审", "2026-12-02", "下周三"),
        ("下周一", "2026-11-30", "下周一"),
        ("下个星期天", "2026-12-06", "下个星期天"),
        ("下下周一", "2026-12-07", "下下周一"),
        ("本周内完成", "2026-11-27", "本周内"),
        ("这周搞定", "2026-11-27", "这周"),
        ("下周给你", "2026-12-04", "下周"),
        ("下周初", "2026-11-30", "下周初"),
        ("周末前", "2026-11-29", "周末前"),
        ("月底前交", "2026-11-30", "月底前"),
        ("本月底", "2026-11-30", "本月底"),
        ("这个月内", "2026-11-30", "这个月内"),
        ("下月初", "2026-12-01", "下月初"),
        ("下个月底", "2026-12-31", "下个月底"),
        ("下个月5号", "2026-12-05", "下个月5号"),
        ("季度末", "2026-12-31", "季度末"),
        ("年底前上线", "2026-12-31", "年底前"),
        ("明年底", "2027-12-31", "明年底"),
        ("2027年底", "2027-12-31", "2027年底"),
        ("三月底", "2027-03-31", "三月底"),
        ("12月初", "2026-12-01", "12月初"),
        ("下班前发我", "2026-11-25", "下班前"),
        ("明天下班前发我", "2026-11-26", "明天下班前"),
    ]);
}

#[test]
fn chinese_dates() {
    expect_due(&[
        ("12月5日交", "2026-12-05", "12月5日"),
        ("12月5号交", "2026-12-05", "12月5号"),
        ("12 月 5 日交", "2026-12-05", "12 月 5 日"),
        ("十二月二十五号", "2026-12-25", "十二月二十五号"),
        ("1月3日", "2027-01-03", "1月3日"),
        ("11月25日", "2026-11-25", "11月25日"),
        ("2026年1月3日", "2026-01-03", "2026年1月3日"),
        ("2027年1月3号前", "2027-01-03", "2027年1月3号前"),
        ("二〇二七年一月三日", "2027-01-03", "二〇二七年一月三日"),
        ("明年3月1日", "2027-03-01", "明年3月1日"),
        ("5号交", "2026-12-05", "5号"),
        ("28号交", "2026-11-28", "28号"),
        ("二十八号交", "2026-11-28", "二十八号"),
        (
            "12月5日（周六）下午3点",
            "2026-12-05 15:00",
            "12月5日（周六）下午3点",
        ),
        ("交付时间：2026-12-05", "2026-12-05", "2026-12-05"),
        ("12/5 上线", "2026-12-05", "12/5"),
        ("截止12/5", "2026-12-05", "截止12/5"),
        ("１２月５日", "2026-12-05", "１２月５日"),
    ]);
}

#[test]
fn chinese_times() {
    expect_due(&[
        ("明天下午三点", "2026-11-26 15:00", "明天下午三点"),
        (
            "明天下午三点半前发我",
            "2026-11-26 15:30",
            "明天下午三点半前",
        ),
        ("下午3点开会", "2026-11-25 15:00", "下午3点"),
        ("上午9点", "2026-11-26 09:00", "上午9点"),
        ("15:30 发版", "2026-11-25 15:30", "15:30"),
        ("15：30发版", "2026-11-25 15:30", "15：30"),
        ("09:30 站会", "2026-11-26 09:30", "09:30"),
        ("今晚8点", "2026-11-25 20:00", "今晚8点"),
        ("今晚十二点前", "2026-11-26 00:00", "今晚十二点前"),
        ("明早九点一刻", "2026-11-26 09:15", "明早九点一刻"),
        ("明天中午", "2026-11-26 12:00", "明天中午"),
        ("明天中午12点半", "2026-11-26 12:30", "明天中午12点半"),
        ("中午1点前", "2026-11-25 13:00", "中午1点前"),
        ("后天凌晨两点", "2026-11-27 02:00", "后天凌晨两点"),
        ("周五下午5点四十五", "2026-11-27 17:45", "周五下午5点四十五"),
        ("下周三 14:00 前", "2026-12-02 14:00", "下周三 14:00 前"),
        ("明天三点", "2026-11-26 15:00", "明天三点"),
        ("明天十点", "2026-11-26 10:00", "明天十点"),
        ("三点前给我", "2026-11-25 15:00", "三点前"),
        ("今天9点前", "2026-11-25 21:00", "今天9点前"),
        ("晚上12点", "2026-11-26 00:00", "晚上12点"),
        ("明天下午", "2026-11-26", "明天下午"),
        ("明天晚上给我", "2026-11-26", "明天晚上"),
        (
            "2026年12月5日18点30分",
            "2026-12-05 18:30",
            "2026年12月5日18点30分",
        ),
        ("24点前", "2026-11-26 00:00", "24点前"),
        ("3点开会", "2026-11-25 15:00", "3点"),
        (
            "会议改到周四下午两点半",
            "2026-11-26 14:30",
            "周四下午两点半",
        ),
        ("请各位在12月5日前提交", "2026-12-05", "在12月5日前"),
        ("今天内修好", "2026-11-25", "今天内"),
    ]);
}

#[test]
fn chinese_stretches() {
    expect_due(&[
        ("3天后", "2026-11-28", "3天后"),
        ("三天内", "2026-11-28", "三天内"),
        ("3日内答复", "2026-11-28", "3日内"),
        ("两周后", "2026-12-09", "两周后"),
        ("一个星期之内", "2026-12-02", "一个星期之内"),
        ("半小时后", "2026-11-25 10:30", "半小时后"),
        ("半个小时内", "2026-11-25 10:30", "半个小时内"),
        ("两个小时后", "2026-11-25 12:00", "两个小时后"),
        ("一个半小时后", "2026-11-25 11:30", "一个半小时后"),
        ("2小时半后", "2026-11-25 12:30", "2小时半后"),
        ("20分钟内", "2026-11-25 10:20", "20分钟内"),
        ("24小时内", "2026-11-26 10:00", "24小时内"),
        ("三个工作日内", "2026-11-30", "三个工作日内"),
        ("两个月后", "2027-01-25", "两个月后"),
        ("半个月内", "2026-12-10", "半个月内"),
        ("半年后", "2027-05-25", "半年后"),
        ("十天以后", "2026-12-05", "十天以后"),
    ]);
}

#[test]
fn english_days() {
    expect_due(&[
        ("ship it today", "2026-11-25", "today"),
        ("ship it tonight", "2026-11-25", "tonight"),
        ("tomorrow please", "2026-11-26", "tomorrow"),
        (
            "the day after tomorrow",
            "2026-11-27",
            "the day after tomorrow",
        ),
        ("fix it by Friday", "2026-11-27", "by Friday"),
        ("before friday.", "2026-11-27", "before friday"),
        ("on Wednesday", "2026-12-02", "on Wednesday"),
        ("this Wednesday", "2026-11-25", "this Wednesday"),
        ("by Fri", "2026-11-27", "by Fri"),
        ("next Monday", "2026-11-30", "next Monday"),
        ("next Friday", "2026-12-04", "next Friday"),
        ("Friday next week", "2026-12-04", "Friday next week"),
        ("by end of week", "2026-11-27", "by end of week"),
        (
            "by the end of the week",
            "2026-11-27",
            "by the end of the week",
        ),
        ("end of next week", "2026-12-04", "end of next week"),
        ("next week", "2026-12-04", "next week"),
        ("early next week", "2026-11-30", "early next week"),
        ("end of month", "2026-11-30", "end of month"),
        (
            "by the end of next month",
            "2026-12-31",
            "by the end of next month",
        ),
        ("end of March", "2027-03-31", "end of March"),
        ("EOD", "2026-11-25", "EOD"),
        ("by EOD tomorrow", "2026-11-26", "by EOD tomorrow"),
        ("by COB Friday", "2026-11-27", "by COB Friday"),
        ("Friday EOD", "2026-11-27", "Friday EOD"),
        ("by EOW", "2026-11-27", "by EOW"),
        ("EOY", "2026-12-31", "EOY"),
        ("by end of year", "2026-12-31", "by end of year"),
        ("by end of quarter", "2026-12-31", "by end of quarter"),
    ]);
}

#[test]
fn english_dates() {
    expect_due(&[
        ("by Dec 5", "2026-12-05", "by Dec 5"),
        ("Dec 5th", "2026-12-05", "Dec 5th"),
        ("Dec. 5, 2027", "2027-12-05", "Dec. 5, 2027"),
        ("december 1st", "2026-12-01", "december 1st"),
        ("5 December", "2026-12-05", "5 December"),
        (
            "the 5th of December 2026",
            "2026-12-05",
            "the 5th of December 2026",
        ),
        ("Jan 3", "2027-01-03", "Jan 3"),
        ("May 5", "2027-05-05", "May 5"),
        ("2026-12-05", "2026-12-05", "2026-12-05"),
        ("due 2026/12/5", "2026-12-05", "due 2026/12/5"),
        ("2026.12.5", "2026-12-05", "2026.12.5"),
        ("due: 12/5", "2026-12-05", "due: 12/5"),
        ("12/5/2026", "2026-12-05", "12/5/2026"),
        ("by the 5th", "2026-12-05", "by the 5th"),
        ("due on the 30th", "2026-11-30", "due on the 30th"),
        ("2026-12-05T15:30", "2026-12-05 15:30", "2026-12-05T15:30"),
        ("2026-12-05 15:30", "2026-12-05 15:30", "2026-12-05 15:30"),
    ]);
}

#[test]
fn english_times() {
    expect_due(&[
        ("tomorrow at 3pm", "2026-11-26 15:00", "tomorrow at 3pm"),
        ("tomorrow at 3", "2026-11-26 15:00", "tomorrow at 3"),
        ("tomorrow 3:30 PM", "2026-11-26 15:30", "tomorrow 3:30 PM"),
        (
            "tomorrow at 9 a.m.",
            "2026-11-26 09:00",
            "tomorrow at 9 a.m.",
        ),
        ("3pm tomorrow", "2026-11-26 15:00", "3pm tomorrow"),
        ("by 5pm", "2026-11-25 17:00", "by 5pm"),
        ("by 9am", "2026-11-26 09:00", "by 9am"),
        ("at 15:30 on Dec 5", "2026-12-05 15:30", "at 15:30 on Dec 5"),
        ("by noon", "2026-11-25 12:00", "by noon"),
        ("by noon tomorrow", "2026-11-26 12:00", "by noon tomorrow"),
        ("tomorrow at noon", "2026-11-26 12:00", "tomorrow at noon"),
        ("tonight at 8", "2026-11-25 20:00", "tonight at 8"),
        ("tomorrow morning", "2026-11-26", "tomorrow morning"),
        (
            "tomorrow morning at 9",
            "2026-11-26 09:00",
            "tomorrow morning at 9",
        ),
        ("Friday, 3pm", "2026-11-27 15:00", "Friday, 3pm"),
        ("by Friday 17:00", "2026-11-27 17:00", "by Friday 17:00"),
        ("at 3 o'clock", "2026-11-25 15:00", "at 3 o'clock"),
        ("12am tomorrow", "2026-11-26 00:00", "12am tomorrow"),
        ("12pm tomorrow", "2026-11-26 12:00", "12pm tomorrow"),
    ]);
}

#[test]
fn english_stretches() {
    expect_due(&[
        ("in 3 days", "2026-11-28", "in 3 days"),
        ("in two weeks", "2026-12-09", "in two weeks"),
        ("within a week", "2026-12-02", "within a week"),
        ("in an hour", "2026-11-25 11:00", "in an hour"),
        ("in half an hour", "2026-11-25 10:30", "in half an hour"),
        ("in 30 minutes", "2026-11-25 10:30", "in 30 minutes"),
        ("in 2h", "2026-11-25 12:00", "in 2h"),
        (
            "within the next two weeks",
            "2026-12-09",
            "within the next two weeks",
        ),
        ("3 days from now", "2026-11-28", "3 days from now"),
        ("in a couple of days", "2026-11-27", "in a couple of days"),
        ("in 3 business days", "2026-11-30", "in 3 business days"),
        ("in 2 months", "2027-01-25", "in 2 months"),
        ("in a month", "2026-12-25", "in a month"),
    ]);
}

#[test]
fn both_languages_in_one_sentence() {
    expect_due(&[
        ("login 页面 by 周五 修好", "2026-11-27", "by 周五"),
        (
            "请 review 一下 PR，tomorrow 3pm 前",
            "2026-11-26 15:00",
            "tomorrow 3pm 前",
        ),
        ("EOD 前 merge", "2026-11-25", "EOD 前"),
        ("明天 3pm", "2026-11-26 15:00", "明天 3pm"),
        ("deadline：周五", "2026-11-27", "deadline：周五"),
    ]);
}

/// None of these comes to a date.
#[track_caller]
fn expect_none(texts: &[&str]) {
    let rows: Vec<_> = texts.iter().map(|text| (*text, "", "")).collect();
    expect_due(&rows);
}

#[test]
fn days_and_hours_that_do_not_exist() {
    expect_none(&[
        "2月30日",
        "2026-02-30",
        "2/30",
        "Feb 30",
        "13月1日",
        "12月32号",
        "31号",
        "2026年13月1日",
        "25:00",
        "12:60",
        "9999月9日",
        "0号",
        "99999天后",
        "in 9999 years",
    ]);
}

#[test]
fn what_has_passed_is_no_due_date() {
    expect_none(&[
        "上周五的会",
        "上个月底",
        "去年底",
        "昨天",
        "last Friday",
        "last week",
        "三天前",
        "3 days ago",
        "11月20日",
        "11/20",
        "今天9:30",
        "本周一",
        "昨天下午3点",
        "yesterday at 3pm",
        "last Friday at 3pm",
        "在 2026-11-20 15:30 挂了",
    ]);
}

#[test]
fn what_recurs_is_no_due_date() {
    expect_none(&[
        "每周五例会",
        "每天",
        "every Monday standup",
        "每天早上九点同步",
        "daily at 9:30",
        "一周三次",
        "周报",
        "本周报",
        "周期",
        "Mondays",
    ]);
}

#[test]
fn numbers_of_other_things() {
    expect_none(&[
        "3号楼",
        "二号线",
        "5号机",
        "有三点建议",
        "24/7 support",
        "1/2 of them",
        "v1.2.3",
        "10.0.0.1",
        "16:9",
        "12:30:45",
        "version 2026",
        "第三天",
        "5%",
        "in 3 places",
        "at 3 sites",
        "by 5 people",
        "提3点建议",
        "3点：",
        "https://x.test/?day=2026-12-05",
        "ENG-12",
        "http://x.test/2026",
        "#12/5",
        "一号文件",
    ]);
}

#[test]
fn words_that_are_no_due_date() {
    expect_none(&[
        "",
        "修一下登录页",
        "今天的构建坏了",
        "today's build",
        "快一点",
        "晚一点发",
        "早点",
        "说明天气",
        "May I ask",
        "march on",
        "the sun",
        "he sat down",
        "Monday.com",
        "然后天黑了",
        "一时兴起",
        "上午",
        "tomorrowland",
    ]);
}

#[test]
fn of_several_dates_the_deadline_counts() {
    expect_due(&[
        ("昨天发现的问题，周五前修好", "2026-11-27", "周五前"),
        ("明天的会议改到后天", "2026-11-27", "后天"),
        ("准备明天的会议", "2026-11-26", "明天"),
        ("prepare Friday's demo", "2026-11-27", "Friday"),
        (
            "meeting tomorrow, report by Monday",
            "2026-11-30",
            "by Monday",
        ),
        ("明天或者后天", "2026-11-26", "明天"),
        ("2026年1月3日的方案，明天更新", "2026-11-26", "明天"),
        ("周五前端发版", "2026-11-27", "周五"),
        ("周一到周五都可以", "2026-11-27", "周五"),
        ("Monday to Friday", "2026-11-27", "Friday"),
        (
            "昨天下午3点挂了，今天下班前查清",
            "2026-11-25",
            "今天下班前",
        ),
    ]);
}

#[test]
fn days_and_hours_are_those_of_the_reader() {
    let due = |text, now, zone| written(guess_at(text, now, zone).due, zone);
    // The evening of the 24th in New York is the 25th in Shanghai.
    assert_eq!(due("tomorrow", NOW, "America/New_York"), "2026-11-25");
    assert_eq!(due("tomorrow", NOW, "Asia/Shanghai"), "2026-11-26");
    assert_eq!(due("tomorrow", NOW, "Mars/Olympus"), "2026-11-26");
    let at = |text, now, zone| guess_at(text, now, zone).due.map(|due| due.to_string());
    let winter = "2026-03-07T12:00:00Z";
    // The clocks of New York go forward on 8 March 2026 at 02:00.
    assert_eq!(
        at("today 15:00", winter, "America/New_York").unwrap(),
        "2026-03-07T20:00:00Z"
    );
    assert_eq!(
        at("tomorrow 15:00", winter, "America/New_York").unwrap(),
        "2026-03-08T19:00:00Z"
    );
    assert_eq!(
        at("tomorrow 02:30", winter, "America/New_York").unwrap(),
        "2026-03-08T07:30:00Z"
    );
    // An hour later is an hour later.
    let before = "2026-03-08T06:30:00Z";
    assert_eq!(
        at("in an hour", before, "America/New_York").unwrap(),
        "2026-03-08T07:30:00Z"
    );
    // Whole minutes.
    let odd = "2026-11-25T02:00:10.5Z";
    assert_eq!(
        at("半小时后", odd, "Asia/Shanghai").unwrap(),
        "2026-11-25T02:31:00Z"
    );
}

#[test]
fn weekends_and_ends_of_months() {
    let due = |text, now| written(guess_at(text, now, "UTC").due, "UTC");
    let saturday = "2026-11-28T10:00:00Z";
    assert_eq!(due("本周内", saturday), "2026-11-29");
    assert_eq!(due("by end of week", saturday), "2026-11-29");
    assert_eq!(due("下周三", saturday), "2026-12-02");
    assert_eq!(due("周六", saturday), "2026-12-05");
    assert_eq!(due("三个工作日内", saturday), "2026-12-02");
    let january = "2027-01-31T10:00:00Z";
    assert_eq!(due("一个月后", january), "2027-02-28");
    assert_eq!(due("31号", january), "2027-01-31");
    assert_eq!(due("30号", january), "");
    assert_eq!(due("月底", january), "2027-01-31");
    assert_eq!(due("下月底", january), "2027-02-28");
    assert_eq!(due("2月29日", january), "");
    assert_eq!(due("2028年2月29日", january), "2028-02-29");
    let new_year = "2027-01-05T10:00:00Z";
    assert_eq!(due("12月20日", new_year), "");
    assert_eq!(due("12月1日", new_year), "2027-12-01");
}

#[track_caller]
fn expect_titles(table: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (text, title) in table {
        let found = guess_now(text).title;
        if found != *title {
            wrong.push(format!("{text:?}: expected {title:?}, got {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn titles_say_what_is_to_be_done() {
    expect_titles(&[
        ("修一下登录页", "修一下登录页"),
        ("请@张三明天下午三点前修一下登录页", "修一下登录页"),
        ("@张三 麻烦周五前修一下登录页，谢谢！", "修一下登录页"),
        ("麻烦帮忙看下登录页吗？", "看下登录页"),
        ("能不能帮我看下登录页？", "看下登录页"),
        ("大家好，登录页坏了。明天修一下", "登录页坏了"),
        ("登录页坏了，@张三 明天修一下", "登录页坏了，修一下"),
        ("收到\n登录页坏了", "登录页坏了"),
        ("把周报发给 @李四", "把周报发给李四"),
        ("@张三 和@李四对一下接口", "和李四对一下接口"),
        ("这个 bug @张三 明天修一下", "这个 bug 修一下"),
        ("做一次演练，@张三 负责", "做一次演练，张三负责"),
        ("@张三 的电脑坏了", "张三的电脑坏了"),
        ("会议改到周四下午两点半", "会议改到周四下午两点半"),
        ("move the demo to Thursday", "move the demo to Thursday"),
        ("好的，明天更新文档", "更新文档"),
        ("好的方案要写下来", "好的方案要写下来"),
        (
            "Remind me in 30 minutes to call the vendor",
            "call the vendor",
        ),
        ("请求超时", "请求超时"),
        ("请假流程改一下", "请假流程改一下"),
        ("帮助页面打不开", "帮助页面打不开"),
        ("你们的页面打不开", "你们的页面打不开"),
        ("为什么登录不了？", "为什么登录不了？"),
        ("准备明天的会议", "准备明天的会议"),
        ("12月5日（周六）前上线新版", "上线新版"),
        (
            "@Li Wei can you fix the login page by Friday?",
            "fix the login page",
        ),
        (
            "Hi @li, could you please fix the login page tomorrow at 3 p.m.? Thanks!",
            "fix the login page",
        ),
        ("Please review PR #12", "review PR #12"),
        ("Pleased customers want more", "Pleased customers want more"),
        (
            "The bug that @li reported is back",
            "The bug that li reported is back",
        ),
        (
            "Pair with @li on the release",
            "Pair with li on the release",
        ),
        ("fix login @li", "fix login"),
        ("Why does it crash?", "Why does it crash?"),
        ("**Login** is `broken`\n\nsteps below", "Login is broken"),
        ("# Release notes\n\ntext", "Release notes"),
        ("> earlier words\n\nfix this", "fix this"),
        ("```\npanic at main.rs\n```", "panic at main.rs"),
        (
            "see https://x.test/a?b=1 for the crash",
            "see https://x.test/a?b=1 for the crash",
        ),
        ("- [ ] write docs\n- [ ] ship", "write docs"),
        ("login 页面 by 周五 修好", "login 页面修好"),
        ("@所有人 更新依赖", "更新依赖"),
        ("紧急：登录页打不开", "紧急：登录页打不开"),
    ]);
}

#[test]
fn titles_are_never_empty() {
    expect_titles(&[
        ("", "未命名任务"),
        (" \n ", "未命名任务"),
        ("谢谢", "谢谢"),
        ("@张三", "@张三"),
        ("明天", "明天"),
        ("@li tomorrow?", "@li tomorrow?"),
        ("👍", "👍"),
        ("---", "未命名任务"),
        ("ok", "ok"),
    ]);
    let english = Member {
        language: Language::English,
        ..member(1, "Li", "li")
    };
    let input = GuessInput {
        text: "",
        mentions: &[],
        channel_project: None,
        author: &english,
        now: NOW.parse().unwrap(),
        time_zone: "UTC",
    };
    assert_eq!(guess(&input).title, "Untitled task");
}

#[test]
fn long_messages_are_read_from_the_beginning() {
    let found = guess_now(&format!("周五前修好{}", "登录页。\n".repeat(10_000)));
    assert_eq!(found.due_words.as_deref(), Some("周五前"));
    let found = guess_now(&format!("{}周五前修好", "登录页。\n".repeat(10_000)));
    assert_eq!((found.title.as_str(), found.due), ("登录页", None));
}

#[test]
fn titles_are_limited() {
    let long = guess_now(&"很长的标题".repeat(100)).title;
    assert_eq!(
        long.chars().count(),
        tenon_protocol::limit::TASK_TITLE_CHARS_MAX
    );
    assert!(long.ends_with('…'));
}

#[test]
fn assignees_are_the_people_mentioned() {
    let found = guess_now("@李四 @tenon @张三 @李四 尽快看下 `@li`");
    assert_eq!(found.assignees, [id(3), id(1)]);
    assert_eq!(found.priority, Priority::High);
    assert_eq!(guess_now("大家看下").assignees, []);
}

#[test]
fn quotations_and_code_decide_nothing() {
    let found = guess_now("> 紧急！明天前\n\n看下这个 `tomorrow`\n\n```\nurgent by Friday\n```");
    assert_eq!(found.priority, Priority::None);
    assert_eq!(found.title, "看下这个");
}

proptest! {
    #[test]
    fn any_text_is_answered(text in any::<String>(), number in any::<u16>()) {
        let found = guess_now(&text);
        prop_assert!(!found.title.trim().is_empty());
        guess_now(&format!("{number}{text}"));
    }

    #[test]
    fn any_words_of_time_are_answered(
        words in prop::collection::vec(prop::sample::select(vec![
            "明天", "下午", "三", "点", "半", "12", "月", "5", "日", "号", "/", "-", ":", "2026", "年",
            "下", "周", "五", "个", "小时", "内", "后", "前", " ", "\n", "@张三", "请", "吗", "？", "！",
            "by", "the", "next", "week", "end", "of", "in", "a", "at", "pm", "Dec", "th", "Friday",
            "tomorrow", "的", "（", "）", "十", "两", "0", "9999", "紧急", "不", "。", ".", ",", "t",
        ]), 0..14),
        spaced: bool,
    ) {
        let text = words.join(if spaced { " " } else { "" });
        let found = guess_now(&text);
        prop_assert!(!found.title.is_empty());
        let title_chars = found.title.chars().count();
        prop_assert!(title_chars <= tenon_protocol::limit::TASK_TITLE_CHARS_MAX);
        prop_assert_eq!(found.due.is_some(), found.due_words.is_some());
        prop_assert!(found.due_words.is_none_or(|words| text.contains(&words)));
    }
}
