import { beforeAll, describe, expect, it } from 'vitest'
import { errorText, rich, setLanguage, t } from '.'
import { formatDay, formatDue, formatFull, formatTime, formatWhen, isOverdue } from './format'
import { dayHere, setTimeZone, timeZone } from './zone'

describe('English', () => {
  beforeAll(() => setLanguage('en'))

  it('chooses the plural and formats the count', () => {
    expect(t('shell.unread', { count: 1 })).toBe('1 unread message')
    expect(t('shell.unread', { count: 1200 })).toBe('1,200 unread messages')
  })

  it('puts values and elements in their places', () => {
    expect(t('account.invited_title', { inviter: 'Li', workspace: 'W' })).toBe(
      'Li invites you to W',
    )
    expect(rich('settings.session_seen', { when: 'now' })).toMatchObject({
      props: { children: ['Last seen ', 'now', ''] },
    })
  })

  it('reads days and due dates as people do', () => {
    const now = new Date(2026, 10, 25, 12)
    expect(formatDay(new Date(2026, 10, 24, 23), now)).toBe('Yesterday')
    expect(formatDue('2026-11-26', now)).toBe('Tomorrow')
    expect(formatDay(new Date(2025, 0, 2), now)).toContain('2025')
    expect(formatTime(new Date(2026, 0, 1, 9, 5))).toBe('09:05')
    expect(isOverdue('2026-11-25', now)).toBe(false)
    expect(isOverdue('2026-11-24', now)).toBe(true)
  })

  it('writes every time in the zone of the profile, whatever the browser is in', () => {
    const before = timeZone()
    const at = '2026-11-25T20:30:00Z'
    const now = new Date('2026-11-26T01:00:00Z')
    setTimeZone('Asia/Shanghai')
    expect(formatTime(at)).toBe('04:30')
    expect(formatWhen(at, now)).toBe('04:30')
    expect(formatDay(at, now)).toBe('Today')
    expect(formatFull(at)).toContain('November 26, 2026')
    expect(isOverdue('2026-11-25', now)).toBe(true)
    setTimeZone('America/Los_Angeles')
    expect(formatTime(at)).toBe('12:30')
    expect(formatDay(at, now)).toBe('Today')
    expect(isOverdue('2026-11-25', now)).toBe(false)
    setTimeZone('Nowhere/Atlantis')
    expect(timeZone()).toBe('America/Los_Angeles')
    setTimeZone(before)
  })

  it('keeps a day the same day in every zone', () => {
    const before = timeZone()
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Niue']) {
      setTimeZone(zone)
      expect(formatDay('2025-01-02', new Date('2026-11-26T01:00:00Z'))).toMatch(/2.*2025/)
      expect(formatFull('2025-01-02')).toContain('January 2, 2025')
      expect(dayHere('2026-11-26T01:00:00Z')).toBe(
        zone === 'Pacific/Niue' ? '2026-11-25' : '2026-11-26',
      )
    }
    setTimeZone(before)
  })
})

it('says everything in Chinese after switching', async () => {
  await setLanguage('zh-CN')
  expect(t('shell.unread', { count: 3 })).toBe('3 条未读消息')
  expect(errorText('forbidden')).toBe('你没有权限进行此操作。')
  expect(document.documentElement.lang).toBe('zh-CN')
})
