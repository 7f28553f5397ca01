//! The demo: a believable workspace, made through ordinary commands. Called by `serve --demo` on
//! an empty server. The texts are tables in `demo/`; here is only the playing of them.

mod cast;
mod place;
mod plan;
mod talk;

use crate::serve::failure;
use anyhow::Context;
use cast::{CAST, PASSWORD, Part, Person, SLUG, TEAMS, WORKSPACE};
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use place::{BOARDS, Board, ROOMS, Room, SPACE};
use plan::{Plan, plans};
use std::net::{IpAddr, Ipv4Addr};
use talk::{READ, Scene, Step, UNREAD};
use tenon_engine::{Actor, Attempt, ClientNote, Engine, Grants};
use tenon_protocol::{
    ChannelId, Command, Due, GroupId, MemberId, MessageId, ProjectId, RequestId, SpaceId, TaskId,
    WorkspaceId,
    channel::{AddChannelMember, ChannelKind, CreateChannel, MarkRead, OpenDirect, UpdateChannel},
    checklist::{AddChecklistItems, NewChecklistItem},
    credential::{AcceptInvitation, CreateInvitation, DemoAccount, Setup},
    feed::AddFeed,
    group::CreateGroup,
    member::{AddMember, MemberKind, UpdateMember},
    message::{AddReaction, EditMessage, PostMessage},
    project::{ChangeWorkflow, CreateProject, State, UpdateProject, Visibility},
    space::{CreateSpace, SpaceKind},
    task::{CreateTask, MakeTask, MoveTask},
    task_type::BUG,
};

/// The accounts that the sign-in page offers.
pub fn accounts() -> Vec<DemoAccount> {
    let account = |part: &Part| {
        part.email.map(|email| DemoAccount {
            name: part.name.to_owned(),
            email: email.to_owned(),
            password: PASSWORD.to_owned(),
        })
    };
    CAST.iter().filter_map(account).collect()
}

/// How to sign in, for the terminal.
pub fn hints() -> Vec<String> {
    let mut lines = vec![format!("Demo accounts, all with the password {PASSWORD}:")];
    lines.extend(
        accounts()
            .iter()
            .map(|it| format!("  {}  ({})", it.email, it.name)),
    );
    lines
}

/// Fills an empty server. Part of a workspace is left behind if it fails.
pub async fn seed(engine: &Engine) -> anyhow::Result<()> {
    let mut stage = Stage::found(engine).await?;
    stage.gather().await?;
    stage.form_teams().await?;
    stage.open_projects().await?;
    stage.open_channels().await?;
    stage.open_space().await?;
    for board in [Board::Eng, Board::Launch] {
        stage.plan(board).await?;
    }
    let (channel, project) = (
        stage.room(Room::Progress),
        stage.projects[Board::Eng as usize],
    );
    stage
        .run(Person::Lin, Command::AddFeed(AddFeed { channel, project }))
        .await?;
    stage.play(READ).await?;
    stage.progress().await?;
    stage.read_everything().await?;
    stage.play(UNREAD).await
}

/// What is there so far; the lists are in the order of the tables.
struct Stage<'a> {
    engine: &'a Engine,
    workspace: WorkspaceId,
    members: Vec<MemberId>,
    channels: Vec<ChannelId>,
    projects: Vec<ProjectId>,
    /// Tasks with the way they still have to go.
    underway: Vec<(TaskId, &'static Plan)>,
    /// Seq of the newest command.
    seq: i64,
}

impl<'a> Stage<'a> {
    async fn found(engine: &'a Engine) -> anyhow::Result<Self> {
        let part = &CAST[Person::Lin as usize];
        let setup = Setup {
            workspace_name: WORKSPACE.into(),
            workspace_slug: Some(SLUG.into()),
            name: part.name.into(),
            email: part.email.unwrap_or_default().into(),
            password: PASSWORD.into(),
            time_zone: Some(part.time_zone.into()),
            language: Some(part.language),
        };
        let founded = engine.found(setup).await.map_err(failure)?;
        let general = engine
            .list_channels(&founded.owner)
            .await
            .map_err(failure)?;
        Ok(Self {
            engine,
            workspace: founded.workspace,
            members: vec![founded.owner.member],
            channels: general.iter().map(|channel| channel.id).collect(),
            projects: Vec::new(),
            underway: Vec::new(),
            seq: 0,
        })
    }

    fn member(&self, person: Person) -> MemberId {
        self.members[person as usize]
    }

    fn room(&self, room: Room) -> ChannelId {
        self.channels[room as usize]
    }

    fn list(&self, people: &[Person]) -> Vec<MemberId> {
        people.iter().map(|person| self.member(*person)).collect()
    }

    fn actor(&self, person: Person) -> Actor {
        let (workspace, member) = (self.workspace, self.member(person));
        Actor {
            workspace,
            member,
            grants: Grants::all(),
            internal: false,
        }
    }

    async fn run(&mut self, by: Person, command: Command) -> anyhow::Result<()> {
        let actor = self.actor(by);
        let told = format!("{command:?}");
        let done = self.engine.execute(&actor, RequestId::new(), command).await;
        self.seq = done.map_err(failure).with_context(|| told)?.seq;
        Ok(())
    }

    /// The members: those who sign in by invitation, the others as an administrator adds them.
    async fn gather(&mut self) -> anyhow::Result<()> {
        for (index, part) in CAST.iter().enumerate() {
            if index > 0 {
                let member = match part.email {
                    Some(email) => self.invite(part, email).await?,
                    None => self.add(part).await?,
                };
                self.members.push(member);
            }
            let profile = UpdateMember {
                member: self.members[index],
                handle: Some(part.handle.into()),
                title: Some(part.title.into()),
                ..UpdateMember::default()
            };
            self.run(Person::Lin, Command::UpdateMember(profile))
                .await?;
        }
        Ok(())
    }

    async fn form_teams(&mut self) -> anyhow::Result<()> {
        let mut ids = Vec::with_capacity(TEAMS.len());
        for team in &TEAMS {
            let id = GroupId::new();
            let create = CreateGroup {
                id,
                kind: team.kind,
                name: team.name.into(),
                handle: Some(team.handle.into()),
                description: String::new(),
                parent: team.parent.map(|place| ids[place]),
                managers: Vec::new(),
                members: self.list(team.members),
            };
            self.run(Person::Lin, Command::CreateGroup(create)).await?;
            ids.push(id);
        }
        Ok(())
    }

    async fn invite(&mut self, part: &Part, email: &str) -> anyhow::Result<MemberId> {
        let create = CreateInvitation {
            id: None,
            email: None,
            spaces: vec![],
            role: part.role,
            channels: Vec::new(),
            uses: None,
            days: None,
        };
        let owner = self.actor(Person::Lin);
        let (_, secret) = self
            .engine
            .create_invitation(&owner, Attempt::fresh(), create)
            .await
            .map_err(failure)?;
        let accept = AcceptInvitation {
            name: part.name.into(),
            email: email.into(),
            password: PASSWORD.into(),
            time_zone: Some(part.time_zone.into()),
            language: Some(part.language),
        };
        let client = ClientNote {
            network: IpAddr::V4(Ipv4Addr::LOCALHOST),
            user_agent: "Tenon demo".into(),
        };
        let joined = self
            .engine
            .accept_invitation(&secret, accept, &client)
            .await;
        Ok(joined.map_err(failure)?.member.id)
    }

    async fn add(&mut self, part: &Part) -> anyhow::Result<MemberId> {
        let id = MemberId::new();
        let add = AddMember {
            id,
            kind: MemberKind::Person,
            name: part.name.into(),
            handle: None,
            role: part.role,
            time_zone: Some(part.time_zone.into()),
            language: Some(part.language),
        };
        self.run(Person::Lin, Command::AddMember(add)).await?;
        Ok(id)
    }

    async fn open_projects(&mut self) -> anyhow::Result<()> {
        for project in &BOARDS {
            let id = ProjectId::new();
            self.projects.push(id);
            let create = CreateProject {
                space: None,
                id,
                key: project.key.into(),
                name: project.name.into(),
                description: project.description.into(),
                visibility: Visibility::Public,
                template: project.template,
                language: Some(project.language),
                lead: Some(self.member(project.lead)),
                members: Vec::new(),
            };
            self.run(Person::Lin, Command::CreateProject(create))
                .await?;
            if project.states.is_empty() {
                continue;
            }
            let state = |&(id, name, category): &(&str, &str, _)| State {
                id: id.into(),
                name: name.into(),
                category,
            };
            let states = project.states.iter().map(state).collect();
            let change = ChangeWorkflow {
                project: id,
                states,
            };
            self.run(Person::Lin, Command::ChangeWorkflow(change))
                .await?;
        }
        Ok(())
    }

    async fn open_channels(&mut self) -> anyhow::Result<()> {
        let general = self.room(Room::General);
        let topic = Some(ROOMS[Room::General as usize].topic.into());
        let update = UpdateChannel {
            channel: general,
            topic,
            ..UpdateChannel::default()
        };
        self.run(Person::Lin, Command::UpdateChannel(update))
            .await?;
        for person in &ROOMS[Room::General as usize].members[1..] {
            let join = AddChannelMember {
                channel: general,
                member: self.member(*person),
            };
            self.run(Person::Lin, Command::AddChannelMember(join))
                .await?;
        }
        for room in &ROOMS[1..] {
            let id = ChannelId::new();
            self.channels.push(id);
            let (creator, others) = (room.members[0], self.list(&room.members[1..]));
            let command = match room.kind {
                ChannelKind::Direct => Command::OpenDirect(OpenDirect {
                    id,
                    members: others,
                }),
                ChannelKind::Public | ChannelKind::Private => {
                    Command::CreateChannel(CreateChannel {
                        space: None,
                        id,
                        name: room.name.into(),
                        kind: room.kind,
                        topic: room.topic.into(),
                        project: room.project.map(|board| self.projects[board as usize]),
                        members: others,
                    })
                }
            };
            self.run(creator, command).await?;
        }
        Ok(())
    }

    /// The undertaking that several departments share.
    async fn open_space(&mut self) -> anyhow::Result<()> {
        let space = SpaceId::new();
        let create = CreateSpace {
            id: space,
            kind: SpaceKind::Open,
            name: SPACE.name.into(),
            icon: SPACE.icon.into(),
            description: SPACE.description.into(),
            members: self.list(SPACE.members),
        };
        self.run(Person::Lin, Command::CreateSpace(create)).await?;
        let update = UpdateChannel {
            channel: self.room(Room::Launch),
            space: Some(Some(space)),
            ..UpdateChannel::default()
        };
        self.run(Person::Lin, Command::UpdateChannel(update))
            .await?;
        let update = UpdateProject {
            project: self.projects[Board::Launch as usize],
            space: Some(Some(space)),
            ..UpdateProject::default()
        };
        self.run(Person::Lin, Command::UpdateProject(update))
            .await?;
        Ok(())
    }

    async fn plan(&mut self, board: Board) -> anyhow::Result<()> {
        let mut whole = None;
        for plan in plans(board) {
            let id = TaskId::new();
            let create = CreateTask {
                id,
                project: self.projects[board as usize],
                title: plan.title.into(),
                description: Some(plan.description.into()),
                task_type: plan.labels.contains(&"bug").then(|| BUG.into()),
                state: None,
                assignees: Some(self.list(plan.assignees)),
                priority: Some(plan.priority),
                labels: Some(plan.labels.iter().map(|&label| label.into()).collect()),
                due: Some(plan.due.map(day).transpose()?),
                estimate: Some(plan.points),
                parent: whole.filter(|_| plan.part),
                ..CreateTask::default()
            };
            if !plan.part {
                whole = Some(id);
            }
            self.run(plan.by, Command::CreateTask(create)).await?;
            self.underway.push((id, plan));
            if !plan.steps.is_empty() {
                let items = plan.steps.iter().map(step).collect();
                let add = AddChecklistItems { task: id, items };
                self.run(plan.by, Command::AddChecklistItems(add)).await?;
            }
            for (person, text) in plan.said {
                self.say(*person, None, Some(id), None, text).await?;
            }
            // The last step is left for the follower to see: see `progress`.
            if let [early @ .., _] = plan.path {
                self.move_along(id, mover(plan), early).await?;
            }
        }
        Ok(())
    }

    /// The last step of every plan, now that a channel follows.
    async fn progress(&mut self) -> anyhow::Result<()> {
        for (task, plan) in std::mem::take(&mut self.underway) {
            if let [.., last] = plan.path {
                self.move_along(task, mover(plan), &[last]).await?;
            }
        }
        Ok(())
    }

    async fn move_along(&mut self, task: TaskId, by: Person, path: &[&str]) -> anyhow::Result<()> {
        for state in path {
            let state = Some((*state).into());
            let step = MoveTask {
                task,
                state,
                after: None,
                before: None,
            };
            self.run(by, Command::MoveTask(step)).await?;
        }
        Ok(())
    }

    async fn say(
        &mut self,
        by: Person,
        channel: Option<ChannelId>,
        task: Option<TaskId>,
        thread: Option<MessageId>,
        text: &str,
    ) -> anyhow::Result<MessageId> {
        let id = MessageId::new();
        let text = text.into();
        let post = PostMessage {
            id,
            channel,
            task,
            thread,
            text,
            ..PostMessage::default()
        };
        self.run(by, Command::PostMessage(post)).await?;
        Ok(id)
    }

    async fn play(&mut self, scenes: &[Scene]) -> anyhow::Result<()> {
        for (room, steps) in scenes {
            let channel = self.room(*room);
            // Of the newest message outside threads, of the newest at all, of the newest task.
            let (mut root, mut newest) = (MessageId::new(), (Person::Lin, MessageId::new()));
            let mut task = TaskId::new();
            for step in *steps {
                match step {
                    Step::Say(by, text) => {
                        root = self.say(*by, Some(channel), None, None, text).await?;
                        newest = (*by, root);
                    }
                    Step::Reply(by, text) => {
                        let id = self.say(*by, Some(channel), None, Some(root), text).await?;
                        newest = (*by, id);
                    }
                    Step::React(emoji, people) => self.react(newest.1, emoji, people).await?,
                    Step::Edit(text) => {
                        let edit = EditMessage {
                            message: newest.1,
                            text: (*text).into(),
                        };
                        self.run(newest.0, Command::EditMessage(edit)).await?;
                    }
                    Step::Task(by, path) => {
                        task = TaskId::new();
                        let make = MakeTask {
                            id: task,
                            message: root,
                            ..MakeTask::default()
                        };
                        self.run(*by, Command::MakeTask(make)).await?;
                        self.move_along(task, *by, path).await?;
                    }
                    Step::Comment(by, text) => {
                        self.say(*by, None, Some(task), None, text).await?;
                    }
                }
            }
        }
        Ok(())
    }

    async fn react(
        &mut self,
        message: MessageId,
        emoji: &str,
        people: &[Person],
    ) -> anyhow::Result<()> {
        for person in people {
            let react = AddReaction {
                message,
                emoji: emoji.into(),
            };
            self.run(*person, Command::AddReaction(react)).await?;
        }
        Ok(())
    }

    /// Those who can sign in have read what was said so far.
    async fn read_everything(&mut self) -> anyhow::Result<()> {
        let seq = self.seq;
        for (index, room) in ROOMS.iter().enumerate() {
            for person in room.members {
                if CAST[*person as usize].email.is_some() {
                    let read = MarkRead {
                        channel: self.channels[index],
                        seq,
                    };
                    self.run(*person, Command::MarkRead(read)).await?;
                }
            }
        }
        Ok(())
    }
}

/// Who moves a task of the plan: the first who is at it.
fn mover(plan: &Plan) -> Person {
    plan.assignees.first().copied().unwrap_or(plan.by)
}

/// A day so many days from today, where the owner is.
fn step((text, done): &(&str, bool)) -> NewChecklistItem {
    NewChecklistItem {
        text: (*text).into(),
        done: *done,
        ..NewChecklistItem::default()
    }
}

fn day(days: i64) -> anyhow::Result<Due> {
    let zone = TimeZone::get(CAST[Person::Lin as usize].time_zone)?;
    let today = Timestamp::now().to_zoned(zone).date();
    Ok(Due::Day(today.checked_add(days.days())?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_have_what_their_scenes_need() {
        for (room, steps) in READ.iter().chain(UNREAD) {
            let place::Channel {
                members, project, ..
            } = &ROOMS[*room as usize];
            for step in *steps {
                let makes = matches!(step, Step::Task(..));
                assert!(
                    !makes || project.is_some(),
                    "no project for tasks of {room:?}"
                );
                let people = match step {
                    Step::Say(by, _) | Step::Reply(by, _) | Step::Task(by, _) => vec![*by],
                    Step::React(_, people) => people.to_vec(),
                    Step::Edit(_) | Step::Comment(..) => vec![],
                };
                for person in people {
                    assert!(members.contains(&person), "{person:?} is not in {room:?}");
                }
            }
        }
    }

    #[test]
    fn the_owner_and_two_others_can_sign_in() {
        assert_eq!(accounts().len(), 3);
        assert!(CAST[Person::Lin as usize].email.is_some());
    }
}
