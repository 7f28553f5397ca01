//! Commands about polls.

use super::{
    Decided, Desk, Who,
    message::{context, find, on_message},
};
use tenon_domain::poll::{CountPollContext, add_poll_option, close_poll, count_poll};
use tenon_protocol::poll::{AddPollOption, ClosePoll, CountPoll};
use tenon_store::poll;

on_message!(add_option, AddPollOption, add_poll_option);
on_message!(close, ClosePoll, close_poll);

pub(super) async fn count(desk: &mut Desk<'_, '_>, who: Who<'_>, command: &CountPoll) -> Decided {
    let found = find(desk, who, command.message).await?;
    let ballots = poll::tally(desk.tx, command.message).await?;
    let sees_project = |id| found.sight.sees(id);
    let context = CountPollContext {
        found: context(desk, who, &found, &[], &sees_project),
        ballots: &ballots,
    };
    Ok(count_poll(&context, command, desk.now))
}
