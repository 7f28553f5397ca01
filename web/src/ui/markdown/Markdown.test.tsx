// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { setLanguage } from '../../i18n'
import { client } from '../../sync/client'
import { loadFloating } from '../floating'
import { isEmojiOnly, Markdown } from './Markdown'

const member = (id: string, name: string, handle: string) => ({
  id,
  name,
  handle,
  kind: 'person' as const,
  role: 'member' as const,
  time_zone: 'UTC',
  language: 'en' as const,
  active: true,
  joined_at: '2026-01-01T00:00:00Z',
})
const me = member('me', '林', 'lin')

afterEach(cleanup)

beforeEach(async () => {
  await Promise.all([setLanguage('en'), loadFloating()])
  client.view.replica.load({
    seq: 1,
    workspace: { id: 'w', name: 'W', created_at: '2026-01-01T00:00:00Z' } as never,
    member: me,
    members: [me, member('zs', '张三', 'san')],
    channels: [],
    memberships: [],
    projects: [],
    feeds: [],
    preferences: { sound: true, browser: true },
    channel_settings: [],
    groups: [],
    spaces: [],
    own_spaces: [],
    side_bar: { sections: [] },
    notifications: [],
    saved: [],
    scheduled: [],
  })
})

const html = (text: string, mentions?: string[]) =>
  render(<Markdown text={text} mentions={mentions} />).container

describe('Markdown', () => {
  it('marks whom the text mentions, and oneself', () => {
    const shown = html('请@张三 和 @林 看下', ['zs', 'me'])
    const chips = [...shown.querySelectorAll('.mention')]
    expect(chips.map((chip) => chip.textContent)).toEqual(['@张三', '@林'])
    expect(chips[1]?.classList.contains('mention-own')).toBe(true)
  })

  it('marks nobody whom the server did not find', () => {
    expect(html('@张三', []).querySelector('.mention')).toBeNull()
    expect(html('@张三').querySelector('.mention')).not.toBeNull()
  })

  it('leaves code alone', () => {
    expect(html('`@张三`\n\n```\n@张三\n```').querySelector('.mention')).toBeNull()
  })

  it('leaves keys of no project as the words they are', () => {
    const shown = html('UTF-8 and ISO-8601')
    expect(shown.textContent).toBe('UTF-8 and ISO-8601')
    expect(shown.querySelector('.task-chip')).toBeNull()
  })

  it('opens links elsewhere and tells them nothing', () => {
    const link = html('https://a.example').querySelector('a')
    expect(link?.getAttribute('rel')).toContain('noopener')
    expect(link?.target).toBe('_blank')
  })

  it('opens links to pages of its own in place, and to its other addresses elsewhere', () => {
    const { origin } = location
    for (const path of ['/m/0190', '/c/0190?at=7', '/t/ENG-1', '/p/ENG/board']) {
      const link = html(`${origin}${path}`).querySelector('a')
      expect(link?.getAttribute('href')).toBe(path)
      expect(link?.target).toBe('')
    }
    for (const path of ['/api/v1/files/0190', '/hooks/x', '/invite/x', '/']) {
      const link = html(`${origin}${path}`).querySelector('a')
      expect(link?.target).toBe('_blank')
    }
    const alike = html('https://elsewhere.example/m/0190').querySelector('a')
    expect(alike?.target).toBe('_blank')
  })

  it('makes no element of HTML', () => {
    const shown = html(
      '<img src=x onerror=alert(1)><script>alert(1)</script> [x](javascript:alert(1))',
    )
    expect(shown.querySelector('img, script, a')).toBeNull()
    expect(shown.textContent).toContain('<img src=x onerror=alert(1)>')
  })

  it('puts a mark behind the last word', () => {
    const shown = render(<Markdown text={'one\n\ntwo'} after={<i>edited</i>} />).container
    expect(shown.querySelector('p:last-child > i')?.textContent).toBe('edited')
  })
})

it('knows texts of emoji alone', () => {
  for (const text of ['👍', '🎉 🎉', '❤️', '👨‍💻', '🇨🇳', '1️⃣']) expect(isEmojiOnly(text)).toBe(true)
  for (const text of ['1', 'a👍', '', '👍'.repeat(6), '12']) expect(isEmojiOnly(text)).toBe(false)
})
