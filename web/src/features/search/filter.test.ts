import { describe, expect, it } from 'vitest'
import { begin, begunBy, canonical, complete, FILTERS, nameOf, quoted, typingOf } from './filter'

describe('the filter that one types', () => {
  it('is found at the end of the text', () => {
    expect(typingOf('plan from:li')).toEqual({ filter: 'from', value: 'li', start: 5 })
    expect(typingOf('plan 来自：张')).toEqual({ filter: 'from', value: '张', start: 5 })
    expect(typingOf('in:"release pl')).toEqual({ filter: 'in', value: 'release pl', start: 0 })
    expect(typingOf('from:li ')).toEqual({ filter: undefined, value: '', start: 8 })
    expect(typingOf('https://a')).toEqual({ filter: undefined, value: 'https://a', start: 0 })
  })

  it('is completed in its place', () => {
    const typing = typingOf('plan from:zs')
    expect(complete('plan from:zs', typing, 'from', '@zhangsan')).toBe('plan from:@zhangsan ')
    expect(begin('plan fr', typingOf('plan fr'), 'from')).toBe('plan from:')
  })

  it('is begun in either language', () => {
    expect(begunBy('f')).toEqual(['from'])
    expect(begunBy('位')).toEqual(['in'])
    expect(begunBy('日期')).toEqual(['on'])
    expect(begunBy('')).toHaveLength(7)
    expect(begunBy('上')).toEqual([])
  })

  it('has a name in both languages, which is read again', () => {
    for (const name of FILTERS) {
      const chinese = nameOf(name, 'zh-CN')
      expect(chinese).toMatch(/^\p{Script=Han}+$/u)
      expect(typingOf(`${chinese}:x`).filter).toBe(name)
      expect(nameOf(name, 'en')).toBe(name)
    }
  })

  it('is also known by what people say, of which the server hears its own word', () => {
    expect(typingOf('在：产').filter).toBe('in')
    expect(begunBy('在')).toEqual(['in'])
    expect(canonical('在：产品 上线')).toBe('位于：产品 上线')
    expect(canonical('上线 在:"发布 计划"')).toBe('上线 位于:"发布 计划"')
    expect(canonical('现在:好 "说 在:家" 在 家')).toBe('现在:好 "说 在:家" 在 家')
  })

  it('is quoted where it has spaces', () => {
    expect(quoted('#general')).toBe('#general')
    expect(quoted('release plan')).toBe('"release plan"')
  })
})
