import { describe, expect, it } from 'vitest'
import { exactly } from './unseen'

const invalid = { code: 'invalid', message: '', field: 'name' } as const

describe('a refused name', () => {
  it('is said to hold what cannot be seen', () => {
    for (const name of [
      'ge\u200bneral',
      '\u202egeneral',
      'a\u0301\u0301\u0301\u0301\u0301',
      'a\tb',
    ])
      expect(exactly(invalid, { type: 'create_channel', name }).code).toBe('unseen')
  })

  it('is invalid for other reasons', () => {
    expect(exactly(invalid, { name: 'Nguyễn Ái' }).code).toBe('invalid')
    expect(exactly(invalid, { topic: 'a\u200bb' }).code).toBe('invalid')
    expect(exactly(invalid, undefined).code).toBe('invalid')
    expect(exactly({ ...invalid, code: 'already_exists' }, { name: 'a\u200bb' }).code).toBe(
      'already_exists',
    )
  })
})
