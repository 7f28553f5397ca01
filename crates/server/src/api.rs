//! The REST interface: one file a noun. A handler reads its request, calls the engine once or
//! twice, prints the answer; what is allowed is decided by the engine.

pub mod acknowledgement;
pub mod administration;
pub mod bookmark;
pub mod channel;
pub mod checklist;
pub mod command;
pub mod draft;
pub mod emoji;
pub mod event;
pub mod field;
pub mod file;
pub mod group;
pub mod hook;
pub mod invitation;
pub mod link;
pub mod mail;
pub mod me;
pub mod member;
pub mod message;
pub mod notification;
pub mod poll;
pub mod project;
pub mod push;
pub mod reset;
pub mod roll_up;
pub mod roster;
pub mod scheduled;
pub mod search;
pub mod session;
pub mod setup;
pub mod side_bar;
pub mod snapshot;
pub mod space;
pub mod task;
pub mod template;
pub mod thread;
pub mod token;
pub mod workspace;

use crate::errors::{Answer, Problem};
use serde::Deserialize;
use tenon_engine::{Actor, Engine, Window};
use tenon_protocol::{
    ProjectId,
    limit::{PAGE_ITEMS_DEFAULT, PAGE_ITEMS_MAX},
};
use utoipa::IntoParams;

/// How much of a list.
#[derive(Deserialize, IntoParams)]
pub struct PageQuery {
    /// Items at most; 50 when absent, never more than 200.
    pub limit: Option<u32>,
    /// The `next` of the page before.
    #[serde(alias = "cursor")]
    pub after: Option<String>,
}

/// Which part of a conversation. At most one of `before`, `after` and `around`.
#[derive(Deserialize, IntoParams)]
pub struct WindowQuery {
    /// The newest ones before this seq.
    pub before: Option<i64>,
    /// The oldest ones after this seq.
    pub after: Option<i64>,
    /// Those on both sides of this seq, itself included.
    pub around: Option<i64>,
    /// Items at most; 50 when absent, never more than 200.
    pub limit: Option<u32>,
}

impl WindowQuery {
    fn window(&self) -> Answer<Window> {
        let &Self {
            before,
            after,
            around,
            limit,
        } = self;
        if [before, after, around].into_iter().flatten().count() > 1 {
            let message = "Give at most one of before, after and around.";
            return Err(Problem::malformed(message).at("before"));
        }
        Ok(Window {
            before,
            after,
            around,
            limit: bounded(limit),
        })
    }
}

/// The size of a page that a client gets when it asks for this one.
pub fn bounded(limit: Option<u32>) -> u32 {
    limit.unwrap_or(PAGE_ITEMS_DEFAULT).clamp(1, PAGE_ITEMS_MAX)
}

/// The project that a client names by key or by id.
pub async fn find_project(engine: &Engine, actor: &Actor, key_or_id: &str) -> Answer<ProjectId> {
    match key_or_id.parse() {
        Ok(id) => Ok(id),
        Err(_) => Ok(engine.get_project(actor, key_or_id).await?.id),
    }
}
