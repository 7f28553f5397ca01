//! `/roll-ups`: what lies below tasks.

use crate::{
    errors::Answer,
    identity::Asker,
    request::{Json, Query},
};
use serde::Deserialize;
use tenon_protocol::{roll_up::RollUp, snapshot::Page};
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
pub struct RollUpsQuery {
    /// Keys or ids of tasks, separated by commas; 100 at most, those behind are left out.
    pub tasks: String,
}

/// How far the sub-tasks of these tasks are at any depth, with the sums of their points and their
/// first and last dates. One item for each task that the asker may see.
#[utoipa::path(get, path = "/roll-ups", tag = "task", params(RollUpsQuery),
    responses((status = 200, body = Page<RollUp>)))]
pub async fn index(asker: Asker, Query(query): Query<RollUpsQuery>) -> Answer<Json<Page<RollUp>>> {
    let named = query.tasks.split(',').map(str::trim);
    let named = named.filter(|it| !it.is_empty()).map(str::to_owned);
    let found = asker.engine().list_roll_ups(asker.actor(), named.collect());
    let items = found.await?;
    Ok(Json(Page { items, next: None }))
}
