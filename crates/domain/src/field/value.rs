//! What a task may have of a custom field. What it has already may stay, whatever became of its
//! field, its option or the member.

use crate::{bookmark::check_url, refusal::Refusal, text};
use std::collections::BTreeMap;
use tenon_protocol::{
    Day, MemberId,
    field::{Field, FieldKind, FieldValue},
    limit,
    project::Project,
    task::{Task, TaskChange},
};

type Values = BTreeMap<String, FieldValue>;
/// Is this an active member who may see the project?
type Sees<'a> = &'a dyn Fn(MemberId) -> bool;

/// What a new task has of the fields, over what a template gave it.
pub(crate) fn set_values(
    values: &mut Values,
    project: &Project,
    wanted: &BTreeMap<String, Option<FieldValue>>,
    sees_project: Sees<'_>,
) -> Result<(), Refusal> {
    for (id, wanted) in wanted {
        let field = find(project, id)?;
        let value = match wanted {
            Some(wanted) => check_value(field, wanted, None, sees_project)?,
            None => None,
        };
        match value {
            Some(value) => values.insert(id.clone(), value),
            None => values.remove(id),
        };
    }
    Ok(())
}

/// A value as it is kept, for something that had `before` of the field; none for what says nothing.
pub(crate) fn check_new_value(
    project: &Project,
    id: &str,
    wanted: &FieldValue,
    before: Option<&FieldValue>,
    sees_project: Sees<'_>,
) -> Result<Option<FieldValue>, Refusal> {
    check_value(find(project, id)?, wanted, before, sees_project)
}

/// What of a value a new task can have: what is gone or archived is left out.
pub(crate) fn usable_value(
    project: &Project,
    id: &str,
    value: &FieldValue,
    sees_project: Sees<'_>,
) -> Option<FieldValue> {
    let field = find(project, id).ok()?;
    let is_there = |id: &&String| check_option(field, id, None).is_ok();
    let value = match value {
        FieldValue::Choices(ids) => {
            FieldValue::Choices(ids.iter().filter(is_there).cloned().collect())
        }
        value => value.clone(),
    };
    let checked = check_value(field, &value, None, sees_project);
    checked.ok().flatten()
}

/// Those that are really different.
pub(crate) fn change_values(
    task: &Task,
    project: &Project,
    wanted: &BTreeMap<String, Option<FieldValue>>,
    sees_project: Sees<'_>,
    changes: &mut Vec<TaskChange>,
) -> Result<(), Refusal> {
    for (id, wanted) in wanted {
        let before = task.fields.get(id);
        let to = match wanted {
            // Also of a field that is not there any more.
            None if before.is_some() => None,
            None => {
                find(project, id)?;
                None
            }
            Some(wanted) => check_value(find(project, id)?, wanted, before, sees_project)?,
        };
        if before != to.as_ref() {
            changes.push(TaskChange::CustomField {
                id: id.clone(),
                from: before.cloned(),
                to,
            });
        }
    }
    Ok(())
}

fn find<'a>(project: &'a Project, id: &str) -> Result<&'a Field, Refusal> {
    let found = project.fields.iter().find(|field| field.id == id);
    found.ok_or_else(|| Refusal::UnknownField(id.chars().take(limit::NAME_CHARS_MAX).collect()))
}

/// As it is kept; none for what says nothing.
fn check_value(
    field: &Field,
    wanted: &FieldValue,
    before: Option<&FieldValue>,
    sees_project: Sees<'_>,
) -> Result<Option<FieldValue>, Refusal> {
    let bad = || bad_value(field);
    let value = match (field.kind, wanted) {
        (FieldKind::Check, FieldValue::Check(is)) => is.then_some(FieldValue::Check(true)),
        (FieldKind::Number, FieldValue::Number(number)) => {
            Some(FieldValue::Number(check_number(*number).ok_or_else(bad)?))
        }
        (FieldKind::MultiSelect, FieldValue::Choices(ids)) => check_choices(field, ids, before)?,
        (
            FieldKind::Text
            | FieldKind::Date
            | FieldKind::Person
            | FieldKind::Select
            | FieldKind::Link,
            FieldValue::Text(text),
        ) if text.trim().is_empty() => None,
        (FieldKind::Text, FieldValue::Text(text)) => {
            let text = text::check_line("fields", text, limit::FIELD_TEXT_CHARS_MAX)?;
            Some(FieldValue::Text(text.to_owned()))
        }
        (FieldKind::Link, FieldValue::Text(text)) => {
            let url = check_url(text).map_err(|_| bad())?;
            Some(FieldValue::Text(url.to_owned()))
        }
        (FieldKind::Date, FieldValue::Text(text)) => {
            Some(FieldValue::Text(check_day(text).ok_or_else(bad)?))
        }
        (FieldKind::Person, FieldValue::Text(text)) => {
            let member: MemberId = text.trim().parse().map_err(|_| bad())?;
            let value = FieldValue::Text(member.to_string());
            if before != Some(&value) && !sees_project(member) {
                return Err(bad());
            }
            Some(value)
        }
        (FieldKind::Select, FieldValue::Text(id)) => {
            check_option(field, id, before)?;
            Some(FieldValue::Text(id.clone()))
        }
        _ => return Err(bad()),
    };
    let is_new = value.is_some() && value.as_ref() != before;
    if field.archived && is_new {
        return Err(Refusal::FieldArchived(field.name.clone()));
    }
    Ok(value)
}

/// Rounded to what is kept of a number, so that it is read as it was written.
fn check_number(number: f64) -> Option<f64> {
    if !number.is_finite() || number.abs() > limit::FIELD_NUMBER_MAX {
        return None;
    }
    // 15 digits are what every number of 64 bits keeps.
    let rounded: f64 = format!("{number:.14e}").parse().ok()?;
    let decimals = limit::FIELD_DECIMALS_MAX;
    let rounded: f64 = format!("{rounded:.decimals$}").parse().ok()?;
    // No zero is below another.
    Some(rounded + 0.0)
}

/// `2026-11-30` and nothing behind it.
fn check_day(text: &str) -> Option<String> {
    let text = text.trim();
    let day: Day = (text.len() == 10).then(|| text.parse().ok())??;
    Some(day.to_string())
}

/// Each once, in the order of the field's options.
fn check_choices(
    field: &Field,
    ids: &[String],
    before: Option<&FieldValue>,
) -> Result<Option<FieldValue>, Refusal> {
    for id in ids {
        check_option(field, id, before)?;
    }
    let options = field.options.iter().map(|option| &option.id);
    let chosen: Vec<String> = options.filter(|id| ids.contains(id)).cloned().collect();
    if chosen.len() > limit::FIELD_CHOICES_MAX {
        return Err(Refusal::TooMany {
            field: "fields",
            max: limit::FIELD_CHOICES_MAX,
        });
    }
    let same = |before: &&FieldValue| {
        let FieldValue::Choices(before) = before else {
            return false;
        };
        before.len() == chosen.len() && before.iter().all(|id| chosen.contains(id))
    };
    // The same ones in another order are no change: the field's options were put in order.
    if let Some(before) = before.filter(same) {
        return Ok(Some(before.clone()));
    }
    Ok((!chosen.is_empty()).then_some(FieldValue::Choices(chosen)))
}

fn check_option(field: &Field, id: &str, before: Option<&FieldValue>) -> Result<(), Refusal> {
    let found = field.options.iter().find(|option| option.id == id);
    let option = found.ok_or_else(|| Refusal::UnknownFieldOption {
        name: field.name.clone(),
        option: id.chars().take(limit::NAME_CHARS_MAX).collect(),
    })?;
    let has = match before {
        Some(FieldValue::Text(before)) => before == id,
        Some(FieldValue::Choices(before)) => before.iter().any(|one| one == id),
        _ => false,
    };
    if option.archived && !has {
        return Err(Refusal::FieldOptionArchived(option.name.clone()));
    }
    Ok(())
}

fn bad_value(field: &Field) -> Refusal {
    let expected = match field.kind {
        FieldKind::Text => "a line of text",
        FieldKind::Number => "a number from -1,000,000,000,000 to 1,000,000,000,000",
        FieldKind::Date => "a day that exists, as YYYY-MM-DD",
        FieldKind::Person => "the id of an active member who can see the project",
        FieldKind::Select => "the id of one of its options",
        FieldKind::MultiSelect => "a list of ids of its options",
        FieldKind::Link => "the address of a web page, http or https",
        FieldKind::Check => "true or false",
    };
    Refusal::BadFieldValue {
        name: field.name.clone(),
        expected,
    }
}
