import { describe, expect, it } from 'vitest'
import type { Field, Task } from '../../../protocol'
import {
  fieldsFault,
  fieldsFor,
  optionsFor,
  shortLink,
  typedValue,
  usesOf,
  valueText,
  withKind,
} from './fields'

const field = (id: string, name: string, more: Partial<Field> = {}): Field => ({
  id,
  name,
  kind: 'text',
  ...more,
})
const option = (id: string, name: string, archived = false) => ({
  id,
  name,
  colour: 'grey' as const,
  archived,
})
const NAMES = {
  member: (id: string) => id.toUpperCase(),
  day: (day: string) => `@${day}`,
  number: (value: number) => `#${value}`,
  list: (words: string[]) => words.join('+'),
}

describe('fieldsFault', () => {
  it('asks for names that differ in more than case and width', () => {
    expect(fieldsFault([field('a', 'Customer'), field('b', '金额')])).toBeNull()
    expect(fieldsFault([field('a', 'Customer'), field('b', ' ＣＵＳＴＯＭＥＲ')])).toBe('same_name')
    expect(fieldsFault([field('a', ' ')])).toBe('no_name')
  })

  it('keeps the names of what every task has', () => {
    for (const name of ['Due', '负责人', 'ｓｔａｔｕｓ', 'story  points'])
      expect(fieldsFault([field('a', name)]), name).toBe('reserved')
  })

  it('asks for options where one chooses', () => {
    const select = (...options: Field['options'] & object) =>
      field('a', 'A', { kind: 'select', options })
    expect(fieldsFault([select()])).toBe('no_option')
    expect(fieldsFault([select(option('x', ''))])).toBe('option_no_name')
    expect(fieldsFault([select(option('x', 'X'), option('y', 'ｘ'))])).toBe('option_same_name')
    expect(fieldsFault([select(option('x', 'X'))])).toBeNull()
  })
})

it('gives a field options with the kind, and takes them with it', () => {
  const select = withKind(field('a', 'A'), 'multi_select', 'First')
  expect(select.options?.map(({ name }) => name)).toEqual(['First'])
  expect(withKind(select, 'number', 'First')).toEqual({ id: 'a', name: 'A', kind: 'number' })
})

describe('what a task shows', () => {
  const task = { fields: { old: 'x', pick: ['a', 'b'] } } as unknown as Task

  it('leaves out archived fields of which it has nothing', () => {
    const fields = [
      field('old', 'Old', { archived: true }),
      field('gone', 'Gone', { archived: true }),
      field('new', 'New'),
    ]
    expect(fieldsFor(fields, task).map(({ id }) => id)).toEqual(['old', 'new'])
  })

  it('offers archived options only where they are chosen', () => {
    const pick = field('pick', 'Pick', {
      kind: 'multi_select',
      options: [option('a', 'A', true), option('c', 'C', true), option('d', 'D')],
    })
    expect(optionsFor(pick, task.fields?.pick).map(({ id }) => id)).toEqual(['a', 'd'])
    expect(optionsFor(pick, undefined).map(({ id }) => id)).toEqual(['d'])
  })

  it('is counted by field and by option', () => {
    const uses = usesOf([task, { fields: { pick: ['a'] } } as unknown as Task])
    expect(uses.get('pick')).toBe(2)
    expect(uses.get('pick a')).toBe(2)
    expect(uses.get('pick b')).toBe(1)
  })
})

it('tells values in words', () => {
  const pick = field('p', 'P', { kind: 'select', options: [option('a', 'High')] })
  expect(valueText(pick, 'a', NAMES)).toBe('High')
  expect(valueText(pick, 'gone', NAMES)).toBe('gone')
  expect(valueText({ ...pick, kind: 'multi_select' }, ['a', 'b'], NAMES)).toBe('High+b')
  expect(valueText(field('d', 'D', { kind: 'date' }), '2026-12-01', NAMES)).toBe('@2026-12-01')
  expect(valueText(field('w', 'W', { kind: 'person' }), 'li', NAMES)).toBe('LI')
  expect(valueText(field('n', 'N', { kind: 'number' }), 1.5, NAMES)).toBe('#1.5')
  expect(valueText(undefined, 'text', NAMES)).toBe('text')
})

describe('typedValue', () => {
  it('reads numbers as people write them', () => {
    expect(typedValue('number', ' 1,234,567.5 ')).toBe(1234567.5)
    expect(typedValue('number', '１２．５')).toBe(12.5)
    // A digit more behind what stands there.
    expect(typedValue('number', '1,2345')).toBe(12345)
    expect(typedValue('number', '-3')).toBe(-3)
    expect(typedValue('number', '')).toBeNull()
    for (const text of ['1,2', 'abc', '1e308', 'NaN', 'Infinity', '0x10', '--1'])
      expect(typedValue('number', text), text).toBeUndefined()
  })

  it('takes addresses of web pages alone', () => {
    expect(typedValue('link', 'example.com/x')).toBe('https://example.com/x')
    expect(typedValue('link', 'http://localhost:3000/?a=b')).toBe('http://localhost:3000/?a=b')
    for (const text of ['javascript:alert(1)', 'ftp://a.example', 'https://', 'a b.example'])
      expect(typedValue('link', text), text).toBeUndefined()
    expect(typedValue('link', 'https://u@a.example')).toBeUndefined()
    expect(shortLink('https://www.a.example/')).toBe('a.example')
  })

  it('takes a line of text that is not too long', () => {
    expect(typedValue('text', ' ACME ')).toBe('ACME')
    expect(typedValue('text', 'x'.repeat(501))).toBeUndefined()
  })
})
