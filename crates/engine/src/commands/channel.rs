//! Commands about channels and who is in them.

use super::{Decided, Desk, Who, space::SpacePlace};
use hashbrown::HashSet;
use tenon_domain::channel::{
    AddChannelMemberContext, ChangeChannelRoleContext, CreateChannelContext, OpenDirectContext,
    RemoveChannelMemberContext, UpdateChannelContext, add_channel_member,
    change_channel_role as decide_role, create_channel, direct_members, name_key,
    open_direct as decide_direct, remove_channel_member, update_channel,
};
use tenon_domain::membership::{
    Counts, MarkAllReadContext, MarkReadContext, mark_all_read as decide_all_read,
    mark_read as decide_read, read_position,
};
use tenon_domain::retention::{ChannelRetentionContext, change_channel_retention};
use tenon_protocol::{
    ChannelId, MemberId, SpaceId,
    channel::{
        AddChannelMember, ChangeChannelRole, Channel, ChannelKind, CreateChannel, MarkAllRead,
        MarkRead, Membership, OpenDirect, RemoveChannelMember, UpdateChannel,
    },
    member::Member,
    retention::ChangeChannelRetention,
    roster::Roster,
    space::SpaceKind,
};
use tenon_store::{channel, feed, membership, roster, space};

pub(super) async fn create(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &CreateChannel,
) -> Decided {
    let id_taken = channel::load(desk.tx, command.id).await?.is_some();
    let name_taken =
        channel::load_name_taken(desk.tx, &name_key(&command.name), command.id).await?;
    let project = desk.project(command.project, me.id).await?;
    let space = desk.space(command.space, me.id).await?;
    let count = count_in(desk, command.space).await?;
    let members = desk.known(command.members.iter().copied());
    let members: Vec<&Member> = members.iter().map(AsRef::as_ref).collect();
    let context = CreateChannelContext {
        home: space.home(count),
        actor,
        me,
        id_taken,
        name_taken,
        project: project.project.as_deref(),
        is_project_member: project.is_member,
        members: &members,
    };
    Ok(create_channel(&context, command, desk.now))
}

pub(super) async fn open_direct(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &OpenDirect,
) -> Decided {
    let id_taken = channel::load(desk.tx, command.id).await?.is_some();
    let existing = channel::find_direct(desk.tx, &direct_members(me.id, command)).await?;
    let members = desk.known(command.members.iter().copied());
    let members: Vec<&Member> = members.iter().map(AsRef::as_ref).collect();
    let context = OpenDirectContext {
        actor,
        me,
        id_taken,
        existing,
        members: &members,
    };
    Ok(decide_direct(&context, command, desk.now))
}

pub(super) async fn update(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &UpdateChannel,
) -> Decided {
    let place = desk.channel(Some(command.channel), me.id).await?;
    let mut name_taken = false;
    if let Some(channel) = place.channel.as_deref() {
        let name = name_key(command.name.as_deref().unwrap_or(&channel.name));
        name_taken = channel.kind != ChannelKind::Direct
            && channel::load_name_taken(desk.tx, &name, channel.id).await?;
    }
    let now_in = place.channel.as_deref().and_then(|channel| channel.space);
    let wanted = command.space.unwrap_or(now_in);
    let space = desk.space(wanted, me.id).await?;
    let moves = wanted != now_in;
    let count = count_in(desk, wanted.filter(|_| moves)).await?;
    let outsiders = outsiders(desk, place.channel.as_deref(), &space).await?;
    let mut near_guests = desk.guests_in_space(now_in.filter(|_| moves)).await?;
    if !near_guests.is_empty() {
        let members = channel::list_members(desk.tx, command.channel).await?;
        near_guests.retain(|guest| !members.contains(guest));
        near_guests = desk.outsiders(near_guests, wanted, false).await?;
    }
    let default_count = match (command.is_default, wanted) {
        (Some(true), None) => channel::list_default(desk.tx).await?.len(),
        (Some(true), Some(space)) => {
            let channels = space::list_channels(desk.tx, space).await?;
            channels.iter().filter(|it| it.is_default).count()
        }
        _ => 0,
    };
    let project = desk.project(command.project.flatten(), me.id).await?;
    let context = UpdateChannelContext {
        actor,
        me,
        channel: place.channel.as_deref(),
        standing: place.standing,
        name_taken,
        project: project.project.as_deref(),
        is_project_member: project.is_member,
        home: space.home(count),
        outsiders: &outsiders,
        near_guests: &near_guests,
        default_count,
    };
    Ok(update_channel(&context, command, desk.now))
}

pub(super) async fn change_role(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &ChangeChannelRole,
) -> Decided {
    let place = desk.channel(Some(command.channel), me.id).await?;
    let row = channel::load_member(desk.tx, command.channel, command.member).await?;
    let now_in = place.channel.as_deref().and_then(|channel| channel.space);
    let space = desk.space(now_in, me.id).await?;
    let outsiders = outsiders(desk, place.channel.as_deref(), &space).await?;
    let member = desk.members.get(&command.member);
    let context = ChangeChannelRoleContext {
        actor,
        me,
        channel: place.channel.as_deref(),
        standing: place.standing,
        member: member.filter(|_| row.is_some()).map(AsRef::as_ref),
        outsiders: &outsiders,
    };
    Ok(decide_role(&context, command, desk.now))
}

pub(super) async fn change_retention(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &ChangeChannelRetention,
) -> Decided {
    let place = desk.channel(Some(command.channel), me.id).await?;
    let now_in = place.channel.as_deref().and_then(|channel| channel.space);
    let space = desk.space(now_in, me.id).await?;
    let outsiders = outsiders(desk, place.channel.as_deref(), &space).await?;
    let workspace = tenon_store::workspace::load(desk.tx).await?;
    let context = ChannelRetentionContext {
        actor,
        me,
        channel: place.channel.as_deref(),
        standing: place.standing,
        policy: &workspace.policy,
        outsiders: &outsiders,
    };
    Ok(change_channel_retention(&context, command, desk.now))
}

async fn count_in(desk: &mut Desk<'_, '_>, space: Option<SpaceId>) -> tenon_store::Result<i64> {
    match space {
        Some(space) => space::count_channels(desk.tx, space).await,
        None => Ok(0),
    }
}

/// Members of a public channel who cannot see what is told of it, once it is in this space.
async fn outsiders(
    desk: &mut Desk<'_, '_>,
    channel: Option<&Channel>,
    place: &SpacePlace,
) -> tenon_store::Result<Vec<MemberId>> {
    let space = place.space.as_deref();
    let is_closed = space.is_some_and(|it| it.kind == SpaceKind::Closed);
    match channel {
        Some(it)
            if it.kind == ChannelKind::Public
                && (is_closed || !desk.directory.guests.is_empty()) =>
        {
            let members = channel::list_members(desk.tx, it.id).await?;
            desk.outsiders(members, space.map(|it| it.id), is_closed)
                .await
        }
        _ => Ok(Vec::new()),
    }
}

/// Adds one who is being added to the workspace by the same command.
pub(super) async fn add_fresh(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    channel: ChannelId,
    member: &Member,
) -> Decided {
    let place = desk.channel(Some(channel), me.id).await?;
    let feeds = feed::list_of_channel(desk.tx, channel).await?;
    let context = AddChannelMemberContext {
        actor,
        me,
        channel: place.channel.as_deref(),
        standing: place.standing,
        member: Some(member),
        already: false,
        is_named: false,
        last: place.last,
        feeds: &feeds,
    };
    let member = member.id;
    let command = AddChannelMember { channel, member };
    Ok(add_channel_member(&context, &command, desk.now))
}

pub(super) async fn add_member(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &AddChannelMember,
) -> Decided {
    let place = desk.channel(Some(command.channel), me.id).await?;
    let named = [command.member.0];
    let inside = roster::list_inside(desk.tx, Roster::Channel(command.channel), &named).await?;
    let already = !inside.is_empty();
    let feeds = if already {
        Vec::new()
    } else {
        feed::list_of_channel(desk.tx, command.channel).await?
    };
    let context = AddChannelMemberContext {
        actor,
        me,
        channel: place.channel.as_deref(),
        standing: place.standing,
        member: desk.members.get(&command.member).map(AsRef::as_ref),
        already,
        is_named: inside.iter().any(|(_, is_named)| *is_named),
        last: place.last,
        feeds: &feeds,
    };
    Ok(add_channel_member(&context, command, desk.now))
}

pub(super) async fn remove_member(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &RemoveChannelMember,
) -> Decided {
    let place = desk.channel(Some(command.channel), me.id).await?;
    let is_there = channel::load_member(desk.tx, command.channel, command.member)
        .await?
        .is_some();
    let space = place.channel.as_deref().and_then(|channel| channel.space);
    let in_groups = desk.in_groups(Roster::Channel(command.channel)).await?;
    let in_space = desk.space(space, command.member).await?.is_inside;
    let context = RemoveChannelMemberContext {
        actor,
        me,
        channel: place.channel.as_deref(),
        standing: place.standing,
        member: desk.members.get(&command.member).map(AsRef::as_ref),
        is_there,
        in_groups: in_groups.contains(&command.member),
        in_space,
    };
    Ok(remove_channel_member(&context, command, desk.now))
}

pub(super) async fn mark_read(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &MarkRead,
) -> Decided {
    let place = desk.channel(Some(command.channel), me.id).await?;
    let row = channel::load_member(desk.tx, command.channel, me.id).await?;
    let head = desk.tx.seq();
    let (mut membership, mut left) = (None, Counts::default());
    if let Some(row) = row {
        let before = channel::load_unread_now(desk.tx, command.channel, me.id).await?;
        let seq = read_position(command.seq, head);
        let after = channel::load_unread_at(desk.tx, command.channel, me.id, seq).await?;
        left = Counts {
            unread: after.unread,
            mentions: after.mentions,
        };
        membership = Some(Membership {
            channel: command.channel,
            since: row.since,
            read: row.read,
            unread: before.unread,
            mentions: before.mentions,
            last: place.last,
        });
    }
    let context = MarkReadContext {
        actor,
        me,
        channel: place.channel.as_deref(),
        standing: place.standing,
        membership: membership.as_ref(),
        left,
        head,
    };
    Ok(decide_read(&context, command, desk.now))
}

pub(super) async fn mark_all_read(
    desk: &mut Desk<'_, '_>,
    Who { actor, me }: Who<'_>,
    command: &MarkAllRead,
) -> Decided {
    let mut before = membership::load_unread(desk.tx, me.id).await?;
    if let Some(channels) = &command.channels {
        let wanted: HashSet<_> = channels.iter().collect();
        before.retain(|it| wanted.contains(&it.channel));
    }
    let head = desk.tx.seq();
    let read = read_position(command.seq, head);
    let channels: Vec<_> = before.iter().map(|it| it.channel.0).collect();
    let left = membership::list_left(desk.tx, me.id, read, &channels).await?;
    let context = MarkAllReadContext {
        actor,
        me,
        before: &before,
        left: &left,
        head,
    };
    Ok(decide_all_read(&context, command, desk.now))
}
