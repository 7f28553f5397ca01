//! Why a call had no effect: refused (the asker can mend it), unavailable (try later), or a bug.

use tenon_domain::refusal::Refusal;
use tenon_protocol::{ErrorCode, error::QueryFault, task::Task};
use tenon_store::Unable;

/// See the file's head.
#[derive(Debug)]
pub enum Failure {
    Refused(Refusal),
    /// The message is a task already: this one.
    AlreadyATask(Box<Task>),
    /// Cannot write or read now; nothing was done.
    Unavailable,
    /// A fault of ours; the text is for the log, never for the asker.
    Bug(String),
}

/// How long to wait before trying again when the store cannot be used.
const UNAVAILABLE_RETRY_MS: u64 = 1_000;

impl Failure {
    pub fn code(&self) -> ErrorCode {
        match self {
            Failure::Refused(refusal) => refusal.code(),
            Failure::AlreadyATask(_) => ErrorCode::AlreadyATask,
            Failure::Unavailable => ErrorCode::Unavailable,
            Failure::Bug(_) => ErrorCode::Internal,
        }
    }

    /// One English sentence that says what to do.
    pub fn message(&self) -> String {
        match self {
            Failure::Refused(refusal) => refusal.to_string(),
            Failure::AlreadyATask(task) => format!("This message already is {}.", task.key),
            Failure::Unavailable => {
                "The server cannot save this now. Nothing was changed; try again shortly.".into()
            }
            Failure::Bug(_) => "Something went wrong in the server; it has been logged.".into(),
        }
    }

    /// The field of the command that is at fault.
    pub fn field(&self) -> Option<&str> {
        match self {
            Failure::Refused(refusal) => refusal.field(),
            Failure::AlreadyATask(_) | Failure::Unavailable | Failure::Bug(_) => None,
        }
    }

    /// What is wrong with the query.
    pub fn fault(&self) -> Option<&QueryFault> {
        match self {
            Failure::Refused(refusal) => refusal.fault(),
            Failure::AlreadyATask(_) | Failure::Unavailable | Failure::Bug(_) => None,
        }
    }

    pub fn retry_after_ms(&self) -> Option<u64> {
        match self {
            Failure::Refused(refusal) => refusal.retry_after_ms(),
            Failure::Unavailable => Some(UNAVAILABLE_RETRY_MS),
            Failure::AlreadyATask(_) | Failure::Bug(_) => None,
        }
    }

    /// The task there is already.
    pub fn task(&self) -> Option<&Task> {
        match self {
            Failure::AlreadyATask(task) => Some(task),
            Failure::Refused(_) | Failure::Unavailable | Failure::Bug(_) => None,
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Failure::Refused(refusal)
    }
}

impl From<Unable> for Failure {
    fn from(unable: Unable) -> Self {
        match unable {
            Unable::Later(text) => {
                tracing::warn!(reason = %text, "the store cannot be used");
                Failure::Unavailable
            }
            Unable::Broken(text) | Unable::Unfit(text) => Failure::Bug(text),
        }
    }
}
