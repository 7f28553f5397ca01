//! Types of tasks: what kind of work a project tells apart.

use crate::{ProjectId, project::Project};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use utoipa::ToSchema;

/// The type of a task that names none.
pub const TASK: &str = "task";
/// The built-in type that guesses look for.
pub const BUG: &str = "bug";

/// One type of a project. A project without a list of its own has the built-in four: `task`,
/// `bug`, `story` and `epic`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TaskType {
    /// Stays when the name changes: `[a-z0-9_]`, unique in the project.
    pub id: String,
    /// Empty for a built-in one that nobody renamed: screens name it in the reader's language.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    pub icon: TypeIcon,
    pub colour: TypeColour,
    /// Ids of types that were removed and whose tasks count as of this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaces: Vec<String>,
}

/// The signs that a type can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TypeIcon {
    Check,
    Bug,
    Bookmark,
    Bolt,
    Bulb,
    Wrench,
    Question,
    Flag,
    Document,
    Box,
}

/// The colours that a type can have; screens have a light and a dark one of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TypeColour {
    Grey,
    Blue,
    Green,
    Orange,
    Red,
    Purple,
}

/// Replaces the list of types: their names, signs and order. The first is that of new tasks. A
/// type goes away by being named in another's `replaces`, which takes its tasks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChangeTypes {
    pub project: ProjectId,
    pub types: Vec<TaskType>,
}

/// The types of a project that never changed them.
pub fn built_in() -> Vec<TaskType> {
    let of = |id: &str, icon, colour| TaskType {
        id: id.to_owned(),
        name: String::new(),
        icon,
        colour,
        replaces: vec![],
    };
    vec![
        of(TASK, TypeIcon::Check, TypeColour::Blue),
        of(BUG, TypeIcon::Bug, TypeColour::Red),
        of("story", TypeIcon::Bookmark, TypeColour::Green),
        of("epic", TypeIcon::Bolt, TypeColour::Purple),
    ]
}

/// The types that the project tells apart, in order.
pub fn types_of(project: &Project) -> Cow<'_, [TaskType]> {
    if project.types.is_empty() {
        Cow::Owned(built_in())
    } else {
        Cow::Borrowed(&project.types)
    }
}

/// What a built-in type is called in English and in Chinese.
pub fn built_in_names(id: &str) -> Option<[&'static str; 2]> {
    match id {
        TASK => Some(["Task", "任务"]),
        BUG => Some(["Bug", "缺陷"]),
        "story" => Some(["Story", "需求"]),
        "epic" => Some(["Epic", "史诗"]),
        _ => None,
    }
}

/// For serde: the type that need not be written down.
pub(crate) fn task() -> String {
    TASK.to_owned()
}

/// For serde: whether the type need not be written down.
pub(crate) fn is_task(id: &String) -> bool {
    id == TASK
}
