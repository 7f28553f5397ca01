//! Projects: a key, a workflow, and tasks.

use crate::{
    MemberId, ProjectId, SpaceId, Timestamp, field::Field, task_type::TaskType,
    template::TemplateName,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Project {
    pub id: ProjectId,
    /// `ENG`: 2 to 10 capital letters and digits, a letter first; fixed.
    pub key: String,
    pub name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    pub visibility: Visibility,
    /// The space that it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub space: Option<SpaceId>,
    /// That space is a closed one: what is public here is public among its members.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_closed_space: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<MemberId>,
    pub workflow: Workflow,
    /// Empty: the built-in ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<TaskType>,
    /// What tasks have besides, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// What new tasks can begin with, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub templates: Vec<TemplateName>,
    pub created_by: MemberId,
    pub created_at: Timestamp,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub archived: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Everyone but guests sees it and works in it; in a space, whoever sees the space.
    #[default]
    Public,
    /// Its members alone.
    Private,
}

/// The states a task of the project goes through, in the order of the board's columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Workflow {
    pub states: Vec<State>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct State {
    /// Stays when the name changes: `[a-z0-9_]`, unique in the workflow.
    pub id: String,
    pub name: String,
    pub category: Category,
}

/// What a state means, whatever a project calls it.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Not decided yet.
    Backlog,
    /// Decided, not begun.
    Todo,
    /// Somebody is at it.
    Doing,
    Done,
    Cancelled,
}

/// Built-in sets of states.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Template {
    /// Backlog, To do, In progress, In review, Done, Cancelled.
    #[default]
    Software,
    /// To do, Doing, Done.
    Simple,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CreateProject {
    #[serde(default)]
    pub id: ProjectId,
    pub key: String,
    pub name: String,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub visibility: Visibility,
    #[serde(default)]
    pub template: Template,
    /// Language of the state names of the template; the creator's when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<crate::member::Language>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<MemberId>,
    /// One that the creator is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub space: Option<SpaceId>,
    /// Added at once, besides the creator.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<MemberId>,
}

/// Absent fields stay. `lead: null` clears, `space: null` takes it out of its space.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct UpdateProject {
    pub project: ProjectId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(
        default,
        with = "crate::command::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<MemberId>)]
    pub lead: Option<Option<MemberId>>,
    /// Into a space that one is in.
    #[serde(
        default,
        with = "crate::command::nullable",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<SpaceId>)]
    pub space: Option<Option<SpaceId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archived: Option<bool>,
}

/// Replaces the workflow. A state that still has tasks must stay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChangeWorkflow {
    pub project: ProjectId,
    pub states: Vec<State>,
}

/// Joins (oneself, a public project) or adds another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AddProjectMember {
    pub project: ProjectId,
    pub member: MemberId,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RemoveProjectMember {
    pub project: ProjectId,
    pub member: MemberId,
}
