//! Custom fields: a project's list, what may stand in it, and what a task may have of a field.

mod value;

pub(crate) use value::{change_values, check_new_value, set_values, usable_value};

use crate::{
    access,
    actor::Actor,
    decide::{Decision, fact},
    query,
    refusal::Refusal,
    text,
};
use std::collections::HashSet;
use tenon_protocol::{
    Scope, Timestamp,
    event::Event,
    field::{ChangeFields, Field, FieldKind, FieldOption},
    limit,
    member::Member,
    project::Project,
    query::name_key,
};

pub struct ChangeFieldsContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub project: Option<&'a Project>,
    pub is_project_member: bool,
    /// Those of [`dropped`] that a task has something of, the deleted tasks too.
    pub used: &'a [Dropped],
}

/// A field that a list leaves out, or an option of one that stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    pub field: String,
    pub option: Option<String>,
}

/// Lead, creator and administrators. What tasks have something of stays, if only in the archive.
pub fn change_fields(
    context: &ChangeFieldsContext<'_>,
    command: &ChangeFields,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    let me = context.me;
    access::check_granted(context.actor, me, command)?;
    let project = access::visible_project(me, context.project, context.is_project_member)?;
    access::check_manage_project(me, project)?;
    access::check_work_in(project)?;
    let fields = check_fields(&command.fields)?;
    for before in &project.fields {
        let after = fields.iter().find(|field| field.id == before.id);
        if after.is_some_and(|after| after.kind != before.kind) {
            return Err(Refusal::FieldKindFixed(before.name.clone()));
        }
    }
    if let Some(used) = context.used.first() {
        return Err(in_use(project, used));
    }
    let facts = if fields == project.fields {
        vec![]
    } else {
        let event = Event::FieldsChanged {
            project: project.id,
            fields,
        };
        vec![fact(Scope::Project(project.id), event)]
    };
    Ok(Decision::of_project(project, facts))
}

/// What the project has and this list has not.
pub fn dropped(before: &[Field], after: &[Field]) -> Vec<Dropped> {
    let mut dropped = Vec::new();
    for field in before {
        let Some(kept) = after.iter().find(|other| other.id == field.id) else {
            dropped.push(Dropped {
                field: field.id.clone(),
                option: None,
            });
            continue;
        };
        let is_gone =
            |option: &&FieldOption| kept.options.iter().all(|other| other.id != option.id);
        dropped.extend(field.options.iter().filter(is_gone).map(|option| Dropped {
            field: field.id.clone(),
            option: Some(option.id.clone()),
        }));
    }
    dropped
}

/// Is this an id of a field or an option as it may be?
fn check_id(id: &str) -> Result<(), Refusal> {
    if text::is_short_id(id) {
        Ok(())
    } else {
        Err(Refusal::BadFieldId)
    }
}

fn check_fields(wanted: &[Field]) -> Result<Vec<Field>, Refusal> {
    let field = "fields";
    let max = limit::FIELDS_MAX;
    if wanted.len() > max {
        return Err(Refusal::TooMany { field, max });
    }
    let (field, max) = ("options", limit::PROJECT_OPTIONS_MAX);
    if wanted.iter().map(|one| one.options.len()).sum::<usize>() > max {
        return Err(Refusal::TooMany { field, max });
    }
    let (mut ids, mut names) = (HashSet::new(), HashSet::new());
    let mut fields = Vec::with_capacity(wanted.len());
    for one in wanted {
        let checked = checked(one)?;
        let is_new = ids.insert(checked.id.clone()) && names.insert(name_key(&checked.name));
        if !is_new {
            return Err(Refusal::FieldRepeated(checked.name));
        }
        fields.push(checked);
    }
    Ok(fields)
}

fn checked(wanted: &Field) -> Result<Field, Refusal> {
    check_id(&wanted.id)?;
    let name = text::check_name("name", &wanted.name, limit::NAME_CHARS_MAX)?;
    if query::field::find(&name_key(name)).is_some() {
        return Err(Refusal::FieldNameReserved(name.to_owned()));
    }
    let max = limit::TOPIC_CHARS_MAX;
    let description = text::check_paragraph("description", &wanted.description, max)?;
    Ok(Field {
        id: wanted.id.clone(),
        name: name.to_owned(),
        description: description.to_owned(),
        kind: wanted.kind,
        options: check_options(wanted, name)?,
        archived: wanted.archived,
    })
}

fn check_options(field: &Field, name: &str) -> Result<Vec<FieldOption>, Refusal> {
    let is_chosen = matches!(field.kind, FieldKind::Select | FieldKind::MultiSelect);
    if !is_chosen && !field.options.is_empty() {
        return Err(Refusal::OptionsElsewhere(name.to_owned()));
    }
    if is_chosen && field.options.is_empty() {
        return Err(Refusal::Empty { field: "options" });
    }
    let max = limit::FIELD_OPTIONS_MAX;
    if field.options.len() > max {
        let field = "options";
        return Err(Refusal::TooMany { field, max });
    }
    let (mut ids, mut names) = (HashSet::new(), HashSet::new());
    let mut options = Vec::with_capacity(field.options.len());
    for option in &field.options {
        check_id(&option.id)?;
        let name = text::check_name("options", &option.name, limit::NAME_CHARS_MAX)?;
        if !ids.insert(&option.id) || !names.insert(name_key(name)) {
            return Err(Refusal::FieldOptionRepeated(name.to_owned()));
        }
        options.push(FieldOption {
            name: name.to_owned(),
            ..option.clone()
        });
    }
    Ok(options)
}

fn in_use(project: &Project, used: &Dropped) -> Refusal {
    let field = project.fields.iter().find(|field| field.id == used.field);
    let Some(id) = &used.option else {
        return Refusal::FieldInUse(field.map_or_else(String::new, |field| field.name.clone()));
    };
    let mut options = field.into_iter().flat_map(|field| &field.options);
    let option = options.find(|option| option.id == *id);
    Refusal::FieldOptionInUse(option.map_or_else(String::new, |option| option.name.clone()))
}
