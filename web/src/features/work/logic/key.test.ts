import { beforeAll, describe, expect, it } from 'vitest'
import { loadPinyin } from '../../palette/pinyin'
import { cleanKey, PROJECT_KEY, suggestKey } from './key'

beforeAll(loadPinyin)
const NONE = new Set<string>()

describe('suggestKey', () => {
  it('takes initials of words, or the beginning of one word', () => {
    expect(suggestKey('Mobile app', NONE)).toBe('MA')
    expect(suggestKey('Engineering', NONE)).toBe('ENG')
    expect(suggestKey('Café site', NONE)).toBe('CS')
  })

  it('takes pinyin initials of Chinese', () => {
    expect(suggestKey('市场推广', NONE)).toBe('SCTG')
    expect(suggestKey('春季新品发布会', NONE)).toBe('CJXPF')
  })

  it('avoids keys that are taken, and always gives one that is allowed', () => {
    expect(suggestKey('Engineering', new Set(['ENG']))).toBe('ENG2')
    expect(suggestKey('Engineering', new Set(['ENG', 'ENG2']))).toBe('ENG3')
    for (const name of ['2026 plan', 'a', '', '!!', '1', '项目2', 'Ops'])
      expect(suggestKey(name, NONE)).toMatch(new RegExp(`${PROJECT_KEY.source}|^$`))
  })
})

describe('cleanKey', () => {
  it('keeps what a key may hold', () => {
    expect(cleanKey('eng-２x')).toBe('ENG2X')
    expect(cleanKey('2ab')).toBe('AB')
    expect(cleanKey('abcdefghijklm')).toHaveLength(10)
  })
})
