//! The threads that a member follows.

use super::{allowed, me, page::limit};
use crate::{Actor, Engine, Failure};
use futures::FutureExt;
use hashbrown::HashMap;
use tenon_domain::notification::is_unread;
use tenon_protocol::{MemberId, MessageId, snapshot::Page, thread::Thread};
use tenon_store::{Reader, notification, thread};
use uuid::Uuid;

impl Engine {
    /// Those with unread replies first, on the first page, which they may fill beyond its size;
    /// then the others, the one with the newest reply first. `resolved`: those alone that are
    /// settled, or that are not.
    pub async fn list_threads(
        &self,
        actor: &Actor,
        before: Option<i64>,
        resolved: Option<bool>,
        page: u32,
    ) -> Result<Page<Thread>, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                let unread = unread(reader, me.id).await?;
                let limit = limit(page);
                let before_seq = before.unwrap_or(i64::MAX);
                let from = (before_seq, resolved);
                let mut read = thread::list_followed(reader, me.id, from, limit + 1).await?;
                let more = read.len() as i64 > limit;
                read.truncate(limit as usize);
                let next = read
                    .last()
                    .filter(|_| more)
                    .map(|(last, _)| last.to_string());
                let mut found = Vec::new();
                if before.is_none() {
                    let ids: Vec<Uuid> = unread.keys().map(|id| id.0).collect();
                    found = thread::list_these(reader, me.id, &ids, resolved).await?;
                }
                found.extend(
                    read.into_iter()
                        .filter(|(_, it)| !unread.contains_key(&it.id)),
                );
                let items = found.into_iter().map(|(last, root)| Thread {
                    unread: unread.get(&root.id).copied().unwrap_or(0),
                    last,
                    root,
                });
                let items = items.collect();
                Ok(Ok(Page { items, next }))
            }
            .boxed()
        })
        .await
    }
}

/// Replies in threads that the inbox tells of and that were not read.
async fn unread(
    reader: &mut Reader<'_>,
    me: MemberId,
) -> tenon_store::Result<HashMap<MessageId, i64>> {
    let mut unread = HashMap::new();
    for it in notification::list_active(reader, me).await? {
        if let Some(thread) = it.thread.filter(|_| is_unread(&it, 0)) {
            *unread.entry(thread).or_default() += it.count;
        }
    }
    Ok(unread)
}
