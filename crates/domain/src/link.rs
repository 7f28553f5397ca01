//! Links between tasks: made at both ends at once, by whoever sees both; taken away by whoever sees
//! one of them.

use crate::{
    access,
    actor::Actor,
    decide::{Decision, fact},
    refusal::Refusal,
    task::{change_state, changed},
    workflow,
};
use tenon_protocol::{
    Scope, TaskId, Timestamp,
    event::{Event, Fact},
    limit,
    link::{Link, LinkKind, LinkTasks, UnlinkTasks},
    member::Member,
    project::{Category, Project},
    task::{Task, TaskChange},
};

/// One of the two tasks, or one on the way between them.
#[derive(Clone, Copy, Default)]
pub struct End<'a> {
    pub task: Option<&'a Task>,
    /// Of the task.
    pub project: Option<&'a Project>,
    pub is_project_member: bool,
}

/// For `LinkTasks` and `UnlinkTasks`.
pub struct LinkContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub task: End<'a>,
    pub other: End<'a>,
    pub circle: Circle<'a>,
}

/// Whether what would be blocked blocks what would block it, through whatever lies between.
#[derive(Clone, Copy, Default)]
pub enum Circle<'a> {
    /// It does not, or nobody asked.
    #[default]
    No,
    /// Through these, from what would be blocked to what would block it.
    Through(&'a [End<'a>]),
    /// Too many are linked to say.
    TooMany,
}

impl<'a> End<'a> {
    fn visible(&self, me: &Member) -> Result<(&'a Task, &'a Project), Refusal> {
        access::visible_task(me, self.task, self.project, self.is_project_member)
    }
}

/// Whoever sees both.
pub fn link_tasks(
    context: &LinkContext<'_>,
    command: &LinkTasks,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    let me = context.me;
    access::check_granted(context.actor, me, command)?;
    let (task, project) = context.task.visible(me)?;
    let unknown = Refusal::UnknownTask {
        field: Some("other"),
    };
    let (other, other_project) = context.other.visible(me).map_err(|_| unknown)?;
    access::check_work_on(task, project)?;
    access::check_work_in(other_project)?;
    if task.id == other.id {
        return Err(Refusal::LinkToItself);
    }
    let kind = command.kind;
    check_lag(command)?;
    check_circle(context, kind, (task, other))?;
    let link = Link {
        kind,
        task: other.id,
        lag_days: command.lag_days,
    };
    let back = Link {
        kind: kind.inverse(),
        task: task.id,
        lag_days: command.lag_days,
    };
    let mut changes: Vec<TaskChange> = with(task, link)?.into_iter().collect();
    if command.close && kind == LinkKind::Duplicates {
        close(task, project, &mut changes)?;
    }
    let mut decision = changed(task, changes);
    decision.facts.extend(told(other, with(other, back)?));
    Ok(decision)
}

/// Whoever sees the task: the link is as much its own as the other's, which they may not see.
pub fn unlink_tasks(
    context: &LinkContext<'_>,
    command: &UnlinkTasks,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    let me = context.me;
    access::check_granted(context.actor, me, command)?;
    let (task, project) = context.task.visible(me)?;
    access::check_work_on(task, project)?;
    let Some(change) = without(task, command.kind, command.other) else {
        return Ok(changed(task, vec![]));
    };
    let mut decision = changed(task, vec![change]);
    if let Some(other) = context.other.task {
        let back = without(other, command.kind.inverse(), task.id);
        decision.facts.extend(told(other, back));
    }
    Ok(decision)
}

fn check_lag(command: &LinkTasks) -> Result<(), Refusal> {
    let has_lag = matches!(command.kind, LinkKind::Blocks | LinkKind::BlockedBy);
    let max = if has_lag { limit::LAG_DAYS_MAX } else { 0 };
    if command.lag_days > max {
        return Err(Refusal::OutOfRange {
            field: "lag_days",
            min: 0,
            max: i64::from(max),
        });
    }
    Ok(())
}

/// Nothing waits for itself, and of two tasks one is the duplicate.
fn check_circle(
    context: &LinkContext<'_>,
    kind: LinkKind,
    (task, other): (&Task, &Task),
) -> Result<(), Refusal> {
    match kind {
        LinkKind::Blocks | LinkKind::BlockedBy => match context.circle {
            Circle::No => Ok(()),
            Circle::TooMany => Err(Refusal::TooManyLinked),
            Circle::Through(path) => {
                let name = |end: &End<'_>| match end.visible(context.me) {
                    Ok((task, _)) => task.key.clone(),
                    Err(_) => "…".to_owned(),
                };
                let names: Vec<String> = path.iter().map(name).collect();
                Err(Refusal::CyclicLink(names.join(" → ")))
            }
        },
        LinkKind::Duplicates | LinkKind::DuplicatedBy => {
            let inverse = |link: &Link| link.kind == kind.inverse() && link.task == other.id;
            if task.links.iter().any(inverse) {
                let path = format!("{} → {} → {}", task.key, other.key, task.key);
                return Err(Refusal::CyclicLink(path));
            }
            Ok(())
        }
        LinkKind::Relates => Ok(()),
    }
}

/// The change by which a task has the link, if it has not got it just so.
fn with(task: &Task, link: Link) -> Result<Option<TaskChange>, Refusal> {
    let from = task.links.clone();
    let mut to = from.clone();
    match to
        .iter()
        .position(|it| it.kind == link.kind && it.task == link.task)
    {
        Some(place) => to[place] = link,
        None if to.len() >= limit::LINKS_MAX => {
            return Err(Refusal::TooMany {
                field: "links",
                max: limit::LINKS_MAX,
            });
        }
        None => to.push(link),
    }
    Ok((from != to).then_some(TaskChange::Links { from, to }))
}

fn without(task: &Task, kind: LinkKind, other: TaskId) -> Option<TaskChange> {
    let from = task.links.clone();
    let mut to = from.clone();
    to.retain(|link| link.kind != kind || link.task != other);
    (from != to).then_some(TaskChange::Links { from, to })
}

/// Tells the other task's project.
fn told(other: &Task, change: Option<TaskChange>) -> Option<Fact> {
    let changes = vec![change?];
    let event = Event::TaskChanged {
        task: other.id,
        changes,
    };
    Some(fact(Scope::Project(other.project), event))
}

fn close(task: &Task, project: &Project, changes: &mut Vec<TaskChange>) -> Result<(), Refusal> {
    if task.closed_at.is_some() {
        return Ok(());
    }
    let states = &project.workflow.states;
    let cancelled = states.iter().find(|it| it.category == Category::Cancelled);
    let state = cancelled.map(|state| state.id.as_str());
    match state.or(workflow::first_done(&project.workflow)) {
        Some(state) => change_state(task, project, state, changes),
        None => Ok(()),
    }
}
