//! Templates of tasks: a project's list, what may stand in it, and what a new task gets of one.

use crate::{
    access,
    actor::Actor,
    checklist,
    decide::{Decision, fact},
    field, guess, rank,
    refusal::Refusal,
    task, task_type, text,
};
use jiff::ToSpan;
use std::collections::{BTreeMap, HashSet};
use tenon_protocol::{
    Day, Due, ItemId, MemberId, Scope, Timestamp,
    checklist::ChecklistItem,
    event::Event,
    field::FieldValue,
    limit,
    member::Member,
    project::Project,
    query::name_key,
    task::Task,
    template::{ChangeTemplates, TaskTemplate, TemplateName},
};

pub struct ChangeTemplatesContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub project: Option<&'a Project>,
    pub is_project_member: bool,
    /// Those that the project has.
    pub before: &'a [TaskTemplate],
    /// Is this an active member who may see the project?
    pub sees_project: &'a dyn Fn(MemberId) -> bool,
}

/// What a task is made with from a template.
#[derive(Clone, Copy)]
pub struct Mould<'a> {
    /// The one that the command names.
    pub template: Option<&'a TaskTemplate>,
    /// A fresh id, for an item of the checklist.
    pub new_item: &'a dyn Fn() -> ItemId,
}

/// Lead, creator and administrators. What a template names may be gone, if it was in it before.
pub fn change_templates(
    context: &ChangeTemplatesContext<'_>,
    command: &ChangeTemplates,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    let me = context.me;
    access::check_granted(context.actor, me, command)?;
    let project = access::visible_project(me, context.project, context.is_project_member)?;
    access::check_manage_project(me, project)?;
    access::check_work_in(project)?;
    let all = check_templates(context, project, &command.templates)?;
    let name = |one: &TaskTemplate| TemplateName {
        id: one.id.clone(),
        name: one.name.clone(),
    };
    let templates: Vec<TemplateName> = all.iter().map(name).collect();
    let is_new = |one: &TaskTemplate| !context.before.contains(one);
    let changed: Vec<TaskTemplate> = all.into_iter().filter(is_new).collect();
    let facts = if changed.is_empty() && templates == project.templates {
        vec![]
    } else {
        let event = Event::TemplatesChanged {
            project: project.id,
            templates,
            changed,
        };
        vec![fact(Scope::Project(project.id), event)]
    };
    Ok(Decision::of_project(project, facts))
}

/// Gives a new task what the template has, without what is gone: the type stays empty then. Nothing
/// if the command names no template.
pub(crate) fn fill_in(
    task: &mut Task,
    wanted: Option<&String>,
    mould: Mould<'_>,
    project: &Project,
    me: &Member,
    sees_project: &dyn Fn(MemberId) -> bool,
) -> Result<(), Refusal> {
    let Some(wanted) = wanted else {
        return Ok(());
    };
    let template = mould.template.ok_or_else(|| {
        Refusal::UnknownTemplate(wanted.chars().take(limit::NAME_CHARS_MAX).collect())
    })?;
    task.title.clone_from(&template.title);
    task.description.clone_from(&template.description);
    let known = template.task_type.as_ref();
    let known = known.and_then(|id| task_type::find_type(project, id).ok());
    task.task_type = known.unwrap_or_default();
    task.priority = template.priority;
    task.labels.clone_from(&template.labels);
    task.assignees.clone_from(&template.assignees);
    task.assignees.retain(|member| sees_project(*member));
    let today = guess::zone(&me.time_zone)
        .to_datetime(task.created_at)
        .date();
    task.start = template.start_days.and_then(|days| after(today, days));
    let due = template.due_days.and_then(|days| after(today, days));
    task.due = due.map(Due::Day);
    task.estimate = template.estimate;
    let mut last = None;
    for text in &template.checklist {
        let place = rank::between(last.as_deref(), None).ok_or(Refusal::NoPlace)?;
        last = Some(place.clone());
        task.checklist.push(ChecklistItem {
            id: (mould.new_item)(),
            text: text.clone(),
            done: false,
            assignee: None,
            due: None,
            rank: place,
        });
    }
    let values = template.fields.iter().filter_map(|(id, value)| {
        let value = field::usable_value(project, id, value, sees_project)?;
        Some((id.clone(), value))
    });
    task.fields = values.collect();
    Ok(())
}

fn after(today: Day, days: u32) -> Option<Day> {
    today.checked_add(i64::from(days).days()).ok()
}

fn check_templates(
    context: &ChangeTemplatesContext<'_>,
    project: &Project,
    wanted: &[TaskTemplate],
) -> Result<Vec<TaskTemplate>, Refusal> {
    let (field, max) = ("templates", limit::TEMPLATES_MAX);
    if wanted.len() > max {
        return Err(Refusal::TooMany { field, max });
    }
    let (mut ids, mut names) = (HashSet::new(), HashSet::new());
    let mut templates = Vec::with_capacity(wanted.len());
    for one in wanted {
        let before = context.before.iter().find(|before| before.id == one.id);
        let checked = checked(context, project, one, before)?;
        let is_new = ids.insert(checked.id.clone()) && names.insert(name_key(&checked.name));
        if !is_new {
            return Err(Refusal::TemplateRepeated(checked.name));
        }
        templates.push(checked);
    }
    let bytes_max = limit::TEMPLATES_BYTES_MAX;
    let bytes = serde_json::to_vec(&templates).map_or(usize::MAX, |json| json.len());
    if bytes > bytes_max {
        return Err(Refusal::TooLarge { field, bytes_max });
    }
    Ok(templates)
}

/// As it is kept. `before`: what the template of that id was.
fn checked(
    context: &ChangeTemplatesContext<'_>,
    project: &Project,
    wanted: &TaskTemplate,
    before: Option<&TaskTemplate>,
) -> Result<TaskTemplate, Refusal> {
    if !text::is_short_id(&wanted.id) {
        return Err(Refusal::BadTemplateId);
    }
    let name = text::check_name("name", &wanted.name, limit::NAME_CHARS_MAX)?;
    let title = match wanted.title.trim() {
        "" => String::new(),
        title => task::check_title(title)?,
    };
    let description = task::check_description(&wanted.description)?.to_owned();
    let type_before = before.and_then(|before| before.task_type.as_ref());
    let task_type = match &wanted.task_type {
        Some(id) if type_before == Some(id) => Some(id.clone()),
        Some(id) => Some(task_type::find_type(project, id)?),
        None => None,
    };
    let people = before.map_or(&[][..], |before| &before.assignees);
    Ok(TaskTemplate {
        id: wanted.id.clone(),
        name: name.to_owned(),
        title,
        description,
        task_type,
        priority: wanted.priority,
        labels: task::check_labels(&wanted.labels)?,
        assignees: task::check_assignees(&wanted.assignees, people, context.sees_project)?,
        start_days: check_days("start_days", wanted.start_days)?,
        due_days: check_days("due_days", wanted.due_days)?,
        estimate: task::check_estimate(wanted.estimate)?,
        checklist: check_items(&wanted.checklist)?,
        fields: check_values(context, project, wanted, before)?,
    })
}

fn check_days(field: &'static str, days: Option<u32>) -> Result<Option<u32>, Refusal> {
    let max = limit::TEMPLATE_DAYS_MAX;
    match days {
        Some(days) if days > max => Err(Refusal::OutOfRange {
            field,
            min: 0,
            max: max.into(),
        }),
        days => Ok(days),
    }
}

fn check_items(wanted: &[String]) -> Result<Vec<String>, Refusal> {
    let (field, max) = ("checklist", limit::CHECKLIST_ITEMS_MAX);
    if wanted.len() > max {
        return Err(Refusal::TooMany { field, max });
    }
    let texts = wanted.iter().map(|text| checklist::check_text(text));
    texts.collect()
}

fn check_values(
    context: &ChangeTemplatesContext<'_>,
    project: &Project,
    wanted: &TaskTemplate,
    before: Option<&TaskTemplate>,
) -> Result<BTreeMap<String, FieldValue>, Refusal> {
    let mut values = BTreeMap::new();
    for (id, value) in &wanted.fields {
        let had = before.and_then(|before| before.fields.get(id));
        let kept = if had == Some(value) {
            Some(value.clone())
        } else {
            field::check_new_value(project, id, value, had, context.sees_project)?
        };
        values.extend(kept.map(|value| (id.clone(), value)));
    }
    Ok(values)
}
