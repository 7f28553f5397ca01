//! `/messages/{id}/poll`: votes, options, the end. How a poll stands is part of its message.

use super::bounded;
use crate::{
    answer::done,
    errors::{Answer, Problem},
    identity::Asker,
    request::{Json, Query, Segment},
};
use axum::response::Response;
use serde::Deserialize;
use tenon_protocol::{
    Command, MemberId, MessageId,
    poll::{AddPollOption, Ballot, ClosePoll, Vote},
    snapshot::Page,
};
use utoipa::{IntoParams, ToSchema};

/// What the asker chose. Of an anonymous poll that is closed: nothing any more.
#[utoipa::path(get, path = "/messages/{id}/poll/vote", tag = "message",
    responses((status = 200, body = Ballot)))]
pub async fn show(asker: Asker, Segment(id): Segment<MessageId>) -> Answer<Json<Ballot>> {
    Ok(Json(asker.engine().get_ballot(asker.actor(), id).await?))
}

/// Votes, or changes one's vote; no choices take it back. Counted within two seconds, in an
/// anonymous poll once three ballots are new.
#[utoipa::path(put, path = "/messages/{id}/poll/vote", tag = "message",
    responses((status = 200, body = Ballot)))]
pub async fn vote(
    asker: Asker,
    Segment(id): Segment<MessageId>,
    Json(ballot): Json<Ballot>,
) -> Answer<Json<Ballot>> {
    let vote = asker.engine().vote(asker.actor(), id, ballot);
    Ok(Json(vote.await?))
}

/// Which votes.
#[derive(Deserialize, IntoParams)]
pub struct VoteQuery {
    /// Items at most; 50 when absent, never more than 200.
    pub limit: Option<u32>,
    /// The `next` of the page before.
    pub after: Option<String>,
}

/// Who chose what, by member. 403 `forbidden` in an anonymous poll.
#[utoipa::path(get, path = "/messages/{id}/poll/votes", tag = "message", params(VoteQuery),
    responses((status = 200, body = Page<Vote>)))]
pub async fn index(
    asker: Asker,
    Segment(id): Segment<MessageId>,
    Query(query): Query<VoteQuery>,
) -> Answer<Json<Page<Vote>>> {
    let after = query.after.as_deref().map(str::parse::<MemberId>);
    let after = after.transpose();
    let after =
        after.map_err(|_| Problem::malformed("This is no `next` of a page.").at("after"))?;
    let engine = asker.engine();
    let votes = engine.list_votes(asker.actor(), id, after, bounded(query.limit));
    Ok(Json(votes.await?))
}

#[derive(Deserialize, ToSchema)]
pub struct NewOption {
    pub text: String,
}

/// Adds an option.
#[utoipa::path(post, path = "/messages/{id}/poll/options", tag = "message",
    responses((status = 204)))]
pub async fn add_option(
    asker: Asker,
    Segment(message): Segment<MessageId>,
    Json(NewOption { text }): Json<NewOption>,
) -> Answer<Response> {
    let wish = Command::AddPollOption(AddPollOption { message, text });
    Ok(done(&asker.execute(wish).await?))
}

/// Ends it: nobody votes any more, the result stays. The author and administrators.
#[utoipa::path(post, path = "/messages/{id}/poll/close", tag = "message",
    responses((status = 204)))]
pub async fn close(asker: Asker, Segment(message): Segment<MessageId>) -> Answer<Response> {
    let wish = Command::ClosePoll(ClosePoll { message });
    Ok(done(&asker.execute(wish).await?))
}
