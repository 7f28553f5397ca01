//! Types of tasks: a project's list, what may stand in it, and which one an id means.

use crate::{
    access,
    actor::Actor,
    decide::{Decision, fact},
    refusal::Refusal,
    text,
};
use std::collections::HashSet;
use tenon_protocol::{
    Scope, Timestamp,
    event::Event,
    limit,
    member::Member,
    project::Project,
    task_type::{ChangeTypes, TaskType, built_in_names, types_of},
};

pub struct ChangeTypesContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub project: Option<&'a Project>,
    pub is_project_member: bool,
}

/// Lead, creator and administrators. No type is dropped: another takes its tasks.
pub fn change_types(
    context: &ChangeTypesContext<'_>,
    command: &ChangeTypes,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    let me = context.me;
    access::check_granted(context.actor, me, command)?;
    let project = access::visible_project(me, context.project, context.is_project_member)?;
    access::check_manage_project(me, project)?;
    access::check_work_in(project)?;
    let types = check_types(&command.types)?;
    let before = types_of(project);
    let known: HashSet<&str> = ids(&types).collect();
    if let Some(dropped) = ids(&before).find(|id| !known.contains(id)) {
        return Err(Refusal::TypeDropped(dropped.to_owned()));
    }
    let facts = if types == *before {
        vec![]
    } else {
        let event = Event::TypesChanged {
            project: project.id,
            types,
        };
        vec![fact(Scope::Project(project.id), event)]
    };
    Ok(Decision::of_project(project, facts))
}

/// The id of the type that an id means, also that of one that was removed.
pub(crate) fn find_type(project: &Project, id: &str) -> Result<String, Refusal> {
    let types = types_of(project);
    let means = |it: &&TaskType| it.id == id || it.replaces.iter().any(|old| old == id);
    match types.iter().find(means) {
        Some(found) => Ok(found.id.clone()),
        None => Err(Refusal::UnknownType(
            id.chars().take(limit::NAME_CHARS_MAX).collect(),
        )),
    }
}

/// The type of a new task that names none.
pub(crate) fn first_type(project: &Project) -> String {
    let types = types_of(project);
    types
        .first()
        .map(|first| first.id.clone())
        .unwrap_or_default()
}

/// Does a query mean this type by the name? Built-in ones have a name in each language.
pub(crate) fn is_named(one: &TaskType, name: &str) -> bool {
    let same = |other: &str| other.trim().to_lowercase() == name.trim().to_lowercase();
    let built_in = built_in_names(&one.id).unwrap_or_default();
    let is_built_in = one.name.is_empty() && built_in.iter().any(|other| same(other));
    same(&one.id) || (!one.name.is_empty() && same(&one.name)) || is_built_in
}

/// Every id that a task may have: of the types, and of those that they replace.
fn ids(types: &[TaskType]) -> impl Iterator<Item = &str> {
    types.iter().flat_map(|one| {
        let replaced = one.replaces.iter().map(String::as_str);
        std::iter::once(one.id.as_str()).chain(replaced)
    })
}

fn check_types(wanted: &[TaskType]) -> Result<Vec<TaskType>, Refusal> {
    let field = "types";
    if wanted.is_empty() {
        return Err(Refusal::Empty { field });
    }
    let max = limit::TYPES_MAX;
    if wanted.len() > max {
        return Err(Refusal::TooMany { field, max });
    }
    let max = limit::TYPES_REPLACED_MAX;
    if wanted.iter().map(|one| one.replaces.len()).sum::<usize>() > max {
        return Err(Refusal::TooMany { field, max });
    }
    let mut seen = HashSet::new();
    for id in ids(wanted) {
        if !text::is_short_id(id) {
            return Err(Refusal::BadTypeId);
        }
        if !seen.insert(id) {
            return Err(Refusal::TypeRepeated(id.to_owned()));
        }
    }
    wanted.iter().map(checked).collect()
}

fn checked(wanted: &TaskType) -> Result<TaskType, Refusal> {
    let max = limit::NAME_CHARS_MAX;
    let name = text::check_optional_line("types", &wanted.name, max)?;
    if name.is_empty() && built_in_names(&wanted.id).is_none() {
        return Err(Refusal::Empty { field: "types" });
    }
    Ok(TaskType {
        name: name.to_owned(),
        ..wanted.clone()
    })
}
