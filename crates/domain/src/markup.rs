//! What the server needs to know of a message's text: who is mentioned, which tasks are named,
//! and what it says without its Markdown. Called for every message that is written.
//!
//! It does not make HTML: the web UI does. Most texts hold neither `@` nor a key, and cost one
//! pass over their bytes; a syntax tree is made only where there may be code or links.

use crate::names::{Match, Named, Names, ends_a_word, is_east_asian, is_word};
use comrak::nodes::{Node, NodeValue};
use comrak::{Arena, Options, arena_tree::NodeEdge, parse_document};
use std::{borrow::Cow, collections::HashSet, ops::Range};
use tenon_protocol::{GroupId, MemberId, limit::GROUP_MENTIONS_MAX};

/// Limit: members that one message mentions by name; further ones are not told.
pub const MENTIONS_MAX: usize = 1_000;
/// Limit: different task keys of one message that become live links.
pub const TASK_KEYS_MAX: usize = 100;

/// Said after `@`, these mean everyone in the channel, even where a member has such a name.
const CHANNEL_WORDS: [&str; 5] = ["channel", "all", "everyone", "所有人", "全体成员"];

/// What a text refers to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// In the order of the text, each once.
    pub mentions: Vec<MemberId>,
    /// In the order of the text, each once.
    pub groups: Vec<GroupId>,
    /// `@channel` and its other names.
    pub mentions_channel: bool,
    /// What looks like the key of a task, in the order of the text, each once. There need not be
    /// such a project.
    pub task_keys: Vec<String>,
}

/// Finds mentions and task keys, except in code, and task keys except in addresses (URLs).
pub fn read(text: &str, names: &Names) -> Marks {
    let mut marks = Marks::default();
    if !may_hold_marks(text) {
        return marks;
    }
    let prose = if may_hold_code(text) {
        Cow::Owned(prose(text))
    } else {
        Cow::Borrowed(text)
    };
    let mut members = HashSet::new();
    scan(&prose, names, |mark, place| match mark {
        Mark::Named(Named::Group(id)) => {
            let room = marks.groups.len() < GROUP_MENTIONS_MAX;
            if room && !marks.groups.contains(&id) {
                marks.groups.push(id);
            }
        }
        Mark::Named(Named::Member(id)) => {
            if marks.mentions.len() < MENTIONS_MAX && members.insert(id) {
                marks.mentions.push(id);
            }
        }
        Mark::Channel => marks.mentions_channel = true,
        Mark::Key => {
            let key = &prose[place];
            let room = marks.task_keys.len() < TASK_KEYS_MAX;
            if room && !marks.task_keys.iter().any(|known| known == key) {
                marks.task_keys.push(key.to_owned());
            }
        }
    });
    marks
}

/// The groups that a text names, if there are any to be named.
pub fn groups(text: &str, names: &Names) -> Vec<GroupId> {
    if names.has_groups() {
        read(text, names).groups
    } else {
        vec![]
    }
}

/// Calls `found` with each web address that the text links to, in its order, except in code. One
/// that stands in the words of a link comes too.
pub(crate) fn addresses(text: &str, mut found: impl FnMut(&str)) {
    let mut prose = String::new();
    walk(text, |piece, _| match piece {
        Piece::Text(text) => prose.push_str(text),
        Piece::Link(url) => {
            prose.push('\n');
            prose.push_str(url);
            prose.push('\n');
        }
        Piece::Code(_) | Piece::Edge | Piece::Break => prose.push('\n'),
    });
    let mut end = 0;
    for (at, _) in prose.match_indices("://") {
        // Within the address before: a part of it.
        if at < end {
            continue;
        }
        let scheme = ["https", "http"].into_iter().find(|scheme| {
            let start = prose[..at].get(at.saturating_sub(scheme.len())..);
            start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        });
        let Some(begin) = scheme.map(|scheme| at - scheme.len()) else {
            continue;
        };
        // `看看https://…` is one, `xhttps://…` is none.
        let before = prose[..begin].chars().next_back();
        if before.is_some_and(|c| is_word(c) && !is_east_asian(c)) {
            continue;
        }
        end = url_end(&prose, at + 3);
        let url = &prose[begin..end];
        let url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '~']);
        if url.len() > at + 3 - begin {
            found(url);
        }
    }
}

/// The text without its Markdown, on one line, for titles and notifications.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for line in lines(text) {
        for word in line.text.split_whitespace() {
            if !plain.is_empty() {
                plain.push(' ');
            }
            plain.push_str(word);
        }
    }
    plain
}

/// One line of a text without its Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    pub text: String,
    /// A quotation or a block of code: not the writer's own words.
    pub aside: bool,
}

/// The text line by line without its Markdown; lines that say nothing are left out.
pub(crate) fn lines(text: &str) -> Vec<Line> {
    let mut lines = vec![Line::default()];
    walk(text, |piece, aside| {
        let line = match lines.last_mut() {
            Some(line) if !matches!(piece, Piece::Break) => line,
            _ => return lines.push(Line::default()),
        };
        line.aside = aside;
        match piece {
            Piece::Text(text) | Piece::Code(text) => line.text.push_str(text),
            Piece::Link(_) | Piece::Edge | Piece::Break => {}
        }
    });
    lines.retain(|line| !line.text.trim().is_empty());
    lines
}

/// Where the text mentions someone, as byte ranges with the `@`.
pub(crate) fn mentions(text: &str, names: &Names) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    scan(text, names, |mark, place| {
        if !matches!(mark, Mark::Key) {
            places.push(place);
        }
    });
    places
}

fn may_hold_marks(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b'@' => true,
        0xEF => bytes[at..].starts_with("＠".as_bytes()),
        b'-' => {
            let before = at.checked_sub(1).map(|before| bytes[before]);
            before.is_some_and(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
                && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
        }
        _ => false,
    })
}

/// Code, or a link whose address must not be read.
fn may_hold_code(text: &str) -> bool {
    ["`", "~~~", "    ", "\t", "]("]
        .iter()
        .any(|sign| text.contains(sign))
}

/// The text outside code, with line breaks where something else stood.
fn prose(text: &str) -> String {
    let mut prose = String::with_capacity(text.len());
    walk(text, |piece, _| match piece {
        Piece::Text(text) => prose.push_str(text),
        Piece::Code(_) | Piece::Link(_) | Piece::Edge | Piece::Break => prose.push('\n'),
    });
    prose
}

enum Piece<'a> {
    Text(&'a str),
    Code(&'a str),
    /// A link to this address begins.
    Link(&'a str),
    /// Emphasis, a link or the like begins or ends.
    Edge,
    /// A line or a block begins or ends.
    Break,
}

/// Calls `visit` with each piece of the text in order, and whether it is within a quotation or a
/// block of code.
fn walk(text: &str, mut visit: impl FnMut(Piece, bool)) {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.tasklist = true;
    options.extension.cjk_friendly_emphasis = true;
    let arena = Arena::new();
    let root: Node = parse_document(&arena, text, &options);
    let mut quotes = 0_usize;
    for edge in root.traverse() {
        let (node, starts) = match edge {
            NodeEdge::Start(node) => (node, true),
            NodeEdge::End(node) => (node, false),
        };
        let value = &node.data.borrow().value;
        match value {
            NodeValue::BlockQuote if starts => quotes += 1,
            NodeValue::BlockQuote => quotes -= 1,
            _ => {}
        }
        let aside = quotes > 0;
        match value {
            NodeValue::Text(text) if starts => visit(Piece::Text(text), aside),
            NodeValue::HtmlInline(text) if starts => visit(Piece::Text(text), aside),
            NodeValue::Code(code) if starts => visit(Piece::Code(&code.literal), aside),
            NodeValue::CodeBlock(code) if starts => {
                split(&code.literal, |line| {
                    visit(line.map_or(Piece::Break, Piece::Code), true)
                });
            }
            NodeValue::HtmlBlock(html) if starts => {
                split(&html.literal, |line| {
                    visit(line.map_or(Piece::Break, Piece::Text), aside)
                });
            }
            NodeValue::Link(link) if starts => visit(Piece::Link(&link.url), aside),
            NodeValue::Text(_) | NodeValue::HtmlInline(_) | NodeValue::Code(_) => {}
            value if value.block() => visit(Piece::Break, aside),
            NodeValue::SoftBreak | NodeValue::LineBreak => visit(Piece::Break, aside),
            _ => visit(Piece::Edge, aside),
        }
    }
}

/// Each line of a literal block as `Some`, `None` around each.
fn split<'a>(literal: &'a str, mut visit: impl FnMut(Option<&'a str>)) {
    visit(None);
    for line in literal.lines() {
        visit(Some(line));
        visit(None);
    }
}

enum Mark {
    Named(Named),
    Channel,
    Key,
}

/// Calls `found` with each mark and its place. `text` holds no code.
fn scan(text: &str, names: &Names, mut found: impl FnMut(Mark, Range<usize>)) {
    let mut at = 0;
    // The end of the mention before: `@li@wang` is two.
    let mut mention_end = usize::MAX;
    while let Some(letter) = text[at..].chars().next() {
        let next = at + letter.len_utf8();
        let begins_a_word = !text[..at].ends_with(is_word);
        at = match letter {
            '@' | '＠' if begins_a_word || at == mention_end => {
                let Some((mark, bytes)) = mention(&text[next..], names) else {
                    at = next;
                    continue;
                };
                mention_end = next + bytes;
                if let Some(mark) = mark {
                    found(mark, at..mention_end);
                }
                mention_end
            }
            'w' | 'W' if begins_a_word && is_www(&text[at..]) => url_end(text, next),
            'A'..='Z' if begins_a_word && !text[..at].ends_with('_') => {
                let Some(bytes) = key(&text[at..]) else {
                    at = next;
                    continue;
                };
                found(Mark::Key, at..at + bytes);
                at + bytes
            }
            ':' if !begins_a_word && text[at..].starts_with("://") => url_end(text, next),
            _ => next,
        };
    }
}

/// Who is meant at the beginning of what follows an `@`, and in how many bytes. No mark if the
/// name is that of several.
fn mention(rest: &str, names: &Names) -> Option<(Option<Mark>, usize)> {
    let longest = names.longest(rest);
    let channel = CHANNEL_WORDS.iter().find(|word| {
        let start = rest.get(..word.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(word)) && ends_a_word(rest, word.len())
    });
    match (longest, channel) {
        (Some(Match { bytes, .. }), Some(word)) if bytes <= word.len() => {
            Some((Some(Mark::Channel), word.len()))
        }
        (None, Some(word)) => Some((Some(Mark::Channel), word.len())),
        (Some(Match { named, bytes }), _) => Some((named.map(Mark::Named), bytes)),
        (None, None) => None,
    }
}

/// Length of the task key that `rest` begins with. What goes on with a further number, such as
/// `CVE-2026-1234` or `V2-1.5`, is none.
fn key(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let count = |from: usize, is: fn(&u8) -> bool| {
        bytes[from..]
            .iter()
            .take(11)
            .take_while(|byte| is(byte))
            .count()
    };
    let project = count(0, |byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    if !(2..=10).contains(&project) || bytes.get(project) != Some(&b'-') {
        return None;
    }
    let digits = count(project + 1, u8::is_ascii_digit);
    let end = project + 1 + digits;
    if !(1..=9).contains(&digits) || bytes[project + 1] == b'0' {
        return None;
    }
    let after = &rest[end..];
    let number_goes_on = after
        .strip_prefix(['-', '.'])
        .is_some_and(|after| after.starts_with(|letter: char| letter.is_ascii_digit()));
    let word_goes_on = after.starts_with(|letter| letter == '_' || is_word(letter));
    (!number_goes_on && !word_goes_on).then_some(end)
}

fn is_www(rest: &str) -> bool {
    rest.get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("www."))
}

/// Where the address ends that byte `from` lies in: at a space, a bracket, Chinese punctuation,
/// or where Chinese words follow it directly (but not in its path, `/wiki/首页`).
fn url_end(text: &str, from: usize) -> usize {
    let mut last = ':';
    for (at, letter) in text[from..].char_indices() {
        let bracket = matches!(letter, '<' | '>' | '"' | '(' | ')' | '[' | ']' | '`' | '|');
        let punctuation =
            matches!(letter as u32, 0x2018..=0x201D | 0x3000..=0x303F | 0xFF00..=0xFF65);
        let words = is_east_asian(letter) && last.is_ascii_alphanumeric();
        if letter.is_whitespace() || letter.is_control() || bracket || punctuation || words {
            return from + at;
        }
        last = letter;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::tests::{id, member};
    use proptest::prelude::*;

    fn team() -> Names {
        [
            member(1, "张三", "zhangsan"),
            member(2, "张三丰", "sanfeng"),
            member(3, "Li Wei", "li"),
            member(4, "Lisa", "lisa"),
            member(5, "李四", "lisi"),
            member(6, "所有人事", "hr"),
            member(7, "王芳", "fang"),
            member(8, "王芳", "fang2"),
            member(9, "All", "every.one"),
        ]
        .iter()
        .collect()
    }

    #[track_caller]
    fn mentions_of(text: &str, expected: &[u128]) {
        let expected: Vec<_> = expected.iter().map(|number| id(*number)).collect();
        assert_eq!(read(text, &team()).mentions, expected, "{text}");
    }

    #[track_caller]
    fn keys_of(text: &str, expected: &[&str]) {
        assert_eq!(read(text, &team()).task_keys, expected, "{text}");
    }

    #[test]
    fn mentions_are_found_anywhere() {
        mentions_of("@li", &[3]);
        mentions_of("请@张三看下", &[1]);
        mentions_of("请＠张三丰看下", &[2]);
        mentions_of("@张三丰 @张三 @张三丰", &[2, 1]);
        mentions_of("@LI WEI and @lisa, (@李四)", &[3, 4, 5]);
        mentions_of("@li@lisa@张三@李四", &[3, 4, 1, 5]);
        mentions_of("**@li** _@lisa_ ~~@张三~~", &[3, 4, 1]);
        mentions_of("- @li\n- @lisa\n> @张三", &[3, 4, 1]);
        mentions_of("@fang2 做，@王芳 不知道是谁", &[8]);
        mentions_of("@@li @ li", &[3]);
        mentions_of("@lisab @nobody @", &[]);
        mentions_of("王@", &[]);
    }

    #[test]
    fn addresses_are_no_mentions() {
        mentions_of("li@lisa.com", &[]);
        mentions_of("7@lisa", &[]);
        mentions_of("écrire à zoé@lisa", &[]);
        mentions_of("邮箱@lisa", &[4]);
        mentions_of("张三@lisa.com", &[]);
        mentions_of("https://medium.com/@lisa/x @li", &[3]);
        mentions_of("www.medium.com/@lisa", &[]);
        mentions_of("见https://example.com/a请@张三看", &[1]);
        mentions_of("https://example.com/首页/@张三", &[]);
        mentions_of("[x](https://example.com/@lisa)@李四", &[5]);
        mentions_of("[x](/@lisa) [@li](/y)", &[3]);
    }

    #[test]
    fn code_mentions_nobody() {
        mentions_of("`@li` @lisa", &[4]);
        mentions_of("``a ` @li`` @lisa `@张三`", &[4]);
        mentions_of("```\n@li\n```\n@lisa", &[4]);
        mentions_of("```rust\n@li ENG-1", &[]);
        mentions_of("~~~\n@li\n~~~\n@lisa", &[4]);
        mentions_of("说明：\n\n    @li\n\n@lisa", &[4]);
        mentions_of("\t@li", &[]);
        mentions_of("- a\n\n      @li\n", &[]);
        mentions_of("> ```\n> @li\n> ```\n> @lisa", &[4]);
        mentions_of("a ` b @li", &[3]);
        mentions_of("ask    @li", &[3]);
        mentions_of("one\n    @li", &[3]);
        mentions_of("\\`@li\\`", &[3]);
        mentions_of("**`x`@li** a`x`@lisa", &[3, 4]);
    }

    #[test]
    fn everyone_is_mentioned() {
        for text in [
            "@channel",
            "＠all",
            "@Everyone!",
            "请@所有人看",
            "@全体成员",
            "a\n@ALL",
        ] {
            assert!(read(text, &team()).mentions_channel, "{text}");
            mentions_of(text, &[]);
        }
        for text in [
            "@channels",
            "all",
            "a@all",
            "`@all`",
            "@所有 人",
            "@all.hands",
            "@every.one",
        ] {
            assert!(!read(text, &team()).mentions_channel, "{text}");
        }
        mentions_of("@所有人事", &[6]);
        mentions_of("@every.one", &[9]);
    }

    #[test]
    fn task_keys_are_found() {
        keys_of("ENG-42", &["ENG-42"]);
        keys_of(
            "见ENG-42和A1-7，(OPS-999999999)",
            &["ENG-42", "A1-7", "OPS-999999999"],
        );
        keys_of("ENG-42 ENG-42. ENG-41!", &["ENG-42", "ENG-41"]);
        keys_of(
            "fix/ENG-42-login **ENG-7** #ABCDEFGHIJ-1",
            &["ENG-42", "ENG-7", "ABCDEFGHIJ-1"],
        );
        keys_of("[ENG-42](https://x.test/ENG-43)", &["ENG-42"]);
        keys_of("UTF-8", &["UTF-8"]);
    }

    #[test]
    fn what_only_looks_like_a_key() {
        for text in [
            "eng-42",
            "E-42",
            "1NG-42",
            "ABCDEFGHIJK-1",
            "ENG-0",
            "ENG-042",
            "ENG-",
            "ENG-1234567890",
            "xENG-42",
            "ENG-42x",
            "éENG-42",
            "ENG-42é",
            "my_ENG-42",
            "ENG-42_x",
            "ENG–42",
            "CVE-2026-12",
            "V2-1.5",
            "`ENG-42`",
            "```\nENG-42\n```",
            "    ENG-42",
            "https://x.test/ENG-42/ENG-43",
            "WWW.x.test/ENG-42",
            "[x](ENG-42)",
            "git+ssh://x.test/ENG-42",
        ] {
            keys_of(text, &[]);
        }
    }

    #[test]
    fn lists_are_limited() {
        let text: String = (1..=TASK_KEYS_MAX + 5)
            .map(|number| format!("ENG-{number} "))
            .collect();
        assert_eq!(read(&text, &team()).task_keys.len(), TASK_KEYS_MAX);
        let many: Vec<_> = (0..MENTIONS_MAX as u128 + 5)
            .map(|number| member(number, &format!("名{number}x"), &format!("m{number}")))
            .collect();
        let text: String = many
            .iter()
            .map(|member| format!("@{} ", member.handle))
            .collect();
        assert_eq!(
            read(&text, &many.iter().collect()).mentions.len(),
            MENTIONS_MAX
        );
    }

    #[test]
    fn ordinary_text_is_not_looked_into() {
        for text in [
            "",
            "hello",
            "大家好，今天发版。",
            "a - b",
            "well-known",
            "x-1",
            "A-b",
        ] {
            assert!(!may_hold_marks(text), "{text}");
        }
        for text in ["@", "好＠", "A-1", "2026-11-22"] {
            assert!(may_hold_marks(text), "{text}");
        }
        assert!(!may_hold_code(
            "@li **ENG-42** <https://x.test>\n  indented by two"
        ));
    }

    #[test]
    fn plain_is_one_line_of_words() {
        for (text, expected) in [
            ("", ""),
            ("hello", "hello"),
            ("# 标题\n\n正文 **中文。**后面", "标题 正文 中文。后面"),
            ("- a\n- [x] b\n\n1. c", "a b c"),
            ("> quoted\n\nreply", "quoted reply"),
            (
                "see [the *docs*](https://x.test) ![cat](c.png)",
                "see the docs cat",
            ),
            ("`a  b` and\n```rs\nlet x;\n```", "a b and let x;"),
            ("| a | b |\n|---|---|\n| 1 | 2 |", "a b 1 2"),
            ("a\\\nb  \nc\\*", "a b c*"),
            ("~~old~~ &amp; new", "old & new"),
            ("登录页**坏了**", "登录页坏了"),
            ("---", ""),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn lines_tell_own_words_from_others() {
        let line = |text: &str, aside| Line {
            text: text.to_owned(),
            aside,
        };
        let found = lines("> said\n> before\n\nown *words*\nmore\n\n```\ncode\n```\n");
        let expected = [
            ("said", true),
            ("before", true),
            ("own words", false),
            ("more", false),
            ("code", true),
        ];
        assert_eq!(found, expected.map(|(text, aside)| line(text, aside)));
    }

    /// Text made of what could trip a reader.
    fn tricky() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "\\PC",
            Just("@".to_owned()),
            Just("＠".to_owned()),
            Just("张三".to_owned()),
            Just("li".to_owned()),
            Just("`".to_owned()),
            Just("\n".to_owned()),
            Just(" ".to_owned()),
            Just("ENG-42".to_owned()),
            Just("://".to_owned()),
            Just("    ".to_owned()),
            Just("](".to_owned()),
            Just("[".to_owned()),
            Just("> ".to_owned()),
            Just("all".to_owned()),
        ];
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in tricky(), other in any::<String>()) {
            for text in [&text, &other] {
                read(text, &team());
                prop_assert!(!plain(text).contains('\n'));
                mentions(text, &team());
            }
        }

        #[test]
        fn both_ways_agree(text in "[@＠张三丰 li,，.。a1E-NG42\n]{0,40}") {
            // A code span at the end forces the syntax tree.
            let flat: String = text.lines().map(|line| format!("x{line}\n\n")).collect();
            let marks = read(&flat, &team());
            prop_assert_eq!(marks, read(&format!("{flat}`x`"), &team()));
        }
    }
}
