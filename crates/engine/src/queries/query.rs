//! Tasks by the query language: reads the text, finds what it names among what the asker may know,
//! asks the store.

use super::{
    Answered, allowed,
    channel::list_readable,
    me,
    page::{Raw, RawPage, limit},
    project::list_visible,
    task::TaskFilter,
};
use crate::{Actor, Engine, Failure};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use futures::FutureExt;
use serde::{Deserialize, Serialize};
use tenon_domain::{
    access,
    group::{Groups, by_id},
    query::{self, Known, moment::Clock, syntax},
    refusal::Refusal,
};
use tenon_protocol::{
    TaskId, Timestamp,
    channel::Channel,
    limit::QUERY_VALUES_MAX,
    member::Member,
    project::Project,
    query::{
        Condition, Emptiable, PersonField, Sort, SortField, SortKey, TaskRef, Test, TextField,
    },
    space::Space,
};
use tenon_store::{Reader, group, member, query::Found, space};

/// Tasks that a text in the query language asks for.
#[derive(Clone, Debug, Default)]
pub struct TaskQuestion {
    pub query: String,
    /// Must hold too; its order counts if the query has none, its keys do not count.
    pub filter: TaskFilter,
}

/// Where the page before ended: when the first was asked for, so that `-7d` means the same on
/// all of them, and the place of its last task.
#[derive(Serialize, Deserialize)]
struct Cursor {
    now: i64,
    task: TaskId,
    keys: Vec<CursorKey>,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum CursorKey {
    Number(i64),
    Text(String),
}

impl Engine {
    /// One page of the tasks that the query finds among those that the asker may see.
    pub async fn query_tasks(
        &self,
        actor: &Actor,
        question: TaskQuestion,
        page: u32,
        cursor: Option<&str>,
    ) -> Result<RawPage, Failure> {
        let asker = *actor;
        let cursor = match cursor.map(read_cursor) {
            Some(None) => return Err(Refusal::BadCursor.into()),
            cursor => cursor.flatten(),
        };
        let at = cursor
            .as_ref()
            .and_then(|it| Timestamp::from_microsecond(it.now).ok());
        let now = at.unwrap_or_else(crate::execute::now);
        self.inner
            .store
            .read_at_once(actor.workspace, move |reader| {
                async move {
                    let me = allowed!(me(reader, &asker).await?);
                    answer(reader, &me, &question, now, limit(page), cursor).await
                }
                .boxed()
            })
            .await?
    }
}

async fn answer(
    reader: &mut Reader<'_>,
    me: &Member,
    question: &TaskQuestion,
    now: Timestamp,
    limit: i64,
    cursor: Option<Cursor>,
) -> Answered<RawPage> {
    let text = &question.query;
    let refuse = |fault: query::fault::Fault| Failure::from(fault.refuse(text));
    let parsed = match query::parse(text) {
        Ok(parsed) => parsed,
        Err(fault) => return Ok(Err(refuse(fault))),
    };
    let loaded = load(reader, me, &parsed).await?;
    let resolved = query::resolve(&parsed, &loaded.known(me, now));
    let mut asked = match resolved {
        Ok(asked) => asked,
        Err(fault) => return Ok(Err(refuse(fault))),
    };
    if let Some(project) = question.filter.project {
        if !asked.projects.contains(&project) {
            return Ok(Err(Refusal::UnknownProject.into()));
        }
        asked.projects = vec![project];
    }
    let mut parts = allowed!(filters(&question.filter));
    parts.push(asked.condition);
    asked.condition = flat(parts);
    if asked.order.is_empty() {
        asked.order = vec![default_order(&question.filter)];
    }
    let after = cursor.map(|it| (it.keys.into_iter().map(SortKey::from).collect(), it.task));
    let after: Option<(Vec<SortKey>, TaskId)> = after;
    if after
        .as_ref()
        .is_some_and(|(keys, _)| !fits(keys, &asked.order))
    {
        return Ok(Err(Refusal::BadCursor.into()));
    }
    let after = after.as_ref().map(|(keys, task)| (&keys[..], *task));
    let found = tenon_store::query::list(reader, &asked, after, limit + 1).await?;
    Ok(Ok(page_of(found, limit as usize, now)))
}

/// The parts of an AND in one.
fn flat(parts: Vec<Condition>) -> Condition {
    let mut all = Vec::with_capacity(parts.len());
    for part in parts {
        match part {
            Condition::All(parts) => all.extend(parts),
            part => all.push(part),
        }
    }
    Condition::All(all)
}

fn page_of(mut found: Vec<Found>, size: usize, now: Timestamp) -> RawPage {
    let more = found.len() > size;
    found.truncate(size);
    let last = found.last().filter(|_| more);
    let next = last.map(|last| write_cursor(now, last));
    let items = found
        .into_iter()
        .map(|found| Raw::from(found.body))
        .collect();
    RawPage { items, next }
}

/// What the asker may know of, as far as the query can name it.
#[derive(Default)]
struct Loaded {
    projects: Vec<Project>,
    members: Vec<Member>,
    groups: Groups,
    spaces: Vec<Space>,
    channels: Vec<Channel>,
}

impl Loaded {
    fn known(&self, me: &Member, now: Timestamp) -> Known<'_> {
        Known {
            me: me.id,
            clock: Clock::new(now, &me.time_zone),
            projects: &self.projects,
            members: &self.members,
            groups: &self.groups,
            spaces: &self.spaces,
            channels: &self.channels,
        }
    }
}

async fn load(
    reader: &mut Reader<'_>,
    me: &Member,
    parsed: &syntax::Query,
) -> tenon_store::Result<Loaded> {
    let named = query::named(parsed);
    let mut loaded = Loaded {
        projects: list_visible(reader, me).await?,
        ..Loaded::default()
    };
    if named.people {
        loaded.members = member::list(reader).await?;
    }
    if named.groups {
        let mut groups = group::list(reader).await?;
        groups.retain(|group| access::visible_group(me, Some(group)).is_ok());
        loaded.groups = by_id(groups);
    }
    if named.spaces {
        let own = space::list_since(reader, me.id).await?;
        let is_own = |id| own.iter().any(|(own, _)| *own == id);
        loaded.spaces = space::list(reader).await?;
        loaded
            .spaces
            .retain(|space| access::can_see_space(me, space, is_own(space.id)));
    }
    if named.channels {
        loaded.channels = list_readable(reader, me).await?;
    }
    Ok(loaded)
}

fn filters(filter: &TaskFilter) -> Result<Vec<Condition>, Refusal> {
    let mut parts = Vec::new();
    if let Some(state) = &filter.state {
        parts.push(Condition::Holds(Test::State(vec![(state.clone(), None)])));
    }
    if let Some(member) = filter.assignee {
        let test = Test::Person(PersonField::Assignee, vec![member]);
        parts.push(Condition::Holds(test));
    }
    if let Some(parent) = filter.parent {
        parts.push(Condition::Holds(Test::Parent(vec![TaskRef::Id(parent)])));
    }
    match filter.closed {
        Some(true) => parts.push(Condition::Fails(Test::Empty(Emptiable::Closed))),
        Some(false) => parts.push(Condition::Holds(Test::Empty(Emptiable::Closed))),
        None => {}
    }
    if let Some(text) = &filter.text {
        let words = query::resolve::needles(text);
        if words.len() > QUERY_VALUES_MAX {
            let (field, max) = ("text", QUERY_VALUES_MAX);
            return Err(Refusal::TooMany { field, max });
        }
        // Punctuation alone is in no title.
        parts.push(match words.is_empty() {
            true => Condition::Any(Vec::new()),
            false => Condition::Holds(Test::Text(TextField::Title, words)),
        });
    }
    Ok(parts)
}

fn default_order(filter: &TaskFilter) -> Sort {
    use super::task::TaskOrder;
    let (by, descending) = match (filter.order, filter.project) {
        (TaskOrder::Rank, Some(_)) => (SortField::Rank, false),
        (TaskOrder::Rank, None) | (TaskOrder::Created, _) => (SortField::Created, true),
        (TaskOrder::Updated, _) => (SortField::Updated, true),
    };
    Sort { by, descending }
}

fn fits(keys: &[SortKey], order: &[Sort]) -> bool {
    let kinds = tenon_store::query::kinds(order);
    let is_text = |key: &SortKey| matches!(key, SortKey::Text(_));
    keys.len() == kinds.len() && keys.iter().map(is_text).eq(kinds)
}

fn read_cursor(text: &str) -> Option<Cursor> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    serde_json::from_slice(&bytes).ok()
}

fn write_cursor(now: Timestamp, last: &Found) -> String {
    let keys = last.keys.iter().cloned().map(|key| match key {
        SortKey::Number(number) => CursorKey::Number(number),
        SortKey::Text(text) => CursorKey::Text(text),
    });
    let cursor = Cursor {
        now: now.as_microsecond(),
        task: last.id,
        keys: keys.collect(),
    };
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(&cursor).unwrap_or_default())
}

impl From<CursorKey> for SortKey {
    fn from(key: CursorKey) -> Self {
        match key {
            CursorKey::Number(number) => SortKey::Number(number),
            CursorKey::Text(text) => SortKey::Text(text),
        }
    }
}
