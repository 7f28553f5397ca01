// What runs inside the page to measure it: from a click to the paint that shows what was wanted,
// and the tasks that kept the page from answering. Passed to the browser as text.

import type { Locator, Page } from 'playwright-core'

interface Probe {
  /** Begins with the next click; `shown` holds milliseconds once the text is painted. */
  arm(selector: string, words: string): void
  shown: Promise<number>
  /** Milliseconds since the start of the document when the text was painted first. */
  first(selector: string, words: string): Promise<number>
  /** Milliseconds of the longest task since the last call; 0 if none took over 50. */
  longest(): Promise<number>
}

declare global {
  interface Window {
    probe: Probe
  }
}

/** Puts the probe into every document of the page. */
export async function watch(page: Page): Promise<void> {
  await page.addInitScript(install)
}

/** Where to click an element. Asked for beforehand, since finding one is work for the page. */
export async function spotOf(element: Locator): Promise<{ x: number; y: number }> {
  // Until it has come to rest.
  await element.click({ trial: true })
  const box = await element.boundingBox()
  if (!box) throw new Error(`not on the screen: ${element}`)
  return { x: box.x + Math.min(80, box.width / 2), y: box.y + box.height / 2 }
}

/**
 * Milliseconds from the click (when the input reached the browser, so that waiting for a busy page
 * counts) to the end of the first frame in which an element that fits has the words in it and is
 * visible within the window. What the screen does with the frame afterwards is not in it. The
 * pointer has come to rest on the element before, and the page has nothing left to do.
 */
export async function clickToPaint(
  page: Page,
  { x, y }: { x: number; y: number },
  selector: string,
  words: string,
): Promise<number> {
  await page.mouse.move(x, y)
  await page.evaluate(
    () => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1_000 })),
  )
  await longestTask(page)
  await page.evaluate(([at, text]) => window.probe.arm(at, text), [selector, words] as const)
  // The mouse alone: a locator's click would look things up in the page that is measured.
  await page.mouse.click(x, y)
  return page.evaluate(() => window.probe.shown)
}

/** The same from the start of the document. To be called before it shows. */
export const firstPaint = (page: Page, selector: string, words: string): Promise<number> =>
  page.evaluate(([at, text]) => window.probe.first(at, text), [selector, words] as const)

export const longestTask = (page: Page) => page.evaluate(() => window.probe.longest())

function install(): void {
  let tasks: number[] = []
  const observer = new PerformanceObserver((list) => {
    tasks.push(...list.getEntries().map(({ duration }) => duration))
  })
  observer.observe({ type: 'longtask' })

  const isShown = (selector: string, words: string) => {
    // The newest message stands last.
    for (const element of [...document.querySelectorAll(selector)].reverse()) {
      if (!element.textContent?.includes(words)) continue
      const { top, bottom } = element.getBoundingClientRect()
      const isVisible = element.checkVisibility({ visibilityProperty: true })
      if (isVisible && bottom > 0 && top < innerHeight) return true
    }
    return false
  }

  const painted = (selector: string, words: string) =>
    new Promise<number>((resolve) => {
      const look = () => {
        if (!isShown(selector, words)) return requestAnimationFrame(look)
        // A message posted before the paint arrives after it.
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve(performance.now())
        return port2.postMessage(0)
      }
      requestAnimationFrame(look)
    })

  window.probe = {
    shown: Promise.resolve(0),
    first: painted,
    arm(selector, words) {
      window.probe.shown = new Promise((resolve) => {
        const clicked = async ({ timeStamp }: Event) =>
          resolve((await painted(selector, words)) - timeStamp)
        addEventListener('click', clicked, { capture: true, once: true })
      })
    },
    async longest() {
      // The observer is told some time after the task, when nothing else is to do.
      await new Promise((resolve) => requestIdleCallback(() => setTimeout(resolve, 100)))
      tasks.push(...observer.takeRecords().map(({ duration }) => duration))
      const most = Math.max(0, ...tasks)
      tasks = []
      return most
    },
  }
}
