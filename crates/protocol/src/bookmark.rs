//! Bookmarks: addresses that a channel keeps above its talk.

use crate::{BookmarkId, ChannelId, MemberId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Bookmark {
    pub id: BookmarkId,
    pub channel: ChannelId,
    pub title: String,
    /// Begins with `https://` or `http://`.
    pub url: String,
    /// Orders the channel's bookmarks, byte by byte; equal ones by id.
    pub rank: String,
    pub created_by: MemberId,
    pub created_at: Timestamp,
}

/// Members of the channel; goes to the end. At most
/// [`crate::limit::BOOKMARKS_PER_CHANNEL_MAX`] in one channel.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AddBookmark {
    #[serde(default)]
    pub id: BookmarkId,
    pub channel: ChannelId,
    /// Empty: the address without its scheme.
    #[serde(default)]
    pub title: String,
    pub url: String,
}

/// Absent fields stay. `after` moves it behind another bookmark, `null` to the front.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct UpdateBookmark {
    pub channel: ChannelId,
    pub bookmark: BookmarkId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(
        default,
        with = "crate::command::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<BookmarkId>)]
    pub after: Option<Option<BookmarkId>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RemoveBookmark {
    pub channel: ChannelId,
    pub bookmark: BookmarkId,
}
