//! Typed ids. All are UUIDs (v7 when we make them), chosen by the client if it likes.
//!
//! An id never orders anything: `seq` does. Keys in tables are (workspace, id), so an id says
//! nothing about another workspace.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use utoipa::ToSchema;
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[derive(Serialize, Deserialize, ToSchema)]
        #[serde(transparent)]
        #[schema(value_type = String, format = "uuid")]
        pub struct $name(pub Uuid);

        impl $name {
            /// A fresh time-ordered id (UUIDv7).
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }
    )*};
}

id! {
    /// One organisation: the unit of order, of history and of permission.
    WorkspaceId,
    /// A person or a bot in one workspace.
    MemberId,
    ChannelId,
    BookmarkId,
    MessageId,
    ProjectId,
    TaskId,
    /// One step of a task's checklist.
    ItemId,
    /// One uploaded file.
    FileId,
    /// A department, or another named set of people.
    GroupId,
    /// A department or an undertaking, which holds channels and projects.
    SpaceId,
    /// A picture that a workspace added to the emoji.
    EmojiId,
    /// A signed-in browser or program.
    SessionId,
    /// A personal or bot API token (not its secret).
    TokenId,
    InvitationId,
    /// An incoming webhook (not its secret).
    HookId,
    NotificationId,
    /// A section of a member's side bar.
    SectionId,
    /// Names one attempt to change something; a retry carries the same one.
    RequestId,
}
