//! How each event changes the rows: one line per event. The only way that rows change, so the
//! tables always equal the log applied from nothing (`verify.rs`).

use crate::{
    Result, Tx, acknowledgement, bookmark, channel, emoji, feed, group, member, membership,
    message, notification, pin, poll, preference, project, retention, roster, saved, scheduled,
    side_bar, space, task, template, trash, workspace,
};
use tenon_protocol::{Entry, Event, member::Role, roster::Roster, side_bar::SideBarRow};

/// Applies one entry to the rows.
// Table: one line per event.
pub(crate) async fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    match &entry.event {
        Event::WorkspaceCreated { workspace } => workspace::insert(tx, workspace),
        Event::WorkspaceRenamed { name } => workspace::rename(tx, name).await,
        Event::ReadersHidden { hidden } => workspace::hide_readers(tx, *hidden).await,
        Event::MailContentHidden { hidden } => workspace::hide_mail_content(tx, *hidden).await,

        Event::EmojiRestricted { restricted } => workspace::restrict_emoji(tx, *restricted).await,
        Event::EmojiAdded { emoji } => emoji::insert(tx, emoji),
        Event::EmojiChanged { emoji } => emoji::change(tx, emoji),
        Event::EmojiRemoved { emoji } => emoji::remove(tx, *emoji),
        Event::LogoChanged { logo } => workspace::set_logo(tx, logo).await,
        Event::PolicyChanged { to, .. } => workspace::set_policy(tx, to).await,
        Event::MailDomainsChanged { to, .. } => workspace::set_mail_domains(tx, to).await,
        Event::EveryoneSignedOut {} => Ok(()),

        Event::MemberAdded { member } => member::insert(tx, member).await,
        Event::MemberChanged { member } => member::change(tx, member).await,
        Event::RoleChanged { member, to, .. } => {
            if *to == Role::Guest {
                let kept = project::list_kept_by_guest(tx, *member).await?;
                notification::lose_projects(tx, *member, &kept)?;
                saved::lose_projects(tx, *member, &kept)?;
                let kept = channel::list_kept_by_guest(tx, *member).await?;
                notification::lose_channels(tx, *member, &kept)?;
                saved::lose_channels(tx, *member, &kept)?;
            }
            member::set_role(tx, *member, *to).await
        }
        Event::MemberDeactivated { member } => member::set_active(tx, *member, false).await,
        Event::MemberReactivated { member } => member::set_active(tx, *member, true).await,

        Event::GroupCreated { group } => group::insert(tx, group),
        Event::GroupChanged { group } => group::change(tx, group).await,
        Event::GroupMembersChanged {
            group,
            added,
            removed,
        } => group::change_members(tx, *group, added, removed).await,
        Event::GroupDeleted { group } => group::remove(tx, *group).await,

        Event::SpaceCreated { space } => space::insert(tx, space),
        Event::SpaceChanged { space } => space::change(tx, space),
        Event::SpaceMembersChanged {
            space,
            added,
            removed,
            followed,
        } => {
            let named = !*followed;
            space::change_members(tx, *space, added, removed, entry.seq, named)
        }
        Event::SpaceMembersNamed { space, members } => {
            roster::name(tx, Roster::Space(*space), members)
        }
        Event::GroupFollowed {
            roster,
            group,
            follow,
        } => roster::follow(tx, *roster, *group, *follow),
        Event::SpaceGained(_) | Event::SpaceLost { .. } => Ok(()),

        Event::ChannelCreated { channel } => channel::insert(tx, channel),
        Event::ChannelChanged { channel } => channel::change(tx, channel).await,
        Event::ChannelHidden { channel } => channel::hide(tx, *channel, false).await,
        Event::ChannelEnclosed { channel } => channel::hide(tx, *channel, true).await,
        Event::ChannelMemberAdded { .. } => Ok(()),
        Event::ChannelMemberRemoved { channel, member } => {
            channel::remove_member(tx, *channel, *member)?;
            acknowledgement::stop_waiting(tx, *channel, &[*member]).await
        }
        Event::ChannelMembersChanged {
            channel, removed, ..
        } => {
            for member in removed {
                channel::remove_member(tx, *channel, *member)?;
            }
            acknowledgement::stop_waiting(tx, *channel, removed).await
        }
        Event::ChannelMemberNamed { channel, member } => {
            roster::name(tx, Roster::Channel(*channel), &[*member])
        }
        Event::ChannelGained {
            membership,
            followed,
            ..
        } => channel::insert_member(tx, entry.scope, membership, !*followed).await,
        Event::ChannelLost { channel } => {
            preference::remove_setting(tx, entry.scope, *channel)?;
            side_bar::lose(tx, entry.scope, SideBarRow::Channel(*channel)).await?;
            saved::lose_channel(tx, entry.scope, *channel)?;
            notification::lose_channel(tx, entry.scope, *channel)
        }
        Event::ProjectGained { .. } => Ok(()),
        Event::ProjectLost { project } => {
            side_bar::lose(tx, entry.scope, SideBarRow::Project(*project)).await?;
            saved::lose_project(tx, entry.scope, *project)?;
            notification::lose_project(tx, entry.scope, *project)
        }
        Event::AccessChanged {} => Ok(()),
        Event::ReadMarked { channel, read, .. } => {
            channel::set_read(tx, *channel, entry.actor, *read).await
        }
        Event::AllReadMarked { read, marks } => {
            membership::mark(tx, entry.scope, *read, marks).await
        }

        Event::MessagePosted { message } => message::insert(tx, message).await,
        Event::MessageEdited { .. } => message::edit(tx, &entry.event).await,
        Event::MessageDeleted { message, .. } => message::delete(tx, *message).await,
        Event::MessagesErased { rule, messages, .. } => {
            retention::erase_messages(tx, entry, *rule, messages).await
        }
        Event::FilesErased { rule, messages, .. } => {
            retention::erase_files(tx, entry, *rule, messages).await
        }
        Event::QuotesErased { messages, .. } => retention::erase_quotes(tx, messages).await,
        Event::ReactionAdded { message, emoji } => {
            message::add_reaction(tx, *message, emoji, entry.actor).await
        }
        Event::ReactionRemoved { message, emoji } => {
            message::remove_reaction(tx, *message, emoji, entry.actor).await
        }
        Event::MessageLinked { message, link, .. } => message::link(tx, *message, link).await,
        Event::MessagePinned {
            message,
            channel,
            pin,
        } => pin::insert(tx, *channel, *message, pin, entry.seq).await,
        Event::MessageUnpinned { message, channel } => pin::remove(tx, *channel, *message).await,
        Event::ThreadResolved {
            message, resolved, ..
        } => message::resolve(tx, *message, Some(resolved.clone())).await,
        Event::ThreadReopened { message, .. } => message::resolve(tx, *message, None).await,
        Event::AcknowledgementRequested {
            message,
            channel,
            acknowledgement,
        } => acknowledgement::request(tx, *channel, *message, acknowledgement).await,
        Event::AcknowledgementWithdrawn { message, .. } => {
            acknowledgement::withdraw(tx, *message).await
        }
        Event::MessageAcknowledged { message, channel } => {
            acknowledgement::acknowledge(tx, *channel, *message, entry.actor, entry.at).await
        }
        Event::AcknowledgementReminded { message, .. } => {
            acknowledgement::remind(tx, *message, entry.at).await
        }
        Event::PollOptionAdded {
            message, option, ..
        } => poll::add_option(tx, *message, option).await,
        Event::PollCounted {
            message,
            votes,
            voters,
        } => poll::count(tx, *message, (votes, *voters), entry.seq).await,
        Event::PollClosed {
            message, closed, ..
        } => poll::close(tx, *message, closed).await,
        Event::PreviewsChanged { message, previews } => {
            message::set_previews(tx, *message, previews).await
        }
        Event::CardChanged(change) => message::set_card(tx, change).await,

        Event::ProjectCreated { project } => project::insert(tx, project),
        Event::ProjectChanged { project } => project::change(tx, project).await,
        Event::ProjectEnclosed { project } => project::enclose(tx, *project).await,
        Event::WorkflowChanged { project, workflow } => {
            project::set_workflow(tx, *project, workflow).await
        }
        Event::TypesChanged { project, types } => project::set_types(tx, *project, types).await,
        Event::FieldsChanged { project, fields } => project::set_fields(tx, *project, fields).await,
        Event::TemplatesChanged {
            project,
            templates,
            changed,
        } => template::change(tx, *project, templates, changed).await,
        Event::ProjectMemberAdded { project, member } => {
            project::insert_member(tx, *project, *member, entry.seq)
        }
        Event::ProjectMemberRemoved { project, member } => {
            project::remove_member(tx, *project, *member)
        }

        Event::TaskCreated { task } => task::insert(tx, task).await,
        Event::TaskChanged { task, changes } => task::change(tx, *task, changes, entry).await,
        Event::TaskArchived { task } => trash::archive(tx, *task, entry).await,
        Event::TaskDeleted { task } => trash::delete(tx, *task, entry).await,
        Event::TaskRestored { task } => trash::restore(tx, task, entry).await,
        Event::TaskErased {
            task,
            messages,
            until,
            whole,
            ..
        } => trash::erase(tx, *task, messages, (*until, *whole)).await,

        Event::BookmarkAdded { bookmark } => bookmark::insert(tx, bookmark),
        Event::BookmarkChanged { bookmark } => bookmark::change(tx, bookmark),
        Event::BookmarkRemoved { bookmark, .. } => bookmark::remove(tx, *bookmark),

        Event::FeedAdded { feed } => feed::insert(tx, feed),
        Event::FeedRemoved { channel, project } => feed::remove(tx, *channel, *project),

        Event::NotificationAdded {
            notification,
            replaces,
            done,
        } => notification::insert(tx, entry.scope, notification, *replaces, done),
        Event::NotificationsChanged {
            notifications,
            read,
            done,
            snoozed_until,
        } => notification::change(tx, entry.scope, notifications, *read, *done, *snoozed_until),
        Event::NotificationsRestored { notifications } => {
            notification::restore(tx, entry.scope, notifications)
        }
        // Its rows follow the message itself.
        Event::KeptMessageChanged { .. } => Ok(()),
        Event::ThreadFollowed { thread, follow } => {
            notification::follow(tx, entry, *thread, *follow)
        }
        Event::PreferencesChanged { preferences } => preference::save(tx, entry.scope, preferences),
        Event::ChannelSettingChanged { setting } => {
            preference::save_setting(tx, entry.scope, setting)
        }
        Event::SideBarChanged { side_bar } => side_bar::save(tx, entry.scope, side_bar),
        Event::MessageSaved { saved } => saved::save(tx, entry.scope, saved),
        Event::MessageUnsaved { message } => saved::remove(tx, entry.scope, *message),
        Event::MessageScheduled { scheduled } => {
            scheduled::save(tx, entry.scope, scheduled, entry.at)
        }
        Event::ScheduledRemoved { message } => {
            scheduled::remove(tx, entry.scope, *message, entry.at)
        }
    }
}
