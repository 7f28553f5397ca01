//! Simulation: members who do random things, vanish and come back, on a server that is restarted
//! and killed under them; then the proofs. A plan follows from its seed; on failure it is printed
//! as JSON, and `TENON_PLAN='…'` plays exactly that plan again, also a shortened one.

mod wish;

use crate::support::{Database, Member, Stage};
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, resume_unwind},
};
use tenon_protocol::{
    BookmarkId, ChannelId, Command, ErrorCode, GroupId, MessageId, ProjectId, SectionId, SpaceId,
    TaskId, channel::ChannelKind, member::Role, project::Visibility,
};

on_both!(seed_7, seed_42, a_random_seed);

const MEMBERS: usize = 5;
const STEPS: usize = 600;

/// One step. Numbers name things by their place among what there is at that moment.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Step {
    who: usize,
    what: What,
    a: usize,
    b: usize,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
enum What {
    Post,
    Reply,
    Mention,
    Comment,
    Edit,
    Delete,
    React,
    Unreact,
    MarkRead,
    CreateChannel,
    RenameChannel,
    ArchiveChannel,
    Join,
    Add,
    Leave,
    Remove,
    CreateProject,
    ShareProject,
    UnshareProject,
    CreateTask,
    ChangeTask,
    MoveTask,
    ParentTask,
    AddItem,
    ChangeItem,
    LinkTasks,
    UnlinkTasks,
    Types,
    Fields,
    FillField,
    Templates,
    UseTemplate,
    FollowTask,
    DeleteTask,
    ArchiveTask,
    RestoreTask,
    MakeTask,
    Feed,
    Unfeed,
    Rename,
    ChangeRole,
    ReadAll,
    Direct,
    ChannelRole,
    CreateSpace,
    UpdateSpace,
    SpaceMembers,
    PlaceChannel,
    PlaceProject,
    CreateGroup,
    UpdateGroup,
    GroupMembers,
    DeleteGroup,
    FollowGroup,
    UnfollowGroup,
    MentionGroup,
    Deactivate,
    Reactivate,
    UpdateProject,
    Workflow,
    Pin,
    Unpin,
    Ask,
    Withdraw,
    Acknowledge,
    Remind,
    RemovePreview,
    Quote,
    AddBookmark,
    UpdateBookmark,
    RemoveBookmark,
    Save,
    Unsave,
    FollowThread,
    ResolveThread,
    ReopenThread,
    Setting,
    Preferences,
    Notifications,
    AddSection,
    UpdateSection,
    RemoveSection,
    PlaceRow,
    FoldSpace,
    Schedule,
    ChangeScheduled,
    CancelScheduled,
    Poll,
    AddPollOption,
    ClosePoll,
    Status,
    HideReaders,
    RenameWorkspace,
    Vanish,
    Restart,
    Crash,
}

/// How often each thing is done, relative to the others.
const HABITS: [(What, u32); 96] = [
    (What::Post, 30),
    (What::Reply, 15),
    (What::Mention, 10),
    (What::Comment, 8),
    (What::Edit, 8),
    (What::Delete, 5),
    (What::React, 8),
    (What::Unreact, 4),
    (What::MarkRead, 10),
    (What::CreateChannel, 5),
    (What::RenameChannel, 3),
    (What::ArchiveChannel, 1),
    (What::Join, 6),
    (What::Add, 8),
    (What::Leave, 4),
    (What::Remove, 3),
    (What::CreateProject, 3),
    (What::ShareProject, 4),
    (What::UnshareProject, 2),
    (What::CreateTask, 10),
    (What::ChangeTask, 12),
    (What::MoveTask, 8),
    (What::ParentTask, 3),
    (What::AddItem, 4),
    (What::ChangeItem, 5),
    (What::LinkTasks, 6),
    (What::UnlinkTasks, 3),
    (What::Types, 2),
    (What::Fields, 4),
    (What::FillField, 6),
    (What::Templates, 4),
    (What::UseTemplate, 4),
    (What::FollowTask, 3),
    (What::DeleteTask, 2),
    (What::ArchiveTask, 2),
    (What::RestoreTask, 2),
    (What::MakeTask, 8),
    (What::Feed, 4),
    (What::Unfeed, 1),
    (What::Rename, 2),
    (What::ChangeRole, 2),
    (What::ReadAll, 3),
    (What::Direct, 3),
    (What::ChannelRole, 3),
    (What::CreateSpace, 3),
    (What::UpdateSpace, 3),
    (What::SpaceMembers, 5),
    (What::PlaceChannel, 5),
    (What::PlaceProject, 4),
    (What::CreateGroup, 2),
    (What::UpdateGroup, 2),
    (What::GroupMembers, 3),
    (What::DeleteGroup, 1),
    (What::FollowGroup, 8),
    (What::UnfollowGroup, 2),
    (What::MentionGroup, 3),
    (What::Deactivate, 2),
    (What::Reactivate, 6),
    (What::UpdateProject, 3),
    (What::Workflow, 3),
    (What::Pin, 4),
    (What::Unpin, 2),
    (What::Ask, 4),
    (What::Withdraw, 1),
    (What::Acknowledge, 6),
    (What::Remind, 2),
    (What::RemovePreview, 1),
    (What::Quote, 4),
    (What::AddBookmark, 3),
    (What::UpdateBookmark, 3),
    (What::RemoveBookmark, 1),
    (What::Save, 4),
    (What::Unsave, 2),
    (What::FollowThread, 4),
    (What::ResolveThread, 3),
    (What::ReopenThread, 2),
    (What::Setting, 3),
    (What::Preferences, 2),
    (What::Notifications, 4),
    (What::AddSection, 2),
    (What::UpdateSection, 2),
    (What::RemoveSection, 1),
    (What::PlaceRow, 4),
    (What::FoldSpace, 2),
    (What::Schedule, 3),
    (What::ChangeScheduled, 2),
    (What::CancelScheduled, 1),
    (What::Poll, 4),
    (What::AddPollOption, 4),
    (What::ClosePoll, 2),
    (What::Status, 2),
    (What::HideReaders, 1),
    (What::RenameWorkspace, 1),
    (What::Vanish, 8),
    (What::Restart, 1),
    (What::Crash, 1),
];

async fn seed_7(database: Database) {
    play(database, draw(7)).await;
}

async fn seed_42(database: Database) {
    play(database, draw(42)).await;
}

async fn a_random_seed(database: Database) {
    let plan = match std::env::var("TENON_PLAN") {
        Ok(text) => serde_json::from_str(&text).expect("TENON_PLAN is a plan as it was printed"),
        Err(_) => {
            let seed = rand::random();
            println!("seed {seed}");
            draw(seed)
        }
    };
    play(database, plan).await;
}

fn draw(seed: u64) -> Vec<Step> {
    let mut rng = StdRng::seed_from_u64(seed);
    let step = |_| Step {
        who: rng.random_range(0..MEMBERS),
        what: HABITS
            .choose_weighted(&mut rng, |(_, weight)| *weight)
            .unwrap()
            .0,
        a: rng.random_range(0..1_000),
        b: rng.random_range(0..1_000),
    };
    (0..STEPS).map(step).collect()
}

async fn play(database: Database, plan: Vec<Step>) {
    let played = AssertUnwindSafe(perform(database, &plan));
    if let Err(panic) = futures::FutureExt::catch_unwind(played).await {
        let plan = serde_json::to_string(&plan).unwrap();
        eprintln!("play it again with TENON_PLAN='{plan}'");
        resume_unwind(panic);
    }
}

/// What there is, as a bystander who sees everything knows it.
#[derive(Default)]
struct World {
    channels: Vec<ChannelId>,
    messages: Vec<(MessageId, Option<ChannelId>)>,
    projects: Vec<ProjectId>,
    tasks: Vec<TaskId>,
    spaces: Vec<SpaceId>,
    groups: Vec<GroupId>,
    bookmarks: Vec<(ChannelId, BookmarkId)>,
    sections: Vec<SectionId>,
    scheduled: Vec<MessageId>,
    polls: Vec<MessageId>,
    /// Places of the members who are deactivated.
    out: BTreeSet<usize>,
}

async fn perform(database: Database, plan: &[Step]) {
    let mut stage = Stage::open(database).await;
    let mut members = Vec::new();
    for (name, role) in [
        ("张三", Role::Member),
        ("Li Lei", Role::Admin),
        ("王芳", Role::Member),
        ("Guest", Role::Guest),
        ("Zoë", Role::Member),
    ] {
        members.push(stage.join(name, role).await);
    }
    // A place and work of all, so that from the first step on there is something to do.
    let everyone: Vec<&Member> = members.iter().collect();
    let room = stage
        .channel("everyone", ChannelKind::Public, &everyone)
        .await;
    let project = stage.project("ALL", Visibility::Public, &everyone).await;
    let mut world = World {
        channels: vec![room],
        projects: vec![project],
        ..World::default()
    };
    for (n, step) in plan.iter().enumerate() {
        match step.what {
            What::Vanish if world.out.contains(&step.who) => {}
            What::Vanish => vanish(&mut members[step.who]).await,
            What::Restart | What::Crash => {
                let mut all: Vec<&mut Member> = members.iter_mut().collect();
                if let What::Restart = step.what {
                    stage.restart(&mut all).await;
                } else {
                    stage.crash(&mut all).await;
                }
                stage.owner.connect().await;
                for (place, member) in all.into_iter().enumerate() {
                    if !world.out.contains(&place) {
                        member.connect().await;
                    }
                }
            }
            _ => act(&mut members, step, &mut world, n).await,
        }
        if n % 100 == 99 {
            let mut all: Vec<&mut Member> = members.iter_mut().collect();
            stage.prove(&mut all).await;
        }
    }
    let mut all: Vec<&mut Member> = members.iter_mut().collect();
    stage.end(&mut all).await;
}

/// Goes offline, or comes back.
async fn vanish(member: &mut Member) {
    if member.is_connected() {
        member.disconnect();
    } else {
        member.connect().await;
    }
}

async fn act(members: &mut [Member], step: &Step, world: &mut World, n: usize) {
    if !members[step.who].is_connected() {
        return;
    }
    let Some(command) = wish::wish(members, step, world, n) else {
        return;
    };
    let text = format!("step {n}: {command:?}");
    match members[step.who].try_run(command.clone()).await {
        Ok(_) => {
            let (out, back) = remember(world, command, members);
            if let Some(place) = out {
                leave(&mut members[place]).await;
            }
            if let Some(place) = back {
                come_in(&mut members[place]).await;
            }
        }
        Err(refused) => assert!(
            !matches!(
                refused.code,
                ErrorCode::Internal | ErrorCode::Unavailable | ErrorCode::Malformed
            ),
            "{refused:?} {text}"
        ),
    }
}

/// Was deactivated: the server ends the socket, if there is one.
async fn leave(member: &mut Member) {
    if member.is_connected() {
        member.wait_closed().await;
    }
    assert!(member.try_connect(member.cursor()).await.is_none());
    member.disconnect();
}

/// Was let in again: signs in, and goes on from where the replica stood.
async fn come_in(member: &mut Member) {
    member.token = member.sign_in_again().await.token;
    member.connect().await;
}

/// Notes what there is now. Answers with the place of who is out, and of who is back.
fn remember(
    world: &mut World,
    command: Command,
    members: &[Member],
) -> (Option<usize>, Option<usize>) {
    let place = |id| members.iter().position(|member| member.id == id);
    match command {
        Command::CreateChannel(it) => world.channels.push(it.id),
        Command::OpenDirect(it) => world.channels.push(it.id),
        Command::CreateProject(it) => world.projects.push(it.id),
        Command::CreateTask(it) => world.tasks.push(it.id),
        Command::MakeTask(it) => world.tasks.push(it.id),
        Command::PostMessage(it) => {
            world.messages.push((it.id, it.channel));
            world.polls.extend(it.poll.map(|_| it.id));
        }
        Command::CreateSpace(it) => world.spaces.push(it.id),
        Command::CreateGroup(it) => world.groups.push(it.id),
        Command::AddBookmark(it) => world.bookmarks.push((it.channel, it.id)),
        Command::AddSection(it) => world.sections.push(it.id),
        Command::ScheduleMessage(it) => world.scheduled.push(it.message.id),
        Command::DeactivateMember(it) => {
            let out = place(it.member).filter(|place| world.out.insert(*place));
            return (out, None);
        }
        Command::ReactivateMember(it) => {
            let back = place(it.member).filter(|place| world.out.remove(place));
            return (None, back);
        }
        _ => {}
    }
    (None, None)
}
