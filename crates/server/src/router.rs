//! Every URL of the server, on one page. What a route takes and answers is declared at its
//! handler and lands in the OpenAPI document by being listed here.

use crate::{
    Shared,
    api::{
        acknowledgement, administration, bookmark, channel, checklist, command, draft, emoji,
        event, field, file, group, hook, invitation, link, mail, me, member, message, notification,
        poll, project, push, reset, roll_up, roster, scheduled, search, session, setup, side_bar,
        snapshot, space, task, template, thread, token, workspace,
    },
    assets,
    errors::Problem,
    observe, openapi, rest_of_body, slack, socket,
};
use axum::{
    Router,
    extract::{Request, State},
    http::{Method, StatusCode},
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};
use tenon_protocol::ErrorCode;
use tower_http::{CompressionLevel, compression::CompressionLayer};
use utoipa_axum::{router::OpenApiRouter, routes};

/// Where the interface begins.
pub const BASE: &str = "/api/v1";

/// How much effort the snapshot is compressed with: beyond it, ids do not get shorter.
const SNAPSHOT_QUALITY: CompressionLevel = CompressionLevel::Precise(5);

/// Everything this server answers to.
pub fn router(server: Shared) -> Router {
    let api = OpenApiRouter::new().nest(BASE, api());
    let (all, _) = api.merge(outside()).split_for_parts();
    // Mail programs post to the address that people open.
    let unsubscribe = get(elsewhere).post(mail::unsubscribe);
    all.route("/unsubscribe/{link}", unsubscribe)
        .fallback(elsewhere)
        .method_not_allowed_fallback(wrong_method)
        .layer(middleware::from_fn(rest_of_body::take))
        .layer(middleware::from_fn(observe::watch))
        .with_state(server)
}

/// What programs ask for outside [`BASE`], at addresses that they know already.
pub fn outside() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(slack::receive))
        .routes(routes!(healthy))
        .routes(routes!(ready))
        .routes(routes!(observe::metrics))
}

/// Where programs look for a doorway: one that is not there is not answered with the web UI.
const OF_PROGRAMS: &[&str] = &[
    "api",
    "hooks",
    "mcp",
    "oauth",
    "scim",
    "slack",
    ".well-known",
];

/// The interface under [`BASE`].
pub fn api() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .merge(people())
        .merge(talk())
        .merge(work())
        .merge(inbox())
        .routes(routes!(hook::index, hook::create))
        .routes(routes!(hook::delete))
        .routes(routes!(event::index))
        .routes(routes!(search::index))
        .routes(routes!(command::execute))
        .routes(routes!(socket::open))
        .routes(routes!(emoji::create))
        .routes(routes!(emoji::update, emoji::delete))
        .routes(routes!(emoji::picture))
        .routes(routes!(emoji::restrict))
        .routes(routes!(openapi::show))
        .merge(
            // The large answers that go out as a whole.
            OpenApiRouter::new()
                .routes(routes!(snapshot::show))
                .routes(routes!(emoji::index))
                .layer(CompressionLayer::new().quality(SNAPSHOT_QUALITY)),
        )
}

fn people() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(setup::status, setup::create))
        .routes(routes!(session::index, session::create))
        .routes(routes!(session::delete_current))
        .routes(routes!(session::delete))
        .routes(routes!(me::show))
        .routes(routes!(me::change_password))
        .routes(routes!(workspace::update))
        .routes(routes!(workspace::hide_readers))
        .routes(routes!(mail::state, mail::hide_content))
        .routes(routes!(workspace::change_policy))
        .routes(routes!(workspace::change_mail_domains))
        .routes(routes!(workspace::save_logo, workspace::delete_logo))
        .routes(routes!(workspace::show_logo))
        .routes(routes!(administration::channels))
        .routes(routes!(administration::storage))
        .routes(routes!(administration::limits))
        .routes(routes!(
            administration::retention,
            administration::set_retention
        ))
        .routes(routes!(administration::preview_retention))
        .routes(routes!(session::end_everyone))
        .routes(routes!(session::index_of_member))
        .routes(routes!(session::delete_of_member))
        .routes(routes!(member::index, member::create))
        .routes(routes!(member::show, member::update))
        .routes(routes!(member::change_role))
        .routes(routes!(member::deactivate))
        .routes(routes!(member::reactivate))
        .routes(routes!(member::save_avatar))
        .routes(routes!(member::show_avatar))
        .routes(routes!(group::index, group::create))
        .routes(routes!(group::show, group::update, group::delete))
        .routes(routes!(group::members, group::change_members))
        .routes(routes!(group::add_member, group::remove_member))
        .routes(routes!(roster::group_followers))
        .routes(routes!(space::index, space::create))
        .routes(routes!(space::show, space::update))
        .routes(routes!(space::members))
        .routes(routes!(space::progress))
        .routes(routes!(roster::space_groups))
        .routes(routes!(roster::add_space_group, roster::remove_space_group))
        .routes(routes!(space::add_member, space::remove_member))
        .routes(routes!(invitation::index, invitation::create))
        .routes(routes!(invitation::preview, invitation::delete))
        .routes(routes!(invitation::accept))
        .routes(routes!(invitation::renew))
        .routes(routes!(reset::create))
        .routes(routes!(reset::preview, reset::accept))
        .routes(routes!(token::index, token::create))
        .routes(routes!(token::delete))
}

fn talk() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(channel::index, channel::create))
        .routes(routes!(channel::open_direct))
        .routes(routes!(channel::show, channel::update))
        .routes(routes!(channel::members))
        .routes(routes!(channel::add_member, channel::remove_member))
        .routes(routes!(roster::channel_groups))
        .routes(routes!(
            roster::add_channel_group,
            roster::remove_channel_group
        ))
        .routes(routes!(channel::change_role))
        .routes(routes!(channel::mark_read))
        .routes(routes!(channel::feeds))
        .routes(routes!(file::create))
        .routes(routes!(file::show))
        .routes(routes!(file::thumbnail))
        .routes(routes!(file::link))
        .routes(routes!(file::open_link))
        .routes(routes!(file::index))
        .routes(routes!(channel::add_feed, channel::remove_feed))
        .routes(routes!(message::index, message::create))
        .routes(routes!(message::show, message::update, message::delete))
        .routes(routes!(message::thread))
        .routes(routes!(message::readers))
        .routes(routes!(thread::index))
        .routes(routes!(thread::resolve, thread::reopen))
        .routes(routes!(message::add_reaction, message::remove_reaction))
        .routes(routes!(message::pins))
        .routes(routes!(message::pin, message::unpin))
        .routes(routes!(acknowledgement::request, acknowledgement::withdraw))
        .routes(routes!(acknowledgement::acknowledge))
        .routes(routes!(acknowledgement::remind))
        .routes(routes!(poll::show, poll::vote))
        .routes(routes!(poll::index))
        .routes(routes!(poll::add_option))
        .routes(routes!(poll::close))
        .routes(routes!(message::remove_preview))
        .routes(routes!(bookmark::index, bookmark::create))
        .routes(routes!(bookmark::update, bookmark::delete))
        .routes(routes!(message::guess_task, message::make_task))
}

fn inbox() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(notification::index, notification::update))
        .routes(routes!(notification::read))
        .routes(routes!(notification::why))
        .routes(routes!(notification::why_message))
        .routes(routes!(
            notification::follows,
            notification::follow,
            notification::unfollow
        ))
        .routes(routes!(
            notification::preferences,
            notification::change_preferences
        ))
        .routes(routes!(push::show, push::subscribe, push::unsubscribe))
        .routes(routes!(mail::show))
        .routes(routes!(mail::test))
        .routes(routes!(mail::unsubscribe))
        .routes(routes!(channel::mark_all_read))
        .routes(routes!(scheduled::index, scheduled::create))
        .routes(routes!(scheduled::update, scheduled::delete))
        .routes(routes!(draft::index))
        .routes(routes!(draft::save))
        .routes(routes!(side_bar::show))
        .routes(routes!(side_bar::create_section))
        .routes(routes!(side_bar::update_section, side_bar::delete_section))
        .routes(routes!(side_bar::place_row))
        .routes(routes!(side_bar::fold_space))
        .routes(routes!(notification::saved))
        .routes(routes!(notification::save, notification::unsave))
        .routes(routes!(notification::setting, notification::change_setting))
}

fn work() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(project::index, project::create))
        .routes(routes!(project::show, project::update))
        .routes(routes!(project::workflow, project::change_workflow))
        .routes(routes!(project::types, project::change_types))
        .routes(routes!(field::index, field::change))
        .routes(routes!(template::index, template::change))
        .routes(routes!(project::members))
        .routes(routes!(project::add_member, project::remove_member))
        .routes(routes!(task::index, task::create))
        .routes(routes!(task::show, task::update, task::delete))
        .routes(routes!(task::archive))
        .routes(routes!(task::restore))
        .routes(routes!(task::trash))
        .routes(routes!(task::transition))
        .routes(routes!(task::move_to))
        .routes(routes!(task::follow, task::unfollow))
        .routes(routes!(task::messages, task::post_message))
        .routes(routes!(task::history))
        .routes(routes!(checklist::add))
        .routes(routes!(checklist::update, checklist::remove))
        .routes(routes!(checklist::make_subtask))
        .routes(routes!(link::index, link::create, link::delete))
        .routes(routes!(roll_up::index))
}

/// Everything else is the web UI, which has its own addresses (`/t/ENG-42`, `/m/…`).
async fn elsewhere(State(server): State<Shared>, request: Request) -> Response {
    let path = request.uri().path();
    if path.ends_with(".webmanifest")
        && let Ok(status) = server.engine.setup_status().await
        && let Some(name) = status.name
        && let Some(response) = assets::show_manifest(path, &name, status.logo.as_deref())
    {
        return response;
    }
    let first = path.trim_start_matches('/').split('/').next();
    if first.is_some_and(|first| OF_PROGRAMS.contains(&first)) {
        return Problem::not_found().into_response();
    }
    match *request.method() {
        Method::GET | Method::HEAD => assets::show(path, request.headers()),
        _ => wrong_method().await.into_response(),
    }
}

async fn wrong_method() -> Problem {
    Problem::new(
        ErrorCode::MethodNotAllowed,
        "This address does not take that method.",
    )
}

/// Whether the process runs.
#[utoipa::path(get, path = "/healthz", tag = "health", security(()),
    responses((status = 200, description = "`ok`", body = String)))]
async fn healthy() -> &'static str {
    "ok"
}

/// Whether it is ready to be sent requests.
#[utoipa::path(get, path = "/readyz", tag = "health", security(()),
    responses((status = 200, description = "`ready`", body = String),
        (status = 503, description = "`not ready`: it starts or stops", body = String)))]
async fn ready(State(server): State<Shared>) -> (StatusCode, &'static str) {
    if server.engine.ready() && server.engine.reaches_database().await {
        (StatusCode::OK, "ready")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "not ready")
    }
}
