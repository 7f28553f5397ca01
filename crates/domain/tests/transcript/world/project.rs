//! Commands about projects: their contexts, loaded from memory.

// Every context and every decision of the noun is used here.
#![allow(clippy::wildcard_imports)]

use super::World;
use tenon_domain::{
    actor::Actor, decide::Decision, field::*, project::*, refusal::Refusal, task_type::*,
    template::*,
};
use tenon_protocol::{
    Command, ProjectId, Timestamp, feed::Feed, field::FieldValue, member::Member, task::Task,
};

impl World {
    // Table: one line per command.
    pub(super) fn decide_project(
        &self,
        actor: &Actor,
        me: &Member,
        command: &Command,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        match command {
            Command::CreateProject(command) => {
                let mut named = command.members.clone();
                named.extend(command.lead);
                let members = self.found(&named);
                let context = CreateProjectContext {
                    home: self.home(command.space, me.id, |it| self.projects_in(it).count()),
                    actor,
                    me,
                    id_taken: self.projects.contains_key(&command.id),
                    key_taken: self.projects.values().any(|it| it.key == command.key),
                    members: &members,
                };
                create_project(&context, command, now)
            }
            Command::UpdateProject(command) => {
                let project = Some(command.project);
                let lead = command.lead.flatten();
                let now_in = self.project(project).and_then(|project| project.space);
                let wanted = command.space.unwrap_or(now_in);
                let is_member = |member| self.added_to(project, member);
                let outsiders = self.outsiders(wanted, is_member);
                let near_guests = self.guests(|member| {
                    now_in != wanted
                        && self.in_space(now_in, member)
                        && !self.in_space(wanted, member)
                        && !is_member(member)
                });
                let outside = |feed: &&Feed| {
                    let channel = self.channels.get(&feed.channel);
                    let is_here = channel.is_some_and(|it| it.space == wanted);
                    feed.project == command.project && !is_here
                };
                let feeds_outside: Vec<_> = self.feeds.iter().filter(outside).collect();
                let feeds_outside: Vec<_> = feeds_outside.iter().map(|it| it.channel).collect();
                let context = UpdateProjectContext {
                    feeds_outside: &feeds_outside,
                    home: self.home(wanted, me.id, |it| self.projects_in(it).count()),
                    near_guests: &near_guests,
                    actor,
                    me,
                    project: self.project(project),
                    is_project_member: self.in_project(project, me.id),
                    lead: lead.and_then(|lead| self.members.get(&lead)),
                    is_lead_member: lead.is_some_and(|lead| self.in_project(project, lead)),
                    outsiders: &outsiders,
                };
                update_project(&context, command, now)
            }
            Command::ChangeWorkflow(command) => {
                let project = Some(command.project);
                let in_use = |task: &&Task| {
                    task.project == command.project && !task.deleted && !task.archived
                };
                let states: Vec<String> = self
                    .tasks
                    .values()
                    .filter(in_use)
                    .map(|task| task.state.clone())
                    .collect();
                let context = ChangeWorkflowContext {
                    actor,
                    me,
                    project: self.project(project),
                    is_project_member: self.in_project(project, me.id),
                    states_in_use: &states,
                };
                change_workflow(&context, command, now)
            }
            Command::ChangeTypes(command) => {
                let project = Some(command.project);
                let context = ChangeTypesContext {
                    actor,
                    me,
                    project: self.project(project),
                    is_project_member: self.in_project(project, me.id),
                };
                change_types(&context, command, now)
            }
            Command::ChangeFields(command) => {
                let project = self.project(Some(command.project));
                let before = project.map_or(&[][..], |it| &it.fields);
                let mut used = dropped(before, &command.fields);
                used.retain(|one| self.has_value(command.project, one));
                let context = ChangeFieldsContext {
                    actor,
                    me,
                    project,
                    is_project_member: self.in_project(Some(command.project), me.id),
                    used: &used,
                };
                change_fields(&context, command, now)
            }
            Command::ChangeTemplates(command) => {
                let project = Some(command.project);
                let of_project = |(key, _): &(&(ProjectId, String), _)| key.0 == command.project;
                let before = self.templates.iter().filter(of_project);
                let before: Vec<_> = before.map(|(_, one)| one.clone()).collect();
                let context = ChangeTemplatesContext {
                    actor,
                    me,
                    project: self.project(project),
                    is_project_member: self.in_project(project, me.id),
                    before: &before,
                    sees_project: &|member| self.sees(project, member),
                };
                change_templates(&context, command, now)
            }
            Command::AddProjectMember(command) => {
                let project = Some(command.project);
                let context = AddProjectMemberContext {
                    actor,
                    me,
                    project: self.project(project),
                    is_project_member: self.in_project(project, me.id),
                    member: self.members.get(&command.member),
                    already: self.added_to(project, command.member),
                };
                add_project_member(&context, command, now)
            }
            Command::RemoveProjectMember(command) => {
                let project = Some(command.project);
                let context = RemoveProjectMemberContext {
                    actor,
                    me,
                    project: self.project(project),
                    is_project_member: self.in_project(project, me.id),
                    member: self.members.get(&command.member),
                    is_there: self.added_to(project, command.member),
                    is_near: {
                        let space = self.project(project).and_then(|it| it.space);
                        self.in_space(space, command.member)
                    },
                };
                remove_project_member(&context, command, now)
            }
            _ => unreachable!("of another noun"),
        }
    }

    /// Whether a task of the project has something of the field, or this option of it.
    fn has_value(&self, project: ProjectId, one: &Dropped) -> bool {
        let mut tasks = self.tasks.values().filter(|task| task.project == project);
        tasks.any(|task| match (task.fields.get(&one.field), &one.option) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(FieldValue::Text(id)), Some(option)) => id == option,
            (Some(FieldValue::Choices(ids)), Some(option)) => ids.contains(option),
            (Some(_), Some(_)) => false,
        })
    }
}
