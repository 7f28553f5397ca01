//! Finding people by what one remembers of them: name, handle, pinyin (`zhangsan`), initials
//! (`zs`), job title. Pure; the engine keeps one [`Person`] for each member in memory.

use crate::segment::{fold, fold_script};
use pinyin::ToPinyinMulti;
use tenon_protocol::member::Member;

/// Limit: characters of a name that can be found by their pinyin.
const PINYIN_CHARS_MAX: usize = 16;

/// How a member can be found.
#[derive(Clone, Debug)]
pub struct Person {
    name: String,
    handle: String,
    title: String,
    /// For each character of the name what may be typed for it: itself, or its readings.
    letters: Vec<Vec<String>>,
}

impl Person {
    pub fn of(member: &Member) -> Self {
        let name = fold(&member.name);
        let written = fold_script(&member.name);
        let letters = name.chars().zip(written.chars());
        let letters = letters.filter(|(letter, _)| !letter.is_whitespace());
        let letters = letters.take(PINYIN_CHARS_MAX).map(typed).collect();
        Self {
            name,
            handle: fold(&member.handle),
            title: fold(&member.title),
            letters,
        }
    }

    /// How well the folded `query` fits, less is better; none if it does not.
    pub fn rank(&self, query: &str) -> Option<u8> {
        let query = query.trim_start_matches(['@', '＠']);
        if query.is_empty() {
            return None;
        }
        if self.name == query || self.handle == query {
            return Some(0);
        }
        if self.name.starts_with(query) || self.handle.starts_with(query) {
            return Some(1);
        }
        let words = self.name.split_whitespace();
        if words.into_iter().any(|word| word.starts_with(query)) {
            return Some(2);
        }
        let bare: String = query.chars().filter(|letter| !is_gap(*letter)).collect();
        if !bare.is_empty() && spells(&self.letters, &bare) {
            return Some(3);
        }
        if self.name.contains(query) || self.handle.contains(query) {
            return Some(4);
        }
        self.title.contains(query).then_some(5)
    }
}

fn is_gap(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\'' | '’' | '-' | '.')
}

/// A simplified letter and its readings, and those of the letter as it is written.
fn typed((letter, written): (char, char)) -> Vec<String> {
    let mut typed = vec![letter.to_string()];
    for readings in [letter, written].map(|it| it.to_pinyin_multi()) {
        for reading in readings.into_iter().flatten() {
            let plain = reading.plain().replace('ü', "v");
            if !typed.contains(&plain) {
                typed.push(plain);
            }
        }
    }
    typed
}

/// Whether `rest` is written by the letters from the first on, each as itself, as a whole reading
/// or by its initial; the last one may be unfinished.
fn spells(letters: &[Vec<String>], rest: &str) -> bool {
    if rest.is_empty() {
        return true;
    }
    let Some((first, others)) = letters.split_first() else {
        return false;
    };
    first.iter().any(|typed| {
        if typed.starts_with(rest) {
            return true;
        }
        if let Some(rest) = rest.strip_prefix(typed.as_str())
            && spells(others, rest)
        {
            return true;
        }
        // The initial of a reading, `z` or `zh`.
        let initials = ["zh", "ch", "sh"].into_iter();
        let double = initials.filter(|double| typed.starts_with(double));
        let single = typed.get(..1).into_iter().filter(|_| typed.len() > 1);
        double.chain(single).any(|initial| {
            rest.strip_prefix(initial)
                .is_some_and(|rest| spells(others, rest))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::tests::member;

    #[track_caller]
    fn rank(name: &str, query: &str) -> Option<u8> {
        Person::of(&member(1, name, "someone")).rank(&fold(query))
    }

    #[test]
    fn chinese_names_are_found_as_they_sound() {
        for query in [
            "张三",
            "张",
            "三",
            "zs",
            "z",
            "zhangsan",
            "zhang san",
            "zhangs",
            "zsan",
            "zhs",
            "ZS",
            "ｚｓ",
            "张san",
            "someone",
            "@some",
        ] {
            assert!(rank("张三", query).is_some(), "{query}");
        }
        for query in ["zl", "zhangsi", "zhao", "sanzhang", "李", "zsx"] {
            assert_eq!(rank("张三", query), None, "{query}");
        }
    }

    #[test]
    fn a_character_may_sound_in_several_ways() {
        for query in ["shanxiong", "danxiong", "sx"] {
            assert!(rank("单雄", query).is_some(), "{query}");
        }
        assert!(rank("吕布", "lvbu").is_some());
        assert!(rank("乾安", "qianan").is_some());
    }

    #[test]
    fn names_are_found_in_both_ways_of_writing() {
        assert_eq!(rank("張偉", "张伟"), Some(0));
        assert_eq!(rank("张伟", "張偉"), Some(0));
        assert_eq!(rank("劉備", "刘"), Some(1));
        assert!(rank("劉備", "liub").is_some());
    }

    #[test]
    fn latin_names_are_found_by_their_words() {
        assert_eq!(rank("Li Wei", "li wei"), Some(0));
        assert_eq!(rank("Li Wei", "li"), Some(1));
        assert_eq!(rank("Li Wei", "wei"), Some(2));
        assert!(rank("Zoë", "zoe").is_some());
        assert_eq!(rank("Li Wei", "x"), None);
    }

    #[test]
    fn a_name_of_one_letter_over_and_over_ends() {
        let person = Person::of(&member(1, &"行".repeat(80), "h"));
        assert_eq!(person.rank(&format!("{}x", "h".repeat(60))), None);
    }
}
