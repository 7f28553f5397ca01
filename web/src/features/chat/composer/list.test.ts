import { describe, expect, it } from 'vitest'
import { continueList } from './list'

/** The text after a line break where `‸` stands, with the caret; null for a plain one. */
function broken(marked: string): string | null {
  const caret = marked.indexOf('‸')
  const text = marked.replace('‸', '')
  const edit = continueList(text, caret)
  if (!edit) return null
  const after = text.slice(0, edit.start) + edit.text + text.slice(edit.end)
  return `${after.slice(0, edit.from)}‸${after.slice(edit.to)}`
}

describe('a line break in a list', () => {
  it('begins the next item with the same mark', () => {
    expect(broken('- one‸')).toBe('- one\n- ‸')
    expect(broken('一\n  * 二‸')).toBe('一\n  * 二\n  * ‸')
    expect(broken('- one‸ two')).toBe('- one\n- ‸ two')
  })

  it('counts up, and gives an open box', () => {
    expect(broken('9. nine‸')).toBe('9. nine\n10. ‸')
    expect(broken('1) 一‸')).toBe('1) 一\n2) ‸')
    expect(broken('- [x] done‸')).toBe('- [x] done\n- [ ] ‸')
  })

  it('ends the list on an empty item', () => {
    expect(broken('- one\n- ‸')).toBe('- one\n‸')
    expect(broken('- [ ] ‸\nmore')).toBe('‸\nmore')
    expect(broken('2. ‸')).toBe('‸')
  })

  it('is plain elsewhere', () => {
    for (const text of ['one‸', '-‸', '-one‸', '‸- one', '-‸ one', '3.5‸', '```\n- one‸', '**a**‸'])
      expect(broken(text), text).toBeNull()
  })
})
