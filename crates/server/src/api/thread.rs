//! `/threads`: those that the asker follows.

use super::{PageQuery, bounded};
use crate::{
    errors::{Answer, Problem},
    identity::Asker,
    request::{Json, Query},
};
use tenon_protocol::{snapshot::Page, thread::Thread};

/// The threads that the asker follows, in channels that they are in: those with unread replies
/// first, then the one with the newest reply.
#[utoipa::path(get, path = "/threads", tag = "message", params(PageQuery),
    responses((status = 200, body = Page<Thread>)))]
pub async fn index(asker: Asker, Query(query): Query<PageQuery>) -> Answer<Json<Page<Thread>>> {
    let after = query.after.as_deref().map(str::parse).transpose();
    let after =
        after.map_err(|_| Problem::malformed("This is no `next` of a page.").at("after"))?;
    let limit = bounded(query.limit);
    let threads = asker.engine().list_threads(asker.actor(), after, limit);
    Ok(Json(threads.await?))
}
