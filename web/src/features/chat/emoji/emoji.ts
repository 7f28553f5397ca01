// The emoji that people use at work, with English short names and Chinese words to find them by.
// A chunk of its own: loaded when somebody types `:` or opens the picker. Any other emoji can be
// typed with the system's own panel.

import { fold, scoreText } from '../../palette/match'

export interface Emoji {
  emoji: string
  /** Short names, the usual one first: `tada`. */
  names: string[]
  /** Chinese words. */
  words: string[]
  group: EmojiGroup
}

export type EmojiGroup =
  | 'custom'
  | 'faces'
  | 'hands'
  | 'hearts'
  | 'work'
  | 'nature'
  | 'food'
  | 'signs'

// One a line: emoji, short names, Chinese words.
const FACES = `
😀 grinning|笑
😄 smile happy|微笑 开心
😁 grin beam|咧嘴笑
😆 laughing|大笑
😅 sweat_smile|苦笑 汗
🤣 rofl|笑翻 笑死
😂 joy lol|笑哭
🙂 slight_smile|微笑
🙃 upside_down|倒脸 无语
😉 wink|眨眼
😊 blush|害羞 开心
😇 innocent angel|天使
🥰 smiling_hearts|喜爱
😍 heart_eyes|花痴 喜欢
🤩 star_struck|崇拜 惊艳
😘 kiss|亲亲
😋 yum|好吃
😛 tongue|吐舌
😜 zany|调皮
🤪 crazy|疯
🤗 hug hugging|拥抱
🤭 giggle|偷笑
🤫 shush quiet|嘘 安静
🤔 thinking hmm|思考 想
🫡 salute|敬礼 收到
🤐 zip|闭嘴
🤨 raised_eyebrow|怀疑
😐 neutral|无语 面无表情
😑 expressionless|无语
😶 no_mouth|沉默
😏 smirk|得意
😒 unamused|不满
🙄 eye_roll|白眼
😬 grimace|尴尬
😮‍💨 exhale|叹气 松口气
😌 relieved|放心
😔 pensive|失落
😪 sleepy|困
😴 sleeping zzz|睡觉
😷 mask|口罩 生病
🤒 sick|发烧 生病
🤕 hurt|受伤
🤢 nauseated|恶心
🤮 vomit|吐
🤯 mind_blown exploding|震惊 炸
🥳 party partying|庆祝
😎 cool sunglasses|酷 墨镜
🤓 nerd|书呆
🧐 monocle|细看
😕 confused|困惑
😟 worried|担心
🙁 frown|不开心
😮 open_mouth wow|惊讶
😲 astonished|震惊
😳 flushed|脸红
🥺 pleading|求求 可怜
😢 cry sad|哭 难过
😭 sob|大哭
😱 scream|尖叫 害怕
😣 persevere|坚持
😓 sweat|汗
😩 weary|累
😫 tired|累
🥱 yawn|哈欠
😤 huff|生气 哼
😡 angry rage|愤怒 生气
🤬 swearing|骂人
😈 devil|坏笑
💀 skull|死
💩 poop|便便
🤡 clown|小丑
👻 ghost|鬼
👽 alien|外星人
🤖 robot bot|机器人
🐶 dog|狗
🐱 cat|猫
`
const HANDS = `
👍 +1 thumbsup like|赞 好 同意
👎 -1 thumbsdown|踩 反对
👌 ok_hand ok|好的 可以
✌️ victory|胜利 耶
🤞 fingers_crossed|祈祷 好运
🤝 handshake deal|握手 合作
👏 clap|鼓掌
🙌 raised_hands|欢呼
🙏 pray thanks please|谢谢 拜托 感谢
💪 muscle strong|加油 强
👋 wave hi bye|你好 再见 挥手
✋ hand|举手 停
🖐️ fingers|五指
👊 fist punch|拳头 加油
✊ raised_fist|拳头
🫶 heart_hands|比心
👉 point_right|右
👈 point_left|左
👆 point_up|上 顶
👇 point_down|下
☝️ one_up|第一
✍️ writing|写
🤷 shrug|耸肩 不知道
🤦 facepalm|捂脸
🙋 raising_hand me|举手 我
🙇 bow|鞠躬 抱歉
🧑‍💻 technologist coder|程序员
👀 eyes look|看看 围观
🧠 brain|大脑
👶 baby|宝宝
🏃 run|跑
💃 dance|跳舞
`
const HEARTS = `
❤️ heart love|爱心 喜欢
🧡 orange_heart|橙心
💛 yellow_heart|黄心
💚 green_heart|绿心
💙 blue_heart|蓝心
💜 purple_heart|紫心
🖤 black_heart|黑心
💔 broken_heart|心碎
💯 100 hundred|满分 一百
💥 boom|爆炸
💫 dizzy|晕
✨ sparkles|闪亮
⭐ star|星
🌟 glowing_star|星
🔥 fire lit|火 厉害
🎉 tada|庆祝 撒花
🎊 confetti|庆祝
🎈 balloon|气球
🎂 birthday cake|生日 蛋糕
🎁 gift|礼物
🏆 trophy|奖杯 冠军
🥇 gold first_place|金牌 第一
🥈 silver|银牌
🥉 bronze|铜牌
🎯 dart target bullseye|目标 命中
🧧 red_envelope|红包
🏮 lantern|灯笼
🧨 firecracker|鞭炮
`
const WORK = `
✅ check done white_check_mark|完成 好了 已办
☑️ ballot_check|勾选
✔️ heavy_check|对
❌ x no cross|错 不行
❗ exclamation|注意
❓ question|问题 疑问
⚠️ warning|警告 注意
🚨 alert rotating_light|紧急 警报
🚧 construction wip|施工 进行中
⛔ no_entry|禁止
🛑 stop_sign|停
🔴 red|红
🟠 orange|橙
🟡 yellow|黄
🟢 green|绿
🔵 blue|蓝
⚪ white|白
⚫ black|黑
🚀 rocket ship launch|上线 发布 火箭
🐛 bug|缺陷 虫
🔧 wrench fix|修复 扳手
🔨 hammer build|锤子
🛠️ tools|工具
⚙️ gear settings|设置 齿轮
🔩 bolt|螺丝
🧪 test_tube test|测试 试验
🔬 microscope|显微镜 研究
📌 pin pushpin|置顶 图钉
📍 location|位置
📎 paperclip|附件
🔗 link|链接
📝 memo note|记录 备忘
📄 page|文档
📁 folder|文件夹
🗂️ files|文件
📊 chart bar_chart|图表
📈 up trend_up|上涨 增长
📉 down trend_down|下降
📅 calendar date|日历
🗓️ schedule|日程
⏰ alarm|闹钟
⏳ hourglass|等待 沙漏
⌛ time_up|时间到
🕐 clock|时间
📣 megaphone announce|公告 喇叭
📢 loudspeaker|公告
🔔 bell|提醒 铃
🔕 no_bell mute|静音
💬 speech comment|评论 聊天
💭 thought|想法
💡 bulb idea|主意 灯泡
🔍 mag search|搜索
🔒 lock|锁
🔓 unlock|解锁
🔑 key|钥匙
🗑️ trash|删除 垃圾桶
📦 package|包 发货
🚚 truck delivery|送货 物流
🏭 factory|工厂
🏢 office|公司 办公室
🏠 home|家
🏥 hospital|医院
💻 laptop computer|电脑
🖥️ desktop|电脑
📱 phone mobile|手机
☎️ telephone call|电话
📧 email mail|邮件
📷 camera|相机
🎬 film|视频
🎧 headphones|耳机
🎤 mic|麦克风
🎵 music|音乐
💾 save floppy|保存
🖨️ printer|打印
🔋 battery|电池
🔌 plug|插头
💰 money|钱
💸 spend|花钱
🧾 receipt|收据 发票
💳 card|卡
🏦 bank|银行
🎓 graduate|毕业
📚 books|书
✏️ pencil edit|编辑 铅笔
✂️ scissors cut|剪
➕ plus add|加
➖ minus|减
🔄 refresh sync|刷新 同步
🔁 repeat|重复
🔀 shuffle merge|合并
⏩ fast_forward|快进
⏸️ pause|暂停
▶️ play|播放
⏹️ stop|停止
🔜 soon|马上 即将
🆕 new|新
🆗 ok_button|好
🆘 sos help|求助
🔟 ten|十
1️⃣ one|一
2️⃣ two|二
3️⃣ three|三
4️⃣ four|四
5️⃣ five|五
`
const NATURE = `
☀️ sun|太阳 晴
🌤️ partly_sunny|多云
☁️ cloud|云
🌧️ rain|雨
⛈️ storm|暴雨
❄️ snow|雪
🌈 rainbow|彩虹
🌊 ocean|海 浪
⚡ zap lightning|闪电 快
🌙 moon|月亮
🌍 earth globe|地球
🌱 seedling|发芽
🌳 tree|树
🌸 blossom|花 樱花
🌹 rose|玫瑰 花
🌻 sunflower|向日葵
🍀 clover luck|好运
🐼 panda|熊猫
🐯 tiger|虎
🐉 dragon|龙
🐴 horse|马
🐮 cow|牛
🐷 pig|猪
🐔 chicken|鸡
🦆 duck|鸭
🐢 turtle slow|乌龟 慢
🐍 snake|蛇
🐟 fish|鱼
🐙 octopus|章鱼
🦄 unicorn|独角兽
🦀 crab|螃蟹
🐌 snail|蜗牛 慢
🐳 whale|鲸鱼
✈️ plane flight|飞机 出差
🚄 train|高铁
🚗 car|车
🚲 bike|自行车
🏖️ beach holiday|休假 海滩
⛰️ mountain|山
🗺️ map|地图
`
const FOOD = `
☕ coffee|咖啡
🍵 tea|茶
🧋 bubble_tea|奶茶
🍺 beer|啤酒
🍻 cheers|干杯
🍷 wine|红酒
🥂 toast|干杯
🍜 noodles ramen|面
🍚 rice|米饭
🥟 dumpling|饺子
🍲 hotpot|火锅
🥘 pot|锅
🍕 pizza|披萨
🍔 burger|汉堡
🍟 fries|薯条
🥗 salad|沙拉
🍱 bento lunch|便当 午饭
🍎 apple|苹果
🍉 watermelon|西瓜 吃瓜
🍌 banana|香蕉
🍋 lemon|柠檬
🍓 strawberry|草莓
🍰 cake_slice|蛋糕
🍪 cookie|饼干
🍿 popcorn|爆米花 看戏
🍫 chocolate|巧克力
🥮 mooncake|月饼
`
const SIGNS = `
🏁 finish checkered|终点 完成
🚩 flag|旗 标记
🎌 flags|旗
🏳️ white_flag|投降
⬆️ arrow_up|上
⬇️ arrow_down|下
➡️ arrow_right|右
⬅️ arrow_left|左
↩️ reply return|返回
🔝 top|顶
♻️ recycle|回收
🎮 game|游戏
⚽ soccer|足球
🏀 basketball|篮球
🏓 ping_pong|乒乓球
🏸 badminton|羽毛球
🎲 dice|骰子
🧩 puzzle|拼图
🪵 wood|木头
🪚 saw|锯
🧱 brick|砖
`

/** Everything, in the order of the picker. */
export const EMOJI: readonly Emoji[] = [
  ...read('hands', HANDS),
  ...read('faces', FACES),
  ...read('hearts', HEARTS),
  ...read('work', WORK),
  ...read('nature', NATURE),
  ...read('food', FOOD),
  ...read('signs', SIGNS),
]

function read(group: EmojiGroup, lines: string): Emoji[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [left = '', words = ''] = line.split('|')
      const [emoji = '', ...names] = left.split(' ')
      return { emoji, names, words: words.split(' '), group }
    })
}

/** Those of the workspace as those that everybody has, by name; written `:name:`. */
export function customEmoji(byName: ReadonlyMap<string, Custom>): Emoji[] {
  const all = [...new Set(byName.values())]
  all.sort((one, other) => one.name.localeCompare(other.name))
  return all.map(({ name, aliases }) => ({
    emoji: `:${name}:`,
    names: [name, ...(aliases ?? [])],
    words: [],
    group: 'custom',
  }))
}

interface Custom {
  name: string
  aliases?: readonly string[] | undefined
}

/** The matching emoji, best first. Names count as typed with or without `_`. */
export function searchEmoji(query: string, limit: number, custom: readonly Emoji[] = []): Emoji[] {
  const wanted = fold(query)
  if (wanted === '') return EMOJI.slice(0, limit)
  const found: { emoji: Emoji; score: number }[] = []
  for (const emoji of [...custom, ...EMOJI]) {
    let score = 0
    for (const name of emoji.names) {
      score = Math.max(score, scoreText(name, wanted), scoreText(name.replaceAll('_', ' '), wanted))
    }
    for (const word of emoji.words) score = Math.max(score, scoreText(word, wanted))
    if (score > 0) found.push({ emoji, score })
  }
  found.sort((one, other) => other.score - one.score)
  return found.slice(0, limit).map(({ emoji }) => emoji)
}

/** `:tada:` -> 🎉, for somebody who types the whole short name. */
export function emojiNamed(name: string): string | null {
  return EMOJI.find(({ names }) => names.includes(name))?.emoji ?? null
}
