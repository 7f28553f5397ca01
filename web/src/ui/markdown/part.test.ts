import { describe, expect, it } from 'vitest'
import { bind, channelDirectory, directory, split } from './part'

const known = directory([
  { id: 'zs', name: '张三', handle: 'zhangsan' },
  { id: 'zsf', name: '张三丰', handle: 'zsf' },
  { id: 'li', name: 'Li', handle: 'li' },
  { id: 'liwei', name: 'Li Wei', handle: 'li.wei' },
])

const named = (text: string) =>
  split(text, known).flatMap((part) => (part.kind === 'mention' ? [part.id] : []))
const keys = (text: string) =>
  split(text, known).flatMap((part) => (part.kind === 'key' ? [part.text] : []))

describe('split', () => {
  it('finds people, also right behind Chinese and with a full-width mark', () => {
    expect(named('请@张三看下')).toEqual(['zs'])
    expect(named('请＠张三 看下')).toEqual(['zs'])
    expect(named('@zhangsan, @LI.WEI!')).toEqual(['zs', 'liwei'])
  })

  it('prefers the longest name', () => {
    expect(named('@张三丰')).toEqual(['zsf'])
    expect(named('@Li Wei says')).toEqual(['liwei'])
    expect(named('@Li went')).toEqual(['li'])
    expect(named('@li.')).toEqual(['li'])
  })

  it('leaves addresses and longer words alone', () => {
    expect(named('mail li@li.wei')).toEqual([])
    expect(named('@lists')).toEqual([])
    expect(named('@nobody')).toEqual([])
  })

  it('knows everyone', () => {
    expect(split('@channel hi', known)[0]).toEqual({ kind: 'everyone', text: '@channel' })
    expect(split('@all', known)[0]).toEqual({ kind: 'everyone', text: '@all' })
    expect(split('@allen', known)).toEqual([{ kind: 'text', text: '@allen' }])
  })

  it('finds keys in any company', () => {
    expect(keys('看ENG-42，还有 LAUNCH-7。')).toEqual(['ENG-42', 'LAUNCH-7'])
    expect(keys('(ENG-42)')).toEqual(['ENG-42'])
    expect(keys('ENG-42-fix, a/ENG-3')).toEqual(['ENG-42', 'ENG-3'])
    expect(keys('ENG-042 eng-42 A-1 XENG-1x ENG-1-2 CVE-2026-1234 V2-1.5')).toEqual([])
  })

  it('loses nothing', () => {
    for (const text of ['请@张三看ENG-42 @nobody @channel', '@@@', '@', 'ENG-']) {
      expect(
        split(text, known)
          .map((part) => part.text)
          .join(''),
      ).toBe(text)
    }
  })
})

describe('chips and the punctuation around them', () => {
  const bound = (text: string) =>
    bind(split(text, known)).map(({ part, before, after }) => [before, part.text, after])

  it('stay on one line', () => {
    expect(bound('定位了（ENG-6）。我们')).toEqual([
      ['', '定位了', ''],
      ['（', 'ENG-6', '）。'],
      ['', '我们', ''],
    ])
    expect(bound('see [ENG-6], ENG-7!')).toEqual([
      ['', 'see ', ''],
      ['[', 'ENG-6', '],'],
      ['', ' ', ''],
      ['', 'ENG-7', '!'],
      ['', '', ''],
    ])
  })

  it('leave every letter where it was', () => {
    for (const text of ['（ENG-6）（ENG-7）', 'ENG-6…ENG-7', '“ENG-6”，ENG-7 ENG-8。', '(ENG-6']) {
      expect(bound(text).flat().join('')).toBe(text)
    }
  })
})

it('names of emoji stand between colons', () => {
  const emoji = (text: string) =>
    split(text, directory([]))
      .filter(({ kind }) => kind === 'emoji')
      .map(({ text: found }) => found)
  expect(emoji('好 :party_cat: :猫:')).toEqual([':party_cat:', ':猫:'])
  expect(emoji(':a::b:')).toEqual([':a:', ':b:'])
  expect(emoji('at 10:30:45 or a:b:c')).toEqual([])
  expect(emoji('note:x :y:')).toEqual([':y:'])
  expect(emoji('::')).toEqual([])
})

describe('channels', () => {
  const channels = channelDirectory([
    { id: 'launch', name: 'launch' },
    { id: 'launch-cn', name: 'launch-cn' },
    { id: 'design', name: '设计' },
    { id: 'review', name: '设计评审' },
    { id: 'twin', name: 'Launch' },
  ])
  const found = (text: string) =>
    split(text, known, channels).flatMap((part) => (part.kind === 'channel' ? [part.id] : []))

  it('are found behind Chinese, with a full-width mark, in any case', () => {
    expect(found('见#launch，或 ＃设计')).toEqual(['launch', 'design'])
    expect(found('(#LAUNCH).')).toEqual(['launch'])
    expect(found('#设计里说过')).toEqual(['design'])
  })

  it('go by the longest name, and a Latin one ends where the word ends', () => {
    expect(found('#设计评审 #launch-cn')).toEqual(['review', 'launch-cn'])
    expect(found('#launches #launch-x')).toEqual([])
  })

  it('are none in addresses, and none that are not known', () => {
    expect(found('page#launch a/#launch ##launch &#launch C#launch #secret #')).toEqual([])
    expect(split('#launch', known)).toEqual([{ kind: 'text', text: '#launch' }])
  })

  it('stand beside everything else, and no letter is lost', () => {
    const parts = split('@张三 看#设计评审 ENG-4 :ok:', known, channels)
    expect(parts.map(({ kind }) => kind).filter((kind) => kind !== 'text')).toEqual([
      'mention',
      'channel',
      'key',
      'emoji',
    ])
    expect(parts.map(({ text }) => text).join('')).toBe('@张三 看#设计评审 ENG-4 :ok:')
  })
})
