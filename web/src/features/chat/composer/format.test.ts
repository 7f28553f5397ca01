import { describe, expect, it } from 'vitest'
import {
  byteLength,
  complete,
  type Edit,
  format,
  formatOf,
  makeLink,
  pasteAddress,
  toggleMark,
} from './format'

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

describe('lines', () => {
  const change = (kind: 'list' | 'numbers' | 'tasks' | 'quote', text: string, from = 0) =>
    show(text, format(kind, text, from, text.length))

  it('become a list of one kind, or of another', () => {
    expect(change('numbers', 'one\ntwo\n\nthree')).toBe('[1. one\n2. two\n\n3. three]')
    expect(change('list', '1. one\n  2. two')).toBe('[- one\n  - two]')
    expect(change('tasks', '- one\ntwo')).toBe('[- [ ] one\n- [ ] two]')
    expect(change('quote', '- one\n\ntwo')).toBe('[> - one\n> \n> two]')
  })

  it('become words again where all of them are of the kind', () => {
    expect(change('list', '- one\n- two')).toBe('[one\ntwo]')
    expect(change('list', '- [ ] one\n- two')).toBe('[- one\n- two]')
    expect(change('quote', '> one\n> two')).toBe('[one\ntwo]')
  })

  it('are those that the selection touches', () => {
    expect(show('a\nb\nc', format('list', 'a\nb\nc', 2, 4))).toBe('a\n[- b]\nc')
    expect(show('a\nb', format('list', 'a\nb', 3, 3))).toBe('a\n- b[]')
    expect(show('', format('tasks', '', 0, 0))).toBe('- [ ] []')
  })
})

describe('blocks of code', () => {
  it('stand on lines of their own', () => {
    expect(show('run x now', format('fence', 'run x now', 4, 5))).toBe('run \n```\n[x]\n```\n now')
    expect(show('```', format('fence', '```', 0, 3))).toBe('````\n[```]\n````')
  })

  it('are undone', () => {
    expect(show('```ts\nx\n```', format('fence', '```ts\nx\n```', 6, 7))).toBe('[x]')
  })
})

describe('keys', () => {
  const press = (key: string, code: string, held: object) =>
    formatOf({ key, code, shiftKey: false, altKey: false, ctrlKey: false, metaKey: false, ...held })

  it('are the same on every keyboard', () => {
    expect(press('b', 'KeyB', { metaKey: true })).toBe('bold')
    expect(press('&', 'Digit7', { ctrlKey: true, shiftKey: true })).toBe('numbers')
    expect(press('X', 'KeyX', { ctrlKey: true, shiftKey: true })).toBe('strike')
  })

  it('mean something else alone, or with others', () => {
    expect(press('b', 'KeyB', {})).toBe(null)
    expect(press('b', 'KeyB', { ctrlKey: true, altKey: true })).toBe(null)
    expect(press('x', 'KeyX', { ctrlKey: true })).toBe(null)
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
