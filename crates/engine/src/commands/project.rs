//! Commands about projects and who is in them.

use super::{Decided, Desk, Who};
use tenon_domain::project::{
    AddProjectMemberContext, ChangeWorkflowContext, CreateProjectContext,
    RemoveProjectMemberContext, UpdateProjectContext, add_project_member,
    change_workflow as decide_workflow, create_project, remove_project_member, update_project,
};
use tenon_protocol::{
    member::Member,
    project::{
        AddProjectMember, ChangeWorkflow, CreateProject, RemoveProjectMember, UpdateProject,
        Visibility,
    },
};
use tenon_store::project;

pub(super) async fn create(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &CreateProject,
) -> Decided {
    let id_taken = project::load(desk.tx, command.id).await?.is_some();
    let key_taken = project::load_id(desk.tx, &command.key).await?.is_some();
    let members = desk.known(command.members.iter().copied().chain(command.lead));
    let members: Vec<&Member> = members.iter().map(AsRef::as_ref).collect();
    let context = CreateProjectContext {
        actor,
        me,
        id_taken,
        key_taken,
        members: &members,
    };
    Ok(create_project(&context, command, desk.now))
}

pub(super) async fn update(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &UpdateProject,
) -> Decided {
    let place = desk.project(Some(command.project), me.id).await?;
    let lead = command.lead.flatten();
    let is_lead_member = match lead {
        Some(lead) => project::load_is_member(desk.tx, command.project, lead).await?,
        None => false,
    };
    let mut guests = Vec::new();
    if let Some(project) = place.project.as_deref()
        && project.visibility == Visibility::Public
        && !desk.directory.guests.is_empty()
    {
        let members = project::list_members(desk.tx, project.id).await?;
        guests = desk.guests_of(members);
    }
    let context = UpdateProjectContext {
        actor,
        me,
        project: place.project.as_deref(),
        is_project_member: place.is_member,
        lead: lead
            .and_then(|lead| desk.members.get(&lead))
            .map(AsRef::as_ref),
        is_lead_member,
        guests: &guests,
    };
    Ok(update_project(&context, command, desk.now))
}

pub(super) async fn change_workflow(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &ChangeWorkflow,
) -> Decided {
    let place = desk.project(Some(command.project), me.id).await?;
    let states_in_use = project::load_states_in_use(desk.tx, command.project).await?;
    let context = ChangeWorkflowContext {
        actor,
        me,
        project: place.project.as_deref(),
        is_project_member: place.is_member,
        states_in_use: &states_in_use,
    };
    Ok(decide_workflow(&context, command, desk.now))
}

pub(super) async fn add_member(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &AddProjectMember,
) -> Decided {
    let place = desk.project(Some(command.project), me.id).await?;
    let already = project::load_is_member(desk.tx, command.project, command.member).await?;
    let context = AddProjectMemberContext {
        actor,
        me,
        project: place.project.as_deref(),
        is_project_member: place.is_member,
        member: desk.members.get(&command.member).map(AsRef::as_ref),
        already,
    };
    Ok(add_project_member(&context, command, desk.now))
}

pub(super) async fn remove_member(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &RemoveProjectMember,
) -> Decided {
    let place = desk.project(Some(command.project), me.id).await?;
    let is_there = project::load_is_member(desk.tx, command.project, command.member).await?;
    let context = RemoveProjectMemberContext {
        actor,
        me,
        project: place.project.as_deref(),
        is_project_member: place.is_member,
        member: desk.members.get(&command.member).map(AsRef::as_ref),
        is_there,
    };
    Ok(remove_project_member(&context, command, desk.now))
}
