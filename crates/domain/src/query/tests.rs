//! Transcripts of the language: what is read, what is refused and where, what it finds.

use super::{
    Known, Past, fault, field,
    moment::Clock,
    parse, resolve,
    syntax::{
        Clause, Name, Node, Operator, Place, Predicate, PredicateKind, Query, Sorting, Value,
        ValueKind,
    },
};
use crate::{group::Groups, refusal::Refusal};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use std::sync::LazyLock;
use tenon_protocol::{
    MemberId, ProjectId, SpaceId, Timestamp,
    error::{QueryFault, QueryReason},
    member::{Language, Member, MemberKind, Role},
    project::{Category, Project, State, Visibility, Workflow},
    query::{EMPTY, Span, TaskQuery},
    task::{Priority, Task, TaskChange},
};

fn now() -> Timestamp {
    "2026-11-30T02:00:00Z".parse().unwrap()
}

fn project(key: &str, states: &[(&str, &str, Category)]) -> Project {
    let states = states.iter().map(|(id, name, category)| State {
        id: (*id).into(),
        name: (*name).into(),
        category: *category,
    });
    Project {
        id: ProjectId::new(),
        key: key.into(),
        name: format!("Project {key}"),
        description: String::new(),
        visibility: Visibility::Public,
        space: None::<SpaceId>,
        in_closed_space: false,
        lead: None,
        workflow: Workflow {
            states: states.collect(),
        },
        types: vec![],
        templates: vec![],
        fields: vec![],
        created_by: MemberId::new(),
        created_at: now(),
        archived: false,
    }
}

fn member(handle: &str, name: &str) -> Member {
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
        joined_at: now(),
    }
}

static PROJECTS: LazyLock<Vec<Project>> = LazyLock::new(|| {
    vec![
        project(
            "ENG",
            &[
                ("todo", "待办", Category::Todo),
                ("doing", "In progress", Category::Doing),
                ("done", "Done", Category::Done),
            ],
        ),
        project(
            "OPS",
            &[
                ("new", "待办", Category::Todo),
                ("done", "Done", Category::Done),
            ],
        ),
    ]
});
static MEMBERS: LazyLock<Vec<Member>> =
    LazyLock::new(|| vec![member("li", "李明"), member("wang", "王芳")]);

fn known(groups: &Groups) -> Known<'_> {
    Known {
        me: MEMBERS[0].id,
        clock: Clock::new(now(), "Asia/Shanghai"),
        projects: &PROJECTS,
        members: &MEMBERS,
        groups,
        spaces: &[],
        channels: &[],
    }
}

fn read(text: &str) -> Result<TaskQuery, Box<QueryFault>> {
    let groups = Groups::default();
    let parsed = parse(text);
    let resolved = parsed.and_then(|query| resolve(&query, &known(&groups)));
    resolved.map_err(|fault| match fault.refuse(text) {
        Refusal::BadQuery(fault) => fault,
        other => panic!("{other}"),
    })
}

fn task() -> Task {
    let at = now();
    Task {
        id: tenon_protocol::TaskId::new(),
        project: PROJECTS[0].id,
        key: "ENG-1".into(),
        number: 1,
        title: "Login 登录页 fails".into(),
        description: "The deployment **上海**东边".into(),
        state: "todo".into(),
        assignees: vec![],
        priority: Priority::None,
        labels: vec![],
        due: None,
        start: None,
        checklist: vec![],
        links: vec![],
        fields: Default::default(),
        task_type: "task".into(),
        estimate: None,
        parent: None,
        rank: "a".into(),
        followers: vec![],
        source: None,
        created_by: MEMBERS[0].id,
        created_at: at,
        updated_at: at,
        closed_at: None,
        message_count: 0,
        archived: false,
        deleted: false,
        seq: 1,
    }
}

fn finds_after(text: &str, task: &Task, changes: &[(i64, MemberId, Vec<TaskChange>)]) -> bool {
    let query = read(text).unwrap_or_else(|fault| panic!("{text}: {}", fault::sentence(&fault)));
    let made = self::task();
    let past = Past {
        linked: &[],
        created: &made,
        changes,
        parent_number: None,
    };
    super::matches(&query.condition, task, &past)
}

fn finds(text: &str, task: &Task) -> bool {
    finds_after(text, task, &[])
}

/// What is refused: text, reason, line, column, what is quoted, what is expected first.
// Table: one line per case.
const REFUSED: &[(&str, QueryReason, u32, u32, &str, &str)] = &[
    ("assignee =", QueryReason::Unexpected, 1, 11, "", "value"),
    ("assignee", QueryReason::Unexpected, 1, 9, "", "operator"),
    ("= li", QueryReason::Unexpected, 1, 1, "=", "field"),
    ("(due < now()", QueryReason::Unexpected, 1, 13, "", ")"),
    (
        "due < now() due",
        QueryReason::Unexpected,
        1,
        13,
        "due",
        "AND",
    ),
    (
        "key = ENG-1\nAND\n  owner = li",
        QueryReason::UnknownField,
        3,
        3,
        "owner",
        "key",
    ),
    ("state = \"todo", QueryReason::Unclosed, 1, 9, "\"", ""),
    ("label = a\0", QueryReason::Unexpected, 1, 10, "\0", "field"),
    (
        "label = \"a\0\"",
        QueryReason::Unexpected,
        1,
        11,
        "\0",
        "value",
    ),
    (
        "label = \"\\u0000\"",
        QueryReason::Unexpected,
        1,
        10,
        "\\u",
        "\\uXXXX",
    ),
    ("title = login", QueryReason::WrongOperator, 1, 7, "=", "~"),
    (
        "created WAS now()",
        QueryReason::WrongOperator,
        1,
        9,
        "WAS",
        "=",
    ),
    (
        "assignee = 赵云",
        QueryReason::UnknownValue,
        1,
        12,
        "赵云",
        "member",
    ),
    (
        "project = SECRET",
        QueryReason::UnknownValue,
        1,
        11,
        "SECRET",
        "project",
    ),
    (
        "状态 = 冻结",
        QueryReason::UnknownValue,
        1,
        6,
        "冻结",
        "state",
    ),
    ("due < soon", QueryReason::NotADate, 1, 7, "soon", ""),
    (
        "due < 2026-02-30",
        QueryReason::NotADate,
        1,
        7,
        "2026-02-30",
        "",
    ),
    (
        "estimate > many",
        QueryReason::NotANumber,
        1,
        12,
        "many",
        "",
    ),
    (
        "due < lastMoon()",
        QueryReason::UnknownFunction,
        1,
        7,
        "lastMoon()",
        "now()",
    ),
    ("text ~ \"……\"", QueryReason::NoWords, 1, 8, "\"……\"", ""),
    (
        "ORDER BY assignee",
        QueryReason::NotOrdered,
        1,
        10,
        "assignee",
        "key",
    ),
    ("label IN ()", QueryReason::Unexpected, 1, 11, ")", "value"),
    ("label IN bug", QueryReason::Unexpected, 1, 10, "bug", "("),
    (
        "assignee IS li",
        QueryReason::Unexpected,
        1,
        13,
        "li",
        "EMPTY",
    ),
    (
        "state WAS done FROM todo",
        QueryReason::Unexpected,
        1,
        16,
        "FROM",
        "BY",
    ),
    (
        "project IS EMPTY",
        QueryReason::WrongOperator,
        1,
        9,
        "IS",
        "=",
    ),
    (
        "key = \"\\u12\"",
        QueryReason::Unexpected,
        1,
        8,
        "\\u",
        "\\uXXXX",
    ),
];

#[test]
fn what_is_wrong_is_told_with_its_place() {
    for (text, reason, line, column, found, expected) in REFUSED {
        let fault = read(text).expect_err(text);
        let first = fault.expected.first().map_or("", String::as_str);
        let told = (
            fault.reason,
            fault.line,
            fault.column,
            fault.found.as_str(),
            first,
        );
        assert_eq!(told, (*reason, *line, *column, *found, *expected), "{text}");
        assert!(fault::sentence(&fault).ends_with('.'), "{text}");
    }
}

#[test]
fn too_much_is_refused_and_takes_no_stack() {
    let terms = vec!["key = ENG-1"; 10_000].join(" OR ");
    assert_eq!(read(&terms).unwrap_err().reason, QueryReason::TooLong);
    let terms = vec!["key=A-1"; 1_000].join(" OR ");
    assert_eq!(read(&terms).unwrap_err().reason, QueryReason::TooManyTerms);
    let deep = format!("{}key = ENG-1{}", "(".repeat(1_000), ")".repeat(1_000));
    assert_eq!(read(&deep).unwrap_err().reason, QueryReason::TooDeep);
    let not = format!("{}key = ENG-1", "NOT ".repeat(1_000));
    assert_eq!(read(&not).unwrap_err().reason, QueryReason::TooDeep);
    let values = format!("label IN (a{})", ",a".repeat(2_000));
    assert_eq!(
        read(&values).unwrap_err().reason,
        QueryReason::TooManyValues
    );
    let words = format!("text ~ \"{}\"", "a ".repeat(1_001));
    assert_eq!(read(&words).unwrap_err().reason, QueryReason::TooManyValues);
    let sorts = format!("ORDER BY key{}", ",key".repeat(20));
    assert_eq!(read(&sorts).unwrap_err().reason, QueryReason::TooManyTerms);
}

#[test]
fn a_field_without_a_value_matches_no_comparison() {
    let none = task();
    for text in [
        "assignee != li",
        "assignee NOT IN (li)",
        "NOT assignee = li",
        "label != bug",
        "due != 2026-11-30",
        "NOT due < now()",
        "estimate != 1",
        "priority != high",
        "parent != ENG-7",
        "priority < high",
        "assignee != EMPTY",
    ] {
        assert!(!finds(text, &none), "{text}");
    }
    let some = Task {
        assignees: vec![MEMBERS[1].id],
        labels: vec!["UI".into()],
        priority: Priority::Low,
        ..task()
    };
    for text in [
        "assignee != li AND label != bug AND priority != high",
        "priority < high AND priority >= low",
        "assignee IN (EMPTY, 王芳)",
        "NOT (assignee = li OR label = bug)",
        "NOT assignee IS EMPTY",
    ] {
        assert!(finds(text, &some), "{text}");
    }
    assert!(finds("assignee != li OR assignee IS EMPTY", &none));
}

#[test]
fn words_are_found_as_people_type_them() {
    let task = task();
    // Table: what is looked for, and whether it is there.
    for (text, expected) in [
        ("text ~ login", true),
        ("title ~ 登录", true),
        ("标题 ~ 录页", true),
        ("title ~ log", true),
        ("title ~ ogin", false),
        ("text ~ \"海东\"", true),
        ("text ~ deployed", true),
        ("text ~ \"login deployment\"", true),
        ("title ~ \"login deployment\"", false),
        ("text ~ \"\\\"the deployment\\\"\"", true),
        ("text ~ \"\\\"deployment the\\\"\"", false),
        ("text !~ 登录", false),
        ("description !~ 登录", true),
        ("title ~ ＬＯＧＩＮ", true),
    ] {
        assert_eq!(finds(text, &task), expected, "{text}");
    }
}

#[test]
fn names_mean_what_screens_call_them() {
    let task = Task {
        assignees: vec![MEMBERS[0].id],
        priority: Priority::Urgent,
        ..task()
    };
    for text in [
        "状态 = 待办 且 负责人 = 李明 AND 优先级 = 紧急",
        "status = toDo AND statusCategory = \"To Do\" AND reporter = currentUser()",
        "assignee in (currentUser(), @wang) AND project = eng AND issuekey = eng-1",
        "（状态 ＝ 待办） AND 标题 ～ “登录”",
        "resolution = Unresolved AND priority = Highest",
        "category IN (todo, doing) ORDER BY created, key DESC",
        "",
        "ORDER BY rank",
    ] {
        assert!(finds(text, &task), "{text}");
    }
    assert!(!finds("category = done", &task));
}

/// What is not said of archived tasks leaves them out.
fn unless_archived(test: tenon_protocol::query::Test) -> tenon_protocol::query::Condition {
    use tenon_protocol::query::{Condition, Test};
    Condition::All(vec![
        Condition::Holds(test),
        Condition::Fails(Test::Archived),
    ])
}

#[test]
fn a_state_counts_in_its_own_project() {
    let query = read("state = 待办").unwrap();
    let (eng, ops) = (PROJECTS[0].id, PROJECTS[1].id);
    let values = vec![
        ("todo".to_owned(), Some(vec![eng])),
        ("new".to_owned(), Some(vec![ops])),
    ];
    let wanted = tenon_protocol::query::Test::State(values);
    assert_eq!(query.condition, unless_archived(wanted));
}

fn at(text: &str) -> i64 {
    let zone = TimeZone::get("Asia/Shanghai").unwrap();
    let local: jiff::civil::DateTime = text.parse().unwrap();
    local.to_zoned(zone).unwrap().timestamp().as_microsecond()
}

#[test]
fn dates_are_those_of_the_asker() {
    // It is Monday, 10 o'clock in Shanghai.
    // Table: what is written, and the first moment that is not before it.
    for (text, expected) in [
        ("2026-11-30", "2026-11-30T00:00"),
        ("\"2026/11/3 9:30\"", ""),
        ("\"2026/11/3 09:30\"", "2026-11-03T09:30"),
        ("-1d", "2026-11-29T10:00"),
        ("-1w2d", "2026-11-21T10:00"),
        ("+2h", "2026-11-30T12:00"),
        ("startOfDay()", "2026-11-30T00:00"),
        ("startOfDay(-1)", "2026-11-29T00:00"),
        ("startOfDay(\"-1w\")", "2026-11-23T00:00"),
        ("startOfWeek()", "2026-11-30T00:00"),
        ("startOfWeek(-1)", "2026-11-23T00:00"),
        ("startOfMonth()", "2026-11-01T00:00"),
        ("startOfYear(1)", "2027-01-01T00:00"),
        ("昨天", "2026-11-29T00:00"),
        ("2026-11-29T18:00:00Z", "2026-11-30T02:00"),
    ] {
        let query = read(&format!("created < {text}"));
        if expected.is_empty() {
            assert_eq!(query.unwrap_err().reason, QueryReason::NotADate, "{text}");
            continue;
        }
        let wanted = Span {
            from: i64::MIN,
            until: at(expected),
        };
        let text = format!("{text}: {:?}", query.as_ref().unwrap().condition);
        let test = query.unwrap().condition;
        let created = tenon_protocol::query::NumberField::Created;
        let wanted = tenon_protocol::query::Test::Number(created, wanted);
        assert_eq!(test, unless_archived(wanted), "{text}");
    }
}

#[test]
fn days_and_moments_that_are_due_are_compared() {
    let due = |text: &str| Task {
        due: Some(text.parse().unwrap()),
        ..task()
    };
    let (day, moment) = (due("2026-11-30"), due("2026-11-30T01:00:00Z"));
    for (text, of_day, of_moment) in [
        ("due = 2026-11-30", true, true),
        ("due = today", true, true),
        ("due < now()", true, true),
        ("due < startOfDay()", false, false),
        ("due <= startOfDay()", true, false),
        ("due > startOfDay()", false, true),
        ("due <= endOfDay()", true, true),
        ("due > endOfDay()", false, false),
        ("due >= 2026-11-30", true, true),
        ("due != 2026-11-30", false, false),
        ("due > \"2026-11-30 08:59\"", false, true),
        ("due < 2026-12-01", true, true),
    ] {
        assert_eq!(finds(text, &day), of_day, "{text}, a day");
        assert_eq!(finds(text, &moment), of_moment, "{text}, a moment");
    }
}

#[test]
fn the_past_is_asked_for() {
    let (li, wang) = (MEMBERS[0].id, MEMBERS[1].id);
    let hour = 3_600_000_000;
    let start = now().as_microsecond();
    let state = |from: &str, to: &str| TaskChange::State {
        from: from.into(),
        to: to.into(),
    };
    let changes = vec![
        (start + hour, wang, vec![state("todo", "doing")]),
        (
            start + 2 * hour,
            li,
            vec![
                state("doing", "done"),
                TaskChange::Assignees {
                    from: vec![],
                    to: vec![wang],
                },
            ],
        ),
        (start + 3 * hour, li, vec![state("done", "todo")]),
    ];
    let task = Task {
        assignees: vec![wang],
        ..task()
    };
    // It is 10 o'clock where the asker is; the changes are at 11, 12 and 13.
    for (text, expected) in [
        ("state WAS doing", true),
        ("state WAS \"In progress\" BY wang", true),
        ("state WAS doing BY li", false),
        ("state WAS doing BEFORE \"2026-11-30 11:00\"", false),
        ("state WAS doing BEFORE \"2026-11-30 11:01\"", true),
        ("state WAS doing AFTER \"2026-11-30 12:00\"", false),
        ("state WAS NOT IN (doing, done)", false),
        ("state WAS todo ON 2026-11-29", false),
        ("state CHANGED", true),
        ("state CHANGED FROM todo TO doing", true),
        ("state CHANGED FROM todo TO done", false),
        (
            "state CHANGED TO todo BY li AFTER \"2026-11-30 12:30\"",
            true,
        ),
        (
            "state CHANGED TO todo DURING (2026-11-30, 2026-11-30)",
            true,
        ),
        ("state CHANGED BEFORE \"2026-11-30 11:00\"", false),
        ("assignee CHANGED FROM EMPTY TO wang", true),
        ("assignee WAS EMPTY", true),
        ("assignee WAS li", false),
        ("priority CHANGED", false),
        ("priority WAS EMPTY", true),
        ("NOT state CHANGED TO done", false),
    ] {
        assert_eq!(finds_after(text, &task, &changes), expected, "{text}");
    }
}

#[test]
fn every_field_has_a_name_of_its_own() {
    let mut names: Vec<String> = Vec::new();
    for (_, spelled) in field::NAMES {
        names.extend(spelled.iter().map(|name| name.to_lowercase()));
    }
    let count = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), count);
    assert_eq!(EMPTY, i64::MAX);
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z0-9_.-]{1,8}",
        "[一-龥]{1,4}",
        "\\PC{0,10}",
        Just("and".to_owned()),
        Just("EMPTY".to_owned()),
        Just("a \"b\" \\ c\n".to_owned()),
    ]
}

fn place() -> Place {
    Place::default()
}

fn name() -> impl Strategy<Value = Name> {
    text().prop_map(|text| Name {
        text,
        place: place(),
    })
}

fn value() -> impl Strategy<Value = Value> {
    let call = ("[a-zA-Z]{4,9}X", prop::collection::vec(text(), 0..3));
    let kind = prop_oneof![
        4 => text().prop_map(ValueKind::Text),
        1 => Just(ValueKind::Empty),
        1 => call.prop_map(|(name, arguments)| ValueKind::Call { name, arguments }),
    ];
    kind.prop_map(|kind| Value {
        kind,
        place: place(),
    })
}

fn clause() -> impl Strategy<Value = Clause> {
    let one = prop_oneof![
        Just(Operator::Equal),
        Just(Operator::NotEqual),
        Just(Operator::Contains),
        Just(Operator::ContainsNot),
        Just(Operator::LessOrEqual),
        Just(Operator::Greater),
        Just(Operator::Was),
        Just(Operator::WasNot),
    ];
    let many = prop_oneof![
        Just(Operator::In),
        Just(Operator::NotIn),
        Just(Operator::WasIn),
        Just(Operator::WasNotIn),
    ];
    let by = prop::collection::vec(value(), 1..3).prop_map(|values| Predicate {
        kind: PredicateKind::By,
        place: place(),
        list: values.len() > 1,
        values,
    });
    let operation = prop_oneof![
        (one, value()).prop_map(|(operator, value)| (operator, vec![value], false)),
        (many, prop::collection::vec(value(), 1..4))
            .prop_map(|(operator, values)| { (operator, values, true) }),
        Just((Operator::Changed, vec![], false)),
    ];
    let predicates = prop::collection::vec(by, 0..2);
    (name(), operation, predicates).prop_map(|(field, operation, predicates)| {
        let (operator, values, list) = operation;
        Clause {
            field,
            operator,
            operator_place: place(),
            values,
            list,
            predicates: if operator.is_past() {
                predicates
            } else {
                vec![]
            },
        }
    })
}

fn node() -> impl Strategy<Value = Node> {
    clause()
        .prop_map(Node::Clause)
        .prop_recursive(4, 20, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 2..4).prop_map(Node::And),
                prop::collection::vec(inner.clone(), 2..4).prop_map(Node::Or),
                inner.prop_map(|node| Node::Not(Box::new(node))),
            ]
        })
}

fn query() -> impl Strategy<Value = Query> {
    let sorting = (name(), prop::option::of(any::<bool>()));
    let sorting = sorting.prop_map(|(field, descending)| Sorting { field, descending });
    let order = prop::collection::vec(sorting, 0..3);
    (prop::option::of(node()), order).prop_map(|(condition, order)| Query { condition, order })
}

proptest! {
    #[test]
    fn what_is_printed_is_read_as_the_same(query in query()) {
        let text = query.to_string();
        let read = parse(&text);
        prop_assert_eq!(read.as_ref().ok(), Some(&query), "{}: {:?}", text, read);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,200}") {
        let _ = read(&text);
    }

    #[test]
    fn any_tokens_are_read_or_refused(tokens in prop::collection::vec(prop_oneof![
        Just("("), Just(")"), Just("NOT"), Just("AND"), Just("OR"), Just("!"), Just(","),
        Just("state"), Just("assignee"), Just("due"), Just("priority"), Just("="), Just("!="),
        Just("<"), Just("IN"), Just("IS"), Just("EMPTY"), Just("WAS"), Just("CHANGED"), Just("BY"),
        Just("DURING"), Just("FROM"), Just("TO"), Just("todo"), Just("li"), Just("-7d"),
        Just("99999y"), Just("9999-12-31"), Just("startOfDay("), Just("ORDER BY"), Just("key"),
        Just("\""), Just("\\"), Just("“"), Just("currentUser()"), Just("high"), Just("1e308"),
    ], 0..40)) {
        let text = tokens.join(" ");
        if let Err(fault) = read(&text) {
            prop_assert!(!fault::sentence(&fault).is_empty());
        }
    }
}
