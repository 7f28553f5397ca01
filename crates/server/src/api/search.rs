//! `/search`: one search over messages, tasks, files and people.

use super::bounded;
use crate::{
    errors::Answer,
    identity::Asker,
    request::{Json, Query},
};
use serde::Deserialize;
use tenon_engine::SearchQuery;
use tenon_protocol::search::{SearchKind, SearchPage, SearchSort};
use utoipa::IntoParams;

/// What to look for. All of it must hold.
#[derive(Deserialize, IntoParams)]
pub struct SearchParams {
    /// Words, and filters: `from:` `in:` `has:` `is:` `before:` `after:` `on:`.
    #[serde(default)]
    pub q: String,
    /// Like `from:` in `q`: name, handle or id of the author, or `me`.
    pub from: Option<String>,
    /// Like `in:` in `q`: channel, project or task; name, key or id.
    #[serde(rename = "in")]
    #[param(rename = "in")]
    pub within: Option<String>,
    /// Only messages, tasks, files or people.
    #[serde(rename = "type")]
    #[param(rename = "type", inline)]
    pub kind: Option<SearchKind>,
    #[serde(default)]
    #[param(inline)]
    pub sort: SearchSort,
    /// Items at most; 50 when absent, never more than 200.
    pub limit: Option<u32>,
    /// The `next` of the page before.
    pub cursor: Option<String>,
}

#[utoipa::path(get, path = "/search", tag = "search", params(SearchParams),
    responses((status = 200, body = SearchPage)))]
pub async fn index(asker: Asker, Query(params): Query<SearchParams>) -> Answer<Json<SearchPage>> {
    let query = SearchQuery {
        text: params.q,
        from: params.from,
        within: params.within,
        kind: params.kind,
        sort: params.sort,
        limit: bounded(params.limit),
        cursor: params.cursor,
    };
    Ok(Json(asker.engine().search(asker.actor(), query).await?))
}
