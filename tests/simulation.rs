//! Simulation: members who do random things, vanish and come back, on a server that is restarted
//! and killed under them; then the proofs. A plan follows from its seed; on failure it is printed
//! as JSON, and `TENON_PLAN='…'` plays exactly that plan again, also a shortened one.

use crate::support::{Database, Member, Stage};
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use serde::{Deserialize, Serialize};
use std::panic::{AssertUnwindSafe, resume_unwind};
use tenon_protocol::{
    ChannelId, Command, ErrorCode, GroupId, MemberId, MessageId, ProjectId, SpaceId, TaskId,
    channel::{
        AddChannelMember, ChannelKind, CreateChannel, MarkRead, RemoveChannelMember, UpdateChannel,
    },
    feed::{AddFeed, RemoveFeed},
    group::{ChangeGroupMembers, CreateGroup, GroupKind},
    member::{ChangeRole, Role, UpdateMember},
    message::{AddReaction, DeleteMessage, EditMessage, PostMessage, RemoveReaction},
    project::{AddProjectMember, CreateProject, RemoveProjectMember, Template, Visibility},
    roster::{FollowGroup, Roster},
    space::{ChangeSpaceMembers, CreateSpace, SpaceKind},
    task::{CreateTask, DeleteTask, FollowTask, MakeTask, MoveTask, UpdateTask},
};

on_both!(seed_7, seed_42, a_random_seed);

const MEMBERS: usize = 5;
const STEPS: usize = 220;

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
    FollowTask,
    DeleteTask,
    MakeTask,
    Feed,
    Unfeed,
    CreateGroup,
    Regroup,
    CreateSpace,
    JoinSpace,
    LeaveSpace,
    SettleChannel,
    FollowGroup,
    UnfollowGroup,
    Rename,
    ChangeRole,
    Vanish,
    Restart,
    Crash,
}

/// How often each thing is done, relative to the others.
const HABITS: [(What, u32); 41] = [
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
    (What::FollowTask, 3),
    (What::DeleteTask, 2),
    (What::MakeTask, 8),
    (What::Feed, 4),
    (What::Unfeed, 1),
    (What::CreateGroup, 3),
    (What::Regroup, 8),
    (What::CreateSpace, 3),
    (What::JoinSpace, 5),
    (What::LeaveSpace, 3),
    (What::SettleChannel, 5),
    (What::FollowGroup, 8),
    (What::UnfollowGroup, 2),
    (What::Rename, 2),
    (What::ChangeRole, 2),
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
    groups: Vec<GroupId>,
    spaces: Vec<SpaceId>,
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
    let mut world = World::default();
    for (n, step) in plan.iter().enumerate() {
        match step.what {
            What::Vanish => vanish(&mut members[step.who]).await,
            What::Restart | What::Crash => {
                let mut all: Vec<&mut Member> = members.iter_mut().collect();
                if let What::Restart = step.what {
                    stage.restart(&mut all).await;
                } else {
                    stage.crash(&mut all).await;
                }
                stage.owner.connect().await;
                for member in all {
                    member.connect().await;
                }
            }
            _ => act(&mut members, step, &mut world, n).await,
        }
        if n % 60 == 59 {
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
    let Some(command) = wish(members, step, world, n) else {
        return;
    };
    let text = format!("step {n}: {command:?}");
    match members[step.who].try_run(command.clone()).await {
        Ok(_) => remember(world, command),
        Err(refused) => assert!(
            !matches!(
                refused.code,
                ErrorCode::Internal | ErrorCode::Unavailable | ErrorCode::Malformed
            ),
            "{refused:?} {text}"
        ),
    }
}

fn remember(world: &mut World, command: Command) {
    match command {
        Command::CreateChannel(it) => world.channels.push(it.id),
        Command::CreateGroup(it) => world.groups.push(it.id),
        Command::CreateSpace(it) => world.spaces.push(it.id),
        Command::CreateProject(it) => world.projects.push(it.id),
        Command::CreateTask(it) => world.tasks.push(it.id),
        Command::MakeTask(it) => world.tasks.push(it.id),
        Command::PostMessage(it) => world.messages.push((it.id, it.channel)),
        _ => {}
    }
}

fn pick<T: Copy>(items: &[T], n: usize) -> Option<T> {
    (!items.is_empty()).then(|| items[n % items.len()])
}

/// The command of a step, which may well be refused; none if there is nothing to do it to.
// Table: one line per habit.
fn wish(members: &[Member], step: &Step, world: &World, n: usize) -> Option<Command> {
    let &Step { who, what, a, b } = step;
    let ids: Vec<MemberId> = members.iter().map(|member| member.id).collect();
    let (me, other) = (ids[who], ids[b % ids.len()]);
    let channel = || pick(&world.channels, a);
    let message = || pick(&world.messages, a);
    let project = || pick(&world.projects, a);
    let task = || pick(&world.tasks, a);
    let text = format!("{n}: 你好 hello {a}");
    if let Some(command) = wish_of_rosters(step, world, n, other) {
        return Some(command);
    }
    let emoji = ["👍", "🎉", "❤️"][b % 3].to_owned();
    let state = || ["todo", "in_progress", "done", "cancelled"][b % 4].to_owned();
    Some(match what {
        What::Post => in_channel(channel()?, None, text),
        What::Mention => {
            let names = [" @张三", " ＠王芳", " @channel", "请@张三看下"];
            in_channel(channel()?, None, text + names[b % 4])
        }
        What::Reply => {
            let (root, channel) = message()?;
            in_channel(channel?, Some(root), text + " @Zoë")
        }
        What::Comment => Command::PostMessage(PostMessage {
            task: Some(task()?),
            text,
            ..PostMessage::default()
        }),
        What::Edit => {
            let text = format!("{text} @王芳");
            Command::EditMessage(EditMessage {
                message: message()?.0,
                text,
            })
        }
        What::Delete => Command::DeleteMessage(DeleteMessage {
            message: message()?.0,
        }),
        What::React => Command::AddReaction(AddReaction {
            message: message()?.0,
            emoji,
        }),
        What::Unreact => Command::RemoveReaction(RemoveReaction {
            message: message()?.0,
            emoji,
        }),
        What::MarkRead => {
            let channel = channel()?;
            let last = members[who]
                .replica()
                .memberships
                .get(&channel)
                .map_or(1, |it| it.last);
            let seq = last - (b % 3) as i64;
            Command::MarkRead(MarkRead {
                channel,
                seq: seq.max(0),
            })
        }
        What::CreateChannel => Command::CreateChannel(CreateChannel {
            space: None,
            id: ChannelId::new(),
            name: format!("room {n}"),
            kind: if a % 2 == 0 {
                ChannelKind::Public
            } else {
                ChannelKind::Private
            },
            topic: String::new(),
            project: pick(&world.projects, b),
            members: vec![other],
        }),
        What::RenameChannel => Command::UpdateChannel(UpdateChannel {
            channel: channel()?,
            name: Some(format!("renamed {n}")),
            project: Some(pick(&world.projects, b)),
            ..UpdateChannel::default()
        }),
        What::ArchiveChannel => Command::UpdateChannel(UpdateChannel {
            channel: channel()?,
            archived: Some(b % 2 == 0),
            ..UpdateChannel::default()
        }),
        What::Join => add(channel()?, me),
        What::Add => add(channel()?, other),
        What::Leave => remove(channel()?, me),
        What::Remove => remove(channel()?, other),
        What::CreateProject => Command::CreateProject(CreateProject {
            space: None,
            id: ProjectId::new(),
            key: format!("P{n}"),
            name: format!("project {n}"),
            description: String::new(),
            visibility: if a % 2 == 0 {
                Visibility::Public
            } else {
                Visibility::Private
            },
            template: Template::Software,
            language: None,
            lead: None,
            members: vec![other],
        }),
        What::ShareProject => {
            let (project, member) = (project()?, other);
            Command::AddProjectMember(AddProjectMember { project, member })
        }
        What::UnshareProject => {
            let (project, member) = (project()?, other);
            Command::RemoveProjectMember(RemoveProjectMember { project, member })
        }
        What::CreateTask => Command::CreateTask(CreateTask {
            project: project()?,
            title: text,
            ..CreateTask::default()
        }),
        What::ChangeTask => Command::UpdateTask(UpdateTask {
            task: task()?,
            title: (a % 2 == 0).then_some(text),
            state: Some(state()),
            assignees: (a % 3 == 0).then(|| vec![other]),
            ..UpdateTask::default()
        }),
        What::MoveTask => Command::MoveTask(MoveTask {
            task: task()?,
            state: Some(state()),
            after: None,
            before: (a % 2 == 0).then(|| pick(&world.tasks, b)).flatten(),
        }),
        What::ParentTask => Command::UpdateTask(UpdateTask {
            task: task()?,
            parent: Some(pick(&world.tasks, b)),
            ..UpdateTask::default()
        }),
        What::FollowTask => Command::FollowTask(FollowTask {
            task: task()?,
            follow: b % 2 == 0,
        }),
        What::DeleteTask => Command::DeleteTask(DeleteTask { task: task()? }),
        What::MakeTask => Command::MakeTask(MakeTask {
            message: message()?.0,
            project: pick(&world.projects, b),
            ..MakeTask::default()
        }),
        What::Feed => {
            let (channel, project) = (channel()?, pick(&world.projects, b)?);
            Command::AddFeed(AddFeed { channel, project })
        }
        What::Unfeed => {
            let (channel, project) = (channel()?, pick(&world.projects, b)?);
            Command::RemoveFeed(RemoveFeed { channel, project })
        }
        What::Rename => Command::UpdateMember(UpdateMember {
            member: me,
            title: Some(text),
            ..UpdateMember::default()
        }),
        What::ChangeRole => Command::ChangeRole(ChangeRole {
            member: other,
            role: [Role::Guest, Role::Member, Role::Admin][a % 3],
        }),
        What::CreateGroup
        | What::Regroup
        | What::CreateSpace
        | What::JoinSpace
        | What::LeaveSpace
        | What::SettleChannel
        | What::FollowGroup
        | What::UnfollowGroup
        | What::Vanish
        | What::Restart
        | What::Crash => return None,
    })
}

/// The same for groups, spaces and what follows them.
// Table: one line per habit.
fn wish_of_rosters(step: &Step, world: &World, n: usize, other: MemberId) -> Option<Command> {
    let &Step { what, a, b, .. } = step;
    let group = || pick(&world.groups, a);
    let space = || pick(&world.spaces, a);
    let follow = |follow| {
        let roster = match b % 2 {
            0 => Roster::Space(pick(&world.spaces, b)?),
            _ => Roster::Channel(pick(&world.channels, b)?),
        };
        let group = group()?;
        Some(Command::FollowGroup(FollowGroup {
            roster,
            group,
            follow,
        }))
    };
    let change = |space, add, remove| {
        let wish = ChangeSpaceMembers { space, add, remove };
        Some(Command::ChangeSpaceMembers(wish))
    };
    match what {
        What::CreateGroup => Some(Command::CreateGroup(CreateGroup {
            id: GroupId::new(),
            kind: GroupKind::Department,
            name: format!("部门 {n}"),
            handle: None,
            description: String::new(),
            parent: pick(&world.groups, b).filter(|_| a % 2 == 0),
            managers: vec![],
            members: vec![other],
        })),
        What::Regroup => Some(Command::ChangeGroupMembers(ChangeGroupMembers {
            group: group()?,
            add: if b % 2 == 0 { vec![other] } else { vec![] },
            remove: if b % 2 == 0 { vec![] } else { vec![other] },
        })),
        What::CreateSpace => Some(Command::CreateSpace(CreateSpace {
            id: SpaceId::new(),
            kind: [SpaceKind::Open, SpaceKind::Closed][a % 2],
            name: format!("space {n}"),
            icon: String::new(),
            description: String::new(),
            members: vec![other],
        })),
        What::JoinSpace => change(space()?, vec![other], vec![]),
        What::LeaveSpace => change(space()?, vec![], vec![other]),
        What::SettleChannel => Some(Command::UpdateChannel(UpdateChannel {
            channel: pick(&world.channels, b)?,
            space: Some(space()),
            follows_space: Some(a % 3 == 0),
            is_default: Some(a % 3 == 1),
            ..UpdateChannel::default()
        })),
        What::FollowGroup => follow(true),
        What::UnfollowGroup => follow(false),
        _ => None,
    }
}

fn in_channel(channel: ChannelId, thread: Option<MessageId>, text: String) -> Command {
    let channel = Some(channel);
    Command::PostMessage(PostMessage {
        channel,
        thread,
        text,
        ..PostMessage::default()
    })
}

fn add(channel: ChannelId, member: MemberId) -> Command {
    Command::AddChannelMember(AddChannelMember { channel, member })
}

fn remove(channel: ChannelId, member: MemberId) -> Command {
    Command::RemoveChannelMember(RemoveChannelMember { channel, member })
}
