//! Everything that a command can be refused for: one variant per state of affairs, each with its
//! stable code, its sentence and the field at fault. The only errors that people can cause.
//!
//! Invariant: what does not exist and what the asker may not know of are the same refusal.

use tenon_protocol::{ErrorCode, MemberId, TaskId, credential::TokenScope, error::QueryFault};
use thiserror::Error;

/// Why nothing was done. `Display` is one English sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    // Who asks.
    #[error("Sign in again: the session or token is not valid any more.")]
    Unauthenticated,
    #[error("The e-mail address or the password is wrong; check both and try again.")]
    WrongCredentials,
    #[error("Send the X-Tenon-Csrf header that GET /me returns, or use a bearer token.")]
    CsrfMismatch,
    #[error("Too many attempts; wait a moment and try again.")]
    RateLimited { retry_after_ms: u64 },
    #[error("This workspace has been set up already; sign in instead.")]
    AlreadySetUp,
    #[error("This request id was used for something else; send the command with a new one.")]
    RequestReused,
    #[error("This token lacks the scope `{}`; create one that has it.", scope_name(.0))]
    MissingGrant(TokenScope),
    #[error("Only the server itself does this.")]
    InternalOnly,

    // What is not there, as far as the asker may know.
    #[error("There is no such member.")]
    UnknownMember { field: Option<&'static str> },
    #[error("There is no such group.")]
    UnknownGroup { field: Option<&'static str> },
    #[error("There is no such space.")]
    UnknownSpace { field: Option<&'static str> },
    #[error("There is no such channel.")]
    UnknownChannel,
    #[error("There is no such message.")]
    UnknownMessage { field: Option<&'static str> },
    #[error("There is no such bookmark.")]
    UnknownBookmark { field: &'static str },
    #[error("There is no such scheduled message; it was sent or cancelled.")]
    UnknownScheduled,
    #[error("There is no such emoji; it was taken away.")]
    UnknownEmoji,
    #[error("There is no such section in your side bar.")]
    UnknownSection { field: &'static str },
    #[error("There is no such project.")]
    UnknownProject,
    #[error("There is no such task.")]
    UnknownTask { field: Option<&'static str> },
    #[error(
        "The task was deleted; its creator, the project's lead or an administrator can restore \
        it from the trash for 30 days."
    )]
    TaskDeleted,
    #[error("There is no such invitation, or it has expired; ask for a new link.")]
    UnknownInvitation,
    #[error("There is no such session.")]
    UnknownSession,
    #[error("There is no such token.")]
    UnknownToken,
    #[error("There is no such hook.")]
    UnknownHook,
    #[error("There is no such picture.")]
    UnknownAvatar,
    #[error("There is no such file.")]
    UnknownFile { field: Option<&'static str> },

    // What the asker may not do.
    #[error("Join the channel first.")]
    NotAMember,
    #[error("Join the project first.")]
    NotAProjectMember,
    #[error("Join the space first.")]
    NotInSpace,
    #[error("Only those who manage the space can do this; ask one of them.")]
    NotTheSpacesManager,
    #[error(
        "They are in it through a group that it follows; take them out of the group, or let it \
         follow the group no more."
    )]
    InThroughGroup { field: &'static str },
    #[error(
        "They are in it because the channel follows its space; take them out of the space, or let \
         the channel follow it no more."
    )]
    InThroughSpace { field: &'static str },
    #[error("What is public in a closed space stays there: it was meant for its members.")]
    StaysInSpace,
    #[error("Guests cannot do this; ask a member.")]
    Guest,
    #[error("Only administrators can do this; ask one.")]
    NotAnAdministrator,
    #[error("Only owners can do this; ask one.")]
    NotAnOwner,
    #[error("Only the author can do this with a message.")]
    NotTheAuthor,
    #[error("Only the author or an administrator can do this with a message.")]
    NotAuthorOrAdministrator,
    #[error("Only those who manage the channel can do this; ask one of them.")]
    NotAChannelManager,
    #[error("Only those who manage this channel post here; ask one of them.")]
    PostingRestricted,
    #[error("A private channel stays private: what was said in it was meant for its members.")]
    StaysPrivate,
    #[error("New members join public channels by themselves; choose one of those.")]
    NotPublic,
    #[error("Only administrators and the group's managers can do this; ask one.")]
    NotTheGroupsManager,
    #[error("Only the project's lead, its creator or an administrator can do this.")]
    NotTheProjectsLead,
    #[error(
        "Only the task's creator, the project's lead or an administrator deletes and restores \
        a task."
    )]
    NotTheTasksCreator,
    #[error("A direct channel cannot be changed; open another with the people you want.")]
    DirectChannel,
    #[error("The administrators switched off seeing who has read; ask one.")]
    ReadersHidden,
    #[error("This poll is anonymous: nobody can learn who chose what.")]
    Anonymous,
    #[error("This server sends no mail yet; whoever runs it can set that up.")]
    NoMail,
    #[error("The mail server did not take the mail; administrators see why in the settings.")]
    MailNotTaken,
    #[error("This link is none, or is not whole; change mail in the settings instead.")]
    UnknownMailLink,
    #[error("The time to edit this message is over; write another one.")]
    EditTooLate,
    #[error("The time to delete this message is over; ask an administrator.")]
    DeleteTooLate,
    #[error("Only those who manage the channel mention all of it; name the people instead.")]
    MentionRestricted,
    #[error("The files of this workspace reach their limit; delete some, or ask an administrator.")]
    StorageFull,
    #[error("Files of the type {found} are not taken here; {rule}.")]
    FileTypeRefused { found: String, rule: String },
    #[error(
        "A type of files is an ending like exe, or a media type like application/pdf or video/*."
    )]
    BadFileType,
    #[error("The administrators switched off temporary links to files; ask one.")]
    FileLinksOff,
    #[error("This rule erases more than before: look at its preview, and confirm what it says.")]
    NotPreviewed,
    #[error("New members come in with addresses of certain domains; use the one of your company.")]
    DomainNotAllowed,
    #[error("This link does not work any more; ask for another.")]
    UnknownReset,
    #[error("You were not asked to acknowledge this message.")]
    NotAsked,
    #[error("This message is kept by the server and cannot be changed.")]
    NotEditable,

    // What is taken.
    #[error("This id is taken; choose a new one.")]
    IdTaken,
    #[error("Another project has the key {0}; choose another key.")]
    KeyTaken(String),
    #[error("Another channel is called {0}; choose another name.")]
    ChannelNameTaken(String),
    #[error("Another emoji is called {0}; choose another name.")]
    EmojiNameTaken(String),
    #[error("Another member or group has the handle {0}; choose another.")]
    HandleTaken(String),
    #[error("Someone signs in with this e-mail address already; sign in, or use another.")]
    EmailTaken,
    #[error("This message is a task already; open that one.")]
    AlreadyATask(TaskId),

    // What has changed, or stands in the way.
    #[error("The description was changed meanwhile; look at it and save again.")]
    DescriptionChanged,
    #[error("The board was changed meanwhile; look at it and move the task again.")]
    NoPlace,
    #[error("The state {0} still has tasks; move them first.")]
    StateInUse(String),
    #[error("Another message carries this file already; upload it again.")]
    FileInUse,
    #[error("They were asked a short while ago; wait {minutes} minutes between reminders.")]
    RemindedLately { minutes: i64 },
    #[error("The message is being sent; edit it where it is posted.")]
    BeingSent,
    #[error("The poll is closed: its result stays as it is.")]
    PollClosed,
    #[error("A poll keeps its question; close it and ask anew.")]
    PollNotEdited,
    #[error("The message was deleted.")]
    MessageDeleted,
    #[error("The channel is archived; restore it first.")]
    ChannelArchived,
    #[error("The space is archived; restore it first.")]
    SpaceArchived,
    #[error("The group is archived; restore it first.")]
    GroupArchived,
    #[error("Other departments lie below it; move or remove them first.")]
    GroupInUse,
    #[error("The project is archived; restore it first.")]
    ProjectArchived,
    #[error("The task is archived; restore it first.")]
    TaskArchived { field: Option<&'static str> },
    #[error("The workspace needs an owner; make someone else an owner first.")]
    LastOwner,
    #[error("A {0} cannot be below itself; choose another parent.")]
    CyclicParent(&'static str),

    // What does not fit.
    #[error("{field} is larger than {bytes_max} bytes; shorten it.")]
    TooLarge {
        field: &'static str,
        bytes_max: usize,
    },
    #[error("{field} is longer than {chars_max} characters; shorten it.")]
    TooLong {
        field: &'static str,
        chars_max: usize,
    },
    #[error("{field} has more than {max} entries; take some away.")]
    TooMany { field: &'static str, max: usize },
    #[error("The space has room for {max} members; take somebody out first.")]
    SpaceFull { max: i64 },
    #[error("The space holds too much to change so many members at once; change at most {max}.")]
    TooManyAtOnce { max: usize },
    #[error("{what} go at most {max} levels deep; choose a higher parent.")]
    TooDeep { what: &'static str, max: usize },

    // What is not allowed as a value.
    #[error("{field} is empty; fill it in.")]
    Empty { field: &'static str },
    #[error("{field} contains a control character or line break; take it out.")]
    ControlCharacter { field: &'static str },
    #[error(
        "{field} contains invisible characters, or ones that turn the direction of writing, or \
         piles of accents; type it anew."
    )]
    Unseen { field: &'static str },
    #[error("A key is 2 to 10 capital letters and digits, a letter first, like ENG.")]
    BadKey,
    #[error("A handle is 1 to 40 of a-z, 0-9, dot, dash and underscore.")]
    BadHandle,
    #[error("The name in addresses is 1 to 40 of a-z, 0-9 and dash.")]
    BadSlug,
    #[error("There is no time zone of this name; use one like Asia/Shanghai.")]
    BadTimeZone,
    #[error("The picture is named by the hash that its upload returned.")]
    BadAvatar,
    #[error("An icon is one emoji; choose another, or none.")]
    BadIcon,
    #[error("Choose one emoji.")]
    BadEmoji,
    #[error(
        "An emoji is called by 1 to 32 small letters of any script, digits, `_`, `-` and `+`, \
         with one letter at least."
    )]
    BadEmojiName { field: &'static str },
    #[error(
        "An emoji is a PNG, JPEG, GIF or WebP of at most 256 KB and 2,000 pixels a side; one that \
         moves has at most 512 pixels a side and 200 pictures."
    )]
    BadEmojiPicture,
    #[error("The channel is in no space that it could follow; put it into one first.")]
    NoSpaceToFollow,
    #[error("A channel is made public or private; open a direct one by its members.")]
    BadChannelKind,
    #[error("Say where: either a channel or a task.")]
    PlaceMissing,
    #[error("Reply to the message that began the thread.")]
    ThreadIsAReply,
    #[error("Choose messages of the same channel.")]
    MessageElsewhere,
    #[error("Tasks are made from what people said; choose another message.")]
    NotMadeIntoTasks,
    #[error("Messages of a channel are pinned; choose one of those.")]
    NotPinnable,
    #[error("Threads of channels are resolved; move the task to a closed state instead.")]
    NotResolvable,
    #[error("This message asks nothing; choose one with a poll.")]
    NotAPoll,
    #[error("A poll has two options at least; add one.")]
    TooFewOptions,
    #[error("Two options say {0}; make them differ.")]
    OptionRepeated(String),
    #[error("Choose one of the options, or several where the poll allows it.")]
    BadChoice,
    #[error("Nobody has replied yet; reply first, then resolve the thread.")]
    NoReplies,
    #[error("Messages of channels are quoted, in channels; choose one of those.")]
    NotQuotable,
    #[error("Who has read is known of messages in channels, outside threads; choose one of those.")]
    NotCounted,
    #[error("Messages of a channel ask for acknowledgement; choose one of those.")]
    NotAcknowledged,
    #[error("There is nobody to ask; add people to the channel, or mention somebody in it.")]
    NobodyToAsk,
    #[error("An address begins with https:// or http://, then names a host.")]
    BadUrl,
    #[error("This is no push subscription: send what the browser's push manager answers.")]
    BadPushSubscription,
    #[error("This section arranges itself; choose starred or one of your own.")]
    SectionOfItsKind,
    #[error("Choose a project.")]
    ProjectMissing,
    #[error("The workflow has no state {0}; choose one of its states.")]
    UnknownState(String),
    #[error("The id of a state is 1 to 40 of a-z, 0-9 and underscore.")]
    BadStateId,
    #[error("Two states have the id {0}; make them differ.")]
    StateRepeated(String),
    #[error("A workflow needs a state to begin in, of the category backlog or todo.")]
    NoStateToBegin,
    #[error("A workflow needs a state of the category done.")]
    NoStateToEnd,
    #[error("The project has no type {0}; choose one of its types.")]
    UnknownType(String),
    #[error("The id of a type is 1 to 40 of a-z, 0-9 and underscore.")]
    BadTypeId,
    #[error("Two types have the id {0}; make them differ.")]
    TypeRepeated(String),
    #[error("Tasks may be of the type {0}; say which type takes them, in its replaces.")]
    TypeDropped(String),
    #[error("The project has no field {0}; choose one of its fields.")]
    UnknownField(String),
    #[error("The id of a field or an option is 1 to 40 of a-z, 0-9 and underscore.")]
    BadFieldId,
    #[error("Two fields have the id or the name of {0}, archived ones count; make them differ.")]
    FieldRepeated(String),
    #[error("{0} is the name of a field that every task has; choose another name.")]
    FieldNameReserved(String),
    #[error("The field {0} keeps its kind; make another field.")]
    FieldKindFixed(String),
    #[error("Tasks have something of the field {0}; archive it instead.")]
    FieldInUse(String),
    #[error("Two options have the id or the name of {0}; make them differ.")]
    FieldOptionRepeated(String),
    #[error("Tasks have the option {0}; archive it instead.")]
    FieldOptionInUse(String),
    #[error("Nothing is chosen in the field {0}; leave its options out.")]
    OptionsElsewhere(String),
    #[error("{name} has no option {option}; choose one of its options.")]
    UnknownFieldOption { name: String, option: String },
    #[error("{name} takes {expected}.")]
    BadFieldValue {
        name: String,
        expected: &'static str,
    },
    #[error("The field {0} is archived; restore it first.")]
    FieldArchived(String),
    #[error("The option {0} is archived; choose another.")]
    FieldOptionArchived(String),
    #[error("The project has no template {0}; choose one of its templates.")]
    UnknownTemplate(String),
    #[error("The id of a template is 1 to 40 of a-z, 0-9 and underscore.")]
    BadTemplateId,
    #[error("Two templates have the id or the name of {0}; make them differ.")]
    TemplateRepeated(String),
    #[error("A task cannot be linked to itself; choose another.")]
    LinkToItself,
    #[error("This would be a circle: {0}; take one of these links away first.")]
    CyclicLink(String),
    #[error("Too many tasks are linked to one another here; take links away first.")]
    TooManyLinked,
    #[error("There is no such item in the checklist; it was removed.")]
    UnknownItem,
    #[error("An estimate is a number from 0 to 1,000,000.")]
    BadEstimate,
    #[error("{0} is not active or cannot see this project; add them to it first.")]
    NotAssignable(MemberId),
    #[error("The lead must see the project; add them to it first.")]
    LeadElsewhere,
    #[error("This member is deactivated; reactivate them first.")]
    MemberInactive { field: Option<&'static str> },
    #[error("Bots cannot be chosen here; choose people.")]
    Bot { field: &'static str },
    #[error("Guests and bots cannot be chosen here; choose other people.")]
    GuestOrBot { field: &'static str },
    #[error("Only a department has a parent, and only a free group has managers.")]
    WrongGroupKind { field: &'static str },
    #[error("A guest cannot be chosen here.")]
    BadRole,
    #[error("A password has 8 to 200 characters; choose another.")]
    BadPassword,
    #[error("A password here has {chars_min} characters at least; choose another.")]
    ShortPassword { chars_min: u32 },
    #[error("This is not an e-mail address.")]
    BadEmail,
    #[error("A domain is like example.com; write each one by itself.")]
    BadDomain,
    #[error("A logo is a PNG, JPEG or WebP picture; choose another.")]
    BadLogo,
    #[error("{field} is in the past; choose a later time.")]
    InThePast { field: &'static str },
    #[error("There is no such notification.")]
    UnknownNotification,
    #[error("After {filter}: write {wants}.")]
    BadFilter {
        filter: &'static str,
        wants: &'static str,
    },
    #[error("This cursor is not one of this list; begin again without it.")]
    BadCursor,
    #[error("{}", crate::query::fault::sentence(.0))]
    BadQuery(Box<QueryFault>),
    #[error("{field} must be from {min} to {max}.")]
    OutOfRange {
        field: &'static str,
        min: i64,
        max: i64,
    },
}

impl Refusal {
    /// The stable code, for programs.
    // Table: one line per refusal.
    pub fn code(&self) -> ErrorCode {
        use Refusal as R;
        match self {
            R::Unauthenticated => ErrorCode::Unauthenticated,
            R::WrongCredentials => ErrorCode::WrongCredentials,
            R::CsrfMismatch => ErrorCode::CsrfMismatch,
            R::RateLimited { .. } => ErrorCode::RateLimited,
            R::AlreadySetUp => ErrorCode::AlreadySetUp,
            R::RequestReused => ErrorCode::RequestReused,

            R::UnknownMember { .. }
            | R::UnknownGroup { .. }
            | R::UnknownSpace { .. }
            | R::UnknownChannel
            | R::UnknownMessage { .. }
            | R::UnknownBookmark { .. }
            | R::UnknownSection { .. }
            | R::UnknownEmoji
            | R::UnknownProject
            | R::UnknownTask { .. }
            | R::UnknownItem
            | R::UnknownInvitation
            | R::UnknownMailLink
            | R::UnknownReset
            | R::UnknownSession
            | R::UnknownToken
            | R::UnknownHook
            | R::UnknownNotification
            | R::UnknownScheduled
            | R::UnknownAvatar
            | R::UnknownFile { .. } => ErrorCode::NotFound,

            R::TaskDeleted => ErrorCode::Deleted,
            R::NotAMember | R::NotAProjectMember | R::NotInSpace => ErrorCode::NotAMember,
            R::InThroughGroup { .. } => ErrorCode::InThroughGroup,
            R::InThroughSpace { .. } => ErrorCode::InThroughSpace,
            R::SpaceFull { .. } => ErrorCode::SpaceFull,
            R::TooManyAtOnce { .. } => ErrorCode::TooManyAtOnce,
            R::PostingRestricted => ErrorCode::PostingRestricted,
            R::MissingGrant(_)
            | R::InternalOnly
            | R::Guest
            | R::NotAnAdministrator
            | R::NotAnOwner
            | R::NotTheAuthor
            | R::NotAuthorOrAdministrator
            | R::NotAChannelManager
            | R::NotTheGroupsManager
            | R::NotTheSpacesManager
            | R::NotTheProjectsLead
            | R::NotTheTasksCreator
            | R::DirectChannel
            | R::NotAsked
            | R::Anonymous
            | R::NotEditable => ErrorCode::Forbidden,

            R::ReadersHidden | R::FileLinksOff => ErrorCode::SwitchedOff,
            R::NoMail => ErrorCode::NoMail,
            R::MailNotTaken => ErrorCode::MailNotTaken,
            R::EditTooLate | R::DeleteTooLate => ErrorCode::TooLate,
            R::MentionRestricted => ErrorCode::MentionRestricted,
            R::StorageFull => ErrorCode::StorageFull,
            R::FileTypeRefused { .. } => ErrorCode::FileTypeRefused,
            R::NotPreviewed => ErrorCode::PreviewRequired,
            R::DomainNotAllowed => ErrorCode::DomainNotAllowed,
            R::IdTaken
            | R::KeyTaken(_)
            | R::ChannelNameTaken(_)
            | R::HandleTaken(_)
            | R::EmojiNameTaken(_)
            | R::EmailTaken
            | R::FieldRepeated(_)
            | R::FieldNameReserved(_)
            | R::FieldOptionRepeated(_)
            | R::TemplateRepeated(_) => ErrorCode::AlreadyExists,
            R::AlreadyATask(_) => ErrorCode::AlreadyATask,

            R::DescriptionChanged
            | R::NoPlace
            | R::StateInUse(_)
            | R::TypeDropped(_)
            | R::FileInUse
            | R::GroupInUse
            | R::BeingSent
            | R::PollClosed
            | R::PollNotEdited
            | R::MessageDeleted => ErrorCode::Conflict,
            R::RemindedLately { .. } => ErrorCode::RemindedLately,
            R::FieldInUse(_) | R::FieldOptionInUse(_) => ErrorCode::InUse,
            R::ChannelArchived
            | R::FieldArchived(_)
            | R::FieldOptionArchived(_)
            | R::GroupArchived
            | R::SpaceArchived
            | R::ProjectArchived
            | R::TaskArchived { .. } => ErrorCode::Archived,
            R::Unseen { .. } => ErrorCode::Unseen,
            R::LastOwner => ErrorCode::LastOwner,
            R::CyclicParent(_) => ErrorCode::CyclicParent,
            R::CyclicLink(_) => ErrorCode::CyclicLink,
            R::TooLarge { .. } => ErrorCode::TooLarge,
            R::NobodyToAsk => ErrorCode::NobodyToAsk,
            R::TooMany { .. } | R::TooDeep { .. } => ErrorCode::LimitReached,

            R::TooLong { .. }
            | R::Empty { .. }
            | R::ControlCharacter { .. }
            | R::BadKey
            | R::BadHandle
            | R::BadSlug
            | R::BadTimeZone
            | R::BadAvatar
            | R::BadEmoji
            | R::BadEmojiName { .. }
            | R::BadEmojiPicture
            | R::BadIcon
            | R::BadChannelKind
            | R::NoSpaceToFollow
            | R::StaysPrivate
            | R::StaysInSpace
            | R::NotPublic
            | R::PlaceMissing
            | R::ThreadIsAReply
            | R::MessageElsewhere
            | R::NotMadeIntoTasks
            | R::NotPinnable
            | R::NotResolvable
            | R::NoReplies
            | R::NotAPoll
            | R::TooFewOptions
            | R::OptionRepeated(_)
            | R::BadChoice
            | R::NotAcknowledged
            | R::NotCounted
            | R::NotQuotable
            | R::BadUrl
            | R::BadPushSubscription
            | R::SectionOfItsKind
            | R::ProjectMissing
            | R::UnknownState(_)
            | R::BadStateId
            | R::StateRepeated(_)
            | R::NoStateToBegin
            | R::NoStateToEnd
            | R::UnknownType(_)
            | R::BadTypeId
            | R::TypeRepeated(_)
            | R::UnknownField(_)
            | R::UnknownTemplate(_)
            | R::BadTemplateId
            | R::BadFieldId
            | R::FieldKindFixed(_)
            | R::OptionsElsewhere(_)
            | R::UnknownFieldOption { .. }
            | R::BadFieldValue { .. }
            | R::LinkToItself
            | R::TooManyLinked
            | R::BadEstimate
            | R::NotAssignable(_)
            | R::LeadElsewhere
            | R::MemberInactive { .. }
            | R::Bot { .. }
            | R::GuestOrBot { .. }
            | R::WrongGroupKind { .. }
            | R::BadRole
            | R::BadPassword
            | R::ShortPassword { .. }
            | R::BadEmail
            | R::BadDomain
            | R::BadFileType
            | R::BadLogo
            | R::InThePast { .. }
            | R::BadFilter { .. }
            | R::BadCursor
            | R::OutOfRange { .. } => ErrorCode::Invalid,
            R::BadQuery(_) => ErrorCode::BadQuery,
        }
    }

    /// The field of the command that is at fault, where one is.
    // Table: one line per refusal.
    pub fn field(&self) -> Option<&'static str> {
        use Refusal as R;
        match self {
            R::UnknownMember { field }
            | R::UnknownGroup { field }
            | R::UnknownSpace { field }
            | R::UnknownMessage { field }
            | R::UnknownTask { field }
            | R::TaskArchived { field }
            | R::UnknownFile { field }
            | R::MemberInactive { field } => *field,
            R::UnknownBookmark { field }
            | R::UnknownSection { field }
            | R::TooLarge { field, .. }
            | R::TooLong { field, .. }
            | R::TooMany { field, .. }
            | R::Empty { field }
            | R::ControlCharacter { field }
            | R::Unseen { field }
            | R::InThePast { field }
            | R::Bot { field }
            | R::GuestOrBot { field }
            | R::InThroughGroup { field }
            | R::InThroughSpace { field }
            | R::WrongGroupKind { field }
            | R::BadEmojiName { field }
            | R::OutOfRange { field, .. } => Some(field),
            R::BadFilter { filter, .. } => Some(filter),
            R::BadQuery(_) => Some("query"),
            R::BadCursor => Some("after"),
            R::FileInUse => Some("files"),
            R::IdTaken => Some("id"),
            R::KeyTaken(_) | R::BadKey => Some("key"),
            R::ChannelNameTaken(_) | R::EmojiNameTaken(_) => Some("name"),
            R::BadEmojiPicture => Some("picture"),
            R::HandleTaken(_) | R::BadHandle => Some("handle"),
            R::EmailTaken | R::BadEmail | R::DomainNotAllowed => Some("email"),
            R::BadDomain => Some("domains"),
            R::BadLogo => Some("logo"),
            R::StorageFull | R::FileTypeRefused { .. } => Some("file"),
            R::BadFileType => Some("file_types"),
            R::NotPreviewed => Some("confirmation"),
            R::MentionRestricted => Some("text"),
            R::BadPassword | R::ShortPassword { .. } => Some("password"),
            R::BadSlug => Some("workspace_slug"),
            R::BadTimeZone => Some("time_zone"),
            R::BadAvatar => Some("avatar"),
            R::BadIcon => Some("icon"),
            R::BadEmoji => Some("emoji"),
            R::BadChannelKind | R::StaysPrivate => Some("kind"),
            R::StaysInSpace => Some("space"),
            R::NotPublic => Some("is_default"),
            R::NoSpaceToFollow => Some("follows_space"),
            R::SpaceFull { .. } | R::TooManyAtOnce { .. } => Some("members"),
            R::PlaceMissing => Some("channel"),
            R::ThreadIsAReply => Some("thread"),
            R::MessageElsewhere => Some("messages"),
            R::NotMadeIntoTasks
            | R::NotPinnable
            | R::NotResolvable
            | R::NoReplies
            | R::NotAPoll
            | R::NotAcknowledged
            | R::NotCounted => Some("message"),
            R::TooFewOptions | R::OptionRepeated(_) => Some("options"),
            R::BadChoice => Some("choices"),
            R::NotQuotable => Some("quote"),
            R::NobodyToAsk => Some("acknowledgement"),
            R::BadUrl => Some("url"),
            R::BadPushSubscription => Some("endpoint"),
            R::SectionOfItsKind => Some("section"),
            R::ProjectMissing => Some("project"),
            R::CyclicParent(_) | R::TooDeep { .. } => Some("parent"),
            R::UnknownState(_) => Some("state"),
            R::StateInUse(_)
            | R::BadStateId
            | R::StateRepeated(_)
            | R::NoStateToBegin
            | R::NoStateToEnd => Some("states"),
            R::DescriptionChanged => Some("description"),
            R::UnknownType(_) => Some("type"),
            R::BadTypeId | R::TypeRepeated(_) | R::TypeDropped(_) => Some("types"),
            R::UnknownField(_)
            | R::BadFieldId
            | R::FieldKindFixed(_)
            | R::FieldInUse(_)
            | R::UnknownFieldOption { .. }
            | R::BadFieldValue { .. }
            | R::FieldArchived(_)
            | R::FieldOptionArchived(_) => Some("fields"),
            R::FieldRepeated(_) | R::FieldNameReserved(_) | R::TemplateRepeated(_) => Some("name"),
            R::UnknownTemplate(_) => Some("template"),
            R::BadTemplateId => Some("templates"),
            R::FieldOptionInUse(_) | R::FieldOptionRepeated(_) | R::OptionsElsewhere(_) => {
                Some("options")
            }
            R::UnknownItem => Some("item"),
            R::LinkToItself | R::CyclicLink(_) => Some("other"),
            R::TooManyLinked => Some("links"),
            R::BadEstimate => Some("estimate"),
            R::NotAssignable(_) => Some("assignees"),
            R::LeadElsewhere => Some("lead"),
            R::BadRole => Some("role"),
            R::Unauthenticated
            | R::WrongCredentials
            | R::CsrfMismatch
            | R::RateLimited { .. }
            | R::AlreadySetUp
            | R::RequestReused
            | R::MissingGrant(_)
            | R::InternalOnly
            | R::UnknownChannel
            | R::UnknownProject
            | R::UnknownEmoji
            | R::UnknownInvitation
            | R::UnknownSession
            | R::UnknownToken
            | R::UnknownHook
            | R::UnknownAvatar
            | R::UnknownNotification
            | R::UnknownScheduled
            | R::BeingSent
            | R::NotAMember
            | R::NotAProjectMember
            | R::NotInSpace
            | R::NotTheSpacesManager
            | R::SpaceArchived
            | R::Guest
            | R::NotAnAdministrator
            | R::NotAnOwner
            | R::NotTheAuthor
            | R::NotAuthorOrAdministrator
            | R::NotAChannelManager
            | R::PostingRestricted
            | R::NotTheGroupsManager
            | R::NotTheProjectsLead
            | R::NotTheTasksCreator
            | R::DirectChannel
            | R::NotAsked
            | R::Anonymous
            | R::PollClosed
            | R::PollNotEdited
            | R::ReadersHidden
            | R::FileLinksOff
            | R::NoMail
            | R::MailNotTaken
            | R::UnknownMailLink
            | R::EditTooLate
            | R::DeleteTooLate
            | R::UnknownReset
            | R::NotEditable
            | R::RemindedLately { .. }
            | R::AlreadyATask(_)
            | R::NoPlace
            | R::MessageDeleted
            | R::ChannelArchived
            | R::GroupArchived
            | R::GroupInUse
            | R::ProjectArchived
            | R::TaskDeleted
            | R::LastOwner => None,
        }
    }

    /// What is wrong with the query, and where.
    pub fn fault(&self) -> Option<&QueryFault> {
        match self {
            Refusal::BadQuery(fault) => Some(fault),
            _ => None,
        }
    }

    /// Milliseconds to wait before another attempt can succeed.
    pub fn retry_after_ms(&self) -> Option<u64> {
        match self {
            Refusal::RateLimited { retry_after_ms } => Some(*retry_after_ms),
            _ => None,
        }
    }
}

fn scope_name(scope: &TokenScope) -> &'static str {
    match scope {
        TokenScope::Read => "read",
        TokenScope::Chat => "chat",
        TokenScope::Work => "work",
        TokenScope::Admin => "admin",
    }
}
