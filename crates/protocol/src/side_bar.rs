//! The side bar: how a member arranges their channels and projects. Their own business, told in
//! their inbox alone.

use crate::{ChannelId, ProjectId, SectionId, SpaceId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// The same on all devices of a member.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SideBar {
    /// In their order. Those that every side bar has are always among them.
    pub sections: Vec<Section>,
    /// The spaces whose sections are folded. Each space that one is in has one of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub folded_spaces: Vec<SpaceId>,
}

/// A part of the side bar that can be folded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Section {
    pub id: SectionId,
    pub kind: SectionKind,
    /// Of an own section; the others are named by their kind.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub collapsed: bool,
    /// What was put here, in its order: into starred and own sections alone. Rows of what one may
    /// not see any more are not shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<SideBarRow>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SectionKind {
    Starred,
    /// Made by the member.
    Own,
    /// Every channel that was not put elsewhere; the same for the next two.
    Channels,
    Direct,
    Projects,
}

/// What stands in a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SideBarRow {
    Channel(ChannelId),
    Project(ProjectId),
}

impl SectionId {
    /// The section that every side bar has for starred rows.
    pub const STARRED: SectionId = Self::fixed(1);
    pub const CHANNELS: SectionId = Self::fixed(2);
    pub const DIRECT: SectionId = Self::fixed(3);
    pub const PROJECTS: SectionId = Self::fixed(4);

    const fn fixed(number: u128) -> Self {
        Self(Uuid::from_u128((0x7e70_0000_0000_4000_8000 << 48) | number))
    }
}

impl Default for SideBar {
    fn default() -> Self {
        let section = |id, kind| Section {
            id,
            kind,
            name: String::new(),
            collapsed: false,
            rows: vec![],
        };
        Self {
            folded_spaces: vec![],
            sections: vec![
                section(SectionId::STARRED, SectionKind::Starred),
                section(SectionId::CHANNELS, SectionKind::Channels),
                section(SectionId::DIRECT, SectionKind::Direct),
                section(SectionId::PROJECTS, SectionKind::Projects),
            ],
        }
    }
}

impl SideBar {
    /// Takes the row out of the section it is in. Whether it was in one.
    pub fn take(&mut self, row: SideBarRow) -> bool {
        let before = self.rows();
        for section in &mut self.sections {
            section.rows.retain(|it| *it != row);
        }
        self.rows() < before
    }

    /// How many rows were put somewhere.
    pub fn rows(&self) -> usize {
        self.sections.iter().map(|it| it.rows.len()).sum()
    }
}

/// Before the section of channels. At most [`crate::limit::SECTIONS_MAX`] of one's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AddSection {
    #[serde(default)]
    pub id: SectionId,
    pub name: String,
}

/// Absent fields stay. `after` moves it behind another section, `null` to the top. Own sections
/// alone have a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct UpdateSection {
    pub section: SectionId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collapsed: Option<bool>,
    #[serde(
        default,
        with = "crate::command::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<SectionId>)]
    pub after: Option<Option<SectionId>>,
}

/// An own section. Its rows stand in the sections of their kind again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RemoveSection {
    pub section: SectionId,
}

/// Folds the section of a space, or unfolds it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FoldSpace {
    pub space: SpaceId,
    pub folded: bool,
}

/// Puts a channel or project into a section, or at another place in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PlaceRow {
    pub row: SideBarRow,
    /// Starred or an own one. Absent: into the section of its kind, which orders itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<SectionId>,
    /// Behind this row, `null` at the top. Absent, or not in the section: at the end.
    #[serde(
        default,
        with = "crate::command::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<SideBarRow>)]
    pub after: Option<Option<SideBarRow>>,
}
