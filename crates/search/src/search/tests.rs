//! The index asked directly: what is found, in what order, and what never is.

use super::{Best, BestOfSegment, Found};
use crate::{Document, Hit, HitKind, Index, Order, Position, Wanted, flag};
use hashbrown::HashSet;
use std::sync::Arc;
use tantivy::{SegmentOrdinal, SegmentReader, collector::Collector};
use tempfile::TempDir;
use tenon_domain::segment;
use uuid::Uuid;

const DAY: i64 = 24 * 3_600 * 1_000_000;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn message(number: u128, scope: u128, text: &str) -> Document {
    Document {
        id: id(number),
        part: 0,
        scope: id(scope),
        task: None,
        author: id(1),
        at: number as i64 * DAY,
        flags: 0,
        title: String::new(),
        text: text.to_owned(),
    }
}

fn task(number: u128, scope: u128, title: &str, text: &str) -> Document {
    Document {
        task: Some(id(number)),
        flags: flag::TASK,
        title: title.to_owned(),
        ..message(number, scope, text)
    }
}

fn wanted(query: &str, scopes: &[u128]) -> Wanted {
    Wanted {
        phrases: query.split(' ').filter_map(segment::phrase).collect(),
        scopes: Arc::new(scopes.iter().map(|scope| id(*scope)).collect()),
        authors: None,
        task: None,
        messages: true,
        tasks: true,
        files: true,
        with: 0,
        without: 0,
        since: i64::MIN,
        until: i64::MAX,
        order: Order::Relevance { now: 1_000 * DAY },
        by_task: false,
        limit: 10,
    }
}

fn at(seq: i64) -> Position {
    Position {
        seq,
        hash: seq.to_string(),
    }
}

/// An index of these, and the directory it lies in.
fn index(documents: &[Document]) -> (Index, TempDir) {
    let directory = tempfile::tempdir().unwrap();
    let (index, position) = Index::open(directory.path()).unwrap();
    assert_eq!(position, Position::default());
    let mut writer = index.writer().unwrap();
    for document in documents {
        writer.add(document).unwrap();
    }
    writer.commit(&at(7)).unwrap();
    (index, directory)
}

fn found(index: &Index, wanted: Wanted) -> Vec<u128> {
    let hits = index.search(wanted).unwrap();
    hits.iter().map(|hit: &Hit| hit.id.as_u128()).collect()
}

#[test]
fn words_are_found_in_both_languages() {
    let (index, _directory) = index(&[
        message(1, 9, "我家在上海东边"),
        message(2, 9, "企业IM系统的deployment"),
        message(3, 9, "上 海"),
    ]);
    assert_eq!(found(&index, wanted("上海", &[9])), [1]);
    assert_eq!(found(&index, wanted("im", &[9])), [2]);
    assert_eq!(found(&index, wanted("deploy 系统", &[9])), [2]);
    assert_eq!(found(&index, wanted("deploy 上海", &[9])), [0; 0]);
    assert_eq!(found(&index, wanted("海东边", &[9])), [1]);
    let mut both = found(&index, wanted("海", &[9]));
    both.sort_unstable();
    assert_eq!(both, [1, 3]);
}

/// Few are looked for as terms, of many each hit is looked at: the same is found.
#[test]
fn what_is_narrowed_to_few_or_many_is_the_same() {
    let (index, _directory) = index(&[
        message(1, 8, "plan"),
        message(2, 9, "plan"),
        Document {
            author: id(7),
            ..message(3, 9, "plan")
        },
        Document {
            id: id(4),
            task: Some(id(5)),
            flags: flag::IN_TASK,
            ..message(4, 9, "plan")
        },
    ]);
    for more in [0, 100] {
        let others = 1_000..1_000 + more;
        let scopes: Vec<u128> = [9].into_iter().chain(others.clone()).collect();
        let authors = [7].into_iter().chain(others).map(id);
        let by = Wanted {
            authors: Some(authors.collect()),
            ..wanted("", &scopes)
        };
        for query in ["plan", ""] {
            let phrases = wanted(query, &[]).phrases;
            let of_seven = Wanted {
                phrases: phrases.clone(),
                ..by.clone()
            };
            assert_eq!(found(&index, of_seven), [3], "{query}");
            let within = Wanted {
                task: Some(id(5)),
                ..wanted(query, &scopes)
            };
            assert_eq!(found(&index, within), [4], "{query}");
            assert_eq!(found(&index, wanted(query, &scopes)), [4, 3, 2], "{query}");
        }
    }
    // What narrows says nothing about how well a text fits.
    let old = Wanted {
        order: Order::Relevance { now: 2 * DAY },
        ..wanted("plan", &[8, 9])
    };
    assert_eq!(found(&index, old.clone()).len(), 4);
    assert_eq!(found(&index, Wanted { limit: 1, ..old }).len(), 1);
}

#[test]
fn other_scopes_are_never_found() {
    let (index, _directory) = index(&[message(1, 8, "secret plan"), message(2, 9, "plan")]);
    assert_eq!(found(&index, wanted("plan", &[9])), [2]);
    assert_eq!(found(&index, wanted("secret", &[9])), [0; 0]);
    assert_eq!(found(&index, wanted("", &[9])), [2]);
    assert_eq!(found(&index, wanted("plan", &[])), [0; 0]);
}

#[test]
fn many_that_may_not_be_seen_hide_none_that_may() {
    let mut documents: Vec<_> = (100..400).map(|n| message(n, 8, "plan plan")).collect();
    documents.push(message(
        1,
        9,
        "an old plan that says much more than the others do",
    ));
    let (index, _directory) = index(&documents);
    let limited = Wanted {
        limit: 1,
        ..wanted("plan", &[9])
    };
    assert_eq!(found(&index, limited), [1]);
}

#[test]
fn titles_come_before_texts_and_new_before_old() {
    let (index, _directory) = index(&[
        message(990, 9, "release"),
        message(10, 9, "release"),
        task(20, 9, "ENG-1 release", ""),
    ]);
    assert_eq!(found(&index, wanted("release", &[9])), [20, 990, 10]);
    let newest = Wanted {
        order: Order::Newest,
        ..wanted("release", &[9])
    };
    assert_eq!(found(&index, newest), [990, 20, 10]);
}

#[test]
fn filters_narrow() {
    let mut linked = message(3, 9, "plan https://example.com");
    linked.flags = flag::LINK | flag::THREAD;
    linked.author = id(2);
    let (index, _directory) = index(&[message(1, 9, "plan"), message(2, 8, "plan"), linked]);
    let all = || wanted("plan", &[8, 9]);
    let link = Wanted {
        with: flag::LINK,
        ..all()
    };
    assert_eq!(found(&index, link), [3]);
    let without = Wanted {
        without: flag::THREAD,
        order: Order::Newest,
        ..all()
    };
    assert_eq!(found(&index, without), [2, 1]);
    let author = Wanted {
        authors: Some(HashSet::from([id(2)])),
        ..all()
    };
    assert_eq!(found(&index, author), [3]);
    let days = Wanted {
        since: 2 * DAY,
        until: 3 * DAY,
        ..all()
    };
    assert_eq!(found(&index, days), [2]);
}

#[test]
fn a_task_is_found_once_by_its_conversation() {
    let said = |number, text: &str| Document {
        task: Some(id(5)),
        flags: flag::IN_TASK,
        ..message(number, 9, text)
    };
    let (index, _directory) = index(&[
        task(5, 9, "ENG-5 login", "wrong password"),
        said(6, "password again"),
        said(7, "only here: certificate"),
        message(8, 9, "password elsewhere"),
    ]);
    let tasks = |query| Wanted {
        by_task: true,
        ..wanted(query, &[9])
    };
    assert_eq!(index.search(tasks("password")).unwrap().len(), 1);
    let hits = index.search(tasks("certificate")).unwrap();
    assert_eq!(hits[0].task, Some(id(5)));
    assert_eq!(found(&index, tasks("eng-5")), [5]);
}

#[test]
fn what_is_replaced_or_removed_is_gone() {
    let (index, _directory) = index(&[
        message(1, 9, "old words"),
        message(2, 9, "words"),
        task(1, 9, "ENG-1 words", ""),
    ]);
    let mut writer = index.writer().unwrap();
    writer.remove_message(id(1));
    writer.add(&message(1, 9, "new")).unwrap();
    writer.remove_message(id(2));
    writer.commit(&at(8)).unwrap();
    assert_eq!(found(&index, wanted("old", &[9])), [0; 0]);
    assert_eq!(found(&index, wanted("new", &[9])), [1]);
    assert_eq!(found(&index, wanted("words", &[9])), [1]);
    writer.remove_task(id(1));
    writer.commit(&at(9)).unwrap();
    assert_eq!(found(&index, wanted("words", &[9])), [0; 0]);
    assert_eq!(found(&index, wanted("new", &[9])), [1]);
}

fn file(message: u128, part: u64, scope: u128, name: &str) -> Document {
    Document {
        part,
        flags: flag::FILE | flag::HAS_FILE,
        title: name.to_owned(),
        ..self::message(message, scope, "")
    }
}

#[test]
fn files_are_found_by_name_and_go_with_their_message() {
    let (index, _directory) = index(&[
        message(1, 9, "the budget is here"),
        file(1, 0, 9, "Q3-预算_final.xlsx"),
        file(1, 1, 9, "budget.pdf"),
        file(2, 0, 8, "budget-secret.pdf"),
    ]);
    let files = |query| Wanted {
        messages: false,
        tasks: false,
        ..wanted(query, &[9])
    };
    let hit = |query| index.search(files(query)).unwrap();
    let kinds = |query| hit(query).iter().map(|hit| hit.kind).collect::<Vec<_>>();
    assert_eq!(kinds("budget"), [HitKind::File(1)]);
    assert_eq!(kinds("预算"), [HitKind::File(0)]);
    assert_eq!(kinds("final"), [HitKind::File(0)]);
    assert_eq!(kinds("here"), []);
    assert_eq!(found(&index, wanted("budget", &[9])), [1, 1]);
    let messages = Wanted {
        files: false,
        ..wanted("budget", &[9])
    };
    assert_eq!(found(&index, messages), [1]);
    let mut writer = index.writer().unwrap();
    writer.remove_message(id(1));
    writer.commit(&at(8)).unwrap();
    assert_eq!(kinds("budget"), []);
    assert_eq!(kinds("预算"), []);
}

#[test]
fn a_task_that_goes_takes_its_conversation_along() {
    let said = |document: Document| Document {
        task: Some(id(5)),
        flags: document.flags | flag::IN_TASK,
        ..document
    };
    let (index, _directory) = index(&[
        task(5, 9, "ENG-5 words", ""),
        said(message(6, 9, "words")),
        said(file(6, 0, 9, "words.txt")),
    ]);
    assert_eq!(found(&index, wanted("words", &[9])).len(), 3);
    let mut writer = index.writer().unwrap();
    writer.remove_with_conversation(id(5));
    writer.commit(&at(8)).unwrap();
    assert_eq!(found(&index, wanted("words", &[9])), [0; 0]);
}

#[test]
fn an_index_is_opened_where_it_was() {
    let (index, directory) = index(&[message(1, 9, "words")]);
    drop(index);
    let (index, position) = Index::open(directory.path()).unwrap();
    assert_eq!(position, at(7));
    assert_eq!(found(&index, wanted("words", &[9])), [1]);
}

#[test]
fn a_broken_index_is_begun_anew() {
    let (index, directory) = index(&[message(1, 9, "words")]);
    drop(index);
    std::fs::write(directory.path().join("meta.json"), "{").unwrap();
    let (index, position) = Index::open(directory.path()).unwrap();
    assert_eq!(position, Position::default());
    assert_eq!(found(&index, wanted("words", &[9])), [0; 0]);
}

#[test]
fn what_is_purged_leaves_the_files() {
    let folder = TempDir::new().unwrap();
    let index = Index::begin(folder.path()).unwrap();
    let mut writer = index.writer().unwrap();
    for number in 1..=3 {
        writer.add(&message(number, 1, "zimtstern")).unwrap();
    }
    writer.commit(&at(1)).unwrap();
    writer.remove_message(id(1));
    writer.commit(&at(2)).unwrap();
    let removed = || {
        let parts = index.index.searchable_segment_metas().unwrap();
        parts.iter().map(|it| it.num_deleted_docs()).sum::<u32>()
    };
    assert_eq!((removed(), index.count()), (1, 2));
    writer.purge().unwrap();
    assert_eq!((removed(), index.count()), (0, 2));
    drop((writer, index));
    // Its place in the log is the same.
    let (_, position) = Index::open(folder.path()).unwrap();
    assert_eq!(position, at(2));
}

/// Looks at everything that a query finds, one by one.
struct Plain(Best);

impl Collector for Plain {
    type Fruit = Vec<Found>;
    type Child = BestOfSegment;

    fn for_segment(
        &self,
        ordinal: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<BestOfSegment> {
        self.0.for_segment(ordinal, segment)
    }

    fn requires_scoring(&self) -> bool {
        self.0.requires_scoring()
    }

    fn merge_fruits(&self, segments: Vec<Vec<Found>>) -> tantivy::Result<Vec<Found>> {
        self.0.merge_fruits(segments)
    }
}

/// Some thousand texts, short and long, over three years, some hidden, some tasks.
fn many() -> Vec<Document> {
    const WORDS: [&str; 8] = [
        "我们",
        "发布",
        "deploy",
        "数据库",
        "deploying",
        "plan",
        "数据",
        "上海",
    ];
    let mut state = 7_u64;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005);
        state = state.wrapping_add(1);
        (state >> 33) % below
    };
    let document = |number: u128| {
        let mut words = |most: u64| -> Vec<&str> {
            let count = 1 + next(most);
            let word = |_| WORDS[(next(8) * next(8) / 8) as usize];
            (0..count).map(word).collect()
        };
        let (text, title) = (words(30).join(" "), words(4).join(" "));
        let kind = next(10);
        let scope = 8 + u128::from(next(3));
        let plain = Document {
            at: next(1_000) as i64 * DAY,
            ..message(number, scope, &text)
        };
        match kind {
            0 => Document {
                at: plain.at,
                ..task(number, scope, &title, &text)
            },
            _ => plain,
        }
    };
    (1..=6_000).map(document).collect()
}

/// What is skipped would not have been among the best.
#[test]
fn the_best_are_the_same_as_if_each_were_looked_at() {
    let (index, _directory) = index(&many());
    let mut writer = index.writer().unwrap();
    (1..200)
        .step_by(3)
        .for_each(|number| writer.remove_message(id(number)));
    writer.commit(&at(8)).unwrap();
    let orders = [Order::Relevance { now: 1_000 * DAY }, Order::Newest];
    for query in [
        "我们",
        "发布",
        "发布 deploy",
        "数据库",
        "plan 发布 我们",
        "",
    ] {
        for (limit, order) in [1, 10, 300]
            .into_iter()
            .flat_map(|n| orders.map(|it| (n, it)))
        {
            let wanted = Arc::new(Wanted {
                limit,
                order,
                ..wanted(query, &[8, 9])
            });
            for begins in [false, true] {
                let plain = Plain(Best(wanted.clone()));
                let searcher = index.reader.searcher();
                let all = searcher.search(&*index.query(&wanted, begins), &plain);
                let all: Vec<Hit> = all.unwrap().into_iter().map(|(_, _, hit)| hit).collect();
                assert!(limit > 10 || all.len() == limit, "{query}: {}", all.len());
                let best = index.best(&wanted, begins).unwrap();
                assert_eq!(best, all, "{query} {limit} {order:?} {begins}");
            }
        }
    }
}

#[test]
fn what_only_begins_like_a_word_comes_after_what_has_it() {
    let (index, _directory) = index(&[
        message(900, 9, "planets"),
        message(1, 9, "plan of a day in spring, with many other words"),
        message(2, 9, "plan"),
        message(901, 8, "plan"),
    ]);
    assert_eq!(found(&index, wanted("plan", &[9])), [2, 1, 900]);
    let few = |limit| Wanted {
        limit,
        ..wanted("plan", &[9])
    };
    assert_eq!(found(&index, few(2)), [2, 1]);
    assert_eq!(found(&index, few(3)), [2, 1, 900]);
    let newest = Wanted {
        order: Order::Newest,
        ..wanted("plan", &[9])
    };
    assert_eq!(found(&index, newest), [900, 2, 1]);
}
