import { beforeAll, describe, expect, it } from 'vitest'
import { fold, rankBy, scoreText, scoreTexts } from './match'
import { loadPinyin, syllablesOf } from './pinyin'

beforeAll(loadPinyin)

describe('pinyin', () => {
  it('knows every sound of a character and keeps other signs', () => {
    expect(syllablesOf('重庆 2')).toEqual([
      expect.arrayContaining(['zhong', 'chong']),
      ['qing'],
      ['2'],
    ])
    expect(syllablesOf('launch')).toBeNull()
  })

  it('finds names by full pinyin, initials, and both mixed', () => {
    for (const query of [
      'zhangsan',
      'zs',
      'zhangs',
      'zsan',
      'zhang san',
      "zhang'san",
      '张三',
      '三',
    ])
      expect(scoreText('张三', query), query).toBeGreaterThan(0)
    for (const query of ['zhangsi', 'sz', 'zx', 'zhangsanf'])
      expect(scoreText('张三', query), query).toBe(0)
  })

  it('finds a place inside longer Chinese text, after its start', () => {
    expect(scoreText('首页改版上线', 'gaiban')).toBeGreaterThan(0)
    expect(scoreText('首页改版上线', 'sygb')).toBeGreaterThan(scoreText('首页改版上线', 'gb'))
  })

  it('tries every way to divide what was typed', () => {
    expect(scoreText('西安', 'xian')).toBeGreaterThan(0)
    expect(scoreText('先', 'xian')).toBeGreaterThan(0)
    expect(scoreText('绿色', 'lvse')).toBeGreaterThan(0)
  })
})

describe('scoreText', () => {
  it('orders whole, prefix, word, inside, initials', () => {
    const scores = ['launch', 'launch plan', 'the launch', 'relaunch', 'late autumn night'].map(
      (text) => scoreText(text, text === 'late autumn night' ? 'lan' : 'launch'),
    )
    expect([...scores].sort((a, b) => b - a)).toEqual(scores)
    expect(Math.min(...scores)).toBeGreaterThan(0)
  })

  it('takes traditional and simplified characters for the same', () => {
    expect(scoreText('討論', fold('讨论'))).toBe(scoreText('讨论', fold('討論')))
    expect(scoreText('討論', fold('讨论'))).toBeGreaterThan(0)
    expect(scoreText('專案討論區', fold('讨论'))).toBeGreaterThan(0)
    expect(scoreText('張偉', 'zhangwei')).toBeGreaterThan(0)
  })

  it('takes full-width letters for what they are', () => {
    expect(scoreText('ENG-42', fold('ＥＮＧ－42'))).toBeGreaterThan(0)
  })

  it('does not match what is not there', () => {
    expect(scoreText('launch', 'xyz')).toBe(0)
    expect(scoreText('', 'a')).toBe(0)
  })
})

describe('rankBy', () => {
  it('needs every word of the query, in any of the texts', () => {
    expect(scoreTexts(['Li Lei', 'design'], 'li des')).toBeGreaterThan(0)
    expect(scoreTexts(['Li Lei', 'design'], 'li sales')).toBe(0)
  })

  it('keeps the given order for an empty query and among equals', () => {
    const names = ['b', 'a', 'c']
    expect(rankBy(names, '', (name) => [name])).toEqual(names)
  })

  it('lets a weight lift what was used lately, not what does not match', () => {
    const names = ['ann', 'anna', 'bob']
    const weight = (name: string) => (name === 'anna' || name === 'bob' ? 150 : 0)
    expect(rankBy(names, 'an', (name) => [name], weight)).toEqual(['anna', 'ann'])
  })
})
