//! Polls: a message asks a question and counts answers. Its text is the question. Who chose what is
//! not part of the message and not in the log: the counts are.

use crate::{MemberId, MessageId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a message asks, and how it stands. Part of the message: whoever reads it sees this too.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Poll {
    /// In the order in which they were given; one is named by its place, from 0. None goes.
    pub options: Vec<PollOption>,
    /// One may choose several.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub multiple: bool,
    /// Nobody can learn who chose what.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub anonymous: bool,
    /// Everyone who votes may add options.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub extensible: bool,
    /// It closes by itself then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<PollEnd>,
    /// How many have chosen something.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub voters: i64,
    /// Seq of the entry that told the counts; 0 before the first.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub counted: i64,
}

fn is_zero(count: &i64) -> bool {
    *count == 0
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PollOption {
    pub text: String,
    /// How many have chosen it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub votes: i64,
    /// Who added it later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub added_by: Option<MemberId>,
}

/// When a poll was closed, and by whom if it was not its time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PollEnd {
    pub at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<MemberId>,
}

/// Of a new message: its text is the question.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NewPoll {
    /// 2 to [`crate::limit::POLL_OPTIONS_MAX`], each different.
    pub options: Vec<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub multiple: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub anonymous: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub extensible: bool,
    /// In the future.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes_at: Option<Timestamp>,
}

/// Whoever may write there, in a poll that takes options.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AddPollOption {
    pub message: MessageId,
    pub text: String,
}

/// The author and administrators; the server at its time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ClosePoll {
    pub message: MessageId,
}

/// Internal: tells how a poll stands now, from the votes beside the log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CountPoll {
    pub message: MessageId,
}

/// One's own choice; no option takes it back. Not a command: a vote is not in the log.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Ballot {
    /// Places of options, in order, each once.
    pub choices: Vec<usize>,
}

/// Who chose what in an open poll.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Vote {
    pub member: MemberId,
    pub choices: Vec<usize>,
}
