// A channel with one message of each kind, for the pictures. Made by REST, as whoever looks.

import { randomUUID } from 'node:crypto'
import { api } from './scene.mjs'

const TEXTS = [
  '# 本周计划\n\n**三件事**，_按顺序_来，~~不着急~~：\n\n1. 班表\n2. 导出 `roster.csv`\n   - 按门店\n   - 按岗位',
  [
    '> 上次说的是周五。\n> 现在改到周四。\n\n- [x] 通知门店\n- [ ] 更新帮助文档\n',
    'https://example.com/a/very/long/address/that/does/not/end/for/quite/some/time?and=more&of=it',
  ].join('\n'),
  [
    '| 门店 | 人数 | 状态 | 备注 |',
    '| --- | ---: | :---: | --- |',
    '| 徐家汇 | 12 | 正常 | 周三盘点 |',
    '| 陆家嘴 | 8 | 缺人 | A part-timer starts on Monday |',
    '| Tampines | 21 | OK | 新加坡 |',
  ].join('\n'),
  [
    '```rust',
    'fn main() {',
    '    let rows = load("roster.csv").expect("the file is there");',
    '    println!("{} rows, in a line that has to be scrolled sideways", rows.len());',
    '}',
    '```',
  ].join('\n'),
  '🎉🎉',
  `${'这条消息很长，要折起来才好看。A long message that folds. '.repeat(4)}\n\n`.repeat(14),
]

/** The channel's id; made once for each server. */
export async function kinds(page) {
  const { get, command, upload } = await api(page)
  const { items } = await get('/channels')
  const found = items.find(({ name }) => name === '样例')
  if (found) return found.id
  const channel = randomUUID()
  const people = (await get('/members')).items.filter(({ role }) => role !== 'guest')
  const me = await get('/me')
  const others = people.map(({ id }) => id).filter((id) => id !== me.member.id)
  const topic = '每一种消息各一条 · One of each kind'
  await command({ type: 'create_channel', id: channel, name: '样例', kind: 'public', topic })
  for (const member of others.slice(0, 3))
    await command({ type: 'add_channel_member', channel, member })
  const say = async (text, more = {}) => {
    const id = randomUUID()
    await command({ type: 'post_message', id, channel, text, ...more })
    return id
  }
  const [long] = TEXTS.slice(-1)
  await say(long)
  const first = await say(TEXTS[0])
  for (const text of TEXTS.slice(1, -1)) await say(text)
  await command({ type: 'pin_message', message: first })
  for (const emoji of ['👍', '🎉', '👀'])
    await command({ type: 'add_reaction', message: first, emoji })
  await command({ type: 'save_message', message: first })
  const edited = await say('班表明天上午发')
  await command({
    type: 'edit_message',
    message: edited,
    text: '班表**今天下午**发，@all 请留意。见 ENG-6 和 #dev',
  })
  const gone = await say('删掉的一条')
  await command({
    type: 'post_message',
    id: randomUUID(),
    channel,
    text: '删之前的回复',
    thread: gone,
  })
  await command({ type: 'delete_message', message: gone })
  await say('看这一条', { quote: first })
  for (const text of ['收到', 'OK, on it.']) await say(text, { thread: first })
  await say('请今天内确认', { acknowledgement: 'members' })
  const options = ['云南', '桂林，两天一夜，周五晚上出发', 'Hangzhou']
  await say('团建去哪里？', { poll: { options, multiple: true, extensible: true } })
  const files = []
  const png = await page.screenshot()
  for (const name of ['首页.png', 'detail.png']) files.push(await upload(name, 'image/png', png))
  files.push(await upload('notes.md', 'text/markdown', Buffer.from('# 会议\n\n一切正常\n')))
  const name = '一个名字很长很长的文件-第二季度门店排班与考勤汇总-final-final-2.pdf'
  files.push(await upload(name, 'application/pdf', Buffer.from('%PDF-1.4\n')))
  await say('两张图，一份记录', { files })
  return channel
}
