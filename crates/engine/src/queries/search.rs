//! Search over messages, tasks, files and people. What the asker may see is read first and asked of
//! the index with the words; what it finds is looked up, and looked at once more, before it is
//! shown.

use super::{Answered, allowed, me};
use crate::{
    Actor, Engine, Failure,
    execute::now,
    search::{Findable, meant, said},
};
use futures::FutureExt;
use hashbrown::{HashMap, HashSet};
use std::sync::Arc;
use tenon_domain::{
    access,
    refusal::Refusal,
    search::{Search, is_in, marked, snippet},
    segment::{self, Phrase},
};
use tenon_protocol::{
    MemberId, MessageId, TaskId, Timestamp,
    channel::ChannelKind,
    limit::SEARCH_RESULTS_MAX,
    member::Member,
    message::Message,
    search::{Found, FoundTask, SearchKind, SearchPage, SearchSort},
    task::Task,
};
use tenon_search::{Hit, HitKind, Index, Order, Wanted, flag};
use tenon_store::{Reader, channel, message, project, space, task};
use tokio::sync::Semaphore;
use uuid::Uuid;

/// Limit: searches that look into an index at once; others wait.
const SEARCHES_AT_ONCE_MAX: usize = 4;
/// Limit: people above all else, when more than people is searched.
const PEOPLE_ABOVE_MAX: usize = 3;

static SEARCHES: Semaphore = Semaphore::const_new(SEARCHES_AT_ONCE_MAX);

/// A search as it was asked for.
#[derive(Clone, Debug, Default)]
pub struct SearchQuery {
    /// Words and filters.
    pub text: String,
    /// Like `from:` and `in:` in the text.
    pub from: Option<String>,
    pub within: Option<String>,
    /// Everything when none.
    pub kind: Option<SearchKind>,
    pub sort: SearchSort,
    pub limit: u32,
    pub cursor: Option<String>,
}

impl Engine {
    /// One page of what is found and may be seen.
    pub async fn search(&self, actor: &Actor, query: SearchQuery) -> Result<SearchPage, Failure> {
        let live = self.live(actor.workspace).await?;
        let people = live.search.people();
        let (asker, kind) = (*actor, query.kind);
        let offset = offset(query.cursor.as_deref())?;
        let limit = super::page::limit(query.limit) as usize;
        let seen = people.clone();
        let read = self.read(actor.workspace, move |reader| {
            async move { prepare(reader, &asker, &query, &seen).await }.boxed()
        });
        let Some(prepared) = read.await? else {
            return Ok(page(Vec::new(), None, true));
        };
        let mut items = Vec::new();
        if prepared.search.is_plain() && kind.is_none_or(|kind| kind == SearchKind::Person) {
            let found = find_people(&people, &prepared.search.words);
            if kind == Some(SearchKind::Person) {
                return Ok(people_page(&found, offset, limit));
            }
            let above = if offset == 0 { PEOPLE_ABOVE_MAX } else { 0 };
            items.extend(found.into_iter().take(above).map(person));
        }
        let index = live.search.index().ok_or(Failure::Unavailable)?;
        let complete = live.search.is_complete();
        let Prepared { search, wanted } = prepared;
        let (scopes, by_task) = (wanted.scopes.clone(), wanted.by_task);
        let mut hits = look(index, wanted, offset + limit + 1).await?;
        let more = hits.len() > offset + limit && offset + limit < SEARCH_RESULTS_MAX;
        hits.truncate(offset + limit);
        let hits = hits.split_off(offset.min(hits.len()));
        let read = self.inner.store.read(actor.workspace, move |reader| {
            async move { show(reader, &hits, &scopes, &search.phrases, by_task).await }.boxed()
        });
        items.extend(read.await?);
        let next = more.then(|| (offset + limit).to_string());
        Ok(page(items, next, complete))
    }
}

fn page(items: Vec<Found>, next: Option<String>, complete: bool) -> SearchPage {
    SearchPage {
        items,
        next,
        complete,
    }
}

fn person(member: MemberId) -> Found {
    Found::Person { member }
}

fn people_page(found: &[MemberId], offset: usize, limit: usize) -> SearchPage {
    let items = found.iter().skip(offset).take(limit);
    let next = (found.len() > offset + limit).then(|| (offset + limit).to_string());
    page(items.copied().map(person).collect(), next, true)
}

/// A cursor says how many results came before.
fn offset(cursor: Option<&str>) -> Result<usize, Failure> {
    let Some(cursor) = cursor else { return Ok(0) };
    let number = cursor.parse().ok().filter(|it| *it <= SEARCH_RESULTS_MAX);
    number.ok_or_else(|| {
        Refusal::OutOfRange {
            field: "cursor",
            min: 0,
            max: SEARCH_RESULTS_MAX as i64,
        }
        .into()
    })
}

struct Prepared {
    search: Search,
    wanted: Wanted,
}

/// Reads the search, and what its asker may see of it. None if nothing was asked for.
async fn prepare(
    reader: &mut Reader<'_>,
    actor: &Actor,
    query: &SearchQuery,
    people: &[Findable],
) -> Answered<Option<Prepared>> {
    let me = allowed!(me(reader, actor).await?);
    let at = now();
    let mut search = allowed!(Search::read(&query.text, at, &me.time_zone));
    search.from.extend(query.from.clone());
    search.within.extend(query.within.clone());
    if search.is_empty() {
        return Ok(Ok(None));
    }
    let mut authors = None;
    if !search.from.is_empty() {
        authors = Some(allowed!(find_authors(people, me.id, &search.from)));
    }
    let mut place = Place {
        scopes: scopes_of(reader, &me).await?,
        task: None,
    };
    if !search.within.is_empty() {
        place = allowed!(narrow(reader, &me, people, place.scopes, &search.within).await?);
    }
    let wanted = wanted(&search, query, at, place, authors);
    Ok(Ok(Some(Prepared { search, wanted })))
}

fn wanted(
    search: &Search,
    query: &SearchQuery,
    at: Timestamp,
    place: Place,
    authors: Option<HashSet<Uuid>>,
) -> Wanted {
    let only_tasks = search.is_task || search.is_closed.is_some();
    let by_task = query.kind == Some(SearchKind::Task);
    let wants = |kind| query.kind.is_none_or(|only| only == kind);
    let with = |flag: u64, wanted: bool| if wanted { flag } else { 0 };
    Wanted {
        phrases: search.phrases.clone(),
        scopes: Arc::new(place.scopes),
        authors,
        task: place.task,
        messages: (wants(SearchKind::Message) || by_task) && !only_tasks,
        tasks: wants(SearchKind::Task),
        files: wants(SearchKind::File) && !only_tasks,
        with: with(flag::LINK, search.has_link)
            | with(flag::HAS_FILE, search.has_file)
            | with(flag::HAS_IMAGE, search.has_image)
            | with(flag::BECAME_TASK, search.has_task)
            | with(flag::THREAD, search.is_thread)
            | with(flag::CLOSED, search.is_closed == Some(true)),
        without: with(flag::CLOSED, search.is_closed == Some(false)),
        since: search.since.map_or(i64::MIN, Timestamp::as_microsecond),
        until: search.until.map_or(i64::MAX, Timestamp::as_microsecond),
        order: match query.sort {
            SearchSort::Relevance => Order::Relevance {
                now: at.as_microsecond(),
            },
            SearchSort::Newest => Order::Newest,
        },
        by_task,
        limit: 0,
    }
}

fn find_authors(
    people: &[Findable],
    me: MemberId,
    names: &[String],
) -> Result<HashSet<Uuid>, Refusal> {
    let mut authors = HashSet::new();
    for name in names {
        let meant = meant(people, me, name);
        if meant.is_empty() {
            return Err(Refusal::BadFilter {
                filter: "from",
                wants: "the name or handle of a member, or me",
            });
        }
        authors.extend(meant.into_iter().map(|id| id.0));
    }
    Ok(authors)
}

/// The channels that the member may read and the projects they may see, as
/// `access::can_read_channel` and `access::can_see_project` have it: members, whoever is in
/// the space where it is public, and whoever is no guest where it is public to all.
pub(crate) async fn scopes_of(
    reader: &mut Reader<'_>,
    me: &Member,
) -> tenon_store::Result<HashSet<Uuid>> {
    let mut scopes = HashSet::new();
    let own = channel::list_since(reader, me.id).await?;
    scopes.extend(own.into_iter().map(|(id, _)| id.0));
    let own = project::list_since(reader, me.id).await?;
    scopes.extend(own.into_iter().map(|(id, _)| id.0));
    let near = space::list_channels_near(reader, me.id).await?;
    scopes.extend(near.into_iter().map(|channel| channel.id.0));
    let near = space::list_projects_near(reader, me.id).await?;
    scopes.extend(near.into_iter().map(|project| project.id.0));
    if !access::is_guest(me) {
        let public = channel::list_public_ids(reader).await?;
        scopes.extend(public.into_iter().map(|id| id.0));
        let public = project::list_public_ids(reader).await?;
        scopes.extend(public.into_iter().map(|id| id.0));
    }
    Ok(scopes)
}

struct Place {
    scopes: HashSet<Uuid>,
    task: Option<Uuid>,
}

/// What is left of the scopes within the named channels, projects, people or task.
async fn narrow(
    reader: &mut Reader<'_>,
    me: &Member,
    people: &[Findable],
    scopes: HashSet<Uuid>,
    names: &[String],
) -> Answered<Place> {
    let mut channels = channel::list_of_member(reader, me.id).await?;
    channels.extend(channel::list_public(reader).await?);
    channels.extend(space::list_channels_near(reader, me.id).await?);
    channels.retain(|channel| scopes.contains(&channel.id.0));
    let mut projects = project::list_of_member(reader, me.id).await?;
    projects.extend(project::list_public(reader).await?);
    projects.extend(space::list_projects_near(reader, me.id).await?);
    projects.retain(|project| scopes.contains(&project.id.0));
    let mut place = Place {
        scopes: HashSet::new(),
        task: None,
    };
    for name in names {
        let bare = segment::fold(name.trim_start_matches(['#', '＃']));
        let id: Option<Uuid> = bare.parse().ok().filter(|id| scopes.contains(id));
        let mut found: Vec<Uuid> = id.into_iter().collect();
        let named = channels.iter().filter(|it| segment::fold(&it.name) == bare);
        found.extend(named.filter(|_| !bare.is_empty()).map(|it| it.id.0));
        let named = |it: &&tenon_protocol::project::Project| {
            segment::fold(&it.key) == bare || segment::fold(&it.name) == bare
        };
        found.extend(projects.iter().filter(named).map(|it| it.id.0));
        if name.starts_with(['@', '＠']) {
            let with = meant(people, me.id, name);
            let direct = channels.iter().filter(|it| {
                it.kind == ChannelKind::Direct
                    && it.members.len() <= 2
                    && it
                        .members
                        .iter()
                        .all(|id| *id == me.id || with.contains(id))
                    && it.members.iter().any(|id| with.contains(id))
            });
            found.extend(direct.map(|it| it.id.0));
        }
        if found.is_empty()
            && let Ok(task) = super::task::find(reader, me, &bare).await?
        {
            found.push(task.project.0);
            place.task = Some(task.id.0);
        }
        if found.is_empty() {
            return Ok(Err(Refusal::BadFilter {
                filter: "in",
                wants: "a channel, a project or a task that you can see",
            }
            .into()));
        }
        place.scopes.extend(found);
    }
    Ok(Ok(place))
}

/// Those who can be found by these words, best first.
fn find_people(people: &[Findable], words: &str) -> Vec<MemberId> {
    let words = segment::fold(words);
    let mut found: Vec<_> = people
        .iter()
        .filter(|it| it.member.active)
        .filter_map(|it| Some((it.person.rank(&words)?, &it.name, it.member.id)))
        .collect();
    found.sort_unstable();
    found.truncate(SEARCH_RESULTS_MAX);
    found.into_iter().map(|(_, _, id)| id).collect()
}

async fn look(index: Index, wanted: Wanted, limit: usize) -> Result<Vec<Hit>, Failure> {
    let limit = limit.min(SEARCH_RESULTS_MAX);
    let wanted = Wanted { limit, ..wanted };
    let _place = SEARCHES.acquire().await.map_err(|_| Failure::Unavailable)?;
    let found = tokio::task::spawn_blocking(move || index.search(wanted)).await;
    let found = found.map_err(|error| Failure::Bug(error.to_string()))?;
    Ok(found?)
}

/// What the hits are now. What is gone, or lies elsewhere than the index thinks, is left out.
async fn show(
    reader: &mut Reader<'_>,
    hits: &[Hit],
    scopes: &HashSet<Uuid>,
    phrases: &[Phrase],
    by_task: bool,
) -> tenon_store::Result<Vec<Found>> {
    let ids: Vec<_> = hits.iter().filter_map(|hit| hit.task.map(TaskId)).collect();
    let tasks = task::list_by_id(reader, &ids).await?;
    let tasks = tasks
        .into_iter()
        .filter(|task| !task.deleted && scopes.contains(&task.project.0));
    let tasks: HashMap<TaskId, Task> = tasks.map(|task| (task.id, task)).collect();
    let ids = hits.iter().filter(|hit| hit.kind != HitKind::Task);
    let ids: Vec<_> = ids.map(|hit| MessageId(hit.id)).collect();
    let messages = message::list(reader, &ids).await?;
    let messages = messages.into_iter().filter(|message| {
        let channel = message.channel.is_some_and(|id| scopes.contains(&id.0));
        let task = message.task.is_some_and(|id| tasks.contains_key(&id));
        !message.deleted && (channel || task)
    });
    let messages: HashMap<MessageId, Message> = messages.map(|it| (it.id, it)).collect();
    let found = hits.iter().filter_map(|hit| {
        let task = hit.task.and_then(|id| tasks.get(&TaskId(id)));
        let message = match hit.kind {
            HitKind::Task => None,
            HitKind::Message | HitKind::File(_) => messages.get(&MessageId(hit.id)),
        };
        match hit.kind {
            HitKind::Task => Some(found_task(task?, None, phrases)),
            HitKind::Message if by_task => Some(found_task(task?, message, phrases)),
            HitKind::Message => Some(found_message(message?, task, phrases)),
            HitKind::File(part) => found_file(message?, part, task, phrases),
        }
    });
    Ok(found.collect())
}

fn found_task(task: &Task, message: Option<&Message>, phrases: &[Phrase]) -> Found {
    let said = message.map(said);
    let described = Some(&task.description).filter(|text| is_in(text, phrases));
    Found::Task {
        task: task.clone(),
        title: marked(&task.title, phrases),
        snippet: said
            .as_ref()
            .or(described)
            .map(|text| snippet(text, phrases)),
    }
}

fn found_message(message: &Message, task: Option<&Task>, phrases: &[Phrase]) -> Found {
    Found::Message {
        message: message.id,
        seq: message.seq,
        channel: message.channel,
        task: task.map(named),
        thread: message.thread,
        author: message.author,
        at: message.at,
        snippet: snippet(&said(message), phrases),
    }
}

fn found_file(
    message: &Message,
    part: u64,
    task: Option<&Task>,
    phrases: &[Phrase],
) -> Option<Found> {
    let file = message.files.get(usize::try_from(part).ok()?)?;
    Some(Found::File {
        file: file.clone(),
        name: marked(&file.name, phrases),
        message: message.id,
        channel: message.channel,
        task: task.map(named),
        thread: message.thread,
        author: message.author,
        at: message.at,
    })
}

fn named(task: &Task) -> FoundTask {
    FoundTask {
        id: task.id,
        key: task.key.clone(),
        title: task.title.clone(),
    }
}
