//! Where the demo plays: its channels and projects. Data alone; `demo.rs` plays it.

use super::cast::Person::{self, *};
use tenon_protocol::{
    channel::ChannelKind,
    member::Language,
    project::{
        Category::{self, *},
        Template,
    },
};

/// In the order of [`ROOMS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    General,
    Product,
    Dev,
    Launch,
    Support,
    Design,
    Progress,
    Hiring,
    Pilot,
    LinChen,
    LinEmma,
}

/// In the order of [`BOARDS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Board {
    Eng,
    Launch,
}

pub struct Channel {
    pub kind: ChannelKind,
    /// Empty for a direct one. That of [`Room::General`] is made with the workspace.
    pub name: &'static str,
    pub topic: &'static str,
    pub project: Option<Board>,
    /// The first one makes it.
    pub members: &'static [Person],
}

pub struct Project {
    pub key: &'static str,
    pub name: &'static str,
    pub description: &'static str,
    pub template: Template,
    pub language: Language,
    pub lead: Person,
    /// Instead of the template's.
    pub states: &'static [(&'static str, &'static str, Category)],
}

pub const BOARDS: [Project; 2] = [
    Project {
        key: "ENG",
        name: "好班 App",
        description: "Roster, shift swaps and attendance: web, iOS and Android.",
        template: Template::Software,
        language: Language::Chinese,
        lead: Chen,
        states: &[],
    },
    Project {
        key: "LAUNCH",
        name: "2.0 发布",
        description: "好班 2.0 在上海和新加坡同步发布。",
        template: Template::Simple,
        language: Language::Chinese,
        lead: Zhao,
        states: &[
            ("todo", "待办", Todo),
            ("doing", "准备中", Doing),
            ("review", "待确认", Doing),
            ("done", "已完成", Done),
            ("cancelled", "不做了", Cancelled),
        ],
    },
];

pub struct Space {
    pub name: &'static str,
    pub icon: &'static str,
    pub description: &'static str,
    pub members: &'static [Person],
}

/// Holds what belongs to the launch.
pub const SPACE: Space = Space {
    name: "好班 2.0 上市",
    icon: "🚀",
    description: "产品、研发、市场和客服一起把 2.0 送到门店：上海 × Singapore。",
    members: &[Zhao, Emma, Zhou, Sofia, Chen, Yutong],
};

const PUBLIC: Channel = Channel {
    kind: ChannelKind::Public,
    name: "",
    topic: "",
    project: None,
    members: &[],
};
const DIRECT: Channel = Channel {
    kind: ChannelKind::Direct,
    ..PUBLIC
};
const PRIVATE: Channel = Channel {
    kind: ChannelKind::Private,
    ..PUBLIC
};

pub const ROOMS: [Channel; 11] = [
    Channel {
        topic: "全公司的公告和闲聊 · Company news and small talk",
        members: &[Lin, Chen, Emma, Yutong, Daniel, Zhao, Zhou, Sofia, He],
        ..PUBLIC
    },
    Channel {
        name: "产品",
        topic: "需求讨论与取舍，结论写进任务",
        project: Some(Board::Eng),
        members: &[Lin, Chen, Emma, Yutong, Zhao, Zhou],
        ..PUBLIC
    },
    Channel {
        name: "dev",
        topic: "Code, releases, incidents · 写代码的地方",
        project: Some(Board::Eng),
        members: &[Chen, Lin, Yutong, Daniel, He, Emma],
        ..PUBLIC
    },
    Channel {
        name: "launch",
        topic: "好班 2.0 发布：上海 × Singapore",
        project: Some(Board::Launch),
        members: &[Zhao, Lin, Emma, Zhou, Sofia, Chen, Yutong],
        ..PUBLIC
    },
    Channel {
        name: "客服",
        topic: "门店反馈。能复现的，按 t 转为任务",
        project: Some(Board::Eng),
        members: &[Zhou, Lin, Chen, He, Sofia],
        ..PUBLIC
    },
    Channel {
        name: "design",
        topic: "Work in progress welcome",
        project: Some(Board::Eng),
        members: &[Emma, Lin, Yutong, Daniel],
        ..PUBLIC
    },
    Channel {
        name: "研发动态",
        topic: "ENG 的进展自动出现在这里，一个任务一张卡片",
        project: Some(Board::Eng),
        members: &[Lin, Chen, Emma, Yutong, Daniel, He, Zhou],
        ..PUBLIC
    },
    Channel {
        name: "招聘",
        topic: "候选人信息不外传",
        members: &[Lin, Emma, Chen],
        ..PRIVATE
    },
    Channel {
        name: "kopi-pilot",
        topic: "Pilot with Kopi & Co., 12 outlets in Singapore",
        members: &[Sofia, Lin, Marcus, Zhou],
        ..PRIVATE
    },
    Channel {
        members: &[Lin, Chen],
        ..DIRECT
    },
    Channel {
        members: &[Lin, Emma],
        ..DIRECT
    },
];
