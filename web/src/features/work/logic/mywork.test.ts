import { describe, expect, it } from 'vitest'
import type { Priority, Task } from '../../../protocol'
import { byDue } from './mywork'

let number = 0
function task(due: string | undefined, priority: Priority = 'none'): Task {
  number += 1
  return { number, due, priority } as Task
}

/** Monday 23 November 2026, 07:30 in Shanghai. */
const NOW = new Date('2026-11-22T23:30:00Z')

describe('byDue', () => {
  it('groups in the zone of the member', () => {
    const tasks = [
      task('2026-11-22'),
      task('2026-11-23'),
      // Tuesday 01:00 in Shanghai.
      task('2026-11-23T17:00:00Z'),
      task('2026-12-24'),
      task(undefined),
    ]
    const count = (zone: string) =>
      Object.values(byDue(tasks, zone, NOW)).map((bucket) => bucket.length)
    expect(count('Asia/Shanghai')).toEqual([1, 1, 1, 1, 1])
    expect(count('America/New_York')).toEqual([0, 1, 2, 1, 1])
  })

  it('puts the earlier first, then times before days, then the more urgent', () => {
    const day = task('2026-11-25')
    const late = task('2026-11-25T10:00:00Z')
    const early = task('2026-11-25T01:00:00Z')
    const urgent = task('2026-11-26', 'urgent')
    const low = task('2026-11-26', 'low')
    const { soon } = byDue([low, urgent, day, late, early], 'Asia/Shanghai', NOW)
    expect(soon).toEqual([early, late, day, urgent, low])
  })
})
