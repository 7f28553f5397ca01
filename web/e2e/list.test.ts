// A channel one opens for the first time since the page was loaded: what is painted first stands.

import { expect } from 'vitest'
import { post } from './people'
import { message } from './screen'
import { expectNoFaults, story } from './stage'

interface Seen {
  /** Rows that were drawn hidden before they were shown. */
  hidden: number
  /** Bottom edge of the newest message in each painted frame, px. */
  bottoms: number[]
  /** How far below the list's top edge the first row began in the first painted frame, px. */
  gap: number
}

const TALK = [
  '今天下午四点发版，请大家先看一下 **变更说明**。',
  'The export runs out of memory for large rosters; see `roster.rs`.',
  '已经定位到原因：\n\n- 分页的游标没有带上排序\n- 重试时又从头开始',
  '```rust\nlet page = roster.after(cursor).take(50);\nsend(page);\n```',
  `Agreed. ${'Let us write that down before we forget why. '.repeat(6)}`,
  '> 谁来改？\n\n我来，明天给。',
  '| 周 | 人 |\n|---|---|\n| 48 | 李雷 |\n| 49 | Mia |',
]

story('the first drawing of a channel stands', async ({ pair: [li] }) => {
  const { id } = await post<{ id: string }>(li, '/channels', { name: '发布', kind: 'public' })
  for (let at = 1; at <= 42; at += 1) {
    const text = `${TALK[at % TALK.length]}\n\n#${at}`
    await post(li, `/channels/${id}/messages`, { text })
  }
  await li.page.goto(`/c/${id}`)
  await message(li.page, '#42').waitFor()
  await li.page.goto('/my-work')
  await li.page.getByRole('link', { name: '发布' }).waitFor()
  await li.page.evaluate(watch)
  await li.page.getByRole('link', { name: '发布' }).click()
  const seen = await li.page.evaluate(() => (window as unknown as { seen: Promise<Seen> }).seen)
  expect(seen.hidden).toBe(0)
  expect(seen.gap).toBeLessThanOrEqual(0)
  expect(new Set(seen.bottoms).size).toBe(1)
  expectNoFaults(li)
})

/** Runs in the page: looks at forty painted frames from the first that shows the newest. */
function watch(): void {
  const seen: Seen = { hidden: 0, bottoms: [], gap: 0 }
  const observer = new MutationObserver((changes) => {
    for (const { oldValue } of changes) if (oldValue?.includes('hidden')) seen.hidden += 1
  })
  const main = document.querySelector('main') ?? document.body
  const options = { attributeFilter: ['style'], attributeOldValue: true, subtree: true }
  observer.observe(main, options)
  const rowsNow = () => [...document.querySelectorAll('main article[data-message]')]
  const newestOf = (rows: Element[]) => rows.find((row) => row.textContent?.includes('#42'))
  const look = () => {
    const rows = rowsNow()
    const newest = newestOf(rows)
    if (!newest) return
    if (seen.bottoms.length === 0) {
      const list = newest.closest('.overflow-y-auto')?.getBoundingClientRect().top ?? 0
      seen.gap = Math.min(...rows.map((row) => row.getBoundingClientRect().top)) - list
    }
    seen.bottoms.push(Math.round(newest.getBoundingClientRect().bottom))
  }
  const next = (done: (seen: Seen) => void) =>
    requestAnimationFrame(() => {
      // What is there now is painted with this frame, and looked at after that.
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = look
      if (newestOf(rowsNow())) port2.postMessage(0)
      if (seen.bottoms.length >= 40) done(seen)
      else next(done)
    })
  Object.assign(window, { seen: new Promise<Seen>(next) })
}
