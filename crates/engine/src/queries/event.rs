//! Reads of the log itself, for integrators.

use super::{
    allowed, me,
    page::{Raw, limit},
};
use crate::{Actor, Engine, Failure, hub, subscription::is_after};
use futures::FutureExt;
use hashbrown::HashMap;
use tenon_domain::audience::audience;
use tenon_protocol::{Scope, limit::DELTA_ENTRIES_MAX};
use tenon_store::{Logged, channel, log, project, space};

/// One page of entries, oldest first.
#[derive(Clone, Debug, Default)]
pub struct EventPage {
    pub items: Vec<Raw>,
    /// Pass as `after` to go on; none at the head.
    pub next: Option<String>,
    /// Head of the log.
    pub seq: i64,
}

impl EventPage {
    pub(super) fn of(entries: &[Logged], limit: i64, head: i64) -> Self {
        let next = entries.last().filter(|_| entries.len() as i64 == limit);
        let next = next.map(|entry| entry.seq.to_string());
        let items = entries
            .iter()
            .map(|entry| Raw::from(entry.entry_json()))
            .collect();
        Self {
            items,
            next,
            seq: head,
        }
    }
}

impl Engine {
    /// The entries after `after` that the asker may see.
    pub async fn list_events(
        &self,
        actor: &Actor,
        after: i64,
        page: u32,
    ) -> Result<EventPage, Failure> {
        let asker = *actor;
        let read = self
            .inner
            .store
            .read_at_once(actor.workspace, move |reader| {
                async move {
                    let me = allowed!(me(reader, &asker).await?);
                    let head = reader.head().await?.seq;
                    let mut since: HashMap<Scope, i64> = HashMap::new();
                    for membership in channel::list_memberships(reader, me.id).await? {
                        since.insert(Scope::Channel(membership.channel), membership.since);
                    }
                    for (id, seq) in project::list_since(reader, me.id).await? {
                        since.insert(Scope::Project(id), seq);
                    }
                    for (id, seq) in space::list_since(reader, me.id).await? {
                        since.insert(Scope::Space(id), seq);
                    }
                    let breadths = hub::breadths(reader).await?;
                    let sees = |entry: &Logged| {
                        let after = |scope| is_after(&since, entry, scope);
                        let breadth = breadths.get(&entry.scope).copied();
                        audience(entry.scope, breadth).includes(me.id, me.role, after)
                    };
                    let limit = limit(page);
                    let (mut seen, mut cursor) = (Vec::new(), after);
                    // Bounded, so that a page over others' entries ends; the cursor goes on.
                    while (seen.len() as i64) < limit && cursor - after < DELTA_ENTRIES_MAX {
                        let entries = log::list(reader, cursor, limit).await?;
                        let Some(last) = entries.last() else { break };
                        let wanted = limit as usize - seen.len();
                        let mut fitting: Vec<Logged> = entries
                            .iter()
                            .filter(|entry| sees(entry))
                            .cloned()
                            .collect();
                        cursor = last.seq;
                        if fitting.len() > wanted {
                            fitting.truncate(wanted);
                            cursor = fitting.last().map_or(cursor, |entry| entry.seq);
                        }
                        seen.extend(fitting);
                    }
                    let next = (cursor < head).then(|| cursor.to_string());
                    let items = seen
                        .iter()
                        .map(|entry| Raw::from(entry.entry_json()))
                        .collect();
                    Ok(Ok(EventPage {
                        items,
                        next,
                        seq: head,
                    }))
                }
                .boxed()
            });
        read.await?
    }
}
