//! What is said in the demo, in order. Data alone; `demo.rs` plays it. Nothing here depends on
//! the date: due words are read on the day that the demo is made.

use super::{
    cast::Person::{self, *},
    place::Room,
};

pub enum Step {
    Say(Person, &'static str),
    /// To what was said last.
    Reply(Person, &'static str),
    /// To the newest message, replies included.
    React(&'static str, &'static [Person]),
    /// The newest message says this instead.
    Edit(&'static str),
    /// What was said last becomes a task, and goes through these states.
    Task(Person, &'static [&'static str]),
    /// In the conversation of the newest task.
    Comment(Person, &'static str),
}
use Step::{Comment, Edit, React, Reply, Say, Task};

pub type Scene = (Room, &'static [Step]);

/// What everyone who can sign in has read.
pub const READ: &[Scene] = &[
    (
        Room::General,
        &[
            Say(
                Lin,
                "大家好，我们从今天起用 Tenon：聊天和任务在一个地方。选中一条消息按 `t`，它就成了任务。",
            ),
            React("👏", &[Emma, Chen, Yutong, Zhou]),
            Reply(Zhou, "客服那边也能直接转任务吗？"),
            Reply(
                Lin,
                "能，谁都可以。转过的消息上会显示任务的进展，不用再来问「修好了没」。",
            ),
            React("🙏", &[Zhou]),
            Say(
                Emma,
                "Morning from a rainy London. Design crits move to Thursdays, same link, bring anything half-finished.",
            ),
            React("☔", &[Sofia, Daniel]),
            Say(
                Zhao,
                "好班 2.0 的发布计划放在 LAUNCH 项目里了，和自己有关的请看一眼截止日期。",
            ),
            React("👍", &[Lin, Zhou, Emma, Sofia]),
            Say(
                Sofia,
                "Kopi & Co. signed the pilot: 12 outlets in Singapore! Details in the private channel, but I wanted everyone to know.",
            ),
            React("🎉", &[Lin, Chen, Emma, Yutong, Daniel, Zhao, Zhou, He]),
            Reply(Lin, "太好了，辛苦 Sofia！这是我们在海外的第一家连锁。"),
            Reply(
                Sofia,
                "Team effort. They chose us because of shift swaps, so no pressure on ENG-1 :)",
            ),
        ],
    ),
    (
        Room::Product,
        &[
            Say(
                Lin,
                "换班的范围收一下：\n\n- 只在同一门店、同一岗位之间换\n- 店长必须审批\n- 跨门店换班放到 2.1\n\n有不同意见今天说，不说就这么定了。",
            ),
            React("👌", &[Chen, Yutong, Emma]),
            Reply(
                Zhou,
                "门店问得最多的是「对方没看手机怎么办」，能不能加个过期时间？",
            ),
            Reply(Chen, "可以，班次开始前 2 小时自动失效，后端一行配置的事。"),
            Reply(Lin, "就 2 小时，写进 ENG-1。"),
            React("✅", &[Chen, Zhou]),
            Say(
                Emma,
                "Could we move the names to the top of the approval page, @王雨桐? I watched three managers use it: all of them looked for “who covers what” first.",
            ),
            Task(Emma, &["in_progress"]),
            Comment(
                Yutong,
                "明白，姓名和班次放第一行，工时变化放第二行。改好发截图。",
            ),
            Say(
                Zhou,
                "请@陈默 下周三前支持按岗位筛选班表，大店一屏放不下四十个人。",
            ),
            React("👍", &[Lin]),
            Task(Zhou, &[]),
            Comment(Chen, "筛选条件要不要记住上次选的？"),
            Comment(Zhou, "要，店长每天看的都是同一组。"),
            Say(
                Lin,
                "加班提示的口径：以门店所在地的规则为准，不以总部为准。ENG-15 按这个做。",
            ),
        ],
    ),
    (
        Room::Dev,
        &[
            Say(
                Chen,
                "时区的问题定位了（ENG-6）。我们存的是偏移量，夏令时一变就错：\n\n```rust\n// 之前\nlet start = local.to_offset(store.utc_offset);\n// 现在\nlet start = local.in_tz(&store.time_zone)?;\n```\n\n伦敦门店已经在测试环境上验证。",
            ),
            React("👀", &[He, Daniel]),
            React("🚀", &[Yutong]),
            Reply(He, "切换前后各一天的用例都过了，纽约和悉尼我也顺手加上了。"),
            Reply(
                Daniel,
                "Nice. The app still caches the offset for offline use, I will switch it to the zone name in ENG-7.",
            ),
            Say(
                Daniel,
                "Heads-up: Android builds now need JDK 21. `./gradlew doctor` tells you what is missing.",
            ),
            React("🫡", &[He, Yutong]),
            Say(
                He,
                "@Daniel Okafor Please fix the wrong badge count after a swap is declined, by Friday. It stays at 1 until the app is restarted.",
            ),
            Task(He, &["in_progress"]),
            Comment(
                Daniel,
                "Found it: the decline path never clears the local counter. Fix is up, needs a second pair of eyes.",
            ),
            Say(
                Yutong,
                "班表格子换成虚拟滚动之后，200 人 × 31 天从 1.8 秒降到 0.2 秒。代码在 `roster/grid`，欢迎挑毛病。",
            ),
            React("🔥", &[Chen, Emma, Daniel]),
            Edit(
                "班表格子换成虚拟滚动之后，200 人 × 31 天首屏从 1.8 秒降到 0.2 秒。代码在 `roster/grid`，欢迎挑毛病。",
            ),
            Reply(Emma, "It feels instant on the store tablet. Lovely work."),
            Reply(Chen, "滚动时表头会闪一下，Safari 上能看到。"),
            Reply(
                Yutong,
                "看到了，`position: sticky` 和 transform 打架，今天修。",
            ),
            Say(
                Chen,
                "审计日志的表加了月分区，查询走 `store_id, at` 索引。ENG-18 可以测了 @何静",
            ),
            Reply(He, "收到，先测改班和删班，再测批量发布。"),
        ],
    ),
    (
        Room::Launch,
        &[
            Say(
                Zhao,
                "发布节奏：\n\n1. 内测门店先用一周\n2. 官网和应用商店同一天更新\n3. 下午直播，晚上发公众号\n\n物料进度都看 LAUNCH 的看板。",
            ),
            React("👍", &[Lin, Emma, Zhou]),
            Say(
                Sofia,
                "Singapore side: the press list is nearly done. Do we have one sentence in English that says what 2.0 is?",
            ),
            Reply(Emma, "“Swap shifts in two taps; managers just say yes.”"),
            React("❤️", &[Sofia, Lin]),
            Reply(Zhao, "中文就用「换班，不用再打电话」，两边意思对得上。"),
            Say(
                Zhao,
                "@Emma Clarke 麻烦明天下午三点前出一版直播封面，横竖各一张。",
            ),
            React("👌", &[Emma]),
            Task(Zhao, &["doing"]),
            Comment(
                Emma,
                "Two directions in progress: one with the roster grid, one with people. I lean towards people.",
            ),
            Comment(Zhao, "选有人的，门店的人看得懂。"),
            Say(
                Sofia,
                "We need to translate the five most-read help articles into English by next Monday. I will take them.",
            ),
            Task(Lin, &[]),
            Say(
                Zhou,
                "内测门店反馈很好，最常说的一句是「终于不用在群里接龙了」。",
            ),
            React("🥹", &[Lin, Zhao, Yutong]),
            Reply(Zhao, "这句可以放进案例吗？"),
            Reply(Zhou, "我去问店长，点头了再用。"),
        ],
    ),
    (
        Room::Support,
        &[
            Say(
                Zhou,
                "静安寺店：iPad 上长按班次弹不出菜单，要点两次。iPadOS 最新版，能稳定复现。",
            ),
            Task(Zhou, &["in_progress", "in_review"]),
            Comment(He, "复现了，长按被滚动手势抢走了。手机上没有这个问题。"),
            Say(
                Sofia,
                "A manager in Stockholm asks why public holidays show in Chinese. Their language is set to English.",
            ),
            Reply(Chen, "节假日名称没走多语言，小问题。"),
            Task(Chen, &["in_progress", "done"]),
            Say(
                Zhou,
                "支持按周复制班表，自动跳过节假日。有两家店在问，先记下来，不急。",
            ),
            Task(Lin, &["backlog"]),
            Say(
                He,
                "紧急：徐家汇店反馈导出的工时合计少算了夜班，请 @陈默 今天下班前看一下。",
            ),
            React("👀", &[Chen, Zhou]),
            Task(He, &["in_progress", "in_review", "done"]),
            Comment(
                Chen,
                "跨零点的班次被截断在 24:00。已修，历史数据不受影响，重新导出即可。",
            ),
            Comment(Zhou, "店长确认数字对了，谢谢！"),
            Reply(Zhou, "修得真快，已经跟门店说了。"),
        ],
    ),
    (
        Room::Design,
        &[
            Say(
                Emma,
                "New icons for swap, cover and overtime are in the library. 20 px, same stroke as the rest.",
            ),
            React("✨", &[Lin, Yutong]),
            Say(
                Yutong,
                "深色模式下「待审批」的黄色对比度只有 3.1，建议用 `amber-300` 配深底。",
            ),
            Reply(
                Emma,
                "Agreed, 3.1 is not enough. Please take it, and check the chips too.",
            ),
            Task(Yutong, &["in_progress", "done"]),
            Say(
                Daniel,
                "Long names break the card on small phones, e.g. “Wilhelmina van der Berg”. Truncate in the middle or wrap?",
            ),
            Reply(
                Emma,
                "Wrap to two lines, then truncate at the end. Names are people, not file paths.",
            ),
            React("💯", &[Daniel, Lin]),
        ],
    ),
    (
        Room::Hiring,
        &[
            Say(
                Emma,
                "The product designer we met on the second round accepted. Starts in three weeks.",
            ),
            React("🎉", &[Lin, Chen]),
            Say(Lin, "后端岗位还差一位，@陈默 推荐的那位本周安排技术面？"),
            Reply(Chen, "约好了，题目用真实的班表冲突检测，不考算法题。"),
        ],
    ),
    (
        Room::Pilot,
        &[
            Say(
                Sofia,
                "Welcome @Marcus Tan! This channel is for the pilot: questions, oddities, anything that gets in your way.",
            ),
            Say(
                Marcus,
                "Thanks Sofia. First three outlets are on. Staff found the swap button by themselves, which never happens.",
            ),
            React("🙌", &[Sofia, Lin]),
            Say(
                Marcus,
                "One question: can a shift leader approve swaps when the manager is off?",
            ),
            Reply(Lin, "Yes: a manager can name a deputy in the settings."),
            Edit(
                "Yes: a manager can name a deputy in the outlet's settings. It takes effect at once.",
            ),
            React("👍", &[Marcus]),
        ],
    ),
    (
        Room::LinChen,
        &[
            Say(Lin, "ENG-1 的进度怎么样？下周要给 Kopi 演示。"),
            Say(
                Chen,
                "接口完了，审批页面在评审，推送还差 Daniel 那边联调。演示没问题。",
            ),
            Say(Lin, "好，演示前我们自己先走一遍。"),
            React("👌", &[Chen]),
        ],
    ),
    (
        Room::LinEmma,
        &[
            Say(
                Emma,
                "Could you look at the wording in ENG-15 before I hand it over?",
            ),
            Say(Lin, "Looks good. 中文我改了两处，把“请注意”去掉了。"),
        ],
    ),
    (
        Room::Progress,
        &[Say(
            Lin,
            "这个频道跟随 ENG：任务有变化，卡片就地更新，不用再写周报。",
        )],
    ),
];

/// What the owner finds new.
pub const UNREAD: &[Scene] = &[
    (
        Room::Product,
        &[
            Say(
                Zhou,
                "大店店长提了一个很实际的问题：换班通过之后，打印出来贴在后厨的班表怎么办？",
            ),
            React("🤔", &[Emma, Yutong]),
            Say(
                Emma,
                "A QR code on the printed roster that opens today's version? Cheap to build, and honest about being out of date.",
            ),
            Say(Yutong, "这个主意好。@林晓 你看要不要放进 2.0？"),
        ],
    ),
    (
        Room::Launch,
        &[
            Say(
                Emma,
                "Homepage is ready for review, all copy in both languages: LAUNCH-3",
            ),
            Say(Zhao, "@林晓 请周五前确认官网首页，确认完就排上线。"),
            React("👀", &[Sofia]),
        ],
    ),
    (
        Room::LinChen,
        &[Say(
            Chen,
            "推送联调通了，我录了一段 20 秒的视频，等会儿发到 #dev。",
        )],
    ),
    (
        Room::Support,
        &[
            Say(
                Zhou,
                "门店建议：换班被拒绝时，希望能看到原因。已经有三家店提过。",
            ),
            Say(Sofia, "Same request from two cafés in Stockholm."),
        ],
    ),
];
