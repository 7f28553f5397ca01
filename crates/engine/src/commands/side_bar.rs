//! Commands about one's side bar.

use super::{Decided, Desk, Who};
use tenon_domain::side_bar::{
    FoldSpaceContext, PlaceRowContext, SectionContext, add_section, fold_space as decide_fold,
    place_row, remove_section, update_section,
};
use tenon_protocol::side_bar::{
    AddSection, FoldSpace, PlaceRow, RemoveSection, SideBarRow, UpdateSection,
};
use tenon_store::side_bar;

pub(super) async fn add(desk: &mut Desk<'_, '_>, who: Who<'_>, command: &AddSection) -> Decided {
    let before = side_bar::get(desk.tx, who.me.id).await?;
    Ok(add_section(&context(who, &before), command, desk.now))
}

pub(super) async fn update(
    desk: &mut Desk<'_, '_>,
    who: Who<'_>,
    command: &UpdateSection,
) -> Decided {
    let before = side_bar::get(desk.tx, who.me.id).await?;
    Ok(update_section(&context(who, &before), command, desk.now))
}

pub(super) async fn remove(
    desk: &mut Desk<'_, '_>,
    who: Who<'_>,
    command: &RemoveSection,
) -> Decided {
    let before = side_bar::get(desk.tx, who.me.id).await?;
    Ok(remove_section(&context(who, &before), command, desk.now))
}

pub(super) async fn place(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &PlaceRow,
) -> Decided {
    let before = side_bar::get(desk.tx, me.id).await?;
    let (channel, project) = match command.row {
        SideBarRow::Channel(id) => (Some(id), None),
        SideBarRow::Project(id) => (None, Some(id)),
    };
    let channel = desk.channel(channel, me.id).await?;
    let project = desk.project(project, me.id).await?;
    let context = PlaceRowContext {
        actor,
        me,
        before: &before,
        channel: channel.channel.as_deref(),
        standing: channel.standing,
        project: project.project.as_deref(),
        is_project_member: project.is_member,
    };
    Ok(place_row(&context, command, desk.now))
}

pub(super) async fn fold_space(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &FoldSpace,
) -> Decided {
    let before = side_bar::get(desk.tx, me.id).await?;
    let place = desk.space(Some(command.space), me.id).await?;
    let context = FoldSpaceContext {
        actor,
        me,
        before: &before,
        space: place.space.as_deref(),
        is_inside: place.is_inside,
    };
    Ok(decide_fold(&context, command, desk.now))
}

fn context<'a>(
    Who { actor, me }: Who<'a>,
    before: &'a tenon_protocol::side_bar::SideBar,
) -> SectionContext<'a> {
    SectionContext { actor, me, before }
}
