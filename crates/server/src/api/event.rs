//! `/events`: the log, for integrators.

use super::bounded;
use crate::{answer::event_page, errors::Answer, identity::Asker, request::Query};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use tenon_protocol::Entry;
use utoipa::{IntoParams, ToSchema};

#[derive(Deserialize, IntoParams)]
pub struct EventsQuery {
    /// The last seq that is known already; 0 for the beginning.
    #[serde(default)]
    pub after: i64,
    /// Items at most; 50 when absent, never more than 200.
    pub limit: Option<u32>,
}

/// A page of the log.
#[derive(Serialize, ToSchema)]
pub struct Events {
    pub items: Vec<Entry>,
    /// Pass as `after`; null at the end.
    pub next: Option<String>,
    /// Head of the log.
    pub seq: i64,
}

/// The entries that the asker may see, in order.
#[utoipa::path(get, path = "/events", tag = "sync", params(EventsQuery),
    responses((status = 200, body = Events)))]
pub async fn index(asker: Asker, Query(query): Query<EventsQuery>) -> Answer<Response> {
    let limit = bounded(query.limit);
    Ok(event_page(
        &asker
            .engine()
            .list_events(asker.actor(), query.after, limit)
            .await?,
    ))
}
