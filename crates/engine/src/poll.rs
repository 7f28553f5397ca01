//! Votes: cast beside the log, counted once a second into it, and polls closed at their time.
//!
//! Invariant: who chose what in an anonymous poll is in no entry, no answer, no request that is
//! remembered and no log line; the row of a ballot names nobody without the key outside the
//! database, and goes once the poll is closed.

use crate::{
    Actor, Engine, Failure, bot,
    execute::{Rider, now},
    queries::{Answered, allowed, channel::standing, me, message::readable_message, page::limit},
    round::Round,
    vault::voter_of,
};
use futures::FutureExt;
use tenon_domain::{
    access,
    poll::{BallotContext, check_ballot, check_list_votes, choices_of},
    refusal::Refusal,
};
use tenon_protocol::{
    Command, MemberId, MessageId, RequestId, WorkspaceId,
    credential::TokenScope,
    message::Message,
    poll::{Ballot, ClosePoll, CountPoll, Vote},
    snapshot::Page,
};
use tenon_store::{Reader, channel, message, poll, project, task};

/// Limit: polls that are closed or counted at one look; the next look takes the rest.
const POLLS_MAX: i64 = 200;

impl Engine {
    /// Votes, or changes one's vote, or takes it back. Counted within a second or two.
    pub async fn vote(
        &self,
        actor: &Actor,
        id: MessageId,
        ballot: Ballot,
    ) -> Result<Ballot, Failure> {
        access::check_grant(actor, TokenScope::Chat)?;
        let asker = *actor;
        let check = self.read(actor.workspace, move |reader| {
            async move { checked(reader, &asker, id, &ballot).await }.boxed()
        });
        let (choices, anonymous) = check.await?;
        let voter = self.voter(actor.member, id, anonymous)?;
        let workspace = actor.workspace;
        let cast = self.inner.store.private(move |private| {
            async move { private.cast_ballot(workspace, id, &voter, choices).await }.boxed()
        });
        if cast.await? {
            Ok(Ballot {
                choices: choices_of(choices),
            })
        } else {
            Err(Refusal::PollClosed.into())
        }
    }

    /// What the asker chose. Of an anonymous poll that is closed nobody knows it any more.
    pub async fn get_ballot(&self, actor: &Actor, id: MessageId) -> Result<Ballot, Failure> {
        let (asker, engine) = (*actor, self.clone());
        self.read(actor.workspace, move |reader| {
            async move {
                let message = allowed!(readable_message(reader, &asker, id).await?);
                let anonymous = allowed!(asks(&message));
                let voter = allowed!(engine.voter(asker.member, id, anonymous));
                let own = poll::own(reader, id, &voter).await?;
                Ok(Ok(Ballot {
                    choices: choices_of(own.unwrap_or(0)),
                }))
            }
            .boxed()
        })
        .await
    }

    /// Who chose what in an open poll, by member.
    pub async fn list_votes(
        &self,
        actor: &Actor,
        id: MessageId,
        after: Option<MemberId>,
        page: u32,
    ) -> Result<Page<Vote>, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let message = allowed!(readable_message(reader, &asker, id).await?);
                allowed!(check_list_votes(&message));
                let (after, limit) = (after.unwrap_or(MemberId(uuid::Uuid::nil())), limit(page));
                let mut votes = poll::list(reader, id, after, limit + 1).await?;
                let more = votes.len() as i64 > limit;
                votes.truncate(limit as usize);
                let last = votes.last().filter(|_| more);
                let next = last.map(|(member, _)| member.to_string());
                let items = votes.into_iter().map(|(member, set)| Vote {
                    member,
                    choices: choices_of(set),
                });
                let items = items.collect();
                Ok(Ok(Page { items, next }))
            }
            .boxed()
        })
        .await
    }

    fn voter(&self, member: MemberId, id: MessageId, anonymous: bool) -> Result<Vec<u8>, Failure> {
        Ok(if anonymous {
            voter_of(&self.vault_key()?, id, member).to_vec()
        } else {
            member.0.as_bytes().to_vec()
        })
    }
}

fn asks(message: &Message) -> Result<bool, Refusal> {
    let poll = message.poll.as_ref().ok_or(Refusal::NotAPoll)?;
    Ok(poll.anonymous)
}

/// The set of options that the ballot chooses, and whether the poll is anonymous.
async fn checked(
    reader: &mut Reader<'_>,
    actor: &Actor,
    id: MessageId,
    ballot: &Ballot,
) -> Answered<(i64, bool)> {
    let me = allowed!(me(reader, actor).await?);
    let message = allowed!(readable_message(reader, actor, id).await?);
    let channel = match message.channel {
        Some(id) => channel::get(reader, id).await?,
        None => None,
    };
    let standing = standing(reader, channel.as_ref(), me.id).await?;
    let task = match message.task {
        Some(id) => task::get(reader, id).await?,
        None => None,
    };
    let project = match &task {
        Some(task) => project::get(reader, task.project).await?,
        None => None,
    };
    let context = BallotContext {
        me: &me,
        message: &message,
        channel: channel.as_ref(),
        standing,
        task: task.as_ref(),
        project: project.as_ref(),
        // Whoever reads the conversation of a task sees its project.
        is_project_member: true,
    };
    let choices = allowed!(check_ballot(&context, ballot));
    Ok(Ok((choices, allowed!(asks(&message)))))
}

/// Closes what is due, and counts what has changed; called by the timer of reminders.
/// Counts and closes the polls of one workspace.
pub(crate) struct Polls(pub WorkspaceId);

impl Round for Polls {
    const WAITS: &'static str = "polls";

    async fn look(&self, engine: &Engine) -> Result<(), Failure> {
        look(engine, self.0).await
    }
}

async fn look(engine: &Engine, workspace: WorkspaceId) -> Result<(), Failure> {
    let read = engine.inner.store.read(workspace, |reader| {
        async move {
            let due = poll::list_due(reader, now(), POLLS_MAX).await?;
            let changed = poll::list_changed(reader, POLLS_MAX).await?;
            if due.is_empty() && changed.is_empty() {
                return Ok((due, changed, None));
            }
            Ok((due, changed, bot::find(reader).await?))
        }
        .boxed()
    });
    let (due, changed, bot) = read.await?;
    let Some(bot) = bot else {
        return Ok(());
    };
    for message in &due {
        let request = bot::derived_id("tenon 2026 polls", &[message.0.as_bytes()]);
        let close = Command::ClosePoll(ClosePoll { message: *message });
        bot::execute(engine, workspace, bot, request, close).await?;
    }
    for message in due.iter().chain(&changed) {
        count(engine, workspace, bot, *message).await?;
    }
    Ok(())
}

/// Ballots are marked as counted before they are counted, in one transaction: one that comes in
/// between is counted, and once more at the next look.
async fn count(
    engine: &Engine,
    workspace: WorkspaceId,
    bot: MemberId,
    id: MessageId,
) -> Result<(), Failure> {
    let read = engine.inner.store.read(workspace, move |reader| {
        async move { message::get(reader, id).await }.boxed()
    });
    let poll = read.await?.and_then(|message| message.poll);
    let over = poll.is_some_and(|poll| poll.anonymous && poll.closed.is_some());
    let rider = Rider {
        join: None,
        check: Box::new(move |tx| {
            async move {
                let marked = tx.private().mark_ballots_counted(workspace, id);
                marked.map(Ok)
            }
            .boxed()
        }),
        write: Box::new(move |tx| {
            if over {
                tx.private().forget_ballots(workspace, id)?;
            }
            Ok(())
        }),
    };
    let server = bot::internal(workspace, bot);
    let command = Command::CountPoll(CountPoll { message: id });
    let done = engine.execute_with(&server, RequestId::new(), command, Some(rider));
    match done.await {
        // Deleted meanwhile: there is nothing to count.
        Ok(_) | Err(Failure::Refused(_)) => Ok(()),
        Err(failure) => Err(failure),
    }
}
