//! Who has read a message: derived from the read positions that are kept anyway.

use crate::MemberId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The people of a channel besides a message's author, by whether they have read that far.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Readers {
    pub read: Vec<MemberId>,
    pub unread: Vec<MemberId>,
}

/// Owners and administrators: whether authors may see who has read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HideReaders {
    pub hidden: bool,
}
