//! Commands about tasks: their contexts, loaded from memory.

// Every context and every decision of the noun is used here.
#![allow(clippy::wildcard_imports)]

use super::World;
use std::cell::Cell;
use tenon_domain::{
    actor::Actor, checklist::*, decide::Decision, joint::*, link::*, refusal::Refusal, task::*,
    template::Mould, trash::*,
};

use tenon_protocol::{
    Command, ItemId, MessageId, ProjectId, TaskId, Timestamp, link::LinkKind, member::Member,
    message::Message, task::Task, template::TaskTemplate,
};
use uuid::Uuid;

impl World {
    fn template(&self, project: Option<ProjectId>, id: Option<&String>) -> Option<&TaskTemplate> {
        self.templates.get(&(project?, id?.clone()))
    }

    /// The ids of items that templates bring, each once.
    fn new_item(&self, made: &Cell<u128>) -> ItemId {
        made.set(made.get() + 1);
        ItemId(Uuid::from_u128(
            2_000_000 + self.seq as u128 * 1_000 + made.get(),
        ))
    }

    // Table: one line per command.
    pub(super) fn decide_task(
        &self,
        actor: &Actor,
        me: &Member,
        command: &Command,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        let project_of = |id: TaskId| self.tasks.get(&id).map(|task| task.project);
        match command {
            Command::CreateTask(command) => {
                let project = Some(command.project);
                let made = Cell::new(0);
                let context = CreateTaskContext {
                    mould: Mould {
                        template: self.template(project, command.template.as_ref()),
                        new_item: &|| self.new_item(&made),
                    },
                    actor,
                    me,
                    project: self.project(project),
                    is_project_member: self.in_project(project, me.id),
                    id_taken: self.tasks.contains_key(&command.id),
                    next_number: self.next_number(command.project),
                    sees_project: &|member| self.sees(project, member),
                    parent: command.parent.and_then(|parent| self.tasks.get(&parent)),
                    ancestors: &self.ancestors(command.parent),
                };
                create_task(&context, command, now)
            }
            Command::UpdateTask(command) => {
                let project = project_of(command.task);
                let parent = command.parent.flatten();
                let context = UpdateTaskContext {
                    actor,
                    me,
                    task: self.tasks.get(&command.task),
                    project: self.project(project),
                    is_project_member: self.in_project(project, me.id),
                    sees_project: &|member| self.sees(project, member),
                    parent: parent.and_then(|parent| self.tasks.get(&parent)),
                    ancestors: &self.ancestors(parent),
                    height: self.height(command.task),
                };
                update_task(&context, command, now)
            }
            Command::MoveTask(command) => {
                let task = self.tasks.get(&command.task);
                let project = project_of(command.task);
                let (after, before) = (command.after, command.before);
                let state = command
                    .state
                    .as_deref()
                    .or(task.map(|task| task.state.as_str()));
                let after = after.and_then(|after| self.tasks.get(&after));
                let before = before.and_then(|before| self.tasks.get(&before));
                let column = self.tasks.values().filter(|it| {
                    Some(it.project) == project
                        && Some(it.state.as_str()) == state
                        && !it.deleted
                        && !it.archived
                        && it.id != command.task
                });
                let ranks = column.map(|it| it.rank.as_str());
                let neighbour = match (after, before) {
                    (Some(after), _) => ranks.filter(|it| *it > after.rank.as_str()).min(),
                    (_, Some(before)) => ranks.filter(|it| *it < before.rank.as_str()).max(),
                    (None, None) => ranks.max(),
                };
                let context = MoveTaskContext {
                    actor,
                    me,
                    task,
                    project: self.project(project),
                    is_project_member: self.in_project(project, me.id),
                    after,
                    before,
                    neighbour,
                };
                move_task(&context, command, now)
            }
            Command::ArchiveTask(_)
            | Command::DeleteTask(_)
            | Command::RestoreTask(_)
            | Command::EraseTask(_) => self.decide_trash(actor, me, command, now),
            Command::FollowTask(command) => {
                follow_task(&self.task_context(actor, me, command.task), command, now)
            }
            Command::MakeTask(command) => {
                let message = self.messages.get(&command.message);
                let channel = message.and_then(|message| self.channels.get(&message.channel?));
                let project = command.project.or(channel.and_then(|it| it.project));
                let root = message.map(|message| message.thread.unwrap_or(message.id));
                let mut thread: Vec<Message> = self
                    .messages
                    .values()
                    .filter(|it| Some(it.id) == root || (it.thread.is_some() && it.thread == root))
                    .cloned()
                    .collect();
                thread.sort_by_key(|message| message.seq);
                let messages: Vec<Message> = command
                    .messages
                    .iter()
                    .filter_map(|id| self.messages.get(id))
                    .cloned()
                    .collect();
                let mentions = message.map_or(vec![], |it| self.found(&it.mentions));
                let made = Cell::new(0);
                let context = MakeTaskContext {
                    mould: Mould {
                        template: self.template(project, command.template.as_ref()),
                        new_item: &|| self.new_item(&made),
                    },
                    actor,
                    me,
                    message,
                    channel,
                    standing: self.standing(channel.map(|it| it.id), me.id),
                    thread: &thread,
                    messages: &messages,
                    project: self.project(project),
                    is_project_member: self.in_project(project, me.id),
                    id_taken: self.tasks.contains_key(&command.id),
                    message_id: MessageId(Uuid::from_u128(1_000_000 + self.seq as u128)),
                    next_number: project.map_or(1, |project| self.next_number(project)),
                    author: message.and_then(|it| self.members.get(&it.author)),
                    mentions: &mentions,
                    sees_project: &|member| self.sees(project, member),
                };
                make_task(&context, command, now)
            }
            Command::LinkTasks(command) => {
                let path = match command.kind {
                    LinkKind::Blocks => self.way(command.other, command.task),
                    LinkKind::BlockedBy => self.way(command.task, command.other),
                    _ => None,
                };
                let path = path.unwrap_or_default();
                let path: Vec<End<'_>> = path.iter().map(|id| self.end(*id, me)).collect();
                let mut context = self.link_context(actor, me, (command.task, command.other));
                if !path.is_empty() {
                    context.circle = Circle::Through(&path);
                }
                link_tasks(&context, command, now)
            }
            Command::UnlinkTasks(command) => {
                let context = self.link_context(actor, me, (command.task, command.other));
                unlink_tasks(&context, command, now)
            }
            other => self.decide_checklist(actor, me, other, now),
        }
    }

    fn decide_trash(
        &self,
        actor: &Actor,
        me: &Member,
        command: &Command,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        match command {
            Command::ArchiveTask(command) => {
                archive_task(&self.task_context(actor, me, command.task), command, now)
            }
            Command::DeleteTask(command) => {
                delete_task(&self.task_context(actor, me, command.task), command, now)
            }
            Command::RestoreTask(command) => {
                let outer = self.task_context(actor, me, command.task);
                let task = outer.task;
                let place = task.zip(outer.project);
                let state = place.and_then(|(task, project)| state_after(task, project));
                let rank = |it: &Task| task.is_some_and(|task| it.rank == task.rank);
                let column = self.tasks.values().filter(|it| {
                    let same =
                        task.is_some_and(|task| it.project == task.project && it.id != task.id);
                    same && state == Some(&it.state) && !it.deleted && !it.archived
                });
                let above = |it: &&Task| task.is_some_and(|task| it.rank > task.rank);
                let next = column
                    .clone()
                    .filter(above)
                    .map(|it| it.rank.as_str())
                    .min();
                let context = RestoreTaskContext {
                    task: outer,
                    trashed: self.trash.get(&command.task).copied(),
                    rank_taken: column.clone().any(rank),
                    next_rank: next,
                };
                restore_task(&context, command, now)
            }
            Command::EraseTask(command) => {
                let is_in = |it: &&Message| it.task == Some(command.task) && !it.erased;
                let left = self.messages.values().filter(is_in).map(|it| it.id);
                let (messages, more): (Vec<_>, Vec<_>) =
                    left.partition(|id| command.messages.contains(id));
                let context = EraseTaskContext {
                    actor,
                    me,
                    task: self.tasks.get(&command.task),
                    trashed: self.trash.get(&command.task).copied(),
                    messages: &messages,
                    entries: &[],
                    has_more: !more.is_empty(),
                    quoters: &[],
                };
                erase_task(&context, command, now)
            }
            _ => unreachable!("of another noun"),
        }
    }

    fn end(&self, id: TaskId, me: &Member) -> End<'_> {
        let task = self.tasks.get(&id);
        let project = task.map(|task| task.project);
        End {
            task,
            project: self.project(project),
            is_project_member: self.in_project(project, me.id),
        }
    }

    fn link_context<'a>(
        &'a self,
        actor: &'a Actor,
        me: &'a Member,
        (task, other): (TaskId, TaskId),
    ) -> LinkContext<'a> {
        LinkContext {
            actor,
            me,
            task: self.end(task, me),
            other: self.end(other, me),
            circle: Circle::No,
        }
    }

    /// Along what blocks what, from one task to another and back to its beginning.
    fn way(&self, from: TaskId, to: TaskId) -> Option<Vec<TaskId>> {
        let links = self.tasks.get(&from)?.links.iter();
        links
            .filter(|it| it.kind == LinkKind::Blocks)
            .find_map(|it| {
                if it.task == to {
                    return Some(vec![from, to, from]);
                }
                let mut path = self.way(it.task, to)?;
                path.pop();
                path.insert(0, from);
                path.push(from);
                Some(path)
            })
    }

    fn decide_checklist(
        &self,
        actor: &Actor,
        me: &Member,
        command: &Command,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        let task = match command {
            Command::AddChecklistItems(command) => command.task,
            Command::UpdateChecklistItem(command) => command.task,
            Command::RemoveChecklistItem(command) => command.task,
            Command::MakeSubtask(command) => command.task,
            _ => unreachable!("of another noun"),
        };
        let project = self.tasks.get(&task).map(|task| task.project);
        let checklist = ChecklistContext {
            actor,
            me,
            task: self.tasks.get(&task),
            project: self.project(project),
            is_project_member: self.in_project(project, me.id),
            sees_project: &|member| self.sees(project, member),
        };
        match command {
            Command::AddChecklistItems(command) => add_checklist_items(&checklist, command, now),
            Command::UpdateChecklistItem(command) => {
                update_checklist_item(&checklist, command, now)
            }
            Command::RemoveChecklistItem(command) => {
                remove_checklist_item(&checklist, command, now)
            }
            Command::MakeSubtask(command) => {
                let context = MakeSubtaskContext {
                    checklist,
                    id_taken: self.tasks.contains_key(&command.id),
                    next_number: project.map_or(1, |project| self.next_number(project)),
                    ancestors: &self.ancestors(Some(command.task)),
                };
                make_subtask(&context, command, now)
            }
            _ => unreachable!("of another noun"),
        }
    }

    fn task_context<'a>(
        &'a self,
        actor: &'a Actor,
        me: &'a Member,
        task: TaskId,
    ) -> TaskContext<'a> {
        let task = self.tasks.get(&task);
        let project = task.map(|task| task.project);
        TaskContext {
            actor,
            me,
            task,
            project: self.project(project),
            is_project_member: self.in_project(project, me.id),
        }
    }
}
