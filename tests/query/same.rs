//! A world of tasks with a past, made at random from a seed, and queries made at random: page by
//! page the tables find what the plain evaluator finds, in the same order.

mod custom;

use crate::support::Database;
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use std::collections::HashMap;
use tenon_domain::{
    group::Groups,
    query::{Known, Past, compare, matches, moment::Clock, parse, resolve, sort_keys},
};
use tenon_protocol::{
    ChannelId, Day, Due, Event, ItemId, MemberId, MessageId, ProjectId, Scope, TaskId, Timestamp,
    WorkspaceId,
    checklist::{ChecklistItem, with_item},
    event::Fact,
    link::{Link, LinkKind},
    member::{Language, Member, MemberKind, Role},
    project::{Category, Project, State, Visibility, Workflow},
    query::SortKey,
    task::{Priority, Source, Task, TaskChange},
};
use tenon_store::{Store, query, task};

const TASKS: usize = 150;
const QUERIES: usize = 600;
const SEED: u64 = 20_261_130;

type Changes = Vec<(i64, MemberId, Vec<TaskChange>)>;

struct World {
    random: StdRng,
    workspace: WorkspaceId,
    now: Timestamp,
    /// The last one is hidden from the asker.
    projects: Vec<Project>,
    members: Vec<Member>,
    channels: Vec<ChannelId>,
    created: Vec<Task>,
    changes: HashMap<TaskId, Changes>,
    facts: Vec<(Timestamp, MemberId, Fact)>,
}

const LABELS: &[&str] = &["bug", "UI", "文档", "Later"];
const TYPES: [&str; 4] = ["task", "bug", "story", "epic"];
const WORDS: &[&str] = &[
    "login", "登录", "deployed", "上海", "API", "export", "IM系统", "100%",
];
const PRIORITIES: [Priority; 5] = [
    Priority::None,
    Priority::Low,
    Priority::Medium,
    Priority::High,
    Priority::Urgent,
];

impl World {
    fn new(seed: u64) -> Self {
        let mut world = Self {
            random: StdRng::seed_from_u64(seed),
            workspace: WorkspaceId::new(),
            now: "2026-11-30T02:00:00Z".parse().unwrap(),
            projects: Vec::new(),
            members: Vec::new(),
            channels: (0..2).map(|_| ChannelId::new()).collect(),
            created: Vec::new(),
            changes: HashMap::new(),
            facts: Vec::new(),
        };
        for (handle, name) in [
            ("li", "李明"),
            ("wang", "王芳"),
            ("zoe", "Zoë"),
            ("chen", "陈晨"),
        ] {
            world.members.push(member(handle, name, world.now));
        }
        let sets: [&[(&str, &str, Category)]; 3] = [
            &[
                ("todo", "待办", Category::Todo),
                ("doing", "Doing", Category::Doing),
                ("done", "Done", Category::Done),
                ("dropped", "Dropped", Category::Cancelled),
            ],
            &[
                ("open", "待办", Category::Todo),
                ("done", "Finished", Category::Done),
            ],
            &[
                ("todo", "待办", Category::Todo),
                ("done", "Done", Category::Done),
            ],
        ];
        for (key, states) in ["ENG", "OPS", "HUSH"].into_iter().zip(sets) {
            world.add_project(key, states);
        }
        for _ in 0..TASKS {
            world.add_task();
        }
        for _ in 0..TASKS * 4 {
            world.change_task();
        }
        for _ in 0..TASKS {
            world.link_tasks();
        }
        let (now, me) = (world.now, world.members[0].id);
        for place in (0..TASKS).filter(|place| place % 17 == 0 || place % 7 == 3) {
            let (task, project) = (world.created[place].id, world.created[place].project);
            let event = match place % 17 {
                0 => Event::TaskDeleted { task },
                _ => Event::TaskArchived { task },
            };
            world.note(now, me, Scope::Project(project), event);
        }
        world
    }

    fn note(&mut self, at: Timestamp, actor: MemberId, scope: Scope, event: Event) {
        self.facts.push((at, actor, Fact { scope, event }));
    }

    fn add_project(&mut self, key: &str, states: &[(&str, &str, Category)]) {
        let states = states.iter().map(|(id, name, category)| State {
            id: (*id).into(),
            name: (*name).into(),
            category: *category,
        });
        let project = Project {
            id: ProjectId::new(),
            key: key.into(),
            name: format!("Project {key}"),
            description: String::new(),
            visibility: Visibility::Public,
            space: None,
            in_closed_space: false,
            lead: None,
            workflow: Workflow {
                states: states.collect(),
            },
            types: vec![],
            templates: vec![],
            fields: custom::fields(key),
            created_by: self.members[0].id,
            created_at: self.now,
            archived: false,
        };
        let scope = Scope::Project(project.id);
        let event = Event::ProjectCreated {
            project: project.clone(),
        };
        self.note(self.now, self.members[0].id, scope, event);
        self.projects.push(project);
    }

    fn pick<T: Clone>(&mut self, items: &[T]) -> T {
        items
            .choose(&mut self.random)
            .expect("is not empty")
            .clone()
    }

    fn some<T: Clone>(&mut self, items: &[T], most: usize) -> Vec<T> {
        let count = self.random.random_range(0..=most);
        items
            .choose_multiple(&mut self.random, count)
            .cloned()
            .collect()
    }

    fn people(&mut self) -> Vec<MemberId> {
        let members: Vec<MemberId> = self.members.iter().map(|member| member.id).collect();
        self.some(&members, 2)
    }

    /// Up to 40 days ago, on the quarter of an hour.
    fn moment(&mut self) -> Timestamp {
        let quarters = self.random.random_range(0..40 * 96);
        self.now - jiff::SignedDuration::from_mins(15 * quarters)
    }

    fn due(&mut self) -> Option<Due> {
        match self.random.random_range(0..3) {
            0 => None,
            1 => {
                let day = self.moment().to_zoned(jiff::tz::TimeZone::UTC).date();
                Some(Due::Day(day))
            }
            _ => Some(Due::At(self.moment())),
        }
    }

    fn start(&mut self) -> Option<Day> {
        let day = self.moment().to_zoned(jiff::tz::TimeZone::UTC).date();
        self.pick(&[None, Some(day)])
    }

    fn item(&mut self) -> ChecklistItem {
        ChecklistItem {
            id: ItemId::new(),
            text: self.words(2),
            done: self.random.random_bool(0.5),
            assignee: None,
            due: None,
            rank: format!("{:04}", self.random.random_range(0..10_000)),
        }
    }

    fn checklist(&mut self) -> Vec<ChecklistItem> {
        let count = self.random.random_range(0..4);
        (0..count).map(|_| self.item()).collect()
    }

    fn words(&mut self, most: usize) -> String {
        self.some(WORDS, most).join(" ")
    }

    fn estimate(&mut self) -> Option<f64> {
        self.pick(&[None, Some(0.0), Some(1.0), Some(2.5), Some(0.001)])
    }

    fn add_task(&mut self) {
        let projects = self.projects.clone();
        let project = self.pick(&projects);
        let inside = self
            .created
            .iter()
            .filter(|task| task.project == project.id);
        let inside: Vec<(TaskId, i64)> = inside.map(|task| (task.id, task.number)).collect();
        let number = inside.len() as i64 + 1;
        let state = self.pick(&project.workflow.states);
        let at = self.moment();
        let closed = matches!(state.category, Category::Done | Category::Cancelled);
        let channels = self.channels.clone();
        let channel = self.pick(&[None, None, Some(channels[0]), Some(channels[1])]);
        let followers = self.people();
        let parents: Vec<TaskId> = inside.iter().map(|(id, _)| *id).collect();
        let members = self.members.clone();
        let task = Task {
            id: TaskId::new(),
            project: project.id,
            key: format!("{}-{number}", project.key),
            number,
            title: format!("Task {}", self.words(3)),
            description: self.words(2),
            task_type: self.pick(&TYPES).to_owned(),
            state: state.id,
            assignees: self.people(),
            priority: self.pick(&PRIORITIES),
            labels: self
                .some(LABELS, 2)
                .into_iter()
                .map(str::to_owned)
                .collect(),
            start: self.start(),
            due: self.due(),
            estimate: self.estimate(),
            parent: self.some(&parents, 1).pop(),
            rank: format!("{:04}", self.random.random_range(0..10_000)),
            checklist: self.checklist(),
            links: vec![],
            fields: self.values(&project.key),
            followers,
            source: channel.map(|channel| Source {
                channel,
                message: MessageId::new(),
            }),
            created_by: self.pick(&members).id,
            created_at: at,
            updated_at: at,
            closed_at: closed.then_some(at),
            message_count: 0,
            archived: false,
            deleted: false,
            seq: 0,
        };
        let event = Event::TaskCreated { task: task.clone() };
        self.note(at, task.created_by, Scope::Project(project.id), event);
        self.created.push(task);
    }

    /// Some change of one field.
    // Table: one line per field.
    fn change(&mut self, current: &Task, states: &[State]) -> TaskChange {
        match self.random.random_range(0..15) {
            13.. => self.custom_change(current),
            10 => TaskChange::Type {
                from: current.task_type.clone(),
                to: self.pick(&TYPES).to_owned(),
            },
            11 => TaskChange::Start {
                from: current.start,
                to: self.start(),
            },
            12 => {
                let from = self.some(&current.checklist, 1).pop();
                let to = self.pick(&[true, false]).then(|| self.item());
                let item = from.as_ref().or(to.as_ref()).map(|it| it.id);
                TaskChange::Item {
                    item: item.unwrap_or_default(),
                    to: to.map(|to| ChecklistItem {
                        id: item.unwrap_or_default(),
                        ..to
                    }),
                    from,
                }
            }
            0..3 => TaskChange::State {
                from: current.state.clone(),
                to: self.pick(states).id,
            },
            3..5 => TaskChange::Assignees {
                from: current.assignees.clone(),
                to: self.people(),
            },
            5..7 => TaskChange::Priority {
                from: current.priority,
                to: self.pick(&PRIORITIES),
            },
            7 => TaskChange::Labels {
                from: current.labels.clone(),
                to: self
                    .some(LABELS, 2)
                    .into_iter()
                    .map(str::to_owned)
                    .collect(),
            },
            8 => TaskChange::Description {
                from: current.description.clone(),
                to: self.words(2),
            },
            _ => TaskChange::Followers {
                from: current.followers.clone(),
                to: self.people(),
            },
        }
    }

    /// The next change of some task, at its time or later.
    fn change_task(&mut self) {
        let place = self.random.random_range(0..self.created.len());
        let task = self.created[place].clone();
        let states = self.projects.iter().find(|one| one.id == task.project);
        let states = states.unwrap().workflow.states.clone();
        let before = self.changes.get(&task.id).cloned().unwrap_or_default();
        let now = self.now.as_microsecond();
        let last = before
            .last()
            .map_or(task.created_at.as_microsecond(), |(at, _, _)| *at);
        let at = last + (now - last) / self.random.random_range(2..5);
        let current = as_changed(&task, &before);
        let change = self.change(&current, &states);
        let also = TaskChange::Due {
            from: current.due,
            to: self.due(),
        };
        let members = self.members.clone();
        let actor = self.pick(&members).id;
        let event = Event::TaskChanged {
            task: task.id,
            changes: vec![change.clone(), also.clone()],
        };
        let stamp = Timestamp::from_microsecond(at).unwrap();
        self.note(stamp, actor, Scope::Project(task.project), event);
        self.changes
            .entry(task.id)
            .or_default()
            .push((at, actor, vec![change, also]));
    }

    /// Two tasks, linked from both sides or not any more; across projects too.
    fn link_tasks(&mut self) {
        let tasks: Vec<TaskId> = self.created.iter().map(|task| task.id).collect();
        let (one, other) = (self.pick(&tasks), self.pick(&tasks));
        let kind = self.pick(&LinkKind::ALL);
        for (task, other, kind) in [(one, other, kind), (other, one, kind.inverse())] {
            let created = self
                .created
                .iter()
                .find(|it| it.id == task)
                .unwrap()
                .clone();
            let before = self.changes.get(&task).cloned().unwrap_or_default();
            let from = as_changed(&created, &before).links;
            let link = Link {
                kind,
                task: other,
                lag_days: 0,
            };
            let mut to = from.clone();
            match to.iter().position(|it| *it == link) {
                Some(place) => drop(to.remove(place)),
                None => to.push(link),
            }
            let (at, actor) = (self.now, self.members[0].id);
            let changes = vec![TaskChange::Links { from, to }];
            let event = Event::TaskChanged {
                task,
                changes: changes.clone(),
            };
            self.note(at, actor, Scope::Project(created.project), event);
            let change = (at.as_microsecond(), actor, changes);
            self.changes.entry(task).or_default().push(change);
        }
    }

    async fn write(&self, store: &Store) {
        let facts = self.facts.clone();
        let mut writer = store.writer(self.workspace);
        writer
            .write(move |tx| {
                Box::pin(async move {
                    for (at, actor, fact) in facts {
                        tx.append(at, actor, fact).await?;
                    }
                    Ok(())
                })
            })
            .await
            .unwrap();
    }

    async fn tasks(&self, store: &Store) -> Vec<Task> {
        let ids: Vec<TaskId> = self.created.iter().map(|task| task.id).collect();
        let read = store.read(self.workspace, move |reader| {
            Box::pin(async move { task::list_by_id(reader, &ids).await })
        });
        read.await.unwrap()
    }

    fn date(&mut self) -> String {
        let day = self.moment().to_zoned(jiff::tz::TimeZone::UTC).date();
        let time = self.random.random_range(0..24);
        let days = self.random.random_range(0..40);
        self.pick(&[
            day.to_string(),
            format!("\"{day} {time:02}:15\""),
            format!("-{days}d"),
            format!("-{time}h"),
            "now()".to_owned(),
            format!("startOfDay(-{days})"),
            format!("endOfWeek(-{})", days / 7),
            "startOfMonth()".to_owned(),
        ])
    }

    fn person(&mut self) -> &'static str {
        self.pick(&["li", "王芳", "@zoe", "陈晨", "currentUser()"])
    }

    fn priority(&mut self) -> &'static str {
        self.pick(&["none", "low", "medium", "高", "urgent"])
    }

    fn state(&mut self) -> &'static str {
        self.pick(&["待办", "done", "Doing", "dropped", "Finished"])
    }

    fn comparison(&mut self) -> &'static str {
        self.pick(&["=", "!=", "<", "<=", ">", ">="])
    }

    fn equal(&mut self) -> &'static str {
        self.pick(&["=", "!="])
    }

    fn within(&mut self) -> &'static str {
        self.pick(&["IN", "NOT IN"])
    }

    // Table: one line per kind of question.
    fn term(&mut self) -> String {
        let key = format!("ENG-{}", self.random.random_range(1..40));
        let (equal, within) = (self.equal(), self.within());
        match self.random.random_range(0..26) {
            22 => format!("archived {equal} {}", self.pick(&["true", "否"])),
            23.. => self.custom_term(),
            20 => {
                let blocked = format!("blocked {equal} {}", self.pick(&["true", "否"]));
                let list = format!("key {within} (linkedIssues({key}), OPS-1)");
                let typed = format!("issue {within} (linkedIssues({key}, \"is blocked by\"))");
                self.pick(&[blocked, list, typed])
            }
            21 => {
                let fields = ["blocks", "blockedBy", "relates", "重复于", "duplicatedBy"];
                format!("{} {within} ({key}, OPS-3, OPS-4)", self.pick(&fields))
            }
            17 => format!(
                "type {within} ({}, 需求)",
                self.pick(&["Task", "缺陷", "epic"])
            ),
            18 => format!("responsible {equal} {}", self.person()),
            19 => {
                let days = format!("start {} {}", self.comparison(), self.date());
                let items = format!("checklist {} {}", self.comparison(), self.pick(&[0, 1, 2]));
                self.pick(&[days, items])
            }
            0 => format!("key {within} ({key}, OPS-1, OPS-2, HUSH-1)"),
            1 => format!("parent {equal} {key}"),
            2 => format!("project {equal} {}", self.pick(&["ENG", "\"Project OPS\""])),
            3 => format!("state {equal} {}", self.state()),
            4 => format!(
                "category {within} ({})",
                self.pick(&["done, todo", "doing", "backlog"])
            ),
            5 => format!("assignee {within} ({}, {})", self.person(), self.person()),
            6 => format!("follower {equal} {}", self.person()),
            7 => format!("creator {within} ({})", self.person()),
            8 => format!("priority {} {}", self.comparison(), self.priority()),
            9 => format!("label {within} ({}, 文档)", self.pick(LABELS)),
            10 => format!(
                "estimate {} {}",
                self.comparison(),
                self.pick(&["1", "2.5", "0.001"])
            ),
            11 => {
                let field = self.pick(&["due", "created", "updated", "closed"]);
                format!("{field} {} {}", self.comparison(), self.date())
            }
            12 => {
                let field = self.pick(&["title", "description", "text"]);
                let words = ["录", "log", "deploy", "api", "\"IM系统 login\"", "100"];
                format!("{field} {} {}", self.pick(&["~", "!~"]), self.pick(&words))
            }
            13 => {
                let fields = [
                    "assignee",
                    "follower",
                    "label",
                    "parent",
                    "channel",
                    "due",
                    "closed",
                    "estimate",
                    "priority",
                    "description",
                    "space",
                    "responsible",
                    "blocks",
                    "\"is blocked by\"",
                    "relates",
                    "start",
                    "checklist",
                ];
                format!(
                    "{} IS {}EMPTY",
                    self.pick(&fields),
                    self.pick(&["", "NOT "])
                )
            }
            _ => self.past(),
        }
    }

    fn past(&mut self) -> String {
        let field = self.pick(&["state", "assignee", "priority"]);
        let (one, other) = match field {
            "state" => (self.state(), self.state()),
            "assignee" => (self.pick(&["li", "EMPTY", "wang"]), self.person()),
            _ => (self.priority(), self.pick(&["low", "EMPTY"])),
        };
        let test = match self.random.random_range(0..6) {
            0 => format!("WAS {one}"),
            1 => format!("WAS NOT {one}"),
            2 => format!("WAS IN ({one}, {other})"),
            3 => "CHANGED".to_owned(),
            4 => format!("CHANGED TO {one}"),
            _ => format!("CHANGED FROM {one} TO {other}"),
        };
        let (one, other) = (self.date(), self.date());
        let more = match self.random.random_range(0..6) {
            0 => format!("BY {}", self.person()),
            1 => format!("BEFORE {one}"),
            2 => format!("AFTER {one} BY {}", self.person()),
            3 => format!("DURING ({one}, {other})"),
            4 => format!("ON {one}"),
            _ => String::new(),
        };
        format!("{field} {test} {more}")
    }

    fn condition(&mut self, depth: usize) -> String {
        if depth == 0 || self.random.random_bool(0.4) {
            return self.term();
        }
        let (one, other) = (self.condition(depth - 1), self.condition(depth - 1));
        match self.random.random_range(0..4) {
            0 => format!("({one} OR {other})"),
            1 => format!("NOT ({one} AND {other})"),
            _ => format!("({one}) AND {other}"),
        }
    }

    fn question(&mut self) -> String {
        let condition = self.condition(3);
        let fields = [
            "key", "project", "rank", "created", "updated", "due", "closed", "priority",
            "estimate", "title", "state", "start",
        ];
        let mut order = Vec::new();
        for field in self.some(&fields, 3) {
            order.push(format!("{field} {}", self.pick(&["", "ASC", "DESC"])));
        }
        if order.is_empty() {
            order.push("created".to_owned());
        }
        format!("{condition} ORDER BY {}", order.join(", "))
    }
}

fn member(handle: &str, name: &str, at: Timestamp) -> Member {
    Member {
        id: MemberId::new(),
        kind: MemberKind::Person,
        name: name.into(),
        handle: handle.into(),
        role: Role::Member,
        title: String::new(),
        avatar: None,
        time_zone: "Asia/Shanghai".into(),
        language: Language::Chinese,
        status: None,
        working_hours: None,
        active: true,
        joined_at: at,
    }
}

fn as_changed(created: &Task, changes: &Changes) -> Task {
    let mut task = created.clone();
    for change in changes.iter().flat_map(|(_, _, changes)| changes) {
        match change.clone() {
            TaskChange::State { to, .. } => task.state = to,
            TaskChange::Assignees { to, .. } => task.assignees = to,
            TaskChange::Priority { to, .. } => task.priority = to,
            TaskChange::Labels { to, .. } => task.labels = to,
            TaskChange::Description { to, .. } => task.description = to,
            TaskChange::Followers { to, .. } => task.followers = to,
            TaskChange::Type { to, .. } => task.task_type = to,
            TaskChange::Start { to, .. } => task.start = to,
            TaskChange::Links { to, .. } => task.links = to,
            TaskChange::Item { item, to, .. } => with_item(&mut task.checklist, item, to),
            TaskChange::CustomField { id, to, .. } => {
                task.fields.remove(&id);
                task.fields.extend(to.map(|to| (id, to)));
            }
            TaskChange::Due { to, .. } => task.due = to,
            _ => {}
        }
    }
    task
}

/// Every page of the answer.
async fn ask(
    store: &Store,
    workspace: WorkspaceId,
    asked: &tenon_protocol::query::TaskQuery,
    page: i64,
) -> Vec<TaskId> {
    let mut ids = Vec::new();
    let mut after: Option<(Vec<SortKey>, TaskId)> = None;
    loop {
        let (asked, place) = (asked.clone(), after.clone());
        let found = store.read_at_once(workspace, move |reader| {
            Box::pin(async move {
                let place = place.as_ref().map(|(keys, id)| (&keys[..], *id));
                query::list(reader, &asked, place, page).await
            })
        });
        let found = found.await.unwrap();
        let full = found.len() as i64 == page;
        after = found.last().map(|last| (last.keys.clone(), last.id));
        ids.extend(found.into_iter().map(|one| one.id));
        if !full {
            return ids;
        }
    }
}

pub async fn the_tables_answer_as_the_plain_evaluator_does(database: Database) {
    let store = database.open().await;
    let mut world = World::new(SEED);
    world.write(&store).await;
    compare_answers(&store, &mut world, QUERIES).await;
}

async fn compare_answers(store: &Store, world: &mut World, queries: usize) {
    let tasks = world.tasks(store).await;
    assert_eq!(tasks.len(), TASKS);
    let numbers: HashMap<TaskId, i64> = tasks.iter().map(|task| (task.id, task.number)).collect();
    let visible = world.projects[..2].to_vec();
    let (mut found, groups) = (0, Groups::default());
    for _ in 0..queries {
        let text = world.question();
        let known = Known {
            me: world.members[0].id,
            clock: Clock::new(world.now, "Asia/Shanghai"),
            projects: &visible,
            members: &world.members,
            groups: &groups,
            spaces: &[],
            channels: &[],
        };
        let parsed = parse(&text).unwrap_or_else(|fault| panic!("{text}: {fault:?}"));
        let asked = resolve(&parsed, &known).unwrap_or_else(|fault| panic!("{text}: {fault:?}"));
        let mut expected = Vec::new();
        for task in tasks.iter().filter(|task| !task.deleted) {
            let Some(project) = visible.iter().find(|one| one.id == task.project) else {
                continue;
            };
            let created = world.created.iter().find(|one| one.id == task.id).unwrap();
            let linked: Vec<&Task> = task
                .links
                .iter()
                .filter_map(|link| tasks.iter().find(|other| other.id == link.task))
                .collect();
            let past = Past {
                created,
                linked: &linked,
                changes: world.changes.get(&task.id).map_or(&[], Vec::as_slice),
                parent_number: task.parent.map(|parent| numbers[&parent]),
            };
            if matches(&asked.condition, task, &past) {
                expected.push((sort_keys(&asked.order, task, project), task.id));
            }
        }
        expected.sort_by(|(one, id), (other, other_id)| {
            compare(&asked.order, (one, *id), (other, *other_id))
        });
        let expected: Vec<TaskId> = expected.into_iter().map(|(_, id)| id).collect();
        let page = world.random.random_range(1..40);
        assert_eq!(
            ask(store, world.workspace, &asked, page).await,
            expected,
            "{text}"
        );
        found += usize::from(!expected.is_empty());
    }
    // Queries that find nothing would prove little.
    assert!(
        found * 2 > queries,
        "only {found} of {queries} queries found anything"
    );
}

/// The migration that makes the columns fills them from tasks and log: they are what `apply` keeps.
pub async fn what_was_there_before_is_filled_in(database: Database) {
    let mut world = World::new(SEED + 1);
    let store = database.open().await;
    world.write(&store).await;
    drop(store);
    forget_columns(&database).await;
    let store = database.open().await;
    let report = tenon_store::verify::verify(&store, world.workspace, |_| ()).await;
    assert_eq!(report.unwrap().faults, Vec::<String>::new());
    compare_answers(&store, &mut world, 50).await;
}

/// As a database of an earlier version has it.
async fn forget_columns(database: &Database) {
    let tables = [
        "task_index",
        "task_text",
        "task_label",
        "task_follower",
        "task_link",
        "task_past",
        "task_trash",
    ];
    let mut text: String = tables.map(|table| format!("DROP TABLE {table};")).concat();
    // The numbers of the migrations that make them.
    text.push_str("DELETE FROM migration WHERE number IN (22, 23, 26, 27, 28, 29, 34, 35, 37)");
    match &database.url {
        None => {
            let file = database.folder().join("tenon.db");
            let conn = rusqlite::Connection::open(file).unwrap();
            conn.execute_batch(&text).unwrap();
        }
        Some(url) => {
            let none = tokio_postgres::NoTls;
            let (client, connection) = tokio_postgres::connect(url, none).await.unwrap();
            let connection = tokio::spawn(connection);
            client.batch_execute(&text).await.unwrap();
            drop(client);
            connection.await.unwrap().unwrap();
        }
    }
}
