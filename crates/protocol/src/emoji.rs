//! Custom emoji: small pictures that a workspace adds, written `:name:` in texts and reactions.

use crate::{EmojiId, MemberId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One custom emoji. Its picture is read at `/emoji/{id}/picture` and never changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Emoji {
    pub id: EmojiId,
    /// Without colons: letters of any script in lower case, digits, `_`, `-` and `+`.
    pub name: String,
    /// Other names for it; no two emoji share one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// It moves: there is a still picture too, for those who like that better.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub animated: bool,
    pub created_by: MemberId,
    pub created_at: Timestamp,
}

impl Emoji {
    /// Its name and its aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let aliases = self.aliases.iter().map(String::as_str);
        std::iter::once(self.name.as_str()).chain(aliases)
    }
}

/// The server's own, once it has checked the picture: `POST /emoji`. Members; administrators alone
/// where they keep it to themselves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AddEmoji {
    #[serde(default)]
    pub id: EmojiId,
    pub name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub animated: bool,
}

/// Who added it, and administrators. Its name stays, so that what was written stays right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChangeEmoji {
    pub emoji: EmojiId,
    /// All of them; at most [`crate::limit::EMOJI_ALIASES_MAX`].
    pub aliases: Vec<String>,
}

/// Who added it, and administrators. Where it was used stands `:name:` from then on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RemoveEmoji {
    pub emoji: EmojiId,
}

/// Owners and administrators: whether they alone add emoji.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RestrictEmoji {
    pub restricted: bool,
}
