import { describe, expect, it } from 'vitest'
import { byteLength, complete, type Edit, makeLink, pasteAddress, toggleMark } from './format'

/** The text after an edit, with the selection in brackets. */
function show(text: string, edit: Edit): string {
  const after = text.slice(0, edit.start) + edit.text + text.slice(edit.end)
  return `${after.slice(0, edit.from)}[${after.slice(edit.from, edit.to)}]${after.slice(edit.to)}`
}

describe('toggleMark', () => {
  it('puts marks around the words, not around the spaces', () => {
    expect(show('a word b', toggleMark('a word b', 1, 7, '**'))).toBe('a **[word]** b')
    expect(show('a  b', toggleMark('a  b', 2, 2, '**'))).toBe('a **[]** b')
  })

  it('takes them away again', () => {
    expect(show('a **word** b', toggleMark('a **word** b', 4, 8, '**'))).toBe('a [word] b')
    expect(show('*word*', toggleMark('*word*', 1, 5, '*'))).toBe('[word]')
  })

  it('does not take bold for italic', () => {
    expect(show('**word**', toggleMark('**word**', 2, 6, '*'))).toBe('***[word]***')
  })
})

describe('links', () => {
  it('asks for what is missing', () => {
    expect(show('see plan', makeLink('see plan', 4, 8))).toBe('see [plan]([])')
    expect(show('https://a.example', makeLink('https://a.example', 0, 17))).toBe(
      '[[]](https://a.example)',
    )
  })

  it('takes a pasted address over selected words only', () => {
    const edit = pasteAddress('see plan', 4, 8, 'https://a.example ')
    expect(edit && show('see plan', edit)).toBe('see [plan](https://a.example)[]')
    expect(pasteAddress('see plan', 4, 4, 'https://a.example')).toBeNull()
    expect(pasteAddress('see plan', 4, 8, 'two words')).toBeNull()
  })
})

describe('complete', () => {
  it('adds one space, and none before punctuation', () => {
    expect(show('请@zs', complete('请@zs', 1, 4, '@张三'))).toBe('请@张三 []')
    expect(show('@zs，好', complete('@zs，好', 0, 3, '@张三'))).toBe('@张三[]，好')
    expect(show('@zs ok', complete('@zs ok', 0, 3, '@张三'))).toBe('@张三[] ok')
  })
})

it('counts bytes as the server does', () => {
  expect(byteLength('a榫🎉')).toBe(1 + 3 + 4)
})
