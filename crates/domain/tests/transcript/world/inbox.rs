//! Commands about inboxes: their contexts, loaded from memory.

use super::World;
use tenon_domain::{
    actor::Actor,
    decide::Decision,
    notification::{
        FollowThreadContext, Known, NotifyContext, UpdateNotificationsContext, follow_thread,
        notify, update_notifications,
    },
    preference::{
        ChangeChannelSettingContext, ChangePreferencesContext, change_channel_setting,
        change_preferences,
    },
    refusal::Refusal,
    saved::{
        FireReminderContext, SaveMessageContext, UnsaveMessageContext, fire_reminder, save_message,
        unsave_message,
    },
    side_bar::{
        FoldSpaceContext, PlaceRowContext, SectionContext, add_section, fold_space, place_row,
        remove_section, update_section,
    },
};
use tenon_protocol::{
    Command, MemberId, Timestamp,
    member::Member,
    notification::{Notification, Notify},
    side_bar::SideBarRow,
};

impl World {
    // Table: one line per command.
    pub(super) fn decide_inbox(
        &self,
        actor: &Actor,
        me: &Member,
        command: &Command,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        match command {
            Command::Notify(command) => self.decide_notify(actor, command, now),
            Command::UpdateNotifications(command) => {
                let own = |id| self.notifications.get(&(me.id, id)).cloned();
                let found: Vec<Notification> = command
                    .notifications
                    .iter()
                    .copied()
                    .filter_map(own)
                    .collect();
                let active = self.inbox(me.id).count();
                let context = UpdateNotificationsContext {
                    actor,
                    me,
                    found: &found,
                    active,
                };
                update_notifications(&context, command, now)
            }
            Command::FollowThread(command) => {
                let message = self.messages.get(&command.message);
                let channel = message.and_then(|it| it.channel);
                let root = message.map(|it| it.thread.unwrap_or(it.id));
                let context = FollowThreadContext {
                    actor,
                    me,
                    message,
                    channel: channel.and_then(|id| self.channels.get(&id)),
                    standing: self.standing(channel, me.id),
                    follows: root.is_some_and(|id| self.thread_followers.contains(&(id, me.id))),
                };
                follow_thread(&context, command, now)
            }
            Command::ChangePreferences(command) => {
                let before = self.preferences.get(&me.id).cloned().unwrap_or_default();
                let context = ChangePreferencesContext {
                    actor,
                    me,
                    before: &before,
                };
                change_preferences(&context, command, now)
            }
            Command::ChangeChannelSetting(command) => {
                let own = |(member, _): &&(MemberId, _)| *member == me.id;
                let context = ChangeChannelSettingContext {
                    actor,
                    me,
                    channel: self.channels.get(&command.channel),
                    standing: self.standing(command.channel, me.id),
                    before: self.channel_settings.get(&(me.id, command.channel)),
                    count: self.channel_settings.keys().filter(own).count(),
                };
                change_channel_setting(&context, command, now)
            }
            Command::AddSection(_)
            | Command::UpdateSection(_)
            | Command::RemoveSection(_)
            | Command::FoldSpace(_)
            | Command::PlaceRow(_) => self.decide_side_bar(actor, me, command, now),
            Command::SaveMessage(command) => {
                let message = self.messages.get(&command.message);
                let channel = message.and_then(|it| it.channel);
                let task = message.and_then(|it| it.task);
                let task = task.and_then(|id| self.tasks.get(&id));
                let project = task.map(|it| it.project);
                let own = |(member, _): &&(MemberId, _)| *member == me.id;
                let context = SaveMessageContext {
                    actor,
                    me,
                    message,
                    channel: channel.and_then(|id| self.channels.get(&id)),
                    standing: self.standing(channel, me.id),
                    task,
                    project: self.project(project),
                    is_project_member: self.in_project(project, me.id),
                    before: self.saved.get(&(me.id, command.message)),
                    count: self.saved.keys().filter(own).count(),
                };
                save_message(&context, command, now)
            }
            Command::UnsaveMessage(command) => {
                let context = UnsaveMessageContext {
                    actor,
                    me,
                    is_saved: self.saved.contains_key(&(me.id, command.message)),
                };
                unsave_message(&context, command, now)
            }
            Command::FireReminder(command) => {
                let context = FireReminderContext {
                    actor,
                    member: self.members.get(&command.member),
                    saved: self.saved.get(&(command.member, command.message)),
                    overdue: &[],
                    head: self.seq,
                };
                fire_reminder(&context, command, now)
            }
            other => unreachable!("{other:?} is of another noun"),
        }
    }

    pub(super) fn inbox(&self, member: MemberId) -> impl Iterator<Item = &Notification> {
        let all = self.notifications.iter();
        all.filter(move |((owner, _), it)| *owner == member && !it.done)
            .map(|(_, it)| it)
    }

    fn decide_notify(
        &self,
        actor: &Actor,
        command: &Notify,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        let message = command.message.and_then(|id| self.messages.get(&id));
        let channel = message.and_then(|it| it.channel);
        let channel = channel.and_then(|id| self.channels.get(&id));
        let task = message.and_then(|it| it.task).or(command.task);
        let task = task.and_then(|id| self.tasks.get(&id));
        let thread = message.and_then(|it| it.thread).map(|id| id.0);
        let place = thread
            .or(task.map(|it| it.id.0))
            .or(channel.map(|it| it.id.0));
        let known = |id: MemberId| {
            let membership = channel.and_then(|it| self.memberships.get(&(it.id, id)));
            Some(Known {
                member: self.members.get(&id)?,
                sees: match task {
                    Some(task) => self.sees(Some(task.project), id),
                    None => membership.is_some_and(|it| it.since < command.cause),
                },
                setting: channel.and_then(|it| self.channel_settings.get(&(id, it.id))),
                preferences: self.preferences.get(&id),
                read: membership.map_or(0, |it| it.read),
                existing: self
                    .inbox(id)
                    .find(|it| place.is_some() && it.conversation() == place),
                overdue: &[],
            })
        };
        let context = NotifyContext {
            actor,
            message,
            channel,
            task,
            project: task.and_then(|task| self.project(Some(task.project))),
            known: &known,
        };
        notify(&context, command, now)
    }

    fn decide_side_bar(
        &self,
        actor: &Actor,
        me: &Member,
        command: &Command,
        now: Timestamp,
    ) -> Result<Decision, Refusal> {
        let before = &self.side_bars.get(&me.id).cloned().unwrap_or_default();
        let context = SectionContext { actor, me, before };
        match command {
            Command::AddSection(command) => add_section(&context, command, now),
            Command::UpdateSection(command) => update_section(&context, command, now),
            Command::RemoveSection(command) => remove_section(&context, command, now),
            Command::FoldSpace(command) => {
                let context = FoldSpaceContext {
                    actor,
                    me,
                    before,
                    space: self.space(Some(command.space)),
                    is_inside: self.in_space(Some(command.space), me.id),
                };
                fold_space(&context, command, now)
            }
            Command::PlaceRow(command) => {
                let (channel, project) = match command.row {
                    SideBarRow::Channel(id) => (Some(id), None),
                    SideBarRow::Project(id) => (None, Some(id)),
                };
                let context = PlaceRowContext {
                    actor,
                    me,
                    before,
                    channel: channel.and_then(|id| self.channels.get(&id)),
                    standing: self.standing(channel, me.id),
                    project: self.project(project),
                    is_project_member: self.in_project(project, me.id),
                };
                place_row(&context, command, now)
            }
            _ => unreachable!("of another noun"),
        }
    }
}
