//! Everything that can have happened: the bodies of the log's entries.
//!
//! An event holds all that follows from it, so that rows change in one way only: `apply(entry)`.

use crate::{
    BookmarkId, ChannelId, EmojiId, GroupId, MemberId, MessageId, NotificationId, ProjectId, Scope,
    SpaceId, TaskId, Timestamp,
    acknowledgement::Acknowledgement,
    bookmark::Bookmark,
    channel::{Channel, Membership, ReadMark},
    emoji::Emoji,
    feed::{CardChange, Feed},
    field::Field,
    group::{Group, GroupMention},
    member::{Member, Role},
    message::{Message, TaskLink},
    notification::Notification,
    pin::Pin,
    policy::Policy,
    poll::{PollEnd, PollOption},
    preference::{ChannelSetting, Preferences},
    preview::Preview,
    project::{Project, Workflow},
    retention::{ErasedFiles, ErasedMessage, Rule},
    roster::Roster,
    saved::Saved,
    scheduled::Scheduled,
    side_bar::SideBar,
    space::{Space, SpaceSight},
    task::{Task, TaskChange},
    task_type::TaskType,
    template::{TaskTemplate, TemplateName},
    thread::Resolved,
    workspace::Workspace,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A fact. `type` names it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
// Events are made, written and dropped one at a time; a box each would cost more than it saves.
#[allow(clippy::large_enum_variant)]
pub enum Event {
    /// Scope `workspace`; always seq 1.
    WorkspaceCreated {
        workspace: Workspace,
    },
    WorkspaceRenamed {
        name: String,
    },
    ReadersHidden {
        hidden: bool,
    },
    EmojiRestricted {
        restricted: bool,
    },
    /// Scope `workspace`.
    EmojiAdded {
        emoji: Emoji,
    },
    /// The emoji as it is now.
    EmojiChanged {
        emoji: Emoji,
    },
    EmojiRemoved {
        emoji: EmojiId,
    },
    MailContentHidden {
        hidden: bool,
    },
    LogoChanged {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        logo: Option<String>,
    },
    PolicyChanged {
        from: Policy,
        to: Policy,
    },
    /// Scope `members`.
    MailDomainsChanged {
        from: Vec<String>,
        to: Vec<String>,
    },
    /// All sessions of people have ended but the one in which this was asked for.
    EveryoneSignedOut {},

    /// Scope `workspace`.
    MemberAdded {
        member: Member,
    },
    /// The profile as it is now (not role, not active).
    MemberChanged {
        member: Member,
    },
    RoleChanged {
        member: MemberId,
        from: Role,
        to: Role,
    },
    MemberDeactivated {
        member: MemberId,
    },
    MemberReactivated {
        member: MemberId,
    },

    /// Scope `members`.
    GroupCreated {
        group: Group,
    },
    /// The group as it is now; its members are left out and stay.
    GroupChanged {
        group: Group,
    },
    GroupMembersChanged {
        group: GroupId,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        added: Vec<MemberId>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        removed: Vec<MemberId>,
    },
    GroupDeleted {
        group: GroupId,
    },

    /// Scope of the space.
    SpaceCreated {
        space: Space,
    },
    /// The space as it is now.
    SpaceChanged {
        space: Space,
    },
    SpaceMembersChanged {
        space: SpaceId,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        added: Vec<MemberId>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        removed: Vec<MemberId>,
        /// Those added are in it for the sake of a group that it follows, not by name.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        followed: bool,
    },
    /// They were in it for the sake of a group, and are by name too from here on.
    SpaceMembersNamed {
        space: SpaceId,
        members: Vec<MemberId>,
    },
    /// Scope of the space or the channel: it follows the group from here on, or not any more.
    GroupFollowed {
        roster: Roster,
        group: GroupId,
        follow: bool,
    },
    /// Scope of the member's inbox: from here on they are in this space.
    SpaceGained(SpaceSight),
    /// Scope of the inbox: they are not in it any more. Unless they see it all the same, replicas
    /// drop it; what was in it is lost in entries of its own.
    SpaceLost {
        space: SpaceId,
    },

    /// Scope of its space for a public channel in one, `members` for another public channel,
    /// otherwise the channel's own.
    ChannelCreated {
        channel: Channel,
    },
    /// The channel as it is now. Scope as if it were created now.
    ChannelChanged {
        channel: Channel,
    },
    /// Scope that the channel was told in before: it is private from here on. Replicas of those who
    /// are not in it drop what they hold of it.
    ChannelHidden {
        channel: ChannelId,
    },
    /// Scope that the channel was told in before: it is in a closed space from here on, and those
    /// in that space were told so just now. Replicas of whoever is neither there nor in the channel
    /// drop what they hold of it.
    ChannelEnclosed {
        channel: ChannelId,
    },
    /// Scope of the channel.
    ChannelMemberAdded {
        channel: ChannelId,
        member: MemberId,
    },
    /// No acknowledgement of theirs is waited for there any more.
    ChannelMemberRemoved {
        channel: ChannelId,
        member: MemberId,
    },
    /// The same for many at once: for the sake of what the channel follows, or who joined the
    /// space that it is a default channel of.
    ChannelMembersChanged {
        channel: ChannelId,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        added: Vec<MemberId>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        removed: Vec<MemberId>,
    },
    /// They were in it for the sake of what it follows, and are by name too from here on.
    ChannelMemberNamed {
        channel: ChannelId,
        member: MemberId,
    },

    /// Scope of the member's inbox: from here on they have this channel.
    ChannelGained {
        channel: Channel,
        membership: Membership,
        feeds: Vec<Feed>,
        /// For the sake of what the channel follows, not by name.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        followed: bool,
    },
    /// Scope of the member's inbox: replicas drop what they hold of the channel. A public one
    /// stays known by name.
    ChannelLost {
        channel: ChannelId,
    },
    /// Scope of the inbox: from here on they see this private project.
    ProjectGained {
        project: Project,
    },
    /// Scope of the inbox: replicas drop the project.
    ProjectLost {
        project: ProjectId,
    },
    /// Scope of the inbox: what they may see changed at large (a guest became a member); replicas
    /// fetch a new snapshot.
    AccessChanged {},
    /// Scope of the inbox: the read position moved, the counts are what is left.
    ReadMarked {
        channel: ChannelId,
        read: i64,
        unread: i64,
        mentions: i64,
    },
    /// Scope of the inbox: the read positions of these channels moved forward to `read`.
    AllReadMarked {
        read: i64,
        marks: Vec<ReadMark>,
    },

    /// Scope of the channel, or of the project for a task's conversation.
    MessagePosted {
        message: Message,
    },
    /// Carries what was mentioned before, so that counts can follow. The editor is the author.
    MessageEdited {
        message: MessageId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        channel: Option<ChannelId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        task: Option<TaskId>,
        /// Seq of the message.
        message_seq: i64,
        text: String,
        /// By name or by a group.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        mentions_before: Vec<MemberId>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        mentions_channel_before: bool,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        mentions: Vec<MemberId>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        mentions_channel: bool,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        mentions_groups: Vec<GroupMention>,
        at: Timestamp,
    },
    /// Carries where it lay, so that counts can follow.
    MessageDeleted {
        message: MessageId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        channel: Option<ChannelId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        task: Option<TaskId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        thread: Option<MessageId>,
        /// A reply that stood in its channel too.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        in_channel: bool,
        /// Seq of the message.
        message_seq: i64,
        author: MemberId,
        /// Who had been mentioned, by name or by a group.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        mentions: Vec<MemberId>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        mentions_channel: bool,
    },
    /// Scope of the channel: a rule of retention erased these. Replicas drop what they hold of
    /// them; one keeps its place, without its words, while replies hang on it.
    MessagesErased {
        channel: ChannelId,
        rule: Rule,
        messages: Vec<ErasedMessage>,
        /// BLAKE3 of what is left of the entries that told of them, hexadecimal.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        digest: String,
    },
    /// Scope of the channel: a rule erased the files of these; they stay.
    FilesErased {
        channel: ChannelId,
        rule: Rule,
        messages: Vec<ErasedFiles>,
        /// As above.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        digest: String,
    },
    /// Scope of the channel: what these quoted was erased where it was said.
    QuotesErased {
        channel: ChannelId,
        messages: Vec<MessageId>,
    },
    ReactionAdded {
        message: MessageId,
        emoji: String,
    },
    ReactionRemoved {
        message: MessageId,
        emoji: String,
    },
    /// Scope of the channel: the message became a task.
    MessageLinked {
        message: MessageId,
        channel: ChannelId,
        link: TaskLink,
    },
    /// Scope of the channel.
    MessagePinned {
        message: MessageId,
        channel: ChannelId,
        pin: Pin,
    },
    MessageUnpinned {
        message: MessageId,
        channel: ChannelId,
    },
    /// Scope of the channel. `message` began the thread.
    ThreadResolved {
        message: MessageId,
        channel: ChannelId,
        resolved: Resolved,
    },
    ThreadReopened {
        message: MessageId,
        channel: ChannelId,
    },
    /// Scope of the channel: from here on it asks for acknowledgements.
    AcknowledgementRequested {
        message: MessageId,
        channel: ChannelId,
        acknowledgement: Acknowledgement,
    },
    /// It asks for none any more.
    AcknowledgementWithdrawn {
        message: MessageId,
        channel: ChannelId,
    },
    /// By the actor, at the entry's time.
    MessageAcknowledged {
        message: MessageId,
        channel: ChannelId,
    },
    /// At the entry's time; told are those who were waited for then.
    AcknowledgementReminded {
        message: MessageId,
        channel: ChannelId,
        waiting: Vec<MemberId>,
    },
    /// Where the message was told. `place`: of the option, from 0.
    PollOptionAdded {
        message: MessageId,
        place: usize,
        option: PollOption,
    },
    /// The counts as they are now, by place. Told at most once a second, whoever votes.
    PollCounted {
        message: MessageId,
        votes: Vec<i64>,
        voters: i64,
    },
    /// Nobody votes any more; the last counts may follow.
    PollClosed {
        message: MessageId,
        /// Of the message.
        author: MemberId,
        closed: PollEnd,
    },
    /// The previews of a message as they are now.
    PreviewsChanged {
        message: MessageId,
        previews: Vec<Preview>,
    },
    /// Scope of the channel: a live card shows newer facts.
    CardChanged(CardChange),

    /// Scope as for a channel.
    ProjectCreated {
        project: Project,
    },
    /// As it is now, its workflow too. Scope as if it were created now.
    ProjectChanged {
        project: Project,
    },
    WorkflowChanged {
        project: ProjectId,
        workflow: Workflow,
    },
    /// All types as they are now.
    TypesChanged {
        project: ProjectId,
        types: Vec<TaskType>,
    },
    /// The custom fields as they are now.
    FieldsChanged {
        project: ProjectId,
        fields: Vec<Field>,
    },
    /// The templates as they are now: all of them by name, in order, and in whole those that are
    /// new or not as before.
    TemplatesChanged {
        project: ProjectId,
        templates: Vec<TemplateName>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        changed: Vec<TaskTemplate>,
    },
    /// As for a channel.
    ProjectEnclosed {
        project: ProjectId,
    },
    /// Scope of the project.
    ProjectMemberAdded {
        project: ProjectId,
        member: MemberId,
    },
    ProjectMemberRemoved {
        project: ProjectId,
        member: MemberId,
    },

    /// Scope of the project.
    TaskCreated {
        task: Task,
    },
    TaskChanged {
        task: TaskId,
        changes: Vec<TaskChange>,
    },
    /// Out of boards and lists, and nothing more.
    TaskArchived {
        task: TaskId,
    },
    /// Into the trash.
    TaskDeleted {
        task: TaskId,
    },
    /// Back from the archive or the trash, as it is now: replicas need not have kept it.
    TaskRestored {
        task: Task,
    },
    /// Scope of the project: it lay in the trash for too long. These messages of its conversation
    /// lost their words, and the entries that tell of the task up to a seq; if `whole`, so did the
    /// task, and nothing is left to erase.
    TaskErased {
        task: TaskId,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        messages: Vec<MessageId>,
        /// Seq of the newest of those entries; zero: none.
        #[serde(default)]
        until: i64,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        whole: bool,
        /// As of `MessagesErased`.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        digest: String,
    },

    /// Scope of the channel.
    BookmarkAdded {
        bookmark: Bookmark,
    },
    /// The bookmark as it is now.
    BookmarkChanged {
        bookmark: Bookmark,
    },
    BookmarkRemoved {
        channel: ChannelId,
        bookmark: BookmarkId,
    },

    /// Scope of the channel.
    FeedAdded {
        feed: Feed,
    },
    FeedRemoved {
        channel: ChannelId,
        project: ProjectId,
    },

    /// Scope of the inbox, as all that follow. One that is `suppressed` was never in it.
    NotificationAdded {
        notification: Notification,
        /// The older one of the same conversation, which is gone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        replaces: Option<NotificationId>,
        /// The oldest ones, done to make room.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        done: Vec<NotificationId>,
    },
    /// `done` takes them out of the inbox.
    NotificationsChanged {
        notifications: Vec<NotificationId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        read: Option<bool>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        done: bool,
        #[serde(
            default,
            with = "crate::command::nullable",
            skip_serializing_if = "Option::is_none"
        )]
        #[schema(value_type = Option<Timestamp>)]
        snoozed_until: Option<Option<Timestamp>>,
    },
    /// Back in the inbox, as they are now.
    NotificationsRestored {
        notifications: Vec<Notification>,
    },
    /// A message that the member keeps, or was told of, reads otherwise now or is deleted. Told to
    /// those who do not hear its channel, as somebody who never joined it.
    KeptMessageChanged {
        message: MessageId,
        /// How it begins; none if it is deleted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        excerpt: Option<String>,
    },
    /// The member follows the thread of this root from now on, or not.
    ThreadFollowed {
        thread: MessageId,
        follow: bool,
    },
    PreferencesChanged {
        preferences: Preferences,
    },
    ChannelSettingChanged {
        setting: ChannelSetting,
    },
    /// The whole side bar, as it is now.
    SideBarChanged {
        side_bar: SideBar,
    },
    /// On the member's list, as it is now.
    MessageSaved {
        saved: Saved,
    },
    MessageUnsaved {
        message: MessageId,
    },
    /// On the member's list of what is sent later, as it is now.
    MessageScheduled {
        scheduled: Scheduled,
    },
    /// It was sent or cancelled.
    ScheduledRemoved {
        message: MessageId,
    },
}

/// An event and the scope it is told in.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    pub scope: Scope,
    pub event: Event,
}

impl Event {
    /// The event's `type` on the wire.
    // Table: one line per event.
    pub fn kind(&self) -> &'static str {
        match self {
            Event::WorkspaceCreated { .. } => "workspace_created",
            Event::WorkspaceRenamed { .. } => "workspace_renamed",
            Event::ReadersHidden { .. } => "readers_hidden",
            Event::EmojiRestricted { .. } => "emoji_restricted",
            Event::EmojiAdded { .. } => "emoji_added",
            Event::EmojiChanged { .. } => "emoji_changed",
            Event::EmojiRemoved { .. } => "emoji_removed",
            Event::MailContentHidden { .. } => "mail_content_hidden",
            Event::LogoChanged { .. } => "logo_changed",
            Event::PolicyChanged { .. } => "policy_changed",
            Event::MailDomainsChanged { .. } => "mail_domains_changed",
            Event::EveryoneSignedOut {} => "everyone_signed_out",
            Event::MemberAdded { .. } => "member_added",
            Event::MemberChanged { .. } => "member_changed",
            Event::RoleChanged { .. } => "role_changed",
            Event::MemberDeactivated { .. } => "member_deactivated",
            Event::MemberReactivated { .. } => "member_reactivated",
            Event::GroupCreated { .. } => "group_created",
            Event::GroupChanged { .. } => "group_changed",
            Event::GroupMembersChanged { .. } => "group_members_changed",
            Event::GroupDeleted { .. } => "group_deleted",
            Event::SpaceCreated { .. } => "space_created",
            Event::SpaceChanged { .. } => "space_changed",
            Event::SpaceMembersChanged { .. } => "space_members_changed",
            Event::SpaceMembersNamed { .. } => "space_members_named",
            Event::GroupFollowed { .. } => "group_followed",
            Event::SpaceGained(_) => "space_gained",
            Event::SpaceLost { .. } => "space_lost",
            Event::ChannelCreated { .. } => "channel_created",
            Event::ChannelChanged { .. } => "channel_changed",
            Event::ChannelHidden { .. } => "channel_hidden",
            Event::ChannelEnclosed { .. } => "channel_enclosed",
            Event::ChannelMemberAdded { .. } => "channel_member_added",
            Event::ChannelMemberRemoved { .. } => "channel_member_removed",
            Event::ChannelMembersChanged { .. } => "channel_members_changed",
            Event::ChannelMemberNamed { .. } => "channel_member_named",
            Event::ChannelGained { .. } => "channel_gained",
            Event::ChannelLost { .. } => "channel_lost",
            Event::ProjectGained { .. } => "project_gained",
            Event::ProjectLost { .. } => "project_lost",
            Event::AccessChanged {} => "access_changed",
            Event::ReadMarked { .. } => "read_marked",
            Event::AllReadMarked { .. } => "all_read_marked",
            Event::MessagePosted { .. } => "message_posted",
            Event::MessageEdited { .. } => "message_edited",
            Event::MessageDeleted { .. } => "message_deleted",
            Event::MessagesErased { .. } => "messages_erased",
            Event::FilesErased { .. } => "files_erased",
            Event::QuotesErased { .. } => "quotes_erased",
            Event::ReactionAdded { .. } => "reaction_added",
            Event::ReactionRemoved { .. } => "reaction_removed",
            Event::MessageLinked { .. } => "message_linked",
            Event::MessagePinned { .. } => "message_pinned",
            Event::MessageUnpinned { .. } => "message_unpinned",
            Event::ThreadResolved { .. } => "thread_resolved",
            Event::ThreadReopened { .. } => "thread_reopened",
            Event::AcknowledgementRequested { .. } => "acknowledgement_requested",
            Event::AcknowledgementWithdrawn { .. } => "acknowledgement_withdrawn",
            Event::MessageAcknowledged { .. } => "message_acknowledged",
            Event::AcknowledgementReminded { .. } => "acknowledgement_reminded",
            Event::PollOptionAdded { .. } => "poll_option_added",
            Event::PollCounted { .. } => "poll_counted",
            Event::PollClosed { .. } => "poll_closed",
            Event::PreviewsChanged { .. } => "previews_changed",
            Event::CardChanged(_) => "card_changed",
            Event::ProjectCreated { .. } => "project_created",
            Event::ProjectChanged { .. } => "project_changed",
            Event::ProjectEnclosed { .. } => "project_enclosed",
            Event::WorkflowChanged { .. } => "workflow_changed",
            Event::TypesChanged { .. } => "types_changed",
            Event::FieldsChanged { .. } => "fields_changed",
            Event::TemplatesChanged { .. } => "templates_changed",
            Event::ProjectMemberAdded { .. } => "project_member_added",
            Event::ProjectMemberRemoved { .. } => "project_member_removed",
            Event::TaskCreated { .. } => "task_created",
            Event::TaskChanged { .. } => "task_changed",
            Event::TaskArchived { .. } => "task_archived",
            Event::TaskDeleted { .. } => "task_deleted",
            Event::TaskRestored { .. } => "task_restored",
            Event::TaskErased { .. } => "task_erased",
            Event::BookmarkAdded { .. } => "bookmark_added",
            Event::BookmarkChanged { .. } => "bookmark_changed",
            Event::BookmarkRemoved { .. } => "bookmark_removed",
            Event::FeedAdded { .. } => "feed_added",
            Event::FeedRemoved { .. } => "feed_removed",
            Event::NotificationAdded { .. } => "notification_added",
            Event::NotificationsChanged { .. } => "notifications_changed",
            Event::NotificationsRestored { .. } => "notifications_restored",
            Event::KeptMessageChanged { .. } => "kept_message_changed",
            Event::ThreadFollowed { .. } => "thread_followed",
            Event::PreferencesChanged { .. } => "preferences_changed",
            Event::ChannelSettingChanged { .. } => "channel_setting_changed",
            Event::SideBarChanged { .. } => "side_bar_changed",
            Event::MessageSaved { .. } => "message_saved",
            Event::MessageUnsaved { .. } => "message_unsaved",
            Event::MessageScheduled { .. } => "message_scheduled",
            Event::ScheduledRemoved { .. } => "scheduled_removed",
        }
    }

    /// The task whose history this belongs to.
    pub fn about(&self) -> Option<TaskId> {
        match self {
            Event::TaskCreated { task } | Event::TaskRestored { task } => Some(task.id),
            Event::TaskChanged { task, .. }
            | Event::TaskArchived { task }
            | Event::TaskDeleted { task }
            | Event::TaskErased { task, .. } => Some(*task),
            _ => None,
        }
    }
}
