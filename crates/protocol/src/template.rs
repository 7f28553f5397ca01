//! Templates of tasks: what new tasks of a project begin with.

use crate::{MemberId, ProjectId, field::FieldValue, task::Priority};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// One template of a project. What it names may be gone by the time it is used: a type, a person, a
/// field, an option. Then a new task does without.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TaskTemplate {
    /// Stays when the name changes: `[a-z0-9_]`, unique in the project.
    pub id: String,
    /// Unique in the project, whatever case and width.
    pub name: String,
    /// Of the task. Empty: whoever makes a task types one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Markdown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Id of a type of the project; its first when absent.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub task_type: Option<String>,
    #[serde(default, skip_serializing_if = "is_none")]
    pub priority: Priority,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<String>,
    /// The first is the responsible one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assignees: Vec<MemberId>,
    /// Work begins so many days after the task is made, as whoever makes it counts days; 0 is the
    /// same day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_days: Option<u32>,
    /// It is due so many days after it is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_days: Option<u32>,
    /// Points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimate: Option<f64>,
    /// Texts of the items, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checklist: Vec<String>,
    /// By ids of the project's fields.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, FieldValue>,
}

/// What everyone who sees the project knows of a template; the whole is read when it is wanted:
/// `GET /projects/{project}/templates`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TemplateName {
    pub id: String,
    pub name: String,
}

/// Replaces the list of templates: what is in them, their names and order. What they name that is
/// gone may stay in them as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChangeTemplates {
    pub project: ProjectId,
    pub templates: Vec<TaskTemplate>,
}

fn is_none(priority: &Priority) -> bool {
    *priority == Priority::None
}
