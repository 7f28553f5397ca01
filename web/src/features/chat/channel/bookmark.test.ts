import { describe, expect, it } from 'vitest'
import { addressOf, pathOf, placeBeside, titleOf } from './bookmark'

const ORIGIN = 'https://tenon.example'

describe('an address that is typed', () => {
  it.each([
    ['https://figma.example/a?b#c', 'https://figma.example/a?b#c'],
    [' wiki.example ', 'https://wiki.example/'],
    ['wiki.example:8080/页', 'https://wiki.example:8080/%E9%A1%B5'],
    ['localhost:3000', 'https://localhost:3000/'],
    ['eng-42', 'https://tenon.example/t/ENG-42'],
  ])('%s is kept as %s', (typed, kept) => {
    expect(addressOf(typed, ORIGIN)).toBe(kept)
  })

  it.each([
    '',
    'two words',
    'javascript:alert(1)',
    'data:text/html,x',
    'word',
    'https://me@x.example',
  ])('%s is none', (typed) => {
    expect(addressOf(typed, ORIGIN)).toBeNull()
  })
})

it('calls a task by its key, and leaves other names to the server', () => {
  expect(titleOf('https://tenon.example/t/eng-42?x', ORIGIN)).toBe('ENG-42')
  expect(titleOf('https://other.example/t/ENG-42', ORIGIN)).toBe('')
})

it('opens within the page what lies here, and nothing else', () => {
  expect(pathOf('https://tenon.example/t/ENG-42?pane=info', ORIGIN)).toBe('/t/ENG-42?pane=info')
  expect(pathOf('https://tenon.example.evil/t/ENG-42', ORIGIN)).toBeNull()
})

it('puts a dragged one before or behind another, and nowhere if it stands there already', () => {
  const ids = ['a', 'b', 'c']
  expect(placeBeside(ids, 'c', 'a', false)).toBeNull()
  expect(placeBeside(ids, 'c', 'a', true)).toBe('a')
  expect(placeBeside(ids, 'a', 'c', true)).toBe('c')
  expect(placeBeside(ids, 'a', 'b', true)).toBe('b')
  expect(placeBeside(ids, 'a', 'b', false)).toBeUndefined()
  expect(placeBeside(ids, 'b', 'a', true)).toBeUndefined()
  expect(placeBeside(ids, 'b', 'b', true)).toBeUndefined()
})
