//! Scope: the unit of visibility. Every entry has exactly one, and who may see an entry follows
//! from its scope alone (`domain::audience`).

use crate::{ChannelId, MemberId, ProjectId, SpaceId};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};
use utoipa::{PartialSchema, ToSchema, openapi};

/// Written `workspace`, `members`, `space:ID`, `channel:ID`, `project:ID` or `inbox:MEMBER`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// Everyone in the workspace, guests too: its name, and who is in it.
    Workspace,
    /// Everyone but guests: what public channels and projects exist.
    Members,
    /// An open space: everyone but guests, and its own members. A closed one: its members.
    Space(SpaceId),
    /// The members of a channel.
    Channel(ChannelId),
    /// A public project: whoever sees the space that it is in, or else everyone but guests; and its
    /// own members. A private one: its members.
    Project(ProjectId),
    /// One member alone, on all of their sessions.
    Inbox(MemberId),
}

/// The text names no scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadScope;

impl fmt::Display for BadScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected workspace, members, space:ID, channel:ID, project:ID or inbox:ID")
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Scope::Workspace => f.write_str("workspace"),
            Scope::Members => f.write_str("members"),
            Scope::Space(id) => write!(f, "space:{id}"),
            Scope::Channel(id) => write!(f, "channel:{id}"),
            Scope::Project(id) => write!(f, "project:{id}"),
            Scope::Inbox(id) => write!(f, "inbox:{id}"),
        }
    }
}

impl FromStr for Scope {
    type Err = BadScope;
    fn from_str(text: &str) -> Result<Self, BadScope> {
        match text.split_once(':') {
            None if text == "workspace" => Ok(Scope::Workspace),
            None if text == "members" => Ok(Scope::Members),
            Some(("space", id)) => id.parse().map(Scope::Space).map_err(|_| BadScope),
            Some(("channel", id)) => id.parse().map(Scope::Channel).map_err(|_| BadScope),
            Some(("project", id)) => id.parse().map(Scope::Project).map_err(|_| BadScope),
            Some(("inbox", id)) => id.parse().map(Scope::Inbox).map_err(|_| BadScope),
            _ => Err(BadScope),
        }
    }
}

impl Serialize for Scope {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Scope {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

impl PartialSchema for Scope {
    fn schema() -> openapi::RefOr<openapi::schema::Schema> {
        openapi::ObjectBuilder::new()
            .schema_type(openapi::schema::Type::String)
            .description(Some(
                "`workspace`, `members`, `space:ID`, `channel:ID`, `project:ID` or `inbox:ID`.",
            ))
            .examples(["workspace"])
            .into()
    }
}

impl ToSchema for Scope {}
