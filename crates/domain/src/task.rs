//! Tasks: created, changed field by field, moved over the board, followed, deleted.
//! How one is made of a message is in `joint.rs`.

use crate::{
    access,
    actor::Actor,
    decide::{Decision, fact},
    field, rank,
    refusal::Refusal,
    task_type,
    template::{self, Mould},
    text, workflow,
};
use std::collections::BTreeMap;
use tenon_protocol::{
    MemberId, Scope, TaskId, Timestamp,
    event::Event,
    limit,
    member::Member,
    project::Project,
    task::{CreateTask, FollowTask, MoveTask, Priority, Task, TaskChange, UpdateTask},
};

pub struct CreateTaskContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub project: Option<&'a Project>,
    pub is_project_member: bool,
    pub id_taken: bool,
    /// The number that the project's next task gets, from 1.
    pub next_number: i64,
    /// Is this an active member who may see the project?
    pub sees_project: &'a dyn Fn(MemberId) -> bool,
    /// That of `command.parent`.
    pub parent: Option<&'a Task>,
    /// Of the parent: its parent first, the root last.
    pub ancestors: &'a [TaskId],
    pub mould: Mould<'a>,
}

pub struct UpdateTaskContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub task: Option<&'a Task>,
    /// Of the task.
    pub project: Option<&'a Project>,
    pub is_project_member: bool,
    /// Is this an active member who may see the project?
    pub sees_project: &'a dyn Fn(MemberId) -> bool,
    /// That of `command.parent`, if it names one.
    pub parent: Option<&'a Task>,
    /// Of that parent: its parent first, the root last.
    pub ancestors: &'a [TaskId],
    /// Levels of sub-tasks below the task, 0 if it has none. Matters only for a new parent.
    pub height: usize,
}

pub struct MoveTaskContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub task: Option<&'a Task>,
    /// Of the task.
    pub project: Option<&'a Project>,
    pub is_project_member: bool,
    /// That of `command.after`.
    pub after: Option<&'a Task>,
    /// That of `command.before`.
    pub before: Option<&'a Task>,
    /// The rank on the other side of the place, among the tasks of the target column without the
    /// moved one and deleted ones: with `after`, the least that is greater than after's; else
    /// with `before`, the greatest that is less than before's; with neither, the greatest.
    pub neighbour: Option<&'a str>,
}

/// For `ArchiveTask`, `DeleteTask` and `FollowTask`.
pub struct TaskContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub task: Option<&'a Task>,
    /// Of the task.
    pub project: Option<&'a Project>,
    pub is_project_member: bool,
}

impl<'a> TaskContext<'a> {
    pub(crate) fn visible(&self) -> Result<(&'a Task, &'a Project), Refusal> {
        access::visible_task(self.me, self.task, self.project, self.is_project_member)
    }
}

/// Whoever sees the project.
pub fn create_task(
    context: &CreateTaskContext<'_>,
    command: &CreateTask,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let me = context.me;
    access::check_granted(context.actor, me, command)?;
    let project = access::visible_project(me, context.project, context.is_project_member)?;
    access::check_work_in(project)?;
    if context.id_taken {
        return Err(Refusal::IdTaken);
    }
    let mut task = new_task(command.id, project, me, context.next_number, now);
    let (wanted, sees) = (command.template.as_ref(), context.sees_project);
    template::fill_in(&mut task, wanted, context.mould, project, me, sees)?;
    set_given(&mut task, command, project, sees)?;
    set_state(&mut task, project, command.state.as_deref(), now)?;
    if command.parent.is_some() {
        task.parent = Some(check_parent(&task, context.parent, context.ancestors, 0)?);
    }
    let assignees = task.assignees.clone();
    add_each(&mut task.followers, assignees);
    let event = Event::TaskCreated { task: task.clone() };
    Ok(Decision::of_task(
        &task,
        vec![fact(Scope::Project(project.id), event)],
    ))
}

/// Whoever sees the project. One fact, of the fields that are really different.
pub fn update_task(
    context: &UpdateTaskContext<'_>,
    command: &UpdateTask,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    let (task, project) = access::visible_task(
        context.me,
        context.task,
        context.project,
        context.is_project_member,
    )?;
    access::check_work_on(task, project)?;
    let mut changes = vec![];
    change_words(task, command, &mut changes)?;
    if let Some(wanted) = &command.task_type {
        change_type(task, project, wanted, &mut changes)?;
    }
    if let Some(state) = &command.state {
        change_state(task, project, state, &mut changes)?;
    }
    if let Some(wanted) = &command.assignees {
        let assignees = check_assignees(wanted, &task.assignees, context.sees_project)?;
        change_assignees(task, assignees, &mut changes);
    }
    change_plan(task, command, &mut changes)?;
    let sees = context.sees_project;
    field::change_values(task, project, &command.fields, sees, &mut changes)?;
    if let Some(to) = command.parent.filter(|to| *to != task.parent) {
        if to.is_some() {
            check_parent(task, context.parent, context.ancestors, context.height)?;
        }
        changes.push(TaskChange::Parent {
            from: task.parent,
            to,
        });
    }
    Ok(changed(task, changes))
}

/// Whoever sees the project. Between two tasks of whatever column: ranks compare across columns.
pub fn move_task(
    context: &MoveTaskContext<'_>,
    command: &MoveTask,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    let (task, project) = access::visible_task(
        context.me,
        context.task,
        context.project,
        context.is_project_member,
    )?;
    access::check_work_on(task, project)?;
    let mut changes = vec![];
    if let Some(state) = &command.state {
        change_state(task, project, state, &mut changes)?;
    }
    let after = command
        .after
        .map(|_| check_beside("after", task, context.after))
        .transpose()?;
    let before = command
        .before
        .map(|_| check_beside("before", task, context.before))
        .transpose()?;
    let (above, below) = match (after, before) {
        (Some(after), _) => (Some(after.rank.as_str()), context.neighbour),
        (None, Some(before)) => (context.neighbour, Some(before.rank.as_str())),
        (None, None) => (context.neighbour, None),
    };
    let lies_there = above.is_none_or(|above| above < task.rank.as_str())
        && below.is_none_or(|below| task.rank.as_str() < below);
    if !lies_there {
        let to = rank::between(above, below).ok_or(Refusal::NoPlace)?;
        changes.push(TaskChange::Rank {
            from: task.rank.clone(),
            to,
        });
    }
    Ok(changed(task, changes))
}

/// Whoever sees the project, for themselves; also where nobody works any more.
pub fn follow_task(
    context: &TaskContext<'_>,
    command: &FollowTask,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    let (task, _) = context.visible()?;
    let me = context.me.id;
    let change = if command.follow {
        followed_by(task, [me])
    } else {
        let kept = task
            .followers
            .iter()
            .copied()
            .filter(|member| *member != me)
            .collect();
        followers_changed(task, kept)
    };
    Ok(changed(task, change.into_iter().collect()))
}

/// The change by which these members follow the task too, if any of them does not yet.
pub(crate) fn followed_by(
    task: &Task,
    members: impl IntoIterator<Item = MemberId>,
) -> Option<TaskChange> {
    let mut missing = members
        .into_iter()
        .filter(|it| !task.followers.contains(it))
        .peekable();
    missing.peek()?;
    let mut followers = task.followers.clone();
    add_each(&mut followers, missing);
    followers_changed(task, followers)
}

/// What the command says, over what the template gave the task.
fn set_given(
    task: &mut Task,
    command: &CreateTask,
    project: &Project,
    sees_project: &dyn Fn(MemberId) -> bool,
) -> Result<(), Refusal> {
    if task.title.is_empty() || !command.title.trim().is_empty() {
        task.title = check_title(&command.title)?;
    }
    if let Some(id) = &command.task_type {
        task.task_type = task_type::find_type(project, id)?;
    } else if task.task_type.is_empty() {
        task.task_type = task_type::first_type(project);
    }
    if let Some(description) = &command.description {
        task.description = check_description(description)?.to_owned();
    }
    if let Some(wanted) = &command.assignees {
        task.assignees = check_assignees(wanted, &[], sees_project)?;
    }
    task.priority = command.priority.unwrap_or(task.priority);
    if let Some(wanted) = &command.labels {
        task.labels = check_labels(wanted)?;
    }
    task.start = command.start.unwrap_or(task.start);
    task.due = command.due.unwrap_or(task.due);
    if let Some(wanted) = command.estimate {
        task.estimate = check_estimate(wanted)?;
    }
    field::set_values(&mut task.fields, project, &command.fields, sees_project)
}

/// A task with all that needs no wish: key, rank, creator as its follower. Its type and state are
/// still to be set.
pub(crate) fn new_task(
    id: TaskId,
    project: &Project,
    me: &Member,
    number: i64,
    now: Timestamp,
) -> Task {
    Task {
        id,
        project: project.id,
        key: format!("{}-{number}", project.key),
        number,
        title: String::new(),
        description: String::new(),
        task_type: String::new(),
        state: String::new(),
        assignees: vec![],
        priority: Priority::None,
        labels: vec![],
        start: None,
        due: None,
        estimate: None,
        parent: None,
        checklist: vec![],
        links: vec![],
        fields: BTreeMap::new(),
        rank: rank::first(number),
        followers: vec![me.id],
        source: None,
        created_by: me.id,
        created_at: now,
        updated_at: now,
        closed_at: None,
        message_count: 0,
        archived: false,
        deleted: false,
        seq: 0,
    }
}

/// Puts a new task into the wished state, or where the workflow begins.
pub(crate) fn set_state(
    task: &mut Task,
    project: &Project,
    wanted: Option<&str>,
    now: Timestamp,
) -> Result<(), Refusal> {
    let state = match wanted {
        Some(id) => workflow::find_state(&project.workflow, id)?,
        None => {
            workflow::first_state(&project.workflow).ok_or(Refusal::Empty { field: "state" })?
        }
    };
    task.state = state.id.clone();
    task.closed_at = workflow::is_closed(state.category).then_some(now);
    Ok(())
}

pub(crate) fn check_title(title: &str) -> Result<String, Refusal> {
    text::check_line("title", title, limit::TASK_TITLE_CHARS_MAX).map(str::to_owned)
}

/// Each once, in the order given. Whoever is assigned already may stay.
pub(crate) fn check_assignees(
    wanted: &[MemberId],
    before: &[MemberId],
    sees_project: &dyn Fn(MemberId) -> bool,
) -> Result<Vec<MemberId>, Refusal> {
    let mut assignees = Vec::new();
    add_each(&mut assignees, wanted.iter().copied());
    if assignees.len() > limit::ASSIGNEES_MAX {
        return Err(Refusal::TooMany {
            field: "assignees",
            max: limit::ASSIGNEES_MAX,
        });
    }
    match assignees
        .iter()
        .find(|member| !before.contains(member) && !sees_project(**member))
    {
        Some(member) => Err(Refusal::NotAssignable(*member)),
        None => Ok(assignees),
    }
}

/// Trimmed, each once, in the order given.
pub(crate) fn check_labels(wanted: &[String]) -> Result<Vec<String>, Refusal> {
    let mut labels: Vec<String> = Vec::with_capacity(wanted.len().min(limit::LABELS_MAX));
    for label in wanted {
        let label = text::check_line("labels", label, limit::LABEL_CHARS_MAX)?;
        if labels.iter().any(|other| other == label) {
            continue;
        }
        if labels.len() == limit::LABELS_MAX {
            return Err(Refusal::TooMany {
                field: "labels",
                max: limit::LABELS_MAX,
            });
        }
        labels.push(label.to_owned());
    }
    Ok(labels)
}

/// Adds those that are not there yet.
pub(crate) fn add_each(members: &mut Vec<MemberId>, more: impl IntoIterator<Item = MemberId>) {
    for member in more {
        if !members.contains(&member) {
            members.push(member);
        }
    }
}

pub(crate) fn changed(task: &Task, changes: Vec<TaskChange>) -> Decision {
    let facts = if changes.is_empty() {
        vec![]
    } else {
        let event = Event::TaskChanged {
            task: task.id,
            changes,
        };
        vec![fact(Scope::Project(task.project), event)]
    };
    Decision::of_task(task, facts)
}

fn change_words(
    task: &Task,
    command: &UpdateTask,
    changes: &mut Vec<TaskChange>,
) -> Result<(), Refusal> {
    if let Some(title) = &command.title {
        let (from, to) = (task.title.clone(), check_title(title)?);
        if from != to {
            changes.push(TaskChange::Title { from, to });
        }
    }
    if let Some(description) = &command.description {
        let to = check_description(description)?;
        if to == task.description {
            return Ok(());
        }
        if command
            .description_from
            .as_ref()
            .is_some_and(|from| *from != task.description)
        {
            return Err(Refusal::DescriptionChanged);
        }
        changes.push(TaskChange::Description {
            from: task.description.clone(),
            to: to.to_owned(),
        });
    }
    Ok(())
}

/// Priority, labels, dates and estimate.
fn change_plan(
    task: &Task,
    command: &UpdateTask,
    changes: &mut Vec<TaskChange>,
) -> Result<(), Refusal> {
    if let Some(to) = command.priority.filter(|to| *to != task.priority) {
        changes.push(TaskChange::Priority {
            from: task.priority,
            to,
        });
    }
    if let Some(wanted) = &command.labels {
        let (from, to) = (task.labels.clone(), check_labels(wanted)?);
        if from != to {
            changes.push(TaskChange::Labels { from, to });
        }
    }
    if let Some(to) = command.start.filter(|to| *to != task.start) {
        let from = task.start;
        changes.push(TaskChange::Start { from, to });
    }
    if let Some(to) = command.due.filter(|to| *to != task.due) {
        changes.push(TaskChange::Due { from: task.due, to });
    }
    if let Some(wanted) = command.estimate {
        let (from, to) = (task.estimate, check_estimate(wanted)?);
        if from != to {
            changes.push(TaskChange::Estimate { from, to });
        }
    }
    Ok(())
}

fn change_type(
    task: &Task,
    project: &Project,
    wanted: &str,
    changes: &mut Vec<TaskChange>,
) -> Result<(), Refusal> {
    let to = task_type::find_type(project, wanted)?;
    // One that was removed means the type that replaces it.
    if task_type::find_type(project, &task.task_type).as_ref() != Ok(&to) {
        let from = task.task_type.clone();
        changes.push(TaskChange::Type { from, to });
    }
    Ok(())
}

pub(crate) fn change_state(
    task: &Task,
    project: &Project,
    wanted: &str,
    changes: &mut Vec<TaskChange>,
) -> Result<(), Refusal> {
    let to = &workflow::find_state(&project.workflow, wanted)?.id;
    if *to != task.state {
        changes.push(TaskChange::State {
            from: task.state.clone(),
            to: to.clone(),
        });
    }
    Ok(())
}

fn change_assignees(task: &Task, assignees: Vec<MemberId>, changes: &mut Vec<TaskChange>) {
    if assignees == task.assignees {
        return;
    }
    let new = assignees
        .iter()
        .copied()
        .filter(|member| !task.assignees.contains(member));
    let follows = followed_by(task, new.collect::<Vec<_>>());
    changes.push(TaskChange::Assignees {
        from: task.assignees.clone(),
        to: assignees,
    });
    changes.extend(follows);
}

fn followers_changed(task: &Task, to: Vec<MemberId>) -> Option<TaskChange> {
    let from = task.followers.clone();
    (from != to).then_some(TaskChange::Followers { from, to })
}

pub(crate) fn check_description(description: &str) -> Result<&str, Refusal> {
    text::check_markdown(
        "description",
        description,
        limit::TASK_DESCRIPTION_BYTES_MAX,
    )?;
    Ok(description)
}

pub(crate) fn check_estimate(estimate: Option<f64>) -> Result<Option<f64>, Refusal> {
    match estimate {
        Some(points) if !(0.0..=1_000_000.0).contains(&points) => Err(Refusal::BadEstimate),
        estimate => Ok(estimate),
    }
}

/// The parent is there, in the same project, not below the task, and not too deep. `height`:
/// levels below the task.
pub(crate) fn check_parent(
    task: &Task,
    parent: Option<&Task>,
    ancestors: &[TaskId],
    height: usize,
) -> Result<TaskId, Refusal> {
    let unknown = Refusal::UnknownTask {
        field: Some("parent"),
    };
    let parent = parent
        .filter(|parent| !parent.deleted)
        .ok_or(unknown.clone())?;
    // A task of a project that the asker may not see is as unknown as one that is not there.
    if parent.project != task.project {
        return Err(unknown);
    }
    if parent.archived {
        return Err(Refusal::TaskArchived {
            field: Some("parent"),
        });
    }
    if parent.id == task.id || ancestors.contains(&task.id) {
        return Err(Refusal::CyclicParent("task"));
    }
    // The parent and its ancestors lie above, the task itself is one level more.
    if ancestors.len() + 2 + height > limit::TASK_DEPTH_MAX {
        return Err(Refusal::TooDeep {
            what: "Sub-tasks",
            max: limit::TASK_DEPTH_MAX,
        });
    }
    Ok(parent.id)
}

/// A place is beside another task of the same project.
fn check_beside<'a>(
    field: &'static str,
    task: &Task,
    other: Option<&'a Task>,
) -> Result<&'a Task, Refusal> {
    let unknown = Refusal::UnknownTask { field: Some(field) };
    let fits = |other: &&Task| {
        let is_there = !other.deleted && !other.archived;
        is_there && other.project == task.project && other.id != task.id
    };
    other.filter(fits).ok_or(unknown)
}
