//! A title from the words of a message: its first sentence that says what is to be done, without
//! greeting, request, mentions and due words.

use crate::names::{is_east_asian, is_word};
use std::ops::Range;
use tenon_protocol::limit::TASK_TITLE_CHARS_MAX;

/// Stripped from the beginning, with what follows in the list of pauses.
const OPENERS: &[&str] = &[
    "大家好",
    "各位",
    "同学们",
    "你好",
    "您好",
    "hi all",
    "hi team",
    "hi everyone",
    "hello",
    "hey",
    "hi",
    "ok",
    "so",
    "fyi",
    "todo",
    "to do",
    "please",
    "pls",
    "plz",
    "kindly",
    "can you",
    "could you",
    "would you",
    "will you",
    "can we",
    "could we",
    "can someone",
    "can somebody",
    "can anyone",
    "could someone",
    "could anyone",
    "would you mind",
    "i need you to",
    "we need you to",
    "you need to",
    "we need to",
    "i'd like you to",
    "need you to",
    "we should",
    "remember to",
    "don't forget to",
    "remind me to",
    "好的",
    "收到",
    "能不能",
    "可不可以",
    "是否可以",
    "可否",
    "能否",
    "麻烦",
    "劳烦",
    "劳驾",
    "烦请",
    "还请",
    "请",
    "辛苦",
    "拜托",
    "帮忙",
    "帮我",
    "帮一下",
    "需要你",
    "你",
    "您",
    "记得",
    "待办",
];

/// Stripped from the end.
const CLOSERS: &[&str] = &[
    "可以吗",
    "好吗",
    "行吗",
    "可以么",
    "好么",
    "吗",
    "谢谢大家",
    "谢谢",
    "多谢",
    "感谢",
    "辛苦了",
    "麻烦了",
    "拜托了",
    "thank you",
    "thanks",
    "thx",
    "please",
    "pls",
    "plz",
    "ok",
];

/// A sentence of only this is not about work.
const GREETINGS: &[&str] = &[
    "早",
    "早上好",
    "下午好",
    "晚上好",
    "收到",
    "好的",
    "嗯",
    "morning",
    "good morning",
    "thanks",
    "thank you",
    "ok",
    "okay",
    "yes",
    "no",
    "hi there",
    "hello there",
    "all",
    "team",
];

/// Words after which a mention is part of the sentence: its name stays.
const NEEDS_NAME: &[&str] = &[
    "给", "和", "跟", "与", "找", "向", "对", "让", "由", "把", "被", "问", "等", "按", "及", "、",
];

const PAUSES: &[char] = &[
    ',', '，', '.', '。', ':', '：', ';', '；', '、', '-', '—', '–', '~', '～', '|', '•', '·', '*',
];

/// What of the text is not for the title.
pub struct Taken {
    pub mentions: Vec<Range<usize>>,
    pub due: Option<Range<usize>>,
}

/// The title, or `None` where the text says nothing. At most the limit in characters.
pub fn find(text: &str, taken: &Taken) -> Option<String> {
    let sentences = sentences(text, taken);
    let titles = sentences
        .iter()
        .map(|place| title(text, place.clone(), taken));
    let mut meaningful = titles.filter(|title| is_meaningful(title));
    meaningful
        .next()
        .or_else(|| plainly(text))
        .map(|title| shorten(&title))
}

/// The first line that has a letter, as it is: better than nothing.
fn plainly(text: &str) -> Option<String> {
    let line = text
        .lines()
        .find(|line| line.contains(char::is_alphanumeric));
    let line = line.or_else(|| text.lines().find(|line| !line.trim().is_empty()))?;
    Some(squeeze(line)).filter(|line| !line.is_empty())
}

/// Byte ranges of the sentences. None ends within a due date or a mention (`3 p.m.`).
fn sentences(text: &str, taken: &Taken) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, letter) in text.char_indices() {
        let behind = at + letter.len_utf8();
        let ends = match letter {
            '\n' | '\r' | '。' | '！' | '？' | '；' => true,
            '!' | '?' | ';' | '.' => text[behind..]
                .chars()
                .next()
                .is_none_or(char::is_whitespace),
            _ => false,
        };
        let within = |place: &Range<usize>| place.start <= at && at < place.end;
        if ends && !taken.mentions.iter().chain(&taken.due).any(within) {
            sentences.push(start..behind);
            start = behind;
        }
    }
    sentences.push(start..text.len());
    sentences
}

fn title(text: &str, sentence: Range<usize>, taken: &Taken) -> String {
    let mut words = String::with_capacity(sentence.len());
    let mut at = sentence.start;
    let mut places: Vec<&Range<usize>> = taken.mentions.iter().chain(&taken.due).collect();
    places.sort_by_key(|place| place.start);
    for place in places {
        if place.start < at || place.end > sentence.end {
            continue;
        }
        words.push_str(&text[at..place.start]);
        at = place.end;
        let mention = taken.mentions.contains(place);
        if mention && needs_name(&words, &text[at..sentence.end]) {
            words.push_str(text[place.clone()].trim_start_matches(['@', '＠']));
        } else {
            // So that what stood around it does not grow together.
            words.push(' ');
        }
    }
    words.push_str(&text[at..sentence.end]);
    trim(&squeeze(&words))
}

/// Whether a mention between these is a word of its sentence rather than a call.
fn needs_name(before: &str, after: &str) -> bool {
    let before = before.trim_end();
    let opened = strip_openers(before);
    let after = after.trim_start();
    let acts = ["的", "说", "那边", "这边", "提到", "反馈", "发现"];
    if acts.iter().any(|act| after.starts_with(act)) {
        return true;
    }
    if opened.is_empty() {
        return false;
    }
    if after.starts_with("负责") || after.starts_with("跟进") {
        return true;
    }
    if NEEDS_NAME.iter().any(|word| opened.ends_with(word)) {
        return true;
    }
    // English is not readable without its nouns; a call at the end or after a pause is none.
    let ends = after
        .trim_matches(|l: char| !l.is_alphanumeric())
        .is_empty();
    let word = before
        .rsplit(|l: char| !l.is_ascii_alphabetic())
        .next()
        .unwrap_or_default();
    let links = [
        "with", "to", "for", "from", "by", "of", "and", "ask", "tell", "or",
    ];
    let goes_on = !ends && after.starts_with(is_word);
    !word.is_empty() && (goes_on || links.contains(&word.to_ascii_lowercase().as_str()))
}

fn trim(words: &str) -> String {
    let opened = strip_openers(words);
    let asked = opened.len() < words.trim_start().len();
    let mut rest = opened;
    loop {
        let before = rest;
        let dropped = |l: char| PAUSES.contains(&l) || l.is_whitespace() || "!！".contains(l);
        rest = rest.trim_end_matches(dropped);
        let question = rest.trim_end_matches(['?', '？']);
        let polite = strip_closer(question);
        // `能看下吗？` is a request; `为什么登录不了？` stays a question.
        if let Some(shorter) = polite.filter(|shorter| !shorter.trim().is_empty()) {
            rest = shorter;
        } else if asked {
            rest = question;
        }
        if rest == before {
            break;
        }
    }
    strip_openers(rest).to_owned()
}

fn strip_openers(mut rest: &str) -> &str {
    loop {
        rest = rest.trim_start_matches(|l: char| {
            PAUSES.contains(&l) || l.is_whitespace() || "!！?？)）]】".contains(l)
        });
        let Some(shorter) = OPENERS.iter().find_map(|word| strip_opener(rest, word)) else {
            return rest;
        };
        rest = shorter;
    }
}

fn strip_opener<'a>(rest: &'a str, word: &str) -> Option<&'a str> {
    let start = rest.get(..word.len())?;
    if !start.eq_ignore_ascii_case(word) {
        return None;
    }
    let after = &rest[word.len()..];
    let follows = |letters: &str| after.starts_with(|l| letters.contains(l));
    // 请求, 请假, 麻烦的, 你们的, 辛苦费, "ok-button", "so-called"
    let part = match word {
        "请" => follows("求假教示客柬帖愿款") || after.starts_with("注意到"),
        "麻烦" => follows("的事了是"),
        "你" | "您" => ![
            "帮", "看", "能", "可", "来", "把", "有空", "先", "再", "去", "们看",
        ]
        .iter()
        .any(|next| after.trim_start().starts_with(next)),
        "辛苦" => follows("费了的"),
        "好的" | "收到" => {
            !after.starts_with(|l: char| l.is_whitespace() || PAUSES.contains(&l))
        }
        "各位" | "记得" | "需要你" => follows("的"),
        _ => word.ends_with(is_word) && after.starts_with(|l| is_word(l) || "-_/'’".contains(l)),
    };
    (!part).then_some(after)
}

fn strip_closer(rest: &str) -> Option<&str> {
    CLOSERS.iter().find_map(|word| {
        let cut = rest.len().checked_sub(word.len())?;
        let end = rest.get(cut..)?;
        let whole = word.starts_with(is_east_asian) || !rest[..cut].ends_with(is_word);
        (end.eq_ignore_ascii_case(word) && whole).then_some(&rest[..cut])
    })
}

/// Two Chinese characters or three other letters, and not only a greeting.
fn is_meaningful(title: &str) -> bool {
    let weight: usize = title
        .chars()
        .map(|l| {
            if is_east_asian(l) {
                3
            } else {
                2 * usize::from(l.is_alphanumeric())
            }
        })
        .sum();
    let bare = title.trim_matches(|l: char| !l.is_alphanumeric());
    weight >= 6 && !GREETINGS.iter().any(|word| bare.eq_ignore_ascii_case(word))
}

/// Single spaces, none before a pause or between Chinese characters that grew apart, no empty
/// brackets, no control characters.
fn squeeze(words: &str) -> String {
    let mut squeezed = String::with_capacity(words.len());
    for part in words.split(|l: char| l.is_whitespace() || l.is_control()) {
        let Some(first) = part.chars().next() else {
            continue;
        };
        let joins = ",，.。;；、!！?？)）:：".contains(first) && part.chars().count() == 1
            || squeezed.ends_with(|l| is_east_asian(l) || "，。；：、！？（【".contains(l))
                && is_east_asian(first);
        if !squeezed.is_empty() && !joins {
            squeezed.push(' ');
        }
        squeezed.push_str(part);
    }
    for empty in ["()", "（）", "( )", "（ ）", "[]", "【】"] {
        squeezed = squeezed.replace(empty, "");
    }
    squeezed
}

fn shorten(title: &str) -> String {
    if title.chars().count() <= TASK_TITLE_CHARS_MAX {
        return title.to_owned();
    }
    let mut short: String = title.chars().take(TASK_TITLE_CHARS_MAX - 1).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}
