//! A search as people type it: words, and filters like `from:li` or `before:2026-11-01`. Reads
//! the text and cuts snippets; who and which channel a filter means is found by the engine.

use crate::{
    markup,
    refusal::Refusal,
    segment::{self, Phrase},
};
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use std::ops::Range;
use tenon_protocol::{
    Timestamp,
    limit::{SEARCH_BYTES_MAX, SEARCH_WORDS_MAX},
    search::{Mark, Snippet},
};

/// Characters of a snippet, and how many of them before what was found.
const SNIPPET_CHARS: usize = 160;
const SNIPPET_CHARS_BEFORE: usize = 40;

/// What was asked for; all of it must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// The words as typed, without filters.
    pub words: String,
    pub phrases: Vec<Phrase>,
    /// Names or handles of authors, one of them.
    pub from: Vec<String>,
    /// Channels, projects or people, one of them.
    pub within: Vec<String>,
    pub has_link: bool,
    pub has_file: bool,
    /// A picture among its files.
    pub has_image: bool,
    /// Became a task.
    pub has_task: bool,
    /// A reply in a thread.
    pub is_thread: bool,
    pub is_task: bool,
    /// A task in a done or cancelled state, or in another.
    pub is_closed: Option<bool>,
    /// From here on.
    pub since: Option<Timestamp>,
    /// Up to here, itself not included.
    pub until: Option<Timestamp>,
}

/// What can stand before a colon, in both languages.
const FILTERS: &[(&str, Filter)] = &[
    ("from", Filter::From),
    ("来自", Filter::From),
    ("in", Filter::In),
    ("位于", Filter::In),
    ("has", Filter::Has),
    ("包含", Filter::Has),
    ("is", Filter::Is),
    ("属于", Filter::Is),
    ("before", Filter::Before),
    ("早于", Filter::Before),
    ("after", Filter::After),
    ("晚于", Filter::After),
    ("on", Filter::On),
    ("日期", Filter::On),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Filter {
    From,
    In,
    Has,
    Is,
    Before,
    After,
    On,
}

impl Search {
    /// Reads a search. `now` and `zone` say which day today is.
    pub fn read(text: &str, now: Timestamp, zone: &str) -> Result<Self, Refusal> {
        if text.len() > SEARCH_BYTES_MAX {
            return Err(Refusal::TooLarge {
                field: "q",
                bytes_max: SEARCH_BYTES_MAX,
            });
        }
        let pieces = pieces(text);
        if pieces.len() > SEARCH_WORDS_MAX {
            return Err(Refusal::TooMany {
                field: "q",
                max: SEARCH_WORDS_MAX,
            });
        }
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        let today = now.to_zoned(zone.clone()).date();
        let mut search = Search::default();
        for piece in pieces {
            match piece.filter {
                Some(filter) => search.narrow(filter, &piece.text, today, &zone)?,
                None => search.add_words(&piece.text),
            }
        }
        // Only the word that is still being typed is found as a beginning.
        let last = search.phrases.len().saturating_sub(1);
        for phrase in search.phrases.iter_mut().take(last) {
            phrase.beginning = None;
        }
        Ok(search)
    }

    /// Nothing at all was asked for.
    pub fn is_empty(&self) -> bool {
        *self
            == Search {
                words: self.words.clone(),
                ..Search::default()
            }
    }

    /// Words alone: people are found by nothing else.
    pub fn is_plain(&self) -> bool {
        let plain = Search {
            words: self.words.clone(),
            phrases: self.phrases.clone(),
            ..Search::default()
        };
        *self == plain
    }

    fn add_words(&mut self, text: &str) {
        if !self.words.is_empty() {
            self.words.push(' ');
        }
        self.words.push_str(text);
        self.phrases.extend(segment::phrase(text));
    }

    fn narrow(
        &mut self,
        filter: Filter,
        value: &str,
        today: Date,
        zone: &TimeZone,
    ) -> Result<(), Refusal> {
        let folded = segment::fold(value);
        match filter {
            Filter::From => self.from.push(named("from", value)?),
            Filter::In => self.within.push(named("in", value)?),
            Filter::Has => match folded.as_str() {
                "link" | "链接" => self.has_link = true,
                "task" | "任务" => self.has_task = true,
                "file" | "文件" => self.has_file = true,
                "image" | "图片" => self.has_image = true,
                _ => return Err(wants("has", "link, file, image or task")),
            },
            Filter::Is => match folded.as_str() {
                "thread" | "话题" | "讨论串" => self.is_thread = true,
                "task" | "任务" => self.is_task = true,
                "done" | "已完成" => self.is_closed = Some(true),
                "open" | "未完成" => self.is_closed = Some(false),
                _ => return Err(wants("is", "thread, task, open or done")),
            },
            Filter::Before => {
                let (first, _) = days("before", &folded, today)?;
                self.keep_until(start_of(first, zone));
            }
            Filter::After => {
                let (_, next) = days("after", &folded, today)?;
                self.keep_since(start_of(next, zone));
            }
            Filter::On => {
                let (first, next) = days("on", &folded, today)?;
                self.keep_since(start_of(first, zone));
                self.keep_until(start_of(next, zone));
            }
        }
        Ok(())
    }

    fn keep_since(&mut self, at: Timestamp) {
        self.since = Some(self.since.map_or(at, |since| since.max(at)));
    }

    fn keep_until(&mut self, at: Timestamp) {
        self.until = Some(self.until.map_or(at, |until| until.min(at)));
    }
}

fn wants(filter: &'static str, wants: &'static str) -> Refusal {
    Refusal::BadFilter { filter, wants }
}

fn named(filter: &'static str, value: &str) -> Result<String, Refusal> {
    let name = value.trim();
    if name.is_empty() {
        return Err(wants(filter, "a name"));
    }
    Ok(name.to_owned())
}

/// The first of the days that are meant, and the day after the last of them.
fn days(filter: &'static str, value: &str, today: Date) -> Result<(Date, Date), Refusal> {
    let unknown = || {
        wants(
            filter,
            "a day like 2026-11-28, a month like 2026-11, today or yesterday",
        )
    };
    let first = match value {
        "today" | "今天" => today,
        "yesterday" | "昨天" => today.yesterday().map_err(|_| unknown())?,
        _ => {
            let numbers: Vec<i16> = value
                .split(['-', '/', '.'])
                .map(|part| part.parse().map_err(|_| unknown()))
                .collect::<Result<_, _>>()?;
            let small = |number: i16| i8::try_from(number).map_err(|_| unknown());
            match numbers[..] {
                [year, month, day] => {
                    Date::new(year, small(month)?, small(day)?).map_err(|_| unknown())?
                }
                [year, month] if year >= 1_000 => {
                    let first = Date::new(year, small(month)?, 1).map_err(|_| unknown())?;
                    let next = first.checked_add(1.month()).map_err(|_| unknown())?;
                    return Ok((first, next));
                }
                _ => return Err(unknown()),
            }
        }
    };
    Ok((first, first.tomorrow().map_err(|_| unknown())?))
}

/// Midnight there; where clocks leave midnight out, the first moment of the day.
fn start_of(day: Date, zone: &TimeZone) -> Timestamp {
    day.to_zoned(zone.clone())
        .and_then(|day| day.start_of_day())
        .map_or(Timestamp::MAX, |day| day.timestamp())
}

struct Piece {
    filter: Option<Filter>,
    text: String,
}

/// Words, quoted phrases and filters, in order. A filter's value may be quoted.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (filter, after) = match filter(rest) {
            Some((filter, after)) => (Some(filter), after),
            None => (None, rest),
        };
        let (value, left) = match after.strip_prefix(is_quote) {
            Some(quoted) => quoted.split_once(is_quote).unwrap_or((quoted, "")),
            None => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
        };
        if filter.is_some() || !value.trim().is_empty() {
            let text = value.to_owned();
            pieces.push(Piece { filter, text });
        }
        rest = left.trim_start();
    }
    pieces
}

fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '“' | '”' | '＂')
}

fn filter(text: &str) -> Option<(Filter, &str)> {
    let at = text.find([':', '：'])?;
    let key = segment::fold(&text[..at]);
    let (_, filter) = FILTERS.iter().find(|(name, _)| *name == key)?;
    let after = text[at..].trim_start_matches([':', '：']);
    // `in: general` means the same as `in:general`.
    Some((*filter, after.trim_start_matches(' ')))
}

/// The part of a Markdown text around what was found; its beginning if that is only in what is
/// not shown.
pub fn snippet(text: &str, phrases: &[Phrase]) -> Snippet {
    if phrases.is_empty() {
        return beginning(text);
    }
    let plain = markup::plain(text);
    let found = segment::find(&plain, phrases);
    if found.is_empty() {
        // It may lie in the address of a link.
        let raw = segment::find(text, phrases);
        if !raw.is_empty() {
            let line: String = text
                .chars()
                .map(|letter| if letter.is_whitespace() { ' ' } else { letter })
                .collect();
            return cut(&line, &segment::find(&line, phrases));
        }
    }
    cut(&plain, &found)
}

/// How a text begins, of which there may be much more.
fn beginning(text: &str) -> Snippet {
    let enough = text.char_indices().nth(4 * SNIPPET_CHARS);
    let plain = enough.map(|(end, _)| markup::plain(&text[..end]));
    // Where it begins with little but signs, all of it is read.
    let plain = plain.filter(|plain| plain.chars().nth(2 * SNIPPET_CHARS).is_some());
    cut(&plain.unwrap_or_else(|| markup::plain(text)), &[])
}

/// A whole line with what was found in it.
pub fn marked(line: &str, phrases: &[Phrase]) -> Snippet {
    let marks = utf16(line, &segment::find(line, phrases));
    Snippet {
        text: line.to_owned(),
        marks,
    }
}

/// Whether any of the phrases is in the text.
pub fn is_in(text: &str, phrases: &[Phrase]) -> bool {
    !segment::find(text, phrases).is_empty()
}

fn cut(text: &str, found: &[Range<usize>]) -> Snippet {
    let first = found.first().map_or(0, |range| range.start);
    let before = text[..first].char_indices().rev();
    let start = before
        .take(SNIPPET_CHARS_BEFORE)
        .last()
        .map_or(first, |(at, _)| at);
    let mut after = text[start..].char_indices();
    let end = after
        .nth(SNIPPET_CHARS)
        .map_or(text.len(), |(at, _)| start + at);
    let inside = found
        .iter()
        .filter(|range| range.start >= start && range.start < end)
        .map(|range| range.start - start..range.end.min(end) - start)
        .collect::<Vec<_>>();
    let shown = &text[start..end];
    let lead = if start > 0 { "…" } else { "" };
    let tail = if end < text.len() { "…" } else { "" };
    let shift = lead.encode_utf16().count();
    let marks = utf16(shown, &inside).into_iter().map(|mark| Mark {
        start: mark.start + shift,
        end: mark.end + shift,
    });
    Snippet {
        marks: marks.collect(),
        text: format!("{lead}{shown}{tail}"),
    }
}

fn utf16(text: &str, ranges: &[Range<usize>]) -> Vec<Mark> {
    let count = |from: usize, to: usize| text[from..to].encode_utf16().count();
    let (mut at, mut units) = (0, 0);
    let mark = |range: &Range<usize>| {
        let start = units + count(at, range.start);
        let end = start + count(range.start, range.end);
        (at, units) = (range.end, end);
        Mark { start, end }
    };
    ranges.iter().map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Of a long text that was not found by its words no more is read than is shown.
    #[test]
    fn a_long_text_begins_as_the_whole_does() {
        for text in [
            "开会 deploy ".repeat(5_000),
            "a **word** of [many](https://example.com/many)\n\n".repeat(2_000),
            format!("{} end", "[](https://example.com) ".repeat(200)),
            "short **text**".to_owned(),
            String::new(),
        ] {
            assert_eq!(snippet(&text, &[]), cut(&markup::plain(&text), &[]));
        }
    }

    /// 2026-11-28, 23:30 in Shanghai.
    fn read(text: &str) -> Result<Search, Refusal> {
        Search::read(
            text,
            "2026-11-28T15:30:00Z".parse().unwrap(),
            "Asia/Shanghai",
        )
    }

    fn time(text: &str) -> Option<Timestamp> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn words_and_filters_are_told_apart() {
        let search = read("上线 from:@li in:#general  has:link is:thread 计划").unwrap();
        assert_eq!(search.words, "上线 计划");
        assert_eq!(search.phrases.len(), 2);
        assert_eq!(search.from, ["@li"]);
        assert_eq!(search.within, ["#general"]);
        assert!(search.has_link && search.is_thread && !search.has_task);
        assert!(!search.is_plain() && read("上线").unwrap().is_plain());
        let search = read("has:file 包含：图片").unwrap();
        assert!(search.has_file && search.has_image && !search.has_link);
    }

    #[test]
    fn chinese_filters_and_wide_colons_mean_the_same() {
        let english = read("from:张三 has:task is:open on:today").unwrap();
        let chinese = read("来自：张三 包含：任务 属于：未完成 日期：今天").unwrap();
        assert_eq!(english, chinese);
    }

    #[test]
    fn quotes_hold_words_together() {
        let search = read("\"release plan\" from:\"Li Wei\" in: general").unwrap();
        assert_eq!(search.phrases.len(), 1);
        assert_eq!(search.phrases[0].words.len(), 2);
        assert_eq!(search.from, ["Li Wei"]);
        assert_eq!(search.within, ["general"]);
    }

    #[test]
    fn what_is_no_filter_is_a_word() {
        let search = read("note:this https://example.com 12:30").unwrap();
        assert!(search.is_plain());
        assert_eq!(search.phrases.len(), 3);
    }

    #[test]
    fn days_begin_where_the_asker_is() {
        let on = read("on:today").unwrap();
        assert_eq!(on.since, time("2026-11-27T16:00:00Z"));
        assert_eq!(on.until, time("2026-11-28T16:00:00Z"));
        let after = read("after:yesterday").unwrap();
        assert_eq!(after.since, time("2026-11-27T16:00:00Z"));
        let between = read("after:2026-10-31 before:2026/11/03").unwrap();
        assert_eq!(between.since, time("2026-10-31T16:00:00Z"));
        assert_eq!(between.until, time("2026-11-02T16:00:00Z"));
        let month = read("on:2026-02").unwrap();
        assert_eq!(month.since, time("2026-01-31T16:00:00Z"));
        assert_eq!(month.until, time("2026-02-28T16:00:00Z"));
    }

    #[test]
    fn a_filter_that_means_nothing_is_named() {
        for (text, field) in [
            ("has:nothing", "has"),
            ("is:", "is"),
            ("before:soon", "before"),
            ("on:2026-02-30", "on"),
            ("after:99999-01-01", "after"),
            ("from:", "from"),
        ] {
            let refusal = read(text).unwrap_err();
            assert_eq!(refusal.field(), Some(field), "{text}");
        }
    }

    #[test]
    fn too_much_is_refused() {
        let refusal = read(&"word ".repeat(10_000)).unwrap_err();
        assert_eq!(refusal.code(), tenon_protocol::ErrorCode::TooLarge);
        let refusal = read(&"a ".repeat(33)).unwrap_err();
        assert_eq!(refusal.code(), tenon_protocol::ErrorCode::LimitReached);
    }

    #[test]
    fn only_the_last_word_is_a_beginning() {
        let search = read("deploy prod").unwrap();
        assert_eq!(search.phrases[0].beginning, None);
        assert_eq!(search.phrases[1].beginning.as_deref(), Some("prod"));
    }

    #[test]
    fn a_snippet_shows_what_was_found() {
        let phrases = read("上海").unwrap().phrases;
        let text = format!("{}**上海**东边😀", "很长的话，".repeat(100));
        let snippet = snippet(&text, &phrases);
        let units: Vec<u16> = snippet.text.encode_utf16().collect();
        let Mark { start, end } = snippet.marks[0];
        assert_eq!(String::from_utf16(&units[start..end]).unwrap(), "上海");
        assert!(snippet.text.starts_with('…') && snippet.text.ends_with("东边😀"));
        assert!(snippet.text.chars().count() <= SNIPPET_CHARS + 2);
    }

    #[test]
    fn a_snippet_may_show_an_address() {
        let phrases = read("example.com").unwrap().phrases;
        let snippet = snippet("[here](https://example.com/a)", &phrases);
        assert!(snippet.text.contains("https://example.com/a"));
        assert_eq!(snippet.marks.len(), 1);
    }

    proptest! {
        #[test]
        fn any_search_is_answered(text in "\\PC{0,200}", found in "\\PC{0,300}") {
            if let Ok(search) = read(&text) {
                let snippet = snippet(&found, &search.phrases);
                let units = snippet.text.encode_utf16().count();
                let fits = |mark: &Mark| mark.start < mark.end && mark.end <= units;
                prop_assert!(snippet.marks.iter().all(fits));
            }
        }
    }
}
