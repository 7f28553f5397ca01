//! Checklists: items added, changed, put in order, removed, and made into sub-tasks.

use crate::{
    access,
    actor::Actor,
    decide::{Decision, fact},
    rank,
    refusal::Refusal,
    task::{changed, check_assignees, check_parent, followed_by, new_task, set_state},
    task_type, text, workflow,
};
use tenon_protocol::{
    ItemId, MemberId, Scope, TaskId, Timestamp,
    checklist::{
        AddChecklistItems, ChecklistItem, MakeSubtask, RemoveChecklistItem, UpdateChecklistItem,
    },
    event::Event,
    limit,
    member::Member,
    project::Project,
    task::{Task, TaskChange},
};

pub struct ChecklistContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub task: Option<&'a Task>,
    /// Of the task.
    pub project: Option<&'a Project>,
    pub is_project_member: bool,
    /// Is this an active member who may see the project?
    pub sees_project: &'a dyn Fn(MemberId) -> bool,
}

pub struct MakeSubtaskContext<'a> {
    pub checklist: ChecklistContext<'a>,
    pub id_taken: bool,
    /// The number that the project's next task gets, from 1.
    pub next_number: i64,
    /// Of the task: its parent first, the root last.
    pub ancestors: &'a [TaskId],
}

impl<'a> ChecklistContext<'a> {
    /// The task, for whoever sees the project, while it is worked in.
    fn task(&self) -> Result<(&'a Task, &'a Project), Refusal> {
        let (task, project) =
            access::visible_task(self.me, self.task, self.project, self.is_project_member)?;
        access::check_work_on(task, project)?;
        Ok((task, project))
    }
}

/// Whoever sees the project. Whoever gets an item follows the task.
pub fn add_checklist_items(
    context: &ChecklistContext<'_>,
    command: &AddChecklistItems,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    let (task, _) = context.task()?;
    let field = "items";
    if command.items.is_empty() {
        return Err(Refusal::Empty { field });
    }
    let max = limit::CHECKLIST_ITEMS_MAX;
    if task.checklist.len() + command.items.len() > max {
        return Err(Refusal::TooMany { field, max });
    }
    let mut last = task.checklist.last().map(|item| item.rank.clone());
    let (mut changes, mut ids, mut people) = (vec![], vec![], vec![]);
    for wanted in &command.items {
        let is_taken = task.checklist.iter().any(|item| item.id == wanted.id);
        if is_taken || ids.contains(&wanted.id) {
            return Err(Refusal::IdTaken);
        }
        ids.push(wanted.id);
        check_assignees(wanted.assignee.as_slice(), &[], context.sees_project)?;
        people.extend(wanted.assignee);
        let place = rank::between(last.as_deref(), None).ok_or(Refusal::NoPlace)?;
        last = Some(place.clone());
        let item = ChecklistItem {
            id: wanted.id,
            text: check_text(&wanted.text)?,
            done: wanted.done,
            assignee: wanted.assignee,
            due: wanted.due,
            rank: place,
        };
        changes.push(change(item.id, None, Some(item)));
    }
    changes.extend(followed_by(task, people));
    Ok(changed(task, changes))
}

/// Whoever sees the project. One fact, of what is really different.
pub fn update_checklist_item(
    context: &ChecklistContext<'_>,
    command: &UpdateChecklistItem,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    let (task, _) = context.task()?;
    let before = find(task, command.item)?;
    let mut item = before.clone();
    if let Some(text) = &command.text {
        item.text = check_text(text)?;
    }
    item.done = command.done.unwrap_or(item.done);
    item.due = command.due.unwrap_or(item.due);
    if let Some(assignee) = command.assignee {
        check_assignees(
            assignee.as_slice(),
            before.assignee.as_slice(),
            context.sees_project,
        )?;
        item.assignee = assignee;
    }
    if let Some(after) = command.after {
        item.rank = place(task, before, after)?;
    }
    if item == *before {
        return Ok(changed(task, vec![]));
    }
    let new = item.assignee.filter(|_| item.assignee != before.assignee);
    let mut changes = vec![change(item.id, Some(before.clone()), Some(item))];
    changes.extend(followed_by(task, new));
    Ok(changed(task, changes))
}

/// Whoever sees the project. One that is not there is removed already.
pub fn remove_checklist_item(
    context: &ChecklistContext<'_>,
    command: &RemoveChecklistItem,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    let (task, _) = context.task()?;
    let changes = find(task, command.item).ok();
    let changes = changes.map(|item| change(item.id, Some(item.clone()), None));
    Ok(changed(task, changes.into_iter().collect()))
}

/// Whoever sees the project. The sub-task takes over words, person and date; one that is done is
/// made where work has ended.
pub fn make_subtask(
    context: &MakeSubtaskContext<'_>,
    command: &MakeSubtask,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let outer = &context.checklist;
    let me = outer.me;
    access::check_granted(outer.actor, me, command)?;
    let (parent, project) = outer.task()?;
    let item = find(parent, command.item)?;
    if context.id_taken {
        return Err(Refusal::IdTaken);
    }
    let mut task = new_task(command.id, project, me, context.next_number, now);
    task.title = item.text.clone();
    task.task_type = task_type::first_type(project);
    let done = workflow::first_done(&project.workflow).filter(|_| item.done);
    set_state(&mut task, project, done, now)?;
    // Whoever cannot see the project any more is left out, not a reason to refuse.
    task.assignees = item.assignee.into_iter().collect();
    task.assignees
        .retain(|member| (outer.sees_project)(*member));
    let assignees = task.assignees.clone();
    crate::task::add_each(&mut task.followers, assignees);
    task.due = item.due;
    task.parent = Some(check_parent(&task, Some(parent), context.ancestors, 0)?);
    let removed = Event::TaskChanged {
        task: parent.id,
        changes: vec![change(item.id, Some(item.clone()), None)],
    };
    let scope = Scope::Project(project.id);
    let facts = vec![
        fact(scope, Event::TaskCreated { task: task.clone() }),
        fact(scope, removed),
    ];
    Ok(Decision::of_task(&task, facts))
}

/// As long as a title: it may become one.
pub(crate) fn check_text(text: &str) -> Result<String, Refusal> {
    text::check_line("text", text, limit::TASK_TITLE_CHARS_MAX).map(str::to_owned)
}

fn find(task: &Task, id: ItemId) -> Result<&ChecklistItem, Refusal> {
    let found = task.checklist.iter().find(|item| item.id == id);
    found.ok_or(Refusal::UnknownItem)
}

/// The rank directly below another item, or at the top; its own if it lies there already.
fn place(task: &Task, item: &ChecklistItem, after: Option<ItemId>) -> Result<String, Refusal> {
    let others: Vec<&ChecklistItem> = task
        .checklist
        .iter()
        .filter(|other| other.id != item.id)
        .collect();
    let at = match after {
        Some(id) if id == item.id => return Ok(item.rank.clone()),
        Some(id) => {
            let found = others.iter().position(|other| other.id == id);
            found.ok_or(Refusal::UnknownItem)? + 1
        }
        None => 0,
    };
    let above = at.checked_sub(1).map(|above| others[above].rank.as_str());
    let below = others.get(at).map(|below| below.rank.as_str());
    let lies_there = above.is_none_or(|above| above < item.rank.as_str())
        && below.is_none_or(|below| item.rank.as_str() < below);
    if lies_there {
        return Ok(item.rank.clone());
    }
    rank::between(above, below).ok_or(Refusal::NoPlace)
}

fn change(item: ItemId, from: Option<ChecklistItem>, to: Option<ChecklistItem>) -> TaskChange {
    TaskChange::Item { item, from, to }
}
