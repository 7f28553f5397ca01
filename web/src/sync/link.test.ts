import { describe, expect, it } from 'vitest'
import type { Link } from '../protocol'
import { inverseOf, withLink, withoutLink } from './link'

const link: Link = { kind: 'blocks', task: 'b' }
const links: Link[] = [link, { kind: 'relates', task: 'b' }]

describe('links of a task', () => {
  it('come once, and change their lag in place', () => {
    expect(withLink(links, link)).toEqual(links)
    expect(withLink(links, { ...link, lag_days: 2 })[0]).toEqual({ ...link, lag_days: 2 })
    expect(withLink(links, { kind: 'blocks', task: 'c' })).toHaveLength(3)
  })

  it('go by kind and task', () => {
    expect(withoutLink(links, link)).toEqual([{ kind: 'relates', task: 'b' }])
    expect(withoutLink(links, { kind: 'blocked_by', task: 'b' })).toEqual(links)
  })

  it('have another side', () => {
    expect(inverseOf('blocks')).toBe('blocked_by')
    expect(inverseOf(inverseOf('duplicates'))).toBe('duplicates')
    expect(inverseOf('relates')).toBe('relates')
  })
})
