//! `/threads`: those that the asker follows; and whether one is settled.

use super::bounded;
use crate::{
    answer::done,
    errors::{Answer, Problem},
    identity::Asker,
    request::{Json, Query, Segment},
};
use axum::response::Response;
use serde::Deserialize;
use tenon_protocol::{
    Command, MessageId,
    snapshot::Page,
    thread::{ReopenThread, ResolveThread, Thread},
};
use utoipa::IntoParams;

/// Which threads.
#[derive(Deserialize, IntoParams)]
pub struct ThreadQuery {
    /// Those alone that are settled, or that are not; all when absent.
    pub resolved: Option<bool>,
    /// Items at most; 50 when absent, never more than 200.
    pub limit: Option<u32>,
    /// The `next` of the page before.
    #[serde(alias = "cursor")]
    pub after: Option<String>,
}

/// The threads that the asker follows, in channels that they are in: those with unread replies
/// first, then the one with the newest reply.
#[utoipa::path(get, path = "/threads", tag = "message", params(ThreadQuery),
    responses((status = 200, body = Page<Thread>)))]
pub async fn index(asker: Asker, Query(query): Query<ThreadQuery>) -> Answer<Json<Page<Thread>>> {
    let after = query.after.as_deref().map(str::parse).transpose();
    let after =
        after.map_err(|_| Problem::malformed("This is no `next` of a page.").at("after"))?;
    let limit = bounded(query.limit);
    let threads = asker.engine();
    let threads = threads.list_threads(asker.actor(), after, query.resolved, limit);
    Ok(Json(threads.await?))
}

/// Says that the thread which this message began is settled. Whoever may reply in it.
#[utoipa::path(put, path = "/messages/{id}/resolved", tag = "message",
    responses((status = 204)))]
pub async fn resolve(asker: Asker, Segment(message): Segment<MessageId>) -> Answer<Response> {
    let wish = Command::ResolveThread(ResolveThread { message });
    Ok(done(&asker.execute(wish).await?))
}

/// Opens it again.
#[utoipa::path(delete, path = "/messages/{id}/resolved", tag = "message",
    responses((status = 204)))]
pub async fn reopen(asker: Asker, Segment(message): Segment<MessageId>) -> Answer<Response> {
    let wish = Command::ReopenThread(ReopenThread { message });
    Ok(done(&asker.execute(wish).await?))
}
