//! Texts that look like what a company says: a few words everywhere, most words seldom, Chinese
//! and English, so that a search meets both.

use std::fmt::Write as _;

/// Words of a message.
const WORDS_PER_MESSAGE: u64 = 12;
/// Different words, the frequent ones first.
const VOCABULARY: u64 = 20_000;
/// The most frequent.
const FREQUENT: [&str; 12] = [
    "我们",
    "the",
    "发布",
    "计划",
    "deploy",
    "客户",
    "会议",
    "review",
    "上海",
    "数据库",
    "需求",
    "release",
];
/// How many of the characters from 一 on are used.
const CHARACTERS: u64 = 3_000;

/// The same text for the same number.
pub fn text(number: u64) -> String {
    let mut text = format!("n{number}");
    let mut state = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    for _ in 0..WORDS_PER_MESSAGE {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let share = (state >> 11) as f64 / (1u64 << 53) as f64;
        // The nth word comes once for n times that the first comes.
        let rank = (VOCABULARY as f64).powf(share) as u64 - 1;
        text.push(' ');
        push_word(rank, &mut text);
    }
    text
}

/// Writes the word of this rank, from 0.
fn push_word(rank: u64, text: &mut String) {
    if let Some(word) = usize::try_from(rank)
        .ok()
        .and_then(|rank| FREQUENT.get(rank))
    {
        return text.push_str(word);
    }
    if rank.is_multiple_of(3) {
        // Writing to a text cannot fail.
        let _ = write!(text, "w{rank}x");
        return;
    }
    for place in [rank % CHARACTERS, rank / CHARACTERS * 7 + rank % 41] {
        let letter = 0x4E00 + u32::try_from(place % CHARACTERS).unwrap_or_default();
        text.extend(char::from_u32(letter));
    }
}

/// What is looked for in turn: words that many, some and few messages hold, two words, a part of
/// a word, one character, a stem, filters, a number that one message has, and nothing.
pub fn queries() -> Vec<String> {
    let mut queries: Vec<String> = [
        "我们",
        "上海",
        "发布 deploy",
        "据库",
        "海",
        "deployment review",
        "from:me",
        "in:all",
        "发布 on:today",
        "數據庫",
        "n1234",
        "zimtsterne sind aus",
    ]
    .map(str::to_owned)
    .to_vec();
    for rank in [100, 1_001, 10_001] {
        let mut word = String::new();
        push_word(rank, &mut word);
        queries.push(word);
    }
    queries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequent_words_are_in_many_texts_and_rare_ones_in_few() {
        let count = |word: &str| (0..2_000).filter(|n| text(*n).contains(word)).count();
        assert!((1_000..2_000).contains(&count("我们")), "{}", count("我们"));
        assert!((50..400).contains(&count("数据库")), "{}", count("数据库"));
        let mut rare = String::new();
        push_word(10_001, &mut rare);
        assert!(count(&rare) < 10, "{rare}");
        assert_eq!(text(7), text(7));
    }
}
