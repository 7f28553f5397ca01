//! What the demo's projects were planned to be: tasks, and how far they have come. Data alone;
//! `demo.rs` plays it. Keys are given in this order, and `talk.rs` names some.

use super::{
    cast::Person::{self, *},
    place::Board,
};
use tenon_protocol::task::Priority::{self, High, Low, Medium, Urgent};

#[derive(Clone, Copy)]
pub struct Plan {
    pub by: Person,
    pub title: &'static str,
    pub description: &'static str,
    /// The states it goes through after its first.
    pub path: &'static [&'static str],
    pub assignees: &'static [Person],
    pub priority: Priority,
    pub labels: &'static [&'static str],
    /// Days from today.
    pub due: Option<i64>,
    pub points: Option<f64>,
    /// A part of the newest task that is not itself a part.
    pub part: bool,
    /// Steps of its checklist, and whether they are done.
    pub steps: &'static [(&'static str, bool)],
    /// Said in its conversation.
    pub said: &'static [(Person, &'static str)],
}

const PLAN: Plan = Plan {
    by: Lin,
    title: "",
    description: "",
    path: &[],
    assignees: &[],
    priority: Priority::None,
    labels: &[],
    due: None,
    points: None,
    part: false,
    steps: &[],
    said: &[],
};

/// The plans of each project.
pub const fn plans(board: Board) -> &'static [Plan] {
    match board {
        Board::Eng => &ENG,
        Board::Launch => &LAUNCH,
    }
}

const ENG: [Plan; 24] = [
    Plan {
        title: "换班申请与审批",
        description: "店员在手机上发起换班，同事确认后由店长审批。\n\
                      \n\
                      - 同一门店、同一岗位才能互换\n\
                      - 超过当周工时上限时，提示店长\n\
                      - 审批通过后，两个人都收到通知",
        path: &["in_progress"],
        assignees: &[Chen, Yutong],
        priority: High,
        labels: &["换班"],
        due: Some(5),
        points: Some(8.0),
        steps: &[
            ("和三家门店对齐规则", true),
            ("上线公告与帮助页", false),
            ("灰度两家门店，看一周数据", false),
        ],
        said: &[
            (Lin, "第一版先不做跨门店换班，规则太多，上线后再看数据。"),
            (Chen, "同意。接口里留了 `store_id`，以后放开不用改表。"),
        ],
        ..PLAN
    },
    Plan {
        title: "换班申请接口",
        path: &["in_progress", "in_review", "done"],
        assignees: &[Chen],
        priority: High,
        labels: &["换班", "接口"],
        points: Some(3.0),
        part: true,
        ..PLAN
    },
    Plan {
        title: "店长审批页面",
        path: &["in_progress", "in_review"],
        assignees: &[Yutong],
        priority: High,
        labels: &["换班"],
        due: Some(2),
        points: Some(3.0),
        part: true,
        said: &[
            (
                Emma,
                "The empty state reads well now. One thing: the reject button needs a reason field.",
            ),
            (Yutong, "好，拒绝时弹出原因，选填。"),
        ],
        ..PLAN
    },
    Plan {
        by: Daniel,
        title: "Push notification when a swap is approved",
        path: &["in_progress"],
        assignees: &[Daniel],
        priority: Medium,
        labels: &["换班", "mobile"],
        due: Some(4),
        points: Some(2.0),
        part: true,
        ..PLAN
    },
    Plan {
        by: Chen,
        title: "换班记录写入考勤",
        assignees: &[Chen],
        priority: Medium,
        labels: &["换班"],
        due: Some(6),
        points: Some(2.0),
        part: true,
        ..PLAN
    },
    Plan {
        by: He,
        title: "夏令时切换当天，班表整体错位一小时",
        description: "伦敦门店复现。时区设为 Europe/London，打开切换当天的班表：\n\
                      \n\
                      1. 早班显示为 07:00–15:00，应为 08:00–16:00\n\
                      2. 导出的工时少一小时",
        path: &["in_progress", "in_review"],
        assignees: &[Chen],
        priority: Urgent,
        labels: &["bug", "时区"],
        due: Some(1),
        points: Some(2.0),
        said: &[
            (
                Chen,
                "存的是本地时间加固定偏移，改成存时区名，显示时再换算。",
            ),
            (He, "我补了切换前后各一天的用例，等你的分支。"),
        ],
        ..PLAN
    },
    Plan {
        by: Daniel,
        title: "Offline roster on Android",
        description: "Basements have no signal. Show the last roster we have and how old it is.",
        path: &["in_progress"],
        assignees: &[Daniel],
        priority: High,
        labels: &["mobile"],
        due: Some(7),
        points: Some(5.0),
        ..PLAN
    },
    Plan {
        by: Zhou,
        title: "班表导出 Excel，保留合并单元格",
        path: &["in_progress", "in_review", "done"],
        assignees: &[Yutong],
        priority: Medium,
        labels: &["导出"],
        points: Some(3.0),
        ..PLAN
    },
    Plan {
        by: Emma,
        title: "Roster page opens in under a second",
        description: "It takes 2.4 s on the tablet that most outlets use.",
        assignees: &[Yutong],
        priority: Medium,
        labels: &["性能"],
        due: Some(14),
        points: Some(5.0),
        ..PLAN
    },
    Plan {
        title: "店长只能看到自己的门店",
        assignees: &[Chen],
        priority: High,
        labels: &["权限"],
        due: Some(10),
        points: Some(3.0),
        ..PLAN
    },
    Plan {
        by: Sofia,
        title: "Payroll export for Singapore (CPF)",
        description: "Kopi & Co. need it before they roll out to all outlets.",
        path: &["backlog"],
        priority: High,
        labels: &["新加坡"],
        due: Some(21),
        points: Some(8.0),
        ..PLAN
    },
    Plan {
        by: Zhou,
        title: "登录短信收不到：更换短信通道",
        path: &["in_progress", "in_review", "done"],
        assignees: &[Chen],
        priority: Urgent,
        labels: &["bug"],
        points: Some(1.0),
        said: &[(Zhou, "换完之后投诉从每天二十多个降到一两个，感谢！")],
        ..PLAN
    },
    Plan {
        by: Emma,
        title: "Dark mode in the mobile app",
        path: &["backlog"],
        priority: Low,
        labels: &["mobile"],
        ..PLAN
    },
    Plan {
        title: "店员填写可用时间",
        assignees: &[Yutong],
        priority: Medium,
        labels: &["排班"],
        due: Some(12),
        points: Some(3.0),
        ..PLAN
    },
    Plan {
        title: "发布班表前提示加班风险",
        description: "按门店所在地的规则计算，超出时说明是谁、超了多少。",
        path: &["in_progress"],
        assignees: &[Chen],
        priority: High,
        labels: &["排班"],
        due: Some(3),
        points: Some(5.0),
        said: &[
            (Lin, "文案请 @Emma Clarke 一起看，中英文都要像人话。"),
            (
                Emma,
                "Draft: “Wei would work 46 h this week, 2 h over the limit.” Names and numbers, no warnings about warnings.",
            ),
        ],
        ..PLAN
    },
    Plan {
        by: Yutong,
        title: "班表加载时骨架屏闪烁",
        path: &["in_progress", "in_review", "done"],
        assignees: &[Yutong],
        priority: Low,
        labels: &["bug"],
        points: Some(1.0),
        ..PLAN
    },
    Plan {
        by: Chen,
        title: "Upgrade the database to PostgreSQL 17",
        path: &["in_progress", "in_review", "done"],
        assignees: &[Chen],
        priority: Medium,
        labels: &["infra"],
        points: Some(2.0),
        ..PLAN
    },
    Plan {
        by: Sofia,
        title: "Audit log for roster changes",
        path: &["in_progress", "in_review"],
        assignees: &[Chen],
        priority: Medium,
        labels: &["权限"],
        due: Some(4),
        points: Some(3.0),
        ..PLAN
    },
    Plan {
        by: Zhou,
        title: "节假日工资倍率可配置",
        priority: Medium,
        labels: &["排班"],
        due: Some(18),
        points: Some(3.0),
        ..PLAN
    },
    Plan {
        by: Emma,
        title: "Make the roster grid usable with a screen reader",
        path: &["backlog"],
        assignees: &[Daniel],
        priority: Medium,
        labels: &["a11y"],
        points: Some(5.0),
        ..PLAN
    },
    Plan {
        title: "试用期到期自动提醒店长",
        path: &["cancelled"],
        priority: Low,
        ..PLAN
    },
    Plan {
        by: He,
        title: "App crashes when the phone is turned on the swap page",
        description: "Android 15, every time. Stack trace is in the thread below.",
        path: &["in_progress"],
        assignees: &[Daniel],
        priority: Urgent,
        labels: &["bug", "mobile"],
        due: Some(0),
        points: Some(1.0),
        ..PLAN
    },
    Plan {
        by: Chen,
        title: "压测：500 家门店同时发布班表",
        path: &["backlog"],
        assignees: &[He],
        priority: Medium,
        labels: &["性能"],
        points: Some(3.0),
        ..PLAN
    },
    Plan {
        title: "整理 2.1 需求池，定下先后",
        assignees: &[Lin],
        path: &["in_progress"],
        priority: Medium,
        due: Some(3),
        ..PLAN
    },
];

const LAUNCH: [Plan; 17] = [
    Plan {
        by: Zhao,
        title: "2.0 发布公告",
        description: "一句话说清楚：店员自己换班，店长只管点头。",
        path: &["doing"],
        assignees: &[Zhao],
        priority: High,
        labels: &["内容"],
        due: Some(6),
        said: &[
            (
                Zhao,
                "初稿写好了，两个标题选一个：「换班，不用再打电话」还是「把班表还给店员」？",
            ),
            (Lin, "第一个。说事情，不说口号。"),
        ],
        ..PLAN
    },
    Plan {
        by: Emma,
        title: "Launch announcement in English",
        path: &["doing"],
        assignees: &[Sofia, Emma],
        priority: High,
        labels: &["content"],
        due: Some(6),
        ..PLAN
    },
    Plan {
        by: Zhao,
        title: "官网首页改版",
        path: &["doing", "review"],
        assignees: &[Emma],
        priority: High,
        labels: &["官网"],
        due: Some(4),
        ..PLAN
    },
    Plan {
        by: Zhao,
        title: "首屏文案中英文定稿",
        path: &["doing", "done"],
        assignees: &[Zhao, Emma],
        priority: High,
        labels: &["官网"],
        part: true,
        ..PLAN
    },
    Plan {
        by: Zhao,
        title: "客户案例三则",
        path: &["doing"],
        assignees: &[Zhou],
        priority: Medium,
        labels: &["官网", "内容"],
        due: Some(5),
        part: true,
        ..PLAN
    },
    Plan {
        by: Sofia,
        title: "Pricing page for Singapore",
        assignees: &[Sofia],
        priority: Medium,
        labels: &["website"],
        due: Some(8),
        part: true,
        ..PLAN
    },
    Plan {
        by: Zhao,
        title: "录制换班功能演示视频（90 秒）",
        assignees: &[Zhao],
        priority: Medium,
        labels: &["内容"],
        due: Some(8),
        ..PLAN
    },
    Plan {
        by: Zhou,
        title: "邀请 20 家门店参加内测",
        path: &["doing", "done"],
        assignees: &[Zhou],
        priority: High,
        labels: &["内测"],
        said: &[(Zhou, "最后一家今天签了，一共 23 家。")],
        ..PLAN
    },
    Plan {
        by: Zhao,
        title: "发布直播：排期、彩排、备用网络",
        assignees: &[Zhao, Lin],
        priority: High,
        labels: &["直播"],
        due: Some(12),
        ..PLAN
    },
    Plan {
        by: Emma,
        title: "应用商店截图和说明更新",
        path: &["doing"],
        assignees: &[Emma],
        priority: Medium,
        labels: &["官网"],
        due: Some(9),
        ..PLAN
    },
    Plan {
        by: Sofia,
        title: "Press list for Singapore",
        assignees: &[Sofia],
        priority: Low,
        labels: &["content"],
        due: Some(11),
        ..PLAN
    },
    Plan {
        by: Zhou,
        title: "客服话术：2.0 常见问题 30 条",
        path: &["doing", "review"],
        assignees: &[Zhou],
        priority: Medium,
        labels: &["内测"],
        due: Some(7),
        ..PLAN
    },
    Plan {
        by: Zhao,
        title: "老用户升级邮件，分三批发送",
        assignees: &[Zhao],
        priority: Medium,
        labels: &["内容"],
        due: Some(10),
        ..PLAN
    },
    Plan {
        by: Zhao,
        title: "地铁灯箱广告",
        path: &["cancelled"],
        priority: Low,
        said: &[(Lin, "预算先放在门店推荐奖励上。")],
        ..PLAN
    },
    Plan {
        title: "确认新加坡首年定价",
        assignees: &[Lin],
        by: Zhao,
        path: &["doing"],
        priority: Urgent,
        due: Some(-1),
        ..PLAN
    },
    Plan {
        title: "直播主讲稿，控制在十二分钟",
        assignees: &[Lin],
        by: Zhao,
        path: &["doing"],
        priority: High,
        due: Some(0),
        ..PLAN
    },
    Plan {
        title: "给内测门店写一封感谢信",
        assignees: &[Lin],
        priority: Low,
        due: Some(5),
        ..PLAN
    },
];
