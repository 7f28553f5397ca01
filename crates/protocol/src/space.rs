//! Spaces: a department or an undertaking of several, which holds channels and projects.

use crate::{MemberId, ProjectId, SpaceId, Timestamp, channel::Channel, project::Project};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What everyone who may see the space knows of it. Who is in it is asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Space {
    pub id: SpaceId,
    /// Fixed.
    pub kind: SpaceKind,
    pub name: String,
    /// One emoji; empty when the name's first letter will do.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub icon: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Besides its creator. Counts only for those who are in the space.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub managers: Vec<MemberId>,
    pub created_by: MemberId,
    pub created_at: Timestamp,
    /// Nothing more can be put into it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub archived: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SpaceKind {
    /// Everyone but guests sees it, what is public in it, and may join.
    #[default]
    Open,
    /// Its members alone know of it, and what is public in it is public among them.
    Closed,
}

/// What a member who is in a space from here on has to know and was not told before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SpaceSight {
    pub space: Space,
    /// The public channels in it; none for whoever sees an open space anyway.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Channel>,
    /// The public projects in it, likewise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub projects: Vec<Project>,
}

/// How far a project is: its tasks by what their states mean.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Progress {
    pub project: ProjectId,
    pub backlog: i64,
    pub todo: i64,
    pub doing: i64,
    pub done: i64,
    pub cancelled: i64,
}

/// Non-guests. The creator becomes its first member.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CreateSpace {
    #[serde(default)]
    pub id: SpaceId,
    #[serde(default)]
    pub kind: SpaceKind,
    pub name: String,
    #[serde(default)]
    pub icon: String,
    #[serde(default)]
    pub description: String,
    /// Added at once, besides the creator; at most
    /// [`crate::limit::SPACE_CHANGE_MEMBERS_MAX`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<MemberId>,
}

/// Those who manage it. Absent fields stay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct UpdateSpace {
    pub space: SpaceId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub managers: Option<Vec<MemberId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archived: Option<bool>,
}

/// Those who manage it; anybody themselves into an open one, and out of any. Whoever is in
/// already, or is not, is passed over. At most [`crate::limit::SPACE_CHANGE_MEMBERS_MAX`] at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChangeSpaceMembers {
    pub space: SpaceId,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub add: Vec<MemberId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remove: Vec<MemberId>,
}
