//! The follower that tells members what concerns them. For each page of the log it asks, in a
//! fixed number of statements, who follows what; an ordinary message concerns nobody and costs
//! nothing more. What does concern somebody becomes the command `Notify`.

use crate::{Engine, Failure, bot, follow::Follow};
use futures::FutureExt;
use hashbrown::{HashMap, HashSet};
use std::sync::Arc;
use tenon_domain::{
    keyword::Keywords,
    notification::{
        Place, concerned_by_acknowledgement, concerned_by_changes, concerned_by_edit,
        concerned_by_message, concerned_by_poll, concerned_by_task, notifies_everyone,
    },
};
use tenon_protocol::{
    ChannelId, Command, Event, GroupId, MemberId, MessageId, TaskId, WorkspaceId,
    channel::{Channel, ChannelKind},
    group::GroupMention,
    limit::{CHANNEL_MENTION_MEMBERS_MAX, NOTIFY_MEMBERS_MAX},
    message::Message,
    notification::{Concern, Notify},
    task::Task,
};
use tenon_store::{Logged, Reader, channel, group, notification, preference, task};
use uuid::Uuid;

/// See the file's head.
pub(crate) struct Notifier {
    workspace: WorkspaceId,
    /// Forgotten whenever anybody's preferences change.
    keywords: Option<Arc<Keywords>>,
}

impl Follow for Notifier {
    const NAME: &'static str = "notifier";

    async fn follow(&mut self, engine: &Engine, page: &[Logged]) -> Result<(), Failure> {
        if page.iter().any(|entry| entry.kind == "preferences_changed") {
            self.keywords = None;
        }
        let told = interesting(page)?;
        if told.is_empty() {
            return Ok(());
        }
        self.tell(engine, told).await
    }
}

impl Notifier {
    pub fn new(workspace: WorkspaceId) -> Self {
        Self {
            workspace,
            keywords: None,
        }
    }

    async fn tell(
        &mut self,
        engine: &Engine,
        told: Vec<(Logged, Arc<Event>)>,
    ) -> Result<(), Failure> {
        let keywords = self.keywords(engine).await?;
        let told = Arc::new(told);
        let entries = told.clone();
        let read = engine.inner.store.read(self.workspace, move |reader| {
            async move { Surroundings::load(reader, &entries).await }.boxed()
        });
        let surroundings = read.await?;
        for (entry, event) in told.iter() {
            let concerned = surroundings.concerned(entry, event, &keywords);
            if concerned.is_empty() {
                continue;
            }
            let Some(bot) = surroundings.bot else {
                return Ok(());
            };
            send(engine, self.workspace, bot, entry, event, concerned).await?;
        }
        Ok(())
    }

    async fn keywords(&mut self, engine: &Engine) -> Result<Arc<Keywords>, Failure> {
        if let Some(keywords) = &self.keywords {
            return Ok(keywords.clone());
        }
        let read = engine.inner.store.read(self.workspace, |reader| {
            async move { preference::list(reader).await }.boxed()
        });
        let all = read.await?;
        let all = all.iter().map(|(id, it)| (*id, it.keywords.as_slice()));
        let keywords = Arc::new(Keywords::of(all));
        self.keywords = Some(keywords.clone());
        Ok(keywords)
    }
}

/// Entries that may concern somebody, with their events.
fn interesting(page: &[Logged]) -> Result<Vec<(Logged, Arc<Event>)>, Failure> {
    let kinds = [
        "message_posted",
        "message_edited",
        "acknowledgement_requested",
        "acknowledgement_reminded",
        "poll_closed",
        "task_created",
        "task_changed",
    ];
    let fitting = page.iter().filter(|entry| kinds.contains(&&*entry.kind));
    let parsed = fitting.map(|entry| Ok((entry.clone(), entry.event()?)));
    parsed.collect()
}

/// What decides whom the entries of a page concern.
#[derive(Default)]
struct Surroundings {
    bot: Option<MemberId>,
    channels: HashMap<ChannelId, Channel>,
    /// With the seq since which each follows.
    followers: HashMap<MessageId, Vec<(MemberId, i64)>>,
    /// Names of groups, if any was mentioned.
    groups: HashMap<GroupId, String>,
    listeners: HashMap<ChannelId, Vec<MemberId>>,
    tasks: HashMap<TaskId, Task>,
    /// Of channels where everyone was mentioned, if they are not too many.
    everyone: HashMap<ChannelId, Vec<MemberId>>,
}

impl Surroundings {
    async fn load(
        reader: &mut Reader<'_>,
        told: &[(Logged, Arc<Event>)],
    ) -> tenon_store::Result<Self> {
        let (mut threads, mut channels, mut tasks) = (Ids::new(), Ids::new(), Ids::new());
        let mut loud = HashSet::new();
        let mut names_groups = false;
        for (_, event) in told {
            if let Event::MessagePosted { message } = &**event {
                threads.extend(message.thread.map(|id| id.0));
                channels.extend(message.channel.map(|id| id.0));
                tasks.extend(message.task.map(|id| id.0));
                loud.extend(message.channel.filter(|_| message.mentions_channel));
                names_groups |= !message.mentions_groups.is_empty();
            }
            if let Event::MessageEdited {
                mentions_groups, ..
            } = &**event
            {
                names_groups |= !mentions_groups.is_empty();
            }
            tasks.extend(event.about().map(|id| id.0));
        }
        let mut found = Self {
            bot: bot::find(reader).await?,
            ..Self::default()
        };
        if names_groups {
            let named = group::list_names(reader).await?;
            found.groups.extend(named);
        }
        for it in channel::list_these(reader, &list(&channels)).await? {
            found.channels.insert(it.id, it);
        }
        for (thread, member, since) in notification::list_followers(reader, &list(&threads)).await?
        {
            let followers = found.followers.entry(thread).or_default();
            followers.push((member, since));
        }
        for (channel, member) in preference::list_listeners(reader, &list(&channels)).await? {
            found.listeners.entry(channel).or_default().push(member);
        }
        for it in task::list_these(reader, &list(&tasks)).await? {
            found.tasks.insert(it.id, it);
        }
        let max = CHANNEL_MENTION_MEMBERS_MAX as i64;
        for id in loud {
            let count = channel::count_members(reader, id, max + 1).await?;
            if notifies_everyone(count as usize) {
                let members = channel::list_members(reader, id).await?;
                found.everyone.insert(id, members);
            }
        }
        Ok(found)
    }

    fn concerned(&self, entry: &Logged, event: &Event, keywords: &Keywords) -> Vec<Concern> {
        if let Event::MessagePosted { message } = event {
            return self.concerned_by_message(message, keywords);
        }
        if let Event::MessageEdited {
            mentions_before,
            mentions,
            mentions_groups,
            ..
        } = event
        {
            let groups = (&mentions_groups[..], &self.group_names(mentions_groups)[..]);
            return concerned_by_edit(entry.actor, mentions_before, mentions, groups);
        }
        if let Event::AcknowledgementRequested {
            acknowledgement, ..
        } = event
        {
            return concerned_by_acknowledgement(entry.actor, &acknowledgement.waiting);
        }
        if let Event::AcknowledgementReminded { waiting, .. } = event {
            return concerned_by_acknowledgement(entry.actor, waiting);
        }
        if let Event::PollClosed { author, .. } = event {
            return concerned_by_poll(entry.actor, *author);
        }
        if let Event::TaskCreated { task } = event {
            return concerned_by_task(entry.actor, task);
        }
        if let Event::TaskChanged { task, changes } = event
            && let Some(task) = self.tasks.get(task)
        {
            return concerned_by_changes(entry.actor, task, changes);
        }
        vec![]
    }

    /// Empty for one that was deleted since.
    fn group_names(&self, mentions: &[GroupMention]) -> Vec<String> {
        let name = |it: &GroupMention| self.groups.get(&it.group).cloned().unwrap_or_default();
        mentions.iter().map(name).collect()
    }

    fn concerned_by_message(&self, message: &Message, keywords: &Keywords) -> Vec<Concern> {
        let none: Vec<MemberId> = vec![];
        let channel = message.channel.and_then(|id| self.channels.get(&id));
        let direct = channel.filter(|it| it.kind == ChannelKind::Direct);
        let everyone = message.channel.filter(|_| message.mentions_channel);
        let everyone = everyone.and_then(|id| self.everyone.get(&id));
        // Whoever began to follow after it was said is not told of it.
        let of_thread = message.thread.and_then(|id| self.followers.get(&id));
        let of_thread = of_thread.into_iter().flatten();
        let of_thread = of_thread.filter(|(_, since)| *since <= message.seq);
        let of_thread: Vec<MemberId> = of_thread.map(|(id, _)| *id).collect();
        let of_task = message.task.and_then(|id| self.tasks.get(&id));
        let followers = match message.task {
            Some(_) => of_task.map(|task| &task.followers),
            None => Some(&of_thread),
        };
        let listeners = message.channel.and_then(|id| self.listeners.get(&id));
        // In direct channels and tasks all that is said is told already.
        let in_channel = channel.is_some() && direct.is_none();
        let found = if in_channel && message.card.is_none() {
            keywords.find(&message.text)
        } else {
            vec![]
        };
        let place = Place {
            direct: direct.map_or(&none, |it| &it.members),
            everyone: everyone.unwrap_or(&none),
            groups: &self.group_names(&message.mentions_groups),
            followers: followers.unwrap_or(&none),
            listeners: listeners.unwrap_or(&none),
            keywords: &found,
        };
        concerned_by_message(message, &place)
    }
}

type Ids = HashSet<Uuid>;

fn list(ids: &Ids) -> Vec<Uuid> {
    ids.iter().copied().collect()
}

async fn send(
    engine: &Engine,
    workspace: WorkspaceId,
    bot: MemberId,
    entry: &Logged,
    event: &Event,
    concerned: Vec<Concern>,
) -> Result<(), Failure> {
    let message = match event {
        Event::MessagePosted { message } => Some(message.id),
        Event::MessageEdited { message, .. }
        | Event::AcknowledgementRequested { message, .. }
        | Event::AcknowledgementReminded { message, .. }
        | Event::PollClosed { message, .. } => Some(*message),
        _ => None,
    };
    for (batch, concerned) in concerned.chunks(NOTIFY_MEMBERS_MAX).enumerate() {
        let command = Command::Notify(Notify {
            cause: entry.seq,
            at: entry.at,
            actor: entry.actor,
            message,
            task: event.about(),
            concerned: concerned.to_vec(),
        });
        // Refused if told before a crash, when the surroundings were others: it stays so.
        let parts = [&entry.seq.to_le_bytes()[..], &(batch as u64).to_le_bytes()];
        let request = bot::derived_id("tenon 2026 notifier", &parts);
        bot::execute(engine, workspace, bot, request, command).await?;
    }
    Ok(())
}
