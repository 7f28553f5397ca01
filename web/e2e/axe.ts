// Asks axe about what the page shows now: serious and critical violations of WCAG, each as one
// line that says where.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** WCAG 2.2 at AA. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What Base UI puts around a window: hidden, it takes the focus only to pass it on at once. */
const GUARDS = '[data-base-ui-focus-guard]'

interface Violation {
  id: string
  impact: string
  nodes: { target: string[]; failureSummary: string }[]
}

const ASK = `axe
  .run(
    { exclude: [${JSON.stringify(GUARDS)}] },
    { resultTypes: ['violations'], runOnly: ${JSON.stringify(RULES)} },
  )
  .then(({ violations }) => violations)`

/** Empty when all is well; each line begins with `where`. */
export async function violationsOf(page: Page, where: string): Promise<string[]> {
  // A string is evaluated in the page without asking its content security policy.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(source)
  const found: Violation[] = await page.evaluate(ASK)
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => {
        const why = failureSummary.split('\n').slice(1).join(' ').trim()
        return `${where}: ${id} at ${target.join(' ')}: ${why}`
      }),
    )
}
