import { describe, expect, it } from 'vitest'
import type { Policy } from '../protocol'
import { isInTime, mayInvite } from './policy'

const POLICY: Policy = {
  password_chars_min: 8,
  session_days: 30,
  inviters: 'administrators',
  everyone_mentioners: 'everyone',
}

describe('the rules', () => {
  it('leave authors their time, to the minute', () => {
    const at = '2026-11-30T08:00:00Z'
    const later = (seconds: number) => Date.parse(at) + seconds * 1000
    expect(isInTime(undefined, at, later(1e9))).toBe(true)
    expect(isInTime(null, at, later(1e9))).toBe(true)
    expect(isInTime(5, at, later(299))).toBe(true)
    expect(isInTime(5, at, later(300))).toBe(false)
    expect(isInTime(0, at, later(0))).toBe(false)
  })

  it('say who invites', () => {
    const open: Policy = { ...POLICY, inviters: 'members' }
    expect(mayInvite({ role: 'admin' }, POLICY)).toBe(true)
    expect(mayInvite({ role: 'member' }, POLICY)).toBe(false)
    expect(mayInvite({ role: 'member' }, open)).toBe(true)
    expect(mayInvite({ role: 'guest' }, open)).toBe(false)
  })
})
