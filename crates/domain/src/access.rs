//! Every permission question, as small pure functions over loaded entities. Decisions and the
//! engine's queries ask here; no other file decides permission.
//!
//! Invariant: what a member may not see is refused exactly like what does not exist.

mod file;
mod rule;
mod signal;
mod space;
mod work;

pub use file::{check_attach, readable_file};
pub use rule::{
    can_manage_invitation, check_invite, check_inviter, check_mail_domain, check_mention_everyone,
    known_workspace,
};
pub use signal::check_signal;
pub use space::{
    can_inherit_space, can_manage_space, can_see_space, check_change_space_members,
    check_manage_space, check_settle, manages_inside, visible_space,
};
pub use work::{
    can_restore_task, can_see_project, check_add_project_member, check_delete_task,
    check_manage_project, check_remove_project_member, check_work_in, check_work_on,
    sees_whole_trash, trashed_task, visible_project, visible_task,
};

use crate::{actor::Actor, policy::is_in_time, refusal::Refusal};
use tenon_protocol::{
    Command, MemberId, Timestamp,
    acknowledgement::{
        AcknowledgeMessage, Acknowledgement, RemindOfAcknowledgement, RequestAcknowledgement,
        WithdrawAcknowledgement,
    },
    bookmark::{AddBookmark, RemoveBookmark, UpdateBookmark},
    channel::{
        AddChannelMember, ChangeChannelRole, Channel, ChannelKind, CreateChannel, MarkAllRead,
        MarkRead, OpenDirect, Posting, RemoveChannelMember, UpdateChannel,
    },
    checklist::{AddChecklistItems, MakeSubtask, RemoveChecklistItem, UpdateChecklistItem},
    credential::TokenScope,
    emoji::{AddEmoji, ChangeEmoji, Emoji, RemoveEmoji, RestrictEmoji},
    feed::{AddFeed, RemoveFeed, ShowCard},
    field::ChangeFields,
    group::{ChangeGroupMembers, CreateGroup, DeleteGroup, Group, GroupKind, UpdateGroup},
    limit,
    link::{LinkTasks, UnlinkTasks},
    mail::HideMailContent,
    member::{
        AddMember, ChangeRole, DeactivateMember, Member, MemberKind, ReactivateMember, Role,
        UpdateMember,
    },
    message::{AddReaction, DeleteMessage, EditMessage, Message, PostMessage, RemoveReaction},
    notification::{FollowThread, Notify, UpdateNotifications},
    pin::{PinMessage, UnpinMessage},
    policy::{ChangeLogo, ChangeMailDomains, ChangePolicy, Policy, SignOutEveryone},
    poll::{AddPollOption, ClosePoll, CountPoll, Poll},
    preference::{ChangeChannelSetting, ChangePreferences},
    preview::{RemovePreview, ShowPreviews},
    project::{
        AddProjectMember, ChangeWorkflow, CreateProject, Project, RemoveProjectMember,
        UpdateProject,
    },
    reader::HideReaders,
    retention::{ChangeChannelRetention, ChangeRetention, EraseFiles, EraseMessages},
    roster::{FollowGroup, SettleMembers},
    saved::{FireReminder, SaveMessage, UnsaveMessage},
    scheduled::{CancelScheduled, ChangeScheduled, ScheduleMessage, SettleScheduled},
    side_bar::{AddSection, FoldSpace, PlaceRow, RemoveSection, UpdateSection},
    space::{ChangeSpaceMembers, CreateSpace, Space, UpdateSpace},
    status::ClearStatus,
    task::{
        ArchiveTask, CreateTask, DeleteTask, EraseTask, FollowTask, MakeTask, MoveTask,
        RestoreTask, Task, UpdateTask,
    },
    task_type::ChangeTypes,
    template::ChangeTemplates,
    thread::{ReopenThread, ResolveThread},
    workspace::{RenameWorkspace, Workspace},
};

/// A command with the token scope that it needs.
pub trait Granted {
    const GRANT: TokenScope;
}

macro_rules! grants {
    ($($grant:ident: $($command:ident)+;)+) => {
        $($(impl Granted for $command {
            const GRANT: TokenScope = TokenScope::$grant;
        })+)+

        /// The token scope that a command needs.
        pub fn required_grant(command: &Command) -> TokenScope {
            match command { $($(Command::$command(_) => TokenScope::$grant,)+)+ }
        }
    };
}

grants! {
    Admin: RenameWorkspace HideReaders RestrictEmoji HideMailContent ChangeLogo ChangePolicy
        ChangeMailDomains ChangeRetention ChangeChannelRetention EraseMessages EraseFiles
        EraseTask
        SignOutEveryone AddMember UpdateMember ChangeRole DeactivateMember
        ReactivateMember ClearStatus
        CreateGroup UpdateGroup ChangeGroupMembers DeleteGroup;
    Chat: CreateSpace UpdateSpace ChangeSpaceMembers FollowGroup SettleMembers
        CreateChannel OpenDirect UpdateChannel ChangeChannelRole AddChannelMember
        RemoveChannelMember MarkRead
        MarkAllRead
        PostMessage EditMessage DeleteMessage AddReaction RemoveReaction PinMessage UnpinMessage
        ResolveThread ReopenThread
        RequestAcknowledgement WithdrawAcknowledgement AcknowledgeMessage
        RemindOfAcknowledgement
        AddPollOption ClosePoll CountPoll
        ShowPreviews RemovePreview
        AddBookmark UpdateBookmark RemoveBookmark
        AddFeed RemoveFeed ShowCard
        AddEmoji ChangeEmoji RemoveEmoji
        Notify UpdateNotifications FollowThread ChangePreferences ChangeChannelSetting
        AddSection UpdateSection RemoveSection PlaceRow FoldSpace
        SaveMessage UnsaveMessage FireReminder
        ScheduleMessage ChangeScheduled CancelScheduled SettleScheduled;
    Work: CreateProject UpdateProject ChangeWorkflow ChangeTypes ChangeFields ChangeTemplates
        AddProjectMember RemoveProjectMember CreateTask UpdateTask MoveTask ArchiveTask DeleteTask
        RestoreTask FollowTask MakeTask
        AddChecklistItems UpdateChecklistItem RemoveChecklistItem MakeSubtask
        LinkTasks UnlinkTasks;
}

// --- who asks ---

/// First line of every decision: the member is active and the credential allows the command.
pub fn check_granted<C: Granted>(actor: &Actor, me: &Member, _: &C) -> Result<(), Refusal> {
    if !me.active || me.id != actor.member {
        return Err(Refusal::Unauthenticated);
    }
    check_grant(actor, C::GRANT)
}

/// The credential allows this scope. For reads: [`TokenScope::Read`].
pub fn check_grant(actor: &Actor, scope: TokenScope) -> Result<(), Refusal> {
    if actor.grants.allows(scope) {
        Ok(())
    } else {
        Err(Refusal::MissingGrant(scope))
    }
}

pub fn check_internal(actor: &Actor) -> Result<(), Refusal> {
    if actor.internal {
        Ok(())
    } else {
        Err(Refusal::InternalOnly)
    }
}

pub fn is_guest(me: &Member) -> bool {
    me.role == Role::Guest
}

/// Owners too.
pub fn is_administrator(me: &Member) -> bool {
    matches!(me.role, Role::Owner | Role::Admin)
}

pub fn check_not_guest(me: &Member) -> Result<(), Refusal> {
    if is_guest(me) {
        Err(Refusal::Guest)
    } else {
        Ok(())
    }
}

pub fn check_administrator(me: &Member) -> Result<(), Refusal> {
    if is_administrator(me) {
        Ok(())
    } else {
        Err(Refusal::NotAnAdministrator)
    }
}

// --- custom emoji ---

/// Adds one: members; administrators alone where they said so.
pub fn check_add_emoji(me: &Member, workspace: &Workspace) -> Result<(), Refusal> {
    check_not_guest(me)?;
    if workspace.restricts_emoji {
        check_administrator(me)
    } else {
        Ok(())
    }
}

/// Changes it and takes it away: who added it, and administrators.
pub fn check_change_emoji(me: &Member, emoji: &Emoji) -> Result<(), Refusal> {
    if emoji.created_by == me.id && !is_guest(me) {
        Ok(())
    } else {
        check_administrator(me)
    }
}

// --- members ---

/// Gives a role: administrators; the owner's role owners alone.
pub fn check_give_role(me: &Member, role: Role) -> Result<(), Refusal> {
    check_administrator(me)?;
    if role == Role::Owner && me.role != Role::Owner {
        return Err(Refusal::NotAnOwner);
    }
    Ok(())
}

/// Deactivates, reactivates, changes the role of: administrators; of owners, owners alone.
pub fn check_manage_member(actor: &Actor, me: &Member, member: &Member) -> Result<(), Refusal> {
    // A hook's bot leaves with its hook, in its own name.
    if actor.internal && me.id == member.id && member.kind == MemberKind::Bot {
        return Ok(());
    }
    check_give_role(me, member.role)
}

/// One's own profile; administrators anyone's, but an owner's only owners.
pub fn check_change_profile(me: &Member, member: &Member) -> Result<(), Refusal> {
    if me.id == member.id {
        Ok(())
    } else {
        check_give_role(me, member.role)
    }
}

// --- groups ---

/// The group, if there is one that the member may know of: guests know of none.
pub fn visible_group<'a>(me: &Member, group: Option<&'a Group>) -> Result<&'a Group, Refusal> {
    group
        .filter(|_| !is_guest(me))
        .ok_or(Refusal::UnknownGroup { field: None })
}

/// Is this member in the groups that they were put into? A guest, a bot or one who is deactivated
/// is not.
pub fn is_grouped(member: &Member) -> bool {
    member.active && !is_guest(member) && member.kind == MemberKind::Person
}

/// Changes the group and who is in it: administrators, and the managers of a free group.
pub fn can_manage_group(me: &Member, group: &Group) -> bool {
    let manages = group.kind == GroupKind::Free && group.managers.contains(&me.id);
    is_administrator(me) || (manages && !is_guest(me))
}

pub fn check_manage_group(me: &Member, group: &Group) -> Result<(), Refusal> {
    if can_manage_group(me, group) {
        Ok(())
    } else {
        Err(Refusal::NotTheGroupsManager)
    }
}

/// Whether a text of this member names groups: guests know of none, but the bot of a webhook, a
/// guest too, speaks for those who do.
pub fn can_mention_groups(me: &Member) -> bool {
    !is_guest(me) || me.kind == MemberKind::Bot
}

/// How many members this one may tell at once by mentioning the group.
pub fn group_mention_members_max(me: &Member, group: &Group) -> usize {
    if can_manage_group(me, group) {
        limit::LARGE_GROUP_MENTION_MEMBERS_MAX
    } else {
        limit::GROUP_MENTION_MEMBERS_MAX
    }
}

// --- channels ---

/// Where a member stands to a channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    #[default]
    Outside,
    /// In the space that the channel is in, and not in the channel.
    Near,
    Inside,
}

impl Standing {
    /// Is the member in the channel, and in its space?
    pub fn of(is_member: bool, is_in_space: bool) -> Self {
        match (is_member, is_in_space) {
            (true, _) => Self::Inside,
            (false, true) => Self::Near,
            (false, false) => Self::Outside,
        }
    }

    pub fn is_inside(self) -> bool {
        self == Self::Inside
    }
}

/// May this member read the channel's messages and know of it?
pub fn can_read_channel(me: &Member, channel: &Channel, standing: Standing) -> bool {
    let is_public = channel.kind == ChannelKind::Public;
    match standing {
        Standing::Inside => true,
        Standing::Near => is_public && channel.space.is_some(),
        Standing::Outside => is_public && !channel.in_closed_space && !is_guest(me),
    }
}

/// The channel, if there is one that the member may read.
pub fn readable_channel<'a>(
    me: &Member,
    channel: Option<&'a Channel>,
    standing: Standing,
) -> Result<&'a Channel, Refusal> {
    channel
        .filter(|channel| can_read_channel(me, channel, standing))
        .ok_or(Refusal::UnknownChannel)
}

/// The channel, if the member is in it.
pub fn joined_channel<'a>(
    me: &Member,
    channel: Option<&'a Channel>,
    standing: Standing,
) -> Result<&'a Channel, Refusal> {
    let channel = readable_channel(me, channel, standing)?;
    if standing.is_inside() {
        Ok(channel)
    } else {
        Err(Refusal::NotAMember)
    }
}

/// Edits, reacts and follows: members of a channel that is not archived.
pub fn check_post_channel(channel: &Channel, is_member: bool) -> Result<(), Refusal> {
    if !is_member {
        return Err(Refusal::NotAMember);
    }
    if channel.archived {
        Err(Refusal::ChannelArchived)
    } else {
        Ok(())
    }
}

/// Says something new, or replies in a thread: members, or where the channel says so those who
/// manage it. Its bots always may: they were put there to speak.
pub fn check_say(
    me: &Member,
    channel: &Channel,
    is_member: bool,
    is_reply: bool,
) -> Result<(), Refusal> {
    check_post_channel(channel, is_member)?;
    let rule = if is_reply {
        channel.replying
    } else {
        channel.posting
    };
    let is_open = rule == Posting::Everyone || me.kind == MemberKind::Bot;
    if is_open || can_manage_channel(me, channel, is_member) {
        Ok(())
    } else {
        Err(Refusal::PostingRestricted)
    }
}

/// Changes what the channel keeps at hand (pins, bookmarks, feeds): members; where only managers
/// post, they alone.
pub fn check_keep(me: &Member, channel: &Channel, is_member: bool) -> Result<(), Refusal> {
    check_post_channel(channel, is_member)?;
    if channel.posting == Posting::Everyone {
        Ok(())
    } else {
        check_manage_channel(me, channel, is_member)
    }
}

/// The channel's creator, those made its managers while they are in it, and administrators.
pub fn can_manage_channel(me: &Member, channel: &Channel, is_member: bool) -> bool {
    let is_manager = is_member && channel.managers.contains(&me.id) && !is_guest(me);
    channel.created_by == me.id || is_manager || is_administrator(me)
}

/// Archives and restores a channel, says who posts, appoints managers, removes members.
pub fn check_manage_channel(
    me: &Member,
    channel: &Channel,
    is_member: bool,
) -> Result<(), Refusal> {
    if can_manage_channel(me, channel, is_member) {
        Ok(())
    } else {
        Err(Refusal::NotAChannelManager)
    }
}

/// Appoints managers of a channel, and makes them members again: those who manage it.
pub fn check_change_channel_role(
    me: &Member,
    channel: &Channel,
    is_member: bool,
) -> Result<(), Refusal> {
    if channel.kind == ChannelKind::Direct {
        return Err(Refusal::DirectChannel);
    }
    check_manage_channel(me, channel, is_member)
}

/// Says whether new members join the channel by themselves: administrators, and in a space those
/// who manage that. `space`: in which the channel will be, and whether they are in it.
fn check_change_default(me: &Member, space: Option<(&Space, bool)>) -> Result<(), Refusal> {
    match space {
        Some((space, is_inside)) => check_manage_space(me, space, is_inside),
        None => check_administrator(me),
    }
}

/// Changes the channel. Its words: its members; where only managers post, they alone. Whether it
/// is archived, who posts, which space it is in, and whether it follows that: those who manage it,
/// also from outside a public channel. Hides it: those of them who are in it. Whether new members
/// join it: administrators, or those who manage its space. A direct channel has nothing to change.
pub fn check_update_channel(
    me: &Member,
    channel: &Channel,
    is_member: bool,
    space: Option<(&Space, bool)>,
    command: &UpdateChannel,
) -> Result<(), Refusal> {
    if channel.kind == ChannelKind::Direct {
        return Err(Refusal::DirectChannel);
    }
    if command
        .is_default
        .is_some_and(|it| it != channel.is_default)
    {
        check_change_default(me, space)?;
    }
    let hides = command.kind.is_some_and(|kind| kind != channel.kind);
    let governs = command.archived.is_some_and(|it| it != channel.archived)
        || command.posting.is_some_and(|it| it != channel.posting)
        || command.replying.is_some_and(|it| it != channel.replying)
        || command.space.is_some_and(|it| it != channel.space)
        || command
            .follows_space
            .is_some_and(|it| it != channel.follows_space);
    if hides || governs {
        check_manage_channel(me, channel, is_member)?;
    }
    let words = changes_words(command);
    if (words || hides) && !is_member {
        return Err(Refusal::NotAMember);
    }
    if words && channel.posting == Posting::Managers {
        check_manage_channel(me, channel, is_member)?;
    }
    Ok(())
}

/// Does the command change what the channel says of itself?
pub fn changes_words(command: &UpdateChannel) -> bool {
    command.name.is_some()
        || command.topic.is_some()
        || command.description.is_some()
        || command.project.is_some()
}

/// Joins: whoever may read a public channel, the server anyone anywhere. Adds another: members of
/// the channel, to a public one also administrators. Direct channels are fixed.
pub fn check_add_channel_member(
    actor: &Actor,
    me: &Member,
    channel: &Channel,
    standing: Standing,
    member: MemberId,
) -> Result<(), Refusal> {
    if channel.kind == ChannelKind::Direct {
        return Err(Refusal::DirectChannel);
    }
    let public = channel.kind == ChannelKind::Public;
    let joins = member == me.id && public && can_read_channel(me, channel, standing);
    let adds = standing.is_inside() || (public && is_administrator(me));
    if actor.internal || joins || adds {
        Ok(())
    } else {
        Err(Refusal::NotAMember)
    }
}

/// Leaves: always. Removes another: those who manage the channel. Not from a direct channel.
pub fn check_remove_channel_member(
    me: &Member,
    channel: &Channel,
    is_member: bool,
    member: MemberId,
) -> Result<(), Refusal> {
    if channel.kind == ChannelKind::Direct {
        return Err(Refusal::DirectChannel);
    }
    if member == me.id {
        Ok(())
    } else {
        check_manage_channel(me, channel, is_member)
    }
}

/// Is this member in the channel for the sake of what it follows? `in_groups`: in one of its
/// groups. Guests of its space come into a public channel alone, which they see anyway.
pub fn is_followed_into_channel(
    member: &Member,
    channel: &Channel,
    in_groups: bool,
    in_space: bool,
) -> bool {
    let by_space = channel.follows_space && in_space && member.active;
    let by_space = by_space && (channel.kind == ChannelKind::Public || !is_guest(member));
    (in_groups && is_grouped(member)) || by_space
}

// --- messages ---

/// The message, if it lies where the member may read. A message lies in a channel or in a task's
/// conversation, which is closed while the task is deleted; pass what was loaded of its place.
pub fn readable_message<'a>(
    me: &Member,
    message: Option<&'a Message>,
    channel: Option<(&Channel, Standing)>,
    task: Option<(&Task, &Project, bool)>,
) -> Result<&'a Message, Refusal> {
    let unknown = Refusal::UnknownMessage { field: None };
    let message = message.ok_or(unknown.clone())?;
    let readable = match (message.channel, message.task) {
        (Some(_), _) => channel.is_some_and(|(it, standing)| can_read_channel(me, it, standing)),
        (None, Some(_)) => task.is_some_and(|(it, project, is_member)| {
            !it.deleted && can_see_project(me, project, is_member)
        }),
        (None, None) => false,
    };
    if readable { Ok(message) } else { Err(unknown) }
}

/// The message, if the member may quote it: what people said in a channel that they may read.
pub fn quotable_message<'a>(
    me: &Member,
    message: Option<&'a Message>,
    channel: Option<(&Channel, Standing)>,
) -> Result<&'a Message, Refusal> {
    let unknown = |_| Refusal::UnknownMessage {
        field: Some("quote"),
    };
    let message = readable_message(me, message, channel, None).map_err(unknown)?;
    if message.deleted {
        Err(Refusal::MessageDeleted)
    } else if message.card.is_some() {
        Err(Refusal::NotQuotable)
    } else {
        Ok(message)
    }
}

/// Authors, in time.
pub fn check_edit_message(
    me: &Member,
    policy: &Policy,
    message: &Message,
    now: Timestamp,
) -> Result<(), Refusal> {
    if message.author != me.id {
        return Err(Refusal::NotTheAuthor);
    }
    if message.card.is_some() || message.context.is_some() {
        return Err(Refusal::NotEditable);
    }
    if is_in_time(policy.edit_minutes, message.at, now) {
        Ok(())
    } else {
        Err(Refusal::EditTooLate)
    }
}

/// Takes a preview away: authors and administrators.
pub fn check_remove_preview(me: &Member, message: &Message) -> Result<(), Refusal> {
    if message.author == me.id || is_administrator(me) {
        Ok(())
    } else {
        Err(Refusal::NotAuthorOrAdministrator)
    }
}

/// Authors, in time, and administrators.
pub fn check_delete_message(
    me: &Member,
    policy: &Policy,
    message: &Message,
    now: Timestamp,
) -> Result<(), Refusal> {
    if is_administrator(me) {
        Ok(())
    } else if message.author != me.id {
        Err(Refusal::NotAuthorOrAdministrator)
    } else if is_in_time(policy.delete_minutes, message.at, now) {
        Ok(())
    } else {
        Err(Refusal::DeleteTooLate)
    }
}

/// Asks for acknowledgements: the author, of what people said.
pub fn check_request_acknowledgement(me: &Member, message: &Message) -> Result<(), Refusal> {
    if message.card.is_some() {
        Err(Refusal::NotEditable)
    } else if message.author == me.id {
        Ok(())
    } else {
        Err(Refusal::NotTheAuthor)
    }
}

/// Ends it: who asked, and administrators.
pub fn check_withdraw_acknowledgement(
    me: &Member,
    acknowledgement: &Acknowledgement,
) -> Result<(), Refusal> {
    if acknowledgement.by == me.id || is_administrator(me) {
        Ok(())
    } else {
        Err(Refusal::NotAuthorOrAdministrator)
    }
}

/// Reminds those who have not acknowledged: who asked.
pub fn check_remind_of_acknowledgement(
    me: &Member,
    acknowledgement: &Acknowledgement,
) -> Result<(), Refusal> {
    if acknowledgement.by == me.id {
        Ok(())
    } else {
        Err(Refusal::NotTheAuthor)
    }
}

/// Adds an option to a poll: its author; everyone who may write there, where it says so.
pub fn check_add_poll_option(me: &Member, message: &Message, poll: &Poll) -> Result<(), Refusal> {
    if poll.extensible || message.author == me.id {
        Ok(())
    } else {
        Err(Refusal::NotTheAuthor)
    }
}

/// Closes a poll: its author and administrators.
pub fn check_close_poll(me: &Member, message: &Message) -> Result<(), Refusal> {
    if message.author == me.id || is_administrator(me) {
        Ok(())
    } else {
        Err(Refusal::NotAuthorOrAdministrator)
    }
}

/// Sees who has read a message: its author, in a channel that they are in, outside threads, unless
/// the administrators switched it off.
pub fn check_list_readers(
    me: &Member,
    workspace: &Workspace,
    message: &Message,
    is_channel_member: bool,
) -> Result<(), Refusal> {
    if workspace.hides_readers {
        Err(Refusal::ReadersHidden)
    } else if !message.in_stream() {
        Err(Refusal::NotCounted)
    } else if message.author != me.id {
        Err(Refusal::NotTheAuthor)
    } else if is_channel_member {
        Ok(())
    } else {
        Err(Refusal::NotAMember)
    }
}
