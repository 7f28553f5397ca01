//! An entry: one row of the log.

use crate::{Event, MemberId, Scope, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Entry {
    /// Position in the workspace's log: gapless, in the order of commits.
    pub seq: i64,
    pub scope: Scope,
    /// Position within the scope: gapless too.
    pub scope_seq: i64,
    pub at: Timestamp,
    pub actor: MemberId,
    pub event: Event,
}
