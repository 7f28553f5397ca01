//! Words for search: how a text is cut when it is indexed, how a query is cut, and where a query
//! lies in a text. The index and its queries both come from here, so that they always agree.
//!
//! Scripts without spaces are cut into single characters and pairs: every substring is found and
//! no dictionary has to know it. All else is cut into words, with their English stems.

use crate::{names::is_east_asian, traditional::simplified};
use frostem::{Algorithm, Stemmer};
use std::{collections::HashMap, ops::Range, sync::LazyLock};
use unicode_normalization::UnicodeNormalization;

/// Limit: characters of one word that count; what differs only after them is the same word.
pub const WORD_CHARS_MAX: usize = 64;
/// The last word of a query is also found as a beginning from this many letters on.
const BEGINNING_CHARS_MIN: usize = 2;

static STEMMER: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::new(Algorithm::English));

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Folded: small letters, half width, no accents, simplified characters.
    pub text: String,
    /// Characters of scripts without spaces count one each, other words one each.
    pub position: usize,
    /// Where it stands, bytes.
    pub range: Range<usize>,
}

/// What must stand together in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Words, each with its distance from the first one's position.
    pub words: Vec<(usize, String)>,
    /// The letters as typed, if the phrase is one word that may go on.
    pub beginning: Option<String>,
}

/// The words a text is found by, in order of position.
pub fn words(text: &str) -> Vec<Word> {
    let atoms = atoms(text);
    let mut words = Vec::with_capacity(atoms.len() * 2);
    for (position, atom) in atoms.iter().enumerate() {
        let word = |text: String, range: Range<usize>| Word {
            text,
            position,
            range,
        };
        let next = atoms.get(position + 1);
        if atom.single {
            if let Some(next) = next.filter(|next| next.single && next.joined) {
                let pair = format!("{}{}", atom.text, next.text);
                words.push(word(pair, atom.range.start..next.range.end));
            }
        } else if let Some(stem) = stem(&atom.text) {
            words.push(word(stem, atom.range.clone()));
        }
        words.push(word(atom.text.clone(), atom.range.clone()));
    }
    words
}

/// What a piece of a query asks for: its words in this order. None if it holds no word.
pub fn phrase(text: &str) -> Option<Phrase> {
    let atoms = atoms(text);
    let mut words = Vec::with_capacity(atoms.len());
    for (at, atom) in atoms.iter().enumerate() {
        if !atom.single {
            let word = stem(&atom.text).unwrap_or_else(|| atom.text.clone());
            words.push((at, word));
            continue;
        }
        let next = atoms.get(at + 1);
        let next = next.filter(|next| next.single && next.joined);
        match next {
            Some(next) => words.push((at, format!("{}{}", atom.text, next.text))),
            // The second half of a pair says nothing new.
            None if at > 0 && atoms[at - 1].single && atom.joined => {}
            None => words.push((at, atom.text.clone())),
        }
    }
    let beginning = match &atoms[..] {
        [one] if !one.single && one.text.chars().count() >= BEGINNING_CHARS_MIN => {
            Some(one.text.clone())
        }
        _ => None,
    };
    (!words.is_empty()).then_some(Phrase { words, beginning })
}

/// Where the phrases lie in a text, as byte ranges in order that do not overlap.
pub fn find(text: &str, phrases: &[Phrase]) -> Vec<Range<usize>> {
    let words = words(text);
    let mut places: HashMap<(usize, &str), &Range<usize>> = HashMap::new();
    for word in &words {
        places.insert((word.position, &word.text), &word.range);
    }
    let mut found = Vec::new();
    for phrase in phrases {
        for word in &words {
            if let Some(range) = find_at(word, phrase, &places) {
                found.push(range);
            }
        }
    }
    found.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for range in found {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

fn find_at(
    word: &Word,
    phrase: &Phrase,
    places: &HashMap<(usize, &str), &Range<usize>>,
) -> Option<Range<usize>> {
    let begins = phrase
        .beginning
        .as_ref()
        .is_some_and(|start| word.text.starts_with(start.as_str()));
    let (_, first) = phrase.words.first()?;
    if begins {
        return Some(word.range.clone());
    }
    if word.text != *first {
        return None;
    }
    let mut range = word.range.clone();
    for (distance, next) in &phrase.words[1..] {
        let place = places.get(&(word.position + distance, next.as_str()))?;
        range.end = range.end.max(place.end);
    }
    Some(range)
}

/// One form for all spellings: small letters, half width, no accents, simplified characters, no
/// spaces around.
pub fn fold(text: &str) -> String {
    fold_script(text).chars().map(simplified).collect()
}

/// The same, traditional characters as they are: letter by letter the one is the other.
pub(crate) fn fold_script(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    text.trim()
        .chars()
        .for_each(|letter| fold_letter(letter, |letter| folded.push(letter)));
    folded
}

/// A word, or a character of a script without spaces.
struct Atom {
    text: String,
    range: Range<usize>,
    single: bool,
    /// Nothing stands between it and the one before.
    joined: bool,
}

fn atoms(text: &str) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = Vec::new();
    // Letters of the last word that count already.
    let (mut letters, mut open) = (0, false);
    // Where the last atom ends, Markdown's signs after it included.
    let mut reach = usize::MAX;
    for (start, letter) in text.char_indices() {
        let end = start + letter.len_utf8();
        let mut split = true;
        fold_letter(letter, |letter| {
            if is_east_asian(letter) {
                let joined = reach == start;
                atoms.push(Atom {
                    text: simplified(letter).into(),
                    range: start..end,
                    single: true,
                    joined,
                });
                (open, split) = (false, false);
            } else if letter.is_alphanumeric() {
                split = false;
                match atoms.last_mut().filter(|_| open) {
                    Some(last) => {
                        last.range.end = end;
                        letters += 1;
                        if letters < WORD_CHARS_MAX {
                            last.text.push(letter);
                        }
                    }
                    None => {
                        let joined = reach == start;
                        atoms.push(Atom {
                            text: letter.into(),
                            range: start..end,
                            single: false,
                            joined,
                        });
                        (open, letters) = (true, 0);
                    }
                }
            }
        });
        // A loose accent belongs to the letter before it.
        if is_accent(letter) {
            if let Some(last) = atoms.last_mut().filter(|last| last.range.end == start) {
                last.range.end = end;
                reach = end;
            }
        } else if split {
            open = false;
        }
        // `**上海**东边` reads 上海东边.
        if !split || (reach == start && matches!(letter, '*' | '~' | '`')) {
            reach = end;
        }
    }
    atoms
}

/// The stem of an English word, if it is not the word itself.
pub(crate) fn stem(word: &str) -> Option<String> {
    if word.len() < 3 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    let stem = STEMMER.stem(word);
    (stem != word).then(|| stem.into_owned())
}

fn fold_letter(letter: char, mut push: impl FnMut(char)) {
    if letter.is_ascii() {
        return push(letter.to_ascii_lowercase());
    }
    for letter in std::iter::once(letter).nfkc() {
        if has_accents(letter) {
            let plain = std::iter::once(letter).nfd();
            plain
                .filter(|letter| !is_accent(*letter))
                .flat_map(char::to_lowercase)
                .for_each(&mut push);
        } else if !is_accent(letter) {
            letter.to_lowercase().for_each(&mut push);
        }
    }
}

/// Latin, Greek and Cyrillic letters.
fn has_accents(letter: char) -> bool {
    matches!(letter as u32, 0xC0..=0x52F | 0x1E00..=0x1FFF) && !is_accent(letter)
}

fn is_accent(letter: char) -> bool {
    matches!(letter as u32, 0x300..=0x36F)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Whether a query of one piece finds the text, and what it marks there.
    fn marked<'a>(text: &'a str, query: &str) -> Vec<&'a str> {
        let phrases: Vec<_> = query.split_whitespace().filter_map(phrase).collect();
        assert!(!phrases.is_empty(), "{query} asks for nothing");
        find(text, &phrases)
            .into_iter()
            .map(|range| &text[range])
            .collect()
    }

    /// The search set: text, query, what is marked. An empty list: not found.
    // Table: one line per case.
    const SET: &[(&str, &str, &[&str])] = &[
        ("我家在上海东边", "上海", &["上海"]),
        ("我家在上海东边", "海东", &["海东"]),
        ("我家在上海东边", "东", &["东"]),
        ("我家在上海东边", "上海东边", &["上海东边"]),
        ("我家在上海东边", "上东", &[]),
        ("我家在**上海**东边", "海东", &["海**东"]),
        ("上海，海东", "上海东", &[]),
        ("南京市长江大桥", "江大", &["江大"]),
        ("南京市长江大桥", "市长", &["市长"]),
        ("把需求放到看板上", "看板", &["看板"]),
        ("企业IM系统", "IM", &["IM"]),
        ("企业IM系统", "im系统", &["IM系统"]),
        ("企业IM系统", "业im", &["业IM"]),
        ("企业IM系统", "I", &[]),
        ("编号１２３已发货", "123", &["１２３"]),
        ("编号123已发货", "１２３", &["123"]),
        ("ＡＢＣ公司", "abc", &["ＡＢＣ"]),
        ("The deployment failed", "deploy", &["deployment"]),
        ("We deployed twice", "deployment", &["deployed"]),
        ("We deployed twice", "dep", &["deployed"]),
        ("We deployed twice", "loyed", &[]),
        ("see ENG-42 please", "eng-42", &["ENG-42"]),
        ("see ENG-421 please", "ENG-42", &[]),
        ("Zoë läuft", "zoe", &["Zoë"]),
        ("Zoe\u{308} läuft", "zoë", &["Zoe\u{308}"]),
        ("东京タワー", "タワ", &["タワ"]),
        ("서울 사무실", "사무", &["사무"]),
        ("release 发布 v2.1", "v2", &["v2"]),
        ("我們討論發布計劃", "讨论", &["討論"]),
        ("我们讨论发布计划", "討論", &["讨论"]),
        ("我們討論發布計劃", "论发", &["論發"]),
        ("我们讨论发布计划", "論發布計劃", &["论发布计划"]),
        ("台灣與臺灣", "台湾", &["台灣", "臺灣"]),
        ("乾隆年间", "乾隆", &["乾隆"]),
        ("頭髮與發展", "发", &["髮", "發"]),
        ("看著天上的雲", "看着", &["看著"]),
        ("看着天上的云", "雲", &["云"]),
        ("皇后大道", "後", &["后"]),
        ("編號１２３已發貨", "123已发货", &["１２３已發貨"]),
        ("企業IM系統", "im系统", &["IM系統"]),
        ("企业IM系统", "業", &["业"]),
        ("上海**計**劃", "计划", &["計**劃"]),
        ("論語", "论坛", &[]),
        ("上海上海", "上海", &["上海上海"]),
        ("https://example.com/发布说明", "发布", &["发布"]),
        ("https://example.com/a", "example.com", &["example.com"]),
    ];

    #[test]
    fn the_search_set_is_found() {
        for (text, query, expected) in SET {
            assert_eq!(marked(text, query), *expected, "{query} in {text}");
        }
    }

    #[test]
    fn punctuation_asks_for_nothing() {
        assert_eq!(phrase("……"), None);
        assert_eq!(phrase(""), None);
        assert_eq!(phrase("👍"), None);
    }

    #[test]
    fn many_accents_are_one_letter() {
        let text = format!("a{}b", "\u{301}".repeat(10_000));
        let words = words(&text);
        assert_eq!(words.len(), 1);
        assert_eq!(words[0].text, "ab");
    }

    #[test]
    fn a_long_word_is_cut() {
        let words = words(&"a1".repeat(5_000));
        assert_eq!(words.len(), 1);
        assert!(words[0].text.len() <= WORD_CHARS_MAX);
        assert_eq!(words[0].range, 0..10_000);
    }

    proptest! {
        #[test]
        fn every_substring_of_chinese_is_found(text in "[一-龥]{1,30}", from in 0..30_usize,
            length in 1..30_usize) {
            let letters: Vec<char> = text.chars().collect();
            let from = from % letters.len();
            let until = (from + length).min(letters.len());
            let query: String = letters[from..until].iter().collect();
            prop_assert!(!find(&text, &[phrase(&query).unwrap()]).is_empty());
        }

        #[test]
        fn any_text_is_cut(text in "\\PC{0,60}", query in "\\PC{1,10}") {
            for word in words(&text) {
                prop_assert!(text.is_char_boundary(word.range.start));
                prop_assert!(text.is_char_boundary(word.range.end));
            }
            if let Some(phrase) = phrase(&query) {
                find(&text, std::slice::from_ref(&phrase));
                prop_assert!(!find(&query, &[phrase]).is_empty());
            }
        }
    }
}
