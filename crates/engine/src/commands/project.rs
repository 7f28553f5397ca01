//! Commands about projects and who is in them.

use super::{Decided, Desk, Who};
use tenon_domain::project::{
    AddProjectMemberContext, ChangeWorkflowContext, CreateProjectContext,
    RemoveProjectMemberContext, UpdateProjectContext, add_project_member,
    change_workflow as decide_workflow, create_project, remove_project_member, update_project,
};
use tenon_protocol::{
    ChannelId, ProjectId, SpaceId,
    member::Member,
    project::{
        AddProjectMember, ChangeWorkflow, CreateProject, RemoveProjectMember, UpdateProject,
        Visibility,
    },
    space::SpaceKind,
};
use tenon_store::{channel, feed, project, space};

pub(super) async fn create(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &CreateProject,
) -> Decided {
    let id_taken = project::load(desk.tx, command.id).await?.is_some();
    let key_taken = project::load_id(desk.tx, &command.key).await?.is_some();
    let members = desk.known(command.members.iter().copied().chain(command.lead));
    let members: Vec<&Member> = members.iter().map(AsRef::as_ref).collect();
    let space = desk.space(command.space, me.id).await?;
    let context = CreateProjectContext {
        home: space.home(count_in(desk, command.space).await?),
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
        Some(lead) => desk.project(Some(command.project), lead).await?.is_member,
        None => false,
    };
    let (mut outsiders, mut near_guests) = (Vec::new(), Vec::new());
    let project = place.project.as_deref();
    let now_in = project.and_then(|project| project.space);
    let wanted = command.space.unwrap_or(now_in);
    let space = desk.space(wanted, me.id).await?;
    let moves = wanted != now_in;
    let count = count_in(desk, wanted.filter(|_| moves)).await?;
    let kind = space.space.as_deref().map(|space| space.kind);
    let is_closed = kind == Some(SpaceKind::Closed);
    if project.is_some_and(|it| it.visibility == Visibility::Public)
        && (is_closed || !desk.directory.guests.is_empty())
    {
        let members = project::list_members(desk.tx, command.project).await?;
        near_guests = desk.guests_in_space(now_in.filter(|_| moves)).await?;
        near_guests.retain(|guest| !members.contains(guest));
        near_guests = desk.outsiders(near_guests, wanted, false).await?;
        outsiders = desk.outsiders(members, wanted, is_closed).await?;
    }
    let feeds_outside = match wanted.filter(|_| moves && is_closed) {
        Some(space) => feeds_outside(desk, command.project, space).await?,
        None => Vec::new(),
    };
    let context = UpdateProjectContext {
        feeds_outside: &feeds_outside,
        actor,
        me,
        project,
        is_project_member: place.is_member,
        home: space.home(count),
        lead: lead
            .and_then(|lead| desk.members.get(&lead))
            .map(AsRef::as_ref),
        is_lead_member,
        outsiders: &outsiders,
        near_guests: &near_guests,
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
    let space = place.project.as_deref().and_then(|project| project.space);
    let is_near = desk.is_in_space(space, command.member).await?;
    let context = RemoveProjectMemberContext {
        is_near,
        actor,
        me,
        project: place.project.as_deref(),
        is_project_member: place.is_member,
        member: desk.members.get(&command.member).map(AsRef::as_ref),
        is_there,
    };
    Ok(remove_project_member(&context, command, desk.now))
}

/// Channels that follow the project and are not in the space.
async fn feeds_outside(
    desk: &mut Desk<'_, '_>,
    project: ProjectId,
    space: SpaceId,
) -> tenon_store::Result<Vec<ChannelId>> {
    let feeds = feed::list_of_project(desk.tx, project).await?;
    let ids: Vec<_> = feeds.iter().map(|feed| feed.channel.0).collect();
    let mut channels = channel::list_these(desk.tx, &ids).await?;
    channels.retain(|channel| channel.space != Some(space));
    Ok(channels.into_iter().map(|channel| channel.id).collect())
}

async fn count_in(desk: &mut Desk<'_, '_>, space: Option<SpaceId>) -> tenon_store::Result<i64> {
    match space {
        Some(space) => space::count_projects(desk.tx, space).await,
        None => Ok(0),
    }
}
