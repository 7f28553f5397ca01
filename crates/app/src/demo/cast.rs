//! Who is in the demo: a small company that makes a roster app for restaurants, in Shanghai and
//! London. Data alone; `demo.rs` plays it.

use GroupKind::{Department, Free};
use Language::{Chinese, English};
use tenon_protocol::{
    group::GroupKind,
    member::{Language, Role},
};

/// The workspace and its owner's language.
pub const WORKSPACE: &str = "山茶科技 Camellia";
pub const SLUG: &str = "camellia";
/// Public by design: everyone who opens the demo may be any of those who can sign in.
pub const PASSWORD: &str = "tenon-demo";

/// In the order of [`CAST`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Person {
    Lin,
    Chen,
    Emma,
    Yutong,
    Daniel,
    Zhao,
    Zhou,
    Sofia,
    He,
    Marcus,
}

pub struct Part {
    pub name: &'static str,
    pub handle: &'static str,
    /// Those who can sign in.
    pub email: Option<&'static str>,
    pub title: &'static str,
    pub role: Role,
    pub time_zone: &'static str,
    pub language: Language,
}

pub const CAST: [Part; 10] = [
    Part {
        name: "林晓",
        handle: "linxiao",
        email: Some("lin@demo.tenon.example"),
        title: "产品负责人",
        role: Role::Owner,
        time_zone: "Asia/Shanghai",
        language: Chinese,
    },
    Part {
        name: "陈默",
        handle: "chenmo",
        email: Some("chen@demo.tenon.example"),
        title: "后端工程师",
        role: Role::Member,
        time_zone: "Asia/Shanghai",
        language: Chinese,
    },
    Part {
        name: "Emma Clarke",
        handle: "emma",
        email: Some("emma@demo.tenon.example"),
        title: "Design lead",
        role: Role::Admin,
        time_zone: "Europe/London",
        language: English,
    },
    Part {
        name: "王雨桐",
        handle: "yutong",
        email: None,
        title: "前端工程师",
        role: Role::Member,
        time_zone: "Asia/Shanghai",
        language: Chinese,
    },
    Part {
        name: "Daniel Okafor",
        handle: "daniel",
        email: None,
        title: "Mobile engineer",
        role: Role::Member,
        time_zone: "Europe/London",
        language: English,
    },
    Part {
        name: "赵敏",
        handle: "zhaomin",
        email: None,
        title: "市场负责人",
        role: Role::Member,
        time_zone: "Asia/Shanghai",
        language: Chinese,
    },
    Part {
        name: "周洋",
        handle: "zhouyang",
        email: None,
        title: "客服主管",
        role: Role::Member,
        time_zone: "Asia/Chongqing",
        language: Chinese,
    },
    Part {
        name: "Sofia Lindqvist",
        handle: "sofia",
        email: None,
        title: "Customer success",
        role: Role::Member,
        time_zone: "Europe/Stockholm",
        language: English,
    },
    Part {
        name: "何静",
        handle: "hejing",
        email: None,
        title: "测试工程师",
        role: Role::Member,
        time_zone: "Asia/Shanghai",
        language: Chinese,
    },
    Part {
        name: "Marcus Tan",
        handle: "marcus",
        email: None,
        title: "Operations, Kopi & Co.",
        role: Role::Guest,
        time_zone: "Asia/Singapore",
        language: English,
    },
];

/// A department, or a free group.
pub struct Team {
    pub name: &'static str,
    pub handle: &'static str,
    pub kind: GroupKind,
    /// Place in [`TEAMS`] of the department that it is a part of.
    pub parent: Option<usize>,
    pub members: &'static [Person],
}

pub const TEAMS: [Team; 7] = [
    Team {
        name: "产品设计部",
        handle: "product",
        kind: Department,
        parent: None,
        members: &[Person::Lin, Person::Emma],
    },
    Team {
        name: "研发部",
        handle: "engineering",
        kind: Department,
        parent: None,
        members: &[Person::Chen, Person::He],
    },
    Team {
        name: "前端组",
        handle: "frontend",
        kind: Department,
        parent: Some(1),
        members: &[Person::Yutong, Person::Daniel],
    },
    Team {
        name: "市场与客户部",
        handle: "business",
        kind: Department,
        parent: None,
        members: &[Person::Zhao],
    },
    Team {
        name: "客户成功组",
        handle: "success",
        kind: Department,
        parent: Some(3),
        members: &[Person::Zhou, Person::Sofia],
    },
    Team {
        name: "发布小组",
        handle: "release",
        kind: Free,
        parent: None,
        members: &[Person::Lin, Person::Chen, Person::Daniel, Person::Zhao],
    },
    Team {
        name: "值班",
        handle: "oncall",
        kind: Free,
        parent: None,
        members: &[Person::Chen, Person::Zhou],
    },
];
