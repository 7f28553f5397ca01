//! Reads about messages.

use super::{
    Answered, allowed,
    channel::{readable, standing},
    me,
    page::{Raw, RawPage, Window},
    task::visible_task,
};
use crate::{Actor, Engine, Failure, execute::now};
use futures::FutureExt;
use hashbrown::HashMap;
use tenon_domain::{
    access,
    joint::{MakeTaskContext, guess_task},
    refusal::Refusal,
    template::Mould,
};
use tenon_protocol::{
    ChannelId, ItemId, MemberId, MessageId, TaskId, member::Member, message::Message,
    project::Visibility, task::Guess,
};
use tenon_store::{
    Reader, member,
    message::{self, Conversation},
};

impl Engine {
    /// Messages of a channel outside threads, oldest first.
    pub async fn list_messages(
        &self,
        actor: &Actor,
        id: ChannelId,
        window: Window,
    ) -> Result<RawPage, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                allowed!(readable(reader, &asker, id).await?);
                Ok(Ok(page(reader, Conversation::Channel(id), window).await?))
            }
            .boxed()
        })
        .await
    }

    /// A thread: its root first (on the page that begins it), then replies, oldest first.
    pub async fn list_thread(
        &self,
        actor: &Actor,
        root: MessageId,
        window: Window,
    ) -> Result<RawPage, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let root = allowed!(readable_message(reader, &asker, root).await?);
                let id = root.thread.unwrap_or(root.id);
                let mut page = page(reader, Conversation::Thread(id), window).await?;
                let from_start = window.after.is_none() && page.next.is_none();
                if from_start && let Some(root) = message::get(reader, id).await? {
                    page.items
                        .insert(0, Raw::from(serde_json::to_string(&root)?));
                }
                Ok(Ok(page))
            }
            .boxed()
        })
        .await
    }

    /// A task's conversation, oldest first.
    pub async fn list_task_messages(
        &self,
        actor: &Actor,
        task: TaskId,
        window: Window,
    ) -> Result<RawPage, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let me = allowed!(me(reader, &asker).await?);
                allowed!(visible_task(reader, &me, task).await?);
                Ok(Ok(page(reader, Conversation::Task(task), window).await?))
            }
            .boxed()
        })
        .await
    }

    pub async fn get_message(&self, actor: &Actor, id: MessageId) -> Result<Message, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move { readable_message(reader, &asker, id).await }.boxed()
        })
        .await
    }

    /// What `MakeTask` would fill in for a message.
    pub async fn guess_task(&self, actor: &Actor, id: MessageId) -> Result<Guess, Failure> {
        let asker = *actor;
        self.read(actor.workspace, move |reader| {
            async move {
                let message = allowed!(readable_message(reader, &asker, id).await?);
                guessed(reader, &asker, &message).await
            }
            .boxed()
        })
        .await
    }
}

/// A message in a channel or task that the asker may read.
pub(crate) async fn readable_message(
    reader: &mut Reader<'_>,
    actor: &Actor,
    id: MessageId,
) -> Answered<Message> {
    let unknown = || Ok(Err(Refusal::UnknownMessage { field: None }.into()));
    let me = allowed!(me(reader, actor).await?);
    let Some(message) = message::get(reader, id).await? else {
        return unknown();
    };
    let sees = match (message.channel, message.task) {
        (Some(channel), _) => readable(reader, actor, channel).await?.is_ok(),
        (None, Some(task)) => visible_task(reader, &me, task).await?.is_ok(),
        (None, None) => false,
    };
    if sees { Ok(Ok(message)) } else { unknown() }
}

/// `next` tells that there are more in the direction that was asked for: older ones, or after
/// `after` newer ones.
async fn page(
    reader: &mut Reader<'_>,
    conversation: Conversation,
    window: Window,
) -> tenon_store::Result<RawPage> {
    let limit = window.limit();
    if let Some(seq) = window.around {
        let older = message::list_before(reader, conversation, seq, limit / 2).await?;
        let newer =
            message::list_after(reader, conversation, seq - 1, limit - older.len() as i64).await?;
        let next = older.first().map(|(seq, _)| seq.to_string());
        let next = next.filter(|_| older.len() as i64 == limit / 2);
        let items = older
            .into_iter()
            .chain(newer)
            .map(|(_, body)| Raw::from(body))
            .collect();
        return Ok(RawPage { items, next });
    }
    let mut found = match window.after {
        Some(seq) => message::list_after(reader, conversation, seq, limit + 1).await?,
        None => {
            let before = window.before.unwrap_or(i64::MAX);
            message::list_before(reader, conversation, before, limit + 1).await?
        }
    };
    let more = found.len() as i64 > limit;
    let next = if window.after.is_some() {
        found.truncate(limit as usize);
        found
            .last()
            .filter(|_| more)
            .map(|(seq, _)| seq.to_string())
    } else {
        if more {
            found.remove(0);
        }
        found
            .first()
            .filter(|_| more)
            .map(|(seq, _)| seq.to_string())
    };
    Ok(RawPage {
        items: found.into_iter().map(|(_, body)| Raw::from(body)).collect(),
        next,
    })
}

/// The context of `MakeTask` without a command.
async fn guessed(reader: &mut Reader<'_>, actor: &Actor, source: &Message) -> Answered<Guess> {
    let members: HashMap<MemberId, Member> = member::list(reader)
        .await?
        .into_iter()
        .map(|member| (member.id, member))
        .collect();
    let Some(me) = members.get(&actor.member) else {
        return Ok(Err(Refusal::Unauthenticated.into()));
    };
    let mut channel = None;
    if let Some(id) = source.channel {
        channel = tenon_store::channel::get(reader, id).await?;
    }
    let standing = standing(reader, channel.as_ref(), me.id).await?;
    let bound = channel.as_ref().and_then(|channel| channel.project);
    let (mut project, mut inside) = (None, Vec::new());
    if let Some(id) = bound {
        project = tenon_store::project::get(reader, id).await?;
        inside = tenon_store::project::list_members(reader, id).await?;
        let public = project
            .as_ref()
            .filter(|it| it.visibility == Visibility::Public);
        if let Some(space) = public.and_then(|it| it.space) {
            inside.extend(tenon_store::space::list_members(reader, space).await?);
        }
    }
    let mentioned = source.mentions.iter().filter_map(|id| members.get(id));
    let mentions: Vec<&Member> = mentioned.filter(|member| member.active).collect();
    let sees_project = |id: MemberId| {
        let pair = members.get(&id).zip(project.as_ref());
        pair.is_some_and(|(member, project)| {
            member.active && access::can_see_project(member, project, inside.contains(&id))
        })
    };
    let context = MakeTaskContext {
        actor,
        me,
        message: Some(source),
        channel: channel.as_ref(),
        standing,
        thread: &[],
        messages: &[],
        project: project.as_ref(),
        is_project_member: inside.contains(&me.id),
        id_taken: false,
        message_id: MessageId::new(),
        next_number: 1,
        author: members.get(&source.author),
        mentions: &mentions,
        sees_project: &sees_project,
        mould: Mould {
            template: None,
            new_item: &ItemId::new,
        },
    };
    Ok(guess_task(&context, now()).map_err(Into::into))
}
