//! Commands about projects: their contexts, loaded from memory.

// Every context and every decision of the noun is used here.
#![allow(clippy::wildcard_imports)]

use super::World;
use tenon_domain::{actor::Actor, decide::Decision, project::*, refusal::Refusal};
use tenon_protocol::{Command, Timestamp, member::Member, task::Task};

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
                let guests = self.guests(|member| self.in_project(project, member));
                let context = UpdateProjectContext {
                    actor,
                    me,
                    project: self.project(project),
                    is_project_member: self.in_project(project, me.id),
                    lead: lead.and_then(|lead| self.members.get(&lead)),
                    is_lead_member: lead.is_some_and(|lead| self.in_project(project, lead)),
                    guests: &guests,
                };
                update_project(&context, command, now)
            }
            Command::ChangeWorkflow(command) => {
                let project = Some(command.project);
                let in_use = |task: &&Task| task.project == command.project && !task.deleted;
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
            Command::AddProjectMember(command) => {
                let project = Some(command.project);
                let context = AddProjectMemberContext {
                    actor,
                    me,
                    project: self.project(project),
                    is_project_member: self.in_project(project, me.id),
                    member: self.members.get(&command.member),
                    already: self.in_project(project, command.member),
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
                    is_there: self.in_project(project, command.member),
                };
                remove_project_member(&context, command, now)
            }
            _ => unreachable!("of another noun"),
        }
    }
}
