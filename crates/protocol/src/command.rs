//! Everything that can be done, by whatever doorway: one enum, decided in `domain::decide`.

use crate::{
    acknowledgement::{
        AcknowledgeMessage, RemindOfAcknowledgement, RequestAcknowledgement,
        WithdrawAcknowledgement,
    },
    bookmark::{AddBookmark, RemoveBookmark, UpdateBookmark},
    channel::{
        AddChannelMember, ChangeChannelRole, CreateChannel, MarkAllRead, MarkRead, OpenDirect,
        RemoveChannelMember, UpdateChannel,
    },
    checklist::{AddChecklistItems, MakeSubtask, RemoveChecklistItem, UpdateChecklistItem},
    emoji::{AddEmoji, ChangeEmoji, RemoveEmoji, RestrictEmoji},
    feed::{AddFeed, RemoveFeed, ShowCard},
    field::ChangeFields,
    group::{ChangeGroupMembers, CreateGroup, DeleteGroup, UpdateGroup},
    link::{LinkTasks, UnlinkTasks},
    mail::HideMailContent,
    member::{AddMember, ChangeRole, DeactivateMember, ReactivateMember, UpdateMember},
    message::{AddReaction, DeleteMessage, EditMessage, PostMessage, RemoveReaction},
    notification::{FollowThread, Notify, UpdateNotifications},
    pin::{PinMessage, UnpinMessage},
    policy::{ChangeLogo, ChangeMailDomains, ChangePolicy, SignOutEveryone},
    poll::{AddPollOption, ClosePoll, CountPoll},
    preference::{ChangeChannelSetting, ChangePreferences},
    preview::{RemovePreview, ShowPreviews},
    project::{
        AddProjectMember, ChangeWorkflow, CreateProject, RemoveProjectMember, UpdateProject,
    },
    reader::HideReaders,
    retention::{ChangeChannelRetention, ChangeRetention, EraseFiles, EraseMessages},
    roster::{FollowGroup, SettleMembers},
    saved::{FireReminder, SaveMessage, UnsaveMessage},
    scheduled::{CancelScheduled, ChangeScheduled, ScheduleMessage, SettleScheduled},
    side_bar::{AddSection, FoldSpace, PlaceRow, RemoveSection, UpdateSection},
    space::{ChangeSpaceMembers, CreateSpace, UpdateSpace},
    status::ClearStatus,
    task::{
        ArchiveTask, CreateTask, DeleteTask, EraseTask, FollowTask, MakeTask, MoveTask,
        RestoreTask, UpdateTask,
    },
    task_type::ChangeTypes,
    template::ChangeTemplates,
    thread::{ReopenThread, ResolveThread},
    workspace::RenameWorkspace,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A wish to change something. `type` names it; the other fields are those of its struct.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Command {
    RenameWorkspace(RenameWorkspace),
    HideReaders(HideReaders),
    RestrictEmoji(RestrictEmoji),
    AddEmoji(AddEmoji),
    ChangeEmoji(ChangeEmoji),
    RemoveEmoji(RemoveEmoji),
    HideMailContent(HideMailContent),
    ChangeLogo(ChangeLogo),
    ChangePolicy(ChangePolicy),
    ChangeMailDomains(ChangeMailDomains),
    ChangeRetention(ChangeRetention),
    ChangeChannelRetention(ChangeChannelRetention),
    EraseMessages(EraseMessages),
    EraseFiles(EraseFiles),
    SignOutEveryone(SignOutEveryone),

    AddMember(AddMember),
    UpdateMember(UpdateMember),
    ChangeRole(ChangeRole),
    DeactivateMember(DeactivateMember),
    ReactivateMember(ReactivateMember),
    ClearStatus(ClearStatus),

    CreateGroup(CreateGroup),
    UpdateGroup(UpdateGroup),
    ChangeGroupMembers(ChangeGroupMembers),
    DeleteGroup(DeleteGroup),

    CreateSpace(CreateSpace),
    UpdateSpace(UpdateSpace),
    ChangeSpaceMembers(ChangeSpaceMembers),

    FollowGroup(FollowGroup),
    SettleMembers(SettleMembers),

    CreateChannel(CreateChannel),
    OpenDirect(OpenDirect),
    UpdateChannel(UpdateChannel),
    ChangeChannelRole(ChangeChannelRole),
    AddChannelMember(AddChannelMember),
    RemoveChannelMember(RemoveChannelMember),
    MarkRead(MarkRead),
    MarkAllRead(MarkAllRead),

    PostMessage(PostMessage),
    EditMessage(EditMessage),
    DeleteMessage(DeleteMessage),
    AddReaction(AddReaction),
    RemoveReaction(RemoveReaction),
    PinMessage(PinMessage),
    UnpinMessage(UnpinMessage),
    ResolveThread(ResolveThread),
    ReopenThread(ReopenThread),
    RequestAcknowledgement(RequestAcknowledgement),
    WithdrawAcknowledgement(WithdrawAcknowledgement),
    AcknowledgeMessage(AcknowledgeMessage),
    RemindOfAcknowledgement(RemindOfAcknowledgement),

    AddPollOption(AddPollOption),
    ClosePoll(ClosePoll),
    CountPoll(CountPoll),

    ShowPreviews(ShowPreviews),
    RemovePreview(RemovePreview),

    AddBookmark(AddBookmark),
    UpdateBookmark(UpdateBookmark),
    RemoveBookmark(RemoveBookmark),

    CreateProject(CreateProject),
    UpdateProject(UpdateProject),
    ChangeWorkflow(ChangeWorkflow),
    ChangeTypes(ChangeTypes),
    ChangeFields(ChangeFields),
    ChangeTemplates(ChangeTemplates),
    AddProjectMember(AddProjectMember),
    RemoveProjectMember(RemoveProjectMember),

    CreateTask(CreateTask),
    UpdateTask(UpdateTask),
    MoveTask(MoveTask),
    ArchiveTask(ArchiveTask),
    DeleteTask(DeleteTask),
    RestoreTask(RestoreTask),
    EraseTask(EraseTask),
    FollowTask(FollowTask),
    MakeTask(MakeTask),

    AddChecklistItems(AddChecklistItems),
    UpdateChecklistItem(UpdateChecklistItem),
    RemoveChecklistItem(RemoveChecklistItem),
    MakeSubtask(MakeSubtask),

    LinkTasks(LinkTasks),
    UnlinkTasks(UnlinkTasks),

    AddFeed(AddFeed),
    RemoveFeed(RemoveFeed),
    ShowCard(ShowCard),

    Notify(Notify),
    UpdateNotifications(UpdateNotifications),
    FollowThread(FollowThread),
    ChangePreferences(ChangePreferences),
    ChangeChannelSetting(ChangeChannelSetting),
    AddSection(AddSection),
    UpdateSection(UpdateSection),
    RemoveSection(RemoveSection),
    PlaceRow(PlaceRow),
    FoldSpace(FoldSpace),
    SaveMessage(SaveMessage),
    UnsaveMessage(UnsaveMessage),
    FireReminder(FireReminder),
    ScheduleMessage(ScheduleMessage),
    ChangeScheduled(ChangeScheduled),
    CancelScheduled(CancelScheduled),
    SettleScheduled(SettleScheduled),
}

/// What a confirmed command made or touched.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Outcome {
    /// Id of the entity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// Key of the task, `ENG-42`, or of the project, `ENG`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

/// Tells an absent field (leave it) from `null` (clear it): `Option<Option<T>>`.
pub mod nullable {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<T: Serialize, S: Serializer>(
        value: &Option<Option<T>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match value {
            Some(inner) => inner.serialize(serializer),
            None => serializer.serialize_none(),
        }
    }

    pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Option<T>>, D::Error> {
        Option::<T>::deserialize(deserializer).map(Some)
    }
}
