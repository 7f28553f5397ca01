import { beforeAll, describe, expect, it } from 'vitest'
import { errorText, rich, setLanguage, t } from '.'
import { formatDay, formatDue, formatTime, isOverdue } from './format'

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
})

it('says everything in Chinese after switching', async () => {
  await setLanguage('zh-CN')
  expect(t('shell.unread', { count: 3 })).toBe('3 条未读消息')
  expect(errorText('forbidden')).toBe('你没有权限进行此操作。')
  expect(document.documentElement.lang).toBe('zh-CN')
})
