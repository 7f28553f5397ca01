//! Projects: made, described, given a workflow, joined and left.

use crate::{
    access,
    actor::Actor,
    decide::{Decision, fact},
    refusal::Refusal,
    space::{self, Home},
    text, workflow,
};
use tenon_protocol::{
    ChannelId, MemberId, ProjectId, Scope, Timestamp,
    event::{Event, Fact},
    limit,
    member::Member,
    project::{
        AddProjectMember, ChangeWorkflow, CreateProject, Project, RemoveProjectMember,
        UpdateProject, Visibility,
    },
};

pub struct CreateProjectContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub id_taken: bool,
    /// Does any project, archived or not, have `command.key`?
    pub key_taken: bool,
    /// Of `command.space`.
    pub home: Home<'a>,
    /// Those of `command.members` and `command.lead` that exist, in any order.
    pub members: &'a [&'a Member],
}

pub struct UpdateProjectContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub project: Option<&'a Project>,
    pub is_project_member: bool,
    /// That of `command.lead`.
    pub lead: Option<&'a Member>,
    /// Is that lead a member of the project?
    pub is_lead_member: bool,
    /// Of `command.space`.
    pub home: Home<'a>,
    /// Members of a public project who cannot see the scope that its change is told in: guests,
    /// and of one in a closed space whoever is not in that space.
    pub outsiders: &'a [MemberId],
    /// Guests in the space that it was in, who were not added to it.
    pub near_guests: &'a [MemberId],
    /// Channels that follow the project and are not in the space of `command.space`.
    pub feeds_outside: &'a [ChannelId],
}

pub struct ChangeWorkflowContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub project: Option<&'a Project>,
    pub is_project_member: bool,
    /// Ids of states that tasks (not deleted) are in.
    pub states_in_use: &'a [String],
}

pub struct AddProjectMemberContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub project: Option<&'a Project>,
    /// Is `me` in the project?
    pub is_project_member: bool,
    /// That of `command.member`.
    pub member: Option<&'a Member>,
    /// Is `command.member` in the project already?
    pub already: bool,
}

pub struct RemoveProjectMemberContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub project: Option<&'a Project>,
    /// Is `me` in the project?
    pub is_project_member: bool,
    /// That of `command.member`.
    pub member: Option<&'a Member>,
    /// Is `command.member` in the project?
    pub is_there: bool,
    /// Is `command.member` in the space that the project is in?
    pub is_near: bool,
}

/// Non-guests. Everyone named, the lead too, becomes a member at once.
pub fn create_project(
    context: &CreateProjectContext<'_>,
    command: &CreateProject,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let me = context.me;
    access::check_granted(context.actor, me, command)?;
    access::check_not_guest(me)?;
    check_key(&command.key)?;
    let name = text::check_name("name", &command.name, limit::NAME_CHARS_MAX)?;
    let description =
        text::check_paragraph("description", &command.description, limit::TOPIC_CHARS_MAX)?;
    if context.id_taken {
        return Err(Refusal::IdTaken);
    }
    if context.key_taken {
        return Err(Refusal::KeyTaken(command.key.clone()));
    }
    let mut members = vec![me];
    let named = command.members.iter().map(|id| (id, "members"));
    for (id, field) in named.chain(command.lead.iter().map(|id| (id, "lead"))) {
        let found = context
            .members
            .iter()
            .find(|member| member.id == *id)
            .copied();
        let member = check_active(found, field)?;
        if members.iter().all(|other| other.id != member.id) {
            members.push(member);
        }
    }
    let max = limit::SPACE_PROJECTS_MAX;
    let space = space::check_home(me, command.space, &context.home, max)?;
    let project = Project {
        id: command.id,
        key: command.key.clone(),
        name: name.to_owned(),
        description: description.to_owned(),
        visibility: command.visibility,
        space: command.space,
        in_closed_space: space::is_closed(space),
        lead: command.lead,
        workflow: workflow::of_template(command.template, command.language.unwrap_or(me.language)),
        types: vec![],
        fields: vec![],
        templates: vec![],
        created_by: me.id,
        created_at: now,
        archived: false,
    };
    let event = Event::ProjectCreated {
        project: project.clone(),
    };
    let mut facts = vec![fact(metadata_scope(&project), event)];
    for member in members {
        facts.extend(joined(&project, member));
    }
    Ok(Decision::of_project(&project, facts))
}

/// Lead, creator and administrators. An archived project can only be restored.
pub fn update_project(
    context: &UpdateProjectContext<'_>,
    command: &UpdateProject,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    let me = context.me;
    access::check_granted(context.actor, me, command)?;
    let before = access::visible_project(me, context.project, context.is_project_member)?;
    access::check_manage_project(me, before)?;
    let mut project = before.clone();
    if let Some(archived) = command.archived {
        project.archived = archived;
    }
    if let Some(name) = &command.name {
        project.name = text::check_name("name", name, limit::NAME_CHARS_MAX)?.to_owned();
    }
    if let Some(description) = &command.description {
        let max = limit::TOPIC_CHARS_MAX;
        project.description = text::check_paragraph("description", description, max)?.to_owned();
    }
    if let Some(lead) = command.lead {
        if lead.is_some() && lead != before.lead {
            check_lead(context, before)?;
        }
        project.lead = lead;
    }
    if let Some(wanted) = command.space.filter(|space| *space != before.space) {
        if before.in_closed_space && before.visibility == Visibility::Public {
            return Err(Refusal::StaysInSpace);
        }
        let max = limit::SPACE_PROJECTS_MAX;
        let space = space::check_home(me, wanted, &context.home, max)?;
        project.space = wanted;
        project.in_closed_space = space::is_closed(space);
    }
    if project == *before {
        return Ok(Decision::of_project(before, vec![]));
    }
    if before.archived && project.archived {
        return Err(Refusal::ProjectArchived);
    }
    Ok(changed(context, before, project))
}

/// The facts of a project that changed, as for a channel.
fn changed(context: &UpdateProjectContext<'_>, before: &Project, project: Project) -> Decision {
    let id = project.id;
    let is_public = project.visibility == Visibility::Public;
    let moves = is_public && project.space != before.space;
    let encloses = moves && project.in_closed_space;
    let mut facts = vec![];
    if moves && !encloses {
        facts.extend(context.near_guests.iter().map(|guest| lost(id, *guest)));
    }
    let event = Event::ProjectChanged {
        project: project.clone(),
    };
    facts.push(fact(metadata_scope(&project), event));
    if encloses {
        let event = Event::ProjectEnclosed { project: id };
        facts.push(fact(metadata_scope(before), event));
        // Their cards would go on telling those outside.
        facts.extend(context.feeds_outside.iter().map(|channel| {
            let (channel, project) = (*channel, id);
            let event = Event::FeedRemoved { channel, project };
            fact(Scope::Channel(channel), event)
        }));
    }
    if is_public {
        let told = |outsider: &MemberId| fact(Scope::Inbox(*outsider), Event::AccessChanged {});
        facts.extend(context.outsiders.iter().map(told));
    }
    Decision::of_project(&project, facts)
}

/// Lead, creator and administrators. States that tasks are in must stay.
pub fn change_workflow(
    context: &ChangeWorkflowContext<'_>,
    command: &ChangeWorkflow,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    let me = context.me;
    access::check_granted(context.actor, me, command)?;
    let project = access::visible_project(me, context.project, context.is_project_member)?;
    access::check_manage_project(me, project)?;
    access::check_work_in(project)?;
    let workflow = workflow::check_states(&command.states)?;
    for state in context.states_in_use {
        if workflow.states.iter().all(|kept| kept.id != *state) {
            return Err(Refusal::StateInUse(state.clone()));
        }
    }
    let facts = if workflow == project.workflow {
        vec![]
    } else {
        // The project's own scope: unlike `members` it reaches guests in a public project.
        let event = Event::WorkflowChanged {
            project: project.id,
            workflow,
        };
        vec![fact(Scope::Project(project.id), event)]
    };
    Ok(Decision::of_project(project, facts))
}

/// Joins, or adds another.
pub fn add_project_member(
    context: &AddProjectMemberContext<'_>,
    command: &AddProjectMember,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    let (me, is_member) = (context.me, context.is_project_member);
    access::check_granted(context.actor, me, command)?;
    let project = access::visible_project(me, context.project, is_member)?;
    access::check_add_project_member(me, project, is_member, command.member)?;
    let member = check_active(context.member, "member")?;
    if context.already {
        return Ok(Decision::of_project(project, vec![]));
    }
    access::check_work_in(project)?;
    Ok(Decision::of_project(project, joined(project, member)))
}

/// Leaves, or removes another.
pub fn remove_project_member(
    context: &RemoveProjectMemberContext<'_>,
    command: &RemoveProjectMember,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    let me = context.me;
    access::check_granted(context.actor, me, command)?;
    let project = access::visible_project(me, context.project, context.is_project_member)?;
    access::check_remove_project_member(me, project, command.member)?;
    let (id, Some(member), true) = (project.id, context.member, context.is_there) else {
        return Ok(Decision::of_project(project, vec![]));
    };
    let mut facts = vec![left(id, member.id)];
    let is_near = context.is_near && project.visibility == Visibility::Public;
    if !access::can_see_project(member, project, is_near) {
        facts.push(lost(id, member.id));
    }
    Ok(Decision::of_project(project, facts))
}

/// They are not in the project any more.
pub(crate) fn left(project: ProjectId, member: MemberId) -> Fact {
    let event = Event::ProjectMemberRemoved { project, member };
    fact(Scope::Project(project), event)
}

/// They see it no more.
pub(crate) fn lost(project: ProjectId, member: MemberId) -> Fact {
    fact(Scope::Inbox(member), Event::ProjectLost { project })
}

/// A public project's metadata is told to whoever sees its space, or else to every non-guest;
/// another's to its members.
fn metadata_scope(project: &Project) -> Scope {
    match project.visibility {
        Visibility::Public => space::public_scope(project.space),
        Visibility::Private => Scope::Project(project.id),
    }
}

/// Membership, and for whom it means sight of the project, the project itself.
fn joined(project: &Project, member: &Member) -> Vec<Fact> {
    let event = Event::ProjectMemberAdded {
        project: project.id,
        member: member.id,
    };
    let mut facts = vec![fact(Scope::Project(project.id), event)];
    if !access::can_see_project(member, project, false) {
        let event = Event::ProjectGained {
            project: project.clone(),
        };
        facts.push(fact(Scope::Inbox(member.id), event));
    }
    facts
}

fn check_active<'a>(
    member: Option<&'a Member>,
    field: &'static str,
) -> Result<&'a Member, Refusal> {
    let member = member.ok_or(Refusal::UnknownMember { field: Some(field) })?;
    if member.active {
        Ok(member)
    } else {
        Err(Refusal::MemberInactive { field: Some(field) })
    }
}

/// A lead must be active and see the project.
fn check_lead(context: &UpdateProjectContext<'_>, project: &Project) -> Result<(), Refusal> {
    let lead = check_active(context.lead, "lead")?;
    if access::can_see_project(lead, project, context.is_lead_member) {
        Ok(())
    } else {
        Err(Refusal::LeadElsewhere)
    }
}

/// Two to ten capital letters and digits, a letter first.
fn check_key(key: &str) -> Result<(), Refusal> {
    let allowed = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit();
    let begins = key.as_bytes().first().is_some_and(u8::is_ascii_uppercase);
    if (2..=10).contains(&key.len()) && begins && key.bytes().all(allowed) {
        Ok(())
    } else {
        Err(Refusal::BadKey)
    }
}
