import { beforeAll, expect, it } from 'vitest'
import { setLanguage } from '../i18n'
import { failureText, Refused } from './pending'

beforeAll(() => setLanguage('zh-CN'))

it('says why something was refused in the language of the reader, not of the server', () => {
  const refused = new Refused({ code: 'not_a_member', message: 'Join the channel first.' })
  expect(failureText(refused)).toMatch(/\p{Script=Han}/u)
  expect(failureText(refused)).not.toContain('Join')
  expect(failureText(new Error('x is undefined'))).toMatch(/\p{Script=Han}/u)
})
