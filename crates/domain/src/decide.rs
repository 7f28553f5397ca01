//! What a decision is, and which function decides which command. The engine loads the context
//! that the function names, calls it with the time of the batch, and commits the facts in order.
//!
//! Every decision has the form `fn(&Context, &Command, now) -> Result<Decision, Refusal>`: equal
//! input, equal output. A refusal wrote nothing; no facts mean that all was so already.
//!
//! | command | decided by |
//! |---|---|
//! | `RenameWorkspace` | [`crate::workspace::rename_workspace`] |
//! | `HideReaders` | [`crate::workspace::hide_readers`] |
//! | `RestrictEmoji` | [`crate::workspace::restrict_emoji`] |
//! | `AddEmoji` | [`crate::emoji::add_emoji`] |
//! | `ChangeEmoji` | [`crate::emoji::change_emoji`] |
//! | `RemoveEmoji` | [`crate::emoji::remove_emoji`] |
//! | `HideMailContent` | [`crate::workspace::hide_mail_content`] |
//! | `ChangeLogo` | [`crate::policy::change_logo`] |
//! | `ChangePolicy` | [`crate::policy::change_policy`] |
//! | `ChangeMailDomains` | [`crate::policy::change_mail_domains`] |
//! | `ChangeRetention` | [`crate::retention::change_retention`] |
//! | `ChangeChannelRetention` | [`crate::retention::change_channel_retention`] |
//! | `EraseMessages` | [`crate::retention::erase_messages`] |
//! | `EraseFiles` | [`crate::retention::erase_files`] |
//! | `SignOutEveryone` | [`crate::policy::sign_out_everyone`] |
//! | `AddMember` | [`crate::member::add_member`] |
//! | `UpdateMember` | [`crate::member::update_member`] |
//! | `ChangeRole` | [`crate::member::change_role`] |
//! | `DeactivateMember` | [`crate::member::deactivate_member`] |
//! | `ReactivateMember` | [`crate::member::reactivate_member`] |
//! | `ClearStatus` | [`crate::status::clear_status`] |
//! | `CreateGroup` | [`crate::group::create_group`] |
//! | `UpdateGroup` | [`crate::group::update_group`] |
//! | `ChangeGroupMembers` | [`crate::group::change_group_members`] |
//! | `DeleteGroup` | [`crate::group::delete_group`] |
//! | `CreateSpace` | [`crate::space::create_space`] |
//! | `UpdateSpace` | [`crate::space::update_space`] |
//! | `ChangeSpaceMembers` | [`crate::space::change_space_members`] |
//! | `FollowGroup` | [`crate::roster::follow_group`] |
//! | `SettleMembers` | [`crate::roster::settle_members`] |
//! | `CreateChannel` | [`crate::channel::create_channel`] |
//! | `OpenDirect` | [`crate::channel::open_direct`] |
//! | `UpdateChannel` | [`crate::channel::update_channel`] |
//! | `ChangeChannelRole` | [`crate::channel::change_channel_role`] |
//! | `AddChannelMember` | [`crate::channel::add_channel_member`] |
//! | `RemoveChannelMember` | [`crate::channel::remove_channel_member`] |
//! | `MarkRead` | [`crate::membership::mark_read`] |
//! | `MarkAllRead` | [`crate::membership::mark_all_read`] |
//! | `PostMessage` | [`crate::message::post_message`] |
//! | `EditMessage` | [`crate::message::edit_message`] |
//! | `DeleteMessage` | [`crate::message::delete_message`] |
//! | `AddReaction` | [`crate::message::add_reaction`] |
//! | `RemoveReaction` | [`crate::message::remove_reaction`] |
//! | `PinMessage` | [`crate::pin::pin_message`] |
//! | `UnpinMessage` | [`crate::pin::unpin_message`] |
//! | `ResolveThread` | [`crate::thread::resolve_thread`] |
//! | `ReopenThread` | [`crate::thread::reopen_thread`] |
//! | `RequestAcknowledgement` | [`crate::acknowledgement::request_acknowledgement`] |
//! | `WithdrawAcknowledgement` | [`crate::acknowledgement::withdraw_acknowledgement`] |
//! | `AcknowledgeMessage` | [`crate::acknowledgement::acknowledge_message`] |
//! | `RemindOfAcknowledgement` | [`crate::acknowledgement::remind_of_acknowledgement`] |
//! | `AddPollOption` | [`crate::poll::add_poll_option`] |
//! | `ClosePoll` | [`crate::poll::close_poll`] |
//! | `CountPoll` | [`crate::poll::count_poll`] |
//! | `ShowPreviews` | [`crate::preview::show_previews`] |
//! | `RemovePreview` | [`crate::preview::remove_preview`] |
//! | `AddBookmark` | [`crate::bookmark::add_bookmark`] |
//! | `UpdateBookmark` | [`crate::bookmark::update_bookmark`] |
//! | `RemoveBookmark` | [`crate::bookmark::remove_bookmark`] |
//! | `CreateProject` | [`crate::project::create_project`] |
//! | `UpdateProject` | [`crate::project::update_project`] |
//! | `ChangeWorkflow` | [`crate::project::change_workflow`] |
//! | `ChangeTypes` | [`crate::task_type::change_types`] |
//! | `ChangeFields` | [`crate::field::change_fields`] |
//! | `ChangeTemplates` | [`crate::template::change_templates`] |
//! | `AddProjectMember` | [`crate::project::add_project_member`] |
//! | `RemoveProjectMember` | [`crate::project::remove_project_member`] |
//! | `CreateTask` | [`crate::task::create_task`] |
//! | `UpdateTask` | [`crate::task::update_task`] |
//! | `MoveTask` | [`crate::task::move_task`] |
//! | `ArchiveTask` | [`crate::trash::archive_task`] |
//! | `DeleteTask` | [`crate::trash::delete_task`] |
//! | `RestoreTask` | [`crate::trash::restore_task`] |
//! | `EraseTask` | [`crate::trash::erase_task`] |
//! | `FollowTask` | [`crate::task::follow_task`] |
//! | `MakeTask` | [`crate::joint::make_task`] |
//! | `AddChecklistItems` | [`crate::checklist::add_checklist_items`] |
//! | `UpdateChecklistItem` | [`crate::checklist::update_checklist_item`] |
//! | `RemoveChecklistItem` | [`crate::checklist::remove_checklist_item`] |
//! | `MakeSubtask` | [`crate::checklist::make_subtask`] |
//! | `LinkTasks` | [`crate::link::link_tasks`] |
//! | `UnlinkTasks` | [`crate::link::unlink_tasks`] |
//! | `AddFeed` | [`crate::feed::add_feed`] |
//! | `RemoveFeed` | [`crate::feed::remove_feed`] |
//! | `ShowCard` | [`crate::feed::show_card`] |
//! | `Notify` | [`crate::notification::notify`] |
//! | `UpdateNotifications` | [`crate::notification::update_notifications`] |
//! | `FollowThread` | [`crate::notification::follow_thread`] |
//! | `ChangePreferences` | [`crate::preference::change_preferences`] |
//! | `ChangeChannelSetting` | [`crate::preference::change_channel_setting`] |
//! | `AddSection` | [`crate::side_bar::add_section`] |
//! | `UpdateSection` | [`crate::side_bar::update_section`] |
//! | `RemoveSection` | [`crate::side_bar::remove_section`] |
//! | `PlaceRow` | [`crate::side_bar::place_row`] |
//! | `FoldSpace` | [`crate::side_bar::fold_space`] |
//! | `SaveMessage` | [`crate::saved::save_message`] |
//! | `UnsaveMessage` | [`crate::saved::unsave_message`] |
//! | `FireReminder` | [`crate::saved::fire_reminder`] |
//! | `ScheduleMessage` | [`crate::scheduled::schedule_message`] |
//! | `ChangeScheduled` | [`crate::scheduled::change_scheduled`] |
//! | `CancelScheduled` | [`crate::scheduled::cancel_scheduled`] |
//! | `SettleScheduled` | [`crate::scheduled::settle_scheduled`] |

use tenon_protocol::{
    Outcome, Scope, event::Event, event::Fact, file::File, project::Project, task::Task,
};
use uuid::Uuid;

/// What follows from a command: facts to commit in this order, and what to answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decision {
    pub facts: Vec<Fact>,
    pub outcome: Outcome,
}

impl Decision {
    /// Answers with the id of what was made or touched.
    pub(crate) fn of(id: Uuid, facts: Vec<Fact>) -> Self {
        Self {
            facts,
            outcome: Outcome {
                id: Some(id),
                key: None,
            },
        }
    }

    /// What the message carries that is posted by it.
    pub fn files(&self) -> &[File] {
        let posted = self.facts.iter().find_map(|fact| match &fact.event {
            Event::MessagePosted { message } => Some(&message.files[..]),
            _ => None,
        });
        posted.unwrap_or_default()
    }

    /// Answers with a task's id and key.
    pub(crate) fn of_task(task: &Task, facts: Vec<Fact>) -> Self {
        Self {
            facts,
            outcome: Outcome {
                id: Some(task.id.0),
                key: Some(task.key.clone()),
            },
        }
    }

    /// Answers with a project's id and key.
    pub(crate) fn of_project(project: &Project, facts: Vec<Fact>) -> Self {
        Self {
            facts,
            outcome: Outcome {
                id: Some(project.id.0),
                key: Some(project.key.clone()),
            },
        }
    }
}

pub(crate) fn fact(scope: Scope, event: Event) -> Fact {
    Fact { scope, event }
}
