//! Feeds: a channel follows a project, and shows each of its tasks on one live card.

use crate::{
    access,
    actor::Actor,
    decide::{Decision, fact},
    message,
    refusal::Refusal,
    workflow,
};
use tenon_protocol::{
    Scope, Timestamp,
    channel::Channel,
    event::Event,
    feed::{AddFeed, CardChange, Feed, RemoveFeed, ShowCard},
    limit,
    member::Member,
    message::{Card, Message},
    project::Project,
    task::Task,
};

pub struct AddFeedContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub channel: Option<&'a Channel>,
    pub standing: access::Standing,
    pub project: Option<&'a Project>,
    pub is_project_member: bool,
    /// Of the channel, all of them.
    pub feeds: &'a [Feed],
}

pub struct RemoveFeedContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub channel: Option<&'a Channel>,
    pub standing: access::Standing,
    /// Of the channel, all of them.
    pub feeds: &'a [Feed],
}

pub struct ShowCardContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    pub channel: Option<&'a Channel>,
    /// Does the channel still follow the project?
    pub followed: bool,
    /// Deleted or not.
    pub task: Option<&'a Task>,
    /// Of the task.
    pub project: Option<&'a Project>,
    /// The message in the channel with the task's card, deleted or not.
    pub existing: Option<&'a Message>,
    pub id_taken: bool,
}

/// Members of the channel who see the project. The cards then show to everyone in the channel.
pub fn add_feed(
    context: &AddFeedContext<'_>,
    command: &AddFeed,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    let me = context.me;
    access::check_granted(context.actor, me, command)?;
    let channel = access::readable_channel(me, context.channel, context.standing)?;
    access::check_keep(me, channel, context.standing.is_inside())?;
    let project = access::visible_project(me, context.project, context.is_project_member)?;
    if context.feeds.iter().any(|feed| feed.project == project.id) {
        return Ok(Decision::of_project(project, vec![]));
    }
    access::check_work_in(project)?;
    if context.feeds.len() >= limit::FEEDS_PER_CHANNEL_MAX {
        let max = limit::FEEDS_PER_CHANNEL_MAX;
        return Err(Refusal::TooMany {
            field: "project",
            max,
        });
    }
    let feed = Feed {
        channel: channel.id,
        project: project.id,
        created_by: me.id,
        created_at: now,
    };
    let facts = vec![fact(Scope::Channel(channel.id), Event::FeedAdded { feed })];
    Ok(Decision::of_project(project, facts))
}

/// Members of the channel, even if they do not see the project. The cards stay as they are.
pub fn remove_feed(
    context: &RemoveFeedContext<'_>,
    command: &RemoveFeed,
    _now: Timestamp,
) -> Result<Decision, Refusal> {
    let me = context.me;
    access::check_granted(context.actor, me, command)?;
    let channel = access::joined_channel(me, context.channel, context.standing)?;
    let (id, project) = (channel.id, command.project);
    let facts = if context.feeds.iter().any(|feed| feed.project == project) {
        vec![fact(
            Scope::Channel(id),
            Event::FeedRemoved {
                channel: id,
                project,
            },
        )]
    } else {
        vec![]
    };
    Ok(Decision::of(project.0, facts))
}

/// The server itself, as a bot. Nothing is told where nothing would look different, nor where
/// the channel follows no longer, nor where somebody deleted the card.
pub fn show_card(
    context: &ShowCardContext<'_>,
    command: &ShowCard,
    now: Timestamp,
) -> Result<Decision, Refusal> {
    access::check_internal(context.actor)?;
    let channel = context.channel.ok_or(Refusal::UnknownChannel)?;
    let unknown = Refusal::UnknownTask { field: None };
    let (task, project) = context.task.zip(context.project).ok_or(unknown)?;
    let card = card_of(task, project, command);
    let scope = Scope::Channel(channel.id);
    let shown = context.existing.and_then(|message| message.card.as_ref());
    // What is deleted leaves its card wherever that is.
    let gone = shown.is_some_and(|shown| shown.deleted != card.deleted);
    let shows = gone || (context.followed && !channel.archived);
    let facts = match (context.existing, shown) {
        _ if !shows => vec![],
        (Some(message), _) if message.deleted => vec![],
        (Some(_), Some(shown)) if looks_same(shown, &card) => vec![],
        (Some(message), _) => {
            let change = CardChange {
                message: message.id,
                channel: channel.id,
                card,
            };
            vec![fact(scope, Event::CardChanged(change))]
        }
        (None, _) if task.deleted || task.archived => vec![],
        (None, _) if context.id_taken => return Err(Refusal::IdTaken),
        (None, _) => {
            let message = Message {
                channel: Some(channel.id),
                card: Some(card),
                ..message::blank(command.id, context.me.id, now, String::new())
            };
            vec![fact(scope, Event::MessagePosted { message })]
        }
    };
    let id = context.existing.map_or(command.id, |message| message.id);
    Ok(Decision::of(id.0, facts))
}

/// The task as it is shown. One that is deleted has no words and nobody.
fn card_of(task: &Task, project: &Project, command: &ShowCard) -> Card {
    let words = Some(task).filter(|task| !task.deleted);
    let state = workflow::find_state(&project.workflow, &task.state).ok();
    let state = state.or(workflow::first_state(&project.workflow));
    Card {
        task: task.id,
        project: project.id,
        key: task.key.clone(),
        title: words.map_or_else(String::new, |task| task.title.clone()),
        state: task.state.clone(),
        state_name: state.map_or_else(String::new, |state| state.name.clone()),
        category: state.map_or(tenon_protocol::project::Category::Todo, |state| {
            state.category
        }),
        assignees: words.map_or_else(Vec::new, |task| task.assignees.clone()),
        priority: task.priority,
        due: words.and_then(|task| task.due),
        archived: task.archived,
        deleted: task.deleted,
        changed_by: command.changed_by,
        changed_at: command.changed_at,
        seq: task.seq,
    }
}

/// Who changed it and when does not count: an edit of what no card shows is no news.
fn looks_same(shown: &Card, card: &Card) -> bool {
    let Card {
        changed_by,
        changed_at,
        seq,
        ..
    } = *shown;
    *shown
        == Card {
            changed_by,
            changed_at,
            seq,
            ..card.clone()
        }
}
