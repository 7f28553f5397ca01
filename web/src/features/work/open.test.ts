import { expect, it } from 'vitest'
import { nameIn, nameOf, projectIn } from './open'

const ID = '0195f3c2-77aa-7000-8000-0123456789ab'

it('reads addresses however they are written', () => {
  expect(nameIn('eng-1')).toBe('ENG-1')
  expect(nameIn(ID.toUpperCase())).toBe(ID)
  expect(projectIn('eng-1')).toBe('ENG')
  expect(projectIn('Q2-17')).toBe('Q2')
})

it('knows no project of an id or of what is no key', () => {
  expect(projectIn(ID)).toBeUndefined()
  // This one begins with a letter, as keys do.
  expect(projectIn('a195f3c2-77aa-7000-8000-0123456789ab')).toBeUndefined()
  expect(projectIn('ENG-…')).toBeUndefined()
  expect(projectIn('eng')).toBeUndefined()
})

it('names a task by its id until it is numbered', () => {
  expect(nameOf({ id: ID, key: 'ENG-…' })).toBe(ID)
  expect(nameOf({ id: ID, key: 'ENG-7' })).toBe('ENG-7')
})
