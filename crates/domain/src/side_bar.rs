//! The side bar of a member: its sections, and what they put into them. Nobody else is told.

use crate::{
    access,
    actor::Actor,
    decide::{Decision, fact},
    refusal::Refusal,
    text,
};
use tenon_protocol::{
    Scope, SectionId, Timestamp,
    channel::Channel,
    event::Event,
    limit,
    member::Member,
    project::Project,
    side_bar::{
        AddSection, FoldSpace, PlaceRow, RemoveSection, Section, SectionKind, SideBar, SideBarRow,
        UpdateSection,
    },
    space::Space,
};

pub struct SectionContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub before: &'a SideBar,
}

pub struct PlaceRowContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub before: &'a SideBar,
    /// That of the row, if it is a channel.
    pub channel: Option<&'a Channel>,
    pub standing: access::Standing,
    /// That of the row, if it is a project.
    pub project: Option<&'a Project>,
    pub is_project_member: bool,
}

pub struct FoldSpaceContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub before: &'a SideBar,
    pub space: Option<&'a Space>,
    /// Is `me` in the space?
    pub is_inside: bool,
}

/// A section of one's own.
pub fn add_section(
    context: &SectionContext<'_>,
    command: &AddSection,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    let name = text::check_name("name", &command.name, limit::NAME_CHARS_MAX)?;
    let mut after = context.before.clone();
    if find(&after, command.id, "id").is_ok() {
        return Err(Refusal::IdTaken);
    }
    let is_own = |it: &&Section| it.kind == SectionKind::Own;
    if after.sections.iter().filter(is_own).count() >= limit::SECTIONS_MAX {
        return Err(Refusal::TooMany {
            field: "sections",
            max: limit::SECTIONS_MAX,
        });
    }
    let channels = after.sections.iter();
    let at = channels.take_while(|it| it.kind != SectionKind::Channels);
    let section = Section {
        id: command.id,
        kind: SectionKind::Own,
        name: name.to_owned(),
        collapsed: false,
        rows: vec![],
    };
    after.sections.insert(at.count(), section);
    Ok(changed(context.me, context.before, after, command.id.0))
}

/// Names, folds or moves a section.
pub fn update_section(
    context: &SectionContext<'_>,
    command: &UpdateSection,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    let mut after = context.before.clone();
    let at = find(&after, command.section, "section")?;
    let section = &mut after.sections[at];
    if let Some(name) = &command.name {
        check_own(section)?;
        section.name = text::check_name("name", name, limit::NAME_CHARS_MAX)?.to_owned();
    }
    if let Some(collapsed) = command.collapsed {
        section.collapsed = collapsed;
    }
    if let Some(behind) = command.after
        && behind != Some(command.section)
    {
        let section = after.sections.remove(at);
        let to = match behind {
            None => 0,
            Some(id) => find(&after, id, "after")? + 1,
        };
        after.sections.insert(to, section);
    }
    let id = command.section.0;
    Ok(changed(context.me, context.before, after, id))
}

/// The section of a space that one may see.
pub fn fold_space(
    context: &FoldSpaceContext<'_>,
    command: &FoldSpace,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    access::visible_space(context.me, context.space, context.is_inside)?;
    let mut after = context.before.clone();
    let folded = &mut after.folded_spaces;
    folded.retain(|it| *it != command.space);
    if command.folded {
        // Of spaces that were lost since, the oldest go.
        let over = (folded.len() + 1).saturating_sub(limit::SPACES_MAX);
        folded.drain(..over);
        folded.push(command.space);
    }
    let id = command.space.0;
    Ok(changed(context.me, context.before, after, id))
}

/// Removing what is not there changes nothing.
pub fn remove_section(
    context: &SectionContext<'_>,
    command: &RemoveSection,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_granted(context.actor, context.me, command)?;
    let mut after = context.before.clone();
    if let Ok(at) = find(&after, command.section, "section") {
        check_own(&after.sections[at])?;
        after.sections.remove(at);
    }
    let id = command.section.0;
    Ok(changed(context.me, context.before, after, id))
}

/// A channel that one is in, or a project that one sees. Taken out may be what one lost, too.
pub fn place_row(
    context: &PlaceRowContext<'_>,
    command: &PlaceRow,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    let me = context.me;
    access::check_granted(context.actor, me, command)?;
    let mut after = context.before.clone();
    let was_placed = after.take(command.row);
    let id = match command.row {
        SideBarRow::Channel(id) => id.0,
        SideBarRow::Project(id) => id.0,
    };
    let Some(section) = command.section else {
        return Ok(changed(me, context.before, after, id));
    };
    check_row(context, command.row)?;
    let at = find(&after, section, "section")?;
    if !was_placed && after.rows() >= limit::SIDE_BAR_ROWS_MAX {
        return Err(Refusal::TooMany {
            field: "rows",
            max: limit::SIDE_BAR_ROWS_MAX,
        });
    }
    let section = &mut after.sections[at];
    if !matches!(section.kind, SectionKind::Starred | SectionKind::Own) {
        return Err(Refusal::SectionOfItsKind);
    }
    let rows = &mut section.rows;
    let end = rows.len();
    let behind = |row| {
        rows.iter()
            .position(|it| *it == row)
            .map_or(end, |at| at + 1)
    };
    let to = command.after.map_or(end, |after| after.map_or(0, behind));
    rows.insert(to, command.row);
    Ok(changed(me, context.before, after, id))
}

fn check_row(context: &PlaceRowContext<'_>, row: SideBarRow) -> Result<(), Refusal> {
    let me = context.me;
    match row {
        SideBarRow::Channel(_) => {
            access::joined_channel(me, context.channel, context.standing).map(drop)
        }
        SideBarRow::Project(_) => {
            access::visible_project(me, context.project, context.is_project_member).map(drop)
        }
    }
}

fn check_own(section: &Section) -> Result<(), Refusal> {
    if section.kind == SectionKind::Own {
        Ok(())
    } else {
        Err(Refusal::SectionOfItsKind)
    }
}

fn find(side_bar: &SideBar, id: SectionId, field: &'static str) -> Result<usize, Refusal> {
    let at = side_bar.sections.iter().position(|it| it.id == id);
    at.ok_or(Refusal::UnknownSection { field })
}

fn changed(me: &Member, before: &SideBar, side_bar: SideBar, id: uuid::Uuid) -> Decision {
    let facts = if side_bar == *before {
        vec![]
    } else {
        vec![fact(
            Scope::Inbox(me.id),
            Event::SideBarChanged { side_bar },
        )]
    };
    Decision::of(id, facts)
}
