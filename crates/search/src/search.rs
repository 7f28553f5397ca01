//! Asks the index: words through its terms, everything else by looking at columns of what they
//! find. The scopes of the asker are looked at before anything is ranked.

use crate::{
    Index, Result, flag,
    index::{Fields, column},
};
use hashbrown::HashSet;
use std::{cmp::Reverse, collections::BinaryHeap, sync::Arc};
use tantivy::{
    DocId, Score, SegmentOrdinal, SegmentReader, Term,
    collector::{Collector, SegmentCollector},
    columnar::ColumnValues,
    query::{
        AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, FuzzyTermQuery, PhraseQuery, Query,
        TermQuery, Weight,
    },
    schema::{Field, IndexRecordOption},
};
use tenon_domain::segment::Phrase;
use uuid::Uuid;

/// A word in a title counts this much more.
const TITLE_BOOST: Score = 2.0;
/// A word that only begins as typed counts this much.
const BEGINNING_BOOST: Score = 0.5;
/// Limit: scopes or authors that are looked for as terms. Of more, each hit is looked at.
const TERMS_MAX: usize = 16;
/// What is new counts up to twice; after this long, one and a half times.
const HALF_FRESH_US: f32 = 30.0 * 24.0 * 3_600e6;

/// What comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// How well it fits, and how new it is at this moment, in microseconds since 1970.
    Relevance {
        now: i64,
    },
    Newest,
}

/// What is searched for; all of it must hold.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub phrases: Vec<Phrase>,
    /// The only scopes that exist for the asker (and that they want).
    pub scopes: Arc<HashSet<Uuid>>,
    /// One of these; anybody when none.
    pub authors: Option<HashSet<Uuid>>,
    /// Only this task and its conversation.
    pub task: Option<Uuid>,
    pub messages: bool,
    pub tasks: bool,
    /// By their names.
    pub files: bool,
    /// Flags that must be set, and that must not.
    pub with: u64,
    pub without: u64,
    /// Microseconds since 1970: from `since` on, before `until`.
    pub since: i64,
    pub until: i64,
    pub order: Order,
    /// Answer with each task once, whether it or its conversation is found.
    pub by_task: bool,
    /// At most so many.
    pub limit: usize,
}

impl Wanted {
    /// By how much something of this time is lifted.
    fn freshness(&self, at: i64) -> f32 {
        let Order::Relevance { now } = self.order else {
            return 1.0;
        };
        let age = now.saturating_sub(at).max(0) as f32;
        1.0 + 1.0 / (1.0 + age / HALF_FRESH_US)
    }
}

/// What a [`Hit`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HitKind {
    Message,
    Task,
    /// Which of its message's files, from 0.
    File(u64),
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Hit {
    /// Of the message or the task; of a file, that of its message.
    pub id: Uuid,
    pub kind: HitKind,
    /// The task, or the one in whose conversation a message lies.
    pub task: Option<Uuid>,
}

impl Index {
    /// The best hits, best first. Ranked, those that hold the words come before those where a word
    /// only begins so, which are not looked for if there are enough without them.
    pub fn search(&self, wanted: Wanted) -> Result<Vec<Hit>> {
        let wanted = Arc::new(wanted);
        let begins = wanted.phrases.iter().any(|it| it.beginning.is_some());
        if !begins || wanted.order == Order::Newest {
            return Ok(shown(&wanted, self.best(&wanted, begins)?));
        }
        let exact = self.best(&wanted, false)?;
        let enough = shown(&wanted, exact.clone());
        if enough.len() == wanted.limit {
            return Ok(enough);
        }
        let seen: HashSet<Hit> = exact.iter().copied().collect();
        let more = self.best(&wanted, true)?.into_iter();
        let more = more.filter(|hit| !seen.contains(hit));
        Ok(shown(&wanted, exact.into_iter().chain(more).collect()))
    }

    /// The best that the index knows, with what only begins like a word or without.
    fn best(&self, wanted: &Arc<Wanted>, begins: bool) -> Result<Vec<Hit>> {
        let query = self.query(wanted, begins);
        let best = Best(wanted.clone());
        let found = self.reader.searcher().search(&*query, &best)?;
        Ok(found.into_iter().map(|(_, _, hit)| hit).collect())
    }

    fn query(&self, wanted: &Wanted, begins: bool) -> Box<dyn Query> {
        let fields: &[(Field, Score)] =
            &[(self.fields.text, 1.0), (self.fields.title, TITLE_BOOST)];
        let fields = match wanted {
            Wanted {
                messages: false,
                tasks: false,
                ..
            } => &fields[1..],
            Wanted {
                tasks: false,
                files: false,
                ..
            } => &fields[..1],
            _ => fields,
        };
        let phrases = wanted.phrases.iter();
        let mut all: Vec<Box<dyn Query>> = phrases
            .map(|phrase| either(phrase, fields, begins))
            .collect();
        all.extend(self.narrowing(wanted));
        match all.len() {
            0 => Box::new(AllQuery),
            1 => all.remove(0),
            _ => Box::new(BooleanQuery::intersection(all)),
        }
    }
}

impl Index {
    /// What is narrowed to little is not looked for among everything. It changes no ranks.
    fn narrowing(&self, wanted: &Wanted) -> Vec<Box<dyn Query>> {
        let Fields {
            scope_key,
            author_key,
            task,
            ..
        } = self.fields;
        let within = wanted.task.map(|task| HashSet::from([task]));
        let few = |ids: &HashSet<Uuid>| (1..=TERMS_MAX).contains(&ids.len());
        let one_of = |field: Field, ids: &HashSet<Uuid>| {
            let term = |id: &Uuid| Term::from_field_bytes(field, id.as_bytes());
            let terms = ids.iter().map(term);
            let query = terms.map(|term| TermQuery::new(term, IndexRecordOption::Basic));
            let queries = query.map(|query| Box::new(query) as Box<dyn Query>);
            let any = BooleanQuery::union(queries.collect());
            Box::new(ConstScoreQuery::new(Box::new(any), 0.0)) as Box<dyn Query>
        };
        let narrow = [
            (scope_key, Some(&*wanted.scopes)),
            (author_key, wanted.authors.as_ref()),
            (task, within.as_ref()),
        ];
        let narrow = narrow.into_iter();
        narrow
            .filter_map(|(field, ids)| ids.filter(|ids| few(ids)).map(|ids| one_of(field, ids)))
            .collect()
    }
}

/// As many as are wanted; each task once, if that is wanted.
fn shown(wanted: &Wanted, mut hits: Vec<Hit>) -> Vec<Hit> {
    if wanted.by_task {
        let mut seen = HashSet::new();
        hits.retain(|hit| hit.task.is_some_and(|task| seen.insert(task)));
    }
    hits.truncate(wanted.limit);
    hits
}

/// The phrase in any of the fields; also what only begins like it, if that counts.
fn either(phrase: &Phrase, fields: &[(Field, Score)], begins: bool) -> Box<dyn Query> {
    let mut ways: Vec<Box<dyn Query>> = Vec::new();
    for (field, boost) in fields {
        ways.push(boosted(exactly(phrase, *field), *boost));
        if let Some(beginning) = phrase.beginning.as_ref().filter(|_| begins) {
            let term = Term::from_field_text(*field, beginning);
            let query = FuzzyTermQuery::new_prefix(term, 0, true);
            ways.push(boosted(Box::new(query), boost * BEGINNING_BOOST));
        }
    }
    if ways.len() == 1 {
        return ways.remove(0);
    }
    Box::new(BooleanQuery::union(ways))
}

fn exactly(phrase: &Phrase, field: Field) -> Box<dyn Query> {
    let term = |word: &str| Term::from_field_text(field, word);
    match &phrase.words[..] {
        [(_, word)] => Box::new(TermQuery::new(term(word), IndexRecordOption::WithFreqs)),
        words => {
            let terms = words.iter().map(|(distance, word)| (*distance, term(word)));
            Box::new(PhraseQuery::new_with_offset(terms.collect()))
        }
    }
}

fn boosted(query: Box<dyn Query>, boost: Score) -> Box<dyn Query> {
    if boost == 1.0 {
        return query;
    }
    Box::new(BoostQuery::new(query, boost))
}

/// Ordered by the first two.
type Found = (u64, i64, Hit);

struct Best(Arc<Wanted>);

impl Best {
    /// Tasks are told apart only afterwards: the whole of what may be answered is kept.
    fn kept(&self) -> usize {
        if self.0.by_task {
            self.0.limit.max(tenon_protocol::limit::SEARCH_RESULTS_MAX)
        } else {
            self.0.limit
        }
    }
}

impl Collector for Best {
    type Fruit = Vec<Found>;
    type Child = BestOfSegment;

    fn for_segment(
        &self,
        _: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<BestOfSegment> {
        let columns = segment.fast_fields();
        let id = |names: [&str; 2]| -> tantivy::Result<IdColumn> {
            let high = columns.column_first_or_default(names[0])?;
            let low = columns.column_first_or_default(names[1])?;
            Ok(IdColumn { high, low })
        };
        let at = columns.column_first_or_default::<i64>(column::AT)?;
        Ok(BestOfSegment {
            threshold: Score::MIN,
            fresh_max: self.0.freshness(at.max_value()),
            wanted: self.0.clone(),
            kept: self.kept(),
            scope: id(column::SCOPE)?,
            author: id(column::AUTHOR)?,
            id: id(column::ID)?,
            task: id(column::TASK_ID)?,
            part: columns.column_first_or_default(column::PART)?,
            at,
            flags: columns.column_first_or_default(column::FLAGS)?,
            best: BinaryHeap::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.0.order != Order::Newest && !self.0.phrases.is_empty()
    }

    /// Ranked: what cannot be among the best is skipped in blocks, where the query allows it.
    /// Newest first: what was added last is as a rule the newest, and is looked at first.
    fn collect_segment(
        &self,
        weight: &dyn Weight,
        ordinal: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<Vec<Found>> {
        let mut segment = self.for_segment(ordinal, reader)?;
        let alive = reader.alive_bitset();
        let is_there = |document| alive.is_none_or(|alive| alive.is_alive(document));
        if self.requires_scoring() {
            weight.for_each_pruning(Score::MIN, reader, &mut |document, score| {
                if is_there(document) {
                    segment.collect(document, score);
                }
                segment.threshold
            })?;
            return Ok(segment.harvest());
        }
        let mut documents: Vec<DocId> = Vec::new();
        weight.for_each_no_score(reader, &mut |some| documents.extend_from_slice(some))?;
        for document in documents.into_iter().rev() {
            if is_there(document) {
                segment.collect(document, 0.0);
            }
        }
        Ok(segment.harvest())
    }

    fn merge_fruits(&self, segments: Vec<Vec<Found>>) -> tantivy::Result<Vec<Found>> {
        let mut all: Vec<Found> = segments.into_iter().flatten().collect();
        all.sort_unstable_by_key(|(rank, at, hit)| Reverse((*rank, *at, hit.id)));
        all.truncate(self.kept());
        Ok(all)
    }
}

struct IdColumn {
    high: Arc<dyn ColumnValues<u64>>,
    low: Arc<dyn ColumnValues<u64>>,
}

impl IdColumn {
    fn get(&self, document: DocId) -> Uuid {
        Uuid::from_u64_pair(self.high.get_val(document), self.low.get_val(document))
    }
}

struct BestOfSegment {
    wanted: Arc<Wanted>,
    kept: usize,
    scope: IdColumn,
    author: IdColumn,
    id: IdColumn,
    task: IdColumn,
    part: Arc<dyn ColumnValues<u64>>,
    at: Arc<dyn ColumnValues<i64>>,
    flags: Arc<dyn ColumnValues<u64>>,
    /// What does not score more cannot be among the best.
    threshold: Score,
    /// How much the newest is lifted.
    fresh_max: f32,
    /// The worst of the best on top.
    best: BinaryHeap<Reverse<(u64, i64, DocId)>>,
}

impl BestOfSegment {
    /// Looks at what is cheapest first.
    fn fits(&self, document: DocId, at: i64) -> bool {
        let wanted = &*self.wanted;
        if at < wanted.since || at >= wanted.until {
            return false;
        }
        let flags = self.flags.get_val(document);
        let kind = match flags & (flag::TASK | flag::FILE) {
            flag::TASK => wanted.tasks,
            flag::FILE => wanted.files,
            _ => wanted.messages,
        };
        if !kind || flags & wanted.with != wanted.with || flags & wanted.without != 0 {
            return false;
        }
        if wanted.by_task && flags & (flag::TASK | flag::IN_TASK) == 0 {
            return false;
        }
        wanted.scopes.contains(&self.scope.get(document))
            && wanted
                .authors
                .as_ref()
                .is_none_or(|authors| authors.contains(&self.author.get(document)))
            && wanted
                .task
                .is_none_or(|task| self.task.get(document) == task)
    }

    fn rank(&self, at: i64, score: Score) -> u64 {
        match self.wanted.order {
            Order::Relevance { .. } if !self.wanted.phrases.is_empty() => {
                // Of numbers that are not negative the bits are in the same order.
                (score.max(0.0) * self.wanted.freshness(at))
                    .to_bits()
                    .into()
            }
            _ => at.max(0) as u64,
        }
    }

    /// The least score with which even the newest would be among the best; a little less, since
    /// ranks are rounded.
    fn raise_threshold(&mut self) {
        let worst = self.best.peek().filter(|_| self.best.len() >= self.kept);
        if let Some(Reverse((rank, _, _))) = worst {
            let rank = u32::try_from(*rank).map_or(0.0, f32::from_bits);
            self.threshold = rank / self.fresh_max * (1.0 - 1e-5);
        }
    }
}

impl SegmentCollector for BestOfSegment {
    type Fruit = Vec<Found>;

    /// Most of what a frequent word finds is not among the best: whether it may be shown at all is
    /// asked only of what would be.
    fn collect(&mut self, document: DocId, score: Score) {
        let at = self.at.get_val(document);
        let place = Reverse((self.rank(at, score), at, document));
        let full = self.best.len() >= self.kept;
        if full && self.best.peek().is_none_or(|worst| place >= *worst) {
            return;
        }
        if !self.fits(document, at) {
            return;
        }
        if full {
            self.best.pop();
        }
        self.best.push(place);
        self.raise_threshold();
    }

    fn harvest(self) -> Vec<Found> {
        let found = self.best.iter().map(|Reverse((rank, at, document))| {
            let flags = self.flags.get_val(*document);
            let belongs = flags & (flag::TASK | flag::IN_TASK) != 0;
            let hit = Hit {
                id: self.id.get(*document),
                kind: match flags & (flag::TASK | flag::FILE) {
                    flag::TASK => HitKind::Task,
                    flag::FILE => HitKind::File(self.part.get_val(*document)),
                    _ => HitKind::Message,
                },
                task: belongs.then(|| self.task.get(*document)),
            };
            (*rank, *at, hit)
        });
        found.collect()
    }
}

#[cfg(test)]
mod tests;
