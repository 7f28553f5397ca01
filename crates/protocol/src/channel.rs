//! Channels: where people talk. Public, private, or direct between a few.

use crate::{ChannelId, MemberId, ProjectId, SpaceId, Timestamp, retention::ChannelRetention};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What everyone who may see the channel knows of it. What differs from member to member is in
/// [`Membership`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Channel {
    pub id: ChannelId,
    pub kind: ChannelKind,
    /// Empty for a direct channel: it is named by its members.
    pub name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub topic: String,
    /// Markdown: what the channel is for, at length.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The project that tasks made here go to unless said otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<ProjectId>,
    /// The space that it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub space: Option<SpaceId>,
    /// That space is a closed one: what is public here is public among its members.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_closed_space: bool,
    /// Whoever is in its space is in it; guests too if it is public.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub follows_space: bool,
    pub created_by: MemberId,
    pub created_at: Timestamp,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub archived: bool,
    /// Who may begin something here.
    #[serde(default, skip_serializing_if = "Posting::is_everyone")]
    pub posting: Posting,
    /// Who may reply in threads.
    #[serde(default, skip_serializing_if = "Posting::is_everyone")]
    pub replying: Posting,
    /// Besides its creator. Counts only for those who are in the channel.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub managers: Vec<MemberId>,
    /// Whoever joins its space joins this channel; outside of spaces whoever joins the workspace,
    /// guests aside.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_default: bool,
    /// How long what is said here is kept, if not as the workspace's policy says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention: Option<ChannelRetention>,
    /// The members of a direct channel, for its name. Empty otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<MemberId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    /// Everyone but guests may find, read and join it; in a space, whoever sees the space.
    Public,
    /// Its members alone know of it.
    Private,
    /// Between 1 and [`crate::limit::DIRECT_MEMBERS_MAX`] members, fixed when opened.
    Direct,
}

/// Who may write in a channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Posting {
    /// Its members.
    #[default]
    Everyone,
    /// Those of its members who manage it, and its bots.
    Managers,
}

impl Posting {
    pub fn is_everyone(&self) -> bool {
        *self == Self::Everyone
    }
}

/// What a member is in a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChannelRole {
    Manager,
    Member,
}

/// One member's place in one channel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Membership {
    pub channel: ChannelId,
    /// The member sees entries of this channel from here on without asking for history.
    pub since: i64,
    /// Everything up to this seq has been read.
    pub read: i64,
    /// Messages after `read` that stand in the channel: not one's own, not deleted.
    pub unread: i64,
    /// Those among all messages after `read`, threads included, that mention the member.
    pub mentions: i64,
    /// Seq of the newest message that stands in the channel, 0 if there is none.
    pub last: i64,
}

/// The creator becomes its first member.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CreateChannel {
    #[serde(default)]
    pub id: ChannelId,
    pub name: String,
    /// `public` or `private`.
    pub kind: ChannelKind,
    #[serde(default)]
    pub topic: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<ProjectId>,
    /// One that the creator is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub space: Option<SpaceId>,
    /// Added at once, besides the creator.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<MemberId>,
}

/// Opens the direct channel between the actor and these members; there is only ever one, so the
/// outcome may be the id of an existing channel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OpenDirect {
    #[serde(default)]
    pub id: ChannelId,
    pub members: Vec<MemberId>,
}

/// Makes a member of the channel its manager, or an ordinary member again. At most
/// [`crate::limit::MANAGERS_MAX`] besides its creator, who stays one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChangeChannelRole {
    pub channel: ChannelId,
    pub member: MemberId,
    pub role: ChannelRole,
}

/// Absent fields stay. `project: null` unbinds, `space: null` takes it out of its space.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct UpdateChannel {
    pub channel: ChannelId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(
        default,
        with = "crate::command::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<ProjectId>)]
    pub project: Option<Option<ProjectId>>,
    /// Those who manage the channel, into a space that they are in.
    #[serde(
        default,
        with = "crate::command::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<SpaceId>)]
    pub space: Option<Option<SpaceId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archived: Option<bool>,
    /// `private` hides a public channel from everyone who is not in it. There is no way back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<ChannelKind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posting: Option<Posting>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replying: Option<Posting>,
    /// Of a public channel: administrators, in a space those who manage that. A move drops it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_default: Option<bool>,
    /// Those who manage the channel, in a space. A move drops it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows_space: Option<bool>,
}

/// Joins (oneself, a public channel) or adds another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AddChannelMember {
    pub channel: ChannelId,
    pub member: MemberId,
}

/// Leaves (oneself) or removes another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RemoveChannelMember {
    pub channel: ChannelId,
    pub member: MemberId,
}

/// What is unread in one channel after a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReadMark {
    pub channel: ChannelId,
    pub unread: i64,
    pub mentions: i64,
}

/// Moves one's read position forward in several channels at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MarkAllRead {
    /// Read up to and including this seq: what came later stays unread.
    pub seq: i64,
    /// Those of these that one is in. Absent: all that one is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channels: Option<Vec<ChannelId>>,
}

/// Moves one's read position; also backwards, which marks unread.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MarkRead {
    pub channel: ChannelId,
    /// Read up to and including this seq.
    pub seq: i64,
}
