//! Traditional characters as search compares them: one simplified character for each, whatever
//! stands beside it, so that a query and a text never differ by what surrounds the word.
//!
//! `traditional.txt` holds pairs, taken from the character table of OpenCC (Apache-2.0) through
//! ferrous-opencc, which only the test here needs; the web UI has the same pairs.

use std::sync::LazyLock;

static PAIRS: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let mut letters = include_str!("traditional.txt").chars();
    let mut letters = letters.by_ref().filter(|letter| *letter != '\n');
    let mut pairs = Vec::with_capacity(4_200);
    while let (Some(from), Some(to)) = (letters.next(), letters.next()) {
        pairs.push((from, to));
    }
    pairs
});

/// The simplified character for a traditional one, every other as it is. In some words traditional
/// and simplified texts use the same character where this maps one (乾坤); both are mapped then.
pub fn simplified(letter: char) -> char {
    if letter < '\u{3400}' {
        return letter;
    }
    match PAIRS.binary_search_by_key(&letter, |(from, _)| *from) {
        Ok(at) => PAIRS[at].1,
        Err(_) => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect_file;
    use ferrous_opencc::{OpenCC, config::BuiltinConfig};
    use std::collections::BTreeMap;
    use unicode_normalization::UnicodeNormalization;

    /// Pairs in a line of the files.
    const LINE_PAIRS: usize = 24;
    /// Where traditional writing has one character and simplified two, by the word.
    const ALSO: [(char, char); 1] = [('著', '着')];

    /// What the library makes of every single Chinese character.
    fn pairs() -> BTreeMap<char, char> {
        let library = OpenCC::from_config(BuiltinConfig::T2s).unwrap();
        let all = ('\u{3400}'..='\u{9FFF}').chain('\u{20000}'..='\u{323AF}');
        let single = all.filter_map(|letter| {
            let text = letter.to_string();
            let simple = library.convert(&text);
            let mut letters = simple.chars();
            let same = text.nfkc().eq(text.chars());
            let simple = letters.next().filter(|it| *it != letter && same)?;
            letters.next().is_none().then_some((letter, simple))
        });
        let mut pairs: BTreeMap<char, char> = single.chain(ALSO).collect();
        // Once is enough: what a character becomes does not become another.
        let direct = pairs.clone();
        for to in pairs.values_mut() {
            while let Some(next) = direct.get(to) {
                *to = *next;
            }
        }
        pairs
    }

    #[test]
    fn the_pairs_are_those_of_the_library() {
        let pairs: Vec<String> = pairs()
            .into_iter()
            .map(|(from, to)| format!("{from}{to}"))
            .collect();
        let lines: Vec<String> = pairs.chunks(LINE_PAIRS).map(|line| line.concat()).collect();
        expect_file!["traditional.txt"].assert_eq(&(lines.join("\n") + "\n"));
        let lines = lines.iter().map(|line| format!("  '{line}',\n"));
        let script = format!(
            "// Traditional characters, each with its simplified one; made with the server's by the\
             \x20test\n// in crates/domain/src/traditional.rs. Do not edit.\n\nexport const PAIRS \
             = [\n{}].join('')\n",
            lines.collect::<String>()
        );
        let path = "../../../web/src/features/palette/traditional.ts";
        expect_file![path].assert_eq(&script);
    }

    #[test]
    fn simplifying_once_is_enough() {
        for (from, to) in PAIRS.iter() {
            assert_eq!(simplified(*from), *to);
            assert_eq!(simplified(*to), *to, "{from}");
        }
        assert_eq!(simplified('a'), 'a');
        assert_eq!(simplified('上'), '上');
    }
}
