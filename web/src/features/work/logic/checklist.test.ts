import { describe, expect, it } from 'vitest'
import { itemsOf } from './checklist'

describe('a pasted list', () => {
  it('becomes items, checked ones too', () => {
    const text = '- [ ] Read\n- [x] Write\n  * [X]  Check  twice\n1. Ship\n2) Tell\n\n收尾'
    expect(itemsOf(text)).toEqual([
      { text: 'Read' },
      { text: 'Write', done: true },
      { text: 'Check twice', done: true },
      { text: 'Ship' },
      { text: 'Tell' },
      { text: '收尾' },
    ])
  })

  it('leaves out headings and rules, keeps what only looks like a mark', () => {
    expect(itemsOf('## Steps\r\n---\r\n-5 degrees\r\n3.5 points')).toEqual([
      { text: '-5 degrees' },
      { text: '3.5 points' },
    ])
  })

  it('cuts what is too long', () => {
    expect(itemsOf('字'.repeat(300))[0]?.text).toHaveLength(250)
  })
})
