//! The joint: a message becomes a task, with what is missing guessed from its words, with what
//! was said before kept as quotes, and with a link both ways.

use crate::{
    access,
    actor::Actor,
    decide::{Decision, fact},
    names::Names,
    refusal::Refusal,
};
use jiff::tz::TimeZone;
use tenon_protocol::{
    MemberId, MessageId, channel::Channel, member::Member, message::Message, project::Project,
};

pub struct MakeTaskContext<'a> {
    pub actor: &'a Actor,
    pub me: &'a Member,
    /// The source.
    pub message: Option<&'a Message>,
    /// Of the source.
    pub channel: Option<&'a Channel>,
    pub is_channel_member: bool,
    /// The thread of the source so far, its root first, in order; with or without the source.
    /// At most `QUOTES_MAX`: the newest, if there are more. Empty if nobody replied.
    pub thread: &'a [Message],
    /// Those of `command.messages` that exist.
    pub messages: &'a [Message],
    /// That of `command.project`, else the one that the channel is bound to.
    pub project: Option<&'a Project>,
    pub is_project_member: bool,
    pub id_taken: bool,
    /// A fresh id, for the first message of the task's conversation.
    pub message_id: MessageId,
    /// The number that the project's next task gets, from 1.
    pub next_number: i64,
    pub names: &'a Names,
    /// Of `me`.
    pub time_zone: &'a TimeZone,
    /// Is this an active member who may see the project?
    pub sees_project: &'a dyn Fn(MemberId) -> bool,
}
