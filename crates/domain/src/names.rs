//! Who is meant by `@name`: an index of active members and of groups, for the longest match. Kept
//! by the engine beside its cache of members, read by `markup` for every message that has an `@`.
//!
//! A handle is unique and decides. A name that several of them share means nobody, because
//! telling the wrong one is worse than telling none; people then write the handle. The longest
//! match stands even if it is ambiguous: `@张三丰` never falls back to 张三.

use std::collections::{BTreeMap, HashMap};
use tenon_protocol::{GroupId, MemberId, group::Group, member::Member};

/// Index of the names and handles of active members and of groups that are not archived.
#[derive(Clone, Debug, Default)]
pub struct Names {
    words: HashMap<String, Word>,
    /// How many words there are of each length in folded bytes: only those are looked up.
    lengths: BTreeMap<usize, usize>,
    /// What each put in, to take it out again.
    spelled: HashMap<Named, [String; 2]>,
    groups: usize,
}

/// What a name or a handle can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Named {
    Member(MemberId),
    Group(GroupId),
}

#[derive(Clone, Debug, Default)]
struct Word {
    handle: Option<Named>,
    names: Vec<Named>,
}

/// A name or handle at the beginning of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// `None` if several have that name.
    pub named: Option<Named>,
    /// Length in the text, bytes.
    pub bytes: usize,
}

impl Names {
    /// Puts a member in, or what is new about them; one who is not active is taken out.
    pub fn insert(&mut self, member: &Member) {
        let named = Named::Member(member.id);
        self.remove(named);
        if member.active {
            self.spell(named, [fold(&member.handle), fold(&member.name)]);
        }
    }

    /// Puts a group in, or what is new about it; one that is archived is taken out.
    pub fn insert_group(&mut self, group: &Group) {
        let named = Named::Group(group.id);
        self.remove(named);
        if !group.archived {
            self.spell(named, [fold(&group.handle), fold(&group.name)]);
            self.groups += 1;
        }
    }

    /// Whether any group can be meant.
    pub fn has_groups(&self) -> bool {
        self.groups > 0
    }

    fn spell(&mut self, named: Named, words: [String; 2]) {
        for (index, word) in words
            .iter()
            .enumerate()
            .filter(|(_, word)| !word.is_empty())
        {
            let entry = self.words.entry(word.clone()).or_insert_with(|| {
                *self.lengths.entry(word.len()).or_default() += 1;
                Word::default()
            });
            match index {
                0 => entry.handle = Some(named),
                _ => entry.names.push(named),
            }
        }
        self.spelled.insert(named, words);
    }

    /// Takes a member or a group out; nothing happens if it is not in.
    pub fn remove(&mut self, named: Named) {
        let Some(words) = self.spelled.remove(&named) else {
            return;
        };
        self.groups -= usize::from(matches!(named, Named::Group(_)));
        for word in words {
            let Some(entry) = self.words.get_mut(&word) else {
                continue;
            };
            entry.handle = entry.handle.filter(|it| *it != named);
            entry.names.retain(|it| *it != named);
            if entry.handle.is_none() && entry.names.is_empty() {
                self.words.remove(&word);
                if let Some(count) = self.lengths.get_mut(&word.len()) {
                    *count -= 1;
                }
                self.lengths.retain(|_, count| *count > 0);
            }
        }
    }

    /// The longest name or handle that `text` begins with, ending at the end of a word. Case and
    /// full-width forms do not matter.
    pub fn longest(&self, text: &str) -> Option<Match> {
        let longest = *self.lengths.keys().next_back()?;
        let mut folded = String::with_capacity(longest.min(64));
        let mut ends = Vec::new();
        for (start, letter) in text.char_indices() {
            if letter == '@' || letter == '＠' || letter.is_control() || folded.len() >= longest {
                break;
            }
            push_folded(letter, &mut folded);
            ends.push((folded.len(), start + letter.len_utf8()));
        }
        ends.into_iter().rev().find_map(|(length, end)| {
            if !self.lengths.contains_key(&length) || !ends_a_word(text, end) {
                return None;
            }
            let word = self.words.get(&folded[..length])?;
            let only = if let [one] = word.names[..] {
                Some(one)
            } else {
                None
            };
            Some(Match {
                named: word.handle.or(only),
                bytes: end,
            })
        })
    }
}

impl<'a> FromIterator<&'a Member> for Names {
    fn from_iter<I: IntoIterator<Item = &'a Member>>(members: I) -> Self {
        let mut names = Names::default();
        members.into_iter().for_each(|member| names.insert(member));
        names
    }
}

/// Chinese, Japanese and Korean letters: written without spaces, so each may begin or end a word.
pub(crate) fn is_east_asian(letter: char) -> bool {
    matches!(letter as u32,
        0x1100..=0x11FF | 0x2E80..=0x2FDF | 0x3005..=0x3007 | 0x3040..=0x31FF | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF | 0xA960..=0xA97F | 0xAC00..=0xD7FF | 0xF900..=0xFAFF
        | 0xFF66..=0xFFDC | 0x20000..=0x3FFFF)
}

/// Letters and digits of scripts that put spaces between words.
pub(crate) fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() && !is_east_asian(letter)
}

/// Whether a name may end at byte `end`: always after a Chinese character, else where no letter
/// follows, nor a letter after one of `._-` (a longer handle that nobody has).
pub(crate) fn ends_a_word(text: &str, end: usize) -> bool {
    if !text[..end].ends_with(is_word) {
        return true;
    }
    let rest = &text[end..];
    !rest
        .strip_prefix(['.', '_', '-'])
        .unwrap_or(rest)
        .starts_with(is_word)
}

/// One form for all spellings: small letters, half width, single spaces.
fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for part in name.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        part.chars()
            .for_each(|letter| push_folded(letter, &mut folded));
    }
    folded
}

fn push_folded(letter: char, folded: &mut String) {
    match letter {
        letter if letter.is_whitespace() => folded.push(' '),
        letter => folded.extend(half_width(letter).to_lowercase()),
    }
}

/// `３` and `Ａ` as `3` and `A`; all else as it is.
pub(crate) fn half_width(letter: char) -> char {
    match letter as u32 {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(letter),
        0x3000 => ' ',
        _ => letter,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;
    use tenon_protocol::{
        Timestamp,
        group::GroupKind,
        member::{Language, MemberKind, Role},
    };

    pub(crate) fn member(number: u128, name: &str, handle: &str) -> Member {
        Member {
            id: id(number),
            kind: MemberKind::Person,
            name: name.to_owned(),
            handle: handle.to_owned(),
            role: Role::Member,
            title: String::new(),
            avatar: None,
            time_zone: "Asia/Shanghai".to_owned(),
            language: Language::Chinese,
            status: None,
            working_hours: None,
            active: true,
            joined_at: Timestamp::UNIX_EPOCH,
        }
    }

    pub(crate) fn id(number: u128) -> MemberId {
        MemberId(uuid::Uuid::from_u128(number))
    }

    fn team() -> Names {
        [
            member(1, "张三", "zhangsan"),
            member(2, "张三丰", "sanfeng"),
            member(3, "Li Wei", "li"),
            member(4, "Lisa", "lisa.m"),
            member(5, "Zoë", "zoe"),
            member(6, "王芳", "wangfang"),
            member(7, "王芳", "wang-fang2"),
            member(8, "wangfang", "imposter"),
        ]
        .iter()
        .collect()
    }

    #[track_caller]
    fn expect(text: &str, found: Option<(Option<u128>, &str)>) {
        let found = found.map(|(member, words)| Match {
            named: member.map(|number| Named::Member(id(number))),
            bytes: words.len(),
        });
        assert_eq!(team().longest(text), found, "{text}");
    }

    #[test]
    fn the_longest_wins() {
        expect("张三看下", Some((Some(1), "张三")));
        expect("张三丰看下", Some((Some(2), "张三丰")));
        expect("li wei, please", Some((Some(3), "li wei")));
        expect("LI 看下", Some((Some(3), "LI")));
        expect("ＬＩ", Some((Some(3), "ＬＩ")));
        expect("Li　Wei", Some((Some(3), "Li　Wei")));
        expect("li\nwei", Some((Some(3), "li")));
    }

    #[test]
    fn latin_names_end_with_the_word() {
        expect("lisa", Some((Some(4), "lisa")));
        expect("lisab", None);
        expect("lis", None);
        expect("li.", Some((Some(3), "li")));
        expect("li.wang", None);
        expect("li_x", None);
        expect("li_", Some((Some(3), "li")));
        expect("lisa.m!", Some((Some(4), "lisa.m")));
        expect("ZOË's", Some((Some(5), "ZOË")));
        expect("zoë看", Some((Some(5), "zoë")));
    }

    #[test]
    fn a_shared_name_means_nobody_and_a_handle_decides() {
        expect("王芳", Some((None, "王芳")));
        expect("wang-fang2", Some((Some(7), "wang-fang2")));
        expect("wangfang", Some((Some(6), "wangfang")));
    }

    #[test]
    fn members_come_and_go() {
        let mut names = team();
        names.remove(Named::Member(id(7)));
        assert_eq!(
            names.longest("王芳").unwrap().named,
            Some(Named::Member(id(6)))
        );
        names.insert(&member(6, "王小芳", "fang"));
        assert_eq!(names.longest("王芳"), None);
        assert_eq!(
            names.longest("王小芳").unwrap().named,
            Some(Named::Member(id(6)))
        );
        assert_eq!(
            names.longest("wangfang").unwrap().named,
            Some(Named::Member(id(8)))
        );
        names.insert(&Member {
            active: false,
            ..member(6, "王小芳", "fang")
        });
        assert_eq!(names.longest("王小芳"), None);
        for number in 0..10 {
            names.remove(Named::Member(id(number)));
        }
        assert!(names.words.is_empty() && names.lengths.is_empty() && names.spelled.is_empty());
        assert_eq!(names.longest("张三"), None);
    }

    fn group(number: u128, name: &str, handle: &str) -> Group {
        Group {
            id: GroupId(uuid::Uuid::from_u128(number)),
            kind: GroupKind::Free,
            name: name.to_owned(),
            handle: handle.to_owned(),
            description: String::new(),
            parent: None,
            managers: vec![],
            members: vec![],
            created_by: id(1),
            created_at: Timestamp::UNIX_EPOCH,
            archived: false,
        }
    }

    #[test]
    fn groups_are_meant_as_members_are() {
        let mut names = team();
        assert!(!names.has_groups());
        let mut design = group(20, "设计组", "design");
        names.insert_group(&design);
        names.insert_group(&group(21, "Lisa", "support"));
        let meant = |names: &Names, text: &str| names.longest(text).and_then(|it| it.named);
        let is_design = Some(Named::Group(design.id));
        assert_eq!(meant(&names, "设计组看下"), is_design);
        assert_eq!(meant(&names, "Design, please"), is_design);
        // A name that a member and a group share means neither.
        assert_eq!(meant(&names, "lisa"), None);
        assert_eq!(meant(&names, "lisa.m"), Some(Named::Member(id(4))));
        design.archived = true;
        names.insert_group(&design);
        assert_eq!(names.longest("设计组看下"), None);
        names.remove(Named::Group(GroupId(uuid::Uuid::from_u128(21))));
        assert!(!names.has_groups());
        assert_eq!(meant(&names, "lisa"), Some(Named::Member(id(4))));
    }

    proptest! {
        #[test]
        fn any_text_is_answered(text in ".*", name in ".{1,5}") {
            let mut names = team();
            names.insert(&member(9, &name, "nine"));
            for text in [text.as_str(), &format!("{name}{text}")] {
                if let Some(found) = names.longest(text) {
                    prop_assert!(text.is_char_boundary(found.bytes) && found.bytes > 0);
                }
            }
            names.remove(Named::Member(id(9)));
            prop_assert_eq!(names.spelled.len(), team().spelled.len());
            prop_assert_eq!(names.words.len(), team().words.len());
        }
    }
}
