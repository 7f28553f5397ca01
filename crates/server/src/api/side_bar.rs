//! `/side-bar`: how the asker arranges their channels and projects.

use crate::{
    answer::{created, done},
    errors::Answer,
    identity::Asker,
    request::{Creation, Json, Segment},
};
use axum::response::Response;
use serde::Deserialize;
use tenon_protocol::{
    Command, SectionId, SpaceId,
    command::nullable,
    side_bar::{AddSection, FoldSpace, PlaceRow, RemoveSection, SideBar, UpdateSection},
};
use utoipa::ToSchema;

/// The asker's own.
#[utoipa::path(get, path = "/side-bar", tag = "side_bar",
    responses((status = 200, body = SideBar)))]
pub async fn show(asker: Asker) -> Answer<Json<SideBar>> {
    current(&asker).await
}

#[derive(Deserialize, ToSchema)]
pub struct NewSection {
    pub name: String,
}

/// Adds a section of one's own, before that of channels.
#[utoipa::path(post, path = "/side-bar/sections", tag = "side_bar",
    request_body = NewSection, responses((status = 201, body = SideBar)))]
pub async fn create_section(
    asker: Asker,
    Json(Creation { id, wish }): Json<Creation<NewSection>>,
) -> Answer<Response> {
    let id = SectionId(asker.created_id(id));
    let NewSection { name } = wish;
    let wish = AddSection { id, name };
    asker.execute(Command::AddSection(wish)).await?;
    Ok(created(current(&asker).await?.0))
}

/// Absent fields stay. `after` moves it behind another, `null` to the top.
#[derive(Deserialize, ToSchema)]
pub struct SectionPatch {
    pub name: Option<String>,
    pub collapsed: Option<bool>,
    #[serde(default, with = "nullable")]
    #[schema(value_type = Option<SectionId>)]
    pub after: Option<Option<SectionId>>,
}

#[utoipa::path(patch, path = "/side-bar/sections/{id}", tag = "side_bar",
    responses((status = 200, body = SideBar)))]
pub async fn update_section(
    asker: Asker,
    Segment(section): Segment<SectionId>,
    Json(patch): Json<SectionPatch>,
) -> Answer<Json<SideBar>> {
    let SectionPatch {
        name,
        collapsed,
        after,
    } = patch;
    let wish = UpdateSection {
        section,
        name,
        collapsed,
        after,
    };
    asker.execute(Command::UpdateSection(wish)).await?;
    current(&asker).await
}

/// Its rows stand in the sections of their kind again.
#[utoipa::path(delete, path = "/side-bar/sections/{id}", tag = "side_bar",
    responses((status = 204)))]
pub async fn delete_section(
    asker: Asker,
    Segment(section): Segment<SectionId>,
) -> Answer<Response> {
    let wish = RemoveSection { section };
    Ok(done(&asker.execute(Command::RemoveSection(wish)).await?))
}

/// Puts a channel or project into a section, or at another place in it.
#[utoipa::path(put, path = "/side-bar/rows", tag = "side_bar",
    responses((status = 200, body = SideBar)))]
pub async fn place_row(asker: Asker, Json(wish): Json<PlaceRow>) -> Answer<Json<SideBar>> {
    asker.execute(Command::PlaceRow(wish)).await?;
    current(&asker).await
}

#[derive(Deserialize, ToSchema)]
pub struct Fold {
    pub folded: bool,
}

/// Folds the section of a space, or unfolds it.
#[utoipa::path(put, path = "/side-bar/spaces/{id}", tag = "side_bar",
    responses((status = 200, body = SideBar)))]
pub async fn fold_space(
    asker: Asker,
    Segment(space): Segment<SpaceId>,
    Json(Fold { folded }): Json<Fold>,
) -> Answer<Json<SideBar>> {
    let wish = FoldSpace { space, folded };
    asker.execute(Command::FoldSpace(wish)).await?;
    current(&asker).await
}

async fn current(asker: &Asker) -> Answer<Json<SideBar>> {
    Ok(Json(asker.engine().get_side_bar(asker.actor()).await?))
}
