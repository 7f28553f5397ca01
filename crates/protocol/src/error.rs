//! Stable error codes. Programs branch on the code, never on the sentence beside it; the web UI
//! has a translation of every code.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $status:literal;)*) => {
        /// What went wrong, for programs. Once published a code keeps its meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum ErrorCode { $($(#[$doc])* $name,)* }

        impl ErrorCode {
            /// All codes, for the catalogues of texts.
            pub const ALL: &'static [ErrorCode] = &[$(ErrorCode::$name),*];

            /// The code as it is on the wire.
            pub fn as_str(self) -> &'static str {
                match self { $(ErrorCode::$name => $text,)* }
            }

            /// The HTTP status that goes with it.
            pub fn status(self) -> u16 {
                match self { $(ErrorCode::$name => $status,)* }
            }
        }
    };
}

codes! {
    /// The request is not what the interface takes (JSON, types, UTF-8).
    Malformed = "malformed", 400;
    /// Not signed in, or the session or token ended.
    Unauthenticated = "unauthenticated", 401;
    /// Wrong e-mail or password.
    WrongCredentials = "wrong_credentials", 401;
    /// The cookie's request lacks its anti-forgery header.
    CsrfMismatch = "csrf_mismatch", 403;
    /// Known, but this member's role or token may not do this.
    Forbidden = "forbidden", 403;
    /// This server sends no mail.
    NoMail = "no_mail", 409;
    /// The mail server did not take the mail.
    MailNotTaken = "mail_not_taken", 502;
    /// The administrators switched it off.
    SwitchedOff = "switched_off", 403;
    /// Must be a member of the channel or project to do this.
    NotAMember = "not_a_member", 403;
    /// They are in it for the sake of a group that it follows: change the group, or what it
    /// follows.
    InThroughGroup = "in_through_group", 409;
    /// They are in the channel because it follows its space.
    InThroughSpace = "in_through_space", 409;
    /// The space has no room for so many.
    SpaceFull = "space_full", 422;
    /// In parts it goes: too many people at once for all that the space holds.
    TooManyAtOnce = "too_many_at_once", 422;
    /// Does not exist, or the asker may not know that it does.
    NotFound = "not_found", 404;
    /// The task was deleted; while it lies in the trash it can be restored.
    Deleted = "deleted", 410;
    MethodNotAllowed = "method_not_allowed", 405;
    /// The id, key, name or handle is taken.
    AlreadyExists = "already_exists", 409;
    /// The message already is a task; the answer names it.
    AlreadyATask = "already_a_task", 409;
    /// The workspace has been set up.
    AlreadySetUp = "already_set_up", 409;
    /// The same request id was used for another command.
    RequestReused = "request_reused", 409;
    /// The thing was changed meanwhile in a way that rules this out.
    Conflict = "conflict", 409;
    /// Tasks have something of it: it can be archived, not taken away.
    InUse = "in_use", 409;
    /// Reminded of not long ago; again later.
    RemindedLately = "reminded_lately", 409;
    /// Larger than the named limit.
    TooLarge = "too_large", 413;
    /// Well-formed, but a value is not allowed; `field` names it.
    Invalid = "invalid", 422;
    /// A name holds what nobody sees: an invisible character, one that turns the direction of
    /// writing, a pile of accents; `field` names it.
    Unseen = "unseen", 422;
    /// The query is not understood; `line`, `column` and `fault` say where and why.
    BadQuery = "bad_query", 422;
    /// There is nobody whom the message could ask.
    NobodyToAsk = "nobody_to_ask", 422;
    /// A named limit of count is reached.
    LimitReached = "limit_reached", 422;
    /// Archived: restore it first.
    Archived = "archived", 422;
    /// Authors had their time to edit or delete it; `policy` of the workspace says how long.
    TooLate = "too_late", 403;
    /// Only those who manage the channel mention all of it.
    MentionRestricted = "mention_restricted", 403;
    /// The rule erases more than before: look at its preview, and confirm what it says.
    PreviewRequired = "preview_required", 422;
    /// All files together reach the limit that administrators set.
    StorageFull = "storage_full", 422;
    /// Files of this type are not taken; `policy` of the workspace says which are.
    FileTypeRefused = "file_type_refused", 422;
    /// The address's domain is not one with which new members come in.
    DomainNotAllowed = "domain_not_allowed", 422;
    /// In this channel only its managers write; `managers` of the channel names them.
    PostingRestricted = "posting_restricted", 403;
    /// The last owner cannot leave or be demoted.
    LastOwner = "last_owner", 422;
    /// The task would be its own ancestor.
    CyclicParent = "cyclic_parent", 422;
    /// The task would wait for itself, or be the duplicate of its own duplicate.
    CyclicLink = "cyclic_link", 422;
    /// Too fast; `Retry-After` says when.
    RateLimited = "rate_limited", 429;
    /// A fault of the server; it is logged under `request`.
    Internal = "internal", 500;
    /// Cannot write now (disk full, database away, stopping); nothing was done, retry.
    Unavailable = "unavailable", 503;
}

impl std::fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// `{"error": {...}}`, the body of every refused HTTP request.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ErrorBody {
    pub error: ErrorDetail,
}

/// What went wrong: a code for programs, a sentence for people.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ErrorDetail {
    pub code: ErrorCode,
    /// One English sentence that says what to do.
    pub message: String,
    /// The field of the request that is at fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Names this request in the server's log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    /// The task there is already, with code `already_a_task`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<Box<crate::task::Task>>,
    /// With `bad_query`: the line of the query, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// With `bad_query`: the character of that line, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// With `bad_query`: what is wrong there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<Box<QueryFault>>,
}

/// What is wrong with a query, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QueryFault {
    pub reason: QueryReason,
    /// From 1.
    pub line: u32,
    /// In characters, from 1.
    pub column: u32,
    /// In characters; 0 at the end of the query.
    pub length: u32,
    /// What stands there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub found: String,
    /// What could stand there: words of the language; `field`, `value` and `operator` for any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expected: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QueryReason {
    /// Something else must stand here.
    Unexpected,
    /// A quotation mark is missing at the end.
    Unclosed,
    UnknownField,
    /// The field does not take this operator.
    WrongOperator,
    /// There is no such person, project, state … that the asker can see.
    UnknownValue,
    NotADate,
    NotANumber,
    /// There is no such function, or not for this field.
    UnknownFunction,
    /// Nothing to look for: punctuation alone.
    NoWords,
    /// Tasks cannot be ordered by this field.
    NotOrdered,
    TooLong,
    TooManyTerms,
    TooDeep,
    TooManyValues,
}
