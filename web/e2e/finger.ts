// A finger on the glass: real touches, that the browser itself makes taps, scrolls and presses of.

import type { Locator, Page } from 'playwright-core'

export interface Point {
  x: number
  y: number
}

export interface Finger {
  down(at: Point): Promise<void>
  move(to: Point): Promise<void>
  up(): Promise<void>
  tap(at: Point): Promise<void>
  /** Down, along a straight line, and up unless it is `held`. */
  swipe(from: Point, to: Point, options?: { held?: boolean }): Promise<void>
}

/** Moves of one swipe: enough for the browser to see where it leads. */
const STEPS = 8

export async function fingerOn(page: Page): Promise<Finger> {
  const session = await page.context().newCDPSession(page)
  // Seconds. A browser ignores the tap that stops what was flung, so no finger lets go in a hurry.
  let timestamp = Date.now() / 1000
  const send = async (type: 'touchStart' | 'touchMove' | 'touchEnd', points: Point[]) => {
    timestamp = Math.max(timestamp + 0.02, Date.now() / 1000)
    await session.send('Input.dispatchTouchEvent', { type, touchPoints: points, timestamp })
  }
  const finger: Finger = {
    down: (at) => send('touchStart', [at]),
    move: (to) => send('touchMove', [to]),
    up: () => send('touchEnd', []),
    async tap(at) {
      await finger.down(at)
      await finger.up()
    },
    async swipe(from, to, { held = false } = {}) {
      await finger.down(from)
      for (let step = 1; step <= STEPS; step++) {
        const part = step / STEPS
        const x = from.x + (to.x - from.x) * part
        await finger.move({ x, y: from.y + (to.y - from.y) * part })
      }
      timestamp += 0.5
      await finger.move(to)
      if (!held) await finger.up()
    },
  }
  return finger
}

/** The middle of what is shown of it. */
export async function middleOf(of: Locator): Promise<Point> {
  const box = await of.boundingBox()
  if (!box) throw new Error('it is not shown')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
