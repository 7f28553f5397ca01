//! Whose keywords a text holds: all keywords of a workspace in one automaton, so that a text is
//! read once however many there are. Kept by the notifier.

use crate::notification::{folded, is_whole_word};
use aho_corasick::AhoCorasick;
use std::collections::HashMap;
use tenon_protocol::MemberId;

/// See the file's head.
#[derive(Debug, Default)]
pub struct Keywords {
    finder: Option<AhoCorasick>,
    /// By pattern: who wants to hear of it, and how they write it.
    owners: Vec<Vec<(MemberId, String)>>,
}

impl Keywords {
    /// Of these members, as they wrote them.
    pub fn of<'a>(all: impl IntoIterator<Item = (MemberId, &'a [String])>) -> Self {
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut owners: Vec<Vec<(MemberId, String)>> = vec![];
        for (member, keywords) in all {
            for keyword in keywords {
                let at = *places.entry(folded(keyword)).or_insert(owners.len());
                if at == owners.len() {
                    owners.push(vec![]);
                }
                owners[at].push((member, keyword.clone()));
            }
        }
        let mut patterns: Vec<(&String, usize)> = places.iter().map(|(it, at)| (it, *at)).collect();
        patterns.sort_by_key(|(_, at)| *at);
        let patterns = patterns.into_iter().map(|(pattern, _)| pattern);
        // Only a pattern set beyond all bounds cannot be built; then nobody is told.
        let finder = AhoCorasick::new(patterns).ok();
        Self {
            finder: finder.filter(|_| !owners.is_empty()),
            owners,
        }
    }

    /// Each member whose keyword stands in the text, with the first of theirs.
    pub fn find(&self, text: &str) -> Vec<(MemberId, String)> {
        let Some(finder) = &self.finder else {
            return vec![];
        };
        let text = folded(text);
        let mut found: Vec<(MemberId, String)> = vec![];
        for hit in finder.find_overlapping_iter(&text) {
            if !is_whole_word(&text, hit.start(), hit.end()) {
                continue;
            }
            for (member, keyword) in &self.owners[hit.pattern().as_usize()] {
                if !found.iter().any(|(known, _)| known == member) {
                    found.push((*member, keyword.clone()));
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(number: u128) -> MemberId {
        MemberId(uuid::Uuid::from_u128(number))
    }

    #[test]
    fn words_are_whole_and_chinese_has_no_gaps() {
        let (one, two) = (["Deploy".to_owned()], ["上海".to_owned(), "deploy".into()]);
        let keywords = Keywords::of([(member(1), &one[..]), (member(2), &two[..])]);
        let who = |text: &str| {
            let mut who: Vec<_> = keywords.find(text).into_iter().map(|it| it.0).collect();
            who.sort();
            who
        };
        assert_eq!(who("please ＤＥＰＬＯＹ now"), [member(1), member(2)]);
        assert_eq!(who("我家在上海东边"), [member(2)]);
        assert_eq!(who("redeployment"), []);
        assert_eq!(who("deploy上海"), [member(1), member(2)]);
        assert_eq!(Keywords::default().find("deploy"), []);
    }
}
